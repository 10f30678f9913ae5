--
-- The report of a journey map: a page of HTML
--
-- Here are the charts of the page and the function that people call. Everything else of the page, with its fixed texts,
-- is in src/map/map_report.c.
--

-- Of more than 100 values of a chart a reader no longer tells one from the next.
CREATE FUNCTION cxjourney_internal.journey_map_grain(map jsonb, first timestamptz, last timestamptz,
	OUT grain text, OUT step text, OUT format text) RETURNS record
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH g (grain, step, format, days) AS (VALUES
		('hour', '1 hour', 'YYYY-MM-DD HH24:MI', 1 / 24.0), ('day', '1 day', 'YYYY-MM-DD', 1),
		('week', '1 week', 'YYYY-MM-DD', 7), ('month', '1 month', 'YYYY-MM', 30.4),
		('quarter', '3 months', 'YYYY "Q"Q', 91.3), ('year', '1 year', 'YYYY', 365.2))
	SELECT grain, step, format FROM g
	 WHERE days >= (SELECT own.days FROM g AS own WHERE own.grain = map ->> 'bucket')
	   AND (grain = 'year' OR extract(epoch FROM last - first) < 100 * 86400 * days)
	 ORDER BY days LIMIT 1
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_grain(jsonb, timestamptz, timestamptz) IS
'Internal to the journey map: the grain of a chart over its buckets from a first to a last one: that of the map, or '
'the finest one of which there are at most 100, else years; with its length and the format of its labels.';

