--
-- What a journey table refuses, and how its errors speak of it: arguments, sources, names, what is no journey table.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set VERBOSITY terse
\set SHOW_CONTEXT never
\pset null -
\pset format unaligned
SET client_min_messages = error;
CREATE ROLE regress_jt_other;
CREATE SCHEMA jt_refused;
GRANT ALL ON SCHEMA jt_refused TO regress_jt_other;
SET search_path = jt_refused, public;
CREATE TABLE event (customer bigint, stage text, at timestamptz, n integer, f float8, words text, day text,
	flag boolean);
CREATE FUNCTION refused(arguments text, source text DEFAULT 'event') RETURNS text LANGUAGE sql AS $$
	SELECT pg_temp.error_of(format('SELECT create_journey_table(''j'', %L, %s)', source, arguments), ' | ') $$;

SELECT arguments, refused(arguments) FROM unnest(ARRAY[
	'customer => NULL, stage => ''stage'', at => ''at''',
	'customer => ''customer'', stage => ''stage'', at => ''at'', timezone => NULL',
	'customer => ''customer'', stage => ''stage'', at => ''at'', timezone => ''Warsaw''',
	'customer => ''customer'', stage => ''stage'', at => ''at'', timezone => ''CET''',
	'customer => ''client'', stage => ''stage'', at => ''at''',
	'customer => ''f'', stage => ''stage'', at => ''at''',
	'customer => ''flag'', stage => ''stage'', at => ''at''',
	'customer => ''at'', stage => ''stage'', at => ''at''',
	'customer => ''customer'', stage => ''stage'', at => ''day''',
	'customer => ''customer'', stage => ''stage'', at => ''at'', seq => ''words''',
	'customer => ''customer'', stage => ''stage'', at => ''at'', seq => ''n::numeric''',
	'customer => ''customer'', stage => ''stage'', at => ''now()''',
	'customer => ''(SELECT 1)'', stage => ''stage'', at => ''at''',
	'customer => ''customer'', stage => ''count(*)::text'', at => ''at''',
	'customer => ''customer, stage'', stage => ''stage'', at => ''at''']) AS arguments;

