--
-- Who may do what with a journey table: its owner, somebody who writes visits, somebody who reads it, a stranger; what
-- others put in the place of its parts; and what it is made of, as pgspot would look at it. map_rights and map_texts
-- say the same of maps.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset null -
\pset format unaligned
\set VERBOSITY terse
\set SHOW_CONTEXT never
SET client_min_messages = warning;
CREATE ROLE regress_jt_owner;
CREATE ROLE regress_jt_writer;
CREATE ROLE regress_jt_reader;
CREATE ROLE regress_jt_stranger;
CREATE SCHEMA jt_rights;
GRANT ALL ON SCHEMA jt_rights TO regress_jt_owner;
GRANT USAGE ON SCHEMA jt_rights TO regress_jt_writer, regress_jt_reader, regress_jt_stranger;
SET search_path = jt_rights, public;
SET ROLE regress_jt_owner;
CREATE TABLE event (customer bigint, stage text, at timestamptz);
SELECT create_journey_table('j', 'event', customer => 'customer', stage => 'stage', at => 'at');
GRANT INSERT, UPDATE, DELETE, SELECT ON event TO regress_jt_writer;
GRANT SELECT ON j, j_left_out TO regress_jt_reader;
RESET ROLE;
CREATE FUNCTION outcome(role text, statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE 'SET LOCAL ROLE regress_jt_' || role;
	EXECUTE statement;
	RAISE 'taken back' USING ERRCODE = 'ZZ001';
EXCEPTION
	WHEN SQLSTATE 'ZZ001' THEN RETURN 'yes';
	WHEN insufficient_privilege THEN RETURN 'no';
END $$;
SELECT statement, outcome('owner', statement) AS owner, outcome('writer', statement) AS writer,
       outcome('reader', statement) AS reader, outcome('stranger', statement) AS stranger
  FROM unnest(ARRAY['SELECT count(journey) FROM j', 'SELECT count(*) FROM j_left_out', 'SELECT count(*) FROM j_rollup',
	'SELECT count(*) FROM j_definition', 'INSERT INTO j_pending SELECT FROM event WHERE false',
	'INSERT INTO j_batches SELECT FROM event WHERE false', 'DELETE FROM j_rollup',
	'UPDATE j_definition SET customer = ''1''',
	'INSERT INTO event VALUES (1, ''a'', ''2026-01-01'')', 'DELETE FROM event',
	'SELECT refresh_journey_table(''j'')', 'SELECT rebuild_journey_table(''j'')',
	'SELECT * FROM check_journey_table(''j'')', 'SELECT drop_journey_table(''j'')',
	'SELECT create_journey_table(''k'', ''event'', ''customer'', ''stage'', ''at'')',
	'CREATE TEMP TABLE mine (i integer); CREATE TRIGGER t AFTER INSERT ON mine FOR EACH STATEMENT
		EXECUTE FUNCTION j_write()', 'ALTER TABLE event DISABLE TRIGGER ALL']) AS statement;
-- whoever may write to the source needs no right on the table
SET ROLE regress_jt_writer;
INSERT INTO event VALUES (1, 'a', '2026-01-01'), (NULL, 'a', '2026-01-01');
INSERT INTO event SELECT 2, 'b', '2026-01-01' FROM generate_series(1, 20);
UPDATE event SET stage = 'c' WHERE customer = 1;
DELETE FROM event WHERE ctid = (SELECT min(ctid) FROM event WHERE customer = 2);
SET ROLE regress_jt_reader;
SELECT customer, visits(journey), first_stage(journey) FROM j ORDER BY customer;
SELECT * FROM j_left_out;
-- expressions would run with the rights of the caller
RESET ROLE;
SELECT call, pg_temp.message_of('SELECT ' || call) FROM unnest(ARRAY['refresh_journey_table(''j'')',
	'rebuild_journey_table(''j'')', 'check_journey_table(''j'')']) AS call;
SET ROLE regress_jt_owner;
SELECT refresh_journey_table('j') AS changed;
SELECT * FROM check_journey_table('j');
RESET ROLE;

-- What was made: one function with the rights of its owner, which nobody else may call and whose path is pinned; views
-- use nothing but PostgreSQL's own, the extension and the table; each name in the function has a schema.
SELECT proname, prosecdef, proowner::regrole, proconfig, has_function_privilege('public', oid, 'EXECUTE') AS public
  FROM pg_proc WHERE pronamespace = 'jt_rights'::regnamespace AND proowner = 'regress_jt_owner'::regrole;
SELECT c.relname, pg_describe_object(d.refclassid, d.refobjid, 0) AS uses
  FROM pg_class AS c JOIN pg_rewrite AS w ON w.ev_class = c.oid
  JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
 WHERE c.relname ~ '^j(_|$)' AND c.relnamespace = 'jt_rights'::regnamespace
   AND NOT (d.refclassid = 'pg_class'::regclass AND d.refobjid IN (SELECT oid FROM pg_class WHERE relname ~ '^j(_|$)'
	AND relnamespace = 'jt_rights'::regnamespace))
   AND NOT EXISTS (SELECT FROM pg_depend AS m JOIN pg_extension AS e ON e.oid = m.refobjid AND e.extname = 'cxjourney'
	WHERE m.classid = d.refclassid AND m.objid = d.refobjid AND m.refclassid = 'pg_extension'::regclass
	AND m.deptype = 'e');
SELECT DISTINCT name[1] AS call_of_no_schema FROM pg_proc,
	regexp_matches(prosrc, '(?<![\w."])"?([[:alpha:]_]\w*)"?\(', 'g') AS name
 WHERE pronamespace = 'jt_rights'::regnamespace AND proname = 'j_write'
   AND name[1] NOT IN (SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace)
   AND lower(name[1]) NOT IN (SELECT word FROM pg_get_keywords() WHERE catcode <> 'U' UNION ALL VALUES ('filter'));
SELECT count(*) AS relations, count(obj_description(oid, 'pg_class')) AS with_comment, (SELECT count(*)
	FROM pg_attribute AS a WHERE a.attrelid = ANY (array_agg(c.oid)) AND a.attnum > 0
		AND col_description(a.attrelid, a.attnum) IS NULL) AS columns_without FROM pg_class AS c
 WHERE relnamespace = 'jt_rights'::regnamespace AND relowner = 'regress_jt_owner'::regrole AND relkind IN ('r', 'v')
   AND relname <> 'event';

-- What the owner of a schema puts in the place of a part runs nowhere.
CREATE SCHEMA jt_theirs AUTHORIZATION regress_jt_stranger;
SET search_path = jt_theirs, jt_rights, public;
SELECT create_journey_table('k', 'event', customer => 'customer', stage => 'stage', at => 'at');
SET ROLE regress_jt_stranger;
DROP VIEW k_left_out;
CREATE VIEW k_left_out AS SELECT 'x'::text AS reason, 1 / 0 AS events;
RESET ROLE;
SELECT call, pg_temp.error_of('SELECT ' || call) FROM unnest(ARRAY['rebuild_journey_table(''k'')']) AS call;
SELECT * FROM check_journey_table('k');
SET ROLE regress_jt_stranger;
DROP VIEW k_left_out;
DROP TABLE k_pending CASCADE;
CREATE TABLE k_pending (removed boolean, customer bigint, stage text, at timestamptz);
RESET ROLE;
SELECT pg_temp.error_of('INSERT INTO event VALUES (1, ''a'', ''2026-01-01'')');
SELECT drop_journey_table('k');
SELECT relname, relowner::regrole FROM pg_class
 WHERE relnamespace = 'jt_theirs'::regnamespace AND relkind IN ('r', 'v');
INSERT INTO event VALUES (1, 'a', '2026-01-01');
SET search_path = jt_rights, public;
SELECT customer, visits(journey) FROM j ORDER BY customer;
DROP SCHEMA jt_rights, jt_theirs CASCADE;
DROP ROLE regress_jt_owner, regress_jt_writer, regress_jt_reader, regress_jt_stranger;
