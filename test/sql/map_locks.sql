--
-- Who waits for whom at a journey map and a journey table: the locks that each call and each write holds until the end
-- of its transaction, of those that are stronger than what all readers and writers may hold at once.
--
\pset null -
\pset format unaligned
-- some releases of PostgreSQL warn of MERGE into partitions, see map_repair
SET client_min_messages = error;
CREATE SCHEMA map_locks;
SET search_path = map_locks, public;
CREATE TABLE answers (at timestamptz, stage text, nps integer) PARTITION BY RANGE (at);
CREATE TABLE answers_1 PARTITION OF answers FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
INSERT INTO answers SELECT '2026-01-01', 'a', i % 11 FROM generate_series(1, 20) AS i;
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'nps');
SELECT create_journey_table('j', 'answers', customer => 'nps', stage => 'stage', at => 'at');
CREATE VIEW held AS
SELECT mode, string_agg(relname, ' ' ORDER BY relname COLLATE "C") AS relations
  FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation AND c.relnamespace = 'map_locks'::regnamespace
 WHERE l.pid = pg_backend_pid() AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
   AND l.mode NOT IN ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock')
 GROUP BY mode;

-- whoever writes, few rows or many, waits for nobody who writes, refreshes or reads
BEGIN;
INSERT INTO answers VALUES ('2026-01-02', 'a', 9);
INSERT INTO answers SELECT '2026-01-02', 'b', i % 11 FROM generate_series(1, 20) AS i;
UPDATE answers SET nps = 8 WHERE stage = 'b';
DELETE FROM answers WHERE nps = 3;
SELECT count(*) AS while_writing FROM held;
COMMIT;

-- nobody drops a table of the map once it was found to be one, so that none of the same name takes its place: the first
-- row in a session, and the next one, for which a session remembers what it found, of one map
CREATE VIEW kept AS
SELECT string_agg(relname, ' ' ORDER BY relname COLLATE "C") AS relations
  FROM (SELECT DISTINCT relation FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation') AS l
  JOIN pg_class AS c ON c.oid = l.relation AND c.relnamespace = 'map_locks'::regnamespace
 WHERE relname ~ '^(m|alone)_' AND relkind IN ('r', 'v');
CREATE TABLE more (LIKE answers);
SELECT create_journey_map('alone', 'more', at => 'at', stage => 'stage', nps => 'nps');
ANALYZE alone_batches;
BEGIN;
INSERT INTO more VALUES ('2026-01-02', 'a', 9);
SELECT * FROM kept;
COMMIT;
BEGIN;
INSERT INTO more VALUES ('2026-01-02', 'a', 9);
SELECT * FROM kept;
COMMIT;
BEGIN;
SELECT count(*) > 0 FROM journey_map_cells('m');
SELECT * FROM kept;
COMMIT;
BEGIN;
SELECT count(*) FROM check_journey_map('m');
SELECT * FROM kept;
COMMIT;

-- nor does whoever reads or checks
BEGIN;
SELECT count(*) > 0 FROM m, j;
SELECT count(*) FROM check_journey_map('m');
SELECT count(*) FROM check_journey_table('j');
SELECT count(*) AS while_reading FROM held;
COMMIT;

-- to the source of somebody else nobody adds an index or statistics while it is read, which could have code of his
CREATE ROLE regress_locks_owner;
CREATE ROLE regress_locks_other;
GRANT ALL ON SCHEMA map_locks TO regress_locks_owner, regress_locks_other;
GRANT SELECT ON held TO regress_locks_owner;
SET ROLE regress_locks_other;
CREATE TABLE theirs (at timestamptz, stage text, nps integer) PARTITION BY RANGE (at);
CREATE TABLE theirs_1 PARTITION OF theirs FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
GRANT ALL ON theirs, theirs_1 TO regress_locks_owner;
SET ROLE regress_locks_owner;
SELECT create_journey_map('of_theirs', 'theirs', at => 'at', stage => 'stage', nps => 'nps');
SELECT create_journey_table('journeys_of_theirs', 'theirs', customer => 'nps', stage => 'stage', at => 'at');
BEGIN;
SELECT count(*) FROM check_journey_map('of_theirs');
SELECT * FROM held;
COMMIT;
BEGIN;
SELECT count(*) FROM check_journey_table('journeys_of_theirs');
SELECT * FROM held;
COMMIT;
RESET ROLE;

-- a refresh waits for another one
BEGIN;
SELECT refresh_journey_map('m') > 0;
SELECT * FROM held ORDER BY mode COLLATE "C";
SELECT refresh_journey_table('j') > 0;
SELECT * FROM held ORDER BY mode COLLATE "C";
COMMIT;

-- when it is built anew writers wait, and readers at its end; another refresh would, too, but comments take that lock
BEGIN;
SELECT rebuild_journey_map('m');
SELECT * FROM held WHERE mode <> 'ShareUpdateExclusiveLock' ORDER BY mode COLLATE "C";
COMMIT;
BEGIN;
SELECT rebuild_journey_table('j');
SELECT * FROM held WHERE mode <> 'ShareUpdateExclusiveLock' ORDER BY mode COLLATE "C";
COMMIT;

-- whoever has no right on a table keeps nobody from altering it, by no function of the extension
BEGIN;
SET LOCAL ROLE regress_locks_other;
SELECT cxjourney_internal.journey_map_hold('{map_locks.answers,map_locks.m_batches,map_locks.theirs}'::text[],
	'regress_locks_other'::regrole::oid);
SELECT cxjourney_internal.journey_map_ready('journey map', 0, '{}', '', '{map_locks.m_batches,map_locks.theirs}');
SELECT cxjourney_internal.journey_map_close('{map_locks.answers,map_locks.m_batches}'::text[]);
SELECT cxjourney_internal.journey_map_close_triggers('m_write'::regproc::oid, '{answers,answers_1}'::regclass[]::oid[]);
SAVEPOINT refused;
SELECT cxjourney_internal.journey_map_require_plain('journey map', 'answers'::regclass::oid);
ROLLBACK TO refused;
RESET ROLE;
SELECT DISTINCT c.relname FROM pg_locks AS l JOIN pg_class AS c ON c.oid = l.relation
 WHERE l.pid = pg_backend_pid() AND c.relname IN ('answers', 'answers_1', 'm_batches', 'theirs');
COMMIT;

-- what is published can be updated and deleted from only with a key or a replica identity
CREATE PUBLICATION regress_locks FOR TABLES IN SCHEMA map_locks;
SELECT refresh_journey_map('m') >= 0 AS refreshed, refresh_journey_table('j') >= 0 AS refreshed_too;
SELECT rebuild_journey_map('m'), rebuild_journey_table('j');
UPDATE m_definition SET minimum = 50, nps = 'nps::bigint';
UPDATE j_definition SET timezone = 'Europe/Warsaw';
SELECT rebuild_journey_map('m'), rebuild_journey_table('j');
DELETE FROM m_notes;
DELETE FROM m_targets;
DELETE FROM m_alarms_sent;
DELETE FROM m_pending;
DROP PUBLICATION regress_locks;
DROP SCHEMA map_locks CASCADE;
DROP ROLE regress_locks_owner, regress_locks_other;
