--
-- What the trigger of a journey map found ready once in a session is looked at again after everything that could have
-- changed it: the next row is refused, in the transaction of the change too, and written once that is taken back.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set VERBOSITY terse
\pset null -
\pset format unaligned
SET client_min_messages = warning;
CREATE ROLE regress_ready_owner;
CREATE ROLE regress_ready_member IN ROLE regress_ready_owner;
CREATE ROLE regress_ready_super SUPERUSER;
CREATE ROLE regress_ready_other;
CREATE ROLE regress_ready_reader;
CREATE SCHEMA ready_test AUTHORIZATION regress_ready_owner;
GRANT ALL ON SCHEMA ready_test TO regress_ready_other;
SET search_path = ready_test, public;
SET ROLE regress_ready_owner;
CREATE TYPE step AS ENUM ('buy', 'use');
CREATE TABLE answers (at timestamptz, stage step, score integer);
CREATE TABLE others (LIKE answers);
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'score');
SELECT create_journey_map('n', 'others', at => 'at', stage => 'stage', nps => 'score');
RESET ROLE;
-- Whoever owns what the map writes to, the owner of the map may write to it.
CREATE FUNCTION pg_temp.give_to(role text) RETURNS text LANGUAGE sql RETURN
	format('ALTER TABLE m_pending OWNER TO %s; GRANT ALL ON m_pending TO regress_ready_owner', role);
-- What a row meets after a change, between two that are written. What is done before lasts until then.
CREATE FUNCTION pg_temp.write_after(change text, before text DEFAULT '') RETURNS text
	LANGUAGE plpgsql AS $$
DECLARE
	row text := $i$INSERT INTO answers VALUES ('2026-01-01', 'buy', 9)$i$;
	met text;
BEGIN
	BEGIN
		EXECUTE before;
		EXECUTE row;
		BEGIN
			EXECUTE change;
			met := pg_temp.message_of(row);
			RAISE EXCEPTION 'take it back';
		EXCEPTION WHEN raise_exception THEN
			EXECUTE row;
		END;
		RAISE EXCEPTION 'take it back';
	EXCEPTION WHEN raise_exception THEN
		EXECUTE row;
	END;
	RETURN met;
END $$;

SELECT what, pg_temp.write_after(change, before) AS the_next_row
  FROM (VALUES (1, 'nothing', 'SELECT', ''),
	-- relations
	(2, 'pending given away', pg_temp.give_to('regress_ready_other'), ''),
	(3, 'batches given away', 'ALTER TABLE m_batches OWNER TO regress_ready_other', ''),
	(4, 'column renamed', 'ALTER TABLE answers RENAME score TO points', ''),
	(5, 'another table', 'DROP TABLE m_pending CASCADE; CREATE TABLE m_pending (LIKE n_pending); '
		|| pg_temp.give_to('regress_ready_other'), ''),
	(6, 'a view', 'DROP TABLE m_pending CASCADE; CREATE VIEW m_pending AS TABLE n_pending; '
		|| pg_temp.give_to('regress_ready_owner'), ''),
	-- types
	(7, 'type given away', 'ALTER TYPE step OWNER TO regress_ready_other', ''),
	-- roles and their members
	(8, 'no longer a member', 'REVOKE regress_ready_owner FROM regress_ready_member',
		pg_temp.give_to('regress_ready_member')),
	(9, 'no longer a superuser', 'ALTER ROLE regress_ready_super NOSUPERUSER', pg_temp.give_to('regress_ready_super')),
	-- the owner of the database
	(10, 'database given away', format('ALTER DATABASE %I OWNER TO regress_ready_other', current_database()),
		format('ALTER DATABASE %I OWNER TO regress_ready_owner; ', current_database())
		|| pg_temp.give_to('pg_database_owner')),
	-- schemas; to write to a table without columns would be an error
	(11, 'no right on the schema', 'REVOKE ALL ON SCHEMA ready_test FROM regress_ready_owner',
		'ALTER SCHEMA ready_test OWNER TO regress_ready_super; GRANT ALL ON SCHEMA ready_test TO regress_ready_owner'),
	(12, 'another schema', 'ALTER SCHEMA ready_test RENAME TO elsewhere; ALTER SCHEMA spare RENAME TO ready_test; '
		|| 'SET LOCAL search_path = elsewhere, public',
		'CREATE SCHEMA spare; GRANT USAGE ON SCHEMA spare TO regress_ready_owner; CREATE TABLE spare.m_pending (); '
		|| 'ALTER TABLE spare.m_pending OWNER TO regress_ready_other'))
	AS c(place, what, change, before) ORDER BY place;
