--
-- What moved a journey map from one period to another, against the answers themselves.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set VERBOSITY terse
\pset null -
SET client_min_messages = warning;
CREATE SCHEMA map_shift_test;
SET search_path = map_shift_test, public;
SET timezone = 'UTC';

-- Three months in Warsaw, among them the one of the change to summer time: hours 23:00 and 22:00 UTC begin a month.
-- In March there are other touchpoints, more of the young, and the courier is worse.
CREATE TABLE answers AS
SELECT i AS id, timestamptz '2026-01-31 23:00 UTC' + i * interval '17 minutes' AS at,
	(ARRAY['search', 'buy', 'deliver'])[1 + hash % 3] AS stage,
	CASE hash / 3 % 4 WHEN 0 THEN 'web:self' WHEN 1 THEN 'courier:door' WHEN 2 THEN NULL
		ELSE CASE WHEN i < 2400 THEN 'phone:old' ELSE 'phone:new' END END AS place,
	CASE WHEN hash / 12 % 10 < CASE WHEN i < 2400 THEN 3 ELSE 6 END THEN 'young' ELSE 'old' END AS persona,
	CASE WHEN hash / 3 % 4 = 1 AND i > 2400 THEN hash / 120 % 8 ELSE hash / 120 % 11 END AS nps,
	1 + hash / 1320 % 10 AS csat, CASE WHEN hash / 13200 % 3 > 0 THEN 1 + hash / 39600 % 7 END AS effort
  FROM generate_series(0, 7499) AS i, LATERAL (SELECT pg_temp.random_int(i, 1, 10000000) AS hash) AS h;
SELECT create_journey_map('shop', 'answers', at => 'at', stage => 'stage', touchpoint => 'place',
	segment => 'persona', nps => 'nps', csat => 'csat', ces => 'effort', csat_scale => '[1,10]',
	csat_satisfied_from => 7, timezone => 'Europe/Warsaw', bucket => 'month');

-- The same from the answers: breakdowns of what nps_shift and its siblings compare.
CREATE FUNCTION by_hand(before daterange, after daterange, by text, metric text, only_segment text)
	RETURNS TABLE (label text, share_before numeric, share_after numeric, value_before numeric, value_after numeric,
	mix numeric, rate numeric, total numeric, rate_low numeric, rate_high numeric, p_value double precision)
	LANGUAGE sql AS $$
	WITH answer AS (
		SELECT (at AT TIME ZONE 'Europe/Warsaw')::date AS day, CASE by WHEN 'stage' THEN stage
			WHEN 'segment' THEN persona ELSE coalesce(place, '(none)') END AS label, nps, csat, effort
		  FROM answers WHERE only_segment IS NULL OR persona = only_segment),
	summary AS (
		SELECT label, day <@ after AS is_after, rating_agg(nps, '[0,10]') AS nps, rating_agg(csat, '[1,10]') AS csat,
			rating_agg(effort, '[1,7]') AS ces
		  FROM answer WHERE day <@ before OR day <@ after GROUP BY 1, 2),
	side AS (
		SELECT is_after, breakdown_agg(label, nps) AS nps, breakdown_agg(label, csat) AS csat,
			breakdown_agg(label, ces) AS ces
		  FROM summary GROUP BY 1)
	SELECT s.* FROM side AS b, side AS a, LATERAL (
		SELECT * FROM nps_shift(b.nps, a.nps) WHERE metric = 'nps'
		UNION ALL SELECT * FROM csat_shift(b.csat, a.csat, 7) WHERE metric = 'csat'
		UNION ALL SELECT * FROM ces_shift(b.ces, a.ces) WHERE metric = 'ces') AS s
	 WHERE NOT b.is_after AND a.is_after
