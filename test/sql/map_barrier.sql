--
-- The barriers of a journey map: places, whole stages and whole touchpoints, against plain SQL over the answers.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset null -
SET client_min_messages = warning;
CREATE SCHEMA barrier_test;
SET search_path = barrier_test, public;

-- A segment for each way in which a journey goes wrong; so many of ten customers are unhappy at a place.
CREATE TABLE place (segment text, stage text, touchpoint text, answers int, unhappy int);
-- thirteen places of one stage, all worse
INSERT INTO place SELECT 'stage', 'claim', 'desk:' || i, 120, 6 FROM generate_series(1, 13) AS i;
INSERT INTO place SELECT 'stage', stage, 'web:' || i, 600, 0
  FROM unnest('{find,buy}'::text[]) AS stage, generate_series(1, 3) AS i;
-- one of them, and two of them
INSERT INTO place SELECT 'place', 'claim', 'desk:' || i, 120, CASE i WHEN 1 THEN 8 ELSE 0 END
  FROM generate_series(1, 13) AS i;
INSERT INTO place SELECT 'two', 'claim', 'desk:' || i, 120, CASE WHEN i < 3 THEN 8 ELSE 0 END
  FROM generate_series(1, 13) AS i;
INSERT INTO place SELECT segment, stage, 'web:' || i, 600, 0
  FROM unnest('{place,two}'::text[]) AS segment, unnest('{find,buy}'::text[]) AS stage, generate_series(1, 3) AS i;
-- a touchpoint at all of its stages
INSERT INTO place SELECT 'touchpoint', stage, touchpoint, 120, CASE touchpoint WHEN 'phone' THEN 6 ELSE 0 END
  FROM unnest('{find,buy,use,claim}'::text[]) AS stage, unnest('{phone,web,app,shop}'::text[]) AS touchpoint;
-- places that are each too thin; a large one, and what is too thin beside it
INSERT INTO place SELECT 'thin', 'claim', 'desk:' || i, 20, 5 FROM generate_series(1, 10) AS i;
INSERT INTO place VALUES ('large', 'claim', 'web', 400, 5), ('large', 'claim', 'desk', 10, 5),
	('large', 'claim', 'phone', 10, 5);
INSERT INTO place SELECT segment, stage, 'web', 400, 0
  FROM unnest('{thin,large}'::text[]) AS segment, unnest('{find,buy}'::text[]) AS stage;
-- two places: one of them bad; both; the one more than the other, and much more
INSERT INTO place VALUES ('one of two', 'claim', 'web', 200, 5), ('one of two', 'claim', 'desk', 200, 0),
	('one of two', 'buy', 'app', 400, 0), ('both', 'claim', 'web', 200, 5), ('both', 'claim', 'desk', 200, 4),
	('both', 'buy', 'app', 400, 0), ('unequal', 'claim', 'web', 100, 9), ('unequal', 'claim', 'desk', 200, 3),
	('unequal', 'buy', 'app', 1200, 0), ('mostly', 'claim', 'web', 300, 9), ('mostly', 'claim', 'desk', 300, 3),
	('mostly', 'buy', 'app', 2000, 0);
-- nothing
INSERT INTO place SELECT 'alike', stage, touchpoint, 100, 0
  FROM unnest('{find,buy,claim}'::text[]) AS stage, unnest('{web,app}'::text[]) AS touchpoint;

CREATE TABLE answers AS
SELECT timestamptz '2026-01-01 00:00+00' + i % 28 * interval '1 day' AS at, segment, stage, touchpoint,
       CASE WHEN is_unhappy THEN pg_temp.random_int(id, 1, 7) ELSE 5 + pg_temp.random_int(id, 2, 6) END AS nps,
       CASE WHEN i % 2 = 0 THEN 2 + pg_temp.random_int(id, 3, CASE WHEN is_unhappy THEN 2 ELSE 4 END) END AS csat,
       CASE WHEN i % 3 = 0 THEN 1 + pg_temp.random_int(id, 4, CASE WHEN is_unhappy THEN 7 ELSE 4 END) END AS ces
  FROM (SELECT *, row_number() OVER (ORDER BY segment, stage, touchpoint, i)::int AS id
          FROM place, generate_series(1, answers) AS i) AS answer,
       LATERAL (SELECT pg_temp.random_int(id, 0, 10) < unhappy AS is_unhappy) AS u;
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', touchpoint => 'touchpoint',
	segment => 'segment', nps => 'nps', csat => 'csat', ces => 'ces', ces_low_is_easy => true, stages => '{find,buy,use,claim}');

