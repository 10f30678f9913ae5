--
-- The live journey map: the arguments of create_journey_map
--

CREATE FUNCTION cxjourney_internal.journey_map_check_zone(timezone text) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	BEGIN
		PERFORM date_trunc('day', now(), timezone);
	EXCEPTION WHEN invalid_parameter_value THEN
		RAISE EXCEPTION '%', SQLERRM USING ERRCODE = SQLSTATE,
			HINT = coalesce((SELECT 'There is ' || string_agg(name, ', ' ORDER BY name) || '.' FROM pg_timezone_names
				WHERE lower(name) LIKE '%/' || lower(timezone) AND name NOT LIKE 'posix/%'),
				'Give it as in pg_timezone_names, such as ''Europe/Warsaw''.');
	END;
	-- AT TIME ZONE 'CET' is winter time all year, after SET timezone = 'CET' it is not.
	IF upper(timezone) = ANY ('{CET,EET,EST,HST,MET,MST,WET}') OR upper(timezone) <> ALL ('{UTC,GMT,UCT,ZULU}')
		AND EXISTS (SELECT FROM pg_timezone_abbrevs WHERE abbrev = upper(timezone)) THEN
		RAISE EXCEPTION 'time zone "%" is an abbreviation', timezone USING ERRCODE = 'invalid_parameter_value',
			HINT = 'It has no summer time, and timezone_abbreviations can change what it is. Give a name as in '
				'pg_timezone_names, such as ''Europe/Warsaw''.';
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_check_zone(text) IS
'Internal to the journey map: error 22023 for what is no time zone, and for an abbreviation such as CET.';

CREATE FUNCTION cxjourney_internal.journey_map_check_arguments(map jsonb) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF map ->> 'kind' = 'journey table' THEN
		PERFORM cxjourney_internal.journey_table_check_arguments(map);
		RETURN;
	END IF;
	IF map ->> 'source' IS NULL OR map ->> 'at' IS NULL OR map ->> 'stage' IS NULL THEN
		RAISE EXCEPTION 'a journey map needs a source, at and stage' USING ERRCODE = 'null_value_not_allowed';
	END IF;
	IF NOT map ?| (cxjourney_internal.journey_map_rated() || text 'emotion') THEN
		RAISE EXCEPTION 'a journey map needs at least one of nps, csat, ces and emotion'
			USING ERRCODE = 'invalid_parameter_value',
			HINT = 'Name the column that holds the answers, such as nps => ''score''.';
	END IF;
	IF map ->> 'bucket' IS NULL OR map ->> 'bucket' NOT IN ('hour', 'day', 'week', 'month', 'quarter', 'year') THEN
		RAISE EXCEPTION 'unknown bucket %', quote_nullable(map ->> 'bucket') USING ERRCODE = 'invalid_parameter_value',
			HINT = 'Use hour, day, week, month, quarter or year.';
	END IF;
	IF map ->> 'timezone' IS NULL OR map ->> 'csat_scale' IS NULL OR map ->> 'ces_scale' IS NULL
		OR map ->> 'ces_low_is_easy' IS NULL THEN
		RAISE EXCEPTION 'timezone, csat_scale, ces_scale and ces_low_is_easy must not be NULL'
			USING ERRCODE = 'null_value_not_allowed',
			HINT = 'Leave them out for UTC, 1..5, 1..7 and false.';
	END IF;
	PERFORM cxjourney_internal.journey_map_check_zone(map ->> 'timezone');
	-- a range without a lower end, or without any, has none to try
	PERFORM @extschema@.rating_agg(coalesce(lower(scale), 0)::integer, scale)
	   FROM (VALUES ((map ->> 'csat_scale')::int4range), ((map ->> 'ces_scale')::int4range)) AS s(scale) GROUP BY scale;
	IF map ? 'csat' THEN
		PERFORM @extschema@.csat(@extschema@.rating_agg(lower(scale), scale), (map ->> 'csat_satisfied_from')::integer)
		   FROM CAST(map ->> 'csat_scale' AS int4range) AS scale WHERE map ? 'csat_satisfied_from';
		IF NOT map ? 'csat_satisfied_from'
			AND (SELECT upper(scale) - lower(scale) > 7 FROM CAST(map ->> 'csat_scale' AS int4range) AS scale) THEN
			RAISE EXCEPTION 'the scale of csat has more than 7 points, and no common rule for who is satisfied'
				USING ERRCODE = 'invalid_parameter_value',
				HINT = format('Say from which score on: csat_satisfied_from => %s.',
					upper((map ->> 'csat_scale')::int4range) - 2);
		END IF;
	END IF;
	IF map ->> 'minimum' IS NULL OR (map ->> 'minimum')::integer < 2 THEN
		RAISE EXCEPTION 'minimum must be 2 or more' USING ERRCODE = 'invalid_parameter_value';
	END IF;
	IF map ->> 'least_impact' IS NULL OR (map ->> 'least_impact')::numeric NOT BETWEEN 0 AND 100 THEN
		RAISE EXCEPTION 'least_impact must be from 0 to 100' USING ERRCODE = 'invalid_parameter_value',
			HINT = 'It is in points of NPS and of CSAT, and ten times that of CES: 0.5 is half a point of NPS and of '
				'CSAT and 0.05 of CES.';
	END IF;
	IF map ->> 'language' IS NULL OR map ->> 'language' NOT IN ('pl', 'en', 'simple') THEN
		RAISE EXCEPTION 'unknown language % of comments', quote_nullable(map ->> 'language')
			USING ERRCODE = 'invalid_parameter_value',
			HINT = 'Use pl (Polish), en (English) or simple (any), in lower case.';
	END IF;
	IF jsonb_path_exists(map, 'strict $.stages[*] ? (@.type() != "string")', '{}', true)
		OR (SELECT count(*) > count(DISTINCT stage)
			FROM jsonb_array_elements_text(CASE WHEN map ? 'stages' THEN map -> 'stages' ELSE '[]' END) AS stage) THEN
		RAISE EXCEPTION 'stages must name each stage once' USING ERRCODE = 'invalid_parameter_value',
			HINT = 'Leave out NULL and repeats, and give one list, such as ARRAY[''find'', ''buy''].';
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_check_arguments(jsonb) IS
'Internal to the journey map: errors for arguments of create_journey_map that do not name columns. 22004 for NULL, '
'22023 for what has no meaning.';

