--
-- rating_breakdown: by hand; then plain = grouped = parallel = moving = partitionwise =
-- merged = plain SQL, on 20,000 random answers with NULLs, NULL labels and empty groups.
--
CREATE SCHEMA breakdown_test;
SET search_path = breakdown_test, public;
\pset null '(null)'
\pset format unaligned
CREATE FUNCTION random_int(row_number int, salt int, bound int) RETURNS int
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN ((hashint8extended(row_number, salt) % bound) + bound) % bound;
CREATE FUNCTION plan_has(query text, pattern text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	plan text;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT JSON, COSTS OFF) ' || query INTO plan;
	RETURN plan ~ pattern;
END $$;

-- by hand
CREATE TABLE shop (month int, channel text, summary rating_summary);
INSERT INTO shop VALUES (1, 'app', '[1,3]{0,2,5}'), (1, 'in store', '[1,3]{1,0,0}'), (1, NULL, '[1,3]{0,0,4}'), (1, 'empty', '[1,3]{0,0,0}'),
	(2, 'app', '[1,3]{1,0,0}'), (2, 'web', '[1,3]{0,0,7}'), (2, NULL, NULL), (2, 'nobody', NULL);
SELECT month, breakdown_agg(channel, summary) FROM shop GROUP BY month ORDER BY month;
SELECT breakdown_agg(channel, summary) FROM shop;
SELECT label, responses, round(share, 4) AS share, summary, nps_interval(summary) IS NULL AS none FROM breakdown('{}') UNION ALL
SELECT label, responses, round(share, 4), summary, summary IS NULL FROM breakdown((SELECT breakdown_agg(channel, summary) FROM shop));
SELECT breakdown_agg(channel, summary * 0.5) FROM shop WHERE month = 1;
SELECT label, responses, share, summary, weight_total(summary)
  FROM breakdown((SELECT breakdown_agg(channel, summary * CASE month WHEN 1 THEN 0.5 ELSE 1.25 END) FROM shop));
-- without answers it is NULL
SELECT breakdown_agg(channel, summary) AS none FROM shop WHERE summary IS NULL;
SELECT breakdown_agg(channel, summary) AS none FROM shop WHERE channel = 'empty';
SELECT breakdown_agg(b) AS none FROM (VALUES ('{}'::rating_breakdown), (NULL)) v(b);
SELECT breakdown_agg(b) FROM (VALUES ('{}'::rating_breakdown), (NULL), ('{a = [1, 0]} on [0, 1]'), ('{}')) v(b);
-- + and -; a label that has no answers any more disappears, and with the last one the scale
SELECT a + b AS sum, (a + b) - b = a AS back, a + b = b + a AS commutes, a - a AS nothing, a - a + c AS other_scale, a + '{}' = a AS same
  FROM (VALUES ('{x = [1, 0, 2], y = [0, 1, 0]} on [0, 2]'::rating_breakdown, '{x = [0, 1, 0], (null) = [1, 1, 1]} on [0, 2]'::rating_breakdown, '{x = [5, 5]} on [8, 9]'::rating_breakdown)) v(a, b, c);
SELECT b - '{y = [0, 1, 0]} on [0, 2]' FROM (VALUES ('{x = [1, 0, 2], y = [0, 1, 0]} on [0, 2]'::rating_breakdown)) v(b);

-- text: labels in any order, twice, with any white space; quoted where they need it
SELECT ' { b = [ 1 ,2 ], "a" = [0, 1],b=[0,1] , (null) = [3,0],"(null)"=[0,3], z = [0, 0] } on [ -1 , 0 ] '::rating_breakdown;
SELECT b, b::text::rating_breakdown = b AS reads_back
  FROM (SELECT breakdown_agg(l, '[0,1]{1,2}') AS b FROM unnest(ARRAY['a', 'b c', '"', '{}', '[]', '=', ',', 'on', '(null)', '...', 'żółw', '1.5', repeat('x', 255), NULL]) l) v;
SELECT '{a = [1, 0] weights [0.000000001, 0] squares [0.000000000000000001, 0]} on [2147483645, 2147483646]'::rating_breakdown;
SELECT '{a = [9223372036854775806, 1]} on [-2147483648, -2147483647]'::rating_breakdown;

