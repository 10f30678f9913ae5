--
-- Nobody gets code of his own to run with the rights of the owner of a journey map, or with those of whoever calls a
-- function of the map; and whoever may create a map may keep and drop it, too.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set VERBOSITY terse
\pset null -
\pset format unaligned
-- some releases of PostgreSQL warn of MERGE into partitions, see map_repair
SET client_min_messages = error;
CREATE ROLE regress_map_owner;
CREATE ROLE regress_map_other;
CREATE SCHEMA map_test;
CREATE SCHEMA shared;
GRANT ALL ON SCHEMA map_test, shared TO regress_map_owner, regress_map_other;
CREATE TABLE map_test.ran (what text, by name DEFAULT current_user);
GRANT ALL ON map_test.ran TO PUBLIC;
SET search_path = map_test, public;


-- Code that belongs to somebody else is refused: functions, operators, casts, domains and other types.
RESET ROLE;
CREATE SCHEMA theirs AUTHORIZATION regress_map_other;
SET ROLE regress_map_other;
GRANT USAGE ON SCHEMA theirs TO PUBLIC;
CREATE FUNCTION theirs.clean(integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN $1;
CREATE OPERATOR theirs.~~~ (RIGHTARG = integer, FUNCTION = theirs.clean);
CREATE DOMAIN theirs.score AS integer CHECK (VALUE < 100);
CREATE TYPE theirs.step AS ENUM ('buy', 'use');
SET ROLE regress_map_owner;
CREATE TABLE answers (at timestamptz, stage text, score integer, their_step theirs.step);
SELECT nps,
	pg_temp.error_of(format($$SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => %L)$$,
		nps)) AS error
  FROM unnest(ARRAY['theirs.clean(score)', 'CASE WHEN stage = ''x'' THEN theirs.clean(score) END',
	'OPERATOR(theirs.~~~) score', 'score::theirs.score', '(score::text)::theirs.score',
	'CASE WHEN their_step = ''buy'' THEN score END']) AS nps;
SELECT pg_temp.error_of($$SELECT create_journey_map('m', 'answers', at => 'at', stage => 'their_step',
	nps => 'score')$$) AS type_of_a_column;
-- so is what belongs to the owner, where others could add something that fits better; but not in a schema of its own
CREATE FUNCTION shared.half(numeric) RETURNS numeric LANGUAGE sql IMMUTABLE RETURN trunc($1 / 2);
SELECT pg_temp.error_of($$SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage',
	nps => 'shared.half(score)')$$) AS open_schema;
RESET ROLE;
REVOKE ALL ON SCHEMA shared FROM regress_map_other;
SET ROLE regress_map_owner;
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'shared.half(score)');
INSERT INTO answers VALUES ('2026-01-01', 'buy', 19);
SELECT nps FROM m;
SELECT drop_journey_map('m');
-- functions of an extension in schema public, which belongs to the owner of the database
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage',
	touchpoint => 'channel((stage || '':x'')::journey_touchpoint)', nps => 'shared.half(score)');
SELECT touchpoint, nps FROM m;
-- it opened later: found
RESET ROLE;
GRANT CREATE ON SCHEMA shared TO PUBLIC;
SET ROLE regress_map_owner;
SELECT problem, detail FROM check_journey_map('m');
SELECT drop_journey_map('m');

-- What means something else when it is written out and read again is refused.
RESET ROLE;
CREATE TYPE map_test.label AS (t text);
CREATE FUNCTION same_label(label, label) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN lower($1.t) = lower($2.t);
CREATE OPERATOR = (LEFTARG = label, RIGHTARG = label, FUNCTION = same_label);
CREATE TABLE labelled (at timestamptz, stage label, score integer);
REVOKE ALL ON SCHEMA map_test FROM regress_map_owner, regress_map_other;
SELECT pg_temp.error_of($$SELECT create_journey_map('m', 'labelled', at => 'at', stage => 'stage',
	nps => 'CASE stage WHEN ROW(''Buy'')::label THEN score END')$$) AS nameless_operator;
