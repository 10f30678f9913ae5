{{ config(materialized='view') }}

SELECT step, stage, reached, round(from_previous, 1) AS from_previous, round(from_start, 1) AS from_start,
       extract(epoch FROM p50_time)::bigint AS median_seconds
  FROM funnel_steps((SELECT funnel_agg(journey, 'product > basket > checkout > payment', '7 days')
                       FROM {{ ref('journeys') }}))
