--
-- The barriers of a journey map: places, whole stages and whole touchpoints, against plain SQL over the answers.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset null -
SET client_min_messages = warning;
CREATE SCHEMA barrier_test;
SET search_path = barrier_test, public;
SET timezone = 'UTC';
SET datestyle = 'ISO';

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
-- every other day is bad; nothing
INSERT INTO place VALUES ('days', 'claim', 'web', 840, 4), ('days', 'claim', 'desk', 200, 4),
	('days', 'buy', 'app', 1200, 0);
INSERT INTO place SELECT 'alike', stage, touchpoint, 100, 0
  FROM unnest('{find,buy,claim}'::text[]) AS stage, unnest('{web,app}'::text[]) AS touchpoint;

CREATE TABLE answers AS
SELECT timestamptz '2026-01-01 00:00+00' + i % 28 * interval '1 day' AS at, segment, stage, touchpoint,
       CASE WHEN is_unhappy THEN pg_temp.random_int(id, 1, 7) ELSE 5 + pg_temp.random_int(id, 2, 6) END AS nps,
       CASE WHEN i % 2 = 0 THEN 2 + pg_temp.random_int(id, 3, CASE WHEN is_unhappy THEN 2 ELSE 4 END) END AS csat,
       CASE WHEN i % 3 = 0 THEN 1 + pg_temp.random_int(id, 4, CASE WHEN is_unhappy THEN 7 ELSE 4 END) END AS ces
  FROM (SELECT *, row_number() OVER (ORDER BY segment = 'days', segment, stage, touchpoint, i)::int AS id
          FROM place, generate_series(1, answers) AS i) AS answer,
       LATERAL (SELECT pg_temp.random_int(id, 0, 10)
		< CASE WHEN segment = 'days' THEN unhappy * 2 * (i % 28 % 2) ELSE unhappy END AS is_unhappy) AS u;
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', touchpoint => 'touchpoint',
	segment => 'segment', nps => 'nps', csat => 'csat', ces => 'ces', ces_low_is_easy => true,
	stages => '{find,buy,use,claim}');

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
		t.difference < 0 AS worse, t.p_value,
		responses(n)::numeric / responses(all_n) * abs(t.difference) AS gain, points
	  FROM sides, LATERAL nps_test(rest_n, n) AS t
	UNION ALL SELECT sides.*, 'csat', responses(c), responses(rest_c), t.difference, t.difference < 0, t.p_value,
		responses(c)::numeric / responses(all_c) * abs(t.difference), points
	  FROM sides, LATERAL csat_test(rest_c, c) AS t
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
SELECT stage, metric, impact > 0 AS impact FROM journey_map_scores('m', 'stage', '[2026-01-01,2026-01-28]')
 WHERE barrier;

-- Days that differ by more than their answers: the mean moving range of the standardised days, by hand.
CREATE FUNCTION dispersions(period daterange, OUT segment text, OUT stage text, OUT touchpoint text, OUT metric text,
	OUT days bigint, OUT factor double precision) RETURNS SETOF record LANGUAGE sql AS $$
WITH score AS (
	SELECT segment, stage, touchpoint, at, metric, score FROM answers, LATERAL (VALUES
			('nps', CASE WHEN nps > 8 THEN 100 WHEN nps > 6 THEN 0 ELSE -100 END * sign(nps + 1)),
			('csat', CASE WHEN csat > 3 THEN 100 WHEN csat > 0 THEN 0 END), ('ces', ces)) AS m(metric, score)
	 WHERE score IS NOT NULL AND (period IS NULL OR at::date <@ period)),
grain AS (
	SELECT * FROM score UNION ALL SELECT segment, stage, '(all)', at, metric, score FROM score
	UNION ALL SELECT segment, '(all)', touchpoint, at, metric, score FROM score),
day AS (
	SELECT g.segment, g.stage, g.touchpoint, g.metric, at, (avg(score) - centre) / sqrt(variance / count(*)) AS z
	  FROM grain AS g JOIN (SELECT segment, stage, touchpoint, metric, avg(score) AS centre, var_pop(score) AS variance
			FROM grain GROUP BY 1, 2, 3, 4 HAVING var_pop(score) > 0) AS w USING (segment, stage, touchpoint, metric)
	 GROUP BY 1, 2, 3, 4, 5, centre, variance),
range AS (
	SELECT *, abs(z - lag(z) OVER (PARTITION BY segment, stage, touchpoint, metric ORDER BY at)) AS range FROM day)
SELECT segment, stage, touchpoint, metric, count(*), avg(range) / 1.128 FROM range GROUP BY 1, 2, 3, 4
$$;
SELECT segment, count(*) AS barriers, count(b.dispersion) AS told, round(max(b.dispersion)) AS largest,
       count(*) FILTER (WHERE b.dispersion IS DISTINCT FROM CASE WHEN days >= 20 AND factor > 1.1
		THEN round(factor::numeric, 6) END) AS wrong
  FROM m_barriers AS b LEFT JOIN dispersions(NULL) USING (segment, stage, touchpoint, metric) GROUP BY 1 ORDER BY 1;
-- of a period; of fewer than 20 days it cannot be said
SELECT period, count(*) AS barriers, count(b.dispersion) AS told, max(days) AS days,
       count(*) FILTER (WHERE b.dispersion IS DISTINCT FROM CASE WHEN days >= 20 AND factor > 1.1
		THEN round(factor::numeric, 6) END) AS wrong
  FROM unnest('{[2026-01-03\,2026-01-22],[2026-01-03\,2026-01-21]}'::daterange[]) AS period,
       LATERAL (SELECT * FROM journey_map_barriers('m', 'days', period)) AS b
  LEFT JOIN LATERAL (SELECT * FROM dispersions(period) WHERE segment = 'days') AS d USING (stage, touchpoint, metric)
 GROUP BY 1 ORDER BY 1 DESC;
-- answers of several segments, and those that came and went since the refresh, are put together
INSERT INTO answers SELECT at, 'other days', stage, touchpoint, nps FROM answers
 WHERE segment = 'days' AND stage <> 'buy';
DELETE FROM answers WHERE segment = 'days' AND nps = 0;
CREATE TABLE kept AS SELECT * FROM answers;
DELETE FROM answers WHERE segment NOT LIKE '%days';
SELECT segment, stage, touchpoint, metric, round(b.dispersion, 1) AS dispersion,
       b.dispersion = round(factor::numeric, 6) AS by_hand
  FROM m_barriers AS b LEFT JOIN dispersions(NULL) USING (segment, stage, touchpoint, metric) WHERE metric = 'nps'
 ORDER BY touchpoint;
UPDATE answers SET segment = 'days';
CREATE TEMP TABLE together AS SELECT * FROM dispersions(NULL);
UPDATE answers SET segment = CASE WHEN csat IS NULL AND ces IS NULL THEN 'other days' ELSE segment END;
SELECT stage, touchpoint, metric, round(b.dispersion, 1) AS dispersion,
       b.dispersion = round(factor::numeric, 6) AS by_hand
  FROM journey_map_barriers('m') AS b LEFT JOIN together USING (stage, touchpoint, metric) WHERE metric = 'nps'
 ORDER BY stage, touchpoint;
TRUNCATE answers;
INSERT INTO answers SELECT * FROM kept;

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
