--
-- The live journey map over partitioned tables: a statement fires the triggers of the table it names only.
--
\set VERBOSITY terse
\pset null -
-- some releases of PostgreSQL warn of MERGE into partitions, see map_repair
SET client_min_messages = error;
CREATE SCHEMA map_test;
SET search_path = map_test, public;

CREATE TABLE answers (id integer, answered_on date, country text, stage text, score integer)
	PARTITION BY RANGE (answered_on);
CREATE TABLE answers_2026 PARTITION OF answers
	FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (country);
CREATE TABLE answers_2026_pl PARTITION OF answers_2026 FOR VALUES IN ('pl');
CREATE TABLE answers_2026_rest PARTITION OF answers_2026 DEFAULT;
-- columns in another order, one that is gone
CREATE TABLE answers_2025 (score integer, gone text, stage text, country text, id integer, answered_on date);
ALTER TABLE answers_2025 DROP COLUMN gone;
ALTER TABLE answers ATTACH PARTITION answers_2025 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
INSERT INTO answers SELECT i, date '2025-07-01' + i, (ARRAY['pl', 'de'])[1 + i % 2], 'stage ' || i % 3, i % 11
	FROM generate_series(1, 400) AS i;

SELECT create_journey_map('m', 'answers', at => 'answered_on', stage => 'stage', segment => 'country', nps => 'score',
	bucket => 'month', timezone => 'Europe/Warsaw');

CREATE FUNCTION step(what text, OUT step text, OUT cells bigint, OUT wrong bigint, OUT problems bigint)
	LANGUAGE sql AS $$
	SELECT what, count(*), count(*) FILTER (WHERE (m.responses, m.nps) IS DISTINCT FROM (h.responses, h.nps)),
		(SELECT count(*) FROM check_journey_map('m'))
	  FROM (SELECT bucket, segment, stage, responses, nps(nps) FROM m_summaries) AS m
	  FULL JOIN (SELECT date_trunc('month', answered_on::timestamp) AT TIME ZONE 'Europe/Warsaw' AS bucket,
			country AS segment, stage, count(*) FILTER (WHERE score <= 10) AS responses,
			nps_agg(score) FILTER (WHERE score <= 10) AS nps
			FROM answers GROUP BY 1, 2, 3) AS h USING (bucket, segment, stage)
$$;
SELECT * FROM step('created');
SELECT tgrelid::regclass AS "table", string_agg(tgname, ' ' ORDER BY tgname) AS triggers FROM pg_trigger
 WHERE tgname LIKE 'm\_%' GROUP BY tgrelid ORDER BY 1::text;

INSERT INTO answers VALUES (1001, '2026-05-05', 'pl', 'new', 10), (1002, '2025-05-05', 'pl', 'new', 0),
	(1003, '2026-05-05', 'fr', 'new', 9);
SELECT * FROM step('insert through the parent');
INSERT INTO answers_2026 VALUES (1004, '2026-05-06', 'pl', 'new', 10), (1005, '2026-05-05', 'fr', 'new', 8);
SELECT * FROM step('insert through the middle');
INSERT INTO answers_2025 (id, answered_on, country, stage, score) VALUES (1006, '2025-05-06', 'es', 'old', 3);
SELECT * FROM step('insert into a partition');
INSERT INTO answers_2025 (id, answered_on, country, stage, score) SELECT 2000 + i, '2025-05-06', 'es', 'old', i % 13
	FROM generate_series(1, 50) AS i;
SELECT * FROM step('insert many into a partition');
COPY answers FROM STDIN (FORMAT csv);
3001,2026-06-01,pl,copied,7
3002,2025-06-01,de,copied,2
\.
COPY answers_2025 (id, answered_on, country, stage, score) FROM STDIN (FORMAT csv);
3003,2025-06-01,pl,copied,9
\.
SELECT * FROM step('copy');
UPDATE answers SET answered_on = '2026-12-01' WHERE id = 1002;
SELECT * FROM step('across partitions, one row');
UPDATE answers SET country = CASE country WHEN 'pl' THEN 'de' ELSE 'pl' END WHERE id BETWEEN 200 AND 300;
SELECT * FROM step('across partitions, many rows');
UPDATE answers_2026 SET country = 'pl' WHERE id = 1005;
SELECT * FROM step('across partitions of the middle');
UPDATE answers_2026_pl SET score = 0 WHERE id < 1005;
SELECT * FROM step('update in a partition');
MERGE INTO answers AS a USING generate_series(1000, 1004) AS i ON a.id = i
	WHEN MATCHED AND i = 1003 THEN DELETE WHEN MATCHED THEN UPDATE SET score = 5, answered_on = a.answered_on - 365
	WHEN NOT MATCHED THEN INSERT VALUES (i, '2026-08-08', 'it', 'merged', 10);
SELECT * FROM step('merge');
DELETE FROM answers_2025 WHERE id < 100;
DELETE FROM answers WHERE id BETWEEN 100 AND 110;
SELECT * FROM step('delete');
SELECT refresh_journey_map('m') > 0 AS refreshed;
SELECT * FROM step('refreshed');

