--
-- The live journey map: its names, how it is found, and what it must be
--

-- A view would run what its owner wrote, and a table of other columns is no part of a map, whatever it is called.
-- What every call of a map asks is written in plpgsql, which plans it once for a session.
CREATE FUNCTION cxjourney_internal.journey_map_is_definition(relation regclass, kind text) RETURNS boolean
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN EXISTS (SELECT FROM pg_class WHERE oid = relation AND relkind = 'r')
		AND (SELECT count(*) FILTER (WHERE attname::text = ANY (cxjourney_internal.journey_map_own_tables(kind)
					|| text 'source')) = 1 + cardinality(cxjourney_internal.journey_map_own_tables(kind))
				AND count(*) FILTER (WHERE attname = 'notes') = CASE kind WHEN 'journey table' THEN 0 ELSE 1 END
			FROM pg_attribute WHERE attrelid = relation AND atttypid = 'regclass'::regtype AND NOT attisdropped);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_is_definition(regclass, text) IS
'Internal to the journey map: whether this is a table with the columns of a definition that name other tables, of a '
'journey map or of a journey table; false for NULL.';

CREATE FUNCTION cxjourney_internal.journey_map_find_kind(kind text, name text, path text) RETURNS regclass
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	found regclass;
	hint text;
	near name[];
	caller text := current_setting('search_path');
BEGIN
	IF name IS NULL OR octet_length(name) NOT BETWEEN 1 AND 50 THEN
		RAISE EXCEPTION 'the name of a % has 1 to 50 bytes', kind USING ERRCODE = 'invalid_name';
	END IF;
	PERFORM set_config('search_path', path, true);
	found := pg_catalog.to_regclass(pg_catalog.quote_ident(pg_catalog.concat(name, '_definition')));
	near := pg_catalog.current_schemas(false);
	PERFORM pg_catalog.set_config('search_path', caller, true);
	IF NOT cxjourney_internal.journey_map_is_definition(found, kind) THEN
		-- the only one of the same name that is not found is hidden by what was found
		SELECT CASE WHEN c.relname = concat(name, '_definition') THEN cxjourney_internal.journey_map_sql(
				'There is one in the schema {schema:name}, but another relation called {object:name} stands before '
				'its own in the search_path: rename that one.'::text,
				jsonb_build_object('schema', n.nspname, 'object', c.relname))
			ELSE format('There is a %s "%s".', kind, "left"(c.relname, -length('_definition'))) END INTO hint
		  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
		 WHERE cxjourney_internal.journey_map_is_definition(c.oid::regclass, kind) AND c.relname ~ '_definition$'
		   AND n.nspname = ANY (near)
		   AND translate(lower(c.relname), ' _', '') = translate(lower(concat(name, '_definition')), ' _"', '')
		 ORDER BY c.relname = concat(name, '_definition') DESC, c.relname, n.nspname LIMIT 1;
		RAISE EXCEPTION 'there is no % "%"', kind, name USING ERRCODE = 'undefined_table', HINT = coalesce(hint,
			cxjourney_internal.journey_map_say(kind, 'Give the name as it was given to create_journey_map, with its '
				'schema in the search_path.'::text));
	END IF;
	RETURN found;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_find_kind(text, text, text) IS
'Internal to the journey map: the definition table of the journey map or journey table of this name, which is taken '
'literally, in this search_path. Error 42P01 without one, 42602 for a name that is empty or longer than 50 bytes.';

CREATE FUNCTION cxjourney_internal.journey_map_find(name text, path text, missing_ok boolean) RETURNS regclass
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_find_kind('journey map'::text, name, path)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_find(text, text, boolean) IS
'Internal to the journey map: the definition table of the map of this name.';

CREATE FUNCTION cxjourney_internal.journey_map_names(kind text, schema text, name text) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT jsonb_build_object('kind', kind, 'schema', schema, 'name', name)
		|| jsonb_object_agg(part, cxjourney_internal.journey_map_sql('{schema:name}.{object:name}'::text,
			jsonb_build_object('schema', schema, 'object', name || CASE part WHEN 'map' THEN ''
				ELSE '_' || regexp_replace(part, '_table$', '') END)))
	  FROM (SELECT own || '_table'
		  FROM unnest(cxjourney_internal.journey_map_own_tables(kind) || ARRAY['definition', 'write']) AS own
		UNION ALL SELECT unnest(cxjourney_internal.journey_map_own_views(kind))) AS p(part)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_names(text, text, text) IS
