--
-- Where a journey map lies: schemas whose names need quotes, temporary ones, neighbours whose names look like those of
-- its parts, and maps that are gone.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set VERBOSITY terse
\pset null -
\pset format unaligned
SET client_min_messages = warning;
CREATE ROLE regress_place_owner;
CREATE ROLE regress_place_other;
CREATE SCHEMA place_test;
CREATE SCHEMA "Place, ""quoted"" %s";
GRANT ALL ON SCHEMA place_test, "Place, ""quoted"" %s" TO regress_place_owner, regress_place_other;
SET search_path = place_test, public;
SET ROLE regress_place_owner;
CREATE TABLE answers (at timestamptz, stage text, score integer, words text);

-- A schema whose name needs quotes, and names that are quoted without need.
CREATE FUNCTION pg_temp.live() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM create_journey_map('m', 'place_test.answers', at => 'at', stage => 'stage', nps => 'score',
		comment => 'words');
	INSERT INTO place_test.answers VALUES ('2026-01-01', 'buy', 10, NULL);
	RETURN QUERY SELECT 'created: ' || c::text FROM check_journey_map('m') AS c;
	PERFORM refresh_journey_map('m');
	PERFORM rebuild_journey_map('m');
	RETURN QUERY SELECT 'rebuilt: ' || c::text FROM check_journey_map('m') AS c;
	RETURN NEXT (SELECT stage || ' ' || responses FROM journey_map_cells('m'));
	PERFORM drop_journey_map('m');
	RETURN NEXT (SELECT count(*) || ' triggers' FROM pg_trigger WHERE tgrelid = 'place_test.answers'::regclass);
	TRUNCATE place_test.answers;
END $$;
SET search_path = "Place, ""quoted"" %s", public;
SELECT pg_temp.live();
SET search_path = place_test, public;
SET quote_all_identifiers = on;
SELECT pg_temp.live();
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'score', comment => 'words');
SHOW quote_all_identifiers;
RESET quote_all_identifiers;
SELECT * FROM check_journey_map('m');
SELECT drop_journey_map('m');

-- A temporary schema is another one for whoever else writes.
CREATE TEMPORARY TABLE scratch ();
SET search_path = pg_temp, place_test, public;
SELECT pg_temp.error_of($$SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage',
	nps => 'score')$$) AS temporary_schema;
SET search_path = place_test, public;

-- A table whose name ends in _definition is no map for that.
CREATE TABLE term_definition (term text, meaning text);
SELECT function, pg_temp.error_of(format('SELECT %s(''term'')', function)) AS error
  FROM unnest(ARRAY['drop_journey_map', 'refresh_journey_map', 'check_journey_map', 'journey_map_svg']) AS function;
SELECT to_regclass('term_definition') AS still_there;

-- What is somebody else's stays, also when it has the name of a part that is gone.
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'score', comment => 'words');
DROP FUNCTION m_write() CASCADE;
DROP VIEW m_trend, m_changes;
SET ROLE regress_place_other;
CREATE VIEW m_trend AS SELECT 1 AS theirs;
CREATE TABLE m_changes AS SELECT 2 AS theirs;
CREATE FUNCTION m_write() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
RESET ROLE;
SELECT drop_journey_map('m');
SELECT relname, relowner::regrole FROM pg_class WHERE relnamespace = 'place_test'::regnamespace AND relname LIKE 'm%'
 ORDER BY relname;
SELECT to_regprocedure('m_write()') AS theirs;

-- Whoever owns the schema can put something of his own in the place of a part of the map. Nobody runs it, not even a
-- superuser who owns the map, and rebuild_journey_map does not take it over.
DROP TABLE m_changes;
DROP VIEW m_trend;
DROP FUNCTION m_write();
CREATE TABLE ran (who name DEFAULT current_user);
GRANT INSERT ON ran TO PUBLIC;
CREATE SCHEMA theirs AUTHORIZATION regress_place_other;
SET search_path = theirs, place_test, public;
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'score');
SELECT create_journey_map('n', 'answers', at => 'at', stage => 'stage', nps => 'score');
SET ROLE regress_place_other;
DROP VIEW m_totals CASCADE;
CREATE FUNCTION tell() RETURNS text LANGUAGE plpgsql AS $$ BEGIN
	INSERT INTO place_test.ran DEFAULT VALUES;
	RETURN 'x';
