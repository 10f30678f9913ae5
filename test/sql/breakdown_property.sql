--
-- Breakdowns: plain = grouped = parallel = moving = partitionwise = merged = plain SQL, weighted and not, on 20,000
-- random answers with NULLs, NULL labels and empty groups.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA breakdown_property_test;
SET search_path = breakdown_property_test, public;
\pset null '(null)'
\pset format unaligned

-- 30 groups, 12 labels and NULL, a fifth of the groups without answers
CREATE TABLE answer (id int, grp int, label text, score int, weight numeric(12, 9));
INSERT INTO answer
SELECT i, grp, 'label ' || nullif(pg_temp.random_int(i, 2, 13), 12),
       CASE WHEN grp % 7 > 0 AND pg_temp.random_int(i, 3, 5) > 0 THEN pg_temp.random_int(i, 4, 11) END,
       (1 + pg_temp.random_int(i, 5, 2000000000)) / 1e9
  FROM generate_series(1, 20000) i, pg_temp.random_int(i, 1, 30) grp;
-- plain SQL: for each label a count of each score, and the sums of the weights
CREATE TABLE by_hand AS
SELECT grp, label, s.score, count(*) FILTER (WHERE a.score = s.score) AS n,
       coalesce(sum(weight) FILTER (WHERE a.score = s.score), 0) AS w,
       coalesce(sum(weight * weight) FILTER (WHERE a.score = s.score), 0) AS w2
  FROM answer a, generate_series(0, 10) s(score) WHERE a.score IS NOT NULL GROUP BY grp, label, s.score;
SELECT count(DISTINCT grp) AS groups, count(DISTINCT label) AS labels, sum(n) AS answers FROM by_hand;
-- how many labels of a breakdown, that of group g or of all, are not as by hand
CREATE FUNCTION wrong(b rating_breakdown, weighted boolean, g int) RETURNS bigint LANGUAGE sql AS $$
	WITH h AS (
		SELECT coalesce(label, '') AS label, '[0,10]{' || string_agg(
		       n || CASE WHEN weighted THEN ':' || trim_scale(w) || ':' || trim_scale(w2) ELSE '' END,
		       ',' ORDER BY score) || '}' AS s
		  FROM (SELECT label, score, sum(n) AS n, sum(w) AS w, sum(w2) AS w2 FROM by_hand
		         WHERE grp = g OR g IS NULL GROUP BY label, score) u
		 GROUP BY label),
	r AS (
		SELECT coalesce(label, '') AS label, summary::text AS s, responses = responses(summary) AS ok FROM breakdown(b))
	SELECT count(*) FROM h FULL JOIN r USING (label) WHERE h.s IS DISTINCT FROM r.s OR NOT ok $$;

-- one summary for each answer
CREATE TABLE stored (id int, grp int, label text, s rating_summary, w rating_summary) PARTITION BY HASH (grp);
CREATE TABLE stored_0 PARTITION OF stored FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE stored_1 PARTITION OF stored FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO stored
SELECT id, grp, label, s, s * weight::float8
  FROM answer, LATERAL (SELECT rating_agg(x, '[0,10]') AS s FROM (SELECT score) v(x)) one;
ANALYZE stored;
SET max_parallel_workers_per_gather = 0;
SELECT wrong(breakdown_agg(label, s), false, NULL) AS plain, wrong(breakdown_agg(label, w), true, NULL) AS weighted
  FROM stored;
CREATE TABLE grouped AS SELECT grp, breakdown_agg(label, s) AS b, breakdown_agg(label, w) AS w FROM stored GROUP BY grp;
SELECT count(*) AS groups, count(b) AS with_answers, sum(wrong(b, false, grp)) AS wrong,
       sum(wrong(w, true, grp)) AS wrong_weighted
  FROM grouped;
-- any split, any order, through text: the same value, with the same bytes
CREATE VIEW way AS
          SELECT 'backwards' AS way, breakdown_agg(label, w ORDER BY id DESC) AS b FROM stored
UNION ALL SELECT 'by label', breakdown_agg(label, w ORDER BY label) FROM stored
UNION ALL SELECT 'groups', breakdown_agg(w) FROM grouped
UNION ALL SELECT 'groups, last first', breakdown_agg(w ORDER BY grp DESC) FROM grouped
UNION ALL SELECT 'labels first', breakdown_agg(label, s)
            FROM (SELECT label, rating_agg(w) AS s FROM stored GROUP BY label) v
UNION ALL SELECT 'from rows', breakdown_agg(label, s)
            FROM (SELECT label, rating_agg(score, '[0,10]', weight) AS s FROM answer GROUP BY label, grp) v
UNION ALL SELECT 'halves', breakdown_agg(label, w) FILTER (WHERE id % 2 = 0)
                           + breakdown_agg(label, w) FILTER (WHERE id % 2 = 1)
            FROM stored
UNION ALL SELECT 'and less', breakdown_agg(label, w) + breakdown_agg(label, w) FILTER (WHERE id % 2 = 0)
                             - breakdown_agg(label, w) FILTER (WHERE id % 2 = 0) FROM stored
