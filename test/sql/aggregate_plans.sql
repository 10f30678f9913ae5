--
-- Every aggregate in every way in which PostgreSQL runs one: in window frames, with states taken back, grouping sets,
-- hash tables that spill, partial states, scanned again, read backwards, and side by side. Each query also says which
-- rows an aggregate was to see; what it gave is compared with the aggregate over these rows alone, one after the other.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\i :test/aggregates.sql
-- a new aggregate needs a line there
SELECT call AS without_sample FROM sampled WHERE arguments IS NULL;

-- The aggregate over the rows with these numbers, in their order, and over those that are distinct. Each is planned
-- once, and each answer kept.
CREATE TABLE plain (call oid, as_distinct boolean, seen integer[], value text, PRIMARY KEY (call, as_distinct, seen));
CREATE FUNCTION prepare_plain(a sampled) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	columns text := (SELECT string_agg(format('%s AS a%s', argument, n), ', ') FROM unnest(a.list)
		WITH ORDINALITY AS l(argument, n));
	names text := (SELECT string_agg('a' || n, ', ') FROM generate_subscripts(a.list, 1) AS n);
BEGIN
	EXECUTE format('PREPARE plain_f_%s(integer[]) AS SELECT (%s(%s))::text
		FROM (SELECT %s FROM unnest($1) WITH ORDINALITY AS u(i, n) JOIN data USING (i) ORDER BY n) AS d',
		a.oid, a.name, names, columns);
	EXECUTE format('PREPARE plain_t_%s(integer[]) AS SELECT (%s(%s))::text
		FROM (SELECT DISTINCT %s FROM unnest($1) AS i JOIN data USING (i) ORDER BY %s) AS d',
		a.oid, a.name, names, columns, names);
