--
-- driver_summary: which questions drive a score. Sums against plain SQL, in every kind of plan; what readers say of
-- little and of odd answers. Numbers against R are in drivers_reference.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA drivers_test;
SET search_path = drivers_test, public;
SET extra_float_digits = 0;

-- By hand: y = 1, 2 with x = 3, 4: sums 3 and 7, products 1 + 4, 3 + 8, 9 + 16
SELECT driver_agg(y, ARRAY[x]) FROM (VALUES (1, 3), (2, 4)) v(y, x);
SELECT driver_agg(y, ARRAY[x], w) FROM (VALUES (1, 3, 0.5), (2, 4, 2), (3, 5, 0)) v(y, x, w);
-- y = 2 x + 1 exactly. Then y = 2, 1, 4, 3: the products about the means are 3 of 5, so the slope is 0.6 and R squared
-- 0.36; 3.2 of the squares are left, with 2 degrees of freedom 1.6, so the errors are sqrt(1.6) and sqrt(1.6 / 5)
SELECT d.* FROM (SELECT driver_agg(2 * x + 1, ARRAY[x]) AS s FROM generate_series(1, 4) x) v, drivers(s) d;
SELECT driver, responses, mean, coefficient, round(std_error::numeric, 10) AS std_error, importance
  FROM (SELECT driver_agg(y, ARRAY[x]) AS s FROM (VALUES (1, 2), (2, 1), (3, 4), (4, 3)) v(x, y)) v, drivers(s,
         '{price}');
SELECT responses, left_out, r_squared, round(adjusted_r_squared::numeric, 10) AS adjusted, round(std_error::numeric,
       10) AS std_error
  FROM (SELECT driver_agg(y, ARRAY[x]) AS s FROM (VALUES (1, 2), (2, 1), (3, 4), (4, 3), (5, NULL)) v(x, y)) v,
       driver_fit(s) f;

-- an array of any type of number
CREATE DOMAIN score AS integer CHECK (value BETWEEN 0 AND 10);
CREATE DOMAIN scores AS integer[];
CREATE DOMAIN precise_scores AS numeric(4, 1)[];
SELECT driver_agg(1, ARRAY[2, 3]::smallint[]) AS s;
SELECT type, driver_agg = '{2 drivers, 1 responses, 0 left out, sums [1, 2, 3], products [1, 2, 4, 3, 6, 9]}' AS same
  FROM (SELECT 'smallint' AS type, driver_agg(1::smallint, ARRAY[2, 3]::smallint[])
        UNION ALL SELECT 'integer', driver_agg(1, ARRAY[2, 3]::integer[])
        UNION ALL SELECT 'bigint', driver_agg(1::bigint, ARRAY[2, 3]::bigint[])
        UNION ALL SELECT 'real', driver_agg(1::real, ARRAY[2, 3]::real[])
        UNION ALL SELECT 'double precision', driver_agg(1::double precision, ARRAY[2, 3]::double precision[])
        UNION ALL SELECT 'numeric', driver_agg(1::numeric, ARRAY[2, 3]::numeric[])
        UNION ALL SELECT 'smallint and numeric', driver_agg(1::smallint, ARRAY[2::smallint, 3.0])
        UNION ALL SELECT 'domain in an array', driver_agg(1::score, ARRAY[2, 3]::score[])
        UNION ALL SELECT 'domain over an array', driver_agg(1, ARRAY[2, 3]::scores)
        UNION ALL SELECT 'domain over numeric[]', driver_agg(1, ARRAY[2, 3]::precise_scores)
        UNION ALL SELECT 'literal', driver_agg(1, '{2,3}')
        UNION ALL SELECT 'literals', driver_agg('1', '{2,3}')
        UNION ALL SELECT 'numbers from 5 on', driver_agg(1, '[5:6]={2,3}')
        UNION ALL SELECT 'a NULL that is gone', driver_agg(1, array_remove(ARRAY[2, NULL, 3], NULL))) v;
SELECT driver_agg(1.5, ARRAY[2], 0.5) AS s;
SELECT type, driver_agg = (SELECT driver_agg(1.5, ARRAY[2], 0.5)) AS same
  FROM (SELECT 'smallint' AS type, driver_agg(1.5, ARRAY[2]::smallint[], 0.5)
        UNION ALL SELECT 'integer', driver_agg(1.5, ARRAY[2]::integer[], 0.5::real)
        UNION ALL SELECT 'bigint', driver_agg(1.5, ARRAY[2]::bigint[], 0.5)
        UNION ALL SELECT 'real', driver_agg(1.5, ARRAY[2]::real[], '0.5')
        UNION ALL SELECT 'numeric', driver_agg(1.5, ARRAY[2]::numeric[], 0.5)
        UNION ALL SELECT 'domain', driver_agg(1.5, ARRAY[2]::scores, 0.5)
        UNION ALL SELECT 'literal', driver_agg('1.5', '{2}', '0.5')) v;

