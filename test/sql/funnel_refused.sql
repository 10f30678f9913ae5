--
-- journey_funnel: bad input gets a clear error and a hint, and binary input trusts no byte.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA funnel_refused_test;
SET search_path = funnel_refused_test, public;
SET intervalstyle = 'postgres';

CREATE TABLE small AS SELECT n, j::journey FROM (VALUES
	(1, '{search@2026-01-05, payment@2026-01-06}'), (2, '{search@2026-01-06}'), (3, '{payment@2026-01-07}'),
	(4, NULL)) v(n, j);
-- paths, and longest times
SELECT call, pg_temp.error_of(format('SELECT %s FROM small', call), ' | ') FROM unnest(ARRAY[
	'funnel_agg(j, NULL, ''1 day'')', 'funnel_agg(j, ''search >'', NULL)', 'funnel_agg(j, ''search'', ''-1 second'')',
	'funnel_agg(j, ''search'', ''1 month'')', 'funnel_agg(j, ''search'', ''106751992 days'')',
	'(SELECT funnel_agg(j, NULL) FROM small)']) call;
-- that differ within a group; no limit is one too
SELECT call, pg_temp.error_of(format('SELECT %s FROM small', call), ' | ') FROM unnest(ARRAY[
	'funnel_agg(j, CASE WHEN n < 3 THEN ''a'' ELSE ''a|b'' END::journey_path, NULL)',
	'funnel_agg(j, ''a'', CASE WHEN n < 3 THEN interval ''1 day'' END)', 'funnel_agg(j, ''a'', n * interval ''1 day'')',
	'funnel_agg(j, ''search > payment'') + funnel_agg(j, ''search > payment'', ''1 day'')']) call;
-- that differ between what is added up
SELECT a, b, pg_temp.error_of(format('SELECT %L::journey_funnel + %L', a, b), ' | ') AS added,
       pg_temp.error_of(format('SELECT %L::journey_funnel + %L', a, b))
       = pg_temp.error_of(format('SELECT funnel_agg(f) FROM (VALUES (%L::journey_funnel), (%L)) v(f)', a, b))
       AS merged_too
  FROM (VALUES ('{a > b; 0, 0}', '{a > c; 0, 0}'), ('{a; 0}', '{a; within 1 day; 0}'),
               ('{a; within 1 hour; 1}', '{a; within 2 hours; 1}')) v(a, b);
-- state functions outside an aggregate
SELECT call, pg_temp.error_of('SELECT ' || call, ' | ') FROM unnest(ARRAY[
	'cxjourney_internal.journey_funnel_accum(NULL, ''{}'', ''a'', NULL)',
	'cxjourney_internal.journey_funnel_accum(NULL, ''{}'', ''a'')',
	'cxjourney_internal.journey_funnel_combine(''{a; 0}'', ''{a; 0}'')']) call;

-- texts that are none
SELECT text, pg_temp.detail_of(format('SELECT %L::journey_funnel', text)) FROM unnest(ARRAY[
	'', 'a', '{', '{}', '{a}', '{a;}', '{a >; 0, 0}', '{"a; 0}', '{a; -1}', '{a; 9223372036854775808}',
	'{a; within 1 day}', '{a; within 1 day; }', '{a; 1', '{a; 1} x', '{a; 1, 1}', '{a > b; 1}', '{a; within; 1}',
	'{a; within -1 day; 1}', '{a; within 1 month; 1}', '{a; within 1 day, 1}', '{a; customers 1; 1}',
	'{a? ; 1}', '{a >[1 month] b; 0, 0}', '{' || repeat('a > ', 64) || 'a; 0}',
	'{a > b; 1, 1 in}', '{a > b; 1, 1 in 5}', '{a > b; 1, 1 in 5us}', '{a > b; 1, 1 in 5us []}',
	'{a > b; 1, 1 in 5us [3776:1]}', '{a > b; 1, 1 in 5us [5 1]}', '{a > b; 1, 1 in 5us [5:1}',
	'{a > b; 1, 1 in 340282366920938463463374607431768211456us [5:1]}',
	'{a > b; 0, 1 in 5us [5:1]}', '{a? > b; 2, 1}', '{a & b?; 1, 2}',
	'{a > b > c; 3, 1 in 5us [5:1], 2 in 10us [5:2]}',
	'{a > b; 1, 1}', '{a > b; 1 in 5us [5:1], 0}', '{a > b; 1, 1 in 6us [5:1]}', '{a > b; 2, 2 in 5us [5:1]}',
	'{a > b; 1, 1 in 5us [5:1, 6:0]}', '{a > b; 1, 0 in 5us [5:1]}',
	'{a > b; within 00:00:00.000004; 1, 1 in 5us [5:1]}',
	'{a > b; 9223372036854775807, 1 in 5us [5:9223372036854775807, 6:9223372036854775807, 7:3]}',
	'{a > b; unseen; 1, 0}', '{a > b; unseen 0; 1, 0}', '{a > b; unseen 3; 1, 0}', '{a > b; unseen 2, 2; 1, 0}',
	'{a > b; unseen 2, 1; 0, 0}', '{a > b; unseen 2 1, 0}', '{a > b; unseen 2; within 1 day; 1, 0}',
	'{a > b; unseen 1; 1, 0}', '{a > b; unseen 2; 1, 1 in 5us [5+1]}', '{a & b; unseen 1; 2, 1 in 5us [5+1]}',
	'{a > b?; unseen 2; 1, 1 in 5us [5+1]}',
	'{a > b; 2, 2 in 10us [5:1, 5:1]}', '{a > b; 2, 2 in 9us [5:1, 4:1]}', '{a > b; 1, 1 in 5us [5+0]}',
	'{a > b; 1, 1 in 5us [5+1.]}', '{a > b; 1, 1 in 5us [3775+11]}',
	'{a > b; total 5us [5+1]; 1, 1 in 5us [5+1]}', '{a > b > c; total; 1, 0, 0}',
	'{a > b > c; total 13us [13+1]; 1, 1 in 5us [5+1], 1 in 7us [7+1]}',
	'{a > b > c; total 12us [12+1]; 2, 2 in 10us [5+2], 2 in 14us [7+2]}',
	'{a > b; 2 worth, 0}', '{a > b; 2 worth 0.00001, 0}', '{a > b; 1 worth 10000000000000, 0}',
	'{a > b; 1, 0 worth 0}']) text;