SELECT create_journey_map('m', 'labelled', at => 'at', stage => '(stage).t',
	nps => 'CASE WHEN stage = ROW(''Buy'')::label THEN score END');
INSERT INTO labelled VALUES ('2026-01-01', ROW('buy'), 10), ('2026-01-01', ROW('sell'), 10);
SELECT stage, responses FROM m;
SELECT * FROM check_journey_map('m');
SELECT drop_journey_map('m');
GRANT ALL ON SCHEMA map_test TO regress_map_owner, regress_map_other;

-- The owner of the source gives a column a type with a cast of its own: nothing runs, writing says why.
SET ROLE regress_map_other;
CREATE TABLE their_answers (at timestamptz, stage text, score integer);
GRANT SELECT, TRIGGER ON their_answers TO regress_map_owner;
SET ROLE regress_map_owner;
SELECT create_journey_map('m', 'their_answers', at => 'at', stage => 'stage', nps => 'score');
SET ROLE regress_map_other;
INSERT INTO their_answers VALUES ('2026-01-01', 'buy', 10);
CREATE TYPE theirs.trap AS (x integer);
CREATE FUNCTION theirs.spring(theirs.trap) RETURNS integer
	LANGUAGE plpgsql AS $$ BEGIN INSERT INTO map_test.ran VALUES ('cast'); RETURN 5; END $$;
CREATE CAST (theirs.trap AS integer) WITH FUNCTION theirs.spring(theirs.trap) AS ASSIGNMENT;
ALTER TABLE their_answers DROP COLUMN score CASCADE;
SELECT pg_temp.error_of($$INSERT INTO map_test.their_answers VALUES ('2026-01-01', 'buy')$$) AS column_gone;
ALTER TABLE their_answers ADD COLUMN score theirs.trap;
SELECT pg_temp.error_of($$INSERT INTO map_test.their_answers
	VALUES ('2026-01-01', 'buy', ROW(1)::theirs.trap)$$) AS other_type;
SET ROLE regress_map_owner;
SELECT problem, detail FROM check_journey_map('m') WHERE problem <> 'a view is missing';
SELECT pg_temp.error_of($$SELECT rebuild_journey_map('m')$$) AS rebuild;
-- who owns the map but not its source can drop it
SELECT drop_journey_map('m');
SET ROLE regress_map_other;
SELECT count(*) AS triggers FROM pg_trigger WHERE tgrelid = 'their_answers'::regclass;
INSERT INTO their_answers VALUES ('2026-01-01', 'buy', ROW(1)::theirs.trap);
SELECT * FROM ran;

-- TRUNCATE of a partition reads it; a policy of its owner does not run then.
CREATE TABLE parts (at timestamptz, stage text, score integer) PARTITION BY LIST (stage);
CREATE TABLE parts_buy PARTITION OF parts FOR VALUES IN ('buy');
CREATE TABLE parts_use PARTITION OF parts FOR VALUES IN ('use');
GRANT SELECT, TRIGGER ON parts, parts_buy, parts_use TO regress_map_owner;
INSERT INTO parts VALUES ('2026-01-01', 'buy', 10), ('2026-01-01', 'use', 1);
CREATE FUNCTION theirs.look(integer) RETURNS boolean
	LANGUAGE plpgsql AS $$ BEGIN INSERT INTO map_test.ran VALUES ('policy'); RETURN true; END $$;
