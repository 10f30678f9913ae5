--
-- NAME_trend and NAME_trend_places against plain SQL over the answers, with gaps, before and after a refresh.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset null -
SET client_min_messages = warning;
CREATE SCHEMA trend_test;
SET search_path = trend_test, public;
SET timezone = 'UTC';
SET datestyle = 'ISO';

-- Some weeks lack a place, some a metric: the change is against the last week before that has answers to it.
CREATE TABLE answers AS
SELECT i AS id, timestamptz '2026-01-05' + i % 12 * interval '7 days' AS at,
       (ARRAY['old', 'young'])[1 + pg_temp.random_int(i, 4, 2)] AS segment,
       'stage ' || pg_temp.random_int(i, 5, 3) AS stage, 'web:' || i % 5 AS touchpoint,
       pg_temp.random_int(i, 1, 11) AS nps,
       CASE WHEN i % 12 NOT IN (3, 4) THEN 1 + pg_temp.random_int(i, 2, 5) END AS csat,
       CASE WHEN i % 12 > 1 THEN 1 + pg_temp.random_int(i, 3, 7) END AS ces
  FROM generate_series(1, 6000) AS i WHERE (i % 12, i % 5) NOT IN ((2, 0), (3, 0), (0, 1), (11, 2));
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', touchpoint => 'touchpoint',
	segment => 'segment', nps => 'nps', csat => 'csat', ces => 'ces', bucket => 'week');
SELECT array_agg(attname ORDER BY attnum) = (SELECT array_agg(attname ORDER BY attnum) FROM pg_attribute
		WHERE attrelid = 'm_trend'::regclass) AS the_columns_of_the_trend
  FROM pg_attribute WHERE attrelid = 'm_trend_places'::regclass AND attname NOT IN ('stage', 'touchpoint');

-- Each bucket of a place from the answers, and the last one before it that has answers to the metric.
CREATE VIEW cell AS
SELECT by_place, at AS bucket, segment, CASE WHEN by_place THEN stage ELSE '(all)' END AS stage,
       CASE WHEN by_place THEN touchpoint ELSE '(all)' END AS touchpoint, count(*) AS responses,
       rating_agg(nps, '[0,10]') AS n, rating_agg(csat, '[1,5]') AS c, rating_agg(ces, '[1,7]') AS e
  FROM answers, unnest('{true,false}'::boolean[]) AS by_place GROUP BY 1, 2, 3, 4, 5;
CREATE FUNCTION by_hand(OUT by_place boolean, OUT bucket timestamptz, OUT segment text, OUT stage text,
	OUT touchpoint text, OUT responses bigint, OUT nps numeric[], OUT csat numeric[], OUT ces numeric[])
RETURNS SETOF record LANGUAGE sql AS $$
	WITH cell AS MATERIALIZED (SELECT * FROM cell),
	pair AS (
		SELECT now.*, (SELECT b.n FROM cell AS b
				WHERE (b.by_place, b.segment, b.stage, b.touchpoint)
					= (now.by_place, now.segment, now.stage, now.touchpoint)
				AND b.bucket < now.bucket AND b.n IS NOT NULL ORDER BY b.bucket DESC LIMIT 1) AS n_before,
			(SELECT b.c FROM cell AS b
				WHERE (b.by_place, b.segment, b.stage, b.touchpoint)
					= (now.by_place, now.segment, now.stage, now.touchpoint)
				AND b.bucket < now.bucket AND b.c IS NOT NULL ORDER BY b.bucket DESC LIMIT 1) AS c_before,
			(SELECT b.e FROM cell AS b
				WHERE (b.by_place, b.segment, b.stage, b.touchpoint)
					= (now.by_place, now.segment, now.stage, now.touchpoint)
				AND b.bucket < now.bucket AND b.e IS NOT NULL ORDER BY b.bucket DESC LIMIT 1) AS e_before
		  FROM cell AS now)
	SELECT by_place, bucket, segment, stage, touchpoint, responses,
	       ARRAY[round(nps(n), 6), round(lower(nps_interval(n)), 6), round(upper(nps_interval(n)), 6),
			round(nt.difference, 6), round(nt.p_value::numeric, 12)],
	       ARRAY[round(csat(c), 6), round(lower(csat_interval(c)), 6), round(upper(csat_interval(c)), 6),
			round(ct.difference, 6), round(ct.p_value::numeric, 12)],
	       ARRAY[round(ces(e), 6), round(lower(ces_interval(e)), 6), round(upper(ces_interval(e)), 6),
			round(et.difference, 6), round(et.p_value::numeric, 12)]
	  FROM pair, nps_test(n_before, n) AS nt, csat_test(c_before, c) AS ct, ces_test(e_before, e) AS et
