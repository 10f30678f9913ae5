--
-- What is no journey_path, as text, as labels and in binary form: where it is wrong, and a hint that helps.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set VERBOSITY default
\set SHOW_CONTEXT never
\pset format unaligned

-- SQLSTATE and detail of the error that a path gives: the message is the same for all of them and holds the whole path
CREATE FUNCTION pg_temp.problem_of(path text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text;
BEGIN
	RETURN path::journey_path;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
	RETURN SQLSTATE || ' ' || detail;
END $$;

-- what is no path: where, and what should be there
SELECT path, pg_temp.problem_of(path) AS problem
  FROM unnest(ARRAY[
	'', ' ', '^', '$', '?', '|', '&', '>', '[', 'a >', 'a > ', '> a', 'a > > b', 'a >>> b', 'a b', 'a > b c',
	'a |', 'a | > b', '|a', 'a?? > b', 'a?|b',
	'a ^ b', 'a > ^b', 'a $ > b', 'a$ $', 'a$ b', '^a$x', 'a & b > c', 'a > b & c', '^a & b', 'a & b$', 'a &',
	'a & & b', 'a &[7 days] b', 'a &[!c, 7 days] b', 'a &[!c, >= 1 day] b', 'a &[] b', 'a &[!] b', 'a &[!c b',
	'a & b [!c]', 'a &[!c]', 'a?', 'a? > b?', 'a? & b?', '^a?$',
	'"a', '"a > b', 'a > "b""', '""', 'a > "" > b', E'"a\tb"', E'a > "b\x7f"', E'"\u0085"', 'a,b', 'a;b', 'a=b',
	'a (b)', 'a''b', 'a\b', '{a}', 'a@b', '#',
	'a >[', 'a >[]', 'a >[] b', 'a >[ ', 'a >[7', 'a >[7 ', 'a >[7 days', 'a >[7 days b', 'a >[7 days,',
	'a >[7 days,] b', 'a >[7 days, ] b', 'a >[7 days]', 'a [7 days] b',
	'a >[!] b', 'a >[!', 'a >[!c', 'a >[!c|] b', 'a >[!c,] b', 'a >[!c !d] b', 'a >[c] b',
	'a >[7 days, 8 days] b', 'a >[7 days, !c, 1 h] b', '[7 days] a',
	'a >[>= 1 day, >= 2 days] b', 'a >[>= 2 days, 1 day] b', 'a >[>=] b', 'a >[> 1 day] b', 'a >[>= 1 month] b',
	'a >[>= !c] b', 'a >= 1 day b',
	'a >[7 dayz] b', 'a >[7 days ago] b', 'a >[1 month] b', 'a >[1 day 2 mons] b', 'a >[1 year] b',
	'a >[P1M] b', 'a >[P1Y] b', 'a >[P] b', 'a >[PT] b', 'a >[P1DT] b', 'a >[P1H] b', 'a >[P1] b',
	'a >[-1 day] b', 'a >[+1 day] b', 'a >[1 day -2 hours] b', 'a >[- 1 day] b', 'a >[0] b', 'a >[1.] b',
	'a >[.5 h] b', 'a >[1,5 days] b', 'a >[1 day 1 day] b', 'a >[1 h 00:30] b', 'a >[00:60] b',
	'a >[00:00:60] b', 'a >[1:] b', 'a >[1:2:] b', 'a >[1.5:30] b', 'a >[00:0.5] b', 'a >[0.0000001 s] b',
	'a >[0.3333333333333333333 days] b', 'a >[106751992 days] b', 'a >[99999999999999999999 us] b',
	'zażółć > gęślą > > jaźń'
  ]) WITH ORDINALITY AS i(path, n) ORDER BY n;

-- the whole error
SELECT pg_temp.error_of($$SELECT 'zażółć > "gęślą jaźń" > > x'::journey_path$$);
SELECT pg_temp.error_of($$SELECT 'a >[1 month] b'::journey_path$$);
-- a label with blanks needs quotes, and the hint says so; other errors have another hint
SELECT path, split_part(pg_temp.error_of(format('SELECT %L::journey_path', path)), E'\n', 3) AS hint
  FROM unnest(ARRAY[
	'visit > add to cart', 'add to cart', 'visit >[!call center] purchase', 'a & two words', 'a|b c',
	'zażółć gęślą', '"add" to > cart', 'a  "b c"',
	'a? b', 'a >[7 days b] c', 'a >[7 days] b > > c', 'a (b)', 'a $ b', 'a -> b', 'a → b', 'a - b', 'a->b'
  ]) path;

-- the arrow of another language is no end of a label
SELECT pg_temp.error_of($$SELECT 'add-to-cart->purchase'::journey_path$$);
SELECT pg_temp.error_of($$SELECT 'a >[!b->c] d'::journey_path$$);

-- limits of size: one byte, item or label more than there may be
SELECT pg_temp.problem_of('a > ' || repeat('x', 256)) AS bare;
SELECT pg_temp.problem_of('a > "' || repeat(' ', 256) || '"') AS quoted;
SELECT pg_temp.problem_of(repeat('ż', 128)) AS bytes_not_characters;
SELECT pg_temp.problem_of(array_to_string(array_fill('a'::text, ARRAY[65]), '>')) AS arrows;
SELECT pg_temp.problem_of(array_to_string(array_fill('a'::text, ARRAY[65]), '&')) AS any_order;
SELECT pg_temp.problem_of(string_agg('x' || i, '|')) AS labels FROM generate_series(1, 1025) i;

-- labels
SELECT call, pg_temp.error_of('SELECT journey_path(' || call || ')')
  FROM unnest(ARRAY[
	$$'{}'::text[]$$, $$'{{a,b},{c,d}}'::text[]$$, $$ARRAY['a', NULL]$$, $$ARRAY['a', '']$$, $$ARRAY[E'a\nb']$$,
	$$ARRAY[repeat('x', 256)]$$, $$array_fill('a'::text, ARRAY[65])$$
  ]) WITH ORDINALITY AS i(call, n) ORDER BY n;

-- binary input trusts no byte: what is copied out here as bytea comes in as a path
CREATE TEMP TABLE received (p journey_path);
CREATE TEMP TABLE wire (b bytea);
INSERT INTO wire SELECT cxjourney_internal.journey_path_send('^a|b > "ż c"? >>[1 day 02:00:00, !d] e$');
SELECT b FROM wire;
-- whole and unchanged
\copy (SELECT b FROM wire) TO 'results/path_refused.bin' (FORMAT binary)
\copy received FROM 'results/path_refused.bin' (FORMAT binary)
SELECT p FROM received;
-- version 2
\copy (SELECT set_byte(b, 0, 2) FROM wire) TO 'results/path_refused.bin' (FORMAT binary)
\copy received FROM 'results/path_refused.bin' (FORMAT binary)
-- empty, and without a path
\copy (SELECT ''::bytea FROM wire) TO 'results/path_refused.bin' (FORMAT binary)
\copy received FROM 'results/path_refused.bin' (FORMAT binary)
\copy (SELECT '\x01'::bytea FROM wire) TO 'results/path_refused.bin' (FORMAT binary)
\copy received FROM 'results/path_refused.bin' (FORMAT binary)
-- a zero byte, invalid UTF-8, half a character, a control character
\copy (SELECT '\x0161003e62'::bytea FROM wire) TO 'results/path_refused.bin' (FORMAT binary)
\copy received FROM 'results/path_refused.bin' (FORMAT binary)
\copy (SELECT '\x0161ff'::bytea FROM wire) TO 'results/path_refused.bin' (FORMAT binary)
\copy received FROM 'results/path_refused.bin' (FORMAT binary)
\copy (SELECT '\x0161c5'::bytea FROM wire) TO 'results/path_refused.bin' (FORMAT binary)
\copy received FROM 'results/path_refused.bin' (FORMAT binary)
\copy (SELECT '\x0122610722'::bytea FROM wire) TO 'results/path_refused.bin' (FORMAT binary)
\copy received FROM 'results/path_refused.bin' (FORMAT binary)
-- cut off
\copy (SELECT substr(b, 1, 12) FROM wire) TO 'results/path_refused.bin' (FORMAT binary)
\copy received FROM 'results/path_refused.bin' (FORMAT binary)
SELECT count(*) AS only_the_whole_one FROM received;
