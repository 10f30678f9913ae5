--
-- The live journey map: who its customers are
--

CREATE FUNCTION cxjourney_internal.journey_map_personas_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH one AS (
		SELECT metric, position,
		       coalesce(cxjourney_internal.journey_map_metric_sql(map, metric, 'value'::text, ARRAY[metric]::text[]),
				'NULL::numeric') AS value,
		       coalesce(cxjourney_internal.journey_map_metric_sql(map, metric, 'interval'::text,
				ARRAY[metric]::text[]), 'NULL::numrange') AS range,
		       CASE WHEN metric = 'ces' AND (map ->> 'ces_low_is_easy')::boolean THEN 'ces_target - ces_value'
				ELSE metric || '_value - ' || metric || '_target' END AS gap
		  FROM unnest(cxjourney_internal.journey_map_rated()) WITH ORDINALITY AS m(metric, position))
	SELECT cxjourney_internal.journey_map_sql($sql$
WITH answer AS (SELECT CASE WHEN grouping(segment) = 1 THEN '(all)' ELSE segment END AS segment,
	sum(responses)::bigint AS responses, {merged} FROM {totals_table} GROUP BY {key} HAVING count(*) > 0),
described AS (SELECT coalesce(segment, '(all)') AS segment, string_agg(note, E'\n' ORDER BY id) AS persona
	FROM {notes_table} WHERE kind = 'persona' GROUP BY coalesce(segment, '(all)')),
scored AS (SELECT segment, coalesce(responses, 0) AS responses, {computed}, persona
	FROM answer FULL JOIN described USING (segment))
SELECT segment, responses, {shown}, responses >= (SELECT minimum FROM {definition_table}) AS enough, persona
FROM scored CROSS JOIN LATERAL (SELECT {targets} FROM (
	SELECT DISTINCT ON (t.metric) t.metric, t.target FROM {targets_table} AS t
	WHERE t.stage IS NULL AND (t.segment IS NULL OR t.segment = scored.segment)
	ORDER BY t.metric, t.segment NULLS LAST) AS nearest) AS target$sql$::text, map || jsonb_build_object(
		'merged', cxjourney_internal.journey_map_each('@extschema@.rating_agg({metric}) AS {metric}'::text,
			cxjourney_internal.journey_map_rated(), ', '::text),
		'key', CASE WHEN map ? 'segment' THEN 'GROUPING SETS ((), (segment))' ELSE 'GROUPING SETS ((segment))' END,
		'computed', string_agg(cxjourney_internal.journey_map_sql(
			'{value} AS {metric}_value, {range} AS {metric}_range'::text, to_jsonb(one)), ', ' ORDER BY position),
		'shown', string_agg(cxjourney_internal.journey_map_sql('{metric}_value AS {metric},
	lower({metric}_range) AS {metric}_low, upper({metric}_range) AS {metric}_high, {metric}_target,
	{gap} AS {metric}_gap'::text, to_jsonb(one)), ', ' ORDER BY position),
		'targets', string_agg(cxjourney_internal.journey_map_sql(
			'max(target) FILTER (WHERE metric = {metric:literal}) AS {metric}_target'::text, to_jsonb(one)),
			', ' ORDER BY position)))
	  FROM one
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_personas_sql(jsonb) IS
'Internal to the journey map: the query of NAME_personas, with exact numbers.';
