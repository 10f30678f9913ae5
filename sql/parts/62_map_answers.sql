--
-- The live journey map: the SQL that reads answers
--

CREATE FUNCTION cxjourney_internal.journey_map_metrics(map jsonb, OUT metric text, OUT lowest integer,
	OUT highest integer, OUT fraction boolean)
	RETURNS SETOF record
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT name, lower(scale), upper(scale) - 1,
	       name <> 'emotion' AND (map ->> (name || '_type')) IN ('numeric', 'real', 'double precision')
	  FROM (VALUES ('nps', int4range '[0,10]'), ('csat', (map ->> 'csat_scale')::int4range),
	               ('ces', (map ->> 'ces_scale')::int4range), ('emotion', '[-2,2]')) AS m(name, scale)
	 WHERE map ? name
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_metrics(jsonb) IS
'Internal to the journey map: the metrics that were mapped, with the ends of their scales and whether an answer '
'could be a fraction, which only an emotion may be.';

CREATE FUNCTION cxjourney_internal.journey_map_read(map jsonb, columns_only boolean) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (SELECT string_agg(CASE WHEN columns_only THEN argument
			ELSE cxjourney_internal.journey_map_sql('({expression}){collation} AS {argument:name}'::text,
				jsonb_build_object('expression', map -> argument, 'argument', argument, 'collation',
					CASE WHEN argument IN ('segment', 'stage', 'touchpoint')
						OR argument = 'customer' AND map ->> 'customer_type' = 'text' THEN ' COLLATE "C"'
					ELSE '' END)) END,
			', ' ORDER BY position)
	  FROM unnest(cxjourney_internal.journey_map_arguments(map ->> 'kind')) WITH ORDINALITY AS a(argument, position)
	 WHERE map ? argument);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_read(jsonb, boolean) IS
'Internal to the journey map: the list of what a map reads from a row of its source, or the names of these columns '
'in NAME_pending.';

