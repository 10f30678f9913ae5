--
-- Whoever may create functions in the schema of the extension gets none of them called: every call inside a map or a
-- journey table gives all arguments, of exactly the types that are declared, so that no other function fits better.
--
\pset null -
\pset format unaligned
-- some releases of PostgreSQL warn of MERGE into partitions, see map_repair
SET client_min_messages = error;
CREATE ROLE regress_capture_owner;
CREATE ROLE regress_capture_thief;
CREATE SCHEMA capture;
GRANT ALL ON SCHEMA capture TO regress_capture_owner;
CREATE SEQUENCE capture.calls;
GRANT ALL ON capture.calls TO PUBLIC;
SET search_path = capture, public;
SELECT e.extnamespace AS extension_schema FROM pg_extension AS e WHERE e.extname = 'cxjourney' \gset

-- Members of the extension that bodies and generated texts call: those whose name stands behind a schema in a body,
-- and those whose name is put together from that of a metric.
CREATE VIEW capture.called AS
SELECT p.oid, p.proname, p.proargtypes::oid[] AS types, p.pronargs, p.pronargdefaults
  FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
  JOIN pg_extension AS x ON x.extname = 'cxjourney' AND x.extnamespace = p.pronamespace
 WHERE (p.proname ~ '^(nps|csat|ces)(_interval|_test)?$' OR p.proname IN (
	SELECT name[1] FROM pg_proc AS q
		JOIN pg_depend AS e ON e.classid = 'pg_proc'::regclass AND e.objid = q.oid AND e.deptype = 'e',
	       regexp_matches(q.prosrc || q.proname, '\.([a-z_]+)\(', 'g') AS name
	 WHERE q.prolang <> (SELECT oid FROM pg_language WHERE lanname = 'c') UNION ALL VALUES ('journey_map_cells')));
SELECT count(DISTINCT proname) > 10 AS many_are_called, bool_or(proname = 'rating_agg') AS aggregates_too FROM called;

-- What could stand in for a type: whatever is cast to it silently, and text, which an untyped literal prefers.
CREATE VIEW capture.stand_in AS
SELECT casttarget AS type, castsource AS other FROM pg_cast WHERE castcontext = 'i' AND castsource <> casttarget
UNION SELECT DISTINCT unnest(types), unnest('{text,varchar,name,anyelement}'::regtype[])::oid FROM called;

-- With one argument of another type, with default arguments left out, and both.
CREATE VIEW capture.better AS
WITH shorter AS (SELECT proname, types[0 : n - 1] AS types, n = pronargs AS whole
	FROM called, generate_series(pronargs::integer - pronargdefaults, pronargs::integer) AS n)
SELECT proname, types FROM shorter WHERE NOT whole
UNION
SELECT s.proname, (SELECT array_agg(CASE i WHEN position THEN stand_in.other ELSE types[i] END ORDER BY i)
	FROM generate_subscripts(types, 1) AS i)
  FROM shorter AS s, generate_subscripts(s.types, 1) AS position JOIN stand_in ON true
	WHERE stand_in.type = s.types[position];

CREATE FUNCTION capture.steal() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	item record;
	made bigint := 0;
BEGIN
	FOR item IN SELECT format('CREATE FUNCTION %s.%I(%s) RETURNS text LANGUAGE plpgsql AS %L',
		(SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'cxjourney'), proname,
		(SELECT string_agg(format_type(type, NULL), ', ' ORDER BY i) FROM unnest(types) WITH ORDINALITY AS t(type, i)),
		format('BEGIN PERFORM pg_catalog.nextval(''capture.calls''); '
			'RAISE EXCEPTION ''captured: another %s was called''; END', proname)) AS statement FROM capture.better LOOP
		BEGIN
			EXECUTE item.statement;
			made := made + 1;
		-- it is another one of the extension's own
		EXCEPTION WHEN duplicate_function OR invalid_function_definition THEN NULL;
		END;
	END LOOP;
	RETURN made;
