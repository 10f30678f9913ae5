--
-- The aggregates on answers that fit on a page; the right numbers are in the
-- comments, worked out by hand.
--
CREATE TEMP TABLE answers (shop text, nps int, csat int, ces int, thumb boolean);
INSERT INTO answers VALUES
	('north', 10, 5, 7, true), ('north', 9, 4, 6, true), ('north', 8, 3, 5, false),
	('north', 6, 1, 1, NULL), ('north', NULL, NULL, NULL, NULL),
	('south', 0, 4, 4, true), ('south', 7, 5, 4, true), ('south', NULL, 5, 4, true),
	('west', NULL, NULL, NULL, NULL);

-- north: NPS 100 * (2 - 1) / 4, CSAT 2 of 4, CES 19 / 4, thumbs 2 of 3
-- south: NPS 100 * (0 - 1) / 2, CSAT 3 of 3, CES 12 / 3, thumbs 3 of 3
-- west: nobody answered, so NULL
SELECT shop, nps_agg(nps), csat_agg(csat), ces_agg(ces), csat_agg(thumb) AS thumbs
  FROM answers GROUP BY shop ORDER BY shop;
-- all: NPS 100 * (2 - 2) / 6 = 0, CSAT 5 of 7, CES 31 / 7, thumbs 5 of 6
SELECT round(nps_agg(nps), 1) AS nps, round(csat_agg(csat), 1) AS csat, round(ces_agg(ces), 2) AS ces,
       round(csat_agg(thumb), 1) AS thumbs
  FROM answers;
SELECT nps_agg(nps), csat_agg(csat), ces_agg(ces), csat_agg(thumb), rating_agg(nps, '[0,10]') FROM answers WHERE false;

-- FILTER, DISTINCT, ORDER BY
SELECT nps_agg(nps) FILTER (WHERE nps <> 0), csat_agg(DISTINCT csat), ces_agg(ces ORDER BY shop DESC) FROM answers;

-- other scales, from a literal and from a column
SELECT csat_agg(csat, '[1,7]') AS csat, ces_agg(ces, '[1,10]') AS ces FROM answers;
SELECT rating_agg(nps, '[0,10]') AS nps, rating_agg(ces, int4range(1, 8)) AS ces FROM answers;
SELECT scale, csat_agg(1, scale)
  FROM (VALUES ('[0,1]'::int4range), ('[1,3]'), ('[-3,1]')) v(scale) GROUP BY scale ORDER BY scale;

-- every type of score gives the same
CREATE TEMP TABLE call (call text, type text);
INSERT INTO call
SELECT call, type
  FROM unnest(ARRAY[
	'nps_agg(nps::%s)', 'csat_agg(csat::%s)', 'csat_agg(csat::%s, ''[1,5]'')', 'ces_agg(ces::%s)',
	'ces_agg(ces::%s, ''[1,7]'')', 'rating_agg(ces::%s, ''[1,7]'')']) call,
       unnest(ARRAY['smallint', 'bigint', 'numeric', 'float8']) type;
