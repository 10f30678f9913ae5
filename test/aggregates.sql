\set ECHO none
--
-- Rows to aggregate, and for each aggregate of the extension what it is called with. Loaded as helpers.sql is:
--
--     \getenv test PG_ABS_SRCDIR
--     \i :test/aggregates.sql
--
-- The aggregates are found in the catalog, and tests that use this list show those without a sample: a new one gets a
-- line below. All lies in the schema "states", for temporary tables are not read in parallel.
--
SET client_min_messages = warning;
DROP SCHEMA IF EXISTS states CASCADE;
CREATE SCHEMA states;
SET search_path = states, public;

-- 30 answers or events in 5 groups. In group 4 every argument is NULL, elsewhere in each seventh row.
CREATE TABLE raw AS
SELECT i, i % 5 AS g, i % 3 AS h, i / 4 AS k,
	CASE WHEN known THEN i * 5 % 11 END AS ten, CASE WHEN known THEN 1 + i * 3 % 5 END AS five,
	CASE WHEN known THEN 1 + i * 4 % 7 END AS seven, CASE WHEN known THEN i % 3 = 0 END AS yes,
	CASE WHEN known THEN (i % 13 + 1) / 4.0 END AS weight,
	CASE WHEN known THEN ('{find,buy,use,leave}'::text[])[1 + i * 5 % 4] END AS label,
	CASE WHEN known THEN (1 + i * 3 % 7)::journey_stage END AS stage,
	CASE WHEN known THEN (CASE i % 2 WHEN 0 THEN 'web:' ELSE 'app:' END || i % 5)::journey_touchpoint END AS touchpoint,
	CASE WHEN known THEN timestamptz '2026-01-01 00:00Z' + i * 7 % 10 * interval '5 hours' END AS at,
	i * 11 % 30 AS seq, CASE WHEN known THEN i * i % 7 END AS customer,
	CASE WHEN known THEN to_tsvector('simple', 'word' || i % 6 || ' word' || i % 4) END AS comment,
	CASE WHEN known THEN interval '1 minute' * (1 + i * 37 % 100) END AS gap,
	CASE WHEN known THEN rating_summary('[1,5]', ARRAY[i % 2, i % 3, i % 4, 1, i % 7]) END AS counted
  FROM generate_series(1, 30) AS i, LATERAL (SELECT i % 5 <> 4 AND i % 7 > 0 AS known) AS n;

-- the same with values as tables store them: each of a few rows
CREATE TABLE data AS
SELECT r.*, s.*,
	CASE WHEN ten IS NOT NULL THEN rating_agg(ten, '[0,10]') OVER w END AS s_ten,
	CASE WHEN ten IS NOT NULL THEN rating_agg(five, '[1,5]') OVER w END AS s_five,
	CASE WHEN ten IS NOT NULL THEN rating_agg(seven, '[1,7]') OVER w END AS s_seven,
	CASE WHEN ten IS NOT NULL THEN driver_agg(ten::numeric, ARRAY[five, seven]::numeric[]) OVER w END AS drivers,
	CASE WHEN ten IS NOT NULL THEN breakdown_agg(label, counted) OVER w END AS breakdown,
	CASE WHEN ten IS NOT NULL THEN term_agg(comment) OVER w END AS terms,
	CASE WHEN ten IS NOT NULL THEN duration_agg(gap) OVER w END AS durations,
	CASE WHEN ten IS NOT NULL THEN survival_agg(gap, yes) OVER w END AS survival,
	CASE WHEN ten IS NOT NULL THEN contrast_agg(j, 'find > buy', '9 hours', '3 hours', '2026-01-04Z') OVER w END
		AS contrast,
	CASE WHEN ten IS NOT NULL THEN attribution_agg(j, 'buy') OVER w END AS attribution,
	CASE WHEN ten IS NOT NULL THEN cohort_agg(j, 'find', 'use', 'day', 2, 'UTC') OVER w END AS cohorts,
	CASE WHEN ten IS NOT NULL THEN lifecycle_agg(j, 'find', 'day', 'UTC', '2026-01-03Z') OVER w END AS lifecycle,
	CASE WHEN ten IS NOT NULL THEN flow_agg(j) OVER w END AS flow,
	CASE WHEN ten IS NOT NULL THEN funnel_agg(j, 'find > buy > use', '20 hours') OVER w END AS funnel
  FROM raw AS r,
	LATERAL (SELECT journey_agg(o.label, o.at, o.seq, o.weight) AS j FROM raw AS o WHERE o.i % 9 = r.i % 9
		AND o.i <= r.i AND r.ten IS NOT NULL) AS s
