--
-- The live journey map: the source and its triggers
--

-- pg_partition_tree locks the partitions alone. Whoever writes, truncates or alters holds the table before them.
CREATE FUNCTION cxjourney_internal.journey_map_tree(source regclass) RETURNS SETOF regclass
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	PERFORM cxjourney_internal.journey_map_hold_relation(source);
	RETURN QUERY SELECT source UNION SELECT relid FROM pg_partition_tree(source);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_tree(regclass) IS
'Internal to the journey map: a source and its partitions, locked as by whoever reads them.';

-- Their catalogs are there only where these extensions are, so the queries cannot stand in a function in SQL.
CREATE FUNCTION cxjourney_internal.journey_map_foreign_storage(kind text, source regclass, OUT problem text,
	OUT detail text, OUT hint text)
	RETURNS SETOF record
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	tree regclass[] := ARRAY(SELECT cxjourney_internal.journey_map_tree(source));
BEGIN
	IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus')
		AND to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL THEN
		RETURN QUERY EXECUTE 'SELECT ''the source is a table of Citus'', string_agg(logicalrelid::text, '', ''
				ORDER BY logicalrelid::text COLLATE "C"), $2
			FROM pg_catalog.pg_dist_partition WHERE logicalrelid = ANY ($1) HAVING count(*) > 0'
			USING tree, cxjourney_internal.journey_map_sql(cxjourney_internal.journey_map_say(kind, 'Citus fires no '
				'triggers of statements for it. SELECT undistribute_table({source:literal}) makes it a plain table, '
				'which can be mapped. Or store a rollup of rating_agg, which Citus computes where the rows '
				'are.'::text), jsonb_build_object('source', source::text));
	END IF;
	IF EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb')
		AND to_regclass('_timescaledb_catalog.hypertable') IS NOT NULL THEN
		RETURN QUERY EXECUTE 'SELECT ''the source is a hypertable of TimescaleDB'', string_agg(c.oid::regclass::text,
				'', '' ORDER BY c.oid::regclass::text COLLATE "C"), $2
			FROM _timescaledb_catalog.hypertable AS h
			JOIN pg_namespace AS n ON n.nspname = h.schema_name
			JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relname = h.table_name
			WHERE c.oid = ANY ($1) HAVING count(*) > 0'
			USING tree, CASE kind WHEN 'journey table' THEN 'Chunks that are dropped or compressed go unseen by '
					'triggers. Store a table of journey_agg by customer instead.'
				ELSE 'Chunks that are dropped or compressed go unseen by triggers. Store a continuous aggregate of '
					'rating_agg by time_bucket, stage and touchpoint instead.' END;
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_foreign_storage(text, regclass) IS
'Internal to the journey map: that a relation or a partition of it is a table of Citus (distributed, reference or '
'known to it) or a hypertable of TimescaleDB, whose changes its triggers would not see.';

