--
-- The picture of a flow: its bands and numbers, beside the same counted by plain SQL.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset format unaligned
\pset null -
CREATE SCHEMA flow_svg_test;
SET search_path = flow_svg_test, public;
CREATE FUNCTION shown(xml text) RETURNS text LANGUAGE sql
	RETURN replace(replace(replace(replace(xml, '&#38;', '&'), '&#60;', '<'), '&#62;', '>'), '&#34;', '"');
-- what lies in a picture: each band with its ends, its number and how high it is
CREATE FUNCTION bands(svg text)
RETURNS TABLE (x numeric, origin text, target text, transitions bigint, height numeric) LANGUAGE sql AS $$
	SELECT m[1]::numeric, shown(m[4]), shown(m[5]), replace(m[6], ',', '')::bigint, m[3]::numeric - m[2]::numeric
	FROM regexp_matches(svg, 'C[\d.]+ [\d.]+ [\d.]+ [\d.]+ ([\d.]+) ([\d.]+)V([\d.]+)C[^>]*>'
		'<title>([^<]*) → ([^<]*): ([\d,]+)[^<]*</title>', 'g') AS m
$$;
CREATE TABLE visits AS
SELECT customer, n, (ARRAY['search', 'product', 'basket', 'order', '<b>&"', 'help'])
	[1 + pg_temp.random_int(customer * 10 + n, 17, 3 + n % 4)] AS stage
FROM generate_series(1, 500) AS customer, generate_series(1, 6) AS n
WHERE n <= 2 + pg_temp.random_int(customer, 3, 5);
CREATE TABLE flow AS
SELECT flow_agg(j) AS f FROM (SELECT journey_agg(stage, '2026-01-01Z'::timestamptz + n * interval '1 hour') AS j
	FROM visits GROUP BY customer) AS customers;

-- every transition has a band, of a height by its number
CREATE TABLE counted AS
SELECT origin, target, count(*) AS transitions FROM (
	SELECT coalesce(lag(stage) OVER w, '(start)') AS origin, stage AS target FROM visits
	WINDOW w AS (PARTITION BY customer ORDER BY n)
	UNION ALL SELECT DISTINCT ON (customer) stage, '(end)' FROM (SELECT * FROM visits ORDER BY customer, n DESC) AS last
) AS transition GROUP BY origin, target;
SELECT count(*) AS transitions, count(*) FILTER (WHERE c.transitions = b.transitions) AS drawn,
	max(abs(b.height / b.transitions - scale.pixels)) < 0.01 AS to_scale
FROM counted AS c FULL JOIN (SELECT b.* FROM flow, bands(flow_svg(f)) AS b) AS b
	USING (origin, target),
	(SELECT sum(height) / sum(transitions) AS pixels FROM flow, bands(flow_svg(f))) AS scale;
SELECT pg_temp.texts_of(flow_svg(f)) FROM flow;
SELECT stage, count(*) AS visits FROM visits GROUP BY stage ORDER BY visits DESC;

-- the three largest of each side, and the others together, with nothing lost
SELECT pg_temp.texts_of(flow_svg(f, 'PL', most => 3)) FROM flow;
SELECT origin, sum(transitions) FROM flow, bands(flow_svg(f, most => 3)) GROUP BY origin ORDER BY origin COLLATE "C";
SELECT target, sum(transitions) FROM flow, bands(flow_svg(f, most => 3)) GROUP BY target ORDER BY target COLLATE "C";
SELECT count(*) FROM flow, bands(flow_svg(f, most => 5)) WHERE target LIKE 'other%';

-- by position around the first basket: each customer goes from column to column
CREATE TABLE around AS
SELECT customer, position, stage
FROM (SELECT *, n - min(n) FILTER (WHERE stage = 'basket') OVER (PARTITION BY customer) AS position FROM visits) AS v
WHERE position IS NOT NULL;
CREATE TABLE positions AS
SELECT k, flow_agg(j) AS f
FROM (VALUES (1), (2), (9)) AS v (k), LATERAL (SELECT journey_agg(to_char(position, 'SG9') || ' ' || stage,
		'2026-01-01Z'::timestamptz + position * interval '1 hour') AS j
	FROM around WHERE position BETWEEN -k AND k GROUP BY customer) AS customers
