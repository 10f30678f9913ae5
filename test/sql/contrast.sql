--
-- journey_contrast: which stages go with conversion, at equal exposure. By hand, and against plain SQL over random
-- journeys; simulations and reference values of Python are in contrast_reference.sql.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA contrast_test;
SET search_path = contrast_test, public;
SET timezone = 'UTC';
SET intervalstyle = 'postgres';
\pset null '(null)'

-- By hand: one journey each, within 10 days, landmark 3 days, known up to 20 January. What became of him, and seen?
CREATE TABLE by_hand (name text, path journey_path, j journey, fate text, seen text);
INSERT INTO by_hand VALUES
	('came behind the landmark', 'a > z', '{a@2026-01-01, b@2026-01-02, c@2026-01-05, z@2026-01-06}', 'reached', 'b'),
	('did not come', 'a > z', '{x@2025-12-31, a@2026-01-01, b@2026-01-02, b@2026-01-03}', 'missed', 'b'),
	('saw it just then', 'a > z', '{a@2026-01-01, b@2026-01-04, c@2026-01-04T00:00:00.000001}', 'missed', 'b'),
	('came at the landmark', 'a > z', '{a@2026-01-01, b@2026-01-01, z@2026-01-04}', 'early', NULL),
	('came just behind it', 'a > z', '{a@2026-01-01, z@2026-01-04T00:00:00.000001}', 'reached', NULL),
	('came at the end', 'a > z', '{a@2026-01-01, z@2026-01-11}', 'reached', NULL),
	('came just behind the end', 'a > z', '{a@2026-01-01, z@2026-01-11T00:00:00.000001}', 'missed', NULL),
	('came at once', 'a > z', '{a@2026-01-01, z@2026-01-01}', 'early', NULL),
	('came before', 'a > z', '{z@2025-12-31, a@2026-01-01}', 'missed', NULL),
	('just long enough ago', 'a > z', '{a@2026-01-10, b@2026-01-11}', 'missed', 'b'),
	('too recent', 'a > z', '{a@2026-01-10T00:00:00.000001, z@2026-01-15}', 'too recent', NULL),
	('began just then', 'a > z', '{a@2026-01-20, z@2026-01-21}', 'too recent', NULL),
	('began later', 'a > z', '{a@2026-01-21, z@2026-01-22}', 'none', NULL),
	('the first start counts', 'a > z', '{a@2026-01-01, a@2026-01-09, b@2026-01-10, z@2026-01-14}', 'missed', NULL),
	('seen at the moment of the start', 'a > z', '{b@2026-01-01, a@2026-01-01, y@2026-01-01#-1}', 'missed', 'b'),
	('any of two starts', 'a|b > z', '{b@2026-01-01, a@2026-01-02, c@2026-01-03, z@2026-01-09}', 'reached', 'c'),
	('two at once, one leads on', 'a|b > b > z', '{a@2026-01-01, b@2026-01-01, z@2026-01-09}', 'reached', NULL),
	('again', 'a > a', '{a@2026-01-01, a@2026-01-09}', 'reached', NULL),
	('again at once', 'a > a', '{a@2026-01-01, a@2026-01-01}', 'early', NULL),
	('not again', 'a > a', '{a@2026-01-01, b@2026-01-02}', 'missed', 'b'),
	('in between', 'a >[!x] z', '{a@2026-01-01, x@2026-01-05, z@2026-01-06}', 'missed', NULL),
	('in between, seen', 'a >[!x] z', '{a@2026-01-01, b@2026-01-02, x@2026-01-03}', 'missed', 'b'),
	('the very next, of equal ones the last', 'a >> z', '{a@2026-01-01, a@2026-01-01, z@2026-01-05}', 'reached', NULL),
	('the very next, in the middle', 'a >> a >> z', '{a@2026-01-01, a@2026-01-01, a@2026-01-01, z@2026-01-05}',
	 'reached', NULL),
	('by way of what may be left out', 'a > c? > z', '{a@2026-01-01, b@2026-01-02, z@2026-01-05}', 'reached', 'b'),
	('not so far', 'a > b > z', '{a@2026-01-01, b@2026-01-02, c@2026-01-03}', 'missed', 'c'),
	('too far apart', 'a >[2 days] b > z', '{a@2026-01-01, b@2026-01-04, z@2026-01-05}', 'missed', NULL),
	('never there', 'a > z', '{b@2026-01-01, z@2026-01-02}', 'none', NULL),
	('nowhere', 'a > z', '{}', 'none', NULL),
	('in the year 4713 BC', 'a > z', '{a@-4712-01-01, b@-4712-01-01, z@2026-01-01}', 'missed', 'b');
