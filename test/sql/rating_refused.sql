--
-- Bad input: every one gets a clear error, its SQLSTATE and a hint.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set VERBOSITY default
\set SHOW_CONTEXT never
\pset format unaligned

-- what is no score of the scale, in every type
SELECT score, pg_temp.error_of(format('SELECT nps_agg(%s)', score))
  FROM unnest(ARRAY['11', '-1', '11::smallint', '11::bigint', '4294967301', '8.5', '8.5::float8', '1e30',
                    '1e30::float8', '''NaN''::float8', '''NaN''::numeric', '''Infinity''::float8',
                    '''-Infinity''::numeric', '1e-30', '8.0000000000000000000000001']) score;
SELECT pg_temp.error_of('SELECT csat_agg(0)') AS csat;
SELECT pg_temp.error_of('SELECT ces_agg(8)') AS ces;
SELECT pg_temp.error_of('SELECT rating_agg(8, ''[1,7]'')') AS rating;
-- a score that another scale has, and one that none has that the hint could name
SELECT call, pg_temp.error_of('SELECT ' || call)
  FROM unnest(ARRAY[
	'rating_agg(10, int4range(0, 10))', $$rating_agg(0, '(0,10]')$$, 'csat_agg(7.0)', 'csat_agg(10::float8)',
	'csat_agg(11)', 'csat_agg(-1)', $$rating_agg(5, '[-3,3]')$$, $$rating_agg(7, '[200,205]')$$,
	$$rating_agg(0, '[1,100]')$$, 'csat_satisfied(6)']) call;
SELECT pg_temp.error_of('SELECT nps_group(11)') AS nps_group;
SELECT pg_temp.error_of('SELECT csat_satisfied(8.5, ''[1,7]'')') AS satisfied;

-- whole numbers in any type are scores
SELECT nps_agg(9::smallint), nps_agg(9), nps_agg(9::bigint), nps_agg(9.000), nps_agg(9::float8), nps_agg(9::real);

-- what is no scale
SELECT scale, pg_temp.error_of(format('SELECT rating_agg(5, %s)', scale))
  FROM unnest(ARRAY['''empty''', '''[5,5]''', '''[1,200]''', '''[1,]''', '''[,9]''', '''(,)''',
                    'int4range(0, 2147483647)', 'NULL']) scale;
SELECT pg_temp.error_of('SELECT rating_summary(''[0,2]'', ''{1,2}'')') AS too_few;
SELECT pg_temp.error_of('SELECT rating_summary(''[0,2]'', ''{{1,2,3}}'')') AS two_dimensions;
SELECT pg_temp.error_of('SELECT rating_summary(''[0,2]'', ''{1,NULL,2}'')') AS null_count;
SELECT pg_temp.error_of('SELECT rating_summary(''[0,2]'', ''{1,-2,2}'')') AS negative;
SELECT pg_temp.error_of('SELECT rating_summary(''[0,1]'', ''{9223372036854775807,1}'')') AS too_many;

-- scales and kinds that do not go together
SELECT pg_temp.error_of($$SELECT rating_agg(2, s) FROM unnest('{"[1,5]","[0,10]"}'::int4range[]) s$$) AS mixed_scales;
SELECT name, pg_temp.error_of(format('SELECT rating_agg(s) FROM unnest(%L::rating_summary[]) s', summaries))
  FROM (VALUES ('mixed_summaries', '{"[0,1]{1,2}","[0,2]{1,2,3}"}'),
               ('mixed_kinds', '{"[0,1]{1,2}","[0,1]{1:1:1,0:0:0}"}')) v(name, summaries);
SELECT pg_temp.error_of('SELECT nps(''[1,5]{0,2,5,9,4}'')') AS nps_of_csat;
SELECT pg_temp.error_of('SELECT nps_agg(rating_summary(''[1,5]'', ''{0,2,5,9,4}''))') AS nps_agg_of_csat;
SELECT pg_temp.error_of('SELECT promoters(''[1,5]{0,2,5,9,4}'')') AS promoters_of_csat;
SELECT pg_temp.error_of('SELECT csat_agg(5, ''[1,10]'')') AS csat_of_ten;
SELECT pg_temp.error_of('SELECT csat(rating_agg(5, ''[1,10]''))') AS csat_of_ten_summary;
SELECT pg_temp.error_of('SELECT csat(rating_agg(5, ''[1,10]''), 11)') AS cut_off_outside;
SELECT cut_off, pg_temp.error_of(format('SELECT csat_agg(5, ''[1,10]'', %s)', cut_off)) AS aggregate,
       pg_temp.error_of(format('SELECT csat_agg(''[1,10]{0,0,0,0,1,0,0,0,0,0}''::rating_summary, %s)',
                               cut_off)) AS of_summaries
  FROM unnest(ARRAY['0', '11', '-2147483648', '2147483647', 'NULL']) cut_off;
SELECT pg_temp.error_of('SELECT csat_agg(i, ''[1,7]'', 5 + i % 2) FROM generate_series(1, 7) i') AS an_integer_weight;
SELECT pg_temp.error_of($$SELECT csat_agg(i, '[1,7]', nullif(5, i)) FROM generate_series(1, 7) i$$)
       AS now_and_then_null;
SELECT to_regprocedure('csat_agg(integer, int4range, double precision)') IS NULL AS no_weights_of_csat;
SELECT to_regprocedure('ces_agg(integer, int4range, double precision)') IS NULL AS no_weights_of_ces;
SELECT pg_temp.error_of($$SELECT csat_agg('[0,1]{1,2}'::rating_summary, c) FROM unnest('{1,0}'::int[]) c$$)
       AS mixed_cut_offs;
SELECT name, pg_temp.error_of(format('SELECT csat_agg(s, 1) FROM unnest(%L::rating_summary[]) s', summaries))
  FROM (VALUES ('mixed_scales', '{"[0,1]{1,2}","[0,2]{1,2,3}"}'),
               ('mixed_kinds', '{"[0,1]{1,2}","[0,1]{1:1:1,0:0:0}"}')) v(name, summaries);
SELECT csat(rating_agg(score, '[1,10]'), 9) FROM generate_series(1, 10) score;

-- weights
SELECT weight, pg_temp.error_of(format('SELECT nps_agg(9, %s)', weight))
  FROM unnest(ARRAY['-1', '''NaN''', '''Infinity''', '1000000.1', '1e30']) weight;

-- text that is no summary
SELECT input, pg_temp.error_of(format('SELECT %L::rating_summary', input))
  FROM unnest(ARRAY['', '[', '[1,5', '1,5]{1,2,3,4,5}', '[1,5]', '[1,5]{', '[1,5]{1,2,3,4', '[1,5]{1,2,3,4,5',
                    '[1,5]{1,2,3,4,5} x', '[1,5]{1,2,3,4}', '[1,5]{1,2,3,4,5,6}', '[1,5]{1,2,,4,5}',
                    '[1,5]{1,2,three,4,5}', '[1,5]{1,2,3.5,4,5}', '[1,5){1,2,3,4}', '[5,1]{1}', '[5,5]{1}',
                    '[0,101]{1}', '[1,99999999999999999999]{1}', '[2147483646,2147483647]{1,1}',
                    '[-2147483649,0]{1}', '[0,1]{-1,1}', '[0,1]{9223372036854775808,0}',
                    '[0,1]{9223372036854775807,1}', '[0,1]{1:1:1,2}', '[0,1]{1,2:1:1}', '[0,1]{1:1,1:1}',
                    '[0,1]{0:1:1,0:0:0}', '[0,1]{1:0:0,0:0:0}', '[0,1]{1:2000000:1,0:0:0}',
                    '[0,1]{1:1:1000001,0:0:0}', '[0,1]{1:.5:1,0:0:0}', '[0,1]{1:0.0000000001:1,0:0:0}',
                    '[0,1]{1:-1:1,0:0:0}', '[0,1]{1:1e3:1,0:0:0}',
                    '[0,1]{1:999999999999999999999999999999999999999999:1,0:0:0}', 'ąę[0,1]{x}']) input;

-- binary input trusts no byte: what is copied out here as bytea comes in as a summary
CREATE TEMP TABLE received (s rating_summary);
CREATE TEMP TABLE wire (b bytea);
INSERT INTO wire SELECT cxjourney_internal.rating_summary_send('[0,1]{3:2.5:2.125,1:0.25:0.0625}');
SELECT b FROM wire;
-- whole and unchanged
\copy (SELECT b FROM wire) TO 'results/wire.bin' (FORMAT binary)
\copy received FROM 'results/wire.bin' (FORMAT binary)
SELECT s FROM received;
-- version 2
\copy (SELECT set_byte(b, 0, 2) FROM wire) TO 'results/wire.bin' (FORMAT binary)
\copy received FROM 'results/wire.bin' (FORMAT binary)
-- an unknown flag
\copy (SELECT set_byte(b, 1, 3) FROM wire) TO 'results/wire.bin' (FORMAT binary)
\copy received FROM 'results/wire.bin' (FORMAT binary)
-- 65282 points
\copy (SELECT set_byte(b, 2, 255) FROM wire) TO 'results/wire.bin' (FORMAT binary)
\copy received FROM 'results/wire.bin' (FORMAT binary)
-- 1 point
\copy (SELECT set_byte(b, 3, 1) FROM wire) TO 'results/wire.bin' (FORMAT binary)
\copy received FROM 'results/wire.bin' (FORMAT binary)
-- 3 points, more than the message holds
\copy (SELECT set_byte(b, 3, 3) FROM wire) TO 'results/wire.bin' (FORMAT binary)
\copy received FROM 'results/wire.bin' (FORMAT binary)
-- a scale that ends at the last integer
\copy (SELECT overlay(b PLACING '\x7ffffffe' FROM 5) FROM wire) TO 'results/wire.bin' (FORMAT binary)
\copy received FROM 'results/wire.bin' (FORMAT binary)
-- a negative count
\copy (SELECT set_byte(b, 8, 128) FROM wire) TO 'results/wire.bin' (FORMAT binary)
\copy received FROM 'results/wire.bin' (FORMAT binary)
-- two counts whose total is past 63 bits
UPDATE wire SET b = set_byte(set_byte(cxjourney_internal.rating_summary_send('[0,1]{3,1}'), 8, 127), 16, 127);
\copy wire TO 'results/wire.bin' (FORMAT binary)
UPDATE wire SET b = cxjourney_internal.rating_summary_send('[0,1]{3:2.5:2.125,1:0.25:0.0625}');
\copy received FROM 'results/wire.bin' (FORMAT binary)
-- a weight too large for its answers
\copy (SELECT set_byte(b, 24, 127) FROM wire) TO 'results/wire.bin' (FORMAT binary)
\copy received FROM 'results/wire.bin' (FORMAT binary)
-- a weight without answers
\copy (SELECT set_byte(b, 23, 0) FROM wire) TO 'results/wire.bin' (FORMAT binary)
\copy received FROM 'results/wire.bin' (FORMAT binary)
-- cut off, too long, empty
\copy (SELECT substr(b, 1, length(b) - 1) FROM wire) TO 'results/wire.bin' (FORMAT binary)
\copy received FROM 'results/wire.bin' (FORMAT binary)
\copy (SELECT b || '\x00' FROM wire) TO 'results/wire.bin' (FORMAT binary)
\copy received FROM 'results/wire.bin' (FORMAT binary)
\copy (SELECT ''::bytea FROM wire) TO 'results/wire.bin' (FORMAT binary)
\copy received FROM 'results/wire.bin' (FORMAT binary)
SELECT count(*) AS only_the_whole_one FROM received;

-- state functions are for aggregates only
SELECT call, pg_temp.error_of('SELECT cxjourney_internal.' || call) FROM unnest(ARRAY[
	$$nps_accum('[0,10]{0,0,0,0,0,0,0,0,0,0,0}', 9)$$, 'nps_accum(NULL, 9)',
	$$rating_accum_inv(NULL, 9, '[0,10]')$$, $$rating_accum(NULL, 9, '[0,10]', 1)$$,
	$$rating_combine('[0,1]{1,2}', '[0,1]{1,2}')$$, $$rating_combine_inv('[0,1]{1,2}', '[0,1]{1,2}')$$,
	$$csat_accum(NULL, 4, '[1,5]', 4)$$, $$csat_accum(NULL, '[0,1]{1,2}'::rating_summary, 1)$$,
	'csat_accum_inv(NULL, NULL::rating_summary, 1)', $$csat_combine('[0,1]{1,2}>=1', '[0,1]{1,2}>=1')$$]) call;

-- an aggregate of one's own may start anywhere, even near 2^63
CREATE AGGREGATE pg_temp.near_the_end(integer) (
	SFUNC = cxjourney_internal.nps_accum, STYPE = rating_summary, FINALFUNC = responses,
	INITCOND = '[0,10]{9223372036854775806,0,0,0,0,0,0,0,0,0,0}');
SELECT pg_temp.near_the_end(x) FROM generate_series(0, 0) x;
SELECT pg_temp.error_of('SELECT pg_temp.near_the_end(0) FROM generate_series(1, 2) x');
SELECT pg_temp.error_of('SELECT pg_temp.near_the_end(x) FROM generate_series(0, 1) x');
CREATE AGGREGATE pg_temp.other_state(integer) (
	SFUNC = cxjourney_internal.nps_accum, STYPE = rating_summary, FINALFUNC = nps,
	INITCOND = '[1,5]{1,0,0,0,0}');
SELECT pg_temp.error_of('SELECT pg_temp.other_state(9)');
SELECT pg_temp.error_of('SELECT pg_temp.other_state(3)');
CREATE AGGREGATE pg_temp.other_kind(integer, float8) (
	SFUNC = cxjourney_internal.nps_accum, STYPE = rating_summary, FINALFUNC = nps,
	INITCOND = '[0,10]{0,0,0,0,0,0,0,0,0,0,0}');
SELECT pg_temp.error_of('SELECT pg_temp.other_kind(9, 1)');

-- 128-bit sums of squares end too
SELECT pg_temp.error_of($$
	SELECT rating_agg('[0,1]{200000000:200000000000000:200000000000000000000,0:0:0}'::rating_summary)
	  FROM generate_series(1, 2)$$);

-- squared weights of all scores past 2^128 units: by +, merged, in a frame, by label; one of the sums is just below
CREATE TEMP TABLE heavy AS
SELECT score, rating_summary('[0,1]', CASE score WHEN 0 THEN '{200000000,0}' ELSE '{0,200000000}' END::bigint[])
	* 1e6 AS s
FROM generate_series(0, 1) score;
SELECT pg_temp.error_of('SELECT a.s + b.s FROM heavy a, heavy b WHERE a.score < b.score') AS two_scores,
	pg_temp.error_of('SELECT s + s FROM heavy') AS one_score;
SELECT call, pg_temp.message_of(format('SELECT %s FROM heavy', call))
FROM unnest(ARRAY['breakdown_agg(''x'', s)', 'rating_agg(s)', 'rating_agg(s) OVER (ORDER BY score)']) call
ORDER BY call;
SELECT round(effective_responses(s)) AS kish,
	round(standard_deviation(s + rating_summary('[0,1]', '{0,140000000}') * 1e6), 6) AS below
FROM heavy WHERE score = 0;

-- text that is no state of csat_agg
SELECT '[1,3]{1,1,2}'::cxjourney_internal.csat_state;
SELECT '[1,3]{1,1,2}>=4'::cxjourney_internal.csat_state;
SELECT '[1,3]{1,1,2}>=0'::cxjourney_internal.csat_state;
SELECT '[1,3]{1,1,2}>3'::cxjourney_internal.csat_state;
SELECT '[1,3]{1,1,2}>=3x'::cxjourney_internal.csat_state;
SELECT '[1,3]{1,1,2}>='::cxjourney_internal.csat_state;
SELECT '[1,3]{1,1}>=3'::cxjourney_internal.csat_state;
-- nor is a state a summary
SELECT '[1,3]{1,1,2}>=3'::rating_summary;
-- binary that is no state: a cut-off past the scale, one missing, too short
CREATE TEMP TABLE state_wire AS SELECT cxjourney_internal.csat_state_send('[1,3]{1,1,2}>=3') AS b;
SELECT b FROM state_wire;
\copy (SELECT set_byte(b, 3, 4) FROM state_wire) TO 'results/csat_wire.bin' (FORMAT binary)
CREATE TEMP TABLE arrived (state cxjourney_internal.csat_state);
\copy arrived FROM 'results/csat_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 3, 0) FROM state_wire) TO 'results/csat_wire.bin' (FORMAT binary)
\copy arrived FROM 'results/csat_wire.bin' (FORMAT binary)
\copy (SELECT substr(b, 1, 3) FROM state_wire) TO 'results/csat_wire.bin' (FORMAT binary)
\copy arrived FROM 'results/csat_wire.bin' (FORMAT binary)
SELECT count(*) AS none_arrived FROM arrived;

-- intervals, tests and sample sizes
SELECT nps_interval('[1,5]{1,2,3,4,5}');
SELECT nps_interval('[0,10]{0,0,0,0,0,0,0,0,0,0,1}', 95);
SELECT csat_interval('[1,5]{1,2,3,4,5}', 4, 0);
SELECT to_regprocedure('csat_interval(rating_summary, double precision)') IS NULL AS no_level_there;
SELECT ces_interval('[1,5]{1,2,3,4,5}', 'NaN');
SELECT csat_interval('[1,10]{1,2,3,4,5,6,7,8,9,10}');
SELECT csat_interval('[1,5]{1,2,3,4,5}', 0);
SELECT csat_test('[1,5]{1,2,3,4,5}', '[1,7]{1,2,3,4,5,6,7}');
SELECT ces_test('[1,5]{1,2,3,4,5}', '[1,7]{1,2,3,4,5,6,7}');
SELECT nps_test('[0,10]{0,0,0,0,0,0,0,0,0,0,1}', '[1,5]{1,2,3,4,5}');
SELECT nps_test('[0,10]{0,0,0,0,0,0,0,0,0,0,1}', '[0,10]{0,0,0,0,0,0,0,0,0,0,1}', 1);
SELECT nps_stderr('[1,5]{1,2,3,4,5}');
SELECT nps_sample_size(0);
SELECT nps_sample_size(-5);
SELECT nps_sample_size('Infinity');
SELECT nps_sample_size(1e-9);
SELECT nps_sample_size(5, 95);
SELECT nps_sample_size(5, 0.95, '[1,5]{1,2,3,4,5}');

-- quantiles
SELECT quantile('[1,5]{0,2,5,9,4}', 1.5);
SELECT quantile('[1,5]{0,2,5,9,4}', 'NaN');

-- JSON that is no summary
SELECT '{"scale": [0, 1]}'::jsonb::rating_summary;
SELECT '{"scale": [0, 1], "counts": [1, 2], "when": 1}'::jsonb::rating_summary;
SELECT '{"scale": [0, 1], "counts": [1, 2], "weights": [1, 2]}'::jsonb::rating_summary;
SELECT '{"scale": [0, 1], "counts": [1, 2], "weights": [1, 2, 3], "squared_weights": [1, 2]}'::jsonb::rating_summary;
SELECT '{"scale": [0, 1], "counts": [1, "2"]}'::jsonb::rating_summary;
SELECT '{"scale": [0, 1], "counts": [1, 2.5]}'::jsonb::rating_summary;
SELECT '{"scale": [0, 1], "counts": [1, 2, 3]}'::jsonb::rating_summary;
SELECT '{"scale": [0, 1, 2], "counts": [1, 2, 3]}'::jsonb::rating_summary;
SELECT '{"scale": "0..1", "counts": [1, 2]}'::jsonb::rating_summary;
SELECT '[0, 1]'::jsonb::rating_summary;
SELECT '1'::jsonb::rating_summary;
