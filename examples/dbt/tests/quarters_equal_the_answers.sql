-- What was stored by day and merged is what the answers give.
SELECT q.quarter, q.stage, q.nps, a.nps
  FROM {{ ref('quarterly_scores') }} AS q
  FULL JOIN (SELECT date_trunc('quarter', day)::date AS quarter, stage,
                    round(100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6))
                          / nullif(count(nps), 0), 1) AS nps
               FROM {{ ref('answers') }}
              GROUP BY 1, 2) AS a USING (quarter, stage)
 WHERE q.nps IS DISTINCT FROM a.nps
