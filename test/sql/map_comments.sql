--
-- What customers wrote on a journey map: all comments, and which of them stand at a barrier.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set VERBOSITY terse
\pset null -
SET client_min_messages = warning;
CREATE SCHEMA map_comments_test;
SET search_path = map_comments_test, public;
SET timezone = 'UTC';

-- The courier is bad by all metrics, the desk by CSAT and CES, the form by CES alone; the places of returns are too
-- thin one by one, but not together, and so are those of the telephone over all stages.
CREATE TABLE answers AS
SELECT i AS id, timestamptz '2026-01-01' + i * interval '1 hour' AS at, v.stage, v.place, v.persona,
	CASE WHEN bad_nps THEN i % 7 ELSE 6 + i % 5 END AS nps,
	CASE WHEN bad_csat THEN 1 + i % 3 ELSE 3 + i % 3 END AS csat,
	CASE WHEN bad_ces THEN 1 + i % 4 ELSE 4 + i % 4 END AS ces,
	CASE i % 6 WHEN 0 THEN NULL WHEN 1 THEN '  ' ELSE 'said ' || i END AS said
  FROM generate_series(1, 3000) AS i, LATERAL (
	SELECT CASE WHEN i % 75 = 0 THEN 'return' ELSE (ARRAY['find', 'buy', 'get'])[1 + i % 3] END AS stage,
		CASE WHEN i % 75 = 0 THEN 'desk:' || i % 10 WHEN i % 50 = 7 THEN 'phone:help'
			ELSE (ARRAY['web:site', 'app:form', 'store:desk', 'courier:door'])[1 + i / 3 % 4] END AS place,
		CASE WHEN i / 12 % 2 = 0 THEN 'young' ELSE 'old' END AS persona) AS v, LATERAL (
	SELECT place = 'courier:door' OR place ~ '^(phone|desk)' AS bad_nps,
		place IN ('courier:door', 'store:desk') OR place ~ '^(phone|desk)' AS bad_csat,
		place IN ('courier:door', 'store:desk', 'app:form') OR place ~ '^(phone|desk)' AS bad_ces) AS b;
-- what is not on the map, though somebody wrote something
INSERT INTO answers SELECT 4000 + position, v.at, v.stage, 'web:site', 'young', 9, 5, 5, 'nowhere'
  FROM (VALUES (1, NULL, 'find'), (2, timestamptz '2026-02-01', NULL), (3, 'infinity', 'find'),
	(4, '9999-12-31', 'find'), (5, '-infinity', 'find'), (6, '0001-01-01', 'find')) AS v(position, at, stage);
SELECT create_journey_map('shop', 'answers', at => 'at', stage => 'stage', touchpoint => 'place',
	segment => 'persona', nps => 'nps', csat => 'csat', ces => 'ces', comment => 'said', minimum => 11);

-- all comments, as they are in the source; those without a word are none
SELECT (SELECT count(*) FROM shop_comments) AS comments, (SELECT count(*) FROM answers WHERE btrim(said) <> ''
		AND id < 4000) AS by_hand, (SELECT count(*) FROM (SELECT at, segment, stage, touchpoint, nps, csat, ces, comment
		FROM shop_comments EXCEPT SELECT at, persona, stage, place, nps, csat, ces, said FROM answers) AS d) AS wrong;
-- a comment is at a barrier when its place is one, or its whole stage, or its touchpoint at all stages
SELECT stage, touchpoint, count(*) AS barriers, string_agg(DISTINCT metric, ', ' ORDER BY metric) AS metrics
  FROM shop_barriers GROUP BY 1, 2 ORDER BY 1, 2;
WITH by_hand AS (
	SELECT id, at, (SELECT metric FROM shop_barriers AS b WHERE b.segment = persona AND b.stage IN (a.stage, '(all)')
		AND b.touchpoint IN (place, '(all)') ORDER BY array_position('{nps,csat,ces}', metric) LIMIT 1) AS metric
	  FROM answers AS a WHERE btrim(said) <> '' AND id < 4000)
SELECT count(*) AS comments, count(*) FILTER (WHERE c.barrier <> (h.metric IS NOT NULL)
		OR c.barrier_metric IS DISTINCT FROM h.metric OR c.barrier IS NULL) AS wrong,
	count(*) FILTER (WHERE c.barrier_metric = 'nps') AS nps, count(*) FILTER (WHERE c.barrier_metric = 'csat') AS csat,
	count(*) FILTER (WHERE c.barrier_metric = 'ces') AS ces, count(*) FILTER (WHERE NOT c.barrier) AS elsewhere
  FROM shop_comments AS c FULL JOIN by_hand AS h USING (at);

-- Barriers are computed for those who ask, and once.
CREATE FUNCTION nodes(query text) RETURNS SETOF json LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, COSTS OFF, FORMAT JSON) ' || query INTO plan;
	RETURN QUERY WITH RECURSIVE node AS (
		SELECT plan -> 0 -> 'Plan' AS n
		UNION ALL SELECT c FROM node, json_array_elements(n -> 'Plans') AS c)
	SELECT n FROM node;
END $$;
CREATE FUNCTION scans(query text) RETURNS bigint LANGUAGE sql AS $$
	SELECT sum((n ->> 'Actual Loops')::bigint) FROM nodes(query) AS n WHERE n ->> 'Relation Name' = 'shop_rollup'
$$;
SELECT columns, scans(format('SELECT %s FROM shop_comments', columns)) / scans('SELECT * FROM shop_barriers') AS times
  FROM unnest(ARRAY['comment', 'at, segment, stage, touchpoint, nps, csat, ces', 'barrier', 'comment, barrier_metric'])
	AS columns;
-- and what is asked of a comment is asked of the source
SELECT n ->> 'Filter' LIKE '%courier:door%' AS filtered_in_the_source
  FROM nodes('SELECT comment FROM shop_comments WHERE touchpoint = ''courier:door''') AS n
 WHERE n ->> 'Relation Name' = 'answers';

-- the columns of older reports come first, also after a rebuild
SELECT rebuild_journey_map('shop');
SELECT string_agg(attname, ', ' ORDER BY attnum) AS columns FROM pg_attribute
 WHERE attrelid = 'shop_comments'::regclass AND attnum > 0 AND NOT attisdropped;
SELECT attname, col_description(attrelid, attnum) AS meaning FROM pg_attribute
 WHERE attrelid = 'shop_comments'::regclass AND attname ~ '^barrier' ORDER BY attnum;

-- times of a date, and a map that has nothing but a comment and an emotion
CREATE TABLE moods (day date, stage text, mood integer, said text);
INSERT INTO moods VALUES ('2026-01-01', 'find', 1, 'fine'), ('infinity', 'find', 1, 'never'), (NULL, 'find', 1, 'when'),
	('2026-01-02', 'buy', NULL, 'no answer, but a comment');
SELECT create_journey_map('mood', 'moods', at => 'day', stage => 'stage', emotion => 'mood', comment => 'said',
	timezone => 'Europe/Warsaw');
SELECT * FROM mood_comments ORDER BY at;
DROP SCHEMA map_comments_test CASCADE;
