--
-- Control charts: is the newest value news, or noise?
--

CREATE FUNCTION control_chart(buckets rating_summary[], metric text DEFAULT 'nps',
	baseline rating_summary DEFAULT NULL, lambda double precision DEFAULT 0.2, width double precision DEFAULT 3,
	dispersion double precision DEFAULT NULL, satisfied_from integer DEFAULT NULL,
	OUT "position" integer, OUT responses bigint, OUT value numeric, OUT centre numeric, OUT low numeric,
	OUT high numeric, OUT ewma numeric, OUT ewma_low numeric, OUT ewma_high numeric, OUT signal text,
	OUT provisional boolean)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'control_chart' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 100;
COMMENT ON FUNCTION control_chart(rating_summary[], text, rating_summary, double precision, double precision,
	double precision, integer) IS
'Control chart of a metric (nps, csat or ces) over buckets of time, in the order of the array: a row for each bucket '
'with answers, with its position in the array; others, and NULL, have none. value is the metric of the bucket; centre '
'that of the baseline, which is the given one or the first 20 buckets with answers put together: until there are 20 '
'it is those so far, signal is NULL and provisional true. low and high are centre -+ width * dispersion * sqrt(v / '
'n), v the variance of one answer of the baseline, n the answers of the bucket (their effective number when '
'weighted). ewma is the moving average lambda * value + (1 - lambda) * the one before, beginning at the centre; '
'ewma_low and ewma_high are its limits. Limits are cut at the ends of the metric. signal is the first that holds: '
'above, below (the value is outside its limits), rising, falling (the average is), run (the last 8 values lie on one '
'side of the centre), else NULL. dispersion is how many times as much buckets scatter as their answers explain. With '
'NULL it is measured, as the mean moving range of the standardised values of the 20 buckets over 1.128 (Laney), at '
'least 1; with a given baseline it is 1. One that is given replaces that, and may also be below 1, for buckets that '
'differ by less than chance would let them, as under quotas. satisfied_from is that of csat(). Limits and averages '
'are rounded to 10 decimals. NULL for buckets, metric, lambda or width gives no rows; a baseline without answers is '
'as if not given. Error 22023 for another metric, for lambda outside (0, 1], for a width or dispersion that is not '
'above 0, for different scales, for weighted beside unweighted answers, for NPS on another scale than 0..10 and for '
'CSAT without a rule; 2202E for an array of several dimensions.';

CREATE FUNCTION cxjourney_internal.control_chart_at(buckets timestamptz[], removed boolean[],
	summaries rating_summary[], changes timestamptz[], metric text, satisfied_from integer, only_bucket timestamptz,
	OUT bucket timestamptz, OUT responses bigint, OUT value numeric, OUT centre numeric, OUT low numeric,
	OUT high numeric, OUT ewma numeric, OUT ewma_low numeric, OUT ewma_high numeric, OUT signal text,
	OUT provisional boolean)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'control_chart_at' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 100;
COMMENT ON FUNCTION cxjourney_internal.control_chart_at(timestamptz[], boolean[], rating_summary[], timestamptz[], text,
	integer, timestamptz) IS
'Internal to the journey map: control charts of a metric of one place, a new one from each change on. Answers of its '
'buckets come in parts, in any order, each with whether it was removed and a summary. Only the row of one bucket, or '
'with NULL all. Numbers have 6 decimals. Otherwise as control_chart; error 22003 when what was removed is not there, '
'2202E for arrays of different lengths.';

CREATE FUNCTION cxjourney_internal.control_dispersion_at(buckets timestamptz[], removed boolean[],
	summaries rating_summary[], metric text, satisfied_from integer) RETURNS numeric
	AS 'MODULE_PATHNAME', 'control_dispersion_at' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.control_dispersion_at(timestamptz[], boolean[], rating_summary[], text,
	integer) IS
'Internal to the journey map: how much more the buckets of a place scatter than their answers explain, Laney''s factor '
'as control_chart has it, here over all buckets against all of them put together; 6 decimals. Parts as in '
'control_chart_at, and its errors. NULL for NULL but the last, for fewer than 20 buckets with answers and for 1.1 or '
'less.';
