--
-- The goals of a journey map: of the whole and of stages, of all segments and of one; the nearest one counts.
--
\set VERBOSITY terse
\pset null -
SET client_min_messages = warning;
CREATE SCHEMA map_target;
SET search_path = map_target, public;
SET timezone = 'UTC';
CREATE TABLE answers AS
SELECT timestamptz '2026-01-01' + i * interval '1 hour' AS at, (ARRAY['search', 'buy', 'use'])[1 + i % 3] AS stage,
	(ARRAY['web', 'shop'])[1 + i / 3 % 2] AS place, (ARRAY['young', 'old', 'rich'])[1 + i / 6 % 3] AS persona,
	i / 7 % 11 AS nps, 1 + i / 5 % 5 AS csat, 1 + i / 3 % 5 AS effort
FROM generate_series(1, 2000) AS i;
SELECT create_journey_map('shop', 'answers', at => 'at', stage => 'stage', touchpoint => 'place', segment => 'persona',
	nps => 'nps', csat => 'csat', ces => 'effort', ces_scale => '[1,5]', ces_low_is_easy => true,
	stages => '{search,buy,use}', bucket => 'month');

-- goals for a good half of all combinations: of a segment and of all, of one of them, of neither
INSERT INTO shop_targets (segment, stage, metric, target)
SELECT segment, stage, metric, CASE metric WHEN 'ces' THEN 1 + i / 16.0 ELSE 20 + i + i / 8.0 END
FROM unnest('{young,old,NULL}'::text[]) WITH ORDINALITY AS s(segment, a),
	unnest('{search,buy,use,NULL}'::text[]) WITH ORDINALITY AS t(stage, b),
	unnest('{nps,csat,ces}'::text[]) WITH ORDINALITY AS m(metric, c),
	LATERAL (SELECT 12 * a + 3 * b + c AS i) AS n
WHERE i * i % 7 IN (1, 2);
SELECT segment IS NULL AS of_all, stage IS NULL AS of_the_whole, count(*) AS goals, count(DISTINCT target) AS different
FROM shop_targets GROUP BY 1, 2 ORDER BY 1, 2;
SELECT count(*) FILTER (WHERE own AND other) AS own_and_all, count(*) FILTER (WHERE own AND NOT other) AS own,
	count(*) FILTER (WHERE NOT own AND other) AS of_all, count(*) FILTER (WHERE NOT own AND NOT other) AS neither
FROM unnest('{young,old}'::text[]) AS segment, unnest('{search,buy,use,NULL}'::text[]) AS stage,
	unnest('{nps,csat,ces}'::text[]) AS metric,
	LATERAL (SELECT EXISTS (SELECT FROM shop_targets AS t WHERE t.segment = s.segment AND t.metric = m.metric
			AND t.stage IS NOT DISTINCT FROM p.stage) AS own,
		EXISTS (SELECT FROM shop_targets AS t WHERE t.segment IS NULL AND t.metric = m.metric
			AND t.stage IS NOT DISTINCT FROM p.stage) AS other
		FROM (SELECT segment) AS s, (SELECT stage) AS p, (SELECT metric) AS m) AS g;

-- the goal of a place, looked up by hand: that of its own segment, or else that of all
CREATE FUNCTION goal(of_segment text, of_stage text, of_metric text) RETURNS numeric LANGUAGE sql AS $$
	SELECT coalesce(
		(SELECT target FROM shop_targets WHERE segment = $1 AND stage IS NOT DISTINCT FROM $2 AND metric = $3),
		(SELECT target FROM shop_targets WHERE segment IS NULL AND stage IS NOT DISTINCT FROM $2 AND metric = $3))
$$;
CREATE FUNCTION gap(metric text, value numeric, target numeric) RETURNS numeric LANGUAGE sql AS $$
	SELECT CASE metric WHEN 'ces' THEN target - value ELSE value - target END
$$;
-- of the view
SELECT metric, count(*) AS cells, count(target) AS with_goal, count(DISTINCT target) AS goals,
	count(*) FILTER (WHERE target IS DISTINCT FROM trim_scale(goal(segment, stage, metric))) AS wrong_goals,
	count(*) FILTER (WHERE abs(gap - gap(metric, value, target)) > 0.000001
		OR (gap IS NULL) <> (target IS NULL)) AS wrong_gaps
