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
CREATE FUNCTION cxjourney_internal.journey_map_label_sql(label text, unknown text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$coalesce(nullif("left"({label}, 200), '(all)'),
	CASE WHEN {label} IS NULL THEN {unknown} ELSE '"(all)"' END)$sql$::text,
		jsonb_build_object('label', label, 'unknown', unknown))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_label_sql(text, text) IS
'Internal to the journey map: how it names a segment, stage or touchpoint of the source that this expression gives: '
'of at most 200 characters, "(all)" in double quotes where it is called (all), and the other expression for NULL.';

-- Whoever writes answers waits for this query, so it evaluates as little as it can:
--
--		each row                                              each cell
--		answer -> bucket, which values are valid -> WHERE at -> GROUP BY -> HAVING
--
-- 1. WHERE says (at < lowest OR at >= highest) IS FALSE, not at >= lowest AND at < highest. The rows of a statement
--    have no statistics. Of a range the planner then expects few rows, and sorts them; of what IS FALSE it expects
--    four of nine, and sums them by hashing.
-- 2. HAVING says CASE WHEN ... > 0 THEN stage IS NOT NULL END, not ... > 0 AND stage IS NOT NULL. The planner moves a
--    condition without an aggregate from HAVING to WHERE, and the stage would be tested for each row. It does not take
--    a CASE apart, so the stage is tested once for each cell.
-- 3. OFFSET 0 keeps the planner from putting the conditions of valid values into each aggregate that asks for one,
--    where they would be evaluated up to eleven times a row. What is given but not valid is then counted for the price
--    of reading a boolean, and is seldom.
--
-- A map is made of dozens of such queries: in plpgsql, what writes them is planned once.
CREATE FUNCTION cxjourney_internal.journey_map_sum(map jsonb, answers text, removed text) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN (WITH metric AS (
		SELECT name, position, metric IS NOT NULL AS mapped, name = 'emotion' AS is_emotion, fraction,
		       jsonb_build_object('metric', name, 'lowest', lowest, 'highest', highest,
				'scale', int4range(lowest, highest, '[]')::text, 'type', CASE map ->> (name || '_type')
					WHEN 'real' THEN 'double precision' WHEN 'smallint' THEN 'bigint' WHEN 'integer' THEN 'bigint'
					ELSE map ->> (name || '_type') END) AS places
		  FROM unnest(cxjourney_internal.journey_map_rated() || text 'emotion') WITH ORDINALITY AS n(name, position)
		  LEFT JOIN cxjourney_internal.journey_map_metrics(map) ON metric = name),
	judged AS (
		SELECT *, CASE WHEN mapped THEN cxjourney_internal.journey_map_sql(('{metric} BETWEEN {lowest} AND {highest}'
				|| CASE WHEN fraction THEN ' AND {metric} = trunc({metric})' ELSE '' END)::text, places) END AS valid,
		       CASE WHEN mapped THEN cxjourney_internal.journey_map_sql($sql$cxjourney_internal.journey_map_summary(
				{metric}::{type}, {scale:literal}::int4range) FILTER (WHERE {metric}_valid)$sql$::text, places)
				ELSE 'cxjourney_internal.journey_map_no_answers()' END AS summary
		  FROM metric),
	list AS (
		SELECT string_agg(valid || ' AS ' || name || '_valid', ', ' ORDER BY position) FILTER (WHERE mapped) AS judged,
		       string_agg(name || '_valid', ' OR ' ORDER BY position) FILTER (WHERE mapped) AS any_valid,
		       string_agg('count(*) FILTER (WHERE NOT ' || name || '_valid)', ' + ' ORDER BY position)
				FILTER (WHERE mapped) AS invalid,
		       string_agg(CASE WHEN NOT is_emotion THEN summary || ' AS ' || name
				WHEN mapped THEN 'count(*) FILTER (WHERE emotion_valid) AS emotion_responses,
				coalesce(sum(round(emotion::numeric, 4)) FILTER (WHERE emotion_valid), 0) AS emotion_sum'
				ELSE '0::bigint AS emotion_responses, 0::numeric AS emotion_sum' END, ', ' ORDER BY position)
				AS summaries
		  FROM judged)
	SELECT cxjourney_internal.journey_map_sql($sql$SELECT {removed} AS removed, bucket, {segment} AS segment,
	{stage} AS stage, {touchpoint} AS touchpoint,
	count(*) FILTER (WHERE {any_valid}) AS responses, {invalid} AS invalid, {summaries},
	{first} AS first_at, {last} AS last_at
FROM (SELECT *, {bucket_start} AS bucket, {judged}
	FROM ({answers}) AS answer
	WHERE {is_dated} OFFSET 0) AS judged
GROUP BY {key}
HAVING CASE WHEN count(*) FILTER (WHERE {any_valid}) + {invalid} > 0
	THEN stage IS NOT NULL END$sql$::text, to_jsonb(list) || jsonb_build_object(
		'removed', removed, 'answers', answers, 'bucket_start', cxjourney_internal.journey_map_bucket(map),
		'segment', CASE WHEN map ? 'segment'
			THEN cxjourney_internal.journey_map_label_sql('segment'::text, $q$'(none)'$q$::text)
			ELSE $q$text '(all)' COLLATE "C"$q$ END,
		'stage', cxjourney_internal.journey_map_label_sql('stage'::text, 'NULL'::text),
		'touchpoint', CASE WHEN map ? 'touchpoint'
			THEN cxjourney_internal.journey_map_label_sql('touchpoint'::text, $q$'(none)'$q$::text)
			ELSE $q$text '(all)' COLLATE "C"$q$ END,
		'is_dated', cxjourney_internal.journey_map_is_dated(map),
		'first', cxjourney_internal.journey_map_instant(map, '(min(at) FILTER (WHERE ' || any_valid || '))'),
		'last', cxjourney_internal.journey_map_instant(map, '(max(at) FILTER (WHERE ' || any_valid || '))'),
		'key', concat_ws(', ', CASE removed WHEN 'removed' THEN removed END, 'bucket',
			CASE WHEN map ? 'segment' THEN 'segment' END, 'stage', CASE WHEN map ? 'touchpoint' THEN 'touchpoint' END)))
	  FROM list);
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