-- 4 decimals, half away from zero, of the number as it is written
SELECT x, driver_agg(x, ARRAY[x]::numeric[])::jsonb -> 'sums' -> 0 AS of_numeric,
       driver_agg(x::double precision, ARRAY[x::double precision])::jsonb -> 'sums' -> 1 AS of_double
  FROM unnest(ARRAY[0.00015, -0.00015, 0.00005, 0.00004999, 2.00005, -0.00005, 9999999.99995, 0.1,
                    0.30000000000000004]) x
 GROUP BY x ORDER BY x;

-- 6,000 answers of 20 groups, with NULLs, in a table of partitions
CREATE TABLE answers (id int, g int, y numeric, x numeric[], w numeric) PARTITION BY LIST (g);
CREATE TABLE answers_even PARTITION OF answers FOR VALUES IN (0, 2, 4, 6, 8, 10, 12, 14, 16, 18);
CREATE TABLE answers_odd PARTITION OF answers FOR VALUES IN (1, 3, 5, 7, 9, 11, 13, 15, 17, 19);
INSERT INTO answers
	SELECT i, i % 20,
	       nullif(pg_temp.random_int(i, 1, 11), 10) + round(pg_temp.random_int(i, 5, 10000) / 10000.0, 4),
	       CASE WHEN i % 97 <> 5
	            THEN ARRAY[nullif(pg_temp.random_int(i, 2, 50), 7), pg_temp.random_int(i, 3, 2000000) - 1000000 + 0.25,
	                       round(pg_temp.random_int(i, 4, 100000) / 10000.0, 4)] END,
	       CASE WHEN i % 89 <> 3 THEN round(pg_temp.random_int(i, 6, 1000000000) / 100000000.0, 8) END
	  FROM generate_series(1, 6000) i;
-- group 7 has nothing but rows that are left out
UPDATE answers SET y = NULL WHERE g = 7;
CREATE INDEX ON answers (id);
ANALYZE answers;
CREATE TABLE by_group AS SELECT g, driver_agg(y, x) AS s, driver_agg(y, x, w) AS weighted FROM answers GROUP BY g;
CREATE FUNCTION is_left_out(a answers) RETURNS boolean LANGUAGE sql IMMUTABLE
	RETURN a.y IS NULL OR a.x IS NULL OR array_position(a.x, NULL) IS NOT NULL;

-- plain SQL says the same to the last digit
CREATE FUNCTION by_sql(of_group int, weighted boolean) RETURNS jsonb LANGUAGE sql AS $$
	WITH kept AS (
		SELECT id, CASE WHEN weighted THEN w ELSE 1 END AS w, ARRAY[y] || x AS v
		  FROM answers WHERE g = of_group AND NOT is_left_out(answers) AND (NOT weighted OR w IS NOT NULL)
	), sums AS (SELECT i, sum(w * v[i]) AS sum FROM kept, generate_series(1, 4) i GROUP BY i
	), products AS (
		SELECT i, j, sum(w * v[i] * v[j]) AS sum
		  FROM kept, generate_series(1, 4) j, generate_series(1, j) i GROUP BY i, j)
	SELECT jsonb_build_object(
		'drivers', CASE WHEN count(*) > 0 THEN 3 ELSE 0 END, 'responses', count(*),
		'left_out', (SELECT count(*) FROM answers WHERE g = of_group) - count(*))
		|| CASE WHEN weighted THEN jsonb_build_object('weights', coalesce(sum(w), 0),
			'squared_weights', coalesce(sum(w * w), 0)) ELSE '{}' END
		|| CASE WHEN count(*) > 0 THEN jsonb_build_object('sums', (SELECT jsonb_agg(sum ORDER BY i) FROM sums),
			'products', (SELECT jsonb_agg(sum ORDER BY j, i) FROM products)) ELSE '{}' END
	  FROM kept $$;
SELECT count(*) AS groups, count(*) FILTER (WHERE s::jsonb IS DISTINCT FROM by_sql(g, false)) AS wrong,
       count(*) FILTER (WHERE weighted::jsonb IS DISTINCT FROM by_sql(g, true)) AS wrong_weighted
  FROM by_group;
