--
-- The live journey map: the SQL of its views
--

CREATE FUNCTION cxjourney_internal.journey_map_metric_sql(map jsonb, metric text, what text, summaries text[])
	RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql(CASE
			WHEN metric <> 'csat' THEN CASE what
				WHEN 'value' THEN '@extschema@.{metric}({first})'
				WHEN 'interval' THEN '@extschema@.{metric}_interval({first}, 0.95::double precision)'
				ELSE '@extschema@.{metric}_test({first}, {second}, 0.95::double precision)' END
			WHEN what = 'interval' THEN '@extschema@.csat_interval({first}, {from}::integer, 0.95::double precision)'
			WHEN what = 'test' THEN '@extschema@.csat_test({first}, {second}, {from}::integer, 0.95::double precision)'
			WHEN map ? 'csat_satisfied_from' THEN '@extschema@.csat({first}, {from})'
			ELSE '@extschema@.csat({first})' END::text,
		jsonb_build_object('metric', metric, 'first', summaries[1], 'second', summaries[2],
			'from', cxjourney_internal.journey_map_satisfied_from(map)))
	 WHERE map ? metric
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_metric_sql(jsonb, text, text, text[]) IS
'Internal to the journey map: a call that gives the value of a metric, its interval or the test between two '
'summaries; NULL for a metric that was not mapped.';

