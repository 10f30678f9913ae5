SELECT day, stage, touchpoint
  FROM {{ ref('daily_scores') }}
 GROUP BY day, stage, touchpoint
HAVING count(*) > 1