END $$;
CREATE VIEW m_totals AS SELECT tell() AS segment, 'a' AS stage, 'b' AS touchpoint, 1::bigint AS responses,
	0::bigint AS invalid, NULL::rating_summary AS nps, NULL::rating_summary AS csat,
	NULL::rating_summary AS ces, 0::bigint AS emotion_responses, 0::numeric AS emotion_sum;
GRANT SELECT ON m_totals TO PUBLIC;
DROP FUNCTION n_write() CASCADE;
CREATE FUNCTION n_write() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM theirs.tell(); RETURN NULL; END $$;
RESET ROLE;
SELECT call, pg_temp.error_of('SELECT ' || call) AS error
  FROM unnest(ARRAY['journey_map_cells(''m'')', 'journey_map_barriers(''m'')', 'journey_map_scores(''m'')',
	'journey_map_shift(''m'', ''(,2026-01-01)'', ''[2026-01-01,)'')', 'journey_map_words(''m'')',
	'journey_map_svg(''m'')', 'journey_map_mermaid(''m'')', 'rebuild_journey_map(''m'')',
	'rebuild_journey_map(''n'')']) AS call;
SELECT problem, detail FROM check_journey_map('m') WHERE problem LIKE '%somebody%';
SELECT problem, detail FROM check_journey_map('n') WHERE problem LIKE '%somebody%';
INSERT INTO answers VALUES ('2026-01-01', 'buy', 1);
SELECT * FROM ran;
-- What it is, and whose, is said as it is. A table that holds answers is not to be dropped.
CREATE FUNCTION pg_temp.put(statements text, OUT problem text, OUT rebuilt text) LANGUAGE plpgsql AS $$ BEGIN
	EXECUTE statements;
	RESET ROLE;
	problem := (SELECT string_agg(c.problem || ': ' || c.detail, E'\n') FROM check_journey_map('m') AS c
		WHERE c.problem LIKE '%somebody else%');
	rebuilt := pg_temp.error_of('SELECT rebuild_journey_map(''m'')');
	RAISE EXCEPTION 'take it back';
