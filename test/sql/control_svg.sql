--
-- The picture of a control chart: what is drawn, beside what control_chart says.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset format unaligned
\pset null -
CREATE SCHEMA control_svg_test;
SET search_path = control_svg_test, public;
-- 40 weeks, from the 26th on with more detractors; in week 7 nobody answered
CREATE TABLE weeks AS
SELECT week, rating_agg(score::integer, '[0,10]') FILTER (WHERE week <> 7) AS s,
	rating_agg(1 + score::integer % 5, '[1,5]') AS five
FROM (SELECT week, CASE WHEN week > 25 AND pg_temp.random_int(week * 100 + n, 2, 4) = 0 THEN 3
		ELSE pg_temp.random_int(week * 100 + n, 1, 6) + 5 END AS score
	FROM generate_series(1, 40) AS week, generate_series(1, 60 + week % 7) AS n) AS answer
GROUP BY week;
CREATE TABLE chart AS
SELECT array_agg(s ORDER BY week) AS buckets, array_agg('W' || week ORDER BY week) AS labels,
	array_agg(five ORDER BY week) AS fives
FROM weeks;

SELECT pg_temp.texts_of(control_svg(buckets, labels)) FROM chart;
SELECT c."position", signal, round(value, 1) AS value FROM chart, control_chart(buckets) AS c WHERE signal IS NOT NULL;
SELECT substring(control_svg(buckets, labels), '<desc>([^<]*)') AS description FROM chart;
-- values, centres, averages and limits are where control_chart has them, to less than a pixel
CREATE TABLE picture AS
SELECT name, v.buckets, metric, baseline, control_svg(v.buckets, NULL, metric, baseline) AS svg
FROM chart, LATERAL (VALUES ('weeks', chart.buckets, 'nps', NULL::rating_summary), ('ces', fives, 'ces', NULL),
	('with baseline', fives, 'csat', '[1,5]{9,9,9,9,9}')) AS v (name, buckets, metric, baseline);
CREATE TABLE corner AS
SELECT name, wanted, x, y, pixel
FROM picture, (VALUES ('value', 'linejoin="round" stroke="#23415f"'), ('centre', 'linejoin.*dasharray'),
	('ewma', 'linejoin="round" stroke="#7a5ea8"'), ('low', 'fill="#d3deea"'), ('high', 'fill="#d3deea"')
	) AS v (wanted, pattern), pg_temp.corners_of(svg, pattern),
	LATERAL (SELECT abs(regr_slope(value, place)) AS pixel FROM pg_temp.ticks_of(svg) WHERE side = 'end') AS p;
SELECT name, wanted, count(*) AS rows, count(*) FILTER (WHERE EXISTS (SELECT FROM corner
	WHERE corner.name = picture.name AND corner.wanted = w.wanted AND abs(x - c."position") < 0.1
	AND abs(y - (to_jsonb(c) ->> w.wanted)::float8) < 0.6 * pixel)) AS drawn
FROM picture, control_chart(buckets, metric, baseline) AS c,
	unnest('{value,centre,ewma,low,high}'::text[]) AS w (wanted)
GROUP BY name, wanted ORDER BY name, wanted;
-- with a gap at week 7
SELECT count(*) AS pieces FROM chart, regexp_matches(control_svg(buckets),
	'd="([^"]*)" fill="none" stroke-linejoin="round" stroke="#23415f"') AS d, regexp_matches(d[1], 'M', 'g');
-- a diamond for each signal, where its value is
SELECT count(*) AS signals, count(*) FILTER (WHERE m IS NOT NULL) AS diamonds
FROM chart, control_svg(buckets) AS svg, control_chart(buckets) AS c LEFT JOIN LATERAL (
	SELECT m FROM regexp_matches(svg, '<path d="M([\d.]+) ([\d.]+)l8 8l-8 8l-8 -8z" fill="#a85208"', 'g') AS m
	WHERE abs(m[1]::numeric - floor(96 + (c."position" - 0.5) * 758 / 40)) < 1) AS mark ON true
WHERE signal IS NOT NULL;

-- what a journey map calls: from a change on all is as in a chart of its own; before the first value one is none
CREATE TABLE changed AS
SELECT svg, phase, first, own FROM chart, (VALUES (1, 1, 2), (2, 3, 38), (3, 39, 40)) AS v (phase, first, last),
	cxjourney_internal.control_svg_at(NULL::rating_summary || buckets, NULL, 'nps', NULL, NULL, 'en', NULL, false,
		ARRAY(SELECT i IN (2, 4, 40) OR NULL FROM generate_series(1, 41) AS i)) AS svg,
	LATERAL (SELECT buckets[first:last] AS own) AS o;
CREATE TABLE changed_corner AS
SELECT wanted, x, y, pixel
FROM (SELECT DISTINCT svg FROM changed) AS v, (VALUES ('value', 'linejoin="round" stroke="#23415f"'),
	('centre', 'linejoin.*dasharray'), ('ewma', 'linejoin="round" stroke="#7a5ea8"'), ('low', 'fill="#d3deea"'),
	('high', 'fill="#d3deea"')) AS w (wanted, pattern), pg_temp.corners_of(svg, pattern),
	LATERAL (SELECT abs(regr_slope(value, place)) AS pixel FROM pg_temp.ticks_of(svg) WHERE side = 'end') AS p;
