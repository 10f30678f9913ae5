--
-- The picture of drivers: its bars, intervals and numbers, beside what drivers() says.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset format unaligned
\pset null -
CREATE SCHEMA drivers_svg_test;
SET search_path = drivers_svg_test, public;
CREATE TABLE answers AS
SELECT n, a, b, c, 2 * a - b + pg_temp.random_int(n, 4, 5) AS outcome
FROM (SELECT n, pg_temp.random_int(n, 1, 5) AS a, pg_temp.random_int(n, 2, 7) AS b, pg_temp.random_int(n, 3, 3) AS c
	FROM generate_series(1, 200) AS n) AS v;
CREATE TABLE summary AS
SELECT driver_agg(outcome, ARRAY[c, b, a]) AS s,
	'{<b>&,price,"very long name of a question about delivery"}'::text[] AS names
FROM answers;

-- of the n-th row of a picture, what is printed beside its bar, and how wide that is; NULL without a bar
CREATE FUNCTION pg_temp.row_of(svg text, n bigint) RETURNS text LANGUAGE sql AS $$
	SELECT (regexp_split_to_array(svg, '<text [^>]*font-weight="600" text-anchor="end">'))[n + 1] $$;
CREATE FUNCTION pg_temp.percent_of(svg text, n bigint) RETURNS text LANGUAGE sql
	RETURN substring(pg_temp.row_of(svg, n) FROM '>([^<]*%)<');
CREATE FUNCTION pg_temp.bar_of(svg text, n bigint) RETURNS integer LANGUAGE sql
	RETURN substring(pg_temp.row_of(svg, n) FROM '<rect [^>]*width="(\d+)" height="20"')::integer;

SELECT pg_temp.texts_of(driver_svg(s, names)) FROM summary;
SELECT driver, round(100 * importance::numeric, 1) AS importance, round(coefficient::numeric, 2) AS coefficient,
	round(low::numeric, 2) AS low, round(high::numeric, 2) AS high
FROM summary, drivers(s, names) ORDER BY importance DESC;
SELECT round(100 * r_squared::numeric, 1) AS explained FROM summary, driver_fit(s);
-- bars in the ratio of importance, the longest 150 wide; intervals and dots where the axis has them
SELECT m[1]::integer AS width, round(150 * importance / max(importance) OVER ()) AS expected
FROM (SELECT row_number() OVER (ORDER BY importance DESC) AS n, importance FROM summary, drivers(s, names)) AS d
JOIN (SELECT * FROM summary, regexp_matches(driver_svg(s, names),
	'<rect [^>]*width="(\d+)" height="20" rx="0" fill="#23415f"', 'g') WITH ORDINALITY AS r (m, n)) AS bar USING (n)
ORDER BY n;
WITH axis AS (
	SELECT regr_intercept(value, place) AS start, regr_slope(value, place) AS slope
	FROM summary, pg_temp.ticks_of(driver_svg(s, names)) WHERE side = 'middle'
), line AS (
	SELECT start + slope * m[1]::float8 AS low, start + slope * m[3]::float8 AS high
	FROM axis, summary, regexp_matches(driver_svg(s, names),
		'<path d="M([\d.]+) ([\d.]+)L([\d.]+) \2" fill="none" stroke="#23415f" stroke-width="2"', 'g') AS m
), dot AS (
	SELECT start + slope * m[1]::float8 AS coefficient
	FROM axis, summary, regexp_matches(driver_svg(s, names), '<circle cx="([\d.]+)"', 'g') AS m)
SELECT count(*) AS drivers, count(*) FILTER (WHERE EXISTS (SELECT FROM line
		WHERE abs(line.low - d.low) < 0.01 AND abs(line.high - d.high) < 0.01)) AS lines,
	count(*) FILTER (WHERE EXISTS (SELECT FROM dot WHERE abs(dot.coefficient - d.coefficient) < 0.01)) AS dots