EXCEPTION WHEN raise_exception THEN
END $$;
CREATE FOREIGN DATA WRAPPER regress_place_wrapper;
CREATE SERVER regress_place_server FOREIGN DATA WRAPPER regress_place_wrapper;
GRANT USAGE ON FOREIGN SERVER regress_place_server TO regress_place_other;
SELECT p.* FROM (VALUES (1, 'SET ROLE regress_place_other; DROP VIEW m_totals; CREATE TABLE m_totals ()'),
	(2, 'SET ROLE regress_place_other; DROP VIEW m_totals; CREATE MATERIALIZED VIEW m_totals AS SELECT'),
	(3, 'SET ROLE regress_place_other; DROP VIEW m_totals; CREATE SEQUENCE m_totals'),
	(4, 'SET ROLE regress_place_other; DROP VIEW m_totals; CREATE TYPE m_totals AS (a integer)'),
	(5, 'SET ROLE regress_place_other; DROP VIEW m_totals; CREATE TABLE t (a integer); CREATE INDEX m_totals ON t (a)'),
	(6, 'SET ROLE regress_place_other; DROP VIEW m_totals; CREATE FOREIGN TABLE m_totals ()
		SERVER regress_place_server'),
	(7, 'SET ROLE regress_place_other; DROP TABLE m_notes CASCADE; CREATE VIEW m_notes AS SELECT'),
	(8, 'SET ROLE regress_place_other; DROP TABLE m_notes CASCADE; CREATE TABLE m_notes ()'),
	(9, 'ALTER TABLE m_notes OWNER TO regress_place_other'),
	(10, 'ALTER TABLE m_rollup OWNER TO regress_place_other')) AS v (place, statements), pg_temp.put(statements) AS p
 ORDER BY place;

-- A refresh reads no view; but one that writes the trigger function anew, after renaming, does not do so beside it.
SELECT pg_temp.error_of('SELECT refresh_journey_map(''m'')') AS as_it_was;
ALTER TABLE m_pending RENAME TO waiting;
SELECT pg_temp.error_of('SELECT refresh_journey_map(''m'')') AS renamed;
SET ROLE regress_place_other;
DROP VIEW m_totals;
RESET ROLE;
SELECT pg_temp.error_of('SELECT refresh_journey_map(''m'')') AS without_it;
SELECT drop_journey_map('m'), drop_journey_map('n');
SET search_path = place_test, public;

-- A map that is dropped between being found and being locked or read.
SELECT call, pg_temp.error_of(format('SELECT cxjourney_internal.%s', call)) AS error
  FROM unnest(ARRAY['journey_map_lock(''journey map''::text, 4294967295::oid::regclass, ''ACCESS EXCLUSIVE''::text)',
	'journey_map_load(''journey map''::text, 4294967295::oid::regclass)',
	'journey_map_drop(''journey map''::text, 4294967295::oid::regclass)',
	'journey_map_cells_of(4294967295::oid::regclass, NULL::text, NULL::daterange)']) AS call;
-- nor does it wait for the triggers of no source
SET statement_timeout = '10s';
SELECT cxjourney_internal.journey_map_attach('{}');
RESET statement_timeout;

-- The order of stages is one list.
SET ROLE regress_place_owner;
DROP TABLE term_definition;
SELECT stages, pg_temp.error_of(format(
	'SELECT create_journey_map(''n'', ''answers'', at => ''at'', stage => ''stage'', nps => ''score'', stages => %L)',
	stages)) AS error
  FROM (VALUES ('{{buy,use},{find,leave}}'), ('{buy,NULL}'), ('{buy,buy}'), ('{}')) AS v(stages);
SELECT pg_temp.error_of(format('UPDATE n_definition SET stages = %L', stages)) AS error
  FROM (VALUES ('{{buy},{use}}'), ('[2:3]={buy,use}'), ('{use,buy}'), (NULL)) AS v(stages);
SELECT drop_journey_map('n');

-- Scales without ends, and a definition that is not one row.
SELECT scale, pg_temp.error_of(format('SELECT create_journey_map(''n'', ''answers'', at => ''at'', stage => ''stage'',
	ces => ''score'', ces_scale => %L)', scale)) AS error
  FROM unnest(ARRAY['empty', '(,)', '(,5]', '[1,)']) AS scale;
SELECT create_journey_map('n', 'answers', at => 'at', stage => 'stage', nps => 'score');
DELETE FROM n_definition;
SELECT function, pg_temp.error_of(format('SELECT %s(''n'')', function)) AS error
  FROM unnest(ARRAY['journey_map_cells', 'refresh_journey_map', 'rebuild_journey_map',
	'check_journey_map']) AS function;
SELECT drop_journey_map('n');
SELECT count(*) AS left_over FROM pg_class WHERE relnamespace = 'place_test'::regnamespace AND relname LIKE 'n\_%';

-- What a text search finds depends on a setting of whoever writes, unless the configuration is named.
SELECT stage, pg_temp.error_of(format(
	'SELECT create_journey_map(''n'', ''answers'', at => ''at'', stage => %L, nps => ''score'')', stage)) AS error
  FROM unnest(ARRAY['CASE WHEN to_tsvector(words) @@ to_tsquery(''english'', ''refund'') THEN ''refund'' END',
	'CASE WHEN words @@ to_tsquery(''english'', ''refund'') THEN ''refund'' END',
	'CASE WHEN words @@ ''refund'' THEN ''refund'' END',
	'plainto_tsquery(words)::text',
	'CASE WHEN to_tsvector(''english'', words) @@ to_tsquery(''english'', ''refund'') THEN ''refund'' END'])
	AS stage;
SET default_text_search_config = 'simple';
INSERT INTO answers VALUES ('2026-01-01', 'buy', 1, 'refunds');
RESET default_text_search_config;
SELECT stage, responses FROM n;
SELECT * FROM check_journey_map('n');

RESET ROLE;
DROP SCHEMA theirs, place_test, "Place, ""quoted"" %s" CASCADE;
DROP FOREIGN DATA WRAPPER regress_place_wrapper CASCADE;
DROP OWNED BY regress_place_owner, regress_place_other;
DROP ROLE regress_place_owner, regress_place_other;
