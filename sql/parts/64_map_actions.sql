--
-- The live journey map: create, drop, rebuild, refresh, check
--

CREATE FUNCTION cxjourney_internal.journey_map_describe(relation text, kind text, description text, columns jsonb)
	RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	col record;
BEGIN
	EXECUTE format('COMMENT ON %s %s IS %L', kind, relation, description);
	FOR col IN
		SELECT a.attname, coalesce(columns ->> a.attname, replace(columns ->> regexp_replace(a.attname, '^(nps|csat|ces)', '*'), '*', upper(split_part(a.attname, '_', 1)))) AS text
		  FROM pg_attribute AS a WHERE a.attrelid = relation::regclass AND a.attnum > 0
	LOOP
		EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', relation, col.attname, col.text);
	END LOOP;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_describe(text, text, text, jsonb) IS
'Internal to the journey map: comments on a relation and its columns; a column such as nps_low takes the text of '
'*_low.';

CREATE FUNCTION cxjourney_internal.journey_map_check_arguments(map jsonb) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF map ->> 'source' IS NULL OR map ->> 'at' IS NULL OR map ->> 'stage' IS NULL THEN
		RAISE EXCEPTION 'a journey map needs a source, at and stage' USING ERRCODE = 'null_value_not_allowed';
	END IF;
	IF NOT map ?| ARRAY['nps', 'csat', 'ces', 'emotion'] THEN
		RAISE EXCEPTION 'a journey map needs at least one of nps, csat, ces and emotion' USING ERRCODE = 'invalid_parameter_value',
			HINT = 'Name the column that holds the answers, such as nps => ''score''.';
	END IF;
	IF map ->> 'bucket' IS NULL OR map ->> 'bucket' NOT IN ('hour', 'day', 'week', 'month', 'quarter', 'year') THEN
		RAISE EXCEPTION 'unknown bucket %', quote_nullable(map ->> 'bucket') USING ERRCODE = 'invalid_parameter_value',
			HINT = 'Use hour, day, week, month, quarter or year.';
	END IF;
	IF map ->> 'timezone' IS NULL OR map ->> 'csat_scale' IS NULL OR map ->> 'ces_scale' IS NULL OR map ->> 'ces_low_is_easy' IS NULL THEN
		RAISE EXCEPTION 'timezone, csat_scale, ces_scale and ces_low_is_easy must not be NULL' USING ERRCODE = 'null_value_not_allowed',
			HINT = 'Leave them out for UTC, 1..5, 1..7 and false.';
	END IF;
	BEGIN
		PERFORM date_trunc('day', now(), map ->> 'timezone');
	EXCEPTION WHEN invalid_parameter_value THEN
		RAISE EXCEPTION '%', SQLERRM USING ERRCODE = SQLSTATE,
			HINT = coalesce((SELECT 'There is ' || string_agg(name, ', ' ORDER BY name) || '.' FROM pg_timezone_names WHERE lower(name) LIKE '%/' || lower(map ->> 'timezone') AND name NOT LIKE 'posix/%'),
				'Give it as in pg_timezone_names, such as ''Europe/Warsaw''.');
	END;
	-- a range without a lower end, or without any, has none to try
	PERFORM @extschema@.rating_agg(coalesce(lower(scale), 0)::integer, scale) FROM (VALUES ((map ->> 'csat_scale')::int4range), ((map ->> 'ces_scale')::int4range)) AS s(scale) GROUP BY scale;
	IF map ? 'csat' THEN
		PERFORM @extschema@.csat(@extschema@.rating_agg(lower(scale), scale), (map ->> 'csat_satisfied_from')::integer) FROM CAST(map ->> 'csat_scale' AS int4range) AS scale
		 WHERE map ? 'csat_satisfied_from';
		IF NOT map ? 'csat_satisfied_from' AND (SELECT upper(scale) - lower(scale) > 7 FROM CAST(map ->> 'csat_scale' AS int4range) AS scale) THEN
			RAISE EXCEPTION 'the scale of csat has more than 7 points, and no common rule for who is satisfied' USING ERRCODE = 'invalid_parameter_value',
				HINT = format('Say from which score on: csat_satisfied_from => %s.', upper((map ->> 'csat_scale')::int4range) - 2);
		END IF;
	END IF;
	IF map ->> 'minimum' IS NULL OR (map ->> 'minimum')::integer < 2 THEN
		RAISE EXCEPTION 'minimum must be 2 or more' USING ERRCODE = 'invalid_parameter_value';
	END IF;
	IF map ->> 'least_impact' IS NULL OR (map ->> 'least_impact')::numeric NOT BETWEEN 0 AND 100 THEN
		RAISE EXCEPTION 'least_impact must be from 0 to 100' USING ERRCODE = 'invalid_parameter_value',
			HINT = 'It is in percent of the range of the metric: 0.5 is one point of NPS.';
	END IF;
	IF jsonb_path_exists(map, 'strict $.stages[*] ? (@.type() != "string")', '{}', true)
		OR (SELECT count(*) > count(DISTINCT stage) FROM jsonb_array_elements_text(CASE WHEN map ? 'stages' THEN map -> 'stages' ELSE '[]' END) AS stage) THEN
		RAISE EXCEPTION 'stages must name each stage once' USING ERRCODE = 'invalid_parameter_value', HINT = 'Leave out NULL and repeats, and give one list, such as ARRAY[''find'', ''buy''].';
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_check_arguments(jsonb) IS
'Internal to the journey map: errors for arguments of create_journey_map that do not name columns. 22004 for NULL, '
'22023 for what has no meaning.';

CREATE FUNCTION cxjourney_internal.journey_map_check_type(label text, type regtype) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	is_text CONSTANT boolean := type IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype);
BEGIN
	IF label = 'at' AND type NOT IN ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype) THEN
		RAISE EXCEPTION 'argument "at" of a journey map is of type %, not a time', type USING ERRCODE = 'datatype_mismatch',
			HINT = CASE WHEN is_text THEN 'Read the text as a date or a time, such as to_date(answered_on, ''DD.MM.YYYY'') or to_timestamp(answered_at, ''DD.MM.YYYY HH24:MI'').'
				ELSE 'Give a timestamp with time zone, a timestamp or a date.' END;
	ELSIF label IN ('nps', 'csat', 'ces', 'emotion')
		AND type NOT IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype, 'numeric'::regtype, 'real'::regtype, 'double precision'::regtype)
		AND NOT (label = 'csat' AND type = 'boolean'::regtype) THEN
		RAISE EXCEPTION 'argument "%" of a journey map is of type %, not a number', label, type USING ERRCODE = 'datatype_mismatch',
			HINT = CASE WHEN is_text THEN 'Read the text as a number, such as CASE WHEN answer ~ ''^[0-9]'' THEN score_from_text(answer) END: what fails without CASE would make a write to the source fail.'
				ELSE 'Cast it to a number. A cast that fails makes a write to the source fail: guard it with CASE.' END;
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_check_type(text, regtype) IS
'Internal to the journey map: error 42804 for an argument of a type that it cannot be of.';