SELECT name, fate, seen FROM by_hand, LATERAL (
	SELECT contrast_agg(x, path, '10 days', '3 days', '2026-01-20') AS c FROM (VALUES (j)) v(x)) g,
       LATERAL contrast_counts(c) n,
       LATERAL (SELECT string_agg(stage, ', ' ORDER BY stage) AS stages, coalesce(bool_and(
		reached_with + missed_with = 1 AND reached_without + missed_without = 0), true) AS one
	  FROM contrast_stages(c)) s
 WHERE (fate, seen) IS DISTINCT FROM (CASE WHEN n.customers = 0 THEN 'none' WHEN n.too_recent = 1 THEN 'too recent'
	WHEN n.converted_early = 1 THEN 'early' WHEN n.reached = 1 THEN 'reached' WHEN n.missed = 1 THEN 'missed' END,
	stages) OR NOT one OR n.customers > 1 OR n.customers <> n.too_recent + n.converted_early + n.reached + n.missed;
SELECT count(*) FROM by_hand;

-- all of them together, and the numbers of one table by hand: 3 of 4 with it, 2 of 8 without it
SELECT contrast_agg(j, path, '10 days', '3 days', '2026-01-20') AS c FROM by_hand WHERE path = 'a > z';
SELECT stage, reached_with, missed_with, reached_without, missed_without, round(share_with, 6) AS share_with,
       round(share_without, 6) AS share_without, round(odds_ratio::numeric, 6) AS odds_ratio,
       round(low::numeric, 6) AS low, round(high::numeric, 6) AS high, round(phi::numeric, 6) AS phi,
       round(p_value::numeric, 6) AS p_value, round(p_adjusted::numeric, 6) AS p_adjusted
  FROM contrast_stages('{a > z; within 30 days; landmark 7 days; too recent 1, early 2, reached 5, missed 7; '
	'[chat = 3 + 1, none = 0 + 1, "all of them" = 5 + 7]}');
SELECT * FROM contrast_counts('{a > z; within 9 days; landmark 1 day; too recent 1, early 2, reached 5, missed 7; []}');
-- nobody reached: an odds ratio that says nothing, and no test; nobody at all: no rows
SELECT stage, share_with, share_without, round(low::numeric, 4) AS low, round(high::numeric, 4) AS high, phi, p_value,
       p_adjusted
  FROM contrast_stages('{a > z; within 2d; landmark 1d; too recent 0, early 0, reached 0, missed 7; [b = 0 + 3]}');
SELECT count(*) AS rows
  FROM contrast_stages('{a > z; within 2 days; landmark 1 day; too recent 0, early 0, reached 0, missed 0; []}');
SELECT count(*) AS rows FROM contrast_stages(NULL);
SELECT contrast_counts(NULL) IS NULL AS null, contrast_agg(c) IS NULL AS none
  FROM (VALUES (NULL::journey_contrast)) v(c);
SELECT contrast_agg(j, 'a > z', '2 days', '1 day', NULL) IS NULL AS none FROM (VALUES (NULL::journey)) v(j);
-- "until" by customer
SELECT contrast_agg(j, 'a > z', '10 days', '3 days', until)
  FROM (VALUES ('{a@2026-01-01, b@2026-01-01, z@2026-01-09}'::journey, timestamptz '2026-01-11'),
               ('{a@2026-01-01, z@2026-01-09}', '2026-01-10')) v(j, until);
-- in text exact, whatever the settings; small
SET intervalstyle = 'iso_8601';
SELECT c, c::text::journey_contrast = c AS reads_back, pg_column_size(c) AS bytes FROM (
	SELECT contrast_agg(j, '"a b" > ";" >[1 day 0:00:01] z', '1 day 12:00', '0:30:00', '2026-01-20') AS c
	  FROM (VALUES ('{"a b"@2026-01-01, "chat, in []"@2026-01-01, "é=1"@2026-01-01T00:30:00}'::journey)) v(j)) s;
SET intervalstyle = 'postgres';
SELECT '{ a>z;within 48 hours ;landmark 1d; too recent 1,early 2 , reached 3,missed 4;[ c = 0+1, b=3 + 0,c = 1 + 1]}'
	::journey_contrast AS any_order;

-- Random journeys, with ties and seq, against plain SQL: a group is what is simultaneous, s the visit that starts.
CREATE TABLE visit AS
SELECT pg_temp.random_int(i, 1, 500) AS customer, chr(97 + pg_temp.random_int(i, 2, 5)) AS stage,
       timestamptz '2026-01-01' + pg_temp.random_int(i, 3, 40) * interval '12 hours' AS at,
       CASE WHEN pg_temp.random_int(i, 4, 3) = 0 THEN pg_temp.random_int(i, 5, 3)::bigint ELSE 0 END AS seq
  FROM generate_series(1, 4000) i;
