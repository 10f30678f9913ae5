--
-- The live journey map: what its trigger function does
--

CREATE FUNCTION cxjourney_internal.journey_map_sum_of(map jsonb, relation text, removed boolean) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE map ->> 'kind'
		WHEN 'journey table' THEN cxjourney_internal.journey_table_sum(map, answers, removed::text)
		ELSE cxjourney_internal.journey_map_sum(map, answers, removed::text) END
	  FROM cxjourney_internal.journey_map_answers(map, relation, removed) AS answers
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_sum_of(jsonb, text, boolean) IS
'Internal to the journey map: the query for the sums, with the columns of NAME_batches, of the answers in the source '
'or in the rows of a statement; of a journey table for the journeys of its visits.';

CREATE FUNCTION cxjourney_internal.journey_map_all_parts(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE map ->> 'kind' WHEN 'journey table' THEN cxjourney_internal.journey_table_parts(map)
		ELSE cxjourney_internal.journey_map_parts(map, true) END
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_all_parts(jsonb) IS
'Internal to the journey map: the query for all that it holds, with the columns of NAME_batches.';

-- A cell is noted once, by what it holds. Were each part noted again, a table that is filled and emptied by turns would
-- double them with each turn, until the next refresh.
CREATE FUNCTION cxjourney_internal.journey_map_held(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE map ->> 'kind' WHEN 'journey table' THEN cxjourney_internal.journey_table_held(map)
		ELSE cxjourney_internal.journey_map_sql('SELECT true AS removed, * FROM ({state}) AS held'::text,
			jsonb_build_object('state',
				cxjourney_internal.journey_map_state(map, 'bucket, segment, stage, touchpoint'::text))) END
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_held(jsonb) IS
'Internal to the journey map: the query for what must be noted for it to hold nothing, with the columns of '
'NAME_batches. It fails with 22003 where more was removed from a map than was added.';

CREATE FUNCTION cxjourney_internal.journey_map_remove_all(held text, parts text) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	EXECUTE held;
EXCEPTION WHEN numeric_value_out_of_range THEN
	EXECUTE parts;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_remove_all(text, text) IS
'Internal to the journey map: runs the statement that notes all that it holds as removed; where it holds less than '
'nothing, the one that notes each part of it, so that it holds nothing afterwards all the same.';

CREATE FUNCTION cxjourney_internal.journey_map_write_all(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql('cxjourney_internal.journey_map_remove_all(
			{held:literal}::pg_catalog.text, {parts:literal}::pg_catalog.text)'::text, jsonb_build_object(
		'held', cxjourney_internal.journey_map_sql('INSERT INTO {batches_table} (removed, {columns})
			SELECT removed, {columns} FROM ({held}) AS part'::text, map || jsonb_build_object('columns', columns,
				'held', cxjourney_internal.journey_map_held(map))),
		'parts', cxjourney_internal.journey_map_sql('INSERT INTO {batches_table} (removed, {columns})
			SELECT NOT removed, {columns} FROM ({parts}) AS part'::text, map || jsonb_build_object('columns', columns,
				'parts', cxjourney_internal.journey_map_all_parts(map)))))
	  FROM cxjourney_internal.journey_map_part_columns(map ->> 'kind') AS columns
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_write_all(jsonb) IS
'Internal to the journey map: the call that its trigger makes for TRUNCATE.';