END $$;
CREATE FUNCTION plain_value(a oid, seen integer[], as_distinct boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	SELECT value INTO result FROM plain AS p
	 WHERE p.call = a AND p.as_distinct = plain_value.as_distinct AND p.seen = plain_value.seen;
	IF NOT FOUND THEN
		EXECUTE format('EXECUTE plain_%s_%s(%L)', as_distinct::text::char, a, seen) INTO result;
		INSERT INTO plain VALUES (a, as_distinct, seen, result);
	END IF;
	RETURN result;
END $$;
SELECT count(prepare_plain(a)) > 90 AS many_aggregates FROM sampled AS a;

-- A query gives the numbers of rows that the aggregate was to see, and what it gave for them. In it {call} stands for
-- the aggregate, {seen} for those numbers, with the same filter, order and window.
CREATE TABLE shape (n integer GENERATED ALWAYS AS IDENTITY, name text PRIMARY KEY, query text,
	settings text DEFAULT '', plan text);
CREATE TABLE shape_window (name text, filter text, frame text);
INSERT INTO shape_window VALUES
	('moving on', '', 'ORDER BY i ROWS BETWEEN 3 PRECEDING AND CURRENT ROW'),
	('moving ahead', '', 'ORDER BY i ROWS BETWEEN 1 FOLLOWING AND 3 FOLLOWING'),
	('moving to the end', '', 'ORDER BY i ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING'),
	('moving in partitions', '', 'PARTITION BY g ORDER BY i ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING'),
	('moving, jumping', '', 'ORDER BY k RANGE BETWEEN 3 PRECEDING AND 2 PRECEDING'),
	('moving, by peers', '', 'ORDER BY k GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING'),
	('moving, filtered', 'FILTER (WHERE i % 3 > 0)', 'ORDER BY i ROWS BETWEEN 4 PRECEDING AND 1 PRECEDING'),
	('moving, all left out', 'FILTER (WHERE i < 0)', 'ORDER BY i ROWS 3 PRECEDING'),
	('growing', '', 'ORDER BY i'), ('growing by partition', '', 'PARTITION BY h ORDER BY i'), ('whole', '', ''),
	('exclude current row', '', 'ORDER BY i ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW'),
	('exclude group', '', 'ORDER BY k ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE GROUP'),
	('exclude ties', '', 'ORDER BY k ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE TIES');
INSERT INTO shape (name, query)
	SELECT name, format('SELECT {seen} %1$s OVER w AS seen, ({call} %1$s OVER w)::text AS value FROM data
		WINDOW w AS (%2$s)', filter, frame) FROM shape_window;
INSERT INTO shape (name, query, settings, plan) VALUES
	('grouped by hash', 'SELECT {seen} AS seen, ({call})::text AS value FROM data GROUP BY g',
		'enable_sort off', '"Strategy": "Hashed"'),
	('grouped in order', 'SELECT {seen} AS seen, ({call})::text AS value FROM data GROUP BY g',
		'enable_hashagg off', '"Strategy": "Sorted"'),
	('grouping sets by hash', 'SELECT {seen} AS seen, ({call})::text AS value FROM data
		GROUP BY GROUPING SETS ((g), (h), (g, h), ())', 'enable_sort off, work_mem 64MB', '"Strategy": "Mixed"'),
	('grouping sets in order', 'SELECT {seen} AS seen, ({call})::text AS value FROM data GROUP BY CUBE (g, h)',
		'enable_hashagg off', '"Strategy": "Sorted"'),
	('grouping sets of nothing', 'SELECT {seen} AS seen, ({call})::text AS value FROM data WHERE i < 0
		GROUP BY GROUPING SETS ((g), ())', DEFAULT, NULL),
	('rollup with filter', 'SELECT {seen} FILTER (WHERE i % 4 = h) AS seen, ({call} FILTER (WHERE i % 4 = h))::text
		AS value FROM data GROUP BY ROLLUP (g, h)', DEFAULT, NULL),
	('in another order', 'SELECT array_agg(i ORDER BY i) AS seen, ({name}({arguments}
		ORDER BY i % 7, i DESC))::text AS value FROM data GROUP BY h', DEFAULT, NULL),
	('distinct', 'SELECT {seen} AS seen, ({name}(DISTINCT {arguments}))::text AS value
		FROM (SELECT * FROM data UNION ALL SELECT * FROM data WHERE i % 2 = 0) AS twice GROUP BY h', DEFAULT, NULL),
	('spilled', 'SELECT {seen} AS seen, ({call})::text AS value FROM data, generate_series(1, 80) AS copy
		GROUP BY copy, g', 'work_mem 64kB, enable_sort off', '"HashAgg Batches": ([2-9]|[1-9][0-9])'),
	('grouping sets, spilled', 'SELECT {seen} AS seen, ({call})::text AS value FROM data,
		generate_series(1, 80) AS copy GROUP BY GROUPING SETS ((copy::text::xid, g), (copy::text::xid, h))',
		'work_mem 64kB, enable_sort off', '"HashAgg Batches": ([2-9]|[1-9][0-9])');

-- Scanned again: with other rows, with the same ones, and before all was read.
INSERT INTO shape (name, query, settings, plan) VALUES
	('again', 'SELECT s.* FROM generate_series(0, 5) AS x, LATERAL (SELECT {seen} AS seen, ({call})::text AS value
		FROM data WHERE g = x OFFSET 0) AS s', DEFAULT, NULL),
	('again by hash', 'SELECT s.* FROM generate_series(0, 5) AS x, LATERAL (SELECT {seen} AS seen,
		({call})::text AS value FROM data WHERE g <= x GROUP BY h OFFSET 0) AS s', 'enable_sort off',
		'"Strategy": "Hashed"'),
	('again in order', 'SELECT s.* FROM generate_series(0, 5) AS x, LATERAL (SELECT {seen} AS seen,
		({call})::text AS value FROM data WHERE g <= x GROUP BY h OFFSET 0) AS s', 'enable_hashagg off',
		'"Strategy": "Sorted"'),
	('again, grouping sets', 'SELECT s.* FROM generate_series(0, 2) AS x, LATERAL (SELECT {seen} AS seen,
		({call})::text AS value FROM data WHERE g <> x GROUP BY GROUPING SETS ((h), (h, g), ()) OFFSET 0) AS s',
		'enable_hashagg off', NULL),
	('again, unchanged', 'SELECT s.seen, s.value FROM generate_series(0, 2) AS x LEFT JOIN (SELECT {seen} AS seen,
		({call})::text AS value, h FROM data GROUP BY h) AS s ON s.h >= x',
		'enable_material off, enable_sort off', '"Strategy": "Hashed"'),
	('again, spilled', 'SELECT s.seen, s.value FROM generate_series(0, 1) AS x LEFT JOIN (SELECT {seen} AS seen,
		({call})::text AS value, g FROM data, generate_series(1, 80) AS copy GROUP BY copy, g) AS s ON s.g > x',
		'work_mem 64kB, enable_material off, enable_sort off', '"HashAgg Batches": ([2-9]|[1-9][0-9])'),
	('again in frames', 'SELECT s.* FROM generate_series(0, 5) AS x, LATERAL (SELECT {seen} OVER w AS seen,
		({call} OVER w)::text AS value FROM data WHERE g = x WINDOW w AS (ORDER BY i ROWS 2 PRECEDING) OFFSET 0) AS s',
		DEFAULT, '"Node Type": "WindowAgg"'),
	('again, stopped within', 'SELECT s.* FROM generate_series(0, 5) AS x, LATERAL (SELECT {seen} OVER w AS seen,
		({call} OVER w)::text AS value FROM data WHERE h = x % 3
		WINDOW w AS (ORDER BY i ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING) LIMIT 2) AS s', DEFAULT, NULL);

