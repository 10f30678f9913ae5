--
-- duration_summary: percentiles of durations that merge.  By hand, and against plain
-- SQL over random durations.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA duration_summary_test;
SET search_path = duration_summary_test, public;
SET timezone = 'UTC';
SET intervalstyle = 'postgres';

-- By hand: small durations are exact
SELECT s, duration_count(s), duration_mean(s), duration_percentile(s, 0) AS p0, duration_percentile(s, 0.5) AS p50,
       duration_percentile(s, 0.51) AS p51, duration_percentile(s, 1) AS p100
  FROM (SELECT duration_agg(d) AS s FROM (VALUES ('10 us'::interval), ('20 us'), ('0'), ('127 us'), (NULL)) v(d)) s;
SELECT s, duration_mean(s), duration_percentile(s, 0.5)
  FROM (SELECT duration_agg(d) AS s FROM (VALUES ('1 day'::interval), ('24 hours'), ('3 days 12:00')) v(d)) s;
-- percentiles interpolate, and of one value they are that value
SELECT list, duration_percentile(s, 0.5) AS median, duration_percentile(s, 0.9) AS p90, exact,
       abs(extract(epoch FROM duration_percentile(s, 0.5)) - extract(epoch FROM exact))
       <= extract(epoch FROM exact) / 128 + 0.0000005 AS near
  FROM (SELECT list, duration_agg(d) AS s, percentile_cont(0.5) WITHIN GROUP (ORDER BY d) AS exact
          FROM (VALUES ('{1:00:00, 3:00:00}'), ('{3:00:00}'), ('{1:23:45.678901}'), ('{0, 1 us}'), ('{1 us, 2 us}'),
                       ('{2 days 1:00, 2 days 1:00:00.000001, 2 days 1:00:00.000003}'), ('{1:00, 1:00, 1:00}')) v(list),
               unnest(list::interval[]) d GROUP BY list) v
 ORDER BY list COLLATE "C";
SELECT count(*) AS lengths, count(*) FILTER (WHERE duration_percentile(s, q) <> d) AS wrong
  FROM (SELECT d, duration_agg(d) AS s
          FROM (SELECT (i::bigint * i * i * 1234567) * interval '1 us' AS d FROM generate_series(1, 1000) i) v
         GROUP BY d) v,
       unnest(ARRAY[0, 0.3, 0.5, 1]) q;
-- none
SELECT duration_agg(d) IS NULL AS none FROM (VALUES (NULL::interval)) v(d);
SELECT duration_agg(s) IS NULL AS none FROM (VALUES ('{}'::duration_summary)) v(s);
SELECT '{}'::duration_summary + '{}' AS empty, duration_count('{}'), duration_mean('{}') IS NULL AS no_mean,
       duration_percentile('{}', 0.5) IS NULL AS no_median;
-- text: white space, and buckets with and without their numbers
SELECT '{3 in 121us [40:2, 41:1]}'::duration_summary AS numbered,
       ' { 4 in 123us [ 0 + 1 . A3 1 1, 42 : 1 ] } '::duration_summary AS spaced;
SELECT ' { 3 in 121 us [ 40 : 2 , 41 : 1 ] } '::duration_summary + '{1 in 5us [5:1]}' AS sum;
-- from nothing to 292,471 years
SELECT duration_agg(d)::text, duration_agg(d)::text::duration_summary = duration_agg(d) AS reads_back
  FROM (VALUES ('0'::interval), ('106751991 days 04:00:54.775807')) v(d);

-- 30,000 durations of all sizes in 20 groups, against plain SQL
CREATE TABLE took AS
SELECT i AS id, i % 20 AS g,
       (pg_temp.random_int(i, 1, 1000) * (10 ^ pg_temp.random_int(i, 2, 12))::bigint) * interval '1 us' AS d
  FROM generate_series(1, 30000) i;
UPDATE took SET d = NULL WHERE id % 50 = 7;
ANALYZE took;
CREATE TABLE by_group AS SELECT g, duration_agg(d) AS s FROM took GROUP BY g;
SELECT count(*) FILTER (WHERE duration_count(s) <> n) AS wrong_count,
       count(*) FILTER (WHERE abs(extract(epoch FROM duration_mean(s)) - mean) > 0.0000005) AS wrong_mean
  FROM by_group JOIN (SELECT g, count(d) AS n, avg(extract(epoch FROM d)) AS mean FROM took GROUP BY g) p USING (g);
SELECT q, count(*) FILTER (
	WHERE abs(extract(epoch FROM duration_percentile(s, q)) - exact) > exact / 128 + 0.000001) AS wrong
  FROM by_group JOIN (
	SELECT g, q, (percentile_cont(q) WITHIN GROUP (ORDER BY extract(epoch FROM d)))::numeric AS exact
	  FROM took, unnest(ARRAY[0, 0.01, 0.25, 0.5, 0.9, 0.95, 0.999, 1]) q GROUP BY g, q) p USING (g)
 GROUP BY q ORDER BY q;
