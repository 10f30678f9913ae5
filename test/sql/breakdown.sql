--
-- rating_breakdown: by hand, its text form, + and -, stored and binary values; rating_summary * weight.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA breakdown_test;
SET search_path = breakdown_test, public;
\pset null '(null)'
\pset format unaligned

CREATE TABLE shop (month int, channel text, summary rating_summary);
INSERT INTO shop VALUES (1, 'app', '[1,3]{0,2,5}'), (1, 'in store', '[1,3]{1,0,0}'), (1, NULL, '[1,3]{0,0,4}'),
	(1, 'empty', '[1,3]{0,0,0}'), (2, 'app', '[1,3]{1,0,0}'), (2, 'web', '[1,3]{0,0,7}'),
	(2, NULL, NULL), (2, 'nobody', NULL);
SELECT month, breakdown_agg(channel, summary) FROM shop GROUP BY month ORDER BY month;
SELECT breakdown_agg(channel, summary) FROM shop;
SELECT * FROM breakdown((SELECT breakdown_agg(channel, summary) FROM shop));
SELECT * FROM breakdown('{}');
SELECT * FROM breakdown(NULL);
SELECT breakdown_agg(channel, summary * 0.5) FROM shop WHERE month = 1;
SELECT label, responses, share, summary, weight_total(summary)
  FROM breakdown((SELECT breakdown_agg(channel, summary * CASE month WHEN 1 THEN 0.5 ELSE 1.25 END) FROM shop));
-- without answers it is NULL
SELECT breakdown_agg(channel, summary) AS none FROM shop WHERE summary IS NULL;
SELECT breakdown_agg(channel, summary) AS none FROM shop WHERE channel = 'empty';
SELECT breakdown_agg(b) AS none FROM (VALUES ('{}'::rating_breakdown), (NULL)) v(b);
SELECT breakdown_agg(b) FROM (VALUES ('{}'::rating_breakdown), (NULL), ('{a = [1, 0]} on [0, 1]'), ('{}')) v(b);

-- + and -; a label that has no answers any more disappears, and with the last one the scale
CREATE TABLE pair (a rating_breakdown, b rating_breakdown, other rating_breakdown);
INSERT INTO pair VALUES
	('{x = [1, 0, 2], y = [0, 1, 0]} on [0, 2]', '{x = [0, 1, 0], (null) = [1, 1, 1]} on [0, 2]',
	 '{x = [5, 5]} on [8, 9]');
SELECT a + b AS sum, a - a AS nothing, a - a + other AS other_scale,
       a - '{y = [0, 1, 0]} on [0, 2]' AS without_y FROM pair;
SELECT (a + b) - b = a AS back, a + b = b + a AS commutes, a + '{}' = a AS same,
       '{}'::rating_breakdown - '{}' AS empty FROM pair;

-- labels in any order, twice, with any white space; quoted where they need it
SELECT ' { b = [ 1 ,2 ], "a" = [0, 1],b=[0,1] , (null) = [3,0],"(null)"=[0,3], z = [0, 0] } on [ -1 , 0 ] '
       ::rating_breakdown;
SELECT b, b::text::rating_breakdown = b AS reads_back
  FROM (SELECT breakdown_agg(l, '[0,1]{1,2}') AS b
          FROM unnest(ARRAY['a', 'b c', '"', '{}', '[]', '=', ',', 'on', '(null)', '...', 'żółw', '1.5', NULL]) l) v;
SELECT b = b::text::rating_breakdown AS longest FROM (SELECT breakdown_agg(repeat('x', 255), '[0,1]{1,2}') AS b) v;
-- the ends of what numbers can be
SELECT '{a = [1, 0] weights [0.000000001, 0] squares [0.000000000000000001, 0]} on [2147483645, 2147483646]'
       ::rating_breakdown;
SELECT '{a = [9223372036854775806, 1]} on [-2147483648, -2147483647]'::rating_breakdown;

-- rating_summary * weight: what counting each answer with it gives
SELECT w, s * w AS weighted, w * s = s * w AS left_too
  FROM (VALUES ('[0,1]{3,4}'::rating_summary)) v(s),
       unnest(ARRAY[0, 1, 0.5, 1000000, 0.1234567894, 0.1234567895, 1e-9, 4e-10, -0.0, NULL]::float8[]) w;
SELECT s * 2::smallint = s * 2.0 AS smallint, s * 2 = s * 2.0 AS integer, s * 2::bigint = s * 2.0 AS bigint,
       s * 2::real = s * 2.0 AS real, 2.0 * s = s * 2.0 AS numeric FROM (VALUES ('[0,1]{3,4}'::rating_summary)) v(s);
