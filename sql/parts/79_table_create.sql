--
-- Tables of journeys that keep themselves up to date: create, refresh, rebuild, check and drop
--
-- What they consist of and how they are kept exact is that of a map (60_map.sql): here are the arguments, tables, views
-- and comments that are theirs, and the functions that people call.
--

CREATE FUNCTION cxjourney_internal.journey_table_check_arguments(map jsonb) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF NOT map ?& ARRAY['source', 'customer', 'stage', 'at'] THEN
		RAISE EXCEPTION 'a journey table needs a source, customer, stage and at'
			USING ERRCODE = 'null_value_not_allowed';
	ELSIF NOT map ? 'timezone' THEN
		RAISE EXCEPTION 'timezone must not be NULL' USING ERRCODE = 'null_value_not_allowed',
			HINT = 'Leave it out for UTC.';
	END IF;
	PERFORM cxjourney_internal.journey_map_check_zone(map ->> 'timezone');
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_check_arguments(jsonb) IS
'Internal to the journey table: errors for arguments of create_journey_table that do not name columns. 22004 for NULL, '
'22023 for what is no time zone.';

-- Customers that are texts are compared by their bytes, so that equal ones are equal in all databases.
CREATE FUNCTION cxjourney_internal.journey_table_create_tables(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	places jsonb := map || jsonb_build_object('unlogged', cxjourney_internal.journey_map_unlogged(map), 'type',
		(map ->> 'customer_type') || CASE map ->> 'customer_type' WHEN 'text' THEN ' COLLATE "C"' ELSE '' END);
BEGIN
	EXECUTE cxjourney_internal.journey_map_sql('CREATE TABLE {definition_table} (source regclass NOT NULL,
		customer text NOT NULL, stage text NOT NULL, at text NOT NULL, seq text, value text,
		timezone text NOT NULL, depends_on_settings boolean NOT NULL,
		rollup regclass NOT NULL, batches regclass NOT NULL, pending regclass NOT NULL)'::text, places);
	EXECUTE cxjourney_internal.journey_map_sql('CREATE {unlogged}TABLE {rollup_table} (customer {type} PRIMARY KEY,
		journey @extschema@.journey NOT NULL)'::text, places);
	EXECUTE cxjourney_internal.journey_map_sql('CREATE {unlogged}TABLE {batches_table} (removed boolean NOT NULL,
		customer {type}, journey @extschema@.journey, left_out text COLLATE "C", events bigint)'::text, places);
	PERFORM cxjourney_internal.journey_map_identify_rows(map ->> 'batches_table');
	PERFORM cxjourney_internal.journey_map_identify_rows(map ->> 'definition_table');
	PERFORM cxjourney_internal.journey_map_create_pending(map);
	PERFORM cxjourney_internal.journey_map_define(map);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_create_tables(jsonb) IS
'Internal to the journey table: creates its tables, unlogged when the source is.';

CREATE FUNCTION cxjourney_internal.journey_table_require_type(map jsonb) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	stored text := (SELECT format_type(a.atttypid, NULL) FROM pg_attribute AS a
		WHERE a.attrelid = to_regclass(map ->> 'rollup_table') AND a.attname = 'customer' AND NOT a.attisdropped);
BEGIN
	IF stored IS DISTINCT FROM map ->> 'customer_type' THEN
		RAISE EXCEPTION 'the customer of journey table "%" is of type % now, and was of type %', map ->> 'name',
			map ->> 'customer_type', stored USING ERRCODE = 'datatype_mismatch',
			HINT = 'Remove the journey table with drop_journey_table and make it anew with create_journey_table.';
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_require_type(jsonb) IS
'Internal to the journey table: error 42804 when its definition names a customer of another type.';

CREATE FUNCTION cxjourney_internal.journey_table_create_views(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM cxjourney_internal.journey_map_create_view(map, 'map'::text,
		cxjourney_internal.journey_table_state(map), ''::text);
	PERFORM cxjourney_internal.journey_map_create_view(map, 'left_out_table'::text,
		cxjourney_internal.journey_table_left_out_sql(map), ''::text);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_create_views(jsonb) IS
'Internal to the journey table: creates its views, or writes them anew for a changed definition.';

CREATE FUNCTION cxjourney_internal.journey_table_note_left_out(map jsonb) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	counts text;
BEGIN
	EXECUTE cxjourney_internal.journey_map_sql('SELECT string_agg(format(''%s (%s)'', reason, events), '', ''
		ORDER BY reason COLLATE "C") FROM {left_out_table}'::text, map) INTO counts;
	IF counts IS NOT NULL THEN
		RAISE NOTICE 'journey table "%" leaves out rows of its source: %', map ->> 'name', counts
			USING HINT = format('%s counts them.', map ->> 'left_out_table');
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_note_left_out(jsonb) IS
'Internal to the journey table: a notice of rows of the source that are no visits.';

CREATE FUNCTION cxjourney_internal.journey_table_relation_texts(OUT part text, OUT kind text, OUT text text)
	RETURNS SETOF record
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	VALUES
		('rollup_table', 'TABLE',
			'The journeys of journey table {map} as of the last refresh. Read NAME instead, which is exact.'),
		('batches_table', 'TABLE',
			'Journeys of what statements added to and removed from the source of journey table {map} beyond their '
			'first 8 rows since the last refresh, and of updates of more than 8 rows; how many rows were left out; and '
			'visits that were removed and are not there.'),
		('pending_table', 'TABLE',
			'Visits that statements added to or removed from the source of journey table {map} since the last refresh, '
			'the first 8 of each, not yet judged.'),
		('definition_table', 'TABLE',
			'The definition of journey table {map}, one row. Changes take effect with rebuild_journey_table.'),
		('map', 'VIEW',
			'The journeys of journey table {map}, exact at any time: a row for each customer with a visit.'),
		('left_out_table', 'VIEW',
			'How many rows of the source of journey table {map} are no visits, exact at any time.')
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_relation_texts() IS
'Internal to the journey table: its tables and views, and what each is.';

CREATE FUNCTION cxjourney_internal.journey_table_column_text(relation text, column_name text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT t.text FROM (VALUES
		('', 'removed', 'True: what is no longer in the source; false: what was added.'),
		('', 'customer', 'Customer.'),
		('', 'journey', 'Visits of the customer.'),
		('', 'stage', 'Stage of the visit.'),
		('', 'at', 'Time of the visit.'),
		('', 'seq', 'Order among visits at equal times; NULL is 0.'),
		('', 'value', 'Value of the visit, such as the amount of an order; NULL: none.'),
		('batches_table', 'customer', 'Customer; NULL for rows that were left out.'),
		('batches_table', 'journey', 'Visits that were added or removed; NULL for rows that were left out.'),
		('batches_table', 'left_out', 'Why rows were left out; NULL for visits.'),
		('batches_table', 'events', 'How many rows were left out; NULL for visits.'),
		('left_out_table', 'reason',
			'Why they are no visits: no customer, no stage, no time, time outside of the years 1 to 9999, stage that '
			'is no label, which has 1 to 255 bytes and no control characters, or value out of range; the first that '
			'holds.'),
		('left_out_table', 'events', 'How many rows.'),
		('definition_table', 'source', 'Table that holds the visits.'),
		('definition_table', 'customer', 'Expression for the customer.'),
		('definition_table', 'stage', 'Expression for the stage.'),
		('definition_table', 'at', 'Expression for the time of a visit.'),
		('definition_table', 'seq', 'Expression for the order among visits at equal times; NULL: none.'),
		('definition_table', 'value', 'Expression for the value of a visit; NULL: none.'),
		('definition_table', 'timezone', 'Time zone of times without one.'),
		('definition_table', 'depends_on_settings',
			'Whether an expression depends on settings such as TimeZone, which the trigger then pins.'),
		('definition_table', 'rollup', 'The table NAME_rollup, whatever it is called now.'),
		('definition_table', 'batches', 'The table NAME_batches, whatever it is called now.'),
		('definition_table', 'pending', 'The table NAME_pending, whatever it is called now.')) AS t(part, col, text)
	 WHERE t.part IN ('', relation) AND t.col = column_name ORDER BY t.part DESC LIMIT 1
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_column_text(text, text) IS
'Internal to the journey table: what a column of one of its tables or views holds.';

CREATE FUNCTION cxjourney_internal.create_journey_table_steps(name text, source regclass, customer text, stage text,
	at text, seq text, value text, timezone text) RETURNS void
	LANGUAGE sql VOLATILE
AS $$
	SELECT cxjourney_internal.journey_map_create(pg_catalog.jsonb_build_object('kind', 'journey table', 'name', name,
		'schema', pg_catalog.current_schema(), 'customer', customer, 'stage', stage, 'at', at, 'seq', seq,
		'value', value, 'timezone', timezone), source, pg_catalog.current_setting('search_path'));
$$;
COMMENT ON FUNCTION cxjourney_internal.create_journey_table_steps(text, regclass, text, text, text, text, text, text) IS
'Internal: what create_journey_table does.';

CREATE FUNCTION create_journey_table(name text, source regclass, customer text, stage text, at text,
	seq text DEFAULT NULL, value text DEFAULT NULL, timezone text DEFAULT 'UTC') RETURNS void
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION create_journey_table(text, regclass, text, text, text, text, text, text) IS
'Sets up a table of journeys over a table or partitioned table of visits, kept exact by triggers on it: the view NAME '
'in the current schema has a row (customer, journey) for each customer with a visit, as journey_agg(stage, at, seq, '
'value) would give it in the same snapshot, and NAME_left_out counts what is no visit: rows without customer, stage or '
'time, with a time outside of the years 1 to 9999, with a stage that is no label, or with a value that is not below '
'10^13 on either side of 0. The name has 1 to 50 bytes. customer (a whole number, numeric, uuid or text, which is '
'compared bytewise), stage (of any type that casts to text), at (timestamptz, or timestamp or date in the given '
'timezone), seq (a whole number) and value (a number, in any unit) are each exactly a column of the source or else one '
'expression over its columns, which PostgreSQL then neither drops nor gives another type. Writers wait until it is '
'done. Expressions are computed on all rows '
'first, and the error of one that fails there names it. Errors: 22004 and 22023 for arguments that are NULL or have no '
'meaning, 42601, 42703, 42804 and 0A000 for expressions, 42501 for functions and types in them that a role without the '
'rights of the caller could change or take the place of, and for an extension whose schema others than superusers, the '
'caller and its owner may create in, 0A000 for what is temporary, for a source whose changes triggers would not see '
'and under REPEATABLE READ, 42710 when an object or trigger of that name exists already, 42602 for the name, 54000 for '
'a customer whose journey would be too large. A STABLE function in an expression must give the same for the same row '
'at any time.';

CREATE FUNCTION cxjourney_internal.refresh_journey_table_steps(name text) RETURNS bigint
	LANGUAGE sql VOLATILE
AS $$
	SELECT cxjourney_internal.journey_map_refresh_of('journey table'::pg_catalog.text,
		cxjourney_internal.journey_map_find_kind('journey table'::pg_catalog.text, name,
			pg_catalog.current_setting('search_path')));
$$;
COMMENT ON FUNCTION cxjourney_internal.refresh_journey_table_steps(text) IS
'Internal: what refresh_journey_table does.';

CREATE FUNCTION refresh_journey_table(name text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION refresh_journey_table(text) IS
'Folds what was written since the last refresh into the stored journeys of the journey table of this name, and returns '
'how many of them changed. Reads are exact before and after, but get slower with what is pending: run it every minute '
'or so. Neither readers nor writers wait for it; another refresh does. A visit that was removed and is not there is no '
'error: it stays pending, and check_journey_table shows it. Error 42P01 without such a table, 42501 for anybody but '
'its owner, 55000 when its journeys are gone, as after DROP EXTENSION CASCADE, 54000 for a customer whose journey '
'would be too large, 40001 under REPEATABLE READ when another refresh came between.';

CREATE FUNCTION cxjourney_internal.rebuild_journey_table_steps(name text) RETURNS void
	LANGUAGE sql VOLATILE
AS $$
	SELECT cxjourney_internal.journey_map_rebuild('journey table'::pg_catalog.text,
		cxjourney_internal.journey_map_find_kind('journey table'::pg_catalog.text, name,
			pg_catalog.current_setting('search_path')));
$$;
COMMENT ON FUNCTION cxjourney_internal.rebuild_journey_table_steps(text) IS
'Internal: what rebuild_journey_table does.';

CREATE FUNCTION rebuild_journey_table(name text) RETURNS void
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION rebuild_journey_table(text) IS
'Computes the journey table of this name anew from its source, by what NAME_definition says now, and puts triggers on '
'partitions that came and off those that went. Views that were dropped come back; rights on those that are there stay. '
'Writers to the source wait until it is done, readers only at its end. Error 42P01 without such a table, 42501 for '
'anybody but its owner, and while something of somebody else has the name of one of its views or of its trigger '
'function, 42804 when the customer is of another type now, 0A000 under REPEATABLE READ and when the source can no '
'longer be one.';

CREATE FUNCTION cxjourney_internal.check_journey_table_steps(name text, OUT problem text, OUT detail text)
	RETURNS SETOF record
	LANGUAGE sql VOLATILE
AS $$
	SELECT * FROM cxjourney_internal.journey_map_check('journey table'::pg_catalog.text,
		cxjourney_internal.journey_map_find_kind('journey table'::pg_catalog.text, name,
			pg_catalog.current_setting('search_path')));
$$;
COMMENT ON FUNCTION cxjourney_internal.check_journey_table_steps(text) IS
'Internal: what check_journey_table does.';

CREATE FUNCTION check_journey_table(name text, OUT problem text, OUT detail text) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION check_journey_table(text) IS
'Computes the journey table of this name anew and compares: a row for each customer whose journey differs, with the '
'visits that are on one side only, for visits that were removed and are not there, for each trigger that is missing, '
'disabled or left behind, and for whatever else keeps it from being exact. No rows: all is well. It reads the whole '
'source, in one snapshot. Nobody waits but who adds an index, statistics or a partition to the table of a role without '
'the rights of the owner of the journey table. Error 42P01 without such a table, 42501 for anybody but its owner.';

CREATE FUNCTION cxjourney_internal.drop_journey_table_steps(name text) RETURNS void
	LANGUAGE sql VOLATILE
AS $$
	SELECT cxjourney_internal.journey_map_drop('journey table'::pg_catalog.text,
		cxjourney_internal.journey_map_find_kind('journey table'::pg_catalog.text, name,
			pg_catalog.current_setting('search_path')));
$$;
COMMENT ON FUNCTION cxjourney_internal.drop_journey_table_steps(text) IS
'Internal: what drop_journey_table does.';

CREATE FUNCTION drop_journey_table(name text) RETURNS void
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C VOLATILE;
COMMENT ON FUNCTION drop_journey_table(text) IS
'Removes the journey table of this name with its triggers, views and tables; the source stays as it is. Error 42P01 '
'without such a table, 2BP01 when other views use it.';