'Internal to the journey map: the names of its objects, quoted.';

-- Triggers say in their condition which map is theirs, so that no name is needed to know it.
CREATE FUNCTION cxjourney_internal.journey_map_function(definition regclass) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (SELECT cxjourney_internal.journey_map_sql('{schema:name}.{function:name}'::text,
		jsonb_build_object('schema', n.nspname, 'function', p.proname))
	  FROM pg_depend AS d JOIN pg_trigger AS t ON t.oid = d.objid JOIN pg_proc AS p ON p.oid = t.tgfoid
	  JOIN pg_namespace AS n ON n.oid = p.pronamespace
	  JOIN pg_class AS c ON c.oid = d.refobjid AND c.relowner = p.proowner
	 WHERE d.classid = 'pg_trigger'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = definition
	   AND p.prosecdef AND EXISTS (
		SELECT FROM pg_depend AS x JOIN pg_extension AS e ON e.oid = x.refobjid AND e.extname = 'cxjourney'
		 WHERE x.classid = 'pg_proc'::regclass AND x.objid = p.oid AND x.refclassid = 'pg_extension'::regclass
		   AND x.deptype = 'x')
	 ORDER BY p.oid LIMIT 1);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_function(regclass) IS
'Internal to the journey map: the name that its trigger function has now; NULL without triggers.';

CREATE FUNCTION cxjourney_internal.journey_map_of_trigger(source oid, trigger name) RETURNS regclass
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT c.oid::regclass
	  FROM pg_trigger AS t JOIN pg_proc AS p ON p.oid = t.tgfoid
	  JOIN pg_depend AS d ON d.classid = 'pg_trigger'::regclass AND d.objid = t.oid
	   AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> source
	  JOIN pg_class AS c ON c.oid = d.refobjid AND c.relkind = 'r' AND c.relowner = p.proowner
	 WHERE t.tgrelid = source AND t.tgname = trigger
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_of_trigger(oid, name) IS
'Internal to the journey map: the definition table that the trigger of a source says in its condition.';

CREATE FUNCTION cxjourney_internal.journey_map_place(definition regclass) RETURNS jsonb
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT place || jsonb_build_object('owner', c.relowner::regrole, 'definition_table', definition,
		'write_table', coalesce(cxjourney_internal.journey_map_function(definition), place ->> 'write_table'))
	  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace,
	       cxjourney_internal.journey_map_names(CASE WHEN cxjourney_internal.journey_map_is_definition(definition,
			'journey table'::text) THEN 'journey table' ELSE 'journey map' END, n.nspname::text,
		regexp_replace(c.relname::text, '_definition$', '')) AS place
	 WHERE c.oid = definition
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_place(regclass) IS
'Internal to the journey map: the owner of a map and the names of its objects, without reading anything that the '
'owner wrote. The tables may have got other names, see journey_map_load.';

-- Only a table that is gone is written as a number: a name of digits has quotes.
CREATE FUNCTION cxjourney_internal.journey_map_require_present(kind text, definition regclass) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF definition::text ~ '^[0-9]+$' THEN
		RAISE EXCEPTION 'the % was dropped meanwhile', kind USING ERRCODE = 'undefined_table';
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_present(text, regclass) IS
'Internal to the journey map: error 42P01 when its definition was dropped since it was found.';

CREATE FUNCTION cxjourney_internal.journey_map_hold_relation(relation regclass) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM cxjourney_internal.journey_map_hold(ARRAY[relation]::text[], relowner) FROM pg_class WHERE oid = relation;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_hold_relation(regclass) IS
'Internal to the journey map: journey_map_hold of one relation, such as its definition, for the owner of that.';

CREATE FUNCTION cxjourney_internal.journey_map_load(kind text, definition regclass) RETURNS jsonb
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	map jsonb;
BEGIN
	PERFORM cxjourney_internal.journey_map_hold_relation(definition);
	PERFORM cxjourney_internal.journey_map_require_present(kind, definition);
	BEGIN
		EXECUTE cxjourney_internal.journey_map_sql(
			$sql$SELECT to_jsonb(d) || jsonb_build_object('source_oid', d.source::oid::bigint)
				FROM {definition} AS d$sql$::text, jsonb_build_object('definition', definition)) INTO STRICT map;
	EXCEPTION WHEN undefined_table THEN
		RAISE EXCEPTION 'the % was dropped or renamed meanwhile', kind USING ERRCODE = 'undefined_table';
	WHEN no_data_found OR too_many_rows THEN
		RAISE EXCEPTION '% must have exactly one row', definition USING ERRCODE = 'object_not_in_prerequisite_state',
			HINT = cxjourney_internal.journey_map_say(kind,
				'Remove the map with drop_journey_map and make it anew with create_journey_map.'::text);
	END;
	map := jsonb_strip_nulls(map) || cxjourney_internal.journey_map_place(definition)
		|| (SELECT jsonb_object_agg(part || '_table', map -> part)
			FROM unnest(cxjourney_internal.journey_map_own_tables(kind)) AS part);
	RETURN map || (SELECT coalesce(jsonb_object_agg(a.attname || '_type', format_type(a.atttypid, NULL)), '{}')
		FROM pg_attribute AS a
		WHERE a.attrelid = to_regclass(map ->> 'pending_table') AND a.attnum > 0 AND NOT a.attisdropped);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_load(text, regclass) IS
