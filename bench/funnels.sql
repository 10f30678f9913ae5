-- Funnels and flows: cxjourney against the best plain SQL and against DuckDB, each on one thread; 10 visits a customer.
-- The answers of all forms are compared, and a difference makes the benchmark fail.
\pset footer off
SET max_parallel_workers_per_gather = 0;
SET jit = off;
\getenv duckdb DUCKDB_DIR
\set rounds 3

-- Customers begin on some day of 90 and move on from stage1 to stage5 within 14 days, back and forth now and then;
-- every fourth visit is to a stage aside. The rows lie in the order in which they happened.
\echo
\echo Making the data ...
SET work_mem = '1GB';
CREATE UNLOGGED TABLE event AS
	SELECT customer,
	       'stage' || CASE WHEN aside < 2 THEN 6 + i % 3 ELSE 1 + least(4, greatest(0, (5 * way + 2 * drift - 1)::int)) END AS stage,
	       timestamptz '2026-01-01 00:00:00Z' + (90 * 24 * begins + 14 * 24 * way) * interval '1 hour' AS at
	  FROM (SELECT i, customer, hashint8(i + 77777777) & 7 AS aside,
	               (hashint8(i + 555555555)::bigint + 2147483648) / 4294967296.0::float8 AS way,
	               (hashint8(i + 5555555555)::bigint + 2147483648) / 4294967296.0::float8 AS drift,
	               (hashint8(customer)::bigint + 2147483648) / 4294967296.0::float8 AS begins
	          FROM (SELECT i, (hashint8(i)::bigint & 2147483647) % (:rows / 10) AS customer FROM generate_series(1, :rows) i) w) v
	 ORDER BY at;
CREATE UNLOGGED TABLE event_indexed AS TABLE event;
-- Unique, which also proves that no customer has two visits at once: LEAD would not say which comes first.
CREATE UNIQUE INDEX ON event_indexed (customer, at) INCLUDE (stage);
CREATE INDEX ON event_indexed (stage, customer, at);
VACUUM ANALYZE event;
VACUUM ANALYZE event_indexed;
CREATE UNLOGGED TABLE customer_journey AS SELECT customer, journey_agg(stage, at) AS j FROM event GROUP BY customer;
VACUUM ANALYZE customer_journey;
RESET work_mem;
SELECT pg_size_pretty(pg_relation_size('event')) AS events, pg_size_pretty(pg_relation_size('customer_journey')) AS journeys;

\ir lib/forms.psql

-- The funnel stage1 > stage2 > stage3 > stage4 > stage5 within 7 days. Both forms carry the latest start from step to
-- step: of all chains that end at a visit the one that starts last has the most time left, so no other can get
-- further. That is the best over all starts; taking each customer's first visit to stage1 would miss conversions. A
-- step may be simultaneous with the one before (<=, and RANGE frames, which include peers), as in cxjourney; the
-- stages differ, so no visit can be two steps.
-- Days are 24 hours, in any time zone.
--
-- Joining step by step is the fastest here, with and without an index. It makes all pairs of a customer's visits to
-- two steps; windows over one sort do not, but take five times as long. Also tried, and no faster: count(DISTINCT), a
-- GROUP BY after the first join, the limit as a difference of times; in DuckDB windows (six times) and ASOF joins (1.5).
SELECT $$
	WITH s1 AS MATERIALIZED (SELECT customer, "at" FROM event WHERE stage = 'stage1'),
	s2 AS MATERIALIZED (
		SELECT customer, v."at", p."at" AS start FROM event v JOIN s1 p USING (customer)
		 WHERE stage = 'stage2' AND v."at" BETWEEN p."at" AND p."at" + interval '168 hours'),
	s3 AS MATERIALIZED (
		SELECT customer, v."at", max(start) AS start FROM event v JOIN s2 p USING (customer)
		 WHERE stage = 'stage3' AND v."at" BETWEEN p."at" AND start + interval '168 hours' GROUP BY customer, v."at"),
	s4 AS MATERIALIZED (
		SELECT customer, v."at", max(start) AS start FROM event v JOIN s3 p USING (customer)
		 WHERE stage = 'stage4' AND v."at" BETWEEN p."at" AND start + interval '168 hours' GROUP BY customer, v."at"),
	s5 AS MATERIALIZED (
		SELECT customer FROM event v JOIN s4 p USING (customer)
		 WHERE stage = 'stage5' AND v."at" BETWEEN p."at" AND start + interval '168 hours')
	SELECT '1' AS key, count(*) AS n FROM (SELECT DISTINCT customer FROM s1) v
	UNION ALL SELECT '2', count(*) FROM (SELECT DISTINCT customer FROM s2) v
	UNION ALL SELECT '3', count(*) FROM (SELECT DISTINCT customer FROM s3) v
	UNION ALL SELECT '4', count(*) FROM (SELECT DISTINCT customer FROM s4) v
	UNION ALL SELECT '5', count(*) FROM (SELECT DISTINCT customer FROM s5) v $$ AS joins \gset