CREATE FUNCTION cxjourney_internal.journey_map_obstacles(kind text, source regclass, OUT problem text,
	OUT detail text, OUT hint text)
	RETURNS SETOF record
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH root AS (SELECT * FROM pg_class WHERE oid = source),
	tree AS (
		SELECT c.*, c.oid = source AS is_root FROM pg_class AS c
		 WHERE c.oid IN (SELECT cxjourney_internal.journey_map_tree(source)))
	SELECT s.* FROM cxjourney_internal.journey_map_foreign_storage(kind, source) AS s
	UNION ALL
	SELECT CASE WHEN is_root THEN 'the source is neither a table nor a partitioned table'
			ELSE 'a partition of the source is no table' END, oid::regclass::text,
	       cxjourney_internal.journey_map_say(kind,
			'Triggers see every change of a table only. Map the tables behind it.'::text)
	  FROM tree WHERE relkind NOT IN ('r', 'p', 'v', 'm')
	UNION ALL
	SELECT 'the source is a ' || CASE relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END,
	       cxjourney_internal.journey_map_say(kind,
			'Nothing tells the map when what it shows changes; triggers see every change of a table only.'::text),
	       format(cxjourney_internal.journey_map_say(kind, 'Map the table behind it. If there are several, map a table '
			'that is filled from it: CREATE TABLE answers AS TABLE %1$s. After each load, with the key of yours for '
			'id: DELETE FROM answers WHERE id IN (SELECT id FROM (TABLE answers EXCEPT TABLE %1$s) AS gone); '
			'INSERT INTO answers (TABLE %1$s EXCEPT TABLE answers).'::text), oid::regclass)
	  FROM root WHERE relkind IN ('v', 'm')
	UNION ALL
	SELECT 'the source is a partition', oid::regclass::text,
	       cxjourney_internal.journey_map_say(kind,
			'What is written through the partitioned table would go unseen. Map the partitioned table.'::text)
	  FROM root WHERE relispartition
	UNION ALL
	SELECT 'the source has inheritance children or parents', oid::regclass::text,
	       'What is written through another table would go unseen. Use a partitioned table.'
	  FROM root WHERE NOT relispartition AND relkind = 'r'
	   AND EXISTS (SELECT FROM pg_inherits WHERE source IN (inhparent, inhrelid))
	UNION ALL
	SELECT 'the source is a temporary table', oid::regclass::text,
	       cxjourney_internal.journey_map_say(kind, 'A map outlives the session. Use a table.'::text)
	  FROM root WHERE relpersistence = 't'
	UNION ALL
	SELECT 'only some partitions of the source are unlogged', string_agg(oid::regclass::text, ', '
			ORDER BY oid::regclass::text),
	       cxjourney_internal.journey_map_say(kind,
			'After a crash the map could not know what was lost. Make all or none of them unlogged.'::text)
	  FROM tree WHERE relkind = 'r' HAVING count(DISTINCT relpersistence) > 1
	UNION ALL
	SELECT 'row-level security hides rows of the source', oid::regclass::text,
	       cxjourney_internal.journey_map_say(kind, 'A map shows everything to everyone who may read it. Let a role '
			'own the map that row-level security does not apply to.'::text)
	  FROM tree WHERE relkind IN ('r', 'p') AND row_security_active(oid)
	UNION ALL
	SELECT 'the source is a system table', oid::regclass::text, 'Triggers are not possible on it.'
	  FROM root WHERE oid < 16384
	UNION ALL
	SELECT 'a partition of the source may not be read', oid::regclass::text,
	       'TRUNCATE of a partition reads its rows. GRANT SELECT on it.'
	  FROM tree WHERE relkind = 'r' AND NOT is_root AND NOT has_table_privilege(oid, 'SELECT')
	UNION ALL
	SELECT 'the source is filled by logical replication', srrelid::regclass::text,
	       cxjourney_internal.journey_map_say(kind,
			'Its changes fire no statement triggers. Map it where it is written.'::text)
	  FROM pg_subscription_rel WHERE srrelid IN (SELECT oid FROM tree)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_obstacles(text, regclass) IS
'Internal to the journey map: why a relation cannot be the source of a map; no rows when it can.';

CREATE FUNCTION cxjourney_internal.journey_map_require_source(kind text, source regclass) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	obstacle record;
BEGIN
	FOR obstacle IN SELECT * FROM cxjourney_internal.journey_map_obstacles(kind, source) LOOP
		RAISE EXCEPTION 'no % of %: %', kind, source, obstacle.problem
			USING ERRCODE = 'feature_not_supported', DETAIL = obstacle.detail, HINT = obstacle.hint;
	END LOOP;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_source(text, regclass) IS
'Internal to the journey map: error 0A000 for the first of journey_map_obstacles.';

-- The last minor release of 15, 16, 17 and 18 that is not known to be right. Of 16 none was tried.
CREATE FUNCTION cxjourney_internal.journey_map_warn_of_merge(kind text, source regclass, version integer) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF version % 10000 <= (ARRAY[19, 15, 11, 6])[version / 10000 - 14]
			AND (SELECT relkind = 'p' FROM pg_class WHERE oid = source) THEN
		RAISE WARNING '%', format(cxjourney_internal.journey_map_say(kind, 'concurrent MERGE into partitioned table %s '
				'can make the map wrong on this version of PostgreSQL'::text), source)
			USING DETAIL = 'On 15.18 and on 18.6 the server gave triggers other rows than it had changed; on 15.20, on '
				'17.12 and on tables without partitions it did not.',
			HINT = cxjourney_internal.journey_map_say(kind, 'Write with INSERT ... ON CONFLICT, or update to a newer '
				'minor release where there is one. check_journey_map finds what went wrong.'::text);
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_warn_of_merge(text, regclass, integer) IS
'Internal to the journey map: a warning for a partitioned source on versions of PostgreSQL whose transition tables a '
'concurrent MERGE was seen to fill with wrong rows, such as 150018, and on those up to the first that was seen right.';