'Internal to the journey map: the definition of a map, with the names that its objects have now and the types of '
'what it reads. Error 55000 unless the definition is one row.';

CREATE FUNCTION cxjourney_internal.journey_map_missing(map jsonb, parts text[]) RETURNS text[]
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	-- PostgreSQL 17 takes a number, which stands for a table that is gone, for an OID that there is
	SELECT ARRAY(SELECT part FROM unnest(parts) WITH ORDINALITY AS p (part, place)
		WHERE NOT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass(map ->> part)) ORDER BY place)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_missing(jsonb, text[]) IS
'Internal to the journey map: which of these tables and views, called as journey_map_names does, were dropped, in '
'their order.';

CREATE FUNCTION cxjourney_internal.journey_map_require_parts(map jsonb, parts text[]) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	missing text;
BEGIN
	FOREACH missing IN ARRAY cxjourney_internal.journey_map_missing(map, parts) LOOP
		RAISE EXCEPTION '% of % "%" is missing', cxjourney_internal.journey_map_names(map ->> 'kind', map ->> 'schema',
				map ->> 'name') ->> missing, map ->> 'kind', map ->> 'name'
			USING ERRCODE = 'object_not_in_prerequisite_state',
			HINT = 'rebuild_journey_map makes it anew; notes and goals that were dropped do not come back.';
	END LOOP;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_parts(jsonb, text[]) IS
'Internal to the journey map: error 55000 for the first of these tables and views that was dropped.';

CREATE FUNCTION cxjourney_internal.journey_map_require_owner(map jsonb) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF quote_ident(current_user) <> map ->> 'owner' THEN
		RAISE EXCEPTION '% "%" belongs to %', map ->> 'kind', map ->> 'name', map ->> 'owner'
			USING ERRCODE = 'insufficient_privilege',
			HINT = format('What its owner wrote would run with your rights. SET ROLE %s first.', map ->> 'owner');
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_owner(jsonb) IS
'Internal to the journey map: error 42501 unless the current user is the owner of the map, whose expressions would '
'run with the rights of the caller.';

-- The owner of a schema may drop what is in it and put something of his own there: a view would run what he wrote with
-- the rights of whoever reads it, and a trigger function that is his would do so for whoever writes.
CREATE FUNCTION cxjourney_internal.journey_map_strangers(map jsonb, OUT problem text, OUT detail text, OUT remedy text)
	RETURNS SETOF record
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	-- and what is called NAME_notes, whatever the table of notes is called now
	parts jsonb := (SELECT jsonb_object_agg(key, value) FROM jsonb_each(map)
			WHERE key = 'map' OR key ~ '_table$' AND key <> 'write_table')
		|| CASE map ->> 'kind' WHEN 'journey map' THEN jsonb_build_object('notes', cxjourney_internal.journey_map_sql(
			'{schema:name}.{notes:name}'::text, map || jsonb_build_object('notes', (map ->> 'name') || '_notes')))
			ELSE '{}' END;
	views text[] := cxjourney_internal.journey_map_own_views(map ->> 'kind');
	map_owner oid := (SELECT oid FROM pg_roles WHERE quote_ident(rolname) = map ->> 'owner');