SELECT $$
	WITH deepest AS MATERIALIZED (
		SELECT customer, max(CASE WHEN stage = 'stage5' AND "at" <= max4 + interval '168 hours' THEN 5 ELSE step END) AS depth
		  FROM (SELECT *, max(start4) OVER w AS max4,
		               CASE WHEN start4 IS NOT NULL THEN 4 WHEN start3 IS NOT NULL THEN 3 WHEN start2 IS NOT NULL THEN 2 WHEN start1 IS NOT NULL THEN 1 END AS step
		          FROM (SELECT *, CASE WHEN stage = 'stage4' AND "at" <= max3 + interval '168 hours' THEN max3 END AS start4
		                  FROM (SELECT *, max(start3) OVER w AS max3
		                          FROM (SELECT *, CASE WHEN stage = 'stage3' AND "at" <= max2 + interval '168 hours' THEN max2 END AS start3
		                                  FROM (SELECT *, max(start2) OVER w AS max2
		                                          FROM (SELECT *, CASE WHEN stage = 'stage2' AND "at" <= max1 + interval '168 hours' THEN max1 END AS start2
		                                                  FROM (SELECT *, max(start1) OVER w AS max1
		                                                          FROM (SELECT customer, stage, "at", CASE WHEN stage = 'stage1' THEN "at" END AS start1 FROM event_indexed WHERE stage NOT IN ('stage6', 'stage7', 'stage8')) e
		                                                        WINDOW w AS (PARTITION BY customer ORDER BY "at")) v1) v2
		                                        WINDOW w AS (PARTITION BY customer ORDER BY "at")) v3) v4
		                        WINDOW w AS (PARTITION BY customer ORDER BY "at")) v5) v6
		        WINDOW w AS (PARTITION BY customer ORDER BY "at")) v7
		 GROUP BY customer)
	SELECT step::text AS key, (SELECT count(*) FROM deepest WHERE depth >= step) AS n FROM generate_series(1, 5) AS step $$ AS windows \gset

