--
-- Aggregates of one's own, made of the extension's state functions and of functions that give the aggregate any
-- value of the state's type. All of it as a role that may do nothing but create temporary objects.
--
SET client_min_messages = warning;
CREATE ROLE regress_aggregate_state;
GRANT TEMPORARY ON DATABASE :"DBNAME" TO regress_aggregate_state;
SET SESSION AUTHORIZATION regress_aggregate_state;
SELECT has_schema_privilege('public', 'CREATE') AS may_create_in_public,
       has_database_privilege(current_database(), 'CREATE') AS may_create_schemas;

CREATE FUNCTION pg_temp.error_of(call text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE call;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;

-- a summary as a table stores it: behind a header of one byte, so that read as it stands it is shifted by three bytes
CREATE TEMP TABLE stored (s rating_summary);
CREATE FUNCTION pg_temp.give_stored(rating_summary, integer, int4range) RETURNS rating_summary LANGUAGE sql
	AS 'SELECT s FROM pg_temp.stored';
CREATE AGGREGATE pg_temp.restored(integer, int4range) (
	SFUNC = rating_accum, STYPE = rating_summary,
	MSFUNC = rating_accum, MINVFUNC = pg_temp.give_stored, MSTYPE = rating_summary);

-- shifted it would pass for a state on 0..100, and the answers 2 to 100 would be counted behind its end
INSERT INTO stored VALUES ('[25856,25857]{1,2}');
SELECT pg_column_size(s) AS bytes FROM stored;
SELECT pg_temp.error_of($$
	SELECT count(r) FROM (SELECT pg_temp.restored(i, '[0,100]') OVER (ORDER BY i ROWS 1 PRECEDING) AS r
	                        FROM generate_series(0, 100) i) frames $$);

-- on the scale of the answers it is a state like any other: 7 answers, and that of the row
UPDATE stored SET s = '[0,3]{0,0,7,0}';
SELECT i, pg_temp.restored(i, '[0,3]') OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)
  FROM generate_series(0, 3) i;

-- the same out of line and compressed
CREATE TEMP TABLE toasted (padding text, s rating_summary) WITH (toast_tuple_target = 128);
ALTER TABLE toasted ALTER padding SET STORAGE PLAIN;
CREATE FUNCTION pg_temp.give_toasted(rating_summary, integer) RETURNS rating_summary LANGUAGE sql
	AS 'SELECT s FROM pg_temp.toasted';
CREATE AGGREGATE pg_temp.nps_restored(integer) (
	SFUNC = nps_accum, STYPE = rating_summary,
	MSFUNC = nps_accum, MINVFUNC = pg_temp.give_toasted, MSTYPE = rating_summary);
CREATE AGGREGATE pg_temp.nps_taken(integer) (
	SFUNC = nps_accum, STYPE = rating_summary,
	MSFUNC = pg_temp.give_toasted, MINVFUNC = nps_accum_inv, MSTYPE = rating_summary);
ALTER TABLE toasted ALTER s SET STORAGE MAIN;
INSERT INTO toasted VALUES (repeat('.', 2100), '[0,10]{5,0,0,0,0,0,0,0,0,9,0}');
SELECT pg_column_compression(s) IS NOT NULL AS compressed FROM toasted;
SELECT k, i, pg_temp.nps_restored(i) OVER frame AS restored, pg_temp.nps_taken(i) OVER frame AS taken
  FROM (VALUES (1, 0), (2, 9), (3, 9), (4, 0)) v(k, i)
WINDOW frame AS (ORDER BY k ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING);
ALTER TABLE toasted ALTER s SET STORAGE EXTERNAL;
TRUNCATE toasted;
INSERT INTO toasted VALUES (repeat('.', 2100), '[0,10]{5,0,0,0,0,0,0,0,0,9,0}');
SELECT k, i, pg_temp.nps_restored(i) OVER frame AS restored, pg_temp.nps_taken(i) OVER frame AS taken
  FROM (VALUES (1, 0), (2, 9), (3, 9), (4, 0)) v(k, i)
WINDOW frame AS (ORDER BY k ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING);

RESET SESSION AUTHORIZATION;
DROP OWNED BY regress_aggregate_state;
DROP ROLE regress_aggregate_state;