FROM shop, LATERAL (VALUES ('nps', nps, nps_target, nps_gap), ('csat', csat, csat_target, csat_gap),
	('ces', ces, ces_target, ces_gap)) AS m(metric, value, target, gap)
GROUP BY metric ORDER BY metric;
-- of cells and of scores: of each segment and of all together, of all time and of a month
CREATE TABLE parts AS
SELECT segment, period FROM unnest('{young,old,rich,NULL}'::text[]) AS segment,
	unnest('{NULL,"[2026-02-01,2026-03-01)"}'::daterange[]) AS period;
SELECT metric, count(*) AS cells, count(target) AS with_goal,
	count(*) FILTER (WHERE target IS DISTINCT FROM goal(segment, stage, metric)) AS wrong_goals,
	count(*) FILTER (WHERE gap IS DISTINCT FROM gap(metric, value, target)) AS wrong_gaps
FROM parts, journey_map_cells('shop', segment, period) AS c,
	LATERAL (VALUES ('nps', nps, nps_target, nps_gap), ('csat', csat, csat_target, csat_gap),
		('ces', ces, ces_target, ces_gap)) AS m(metric, value, target, gap)
GROUP BY metric ORDER BY metric;
SELECT metric, stage IS NULL AS whole, count(*) AS scores, count(target) AS with_goal,
	count(*) FILTER (WHERE target IS DISTINCT FROM goal(segment, stage, metric)) AS wrong_goals,
	count(*) FILTER (WHERE gap IS DISTINCT FROM gap(metric, value, target)) AS wrong_gaps
FROM parts, journey_map_scores('shop', segment, period) AS s GROUP BY 1, 2 ORDER BY 1, 2;

-- one goal for each combination, NULL being one; known stages only, and segments that have answers
DELETE FROM shop_targets;
INSERT INTO shop_targets (metric, target) VALUES ('nps', 45);
INSERT INTO shop_targets (metric, target) VALUES ('nps', 50);
INSERT INTO shop_targets (segment, metric, target)
VALUES ('young', 'nps', 50), ('old', 'nps', 40), ('young', 'csat', 80);
INSERT INTO shop_targets (segment, metric, target) VALUES ('young', 'nps', 55);
INSERT INTO shop_targets (segment, stage, metric, target) VALUES ('young', 'by', 'nps', 55);
UPDATE shop_targets SET stage = 'by' WHERE segment = 'young';
UPDATE shop_targets SET segment = NULL WHERE segment = 'old';
SET client_min_messages = notice;
\set VERBOSITY default
INSERT INTO shop_targets (segment, metric, target) VALUES ('Young', 'nps', 55);
\set VERBOSITY terse
UPDATE shop_targets SET segment = 'poor' WHERE segment = 'Young';
\set VERBOSITY default
-- a reader may take (all) for the word for all, as other columns have it
BEGIN;
INSERT INTO shop_targets (segment, metric, target) VALUES ('(all)', 'nps', 55);
ROLLBACK;
-- a goal of ces is on its scale, both ends included
BEGIN;
INSERT INTO shop_targets (stage, metric, target) VALUES ('search', 'ces', 1), ('buy', 'ces', 5.01), ('use', 'ces', 8);
ROLLBACK;
\set VERBOSITY terse
SET client_min_messages = warning;
SELECT segment, stage, metric, target FROM shop_targets ORDER BY id;
-- changed in place, and for whom it is too little
UPDATE shop_targets SET target = 60 WHERE segment = 'young' AND metric = 'nps';
SELECT segment, target, gap = value - target AS gap
FROM unnest('{young,old,NULL}'::text[]) AS segment, journey_map_scores('shop', segment)
WHERE stage IS NULL AND metric = 'nps' ORDER BY segment;

-- a map without segments has the segment (all)
SELECT create_journey_map('plain', 'answers', at => 'at', stage => 'stage', nps => 'nps');
INSERT INTO plain_targets (segment, stage, metric, target)
VALUES (NULL, 'buy', 'nps', 10), ('(all)', 'buy', 'nps', 20), (NULL, NULL, 'nps', 30);
SELECT DISTINCT stage, nps_target FROM plain ORDER BY stage;
SELECT stage, target FROM unnest('{(all),NULL}'::text[]) AS segment, journey_map_scores('plain', segment)
ORDER BY segment, stage_position;

