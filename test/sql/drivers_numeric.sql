--
-- driver_agg reads the digits of numerics where they are stored: against round(), for all their forms and sizes.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA drivers_numeric_test;
SET search_path = drivers_numeric_test, public;

-- the sums of one answer, read back as SQL's own numbers
CREATE FUNCTION read_back(x numeric, y numeric) RETURNS numeric[] LANGUAGE sql
	RETURN (SELECT ARRAY[(sums ->> 0)::numeric, (sums ->> 1)::numeric, (sums ->> 2)::numeric]
	          FROM (SELECT driver_agg(x, ARRAY[-y, x])::jsonb -> 'sums' AS sums) AS s);
CREATE FUNCTION rounded(x numeric, y numeric) RETURNS numeric[] LANGUAGE sql
	RETURN ARRAY[round(x, 4), round(-y, 4), round(x, 4)];

-- no cast stands between a numeric and the aggregate, and one does where only part of it is numeric
CREATE VIEW numerics AS SELECT driver_agg(x, ARRAY[x]) FROM (VALUES (1.5)) AS v(x);
CREATE VIEW weighted AS SELECT driver_agg(x, ARRAY[x], w) FROM (VALUES (1.5, 1::double precision)) AS v(x, w);
CREATE VIEW integers AS SELECT driver_agg(x, ARRAY[x]) FROM (VALUES (1)) AS v(x);
CREATE VIEW doubles AS SELECT driver_agg(x, ARRAY[y]) FROM (VALUES (1::double precision, 1.5)) AS v(x, y);
SELECT name, pg_get_viewdef(name::regclass) ~ '[xy]\]?\)::double precision' AS is_cast
  FROM unnest('{numerics,weighted,integers,doubles}'::text[]) AS name;

-- Any number of digits before the point and behind it; the 5th decimal is 4, 5 or 9 as often as anything else. The
-- number of decimals that are shown, and digits far behind the point, make another form of numeric.
CREATE TABLE number (i integer, kind text, x numeric);
INSERT INTO number
SELECT i, 'random', (CASE pg_temp.random_int(i, 1, 2) WHEN 0 THEN '-' ELSE '' END
                     || pg_temp.random_int(i, 2, (10 ^ pg_temp.random_int(i, 3, 8))::bigint) || '.'
                     || left(lpad(pg_temp.random_int(i, 4, 100000)::text, 5, '0')
                             || lpad(pg_temp.random_int(i, 5, 1000000000)::text, 9, '0'),
                             1 + pg_temp.random_int(i, 6, 14)))::numeric
  FROM generate_series(1, 3000) AS i;
INSERT INTO number
SELECT i, 'middle', i % 100 + (i % 7 + 0.5 + sign * tiny) / 10000
  FROM generate_series(1, 200) AS i, unnest(ARRAY[-1, 0, 1]) AS sign,
       unnest(ARRAY[1e-3, 1e-9, 1e-30, 1e-70, 1e-300]) AS tiny;
INSERT INTO number
SELECT i, 'small', s * f * power(10::numeric, -i)
  FROM generate_series(0, 400, 3) AS i, unnest(ARRAY[1, -1]) AS s, unnest(ARRAY[1, 4.9999, 5, 9999]) AS f;
INSERT INTO number SELECT -x, 'negative', -x FROM unnest(ARRAY[1, 10, 9999, 10000, 99990000, 10000000]) AS x
 WHERE x <= 10000000;
INSERT INTO number
SELECT scale, 'scale', round(x, scale)
  FROM unnest(ARRAY[0, 1, 3, 4, 5, 63, 64, 100, 2000]) AS scale, unnest(ARRAY[0, 1, -3, 10000000, 1234567]) AS x;
INSERT INTO number
SELECT n, 'long', ('12.' || repeat('34567', n))::numeric FROM unnest(ARRAY[1, 10, 25, 26, 100, 3000]) AS n;
INSERT INTO number VALUES
	(1, 'bound', 9999999.99995), (2, 'bound', -9999999.99995), (3, 'bound', 9999999.99994999), (4, 'bound', 1e7),
	(5, 'bound', -10000000.000000000);
SELECT kind, count(*) AS numbers, count(*) FILTER (WHERE read_back(x, x) IS DISTINCT FROM rounded(x, x)) AS wrong
  FROM number GROUP BY kind ORDER BY kind;
-- the number of another row beside it, so that elements of all lengths stand in front of each other
SELECT count(*) AS pairs, count(*) FILTER (WHERE read_back(x, y) IS DISTINCT FROM rounded(x, y)) AS wrong
  FROM (SELECT x, lead(x) OVER (ORDER BY hashtext(x::text), x) AS y FROM number) AS v WHERE y IS NOT NULL;

