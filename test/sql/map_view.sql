--
-- What the views of a journey map say, against plain SQL and the tests on raw summaries.
--
\set VERBOSITY terse
\pset null -
SET client_min_messages = warning;
CREATE SCHEMA map_test;
SET search_path = map_test, public;
SET timezone = 'UTC';

-- Two segments, three stages, three channels; delivery by courier goes wrong for the young, returns are rare.
CREATE TABLE answers AS
SELECT i AS id, timestamp '2026-01-01' + i * interval '40 minutes' AS at,
       (ARRAY['search', 'buy', 'deliver'])[1 + i % 3] AS stage,
       CASE WHEN i % 400 = 0 THEN 'phone:returns' WHEN i / 3 % 2 = 0 THEN 'web:self' ELSE 'Courier:door' END AS place,
       CASE WHEN i / 6 % 2 = 0 THEN 'young' ELSE 'old' END AS persona,
       CASE WHEN i % 3 = 2 AND i / 3 % 2 = 1 AND i / 6 % 2 = 0 THEN hash % 7 ELSE 4 + hash % 7 END AS nps,
       1 + hash / 11 % 5 AS csat,
       CASE WHEN i % 3 = 2 AND i / 3 % 2 = 1 THEN 2 + hash / 60 % 4 ELSE 1 + hash / 60 % 4 END AS effort,
       'said ' || i AS said
  FROM generate_series(1, 4000) AS i, LATERAL (SELECT (hashint8(i) & 2147483647) % 100000 AS hash) AS h;
SELECT create_journey_map('shop', 'answers', at => 'at', stage => 'stage', touchpoint => 'place', segment => 'persona',
	nps => 'nps', csat => 'csat', ces => 'effort', comment => 'said', timezone => 'Europe/Warsaw', bucket => 'month',
	ces_scale => '[1,5]', ces_low_is_easy => true, stages => '{search,buy}', minimum => 20);
INSERT INTO shop_targets (stage, metric, target) VALUES ('search', 'nps', 10), ('search', 'ces', 2);

-- the columns that reports build on
SELECT c.relname AS view,
       string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum) AS columns
  FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
 WHERE c.relnamespace = 'map_test'::regnamespace AND c.relname ~ '^shop' AND c.relkind IN ('r', 'v')
 GROUP BY 1 ORDER BY 1;

-- the view: everything from the answers
WITH direct AS (
	SELECT persona AS segment, stage, place AS touchpoint, count(*) AS responses, rating_agg(nps, '[0,10]') AS n,
		rating_agg(csat, '[1,5]') AS c, rating_agg(effort, '[1,5]') AS e FROM answers GROUP BY 1, 2, 3)
SELECT count(*) AS cells,
       bool_and((m.responses, m.nps, m.nps_low, m.nps_high) = (d.responses, round(nps(n), 6),
		round(lower(nps_interval(n)), 6), round(upper(nps_interval(n)), 6))) AS nps,
       bool_and((m.csat, m.csat_low, m.csat_high) = (round(csat(c), 6), round(lower(csat_interval(c)), 6),
		round(upper(csat_interval(c)), 6))) AS csat,
       bool_and((m.ces, m.ces_low, m.ces_high) IS NOT DISTINCT FROM (round(ces(e), 6), round(lower(ces_interval(e)), 6),
		round(upper(ces_interval(e)), 6))) AS ces,
       bool_and(m.enough = (d.responses >= 20)) AS enough,
       bool_and(m.emotion = round((nps(n) / 50 + (csat(c) - 50) / 25 + (2 - 4 * (ces(e) - 1) / 4)) / 3, 4)) AS emotion
  FROM shop AS m FULL JOIN direct AS d USING (segment, stage, touchpoint);
SELECT DISTINCT stage, stage_position, nps_target, nps_gap = nps - 10 AS nps_gap, ces_target,
       ces_gap = 2 - ces AS ces_gap, csat_target FROM shop ORDER BY stage_position;

-- barriers: each place, and all of a stage or touchpoint, against the rest of the journey of its segment, Holm over all
-- tests; map_barrier has wholes that are one
WITH cell AS (
	SELECT persona AS segment, stage, place AS touchpoint, rating_agg(nps, '[0,10]') AS n,
		rating_agg(csat, '[1,5]') AS c, rating_agg(effort, '[1,5]') AS e FROM answers GROUP BY 1, 2, 3),
direct AS (
	SELECT * FROM cell
	UNION ALL SELECT persona, stage, '(all)', rating_agg(nps, '[0,10]'), rating_agg(csat, '[1,5]'),
		rating_agg(effort, '[1,5]') FROM answers GROUP BY 1, 2 HAVING count(DISTINCT place) > 1
	UNION ALL SELECT persona, '(all)', place, rating_agg(nps, '[0,10]'), rating_agg(csat, '[1,5]'),
		rating_agg(effort, '[1,5]') FROM answers GROUP BY 1, 3 HAVING count(DISTINCT stage) > 1),
