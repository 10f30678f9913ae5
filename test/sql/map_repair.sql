--
-- What happens to a journey map when what it consists of is changed, and how it is repaired.
--
\set VERBOSITY terse
\pset null -
\pset format unaligned
SET client_min_messages = warning;
CREATE SCHEMA repair_test;
SET search_path = repair_test, public;
CREATE TABLE answers (at timestamptz, stage text, nps integer);
INSERT INTO answers SELECT '2026-01-01', stage, score
FROM unnest(ARRAY['buy', 'use']) AS stage, generate_series(0, 10) AS score;
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'nps');

-- The source becomes unlogged and logged again, and so does what counts its answers.
ALTER TABLE answers SET UNLOGGED;
SELECT * FROM check_journey_map('m');
SELECT rebuild_journey_map('m');
SELECT * FROM check_journey_map('m');
SELECT relname, relpersistence FROM pg_class WHERE relnamespace = 'repair_test'::regnamespace AND relkind = 'r'
ORDER BY 1;
ALTER TABLE answers SET LOGGED;
SELECT rebuild_journey_map('m');
SELECT * FROM check_journey_map('m');
SELECT relname FROM pg_class WHERE relnamespace = 'repair_test'::regnamespace AND relpersistence = 'u';
SELECT stage, responses, round(nps, 2) AS nps FROM m ORDER BY stage;

-- MERGE by several sessions into a partitioned table is not safe on every server.
CREATE TABLE parts (at timestamptz, stage text, nps integer) PARTITION BY LIST (stage);
SELECT version, cxjourney_internal.journey_map_warn_of_merge('journey map'::text, 'parts'::regclass, version) AS warns
  FROM unnest(ARRAY[150018, 150019, 160015, 170011, 180006]) AS version;
SELECT version, cxjourney_internal.journey_map_warn_of_merge('journey map'::text, source, version) AS silent
  FROM (VALUES ('answers'::regclass, 150018), ('answers', 180006), ('parts', 150020), ('parts', 160016),
	('parts', 170012), ('parts', 180007), ('parts', 190000), ('parts', 200000)) AS v(source, version);