SET ROLE regress_map_owner;
SELECT create_journey_map('m', 'parts', at => 'at', stage => 'stage', nps => 'score');
SET ROLE regress_map_other;
CREATE POLICY p ON parts_buy USING (theirs.look(score));
ALTER TABLE parts_buy ENABLE ROW LEVEL SECURITY;
CREATE POLICY p ON parts USING (theirs.look(score));
ALTER TABLE parts ENABLE ROW LEVEL SECURITY;
SELECT pg_temp.error_of('TRUNCATE map_test.parts_buy') AS truncate;
SET ROLE regress_map_owner;
SELECT * FROM check_journey_map('m');
SET ROLE regress_map_other;
SELECT * FROM ran;
DROP POLICY p ON parts;
DROP POLICY p ON parts_buy;
ALTER TABLE parts_buy DISABLE ROW LEVEL SECURITY;
ALTER TABLE parts DISABLE ROW LEVEL SECURITY;
-- a partition that went keeps no trigger, though the map's owner has no rights on it
ALTER TABLE parts DETACH PARTITION parts_use;
SET ROLE regress_map_owner;
SELECT problem FROM check_journey_map('m') WHERE problem LIKE '%trigger%';
SELECT rebuild_journey_map('m');
SELECT * FROM check_journey_map('m');
SELECT count(*) AS triggers FROM pg_trigger WHERE tgrelid = 'parts_use'::regclass;
SELECT has_function_privilege('regress_map_other', 'm_write()', 'EXECUTE') AS other_may_use_function;
SELECT drop_journey_map('m');

-- Functions that are called on somebody else's map run nothing of it.
CREATE TABLE mine (at timestamptz, stage text, score integer);
SELECT create_journey_map('m', 'mine', at => 'at', stage => 'stage', nps => 'score');
CREATE FUNCTION note_it() RETURNS trigger
	LANGUAGE plpgsql AS $$ BEGIN INSERT INTO map_test.ran VALUES ('trigger of ' || TG_TABLE_NAME); RETURN NEW; END $$;
CREATE TRIGGER note_it BEFORE INSERT ON m_rollup FOR EACH ROW EXECUTE FUNCTION note_it();
INSERT INTO mine VALUES ('2026-01-01', 'buy', 10);
CREATE FUNCTION tell() RETURNS regclass
	LANGUAGE plpgsql AS $$ BEGIN INSERT INTO map_test.ran VALUES ('view'); RETURN 'mine'; END $$;
CREATE VIEW v_definition AS SELECT tell() AS source;
RESET ROLE;
SELECT function, name, pg_temp.error_of(format('SELECT %s(%L)', function, name)) AS error
  FROM unnest(ARRAY['refresh_journey_map', 'rebuild_journey_map', 'check_journey_map']) AS function,
	unnest(ARRAY['m', 'v']) AS name;
SELECT pg_temp.error_of($$SELECT drop_journey_map('v')$$) AS drop_v;
SELECT drop_journey_map('m');
SELECT * FROM ran;

-- A trigger of that name that is somebody else's stays.
SET ROLE regress_map_owner;
CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER m_delete AFTER DELETE ON mine EXECUTE FUNCTION nothing();
SELECT pg_temp.error_of($$SELECT create_journey_map('m', 'mine', at => 'at', stage => 'stage', nps => 'score')$$)
	AS trigger_taken;
DROP TRIGGER m_delete ON mine;
SELECT create_journey_map('m', 'mine', at => 'at', stage => 'stage', nps => 'score');
SET search_path = shared, public;
SELECT pg_temp.error_of($$SELECT create_journey_map('m', 'map_test.mine', at => 'at', stage => 'stage',
	nps => 'score')$$) AS same_name_in_another_schema;

-- Functions of the name of the trigger function with other arguments do not hide it.
SET search_path = map_test, public;
CREATE FUNCTION m_write(integer) RETURNS integer LANGUAGE sql RETURN 1;
INSERT INTO mine VALUES ('2026-01-01', 'buy', 9);
SELECT * FROM check_journey_map('m');
SELECT drop_journey_map('m');
INSERT INTO mine VALUES ('2026-01-01', 'buy', 9);

