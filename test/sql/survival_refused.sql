--
-- journey_survival: bad input gets a clear error and a hint, and binary input trusts no byte.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA survival_refused_test;
SET search_path = survival_refused_test, public;
SET timezone = 'UTC';
SET intervalstyle = 'postgres';

-- waits: one bad one ends the aggregate, and the hint says how to leave it out
SELECT w, pg_temp.error_of(format('SELECT survival_agg(%L::interval, true)', w), ' | ')
  FROM unnest(ARRAY['1 month', '-1 us', '-1 day 23:00', '2000000000 days']) w;
SELECT survival_agg(w, true) FILTER (WHERE w >= '0'), count(*) FILTER (WHERE w < '0') AS negative
  FROM unnest('{1:00,-1 us,3:00}'::interval[]) w;
-- what is no stage, and no time
SELECT call, pg_temp.error_of(format('SELECT %s FROM (VALUES (''{a@2026-01-01}''::journey)) v(j)', call), ' | ')
  FROM unnest(ARRAY[
	'survival_agg(j, NULL, ''b'', ''2026-01-02'')', 'survival_agg(j, ''a'', NULL, ''2026-01-02'')',
	'survival_agg(j, ''a'', ''b'', NULL)', 'survival_agg(j, ''a'', ''b'', ''infinity'')',
	'survival_agg(j, ''a'', ''b'', ''-infinity'')', 'survival_agg(j, ''a > b'', ''c'', ''2026-01-02'')',
	'survival_agg(j, ''a'', '''', ''2026-01-02'')', 'gap_agg(j, NULL, ''2026-01-02'')', 'gap_agg(j, ''a'', NULL)',
	'gap_agg(j, E''a\nb'', ''2026-01-02'')', 'gap_agg(j, ''a'', ''infinity'')']) call;
-- a NULL journey is left out whatever stands beside it
SELECT survival_agg(NULL::journey, NULL, NULL, NULL) IS NULL AS left_out;
-- waits for different things do not add up, nor are they compared
CREATE TABLE kind AS SELECT s::journey_survival FROM unnest(ARRAY[
	'{from a to b [5: 1 + 0 in 5us]}', '{from a to c [5: 1 + 0 in 5us]}', '{from b to b [5: 1 + 0 in 5us]}',
	'{gaps of b [5: 1 + 0 in 5us]}', '{[5: 1 + 0 in 5us]}']) s;
SELECT count(*) AS pairs,
       count(*) FILTER (WHERE pg_temp.message_of(format('SELECT %L::journey_survival + %L', a.s, b.s))
		NOT LIKE '22023 waits % do not belong together') AS added,
       count(*) FILTER (WHERE pg_temp.message_of(format('SELECT survival_test(%L, %L)', a.s, b.s))
		NOT LIKE '22023 waits % do not belong together') AS compared,
       count(*) FILTER (WHERE pg_temp.message_of(format(
		'SELECT survival_agg(s) FROM (VALUES (%L::journey_survival), (%L)) v(s)', a.s, b.s))
		NOT LIKE '22023 waits % do not belong together') AS merged
  FROM kind a, kind b WHERE a.s <> b.s;
SELECT pg_temp.error_of('SELECT survival_agg(s) FROM kind');
SELECT pg_temp.error_of('SELECT survival_agg(j, f, ''b'', ''2026-01-02'')
	FROM (VALUES (''{a@2026-01-01}''::journey, ''a''), (''{a@2026-01-01}'', ''c'')) v(j, f)') AS other_stage;
SELECT pg_temp.error_of('SELECT ''{[0: 9223372036854775807 + 0 in 0us]}''::journey_survival + ''{[5: 0 + 1 in 5us]}''')
       AS too_many;
-- levels, fractions and times that are none
SELECT call, pg_temp.error_of('SELECT ' || call, ' | ') FROM unnest(ARRAY[
	'survival_curve(''{[]}'', 0)', 'survival_curve(''{[]}'', 1)', 'survival_curve(''{[]}'', ''NaN'')',
	'survival_percentile(''{[]}'', -0.1)', 'survival_percentile(''{[]}'', 1.1)',
	'survival_percentile(''{[]}'', ''NaN'')', 'survival_share(''{[]}'', ''-1 s'')',
	'survival_share(''{[]}'', ''1 month'')', 'survival_chance(''{[]}'', ''-1 s'', ''1 s'')',
	'survival_chance(''{[]}'', ''1 s'', ''-1 s'')', 'survival_at_risk(''{[]}'', ''-1 s'')']) call;
-- state functions outside an aggregate
SELECT call, pg_temp.error_of('SELECT cxjourney_internal.journey_survival_' || call, ' | ') FROM unnest(ARRAY[
	'accum(NULL, ''{}'', ''a'', ''b'', ''2026-01-01'')', 'accum_gaps(NULL, ''{}'', ''a'', ''2026-01-01'')',
	'accum_wait(NULL, ''1 s'', true)', 'combine(''{[]}'', ''{[]}'')']) call;
-- texts and JSON that are none
SELECT text, pg_temp.detail_of(format('SELECT %L::journey_survival', text)) FROM unnest(ARRAY[
	'', '{', '{}', '{[', '{[]', '{[]} x', '{from a []}', '{from a to []}', '{gaps of []}', '{gaps of a b []}',
	E'{gaps of "a\nb" []}', '{[5]}', '{[5:]}', '{[5: 1]}', '{[5: 1 + 0]}', '{[5: 1 + 0 in]}', '{[5: 1 + 0 in 5]}',
	'{[5: 1 + 0 in 5us 6: 1 + 0 in 6us]}', '{[5: 1 + 0 in 6us]}', '{[5: 1 + 0 in 4us]}', '{[5: 0 + 0 in 0us]}',
	'{[5: -1 + 2 in 5us]}', '{[6: 1 + 0 in 6us, 5: 1 + 0 in 5us]}', '{[5: 1 + 0 in 5us, 5: 1 + 0 in 5us]}',
	'{[10579: 1 + 0 in 5us]}', '{[5: 9223372036854775808 + 0 in 5us]}',
	'{[0: 9223372036854775807 + 1 in 0us]}', '{[5: 1 + 0 in 999999999999999999999999999999999999999999us]}',
	'{"waits": 5}', '{"waits": [], "to": "a"}', '{"from": "a", "waits": []}',
	'{"waits": [{"bucket": 5, "reached": 1, "microseconds": 5}]}']) text;

-- binary: version 1, flags, kind, 2 labels, 2 buckets of number (4), reached (8), censored (8), sum (16)
CREATE TABLE received (s journey_survival);
CREATE TABLE wire AS
SELECT cxjourney_internal.journey_survival_send('{from a to b [5: 2 + 0 in 10us, 164: 0 + 1 in 200us]}') AS b;
SELECT b FROM wire;
-- another version, a flag, another kind
\copy (SELECT set_byte(b, 0, 2) FROM wire) TO 'results/survival_refused.bin' (FORMAT binary)
\copy received FROM 'results/survival_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 1, 1) FROM wire) TO 'results/survival_refused.bin' (FORMAT binary)
\copy received FROM 'results/survival_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 2, 3) FROM wire) TO 'results/survival_refused.bin' (FORMAT binary)
\copy received FROM 'results/survival_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 2, 2) FROM wire) TO 'results/survival_refused.bin' (FORMAT binary)
\copy received FROM 'results/survival_refused.bin' (FORMAT binary)
-- a label that is none, many buckets, one bucket
\copy (SELECT set_byte(b, 7, 9) FROM wire) TO 'results/survival_refused.bin' (FORMAT binary)
\copy received FROM 'results/survival_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 13, 255) FROM wire) TO 'results/survival_refused.bin' (FORMAT binary)
\copy received FROM 'results/survival_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 16, 1) FROM wire) TO 'results/survival_refused.bin' (FORMAT binary)
\copy received FROM 'results/survival_refused.bin' (FORMAT binary)
-- another bucket, a sum, a count below 0
\copy (SELECT set_byte(b, 20, 200) FROM wire) TO 'results/survival_refused.bin' (FORMAT binary)
\copy received FROM 'results/survival_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 52, 11) FROM wire) TO 'results/survival_refused.bin' (FORMAT binary)
\copy received FROM 'results/survival_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 21, 128) FROM wire) TO 'results/survival_refused.bin' (FORMAT binary)
\copy received FROM 'results/survival_refused.bin' (FORMAT binary)
-- cut off, too long, empty
\copy (SELECT substr(b, 1, length(b) - 1) FROM wire) TO 'results/survival_refused.bin' (FORMAT binary)
\copy received FROM 'results/survival_refused.bin' (FORMAT binary)
\copy (SELECT b || '\x00' FROM wire) TO 'results/survival_refused.bin' (FORMAT binary)
\copy received FROM 'results/survival_refused.bin' (FORMAT binary)
\copy (SELECT ''::bytea FROM wire) TO 'results/survival_refused.bin' (FORMAT binary)
\copy received FROM 'results/survival_refused.bin' (FORMAT binary)
SELECT count(*) AS none FROM received;
SET client_min_messages = warning;
DROP SCHEMA survival_refused_test CASCADE;
