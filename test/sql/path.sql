--
-- journey_path: text and binary form, arrays of labels, comparison.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set VERBOSITY default
\set SHOW_CONTEXT never
\pset format unaligned

-- the text form, canonical, and that it reads back to itself
SELECT input, p AS path, p::text::journey_path::text = p::text AS stable
  FROM unnest(ARRAY[
	'a', ' a ', '"a"', 'a>b', 'a >> b', '  a>b>>c  ', 'a|b > c', 'a | b ? > c', 'a|a|b|a', '^a', 'a$', '^ a $',
	'^a > b$', 'a?>b', 'a & b', 'a&b|c&a?', 'purchase > purchase', 'web:checkout > app/pay.2_x-y',
	'świadomość > zakup|"drugi zakup"', '"say ""hi""" > "a > b" > "?"', '"x" > " x"', '購入 > 😀',
	'a >[7 days] b', 'a >[!c] b', 'a >[!c|d] b', 'a >[7 days, !c|"d e"] b', 'a >[!c, 7 days, !d] b',
	'a >>[1 h] b', 'a>[ 1 day ]b', 'a > [!c|c, !c] b',
	'a &[!c] b', 'a&[ !c|"d e",!a ]b? & c', 'a & b &[!d] c',
	'a >[>= 2 days] b', 'a > [!c, 7 d,>=36 h] b? >>[ >= 0 s ] d >[>=1 us]e$', 'a >[>= 1 day, 24 h] b'
  ]) WITH ORDINALITY AS i(input, n), LATERAL (SELECT input::journey_path AS p) v ORDER BY n;

-- lengths of time: PostgreSQL reads them alike, and reads alike what is printed
SELECT length, p AS path,
	extract(epoch FROM length::interval)
	= extract(epoch FROM substring(p::text FROM '\[(.*)\]')::interval) AS as_interval
  FROM unnest(ARRAY[
	'0 s', '1 us', '1 microsecond', '250 ms', '90s', '90 seconds', '30 min', '30 minutes', '1 hour',
	'2 hours 30 minutes', '36 h', '1d', '1 day', '7 days', '1 week', '2w 3d', '1d 12h', '1 day 12:30',
	'00:30:00', '0:0:0.000001', '100:00', '1.5 hours', '0.5 days', '1.000001 s', '1 WEEK 1 Day',
	'30 minutes 2 hours', 'P7D', 'PT1H30M', 'P1DT12H', 'P2W', 'PT0.5S', '106751991 days 04:00:54.775807',
	'9223372036854775807 us'
  ]) WITH ORDINALITY AS i(length, n), LATERAL (SELECT format('a >[%s] b', length)::journey_path AS p) v ORDER BY n;

-- a hyphen is an end of a label where no arrow of another language begins
SELECT 'a- > -b-|c- >> "d-">e-'::journey_path;
SELECT path, path::text::journey_path = path AS same
  FROM unnest(ARRAY['a- > b', '"a-">b- >[!c-] d-? > e', journey_path(ARRAY['a-', 'b'])]::journey_path[]) AS path;

-- limits of size: exactly as much is allowed
SELECT length(repeat('x', 255)::journey_path::text);
SELECT length((repeat('ż', 127) || 'x')::journey_path::text) AS characters;
SELECT length(array_to_string(array_fill('a'::text, ARRAY[64]), '>')::journey_path::text) AS items;
SELECT length(string_agg('x' || i, '|')::journey_path::text) AS labels FROM generate_series(1, 1024) i;
SELECT length(string_agg('"' || lpad(i::text, 255) || '"', '|')::journey_path::text) AS bytes
  FROM generate_series(1, 1024) i;

-- from labels
CREATE TYPE pg_temp.stage AS ENUM ('wake', 'look around', 'buy');
SELECT journey_path('{visit,cart,purchase}'::text[]) AS of_labels;
SELECT journey_path(ARRAY['a b', 'say "hi"', 'ż', 'a', 'a']) AS quoted;
SELECT journey_path(enum_range(NULL::pg_temp.stage)::text[]) AS of_enum;
SELECT journey_path(NULL::text[]) IS NULL AS of_null;
-- a single text is a path, not a label; casts both ways
SELECT journey_path('a > b') AS from_literal;
SELECT 'a>b'::text::journey_path AS from_text;
SELECT CAST('a>b'::varchar AS journey_path) AS from_varchar;
SELECT ('a>b'::journey_path)::text || '!' AS to_text;