rest AS (
	SELECT d.segment, d.stage, d.touchpoint, d.n, d.c, d.e, rating_agg(o.n) AS rn, rating_agg(o.c) AS rc,
		rating_agg(o.e) AS re
	  FROM direct AS d JOIN cell AS o ON o.segment = d.segment
		AND NOT (d.stage IN (o.stage, '(all)') AND d.touchpoint IN (o.touchpoint, '(all)')) GROUP BY 1, 2, 3, 4, 5, 6),
tests AS (
	SELECT segment, stage, touchpoint, 'nps' AS metric, (nps_test(rn, n)).*, nps(rn) - nps(rn + n) AS gain
	  FROM rest WHERE responses(n) >= 20
	UNION ALL SELECT segment, stage, touchpoint, 'csat', (csat_test(rc, c)).*, csat(rc) - csat(rc + c)
	  FROM rest WHERE responses(c) >= 20
	UNION ALL SELECT segment, stage, touchpoint, 'ces', (ces_test(re, e)).*, ces(re + e) - ces(re)
	  FROM rest WHERE responses(e) >= 20),
holm AS (
	SELECT t.*,
	       (SELECT least(1, max(((SELECT count(*) FROM tests)
			- (SELECT count(*) FROM tests AS p WHERE p.p_value < s.p_value)) * s.p_value))
		  FROM tests AS s WHERE s.p_value <= t.p_value) AS corrected
	  FROM tests AS t),
worse AS (
	SELECT * FROM holm
	 WHERE corrected < 0.05 AND CASE metric WHEN 'ces' THEN difference > 0 ELSE difference < 0 END)
SELECT b.segment, b.stage, b.touchpoint, b.metric, h.segment IS NOT NULL AS by_hand,
       abs(b.p_value - h.corrected) < 1e-12 AS p_value, b.difference = round(h.difference, 6) AS difference,
       b.impact = round(h.gain, 6) AS impact, round(b.impact, 2) AS points
  FROM shop_barriers AS b FULL JOIN (SELECT * FROM worse WHERE '(all)' NOT IN (stage, touchpoint)) AS h
		USING (segment, stage, touchpoint, metric)
 ORDER BY 1, 2, 3, 4;
-- those that matter most first
SELECT segment, metric, rank, stage, touchpoint,
       rank = 1 + (SELECT count(*) FROM shop_barriers AS o
		WHERE (o.segment, o.metric) = (b.segment, b.metric) AND o.impact > b.impact) AS by_hand
  FROM shop_barriers AS b;
SELECT count(*) AS thin_barriers FROM shop_barriers WHERE responses < 20;
UPDATE shop_definition SET minimum = 2000;
SELECT (SELECT count(*) FROM shop_barriers) AS barriers, (SELECT count(*) FROM shop WHERE enough) AS enough;
UPDATE shop_definition SET minimum = 20;
-- and none whose impact is not worth it: in points of NPS, of CES a tenth counts
SELECT segment, metric, round(impact, 2) AS impact FROM shop_barriers ORDER BY impact;
UPDATE shop_definition SET least_impact = 1.6;
SELECT segment, metric, rank FROM shop_barriers;
UPDATE shop_definition SET least_impact = 14.0;
SELECT segment, metric, rank FROM shop_barriers;
UPDATE shop_definition SET least_impact = 14.1;
SELECT segment, metric, rank FROM shop_barriers;
UPDATE shop_definition SET least_impact = 100.5;
UPDATE shop_definition SET least_impact = 0.5;

-- comments at the barriers: see also map_words
SELECT count(*) AS comments, (SELECT count(*) FROM answers AS a WHERE EXISTS (SELECT FROM shop_barriers AS b
		WHERE b.segment = a.persona AND b.stage IN (a.stage, '(all)')
			AND b.touchpoint IN (a.place, '(all)'))) AS by_hand
  FROM shop_comments WHERE barrier;
SELECT at, segment, stage, touchpoint, nps, csat, ces, comment FROM shop_comments WHERE barrier ORDER BY at LIMIT 2;

-- trend: the change against the month before that has answers
UPDATE answers SET csat = NULL WHERE at AT TIME ZONE 'Europe/Warsaw' >= '2026-02-01 00:00 Europe/Warsaw'
	AND at AT TIME ZONE 'Europe/Warsaw' < '2026-03-01 00:00 Europe/Warsaw';
WITH direct AS (
	SELECT date_trunc('month', at) AT TIME ZONE 'Europe/Warsaw' AS bucket, persona AS segment,
		rating_agg(nps, '[0,10]') AS n, rating_agg(csat, '[1,5]') AS c, rating_agg(effort, '[1,5]') AS e
	  FROM answers GROUP BY 1, 2)
