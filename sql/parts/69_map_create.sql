--
-- The live journey map: create
--

CREATE FUNCTION cxjourney_internal.journey_map_create_view(map jsonb, part text, query text, ending text) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
BEGIN
	EXECUTE cxjourney_internal.journey_map_sql(CASE part
			WHEN 'comments_table' THEN 'CREATE OR REPLACE VIEW {view} WITH (security_invoker = true) AS {query}{ending}'
			ELSE 'CREATE OR REPLACE VIEW {view} AS {query}{ending}' END::text,
		jsonb_build_object('view', map -> part, 'query', query, 'ending', ending));
	-- others read it
	PERFORM cxjourney_internal.journey_map_hold(ARRAY[map ->> part]::text[], quote_ident(current_user)::regrole::oid);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_create_view(jsonb, text, text, text) IS
'Internal to the journey map: creates one of its views, or writes it anew. That of comments reads the source with the '
'rights of the reader.';

CREATE FUNCTION cxjourney_internal.journey_map_create_views(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	totals text := map ->> 'totals_table';
	trend text := 'nps:6, nps_low:6, nps_high:6, nps_change:6, nps_p_value, csat:6, csat_low:6, csat_high:6, '
		'csat_change:6, csat_p_value, ces:6, ces_low:6, ces_high:6, ces_change:6, ces_p_value';
BEGIN
	IF map ->> 'kind' = 'journey table' THEN
		PERFORM cxjourney_internal.journey_table_create_views(map);
		RETURN;
	END IF;
	PERFORM cxjourney_internal.journey_map_create_view(map, 'summaries_table'::text,
		cxjourney_internal.journey_map_state(map, 'bucket, segment, stage, touchpoint'::text), ''::text);
	PERFORM cxjourney_internal.journey_map_create_view(map, 'totals_table'::text,
		cxjourney_internal.journey_map_state(map, 'segment, stage, touchpoint'::text), ''::text);
	PERFORM cxjourney_internal.journey_map_create_view(map, 'map'::text,
		cxjourney_internal.journey_map_rounded(cxjourney_internal.journey_map_cells_sql(map, totals),
			'segment, stage, touchpoint, responses, nps:6, nps_low:6, nps_high:6, csat:6, csat_low:6, csat_high:6,
			ces:6, ces_low:6, ces_high:6, emotion:4, invalid, enough, nps_responses, csat_responses, ces_responses,
			nps_target:6, nps_gap:6, csat_target:6, csat_gap:6, ces_target:6, ces_gap:6,
			stage_position'::text), ''::text);
	PERFORM cxjourney_internal.journey_map_create_view(map, 'personas_table'::text,
		cxjourney_internal.journey_map_rounded(cxjourney_internal.journey_map_personas_sql(map),
			'segment, responses, nps:6, nps_low:6, nps_high:6, nps_target:6, nps_gap:6, csat:6, csat_low:6, csat_high:6,
			csat_target:6, csat_gap:6, ces:6, ces_low:6, ces_high:6, ces_target:6, ces_gap:6, enough, persona'::text),
		''::text);
	PERFORM cxjourney_internal.journey_map_create_view(map, 'trend_table'::text,
		cxjourney_internal.journey_map_rounded(cxjourney_internal.journey_map_trend_sql(map, 'segment'::text),
			'bucket, segment, responses, ' || trend), ''::text);
	PERFORM cxjourney_internal.journey_map_create_view(map, 'trend_places_table'::text,
		cxjourney_internal.journey_map_rounded(cxjourney_internal.journey_map_trend_sql(map,
			'segment, stage, touchpoint'::text), 'bucket, segment, stage, touchpoint, responses, ' || trend), ''::text);
	PERFORM cxjourney_internal.journey_map_create_view(map, 'channels_table'::text,
		cxjourney_internal.journey_map_rounded(cxjourney_internal.journey_map_channels_sql(map),
			'segment, stage, channel, responses, nps:6, nps_difference:6, nps_p_value, nps_spread:6, csat:6,
			csat_difference:6, csat_p_value, csat_spread:6, ces:6, ces_difference:6, ces_p_value, ces_spread:6,
			enough'::text), ''::text);
	PERFORM cxjourney_internal.journey_map_create_view(map, 'barriers_table'::text,
		cxjourney_internal.journey_map_rounded(cxjourney_internal.journey_map_barriers_sql(map, totals,
			'(' || cxjourney_internal.journey_map_parts(map, true) || ')'),
			'segment, stage, touchpoint, metric, responses, value:6, rest:6, difference:6, impact:6, p_value,
			rank, part_of, dispersion:6'::text),
		cxjourney_internal.journey_map_sql(
			' ORDER BY segment, array_position(ARRAY[{rated:literal}], metric), rank, stage, touchpoint'::text,
			jsonb_build_object('rated', cxjourney_internal.journey_map_rated())));
	PERFORM cxjourney_internal.journey_map_create_view(map, 'changes_table'::text,
		cxjourney_internal.journey_map_rounded(cxjourney_internal.journey_map_changes_sql(map),
			'id, changed_at, segment, stage, touchpoint, note, metric, before:6, after:6, difference:6, low:6, high:6,
			p_value, responses_before, responses_after'::text), ''::text);
	PERFORM cxjourney_internal.journey_map_create_view(map, 'comments_table'::text,
		cxjourney_internal.journey_map_comments_sql(map), ''::text);
	PERFORM cxjourney_internal.journey_map_create_view(map, 'control_table'::text,
		cxjourney_internal.journey_map_control_sql(map, ''::text, 'NULL'::text), ''::text);
	PERFORM cxjourney_internal.journey_map_create_view(map, 'alarms_table'::text,
		cxjourney_internal.journey_map_alarms_sql(map), ''::text);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_create_views(jsonb) IS
'Internal to the journey map: creates its views, or writes them anew for a changed definition. Their columns are '
'the same for every definition.';

CREATE FUNCTION cxjourney_internal.journey_map_create_function(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	body text := cxjourney_internal.journey_map_write_body(map);
	setting text := ' SET {setting:name} = {value:literal}';
	pinned text := '';
BEGIN
	IF (map ->> 'depends_on_settings')::boolean THEN
		pinned := cxjourney_internal.journey_map_sql(' SET timezone = {timezone:literal}'::text, map)
			|| (SELECT string_agg(cxjourney_internal.journey_map_sql(setting,
				jsonb_build_object('setting', s.name, 'value', s.value)), '')
				FROM cxjourney_internal.journey_map_settings() AS s
				-- reads a file, which takes 0.1 ms
				WHERE s.name <> 'timezone_abbreviations' OR (map ->> 'zones')::boolean);
	END IF;
	IF strpos(body, E'\\') > 0 THEN
		pinned := pinned || ' SET standard_conforming_strings = on';
	END IF;
	EXECUTE cxjourney_internal.journey_map_sql('CREATE OR REPLACE FUNCTION {write_table}() RETURNS trigger
		LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp{pinned}
		AS {body:literal}'::text,
		map || jsonb_build_object('pinned', pinned, 'body', body));
	EXECUTE cxjourney_internal.journey_map_sql('REVOKE EXECUTE ON FUNCTION {write_table}() FROM PUBLIC'::text, map);
	-- DROP EXTENSION CASCADE then takes the triggers with it, which would else make every write fail.
	EXECUTE cxjourney_internal.journey_map_sql('ALTER FUNCTION {write_table}() DEPENDS ON EXTENSION cxjourney'::text,
		map);
	EXECUTE cxjourney_internal.journey_map_sql('COMMENT ON FUNCTION {write_table}() IS {text:literal}'::text,
		map || jsonb_build_object('text', cxjourney_internal.journey_map_sql(cxjourney_internal.journey_map_say(
			map ->> 'kind', 'Trigger function of the journey map {map}: notes what a statement added to its source and '
			'what it removed. It runs with the rights of the owner of the map, so that a writer needs none on '
			'it.'::text), map)));
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_create_function(jsonb) IS
'Internal to the journey map: creates its trigger function. Settings such as TimeZone are pinned when an expression '
'depends on them, that of backslashes when there are any.';

-- What is no error, since a write must not fail by it, and yet hardly meant.
CREATE FUNCTION cxjourney_internal.journey_map_note_answers(map jsonb) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	outside bigint;
	misspelt text[];
BEGIN
	IF map ->> 'kind' = 'journey table' THEN
		PERFORM cxjourney_internal.journey_table_note_left_out(map);
		RETURN;
	END IF;
	EXECUTE cxjourney_internal.journey_map_sql('SELECT sum(invalid) FROM {totals_table}'::text, map) INTO outside;
	IF outside > 0 THEN
		RAISE NOTICE 'journey map "%" leaves out answers outside its scales, or with a fraction: %',
			map ->> 'name', outside
			USING DETAIL = (SELECT format('Its scales are %s.',
					string_agg(format('%s..%s of %s', low, high, metric), ', ' ORDER BY place))
				FROM (VALUES (1, 'nps', 0, 10),
					(2, 'csat', lower((map ->> 'csat_scale')::int4range), upper((map ->> 'csat_scale')::int4range) - 1),
					(3, 'ces', lower((map ->> 'ces_scale')::int4range), upper((map ->> 'ces_scale')::int4range) - 1),
					(4, 'emotion', -2, 2)) AS scales(place, metric, low, high)
				WHERE map ? metric),
			HINT = 'The column invalid counts them. That is as it should be for codes for no answer. If a scale is '
				'another one, make the map with it: csat_scale => ''[1,7]''.';
	END IF;
	EXECUTE cxjourney_internal.journey_map_sql('SELECT array_agg(s) FROM jsonb_array_elements_text($1) AS s
		WHERE s <> ALL (ARRAY(SELECT stage FROM {totals_table}))
			AND lower(s) = ANY (ARRAY(SELECT lower(stage) FROM {totals_table}))'::text, map)
		INTO misspelt USING coalesce(nullif(map -> 'stages', 'null'), '[]');
	PERFORM cxjourney_internal.journey_map_notice_places(map, 'stage'::text, misspelt);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_note_answers(jsonb) IS
'Internal to the journey map: a notice of answers outside their scales, and of a stage in the order of stages that '
'has answers in another case only.';

CREATE FUNCTION cxjourney_internal.journey_map_create(map jsonb, source regclass, path text) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF map ->> 'name' IS NULL OR octet_length(map ->> 'name') NOT BETWEEN 1 AND 50 THEN
		RAISE EXCEPTION 'the name of a % has 1 to 50 bytes', map ->> 'kind' USING ERRCODE = 'invalid_name',
			HINT = format('Its tables and views are called like it, with an ending such as %s.',
				CASE map ->> 'kind' WHEN 'journey table' THEN '_left_out' ELSE '_barriers' END);
	END IF;
	IF map ->> 'schema' IS NULL THEN
		RAISE EXCEPTION 'no schema has been selected to create a % in', map ->> 'kind'
			USING ERRCODE = 'undefined_schema', HINT = 'Set search_path.';
	ELSIF map ->> 'schema' ~ '^pg_temp_' THEN
		RAISE EXCEPTION 'a % cannot be created in a temporary schema', map ->> 'kind'
			USING ERRCODE = 'feature_not_supported',
			DETAIL = 'Whoever else writes to its source would fail.',
			HINT = 'Put another schema first in the search_path.';
	END IF;
	map := jsonb_strip_nulls(map || jsonb_build_object('source', source, 'source_oid', source::oid::bigint));
	PERFORM cxjourney_internal.journey_map_check_arguments(map);
	PERFORM cxjourney_internal.journey_map_require_new_snapshots(map ->> 'kind', 'create_journey_map'::text);
	PERFORM cxjourney_internal.journey_map_require_closed_schema(map ->> 'kind');
	PERFORM cxjourney_internal.journey_map_require_source(map ->> 'kind', source);
	map := cxjourney_internal.journey_map_resolve(map, path)
		|| cxjourney_internal.journey_map_names(map ->> 'kind', map ->> 'schema', map ->> 'name');
	PERFORM cxjourney_internal.journey_map_require_free(map);
	PERFORM cxjourney_internal.journey_map_create_tables(map);
	PERFORM cxjourney_internal.journey_map_create_views(map);
	PERFORM cxjourney_internal.journey_map_create_function(map);
	PERFORM cxjourney_internal.journey_map_describe(map);
	-- From here to the end of the transaction nobody writes to the source.
	PERFORM cxjourney_internal.journey_map_attach(map);
	PERFORM cxjourney_internal.journey_map_require_source(map ->> 'kind', source);
	PERFORM cxjourney_internal.journey_map_fill(map);
	PERFORM cxjourney_internal.journey_map_refresh(map);
	PERFORM cxjourney_internal.journey_map_require_no_strangers(map
		|| jsonb_build_object('owner', quote_ident(current_user)));
	PERFORM cxjourney_internal.journey_map_warn_of_merge(map ->> 'kind', source,
		current_setting('server_version_num')::integer);
	PERFORM cxjourney_internal.journey_map_note_dates(map);
	PERFORM cxjourney_internal.journey_map_note_answers(map);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_create(jsonb, regclass, text) IS
'Internal: what create_journey_map and create_journey_table do, with the schema and search_path of their callers.';

CREATE FUNCTION cxjourney_internal.create_journey_map_steps(name text, source regclass, at text, stage text,
	touchpoint text, nps text, csat text, ces text, segment text, emotion text, comment text,
	bucket text, timezone text, csat_scale int4range, csat_satisfied_from integer,
	ces_scale int4range, ces_low_is_easy boolean, stages text[], minimum integer, least_impact numeric, language text)
	RETURNS void
	LANGUAGE sql VOLATILE
AS $$
	SELECT cxjourney_internal.journey_map_create(pg_catalog.jsonb_build_object('kind', 'journey map', 'name', name,
		'schema', pg_catalog.current_schema(), 'at', at, 'stage', stage, 'touchpoint', touchpoint,
		'nps', nps, 'csat', csat, 'ces', ces, 'segment', segment, 'emotion', emotion, 'comment', comment,
		'bucket', bucket, 'timezone', timezone, 'csat_scale', csat_scale, 'csat_satisfied_from', csat_satisfied_from,
		'ces_scale', ces_scale, 'ces_low_is_easy', ces_low_is_easy, 'stages', stages,
		'minimum', minimum, 'least_impact', least_impact, 'language', language), source,
		pg_catalog.current_setting('search_path'));
$$;
COMMENT ON FUNCTION cxjourney_internal.create_journey_map_steps(text, regclass, text, text, text, text, text, text,
	text, text, text, text, text, int4range, integer, int4range, boolean, text[], integer, numeric, text) IS
'Internal: what create_journey_map does.';

CREATE FUNCTION create_journey_map(name text, source regclass, at text, stage text, touchpoint text DEFAULT NULL,
	nps text DEFAULT NULL, csat text DEFAULT NULL, ces text DEFAULT NULL, segment text DEFAULT NULL,
	emotion text DEFAULT NULL, comment text DEFAULT NULL, bucket text DEFAULT 'day', timezone text DEFAULT 'UTC',
	csat_scale int4range DEFAULT '[1,5]', csat_satisfied_from integer DEFAULT NULL,
	ces_scale int4range DEFAULT '[1,7]', ces_low_is_easy boolean DEFAULT false, stages text[] DEFAULT NULL,
	minimum integer DEFAULT 30, least_impact numeric DEFAULT 0.5, language text DEFAULT 'simple') RETURNS void
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION create_journey_map(text, regclass, text, text, text, text, text, text, text, text, text, text,
	text, int4range, integer, int4range, boolean, text[], integer, numeric, text) IS
'Sets up a journey map over a table or partitioned table of answers: tables and views in the current schema that '
'start with its name (1 to 50 bytes), kept exact by triggers on the source. at, stage, touchpoint, nps (0 to 10), '
'csat, ces, segment, emotion (-2 to 2, fractions too) and comment are each exactly a column of the source or else '
'one expression over its columns; at and stage are needed, and one of nps, csat, ces and emotion. Rows without time '
'or stage, or outside the years 1 to 9999, are not on the map. bucket is hour, day, week, month, quarter or year in '
'the given timezone. stages gives the order of the journey; minimum is the number of answers below which a place is '
'marked and never called a barrier; nor is one whose impact is below least_impact, which is 0 to 100 points of NPS '
'and of CSAT, and a tenth of it for CES whatever its scale. language is that of the comments for journey_map_words: '
'pl, en or simple. Writers wait until it is done. Expressions are computed on all rows first, and the error of one '
'that fails there names it; a notice tells of one that casts a text to a date, which the map reads with DateStyle '
'ISO, YMD. Errors: 22004 and 22023 for arguments that are NULL or have no meaning, 42601, 42703, 42804 and 0A000 for '
'expressions, 42501 for functions and types in them that a '
'role without the rights of the caller could change or take the place of, and for an extension whose schema others '
'than superusers, the caller and its owner may create in, 0A000 for what is temporary, for a source that cannot be '
'mapped and under REPEATABLE READ, 42710 when an object or trigger of that name exists already, 42602 for the name. '
'A STABLE function in an expression must give the same for the same row at any time.';