CREATE FUNCTION cxjourney_internal.journey_map_check_type(kind text, label text, type regtype) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	is_text CONSTANT boolean := type IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype);
BEGIN
	IF label = 'at' AND type NOT IN ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype) THEN
		RAISE EXCEPTION 'argument "at" of a % is of type %, not a time', kind, type
			USING ERRCODE = 'datatype_mismatch',
			HINT = CASE WHEN is_text THEN 'Read the text as a date or a time, such as '
				'to_date(answered_on, ''DD.MM.YYYY'') or to_timestamp(answered_at, ''DD.MM.YYYY HH24:MI'').'
				ELSE 'Give a timestamp with time zone, a timestamp or a date.' END;
	ELSIF label = ANY (cxjourney_internal.journey_map_rated() || text 'emotion')
		AND type NOT IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype, 'numeric'::regtype,
			'real'::regtype, 'double precision'::regtype)
		AND NOT (label = 'csat' AND type = 'boolean'::regtype) THEN
		RAISE EXCEPTION 'argument "%" of a journey map is of type %, not a number', label, type
			USING ERRCODE = 'datatype_mismatch',
			HINT = CASE WHEN is_text THEN 'Read the text as a number, such as CASE WHEN answer ~ ''^[0-9]'' THEN '
				'score_from_text(answer) END: what fails without CASE would make a write to the source fail.'
				ELSE 'Cast it to a number. A cast that fails makes a write to the source fail: guard it with CASE.' END;
	ELSIF label = 'customer' AND type NOT IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype,
		'numeric'::regtype, 'uuid'::regtype, 'text'::regtype) THEN
		RAISE EXCEPTION 'argument "customer" of a % is of type %', kind, type
			USING ERRCODE = 'datatype_mismatch',
			HINT = 'Give a whole number, a numeric, a uuid or a text, or cast it to text.';
	ELSIF label = 'seq' AND type NOT IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype) THEN
		RAISE EXCEPTION 'argument "seq" of a % is of type %, not a whole number', kind, type
			USING ERRCODE = 'datatype_mismatch',
			HINT = 'Cast it to bigint. A cast that fails makes a write to the source fail: guard it with CASE.';
	ELSIF label = 'value' AND type NOT IN ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype,
		'numeric'::regtype, 'real'::regtype, 'double precision'::regtype) THEN
		RAISE EXCEPTION 'argument "value" of a % is of type %, not a number', kind, type
			USING ERRCODE = 'datatype_mismatch',
			HINT = 'Cast it to numeric. A cast that fails makes a write to the source fail: guard it with CASE.';
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_check_type(text, text, regtype) IS
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
	zones boolean := false;
	read text[] := '{}';
	dates jsonb := '{}';
