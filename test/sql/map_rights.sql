--
-- Who may do what with a map: its owner, somebody who writes answers, somebody who reads it, a stranger. What each of
-- them may do is written down by hand and tried, on every relation, function and trigger that the map made, and with
-- every function of the extension that takes a map. All are found in the catalog: what has no line is shown.
--
\pset null -
SET client_min_messages = warning;
CREATE ROLE regress_rights_owner;
CREATE ROLE regress_rights_writer;
CREATE ROLE regress_rights_reader;
CREATE ROLE regress_rights_stranger;
CREATE SCHEMA rights;
GRANT ALL ON SCHEMA rights TO regress_rights_owner;
GRANT USAGE ON SCHEMA rights TO regress_rights_writer, regress_rights_reader, regress_rights_stranger;
SET search_path = rights, public;
SET ROLE regress_rights_owner;
CREATE TABLE answers (at timestamptz, stage text, place text, persona text, nps integer, words text);
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', touchpoint => 'place', segment => 'persona',
	nps => 'nps', comment => 'words');
-- what docs/journey-map.md gives to those who write answers, and to those who read and draw
GRANT INSERT ON answers TO regress_rights_writer;
GRANT SELECT ON m, m_personas, m_trend, m_trend_places, m_control, m_alarms, m_channels, m_barriers, m_changes,
	m_comments, m_totals, m_summaries, m_definition TO regress_rights_reader;
