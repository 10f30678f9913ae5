--
-- The live journey map: its tables
--

CREATE FUNCTION cxjourney_internal.journey_map_pending_columns(map jsonb, OUT name text, OUT type text)
	RETURNS SETOF record
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT c.name, CASE WHEN c.name = 'removed' THEN 'boolean'
		WHEN c.name IN ('segment', 'stage', 'touchpoint') THEN 'text' ELSE map ->> (c.name || '_type') END
	  FROM unnest(text 'removed' || cxjourney_internal.journey_map_arguments(map ->> 'kind'))
		WITH ORDINALITY AS c(name, position)
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

-- PostgreSQL refuses to update or delete rows of a table that is published, as by FOR ALL TABLES, and has no key.
CREATE FUNCTION cxjourney_internal.journey_map_identify_rows(relation text) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE cxjourney_internal.journey_map_sql('ALTER TABLE {relation} REPLICA IDENTITY FULL'::text,
		jsonb_build_object('relation', relation));
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_identify_rows(text) IS
'Internal to the journey map: a table without a key is to tell its rows apart by all columns, so that it may be '
'published.';

CREATE FUNCTION cxjourney_internal.journey_map_create_pending(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE cxjourney_internal.journey_map_sql('CREATE {unlogged}TABLE {pending_table} ({columns})'::text,
		map || jsonb_build_object('unlogged', cxjourney_internal.journey_map_unlogged(map), 'columns',
			(SELECT jsonb_agg(cxjourney_internal.journey_map_sql('{column:name} {type}'::text, jsonb_build_object(
				'column', c.name, 'type', c.type || CASE c.type WHEN 'text' THEN ' COLLATE "C"'
					WHEN 'boolean' THEN ' NOT NULL' ELSE '' END)))
			   FROM cxjourney_internal.journey_map_pending_columns(map) AS c)));
	PERFORM cxjourney_internal.journey_map_identify_rows(map ->> 'pending_table');
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_create_pending(jsonb) IS
'Internal to the journey map: creates NAME_pending.';

CREATE FUNCTION cxjourney_internal.journey_map_define(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM cxjourney_internal.journey_map_require_own(map);
	EXECUTE cxjourney_internal.journey_map_sql('DELETE FROM {definition_table}'::text, map);
	EXECUTE cxjourney_internal.journey_map_sql(
		'INSERT INTO {definition_table} SELECT * FROM jsonb_populate_record(
			(SELECT d FROM {definition_table} AS d LIMIT 0), $1)'::text, map)
		USING map || (SELECT jsonb_object_agg(part, map -> (part || '_table'))
			FROM unnest(cxjourney_internal.journey_map_own_tables(map ->> 'kind')) AS part);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_define(jsonb) IS
'Internal to the journey map: writes its definition, with its tables, which are kept as they are whatever they are '
'called later.';

-- Of notes, goals and alarms that were sent; nothing else tells what was in them.
CREATE FUNCTION cxjourney_internal.journey_map_create_side_tables(map jsonb, parts text[]) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	part text;
	event text;
BEGIN
	FOREACH part IN ARRAY parts LOOP
		EXECUTE cxjourney_internal.journey_map_sql(CASE part WHEN 'notes_table' THEN $sql$CREATE TABLE {notes_table} (
			id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, segment text, stage text, touchpoint text,
			kind text NOT NULL CONSTRAINT kind_does_thinks_feels_barrier_idea_change_or_persona
				CHECK (kind IN ('does', 'thinks', 'feels', 'barrier', 'idea', 'change', 'persona')),
			note text NOT NULL, noted_at timestamptz NOT NULL DEFAULT now(),
			days integer NOT NULL DEFAULT 30 CHECK (days BETWEEN 1 AND 3660), author text DEFAULT session_user,
			CONSTRAINT a_persona_has_no_stage_and_no_touchpoint
				CHECK (kind <> 'persona' OR coalesce(stage, touchpoint) IS NULL))$sql$
			WHEN 'targets_table' THEN $sql$CREATE TABLE {targets_table} (segment text, stage text,
			metric text NOT NULL CONSTRAINT metric_nps_csat_or_ces CHECK (metric IN ('nps', 'csat', 'ces')),
			target numeric NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
			UNIQUE NULLS NOT DISTINCT (segment, stage, metric),
			CONSTRAINT target_within_the_metric CHECK (CASE metric WHEN 'nps' THEN target BETWEEN -100 AND 100
				WHEN 'csat' THEN target BETWEEN 0 AND 100 ELSE abs(target) < 1000000 END))$sql$
			ELSE $sql$CREATE TABLE {alarms_sent_table} (bucket timestamptz,
			segment text COLLATE "C", stage text COLLATE "C", touchpoint text COLLATE "C", metric text, signal text,
			sent_at timestamptz NOT NULL DEFAULT now(),
			PRIMARY KEY (bucket, segment, stage, touchpoint, metric, signal))$sql$ END::text, map);
		CONTINUE WHEN part = 'alarms_sent_table';
		FOREACH event IN ARRAY ARRAY['insert', 'update'] LOOP
			EXECUTE cxjourney_internal.journey_map_sql('
				CREATE TRIGGER {trigger:name} AFTER {event} ON {relation} REFERENCING {rows}
				FOR EACH STATEMENT EXECUTE FUNCTION cxjourney_internal.journey_map_check_places()'::text,
				jsonb_build_object('trigger', 'check_' || event, 'event', event, 'relation', map ->> part,
					'rows', CASE event WHEN 'insert' THEN 'NEW TABLE AS new_rows'
					ELSE 'OLD TABLE AS old_rows NEW TABLE AS new_rows' END));
		END LOOP;
	END LOOP;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_create_side_tables(jsonb, text[]) IS
'Internal to the journey map: creates those of its tables for notes, goals and alarms that were sent, empty.';

CREATE FUNCTION cxjourney_internal.journey_map_create_tables(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	places jsonb := map || jsonb_build_object('unlogged', cxjourney_internal.journey_map_unlogged(map), 'cell',
		(SELECT jsonb_agg(c.name || ' ' || c.type) FROM cxjourney_internal.journey_map_cell() AS c));
BEGIN
	IF map ->> 'kind' = 'journey table' THEN
		PERFORM cxjourney_internal.journey_table_create_tables(map);
		RETURN;
	END IF;
	EXECUTE cxjourney_internal.journey_map_sql($sql$CREATE TABLE {definition_table} (
		source regclass NOT NULL, at text NOT NULL, stage text NOT NULL, touchpoint text, nps text, csat text, ces text,
		segment text, emotion text, comment text, language text NOT NULL CONSTRAINT language_pl_en_or_simple
			CHECK (language IN ('pl', 'en', 'simple')),
		bucket text NOT NULL, timezone text NOT NULL,
		csat_scale int4range NOT NULL, csat_satisfied_from integer, ces_scale int4range NOT NULL,
		ces_low_is_easy boolean NOT NULL, stages text[] CONSTRAINT stages_are_one_list
			CHECK (array_ndims(stages) = 1 AND array_lower(stages, 1) = 1),
		minimum integer NOT NULL CHECK (minimum >= 2),
		least_impact numeric NOT NULL CHECK (least_impact BETWEEN 0 AND 100), depends_on_settings boolean NOT NULL,
		rollup regclass NOT NULL, batches regclass NOT NULL, pending regclass NOT NULL, notes regclass NOT NULL,
		targets regclass NOT NULL, alarms_sent regclass NOT NULL, alarms_until timestamptz)$sql$::text, places);
	EXECUTE cxjourney_internal.journey_map_sql('CREATE {unlogged}TABLE {rollup_table} ({cell},
		PRIMARY KEY (bucket, segment, stage, touchpoint), CHECK (emotion_responses >= 0))'::text, places);
	EXECUTE cxjourney_internal.journey_map_sql(
		'CREATE {unlogged}TABLE {batches_table} (removed boolean NOT NULL, {cell})'::text, places);
	PERFORM cxjourney_internal.journey_map_identify_rows(map ->> 'batches_table');
	PERFORM cxjourney_internal.journey_map_identify_rows(map ->> 'definition_table');
	PERFORM cxjourney_internal.journey_map_create_pending(map);
	PERFORM cxjourney_internal.journey_map_create_side_tables(map,
		cxjourney_internal.journey_map_side_tables(map ->> 'kind'));
	PERFORM cxjourney_internal.journey_map_define(map);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_create_tables(jsonb) IS
'Internal to the journey map: creates its tables. What counts answers is unlogged when the source is, so that a '
'crash empties both.';

-- Whoever reads meanwhile waits, since the tables are written anew.
CREATE FUNCTION cxjourney_internal.journey_map_log_like_source(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	unlogged boolean := cxjourney_internal.journey_map_unlogged(map) <> '';
	item record;
BEGIN
	FOR item IN SELECT oid::regclass AS relation FROM pg_class
		WHERE oid IN (to_regclass(map ->> 'rollup_table'), to_regclass(map ->> 'batches_table'),
			to_regclass(map ->> 'pending_table')) AND (relpersistence = 'u') <> unlogged LOOP
		EXECUTE cxjourney_internal.journey_map_sql('ALTER TABLE {relation} SET {logged}'::text, jsonb_build_object(
			'relation', item.relation, 'logged', CASE WHEN unlogged THEN 'UNLOGGED' ELSE 'LOGGED' END));
	END LOOP;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_log_like_source(jsonb) IS
'Internal to the journey map: makes what counts answers logged or unlogged as its source is.';

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
	EXECUTE cxjourney_internal.journey_map_sql('SELECT array_agg(DISTINCT stage ORDER BY stage) FROM (
		SELECT stage FROM {totals_table} UNION ALL SELECT unnest(stages) COLLATE "C" FROM {definition_table})
		AS s'::text, map) INTO known;
	-- a map without any answer may know none
	SELECT stage INTO wrong FROM unnest(stages) AS stage WHERE stage <> ALL (known) ORDER BY stage LIMIT 1;
	IF wrong IS NOT NULL THEN
		RAISE EXCEPTION 'journey map "%" has no stage "%"', map ->> 'name', wrong
			USING ERRCODE = 'invalid_parameter_value',
			DETAIL = format('Its stages are %s%s.', array_to_string(known[1:20], ', '),
				CASE WHEN cardinality(known) > 20 THEN ', ...' ELSE '' END),
			HINT = coalesce((SELECT format('There is a stage "%s".', k) FROM unnest(known) AS k
					WHERE lower(k) = lower(btrim(wrong)) LIMIT 1),
				cxjourney_internal.journey_map_sql('A stage that is still to come is made known with '
					'UPDATE {definition_table} SET stages = stages || {stages:literal}.'::text,
					map || jsonb_build_object('stages', ARRAY[wrong]::text)));
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
	EXECUTE cxjourney_internal.journey_map_sql(
		'SELECT array_agg(DISTINCT {what:name} ORDER BY {what:name}) FROM {totals_table}'::text,
		map || jsonb_build_object('what', what)) INTO known;
	-- a map without any answer knows none
	SELECT n INTO missing FROM unnest(named) AS n WHERE n <> ALL (known) ORDER BY n LIMIT 1;
	IF missing IS NOT NULL THEN
		EXECUTE cxjourney_internal.journey_map_sql('SELECT {what:name} IS NOT NULL FROM {definition_table}'::text,
			map || jsonb_build_object('what', what)) INTO has_any;
		RAISE NOTICE 'journey map "%" has no answers of the % "%"', map ->> 'name', what, missing USING
			DETAIL = format('Its %ss are %s%s.', what, array_to_string(known[1:20], ', '),
				CASE WHEN cardinality(known) > 20 THEN ', ...' ELSE '' END),
			HINT = CASE WHEN has_any AND missing = '(all)' THEN
					format('NULL stands for all %ss together.', what)
				WHEN has_any THEN coalesce((SELECT format('There is a %s "%s".', what, k)
					FROM unnest(known) AS k
					WHERE lower(k) = lower(btrim(missing)) LIMIT 1), 'It is seen there when answers come.')
				ELSE format('The map was made without %ss: leave it NULL.', what) END;
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_notice_places(jsonb, text, text[]) IS
'Internal to the journey map: a notice of the first of these touchpoints or segments that has no answers. It may '
'still get some, so it is no error.';

-- Goals of NPS and CSAT have a constraint; the scale of CES stands in the definition.
CREATE FUNCTION cxjourney_internal.journey_map_require_ces_goals(map jsonb, goals numeric[]) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	scale int4range;
	wrong numeric;
BEGIN
	IF goals IS NULL THEN
		RETURN;
	END IF;
	EXECUTE cxjourney_internal.journey_map_sql('SELECT ces_scale FROM {definition_table}'::text, map) INTO scale;
	SELECT g INTO wrong FROM unnest(goals) AS g WHERE g NOT BETWEEN lower(scale) AND upper(scale) - 1
		ORDER BY g LIMIT 1;
	IF wrong IS NOT NULL THEN
		RAISE EXCEPTION 'the goal % of ces is outside the scale %..% of journey map "%"',
			wrong, lower(scale), upper(scale) - 1, map ->> 'name' USING ERRCODE = 'invalid_parameter_value',
			HINT = 'A goal of ces is a mean on its scale.';
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_ces_goals(jsonb, numeric[]) IS
'Internal to the journey map: error 22023 for the lowest of these goals that is outside the scale of its CES.';

-- It runs with the rights of whoever writes, so it is silent for those who may not read the map.
CREATE FUNCTION cxjourney_internal.journey_map_check_places_steps() RETURNS trigger
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	definition regclass;
	map jsonb;
	named text[];
	goals numeric[];
	touchpoints text[];
	segments text[];
	place jsonb := cxjourney_internal.journey_map_names('journey map'::text, TG_TABLE_SCHEMA::text,
		regexp_replace(TG_TABLE_NAME, '_(notes|targets)$', ''));
BEGIN
	PERFORM cxjourney_internal.journey_map_hold(
		ARRAY[place ->> 'definition_table', place ->> 'totals_table']::text[], relowner)
		FROM pg_class WHERE oid = TG_RELID;
	definition := to_regclass(place ->> 'definition_table');
	map := cxjourney_internal.journey_map_place(definition);
	IF definition IS NULL OR to_regclass(map ->> 'totals_table') IS NULL
		OR NOT has_table_privilege(definition, 'SELECT')
		OR NOT has_table_privilege(to_regclass(map ->> 'totals_table'), 'SELECT')
		-- the owner of the schema could have put a view of his own there
		OR EXISTS (SELECT FROM pg_class WHERE oid IN (definition, to_regclass(map ->> 'totals_table'))
			AND relowner <> (SELECT relowner FROM pg_class WHERE oid = TG_RELID)) THEN
		RETURN NULL;
	ELSIF TG_OP = 'INSERT' THEN
		SELECT array_agg(DISTINCT stage) INTO named FROM new_rows WHERE stage IS NOT NULL;
	ELSE
		SELECT array_agg(stage) INTO named
		  FROM (SELECT stage FROM new_rows WHERE stage IS NOT NULL EXCEPT SELECT stage FROM old_rows) AS s;
	END IF;
	PERFORM cxjourney_internal.journey_map_require_stages(map, named);
	-- notes have no metric
	SELECT array_agg((r ->> 'target')::numeric) INTO goals
		FROM (SELECT to_jsonb(n) AS r FROM new_rows AS n) AS rows WHERE r ->> 'metric' = 'ces';
	PERFORM cxjourney_internal.journey_map_require_ces_goals(map, goals);
	-- goals have no touchpoint
	IF TG_OP = 'INSERT' THEN
		SELECT array_agg(DISTINCT r ->> 'touchpoint') FILTER (WHERE r ->> 'touchpoint' IS NOT NULL),
			array_agg(DISTINCT r ->> 'segment') FILTER (WHERE r ->> 'segment' IS NOT NULL)
			INTO touchpoints, segments FROM (SELECT to_jsonb(n) AS r FROM new_rows AS n) AS rows;
	ELSE
		SELECT array_agg(t) INTO touchpoints FROM (SELECT to_jsonb(n) ->> 'touchpoint' AS t FROM new_rows AS n
			EXCEPT SELECT to_jsonb(o) ->> 'touchpoint' FROM old_rows AS o) AS changed WHERE t IS NOT NULL;
		SELECT array_agg(s) INTO segments FROM (SELECT to_jsonb(n) ->> 'segment' AS s FROM new_rows AS n
			EXCEPT SELECT to_jsonb(o) ->> 'segment' FROM old_rows AS o) AS changed WHERE s IS NOT NULL;
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
'map does not know and for a goal outside the scale of its CES, and a notice of a touchpoint or segment without '
'answers, if whoever writes may read NAME_totals and NAME_definition.';