-- A cursor goes forward and back again, and another one over the same query does so, too, half a turn later.
CREATE FUNCTION there_and_back(query text) RETURNS TABLE (seen integer[], value text) LANGUAGE plpgsql AS $$
DECLARE
	one refcursor;
	other refcursor;
BEGIN
	OPEN one SCROLL FOR EXECUTE query;
	OPEN other SCROLL FOR EXECUTE query;
	LOOP
		FETCH NEXT FROM one INTO seen, value;
		EXIT WHEN NOT FOUND;
		RETURN NEXT;
		FETCH NEXT FROM other INTO seen, value;
		RETURN NEXT;
	END LOOP;
	LOOP
		FETCH PRIOR FROM one INTO seen, value;
		EXIT WHEN NOT FOUND;
		RETURN NEXT;
	END LOOP;
	FETCH FIRST FROM other INTO seen, value;
	RETURN NEXT;
END $$;
INSERT INTO shape (name, query) SELECT 'cursor, ' || name, format('SELECT * FROM there_and_back($q$%s$q$)', query)
	FROM shape WHERE name IN ('moving on', 'growing', 'grouping sets in order', 'again in frames');

-- Partial states, some of no rows: a partition is empty, others have rows of some groups only. The numbers of rows come
-- sorted, for which order partial states are merged in is not known.
CREATE TABLE parts (LIKE data, copy integer) PARTITION BY RANGE (i);
CREATE TABLE part_empty PARTITION OF parts FOR VALUES FROM (0) TO (1);
CREATE TABLE part_few PARTITION OF parts FOR VALUES FROM (1) TO (4);
CREATE TABLE part_null PARTITION OF parts FOR VALUES FROM (4) TO (5);
CREATE TABLE part_rest PARTITION OF parts FOR VALUES FROM (5) TO (60);
INSERT INTO parts SELECT d.*, copy FROM data AS d, generate_series(1, 60) AS copy WHERE i > 4 OR copy = 1;
ANALYZE parts;
CREATE TABLE many AS SELECT d.* FROM data AS d, generate_series(1, 20) AS copy ORDER BY copy, i;
ALTER TABLE many SET (parallel_workers = 2);
-- parts are joined here, whatever that costs
ALTER FUNCTION cxjourney_internal.journey_combine(journey, journey) COST 1;
ANALYZE many;
INSERT INTO shape (name, query, settings, plan)
SELECT name, 'SELECT ARRAY(SELECT unnest(seen) ORDER BY 1) AS seen, value
		FROM (SELECT rows_seen(i) AS seen, ({call})::text AS value FROM ' || query || ') AS q',
		settings || 'enable_partitionwise_aggregate on', '"Partial Mode": "Partial"'
	FROM (VALUES
	('partial by hash', 'parts GROUP BY g', 'enable_sort off, '),
	('partial in order', 'parts GROUP BY h', 'enable_hashagg off, '),
	('partial, ungrouped', 'parts', ''), ('partial, of nothing', 'parts WHERE copy * 2 < 0', ''),
	('partial, of a few rows', 'parts WHERE i * 100 + copy < 102 OR i * 100 + copy > 2858', '')
	) AS v(name, query, settings);
