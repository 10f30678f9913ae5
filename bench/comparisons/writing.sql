-- What a journey map costs those who write into its table: single rows in a transaction each, and batches. The server
-- has the durability of PostgreSQL's defaults.
--@ setup
SET client_min_messages = warning;
CREATE TABLE plain (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, stage text, touchpoint text,
	nps smallint, csat smallint, ces smallint);
CREATE TABLE mapped (LIKE plain INCLUDING ALL);
SELECT create_journey_map('written', 'mapped', at => 'at', stage => 'stage', touchpoint => 'touchpoint', nps => 'nps',
	csat => 'csat', ces => 'ces') \g /dev/null
CREATE TABLE batch AS
	SELECT timestamptz '2026-01-01' + i % 30 * interval '1 day' AS at, 'stage ' || i % 50 / 8 AS stage,
	       'web:' || i % 50 AS touchpoint, (i % 11)::smallint AS nps, (1 + i % 5)::smallint AS csat, (1 + i % 7)::smallint AS ces
	  FROM generate_series(1, 10000) AS i;
\copy batch TO ':work/batch'
VACUUM ANALYZE batch;
--@ let values
(at, stage, touchpoint, nps, csat, ces) VALUES (timestamptz '2026-01-01 12:00+00' + :day * interval '1 day',
	'stage ' || :place / 8, 'web:' || :place, :score, 1 + :score % 5, 1 + :score % 7);
--@ let random
\set day random(0, 364)
\set place random(0, 49)
\set score random(0, 10)
--@ question single: Single-row INSERTs, a transaction each
--@ pgbench mapped: prepared | simple
:random
INSERT INTO mapped :values
--@ pgbench plain: prepared | simple
:random
INSERT INTO plain :values
--@ target Single-row INSERT into a mapped table, prepared: mapped/prepared >= 0.85 plain/prepared
--@ target Single-row INSERT into a mapped table, simple protocol: mapped/simple >= 0.80 plain/simple

--@ question batches: INSERT and COPY of 10,000 rows
--@ floor mapped: default
INSERT INTO mapped (at, stage, touchpoint, nps, csat, ces) SELECT * FROM batch
--@ floor plain: default
INSERT INTO plain (at, stage, touchpoint, nps, csat, ces) SELECT * FROM batch
--@ floor mapped, COPY: default
COPY mapped (at, stage, touchpoint, nps, csat, ces) FROM ':work/batch'
--@ floor plain, COPY: default
COPY plain (at, stage, touchpoint, nps, csat, ces) FROM ':work/batch'
--@ check the map counts other rows than its table has
SELECT (SELECT sum(responses) FROM written), (SELECT count(*) FROM mapped)
 WHERE (SELECT sum(responses) FROM written) <> (SELECT count(*) FROM mapped)
--@ target Batches of 10,000 rows into a mapped table: mapped/default >= 0.8 plain/default
--@ target Batches of 10,000 rows into a mapped table, COPY: mapped, COPY/default >= 0.8 plain, COPY/default