END $$;
GRANT USAGE ON SCHEMA capture TO regress_capture_thief;
GRANT SELECT ON ALL TABLES IN SCHEMA capture TO regress_capture_thief;
SELECT format('GRANT CREATE ON SCHEMA %s TO regress_capture_thief', :'extension_schema'::oid::regnamespace) \gexec
SET ROLE regress_capture_thief;
SELECT capture.steal() > 100 AS many_wait;
RESET ROLE;
SELECT format('REVOKE CREATE ON SCHEMA %s FROM regress_capture_thief', :'extension_schema'::oid::regnamespace) \gexec
-- an untyped literal reaches one of them
SELECT responses('[1,2]{1,2}');
SELECT last_value AS captured FROM capture.calls;
SELECT setval('capture.calls', 1, false);

-- What a report may have besides the map.
CREATE TABLE capture.went AS SELECT '{buy@2026-01-01, use@2026-01-02}'::journey AS journey;
CREATE TABLE capture.drivers AS
SELECT driver_agg(i % 3, ARRAY[i % 5]::numeric[]) AS drivers FROM generate_series(1, 20) AS i;
GRANT SELECT ON capture.went, capture.drivers TO regress_capture_owner;

-- Everything that a map can do, by its owner and by a superuser, with each metric and kind of expression.
CREATE DOMAIN capture.points AS integer CHECK (VALUE < 100);
CREATE FUNCTION capture.live(source regclass, arguments text) RETURNS void
LANGUAGE plpgsql SET search_path = capture, public AS $$
DECLARE
	view text;
	n integer;
