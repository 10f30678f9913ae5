--
-- Answers in the shape that exports and loaders leave: the traps of each tool, on made-up rows, with the value by hand.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set SHOW_CONTEXT never
\pset null -
SET client_min_messages = warning;
SET timezone = 'UTC';
CREATE SCHEMA shapes_test;
SET search_path = shapes_test, public;

-- Qualtrics: two headers are left behind HEADER; of five responses one is a preview and one was only begun
CREATE TABLE qualtrics ("StartDate" text, "Status" text, "Finished" text, "ResponseId" text,
	"DistributionChannel" text, "Q1_NPS_GROUP" text, "Q1" text, "Q2" text);
COPY qualtrics FROM stdin WITH (FORMAT csv, HEADER MATCH);
StartDate,Status,Finished,ResponseId,DistributionChannel,Q1_NPS_GROUP,Q1,Q2
Start Date,Response Type,Finished,Response ID,Distribution Channel,How likely - Group,How likely,How easy
"{""ImportId"":""startDate""}","{""ImportId"":""status""}",,"{""ImportId"":""_recordId""}",,,"{""ImportId"":""QID1""}",
2026-03-01 10:00:00,0,1,R_1,email,3,10,7
2026-03-01 11:00:00,1,1,R_2,preview,2,8,4
2026-03-01 12:00:00,0,0,R_3,anonymous,1,2,
2026-03-01 13:00:00,0,1,R_4,email,1,0,-99
2026-03-01 14:00:00,0,1,R_5,email,3,9,5
\.
CREATE VIEW qualtrics_answers AS
SELECT nullif(score_from_text("Q1"), -99) AS nps, nullif(score_from_text("Q2"), -99) AS ces, "Q1_NPS_GROUP" AS nps_group
  FROM qualtrics WHERE "Status" = '0' AND "Finished" = '1' OFFSET 0;
-- by hand: 10 and 9 against 0 of 3; the mean of 7 and 5
SELECT count(*) AS rows, count(*) FILTER (WHERE "ResponseId" LIKE 'R\_%') AS responses FROM qualtrics;
SELECT round(nps_agg(nps), 2) AS nps, ces_agg(ces) = 6 AS ces, count(ces) AS efforts FROM qualtrics_answers;
-- with the preview, or with the one that was only begun, it would be another number, and -99 is no effort
SELECT nps_agg(score_from_text("Q1")) = 25 AS with_preview FROM qualtrics WHERE "Finished" = '1';
SELECT nps_agg(score_from_text("Q1")) = 0 AS with_begun FROM qualtrics WHERE "Status" = '0';
SELECT pg_temp.message_of($$SELECT ces_agg(score_from_text("Q2")) FROM qualtrics WHERE "Status" = '0'$$);
SELECT pg_temp.message_of($$SELECT nps_agg(score_from_text("Q1")) FROM qualtrics$$);
-- the groups of the tool are those of nps_group
SELECT count(*) AS groups, count(*) FILTER (WHERE nps_group(nps) <>
	(ARRAY['detractor', 'passive', 'promoter'])[q.nps_group::integer]) AS differing FROM qualtrics_answers AS q;
-- a condition on the view never reaches the headers
SELECT count(*) FROM qualtrics_answers WHERE nps <= 6;
-- a file with other columns is no file of this table
CREATE TABLE qualtrics_other ("StartDate" text, "Q1" text);
COPY qualtrics_other FROM stdin WITH (FORMAT csv, HEADER MATCH);
StartDate,Q2
\.
SELECT count(*) FROM qualtrics_other;

-- a byte-order mark is a part of the first name for HEADER MATCH, and looks like none; the two ways of docs/sources
CREATE TABLE marked ("StartDate" text, "Q1" text);
\copy marked FROM PROGRAM 'printf "\357\273\277StartDate,Q1\n2026-03-01,9\n"' WITH (FORMAT csv, HEADER MATCH)
\copy marked FROM PROGRAM 'printf "\357\273\277StartDate,Q1\n2026-03-01,9\n" | tail -c +4' (FORMAT csv, HEADER MATCH)
\copy marked FROM PROGRAM 'printf "\357\273\277StartDate,Q1\n2026-03-02,8\n"' WITH (FORMAT csv, HEADER)
SELECT * FROM marked ORDER BY 1;

