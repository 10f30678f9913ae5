--
-- A file of answers and the next, loaded as docs/sources does: no answer twice, none lost, no code that nobody knows.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set SHOW_CONTEXT never
\set VERBOSITY terse
\pset null -
SET client_min_messages = warning;
SET timezone = 'UTC';
CREATE SCHEMA load_test;
SET search_path = load_test, public;

-- the table of a file by the lines of docs/sources/qualtrics.md: no comma at its end, no byte-order mark, no CR
\set names `printf '\357\273\277Q1,"Q (2)",Q3\r\n7,8\r\n' | head -1 | tr -d '"\r' | sed "s/^$(printf '\357\273\277')//"`
\setenv NAMES :names
\set created `printf '%s\n' "$NAMES" | sed 's/,/" text, "/g; s/.*/CREATE TABLE file ("&" text);/'`
SELECT :'created' AS created;
:created
\copy file FROM PROGRAM 'printf "\357\273\277Q1,Q (2),Q3\r\n7,8,9\r\n" | tail -c +4' (FORMAT csv, HEADER MATCH)
SELECT * FROM file;
DROP TABLE file;

-- Qualtrics: the statements of the page, in a function that takes the rows of a file
CREATE TABLE file ("ResponseId" text, "Status" text, "Finished" text, "EndDate" text, "Q1" text);
CREATE FUNCTION counts(status text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
	SELECT CASE WHEN status IN ('0', '4', '16') THEN true
				WHEN status IN ('1', '2', '8', '9', '12', '17') THEN false
				ELSE ('Status is ' || coalesce(status, 'NULL'))::boolean END
$$;
CREATE TABLE export (LIKE file, PRIMARY KEY ("ResponseId"),
	CONSTRAINT status_is_known CHECK (counts("Status") IS NOT NULL),
	CONSTRAINT finished_is_known CHECK ("Finished"::boolean IS NOT NULL),
	CONSTRAINT year_comes_first CHECK ("EndDate" ~ '^\d{4}-\d\d-\d\d \d\d:\d\d'));
CREATE VIEW answer_rows AS
SELECT "ResponseId" AS id, "EndDate"::timestamp AT TIME ZONE 'UTC' AS at, 'visit' AS stage, score_from_text("Q1") AS nps
  FROM export WHERE counts("Status") AND "Finished"::boolean;
CREATE TABLE answers AS TABLE answer_rows;
ALTER TABLE answers ADD PRIMARY KEY (id);
SELECT create_journey_map('loaded', 'answers', at => 'at', stage => 'stage', nps => 'nps');
CREATE FUNCTION load(VARIADIC lines text[]) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	TRUNCATE file;
	INSERT INTO file SELECT v[1], v[2], v[3], v[4], v[5]
		FROM unnest('Response ID,Response Type,Finished,End Date,Why?'::text || lines) AS line,
			 string_to_array(line, ',') AS v;
	DELETE FROM export WHERE "ResponseId" IN (SELECT "ResponseId" FROM file);
	INSERT INTO export SELECT * FROM file WHERE "ResponseId" LIKE 'R\_%';
	DELETE FROM answers WHERE id IN (SELECT id FROM (TABLE answers EXCEPT TABLE answer_rows) AS gone);
	INSERT INTO answers (TABLE answer_rows EXCEPT TABLE answers);
	RETURN (SELECT string_agg(id || ' ' || nps, ', ' ORDER BY id) FROM answers);
END $$;
-- an offline answer and an imported one count, a preview, spam and what was only begun do not
SELECT load('R_1,0,1,2026-03-01 10:00:00,10', 'R_2,16,1,2026-03-01 11:00:00,9', 'R_3,4,True,2026-03-01 12:00:00,3',
	'R_4,1,1,2026-03-01 12:00:00,0', 'R_5,8,1,2026-03-01 12:00:00,0', 'R_6,0,0,2026-03-01 12:00:00,0') AS first;
-- the same file again; one that has a correction, spam that is none, a new answer, and not the others
SELECT load('R_1,0,1,2026-03-01 10:00:00,10', 'R_2,16,1,2026-03-01 11:00:00,9', 'R_3,4,True,2026-03-01 12:00:00,3',
	'R_4,1,1,2026-03-01 12:00:00,0', 'R_5,8,1,2026-03-01 12:00:00,0', 'R_6,0,0,2026-03-01 12:00:00,0') AS again;
SELECT load('R_3,4,True,2026-03-01 12:00:00,7', 'R_5,0,1,2026-03-01 12:00:00,0',
	'R_7,0,1,2026-03-02 10:00:00,8') AS next;
-- what the source says is gone, and only that
SELECT load('R_1,8,1,2026-03-01 10:00:00,10') AS spam;
SELECT responses, nps FROM loaded;
SELECT count(*) AS problems FROM check_journey_map('loaded');
-- labels, and what else nobody knows, stop the load; the map is as it was
SELECT line, pg_temp.message_of(format('SELECT load(%L)', line))
  FROM unnest(ARRAY['R_8,IP Address,True,2026-03-01 10:00:00,10', 'R_8,32,1,2026-03-01 10:00:00,10',
	'R_8,,1,2026-03-01 10:00:00,10', 'R_8,0,Wahr,2026-03-01 10:00:00,10', 'R_8,0,1,3/4/2026 10:00,10',
	'R_8,0,1,2026-03-01 10:00:00,ten']) AS line;
SELECT pg_temp.message_of($$SELECT load('R_8,0,1,2026-03-01 10:00:00,1', 'R_8,0,1,2026-03-01 10:00:00,2')$$) AS twice;
SELECT string_agg(id || ' ' || nps, ', ' ORDER BY id) AS answers FROM answers;

-- SurveyMonkey: letter case and blanks do not count, an empty label is no answer, an unknown one is an error
CREATE FUNCTION satisfaction(label text) RETURNS integer IMMUTABLE LANGUAGE sql AS $$
	SELECT CASE lower(btrim(label)) WHEN 'very satisfied' THEN 5 WHEN 'satisfied' THEN 4
				WHEN 'neither satisfied nor dissatisfied' THEN 3
				WHEN 'dissatisfied' THEN 2 WHEN 'very dissatisfied' THEN 1
				ELSE score_from_text(label) END
$$;
SELECT label, satisfaction(label)
  FROM unnest(ARRAY['very satisfied', 'Satisfied ', 'VERY DISSATISFIED', '3 - so so', '', ' ', NULL]) AS label;
SELECT label, pg_temp.message_of(format('SELECT satisfaction(%L)', label)) LIKE '22P02 "' || label || '"%' AS refused
  FROM unnest(ARRAY['N/A', 'Very happy', 'choice 8005', 'satisfied?']) AS label;
-- times of the account, with zeros and without, whatever the session's zone and DateStyle: New York has no half past
-- two on 8 March 2026
CREATE FUNCTION at(text) RETURNS timestamptz STABLE LANGUAGE sql AS $$
	SELECT to_timestamp($1 || ' +00', 'MM/DD/YYYY HH12:MI:SS AM TZH') AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Warsaw'
$$;
CREATE TABLE times (written text, utc timestamp);
INSERT INTO times VALUES ('03/08/2026 02:30:01 AM', '2026-03-08 01:30:01'),
	('3/8/2026 2:30:01 AM', '2026-03-08 01:30:01'),
	('3/15/2026 10:02:30 AM', '2026-03-15 09:02:30'), ('12/5/2026 10:02:30 PM', '2026-12-05 21:02:30'),
	('7/1/2026 12:00:00 AM', '2026-06-30 22:00:00'), ('7/1/2026 12:00:00 PM', '2026-07-01 10:00:00');
CREATE FUNCTION wrong(zone text, style text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('TimeZone', zone, true), set_config('DateStyle', style, true);
	RETURN (SELECT count(*) FROM times WHERE at(written) IS DISTINCT FROM utc AT TIME ZONE 'UTC');
END $$;
SELECT count(*) AS settings, sum(wrong(zone, style)) AS wrong
  FROM unnest(ARRAY['America/New_York', 'UTC', 'Asia/Tokyo']) AS zone,
       unnest(ARRAY['ISO, MDY', 'ISO, DMY', 'German']) AS style;
SELECT count(*) FILTER (WHERE written ~ shape) AS taken, count(*) FILTER (WHERE written !~ shape) AS refused
  FROM (VALUES ('^(\d\d?/\d\d?/\d{4} \d\d?:\d\d:\d\d [AP]M)?$')) AS c(shape),
       (SELECT written FROM times UNION VALUES (''), ('3/8/26 2:30:01 AM'), ('3/8/2026 14:30'), ('8.3.2026 14:30:00'),
		('2026-03-08 02:30:01'), ('3/8/2026 2:30 AM')) AS all_times;

-- a row per answer: two scores that differ are an error, and not the better of them
CREATE FUNCTION same_score(integer, integer) RETURNS integer IMMUTABLE STRICT LANGUAGE sql AS $$
	SELECT CASE WHEN $1 = $2 THEN $1 ELSE ('two scores, ' || least($1, $2) || ' and ' || greatest($1, $2))::integer END
$$;
CREATE AGGREGATE one_score(integer) (SFUNC = same_score, STYPE = integer);
SELECT one_score(v) AS equal FROM (VALUES (NULL), (6), (6), (NULL)) AS scores(v);
SELECT one_score(v) AS none FROM (VALUES (NULL::integer), (NULL)) AS scores(v);
SELECT pg_temp.message_of('SELECT one_score(v) FROM (VALUES (6), (NULL), (10)) AS scores(v)');
DROP SCHEMA load_test CASCADE;
