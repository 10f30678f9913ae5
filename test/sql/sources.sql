--
-- Codes of support tools: what each means, and what is no code.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set SHOW_CONTEXT never
\pset null -

-- Zendesk: the codes of its Satisfaction Ratings, and what its own rate makes of them, good / (good + bad)
SELECT score, zendesk_csat(score)
  FROM unnest(ARRAY['good', 'good_with_comment', 'good_without_comment',
	'bad', 'bad_with_comment', 'bad_without_comment', 'offered', 'unoffered', '', NULL,
	'Good', 'BAD', 'Offered']) AS score;
SELECT csat_agg(zendesk_csat(score)) =
       100.0 * count(*) FILTER (WHERE score = 'good') / count(*) FILTER (WHERE score IN ('good', 'bad')) AS as_zendesk,
       count(zendesk_csat(score)) AS answers, count(*) AS rows
  FROM (SELECT (ARRAY['good', 'good', 'bad', 'offered', 'unoffered'])[i % 5 + 1]
          FROM generate_series(1, 100) AS i) AS ratings(score);
SELECT score, pg_temp.error_of(format('SELECT zendesk_csat(%L)', score), ' | ')
  FROM unnest(ARRAY['received', 'received_with_comment', '4', '5', 'goods', 'happy', '100%', '-1']) AS score;
-- white space is not taken away: where the score is compared with 'offered' it would count; the hint takes it away
SELECT count(*) FILTER (WHERE pg_temp.error_of(format('SELECT zendesk_csat(%L)', score), ' | ')
	LIKE '22023 %There is white space around it%') AS said, count(*)
  FROM unnest(ARRAY[' good', 'bad ', E'Offered\r', E'\t5\n', ' ', 'received ']) AS score;
SELECT pg_temp.error_of($$SELECT zendesk_csat(' good')$$, ' | ');
SELECT pg_temp.error_of($$SELECT zendesk_csat(' very good')$$, ' | ');
SELECT zendesk_csat(btrim(score, E' \t\r\n')) FROM unnest(ARRAY[' good', E'bad\r', ' ']) AS score;
-- a long text is cut
SELECT length(message) < 1100 AS short, message LIKE '22023 "źźź%ź..." is no satisfaction score of Zendesk' AS cut
  FROM pg_temp.message_of($$SELECT zendesk_csat(repeat('ź', 100000))$$) AS message;

-- Freshdesk: 100 is neutral, and neutral is not happy; its own rate is happy / rated
SELECT rating, freshdesk_csat(rating) FROM unnest(ARRAY[103, 102, 101, 100, -101, -102, -103, NULL]) AS rating;
SELECT csat_agg(freshdesk_csat(rating)) AS csat, 100.0 * count(*) FILTER (WHERE rating > 100) / count(*) AS by_hand,
       100.0 * count(*) FILTER (WHERE rating > 0) / count(*) AS with_the_neutral
  FROM (VALUES (103), (100), (-103), (100)) AS ratings(rating);
SELECT pg_temp.error_of('SELECT freshdesk_csat(5)');
SELECT rating, pg_temp.message_of(format('SELECT freshdesk_csat(%s)', rating))
  FROM unnest(ARRAY[1, 2, 3, 0, -1, -100, 99, 104, -104, 2147483647, -2147483648]) AS rating;

-- labels: what an index and a parallel plan want
SELECT proname, provolatile, proisstrict, proparallel
  FROM pg_proc WHERE proname IN ('zendesk_csat', 'freshdesk_csat') ORDER BY proname;
-- among other texts in one column, a condition on the name of the field goes first, wherever it is written
SELECT count(*) FROM (VALUES ('status', 'new'), ('score', 'good'), ('score', 'offered')) AS history(field, value)
 WHERE zendesk_csat(value) IS NOT NULL AND field = 'score';
SELECT count(*) FROM (VALUES ('status', '1'), ('score', '103'), ('score', NULL)) AS history(field, value)
 WHERE freshdesk_csat(value::integer) IS NOT NULL AND field = 'score';
SELECT count(*) FROM (VALUES ('status', 'new'), ('score', '9')) AS history(field, value)
 WHERE score_from_text(value) >= 9 AND field = 'score';

-- a map takes them as its CSAT, and counts those who answered
CREATE SCHEMA sources_test;
SET search_path = sources_test, public;
CREATE TABLE ratings (at timestamptz, score text, rating integer);
SELECT create_journey_map('zendesk', 'ratings', at => 'at', stage => $$'support'$$, csat => 'zendesk_csat(score)');
SELECT create_journey_map('freshdesk', 'ratings', at => 'at', stage => $$'support'$$,
	csat => 'freshdesk_csat(rating)');
INSERT INTO ratings VALUES ('2026-03-01', 'offered', 103), ('2026-03-01', 'good', 100),
	('2026-03-02', 'bad', -103), ('2026-03-02', 'good', NULL);
UPDATE ratings SET score = 'good' WHERE score = 'offered';
SELECT 'zendesk' AS map, responses, round(csat, 2) AS csat FROM zendesk
UNION ALL SELECT 'freshdesk', responses, round(csat, 2) FROM freshdesk;
-- a code that is none makes the write fail; so it is told from an answer before it gets here
SELECT pg_temp.error_of($$INSERT INTO ratings VALUES ('2026-03-03', 'received', 103)$$, ' | ');
SELECT count(*) AS rows FROM ratings;
SELECT (SELECT count(*) FROM check_journey_map('zendesk')) +
       (SELECT count(*) FROM check_journey_map('freshdesk')) AS problems;
SET client_min_messages = warning;
DROP SCHEMA sources_test CASCADE;
