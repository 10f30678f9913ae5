--
-- What a journey map says when something is wrong, whole, as psql shows it: no line of CONTEXT but those for people.
--
\set VERBOSITY default
\set SHOW_CONTEXT errors
\pset format unaligned
CREATE SCHEMA map_test;
SET search_path = map_test, public;
CREATE TABLE "Ankieta – odpowiedzi" (id integer, day text, "Ocena NPS" integer, "stage " text,
	answered_at timestamptz, nps smallint, "Źródło" text, answer text);

-- a name that is nearly that of a column, by case, blank, underscore, quotes or a few letters
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answeredat', stage => 'stage ', nps => 'nps');
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'stage', nps => 'nps');
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'źródło', nps => 'nps');
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'stage ', nps => 'ocena nps');
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'stage ', nps => 'Ocena NPS ');
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'stage ',
	nps => '"ocena nps"');
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'stage ', nps => 'score');
-- a constant
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'survey', nps => 'nps');
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'Obsługa klienta',
	nps => 'nps');
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => '$', nps => 'nps');
-- within an expression PostgreSQL says where
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'stage ',
	nps => 'nullif(score, 9)');
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'stage ', nps => 'nullif(nps');
-- other errors
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'stage ', nps => 'answer');
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'stage ');
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'stage ', nps => 'nps',
	bucket => 'minute');
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'stage ', nps => 'nps',
	timezone => 'Mars/Olympus');
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'stage ', nps => 'nps',
	timezone => 'warsaw');
SELECT create_journey_map('m', 'pg_class', at => 'relname', stage => 'relname', nps => 'relpages');

-- expressions that fail on rows, on the map or not: said with the map, the argument and the expression, and nothing is
-- made
INSERT INTO "Ankieta – odpowiedzi" (day, "stage ", nps, answer)
	VALUES ('31.12.2025', 'zakup', 9, '7'), ('2025-12-30', NULL, 9, 'siedem');
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'day::date', stage => 'stage ', nps => 'nps');
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'stage ',
	nps => 'answer::integer');
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'stage ', nps => 'nps',
	segment => '(100 / (nps - 9))::text');
SELECT relname FROM pg_class WHERE relnamespace = 'map_test'::regnamespace AND relkind IN ('r', 'v');
-- an empty table: said beforehand, and at the first write
TRUNCATE "Ankieta – odpowiedzi";
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'day::date', stage => 'stage ', nps => 'nps');
SET datestyle = 'ISO, DMY';
\set SHOW_CONTEXT never
INSERT INTO "Ankieta – odpowiedzi" (day, "stage ", nps) VALUES ('31.12.2025', 'zakup', 9);
INSERT INTO "Ankieta – odpowiedzi" (day, "stage ", nps) VALUES ('wczoraj', 'zakup', 9);
INSERT INTO "Ankieta – odpowiedzi" (day, "stage ", nps) VALUES ('2025-12-31', 'zakup', 9);
RESET datestyle;
\set SHOW_CONTEXT errors
SELECT * FROM check_journey_map('m');
UPDATE m_definition SET at = 'to_date(day, ''DD.MM.YYYY'')';
SELECT rebuild_journey_map('m');
TRUNCATE "Ankieta – odpowiedzi";
SELECT rebuild_journey_map('m');
INSERT INTO "Ankieta – odpowiedzi" (day, "stage ", nps) VALUES ('31.12.2025', 'zakup', 9);
SELECT bucket AT TIME ZONE 'UTC' AS day, stage, responses FROM m_summaries;
SELECT * FROM check_journey_map('m');

