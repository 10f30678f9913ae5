--
-- Aggregates of one's own, made of the extension's state functions and of functions that give the aggregate any
-- value of the state's type. All of it as a role that may do nothing but create temporary objects.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
SET client_min_messages = warning;
CREATE ROLE regress_aggregate_state;
GRANT TEMPORARY ON DATABASE :"DBNAME" TO regress_aggregate_state;
SET SESSION AUTHORIZATION regress_aggregate_state;
SELECT has_schema_privilege('public', 'CREATE') AS may_create_in_public,
       has_database_privilege(current_database(), 'CREATE') AS may_create_schemas;

-- a summary as a table stores it: behind a header of one byte, so that read as it stands it is shifted by three bytes
CREATE TEMP TABLE stored (s rating_summary);
CREATE FUNCTION pg_temp.give_stored(rating_summary, integer, int4range) RETURNS rating_summary LANGUAGE sql
	AS 'SELECT s FROM pg_temp.stored';
CREATE AGGREGATE pg_temp.restored(integer, int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = pg_temp.give_stored, MSTYPE = rating_summary);

-- shifted it would pass for a state on 0..100, and the answers 2 to 100 would be counted behind its end
INSERT INTO stored VALUES ('[25856,25857]{1,2}');
SELECT pg_column_size(s) AS bytes FROM stored;
SELECT pg_temp.message_of($$
	SELECT count(r) FROM (SELECT pg_temp.restored(i, '[0,100]') OVER (ORDER BY i ROWS 1 PRECEDING) AS r
	                        FROM generate_series(0, 100) i) frames $$);

-- on the scale of the answers it is a state like any other: 7 answers, and that of the row
UPDATE stored SET s = '[0,3]{0,0,7,0}';
SELECT i, pg_temp.restored(i, '[0,3]') OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)
  FROM generate_series(0, 3) i;

-- the same out of line and compressed
CREATE TEMP TABLE toasted (padding text, s rating_summary) WITH (toast_tuple_target = 128);
ALTER TABLE toasted ALTER padding SET STORAGE PLAIN;
CREATE FUNCTION pg_temp.give_toasted(rating_summary, integer) RETURNS rating_summary LANGUAGE sql
	AS 'SELECT s FROM pg_temp.toasted';
CREATE AGGREGATE pg_temp.nps_restored(integer) (
	SFUNC = cxjourney_internal.nps_accum, STYPE = rating_summary,
	MSFUNC = cxjourney_internal.nps_accum, MINVFUNC = pg_temp.give_toasted, MSTYPE = rating_summary);
CREATE AGGREGATE pg_temp.nps_taken(integer) (
	SFUNC = cxjourney_internal.nps_accum, STYPE = rating_summary,
	MSFUNC = pg_temp.give_toasted, MINVFUNC = cxjourney_internal.nps_accum_inv, MSTYPE = rating_summary);
ALTER TABLE toasted ALTER s SET STORAGE MAIN;
INSERT INTO toasted VALUES (repeat('.', 2100), '[0,10]{5,0,0,0,0,0,0,0,0,9,0}');
SELECT pg_column_compression(s) IS NOT NULL AS compressed FROM toasted;
SELECT k, i, pg_temp.nps_restored(i) OVER frame AS restored, pg_temp.nps_taken(i) OVER frame AS taken
  FROM (VALUES (1, 0), (2, 9), (3, 9), (4, 0)) v(k, i)
WINDOW frame AS (ORDER BY k ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING);
ALTER TABLE toasted ALTER s SET STORAGE EXTERNAL;
TRUNCATE toasted;
INSERT INTO toasted VALUES (repeat('.', 2100), '[0,10]{5,0,0,0,0,0,0,0,0,9,0}');
SELECT k, i, pg_temp.nps_restored(i) OVER frame AS restored, pg_temp.nps_taken(i) OVER frame AS taken
  FROM (VALUES (1, 0), (2, 9), (3, 9), (4, 0)) v(k, i)
WINDOW frame AS (ORDER BY k ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING);

--
-- The same for every function of the extension that could be a state or a final function, found in the catalog. Each
-- is given values of its state's type in all forms a value can have, by an aggregate of one's own in which the other
-- functions are one's own, too. What comes out, be it an error, depends on the content alone and never on the form.
--
CREATE TEMP VIEW members AS
	SELECT p.* FROM pg_proc p
	  JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	  JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
	 WHERE e.extname = 'cxjourney';
CREATE TEMP TABLE state_type AS
	SELECT DISTINCT t.oid, format_type(t.oid, NULL) AS name, 'v' || t.oid AS stored, t.typlen < 0 AS wrapped
	  FROM members m
	  JOIN pg_aggregate a ON a.aggfnoid = m.oid
	  JOIN pg_type t ON t.oid IN (a.aggtranstype, a.aggmtranstype)
	 WHERE t.oid <> 'internal'::regtype;
-- words that are no labels: which arguments of type text they are is known by their place
CREATE DOMAIN pg_temp.unit AS text;
CREATE DOMAIN pg_temp.zone AS text;
CREATE DOMAIN pg_temp.scales AS integer[];
CREATE FUNCTION pg_temp.arguments_of(function regproc, types text[]) RETURNS text[] LANGUAGE sql AS $$
	SELECT CASE function::text WHEN 'cxjourney_internal.cohort_accum' THEN
		types[1:3] || 'pg_temp.unit'::text || types[5:5]
		|| CASE WHEN cardinality(types) > 5 THEN 'pg_temp.zone'::text || types[7:] ELSE '{}' END
	WHEN 'cxjourney_internal.lifecycle_accum' THEN types[1:2] || '{pg_temp.unit,pg_temp.zone}'::text[] || types[5:]
	WHEN 'cxjourney_internal.journey_map_tally_add' THEN types[1:5] || 'pg_temp.scales'::text
	ELSE types END $$;
