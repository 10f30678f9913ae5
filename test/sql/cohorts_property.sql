--
-- Cohorts and lifecycles of random journeys, with ties, gaps and NULLs, against plain SQL, in several time zones.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
SET timezone = 'America/New_York';
SET datestyle = 'ISO';
-- from 2024 to 2027, most of it close to changes of the clocks, at quarters of an hour
CREATE TABLE visit AS
SELECT pg_temp.random_int(i, 21, 500) AS customer, (ARRAY['a', 'b', 'c'])[1 + pg_temp.random_int(i, 22, 3)] AS stage,
       (ARRAY['2024-10-26', '2025-03-29', '2025-12-30', '2026-03-28', '2026-10-24'])[1 + pg_temp.random_int(i, 25, 5)]
       ::timestamp AT TIME ZONE 'UTC' + CASE pg_temp.random_int(i, 26, 3) WHEN 0 THEN interval '15 minutes'
       ELSE interval '1 day' END * pg_temp.random_int(i, 23, 200) AS at, pg_temp.random_int(i, 24, 2)::bigint AS seq
  FROM generate_series(1, 4000) i;
CREATE TABLE many (customer bigint, j journey) PARTITION BY HASH (customer);
CREATE TABLE many_0 PARTITION OF many FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE many_1 PARTITION OF many FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO many SELECT customer, journey_agg(stage, at, seq) FROM visit GROUP BY customer
UNION ALL SELECT 2000, NULL UNION ALL SELECT 2001, '{}';
ANALYZE many;

-- the number of a period by PostgreSQL's own functions
CREATE FUNCTION number_of(unit text, at timestamptz, zone text) RETURNS bigint LANGUAGE sql AS $$
	SELECT CASE WHEN unit = 'hour' THEN (extract(epoch FROM date_trunc('hour', at, zone)) / 3600)::numeric
	            WHEN unit IN ('day', 'week')
	            THEN (date_trunc(unit, at, zone) AT TIME ZONE zone)::date - date '2000-01-03'
	            ELSE extract(year FROM at AT TIME ZONE zone) * 12 + extract(month FROM at AT TIME ZONE zone) - 1 END
	       ::bigint / CASE unit WHEN 'week' THEN 7 WHEN 'quarter' THEN 3 WHEN 'year' THEN 12 ELSE 1 END $$;
-- of a fixed period from the customer's own start
CREATE FUNCTION behind(unit text, start timestamptz, at timestamptz, zone text) RETURNS bigint LANGUAGE sql AS $$
	SELECT CASE WHEN zone IS NOT NULL THEN number_of(unit, at, zone) - number_of(unit, start, zone)
	            ELSE div(extract(epoch FROM at - start), CASE unit WHEN 'hour' THEN 3600 WHEN 'day' THEN 86400
	                                                                ELSE 604800 END)::bigint END $$;
-- until when a customer is known: NULL, the same for all, or not
CREATE FUNCTION known_until(customer bigint, which int) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE which WHEN 1 THEN timestamptz '2026-04-01 00:00+02'
	                  WHEN 2 THEN timestamptz '2026-03-29 01:00Z' + customer % 40 * interval '5 days' END $$;
CREATE FUNCTION by_hand(wanted_start text, wanted_returning text, unit text, periods int, zone text, which int)
RETURNS TABLE (cohort date, period int, customers bigint, returned bigint, returned_or_later bigint, streak bigint,
	ended bigint, share numeric, complete boolean, cohort_hour timestamptz)
