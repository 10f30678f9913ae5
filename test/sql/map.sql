--
-- The live journey map stays exact, whatever is done to its source. After each step the map is compared with plain SQL
-- over the source, and with what check_journey_map finds.
--
\set VERBOSITY terse
\pset null -
SET client_min_messages = warning;
SET search_path = map_test, public;
CREATE SCHEMA map_test;

CREATE TABLE answers (
	id integer PRIMARY KEY,
	answered_at timestamptz,
	stage text,
	touchpoint text,
	persona text,
	nps integer,
	csat smallint,
	ces numeric,
	said text
);
INSERT INTO answers
SELECT i, timestamptz '2026-01-01 00:30+00' + i * interval '97 minutes', (ARRAY['search', 'buy', 'use'])[1 + i % 3],
       (ARRAY['web', 'Store'])[1 + i % 2] || ':desk', (ARRAY['young', 'old', NULL])[1 + i / 7 % 3], i % 11, 1 + i % 5,
       1 + i % 7, 'said ' || i
  FROM generate_series(1, 600) AS i;

SELECT create_journey_map('shop', 'answers', at => 'answered_at', stage => 'stage', touchpoint => 'touchpoint',
	nps => 'nps', csat => 'csat', ces => 'ces', segment => 'persona', comment => 'said', stages => '{search,buy,use}');

-- Plain SQL over the source, in the columns that the map must agree on.
CREATE VIEW by_hand AS
SELECT coalesce(persona, '(none)') AS segment, stage, coalesce(touchpoint, '(none)') AS touchpoint,
       count(*) FILTER (WHERE nps BETWEEN 0 AND 10 OR csat BETWEEN 1 AND 5
		OR ces BETWEEN 1 AND 7 AND ces = floor(ces)) AS responses,
       100.0 * (count(*) FILTER (WHERE nps BETWEEN 9 AND 10) - count(*) FILTER (WHERE nps BETWEEN 0 AND 6))
		/ nullif(count(*) FILTER (WHERE nps BETWEEN 0 AND 10), 0) AS nps,
       100.0 * count(*) FILTER (WHERE csat BETWEEN 4 AND 5)
		/ nullif(count(*) FILTER (WHERE csat BETWEEN 1 AND 5), 0) AS csat,
       avg(ces) FILTER (WHERE ces BETWEEN 1 AND 7 AND ces = floor(ces)) AS ces,
       count(*) FILTER (WHERE nps NOT BETWEEN 0 AND 10) + count(*) FILTER (WHERE csat NOT BETWEEN 1 AND 5)
           + count(*) FILTER (WHERE ces NOT BETWEEN 1 AND 7 OR ces <> floor(ces)) AS invalid
  FROM answers
 WHERE stage IS NOT NULL AND isfinite(answered_at) AND (nps IS NOT NULL OR csat IS NOT NULL OR ces IS NOT NULL)
 GROUP BY 1, 2, 3;

-- a step: how many cells there are, how many of them differ from plain SQL, what check_journey_map finds
CREATE FUNCTION step(what text, OUT step text, OUT cells bigint, OUT wrong bigint, OUT by_day bigint,
	OUT problems bigint) LANGUAGE plpgsql AS $$
BEGIN
	step := what;
	SELECT count(*), count(*) FILTER (WHERE (m.responses, m.nps, m.csat, m.ces, m.invalid)
		IS DISTINCT FROM (h.responses, round(h.nps, 6), round(h.csat, 6), round(h.ces, 6), h.invalid))
	  INTO cells, wrong
	  FROM shop AS m FULL JOIN by_hand AS h ON (m.segment, m.stage, m.touchpoint) = (h.segment, h.stage, h.touchpoint);
	-- by day, only what counts, and in the zone of the map
	SELECT count(*) INTO by_day
	  FROM (SELECT bucket, sum(responses(nps)) AS n, sum(responses(ces)) AS e FROM shop_summaries GROUP BY bucket) AS m
	  FULL JOIN (SELECT date_trunc('day', answered_at, 'UTC') AS bucket, sum((nps BETWEEN 0 AND 10)::integer) AS n,
			sum((ces BETWEEN 1 AND 7 AND ces = floor(ces))::integer) AS e
			FROM answers WHERE stage IS NOT NULL AND isfinite(answered_at) GROUP BY 1) AS h USING (bucket)
	 WHERE coalesce(m.n, 0) <> coalesce(h.n, 0) OR coalesce(m.e, 0) <> coalesce(h.e, 0);
	SELECT count(*) INTO problems FROM check_journey_map('shop');
