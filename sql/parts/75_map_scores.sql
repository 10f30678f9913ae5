--
-- The live journey map: what stages and the whole journey score, and how that changed
--

CREATE FUNCTION cxjourney_internal.journey_map_period_before(map jsonb, period daterange) RETURNS date
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE WHEN NOT (isfinite(lower(period)) AND isfinite(upper(period))) THEN NULL
		WHEN upper(period) - lower(period) > lower(period) - date '0001-01-01' THEN '0001-01-01'
		WHEN map ->> 'bucket' <> 'week' AND extract(day FROM lower(period)) = 1 AND extract(day FROM upper(period)) = 1
		THEN (lower(period)::timestamp - age(upper(period)::timestamp, lower(period)::timestamp))::date
		ELSE lower(period) - (upper(period) - lower(period)) END
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_period_before(jsonb, daterange) IS
'Internal to the journey map: where the period begins that ends where this one begins and is of as many days or, '
'when this one is of whole months and buckets are no weeks, of as many months; NULL for NULL and for one without an '
'end or a beginning. Not before the year 1, where no map has answers.';

-- $1 is the segment, $2 and $3 are where the period begins and ends, $4 where the one before begins.
CREATE FUNCTION cxjourney_internal.journey_map_scores_sql(map jsonb, all_time boolean, barriers text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$
WITH answer AS (SELECT stage, {rated}, {is_now} AS is_now FROM {cells} WHERE ($1 IS NULL OR segment = $1)
	AND coalesce(bucket >= coalesce($4, $2), true) AND coalesce(bucket < $3, true)),
score AS (SELECT stage, grouping(stage) = 1 AS is_whole, {merged} FROM answer
	GROUP BY GROUPING SETS ((), (stage)) HAVING bool_or(is_now)),
placed AS (SELECT score.*, CASE WHEN is_whole THEN 0 ELSE coalesce(array_position(stages, stage),
		coalesce(cardinality(stages), 0) + dense_rank() OVER (
			PARTITION BY is_whole, array_position(stages, stage) IS NULL ORDER BY stage COLLATE "C"))::integer END
		AS stage_position
	FROM score, (SELECT stages COLLATE "C" AS stages FROM {definition_table}) AS d),
-- computed once, not for each score
barrier AS MATERIALIZED (SELECT b.stage AS barrier_stage, b.metric AS barrier_metric, b.impact AS barrier_impact
	FROM ({barriers}) AS b WHERE b.segment = coalesce($1, '(all)') AND b.touchpoint = '(all)')
SELECT stage, stage_position, metric, responses, value, lower(range), upper(range), change, p_value,
	responses >= (SELECT minimum FROM {definition_table}), target,
	{gap}, barrier_metric IS NOT NULL, barrier_impact
FROM ({scored}) AS scored LEFT JOIN LATERAL (SELECT t.target FROM {targets_table} AS t
	WHERE t.metric = scored.metric AND t.stage IS NOT DISTINCT FROM scored.stage
		AND (t.segment IS NULL OR t.segment = coalesce($1, '(all)'))
	ORDER BY t.segment NULLS LAST LIMIT 1) AS goal ON true
	LEFT JOIN barrier ON barrier_stage = scored.stage AND barrier_metric = scored.metric
ORDER BY stage_position, array_position(ARRAY[{metrics:literal}], metric)$sql$::text, map || jsonb_build_object(
		'rated', rated, 'metrics', rated, 'barriers', barriers,
		'gap', CASE WHEN (map ->> 'ces_low_is_easy')::boolean
			THEN 'CASE metric WHEN ''ces'' THEN target - value ELSE value - target END' ELSE 'value - target' END,
		'is_now', CASE WHEN all_time THEN 'true' ELSE 'coalesce(bucket >= $2, true)' END,
		'cells', cxjourney_internal.journey_map_sql(CASE WHEN all_time
			THEN '(SELECT *, NULL::timestamptz AS bucket FROM {totals_table}) AS total'
			ELSE '{summaries_table}' END::text, map),
		'merged', cxjourney_internal.journey_map_each(
			'@extschema@.rating_agg({metric}) FILTER (WHERE is_now) AS {metric},
	@extschema@.rating_agg({metric}) FILTER (WHERE NOT is_now) AS {metric}_before'::text, rated, ', '::text),
		'scored', (SELECT coalesce(string_agg(cxjourney_internal.journey_map_sql($sql$
	SELECT stage, stage_position, text {metric:literal} AS metric, @extschema@.responses({metric}) AS responses,
		{value} AS value, {range} AS range, test.difference AS change, test.p_value
	FROM placed LEFT JOIN LATERAL {test} AS test ON true WHERE @extschema@.responses({metric}) > 0$sql$::text,
				jsonb_build_object('metric', metric,
				'value', cxjourney_internal.journey_map_metric_sql(map, metric, 'value'::text, ARRAY[metric]::text[]),
				'range', cxjourney_internal.journey_map_metric_sql(map, metric, 'interval'::text,
					ARRAY[metric]::text[]),
				'test', cxjourney_internal.journey_map_metric_sql(map, metric, 'test'::text,
					ARRAY[metric || '_before', metric]::text[]))), '
	UNION ALL '), $sql$
	SELECT stage, stage_position, text 'emotion' AS metric, 0::bigint AS responses, 0::numeric AS value,
		NULL::numrange AS range, 0::numeric AS change, 1::double precision AS p_value FROM placed WHERE false$sql$)
			FROM cxjourney_internal.journey_map_metrics(map) WHERE metric <> 'emotion')))
	  FROM cxjourney_internal.journey_map_rated() AS rated
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_scores_sql(jsonb, boolean, text) IS
'Internal to the journey map: the query of journey_map_scores, over that of its barriers, with the segment, the ends '
'of the period and the beginning of the one before as parameters.';

CREATE FUNCTION cxjourney_internal.journey_map_scores_of(definition regclass, only_segment text, period daterange,
	OUT stage text, OUT stage_position integer, OUT metric text, OUT responses bigint, OUT value numeric,
	OUT low numeric, OUT high numeric, OUT change numeric, OUT change_p_value double precision, OUT enough boolean,
	OUT target numeric, OUT gap numeric, OUT barrier boolean, OUT impact numeric) RETURNS SETOF record
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
	map jsonb := cxjourney_internal.journey_map_load_part(definition, only_segment, period);
BEGIN
	RETURN QUERY EXECUTE cxjourney_internal.journey_map_scores_sql(map, period IS NULL,
			cxjourney_internal.journey_map_barriers_sql(map,
				cxjourney_internal.journey_map_part(map, only_segment, period), NULL::text)) USING only_segment,
		cxjourney_internal.journey_map_midnight(map, lower(period)),
		cxjourney_internal.journey_map_midnight(map, upper(period)),
		cxjourney_internal.journey_map_midnight(map, cxjourney_internal.journey_map_period_before(map, period));
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_scores_of(regclass, text, daterange) IS
'Internal: what journey_map_scores does.';

CREATE FUNCTION cxjourney_internal.journey_map_scores_steps(name text, segment text, period daterange,
	OUT stage text, OUT stage_position integer, OUT metric text, OUT responses bigint, OUT value numeric,
	OUT low numeric, OUT high numeric, OUT change numeric, OUT change_p_value double precision, OUT enough boolean,
	OUT target numeric, OUT gap numeric, OUT barrier boolean, OUT impact numeric) RETURNS SETOF record
	LANGUAGE sql STABLE
AS $$
	SELECT * FROM cxjourney_internal.journey_map_scores_of(cxjourney_internal.journey_map_find(
		name, pg_catalog.current_setting('search_path'), false), segment, period);
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_scores_steps(text, text, daterange) IS
'Internal: what journey_map_scores does.';

CREATE FUNCTION journey_map_scores(name text, segment text DEFAULT NULL, period daterange DEFAULT NULL,
	OUT stage text, OUT stage_position integer, OUT metric text, OUT responses bigint, OUT value numeric,
	OUT low numeric, OUT high numeric, OUT change numeric, OUT change_p_value double precision, OUT enough boolean,
	OUT target numeric, OUT gap numeric, OUT barrier boolean, OUT impact numeric) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C STABLE;
COMMENT ON FUNCTION journey_map_scores(text, text, daterange) IS
'What the whole journey (stage NULL, position 0) and each of its stages score by each metric that has answers: '
'nps -100 to 100, csat percent 0 to 100, ces the mean of the scale, of all touchpoints put together, with the 95 '
'percent interval, the number of answers and whether they reach the minimum of the map; of one segment or, with '
'NULL, of all together; of a period of whole buckets (days in the time zone of the map) or, with NULL, of all time. '
'change is this value less that of the period before, which ends where this one begins and has as many days or, if '
'this one is of whole months and the buckets are no weeks, as many months; change_p_value the p-value of that '
'difference, two-sided, not corrected for looking at several; both NULL without a period, for one without an end or '
'a beginning, and without answers before. target is the goal from NAME_targets for the whole journey or the stage, '
'that of the segment or else that of all segments, and gap how far the value is from it; negative is short of it. '
'barrier is whether journey_map_barriers lists the whole stage (touchpoint (all)) in this metric, impact by how much. '
'Rights and errors are those of journey_map_cells.';
