-- A funnel of five steps within 7 days. Every form carries the latest start from step to step: of all chains that end at
-- a visit the one that starts last has the most time left, so no other can get further. That is the best over all starts;
-- to take each customer's first visit to stage1 would miss conversions. A step may be simultaneous with the one before
-- (<=), as in cxjourney; the stages differ, so no visit can be two steps. Days are 24 hours, in any time zone.
--
-- Joining step by step is the fastest of the exact forms in plain SQL, in PostgreSQL and in DuckDB: windows over one sort
-- take five times as long. Also tried, and no faster: count(DISTINCT), a GROUP BY after the first join, the limit as a
-- difference of times; in DuckDB windows (six times) and ASOF joins (1.5).
--@ data events
--@ let joins
WITH s1 AS MATERIALIZED (SELECT customer, "at" FROM event_indexed WHERE stage = 'stage1'),
s2 AS MATERIALIZED (
	SELECT customer, v."at", p."at" AS start FROM event_indexed v JOIN s1 p USING (customer)
	 WHERE stage = 'stage2' AND v."at" BETWEEN p."at" AND p."at" + interval '168 hours'),
s3 AS MATERIALIZED (
	SELECT customer, v."at", max(start) AS start FROM event_indexed v JOIN s2 p USING (customer)
	 WHERE stage = 'stage3' AND v."at" BETWEEN p."at" AND start + interval '168 hours' GROUP BY customer, v."at"),
s4 AS MATERIALIZED (
	SELECT customer, v."at", max(start) AS start FROM event_indexed v JOIN s3 p USING (customer)
	 WHERE stage = 'stage4' AND v."at" BETWEEN p."at" AND start + interval '168 hours' GROUP BY customer, v."at"),
s5 AS MATERIALIZED (
	SELECT customer FROM event_indexed v JOIN s4 p USING (customer)
	 WHERE stage = 'stage5' AND v."at" BETWEEN p."at" AND start + interval '168 hours')
SELECT '1' AS key, count(*) AS n FROM (SELECT DISTINCT customer FROM s1) v
UNION ALL SELECT '2', count(*) FROM (SELECT DISTINCT customer FROM s2) v
UNION ALL SELECT '3', count(*) FROM (SELECT DISTINCT customer FROM s3) v
UNION ALL SELECT '4', count(*) FROM (SELECT DISTINCT customer FROM s4) v
UNION ALL SELECT '5', count(*) FROM (SELECT DISTINCT customer FROM s5) v
--@ let path
'stage1 > stage2 > stage3 > stage4 > stage5', '7 days'
--@ question funnel: A funnel of 5 steps within 7 days
--@ postgres raw: default | serial | serial work_mem=64MB | serial work_mem=256MB | serial work_mem=1GB | 2 workers
SELECT step::text, reached FROM funnel_steps((SELECT funnel_agg(customer, stage, at, :path) FROM event))
--@ postgres stored: default | serial | 2 workers
SELECT step::text, reached FROM funnel_steps((SELECT funnel_agg(j, :path) FROM customer_journey))
--@ postgres plain SQL, covering index: default | serial work_mem=256MB
:joins
--@ floor count(*): serial | default
SELECT count(*) FROM event
--@ duckdb joins: 1 | 2
:joins
--@ clickhouse windowFunnel: 1 | 2
SELECT toString(step), sum(depth >= step) FROM (SELECT windowFunnel(120960000)(tick, stage = 'stage1', stage = 'stage2', stage = 'stage3', stage = 'stage4', stage = 'stage5') AS depth FROM event GROUP BY customer) ARRAY JOIN [1, 2, 3, 4, 5] AS step GROUP BY step
--@ target Funnel, raw events, default plan: raw/default <= 0.45 joins/1
--@ target Funnel, raw events, default plan: raw/default <= 0.7 joins/2
--@ target Funnel, raw events, default plan: raw/default <= 0.333 plain SQL, covering index
--@ target Funnel, raw events, 2 workers: raw/2 workers <= 0.75 raw/serial
--@ target Funnel, raw events, any work_mem: raw/serial <= 1.15 raw
--@ target Funnel, raw events, any work_mem: raw/serial work_mem=64MB <= 1.15 raw
--@ target Funnel, raw events, any work_mem: raw/serial work_mem=256MB <= 1.15 raw
--@ target Funnel, raw events, any work_mem: raw/serial work_mem=1GB <= 1.15 raw
--@ target Funnel, stored journeys: stored/default <= 0.1 joins/1
--@ target Funnel, stored journeys, 2 workers: stored/2 workers <= 0.65 stored/serial