END $$;

SELECT * FROM step('created');
SELECT DISTINCT stage, stage_position FROM shop ORDER BY 2;

-- every statement that writes
INSERT INTO answers VALUES (1001, '2026-03-01 12:00+00', 'search', 'web:desk', 'young', 10, 5, 7, NULL);
SELECT * FROM step('insert one');
INSERT INTO answers SELECT i, '2026-03-02', 'buy', 'app:cart', 'new', i % 11, 1 + i % 5, 1 + i % 7
	FROM generate_series(1002, 1009) AS i;
SELECT * FROM step('insert eight');
INSERT INTO answers SELECT i, '2026-03-03', 'buy', 'app:cart', 'new', i % 11, 1 + i % 5, 1 + i % 7
	FROM generate_series(1010, 1018) AS i;
SELECT * FROM step('insert nine');
INSERT INTO answers SELECT i, '2026-03-01'::timestamptz + i * interval '1 hour', 'use', 'app:cart', NULL, i % 11,
	1 + i % 5, 1 + i % 7 FROM generate_series(1019, 2000) AS i;
SELECT * FROM step('insert many');
SELECT (SELECT count(*) FROM shop_pending) AS pending, (SELECT count(*) > 0 FROM shop_batches) AS batches;
COPY answers FROM STDIN WITH (FORMAT csv);
3001,2026-03-05 10:00+00,buy,web:desk,old,9,4,6,good
3002,2026-03-05 11:00+00,buy,web:desk,old,0,1,1,bad
\.
SELECT * FROM step('copy');
UPDATE answers SET nps = 0 WHERE id = 1001;
SELECT * FROM step('update one answer');
UPDATE answers SET stage = 'use', answered_at = answered_at + interval '1 day' WHERE id BETWEEN 5 AND 9;
SELECT * FROM step('move five');
UPDATE answers SET persona = upper(persona), csat = NULL WHERE id < 300;
SELECT * FROM step('move many');
SELECT count(*) AS rows_before FROM (SELECT FROM shop_pending UNION ALL SELECT FROM shop_batches) AS p \gset
UPDATE answers SET said = 'nothing the map reads';
UPDATE answers SET said = 'again' WHERE id = 7;
SELECT count(*) - :rows_before AS rows_for_nothing
  FROM (SELECT FROM shop_pending UNION ALL SELECT FROM shop_batches) AS p;
SELECT * FROM step('update what the map does not read');
DELETE FROM answers WHERE id = 1001;
SELECT * FROM step('delete one');
DELETE FROM answers WHERE id BETWEEN 10 AND 90;
SELECT * FROM step('delete many');
INSERT INTO answers VALUES (5, now(), 'x') ON CONFLICT DO NOTHING;
INSERT INTO answers VALUES (5, '2026-03-07', 'search', 'web:desk', 'young', 10, 5, 7),
	(4001, '2026-03-07', 'search', 'web:desk', 'young', 10, 5, 7)
	ON CONFLICT (id) DO UPDATE SET nps = 1, csat = excluded.csat;
SELECT * FROM step('on conflict');
MERGE INTO answers AS a USING (SELECT i FROM generate_series(95, 110) AS i UNION ALL SELECT 5001) AS s ON a.id = s.i
	WHEN MATCHED AND i < 100 THEN DELETE
	WHEN MATCHED THEN UPDATE SET ces = 2
	WHEN NOT MATCHED THEN INSERT VALUES (i, '2026-03-08', 'buy', 'phone', 'old', 8, 3, 4);