WINDOW w AS (ORDER BY i ROWS 2 PRECEDING);

CREATE VIEW aggregates AS
SELECT p.oid, p.oid::regprocedure::text AS call, p.oid::regproc::text AS name, a.aggkind, a.aggfinalmodify,
	a.aggcombinefn <> 0 AS merges, a.aggmtransfn <> 0 AS moves, a.aggtranstype,
	ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) WITH ORDINALITY AS u(t, n) ORDER BY n) AS types
  FROM pg_aggregate AS a JOIN pg_proc AS p ON p.oid = a.aggfnoid
  JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
  JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'cxjourney';

-- "number" stands for any of the five types of numbers, # for the one that it is.
CREATE TABLE sample (name text, types text, arguments text[], PRIMARY KEY (name, types));
INSERT INTO sample VALUES
	('nps_agg', 'number', '{ten::#}'), ('nps_agg', 'number,double precision', '{ten::#,weight::float8}'),
	('nps_agg', 'rating_summary', '{s_ten}'),
	('csat_agg', 'number', '{five::#}'), ('csat_agg', 'boolean', '{yes}'),
	('csat_agg', 'number,int4range', '{seven::#,"int4range ''[1,7]''"}'),
	('csat_agg', 'number,int4range,integer', '{ten::#,"int4range ''[0,10]''",8}'),
	('csat_agg', 'rating_summary', '{s_five}'), ('csat_agg', 'rating_summary,integer', '{s_ten,9}'),
	('ces_agg', 'number', '{seven::#}'), ('ces_agg', 'number,int4range', '{five::#,"int4range ''[1,5]''"}'),
	('ces_agg', 'rating_summary', '{s_seven}'),
	('rating_agg', 'number,int4range', '{ten::#,"int4range ''[0,10]''"}'), ('rating_agg', 'boolean', '{yes}'),
	('rating_agg', 'number,int4range,double precision', '{five::#,"int4range ''[1,5]''",weight::float8}'),
	('rating_agg', 'rating_summary', '{s_ten}'),
	('driver_agg', 'driver_summary', '{drivers}'),
	('breakdown_agg', 'text,rating_summary', '{label,counted}'), ('breakdown_agg', 'rating_breakdown', '{breakdown}'),
	('term_agg', 'tsvector', '{comment}'), ('term_agg', 'term_summary', '{terms}'),
	('min', 'journey_stage', '{stage}'), ('max', 'journey_stage', '{stage}'),
	('journey_agg', 'text,timestamp with time zone', '{label,at}'),
	('journey_agg', 'text,timestamp with time zone,bigint', '{label,at,seq::bigint}'),
	('journey_agg', 'journey_stage,timestamp with time zone', '{stage,at}'),
	('journey_agg', 'journey_stage,timestamp with time zone,bigint', '{stage,at,seq::bigint}'),
	('journey_agg', 'journey_touchpoint,timestamp with time zone', '{touchpoint,at}'),
	('journey_agg', 'journey_touchpoint,timestamp with time zone,bigint', '{touchpoint,at,seq::bigint}'),
	('journey_agg', 'text,timestamp with time zone,bigint,numeric', '{label,at,seq::bigint,weight::numeric}'),
	('journey_agg', 'journey_stage,timestamp with time zone,bigint,numeric', '{stage,at,seq::bigint,weight::numeric}'),
	('journey_agg', 'journey_touchpoint,timestamp with time zone,bigint,numeric',
		'{touchpoint,at,seq::bigint,weight::numeric}'),
	('journey_agg', 'journey', '{j}'),
	('attribution_agg', 'journey,text', '{j,"text ''buy''"}'),
	('attribution_agg', 'journey,text,interval', '{j,"text ''buy''","interval ''1 day''"}'),
	('attribution_agg', 'journey,text,interval,interval', '{j,"text ''buy''",NULL::interval,"interval ''9 hours''"}'),
	('attribution_agg', 'journey,text,interval,interval,text',
		'{j,"text ''buy''","interval ''1 day''","interval ''20 hours''","text ''find''"}'),
	('attribution_agg', 'journey_attribution', '{attribution}'),
	('cohort_agg', 'journey,text,text,text,integer', '{j,"text ''find''","text ''buy''","text ''hour''",9}'),
	('cohort_agg', 'journey,text,text,text,integer,text',
		'{j,"text ''find''","text ''find''","text ''day''",2,"text ''Europe/Warsaw''"}'),
	('cohort_agg', 'journey,text,text,text,integer,text,timestamp with time zone',
		'{j,"text ''find''","text ''buy''","text ''week''",1,"text ''UTC''","timestamptz ''2026-01-05Z''"}'),
	('cohort_agg', 'journey_cohorts', '{cohorts}'),
	('lifecycle_agg', 'journey,text,text,text,timestamp with time zone',
		'{j,"text ''buy''","text ''day''","text ''Europe/Warsaw''","timestamptz ''2026-01-02 12:00Z''"}'),
	('lifecycle_agg', 'journey_lifecycle', '{lifecycle}'),
	('flow_agg', 'journey', '{j}'), ('flow_agg', 'journey_flow', '{flow}'),
	('survival_agg', 'journey,text,text,timestamp with time zone',
		'{j,"text ''find''","text ''buy''","timestamptz ''2026-01-04Z''"}'),
	('survival_agg', 'interval,boolean', '{gap,yes}'), ('survival_agg', 'journey_survival', '{survival}'),
	('gap_agg', 'journey,text,timestamp with time zone', '{j,"text ''buy''","timestamptz ''2026-01-04Z''"}'),
	('contrast_agg', 'journey,journey_path,interval,interval,timestamp with time zone',
		'{j,"journey_path ''find > buy''","interval ''9 h''","interval ''3 h''","timestamptz ''2026-01-04Z''"}'),
	('contrast_agg', 'journey_contrast', '{contrast}'),
	('duration_agg', 'interval', '{gap}'), ('duration_agg', 'duration_summary', '{durations}'),
	('funnel_agg', 'journey,journey_path', '{j,"journey_path ''find > buy > use''"}'),
	('funnel_agg', 'journey,journey_path,interval', '{j,"journey_path ''find > buy''","interval ''9 hours''"}'),
	('funnel_agg', 'journey_funnel', '{funnel}'),
	('journey_map_summary', 'rating_summary', '{s_ten}'),
	('journey_map_tally', 'timestamp with time zone,bigint,bigint,bigint,boolean,integer[]',
		'{at,ten::bigint,five::bigint,seven::bigint,yes,"''{0,9,1,5,0,0}''::integer[]"}'),
	('journey_table_agg', 'text,timestamp with time zone,bigint', '{label,at,seq::bigint}'),
	('journey_table_agg', 'text,timestamp with time zone,bigint,numeric', '{label,at,seq::bigint,weight::numeric}'),
	('journey_table_agg', 'journey', '{j}'),
	('journey_map_last', 'rating_summary', '{s_ten}'), ('journey_map_array', 'anynonarray', '{ten}');