-- 20,000 answers: 30 groups, 12 labels and NULL, a seventh of the groups without answers
CREATE TABLE answer (id int, grp int, label text, score int, weight numeric(12, 9)) PARTITION BY HASH (grp);
CREATE TABLE answer_0 PARTITION OF answer FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE answer_1 PARTITION OF answer FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO answer
SELECT i, grp, 'label ' || nullif(random_int(i, 2, 13), 12), CASE WHEN grp % 7 > 0 AND random_int(i, 3, 5) > 0 THEN random_int(i, 4, 11) END,
       (1 + random_int(i, 5, 2000000000)) / 1e9
  FROM generate_series(1, 20000) i, random_int(i, 1, 30) grp;
ANALYZE answer;
-- plain SQL: a count of each score, the label it has, and in a weighted one the sums
CREATE TABLE by_hand AS
SELECT grp, label, s.score, count(*) FILTER (WHERE a.score = s.score) AS n, coalesce(sum(weight) FILTER (WHERE a.score = s.score), 0) AS w,
       coalesce(sum(weight * weight) FILTER (WHERE a.score = s.score), 0) AS w2
  FROM answer a, generate_series(0, 10) s(score) WHERE a.score IS NOT NULL GROUP BY grp, label, s.score;
CREATE FUNCTION wrong(b rating_breakdown, weighted boolean, g int) RETURNS bigint LANGUAGE sql AS $$
	SELECT count(*) FROM (
		SELECT coalesce(label, ''), '[0,10]{' || string_agg(n || CASE WHEN weighted THEN ':' || trim_scale(w) || ':' || trim_scale(w2) ELSE '' END, ',' ORDER BY score) || '}'
		  FROM (SELECT label, score, sum(n) AS n, sum(w) AS w, sum(w2) AS w2 FROM by_hand WHERE grp = g OR g IS NULL GROUP BY label, score) u GROUP BY label) h(label, summary)
	  FULL JOIN (SELECT coalesce(label, ''), summary::text, responses = responses(summary) FROM breakdown(b)) r(label, summary, ok) USING (label)
	 WHERE h.summary IS DISTINCT FROM r.summary OR NOT ok $$;
SELECT count(DISTINCT grp) AS groups, count(DISTINCT label) AS labels, sum(n) AS answers FROM by_hand;
-- one summary for each answer
CREATE VIEW one AS SELECT *, rating_summary('[0,10]', array_fill(0::bigint, ARRAY[score]) || 1::bigint || array_fill(0::bigint, ARRAY[10 - score])) AS s FROM answer WHERE score IS NOT NULL
	UNION ALL SELECT *, NULL FROM answer WHERE score IS NULL;
CREATE TABLE stored (id int, grp int, label text, s rating_summary, w rating_summary) PARTITION BY HASH (grp);
CREATE TABLE stored_0 PARTITION OF stored FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE stored_1 PARTITION OF stored FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO stored SELECT id, grp, label, s, s * weight::float8 FROM one;
ANALYZE stored;
SET max_parallel_workers_per_gather = 0;
SELECT wrong(breakdown_agg(label, s), false, NULL) AS plain, wrong(breakdown_agg(label, w), true, NULL) AS weighted FROM stored;
CREATE TABLE grouped AS SELECT grp, breakdown_agg(label, s) AS b, breakdown_agg(label, w) AS w FROM stored GROUP BY grp;
SELECT count(*) AS groups, count(b) AS with_answers, sum(wrong(b, false, grp)) AS wrong, sum(wrong(w, true, grp)) AS wrong_weighted FROM grouped;
-- any split, any order, through text: the same value, with the same bytes
SELECT way, (x.b = a.b AND x.b::text = a.b::text AND cxjourney_internal.rating_breakdown_send(x.b) = cxjourney_internal.rating_breakdown_send(a.b)
             AND cxjourney_internal.rating_breakdown_hash(x.b) = cxjourney_internal.rating_breakdown_hash(a.b)) AS same
  FROM (SELECT 'backwards' AS way, breakdown_agg(label, w ORDER BY id DESC) AS b FROM stored
        UNION ALL SELECT 'by label', breakdown_agg(label, w ORDER BY label) FROM stored
        UNION ALL SELECT 'groups', breakdown_agg(w) FROM grouped
        UNION ALL SELECT 'groups, last first', breakdown_agg(w ORDER BY grp DESC) FROM grouped
        UNION ALL SELECT 'labels merged first', breakdown_agg(label, s) FROM (SELECT label, rating_agg(w) AS s FROM stored GROUP BY label) v
        UNION ALL SELECT 'from rows', breakdown_agg(label, s) FROM (SELECT label, rating_agg(score, '[0,10]', weight) AS s FROM answer GROUP BY label, grp) v
        UNION ALL SELECT 'halves', breakdown_agg(label, w) FILTER (WHERE id % 2 = 0) + breakdown_agg(label, w) FILTER (WHERE id % 2 = 1) FROM stored
        UNION ALL SELECT 'less one half', breakdown_agg(label, w) + breakdown_agg(label, w) FILTER (WHERE id % 2 = 0) - breakdown_agg(label, w) FILTER (WHERE id % 2 = 0) FROM stored
        UNION ALL SELECT 'through text', breakdown_agg(label, w)::text::rating_breakdown FROM stored
        UNION ALL SELECT 'through JSON', breakdown_agg(label, w)::jsonb::rating_breakdown FROM stored) x,
       (SELECT breakdown_agg(label, w) AS b FROM stored) a
 ORDER BY way;