GROUP BY k;
SELECT pg_temp.texts_of(flow_svg(f)) FROM positions WHERE k = 1;
SELECT count(*) AS pairs, count(*) FILTER (WHERE c.transitions = b.transitions) AS drawn
FROM (SELECT p.position, p.stage AS origin, q.stage AS target, count(*) AS transitions
	FROM around AS p JOIN around AS q USING (customer)
	WHERE q.position = p.position + 1 AND p.position BETWEEN -2 AND 1 GROUP BY 1, 2, 3) AS c
FULL JOIN (SELECT dense_rank() OVER (ORDER BY x) - 3 AS position, origin, target, transitions
	FROM positions, bands(flow_svg(f)) WHERE k = 2) AS b
	ON b.position = c.position AND b.target = c.target
	AND b.origin = c.origin
WHERE b.origin IS DISTINCT FROM '(start)' AND b.target IS DISTINCT FROM '(end)';
-- who ended at a stage goes to (end) in the next column
SELECT transitions, (SELECT count(*) FROM (SELECT customer FROM around WHERE position >= 0 GROUP BY customer
	HAVING max(position) = 0) AS ended) AS ended
FROM (SELECT sum(transitions) AS transitions FROM positions, bands(flow_svg(f)) WHERE k = 1 AND target = '(end)') AS e;
-- more positions than columns
SELECT substring(pg_temp.texts_of(flow_svg(f)), 'Columns[^\n]*') AS subtitle FROM positions WHERE k = 9;
SELECT target, sum(transitions), count(*) FILTER (WHERE x > 780) AS in_the_last_column
FROM positions, bands(flow_svg(f)) WHERE k = 9 AND target = '(end)' GROUP BY target;
SELECT count(*) AS ended FROM (SELECT max(position) AS last FROM around GROUP BY customer) AS v
WHERE last BETWEEN -3 AND 2;
-- a stage without a position, a transition that leaves one out, a position that is none: stages as they are
SELECT text, substring(pg_temp.texts_of(flow_svg(flow_agg(text::journey))), 'Columns|transitions') AS columns
FROM (VALUES ('{"-1 a"@2026-01-01, b@2026-01-02}'), ('{"-1 a"@2026-01-01, "+1 b"@2026-01-02}'),
	('{"-1 a"@2026-01-01, "0 b"@2026-01-02}'), ('{"0 "@2026-01-01}'), ('{"7000000 a"@2026-01-01}'),
	('{"-a"@2026-01-01}'), ('{"5 a"@2026-01-01}')) AS v (text)
GROUP BY text ORDER BY text COLLATE "C";

-- nobody, one visit, very many
SELECT name, replace(pg_temp.texts_of(flow_svg(f)), E'\n', ' | ') AS texts,
	xmlparse(DOCUMENT flow_svg(f, slide => true)) IS NOT NULL AS well_formed
FROM (SELECT 1 AS n, 'nobody' AS name, journey_flow '{}' AS f
	UNION ALL SELECT 2, 'one', flow_agg(journey '{a@2026-01-01}')
	UNION ALL SELECT 3, 'many', journey_flow '{(start) > a = 2000000000000000000, a > (end) = 2000000000000000000}'
) AS v ORDER BY n;

SELECT substring(svg, 'viewBox="[^"]*"') AS page, svg LIKE '%<b>%' AS broke_out,
	svg ~ '^<svg [^>]*>\s*<title>' AS titled, xmlparse(DOCUMENT svg) IS NOT NULL AS well_formed
FROM flow, unnest(ARRAY[flow_svg(f), flow_svg(f, 'pl', '</title><b>', true)]) AS svg;
SELECT flow_svg(NULL) IS NULL AS flow, flow_svg(f, NULL) IS NULL AS language,
	flow_svg(f, slide => NULL) IS NULL AS slide, flow_svg(f, most => NULL) IS NULL AS most
FROM flow;
SELECT flow_svg(f, 'de') FROM flow;
SELECT flow_svg(f, most => 0) FROM flow;
SELECT flow_svg(f, most => 51) FROM flow;
SET client_min_messages = warning;
DROP SCHEMA flow_svg_test CASCADE;
