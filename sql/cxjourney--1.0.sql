/*
 * cxjourney 1.0: NPS, CSAT, CES and customer journeys as plain SQL.
 *
 * Nothing here is SECURITY DEFINER, and no table belongs to the extension.
 */

-- complain if the script is sourced in psql, rather than by CREATE EXTENSION
\echo Use "CREATE EXTENSION cxjourney" to load this file. \quit


--
-- The type rating_summary: how often each score was given
--

CREATE TYPE rating_summary;

CREATE FUNCTION rating_summary_in(cstring) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_summary_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_in(cstring) IS
'Reads the text form of a rating_summary, such as [1,5]{0,2,5,9,4}: the scale, then the count of each score, lowest first; weighted, each count is followed by :sum of weights:sum of squared weights. Errors 22P02 and 22003.';

CREATE FUNCTION rating_summary_out(rating_summary) RETURNS cstring
	AS 'MODULE_PATHNAME', 'rating_summary_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_out(rating_summary) IS
'Writes the text form of a rating_summary: exact, and independent of every setting.';

CREATE FUNCTION rating_summary_recv(internal) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_summary_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_recv(internal) IS
'Reads the binary form of a rating_summary; every byte is checked. Error 22P03.';

CREATE FUNCTION rating_summary_send(rating_summary) RETURNS bytea
	AS 'MODULE_PATHNAME', 'rating_summary_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_send(rating_summary) IS
'Writes the binary form of a rating_summary.';