CREATE FUNCTION cxjourney_internal.journey_map_own_stages(type regtype) RETURNS jsonb
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF type = '@extschema@.journey_stage'::regtype THEN
		RETURN (SELECT jsonb_agg((i::@extschema@.journey_stage)::text ORDER BY i) FROM generate_series(1, 7) AS i);
	END IF;
	RETURN (SELECT jsonb_agg(enumlabel ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = type);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_own_stages(regtype) IS
'Internal to the journey map: the stages in their order, if the type of the column has one; else NULL.';

CREATE FUNCTION cxjourney_internal.journey_map_resolve(map jsonb, path text) RETURNS jsonb
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	argument text;
	found record;
	settings boolean := false;
	read text[] := '{}';
	dates jsonb := '{}';
BEGIN
	FOREACH argument IN ARRAY ARRAY['at', 'segment', 'stage', 'touchpoint', 'nps', 'csat', 'ces', 'emotion', 'comment'] LOOP
		CONTINUE WHEN NOT map ? argument;
		found := cxjourney_internal.journey_map_expression((map ->> 'source')::regclass, map ->> argument, argument, path, argument IN ('segment', 'stage', 'touchpoint', 'comment'));
		PERFORM cxjourney_internal.journey_map_check_type(argument, found.type);
		IF argument <> 'comment' THEN
			settings := settings OR found.settings;
			read := read || found.columns;
		END IF;
		IF found.dates THEN
			dates := dates || jsonb_build_object(argument, found.expression);
		END IF;
		IF argument = 'csat' AND found.type = 'boolean'::regtype THEN
			found.expression := format('(%s)::integer', found.expression);
			found.type := 'integer';
			map := map || '{"csat_scale": "[0,2)"}' - text 'csat_satisfied_from';
		ELSIF argument = 'stage' AND NOT map ? 'stages' THEN
			map := jsonb_strip_nulls(map || jsonb_build_object('stages', cxjourney_internal.journey_map_own_stages(found.type)));
		END IF;
		map := map || jsonb_build_object(argument, found.expression, argument || '_type', format_type(found.type, NULL));
	END LOOP;
	RETURN map || jsonb_build_object('depends_on_settings', settings, 'columns', read, 'dates', dates);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_resolve(jsonb, text) IS
'Internal to the journey map: the definition with every argument as a checked expression, with its type, with the '
'columns that the trigger reads, and with those expressions that cast a text to a date.';

CREATE FUNCTION cxjourney_internal.journey_map_require_free(map jsonb) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	taken text;
BEGIN
	SELECT format('%I.%I', map ->> 'schema', relname) INTO taken FROM pg_class
	 WHERE relnamespace = quote_ident(map ->> 'schema')::regnamespace AND format('%I.%I', map ->> 'schema', relname) IN (SELECT value FROM jsonb_each_text(map) WHERE key LIKE '%\_table' OR key = 'map')
	 ORDER BY length(relname), relname LIMIT 1;
	IF taken IS NULL AND to_regprocedure((map ->> 'write_table') || '()') IS NOT NULL THEN
		taken := map ->> 'write_table';
	END IF;
	IF taken IS NULL THEN
		SELECT format('trigger %I on %s', t.trigger, t.relation) INTO taken FROM cxjourney_internal.journey_map_triggers(map) AS t JOIN pg_trigger AS p ON p.tgrelid = t.relation AND p.tgname = t.trigger LIMIT 1;
	END IF;
	IF taken IS NOT NULL THEN
		RAISE EXCEPTION 'there already is a %', taken USING ERRCODE = 'duplicate_object', HINT = 'Give the map another name.';
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_free(jsonb) IS
'Internal to the journey map: error 42710 when one of its objects exists already.';

CREATE FUNCTION cxjourney_internal.journey_map_pending_columns(map jsonb, OUT name text, OUT type text)
	RETURNS SETOF record
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT c.name, CASE WHEN c.name = 'removed' THEN 'boolean' WHEN c.name IN ('segment', 'stage', 'touchpoint') THEN 'text' ELSE map ->> (c.name || '_type') END
	  FROM unnest(ARRAY['removed', 'at', 'segment', 'stage', 'touchpoint', 'nps', 'csat', 'ces', 'emotion']) WITH ORDINALITY AS c(name, position)
	 WHERE c.name = 'removed' OR map ? c.name ORDER BY c.position
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_pending_columns(jsonb) IS
'Internal to the journey map: the columns of NAME_pending.';

CREATE FUNCTION cxjourney_internal.journey_map_unlogged(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE WHEN EXISTS (SELECT FROM pg_class WHERE relpersistence = 'u' AND relkind = 'r'
		AND oid IN (SELECT relation FROM cxjourney_internal.journey_map_triggers(map))) THEN 'UNLOGGED ' ELSE '' END
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_unlogged(jsonb) IS
'Internal to the journey map: UNLOGGED when its source is, so that a crash empties both.';

CREATE FUNCTION cxjourney_internal.journey_map_create_pending(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('CREATE %sTABLE %s (%s)', cxjourney_internal.journey_map_unlogged(map), map ->> 'pending_table',
		(SELECT string_agg(format('%I %s', name, type || CASE type WHEN 'text' THEN ' COLLATE "C"' WHEN 'boolean' THEN ' NOT NULL' ELSE '' END), ', ')
		   FROM cxjourney_internal.journey_map_pending_columns(map)));
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_create_pending(jsonb) IS
'Internal to the journey map: creates NAME_pending.';

CREATE FUNCTION cxjourney_internal.journey_map_define(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE format('DELETE FROM %s', map ->> 'definition_table');
	EXECUTE format('INSERT INTO %1$s SELECT * FROM jsonb_populate_record(NULL::%1$s, $1)', map ->> 'definition_table')
		USING map || (SELECT jsonb_object_agg(part, map -> (part || '_table')) FROM unnest(ARRAY['rollup', 'batches', 'pending', 'notes', 'targets']) AS part);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_define(jsonb) IS
'Internal to the journey map: writes its definition, with its tables, which are kept as they are whatever they are '
'called later.';

CREATE FUNCTION cxjourney_internal.journey_map_require_stages(map jsonb, stages text[]) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	known text[];
	wrong text;
BEGIN
	IF stages IS NULL THEN
		RETURN;
	END IF;
	EXECUTE format('SELECT array_agg(DISTINCT stage ORDER BY stage) FROM (SELECT stage FROM %s UNION ALL SELECT unnest(stages) COLLATE "C" FROM %s) AS s',
		map ->> 'totals_table', map ->> 'definition_table') INTO known;
	-- a map without any answer may know none
	SELECT stage INTO wrong FROM unnest(stages) AS stage WHERE stage <> ALL (known) ORDER BY stage LIMIT 1;
	IF wrong IS NOT NULL THEN
		RAISE EXCEPTION 'journey map "%" has no stage "%"', map ->> 'name', wrong USING ERRCODE = 'invalid_parameter_value',
			DETAIL = format('Its stages are %s%s.', array_to_string(known[1:20], ', '), CASE WHEN cardinality(known) > 20 THEN ', …' ELSE '' END),
			HINT = coalesce((SELECT format('There is a stage "%s".', k) FROM unnest(known) AS k WHERE lower(k) = lower(btrim(wrong)) LIMIT 1),
				format('A stage that is still to come is made known with UPDATE %s SET stages = stages || %L.', map ->> 'definition_table', ARRAY[wrong]));
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_stages(jsonb, text[]) IS
'Internal to the journey map: error 22023 for the first of these stages that neither has answers nor is among the '
'stages of the definition.';

CREATE FUNCTION cxjourney_internal.journey_map_notice_places(map jsonb, what text, named text[]) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	known text[];
	missing text;
	has_any boolean;
BEGIN
	IF named IS NULL THEN
		RETURN;
	END IF;
	EXECUTE format('SELECT array_agg(DISTINCT %1$I ORDER BY %1$I) FROM %2$s', what, map ->> 'totals_table') INTO known;
	-- a map without any answer knows none
	SELECT n INTO missing FROM unnest(named) AS n WHERE n <> ALL (known) ORDER BY n LIMIT 1;
	IF missing IS NOT NULL THEN
		EXECUTE format('SELECT %I IS NOT NULL FROM %s', what, map ->> 'definition_table') INTO has_any;
		RAISE NOTICE 'journey map "%" has no answers of the % "%"', map ->> 'name', what, missing USING
			DETAIL = format('Its %ss are %s%s.', what, array_to_string(known[1:20], ', '), CASE WHEN cardinality(known) > 20 THEN ', …' ELSE '' END),
			HINT = CASE WHEN has_any THEN coalesce((SELECT format('There is a %s "%s".', what, k) FROM unnest(known) AS k WHERE lower(k) = lower(btrim(missing)) LIMIT 1),
				'The note is seen there when answers come.')
				ELSE format('The map was made without %ss: leave it NULL.', what) END;
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_notice_places(jsonb, text, text[]) IS
'Internal to the journey map: a notice of the first of these touchpoints or segments that has no answers. It may '
'still get some, so it is no error.';

-- It runs with the rights of whoever writes, so it is silent for those who may not read the map.
CREATE FUNCTION cxjourney_internal.journey_map_check_places_steps() RETURNS trigger
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	definition regclass := to_regclass(format('%I.%I', TG_TABLE_SCHEMA, regexp_replace(TG_TABLE_NAME, '_(notes|targets)$', '_definition')));
	map jsonb := cxjourney_internal.journey_map_place(definition);
	named text[];
	touchpoints text[];
	segments text[];
BEGIN
	IF definition IS NULL OR to_regclass(map ->> 'totals_table') IS NULL OR NOT has_table_privilege(definition, 'SELECT')
		OR NOT has_table_privilege(to_regclass(map ->> 'totals_table'), 'SELECT')
		-- the owner of the schema could have put a view of his own there
		OR EXISTS (SELECT FROM pg_class WHERE oid IN (definition, to_regclass(map ->> 'totals_table')) AND relowner <> (SELECT relowner FROM pg_class WHERE oid = TG_RELID)) THEN
		RETURN NULL;
	ELSIF TG_OP = 'INSERT' THEN
		SELECT array_agg(DISTINCT stage) INTO named FROM new_rows WHERE stage IS NOT NULL;
	ELSE
		SELECT array_agg(stage) INTO named FROM (SELECT stage FROM new_rows WHERE stage IS NOT NULL EXCEPT SELECT stage FROM old_rows) AS s;
	END IF;
	PERFORM cxjourney_internal.journey_map_require_stages(map, named);
	-- goals have neither column
	IF TG_OP = 'INSERT' THEN
		SELECT array_agg(DISTINCT r ->> 'touchpoint') FILTER (WHERE r ->> 'touchpoint' IS NOT NULL), array_agg(DISTINCT r ->> 'segment') FILTER (WHERE r ->> 'segment' IS NOT NULL)
			INTO touchpoints, segments FROM (SELECT to_jsonb(n) AS r FROM new_rows AS n) AS rows;
	ELSE
		SELECT array_agg(t) INTO touchpoints FROM (SELECT to_jsonb(n) ->> 'touchpoint' AS t FROM new_rows AS n EXCEPT SELECT to_jsonb(o) ->> 'touchpoint' FROM old_rows AS o) AS changed WHERE t IS NOT NULL;
		SELECT array_agg(s) INTO segments FROM (SELECT to_jsonb(n) ->> 'segment' AS s FROM new_rows AS n EXCEPT SELECT to_jsonb(o) ->> 'segment' FROM old_rows AS o) AS changed WHERE s IS NOT NULL;
	END IF;
	PERFORM cxjourney_internal.journey_map_notice_places(map, 'touchpoint'::text, touchpoints);
	PERFORM cxjourney_internal.journey_map_notice_places(map, 'segment'::text, segments);
	RETURN NULL;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_check_places_steps() IS
'Internal: what journey_map_check_places does.';

CREATE FUNCTION cxjourney_internal.journey_map_check_places() RETURNS trigger
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION cxjourney_internal.journey_map_check_places() IS
'Internal to the journey map: the trigger function of NAME_notes and NAME_targets. Error 22023 for a stage that the '
'map does not know, and a notice of a touchpoint or segment without answers, if whoever writes may read NAME_totals '
'and NAME_definition.';

CREATE FUNCTION cxjourney_internal.journey_map_create_tables(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	unlogged text := cxjourney_internal.journey_map_unlogged(map);
	cell text := 'bucket timestamptz NOT NULL, segment text COLLATE "C" NOT NULL, stage text COLLATE "C" NOT NULL, touchpoint text COLLATE "C" NOT NULL,
		responses bigint NOT NULL, invalid bigint NOT NULL, nps @extschema@.rating_summary, csat @extschema@.rating_summary, ces @extschema@.rating_summary,
		emotion_responses bigint NOT NULL, emotion_sum numeric NOT NULL, first_at timestamptz, last_at timestamptz';
BEGIN
	EXECUTE format('CREATE TABLE %s (source regclass NOT NULL, at text NOT NULL, stage text NOT NULL, touchpoint text, nps text, csat text, ces text, segment text, emotion text, comment text,
		bucket text NOT NULL, timezone text NOT NULL, csat_scale int4range NOT NULL, csat_satisfied_from integer, ces_scale int4range NOT NULL, ces_low_is_easy boolean NOT NULL,
		stages text[] CONSTRAINT stages_are_one_list CHECK (array_ndims(stages) = 1 AND array_lower(stages, 1) = 1), minimum integer NOT NULL CHECK (minimum >= 2), least_impact numeric NOT NULL CHECK (least_impact BETWEEN 0 AND 100), depends_on_settings boolean NOT NULL,
		rollup regclass NOT NULL, batches regclass NOT NULL, pending regclass NOT NULL, notes regclass NOT NULL, targets regclass NOT NULL)', map ->> 'definition_table');
	EXECUTE format('CREATE %sTABLE %s (%s, PRIMARY KEY (bucket, segment, stage, touchpoint), CHECK (emotion_responses >= 0))', unlogged, map ->> 'rollup_table', cell);
	EXECUTE format('CREATE %sTABLE %s (removed boolean NOT NULL, %s)', unlogged, map ->> 'batches_table', cell);
	PERFORM cxjourney_internal.journey_map_create_pending(map);
	EXECUTE format('CREATE TABLE %s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, segment text, stage text, touchpoint text,
		kind text NOT NULL CONSTRAINT kind_does_thinks_feels_barrier_idea_or_change CHECK (kind IN (''does'', ''thinks'', ''feels'', ''barrier'', ''idea'', ''change'')), note text NOT NULL,
		noted_at timestamptz NOT NULL DEFAULT now(), days integer NOT NULL DEFAULT 30 CHECK (days BETWEEN 1 AND 3660), author text DEFAULT session_user)', map ->> 'notes_table');
	EXECUTE format('CREATE TABLE %s (stage text NOT NULL, metric text NOT NULL CONSTRAINT metric_nps_csat_or_ces CHECK (metric IN (''nps'', ''csat'', ''ces'')), target numeric NOT NULL, PRIMARY KEY (stage, metric),
		CONSTRAINT target_within_the_metric CHECK (CASE metric WHEN ''nps'' THEN target BETWEEN -100 AND 100 WHEN ''csat'' THEN target BETWEEN 0 AND 100 ELSE abs(target) < 1000000 END))', map ->> 'targets_table');
	EXECUTE (SELECT string_agg(format('CREATE TRIGGER check_%1$s AFTER %1$s ON %2$s REFERENCING %3$s FOR EACH STATEMENT EXECUTE FUNCTION cxjourney_internal.journey_map_check_places()',
			event, map ->> part, CASE event WHEN 'insert' THEN 'NEW TABLE AS new_rows' ELSE 'OLD TABLE AS old_rows NEW TABLE AS new_rows' END), ';')
		FROM unnest(ARRAY['insert', 'update']) AS event, unnest(ARRAY['notes_table', 'targets_table']) AS part);
	PERFORM cxjourney_internal.journey_map_define(map);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_create_tables(jsonb) IS
'Internal to the journey map: creates its tables. What counts answers is unlogged when the source is, so that a '
'crash empties both.';

CREATE FUNCTION cxjourney_internal.journey_map_create_views(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
BEGIN
	EXECUTE format('CREATE OR REPLACE VIEW %s AS %s', map ->> 'summaries_table', cxjourney_internal.journey_map_state(map, 'bucket, segment, stage, touchpoint'::text));
	EXECUTE format('CREATE OR REPLACE VIEW %s AS %s', map ->> 'totals_table', cxjourney_internal.journey_map_state(map, 'segment, stage, touchpoint'::text));
	EXECUTE format('CREATE OR REPLACE VIEW %s AS %s', map ->> 'map', cxjourney_internal.journey_map_rounded(cxjourney_internal.journey_map_cells_sql(map, map ->> 'totals_table'),
		'segment, stage, touchpoint, responses, nps:6, nps_low:6, nps_high:6, csat:6, csat_low:6, csat_high:6, ces:6, ces_low:6, ces_high:6, emotion:4, invalid, enough,
		nps_responses, csat_responses, ces_responses, nps_target:6, nps_gap:6, csat_target:6, csat_gap:6, ces_target:6, ces_gap:6, stage_position'::text));
	EXECUTE format('CREATE OR REPLACE VIEW %s AS %s', map ->> 'trend_table', cxjourney_internal.journey_map_rounded(cxjourney_internal.journey_map_trend_sql(map),
		'bucket, segment, responses, nps:6, nps_low:6, nps_high:6, nps_change:6, nps_p_value, csat:6, csat_low:6, csat_high:6, csat_change:6, csat_p_value,
		ces:6, ces_low:6, ces_high:6, ces_change:6, ces_p_value'::text));
	EXECUTE format('CREATE OR REPLACE VIEW %s AS %s', map ->> 'channels_table', cxjourney_internal.journey_map_rounded(cxjourney_internal.journey_map_channels_sql(map),
		'segment, stage, channel, responses, nps:6, nps_difference:6, nps_p_value, nps_spread:6, csat:6, csat_difference:6, csat_p_value, csat_spread:6,
		ces:6, ces_difference:6, ces_p_value, ces_spread:6, enough'::text));
	EXECUTE format('CREATE OR REPLACE VIEW %s AS %s ORDER BY segment, metric, rank, stage, touchpoint', map ->> 'barriers_table',
		cxjourney_internal.journey_map_rounded(cxjourney_internal.journey_map_barriers_sql(map, map ->> 'totals_table'),
		'segment, stage, touchpoint, metric, responses, value:6, rest:6, difference:6, impact:6, p_value, rank'::text));
	EXECUTE format('CREATE OR REPLACE VIEW %s AS %s', map ->> 'changes_table', cxjourney_internal.journey_map_rounded(cxjourney_internal.journey_map_changes_sql(map),
		'id, changed_at, segment, stage, touchpoint, note, metric, before:6, after:6, difference:6, low:6, high:6, p_value, responses_before, responses_after'::text));
	EXECUTE format('CREATE OR REPLACE VIEW %s WITH (security_invoker = true) AS %s', map ->> 'comments_table', cxjourney_internal.journey_map_comments_sql(map));
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_create_views(jsonb) IS
'Internal to the journey map: creates its views, or writes them anew for a changed definition. Their columns are '
'the same for every definition.';

CREATE FUNCTION cxjourney_internal.journey_map_create_function(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	body text := cxjourney_internal.journey_map_write_body(map);
BEGIN
	EXECUTE format('CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp%s AS %L',
		map ->> 'write_table',
		CASE WHEN (map ->> 'depends_on_settings')::boolean THEN format(' SET timezone = %L SET datestyle = ''ISO, YMD'' SET intervalstyle = ''postgres'' SET extra_float_digits = 1 SET bytea_output = ''hex'' SET lc_time = ''C'' SET lc_numeric = ''C'' SET lc_monetary = ''C''', map ->> 'timezone') ELSE '' END
			|| CASE WHEN strpos(body, E'\\') > 0 THEN ' SET standard_conforming_strings = on' ELSE '' END,
		body);
	EXECUTE format('REVOKE EXECUTE ON FUNCTION %s() FROM PUBLIC', map ->> 'write_table');
	-- DROP EXTENSION CASCADE then takes the triggers with it, which would else make every write fail.
	EXECUTE format('ALTER FUNCTION %s() DEPENDS ON EXTENSION cxjourney', map ->> 'write_table');
	EXECUTE format('COMMENT ON FUNCTION %s() IS %L', map ->> 'write_table',
		format('Trigger function of the journey map %s: notes what a statement added to its source and what it removed. It runs with the rights of the owner of the map, so that a writer needs none on it.', map ->> 'map'));
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_create_function(jsonb) IS
'Internal to the journey map: creates its trigger function. Settings such as TimeZone are pinned when an expression '
'depends on them, that of backslashes when there are any.';

CREATE FUNCTION cxjourney_internal.journey_map_describe_tables(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	cell jsonb := '{"removed": "True: answers that are no longer in the source; false: answers that were added.",
		"bucket": "Start of the hour, day, week, month, quarter or year in the time zone of the map; -infinity in the rollup is all time.",
		"segment": "Segment of the customer; (all) when the map has none, (none) for NULL. Cut to 200 characters.",
		"stage": "Stage of the journey. Cut to 200 characters.", "touchpoint": "Touchpoint; (all) when the map has none, (none) for NULL. Cut to 200 characters.",
		"responses": "Rows of the source with at least one valid answer.", "invalid": "Answers outside their scale, or fractions (but for the emotion); they enter nothing else.",
		"nps": "Answers to the NPS question, NULL without any.", "csat": "Answers to the satisfaction question, NULL without any.",
		"ces": "Answers to the effort question, NULL without any.",
		"emotion_responses": "Measured emotions.", "emotion_sum": "Sum of the measured emotions, each rounded to 4 decimals.",
		"first_at": "Time of the first valid answer of the bucket; one that was removed since the last rebuild_journey_map may still count.", "last_at": "Time of the last one, likewise."}';
	name text := map ->> 'map';
BEGIN
	PERFORM cxjourney_internal.journey_map_describe(map ->> 'rollup_table', 'TABLE'::text, format('Answers of journey map %s by bucket and cell, and in the bucket -infinity by cell for all time, as of the last refresh. Read NAME_summaries instead, which is exact.', name), cell);
	PERFORM cxjourney_internal.journey_map_describe(map ->> 'batches_table', 'TABLE'::text, format('Sums of statements that wrote more than 8 rows to the source of journey map %s since the last refresh.', name), cell);
	PERFORM cxjourney_internal.journey_map_describe(map ->> 'pending_table', 'TABLE'::text, format('Answers that smaller statements added to or removed from the source of journey map %s since the last refresh, not yet judged.', name),
		cell || '{"at": "Time of the answer.", "nps": "Answer to the NPS question.", "csat": "Answer to the satisfaction question.", "ces": "Answer to the effort question.", "emotion": "Measured emotion."}'::jsonb);
	PERFORM cxjourney_internal.journey_map_describe(map ->> 'summaries_table', 'VIEW'::text, format('What journey map %s holds by bucket and cell, exact at any time, as summaries that can be merged.', name), cell);
	PERFORM cxjourney_internal.journey_map_describe(map ->> 'totals_table', 'VIEW'::text, format('What journey map %s holds by cell, exact at any time, as summaries that can be merged.', name), cell);
	PERFORM cxjourney_internal.journey_map_describe(map ->> 'notes_table', 'TABLE'::text, format('What people know about the places of journey map %s: what customers do, think and feel, barriers, ideas, and changes that were made.', name),
		'{"id": "Number of the note.", "segment": "Segment (persona) it is about; NULL is all.", "stage": "Stage it is about; NULL is all.", "touchpoint": "Touchpoint it is about; NULL is all.",
		"kind": "does, thinks, feels, barrier, idea or change.", "note": "What was noted.", "noted_at": "When it was noted; of a change, when it was made.",
		"days": "Of a change: how many days before and after it are compared, in whole buckets.", "author": "Who noted it."}'::jsonb);
	PERFORM cxjourney_internal.journey_map_describe(map ->> 'targets_table', 'TABLE'::text, format('The goals of journey map %s by stage and metric.', name),
		'{"stage": "Stage the goal is for.", "metric": "nps, csat or ces.", "target": "The goal, in units of the metric."}'::jsonb);
	PERFORM cxjourney_internal.journey_map_describe(map ->> 'definition_table', 'TABLE'::text, format('The definition of journey map %s, one row. stages, minimum and least_impact take effect at once, the rest only with rebuild_journey_map.', name),
		'{"source": "Table that holds the answers.", "at": "Expression for the time of an answer.", "stage": "Expression for the stage.", "touchpoint": "Expression for the touchpoint; NULL: none.",
		"nps": "Expression for the answer to the NPS question, 0 to 10; NULL: none.", "csat": "Expression for the answer to the satisfaction question; NULL: none.", "ces": "Expression for the answer to the effort question; NULL: none.",
		"segment": "Expression for the segment; NULL: none.", "emotion": "Expression for a measured emotion, -2 to 2; NULL: it is derived.", "comment": "Expression for what the customer wrote; NULL: none.",
		"bucket": "hour, day, week, month, quarter or year.", "timezone": "Time zone in which buckets begin.", "csat_scale": "Scale of the satisfaction question.",
		"csat_satisfied_from": "Lowest score that counts as satisfied; NULL: the rule of csat().", "ces_scale": "Scale of the effort question.", "ces_low_is_easy": "True when a low score means little effort.",
		"stages": "Stages in the order of the journey; others come after them by name. NULL: all by name.", "minimum": "Answers below which a cell is marked and never called a barrier.",
		"least_impact": "Impact below which no place is called a barrier, in percent of the range of the metric: of 200 for NPS, 100 for CSAT, the width of its scale for CES.",
		"depends_on_settings": "Whether an expression depends on settings such as TimeZone, which the trigger then pins.",
		"rollup": "The table NAME_rollup, whatever it is called now.", "batches": "The table NAME_batches, whatever it is called now.", "pending": "The table NAME_pending, whatever it is called now.",
		"notes": "The table NAME_notes, whatever it is called now.", "targets": "The table NAME_targets, whatever it is called now."}'::jsonb);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_describe_tables(jsonb) IS
'Internal to the journey map: comments on its tables and on the views of summaries.';

CREATE FUNCTION cxjourney_internal.journey_map_describe_views(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	cell jsonb := '{"segment": "Segment of the customer; (all) when the map has none, (none) for NULL.", "stage": "Stage of the journey.", "touchpoint": "Touchpoint; (all) when the map has none, (none) for NULL.",
		"responses": "Rows of the source with at least one valid answer.", "enough": "Whether responses reach the minimum of the map.", "p_value": "Two-sided p-value, 0 to 1.",
		"*": "*, NULL without answers.", "*_low": "Lower end of the 95 percent interval of *.", "*_high": "Upper end of the 95 percent interval of *."}';
	name text := map ->> 'map';
BEGIN
	PERFORM cxjourney_internal.journey_map_describe(name, 'VIEW'::text, format('The journey map %s: how customers find each touchpoint at each stage, by segment, over all time.', name),
		cell || '{"emotion": "-2 (bad) to +2 (good): the mean of measured emotions, or else of NPS / 50, (CSAT - 50) / 25 and CES stretched to -2..2.",
		"invalid": "Answers outside their scale, or fractions (but for the emotion); they enter nothing else.", "*_responses": "Valid answers behind *.", "*_target": "Goal for * at this stage, from NAME_targets.",
		"*_gap": "How far * is from the goal; negative is short of it.", "stage_position": "Place of the stage in the journey, from 1."}'::jsonb);
	PERFORM cxjourney_internal.journey_map_describe(map ->> 'trend_table', 'VIEW'::text, format('Journey map %s by segment and bucket. For all segments together merge the summaries: SELECT bucket, nps_agg(nps) FROM NAME_summaries GROUP BY bucket.', name),
		cell || '{"bucket": "Start of the bucket.", "*_change": "* minus that of the bucket before, of those with answers.", "*_p_value": "Two-sided p-value of the change of *."}'::jsonb);
	PERFORM cxjourney_internal.journey_map_describe(map ->> 'channels_table', 'VIEW'::text, format('How far apart the channels are at each stage of journey map %s.', name),
		cell || '{"channel": "The touchpoint up to the colon, in lower case; all of it without a colon.", "*_difference": "* of the channel minus that of the other channels at this stage.",
		"*_p_value": "Two-sided p-value of that difference.", "*_spread": "Highest minus lowest * of the channels at this stage."}'::jsonb);
	PERFORM cxjourney_internal.journey_map_describe(map ->> 'barriers_table', 'VIEW'::text, format('Places of journey map %s that are worse than the rest of the journey of their segment, with p < 0.05 after Holm''s correction over all tests of the map, and the least impact of the map or more; a whole stage or touchpoint is listed where none of its places is. Those with the greatest impact come first.', name),
		cell || '{"stage": "Stage of the journey; (all): the touchpoint at all of its stages.", "touchpoint": "Touchpoint; (all): all of the stage, or when the map has none; (none) for NULL.",
		"metric": "nps, csat or ces.", "responses": "Valid answers to this metric here.", "value": "The metric here.", "rest": "The metric over the rest of the journey of the segment.", "difference": "value minus rest.",
		"impact": "By how much the metric of the segment would get better if this place were brought up to the rest.", "p_value": "Two-sided p-value, corrected by Holm''s method.",
		"rank": "Place by impact among the barriers of the segment in this metric, from 1: with very many answers small differences are significant too, and impact says which of them matter."}'::jsonb);
	PERFORM cxjourney_internal.journey_map_describe(map ->> 'changes_table', 'VIEW'::text, format('Changes noted in NAME_notes of journey map %s, each metric before against after. The bucket of the change itself is on neither side.', name),
		cell || '{"id": "Number of the note.", "changed_at": "When the change was made.", "note": "What was changed.", "metric": "nps, csat or ces.", "before": "The metric before.", "after": "The metric after.",
		"difference": "after minus before.", "low": "Lower end of its 95 percent interval.", "high": "Upper end of its 95 percent interval.", "responses_before": "Valid answers before.", "responses_after": "Valid answers after.",
		"segment": "Segment it is about; NULL is all.", "stage": "Stage it is about; NULL is all.", "touchpoint": "Touchpoint it is about; NULL is all."}'::jsonb);
	PERFORM cxjourney_internal.journey_map_describe(map ->> 'comments_table', 'VIEW'::text, format('What customers wrote at the barriers of journey map %s, read from the source with the rights of the reader; where an expression of the map depends on settings such as TimeZone, also with the settings of the reader, which must then be those of the map. Empty when the map has no comment.', name),
		cell || '{"at": "Time of the answer.", "nps": "The answer to the NPS question, as given.", "csat": "The answer to the satisfaction question, as given.", "ces": "The answer to the effort question, as given.", "comment": "What the customer wrote."}'::jsonb);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_describe_views(jsonb) IS
'Internal to the journey map: comments on its views.';

CREATE FUNCTION cxjourney_internal.journey_map_pin_settings(map jsonb) RETURNS void
	LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT set_config('timezone', map ->> 'timezone', true), set_config('datestyle', 'ISO, YMD', true), set_config('intervalstyle', 'postgres', true), set_config('extra_float_digits', '1', true),
		set_config('bytea_output', 'hex', true), set_config('lc_time', 'C', true), set_config('lc_numeric', 'C', true), set_config('lc_monetary', 'C', true)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_pin_settings(jsonb) IS
'Internal to the journey map: what its trigger function pins, for a function that reads the whole source. The '
'caller has the same settings in SET clauses, which bring them back.';

CREATE FUNCTION cxjourney_internal.journey_map_blame(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	argument text;
	hint text;
BEGIN
	FOREACH argument IN ARRAY ARRAY['at', 'segment', 'stage', 'touchpoint', 'nps', 'csat', 'ces', 'emotion'] LOOP
		CONTINUE WHEN NOT map ? argument;
		BEGIN
			EXECUTE format('SELECT count(%s) FROM %s', map ->> argument, map ->> 'source');
		EXCEPTION WHEN OTHERS THEN
			hint := CASE WHEN map -> 'dates' ? argument
				THEN cxjourney_internal.journey_map_dates_hint()
				ELSE 'Guard it with CASE, so that it is NULL where it has no value: it would make a write to the source fail.' END;
			RAISE EXCEPTION 'argument "%" of journey map "%" fails on a row of %: %', argument, map ->> 'name', map ->> 'source', SQLERRM
				USING ERRCODE = SQLSTATE, DETAIL = format('Argument "%s" is %s.', argument, map ->> argument), HINT = hint;
		END;
	END LOOP;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_blame(jsonb) IS
'Internal to the journey map: the error of the first expression that fails on a row of the source, with its name; '
'none when all can be computed.';

CREATE FUNCTION cxjourney_internal.journey_map_note_dates(map jsonb) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	date record;
BEGIN
	FOR date IN SELECT * FROM jsonb_each_text(map -> 'dates') LOOP
		RAISE NOTICE 'argument "%" of journey map "%" takes a text for a date: %', date.key, map ->> 'name', date.value
			USING HINT = 'A text that is no date makes a write fail. ' || cxjourney_internal.journey_map_dates_hint();
	END LOOP;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_note_dates(jsonb) IS
'Internal to the journey map: a notice for each expression that casts a text to a date, since a map reads it with '
'its own DateStyle.';

-- A row that is not on the map, for having no time, is read by the trigger all the same when it is changed or deleted.
CREATE FUNCTION cxjourney_internal.journey_map_try(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	calls text := (SELECT string_agg(format('count(%s)', map ->> name), ', ')
		FROM unnest(ARRAY['at', 'segment', 'stage', 'touchpoint', 'nps', 'csat', 'ces', 'emotion']) AS name
		WHERE map ? name AND NOT EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = (map ->> 'source')::regclass AND quote_ident(a.attname) = map ->> name));
BEGIN
	IF calls IS NOT NULL THEN
		EXECUTE format('SELECT %s FROM %s', calls, map ->> 'source');
	END IF;
EXCEPTION WHEN OTHERS THEN
	PERFORM cxjourney_internal.journey_map_blame(map);
	RAISE;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_try(jsonb) IS
'Internal to the journey map: computes all expressions on all rows of the source, under the settings of the caller, '
'so that one that fails is found at once.';

-- The caller has made sure that nobody writes to the source.
CREATE FUNCTION cxjourney_internal.journey_map_fill(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
	SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'postgres' SET extra_float_digits = 1
	SET bytea_output = 'hex' SET lc_time = 'C' SET lc_numeric = 'C' SET lc_monetary = 'C' SET row_security = off SET standard_conforming_strings = on
AS $$
BEGIN
	PERFORM cxjourney_internal.journey_map_pin_settings(map);
	PERFORM cxjourney_internal.journey_map_try(map);
	EXECUTE format('DELETE FROM %s', map ->> 'pending_table');
	EXECUTE format('DELETE FROM %s', map ->> 'batches_table');
	EXECUTE format('DELETE FROM %s', map ->> 'rollup_table');
	EXECUTE format('INSERT INTO %s (removed, bucket, segment, stage, touchpoint, responses, invalid, nps, csat, ces, emotion_responses, emotion_sum, first_at, last_at) %s', map ->> 'batches_table',
		cxjourney_internal.journey_map_sum(map, cxjourney_internal.journey_map_answers(map, map ->> 'source', false), 'false'::text));
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_fill(jsonb) IS
'Internal to the journey map: computes what it holds from the source.';

-- A plan that goes through the index, whatever the statistics say: the cost must grow with what changed, not with the
-- history. Compiling that plan would take longer than running it.
CREATE FUNCTION cxjourney_internal.journey_map_refresh(map jsonb) RETURNS bigint
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET jit = off
AS $$
DECLARE
	written bigint;
BEGIN
	EXECUTE format('WITH answers AS (DELETE FROM %1$s RETURNING *),
batches AS (DELETE FROM %2$s RETURNING *),
part AS (SELECT removed, bucket, segment, stage, touchpoint, responses, invalid, nps, csat, ces, emotion_responses, emotion_sum, first_at, last_at FROM batches UNION ALL %3$s),
cell AS (
	SELECT coalesce(bucket, ''-infinity'') AS bucket, segment, stage, touchpoint,
		sum(CASE WHEN removed THEN -responses ELSE responses END)::bigint AS responses, sum(CASE WHEN removed THEN -invalid ELSE invalid END)::bigint AS invalid, %4$s,
		sum(CASE WHEN removed THEN -emotion_responses ELSE emotion_responses END)::bigint AS emotion_responses, sum(CASE WHEN removed THEN -emotion_sum ELSE emotion_sum END) AS emotion_sum,
		min(first_at) FILTER (WHERE NOT removed AND bucket IS NOT NULL) AS first_at, max(last_at) FILTER (WHERE NOT removed AND bucket IS NOT NULL) AS last_at
	FROM part GROUP BY GROUPING SETS ((bucket, segment, stage, touchpoint), (segment, stage, touchpoint)))
MERGE INTO %5$s AS stored USING cell
	ON stored.bucket = cell.bucket AND stored.segment = cell.segment AND stored.stage = cell.stage AND stored.touchpoint = cell.touchpoint
WHEN MATCHED AND stored.responses + cell.responses = 0 AND stored.invalid + cell.invalid = 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET responses = stored.responses + cell.responses, invalid = stored.invalid + cell.invalid, %6$s,
	emotion_responses = stored.emotion_responses + cell.emotion_responses, emotion_sum = stored.emotion_sum + cell.emotion_sum,
	first_at = least(stored.first_at, cell.first_at), last_at = greatest(stored.last_at, cell.last_at)
WHEN NOT MATCHED AND (cell.responses <> 0 OR cell.invalid <> 0) THEN
	INSERT (bucket, segment, stage, touchpoint, responses, invalid, nps, csat, ces, emotion_responses, emotion_sum, first_at, last_at)
	VALUES (cell.bucket, cell.segment, cell.stage, cell.touchpoint, cell.responses, cell.invalid, %7$s,
		cell.emotion_responses, cell.emotion_sum, cell.first_at, cell.last_at)',
		map ->> 'pending_table', map ->> 'batches_table',
		cxjourney_internal.journey_map_sum(map, format('SELECT removed, %s FROM answers', cxjourney_internal.journey_map_read(map, true)), 'removed'::text),
		(SELECT string_agg(format('cxjourney_internal.journey_map_summary(%1$s) FILTER (WHERE NOT removed) AS %1$s_added, cxjourney_internal.journey_map_summary(%1$s) FILTER (WHERE removed) AS %1$s_removed', m), ', ') FROM unnest(ARRAY['nps', 'csat', 'ces']) AS m),
		map ->> 'rollup_table',
		(SELECT string_agg(format('%1$s = cxjourney_internal.journey_map_fold(stored.%1$s, cell.%1$s_added, cell.%1$s_removed)', m), ', ') FROM unnest(ARRAY['nps', 'csat', 'ces']) AS m),
		(SELECT string_agg(format('cxjourney_internal.journey_map_net(cell.%1$s_added, cell.%1$s_removed)', m), ', ' ORDER BY position) FROM unnest(ARRAY['nps', 'csat', 'ces']) WITH ORDINALITY AS n(m, position)));
	GET DIAGNOSTICS written = ROW_COUNT;
	RETURN written;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_refresh(jsonb) IS
'Internal to the journey map: folds what was written since the last refresh into NAME_rollup, in one statement.';

CREATE FUNCTION cxjourney_internal.journey_map_create(map jsonb, source regclass, path text) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF map ->> 'name' IS NULL OR octet_length(map ->> 'name') NOT BETWEEN 1 AND 50 THEN
		RAISE EXCEPTION 'the name of a journey map has 1 to 50 bytes' USING ERRCODE = 'invalid_name',
			HINT = 'Its tables and views are called like it, with an ending such as _barriers.';
	END IF;
	IF map ->> 'schema' IS NULL THEN
		RAISE EXCEPTION 'no schema has been selected to create a journey map in' USING ERRCODE = 'undefined_schema', HINT = 'Set search_path.';
	ELSIF map ->> 'schema' LIKE 'pg\_temp\_%' THEN
		RAISE EXCEPTION 'a journey map cannot be created in a temporary schema' USING ERRCODE = 'feature_not_supported',
			DETAIL = 'Whoever else writes to its source would fail.', HINT = 'Put another schema first in the search_path.';
	END IF;
	map := jsonb_strip_nulls(map || jsonb_build_object('source', source));
	PERFORM cxjourney_internal.journey_map_check_arguments(map);
	PERFORM cxjourney_internal.journey_map_require_new_snapshots('create_journey_map'::text);
	PERFORM cxjourney_internal.journey_map_require_closed_schema();
	PERFORM cxjourney_internal.journey_map_require_source(source);
	map := cxjourney_internal.journey_map_resolve(map, path) || cxjourney_internal.journey_map_names(map ->> 'schema', map ->> 'name');
	PERFORM cxjourney_internal.journey_map_require_free(map);
	PERFORM cxjourney_internal.journey_map_create_tables(map);
	PERFORM cxjourney_internal.journey_map_create_views(map);
	PERFORM cxjourney_internal.journey_map_create_function(map);
	PERFORM cxjourney_internal.journey_map_describe_tables(map);
	PERFORM cxjourney_internal.journey_map_describe_views(map);
	-- From here to the end of the transaction nobody writes to the source.
	PERFORM cxjourney_internal.journey_map_attach(map);
	PERFORM cxjourney_internal.journey_map_require_source(source);
	PERFORM cxjourney_internal.journey_map_fill(map);
	PERFORM cxjourney_internal.journey_map_refresh(map);
	PERFORM cxjourney_internal.journey_map_warn_of_merge(source, current_setting('server_version_num')::integer);
	PERFORM cxjourney_internal.journey_map_note_dates(map);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_create(jsonb, regclass, text) IS
'Internal: what create_journey_map does, with the schema and search_path of its caller.';

CREATE FUNCTION cxjourney_internal.create_journey_map_steps(name text, source regclass, at text, stage text, touchpoint text,
	nps text, csat text, ces text, segment text, emotion text, comment text,
	bucket text, timezone text, csat_scale int4range, csat_satisfied_from integer,
	ces_scale int4range, ces_low_is_easy boolean, stages text[], minimum integer, least_impact numeric) RETURNS void
	LANGUAGE sql VOLATILE
AS $$
	SELECT cxjourney_internal.journey_map_create(pg_catalog.jsonb_build_object('name', name, 'schema', pg_catalog.current_schema(), 'at', at, 'stage', stage, 'touchpoint', touchpoint,
		'nps', nps, 'csat', csat, 'ces', ces, 'segment', segment, 'emotion', emotion, 'comment', comment, 'bucket', bucket, 'timezone', timezone,
		'csat_scale', csat_scale, 'csat_satisfied_from', csat_satisfied_from, 'ces_scale', ces_scale, 'ces_low_is_easy', ces_low_is_easy,
		'stages', stages, 'minimum', minimum, 'least_impact', least_impact), source, pg_catalog.current_setting('search_path'));
$$;
COMMENT ON FUNCTION cxjourney_internal.create_journey_map_steps(text, regclass, text, text, text, text, text, text, text, text, text, text, text, int4range, integer, int4range, boolean, text[], integer, numeric) IS
'Internal: what create_journey_map does.';

CREATE FUNCTION create_journey_map(name text, source regclass, at text, stage text, touchpoint text DEFAULT NULL,
	nps text DEFAULT NULL, csat text DEFAULT NULL, ces text DEFAULT NULL, segment text DEFAULT NULL, emotion text DEFAULT NULL, comment text DEFAULT NULL,
	bucket text DEFAULT 'day', timezone text DEFAULT 'UTC', csat_scale int4range DEFAULT '[1,5]', csat_satisfied_from integer DEFAULT NULL,
	ces_scale int4range DEFAULT '[1,7]', ces_low_is_easy boolean DEFAULT false, stages text[] DEFAULT NULL, minimum integer DEFAULT 30, least_impact numeric DEFAULT 0.1) RETURNS void
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION create_journey_map(text, regclass, text, text, text, text, text, text, text, text, text, text, text, int4range, integer, int4range, boolean, text[], integer, numeric) IS
'Sets up a journey map over a table or partitioned table of answers: tables and views in the current schema that '
'start with its name (1 to 50 bytes), kept exact by triggers on the source. at, stage, touchpoint, nps (0 to 10), '
'csat, ces, segment, emotion (-2 to 2, fractions too) and comment are each exactly a column of the source or else '
'one expression over its columns; at and stage are needed, and one of nps, csat, ces and emotion. Rows without time '
'or stage, or outside the years 1 to 9999, are not on the map. bucket is hour, day, week, month, quarter or year in '
'the given timezone. stages gives the order of the journey; minimum is the number of answers below which a place is '
'marked and never called a barrier; nor is one whose impact is less than least_impact percent of the range of the '
'metric (200 for NPS, 100 for CSAT, the width of its scale for CES). Writers wait until it is done. Expressions are '
'computed on all rows first, and the error of one that fails there names it; a notice tells of one that casts a '
'text to a date, which the map reads with DateStyle ISO, YMD. Errors: 22004 and 22023 for arguments that are NULL '
'or have no meaning, 42601, 42703, 42804 and 0A000 for expressions, 42501 for functions and types in them that a '
'role without the rights of the caller could change or take the place of, and for an extension whose schema others '
'than superusers, the caller and its owner may create in, 0A000 for what is temporary, for a source that cannot be '
'mapped and under REPEATABLE READ, 42710 when an object or trigger of that name exists already, 42602 for the name. '
'A STABLE function in an expression must give the same for the same row at any time.';

-- Whoever reads meanwhile waits, since the tables are written anew.
CREATE FUNCTION cxjourney_internal.journey_map_log_like_source(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	unlogged boolean := cxjourney_internal.journey_map_unlogged(map) <> '';
	item record;
BEGIN
	FOR item IN SELECT oid::regclass AS relation FROM pg_class
		WHERE oid IN (to_regclass(map ->> 'rollup_table'), to_regclass(map ->> 'batches_table'), to_regclass(map ->> 'pending_table')) AND (relpersistence = 'u') <> unlogged LOOP
		EXECUTE format('ALTER TABLE %s SET %s', item.relation, CASE WHEN unlogged THEN 'UNLOGGED' ELSE 'LOGGED' END);
	END LOOP;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_log_like_source(jsonb) IS
'Internal to the journey map: makes what counts answers logged or unlogged as its source is.';

CREATE FUNCTION cxjourney_internal.journey_map_rewrite(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
AS $$
DECLARE
	outdated regclass;
BEGIN
	-- Triggers on what is no longer a partition go with the function, which needs no right on that table; so do those that
	-- were renamed, beside which new ones would count everything twice.
	IF EXISTS (SELECT FROM cxjourney_internal.journey_map_check_triggers(map) WHERE problem LIKE '%no partition%' OR problem LIKE '%another name%') THEN
		EXECUTE format('DROP FUNCTION %s() CASCADE', map ->> 'write_table');
	END IF;
	PERFORM cxjourney_internal.journey_map_create_function(map);
	PERFORM cxjourney_internal.journey_map_attach(map);
	-- The views read the old table until they are written anew, last, so that readers wait for a moment only.
	IF ARRAY(SELECT name || ' ' || type FROM cxjourney_internal.journey_map_pending_columns(map)) <> ARRAY(
		SELECT a.attname || ' ' || format_type(a.atttypid, NULL) FROM pg_attribute AS a
		 WHERE a.attrelid = to_regclass(map ->> 'pending_table') AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum) THEN
		outdated := to_regclass(map ->> 'pending_table');
		EXECUTE format('ALTER TABLE %s RENAME TO %I', map ->> 'pending_table', (map ->> 'name') || '_pending_old');
		PERFORM cxjourney_internal.journey_map_create_pending(map);
	END IF;
	PERFORM cxjourney_internal.journey_map_require_source((map ->> 'source')::regclass);
	PERFORM cxjourney_internal.journey_map_fill(map);
	PERFORM cxjourney_internal.journey_map_refresh(map);
	PERFORM cxjourney_internal.journey_map_log_like_source(map);
	PERFORM cxjourney_internal.journey_map_create_views(map);
	IF outdated IS NOT NULL THEN
		EXECUTE format('DROP TABLE %s', outdated);
	END IF;
	PERFORM cxjourney_internal.journey_map_describe_tables(map);
	PERFORM cxjourney_internal.journey_map_describe_views(map);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_rewrite(jsonb) IS
'Internal to the journey map: writes its trigger function, triggers, NAME_pending and views anew for the '
'definition, and fills it.';

CREATE FUNCTION cxjourney_internal.journey_map_rebuild(definition regclass) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	map jsonb := cxjourney_internal.journey_map_place(definition);
BEGIN
	PERFORM cxjourney_internal.journey_map_require_owner(map);
	PERFORM cxjourney_internal.journey_map_require_new_snapshots('rebuild_journey_map'::text);
	PERFORM cxjourney_internal.journey_map_require_schema((parse_ident('@extschema@'))[1]);
	PERFORM cxjourney_internal.journey_map_lock(definition, 'SHARE UPDATE EXCLUSIVE'::text);
	map := cxjourney_internal.journey_map_load(definition);
	PERFORM cxjourney_internal.journey_map_require_whole(map);
	IF NOT EXISTS (SELECT FROM pg_class WHERE oid = (map ->> 'source_oid')::oid) THEN
		RAISE EXCEPTION 'the source of journey map "%" is gone', map ->> 'name' USING ERRCODE = 'undefined_table', HINT = 'Remove the map with drop_journey_map.';
	END IF;
	PERFORM cxjourney_internal.journey_map_require_no_strangers(map);
	PERFORM cxjourney_internal.journey_map_check_arguments(map);
	PERFORM cxjourney_internal.journey_map_require_source((map ->> 'source')::regclass);
	map := cxjourney_internal.journey_map_resolve(map, 'pg_catalog, pg_temp'::text);
	PERFORM cxjourney_internal.journey_map_rewrite(map);
	PERFORM cxjourney_internal.journey_map_define(map);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_rebuild(regclass) IS
'Internal: what rebuild_journey_map does.';

CREATE FUNCTION cxjourney_internal.rebuild_journey_map_steps(name text) RETURNS void
	LANGUAGE sql VOLATILE
AS $$
	SELECT cxjourney_internal.journey_map_rebuild(cxjourney_internal.journey_map_find(name, pg_catalog.current_setting('search_path'), false));
$$;
COMMENT ON FUNCTION cxjourney_internal.rebuild_journey_map_steps(text) IS
'Internal: what rebuild_journey_map does.';

CREATE FUNCTION rebuild_journey_map(name text) RETURNS void
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION rebuild_journey_map(text) IS
'Computes the journey map of this name anew from its source, by what NAME_definition says now, and puts triggers on '
'partitions that came and off those that went. Notes and targets stay, and so do rights on the views. Writers to '
'the source wait until it is done, readers of the map only at its end. Error 42P01 without such a map, 42501 for '
'anybody but its owner, and while something of somebody else has the name of one of its views or of its trigger '
'function, 0A000 under REPEATABLE READ and when the source can no longer be mapped.';

CREATE FUNCTION cxjourney_internal.journey_map_refresh_of(definition regclass) RETURNS bigint
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	map jsonb := cxjourney_internal.journey_map_place(definition);
BEGIN
	PERFORM cxjourney_internal.journey_map_require_owner(map);
	PERFORM cxjourney_internal.journey_map_lock(definition, 'SHARE UPDATE EXCLUSIVE'::text);
	map := cxjourney_internal.journey_map_load(definition);
	PERFORM cxjourney_internal.journey_map_require_whole(map);
	IF cxjourney_internal.journey_map_is_renamed(map) THEN
		PERFORM cxjourney_internal.journey_map_require_no_strangers(map);
		PERFORM cxjourney_internal.journey_map_create_function(cxjourney_internal.journey_map_resolve(map, 'pg_catalog, pg_temp'::text));
	END IF;
	RETURN cxjourney_internal.journey_map_refresh(map);
EXCEPTION WHEN numeric_value_out_of_range OR check_violation THEN
	RAISE EXCEPTION 'journey map "%" does not fit its source', map ->> 'name' USING ERRCODE = 'numeric_value_out_of_range', DETAIL = SQLERRM,
		HINT = 'Something was written unseen: check_journey_map says what, rebuild_journey_map repairs it.';
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_refresh_of(regclass) IS
'Internal: what refresh_journey_map does.';

CREATE FUNCTION cxjourney_internal.refresh_journey_map_steps(name text) RETURNS bigint
	LANGUAGE sql VOLATILE
AS $$
	SELECT cxjourney_internal.journey_map_refresh_of(cxjourney_internal.journey_map_find(name, pg_catalog.current_setting('search_path'), false));
$$;
COMMENT ON FUNCTION cxjourney_internal.refresh_journey_map_steps(text) IS
'Internal: what refresh_journey_map does.';

CREATE FUNCTION refresh_journey_map(name text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION refresh_journey_map(text) IS
'Folds what was written since the last refresh into the rollup of the journey map of this name and returns how many '
'rows of the rollup that touched. Reads are exact before and after, but get slower with what is pending: run it '
'every minute or so. Neither readers nor writers wait for it; another refresh does. Error 42P01 without such a map, '
'42501 for anybody but its owner, 22003 when the map does not fit its source, 55000 when its answers are gone, as '
'after DROP EXTENSION CASCADE, 40001 under REPEATABLE READ when another refresh came between.';

-- Whoever drops a map must not run what its owner wrote, nor drop what is somebody else's.
CREATE FUNCTION cxjourney_internal.journey_map_tables(definition regclass) RETURNS text[]
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	parts text[] := ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = definition AND atttypid = 'regclass'::regtype AND attname IN ('rollup', 'batches', 'pending', 'notes', 'targets'));
	found oid[];
BEGIN
	IF cardinality(parts) = 5 AND NOT row_security_active(definition) AND has_table_privilege(definition, 'SELECT') THEN
		EXECUTE format('SELECT ARRAY[rollup, batches, pending, notes, targets]::oid[] FROM %s', definition) INTO found;
	END IF;
	IF found IS NULL THEN
		found := ARRAY(SELECT to_regclass(cxjourney_internal.journey_map_place(definition) ->> (part || '_table')) FROM unnest(ARRAY['rollup', 'batches', 'pending', 'notes', 'targets']) AS part);
	END IF;
	RETURN ARRAY(SELECT oid::regclass::text FROM pg_class WHERE oid = ANY (found) AND relkind = 'r' AND relowner = (SELECT relowner FROM pg_class WHERE oid = definition));
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_tables(regclass) IS
'Internal to the journey map: the names that its tables have now, beside the definition.';

CREATE FUNCTION cxjourney_internal.journey_map_views(map jsonb, definition regclass) RETURNS text[]
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT ARRAY(SELECT map ->> part
	  FROM unnest(ARRAY['comments_table', 'changes_table', 'barriers_table', 'channels_table', 'trend_table', 'map', 'totals_table', 'summaries_table']) WITH ORDINALITY AS p(part, position)
	  JOIN pg_class AS c ON c.oid = to_regclass(map ->> part) AND c.relkind = 'v' AND c.relowner = (SELECT relowner FROM pg_class WHERE oid = definition)
	 ORDER BY position)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_views(jsonb, regclass) IS
'Internal to the journey map: its views that there are and that belong to its owner, those that read others first.';

-- The triggers go with their function, which needs no right on the source.
CREATE FUNCTION cxjourney_internal.journey_map_drop(definition regclass) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
AS $$
DECLARE
	map jsonb;
	tables text[];
	relation text;
BEGIN
	-- Else the map could be rebuilt meanwhile, and both would wait for each other.
	IF has_table_privilege(definition, 'DELETE') THEN
		PERFORM cxjourney_internal.journey_map_lock(definition, 'ACCESS EXCLUSIVE'::text);
	END IF;
	PERFORM cxjourney_internal.journey_map_require_present(definition);
	map := cxjourney_internal.journey_map_place(definition);
	tables := cxjourney_internal.journey_map_tables(definition) || definition::text;
	IF EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure((map ->> 'write_table') || '()') AND prorettype = 'trigger'::regtype
		AND proowner = (SELECT relowner FROM pg_class WHERE oid = definition)) THEN
		EXECUTE format('DROP FUNCTION %s() CASCADE', map ->> 'write_table');
	END IF;
	FOREACH relation IN ARRAY cxjourney_internal.journey_map_views(map, definition) LOOP
		EXECUTE format('DROP VIEW %s', relation);
	END LOOP;
	FOREACH relation IN ARRAY tables LOOP
		EXECUTE format('DROP TABLE IF EXISTS %s', relation);
	END LOOP;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_drop(regclass) IS
'Internal: what drop_journey_map does.';

CREATE FUNCTION cxjourney_internal.drop_journey_map_steps(name text) RETURNS void
	LANGUAGE sql VOLATILE
AS $$
	SELECT cxjourney_internal.journey_map_drop(cxjourney_internal.journey_map_find(name, pg_catalog.current_setting('search_path'), false));
$$;
COMMENT ON FUNCTION cxjourney_internal.drop_journey_map_steps(text) IS
'Internal: what drop_journey_map does.';

CREATE FUNCTION drop_journey_map(name text) RETURNS void
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION drop_journey_map(text) IS
'Removes the journey map of this name with its triggers, views and tables, notes and targets included; the source '
'stays as it is. Error 42P01 without such a map, 2BP01 when other views use it.';

CREATE FUNCTION cxjourney_internal.journey_map_check_triggers(map jsonb, OUT problem text, OUT detail text)
	RETURNS SETOF record
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH present AS (SELECT tgrelid, tgname, tgenabled FROM pg_trigger WHERE tgfoid = to_regprocedure((map ->> 'write_table') || '()')),
	needed AS (SELECT * FROM cxjourney_internal.journey_map_triggers(map))
	SELECT CASE WHEN p.tgname IS NULL AND EXISTS (SELECT FROM present WHERE tgrelid = n.relation) THEN 'a trigger is missing'
			WHEN p.tgname IS NULL AND n.relation::text <> map ->> 'source' THEN 'a partition has no triggers'
			WHEN p.tgname IS NULL THEN 'a trigger is missing' ELSE 'a trigger is disabled' END,
	       format('%I on %s', n.trigger, n.relation)
	  FROM needed AS n LEFT JOIN present AS p ON p.tgrelid = n.relation AND p.tgname = n.trigger
	 WHERE p.tgname IS NULL OR p.tgenabled NOT IN ('O', 'A')
	UNION ALL
	SELECT 'a table that is no partition of the source has a trigger', format('%I on %s', tgname, tgrelid::regclass)
	  FROM present WHERE tgrelid NOT IN (SELECT relation FROM needed)
	UNION ALL
	SELECT 'a trigger has another name', format('%I on %s', tgname, tgrelid::regclass)
	  FROM present WHERE tgrelid IN (SELECT relation FROM needed) AND (tgrelid, tgname) NOT IN (SELECT relation, trigger FROM needed)
	 ORDER BY 1, 2
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_check_triggers(jsonb) IS
'Internal to the journey map: triggers that are missing, disabled or left behind.';

CREATE FUNCTION cxjourney_internal.journey_map_check_answers(map jsonb, OUT problem text, OUT detail text)
	RETURNS SETOF record
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
	SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'postgres' SET extra_float_digits = 1
	SET bytea_output = 'hex' SET lc_time = 'C' SET lc_numeric = 'C' SET lc_monetary = 'C' SET row_security = off SET standard_conforming_strings = on
AS $$
DECLARE
	cells text := 'bucket, segment, stage, touchpoint, responses, invalid, nps, csat, ces, emotion_responses, emotion_sum';
	buckets text := 'SELECT segment, stage, touchpoint, sum(responses)::bigint AS responses, sum(invalid)::bigint AS invalid, cxjourney_internal.journey_map_summary(nps) AS nps, cxjourney_internal.journey_map_summary(csat) AS csat, cxjourney_internal.journey_map_summary(ces) AS ces, sum(emotion_responses)::bigint AS emotion_responses, sum(emotion_sum) AS emotion_sum FROM %s GROUP BY segment, stage, touchpoint';
BEGIN
	PERFORM cxjourney_internal.journey_map_pin_settings(map);
	RETURN QUERY EXECUTE format('WITH source AS (
			SELECT bucket, segment, stage, touchpoint, sum(responses)::bigint AS responses, sum(invalid)::bigint AS invalid, cxjourney_internal.journey_map_summary(nps) AS nps,
				cxjourney_internal.journey_map_summary(csat) AS csat, cxjourney_internal.journey_map_summary(ces) AS ces, sum(emotion_responses)::bigint AS emotion_responses, sum(emotion_sum) AS emotion_sum
			FROM (%2$s) AS s GROUP BY bucket, segment, stage, touchpoint),
		map AS (SELECT %1$s FROM %3$s),
		d AS ((SELECT ''source'' AS side, s.* FROM (SELECT * FROM source EXCEPT ALL SELECT * FROM map) AS s)
			UNION ALL (SELECT ''map'', m.* FROM (SELECT * FROM map EXCEPT ALL SELECT * FROM source) AS m))
		SELECT ''the map differs from its source'', format(''bucket %%s, segment %%L, stage %%L, touchpoint %%L: source %%s, map %%s'', bucket, segment, stage, touchpoint,
			coalesce(max(ROW(responses, invalid, nps, csat, ces, emotion_responses, emotion_sum)::text) FILTER (WHERE side = ''source''), ''nothing''),
			coalesce(max(ROW(responses, invalid, nps, csat, ces, emotion_responses, emotion_sum)::text) FILTER (WHERE side = ''map''), ''nothing''))
		FROM d GROUP BY bucket, segment, stage, touchpoint ORDER BY bucket, segment, stage, touchpoint',
		cells, cxjourney_internal.journey_map_sum(map, cxjourney_internal.journey_map_answers(map, map ->> 'source', false), 'false'::text), map ->> 'summaries_table');
	RETURN QUERY EXECUTE format('WITH parts AS (%1$s), total AS (SELECT * FROM %2$s)
		SELECT ''the total of a cell differs from its buckets'', format(''segment %%L, stage %%L, touchpoint %%L'', segment, stage, touchpoint)
		FROM ((SELECT * FROM parts EXCEPT ALL SELECT * FROM total) UNION (SELECT * FROM total EXCEPT ALL SELECT * FROM parts)) AS d
		GROUP BY segment, stage, touchpoint ORDER BY segment, stage, touchpoint',
		format(buckets, map ->> 'summaries_table'), map ->> 'totals_table');
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_check_answers(jsonb) IS
'Internal to the journey map: cells that are not what the source gives, and totals that are not what their buckets '
'give.';

CREATE FUNCTION cxjourney_internal.journey_map_check(definition regclass, OUT problem text, OUT detail text)
	RETURNS SETOF record
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	map jsonb := cxjourney_internal.journey_map_place(definition);
	resolved jsonb;
BEGIN
	PERFORM cxjourney_internal.journey_map_require_owner(map);
	PERFORM cxjourney_internal.journey_map_require_schema((parse_ident('@extschema@'))[1]);
	map := cxjourney_internal.journey_map_load(definition);
	IF NOT EXISTS (SELECT FROM pg_class WHERE oid = (map ->> 'source_oid')::oid) THEN
		RETURN QUERY SELECT 'the source is gone', map ->> 'definition_table';
		RETURN;
	END IF;
	IF NOT cxjourney_internal.journey_map_is_whole(map) THEN
		RETURN QUERY SELECT 'the answers are gone: drop the map and create it anew', map ->> 'definition_table';
		RETURN;
	END IF;
	RETURN QUERY SELECT o.problem, o.detail FROM cxjourney_internal.journey_map_obstacles((map ->> 'source')::regclass) AS o ORDER BY o.problem COLLATE "C", o.detail COLLATE "C";
	RETURN QUERY SELECT t.* FROM cxjourney_internal.journey_map_check_triggers(map) AS t;
	RETURN QUERY SELECT 'the map is logged where its source is not, or the other way round', map ->> 'rollup_table'
	  FROM pg_class WHERE relkind = 'r' AND oid IN (SELECT relation FROM cxjourney_internal.journey_map_triggers(map))
	   AND relpersistence <> (SELECT relpersistence FROM pg_class WHERE oid = to_regclass(map ->> 'rollup_table')) LIMIT 1;
	BEGIN
		resolved := cxjourney_internal.journey_map_resolve(map, 'pg_catalog, pg_temp'::text);
	EXCEPTION WHEN OTHERS THEN
		RETURN QUERY SELECT 'the definition does not fit the source', SQLERRM;
		RETURN;
	END;
	RETURN QUERY SELECT 'the definition was changed without rebuild_journey_map', map ->> 'definition_table'
	 WHERE NOT EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure((map ->> 'write_table') || '()') AND (prosrc = cxjourney_internal.journey_map_write_body(resolved) OR cxjourney_internal.journey_map_is_renamed(resolved)));
	RETURN QUERY SELECT 'a view is missing', map ->> part FROM unnest(ARRAY['summaries_table', 'totals_table', 'map', 'trend_table', 'channels_table', 'barriers_table', 'changes_table', 'comments_table']) AS part
	 WHERE to_regclass(map ->> part) IS NULL;
	RETURN QUERY SELECT s.* FROM cxjourney_internal.journey_map_strangers(map) AS s;
	IF FOUND THEN
		RETURN;
	END IF;
	-- What was removed unseen makes sums that cannot be.
	BEGIN
		RETURN QUERY SELECT a.* FROM cxjourney_internal.journey_map_check_answers(resolved) AS a;
	EXCEPTION WHEN OTHERS THEN
		RETURN QUERY SELECT 'the map cannot be compared with its source', SQLERRM;
	END;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_check(regclass) IS
'Internal: what check_journey_map does.';

CREATE FUNCTION cxjourney_internal.check_journey_map_steps(name text, OUT problem text, OUT detail text)
	RETURNS SETOF record
	LANGUAGE sql VOLATILE
AS $$
	SELECT * FROM cxjourney_internal.journey_map_check(cxjourney_internal.journey_map_find(name, pg_catalog.current_setting('search_path'), false));
$$;
COMMENT ON FUNCTION cxjourney_internal.check_journey_map_steps(text) IS
'Internal: what check_journey_map does.';

CREATE FUNCTION check_journey_map(name text, OUT problem text, OUT detail text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION check_journey_map(text) IS
'Computes the journey map of this name anew and compares: a row for each cell that differs, for each trigger that '
'is missing, disabled or left behind, and for whatever else keeps the map from being exact. No rows: all is well. '
'It reads the whole source, in one snapshot; nobody waits. Error 42P01 without such a map, 42501 for anybody but '
'its owner.';