SELECT s, weighted FROM by_group WHERE g = 7;
SELECT count(*) FILTER (WHERE d.mean IS DISTINCT FROM p.mean) AS wrong_mean,
       count(*) FILTER (WHERE abs(d.correlation - p.correlation) > 1e-9) AS wrong_correlation
  FROM by_group, drivers(s) WITH ORDINALITY
       d(driver, responses, mean, correlation, coefficient, std_error, low, high, p_value, importance, priority, i)
  JOIN LATERAL (SELECT avg(x[i]) AS mean, corr(x[i]::float8, y::float8) AS correlation
                  FROM answers WHERE g = by_group.g AND NOT is_left_out(answers)) p ON true;

-- any split, any order, any plan: the same bytes
CREATE TABLE whole AS SELECT driver_agg(y, x) AS s, driver_agg(y, x, w) AS weighted FROM answers;
SELECT way, v.s = whole.s AND v.weighted = whole.weighted AND v.s::text = whole.s::text
       AND cxjourney_internal.driver_summary_hash(v.s) = cxjourney_internal.driver_summary_hash(whole.s)
       AND cxjourney_internal.driver_summary_send(v.weighted) = cxjourney_internal.driver_summary_send(whole.weighted)
       AS same
  FROM (SELECT 'backwards' AS way, driver_agg(y, x ORDER BY id DESC) AS s,
               driver_agg(y, x, w ORDER BY id DESC) AS weighted FROM answers
        UNION ALL SELECT 'groups', driver_agg(s), driver_agg(weighted) FROM by_group
        UNION ALL SELECT 'groups, empty first', driver_agg(s ORDER BY g <> 7, g DESC),
               driver_agg(weighted ORDER BY g <> 7) FROM by_group
        UNION ALL SELECT 'one by one', driver_agg(s ORDER BY id % 100), driver_agg(weighted)
          FROM (SELECT id, driver_agg(y, x) AS s, driver_agg(y, x, w) AS weighted FROM answers GROUP BY id) v
        UNION ALL SELECT 'halves',
               driver_agg(y, x) FILTER (WHERE id % 2 = 0) + driver_agg(y, x) FILTER (WHERE id % 2 = 1),
               driver_agg(y, x, w) FILTER (WHERE id % 2 = 0) + driver_agg(y, x, w) FILTER (WHERE id % 2 = 1)
          FROM answers
        UNION ALL SELECT 'twice less once', s + s - s, weighted + weighted - weighted FROM whole
        UNION ALL SELECT 'through text', s::text::driver_summary, weighted::text::driver_summary FROM whole
        UNION ALL SELECT 'through JSON', to_jsonb(s)::driver_summary, to_json(weighted)::driver_summary FROM whole) v,
       whole ORDER BY way;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
SELECT pg_temp.plan_has('SELECT driver_agg(y, x), driver_agg(y, x, w) FROM answers',
       '"Partial Mode": "Partial"') AS parallel,
       (SELECT driver_agg(y, x) = whole.s AND driver_agg(y, x, w) = whole.weighted FROM answers) AS same FROM whole;
SET enable_partitionwise_aggregate = on;
SELECT pg_temp.plan_has('SELECT g % 3, driver_agg(y, x) FROM answers GROUP BY 1', 'Append.*Aggregate') AS partitionwise,
       (SELECT driver_agg(s) = whole.s AND driver_agg(weighted) = whole.weighted
          FROM (SELECT driver_agg(y, x) AS s, driver_agg(y, x, w) AS weighted FROM answers GROUP BY g % 3) v) AS same
  FROM whole;
RESET enable_partitionwise_aggregate;
RESET max_parallel_workers_per_gather;
-- frames that move, over rows that are left out, too, and over summaries of groups
SELECT count(*) AS frames, count(*) FILTER (WHERE m.s IS DISTINCT FROM p.s) AS wrong,
       count(*) FILTER (WHERE m.weighted IS DISTINCT FROM p.weighted) AS wrong_weighted,
       count(*) FILTER (WHERE p.s IS NULL) AS none
  FROM (SELECT id, driver_agg(y, x) OVER f AS s, driver_agg(y, x, w) OVER f AS weighted FROM answers WHERE id <= 300
        WINDOW f AS (ORDER BY id ROWS BETWEEN 3 PRECEDING AND 2 PRECEDING)) m,
       LATERAL (SELECT driver_agg(y, x) AS s, driver_agg(y, x, w) AS weighted
                  FROM answers WHERE id BETWEEN m.id - 3 AND m.id - 2) p;