SELECT t.bucket AT TIME ZONE 'Europe/Warsaw' AS month, t.segment, t.responses, t.nps = round(nps(d.n), 6) AS nps,
       t.nps_change = round(nps(d.n) - nps(p.n), 6) AS nps_change,
       t.nps_p_value = (nps_test(p.n, d.n)).p_value AS nps_p_value,
       t.csat = round(csat(d.c), 6) AS csat,
       t.csat_change = round(csat(d.c) - csat(coalesce(p.c, pp.c)), 6) AS csat_change,
       t.ces_change = round((ces_test(p.e, d.e)).difference, 6) AS ces_change
  FROM shop_trend AS t JOIN direct AS d USING (bucket, segment)
  LEFT JOIN direct AS p ON p.segment = t.segment
	AND p.bucket AT TIME ZONE 'Europe/Warsaw' = t.bucket AT TIME ZONE 'Europe/Warsaw' - interval '1 month'
  LEFT JOIN direct AS pp ON pp.segment = t.segment
	AND pp.bucket AT TIME ZONE 'Europe/Warsaw' = t.bucket AT TIME ZONE 'Europe/Warsaw' - interval '2 months'
 ORDER BY 1, 2;

-- channels: a channel against the others of the stage
WITH direct AS (
	SELECT persona AS segment, stage, lower(split_part(place, ':', 1)) AS channel, rating_agg(nps, '[0,10]') AS n,
		rating_agg(effort, '[1,5]') AS e FROM answers GROUP BY 1, 2, 3)
SELECT c.segment, c.stage, c.channel, c.enough, c.nps = round(nps(d.n), 6) AS nps,
       c.nps_difference = round((nps_test(o.n, d.n)).difference, 6) AS nps_difference,
       c.ces_p_value = (ces_test(o.e, d.e)).p_value AS ces_p_value,
       c.nps_spread = round(s.spread, 6) AS nps_spread
  FROM shop_channels AS c JOIN direct AS d USING (segment, stage, channel)
  CROSS JOIN LATERAL (SELECT rating_agg(n) AS n, rating_agg(e) AS e FROM direct AS x
	WHERE (x.segment, x.stage) = (c.segment, c.stage) AND x.channel <> c.channel) AS o
  CROSS JOIN LATERAL (SELECT max(nps(n)) - min(nps(n)) AS spread FROM direct AS x
	WHERE (x.segment, x.stage) = (c.segment, c.stage)) AS s
 ORDER BY 1, 2, 3;
SELECT drop_journey_map('shop');

-- changes: whole days before against after, the day itself on neither side; other windows; days of 23 hours
SELECT create_journey_map('shop', 'answers', at => 'at', stage => 'stage', touchpoint => 'place', segment => 'persona',
	nps => 'nps', ces => 'effort', timezone => 'Europe/Warsaw', ces_scale => '[1,5]');
INSERT INTO shop_notes (segment, stage, kind, note, noted_at, days)
VALUES ('young', 'deliver', 'change', 'new courier', '2026-03-29 15:00 Europe/Warsaw', 10),
	(NULL, NULL, 'change', 'everything', '2026-02-15 00:00 Europe/Warsaw', 5),
	(NULL, NULL, 'change', 'too late', '2027-01-01', 5), (NULL, 'buy', 'idea', 'no change', now(), 30);
INSERT INTO shop_notes (kind, note) VALUES ('joke', 'x');
SELECT c.id, c.note, c.metric, c.before = round(nps_before, 6) AS before, c.after = round(nps_after, 6) AS after,
       c.difference = round((test).difference, 6) AS difference,
       c.low = round(lower((test).difference_interval), 6) AS low, c.p_value = (test).p_value AS p_value,
       c.responses_before, c.responses_after, responses(b) = c.responses_before AS n_before,
       responses(a) = c.responses_after AS n_after
  FROM shop_changes AS c JOIN shop_notes AS n USING (id),
       LATERAL (SELECT date_trunc('day', n.noted_at AT TIME ZONE 'Europe/Warsaw') AS day) AS d,
       LATERAL (SELECT rating_agg(nps, '[0,10]') FILTER (WHERE at < day AND at >= day - n.days * interval '1 day') AS b,
		rating_agg(nps, '[0,10]') FILTER (WHERE at >= day + interval '1 day'
		AND at < day + (n.days + 1) * interval '1 day') AS a
		FROM answers AS x
		 WHERE (n.segment IS NULL OR x.persona = n.segment) AND (n.stage IS NULL OR x.stage = n.stage)) AS s,
       LATERAL (SELECT nps(b) AS nps_before, nps(a) AS nps_after, nps_test(b, a) AS test) AS t
 WHERE c.metric = 'nps' ORDER BY 1;
SELECT id, metric, before IS NULL AS before, after IS NULL AS after, responses_before, responses_after FROM shop_changes
 WHERE metric = 'ces' ORDER BY 1;