-- What is temporary is something else in the session of each writer.
SET ROLE regress_map_owner;
CREATE FUNCTION pg_temp.clean(integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN $1;
CREATE OPERATOR pg_temp.~~~ (RIGHTARG = integer, FUNCTION = int4abs);
CREATE DOMAIN pg_temp.score AS integer;
CREATE DOMAIN pg_temp.scores AS integer[];
CREATE TYPE pg_temp.step AS ENUM ('buy', 'use');
CREATE TYPE pg_temp.box AS (score integer);
CREATE FUNCTION pg_temp.open(pg_temp.box) RETURNS integer LANGUAGE sql IMMUTABLE RETURN $1.score;
CREATE CAST (pg_temp.box AS integer) WITH FUNCTION pg_temp.open(pg_temp.box);
CREATE COLLATION pg_temp.plain FROM "C";
SELECT nps,
	pg_temp.error_of(format('SELECT create_journey_map(''m'', ''mine'', at => ''at'', stage => ''stage'', nps => %L)',
		nps)) AS error
  FROM unnest(ARRAY['pg_temp.clean(score)', 'CASE WHEN score > 5 THEN pg_temp.clean(3) END',
	'OPERATOR(pg_temp.~~~) score', 'score::pg_temp.score', 'score::pg_temp.score::integer',
	'(ARRAY[score]::pg_temp.scores)[1]',
	'CASE WHEN stage::pg_temp.step = ''buy'' THEN score END', 'ROW(score)::pg_temp.box::integer',
	'CASE WHEN stage COLLATE pg_temp.plain < ''m'' THEN score END',
	'CASE WHEN score OPERATOR(pg_catalog.=) ANY (ARRAY[score]::pg_temp.score[]) THEN 1 END']) AS nps;
SELECT pg_temp.error_of($$SELECT create_journey_map('m', 'mine', at => 'at', stage => 'stage::pg_temp.step',
	nps => 'score')$$) AS label;
-- nor does it come in later, by the definition or by the type of a column
SELECT create_journey_map('m', 'mine', at => 'at', stage => 'stage', nps => 'score');
UPDATE m_definition SET nps = 'pg_temp.clean(score)';
SELECT pg_temp.error_of('SELECT rebuild_journey_map(''m'')') AS rebuild;
UPDATE m_definition SET nps = 'score';
RESET ROLE;
CREATE TABLE typed (at timestamptz, stage text, score integer);
GRANT SELECT, INSERT, TRIGGER ON typed TO PUBLIC;
SET ROLE regress_map_owner;
SELECT create_journey_map('t', 'typed', at => 'at', stage => 'stage', nps => 'score');
RESET ROLE;
CREATE DOMAIN pg_temp.number AS integer;
DROP VIEW t_comments;
ALTER TABLE typed ALTER score TYPE pg_temp.number;
SELECT pg_temp.error_of($$INSERT INTO typed VALUES ('2026-01-01', 'buy', 10)$$) AS column_of_temporary_type;
DROP TABLE typed CASCADE;
SET ROLE regress_map_owner;
SELECT drop_journey_map('t');

-- A writer who may insert and has a temporary schema gets nothing of it to run, whatever his search_path is.
GRANT INSERT ON mine TO regress_map_other;
SET ROLE regress_map_other;
CREATE FUNCTION pg_temp.journey_map_trusts(oid, text[]) RETURNS boolean
	LANGUAGE plpgsql AS $$ BEGIN INSERT INTO map_test.ran VALUES ('trusts'); RETURN true; END $$;
CREATE FUNCTION pg_temp.count(anyelement) RETURNS bigint
	LANGUAGE plpgsql AS $$ BEGIN INSERT INTO map_test.ran VALUES ('count'); RETURN 1; END $$;
CREATE FUNCTION pg_temp.compare(integer, integer) RETURNS boolean
	LANGUAGE plpgsql AS $$ BEGIN INSERT INTO map_test.ran VALUES ('operator'); RETURN true; END $$;
CREATE OPERATOR pg_temp.>= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = pg_temp.compare);
CREATE DOMAIN pg_temp.text AS pg_catalog.text CHECK (pg_temp.count(1) > 0);
CREATE TEMPORARY TABLE new_rows (at timestamptz, stage pg_catalog.text, score integer);
CREATE TEMPORARY TABLE m_pending (removed boolean, at timestamptz, stage pg_catalog.text, nps integer);
SET search_path = pg_temp, map_test, pg_catalog, public;
INSERT INTO mine SELECT '2026-01-01', 'buy', 8 FROM generate_series(1, 20);
INSERT INTO mine VALUES ('2026-01-01', 'buy', 7);
DROP TABLE pg_temp.new_rows, pg_temp.m_pending;
DROP DOMAIN pg_temp.text;
SET search_path = map_test, public;
SELECT * FROM ran;
SET ROLE regress_map_owner;
SELECT * FROM check_journey_map('m');
SELECT drop_journey_map('m');

