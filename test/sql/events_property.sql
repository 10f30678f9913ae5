--
-- funnel_agg() and flow_agg() over raw events against the same over journeys, which
-- have oracles of their own (funnel_property, flow_property): any type of
-- customer, any plan, any work_mem, random paths, times with ties.  Random means: the
-- same on every machine, from a hash.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA journey_events_property;
SET search_path = journey_events_property, public;
SET timezone = 'UTC';
CREATE FUNCTION pg_temp.random_labels(row_number int, salt int) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE WHEN pg_temp.random_int(row_number, salt, 3) > 0
	            THEN chr(97 + pg_temp.random_int(row_number, salt + 1, 4))
	            ELSE chr(97 + pg_temp.random_int(row_number, salt + 1, 2)) || '|'
	                 || chr(99 + pg_temp.random_int(row_number, salt + 2, 2)) END;

-- Paths of 1 to 5 items: with arrows of both kinds, limits, exclusions, optional items, anchors, and in any order
CREATE TABLE item AS
SELECT p, i, any_order,
       CASE WHEN i = 1 THEN '' WHEN any_order THEN ' &' WHEN pg_temp.random_int(x, 15, 6) = 0 THEN ' >>' ELSE ' >' END
       AS arrow,
       CASE WHEN i = 1 THEN ''
            WHEN any_order THEN (ARRAY['', '', '', '[!d]', '[!a|b]'])[1 + pg_temp.random_int(x, 16, 5)]
            ELSE (ARRAY['', '', '', '[1 hour]', '[0 hours]', '[!d]', '[2 hours, !a|b]'])
                 [1 + pg_temp.random_int(x, 16, 7)] END AS conditions,
       pg_temp.random_labels(x, 11) AS labels,
       CASE WHEN i <> 1 + pg_temp.random_int(p, 5, n) AND pg_temp.random_int(x, 14, 3) = 0 THEN '?' ELSE '' END
       AS optional
  FROM (SELECT p, i, n, p * 10 + i AS x, n > 1 AND pg_temp.random_int(p, 2, 5) = 0 AS any_order
          FROM (SELECT p, 1 + pg_temp.random_int(p, 1, 5) AS n FROM generate_series(1, 150) p) p,
               generate_series(1, n) i) v;
CREATE TABLE path AS
SELECT p, (CASE WHEN NOT any_order AND pg_temp.random_int(p, 3, 6) = 0 THEN '^' ELSE '' END
           || string_agg(arrow || conditions || labels || optional, '' ORDER BY i)
           || CASE WHEN NOT any_order AND pg_temp.random_int(p, 4, 6) = 0 THEN '$' ELSE '' END)::journey_path AS path
  FROM item GROUP BY p, any_order;
SELECT count(*) FILTER (WHERE path::text ~ '>>') > 20 AS next,
       count(*) FILTER (WHERE path::text ~ '[\^$]') > 20 AS anchors,
       count(*) FILTER (WHERE path::text ~ '&') > 10 AS any_order,
       count(*) FILTER (WHERE path::text ~ '&\[') > 5 AS any_order_excluding,
       count(*) FILTER (WHERE path::text !~ '>>|\^|\$') > 50 AS others
  FROM path;

-- 30 customers a path with 1 to 7 visits at 5 hours; labels do not come in the order of their bytes
CREATE TABLE event AS
SELECT p, customer, chr(97 + pg_temp.random_int(e, 21, 5)) AS stage,
       timestamptz '2026-01-01' + pg_temp.random_int(e, 22, 5) * interval '1 hour' AS at
  FROM (SELECT p, customer, customer * 10 + x AS e
          FROM generate_series(1, 150) p, generate_series(p * 100 + 1, p * 100 + 30) customer,
               generate_series(1, 1 + pg_temp.random_int(customer, 24, 7)) x) v
 ORDER BY pg_temp.random_int(e, 25, 1000000);
CREATE TABLE longest AS SELECT * FROM (VALUES (1, interval '0'), (2, '2 hours'), (3, NULL)) w(w, within);
ANALYZE event, path;
CREATE TABLE customer_journey AS SELECT p, customer, journey_agg(stage, at) AS j FROM event GROUP BY p, customer;
CREATE TABLE expected AS
SELECT w, p, funnel_agg(j, path, within) AS f, flow_agg(j) AS w_flow
  FROM customer_journey JOIN path USING (p), longest GROUP BY w, p;
SELECT count(*) AS funnels, sum((SELECT max(reached) FROM funnel_steps(f))) > 4000 AS customers FROM expected;

