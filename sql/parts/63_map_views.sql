--
-- The live journey map: the SQL of its views
--

CREATE FUNCTION cxjourney_internal.journey_map_metric_sql(map jsonb, metric text, what text, summaries text[])
	RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE WHEN NOT map ? metric THEN NULL
		WHEN what = 'value' AND metric = 'csat' AND map ? 'csat_satisfied_from' THEN format('@extschema@.csat(%s, %s)', summaries[1], (map ->> 'csat_satisfied_from')::integer)
		WHEN what = 'value' THEN format('@extschema@.%s(%s)', metric, summaries[1])
		WHEN what = 'interval' AND metric = 'csat' THEN format('@extschema@.csat_interval(%s, %s::integer, 0.95::double precision)', summaries[1], coalesce((map ->> 'csat_satisfied_from')::integer::text, 'NULL'))
		WHEN what = 'interval' THEN format('@extschema@.%s_interval(%s, 0.95::double precision)', metric, summaries[1])
		WHEN metric = 'csat' THEN format('@extschema@.csat_test(%s, %s, %s::integer, 0.95::double precision)', summaries[1], summaries[2], coalesce((map ->> 'csat_satisfied_from')::integer::text, 'NULL'))
		ELSE format('@extschema@.%s_test(%s, %s, 0.95::double precision)', metric, summaries[1], summaries[2]) END
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_metric_sql(jsonb, text, text, text[]) IS
'Internal to the journey map: a call that gives the value of a metric, its interval or the test between two '
'summaries; NULL for a metric that was not mapped.';