-- what was not mapped
SELECT count(*) AS cells, count(csat) AS csat, count(csat_low) AS csat_low, count(csat_gap) AS csat_gap,
       max(csat_responses) AS csat_responses FROM shop;
SELECT count(csat) AS trend, count(csat_p_value) AS p_value FROM shop_trend;
SELECT count(*) AS comments FROM shop_comments;

-- the cells for drawing: one segment, and all together
SELECT count(*) AS cells, bool_and(round(c.nps, 6) = s.nps AND c.stage_position = s.stage_position
		AND c.barrier = EXISTS (SELECT FROM shop_barriers AS b
		WHERE (b.segment, b.stage, b.touchpoint) = ('young', c.stage, c.touchpoint))) AS agree
  FROM journey_map_cells('shop', 'young') AS c
	JOIN shop AS s ON (s.segment, s.stage, s.touchpoint) = ('young', c.stage, c.touchpoint);
SELECT c.stage, c.touchpoint, c.barrier, c.responses = d.responses AS responses, c.nps = d.nps AS nps
  FROM journey_map_cells('shop') AS c
  JOIN (SELECT stage, place, count(*) AS responses, nps_agg(nps) AS nps FROM answers GROUP BY 1, 2) AS d
	ON (d.stage, d.place) = (c.stage, c.touchpoint)
 ORDER BY c.stage, c.touchpoint;
-- of a period: days of the zone of the map, whole buckets, open ends
\set VERBOSITY default
CREATE VIEW by_hand AS SELECT (at AT TIME ZONE 'Europe/Warsaw' AT TIME ZONE 'Europe/Warsaw')::date AS day, persona,
	stage, place AS touchpoint, nps, effort FROM answers;
CREATE FUNCTION by_hand(only_segment text, period daterange, OUT cells bigint, OUT wrong bigint, OUT barriers bigint,
	OUT certain bigint) LANGUAGE sql AS $$
	WITH direct AS (
		SELECT stage, touchpoint, count(*) AS responses, rating_agg(nps, '[0,10]') AS n,
			rating_agg(effort, '[1,5]') AS e FROM by_hand
		 WHERE (only_segment IS NULL OR persona = only_segment) AND (period IS NULL OR day <@ period) GROUP BY 1, 2)
	SELECT (SELECT count(*) FROM direct),
		(SELECT count(*) FROM direct AS d FULL JOIN journey_map_cells('shop', only_segment, period) AS c
			USING (stage, touchpoint)
		  WHERE (c.responses, c.nps, c.nps_low, c.ces, c.enough) IS DISTINCT FROM
			(d.responses, nps(n), lower(nps_interval(n)), ces(e), d.responses >= 30)),
		count(*), count(*) FILTER (WHERE b.value = nps(d.n)
			AND b.rest = nps((SELECT rating_agg(o.n) FROM direct AS o
				WHERE (o.stage, o.touchpoint) <> (d.stage, d.touchpoint)))
			AND b.p_value >= (nps_test((SELECT rating_agg(o.n) FROM direct AS o
				WHERE (o.stage, o.touchpoint) <> (d.stage, d.touchpoint)), d.n)).p_value)
	  FROM journey_map_barriers('shop', only_segment, period) AS b JOIN direct AS d USING (stage, touchpoint)
		WHERE metric = 'nps'
$$;
SELECT period, segment, b.*
  FROM (VALUES (daterange '[2026-02-03,2026-03-15]'), ('[2026-03-29,2026-03-29]'), ('(,2026-02-01)'), ('[2026-04-01,)'),
		(NULL)) AS p(period), unnest('{young,old,NULL}'::text[]) AS segment, by_hand(segment, period) AS b;
SELECT count(*) AS barriers, bool_and((round(f.value, 6), round(f.impact, 6), f.p_value, f.rank)
		= (v.value, v.impact, v.p_value, v.rank)) AS as_in_the_view
  FROM journey_map_barriers('shop', 'young') AS f FULL JOIN (SELECT * FROM shop_barriers WHERE segment = 'young') AS v
	USING (stage, touchpoint, metric);
SELECT count(*) FROM journey_map_cells('shop', 'young', '[2030-01-01,2030-01-31]');
-- what a map does not have
SELECT count(*) FROM journey_map_cells('shop', 'nobody');
SELECT journey_map_svg('shop', 'pl');
SELECT journey_map_svg('shop', '[2026-01-01,2026-03-31]');
SELECT journey_map_mermaid('shop', 'Young');
SELECT count(*) FROM journey_map_barriers('shop', '');
SELECT count(*) FROM journey_map_cells('shop', NULL, 'empty');

-- a stage or touchpoint whose places are all too thin, or each too little, is a barrier as a whole, and its comments
-- are shown
SELECT drop_journey_map('shop');
CREATE TABLE thin AS SELECT timestamptz '2026-01-01' AS at, CASE WHEN i % 10 = 0 THEN 'deliver' ELSE 'buy' END AS stage,
	'web:' || CASE WHEN i % 10 = 0 THEN i % 200 ELSE i % 2 END AS place,
	CASE WHEN i % 10 = 0 THEN i % 7 ELSE 5 + i % 6 END AS nps, 'said ' || i AS said FROM generate_series(1, 4000) AS i;
