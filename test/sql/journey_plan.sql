--
-- journey_agg in the plan that PostgreSQL chooses: journeys of many customers are made in one process, as to hand over
-- and join their parts takes longer; a few large groups are made in parallel.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE TABLE planned AS
SELECT i % 20000 AS customer, 'stage ' || i % 5 AS stage, timestamptz '2026-01-01' + i * interval '1 minute' AS at
  FROM generate_series(1, 200000) i;
ANALYZE planned;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;

CREATE FUNCTION joins_parts(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
	RETURN jsonb_path_exists(plan::jsonb, '$.**."Partial Mode" ? (@ == "Partial")');
END $$;

SELECT joins_parts('SELECT journey_agg(stage, at) FROM planned GROUP BY customer') AS many_customers,
       joins_parts('SELECT journey_agg(stage, at) FROM planned GROUP BY stage') AS few_groups,
       joins_parts('SELECT count(stage) FROM planned GROUP BY customer') AS count_of_many_customers;

-- parts that are joined give the same
SET enable_hashagg = off;
SET max_parallel_workers_per_gather = 0;
CREATE TABLE one_process AS SELECT stage, journey_agg(stage, at) AS j FROM planned GROUP BY stage;
RESET max_parallel_workers_per_gather;
SELECT count(*) AS stages, bool_and(p.j = o.j) AS same
  FROM (SELECT stage, journey_agg(stage, at) AS j FROM planned GROUP BY stage) p JOIN one_process o USING (stage);
DROP TABLE planned, one_process;
DROP FUNCTION joins_parts;

-- a journey table is read in parallel while some visits are pending: these are summed up by one of the processes
CREATE TABLE seen AS
SELECT i % 20000 AS customer, 'stage ' || i % 5 AS stage, timestamptz '2026-01-01' + i * interval '1 minute' AS at
  FROM generate_series(1, 40000) i;
SELECT create_journey_table('paths', 'seen', customer => 'customer', stage => 'stage', at => 'at');
DO $$
BEGIN
	FOR i IN 1 .. 1000 LOOP
		INSERT INTO seen VALUES (i, 'stage 1', '2026-11-01');
	END LOOP;
END $$;
ANALYZE paths_rollup, paths_pending;
RESET enable_hashagg;
SET parallel_setup_cost = 100;
CREATE FUNCTION gathers_last(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	plan jsonb;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
	RETURN plan #>> '{0,Plan,Plans,0,Node Type}' = 'Gather';
END $$;
SELECT gathers_last('SELECT count(journey) FROM paths');
SELECT count(journey) AS journeys, sum(visits(journey)) AS visits FROM paths;
SELECT drop_journey_table('paths');
DROP TABLE seen;
DROP FUNCTION gathers_last;