-- SurveyMonkey: one header is left behind HEADER; labels with and without a number
CREATE TABLE surveymonkey (respondent_id text, recommend text, satisfied text);
COPY surveymonkey FROM stdin WITH (FORMAT csv, HEADER);
Respondent ID,How likely is it that you would recommend us?,How satisfied are you?
,Response,Response
118000000001,10 - Extremely likely,Very satisfied
118000000002,7,Neither satisfied nor dissatisfied
118000000003,0 - Not at all likely,Satisfied
\.
-- by hand: a promoter and a detractor of 3; 5, 3 and 4 of which two are satisfied
SELECT nps_agg(score_from_text(recommend)) = 0 AS nps, round(csat_agg(score), 2) AS csat
  FROM surveymonkey LEFT JOIN (VALUES ('Very satisfied', 5), ('Satisfied', 4),
	('Neither satisfied nor dissatisfied', 3)) AS labels(label, score) ON label = satisfied WHERE respondent_id <> '';
SELECT pg_temp.message_of($$SELECT nps_agg(score_from_text(recommend)) FROM surveymonkey$$);
-- the id of a choice is no score, and its position is one too many; the text of the choice has the number
CREATE TABLE surveymonkey_answers (response_status text, choice_id text);
CREATE TABLE surveymonkey_questions (answers jsonb);
INSERT INTO surveymonkey_answers VALUES ('completed', '9010'), ('completed', '9006'), ('partial', '9000');
INSERT INTO surveymonkey_questions VALUES ('{"choices": [{"id": "9000", "text": "0 - Not at all likely", "position": 1},
	{"id": "9006", "text": "6", "position": 7}, {"id": "9010", "text": "10 - Extremely likely", "position": 11}]}');
SELECT nps_agg(score_from_text(choice ->> 'text')) = 0 AS nps, count(*) AS answers
  FROM surveymonkey_answers JOIN (SELECT jsonb_array_elements(answers -> 'choices') AS choice
		FROM surveymonkey_questions) AS c
    ON choice ->> 'id' = choice_id WHERE response_status = 'completed';
SELECT pg_temp.message_of($$SELECT nps_agg(score_from_text(choice_id)) FROM surveymonkey_answers$$);
SELECT pg_temp.message_of($$SELECT nps_agg((choice ->> 'position')::integer)
	FROM surveymonkey_questions, jsonb_array_elements(answers -> 'choices') AS choice$$);

-- Medallia, Qualtrics by Fivetran, Salesforce: a row per answer, scores as text among other texts
CREATE TABLE long_form (feedback_id integer, question_id text, value text);
INSERT INTO long_form VALUES (1, 'q_ltr', '10'), (1, 'q_osat', '5'), (1, 'q_comment', '10 out of 10'),
	(2, 'q_ltr', '6'), (2, 'q_osat', ''), (2, 'q_reason', 'price'), (2, 'q_reason', 'speed'),
	(3, 'q_ltr', NULL), (3, 'q_osat', '2'), (3, 'q_comment', 'A queue');
CREATE VIEW long_answers AS
SELECT feedback_id, max(score_from_text(value)) FILTER (WHERE question_id = 'q_ltr') AS nps,
       max(score_from_text(value)) FILTER (WHERE question_id = 'q_osat') AS csat,
       max(value) FILTER (WHERE question_id = 'q_comment') AS comment
  FROM long_form GROUP BY feedback_id;
SELECT * FROM long_answers ORDER BY feedback_id;
-- by hand: 10 against 6; one of 5 and 2
SELECT nps_agg(nps) = 0 AS nps, csat_agg(csat) = 50 AS csat, count(nps) AS scores FROM long_answers;
SELECT count(*) FROM long_answers WHERE nps <= 6 AND csat IS NULL;
-- without the question, the first text is an error, and numbers of two scales would be mixed
SELECT pg_temp.message_of($$SELECT nps_agg(score_from_text(value)) FROM long_form WHERE feedback_id = 2$$);

-- a corrected answer is a row more: the last one counts, be it worse, better or taken back; of two of one time none
CREATE FUNCTION same_score(integer, integer) RETURNS integer IMMUTABLE STRICT LANGUAGE sql AS $$
	SELECT CASE WHEN $1 = $2 THEN $1
		ELSE ('two scores, ' || least($1, $2) || ' and ' || greatest($1, $2))::integer END
$$;
CREATE AGGREGATE one_score(integer) (SFUNC = same_score, STYPE = integer);
ALTER TABLE long_form ADD synced date DEFAULT '2026-03-01';
INSERT INTO long_form VALUES (1, 'q_ltr', '6', '2026-03-02'), (2, 'q_ltr', '9', '2026-03-03'),
	(2, 'q_ltr', '10', '2026-03-02'), (3, 'q_ltr', '8', '2026-03-01'), (3, 'q_osat', '', '2026-03-02');