SELECT create_journey_map('shop', 'thin', at => 'at', stage => 'stage', touchpoint => 'place', nps => 'nps',
	comment => 'said');
SELECT stage, touchpoint, metric, responses,
       value = (SELECT round(nps_agg(nps), 6) FROM thin WHERE stage = 'deliver') AS value,
       rest = (SELECT round(nps_agg(nps), 6) FROM thin WHERE stage <> 'deliver') AS rest,
       impact = (SELECT round(nps_agg(nps) FILTER (WHERE stage <> 'deliver') - nps_agg(nps), 6) FROM thin) AS impact,
       rank
  FROM shop_barriers;
SELECT stage, count(*) AS comments FROM shop_comments WHERE barrier GROUP BY 1;
SELECT count(*) FILTER (WHERE barrier) AS barriers FROM journey_map_cells('shop');
UPDATE thin SET stage = place, place = stage;
SELECT stage, touchpoint, responses FROM shop_barriers;
SELECT touchpoint, count(*) AS comments FROM shop_comments WHERE barrier GROUP BY 1;
UPDATE thin SET place = NULL;
SELECT stage, touchpoint, responses FROM shop_barriers;
SELECT drop_journey_map('shop');
SELECT create_journey_map('shop', 'thin', at => 'at',
	stage => 'CASE WHEN stage IN (''web:0'', ''web:1'') THEN ''buy'' ELSE ''deliver'' END', nps => 'nps',
	comment => 'said');
SELECT stage, touchpoint, responses, rank FROM shop_barriers;
SELECT count(*) AS comments FROM shop_comments WHERE barrier;

-- periods of whole buckets only
CREATE TABLE few AS SELECT timestamptz '2026-01-01 12:00+00' + i * interval '10 days' AS at, 'a' AS stage,
	i % 11 AS score FROM generate_series(0, 30) AS i;
SELECT create_journey_map('by_' || bucket, 'few', at => 'at', stage => 'stage', nps => 'score', bucket => bucket)
  FROM unnest('{hour,week,month,quarter,year}'::text[]) AS bucket;
SELECT responses FROM journey_map_cells('by_hour', NULL, '[2026-01-05,2026-01-25]');
SELECT responses FROM journey_map_cells('by_week', NULL, '[2026-01-05,2026-01-25]');
SELECT responses FROM journey_map_cells('by_week', NULL, '[2026-01-05,2026-01-27]');
SELECT responses FROM journey_map_cells('by_month', NULL, '[2026-01-05,2026-03-31]');
SELECT responses FROM journey_map_cells('by_month', NULL, '[2026-02-01,2026-03-31]');
SELECT responses FROM journey_map_cells('by_quarter', NULL, '[2026-04-01,2026-06-30]');
SELECT responses FROM journey_map_cells('by_quarter', NULL, '[2026-05-02,2026-05-03]');
SELECT responses FROM journey_map_cells('by_year', NULL, '[2026-01-01,)');
SELECT responses FROM journey_map_cells('by_year', NULL, '(,2026-03-31]');
SELECT responses FROM journey_map_cells('by_year', '(all)'), journey_map_mermaid('by_year', 'x');
DELETE FROM few;
SELECT count(*) AS cells_of_an_empty_map FROM journey_map_cells('by_year', 'x');
DROP TABLE few CASCADE;
SELECT drop_journey_map('by_' || bucket) FROM unnest('{hour,week,month,quarter,year}'::text[]) AS bucket;
\set VERBOSITY terse

-- of the metrics that a place is a barrier by, NPS before CSAT before CES, however certain and large the others are
SELECT drop_journey_map('shop');
CREATE TABLE several AS
	SELECT timestamptz '2026-01-01' AS at, (ARRAY['good', 'bad', 'slow', 'hard'])[1 + i % 4] AS stage,
		CASE WHEN i % 4 = 1 AND i % 5 = 0 THEN 0 ELSE 8 END AS nps,
		CASE WHEN i % 4 IN (1, 2) AND i % 3 = 0 THEN 1 ELSE 5 END AS csat,
		CASE WHEN i % 4 > 0 THEN 1 + i % 3 ELSE 7 END AS ces
	  FROM generate_series(1, 4800) AS i;
SELECT create_journey_map('shop', 'several', at => 'at', stage => 'stage', nps => 'nps', csat => 'csat', ces => 'ces');
SELECT stage, metric, round(impact, 4) AS impact, rank FROM shop_barriers;
SELECT stage, barrier, barrier_metric, impact = (SELECT max(impact) FILTER (WHERE metric = barrier_metric)
		FROM journey_map_barriers('shop') AS b WHERE b.stage = c.stage) AS impact
  FROM journey_map_cells('shop') AS c;