SELECT * FROM step('merge');
WITH gone AS (DELETE FROM answers WHERE id BETWEEN 111 AND 130 RETURNING *)
	INSERT INTO answers SELECT id + 10000, answered_at, stage, touchpoint, persona, 10 - nps, csat, ces FROM gone;
SELECT * FROM step('one statement, delete and insert');

-- transactions
BEGIN;
DELETE FROM answers WHERE id > 200;
SELECT * FROM step('within a transaction');
ROLLBACK;
SELECT * FROM step('rolled back');
BEGIN;
SAVEPOINT a;
DELETE FROM answers WHERE id > 200;
ROLLBACK TO a;
INSERT INTO answers VALUES (6001, '2026-03-09', 'buy', 'phone', 'old', 8, 3, 4);
SAVEPOINT b;
UPDATE answers SET nps = 4 WHERE id = 6001;
RELEASE b;
COMMIT;
SELECT * FROM step('savepoints');

-- refresh changes nothing to see, folds everything, and leaves no empty cell
SELECT refresh_journey_map('shop') > 0 AS refreshed;
SELECT * FROM step('refreshed');
SELECT (SELECT count(*) FROM shop_pending) AS pending, (SELECT count(*) FROM shop_batches) AS batches;
SELECT refresh_journey_map('shop') AS nothing_to_do;
UPDATE answers SET touchpoint = NULL WHERE touchpoint = 'phone';
DELETE FROM answers WHERE persona = 'new';
SELECT * FROM step('cells come and go');
SELECT refresh_journey_map('shop') > 0 AS refreshed;
SELECT count(*) AS empty_rows FROM shop_rollup WHERE responses = 0 AND invalid = 0;
SELECT * FROM step('refreshed again');
BEGIN;
INSERT INTO answers VALUES (6002, '2026-03-09', 'buy', 'phone', 'old', 8, 3, 4);
SELECT refresh_journey_map('shop') > 0 AS refreshed;
SELECT * FROM step('refreshed in the transaction that wrote');
ROLLBACK;
SELECT * FROM step('and rolled back');

-- answers that are none never make a write fail; they are counted
INSERT INTO answers VALUES (7001, '2026-03-10', 'search', 'web:desk', 'bad', 11, 0, 1.5),
	(7002, '2026-03-10', 'search', 'web:desk', 'bad', -1, 99, 'NaN'),
	(7003, '2026-03-10', 'search', 'web:desk', 'bad', 2147483647, 32767, 'Infinity'),
	(7004, '2026-03-10', 'search', 'web:desk', 'bad', -2147483648, -32768, 1e300),
	(7005, '2026-03-10', 'search', 'web:desk', 'bad', 10, NULL, 7.000);
SELECT segment, responses, nps, csat, ces, invalid, enough, emotion FROM shop WHERE segment = 'bad';
SELECT * FROM step('out of scale');
-- neither time nor stage, or a time that is no day: not on the map
INSERT INTO answers VALUES (7101, NULL, 'search', 'web:desk', 'none', 10, 5, 7),
	(7102, '2026-03-10', NULL, 'web:desk', 'none', 10, 5, 7),
	(7103, 'infinity', 'search', 'web:desk', 'none', 10, 5, 7),
	(7104, '-infinity', 'search', 'web:desk', 'none', 10, 5, 7),
	(7105, '2026-03-10', 'search', 'web:desk', 'none', NULL, NULL, NULL);
SELECT count(*) AS cells FROM shop WHERE segment = 'none';
INSERT INTO answers SELECT 7200 + i, CASE WHEN i % 2 = 0 THEN 'infinity' ELSE 'epoch' END::timestamptz, 'search',
	'web:desk', 'many', 11 * i, NULL, NULL FROM generate_series(1, 20) AS i;