-- behind a short header, compressed, out of line: as values and in stored arrays
CREATE TABLE stored (form text, x numeric, a numeric[]);
INSERT INTO stored SELECT 'short', x, ARRAY[x, 1.5] FROM number WHERE kind = 'random';
INSERT INTO stored SELECT 'compressed', x, ARRAY[x, 1.5] FROM number WHERE kind = 'long' AND i = 3000;
ALTER TABLE stored ALTER x SET STORAGE EXTERNAL, ALTER a SET STORAGE EXTERNAL;
INSERT INTO stored SELECT 'external', x + 0, ARRAY[x, 1.5] FROM number WHERE kind = 'long' AND i = 3000;
SELECT form, count(*) AS numbers, bool_and(pg_column_compression(x) IS NOT NULL) AS compressed,
       count(*) FILTER (WHERE driver_agg IS DISTINCT FROM given) AS wrong
  FROM stored,
       LATERAL (SELECT driver_agg(t.x, t.a), driver_agg(t.x + 0, ARRAY[t.x + 0, 1.5]) AS given
                  FROM (SELECT stored.x, stored.a) AS t) AS v
 GROUP BY form ORDER BY form;

-- the same as double precision where that has the digits: grouped, weighted, in moving frames, in parallel
CREATE TABLE answer AS
SELECT i, CASE WHEN i % 50 > 0 THEN round(pg_temp.random_int(i, 1, 1001) / 100.0, 2) END AS y,
       ARRAY[round(pg_temp.random_int(i, 2, 501) / 100.0, 2), CASE WHEN i % 60 > 0 THEN i % 11 END] AS a,
       pg_temp.random_int(i, 3, 4)::double precision AS w
  FROM generate_series(1, 5000) AS i;
CREATE VIEW compared AS
SELECT i % 7 AS part, driver_agg(y, a) AS plain, driver_agg(y::double precision, a::double precision[]) AS plain_double,
       driver_agg(y, a, w) AS weighted, driver_agg(y::double precision, a::double precision[], w) AS weighted_double
  FROM answer GROUP BY 1;
SELECT count(*) AS parts, count(*) FILTER (WHERE plain IS DISTINCT FROM plain_double) AS wrong_plain,
       count(*) FILTER (WHERE weighted IS DISTINCT FROM weighted_double) AS wrong_weighted
  FROM compared;
SELECT count(*) AS frames, count(*) FILTER (WHERE plain IS DISTINCT FROM plain_double) AS wrong_plain,
       count(*) FILTER (WHERE weighted IS DISTINCT FROM weighted_double) AS wrong_weighted
  FROM (SELECT driver_agg(y, a) OVER f AS plain,
               driver_agg(y::double precision, a::double precision[]) OVER f AS plain_double,
               driver_agg(y, a, w) OVER f AS weighted,
               driver_agg(y::double precision, a::double precision[], w) OVER f AS weighted_double
          FROM answer WHERE i <= 1000 WINDOW f AS (ORDER BY i ROWS BETWEEN 5 PRECEDING AND 2 PRECEDING)) AS v;
CREATE TABLE whole AS SELECT driver_agg(y, a) AS s, driver_agg(y, a, w) AS w FROM answer;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT pg_temp.plan_has('SELECT driver_agg(y, a), driver_agg(y, a, w) FROM answer', 'Gather') AS parallel;
SELECT p.s = whole.s AS same, p.w = whole.w AS same_weighted
  FROM (SELECT driver_agg(y, a) AS s, driver_agg(y, a, w) AS w FROM answer) AS p, whole;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- what is refused, and what that error shows
SELECT call, pg_temp.message_of('SELECT driver_agg(' || call || ')') FROM unnest(ARRAY[
	'10000000.00000000000000000001, ARRAY[1.5]', '-10000000.5, ARRAY[1.5]', '1.5, ARRAY[1.5, 10000000.00001]',
	'1.5, ARRAY[NULL, 100000000.0]', '1.5, ARRAY[99999999.0, 1]', '1.5, ARRAY[1, 1e300]', '1.5, ARRAY[-1e2000]',
	'1.5, ARRAY[1, 2, ''NaN''::numeric]', '''-Infinity''::numeric, ARRAY[1.5]', '1.5, ''[3:4]={1,Infinity}''',
	'1.5, ''{}''', '1.5, ''{{1.5,2}}''', '1.5, array_fill(1.5, ARRAY[65])', '1.5, ARRAY[1.5], -1',
	'x, ARRAY[x]) FROM (VALUES (1.5), (1e8)) AS v(x) WHERE (x IS NOT NULL']) AS call;
SELECT pg_temp.message_of('SELECT driver_agg(x, a) FROM (VALUES (1.5, ARRAY[1.5]), (1.5, ARRAY[1, 1.5])) AS v(x, a)')
       AS other_number;
SELECT pg_temp.message_of('SELECT cxjourney_internal.driver_summary_accum(NULL, 1.5, ARRAY[1.5])') AS outside;

SET client_min_messages = warning;
DROP SCHEMA drivers_numeric_test CASCADE;