INSERT INTO shape (name, query, settings, plan) VALUES
	('parallel', 'SELECT ARRAY(SELECT unnest(seen) ORDER BY 1) AS seen, value FROM (SELECT rows_seen(i) AS seen,
		({call})::text AS value FROM many GROUP BY g) AS q', 'enable_sort off, parallel_setup_cost 0,
		parallel_tuple_cost 0, min_parallel_table_scan_size 0', '"Partial Mode": "Partial"'),
	('parallel, leader only', 'SELECT ARRAY(SELECT unnest(seen) ORDER BY 1) AS seen, value
		FROM (SELECT rows_seen(i) AS seen, ({call})::text AS value FROM many GROUP BY h) AS q',
		'enable_hashagg off, parallel_setup_cost 0, parallel_tuple_cost 0, min_parallel_table_scan_size 0,
		max_parallel_workers 0', '"Partial Mode": "Partial"');

-- What a shape's query gives for one aggregate. By RETURN QUERY, for a loop over a query runs no workers.
CREATE FUNCTION query_of(s shape, a sampled) RETURNS text LANGUAGE sql
	RETURN replace(replace(replace(replace(s.query, '{call}', '{name}({arguments})'), '{seen}', 'array_agg(i)'),
		'{name}', a.name), '{arguments}', a.arguments);
CREATE FUNCTION run(query text) RETURNS TABLE (seen integer[], value text) LANGUAGE plpgsql
	AS $$ BEGIN RETURN QUERY EXECUTE query; END $$;
CREATE FUNCTION set_all(settings text, only_reset boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	setting text[];
BEGIN
	FOR setting IN SELECT regexp_matches(settings, '(\w+) (\w+)', 'g') LOOP
		EXECUTE CASE WHEN only_reset THEN 'RESET ' || setting[1] ELSE format('SET %s = %L', setting[1], setting[2]) END;
	END LOOP;
END $$;
CREATE FUNCTION plan_lacks(query text, pattern text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	plan text;
BEGIN
	EXECUTE format('EXPLAIN (%s FORMAT JSON, COSTS OFF) %s',
		CASE WHEN pattern LIKE '%Batches%' THEN 'ANALYZE, TIMING OFF,' ELSE '' END, query) INTO plan;
	RETURN plan !~ pattern;
END $$;

-- Aggregates whose final function changes the state run in no frame; those that cannot merge make no partial states,
-- and may go by the order of their rows.
CREATE FUNCTION fits(s shape, a sampled) RETURNS boolean LANGUAGE sql
	RETURN (a.aggfinalmodify <> 'w' OR s.query NOT LIKE '%OVER w%')
		AND (a.merges OR s.name <> 'in another order' AND coalesce(s.plan, '') NOT LIKE '%Partial%');
CREATE FUNCTION check_shape(s shape, a sampled, OUT compared bigint, OUT wrong text) LANGUAGE plpgsql AS $$
DECLARE
	query text := query_of(s, a);
BEGIN
	PERFORM set_all(s.settings, false);
	SELECT sum(n), min(format('%s for the rows %s', coalesce(value, 'NULL'), seen)) FILTER (WHERE value
			IS DISTINCT FROM plain_value(a.oid, coalesce(seen, '{}'), s.name = 'distinct'))
	  INTO compared, wrong FROM (SELECT seen, value, count(*) AS n FROM run(query) GROUP BY seen, value) AS r;
	IF plan_lacks(query, s.plan) THEN
		wrong := concat_ws(', ', wrong, 'another plan');
	END IF;
	PERFORM set_all(s.settings, true);
EXCEPTION WHEN OTHERS THEN
	wrong := SQLSTATE || ' ' || SQLERRM;
END $$;
SELECT s.name, count(*) > 80 AS many, CASE WHEN max(compared) = min(compared) THEN max(compared) END AS rows_of_each,
       array_agg(a.call || ': ' || wrong ORDER BY a.call) FILTER (WHERE wrong IS NOT NULL) AS wrong
  FROM shape AS s JOIN sampled AS a ON fits(s, a), LATERAL check_shape(s, a) GROUP BY s.n, s.name ORDER BY s.n;
SELECT DISTINCT regexp_replace(pg_temp.message_of(format('SELECT %s(%s) OVER () FROM data', name, arguments)),
       'function .*\)', 'function') AS in_a_window FROM sampled WHERE aggfinalmodify = 'w';

-- In one query: states that PostgreSQL shares between aggregates, and final functions that follow each other.
SELECT array_agg(oid ORDER BY oid) AS together,
       string_agg(format('(%s(%s))::text', name, arguments), ', ' ORDER BY oid) AS calls FROM sampled \gset
SELECT count(*) = 24 * (SELECT count(*) FROM sampled) AS all_compared,
       count(*) FILTER (WHERE value IS DISTINCT FROM plain_value(a.oid, seen, false)) AS wrong
  FROM (SELECT array_agg(i) AS seen, ARRAY[:calls] AS list FROM data GROUP BY CUBE (g, h)) AS q,
       unnest(:'together'::oid[], list) AS u(oid, value) JOIN sampled AS a USING (oid);

-- What has a fault is found: an inverse that does not take away, a combine function that loses, and a state that goes
-- by the order of rows.
BEGIN;
CREATE AGGREGATE fault_inverse(integer) (SFUNC = int4pl, STYPE = integer,
	MSFUNC = int4pl, MINVFUNC = int4larger, MSTYPE = integer);
CREATE AGGREGATE fault_combine(integer) (SFUNC = int4pl, STYPE = integer, COMBINEFUNC = int4larger, PARALLEL = SAFE);
CREATE AGGREGATE fault_order(integer) (SFUNC = int4mi, STYPE = integer, COMBINEFUNC = int4pl, PARALLEL = SAFE);
ALTER EXTENSION cxjourney ADD AGGREGATE fault_inverse(integer);
ALTER EXTENSION cxjourney ADD AGGREGATE fault_combine(integer);
ALTER EXTENSION cxjourney ADD AGGREGATE fault_order(integer);
SELECT call AS without_sample FROM sampled WHERE arguments IS NULL ORDER BY call;
INSERT INTO sample VALUES ('fault_inverse', 'number', '{five}'), ('fault_combine', 'number', '{five}'),
	('fault_order', 'number', '{five}');
SELECT count(prepare_plain(a)) AS faults FROM sampled AS a WHERE call LIKE 'fault%';
SELECT call, bool_or(s.name LIKE 'moving%' AND wrong IS NOT NULL) AS in_frames,
       bool_or(s.name LIKE 'partial%' AND wrong IS NOT NULL) AS in_parts,
       bool_or(s.name = 'in another order' AND wrong IS NOT NULL) AS in_another_order
  FROM shape AS s JOIN sampled AS a ON fits(s, a), LATERAL check_shape(s, a)
 WHERE call LIKE 'fault%' AND s.name NOT LIKE '%spilled' GROUP BY call ORDER BY call;
ROLLBACK;
ALTER FUNCTION cxjourney_internal.journey_combine(journey, journey) COST 100;
RESET client_min_messages;
