--
-- Journeys: bad input gets a clear error, its SQLSTATE and a hint, and binary input trusts no byte.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set VERBOSITY default
\set SHOW_CONTEXT never
\pset format unaligned
SET timezone = 'UTC';

-- texts that are none
SELECT input, pg_temp.error_of(format('SELECT %L::journey', input)) FROM unnest(ARRAY[
	'', 'a@2026-01-01', '{', '{a', '{a@', '{a@2026', '{a@2026-01-01', '{a@2026-01-01,', '{a@2026-01-01,}',
	'{,a@2026-01-01}', '{a@2026-01-01} x', '{a@2026-01-01}}', '{a b@2026-01-01}', '{"a@2026-01-01}', '{""@2026-01-01}',
	'{@2026-01-01}',
	'{a@2026-13-01}', '{a@2026-02-29}', '{a@2026-01-01T24:00:00Z}', '{a@2026-01-01T10:60Z}',
	'{a@2026-01-01T10:00:60Z}', '{a@2026-01-01T10:00:00.1234567Z}', '{a@2026-01-01T10:00:00.Z}', '{a@2026-01-01T10Z}',
	'{a@2026-01-01T10:00+16}', '{a@26-01-01}', '{a@infinity}', '{a@-4713-11-23T23:59:59Z}', '{a@294277-01-01}',
	'{a@9999999-01-01}',
	'{a@2026-01-01#}', '{a@2026-01-01#x}', '{a@2026-01-01#9223372036854775808}', '{a@2026-01-01#1.5}',
	'{"tab' || chr(9) || '"@2026-01-01}', '{' || repeat('x', 256) || '@2026-01-01}', 'ąę{x@2026-01-01']) input;
SELECT visits(('{' || repeat('x', 255) || '@2026-01-01}')::journey) AS longest_label;

