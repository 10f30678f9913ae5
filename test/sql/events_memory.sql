--
-- funnel_agg() and flow_agg() over raw events give the same for any work_mem and any plan: in memory, in files, in
-- parts that come from partitions or workers, also where these keep stages by other numbers, events in another layout,
-- or keys in other parts than the process that takes them. The oracle is the same over journeys.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA journey_events_memory;
SET search_path = journey_events_memory, public;
SET timezone = 'UTC';
SET max_parallel_workers_per_gather = 0;
SET enable_hashagg = off;

-- 42,000 events of 7,000 customers, of whom 7 has a fifth; stages come in another order in each partition, the third
-- has but 50 events, the fourth one that is too late for small entries
CREATE TABLE event (i int, part int, customer bigint, stage text, at timestamptz) PARTITION BY LIST (part);
CREATE TABLE event_1 PARTITION OF event FOR VALUES IN (1);
CREATE TABLE event_2 PARTITION OF event FOR VALUES IN (2);
CREATE TABLE event_3 PARTITION OF event FOR VALUES IN (3);
CREATE TABLE event_4 PARTITION OF event FOR VALUES IN (4);
INSERT INTO event
SELECT i, CASE WHEN i <= 25000 THEN 1 WHEN i <= 41000 THEN 2 WHEN i <= 41050 THEN 3 ELSE 4 END,
       CASE WHEN pg_temp.random_int(i, 2, 5) = 0 THEN 7 ELSE pg_temp.random_int(i, 1, 7000) END,
       's' || CASE WHEN i <= 25000 THEN pg_temp.random_int(i, 3, 9) ELSE 8 - pg_temp.random_int(i, 3, 9) END,
       CASE WHEN i = 41500 THEN '2100-01-01'
            ELSE timestamptz '2026-01-01' + i / 50 * interval '1 minute'
                 + pg_temp.random_int(i, 4, 20000) * interval '1 second' END
  FROM generate_series(1, 42000) i;
ANALYZE event;
CREATE TABLE expected AS
SELECT funnel_agg(j, 's1 > s3|s4 > s5? > s8', '1 day') AS closed,
       funnel_agg(j, '^s1 > s3|s4 >> s8', '1 day') AS open,
       flow_agg(j) AS flow
  FROM (SELECT journey_agg(stage, at) AS j FROM event GROUP BY customer) v;
SELECT (SELECT array_agg(reached > 10 ORDER BY step) FROM funnel_steps(closed)) AS closed,
       (SELECT array_agg(reached > 10 ORDER BY step) FROM funnel_steps(open)) AS open,
       (SELECT sum(transitions) FROM flow_edges(flow) WHERE from_stage <> '(start)') AS visits
  FROM expected;

-- every form with every memory and plan: how many differ, of how many, and how many of them had temporary files
CREATE TABLE form AS
SELECT name, format('SELECT funnel_agg(%1$s, stage, at, ''s1 > s3|s4 > s5? > s8'', ''1 day'') AS closed,
                            funnel_agg(%1$s, stage, at, ''^s1 > s3|s4 >> s8'', ''1 day'') AS open,
                            flow_agg(%1$s, stage, at) AS flow FROM event', customer) AS query
  FROM (VALUES ('bigint', 'customer'), ('bigint, far apart', '-9223372036854775808 + customer * 230000000000000'),
               ('uuid', 'md5(customer::text)::uuid'), ('text', 'customer::text'),
               ('text, long', $$repeat('customer ', customer::int % 9) || customer$$)) c(name, customer);
CREATE FUNCTION explained(query text) RETURNS json
	LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, BUFFERS, FORMAT JSON) ' || query INTO plan;
	RETURN plan -> 0 -> 'Plan';