-- What is computed from the numbers, such as an order, comes from the exact ones within.
CREATE FUNCTION cxjourney_internal.journey_map_rounded(query text, columns text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql('SELECT {columns} FROM ({query}) AS exact'::text, jsonb_build_object(
		'query', query, 'columns', string_agg(cxjourney_internal.journey_map_sql(CASE WHEN decimals = '' THEN '{column}'
			WHEN col ~ '_target$' THEN 'trim_scale(round({column}, {decimals})) AS {column}'
			ELSE 'round({column}, {decimals}) AS {column}' END::text,
			jsonb_build_object('column', col, 'decimals', decimals)), ', ' ORDER BY position)))
	  FROM regexp_split_to_table(columns, ',[[:space:]]+') WITH ORDINALITY AS c(shown, position),
	       LATERAL (SELECT split_part(shown, ':', 1) AS col, split_part(shown, ':', 2) AS decimals) AS s
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_rounded(text, text) IS
'Internal to the journey map: a query for these columns of a query, those with a colon rounded to so many decimals, '
'since some drivers hold no more than 28 digits. Goals lose the zeros at their end.';

CREATE FUNCTION cxjourney_internal.journey_map_each(template text, metrics text[], separator text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT string_agg(cxjourney_internal.journey_map_sql(template, jsonb_build_object('metric', metric)), separator
		ORDER BY position)
	  FROM unnest(metrics) WITH ORDINALITY AS m(metric, position)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_each(text, text[], text) IS
'Internal to the journey map: a text with the place {metric} for each of these metrics, with a separator in between.';

CREATE FUNCTION cxjourney_internal.journey_map_emotion_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE WHEN map ? 'emotion' THEN 'emotion_sum / nullif(emotion_responses, 0)'
		ELSE cxjourney_internal.journey_map_sql(
			'(SELECT avg(feeling) FROM (VALUES {feelings}) AS derived(feeling))'::text,
			jsonb_build_object('feelings', string_agg('(' || feeling || ')', ', '))) END
	  FROM (SELECT cxjourney_internal.journey_map_sql(CASE metric
				WHEN 'nps' THEN '{value} / 50'
				WHEN 'csat' THEN '({value} - 50) / 25'
				ELSE '{sign} * (4 * ({value} - {lowest})::numeric / {width} - 2)' END::text, jsonb_build_object(
				'value', cxjourney_internal.journey_map_metric_sql(map, metric, 'value'::text, ARRAY[metric]::text[]),
				'sign', CASE WHEN (map ->> 'ces_low_is_easy')::boolean THEN '-1' ELSE '1' END,
				'lowest', lowest, 'width', highest - lowest))
		  FROM cxjourney_internal.journey_map_metrics(map) WHERE metric <> 'emotion') AS f(feeling)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_emotion_sql(jsonb) IS
'Internal to the journey map: the emotion of a cell, -2 to +2. Measured: the mean. Else the mean of NPS / 50, (CSAT '
'- 50) / 25 and the CES stretched from the ends of its scale to -2..+2, of those that have answers.';

CREATE FUNCTION cxjourney_internal.journey_map_cells_sql(map jsonb, totals text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH one AS (
		SELECT metric, position, coalesce(cxjourney_internal.journey_map_metric_sql(map, metric, 'value'::text,
				ARRAY[metric]::text[]), 'NULL::numeric') AS value,
		       coalesce(cxjourney_internal.journey_map_metric_sql(map, metric, 'interval'::text,
				ARRAY[metric]::text[]), 'NULL::numrange') AS range,
		       CASE WHEN metric = 'ces' AND (map ->> 'ces_low_is_easy')::boolean THEN 'ces_target - ces_value'
				ELSE metric || '_value - ' || metric || '_target' END AS gap
		  FROM unnest(cxjourney_internal.journey_map_rated()) WITH ORDINALITY AS m(metric, position)),
	list AS (
		SELECT string_agg(cxjourney_internal.journey_map_sql('{metric}_value AS {metric},
			lower({metric}_range) AS {metric}_low, upper({metric}_range) AS {metric}_high'::text, to_jsonb(one)),
			', ' ORDER BY position) AS shown,
		       string_agg(cxjourney_internal.journey_map_sql(
			'coalesce(@extschema@.responses({metric}), 0) AS {metric}_responses'::text, to_jsonb(one)),
			', ' ORDER BY position) AS responses,
		       string_agg(cxjourney_internal.journey_map_sql('{metric}_target, {gap} AS {metric}_gap'::text,
			to_jsonb(one)), ', ' ORDER BY position) AS gaps,
		       string_agg(cxjourney_internal.journey_map_sql(
			'{value} AS {metric}_value, {range} AS {metric}_range'::text, to_jsonb(one)), ', ' ORDER BY position)
				AS computed,
		       string_agg(cxjourney_internal.journey_map_sql(
			'max(target) FILTER (WHERE metric = {metric:literal}) AS {metric}_target'::text, to_jsonb(one)),
			', ' ORDER BY position) AS targets
		  FROM one)
	SELECT cxjourney_internal.journey_map_sql($sql$
SELECT segment, stage, touchpoint, responses, {shown}, {emotion_value} AS emotion, invalid,
	responses >= minimum AS enough, {responses}, {gaps},
	coalesce(array_position(stages, stage), coalesce(cardinality(stages), 0)
		+ dense_rank() OVER (PARTITION BY array_position(stages, stage) IS NULL ORDER BY stage COLLATE "C"))::integer
		AS stage_position
FROM (SELECT cell.*, {computed}, (SELECT stages COLLATE "C" FROM {definition_table}) AS stages,
	(SELECT minimum FROM {definition_table}) AS minimum FROM {totals} AS cell) AS cell
CROSS JOIN LATERAL (SELECT {targets} FROM (SELECT DISTINCT ON (t.metric) t.metric, t.target FROM {targets_table} AS t
	WHERE t.stage = cell.stage AND (t.segment IS NULL OR t.segment = cell.segment)
	ORDER BY t.metric, t.segment NULLS LAST) AS nearest) AS target$sql$::text,
		map || to_jsonb(list) || jsonb_build_object('totals', totals,
			'emotion_value', cxjourney_internal.journey_map_emotion_sql(map)))
	  FROM list
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_cells_sql(jsonb, text) IS
'Internal to the journey map: the query of the view NAME, with exact numbers, over a relation with the columns of '
'NAME_totals.';

CREATE FUNCTION cxjourney_internal.journey_map_tested_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT coalesce(string_agg(cxjourney_internal.journey_map_sql($sql$
	SELECT segment, stage, touchpoint, whole, {metric:literal} AS metric,
		@extschema@.responses({metric}) AS responses, {value} AS value, {rest} AS rest, test.difference,
		all_of_it.impact,
		test.difference {worse} 0 AND all_of_it.impact >= least_impact{unit}
			AND coalesce(without.impact >= greatest(least_impact{unit}, all_of_it.impact / 3), true) AS matters,
		greatest(test.p_value, without.p_value) AS p_value
	FROM compared, LATERAL (SELECT cxjourney_internal.journey_map_net(all_{metric}, {metric}) AS summary,
			@extschema@.responses(all_{metric})::numeric AS answers) AS rest,
		LATERAL {test} AS test,
		LATERAL (SELECT @extschema@.responses({metric}) * abs(test.difference) / rest.answers AS impact) AS all_of_it,
		LATERAL (SELECT max(CASE WHEN less.difference {worse} 0 THEN less.p_value ELSE 1 END) AS p_value,
			min(@extschema@.responses(others.summary) * abs(less.difference) / rest.answers) AS impact,
			bool_and(coalesce(@extschema@.responses(others.summary) >= minimum, false)) AS enough
			FROM cell AS one, LATERAL (SELECT
				cxjourney_internal.journey_map_net(compared.{metric}, one.{metric}) AS summary) AS others,
				LATERAL {less} AS less
			WHERE one.segment = compared.segment AND CASE whole WHEN 'stage' THEN one.stage = compared.stage
				WHEN 'touchpoint' THEN one.touchpoint = compared.touchpoint END) AS without
	WHERE @extschema@.responses({metric}) >= minimum AND @extschema@.responses(rest.summary) >= minimum
		AND test.p_value IS NOT NULL AND enough IS NOT FALSE$sql$::text, jsonb_build_object('metric', metric,
			'value', cxjourney_internal.journey_map_metric_sql(map, metric, 'value'::text, ARRAY[metric]::text[]),
			'rest', cxjourney_internal.journey_map_metric_sql(map, metric, 'value'::text,
				ARRAY['rest.summary']::text[]),
			'worse', CASE WHEN metric = 'ces' AND (map ->> 'ces_low_is_easy')::boolean THEN '>' ELSE '<' END,
			'unit', CASE metric WHEN 'ces' THEN ' / 10' ELSE '' END,
			'test', cxjourney_internal.journey_map_metric_sql(map, metric, 'test'::text,
				ARRAY['rest.summary', metric]::text[]),
			'less', cxjourney_internal.journey_map_metric_sql(map, metric, 'test'::text,
				ARRAY['rest.summary', 'others.summary']::text[]))), '
	UNION ALL '), $sql$
	SELECT segment, stage, touchpoint, whole, text 'emotion' AS metric, 0::bigint AS responses, 0::numeric AS value,
		0::numeric AS rest, 0::numeric AS difference, 0::numeric AS impact, false AS matters,
		1::double precision AS p_value FROM compared WHERE false$sql$)
	  FROM cxjourney_internal.journey_map_metrics(map) WHERE metric <> 'emotion'
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_tested_sql(jsonb) IS
'Internal to the journey map: the query that tests each place against the rest, metric by metric, and each whole '
'stage and touchpoint as it is and without each of its places, of which the greatest p-value and the least impact '
'count, and a third of the impact must be left; a whole that has not enough answers without one of them is not '
'tested. Of no rows when only emotions were mapped.';

CREATE FUNCTION cxjourney_internal.journey_map_dispersion_sql(map jsonb, buckets text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$
	WITH member AS MATERIALIZED (SELECT b.id, b.metric, c.segment, c.stage, c.touchpoint
		FROM barrier AS b JOIN cell AS c ON c.segment = b.segment AND CASE whole WHEN 'stage' THEN c.stage = b.stage
			WHEN 'touchpoint' THEN c.touchpoint = b.touchpoint
			ELSE c.stage = b.stage AND c.touchpoint = b.touchpoint END)
	SELECT id, cxjourney_internal.control_dispersion_at(array_agg(bucket), array_agg(removed), array_agg(answers),
		metric, {from}::integer) AS dispersion
	FROM (SELECT m.id, m.metric, p.bucket, p.removed, {answers} AS answers
		FROM {buckets} AS p JOIN member AS m USING (segment, stage, touchpoint) OFFSET 0) AS part
	GROUP BY id, metric$sql$::text, jsonb_build_object('buckets', buckets,
		'answers', 'CASE m.metric ' || cxjourney_internal.journey_map_each(
			'WHEN {metric:literal} THEN p.{metric}'::text, cxjourney_internal.journey_map_rated(), ' '::text) || ' END',
		'from', cxjourney_internal.journey_map_satisfied_from(map)))
	 WHERE buckets IS NOT NULL
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_dispersion_sql(jsonb, text) IS
'Internal to the journey map: the query that tells by how much the buckets of each barrier differ beyond chance, over '
'a relation with the columns of NAME_summaries and removed, of which all parts of a bucket are put together; NULL '
'for NULL. What is sorted has one summary a row.';

-- A place that is bad enough makes its whole stage look bad, which would be no news; that a stage is bad in all its
-- places is, and would be lost among them. So a whole is to be a barrier whichever of its places is left out, with at
-- least a third of its impact: else it is that place, whatever is a little worse beside it. It then has a greater
-- impact than each of them: what is left of it is worse than the rest of the journey, and so the rest beside the
-- place, which is both together, is worse than the rest beside the whole.
CREATE FUNCTION cxjourney_internal.journey_map_barriers_sql(map jsonb, totals text, buckets text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$
WITH cell AS (SELECT segment, stage, touchpoint, {rated} FROM {totals} AS part),
place AS (SELECT *, NULL::text AS whole FROM cell
	UNION ALL SELECT segment, stage, '(all)', {merged}, 'stage' FROM cell GROUP BY segment, stage HAVING count(*) > 1
	UNION ALL SELECT segment, '(all)', touchpoint, {merged}, 'touchpoint' FROM cell GROUP BY segment, touchpoint
		HAVING count(*) > 1),
journey AS (SELECT segment, {all} FROM cell GROUP BY segment),
compared AS (SELECT *, (SELECT minimum FROM {definition_table}) AS minimum,
		(SELECT least_impact FROM {definition_table}) AS least_impact FROM place JOIN journey USING (segment)),
tested AS ({tested}),
ranked AS (SELECT *, (count(*) OVER () - row_number() OVER (ORDER BY p_value) + 1) * p_value AS scaled FROM tested),
corrected AS (SELECT *, least(1, max(scaled) OVER (ORDER BY p_value, scaled DESC ROWS UNBOUNDED PRECEDING)) AS holm
	FROM ranked),
barrier AS (SELECT *, row_number() OVER () AS id FROM corrected WHERE matters AND holm < 0.05),
spread AS MATERIALIZED ({dispersion})
SELECT segment, stage, touchpoint, metric, responses, value, rest, difference, impact, holm AS p_value,
	rank() OVER (PARTITION BY segment, metric ORDER BY impact DESC) AS rank,
	CASE WHEN whole IS NULL THEN (SELECT w.whole FROM barrier AS w
		WHERE w.segment = b.segment AND w.metric = b.metric
		AND CASE w.whole WHEN 'stage' THEN w.stage = b.stage WHEN 'touchpoint' THEN w.touchpoint = b.touchpoint END
		ORDER BY w.impact DESC, w.whole LIMIT 1) END AS part_of, dispersion
FROM barrier AS b LEFT JOIN spread USING (id)$sql$::text,
		map || jsonb_build_object('totals', totals, 'rated', rated,
			'merged', cxjourney_internal.journey_map_each('@extschema@.rating_agg({metric})'::text, rated, ', '::text),
			'all', cxjourney_internal.journey_map_each(
				'@extschema@.rating_agg({metric}) AS all_{metric}'::text, rated, ', '::text),
			'tested', cxjourney_internal.journey_map_tested_sql(map),
			'dispersion', coalesce(cxjourney_internal.journey_map_dispersion_sql(map, buckets),
				'SELECT NULL::bigint AS id, NULL::numeric AS dispersion')))
	  FROM cxjourney_internal.journey_map_rated() AS rated
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_barriers_sql(jsonb, text, text) IS
'Internal to the journey map: the query of NAME_barriers, with exact numbers, over a relation with the columns of '
'NAME_totals and, for the dispersion, one with those of NAME_summaries and removed, or NULL: each place, each stage '
'of several touchpoints and each touchpoint at several stages against the rest of the journey of its segment; the '
'last two are barriers when they are so whichever of their places is left out, with a third of their impact.';

CREATE FUNCTION cxjourney_internal.journey_map_later(earlier rating_summary, later rating_summary)
	RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'journey_map_later' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_map_later(rating_summary, rating_summary) IS
'Internal to the journey map: the second one; the transition of journey_map_last. NULL for NULL.';

CREATE AGGREGATE cxjourney_internal.journey_map_last(s rating_summary) (
	SFUNC = cxjourney_internal.journey_map_later, STYPE = rating_summary, SSPACE = 128, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cxjourney_internal.journey_map_last(rating_summary) IS
'Internal to the journey map: the last one in the order of its window that is not NULL; NULL without any.';

-- One pass, and windows by place alone: a condition on the place goes down to what is read.
CREATE FUNCTION cxjourney_internal.journey_map_trend_sql(map jsonb, place text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH one AS (
		SELECT metric, position,
		       cxjourney_internal.journey_map_metric_sql(map, metric, 'value'::text, ARRAY[metric]::text[]) AS value,
		       cxjourney_internal.journey_map_metric_sql(map, metric, 'interval'::text, ARRAY[metric]::text[]) AS range,
		       cxjourney_internal.journey_map_metric_sql(map, metric, 'test'::text,
				ARRAY[metric || '_before', metric]::text[]) AS test
		  FROM unnest(cxjourney_internal.journey_map_rated()) WITH ORDINALITY AS m(metric, position))
	SELECT cxjourney_internal.journey_map_sql($sql$
SELECT bucket, {place}, responses, {shown} FROM (SELECT bucket, {place}, responses, {rated}, {before}
	FROM ({state}) AS state
	WINDOW w AS (PARTITION BY {place} ORDER BY bucket ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
	AS now{tests}$sql$::text, jsonb_build_object('place', place, 'rated', cxjourney_internal.journey_map_rated(),
		'state', cxjourney_internal.journey_map_state(map, 'bucket, ' || place),
		'before', cxjourney_internal.journey_map_each(
			'cxjourney_internal.journey_map_last({metric}) OVER w AS {metric}_before'::text,
			cxjourney_internal.journey_map_rated(), ', '::text),
		'shown', string_agg(cxjourney_internal.journey_map_sql(CASE WHEN value IS NULL
			THEN 'NULL::numeric AS {metric}, NULL::numeric AS {metric}_low, NULL::numeric AS {metric}_high,
	NULL::numeric AS {metric}_change, NULL::double precision AS {metric}_p_value'
			ELSE '{value} AS {metric}, lower({metric}_range) AS {metric}_low, upper({metric}_range) AS {metric}_high,
	{metric}_test.difference AS {metric}_change, {metric}_test.p_value AS {metric}_p_value' END::text,
			to_jsonb(one)), ', ' ORDER BY position),
		'tests', string_agg(CASE WHEN value IS NULL THEN '' ELSE cxjourney_internal.journey_map_sql('
LEFT JOIN LATERAL {test} AS {metric}_test ON true
LEFT JOIN LATERAL {range} AS {metric}_range ON true'::text, to_jsonb(one)) END, '' ORDER BY position)))
	  FROM one
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_trend_sql(jsonb, text) IS
'Internal to the journey map: the query of NAME_trend or NAME_trend_places, with exact numbers, by bucket and these '
'columns.';

CREATE FUNCTION cxjourney_internal.journey_map_channels_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH one AS (
		SELECT metric, position,
		       cxjourney_internal.journey_map_metric_sql(map, metric, 'value'::text, ARRAY[metric]::text[]) AS value,
		       cxjourney_internal.journey_map_metric_sql(map, metric, 'test'::text,
				ARRAY[cxjourney_internal.journey_map_each(
					'cxjourney_internal.journey_map_net(stage_{metric}, {metric})'::text,
					ARRAY[metric]::text[], ''::text), metric]::text[]) AS test
		  FROM unnest(cxjourney_internal.journey_map_rated()) WITH ORDINALITY AS m(metric, position))
	SELECT cxjourney_internal.journey_map_sql($sql$
WITH channel AS (
	SELECT segment, stage, channel, sum(responses)::bigint AS responses, {merged}
	FROM (SELECT *, CASE WHEN strpos(touchpoint, ':') > 0 THEN lower(split_part(touchpoint, ':', 1)) ELSE touchpoint END
		AS channel FROM {totals_table}) AS cell
	GROUP BY segment, stage, channel),
compared AS (SELECT *, {stages_merged}
	FROM channel WINDOW w AS (PARTITION BY segment, stage))
SELECT segment, stage, channel, responses, {shown}, responses >= (SELECT minimum FROM {definition_table}) AS enough
FROM compared{tests} WINDOW w AS (PARTITION BY segment, stage)$sql$::text, map || jsonb_build_object(
		'merged', cxjourney_internal.journey_map_each('@extschema@.rating_agg({metric}) AS {metric}'::text,
			cxjourney_internal.journey_map_rated(), ', '::text),
		'stages_merged', cxjourney_internal.journey_map_each(
			'@extschema@.rating_agg({metric}) OVER w AS stage_{metric}'::text,
			cxjourney_internal.journey_map_rated(), ', '::text),
		'shown', string_agg(cxjourney_internal.journey_map_sql(CASE WHEN value IS NULL
			THEN 'NULL::numeric AS {metric}, NULL::numeric AS {metric}_difference,
	NULL::double precision AS {metric}_p_value, NULL::numeric AS {metric}_spread'
			ELSE '{value} AS {metric}, {metric}_test.difference AS {metric}_difference,
	{metric}_test.p_value AS {metric}_p_value, max({value}) OVER w - min({value}) OVER w AS {metric}_spread' END::text,
			to_jsonb(one)), ', ' ORDER BY position),
		'tests', string_agg(CASE WHEN value IS NULL THEN '' ELSE cxjourney_internal.journey_map_sql('
LEFT JOIN LATERAL {test} AS {metric}_test ON true'::text, to_jsonb(one)) END, '' ORDER BY position)))
	  FROM one
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_channels_sql(jsonb) IS
'Internal to the journey map: the query of NAME_channels, with exact numbers.';

CREATE FUNCTION cxjourney_internal.journey_map_compared_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT coalesce(string_agg(cxjourney_internal.journey_map_sql($sql$
SELECT id, noted_at AS changed_at, segment, stage, touchpoint, note, {metric:literal} AS metric,
	{before} AS before, {after} AS after, test.difference, lower(test.difference_interval) AS low,
	upper(test.difference_interval) AS high, test.p_value,
	coalesce(@extschema@.responses({metric}_before), 0) AS responses_before,
	coalesce(@extschema@.responses({metric}_after), 0) AS responses_after
FROM change LEFT JOIN LATERAL {test} AS test ON true$sql$::text, jsonb_build_object('metric', metric,
			'before', cxjourney_internal.journey_map_metric_sql(map, metric, 'value'::text,
				ARRAY[metric || '_before']::text[]),
			'after', cxjourney_internal.journey_map_metric_sql(map, metric, 'value'::text,
				ARRAY[metric || '_after']::text[]),
			'test', cxjourney_internal.journey_map_metric_sql(map, metric, 'test'::text,
				ARRAY[metric || '_before', metric || '_after']::text[]))), '
UNION ALL '), $sql$
SELECT id, noted_at AS changed_at, segment, stage, touchpoint, note, text 'emotion' AS metric, 0::numeric AS before,
	0::numeric AS after, 0::numeric AS difference, 0::numeric AS low, 0::numeric AS high,
	1::double precision AS p_value, 0::bigint AS responses_before, 0::bigint AS responses_after
FROM change WHERE false$sql$)
	  FROM cxjourney_internal.journey_map_metrics(map) WHERE metric <> 'emotion'
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_compared_sql(jsonb) IS
'Internal to the journey map: the query that compares before and after a change, metric by metric; of no rows when '
'only emotions were mapped.';

CREATE FUNCTION cxjourney_internal.journey_map_changes_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$
WITH marked AS (
	SELECT *, date_trunc({bucket:literal}, noted_at, {timezone:literal}) AS made,
		greatest(1, round(days / {days}))::integer AS width
	FROM {notes_table}
	WHERE kind = 'change' AND noted_at >= '0001-01-01 00:00:00+00' AND noted_at < '10000-01-01 00:00:00+00'),
change AS (
	SELECT n.id, n.noted_at, n.segment, n.stage, n.touchpoint, n.note, {sides}
	FROM marked AS n LEFT JOIN {summaries_table} AS s
		ON s.bucket >= (n.made AT TIME ZONE {zone:literal} - n.width * interval {length:literal})
			AT TIME ZONE {zone:literal}
		AND s.bucket < (n.made AT TIME ZONE {zone:literal} + (n.width + 1) * interval {length:literal})
			AT TIME ZONE {zone:literal}
		AND (n.segment IS NULL OR s.segment = n.segment) AND (n.stage IS NULL OR s.stage = n.stage)
		AND (n.touchpoint IS NULL OR s.touchpoint = n.touchpoint)
	GROUP BY n.id, n.noted_at, n.segment, n.stage, n.touchpoint, n.note)
{compared}$sql$::text, map || jsonb_build_object(
		'length', CASE map ->> 'bucket' WHEN 'quarter' THEN '3 months' ELSE '1 ' || (map ->> 'bucket') END,
		'days', CASE map ->> 'bucket' WHEN 'hour' THEN '1 / 24.0' WHEN 'day' THEN '1' WHEN 'week' THEN '7'
			WHEN 'month' THEN '30' WHEN 'quarter' THEN '91' ELSE '365' END,
		'zone', CASE map ->> 'bucket' WHEN 'hour' THEN 'UTC' ELSE map ->> 'timezone' END,
		'sides', cxjourney_internal.journey_map_each(
			'@extschema@.rating_agg(s.{metric}) FILTER (WHERE s.bucket < n.made) AS {metric}_before,
		@extschema@.rating_agg(s.{metric}) FILTER (WHERE s.bucket > n.made) AS {metric}_after'::text,
			cxjourney_internal.journey_map_rated(), ', '::text),
		'compared', cxjourney_internal.journey_map_compared_sql(map)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_changes_sql(jsonb) IS
'Internal to the journey map: the query of NAME_changes, with exact numbers. Without what is noted outside of the '
'years 1 to 9999, which have no answers.';
