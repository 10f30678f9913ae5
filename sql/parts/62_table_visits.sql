--
-- Tables of journeys that keep themselves up to date: the SQL that reads visits
--
-- Such a table is made and kept as a journey map is (60_map.sql), with other contents: NAME_rollup has a row per
-- customer, NAME_pending one per visit that was written since, NAME_batches the journeys of what larger statements
-- wrote. What it holds is the difference of two multisets of visits, those that were added and those that were removed,
-- so the order in which they are folded means nothing. A removal without its visit changes nothing to see and waits in
-- NAME_batches, where it is found by check_journey_table; so no fold fails for it. What is no visit is counted there,
-- too, a row for each reason once it was folded.
--

CREATE FUNCTION cxjourney_internal.journey_table_without(j journey, gone journey) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_table_without' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_table_without(journey, journey) IS
'Internal to the journey table: the visits of a journey without those of another one, each of which takes away one '
'that is equal in time, seq, stage and value, if there is one. NULL is no visits, and without any the result is NULL.';

CREATE FUNCTION cxjourney_internal.journey_table_is_label(stage text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_table_is_label' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_table_is_label(text) IS
'Internal to the journey table: whether a text can be the label of a stage, which has 1 to 255 bytes and no control '
'characters. NULL for NULL.';

CREATE FUNCTION cxjourney_internal.journey_table_left(stored journey, added journey, more journey, removed journey,
	gone journey) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_table_left' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_table_left(journey, journey, journey, journey, journey) IS
'Internal to the journey table: what is stored of a customer and what was added, put together, without what was '
'removed. NULL is no visits, and without any the result is NULL. Error 54000 when a journey would be too large.';

CREATE FUNCTION cxjourney_internal.journey_table_fold(stored journey, added journey, more journey, removed journey,
	gone journey) RETURNS SETOF journey
	AS 'MODULE_PATHNAME', 'journey_table_fold' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 1;
COMMENT ON FUNCTION cxjourney_internal.journey_table_fold(journey, journey, journey, journey, journey) IS
'Internal to the journey table: journey_table_left of these journeys; no row without visits.';

CREATE FUNCTION cxjourney_internal.journey_table_missing(stored journey, added journey, more journey, removed journey,
	gone journey) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_table_missing' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_table_missing(journey, journey, journey, journey, journey) IS
'Internal to the journey table: the visits of a customer that were removed and are not there; NULL without any.';

CREATE FUNCTION cxjourney_internal.journey_table_no_visits() RETURNS journey
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN NULL::journey;
COMMENT ON FUNCTION cxjourney_internal.journey_table_no_visits() IS
'Internal to the journey table: NULL, which is no visits.';

-- What the trigger of a journey table calls has a name that nobody can give to something else. Of the four states that
-- a customer has in journey_table_changes mostly one is in use: with the size of each for all the planner would expect
-- more memory than there is, and spill.
CREATE AGGREGATE cxjourney_internal.journey_table_agg(stage text, at timestamptz, seq bigint) (
	SFUNC = cxjourney_internal.journey_accum, STYPE = journey, SSPACE = 80,
	FINALFUNC = cxjourney_internal.journey_final, COMBINEFUNC = cxjourney_internal.journey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cxjourney_internal.journey_table_agg(text, timestamptz, bigint) IS
'Internal to the journey table: journey_agg of these arguments.';

CREATE AGGREGATE cxjourney_internal.journey_table_agg(stage text, at timestamptz, seq bigint, value numeric) (
	SFUNC = cxjourney_internal.journey_accum, STYPE = journey, SSPACE = 80,
	FINALFUNC = cxjourney_internal.journey_final, COMBINEFUNC = cxjourney_internal.journey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cxjourney_internal.journey_table_agg(text, timestamptz, bigint, numeric) IS
'Internal to the journey table: journey_agg of these arguments.';

-- Without COMBINEFUNC: what is pending is little beside what is stored, and where PostgreSQL sums up that little in
-- parallel it reads the whole view in one process.
CREATE AGGREGATE cxjourney_internal.journey_table_agg(j journey) (
	SFUNC = cxjourney_internal.journey_combine, STYPE = journey, SSPACE = 80,
	FINALFUNC = cxjourney_internal.journey_final, PARALLEL = SAFE
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
		WHEN NOT cxjourney_internal.journey_table_is_label(stage) THEN 'stage that is no label'{value} END$sql$::text,
		jsonb_build_object('is_dated', cxjourney_internal.journey_map_is_dated(map), 'value', CASE WHEN map ? 'value'
			THEN ' WHEN NOT abs(round(value::numeric, 4)) < 10000000000000 THEN ''value out of range''' ELSE '' END))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_left_out(jsonb) IS
'Internal to the journey table: the expression that says why a row is no visit, over the columns of NAME_pending; '
'NULL for a visit.';

CREATE FUNCTION cxjourney_internal.journey_table_visits(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql(
		'cxjourney_internal.journey_table_agg(stage, {instant}, {seq}{value})'::text, jsonb_build_object(
		'instant', cxjourney_internal.journey_map_instant(map, 'at'::text),
		'seq', CASE WHEN map ? 'seq' THEN 'seq::bigint' ELSE '0::bigint' END,
		'value', CASE WHEN map ? 'value' THEN ', value::numeric' ELSE '' END))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_visits(jsonb) IS
'Internal to the journey table: the aggregate that makes a journey of the columns of NAME_pending.';

CREATE FUNCTION cxjourney_internal.journey_table_sum(map jsonb, visits text, removed text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$SELECT {removed} AS removed,
	CASE WHEN left_out IS NULL THEN customer END AS customer,
	{agg} FILTER (WHERE left_out IS NULL) AS journey, left_out,
	CASE WHEN left_out IS NOT NULL THEN count(*) END AS events
FROM (SELECT *, {left_out} AS left_out FROM ({visits}) AS visit) AS judged
GROUP BY 1, 2, 4$sql$::text, jsonb_build_object('removed', removed, 'visits', visits,
		'agg', cxjourney_internal.journey_table_visits(map),
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

CREATE FUNCTION cxjourney_internal.journey_table_changes(map jsonb, visits text, batches text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$SELECT customer,
	{agg} FILTER (WHERE NOT removed AND {left_out} IS NULL) AS added,
	cxjourney_internal.journey_table_agg(journey) FILTER (WHERE NOT removed) AS more,
	{agg} FILTER (WHERE removed AND {left_out} IS NULL) AS removed,
	cxjourney_internal.journey_table_agg(journey) FILTER (WHERE removed) AS gone
FROM (SELECT removed, {read}, cxjourney_internal.journey_table_no_visits() AS journey FROM {visits}
	UNION ALL SELECT removed, {unread}, journey FROM {batches}) AS change
WHERE customer IS NOT NULL GROUP BY customer$sql$::text, jsonb_build_object('visits', visits, 'batches', batches,
		'agg', cxjourney_internal.journey_table_visits(map),
		'left_out', cxjourney_internal.journey_table_left_out(map),
		'read', cxjourney_internal.journey_map_read(map, true),
		'unread', (SELECT string_agg(CASE WHEN argument = 'customer' THEN 'customer'
				WHEN argument = 'stage' THEN 'NULL::text' ELSE 'NULL::' || (map ->> (argument || '_type')) END, ', '
				ORDER BY position)
			FROM unnest(cxjourney_internal.journey_map_arguments(map ->> 'kind'))
				WITH ORDINALITY AS a(argument, position)
			WHERE map ? argument)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_changes(jsonb, text, text) IS
'Internal to the journey table: the query for what was added and removed, customer by customer, over relations with '
'the columns of NAME_pending and of NAME_batches.';

-- Two ways, so that a journey of which nothing is pending is read as it is stored, and that part by parallel workers,
-- which a FULL JOIN would keep away. GROUP BY tells the planner that these customers differ, so that it hashes them;
-- ORDER BY makes look-ups in the index of the stored ones, which are in that order mostly, twice as fast.
CREATE FUNCTION cxjourney_internal.journey_table_state(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$SELECT stored.customer, stored.journey
FROM {rollup_table} AS stored
WHERE NOT EXISTS (SELECT FROM (SELECT customer
		FROM (SELECT customer FROM {pending_table} UNION ALL SELECT customer FROM {batches_table}) AS written
		GROUP BY customer) AS change WHERE change.customer = stored.customer)
UNION ALL
SELECT change.customer, cxjourney_internal.journey_table_fold(stored.journey, change.added, change.more,
	change.removed, change.gone)
FROM ({changes} ORDER BY customer) AS change
	LEFT JOIN {rollup_table} AS stored ON stored.customer = change.customer$sql$::text,
		map || jsonb_build_object('changes', cxjourney_internal.journey_table_changes(map, map ->> 'pending_table',
			map ->> 'batches_table')))
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

-- What is missing, too, so that nothing is left of it either.
CREATE FUNCTION cxjourney_internal.journey_table_held(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$
		WITH fold AS MATERIALIZED (
			SELECT customer, cxjourney_internal.journey_table_left(stored.journey, change.added, change.more,
					change.removed, change.gone) AS held,
				cxjourney_internal.journey_table_missing(stored.journey, change.added, change.more, change.removed,
					change.gone) AS missing
			FROM ({changes}) AS change FULL JOIN {rollup_table} AS stored USING (customer))
		SELECT true AS removed, customer, held AS journey, NULL::text AS left_out, NULL::bigint AS events
		FROM fold WHERE held IS NOT NULL
		UNION ALL SELECT false, customer, missing, NULL, NULL FROM fold WHERE missing IS NOT NULL
		UNION ALL SELECT events > 0, NULL, NULL, reason, abs(events) FROM ({left_out}) AS net$sql$::text,
		map || jsonb_build_object('changes', cxjourney_internal.journey_table_changes(map, map ->> 'pending_table',
				map ->> 'batches_table'),
			'left_out', cxjourney_internal.journey_table_left_out_sql(map)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_held(jsonb) IS
'Internal to the journey table: the query for what must be noted for it to hold nothing, with the columns of '
'NAME_batches.';

-- A removal whose visit is not there, and how many rows were left out, stay in NAME_batches: nothing raises an error.
CREATE FUNCTION cxjourney_internal.journey_table_merge_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$WITH visits AS (DELETE FROM {pending_table} RETURNING *),
batches AS (DELETE FROM {batches_table} RETURNING *),
change AS ({changes}),
fold AS MATERIALIZED (
	SELECT change.customer, stored.journey AS before, cxjourney_internal.journey_table_left(stored.journey,
			change.added, change.more, change.removed, change.gone) AS after,
		cxjourney_internal.journey_table_missing(stored.journey, change.added, change.more, change.removed,
			change.gone) AS missing
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
		FROM (SELECT removed, left_out, events FROM batches
			UNION ALL SELECT removed, {left_out}, 1 FROM visits) AS part
		WHERE left_out IS NOT NULL GROUP BY left_out) AS net
	WHERE events <> 0)
SELECT FROM written UNION ALL SELECT FROM gone$sql$::text, map || jsonb_build_object(
		'columns', cxjourney_internal.journey_map_part_columns(map ->> 'kind'),
		'left_out', cxjourney_internal.journey_table_left_out(map),
		'changes', cxjourney_internal.journey_table_changes(map, 'visits'::text, 'batches'::text)))
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
FROM (SELECT change.customer, cxjourney_internal.journey_table_missing(stored.journey, change.added, change.more,
		change.removed, change.gone) AS missing
	FROM ({changes}) AS change LEFT JOIN {rollup_table} AS stored ON stored.customer = change.customer) AS changed
WHERE missing IS NOT NULL ORDER BY customer$sql$::text, map || jsonb_build_object(
		'changes', cxjourney_internal.journey_table_changes(map, map ->> 'pending_table', map ->> 'batches_table')))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_table_missing_sql(jsonb) IS
'Internal to the journey table: the query for removals that wait for a visit which is not there.';
