--
-- The picture of cohorts: its cells, beside what cohort_table says.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset format unaligned
\pset null -
CREATE SCHEMA cohorts_svg_test;
SET search_path = cohorts_svg_test, public;
-- rows of texts at the same height, from the left
CREATE FUNCTION rows_of(svg text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT string_agg(m[3], ' ' ORDER BY m[1]::integer)
	FROM regexp_matches(svg, '<text x="(\d+)" y="(\d+)"[^>]*>([^<]*)<', 'g') AS m
	GROUP BY m[2]::integer ORDER BY m[2]::integer
$$;
CREATE TABLE journeys AS
SELECT customer, journey_agg(stage, timestamptz '2026-01-10 12:00Z' + days * interval '1 day') AS j
FROM (SELECT customer, 'start' AS stage, customer % 150 AS days FROM generate_series(1, 600) AS customer
	UNION ALL SELECT customer, 'order', customer % 150 + 1 + pg_temp.random_int(customer, n, 120)
	FROM generate_series(1, 600) AS customer, generate_series(1, 3) AS n) AS visit
GROUP BY customer;
CREATE TABLE cohorts AS
SELECT cohort_agg(j, 'start', 'order', 'month', 4, 'Europe/Warsaw', '2026-06-15 00:00Z') AS until,
	cohort_agg(j, 'start', 'order', 'month', 4, 'Europe/Warsaw') AS all_time FROM journeys;

SELECT rows_of(cohort_svg(until)) FROM cohorts;
SELECT to_char(cohort, 'YYYY-MM') AS cohort, max(customers) AS customers,
	string_agg(round(share) || '%', ' ' ORDER BY period) AS shares
FROM cohorts, cohort_table(until) GROUP BY cohort
UNION ALL SELECT 'All', sum(customers) FILTER (WHERE period = 0), string_agg(share, ' ' ORDER BY period)
	FILTER (WHERE n = 1)
FROM (SELECT period, customers, row_number() OVER (PARTITION BY period) AS n,
		round(100 * sum(round(share * ended / 100)) OVER w / nullif(sum(ended) OVER w, 0)) || '%' AS share
	FROM cohorts, cohort_table(until) WINDOW w AS (PARTITION BY period)) AS every
ORDER BY cohort;
-- shades by steps of 20 percent
SELECT share, complete, shade, count(*)
FROM (SELECT row_number() OVER (ORDER BY cohort, period) AS n, floor(share / 20) AS share, complete
	FROM cohorts, cohort_table(until) WHERE share IS NOT NULL) AS t
JOIN (SELECT row_number() OVER () AS n, m[1] AS shade, m[2] IS NULL AS complete FROM cohorts,
	regexp_matches(cohort_svg(until),
		'height="24" rx="0" fill="([^"]*)" stroke="[^"]*"( stroke-dasharray="3 3")?', 'g') AS m) AS cell
	USING (n, complete)
GROUP BY share, complete, shade ORDER BY share, complete;
SELECT count(*) AS cells FROM cohorts, cohort_table(until) WHERE share IS NOT NULL;

SELECT rows_of(cohort_svg(all_time, 'pl')) FROM cohorts;
SELECT substring(cohort_svg(until), '<desc>([^<]*)') AS description FROM cohorts;
-- each unit; hours that come twice in Warsaw; without a time zone there is one cohort
SELECT unit, row
FROM (SELECT unit, cohort_agg(journey '{a@2026-10-25T00:30:00Z, a@2026-11-02T01:30:00Z}', 'a', 'a', unit, 2,
		'Europe/Warsaw') AS c FROM unnest('{day,week,month,quarter,year}'::text[]) AS unit GROUP BY unit) AS u,
	LATERAL (SELECT rows_of(cohort_svg(c)) AS row) AS r
WHERE row LIKE '2026%' OR row LIKE '%later%' ORDER BY unit, row;
SELECT row FROM (SELECT cohort_agg(j, 'a', 'a', 'hour', 1, 'Europe/Warsaw') AS c
	FROM (VALUES (journey '{a@2026-10-25T00:30:00Z}'), ('{a@2026-10-25T01:30:00Z, a@2026-10-25T01:31:00Z}')) AS v (j)
	) AS h,
	LATERAL (SELECT rows_of(cohort_svg(c)) AS row) AS r WHERE row LIKE '2026%';
SELECT rows_of(cohort_svg(cohort_agg(j, 'start', 'order', 'week', 3))) FROM journeys;
-- an edge where the period is over for some
SELECT count(*) FILTER (WHERE NOT complete AND ended > 0) AS partial,
	(SELECT count(*) FROM regexp_matches(cohort_svg(c), 'height="24" [^>]*stroke-dasharray', 'g')) AS drawn
FROM (SELECT cohort_agg(j, 'start', 'order', 'week', 12, NULL, '2026-05-15 00:00Z') AS c FROM journeys) AS own,
	cohort_table(c) GROUP BY c;
-- 100 percent has the shade that the legend says
SELECT substring(svg, 'fill="([^"]*)"/>\s*</g>\s*<text [^>]*>80–100%<') AS legend,
	substring(svg, 'fill="([^"]*)" stroke[^>]*/>\s*<text [^>]*>100%<') AS cell
FROM (SELECT cohort_svg(cohort_agg(journey '{a@2026-01-01, b@2026-01-02}', 'a', 'b', 'year', 1, 'UTC')) AS svg) AS one;

-- more cohorts and periods than there is room for; nobody; labels that try to break out
SELECT row FROM (SELECT cohort_svg(cohort_agg(j, 'start', 'order', 'day', 50, 'UTC')) AS svg FROM journeys) AS many,
	LATERAL (SELECT rows_of(svg) AS row) AS r WHERE row LIKE 'Only%' OR row LIKE 'Began%' OR row LIKE 'All%';
SELECT rows_of(cohort_svg(cohort_agg(journey '{x@2026-01-01}', '"<b>&"', '"""><script>"', 'month', 3, 'UTC')));
SELECT count(*) AS on_a_slide
FROM (SELECT cohort_svg(cohort_agg(j, 'start', 'order', 'day', 1, 'UTC'), slide => true) AS svg FROM journeys) AS many,
	LATERAL (SELECT rows_of(svg) AS row) AS r WHERE row LIKE '2026-%';

SELECT substring(svg, 'viewBox="[^"]*"') AS page, svg ~ '^<svg [^>]*>\s*<title>' AS titled,
	xmlparse(DOCUMENT svg) IS NOT NULL AS well_formed
FROM cohorts, unnest(ARRAY[cohort_svg(until), cohort_svg(until, 'pl', '</title><b>', true)]) AS svg;
SELECT cohort_svg(NULL) IS NULL AS cohorts, cohort_svg(until, NULL) IS NULL AS language,
	cohort_svg(until, slide => NULL) IS NULL AS slide
FROM cohorts;
SELECT cohort_svg(until, 'de') FROM cohorts;
SET client_min_messages = warning;
DROP SCHEMA cohorts_svg_test CASCADE;