-- no number of a view has more than 6 decimals, whatever the goals and the answers are; order and gaps are those of the
-- exact numbers
SELECT drop_journey_map('shop');
CREATE TABLE digits AS
SELECT timestamptz '2026-01-01' + i % 2 * interval '40 days' AS at, 'stage ' || i % 3 AS stage,
       CASE i % 4 WHEN 0 THEN 'web:x' ELSE 'app:y' END AS place,
       CASE i % 3 WHEN 0 THEN i % 9 ELSE 10 - i % 5 END AS nps, 1 + i % 2 + i % 4 AS csat,
       1 + i % 7 + CASE i WHEN 3 THEN 0.123456789 ELSE 0 END AS ces, 'said' AS said
  FROM generate_series(1, 1999) AS i;
SELECT create_journey_map('shop', 'digits', at => 'at', stage => 'stage', touchpoint => 'place', nps => 'nps',
	csat => 'csat', ces => 'ces', comment => 'said', bucket => 'month');
INSERT INTO shop_targets (stage, metric, target) VALUES ('stage 1', 'nps', 33.3333333333333);
INSERT INTO shop_notes (kind, note, noted_at) VALUES ('change', 'x', '2026-02-01');
CREATE FUNCTION most_decimals(OUT view text, OUT numbers integer, OUT decimals integer, OUT digits integer)
	RETURNS SETOF record LANGUAGE plpgsql AS $$
DECLARE
	names text;
BEGIN
	FOR view, names, numbers IN
		SELECT c.relname, string_agg(quote_ident(a.attname), ', '), count(*) FROM pg_class AS c
			JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
		 WHERE c.relnamespace = 'map_test'::regnamespace AND c.relkind = 'v' AND a.atttypid = 'numeric'::regtype
		 GROUP BY 1 ORDER BY 1
	LOOP
		EXECUTE format('SELECT max(scale(n)), max(length(n::text)) FROM map_test.%I, unnest(ARRAY[%s]) AS n',
			view, names) INTO decimals, digits;
		RETURN NEXT;
	END LOOP;
END $$;
SELECT * FROM most_decimals();
SELECT nps_target, nps_gap = round((SELECT nps(t.nps) - 33.3333333333333 FROM shop_totals AS t
		WHERE (t.stage, t.touchpoint) = (shop.stage, shop.touchpoint)), 6) AS exact_gap
  FROM shop WHERE nps_target IS NOT NULL;
SELECT min(scale(nps)) > 6 AS exact_nps, max(scale(impact)) > 6 AS exact_impact FROM journey_map_cells('shop');

-- goals and notes are for stages that there are: with answers, or named by the map; all rows of a statement or none
SELECT drop_journey_map('shop');
CREATE TABLE staged (at timestamptz, stage text, nps integer);
SELECT create_journey_map('shop', 'staged', at => 'at', stage => 'stage', nps => 'nps');
INSERT INTO shop_targets (stage, metric, target) VALUES ('anything', 'nps', 10);
DELETE FROM shop_targets;
INSERT INTO staged VALUES ('2026-01-01', 'buy', 9), ('2026-01-01', 'use', 9);
\set VERBOSITY default
INSERT INTO shop_targets (stage, metric, target) VALUES ('buy', 'nps', 10), ('Buy', 'nps', 10);
INSERT INTO shop_notes (stage, kind, note) VALUES (NULL, 'idea', 'of all'), ('by', 'idea', 'of one');
\set VERBOSITY terse
INSERT INTO shop_targets (stage, metric, target) VALUES ('buy', 'nps', 10), ('use', 'nps', 10);
INSERT INTO shop_targets (stage, metric, target) VALUES ('buy', 'csat', 101);
UPDATE shop_targets SET target = -100.1;
UPDATE shop_targets SET stage = 'by' WHERE stage = 'buy';
UPDATE shop_targets SET target = 20;
UPDATE shop_definition SET stages = stages || '{by}';
INSERT INTO shop_notes (stage, kind, note) VALUES (NULL, 'idea', 'of all'), ('by', 'idea', 'of one');
-- a touchpoint or a segment without answers is said, once a statement: of a map by these, of one that has neither; not
-- of what was there before
CREATE TABLE places (at timestamptz, stage text, touchpoint text, segment text, nps integer);
SELECT create_journey_map('placed', 'places', at => 'at', stage => 'stage', touchpoint => 'touchpoint',
	segment => 'segment', nps => 'nps');
\set VERBOSITY default
SET client_min_messages = notice;
INSERT INTO placed_notes (touchpoint, segment, kind, note)
	VALUES ('of no answers', 'at all', 'idea', 'Nothing is known');