SELECT count(*) AS frames, count(*) FILTER (WHERE m.s IS DISTINCT FROM p.s) AS wrong,
       count(*) FILTER (WHERE m.weighted IS DISTINCT FROM p.weighted) AS wrong_weighted
  FROM (SELECT g, driver_agg(s) OVER f AS s, driver_agg(weighted) OVER f AS weighted FROM by_group
        WINDOW f AS (ORDER BY g ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)) m,
       LATERAL (SELECT driver_agg(y, x) AS s, driver_agg(y, x, w) AS weighted
                  FROM answers WHERE g BETWEEN m.g - 1 AND m.g) p;
-- a frame may come to other drivers when the ones before have left it
SELECT i, driver_agg(1, array_fill(i, ARRAY[n])) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND CURRENT ROW)
  FROM (VALUES (1, 1), (2, 2), (3, 1)) v(i, n);
-- weight 1 is no weight; all weights times the same number neither
CREATE FUNCTION near(a double precision, b double precision) RETURNS boolean LANGUAGE sql IMMUTABLE
	RETURN abs(a - b) <= 1e-12 * greatest(abs(a), 1e-3);
SELECT bool_and(d.mean = e.mean AND d.responses = e.responses) AS means,
       bool_and(near(d.correlation, e.correlation) AND near(d.coefficient, e.coefficient) AND
                near(d.std_error, e.std_error) AND near(d.p_value, e.p_value) AND
                near(d.importance, e.importance)) AS weight_of_1,
       bool_and(near(d.correlation, f.correlation) AND near(d.coefficient, f.coefficient) AND
                near(d.std_error, f.std_error) AND near(d.p_value, f.p_value) AND
                near(d.importance, f.importance)) AS weight_of_3
  FROM (SELECT driver_agg(y, x) AS s, driver_agg(y, x, 1) AS once, driver_agg(y, x, 3) AS thrice FROM answers) v,
       drivers(s) d JOIN LATERAL drivers(once) e USING (driver) JOIN LATERAL drivers(thrice) f USING (driver);

-- what is left out: NULL in the outcome, a driver, the array, the weight; what is 0 counts
SELECT driver_agg(y, x) AS s, driver_agg(y, x, w) AS weighted
  FROM (VALUES (1, '{1,2}'::int[], 1), (NULL, '{1,2}', 1), (2, '{1,NULL}', 1), (3, NULL, 1), (4, '{5,6}', NULL),
         (NULL, NULL, NULL), (7, '{8,9}', 0)) v(y, x, w);
SELECT driver_agg(y, '{1}') IS NULL AS no_row, driver_agg(s) IS NULL AS no_summary
  FROM (VALUES (1, NULL::driver_summary)) v(y, s) WHERE y > 1;
SELECT driver_agg(s) IS NULL AS none FROM (VALUES (NULL::driver_summary)) v(s);
SELECT driver_agg(NULL, '{1}') AS left_out, driver_agg(1, NULL, 1) AS left_out_weighted;
SELECT f.*, (SELECT count(*) FROM drivers(s)) AS rows
  FROM (VALUES ('{0 drivers, 0 responses, 7 left out}'::driver_summary)) v(s), driver_fit(s) f;

-- too little to say: nothing but means and correlations
SELECT n, d.driver, d.mean, round(d.correlation::numeric, 6) AS correlation,
       round(coefficient::numeric, 6) AS coefficient, importance IS NULL AS none, r_squared IS NULL AS no_fit
  FROM (SELECT n, driver_agg(y, ARRAY[a, b]) AS s
          FROM generate_series(1, 4) n, (VALUES (1, 1, 2, 3), (2, 2, 5, 4), (3, 4, 4, 4), (4, 3, 1, 7)) v(i, y, a, b)
         WHERE i <= n GROUP BY n) v, drivers(s) d, driver_fit(s) ORDER BY n, driver;
-- a constant driver, a constant outcome; weights that are all 0
SELECT what, d.driver, mean, correlation IS NULL AS no_correlation, coefficient IS NULL AS no_coefficient,
       importance = 0 AS zero, importance IS NULL AS no_importance
  FROM (SELECT 'driver' AS what, driver_agg(i * i % 7, ARRAY[3, i % 5]) AS s FROM generate_series(1, 40) i
        UNION ALL SELECT 'outcome', driver_agg(5, ARRAY[i % 3, i % 5]) FROM generate_series(1, 40) i
        UNION ALL SELECT 'weights', driver_agg(i % 7, ARRAY[i % 3, i % 5], 0) FROM generate_series(1, 40) i) v,
       drivers(s) d ORDER BY what, driver;