-- in text at most three characters a bucket, four where nearly all are empty; written with the number of each bucket it
-- reads to the same value
CREATE FUNCTION whole_number(b bytea, place int, bytes int) RETURNS bigint LANGUAGE sql IMMUTABLE
	RETURN ('x' || lpad(encode(substr(b, place + 1, bytes), 'hex'), 16, '0'))::bit(64)::bigint;
CREATE TABLE written AS
SELECT g, s, n, '{' || duration_count(s) || ' in ' || sum || 'us [' || (
	SELECT string_agg(whole_number(b, 22 + 12 * i, 4) || ':' || whole_number(b, 26 + 12 * i, 8), ', ' ORDER BY i)
	  FROM generate_series(0, n - 1) i) || ']}' AS numbered
  FROM (SELECT g, s, b, substring(s::text FROM 'in (\d+)us') AS sum, whole_number(b, 2, 4)::int AS n
          FROM (SELECT g, duration_agg((exp(11 + g * 2 + thirds * 0.004) * 1000)::bigint * interval '1 us') AS s
                  FROM generate_series(1, 3) g, generate_series(1, 30000) i,
                       LATERAL (SELECT sum(pg_temp.random_int(i, salt, 1000)) FROM generate_series(3, 5) salt) r(thirds)
                 WHERE i <= 30 ^ g GROUP BY g) v,
               cxjourney_internal.duration_summary_send(s) b) v;
SELECT g, duration_count(s), n AS buckets,
       length(substring(s::text FROM '\[\d+\+(.*)\]')) <= CASE g WHEN 1 THEN 4 ELSE 3 END * n AS short,
       numbered::duration_summary = s AS same,
       cxjourney_internal.duration_summary_send(numbered::duration_summary)
       = cxjourney_internal.duration_summary_send(s) AS same_binary,
       s::text::duration_summary = s AS reads_back
  FROM written ORDER BY g;
-- any split, any order: the same value
CREATE VIEW whole AS SELECT duration_agg(d) AS s FROM took;
CREATE VIEW way AS
          SELECT 'backwards' AS way, duration_agg(d ORDER BY id DESC) AS s FROM took
UNION ALL SELECT 'sorted', duration_agg(d ORDER BY d) FROM took
UNION ALL SELECT 'groups', duration_agg(s) FROM by_group
UNION ALL SELECT 'groups, last first', duration_agg(s ORDER BY g DESC) FROM by_group
UNION ALL SELECT 'one by one', duration_agg(s ORDER BY s::text)
            FROM (SELECT duration_agg(d) AS s FROM took GROUP BY id) v
UNION ALL SELECT 'halves', duration_agg(d) FILTER (WHERE id % 2 = 0) + duration_agg(d) FILTER (WHERE id % 2 = 1)
            FROM took
UNION ALL SELECT 'one value', duration_agg(s) FROM whole
UNION ALL SELECT 'through text', s::text::duration_summary FROM whole;
SELECT way, way.s IS NOT DISTINCT FROM whole.s AS same,
       way.s::text IS NOT DISTINCT FROM whole.s::text AS same_text,
       cxjourney_internal.duration_summary_send(way.s)
       IS NOT DISTINCT FROM cxjourney_internal.duration_summary_send(whole.s) AS same_binary,
       cxjourney_internal.duration_summary_hash(way.s)
       IS NOT DISTINCT FROM cxjourney_internal.duration_summary_hash(whole.s) AS same_hash
  FROM way, whole ORDER BY way;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
SELECT pg_temp.plan_has('SELECT duration_agg(d) FROM took', '"Partial Mode": "Partial"') AS parallel,
       (SELECT duration_agg(d) FROM took) = duration_agg(s) AS same
  FROM by_group;
RESET max_parallel_workers_per_gather;
-- as a window: whatever there was so far
SELECT count(*) AS compared, count(*) FILTER (WHERE w.s IS DISTINCT FROM a.s) AS wrong
  FROM (SELECT id, duration_agg(d) OVER (ORDER BY id) AS s FROM took WHERE id < 50) w,
       LATERAL (SELECT duration_agg(d) AS s FROM took v WHERE v.id <= w.id) a;
-- an aggregate of one's own without a final function keeps a state, which reads like the summary
CREATE AGGREGATE unfinished(interval) (SFUNC = cxjourney_internal.duration_summary_accum, STYPE = duration_summary);
SELECT u = s AS equal,
       u::text = s::text AS same_text,
       cxjourney_internal.duration_summary_hash(u) = cxjourney_internal.duration_summary_hash(s) AS same_hash,
       u + '{}' = s AS same_sum,
       (SELECT duration_agg(x) FROM (VALUES (u), (u)) v(x)) = s + s AS same_merged
  FROM (SELECT unfinished(d) AS u, duration_agg(d) AS s FROM took) v;

-- binary, through a file
CREATE TABLE received (s duration_summary);
\copy by_group (s) TO 'results/duration_summary.bin' (FORMAT binary)
\copy received FROM 'results/duration_summary.bin' (FORMAT binary)
SELECT count(*) AS summaries, count(*) FILTER (WHERE g IS NULL) AS wrong FROM received LEFT JOIN by_group USING (s);