-- Other names: writing goes on, the map stays exact, and the next refresh writes the trigger function anew.
CREATE FUNCTION pg_temp.write(source regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('INSERT INTO %s VALUES (''2026-01-03'', ''buy'', 1), (''2026-01-03'', ''use'', 2),
		(''2026-01-03'', ''use'', 11)', source);
	EXECUTE format('INSERT INTO %s SELECT ''2026-01-04'', ''use'', score %% 11 FROM generate_series(1, 40) AS score',
		source);
	EXECUTE format('UPDATE %s SET nps = 10 WHERE nps = 1', source);
	EXECUTE format('UPDATE %s SET nps = 9 WHERE at = ''2026-01-04''', source);
	EXECUTE format('DELETE FROM %s WHERE nps = 2', source);
	EXECUTE format('DELETE FROM %s WHERE at = ''2026-01-04'' AND stage = ''use''', source);
	EXECUTE format('INSERT INTO %s SELECT ''2026-01-05'', ''buy'', score %% 11 FROM generate_series(1, 20) AS score',
		source);
END $$;
CREATE FUNCTION pg_temp.exact(definition regclass, source regclass) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	name text := left((SELECT relname FROM pg_class WHERE oid = definition), -length('_definition'));
	function text := (SELECT prosrc FROM pg_proc
		WHERE oid = (SELECT tgfoid FROM pg_trigger WHERE tgrelid = source LIMIT 1));
	problems text;
BEGIN
	PERFORM pg_temp.write(source);
	SELECT string_agg(problem || ': ' || detail, E'\n') INTO problems FROM check_journey_map(name);
	PERFORM refresh_journey_map(name);
	PERFORM pg_temp.write(source);
	RETURN concat_ws(E'\n', problems, (SELECT string_agg(problem || ': ' || detail, E'\n')
		FROM check_journey_map(name)),
		CASE WHEN function = (SELECT prosrc FROM pg_proc
			WHERE oid = (SELECT tgfoid FROM pg_trigger WHERE tgrelid = source LIMIT 1)) THEN 'the same' ELSE 'a new' END
			|| ' trigger function');
END $$;
SELECT pg_temp.exact('m_definition', 'answers') AS as_it_was;
ALTER SCHEMA repair_test RENAME TO renamed_test;
SET search_path = renamed_test, public;
SELECT pg_temp.exact('m_definition', 'answers') AS schema_renamed;
ALTER SCHEMA renamed_test RENAME TO repair_test;
SET search_path = repair_test, public;
TRUNCATE answers;
SELECT pg_temp.exact('m_definition', 'answers') AS schema_renamed_back;
CREATE SCHEMA other_place;
ALTER TABLE m_pending RENAME TO "Pending answers";
ALTER TABLE m_batches SET SCHEMA other_place;
SELECT pg_temp.exact('m_definition', 'answers') AS what_is_written_renamed;
ALTER TABLE m_rollup RENAME TO stored;
ALTER TABLE m_notes RENAME TO remarks;
ALTER FUNCTION m_write() RENAME TO keep_it;
TRUNCATE answers;
SELECT pg_temp.exact('m_definition', 'answers') AS everything_renamed;
SELECT rebuild_journey_map('m');
SELECT pg_temp.exact('m_definition', 'answers') AS rebuilt;
ALTER TRIGGER m_insert ON answers RENAME TO on_insert;
SELECT pg_temp.exact('m_definition', 'answers') AS trigger_renamed;
SELECT rebuild_journey_map('m');
SELECT tgname FROM pg_trigger WHERE tgrelid = 'answers'::regclass ORDER BY 1;
SELECT pg_temp.exact('m_definition', 'answers') AS rebuilt;
ALTER TABLE m_definition RENAME TO n_definition;
SELECT pg_temp.write('answers');
SELECT refresh_journey_map('n') > 0 AS refreshed;
SELECT pg_temp.write('answers');
ALTER TABLE n_definition RENAME TO m_definition;
SELECT * FROM check_journey_map('m');
SELECT drop_journey_map('m');
SELECT relname FROM pg_class WHERE relnamespace IN ('repair_test'::regnamespace, 'other_place'::regnamespace)
	AND relkind IN ('r', 'v') ORDER BY 1;
SELECT count(*) AS functions FROM pg_proc WHERE pronamespace = 'repair_test'::regnamespace;
-- of a partitioned table, too
SET client_min_messages = error;
SELECT create_journey_map('p', 'parts', at => 'at', stage => 'stage', nps => 'nps');
SET client_min_messages = warning;
CREATE TABLE parts_buy PARTITION OF parts FOR VALUES IN ('buy');
CREATE TABLE parts_use PARTITION OF parts FOR VALUES IN ('use');
SELECT rebuild_journey_map('p');
SELECT pg_temp.write('parts');
ALTER TABLE p_batches RENAME TO b;
SELECT pg_temp.write('parts');
SELECT stage, responses FROM p ORDER BY stage;
TRUNCATE parts_buy;
SELECT stage, responses FROM p ORDER BY stage;
SELECT * FROM check_journey_map('p');
SELECT pg_temp.exact('p_definition', 'parts') AS partitions;
SELECT drop_journey_map('p');
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'nps');

-- Dropped tables and views: writing goes on, readers and check_journey_map say what is missing, and rebuilding brings
-- back that, and what was dropped with it.
CREATE FUNCTION pg_temp.said(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
	hint text;
BEGIN
	EXECUTE query INTO answer;
	RETURN coalesce(answer, '-');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' ', SQLSTATE, SQLERRM, left(hint, 37));
END $$;
CREATE FUNCTION pg_temp.dropped(part text, OUT missing text, OUT cells text, OUT others text, OUT written text,
	OUT rebuilt text, OUT after text) LANGUAGE plpgsql AS $$
DECLARE
	check_map text := 'SELECT string_agg(concat_ws('' '', problem, detail), '', '') FROM check_journey_map(''m'')';
BEGIN
	EXECUTE (SELECT format('DROP %s %I CASCADE', CASE relkind WHEN 'r' THEN 'TABLE' ELSE 'VIEW' END, relname)
		FROM pg_class WHERE oid = to_regclass('m' || part));
	missing := pg_temp.said(check_map);
	cells := pg_temp.said('SELECT count(*) FROM journey_map_cells(''m'')');
	SELECT string_agg(DISTINCT said, ', ') INTO others
	  FROM unnest(ARRAY['SELECT count(*) > 0 FROM journey_map_scores(''m'')',
		'SELECT count(*) >= 0 FROM journey_map_barriers(''m'')', 'SELECT journey_map_svg(''m'') LIKE ''<svg%''',
		'SELECT journey_map_mermaid(''m'') LIKE ''journey%''']) AS query, pg_temp.said(query) WHERE said <> cells;
	INSERT INTO answers VALUES ('2026-01-09', 'buy', 3);
	written := pg_temp.said('SELECT refresh_journey_map(''m'')');
	rebuilt := pg_temp.said('SELECT rebuild_journey_map(''m'')');
	after := pg_temp.said(check_map);
END $$;
CREATE VIEW own AS SELECT relname FROM pg_class
 WHERE relnamespace = 'repair_test'::regnamespace AND relname ~ '^m(_|$)' AND relkind IN ('r', 'v');
SELECT count(*) AS tables_and_views FROM own;
SELECT part, d.* FROM unnest(ARRAY['_notes', '_targets', '_alarms_sent', '_summaries', '_totals', '']) AS part,
	pg_temp.dropped(part) AS d;
SELECT count(*) AS tables_and_views, count(obj_description(relname::regclass, 'pg_class')) AS with_comment FROM own;
-- what came back knows what a goal may be, and which stages there are
SELECT pg_temp.said('INSERT INTO m_targets VALUES (NULL, ''sell'', ''nps'', 1)') AS unknown,
       pg_temp.said('INSERT INTO m_targets VALUES (NULL, ''buy'', ''nps'', 101)') AS too_high,
       pg_temp.said('INSERT INTO m_notes (stage, kind, note) VALUES (''sell'', ''idea'', ''x'')') AS unknown_too,
       pg_temp.said('INSERT INTO m_notes (stage, kind, note) VALUES (''buy'', ''idea'', ''x'') RETURNING id') AS noted;
-- several at once; something in the place of one
BEGIN;
DROP TABLE m_notes, m_targets, m_alarms_sent CASCADE;
CREATE TABLE m_notes (note text);
SELECT pg_temp.said('SELECT rebuild_journey_map(''m'')') AS taken;
DROP TABLE m_notes;
SELECT rebuild_journey_map('m');
SELECT * FROM check_journey_map('m');
SELECT notes, targets, alarms_sent FROM m_definition;
SELECT count(*) AS tables_and_views FROM own;
ROLLBACK;
-- without answers there is nothing to rebuild, and readers say so
BEGIN;
DROP TABLE m_batches CASCADE;
SELECT pg_temp.said('SELECT count(*) FROM journey_map_cells(''m'')') AS cells,
       pg_temp.said('SELECT rebuild_journey_map(''m'')') AS rebuilt;
ROLLBACK;
DROP VIEW own;

-- A value of an enum that gets another name changes rows without any trigger: found, said to readers, repaired. Where
-- stages that came later stand, the definition says.
\set VERBOSITY default
\set SHOW_CONTEXT never
CREATE TYPE step AS ENUM ('find', 'buy');
CREATE TABLE stepped (at timestamptz, stage step, score integer);
SELECT create_journey_map('e', 'stepped', at => 'at', stage => 'stage', nps => 'score');
INSERT INTO stepped VALUES ('2026-01-01', 'find', 9), ('2026-01-01', 'buy', 9), ('2026-01-01', 'buy', 3);
ALTER TYPE step RENAME VALUE 'buy' TO 'pay';
SELECT problem FROM check_journey_map('e');
DELETE FROM stepped WHERE score = 3;
SELECT stage, nps FROM e;
SELECT stage, nps FROM e_trend_places;
SELECT bucket, signal FROM e_control;
SELECT refresh_journey_map('e');
SELECT problem, detail FROM check_journey_map('e');
SELECT rebuild_journey_map('e');
SELECT * FROM check_journey_map('e');
ALTER TYPE step ADD VALUE 'look' BEFORE 'find';
INSERT INTO stepped VALUES ('2026-01-01', 'look', 9);
SELECT stage, stage_position, responses FROM e ORDER BY stage_position;
UPDATE e_definition SET stages = enum_range(NULL::step)::text[];
SELECT stage, stage_position, responses FROM e ORDER BY stage_position;
SELECT drop_journey_map('e');
\set VERBOSITY terse

-- What may go well the next time is no problem of a map, but an error: serialization, memory, disk, locks. Others, such
-- as what an expression has come to make of a row, are a problem.
CREATE FUNCTION answered(score integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN score; END';
CREATE TABLE scored (at timestamptz, stage text, score integer);
SELECT create_journey_map('e', 'scored', at => 'at', stage => 'stage', nps => 'answered(score)');
SELECT create_journey_table('t', 'scored', customer => 'answered(score)', stage => 'stage', at => 'at');
INSERT INTO scored VALUES ('2026-01-01', 'find', 9);
CREATE FUNCTION pg_temp.failing(state text, OUT map text, OUT journey_table text, OUT rebuilt text)
	LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE OR REPLACE FUNCTION answered(score integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE
		AS %L',
		format('BEGIN RAISE EXCEPTION USING ERRCODE = %L, MESSAGE = ''fails''; END', state));
	map := pg_temp.said('SELECT problem || '': '' || detail FROM check_journey_map(''e'')');
	journey_table := pg_temp.said('SELECT problem || '': '' || detail FROM check_journey_table(''t'')');
	rebuilt := pg_temp.said('SELECT rebuild_journey_map(''e'')');
END $$;
SELECT state, f.* FROM unnest(ARRAY['40001', '40P01', '53200', '53100', '53400', '55P03', '57P03', '22012']) AS state,
	pg_temp.failing(state) AS f;
SELECT drop_journey_map('e'), drop_journey_table('t');

-- DROP EXTENSION CASCADE: writing goes on, and after CREATE EXTENSION the map is to be made anew.
\set VERBOSITY default
\set SHOW_CONTEXT never
BEGIN;
DROP EXTENSION cxjourney CASCADE;
INSERT INTO answers VALUES ('2026-01-02', 'buy', 10);
CREATE EXTENSION cxjourney SCHEMA public;
SAVEPOINT s;
SELECT rebuild_journey_map('m');
ROLLBACK TO s;
SELECT refresh_journey_map('m');
ROLLBACK TO s;
SELECT * FROM check_journey_map('m');
INSERT INTO answers VALUES ('2026-01-02', 'buy', 10);
SELECT source, at, stage, nps FROM m_definition;
SELECT drop_journey_map('m');
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'nps');
SELECT stage, responses FROM m ORDER BY stage;
ROLLBACK;
\set VERBOSITY terse

SELECT drop_journey_map('m');
DROP SCHEMA repair_test, other_place CASCADE;