CREATE TEMP TABLE attacked AS
	SELECT m.oid::regprocedure AS function, m.oid::regproc AS name, t.stored, t.name AS state, t.wrapped,
	       m.pronargs - 1 AS more, CASE WHEN m.proisstrict THEN 'STRICT' ELSE '' END AS strictness,
	       m.prorettype = t.oid AND m.pronargs > 1 AS is_transition, m.pronargs = 1 AS is_final,
	       m.prorettype = t.oid AND m.pronargs = 2 AND m.proargtypes[1] = t.oid AS is_combine,
	       m.oid IN (SELECT aggtransfn FROM pg_aggregate) AS grows,
	       pg_temp.arguments_of(m.oid::regproc, (
	           SELECT coalesce(array_agg(format_type(a, NULL) ORDER BY i), '{}')
	             FROM unnest(m.proargtypes::oid[]) WITH ORDINALITY u(a, i) WHERE i > 1)) AS arguments
	  FROM members m
	  JOIN state_type t ON t.oid = m.proargtypes[0]
	 WHERE m.prokind = 'f' AND NOT m.proretset
	   AND (SELECT typtype FROM pg_type WHERE oid = m.prorettype) <> 'p'
	   AND (m.pronargs = 1 OR m.prorettype = t.oid);

-- three rows of arguments, three times: of all kinds, with NULL and another scale, and such as stay the same
CREATE TEMP TABLE sample (type text, variant integer, a text, b text, c text);
INSERT INTO sample
	SELECT type, variant, a, b, c
	  FROM unnest('{smallint,integer,bigint,numeric,double precision}'::text[]) type,
	       (VALUES (1, '3', '1', '5'), (2, '2', NULL, '4'), (3, '3', '3', '3')) v(variant, a, b, c);
INSERT INTO sample VALUES
	('double precision[]', 1, '{1,2}', '{3,5}', '{8,4}'), ('double precision[]', 2, '{1,2}', NULL, '{3,NULL}'),
	('double precision[]', 3, '{7}', '{7}', '{7}'),
	('integer[]', 1, '{1,2}', '{3,5}', '{8,4}'), ('integer[]', 2, '{1,2}', NULL, '{3,NULL}'),
	('integer[]', 3, '{7}', '{7}', '{7}'),
	('smallint[]', 1, '{1,2}', '{3,5}', '{8,4}'), ('smallint[]', 2, '{1,2}', NULL, '{3,NULL}'),
	('smallint[]', 3, '{7}', '{7}', '{7}'),
	('numeric[]', 1, '{1,2}', '{3,5}', '{8,4}'), ('numeric[]', 2, '{1,2}', NULL, '{3,NULL}'),
	('numeric[]', 3, '{7}', '{7}', '{7}'),
	('boolean', 1, 't', 'f', 't'), ('boolean', 2, 't', NULL, 'f'), ('boolean', 3, 't', 't', 't'),
	('int4range', 1, '[0,10]', '[0,10]', '[0,10]'), ('int4range', 2, '[0,100]', '[0,100]', '[0,100]'),
	('int4range', 3, '[1,5]', '[1,5]', '[1,5]'),
	('tsvector', 1, 'fast', 'fast late:2 slow', 'very:1'), ('tsvector', 2, 'fast', NULL, ''),
	('tsvector', 3, 'fast late', 'fast late', 'fast late'),
	('text', 1, 'a', 'b', 'ccc'), ('text', 2, 'a', NULL, 'a'), ('text', 3, 'a', 'a', 'a'),
	('pg_temp.unit', 1, 'day', 'week', 'hour'), ('pg_temp.unit', 2, 'month', NULL, 'day'),
	('pg_temp.unit', 3, 'week', 'week', 'week'),
	('pg_temp.zone', 1, 'UTC', 'Europe/Warsaw', 'Lublin'), ('pg_temp.zone', 2, 'UTC', NULL, 'UTC'),
	('pg_temp.zone', 3, 'Europe/Warsaw', 'Europe/Warsaw', 'Europe/Warsaw'),
	('pg_temp.scales', 1, '{0,11,1,5,1,7}', '{0,11,1,5,1,7}', '{0,11,1,5,1,7}'),
	('pg_temp.scales', 2, '{0,101,0,0,0,2}', NULL, '{0,11,0,0,0,0}'),
	('pg_temp.scales', 3, '{3,2,3,2,3,2}', NULL, NULL),
	('interval', 1, '1 s', '3 s', '5 s'), ('interval', 2, '1 s', NULL, '2 s'),
	('interval', 3, '7 days', '7 days', '7 days'),
	('timestamp with time zone', 1, '2026-01-02Z', '2026-01-01Z', '2026-01-03 00:00:00.000001Z'),
	('timestamp with time zone', 2, '2026-01-02Z', NULL, 'infinity'),
	('timestamp with time zone', 3, '2026-01-02Z', '2026-01-02Z', '2026-01-02Z'),
	('tstzrange', 1, '[2026-01-01,)', '(,)', 'empty'), ('tstzrange', 2, '(,)', NULL, '(,)'),
	('tstzrange', 3, '(,)', '(,)', '(,)'),
	('journey_path', 1, 'a > b', 'a > b', 'a > b'), ('journey_path', 2, 'b & a', NULL, 'b & a'),
	('journey_path', 3, 'a > b? > c', 'a > b? > c', 'a > b? > c'),
	('journey_stage', 1, 'awareness', 'advocacy', 'purchase'), ('journey_stage', 2, 'advocacy', NULL, 'awareness'),
	('journey_stage', 3, 'purchase', 'purchase', 'purchase'),
	('journey_touchpoint', 1, 'web:shop', 'app:start', 'email:news'),
	('journey_touchpoint', 2, 'web:a', NULL, 'web:a'), ('journey_touchpoint', 3, 'web:a', 'web:a', 'web:a'),
	('rating_summary', 1, '[0,10]{1,0,0,0,0,0,0,0,0,9,0}', '[0,10]{1,0,0,0,0,0,0,0,0,0,0}',
	 '[0,10]{0,0,0,0,0,0,1,0,0,0,0}'),
	('rating_summary', 2, '[0,1]{3:2.5:2.125,1:0.25:0.0625}', NULL, '[0,1]{1:1:1,1:0.25:0.0625}'),
	('rating_summary', 3, '[1,5]{1,1,1,1,1}', '[1,5]{1,1,1,1,1}', '[1,5]{1,1,1,1,1}'),
	('journey', 1, '{a@2026-01-01T00:00:00Z, b@2026-01-02T00:00:00Z, c@2026-01-03T00:00:00Z}',
	 '{b@2026-01-01T00:00:00Z}', '{}'),
	('journey', 2, '{b@2026-01-01T00:00:00Z, a@2026-01-01T00:00:01Z}', NULL,
	 '{x@2026-01-01T00:00:00Z, a@2026-01-09T00:00:00Z, x@2026-02-01T00:00:00Z}'),
	('journey', 3, '{a@2026-01-01T00:00:00Z, b@2026-01-02T00:00:00Z, a@2026-01-03T00:00:00Z}',
	 '{a@2026-01-01T00:00:00Z}', '{b@2026-01-01T00:00:00Z}');

