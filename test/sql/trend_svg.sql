--
-- The picture of a metric over time: its line and band, beside what nps_interval and its like say.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset format unaligned
\pset null -
CREATE SCHEMA trend_svg_test;
SET search_path = trend_svg_test, public;
-- ten months; in the fifth nobody answered, in the seventh one
CREATE TABLE months AS
SELECT month, rating_agg(score, '[0,10]') FILTER (WHERE month <> 5) AS s,
	rating_agg(1 + score % 5, '[1,5]', n % 3) AS five
FROM (SELECT month, n, pg_temp.random_int(month * 1000 + n, 1, 11) AS score
	FROM generate_series(1, 10) AS month, generate_series(1, 200) AS n WHERE month <> 7 OR n = 1) AS answer
GROUP BY month;
CREATE TABLE trend AS
SELECT array_agg(s ORDER BY month) AS buckets, array_agg(five ORDER BY month) AS fives,
	array_agg('2026-' || lpad(month::text, 2, '0') ORDER BY month) AS labels
FROM months;

SELECT pg_temp.texts_of(trend_svg(buckets, labels)) FROM trend;
SELECT month, round(nps(s), 1) AS nps, responses(s) FROM months WHERE s IS NOT NULL ORDER BY month;
SELECT substring(trend_svg(buckets, labels), '<desc>([^<]*)') AS description FROM trend;
-- values and limits to less than a pixel
CREATE TABLE corner AS
SELECT metric, kind, x, y, pixel
FROM (SELECT 'nps' AS metric, trend_svg(buckets) AS svg FROM trend
	UNION ALL SELECT 'csat', trend_svg(fives, metric => 'csat') FROM trend
	UNION ALL SELECT 'ces', trend_svg(fives, metric => 'ces') FROM trend) AS picture,
	(VALUES ('value', 'linejoin'), ('band', 'fill="#d3deea"')) AS v (kind, pattern), pg_temp.corners_of(svg, pattern),
	LATERAL (SELECT abs(regr_slope(value, place)) AS pixel FROM pg_temp.ticks_of(svg) WHERE side = 'end') AS p;
CREATE FUNCTION is_drawn(text, text, integer, numeric) RETURNS boolean LANGUAGE sql
	RETURN EXISTS (SELECT FROM corner WHERE metric = $1 AND kind = $2 AND abs(x - $3) < 0.1
		AND abs(y - $4::float8) < 0.6 * pixel);
SELECT metric, count(value) AS months, count(*) FILTER (WHERE is_drawn(metric, 'value', month, value)) AS drawn,
	count(low) AS intervals, count(*) FILTER (WHERE is_drawn(metric, 'band', month, low)) AS low,
	count(*) FILTER (WHERE is_drawn(metric, 'band', month, high)) AS high
FROM (SELECT 'nps' AS metric, month, nps(s) AS value, lower(nps_interval(s)) AS low, upper(nps_interval(s)) AS high
		FROM months
	UNION ALL SELECT 'csat', month, csat(five), lower(csat_interval(five)), upper(csat_interval(five)) FROM months
	UNION ALL SELECT 'ces', month, mean(five), lower(ces_interval(five)), upper(ces_interval(five)) FROM months) AS v
GROUP BY metric ORDER BY metric;
-- a dot for each month; of many buckets only where it stands alone
SELECT count(*) AS dots FROM trend, regexp_matches(trend_svg(buckets), '<circle', 'g');
SELECT count(*) AS dots FROM trend, regexp_matches(trend_svg(array_fill(NULL::rating_summary, '{50}') || buckets[1]
	|| array_fill(NULL::rating_summary, '{20}') || buckets[1:2]), '<circle', 'g');
-- labels that have room, of 200
SELECT replace(pg_temp.texts_of(trend_svg(array_fill(buckets[1], '{200}'),
	ARRAY(SELECT 'week ' || n FROM generate_series(1, 200) AS n))), E'\n', ' | ') AS texts FROM trend;

SELECT replace(pg_temp.texts_of(trend_svg(fives, labels, 'csat', 4, 'PL', 'Zadowolenie')), E'\n', ' | ') AS texts
FROM trend;
SELECT replace(pg_temp.texts_of(trend_svg(fives, labels, 'ces', language => 'pl')), E'\n', ' | ') AS texts FROM trend;
-- nobody, one answer, ends of the metric, labels that try to break out
SELECT name, replace(pg_temp.texts_of(trend_svg(buckets, labels, metric)), E'\n', ' | ') AS texts,
	xmlparse(DOCUMENT trend_svg(buckets, labels, metric)) IS NOT NULL AS well_formed
FROM (VALUES (1, 'no buckets', 'ces', '{}'::rating_summary[], NULL::text[]),
	(2, 'nobody', 'nps', ARRAY[NULL, rating_summary '[0,10]{0,0,0,0,0,0,0,0,0,0,0}'], '{<b>,NULL}'),
	(3, 'one', 'ces', ARRAY[rating_summary '[1,5]{0,0,0,0,1}'], '{</text>}'),
	(4, 'ends', 'nps', ARRAY[rating_summary '[0,10]{9,0,0,0,0,0,0,0,0,0,0}', '[0,10]{0,0,0,0,0,0,0,0,0,0,9}'], NULL),
	(5, 'many', 'nps', ARRAY[rating_summary '[0,10]{0,0,0,0,0,0,0,0,0,0,4000000000000000000}'], NULL)
	) AS v (n, name, metric, buckets, labels) ORDER BY n;

SELECT substring(svg, 'viewBox="[^"]*"') AS page, svg ~ '^<svg [^>]*>\s*<title>' AS titled,
	svg LIKE '%<b>%' AS broke_out, xmlparse(DOCUMENT svg) IS NOT NULL AS well_formed
FROM trend, unnest(ARRAY[trend_svg(buckets),
	trend_svg(buckets, language => 'pl', title => '</title><b>', slide => true)]) AS svg;
SELECT trend_svg(NULL) IS NULL AS buckets, trend_svg(buckets, metric => NULL) IS NULL AS metric,
	trend_svg(buckets, language => NULL) IS NULL AS language, trend_svg(buckets, slide => NULL) IS NULL AS slide
FROM trend;
SELECT trend_svg(buckets, language => 'de') FROM trend;
SELECT trend_svg(buckets, '{a}') FROM trend;
SELECT trend_svg(buckets, ARRAY[labels, labels]) FROM trend;
SELECT trend_svg(buckets, metric => 'other') FROM trend;
SELECT trend_svg(buckets || fives) FROM trend;
SELECT trend_svg(fives) FROM trend;
SET client_min_messages = warning;
DROP SCHEMA trend_svg_test CASCADE;
