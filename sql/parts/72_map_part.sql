--
-- The live journey map: a part of it, of one segment and period
--

CREATE FUNCTION cxjourney_internal.journey_map_require_segment(map jsonb, segment text) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	known text[];
BEGIN
	IF segment IS NULL THEN
		RETURN;
	END IF;
	EXECUTE cxjourney_internal.journey_map_sql('SELECT array_agg(DISTINCT t.segment) FROM {totals_table} AS t'::text,
		map) INTO known;
	-- a map without any answer knows none
	IF segment <> ALL (known) THEN
		RAISE EXCEPTION 'journey map "%" has no segment "%"', map ->> 'name', segment
			USING ERRCODE = 'invalid_parameter_value',
			DETAIL = CASE WHEN map ? 'segment' THEN format('Its segments are %s%s.', array_to_string(known[1:20], ', '),
					CASE WHEN cardinality(known) > 20 THEN ', ...' ELSE '' END)
				ELSE 'It was made without segments.' END,
			HINT = CASE WHEN lower(segment) IN ('en', 'pl')
				THEN format('The language is an argument of its own: language => ''%s''.', lower(segment))
				WHEN segment ~ '^[[(].*,.*[])]$'
				THEN format('The period is an argument of its own: period => ''%s''.', segment)
				ELSE coalesce((SELECT format('There is a segment "%s".', k) FROM unnest(known) AS k
					WHERE lower(k) = lower(btrim(segment)) LIMIT 1), 'NULL stands for all of them together.') END;
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_segment(jsonb, text) IS
'Internal to the journey map: error 22023 for a segment that it does not have; NULL is all of them.';

CREATE FUNCTION cxjourney_internal.journey_map_require_period(map jsonb, period daterange) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	bucket text := map ->> 'bucket';
	length interval := CASE bucket WHEN 'quarter' THEN '3 months' ELSE '1 ' || bucket END;
	starts timestamp;
	ends timestamp;
	outside date;
BEGIN
	IF isempty(period) THEN
		RAISE EXCEPTION 'the period is empty' USING ERRCODE = 'invalid_parameter_value',
			HINT = 'It begins before it ends, such as ''[2026-01-01,2026-03-31]''.';
	END IF;
	-- further away arithmetic of dates would leave its range
	SELECT day INTO outside FROM unnest(ARRAY[lower(period), upper(period)]) AS day
	 WHERE isfinite(day) AND day NOT BETWEEN '0001-01-01' AND '10000-01-01' LIMIT 1;
	IF outside IS NOT NULL THEN
		RAISE EXCEPTION 'the period has an end at %, where no journey map has answers', outside
			USING ERRCODE = 'invalid_parameter_value', DETAIL = 'They are of the years 1 to 9999.',
			HINT = 'A period may be without a beginning or an end, such as ''[2026-01-01,)''.';
	END IF;
	starts := date_trunc(bucket, lower(period)::timestamp);
	ends := date_trunc(bucket, upper(period)::timestamp);
	IF starts <> lower(period)::timestamp OR ends <> upper(period)::timestamp THEN
		ends := CASE WHEN ends < upper(period)::timestamp THEN ends + length ELSE ends END;
		RAISE EXCEPTION 'journey map "%" cannot be cut at %', map ->> 'name', to_char(CASE
				WHEN starts <> lower(period)::timestamp THEN lower(period) ELSE upper(period) END::timestamp,
				'YYYY-MM-DD')
			USING ERRCODE = 'invalid_parameter_value', DETAIL = format('It holds one sum for each %s.', bucket),
			HINT = format('Whole ones are ''%s''. A map with bucket => ''day'' takes all days.',
				concat('[', to_char(starts, 'YYYY-MM-DD'), ',', to_char(ends, 'YYYY-MM-DD'), ')'));
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_period(jsonb, daterange) IS
'Internal to the journey map: error 22023 for a period that is empty, that begins or ends within a bucket or outside '
'of the years 1 to 9999. NULL is all time.';

