--
-- Retention: five customers worked out by hand, and random journeys against plain SQL.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset null (null)
SET timezone = 'UTC';
CREATE TEMP TABLE journeys (customer int, j journey);
-- weeks after the first signup: 1 and 3 (twice); 2, exactly at its beginning; none, for
-- a use before and at the signup; no signup; week 1, of the first of two signups
INSERT INTO journeys VALUES
	(1, '{signup@2026-01-01, use@2026-01-02, use@2026-01-16, use@2026-01-17}'),
	(2, '{signup@2026-01-01, use@2026-01-08}'),
	(3, '{use@2025-12-31, signup@2026-01-01, use@2026-01-01, use@2026-03-01}'),
	(4, '{use@2026-01-01}'),
	(5, '{signup@2026-01-01, signup@2026-01-07T23:59:59.999999Z, use@2026-01-07T23:59:59.999999Z#1}'),
	(6, NULL);
SELECT retention_agg(j, 'signup', 'use', '7 days', 4) FROM journeys;
SELECT customer, retention_agg(j, 'signup', 'use', '7 days', 4) FROM journeys GROUP BY customer ORDER BY customer;
-- later in the order of seq is later
SELECT retention_agg('{signup@2026-01-01, use@2026-01-01#1}', 'signup', 'use', '1 microsecond', 1);
-- back to the start itself
SELECT retention_agg(j, 'signup', 'signup', '6 days', 2) FROM journeys;
-- in percent, a row for each period
SELECT k - 1 AS period, customers, round(100.0 * customers / r[1], 1) AS percent
  FROM (SELECT retention_agg(j, 'signup', 'use', '7 days', 4) AS r FROM journeys) v,
       unnest(r) WITH ORDINALITY u(customers, k);
-- nobody started; nobody at all
SELECT retention_agg(j, 'trial', 'use', '7 days', 2) FROM journeys;
SELECT retention_agg(j, 'signup', 'nothing', '7 days', 2) FROM journeys;
SELECT retention_agg(j, 'signup', 'use', '7 days', 2) FROM journeys WHERE j IS NULL;
SELECT retention_agg('{}', 'signup', 'use', '7 days', 2);
SELECT cardinality(retention_agg(j, 'signup', 'use', '1 microsecond', 10000)) FROM journeys;

-- 2,000 random journeys, with ties, against plain SQL
CREATE TABLE visit AS
SELECT pg_temp.random_int(i, 21, 2000) AS customer, (ARRAY['a', 'b', 'c'])[1 + pg_temp.random_int(i, 22, 3)] AS stage,
       timestamptz '2026-01-01' + pg_temp.random_int(i, 23, 40) * interval '6 hours' AS at,
       pg_temp.random_int(i, 24, 2)::bigint AS seq
  FROM generate_series(1, 12000) i;
CREATE TABLE many AS SELECT customer, journey_agg(stage, at, seq) AS j FROM visit GROUP BY customer;
ANALYZE many;
CREATE FUNCTION by_hand(wanted_start text, wanted_returning text, period interval, periods int) RETURNS bigint[]
LANGUAGE sql AS $$
	WITH started AS (
		SELECT DISTINCT ON (customer) customer, at, seq FROM visit
		 WHERE stage = wanted_start ORDER BY customer, at, seq)
	SELECT array_agg(n ORDER BY k) FROM (
		SELECT 0 AS k, count(*) AS n FROM started
		UNION ALL
		SELECT k, (SELECT count(DISTINCT customer) FROM started s JOIN visit v USING (customer)
		            WHERE v.stage = wanted_returning AND (v.at, v.seq) > (s.at, s.seq)
		              AND v.at >= s.at + (k - 1) * period AND v.at < s.at + k * period)
		  FROM generate_series(1, periods) k) v
$$;
SELECT x, y, period, periods, retention_agg(j, x, y, period, periods) = by_hand(x, y, period, periods) AS same
  FROM many, (VALUES ('a', 'b', interval '1 day', 9), ('a', 'a', '1 day', 12), ('b', 'c', '30 hours', 3),
                     ('c', 'a', '5 days', 1), ('b', 'a', '00:00:01', 5)) v(x, y, period, periods)
 GROUP BY x, y, period, periods ORDER BY x, y;
SELECT retention_agg(j, 'a', 'b', '1 day', 9)
       = retention_agg(j, 'a', 'b', '1 day', 9 ORDER BY customer DESC) AS any_order FROM many;

-- merged by hand: 7 parts, of which one has nobody who started, in any order
CREATE AGGREGATE pg_temp.unfinished(journey, text, text, interval, int) (
	SFUNC = cxjourney_internal.retention_accum, STYPE = bigint[]);
CREATE AGGREGATE pg_temp.merged(bigint[]) (
	SFUNC = cxjourney_internal.retention_combine, STYPE = bigint[], FINALFUNC = cxjourney_internal.retention_final);
CREATE TABLE part AS
SELECT customer % 6 AS n, pg_temp.unfinished(j, 'a', 'b', '1 day', 9) AS state FROM many GROUP BY 1
UNION ALL SELECT 6, pg_temp.unfinished('{c@2026-01-01}', 'a', 'b', '1 day', 9);
SELECT count(*) AS parts,
       pg_temp.merged(state ORDER BY n) = by_hand('a', 'b', '1 day', 9) AS same,
       pg_temp.merged(state ORDER BY n DESC) = by_hand('a', 'b', '1 day', 9) AS last_first
  FROM part;

-- in many processes
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
SELECT pg_temp.plan_has('SELECT retention_agg(j, ''a'', ''b'', ''1 day'', 9) FROM many',
                        '"Partial Mode": "Partial"') AS parallel,
       retention_agg(j, 'a', 'b', '1 day', 9) = by_hand('a', 'b', '1 day', 9) AS same FROM many;
-- as a window: whatever there was so far
SELECT count(*) FILTER (WHERE w.r IS DISTINCT FROM p.r) AS wrong
  FROM (SELECT customer, retention_agg(j, 'a', 'b', '1 day', 3) OVER (ORDER BY customer) AS r
          FROM many WHERE customer < 50) w,
       LATERAL (SELECT retention_agg(v.j, 'a', 'b', '1 day', 3) AS r FROM many v WHERE v.customer <= w.customer) p;
DROP TABLE visit, many, part;
DROP FUNCTION by_hand;
