-- Journeys: building, size, matching; 10 visits a customer.
\pset footer off
SET max_parallel_workers_per_gather = 0;

CREATE UNLOGGED TABLE event AS
	SELECT (hashint8(i)::bigint & 2147483647) % (:rows / 10) AS customer, 'stage' || abs(hashint8(i + 77)) % 8 AS stage,
	       timestamptz '2026-01-01' + abs(hashint8(i + 5)) % (86400 * 30) * interval '1 second' AS at
	  FROM generate_series(1, :rows) i;
CREATE UNLOGGED TABLE event_in_order AS SELECT * FROM event ORDER BY customer, at;
CREATE INDEX ON event_in_order (customer, at) INCLUDE (stage);
VACUUM ANALYZE event;
VACUUM ANALYZE event_in_order;
CREATE UNLOGGED TABLE customer_journey AS SELECT customer, journey_agg(stage, at) AS j FROM event GROUP BY customer;
VACUUM ANALYZE customer_journey;

\echo
\echo Size: the table of journeys against the table of events, at most 0.333
SELECT pg_size_pretty(pg_relation_size('event')) AS events, pg_size_pretty(pg_relation_size('customer_journey')) AS journeys,
       round(pg_relation_size('customer_journey') / pg_relation_size('event')::numeric, 3) AS ratio, (SELECT round(avg(pg_column_size(j)), 1) FROM customer_journey) AS bytes_a_journey;

\set journeys 'SELECT count(j) FROM (SELECT customer, journey_agg(stage, at) AS j FROM event GROUP BY customer OFFSET 0) v'
\set arrays 'SELECT count(s) FROM (SELECT customer, array_agg(stage ORDER BY at) AS s, array_agg(at ORDER BY at) AS t FROM event GROUP BY customer OFFSET 0) v'
\echo
\echo Building from events in no order, work_mem 4 MB; yardstick two array_agg(... ORDER BY at)
EXPLAIN (COSTS OFF) :journeys;
EXPLAIN (COSTS OFF) :arrays;
SELECT * FROM measure(3, ARRAY['journey_agg', 'two array_agg'], ARRAY[:'journeys', :'arrays']);

\set journeys 'SELECT count(j) FROM (SELECT customer, journey_agg(stage, at) AS j FROM event_in_order GROUP BY customer OFFSET 0) v'
\set arrays 'SELECT count(s) FROM (SELECT customer, array_agg(stage ORDER BY at) AS s, array_agg(at ORDER BY at) AS t FROM event_in_order GROUP BY customer OFFSET 0) v'
\set scan 'SELECT count(n) FROM (SELECT customer, count(at) AS n FROM event_in_order GROUP BY customer OFFSET 0) v'
\echo
\echo Building where the input comes ordered by customer and time
SET enable_hashagg = off;
EXPLAIN (COSTS OFF) :journeys;
EXPLAIN (COSTS OFF) :arrays;
SELECT * FROM measure(3, ARRAY['journey_agg', 'count(at), the same plan', 'two array_agg'], ARRAY[:'journeys', :'scan', :'arrays']);
RESET enable_hashagg;

\echo
\echo One journey of a million visits
CREATE UNLOGGED TABLE long_journey AS SELECT journey_agg(stage, at) AS j FROM (SELECT * FROM event LIMIT 1000000) v;
SELECT * FROM measure(3, ARRAY['build it', 'match a path', 'copy it'], ARRAY[
	'SELECT journey_agg(stage, at) FROM (SELECT * FROM event LIMIT 1000000) v',
	'SELECT j ~ ''stage1 > stage2 > stage3 >[1 day, !stage4] stage5 > nowhere'' FROM long_journey',
	'SELECT j || ''{}'' FROM long_journey']);

\echo
\echo Matching a path on all stored journeys, with and without the index; yardstick the same in plain SQL on the events
CREATE INDEX ON customer_journey USING gin (j);
SELECT * FROM measure(3, ARRAY['journey ~ path, scan', 'visits(j)', 'plain SQL'], ARRAY[
	'SELECT count(*) FROM customer_journey WHERE j ~ ''stage1 > stage2 > stage3''',
	'SELECT sum(visits(j)) FROM customer_journey',
	'SELECT count(DISTINCT a.customer) FROM event_in_order a JOIN event_in_order b USING (customer) JOIN event_in_order c USING (customer)
	  WHERE a.stage = ''stage1'' AND b.stage = ''stage2'' AND c.stage = ''stage3'' AND a.at <= b.at AND b.at <= c.at']);