CREATE FUNCTION cxjourney_internal.journey_map_write_cells(map jsonb, event text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql(CASE event
		WHEN 'INSERT' THEN 'INSERT INTO {batches_table} (removed, {columns}) {added}'
		WHEN 'DELETE' THEN 'INSERT INTO {batches_table} (removed, {columns}) {removed}'
		WHEN 'UPDATE' THEN $sql$WITH before AS (SELECT {columns} FROM ({before}) AS cell),
				after AS (SELECT {columns} FROM ({added}) AS cell)
			INSERT INTO {batches_table} (removed, {columns})
			SELECT false, {columns} FROM (SELECT * FROM after EXCEPT ALL SELECT * FROM before) AS added
			UNION ALL SELECT true, {columns} FROM (SELECT * FROM before EXCEPT ALL SELECT * FROM after) AS gone$sql$
		ELSE 'SELECT {all}' END::text,
		map || jsonb_build_object('columns', cxjourney_internal.journey_map_part_columns(map ->> 'kind'),
			'before', cxjourney_internal.journey_map_sum_of(map, 'old_rows'::text, false),
			'added', cxjourney_internal.journey_map_sum_of(map, 'new_rows'::text, false),
			'removed', cxjourney_internal.journey_map_sum_of(map, 'old_rows'::text, true),
			'all', cxjourney_internal.journey_map_write_all(map)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_write_cells(jsonb, text) IS
'Internal to the journey map: the statement that notes the sums of what a statement added and removed; for '
'TRUNCATE, everything that the map holds.';

-- So many rows of a statement are noted one by one, which costs a writer less than summing them; what it wrote beyond
-- them is summed. Both queries read the rows in the order in which the statement wrote them. To ask first whether there
-- are more rows would cost a single row a tenth more. Whoever writes decides how long the first of both takes, so that
-- the second one looks again whose tables these are.
CREATE FUNCTION cxjourney_internal.journey_map_write_one(map jsonb, relation text, removed boolean) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$		INSERT INTO {pending_table} (removed, {columns})
		{answers};
		GET DIAGNOSTICS noted = ROW_COUNT;
		IF noted = 8 THEN
			IF NOT {ready} THEN
				RAISE EXCEPTION USING MESSAGE = {message:literal},
					ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Write it again.';
			END IF;
			INSERT INTO {batches_table} (removed, {part_columns})
			{sums};
		END IF;
$sql$::text, map || jsonb_build_object('columns', cxjourney_internal.journey_map_read(map, true),
			'answers', cxjourney_internal.journey_map_answers(map, relation || ' LIMIT 8', removed),
			'part_columns', cxjourney_internal.journey_map_part_columns(map ->> 'kind'),
			'ready', cxjourney_internal.journey_map_write_ready(map), 'message', format(
				'the tables of %s "%s" got other names while it was written to', map ->> 'kind', map ->> 'name'),
			'sums', cxjourney_internal.journey_map_sum_of(map, relation || ' OFFSET 8', removed)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_write_one(jsonb, text, boolean) IS
'Internal to the journey map: what its trigger does for INSERT and DELETE.';

CREATE FUNCTION cxjourney_internal.journey_map_write_both(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$		PERFORM FROM new_rows OFFSET 8 LIMIT 1;
		IF NOT FOUND THEN
			WITH before AS (SELECT {read} FROM old_rows), after AS (SELECT {read} FROM new_rows)
			INSERT INTO {pending_table} (removed, {columns})
			SELECT false, {columns} FROM (SELECT * FROM after EXCEPT ALL SELECT * FROM before) AS added
			UNION ALL SELECT true, {columns} FROM (SELECT * FROM before EXCEPT ALL SELECT * FROM after) AS gone;
		ELSE
			{cells};
		END IF;
$sql$::text, map || jsonb_build_object('read', cxjourney_internal.journey_map_read(map, false),
			'columns', cxjourney_internal.journey_map_read(map, true),
			'cells', cxjourney_internal.journey_map_write_cells(map, 'UPDATE'::text)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_write_both(jsonb) IS
'Internal to the journey map: what its trigger does for UPDATE; what is the same before and after is not noted.';

-- The name of the partition comes in where a name stands that cannot be part of the map's texts.
CREATE FUNCTION cxjourney_internal.journey_map_write_partition(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT replace(replace(
		cxjourney_internal.journey_map_sql('INSERT INTO {batches_table} (removed, {columns}) {removed}'::text,
			map || jsonb_build_object(
				'removed', cxjourney_internal.journey_map_sum_of(map, 'ONLY ' || placeholder, true),
				'columns', cxjourney_internal.journey_map_part_columns(map ->> 'kind'))),
		'%', '%%'), placeholder, '%1$s')
	  FROM md5(map::text) AS placeholder
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_write_partition(jsonb) IS
'Internal to the journey map: the format of what its trigger does before TRUNCATE of a partition, whose name, quoted, '
'it takes.';

CREATE FUNCTION cxjourney_internal.journey_map_run(query text) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET row_security = off
AS $$
BEGIN
	EXECUTE query;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_run(text) IS
'Internal to the journey map: runs what its trigger does before TRUNCATE of a partition. Error 42501 where '
'row-level security would hide rows, or run code of the owner of the partition.';

CREATE FUNCTION cxjourney_internal.journey_map_version(map jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT md5(jsonb_agg(map -> part ORDER BY position)::text)
	  FROM unnest(cxjourney_internal.journey_map_arguments(map ->> 'kind') || ARRAY['comment', 'bucket', 'timezone',
		'csat_scale', 'csat_satisfied_from', 'ces_scale', 'ces_low_is_easy']) WITH ORDINALITY AS p(part, position)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_version(jsonb) IS
'Internal to the journey map: a digest of the part of its definition that its trigger function and views are '
'written from.';

-- Parsed anew for each statement, hence slower than the trigger function, which the next refresh writes anew.
CREATE FUNCTION cxjourney_internal.journey_map_write_renamed(source oid, trigger name, event text, argument text)
	RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	definition regclass := cxjourney_internal.journey_map_of_trigger(source, trigger);
	map jsonb;
BEGIN
	IF definition IS NULL THEN
		RAISE EXCEPTION 'the tables that trigger "%" on % writes to are gone',
			trigger, source::regclass USING ERRCODE = 'undefined_table',
			HINT = 'The owner of the map can create it anew. Dropping the trigger lets writes go on without the map.';
	END IF;
	map := cxjourney_internal.journey_map_load(cxjourney_internal.journey_map_place(definition) ->> 'kind', definition);
	PERFORM cxjourney_internal.journey_map_require_whole(map);
	IF event = 'TRUNCATE' AND argument = 'partition' THEN
		PERFORM cxjourney_internal.journey_map_require_plain(map ->> 'kind', source);
	END IF;
	IF NOT cxjourney_internal.journey_map_ready(map ->> 'kind', source, '{}'::text[], ''::text,
		ARRAY[map ->> 'batches_table', map ->> 'pending_table', map ->> 'rollup_table']::text[]) THEN
		RAISE EXCEPTION 'the tables of % "%" belong to somebody else', map ->> 'kind', map ->> 'name'
			USING ERRCODE = 'insufficient_privilege';
	END IF;
	IF event = 'TRUNCATE' AND argument = 'partition' THEN
		RETURN cxjourney_internal.journey_map_sql(
			'SELECT cxjourney_internal.journey_map_run({query:literal}::pg_catalog.text)'::text,
			jsonb_build_object('query', format(cxjourney_internal.journey_map_write_partition(map), source::regclass)));
	END IF;
	RETURN cxjourney_internal.journey_map_write_cells(map, event);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_write_renamed(oid, name, text, text) IS
'Internal to the journey map: what its trigger runs once the names in the trigger function are no longer those of '
'the tables of the map. Errors 42P01 and 55000 when they are gone, 42501 when they belong to others.';

CREATE FUNCTION cxjourney_internal.journey_map_written_tables(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql('{tables:literal}::pg_catalog.text[]'::text, jsonb_build_object('tables',
		ARRAY[map ->> 'batches_table', map ->> 'pending_table', map ->> 'rollup_table']::text))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_written_tables(jsonb) IS
'Internal to the journey map: how its trigger function lists the tables that it uses.';

-- More than needed is named where such a text is only part of a string.
CREATE FUNCTION cxjourney_internal.journey_map_named_schema(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT coalesce((SELECT (parse_ident('@extschema@'))[1]
	  FROM unnest(cxjourney_internal.journey_map_arguments(map ->> 'kind')) AS argument
	 WHERE strpos(map ->> argument, '@extschema@.') > 0 LIMIT 1), '')
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_named_schema(jsonb) IS
'Internal to the journey map: the schema of the extension if an expression of its trigger names it; else empty.';

CREATE FUNCTION cxjourney_internal.journey_map_dates_hint(kind text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN cxjourney_internal.journey_map_say(kind, 'Whoever writes, a journey map reads a text as a date with '
		'DateStyle ISO, YMD. Say another order, such as to_date(answered, ''DD.MM.YYYY''), or make the column a date '
		'or timestamptz.'::text);
COMMENT ON FUNCTION cxjourney_internal.journey_map_dates_hint(text) IS
'Internal to the journey map: the hint for texts that are no dates.';

CREATE FUNCTION cxjourney_internal.journey_map_write_ready(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$cxjourney_internal.journey_map_ready({kind:literal}::pg_catalog.text,
		TG_RELID, {columns:literal}::pg_catalog.text[], {named_schema:literal}::pg_catalog.text, {tables})$sql$::text,
		jsonb_build_object('kind', map -> 'kind',
			'columns', ARRAY(SELECT jsonb_array_elements_text(map -> 'columns'))::text,
			'named_schema', cxjourney_internal.journey_map_named_schema(map),
			'tables', cxjourney_internal.journey_map_written_tables(map)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_write_ready(jsonb) IS
'Internal to the journey map: the condition under which its trigger function may write.';

-- An expression that casts a text to a date fails with a hint to change DateStyle, which would help nobody. To say more
-- costs a subtransaction for each statement that writes; only such maps pay for it.
CREATE FUNCTION cxjourney_internal.journey_map_write_catch(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$
EXCEPTION WHEN invalid_datetime_format OR datetime_field_overflow THEN
	RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = {message:literal} || SQLERRM,
		DETAIL = {arguments:literal}, HINT = {hint:literal};
END;
$sql$::text, jsonb_build_object('message', format('%s "%s" cannot read a date: ', map ->> 'kind', map ->> 'name'),
		'arguments', (SELECT string_agg(format('Argument "%s" is %s.', key, value), ' ' ORDER BY key)
			FROM jsonb_each_text(map -> 'dates')),
		'hint', cxjourney_internal.journey_map_dates_hint(map ->> 'kind')))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_write_catch(jsonb) IS
'Internal to the journey map: how its trigger function says which text is no date.';

-- PL/pgSQL prepares each condition anew in every transaction, so that INSERT, which is what writers mostly do, passes
-- one before it writes. It is not asked again: as others rename meanwhile, what was not ready then could be now.
CREATE FUNCTION cxjourney_internal.journey_map_write_body(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$
#variable_conflict use_column
DECLARE
	noted bigint;
BEGIN
{begin}	-- written for the definition {version}
	IF TG_OP = 'INSERT' AND {ready} THEN
{insert}		RETURN NULL;
	ELSIF TG_OP = 'TRUNCATE' THEN
		PERFORM cxjourney_internal.journey_map_require_new_snapshots({kind:literal}::pg_catalog.text,
			'TRUNCATE of the source of a journey map'::pg_catalog.text);
		IF TG_ARGV[0] = 'partition' THEN
			PERFORM cxjourney_internal.journey_map_require_plain({kind:literal}::pg_catalog.text, TG_RELID);
		END IF;
	END IF;
	IF TG_OP = 'INSERT' OR NOT {ready} THEN
		EXECUTE cxjourney_internal.journey_map_write_renamed(TG_RELID, TG_NAME, TG_OP, TG_ARGV[0]);
	ELSIF TG_OP = 'UPDATE' THEN
{update}	ELSIF TG_OP = 'DELETE' THEN
{delete}	ELSIF TG_ARGV[0] = 'partition' THEN
		PERFORM cxjourney_internal.journey_map_run(
			pg_catalog.format({partition:literal}, TG_RELID::pg_catalog.regclass));
	ELSE
		PERFORM {truncate};
	END IF;
{catch}	RETURN NULL;
END $sql$::text, jsonb_build_object(
		'kind', map -> 'kind', 'begin', CASE WHEN catches THEN E'BEGIN\n' ELSE '' END,
		'version', cxjourney_internal.journey_map_version(map),
		'ready', cxjourney_internal.journey_map_write_ready(map),
		'insert', cxjourney_internal.journey_map_write_one(map, 'new_rows'::text, false),
		'update', cxjourney_internal.journey_map_write_both(map),
		'delete', cxjourney_internal.journey_map_write_one(map, 'old_rows'::text, true),
		'partition', cxjourney_internal.journey_map_write_partition(map),
		'truncate', cxjourney_internal.journey_map_write_all(map),
		'catch', CASE WHEN catches THEN cxjourney_internal.journey_map_write_catch(map) ELSE '' END))
	  FROM (SELECT map -> 'dates' <> '{}' AS catches) AS c
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_write_body(jsonb) IS
'Internal to the journey map: the body of its trigger function NAME_write, from a definition that went through '
'journey_map_resolve.';

CREATE FUNCTION cxjourney_internal.journey_map_is_renamed(map jsonb) RETURNS boolean
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure((map ->> 'write_table') || '()')
		AND strpos(prosrc, cxjourney_internal.journey_map_version(map)) > 0
		AND strpos(prosrc, cxjourney_internal.journey_map_written_tables(map)) = 0)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_is_renamed(jsonb) IS
'Internal to the journey map: whether its trigger function is of this definition, but of the time before its tables '
'or their schema got other names.';
