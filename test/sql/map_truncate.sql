--
-- A source that is filled and emptied by turns, as staging tables are: what a map and a journey table note of it grows
-- with what was written, however often it was emptied since the last refresh.
--
\pset null -
\pset format unaligned
SET client_min_messages = warning;
CREATE SCHEMA truncate_test;
SET search_path = truncate_test, public;
CREATE TABLE answers (customer integer, at timestamptz, stage text, nps integer, mood numeric);
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'nps', emotion => 'mood');
SELECT create_journey_table('j', 'answers', customer => 'customer', stage => 'stage', at => 'at');

CREATE PROCEDURE fill(times integer) LANGUAGE plpgsql AS $$
BEGIN
	FOR i IN 1 .. times LOOP
		TRUNCATE answers;
		INSERT INTO answers VALUES (1, '2026-01-05', 'buy', 10, 0.5), (1, '2026-01-06', 'use', 0, NULL),
			(2, '2026-01-06', 'use', 8, 1), (NULL, '2026-01-06', 'use', 11, NULL);
		UPDATE answers SET nps = 9 WHERE nps = 8;
	END LOOP;
END $$;
CALL fill(12);
SELECT segment, stage, responses, nps, emotion, invalid FROM m ORDER BY stage;
SELECT * FROM j ORDER BY customer;
SELECT * FROM j_left_out;
SELECT * FROM check_journey_map('m');
SELECT * FROM check_journey_table('j');
-- of each turn the two cells, and the two journeys and the row that is left out; what is added is noted one by one
SELECT count(*) <= 12 * 2 AS few_of_cells, max(responses) FROM m_batches;
SELECT count(*) <= 12 * 3 AS few_of_journeys, max(visits(journey)) AS visits, max(events) AS events FROM j_batches;

-- emptied again and again, nothing more is noted
TRUNCATE answers;
SELECT (SELECT count(*) FROM m_batches) AS cells, (SELECT count(*) FROM j_batches) AS journeys \gset before_
TRUNCATE answers;
TRUNCATE answers;
SELECT (SELECT count(*) FROM m_batches) - :before_cells AS cells,
	(SELECT count(*) FROM j_batches) - :before_journeys AS journeys;
SELECT refresh_journey_map('m') >= 0 AS map, refresh_journey_table('j') >= 0 AS journeys;
SELECT (SELECT count(*) FROM m_rollup) AS cells, (SELECT count(*) FROM m_batches) AS noted,
	(SELECT count(*) FROM j_rollup) AS journeys, (SELECT count(*) FROM j_batches) AS visits;

-- what is stored already; and with other names, for which the trigger looks and then writes sums alone
CALL fill(1);
SELECT refresh_journey_map('m') > 0 AS map, refresh_journey_table('j') > 0 AS journeys;
ALTER TABLE m_pending RENAME TO m_noted;
ALTER TABLE j_pending RENAME TO j_noted;
CALL fill(12);
SELECT count(*) <= 12 * 6 AS few_of_cells, max(responses) FROM m_batches;
-- and how many rows are left out, which a refresh keeps there
SELECT count(*) <= 1 + 12 * 6 AS few_of_journeys, max(visits(journey)) AS visits, max(events) AS events FROM j_batches;
SELECT * FROM check_journey_map('m');
SELECT * FROM check_journey_table('j');

-- more was removed than was ever added: nothing is held afterwards, and what was written unseen is no trouble any more
SELECT rebuild_journey_map('m'), rebuild_journey_table('j');
ALTER TABLE answers DISABLE TRIGGER USER;
INSERT INTO answers VALUES (3, '2026-01-07', 'unseen', 5, -1), (NULL, '2026-01-07', 'unseen', 5, -1);
ALTER TABLE answers ENABLE TRIGGER USER;
DELETE FROM answers WHERE stage = 'unseen';
SELECT problem FROM check_journey_map('m');
SELECT problem FROM check_journey_table('j');
CALL fill(12);
SELECT * FROM check_journey_map('m');
SELECT * FROM check_journey_table('j');
SELECT count(*) <= 12 * 2 + 4 AS few_of_cells, max(responses) FROM m_batches;
SELECT count(*) <= 12 * 3 + 4 AS few_of_journeys, max(visits(journey)) AS visits, max(events) AS events FROM j_batches;
SELECT refresh_journey_map('m') > 0 AS map, refresh_journey_table('j') > 0 AS journeys;
SELECT * FROM check_journey_map('m');
SELECT * FROM check_journey_table('j');

-- a partition alone, and all of them
SELECT drop_journey_map('m'), drop_journey_table('j');
ALTER TABLE answers RENAME TO answers_2026;
CREATE TABLE answers (LIKE answers_2026) PARTITION BY RANGE (at);
ALTER TABLE answers ATTACH PARTITION answers_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE answers_rest PARTITION OF answers DEFAULT;
-- some releases of PostgreSQL warn of MERGE into partitions, see map_repair
SET client_min_messages = error;
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'nps');
SELECT create_journey_table('j', 'answers', customer => 'customer', stage => 'stage', at => 'at');
SET client_min_messages = warning;
INSERT INTO answers VALUES (7, '2020-01-01', 'buy', 1, 0);
CALL fill(5);
SELECT stage, responses, nps FROM m ORDER BY stage;
DO $$
BEGIN
	FOR i IN 1 .. 12 LOOP
		INSERT INTO answers_2026 VALUES (1, '2026-02-05', 'buy', 10, 0.5);
		INSERT INTO answers_rest VALUES (7, '2020-01-01', 'buy', 1, 0);
		TRUNCATE answers_2026;
	END LOOP;
END $$;
SELECT stage, responses, nps FROM m ORDER BY stage;
SELECT customer, visits(journey) FROM j ORDER BY customer;
SELECT * FROM check_journey_map('m');
SELECT * FROM check_journey_table('j');
DROP SCHEMA truncate_test CASCADE;