CREATE FUNCTION cxjourney_internal.journey_map_load_part(definition regclass, segment text, period daterange)
	RETURNS jsonb
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	map jsonb := cxjourney_internal.journey_map_load('journey map'::text, definition);
BEGIN
	PERFORM cxjourney_internal.journey_map_require_whole(map);
	PERFORM cxjourney_internal.journey_map_require_parts(map,
		ARRAY['notes_table', 'targets_table', 'summaries_table', 'totals_table']::text[]);
	PERFORM cxjourney_internal.journey_map_require_no_strangers(map);
	PERFORM cxjourney_internal.journey_map_require_segment(map, segment);
	PERFORM cxjourney_internal.journey_map_require_period(map, period);
	RETURN map;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_load_part(regclass, text, daterange) IS
'Internal to the journey map: its definition, when it can be read for this segment and period; errors 42501, '
'55000 and 22023 as journey_map_cells raises them.';

-- $2 and $3 are where the period begins and ends.
CREATE FUNCTION cxjourney_internal.journey_map_part(map jsonb, segment text, period daterange) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql(CASE WHEN segment IS NOT NULL AND period IS NULL THEN '{totals_table}'
		ELSE '(SELECT {segment_shown} AS segment, stage, touchpoint, sum(responses)::bigint AS responses,
			sum(invalid)::bigint AS invalid, {merged}, sum(emotion_responses)::bigint AS emotion_responses,
			sum(emotion_sum) AS emotion_sum
			FROM {cells} GROUP BY {key})' END::text, map || jsonb_build_object(
		'segment_shown', CASE WHEN segment IS NULL THEN 'text ''(all)''' ELSE 'segment' END,
		'merged', cxjourney_internal.journey_map_each('@extschema@.rating_agg({metric}) AS {metric}'::text,
			cxjourney_internal.journey_map_rated(), ', '::text),
		'cells', cxjourney_internal.journey_map_sql(CASE WHEN period IS NULL THEN '{totals_table}'
			ELSE '{summaries_table} WHERE ($2 IS NULL OR bucket >= $2) AND ($3 IS NULL OR bucket < $3)' END::text, map),
		'key', concat_ws(', ', CASE WHEN segment IS NOT NULL THEN 'segment' END, 'stage', 'touchpoint')))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_part(jsonb, text, daterange) IS
'Internal to the journey map: a relation with the columns of NAME_totals for one period, all segments of it or, '
'with NULL, one that is all of them together. The period is given by the parameters 2 and 3.';

-- Parameter 1 is the segment; the buckets of different segments that are asked for together are parts of one.
CREATE FUNCTION cxjourney_internal.journey_map_part_buckets(map jsonb, segment text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql('(SELECT false AS removed, bucket, {segment_shown} AS segment, stage,
		touchpoint, {rated} FROM {summaries_table} WHERE ($1 IS NULL OR segment = $1)
		AND ($2 IS NULL OR bucket >= $2) AND ($3 IS NULL OR bucket < $3))'::text, map || jsonb_build_object(
		'segment_shown', CASE WHEN segment IS NULL THEN 'text ''(all)''' ELSE 'segment' END,
		'rated', cxjourney_internal.journey_map_rated()))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_part_buckets(jsonb, text) IS
'Internal to the journey map: a relation with what journey_map_part has, bucket by bucket. Parameters 1 to 3 are the '
'segment and the ends of the period.';

CREATE FUNCTION cxjourney_internal.journey_map_midnight(map jsonb, day date) RETURNS timestamptz
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	-- where summer time ends at one o'clock PostgreSQL gives the second midnight of the day, an hour later
	SELECT CASE WHEN (midnight - interval '1 hour') AT TIME ZONE zone = day::timestamp
			THEN midnight - interval '1 hour' ELSE midnight END
	  FROM (SELECT map ->> 'timezone' AS zone, day::timestamp AT TIME ZONE (map ->> 'timezone') AS midnight) AS m
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_midnight(jsonb, date) IS
'Internal to the journey map: when a day begins in its time zone, which is at the first of two midnights; NULL for '
'NULL.';

