--
-- Tables of journeys that keep themselves up to date: what they ask of journeys
--

CREATE FUNCTION cxjourney_internal.journey_table_without(j journey, gone journey) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_table_without' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_table_without(journey, journey) IS
'Internal to the journey table: the visits of a journey without those of another one, each of which takes away one '
'that is equal in time, seq and stage, if there is one. NULL is no visits, and without any the result is NULL.';

CREATE FUNCTION cxjourney_internal.journey_table_is_label(stage text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_table_is_label' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_table_is_label(text) IS
'Internal to the journey table: whether a text can be the label of a stage, which has 1 to 255 bytes and no control '
'characters. NULL for NULL.';

CREATE FUNCTION cxjourney_internal.journey_table_fold(stored journey, added journey, removed journey) RETURNS journey
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN cxjourney_internal.journey_table_without(coalesce(cxjourney_internal.journey_concat(stored, added), stored,
		added), removed);
COMMENT ON FUNCTION cxjourney_internal.journey_table_fold(journey, journey, journey) IS
'Internal to the journey table: a stored journey with the visits that were added and without those that were '
'removed; NULL is no visits.';

-- What the trigger of a journey table calls has a name that nobody can give to something else.
CREATE AGGREGATE cxjourney_internal.journey_table_agg(stage text, at timestamptz, seq bigint) (
	SFUNC = cxjourney_internal.journey_accum, STYPE = journey, SSPACE = 256,
	FINALFUNC = cxjourney_internal.journey_final, COMBINEFUNC = cxjourney_internal.journey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cxjourney_internal.journey_table_agg(text, timestamptz, bigint) IS
'Internal to the journey table: journey_agg of these arguments.';

CREATE AGGREGATE cxjourney_internal.journey_table_agg(j journey) (
	SFUNC = cxjourney_internal.journey_combine, STYPE = journey, SSPACE = 256,
	FINALFUNC = cxjourney_internal.journey_final, COMBINEFUNC = cxjourney_internal.journey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cxjourney_internal.journey_table_agg(journey) IS
'Internal to the journey table: journey_agg of journeys.';

-- Whoever writes visits waits for this, so the label is looked at last.
CREATE FUNCTION cxjourney_internal.journey_table_left_out(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$CASE WHEN customer IS NULL THEN text 'no customer'
		WHEN stage IS NULL THEN 'no stage' WHEN at IS NULL THEN 'no time'
		WHEN NOT ({is_dated}) THEN 'time outside of the years 1 to 9999'
		WHEN NOT cxjourney_internal.journey_table_is_label(stage) THEN 'stage that is no label' END$sql$::text,
		jsonb_build_object('is_dated', cxjourney_internal.journey_map_is_dated(map)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_left_out(jsonb) IS
'Internal to the journey table: the expression that says why a row is no visit, over the columns of NAME_pending; '
'NULL for a visit.';

CREATE FUNCTION cxjourney_internal.journey_table_sum(map jsonb, visits text, removed text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$SELECT {removed} AS removed,
	CASE WHEN left_out IS NULL THEN customer END AS customer,
	cxjourney_internal.journey_table_agg(stage, {instant}, {seq}) FILTER (WHERE left_out IS NULL) AS journey, left_out,
	CASE WHEN left_out IS NOT NULL THEN count(*) END AS events
FROM (SELECT *, {left_out} AS left_out FROM ({visits}) AS visit) AS judged
GROUP BY 1, 2, 4$sql$::text, jsonb_build_object('removed', removed, 'visits', visits,
		'instant', cxjourney_internal.journey_map_instant(map, 'at'::text),
		'seq', CASE WHEN map ? 'seq' THEN 'seq::bigint' ELSE '0::bigint' END,
		'left_out', cxjourney_internal.journey_table_left_out(map)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_sum(jsonb, text, text) IS
'Internal to the journey table: the query that makes journeys of visits and counts what are none, with the columns '
'of NAME_batches, over a query that gives the columns of NAME_pending, and removed unless that is the same for all.';

CREATE FUNCTION cxjourney_internal.journey_table_sum_of_pending(map jsonb, relation text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_table_sum(map,
		cxjourney_internal.journey_map_sql('SELECT removed, {read} FROM {relation}'::text,
			jsonb_build_object('read', cxjourney_internal.journey_map_read(map, true), 'relation', relation)),
		'removed'::text)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_sum_of_pending(jsonb, text) IS
'Internal to the journey table: journey_table_sum of a relation with the columns of NAME_pending.';

CREATE FUNCTION cxjourney_internal.journey_table_parts(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$
		SELECT false AS removed, customer, journey, NULL::text AS left_out, NULL::bigint AS events FROM {rollup_table}
		UNION ALL SELECT removed, customer, journey, left_out, events FROM {batches_table}
		UNION ALL {pending}$sql$::text, map || jsonb_build_object(
			'pending', cxjourney_internal.journey_table_sum_of_pending(map, map ->> 'pending_table')))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_parts(jsonb) IS
'Internal to the journey table: the query for all that it holds, with the columns of NAME_batches.';

CREATE FUNCTION cxjourney_internal.journey_table_changes(parts text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$SELECT customer,
	cxjourney_internal.journey_table_agg(journey) FILTER (WHERE NOT removed) AS added,
	cxjourney_internal.journey_table_agg(journey) FILTER (WHERE removed) AS removed
FROM ({parts}) AS part WHERE customer IS NOT NULL GROUP BY customer$sql$::text, jsonb_build_object('parts', parts))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_changes(text) IS
'Internal to the journey table: the query for what was added and removed, customer by customer, over a query that '
'gives the columns removed, customer and journey of NAME_batches.';

CREATE FUNCTION cxjourney_internal.journey_table_changes_of(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_table_changes(cxjourney_internal.journey_map_sql(
		'SELECT removed, customer, journey FROM {batches_table}
			UNION ALL SELECT removed, customer, journey FROM ({pending}) AS visits'::text, map || jsonb_build_object(
			'pending', cxjourney_internal.journey_table_sum_of_pending(map, map ->> 'pending_table'))))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_changes_of(jsonb) IS
'Internal to the journey table: journey_table_changes of what was written since the last refresh.';

-- Two ways, so that a journey of which nothing is pending is read as it is stored, and that part can be read by
-- parallel workers. A row of NAME_pending that is no visit changes no journey.
CREATE FUNCTION cxjourney_internal.journey_table_state(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$SELECT stored.customer, stored.journey
FROM {rollup_table} AS stored
WHERE NOT EXISTS (SELECT FROM {pending_table} AS visit WHERE visit.customer = stored.customer AND {left_out} IS NULL)
	AND NOT EXISTS (SELECT FROM {batches_table} AS batch WHERE batch.customer = stored.customer)
UNION ALL
SELECT customer, journey
FROM (SELECT change.customer,
		cxjourney_internal.journey_table_fold(stored.journey, change.added, change.removed) AS journey
	FROM ({changes}) AS change LEFT JOIN {rollup_table} AS stored ON stored.customer = change.customer) AS changed
WHERE journey IS NOT NULL$sql$::text, map || jsonb_build_object(
		'left_out', cxjourney_internal.journey_table_left_out(map),
		'changes', cxjourney_internal.journey_table_changes_of(map)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_state(jsonb) IS
'Internal to the journey table: the query of the view NAME, exact in any snapshot.';

CREATE FUNCTION cxjourney_internal.journey_table_left_out_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$SELECT left_out AS reason,
	sum(CASE WHEN removed THEN -events ELSE events END)::bigint AS events
FROM (SELECT removed, left_out, events FROM {batches_table}
	UNION ALL SELECT removed, {left_out}, 1 FROM {pending_table}) AS part
WHERE left_out IS NOT NULL GROUP BY left_out
HAVING sum(CASE WHEN removed THEN -events ELSE events END) <> 0$sql$::text, map || jsonb_build_object(
		'left_out', cxjourney_internal.journey_table_left_out(map)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_left_out_sql(jsonb) IS
'Internal to the journey table: the query of the view NAME_left_out.';

-- A removal whose visit is not there, and how many rows were left out, stay in NAME_batches: nothing raises an error.
CREATE FUNCTION cxjourney_internal.journey_table_merge_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$WITH visits AS (DELETE FROM {pending_table} RETURNING *),
batches AS (DELETE FROM {batches_table} RETURNING *),
part AS MATERIALIZED (SELECT removed, {columns} FROM batches UNION ALL SELECT removed, {columns} FROM ({sums}) AS s),
change AS ({changes}),
fold AS MATERIALIZED (
	SELECT change.customer, stored.journey AS before,
		cxjourney_internal.journey_table_fold(stored.journey, change.added, change.removed) AS after,
		cxjourney_internal.journey_table_without(change.removed, coalesce(
			cxjourney_internal.journey_concat(stored.journey, change.added), stored.journey, change.added)) AS missing
	FROM change LEFT JOIN {rollup_table} AS stored ON stored.customer = change.customer),
written AS (
	INSERT INTO {rollup_table} (customer, journey)
	SELECT customer, after FROM fold
	WHERE after IS NOT NULL AND (before IS NULL OR cxjourney_internal.journey_ne(before, after))
	ON CONFLICT (customer) DO UPDATE SET journey = excluded.journey RETURNING 1),
gone AS (DELETE FROM {rollup_table} AS stored USING fold
	WHERE stored.customer = fold.customer AND fold.before IS NOT NULL AND fold.after IS NULL RETURNING 1),
kept AS (
	INSERT INTO {batches_table} (removed, {columns})
	SELECT true, customer, missing, NULL, NULL FROM fold WHERE missing IS NOT NULL
	UNION ALL SELECT events < 0, NULL, NULL, left_out, abs(events)
	FROM (SELECT left_out, sum(CASE WHEN removed THEN -events ELSE events END)::bigint AS events
		FROM part WHERE left_out IS NOT NULL GROUP BY left_out) AS left_out
	WHERE events <> 0)
SELECT FROM written UNION ALL SELECT FROM gone$sql$::text, map || jsonb_build_object(
		'columns', cxjourney_internal.journey_map_part_columns(map ->> 'kind'),
		'sums', cxjourney_internal.journey_table_sum_of_pending(map, 'visits'::text),
		'changes', cxjourney_internal.journey_table_changes('SELECT removed, customer, journey FROM part'::text)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_merge_sql(jsonb) IS
'Internal to the journey table: the statement that folds NAME_pending and NAME_batches into NAME_rollup, with a row '
'for each journey that changed.';

CREATE FUNCTION cxjourney_internal.journey_table_differences_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$WITH source AS MATERIALIZED ({sums}),
d AS (SELECT 1 AS place, format('customer %s', quote_nullable(customer::text)) AS what,
		cxjourney_internal.journey_table_without(s.journey, m.journey)::text AS in_source,
		cxjourney_internal.journey_table_without(m.journey, s.journey)::text AS in_table
	FROM (SELECT customer, journey FROM source WHERE left_out IS NULL) AS s FULL JOIN {map} AS m USING (customer)
	UNION ALL
	SELECT 2, format('left out for %s', coalesce(s.left_out, m.reason)), s.events::text, m.events::text
	FROM (SELECT left_out, events FROM source WHERE left_out IS NOT NULL) AS s
		FULL JOIN {left_out_table} AS m ON m.reason = s.left_out
	WHERE s.events IS DISTINCT FROM m.events)
SELECT 'the journey table differs from its source', format('%s: only in the source %s, only in the journey table %s',
	what, coalesce("left"(in_source, 200), 'nothing'), coalesce("left"(in_table, 200), 'nothing'))
FROM d WHERE in_source IS NOT NULL OR in_table IS NOT NULL ORDER BY place, what COLLATE "C"$sql$::text,
		map || jsonb_build_object('sums', cxjourney_internal.journey_table_sum(map,
			cxjourney_internal.journey_map_answers(map, map ->> 'source', false), 'false'::text)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_differences_sql(jsonb) IS
'Internal to the journey table: the query for journeys that are not what the source gives, and for counts of rows '
'that were left out.';

CREATE FUNCTION cxjourney_internal.journey_table_missing_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$SELECT 'visits were removed that are not there',
	format('customer %s: %s', quote_nullable(customer::text), "left"(missing::text, 200))
FROM (SELECT change.customer, cxjourney_internal.journey_table_without(change.removed, coalesce(
		cxjourney_internal.journey_concat(stored.journey, change.added), stored.journey, change.added)) AS missing
	FROM ({changes}) AS change LEFT JOIN {rollup_table} AS stored ON stored.customer = change.customer) AS changed
WHERE missing IS NOT NULL ORDER BY customer$sql$::text, map || jsonb_build_object(
		'changes', cxjourney_internal.journey_table_changes_of(map)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_missing_sql(jsonb) IS
'Internal to the journey table: the query for removals that wait for a visit which is not there.';
