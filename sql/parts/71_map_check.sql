--
-- The live journey map: check and drop
--

CREATE FUNCTION cxjourney_internal.journey_map_check_triggers(map jsonb, OUT problem text, OUT detail text)
	RETURNS SETOF record
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH present AS (SELECT tgrelid, tgname, tgenabled FROM pg_trigger
		WHERE tgfoid = to_regprocedure((map ->> 'write_table') || '()')),
	needed AS (SELECT * FROM cxjourney_internal.journey_map_triggers(map))
	SELECT CASE WHEN p.tgname IS NULL AND EXISTS (SELECT FROM present WHERE tgrelid = n.relation)
				THEN 'a trigger is missing'
			WHEN p.tgname IS NULL AND n.relation::text <> map ->> 'source' THEN 'a partition has no triggers'
			WHEN p.tgname IS NULL THEN 'a trigger is missing' ELSE 'a trigger is disabled' END,
	       cxjourney_internal.journey_map_trigger_name(n.trigger, n.relation)
	  FROM needed AS n LEFT JOIN present AS p ON p.tgrelid = n.relation AND p.tgname = n.trigger
	 WHERE p.tgname IS NULL OR p.tgenabled NOT IN ('O', 'A')
	UNION ALL
	SELECT 'a table that is no partition of the source has a trigger',
	       cxjourney_internal.journey_map_trigger_name(tgname::text, tgrelid::regclass)
	  FROM present WHERE tgrelid NOT IN (SELECT relation FROM needed)
	UNION ALL
	SELECT 'a trigger has another name', cxjourney_internal.journey_map_trigger_name(tgname::text, tgrelid::regclass)
	  FROM present WHERE tgrelid IN (SELECT relation FROM needed)
	   AND (tgrelid, tgname) NOT IN (SELECT relation, trigger FROM needed)
	 ORDER BY 1, 2
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_check_triggers(jsonb) IS
'Internal to the journey map: triggers that are missing, disabled or left behind.';

CREATE FUNCTION cxjourney_internal.journey_map_differences_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$WITH source AS (
	SELECT bucket, segment, stage, touchpoint, {merged} FROM ({sums}) AS s GROUP BY bucket, segment, stage, touchpoint),
map AS (SELECT bucket, segment, stage, touchpoint, {columns} FROM {summaries_table}),
d AS ((SELECT 'source' AS side, s.* FROM (SELECT * FROM source EXCEPT ALL SELECT * FROM map) AS s)
	UNION ALL (SELECT 'map', m.* FROM (SELECT * FROM map EXCEPT ALL SELECT * FROM source) AS m))
SELECT 'the map differs from its source',
	format('bucket %s, segment %s, stage %s, touchpoint %s: source %s, map %s', bucket, quote_nullable(segment),
		quote_nullable(stage), quote_nullable(touchpoint),
		coalesce(max(ROW({columns})::text) FILTER (WHERE side = 'source'), 'nothing'),
		coalesce(max(ROW({columns})::text) FILTER (WHERE side = 'map'), 'nothing'))