SELECT '[0,1]{9223372036854775807,0}'::rating_summary * 6.074000999 AS largest;
SELECT nps(s * 0) IS NULL AS no_nps, responses(s * 0), s * 0 + s * 0.5 = s * 0.5 AS adds_nothing
  FROM (VALUES ('[0,10]{1,0,0,0,0,0,0,0,0,0,9}'::rating_summary)) v(s);
-- (a + b) * w = a * w + b * w, and the same as rating_agg with the weight
CREATE TABLE answer AS
SELECT i, pg_temp.random_int(i, 1, 11) AS score, i % 50 AS grp,
       pg_temp.random_int(i % 50, 2, 1000000000000000) / 1e9::numeric AS w
  FROM generate_series(1, 5000) i;
SELECT count(*) AS groups, count(*) FILTER (WHERE (a + b) * w <> a * w + b * w) AS not_distributive,
       count(*) FILTER (WHERE (a + b) * w <> counted) AS not_counted
  FROM (SELECT w::float8 AS w, rating_agg(score, '[0,10]') FILTER (WHERE i % 3 = 0) AS a,
               rating_agg(score, '[0,10]') FILTER (WHERE i % 3 > 0) AS b, rating_agg(score, '[0,10]', w) AS counted
          FROM answer GROUP BY grp, w) v;

-- what moved a metric, by hand: a has the NPS 40 in both, and half, then three quarters of the answers; b had 0 and
-- has 20; the whole had 20 and has 35. Of a all is mix, 0.25 * (40 - 27.5); b has the rate 20 * 0.375 and the mix
-- -0.25 * (10 - 27.5)
CREATE TABLE month (n int, b rating_breakdown);
INSERT INTO month VALUES
	(1, '{a = [1, 0, 0, 0, 0, 0, 1, 2, 0, 3, 3], b = [1, 0, 0, 0, 0, 0, 1, 6, 0, 1, 1]} on [0, 10]'),
	(2, '{a = [3, 0, 0, 0, 0, 0, 3, 6, 0, 9, 9], b = [0, 0, 0, 0, 0, 0, 0, 8, 0, 1, 1]} on [0, 10]');
SELECT label, share_before::int, share_after::int, nps_before::int, nps_after::int, trim_scale(mix) AS mix,
       trim_scale(rate) AS rate, trim_scale(total) AS total
  FROM month x, month y, nps_shift(x.b, y.b) WHERE x.n = 1 AND y.n = 2;
-- CSAT of thumbs, and a mean: one label for all has no mix; the last digits of p_value are the machine's
SET extra_float_digits = 0;
SELECT * FROM csat_shift('{x = [1, 3]} on [0, 1]', '{x = [2, 2]} on [0, 1]');
SELECT * FROM csat_shift('{x = [1, 1, 2]} on [1, 3]', '{x = [0, 3, 1]} on [1, 3]', 2);
SELECT * FROM ces_shift('{x = [1, 3]} on [0, 1]', '{x = [2, 2]} on [0, 1]');
RESET extra_float_digits;
-- labels on one side only, and a side without answers at all
SELECT label, share_before::int, share_after::int, nps_before::int, nps_after::int, trim_scale(mix) AS mix,
       rate = 0 AS no_rate, p_value IS NULL AS no_test
  FROM month, nps_shift(b, b + '{c = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20]} on [0, 10]') WHERE n = 1;
SELECT label, share_before, share_after::int, nps_before, nps_after::int, mix, rate, total, rate_low, rate_high, p_value
  FROM month, nps_shift('{}', b) WHERE n = 1;
SELECT label, share_before::int, share_after, total FROM month, nps_shift(b, '{}') WHERE n = 1;
SELECT (SELECT count(*) FROM nps_shift('{}', '{}')) AS neither,
       (SELECT count(*) FROM csat_shift(b, NULL, 9)) AS no_after,
       (SELECT count(*) FROM csat_shift(NULL, b, 9)) AS no_before, (SELECT count(*) FROM ces_shift(NULL, b)) AS no_ces
  FROM month WHERE n = 1;

-- known shares: a has 10 answers and b 30, but as many customers
CREATE TABLE survey AS
SELECT '[0,10]{6,0,0,0,0,0,0,1,0,3,0}'::rating_summary AS a, '[0,10]{0,0,0,0,0,0,3,6,0,9,12}'::rating_summary AS b;
SELECT standardize(ab, '{"a": 1, "b": 1}') = a * 2 + b * (2 / 3.0) AS same, nps(a), nps(b),
       nps(standardize(ab, '{"a": 1, "b": 1}')), standardize(ab, '{"a": 5, "b": 0}') = a * 4 AS only_a
  FROM survey, LATERAL (SELECT breakdown_agg(l, s) AS ab FROM (VALUES ('a', a), ('b', b)) v(l, s)) v;