CREATE TABLE step AS
SELECT *, dense_rank() OVER (PARTITION BY customer ORDER BY at, seq) AS g,
       row_number() OVER (PARTITION BY customer ORDER BY at, seq, stage COLLATE "C") AS n FROM visit;
CREATE INDEX ON step (customer, stage);
ANALYZE step;
CREATE TABLE many AS SELECT customer, journey_agg(stage, at, seq) AS j FROM visit GROUP BY customer;
CREATE TABLE question (path journey_path, starts text[], named text[], completed text);
INSERT INTO question VALUES
	('a > b', '{a}', '{a,b}', $$EXISTS (SELECT FROM step x WHERE x.customer = s.customer AND x.stage = 'b'
		AND x.g >= s.g AND x.at <= s.at + $1)$$),
	('a|b > b', '{a,b}', '{a,b}', $$EXISTS (SELECT FROM step x WHERE x.customer = s.customer AND x.stage = 'b'
		AND x.g >= s.g AND x.n <> s.n AND x.at <= s.at + $1)$$),
	('a > a > c', '{a}', '{a,c}', $$EXISTS (SELECT FROM step x JOIN step y USING (customer)
		WHERE x.customer = s.customer AND x.stage = 'a' AND x.n <> s.n AND x.g >= s.g AND y.stage = 'c' AND y.g >= x.g
		AND y.at <= s.at + $1)$$),
	('a >> b', '{a}', '{a,b}', $$EXISTS (SELECT FROM step x WHERE x.customer = s.customer AND x.stage = 'b'
		AND x.n = s.n + 1 AND x.at <= s.at + $1)$$),
	('a|c >[!d] b', '{a,c}', '{a,b,c,d}', $$EXISTS (SELECT FROM step x WHERE x.customer = s.customer AND x.stage = 'b'
		AND x.g >= s.g AND x.at <= s.at + $1 AND NOT EXISTS (SELECT FROM step d WHERE d.customer = s.customer
			AND d.stage = 'd' AND d.g > s.g AND d.g < x.g))$$),
	('b >[2 days] c? > d', '{b}', '{b,c,d}', $$EXISTS (SELECT FROM step x WHERE x.customer = s.customer
		AND x.stage = 'd' AND x.g >= s.g AND x.at <= s.at + $1)$$),
	('b >[2 days] a|c >[!a] d', '{b}', '{a,b,c,d}', $$EXISTS (SELECT FROM step x JOIN step y USING (customer)
		WHERE x.customer = s.customer AND x.stage IN ('a', 'c') AND x.g >= s.g AND x.at <= s.at + interval '2 days'
		AND y.stage = 'd' AND y.g >= x.g AND y.at <= s.at + $1 AND NOT EXISTS (SELECT FROM step e
			WHERE e.customer = s.customer AND e.stage = 'a' AND e.g > x.g AND e.g < y.g))$$);