FROM d GROUP BY bucket, segment, stage, touchpoint ORDER BY bucket, segment, stage, touchpoint$sql$::text,
		map || jsonb_build_object('merged', cxjourney_internal.journey_map_merged_sql(),
			'columns', cxjourney_internal.journey_map_columns('responses'::text, 'emotion_sum'::text),
			'sums', cxjourney_internal.journey_map_sum_of(map, map ->> 'source', false)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_differences_sql(jsonb) IS
'Internal to the journey map: the query for cells that are not what the source gives.';

CREATE FUNCTION cxjourney_internal.journey_map_merged_sql() RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql('sum(responses)::bigint AS responses,
	sum(invalid)::bigint AS invalid, {rated},
	sum(emotion_responses)::bigint AS emotion_responses, sum(emotion_sum) AS emotion_sum'::text,
		jsonb_build_object('rated', cxjourney_internal.journey_map_each(
			'cxjourney_internal.journey_map_summary({metric}) AS {metric}'::text,
			cxjourney_internal.journey_map_rated(), ', '::text)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_merged_sql() IS
'Internal to the journey map: the columns responses to emotion_sum of several cells put together.';

CREATE FUNCTION cxjourney_internal.journey_map_total_differences_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$WITH parts AS (
	SELECT segment, stage, touchpoint, {merged} FROM {summaries_table} GROUP BY segment, stage, touchpoint),
total AS (SELECT * FROM {totals_table})
SELECT 'the total of a cell differs from its buckets',
	format('segment %s, stage %s, touchpoint %s', quote_nullable(segment), quote_nullable(stage),
		quote_nullable(touchpoint))
FROM ((SELECT * FROM parts EXCEPT ALL SELECT * FROM total)
	UNION (SELECT * FROM total EXCEPT ALL SELECT * FROM parts)) AS d
GROUP BY segment, stage, touchpoint ORDER BY segment, stage, touchpoint$sql$::text,
		map || jsonb_build_object('merged', cxjourney_internal.journey_map_merged_sql()))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_total_differences_sql(jsonb) IS
'Internal to the journey map: the query for totals that are not what their buckets give.';

CREATE FUNCTION cxjourney_internal.journey_map_check_answers(map jsonb, OUT problem text, OUT detail text)
	RETURNS SETOF record
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
	SET row_security = off SET standard_conforming_strings = on
AS $$
BEGIN
	PERFORM cxjourney_internal.journey_map_pin_settings(map);
	IF map ->> 'kind' = 'journey table' THEN
		RETURN QUERY EXECUTE cxjourney_internal.journey_table_differences_sql(map);
		RETURN QUERY EXECUTE cxjourney_internal.journey_table_missing_sql(map);
		RETURN;
	END IF;
	RETURN QUERY EXECUTE cxjourney_internal.journey_map_differences_sql(map);
	RETURN QUERY EXECUTE cxjourney_internal.journey_map_total_differences_sql(map);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_check_answers(jsonb) IS
'Internal to the journey map: cells that are not what the source gives, and totals that are not what their buckets '
'give.';

-- Those that read the whole source set what the trigger function may pin; a SET clause, here written from the one list,
-- brings back the settings of the caller.
DO $$
DECLARE
	reader text;
	setting record;
BEGIN
	FOREACH reader IN ARRAY ARRAY['journey_map_fill(jsonb)', 'journey_map_check_answers(jsonb)'] LOOP
		FOR setting IN SELECT 'timezone' AS name, 'UTC' AS value
			UNION ALL SELECT s.name, s.value FROM cxjourney_internal.journey_map_settings() AS s LOOP
			EXECUTE cxjourney_internal.journey_map_sql(
				'ALTER FUNCTION cxjourney_internal.{reader} SET {setting:name} = {value:literal}'::text,
				pg_catalog.jsonb_build_object('reader', reader, 'setting', setting.name, 'value', setting.value));
		END LOOP;
	END LOOP;
END $$;

CREATE FUNCTION cxjourney_internal.journey_map_check(kind text, definition regclass, OUT problem text,
	OUT detail text)
	RETURNS SETOF record
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	map jsonb := cxjourney_internal.journey_map_place(definition);
	resolved jsonb;
	context text;
BEGIN
	PERFORM cxjourney_internal.journey_map_require_owner(map);
	PERFORM cxjourney_internal.journey_map_require_schema(kind, (parse_ident('@extschema@'))[1]);
	map := cxjourney_internal.journey_map_load(kind, definition);
	IF NOT EXISTS (SELECT FROM pg_class WHERE oid = (map ->> 'source_oid')::oid) THEN
		RETURN QUERY SELECT 'the source is gone', map ->> 'definition_table';
		RETURN;
	END IF;
	IF NOT cxjourney_internal.journey_map_is_whole(map) THEN
		RETURN QUERY SELECT cxjourney_internal.journey_map_say(kind,
			'the answers are gone: drop the map and create it anew'::text), map ->> 'definition_table';
		RETURN;
	END IF;
	RETURN QUERY SELECT o.problem, o.detail FROM cxjourney_internal.journey_map_obstacles(
		kind, (map ->> 'source')::regclass) AS o
	 ORDER BY o.problem COLLATE "C", o.detail COLLATE "C";
	RETURN QUERY SELECT t.* FROM cxjourney_internal.journey_map_check_triggers(map) AS t;
	RETURN QUERY SELECT cxjourney_internal.journey_map_say(kind,
			'the map is logged where its source is not, or the other way round'::text), map ->> 'rollup_table'
	  FROM pg_class WHERE relkind = 'r' AND oid IN (SELECT relation FROM cxjourney_internal.journey_map_triggers(map))
	   AND relpersistence <> (SELECT relpersistence FROM pg_class WHERE oid = to_regclass(map ->> 'rollup_table'))
	 LIMIT 1;
	BEGIN
		PERFORM cxjourney_internal.journey_map_require_plain(kind, (map ->> 'source_oid')::oid);
		resolved := cxjourney_internal.journey_map_resolve(map, 'pg_catalog, pg_temp'::text);
	EXCEPTION WHEN transaction_rollback OR insufficient_resources OR operator_intervention OR lock_not_available THEN
		RAISE;
	WHEN OTHERS THEN
		-- which argument it is stands in the first line of the context
		GET STACKED DIAGNOSTICS context = PG_EXCEPTION_CONTEXT;
		RETURN QUERY SELECT 'the definition does not fit the source',
			concat_ws(text ': ', substring(context, text '^argument "[^"]+"'), SQLERRM);
		RETURN;
	END;
	RETURN QUERY SELECT cxjourney_internal.journey_map_say(kind,
			'the definition was changed without rebuild_journey_map'::text), map ->> 'definition_table'
	 WHERE NOT EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure((map ->> 'write_table') || '()')
		AND (prosrc = cxjourney_internal.journey_map_write_body(resolved)
			OR cxjourney_internal.journey_map_is_renamed(resolved)));
	-- what is pending of a journey table can be read by the definition alone that it was written by
	IF FOUND AND kind = 'journey table' THEN
		RETURN;
	END IF;
	RETURN QUERY SELECT CASE WHEN part = ANY (cxjourney_internal.journey_map_own_views(kind)) THEN 'a view is missing'
			ELSE 'a table is missing' END,
		cxjourney_internal.journey_map_names(kind, map ->> 'schema', map ->> 'name') ->> part
	  FROM unnest(cxjourney_internal.journey_map_missing(map,
		cxjourney_internal.journey_map_side_tables(kind) || cxjourney_internal.journey_map_own_views(kind)))
			WITH ORDINALITY AS m (part, place)
	 ORDER BY place;
	RETURN QUERY SELECT s.problem, s.detail FROM cxjourney_internal.journey_map_strangers(map) AS s;
	IF FOUND THEN
		RETURN;
	END IF;
	-- What was removed unseen makes sums that cannot be. What may go well the next time says nothing of the map.
	BEGIN
		RETURN QUERY SELECT a.* FROM cxjourney_internal.journey_map_check_answers(resolved) AS a;
	EXCEPTION WHEN transaction_rollback OR insufficient_resources OR operator_intervention OR lock_not_available THEN
		RAISE;
	WHEN OTHERS THEN
		RETURN QUERY SELECT cxjourney_internal.journey_map_say(kind,
			'the map cannot be compared with its source'::text), SQLERRM;
	END;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_check(text, regclass) IS
'Internal: what check_journey_map and check_journey_table do.';

CREATE FUNCTION cxjourney_internal.check_journey_map_steps(name text, OUT problem text, OUT detail text)
	RETURNS SETOF record
	LANGUAGE sql VOLATILE
AS $$
	SELECT * FROM cxjourney_internal.journey_map_check('journey map'::pg_catalog.text,
		cxjourney_internal.journey_map_find(name, pg_catalog.current_setting('search_path'), false));
$$;
COMMENT ON FUNCTION cxjourney_internal.check_journey_map_steps(text) IS
'Internal: what check_journey_map does.';

CREATE FUNCTION check_journey_map(name text, OUT problem text, OUT detail text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION check_journey_map(text) IS
'Computes the journey map of this name anew and compares: a row for each cell that differs, for each trigger that '
'is missing, disabled or left behind, and for whatever else keeps the map from being exact. No rows: all is well. '
'It reads the whole source, in one snapshot. Nobody waits but who adds an index, statistics or a partition to the '
'table of a role without the rights of the owner of the map. Error 42P01 without such a map, 42501 for anybody but '
'its owner.';

-- Whoever drops a map must not run what its owner wrote, nor drop what is somebody else's.
CREATE FUNCTION cxjourney_internal.journey_map_tables(kind text, definition regclass) RETURNS text[]
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	parts text[] := ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = definition
		AND atttypid = 'regclass'::regtype AND attname::text = ANY (cxjourney_internal.journey_map_own_tables(kind)));
	found oid[];
BEGIN
	IF cardinality(parts) = cardinality(cxjourney_internal.journey_map_own_tables(kind))
		AND NOT row_security_active(definition) AND has_table_privilege(definition, 'SELECT') THEN
		EXECUTE cxjourney_internal.journey_map_sql('SELECT ARRAY[{tables}]::oid[] FROM {definition}'::text,
			jsonb_build_object('tables', cxjourney_internal.journey_map_own_tables(kind), 'definition', definition))
			INTO found;
	END IF;
	IF found IS NULL THEN
		found := ARRAY(SELECT to_regclass(cxjourney_internal.journey_map_place(definition) ->> (part || '_table'))
			FROM unnest(cxjourney_internal.journey_map_own_tables(kind)) AS part);
	END IF;
	RETURN ARRAY(SELECT oid::regclass::text FROM pg_class WHERE oid = ANY (found) AND relkind = 'r'
		AND relowner = (SELECT relowner FROM pg_class WHERE oid = definition));
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_tables(text, regclass) IS
'Internal to the journey map: the names that its tables have now, beside the definition.';

CREATE FUNCTION cxjourney_internal.journey_map_views(map jsonb, definition regclass) RETURNS text[]
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT ARRAY(SELECT map ->> part
	  FROM unnest(cxjourney_internal.journey_map_own_views(map ->> 'kind')) WITH ORDINALITY AS p(part, position)
	  JOIN pg_class AS c ON c.oid = to_regclass(map ->> part) AND c.relkind = 'v'
	   AND c.relowner = (SELECT relowner FROM pg_class WHERE oid = definition)
	 ORDER BY position DESC)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_views(jsonb, regclass) IS
'Internal to the journey map: its views that there are and that belong to its owner, those that read others first.';

-- The triggers go with their function, which needs no right on the source. Whoever writes to a partitioned table holds
-- it before its partitions.
CREATE FUNCTION cxjourney_internal.journey_map_drop_function(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	write regprocedure := to_regprocedure((map ->> 'write_table') || '()');
BEGIN
	PERFORM cxjourney_internal.journey_map_close_triggers(write::oid, (ARRAY(
		SELECT tgrelid FROM pg_trigger WHERE tgfoid = write GROUP BY tgrelid
		 ORDER BY (SELECT count(*) FROM pg_partition_ancestors(tgrelid)), tgrelid))::oid[]);
	EXECUTE cxjourney_internal.journey_map_sql('DROP FUNCTION {write_table}() CASCADE'::text, map);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_drop_function(jsonb) IS
'Internal to the journey map: drops its trigger function and its triggers.';

CREATE FUNCTION cxjourney_internal.journey_map_drop(kind text, definition regclass) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
AS $$
DECLARE
	map jsonb;
	tables text[];
	views text[];
	relation text;
BEGIN
	-- Else the map could be rebuilt meanwhile, and both would wait for each other; who reads goes on.
	IF has_table_privilege(definition, 'DELETE') THEN
		PERFORM cxjourney_internal.journey_map_lock(kind, definition, 'SHARE UPDATE EXCLUSIVE'::text);
	END IF;
	PERFORM cxjourney_internal.journey_map_hold_relation(definition);
	PERFORM cxjourney_internal.journey_map_require_present(kind, definition);
	map := cxjourney_internal.journey_map_place(definition);
	tables := cxjourney_internal.journey_map_tables(kind, definition) || definition::text;
	IF EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure((map ->> 'write_table') || '()')
		AND prorettype = 'trigger'::regtype
		AND proowner = (SELECT relowner FROM pg_class WHERE oid = definition)) THEN
		PERFORM cxjourney_internal.journey_map_drop_function(map);
	END IF;
	views := cxjourney_internal.journey_map_views(map, definition);
	PERFORM cxjourney_internal.journey_map_close((views || tables)::text[]);
	FOREACH relation IN ARRAY views LOOP
		EXECUTE cxjourney_internal.journey_map_sql('DROP VIEW {view}'::text, jsonb_build_object('view', relation));
	END LOOP;
	FOREACH relation IN ARRAY tables LOOP
		EXECUTE cxjourney_internal.journey_map_sql('DROP TABLE IF EXISTS {table}'::text,
			jsonb_build_object('table', relation));
	END LOOP;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_drop(text, regclass) IS
'Internal: what drop_journey_map and drop_journey_table do.';

CREATE FUNCTION cxjourney_internal.drop_journey_map_steps(name text) RETURNS void
	LANGUAGE sql VOLATILE
AS $$
	SELECT cxjourney_internal.journey_map_drop('journey map'::pg_catalog.text,
		cxjourney_internal.journey_map_find(name, pg_catalog.current_setting('search_path'), false));
$$;
COMMENT ON FUNCTION cxjourney_internal.drop_journey_map_steps(text) IS
'Internal: what drop_journey_map does.';

CREATE FUNCTION drop_journey_map(name text) RETURNS void
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION drop_journey_map(text) IS
'Removes the journey map of this name with its triggers, views and tables, notes and targets included; the source '
'stays as it is. Error 42P01 without such a map, 2BP01 when other views use it.';
