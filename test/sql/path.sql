--
-- journey_path: text and binary form, arrays of labels, comparison.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set VERBOSITY default
\set SHOW_CONTEXT never
\pset format unaligned

-- shows SQLSTATE and detail of the error that a literal gives
CREATE FUNCTION pg_temp.problem_of(path text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text;
BEGIN
	RETURN path::journey_path;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
	RETURN SQLSTATE || ' ' || detail;
END $$;

-- the text form, canonical, and that it reads back to itself
SELECT input, p AS path, p::text::journey_path::text = p::text AS stable
  FROM unnest(ARRAY[
	'a', ' a ', '"a"', 'a>b', 'a >> b', '  a>b>>c  ', 'a|b > c', 'a | b ? > c', 'a|a|b|a', '^a', 'a$', '^ a $', '^a > b$',
	'a?>b', 'a & b', 'a&b|c&a?', 'purchase > purchase', 'web:checkout > app/pay.2_x-y', 'świadomość > zakup|"drugi zakup"',
	'"say ""hi""" > "a > b" > "?"', '"x" > " x"', '購入 > 😀',
	'a >[7 days] b', 'a >[!c] b', 'a >[!c|d] b', 'a >[7 days, !c|"d e"] b', 'a >[!c, 7 days, !d] b', 'a >>[1 h] b', 'a>[ 1 day ]b',
	'a > [!c|c, !c] b'
  ]) WITH ORDINALITY AS i(input, n), LATERAL (SELECT input::journey_path AS p) v ORDER BY n;

-- lengths of time: PostgreSQL reads them alike, and reads alike what is printed
SELECT length, p AS path,
	extract(epoch FROM length::interval) = extract(epoch FROM substring(p::text FROM '\[(.*)\]')::interval) AS as_interval
  FROM unnest(ARRAY[
	'0 s', '1 us', '1 microsecond', '250 ms', '90s', '90 seconds', '30 min', '30 minutes', '1 hour', '2 hours 30 minutes', '36 h',
	'1d', '1 day', '7 days', '1 week', '2w 3d', '1d 12h', '1 day 12:30', '00:30:00', '0:0:0.000001', '100:00', '1.5 hours', '0.5 days',
	'1.000001 s', '1 WEEK 1 Day', '30 minutes 2 hours', 'P7D', 'PT1H30M', 'P1DT12H', 'P2W', 'PT0.5S', '106751991 days 04:00:54.775807',
	'9223372036854775807 us'
  ]) WITH ORDINALITY AS i(length, n), LATERAL (SELECT format('a >[%s] b', length)::journey_path AS p) v ORDER BY n;

-- what is no path: where, and what should be there
SELECT path, pg_temp.problem_of(path) AS problem
  FROM unnest(ARRAY[
	'', ' ', '^', '$', '?', '|', '&', '>', '[', 'a >', 'a > ', '> a', 'a > > b', 'a >>> b', 'a b', 'a > b c', 'a |', 'a | > b', '|a', 'a?? > b', 'a?|b',
	'a ^ b', 'a > ^b', 'a $ > b', 'a$ $', 'a$ b', '^a$x', 'a & b > c', 'a > b & c', '^a & b', 'a & b$', 'a &', 'a & & b', 'a?', 'a? > b?', 'a? & b?', '^a?$',
	'"a', '"a > b', 'a > "b""', '""', 'a > "" > b', E'"a\tb"', E'a > "b\x7f"', E'"\u0085"', 'a,b', 'a;b', 'a=b', 'a (b)', 'a''b', 'a\b', '{a}', 'a@b', '#',
	'a >[', 'a >[]', 'a >[] b', 'a >[ ', 'a >[7', 'a >[7 ', 'a >[7 days', 'a >[7 days b', 'a >[7 days,', 'a >[7 days,] b', 'a >[7 days, ] b', 'a >[7 days]', 'a [7 days] b',
	'a >[!] b', 'a >[!', 'a >[!c', 'a >[!c|] b', 'a >[!c,] b', 'a >[!c !d] b', 'a >[c] b', 'a >[7 days, 8 days] b', 'a >[7 days, !c, 1 h] b', '[7 days] a',
	'a >[7 dayz] b', 'a >[7 days ago] b', 'a >[1 month] b', 'a >[1 day 2 mons] b', 'a >[1 year] b', 'a >[P1M] b', 'a >[P1Y] b', 'a >[P] b', 'a >[PT] b', 'a >[P1DT] b', 'a >[P1H] b', 'a >[P1] b',
	'a >[-1 day] b', 'a >[+1 day] b', 'a >[1 day -2 hours] b', 'a >[- 1 day] b', 'a >[0] b', 'a >[1.] b', 'a >[.5 h] b', 'a >[1,5 days] b', 'a >[1 day 1 day] b', 'a >[1 h 00:30] b', 'a >[00:60] b',
	'a >[00:00:60] b', 'a >[1:] b', 'a >[1:2:] b', 'a >[1.5:30] b', 'a >[00:0.5] b', 'a >[0.0000001 s] b', 'a >[0.3333333333333333333 days] b', 'a >[106751992 days] b', 'a >[99999999999999999999 us] b',
	'zażółć > gęślą > > jaźń'
  ]) WITH ORDINALITY AS i(path, n) ORDER BY n;

-- the whole error
SELECT pg_temp.error_of($$SELECT 'zażółć > "gęślą jaźń" > > x'::journey_path$$);
SELECT pg_temp.error_of($$SELECT 'a >[1 month] b'::journey_path$$);
-- a label with blanks needs quotes, and the hint says so; other errors have another hint
SELECT path, (string_to_array(pg_temp.error_of(format('SELECT %L::journey_path', path)), E'\n'))[3] AS hint
  FROM unnest(ARRAY['visit > add to cart', 'add to cart', 'visit >[!call center] purchase', 'a & two words', 'a|b c', 'zażółć gęślą', '"add" to > cart', 'a  "b c"',
                    'a? b', 'a >[7 days b] c', 'a >[7 days] b > > c', 'a (b)', 'a $ b', 'a -> b', 'a → b', 'a - b', 'a->b']) path;

-- the arrow of another language is no end of a label, and a hyphen is
SELECT pg_temp.error_of($$SELECT 'add-to-cart->purchase'::journey_path$$);
SELECT pg_temp.error_of($$SELECT 'a >[!b->c] d'::journey_path$$);
SELECT 'a- > -b-|c- >> "d-">e-'::journey_path;
SELECT path, path::text::journey_path = path AS same FROM unnest(ARRAY['a- > b', '"a-">b- >[!c-] d-? > e', journey_path(ARRAY['a-', 'b'])]::journey_path[]) AS path;

-- limits of size: exactly as much is allowed, one more is not
SELECT length(repeat('x', 255)::journey_path::text);
SELECT length((repeat('ż', 127) || 'x')::journey_path::text) AS characters;
SELECT pg_temp.problem_of('a > ' || repeat('x', 256)) AS bare, pg_temp.problem_of('a > "' || repeat(' ', 256) || '"') AS quoted,
	pg_temp.problem_of(repeat('ż', 128)) AS bytes_not_characters;
SELECT length(array_to_string(array_fill('a'::text, ARRAY[64]), '>')::journey_path::text) AS items;
SELECT pg_temp.problem_of(array_to_string(array_fill('a'::text, ARRAY[65]), '>')) AS arrows,
	pg_temp.problem_of(array_to_string(array_fill('a'::text, ARRAY[65]), '&')) AS any_order;
SELECT length(string_agg('x' || i, '|')::journey_path::text) AS labels FROM generate_series(1, 1024) i;
SELECT pg_temp.problem_of(string_agg('x' || i, '|')) FROM generate_series(1, 1025) i;
SELECT length(string_agg('"' || lpad(i::text, 255) || '"', '|')::journey_path::text) AS bytes FROM generate_series(1, 1024) i;

-- from labels
CREATE TYPE pg_temp.stage AS ENUM ('wake', 'look around', 'buy');
SELECT journey_path('{visit,cart,purchase}'::text[]), journey_path(ARRAY['a b', 'say "hi"', 'ż', 'a', 'a']),
	journey_path(enum_range(NULL::pg_temp.stage)::text[]), journey_path(NULL::text[]) IS NULL AS of_null;
SELECT call, pg_temp.error_of('SELECT journey_path(' || call || ')')
  FROM unnest(ARRAY['''{}''::text[]', '''{{a,b},{c,d}}''::text[]', 'ARRAY[''a'', NULL]', 'ARRAY[''a'', '''']', 'ARRAY[E''a\nb'']',
	'ARRAY[repeat(''x'', 256)]', 'array_fill(''a''::text, ARRAY[65])']) WITH ORDINALITY AS i(call, n) ORDER BY n;
-- a single text is a path, not a label; casts both ways
SELECT journey_path('a > b'), 'a>b'::text::journey_path, CAST('a>b'::varchar AS journey_path), ('a>b'::journey_path)::text || '!';

-- equal is what is written alike
SELECT 'a>b'::journey_path = '"a" > b' AS yes, 'a >[1 day] b'::journey_path = 'a>[24 hours]b' AS yes, 'a|b|a'::journey_path = 'a|b' AS yes,
	'a|b'::journey_path = 'b|a' AS no, 'a > b'::journey_path = 'a >> b' AS no, 'a & b'::journey_path = 'a > b' AS no, 'a'::journey_path <> '^a' AS yes;
CREATE TEMP TABLE paths (n serial, p journey_path);
INSERT INTO paths (p) VALUES ('a > b'), ('a>b'), ('a >[1 week] b'), ('"a" >[7 days] b'), ('^a'), (NULL), ('b'), ('Z'), ('ż'), ('a > b$');
SELECT p, count(*) FROM paths GROUP BY p ORDER BY p;
SELECT count(DISTINCT p), min(p::text COLLATE "C"), bool_and(p <= p AND p >= p AND NOT p < p AND NOT p > p) FROM paths;
SET enable_hashagg = off;
SELECT count(*) FROM (SELECT p FROM paths GROUP BY p) g;
SET enable_hashagg = on;
SET enable_sort = off;
SELECT count(*) FROM (SELECT p FROM paths GROUP BY p) g;
RESET enable_sort;
RESET enable_hashagg;
SELECT bool_and((a.p = b.p) = (cxjourney_internal.journey_path_hash(a.p) = cxjourney_internal.journey_path_hash(b.p))
	AND (a.p = b.p) = (cxjourney_internal.journey_path_hash_extended(a.p, 7) = cxjourney_internal.journey_path_hash_extended(b.p, 7))
	AND cxjourney_internal.journey_path_hash_extended(a.p, 0) & 4294967295 = cxjourney_internal.journey_path_hash(a.p)::bigint & 4294967295
	AND cxjourney_internal.journey_path_cmp(a.p, b.p) = -cxjourney_internal.journey_path_cmp(b.p, a.p)
	AND (a.p < b.p) = (a.p::text COLLATE "C" < b.p::text COLLATE "C")) AS consistent
  FROM paths a, paths b;

-- stored out of line, compressed and behind a short header, it is the same path
CREATE TEMP TABLE long_paths (p journey_path);
INSERT INTO long_paths SELECT string_agg(md5(i::text) || md5(i::text || 'x'), '|')::journey_path FROM generate_series(1, 1000) i;
INSERT INTO long_paths SELECT string_agg(repeat('x', 200) || i, '|')::journey_path FROM generate_series(1, 1000) i;
SELECT p = (SELECT string_agg(md5(i::text) || md5(i::text || 'x'), '|')::journey_path FROM generate_series(1, 1000) i) AS same, md5(p::text) FROM long_paths ORDER BY 2;

-- binary input trusts no byte: what is copied out here as bytea comes in as a path
CREATE TEMP TABLE received (p journey_path);
CREATE TEMP TABLE wire (b bytea);
INSERT INTO wire SELECT cxjourney_internal.journey_path_send('^a|b > "ż c"? >>[1 day 02:00:00, !d] e$');
SELECT b FROM wire;
-- whole and unchanged
\copy (SELECT b FROM wire) TO 'results/path.bin' (FORMAT binary)
\copy received FROM 'results/path.bin' (FORMAT binary)
SELECT p FROM received;
-- version 2
\copy (SELECT set_byte(b, 0, 2) FROM wire) TO 'results/path.bin' (FORMAT binary)
\copy received FROM 'results/path.bin' (FORMAT binary)
-- empty, and without a path
\copy (SELECT ''::bytea FROM wire) TO 'results/path.bin' (FORMAT binary)
\copy received FROM 'results/path.bin' (FORMAT binary)
\copy (SELECT '\x01'::bytea FROM wire) TO 'results/path.bin' (FORMAT binary)
\copy received FROM 'results/path.bin' (FORMAT binary)
-- a zero byte, invalid UTF-8, half a character, a control character
\copy (SELECT '\x0161003e62'::bytea FROM wire) TO 'results/path.bin' (FORMAT binary)
\copy received FROM 'results/path.bin' (FORMAT binary)
\copy (SELECT '\x0161ff'::bytea FROM wire) TO 'results/path.bin' (FORMAT binary)
\copy received FROM 'results/path.bin' (FORMAT binary)
\copy (SELECT '\x0161c5'::bytea FROM wire) TO 'results/path.bin' (FORMAT binary)
\copy received FROM 'results/path.bin' (FORMAT binary)
\copy (SELECT '\x0122610722'::bytea FROM wire) TO 'results/path.bin' (FORMAT binary)
\copy received FROM 'results/path.bin' (FORMAT binary)
-- cut off
\copy (SELECT substr(b, 1, 12) FROM wire) TO 'results/path.bin' (FORMAT binary)
\copy received FROM 'results/path.bin' (FORMAT binary)
SELECT count(*) AS only_the_whole_one FROM received;
-- every path of this test survives the binary form
\copy (SELECT p FROM paths WHERE p IS NOT NULL ORDER BY n) TO 'results/path.bin' (FORMAT binary)
TRUNCATE received;
\copy received FROM 'results/path.bin' (FORMAT binary)
SELECT count(*), bool_and(p IN (SELECT p FROM paths)) FROM received;
-- dumps of text
COPY (SELECT p FROM paths ORDER BY n) TO STDOUT;
