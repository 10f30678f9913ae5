{{ config(materialized='table') }}

SELECT customer, journey_agg(stage, at) AS journey
  FROM {{ source('shop', 'events') }}
 GROUP BY customer
