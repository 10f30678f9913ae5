--
-- Every aggregate of the catalog over tables of Citus: that each result is the one over the same local table, byte by
-- byte and as text, and that the workers compute what docs/scale.md says. The tables hold the rows of
-- test/aggregates.sql; of their eight shards some are empty. Partial results travel as binary and as text.
--
-- Prints lines "what <tab> wanted <tab> got" for test/citus/run.
--
CREATE EXTENSION citus_columnar;
SET citus.enable_ddl_propagation = off;
\i :test/aggregates.sql
\set ECHO none
RESET citus.enable_ddl_propagation;
SET client_min_messages = error;
\pset fieldsep '\t'
SET citus.shard_count = 8;

CREATE TABLE by_row (LIKE data);
CREATE TABLE by_group (LIKE data);
CREATE TABLE everywhere (LIKE data);
CREATE TABLE in_columns (LIKE data) USING columnar;
SELECT create_distributed_table('by_row', 'i', colocate_with => 'none');
SELECT create_distributed_table('by_group', 'g', colocate_with => 'none');
SELECT create_reference_table('everywhere');
INSERT INTO by_row SELECT * FROM data;
INSERT INTO by_group SELECT * FROM data;
INSERT INTO everywhere SELECT * FROM data;
INSERT INTO in_columns SELECT * FROM data;
-- each row twice, in a reference table and here
CREATE TABLE twice_here AS SELECT i, copy FROM data, generate_series(1, 2) AS copy;
CREATE TABLE twice (LIKE twice_here);
SELECT create_reference_table('twice');
INSERT INTO twice SELECT * FROM twice_here;

SELECT 'a shard of by_group without rows', true, count(*) FILTER (WHERE result = '0') > 0
  FROM run_command_on_shards('by_group', 'SELECT count(*) FROM %s');

-- To see that the comparison finds what is wrong: an initial value counts for each shard and once more here.
CREATE AGGREGATE from_one(integer) (SFUNC = int4pl, STYPE = integer, COMBINEFUNC = int4pl, INITCOND = '1');
CREATE TABLE candidate AS
SELECT s.oid, s.call, s.name, s.arguments, p.proname, p.prorettype, s.aggtranstype <> 'internal'::regtype AS stored,
	s.aggfinalmodify <> 'w' AS in_frames
  FROM sampled AS s JOIN pg_proc AS p USING (oid)
 WHERE p.pronamespace <> 'cxjourney_internal'::regnamespace;
INSERT INTO candidate
SELECT oid, oid::regprocedure::text, oid::regproc::text, 'ten', proname, prorettype, true, true
  FROM pg_proc WHERE oid = 'from_one(integer)'::regprocedure;
SELECT 'aggregates without arguments in test/aggregates.sql', NULL, string_agg(call, ', ') FROM candidate
 WHERE arguments IS NULL;

-- What the workers compute: each aggregate whole, a part of those that keep their state in a value, nothing; or NULL
-- where the plan says nothing. {value} stands for the call.
CREATE TABLE shape (n integer GENERATED ALWAYS AS IDENTITY, name text PRIMARY KEY, source text, computed text,
	call text, query text);