CREATE FUNCTION cxjourney_internal.journey_map_instant(map jsonb, at text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE WHEN map ->> 'at_type' = 'timestamp with time zone' THEN at
		ELSE cxjourney_internal.journey_map_sql('{instant}::timestamp AT TIME ZONE {timezone:literal}'::text,
			map || jsonb_build_object('instant', at)) END
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_instant(jsonb, text) IS
'Internal to the journey map: the time of an answer, which this expression gives, as timestamptz; a timestamp or '
'date is one of the zone of the map.';

CREATE FUNCTION cxjourney_internal.journey_map_bucket(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql(CASE
			WHEN map ->> 'bucket' IN ('hour', 'day', 'week') AND map ->> 'timezone' IN ('UTC', 'Etc/UTC')
			THEN 'date_bin({step:literal}, {instant}, {origin:literal})'
			ELSE 'date_trunc({bucket:literal}, {instant}, {timezone:literal})' END::text,
		map || jsonb_build_object('step', '1 ' || (map ->> 'bucket'), 'origin', '0001-01-01 00:00:00+00',
			'instant', cxjourney_internal.journey_map_instant(map, 'at'::text)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_bucket(jsonb) IS
'Internal to the journey map: the start of the bucket of an answer. Without a change of the clock that is plain '
'arithmetic, several times as fast as date_trunc; 0001-01-01 was a Monday.';

CREATE FUNCTION cxjourney_internal.journey_map_is_dated(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql('(at < {lowest:literal} OR at >= {highest:literal}) IS FALSE'::text,
		jsonb_build_object('lowest', '0001-01-02' || midnight, 'highest', '9999-12-30' || midnight))
	  FROM (SELECT CASE WHEN map ->> 'at_type' = 'timestamp with time zone' THEN ' 00:00:00+00' ELSE '' END
		AS midnight) AS m
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_is_dated(jsonb) IS
'Internal to the journey map: the condition that an answer has a time that can be on the map, in the years 1 to 9999.';

-- (all) is what the map calls all together, and what it has none of. NULL comes first: most answers have a label.
CREATE FUNCTION cxjourney_internal.journey_map_place_sql(map jsonb, argument text, label text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE WHEN map ? argument THEN cxjourney_internal.journey_map_sql(
			$sql$coalesce(nullif("left"({label}, 200), '(all)'),
	CASE WHEN {label} IS NULL THEN {unknown} ELSE '"(all)"' END)$sql$::text, jsonb_build_object('label', label,
				'unknown', CASE argument WHEN 'stage' THEN 'NULL' ELSE $q$'(none)'$q$ END))
		ELSE 'text ''(all)'' COLLATE "C"' END
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_place_sql(jsonb, text, text) IS
'Internal to the journey map: how it names a segment, stage or touchpoint of the source that this expression gives: '
'of at most 200 characters, "(all)" in double quotes where it is called (all), and (none) for NULL, which no stage is; '
'(all) for what is not mapped.';

CREATE FUNCTION cxjourney_internal.journey_map_valid_emotion(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql('{metric} BETWEEN {lowest} AND {highest}'::text, to_jsonb(m))
	  FROM cxjourney_internal.journey_map_metrics(map) AS m WHERE metric = 'emotion'
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_valid_emotion(jsonb) IS
'Internal to the journey map: the condition that an emotion is on its scale; NULL where none is mapped.';

-- Whoever writes answers waits for this query, so it evaluates as little as it can:
--
--		each row                                           each cell
--		answer -> WHERE at -> bucket -> GROUP BY, tally -> WHERE
--
-- 1. The first WHERE says (at < lowest OR at >= highest) IS FALSE, not at >= lowest AND at < highest. The rows of a
--    statement have no statistics. Of a range the planner then expects few rows, and sorts them; of what IS FALSE it
--    expects four of nine, and sums them by hashing.
-- 2. The second WHERE says CASE WHEN ... > 0 THEN stage IS NOT NULL END, not ... > 0 AND stage IS NOT NULL. The
--    planner moves a condition without an aggregate to the rows, and the stage would be tested for each. It does not
--    take a CASE apart, so the stage is tested once for each cell.
-- 3. One aggregate judges and counts the answers of all metrics. What it takes is whole numbers: an answer that is a
--    fraction, which is none, is handed over as one beyond the scale.
--
-- A map is made of dozens of such queries: in plpgsql, what writes them is planned once.
CREATE FUNCTION cxjourney_internal.journey_map_tally_sql(map jsonb, at text) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (SELECT cxjourney_internal.journey_map_sql('cxjourney_internal.journey_map_tally({at}, {nps}, {csat}, {ces},
			{emotion}, {scales:literal}::integer[])'::text,
		jsonb_object_agg(name, CASE WHEN lowest IS NULL THEN 'NULL::bigint'
			ELSE cxjourney_internal.journey_map_sql(CASE WHEN fraction
				THEN 'CASE WHEN {metric} BETWEEN {lowest} AND {highest} AND {metric} = trunc({metric})
					THEN {metric}::bigint WHEN {metric} IS NOT NULL THEN {highest} + 1 END'
				ELSE '{metric}::bigint' END::text,
				jsonb_build_object('metric', name, 'lowest', lowest, 'highest', highest)) END)
		|| jsonb_build_object('at', at,
			'emotion', coalesce(cxjourney_internal.journey_map_valid_emotion(map), 'NULL::boolean'),
			'scales', format('{%s}', string_agg(concat_ws(',', coalesce(lowest, 0), coalesce(highest - lowest + 1, 0)),
				',' ORDER BY position))))
	  FROM unnest(cxjourney_internal.journey_map_rated()) WITH ORDINALITY AS n(name, position)
	  LEFT JOIN cxjourney_internal.journey_map_metrics(map) ON metric = name);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_tally_sql(jsonb, text) IS
'Internal to the journey map: the aggregate that judges and counts answers of these times, over the columns of '
'journey_map_read.';

CREATE FUNCTION cxjourney_internal.journey_map_sum(map jsonb, answers text, removed text) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	-- a time without a zone is counted as one of UTC and read as one
	zone text := CASE WHEN map ->> 'at_type' = 'timestamp with time zone' THEN ''
		ELSE $q$ AT TIME ZONE interval '0'$q$ END;
	first text := '(cxjourney_internal.journey_map_tally_time(tally, false)' || zone || ')';
	last text := '(cxjourney_internal.journey_map_tally_time(tally, true)' || zone || ')';
BEGIN
	RETURN cxjourney_internal.journey_map_sql($sql$SELECT {removed} AS removed, bucket, {segment} AS segment,
	{stage} AS stage, {touchpoint} AS touchpoint, tally[1] AS responses, tally[2] AS invalid,
	cxjourney_internal.journey_map_tally_summary(tally, 1) AS nps,
	cxjourney_internal.journey_map_tally_summary(tally, 2) AS csat,
	cxjourney_internal.journey_map_tally_summary(tally, 3) AS ces, {emotion}, {first} AS first_at, {last} AS last_at
FROM (SELECT {key}, {tally} AS tally{emotions}
	FROM (SELECT *, {bucket_start} AS bucket FROM ({answers}) AS answer WHERE {is_dated}) AS dated
	GROUP BY {key}) AS cell
WHERE CASE WHEN tally[1] + tally[2] > 0 THEN stage IS NOT NULL END$sql$::text, jsonb_build_object(
		'removed', removed, 'answers', answers, 'bucket_start', cxjourney_internal.journey_map_bucket(map),
		'segment', cxjourney_internal.journey_map_place_sql(map, 'segment'::text, 'segment'::text),
		'stage', cxjourney_internal.journey_map_place_sql(map, 'stage'::text, 'stage'::text),
		'touchpoint', cxjourney_internal.journey_map_place_sql(map, 'touchpoint'::text, 'touchpoint'::text),
		'is_dated', cxjourney_internal.journey_map_is_dated(map),
		'tally', cxjourney_internal.journey_map_tally_sql(map,
			CASE WHEN map ->> 'at_type' = 'date' THEN 'at::timestamp' ELSE 'at' END || zone),
		'emotion', CASE WHEN map ? 'emotion' THEN 'emotion_responses, emotion_sum'
			ELSE '0::bigint AS emotion_responses, 0::numeric AS emotion_sum' END,
		'emotions', CASE WHEN map ? 'emotion' THEN cxjourney_internal.journey_map_sql($sql$,
		count(*) FILTER (WHERE {valid}) AS emotion_responses,
		coalesce(sum(round(emotion::numeric, 4)) FILTER (WHERE {valid}), 0) AS emotion_sum$sql$::text,
			jsonb_build_object('valid', cxjourney_internal.journey_map_valid_emotion(map))) ELSE '' END,
		'first', cxjourney_internal.journey_map_instant(map, first),
		'last', cxjourney_internal.journey_map_instant(map, last),
		'key', concat_ws(', ', CASE removed WHEN 'removed' THEN removed END, 'bucket',
			CASE WHEN map ? 'segment' THEN 'segment' END, 'stage',
			CASE WHEN map ? 'touchpoint' THEN 'touchpoint' END)));
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_sum(jsonb, text, text) IS
'Internal to the journey map: the query that judges answers and sums them by bucket and cell, over a query that '
'gives the columns of journey_map_read, and removed unless that is the same for all.';

CREATE FUNCTION cxjourney_internal.journey_map_answers(map jsonb, relation text, removed boolean) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql('SELECT {removed} AS removed, {read} FROM {relation}'::text,
		jsonb_build_object('removed', removed, 'read', cxjourney_internal.journey_map_read(map, false),
			'relation', relation))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_answers(jsonb, text, boolean) IS
'Internal to the journey map: the query that reads answers from the source or from the rows of a statement.';

CREATE FUNCTION cxjourney_internal.journey_map_sum_of_pending(map jsonb, relation text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sum(map,
		cxjourney_internal.journey_map_sql('SELECT removed, {read} FROM {relation}'::text,
			jsonb_build_object('read', cxjourney_internal.journey_map_read(map, true), 'relation', relation)),
		'removed'::text)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_sum_of_pending(jsonb, text) IS
'Internal to the journey map: journey_map_sum of a relation with the columns of NAME_pending.';

CREATE FUNCTION cxjourney_internal.journey_map_parts(map jsonb, by_bucket boolean) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$
		SELECT false AS removed, {columns} FROM {rollup_table} WHERE bucket {which} '-infinity'
		UNION ALL SELECT removed, {columns} FROM {batches_table}
		UNION ALL {pending}$sql$::text,
		map || jsonb_build_object('columns', cxjourney_internal.journey_map_columns('bucket'::text, 'last_at'::text),
			'which', CASE WHEN by_bucket THEN '>' ELSE '=' END,
			'pending', cxjourney_internal.journey_map_sum_of_pending(map, map ->> 'pending_table')))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_parts(jsonb, boolean) IS
'Internal to the journey map: the query for the parts whose sum it holds, by bucket or for all time.';

CREATE FUNCTION cxjourney_internal.journey_map_net_sums() RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT string_agg(cxjourney_internal.journey_map_sql(
		'sum(CASE WHEN removed THEN -{sum} ELSE {sum} END){type} AS {sum}'::text,
		jsonb_build_object('sum', sum, 'type', type)), ', ' ORDER BY position)
	  FROM (VALUES (1, 'responses', '::bigint'), (2, 'invalid', '::bigint'), (3, 'emotion_responses', '::bigint'),
		(4, 'emotion_sum', '')) AS s(position, sum, type)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_net_sums() IS
'Internal to the journey map: the sums of its plain numbers over parts that were added and parts that were removed.';

CREATE FUNCTION cxjourney_internal.journey_map_state(map jsonb, key text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$SELECT {key}, {columns}
FROM (SELECT {key}, {sums}, {summaries},
	min(first_at) FILTER (WHERE NOT removed) AS first_at, max(last_at) FILTER (WHERE NOT removed) AS last_at
	FROM ({parts}) AS part
	GROUP BY {key}) AS cell
WHERE responses <> 0 OR invalid <> 0$sql$::text, jsonb_build_object('key', key,
		'columns', cxjourney_internal.journey_map_columns('responses'::text,
			CASE WHEN by_bucket THEN 'last_at' ELSE 'emotion_sum' END),
		'sums', cxjourney_internal.journey_map_net_sums(),
		'summaries', (SELECT string_agg(cxjourney_internal.journey_map_sql(
				'cxjourney_internal.journey_map_net(@extschema@.rating_agg({metric}) FILTER (WHERE NOT removed),
				@extschema@.rating_agg({metric}) FILTER (WHERE removed)) AS {metric}'::text,
				jsonb_build_object('metric', metric)), ', ' ORDER BY position)
			FROM unnest(cxjourney_internal.journey_map_rated()) WITH ORDINALITY AS r(metric, position)),
		'parts', cxjourney_internal.journey_map_parts(map, by_bucket)))
	  FROM (SELECT key LIKE 'bucket%' AS by_bucket) AS k
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_state(jsonb, text) IS
'Internal to the journey map: the query for what the map holds, exact in any snapshot, by these columns; for all '
'time unless bucket is the first of them.';