$$;
CREATE FUNCTION differences(OUT shifts bigint, OUT labels bigint, OUT wrong bigint) LANGUAGE sql AS $$
	WITH asked AS (
		SELECT * FROM (VALUES (daterange '[2026-02-01,2026-02-28]', daterange '[2026-03-01,2026-03-31]'),
				('[2026-02-01,2026-04-01)', '[2026-04-01,)'), ('(,2026-03-01)', '[2026-04-01,2026-05-01)'),
				('[2026-04-01,2026-04-30]', '[2026-02-01,2026-02-28]')) AS p(before, after),
			unnest('{touchpoint,stage,segment}'::text[]) AS by, unnest('{nps,csat,ces}'::text[]) AS metric,
			unnest('{young,old,NULL}'::text[]) AS segment),
	map AS (SELECT a.*, s.* FROM asked AS a, journey_map_shift('shop', before, after, by, metric, segment) AS s),
	hand AS (SELECT a.*, s.* FROM asked AS a, by_hand(before, after, by, metric, segment) AS s)
	SELECT (SELECT count(*) FROM asked), (SELECT count(*) FROM map),
		(SELECT count(*) FROM ((SELECT * FROM map EXCEPT ALL SELECT * FROM hand)
			UNION ALL (SELECT * FROM hand EXCEPT ALL SELECT * FROM map)) AS d)
$$;
SELECT * FROM differences();
-- the sum is the change itself, to the last digit of 16 decimals
SELECT metric, by, sum(s.total) = round(max(c.after), 16) - round(max(c.before), 16) AS exact
  FROM (SELECT nps_agg(nps) FILTER (WHERE NOT later), nps_agg(nps) FILTER (WHERE later),
		csat_agg(csat, '[1,10]', 7) FILTER (WHERE NOT later), csat_agg(csat, '[1,10]', 7) FILTER (WHERE later),
		ces_agg(effort) FILTER (WHERE NOT later), ces_agg(effort) FILTER (WHERE later)
	  FROM (SELECT *, at >= '2026-03-01 00:00 Europe/Warsaw' AS later FROM answers
		WHERE at < '2026-04-01 00:00 Europe/Warsaw') AS a) AS v(n0, n1, s0, s1, e0, e1),
	LATERAL (VALUES ('nps', n0, n1), ('csat', s0, s1), ('ces', e0, e1)) AS c(metric, before, after),
	unnest('{touchpoint,stage,segment}'::text[]) AS by,
	journey_map_shift('shop', '[2026-02-01,2026-02-28]', '[2026-03-01,2026-03-31]', by, metric) AS s
 GROUP BY metric, by ORDER BY metric, by;
-- a label on one side only
SELECT label, value_before IS NULL AS none_before, value_after IS NULL AS none_after, rate, mix = total AS mix_is_all
  FROM journey_map_shift('shop', '[2026-02-01,2026-02-28]', '[2026-04-01,)') WHERE label LIKE 'phone%';
-- by touchpoint and of the NPS unless said otherwise
SELECT count(*) AS labels, (SELECT count(*) FROM (
		SELECT * FROM journey_map_shift('shop', '[2026-02-01,2026-02-28]', '[2026-03-01,2026-03-31]')
		EXCEPT ALL
		SELECT * FROM by_hand('[2026-02-01,2026-02-28]', '[2026-03-01,2026-03-31]', 'touchpoint', 'nps', NULL))
	AS d) AS wrong
  FROM journey_map_shift('shop', '[2026-02-01,2026-02-28]', '[2026-03-01,2026-03-31]');

-- exact while answers wait for a refresh, one by one and in batches, and after it
INSERT INTO answers VALUES (9001, '2026-02-10', 'buy', 'web:self', 'young', 0, 1, 1);
UPDATE answers SET nps = 10, persona = 'young' WHERE id % 1000 = 0;
DELETE FROM answers WHERE id % 7 = 0;
SELECT (SELECT count(*) > 0 FROM shop_pending) AS pending, (SELECT count(*) > 0 FROM shop_batches) AS batches;
SELECT * FROM differences();
SELECT refresh_journey_map('shop') > 0 AS refreshed;
SELECT * FROM differences();

-- no answers in a period: no rows, whatever the other one has
SELECT count(*) FROM journey_map_shift('shop', '[2026-02-01,2026-02-28]', '[2027-01-01,2027-01-31]');
SELECT count(*) FROM journey_map_shift('shop', '(,2025-12-31]', '[2026-02-01,2026-02-28]');