CREATE FUNCTION cxjourney_internal.journey_map_triggers(map jsonb, OUT relation regclass, OUT trigger text,
	OUT event text)
	RETURNS SETOF record
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT c.oid::regclass, (map ->> 'name') || '_' || lower(e.event), e.event
	  FROM cxjourney_internal.journey_map_tree((map ->> 'source')::regclass) AS tree
	  JOIN pg_class AS c ON c.oid = tree,
	       unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'COLUMNS']) WITH ORDINALITY AS e(event, position)
	 WHERE CASE e.event WHEN 'TRUNCATE' THEN c.relkind = 'r'
		WHEN 'COLUMNS' THEN map ->> 'kind' = 'journey table' AND c.oid = (map ->> 'source')::regclass ELSE true END
	 ORDER BY c.relispartition, c.oid, e.position
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_triggers(jsonb) IS
'Internal to the journey map: the triggers it needs. A statement fires those of the table it names, so each '
'partition has its own; TRUNCATE of a partitioned table fires those of the partitions. COLUMNS never fires: PostgreSQL '
'changes neither type nor presence of the columns it names.';

CREATE FUNCTION cxjourney_internal.journey_map_has_trigger(map jsonb, relation regclass, trigger text) RETURNS boolean
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT EXISTS (SELECT FROM pg_trigger AS t WHERE t.tgrelid = relation AND t.tgname = trigger
		AND t.tgfoid = to_regprocedure((map ->> 'write_table') || '()'))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_has_trigger(jsonb, regclass, text) IS
'Internal to the journey map: whether a table has a trigger of this name that is its own.';

CREATE FUNCTION cxjourney_internal.journey_map_trigger_name(trigger text, relation regclass) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql('{trigger:name} on {relation}'::text,
		jsonb_build_object('trigger', trigger, 'relation', relation))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_trigger_name(text, regclass) IS
'Internal to the journey map: a trigger as messages name it.';

-- The condition is always true: it makes the trigger depend on the definition, so that each is found from the other
-- whatever their names are, and none is left without its map. That of a trigger which is there for its columns alone,
-- as the views of a map are, too, is never true.
CREATE FUNCTION cxjourney_internal.journey_map_trigger_sql(map jsonb, relation regclass, trigger text, event text)
	RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql(
		'CREATE {replace}TRIGGER {trigger:name} {moment} {event} ON {relation} {rows} FOR EACH STATEMENT
		WHEN ({definition_table:literal}::pg_catalog.regclass IS {fires} NULL)
		EXECUTE FUNCTION {write_table}({argument})'::text, map || jsonb_build_object(
		'replace', CASE WHEN cxjourney_internal.journey_map_has_trigger(map, relation, trigger) THEN 'OR REPLACE '
			ELSE '' END,
		'trigger', trigger, 'relation', relation, 'event', CASE WHEN event <> 'COLUMNS' THEN event
			WHEN map -> 'columns' = '[]' THEN 'UPDATE'
			ELSE cxjourney_internal.journey_map_sql('UPDATE OF {columns:name}'::text, map) END,
		'fires', CASE event WHEN 'COLUMNS' THEN '' ELSE 'NOT' END,
		'moment', CASE WHEN event IN ('TRUNCATE', 'COLUMNS') THEN 'BEFORE' ELSE 'AFTER' END,
		'rows', CASE event WHEN 'INSERT' THEN 'REFERENCING NEW TABLE AS new_rows'
			WHEN 'DELETE' THEN 'REFERENCING OLD TABLE AS old_rows'
			WHEN 'UPDATE' THEN 'REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows' ELSE '' END,
		'argument', CASE WHEN event = 'TRUNCATE' AND relation::text <> map ->> 'source'
			THEN '''partition''' ELSE '' END))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_trigger_sql(jsonb, regclass, text, text) IS
'Internal to the journey map: the statement that creates one of its triggers, or writes its own one anew. A trigger '
'of somebody else is never replaced.';

-- Once the source has its triggers no partition comes or goes until the end of the transaction; those that came before
-- that get theirs in another round.
CREATE FUNCTION cxjourney_internal.journey_map_attach(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	needed record;
BEGIN
	LOOP
		FOR needed IN SELECT * FROM cxjourney_internal.journey_map_triggers(map) LOOP
			EXECUTE cxjourney_internal.journey_map_trigger_sql(map, needed.relation, needed.trigger, needed.event);
		END LOOP;
		EXIT WHEN NOT EXISTS (SELECT FROM cxjourney_internal.journey_map_triggers(map) AS t
			WHERE NOT cxjourney_internal.journey_map_has_trigger(map, t.relation, t.trigger));
	END LOOP;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_attach(jsonb) IS
'Internal to the journey map: creates the triggers it needs. Error 42710 when a table has a trigger of that name '
'which is not its own.';