LANGUAGE sql AS $$
	WITH started AS (
		SELECT *, date_trunc(unit, at, zone) AS begin, known_until(customer, which) AS until
		  FROM (SELECT DISTINCT ON (customer) customer, at, seq FROM visit
		         WHERE stage = wanted_start ORDER BY customer, at, seq) f
		 WHERE which = 0 OR at <= known_until(customer, which)),
	back AS (
		SELECT s.customer, array_agg(DISTINCT behind(unit, s.at, v.at, zone)) AS p
		  FROM started s JOIN visit v USING (customer)
		 WHERE v.stage = wanted_returning
		   AND ((v.at, v.seq) > (s.at, s.seq) OR (v.at, v.seq) = (s.at, s.seq) AND wanted_start <> wanted_returning)
		   AND (which = 0 OR v.at <= s.until) GROUP BY s.customer),
	each AS (
		SELECT begin, k, k = ANY (b.p) AS here, k <= ANY (b.p) AS later,
		       (SELECT count(*) FROM unnest(b.p) p WHERE p BETWEEN 1 AND k) = k AS always,
		       behind(unit, at, until, zone) > k AS over
		  FROM started s LEFT JOIN back b USING (customer), generate_series(0, periods) k)
	SELECT CASE WHEN unit <> 'hour' THEN (begin AT TIME ZONE zone)::date END, k, count(*), count(*) FILTER (WHERE here),
	       count(*) FILTER (WHERE later), count(*) FILTER (WHERE always),
	       CASE WHEN which > 0 THEN count(*) FILTER (WHERE over) END,
	       100.0 * count(*) FILTER (WHERE here AND (which = 0 OR over))
	       / nullif(count(*) FILTER (WHERE which = 0 OR over), 0),
	       CASE WHEN which > 0 THEN bool_and(over) END, CASE WHEN unit = 'hour' THEN begin END
	  FROM each GROUP BY begin, k $$;
CREATE TABLE question (x text, y text, unit text, periods int, zone text, which int);
INSERT INTO question VALUES
	('a', 'b', 'hour', 20, NULL, 0), ('a', 'a', 'day', 30, NULL, 1), ('b', 'c', 'week', 9, NULL, 2),
	('a', 'b', 'hour', 5, 'Europe/Warsaw', 1), ('a', 'a', 'day', 12, 'Europe/Warsaw', 2),
	('c', 'a', 'week', 6, 'Europe/Warsaw', 1), ('b', 'a', 'month', 5, 'Europe/Warsaw', 2),
	('a', 'c', 'quarter', 4, 'Europe/Warsaw', 1), ('a', 'a', 'year', 2, 'Europe/Warsaw', 0),
	('b', 'b', 'month', 1, 'Asia/Kathmandu', 1), ('a', 'b', 'day', 7, 'Australia/Lord_Howe', 2),
	('a', 'b', 'day', 7, 'America/Havana', 1), ('c', 'b', 'week', 3, 'Pacific/Kiritimati', 0),
	('a', 'b', 'hour', 6, 'Asia/Kathmandu', 2), ('a', 'nothing', 'month', 3, 'UTC', 1),
	('none', 'a', 'day', 3, 'UTC', 1);
CREATE FUNCTION asked(q question, part int DEFAULT NULL) RETURNS journey_cohorts LANGUAGE sql AS $$
	SELECT cohort_agg(j, q.x, q.y, q.unit, q.periods, q.zone, known_until(customer, q.which))
	  FROM many WHERE part IS NULL OR customer % 7 = part $$;
CREATE FUNCTION differs(c journey_cohorts, q question) RETURNS bigint LANGUAGE sql AS $$
	WITH t AS (
		SELECT cohort, period, customers, returned, returned_or_later, streak, ended, round(share, 9), complete,
		       cohort_hour FROM cohort_table(c)),
	h AS (
		SELECT cohort, period, customers, returned, returned_or_later, streak, ended, round(share, 9), complete,
		       cohort_hour FROM by_hand(q.x, q.y, q.unit, q.periods, q.zone, q.which))
	SELECT count(*) FROM ((TABLE t EXCEPT ALL TABLE h) UNION ALL (TABLE h EXCEPT ALL TABLE t)) d $$;
SELECT x, y, unit, periods, zone, which, (SELECT count(*) > 0 FROM cohort_table(asked(q))) AS rows,
       differs(asked(q), q) AS wrong
  FROM question q ORDER BY unit, zone, x, y, periods;
-- the same without the arguments that are NULL
SELECT differs(cohort_agg(j, 'a', 'b', 'hour', 20), ('a', 'b', 'hour', 20, NULL, 0)) AS fixed,
       differs(cohort_agg(j, 'a', 'a', 'year', 2, 'Europe/Warsaw'), ('a', 'a', 'year', 2, 'Europe/Warsaw', 0)) AS zone
  FROM many;
