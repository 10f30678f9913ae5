-- Every function of the extension, each with a call on its largest input, or why its input is always small; for
-- test/suites/slow/cancel, after inputs.sql. The functions come from the catalog: what neither the rules nor the lists
-- below cover is in the view "missing", and fails the suite.
\set ON_ERROR_STOP on

CREATE VIEW functions AS
SELECT p.oid, p.proargtypes::oid[] AS argument_types
FROM pg_proc p
JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'cxjourney';

-- Types whose values have at most some ten kilobytes, so that what is done with a few of them is done at once: a summary of
-- answers has 101 scores, one of drivers 65 variables, one of durations 3,776 buckets, a path 64 items, a label 255 bytes.
CREATE TABLE small_types (type regtype);
INSERT INTO small_types SELECT unnest(ARRAY['smallint', 'integer', 'bigint', 'double precision', 'boolean', 'interval',
	'timestamptz', 'date', 'daterange', 'int4range', 'int4range[]', 'tstzrange', 'uuid', 'oid', 'regclass', 'regtype', 'name',
	'"char"', 'journey_stage', 'journey_touchpoint', 'journey_path', 'rating_summary', 'cxjourney_internal.csat_state',
	'driver_summary', 'duration_summary', 'internal']::regtype[]);

-- What a call gets for an argument of a type.
CREATE TABLE arguments (type regtype PRIMARY KEY, expression text);
INSERT INTO arguments VALUES ('journey', 'j'), ('journey_attribution', 'a'), ('journey_flow', 'f'), ('journey_funnel', 'fu'),
	('journey_cohorts', 'c'), ('journey_contrast', 'ct'), ('journey_lifecycle', 'l'), ('journey_survival', 's'), ('term_summary', 't'),
	('rating_breakdown', 'b'), ('tsvector', 'v'), ('text[]', 'labels'), ('journey_path', 'hostile'), ('jsonb', 'big_json'),
	('numeric', 'big_number'), ('text', '''s59999'''), ('interval', 'interval ''1 day'''), ('integer', '1000000'),
	('double precision', '0.5'), ('boolean', 'true'), ('bigint', '1'), ('tstzrange', '''[2026-01-02, 2027-01-01)''::tstzrange'),
	('timestamptz', '''2027-01-01''::timestamptz'), ('int4range', '''[1,5]''::int4range');

-- Functions that PostgreSQL alone calls, for an aggregate, a type, an operator of a B-tree; calls of those cover them.
CREATE VIEW called_by AS
SELECT f::oid AS oid, 'aggregate' AS why FROM pg_aggregate, unnest(ARRAY[aggtransfn, aggfinalfn, aggcombinefn, aggserialfn,
	aggdeserialfn, aggmtransfn, aggminvtransfn, aggmfinalfn]::oid[]) f WHERE aggfnoid IN (SELECT oid FROM functions)
UNION SELECT f::oid, 'type' FROM pg_type, unnest(ARRAY[typinput, typoutput, typsend, typreceive]::oid[]) f
WHERE typoutput IN (SELECT oid FROM functions)
UNION SELECT amproc::oid, 'index' FROM pg_amproc WHERE amproc IN (SELECT oid FROM functions) AND amproc <> 0
UNION SELECT oprcode::oid, 'order' FROM pg_operator JOIN pg_amop ON amopopr = pg_operator.oid
WHERE oprcode IN (SELECT oid FROM functions) AND amopmethod IN (SELECT oid FROM pg_am WHERE amname IN ('btree', 'hash'));

-- Calls by hand: a pattern of the functions that are called, and the call; what is in schema cxjourney_internal, without it.
CREATE TABLE calls (functions text, query text);
INSERT INTO calls VALUES
	('journey_path\(text\[\]\)', 'SELECT journey_path(labels) FROM inputs'),
	('journey_matches', 'SELECT k ~ hostile FROM inputs'), ('journey_matches', 'SELECT j ~ hostile FROM inputs'),
	('funnel_depth', 'SELECT funnel_depth(k, hostile, NULL) FROM inputs'),
	('funnel_depth', 'SELECT funnel_depth(k, ''a & b & c & s59999'', NULL) FROM inputs'),
	('funnel_depth', 'SELECT funnel_depth(j, hostile, NULL) FROM inputs'),
	('path_visits', 'SELECT count(*) FROM inputs, path_visits(k, hostile)'),
	('path_visits', 'SELECT count(*) FROM inputs, path_visits(j, hostile, ''400 days'')'),
	('next_after', 'SELECT next_after(j, hostile) FROM inputs'),
	('path_visits', 'SELECT count(*) FROM inputs, path_visits(j, ''s1 >[>= 1 hour] s2 >[>= 1 hour] s3'', ''400 days'')'),
	('path_count', 'SELECT path_count(k, hostile, ''1 day'') FROM inputs'),
	('path_count', 'SELECT path_count(k, ''a & b & c & s59999'') FROM inputs'),
	('path_count', 'SELECT path_count(j, ''s1 > s2'') FROM inputs'),
	('journey_matches', 'SELECT k ~ ''a &[!a|b] b & c & s59999'' FROM inputs'),
	('funnel_depth', 'SELECT funnel_depth(k, ''a &[!a|b] b & c & s59999'', NULL) FROM inputs'),
	('funnel_agg\(journey,', 'SELECT funnel_agg(k, hostile) FROM inputs'),
	('funnel_agg\(journey,', 'SELECT funnel_agg(j, hostile, interval ''400 days'') FROM inputs'),
	('furthest', 'SELECT furthest(k, hostile) FROM inputs'),
	('journey_concat', 'SELECT j || k FROM inputs'), ('slice', 'SELECT slice(j, ''[2026-01-02,2027-01-01)'') FROM inputs'),
	('contexts', 'SELECT contexts(j, 3) FROM inputs'),
	('journey_(concat|cmp|eq|ne|lt|le|gt|ge|hash|hash_extended)\(', 'SELECT j = j, j < j || k FROM inputs'),
	('attribution_credits', 'SELECT count(*) FROM inputs, attribution_credits(a, ''linear'')'),
	('attribution_credits', 'SELECT count(*) FROM inputs, attribution_credits(chain, ''markov'')'),
	('attribution_values', 'SELECT count(*) FROM inputs, attribution_values(a, ''shapley'')'),
	('attribution_values', 'SELECT count(*) FROM inputs, attribution_values(chain, ''markov'')'),
	('attribution_counts', 'SELECT attribution_counts(a) FROM inputs'),
	('flow_reach', 'SELECT count(*) FROM inputs, flow_reach(few, ''s1'')'),
	('flow_next\(journey_flow,journey\)', 'SELECT count(*) FROM inputs, flow_next(f, j)'),
	('score_from_text', 'SELECT score_from_text(big_text) FROM inputs'),
	('score_from_text', 'SELECT score_from_text(repeat('' '', 500000000))'),
	('score_from_text', 'SELECT score_from_text(repeat(''1'', 500000000))'),
	('comment_terms', 'SELECT comment_terms(words, ''en'', true) FROM inputs'),
	('comment_terms', 'SELECT comment_terms(big_text, ''pl'', true) FROM inputs'),
	('comment_terms', 'SELECT comment_terms(repeat(''łódź'', 20000000), ''pl'', true) FROM inputs'),
	('sentiment', 'SELECT sentiment(t, t, v) FROM inputs'),
	('control_chart\(', 'SELECT count(*) FROM inputs, control_chart(scores, ''nps'')'),
	('control_chart\(|control_chart_at|control_dispersion_at',
		'SELECT count(*) FROM inputs, control_chart(scores, ''ces'')'),
	('rating_summary\(int4range,bigint\[\]\)', 'SELECT rating_summary(''[0,100]'', many) FROM inputs'),
	('rake_weights', 'SELECT count(*) FROM inputs, rake_weights(cells, targets, 1000000)'),
	('standardize', 'SELECT standardize(b, big_json - ''none'') FROM inputs'),
	('journey_touchpoint\(text\)', 'SELECT journey_touchpoint(big_text) FROM inputs'),
	('journey_touchpoint\(text,text\)', 'SELECT journey_touchpoint(big_text, big_text) FROM inputs'),
	('journey_stage\(text\)', 'SELECT journey_stage(big_text) FROM inputs'),
	('stage_label', 'SELECT stage_label(''purchase'', big_text) FROM inputs'),
	('touchpoint_catalog', 'SELECT touchpoint_catalog(big_text) FROM inputs'),
	('zendesk_csat', 'SELECT zendesk_csat(big_text) FROM inputs'),
	('nps_group\(numeric\)', 'SELECT nps_group(big_number) FROM inputs'),
	('csat_satisfied\(numeric,', 'SELECT csat_satisfied(big_number, ''[1,5]'') FROM inputs'),
	('(rating|nps|ces|csat)_agg\(numeric', 'SELECT rating_agg(big_number, ''[0,10]'') FROM inputs'),
	('driver_agg\(numeric', 'SELECT driver_agg(big_number, ARRAY[big_number]) FROM inputs'),
	('driver_agg\((double|integer|smallint)', 'SELECT driver_agg(1, many::integer[]) FROM inputs'),
	('drivers\(', 'SELECT drivers(d, NULL, ''johnson'') FROM (SELECT driver_agg(sin(x), ARRAY(SELECT sin(x * k) FROM generate_series(1, 64) k))
		FROM generate_series(1, 3000) x) o(d)'),
	('rating_svg', 'SELECT rating_svg(''[1,5]{1,2,3,4,5}'', ''en'', big_text, true) FROM inputs'),
	('(survival|funnel|driver|cohort|flow)_svg', 'SELECT cohort_svg(c, ''en'', NULL, true) FROM inputs'),
	('(survival|funnel|driver|cohort|flow)_svg', 'SELECT flow_svg(f, ''en'', NULL, true) FROM inputs'),
	('(survival|funnel|driver|cohort|flow)_svg', 'SELECT survival_svg(s, ''en'', NULL, true) FROM inputs'),
	('(trend|control|shift)_svg', 'SELECT trend_svg(scores) FROM inputs'),
	('(trend|control|shift)_svg', 'SELECT trend_svg(scores[:2000], labels[:2000]) FROM inputs'),
	('(trend|control|shift)_svg', 'SELECT control_svg(scores) FROM inputs'),
	('(trend|control|shift)_svg', 'SELECT shift_svg(b, b, ''csat'') FROM inputs'),
	('contrast_agg\(journey,', 'SELECT contrast_agg(j, ''s1 > s2'', ''400 days'', ''300 days'', ''2200-01-01'') FROM inputs'),
	('contrast_agg\(journey,', 'SELECT contrast_agg(k, ''a > b > a'', ''400 days'', ''300 days'', ''2200-01-01'') FROM inputs'),
	('journey_(table_)?agg\((text|journey_stage|journey_touchpoint),',
		'SELECT journey_agg(''s'' || x, ''2026-01-01''::timestamptz + x * interval ''1 s'') FROM generate_series(1, 60000) x'),
	('flow_agg\((bigint|text|uuid),', 'SELECT flow_agg(x % 9, ''s'' || x % 999, ''2026-01-01''::timestamptz + x * interval ''1 s'')
		FROM generate_series(1, 9000000) x'),
	('funnel_agg\((bigint|text|uuid),', 'SELECT funnel_agg(x % 9, ''s'' || x % 9, ''2026-01-01''::timestamptz + x * interval ''1 s'',
		''s1 > s2 > s3'') FROM generate_series(1, 9000000) x'),
	('attribution_agg\(journey,', 'SELECT attribution_agg(j, ''s1'', ''7 days'') FROM inputs'),
	('attribution_agg\(journey,', 'SELECT attribution_agg(k, ''a'', ''7 days'') FROM inputs'),
	('attribution_agg\(journey,', 'SELECT attribution_agg(j, ''s1'', NULL, ''1 day'', ''s2'') FROM inputs'),
	('cohort_agg\(journey,', 'SELECT cohort_agg(j, ''s1'', ''s2'', ''hour'', 1000, ''Europe/Warsaw'') FROM inputs'),
	('lifecycle_agg\(journey,', 'SELECT lifecycle_agg(j, ''s1'', ''day'', ''Europe/Warsaw'', ''2200-01-01'') FROM inputs'),
	('lifecycle_agg\(journey,', 'SELECT lifecycle_agg(''{a@2000-01-01}'', ''a'', ''day'', ''Europe/Warsaw'', ''200000-01-01'')'),
	('(gap|survival)_agg\(journey', 'SELECT gap_agg(k, ''a'', ''2200-01-01''), gap_agg(j, ''s1'', ''2200-01-01'') FROM inputs'),
	('(gap|survival)_agg\(journey', 'SELECT survival_agg(j, ''s1'', ''s2'', ''2200-01-01'') FROM inputs'),
	('(min|max)\(journey_stage\)|(survival|duration)_agg\(interval', 'SELECT min(''loyalty''::journey_stage), duration_agg(interval ''1 day'')
		FROM generate_series(1, 9000000)'),
	('breakdown_agg\(text,', 'SELECT breakdown_agg(big_text, ''[1,5]{1,2,3,4,5}'') FROM inputs'),
	('journey_gin_extract_value|journey_gin', 'CREATE INDEX ON inputs USING gin (j)'),
	('journey_gin', 'SET enable_seqscan = off; SELECT count(*) FROM indexed, inputs WHERE indexed.j && labels[:5000]'),
	('journey_gin', 'SET enable_seqscan = off; SELECT count(*) FROM indexed, inputs WHERE indexed.j @> labels[:5000]'),
	('journey_contains', 'SELECT j @> labels FROM inputs'), ('journey_overlaps', 'SELECT j && labels FROM inputs'),
	('journey_map_(svg|mermaid)', 'SELECT journey_map_svg(''big'')'),
	('journey_map_(svg|mermaid)', 'SELECT journey_map_mermaid(''big'')'),
	('journey_map_report', 'SELECT journey_map_report(''big'', period => ''[2026-01-01,2026-02-01)'', journeys => ''paths'')'),
	('journey_map_cells|journey_map_scores', 'SELECT count(*) FROM journey_map_cells(''big'')'),
	('journey_map_scores', 'SELECT count(*) FROM journey_map_scores(''big'')'),
	('journey_map_barriers', 'SELECT count(*) FROM journey_map_barriers(''big'')'),
	('journey_map_shift', 'SELECT count(*) FROM journey_map_shift(''big'', ''[2026-01-01,2026-02-01)'', ''[2026-02-01,2026-03-01)'')'),
	('journey_map_words', 'SELECT count(*) FROM journey_map_words(''big'')'),
	('journey_map_control|control_', 'SELECT count(*) FROM (SELECT * FROM big_control) c'),
	('(check|rebuild|refresh|create|drop)_journey_table', 'SELECT check_journey_table(''paths'')'),
	('(check|rebuild|refresh|create|drop)_journey_table', 'SELECT rebuild_journey_table(''paths'')'),
	('(check|rebuild|refresh|create|drop)_journey_table', 'SELECT create_journey_table(''again'', ''answers'',
		customer => ''csat'', stage => ''stage'', at => ''at'')'),
	('(check|rebuild|refresh|create|drop)_journey_map', 'SELECT check_journey_map(''big'')'),
	('(check|rebuild|refresh|create|drop)_journey_map', 'SELECT rebuild_journey_map(''big'')'),
	('(check|rebuild|refresh|create|drop)_journey_map', 'SELECT create_journey_map(''again'', ''answers'', at => ''at'',
		stage => ''stage'', touchpoint => ''place'', nps => ''nps'', csat => ''csat'')');

-- Not called, and why.
CREATE TABLE reasons (functions text, why text);
INSERT INTO reasons VALUES
	('cxjourney_internal.journey_(map|table)_', 'reads or writes the definition of one map or table, a line of jsonb, or runs '
		'statements that PostgreSQL cancels'),
	('cxjourney_internal.journey_stage_(sortsupport|in_range)', 'compares numbers');

-- A call for each function whose arguments are known, with the largest of each.
CREATE VIEW generated AS
SELECT oid, format(CASE WHEN proretset THEN 'SELECT count(*) FROM inputs, %s(%s) x' ELSE 'SELECT %s(%s) IS NULL FROM inputs' END,
	oid::regproc, arguments) AS query
FROM functions JOIN pg_proc USING (oid), LATERAL (SELECT string_agg(expression, ', ' ORDER BY place) AS arguments,
	bool_and(expression IS NOT NULL) AS known,
	bool_or(type NOT IN (SELECT type FROM small_types) AND type NOT IN ('text', 'numeric')) AS large
	FROM unnest(argument_types) WITH ORDINALITY a(type_oid, place) LEFT JOIN arguments ON type = type_oid::regtype) a
WHERE known AND large;

CREATE VIEW large_types AS
SELECT t.oid::regtype AS type, expression FROM pg_type t JOIN arguments ON type = t.oid
WHERE typoutput IN (SELECT oid FROM functions) AND t.oid NOT IN (SELECT type FROM small_types);

CREATE VIEW plain_name AS
SELECT oid, replace(oid::regprocedure::text, 'cxjourney_internal.', '') AS name FROM functions;

-- All calls: by hand, for functions whose arguments are known and that are not called by hand, text and binary of the types.
CREATE VIEW all_calls AS
SELECT 1 AS part, functions AS what, query FROM calls
UNION ALL SELECT 2, name, query FROM generated JOIN plain_name USING (oid)
WHERE NOT EXISTS (SELECT FROM called_by c WHERE c.oid = generated.oid AND (why <> 'aggregate'
		OR generated.oid NOT IN (SELECT oprcode::oid FROM pg_operator)))
	AND NOT EXISTS (SELECT FROM calls WHERE name ~ ('^(' || functions || ')'))
	AND NOT EXISTS (SELECT FROM reasons WHERE oid::regprocedure::text ~ ('^(' || functions || ')'))
UNION ALL SELECT 3, format('%s as %s', type, form), format(command, type, expression) FROM large_types,
	(VALUES ('text', 'SELECT length(%2$s::text) FROM inputs'), ('text, read', 'SELECT %2$s::text::%1$s IS NULL FROM inputs'),
	('binary', 'COPY (SELECT %2$s FROM inputs) TO ''/dev/null'' (FORMAT binary)'),
	('binary, read', 'CREATE TABLE arrived (x %1$s); COPY arrived FROM ''@DIRECTORY@/%1$s'' (FORMAT binary)')) f(form, command);

CREATE VIEW missing AS
SELECT name FROM plain_name JOIN functions USING (oid)
WHERE NOT EXISTS (SELECT FROM calls WHERE name ~ ('^(' || functions || ')'))
	AND NOT EXISTS (SELECT FROM reasons WHERE oid::regprocedure::text ~ ('^(' || functions || ')'))
	AND oid NOT IN (SELECT oid FROM generated)
	AND oid NOT IN (SELECT oid FROM called_by)
	AND EXISTS (SELECT FROM unnest(argument_types) a WHERE a::regtype NOT IN (SELECT type FROM small_types))
ORDER BY name;