SET ROLE regress_ready_owner;
SELECT * FROM check_journey_map('m');
RESET ROLE;

-- What was not ready for an INSERT may be ready when it is asked again, as others rename meanwhile: it is still none of
-- those other events.
BEGIN;
CREATE OR REPLACE FUNCTION cxjourney_internal.journey_map_ready(kind text, source oid, columns text[], schema text,
	tables text[]) RETURNS boolean LANGUAGE plpgsql STABLE STRICT AS $$
BEGIN
	PERFORM set_config('regress_ready.asked', coalesce(current_setting('regress_ready.asked', true), '') || '?', true);
	RETURN current_setting('regress_ready.asked') <> '?';
END $$;
INSERT INTO answers VALUES ('2026-01-03', 'buy', 9);
SELECT current_setting('regress_ready.asked') AS asked, sum(responses) = (SELECT count(*) FROM answers) AS exact FROM m;
ROLLBACK;

-- Between the look at a table and the parsing of the statement that names it, the owner of the schema gives its name to
-- another one: what a map runs takes nothing of a stranger there.
CREATE SCHEMA spare;
CREATE TABLE spare.m_pending (LIKE m_pending);
CREATE VIEW spare.m_rollup AS SELECT 1 / 0 AS runs;
CREATE TABLE spare.m_own (LIKE m_pending);
ALTER TABLE spare.m_pending OWNER TO regress_ready_other;
ALTER VIEW spare.m_rollup OWNER TO regress_ready_other;
GRANT ALL ON ALL TABLES IN SCHEMA spare TO regress_ready_owner;
GRANT ALL ON SCHEMA spare TO regress_ready_owner;
CREATE SCHEMA expressions;
GRANT USAGE ON SCHEMA expressions TO regress_ready_owner;
CREATE FUNCTION expressions.exchange() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	ALTER SCHEMA ready_test RENAME TO elsewhere;
	ALTER SCHEMA spare RENAME TO ready_test;
END $$;
SET ROLE regress_ready_owner;
-- as the trigger function does, with the rights of the owner of the map
CREATE FUNCTION look_exchange_and_run() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	IF NOT cxjourney_internal.journey_map_ready('journey map', 0, '{}', '',
		'{ready_test.m_batches,ready_test.m_pending,ready_test.m_rollup}') THEN
		RAISE 'not ready';
	END IF;
	PERFORM expressions.exchange();
	EXECUTE NEW.query;
	RETURN NEW;
END $$;
RESET ROLE;
CREATE TABLE pg_temp.asks (query text);
CREATE TRIGGER look_exchange_and_run BEFORE INSERT ON pg_temp.asks
	FOR EACH ROW EXECUTE FUNCTION look_exchange_and_run();