\set path '''stage1 > stage2 > stage3 > stage4 > stage5'', ''7 days'''
INSERT INTO form (question, engine, name, work_mem, query) VALUES
	('funnel', 'plain SQL', 'joins, index on (stage, customer, at)', '256MB', replace(:'joins', 'event', 'event_indexed')),
	('funnel', 'plain SQL', 'joins, no index', '256MB', :'joins'),
	('funnel', 'plain SQL', 'windows, index on (customer, at)', '256MB', :'windows'),
	('funnel', 'DuckDB', 'joins', NULL, :'joins'),
	('funnel', 'cxjourney', 'raw events', '256MB', 'SELECT step::text, reached FROM funnel_steps((SELECT funnel_agg(customer, stage, at, ' || :'path' || ') FROM event))'),
	('funnel', 'cxjourney', 'raw events, work_mem 4 MB', '4MB', 'SELECT step::text, reached FROM funnel_steps((SELECT funnel_agg(customer, stage, at, ' || :'path' || ') FROM event))'),
	('funnel', 'cxjourney', 'stored journeys', '4MB', 'SELECT step::text, reached FROM funnel_steps((SELECT funnel_agg(j, ' || :'path' || ') FROM customer_journey))'),
	('funnel', 'cxjourney', 'stored journeys, funnel_depth', '4MB', 'WITH d AS MATERIALIZED (SELECT funnel_depth(j, ' || :'path' || ') AS depth, count(*) AS n FROM customer_journey GROUP BY 1)
		SELECT step::text, (SELECT sum(n)::bigint FROM d WHERE depth >= step) FROM generate_series(1, 5) AS step');

-- Transitions: every visit to the next one of the same customer, or to the end. The plain forms sort once.
SELECT $$
	SELECT concat(stage, ' > ', coalesce(next, '(end)')) AS key, n
	  FROM (SELECT stage, next, count(*) AS n FROM (SELECT stage, lead(stage) OVER (PARTITION BY customer ORDER BY "at") AS next FROM event) v GROUP BY stage, next) w $$ AS lead \gset
\set edges 'SELECT concat(from_stage, '' > '', to_stage), transitions FROM flow_edges((SELECT flow)) WHERE from_stage <> ''(start)'''
INSERT INTO form (question, engine, name, work_mem, query) VALUES
	('transitions', 'plain SQL', 'LEAD, index on (customer, at) INCLUDE (stage)', '256MB', replace(:'lead', 'event', 'event_indexed')),
	('transitions', 'plain SQL', 'LEAD, no index', '1GB', :'lead'),
	('transitions', 'DuckDB', 'LEAD', NULL, :'lead'),
	('transitions', 'cxjourney', 'raw events', '256MB', replace(:'edges', 'flow)', 'flow_agg(customer, stage, at) FROM event)')),
	('transitions', 'cxjourney', 'raw events, work_mem 4 MB', '4MB', replace(:'edges', 'flow)', 'flow_agg(customer, stage, at) FROM event)')),
	('transitions', 'cxjourney', 'stored journeys', '4MB', replace(:'edges', 'flow)', 'flow_agg(j) FROM customer_journey)'));

CALL measure_forms(:rounds);

SELECT :'duckdb' <> '' AS has_duckdb \gset
\if :has_duckdb
	-- DuckDB reads the rows in the same order into its own storage; its work_mem is most of the machine's memory.
	SET timezone = 'UTC';
	\set file :duckdb '/event.csv'
	COPY (SELECT customer, stage, at::timestamp FROM event) TO STDOUT (FORMAT csv) \g :file
	RESET timezone;
	\set file :duckdb '/load.sql'
	SELECT $$CREATE TABLE event AS FROM read_csv('event.csv', header = false, columns = {customer: 'BIGINT', stage: 'VARCHAR', "at": 'TIMESTAMP'})$$
	\g (format=unaligned tuples_only=on) :file
	\set file :duckdb '/forms.json'
	SELECT json_agg(form) FROM form WHERE engine = 'DuckDB' \g (format=unaligned tuples_only=on) :file
	\setenv ROUNDS :rounds
	CREATE TEMP TABLE from_duckdb (question text, name text, key text, value numeric);
	\copy from_duckdb FROM PROGRAM 'node "$SOURCE/bench/lib/duckdb.mjs" "$DUCKDB_DIR" "$ROUNDS"' (FORMAT csv)
	INSERT INTO speed SELECT question, name, value FROM from_duckdb WHERE key IS NULL;
	INSERT INTO answer SELECT question, name, key, value FROM from_duckdb WHERE key IS NOT NULL;
\else
	\echo There is no DuckDB here: its columns stay empty.
	DELETE FROM form WHERE engine = 'DuckDB';
\endif

CALL check_answers();
\echo
\echo All forms give the same answers:
SELECT question, count(*) AS forms, (SELECT count(DISTINCT key) FROM answer a WHERE a.question = f.question) AS rows FROM form f GROUP BY question;
SELECT DISTINCT key AS step, n AS reached FROM answer WHERE question = 'funnel' ORDER BY step;
\echo The funnel of 5 steps within 7 days; the last columns say how many times as fast as the best form of plain SQL, and as DuckDB
SELECT * FROM compare_forms('funnel');
\echo The transitions between all stages
SELECT * FROM compare_forms('transitions');

\echo Targets, by the best times
SELECT question, name AS cxjourney, than, round((best_ms(question, than) / (SELECT min(ms) FROM speed s WHERE (s.question, s.name) = (t.question, t.name)))::numeric, 2) AS times_as_fast, wanted AS at_least
  FROM (VALUES ('funnel', 'raw events', 'plain SQL', 5), ('funnel', 'raw events', 'DuckDB', 1), ('funnel', 'stored journeys', 'DuckDB', 4),
	       ('transitions', 'raw events', 'plain SQL', 5), ('transitions', 'raw events', 'DuckDB', 1), ('transitions', 'stored journeys', 'DuckDB', 4)) AS t (question, name, than, wanted);