CREATE FUNCTION known(customer bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
	SELECT timestamptz '2026-01-12' + customer % 9 * interval '1 day' $$;
-- the value in text, as plain SQL counts it
CREATE FUNCTION by_sql(q question, within interval, landmark interval) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE replace(replace(format($q$
		WITH start AS (
			SELECT * FROM (SELECT DISTINCT ON (customer) customer, at, g FROM step WHERE stage = ANY (%1$L)
				ORDER BY customer, g) f WHERE at <= known(customer)),
		fate AS MATERIALIZED (
			SELECT f.*, CASE WHEN f.at + %2$L::interval > known(customer) THEN 'too recent'
				WHEN EXISTS (SELECT FROM step s WHERE s.customer = f.customer AND s.g = f.g AND s.stage = ANY (%1$L)
					AND EARLY) THEN 'early'
				WHEN EXISTS (SELECT FROM step s WHERE s.customer = f.customer AND s.g = f.g AND s.stage = ANY (%1$L)
					AND DONE) THEN 'reached' ELSE 'missed' END AS fate FROM start f),
		seen AS MATERIALIZED (
			SELECT v.stage, count(DISTINCT customer) FILTER (WHERE fate = 'reached') AS reached,
			       count(DISTINCT customer) FILTER (WHERE fate = 'missed') AS missed
			  FROM fate f JOIN step v USING (customer) WHERE v.g >= f.g AND v.at <= f.at + %3$L::interval
			   AND v.stage <> ALL (%4$L) AND fate IN ('reached', 'missed') GROUP BY v.stage)
		SELECT format('{%%s; within %%s; landmark %%s; too recent %%s, early %%s, reached %%s, missed %%s; [%%s]}',
			%5$L, %2$L, %3$L, count(*) FILTER (WHERE fate = 'too recent'), count(*) FILTER (WHERE fate = 'early'),
			count(*) FILTER (WHERE fate = 'reached'), count(*) FILTER (WHERE fate = 'missed'),
			(SELECT string_agg(format('%%s = %%s + %%s', stage, reached, missed), ', ' ORDER BY stage) FROM seen))
		  FROM fate $q$, q.starts, within, landmark, q.named, q.path),
		'EARLY', replace(q.completed, '$1', quote_literal(landmark) || '::interval')),
		'DONE', replace(q.completed, '$1', quote_literal(within) || '::interval')) INTO result;
	RETURN result;
END $$;
CREATE TABLE asked AS
SELECT row_number() OVER (ORDER BY q.path, within) AS id, q.path, within, landmark,
       by_sql(q, within, landmark) AS expected
  FROM question q, (VALUES (interval '6 days', interval '2 days'), ('3 days', '12:00:00')) v(within, landmark);
SELECT path, within, landmark, expected::journey_contrast = c AS same, n.*
  FROM asked, LATERAL (SELECT contrast_agg(j, path, within, landmark, known(customer)) AS c FROM many) s,
       LATERAL contrast_counts(c) n ORDER BY id;
-- merged = whole: parts in any order, with +, read back from text and JSON
CREATE TABLE part AS
SELECT id, customer % 7 AS n, contrast_agg(j, path, within, landmark, known(customer)) AS c
  FROM asked, many GROUP BY id, customer % 7;
SELECT count(*) AS questions, count(*) FILTER (WHERE forward <> expected::journey_contrast) AS forward,
       count(*) FILTER (WHERE forward <> backward) AS backward, count(*) FILTER (WHERE forward <> written) AS written
  FROM (SELECT id, contrast_agg(c ORDER BY n) AS forward, contrast_agg(c ORDER BY n DESC) AS backward,
               contrast_agg(CASE n % 2 WHEN 0 THEN c::text ELSE c::jsonb::text END::journey_contrast) AS written
          FROM part GROUP BY id) v JOIN asked USING (id);
SELECT count(*) AS questions, count(*) FILTER (WHERE (a.c + b.c) + c.c <> c.c + (b.c + a.c)) AS wrong,
       count(*) FILTER (WHERE a.c + b.c = a.c) AS same
  FROM part a JOIN part b USING (id) JOIN part c USING (id) WHERE (a.n, b.n, c.n) = (0, 1, 2);
SELECT count(*) AS customers, count(*) FILTER (WHERE w.c IS DISTINCT FROM p.c) AS wrong
  FROM (SELECT customer, contrast_agg(j, 'a > b', '6 days', '2 days', known(customer)) OVER (ORDER BY customer) AS c
          FROM many WHERE customer < 60) w,
       LATERAL (SELECT contrast_agg(j, 'a > b', '6 days', '2 days', known(v.customer)) AS c FROM many v
                 WHERE v.customer <= w.customer) p;
-- many stages and long labels
SELECT contrast_counts(c), s.*, c + c = contrast_agg AS same, c::text::journey_contrast = c AS reads_back
  FROM (SELECT contrast_agg(j, 'a > z', '10 days', '3 days', '2026-02-01') AS c
          FROM (SELECT i, journey_agg(stage, at) AS j FROM generate_series(1, 400) i, LATERAL (
			SELECT 'a', timestamptz '2026-01-01' UNION ALL SELECT repeat('x', 1 + i % 200) || k, '2026-01-02'
			  FROM generate_series(1, 1 + i % 90) k UNION ALL SELECT 'z', '2026-01-06' WHERE i % 3 = 0) v(stage, at)
		 GROUP BY i) s) t, LATERAL (SELECT count(*) AS stages, sum(reached_with) AS reached, sum(missed_with) AS missed
	  FROM contrast_stages(c)) s, LATERAL (SELECT contrast_agg(x) FROM unnest(ARRAY[c, c]) x) twice;

-- a parallel plan
CREATE TABLE more AS SELECT n * 1000 + customer AS customer, j FROM many, generate_series(0, 4) n;
ANALYZE more;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 3;
SELECT pg_temp.plan_has($$SELECT contrast_agg(j, 'a > b > c', '6 days', '2 days', '2026-02-01') FROM more$$,
	'"Partial Mode": "Partial"') AS parallel;
CREATE TABLE by_workers AS SELECT contrast_agg(j, 'a > b > c', '6 days', '2 days', '2026-02-01') AS c FROM more;
SET max_parallel_workers_per_gather = 0;
SELECT c = (SELECT contrast_agg(j, 'a > b > c', '6 days', '2 days', '2026-02-01') FROM more) AS same FROM by_workers;

SET client_min_messages = warning;
DROP SCHEMA contrast_test CASCADE;
