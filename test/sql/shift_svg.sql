--
-- The picture of what moved a metric: its bars and numbers, beside what nps_shift and its like say.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset format unaligned
\pset null -
CREATE SCHEMA shift_svg_test;
SET search_path = shift_svg_test, public;
CREATE TABLE answers AS
SELECT n > 900 AS later,
	(ARRAY['app', 'web & mobile', '<b>', 'shop', NULL])[1 + pg_temp.random_int(n, 1, 5 - n / 1000)] AS label,
	pg_temp.random_int(n, 2, 9) + pg_temp.random_int(n, 3, 2 + n / 1000) AS score
FROM generate_series(1, 2000) AS n;
CREATE TABLE sides AS
SELECT breakdown_agg(label, s) FILTER (WHERE NOT later) AS before,
	breakdown_agg(label, s) FILTER (WHERE later) AS after,
	breakdown_agg(label, five) FILTER (WHERE NOT later) AS five_before,
	breakdown_agg(label, five) FILTER (WHERE later) AS five_after
FROM (SELECT later, label, rating_agg(score, '[0,10]') AS s, rating_agg(1 + score % 5, '[1,5]') AS five
	FROM answers GROUP BY later, label) AS v;

SELECT pg_temp.texts_of(shift_svg(before, after)) FROM sides;
SELECT label, round(total, 1) AS total, round(nps_before, 1) AS nps_before, round(nps_after, 1) AS nps_after,
	round(share_before, 1) AS share_before, round(share_after, 1) AS share_after
FROM sides, nps_shift(before, after) ORDER BY abs(total) DESC;
SELECT round(100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / count(*), 1) AS nps
FROM answers GROUP BY later ORDER BY later;
-- bars from 0 to rate and mix, and the ends of the intervals, to a pixel
CREATE TABLE drawn AS
SELECT metric, start, slope, svg FROM (SELECT 'nps' AS metric, shift_svg(before, after) AS svg FROM sides
	UNION ALL SELECT 'csat', shift_svg(five_before, five_after, 'csat') FROM sides
	UNION ALL SELECT 'ces', shift_svg(five_before, five_after, 'ces') FROM sides) AS v,
	LATERAL (SELECT regr_intercept(value, place) AS start, regr_slope(value, place) AS slope FROM pg_temp.ticks_of(svg)
		WHERE side = 'middle') AS axis;
CREATE TABLE bar AS
SELECT metric, m[3] AS color, start + slope * m[1]::float8 AS low,
	start + slope * (m[1]::float8 + m[2]::float8) AS high, slope
FROM drawn, regexp_matches(svg, '<rect x="(\d+)" y="\d+" width="(\d+)" height="13" rx="0" fill="([^"]*)"', 'g') AS m;
CREATE TABLE line AS
SELECT metric, start + slope * m[1]::float8 AS low, start + slope * m[3]::float8 AS high, slope
FROM drawn, regexp_matches(svg,
	'<path d="M([\d.]+) ([\d.]+)L([\d.]+) \2" fill="none" stroke="#a85208" stroke-width="1.5"', 'g') AS m;
CREATE TABLE shift AS
SELECT 'nps' AS metric, rate, mix, rate_low, rate_high FROM sides, nps_shift(before, after)
UNION ALL SELECT 'csat', rate, mix, rate_low, rate_high FROM sides, csat_shift(five_before, five_after)
UNION ALL SELECT 'ces', rate, mix, rate_low, rate_high FROM sides, ces_shift(five_before, five_after);
SELECT metric, count(nullif(rate, 0)) AS labels,
	count(*) FILTER (WHERE EXISTS (SELECT FROM bar WHERE bar.metric = shift.metric
		AND color = '#23415f' AND abs(low - least(rate, 0)) < slope
		AND abs(high - greatest(rate, 0)) < slope)) AS rates,
	count(*) FILTER (WHERE abs(mix) < slope OR EXISTS (SELECT FROM bar WHERE bar.metric = shift.metric
		AND color = '#7f8d9c' AND abs(low - least(mix, 0)) < slope AND abs(high - greatest(mix, 0)) < slope)) AS mixes,
	count(rate_low) AS intervals, count(*) FILTER (WHERE EXISTS (SELECT FROM line WHERE line.metric = shift.metric
		AND abs(low - rate_low) < slope / 5 AND abs(high - rate_high) < slope / 5)) AS lines
FROM shift JOIN (SELECT metric, slope FROM drawn) AS d USING (metric) GROUP BY metric ORDER BY metric;

SELECT replace(pg_temp.texts_of(shift_svg(five_before, five_after, 'csat', 5, 'PL', 'Co się stało?')), E'\n', ' | ')
FROM sides;
-- 20 labels: the 12 that moved it most and the others, and all together are the change
SELECT replace(pg_temp.texts_of(shift_svg(a, b)), E'\n', ' | ') AS texts, round(nps(s) - nps(r), 1) AS change
FROM (SELECT breakdown_agg('label ' || n, rating_summary '[0,10]{0,0,0,0,0,0,9,9,0,9,0}') AS a,
		breakdown_agg('label ' || n, ('[0,10]{0,0,0,0,0,0,9,9,0,' || n || ',0}')::rating_summary) AS b,
		rating_agg(rating_summary '[0,10]{0,0,0,0,0,0,9,9,0,9,0}') AS r,
		rating_agg(('[0,10]{0,0,0,0,0,0,9,9,0,' || n || ',0}')::rating_summary) AS s
	FROM generate_series(1, 20) AS n) AS many;
-- nothing moved, one answer on each side, a label on one side only, one side without answers
SELECT name, replace(pg_temp.texts_of(shift_svg(a, b)), E'\n', ' | ') AS texts,
	xmlparse(DOCUMENT shift_svg(a, b)) IS NOT NULL AS well_formed
FROM (VALUES (1, 'same', rating_breakdown '{a = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]} on [0, 10]',
		rating_breakdown '{a = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]} on [0, 10]'),
	(2, 'one', '{a = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]} on [0, 10]',
		'{a = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]} on [0, 10]'),
	(3, 'other label', '{a = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]} on [0, 10]',
		'{b = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]} on [0, 10]'),
	(4, 'no side', '{}', '{b = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]} on [0, 10]'),
	(5, 'nobody', '{}', '{}')) AS v (n, name, a, b)
ORDER BY n;

SELECT substring(svg, 'viewBox="[^"]*"') AS page, svg ~ '^<svg [^>]*>\s*<title>' AS titled,
	svg LIKE '%<b>%' AS broke_out, xmlparse(DOCUMENT svg) IS NOT NULL AS well_formed
FROM sides, unnest(ARRAY[shift_svg(before, after),
	shift_svg(before, after, language => 'pl', title => '</title><b>', slide => true)]) AS svg;
SELECT shift_svg(NULL, after) IS NULL AS before, shift_svg(before, NULL) IS NULL AS after,
	shift_svg(before, after, NULL) IS NULL AS metric, shift_svg(before, after, language => NULL) IS NULL AS language,
	shift_svg(before, after, slide => NULL) IS NULL AS slide
FROM sides;
SELECT shift_svg(before, after, language => 'de') FROM sides;
SELECT shift_svg(before, after, 'other') FROM sides;
SELECT shift_svg(before, five_after) FROM sides;
SELECT shift_svg(five_before, five_after) FROM sides;
SELECT shift_svg(before, after, 'csat') FROM sides;
SET client_min_messages = warning;
DROP SCHEMA shift_svg_test CASCADE;