SELECT f.* FROM (SELECT driver_agg(5, ARRAY[i % 3], 0) AS s FROM generate_series(1, 40) i) v, driver_fit(s) f;
-- one driver is a sum of two others: no coefficient, but importance; the parts sum up to R squared
SELECT method, driver, coefficient IS NULL AS no_coefficient, p_value IS NULL AS no_p_value,
       importance > 0 AS importance, abs(sum(importance) OVER (PARTITION BY method) / r_squared - 1) < 1e-12 AS sums_up
  FROM (SELECT driver_agg(i % 7, ARRAY[i % 3, i % 5, i % 3 + i % 5, 4]) AS s FROM generate_series(1, 40) i) v,
       unnest('{lmg,johnson}'::text[]) method,
       drivers(s, '{delivery,price,"both of them",nothing}', method), driver_fit(s)
 ORDER BY method, driver;
-- 1 to 64 drivers; 15 is the most for all subsets
SELECT p, pg_column_size(s) AS bytes, pg_column_size(weighted) AS weighted_bytes, count(importance) AS importance,
       abs(sum(importance) / min(r_squared) - 1) < 1e-9 AS sums_up
  FROM (SELECT p, driver_agg(y, x) AS s, driver_agg(y, x, 1) AS weighted
          FROM (SELECT p, i, pg_temp.random_int(i, 0, 11) AS y, array_agg(pg_temp.random_int(i, k, 5)) AS x
                  FROM unnest('{1,4,15,16,64}'::int[]) p, generate_series(1, 90) i, generate_series(1, p) k
                 GROUP BY p, i) a
         GROUP BY p) v, drivers(s, method => CASE WHEN p > 15 THEN 'johnson' ELSE 'lmg' END), driver_fit(s)
 GROUP BY p, s, weighted ORDER BY p;

-- priority: with a scale of 1 to 5 and a mean of 4 a driver can rise by a quarter of the scale; a bad one with a mean
-- of 2 on 0 to 10 can fall by a fifth
SELECT driver, round(mean, 2) AS mean, round((importance / r_squared)::numeric, 6) AS share,
       round((priority * r_squared / importance)::numeric, 6) AS room, priority IS NULL AS none
  FROM (SELECT driver_agg(a - b + c, ARRAY[a, b, c, 2]) AS s
          FROM (VALUES (5, 0, 1), (4, 3, 2), (3, 2, 3), (4, 3, 3)) v(a, b, c), generate_series(1, 3)) v,
       drivers(s, '{good,bad,unscaled,constant}', scales => '{"[1,5]","[0,10]",NULL,"[1,3]"}'), driver_fit(s);

-- binary
CREATE TABLE received (s driver_summary, weighted driver_summary);
\copy by_group (s, weighted) TO 'results/drivers.bin' (FORMAT binary)
\copy received FROM 'results/drivers.bin' (FORMAT binary)
SELECT count(*) AS summaries, count(*) FILTER (WHERE g IS NULL) AS wrong
  FROM received LEFT JOIN by_group USING (s, weighted);

-- stored behind a short header, compressed, out of line: read and merged alike
CREATE TABLE sixteen AS SELECT driver_agg(i, array_fill(i, ARRAY[16])) AS s FROM generate_series(1, 3) i;
CREATE TABLE stored (form text, padding text, s driver_summary) WITH (toast_tuple_target = 128);
ALTER TABLE stored ALTER form SET STORAGE PLAIN, ALTER padding SET STORAGE PLAIN;
INSERT INTO stored
	SELECT 'extended', repeat('.', 2100), s FROM sixteen UNION ALL SELECT 'short', '', driver_agg(1, '{2}');
ALTER TABLE stored ALTER s SET STORAGE EXTERNAL;
INSERT INTO stored SELECT 'external', repeat('.', 2100), s FROM sixteen;
ALTER TABLE stored ALTER s SET STORAGE MAIN;
INSERT INTO stored SELECT 'compressed', repeat('.', 2100), s FROM sixteen;
SELECT form, stored.s = sixteen.s AS same, stored.s + stored.s = sixteen.s + sixteen.s AS same_sum,
       (SELECT driver_agg(t.s) FROM (SELECT stored.s UNION ALL SELECT stored.s) t) = sixteen.s + sixteen.s AS merged
  FROM stored, sixteen WHERE form <> 'short' ORDER BY form;
SELECT form, s + s FROM stored WHERE form = 'short';
