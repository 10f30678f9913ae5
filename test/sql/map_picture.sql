-- The pictures of a real journey map: what is drawn is what the answers say, whatever the labels and the name are.
\set VERBOSITY terse
SET client_min_messages = warning;
CREATE SCHEMA pictures;
CREATE TABLE x (kept integer);
CREATE TABLE answers (at timestamptz, stage text, touchpoint text, persona text, score integer, happy integer);

-- 40 answers at the website, of which 30 promote; 40 at the courier, all detract; 10 at the counter.
INSERT INTO answers
SELECT timestamptz '2026-01-05 12:00Z' + n * interval '1 day', 'search', 'web: "site" & <app>', 'students',
	CASE WHEN n <= 30 THEN 10 ELSE 7 END, 5 FROM generate_series(1, 40) AS n
UNION ALL SELECT '2026-02-01 12:00Z', 'delivery;#', '</svg><script>alert(1)</script>', 'families', n % 7, 1
FROM generate_series(1, 40) AS n
UNION ALL SELECT '2026-02-01 12:00Z', 'delivery;#', 'title: counter', '"; DROP TABLE x; --', 8, NULL
FROM generate_series(1, 10) AS n;

SET search_path = pictures, public;
SELECT create_journey_map('"; DROP TABLE x; --', 'public.answers', at => 'at', stage => 'stage',
	touchpoint => 'touchpoint', segment => 'persona',
	nps => 'score', csat => 'happy', bucket => 'month', timezone => 'Europe/Warsaw', stages => '{search,delivery;#}');
INSERT INTO """; DROP TABLE x; --_notes" (stage, kind, note)
VALUES ('search', 'thinks', 'is 1 < 2 & "so"?'), (NULL, 'idea', '<b>ring</b>');

SELECT journey_map_mermaid('"; DROP TABLE x; --');
SELECT journey_map_mermaid('"; DROP TABLE x; --', '"; DROP TABLE x; --');
CREATE FUNCTION pg_temp.texts(svg text) RETURNS TABLE (part text)
LANGUAGE sql
AS $$
	SELECT part::text
	FROM unnest(xpath('//s:text', xmlparse(document svg), '{{s,http://www.w3.org/2000/svg}}')) WITH ORDINALITY
		AS u(element, n),
		LATERAL (SELECT (xpath('string(/*)', element))[1]::text AS part) AS text
	ORDER BY n
$$;
SELECT * FROM pg_temp.texts(journey_map_svg('"; DROP TABLE x; --'));
SELECT * FROM pg_temp.texts(journey_map_svg('"; DROP TABLE x; --', 'students', language => 'pl')) LIMIT 38;

-- Whole stages and the whole journey, against plain SQL over the answers; the month before is a month, whatever its
-- days are.
CREATE FUNCTION pg_temp.plain(persona text, period daterange)
	RETURNS TABLE (stage text, metric text, responses bigint, value numeric)
LANGUAGE sql
AS $$
	SELECT a.stage, metric, count(answer), CASE metric
			WHEN 'nps' THEN 100.0 * (count(*) FILTER (WHERE answer >= 9) - count(*) FILTER (WHERE answer <= 6)) /
				count(answer)
			ELSE 100.0 * count(*) FILTER (WHERE answer >= 4) / count(answer) END
	FROM public.answers AS a, LATERAL (VALUES ('nps', score), ('csat', happy)) AS m(metric, answer)
	WHERE ($1 IS NULL OR a.persona = $1) AND ($2 IS NULL OR (at AT TIME ZONE 'Europe/Warsaw')::date <@ $2)
	GROUP BY metric, ROLLUP(a.stage) HAVING count(answer) > 0
$$;
SELECT segment, period, count(*) AS scores, count(change) AS changes,
	count(*) FILTER (WHERE abs(s.value - p.value) < 1e-9 AND s.responses = p.responses
		AND (s.change - (p.value - b.value) IS NULL AND change IS NULL AND b.value IS NULL
			OR abs(s.change - (p.value - b.value)) < 1e-9)) AS as_plain
FROM (VALUES (NULL, NULL::daterange, 'empty'::daterange), ('families', NULL, 'empty'),
	(NULL, '[2026-02-01,2026-03-01)', '[2026-01-01,2026-02-01)'),
		('students', '[2026-02-01,2026-03-01)', '[2026-01-01,2026-02-01)'),
		(NULL, '[2026-02-01,2026-04-01)', '[2025-12-01,2026-02-01)'),
		(NULL, '[2026-02-01,)', 'empty'), (NULL, '(,2026-03-01)', 'empty')) AS part(segment, period, before)
CROSS JOIN LATERAL journey_map_scores('"; DROP TABLE x; --', segment, period) AS s
LEFT JOIN LATERAL pg_temp.plain(segment, period) AS p ON p.stage IS NOT DISTINCT FROM s.stage AND p.metric = s.metric
LEFT JOIN LATERAL pg_temp.plain(segment, before) AS b ON b.stage IS NOT DISTINCT FROM s.stage AND b.metric = s.metric
GROUP BY segment, period ORDER BY segment, period;
SELECT stage, stage_position, metric, responses, round(value, 2) AS value, round(change, 2) AS change,
	round(change_p_value::numeric, 6) AS p_value, enough
FROM journey_map_scores('"; DROP TABLE x; --', period => '[2026-02-01,2026-03-01)');
SELECT count(*) AS none FROM journey_map_scores('"; DROP TABLE x; --', period => '[2020-02-01,2020-03-01)');
SELECT * FROM journey_map_scores('"; DROP TABLE x; --', 'nobody');
SELECT * FROM journey_map_scores('"; DROP TABLE x; --', period => '[2026-02-01,2026-03-02)');

-- The picture is as fresh as the answers, in the same transaction too.
BEGIN;
INSERT INTO answers VALUES ('2026-01-05 12:00Z', 'search', 'phone', 'students', 0, 1);
SELECT count(*) FROM pg_temp.texts(journey_map_svg('"; DROP TABLE x; --')) WHERE part = 'phone';
ROLLBACK;
SELECT count(*) FROM pg_temp.texts(journey_map_svg('"; DROP TABLE x; --')) WHERE part = 'phone';

-- Found in the search_path only, read with the rights of the reader only.
SET search_path = public;
SELECT journey_map_svg('"; DROP TABLE x; --');
SELECT journey_map_mermaid('no such map');
CREATE ROLE regress_picture_reader;
GRANT USAGE ON SCHEMA pictures TO regress_picture_reader;
SET search_path = pictures, public;
SET ROLE regress_picture_reader;
SELECT journey_map_svg('"; DROP TABLE x; --');
RESET ROLE;
GRANT SELECT ON ALL TABLES IN SCHEMA pictures TO regress_picture_reader;
SET ROLE regress_picture_reader;
SELECT xml_is_well_formed_document(journey_map_svg('"; DROP TABLE x; --')) AS with_rights_on_the_map;
RESET ROLE;
SELECT count(*) AS kept FROM x;

SELECT drop_journey_map('"; DROP TABLE x; --');
DROP SCHEMA pictures CASCADE;
DROP TABLE x, answers;
DROP ROLE regress_picture_reader;