-- shortest times are nothing for a contrast, which has a landmark, and for a plan
SELECT call, pg_temp.error_of('SELECT ' || call, ' | ')
  FROM unnest(ARRAY[
	'contrast_agg(''{}''::journey, ''a >[>= 1 day] b'', ''9 days'', ''1 day'', ''2026-01-01'')',
	'journey_deviation(''{}'', ''a >[>= 1 day] b'')']) call;

-- binary: version 1, the flag of a limit, within 9, path of 5 bytes 'a > b', items 1 and 2 seen; 2 reached a, no
-- buckets; 1 reached b, 1 bucket, sum 5, (5, 1)
CREATE TABLE received (f journey_funnel);
CREATE TABLE wire (b bytea);
INSERT INTO wire SELECT cxjourney_internal.journey_funnel_send('{a > b; within 9us; 2, 1 in 5us [5:1]}');
SELECT b FROM wire;
\copy (SELECT b FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
-- version 2
\copy (SELECT set_byte(b, 0, 2) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
-- a flag that there is not; without the limit that comes
\copy (SELECT set_byte(b, 1, 9) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 1, 0) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
-- a window of -1 is an error, of 4 is too short for the time
\copy (SELECT overlay(b PLACING '\xffffffffffffffff' FROM 3 FOR 8) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 9, 4) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
-- the values of steps: of one that there is not, of the first one too large, missing
CREATE VIEW wire_value AS SELECT set_byte(b, 1, 5) AS b FROM wire;
\copy (SELECT b || '\x0000000000000004' FROM wire_value) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
CREATE VIEW wire_too_large AS
SELECT b || '\x0000000000000001'::bytea || '\x00000000000000010000000000000000' AS b FROM wire_value;
\copy (SELECT b FROM wire_too_large) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT b || '\x00000000000000010000000000000001' FROM wire_value) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
-- the whole way of a path of two steps; one that took 3 where the steps took 2
CREATE VIEW wire_total AS
SELECT overlay(set_byte(b, 1, 3)
               PLACING '\x0000000100000000000000000000000000000005000000050000000000000001' FROM 28 FOR 0) AS of_two,
       set_byte(of_three, position('\x00000002'::bytea IN of_three) + 2, 3) AS longer
  FROM wire,
       cxjourney_internal.journey_funnel_send('{a>b>c; total 2us [2:1]; 1, 1 in 1us [1:1], 1 in 1us [1:1]}')
       AS of_three;
\copy (SELECT of_two FROM wire_total) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT longer FROM wire_total) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
-- a path of 2 billion bytes, of 0 bytes, that is none, of more steps, with a zero byte, that is no UTF-8
\copy (SELECT set_byte(b, 10, 127) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT overlay(b PLACING '\x00000000' FROM 11 FOR 9) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 14, 62) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT overlay(b PLACING '\x623e613e63' FROM 15 FOR 5) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 14, 0) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 14, 255) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
-- seen: not the step that was reached, an item that there is not
\copy (SELECT set_byte(b, 26, 1) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 26, 7) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
-- fewer at the first step than at the second, fewer than none
\copy (SELECT set_byte(b, 34, 0) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 27, 128) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
-- buckets of the first step, many buckets, none
\copy (SELECT set_byte(b, 38, 1) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 47, 1) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 50, 0) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
-- another sum, a bucket that there is not, counts of 0 and below
\copy (SELECT set_byte(b, 66, 6) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 67, 1) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 78, 0) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 71, 255) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
-- cut off, too long, empty
\copy (SELECT substr(b, 1, length(b) - 1) FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT b || '\x00' FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
\copy (SELECT ''::bytea FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
SELECT f AS only_the_good_ones FROM received;
-- without a limit there is none, and no visit to b was seen
TRUNCATE wire, received;
INSERT INTO wire SELECT cxjourney_internal.journey_funnel_send('{a > b; unseen 2; 2, 0}');
SELECT b FROM wire;
\copy (SELECT b FROM wire) TO 'results/funnel.bin' (FORMAT binary)
\copy received FROM 'results/funnel.bin' (FORMAT binary)
SELECT f FROM received;