SELECT responses, nps, csat, invalid FROM shop WHERE segment = 'many';
SELECT * FROM step('off the map');

-- whatever the writer's settings
SET timezone = 'Pacific/Auckland';
SET datestyle = 'SQL, DMY';
INSERT INTO answers VALUES (7301, '2026-03-10 23:30+00', 'search', 'web:desk', 'zone', 10, 5, 7),
	(7302, '2026-03-11 00:30+00', 'search', 'web:desk', 'zone', 10, 5, 7);
SET timezone = 'America/Los_Angeles';
INSERT INTO answers SELECT 7310 + i, timestamptz '2026-03-10 12:00+00' + i * interval '1 hour', 'search', 'web:desk',
	'zone', 10, 5, 7 FROM generate_series(1, 20) AS i;
RESET timezone;
RESET datestyle;
SELECT bucket AT TIME ZONE 'UTC' AS day, responses FROM shop_summaries WHERE segment = 'zone' ORDER BY 1;
SELECT * FROM step('other time zones');

-- TRUNCATE
BEGIN;
TRUNCATE answers;
SELECT * FROM step('truncated');
INSERT INTO answers VALUES (1, '2026-03-09', 'buy', 'phone', 'old', 8, 3, 4);
SELECT * FROM step('truncated and written');
ROLLBACK;
SELECT * FROM step('rolled back');
BEGIN ISOLATION LEVEL REPEATABLE READ;
TRUNCATE answers;
ROLLBACK;
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT rebuild_journey_map('shop');
ROLLBACK;
BEGIN ISOLATION LEVEL REPEATABLE READ;
DELETE FROM answers WHERE id < 100;
SELECT refresh_journey_map('shop') > 0 AS refreshed;
COMMIT;
SELECT * FROM step('repeatable read');
TRUNCATE answers;
SELECT * FROM step('truncated');
SELECT refresh_journey_map('shop') > 0 AS refreshed;
SELECT count(*) AS rollup FROM shop_rollup;

-- what check_journey_map finds, and rebuild_journey_map repairs
INSERT INTO answers SELECT i, '2026-03-02', 'buy', 'app:cart', 'new', i % 11, 1 + i % 5, 1 + i % 7
	FROM generate_series(1, 20) AS i;
ALTER TABLE answers DISABLE TRIGGER shop_insert;
INSERT INTO answers VALUES (1001, '2026-03-01 12:00+00', 'search', 'web:desk', 'young', 10, 5, 7, NULL);
SELECT * FROM check_journey_map('shop');
ALTER TABLE answers ENABLE REPLICA TRIGGER shop_insert;
SELECT problem FROM check_journey_map('shop');
DROP TRIGGER shop_delete ON answers;
SELECT problem, detail FROM check_journey_map('shop') WHERE problem LIKE '%trigger%';
ALTER TABLE answers ENABLE TRIGGER shop_insert;
SELECT rebuild_journey_map('shop');
SELECT * FROM check_journey_map('shop');
SELECT * FROM step('rebuilt');
UPDATE shop_rollup SET responses = responses + 1 WHERE bucket = '-infinity' AND stage = 'buy';
SELECT * FROM check_journey_map('shop');
UPDATE shop_definition SET nps = '10 - nps';
SELECT problem FROM check_journey_map('shop');
SELECT rebuild_journey_map('shop');
SELECT * FROM check_journey_map('shop');
SELECT stage, round(nps, 2) AS nps,
       round((SELECT nps_agg(10 - nps) FROM answers WHERE answers.stage = shop.stage), 2) AS by_hand
  FROM shop ORDER BY stage_position;
-- what the definition says counts from rebuild_journey_map on, in the views too, and for arguments that were not there
UPDATE shop_definition SET csat_satisfied_from = 5, ces_low_is_easy = true, segment = NULL, touchpoint = 'persona',
	emotion = 'csat - 3', comment = 'said';
