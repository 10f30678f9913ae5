--
-- The live journey map: fill, refresh and rebuild
--

CREATE FUNCTION cxjourney_internal.journey_map_pin_settings(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM set_config('timezone', map ->> 'timezone', true);
	PERFORM set_config(s.name, s.value, true) FROM cxjourney_internal.journey_map_settings() AS s;
END $$;
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
	FOREACH argument IN ARRAY cxjourney_internal.journey_map_arguments(map ->> 'kind') LOOP
		CONTINUE WHEN NOT map ? argument;
		BEGIN
			EXECUTE cxjourney_internal.journey_map_sql('SELECT count({expression}) FROM {source}'::text,
				map || jsonb_build_object('expression', map -> argument));
		EXCEPTION WHEN OTHERS THEN
			hint := CASE WHEN map -> 'dates' ? argument
				THEN cxjourney_internal.journey_map_dates_hint(map ->> 'kind')
				ELSE 'Guard it with CASE, so that it is NULL where it has no value: it would make a write to the '
					'source fail.' END;
			RAISE EXCEPTION 'argument "%" of % "%" fails on a row of %: %', argument, map ->> 'kind', map ->> 'name',
				map ->> 'source', SQLERRM USING ERRCODE = SQLSTATE,
				DETAIL = format('Argument "%s" is %s.', argument, map ->> argument), HINT = hint;
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
		RAISE NOTICE 'argument "%" of % "%" takes a text for a date: %', date.key, map ->> 'kind', map ->> 'name',
			date.value USING HINT = 'A text that is no date makes a write fail. '
				|| cxjourney_internal.journey_map_dates_hint(map ->> 'kind');
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
	calls text := (SELECT string_agg('count(' || (map ->> argument) || ')', ', ')
		FROM unnest(cxjourney_internal.journey_map_arguments(map ->> 'kind')) AS argument
		WHERE map ? argument AND NOT EXISTS (SELECT FROM pg_attribute AS a
			WHERE a.attrelid = (map ->> 'source')::regclass AND quote_ident(a.attname) = map ->> argument));
BEGIN
	IF calls IS NOT NULL THEN
		EXECUTE cxjourney_internal.journey_map_sql('SELECT {calls} FROM {source}'::text,
			map || jsonb_build_object('calls', calls));
	END IF;
EXCEPTION WHEN transaction_rollback OR insufficient_resources OR operator_intervention OR lock_not_available THEN
	RAISE;
WHEN OTHERS THEN
	PERFORM cxjourney_internal.journey_map_blame(map);
	RAISE;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_try(jsonb) IS
'Internal to the journey map: computes all expressions on all rows of the source, under the settings of the caller, '
'so that one that fails is found at once.';

-- The caller has made sure that nobody writes to the source.
CREATE FUNCTION cxjourney_internal.journey_map_fill(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
	SET row_security = off SET standard_conforming_strings = on
AS $$
BEGIN
	PERFORM cxjourney_internal.journey_map_pin_settings(map);
	PERFORM cxjourney_internal.journey_map_require_plain(map ->> 'kind', (map ->> 'source_oid')::oid);
	PERFORM cxjourney_internal.journey_map_try(map);
	PERFORM cxjourney_internal.journey_map_require_own(map);
	EXECUTE cxjourney_internal.journey_map_sql('DELETE FROM {pending_table}'::text, map);
	PERFORM cxjourney_internal.journey_map_require_own(map);
	EXECUTE cxjourney_internal.journey_map_sql('DELETE FROM {batches_table}'::text, map);
	PERFORM cxjourney_internal.journey_map_require_own(map);
	EXECUTE cxjourney_internal.journey_map_sql('DELETE FROM {rollup_table}'::text, map);
	PERFORM cxjourney_internal.journey_map_require_own(map);
	EXECUTE cxjourney_internal.journey_map_sql(CASE map ->> 'kind'
			WHEN 'journey table' THEN 'WITH part AS MATERIALIZED ({sums}),
				stored AS (INSERT INTO {rollup_table} SELECT customer, journey FROM part WHERE left_out IS NULL)
				INSERT INTO {batches_table} (removed, {columns}) SELECT * FROM part WHERE left_out IS NOT NULL'
			ELSE 'INSERT INTO {batches_table} (removed, {columns}) {sums}' END::text,
		map || jsonb_build_object('columns', cxjourney_internal.journey_map_part_columns(map ->> 'kind'),
			'sums', cxjourney_internal.journey_map_sum_of(map, map ->> 'source', false)));
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_fill(jsonb) IS
'Internal to the journey map: computes what it holds from the source.';

-- Of a map alone; that of a journey table is journey_table_merge_sql.
CREATE FUNCTION cxjourney_internal.journey_map_merge_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$WITH answers AS (DELETE FROM {pending_table} RETURNING *),
batches AS (DELETE FROM {batches_table} RETURNING *),
part AS (SELECT removed, {columns} FROM batches UNION ALL {pending}),
cell AS (
	SELECT coalesce(bucket, '-infinity') AS bucket, segment, stage, touchpoint, {sums}, {changes},
		min(first_at) FILTER (WHERE NOT removed AND bucket IS NOT NULL) AS first_at,
		max(last_at) FILTER (WHERE NOT removed AND bucket IS NOT NULL) AS last_at
	FROM part GROUP BY GROUPING SETS ((bucket, segment, stage, touchpoint), (segment, stage, touchpoint)))
MERGE INTO {rollup_table} AS stored USING cell
	ON stored.bucket = cell.bucket AND stored.segment = cell.segment AND stored.stage = cell.stage
	AND stored.touchpoint = cell.touchpoint
WHEN MATCHED AND stored.responses + cell.responses = 0 AND stored.invalid + cell.invalid = 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET responses = stored.responses + cell.responses, invalid = stored.invalid + cell.invalid,
	{folded}, emotion_responses = stored.emotion_responses + cell.emotion_responses,
	emotion_sum = stored.emotion_sum + cell.emotion_sum, first_at = least(stored.first_at, cell.first_at),
	last_at = greatest(stored.last_at, cell.last_at)
WHEN NOT MATCHED AND (cell.responses <> 0 OR cell.invalid <> 0) THEN
	INSERT (bucket, segment, stage, touchpoint, responses, invalid, {rated}, emotion_responses, emotion_sum, first_at,
		last_at)
	VALUES (cell.bucket, cell.segment, cell.stage, cell.touchpoint, cell.responses, cell.invalid, {nets},
		cell.emotion_responses, cell.emotion_sum, cell.first_at, cell.last_at)$sql$::text, map || jsonb_build_object(
		'columns', cxjourney_internal.journey_map_columns('bucket'::text, 'last_at'::text),
		'pending', cxjourney_internal.journey_map_sum_of_pending(map, 'answers'::text),
		'sums', cxjourney_internal.journey_map_net_sums(), 'rated', rated,
		'changes', cxjourney_internal.journey_map_each(
			'cxjourney_internal.journey_map_summary({metric}) FILTER (WHERE NOT removed) AS {metric}_added,
		cxjourney_internal.journey_map_summary({metric}) FILTER (WHERE removed) AS {metric}_removed'::text,
			rated, ', '::text),
		'folded', cxjourney_internal.journey_map_each('{metric} = cxjourney_internal.journey_map_fold(
		stored.{metric}, cell.{metric}_added, cell.{metric}_removed)'::text, rated, ', '::text),
		'nets', cxjourney_internal.journey_map_each(
			'cxjourney_internal.journey_map_net(cell.{metric}_added, cell.{metric}_removed)'::text, rated, ', '::text)))
	  FROM cxjourney_internal.journey_map_rated() AS rated
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_merge_sql(jsonb) IS
'Internal to the journey map: the statement that folds NAME_pending and NAME_batches into NAME_rollup.';

-- A plan that goes through the index, whatever the statistics say: the cost must grow with what changed, not with the
-- history. Compiling that plan would take longer than running it.
CREATE FUNCTION cxjourney_internal.journey_map_refresh(map jsonb) RETURNS bigint
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
	SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET jit = off
AS $$
DECLARE
	written bigint;
BEGIN
	PERFORM cxjourney_internal.journey_map_require_own(map);
	IF map ->> 'kind' = 'journey table' THEN
		EXECUTE cxjourney_internal.journey_table_merge_sql(map);
	ELSE
		EXECUTE cxjourney_internal.journey_map_merge_sql(map);
	END IF;
	GET DIAGNOSTICS written = ROW_COUNT;
	RETURN written;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_refresh(jsonb) IS
'Internal to the journey map: folds what was written since the last refresh into NAME_rollup, in one statement.';

CREATE FUNCTION cxjourney_internal.journey_map_refresh_of(kind text, definition regclass) RETURNS bigint
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	map jsonb := cxjourney_internal.journey_map_place(definition);
	may_alarm boolean;
	written bigint;
BEGIN
	PERFORM cxjourney_internal.journey_map_require_owner(map);
	PERFORM cxjourney_internal.journey_map_lock(kind, definition, 'SHARE UPDATE EXCLUSIVE'::text);
	map := cxjourney_internal.journey_map_load(kind, definition);
	PERFORM cxjourney_internal.journey_map_require_whole(map);
	PERFORM cxjourney_internal.journey_map_require_own(map);
	may_alarm := kind = 'journey map' AND cxjourney_internal.journey_map_may_alarm(map);
	IF cxjourney_internal.journey_map_is_renamed(map) THEN
		PERFORM cxjourney_internal.journey_map_require_no_strangers(map);
		PERFORM cxjourney_internal.journey_map_create_function(
			cxjourney_internal.journey_map_resolve(map, 'pg_catalog, pg_temp'::text));
	END IF;
	written := cxjourney_internal.journey_map_refresh(map);
	IF may_alarm THEN
		PERFORM cxjourney_internal.journey_map_alarm(map);
	END IF;
	RETURN written;
EXCEPTION WHEN numeric_value_out_of_range OR check_violation THEN
	RAISE EXCEPTION 'journey map "%" does not fit its source', map ->> 'name'
		USING ERRCODE = 'numeric_value_out_of_range', DETAIL = SQLERRM,
		HINT = 'Something was written unseen: check_journey_map says what, rebuild_journey_map repairs it.';
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_refresh_of(text, regclass) IS
'Internal: what refresh_journey_map and refresh_journey_table do.';

CREATE FUNCTION cxjourney_internal.refresh_journey_map_steps(name text) RETURNS bigint
	LANGUAGE sql VOLATILE
AS $$
	SELECT cxjourney_internal.journey_map_refresh_of('journey map'::pg_catalog.text,
		cxjourney_internal.journey_map_find(name, pg_catalog.current_setting('search_path'), false));
$$;
COMMENT ON FUNCTION cxjourney_internal.refresh_journey_map_steps(text) IS
'Internal: what refresh_journey_map does.';

CREATE FUNCTION refresh_journey_map(name text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION refresh_journey_map(text) IS
'Folds what was written since the last refresh into the rollup of the journey map of this name and returns how many '
'rows of the rollup that touched. Reads are exact before and after, but get slower with what is pending: run it '
'every minute or so. Neither readers nor writers wait for it; another refresh does. New alarms of NAME_alarms are '
'written to NAME_alarms_sent and told of on the channel journey_map, with a JSON object that has schema, map and how '
'many alarms; such a transaction cannot be prepared for a two-phase commit. Error 42P01 without such a map, '
'42501 for anybody but its owner, 22003 when the map does not fit its source, 55000 when its answers are gone, as '
'after DROP EXTENSION CASCADE, 40001 under REPEATABLE READ when another refresh came between.';

-- A superuser also replaces what somebody put there meanwhile, and it would stay that of its owner.
CREATE FUNCTION cxjourney_internal.journey_map_rewrite(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET client_min_messages = warning
AS $$
DECLARE
	outdated regclass;
	pending name;
	filled jsonb := map;
BEGIN
	-- Triggers on what is no longer a partition go with the function, which needs no right on that table; so do those
	-- that were renamed, beside which new ones would count everything twice.
	IF EXISTS (SELECT FROM cxjourney_internal.journey_map_check_triggers(map)
		WHERE problem LIKE '%no partition%' OR problem LIKE '%another name%') THEN
		PERFORM cxjourney_internal.journey_map_drop_function(map);
	END IF;
	PERFORM cxjourney_internal.journey_map_create_function(map);
	PERFORM cxjourney_internal.journey_map_attach(map);
	-- Whoever reads goes on with the old table until all is computed.
	IF ARRAY(SELECT name || ' ' || type FROM cxjourney_internal.journey_map_pending_columns(map)) <> ARRAY(
		SELECT a.attname || ' ' || format_type(a.atttypid, NULL) FROM pg_attribute AS a
		 WHERE a.attrelid = to_regclass(map ->> 'pending_table') AND a.attnum > 0 AND NOT a.attisdropped
		 ORDER BY a.attnum) THEN
		outdated := to_regclass(map ->> 'pending_table');
		SELECT relname, map || jsonb_build_object('pending_table', cxjourney_internal.journey_map_sql(
				'{schema:name}.{new:name}'::text, jsonb_build_object('schema', nspname, 'new',
					(map ->> 'name') || '_pending_new')))
		  INTO pending, filled
		  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE c.oid = outdated;
		PERFORM cxjourney_internal.journey_map_create_pending(filled);
	END IF;
	PERFORM cxjourney_internal.journey_map_require_source(map ->> 'kind', (map ->> 'source')::regclass);
	PERFORM cxjourney_internal.journey_map_fill(filled);
	PERFORM cxjourney_internal.journey_map_refresh(filled);
	PERFORM cxjourney_internal.journey_map_close((ARRAY(SELECT map ->> part
		  FROM unnest(cxjourney_internal.journey_map_own_views(map ->> 'kind')) WITH ORDINALITY AS v(part, place)
		 ORDER BY place DESC) || ARRAY(SELECT oid::regclass::text FROM pg_class
			WHERE oid IN (to_regclass(map ->> 'rollup_table'), to_regclass(map ->> 'batches_table'),
				to_regclass(map ->> 'pending_table')) AND (oid = outdated OR (relpersistence = 'u')
				<> (cxjourney_internal.journey_map_unlogged(map) <> ''))))::text[]);
	IF outdated IS NOT NULL THEN
		EXECUTE cxjourney_internal.journey_map_sql('ALTER TABLE {outdated} RENAME TO {old:name}'::text,
			map || jsonb_build_object('outdated', outdated, 'old', (map ->> 'name') || '_pending_old'));
		EXECUTE cxjourney_internal.journey_map_sql('ALTER TABLE {pending_table} RENAME TO {new:name}'::text,
			filled || jsonb_build_object('new', pending));
	END IF;
	PERFORM cxjourney_internal.journey_map_log_like_source(map);
	PERFORM cxjourney_internal.journey_map_create_views(map);
	IF outdated IS NOT NULL THEN
		EXECUTE cxjourney_internal.journey_map_sql('DROP TABLE {outdated}'::text,
			jsonb_build_object('outdated', outdated));
	END IF;
	PERFORM cxjourney_internal.journey_map_describe(map);
	PERFORM cxjourney_internal.journey_map_require_no_strangers(map);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_rewrite(jsonb) IS
'Internal to the journey map: writes its trigger function, triggers, NAME_pending and views anew for the '
'definition, and fills it.';

CREATE FUNCTION cxjourney_internal.journey_map_rebuild(kind text, definition regclass) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	map jsonb := cxjourney_internal.journey_map_place(definition);
	place jsonb := map;
	missing text[];
BEGIN
	PERFORM cxjourney_internal.journey_map_require_owner(map);
	PERFORM cxjourney_internal.journey_map_require_new_snapshots(kind, 'rebuild_journey_map'::text);
	PERFORM cxjourney_internal.journey_map_require_schema(kind, (parse_ident('@extschema@'))[1]);
	PERFORM cxjourney_internal.journey_map_lock(kind, definition, 'SHARE UPDATE EXCLUSIVE'::text);
	map := cxjourney_internal.journey_map_load(kind, definition);
	PERFORM cxjourney_internal.journey_map_require_whole(map);
	IF NOT EXISTS (SELECT FROM pg_class WHERE oid = (map ->> 'source_oid')::oid) THEN
		RAISE EXCEPTION 'the source of % "%" is gone', kind, map ->> 'name' USING ERRCODE = 'undefined_table',
			HINT = cxjourney_internal.journey_map_say(kind, 'Remove the map with drop_journey_map.'::text);
	END IF;
	PERFORM cxjourney_internal.journey_map_require_no_strangers(map);
	PERFORM cxjourney_internal.journey_map_check_arguments(map);
	PERFORM cxjourney_internal.journey_map_require_source(kind, (map ->> 'source')::regclass);
	missing := cxjourney_internal.journey_map_missing(map, cxjourney_internal.journey_map_side_tables(kind));
	map := cxjourney_internal.journey_map_resolve(map, 'pg_catalog, pg_temp'::text)
		|| (SELECT coalesce(jsonb_object_agg(part, place -> part), '{}') FROM unnest(missing) AS part);
	IF kind = 'journey table' THEN
		PERFORM cxjourney_internal.journey_table_require_type(map);
	END IF;
	PERFORM cxjourney_internal.journey_map_create_side_tables(map, missing);
	PERFORM cxjourney_internal.journey_map_rewrite(map);
	PERFORM cxjourney_internal.journey_map_define(map - 'alarms_until');
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_rebuild(text, regclass) IS
'Internal: what rebuild_journey_map and rebuild_journey_table do.';

CREATE FUNCTION cxjourney_internal.rebuild_journey_map_steps(name text) RETURNS void
	LANGUAGE sql VOLATILE
AS $$
	SELECT cxjourney_internal.journey_map_rebuild('journey map'::pg_catalog.text,
		cxjourney_internal.journey_map_find(name, pg_catalog.current_setting('search_path'), false));
$$;
COMMENT ON FUNCTION cxjourney_internal.rebuild_journey_map_steps(text) IS
'Internal: what rebuild_journey_map does.';

CREATE FUNCTION rebuild_journey_map(name text) RETURNS void
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION rebuild_journey_map(text) IS
'Computes the journey map of this name anew from its source, by what NAME_definition says now, and puts triggers on '
'partitions that came and off those that went. Views that were dropped come back, and so do NAME_notes, NAME_targets '
'and NAME_alarms_sent, empty; else notes and targets stay, and so do rights on the views. Writers to the source wait '
'until it is done, readers of the map only at its end. Error 42P01 without such a map, 42501 for anybody but its '
'owner, and while something of somebody else has the name of one of its views or of its trigger function, 0A000 '
'under REPEATABLE READ and when the source can no longer be mapped.';