CREATE VIEW last_answer AS
SELECT feedback_id, question_id, value
  FROM (SELECT *, rank() OVER (PARTITION BY feedback_id, question_id ORDER BY synced DESC) AS version
		FROM long_form) AS versions WHERE version = 1;
CREATE VIEW corrected AS
SELECT feedback_id, one_score(score_from_text(value)) FILTER (WHERE question_id = 'q_ltr') AS nps,
       one_score(score_from_text(value)) FILTER (WHERE question_id = 'q_osat') AS csat
  FROM last_answer GROUP BY feedback_id;
SELECT * FROM corrected ORDER BY feedback_id;
-- by hand: 9 against 6 of 6, 9, 8; with max it would be 10, 10, 8
SELECT nps_agg(nps) = 0 AS nps, csat_agg(csat) = 100 AS csat FROM corrected;
INSERT INTO long_form VALUES (1, 'q_osat', '2', '2026-03-01');
SELECT pg_temp.message_of('SELECT csat FROM corrected WHERE feedback_id = 1');
-- Salesforce: the number is in one column or in the other
SELECT nps_agg(score_from_text(coalesce(number_value::text, response_value))) = 0 AS nps, count(*) AS rows
  FROM (VALUES (9, '9'), (NULL, '5'), (8, NULL), (NULL, '')) AS q(number_value, response_value);

-- codes for no answer: 11 beside 0..10, 0 and 6 beside 1..5; errors of aggregates, and counted as invalid by a map
CREATE TABLE coded (at timestamptz, nps integer, csat integer);
INSERT INTO coded VALUES ('2026-03-01', 11, 5), ('2026-03-01', 10, 0), ('2026-03-01', 3, 6), ('2026-03-01', 9, 4);
SELECT pg_temp.error_of('SELECT nps_agg(nps) FROM coded', ' | ');
SELECT pg_temp.error_of('SELECT csat_agg(csat) FROM coded', ' | ');
SELECT round(nps_agg(nullif(nps, 11)), 2) AS nps FROM coded;
SELECT csat_agg(csat) FILTER (WHERE csat BETWEEN 1 AND 5) = 100 AS csat FROM coded;
SELECT create_journey_map('coded_map', 'coded', at => 'at', stage => $$'visit'$$, nps => 'nps', csat => 'csat');
SELECT responses, nps_responses, csat_responses, invalid, round(nps, 2) AS nps, csat = 100 AS csat FROM coded_map;

-- Zendesk: the last score that is an answer, whatever was offered before and after
CREATE TABLE ticket_field_history (ticket_id integer, field_name text, value text, updated timestamptz);
INSERT INTO ticket_field_history VALUES (1, 'status', 'new', '2026-03-01 08:00'),
	(1, 'satisfaction_score', 'offered', '2026-03-01 09:00'), (1, 'satisfaction_score', 'bad', '2026-03-01 10:00'),
	(1, 'satisfaction_score', 'good', '2026-03-01 11:00'),
	(1, 'satisfaction_score', 'offered', '2026-03-01 12:00'), (1, 'satisfaction_score', '', '2026-03-01 13:00'),
	(1, 'satisfaction_score', 'Offered', '2026-03-01 14:00'), (2, 'satisfaction_score', 'offered', '2026-03-01 09:00'),
	(3, 'satisfaction_score', 'offered', '2026-03-01 09:00'), (3, 'satisfaction_score', 'bad', '2026-03-01 10:00'),
	(4, 'status', 'open', '2026-03-01 09:00');
CREATE VIEW zendesk_answers AS
SELECT DISTINCT ON (ticket_id) ticket_id, zendesk_csat(value) AS csat FROM ticket_field_history
 WHERE zendesk_csat(value) IS NOT NULL AND field_name = 'satisfaction_score' ORDER BY ticket_id, updated DESC;
SELECT * FROM zendesk_answers ORDER BY ticket_id;
SELECT csat_agg(csat) = 50 AS csat, count(csat) AS rated FROM zendesk_answers;
-- a rating whose ticket has no row counts as it does in the tool; a type that is empty is no stage of its own
CREATE TABLE ticket (id integer PRIMARY KEY, type text);
INSERT INTO ticket VALUES (1, 'question'), (3, ' Question'), (5, ''), (6, NULL);
INSERT INTO ticket_field_history
SELECT id, 'satisfaction_score', 'good', '2026-03-01 10:00' FROM generate_series(5, 7) AS id;
CREATE VIEW zendesk_stages AS
SELECT coalesce(nullif(lower(btrim(type)), ''), 'no type') AS stage, csat
  FROM zendesk_answers LEFT JOIN ticket ON id = ticket_id;
