--
-- Answers of all types that a journey map takes are judged and counted as plain SQL does it: on the scale, beyond it,
-- fractions, values that are no number; written at once and one by one.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set VERBOSITY terse
\pset null -
\pset format unaligned
SET timezone = 'Europe/Warsaw';
CREATE SCHEMA tally_test;
SET search_path = tally_test, public;
CREATE TABLE answers (i integer, zoned timestamptz, plain timestamp, day date, stage text, small smallint, big bigint,
	exact numeric, single real, double double precision, feeling numeric);
-- the hour that comes twice when the clock goes back, and the one that never comes; years that are on no map
CREATE VIEW drawn AS
SELECT i, plain AT TIME ZONE 'Europe/Warsaw' AS zoned, plain, plain::date AS day,
	CASE WHEN i % 17 > 0 THEN 'stage ' || i % 3 END AS stage,
	CASE WHEN i % 5 > 0 THEN i * 7 % 13 - 1 END::smallint AS small,
	CASE i % 19 WHEN 0 THEN 9223372036854775807 WHEN 1 THEN -9223372036854775808 WHEN 2 THEN NULL
		ELSE i * 5 % 13 - 1 END AS big,
	CASE i % 9 WHEN 0 THEN 'NaN' WHEN 1 THEN 1e30 WHEN 2 THEN 2.5 WHEN 3 THEN NULL WHEN 4 THEN 3.000
		ELSE i % 7 END::numeric AS exact,
	CASE i % 8 WHEN 0 THEN 'NaN' WHEN 1 THEN '-Infinity' WHEN 2 THEN 0.5 WHEN 3 THEN NULL
		ELSE i % 9 END::real AS single,
	CASE i % 7 WHEN 0 THEN 'Infinity' WHEN 1 THEN 1e300 WHEN 2 THEN 4.25 WHEN 3 THEN NULL ELSE i % 10 END AS double,
	CASE i % 6 WHEN 0 THEN NULL WHEN 1 THEN 'NaN' WHEN 2 THEN 2.00005 ELSE i % 50 / 10.0 - 2 END::numeric AS feeling
  FROM generate_series(1, 400) AS i,
	LATERAL (SELECT CASE i % 31 WHEN 0 THEN NULL WHEN 1 THEN 'infinity' WHEN 2 THEN '0044-03-15 12:00 BC'
		ELSE timestamp '2026-10-25 01:30' + i % 5 * interval '30 minutes' + i % 2 * interval '154 days 30 minutes'
		END AS plain) AS t;

-- Each metric of a type of its own, and each kind of time.
CREATE TABLE maps (map text, at text, bucket text, nps text, csat text, ces text, emotion text);
INSERT INTO maps VALUES ('m1', 'zoned', 'day', 'small', 'big', NULL, NULL),
	('m2', 'plain', 'hour', 'exact', 'single', 'double', NULL), ('m3', 'day', 'week', NULL, NULL, 'small', 'feeling'),
	('m4', 'zoned', 'hour', NULL, NULL, NULL, 'single'), ('m5', 'plain', 'month', 'big', 'exact', NULL, 'double');
SELECT create_journey_map(map, 'answers', at => at, stage => 'stage', nps => nps, csat => csat, ces => ces,
	emotion => emotion, csat_scale => '[1,5]', ces_scale => '[-1,4]', bucket => bucket, timezone => 'Europe/Warsaw')
  FROM maps;

-- What the cells come to by plain SQL. As numeric all numbers are compared alike.
CREATE FUNCTION pg_temp.valid(answer numeric, low integer, high integer, whole boolean) RETURNS boolean LANGUAGE sql
	RETURN answer <> 'NaN' AND answer >= low AND answer <= high AND (NOT whole OR answer = trunc(answer));