INSERT INTO shape (name, source, computed, call, query) VALUES
	('by the distribution column', 'by_group', 'whole', '{call}',
		'SELECT g AS k, {value} AS v FROM {table} GROUP BY g'),
	('by another column', 'by_row', 'parts', '{call}', 'SELECT h AS k, {value} AS v FROM {table} GROUP BY h'),
	('not grouped, over empty shards', 'by_group', 'parts', '{call}', 'SELECT 0 AS k, {value} AS v FROM {table}'),
	('of no rows', 'by_row', 'parts', '{call}', 'SELECT 0 AS k, {value} AS v FROM {table} WHERE h < 0'),
	('of one shard', 'by_group', 'whole', '{call}', 'SELECT h AS k, {value} AS v FROM {table} WHERE g = 1 GROUP BY h'),
	('with FILTER', 'by_row', 'parts', '{call} FILTER (WHERE i % 4 = h)',
		'SELECT h AS k, {value} AS v FROM {table} GROUP BY h'),
	('over a subquery', 'by_row', 'parts', '{call}',
		'SELECT h AS k, {value} AS v FROM (SELECT * FROM {table} WHERE i > 3) AS s GROUP BY h'),
	('joined with a reference table', 'by_row', 'parts', '{call}',
		'SELECT copy AS k, {value} AS v FROM {table} JOIN {twice} USING (i) GROUP BY copy'),
	('in moving frames', 'by_group', 'whole', '{call} OVER w', 'SELECT i AS k, {value} AS v FROM {table}
		WINDOW w AS (PARTITION BY g ORDER BY i ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING)'),
	('with ORDER BY inside', 'by_row', 'nothing', '{name}({arguments} ORDER BY i)',
		'SELECT h AS k, {value} AS v FROM {table} GROUP BY h'),
	('with DISTINCT inside', 'by_row', 'nothing', '{name}(DISTINCT {arguments})',
		'SELECT h AS k, {value} AS v FROM {table} GROUP BY h'),
	('with DISTINCT inside, by the distribution column', 'by_group', 'whole', '{name}(DISTINCT {arguments})',
		'SELECT g AS k, {value} AS v FROM {table} GROUP BY g'),
	('over a reference table', 'everywhere', NULL, '{call}', 'SELECT h AS k, {value} AS v FROM {table} GROUP BY h'),
	('over a columnar table', 'in_columns', NULL, '{call}', 'SELECT h AS k, {value} AS v FROM {table} GROUP BY h'),
	('of fetched rows', 'by_row', NULL, '{call}',
		'SELECT h AS k, {value} AS v FROM (SELECT * FROM {table} OFFSET 0) AS s GROUP BY h'),
	('ROLLUP of fetched rows', 'by_row', NULL, '{call}',
		'SELECT (g, h) AS k, {value} AS v FROM (SELECT * FROM {table} OFFSET 0) AS s GROUP BY ROLLUP (g, h)');

-- The bytes and the text of a call's result.
CREATE FUNCTION value_of(a candidate, call text) RETURNS text LANGUAGE sql AS $$
	SELECT format('coalesce(encode(%s(%s), ''hex'') || '' '' || (%2$s)::text, ''NULL'')', typsend, call)
	  FROM pg_type WHERE oid = a.prorettype
$$;
CREATE FUNCTION call_of(s shape, a candidate) RETURNS text LANGUAGE sql
	RETURN replace(replace(replace(s.call, '{call}', '{name}({arguments})'), '{name}', a.name), '{arguments}',
		a.arguments);
CREATE FUNCTION query_of(query text, value text, source text) RETURNS text LANGUAGE sql
	RETURN replace(replace(replace(query, '{value}', value), '{table}', source), '{twice}',
		CASE source WHEN 'data' THEN 'twice_here' ELSE 'twice' END);

CREATE FUNCTION rows_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	k text;
	v text;
	rows text[];
BEGIN
	FOR k, v IN EXECUTE query LOOP
		rows := rows || format('%s: %s', k, v);
	END LOOP;
	RETURN (SELECT string_agg(r, E'\n' ORDER BY r COLLATE "C") FROM unnest(rows) AS r);
EXCEPTION WHEN OTHERS THEN
	RETURN 'error ' || SQLSTATE || ' ' || SQLERRM;
END $$;

-- whether a query that is sent to a worker calls the function
CREATE FUNCTION computed_there(query text, function text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (VERBOSE, FORMAT JSON) ' || query INTO plan;
	RETURN EXISTS (SELECT FROM regexp_matches(plan::text, '"Query": "((?:[^"\\]|\\.)*)"', 'g') AS task
		WHERE task[1] ~ ('\m' || function || '\('));
END $$;

CREATE TABLE outcome AS
SELECT s.n, s.name, s.source, s.query, call_of(s, a) AS call, a.oid, a.proname, a.call AS aggregate,
	rows_of(query_of(s.query, value_of(a, call_of(s, a)), 'data')) AS here, NULL::text AS as_binary,
	NULL::text AS as_text,
	CASE s.computed WHEN 'whole' THEN true WHEN 'parts' THEN a.stored WHEN 'nothing' THEN false END AS wanted_there,
	NULL::boolean AS there
  FROM shape AS s, candidate AS a WHERE (a.in_frames OR s.call NOT LIKE '%OVER w%')
-- Citus takes every min and max for the server's own, and fails over ORDER BY within
   AND (a.proname NOT IN ('min', 'max') OR s.name <> 'with ORDER BY inside');
-- by a role that may do no more than it must
CREATE ROLE reader LOGIN;
GRANT USAGE ON SCHEMA states TO reader;
GRANT SELECT ON ALL TABLES IN SCHEMA states TO reader;
GRANT UPDATE ON outcome TO reader;
SET ROLE reader;
SET citus.enable_binary_protocol = on;
UPDATE outcome AS o SET as_binary = rows_of(query_of(query, value_of(a, o.call), source))
  FROM candidate AS a WHERE a.oid = o.oid;
SET citus.enable_binary_protocol = off;
UPDATE outcome AS o SET as_text = rows_of(query_of(query, value_of(a, o.call), source))
  FROM candidate AS a WHERE a.oid = o.oid;
RESET citus.enable_binary_protocol;
RESET ROLE;
UPDATE outcome SET there = computed_there(query_of(query, call, source), proname) WHERE wanted_there IS NOT NULL;

SELECT 'aggregates of the catalog', true, count(*) > 90 FROM candidate;
SELECT 'no query fails on the local table', NULL, string_agg(format('%s, %s: %s', name, aggregate, here), '; ')
  FROM outcome WHERE here LIKE 'error%';
SELECT format('%s: %s of %s results are those of the local table, binary and text', name, count(*), count(*)), NULL,
	left(replace(string_agg(format('%s: %s, not %s', aggregate,
		CASE WHEN as_binary = here THEN as_text ELSE as_binary END, here), '; ')
		FILTER (WHERE as_binary IS DISTINCT FROM here OR as_text IS DISTINCT FROM here), E'\n', ' '), 2000)
  FROM outcome WHERE proname <> 'from_one' GROUP BY n, name ORDER BY n;
SELECT format('%s: the workers compute %s of %s', name, count(*) FILTER (WHERE wanted_there), count(*)), NULL,
	string_agg(aggregate, '; ') FILTER (WHERE there IS DISTINCT FROM wanted_there)
  FROM outcome WHERE wanted_there IS NOT NULL AND proname <> 'from_one' GROUP BY n, name ORDER BY n;
SELECT 'an aggregate with an initial value is found', true,
	bool_and(as_binary <> here AND as_text <> here)
  FROM outcome WHERE proname = 'from_one' AND name = 'by another column';
SELECT format('%s results of %s are equal', equal, 2 * all_queries), true, equal = 2 * all_queries AND equal > 3000
  FROM (SELECT count(*) AS all_queries, count(*) FILTER (WHERE as_binary = here)
		+ count(*) FILTER (WHERE as_text = here) AS equal FROM outcome WHERE proname <> 'from_one') AS n;

-- What Citus refuses.
SELECT 'ROLLUP of a distributed table', 'error 0A000',
	left(rows_of('SELECT (g, h) AS k, nps_agg(ten) AS v FROM by_row GROUP BY ROLLUP (g, h)'), 11);

-- All in one query; and the same with one whose rows must be fetched.
CREATE TABLE together AS
SELECT CASE WHEN with_raw THEN 'all in one query' ELSE 'all with a stored state in one query' END AS name, with_raw,
	format('SELECT h AS k, ARRAY[%s]::text AS v FROM {table} GROUP BY h',
	string_agg(value_of(a, format('%s(%s)', a.name, a.arguments)), ', ' ORDER BY a.call COLLATE "C")) AS query
  FROM candidate AS a, (VALUES (false), (true)) AS w(with_raw)
 WHERE (stored OR with_raw) AND proname <> 'from_one' GROUP BY with_raw;
SELECT name || ': equal', true,
	rows_of(replace(query, '{table}', 'by_row')) = rows_of(replace(query, '{table}', 'data'))
  FROM together ORDER BY name;
SELECT name || ': computed by the workers', NOT with_raw,
	computed_there(replace(query, '{table}', 'by_row'), 'nps_agg')
  FROM together ORDER BY name;

-- Times in a query are written in the style of the session, and read in that of a worker: in another zone they are the
-- same, in another order of day and month not.
CREATE FUNCTION cohorts_equal() RETURNS boolean LANGUAGE sql AS $$
	SELECT (SELECT cohort_agg(j, 'find', 'buy', 'week', 1, 'UTC', '2026-01-05 00:00Z') FROM data)
		= (SELECT cohort_agg(j, 'find', 'buy', 'week', 1, 'UTC', '2026-01-05 00:00Z') FROM by_row)
$$;
SET timezone = 'Asia/Tokyo';
SELECT 'a time in the query, in another zone', true, cohorts_equal();
SET datestyle = 'SQL, DMY';
SELECT 'a time in the query, in another style', false, cohorts_equal();
