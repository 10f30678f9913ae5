--
-- What create_journey_map takes and refuses, hostile names and texts, rights.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set VERBOSITY default
\set SHOW_CONTEXT never
\pset null -
\pset format unaligned
SET client_min_messages = warning;
CREATE SCHEMA map_test;
SET search_path = map_test, public;


CREATE TYPE step AS ENUM ('wake', 'buy', 'use');
CREATE TABLE answers (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz, local timestamp, day date,
	stage step, place text, "Who is it" text,
	nps integer, smile boolean, effort real, question text, score double precision, facts jsonb, dropped text,
	doubled integer GENERATED ALWAYS AS (nps * 2) STORED, "select" text, "we""ird; DROP TABLE answers; --" text);
ALTER TABLE answers DROP COLUMN dropped;
CREATE FUNCTION dice() RETURNS integer LANGUAGE sql VOLATILE AS 'SELECT 4';
CREATE FUNCTION many() RETURNS SETOF integer LANGUAGE sql IMMUTABLE AS 'SELECT 4';
CREATE FUNCTION plus_one(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';

-- expressions that are refused
SELECT nps, pg_temp.error_of(format(
	'SELECT create_journey_map(''m'', ''answers'', at => ''at'', stage => ''stage'', nps => %L)', nps)) AS error
  FROM unnest(ARRAY['', ' ', 'nothing', 'nps, nps', 'nps AS x', '*', 'answers.*', 'answers', 'nps FROM answers',
	'nps WHERE true', 'nps) FROM answers --', 'nps; DROP TABLE answers',
	'(SELECT 1)', 'EXISTS (SELECT FROM answers)', 'nps = ANY (SELECT 1)', 'max(nps)', 'count(*)',
	'row_number() OVER ()', 'many()', 'generate_series(1, nps)', 'dice()', 'random()::integer',
	'nextval(''answers_id_seq'')::integer',
	'$1', 'tableoid::integer', 'ctid', 'dropped', 'other.nps', 'extract(day FROM now())::integer',
	'length(current_user)', 'extract(day FROM current_date)::integer', 'current_setting(''x'')::integer',
	'pg_backend_pid()', 'inet_client_port()', 'pg_trigger_depth()', 'pg_current_xact_id()::text::integer',
	'txid_current()::integer', 'length(getpgusername())', 'length(current_schema())', 'length(pg_client_encoding())',
	'nps ORDER BY 1', 'nps LIMIT 1', 'nps UNION SELECT 1', 'DISTINCT nps', 'DEFAULT', 'place', 'at', 'facts', 'NULL',
	'''7''', 'plus_one(place)', 'nps/0 +']) AS nps;
SELECT pg_temp.error_of(
	'SELECT create_journey_map(''m'', ''answers'', at => ''place'', stage => ''stage'', nps => ''nps'')') AS at;

-- other arguments
SELECT arguments, pg_temp.error_of(format(
	'SELECT create_journey_map(''m'', ''answers'', at => ''at'', stage => ''stage'', %s)', arguments)) AS error
  FROM unnest(ARRAY['segment => ''place''', 'nps => ''nps'', bucket => ''minute''', 'nps => ''nps'', bucket => NULL',
	'nps => ''nps'', timezone => ''Mars/Olympus''', 'nps => ''nps'', timezone => NULL',
	'nps => ''nps'', timezone => ''CET''', 'nps => ''nps'', timezone => ''est''',
	'nps => ''nps'', timezone => ''CEST''',
	'ces => ''effort'', ces_scale => ''[1,1]''', 'ces => ''effort'', ces_scale => ''[1,)''',
	'csat => ''score'', csat_scale => ''[1,10]''', 'csat => ''score'', csat_satisfied_from => 9',
	'nps => ''nps'', minimum => 1', 'nps => ''nps'', minimum => NULL', 'nps => ''nps'', least_impact => -1',
	'nps => ''nps'', least_impact => 101', 'nps => ''nps'', least_impact => ''NaN''',
	'nps => ''nps'', least_impact => NULL',
	'nps => ''nps'', stages => ''{a,a}''', 'nps => ''nps'', stages => ''{a,NULL}''']) AS arguments;
SELECT pg_temp.error_of(
	'SELECT create_journey_map(NULL, ''answers'', at => ''at'', stage => ''stage'', nps => ''nps'')') AS name_null,
       pg_temp.error_of(
	'SELECT create_journey_map('''', ''answers'', at => ''at'', stage => ''stage'', nps => ''nps'')') AS name_empty,
       pg_temp.error_of(format(
	'SELECT create_journey_map(%L, ''answers'', at => ''at'', stage => ''stage'', nps => ''nps'')',
	repeat('ą', 26))) AS name_long,
       pg_temp.error_of(
	'SELECT create_journey_map(''m'', ''answers'', at => NULL, stage => ''stage'', nps => ''nps'')') AS at_null,
       pg_temp.error_of(
	'SELECT create_journey_map(''m'', NULL, at => ''at'', stage => ''stage'', nps => ''nps'')') AS source_null;
CREATE TABLE m_notes ();
SELECT pg_temp.error_of(
	'SELECT create_journey_map(''m'', ''answers'', at => ''at'', stage => ''stage'', nps => ''nps'')') AS taken;
DROP TABLE m_notes;
SELECT name, pg_temp.error_of(format('SELECT %s(%L)', function, name)) AS error
  FROM unnest(ARRAY['drop_journey_map', 'rebuild_journey_map', 'refresh_journey_map', 'check_journey_map',
	'journey_map_cells']) AS function, unnest(ARRAY['nothing', 'm"; DROP TABLE answers; --']) AS name
 ORDER BY function, name;

-- expressions that are taken; a column of exactly that name goes first; long tables
SELECT create_journey_map('m', 'answers', at => 'local', stage => 'stage',
	touchpoint => 'we"ird; DROP TABLE answers; --', segment => 'Who is it',
	nps => 'CASE WHEN question = ''nps'' THEN score END', csat => 'smile', ces => 'effort',
	emotion => '(facts ->> ''mood'')::integer', timezone => 'Europe/Warsaw', bucket => 'week');
SELECT at, stage, touchpoint, segment, nps, csat, ces, emotion, csat_scale, stages, depends_on_settings
  FROM m_definition;
INSERT INTO answers (local, stage, "we""ird; DROP TABLE answers; --", "Who is it", question, score, smile, effort,
	facts)
	VALUES ('2026-01-05 00:30', 'buy', 'x', E'</svg><script>alert(1)</script>', 'nps', 9, true, 7, '{"mood": 2}'),
	('2026-01-05 00:30', 'buy', 'x', E'</svg><script>alert(1)</script>', 'csat', 9, false, 6.5, '{"mood": 3}'),
	('2026-01-05 00:30', 'wake', '"; DROP TABLE answers; --', E'''\\', 'nps', 'Infinity', NULL, 'NaN', NULL);
SELECT segment, stage, touchpoint, stage_position, responses, nps, csat, ces, emotion, invalid FROM m
 ORDER BY stage_position;
SELECT bucket AT TIME ZONE 'Europe/Warsaw' AS monday, stage FROM m_summaries ORDER BY stage;
SELECT * FROM check_journey_map('m');
SELECT refresh_journey_map('m');
SELECT * FROM check_journey_map('m');
SELECT drop_journey_map('m');

-- what a name may be, and labels longer than an index takes
SELECT create_journey_map(name, 'answers', at => 'day', stage => '"select"', nps => 'nps',
	segment => 'coalesce(place, ''%s'' || chr(37) || ''%1$s'')')
  FROM unnest(ARRAY['"; DROP TABLE answers; --', E'a''b\\c', 'żółć %s %1$I', 'select']) AS name;
INSERT INTO answers (day, "select", nps, place) SELECT '2026-02-02', repeat('ą', 5000) || i, i, repeat('x', 300)
  FROM generate_series(0, 10) AS i;
INSERT INTO answers (day, "select", nps) VALUES ('2026-02-02', E'%s "'';', 10);
INSERT INTO answers (day, "select", nps) VALUES ('5874897-01-01', 'far', 10), ('4713-01-01 BC', 'far', 10),
	('infinity', 'far', 10);
SELECT name, refresh_journey_map(name), (SELECT count(*) FROM check_journey_map(name)) AS problems
  FROM unnest(ARRAY['"; DROP TABLE answers; --', E'a''b\\c', 'żółć %s %1$I', 'select']) AS name;
SELECT length(stage) AS stage, length(segment) AS segment, left(segment, 10) AS begins, responses FROM "select"
 ORDER BY 1;
TRUNCATE answers;
SELECT name, (SELECT count(*) FROM check_journey_map(name)) AS problems
  FROM unnest(ARRAY['"; DROP TABLE answers; --', 'żółć %s %1$I']) AS name;
SELECT drop_journey_map(name) FROM unnest(ARRAY['"; DROP TABLE answers; --', E'a''b\\c', 'żółć %s %1$I',
	'select']) AS name;
SELECT relname FROM pg_class WHERE relnamespace = 'map_test'::regnamespace AND relkind IN ('r', 'v') ORDER BY 1;

-- objects of the caller's schema that are called like PostgreSQL's own do not take their place
CREATE FUNCTION format(text, VARIADIC "any") RETURNS text LANGUAGE internal AS 'text_format';
CREATE FUNCTION lower(text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE 'hijacked'; END $$;
CREATE FUNCTION date_trunc(text, timestamptz, text) RETURNS timestamptz
	LANGUAGE plpgsql AS $$ BEGIN RAISE 'hijacked'; END $$;
CREATE FUNCTION hijack(integer, integer) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'hijacked'; END $$;
CREATE OPERATOR = (LEFTARG = integer, RIGHTARG = integer, FUNCTION = hijack);
SET search_path = map_test, public, pg_catalog;
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'plus_one(nps)',
	timezone => 'Europe/Warsaw');
INSERT INTO answers (at, stage, nps) SELECT '2026-01-01', 'buy', i FROM generate_series(1, 9) AS i;
SELECT refresh_journey_map('m') > 0 AS refreshed, (SELECT count(*) FROM check_journey_map('m')) AS problems;
SELECT responses, round(nps, 2) AS nps FROM m;
SELECT rebuild_journey_map('m');
SELECT nps FROM m_definition;
SELECT drop_journey_map('m');
DROP OPERATOR = (integer, integer);
DROP FUNCTION hijack, lower(text), date_trunc(text, timestamptz, text), format(text, "any");
SET search_path = map_test, public;

-- an expression that depends on settings gives the same whoever writes
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'to_char(at, ''HH24'')', nps => 'nps');
SELECT depends_on_settings FROM m_definition;
SET timezone = 'Asia/Tokyo';
INSERT INTO answers (at, nps) VALUES ('2026-01-01 12:00+00', 10);
SET timezone = 'UTC';
INSERT INTO answers (at, nps) SELECT '2026-01-01 12:00+00', 10 FROM generate_series(1, 20);
RESET timezone;
SELECT stage, responses FROM m ORDER BY stage;
SELECT * FROM check_journey_map('m');
SELECT drop_journey_map('m');

-- what is written with constants is read alike by everybody: dates, intervals, backslashes
CREATE TABLE dated (at timestamp, stage text, nps integer);
SET datestyle = 'SQL, DMY';
SET intervalstyle = 'sql_standard';
SELECT create_journey_map('d', 'dated', at => 'at - interval ''-1 day -02:00:00''',
	stage => $$CASE WHEN at < '03/02/2026'::date THEN replace(stage, '\', '/') ELSE 'late' END$$, nps => 'nps');
RESET datestyle;
RESET intervalstyle;
SELECT at, stage FROM d_definition;
-- up to PostgreSQL 18, where a backslash may be special without E
SELECT :SERVER_VERSION_NUM < 190000 AS backslashes \gset
\if :backslashes
SET standard_conforming_strings = off;
SET escape_string_warning = off;
\endif
INSERT INTO dated VALUES ('2026-02-02', E'a\\b', 10), ('2026-02-04', E'a\\b', 10);
INSERT INTO dated SELECT '2026-02-02', E'a\\b', 9 FROM generate_series(1, 20);
SELECT * FROM check_journey_map('d');
SELECT create_journey_map('made', 'dated', at => 'at', stage => 'stage', nps => 'nps', comment => 'stage');
SELECT create_journey_table('visits', 'dated', customer => 'nps', stage => 'stage', at => 'at');
SELECT rebuild_journey_map('made'), rebuild_journey_map('d'), rebuild_journey_table('visits');
SELECT (SELECT count(*) FROM journey_map_cells('made')) AS cells, left(journey_map_svg('made'), 4) AS picture,
       (SELECT count(*) FROM journey_map_words('made')) AS words, left(journey_map_report('made'), 9) AS report;
SELECT pg_temp.error_of('SELECT refresh_journey_map(''nothing'')') AS none;
SELECT drop_journey_map('made'), drop_journey_table('visits');
\if :backslashes
RESET standard_conforming_strings;
RESET escape_string_warning;
\endif
SELECT stage, responses FROM d ORDER BY stage;
SELECT DISTINCT bucket FROM d_trend ORDER BY 1;
SELECT * FROM check_journey_map('d');
SELECT drop_journey_map('d');
DROP TABLE dated;

-- a text with the abbreviation of a time zone is the same time whoever writes it
CREATE TABLE dated (at text, stage text, nps integer);
SET client_min_messages = error;
SELECT create_journey_map('d', 'dated', at => 'at::timestamptz', stage => 'stage', nps => 'nps');
SET client_min_messages = warning;
SET timezone_abbreviations = 'Australia';
INSERT INTO dated VALUES ('2026-01-01 23:30 EST', 'a', 9);
SELECT rebuild_journey_map('d');
INSERT INTO dated VALUES ('2026-01-01 23:30 EST', 'a', 9);
SELECT count(*) AS problems FROM check_journey_map('d');
RESET timezone_abbreviations;
SELECT bucket AT TIME ZONE 'UTC' AS day, responses FROM d_summaries;
SELECT * FROM check_journey_map('d');
SELECT drop_journey_map('d');
DROP TABLE dated;

-- so is what calls a time zone by its abbreviation, though PostgreSQL says of some that no setting changes it; a column
-- that is made so has what whoever wrote it had. Names of places cost no more for it.
CREATE TABLE zoned (at timestamptz, local timestamp, clock text, zone text, nps integer,
	made timestamptz GENERATED ALWAYS AS (local AT TIME ZONE 'EST') STORED);
CREATE TABLE zones (map text, expression text, pins boolean, since integer);
INSERT INTO zones VALUES ('z1', $$local AT TIME ZONE 'EST'$$, true, 15), ('z2', 'local AT TIME ZONE zone', true, 15),
	('z3', $$at AT TIME ZONE 'EST'$$, true, 15), ('z4', $$date_trunc('day', at, 'EST')$$, true, 15),
	('z5', $$make_timestamptz(2026, 1, 1, 23, nps, 0, 'EST')$$, true, 15),
	('z6', 'local::date + clock::timetz', true, 15),
	('z7', $$lower(('[2026-01-01 ' || clock || ',)')::tstzrange)$$, true, 15),
	('z8', $$to_timestamp(clock, 'HH24:MI TZ') + (local - '0001-01-01')$$, true, 17), ('z9', 'made', false, 15),
	('z10', $$local AT TIME ZONE 'Europe/Warsaw'$$, false, 15), ('z11', $$at AT TIME ZONE 'UTC'$$, false, 15),
	('z12', $$to_timestamp(clock || zone, 'HH24:MI')$$, false, 15);
DELETE FROM zones WHERE current_setting('server_version_num')::integer < since * 10000;
SELECT count(create_journey_map(map, 'zoned', at => expression, stage => $$'a'$$, nps => 'nps')) > 0 AS created
  FROM zones;
SET timezone_abbreviations = 'Australia';
INSERT INTO zoned VALUES ('2026-01-01 07:30Z', '2026-01-01 07:30', '07:30 EST', 'EST', 9),
	('2026-01-01 08:30Z', '2026-01-01 08:30', '08:30 EST', 'EST', 8);
INSERT INTO zoned SELECT at, local, clock, zone, 7 FROM zoned, generate_series(1, 20);
RESET timezone_abbreviations;
DELETE FROM zoned WHERE nps = 8;
SELECT map, problem, detail FROM zones, check_journey_map(map);
SELECT map, pins FROM zones WHERE pins <> (SELECT 'timezone_abbreviations=Default' = ANY (proconfig) FROM pg_proc
	WHERE proname = map || '_write');
SELECT count(drop_journey_map(map)) > 0 AS dropped FROM zones;
DROP TABLE zoned, zones;

-- so do settings other than those of time
CREATE TABLE listed (at timestamptz, stage text, tags text, nps integer);
SELECT create_journey_map('m', 'listed', at => 'at', stage => 'stage', segment => '(tags::text[])[1]', nps => 'nps');
SET array_nulls = off;
INSERT INTO listed VALUES ('2026-01-01', 'a', '{NULL,b}', 10);
INSERT INTO listed SELECT '2026-01-01', 'a', '{NULL,b}', 10 FROM generate_series(1, 20);
SELECT segment, responses FROM m;
SELECT * FROM check_journey_map('m');
SHOW array_nulls;
RESET array_nulls;
SELECT drop_journey_map('m');
DROP TABLE listed;
CREATE TABLE bytes (at timestamptz, stage bytea, nps integer);
SELECT create_journey_map('m', 'bytes', at => 'at', stage => 'stage::text', nps => 'nps');
SET bytea_output = 'escape';
INSERT INTO bytes VALUES ('2026-01-01', 'abc', 10);
INSERT INTO bytes SELECT '2026-01-01', 'abc', 10 FROM generate_series(1, 20);
SELECT stage, responses FROM m;
SELECT * FROM check_journey_map('m');
SHOW bytea_output;
RESET bytea_output;
SELECT drop_journey_map('m');
SELECT create_journey_map('m', 'answers', at => 'at', stage => '(score / 3)::text',
	segment => 'make_interval(hours => nps)', nps => 'nps');
SET extra_float_digits = -10;
SET intervalstyle = 'iso_8601';
INSERT INTO answers (at, score, nps) VALUES ('2026-01-01', 1, 5);
RESET extra_float_digits;
RESET intervalstyle;
SELECT stage, segment FROM m WHERE stage LIKE '0%';
SELECT * FROM check_journey_map('m');
SELECT drop_journey_map('m');
-- expressions of other types than the scale, also those that need a cast
CREATE DOMAIN of_ten AS smallint;
CREATE TABLE typed (at timestamptz, stage varchar(10), nps of_ten, csat real, ces numeric(3, 1));
SELECT create_journey_map('m', 'typed', at => 'at', stage => 'stage', nps => 'nps', csat => 'csat', ces => 'ces',
	emotion => 'nps - 5');
INSERT INTO typed SELECT '2026-01-01', 'a', i % 12, i % 6, i % 8 + 0.5 * (i % 3) FROM generate_series(1, 100) AS i;
INSERT INTO typed SELECT '2026-01-01', 'a', i % 12, i % 6, i % 8 + 0.5 * (i % 3) FROM generate_series(1, 5) AS i;
SELECT * FROM check_journey_map('m');
SELECT nps = (SELECT round(nps_agg(nps::integer), 6) FROM typed WHERE nps <= 10) AS nps,
       csat = (SELECT round(csat_agg(csat), 6) FROM typed WHERE csat >= 1) AS csat,
       ces = (SELECT round(ces_agg(ces), 6) FROM typed WHERE ces BETWEEN 1 AND 7 AND ces = trunc(ces)) AS ces FROM m;
SELECT drop_journey_map('m');

-- rights: a writer needs none on the map, a reader of the map none on the source, but for comments
CREATE ROLE map_owner;
CREATE ROLE map_writer;
CREATE ROLE map_reader;
GRANT ALL ON SCHEMA map_test TO map_owner;
GRANT USAGE ON SCHEMA map_test TO map_writer, map_reader;
SET ROLE map_owner;
CREATE TABLE owned (at timestamptz, stage text, place text, nps integer, said text);
SELECT create_journey_map('o', 'owned', at => 'at', stage => 'stage', touchpoint => 'place', nps => 'nps',
	comment => 'said', minimum => 5);
GRANT INSERT, UPDATE, DELETE, SELECT ON owned TO map_writer;
GRANT SELECT ON o, o_barriers, o_comments TO map_reader;
SET ROLE map_writer;
INSERT INTO owned VALUES ('2026-01-01', 'a', 'x', 10, 'fine');
INSERT INTO owned SELECT '2026-01-01', 'a', 'x', 10, 'fine' FROM generate_series(1, 50);
INSERT INTO owned SELECT '2026-01-01', 'b', 'y', 1, 'broken ' || i FROM generate_series(1, 50) AS i;
UPDATE owned SET nps = 9 WHERE said = 'broken 50';
DELETE FROM owned WHERE said = 'broken 49';
SELECT pg_temp.error_of('SELECT * FROM map_test.o') AS writer_reads,
       pg_temp.error_of('SELECT refresh_journey_map(''o'')') AS writer_refreshes,
       pg_temp.error_of('SELECT * FROM check_journey_map(''o'')') AS writer_checks,
       pg_temp.error_of('SELECT drop_journey_map(''o'')') AS writer_drops;
SELECT pg_temp.error_of(
	'CREATE TEMP TABLE t (i integer); CREATE TRIGGER x AFTER INSERT ON t EXECUTE FUNCTION map_test.o_write()')
	AS writer_uses_function;
SET ROLE map_reader;
SELECT stage, touchpoint, responses, nps FROM o ORDER BY stage;
SELECT stage, touchpoint, metric FROM o_barriers;
SELECT pg_temp.error_of('SELECT * FROM map_test.o_comments') AS reader_reads_comments,
       pg_temp.error_of('SELECT * FROM map_test.o_pending') AS reader_reads_pending,
       pg_temp.error_of('SELECT * FROM map_test.owned') AS reader_reads_source;
RESET ROLE;
SELECT pg_temp.error_of('SELECT * FROM check_journey_map(''o'')') AS superuser_checks;
GRANT SELECT ON owned TO map_reader;
SET ROLE map_reader;
SELECT count(*) AS comments, min(comment) AS one FROM o_comments WHERE barrier;
SET ROLE map_owner;
SELECT * FROM check_journey_map('o');
SELECT refresh_journey_map('o') > 0 AS refreshed;
ALTER TABLE owned ENABLE ROW LEVEL SECURITY;
SELECT * FROM check_journey_map('o');
ALTER TABLE owned FORCE ROW LEVEL SECURITY;
SELECT problem, detail FROM check_journey_map('o') WHERE problem NOT LIKE 'the map%';
SELECT pg_temp.error_of('SELECT rebuild_journey_map(''o'')') AS rebuild;
ALTER TABLE owned NO FORCE ROW LEVEL SECURITY;
-- a map over a table of somebody else needs TRIGGER and SELECT on it
RESET ROLE;
CREATE TABLE foreign_owned (at timestamptz, stage text, nps integer);
GRANT SELECT ON foreign_owned TO map_owner;
SET ROLE map_owner;
SELECT pg_temp.error_of(
	'SELECT create_journey_map(''f'', ''foreign_owned'', at => ''at'', stage => ''stage'', nps => ''nps'')')
	AS without_trigger;
RESET ROLE;
GRANT TRIGGER ON foreign_owned TO map_owner;
SET ROLE map_owner;
SELECT create_journey_map('f', 'foreign_owned', at => 'at', stage => 'stage', nps => 'nps');
RESET ROLE;
INSERT INTO foreign_owned VALUES ('2026-01-01', 'a', 10);
TRUNCATE foreign_owned;
SET ROLE map_owner;
SELECT * FROM check_journey_map('f');
RESET ROLE;

-- comments, and what the extension takes with it
SELECT count(*) AS without_comment FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
 WHERE c.relnamespace = 'map_test'::regnamespace AND c.relname ~ '^o(_|$)' AND c.relkind IN ('r', 'v')
	AND (obj_description(c.oid, 'pg_class') IS NULL OR col_description(c.oid, a.attnum) IS NULL);
SELECT proname, prosecdef, proconfig, obj_description(oid, 'pg_proc') FROM pg_proc WHERE proname = 'o_write';
BEGIN;
DROP EXTENSION cxjourney CASCADE;
SELECT count(*) AS triggers FROM pg_trigger WHERE tgrelid = 'owned'::regclass;
INSERT INTO owned VALUES ('2026-01-01', 'a', 'x', 10, 'fine');
ROLLBACK;
DROP SCHEMA map_test CASCADE;
DROP ROLE map_owner;
DROP ROLE map_writer;
DROP ROLE map_reader;
