-- Any row is a failure.
SELECT *
  FROM {{ ref('quarterly_scores') }}
 WHERE nps NOT BETWEEN -100 AND 100 OR nps_low > nps OR nps_high < nps OR csat NOT BETWEEN 0 AND 100 OR ces NOT BETWEEN 1 AND 7