INSERT INTO places VALUES ('2026-01-01', 'buy', 'web:basket', 'young', 9), ('2026-01-01', 'use', 'web:use', 'old', 9);
INSERT INTO placed_notes (touchpoint, segment, kind, note) VALUES ('web:basket', 'young', 'idea', 'There are both'),
	(NULL, NULL, 'does', 'Neither');
INSERT INTO placed_notes (touchpoint, segment, kind, note) VALUES ('Web:Basket', NULL, 'idea', 'In capitals'),
	('web:way', 'Old ', 'does', 'Unknown');
UPDATE placed_notes SET days = 60;
UPDATE placed_notes SET touchpoint = 'web:used' WHERE note = 'Neither';
INSERT INTO placed_targets (stage, metric, target) VALUES ('buy', 'nps', 10);
INSERT INTO shop_notes (touchpoint, segment, kind, note)
	VALUES ('(all)', 'young', 'idea', 'It was made without segments');
SET client_min_messages = warning;
\set VERBOSITY terse
SELECT drop_journey_map('placed');
DELETE FROM shop_notes WHERE segment IS NOT NULL;
-- what is there stays, and may be changed
DELETE FROM staged;
UPDATE shop_targets SET target = 30;
UPDATE shop_targets SET stage = 'by' WHERE stage = 'buy';
SELECT stage, metric, target FROM shop_targets ORDER BY 1;
SELECT stage, note FROM shop_notes ORDER BY id;
-- who may not read the map is not told what it has
CREATE ROLE regress_noter;
GRANT USAGE ON SCHEMA map_test TO regress_noter;
GRANT INSERT ON shop_notes TO regress_noter;
SET ROLE regress_noter;
INSERT INTO shop_notes (stage, kind, note) VALUES ('unheard of', 'idea', 'x');
RESET ROLE;
GRANT SELECT ON shop_totals, shop_definition TO regress_noter;
SET ROLE regress_noter;
INSERT INTO shop_notes (stage, kind, note) VALUES ('unheard of', 'idea', 'x');
RESET ROLE;
DROP OWNED BY regress_noter;
DROP ROLE regress_noter;

-- measured emotion, every bucket and other zones
SELECT drop_journey_map('shop');
CREATE FUNCTION differences(bucket text, zone text, OUT problems bigint, OUT days bigint, OUT differences bigint)
	LANGUAGE plpgsql AS $$
BEGIN
	PERFORM create_journey_map('m', 'answers', at => 'at AT TIME ZONE ''UTC''', stage => 'stage', nps => 'nps',
		emotion => 'csat - 3', bucket => bucket, timezone => zone);
	SELECT count(*) INTO problems FROM check_journey_map('m');
	SELECT count(*), count(*) FILTER (WHERE m.n IS DISTINCT FROM h.n OR round(m.e, 6) IS DISTINCT FROM round(h.e, 6))
		INTO days, differences
	  FROM (SELECT s.bucket, sum(responses(nps)) AS n, sum(emotion_sum) AS e FROM m_summaries AS s GROUP BY 1) AS m
	  FULL JOIN (
		SELECT date_trunc(differences.bucket, at AT TIME ZONE 'UTC' AT TIME ZONE zone) AT TIME ZONE zone AS bucket,
			count(nps) AS n, coalesce(sum(csat - 3), 0) AS e FROM answers GROUP BY 1) AS h USING (bucket);
	PERFORM drop_journey_map('m');
END $$;
SELECT bucket, zone, d.*
  FROM unnest(ARRAY['hour', 'day', 'week', 'month', 'quarter', 'year']) WITH ORDINALITY AS b(bucket, position),
       unnest(ARRAY['UTC', 'Europe/Warsaw', 'Asia/Kathmandu']) AS zone,
       LATERAL differences(bucket, zone) AS d
 ORDER BY position, zone;

-- a measured emotion may be a fraction, and may be all that a map has; each is rounded to 4 decimals, what is outside
-- -2..2 is counted
CREATE TABLE moods AS
SELECT i AS id, timestamptz '2026-01-01' + i * interval '1 hour' AS at, 'stage ' || i % 2 AS stage,
       (i % 43 - 21) / 10.0 + 0.00004 AS exact, ((i % 43 - 21) / 10.0)::real AS rough
  FROM generate_series(1, 200) AS i;