CREATE FUNCTION wrong(actual text, paths int DEFAULT 150)
	RETURNS TABLE (groups bigint, wrong_funnel bigint, wrong_flow bigint, wrong_funnel_binary bigint,
	               wrong_flow_binary bigint)
	LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format('
		SELECT count(*),
		       count(*) FILTER (WHERE a.f IS DISTINCT FROM e.f),
		       count(*) FILTER (WHERE a.w_flow IS DISTINCT FROM e.w_flow),
		       count(*) FILTER (WHERE cxjourney_internal.journey_funnel_send(a.f)
		                              IS DISTINCT FROM cxjourney_internal.journey_funnel_send(e.f)),
		       count(*) FILTER (WHERE cxjourney_internal.journey_flow_send(a.w_flow)
		                              IS DISTINCT FROM cxjourney_internal.journey_flow_send(e.w_flow))
		  FROM (SELECT * FROM (%s) a WHERE p <= %s) a
		  FULL JOIN (SELECT * FROM expected WHERE p <= %2$s) e USING (w, p)', actual, paths);
END $$;
CREATE TABLE form AS
SELECT name, format('SELECT w, p, funnel_agg(%1$s, stage, at, path, within) AS f, flow_agg(%1$s, stage, at) AS w_flow
                       FROM event JOIN path USING (p), longest GROUP BY w, p', customer) AS query
  FROM (VALUES ('bigint', 'customer'), ('large bigint', '-9223372036854775808 + customer * 230000000000000'),
               ('uuid', 'md5(customer::text)::uuid'),
               ('uuid, equal ends', $$(rpad('', 8, '0') || lpad(customer::text, 16, '0') || rpad('', 8, 'f'))::uuid$$),
               ('text', 'customer::text'), ('text, long', $$repeat('customer ', customer % 200) || customer$$),
               ('text, one empty', $$CASE WHEN customer = 101 THEN '' ELSE customer::text END$$)) c(name, customer);
SELECT name, w.* FROM form, wrong(query) w ORDER BY name;
SET work_mem = '64kB';
SELECT name, w.* FROM form, wrong(query) w WHERE name IN ('bigint', 'uuid') ORDER BY name;
SELECT name, w.* FROM form, wrong(query, 50) w WHERE name = 'text, long';
RESET work_mem;
SET enable_hashagg = off;
SELECT name, w.* FROM form, wrong(query) w WHERE name IN ('bigint', 'text, long') ORDER BY name;
RESET enable_hashagg;

-- One group of many: files, files of files, and customers that one file cannot tell apart
CREATE FUNCTION temp_blocks(query text) RETURNS bigint
	LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, BUFFERS, FORMAT JSON) ' || query INTO plan;
	RETURN (plan -> 0 -> 'Plan' ->> 'Temp Written Blocks')::bigint;
END $$;
CREATE TABLE many AS
SELECT i, (ARRAY[c, c, 7])[1 + pg_temp.random_int(i, 2, 3)] AS customer, 's' || pg_temp.random_int(i, 3, 9) AS stage,
       timestamptz '2026-01-01' + pg_temp.random_int(i, 4, 200000) * interval '1 minute' AS at
  FROM generate_series(1, 60000) i, pg_temp.random_int(i, 1, 15000) c;
ANALYZE many;
-- Files that stay. Those of other sessions go, so it waits for these, half a minute at most.
CREATE FUNCTION pg_temp.files_left() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	files bigint;
BEGIN
	FOR attempt IN 1 .. 300 LOOP
		SELECT count(*) INTO files FROM pg_ls_tmpdir();
		EXIT WHEN files = 0;
		PERFORM pg_sleep(0.1);
	END LOOP;
	RETURN files;
END $$;
SET max_parallel_workers_per_gather = 0;
CREATE TABLE many_expected AS
SELECT funnel_agg(j, 's1 > s3|s4 > s5? > s8', '30 days') AS closed,
       funnel_agg(j, '^s1 > s3|s4 >> s8', '30 days') AS open,
       flow_agg(j) AS flow
  FROM (SELECT journey_agg(stage, at) AS j FROM many GROUP BY customer) v;
SELECT max(reached), (SELECT max(reached) > 50 FROM many_expected, funnel_steps(open)) AS open
  FROM many_expected, funnel_steps(closed);
CREATE TABLE many_form AS
SELECT name, format('SELECT funnel_agg(%1$s, stage, at, ''s1 > s3|s4 > s5? > s8'', ''30 days'') AS closed,
                            funnel_agg(%1$s, stage, at, ''^s1 > s3|s4 >> s8'', ''30 days'') AS open,
                            flow_agg(%1$s, stage, at) AS flow FROM many', customer) AS query
  FROM (VALUES ('bigint', 'customer'), ('uuid', 'md5(customer::text)::uuid'), ('text', 'customer::text'),
               ('text, long', $$repeat('customer ', customer % 50) || customer$$)) c(name, customer);
CREATE FUNCTION same(query text, OUT same_closed boolean, OUT same_open boolean, OUT same_flow boolean)
	LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE 'SELECT a.closed = e.closed, a.open = e.open, a.flow = e.flow FROM (' || query || ') a, many_expected e'
	   INTO same_closed, same_open, same_flow;
END $$;
SET work_mem = '1GB';
SELECT name, s.*, temp_blocks(query) = 0 AS in_memory FROM many_form, same(query) s ORDER BY name;
SET work_mem = '1MB';
SELECT name, s.*, temp_blocks(query) > 100 AS in_files FROM many_form, same(query) s ORDER BY name;
SET work_mem = '64kB';
SELECT name, s.*, temp_blocks(query) > 500 AS in_files
  FROM many_form, same(query) s WHERE name IN ('bigint', 'text, long') ORDER BY name;
-- nothing is left of the files
SELECT pg_temp.files_left() AS files;

-- a customer's name of a megabyte is written once for events that follow each other, not 200 times; 5 customers with
-- 100 visits each
SELECT temp_blocks($$SELECT flow_agg(name, stage, at)
                       FROM (SELECT repeat('x', 1000000) AS name OFFSET 0) v, many WHERE i <= 200$$) < 1000 AS once;
SELECT from_stage, to_stage, transitions
  FROM flow_edges((SELECT flow_agg(repeat('x', 1000000) || i / 100, 'a', at) FROM many WHERE i BETWEEN 1000 AND 1499));
-- what was read is given back: a customer with 540,000 of 600,000 events moves from file to file, but is in two at
-- most; and 60,000 customers with one
SET temp_file_limit = '14MB';
SELECT from_stage, to_stage, transitions
  FROM flow_edges((SELECT flow_agg(CASE WHEN g = 1 THEN i ELSE 0 END, 'a', at) FROM many, generate_series(1, 10) g));
RESET temp_file_limit;

-- after an error, and after a cancel, in the middle
DO $$
BEGIN
	PERFORM flow_agg(customer, CASE WHEN i = 59000 THEN '' ELSE stage END, at) FROM many;
EXCEPTION WHEN invalid_parameter_value THEN
	RAISE NOTICE '%', SQLERRM;
END $$;
SELECT pg_temp.files_left() AS files;
SET statement_timeout = '1s';
DO $$
BEGIN
	PERFORM flow_agg(customer, stage || CASE WHEN i = 59000 THEN pg_sleep(60)::text ELSE '' END, at) FROM many;
EXCEPTION WHEN query_canceled THEN
	RAISE NOTICE 'canceled';
END $$;
RESET statement_timeout;
SELECT pg_temp.files_left() AS files;
-- the same where a group ends, and where a scan is done again
SELECT count(DISTINCT flow::text) AS flows, count(*) AS runs
  FROM generate_series(1, 3) g,
       LATERAL (SELECT flow_agg(customer, stage, at + (g - g) * interval '1 day') AS flow FROM many) v;
BEGIN;
DECLARE c CURSOR FOR SELECT i % 3 AS part, flow_agg(customer, stage, at) FROM many GROUP BY 1 ORDER BY 1;
FETCH 1 FROM c \g /dev/null
ROLLBACK;
SELECT pg_temp.files_left() AS files;
RESET work_mem;

-- Workers: each hands its events over, the leader sorts them once
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 3;
SELECT name, pg_temp.plan_has(query, 'Gather') AS parallel, s.* FROM many_form, same(query) s ORDER BY name;
SET work_mem = '64kB';
SELECT name, pg_temp.plan_has(query, 'Gather') AS parallel, s.*
  FROM many_form, same(query) s WHERE name IN ('bigint', 'text, long') ORDER BY name;
RESET work_mem;
SELECT pg_temp.files_left() AS files;
-- some workers see no event at all
SELECT flow_agg(customer, stage, at) = (SELECT flow_agg(customer, stage, at)
                                          FROM (SELECT * FROM many WHERE i = 5 OFFSET 0) v) AS same,
       flow_agg(customer, stage, at) FILTER (WHERE i < 0) AS none
  FROM many WHERE i = 5;
RESET max_parallel_workers_per_gather;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- Partitions, aggregated each by itself
CREATE TABLE parted (LIKE many) PARTITION BY RANGE (i);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (1) TO (50000);
CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (50000) TO (200000);
INSERT INTO parted TABLE many;
ANALYZE parted;
SET enable_partitionwise_aggregate = on;
SET max_parallel_workers_per_gather = 0;
SELECT name, pg_temp.plan_has(query, 'Append.*Aggregate') AS partitionwise, s.*
  FROM (SELECT name, replace(query, 'FROM many', 'FROM parted') AS query FROM many_form) v,
       same(query) s
 ORDER BY name;
RESET enable_partitionwise_aggregate;

-- Events that need wide entries: times past 2071 and before 1928, and more than 4096 stages, from the start or in the
-- end
CREATE TABLE wide AS
SELECT i, 'then' AS way, pg_temp.random_int(i, 1, 3000) AS customer,
       's' || pg_temp.random_int(i, 3, CASE WHEN i < 20000 THEN 9 ELSE 5000 END) AS stage,
       timestamptz '2026-01-01' + pg_temp.random_int(i, 4, 200000) * interval '1 minute' AS at
  FROM generate_series(1, 30000) i
UNION ALL
SELECT i, 'ages', pg_temp.random_int(i, 1, 3000), 's' || pg_temp.random_int(i, 3, 9),
       (ARRAY['4714-11-24 00:00:00+00 BC', '1850-01-01', '2026-01-01', '2026-01-01 00:00:00.000001', '2100-01-01',
              '294276-12-31 23:59:59.999999+00'])
       [1 + pg_temp.random_int(i, 4, CASE WHEN i < 20000 THEN 4 ELSE 6 END)]::timestamptz
  FROM generate_series(1, 30000) i;
SELECT way, count(DISTINCT stage) > 4096 AS many_stages, max(at) > '2100-01-01' AS late
  FROM wide GROUP BY way ORDER BY way;
CREATE TABLE wide_expected AS
SELECT way, funnel_agg(j, 's1 > s3|s4', NULL) AS closed, funnel_agg(j, '^s1 > s3|s4$', NULL) AS open,
       flow_agg(j) AS flow
  FROM (SELECT way, journey_agg(stage, at) AS j FROM wide GROUP BY way, customer) v GROUP BY way;
CREATE VIEW wide_got AS
SELECT 'bigint' AS customers, way, funnel_agg(customer, stage, at, 's1 > s3|s4', NULL) AS closed,
       funnel_agg(customer, stage, at, '^s1 > s3|s4$', NULL) AS open, flow_agg(customer, stage, at) AS flow
  FROM (SELECT way, customer::bigint AS customer, stage, at FROM wide ORDER BY i) o GROUP BY way
UNION ALL
SELECT 'uuid', way, funnel_agg(customer, stage, at, 's1 > s3|s4', NULL),
       funnel_agg(customer, stage, at, '^s1 > s3|s4$', NULL), flow_agg(customer, stage, at)
  FROM (SELECT way, md5(customer::text)::uuid AS customer, stage, at FROM wide) u GROUP BY way
UNION ALL
SELECT 'text', way, funnel_agg(customer, stage, at, 's1 > s3|s4', NULL),
       funnel_agg(customer, stage, at, '^s1 > s3|s4$', NULL), flow_agg(customer, stage, at)
  FROM (SELECT way, customer::text AS customer, stage, at FROM wide) t GROUP BY way;
CREATE VIEW wide_same AS
SELECT way, customers, g.closed = e.closed AS same_closed, g.open = e.open AS same_open, g.flow = e.flow AS same_flow
  FROM wide_got g JOIN wide_expected e USING (way);
SELECT * FROM wide_same ORDER BY way, customers;
SET work_mem = '64kB';
SELECT * FROM wide_same ORDER BY way, customers;
RESET work_mem;
-- 10,000 stages
SELECT (SELECT count(*) FROM flow_edges(flow)) AS edges,
       flow = (SELECT flow_agg(j)
                 FROM (SELECT journey_agg('stage ' || i % 10000,
                                          timestamptz '2026-01-01' + i * interval '1 second') AS j
                         FROM generate_series(1, 20000) i GROUP BY i % 10) v) AS same
  FROM (SELECT flow_agg(i % 10, 'stage ' || i % 10000, timestamptz '2026-01-01' + i * interval '1 second') AS flow
          FROM generate_series(1, 20000) i) f;
RESET max_parallel_workers_per_gather;