SELECT csat_agg(csat) = 80 AS csat, count(csat) AS rated FROM zendesk_stages;
SELECT stage, count(*) FROM zendesk_stages GROUP BY stage ORDER BY stage;
-- surveys of 5, 3 and 2 points: good are 4 and 5, only 3, only 2, as csat_satisfied has it
SELECT points, array_agg(rating ORDER BY rating)
	FILTER (WHERE csat_satisfied(rating, int4range(1, points, '[]'))) AS good
  FROM unnest(ARRAY[5, 3, 2]) AS points, generate_series(1, points) AS rating GROUP BY points ORDER BY points;

-- Freshdesk: the satisfaction is the default question, others are not
CREATE TABLE freshdesk (ratings jsonb);
INSERT INTO freshdesk VALUES ('{"default_question": 103, "question_2": -102}'), ('{"default_question": 100}'),
	('{"default_question": -103}'), ('{"question_2": 103}');
SELECT round(csat_agg(freshdesk_csat((ratings ->> 'default_question')::integer)), 2) AS csat,
       count(freshdesk_csat((ratings ->> 'default_question')::integer)) AS rated FROM freshdesk;

-- ActiveCampaign: ||x||, blanks, and a history that the tool overwrites
CREATE TABLE field_values (id integer PRIMARY KEY, contact integer, field integer, value text, udate text);
INSERT INTO field_values VALUES (11, 5001, 7, '9', '2026-03-01T10:00:00-06:00'),
	(12, 5002, 7, '', '2026-03-02T10:00:00-06:00'), (13, 5003, 7, '||Promoter||', '2026-03-03T10:00:00-06:00'),
	(14, 5004, 7, '||10||', '2026-03-03T11:00:00-06:00'), (15, 5004, 8, '||3||8||', '2026-03-03T11:00:00-06:00');
CREATE VIEW contact_answers AS
SELECT contact || ' ' || udate AS id, contact, udate::timestamptz AS at,
       CASE WHEN value NOT IN ('||Promoter||', '||Passive||', '||Detractor||')
            THEN score_from_text(btrim(value, '| ')) END AS nps
  FROM field_values WHERE field = 7 AND value <> '' OFFSET 0;
SELECT contact, to_char(at, 'MM-DD HH24:MI') AS at, nps FROM contact_answers ORDER BY contact;
BEGIN;
UPDATE field_values SET value = '||Fan||' WHERE id = 13;
SELECT pg_temp.message_of('SELECT * FROM contact_answers') LIKE '22P02 "Fan"%' AS refused;
ROLLBACK;
CREATE TABLE kept AS TABLE contact_answers;
ALTER TABLE kept ADD PRIMARY KEY (id);
UPDATE field_values SET value = '2', udate = '2026-06-01T10:00:00-05:00' WHERE id = 11;
CREATE FUNCTION keep() RETURNS bigint LANGUAGE sql AS $$
	WITH new AS (INSERT INTO kept SELECT * FROM contact_answers AS c WHERE NOT EXISTS (SELECT FROM kept AS k
		WHERE k.contact = c.contact AND k.nps IS NOT DISTINCT FROM c.nps AND k.at > c.at - interval '30 days')
		ON CONFLICT (id) DO NOTHING RETURNING 1) SELECT count(*) FROM new
$$;
SELECT keep() AS new, keep() AS again;
-- saved again as it was, and again; half a year later it is an answer
UPDATE field_values SET udate = '2026-03-05T10:00:00-06:00' WHERE id IN (13, 14);
SELECT keep() AS saved_again;
UPDATE field_values SET udate = '2026-09-01T10:00:00-05:00' WHERE id = 14;
SELECT keep() AS later;
SELECT contact, array_agg(nps ORDER BY at) AS all_answers FROM kept GROUP BY contact ORDER BY contact;
SELECT string_to_array(btrim(value, '|'), '||') AS choices FROM field_values WHERE field = 8;