FROM summary, drivers(s, names) AS d;

-- in words the same numbers
SELECT substring(driver_svg(s, names) FROM '<desc>(.*)</desc>') AS described FROM summary;

-- a constant driver, one that follows from another, by relative weights, in Polish
SELECT pg_temp.texts_of(driver_svg(s, method => 'johnson', language => 'PL'))
FROM (SELECT driver_agg(outcome, ARRAY[a, a, 7]) AS s FROM answers) AS v;
-- what is printed as 0.0% is a mark of one pixel, also where nothing is more; what is nothing at all, no bar
SELECT name, d.driver, pg_temp.percent_of(svg, d.n) AS printed, coalesce(pg_temp.bar_of(svg, d.n), 0) AS width,
	importance < 0.0005 AS rounds_to_none, round(150 * importance / nullif(max(importance) OVER (PARTITION BY name), 0))
		AS part_of_longest
FROM (SELECT 'none' AS name, driver_agg(pg_temp.random_int(i, 1, 99), ARRAY[i % 2, 7, pg_temp.random_int(i, 3, 9)])
		AS s FROM generate_series(1, 30000) AS i
	UNION ALL SELECT 'one of two', driver_agg(10000 * (i % 9) + pg_temp.random_int(i, 1, 100),
		ARRAY[i % 9, pg_temp.random_int(i, 1, 2)]) FROM generate_series(1, 3000) AS i) AS v,
	driver_svg(s) AS svg, LATERAL (SELECT row_number() OVER (ORDER BY importance DESC) AS n, * FROM drivers(s)) AS d
ORDER BY name, d.n;
-- nobody, too few, one outcome, negative effects only
SELECT name, replace(pg_temp.texts_of(driver_svg(s)), E'\n', ' | ') AS texts,
	xmlparse(DOCUMENT driver_svg(s)) IS NOT NULL AS well_formed
FROM (SELECT 1 AS n, 'nobody' AS name, driver_agg(NULL::integer, NULL::integer[]) AS s
	UNION ALL SELECT 2, 'one', driver_agg(1, ARRAY[1, 2])
	UNION ALL SELECT 3, 'one outcome', driver_agg(1, ARRAY[a]) FROM answers
	UNION ALL SELECT 4, 'large', driver_agg(-10000 * a + c, ARRAY[a]) FROM answers
	UNION ALL SELECT 5, 'exact', driver_agg(-3 * a, ARRAY[a]) FROM answers) AS v ORDER BY n;
SELECT count(*) AS drivers FROM (SELECT driver_svg(s, method => 'johnson') AS svg FROM (SELECT driver_agg(outcome,
	ARRAY(SELECT pg_temp.random_int(answers.n, 100 + k, 9) FROM generate_series(1, 40) AS k)) AS s FROM answers) AS v
	) AS p,
	regexp_matches(svg, 'font-weight="600" text-anchor="end">driver', 'g');

SELECT substring(svg, 'viewBox="[^"]*"') AS page, svg ~ '^<svg [^>]*>\s*<title>' AS titled,
	svg LIKE '%<b>%' AS broke_out, xmlparse(DOCUMENT svg) IS NOT NULL AS well_formed
FROM summary, unnest(ARRAY[driver_svg(s, names), driver_svg(s, names, 'lmg', 'pl', '</title><b>', true)]) AS svg;
SELECT driver_svg(NULL) IS NULL AS summary, driver_svg(s, method => NULL) IS NULL AS method,
	driver_svg(s, language => NULL) IS NULL AS language, driver_svg(s, slide => NULL) IS NULL AS slide
FROM summary;
SELECT driver_svg(s, language => 'de') FROM summary;
SELECT driver_svg(s, '{a}') FROM summary;
SELECT driver_svg(s, method => 'other') FROM summary;
SET client_min_messages = warning;
DROP SCHEMA drivers_svg_test CASCADE;
