--
-- driver_agg of whole numbers, of two and four bytes, against the same numbers as double precision: plain, grouped, in
-- parallel, in moving frames, weighted, with NULLs.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA drivers_integer_test;
SET search_path = drivers_integer_test, public;

CREATE TABLE answer AS
SELECT i, i % 7 AS place, random_of.y, random_of.a, random_of.b, (i % 5)::double precision / 4 AS weight,
       random_of.y::smallint AS y2, random_of.a::smallint AS a2, random_of.b::smallint AS b2
  FROM generate_series(1, 5000) AS i,
       LATERAL (SELECT CASE WHEN i % 11 > 0 THEN pg_temp.random_int(i, 1, 11) END::integer AS y,
                       CASE WHEN i % 13 > 0 THEN pg_temp.random_int(i, 2, 20001) - 10000 END::integer AS a,
                       CASE WHEN i % 17 > 0 THEN pg_temp.random_int(i, 3, 7) END::integer AS b) AS random_of;
ANALYZE answer;

-- each is called without a cast
CREATE VIEW integers AS SELECT driver_agg(y, ARRAY[a, b]), driver_agg(y, ARRAY[a, b], weight) AS weighted FROM answer;
CREATE VIEW smallints AS SELECT driver_agg(y2, ARRAY[a2, b2]), driver_agg(y2, ARRAY[a2, b2], weight) AS weighted
  FROM answer;
SELECT name, pg_get_viewdef(name::regclass) ~ '::' AS is_cast FROM unnest('{integers,smallints}'::text[]) AS name;

-- other mixtures are still found
SELECT driver_agg(y2, ARRAY[a, b]) = driver_agg(y, ARRAY[a, b]) AS small_outcome,
       driver_agg(y, ARRAY[a2, b2]) = driver_agg(y, ARRAY[a, b]) AS small_drivers,
       driver_agg(y::bigint, ARRAY[a, b]) = driver_agg(y, ARRAY[a, b]) AS big_outcome,
       driver_agg(y, ARRAY[a::bigint, b]) = driver_agg(y, ARRAY[a, b]) AS big_driver,
       driver_agg(y, ARRAY[a, b::numeric]) = driver_agg(y, ARRAY[a, b]) AS numeric_driver,
       driver_agg(y, ARRAY[a, b], 1) = driver_agg(y, ARRAY[a, b], 1.0::double precision) AS integer_weight
  FROM answer;

-- plain, and by group
SELECT driver_agg(y, ARRAY[a, b]) = driver_agg(y::float8, ARRAY[a, b]::float8[]) AS four_bytes,
       driver_agg(y2, ARRAY[a2, b2]) = driver_agg(y::float8, ARRAY[a, b]::float8[]) AS two_bytes,
       driver_agg(y, ARRAY[a, b], weight) = driver_agg(y::float8, ARRAY[a, b]::float8[], weight) AS four_weighted,
       driver_agg(y2, ARRAY[a2, b2], weight) = driver_agg(y::float8, ARRAY[a, b]::float8[], weight) AS two_weighted,
       driver_agg(y, ARRAY[a, b]) FILTER (WHERE i < 0) IS NULL AS no_rows
  FROM answer;
SELECT count(*) AS places,
       count(*) FILTER (WHERE four IS DISTINCT FROM eight OR two IS DISTINCT FROM eight) AS different
  FROM (SELECT driver_agg(y, ARRAY[a, b]) AS four, driver_agg(y2, ARRAY[a2, b2]) AS two,
               driver_agg(y::float8, ARRAY[a, b]::float8[]) AS eight FROM answer GROUP BY place) AS v;

-- the sums are those of plain SQL
SELECT driver_agg(y, ARRAY[a, b])::jsonb -> 'sums' = jsonb_build_array(sum(y), sum(a), sum(b)) AS sums,
       driver_agg(y, ARRAY[a, b])::jsonb -> 'products' =
       jsonb_build_array(sum(y * y), sum(y * a), sum(a * a), sum(y * b), sum(a * b), sum(b * b)) AS products
  FROM answer WHERE y IS NOT NULL AND a IS NOT NULL AND b IS NOT NULL;

-- by workers
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT pg_temp.plan_has('SELECT driver_agg(y, ARRAY[a, b]) FROM answer', '"Partial Mode": "Partial"') AS is_parallel;
CREATE TEMP TABLE by_workers AS
SELECT driver_agg(y, ARRAY[a, b]) AS four, driver_agg(y2, ARRAY[a2, b2], weight) AS two FROM answer;
RESET min_parallel_table_scan_size;
RESET parallel_tuple_cost;
RESET parallel_setup_cost;
SET max_parallel_workers_per_gather = 0;
SELECT four = (SELECT driver_agg FROM integers) AS four, two = (SELECT weighted FROM smallints) AS two FROM by_workers;

-- moving frames, each against its rows alone
SELECT count(*) AS frames, count(*) FILTER (WHERE four IS DISTINCT FROM alone.four4 OR two IS DISTINCT FROM alone.two2
       OR weighted4 IS DISTINCT FROM alone.weighted) AS different
  FROM (SELECT i, driver_agg(y, ARRAY[a, b]) OVER w AS four, driver_agg(y2, ARRAY[a2, b2]) OVER w AS two,
               driver_agg(y, ARRAY[a, b], weight) OVER w AS weighted4
          FROM answer WHERE i <= 300 WINDOW w AS (ORDER BY i ROWS 9 PRECEDING)) AS v,
       LATERAL (SELECT driver_agg(y::float8, ARRAY[a, b]::float8[]) AS four4,
                       driver_agg(y::float8, ARRAY[a, b]::float8[]) AS two2,
                       driver_agg(y::float8, ARRAY[a, b]::float8[], weight) AS weighted
                  FROM answer AS r WHERE r.i BETWEEN v.i - 9 AND v.i) AS alone;

-- the bounds of a value, and of a weight
SELECT driver_agg(10000000, ARRAY[-10000000]);
SELECT pg_temp.error_of('SELECT driver_agg(10000001, ARRAY[1])', ' | ');
SELECT pg_temp.error_of('SELECT driver_agg(1, ARRAY[1, -2147483648])', ' | ');
SELECT pg_temp.error_of('SELECT driver_agg(1, ARRAY[1], -1)', ' | ');
SELECT driver_agg(32767::smallint, ARRAY[-32768, 32767]::smallint[]);

-- arrays that are wrong, and rows that differ
SELECT pg_temp.error_of('SELECT driver_agg(1, ''{}''::integer[])', ' | ');
SELECT pg_temp.error_of('SELECT driver_agg(1, ARRAY[[1], [2]])', ' | ');
SELECT pg_temp.error_of('SELECT driver_agg(1, a) FROM (VALUES (ARRAY[1]), (ARRAY[1, 2])) AS v(a)', ' | ');
SELECT driver_agg(1, ARRAY[1, NULL]) AS left_out, driver_agg(1, '[3:4]={5,6}'::integer[]) AS other_bounds;

-- stored arrays behind a short header
CREATE TABLE stored (y integer, a integer[], s smallint[]);
INSERT INTO stored SELECT i, ARRAY[i, -i], ARRAY[i, -i] FROM generate_series(1, 10) AS i;
SELECT driver_agg(y, a) = driver_agg(y::float8, a::float8[]) AS four,
       driver_agg(y::smallint, s) = driver_agg(y, a) AS two FROM stored;

SET client_min_messages = warning;
DROP SCHEMA drivers_integer_test CASCADE;
