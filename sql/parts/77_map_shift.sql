--
-- The live journey map: what moved it from one period to another
--

CREATE FUNCTION cxjourney_internal.journey_map_require_metric(map jsonb, metric text) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	known text[] := ARRAY(SELECT m.metric FROM cxjourney_internal.journey_map_metrics(map) AS m
		WHERE m.metric <> 'emotion'
		ORDER BY array_position(cxjourney_internal.journey_map_rated(), m.metric));
BEGIN
	IF known = '{}' THEN
		RAISE EXCEPTION 'journey map "%" has none of nps, csat and ces', map ->> 'name'
			USING ERRCODE = 'invalid_parameter_value', DETAIL = 'It was made of emotions alone.';
	ELSIF metric <> ALL (known) THEN
		RAISE EXCEPTION 'journey map "%" has no metric "%"', map ->> 'name', metric
			USING ERRCODE = 'invalid_parameter_value',
			DETAIL = format('It has %s.', array_to_string(known, ', ')),
			HINT = CASE WHEN lower(btrim(metric)) = ANY (known) THEN format('Write ''%s''.', lower(btrim(metric)))
				ELSE format('NULL stands for %s.', known[1]) END;
	END IF;
	RETURN coalesce(metric, known[1]);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_metric(jsonb, text) IS
'Internal to the journey map: this metric, or for NULL the first of nps, csat and ces that it has. Error 22023 for one '
'that it does not have, and when it has none of them.';

CREATE FUNCTION cxjourney_internal.journey_map_require_shift(before daterange, after daterange, by text) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO, YMD'
AS $$
BEGIN
	IF by IS NULL OR by NOT IN ('touchpoint', 'stage', 'segment') THEN
		RAISE EXCEPTION 'a shift cannot be by %', quote_nullable(by) USING ERRCODE = 'invalid_parameter_value',
			HINT = 'It is by touchpoint, stage or segment.';
	ELSIF before IS NULL OR after IS NULL THEN
		RAISE EXCEPTION 'before and after must not be NULL' USING ERRCODE = 'null_value_not_allowed',
			HINT = 'A period is such as ''[2026-01-01,2026-03-31]''; ''(,2025-12-31]'' is all before a day.';
	ELSIF before && after THEN
		RAISE EXCEPTION 'the two periods overlap' USING ERRCODE = 'invalid_parameter_value',
			DETAIL = format('Both have the days %s.', before * after),
			HINT = 'What moved is told by answers that differ. A period that ends with ) is without its last day.';
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_shift(daterange, daterange, text) IS
'Internal to the journey map: errors 22004 and 22023 for what journey_map_shift cannot compare, whatever the map.';

-- $1 is the segment, $2 and $3 are where the first period begins and ends, $4 and $5 the second. A name of the map may
-- be longer than a label of a breakdown, or empty: labels are numbers, in the order of the names.
CREATE FUNCTION cxjourney_internal.journey_map_shift_sql(map jsonb, by text, metric text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$
WITH part AS (SELECT {by:name} AS name,
	@extschema@.rating_agg({metric}) FILTER (WHERE {in_before}) AS before,
	@extschema@.rating_agg({metric}) FILTER (WHERE {in_after}) AS after
	FROM {summaries_table} WHERE ($1 IS NULL OR segment = $1) AND ({in_before} OR {in_after}) GROUP BY {by:name}),
numbered AS (SELECT *, to_char(row_number() OVER (ORDER BY name), 'FM0000000000') AS number FROM part),
side AS (SELECT @extschema@.breakdown_agg(number, before) AS before, @extschema@.breakdown_agg(number, after) AS after
	FROM numbered)
SELECT n.name::text, s.share_before, s.share_after, s.value_before, s.value_after, s.mix, s.rate, s.total, s.rate_low,
	s.rate_high, s.p_value
FROM side CROSS JOIN LATERAL @extschema@.{metric}_shift(side.before, side.after{from}) AS s(number, share_before,
	share_after, value_before, value_after, mix, rate, total, rate_low, rate_high, p_value)
JOIN numbered AS n ON n.number = s.number ORDER BY n.name$sql$::text, map || jsonb_build_object(
		'by', by, 'metric', metric, 'in_before', '($2 IS NULL OR bucket >= $2) AND ($3 IS NULL OR bucket < $3)',
		'in_after', '($4 IS NULL OR bucket >= $4) AND ($5 IS NULL OR bucket < $5)',
		'from', CASE WHEN metric = 'csat'
			THEN ', ' || cxjourney_internal.journey_map_satisfied_from(map) || '::integer' ELSE '' END))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_shift_sql(jsonb, text, text) IS