BEGIN
	-- those that read others first, as PostgreSQL does for whoever reads them
	PERFORM cxjourney_internal.journey_map_hold(ARRAY(SELECT value FROM jsonb_each_text(parts)
		 WHERE value !~ '^[0-9]+$' ORDER BY array_position(views, key) DESC NULLS LAST, key)::text[], map_owner);
	RETURN QUERY WITH owner AS (SELECT map_owner AS oid),
	part AS (SELECT DISTINCT CASE WHEN key = ANY (views) THEN 'a view' ELSE 'a table' END AS was, value AS name,
			key IN ('rollup_table', 'batches_table', 'pending_table') AS holds_answers
		  FROM jsonb_each_text(parts)),
	stranger AS (SELECT c.oid, c.relowner, was,
			CASE c.relkind WHEN 'v' THEN 'a view' WHEN 'm' THEN 'a materialized view'
			WHEN 'f' THEN 'a foreign table' WHEN 'S' THEN 'a sequence' WHEN 'i' THEN 'an index' WHEN 'c' THEN 'a type'
			ELSE 'a table' END AS stands, holds_answers AND c.relkind = 'r' AS holds_answers
		  FROM part JOIN pg_class AS c ON c.oid = to_regclass(part.name), owner
		 WHERE NOT pg_has_role(c.relowner, owner.oid, 'USAGE'))
	SELECT cxjourney_internal.journey_map_say(map ->> 'kind', CASE WHEN stands = was
			THEN was || ' of the map belongs to somebody else'
			ELSE stands || ' of somebody else is in the place of ' || was || ' of the map' END),
	       format('%s belongs to %s', s.oid::regclass, s.relowner::regrole),
	       CASE WHEN holds_answers THEN cxjourney_internal.journey_map_say(map ->> 'kind', 'If nothing else was done '
			'to it, ALTER TABLE gives it back; else drop the map and create it anew.'::text) END
	  FROM stranger AS s
	UNION ALL
	SELECT cxjourney_internal.journey_map_say(map ->> 'kind',
			'the trigger function of the map belongs to somebody else'::text),
	       format('%s belongs to %s', p.oid::regprocedure, p.proowner::regrole), NULL
	  FROM pg_proc AS p, owner
	 WHERE p.oid = to_regprocedure((map ->> 'write_table') || '()') AND NOT pg_has_role(p.proowner, owner.oid, 'USAGE')
	ORDER BY 1, 2;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_strangers(jsonb) IS
'Internal to the journey map: what has the name of one of its views, tables or of its trigger function and belongs '
'to a role without the rights of its owner; and what to do where that must not be dropped. What has these rights '
'stays until the end of the transaction.';

CREATE FUNCTION cxjourney_internal.journey_map_require_no_strangers(map jsonb) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	stranger record;
BEGIN
	FOR stranger IN SELECT * FROM cxjourney_internal.journey_map_strangers(map) LOOP
		RAISE EXCEPTION '% "%": %', map ->> 'kind', map ->> 'name', stranger.problem
			USING ERRCODE = 'insufficient_privilege', DETAIL = stranger.detail,
			HINT = 'It could run what its owner wrote. ' || coalesce(stranger.remedy,
				cxjourney_internal.journey_map_say(map ->> 'kind', 'Drop it, and let the owner of the map run '
				'rebuild_journey_map.'::text));
	END LOOP;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_no_strangers(jsonb) IS
'Internal to the journey map: error 42501 for the first of journey_map_strangers.';

