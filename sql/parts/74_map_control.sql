--
-- The live journey map: control charts and alarms
--

-- The planner takes the array of a group for 8 kB, and so would sort wide rows on disk. It expects a group for each ten
-- rows, of which it knows nothing, and ten times, flags or summaries have some 500 bytes: then it hashes what fits.
CREATE AGGREGATE cxjourney_internal.journey_map_array(value anynonarray) (
	SFUNC = array_agg_transfn, STYPE = internal, SSPACE = 512, FINALFUNC = array_agg_finalfn, FINALFUNC_EXTRA,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE cxjourney_internal.journey_map_array(anynonarray) IS
'Internal to the journey map: array_agg, with another guess of the memory that it takes.';

-- Sums of a bucket are put together by control_chart_at, which is cheaper than to do so here for each bucket and cell.
CREATE FUNCTION cxjourney_internal.journey_map_places_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH list AS (
		SELECT rated, cxjourney_internal.journey_map_parts(map, true) AS parts,
		       cxjourney_internal.journey_map_each(
				'cxjourney_internal.journey_map_summary({metric}) AS {metric}'::text, rated, ', '::text) AS sums,
		       cxjourney_internal.journey_map_each(
				'cxjourney_internal.journey_map_array({metric}) AS {metric}'::text, rated, ', '::text) AS arrays
		  FROM cxjourney_internal.journey_map_rated() AS rated)
	SELECT cxjourney_internal.journey_map_sql($sql$
	SELECT segment, stage, touchpoint, cxjourney_internal.journey_map_array(bucket) AS buckets,
		cxjourney_internal.journey_map_array(removed) AS removed, {arrays}
	FROM (SELECT removed, bucket, segment, stage, touchpoint, {rated} FROM ({parts}) AS part
		UNION ALL SELECT removed, bucket, segment, text '(all)' COLLATE "C", text '(all)' COLLATE "C", {sums}
		FROM ({parts}) AS part GROUP BY removed, bucket, segment{together}) AS part
	GROUP BY segment, stage, touchpoint$sql$::text, to_jsonb(list) || jsonb_build_object(
		'together', CASE WHEN map ? 'segment' THEN cxjourney_internal.journey_map_sql($sql$
		UNION ALL SELECT removed, bucket, text '(all)' COLLATE "C", stage, touchpoint, {sums}
		FROM ({parts}) AS part GROUP BY removed, bucket, stage, touchpoint
		UNION ALL SELECT removed, bucket, text '(all)' COLLATE "C", text '(all)' COLLATE "C", text '(all)' COLLATE "C",
			{sums} FROM ({parts}) AS part GROUP BY removed, bucket$sql$::text, to_jsonb(list)) ELSE '' END))
	  FROM list
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_places_sql(jsonb) IS
'Internal to the journey map: the query for all that it holds of each place in one row, in parts that were added or '
'removed: its cells, the whole of each segment and, where there are segments, both of all segments together.';

CREATE FUNCTION cxjourney_internal.journey_map_charts_sql(map jsonb, only_bucket text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT coalesce(string_agg(cxjourney_internal.journey_map_sql($sql$
	SELECT text {metric:literal} AS metric, at.* FROM cxjourney_internal.control_chart_at(place.buckets, place.removed,
		place.{metric}, note.changes, {metric:literal}::text, {from}::integer,
		{only_bucket}::timestamptz) AS at$sql$::text,
			jsonb_build_object('metric', metric, 'only_bucket', only_bucket,
				'from', cxjourney_internal.journey_map_satisfied_from(map))), '
	UNION ALL '), $sql$
	SELECT text 'emotion' AS metric, at.* FROM cxjourney_internal.control_chart_at(NULL::timestamptz[], NULL::boolean[],
		place.nps, note.changes, 'nps'::text, NULL::integer, NULL::timestamptz) AS at$sql$)
	  FROM cxjourney_internal.journey_map_metrics(map) WHERE metric <> 'emotion'
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_charts_sql(jsonb, text) IS
'Internal to the journey map: the query for the charts of one place, metric by metric; of no rows when only emotions '
'were mapped. Only the row of one bucket, or with NULL all.';

CREATE FUNCTION cxjourney_internal.journey_map_control_sql(map jsonb, buckets text, only_bucket text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$SELECT chart.bucket, segment, stage, touchpoint, chart.metric,
	chart.responses, chart.value, chart.centre, chart.low, chart.high, chart.ewma, chart.ewma_low, chart.ewma_high,
	chart.signal, chart.provisional
FROM ({places}) AS place{buckets}
CROSS JOIN LATERAL (SELECT array_agg(noted_at) AS changes FROM {notes_table} AS n
	WHERE n.kind = 'change' AND isfinite(n.noted_at) AND (n.segment IS NULL OR n.segment = place.segment)
	AND (n.stage IS NULL OR n.stage = place.stage)
	AND (n.touchpoint IS NULL OR n.touchpoint = place.touchpoint)) AS note
CROSS JOIN LATERAL ({charts}) AS chart$sql$::text, map || jsonb_build_object('buckets', buckets,
		'places', cxjourney_internal.journey_map_places_sql(map),
		'charts', cxjourney_internal.journey_map_charts_sql(map, only_bucket)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_control_sql(jsonb, text, text) IS
'Internal to the journey map: the query of NAME_control, or with something to join and a column of it the rows of that '
'bucket only.';

CREATE FUNCTION cxjourney_internal.journey_map_running_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql(
		'date_trunc({bucket:literal}::text, now(), {timezone:literal}::text)'::text, map)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_running_sql(jsonb) IS
'Internal to the journey map: the start of the bucket that is not yet complete.';

CREATE FUNCTION cxjourney_internal.journey_map_alarms_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$SELECT bucket, segment, stage, touchpoint, metric, signal, responses,
	value, centre, low, high, ewma, ewma_low, ewma_high
FROM ({control}) AS last_row WHERE signal IS NOT NULL$sql$::text, jsonb_build_object('control',
		cxjourney_internal.journey_map_control_sql(map, cxjourney_internal.journey_map_sql($sql$
CROSS JOIN (SELECT max(bucket) AS bucket FROM (SELECT bucket FROM ({parts}) AS part WHERE bucket < {running}
	GROUP BY bucket HAVING sum(CASE WHEN removed THEN -responses ELSE responses END) > 0) AS complete)
	AS newest$sql$::text,
			jsonb_build_object('parts', cxjourney_internal.journey_map_parts(map, true),
				'running', cxjourney_internal.journey_map_running_sql(map))),
			$sql$coalesce(newest.bucket, 'infinity')$sql$::text)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_alarms_sql(jsonb) IS
'Internal to the journey map: the query of NAME_alarms.';

-- Buckets that are complete rarely change, and charts cost by the history. So they are drawn when a bucket has been
-- completed since the last time, and when answers came that are of a complete one.
CREATE FUNCTION cxjourney_internal.journey_map_may_alarm(map jsonb) RETURNS boolean
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	answer boolean;
BEGIN
	EXECUTE cxjourney_internal.journey_map_sql($sql$
		SELECT (SELECT alarms_until FROM {definition_table}) IS DISTINCT FROM {running}
		OR EXISTS (SELECT FROM {batches_table} WHERE bucket < {running})
		OR EXISTS (SELECT FROM {pending_table} WHERE at < {local})$sql$::text, map || jsonb_build_object(
			'running', running, 'local', CASE WHEN map ->> 'at_type' = 'timestamp with time zone' THEN running
				ELSE cxjourney_internal.journey_map_sql('{running} AT TIME ZONE {timezone:literal}'::text,
					map || jsonb_build_object('running', running)) END))
		FROM cxjourney_internal.journey_map_running_sql(map) AS running INTO answer;
	RETURN answer;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_may_alarm(jsonb) IS
'Internal to the journey map: whether what waits for a refresh, or the time that went by, could give new alarms.';

CREATE FUNCTION cxjourney_internal.journey_map_alarm(map jsonb) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
	alarms bigint;
BEGIN
	-- a map whose owner dropped one of them goes on without alarms
	IF (SELECT count(*) < 2 FROM pg_class WHERE relkind = 'r'
		AND oid IN (to_regclass(map ->> 'notes_table'), to_regclass(map ->> 'alarms_sent_table'))) THEN
		RETURN;
	END IF;
	PERFORM cxjourney_internal.journey_map_require_own(map);
	EXECUTE cxjourney_internal.journey_map_sql($sql$WITH sent AS (
		INSERT INTO {alarms_sent_table} (bucket, segment, stage, touchpoint, metric, signal)
		SELECT bucket, segment, stage, touchpoint, metric, signal FROM ({alarms}) AS alarm
		ON CONFLICT DO NOTHING RETURNING signal)
		SELECT count(*) FROM sent$sql$::text,
		map || jsonb_build_object('alarms', cxjourney_internal.journey_map_alarms_sql(map))) INTO alarms;
	EXECUTE cxjourney_internal.journey_map_sql(
		'UPDATE {definition_table} SET alarms_until = {running} WHERE alarms_until IS DISTINCT FROM {running}'::text,
		map || jsonb_build_object('running', cxjourney_internal.journey_map_running_sql(map)));
	IF alarms > 0 THEN
		PERFORM pg_notify('journey_map',
			jsonb_build_object('schema', map -> 'schema', 'map', map -> 'name', 'alarms', alarms)::text);
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_alarm(jsonb) IS
'Internal to the journey map: writes new alarms to NAME_alarms_sent and notifies those who listen to journey_map.';
