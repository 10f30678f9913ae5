-- The pictures of a real journey map: what is drawn is what the answers say, whatever the labels and the name are.
\set VERBOSITY terse
SET client_min_messages = warning;
CREATE SCHEMA pictures;
CREATE TABLE x (kept integer);
CREATE TABLE answers (at timestamptz, stage text, touchpoint text, persona text, score integer, happy integer);

-- 40 answers at the website, of which 30 promote; 40 at the courier, all detract; 10 at the counter.
INSERT INTO answers
SELECT timestamptz '2026-01-05 12:00Z' + n * interval '1 day', 'search', 'web: "site" & <app>', 'students', CASE WHEN n <= 30 THEN 10 ELSE 7 END, 5 FROM generate_series(1, 40) AS n
UNION ALL SELECT '2026-02-01 12:00Z', 'delivery;#', '</svg><script>alert(1)</script>', 'families', n % 7, 1 FROM generate_series(1, 40) AS n
UNION ALL SELECT '2026-02-01 12:00Z', 'delivery;#', 'title: counter', '"; DROP TABLE x; --', 8, NULL FROM generate_series(1, 10) AS n;

SET search_path = pictures, public;
SELECT create_journey_map('"; DROP TABLE x; --', 'public.answers', at => 'at', stage => 'stage', touchpoint => 'touchpoint', segment => 'persona',
	nps => 'score', csat => 'happy', bucket => 'month', timezone => 'Europe/Warsaw', stages => '{search,delivery;#}');
INSERT INTO """; DROP TABLE x; --_notes" (stage, kind, note) VALUES ('search', 'thinks', 'is 1 < 2 & "so"?'), (NULL, 'idea', '<b>ring</b>');

SELECT journey_map_mermaid('"; DROP TABLE x; --');
SELECT journey_map_mermaid('"; DROP TABLE x; --', '"; DROP TABLE x; --');
CREATE FUNCTION pg_temp.texts(svg text) RETURNS TABLE (part text)
LANGUAGE sql
AS $$
	SELECT part::text
	FROM unnest(xpath('//s:text', xmlparse(document svg), '{{s,http://www.w3.org/2000/svg}}')) WITH ORDINALITY AS u(element, n),
		LATERAL (SELECT (xpath('string(/*)', element))[1]::text AS part) AS text
	ORDER BY n
$$;
SELECT * FROM pg_temp.texts(journey_map_svg('"; DROP TABLE x; --'));
SELECT * FROM pg_temp.texts(journey_map_svg('"; DROP TABLE x; --', 'students', language => 'pl')) LIMIT 26;

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