END $$;
CREATE FUNCTION compared(memory text, query text, OUT wrong bigint, OUT in_files boolean)
	LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('work_mem', memory, true);
	EXECUTE format('SELECT (a.closed IS DISTINCT FROM e.closed)::int + (a.open IS DISTINCT FROM e.open)::int
	                       + (a.flow IS DISTINCT FROM e.flow)::int FROM (%s) a, expected e', query)
	   INTO wrong;
	in_files := (explained(query) ->> 'Temp Written Blocks')::bigint > 0;
END $$;
CREATE FUNCTION compared_all(plan text, OUT memory text, OUT queries bigint, OUT plans bigint, OUT wrong numeric,
                             OUT in_files bigint)
	RETURNS SETOF record LANGUAGE sql AS $$
	SELECT memory, count(*), count(*) FILTER (WHERE pg_temp.plan_has(query, plan)), sum(c.wrong),
	       count(*) FILTER (WHERE c.in_files)
	  FROM form, unnest(ARRAY['64kB', '1MB', '1GB']) WITH ORDINALITY m(memory, nr),
	       compared(memory, query) c
	 GROUP BY memory, nr ORDER BY nr;
$$;
SELECT * FROM compared_all('Aggregate');
SET enable_partitionwise_aggregate = on;
SELECT * FROM compared_all('Finalize.*Append.*Partial');
SET enable_partitionwise_aggregate = off;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 3;
SELECT * FROM compared_all('Finalize.*Gather.*Partial');
SET max_parallel_workers_per_gather = 0;

-- each partition with another work_mem than the one before, as servers of a cluster may have: 64 parts of keys or 4
SET enable_partitionwise_aggregate = on;
SELECT name, memory, pg_temp.plan_has(query, 'Finalize.*Append.*Partial') AS in_parts, c.wrong
  FROM (SELECT name, memory, replace(query, 'customer',
                     format('CASE WHEN set_config(''work_mem'', (ARRAY[%s])[part], true) <> '''' THEN customer END',
                            memory)) AS query
          FROM form, (VALUES ($$'64kB', '1MB', '4MB', '64kB'$$), ($$'1MB', '64kB', '16MB', '1MB'$$)) m(memory)
         WHERE name IN ('bigint', 'text')) v,
       compared('1MB', query) c
 ORDER BY name COLLATE "C", memory COLLATE "C";
RESET work_mem;

-- more stages than small entries have room for, in all partitions together but in none of them
CREATE TABLE staged (LIKE event) PARTITION BY LIST (part);
CREATE TABLE staged_1 PARTITION OF staged FOR VALUES IN (1);
CREATE TABLE staged_2 PARTITION OF staged FOR VALUES IN (2);
INSERT INTO staged
SELECT i, part, customer, 'stage ' || CASE part WHEN 1 THEN i % 4000 ELSE 2000 + i % 3000 END, at
  FROM event WHERE part <= 2;
ANALYZE staged;
SELECT memory, pg_temp.plan_has('SELECT flow_agg(customer, stage, at) FROM staged', 'Finalize.*Append.*Partial')
       AS in_parts, f = g AS same
  FROM (SELECT flow_agg(j) AS g FROM (SELECT journey_agg(stage, at) AS j FROM staged GROUP BY customer) j) g,
       unnest(ARRAY['64kB', '4MB']) memory, set_config('work_mem', memory, true),
       LATERAL (SELECT flow_agg(customer, stage, at) AS f FROM staged WHERE memory <> '') f;
RESET enable_partitionwise_aggregate;
RESET work_mem;

-- events are written in few bytes: 16 times 32,000, of 16 bytes each while they come, fit into half of 16 MB
SET work_mem = '16MB';
SELECT (explained('SELECT flow_agg(customer, stage, at) FROM event, generate_series(1, 16)
                   WHERE i <= 41000 AND customer <> 7')
        ->> 'Temp Written Blocks')::int AS blocks;

-- a part of the keys that is larger than the memory is parted once more, in memory if its events fit there packed:
-- each of 197,000 is written once
SET work_mem = '256kB';
SET enable_material = off;
SELECT events, blocks BETWEEN 6 * events / 8192 AND 9 * events / 8192 AS written_once
  FROM (SELECT 6 * count(*) AS events FROM event WHERE i <= 41000 AND customer <> 7) e,
       LATERAL (SELECT (explained('SELECT flow_agg(customer, stage, at) FROM event, generate_series(1, 6)
                                   WHERE i <= 41000 AND customer <> 7')
                        ->> 'Temp Written Blocks')::int AS blocks) b;

-- groups of which nobody asks for the result: PostgreSQL would warn of files that are not closed
SET work_mem = '64kB';
SET enable_hashagg = on;
SET enable_sort = off;
CREATE FUNCTION one_of_two() RETURNS text LANGUAGE sql RETURN
	'SELECT flow_agg(customer, stage, at) FROM event, generate_series(1, 2) AS g GROUP BY g LIMIT 1';
SELECT pg_temp.plan_has(one_of_two(), '"Strategy": "Hashed"') AS hashed,
	(explained(one_of_two()) ->> 'Temp Written Blocks')::int > 0 AS in_files;
SELECT count(*) FROM (SELECT flow_agg(customer, stage, at) FROM event, generate_series(1, 2) AS g GROUP BY g LIMIT 1)
	AS one;