CREATE TYPE rating_summary (
	INPUT = rating_summary_in,
	OUTPUT = rating_summary_out,
	RECEIVE = rating_summary_recv,
	SEND = rating_summary_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE rating_summary IS
'How often each score was given on a scale of 2 to 101 whole numbers, optionally weighted. Built by rating_agg(score, scale), merged by rating_agg(rating_summary) and +, read by nps(), csat(), ces(), responses(), share() and others.';

CREATE FUNCTION rating_summary(scale int4range, counts bigint[]) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_summary_from_counts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary(int4range, bigint[]) IS
'The summary with these counts of answers, one for each score of the scale, lowest first: for history that survives only as counts. Error 22023 when the number of counts does not fit the scale, 22003 for a negative count or a total past 2^63 - 1. NULL if an argument is NULL; a NULL count is error 22004.';


--
-- Reading a summary
--

CREATE FUNCTION nps(summary rating_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_nps' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps(rating_summary) IS
'Net Promoter Score, -100 to 100: percent of promoters (9-10) minus percent of detractors (0-6). Exact. NULL without answers; error 22023 on any scale but 0..10.';

CREATE FUNCTION csat(summary rating_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_csat' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION csat(rating_summary) IS
'Customer satisfaction, 0 to 100: percent of satisfied answers, the top 2 points of a scale of 4 to 7, the top point of 2 or 3. Exact. NULL without answers; error 22023 on longer scales, which need satisfied_from.';

CREATE FUNCTION csat(summary rating_summary, satisfied_from integer) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_csat_from' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat(rating_summary, integer) IS
'Customer satisfaction, 0 to 100: percent of answers with the score satisfied_from or higher. NULL without answers; satisfied_from NULL is the rule of csat(rating_summary); error 22023 for a cut-off outside the scale.';

CREATE FUNCTION ces(summary rating_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ces(rating_summary) IS
'Customer effort score: the mean score, in units of the scale (1..7 with high = easy for CES 2.0). Exact. NULL without answers.';

CREATE FUNCTION mean(summary rating_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mean(rating_summary) IS
'Mean score, in units of the scale, as avg(score); weighted by the weights if there are any. NULL without answers.';

CREATE FUNCTION responses(summary rating_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'rating_summary_responses' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION responses(rating_summary) IS
'Number of answers, whatever they weigh.';

CREATE FUNCTION promoters(summary rating_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'rating_promoters' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION promoters(rating_summary) IS
'Number of promoters, scores 9 and 10. Error 22023 on any scale but 0..10.';

CREATE FUNCTION passives(summary rating_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'rating_passives' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION passives(rating_summary) IS
'Number of passives, scores 7 and 8. Error 22023 on any scale but 0..10.';

CREATE FUNCTION detractors(summary rating_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'rating_detractors' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION detractors(rating_summary) IS
'Number of detractors, scores 0 to 6. Error 22023 on any scale but 0..10.';

CREATE FUNCTION share(summary rating_summary, scores int4range) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION share(rating_summary, int4range) IS
'Percent of the answers with a score in the range, 0 to 100; the range may reach beyond the scale. NULL without answers.';

CREATE FUNCTION counts(summary rating_summary) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'rating_counts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION counts(rating_summary) IS
'Number of answers of each score, lowest score first.';

CREATE FUNCTION scale(summary rating_summary) RETURNS int4range
	AS 'MODULE_PATHNAME', 'rating_scale' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION scale(rating_summary) IS
'The scale of the answers, for example [0,11) for 0 to 10.';

CREATE FUNCTION weight_total(summary rating_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_weight_total' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weight_total(rating_summary) IS
'Sum of the weights; without weights the number of answers.';

CREATE FUNCTION effective_responses(summary rating_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rating_summary_effective_responses' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION effective_responses(rating_summary) IS
'Kish effective sample size, (sum of weights)^2 / sum of squared weights: how many equally weighted answers would know as much. Without weights the number of answers.';

CREATE FUNCTION quantile(summary rating_summary, q double precision) RETURNS integer
	AS 'MODULE_PATHNAME', 'rating_summary_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantile(rating_summary, double precision) IS
'The score below or at which lies the share q (0 to 1) of the answers, or of their weight; as percentile_disc(q). NULL without answers; error 22003 for q outside 0..1.';

CREATE FUNCTION ces_easy_share(summary rating_summary, low_is_easy boolean DEFAULT false) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_ces_easy_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ces_easy_share(rating_summary, boolean) IS
'Percent of easy answers, 0 to 100: those above the middle of the scale (5-7 of 1..7, 4-5 of 1..5), or below it when low_is_easy. NULL without answers.';

CREATE FUNCTION histogram(summary rating_summary, OUT score integer, OUT responses bigint, OUT share numeric)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'rating_histogram' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 11;
COMMENT ON FUNCTION histogram(rating_summary) IS
'One row for each score of the scale, lowest first: number of answers, and their share (or that of their weight) in percent, NULL without any answers.';


--
-- Confidence intervals, tests and sample sizes
--

CREATE FUNCTION nps_interval(summary rating_summary, level double precision DEFAULT 0.95) RETURNS numrange
	AS 'MODULE_PATHNAME', 'rating_nps_interval' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_interval(rating_summary, double precision) IS
'Confidence interval of the NPS, within -100..100: adjusted Wald with 3/4, 3/2 and 3/4 added to detractors, passives and promoters (Rocks 2016). NULL without answers. Both ends belong to the interval; it contains the metric. Level strictly between 0 and 1, else error 22023. Weighted answers count with their effective number.';

CREATE FUNCTION csat_interval(summary rating_summary, level double precision DEFAULT 0.95, satisfied_from integer DEFAULT NULL) RETURNS numrange
	AS 'MODULE_PATHNAME', 'rating_csat_interval' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_interval(rating_summary, double precision, integer) IS
'Confidence interval of the CSAT, within 0..100: Wilson score without continuity correction. NULL without answers; satisfied_from NULL is the rule of csat(rating_summary). Both ends belong to the interval; it contains the metric. Level strictly between 0 and 1, else error 22023. Weighted answers count with their effective number.';

CREATE FUNCTION ces_interval(summary rating_summary, level double precision DEFAULT 0.95) RETURNS numrange
	AS 'MODULE_PATHNAME', 'rating_ces_interval' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ces_interval(rating_summary, double precision) IS
'Confidence interval of the CES, within the scale: Student t with n - 1 degrees of freedom. NULL with fewer than 2 answers. Both ends belong to the interval; it contains the metric. Level strictly between 0 and 1, else error 22023. Weighted answers count with their effective number.';

CREATE FUNCTION nps_test(before rating_summary, after rating_summary, level double precision DEFAULT 0.95,
	OUT difference numeric, OUT std_error double precision,
	OUT statistic double precision, OUT p_value double precision, OUT difference_interval numrange)
	AS 'MODULE_PATHNAME', 'rating_nps_test' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_test(rating_summary, rating_summary, double precision) IS
'Has the NPS changed? z test on counts adjusted as in nps_interval, in points. difference is after minus before, exact; statistic has its sign; p_value is two-sided. NULL when a side has no answers. Error 22023 on any scale but 0..10 and for a level outside (0, 1).';

CREATE FUNCTION csat_test(before rating_summary, after rating_summary, satisfied_from integer DEFAULT NULL, level double precision DEFAULT 0.95,
	OUT difference numeric, OUT std_error double precision,
	OUT statistic double precision, OUT p_value double precision, OUT difference_interval numrange)
	AS 'MODULE_PATHNAME', 'rating_csat_test' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_test(rating_summary, rating_summary, integer, double precision) IS
'Has the CSAT changed? N-1 two-proportion z test with the interval of Newcombe (method 10), in points. difference is after minus before, exact; statistic has its sign; p_value is two-sided. NULL when a side has no answers; satisfied_from NULL is the rule of csat(rating_summary). Error 22023 for different scales and for a level outside (0, 1).';

CREATE FUNCTION ces_test(before rating_summary, after rating_summary, level double precision DEFAULT 0.95,
	OUT difference numeric, OUT std_error double precision,
	OUT statistic double precision, OUT p_value double precision, OUT difference_interval numrange)
	AS 'MODULE_PATHNAME', 'rating_ces_test' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ces_test(rating_summary, rating_summary, double precision) IS
'Has the CES changed? t test of Welch, in units of the scale. difference is after minus before, exact; statistic has its sign; p_value is two-sided. NULL when a side has fewer than 2 answers, or when both have no variance but differ. Error 22023 for different scales and for a level outside (0, 1).';

CREATE FUNCTION nps_variance(summary rating_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rating_nps_variance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_variance(rating_summary) IS
'Population variance of the answers as -1 (detractor), 0 and +1 (promoter), 0 to 1. NULL without answers.';

CREATE FUNCTION nps_stderr(summary rating_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rating_nps_stderr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_stderr(rating_summary) IS
'Standard error of the NPS in points, 0 to 100: 100 * sqrt(nps_variance / effective_responses). NULL without answers.';

CREATE FUNCTION nps_sample_size(margin double precision, level double precision DEFAULT 0.95, expected rating_summary DEFAULT NULL) RETURNS bigint
	AS 'MODULE_PATHNAME', 'rating_nps_sample_size' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_sample_size(double precision, double precision, rating_summary) IS
'Fewest answers with which the interval of the NPS is at most margin points to either side, if they are spread as expected; without that, as badly as possible. NULL if margin or level is NULL. Error 22023 for a margin of 0 or less and for a level outside (0, 1), 22003 past 2^53 answers.';


--
-- One answer
--

CREATE FUNCTION nps_group(score smallint) RETURNS text
	AS 'MODULE_PATHNAME', 'nps_group_int2' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_group(smallint) IS
'What one answer on 0..10 makes the customer: detractor (0-6), passive (7-8) or promoter (9-10). NULL for NULL; error 22003 outside 0..10, 22023 for a fraction.';

CREATE FUNCTION nps_group(score integer) RETURNS text
	AS 'MODULE_PATHNAME', 'nps_group_int4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_group(integer) IS
'What one answer on 0..10 makes the customer: detractor (0-6), passive (7-8) or promoter (9-10). NULL for NULL; error 22003 outside 0..10, 22023 for a fraction.';

CREATE FUNCTION nps_group(score bigint) RETURNS text
	AS 'MODULE_PATHNAME', 'nps_group_int8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_group(bigint) IS
'What one answer on 0..10 makes the customer: detractor (0-6), passive (7-8) or promoter (9-10). NULL for NULL; error 22003 outside 0..10, 22023 for a fraction.';

CREATE FUNCTION nps_group(score numeric) RETURNS text
	AS 'MODULE_PATHNAME', 'nps_group_numeric' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_group(numeric) IS
'What one answer on 0..10 makes the customer: detractor (0-6), passive (7-8) or promoter (9-10). NULL for NULL; error 22003 outside 0..10, 22023 for a fraction.';

CREATE FUNCTION nps_group(score double precision) RETURNS text
	AS 'MODULE_PATHNAME', 'nps_group_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_group(double precision) IS
'What one answer on 0..10 makes the customer: detractor (0-6), passive (7-8) or promoter (9-10). NULL for NULL; error 22003 outside 0..10, 22023 for a fraction.';

CREATE FUNCTION csat_satisfied(score smallint, scale int4range DEFAULT '[1,5]') RETURNS boolean
	AS 'MODULE_PATHNAME', 'csat_satisfied_int2' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION csat_satisfied(smallint, int4range) IS
'Whether one answer is satisfied: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. NULL for NULL; error 22003 outside the scale, 22023 for a fraction and for scales longer than 7.';

CREATE FUNCTION csat_satisfied(score integer, scale int4range DEFAULT '[1,5]') RETURNS boolean
	AS 'MODULE_PATHNAME', 'csat_satisfied_int4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION csat_satisfied(integer, int4range) IS
'Whether one answer is satisfied: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. NULL for NULL; error 22003 outside the scale, 22023 for a fraction and for scales longer than 7.';

CREATE FUNCTION csat_satisfied(score bigint, scale int4range DEFAULT '[1,5]') RETURNS boolean
	AS 'MODULE_PATHNAME', 'csat_satisfied_int8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION csat_satisfied(bigint, int4range) IS
'Whether one answer is satisfied: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. NULL for NULL; error 22003 outside the scale, 22023 for a fraction and for scales longer than 7.';

CREATE FUNCTION csat_satisfied(score numeric, scale int4range DEFAULT '[1,5]') RETURNS boolean
	AS 'MODULE_PATHNAME', 'csat_satisfied_numeric' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION csat_satisfied(numeric, int4range) IS
'Whether one answer is satisfied: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. NULL for NULL; error 22003 outside the scale, 22023 for a fraction and for scales longer than 7.';

CREATE FUNCTION csat_satisfied(score double precision, scale int4range DEFAULT '[1,5]') RETURNS boolean
	AS 'MODULE_PATHNAME', 'csat_satisfied_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION csat_satisfied(double precision, int4range) IS
'Whether one answer is satisfied: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. NULL for NULL; error 22003 outside the scale, 22023 for a fraction and for scales longer than 7.';


--
-- Operators
--

CREATE FUNCTION rating_summary_add(rating_summary, rating_summary) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_summary_add' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_add(rating_summary, rating_summary) IS
'Implementation of the + operator.';

CREATE FUNCTION rating_summary_sub(rating_summary, rating_summary) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_summary_sub' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_sub(rating_summary, rating_summary) IS
'Implementation of the - operator.';

CREATE FUNCTION rating_summary_eq(rating_summary, rating_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_summary_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_eq(rating_summary, rating_summary) IS
'Implementation of the = operator.';

CREATE FUNCTION rating_summary_ne(rating_summary, rating_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_summary_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_ne(rating_summary, rating_summary) IS
'Implementation of the <> operator.';

CREATE FUNCTION rating_summary_lt(rating_summary, rating_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_summary_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_lt(rating_summary, rating_summary) IS
'Implementation of the < operator.';

CREATE FUNCTION rating_summary_le(rating_summary, rating_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_summary_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_le(rating_summary, rating_summary) IS
'Implementation of the <= operator.';

CREATE FUNCTION rating_summary_gt(rating_summary, rating_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_summary_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_gt(rating_summary, rating_summary) IS
'Implementation of the > operator.';

CREATE FUNCTION rating_summary_ge(rating_summary, rating_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_summary_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_ge(rating_summary, rating_summary) IS
'Implementation of the >= operator.';

CREATE FUNCTION rating_summary_cmp(rating_summary, rating_summary) RETURNS integer
	AS 'MODULE_PATHNAME', 'rating_summary_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_cmp(rating_summary, rating_summary) IS
'Comparison function of the btree operator class: -1, 0 or 1, by content.';

CREATE FUNCTION rating_summary_hash(rating_summary) RETURNS integer
	AS 'MODULE_PATHNAME', 'rating_summary_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_hash(rating_summary) IS
'Hash function of the hash operator class, by content.';

CREATE FUNCTION rating_summary_hash_extended(rating_summary, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'rating_summary_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_hash_extended(rating_summary, bigint) IS
'Seeded hash function of the hash operator class, by content.';

CREATE OPERATOR + (
	LEFTARG = rating_summary, RIGHTARG = rating_summary,
	FUNCTION = rating_summary_add,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (rating_summary, rating_summary) IS
'Answers of both summaries. Error 22023 when the scales differ or only one is weighted, 22003 past 2^63 - 1 answers.';

CREATE OPERATOR - (
	LEFTARG = rating_summary, RIGHTARG = rating_summary,
	FUNCTION = rating_summary_sub
);
COMMENT ON OPERATOR - (rating_summary, rating_summary) IS
'Answers of the left summary without those of the right one. Error 22003 when they were not among them, 22023 when the scales differ or only one is weighted.';

CREATE OPERATOR = (
	LEFTARG = rating_summary, RIGHTARG = rating_summary,
	FUNCTION = rating_summary_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (rating_summary, rating_summary) IS
'Same scale, same counts, same weights.';

CREATE OPERATOR <> (
	LEFTARG = rating_summary, RIGHTARG = rating_summary,
	FUNCTION = rating_summary_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (rating_summary, rating_summary) IS
'Another scale, other counts or other weights.';

CREATE OPERATOR < (
	LEFTARG = rating_summary, RIGHTARG = rating_summary,
	FUNCTION = rating_summary_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (rating_summary, rating_summary) IS
'Order by content (scale, counts, weights), for sorting and grouping only; it says nothing about which summary is better.';

CREATE OPERATOR <= (
	LEFTARG = rating_summary, RIGHTARG = rating_summary,
	FUNCTION = rating_summary_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (rating_summary, rating_summary) IS
'Order by content (scale, counts, weights), for sorting and grouping only; it says nothing about which summary is better.';

CREATE OPERATOR > (
	LEFTARG = rating_summary, RIGHTARG = rating_summary,
	FUNCTION = rating_summary_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (rating_summary, rating_summary) IS
'Order by content (scale, counts, weights), for sorting and grouping only; it says nothing about which summary is better.';

CREATE OPERATOR >= (
	LEFTARG = rating_summary, RIGHTARG = rating_summary,
	FUNCTION = rating_summary_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (rating_summary, rating_summary) IS
'Order by content (scale, counts, weights), for sorting and grouping only; it says nothing about which summary is better.';

CREATE OPERATOR CLASS rating_summary_ops
	DEFAULT FOR TYPE rating_summary USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 rating_summary_cmp(rating_summary, rating_summary);
COMMENT ON OPERATOR CLASS rating_summary_ops USING btree IS
'Sorting, grouping and unique indexes of rating_summary, by content.';
COMMENT ON OPERATOR FAMILY rating_summary_ops USING btree IS
'Sorting, grouping and unique indexes of rating_summary, by content.';

CREATE OPERATOR CLASS rating_summary_ops
	DEFAULT FOR TYPE rating_summary USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 rating_summary_hash(rating_summary),
		FUNCTION 2 rating_summary_hash_extended(rating_summary, bigint);
COMMENT ON OPERATOR CLASS rating_summary_ops USING hash IS
'Hash joins, grouping and indexes of rating_summary, by content.';
COMMENT ON OPERATOR FAMILY rating_summary_ops USING hash IS
'Hash joins, grouping and indexes of rating_summary, by content.';


--
-- Casts
--

CREATE FUNCTION jsonb(summary rating_summary) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'rating_summary_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION jsonb(rating_summary) IS
'The summary as jsonb: {"scale": [1, 5], "counts": [0, 2, 5, 9, 4]}; weighted ones also have "weights" and "squared_weights", the sums for each score.';

CREATE FUNCTION rating_summary(jsonb) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_summary_from_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary(jsonb) IS
'The summary that jsonb(rating_summary) wrote. Error 22023 for other keys or types, and the errors of the text form.';

CREATE CAST (rating_summary AS jsonb) WITH FUNCTION jsonb(rating_summary);
COMMENT ON CAST (rating_summary AS jsonb) IS
'Scale and counts, and the sums of weights if there are any.';

CREATE CAST (jsonb AS rating_summary) WITH FUNCTION rating_summary(jsonb);
COMMENT ON CAST (jsonb AS rating_summary) IS
'Reads back what the cast to jsonb gives.';


--
-- State functions of the aggregates: forward and, for moving frames, inverse
--

CREATE FUNCTION nps_accum(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, smallint) IS
'State function of nps_agg(smallint); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, smallint) IS
'Inverse state function of nps_agg(smallint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, integer) IS
'State function of nps_agg(integer); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, integer) IS
'Inverse state function of nps_agg(integer) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, bigint) IS
'State function of nps_agg(bigint); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, bigint) IS
'Inverse state function of nps_agg(bigint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, numeric) IS
'State function of nps_agg(numeric); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, numeric) IS
'Inverse state function of nps_agg(numeric) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, double precision) IS
'State function of nps_agg(double precision); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, double precision) IS
'Inverse state function of nps_agg(double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION csat_accum(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum(rating_summary, smallint) IS
'State function of csat_agg(smallint); only an aggregate can call it.';

CREATE FUNCTION csat_accum_inv(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum_inv(rating_summary, smallint) IS
'Inverse state function of csat_agg(smallint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION csat_accum(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum(rating_summary, integer) IS
'State function of csat_agg(integer); only an aggregate can call it.';

CREATE FUNCTION csat_accum_inv(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum_inv(rating_summary, integer) IS
'Inverse state function of csat_agg(integer) in moving frames; only an aggregate can call it.';

CREATE FUNCTION csat_accum(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum(rating_summary, bigint) IS
'State function of csat_agg(bigint); only an aggregate can call it.';

CREATE FUNCTION csat_accum_inv(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum_inv(rating_summary, bigint) IS
'Inverse state function of csat_agg(bigint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION csat_accum(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum(rating_summary, numeric) IS
'State function of csat_agg(numeric); only an aggregate can call it.';

CREATE FUNCTION csat_accum_inv(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum_inv(rating_summary, numeric) IS
'Inverse state function of csat_agg(numeric) in moving frames; only an aggregate can call it.';

CREATE FUNCTION csat_accum(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum(rating_summary, double precision) IS
'State function of csat_agg(double precision); only an aggregate can call it.';

CREATE FUNCTION csat_accum_inv(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum_inv(rating_summary, double precision) IS
'Inverse state function of csat_agg(double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION csat_accum(rating_summary, boolean) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_bool' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum(rating_summary, boolean) IS
'State function of csat_agg(boolean); only an aggregate can call it.';

CREATE FUNCTION csat_accum_inv(rating_summary, boolean) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_bool' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum_inv(rating_summary, boolean) IS
'Inverse state function of csat_agg(boolean) in moving frames; only an aggregate can call it.';

CREATE FUNCTION ces_accum(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum(rating_summary, smallint) IS
'State function of ces_agg(smallint); only an aggregate can call it.';

CREATE FUNCTION ces_accum_inv(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum_inv(rating_summary, smallint) IS
'Inverse state function of ces_agg(smallint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION ces_accum(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum(rating_summary, integer) IS
'State function of ces_agg(integer); only an aggregate can call it.';

CREATE FUNCTION ces_accum_inv(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum_inv(rating_summary, integer) IS
'Inverse state function of ces_agg(integer) in moving frames; only an aggregate can call it.';

CREATE FUNCTION ces_accum(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum(rating_summary, bigint) IS
'State function of ces_agg(bigint); only an aggregate can call it.';

CREATE FUNCTION ces_accum_inv(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum_inv(rating_summary, bigint) IS
'Inverse state function of ces_agg(bigint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION ces_accum(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum(rating_summary, numeric) IS
'State function of ces_agg(numeric); only an aggregate can call it.';

CREATE FUNCTION ces_accum_inv(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum_inv(rating_summary, numeric) IS
'Inverse state function of ces_agg(numeric) in moving frames; only an aggregate can call it.';

CREATE FUNCTION ces_accum(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum(rating_summary, double precision) IS
'State function of ces_agg(double precision); only an aggregate can call it.';

CREATE FUNCTION ces_accum_inv(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum_inv(rating_summary, double precision) IS
'Inverse state function of ces_agg(double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, smallint, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, smallint, int4range) IS
'State function of csat_agg, ces_agg and rating_agg (smallint, int4range); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, smallint, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, smallint, int4range) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (smallint, int4range) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, integer, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, integer, int4range) IS
'State function of csat_agg, ces_agg and rating_agg (integer, int4range); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, integer, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, integer, int4range) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (integer, int4range) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, bigint, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, bigint, int4range) IS
'State function of csat_agg, ces_agg and rating_agg (bigint, int4range); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, bigint, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, bigint, int4range) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (bigint, int4range) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, numeric, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, numeric, int4range) IS
'State function of csat_agg, ces_agg and rating_agg (numeric, int4range); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, numeric, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, numeric, int4range) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (numeric, int4range) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, double precision, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, double precision, int4range) IS
'State function of csat_agg, ces_agg and rating_agg (double precision, int4range); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, double precision, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, double precision, int4range) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (double precision, int4range) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, smallint, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, smallint, double precision) IS
'State function of nps_agg(smallint, double precision); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, smallint, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, smallint, double precision) IS
'Inverse state function of nps_agg(smallint, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, integer, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, integer, double precision) IS
'State function of nps_agg(integer, double precision); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, integer, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, integer, double precision) IS
'Inverse state function of nps_agg(integer, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, bigint, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, bigint, double precision) IS
'State function of nps_agg(bigint, double precision); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, bigint, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, bigint, double precision) IS
'Inverse state function of nps_agg(bigint, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, numeric, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, numeric, double precision) IS
'State function of nps_agg(numeric, double precision); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, numeric, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, numeric, double precision) IS
'Inverse state function of nps_agg(numeric, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, double precision, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, double precision, double precision) IS
'State function of nps_agg(double precision, double precision); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, double precision, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, double precision, double precision) IS
'Inverse state function of nps_agg(double precision, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, smallint, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, smallint, int4range, double precision) IS
'State function of csat_agg, ces_agg and rating_agg (smallint, int4range, double precision); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, smallint, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, smallint, int4range, double precision) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (smallint, int4range, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, integer, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, integer, int4range, double precision) IS
'State function of csat_agg, ces_agg and rating_agg (integer, int4range, double precision); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, integer, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, integer, int4range, double precision) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (integer, int4range, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, bigint, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, bigint, int4range, double precision) IS
'State function of csat_agg, ces_agg and rating_agg (bigint, int4range, double precision); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, bigint, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, bigint, int4range, double precision) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (bigint, int4range, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, numeric, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, numeric, int4range, double precision) IS
'State function of csat_agg, ces_agg and rating_agg (numeric, int4range, double precision); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, numeric, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, numeric, int4range, double precision) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (numeric, int4range, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, double precision, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, double precision, int4range, double precision) IS
'State function of csat_agg, ces_agg and rating_agg (double precision, int4range, double precision); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, double precision, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, double precision, int4range, double precision) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (double precision, int4range, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_combine(rating_summary, rating_summary) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_combine(rating_summary, rating_summary) IS
'State and combine function of the aggregates that merge; only an aggregate can call it.';

CREATE FUNCTION rating_combine_inv(rating_summary, rating_summary) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_combine_inv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_combine_inv(rating_summary, rating_summary) IS
'Inverse state function of the aggregates that merge, in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_final(rating_summary) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_final(rating_summary) IS
'Final function of rating_agg: the summary, or NULL when it has no answers.';


--
-- nps_agg: Net Promoter Score
--

CREATE AGGREGATE nps_agg(score smallint) (
	SFUNC = nps_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = nps, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(smallint) IS
'Net Promoter Score of answers on 0..10, -100 to 100: percent of promoters (9-10) minus percent of detractors (0-6). Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE nps_agg(score integer) (
	SFUNC = nps_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = nps, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(integer) IS
'Net Promoter Score of answers on 0..10, -100 to 100: percent of promoters (9-10) minus percent of detractors (0-6). Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE nps_agg(score bigint) (
	SFUNC = nps_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = nps, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(bigint) IS
'Net Promoter Score of answers on 0..10, -100 to 100: percent of promoters (9-10) minus percent of detractors (0-6). Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE nps_agg(score numeric) (
	SFUNC = nps_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = nps, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(numeric) IS
'Net Promoter Score of answers on 0..10, -100 to 100: percent of promoters (9-10) minus percent of detractors (0-6). Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE nps_agg(score double precision) (
	SFUNC = nps_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = nps, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(double precision) IS
'Net Promoter Score of answers on 0..10, -100 to 100: percent of promoters (9-10) minus percent of detractors (0-6). Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE nps_agg(score smallint, weight double precision) (
	SFUNC = nps_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = nps, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(smallint, double precision) IS
'Net Promoter Score of weighted answers on 0..10, -100 to 100. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE nps_agg(score integer, weight double precision) (
	SFUNC = nps_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = nps, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(integer, double precision) IS
'Net Promoter Score of weighted answers on 0..10, -100 to 100. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE nps_agg(score bigint, weight double precision) (
	SFUNC = nps_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = nps, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(bigint, double precision) IS
'Net Promoter Score of weighted answers on 0..10, -100 to 100. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE nps_agg(score numeric, weight double precision) (
	SFUNC = nps_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = nps, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(numeric, double precision) IS
'Net Promoter Score of weighted answers on 0..10, -100 to 100. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE nps_agg(score double precision, weight double precision) (
	SFUNC = nps_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = nps, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = nps_accum, MINVFUNC = nps_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(double precision, double precision) IS
'Net Promoter Score of weighted answers on 0..10, -100 to 100. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE nps_agg(summary rating_summary) (
	SFUNC = rating_combine, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = nps, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_combine, MINVFUNC = rating_combine_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(rating_summary) IS
'Net Promoter Score of stored summaries put together, -100 to 100: exactly that of all their answers. NULL summaries are left out, and no answers give NULL. Error 22023 on any scale but 0..10.';


--
-- csat_agg: customer satisfaction
--

CREATE AGGREGATE csat_agg(score smallint) (
	SFUNC = csat_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = csat_accum, MINVFUNC = csat_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(smallint) IS
'Customer satisfaction of answers on 1..5: percent of 4 and 5, 0 to 100. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE csat_agg(score integer) (
	SFUNC = csat_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = csat_accum, MINVFUNC = csat_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(integer) IS
'Customer satisfaction of answers on 1..5: percent of 4 and 5, 0 to 100. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE csat_agg(score bigint) (
	SFUNC = csat_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = csat_accum, MINVFUNC = csat_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(bigint) IS
'Customer satisfaction of answers on 1..5: percent of 4 and 5, 0 to 100. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE csat_agg(score numeric) (
	SFUNC = csat_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = csat_accum, MINVFUNC = csat_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(numeric) IS
'Customer satisfaction of answers on 1..5: percent of 4 and 5, 0 to 100. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE csat_agg(score double precision) (
	SFUNC = csat_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = csat_accum, MINVFUNC = csat_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(double precision) IS
'Customer satisfaction of answers on 1..5: percent of 4 and 5, 0 to 100. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE csat_agg(satisfied boolean) (
	SFUNC = csat_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = csat_accum, MINVFUNC = csat_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(boolean) IS
'Customer satisfaction of thumbs up (true) and down (false): percent of true, 0 to 100. Exact numeric. NULL answers are left out, and no answers give NULL.';

CREATE AGGREGATE csat_agg(score smallint, scale int4range) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(smallint, int4range) IS
'Customer satisfaction on any scale: percent of satisfied answers, 0 to 100: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. Error 22023 for longer scales, which need csat(rating_agg(score, scale), satisfied_from), and when scales are mixed.';

CREATE AGGREGATE csat_agg(score integer, scale int4range) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(integer, int4range) IS
'Customer satisfaction on any scale: percent of satisfied answers, 0 to 100: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. Error 22023 for longer scales, which need csat(rating_agg(score, scale), satisfied_from), and when scales are mixed.';

CREATE AGGREGATE csat_agg(score bigint, scale int4range) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(bigint, int4range) IS
'Customer satisfaction on any scale: percent of satisfied answers, 0 to 100: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. Error 22023 for longer scales, which need csat(rating_agg(score, scale), satisfied_from), and when scales are mixed.';

CREATE AGGREGATE csat_agg(score numeric, scale int4range) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(numeric, int4range) IS
'Customer satisfaction on any scale: percent of satisfied answers, 0 to 100: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. Error 22023 for longer scales, which need csat(rating_agg(score, scale), satisfied_from), and when scales are mixed.';

CREATE AGGREGATE csat_agg(score double precision, scale int4range) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(double precision, int4range) IS
'Customer satisfaction on any scale: percent of satisfied answers, 0 to 100: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. Error 22023 for longer scales, which need csat(rating_agg(score, scale), satisfied_from), and when scales are mixed.';

CREATE AGGREGATE csat_agg(score smallint, scale int4range, weight double precision) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(smallint, int4range, double precision) IS
'Customer satisfaction of weighted answers: percent of satisfied answers, 0 to 100: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE csat_agg(score integer, scale int4range, weight double precision) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(integer, int4range, double precision) IS
'Customer satisfaction of weighted answers: percent of satisfied answers, 0 to 100: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE csat_agg(score bigint, scale int4range, weight double precision) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(bigint, int4range, double precision) IS
'Customer satisfaction of weighted answers: percent of satisfied answers, 0 to 100: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE csat_agg(score numeric, scale int4range, weight double precision) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(numeric, int4range, double precision) IS
'Customer satisfaction of weighted answers: percent of satisfied answers, 0 to 100: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE csat_agg(score double precision, scale int4range, weight double precision) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(double precision, int4range, double precision) IS
'Customer satisfaction of weighted answers: percent of satisfied answers, 0 to 100: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE csat_agg(summary rating_summary) (
	SFUNC = rating_combine, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_combine, MINVFUNC = rating_combine_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(rating_summary) IS
'Customer satisfaction of stored summaries put together, 0 to 100: exactly that of all their answers. NULL summaries are left out, and no answers give NULL. Error 22023 for scales longer than 7 and when scales are mixed.';


--
-- ces_agg: customer effort score
--

CREATE AGGREGATE ces_agg(score smallint) (
	SFUNC = ces_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = ces_accum, MINVFUNC = ces_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(smallint) IS
'Customer effort score of answers on 1..7: the mean, 1 to 7, high = easy (CES 2.0). Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score integer) (
	SFUNC = ces_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = ces_accum, MINVFUNC = ces_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(integer) IS
'Customer effort score of answers on 1..7: the mean, 1 to 7, high = easy (CES 2.0). Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score bigint) (
	SFUNC = ces_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = ces_accum, MINVFUNC = ces_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(bigint) IS
'Customer effort score of answers on 1..7: the mean, 1 to 7, high = easy (CES 2.0). Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score numeric) (
	SFUNC = ces_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = ces_accum, MINVFUNC = ces_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(numeric) IS
'Customer effort score of answers on 1..7: the mean, 1 to 7, high = easy (CES 2.0). Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score double precision) (
	SFUNC = ces_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = ces_accum, MINVFUNC = ces_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(double precision) IS
'Customer effort score of answers on 1..7: the mean, 1 to 7, high = easy (CES 2.0). Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score smallint, scale int4range) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(smallint, int4range) IS
'Customer effort score on any scale: the mean, in units of the scale. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score integer, scale int4range) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(integer, int4range) IS
'Customer effort score on any scale: the mean, in units of the scale. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score bigint, scale int4range) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(bigint, int4range) IS
'Customer effort score on any scale: the mean, in units of the scale. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score numeric, scale int4range) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(numeric, int4range) IS
'Customer effort score on any scale: the mean, in units of the scale. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score double precision, scale int4range) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(double precision, int4range) IS
'Customer effort score on any scale: the mean, in units of the scale. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score smallint, scale int4range, weight double precision) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = ces, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(smallint, int4range, double precision) IS
'Customer effort score of weighted answers: the weighted mean, in units of the scale. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE ces_agg(score integer, scale int4range, weight double precision) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = ces, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(integer, int4range, double precision) IS
'Customer effort score of weighted answers: the weighted mean, in units of the scale. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE ces_agg(score bigint, scale int4range, weight double precision) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = ces, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(bigint, int4range, double precision) IS
'Customer effort score of weighted answers: the weighted mean, in units of the scale. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE ces_agg(score numeric, scale int4range, weight double precision) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = ces, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(numeric, int4range, double precision) IS
'Customer effort score of weighted answers: the weighted mean, in units of the scale. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE ces_agg(score double precision, scale int4range, weight double precision) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = ces, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(double precision, int4range, double precision) IS
'Customer effort score of weighted answers: the weighted mean, in units of the scale. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE ces_agg(summary rating_summary) (
	SFUNC = rating_combine, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_combine, MINVFUNC = rating_combine_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(rating_summary) IS
'Customer effort score of stored summaries put together, in units of their scale: exactly the mean of all their answers. NULL summaries are left out, and no answers give NULL. Error 22023 when scales are mixed.';


--
-- rating_agg: the summary itself, to store and to read later
--

CREATE AGGREGATE rating_agg(score smallint, scale int4range) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = rating_final, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = rating_final
);
COMMENT ON AGGREGATE rating_agg(smallint, int4range) IS
'How often each score was given, as a rating_summary that can be stored and merged. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE rating_agg(score integer, scale int4range) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = rating_final, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = rating_final
);
COMMENT ON AGGREGATE rating_agg(integer, int4range) IS
'How often each score was given, as a rating_summary that can be stored and merged. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE rating_agg(score bigint, scale int4range) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = rating_final, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = rating_final
);
COMMENT ON AGGREGATE rating_agg(bigint, int4range) IS
'How often each score was given, as a rating_summary that can be stored and merged. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE rating_agg(score numeric, scale int4range) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = rating_final, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = rating_final
);
COMMENT ON AGGREGATE rating_agg(numeric, int4range) IS
'How often each score was given, as a rating_summary that can be stored and merged. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE rating_agg(score double precision, scale int4range) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = rating_final, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = rating_final
);
COMMENT ON AGGREGATE rating_agg(double precision, int4range) IS
'How often each score was given, as a rating_summary that can be stored and merged. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE rating_agg(score smallint, scale int4range, weight double precision) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = rating_final, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = rating_final
);
COMMENT ON AGGREGATE rating_agg(smallint, int4range, double precision) IS
'How often each score was given and what those answers weigh, as a rating_summary that can be stored and merged. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE rating_agg(score integer, scale int4range, weight double precision) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = rating_final, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = rating_final
);
COMMENT ON AGGREGATE rating_agg(integer, int4range, double precision) IS
'How often each score was given and what those answers weigh, as a rating_summary that can be stored and merged. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE rating_agg(score bigint, scale int4range, weight double precision) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = rating_final, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = rating_final
);
COMMENT ON AGGREGATE rating_agg(bigint, int4range, double precision) IS
'How often each score was given and what those answers weigh, as a rating_summary that can be stored and merged. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE rating_agg(score numeric, scale int4range, weight double precision) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = rating_final, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = rating_final
);
COMMENT ON AGGREGATE rating_agg(numeric, int4range, double precision) IS
'How often each score was given and what those answers weigh, as a rating_summary that can be stored and merged. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE rating_agg(score double precision, scale int4range, weight double precision) (
	SFUNC = rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = rating_final, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_accum, MINVFUNC = rating_accum_inv, MSTYPE = rating_summary, MSSPACE = 512,
	MFINALFUNC = rating_final
);
COMMENT ON AGGREGATE rating_agg(double precision, int4range, double precision) IS
'How often each score was given and what those answers weigh, as a rating_summary that can be stored and merged. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE rating_agg(summary rating_summary) (
	SFUNC = rating_combine, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = rating_final, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_combine, MINVFUNC = rating_combine_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = rating_final
);
COMMENT ON AGGREGATE rating_agg(rating_summary) IS
'Stored summaries put together: exactly the summary of all their answers. NULL summaries are left out, and no answers give NULL. Error 22023 when scales or weighted and unweighted summaries are mixed.';