-- what users store
CREATE FUNCTION pg_temp.visits(n integer, apart interval) RETURNS journey LANGUAGE sql
	AS $$ SELECT journey_agg(repeat('x', 20) || i, timestamptz '2026-01-01Z' + i * apart)
	        FROM generate_series(1, n) i $$;
CREATE TEMP TABLE content (type text, content text, value text);
INSERT INTO content VALUES
	('rating_summary', 'nps', '[0,10]{5,5,5,5,5,5,5,0,0,9,0}'), ('rating_summary', 'csat', '[1,5]{4,4,4,4,4}'),
	('rating_summary', 'ces', '[1,7]{9,9,9,9,9,9,9}'), ('rating_summary', 'thumbs', '[0,1]{3,4}'),
	('rating_summary', 'shifted', '[25856,25857]{1,2}'),
	('rating_summary', 'long', '[0,100]{1' || repeat(',2', 100) || '}'),
	('rating_summary', 'weighted', '[0,10]{9:27:81' || repeat(',9:27:81', 10) || '}'),
	('cxjourney_internal.csat_state', 'five', '[1,5]{9,9,9,9,9}>=3'),
	('cxjourney_internal.csat_state', 'eleven', '[0,10]{5,5,5,5,5,5,5,0,0,9,0}>=9'),
	('cxjourney_internal.csat_state', 'long', '[0,100]{1' || repeat(',2', 100) || '}>=50'),
	('bigint[]', 'one', '{1,2,3,4,3,2,3,2,3,2,1,0,0,0,0,0}'),
	('bigint[]', 'two', '{5,0,9,8,3,2,3,2,3,2,0,2,3,4,5,6}'),
	('bigint[]', 'long', '{1,0,3,4,0,101,0,0,0,2' || repeat(',7', 103) || '}'),
	('bigint[]', 'no tally', '{1,2,3}'),
	('journey', 'empty', '{}'), ('journey', 'one', '{a@2026-01-01T00:00:00Z}'),
	('journey', 'alike', '{a@2026-01-01T00:00:00Z' || repeat(',b@2026-01-02T00:00:00Z', 400) || '}'),
	('journey', 'long', pg_temp.visits(25, '1 s')::text),
	('journey_attribution', 'small',
	 (SELECT attribution_agg(a::journey, 'a')::text FROM sample WHERE type = 'journey')),
	('journey_attribution', 'long', (SELECT attribution_agg(pg_temp.visits(25, '1 s'), 'a')::text)),
	('journey_flow', 'empty', '{}'),
	('journey_flow', 'small', (SELECT flow_agg(a::journey)::text FROM sample WHERE type = 'journey')),
	('journey_flow', 'long', (SELECT flow_agg(pg_temp.visits(25, '1 s'))::text)),
	('journey_cohorts', 'empty', 'a > b by day for 3 periods in UTC until known {}'),
	('journey_cohorts', 'small',
	 (SELECT cohort_agg(a::journey, 'a', 'a', 'month', 3, 'Europe/Warsaw', '2026-01-02Z')::text
	    FROM sample WHERE type = 'journey')),
	('journey_cohorts', 'long',
	 (SELECT cohort_agg(journey_agg, 'a', 'a', 'day', 300, 'UTC')::text
	    FROM (SELECT journey_agg('a', timestamptz '2026-01-01Z' + i * interval '1 day')
	            FROM generate_series(1, 300) i) v)),
	('journey_lifecycle', 'empty', 'a by day in UTC open from 2026-01-01 {}'),
	('journey_lifecycle', 'small',
	 (SELECT lifecycle_agg(a::journey, 'a', 'month', 'Europe/Warsaw', '2026-01-02Z')::text
	    FROM sample WHERE type = 'journey')),
	('journey_lifecycle', 'long',
	 (SELECT lifecycle_agg(journey_agg, 'a', 'day', 'UTC', '2027-06-01Z')::text
	    FROM (SELECT journey_agg('a', timestamptz '2026-01-01Z' + i * interval '1 day')
	            FROM generate_series(1, 300) i) v)),
	('driver_summary', 'left out', '{0 drivers, 0 responses, 3 left out}'),
	('driver_summary', 'one', '{1 drivers, 1 responses, 0 left out, sums [3, 7], products [9, 21, 49]}'),
	('driver_summary', 'two', '{2 drivers, 1 responses, 1 left out, sums [3, 1, 2], products [9, 3, 1, 6, 2, 4]}'),
	('driver_summary', 'weighted', (SELECT driver_agg(i, ARRAY[7, i], i)::text FROM generate_series(1, 3) i)),
	('driver_summary', 'long', (SELECT driver_agg(i, array_fill(i, ARRAY[20]))::text FROM generate_series(1, 3) i)),
	('term_summary', 'empty', '{} in 0 comments'),
	('term_summary', 'small', '{fast = 2, "very fast" = 1} in 2 comments'),
	('term_summary', 'long',
	 (SELECT term_agg(comment_terms(repeat('x', 20) || i))::text FROM generate_series(1, 300) i)),
	('journey_survival', 'empty', '{[]}'), ('journey_survival', 'small', '{from a to b [40: 2 + 1 in 120us]}'),
	('journey_survival', 'gaps', '{gaps of a [40: 2 + 1 in 120us]}'),
	('journey_survival', 'long',
	 (SELECT survival_agg((i * 3 + 1000) * interval '1 s', i % 2 = 0)::text FROM generate_series(1, 300) i)),
	('journey_contrast', 'empty',
	 '{a > b; within 2 days; landmark 1 day; too recent 0, early 0, reached 0, missed 0; []}'),
	('journey_contrast', 'small',
	 (SELECT contrast_agg(a::journey, 'a > b', '7 days', '3.5 days', '2026-02-01Z')::text
	    FROM sample WHERE type = 'journey')),
	('journey_contrast', 'long',
	 (SELECT contrast_agg('{a@2026-01-01}' || pg_temp.visits(200, '1 s'), 'a > b', '9 days', '2 days',
	                      '2026-02-01Z')::text)),
	('duration_summary', 'empty', '{}'), ('duration_summary', 'small', '{3 in 121us [40:2, 41:1]}'),
	('duration_summary', 'long',
	 (SELECT duration_agg((i * 3 + 1000) * interval '1 s')::text FROM generate_series(1, 300) i)),
	('journey_funnel', 'zero', '{a > b; 0, 0}'),
	('journey_funnel', 'any order',
	 (SELECT funnel_agg(a::journey, 'b & a', NULL)::text FROM sample WHERE type = 'journey')),
	('journey_funnel', 'long',
	 (SELECT funnel_agg(pg_temp.visits(2, (i * 3 + 1000) * interval '1 s'), path::journey_path, '1 day')::text
	    FROM (VALUES (repeat('x', 20) || '1 >' || repeat('x', 20) || '2')) v(path), generate_series(1, 300) i)),
	('rating_breakdown', 'empty', '{}'),
	('rating_breakdown', 'small', '{a = [1, 1, 1, 1, 1], (null) = [2, 2, 2, 2, 2]} on [1, 5]'),
	('rating_breakdown', 'nps',
	 '{a = [1, 0, 0, 0, 0, 0, 1, 0, 0, 9, 0], b = [0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 5]} on [0, 10]'),
	('rating_breakdown', 'weighted', '{a = [3, 1] weights [2.5, 0.25] squares [2.125, 0.0625]} on [0, 1]'),
	('rating_breakdown', 'long',
	 (SELECT breakdown_agg('label ' || i, '[1,5]{1,2,3,4,5}'::rating_summary)::text FROM generate_series(1, 300) i)),
	('journey_stage', 'one', 'purchase'), ('journey_touchpoint', 'one', 'web:shop');