-- stored behind a short header, compressed, out of line
CREATE TABLE toasted (form text, b rating_breakdown);
CREATE FUNCTION large() RETURNS rating_breakdown LANGUAGE sql AS $$
	SELECT breakdown_agg('label ' || i, ('[0,100]{1' || repeat(',0', 99) || ',1}')::rating_summary)
	  FROM generate_series(1, 60) i $$;
INSERT INTO toasted SELECT 'short', '{a = [1, 2], b = [0, 3]} on [0, 1]';
ALTER TABLE toasted ALTER b SET STORAGE MAIN;
INSERT INTO toasted SELECT 'compressed', large();
ALTER TABLE toasted ALTER b SET STORAGE EXTERNAL;
INSERT INTO toasted SELECT 'external', large();
SELECT form, pg_column_size(b) < 100 AS small, pg_column_compression(b) IS NOT NULL AS compressed,
       count(label) AS labels, sum(responses) AS answers, b + b - b = b AS same,
       b::text::rating_breakdown = b AS reads_back
  FROM toasted, breakdown(b) GROUP BY form, b ORDER BY form;
-- what was never finished is what it finishes to
CREATE AGGREGATE unfinished(text, rating_summary) (
	SFUNC = cxjourney_internal.rating_breakdown_accum, STYPE = rating_breakdown);
SELECT u = b AS equal, u::text = b::text AS same_text, u + '{}' = b AS same_sum,
       cxjourney_internal.rating_breakdown_hash(u) = cxjourney_internal.rating_breakdown_hash(b) AS same_hash,
       (SELECT breakdown_agg(x) FROM (VALUES (u), (u)) v(x)) = b + b AS same_merged,
       (SELECT count(*) FROM breakdown(u)) AS labels
  FROM (SELECT unfinished(channel, summary) AS u, breakdown_agg(channel, summary) AS b FROM shop) v;

-- binary: there and back
CREATE TABLE received (b rating_breakdown);
CREATE TABLE sent AS SELECT b FROM toasted UNION ALL SELECT a FROM pair
	UNION ALL VALUES ('{}'::rating_breakdown), (NULL)
	UNION ALL SELECT breakdown_agg(channel, summary * 0.3) FROM shop;
\copy sent TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
SELECT count(*) AS breakdowns, count(DISTINCT b) AS different,
       (SELECT count(*) FROM sent s JOIN received r USING (b)) AS same
  FROM received;
TRUNCATE received;
-- version 1, reserved, 2 labels; "ab": length, text, and its summary: version 1, flags, points, low, counts; NULL
CREATE TABLE wire (b bytea);
INSERT INTO wire SELECT cxjourney_internal.rating_breakdown_send('{ab = [2, 1], (null) = [0, 5]} on [1, 2]');
SELECT b FROM wire;
-- version 2; reserved flags; many labels
\copy (SELECT set_byte(b, 0, 2) FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 1, 1) FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 2, 255) FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
-- a label that is too long, one with a control character, one of no bytes
\copy (SELECT set_byte(b, 8, 1) FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 10, 7) FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
\copy (SELECT substr(b, 1, 9) || '\x00'::bytea || substr(b, 13) FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
-- of the summary: version, flags, points, a negative count, no answers
\copy (SELECT set_byte(b, 12, 2) FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 13, 2) FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 14, 255) FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 20, 128) FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
\copy (SELECT set_byte(set_byte(b, 27, 0), 35, 0) FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
-- another scale than the other label, weights without answers, a label twice
\copy (SELECT set_byte(b, 19, 5) FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
CREATE VIEW weighted AS SELECT set_byte(b, 41, 1) || decode(repeat('00', 64), 'hex') AS b FROM wire;
\copy (SELECT b FROM weighted) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
\copy (SELECT substr(b, 1, 36) || substr(b, 7, 30) FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
-- cut off, too long, empty
\copy (SELECT substr(b, 1, length(b) - 1) FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
\copy (SELECT b || '\x00'::bytea FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
\copy (SELECT ''::bytea FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
-- labels out of order are no mistake
\copy (SELECT substr(b, 1, 6) || substr(b, 37) || substr(b, 7, 30) FROM wire) TO 'results/breakdown.bin' (FORMAT binary)
\copy received FROM 'results/breakdown.bin' (FORMAT binary)
SELECT b FROM received;
SET client_min_messages = warning;
DROP SCHEMA breakdown_test CASCADE;
