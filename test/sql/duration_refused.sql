--
-- duration_summary: bad input gets a clear error and a hint, and binary input trusts no byte.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA duration_refused_test;
SET search_path = duration_refused_test, public;
SET timezone = 'UTC';
SET intervalstyle = 'postgres';

-- durations: one bad one ends the aggregate, and the hint says how to leave it out
CREATE TABLE mixed AS SELECT d::interval FROM unnest(ARRAY['1:00', '-1 us', '3:00', NULL]) d;
SELECT pg_temp.error_of('SELECT duration_agg(d) FROM mixed', ' | ');
SELECT duration_percentile(duration_agg(d) FILTER (WHERE d >= '0'), 0.5), count(*) FILTER (WHERE d < '0') AS negative
  FROM mixed;
SELECT d, pg_temp.error_of(format('SELECT duration_agg(%L::interval)', d), ' | ')
  FROM unnest(ARRAY['1 month', '1 year', '-1 us', '-1 day 23:00', '2000000000 days']) d;
-- shares that are none
SELECT q, pg_temp.error_of(format('SELECT duration_percentile(''{}'', %L)', q), ' | ')
  FROM unnest(ARRAY['-0.1', '1.1', 'NaN', 'Infinity']) q;
-- state functions outside an aggregate, and too many durations
SELECT call, pg_temp.error_of('SELECT ' || call, ' | ') FROM unnest(ARRAY[
	'cxjourney_internal.duration_summary_accum(NULL, ''1 s'')',
	'cxjourney_internal.duration_summary_combine(''{}'', ''{}'')',
	'''{9223372036854775807 in 0us [0:9223372036854775807]}''::duration_summary + ''{1 in 0us [0:1]}''']) call;
-- texts that are none
SELECT text, pg_temp.detail_of(format('SELECT %L::duration_summary', text)) FROM unnest(ARRAY[
	'', '{', '{1}', '{1 in}', '{1 in 5}', '{1 in 5us}', '{1 in 5us []}', '{1 in 5us [5]}', '{1 in 5us [5:1}',
	'{1 in 5us [5:1]', '{1 in 5us [5:1]} x', '{2 in 5us [5:1]}', '{1 in 6us [5:1]}', '{0 in 0us [5:0]}',
	'{2 in 10us [40:1, 40:1]}', '{2 in 81us [41:1, 40:1]}', '{2 in 80us [40+1, 40:1]}',
	'{1 in 5us [5+]}', '{1 in 5us [5+0]}', '{1 in 5us [5+.1]}', '{2 in 5us [5+1.01]}', '{2 in 5us [3775+11]}',
	'{1 in 5us [5+BQTWMIEIZHXRZ8]}', '{2 in 11us [6:1, 5:1]}', '{1 in 5us [3776:1]}',
	'{1 in 5us [5:9223372036854775808]}', '{1 in 999999999999999999999999999999999999999us [5:1]}',
	'{-1 in 5us [5:1]}']) text;

-- binary: version 1, reserved, 2 buckets, sum (16), (number, count) twice
CREATE TABLE received (s duration_summary);
CREATE TABLE wire AS SELECT cxjourney_internal.duration_summary_send('{3 in 121us [40:2, 41:1]}') AS b;
SELECT b FROM wire;
-- version 2, the flag of a state
\copy (SELECT set_byte(b, 0, 2) FROM wire) TO 'results/duration_refused.bin' (FORMAT binary)
\copy received FROM 'results/duration_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 1, 1) FROM wire) TO 'results/duration_refused.bin' (FORMAT binary)
\copy received FROM 'results/duration_refused.bin' (FORMAT binary)
-- another sum, many buckets, one bucket
\copy (SELECT set_byte(b, 21, 1) FROM wire) TO 'results/duration_refused.bin' (FORMAT binary)
\copy received FROM 'results/duration_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 2, 255) FROM wire) TO 'results/duration_refused.bin' (FORMAT binary)
\copy received FROM 'results/duration_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 5, 1) FROM wire) TO 'results/duration_refused.bin' (FORMAT binary)
\copy received FROM 'results/duration_refused.bin' (FORMAT binary)
-- a bucket twice, one that there is not, counts of 0 and below
\copy (SELECT set_byte(b, 37, 40) FROM wire) TO 'results/duration_refused.bin' (FORMAT binary)
\copy received FROM 'results/duration_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 34, 1) FROM wire) TO 'results/duration_refused.bin' (FORMAT binary)
\copy received FROM 'results/duration_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 33, 0) FROM wire) TO 'results/duration_refused.bin' (FORMAT binary)
\copy received FROM 'results/duration_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 26, 128) FROM wire) TO 'results/duration_refused.bin' (FORMAT binary)
\copy received FROM 'results/duration_refused.bin' (FORMAT binary)
-- cut off, too long, empty
\copy (SELECT substr(b, 1, length(b) - 1) FROM wire) TO 'results/duration_refused.bin' (FORMAT binary)
\copy received FROM 'results/duration_refused.bin' (FORMAT binary)
\copy (SELECT b || '\x00' FROM wire) TO 'results/duration_refused.bin' (FORMAT binary)
\copy received FROM 'results/duration_refused.bin' (FORMAT binary)
\copy (SELECT ''::bytea FROM wire) TO 'results/duration_refused.bin' (FORMAT binary)
\copy received FROM 'results/duration_refused.bin' (FORMAT binary)
SELECT count(*) AS none FROM received;
