\set ECHO none
--
-- For tests of postgres_fdw: the database as its own foreign server. Loaded as helpers.sql is:
--
--     \getenv test PG_ABS_SRCDIR
--     \i :test/loopback.sql
--
-- A server with the option  extensions 'cxjourney'  computes whole aggregates where the rows are; without it they are
-- fetched. loopback() makes one of each, cx_knows and cx_fetches, through the first socket directory of the server. It
-- gives false where postgres_fdw is not installed, or the server does not let itself in without a password.
--
CREATE FUNCTION pg_temp.loopback() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	socket text := trim(split_part(current_setting('unix_socket_directories'), ',', 1));
	address text := format('host %L, port %L, dbname %L', socket, current_setting('port'), current_database());
BEGIN
	IF EXISTS (SELECT FROM pg_extension WHERE extname = 'postgres_fdw') THEN
		RETURN false;
	END IF;
	CREATE EXTENSION postgres_fdw;
	EXECUTE format('CREATE SERVER cx_knows FOREIGN DATA WRAPPER postgres_fdw OPTIONS (%s, extensions ''cxjourney'')',
		address);
	EXECUTE format('CREATE SERVER cx_fetches FOREIGN DATA WRAPPER postgres_fdw OPTIONS (%s)', address);
	EXECUTE format('CREATE USER MAPPING FOR CURRENT_USER SERVER cx_knows OPTIONS (user %L)', current_user);
	EXECUTE format('CREATE USER MAPPING FOR CURRENT_USER SERVER cx_fetches OPTIONS (user %L)', current_user);
	CREATE FOREIGN TABLE pg_temp.probe (extname name) SERVER cx_knows
		OPTIONS (schema_name 'pg_catalog', table_name 'pg_extension');
	RETURN (SELECT count(*) > 0 FROM pg_temp.probe);
EXCEPTION WHEN undefined_file OR feature_not_supported OR sqlclient_unable_to_establish_sqlconnection THEN
	RETURN false;
END
$$;

-- whether what is sent to the foreign server holds this
CREATE FUNCTION pg_temp.sends(query text, what text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (VERBOSE, FORMAT JSON) ' || query INTO plan;
	RETURN EXISTS (
		SELECT FROM regexp_matches(plan::text, '"Remote SQL": "((?:[^"\\]|\\.)*)"', 'g') remote
		 WHERE position(what IN replace(remote[1], '\"', '"')) > 0);
END
$$;

-- the rows of a query as one text, in a fixed order
CREATE FUNCTION pg_temp.result(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	value text;
BEGIN
	EXECUTE 'SELECT string_agg(r::text, E''\n'' ORDER BY r::text COLLATE "C") FROM (' || query || ') r' INTO value;
	RETURN value;
END
$$;
\set ECHO all