ALTER SCHEMA ready_test OWNER TO regress_ready_other;
ALTER SCHEMA spare OWNER TO regress_ready_other;
GRANT ALL ON SCHEMA ready_test, spare TO regress_ready_owner;
CREATE FUNCTION pg_temp.exchange_before(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	met text;
BEGIN
	met := pg_temp.error_of(format('INSERT INTO pg_temp.asks VALUES (%L)', query));
	RAISE EXCEPTION '%', met USING ERRCODE = 'RDYXX';
EXCEPTION WHEN SQLSTATE 'RDYXX' THEN
	RETURN met;
END $$;
SELECT pg_temp.exchange_before($$INSERT INTO ready_test.m_pending VALUES (false, now(), 'buy', 9)$$) AS written;
SELECT what, split_part(pg_temp.exchange_before(query), E'\n', 1) AS met
  FROM (VALUES (1, 'read', 'SELECT * FROM ready_test.m_rollup'),
	(2, 'read deep inside', 'WITH a AS (SELECT 1) SELECT (SELECT count(*) FROM (SELECT r.runs FROM a LEFT JOIN '
		|| 'ready_test.m_rollup AS r ON true) AS s)'),
	(3, 'the right table', 'DELETE FROM elsewhere.m_pending'),
	(4, 'one of another name', 'SELECT FROM ready_test.m_own'))
	AS q(place, what, query) ORDER BY place;
ALTER SCHEMA ready_test OWNER TO regress_ready_owner;
DROP TABLE pg_temp.asks;
DROP FUNCTION look_exchange_and_run;

-- The same of the schema of the extension, when an expression names it.
CREATE SCHEMA captured;
GRANT USAGE ON SCHEMA captured TO PUBLIC;
SET ROLE regress_ready_owner;
CREATE FUNCTION look_exchange_and_call() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	IF NOT cxjourney_internal.journey_map_ready('journey map', 0, '{}', 'public', '{ready_test.m_pending}') THEN
		RAISE 'not ready';
	END IF;
	PERFORM expressions.exchange_extension();
	EXECUTE NEW.query;
	RETURN NEW;
END $$;
RESET ROLE;
CREATE TABLE pg_temp.asks (query text);
CREATE TRIGGER look_exchange_and_call BEFORE INSERT ON pg_temp.asks
	FOR EACH ROW EXECUTE FUNCTION look_exchange_and_call();
CREATE FUNCTION expressions.exchange_extension() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	ALTER SCHEMA public RENAME TO elsewhere;
	ALTER SCHEMA captured RENAME TO public;
END $$;
CREATE FUNCTION pg_temp.exchange_extension_before(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	met text;
BEGIN
	ALTER SCHEMA public OWNER TO regress_ready_other;
	GRANT CREATE ON SCHEMA captured TO regress_ready_other;
	SET LOCAL ROLE regress_ready_other;
	CREATE DOMAIN captured.journey_touchpoint AS text CHECK (VALUE <> '');
	CREATE TYPE captured.of_its_own AS ENUM ('a');
	CREATE FUNCTION captured.responses(text) RETURNS integer LANGUAGE sql IMMUTABLE RETURN 1;
	CREATE FUNCTION captured.another(text) RETURNS integer LANGUAGE sql IMMUTABLE RETURN 1;
	CREATE OPERATOR captured.@> (FUNCTION = texteq, LEFTARG = text, RIGHTARG = text);
	RESET ROLE;
	met := pg_temp.message_of(format('INSERT INTO pg_temp.asks VALUES (%L)', query));
	RAISE EXCEPTION '%', met USING ERRCODE = 'RDYXX';
EXCEPTION WHEN SQLSTATE 'RDYXX' THEN
	RETURN met;
END $$;
SELECT what, pg_temp.exchange_extension_before(query) AS met
  FROM (VALUES (1, 'function', $$SELECT public.responses(stage::text) FROM ready_test.answers$$),
	(2, 'type', $$SELECT count(*) FROM (SELECT stage::text::public.journey_touchpoint FROM ready_test.answers) AS s$$),
	(3, 'array', $$SELECT '{a}'::public.journey_touchpoint[]$$),
	(4, 'operator', $$SELECT FROM ready_test.answers WHERE stage::text OPERATOR(public.@>) 'a'$$),
	(5, 'of other names', $$SELECT public.another('a'), 'a'::public.of_its_own$$),
	(6, 'that of the extension', $$SELECT elsewhere.responses(NULL::elsewhere.rating_summary)$$))
	AS q(place, what, query) ORDER BY place;
DROP TABLE pg_temp.asks;
DROP FUNCTION look_exchange_and_call;
DROP SCHEMA captured;
DROP SCHEMA spare, expressions CASCADE;

-- A map of the same name is no stranger, in whosever schema and in whatever order both are read, nor is a table that a
-- function of the owner of a map reads.
CREATE SCHEMA spare;
GRANT ALL ON SCHEMA spare TO regress_ready_other;
GRANT USAGE ON SCHEMA spare, ready_test TO regress_ready_owner, regress_ready_reader;
SET ROLE regress_ready_other;
CREATE TABLE spare.answers AS SELECT timestamptz '2026-01-01' AS at, text 'buy' AS stage, 9 AS score;
SET search_path = spare, public;
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'score');
GRANT SELECT ON ALL TABLES IN SCHEMA spare TO regress_ready_reader, regress_ready_owner;
RESET ROLE;
SET search_path = ready_test, public;
GRANT SELECT ON ALL TABLES IN SCHEMA ready_test TO regress_ready_reader;
CREATE FUNCTION pg_temp.draw_in(schema text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('search_path', schema || ', public', true);
	RETURN journey_map_svg('m') LIKE '<svg%';
END $$;
SET ROLE regress_ready_reader;
BEGIN;
SELECT pg_temp.draw_in('ready_test') AS one, pg_temp.draw_in('spare') AS two, pg_temp.draw_in('ready_test') AS three;
ROLLBACK;
BEGIN;
SELECT pg_temp.draw_in('spare') AS one, pg_temp.draw_in('ready_test') AS two, pg_temp.draw_in('spare') AS three;
ROLLBACK;
RESET ROLE;
BEGIN;
SET LOCAL ROLE regress_ready_owner;
CREATE FUNCTION count_theirs() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	RETURN (SELECT count(*) FROM spare.m_rollup);
END $$;
RESET ROLE;
ALTER SCHEMA ready_test OWNER TO regress_ready_other;
GRANT ALL ON SCHEMA ready_test TO regress_ready_owner;
INSERT INTO answers VALUES ('2026-01-01', 'buy', 9);
SELECT count_theirs() > 0 AS read;
ROLLBACK;
DROP SCHEMA spare CASCADE;
REVOKE ALL ON ALL TABLES IN SCHEMA ready_test FROM regress_ready_reader;
REVOKE ALL ON SCHEMA ready_test FROM regress_ready_reader;

-- What another session does while an expression is computed: other tables of those names. Whoever writes decides how
-- long that takes, so it is looked at again before the next statement names them.
CREATE SCHEMA spare;
CREATE TABLE spare.n_batches (LIKE n_batches);
CREATE TABLE spare.n_pending (LIKE n_pending);
CREATE TABLE spare.n_rollup (LIKE n_rollup);
CREATE TABLE spare.n_definition (LIKE n_definition);
GRANT ALL ON SCHEMA spare TO regress_ready_owner;
GRANT ALL ON ALL TABLES IN SCHEMA spare TO regress_ready_owner;
CREATE FUNCTION spare.runs() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'runs as %', current_user; END $$;
CREATE TRIGGER runs BEFORE INSERT ON spare.n_batches EXECUTE FUNCTION spare.runs();
CREATE TRIGGER runs BEFORE DELETE ON spare.n_pending EXECUTE FUNCTION spare.runs();
ALTER TABLE spare.n_batches OWNER TO regress_ready_other;
ALTER TABLE spare.n_pending OWNER TO regress_ready_other;
CREATE SCHEMA expressions;
GRANT USAGE ON SCHEMA expressions TO regress_ready_owner;
CREATE FUNCTION expressions.exchange() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	ALTER SCHEMA ready_test RENAME TO elsewhere;
	ALTER SCHEMA spare RENAME TO ready_test;
END $$;
CREATE FUNCTION expressions.slow(score integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	IF score = 99 AND to_regnamespace('elsewhere') IS NULL THEN
		PERFORM expressions.exchange();
	END IF;
	RETURN score;
END $$;
UPDATE n_definition SET nps = 'expressions.slow(score)';
SET ROLE regress_ready_owner;
SELECT rebuild_journey_map('n');
SELECT pg_temp.error_of($$INSERT INTO others SELECT '2026-01-01', 'buy', 99 FROM generate_series(1, 8)$$) AS written;
INSERT INTO others VALUES ('2026-01-01', 'buy', 9);
SELECT * FROM check_journey_map('n');
ALTER TABLE others DISABLE TRIGGER n_insert;
INSERT INTO others VALUES ('2026-01-01', 'buy', 99);
ALTER TABLE others ENABLE TRIGGER n_insert;
SELECT pg_temp.error_of($$SELECT rebuild_journey_map('n')$$) AS rebuilt;
RESET ROLE;

-- a superuser replaces what others put in the place of a view that is missing, but it would stay theirs
CREATE TABLE lasting (at timestamptz, stage text, score integer);
CREATE FUNCTION expressions.put_view() RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
	CREATE VIEW ready_test.k_trend AS SELECT;
	ALTER VIEW ready_test.k_trend OWNER TO regress_ready_other;
END $$;
CREATE FUNCTION expressions.late(score integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	IF to_regclass('ready_test.k_trend') IS NULL THEN
		PERFORM expressions.put_view();
	END IF;
	RETURN score;
END $$;
SELECT create_journey_map('k', 'lasting', at => 'at', stage => 'stage', nps => 'expressions.late(score)');
INSERT INTO lasting VALUES ('2026-01-01', 'buy', 9);
DROP VIEW k_trend;
SELECT pg_temp.error_of($$SELECT rebuild_journey_map('k')$$) AS rebuilt;
SELECT * FROM check_journey_map('k');
DROP SCHEMA ready_test, spare, expressions CASCADE;
DROP ROLE regress_ready_owner, regress_ready_member, regress_ready_super, regress_ready_other, regress_ready_reader;
