--
-- The picture of waits: what is drawn and written in it, beside what survival_curve says.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset format unaligned
\pset null -
CREATE SCHEMA survival_svg_test;
SET search_path = survival_svg_test, public;
-- acute myelogenous leukaemia, maintained, of R's survival package: the shares are published
CREATE TABLE waits AS
SELECT survival_agg(d * interval '1 day', r) AS s
FROM (VALUES (9, true), (13, true), (13, false), (18, true), (23, true), (28, false), (31, true), (34, true),
	(45, false), (48, true), (161, false)) AS maintained (d, r);

SELECT pg_temp.texts_of(survival_svg(s)) FROM waits;
SELECT substring(survival_svg(s), '<desc>([^<]*)') AS description FROM waits;
-- steps and limits are where the curve has them, to less than a pixel, and the line turns nowhere else
SELECT count(*) AS steps, count(*) FILTER (WHERE EXISTS (SELECT FROM pg_temp.corners_of(svg, 'stroke-linejoin') AS c
		WHERE abs(c.x - days) < 0.25 AND abs(c.y - share) < 0.25)) AS drawn,
	count(*) FILTER (WHERE EXISTS (SELECT FROM pg_temp.corners_of(svg, 'fill="#d3deea"') AS c
		WHERE abs(c.x - days) < 0.25 AND abs(c.y - low) < 0.25)) AS low,
	count(*) FILTER (WHERE EXISTS (SELECT FROM pg_temp.corners_of(svg, 'fill="#d3deea"') AS c
		WHERE abs(c.x - days) < 0.25 AND abs(c.y - high) < 0.25)) AS high
FROM waits, survival_svg(s) AS svg, survival_curve(s), LATERAL (SELECT extract(epoch FROM time) / 86400 AS days) AS d
WHERE reached > 0;
SELECT count(*) AS corners, count(*) FILTER (WHERE n = 1 AND abs(x) + abs(y) < 0.1
	OR EXISTS (SELECT FROM survival_curve(s) WHERE abs(extract(epoch FROM time) / 86400 - c.x) < 0.25)
	AND (y < 0.1 OR EXISTS (SELECT FROM survival_curve(s) WHERE abs(share - c.y) < 0.25))) AS right_ones
FROM waits, pg_temp.corners_of(survival_svg(s), 'stroke-linejoin') AS c;
SELECT t.value AS days, survival_at_risk(s, t.value * interval '1 day') AS on_their_way
FROM waits, pg_temp.ticks_of(survival_svg(s)) AS t WHERE side = 'middle' ORDER BY days;

-- between stages, gaps, in Polish; labels that try to break out
SELECT pg_temp.texts_of(survival_svg(survival_agg(j, '"<b>""search"""', '"order & pay"', '2026-01-03 00:00Z'), 'PL'))
FROM (VALUES (journey '{"<b>""search"""@2026-01-01T00:00:00Z, "order & pay"@2026-01-01T05:00:00Z}'),
	('{"<b>""search"""@2026-01-01T00:00:00Z}')) AS v (j);
SELECT substring(survival_svg(gap_agg(j, 'order', '2026-01-03 00:00Z')), '<title>([^<]*)') AS title
FROM (VALUES (journey '{order@2026-01-01T00:00:00Z, order@2026-01-01T05:00:00Z}')) AS v (j);
SELECT svg LIKE '%<script%' AS broke_out, substring(svg, '<title>[^<]*</title>') AS title
FROM waits, survival_svg(s, title => '</title><script>"x"') AS svg;

-- nobody, one who arrived at once, one of whom nothing is known yet, one after 292,000 years, very many
SELECT name, replace(pg_temp.texts_of(survival_svg(s)), E'\n', ' | ') AS texts,
	xmlparse(DOCUMENT survival_svg(s)) IS NOT NULL AS well_formed FROM (
	SELECT 1 AS n, 'nobody' AS name, survival_agg(journey '{a@2026-01-01}', 'b', 'c', '2026-02-01 00:00Z') AS s
	UNION ALL SELECT 3, 'at once', survival_agg(interval '0', true)
	UNION ALL SELECT 4, 'not yet', survival_agg(interval '90 s', false)
	UNION ALL SELECT 5, 'late', survival_agg(interval '100000000 days', true)
	UNION ALL SELECT 6, 'many', journey_survival '{[1394: 900000000000000000 + 1 in 108000000000000000120000000us]}'
) AS v ORDER BY n;

SELECT substring(svg, 'viewBox="[^"]*"') AS page, svg ~ '^<svg [^>]*>\s*<title>' AS titled
FROM waits, unnest(ARRAY[survival_svg(s), survival_svg(s, slide => true)]) AS svg;
SELECT survival_svg(NULL) IS NULL AS survival, survival_svg(s, NULL) IS NULL AS language,
	survival_svg(s, slide => NULL) IS NULL AS slide
FROM waits;
SELECT survival_svg(s, 'de') FROM waits;
SET client_min_messages = warning;
DROP SCHEMA survival_svg_test CASCADE;