-- what is no visit
SELECT pg_temp.error_of('SELECT journey_agg(''a'', ''infinity''::timestamptz)') AS infinite;
SELECT pg_temp.error_of('SELECT journey_agg(''a'', ''-infinity''::timestamptz, 1)') AS before_all;
SELECT pg_temp.error_of('SELECT journey_agg('''', now())') AS empty_label;
SELECT pg_temp.error_of('SELECT journey_agg(repeat(''x'', 256), now())') AS long_label;
SELECT pg_temp.error_of('SELECT journey_agg(E''a\nb'', now())') AS line_break;
SELECT pg_temp.error_of('SELECT journey_agg(i::text, now()) FROM generate_series(1, 65537) i') AS labels;
SELECT count(*) AS states, max(visits(j)) AS most
  FROM (SELECT journey_agg(i::text, now()) AS j FROM generate_series(1, 65536) i) v;

-- arguments
SELECT pg_temp.error_of('SELECT stage_path(''{}'', 0)') AS most;
SELECT pg_temp.error_of('SELECT sessions(''{}'', ''1 month'')') AS month;
SELECT pg_temp.error_of('SELECT sessions(''{}'', ''-1 second'')') AS negative;
SELECT pg_temp.error_of('SELECT sessions(''{}'', ''200000000 days'')') AS too_long;

-- binary input trusts no byte: what is copied out here as bytea comes in as a journey
CREATE TEMP TABLE received (j journey);
CREATE TEMP TABLE wire (b bytea);
-- version 1, flags 2, labels 2 (1 'a', 1 'b'), visits 2 (time, seq, label)
INSERT INTO wire SELECT cxjourney_internal.journey_send('{a@2000-01-01#1, b@2000-01-02#2}');
SELECT b FROM wire;
-- whole and unchanged
\copy (SELECT b FROM wire) TO 'results/journey_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_wire.bin' (FORMAT binary)
-- the visits the other way round are the same journey
CREATE TEMP VIEW wire_backwards AS
SELECT substr(b, 1, 20) || substr(b, 41, 20) || substr(b, 21, 20) AS b FROM wire;
\copy (SELECT b FROM wire_backwards) TO 'results/journey_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_wire.bin' (FORMAT binary)
SELECT j FROM received;
-- version 2
\copy (SELECT set_byte(b, 0, 2) FROM wire) TO 'results/journey_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_wire.bin' (FORMAT binary)
-- the flag of a state
\copy (SELECT set_byte(b, 1, 3) FROM wire) TO 'results/journey_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_wire.bin' (FORMAT binary)
-- 16 million labels
\copy (SELECT set_byte(b, 2, 1) FROM wire) TO 'results/journey_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_wire.bin' (FORMAT binary)
-- a label of 2 billion bytes, of -1 bytes, of 0 bytes
\copy (SELECT set_byte(b, 6, 127) FROM wire) TO 'results/journey_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_wire.bin' (FORMAT binary)
\copy (SELECT overlay(b PLACING '\xffffffff' FROM 7) FROM wire) TO 'results/journey_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_wire.bin' (FORMAT binary)
\copy (SELECT overlay(b PLACING '\x00000000' FROM 7 FOR 5) FROM wire) TO 'results/journey_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_wire.bin' (FORMAT binary)
-- a label that is no UTF-8, and one with a control character
\copy (SELECT set_byte(b, 10, 255) FROM wire) TO 'results/journey_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 10, 7) FROM wire) TO 'results/journey_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_wire.bin' (FORMAT binary)
-- more visits than the message holds
\copy (SELECT set_byte(b, 19, 3) FROM wire) TO 'results/journey_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_wire.bin' (FORMAT binary)
-- a time out of range, a label that there is not
\copy (SELECT set_byte(b, 20, 128) FROM wire) TO 'results/journey_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 39, 2) FROM wire) TO 'results/journey_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_wire.bin' (FORMAT binary)
-- cut off, too long, empty
\copy (SELECT substr(b, 1, length(b) - 1) FROM wire) TO 'results/journey_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_wire.bin' (FORMAT binary)
\copy (SELECT b || '\x00' FROM wire) TO 'results/journey_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_wire.bin' (FORMAT binary)
\copy (SELECT ''::bytea FROM wire) TO 'results/journey_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_wire.bin' (FORMAT binary)
SELECT count(*) AS only_the_good_ones FROM received;

-- state functions are for aggregates only
SELECT pg_temp.error_of(call)
  FROM unnest(ARRAY['SELECT cxjourney_internal.journey_accum(''{}'', ''a'', now())',
                    'SELECT cxjourney_internal.journey_accum(NULL, ''a'', now(), 1)',
                    'SELECT cxjourney_internal.journey_combine(''{}'', ''{}'')']) call;

-- a state without a final function is a journey, too, wherever it goes
CREATE AGGREGATE pg_temp.unfinished(text, timestamptz) (SFUNC = cxjourney_internal.journey_accum, STYPE = journey);
CREATE TEMP TABLE kept AS
SELECT pg_temp.unfinished(i::text, at) AS u, journey_agg(i::text, at) AS j
  FROM (SELECT i, '2026-01-01'::timestamptz + i % 3 * interval '1 day' AS at FROM generate_series(1, 100) i) v;
SELECT u = j AS equal,
       u::text = j::text AS same_text,
       cxjourney_internal.journey_send(u) = cxjourney_internal.journey_send(j) AS same_binary,
       cxjourney_internal.journey_hash(u) = cxjourney_internal.journey_hash(j) AS same_hash,
       visits(u) = visits(j) AS same_visits,
       (SELECT journey_agg(u) FROM kept) = j AS same_merged,
       (u || '{}') = j AS same_concatenated
  FROM kept;
-- and one may begin with a journey
CREATE AGGREGATE pg_temp.from_birth(text, timestamptz) (
	SFUNC = cxjourney_internal.journey_accum, STYPE = journey, FINALFUNC = cxjourney_internal.journey_final,
	INITCOND = '{birth@1990-01-01}');
SELECT pg_temp.from_birth('a', '2026-01-01');
