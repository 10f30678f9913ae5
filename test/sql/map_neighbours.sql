--
-- Journey maps beside Citus and TimescaleDB, of which stand-ins are here: an entry in pg_extension, the catalog that
-- says which tables theirs are, and the command that Citus refuses. All of it is rolled back.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set VERBOSITY terse
\pset null -
\pset format unaligned
-- some releases of PostgreSQL warn of MERGE into partitions, see map_repair
SET client_min_messages = error;
CREATE SCHEMA map_test;
SET search_path = map_test, public;
CREATE TABLE answers (at timestamptz, stage text, nps integer);
CREATE TABLE spread (LIKE answers) PARTITION BY RANGE (at);
CREATE TABLE spread_2026 PARTITION OF spread FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE FUNCTION create_error(source regclass) RETURNS text LANGUAGE sql RETURN pg_temp.error_of(format(
	$$SELECT create_journey_map('n', %L, at => 'at', stage => 'stage', nps => 'nps')$$, source));
CREATE FUNCTION install(name, schema text) RETURNS void LANGUAGE sql AS
	'INSERT INTO pg_extension SELECT max(oid::bigint) + 1, $1, 10, $2::regnamespace, false, ''1'' FROM pg_extension';


-- Citus: what a map does is not sent to other nodes, and its trigger function may depend on the extension.
BEGIN;
SET LOCAL allow_system_table_mods = on;
SELECT install('citus', 'pg_catalog');
CREATE TABLE pg_catalog.pg_dist_partition (logicalrelid regclass PRIMARY KEY, partmethod "char", repmodel "char");
CREATE TABLE commands (position serial, tag text, sent text);
CREATE FUNCTION like_citus() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO map_test.commands (tag, sent) VALUES (tg_tag, current_setting('citus.enable_ddl_propagation'));
	IF tg_tag = 'ALTER FUNCTION' AND current_setting('citus.enable_ddl_propagation') = 'on' THEN
		RAISE 'the stand-in for Citus cannot send ALTER FUNCTION';
	END IF;
END $$;
SET LOCAL citus.enable_ddl_propagation = on;
CREATE EVENT TRIGGER like_citus ON ddl_command_start EXECUTE FUNCTION like_citus();
ALTER TABLE answers SET (fillfactor = 90);
SELECT pg_temp.error_of('ALTER FUNCTION map_test.create_error(regclass) STABLE') AS stand_in_refuses;
SELECT tag, sent FROM commands ORDER BY position;
TRUNCATE commands;
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'nps');
SHOW citus.enable_ddl_propagation;
SELECT count(*) > 10 AS commands, count(*) FILTER (WHERE tag = 'ALTER FUNCTION') AS alter_function,
       count(*) FILTER (WHERE sent <> 'off') AS sent FROM commands;
TRUNCATE commands;
SELECT rebuild_journey_map('m');
SELECT count(*) > 10 AS commands, count(*) FILTER (WHERE tag = 'ALTER FUNCTION') AS alter_function,
       count(*) FILTER (WHERE sent <> 'off') AS sent FROM commands;
INSERT INTO answers VALUES ('2026-01-01', 'buy', 10), ('2026-01-01', 'buy', 0), ('2026-01-01', 'buy', 9);
SELECT refresh_journey_map('m') > 0 AS refreshed;
SELECT * FROM check_journey_map('m');
SELECT responses, nps FROM m;
-- the setting is as it was after an error, too, and stays off where it was
SELECT create_error('pg_class');
SHOW citus.enable_ddl_propagation;
SET LOCAL citus.enable_ddl_propagation = off;
SELECT rebuild_journey_map('m');
SHOW citus.enable_ddl_propagation;

-- Tables of Citus are refused whatever their kind: distributed, reference, local but known to Citus
INSERT INTO pg_dist_partition VALUES ('spread', 'h', 's'), ('spread_2026', 'h', 's');
SELECT create_error('spread');
DELETE FROM pg_dist_partition WHERE logicalrelid = 'spread'::regclass;
SELECT create_error('spread') AS partition_alone;
TRUNCATE pg_dist_partition;
SELECT create_error('spread') AS none;
-- a map whose source was given to Citus later
INSERT INTO pg_dist_partition VALUES ('answers', 'n', 't');
SELECT problem, detail FROM check_journey_map('m');
SELECT pg_temp.error_of($$SELECT rebuild_journey_map('m')$$) AS rebuild;
-- Citus that was dropped, or another table of that name
DELETE FROM pg_extension WHERE extname = 'citus';
SELECT problem, detail FROM check_journey_map('m');
ROLLBACK;


-- TimescaleDB: hypertables, with chunks and without
BEGIN;
SET LOCAL allow_system_table_mods = on;
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'nps');
CREATE TABLE hyper (LIKE answers);
CREATE TABLE "Hyper table" (LIKE answers);
CREATE TABLE "Hyper table_chunk" () INHERITS ("Hyper table");
SELECT install('timescaledb', 'public');
CREATE SCHEMA _timescaledb_catalog;
CREATE TABLE _timescaledb_catalog.hypertable (id serial, schema_name name, table_name name);
INSERT INTO _timescaledb_catalog.hypertable (schema_name, table_name) VALUES ('map_test', 'hyper'),
	('map_test', 'Hyper table'), ('public', 'answers');
SELECT create_error('hyper') AS without_chunks;
SELECT split_part(create_error('"Hyper table"'), E'\n', 1) AS with_chunks;
SELECT split_part(create_error('"Hyper table_chunk"'), E'\n', 1) AS chunk;
SELECT * FROM check_journey_map('m');
-- a map whose source became a hypertable later
INSERT INTO _timescaledb_catalog.hypertable (schema_name, table_name) VALUES ('map_test', 'answers');
SELECT problem, detail FROM check_journey_map('m');
SELECT pg_temp.error_of($$SELECT rebuild_journey_map('m')$$) AS rebuild;
DELETE FROM pg_extension WHERE extname = 'timescaledb';
SELECT problem, detail FROM check_journey_map('m');
ROLLBACK;

-- the extension without its catalog, as while it is being updated
BEGIN;
SET LOCAL allow_system_table_mods = on;
SELECT install('citus', 'pg_catalog'), install('timescaledb', 'public');
SELECT create_error('answers');
ROLLBACK;
DROP SCHEMA map_test CASCADE;