-- Of what reads a part, compiling would take many times as long as the query.
CREATE FUNCTION cxjourney_internal.journey_map_cells_of(definition regclass, only_segment text, period daterange,
	OUT stage text, OUT stage_position integer, OUT touchpoint text, OUT responses bigint,
	OUT nps numeric, OUT nps_low numeric, OUT nps_high numeric, OUT csat numeric, OUT csat_low numeric,
	OUT csat_high numeric, OUT ces numeric, OUT ces_low numeric, OUT ces_high numeric, OUT emotion numeric,
	OUT invalid bigint, OUT enough boolean, OUT barrier boolean, OUT barrier_metric text, OUT impact numeric,
	OUT nps_target numeric, OUT nps_gap numeric, OUT csat_target numeric, OUT csat_gap numeric, OUT ces_target numeric,
	OUT ces_gap numeric) RETURNS SETOF record
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
	map jsonb := cxjourney_internal.journey_map_load_part(definition, only_segment, period);
	part text := cxjourney_internal.journey_map_part(map, only_segment, period);
BEGIN
	RETURN QUERY EXECUTE cxjourney_internal.journey_map_sql($sql$SELECT c.stage, c.stage_position, c.touchpoint,
			c.responses, c.nps, c.nps_low, c.nps_high, c.csat, c.csat_low, c.csat_high, c.ces, c.ces_low, c.ces_high,
			c.emotion, c.invalid, c.enough, b.metric IS NOT NULL, b.metric, b.impact, c.nps_target, c.nps_gap,
			c.csat_target, c.csat_gap, c.ces_target, c.ces_gap
		FROM ({cells}) AS c LEFT JOIN (SELECT DISTINCT ON (segment, stage, touchpoint) * FROM ({barriers}) AS b
			ORDER BY segment, stage, touchpoint, array_position(ARRAY[{rated:literal}], metric))
			AS b USING (segment, stage, touchpoint)
		WHERE c.segment = coalesce($1, '(all)') ORDER BY c.stage_position, c.touchpoint$sql$::text, jsonb_build_object(
		'cells', cxjourney_internal.journey_map_cells_sql(map, part),
		'barriers', cxjourney_internal.journey_map_barriers_sql(map, part, NULL::text),
		'rated', cxjourney_internal.journey_map_rated()))
		USING only_segment, cxjourney_internal.journey_map_midnight(map, lower(period)),
			cxjourney_internal.journey_map_midnight(map, upper(period));
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_cells_of(regclass, text, daterange) IS
'Internal: what journey_map_cells does.';

CREATE FUNCTION cxjourney_internal.journey_map_cells_steps(name text, segment text, period daterange,
	OUT stage text, OUT stage_position integer, OUT touchpoint text, OUT responses bigint,
	OUT nps numeric, OUT nps_low numeric, OUT nps_high numeric, OUT csat numeric, OUT csat_low numeric,
	OUT csat_high numeric, OUT ces numeric, OUT ces_low numeric, OUT ces_high numeric, OUT emotion numeric,
	OUT invalid bigint, OUT enough boolean, OUT barrier boolean, OUT barrier_metric text, OUT impact numeric,
	OUT nps_target numeric, OUT nps_gap numeric, OUT csat_target numeric, OUT csat_gap numeric, OUT ces_target numeric,
	OUT ces_gap numeric) RETURNS SETOF record
	LANGUAGE sql STABLE
AS $$
	SELECT * FROM cxjourney_internal.journey_map_cells_of(cxjourney_internal.journey_map_find(
		name, pg_catalog.current_setting('search_path'), false), segment, period);
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_cells_steps(text, text, daterange) IS
'Internal: what journey_map_cells does.';

CREATE FUNCTION journey_map_cells(name text, segment text DEFAULT NULL, period daterange DEFAULT NULL,
	OUT stage text, OUT stage_position integer, OUT touchpoint text, OUT responses bigint,
	OUT nps numeric, OUT nps_low numeric, OUT nps_high numeric, OUT csat numeric, OUT csat_low numeric,
	OUT csat_high numeric, OUT ces numeric, OUT ces_low numeric, OUT ces_high numeric, OUT emotion numeric,
	OUT invalid bigint, OUT enough boolean, OUT barrier boolean, OUT barrier_metric text, OUT impact numeric,
	OUT nps_target numeric, OUT nps_gap numeric, OUT csat_target numeric, OUT csat_gap numeric, OUT ces_target numeric,
	OUT ces_gap numeric) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C STABLE;