-- merged = whole: 7 parts in any order, with +, read back from text, JSON and pieces of one customer
CREATE TEMP TABLE part AS SELECT q, n, asked(q, n) AS c FROM question q, generate_series(0, 6) n;
SELECT count(*) AS questions, count(*) FILTER (WHERE asked(q) <> forward) AS forward,
       count(*) FILTER (WHERE forward <> backward) AS backward, count(*) FILTER (WHERE forward <> written) AS written
  FROM (SELECT q, cohort_agg(c ORDER BY n) AS forward, cohort_agg(c ORDER BY n DESC) AS backward,
               cohort_agg(CASE n % 2 WHEN 0 THEN c::text ELSE c::jsonb::text END::journey_cohorts) AS written
          FROM part GROUP BY q) v;
SELECT count(*) AS questions, count(*) FILTER (WHERE asked(q) <> added) AS wrong
  FROM (SELECT a.q, a.c + (b.c + c.c) + d.c + (e.c + f.c + g.c) AS added
          FROM part a, part b, part c, part d, part e, part f, part g
         WHERE (a.n, b.n, c.n, d.n, e.n, f.n, g.n) = (0, 1, 2, 3, 4, 5, 6)
           AND a.q = b.q AND b.q = c.q AND c.q = d.q AND d.q = e.q AND e.q = f.q AND f.q = g.q) v;
SELECT asked(q) = (SELECT cohort_agg(one) FROM (SELECT cohort_agg(j, q.x, q.y, q.unit, q.periods, q.zone) AS one
                                                  FROM many GROUP BY customer) v) AS of_single_customers
  FROM question q WHERE which = 0 AND periods = 2;
-- grouped, by one plan for both partitions, and as a window
SELECT count(*) AS groups, count(*) FILTER (WHERE g.c <> p.c) AS wrong
  FROM (SELECT customer % 7 AS n, cohort_agg(j, 'a', 'b', 'hour', 20, NULL, NULL) AS c FROM many GROUP BY 1) g
  JOIN part p ON p.n = g.n AND (p.q).periods = 20;
SET enable_partitionwise_aggregate = on;
SELECT cohort_agg(j, 'a', 'b', 'hour', 20, NULL, NULL) = asked(('a', 'b', 'hour', 20, NULL, 0)) AS partitionwise
  FROM many;
RESET enable_partitionwise_aggregate;
SELECT count(*) AS compared, count(*) FILTER (WHERE w.c IS DISTINCT FROM p.c) AS wrong
  FROM (SELECT customer, cohort_agg(j, 'a', 'b', 'month', 3, 'Europe/Warsaw') OVER (ORDER BY customer) AS c
          FROM many WHERE customer < 40) w,
       LATERAL (SELECT cohort_agg(v.j, 'a', 'b', 'month', 3, 'Europe/Warsaw') AS c FROM many v
                 WHERE v.customer <= w.customer) p;

-- lifecycles
CREATE FUNCTION lifecycle_by_hand(wanted text, unit text, zone text, until timestamptz)
RETURNS TABLE (number bigint, "new" bigint, "returning" bigint, resurrected bigint, dormant bigint, complete boolean)
LANGUAGE sql AS $$
	WITH active AS (SELECT customer, array_agg(DISTINCT number_of(unit, at, zone)) AS ns
	                  FROM visit WHERE stage = wanted AND at <= until GROUP BY customer),
	each AS (SELECT n, n < number_of(unit, until, zone) AS over, n = ANY (ns) AS here, n - 1 = ANY (ns) AS before,
	                n > ANY (ns) AS ever
	           FROM active, generate_series((SELECT min(n) FROM active, unnest(ns) n),
	                                        (SELECT number_of(unit, until, zone))) n)
	SELECT n, count(*) FILTER (WHERE here AND NOT ever), count(*) FILTER (WHERE here AND before),
	       count(*) FILTER (WHERE here AND ever AND NOT before),
	       CASE WHEN over THEN count(*) FILTER (WHERE before AND NOT here) END, over
	  FROM each GROUP BY n, over $$;
CREATE TABLE life (stage text, unit text, zone text, until timestamptz);
INSERT INTO life VALUES
	('a', 'day', 'Europe/Warsaw', '2025-04-09 12:00Z'), ('b', 'week', 'Asia/Kathmandu', '2026-12-01'),
	('c', 'month', 'Europe/Warsaw', '2026-03-31 22:00Z'), ('a', 'month', 'Europe/Warsaw', '2026-03-31 21:59Z'),
	('a', 'quarter', 'America/Havana', '2027-09-01'), ('b', 'year', 'UTC', '2026-06-01');