SELECT phase, wanted, count(*) AS rows, count(*) FILTER (WHERE EXISTS (SELECT FROM changed_corner AS c
	WHERE c.wanted = w.wanted AND abs(x - (r."position" + first)) < 0.1
	AND abs(y - (to_jsonb(r) ->> w.wanted)::float8) < 0.6 * pixel)) AS drawn
FROM changed, control_chart(own) AS r, unnest('{value,centre,ewma,low,high}'::text[]) AS w (wanted)
GROUP BY phase, wanted ORDER BY phase, wanted;
SELECT DISTINCT substring(svg, '<desc>([^<]*)') AS description FROM changed;
SELECT phase, r."position" + first AS place, signal FROM changed, control_chart(own) AS r WHERE signal IS NOT NULL;
SELECT count(*) AS lines, count(*) FILTER (WHERE floor((m[1]::numeric - 96) / 758 * 41 + 0.5) IN (3, 39)) AS in_place
FROM (SELECT DISTINCT svg FROM changed) AS v,
	regexp_matches(svg, '<path d="M([\d.]+) [\d.]+L\1 [\d.]+" fill="none" stroke="#1b2430"/>\n<path', 'g') AS m;
SELECT replace(pg_temp.texts_of(cxjourney_internal.control_svg_at(buckets[:5], labels[:5], 'nps', NULL, NULL, 'pl',
	NULL, false, '{f,f,f,t,f}')), E'\n', ' | ') FROM chart;
SELECT cxjourney_internal.control_svg_at(buckets, labels, 'nps', NULL, NULL, 'en', NULL, false, flags)
	= control_svg(buckets, labels) AS without_change
FROM chart, unnest('{f,NULL}'::boolean[]) AS flag, array_fill(flag, ARRAY[40]) AS flags
UNION ALL SELECT cxjourney_internal.control_svg_at(buckets, labels, 'nps', NULL, NULL, 'en', NULL, false, NULL)
	= control_svg(buckets, labels) FROM chart;
SELECT cxjourney_internal.control_svg_at(buckets, labels, 'nps', NULL, NULL, 'en', NULL, false, '{t,f}') FROM chart;

-- fewer than 20 values, in Polish; CSAT and CES
SELECT replace(pg_temp.texts_of(control_svg(buckets[:5], labels[:5], language => 'PL')), E'\n', ' | ') FROM chart;
SELECT replace(pg_temp.texts_of(control_svg(fives[:3], metric => 'csat')), E'\n', ' | ') FROM chart;
SELECT replace(pg_temp.texts_of(control_svg(fives, metric => 'ces', baseline => fives[1])), E'\n', ' | ') FROM chart;
-- nobody, one value, ends of the metric, labels that are NULL or try to break out
SELECT name, replace(pg_temp.texts_of(control_svg(buckets, labels)), E'\n', ' | ') AS texts,
	xmlparse(DOCUMENT control_svg(buckets, labels)) IS NOT NULL AS well_formed
FROM (VALUES (1, 'no buckets', '{}'::rating_summary[], NULL::text[]), (2, 'nobody', ARRAY[NULL, rating_summary
	'[0,10]{0,0,0,0,0,0,0,0,0,0,0}'], '{<b>,NULL}'),
	(3, 'one', ARRAY[rating_summary '[0,10]{0,0,0,0,0,0,0,0,0,0,1}'], '{</text>}'),
	(4, 'ends', ARRAY[rating_summary '[0,10]{9,0,0,0,0,0,0,0,0,0,0}', '[0,10]{0,0,0,0,0,0,0,0,0,0,9}'], NULL)
	) AS v (n, name, buckets, labels) ORDER BY n;

SELECT substring(svg, 'viewBox="[^"]*"') AS page, svg ~ '^<svg [^>]*>\s*<title>' AS titled,
	svg LIKE '%<b>%' AS broke_out, xmlparse(DOCUMENT svg) IS NOT NULL AS well_formed
FROM chart, unnest(ARRAY[control_svg(buckets),
	control_svg(buckets, language => 'pl', title => '</title><b>', slide => true)]) AS svg;
SELECT control_svg(NULL) IS NULL AS buckets, control_svg(buckets, metric => NULL) IS NULL AS metric,
	control_svg(buckets, language => NULL) IS NULL AS language, control_svg(buckets, slide => NULL) IS NULL AS slide
FROM chart;
SELECT control_svg(buckets, language => 'de') FROM chart;
SELECT control_svg(buckets, '{a}') FROM chart;
SELECT control_svg(buckets, metric => 'other') FROM chart;
SELECT control_svg(ARRAY[buckets, buckets]) FROM chart;
SELECT control_svg(buckets || fives) FROM chart;
SELECT control_svg(fives) FROM chart;
SELECT control_svg(ARRAY[rating_summary '[1,10]{0,0,0,0,0,0,0,0,0,9}'], metric => 'csat');
SET client_min_messages = warning;
DROP SCHEMA control_svg_test CASCADE;