GRANT SELECT, INSERT ON m_notes, m_targets TO regress_rights_reader;
RESET ROLE;
-- whatever it did is taken back
CREATE FUNCTION rights.outcome(role text, statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE 'SET LOCAL ROLE regress_rights_' || role;
	BEGIN
		EXECUTE statement;
		RAISE EXCEPTION 'back' USING ERRCODE = 'ZZZZZ';
	-- what only a constraint stops was allowed
	EXCEPTION WHEN SQLSTATE 'ZZZZZ' OR integrity_constraint_violation THEN
		RESET ROLE;
		RETURN 'yes';
	WHEN insufficient_privilege THEN
		RESET ROLE;
		RETURN 'no';
	WHEN object_not_in_prerequisite_state OR wrong_object_type THEN
		RESET ROLE;
		RETURN 'no such thing';
	END;
END $$;

-- Letters: read, insert, update, delete, truncate. Views cannot be written to.
CREATE TABLE rights.relation (name text, owner text, writer text, reader text, stranger text);
INSERT INTO rights.relation VALUES
	('answers', 'riudt', 'i', '', ''),
	('m', 'r', '', 'r', ''), ('m_personas', 'r', '', 'r', ''), ('m_trend', 'r', '', 'r', ''),
	('m_trend_places', 'r', '', 'r', ''), ('m_control', 'r', '', 'r', ''), ('m_alarms', 'r', '', 'r', ''),
	('m_channels', 'r', '', 'r', ''), ('m_barriers', 'r', '', 'r', ''), ('m_changes', 'r', '', 'r', ''),
	('m_totals', 'r', '', 'r', ''), ('m_summaries', 'r', '', 'r', ''),
	-- it reads the source with the rights of the reader, who has none there
	('m_comments', 'r', '', '', ''),
	('m_definition', 'riudt', '', 'r', ''),
	('m_notes', 'riudt', '', 'ri', ''), ('m_targets', 'riudt', '', 'ri', ''),
	('m_rollup', 'riudt', '', '', ''), ('m_pending', 'riudt', '', '', ''), ('m_batches', 'riudt', '', '', ''),
	('m_alarms_sent', 'riudt', '', '', '');
CREATE FUNCTION rights.letters(role text, relation text) RETURNS text LANGUAGE sql AS $$
	SELECT coalesce(string_agg(letter, '' ORDER BY n), '')
	  FROM (VALUES (1, 'r', 'SELECT count(t::text) FROM %I AS t'), (2, 'i', 'INSERT INTO %I DEFAULT VALUES'),
		(3, 'u', 'UPDATE %I SET %I = NULL WHERE false'), (4, 'd', 'DELETE FROM %I WHERE false'),
		(5, 't', 'TRUNCATE %I')) AS v(n, letter, statement)
	 WHERE rights.outcome(role, format(statement, relation, (SELECT attname FROM pg_attribute
		WHERE attrelid = ('rights.' || relation)::regclass AND attnum > 0 AND NOT attisdropped
			AND attidentity = '' ORDER BY attnum LIMIT 1))) = 'yes' $$;
SELECT c.relname AS without_line FROM pg_class AS c WHERE relnamespace = 'rights'::regnamespace
	AND relkind IN ('r', 'v', 'm', 'p', 'f') AND relowner = 'regress_rights_owner'::regrole
	AND NOT EXISTS (SELECT FROM rights.relation AS r WHERE r.name = c.relname);
SELECT r.name, e.role, e.letters AS expected, found
  FROM rights.relation AS r, LATERAL (VALUES ('owner', owner), ('writer', writer), ('reader', reader),
	('stranger', stranger)) AS e(role, letters), LATERAL (SELECT rights.letters(e.role, r.name) AS found OFFSET 0) AS f
 WHERE found <> e.letters ORDER BY r.name, e.role;
SELECT count(*) >= 20 AS many_relations FROM rights.relation;

-- Functions, with the arguments that they are called with. Those that change a map ask who owns it.
CREATE TABLE rights.function (name text, statement text, owner text, writer text, reader text, stranger text);
INSERT INTO rights.function VALUES
	('create_journey_map', 'SELECT create_journey_map(''n'', ''answers'', at => ''at'', stage => ''stage'',
		nps => ''nps'')', 'yes', 'no', 'no', 'no'),
	('refresh_journey_map', 'SELECT refresh_journey_map(''m'')', 'yes', 'no', 'no', 'no'),
	('rebuild_journey_map', 'SELECT rebuild_journey_map(''m'')', 'yes', 'no', 'no', 'no'),
	('check_journey_map', 'SELECT * FROM check_journey_map(''m'')', 'yes', 'no', 'no', 'no'),
	('drop_journey_map', 'SELECT drop_journey_map(''m'')', 'yes', 'no', 'no', 'no'),
	('journey_map_cells', 'SELECT * FROM journey_map_cells(''m'')', 'yes', 'no', 'yes', 'no'),
	('journey_map_barriers', 'SELECT * FROM journey_map_barriers(''m'')', 'yes', 'no', 'yes', 'no'),
	('journey_map_scores', 'SELECT * FROM journey_map_scores(''m'')', 'yes', 'no', 'yes', 'no'),
	('journey_map_shift', 'SELECT * FROM journey_map_shift(''m'', ''[2026-01-01,2026-02-01)'',
		''[2026-02-01,2026-03-01)'')', 'yes', 'no', 'yes', 'no'),
	('journey_map_svg', 'SELECT journey_map_svg(''m'')', 'yes', 'no', 'yes', 'no'),
	('journey_map_mermaid', 'SELECT journey_map_mermaid(''m'')', 'yes', 'no', 'yes', 'no'),
	('journey_map_report', 'SELECT journey_map_report(''m'')', 'yes', 'no', 'yes', 'no'),
	('journey_map_words', 'SELECT * FROM journey_map_words(''m'')', 'yes', 'no', 'no', 'no');
SELECT DISTINCT p.proname AS without_line
  FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
  JOIN pg_extension AS x ON x.oid = d.refobjid AND x.extname = 'cxjourney' AND p.pronamespace = x.extnamespace
 WHERE p.proname LIKE '%journey\_map%' AND p.proname NOT IN (SELECT name FROM rights.function);
SELECT f.name, e.role, e.expected, found
  FROM rights.function AS f, LATERAL (VALUES ('owner', owner), ('writer', writer), ('reader', reader),
	('stranger', stranger)) AS e(role, expected),
	LATERAL (SELECT rights.outcome(e.role, f.statement) AS found OFFSET 0) AS o
 WHERE found <> e.expected ORDER BY f.name, e.role;

-- The one function that the map made: nobody but its owner may call it, and it runs as its owner with a path of its
-- own. Nobody else may take the trigger away, turn it off, or have the function run on a table of his own.
SELECT p.proname, p.prosecdef, p.proowner::regrole, p.proconfig[1] AS first_setting, r.role,
       has_function_privilege('regress_rights_' || r.role, p.oid, 'EXECUTE') AS may_call
  FROM pg_proc AS p, unnest('{owner,writer,reader,stranger}'::text[]) WITH ORDINALITY AS r(role, n)
 WHERE p.pronamespace = 'rights'::regnamespace AND p.proowner = 'regress_rights_owner'::regrole ORDER BY p.proname, n;
SELECT what, rights.outcome('owner', statement) AS owner, rights.outcome('writer', statement) AS writer,
       rights.outcome('reader', statement) AS reader, rights.outcome('stranger', statement) AS stranger
  FROM (VALUES ('disable', 'ALTER TABLE answers DISABLE TRIGGER ALL'),
	('drop', (SELECT format('DROP TRIGGER %I ON answers', min(tgname)) FROM pg_trigger
		WHERE tgrelid = 'answers'::regclass)),
	('own table', 'CREATE TEMP TABLE mine (i integer); CREATE TRIGGER t AFTER INSERT ON mine FOR EACH STATEMENT
		EXECUTE FUNCTION m_write()'),
	('replace', 'CREATE OR REPLACE FUNCTION m_write() RETURNS trigger LANGUAGE plpgsql AS ''BEGIN END''')
	) AS v(what, statement);
SELECT count(*) > 0 AS has_triggers, count(*) FILTER (WHERE tgfoid <> 'm_write()'::regprocedure) AS of_others
  FROM pg_trigger WHERE tgrelid = 'answers'::regclass;

-- A writer's answer reaches the map all the same.
SET ROLE regress_rights_writer;
INSERT INTO answers VALUES ('2026-01-01', 'buy', 'web', 'x', 9, 'fine');
SET ROLE regress_rights_reader;
SELECT segment, stage, responses FROM m;
RESET ROLE;

-- A right too many, or one too few, would have been found.
BEGIN;
GRANT SELECT ON m_rollup TO regress_rights_stranger;
REVOKE SELECT ON m_trend FROM regress_rights_reader;
SELECT rights.letters('stranger', 'm_rollup') AS too_many, rights.letters('reader', 'm_trend') AS too_few;
ROLLBACK;
DROP SCHEMA rights CASCADE;
DROP ROLE regress_rights_owner, regress_rights_writer, regress_rights_reader, regress_rights_stranger;
