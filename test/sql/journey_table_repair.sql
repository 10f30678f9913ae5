--
-- What happens to a journey table when what it consists of is changed, and how it is repaired.
--
\set VERBOSITY terse
\pset null -
\pset format unaligned
SET client_min_messages = warning;
CREATE SCHEMA jt_repair;
SET search_path = jt_repair, public;
CREATE TABLE event (customer bigint, stage text, at timestamptz, value text);
INSERT INTO event SELECT i % 10, 'stage ' || i % 3, timestamptz '2026-01-01' + i * interval '1 hour'
	FROM generate_series(1, 50) AS i;
SELECT create_journey_table('j', 'event', customer => 'customer', stage => 'stage', at => 'at');
CREATE FUNCTION pg_temp.write(source regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('INSERT INTO %s VALUES (3, ''new'', ''2026-02-01''), (NULL, ''x'', ''2026-02-01'')', source);
	EXECUTE format('INSERT INTO %s SELECT i, ''many'', ''2026-02-02'' FROM generate_series(1, 20) AS i', source);
	EXECUTE format('UPDATE %s SET stage = ''changed'' WHERE customer = 3', source);
	EXECUTE format('UPDATE %s SET stage = stage || ''!'' WHERE stage = ''many''', source);
	EXECUTE format('DELETE FROM %s WHERE customer = 5', source);
	EXECUTE format('DELETE FROM %s WHERE customer > 8', source);
END $$;
CREATE FUNCTION pg_temp.exact(name text, source regclass) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	function text := (SELECT prosrc FROM pg_proc
		WHERE oid = (SELECT tgfoid FROM pg_trigger WHERE tgrelid = source LIMIT 1));
	problems text;
BEGIN
	PERFORM pg_temp.write(source);
	SELECT string_agg(problem || ': ' || detail, E'\n') INTO problems FROM check_journey_table(name);
	PERFORM refresh_journey_table(name);
	PERFORM pg_temp.write(source);
	RETURN concat_ws(E'\n', problems, (SELECT string_agg(problem || ': ' || detail, E'\n')
		FROM check_journey_table(name)),
		CASE WHEN function = (SELECT prosrc FROM pg_proc
			WHERE oid = (SELECT tgfoid FROM pg_trigger WHERE tgrelid = source LIMIT 1)) THEN 'the same' ELSE 'a new' END
			|| ' trigger function');
END $$;
SELECT pg_temp.exact('j', 'event') AS as_it_was;

-- Other names: writing goes on, and the next refresh writes the trigger function anew.
ALTER TABLE event RENAME TO visit;
SELECT pg_temp.exact('j', 'visit') AS source_renamed;
ALTER SCHEMA jt_repair RENAME TO jt_renamed;
SET search_path = jt_renamed, public;
SELECT pg_temp.exact('j', 'visit') AS schema_renamed;
ALTER SCHEMA jt_renamed RENAME TO jt_repair;
SET search_path = jt_repair, public;
TRUNCATE visit;
SELECT pg_temp.exact('j', 'visit') AS schema_renamed_back;
CREATE SCHEMA jt_other_place;
ALTER TABLE j_pending RENAME TO "Pending visits";
ALTER TABLE j_batches SET SCHEMA jt_other_place;
ALTER TABLE j_rollup RENAME TO stored;
ALTER FUNCTION j_write() RENAME TO keep_it;
SELECT pg_temp.exact('j', 'visit') AS everything_renamed;
SELECT rebuild_journey_table('j');
SELECT pg_temp.exact('j', 'visit') AS rebuilt;
ALTER TRIGGER j_insert ON visit RENAME TO on_insert;
SELECT pg_temp.exact('j', 'visit') AS trigger_renamed;
SELECT rebuild_journey_table('j');
SELECT tgname FROM pg_trigger WHERE tgrelid = 'visit'::regclass ORDER BY 1;
SELECT drop_journey_table('j');
SELECT count(*) AS left_over FROM pg_class
 WHERE relnamespace IN ('jt_repair'::regnamespace, 'jt_other_place'::regnamespace)
   AND relname <> 'visit' AND relkind IN ('r', 'v');

-- Columns of the source: one that it does not read may go; a new name must be told; another definition.
SELECT create_journey_table('j', 'visit', customer => 'customer', stage => 'stage', at => 'at');
ALTER TABLE visit DROP COLUMN value;
ALTER TABLE visit ADD COLUMN n integer;
SELECT pg_temp.exact('j', 'visit') AS columns_changed;
UPDATE j_definition SET seq = 'n', stage = 'upper(stage)', timezone = 'Asia/Tokyo';
SELECT * FROM check_journey_table('j');
SELECT rebuild_journey_table('j');
SELECT attname FROM pg_attribute WHERE attrelid = 'j_pending'::regclass AND attnum > 0 AND NOT attisdropped
 ORDER BY attnum;
SELECT pg_temp.exact('j', 'visit') AS other_definition;
SELECT DISTINCT first_stage(journey) FROM j ORDER BY 1;

-- A column that it reads keeps its type, and stays, until it is told; a name can change.
\set VERBOSITY sqlstate
ALTER TABLE visit ALTER n TYPE bigint;
ALTER TABLE visit DROP COLUMN at;
\set VERBOSITY terse
SELECT pg_temp.exact('j', 'visit') AS columns_stay;
BEGIN;
DROP TRIGGER j_columns ON visit;
ALTER TABLE visit ALTER n TYPE bigint USING -n;
SELECT problem, detail FROM check_journey_table('j') LIMIT 1;
SELECT rebuild_journey_table('j');
COMMIT;
SELECT pg_temp.exact('j', 'visit') AS another_type;
BEGIN;
ALTER TABLE visit RENAME at TO seen;
UPDATE j_definition SET at = 'seen';
SELECT rebuild_journey_table('j');
\set VERBOSITY sqlstate
ALTER TABLE visit ALTER seen TYPE date;
ROLLBACK;
\set VERBOSITY terse
SELECT pg_temp.exact('j', 'visit') AS as_before;
-- an update of what it reads fires nothing more, and expressions may read nothing, or one column twice
UPDATE visit SET n = n + 1, at = at + '1 day';
SELECT pg_temp.exact('j', 'visit') AS updated;
CREATE TABLE mute (n integer);
SELECT create_journey_table('of_nothing', 'mute', customer => '1', stage => '''a''',
	at => 'TIMESTAMPTZ ''2026-01-01Z''');
INSERT INTO mute VALUES (1);
UPDATE mute SET n = 2;
SELECT * FROM of_nothing;
SELECT * FROM check_journey_table('of_nothing');
SELECT drop_journey_table('of_nothing');
SELECT create_journey_table('of_one', 'mute', customer => 'n', stage => 'n', at => 'TIMESTAMPTZ ''2026-01-01Z''');
SELECT * FROM of_one;
SELECT drop_journey_table('of_one');
DROP TABLE mute;

-- Unlogged and logged again.
ALTER TABLE visit SET UNLOGGED;
SELECT * FROM check_journey_table('j');
SELECT rebuild_journey_table('j');
SELECT * FROM check_journey_table('j');
SELECT relname, relpersistence FROM pg_class WHERE relnamespace = 'jt_repair'::regnamespace AND relkind = 'r'
 ORDER BY 1;
ALTER TABLE visit SET LOGGED;
SELECT rebuild_journey_table('j');
SELECT count(*) AS unlogged FROM pg_class WHERE relnamespace = 'jt_repair'::regnamespace AND relpersistence = 'u';

-- Triggers that are gone or off, views that were dropped.
ALTER TABLE visit DISABLE TRIGGER j_delete;
DROP TRIGGER j_insert ON visit;
DROP VIEW j, j_left_out;
SELECT problem, detail FROM check_journey_table('j');
ALTER TABLE visit ENABLE TRIGGER j_delete;
SELECT rebuild_journey_table('j');
SELECT pg_temp.exact('j', 'visit') AS rebuilt;
-- rights on the views stay
GRANT SELECT ON j TO pg_monitor;
SELECT rebuild_journey_table('j');
SELECT has_table_privilege('pg_monitor', 'j', 'SELECT') AS rights_stay;

-- A view of people keeps it from being dropped, and not from being rebuilt.
CREATE VIEW longest AS SELECT customer, visits(journey) FROM j ORDER BY 2 DESC, 1 LIMIT 1;
SELECT rebuild_journey_table('j');
SELECT count(*) FROM longest;
SELECT drop_journey_table('j');
DROP VIEW longest;

-- DROP EXTENSION CASCADE: writing goes on, and after CREATE EXTENSION the table is to be made anew.
\set VERBOSITY default
\set SHOW_CONTEXT never
BEGIN;
DROP EXTENSION cxjourney CASCADE;
INSERT INTO visit VALUES (1, 'a', '2026-03-01');
CREATE EXTENSION cxjourney SCHEMA public;
SAVEPOINT s;
SELECT rebuild_journey_table('j');
ROLLBACK TO s;
SELECT refresh_journey_table('j');
ROLLBACK TO s;
SELECT * FROM check_journey_table('j');
SELECT drop_journey_table('j');
SELECT create_journey_table('j', 'visit', customer => 'customer', stage => 'stage', at => 'at');
SELECT * FROM check_journey_table('j');
ROLLBACK;
\set VERBOSITY terse
SELECT drop_journey_table('j');
SELECT count(*) AS left_over FROM pg_class WHERE relnamespace = 'jt_repair'::regnamespace AND relname ~ '^j(_|$)';
DROP SCHEMA jt_repair, jt_other_place CASCADE;
