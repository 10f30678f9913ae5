{{ config(materialized='table') }}

-- Summaries, not scores: whatever is built on them can be merged at any grain, without an average of averages.
SELECT day, stage, touchpoint, rating_agg(nps, '[0,10]') AS nps, rating_agg(csat, '[1,5]') AS csat,
       rating_agg(ces, '[1,7]') AS ces
  FROM {{ ref('answers') }}
 GROUP BY day, stage, touchpoint