SELECT problem FROM check_journey_map('shop') WHERE problem LIKE '%definition%';
SELECT rebuild_journey_map('shop');
SELECT * FROM check_journey_map('shop');
INSERT INTO answers VALUES (1003, '2026-03-01 12:00+00', 'use', 'web:desk', 'young', 10, 5, 7, NULL);
SELECT * FROM check_journey_map('shop');
SELECT segment, stage, touchpoint, round(shop.csat, 2) AS csat, by_hand.csat AS by_hand,
       shop.emotion = by_hand.emotion AS emotion
  FROM shop JOIN (SELECT stage, persona, round(100.0 * count(*) FILTER (WHERE csat = 5) / count(csat), 2) AS csat,
		round(avg(csat - 3), 4) AS emotion FROM answers GROUP BY 1, 2) AS by_hand USING (stage)
 WHERE persona = touchpoint ORDER BY stage_position;
UPDATE shop_definition SET bucket = 'minute';
SELECT rebuild_journey_map('shop');
UPDATE shop_definition SET bucket = 'month', segment = 'persona', touchpoint = 'touchpoint', emotion = NULL,
	comment = NULL;
SELECT rebuild_journey_map('shop');
SELECT * FROM check_journey_map('shop');
-- a column that the map reads stays; one that is renamed takes its expression with it by hand
ALTER TABLE answers DROP COLUMN nps;
ALTER TABLE answers ALTER COLUMN nps TYPE bigint;
ALTER TABLE answers RENAME COLUMN nps TO recommend;
INSERT INTO answers VALUES (1004, '2026-03-01 12:00+00', 'search', 'web:desk', 'young', 10, 5, 7, NULL);
SELECT * FROM check_journey_map('shop');
UPDATE shop_definition SET nps = 'recommend';
SELECT rebuild_journey_map('shop');
INSERT INTO answers VALUES (1002, '2026-03-01 12:00+00', 'search', 'web:desk', 'young', 10, 5, 7, NULL);
SELECT * FROM check_journey_map('shop');

-- more was removed than was ever seen to be added: found, said, repaired; TRUNCATE empties the map all the same
ALTER TABLE answers DISABLE TRIGGER shop_insert;
INSERT INTO answers SELECT i, '2026-05-05', 'unseen', 'web:desk', 'young', 0, 1, 1, NULL
	FROM generate_series(8001, 8003) AS i;
ALTER TABLE answers ENABLE TRIGGER shop_insert;
INSERT INTO answers SELECT i, '2026-05-05', 'unseen', 'web:desk', 'young', 10, 1, 1, NULL
	FROM generate_series(8004, 8008) AS i;
DELETE FROM answers WHERE id BETWEEN 8001 AND 8003;
SELECT * FROM check_journey_map('shop');
\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT refresh_journey_map('shop');
\set VERBOSITY terse
BEGIN;
TRUNCATE answers;
SELECT count(*) AS cells FROM shop;
SELECT * FROM check_journey_map('shop');
ROLLBACK;
SELECT rebuild_journey_map('shop');
SELECT * FROM check_journey_map('shop');

-- nothing remains
SELECT drop_journey_map('shop');
SELECT relname FROM pg_class WHERE relname LIKE 'shop%' AND relnamespace = 'map_test'::regnamespace;
SELECT count(*) AS triggers FROM pg_trigger WHERE tgrelid = 'answers'::regclass;
SELECT proname FROM pg_proc WHERE pronamespace = 'map_test'::regnamespace ORDER BY 1;
SELECT drop_journey_map('shop');

-- a map whose source is gone
SELECT create_journey_map('shop', 'answers', at => 'answered_at', stage => 'stage', nps => 'recommend');
DROP TABLE answers CASCADE;
SELECT problem FROM check_journey_map('shop');
SELECT drop_journey_map('shop');
SELECT relname FROM pg_class WHERE relname LIKE 'shop%' AND relnamespace = 'map_test'::regnamespace;
DROP SCHEMA map_test CASCADE;