-- goals follow the map when its tables are renamed, and need no more rights than to read them
ALTER TABLE plain_targets RENAME TO goals_of_the_year;
SELECT stage, target FROM journey_map_scores('plain') WHERE stage IS NULL;
SELECT DISTINCT nps_target FROM journey_map_cells('plain') WHERE stage = 'buy';
CREATE ROLE regress_goal_reader;
GRANT USAGE ON SCHEMA map_target TO regress_goal_reader;
GRANT SELECT ON shop_totals, shop_definition, shop_summaries TO regress_goal_reader;
SET ROLE regress_goal_reader;
SELECT count(*) FROM journey_map_scores('shop');
RESET ROLE;
GRANT SELECT ON shop_targets TO regress_goal_reader;
SET ROLE regress_goal_reader;
SELECT count(target) FROM journey_map_scores('shop');
RESET ROLE;
DROP OWNED BY regress_goal_reader;
DROP ROLE regress_goal_reader;

-- notes of a persona are about a segment as a whole
INSERT INTO shop_notes (segment, kind, note)
VALUES ('young', 'persona', 'Wants it today'), (NULL, 'persona', '"Is it safe?"');
INSERT INTO shop_notes (segment, stage, kind, note) VALUES ('young', 'buy', 'persona', 'Pays by phone');
INSERT INTO shop_notes (touchpoint, kind, note) VALUES ('web', 'persona', 'Likes the web');
UPDATE shop_notes SET stage = 'buy' WHERE kind = 'persona';
SELECT segment, stage, kind, note FROM shop_notes ORDER BY id;
-- the view of them: with all that they score, of each and of all together, and whoever has only notes
INSERT INTO shop_notes (segment, kind, note) VALUES ('young', 'persona', '"Now!"'),
	('to come', 'persona', 'Unknown yet'), ('old', 'idea', 'no persona');
SELECT segment, persona, enough FROM shop_personas ORDER BY segment;
SELECT count(*) AS segments, count(*) FILTER (WHERE m.responses = d.responses) AS responses,
	count(*) FILTER (WHERE (m.nps, m.nps_low, m.nps_high)
		= (round(nps(n), 6), round(lower(nps_interval(n)), 6), round(upper(nps_interval(n)), 6))) AS nps,
	count(*) FILTER (WHERE (m.csat, m.csat_low, m.csat_high)
		= (round(csat(c), 6), round(lower(csat_interval(c)), 6), round(upper(csat_interval(c)), 6))) AS csat,
	count(*) FILTER (WHERE (m.ces, m.ces_low, m.ces_high)
		= (round(ces(e), 6), round(lower(ces_interval(e)), 6), round(upper(ces_interval(e)), 6))) AS ces
FROM shop_personas AS m JOIN (SELECT coalesce(persona, '(all)') AS segment, count(*) AS responses,
		rating_agg(nps, '[0,10]') AS n, rating_agg(csat, '[1,5]') AS c, rating_agg(effort, '[1,5]') AS e
	FROM answers GROUP BY ROLLUP(persona)) AS d USING (segment);
INSERT INTO shop_targets (metric, target) VALUES ('ces', 2.5);
SELECT segment, s.metric, s.target IS NULL AS none, p.target IS NOT DISTINCT FROM s.target AS target,
	p.gap IS NOT DISTINCT FROM round(s.gap, 6) AS gap
FROM shop_personas AS m, LATERAL journey_map_scores('shop', nullif(segment, '(all)')) AS s,
	LATERAL (VALUES ('nps', nps_target, nps_gap), ('csat', csat_target, csat_gap), ('ces', ces_target, ces_gap))
		AS p(metric, target, gap)
WHERE m.responses > 0 AND stage IS NULL AND p.metric = s.metric ORDER BY segment, s.metric;
SELECT segment, responses = (SELECT count(*) FROM answers) AS responses, persona, csat FROM plain_personas;
INSERT INTO plain_notes (kind, note) VALUES ('persona', 'Everybody');
SELECT segment, responses = (SELECT count(*) FROM answers) AS responses, persona, csat FROM plain_personas;
DELETE FROM answers;
SELECT segment, responses, nps, persona FROM plain_personas;
SELECT segment, responses, persona, nps_target FROM shop_personas ORDER BY segment;
-- without answers all together are nobody
DELETE FROM shop_notes WHERE kind = 'persona' AND segment IS NULL;
SELECT segment, responses FROM shop_personas ORDER BY segment;
SELECT count(*) AS problems FROM check_journey_map('shop');
DROP SCHEMA map_target CASCADE;