-- what cannot be compared
\set VERBOSITY default
SELECT journey_map_shift('shop', '[2026-02-01,2026-02-28]', '[2026-03-01,2026-03-31]', 'persona');
SELECT journey_map_shift('shop', '[2026-02-01,2026-02-28]', '[2026-03-01,2026-03-31]', NULL);
SELECT journey_map_shift('shop', '[2026-02-01,2026-02-28]', '[2026-03-01,2026-03-31]', metric => 'NPS ');
SELECT journey_map_shift('shop', '[2026-02-01,2026-02-28]', '[2026-03-01,2026-03-31]', metric => 'emotion');
SELECT journey_map_shift('shop', '[2026-02-01,2026-02-28]', '[2026-03-01,2026-03-31]', segment => 'Young');
SELECT journey_map_shift('shop', NULL, '[2026-03-01,2026-03-31]');
SELECT journey_map_shift('shop', '[2026-03-01,2026-03-31]', NULL);
SELECT journey_map_shift('shop', 'empty', '[2026-03-01,2026-03-31]');
SELECT journey_map_shift('shop', '[2026-02-01,2026-02-28]', '[2026-03-01,2026-03-30]');
SELECT journey_map_shift('shop', '[2026-02-02,2026-02-28]', '[2026-03-01,2026-03-31]');
SET datestyle = 'SQL, DMY';
SELECT journey_map_shift('shop', '[2026-02-01,2026-03-31]', '[2026-03-01,)');
RESET datestyle;
SELECT journey_map_shift('none', '[2026-02-01,2026-02-28]', '[2026-03-01,2026-03-31]');
\set VERBOSITY terse

-- Who reads what: the sums by bucket and the definition, and to know the segments the totals.
CREATE ROLE regress_shift_reader;
GRANT USAGE ON SCHEMA map_shift_test TO regress_shift_reader;
GRANT SELECT ON shop_summaries, shop_definition TO regress_shift_reader;
SET ROLE regress_shift_reader;
SELECT count(*) FROM journey_map_shift('shop', '[2026-02-01,2026-02-28]', '[2026-03-01,2026-03-31]', 'stage');
SELECT count(*) FROM journey_map_shift('shop', '[2026-02-01,2026-02-28]', '[2026-03-01,2026-03-31]', 'stage', 'nps',
	'young');
RESET ROLE;
DROP OWNED BY regress_shift_reader;
DROP ROLE regress_shift_reader;

-- The metric is the first one that there is; a map of emotions alone has none.
CREATE FUNCTION first_metric(metrics text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	message text;
BEGIN
	EXECUTE 'SELECT create_journey_map(''m'', ''answers'', at => ''at'', stage => ''stage'', ' || metrics || ')';
	message := pg_temp.error_of($q$SELECT journey_map_shift('m', '[2026-02-01,2026-02-28]',
		'[2026-03-01,2026-03-31]', metric => 'any')$q$);
	PERFORM drop_journey_map('m');
	RETURN message;
END $$;
SELECT first_metric(metrics) FROM unnest(ARRAY['ces => ''effort'', csat => ''effort'', csat_scale => ''[1,7]''',
	'ces => ''effort'', emotion => ''effort - 3''', 'emotion => ''effort - 3''']) AS metrics;

-- Names that are no labels of a breakdown: empty, with control characters, longer than 255 bytes.
CREATE TABLE strange (at date, stage text, touchpoint text, nps integer);
INSERT INTO strange SELECT date '2026-01-01' + i % 60, 'use',
	(ARRAY['', E'two\nlines', repeat('ż', 200), 'Z', 'a', NULL])[1 + i % 6],
	CASE WHEN i % 60 < 31 THEN 10 ELSE i % 11 END FROM generate_series(0, 599) AS i;
SELECT create_journey_map('odd', 'strange', at => 'at', stage => 'stage', touchpoint => 'touchpoint', nps => 'nps',
	bucket => 'month');
SELECT "left"(replace(label, E'\n', '|'), 10) AS label, length(label), round(value_before, 2) AS before, value_after =
	(SELECT nps_agg(nps) FROM strange WHERE coalesce(touchpoint, '(none)') = label AND at >= '2026-02-01') AS after
  FROM journey_map_shift('odd', '[2026-01-01,2026-01-31]', '[2026-02-01,2026-03-31]');
SELECT label, value_before, mix, rate = total AS rate_is_all
  FROM journey_map_shift('odd', '[2026-01-01,2026-01-31]', '[2026-02-01,2026-03-31]', 'segment');
DROP SCHEMA map_shift_test CASCADE;