INSERT INTO sample
	SELECT 'funnel_agg', key || ',text,timestamp with time zone,journey_path' || more[1],
		ARRAY[customer, 'label', 'at', 'journey_path ''find > buy > use''', more[2]]
	  FROM (VALUES ('bigint', 'customer::bigint'), ('text', 'customer::text'),
		('uuid', 'md5(customer::text)::uuid')) AS c(key, customer),
		(VALUES ('{"",NULL}'::text[]), ('{",interval","interval ''20 hours''"}')) AS m(more)
	UNION ALL
	SELECT 'flow_agg', key || ',text,timestamp with time zone', ARRAY[customer, 'label', 'at']
	  FROM (VALUES ('bigint', 'customer::bigint'), ('text', 'customer::text'),
		('uuid', 'md5(customer::text)::uuid')) AS c(key, customer)
	UNION ALL
	SELECT 'driver_agg', concat_ws(',', type, type || '[]', more), ARRAY['ten::#', 'ARRAY[five, seven]::#[]', weight]
  FROM (VALUES ('smallint'), ('integer'), ('double precision'), ('numeric')) AS t(type),
		(VALUES (NULL, NULL), ('double precision', 'weight::float8')) AS m(more, weight);
UPDATE sample SET arguments = array_remove(arguments, NULL);

CREATE VIEW sampled AS
SELECT a.*, replace(array_to_string(s.arguments, ', '), '#', a.types[1]) AS arguments,
	ARRAY(SELECT replace(argument, '#', a.types[1]) FROM unnest(s.arguments) AS argument) AS list
  FROM aggregates AS a LEFT JOIN sample AS s ON s.name = regexp_replace(a.name, '.*\.', '')
   AND s.types IN (array_to_string(a.types, ','),
	regexp_replace(array_to_string(a.types, ','), '^(smallint|integer|bigint|numeric|double precision)\M', 'number'));

-- Whole numbers, added up: a row's number of each row that an aggregate saw, which can be merged on every version.
CREATE AGGREGATE rows_seen(integer) (SFUNC = array_append, STYPE = integer[], COMBINEFUNC = array_cat, PARALLEL = SAFE);
\set ECHO all