-- The owner of the database is not trusted: neither as owner of functions and types nor as owner of a schema, except
-- for functions of this extension that are called exactly, which he cannot replace.
RESET ROLE;
CREATE FUNCTION theirs.as_they_like(integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN $1;
ALTER FUNCTION theirs.as_they_like OWNER TO regress_map_other;
SELECT datname AS database FROM pg_database WHERE datname = current_database() \gset
SELECT rolname AS database_owner FROM pg_database JOIN pg_roles ON pg_roles.oid = datdba
WHERE datname = current_database() \gset
CREATE FUNCTION public.halve(integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN $1 / 2;
CREATE DOMAIN public.number AS integer;
CREATE TABLE numbered (at timestamptz, stage text, score public.number);
GRANT SELECT, TRIGGER ON numbered TO regress_map_owner;
ALTER DATABASE :"database" OWNER TO regress_map_other;
SET ROLE regress_map_owner;
SELECT nps,
	pg_temp.error_of(format('SELECT create_journey_map(''m'', ''mine'', at => ''at'', stage => ''stage'', nps => %L)',
		nps)) AS error
  FROM unnest(ARRAY['theirs.as_they_like(score)', 'score::theirs.score', 'public.halve(score)', 'score::public.number',
	'CASE WHEN csat_satisfied(score) THEN 1 END',
	'CASE WHEN csat_satisfied(scale => ''[1,5]'', score => score) THEN 1 END']) AS nps;
SELECT create_journey_map('m', 'mine', at => 'at', stage => 'stage',
	touchpoint => 'channel((stage || '':x'')::journey_touchpoint)',
	nps => 'CASE WHEN csat_satisfied(score - 5, ''[1,5]''::int4range) THEN score END');
SELECT touchpoint, nps FROM m;
SELECT drop_journey_map('m');
SELECT create_journey_map('m', 'numbered', at => 'at', stage => 'stage', nps => 'score');
SELECT drop_journey_map('m');
RESET ROLE;
ALTER DATABASE :"database" OWNER TO :"database_owner";
DROP FUNCTION public.halve(integer);
DROP TABLE numbered;
DROP DOMAIN public.number;

-- Whoever owns the schema of a map, as the owner of the database owns public, may drop and rename what is in it. A
-- table that he puts in the place of one of the map gets nothing to run, and a map of the same name reads no answers.
RESET ROLE;
ALTER DATABASE :"database" OWNER TO regress_map_other;
GRANT CREATE, USAGE ON SCHEMA theirs TO regress_map_owner;
GRANT INSERT ON mine TO regress_map_other;
SET ROLE regress_map_owner;
SET search_path = theirs, map_test, public;
SELECT create_journey_map('m', 'mine', at => 'at', stage => 'stage', nps => 'score');
SET ROLE regress_map_other;
ALTER SCHEMA theirs RENAME TO still_theirs;
CREATE SCHEMA theirs;
GRANT ALL ON SCHEMA theirs TO PUBLIC;
CREATE FUNCTION theirs.note_it() RETURNS trigger
	LANGUAGE plpgsql AS $$ BEGIN INSERT INTO map_test.ran VALUES (TG_TABLE_NAME); RETURN NEW; END $$;
CREATE TABLE theirs.m_pending (removed boolean, at timestamptz, stage text, nps integer);
CREATE TABLE theirs.m_batches (removed boolean, bucket timestamptz, segment text, stage text, touchpoint text,
	responses bigint, invalid bigint,
	nps rating_summary, csat rating_summary, ces rating_summary, emotion rating_summary);
CREATE TABLE theirs.m_rollup ();
CREATE TABLE theirs.m_definition (source regclass, rollup regclass, batches regclass, pending regclass, notes regclass,
	targets regclass, alarms_sent regclass);
GRANT ALL ON ALL TABLES IN SCHEMA theirs TO PUBLIC;
CREATE TRIGGER note_it BEFORE INSERT ON theirs.m_pending FOR EACH ROW EXECUTE FUNCTION theirs.note_it();
CREATE TRIGGER note_it BEFORE INSERT ON theirs.m_batches FOR EACH ROW EXECUTE FUNCTION theirs.note_it();
INSERT INTO mine VALUES ('2026-01-01', 'buy', 9);
INSERT INTO mine SELECT '2026-01-01', 'buy', 9 FROM generate_series(1, 20);
SELECT * FROM ran;
SET ROLE regress_map_owner;
SELECT pg_temp.error_of($$SELECT refresh_journey_map('m')$$) AS refresh_of_theirs;
SET search_path = still_theirs, map_test, public;
SELECT * FROM check_journey_map('m');
SET ROLE regress_map_other;
DROP VIEW still_theirs.m_totals CASCADE;
CREATE FUNCTION theirs.tell() RETURNS text
	LANGUAGE plpgsql AS $$ BEGIN INSERT INTO map_test.ran VALUES ('view'); RETURN 'buy'; END $$;
CREATE VIEW still_theirs.m_totals AS SELECT theirs.tell() AS stage;
GRANT SELECT ON still_theirs.m_totals TO PUBLIC;
SET ROLE regress_map_owner;
SELECT * FROM check_journey_map('m') WHERE problem <> 'a view is missing';
INSERT INTO m_notes (stage, kind, note) VALUES ('buy', 'idea', 'a view is theirs');
SELECT * FROM ran;
SET ROLE regress_map_other;
DROP SCHEMA theirs CASCADE;
ALTER SCHEMA still_theirs RENAME TO theirs;
SET search_path = theirs, map_test, public;
DROP TABLE m_pending CASCADE;
CREATE TABLE m_pending (removed boolean, at timestamptz, stage text, nps integer);
GRANT ALL ON m_pending TO PUBLIC;
CREATE FUNCTION note_it() RETURNS trigger
	LANGUAGE plpgsql AS $$ BEGIN INSERT INTO map_test.ran VALUES (TG_TABLE_NAME); RETURN NEW; END $$;
CREATE TRIGGER note_it BEFORE INSERT ON m_pending FOR EACH ROW EXECUTE FUNCTION note_it();
SELECT pg_temp.error_of($$INSERT INTO mine VALUES ('2026-01-01', 'buy', 9)$$) AS a_table_is_theirs;
SELECT * FROM ran;
SET ROLE regress_map_owner;
SELECT pg_temp.error_of($$SELECT refresh_journey_map('m')$$) AS refresh,
	pg_temp.error_of($$SELECT rebuild_journey_map('m')$$) AS rebuild;
SELECT drop_journey_map('m');
SELECT count(*) AS theirs_stays FROM pg_class WHERE oid = to_regclass('theirs.m_pending');
INSERT INTO mine VALUES ('2026-01-01', 'buy', 9);
SET search_path = map_test, public;
RESET ROLE;
ALTER DATABASE :"database" OWNER TO :"database_owner";

-- Nor does he get functions to run by putting another schema in the place of the extension's: what a trigger calls is
-- in a schema that is not his, and expressions that name the extension's schema fail.
BEGIN;
ALTER DATABASE :"database" OWNER TO regress_map_other;
SET LOCAL ROLE regress_map_owner;
CREATE TABLE places (at timestamptz, stage text, place text, score integer);
GRANT INSERT ON mine, places TO regress_map_other;
SELECT create_journey_map('m', 'mine', at => 'at', stage => 'stage', nps => 'score');
SELECT create_journey_map('p', 'places', at => 'at', stage => 'stage',
	touchpoint => 'channel(place::journey_touchpoint)', nps => 'score');
SET LOCAL ROLE regress_map_other;
INSERT INTO mine VALUES ('2026-01-01', 'buy', 9);
ALTER SCHEMA public RENAME TO was_public;
CREATE SCHEMA public;
GRANT ALL ON SCHEMA public TO PUBLIC;
CREATE FUNCTION public.noted(anyelement) RETURNS boolean
	LANGUAGE plpgsql AS $$ BEGIN INSERT INTO map_test.ran VALUES ('schema'); RETURN true; END $$;
CREATE DOMAIN public.journey_touchpoint AS text CHECK (public.noted(VALUE));
CREATE FUNCTION public.channel(public.journey_touchpoint) RETURNS text
	LANGUAGE sql IMMUTABLE RETURN CASE WHEN public.noted($1::text) THEN 'x' END;
CREATE DOMAIN public.rating_summary AS was_public.rating_summary CHECK (public.noted(VALUE));
CREATE FUNCTION public.responses(was_public.rating_summary) RETURNS bigint
	LANGUAGE sql RETURN CASE WHEN public.noted(1) THEN 1 END;
CREATE FUNCTION public.journey_map_ready(oid, text[], text, text[]) RETURNS boolean LANGUAGE sql RETURN public.noted(1);
CREATE AGGREGATE public.rating_agg(integer, int4range) (SFUNC = cxjourney_internal.rating_accum,
	STYPE = was_public.rating_summary);
SET LOCAL search_path = map_test, was_public;
INSERT INTO mine VALUES ('2026-01-01', 'buy', 9);
INSERT INTO mine SELECT '2026-01-01', 'buy', 9 FROM generate_series(1, 20);
SELECT pg_temp.error_of($$INSERT INTO places VALUES ('2026-01-01', 'buy', 'web:shop', 9)$$)
	AS expression_names_the_schema;
SET LOCAL ROLE regress_map_owner;
SELECT refresh_journey_map('m');
SELECT responses - 22 >= 0 AS counted FROM m;
SELECT * FROM ran;
SELECT pg_temp.error_of($$SELECT rebuild_journey_map('p')$$) AS rebuild;
SELECT * FROM ran;
SET LOCAL ROLE regress_map_other;
SELECT pg_temp.error_of($$CREATE FUNCTION cxjourney_internal.mine() RETURNS integer
	LANGUAGE sql RETURN 1$$) AS create_among_internals;
SELECT pg_temp.error_of($$ALTER SCHEMA cxjourney_internal RENAME TO other$$) AS rename_internals;
ROLLBACK;

-- What PostgreSQL computes to plan what is read runs with the rights of whoever reads, and TRUNCATE of a partition
-- reads it as the owner of the map, whenever the owner of the source likes.
SET ROLE regress_map_other;
CREATE FUNCTION theirs.planned(integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	IF current_user <> 'regress_map_other' THEN
		RAISE 'runs as %', current_user;
	END IF;
	RETURN true;
END $$;
CREATE TABLE theirs.parts (id integer, at timestamptz, stage text, score integer CHECK (abs(score) < 100))
	PARTITION BY RANGE (id);
CREATE TABLE theirs.part_1 PARTITION OF theirs.parts FOR VALUES FROM (0) TO (100);
CREATE INDEX ON theirs.part_1 (lower(stage)) WHERE score > 3;
INSERT INTO theirs.parts VALUES (1, '2026-01-01', 'buy', 9);
GRANT SELECT, TRIGGER ON theirs.parts, theirs.part_1 TO regress_map_owner;
SET ROLE regress_map_owner;
SELECT create_journey_map('read_map', 'theirs.parts', at => 'at', stage => 'stage', nps => 'score');
SELECT create_journey_table('read_table', 'theirs.parts', customer => 'id', stage => 'stage', at => 'at');
CREATE FUNCTION pg_temp.planned(change text, OUT map text, OUT journey_table text, OUT checked text, OUT rebuilt text)
	LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('role', 'regress_map_other', true), set_config('constraint_exclusion', 'on', true);
	EXECUTE change;
	ALTER TABLE theirs.part_1 DISABLE TRIGGER read_table_truncate;
	map := pg_temp.message_of('TRUNCATE theirs.part_1');
	ALTER TABLE theirs.part_1 DISABLE TRIGGER read_map_truncate;
	ALTER TABLE theirs.part_1 ENABLE TRIGGER read_table_truncate;
	journey_table := pg_temp.message_of('TRUNCATE theirs.part_1');
	ALTER TABLE theirs.part_1 ENABLE TRIGGER read_map_truncate;
	PERFORM set_config('role', 'regress_map_owner', true);
	SELECT string_agg(problem || ': ' || detail, ', ') INTO checked FROM check_journey_map('read_map');
	rebuilt := pg_temp.message_of('SELECT rebuild_journey_table(''read_table'')');
	RAISE 'undone';
EXCEPTION WHEN raise_exception THEN
	checked := CASE WHEN SQLERRM = 'undone' THEN checked ELSE SQLERRM END;
END $$;
SELECT change, p.* FROM unnest(ARRAY['SELECT', 'ALTER TABLE theirs.part_1 ADD CHECK (theirs.planned(1) OR id > 0)',
	'CREATE INDEX ON theirs.part_1 (id) WHERE theirs.planned(1)',
	'CREATE INDEX ON theirs.part_1 ((theirs.planned(1) AND id > 0))',
	'CREATE STATISTICS theirs.s ON (theirs.planned(1) AND id > 0), stage FROM theirs.part_1']) AS change,
	pg_temp.planned(change) AS p;
SELECT drop_journey_map('read_map'), drop_journey_table('read_table');
SET ROLE regress_map_other;
CREATE TABLE theirs.keyed (id integer, at timestamptz, stage text, score integer)
	PARTITION BY RANGE ((theirs.planned(1)::integer + id));
CREATE TABLE theirs.indexed (id integer, at timestamptz, stage text, score integer);
CREATE INDEX ON theirs.indexed (id) WHERE theirs.planned(1);
GRANT SELECT, TRIGGER ON theirs.keyed, theirs.indexed TO regress_map_owner;
SET ROLE regress_map_owner;
SELECT source, pg_temp.error_of(format(
	'SELECT create_journey_map(''m'', %L, at => ''at'', stage => ''stage'', nps => ''score'')', source)) AS error
  FROM unnest(ARRAY['theirs.keyed', 'theirs.indexed']) AS source;
RESET ROLE;

-- No map while others may create where the extension's functions are.
SELECT extnamespace::regnamespace::text AS extension_schema FROM pg_extension WHERE extname = 'cxjourney' \gset
SET ROLE regress_map_owner;
SELECT create_journey_map('m', 'mine', at => 'at', stage => 'stage', nps => 'score');
SELECT drop_journey_map('m');
RESET ROLE;
BEGIN;
GRANT CREATE ON SCHEMA :extension_schema TO PUBLIC;
SELECT pg_temp.error_of($$SELECT create_journey_map('m', 'mine', at => 'at', stage => 'stage', nps => 'score')$$)
	AS public_may_create;
ROLLBACK;
BEGIN;
GRANT CREATE ON SCHEMA :extension_schema TO regress_map_other;
SET LOCAL ROLE regress_map_owner;
SELECT pg_temp.error_of($$SELECT create_journey_map('m', 'mine', at => 'at', stage => 'stage', nps => 'score')$$)
	AS another_role_may_create;
ROLLBACK;
BEGIN;
GRANT CREATE ON SCHEMA :extension_schema TO regress_map_owner;
SET LOCAL ROLE regress_map_owner;
SELECT create_journey_map('m', 'mine', at => 'at', stage => 'stage', nps => 'score');
ROLLBACK;

DISCARD TEMPORARY;
DROP SCHEMA map_test, shared, theirs CASCADE;
DROP OWNED BY regress_map_owner, regress_map_other;
DROP ROLE regress_map_owner;
DROP ROLE regress_map_other;
