--
-- journey_flow: bad input gets a clear error and a hint, and binary input trusts no byte.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA flow_refused_test;
SET search_path = flow_refused_test, public;

-- texts that are none
SELECT text, pg_temp.detail_of(format('SELECT %L::journey_flow', text)) FROM unnest(ARRAY[
	'', 'a', '{', '{(start)}', '{(start) > a}', '{(start) > a = }', '{(start) > a = 0, a > (end) = 0}',
	'{(start) > a = -1}', '{(start) > a = 1, a > (end) = 1} x', '{(start) > a = 1 a > (end) = 1}',
	'{(start) > (end) = 1}', '{(end) > a = 1}', '{a > (start) = 1}', '{(start) > "" = 1}', '{(start) > "a = 1}',
	'{(start) > a = 9223372036854775808}',
	'{(start) > a = 1}', '{(start) > a = 2, a > (end) = 1}', '{(start) > a = 1, b > (end) = 1}',
	'{(start) > a = 9223372036854775807, a > (end) = 9223372036854775807}',
	'{(start) > a = 1, a > (end) = 1, a > a = 9223372036854775807 in 0us [0:9223372036854775807]}']) text;
-- the times of an edge
SELECT edge, pg_temp.detail_of(format('SELECT ''{(start) > a = 1, %s, b > (end) = 1}''::journey_flow', edge))
  FROM unnest(ARRAY[
	'a > b = 1', 'a > b = 1 in 5', 'a > b = 1 in 5us', 'a > b = 1 in 5us []', 'a > b = 1 in 5us [5:1, 6:1]',
	'a > b = 1 in 6us [5:1]', 'a > b = 1 in 5us [3776:1]', 'a > b = 1 in 5us [5:0]',
	'a > b = 1 in 340282366920938463463374607431768211456us [5:1]',
	'a > b = 1 in 5us [5:9223372036854775807, 6:9223372036854775807, 7:3]',
	'a > b = 1 in 5us [4:1, 4:1]', 'a > b = 1 in 5us [5:1, 4:1]', 'a > b = 1 in 5us [4+01]',
	'a > b = 1 in 5us [3775+11]']) edge;
-- the most there can be
SELECT f, pg_temp.detail_of(format('SELECT %L::journey_flow + %L', f, f))
  FROM (VALUES ('{(start) > a = 4611686018427387903, a > (end) = 4611686018427387903}'::journey_flow)) v(f);
-- arguments, and state functions outside an aggregate
SELECT call, pg_temp.error_of('SELECT ' || call, ' | ')
  FROM unnest(ARRAY['flow_mermaid(''{}'', 0)', 'flow_mermaid(''{}'', -5)',
                    'cxjourney_internal.journey_flow_accum(NULL, ''{}'')',
                    'cxjourney_internal.journey_flow_combine(''{}'', ''{}'')', 'flow_agg(1)']) call;

-- binary: version 1, reserved, 2 stages (1 'a', 1 'b'), 3 edges (from, to, transitions; between stages 1 bucket, sum,
-- (5, 1))
CREATE TABLE received (f journey_flow);
CREATE TABLE wire AS
SELECT cxjourney_internal.journey_flow_send('{(start) > a = 1, a > b = 1 in 5us [5:1], b > (end) = 1}') AS b;
SELECT b FROM wire;
\copy (SELECT b FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
-- version 2
\copy (SELECT set_byte(b, 0, 2) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
-- the flag of a state
\copy (SELECT set_byte(b, 1, 1) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
-- 16 million stages
\copy (SELECT set_byte(b, 2, 1) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
-- a label of 2 billion bytes, of 0 bytes, with a control character, that is no UTF-8
\copy (SELECT set_byte(b, 6, 127) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
\copy (SELECT overlay(b PLACING '\x00000000' FROM 7 FOR 5) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 10, 7) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 10, 255) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
-- two stages with one label are one stage
\copy (SELECT set_byte(b, 15, 97) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
-- a stage that no edge has
\copy (SELECT set_byte(b, 87, 1) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
-- more edges than the message holds, fewer edges
\copy (SELECT set_byte(b, 18, 1) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 19, 2) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
-- a stage that there is not
\copy (SELECT set_byte(b, 27, 3) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
-- transitions of 0, below 0
\copy (SELECT set_byte(b, 35, 0) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 28, 128) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
-- from (start) to (end)
\copy (SELECT set_byte(b, 27, 0) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
-- another sum, no bucket, many buckets, a bucket that there is not, counts of 0 and below
\copy (SELECT set_byte(b, 56, 1) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 55, 0) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 52, 1) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 72, 1) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 83, 0) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 76, 255) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
-- cut off, too long, empty
\copy (SELECT substr(b, 1, length(b) - 1) FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
\copy (SELECT b || '\x00' FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
\copy (SELECT ''::bytea FROM wire) TO 'results/flow_refused.bin' (FORMAT binary)
\copy received FROM 'results/flow_refused.bin' (FORMAT binary)
SELECT f AS only_the_good_ones FROM received;
