--
-- What is no term_summary, and arguments that cannot be meant: clear errors, with a hint that helps.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA terms_refused_test;
SET search_path = terms_refused_test, public;
\set SHOW_CONTEXT never

-- arguments
SELECT call, pg_temp.error_of('SELECT * FROM ' || call, ' | ')
  FROM unnest(ARRAY[
	$$comment_terms('a', 'de')$$, $$comment_terms('a', 'polish')$$, $$comment_terms('a', '')$$,
	$$terms('{a = 1} in 1 comments', 0)$$, $$terms('{a = 1} in 1 comments', -1, 5)$$,
	$$terms('{a = 1} in 1 comments', NULL, 0)$$,
	$$term_contrast('{a = 1} in 1 comments', '{a = 1} in 1 comments', 0)$$,
	$$term_contrast('{a = 1} in 1 comments', '{a = 1} in 1 comments', -2147483648)$$,
	$$cxjourney_internal.term_summary_accum(NULL, 'a')$$,
	$$cxjourney_internal.term_summary_combine('{} in 0 comments', '{} in 0 comments')$$]) call;
-- more terms than a tsvector has room for
SELECT pg_temp.error_of($$
	SELECT comment_terms(string_agg(repeat(md5(i::text), 10), ' ')) FROM generate_series(1, 4000) i$$);
-- sums and differences
SELECT call, pg_temp.error_of('SELECT ' || call, ' | ')
  FROM unnest(ARRAY[
	$$'{a = 1} in 1 comments'::term_summary - '{a = 2} in 2 comments'$$,
	$$'{a = 2} in 2 comments'::term_summary - '{b = 1} in 1 comments'$$,
	$$'{a = 2, b = 1} in 2 comments'::term_summary - '{b = 1} in 1 comments'$$,
	$$'{a = 1, b = 2} in 2 comments'::term_summary - '{a = 1} in 1 comments'$$,
	$$'{a = 2, b = 2} in 2 comments'::term_summary - '{b = 1} in 1 comments'$$,
	$$'{a = 1, b = 1} in 2 comments'::term_summary - '{a = 1, b = 1} in 1 comments'$$,
	$$'{a = 9223372036854775807} in 9223372036854775807 comments'::term_summary + '{b = 1} in 1 comments'$$,
	$$term_agg(s) FROM (VALUES ('{a = 9223372036854775807} in 9223372036854775807 comments'::term_summary),
		('{b = 1} in 1 comments')) v(s)$$]) call;
-- the most there can be
SELECT t.* FROM terms('{a = 9223372036854775807} in 9223372036854775807 comments') t;
SELECT c.term, c.comments_a, c.comments_b, round(c.log_odds::numeric, 9) AS log_odds
  FROM (VALUES ('{a = 9223372036854775806, b = 1} in 9223372036854775806 comments'::term_summary)) v(s),
       term_contrast(s, s, 2147483647) c;
SELECT round(sentiment('{a = 9223372036854775807} in 9223372036854775807 comments',
	'{b = 1} in 1 comments', 'a b')::numeric, 9);

-- text
SELECT text, pg_temp.detail_of(format('SELECT %L::term_summary', text))
  FROM unnest(ARRAY[
	'', 'a', '{', '{}', '{} in', '{} in 0', '{} in 1 comments', '{} in -1 comments', '{} in 0 comments x',
	'{} in 9223372036854775808 comments',
	'{a} in 1 comments', '{a = } in 1 comments', '{a = 0} in 1 comments', '{a = 2} in 1 comments',
	'{a = 1} in 2 comments', '{a = 1, a = 1} in 1 comments', '{a = 1 b = 1} in 1 comments', '{a = 1,} in 1 comments',
	'{"" = 1} in 1 comments', '{"a = 1} in 1 comments', '{a b = 1} in 1 comments',
	'{a = 9223372036854775808} in 1 comments',
	'{a = 9223372036854775807, b = 1} in 9223372036854775807 comments']) text;
SELECT left(pg_temp.error_of(format('SELECT %L::term_summary', '{' || repeat('x', 2048) || ' = 1} in 1 comments')),
	60) AS bare;
SELECT substring(pg_temp.error_of(format('SELECT %L::term_summary',
	'{"' || repeat('x', 2048) || '" = 1} in 1 comments')) FROM 'Term of[^.]*') AS quoted;
SELECT length(('{' || repeat('x', 2047) || ' = 1} in 1 comments')::term_summary::text) AS longest;

-- binary input trusts no byte: what is copied out here as bytea comes in as a summary
CREATE TABLE wire (b bytea);
CREATE TABLE received (s term_summary);
-- version 1, reserved, 3 comments, 2 terms (2 comments, 1 'a'; 1 comment, 2 'bb')
INSERT INTO wire SELECT cxjourney_internal.term_summary_send('{a = 2, bb = 1} in 3 comments');
SELECT b FROM wire;
\copy (SELECT b FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
-- version 2, the flag of a state
\copy (SELECT set_byte(b, 0, 2) FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 1, 1) FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
-- fewer than no comments, too many and too few of them
\copy (SELECT set_byte(b, 2, 128) FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 9, 4) FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 9, 1) FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
-- 16 million terms, one term
\copy (SELECT set_byte(b, 10, 1) FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 13, 1) FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
-- a term in no comment, in fewer, in more than there are
\copy (SELECT set_byte(b, 21, 0) FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 14, 255) FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 21, 4) FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
-- past 2^63 - 1
CREATE TABLE most AS
SELECT overlay(overlay(b PLACING '\x7fffffffffffffff' FROM 3) PLACING '\x7fffffffffffffff' FROM 15) AS b FROM wire;
\copy most TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
-- a term of 2 billion bytes, of none, one that is no UTF-8, one of 2048 bytes
\copy (SELECT set_byte(b, 22, 127) FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 25, 0) FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 26, 255) FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
CREATE TABLE long AS
SELECT overlay(b PLACING '\x00000800' || convert_to(repeat('x', 2048), 'UTF8') FROM 23 FOR 5) AS b FROM wire;
\copy long TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
-- cut off, too long, empty
\copy (SELECT substr(b, 1, length(b) - 1) FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
\copy (SELECT b || '\x00' FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
\copy (SELECT ''::bytea FROM wire) TO 'results/term_summary_wire.bin' (FORMAT binary)
\copy received FROM 'results/term_summary_wire.bin' (FORMAT binary)
SELECT s AS only_the_good_ones FROM received;
