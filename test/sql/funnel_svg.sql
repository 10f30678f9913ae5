--
-- The picture of a funnel: what is written in it, beside what funnel_steps says.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset format unaligned
\pset null -
CREATE SCHEMA funnel_svg_test;
SET search_path = funnel_svg_test, public;
-- 2,000 customers: all search, half of them look at it two hours later, a tenth buys after three more days
CREATE TABLE events AS
SELECT customer, stage, timestamptz '2026-01-01 00:00Z' + after AS at
FROM generate_series(1, 2000) AS customer,
	(VALUES ('search', interval '0', 1), ('product', '2 hours', 2), ('buy', '74 hours', 10)) AS s (stage, after, every)
WHERE customer % every = 0;
CREATE TABLE funnel AS
SELECT funnel_agg(customer, stage, at, 'search > product > "gift <card>"? > buy', '7 days') AS f FROM events;

SELECT pg_temp.texts_of(funnel_svg(f)) FROM funnel;
SELECT step, stage, reached, round(from_start, 1) AS from_start, round(from_previous, 1) AS from_previous, p50_time,
	seen
FROM funnel, funnel_steps(f);
SELECT substring(funnel_svg(f), '<desc>([^<]*)') AS description FROM funnel;

-- bars are as long as their part of 320; those that nobody reached have none
SELECT m[1] AS width FROM funnel,
	regexp_matches(funnel_svg(f), '<rect [^>]*width="(\d+)" height="38" rx="0" fill="#23415f"', 'g') AS m;

SELECT pg_temp.texts_of(funnel_svg(f, 'pl', 'Od szukania do zakupu')) FROM funnel;
SELECT pg_temp.texts_of(funnel_svg(f))
FROM (SELECT funnel_agg(customer, stage, at, 'search & buy') AS f FROM events) AS any_order;
SELECT pg_temp.texts_of(funnel_svg(f, 'pl'))
FROM (SELECT funnel_agg(customer, stage, at, 'search & buy & product?') AS f FROM events) AS any_order;
-- times in seconds, minutes, hours and days, each to the nearest
SELECT after, substring(pg_temp.texts_of(funnel_svg(f)), 'half within (.*)$') AS half_within
FROM unnest(ARRAY['0 s', '1.4 s', '119 s', '2 min', '119 min', '150 min', '47 h', '48 h', '60 h', '400 days']
	::interval[]) WITH ORDINALITY AS t (after, n),
	LATERAL (SELECT funnel_agg(1, stage, at, 'a > b') AS f
		FROM (VALUES ('a', timestamptz '2026-01-01'), ('b', timestamptz '2026-01-01' + after)) AS e (stage, at)) AS x
ORDER BY n;
-- nobody started
SELECT pg_temp.texts_of(funnel_svg(f))
FROM (SELECT funnel_agg(journey '{x@2026-01-01T00:00:00Z}', 'a > b') AS f) AS nobody;

SELECT substring(svg, 'viewBox="[^"]*"') AS page, svg LIKE '%<card>%' AS broke_out
FROM funnel, unnest(ARRAY[funnel_svg(f), funnel_svg(f, slide => true)]) AS svg;
-- the title is that of the whole picture, in a slide too
SELECT svg ~ '^<svg [^>]*>\s*<title>Funnel</title>\s*<desc>' AS titled
FROM funnel, unnest(ARRAY[funnel_svg(f), funnel_svg(f, slide => true)]) AS svg;
SELECT funnel_svg(NULL) IS NULL AS funnel, funnel_svg(f, NULL) IS NULL AS language,
	funnel_svg(f, slide => NULL) IS NULL AS slide
FROM funnel;
SELECT funnel_svg(f, 'de') FROM funnel;
SET client_min_messages = warning;
DROP SCHEMA funnel_svg_test CASCADE;