$$;
CREATE VIEW shown AS
SELECT by_place, bucket, segment, stage, touchpoint, responses,
       ARRAY[nps, nps_low, nps_high, nps_change, round(nps_p_value::numeric, 12)] AS nps,
       ARRAY[csat, csat_low, csat_high, csat_change, round(csat_p_value::numeric, 12)] AS csat,
       ARRAY[ces, ces_low, ces_high, ces_change, round(ces_p_value::numeric, 12)] AS ces
  FROM (SELECT true AS by_place, * FROM m_trend_places
	UNION ALL SELECT false, bucket, segment, '(all)', '(all)', responses, nps, nps_low, nps_high, nps_change,
		nps_p_value, csat, csat_low, csat_high, csat_change, csat_p_value, ces, ces_low, ces_high, ces_change,
		ces_p_value FROM m_trend) AS t;
CREATE FUNCTION compare(OUT by_place boolean, OUT "rows" bigint, OUT nps bigint, OUT csat bigint, OUT ces bigint,
	OUT wrong bigint) RETURNS SETOF record LANGUAGE sql AS $$
	SELECT by_place, count(*), count(s.nps[4]), count(s.csat[4]), count(s.ces[4]),
	       count(*) FILTER (WHERE (s.responses, s.nps, s.csat, s.ces)
			IS DISTINCT FROM (h.responses, h.nps, h.csat, h.ces))
	  FROM shown AS s FULL JOIN by_hand() AS h USING (by_place, bucket, segment, stage, touchpoint)
	 GROUP BY 1 ORDER BY 1
$$;
SELECT * FROM compare();

-- what is written and removed later, and after a refresh
DELETE FROM answers WHERE at = '2026-02-09' AND touchpoint = 'web:3';
INSERT INTO answers VALUES (-1, '2026-02-09', 'old', 'stage 7', 'web:7', 10, 5, 1),
	(-2, '2026-04-06', 'old', 'stage 7', 'web:7', 3, 1, NULL);
UPDATE answers SET nps = NULL WHERE id % 7 = 0;
SELECT * FROM compare();
SELECT bucket::date AS week, responses, nps, nps_change, round(nps_p_value::numeric, 3) AS p_value, csat_change, ces,
       ces_change
  FROM m_trend_places WHERE stage = 'stage 7' ORDER BY bucket;
SELECT refresh_journey_map('m') > 0 AS refreshed;
SELECT * FROM compare();

-- one place is read by itself: the condition is below the windows
SELECT pg_temp.plan_has('SELECT * FROM m_trend_places WHERE stage = ''stage 1''',
	'"m_batches".*"Filter": "\(stage = ''stage 1''::text\)"') AS goes_down;

-- a map without touchpoints, of one metric
SELECT create_journey_map('one', 'answers', at => 'at', stage => 'stage', csat => 'csat', bucket => 'month');
SELECT bucket::date AS month, segment, stage, touchpoint, responses, round(csat, 2) AS csat,
       csat_change IS NULL AS first,
       nps IS NULL AND nps_change IS NULL AND nps_p_value IS NULL AND ces_low IS NULL AS no_other
  FROM one_trend_places WHERE stage < 'stage 2' ORDER BY bucket, stage;
SELECT drop_journey_map('one');
SELECT to_regclass('one_trend_places') IS NULL AS dropped;
DROP SCHEMA trend_test CASCADE;
