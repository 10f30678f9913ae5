-- Memory for a group: as many groups as there are customers, each with a state of its own, beside what PostgreSQL's own
-- aggregates take. The floors say what the hash table takes by itself. test/sql/state_size.sql holds the bounds of the states.
--@ data events
--@ setup
CREATE UNLOGGED TABLE grouped AS SELECT customer, (hashint8(customer) & 1023) % 11 AS score, stage, at FROM event LIMIT :events / 2;
VACUUM ANALYZE grouped;
--@ question memory: States of many groups: :events events of a tenth as many customers, work_mem 2 GB
--@ memory
--@ floor nps_agg: serial work_mem=2GB
SELECT count(v) FROM (SELECT nps_agg(score) AS v FROM grouped GROUP BY customer OFFSET 0) w
--@ floor csat_agg: serial work_mem=2GB
SELECT count(v) FROM (SELECT csat_agg(least(score, 4) + 1) AS v FROM grouped GROUP BY customer OFFSET 0) w
--@ floor avg(score): serial work_mem=2GB
SELECT count(v) FROM (SELECT avg(score) AS v FROM grouped GROUP BY customer OFFSET 0) w
--@ floor count(score): serial work_mem=2GB
SELECT count(v) FROM (SELECT count(score) AS v FROM grouped GROUP BY customer OFFSET 0) w
--@ floor journey_agg: serial work_mem=2GB
SELECT count(v) FROM (SELECT journey_agg(stage, at) AS v FROM grouped GROUP BY customer OFFSET 0) w
--@ floor array_agg(at): serial work_mem=2GB
SELECT count(v) FROM (SELECT array_agg(at) AS v FROM grouped GROUP BY customer OFFSET 0) w