CREATE FUNCTION pg_temp.by_hand(at text, bucket text, nps text, csat text, ces text, emotion text) RETURNS SETOF text
	LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format($q$
		SELECT ROW(bucket, stage, count(*) FILTER (WHERE n OR c OR e OR f),
			count(*) FILTER (WHERE NOT n) + count(*) FILTER (WHERE NOT c) + count(*) FILTER (WHERE NOT e)
				+ count(*) FILTER (WHERE NOT f),
			rating_agg(nps::integer, '[0,10]') FILTER (WHERE n), rating_agg(csat::integer, '[1,5]') FILTER (WHERE c),
			rating_agg(ces::integer, '[-1,4]') FILTER (WHERE e), count(*) FILTER (WHERE f),
			coalesce(sum(round(emotion, 4)) FILTER (WHERE f), 0),
			(min(at) FILTER (WHERE n OR c OR e OR f))%7$s, (max(at) FILTER (WHERE n OR c OR e OR f))%7$s)::text
		  FROM (SELECT date_trunc(%2$L, (%1$s)::timestamptz, 'Europe/Warsaw') AS bucket, %1$s AS at, stage,
				pg_temp.valid(nps, 0, 10, true) AS n, pg_temp.valid(csat, 1, 5, true) AS c,
				pg_temp.valid(ces, -1, 4, true) AS e, pg_temp.valid(emotion, -2, 2, false) AS f,
				CASE WHEN nps <> 'NaN' AND abs(nps) < 1000 THEN nps END AS nps,
				CASE WHEN csat <> 'NaN' AND abs(csat) < 1000 THEN csat END AS csat,
				CASE WHEN ces <> 'NaN' AND abs(ces) < 1000 THEN ces END AS ces, emotion
			  FROM (SELECT *, %3$s::numeric AS nps, %4$s::numeric AS csat, %5$s::numeric AS ces,
				%6$s::numeric AS emotion FROM answers) AS a
			 WHERE i %% 31 > 2 AND stage IS NOT NULL) AS judged
		 GROUP BY bucket, stage HAVING bool_or(n IS NOT NULL OR c IS NOT NULL OR e IS NOT NULL OR f IS NOT NULL)$q$,
		at, bucket, coalesce(nps, 'NULL'), coalesce(csat, 'NULL'), coalesce(ces, 'NULL'), coalesce(emotion, 'NULL'),
		CASE at WHEN 'zoned' THEN '' ELSE '::timestamp AT TIME ZONE ''Europe/Warsaw''' END);