CREATE FUNCTION pg_temp.over_answers(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SELECT %s FROM answers', call) INTO result;
	RETURN result;
END $$;
SELECT call, count(*) AS types, count(*) FILTER (WHERE of_type = of_integer) AS same
  FROM call, pg_temp.over_answers(format(call, type)) of_type, pg_temp.over_answers(format(call, 'integer')) of_integer
 GROUP BY call ORDER BY call COLLATE "C";
SELECT csat_agg(csat, '[1,5]') = csat_agg(csat) AS csat, ces_agg(ces, '[1,7]') = ces_agg(ces) AS ces FROM answers;

-- stored and put together again: never an average of averages
CREATE TEMP TABLE daily AS
	SELECT shop, rating_agg(nps, '[0,10]') AS nps, rating_agg(csat, '[1,5]') AS csat, rating_agg(ces, '[1,7]') AS ces
	  FROM answers GROUP BY shop;
SELECT * FROM daily ORDER BY shop;
SELECT nps_agg(nps), csat_agg(csat), ces_agg(ces), rating_agg(nps) FROM daily;
SELECT nps_agg(nps), csat_agg(csat), ces_agg(ces), rating_agg(nps) FROM daily WHERE shop = 'west';
SELECT nps(nps + nps) = nps(nps) AS doubled, responses(nps + nps) FROM daily WHERE shop = 'north';
-- an empty summary is no answer
SELECT nps_agg(s), rating_agg(s) FROM (VALUES ('[0,10]{0,0,0,0,0,0,0,0,0,0,0}'::rating_summary), (NULL)) v(s);

-- weights: promoters 1.5 + 0.5, detractor 2, passive 4, left out 0 and NULL: 100 * (2 - 2) / 8
SELECT nps_agg(score, weight), nps_agg(score), rating_agg(score, '[0,10]', weight)
  FROM (VALUES (10, 1.5), (9, 0.5), (3, 2), (7, 4), (0, 0), (0, NULL), (NULL, 5)) v(score, weight);
-- 100 * (0.1 + 0.2) / (0.1 + 0.2 + 0.7) is exactly 30: no binary fractions
SELECT csat(rating_agg(score, '[1,5]', weight)), ces(rating_agg(score, '[1,7]', weight))
  FROM (VALUES (4, 0.1), (5, 0.2), (2, 0.7)) v(score, weight);
SELECT nps_agg(9::smallint, 1), nps_agg(9::bigint, 1), nps_agg(9.0, 1), nps_agg(9::float8, 1);
SELECT rating_agg(5::smallint, '[4,5]', 1) AS smallint, rating_agg(5::bigint, '[4,5]', 1) AS bigint,
       rating_agg(5.0, '[4,5]', 1) AS numeric, rating_agg(5::float8, '[4,5]', 1) AS float8;

-- one answer
SELECT score, nps_group(score) FROM generate_series(0, 10) score;
SELECT nps_group(9::smallint), nps_group(8::bigint), nps_group(6.0), nps_group(10::float8), nps_group(NULL::int);
SELECT score, csat_satisfied(score) AS of_five, csat_satisfied(score, '[1,7]') AS of_seven,
       csat_satisfied(score, '[1,6]') AS of_six
  FROM generate_series(1, 5) score;
SELECT csat_satisfied(4::smallint) AS smallint, csat_satisfied(4::bigint) AS bigint, csat_satisfied(3.0) AS numeric,
       csat_satisfied(3::float8) AS float8;
SELECT csat_satisfied(NULL::int) AS of_null, csat_satisfied(3, NULL) AS null_scale;

-- a view for BI has built-in types only
CREATE TEMP VIEW report AS SELECT shop, round(nps_agg(nps), 1) AS nps FROM answers GROUP BY shop;
SELECT attname, atttypid::regtype FROM pg_attribute WHERE attrelid = 'report'::regclass ORDER BY attnum;

-- moving frames of two rows, worked out by hand
SELECT i, score,
       nps_agg(score) OVER w AS nps,
       rating_agg(score, '[0,10]') OVER w AS summary,
       nps_agg(score) FILTER (WHERE score > 3) OVER w AS filtered,
       nps_agg(score) OVER (ORDER BY i ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) AS others
  FROM (VALUES (1, NULL), (2, 9), (3, NULL), (4, NULL), (5, 3), (6, 10)) v(i, score)
WINDOW w AS (ORDER BY i ROWS 1 PRECEDING);

-- each frame is one of its own: one that has moved on to another scale, or that
-- begins without an answer or a scale, is as if it were aggregated anew
SELECT i, rating_agg(score, scale) OVER (ORDER BY i ROWS 1 PRECEDING)
  FROM (VALUES (1, NULL, NULL), (2, 3, '[1,5]'::int4range), (3, NULL, '[1,5]'), (4, 7, '[0,10]')) v(i, score, scale);