SET max_parallel_workers_per_gather = 4;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT plan_has('SELECT breakdown_agg(label, s), breakdown_agg(label, w) FROM stored', '"Partial Mode": "Partial"') AS parallel,
       (SELECT breakdown_agg(label, s) FROM stored) = breakdown_agg(b) AS same, (SELECT breakdown_agg(label, w) FROM stored) = breakdown_agg(w) AS same_weighted FROM grouped;
-- workers without any answer give empty partial states
SELECT plan_has('SELECT breakdown_agg(label, s) FROM stored WHERE grp % 7 = 0', '"Partial Mode": "Partial"') AS parallel, breakdown_agg(label, s) FROM stored WHERE grp % 7 = 0;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
SET max_parallel_workers_per_gather = 0;
SET enable_partitionwise_aggregate = on;
SELECT plan_has('SELECT grp, breakdown_agg(label, s) FROM stored GROUP BY grp', 'Append.*Aggregate') AS partitionwise,
       plan_has('SELECT label, breakdown_agg(label, s) FROM stored GROUP BY label', 'Append.*"Partial Mode": "Partial"') AS partial,
       (SELECT count(*) FROM (SELECT grp, breakdown_agg(label, s) AS b FROM stored GROUP BY grp) v JOIN grouped g USING (grp) WHERE v.b IS DISTINCT FROM g.b) AS wrong,
       (SELECT breakdown_agg(b) FROM (SELECT breakdown_agg(label, s) AS b FROM stored GROUP BY id % 3) v) = (SELECT breakdown_agg(b) FROM grouped) AS same;
RESET enable_partitionwise_aggregate;
RESET max_parallel_workers_per_gather;

-- moving frames, against the same frames counted anew; labels come and go, a stretch has NULLs only, and the scale changes
CREATE TABLE framed AS
SELECT i, CASE WHEN random_int(i::int, 7, 9) > 0 THEN 'l' || random_int(i::int, 8, 6) + i / 100 END AS label,
       CASE WHEN i NOT BETWEEN 300 AND 350 THEN CASE WHEN i <= 325 THEN s ELSE '[1,2]{1,2}' END END AS s, CASE WHEN i NOT BETWEEN 300 AND 350 THEN w END AS w
  FROM (SELECT row_number() OVER (ORDER BY id) AS i, s, w FROM stored WHERE id <= 900) v;
ALTER TABLE framed ADD one rating_breakdown;
UPDATE framed SET one = CASE WHEN s IS NOT NULL THEN (SELECT breakdown_agg(l, t) FROM (SELECT label, s) v(l, t)) END;
SELECT frame, count(*) AS rows, count(*) FILTER (WHERE m.b IS DISTINCT FROM a.b) AS wrong, count(*) FILTER (WHERE m.w IS DISTINCT FROM a.w) AS wrong_weighted,
       count(*) FILTER (WHERE m.merged IS DISTINCT FROM a.b) AS wrong_merged, count(*) FILTER (WHERE m.filtered IS DISTINCT FROM a.filtered) AS wrong_filtered, count(*) FILTER (WHERE m.b IS NULL) AS empty
  FROM (SELECT '29 preceding' AS frame, i, breakdown_agg(label, s) OVER f AS b, breakdown_agg(label, w) OVER f AS w, breakdown_agg(one) OVER f AS merged, breakdown_agg(label, s) FILTER (WHERE i % 3 = 0) OVER f AS filtered
          FROM framed WINDOW f AS (ORDER BY i ROWS 29 PRECEDING)
        UNION ALL SELECT '5 around but this', i, breakdown_agg(label, s) OVER f, breakdown_agg(label, w) OVER f, breakdown_agg(one) OVER f, breakdown_agg(label, s) FILTER (WHERE i % 3 = 0) OVER f
          FROM framed WINDOW f AS (ORDER BY i ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW)) m
  JOIN framed r USING (i),
  LATERAL (SELECT breakdown_agg(g.label, g.s) AS b, breakdown_agg(g.label, g.w) AS w, breakdown_agg(g.label, g.s) FILTER (WHERE g.i % 3 = 0) AS filtered FROM framed g
            WHERE CASE frame WHEN '29 preceding' THEN g.i BETWEEN r.i - 29 AND r.i ELSE g.i BETWEEN r.i - 5 AND r.i + 5 AND g.i <> r.i END) a
 GROUP BY frame ORDER BY frame;