END $$;
CREATE FUNCTION pg_temp.by_map(name text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format('SELECT ROW(bucket, stage, responses, invalid, nps, csat, ces, emotion_responses,
		emotion_sum, first_at, last_at)::text FROM %I', name || '_summaries');
END $$;
CREATE VIEW compared AS
SELECT map, (SELECT count(*) FROM pg_temp.by_map(map)) AS cells,
	(SELECT count(*) FROM (
		(SELECT pg_temp.by_hand(at, bucket, nps, csat, ces, emotion) EXCEPT ALL SELECT pg_temp.by_map(map)) UNION ALL
		(SELECT pg_temp.by_map(map) EXCEPT ALL SELECT pg_temp.by_hand(at, bucket, nps, csat, ces, emotion))) AS d)
		AS differ,
	(SELECT count(*) FROM check_journey_map(map)) AS problems
  FROM maps ORDER BY map;
INSERT INTO answers SELECT * FROM drawn;
SELECT * FROM compared;
SELECT map, refresh_journey_map(map) > 0 AS folded FROM maps ORDER BY map;
SELECT * FROM compared;
-- one by one
DELETE FROM answers WHERE i % 4 = 0;
DO $$ BEGIN FOR n IN 0..199 LOOP INSERT INTO answers SELECT * FROM drawn WHERE i = n; END LOOP; END $$;
SELECT * FROM compared;
-- changed, so that more is valid: the time of a first answer that is taken away stays
UPDATE answers SET small = 4, exact = 2.000 WHERE i % 3 = 0;
SELECT * FROM compared;
SELECT (SELECT sum(invalid) FROM m2) AS beyond, (SELECT string_agg(DISTINCT ces::text, ' ' ORDER BY ces::text) FROM m2)
	AS ces;

-- By workers as by one process.
CREATE TABLE many AS SELECT d.* FROM drawn AS d, generate_series(1, 50);
ALTER TABLE many SET (parallel_workers = 2);
CREATE FUNCTION pg_temp.tally() RETURNS TABLE (stage text, tally bigint[]) LANGUAGE sql AS $$
	SELECT stage, cxjourney_internal.journey_map_tally(zoned, small, big, NULL, feeling > 0, '{0,11,1,5,0,0}')
	  FROM many GROUP BY stage ORDER BY stage $$;
BEGIN;
SET LOCAL max_parallel_workers_per_gather = 0;
CREATE TEMPORARY TABLE alone AS SELECT * FROM pg_temp.tally();
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT pg_temp.plan_has($q$SELECT stage, cxjourney_internal.journey_map_tally(zoned, small, big, NULL, feeling > 0,
	'{0,11,1,5,0,0}') FROM many GROUP BY stage$q$, '"Partial Mode": "Partial"') AS by_workers;
SELECT count(*) AS stages, count(*) FILTER (WHERE a.tally = t.tally) AS same
  FROM alone AS a LEFT JOIN pg_temp.tally() AS t ON t.stage IS NOT DISTINCT FROM a.stage;
COMMIT;

-- What is no array of counts is refused, whoever hands it over.
SELECT numbers, pg_temp.message_of(format('SELECT cxjourney_internal.journey_map_tally_summary(%L::bigint[], 1)',
	numbers)) AS summary
  FROM unnest(ARRAY['{}', '{{1}}', '{1,2}', '{1,0,0,0,0,2,0,0,0,0,1,0}', '{1,0,0,0,0,2,0,0,0,0,1}',
	'{1,0,0,0,0,2,0,0,0,0,1,NULL}', '{1,0,0,0,0,2,0,0,0,0,-1,0}', '{1,0,0,0,0,1,0,0,0,0,1}',
	'{1,0,0,0,0,-1,0,3,0,0,1,1}', '{1,0,0,0,0,9223372036854775807,0,3,0,0,1,1}',
	'{1,0,0,0,4294967296,2,0,0,0,0,1,0}', '{1,0,0,0,2147483647,2,0,0,0,0,1,0}',
	'{1,0,0,0,0,2,0,0,0,0,9223372036854775807,9223372036854775807}']) AS numbers;
SELECT place, cxjourney_internal.journey_map_tally_summary('{1,0,0,0,0,2,5,3,0,0,1,0,0,0,0}', place)
  FROM unnest(ARRAY[-1, 0, 1, 2, 3, 4]) AS place;
SELECT cxjourney_internal.journey_map_tally_time('{1,0,0,3600000000,0,2,0,0,0,0,1,0}', last) AT TIME ZONE 'UTC' AS at
  FROM unnest(ARRAY[false, true]) AS last;
SELECT scales, pg_temp.message_of(format('SELECT cxjourney_internal.journey_map_tally(NULL, 1, 1, 1, true, %s)',
	scales)) AS counts
  FROM unnest(ARRAY['NULL', $$'{}'$$, $$'{0,11,1,5,1}'$$, $$'{0,11,1,5,1,NULL}'$$, $$'{0,11,1,5,1,-1}'$$,
	$$'{0,11,1,5,1,102}'$$, $$'{{0,11},{1,5},{1,7}}'$$]) AS scales;
SELECT cxjourney_internal.journey_map_tally(NULL, score, NULL, NULL, NULL, '{2147483600,40,0,0,0,0}') AS counts
  FROM unnest(ARRAY[2147483600, 2147483639, 2147483640, -9223372036854775808]) AS score;
SELECT call, pg_temp.message_of('SELECT cxjourney_internal.' || call) AS outside
  FROM unnest(ARRAY['journey_map_tally_add(NULL, NULL, 1, 1, 1, true, ''{0,2,0,2,0,2}'')',
	'journey_map_tally_combine(''{1,0,0,0,0,2,0,0,0,0,1,0}'', ''{1,0,0,0,0,2,0,0,0,0,1,0}'')']) AS call;
-- an aggregate of somebody's own, which begins with an array of his
CREATE AGGREGATE pg_temp.mine(timestamptz, bigint, bigint, bigint, boolean, integer[]) (
	SFUNC = cxjourney_internal.journey_map_tally_add, STYPE = bigint[], INITCOND = '{5,0,7,8,0,2,0,0,0,0,5,0}');
CREATE AGGREGATE pg_temp.wrong(timestamptz, bigint, bigint, bigint, boolean, integer[]) (
	SFUNC = cxjourney_internal.journey_map_tally_add, STYPE = bigint[], INITCOND = '{5,0,7,8,0,101,0,0,0,0,5,0}');
CREATE AGGREGATE pg_temp.merged(bigint[]) (SFUNC = cxjourney_internal.journey_map_tally_combine, STYPE = bigint[]);
SELECT pg_temp.mine('2000-01-01Z', score, 1, NULL, NULL, '{}') FROM unnest(ARRAY[0, 1, 2]) AS score;
SELECT pg_temp.message_of($$SELECT pg_temp.wrong(NULL, 1, 1, 1, NULL, '{}')$$) AS wrong,
	pg_temp.message_of($$SELECT pg_temp.merged(t) FROM unnest(ARRAY['{1,0,0,0,0,2,0,0,0,0,1,0}',
		'{1,0,0,0,0,0,0,2,0,0,1,0}']::text[]) AS a, CAST(a AS bigint[]) AS t$$) AS other_scales;
SELECT pg_temp.merged(t) FROM unnest(ARRAY['{1,2,3,4,0,2,0,0,0,0,1,0}', '{10,20,1,30,0,2,0,0,0,0,3,9}']::text[]) AS a,
	CAST(a AS bigint[]) AS t;
-- in a window the sum of the row before stays as it is
SELECT pg_temp.merged(t) OVER (ORDER BY place) AS so_far FROM (VALUES (1, '{1,2,3,4,0,2,0,0,0,0,1,0}'::bigint[]),
	(2, '{10,20,1,30,0,2,0,0,0,0,3,9}')) AS v(place, t);
SELECT pg_temp.message_of($$SELECT pg_temp.merged(t)
	FROM unnest(ARRAY['{1,0,0,0,0,2,0,0,0,0,9223372036854775807,0}', '{1,0,0,0,0,2,0,0,0,0,1,0}']::text[]) AS a,
		CAST(a AS bigint[]) AS t$$) AS too_many;
SET client_min_messages = warning;
DROP SCHEMA tally_test CASCADE;
