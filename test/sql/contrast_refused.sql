--
-- journey_contrast: bad input gets a clear error and a hint, and binary input trusts no byte.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA contrast_refused_test;
SET search_path = contrast_refused_test, public;
SET timezone = 'UTC';
SET intervalstyle = 'postgres';

-- paths that customers cannot be asked for
SELECT path, pg_temp.error_of(format('SELECT contrast_agg(%L, %L, ''9 days'', ''3 days'', ''2026-01-20'')',
                                     '{a@2026-01-01}'::journey, path), ' | ')
  FROM unnest('{a & b,^a > b,a > b$,^a$,a? > b > c,a,a > b?}'::text[]) path;
-- times
SELECT within, landmark, until, pg_temp.error_of(format('SELECT contrast_agg(%L, ''a > b'', %L, %L, %L)',
                                                        '{a@2026-01-01}'::journey, within, landmark, until), ' | ')
  FROM (VALUES ('9 days', '9 days', '2026-01-20'), ('9 days', '10 days', '2026-01-20'), ('9 days', '0', '2026-01-20'),
               ('9 days', '-1 day', '2026-01-20'), ('0', '3 days', '2026-01-20'), ('1 month', '3 days', '2026-01-20'),
               ('9 days', '1 month', '2026-01-20'), (NULL, '3 days', '2026-01-20'), ('9 days', NULL, '2026-01-20'),
               ('9 days', '3 days', NULL), ('9 days', '3 days', 'infinity'), ('9 days', '3 days', '-infinity'),
               ('200000000 days', '3 days', '2026-01-20')) v(within, landmark, until);
SELECT pg_temp.error_of('SELECT contrast_agg(''{a@2026-01-01}'', NULL, ''9 days'', ''3 days'', ''2026-01-20'')');
-- a NULL journey is left out whatever stands beside it
SELECT contrast_agg(NULL::journey, NULL, NULL, NULL, NULL) IS NULL AS left_out;
-- contrasts of different things do not add up
CREATE TABLE kind AS SELECT c::journey_contrast FROM unnest(ARRAY[
	'{a > b; within 9 days; landmark 3 days; too recent 0, early 0, reached 1, missed 1; [c = 1 + 0]}',
	'{a > c; within 9 days; landmark 3 days; too recent 0, early 0, reached 1, missed 1; []}',
	'{a > b; within 8 days; landmark 3 days; too recent 0, early 0, reached 1, missed 1; []}',
	'{a > b; within 9 days; landmark 2 days; too recent 0, early 0, reached 1, missed 1; []}']) c;
SELECT count(*) AS pairs,
       count(*) FILTER (WHERE pg_temp.message_of(format('SELECT %L::journey_contrast + %L', a.c, b.c))
		NOT LIKE '22023 contrasts of % do not belong together') AS added,
       count(*) FILTER (WHERE pg_temp.message_of(format(
		'SELECT contrast_agg(c) FROM (VALUES (%L::journey_contrast), (%L)) v(c)', a.c, b.c))
		NOT LIKE '22023 contrasts of % do not belong together') AS merged
  FROM kind a, kind b WHERE a.c <> b.c;