SELECT create_journey_map('exact', 'moods', at => 'at', stage => 'stage', emotion => 'exact', bucket => 'month');
SELECT create_journey_map('rough', 'moods', at => 'at', stage => 'stage', emotion => 'rough', bucket => 'week');
CREATE FUNCTION moods(what text, OUT step text, OUT stages bigint, OUT exact boolean, OUT rough boolean,
	OUT problems bigint) LANGUAGE sql AS $$
	SELECT what, (SELECT count(*) FROM exact),
		(SELECT bool_and((m.responses, m.emotion, m.invalid) = (h.n, round(h.mean, 4), h.invalid)) FROM exact AS m
			FULL JOIN (SELECT stage, count(exact) FILTER (WHERE ok) AS n,
				avg(round(exact, 4)) FILTER (WHERE ok) AS mean, count(*) FILTER (WHERE NOT ok) AS invalid
				FROM moods, LATERAL (SELECT exact BETWEEN -2 AND 2 AS ok) AS o GROUP BY 1) AS h USING (stage)),
		(SELECT bool_and((m.responses, m.emotion, m.invalid) = (h.n, round(h.mean, 4), h.invalid)) FROM rough AS m
			FULL JOIN (SELECT stage, count(rough) FILTER (WHERE ok) AS n,
				avg(round(rough::numeric, 4)) FILTER (WHERE ok) AS mean, count(*) FILTER (WHERE NOT ok) AS invalid
				FROM moods, LATERAL (SELECT rough BETWEEN -2 AND 2 AS ok) AS o GROUP BY 1) AS h USING (stage)),
		(SELECT count(*) FROM (SELECT FROM check_journey_map('exact')
			UNION ALL SELECT FROM check_journey_map('rough')) AS p)
$$;
SELECT * FROM moods('created');
INSERT INTO moods VALUES (1001, '2026-02-03', 'stage 1', 'NaN', 'NaN'),
	(1002, '2026-02-03', 'stage 1', 2.00004, 'Infinity'), (1003, '2026-02-03', 'stage 1', -0.33335, -0.3),
	(1004, '2026-02-03', 'stage 1', NULL, NULL);
SELECT * FROM moods('written one by one');
INSERT INTO moods SELECT 2000 + i, '2026-02-04', 'stage 0', i / 30.0, i / 30.0 FROM generate_series(1, 60) AS i;
DELETE FROM moods WHERE id % 7 = 0;
UPDATE moods SET exact = -exact, rough = rough / 3 WHERE id % 3 = 0;
SELECT * FROM moods('changed and removed');
SELECT refresh_journey_map('exact') > 0 AS exact, refresh_journey_map('rough') > 0 AS rough;
SELECT * FROM moods('refreshed');
SELECT stage, nps, emotion, enough FROM exact ORDER BY stage_position;
SELECT c.stage, c.emotion = (SELECT avg(round(exact, 4)) FROM moods AS a
		WHERE a.stage = c.stage AND exact BETWEEN -2 AND 2) AS exact, c.barrier
  FROM journey_map_cells('exact') AS c;
SELECT (SELECT count(*) FROM exact_barriers) AS barriers, (SELECT count(*) FROM exact_changes) AS changes,
       (SELECT count(DISTINCT bucket) FROM exact_trend) AS months, (SELECT count(*) FROM exact_channels) AS channels;
DELETE FROM moods;
SELECT refresh_journey_map('exact') > 0 AS refreshed;
SELECT (SELECT count(*) FROM exact) AS cells, (SELECT count(*) FROM exact_rollup) AS stored,
       (SELECT count(*) FROM check_journey_map('exact')) AS problems;
-- what was removed unseen is found in such a map, too
ALTER TABLE moods DISABLE TRIGGER exact_insert;
INSERT INTO moods VALUES (1, '2026-02-03', 'stage 1', 1, 1);
ALTER TABLE moods ENABLE TRIGGER exact_insert;
DELETE FROM moods;
SELECT refresh_journey_map('exact');
SELECT rebuild_journey_map('exact');
SELECT * FROM check_journey_map('exact');
-- the first and the last answer of a bucket: those of valid answers
INSERT INTO moods VALUES (1, '2026-02-03 10:00+00', 'stage 1', 1, 1), (2, '2026-02-01 10:00+00', 'stage 1', 7, 1),
	(3, '2026-02-05 11:00+00', 'stage 1', -1, 1);
SELECT bucket, first_at, last_at FROM exact_summaries;
INSERT INTO moods SELECT i, timestamptz '2026-02-02 10:00+00' + i * interval '1 day', 'stage 1', 1, 1
	FROM generate_series(0, 20) AS i;
SELECT bucket, first_at, last_at FROM exact_summaries;
SELECT refresh_journey_map('exact');
SELECT bucket, first_at, last_at FROM exact_summaries;
-- as many answers as the minimum are enough
CREATE TABLE few_answers AS SELECT timestamptz '2026-01-01' AS at, 'of ' || n AS stage, 9 AS nps
  FROM generate_series(4, 6) AS n, generate_series(1, n) AS i;
SELECT create_journey_map('few', 'few_answers', at => 'at', stage => 'stage', nps => 'nps', minimum => 5);
SELECT stage, v.enough AS view, c.enough AS cells, s.enough AS scores
  FROM few AS v JOIN journey_map_cells('few') AS c USING (stage) JOIN journey_map_scores('few') AS s USING (stage)
 ORDER BY stage;
SELECT segment, responses, enough FROM few_personas;
DROP SCHEMA map_test CASCADE;