BEGIN;
TRUNCATE answers_2026_pl;
SELECT * FROM step('truncate a partition');
TRUNCATE answers_2026;
SELECT * FROM step('truncate the middle');
TRUNCATE answers;
SELECT * FROM step('truncate all');
ROLLBACK;
SELECT * FROM step('rolled back');
BEGIN ISOLATION LEVEL REPEATABLE READ;
TRUNCATE answers_2026_pl;
ROLLBACK;
TRUNCATE answers_2026_rest, answers_2025;
SELECT * FROM step('truncate two');

-- partitions that come and go are not seen, but found and repaired
CREATE TABLE answers_2027 PARTITION OF answers FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
INSERT INTO answers VALUES (4001, '2027-05-05', 'pl', 'new', 10);
SELECT * FROM check_journey_map('m');
INSERT INTO answers_2027 VALUES (4002, '2027-05-05', 'pl', 'new', 10);
ALTER TABLE answers DETACH PARTITION answers_2025;
SELECT problem, left(detail, 80) AS detail FROM check_journey_map('m');
SELECT rebuild_journey_map('m');
SELECT * FROM step('rebuilt');
SELECT count(*) AS triggers_left FROM pg_trigger WHERE tgrelid = 'answers_2025'::regclass;
INSERT INTO answers_2027 VALUES (4003, '2027-05-06', 'pl', 'new', 1);
SELECT * FROM step('insert into the new partition');
-- TRUNCATE of the parent empties what has a trigger, and tells of what has none
CREATE TABLE answers_2028 PARTITION OF answers FOR VALUES FROM ('2028-01-01') TO ('2029-01-01');
SELECT problem, detail FROM check_journey_map('m');
SELECT drop_journey_map('m');
SELECT count(*) AS triggers_left FROM pg_trigger WHERE tgname LIKE 'm\_%';

-- A generated column is empty in the rows that PostgreSQL shows to triggers after an INSERT through the partitioned
-- table, where the partition has its columns in another order; what it is made of is not.
CREATE TABLE doubled (gone text, day date, stage text, half integer,
	score integer GENERATED ALWAYS AS (half * 2) STORED)
	PARTITION BY LIST (day);
ALTER TABLE doubled DROP COLUMN gone;
CREATE TABLE doubled_1 (half integer, score integer GENERATED ALWAYS AS (half * 2) STORED, stage text, day date);
ALTER TABLE doubled ATTACH PARTITION doubled_1 FOR VALUES IN ('2026-01-01');
CREATE TABLE doubled_2 PARTITION OF doubled DEFAULT;
\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT create_journey_map('m', 'doubled', at => 'day', stage => 'stage', nps => 'score');
SELECT create_journey_map('m', 'doubled', at => 'day', stage => 'stage', nps => 'coalesce(score, 10)');
SELECT create_journey_table('m', 'doubled', customer => 'score', stage => 'stage', at => 'day');
SELECT create_journey_map('m', 'doubled', at => 'day', stage => 'stage', nps => 'half * 2');
INSERT INTO doubled SELECT date '2026-01-01' + i % 2, 'a', i % 6 FROM generate_series(1, 40) AS i;
INSERT INTO doubled VALUES ('2026-01-01', 'a', 5), ('2026-01-02', 'a', 5);
SELECT responses, nps FROM m;
SELECT * FROM check_journey_map('m');
SELECT drop_journey_map('m');
-- a table without partitions shows it
CREATE TABLE plain (day date, stage text, half integer, score integer GENERATED ALWAYS AS (half * 2) STORED);
SELECT create_journey_map('m', 'plain', at => 'day', stage => 'stage', nps => 'score');
INSERT INTO plain SELECT date '2026-01-01' + i % 2, 'a', i % 6 FROM generate_series(1, 40) AS i;
SELECT responses, nps FROM m;
SELECT * FROM check_journey_map('m');
SELECT drop_journey_map('m');
\set VERBOSITY terse

-- sources that cannot be mapped
\set VERBOSITY default
\set SHOW_CONTEXT never
CREATE TABLE parent (at timestamptz, stage text, score integer);
CREATE TABLE child () INHERITS (parent);
CREATE VIEW seen AS SELECT * FROM answers;
CREATE MATERIALIZED VIEW kept AS SELECT * FROM answers;
CREATE TEMP TABLE passing (at timestamptz, stage text, score integer);
SELECT create_journey_map('m', 'parent', at => 'at', stage => 'stage', nps => 'score');
SELECT create_journey_map('m', 'child', at => 'at', stage => 'stage', nps => 'score');
SELECT create_journey_map('m', 'seen', at => 'answered_on', stage => 'stage', nps => 'score');
SELECT create_journey_map('m', 'kept', at => 'answered_on', stage => 'stage', nps => 'score');
SELECT create_journey_map('m', 'passing', at => 'at', stage => 'stage', nps => 'score');
SELECT create_journey_map('m', 'answers_2027', at => 'answered_on', stage => 'stage', nps => 'score');
SELECT create_journey_map('m', 'pg_class', at => 'relname', stage => 'relname', nps => 'relpages');
ALTER TABLE answers_2028 SET UNLOGGED;
SELECT create_journey_map('m', 'answers', at => 'answered_on', stage => 'stage', nps => 'score');
DROP SCHEMA map_test CASCADE;