-- Everything from the answers: each unit against the rest of its segment, and each whole also without each place.
CREATE FUNCTION by_hand(points numeric, OUT segment text, OUT stage text, OUT touchpoint text, OUT metric text,
	OUT difference numeric, OUT impact numeric, OUT p_value double precision) RETURNS SETOF record LANGUAGE sql AS $$
WITH place AS MATERIALIZED (
	SELECT segment, stage, touchpoint, rating_agg(nps, '[0,10]') AS n, rating_agg(csat, '[1,5]') AS c,
		rating_agg(ces, '[1,7]') AS e FROM answers GROUP BY 1, 2, 3),
unit AS (
	SELECT segment, stage, touchpoint, 'place' AS kind FROM place
	UNION ALL SELECT segment, stage, '(all)', 'stage' FROM place GROUP BY 1, 2 HAVING count(*) > 1
	UNION ALL SELECT segment, '(all)', touchpoint, 'touchpoint' FROM place GROUP BY 1, 3 HAVING count(*) > 1),
trial AS (
	SELECT *, NULL AS no_stage, NULL AS no_touchpoint FROM unit
	UNION ALL SELECT u.*, p.stage, p.touchpoint FROM unit AS u JOIN place AS p USING (segment)
	 WHERE u.kind <> 'place' AND u.stage IN (p.stage, '(all)') AND u.touchpoint IN (p.touchpoint, '(all)')),
sides AS (
	SELECT t.*, s.* FROM trial AS t, LATERAL (
		SELECT rating_agg(n) FILTER (WHERE inside) AS n, rating_agg(n) FILTER (WHERE outside) AS rest_n,
			rating_agg(n) AS all_n,
		       rating_agg(c) FILTER (WHERE inside) AS c, rating_agg(c) FILTER (WHERE outside) AS rest_c,
			rating_agg(c) AS all_c,
		       rating_agg(e) FILTER (WHERE inside) AS e, rating_agg(e) FILTER (WHERE outside) AS rest_e,
			rating_agg(e) AS all_e
		  FROM place AS p, LATERAL (
			SELECT NOT (t.stage IN (p.stage, '(all)') AND t.touchpoint IN (p.touchpoint, '(all)')) AS outside) AS o,
			LATERAL (SELECT NOT outside
				AND (p.stage, p.touchpoint) IS DISTINCT FROM (t.no_stage, t.no_touchpoint) AS inside) AS i
		 WHERE p.segment = t.segment) AS s),
test AS (
	SELECT sides.*, 'nps' AS metric, responses(n) AS answers, responses(rest_n) AS others, t.difference AS difference,
		t.difference < 0 AS worse, t.p_value, responses(n)::numeric / responses(all_n) * abs(t.difference) AS gain, points
	  FROM sides, LATERAL nps_test(rest_n, n) AS t
	UNION ALL SELECT sides.*, 'csat', responses(c), responses(rest_c), t.difference, t.difference < 0, t.p_value,
		responses(c)::numeric / responses(all_c) * abs(t.difference), points FROM sides, LATERAL csat_test(rest_c, c) AS t
	UNION ALL SELECT sides.*, 'ces', responses(e), responses(rest_e), t.difference, t.difference > 0, t.p_value,
		responses(e)::numeric / responses(all_e) * abs(t.difference), points / 10
	  FROM sides, LATERAL ces_test(rest_e, e) AS t),
hypothesis AS (
	SELECT segment, stage, touchpoint, metric, max(difference) FILTER (WHERE no_stage IS NULL) AS difference,
		max(gain) FILTER (WHERE no_stage IS NULL) AS gain, bool_and(worse AND gain >= points)
			AND min(gain) >= max(gain) FILTER (WHERE no_stage IS NULL) / 3 AS matters,
		max(CASE WHEN worse OR no_stage IS NULL THEN p_value ELSE 1 END) AS p_value
	  FROM test GROUP BY 1, 2, 3, 4 HAVING bool_and(coalesce(answers, 0) >= 30 AND coalesce(others, 0) >= 30)),
holm AS (
	SELECT h.*, (SELECT least(1, max(((SELECT count(*) FROM hypothesis)
		- (SELECT count(*) FROM hypothesis AS b WHERE b.p_value < a.p_value)) * a.p_value))
		  FROM hypothesis AS a WHERE a.p_value <= h.p_value) AS corrected FROM hypothesis AS h)