INSERT INTO sample
	SELECT type, i, value, CASE WHEN i <> 2 THEN value END, value
	  FROM (SELECT type, value, row_number() OVER (PARTITION BY type ORDER BY content COLLATE "C" DESC) AS i
	          FROM content) c
	 WHERE i <= 3 AND type NOT IN (SELECT type FROM sample)
	UNION ALL
	SELECT type, i, min(value), min(value), min(value) FROM content, generate_series(1, 3) AS i
	 WHERE type NOT IN (SELECT type FROM sample) GROUP BY type, i HAVING count(*) < i;

-- Three rows of arguments for a function, as a FROM item; NULL if there is no sample of a type. A second interval is
-- half as long as the first one.
CREATE FUNCTION pg_temp.rows_of(types text[], variant integer) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN count(*) FILTER (WHERE s.type IS NULL) = 0 THEN
		format('(VALUES (1%s), (2%s), (3%s)) rows(i%s)',
		       string_agg(format(', %L::%s%s', s.a, t.type, t.half), '' ORDER BY t.i),
		       string_agg(format(', %L::%s%s', s.b, t.type, t.half), '' ORDER BY t.i),
		       string_agg(format(', %L::%s%s', s.c, t.type, t.half), '' ORDER BY t.i),
		       string_agg(', a' || t.i, '' ORDER BY t.i)) END
	  FROM (SELECT type, i, CASE WHEN type = 'interval' AND 'interval' = ANY (types[:i - 1]) THEN ' / 2' END AS half
	          FROM unnest(types) WITH ORDINALITY u(type, i)) t
	  LEFT JOIN sample s ON s.type = t.type AND s.variant = rows_of.variant $$;
