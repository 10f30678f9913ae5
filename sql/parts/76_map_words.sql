--
-- The live journey map: what customers wrote, and the words that are typical of a place
--

CREATE FUNCTION cxjourney_internal.journey_map_read_place(map jsonb, argument text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_place_sql(map, argument, '((' || (map ->> argument) || ') COLLATE "C")')
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_read_place(jsonb, text) IS
'Internal to the journey map: the segment, stage or touchpoint of a row of the source, as the map names it.';

CREATE FUNCTION cxjourney_internal.journey_map_commented_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$SELECT ({at}) AS at, {segment_place} AS segment,
		{stage_place} AS stage, {touchpoint_place} AS touchpoint, {answers},
		({comment_text}) COLLATE "default" AS comment, {emotion_answer} AS emotion FROM {source}$sql$::text,
		map || jsonb_build_object(
			'segment_place', cxjourney_internal.journey_map_read_place(map, 'segment'::text),
			'stage_place', cxjourney_internal.journey_map_read_place(map, 'stage'::text),
			'touchpoint_place', cxjourney_internal.journey_map_read_place(map, 'touchpoint'::text),
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

CREATE FUNCTION cxjourney_internal.journey_map_require_words(map jsonb, most integer) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF most < 1 THEN
		RAISE EXCEPTION 'most is %, and must be 1 or more', most USING ERRCODE = 'invalid_parameter_value',
			HINT = 'NULL stands for all.';
	ELSIF NOT map ? 'comment' THEN
		RAISE EXCEPTION 'journey map "%" has no comments', map ->> 'name'
			USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = 'It was made without the argument comment.',
			HINT = cxjourney_internal.journey_map_sql(
				'UPDATE {definition_table} SET comment = {column:literal}, then rebuild_journey_map({name:literal}).'
					::text,
				map || jsonb_build_object('column', 'column of comments'));
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_words(jsonb, integer) IS
'Internal to the journey map: error 55000 for a map without comments, 22023 for less than one word.';

CREATE FUNCTION cxjourney_internal.terms_typical(a term_summary, b term_summary, most integer, minimum integer,
	OUT term text, OUT comments_a bigint, OUT comments_b bigint, OUT share_a numeric, OUT share_b numeric,
	OUT log_odds double precision, OUT z double precision, OUT p_value double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'terms_typical' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION cxjourney_internal.terms_typical(term_summary, term_summary, integer, integer) IS
'Internal to the journey map: the rows of term_contrast(a, b) with z above 0 and at least minimum comments of a (NULL: '
'5), at most so many (NULL: all), in the same order. No rows when a or b is NULL; error 22023 for most or minimum '
'below 1.';

-- $1 is the segment, $2 and $3 are where the period begins and ends, $4 how many words of a place. The source is read
-- once and each comment is taken apart once; what is rarer than 5 comments at the place or in all may be a name.
CREATE FUNCTION cxjourney_internal.journey_map_words_sql(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$
WITH cell AS MATERIALIZED (SELECT stage, touchpoint,
	@extschema@.term_agg(@extschema@.comment_terms(comment, {language:literal}::text, false)) AS words
	FROM {comments_table} WHERE ($1 IS NULL OR segment = $1) AND ($2 IS NULL OR at >= $2) AND ($3 IS NULL OR at < $3)
	GROUP BY stage, touchpoint),
journey AS MATERIALIZED (SELECT @extschema@.term_agg(words) AS words FROM cell),
place AS (SELECT stage, touchpoint, words FROM cell{wholes})
SELECT place.stage::text, place.touchpoint::text, t.term, t.comments, t.share, t.rest_share, t.log_odds, t.z, t.p_value
FROM place CROSS JOIN journey CROSS JOIN LATERAL cxjourney_internal.terms_typical(place.words,
	cxjourney_internal.term_summary_minus(journey.words, place.words), $4, 5) WITH ORDINALITY AS t(term, comments,
	rest_comments, share, rest_share, log_odds, z, p_value, rank)
WHERE cxjourney_internal.term_summary_ne(place.words, journey.words)
ORDER BY place.stage = '(all)', array_position((SELECT stages COLLATE "C" FROM {definition_table}), place.stage),
	place.stage, place.touchpoint <> '(all)', place.touchpoint, t.rank$sql$::text, map || jsonb_build_object(
		'wholes', CASE WHEN map ? 'touchpoint' THEN $sql$
	UNION ALL SELECT stage, '(all)', @extschema@.term_agg(words) FROM cell GROUP BY stage
	UNION ALL SELECT '(all)', touchpoint, @extschema@.term_agg(words) FROM cell GROUP BY touchpoint
		HAVING count(*) > 1$sql$ ELSE '' END))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_words_sql(jsonb) IS
'Internal to the journey map: the query of journey_map_words, with the segment, the ends of the period and the number '
'of words as parameters.';

-- To compile this query takes longer than to run it, seconds, in which it would not answer to cancel.
CREATE FUNCTION cxjourney_internal.journey_map_words_of(definition regclass, only_segment text, period daterange,
	most integer,
	OUT stage text, OUT touchpoint text, OUT term text, OUT comments bigint, OUT share numeric,
	OUT rest_share numeric, OUT log_odds double precision, OUT z double precision, OUT p_value double precision)
	RETURNS SETOF record
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
	map jsonb := cxjourney_internal.journey_map_load_part(definition, only_segment, period);
BEGIN
	PERFORM cxjourney_internal.journey_map_require_parts(map, ARRAY['comments_table']::text[]);
	PERFORM cxjourney_internal.journey_map_require_words(map, most);
	RETURN QUERY EXECUTE cxjourney_internal.journey_map_words_sql(map) USING only_segment,
		cxjourney_internal.journey_map_midnight(map, lower(period)),
		cxjourney_internal.journey_map_midnight(map, upper(period)), most;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_words_of(regclass, text, daterange, integer) IS
'Internal: what journey_map_words does.';

CREATE FUNCTION cxjourney_internal.journey_map_words_steps(name text, segment text, period daterange, most integer,
	OUT stage text, OUT touchpoint text, OUT term text, OUT comments bigint, OUT share numeric,
	OUT rest_share numeric, OUT log_odds double precision, OUT z double precision, OUT p_value double precision)
	RETURNS SETOF record
	LANGUAGE sql STABLE
AS $$
	SELECT * FROM cxjourney_internal.journey_map_words_of(cxjourney_internal.journey_map_find(
		name, pg_catalog.current_setting('search_path'), false), segment, period, most);
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_words_steps(text, text, daterange, integer) IS
'Internal: what journey_map_words does.';

CREATE FUNCTION journey_map_words(name text, segment text DEFAULT NULL, period daterange DEFAULT NULL,
	most integer DEFAULT 10,
	OUT stage text, OUT touchpoint text, OUT term text, OUT comments bigint, OUT share numeric,
	OUT rest_share numeric, OUT log_odds double precision, OUT z double precision, OUT p_value double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C STABLE;
COMMENT ON FUNCTION journey_map_words(text, text, daterange, integer) IS
'The words that are typical of each place of the journey map of this name: of each whole stage (touchpoint (all)), '
'each touchpoint of it, and each touchpoint at all of its stages where there are several (stage (all)), against the '
'comments of the rest of the journey, as term_contrast compares them; of one segment or, with NULL, all of them, of a '
'period of whole buckets (days in the time zone of the map) or, with NULL, all time. At most so many words a place '
'(NULL: all), the surest first: in how many comments of the place the word is, their share of them and that of the '
'rest (percent), the log odds ratio, its z above 0 and two-sided p-value, not adjusted for looking at many words. Only '
'words of at least 5 comments of the place: a rare one may be a name. The words are those of comment_terms in the '
'language of the map. Reads NAME_comments, and with it the source, with the rights and under the settings of the '
'caller; needs the right to read the source, NAME_comments, NAME_barriers, NAME_definition and, for a segment, '
'NAME_totals. Error 42P01 without such a map, 42501 while something of somebody else stands in the place of one of its '
'views, 55000 for a map without comments and when one of its tables or views was dropped, 22023 for a segment that it '
'does not have, for a period that is empty or begins or ends within a bucket, and for most below 1.';