COMMENT ON FUNCTION journey_map_cells(text, text, daterange) IS
'The cells of the journey map of this name for one segment or, with NULL, of all segments put together, over a '
'period of whole buckets (days in the time zone of the map) or, with NULL, all time, in the order of the journey: '
'the columns of the view NAME with all their digits, and whether the place is a barrier, by which metric and with '
'what impact in points of that metric: NPS where it is a barrier by NPS, else CSAT, else CES, so that impacts can be '
'compared. Needs the right to read NAME_totals, NAME_targets, NAME_definition and, for a period, NAME_summaries. '
'Error 42P01 without such a map, 42501 while something of somebody else stands in the place of one of its views, '
'55000 when one of its tables or views was dropped, 22023 for a segment that it does not have and for a period that '
'is empty or begins or ends within a bucket.';

CREATE FUNCTION cxjourney_internal.journey_map_barriers_of(definition regclass, only_segment text, period daterange,
	OUT stage text, OUT touchpoint text, OUT metric text, OUT responses bigint, OUT value numeric, OUT rest numeric,
	OUT difference numeric, OUT impact numeric, OUT p_value double precision, OUT rank bigint, OUT part_of text,
	OUT dispersion numeric) RETURNS SETOF record
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
	map jsonb := cxjourney_internal.journey_map_load_part(definition, only_segment, period);
	part text := cxjourney_internal.journey_map_part(map, only_segment, period);
BEGIN
	RETURN QUERY EXECUTE cxjourney_internal.journey_map_sql($sql$
		SELECT stage, touchpoint, metric, responses, value, rest, difference, impact, p_value, rank, part_of, dispersion
		FROM ({barriers}) AS b
		WHERE segment = coalesce($1, '(all)')
		ORDER BY array_position(ARRAY[{rated:literal}], metric), rank, stage, touchpoint$sql$::text,
		jsonb_build_object('barriers', cxjourney_internal.journey_map_barriers_sql(map, part,
				cxjourney_internal.journey_map_part_buckets(map, only_segment)),
			'rated', cxjourney_internal.journey_map_rated()))
		USING only_segment, cxjourney_internal.journey_map_midnight(map, lower(period)),
			cxjourney_internal.journey_map_midnight(map, upper(period));
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_barriers_of(regclass, text, daterange) IS
'Internal: what journey_map_barriers does.';

CREATE FUNCTION cxjourney_internal.journey_map_barriers_steps(name text, segment text, period daterange,
	OUT stage text, OUT touchpoint text, OUT metric text, OUT responses bigint, OUT value numeric, OUT rest numeric,
	OUT difference numeric, OUT impact numeric, OUT p_value double precision, OUT rank bigint, OUT part_of text,
	OUT dispersion numeric) RETURNS SETOF record
	LANGUAGE sql STABLE
AS $$
	SELECT * FROM cxjourney_internal.journey_map_barriers_of(cxjourney_internal.journey_map_find(
		name, pg_catalog.current_setting('search_path'), false), segment, period);
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_barriers_steps(text, text, daterange) IS
'Internal: what journey_map_barriers does.';

CREATE FUNCTION journey_map_barriers(name text, segment text DEFAULT NULL, period daterange DEFAULT NULL,
	OUT stage text, OUT touchpoint text, OUT metric text, OUT responses bigint, OUT value numeric, OUT rest numeric,
	OUT difference numeric, OUT impact numeric, OUT p_value double precision, OUT rank bigint, OUT part_of text,
	OUT dispersion numeric) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C STABLE;
COMMENT ON FUNCTION journey_map_barriers(text, text, daterange) IS
'The barriers of the journey map of this name for one segment or, with NULL, of all segments put together, over a '
'period of whole buckets (days in the time zone of the map) or, with NULL, all time: the columns of the view '
'NAME_barriers from stage on, with all their digits; NPS before CSAT before CES, and of each those with the greatest '
'impact first. The touchpoint (all) is a whole stage, the stage (all) a touchpoint at all of its stages: barriers of '
'their own when they are still one, with a third of their impact or more, whichever of their places is left out, and '
'then before these, where part_of says so. The p-values, of a whole the greatest of its tests, are corrected over all '
'tests of the map in this period; dispersion tells where they are too certain. Needs the right to read NAME_totals, '
'NAME_summaries and NAME_definition. Error 42P01 without such a map, 42501 while something of somebody else stands '
'in the place of one of its views, 55000 when one of its tables or views was dropped, 22023 for a segment that it '
'does not have and for a period that is empty or begins or ends within a bucket.';