-- stored behind a short header, compressed, out of line
CREATE TABLE toasted (form text, b rating_breakdown);
INSERT INTO toasted SELECT 'short', '{a = [1, 2], b = [0, 3]} on [0, 1]';
ALTER TABLE toasted ALTER b SET STORAGE MAIN;
INSERT INTO toasted SELECT 'compressed', breakdown_agg('label ' || i, ('[0,100]{1' || repeat(',0', 99) || ',1}')::rating_summary) FROM generate_series(1, 60) i;
ALTER TABLE toasted ALTER b SET STORAGE EXTERNAL;
INSERT INTO toasted SELECT 'external', breakdown_agg('label ' || i, ('[0,100]{1' || repeat(',0', 99) || ',1}')::rating_summary) FROM generate_series(1, 60) i;
SELECT form, pg_column_size(b) < 100 AS small, pg_column_compression(b) IS NOT NULL AS compressed, count(label) AS labels, sum(responses) AS answers, b + b - b = b AS same, b::text::rating_breakdown = b AS reads_back
  FROM toasted, breakdown(b) GROUP BY form, b ORDER BY form;
-- what was never finished is what it finishes to
CREATE AGGREGATE unfinished(text, rating_summary) (SFUNC = cxjourney_internal.rating_breakdown_accum, STYPE = rating_breakdown);
SELECT u = b AS equal, u::text = b::text AS same_text, cxjourney_internal.rating_breakdown_hash(u) = cxjourney_internal.rating_breakdown_hash(b) AS same_hash, u + '{}' = b AS same_sum,
       (SELECT breakdown_agg(x) FROM (VALUES (u), (u)) v(x)) = b + b AS same_merged, (SELECT count(*) FROM breakdown(u)) AS labels
  FROM (SELECT unfinished(label, s) AS u, breakdown_agg(label, s) AS b FROM stored) v;

-- binary: there and back, and what nobody sent
CREATE TABLE received (b rating_breakdown);
CREATE TABLE wire (b bytea);
\copy grouped (w) TO 'results/rating_breakdown.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown.bin' (FORMAT binary)
SELECT count(*) AS breakdowns, count(*) FILTER (WHERE received.b IS NOT NULL AND w IS NULL) AS wrong FROM received LEFT JOIN grouped ON w = received.b;
TRUNCATE received;
-- version 1, reserved, 2 labels; "ab": length, text, and its summary: version 1, flags, points, low, counts; then the label NULL
INSERT INTO wire SELECT cxjourney_internal.rating_breakdown_send('{ab = [2, 1], (null) = [0, 5]} on [1, 2]');
SELECT b FROM wire;
-- version 2; reserved flags; many labels; a label that is too long, one with a control character, one of no bytes
\copy (SELECT set_byte(b, 0, 2) FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 1, 1) FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 2, 255) FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 8, 1) FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 10, 7) FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy (SELECT substr(b, 1, 9) || '\x00'::bytea || substr(b, 13) FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
-- of the summary: version, flags, points, a negative count, none at all; another scale than the first label, or weights
\copy (SELECT set_byte(b, 12, 2) FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 13, 2) FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 14, 255) FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 20, 128) FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(set_byte(b, 27, 0), 35, 0) FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 19, 5) FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 41, 1) || decode(repeat('00', 64), 'hex') FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
-- a label twice; cut off, too long, empty
\copy (SELECT substr(b, 1, 36) || substr(b, 7, 30) FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy (SELECT substr(b, 1, length(b) - 1) FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy (SELECT b || '\x00'::bytea FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy (SELECT ''::bytea FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
-- labels out of order are no mistake
\copy (SELECT substr(b, 1, 6) || substr(b, 37) || substr(b, 7, 30) FROM wire) TO 'results/rating_breakdown_wire.bin' (FORMAT binary)
\copy received FROM 'results/rating_breakdown_wire.bin' (FORMAT binary)
SELECT b FROM received;
SET client_min_messages = warning;
DROP SCHEMA breakdown_test CASCADE;