SELECT segment, stage, touchpoint, metric, difference, gain, corrected FROM holm WHERE matters AND corrected < 0.05
$$;
CREATE FUNCTION compare(points numeric, OUT barriers bigint, OUT wholes bigint, OUT wrong bigint) LANGUAGE sql AS $$
	SELECT count(*), count(*) FILTER (WHERE '(all)' IN (stage, touchpoint)),
	       count(*) FILTER (WHERE h.p_value IS NULL OR b.p_value IS NULL OR abs(h.p_value - b.p_value) > 1e-12
			OR (round(h.difference, 6), round(h.impact, 6)) IS DISTINCT FROM (b.difference, b.impact))
	  FROM by_hand(points) AS h FULL JOIN m_barriers AS b USING (segment, stage, touchpoint, metric)
$$;
SELECT * FROM compare(0.5);
SELECT segment, rank, stage, touchpoint, round(impact, 1) AS impact, part_of FROM m_barriers WHERE metric = 'nps';
-- a whole has a greater impact than each of its parts, which say what they are parts of
SELECT count(*) AS parts,
       count(*) FILTER (WHERE whole.impact > part.impact AND whole.rank < part.rank) AS after_their_whole
  FROM m_barriers AS part JOIN m_barriers AS whole USING (segment, metric)
 WHERE part.part_of = 'stage' AND (whole.stage, whole.touchpoint) = (part.stage, '(all)')
    OR part.part_of = 'touchpoint' AND (whole.stage, whole.touchpoint) = ('(all)', part.touchpoint);
SELECT count(*) AS parts FROM m_barriers WHERE part_of IS NOT NULL;
-- the least impact holds without each place as well
UPDATE m_definition SET least_impact = 5;
SELECT * FROM compare(5);
SELECT segment, stage, touchpoint, part_of FROM m_barriers WHERE metric = 'nps' AND segment <> 'stage';
UPDATE m_definition SET least_impact = 0;
SELECT * FROM compare(0);
UPDATE m_definition SET least_impact = 0.5;

-- the function has the same; scores have those of whole stages
SELECT segment, count(*) AS barriers, bool_and((b.stage, b.touchpoint, b.metric, round(b.impact, 6), b.p_value, b.rank)
		= (v.stage, v.touchpoint, v.metric, v.impact, v.p_value, v.rank)) AS equal,
       bool_and(b.part_of IS NOT DISTINCT FROM v.part_of) AS part_of
  FROM (SELECT segment, b.*, row_number() OVER (PARTITION BY segment) AS line
		  FROM (SELECT DISTINCT segment FROM place) AS p, LATERAL journey_map_barriers('m', segment) AS b) AS b
  FULL JOIN (SELECT *, row_number() OVER (PARTITION BY segment) AS line FROM m_barriers) AS v USING (segment, line)
 GROUP BY 1 ORDER BY 1;
-- clients have room for 28 digits
SELECT count(*) > 0 AS some, count(*) FILTER (WHERE scale(impact) > 20) AS too_wide FROM journey_map_barriers('m');
SELECT segment, count(*) FILTER (WHERE barrier) AS barriers,
       count(*) FILTER (WHERE barrier = (b.metric IS NULL) OR round(s.impact, 6) IS DISTINCT FROM b.impact) AS wrong
  FROM (SELECT segment, s.*
		  FROM (SELECT DISTINCT segment FROM place) AS p, LATERAL journey_map_scores('m', segment) AS s) AS s
  LEFT JOIN (SELECT * FROM m_barriers WHERE touchpoint = '(all)') AS b USING (segment, stage, metric)
 GROUP BY 1 ORDER BY 1;
SELECT stage, metric, impact > 0 AS impact FROM journey_map_scores('m', 'stage', '[2026-01-01,2026-01-28]') WHERE barrier;

-- the pictures show it once, at the stage
SELECT line FROM regexp_split_to_table(journey_map_mermaid('m', 'both'), '\n') AS line
 WHERE line ~ 'section|#9888';
SELECT segment, (regexp_match(svg, 'Barriers: ([^<]*)'))[1] AS described,
       count(*) FILTER (WHERE part ~ '^score.*>Barrier<') AS at_stages,
       count(*) FILTER (WHERE part ~ '^card.*>Barrier<') AS at_cards
  FROM unnest('{both,thin,one of two,alike}'::text[]) AS segment, LATERAL journey_map_svg('m', segment) AS s(svg),
       LATERAL regexp_split_to_table(svg, '<g data-part="') AS part
 GROUP BY segment, svg ORDER BY segment;

DROP SCHEMA barrier_test CASCADE;