-- functions and types of others, and of this session alone
SET ROLE regress_jt_other;
CREATE FUNCTION theirs(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
RESET ROLE;
CREATE FUNCTION pg_temp.mine(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
SET ROLE regress_jt_other;
CREATE TABLE their_event (customer bigint, stage text, at timestamptz);
SELECT refused('customer => ''customer'', stage => ''pg_temp.mine(stage)'', at => ''at''', 'their_event') AS temporary;
RESET ROLE;
CREATE ROLE regress_jt_maker;
GRANT ALL ON SCHEMA jt_refused TO regress_jt_maker;
GRANT SELECT, TRIGGER ON event TO regress_jt_maker;
SET ROLE regress_jt_maker;
SELECT refused('customer => ''customer'', stage => ''theirs(stage)'', at => ''at''') AS of_others;
RESET ROLE;

-- sources
CREATE VIEW seen AS SELECT * FROM event;
CREATE TABLE parent (customer bigint, stage text, at timestamptz);
CREATE TABLE child () INHERITS (parent);
CREATE TEMP TABLE passing (customer bigint, stage text, at timestamptz);
CREATE TABLE parted (customer bigint, stage text, at timestamptz) PARTITION BY LIST (stage);
CREATE TABLE parted_a PARTITION OF parted FOR VALUES IN ('a');
SELECT source, refused('customer => ''customer'', stage => ''stage'', at => ''at''', source)
  FROM unnest(ARRAY['seen', 'parent', 'passing', 'parted_a']) AS source;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT refused('customer => ''customer'', stage => ''stage'', at => ''at''') AS repeatable_read;
ROLLBACK;
SET search_path = pg_temp, jt_refused, public;
SELECT pg_temp.error_of('SELECT create_journey_table(''j'', ''event'', ''customer'', ''stage'', ''at'')')
	AS temporary_schema;
SET search_path = jt_refused, public;

-- names
SELECT name, pg_temp.error_of(format('SELECT create_journey_table(%L, ''event'', ''customer'', ''stage'', ''at'')',
	name)) FROM unnest(ARRAY['', repeat('x', 51)]) AS name;
CREATE TABLE j_left_out ();
SELECT refused('customer => ''customer'', stage => ''stage'', at => ''at''') AS taken;
DROP TABLE j_left_out;
SELECT create_journey_table('j', 'event', 'customer', 'stage', 'at', seq => 'n');
SELECT refused('customer => ''customer'', stage => ''stage'', at => ''at''') AS taken;
SELECT create_journey_map('m', 'event', at => 'at', stage => 'stage', nps => 'n');
SELECT pg_temp.error_of('SELECT create_journey_map(''j'', ''event'', at => ''at'', stage => ''stage'',
	nps => ''n'')') AS taken;

-- neither takes the other for one of its own
SELECT call, pg_temp.error_of('SELECT ' || call) FROM unnest(ARRAY['refresh_journey_table(''m'')',
	'drop_journey_table(''m'')', 'check_journey_table(''J'')', 'rebuild_journey_table(''nothing'')',
	'refresh_journey_map(''j'')', 'drop_journey_map(''j'')', 'journey_map_cells(''j'')', 'journey_map_svg(''j'')'])
	AS call;
SELECT count(*) AS problems
  FROM (SELECT * FROM check_journey_table('j') UNION ALL SELECT * FROM check_journey_map('m')) AS c;

-- an expression that fails names itself, at once and later
SELECT create_journey_table('k', 'event', 'words::bigint', 'stage', 'at');
SELECT pg_temp.message_of('INSERT INTO event (words) VALUES (''x'')');
SELECT drop_journey_table('k');
INSERT INTO event (words) VALUES ('x');
SELECT pg_temp.error_of('SELECT create_journey_table(''k'', ''event'', ''words::bigint'', ''stage'', ''at'')')
	AS a_row_fails;
SET client_min_messages = notice;
SELECT create_journey_table('k', 'event', 'customer', 'stage', 'day::date');
SET client_min_messages = error;
SELECT pg_temp.error_of('INSERT INTO event (customer, stage, day) VALUES (1, ''a'', ''31.12.2026'')');
SELECT drop_journey_table('k');

-- columns that are gone, customers of another type
ALTER TABLE event RENAME customer TO client;
SELECT pg_temp.error_of('INSERT INTO event (client, stage, at) VALUES (1, ''a'', ''2026-01-01'')');
SELECT problem, detail FROM check_journey_table('j');
UPDATE j_definition SET customer = 'words';
SELECT pg_temp.error_of('SELECT rebuild_journey_table(''j'')');
UPDATE j_definition SET customer = 'client';
SELECT rebuild_journey_table('j');
INSERT INTO event (client, stage, at) VALUES (1, 'a', '2026-01-01');
SELECT * FROM j;
SELECT * FROM check_journey_table('j');

-- no row in the definition; a source that is gone
DELETE FROM j_definition;
SELECT call, pg_temp.error_of('SELECT ' || call) FROM unnest(ARRAY['refresh_journey_table(''j'')',
	'check_journey_table(''j'')', 'rebuild_journey_table(''j'')']) AS call;
SELECT drop_journey_table('j');
SELECT create_journey_table('j', 'parted', 'customer', 'stage', 'at');
DROP TABLE parted;
SELECT problem, detail FROM check_journey_table('j');
SELECT pg_temp.error_of('SELECT rebuild_journey_table(''j'')');
SELECT refresh_journey_table('j');
SELECT drop_journey_table('j');

-- A journey has its limits: one customer with too many stages is an error here as in journey_agg.
CREATE TABLE wide (customer integer, stage text, at timestamptz);
SELECT create_journey_table('w', 'wide', 'customer', 'stage', 'at');
INSERT INTO wide SELECT 1, i::text, '2026-01-01' FROM generate_series(1, 65536) AS i;
INSERT INTO wide VALUES (1, 'one more', '2026-01-01');
SELECT pg_temp.error_of('SELECT count(journey) FROM w') AS read,
       pg_temp.error_of('SELECT refresh_journey_table(''w'')') AS folded;
DELETE FROM wide WHERE stage = 'one more';
SELECT visits(journey) FROM w;
SELECT refresh_journey_table('w');
SELECT count(*) AS problems FROM check_journey_table('w');
SELECT cxjourney_internal.journey_map_say('journey table'::text, 'a map of answers'::text),
       cxjourney_internal.journey_map_say('journey map'::text, 'a map of answers'::text);
DROP SCHEMA jt_refused CASCADE;
DROP OWNED BY regress_jt_maker, regress_jt_other;
DROP ROLE regress_jt_maker, regress_jt_other;
