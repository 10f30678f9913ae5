--
-- postgres_fdw and journeys: everything that takes a journey or a customer's events with a path is computed where they
-- are, since a path has no collation; what takes a text is not, and has another way where one is. The database is its
-- own foreign server here. Where that cannot be, journey_fdw_1.out is what comes out.
--
\getenv test PG_ABS_SRCDIR
\i :test/loopback.sql
SET client_min_messages = warning;
SELECT pg_temp.loopback() AS loopback \gset
\if :loopback
\else
SELECT 'not tested: postgres_fdw is missing, was there before, or cannot connect' AS journey_fdw;
\quit
\endif

CREATE SCHEMA journey_fdw;
SET search_path = journey_fdw, public;
CREATE TABLE events AS
	SELECT n % 150 AS customer, (n % 150)::text AS as_text, md5((n % 150)::text)::uuid AS as_uuid, n % 3 AS part,
	       (ARRAY['find', 'buy', 'use', 'leave'])[1 + (hashint4(n) & 3)] AS stage,
	       timestamptz '2026-01-01 00:00Z' + n * interval '1 hour' AS at
	  FROM generate_series(1, 1500) AS n;
CREATE TABLE journeys AS
	SELECT customer, part, journey_agg(stage, at) AS j FROM events GROUP BY customer, part;
CREATE SCHEMA there;
IMPORT FOREIGN SCHEMA journey_fdw LIMIT TO (events, journeys) FROM SERVER cx_knows INTO there;
ANALYZE events, journeys, there.events, there.journeys;

-- each function of the catalog that takes a path and something to follow along it, in a query that needs it
CREATE TABLE calls (call regprocedure PRIMARY KEY, query text);
INSERT INTO calls VALUES
	('furthest(journey,journey_path)',
		'SELECT count(*) FROM {journeys} WHERE furthest(j, ''find > buy > use'') IS NULL'),
	('funnel_depth(journey,journey_path,interval)',
		'SELECT count(*) FROM {journeys} WHERE funnel_depth(j, ''find > buy > use'', ''9 days'') = 2'),
	('next_after(journey,journey_path,interval)',
		'SELECT count(*) FROM {journeys} WHERE next_after(j, ''find > buy'', ''9 days'') IS NOT NULL'),
	('path_count(journey,journey_path,interval)',
		'SELECT count(*) FROM {journeys} WHERE path_count(j, ''find > buy'', ''9 days'') > 1'),
	('path_visits(journey,journey_path,interval)',
		'SELECT customer, v.* FROM {journeys}, path_visits(j, ''find > buy'', ''9 days'') AS v'),
	('journey_deviation(journey,journey_path)',
		'SELECT customer, d.* FROM {journeys}, journey_deviation(j, ''find > buy > use'') AS d'),
	('funnel_agg(journey,journey_path)', 'SELECT part, funnel_agg(j, ''find > buy'') FROM {journeys} GROUP BY part'),
	('funnel_agg(journey,journey_path,interval)',
		'SELECT part, funnel_agg(j, ''find > buy'', ''9 days'') FROM {journeys} GROUP BY part'),
	('contrast_agg(journey,journey_path,interval,interval,timestamp with time zone)',
		'SELECT contrast_agg(j, ''find > buy'', ''9 days'', ''3 days'', ''2026-03-01Z'') FROM {journeys}');
INSERT INTO calls
	SELECT format('funnel_agg(%s,text,timestamp with time zone,journey_path%s)', type, option)::regprocedure,
	       format('SELECT part, funnel_agg(%s, stage, at, ''find > buy''%s) FROM {events} GROUP BY part', id, value)
	  FROM (VALUES ('bigint', 'customer'), ('text', 'as_text'), ('uuid', 'as_uuid')) AS c(type, id),
	       (VALUES ('', ''), (',interval', ', ''9 days''')) AS w(option, value);
SELECT p.oid::regprocedure AS not_listed
  FROM pg_proc AS p
  JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
  JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'cxjourney'
 WHERE 'journey_path'::regtype = ANY (p.proargtypes) AND p.pronamespace <> 'cxjourney_internal'::regnamespace
   AND EXISTS (SELECT FROM unnest(p.proargtypes) AS t WHERE t IN ('journey'::regtype, 'timestamptz'::regtype))
   AND p.oid NOT IN (SELECT call FROM calls)
   AND p.oid NOT IN (SELECT oprcode FROM pg_operator);

CREATE FUNCTION query_of(query text, schema text) RETURNS text LANGUAGE sql
	RETURN regexp_replace(query, '\{(\w+)\}', schema || '.\1', 'g');
-- functions that give rows are in FROM, where postgres_fdw sends nothing
SELECT call, pg_temp.sends(query_of(query, 'there'), proname || '(') AS sent,
       pg_temp.result(query_of(query, 'there')) = pg_temp.result(query_of(query, 'journey_fdw')) AS equal
  FROM calls JOIN pg_proc ON oid = call ORDER BY call::text COLLATE "C";

-- conditions with a text are not sent, with a path they are: those in a line say the same
SELECT c.*, pg_temp.sends('SELECT FROM there.journeys WHERE ' || by_text, 'WHERE') AS sent_by_text,
       pg_temp.sends('SELECT FROM there.journeys WHERE ' || by_path, 'WHERE') AS sent_by_path,
       pg_temp.result('SELECT customer FROM journeys WHERE ' || by_text)
         = pg_temp.result('SELECT customer FROM there.journeys WHERE ' || by_path) AS equal,
       pg_temp.result('SELECT count(*) FROM journeys WHERE ' || by_text) AS customers
  FROM (VALUES ('visits(j, ''use'') > 0', 'j ~ ''use'''), ('j @> ''{use}''', 'j ~ ''use'''),
	('j @> ''{use,leave}''', 'j ~ ''use & leave'''), ('j && ''{use,leave}''', 'j ~ ''use | leave'''),
	('first_stage(j) = ''buy''', 'j ~ ''^buy'''), ('last_stage(j) = ''buy''', 'j ~ ''buy$'''),
	('visits(j, ''use'') > 1', 'j ~ ''use > use''')) AS c(by_text, by_path);

RESET search_path;
DROP SCHEMA journey_fdw, there CASCADE;
DROP EXTENSION postgres_fdw CASCADE;
SELECT count(*) AS left_behind FROM pg_foreign_server;