UNION ALL SELECT 'through text', breakdown_agg(label, w)::text::rating_breakdown FROM stored
UNION ALL SELECT 'through JSON', breakdown_agg(label, w)::jsonb::rating_breakdown FROM stored;
SELECT way, way.b = a.b AS same, way.b::text = a.b::text AS same_text,
       cxjourney_internal.rating_breakdown_send(way.b) = cxjourney_internal.rating_breakdown_send(a.b) AS same_binary,
       cxjourney_internal.rating_breakdown_hash(way.b) = cxjourney_internal.rating_breakdown_hash(a.b) AS same_hash
  FROM way, (SELECT breakdown_agg(label, w) AS b FROM stored) a ORDER BY way;

-- many processes; some of them have no answers
SET max_parallel_workers_per_gather = 4;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT pg_temp.plan_has('SELECT breakdown_agg(label, s) FROM stored', '"Partial Mode": "Partial"') AS parallel,
       (SELECT breakdown_agg(label, s) FROM stored) = breakdown_agg(b) AS same,
       (SELECT breakdown_agg(label, w) FROM stored) = breakdown_agg(w) AS same_weighted FROM grouped;
SELECT pg_temp.plan_has('SELECT breakdown_agg(b) FROM grouped', '"Partial Mode": "Partial"') AS parallel,
       (SELECT breakdown_agg(b) FROM grouped) = (SELECT breakdown_agg(label, s) FROM stored) AS same;
SELECT pg_temp.plan_has('SELECT breakdown_agg(label, s) FROM stored WHERE grp % 7 = 0',
                        '"Partial Mode": "Partial"') AS parallel,
       breakdown_agg(label, s) FROM stored WHERE grp % 7 = 0;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- partition by partition: whole groups, and partial ones where the key is another
SET max_parallel_workers_per_gather = 0;
SET enable_partitionwise_aggregate = on;
SELECT pg_temp.plan_has('SELECT grp, breakdown_agg(label, s) FROM stored GROUP BY grp',
                        'Append.*Aggregate') AS partitionwise,
       count(*) FILTER (WHERE v.b IS DISTINCT FROM g.b) AS wrong
  FROM (SELECT grp, breakdown_agg(label, s) AS b FROM stored GROUP BY grp) v JOIN grouped g USING (grp);
SELECT pg_temp.plan_has('SELECT label, breakdown_agg(label, s) FROM stored GROUP BY label',
                        'Append.*"Partial Mode": "Partial"') AS partial,
       wrong(breakdown_agg(b), false, NULL)
  FROM (SELECT label, breakdown_agg(label, s) AS b FROM stored GROUP BY label) v;
RESET enable_partitionwise_aggregate;
RESET max_parallel_workers_per_gather;

-- moving frames against the same frames counted anew: labels come and go, a stretch has NULLs only, the scale changes
CREATE TABLE framed AS
SELECT i, CASE WHEN pg_temp.random_int(i, 7, 9) > 0 THEN 'l' || pg_temp.random_int(i, 8, 6) + i / 100 END AS label,
       CASE WHEN i < 300 THEN s WHEN i > 350 THEN '[1,2]{1,2}' END AS s,
       CASE WHEN i NOT BETWEEN 300 AND 350 THEN w END AS w
  FROM (SELECT (row_number() OVER (ORDER BY id))::int AS i, s, w FROM stored WHERE id <= 900) v;
ALTER TABLE framed ADD one rating_breakdown;
UPDATE framed SET one = (SELECT breakdown_agg(l, t) FROM (SELECT label, s) v(l, t));
CREATE VIEW moving AS
SELECT '29 preceding' AS frame, i, i - 29 AS first, i AS last, NULL::int AS but, breakdown_agg(label, s) OVER f AS b,
       breakdown_agg(label, w) OVER f AS w, breakdown_agg(one) OVER f AS merged,
       breakdown_agg(label, s) FILTER (WHERE i % 3 = 0) OVER f AS filtered
  FROM framed WINDOW f AS (ORDER BY i ROWS 29 PRECEDING)
UNION ALL
SELECT '5 around but this', i, i - 5, i + 5, i, breakdown_agg(label, s) OVER f, breakdown_agg(label, w) OVER f,
       breakdown_agg(one) OVER f, breakdown_agg(label, s) FILTER (WHERE i % 3 = 0) OVER f
  FROM framed WINDOW f AS (ORDER BY i ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW);
SELECT frame, count(*) AS rows, count(*) FILTER (WHERE m.b IS NULL) AS empty,
       count(*) FILTER (WHERE m.b IS DISTINCT FROM a.b) AS wrong,
       count(*) FILTER (WHERE m.w IS DISTINCT FROM a.w) AS wrong_weighted,
       count(*) FILTER (WHERE m.merged IS DISTINCT FROM a.b) AS wrong_merged,
       count(*) FILTER (WHERE m.filtered IS DISTINCT FROM a.filtered) AS wrong_filtered
  FROM moving m, LATERAL (
	SELECT breakdown_agg(label, s) AS b, breakdown_agg(label, g.w) AS w,
	       breakdown_agg(label, s) FILTER (WHERE g.i % 3 = 0) AS filtered
	  FROM framed g WHERE g.i BETWEEN first AND last AND g.i IS DISTINCT FROM but) a
 GROUP BY frame ORDER BY frame;
SET client_min_messages = warning;
DROP SCHEMA breakdown_property_test CASCADE;
