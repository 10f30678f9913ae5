{{ config(materialized='view') }}

SELECT date_trunc('quarter', day)::date AS quarter, stage, responses(rating_agg(nps)) AS nps_answers,
       round(nps_agg(nps), 1) AS nps, round(lower(nps_interval(rating_agg(nps))), 1) AS nps_low,
       round(upper(nps_interval(rating_agg(nps))), 1) AS nps_high, round(csat_agg(csat), 1) AS csat,
       round(ces_agg(ces), 2) AS ces
  FROM {{ ref('daily_scores') }}
 GROUP BY 1, 2