CREATE FUNCTION pg_temp.names_of(types text[]) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg('a' || i, ', ' ORDER BY i) FROM generate_subscripts(types, 1) i $$;
SELECT function AS without_sample FROM attacked WHERE is_transition AND pg_temp.rows_of(arguments, 1) IS NULL;

-- What a query gives as text, or the error it raises.
CREATE FUNCTION pg_temp.outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE query INTO result;
	RETURN 'answer: ' || result;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;

-- The states of all aggregates over the samples as no final function has seen them, and what that makes of them.
CREATE TEMP TABLE form (form text, storage text, padding text);
INSERT INTO form VALUES ('plain', 'PLAIN', ''), ('short', 'EXTENDED', ''),
	('compressed', 'MAIN', repeat('.', 2100)), ('external', 'EXTERNAL', repeat('.', 2100));
DO $$
DECLARE
	t record;
	f record;
BEGIN
	FOR t IN SELECT * FROM state_type LOOP
		EXECUTE format('CREATE TEMP TABLE %I (form text, content text, state boolean, padding text, v %s)
		                PARTITION BY LIST (form)', t.stored, t.name);
		FOR f IN SELECT * FROM form WHERE t.wrapped OR form.form = 'plain' LOOP
			EXECUTE format('CREATE TEMP TABLE %I PARTITION OF %I FOR VALUES IN (%L)',
			               t.stored || f.form, t.stored, f.form);
			EXECUTE format('ALTER TABLE %I SET (toast_tuple_target = 128)', t.stored || f.form);
			EXECUTE format('ALTER TABLE %I ALTER form SET STORAGE PLAIN, ALTER content SET STORAGE PLAIN,
			                ALTER padding SET STORAGE PLAIN', t.stored || f.form);
			IF t.wrapped THEN
				EXECUTE format('ALTER TABLE %I ALTER v SET STORAGE %s', t.stored || f.form, f.storage);
			END IF;
		END LOOP;
	END LOOP;
END $$;
DO $$
DECLARE
	a record;
	f record;
	called text;
	packed text;
BEGIN
	FOR a IN SELECT k.*, g.aggfnoid::regproc AS aggregate, v.variant, k.function || ' ' || v.variant AS content
	           FROM attacked k
	           JOIN pg_aggregate g ON g.aggtransfn = k.function::oid
	           JOIN members m ON m.oid = g.aggfnoid AND m.prorettype = g.aggtranstype,
	                generate_series(1, 3, 2) AS v(variant)
	          WHERE k.wrapped AND k.state <> 'rating_summary' LOOP
		called := format('(%s) FROM %s', pg_temp.names_of(a.arguments), pg_temp.rows_of(a.arguments, a.variant));
		packed := pg_temp.outcome('SELECT ' || a.aggregate || called);
		CONTINUE WHEN packed IS NULL OR packed NOT LIKE 'answer: %';
		INSERT INTO content VALUES (a.state, a.content, substr(packed, 9));
		EXECUTE format('CREATE AGGREGATE pg_temp.unfinished(%s) (SFUNC = %s, STYPE = %s)',
		               array_to_string(a.arguments, ', '), a.name, a.state);
		FOR f IN SELECT * FROM form LOOP
			EXECUTE format('INSERT INTO %I SELECT %L, %L, true, %L, pg_temp.unfinished%s', a.stored, f.form,
			               a.content, f.padding, called);
		END LOOP;
		EXECUTE format('DROP AGGREGATE pg_temp.unfinished(%s)', array_to_string(a.arguments, ', '));
	END LOOP;
END $$;

-- Each value in each form: behind a header of four bytes and of one, compressed, out of line. What has not the form
-- it should have, because of its size, is taken out again.
CREATE TEMP TABLE forms (type text, content text, state boolean, form text, bytes integer, compressed boolean);
DO $$
DECLARE
	t record;
	f record;
BEGIN
	FOR t IN SELECT * FROM state_type LOOP
		FOR f IN SELECT * FROM form WHERE t.wrapped OR form.form = 'plain' LOOP
			EXECUTE format('INSERT INTO %I SELECT %L, content, false, %L, value::%s FROM content WHERE type = %4$L',
			               t.stored, f.form, f.padding, t.name);
		END LOOP;
		CONTINUE WHEN NOT t.wrapped;
		-- an update forms the row as the table says, an insert as the type says
		EXECUTE format('UPDATE %I s SET v = value::%s FROM content c
		                 WHERE c.content = s.content AND c.type = %2$L AND NOT s.state', t.stored || 'plain', t.name);
		EXECUTE format('INSERT INTO forms SELECT %L, content, state, form, pg_column_size(v),
		                                         pg_column_compression(v) IS NOT NULL FROM %I', t.name, t.stored);
		DELETE FROM forms d USING forms p
		 WHERE d.type = t.name AND p.type = t.name AND p.form = 'plain' AND p.content = d.content AND p.state = d.state
		   AND CASE d.form WHEN 'plain' THEN d.compressed WHEN 'short' THEN d.bytes <> p.bytes - 3
		                   WHEN 'compressed' THEN NOT d.compressed ELSE d.bytes <> p.bytes - 4 END;
		EXECUTE format('DELETE FROM %I v WHERE NOT EXISTS (SELECT 1 FROM forms f
		                 WHERE f.type = %L AND f.content = v.content AND f.state = v.state AND f.form = v.form)',
		               t.stored, t.name);
	END LOOP;
END $$;
SELECT type, bool_or(form = 'plain') AS plain, bool_or(form = 'short') AS short,
       bool_or(form = 'compressed') AS compressed, bool_or(form = 'external') AS external,
       bool_or(state AND form = 'plain') AS state, bool_or(state AND form = 'compressed') AS state_compressed,
       bool_or(state AND form = 'external') AS state_external
  FROM forms GROUP BY type ORDER BY type COLLATE "C";

-- Each of the functions in the aggregates that one can make of it. The functions of one's own give what is stored.
CREATE FUNCTION pg_temp.make(kind text, a attacked) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	arguments text := array_to_string(a.arguments, ', ');
	first text := (SELECT format(', INITCOND = %1$L, MINITCOND = %1$L', min(value)) FROM content
	                WHERE type = a.state AND NOT a.grows AND NOT a.is_combine HAVING count(*) > 0);
	given text := format('SELECT v FROM pg_temp.%I
		WHERE form = current_setting(''attack.form'') AND content = current_setting(''attack.content'')
		  AND state = current_setting(''attack.state'')::boolean', a.stored);
BEGIN
	EXECUTE format('CREATE FUNCTION pg_temp.give(%s) RETURNS %s LANGUAGE sql %s AS %L',
	               concat_ws(', ', a.state, nullif(arguments, '')), a.state, a.strictness, given);
	IF kind = 'final' THEN
		EXECUTE format('CREATE FUNCTION pg_temp.give(%s, integer) RETURNS %1$s LANGUAGE sql AS %L', a.state, given);
		EXECUTE format('CREATE AGGREGATE pg_temp.attack(integer) (SFUNC = pg_temp.give, STYPE = %s, FINALFUNC = %s)',
		               a.state, a.name);
	ELSE
		EXECUTE format('CREATE AGGREGATE pg_temp.attack(%s) (SFUNC = %s, STYPE = %s, MSFUNC = %s, MINVFUNC = %s,
		                MSTYPE = %s%s)', arguments, a.name, a.state,
		               CASE kind WHEN 'inverse' THEN 'pg_temp.give' ELSE a.name::text END,
		               CASE kind WHEN 'inverse' THEN a.name::text ELSE 'pg_temp.give' END, a.state, first);
	END IF;
END $$;
CREATE FUNCTION pg_temp.unmake(kind text, a attacked) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	arguments text := array_to_string(a.arguments, ', ');
BEGIN
	EXECUTE format('DROP AGGREGATE pg_temp.attack(%s)', CASE kind WHEN 'final' THEN 'integer' ELSE arguments END);
	EXECUTE format('DROP FUNCTION pg_temp.give(%s)', concat_ws(', ', a.state, nullif(arguments, '')));
	IF kind = 'final' THEN
		EXECUTE format('DROP FUNCTION pg_temp.give(%s, integer)', a.state);
	END IF;
END $$;

-- forward: rows come in front and go behind, where what is stored takes the place of the state; inverse: what is
-- stored comes, and the function takes rows away; merged: what is stored is the first state and all rows.
CREATE FUNCTION pg_temp.query(kind text, a attacked, source text) RETURNS text LANGUAGE sql AS $$
	SELECT CASE kind
		WHEN 'final' THEN 'SELECT pg_temp.attack(1)'
		WHEN 'merged' THEN format('SELECT pg_temp.attack(v) FROM %I, generate_series(1, 3)
			WHERE form = current_setting(''attack.form'') AND content = current_setting(''attack.content'')
			  AND state = current_setting(''attack.state'')::boolean', a.stored)
		ELSE format('SELECT string_agg(x::text, '' '')
			FROM (SELECT pg_temp.attack(%s) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) AS x
			        FROM %s) frames', pg_temp.names_of(a.arguments), source) END $$;
CREATE TEMP TABLE outcomes (function text, kind text, variant integer, content text, form text, state boolean,
	outcome text);
DO $$
DECLARE
	a attacked;
	kind text;
	variant integer;
	query text;
BEGIN
	FOR a IN SELECT * FROM attacked LOOP
		FOREACH kind IN ARRAY CASE WHEN a.is_final THEN '{final}'::text[]
		                           WHEN a.is_combine THEN '{forward,inverse,merged}' ELSE '{forward,inverse}' END LOOP
			PERFORM pg_temp.make(kind, a);
			FOR variant IN SELECT generate_series(1, CASE WHEN kind IN ('forward', 'inverse') THEN 3 ELSE 1 END) LOOP
				query := pg_temp.query(kind, a, pg_temp.rows_of(a.arguments, variant));
				EXECUTE format('INSERT INTO outcomes SELECT %L, %L, %L, content, form, state, o
					FROM (SELECT content, form, state FROM %I OFFSET 0) s,
					     LATERAL (SELECT set_config(''attack.form'', form, false),
					                     set_config(''attack.content'', content, false),
					                     set_config(''attack.state'', state::text, false) OFFSET 0) c,
					     LATERAL (SELECT pg_temp.outcome(CASE WHEN c IS NOT NULL THEN %L END) AS o OFFSET 0) p',
					a.function, kind, variant, a.stored, query);
			END LOOP;
			PERFORM pg_temp.unmake(kind, a);
		END LOOP;
	END LOOP;
END $$;

-- the outcome is that of the content, in whatever form
SELECT function, kind, variant, content, array_agg(DISTINCT left(outcome, 200)) AS outcomes
  FROM outcomes GROUP BY function, kind, variant, content HAVING count(DISTINCT outcome) > 1 LIMIT 20;
-- no function was left out, and each has had something that it answers
SELECT function AS left_out FROM attacked
 WHERE (is_final OR is_transition)
   AND function::text NOT IN (SELECT function FROM outcomes WHERE outcome LIKE 'answer: %');
-- no error is one of PostgreSQL's own, of a damaged value, or of a lacking privilege
SELECT DISTINCT function, kind, outcome FROM outcomes WHERE outcome ~ '^(XX|42|57)' LIMIT 20;

-- outside an aggregate no state function runs; those of min(), max() and journey_map_last() give one of their arguments
SELECT function, outcome
  FROM (SELECT function, pg_temp.outcome(
	           format('SELECT %s(x.v, %s) FROM %I x, %s LIMIT 1', name, pg_temp.names_of(arguments), stored,
	                  pg_temp.rows_of(arguments, 1))) AS outcome
	      FROM attacked
	     WHERE is_transition AND EXISTS (SELECT 1 FROM pg_aggregate
	           WHERE function::oid IN (aggtransfn, aggcombinefn, aggmtransfn, aggminvtransfn))) outside
 WHERE outcome <> '0A000 state function called outside an aggregate' ORDER BY function::text COLLATE "C";

-- a state of the type internal is for superusers: nobody else can hand a function the state of another aggregate
CREATE AGGREGATE pg_temp.internal_state(bigint, text, timestamptz) (
	SFUNC = cxjourney_internal.flow_events_accum, STYPE = internal, FINALFUNC = cxjourney_internal.flow_events_final);

-- an inverse function as the one that counts has nothing to take away from
CREATE AGGREGATE pg_temp.rating_away(integer, int4range) (
	SFUNC = cxjourney_internal.rating_accum_inv, STYPE = rating_summary);
CREATE AGGREGATE pg_temp.csat_away(integer, int4range, integer) (
	SFUNC = cxjourney_internal.csat_accum_inv, STYPE = cxjourney_internal.csat_state);
CREATE AGGREGATE pg_temp.csat_summary_away(rating_summary, integer) (
	SFUNC = cxjourney_internal.csat_accum_inv, STYPE = cxjourney_internal.csat_state);
CREATE AGGREGATE pg_temp.drivers_away(float8, float8[]) (
	SFUNC = cxjourney_internal.driver_summary_accum_inv, STYPE = driver_summary);
SELECT call, pg_temp.error_of('SELECT pg_temp.' || call, ' | ') AS error
  FROM unnest(ARRAY[$$rating_away(1, '[0,10]')$$, $$csat_away(1, '[1,5]', 4)$$, $$csat_summary_away('[0,1]{1,2}', 1)$$,
                    $$drivers_away(1, '{1}')$$]) call;

RESET SESSION AUTHORIZATION;
DROP OWNED BY regress_aggregate_state;
DROP ROLE regress_aggregate_state;

-- superusers' functions may be mixed up as well: another kind of state, one of core's, bytes of core's
CREATE AGGREGATE flow_as_funnel(bigint, text, timestamptz) (
	SFUNC = cxjourney_internal.flow_events_accum, STYPE = internal, FINALFUNC = cxjourney_internal.funnel_events_final);
CREATE AGGREGATE funnel_as_flow(bigint, text, timestamptz, journey_path, interval) (
	SFUNC = cxjourney_internal.funnel_events_accum, STYPE = internal, FINALFUNC = cxjourney_internal.flow_events_final);
CREATE AGGREGATE average_as_flow(bigint) (
	SFUNC = int8_avg_accum, STYPE = internal, FINALFUNC = cxjourney_internal.flow_events_final);
CREATE AGGREGATE average_as_funnel(bigint) (
	SFUNC = int8_avg_accum, STYPE = internal, FINALFUNC = cxjourney_internal.funnel_events_final);
CREATE AGGREGATE text_as_flow(text, text) (
	SFUNC = string_agg_transfn, STYPE = internal, FINALFUNC = cxjourney_internal.flow_events_final);
CREATE AGGREGATE average_serialized(bigint) (
	SFUNC = int8_avg_accum, STYPE = internal, PARALLEL = SAFE,
	FINALFUNC = cxjourney_internal.flow_events_final, COMBINEFUNC = cxjourney_internal.events_combine,
	SERIALFUNC = cxjourney_internal.events_serialize, DESERIALFUNC = cxjourney_internal.events_deserialize);
CREATE AGGREGATE average_deserialized(bigint) (
	SFUNC = int8_avg_accum, STYPE = internal, PARALLEL = SAFE,
	FINALFUNC = cxjourney_internal.flow_events_final, COMBINEFUNC = cxjourney_internal.events_combine,
	SERIALFUNC = int8_avg_serialize, DESERIALFUNC = cxjourney_internal.events_deserialize);
CREATE AGGREGATE average_combined(bigint) (
	SFUNC = int8_avg_accum, STYPE = internal, PARALLEL = SAFE,
	FINALFUNC = cxjourney_internal.flow_events_final, COMBINEFUNC = cxjourney_internal.events_combine,
	SERIALFUNC = int8_avg_serialize, DESERIALFUNC = int8_avg_deserialize);
CREATE AGGREGATE flow_finished_twice(bigint, text, timestamptz) (
	SFUNC = cxjourney_internal.flow_events_accum, STYPE = internal, PARALLEL = SAFE,
	FINALFUNC = cxjourney_internal.funnel_events_final, COMBINEFUNC = cxjourney_internal.events_combine,
	SERIALFUNC = cxjourney_internal.events_serialize, DESERIALFUNC = cxjourney_internal.events_deserialize);
CREATE TABLE events WITH (parallel_workers = 2) AS
	SELECT i % 10::bigint AS customer, 'stage ' || i % 3 AS stage, timestamptz '2026-01-01Z' + i * interval '1 s' AS at
	  FROM generate_series(1, 1000) i;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SELECT call, pg_temp.plan_has('SELECT ' || call || ' FROM events', '"Partial Mode": "Partial"') AS parallel,
       pg_temp.message_of('SELECT ' || call || ' FROM events')
  FROM unnest(ARRAY['flow_as_funnel(customer, stage, at)', 'funnel_as_flow(customer, stage, at, ''a > b'', NULL)',
                    'average_as_flow(customer)', 'average_as_funnel(customer)', 'text_as_flow(stage, stage)',
                    'average_serialized(customer)', 'average_deserialized(customer)', 'average_combined(customer)',
                    'flow_finished_twice(customer, stage, at)']) call;
SELECT flow_agg(customer, stage, at) = (SELECT flow_agg(j) FROM (SELECT journey_agg(stage, at) AS j FROM events
                                         GROUP BY customer) journeys) AS the_right_ones_work FROM events;
-- by the minor release, there is no such function, or no value of type internal
SELECT call, left(pg_temp.message_of('SELECT ' || call), 5) IN ('42883', '0A000') AS refused
  FROM unnest(ARRAY['cxjourney_internal.flow_events_final(NULL)', 'cxjourney_internal.funnel_events_final(NULL)',
                    'cxjourney_internal.events_combine(NULL, NULL)',
                    'cxjourney_internal.flow_events_accum(NULL, 1::bigint, ''a'', ''2026-01-01'')']) call;

-- states that another session has left unfinished, in a table: merged, the first one too, they are what they hold
CREATE AGGREGATE unfinished_journey(text, timestamptz) (SFUNC = cxjourney_internal.journey_accum, STYPE = journey);
CREATE AGGREGATE unfinished_flow(journey) (SFUNC = cxjourney_internal.journey_flow_accum, STYPE = journey_flow);
CREATE AGGREGATE unfinished_funnel(journey, journey_path, interval) (
	SFUNC = cxjourney_internal.journey_funnel_accum, STYPE = journey_funnel);
CREATE AGGREGATE unfinished_attribution(journey, text) (
	SFUNC = cxjourney_internal.attribution_accum, STYPE = journey_attribution);
CREATE AGGREGATE unfinished_durations(interval) (
	SFUNC = cxjourney_internal.duration_summary_accum, STYPE = duration_summary);
CREATE AGGREGATE unfinished_terms(tsvector) (SFUNC = cxjourney_internal.term_summary_accum, STYPE = term_summary);
CREATE TABLE unfinished (flow journey_flow, funnel journey_funnel, attribution journey_attribution,
	durations duration_summary, terms term_summary, journey journey);
ALTER TABLE unfinished
	ALTER terms SET STORAGE EXTERNAL, ALTER flow SET STORAGE EXTERNAL, ALTER funnel SET STORAGE EXTERNAL,
	ALTER attribution SET STORAGE EXTERNAL, ALTER durations SET STORAGE EXTERNAL, ALTER journey SET STORAGE EXTERNAL;
INSERT INTO unfinished
	SELECT unfinished_flow(j) AS flow, unfinished_funnel(j, '"stage 0" > "stage 1"', '1 day') AS funnel,
	       unfinished_attribution(j, 'stage 0') AS attribution, unfinished_durations(duration(j)) AS durations,
	       unfinished_terms(comment_terms(stage_path(j))) AS terms,
	       (SELECT unfinished_journey(stage, at) FROM events) AS journey
	  FROM (SELECT journey_agg(stage, at) AS j FROM events GROUP BY customer) journeys, generate_series(1, 2);
CREATE TABLE finished AS
	SELECT flow_agg(j) AS flow, funnel_agg(j, '"stage 0" > "stage 1"', '1 day') AS funnel,
	       attribution_agg(j, 'stage 0') AS attribution, duration_agg(duration(j)) AS durations,
	       term_agg(comment_terms(stage_path(j))) AS terms,
	       (SELECT journey_agg(stage, at) FROM events) AS journey
	  FROM (SELECT journey_agg(stage, at) AS j FROM events GROUP BY customer) journeys, generate_series(1, 2);
-- they are larger than what is finished
SELECT pg_column_size(u.flow) > pg_column_size(f.flow) AS flow,
       pg_column_size(u.funnel) > pg_column_size(f.funnel) AS funnel,
       pg_column_size(u.attribution) > pg_column_size(f.attribution) AS attribution,
       pg_column_size(u.durations) > pg_column_size(f.durations) AS durations,
       pg_column_size(u.terms) > pg_column_size(f.terms) AS terms,
       pg_column_size(u.journey) > pg_column_size(f.journey) AS journey
  FROM unfinished u, finished f;
-- in another session
\c -
SELECT flow_agg(u.flow) = flow_agg(f.flow) AS flow, funnel_agg(u.funnel) = funnel_agg(f.funnel) AS funnel,
       attribution_agg(u.attribution) = attribution_agg(f.attribution) AS attribution,
       duration_agg(u.durations) = duration_agg(f.durations) AS durations,
       term_agg(u.terms) = term_agg(f.terms) AS terms,
       journey_agg(u.journey) = journey_agg(f.journey) AS journey
  FROM unfinished u, finished f, generate_series(1, 3);
DROP TABLE unfinished, finished;
DROP AGGREGATE unfinished_journey(text, timestamptz), unfinished_flow(journey), unfinished_durations(interval),
	unfinished_terms(tsvector),
	unfinished_funnel(journey, journey_path, interval), unfinished_attribution(journey, text);
DROP TABLE events;
DROP AGGREGATE flow_as_funnel(bigint, text, timestamptz), flow_finished_twice(bigint, text, timestamptz),
	funnel_as_flow(bigint, text, timestamptz, journey_path, interval), average_as_flow(bigint),
	average_as_funnel(bigint), text_as_flow(text, text), average_serialized(bigint), average_deserialized(bigint),
	average_combined(bigint);