BEGIN
	EXECUTE format('SELECT create_journey_map(name => ''m''::text, source => %L::regclass, %s)', source, arguments);
	FOR n IN 1 .. 2 LOOP
		EXECUTE format('INSERT INTO %s
			SELECT ''2026-01-01'', stage, place, persona, 5 + i %% 5, 1 + i %% 5, 1 + i %% 7, i %% 3 - 1, ''words''
			FROM (VALUES (''buy''), (''use'')) AS s(stage), (VALUES (''web:a''), (''app:b'')) AS p(place),
				(VALUES (''x'')) AS q(persona), generate_series(1, CASE %s WHEN 1 THEN 40 ELSE 1 END) AS i', source, n);
		EXECUTE format('INSERT INTO %s SELECT ''2026-01-02'', ''leave'', ''web:a'', ''x'', 0, 1, 7, -2, ''bad''
			FROM generate_series(1, 200)', source);
		EXECUTE format('INSERT INTO %s (at, stage, nps) VALUES (''2026-01-01'', ''buy'', 10)', source);
		EXECUTE format('UPDATE %s SET nps = 9 WHERE nps = 10', source);
		EXECUTE format('UPDATE %s SET csat = 2 WHERE stage = ''use''', source);
		EXECUTE format('DELETE FROM %s WHERE nps = 9 AND place IS NULL', source);
		EXECUTE format('DELETE FROM %s WHERE stage = ''use'' AND place = ''app:b''', source);
		INSERT INTO m_notes (kind, note, noted_at) VALUES ('change', 'it', '2026-01-01 12:00+00');
		FOREACH view IN ARRAY ARRAY['m', 'm_summaries', 'm_totals', 'm_personas', 'm_trend', 'm_trend_places',
			'm_channels', 'm_barriers', 'm_comments', 'm_changes'] LOOP
			EXECUTE format('SELECT count(v::text) FROM %I AS v', view);
		END LOOP;
		PERFORM FROM check_journey_map('m'::text);
		PERFORM refresh_journey_map('m'::text);
		PERFORM journey_map_cells('m'::text, NULL::text, NULL::daterange),
			journey_map_cells('m'::text, s.segment, '[2026-01-01,)'::daterange),
			journey_map_barriers('m'::text, s.segment, '[2026-01-01,)'::daterange),
			journey_map_svg('m'::text, NULL::text, '[2026-01-01,)'::daterange, 'en'::text, 'x'::text),
			journey_map_mermaid('m'::text, s.segment, NULL::daterange, 'en'::text, NULL::text),
			journey_map_scores('m'::text, s.segment, '[2026-01-01,2027-01-01)'::daterange)
		  FROM (SELECT m.segment FROM m LIMIT 1) AS s;
		PERFORM journey_map_report('m'::text, NULL::text, during, 'en'::text, 'x'::text, 'capture.went'::regclass, way,
				'1 day'::interval, (SELECT d.drivers FROM drivers AS d), '{a}'::text[])
		  FROM (VALUES (NULL::daterange, NULL::journey_path), ('[2026-01-01,2027-01-01)', 'buy > use'))
				AS r(during, way);
		IF strpos(arguments, 'comment =>') > 0 THEN
			PERFORM journey_map_words('m'::text, NULL::text, '[2026-01-01,)'::daterange, NULL::integer);
		END IF;
		PERFORM rebuild_journey_map('m'::text);
	END LOOP;
	IF EXISTS (SELECT FROM check_journey_map('m'::text)) THEN
		RAISE EXCEPTION 'the map of % is wrong: %', source,
			(SELECT string_agg(problem || ' ' || detail, E'\n') FROM check_journey_map('m'::text));
	END IF;
	EXECUTE format('TRUNCATE %s', source);
	PERFORM drop_journey_map('m'::text);
END $$;
CREATE FUNCTION capture.live_table(source regclass, arguments text) RETURNS void
LANGUAGE plpgsql SET search_path = capture, public AS $$
BEGIN
	EXECUTE format('SELECT create_journey_table(name => ''j''::text, source => %L::regclass, %s)', source, arguments);
	EXECUTE format('INSERT INTO %s (at, stage, place) SELECT ''2026-01-01'', stage, ''web:'' || i %% 3
		FROM (VALUES (''buy''), (''use'')) AS s(stage), generate_series(1, 20) AS i', source);
	FOR n IN 1 .. 2 LOOP
		EXECUTE format('INSERT INTO %s (at, stage, place) VALUES (''2026-01-02'', ''buy'', ''web:1''),
			(NULL, ''buy'', ''web:1'')', source);
		EXECUTE format('UPDATE %s SET nps = 9 WHERE at = ''2026-01-02''', source);
		EXECUTE format('UPDATE %s SET place = ''app:b'' WHERE stage = ''use''', source);
		EXECUTE format('DELETE FROM %s WHERE at IS NULL OR place = ''web:2''', source);
		PERFORM count(v::text) FROM j AS v;
		PERFORM count(v::text) FROM j_left_out AS v;
		PERFORM FROM check_journey_table('j'::text);
		PERFORM refresh_journey_table('j'::text);
		PERFORM rebuild_journey_table('j'::text);
	END LOOP;
	IF EXISTS (SELECT FROM check_journey_table('j'::text)) OR NOT EXISTS (SELECT FROM j) THEN
		RAISE EXCEPTION 'the journey table of % is wrong', source;
	END IF;
	EXECUTE format('TRUNCATE %s', source);
	PERFORM drop_journey_table('j'::text);
END $$;
CREATE FUNCTION capture.live_all() RETURNS void LANGUAGE plpgsql SET search_path = capture, public AS $$
BEGIN
	CREATE TABLE plain (at timestamptz, stage varchar(20), place text, persona name, nps smallint, csat integer,
		ces bigint, emotion numeric, words text);
	CREATE TABLE parted (at timestamp, stage text, place bpchar, persona text, nps points, csat real,
		ces double precision, emotion smallint, words varchar) PARTITION BY LIST (stage);
	CREATE TABLE parted_buy PARTITION OF parted FOR VALUES IN ('buy');
	CREATE TABLE parted_rest PARTITION OF parted DEFAULT;
	CREATE TABLE days (at date, stage text, place text, persona text, nps bigint, csat smallint, ces numeric,
		emotion real, words text);
	PERFORM live('plain', 'at => ''at'', stage => ''stage'', touchpoint => ''place'', segment => ''persona'', '
		'nps => ''nps'', csat => ''csat'', ces => ''ces'', emotion => ''emotion'', comment => ''words''');
	PERFORM live('parted', 'at => ''at'', stage => ''stage'', touchpoint => ''place'', segment => ''persona'', '
		'nps => ''nps'', csat => ''csat'', ces => ''ces'', comment => ''words'', csat_satisfied_from => 4, '
		'ces_low_is_easy => true, bucket => ''quarter'', timezone => ''Europe/Warsaw''');
	PERFORM live_table('plain', 'customer => ''place'', stage => ''stage'', at => ''at'', seq => ''nps'', '
		'value => ''emotion''');
	PERFORM live_table('parted', 'customer => ''place'', stage => ''stage'', at => ''at'', '
		'seq => ''emotion'', timezone => ''Europe/Warsaw''');
	PERFORM live('days', 'at => ''at'', stage => ''stage'', csat => ''csat > 3''');
	DROP TABLE plain, parted, days;
END $$;
SET ROLE regress_capture_owner;
SELECT capture.live_all();
RESET ROLE;
SELECT capture.live_all();
SELECT is_called AS captured FROM capture.calls;

-- Even where a schema of theirs stands before pg_catalog in the search_path, none of its operators, functions and types
-- is used: not those of the same types, nor those that fit better than one for any type.
CREATE SCHEMA thieves;
GRANT ALL ON SCHEMA thieves TO regress_capture_thief, regress_capture_owner;
CREATE FUNCTION capture.steal_operators() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	pair record;
	operator text;
	made bigint := 0;
BEGIN
	FOR pair IN SELECT a::text AS a, b::text AS b
		FROM unnest(CAST('{text,name,date,timestamptz,integer,bigint,numeric,boolean,regclass,oid,jsonb,daterange}'
			AS regtype[])) AS a
		JOIN unnest(CAST('{text,name,date,timestamptz,integer,bigint,numeric,boolean,regclass,oid,jsonb,daterange,'
			'text[],name[]}' AS regtype[])) AS b
		ON a = b OR (a::text, b::text) IN (('date', 'daterange'), ('text', 'text[]'), ('name', 'name[]'),
			('text', 'name'), ('name', 'text'), ('integer', 'bigint'), ('bigint', 'integer'), ('jsonb', 'text')) LOOP
		EXECUTE format('CREATE FUNCTION thieves.operate(%s, %s) RETURNS boolean LANGUAGE plpgsql AS %L', pair.a, pair.b,
			'BEGIN RAISE EXCEPTION ''captured: another operator was called''; END');
		FOREACH operator IN ARRAY ARRAY['=', '<>', '<', '>', '<=', '>=', '<@', '||', '->>', '?', '+', '-', '~'] LOOP
			EXECUTE format('CREATE OPERATOR thieves.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = thieves.operate)',
				operator, pair.a, pair.b);
			made := made + 1;
		END LOOP;
	END LOOP;
	RETURN made;
END $$;
CREATE FUNCTION capture.steal_functions() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	item record;
	made bigint := 0;
BEGIN
	FOR item IN SELECT proname, pg_get_function_arguments(oid) AS arguments FROM pg_proc
		WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f' AND prorettype <> 'trigger'::regtype
			AND NOT proargtypes::oid[] && '{internal,cstring}'::regtype[]::oid[]
		AND proname IN ('lower', 'upper', 'round', 'trim_scale', 'to_char', 'array_position', 'quote_ident',
			'to_regclass', 'current_setting', 'set_config', 'current_schema', 'current_schemas', 'timezone', 'text',
			'date', 'left') LOOP
		EXECUTE format('CREATE FUNCTION thieves.%I(%s) RETURNS text LANGUAGE plpgsql AS %L', item.proname,
			item.arguments, 'BEGIN RAISE EXCEPTION ''captured: another function was called''; END');
		made := made + 1;
	END LOOP;
	RETURN made;
END $$;
SET ROLE regress_capture_thief;
SELECT capture.steal_operators() > 200 AS operators, capture.steal_functions() > 30 AS functions;
CREATE DOMAIN thieves.text AS pg_catalog.text CHECK (1 / pg_catalog.length(VALUE) < 0);
CREATE DOMAIN thieves.date AS pg_catalog.date CHECK (1 / pg_catalog.date_part('year', VALUE) < 0);
CREATE DOMAIN thieves.regclass AS pg_catalog.regclass CHECK (VALUE IS NULL);
SET ROLE regress_capture_owner;
CREATE TABLE capture.seen (at timestamptz, stage text, place text, persona text, nps integer, words text);
INSERT INTO seen SELECT '2026-01-01'::timestamptz + i % 40 * interval '1 day', 'stage ' || i % 3, 'web:' || i % 2,
	'p' || i % 2, CASE i % 3 WHEN 0 THEN i % 4 ELSE 7 + i % 4 END, 'words' FROM generate_series(1, 3000) AS i;
SET search_path = capture, thieves, pg_catalog, public;
SELECT create_journey_map('m', 'seen', 'at', 'stage', 'place', 'nps', segment => 'persona', comment => 'words');
INSERT INTO seen VALUES ('2026-01-05', 'stage 1', 'web:1', 'p1', 3, 'new');
INSERT INTO m_notes (segment, stage, kind, note, noted_at) VALUES ('p1', 'stage 1', 'change', 'x', '2026-01-20');
INSERT INTO m_targets (stage, metric, target) VALUES ('stage 1', 'nps', 20);
SELECT refresh_journey_map('m');
SELECT rebuild_journey_map('m');
SELECT * FROM check_journey_map('m');
SELECT count(*) FROM journey_map_cells('m'::pg_catalog.text, 'p1'::pg_catalog.text,
	'[2026-01-01,2026-02-01)'::daterange);
SELECT count(*) FROM journey_map_barriers('m'::pg_catalog.text, NULL::pg_catalog.text,
	'[2026-01-01,2026-02-01)'::daterange);
SELECT count(*) FROM journey_map_shift('m'::pg_catalog.text, '[2026-01-01,2026-01-16)'::daterange,
	'[2026-01-16,2026-03-01)'::daterange, 'touchpoint'::pg_catalog.text, 'nps'::pg_catalog.text, 'p1'::pg_catalog.text);
SELECT count(*) FROM journey_map_words('m'::pg_catalog.text, 'p1'::pg_catalog.text,
	'[2026-01-01,2026-02-01)'::daterange, 10::pg_catalog.int4);
SELECT count(journey_map_svg('m'::pg_catalog.text, 'p1'::pg_catalog.text, '[2026-01-01,2026-02-01)'::daterange,
	'en'::pg_catalog.text, NULL::pg_catalog.text)),
	count(journey_map_mermaid('m'::pg_catalog.text, 'p1'::pg_catalog.text, '[2026-01-01,2026-02-01)'::daterange,
	'en'::pg_catalog.text, NULL::pg_catalog.text)),
	count(journey_map_svg('m'::pg_catalog.text, NULL::pg_catalog.text, NULL::daterange, 'en'::pg_catalog.text,
	NULL::pg_catalog.text));
SELECT count(*) FROM journey_map_scores('m'::pg_catalog.text, NULL::pg_catalog.text,
	'[2026-01-16,2026-02-01)'::daterange);
SELECT count(journey_map_report('m'::pg_catalog.text, NULL::pg_catalog.text, '[2026-01-16,2026-02-01)'::daterange,
	'en'::pg_catalog.text, NULL::pg_catalog.text, 'went'::pg_catalog.regclass, 'buy > use'::journey_path,
	'1 day'::interval, d.drivers, NULL::pg_catalog.text[])) FROM drivers AS d;
SELECT drop_journey_map('m');
SELECT create_journey_table('j', 'seen', 'persona', 'stage', 'at', seq => 'nps', value => 'nps',
	timezone => 'Europe/Warsaw');
INSERT INTO seen VALUES ('2026-01-05', 'stage 1', 'web:1', 'p1', 3, 'new'), (NULL, 'stage 1', 'web:1', 'p2', 3, 'new');
UPDATE seen SET persona = 'p3' WHERE stage OPERATOR(pg_catalog.=) 'stage 2';
DELETE FROM seen WHERE words OPERATOR(pg_catalog.=) 'new';
SELECT count(*) FROM j;
SELECT count(*) FROM j_left_out;
SELECT * FROM check_journey_table('j');
SELECT refresh_journey_table('j');
SELECT rebuild_journey_table('j');
SELECT * FROM check_journey_table('j');
SELECT drop_journey_table('j');
SET search_path = capture, public;
RESET ROLE;
DROP SCHEMA thieves CASCADE;

DROP OWNED BY regress_capture_thief;
DROP SCHEMA capture CASCADE;
DROP OWNED BY regress_capture_owner;
DROP ROLE regress_capture_thief, regress_capture_owner;