-- equal is what is written alike
SELECT a, b, a::journey_path = b::journey_path AS equal
  FROM (VALUES
	(1, 'a>b', '"a" > b'), (2, 'a >[1 day] b', 'a>[24 hours]b'), (3, 'a|b|a', 'a|b'), (4, 'a|b', 'b|a'),
	(5, 'a > b', 'a >> b'), (6, 'a & b', 'a > b')
  ) v(n, a, b) ORDER BY n;
SELECT 'a'::journey_path <> '^a' AS not_equal;
CREATE TEMP TABLE paths (n serial, p journey_path);
INSERT INTO paths (p) VALUES
	('a > b'), ('a>b'), ('a >[1 week] b'), ('"a" >[7 days] b'), ('^a'), (NULL), ('b'), ('Z'), ('ż'), ('a > b$');
SELECT p, count(*) FROM paths GROUP BY p ORDER BY p;
SELECT count(DISTINCT p) AS different, min(p::text COLLATE "C") FROM paths;
SELECT bool_and(p <= p AND p >= p AND NOT p < p AND NOT p > p) AS as_itself FROM paths;
SET enable_hashagg = off;
SELECT count(*) FROM (SELECT p FROM paths GROUP BY p) g;
SET enable_hashagg = on;
SET enable_sort = off;
SELECT count(*) FROM (SELECT p FROM paths GROUP BY p) g;
RESET enable_sort;
RESET enable_hashagg;
CREATE TEMP TABLE pairs AS SELECT a.p AS a, b.p AS b FROM paths a, paths b WHERE a.p IS NOT NULL AND b.p IS NOT NULL;
SELECT count(*) AS pairs, count(*) FILTER (WHERE (a = b) <> (a::text = b::text)) AS wrong_equal,
	count(*) FILTER (WHERE (a < b) <> (a::text COLLATE "C" < b::text COLLATE "C")) AS wrong_less
  FROM pairs;
SELECT count(*) FILTER (WHERE cxjourney_internal.journey_path_cmp(a, b)
	<> -cxjourney_internal.journey_path_cmp(b, a)) AS not_antisymmetric
  FROM pairs;
SELECT count(*) FILTER (WHERE (a = b) <> (cxjourney_internal.journey_path_hash(a)
	= cxjourney_internal.journey_path_hash(b))) AS wrong_hash
  FROM pairs;
SELECT count(*) FILTER (WHERE (a = b) <> (cxjourney_internal.journey_path_hash_extended(a, 7)
	= cxjourney_internal.journey_path_hash_extended(b, 7))) AS wrong_hash_extended
  FROM pairs;
SELECT count(*) FILTER (WHERE cxjourney_internal.journey_path_hash_extended(a, 0) & 4294967295
	<> cxjourney_internal.journey_path_hash(a)::bigint & 4294967295) AS other_low_half
  FROM pairs;

-- stored out of line, compressed and behind a short header, it is the same path
CREATE TEMP TABLE long_paths (p journey_path);
INSERT INTO long_paths
SELECT string_agg(md5(i::text) || md5(i::text || 'x'), '|')::journey_path FROM generate_series(1, 1000) i;
INSERT INTO long_paths SELECT string_agg(repeat('x', 200) || i, '|')::journey_path FROM generate_series(1, 1000) i;
SELECT p = (SELECT string_agg(md5(i::text) || md5(i::text || 'x'), '|')::journey_path
              FROM generate_series(1, 1000) i) AS same,
       md5(p::text)
  FROM long_paths ORDER BY 2;

-- every path of this test survives the binary form
CREATE TEMP TABLE received (p journey_path);
\copy (SELECT p FROM paths WHERE p IS NOT NULL ORDER BY n) TO 'results/path.bin' (FORMAT binary)
\copy received FROM 'results/path.bin' (FORMAT binary)
SELECT count(*), bool_and(p IN (SELECT p FROM paths)) FROM received;
-- dumps of text
COPY (SELECT p FROM paths ORDER BY n) TO STDOUT;