'Internal to the journey map: the query of journey_map_shift, with the segment and the ends of both periods as '
'parameters.';

CREATE FUNCTION cxjourney_internal.journey_map_shift_of(definition regclass, before daterange, after daterange,
	by text, metric text, only_segment text,
	OUT label text, OUT share_before numeric, OUT share_after numeric, OUT value_before numeric,
	OUT value_after numeric, OUT mix numeric, OUT rate numeric, OUT total numeric, OUT rate_low numeric,
	OUT rate_high numeric, OUT p_value double precision) RETURNS SETOF record
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	map jsonb := cxjourney_internal.journey_map_load_part(definition, only_segment, before);
BEGIN
	PERFORM cxjourney_internal.journey_map_require_period(map, after);
	PERFORM cxjourney_internal.journey_map_require_shift(before, after, by);
	RETURN QUERY EXECUTE cxjourney_internal.journey_map_shift_sql(map, by,
			cxjourney_internal.journey_map_require_metric(map, metric))
		USING only_segment, cxjourney_internal.journey_map_midnight(map, lower(before)),
			cxjourney_internal.journey_map_midnight(map, upper(before)),
			cxjourney_internal.journey_map_midnight(map, lower(after)),
			cxjourney_internal.journey_map_midnight(map, upper(after));
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_shift_of(regclass, daterange, daterange, text, text, text) IS
'Internal: what journey_map_shift does.';

CREATE FUNCTION cxjourney_internal.journey_map_shift_steps(name text, before daterange, after daterange, by text,
	metric text, segment text,
	OUT label text, OUT share_before numeric, OUT share_after numeric, OUT value_before numeric,
	OUT value_after numeric, OUT mix numeric, OUT rate numeric, OUT total numeric, OUT rate_low numeric,
	OUT rate_high numeric, OUT p_value double precision) RETURNS SETOF record
	LANGUAGE sql STABLE
AS $$
	SELECT * FROM cxjourney_internal.journey_map_shift_of(cxjourney_internal.journey_map_find(
		name, pg_catalog.current_setting('search_path'), false), before, after, by, metric, segment);
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_shift_steps(text, daterange, daterange, text, text, text) IS
'Internal: what journey_map_shift does.';

CREATE FUNCTION journey_map_shift(name text, before daterange, after daterange, by text DEFAULT 'touchpoint',
	metric text DEFAULT NULL, segment text DEFAULT NULL,
	OUT label text, OUT share_before numeric, OUT share_after numeric, OUT value_before numeric,
	OUT value_after numeric, OUT mix numeric, OUT rate numeric, OUT total numeric, OUT rate_low numeric,
	OUT rate_high numeric, OUT p_value double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C STABLE;
COMMENT ON FUNCTION journey_map_shift(text, daterange, daterange, text, text, text) IS
'What moved a metric of the journey map of this name from one period to another, and by which touchpoints, stages or '
'segments: the rows of nps_shift, csat_shift (with the cut-off of the map) or ces_shift, one for each label that has '
'answers in either period, by bytes. share_before, share_after: percent of all answers; value_before, value_after: '
'the metric; rate: what comes from the label''s own metric changing, mix: what comes from its share changing, total: '
'both; the sum of total is the metric after less that before to the last digit. rate_low, rate_high: 95 % interval; '
'p_value: has the metric of this label changed? Not adjusted for several labels. metric is nps, csat or ces; NULL is '
'the first of them that the map has. Of one segment or, with NULL, all together. Both periods are of whole buckets, '
'days in the time zone of the map, and may lie in any order, also with a gap. No rows when a period has no answers to '
'the metric. Needs the right to read NAME_summaries, NAME_definition and, for a segment, NAME_totals. Error 42P01 '
'without such a map, 42501 while something of somebody else stands in the place of one of its views, 55000 when one '
'of its tables or views was dropped, 22004 for a period that is NULL, 22023 for one that is empty or begins or ends '
'within a bucket, for two that overlap, for another by, and for a metric or segment that the map does not have.';