-- all other functions
SELECT create_journey_map('m', '"Ankieta – odpowiedzi"', at => 'answered_at', stage => 'stage ', nps => 'nps');
SELECT drop_journey_map('nothing');
SELECT rebuild_journey_map('nothing');
SELECT refresh_journey_map('nothing');
SELECT check_journey_map('nothing');
SELECT * FROM check_journey_map('nothing');
SELECT * FROM journey_map_cells('nothing');
SELECT journey_map_svg('M');
SELECT journey_map_svg('"m"');
-- what else is called so and comes first
CREATE TEMP TABLE m_definition ();
SELECT journey_map_svg('m');
DROP TABLE pg_temp.m_definition;
SELECT journey_map_svg('nothing');
SELECT journey_map_mermaid('nothing');
BEGIN;
UPDATE m_definition SET nps = 'lost';
SELECT rebuild_journey_map('m');
ROLLBACK;
UPDATE m_definition SET stage = 'nowhere';
SELECT * FROM check_journey_map('m');
SELECT rebuild_journey_map('m');
-- tables for people
\set VERBOSITY terse
INSERT INTO m_notes (kind, note) VALUES ('Idea', 'x');
\set VERBOSITY default
INSERT INTO m_targets (stage, metric, target) VALUES ('zakup', 'NPS', 30);
INSERT INTO m_targets (stage, metric, target) VALUES ('zakup', 'nps', 101);
INSERT INTO m_targets (stage, metric, target) VALUES ('zakupy', 'nps', 30);
-- what stands around the call is the caller's
DO $$ BEGIN PERFORM refresh_journey_map('nothing'); END $$;
-- caught within, and rows that come one by one
CREATE FUNCTION caught() RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM rebuild_journey_map('m');
	RETURN 'no error';
EXCEPTION WHEN undefined_column THEN
	RETURN SQLERRM;
END $$;
SELECT caught(), caught(), (check_journey_map('m')).problem, (journey_map_cells('m')).stage FROM generate_series(1, 2);
SELECT c.responses FROM generate_series(1, 2) AS i, LATERAL journey_map_cells('m', CASE i WHEN 1 THEN '(all)' END) AS c;
-- periods beyond all dates, and the longest ones; a change that was noted there hides no other
SELECT count(*) FROM journey_map_cells('m', period => '[5874897-12-31,)');
SELECT count(*) FROM journey_map_scores('m', period => '[4713-01-01 BC,2026-01-01)');
SELECT count(*) FROM journey_map_shift('m', '(,0001-12-30 BC]', '[2026-01-01,2026-01-31]');
SELECT period, (SELECT count(*) FROM journey_map_scores('m', period => period) AS s WHERE s.stage IS NULL) AS scores,
       (SELECT count(s.change) FROM journey_map_scores('m', period => period) AS s) AS changes
  FROM unnest(ARRAY['[0001-01-01,10000-01-01)', '[0002-01-01,10000-01-01)', '[2026-01-01,2026-02-01)',
	'[-infinity,infinity]']::daterange[]) AS period;
INSERT INTO m_notes (kind, note, noted_at, days)
SELECT 'change', 'x', noted_at, 3660
  FROM unnest(ARRAY['4714-11-24 00:00 BC', '0001-01-01', '2026-01-02', '9999-12-31', '294270-01-01',
	'-infinity']::timestamptz[]) AS noted_at;
SELECT changed_at::date FROM m_changes ORDER BY 1;

-- no errors, and yet hardly meant: a scale without its last point, and stages in another case
CREATE TABLE answers (at date, stage text, nps integer, csat integer, ces numeric, mood numeric);
INSERT INTO answers VALUES ('2026-01-01', 'Buy', 99, 5, 7, 3), ('2026-01-01', 'Buy', 10, 5, 3.5, 0),
	('2026-01-02', 'Use', 0, 4, 1, -2);
SELECT create_journey_map('short', 'answers', at => 'at', stage => 'stage', csat => 'csat', csat_scale => '[1,5)');
SELECT create_journey_map('odd', 'answers', at => 'at', stage => 'stage', nps => 'nps', csat => 'csat', ces => 'ces',
	emotion => 'mood');
SELECT sum(invalid) AS invalid FROM odd;
SELECT create_journey_map('case', 'answers', at => 'at', stage => 'stage', csat => 'csat',
	stages => '{buy,Help,Use}');
SELECT create_journey_map('fine', 'answers', at => 'at', stage => 'stage', csat => 'csat', stages => '{Help,Use}');
INSERT INTO odd_targets (metric, target) VALUES ('ces', 85);

-- a table or a schema that is not there, as where somebody dropped it meanwhile, is no internal error
\set VERBOSITY sqlstate
SELECT create_journey_map('none', 0, at => 'at', stage => 'stage', nps => 'nps');
SELECT cxjourney_internal.journey_map_require_plain('map', 1);
SELECT cxjourney_internal.journey_map_ready('none', 1, '{at}', 'public', '{none_pending}');
SELECT cxjourney_internal.journey_map_expression('map', 1, 'at', 'at', 'public', false);
SELECT cxjourney_internal.journey_map_opened_to(1);
\set VERBOSITY default

SET client_min_messages = warning;
DROP SCHEMA map_test CASCADE;