SELECT pg_temp.error_of('SELECT contrast_agg(c ORDER BY c::text) FROM kind');
SELECT pg_temp.error_of('SELECT contrast_agg(''{a@2026-01-01}'', ''a > b'', ''9 days'', landmark, ''2026-01-20'')
	FROM unnest(''{3 days,4 days}''::interval[]) landmark') AS other_landmark;
SELECT part, pg_temp.error_of(format('SELECT c + c FROM (VALUES (replace(%L, %L, %L)::journey_contrast)) v(c)',
	'{a > b; within 9 days; landmark 3 days; too recent 0, early 0, reached 1, missed 1; [c = 1 + 0]}', part || ' 1',
	part || ' 4611686018427387904'), ' | ') AS too_many
  FROM unnest('{reached,missed}'::text[]) part;
-- state functions outside an aggregate
SELECT call, pg_temp.error_of('SELECT cxjourney_internal.journey_contrast_' || call, ' | ') FROM unnest(ARRAY[
	'accum(NULL, ''{}'', ''a > b'', ''9 days'', ''3 days'', ''2026-01-01'')', 'combine(c, c) FROM kind']) call;
-- texts and JSON that are none
SELECT text, pg_temp.detail_of(format('SELECT %L::journey_contrast', replace(replace(text, 'HEAD',
		'{a > b; within 9 days; landmark 3 days'), 'FEW', 'too recent 0, early 0, reached 1, missed 1')))
  FROM unnest(ARRAY['', '{', '{}', '{a > b', '{a > b}', '{a >; within 9 days}', '{a > b; landmark 3 days}',
	'{a > b; within 9; landmark 3 days}', '{a > b; within 9 days, landmark 3 days}', 'HEAD}', 'HEAD; FEW}',
	'HEAD; too recent 0; early 0, reached 1, missed 1; []}', 'HEAD; too recent -1, early 0, reached 1, missed 1; []}',
	'HEAD; too recent 0, early 9223372036854775808, reached 1, missed 1; []}', 'HEAD; FEW; []', 'HEAD; FEW; []} x',
	'HEAD; FEW; [c]}', 'HEAD; FEW; [c = 1]}', 'HEAD; FEW; [c = 1 + ]}', 'HEAD; FEW; [c = 1 + 1 d = 1 + 1]}',
	'HEAD; FEW; [c = 2 + 0]}', 'HEAD; FEW; [c = 1 + 0, c = 1 + 0]}', 'HEAD; FEW; [c = 0 + 0]}',
	'HEAD; FEW; [b = 1 + 0]}',
	E'HEAD; FEW; ["a\nb" = 1 + 0]}', 'HEAD; FEW; ["" = 1 + 0]}',
	'HEAD; too recent 9223372036854775807, early 0, reached 1, missed 1; []}',
	'{a & b; within 9 days; landmark 3 days; FEW; []}', '{a; within 9 days; landmark 3 days; FEW; []}',
	'{a > b; within 3 days; landmark 3 days; FEW; []}', '{a > b; within 3 days; landmark 0 days; FEW; []}',
	'{"path": "a > b"}', '{"path": "a > b", "within": "9 days", "landmark": "3 days", "too_recent": 0, '
	'"converted_early": 0, "reached": 1, "missed": 1, "stages": [{"stage": "c", "missed": 1}]}']) text;

-- binary: version 1, flags 0, window and landmark (8 each), path (4 and 5), 4 counts of 8, stages (4); each 4, 1, 8, 8
CREATE TABLE received (c journey_contrast);
CREATE TABLE wire AS SELECT cxjourney_internal.journey_contrast_send(
	'{a > b; within 9 us; landmark 3 us; too recent 4, early 5, reached 6, missed 7; [c = 1 + 2, d = 0 + 3]}') AS b;
SELECT b FROM wire;
\copy (SELECT b FROM wire) TO 'results/contrast_refused.bin' (FORMAT binary)
\copy received FROM 'results/contrast_refused.bin' (FORMAT binary)
SELECT c FROM received;
TRUNCATE received;
-- another version, a flag, a landmark as long as the window
\copy (SELECT set_byte(b, 0, 2) FROM wire) TO 'results/contrast_refused.bin' (FORMAT binary)
\copy received FROM 'results/contrast_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 1, 1) FROM wire) TO 'results/contrast_refused.bin' (FORMAT binary)
\copy received FROM 'results/contrast_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 9, 3) FROM wire) TO 'results/contrast_refused.bin' (FORMAT binary)
\copy received FROM 'results/contrast_refused.bin' (FORMAT binary)
-- a path that is none, and one in any order; a count below 0; many stages
\copy (SELECT set_byte(b, 22, 62) FROM wire) TO 'results/contrast_refused.bin' (FORMAT binary)
\copy received FROM 'results/contrast_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 24, 38) FROM wire) TO 'results/contrast_refused.bin' (FORMAT binary)
\copy received FROM 'results/contrast_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 27, 128) FROM wire) TO 'results/contrast_refused.bin' (FORMAT binary)
\copy received FROM 'results/contrast_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 61, 255) FROM wire) TO 'results/contrast_refused.bin' (FORMAT binary)
\copy received FROM 'results/contrast_refused.bin' (FORMAT binary)
-- a label with a line break, one of the path; a count below 0, and one above those who reached; nobody
\copy (SELECT set_byte(b, 67, 10) FROM wire) TO 'results/contrast_refused.bin' (FORMAT binary)
\copy received FROM 'results/contrast_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 67, 97) FROM wire) TO 'results/contrast_refused.bin' (FORMAT binary)
\copy received FROM 'results/contrast_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 68, 128) FROM wire) TO 'results/contrast_refused.bin' (FORMAT binary)
\copy received FROM 'results/contrast_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 75, 7) FROM wire) TO 'results/contrast_refused.bin' (FORMAT binary)
\copy received FROM 'results/contrast_refused.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 104, 0) FROM wire) TO 'results/contrast_refused.bin' (FORMAT binary)
\copy received FROM 'results/contrast_refused.bin' (FORMAT binary)
-- cut off, too long, empty
\copy (SELECT substr(b, 1, length(b) - 1) FROM wire) TO 'results/contrast_refused.bin' (FORMAT binary)
\copy received FROM 'results/contrast_refused.bin' (FORMAT binary)
\copy (SELECT b || '\x00' FROM wire) TO 'results/contrast_refused.bin' (FORMAT binary)
\copy received FROM 'results/contrast_refused.bin' (FORMAT binary)
\copy (SELECT ''::bytea FROM wire) TO 'results/contrast_refused.bin' (FORMAT binary)
\copy received FROM 'results/contrast_refused.bin' (FORMAT binary)
SELECT count(*) AS none FROM received;
SET client_min_messages = warning;
DROP SCHEMA contrast_refused_test CASCADE;