BEGIN
	FOREACH argument IN ARRAY cxjourney_internal.journey_map_arguments(map ->> 'kind') || text 'comment' LOOP
		CONTINUE WHEN NOT map ? argument;
		found := cxjourney_internal.journey_map_expression(map ->> 'kind', (map ->> 'source')::regclass,
			map ->> argument, argument, path, argument IN ('segment', 'stage', 'touchpoint', 'comment'));
		-- what customers are compared by must be known; of texts that is their bytes
		IF argument = 'customer' AND found.type IN ('varchar'::regtype, 'bpchar'::regtype, 'name'::regtype) THEN
			found := cxjourney_internal.journey_map_expression(map ->> 'kind', (map ->> 'source')::regclass,
				map ->> argument, argument, path, true);
			found.type := 'text'::regtype;
		END IF;
		PERFORM cxjourney_internal.journey_map_check_type(map ->> 'kind', argument, found.type);
		IF argument <> 'comment' THEN
			settings := settings OR found.settings OR found.zones;
			zones := zones OR found.zones;
			read := read || found.columns;
		END IF;
		IF found.dates THEN
			dates := dates || jsonb_build_object(argument, found.expression);
		END IF;
		IF argument = 'csat' AND found.type = 'boolean'::regtype THEN
			found.expression := '(' || found.expression || ')::integer';
			found.type := 'integer';
			map := map || '{"csat_scale": "[0,2)"}' - text 'csat_satisfied_from';
		ELSIF argument = 'stage' AND NOT map ? 'stages' AND map ->> 'kind' = 'journey map' THEN
			map := jsonb_strip_nulls(map
				|| jsonb_build_object('stages', cxjourney_internal.journey_map_own_stages(found.type)));
		END IF;
		map := map || jsonb_build_object(argument, found.expression,
			argument || '_type', format_type(found.type, NULL));
	END LOOP;
	RETURN map || jsonb_build_object('depends_on_settings', settings, 'zones', zones, 'dates', dates,
		'columns', ARRAY(SELECT DISTINCT name COLLATE "C" FROM unnest(read) AS name ORDER BY 1));
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_resolve(jsonb, text) IS
'Internal to the journey map: the definition with every argument as a checked expression, with its type, with the '
'columns that the trigger reads, with whether it may read abbreviations of time zones, and with those expressions '
'that cast a text to a date.';

CREATE FUNCTION cxjourney_internal.journey_map_require_free(map jsonb) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	taken text;
BEGIN
	SELECT value INTO taken FROM jsonb_each_text(map) JOIN pg_class ON pg_class.oid = to_regclass(value)
	 WHERE key ~ '_table$' OR key = 'map' ORDER BY length(relname), relname LIMIT 1;
	IF taken IS NULL AND to_regprocedure((map ->> 'write_table') || '()') IS NOT NULL THEN
		taken := map ->> 'write_table';
	END IF;
	IF taken IS NULL THEN
		SELECT 'trigger ' || cxjourney_internal.journey_map_trigger_name(t.trigger, t.relation) INTO taken
		  FROM cxjourney_internal.journey_map_triggers(map) AS t
		  JOIN pg_trigger AS p ON p.tgrelid = t.relation AND p.tgname = t.trigger LIMIT 1;
	END IF;
	IF taken IS NOT NULL THEN
		RAISE EXCEPTION 'there already is a %', taken USING ERRCODE = 'duplicate_object',
			HINT = cxjourney_internal.journey_map_say(map ->> 'kind', 'Give the map another name.'::text);
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_free(jsonb) IS
'Internal to the journey map: error 42710 when one of its objects exists already.';
