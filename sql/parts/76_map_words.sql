--
-- The live journey map: what customers wrote, and the words that are typical of a place
--

CREATE FUNCTION cxjourney_internal.journey_map_place_sql(map jsonb, argument text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE WHEN map ? argument THEN cxjourney_internal.journey_map_sql(
			$sql$coalesce("left"(({expression}) COLLATE "C", 200), '(none)')$sql$::text,
			jsonb_build_object('expression', map -> argument))
		ELSE 'text ''(all)'' COLLATE "C"' END
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_place_sql(jsonb, text) IS
'Internal to the journey map: the segment or touchpoint of a row of the source, as the map names it.';

CREATE FUNCTION cxjourney_internal.journey_map_commented_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$SELECT ({at}) AS at, {segment_place} AS segment,
		"left"(({stage}) COLLATE "C", 200) AS stage, {touchpoint_place} AS touchpoint, {answers},
		({comment_text}) COLLATE "default" AS comment, {emotion_answer} AS emotion FROM {source}$sql$::text,
		map || jsonb_build_object(
			'segment_place', cxjourney_internal.journey_map_place_sql(map, 'segment'::text),
			'touchpoint_place', cxjourney_internal.journey_map_place_sql(map, 'touchpoint'::text),
			'answers', (SELECT string_agg(cxjourney_internal.journey_map_sql('({answer})::numeric AS {metric}'::text,
					jsonb_build_object('answer', coalesce(map ->> metric, 'NULL'), 'metric', metric)), ', '
					ORDER BY position)
				FROM unnest(cxjourney_internal.journey_map_rated()) WITH ORDINALITY AS m(metric, position)),
			'comment_text', coalesce(map ->> 'comment', 'NULL::text'),
			'emotion_answer', coalesce('(' || (map ->> 'emotion') || ')', 'NULL')))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_commented_sql(jsonb) IS
'Internal to the journey map: the query that reads comments and answers from the source. Emotions are not shown; they '
'stand here so that all columns of the map are kept from being dropped or changed.';

-- A place is a barrier by itself, by its whole stage, or by its touchpoint at all stages. Each of the three is joined
-- by a key that is unique, so that whoever asks for no column of the barriers does not wait for them.
CREATE FUNCTION cxjourney_internal.journey_map_comments_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$
WITH barrier AS MATERIALIZED (SELECT segment, stage, touchpoint, array_position({metrics:literal}::text[], metric)
	AS metric FROM {barriers_table})
SELECT {instant} AS at, answer.segment, answer.stage, answer.touchpoint, {shown}, answer.comment,
	least(place.metric, whole_stage.metric, whole_touchpoint.metric) IS NOT NULL AS barrier,
	({metrics:literal}::text[])[least(place.metric, whole_stage.metric, whole_touchpoint.metric)] AS barrier_metric
FROM ({commented}) AS answer
LEFT JOIN (SELECT segment, stage, touchpoint, min(metric) AS metric FROM barrier
	GROUP BY segment, stage, touchpoint) AS place
	ON (place.segment, place.stage, place.touchpoint) = (answer.segment, answer.stage, answer.touchpoint)
LEFT JOIN (SELECT segment, stage, min(metric) AS metric FROM barrier WHERE touchpoint = '(all)'
	GROUP BY segment, stage) AS whole_stage
	ON (whole_stage.segment, whole_stage.stage) = (answer.segment, answer.stage)
LEFT JOIN (SELECT segment, touchpoint, min(metric) AS metric FROM barrier WHERE stage = '(all)'
	GROUP BY segment, touchpoint) AS whole_touchpoint
	ON (whole_touchpoint.segment, whole_touchpoint.touchpoint) = (answer.segment, answer.touchpoint)
WHERE {has_comment} AND {is_dated} AND answer.stage IS NOT NULL$sql$::text,
		map || jsonb_build_object('instant', cxjourney_internal.journey_map_instant(map, 'at'::text),
			'shown', cxjourney_internal.journey_map_each('trim_scale(round({metric}, 6)) AS {metric}'::text,
				cxjourney_internal.journey_map_rated(), ', '::text),
			'metrics', cxjourney_internal.journey_map_rated()::text,
			'commented', cxjourney_internal.journey_map_commented_sql(map),
			'is_dated', cxjourney_internal.journey_map_is_dated(map),
			'has_comment', CASE WHEN map ? 'comment' THEN 'btrim(comment) <> ''''' ELSE 'false' END))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_comments_sql(jsonb) IS
'Internal to the journey map: the query of NAME_comments.';
