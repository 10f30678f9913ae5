--
-- No aggregate and no function keeps memory from call to call: what all contexts of the process have in use does not
-- grow within a query, from some hundred calls to some thousand. "calls" can be set for longer runs, of which
-- docs/reliability.md has the figures.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\i :test/aggregates.sql
\if :{?calls}
\else
	\set calls 600
\endif
SET jit = off;
SET max_parallel_workers_per_gather = 0;
CREATE FUNCTION in_use() RETURNS bigint LANGUAGE sql VOLATILE
	RETURN (SELECT sum(used_bytes)::bigint FROM pg_backend_memory_contexts);

-- A query of {copies} rounds with 30 rows each; "used" is what is in use at the end of a few of them. The rows come one
-- after the other and nothing asks for their order, for which PostgreSQL 16 and later would sort, so that no node of
-- the plan has memory that grows: a state begun again in each round, one state for all, and a frame that moves.
CREATE TABLE shape (name text PRIMARY KEY, query text);
INSERT INTO shape VALUES
	('begun again', 'SELECT count(value::text), array_agg(used) FILTER (WHERE used > 0)
		FROM (SELECT copy, value, CASE WHEN {probe} THEN in_use() END AS used
			FROM (SELECT generate_series(1, {copies}) AS copy) AS c CROSS JOIN LATERAL
				(SELECT {call} AS value FROM data WHERE copy > 0) AS g OFFSET 0) AS o'),
	('one state', 'SELECT length(({call})::text), array_agg(used) FILTER (WHERE used > 0)
		FROM (SELECT copy, d.*, CASE WHEN i = 30 AND {probe} THEN in_use() END AS used
			FROM (SELECT generate_series(1, {copies}) AS copy) AS c CROSS JOIN LATERAL
				(SELECT * FROM data WHERE copy > 0 OFFSET 0) AS d OFFSET 0) AS o'),
	('moving', 'SELECT count(value::text), array_agg(used) FILTER (WHERE used > 0)
		FROM (SELECT copy, {call} OVER (ROWS 5 PRECEDING) AS value,
				CASE WHEN i = 30 AND {probe} THEN in_use() END AS used
			FROM (SELECT generate_series(1, {copies}) AS copy) AS c CROSS JOIN LATERAL
				(SELECT * FROM data WHERE copy > 0 OFFSET 0) AS d OFFSET 0) AS o');

-- How much more is in use at the end than after a third; a first round has filled the caches.
CREATE FUNCTION growth(query text, copies integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	ignored bigint;
	used bigint[];
BEGIN
	query := replace(query, '{copies}', copies::text);
	EXECUTE replace(query, '{probe}', format('copy IN (%s, %s)', copies / 3, copies)) INTO ignored, used;
	RETURN used[2] - used[1];
END $$;
CREATE TABLE grown AS
SELECT shape.name, call,
	growth(replace(query, '{call}', format('%s(%s)', sampled.name, arguments)), :calls / 30) AS bytes
FROM sampled, shape
WHERE CASE shape.name WHEN 'moving' THEN aggfinalmodify = 'r'
	-- states that have all rows
	WHEN 'one state' THEN aggtranstype NOT IN ('internal'::regtype, 'journey'::regtype, 'anyarray'::regtype)
	ELSE true END;
SELECT name, count(*) > 90 AS many, count(*) FILTER (WHERE bytes IS NULL) AS not_measured FROM grown GROUP BY name
ORDER BY name;
SELECT name, call, bytes FROM grown WHERE bytes > 16384 ORDER BY name, call;

-- Every function of the extension that takes values only, once with the value of a row for each argument.
CREATE TABLE argument (type regtype PRIMARY KEY, expression text);
INSERT INTO argument VALUES
	('rating_summary', 's_ten'),
	('cxjourney_internal.csat_state', '''[1,5]{1,2,3,4,5}>=4''::cxjourney_internal.csat_state'),
	('driver_summary', 'drivers'), ('rating_breakdown', 'breakdown'), ('term_summary', 'terms'),
	('duration_summary', 'durations'), ('journey_survival', 'survival'), ('journey_attribution', 'attribution'),
	('journey_cohorts', 'cohorts'), ('journey_lifecycle', 'lifecycle'), ('journey_flow', 'flow'),
	('journey_funnel', 'funnel'),
	('journey', 'j'), ('journey_path', '''find > buy > use''::journey_path'), ('journey_stage', 'stage'),
	('journey_touchpoint', 'touchpoint'), ('tsvector', 'comment'), ('text', '''buy'''),
	('text[]', '''{find,buy}''::text[]'),
	('smallint', '3::smallint'), ('integer', '3'), ('bigint', '3::bigint'), ('numeric', '3.0'),
	('double precision', '0.9::float8'),
	('boolean', 'yes'), ('interval', 'gap'), ('timestamptz', 'at'), ('int4range', '''[0,10]''::int4range'),
	('tstzrange', 'tstzrange(at, ''2027-01-01'')'), ('rating_summary[]', 'ARRAY[s_ten, s_ten]'),
	('jsonb', '''{"find": 0.5, "buy": 0.5}''::jsonb'), ('bigint[]', '''{0,1,2,3,4,5,6,7,8,9,10}''::bigint[]');
-- What does not take those.
CREATE TABLE instead (name text PRIMARY KEY, arguments text);
INSERT INTO instead VALUES
	('attribution_credits', 'attribution, ''markov'''), ('attribution_values', 'attribution, ''markov'''),
	('comment_terms', '''żółw is late'', ''en'', true'),
	('control_chart', 'ARRAY[s_ten, s_ten], ''nps'', NULL, 0.2, 3, NULL, NULL'), ('csat', 's_five'),
	('csat_satisfied', 'five, ''[1,5]'''), ('freshdesk_csat', '103'), ('funnel_svg', 'funnel, ''pl'', ''title'', true'),
	('journey_touchpoint', '''web:shop'''), ('journey_stage', '''zakup'''), ('nps_group', 'ten'),
	('flow_svg', 'flow, ''pl'', ''title'', true, 9'), ('cohort_svg', 'cohorts, ''pl'', ''title'', true'),
	('nps_shift', 'breakdown_of_ten, breakdown_of_ten'),
	('rake_weights', '''[{"labels": {"a": "b"}, "responses": 3}]'', ''{"a": {"b": 1}}'', 2'),
	('rating_svg', 's_ten, ''pl'', ''title'', true'), ('score_from_text', '''9 - very likely'''),
	('stage_label', 'stage, ''pl'''),
	('standardize', 'breakdown, shares'),
	('survival_svg', 'survival, ''pl'', ''title'', true'),
	('touchpoint_catalog', '''banking'''), ('zendesk_csat', '''good''');
ALTER TABLE data ADD breakdown_of_ten rating_breakdown, ADD shares jsonb;
UPDATE data SET breakdown_of_ten = (SELECT breakdown_agg(label, s_ten) FROM data),
	shares = (SELECT jsonb_object_agg(label, 0.5) FROM breakdown(breakdown) WHERE label IS NOT NULL);

CREATE VIEW called AS
SELECT p.oid, p.oid::regprocedure::text AS call, proretset, format('%s(%s)', p.oid::regproc,
	coalesce((SELECT arguments FROM instead WHERE name = p.proname), string_agg(expression, ', ' ORDER BY n)))
	AS expression
FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'cxjourney',
	unnest(p.proargtypes) WITH ORDINALITY AS u(argument_type, n) LEFT JOIN argument ON type = argument_type::regtype
WHERE p.prokind = 'f' AND p.provolatile = 'i' AND p.oid::regprocedure::text !~ 'journey_map_'
	AND p.prorettype NOT IN ('internal'::regtype, 'cstring'::regtype)
GROUP BY p.oid, p.proname, p.proretset HAVING bool_and(expression IS NOT NULL);

-- PostgreSQL itself keeps the row type of a function that gives rows until the end of its query, for each call: those
-- are measured from query to query.
CREATE FUNCTION growth_of_call(a called, copies integer) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	used bigint[] := '{}';
BEGIN
	IF NOT a.proretset THEN
		RETURN growth(format('SELECT count(value), array_agg(used) FILTER (WHERE used > 0)
			FROM (SELECT copy, %s::text AS value, CASE WHEN i = 30 AND {probe} THEN in_use() END AS used
				FROM (SELECT generate_series(1, {copies}) AS copy) AS c CROSS JOIN LATERAL
					(SELECT * FROM data WHERE copy > 0 OFFSET 0) AS d OFFSET 0) AS o', a.expression), copies);
	END IF;
	FOR n IN 1 .. copies LOOP
		EXECUTE format('SELECT count(s::text) FROM data, %s AS s', a.expression);
		IF n IN (copies / 3, copies) THEN
			used := used || in_use();
		END IF;
	END LOOP;
	RETURN used[2] - used[1];
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
CREATE TABLE grown_calls AS SELECT call, growth_of_call(a, :calls / 30) AS bytes FROM called AS a;
SELECT count(*) > 200 AS many FROM grown_calls WHERE bytes ~ '^-?\d+$';
-- state functions refuse to be called, and their aggregates are above; few others do not take these arguments
SELECT count(*) FILTER (WHERE bytes NOT LIKE '0A000%') < 10 AS few FROM grown_calls WHERE bytes !~ '^-?\d+$';
SELECT call, bytes FROM grown_calls WHERE CASE WHEN bytes ~ '^-?\d+$' THEN bytes::bigint > 16384 END ORDER BY call;
-- the measure sees memory that is kept: an array of all rows
SELECT growth((SELECT replace(query, '{call}', 'array_agg(j)') FROM shape WHERE name = 'one state'), 50) > 16384
	AS seen;