CREATE FUNCTION lived(l life, part int DEFAULT NULL) RETURNS journey_lifecycle LANGUAGE sql AS $$
	SELECT lifecycle_agg(j, l.stage, l.unit, l.zone, l.until) FROM many WHERE part IS NULL OR customer % 5 = part $$;
CREATE FUNCTION differs(l life) RETURNS bigint LANGUAGE sql AS $$
	WITH t AS (
		SELECT number_of(l.unit, period::timestamp AT TIME ZONE l.zone, l.zone), "new", "returning", resurrected,
		       dormant, complete FROM lifecycle_table(lived(l))),
	h AS (SELECT * FROM lifecycle_by_hand(l.stage, l.unit, l.zone, l.until))
	SELECT count(*) FROM ((TABLE t EXCEPT ALL TABLE h) UNION ALL (TABLE h EXCEPT ALL TABLE t)) d $$;
SELECT stage, unit, zone, (SELECT count(*) FROM lifecycle_table(lived(l))) AS periods, differs(l) AS wrong
  FROM life l ORDER BY stage, unit, zone;
SELECT count(*) AS lifecycles, count(*) FILTER (WHERE lived(l) <> merged) AS merged,
       count(*) FILTER (WHERE lived(l) <> written) AS written
  FROM (SELECT l, lifecycle_agg(lived(l, n) ORDER BY n % 3, n) AS merged,
               lifecycle_agg(CASE n % 2 WHEN 0 THEN lived(l, n)::text ELSE lived(l, n)::jsonb::text END
                             ::journey_lifecycle) AS written
          FROM life l, generate_series(0, 4) n GROUP BY l) v;
SELECT lived(l, 0) + lived(l, 1) = (SELECT lifecycle_agg(lived(l, n)) FROM generate_series(0, 1) n) AS added
  FROM life l WHERE unit = 'year';

-- in many processes
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
SELECT pg_temp.plan_has('SELECT cohort_agg(j, ''a'', ''b'', ''hour'', 20) FROM many', '"Partial Mode": "Partial"')
       AS parallel, differs(cohort_agg(j, 'a', 'b', 'hour', 20), ('a', 'b', 'hour', 20, NULL, 0)) AS wrong FROM many;
SELECT pg_temp.plan_has('SELECT lifecycle_agg(j, ''b'', ''year'', ''UTC'', ''2026-06-01'') FROM many',
                        '"Partial Mode": "Partial"') AS parallel,
       lifecycle_agg(j, 'b', 'year', 'UTC', '2026-06-01') = (SELECT lived(l) FROM life l WHERE unit = 'year') AS same
  FROM many;
RESET parallel_setup_cost;
RESET min_parallel_table_scan_size;

-- every hour of some years in zones whose clocks do odd things: the period is the one that date_trunc() says
CREATE FUNCTION first_day(at timestamptz, unit text, zone text) RETURNS date LANGUAGE sql AS $$
	SELECT cohort FROM cohort_table((SELECT cohort_agg(j, 'a', 'a', unit, 1, zone)
	                                   FROM (SELECT journey_agg('a', at) AS j) v)) WHERE period = 0 $$;
SELECT zone, unit, count(*) AS instants, count(*) FILTER (WHERE first_day(at, unit, zone) IS DISTINCT FROM
                                                          (date_trunc(unit, at, zone) AT TIME ZONE zone)::date) AS wrong
  FROM (VALUES ('day', 'Europe/Warsaw', timestamptz '1915-08-01Z'), ('day', 'America/St_Johns', '2006-10-15Z'),
               ('week', 'Australia/Lord_Howe', '2026-03-20Z'), ('month', 'Pacific/Apia', '2011-12-20Z'),
               ('day', 'Asia/Manila', '1844-12-20Z'), ('quarter', 'Africa/Monrovia', '1971-12-20Z'),
               ('year', 'Europe/Dublin', '2199-12-20Z')) v(unit, zone, first),
       LATERAL (SELECT first + i * interval '29 minutes' AS at FROM generate_series(0, 700) i) w
 GROUP BY zone, unit ORDER BY zone;
DROP FUNCTION asked, lived, differs(journey_cohorts, question), differs(life), by_hand, behind, number_of, known_until;
DROP FUNCTION lifecycle_by_hand, first_day;
DROP TABLE visit, many, part, question, life;
