--
-- The picture of a summary: what is written in it, beside the same numbers by plain SQL.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset format unaligned
\pset null -
CREATE SCHEMA rating_svg_test;
SET search_path = rating_svg_test, public;
CREATE TABLE answers (score integer, weight numeric);
INSERT INTO answers SELECT s, 1 + s % 3
FROM unnest('{0,3,3,6,7,8,8,9,9,9,10,10,10,10,10,10}'::integer[]) AS s;

-- what is written, and the same by hand
SELECT pg_temp.texts_of(rating_svg(nps.s)) FROM (SELECT rating_agg(score, '[0,10]') AS s FROM answers) AS nps;
SELECT count(*) AS answers,
	round(100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / count(*), 1) AS nps,
	round(100.0 * count(*) FILTER (WHERE score <= 6) / count(*), 1) AS detractors,
	round(100.0 * count(*) FILTER (WHERE score IN (7, 8)) / count(*), 1) AS passives,
	round(100.0 * count(*) FILTER (WHERE score >= 9) / count(*), 1) AS promoters
FROM answers;
SELECT round(lower(i), 1) AS low, round(upper(i), 1) AS high
FROM (SELECT nps_interval(rating_agg(score, '[0,10]')) AS i FROM answers) AS nps;
SELECT score, round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS share FROM answers GROUP BY score ORDER BY score;

-- the three parts of the bar are as long as their shares of 880
SELECT m[1] AS x, m[2] AS width, m[3] AS color
FROM (SELECT rating_agg(score, '[0,10]') AS s FROM answers) AS nps,
	regexp_matches(rating_svg(s), '<rect x="(\d+)" y="\d+" width="(\d+)" height="28" rx="0" fill="([^"]*)"', 'g') AS m;
SELECT round(880 * 4 / 16.0) AS detractors, round(880 * 7 / 16.0) - round(880 * 4 / 16.0) AS passives,
	880 - round(880 * 7 / 16.0) AS promoters;

-- weighted, another scale, Polish
SELECT round(nps(s), 1) AS nps, round(share(s, '[9,10]'), 1) AS promoters,
	round(share(s, '[10,10]'), 1) AS tens
FROM (SELECT rating_agg(score, '[0,10]', weight) AS s FROM answers) AS weighted;
SELECT pg_temp.texts_of(rating_svg(s, 'PL', 'Jak łatwo & szybko?'))
FROM (SELECT rating_agg(score, '[0,10]', weight) AS s FROM answers) AS weighted;
SELECT pg_temp.texts_of(rating_svg(s)) FROM (SELECT rating_agg(1 + score % 5, '[1,5]') AS s FROM answers) AS five;
SELECT count(*) AS columns, max(length(texts)) > 0 AS written
FROM (SELECT pg_temp.texts_of(rating_svg(s)) AS texts, rating_svg(s) AS svg
	FROM (SELECT rating_agg(score, '[0,100]') AS s FROM generate_series(0, 100) AS score) AS wide) AS drawn,
	regexp_matches(svg, '<rect [^>]* fill="#23415f"/>', 'g');
-- a mean of one answer has no interval
SELECT pg_temp.texts_of(rating_svg(s)) FROM (SELECT rating_agg(3, '[1,5]') AS s) AS one;
-- nobody answered, a single answer
SELECT pg_temp.texts_of(rating_svg('[0,10]{0,0,0,0,0,0,0,0,0,0,0}'));
SELECT pg_temp.texts_of(rating_svg(s)) LIKE E'Answers\nanswers: 1\nNPS 100.0\n%'
FROM (SELECT rating_agg(10, '[0,10]') AS s) AS one;

-- a page of its own, and a slide
SELECT substring(svg, 'viewBox="[^"]*"') AS page, svg ~ '<g transform=' AS scaled
FROM (SELECT rating_agg(score, '[0,10]') AS s FROM answers) AS nps,
	unnest(ARRAY[rating_svg(s), rating_svg(s, slide => true)]) AS svg;

-- labels that try to break out
SELECT svg LIKE '%<script%' AS broke_out, substring(svg, '<title>[^<]*</title>') AS title
FROM rating_svg('[0,10]{0,0,0,0,0,0,0,0,0,0,1}', title => '</title><script>"x"') AS svg;
SELECT substring(rating_svg('[0,10]{0,0,0,0,0,0,0,0,0,0,1}', title => E' \n '), '<title>[^<]*</title>') AS blank;

-- NULL and what is refused
SELECT rating_svg(NULL) IS NULL AS summary, rating_svg('[0,10]{0,1,0,0,0,0,0,0,0,0,0}', NULL) IS NULL AS language,
	rating_svg('[0,10]{0,1,0,0,0,0,0,0,0,0,0}', slide => NULL) IS NULL AS slide;
SELECT rating_svg('[0,10]{0,1,0,0,0,0,0,0,0,0,0}', 'de');
SET client_min_messages = warning;
DROP SCHEMA rating_svg_test CASCADE;
