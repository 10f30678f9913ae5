-- Journeys: building them from events, and finding those that went a way.
--@ data events
--@ setup
SET timezone = 'UTC';
CREATE UNLOGGED TABLE event_in_order AS SELECT * FROM event ORDER BY customer, at;
VACUUM ANALYZE event_in_order;
-- A complaint in one journey of 512: half of them before all else in UTC, so that at most one in 1,000 matches.
CREATE UNLOGGED TABLE searched AS
	SELECT customer, CASE hashint8(customer + 99) & 1023
	       WHEN 0 THEN j || format('{complaint@%s}', to_char(started_at(j), 'YYYY-MM-DD"T"00:00:00"Z"'))::journey
	       WHEN 1 THEN j || format('{complaint@%s}', to_char(ended_at(j) + interval '1 day', 'YYYY-MM-DD"T"00:00:00"Z"'))::journey
	       ELSE j END AS j
	  FROM customer_journey;
CREATE INDEX searched_gin ON searched USING gin (j);
VACUUM ANALYZE searched;
CREATE UNLOGGED TABLE long_journey AS SELECT journey_agg(stage, at) AS j FROM (SELECT * FROM event LIMIT 1000000) v;
--@ question build: Journeys of all customers from events in order of time, work_mem 4 MB
--@ postgres journey_agg: serial | default
SELECT count(j) FROM (SELECT journey_agg(stage, at) AS j FROM event GROUP BY customer OFFSET 0) v
--@ postgres two array_agg: serial | default
SELECT count(s) FROM (SELECT array_agg(stage ORDER BY at) AS s, array_agg(at ORDER BY at) AS t FROM event GROUP BY customer OFFSET 0) v
--@ target Building journeys: journey_agg/serial <= 0.7 two array_agg/serial
--@ target Building journeys, default plan: journey_agg/default <= 1.15 journey_agg/serial

--@ question in-order: Journeys of all customers from events in order of customer and time
--@ postgres journey_agg: serial enable_hashagg=off | serial
SELECT count(j) FROM (SELECT journey_agg(stage, at) AS j FROM event_in_order GROUP BY customer OFFSET 0) v
--@ postgres two array_agg: serial enable_hashagg=off | serial
SELECT count(s) FROM (SELECT array_agg(stage ORDER BY at) AS s, array_agg(at ORDER BY at) AS t FROM event_in_order GROUP BY customer OFFSET 0) v
--@ check journeys take more than a third of the events
SELECT pg_size_pretty(pg_relation_size('event')), pg_size_pretty(pg_relation_size('customer_journey'))
 WHERE pg_relation_size('customer_journey') > pg_relation_size('event') / 3.0

--@ question path: Customers who went a way, one in 1,000 of all
--@ postgres GIN index: default | serial
SELECT count(*) FROM searched WHERE j ~ 'complaint > stage5'
--@ postgres sequential scan: serial enable_bitmapscan=off | default enable_bitmapscan=off
SELECT count(*) FROM searched WHERE j ~ 'complaint > stage5'
--@ floor visits(j) of all: serial
SELECT sum(visits(j)) FROM searched
--@ check more than 0.1 percent match, or none
SELECT count(*) FROM searched WHERE j ~ 'complaint > stage5' HAVING count(*) = 0 OR count(*) > 10 + (SELECT count(*) FROM searched) / 1000
--@ target Path with the GIN index, 0.1 % match: GIN index/default <= 0.05 sequential scan
--@ note The scan is the faster of the two sequential ones.

--@ question common: Customers who went a way, a third of all
--@ postgres j ~ path: serial | default
SELECT count(*) FROM customer_journey WHERE j ~ 'stage1 > stage2 > stage3'
--@ postgres plain SQL, covering index: serial work_mem=256MB
SELECT count(DISTINCT a.customer) FROM event_indexed a JOIN event_indexed b USING (customer) JOIN event_indexed c USING (customer)
 WHERE a.stage = 'stage1' AND b.stage = 'stage2' AND c.stage = 'stage3' AND a.at <= b.at AND b.at <= c.at
--@ duckdb joins: 1 | 2
SELECT count(DISTINCT a.customer) FROM event a JOIN event b USING (customer) JOIN event c USING (customer)
 WHERE a.stage = 'stage1' AND b.stage = 'stage2' AND c.stage = 'stage3' AND a."at" <= b."at" AND b."at" <= c."at"

--@ question long: One journey of a million visits
--@ floor build it: serial
SELECT journey_agg(stage, at) IS NOT NULL FROM (SELECT * FROM event LIMIT 1000000) v
--@ floor match a path: serial
SELECT j ~ 'stage1 > stage2 > stage3 >[1 day, !stage4] stage5 > nowhere' FROM long_journey
--@ floor copy it: serial
SELECT (j || '{}') IS NOT NULL FROM long_journey