-- $1 is the segment, $2 where the period ends. What lies before the period belongs to the chart: it sets the limits.
-- A change that was noted of the whole begins a baseline of its own, as in NAME_control.
CREATE FUNCTION cxjourney_internal.journey_map_trend_charts_sql(map jsonb, grain text, step text, format text,
	language text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$
WITH part AS (SELECT date_trunc({grain:literal}::text, bucket AT TIME ZONE {timezone:literal}::text) AS start, {merged}
	FROM {summaries_table} WHERE ($1 IS NULL OR segment = $1) AND ($2 IS NULL OR bucket < $2) GROUP BY 1),
every AS (SELECT generate_series(min(start), max(start), {step:literal}::interval) AS start FROM part),
note AS (SELECT noted_at FROM {notes_table} WHERE kind = 'change' AND isfinite(noted_at)
	AND (segment IS NULL OR segment = coalesce($1, '(all)')) AND (stage IS NULL OR stage = '(all)')
	AND (touchpoint IS NULL OR touchpoint = '(all)')),
change AS (SELECT (SELECT min(start) FROM every WHERE start AT TIME ZONE {timezone:literal}::text >= noted_at) AS start
	FROM note),
series AS (SELECT array_agg(to_char(start, {format:literal}::text) ORDER BY start) AS labels,
	array_agg(EXISTS (SELECT FROM change WHERE change.start = every.start) ORDER BY start) AS changes, {arrays}
	FROM every LEFT JOIN part USING (start))
SELECT nullif(concat({charts}), '') FROM series$sql$::text, map || jsonb_build_object(
		'grain', grain, 'step', step, 'format', format,
		'merged', cxjourney_internal.journey_map_each('@extschema@.rating_agg({metric}) AS {metric}'::text, rated,
			', '::text),
		'arrays', cxjourney_internal.journey_map_each('array_agg({metric} ORDER BY start) AS {metric},
	bool_or({metric} IS NOT NULL) AS {metric}_known'::text, rated, ', '::text),
		'charts', (SELECT coalesce(string_agg(cxjourney_internal.journey_map_sql($sql$
	CASE WHEN {metric}_known THEN cxjourney_internal.control_svg_at({metric}, labels, {metric:literal}::text,
		NULL::@extschema@.rating_summary, {from}::integer, {language:literal}::text, NULL::text, false, changes)
		END$sql$::text,
				jsonb_build_object('metric', metric, 'language', language,
					'from', cxjourney_internal.journey_map_satisfied_from(map))), ', '
				ORDER BY array_position(rated, metric)), 'NULL')
			FROM cxjourney_internal.journey_map_metrics(map) WHERE metric <> 'emotion')))
	  FROM cxjourney_internal.journey_map_rated() AS rated
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_trend_charts_sql(jsonb, text, text, text, text) IS
'Internal to the journey map: the query of journey_map_trend_charts, with the segment and the end of the period as '
'parameters.';

CREATE FUNCTION cxjourney_internal.journey_map_trend_charts(map jsonb, only_segment text, period daterange,
	language text) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	ends timestamptz := cxjourney_internal.journey_map_midnight(map, upper(period));
	first timestamptz;
	last timestamptz;
	g record;
	charts text;
BEGIN
	EXECUTE cxjourney_internal.journey_map_sql('SELECT min(bucket), max(bucket) FROM {summaries_table}
		WHERE ($1 IS NULL OR segment = $1) AND ($2 IS NULL OR bucket < $2)'::text, map)
		INTO first, last USING only_segment, ends;
	IF first IS NULL THEN
		RETURN NULL;
	END IF;
	g := cxjourney_internal.journey_map_grain(map, first, last);
	EXECUTE cxjourney_internal.journey_map_trend_charts_sql(map, g.grain, g.step, g.format, language)
		INTO charts USING only_segment, ends;
	RETURN charts;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_trend_charts(jsonb, text, daterange, text) IS
'Internal to the journey map: the control charts of its metrics, of one segment or, with NULL, all of them, up to the '
'end of the period; NULL without answers to any.';

-- A name of the map may be empty, longer than a label of a breakdown, or hold a control character. Only of names that
-- are too long two could get the same label; they are put together then.
CREATE FUNCTION cxjourney_internal.journey_map_chart_label(name text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE WHEN label = '' THEN '(none)' WHEN octet_length(label) > 255 THEN "left"(label, 60) ELSE label END
	  FROM regexp_replace(name COLLATE "C", '[[:cntrl:]]+', ' ', 'g') AS label
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_chart_label(text) IS
'Internal to the journey map: a stage or touchpoint as a label of a rating_breakdown.';

-- $1 is the segment, $2 and $3 are where the period begins and ends, $4 where the one before begins.
CREATE FUNCTION cxjourney_internal.journey_map_shift_chart_sql(map jsonb, metric text, language text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql($sql$
WITH part AS (SELECT cxjourney_internal.journey_map_chart_label({by:name}) AS label,
	@extschema@.rating_agg({metric}) FILTER (WHERE bucket < $2) AS before,
	@extschema@.rating_agg({metric}) FILTER (WHERE bucket >= $2) AS after
	FROM {summaries_table} WHERE ($1 IS NULL OR segment = $1) AND bucket >= $4 AND bucket < $3 GROUP BY 1)
SELECT @extschema@.shift_svg(@extschema@.breakdown_agg(label, before), @extschema@.breakdown_agg(label, after),
	{metric:literal}::text, {from}::integer, {language:literal}::text, NULL::text, false)
FROM part HAVING count(before) > 0 AND count(after) > 0$sql$::text, map || jsonb_build_object(
		'by', CASE WHEN map ? 'touchpoint' THEN 'touchpoint' ELSE 'stage' END, 'metric', metric, 'language', language,
		'from', cxjourney_internal.journey_map_satisfied_from(map)))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_shift_chart_sql(jsonb, text, text) IS
'Internal to the journey map: the query of journey_map_shift_chart, with the segment, the ends of the period and the '
'beginning of the one before as parameters.';

CREATE FUNCTION cxjourney_internal.journey_map_shift_chart(map jsonb, only_segment text, period daterange,
	language text) RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	metric text := (SELECT m.metric FROM cxjourney_internal.journey_map_metrics(map) AS m WHERE m.metric <> 'emotion'
		ORDER BY array_position(cxjourney_internal.journey_map_rated(), m.metric) LIMIT 1);
	starts date := cxjourney_internal.journey_map_period_before(map, period);
	chart text;
BEGIN
	IF metric IS NULL OR starts IS NULL THEN
		RETURN NULL;
	END IF;
	EXECUTE cxjourney_internal.journey_map_shift_chart_sql(map, metric, language) INTO chart USING only_segment,
		cxjourney_internal.journey_map_midnight(map, lower(period)),
		cxjourney_internal.journey_map_midnight(map, upper(period)),
		cxjourney_internal.journey_map_midnight(map, starts);
	RETURN chart;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_shift_chart(jsonb, text, daterange, text) IS
'Internal to the journey map: what moved its first metric since the period before, by touchpoint, or by stage where '
'it has no touchpoints; NULL without answers in either period, and for a period that has none before it.';

CREATE FUNCTION cxjourney_internal.journey_map_require_journeys(journeys regclass, path journey_path,
	within interval) RETURNS void
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF journeys IS NULL THEN
		IF path IS NOT NULL OR within IS NOT NULL THEN
			RAISE EXCEPTION '% is of the journeys, and there are none', CASE WHEN path IS NULL THEN 'within'
				ELSE 'path' END USING ERRCODE = 'null_value_not_allowed',
				HINT = 'Name what create_journey_table made, such as journeys => ''paths''.';
		END IF;
	ELSIF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = journeys AND attname = 'journey'
			AND atttypid = '@extschema@.journey'::regtype AND NOT attisdropped) THEN
		RAISE EXCEPTION '% has no column "journey" of the type journey', journeys USING ERRCODE = 'undefined_column',
			HINT = 'Name what create_journey_table made, or any table or view with such a column.';
	END IF;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_journeys(regclass, journey_path, interval) IS
'Internal to the journey map: error 42703 for a relation without journeys, 22004 for a path or a time without any.';

-- $1 is the period.
CREATE FUNCTION cxjourney_internal.journey_map_journeys_sql(map jsonb, period daterange, journeys regclass,
	columns text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT cxjourney_internal.journey_map_sql(
		'SELECT {columns} FROM (SELECT {cut} AS journey FROM {journeys}) AS j'::text,
		jsonb_build_object('columns', columns, 'journeys', journeys,
			'cut', CASE WHEN period IS NULL THEN 'journey' ELSE '@extschema@.slice(journey, $1)' END))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_journeys_sql(jsonb, daterange, regclass, text) IS
'Internal to the journey map: a query over what customers did in the period, which is parameter 1, or with NULL ever.';

CREATE FUNCTION cxjourney_internal.journey_map_path(map jsonb, flow journey_flow) RETURNS journey_path
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	stages text[];
BEGIN
	EXECUTE cxjourney_internal.journey_map_sql($sql$SELECT array_agg(stage ORDER BY place, stage) FROM (
		SELECT cell.stage::text AS stage, array_position(d.stages COLLATE "C", cell.stage) AS place
		FROM (SELECT DISTINCT stage FROM {totals_table}) AS cell, {definition_table} AS d
		WHERE cell.stage IN (SELECT to_stage FROM @extschema@.flow_edges($1)
			UNION SELECT from_stage FROM @extschema@.flow_edges($1))
		ORDER BY place, stage LIMIT 64) AS s$sql$::text, map)
		INTO stages USING flow;
	RETURN CASE WHEN cardinality(stages) > 1 THEN @extschema@.journey_path(stages) END;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_path(jsonb, journey_flow) IS
'Internal to the journey map: the path of its stages in their order, of those that customers came to, at most 64; NULL '
'when they are fewer than two.';

CREATE FUNCTION cxjourney_internal.journey_map_journey_charts(map jsonb, period daterange, journeys regclass,
	path journey_path, within interval, language text, OUT funnel text, OUT flow text) RETURNS record
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	during tstzrange := tstzrange(cxjourney_internal.journey_map_midnight(map, lower(period)),
		cxjourney_internal.journey_map_midnight(map, upper(period)));
	ways @extschema@.journey_flow;
	steps @extschema@.journey_funnel;
	wanted @extschema@.journey_path;
BEGIN
	IF journeys IS NULL THEN
		RETURN;
	END IF;
	EXECUTE cxjourney_internal.journey_map_journeys_sql(map, period, journeys,
		'@extschema@.flow_agg(@extschema@.collapse(journey))'::text) INTO ways USING during;
	flow := @extschema@.flow_svg(coalesce(ways, '{}'::@extschema@.journey_flow), language, NULL::text, false, 8);
	wanted := coalesce(path, cxjourney_internal.journey_map_path(map, ways));
	IF wanted IS NULL THEN
		RETURN;
	END IF;
	EXECUTE cxjourney_internal.journey_map_journeys_sql(map, period, journeys,
		'@extschema@.funnel_agg(journey, $2, $3)'::text) INTO steps USING during, wanted, within;
	funnel := @extschema@.funnel_svg(steps, language, NULL::text, false);
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_journey_charts(jsonb, daterange, regclass, journey_path, interval,
	text) IS
'Internal to the journey map: the funnel along a path, unless given that of journey_map_path, and the flow of what '
'customers did in the period; NULL without journeys.';

CREATE FUNCTION cxjourney_internal.journey_map_driver_chart(drivers driver_summary, names text[], language text)
	RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT @extschema@.driver_svg(drivers, names, CASE
			WHEN (@extschema@.driver_summary_to_jsonb(drivers) ->> 'drivers')::integer > 15 THEN 'johnson'
			ELSE 'lmg' END::text, language, NULL::text, false)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_driver_chart(driver_summary, text[], text) IS
'Internal to the journey map: the picture of drivers by the method lmg or, of more than 15 of them, johnson.';

-- Comments are personal data: whoever may read the map may have no right to them, and gets a report without.
CREATE FUNCTION cxjourney_internal.journey_map_may_read_comments(map jsonb) RETURNS boolean
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE WHEN map ? 'comment' AND cxjourney_internal.journey_map_missing(map,
			ARRAY['comments_table', 'barriers_table']::text[]) = '{}'
		THEN has_table_privilege(to_regclass(map ->> 'comments_table')::oid, 'SELECT'::text)
			AND has_table_privilege(to_regclass(map ->> 'barriers_table')::oid, 'SELECT'::text)
			AND has_table_privilege((map ->> 'source_oid')::oid, 'SELECT'::text) END
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_may_read_comments(jsonb) IS
'Internal to the journey map: whether the reader may read the comments, with all that they are read from; NULL for a '
'map without comments.';

CREATE FUNCTION cxjourney_internal.journey_map_report_parts(definition regclass, only_segment text, period daterange,
	language text, journeys regclass, path journey_path, within interval, drivers driver_summary, driver_names text[],
	OUT made_at text, OUT comments boolean, OUT trend text, OUT shift text, OUT driving text, OUT funnel text,
	OUT flow text) RETURNS record
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET jit = off
AS $$
DECLARE
	map jsonb := cxjourney_internal.journey_map_load_part(definition, only_segment, period);
BEGIN
	PERFORM cxjourney_internal.journey_map_require_journeys(journeys, path, within);
	made_at := to_char(now() AT TIME ZONE (map ->> 'timezone'), 'YYYY-MM-DD HH24:MI') || ', ' || (map ->> 'timezone');
	comments := cxjourney_internal.journey_map_may_read_comments(map);
	trend := cxjourney_internal.journey_map_trend_charts(map, only_segment, period, language);
	shift := cxjourney_internal.journey_map_shift_chart(map, only_segment, period, language);
	driving := cxjourney_internal.journey_map_driver_chart(drivers, driver_names, language);
	SELECT c.funnel, c.flow INTO funnel, flow
	  FROM cxjourney_internal.journey_map_journey_charts(map, period, journeys, path, within, language) AS c;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_report_parts(regclass, text, daterange, text, regclass, journey_path,
	interval, driver_summary, text[]) IS
'Internal to the journey map: the charts of its report, when it was made, and whether the reader may read comments.';

CREATE FUNCTION cxjourney_internal.journey_map_page(name text, segment text, period daterange, language text,
	title text, made_at text, comments boolean, trend text, shift text, drivers text, funnel text, flow text)
	RETURNS text
	AS 'MODULE_PATHNAME', 'journey_map_page' LANGUAGE C STABLE;
COMMENT ON FUNCTION cxjourney_internal.journey_map_page(text, text, daterange, text, text, text, boolean, text, text,
	text, text, text) IS
'Internal to the journey map: the page of its report, with charts that come as SVG and are not looked at; one that is '
'NULL is left out. comments: NULL for a map without, false where the reader may not read them. NULL for a NULL name, '
'language or made_at.';

CREATE FUNCTION cxjourney_internal.journey_map_report_steps(name text, segment text, period daterange, language text,
	title text, journeys regclass, path journey_path, within interval, drivers driver_summary, driver_names text[])
	RETURNS text
	LANGUAGE sql STABLE
AS $$
	SELECT cxjourney_internal.journey_map_page(name, segment, period, language, title, p.made_at, p.comments, p.trend,
			p.shift, p.driving, p.funnel, p.flow)
	  FROM cxjourney_internal.journey_map_report_parts(cxjourney_internal.journey_map_find(name,
			pg_catalog.current_setting('search_path'), false), segment, period, language, journeys, path, within,
			drivers, driver_names) AS p
	 WHERE name IS NOT NULL AND language IS NOT NULL;
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_report_steps(text, text, daterange, text, text, regclass,
	journey_path, interval, driver_summary, text[]) IS
'Internal: what journey_map_report does.';

CREATE FUNCTION journey_map_report(name text, segment text DEFAULT NULL, period daterange DEFAULT NULL,
	language text DEFAULT 'en', title text DEFAULT NULL, journeys regclass DEFAULT NULL, path journey_path DEFAULT NULL,
	within interval DEFAULT NULL, drivers driver_summary DEFAULT NULL, driver_names text[] DEFAULT NULL) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_map_call' LANGUAGE C STABLE;
COMMENT ON FUNCTION journey_map_report(text, text, daterange, text, text, regclass, journey_path, interval,
	driver_summary, text[]) IS
'A page about the journey map of this name, as self-contained HTML for screen, phone and paper, without any script: '
'what matters in a few sentences, the scores of the whole with their change, the map, a control chart of each metric, '
'the barriers, what moved the first metric by touchpoint, and the typical words of touchpoints. Of one segment or, '
'with NULL, all together; of a period of whole buckets or, with NULL, all time. Changes and what moved the score are '
'against the period before, as in journey_map_scores; without one they are left out. Control charts go from the first '
'answer to the end of the period, in the buckets of the map or, of more than 100, in longer ones; their limits are '
'set by the first 20 with answers, and anew by those from a change on that was noted in NAME_notes without a place, '
'of the segment or of all, as in NAME_control. With journeys, the name of what create_journey_table made or of any '
'table or view with a column journey of the type journey, there are a funnel and a flow of what all customers did in '
'the period: along the path, within the time that is given or any, unless given the path of the stages of the map '
'that customers came to. With drivers, as of driver_agg, there is driver_svg of them, with names in the same order; '
'where they are NULL, as without any answer, that picture is left out and nobody looks at the names. Unless a title '
'is given it is the name of the map. Language of the fixed texts and of canonical stages: en (English) or pl '
'(Polish), in any letter case; error 22023 for another one. Every text is escaped. NULL for a NULL name or language. '
'Needs the right to read what journey_map_svg reads, and the journeys; words only where the caller may read '
'NAME_comments, NAME_barriers and the source, else a sentence says that they are left out. Errors are those of '
'journey_map_svg; 42703 for a relation without journeys, 22004 for a path or a time where no relation of journeys is '
'named, and those of driver_svg. Of a relation without a journey there is no funnel, and a flow that says so.';