-- a map over a join: the two statements of docs/sources keep a table equal to the view, and the map exact, whatever
-- changes in the tables behind it
CREATE TABLE visit (visit integer PRIMARY KEY, touchpoint text);
CREATE TABLE score (id integer PRIMARY KEY, visit integer, at timestamptz, nps integer, comment text);
CREATE VIEW answer_rows AS
SELECT id, at, 'purchase' AS stage, touchpoint, nps, comment FROM score JOIN visit USING (visit);
CREATE TABLE answers AS TABLE answer_rows;
ALTER TABLE answers ADD PRIMARY KEY (id);
SELECT create_journey_map('joined', 'answers', at => 'at', stage => 'stage', touchpoint => 'touchpoint', nps => 'nps');
CREATE FUNCTION load(round integer) RETURNS TABLE (differing bigint, problems bigint) LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO visit SELECT v, 'web:' || pg_temp.random_int(v, round, 4)
		FROM generate_series(round * 5, round * 5 + 20) AS v
		ON CONFLICT (visit) DO UPDATE SET touchpoint = excluded.touchpoint;
	INSERT INTO score SELECT s, pg_temp.random_int(s, round, 60), timestamptz '2026-03-01' + s * interval '7 hours',
		nullif(pg_temp.random_int(s, round + 100, 12), 11), nullif('c' || pg_temp.random_int(s, round + 200, 3), 'c0')
		FROM generate_series(round * 10, round * 10 + 60) AS s
		ON CONFLICT (id) DO UPDATE SET nps = excluded.nps, visit = excluded.visit, comment = excluded.comment;
	DELETE FROM score WHERE pg_temp.random_int(id, round + 300, 9) = 0;
	DELETE FROM visit WHERE pg_temp.random_int(visit, round + 400, 15) = 0;
	DELETE FROM answers WHERE id IN (SELECT id FROM (TABLE answers EXCEPT TABLE answer_rows) AS gone);
	INSERT INTO answers (TABLE answer_rows EXCEPT TABLE answers);
	RETURN QUERY SELECT (SELECT count(*) FROM (TABLE answers EXCEPT ALL TABLE answer_rows) AS d)
		+ (SELECT count(*) FROM (TABLE answer_rows EXCEPT ALL TABLE answers) AS d),
		(SELECT count(*) FROM check_journey_map('joined'));
END $$;
SELECT count(*) AS rounds, sum(differing) AS differing, sum(problems) AS problems
  FROM generate_series(1, 10) AS round, load(round);
SELECT count(*) > 20 AS many_answers, count(DISTINCT touchpoint) AS touchpoints FROM answers;
SELECT count(*) FILTER (WHERE j.nps IS DISTINCT FROM round(r.nps, 6)) AS wrong, count(*) AS compared
  FROM joined AS j FULL JOIN (SELECT touchpoint, nps_agg(nps) AS nps FROM answer_rows WHERE nps IS NOT NULL
		GROUP BY touchpoint) AS r USING (touchpoint);
-- a second time there is nothing to do, and the map is not written to
SELECT refresh_journey_map('joined') > 0 AS refreshed;
DELETE FROM answers WHERE id IN (SELECT id FROM (TABLE answers EXCEPT TABLE answer_rows) AS gone);
INSERT INTO answers (TABLE answer_rows EXCEPT TABLE answers);
SELECT refresh_journey_map('joined') AS touched;
-- the view itself is refused; map_partition has the hint, which is these statements
SELECT pg_temp.message_of($$SELECT create_journey_map('v', 'answer_rows', at => 'at', stage => 'stage',
	nps => 'nps')$$);
-- a loader that makes its table anew takes the view along; a function in its place, and the map, go on
CREATE FUNCTION answer_rows() RETURNS SETOF answers LANGUAGE sql STABLE AS $$
	SELECT id, at, 'purchase', touchpoint, nps, comment FROM score JOIN visit USING (visit)
$$;
SELECT count(*) AS differing FROM (TABLE answers EXCEPT SELECT * FROM answer_rows()) AS d;
SELECT pg_temp.message_of('DROP TABLE score');
DROP TABLE score CASCADE;
SELECT to_regclass('answer_rows') IS NULL AS the_view_is_gone;
CREATE TABLE score (id integer PRIMARY KEY, visit integer, at timestamptz, nps integer, comment text);
INSERT INTO visit VALUES (9999, 'store:desk');
INSERT INTO score VALUES (9999, 9999, '2026-04-01', 10);
DELETE FROM answers WHERE id IN (SELECT id FROM (TABLE answers EXCEPT SELECT * FROM answer_rows()) AS gone);
INSERT INTO answers (SELECT * FROM answer_rows() EXCEPT TABLE answers);
SELECT touchpoint, responses, nps = 100 AS nps FROM joined;
SELECT count(*) AS problems FROM check_journey_map('joined');
DROP SCHEMA shapes_test CASCADE;