-- What is computed from the numbers, such as an order, comes from the exact ones within.
CREATE FUNCTION cxjourney_internal.journey_map_rounded(query text, columns text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT format('SELECT %s FROM (%s) AS exact',
		string_agg(CASE WHEN decimals IS NULL THEN name WHEN name LIKE '%\_target' THEN format('trim_scale(round(%1$s, %2$s)) AS %1$s', name, decimals)
			ELSE format('round(%1$s, %2$s) AS %1$s', name, decimals) END, ', ' ORDER BY position), query)
	  FROM regexp_split_to_table(columns, ',\s+') WITH ORDINALITY AS c(shown, position),
	       LATERAL (SELECT split_part(shown, ':', 1) AS name, nullif(split_part(shown, ':', 2), '') AS decimals) AS s
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_rounded(text, text) IS
'Internal to the journey map: a query for these columns of a query, those with a colon rounded to so many decimals, '
'since some drivers hold no more than 28 digits. Goals lose the zeros at their end.';

CREATE FUNCTION cxjourney_internal.journey_map_emotion_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE WHEN map ? 'emotion' THEN 'emotion_sum / nullif(emotion_responses, 0)'
		ELSE format('(SELECT avg(feeling) FROM (VALUES %s) AS derived(feeling))', string_agg('(' || feeling || ')', ', ')) END
	  FROM (SELECT CASE metric WHEN 'nps' THEN format('%s / 50', call) WHEN 'csat' THEN format('(%s - 50) / 25', call)
				ELSE format('%s * (4 * (%s - %s)::numeric / %s - 2)', CASE WHEN (map ->> 'ces_low_is_easy')::boolean THEN '-1' ELSE '1' END, call, lowest, highest - lowest) END
		  FROM cxjourney_internal.journey_map_metrics(map), cxjourney_internal.journey_map_metric_sql(map, metric, 'value'::text, ARRAY[metric]::text[]) AS call
		 WHERE metric <> 'emotion') AS f(feeling)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_emotion_sql(jsonb) IS
'Internal to the journey map: the emotion of a cell, -2 to +2. Measured: the mean. Else the mean of NPS / 50, (CSAT '
'- 50) / 25 and the CES stretched from the ends of its scale to -2..+2, of those that have answers.';

CREATE FUNCTION cxjourney_internal.journey_map_cells_sql(map jsonb, totals text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH metric AS (
		SELECT name, position, cxjourney_internal.journey_map_metric_sql(map, name, 'value'::text, ARRAY[name]::text[]) AS value,
		       cxjourney_internal.journey_map_metric_sql(map, name, 'interval'::text, ARRAY[name]::text[]) AS range
		  FROM unnest(ARRAY['nps', 'csat', 'ces']) WITH ORDINALITY AS m(name, position))
	SELECT format('SELECT segment, stage, touchpoint, responses, %1$s, %2$s AS emotion, invalid,
	responses >= minimum AS enough, %3$s, %4$s,
	coalesce(array_position(stages, stage), coalesce(cardinality(stages), 0)
		+ dense_rank() OVER (PARTITION BY array_position(stages, stage) IS NULL ORDER BY stage COLLATE "C"))::integer AS stage_position
FROM (SELECT cell.*, %5$s, (SELECT stages COLLATE "C" FROM %7$s) AS stages, (SELECT minimum FROM %7$s) AS minimum FROM %6$s AS cell) AS cell
CROSS JOIN LATERAL (SELECT max(target) FILTER (WHERE metric = ''nps'') AS nps_target, max(target) FILTER (WHERE metric = ''csat'') AS csat_target,
	max(target) FILTER (WHERE metric = ''ces'') AS ces_target FROM %8$s AS t WHERE t.stage = cell.stage) AS target',
		string_agg(format('%1$s_value AS %1$s, lower(%1$s_range) AS %1$s_low, upper(%1$s_range) AS %1$s_high', name), ', ' ORDER BY position),
		cxjourney_internal.journey_map_emotion_sql(map),
		string_agg(format('coalesce(@extschema@.responses(%1$s), 0) AS %1$s_responses', name), ', ' ORDER BY position),
		string_agg(format(CASE WHEN name = 'ces' AND (map ->> 'ces_low_is_easy')::boolean THEN '%1$s_target, %1$s_target - %1$s_value AS %1$s_gap'
			ELSE '%1$s_target, %1$s_value - %1$s_target AS %1$s_gap' END, name), ', ' ORDER BY position),
		string_agg(format('%1$s AS %3$s_value, %2$s AS %3$s_range', coalesce(value, 'NULL::numeric'), coalesce(range, 'NULL::numrange'), name), ', ' ORDER BY position),
		totals, map ->> 'definition_table', map ->> 'targets_table')
	  FROM metric
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_cells_sql(jsonb, text) IS
'Internal to the journey map: the query of the view NAME, with exact numbers, over a relation with the columns of '
'NAME_totals.';

-- A place that is bad enough makes its whole stage look bad, which would be no news.
CREATE FUNCTION cxjourney_internal.journey_map_barriers_sql(map jsonb, totals text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH metric AS (
		SELECT metric, format('SELECT segment, stage, touchpoint, is_whole, %1$L AS metric, @extschema@.responses(%1$I) AS responses,
		%2$s AS value, %3$s AS rest, test.difference, test.difference %4$s 0 AS worse,
		@extschema@.responses(%1$I)::numeric / @extschema@.responses(whole_%1$s) * abs(test.difference) AS impact, %6$s AS range, test.p_value
	FROM compared, LATERAL (SELECT cxjourney_internal.journey_map_net(whole_%1$s, %1$I) AS summary) AS rest, LATERAL %5$s AS test
	WHERE @extschema@.responses(%1$I) >= minimum AND @extschema@.responses(rest.summary) >= minimum AND test.p_value IS NOT NULL', metric,
			cxjourney_internal.journey_map_metric_sql(map, metric, 'value'::text, ARRAY[metric]::text[]), cxjourney_internal.journey_map_metric_sql(map, metric, 'value'::text, ARRAY['rest.summary']::text[]),
			CASE WHEN metric = 'ces' AND (map ->> 'ces_low_is_easy')::boolean THEN '>' ELSE '<' END,
			cxjourney_internal.journey_map_metric_sql(map, metric, 'test'::text, ARRAY['rest.summary', metric]::text[]),
			CASE metric WHEN 'nps' THEN 200 WHEN 'csat' THEN 100 ELSE highest - lowest END) AS tested
		  FROM cxjourney_internal.journey_map_metrics(map) WHERE metric <> 'emotion')
	SELECT format('WITH cell AS (SELECT segment, stage, touchpoint, nps, csat, ces FROM %1$s AS part),
place AS (SELECT *, false AS is_whole FROM cell
	UNION ALL SELECT segment, stage, ''(all)'', @extschema@.rating_agg(nps), @extschema@.rating_agg(csat), @extschema@.rating_agg(ces), true FROM cell GROUP BY segment, stage HAVING count(*) > 1
	UNION ALL SELECT segment, ''(all)'', touchpoint, @extschema@.rating_agg(nps), @extschema@.rating_agg(csat), @extschema@.rating_agg(ces), true FROM cell GROUP BY segment, touchpoint HAVING count(*) > 1),
whole AS (SELECT segment, @extschema@.rating_agg(nps) AS whole_nps, @extschema@.rating_agg(csat) AS whole_csat, @extschema@.rating_agg(ces) AS whole_ces FROM cell GROUP BY segment),
compared AS (SELECT *, (SELECT minimum FROM %2$s) AS minimum FROM place JOIN whole USING (segment)),
tested AS (%3$s),
ranked AS (SELECT *, (count(*) OVER () - row_number() OVER (ORDER BY p_value) + 1) * p_value AS scaled FROM tested),
corrected AS (SELECT *, least(1, max(scaled) OVER (ORDER BY p_value, scaled DESC ROWS UNBOUNDED PRECEDING)) AS holm FROM ranked),
barrier AS (SELECT * FROM corrected WHERE worse AND holm < 0.05 AND impact >= (SELECT least_impact FROM %2$s) / 100 * range)
SELECT segment, stage, touchpoint, metric, responses, value, rest, difference, impact, holm AS p_value, rank() OVER (PARTITION BY segment, metric ORDER BY impact DESC) AS rank
FROM barrier AS b
WHERE NOT is_whole OR NOT EXISTS (SELECT FROM barrier AS p WHERE NOT p.is_whole AND p.segment = b.segment AND p.metric = b.metric
	AND b.stage IN (p.stage, ''(all)'') AND b.touchpoint IN (p.touchpoint, ''(all)''))',
		totals, map ->> 'definition_table', coalesce(string_agg(tested, '
	UNION ALL '), 'SELECT segment, stage, touchpoint, is_whole, text ''emotion'' AS metric, 0::bigint AS responses, 0::numeric AS value, 0::numeric AS rest, 0::numeric AS difference,
		false AS worse, 0::numeric AS impact, 1 AS range, 1::double precision AS p_value FROM compared WHERE false'))
	  FROM metric
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_barriers_sql(jsonb, text) IS
'Internal to the journey map: the query of NAME_barriers, with exact numbers, over a relation with the columns of '
'NAME_totals: each place, each stage of several touchpoints and each touchpoint at several stages against the rest '
'of the journey of its segment; the last two are barriers where no place of them is.';

CREATE FUNCTION cxjourney_internal.journey_map_trend_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH metric AS (
		SELECT name, position, cxjourney_internal.journey_map_metric_sql(map, name, 'value'::text, ARRAY['now.' || name]::text[]) AS value,
		       cxjourney_internal.journey_map_metric_sql(map, name, 'interval'::text, ARRAY['now.' || name]::text[]) AS range,
		       cxjourney_internal.journey_map_metric_sql(map, name, 'test'::text, ARRAY[name || '_before.' || name, 'now.' || name]::text[]) AS test
		  FROM unnest(ARRAY['nps', 'csat', 'ces']) WITH ORDINALITY AS m(name, position))
	SELECT format('WITH total AS MATERIALIZED (SELECT bucket, segment, responses, nps, csat, ces FROM (%1$s) AS bucket_and_segment),
now AS (SELECT *, max(bucket) FILTER (WHERE nps IS NOT NULL) OVER w AS nps_bucket, max(bucket) FILTER (WHERE csat IS NOT NULL) OVER w AS csat_bucket,
		max(bucket) FILTER (WHERE ces IS NOT NULL) OVER w AS ces_bucket
	FROM total WINDOW w AS (PARTITION BY segment ORDER BY bucket ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
SELECT now.bucket, now.segment, now.responses, %2$s FROM now%3$s', cxjourney_internal.journey_map_state(map, 'bucket, segment'::text),
		string_agg(CASE WHEN value IS NULL THEN format('NULL::numeric AS %1$s, NULL::numeric AS %1$s_low, NULL::numeric AS %1$s_high, NULL::numeric AS %1$s_change, NULL::double precision AS %1$s_p_value', name)
			ELSE format('%1$s AS %3$s, lower(%2$s) AS %3$s_low, upper(%2$s) AS %3$s_high, %3$s_test.difference AS %3$s_change, %3$s_test.p_value AS %3$s_p_value', value, range, name) END, ', ' ORDER BY position),
		string_agg(CASE WHEN value IS NULL THEN '' ELSE format('
LEFT JOIN total AS %1$s_before ON %1$s_before.segment = now.segment AND %1$s_before.bucket = now.%1$s_bucket
LEFT JOIN LATERAL %2$s AS %1$s_test ON true', name, test) END, '' ORDER BY position))
	  FROM metric
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_trend_sql(jsonb) IS
'Internal to the journey map: the query of NAME_trend, with exact numbers.';

CREATE FUNCTION cxjourney_internal.journey_map_channels_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH metric AS (
		SELECT name, position, cxjourney_internal.journey_map_metric_sql(map, name, 'value'::text, ARRAY[name]::text[]) AS value,
		       cxjourney_internal.journey_map_metric_sql(map, name, 'test'::text, ARRAY[format('cxjourney_internal.journey_map_net(stage_%1$s, %1$s)', name), name]::text[]) AS test
		  FROM unnest(ARRAY['nps', 'csat', 'ces']) WITH ORDINALITY AS m(name, position))
	SELECT format('WITH channel AS (
	SELECT segment, stage, channel, sum(responses)::bigint AS responses, @extschema@.rating_agg(nps) AS nps, @extschema@.rating_agg(csat) AS csat, @extschema@.rating_agg(ces) AS ces
	FROM (SELECT *, CASE WHEN strpos(touchpoint, '':'') > 0 THEN lower(split_part(touchpoint, '':'', 1)) ELSE touchpoint END AS channel FROM %1$s) AS cell
	GROUP BY segment, stage, channel),
compared AS (SELECT *, @extschema@.rating_agg(nps) OVER w AS stage_nps, @extschema@.rating_agg(csat) OVER w AS stage_csat, @extschema@.rating_agg(ces) OVER w AS stage_ces
	FROM channel WINDOW w AS (PARTITION BY segment, stage))
SELECT segment, stage, channel, responses, %2$s, responses >= (SELECT minimum FROM %4$s) AS enough FROM compared%3$s WINDOW w AS (PARTITION BY segment, stage)',
		map ->> 'totals_table',
		string_agg(CASE WHEN value IS NULL THEN format('NULL::numeric AS %1$s, NULL::numeric AS %1$s_difference, NULL::double precision AS %1$s_p_value, NULL::numeric AS %1$s_spread', name)
			ELSE format('%1$s AS %2$s, %2$s_test.difference AS %2$s_difference, %2$s_test.p_value AS %2$s_p_value, max(%1$s) OVER w - min(%1$s) OVER w AS %2$s_spread', value, name) END, ', ' ORDER BY position),
		string_agg(CASE WHEN value IS NULL THEN '' ELSE format('
LEFT JOIN LATERAL %1$s AS %2$s_test ON true', test, name) END, '' ORDER BY position), map ->> 'definition_table')
	  FROM metric
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_channels_sql(jsonb) IS
'Internal to the journey map: the query of NAME_channels, with exact numbers.';

CREATE FUNCTION cxjourney_internal.journey_map_changes_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH step AS (
		SELECT CASE map ->> 'bucket' WHEN 'quarter' THEN '3 months' ELSE '1 ' || (map ->> 'bucket') END AS length,
		       CASE map ->> 'bucket' WHEN 'hour' THEN '1 / 24.0' WHEN 'day' THEN '1' WHEN 'week' THEN '7' WHEN 'month' THEN '30' WHEN 'quarter' THEN '91' ELSE '365' END AS days,
		       CASE map ->> 'bucket' WHEN 'hour' THEN 'UTC' ELSE map ->> 'timezone' END AS zone),
	metric AS (
		SELECT metric, format('SELECT id, noted_at AS changed_at, segment, stage, touchpoint, note, %1$L AS metric,
	%2$s AS before, %3$s AS after, test.difference, lower(test.difference_interval) AS low, upper(test.difference_interval) AS high, test.p_value,
	coalesce(@extschema@.responses(%1$s_before), 0) AS responses_before, coalesce(@extschema@.responses(%1$s_after), 0) AS responses_after
FROM change LEFT JOIN LATERAL %4$s AS test ON true', metric,
			cxjourney_internal.journey_map_metric_sql(map, metric, 'value'::text, ARRAY[metric || '_before']::text[]), cxjourney_internal.journey_map_metric_sql(map, metric, 'value'::text, ARRAY[metric || '_after']::text[]),
			cxjourney_internal.journey_map_metric_sql(map, metric, 'test'::text, ARRAY[metric || '_before', metric || '_after']::text[])) AS query
		  FROM cxjourney_internal.journey_map_metrics(map) WHERE metric <> 'emotion')
	SELECT format('WITH marked AS (
	SELECT *, date_trunc(%1$L, noted_at, %2$L) AS made, greatest(1, round(days / %3$s))::integer AS width FROM %4$s WHERE kind = ''change'' AND isfinite(noted_at)),
change AS (
	SELECT n.id, n.noted_at, n.segment, n.stage, n.touchpoint, n.note, %5$s
	FROM marked AS n LEFT JOIN %6$s AS s
		ON s.bucket >= (n.made AT TIME ZONE %7$L - n.width * interval %8$L) AT TIME ZONE %7$L
		AND s.bucket < (n.made AT TIME ZONE %7$L + (n.width + 1) * interval %8$L) AT TIME ZONE %7$L
		AND (n.segment IS NULL OR s.segment = n.segment) AND (n.stage IS NULL OR s.stage = n.stage) AND (n.touchpoint IS NULL OR s.touchpoint = n.touchpoint)
	GROUP BY n.id, n.noted_at, n.segment, n.stage, n.touchpoint, n.note)
%9$s', map ->> 'bucket', map ->> 'timezone', step.days, map ->> 'notes_table',
		(SELECT string_agg(format('@extschema@.rating_agg(s.%1$s) FILTER (WHERE s.bucket < n.made) AS %1$s_before, @extschema@.rating_agg(s.%1$s) FILTER (WHERE s.bucket > n.made) AS %1$s_after', m), ', ')
		   FROM unnest(ARRAY['nps', 'csat', 'ces']) AS m),
		map ->> 'summaries_table', step.zone, step.length, (SELECT coalesce(string_agg(query, '
UNION ALL
'), 'SELECT id, noted_at AS changed_at, segment, stage, touchpoint, note, text ''emotion'' AS metric, 0::numeric AS before, 0::numeric AS after, 0::numeric AS difference,
	0::numeric AS low, 0::numeric AS high, 1::double precision AS p_value, 0::bigint AS responses_before, 0::bigint AS responses_after FROM change WHERE false') FROM metric))
	  FROM step
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_changes_sql(jsonb) IS
'Internal to the journey map: the query of NAME_changes, with exact numbers.';

-- Emotions are not shown; they stand here so that all columns of the map are kept from being dropped or changed.
CREATE FUNCTION cxjourney_internal.journey_map_comments_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT format('SELECT %1$s AS at, segment, stage, touchpoint, %2$s, comment
FROM (SELECT %3$s AS at, %4$s AS segment, "left"((%5$s) COLLATE "C", 200) AS stage, %6$s AS touchpoint, %7$s, %8$s AS comment, %12$s AS emotion FROM %9$s) AS answer
WHERE %10$s AND ((segment, stage, touchpoint) IN (SELECT segment, stage, touchpoint FROM %11$s)
	OR (segment, stage) IN (SELECT segment, stage FROM %11$s WHERE touchpoint = ''(all)'') OR (segment, touchpoint) IN (SELECT segment, touchpoint FROM %11$s WHERE stage = ''(all)''))',
		cxjourney_internal.journey_map_instant(map, 'at'::text), 'trim_scale(round(nps, 6)) AS nps, trim_scale(round(csat, 6)) AS csat, trim_scale(round(ces, 6)) AS ces', '(' || (map ->> 'at') || ')',
		CASE WHEN map ? 'segment' THEN format('coalesce("left"((%s) COLLATE "C", 200), ''(none)'')', map ->> 'segment') ELSE 'text ''(all)'' COLLATE "C"' END,
		map ->> 'stage',
		CASE WHEN map ? 'touchpoint' THEN format('coalesce("left"((%s) COLLATE "C", 200), ''(none)'')', map ->> 'touchpoint') ELSE 'text ''(all)'' COLLATE "C"' END,
		(SELECT string_agg(format('(%s)::numeric AS %s', coalesce(map ->> name, 'NULL'), name), ', ') FROM unnest(ARRAY['nps', 'csat', 'ces']) AS name),
		format('(%s) COLLATE "default"', coalesce(map ->> 'comment', 'NULL::text')), map ->> 'source',
		CASE WHEN map ? 'comment' THEN 'btrim(comment) <> ''''' ELSE 'false' END, map ->> 'barriers_table', coalesce('(' || (map ->> 'emotion') || ')', 'NULL'))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_comments_sql(jsonb) IS
'Internal to the journey map: the query of NAME_comments.';