-- Asked again before each statement that names them, as a schema can be renamed whatever is locked; what is renamed
-- after that is found when the statement is parsed (map_guard.c).
CREATE FUNCTION cxjourney_internal.journey_map_require_own(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	names text[] := ARRAY(SELECT map ->> (part || '_table')
		FROM unnest(cxjourney_internal.journey_map_own_tables(map ->> 'kind') || text 'definition') AS part
		WHERE part || '_table' <> ALL (cxjourney_internal.journey_map_missing(map,
			cxjourney_internal.journey_map_side_tables(map ->> 'kind'))));
BEGIN
	IF cxjourney_internal.journey_map_ready(map ->> 'kind', 0::oid, '{}'::text[], ''::text, names) THEN
		RETURN;
	ELSIF EXISTS (SELECT FROM unnest(names) AS name WHERE to_regclass(name) IS NULL) THEN
		RAISE EXCEPTION 'the % was dropped or renamed meanwhile', map ->> 'kind' USING ERRCODE = 'undefined_table';
	END IF;
	RAISE EXCEPTION 'the tables of % "%" belong to somebody else', map ->> 'kind', map ->> 'name'
		USING ERRCODE = 'insufficient_privilege';
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_own(jsonb) IS
'Internal to the journey map: error 42501 when the names of its tables are those of tables of somebody without the '
'rights of the current user, 42P01 when they are those of none.';

CREATE FUNCTION cxjourney_internal.journey_map_require_new_snapshots(kind text, what text) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
		RAISE EXCEPTION '% is not possible in a % transaction', cxjourney_internal.journey_map_say(kind, what),
				upper(current_setting('transaction_isolation'))
			USING ERRCODE = 'feature_not_supported', DETAIL = cxjourney_internal.journey_map_say(kind,
				'It may not see all rows that others committed, and the map would be wrong.'::text),
			HINT = 'Use a READ COMMITTED transaction.';
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_new_snapshots(text, text) IS
'Internal to the journey map: error 0A000 under REPEATABLE READ and SERIALIZABLE.';

CREATE FUNCTION cxjourney_internal.journey_map_require_closed_schema(kind text) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	role text;
BEGIN
	PERFORM cxjourney_internal.journey_map_require_schema(kind, (parse_ident('@extschema@'))[1]);
	role := cxjourney_internal.journey_map_opened_to('@extschema@'::regnamespace::oid);
	IF role IS NOT NULL THEN
		RAISE EXCEPTION 'no % while % may create in schema %, where its functions are', kind, role, '@extschema@'
			USING ERRCODE = 'insufficient_privilege', DETAIL = cxjourney_internal.journey_map_say(kind,
				'A map calls functions of that schema with the rights of its owner.'::text),
			HINT = format('REVOKE CREATE ON SCHEMA %s FROM %s', '@extschema@', role);
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_closed_schema(text) IS
'Internal to the journey map: error 42501 when others than superusers, the current user and the owner of the schema '
'may create in the schema of the extension; 55000 when that has another name now.';

CREATE FUNCTION cxjourney_internal.journey_map_lock(kind text, definition regclass, mode text) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM cxjourney_internal.journey_map_require_present(kind, definition);
	BEGIN
		EXECUTE cxjourney_internal.journey_map_sql('LOCK TABLE {definition} IN {mode} MODE'::text,
			jsonb_build_object('definition', definition, 'mode', mode));
	EXCEPTION WHEN undefined_table THEN
		RAISE EXCEPTION 'the % was dropped or renamed meanwhile', kind USING ERRCODE = 'undefined_table';
	END;
	-- whoever waited may have got another map of the same name
	PERFORM cxjourney_internal.journey_map_require_present(kind, definition);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_lock(text, regclass, text) IS
'Internal to the journey map: waits until nobody else rebuilds, refreshes or drops it, and keeps others from it '
'until the end of the transaction. Its definition is to be read afterwards. Error 42P01 when it was dropped '
'meanwhile.';

CREATE FUNCTION cxjourney_internal.journey_map_is_whole(map jsonb) RETURNS boolean
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	-- PostgreSQL 17 takes a number, which stands for a table that is gone, for an OID that there is
	SELECT count(*) = 2 * cardinality(cxjourney_internal.journey_map_kept_columns(map ->> 'kind'))
		AND EXISTS (SELECT FROM pg_class WHERE oid = to_regclass(map ->> 'pending_table'))
	  FROM pg_attribute
	 WHERE attrelid IN (to_regclass(map ->> 'rollup_table'), to_regclass(map ->> 'batches_table'))
	   AND attname::text = ANY (cxjourney_internal.journey_map_kept_columns(map ->> 'kind')) AND NOT attisdropped
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_is_whole(jsonb) IS
'Internal to the journey map: false when its tables are gone, or DROP EXTENSION CASCADE took the columns for its '
'answers.';

CREATE FUNCTION cxjourney_internal.journey_map_require_whole(map jsonb) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF NOT cxjourney_internal.journey_map_is_whole(map) THEN
		RAISE EXCEPTION '%', format(cxjourney_internal.journey_map_say(map ->> 'kind',
				'the answers of journey map "%s" are gone'::text), map ->> 'name')
			USING ERRCODE = 'object_not_in_prerequisite_state',
			DETAIL = 'DROP EXTENSION CASCADE takes the columns of its tables that hold them; or a table was dropped.',
			HINT = format(cxjourney_internal.journey_map_say(map ->> 'kind', 'Remove the map with drop_journey_map and '
				'make it anew with create_journey_map. Until then %s says what it was made with'::text)
				|| CASE map ->> 'kind' WHEN 'journey table' THEN '.' ELSE ', and %s and %s keep notes and goals.' END,
				map ->> 'definition_table', map ->> 'notes_table', map ->> 'targets_table');
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_whole(jsonb) IS
'Internal to the journey map: error 55000 when its tables are gone, or DROP EXTENSION CASCADE took the columns for '
'its answers.';
