--
-- What happens to a journey map when what it consists of is changed, and how it is repaired.
--
\set VERBOSITY terse
\pset null -
\pset format unaligned
SET client_min_messages = warning;
CREATE SCHEMA repair_test;
SET search_path = repair_test, public;
CREATE TABLE answers (at timestamptz, stage text, nps integer);
INSERT INTO answers SELECT '2026-01-01', stage, score FROM unnest(ARRAY['buy', 'use']) AS stage, generate_series(0, 10) AS score;
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'nps');

-- The source becomes unlogged and logged again, and so does what counts its answers.
ALTER TABLE answers SET UNLOGGED;
SELECT * FROM check_journey_map('m');
SELECT rebuild_journey_map('m');
SELECT * FROM check_journey_map('m');
SELECT relname, relpersistence FROM pg_class WHERE relnamespace = 'repair_test'::regnamespace AND relkind = 'r' ORDER BY 1;
ALTER TABLE answers SET LOGGED;
SELECT rebuild_journey_map('m');
SELECT * FROM check_journey_map('m');
SELECT relname FROM pg_class WHERE relnamespace = 'repair_test'::regnamespace AND relpersistence = 'u';
SELECT stage, responses, round(nps, 2) AS nps FROM m ORDER BY stage;

-- MERGE by several sessions into a partitioned table is not safe on every server.
CREATE TABLE parts (at timestamptz, stage text, nps integer) PARTITION BY LIST (stage);
SELECT journey_map_warn_of_merge(source, version) FROM unnest(ARRAY['answers', 'parts']::regclass[]) AS source, unnest(ARRAY[150018, 150019, 150020, 160000]) AS version;

-- DROP EXTENSION CASCADE: writing goes on, and after CREATE EXTENSION the map is to be made anew.
\set VERBOSITY default
\set SHOW_CONTEXT never
BEGIN;
DROP EXTENSION cxjourney CASCADE;
INSERT INTO answers VALUES ('2026-01-02', 'buy', 10);
CREATE EXTENSION cxjourney SCHEMA public;
SAVEPOINT s;
SELECT rebuild_journey_map('m');
ROLLBACK TO s;
SELECT refresh_journey_map('m');
ROLLBACK TO s;
SELECT * FROM check_journey_map('m');
INSERT INTO answers VALUES ('2026-01-02', 'buy', 10);
SELECT source, at, stage, nps FROM m_definition;
SELECT drop_journey_map('m');
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'nps');
SELECT stage, responses FROM m ORDER BY stage;
ROLLBACK;
\set VERBOSITY terse

SELECT drop_journey_map('m');
DROP SCHEMA repair_test CASCADE;
