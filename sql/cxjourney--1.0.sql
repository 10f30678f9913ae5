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

CREATE FUNCTION nps(s rating_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_nps' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps(rating_summary) IS
'Net Promoter Score, -100 to 100: percent of promoters (9-10) minus percent of detractors (0-6). Exact. NULL without answers; error 22023 on any scale but 0..10.';

CREATE FUNCTION csat(s rating_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_csat' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION csat(rating_summary) IS
'Customer satisfaction, 0 to 100: percent of satisfied answers, the top 2 points of a scale of 4 to 7, the top point of 2 or 3. Exact. NULL without answers; error 22023 on longer scales, which need satisfied_from.';

CREATE FUNCTION csat(s rating_summary, satisfied_from integer) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_csat_from' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat(rating_summary, integer) IS
'Customer satisfaction, 0 to 100: percent of answers with the score satisfied_from or higher. NULL without answers; satisfied_from NULL is the rule of csat(rating_summary); error 22023 for a cut-off outside the scale.';

CREATE FUNCTION ces(s rating_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ces(rating_summary) IS
'Customer effort score: the mean score, in units of the scale (1..7 with high = easy for CES 2.0). Exact. NULL without answers.';

CREATE FUNCTION mean(s rating_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mean(rating_summary) IS
'Mean score, in units of the scale, as avg(score); weighted by the weights if there are any. NULL without answers.';

CREATE FUNCTION responses(s rating_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'rating_summary_responses' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION responses(rating_summary) IS
'Number of answers, whatever they weigh.';

CREATE FUNCTION promoters(s rating_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'rating_promoters' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION promoters(rating_summary) IS
'Number of promoters, scores 9 and 10. Error 22023 on any scale but 0..10.';

CREATE FUNCTION passives(s rating_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'rating_passives' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION passives(rating_summary) IS
'Number of passives, scores 7 and 8. Error 22023 on any scale but 0..10.';

CREATE FUNCTION detractors(s rating_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'rating_detractors' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION detractors(rating_summary) IS
'Number of detractors, scores 0 to 6. Error 22023 on any scale but 0..10.';

CREATE FUNCTION share(s rating_summary, scores int4range) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION share(rating_summary, int4range) IS
'Percent of the answers with a score in the range, 0 to 100; the range may reach beyond the scale. NULL without answers.';

CREATE FUNCTION counts(s rating_summary) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'rating_counts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION counts(rating_summary) IS
'Number of answers of each score, lowest score first.';

CREATE FUNCTION scale(s rating_summary) RETURNS int4range
	AS 'MODULE_PATHNAME', 'rating_scale' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION scale(rating_summary) IS
'The scale of the answers, for example [0,11) for 0 to 10.';

CREATE FUNCTION weight_total(s rating_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_weight_total' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION weight_total(rating_summary) IS
'Sum of the weights; without weights the number of answers.';

CREATE FUNCTION effective_responses(s rating_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rating_summary_effective_responses' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION effective_responses(rating_summary) IS
'Kish effective sample size, (sum of weights)^2 / sum of squared weights: how many equally weighted answers would know as much. Without weights the number of answers.';

CREATE FUNCTION quantile(s rating_summary, q double precision) RETURNS integer
	AS 'MODULE_PATHNAME', 'rating_summary_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantile(rating_summary, double precision) IS
'The score below or at which lies the share q (0 to 1) of the answers, or of their weight; as percentile_disc(q). NULL without answers; error 22003 for q outside 0..1.';

CREATE FUNCTION ces_easy_share(s rating_summary, low_is_easy boolean DEFAULT false) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_ces_easy_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ces_easy_share(rating_summary, boolean) IS
'Percent of easy answers, 0 to 100: those above the middle of the scale (5-7 of 1..7, 4-5 of 1..5), or below it when low_is_easy. NULL without answers.';

CREATE FUNCTION histogram(s rating_summary, OUT score integer, OUT responses bigint, OUT share numeric)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'rating_histogram' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 11;
COMMENT ON FUNCTION histogram(rating_summary) IS
'One row for each score of the scale, lowest first: number of answers, and their share (or that of their weight) in percent, NULL without any answers.';


--
-- Confidence intervals, tests and sample sizes
--

CREATE FUNCTION nps_interval(s rating_summary, level double precision DEFAULT 0.95) RETURNS numrange
	AS 'MODULE_PATHNAME', 'rating_nps_interval' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_interval(rating_summary, double precision) IS
'Confidence interval of the NPS, within -100..100: adjusted Wald with 3/4, 3/2 and 3/4 added to detractors, passives and promoters (Rocks 2016). NULL without answers. Both ends belong to the interval; it contains the metric. Level strictly between 0 and 1, else error 22023. Weighted answers count with their effective number.';

CREATE FUNCTION csat_interval(s rating_summary, level double precision DEFAULT 0.95, satisfied_from integer DEFAULT NULL) RETURNS numrange
	AS 'MODULE_PATHNAME', 'rating_csat_interval' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_interval(rating_summary, double precision, integer) IS
'Confidence interval of the CSAT, within 0..100: Wilson score without continuity correction. NULL without answers; satisfied_from NULL is the rule of csat(rating_summary). Both ends belong to the interval; it contains the metric. Level strictly between 0 and 1, else error 22023. Weighted answers count with their effective number.';

CREATE FUNCTION ces_interval(s rating_summary, level double precision DEFAULT 0.95) RETURNS numrange
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

CREATE FUNCTION nps_variance(s rating_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rating_nps_variance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_variance(rating_summary) IS
'Population variance of the answers as -1 (detractor), 0 and +1 (promoter), 0 to 1. NULL without answers.';

CREATE FUNCTION nps_stderr(s rating_summary) RETURNS double precision
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

CREATE FUNCTION jsonb(s rating_summary) RETURNS jsonb
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

CREATE AGGREGATE nps_agg(s rating_summary) (
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

CREATE AGGREGATE csat_agg(s rating_summary) (
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

CREATE AGGREGATE ces_agg(s rating_summary) (
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

CREATE AGGREGATE rating_agg(s rating_summary) (
	SFUNC = rating_combine, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = rating_final, COMBINEFUNC = rating_combine, PARALLEL = SAFE,
	MSFUNC = rating_combine, MINVFUNC = rating_combine_inv, MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = rating_final
);
COMMENT ON AGGREGATE rating_agg(rating_summary) IS
'Stored summaries put together: exactly the summary of all their answers. NULL summaries are left out, and no answers give NULL. Error 22023 when scales or weighted and unweighted summaries are mixed.';

--
-- The type journey_stage: a stage of the canonical customer journey
--

CREATE TYPE journey_stage;

CREATE FUNCTION journey_stage_in(cstring) RETURNS journey_stage
	AS 'MODULE_PATHNAME', 'journey_stage_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage_in(cstring) IS
'Reads the English or Polish name of a journey_stage, in any letter case, the Polish ones with or without diacritics; white space around it is free. Error 22P02.';

CREATE FUNCTION journey_stage_out(journey_stage) RETURNS cstring
	AS 'MODULE_PATHNAME', 'journey_stage_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage_out(journey_stage) IS
'Writes the English name of a journey_stage, in lower case.';

CREATE FUNCTION journey_stage_recv(internal) RETURNS journey_stage
	AS 'MODULE_PATHNAME', 'journey_stage_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage_recv(internal) IS
'Reads the binary form of a journey_stage, which is its name as text. Error 22P03.';

CREATE FUNCTION journey_stage_send(journey_stage) RETURNS bytea
	AS 'MODULE_PATHNAME', 'journey_stage_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage_send(journey_stage) IS
'Writes the binary form of a journey_stage, which is its English name as text.';

CREATE TYPE journey_stage (
	INPUT = journey_stage_in,
	OUTPUT = journey_stage_out,
	RECEIVE = journey_stage_recv,
	SEND = journey_stage_send,
	INTERNALLENGTH = 2,
	PASSEDBYVALUE,
	ALIGNMENT = int2
);
COMMENT ON TYPE journey_stage IS
'A stage of the canonical customer journey: awareness < consideration < decision < purchase < experience < loyalty < advocacy. Two bytes; sorts and compares in this order. Input also takes the Polish names. Stages of one''s own are text or an enum.';

CREATE FUNCTION stage_label(stage journey_stage, language text) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_stage_label' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION stage_label(journey_stage, text) IS
'Name of the stage in a language, in lower case: en (English) or pl (Polish), in any letter case. NULL for NULL; error 22023 for another language, 22P05 where the encoding of the database lacks the Polish letters.';


--
-- Order of stages
--

CREATE FUNCTION journey_stage_eq(journey_stage, journey_stage) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_stage_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage_eq(journey_stage, journey_stage) IS
'Implementation of the = operator.';

CREATE FUNCTION journey_stage_ne(journey_stage, journey_stage) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_stage_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage_ne(journey_stage, journey_stage) IS
'Implementation of the <> operator.';

CREATE FUNCTION journey_stage_lt(journey_stage, journey_stage) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_stage_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage_lt(journey_stage, journey_stage) IS
'Implementation of the < operator.';

CREATE FUNCTION journey_stage_le(journey_stage, journey_stage) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_stage_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage_le(journey_stage, journey_stage) IS
'Implementation of the <= operator.';

CREATE FUNCTION journey_stage_gt(journey_stage, journey_stage) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_stage_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage_gt(journey_stage, journey_stage) IS
'Implementation of the > operator.';

CREATE FUNCTION journey_stage_ge(journey_stage, journey_stage) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_stage_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage_ge(journey_stage, journey_stage) IS
'Implementation of the >= operator.';

CREATE FUNCTION journey_stage_cmp(journey_stage, journey_stage) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_stage_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage_cmp(journey_stage, journey_stage) IS
'Comparison function of the btree operator class: negative, 0 or positive, in the order of the journey.';

CREATE FUNCTION journey_stage_sortsupport(internal) RETURNS void
	AS 'MODULE_PATHNAME', 'journey_stage_sortsupport' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage_sortsupport(internal) IS
'Sort support of the btree operator class.';

CREATE FUNCTION journey_stage_hash(journey_stage) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_stage_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage_hash(journey_stage) IS
'Hash function of the hash operator class.';

CREATE FUNCTION journey_stage_hash_extended(journey_stage, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'journey_stage_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage_hash_extended(journey_stage, bigint) IS
'Seeded hash function of the hash operator class.';

CREATE OPERATOR = (
	LEFTARG = journey_stage, RIGHTARG = journey_stage,
	FUNCTION = journey_stage_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (journey_stage, journey_stage) IS
'Same stage.';

CREATE OPERATOR <> (
	LEFTARG = journey_stage, RIGHTARG = journey_stage,
	FUNCTION = journey_stage_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey_stage, journey_stage) IS
'Another stage.';

CREATE OPERATOR < (
	LEFTARG = journey_stage, RIGHTARG = journey_stage,
	FUNCTION = journey_stage_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (journey_stage, journey_stage) IS
'Earlier in the journey.';

CREATE OPERATOR <= (
	LEFTARG = journey_stage, RIGHTARG = journey_stage,
	FUNCTION = journey_stage_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (journey_stage, journey_stage) IS
'Earlier in the journey, or the same stage.';

CREATE OPERATOR > (
	LEFTARG = journey_stage, RIGHTARG = journey_stage,
	FUNCTION = journey_stage_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (journey_stage, journey_stage) IS
'Later in the journey.';

CREATE OPERATOR >= (
	LEFTARG = journey_stage, RIGHTARG = journey_stage,
	FUNCTION = journey_stage_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (journey_stage, journey_stage) IS
'Later in the journey, or the same stage.';

-- Equal values have equal bytes, so that an index keeps each of them once (deduplication).
CREATE OPERATOR CLASS journey_stage_ops
	DEFAULT FOR TYPE journey_stage USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 journey_stage_cmp(journey_stage, journey_stage),
		FUNCTION 2 journey_stage_sortsupport(internal),
		FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS journey_stage_ops USING btree IS
'Sorting, grouping and indexes of journey_stage, in the order of the journey.';
COMMENT ON OPERATOR FAMILY journey_stage_ops USING btree IS
'Sorting, grouping and indexes of journey_stage, in the order of the journey.';

CREATE OPERATOR CLASS journey_stage_ops
	DEFAULT FOR TYPE journey_stage USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 journey_stage_hash(journey_stage),
		FUNCTION 2 journey_stage_hash_extended(journey_stage, bigint);
COMMENT ON OPERATOR CLASS journey_stage_ops USING hash IS
'Hash joins, grouping and indexes of journey_stage.';
COMMENT ON OPERATOR FAMILY journey_stage_ops USING hash IS
'Hash joins, grouping and indexes of journey_stage.';

CREATE FUNCTION journey_stage_smaller(journey_stage, journey_stage) RETURNS journey_stage
	AS 'MODULE_PATHNAME', 'journey_stage_smaller' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage_smaller(journey_stage, journey_stage) IS
'The earlier of two stages; state function of min(journey_stage).';

CREATE FUNCTION journey_stage_larger(journey_stage, journey_stage) RETURNS journey_stage
	AS 'MODULE_PATHNAME', 'journey_stage_larger' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage_larger(journey_stage, journey_stage) IS
'The later of two stages; state function of max(journey_stage).';

CREATE AGGREGATE min(journey_stage) (
	SFUNC = journey_stage_smaller, STYPE = journey_stage,
	COMBINEFUNC = journey_stage_smaller,
	SORTOP = <,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(journey_stage) IS
'The earliest stage of the journey among the rows. NULLs are left out; NULL without any stage.';

CREATE AGGREGATE max(journey_stage) (
	SFUNC = journey_stage_larger, STYPE = journey_stage,
	COMBINEFUNC = journey_stage_larger,
	SORTOP = >,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(journey_stage) IS
'The latest stage of the journey among the rows. NULLs are left out; NULL without any stage.';


--
-- Casts of stages
--

CREATE FUNCTION text(stage journey_stage) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_stage_to_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION text(journey_stage) IS
'The English name of the stage, in lower case. NULL for NULL.';

CREATE FUNCTION journey_stage(text) RETURNS journey_stage
	AS 'MODULE_PATHNAME', 'journey_stage_from_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage(text) IS
'The stage of that English or Polish name, in any letter case. NULL for NULL; error 22P02 for any other text.';

CREATE FUNCTION int4(stage journey_stage) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_stage_to_int4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION int4(journey_stage) IS
'Number of the stage in the journey, from 1, awareness, to 7, advocacy. NULL for NULL.';

CREATE FUNCTION journey_stage(integer) RETURNS journey_stage
	AS 'MODULE_PATHNAME', 'journey_stage_from_int4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage(integer) IS
'The stage of that number in the journey, from 1, awareness, to 7, advocacy. NULL for NULL; error 22003 outside 1..7.';

CREATE CAST (journey_stage AS text) WITH FUNCTION text(journey_stage) AS ASSIGNMENT;
COMMENT ON CAST (journey_stage AS text) IS
'The English name, in lower case.';

CREATE CAST (text AS journey_stage) WITH FUNCTION journey_stage(text);
COMMENT ON CAST (text AS journey_stage) IS
'Reads the English or Polish name, in any letter case.';

CREATE CAST (journey_stage AS integer) WITH FUNCTION int4(journey_stage);
COMMENT ON CAST (journey_stage AS integer) IS
'Number of the stage in the journey, 1 to 7.';

CREATE CAST (integer AS journey_stage) WITH FUNCTION journey_stage(integer);
COMMENT ON CAST (integer AS journey_stage) IS
'Stage of that number in the journey, 1 to 7.';


--
-- The type journey_touchpoint: where a customer meets the company
--

CREATE TYPE journey_touchpoint;

CREATE FUNCTION journey_touchpoint_in(cstring) RETURNS journey_touchpoint
	AS 'MODULE_PATHNAME', 'journey_touchpoint_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint_in(cstring) IS
'Reads the text form of a journey_touchpoint, such as web:checkout: the channel, which is lower-cased, a colon and the place; white space around both is free. Errors 22P02 and 22001.';

CREATE FUNCTION journey_touchpoint_out(journey_touchpoint) RETURNS cstring
	AS 'MODULE_PATHNAME', 'journey_touchpoint_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint_out(journey_touchpoint) IS
'Writes the text form of a journey_touchpoint, such as web:checkout.';

CREATE FUNCTION journey_touchpoint_recv(internal) RETURNS journey_touchpoint
	AS 'MODULE_PATHNAME', 'journey_touchpoint_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint_recv(internal) IS
'Reads the binary form of a journey_touchpoint: a version byte, 1, and the text form. Error 22P03.';

CREATE FUNCTION journey_touchpoint_send(journey_touchpoint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'journey_touchpoint_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint_send(journey_touchpoint) IS
'Writes the binary form of a journey_touchpoint.';

CREATE TYPE journey_touchpoint (
	INPUT = journey_touchpoint_in,
	OUTPUT = journey_touchpoint_out,
	RECEIVE = journey_touchpoint_recv,
	SEND = journey_touchpoint_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = int4,
	STORAGE = extended
);
COMMENT ON TYPE journey_touchpoint IS
'Where a customer meets the company, written channel:place, such as web:checkout. The channel, up to 63 bytes, is kept in lower case (by a rule that depends on no locale) and has no colon; the place, up to 191 bytes, is kept as it is. Neither is empty or has a control character.';

CREATE FUNCTION journey_touchpoint(channel text, place text) RETURNS journey_touchpoint
	AS 'MODULE_PATHNAME', 'journey_touchpoint_from_parts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint(text, text) IS
'The touchpoint of a channel, which is lower-cased, and a place in it; white space around both is left out. NULL if an argument is NULL; error 22023 when one is empty, has a control character or the channel a colon, 22001 past 63 bytes of channel or 191 of place.';

CREATE FUNCTION channel(touchpoint journey_touchpoint) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_touchpoint_channel' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION channel(journey_touchpoint) IS
'Channel of the touchpoint, in lower case: web of web:checkout. NULL for NULL.';

CREATE FUNCTION place(touchpoint journey_touchpoint) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_touchpoint_place' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION place(journey_touchpoint) IS
'Place of the touchpoint within its channel: checkout of web:checkout. NULL for NULL.';

CREATE FUNCTION is_online(touchpoint journey_touchpoint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_touchpoint_is_online' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION is_online(journey_touchpoint) IS
'Whether the channel reaches the customer''s screen over a network (web, app, mobile, email, chat, chatbot, social, sms and the like) or is offline (store, branch, phone, atm, tv and the like). NULL for a channel that is not among the known ones, and for NULL.';


--
-- Order of touchpoints
--

CREATE FUNCTION journey_touchpoint_eq(journey_touchpoint, journey_touchpoint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_touchpoint_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint_eq(journey_touchpoint, journey_touchpoint) IS
'Implementation of the = operator.';

CREATE FUNCTION journey_touchpoint_ne(journey_touchpoint, journey_touchpoint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_touchpoint_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint_ne(journey_touchpoint, journey_touchpoint) IS
'Implementation of the <> operator.';

CREATE FUNCTION journey_touchpoint_lt(journey_touchpoint, journey_touchpoint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_touchpoint_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint_lt(journey_touchpoint, journey_touchpoint) IS
'Implementation of the < operator.';

CREATE FUNCTION journey_touchpoint_le(journey_touchpoint, journey_touchpoint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_touchpoint_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint_le(journey_touchpoint, journey_touchpoint) IS
'Implementation of the <= operator.';

CREATE FUNCTION journey_touchpoint_gt(journey_touchpoint, journey_touchpoint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_touchpoint_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint_gt(journey_touchpoint, journey_touchpoint) IS
'Implementation of the > operator.';

CREATE FUNCTION journey_touchpoint_ge(journey_touchpoint, journey_touchpoint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_touchpoint_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint_ge(journey_touchpoint, journey_touchpoint) IS
'Implementation of the >= operator.';

CREATE FUNCTION journey_touchpoint_cmp(journey_touchpoint, journey_touchpoint) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_touchpoint_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint_cmp(journey_touchpoint, journey_touchpoint) IS
'Comparison function of the btree operator class: -1, 0 or 1, by the bytes of the text form.';

CREATE FUNCTION journey_touchpoint_hash(journey_touchpoint) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_touchpoint_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint_hash(journey_touchpoint) IS
'Hash function of the hash operator class, by the bytes of the text form.';

CREATE FUNCTION journey_touchpoint_hash_extended(journey_touchpoint, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'journey_touchpoint_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint_hash_extended(journey_touchpoint, bigint) IS
'Seeded hash function of the hash operator class, by the bytes of the text form.';

CREATE OPERATOR = (
	LEFTARG = journey_touchpoint, RIGHTARG = journey_touchpoint,
	FUNCTION = journey_touchpoint_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (journey_touchpoint, journey_touchpoint) IS
'Same channel and same place.';

CREATE OPERATOR <> (
	LEFTARG = journey_touchpoint, RIGHTARG = journey_touchpoint,
	FUNCTION = journey_touchpoint_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey_touchpoint, journey_touchpoint) IS
'Another channel or another place.';

CREATE OPERATOR < (
	LEFTARG = journey_touchpoint, RIGHTARG = journey_touchpoint,
	FUNCTION = journey_touchpoint_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (journey_touchpoint, journey_touchpoint) IS
'Order of the bytes of the text form, whatever the collation.';

CREATE OPERATOR <= (
	LEFTARG = journey_touchpoint, RIGHTARG = journey_touchpoint,
	FUNCTION = journey_touchpoint_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (journey_touchpoint, journey_touchpoint) IS
'Order of the bytes of the text form, whatever the collation.';

CREATE OPERATOR > (
	LEFTARG = journey_touchpoint, RIGHTARG = journey_touchpoint,
	FUNCTION = journey_touchpoint_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (journey_touchpoint, journey_touchpoint) IS
'Order of the bytes of the text form, whatever the collation.';

CREATE OPERATOR >= (
	LEFTARG = journey_touchpoint, RIGHTARG = journey_touchpoint,
	FUNCTION = journey_touchpoint_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (journey_touchpoint, journey_touchpoint) IS
'Order of the bytes of the text form, whatever the collation.';

-- Equal values have equal bytes, so that an index keeps each of them once (deduplication).
CREATE OPERATOR CLASS journey_touchpoint_ops
	DEFAULT FOR TYPE journey_touchpoint USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 journey_touchpoint_cmp(journey_touchpoint, journey_touchpoint),
		FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS journey_touchpoint_ops USING btree IS
'Sorting, grouping and indexes of journey_touchpoint, by the bytes of the text form.';
COMMENT ON OPERATOR FAMILY journey_touchpoint_ops USING btree IS
'Sorting, grouping and indexes of journey_touchpoint, by the bytes of the text form.';

CREATE OPERATOR CLASS journey_touchpoint_ops
	DEFAULT FOR TYPE journey_touchpoint USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 journey_touchpoint_hash(journey_touchpoint),
		FUNCTION 2 journey_touchpoint_hash_extended(journey_touchpoint, bigint);
COMMENT ON OPERATOR CLASS journey_touchpoint_ops USING hash IS
'Hash joins, grouping and indexes of journey_touchpoint, by the bytes of the text form.';
COMMENT ON OPERATOR FAMILY journey_touchpoint_ops USING hash IS
'Hash joins, grouping and indexes of journey_touchpoint, by the bytes of the text form.';


--
-- Casts of touchpoints
--

CREATE FUNCTION text(touchpoint journey_touchpoint) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_touchpoint_to_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION text(journey_touchpoint) IS
'The text form of the touchpoint, such as web:checkout. NULL for NULL.';

CREATE FUNCTION journey_touchpoint(text) RETURNS journey_touchpoint
	AS 'MODULE_PATHNAME', 'journey_touchpoint_from_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint(text) IS
'The touchpoint of that text form. NULL for NULL; errors 22P02 and 22001 as for the type''s input.';

CREATE CAST (journey_touchpoint AS text) WITH FUNCTION text(journey_touchpoint) AS ASSIGNMENT;
COMMENT ON CAST (journey_touchpoint AS text) IS
'The text form, such as web:checkout.';

CREATE CAST (text AS journey_touchpoint) WITH FUNCTION journey_touchpoint(text);
COMMENT ON CAST (text AS journey_touchpoint) IS
'Reads the text form, such as web:checkout.';


--
-- The usual touchpoints of an industry
--

CREATE FUNCTION touchpoint_catalog(industry text,
	OUT touchpoint journey_touchpoint, OUT channel text, OUT stage journey_stage, OUT name_en text, OUT name_pl text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'journey_touchpoint_catalog' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 8;
COMMENT ON FUNCTION touchpoint_catalog(text) IS
'The usual touchpoints of an industry (e-commerce, banking, telecommunications, fmcg or hospitality, in any letter case), in the order of the journey, with the stage each mostly belongs to and its name in English and Polish; name_pl is NULL where the encoding of the database lacks a letter. No rows for NULL; error 22023 for another industry.';

--
-- The type journey_path: a path through the stages of a journey
--

CREATE TYPE journey_path;

CREATE FUNCTION journey_path_in(cstring) RETURNS journey_path
	AS 'MODULE_PATHNAME', 'journey_path_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_path_in(cstring) IS
'Reads the text form of a journey_path, such as: visit > cart|basket >[7 days, !return] purchase. Error 42601 with the place, 54000 past 64 items, 1024 labels or 255 bytes of a label.';

CREATE FUNCTION journey_path_out(journey_path) RETURNS cstring
	AS 'MODULE_PATHNAME', 'journey_path_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_path_out(journey_path) IS
'Writes the text form of a journey_path: unique for each path, and independent of every setting.';

CREATE FUNCTION journey_path_recv(internal) RETURNS journey_path
	AS 'MODULE_PATHNAME', 'journey_path_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_path_recv(internal) IS
'Reads the binary form of a journey_path: a version byte, 1, and the text form. Errors 22P03, 42601 and 54000.';

CREATE FUNCTION journey_path_send(journey_path) RETURNS bytea
	AS 'MODULE_PATHNAME', 'journey_path_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_path_send(journey_path) IS
'Writes the binary form of a journey_path.';

CREATE TYPE journey_path (
	INPUT = journey_path_in,
	OUTPUT = journey_path_out,
	RECEIVE = journey_path_recv,
	SEND = journey_path_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE journey_path IS
'A path through the stages of a journey, to match, to measure as a funnel, or to say the order of stages. Labels are joined by > (a later or simultaneous visit) or >> (the very next visit), with limits such as >[7 days, !return]; | separates alternatives, ? marks an optional item, ^ and $ anchor to the first and last visit; & asks for visits in any order.';

CREATE FUNCTION journey_path(stages text[]) RETURNS journey_path
	AS 'MODULE_PATHNAME', 'journey_path_from_labels' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_path(text[]) IS
'The path of these labels in order, joined by >; for an enum: journey_path(enum_range(NULL::stage)::text[]). Error 22023 without labels and for an invalid one, 22004 for a NULL one, 54000 for more than 64.';

CREATE FUNCTION journey_path_eq(journey_path, journey_path) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_path_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_path_eq(journey_path, journey_path) IS
'Implementation of the = operator.';

CREATE FUNCTION journey_path_ne(journey_path, journey_path) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_path_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_path_ne(journey_path, journey_path) IS
'Implementation of the <> operator.';

CREATE FUNCTION journey_path_lt(journey_path, journey_path) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_path_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_path_lt(journey_path, journey_path) IS
'Implementation of the < operator.';

CREATE FUNCTION journey_path_le(journey_path, journey_path) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_path_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_path_le(journey_path, journey_path) IS
'Implementation of the <= operator.';

CREATE FUNCTION journey_path_gt(journey_path, journey_path) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_path_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_path_gt(journey_path, journey_path) IS
'Implementation of the > operator.';

CREATE FUNCTION journey_path_ge(journey_path, journey_path) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_path_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_path_ge(journey_path, journey_path) IS
'Implementation of the >= operator.';

CREATE FUNCTION journey_path_cmp(journey_path, journey_path) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_path_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_path_cmp(journey_path, journey_path) IS
'Comparison function of the btree operator class: -1, 0 or 1, by the bytes of the text form.';

CREATE FUNCTION journey_path_hash(journey_path) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_path_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_path_hash(journey_path) IS
'Hash function of the hash operator class, of the text form.';

CREATE FUNCTION journey_path_hash_extended(journey_path, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'journey_path_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_path_hash_extended(journey_path, bigint) IS
'Seeded hash function of the hash operator class, of the text form.';

CREATE OPERATOR = (
	LEFTARG = journey_path, RIGHTARG = journey_path,
	FUNCTION = journey_path_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (journey_path, journey_path) IS
'Written alike, apart from white space, needless quotes and the units of time limits.';

CREATE OPERATOR <> (
	LEFTARG = journey_path, RIGHTARG = journey_path,
	FUNCTION = journey_path_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey_path, journey_path) IS
'Written differently.';

CREATE OPERATOR < (
	LEFTARG = journey_path, RIGHTARG = journey_path,
	FUNCTION = journey_path_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (journey_path, journey_path) IS
'Order by the bytes of the text form, for sorting and grouping only.';

CREATE OPERATOR <= (
	LEFTARG = journey_path, RIGHTARG = journey_path,
	FUNCTION = journey_path_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (journey_path, journey_path) IS
'Order by the bytes of the text form, for sorting and grouping only.';

CREATE OPERATOR > (
	LEFTARG = journey_path, RIGHTARG = journey_path,
	FUNCTION = journey_path_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (journey_path, journey_path) IS
'Order by the bytes of the text form, for sorting and grouping only.';

CREATE OPERATOR >= (
	LEFTARG = journey_path, RIGHTARG = journey_path,
	FUNCTION = journey_path_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (journey_path, journey_path) IS
'Order by the bytes of the text form, for sorting and grouping only.';

CREATE OPERATOR CLASS journey_path_ops
	DEFAULT FOR TYPE journey_path USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 journey_path_cmp(journey_path, journey_path);
COMMENT ON OPERATOR CLASS journey_path_ops USING btree IS
'Sorting, grouping and unique indexes of journey_path, by text form.';
COMMENT ON OPERATOR FAMILY journey_path_ops USING btree IS
'Sorting, grouping and unique indexes of journey_path, by text form.';

CREATE OPERATOR CLASS journey_path_ops
	DEFAULT FOR TYPE journey_path USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 journey_path_hash(journey_path),
		FUNCTION 2 journey_path_hash_extended(journey_path, bigint);
COMMENT ON OPERATOR CLASS journey_path_ops USING hash IS
'Hash joins, grouping and indexes of journey_path, by text form.';
COMMENT ON OPERATOR FAMILY journey_path_ops USING hash IS
'Hash joins, grouping and indexes of journey_path, by text form.';


--
-- The type journey: one customer's visits to stages in time order
--

CREATE TYPE journey;

CREATE FUNCTION journey_in(cstring) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_in(cstring) IS
'Reads the text form of a journey: {awareness@2026-01-05T10:00:00Z, purchase@2026-01-07T09:30:00.5Z#12}; visits in any order, times in UTC unless they say an offset, a seq after #. Error 22P02, with the place.';

CREATE FUNCTION journey_out(journey) RETURNS cstring
	AS 'MODULE_PATHNAME', 'journey_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_out(journey) IS
'Writes the text form of a journey: exact, in UTC, and independent of every setting.';

CREATE FUNCTION journey_recv(internal) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_recv(internal) IS
'Reads the binary form of a journey; every byte is checked. Error 22P03.';

CREATE FUNCTION journey_send(journey) RETURNS bytea
	AS 'MODULE_PATHNAME', 'journey_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_send(journey) IS
'Writes the binary form of a journey.';

CREATE TYPE journey (
	INPUT = journey_in,
	OUTPUT = journey_out,
	RECEIVE = journey_recv,
	SEND = journey_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE journey IS
'One customer''s visits to stages, sorted by time, seq and label; about 3 to 6 bytes a visit. Built by journey_agg(stage, at [, seq]), merged by journey_agg(journey) and ||.';


--
-- Reading a journey
--

CREATE FUNCTION visits(j journey) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_visits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION visits(journey) IS
'Number of visits.';

CREATE FUNCTION visits(j journey, stage text) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_visits_to' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION visits(journey, text) IS
'Number of visits to a stage, 0 if there was none.';

CREATE FUNCTION first_stage(j journey) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_first_stage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION first_stage(journey) IS
'Stage of the first visit. NULL for a journey without visits.';

CREATE FUNCTION last_stage(j journey) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_last_stage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION last_stage(journey) IS
'Stage of the last visit. NULL for a journey without visits.';

CREATE FUNCTION started_at(j journey) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'journey_started_at' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION started_at(journey) IS
'Time of the first visit. NULL for a journey without visits.';

CREATE FUNCTION ended_at(j journey) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'journey_ended_at' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ended_at(journey) IS
'Time of the last visit. NULL for a journey without visits.';

CREATE FUNCTION duration(j journey) RETURNS interval
	AS 'MODULE_PATHNAME', 'journey_duration' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration(journey) IS
'From the first visit to the last, in days of 24 hours and a rest. NULL for a journey without visits.';

CREATE FUNCTION first_visit(j journey, stage text) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'journey_first_visit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION first_visit(journey, text) IS
'Time of the first visit to a stage. NULL if there was none.';

CREATE FUNCTION last_visit(j journey, stage text) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'journey_last_visit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION last_visit(journey, text) IS
'Time of the last visit to a stage. NULL if there was none.';

CREATE FUNCTION time_in(j journey, stage text) RETURNS interval
	AS 'MODULE_PATHNAME', 'journey_time_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION time_in(journey, text) IS
'Time spent in a stage: from each visit there to the next visit of the journey, put together; the last visit adds nothing. NULL if there was no visit to it.';

CREATE FUNCTION steps(j journey, OUT step integer, OUT stage text, OUT at timestamptz, OUT until timestamptz, OUT stay interval)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'journey_steps' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION steps(journey) IS
'One row for each visit, in order: number from 1, stage, time, time of the next visit and the stay until then, both NULL for the last visit.';

CREATE FUNCTION stage_path(j journey, most integer DEFAULT NULL) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_stage_path' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION stage_path(journey, integer) IS
'The stages in order as text for GROUP BY, such as search > basket > payment; of longer journeys the first most stages and "> ...". Error 22023 for most below 1; NULL is all.';


--
-- Journeys made of journeys
--

CREATE FUNCTION journey_concat(journey, journey) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_concat' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_concat(journey, journey) IS
'Implementation of the || operator.';

CREATE FUNCTION dedupe(j journey) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_dedupe' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION dedupe(journey) IS
'The journey without exact repeats: of visits with the same time, seq and stage one is kept. For a load that ran twice.';

CREATE FUNCTION collapse(j journey) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_collapse' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION collapse(journey) IS
'The journey without repeats of a stage: of consecutive visits to one stage the first is kept.';

CREATE FUNCTION slice(j journey, during tstzrange) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_slice' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION slice(journey, tstzrange) IS
'The visits within a range of time; a journey without visits if there are none.';

CREATE FUNCTION sessions(j journey, gap interval) RETURNS SETOF journey
	AS 'MODULE_PATHNAME', 'journey_sessions' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 5;
COMMENT ON FUNCTION sessions(journey, interval) IS
'The journey cut wherever the pause between two visits is longer than the gap; one journey for each part, in order. A day has 24 hours; error 22023 for months, years and negative gaps.';


--
-- Operators of journey
--

CREATE FUNCTION journey_eq(journey, journey) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_eq(journey, journey) IS
'Implementation of the = operator.';

CREATE FUNCTION journey_ne(journey, journey) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_ne(journey, journey) IS
'Implementation of the <> operator.';

CREATE FUNCTION journey_lt(journey, journey) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_lt(journey, journey) IS
'Implementation of the < operator.';

CREATE FUNCTION journey_le(journey, journey) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_le(journey, journey) IS
'Implementation of the <= operator.';

CREATE FUNCTION journey_gt(journey, journey) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_gt(journey, journey) IS
'Implementation of the > operator.';

CREATE FUNCTION journey_ge(journey, journey) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_ge(journey, journey) IS
'Implementation of the >= operator.';

CREATE FUNCTION journey_cmp(journey, journey) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_cmp(journey, journey) IS
'Comparison function of the btree operator class: -1, 0 or 1, visit by visit.';

CREATE FUNCTION journey_hash(journey) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_hash(journey) IS
'Hash function of the hash operator class.';

CREATE FUNCTION journey_hash_extended(journey, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'journey_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_hash_extended(journey, bigint) IS
'Seeded hash function of the hash operator class.';

CREATE FUNCTION journey_contains(journey, text[]) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_contains' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_contains(journey, text[]) IS
'Implementation of the @> operator.';

CREATE FUNCTION journey_overlaps(journey, text[]) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_overlaps' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_overlaps(journey, text[]) IS
'Implementation of the && operator.';

CREATE OPERATOR || (
	LEFTARG = journey, RIGHTARG = journey,
	FUNCTION = journey_concat
);
COMMENT ON OPERATOR || (journey, journey) IS
'Visits of both journeys in time order, duplicates kept; dedupe() drops exact repeats. Error 54000 past the limits of a journey.';

CREATE OPERATOR = (
	LEFTARG = journey, RIGHTARG = journey,
	FUNCTION = journey_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (journey, journey) IS
'Same visits: times, seqs and stages.';

CREATE OPERATOR <> (
	LEFTARG = journey, RIGHTARG = journey,
	FUNCTION = journey_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey, journey) IS
'Other visits.';

CREATE OPERATOR < (
	LEFTARG = journey, RIGHTARG = journey,
	FUNCTION = journey_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (journey, journey) IS
'Order of the visits one by one by time, seq and bytes of the label, for sorting and grouping.';

CREATE OPERATOR <= (
	LEFTARG = journey, RIGHTARG = journey,
	FUNCTION = journey_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (journey, journey) IS
'Order of the visits one by one by time, seq and bytes of the label, for sorting and grouping.';

CREATE OPERATOR > (
	LEFTARG = journey, RIGHTARG = journey,
	FUNCTION = journey_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (journey, journey) IS
'Order of the visits one by one by time, seq and bytes of the label, for sorting and grouping.';

CREATE OPERATOR >= (
	LEFTARG = journey, RIGHTARG = journey,
	FUNCTION = journey_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (journey, journey) IS
'Order of the visits one by one by time, seq and bytes of the label, for sorting and grouping.';

CREATE OPERATOR @> (
	LEFTARG = journey, RIGHTARG = text[],
	FUNCTION = journey_contains,
	RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR @> (journey, text[]) IS
'Went to all of these stages. False if one of them is NULL.';

CREATE OPERATOR && (
	LEFTARG = journey, RIGHTARG = text[],
	FUNCTION = journey_overlaps,
	RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR && (journey, text[]) IS
'Went to any of these stages. NULLs are left out.';

CREATE OPERATOR CLASS journey_ops
	DEFAULT FOR TYPE journey USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 journey_cmp(journey, journey);
COMMENT ON OPERATOR CLASS journey_ops USING btree IS
'Sorting, grouping and unique indexes of journey.';
COMMENT ON OPERATOR FAMILY journey_ops USING btree IS
'Sorting, grouping and unique indexes of journey.';

CREATE OPERATOR CLASS journey_ops
	DEFAULT FOR TYPE journey USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 journey_hash(journey),
		FUNCTION 2 journey_hash_extended(journey, bigint);
COMMENT ON OPERATOR CLASS journey_ops USING hash IS
'Hash joins, grouping and indexes of journey.';
COMMENT ON OPERATOR FAMILY journey_ops USING hash IS
'Hash joins, grouping and indexes of journey.';

CREATE FUNCTION journey_matches(journey, journey_path) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_matches' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_matches(journey, journey_path) IS
'Implementation of the ~ operator.';

CREATE OPERATOR ~ (
	LEFTARG = journey, RIGHTARG = journey_path,
	FUNCTION = journey_matches,
	RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR ~ (journey, journey_path) IS
'Takes the path: see journey_path.';

CREATE FUNCTION furthest(j journey, path journey_path) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_furthest_stage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION furthest(journey, journey_path) IS
'The stage latest in the order of the path that was visited, whatever the order of visits. NULL if none of its stages was visited.';

CREATE FUNCTION journey_gin_extract_value(journey, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'journey_gin_extract_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_gin_extract_value(journey, internal) IS
'Keys of the GIN operator class: the labels of the stages that were visited.';

CREATE FUNCTION journey_gin_extract_query(journey, internal, smallint, internal, internal, internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'journey_gin_extract_query' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_gin_extract_query(journey, internal, smallint, internal, internal, internal, internal) IS
'Keys of a query of the GIN operator class.';

CREATE FUNCTION journey_gin_consistent(internal, smallint, journey, integer, internal, internal, internal, internal) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_gin_consistent' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_gin_consistent(internal, smallint, journey, integer, internal, internal, internal, internal) IS
'Whether the keys found by the GIN operator class answer a query.';

CREATE FUNCTION journey_gin_triconsistent(internal, smallint, journey, integer, internal, internal, internal) RETURNS "char"
	AS 'MODULE_PATHNAME', 'journey_gin_triconsistent' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_gin_triconsistent(internal, smallint, journey, integer, internal, internal, internal) IS
'Whether the keys found so far by the GIN operator class can answer a query.';

CREATE OPERATOR CLASS journey_gin_ops
	DEFAULT FOR TYPE journey USING gin AS
		OPERATOR 1 @> (journey, text[]),
		OPERATOR 2 && (journey, text[]),
		OPERATOR 3 ~ (journey, journey_path),
		FUNCTION 1 byteacmp(bytea, bytea),
		FUNCTION 2 journey_gin_extract_value(journey, internal),
		FUNCTION 3 journey_gin_extract_query(journey, internal, smallint, internal, internal, internal, internal),
		FUNCTION 4 journey_gin_consistent(internal, smallint, journey, integer, internal, internal, internal, internal),
		FUNCTION 6 journey_gin_triconsistent(internal, smallint, journey, integer, internal, internal, internal),
		STORAGE bytea;
COMMENT ON OPERATOR CLASS journey_gin_ops USING gin IS
'Indexes which stages a journey went to: for @>, && and ~, which is checked on the journey afterwards.';
COMMENT ON OPERATOR FAMILY journey_gin_ops USING gin IS
'Indexes which stages a journey went to: for @>, && and ~, which is checked on the journey afterwards.';

CREATE FUNCTION jsonb(j journey) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'journey_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION jsonb(journey) IS
'The visits as a jsonb array of {"stage", "at", "seq"}, times in UTC; seq only where it is not 0.';

CREATE CAST (journey AS jsonb) WITH FUNCTION jsonb(journey);
COMMENT ON CAST (journey AS jsonb) IS
'An array with an object for each visit.';


--
-- journey_agg: journeys from visits, and journeys put together
--

CREATE FUNCTION journey_accum(journey, text, timestamptz) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_accum_text' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION journey_accum(journey, text, timestamptz) IS
'State function of journey_agg(text, timestamptz); only an aggregate can call it.';

CREATE FUNCTION journey_accum(journey, text, timestamptz, bigint) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_accum_text_seq' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION journey_accum(journey, text, timestamptz, bigint) IS
'State function of journey_agg(text, timestamptz, bigint); only an aggregate can call it.';

CREATE FUNCTION journey_accum(journey, journey_stage, timestamptz) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_accum_stage' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION journey_accum(journey, journey_stage, timestamptz) IS
'State function of journey_agg(journey_stage, timestamptz); only an aggregate can call it.';

CREATE FUNCTION journey_accum(journey, journey_stage, timestamptz, bigint) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_accum_stage_seq' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION journey_accum(journey, journey_stage, timestamptz, bigint) IS
'State function of journey_agg(journey_stage, timestamptz, bigint); only an aggregate can call it.';

CREATE FUNCTION journey_accum(journey, journey_touchpoint, timestamptz) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_accum_touchpoint' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION journey_accum(journey, journey_touchpoint, timestamptz) IS
'State function of journey_agg(journey_touchpoint, timestamptz); only an aggregate can call it.';

CREATE FUNCTION journey_accum(journey, journey_touchpoint, timestamptz, bigint) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_accum_touchpoint_seq' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION journey_accum(journey, journey_touchpoint, timestamptz, bigint) IS
'State function of journey_agg(journey_touchpoint, timestamptz, bigint); only an aggregate can call it.';

CREATE FUNCTION journey_combine(journey, journey) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_combine(journey, journey) IS
'State and combine function of journey_agg; only an aggregate can call it.';

CREATE FUNCTION journey_final(journey) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_final(journey) IS
'Final function of journey_agg: sorts and packs the visits.';

CREATE AGGREGATE journey_agg(stage text, at timestamptz) (
	SFUNC = journey_accum, STYPE = journey, SSPACE = 256,
	FINALFUNC = journey_final, COMBINEFUNC = journey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE journey_agg(text, timestamptz) IS
'The journey of a customer: visits to stages, in any order of rows. A visit without a stage or a time is left out; no visits give NULL. Error 22008 for an infinite time, 22023 for what is no label, 54000 past 33554432 visits, 65536 different stages or one gigabyte, also as text.';

CREATE AGGREGATE journey_agg(stage text, at timestamptz, seq bigint) (
	SFUNC = journey_accum, STYPE = journey, SSPACE = 256,
	FINALFUNC = journey_final, COMBINEFUNC = journey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE journey_agg(text, timestamptz, bigint) IS
'The journey of a customer; seq says the order among visits at equal times, and NULL is 0. A visit without a stage or a time is left out; no visits give NULL. Error 22008 for an infinite time, 22023 for what is no label, 54000 past 33554432 visits, 65536 different stages or one gigabyte, also as text.';

CREATE AGGREGATE journey_agg(stage journey_stage, at timestamptz) (
	SFUNC = journey_accum, STYPE = journey, SSPACE = 256,
	FINALFUNC = journey_final, COMBINEFUNC = journey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE journey_agg(journey_stage, timestamptz) IS
'The journey of a customer: visits, named by the text of the stage, in any order of rows. A visit without a stage or a time is left out; no visits give NULL. Error 22008 for an infinite time, 22023 for what is no label, 54000 past 33554432 visits, 65536 different stages or one gigabyte, also as text.';

CREATE AGGREGATE journey_agg(stage journey_stage, at timestamptz, seq bigint) (
	SFUNC = journey_accum, STYPE = journey, SSPACE = 256,
	FINALFUNC = journey_final, COMBINEFUNC = journey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE journey_agg(journey_stage, timestamptz, bigint) IS
'The journey of a customer, named by the text of the stage; seq says the order among visits at equal times, and NULL is 0. A visit without a stage or a time is left out; no visits give NULL. Error 22008 for an infinite time, 22023 for what is no label, 54000 past 33554432 visits, 65536 different stages or one gigabyte, also as text.';

CREATE AGGREGATE journey_agg(touchpoint journey_touchpoint, at timestamptz) (
	SFUNC = journey_accum, STYPE = journey, SSPACE = 256,
	FINALFUNC = journey_final, COMBINEFUNC = journey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE journey_agg(journey_touchpoint, timestamptz) IS
'The journey of a customer: visits, named by the text of the touchpoint, in any order of rows. A visit without a stage or a time is left out; no visits give NULL. Error 22008 for an infinite time, 22023 for what is no label, 54000 past 33554432 visits, 65536 different stages or one gigabyte, also as text.';

CREATE AGGREGATE journey_agg(touchpoint journey_touchpoint, at timestamptz, seq bigint) (
	SFUNC = journey_accum, STYPE = journey, SSPACE = 256,
	FINALFUNC = journey_final, COMBINEFUNC = journey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE journey_agg(journey_touchpoint, timestamptz, bigint) IS
'The journey of a customer, named by the text of the touchpoint; seq says the order among visits at equal times, and NULL is 0. A visit without a stage or a time is left out; no visits give NULL. Error 22008 for an infinite time, 22023 for what is no label, 54000 past 33554432 visits, 65536 different stages or one gigabyte, also as text.';

CREATE AGGREGATE journey_agg(j journey) (
	SFUNC = journey_combine, STYPE = journey, SSPACE = 256,
	FINALFUNC = journey_final, COMBINEFUNC = journey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE journey_agg(journey) IS
'Journeys put together: all their visits, duplicates kept. NULL journeys are left out; no journeys give NULL. Error 54000 past 33554432 visits, 65536 different stages or one gigabyte, also as text.';



--
-- journey_attribution: what each touchpoint earned of a goal
--

CREATE TYPE journey_attribution;

CREATE FUNCTION journey_attribution_in(cstring) RETURNS journey_attribution
	AS 'MODULE_PATHNAME', 'journey_attribution_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_attribution_in(cstring) IS
'Reads the text form of an attribution: goal, half-life if there is one, touchpoints with their first touches and conversions, and steps, as in purchase (7 days) {ads 1 1 1 1} [^ > ads 1, ads > $ 1], where ^ is the start, $ conversion and ! null. Error 22P02, with the place, also for numbers that do not add up.';

CREATE FUNCTION journey_attribution_out(journey_attribution) RETURNS cstring
	AS 'MODULE_PATHNAME', 'journey_attribution_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_attribution_out(journey_attribution) IS
'Writes the text form of an attribution: exact, and independent of every setting.';

CREATE FUNCTION journey_attribution_recv(internal) RETURNS journey_attribution
	AS 'MODULE_PATHNAME', 'journey_attribution_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_attribution_recv(internal) IS
'Reads the binary form of an attribution; every byte is checked. Error 22P03.';

CREATE FUNCTION journey_attribution_send(journey_attribution) RETURNS bytea
	AS 'MODULE_PATHNAME', 'journey_attribution_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_attribution_send(journey_attribution) IS
'Writes the binary form of an attribution.';

CREATE TYPE journey_attribution (
	INPUT = journey_attribution_in,
	OUTPUT = journey_attribution_out,
	RECEIVE = journey_attribution_recv,
	SEND = journey_attribution_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE journey_attribution IS
'What each touchpoint earned of a goal, by every model, in whole numbers. Built by attribution_agg(journey, goal [, half_life]), merged by attribution_agg(journey_attribution) and +, read by attribution_credits.';

CREATE FUNCTION attribution_credits(attribution journey_attribution, model text, OUT touchpoint text, OUT credit numeric, OUT share numeric)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'attribution_credits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION attribution_credits(journey_attribution, text) IS
'One row for each touchpoint, most credit first, then by bytes: credit in conversions (to 10^-12), share in percent of all conversions. Models: first, last, linear, position (40 % first touch, 40 % last, 20 % between; two touches halve it), time_decay (needs the half-life at aggregation), markov (first order, in proportion to the exact removal effect). Credits sum exactly to the conversions. Conversions without a touch are the row (none), in every model. A touchpoint that earned nothing has credit 0; when the goal never occurred all have, and share is NULL. Error 22023 for an unknown model and for time_decay without a half-life, 54000 for markov with more than 2000 touchpoints. NULL for NULL: no rows.';

CREATE FUNCTION attribution_add(journey_attribution, journey_attribution) RETURNS journey_attribution
	AS 'MODULE_PATHNAME', 'attribution_add' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION attribution_add(journey_attribution, journey_attribution) IS
'Implementation of the + operator.';

CREATE FUNCTION attribution_eq(journey_attribution, journey_attribution) RETURNS boolean
	AS 'MODULE_PATHNAME', 'attribution_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION attribution_eq(journey_attribution, journey_attribution) IS
'Implementation of the = operator.';

CREATE FUNCTION attribution_ne(journey_attribution, journey_attribution) RETURNS boolean
	AS 'MODULE_PATHNAME', 'attribution_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION attribution_ne(journey_attribution, journey_attribution) IS
'Implementation of the <> operator.';

CREATE FUNCTION attribution_hash(journey_attribution) RETURNS integer
	AS 'MODULE_PATHNAME', 'attribution_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION attribution_hash(journey_attribution) IS
'Hash function of the hash operator class.';

CREATE FUNCTION attribution_hash_extended(journey_attribution, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'attribution_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION attribution_hash_extended(journey_attribution, bigint) IS
'Seeded hash function of the hash operator class.';

CREATE OPERATOR + (
	LEFTARG = journey_attribution, RIGHTARG = journey_attribution,
	FUNCTION = attribution_add,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (journey_attribution, journey_attribution) IS
'Attribution of the journeys of both. Error 22023 for different goals or half-lives, 22003 past 2^63 - 1 steps.';

CREATE OPERATOR = (
	LEFTARG = journey_attribution, RIGHTARG = journey_attribution,
	FUNCTION = attribution_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR = (journey_attribution, journey_attribution) IS
'Same goal, half-life, touchpoints and counts.';

CREATE OPERATOR <> (
	LEFTARG = journey_attribution, RIGHTARG = journey_attribution,
	FUNCTION = attribution_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey_attribution, journey_attribution) IS
'Another goal, half-life, touchpoint or count.';

CREATE OPERATOR CLASS journey_attribution_ops
	DEFAULT FOR TYPE journey_attribution USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 attribution_hash(journey_attribution),
		FUNCTION 2 attribution_hash_extended(journey_attribution, bigint);
COMMENT ON OPERATOR CLASS journey_attribution_ops USING hash IS
'Hash joins, grouping and indexes of journey_attribution.';
COMMENT ON OPERATOR FAMILY journey_attribution_ops USING hash IS
'Hash joins, grouping and indexes of journey_attribution.';

CREATE FUNCTION attribution_accum(journey_attribution, journey, text) RETURNS journey_attribution
	AS 'MODULE_PATHNAME', 'attribution_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION attribution_accum(journey_attribution, journey, text) IS
'State function of attribution_agg(journey, text); only an aggregate can call it.';

CREATE FUNCTION attribution_accum(journey_attribution, journey, text, interval) RETURNS journey_attribution
	AS 'MODULE_PATHNAME', 'attribution_accum_half_life' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION attribution_accum(journey_attribution, journey, text, interval) IS
'State function of attribution_agg(journey, text, interval); only an aggregate can call it.';

CREATE FUNCTION attribution_combine(journey_attribution, journey_attribution) RETURNS journey_attribution
	AS 'MODULE_PATHNAME', 'attribution_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION attribution_combine(journey_attribution, journey_attribution) IS
'State and combine function of attribution_agg; only an aggregate can call it.';

CREATE FUNCTION attribution_final(journey_attribution) RETURNS journey_attribution
	AS 'MODULE_PATHNAME', 'attribution_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION attribution_final(journey_attribution) IS
'Final function of attribution_agg: packs what was collected.';

CREATE AGGREGATE attribution_agg(j journey, goal text) (
	SFUNC = attribution_accum, STYPE = journey_attribution, SSPACE = 4096,
	FINALFUNC = attribution_final, COMBINEFUNC = attribution_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE attribution_agg(journey, text) IS
'What the touchpoints of the journeys earned of a goal, for every model but time_decay. Every visit to the goal ends a path and is one conversion; the visits after it, in the order of the journey, begin the next path; a rest without the goal is a null path. Every other visit is a touch, repeats too. NULL journeys are left out; no journeys give NULL. Error 22004 for a NULL goal, 22023 for what is no label and for another goal within a group, 54000 past 65536 touchpoints or 8388608 different steps.';

CREATE AGGREGATE attribution_agg(j journey, goal text, half_life interval) (
	SFUNC = attribution_accum, STYPE = journey_attribution, SSPACE = 4096,
	FINALFUNC = attribution_final, COMBINEFUNC = attribution_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE attribution_agg(journey, text, interval) IS
'What the touchpoints of the journeys earned of a goal, for every model; for time_decay a touch weighs 2^(-age / half_life), where age is the time from it to the conversion. The half-life is above 0, of fixed length, a day has 24 hours; 22023 for months and years, 0 and less, and another half-life within a group, 22004 for NULL. All else as attribution_agg(journey, goal).';

CREATE AGGREGATE attribution_agg(attribution journey_attribution) (
	SFUNC = attribution_combine, STYPE = journey_attribution, SSPACE = 4096,
	FINALFUNC = attribution_final, COMBINEFUNC = attribution_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE attribution_agg(journey_attribution) IS
'Puts stored attributions together: the same as one over all their journeys. NULLs are left out; none give NULL. Error 22023 for different goals or half-lives, 22003 past 2^63 - 1 steps.';


--
-- retention_agg: how many customers came back
--

CREATE FUNCTION retention_accum(bigint[], journey, text, text, interval, integer) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'retention_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION retention_accum(bigint[], journey, text, text, interval, integer) IS
'State function of retention_agg; only an aggregate can call it.';

CREATE FUNCTION retention_combine(bigint[], bigint[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'retention_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION retention_combine(bigint[], bigint[]) IS
'Combine function of retention_agg; only an aggregate can call it.';

CREATE FUNCTION retention_final(bigint[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'retention_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION retention_final(bigint[]) IS
'Final function of retention_agg: the counts without what the state remembers.';

CREATE AGGREGATE retention_agg(j journey, start text, "returning" text, period interval, periods integer) (
	SFUNC = retention_accum, STYPE = bigint[], SSPACE = 512,
	FINALFUNC = retention_final, COMBINEFUNC = retention_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE retention_agg(journey, text, text, interval, integer) IS
'Numbers of customers, periods + 1 of them: first those with a visit to start, then for k = 1 .. periods those of them with a visit to returning in [s + (k - 1) * period, s + k * period), where s is the customer''s first visit to start; a visit simultaneous with that one is no return, and start and returning may be the same stage. A journey is one customer; a period that is not over yet counts what there is. The period is above 0 and of fixed length, a day has 24 hours; periods is 1 to 10000. NULL journeys are left out; no journeys give NULL, journeys without start give zeros. Error 22023 for months and years, for what is out of range, and for other arguments within a group, 22004 for a NULL argument.';



--
-- The type journey_flow: how often customers went from each stage to each other
--

CREATE TYPE journey_flow;

CREATE FUNCTION journey_flow_in(cstring) RETURNS journey_flow
	AS 'MODULE_PATHNAME', 'flow_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_flow_in(cstring) IS
'Reads the text form of a journey_flow, such as {(start) > a = 1, a > b = 1 in 1000000us [954:1], b > (end) = 1}: for each edge its transitions, between stages also the sum of the times and how many fell into which bucket. Edges and buckets in any order; those that come twice are added up. Error 22P02, 22023 for what no journeys can have made, 22003 past 9223372036854775807 transitions.';

CREATE FUNCTION journey_flow_out(journey_flow) RETURNS cstring
	AS 'MODULE_PATHNAME', 'flow_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_flow_out(journey_flow) IS
'Writes the text form of a journey_flow, exact and free of every setting. Labels are quoted where they need it; (start) and (end) without quotes are where journeys begin and end.';

CREATE FUNCTION journey_flow_recv(internal) RETURNS journey_flow
	AS 'MODULE_PATHNAME', 'flow_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_flow_recv(internal) IS
'Reads the binary form of a journey_flow. Error 22P03, 22023 for what is no label, 22003 past 9223372036854775807 transitions.';

CREATE FUNCTION journey_flow_send(journey_flow) RETURNS bytea
	AS 'MODULE_PATHNAME', 'flow_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_flow_send(journey_flow) IS
'Writes the binary form of a journey_flow.';

CREATE TYPE journey_flow (
	INPUT = journey_flow_in,
	OUTPUT = journey_flow_out,
	RECEIVE = journey_flow_recv,
	SEND = journey_flow_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE journey_flow IS
'How often customers went from each stage to each other, with exact sums and percentiles of the times. Built by flow_agg(journey), merged by flow_agg(journey_flow) and +, read by flow_edges, flow_next, flow_reach and flow_mermaid. What enters each stage is what leaves it.';

CREATE FUNCTION journey_flow_eq(journey_flow, journey_flow) RETURNS boolean
	AS 'MODULE_PATHNAME', 'flow_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_flow_eq(journey_flow, journey_flow) IS
'The operator =.';

CREATE FUNCTION journey_flow_ne(journey_flow, journey_flow) RETURNS boolean
	AS 'MODULE_PATHNAME', 'flow_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_flow_ne(journey_flow, journey_flow) IS
'The operator <>.';

CREATE FUNCTION journey_flow_hash(journey_flow) RETURNS integer
	AS 'MODULE_PATHNAME', 'flow_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_flow_hash(journey_flow) IS
'Hash function of the hash operator class.';

CREATE FUNCTION journey_flow_hash_extended(journey_flow, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'flow_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_flow_hash_extended(journey_flow, bigint) IS
'Hash function with a seed of the hash operator class.';

CREATE FUNCTION journey_flow_plus(journey_flow, journey_flow) RETURNS journey_flow
	AS 'MODULE_PATHNAME', 'flow_plus' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_flow_plus(journey_flow, journey_flow) IS
'The operator +. Error 22003 past 9223372036854775807 transitions, 54000 past one gigabyte.';

CREATE OPERATOR = (
	LEFTARG = journey_flow, RIGHTARG = journey_flow,
	FUNCTION = journey_flow_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR = (journey_flow, journey_flow) IS
'Same transitions, and same sums and buckets of their times.';

CREATE OPERATOR <> (
	LEFTARG = journey_flow, RIGHTARG = journey_flow,
	FUNCTION = journey_flow_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey_flow, journey_flow) IS
'Other transitions or times.';

CREATE OPERATOR + (
	LEFTARG = journey_flow, RIGHTARG = journey_flow,
	FUNCTION = journey_flow_plus,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (journey_flow, journey_flow) IS
'The flow of both: all transitions and times added up.';

CREATE OPERATOR CLASS journey_flow_ops
	DEFAULT FOR TYPE journey_flow USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 journey_flow_hash(journey_flow),
		FUNCTION 2 journey_flow_hash_extended(journey_flow, bigint);
COMMENT ON OPERATOR CLASS journey_flow_ops USING hash IS
'Hash joins, grouping and indexes of journey_flow.';
COMMENT ON OPERATOR FAMILY journey_flow_ops USING hash IS
'Hash joins, grouping and indexes of journey_flow.';

CREATE FUNCTION journey_flow_accum(journey_flow, journey) RETURNS journey_flow
	AS 'MODULE_PATHNAME', 'flow_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION journey_flow_accum(journey_flow, journey) IS
'State function of flow_agg(journey). Error 0A000 outside an aggregate.';

CREATE FUNCTION journey_flow_combine(journey_flow, journey_flow) RETURNS journey_flow
	AS 'MODULE_PATHNAME', 'flow_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_flow_combine(journey_flow, journey_flow) IS
'State and combine function of flow_agg. Error 0A000 outside an aggregate.';

CREATE FUNCTION journey_flow_final(journey_flow) RETURNS journey_flow
	AS 'MODULE_PATHNAME', 'flow_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_flow_final(journey_flow) IS
'Final function of flow_agg: packs the state; NULL without any visit.';

CREATE AGGREGATE flow_agg(journey journey) (
	SFUNC = journey_flow_accum, STYPE = journey_flow, SSPACE = 8192,
	FINALFUNC = journey_flow_final, COMBINEFUNC = journey_flow_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE flow_agg(journey) IS
'The flow of journeys: how often one visit followed another directly, with the time between the two, and where journeys start and end. Repeated visits to a stage are transitions to itself; flow_agg(collapse(j)) counts without them. NULL journeys are left out and journeys without visits add nothing; NULL without any visit. Error 22003 past 9223372036854775807 transitions, 54000 past one gigabyte.';

CREATE AGGREGATE flow_agg(flow journey_flow) (
	SFUNC = journey_flow_combine, STYPE = journey_flow, SSPACE = 8192,
	FINALFUNC = journey_flow_final, COMBINEFUNC = journey_flow_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE flow_agg(journey_flow) IS
'Flows added up, the same in any order. NULLs are left out; NULL without any transition. Error 22003 past 9223372036854775807 transitions, 54000 past one gigabyte.';

CREATE FUNCTION flow_edges(flow journey_flow, OUT from_stage text, OUT to_stage text, OUT transitions bigint, OUT share numeric, OUT mean_time interval, OUT median_time interval)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'flow_edges' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 50;
COMMENT ON FUNCTION flow_edges(journey_flow) IS
'One row for each edge, by from_stage and to_stage in the order of their bytes, (start) first and (end) last: transitions, their share of all that leave from_stage (percent, 0 to 100), the mean of the times between the two visits, to the microsecond, and their median, within 0.8 percent. Times are NULL at (start) and (end); intervals have days of 24 hours. A stage labelled (start) or (end) is shown in double quotes.';

CREATE FUNCTION flow_next(flow journey_flow, stage text, OUT stage text, OUT probability double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'flow_next' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION flow_next(journey_flow, text) IS
'Where customers go next from a stage, (end) included, most probable first, then in the order of the bytes; probabilities 0 to 1 that add up to 1. The stage (start) gives where journeys begin. No rows for a stage that nobody visited, and for (end).';

CREATE FUNCTION flow_reach(flow journey_flow, goal text, OUT stage text, OUT probability double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'flow_reach' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20 COST 100;
COMMENT ON FUNCTION flow_reach(journey_flow, text) IS
'The chance, 0 to 1, to ever reach the goal from (start) and from each stage, in the order of their bytes: the flow as a first-order Markov chain, solved exactly. 1 for the goal itself, 0 where no way leads to it, and everywhere for a goal that nobody visited. Error 54000 when more than 4000 stages lead to the goal.';

CREATE FUNCTION flow_mermaid(flow journey_flow, most integer DEFAULT NULL) RETURNS text
	AS 'MODULE_PATHNAME', 'flow_mermaid' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION flow_mermaid(journey_flow, integer) IS
'The flow as a Mermaid flowchart, transitions on the edges. With most, only that many edges, those with most transitions, are drawn; the others go through a node "other", so that what enters each node still is what leaves it. NULL for NULL; error 22023 for most below 1.';


--
-- The type duration_summary: how long things took
--

CREATE TYPE duration_summary;

CREATE FUNCTION duration_summary_in(cstring) RETURNS duration_summary
	AS 'MODULE_PATHNAME', 'duration_summary_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_summary_in(cstring) IS
'Reads the text form of a duration_summary, such as {3 in 121us [40:2, 41:1]}: how many durations, their sum in microseconds, and how many fell into which bucket. Error 22P02.';

CREATE FUNCTION duration_summary_out(duration_summary) RETURNS cstring
	AS 'MODULE_PATHNAME', 'duration_summary_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_summary_out(duration_summary) IS
'Writes the text form of a duration_summary, exact and free of every setting.';

CREATE FUNCTION duration_summary_recv(internal) RETURNS duration_summary
	AS 'MODULE_PATHNAME', 'duration_summary_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_summary_recv(internal) IS
'Reads the binary form of a duration_summary. Error 22P03.';

CREATE FUNCTION duration_summary_send(duration_summary) RETURNS bytea
	AS 'MODULE_PATHNAME', 'duration_summary_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_summary_send(duration_summary) IS
'Writes the binary form of a duration_summary.';

CREATE TYPE duration_summary (
	INPUT = duration_summary_in,
	OUTPUT = duration_summary_out,
	RECEIVE = duration_summary_recv,
	SEND = duration_summary_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE duration_summary IS
'How many durations there were, their exact sum, and what their percentiles are within 0.8 percent. Built by duration_agg(interval), merged by duration_agg(duration_summary) and +, read by duration_percentile, duration_mean and duration_count.';

CREATE FUNCTION duration_summary_eq(duration_summary, duration_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'duration_summary_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_summary_eq(duration_summary, duration_summary) IS
'The operator =.';

CREATE FUNCTION duration_summary_ne(duration_summary, duration_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'duration_summary_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_summary_ne(duration_summary, duration_summary) IS
'The operator <>.';

CREATE FUNCTION duration_summary_hash(duration_summary) RETURNS integer
	AS 'MODULE_PATHNAME', 'duration_summary_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_summary_hash(duration_summary) IS
'Hash function of the hash operator class.';

CREATE FUNCTION duration_summary_hash_extended(duration_summary, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'duration_summary_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_summary_hash_extended(duration_summary, bigint) IS
'Hash function with a seed of the hash operator class.';

CREATE FUNCTION duration_summary_plus(duration_summary, duration_summary) RETURNS duration_summary
	AS 'MODULE_PATHNAME', 'duration_summary_plus' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_summary_plus(duration_summary, duration_summary) IS
'The operator +. Error 22003 past 9223372036854775807 durations.';

CREATE OPERATOR = (
	LEFTARG = duration_summary, RIGHTARG = duration_summary,
	FUNCTION = duration_summary_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR = (duration_summary, duration_summary) IS
'Same sum and same buckets.';

CREATE OPERATOR <> (
	LEFTARG = duration_summary, RIGHTARG = duration_summary,
	FUNCTION = duration_summary_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (duration_summary, duration_summary) IS
'Another sum or other buckets.';

CREATE OPERATOR + (
	LEFTARG = duration_summary, RIGHTARG = duration_summary,
	FUNCTION = duration_summary_plus,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (duration_summary, duration_summary) IS
'The summary of both.';

CREATE OPERATOR CLASS duration_summary_ops
	DEFAULT FOR TYPE duration_summary USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 duration_summary_hash(duration_summary),
		FUNCTION 2 duration_summary_hash_extended(duration_summary, bigint);
COMMENT ON OPERATOR CLASS duration_summary_ops USING hash IS
'Hash joins, grouping and indexes of duration_summary.';
COMMENT ON OPERATOR FAMILY duration_summary_ops USING hash IS
'Hash joins, grouping and indexes of duration_summary.';

CREATE FUNCTION duration_summary_accum(duration_summary, interval) RETURNS duration_summary
	AS 'MODULE_PATHNAME', 'duration_summary_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION duration_summary_accum(duration_summary, interval) IS
'State function of duration_agg(interval). Error 0A000 outside an aggregate.';

CREATE FUNCTION duration_summary_combine(duration_summary, duration_summary) RETURNS duration_summary
	AS 'MODULE_PATHNAME', 'duration_summary_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_summary_combine(duration_summary, duration_summary) IS
'State and combine function of duration_agg. Error 0A000 outside an aggregate.';

CREATE FUNCTION duration_summary_final(duration_summary) RETURNS duration_summary
	AS 'MODULE_PATHNAME', 'duration_summary_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_summary_final(duration_summary) IS
'Final function of duration_agg: packs the state; NULL without any duration.';

CREATE AGGREGATE duration_agg(duration interval) (
	SFUNC = duration_summary_accum, STYPE = duration_summary, SSPACE = 4096,
	FINALFUNC = duration_summary_final, COMBINEFUNC = duration_summary_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE duration_agg(interval) IS
'Durations counted so that any percentile can be read, and summaries be merged. Days have 24 hours. NULLs are left out; NULL without any duration. Error 22023 for a negative duration and one with months or years, which have no fixed length.';

CREATE AGGREGATE duration_agg(summary duration_summary) (
	SFUNC = duration_summary_combine, STYPE = duration_summary, SSPACE = 4096,
	FINALFUNC = duration_summary_final, COMBINEFUNC = duration_summary_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE duration_agg(duration_summary) IS
'Summaries of durations added up, the same in any order. NULLs are left out; NULL without any duration. Error 22003 past 9223372036854775807 durations.';

CREATE FUNCTION duration_percentile(summary duration_summary, q double precision) RETURNS interval
	AS 'MODULE_PATHNAME', 'duration_summary_percentile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_percentile(duration_summary, double precision) IS
'The duration that the fraction q of all did not exceed, as percentile_disc(q), within 0.8 percent (exact below 128 microseconds); days of 24 hours. NULL without any duration. Error 22003 unless q is between 0 and 1.';

CREATE FUNCTION duration_mean(summary duration_summary) RETURNS interval
	AS 'MODULE_PATHNAME', 'duration_summary_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_mean(duration_summary) IS
'The mean of the durations, exact to the microsecond; days of 24 hours. NULL without any duration.';

CREATE FUNCTION duration_count(summary duration_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'duration_summary_count' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_count(duration_summary) IS
'How many durations there are, 0 or more.';


--
-- Funnels
--
CREATE FUNCTION funnel_depth(journey journey, path journey_path, within interval DEFAULT NULL) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_funnel_depth_of' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION funnel_depth(journey, journey_path, interval) IS
'How many mandatory items of the path the customer got to, one after the other, by the best of all chains of visits: 0 (never at the first item) to the number of mandatory items. A chain ends at most within after its start, bounds included; within NULL is no limit, and a day has 24 hours. Of a path with & it is how many items have a visit of their own in some window. $ binds only chains that fill the last mandatory item. Error 22023 for months, years and below 0. NULL for a NULL journey or path.';

--
-- The type journey_funnel: how many customers got to each step of a path
--

CREATE TYPE journey_funnel;

CREATE FUNCTION journey_funnel_in(cstring) RETURNS journey_funnel
	AS 'MODULE_PATHNAME', 'funnel_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_funnel_in(cstring) IS
'Reads the text form of a journey_funnel, such as {a > b; within 7 days; customers 2; 2, 1 in 1000000us [954:1]}: the path, the longest time from the first step to the last unless there is no limit, the number of customers, and for each step how many reached it; from the second mandatory step on also the sum of the times from the mandatory step before, and how many fell into which bucket. Buckets in any order; those that come twice are added up. Error 22P02, 54000 for a path that is too large, 22023 for what no customers can have made.';

CREATE FUNCTION journey_funnel_out(journey_funnel) RETURNS cstring
	AS 'MODULE_PATHNAME', 'funnel_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_funnel_out(journey_funnel) IS
'Writes the text form of a journey_funnel, exact and free of every setting.';

CREATE FUNCTION journey_funnel_recv(internal) RETURNS journey_funnel
	AS 'MODULE_PATHNAME', 'funnel_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_funnel_recv(internal) IS
'Reads the binary form of a journey_funnel. Error 22P03, 42601 or 54000 for what is no path.';

CREATE FUNCTION journey_funnel_send(journey_funnel) RETURNS bytea
	AS 'MODULE_PATHNAME', 'funnel_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_funnel_send(journey_funnel) IS
'Writes the binary form of a journey_funnel.';

CREATE TYPE journey_funnel (
	INPUT = journey_funnel_in,
	OUTPUT = journey_funnel_out,
	RECEIVE = journey_funnel_recv,
	SEND = journey_funnel_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE journey_funnel IS
'How many customers got to each step of a path, by the best chain of visits of each, with exact sums and percentiles of the times between steps. It keeps the path and the longest time from the first step to the last; only funnels of the same ones can be added. Built by funnel_agg(journey, path, within), merged by funnel_agg(journey_funnel) and +, read by funnel_steps and customers.';

CREATE FUNCTION journey_funnel_eq(journey_funnel, journey_funnel) RETURNS boolean
	AS 'MODULE_PATHNAME', 'funnel_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_funnel_eq(journey_funnel, journey_funnel) IS
'The operator =.';

CREATE FUNCTION journey_funnel_ne(journey_funnel, journey_funnel) RETURNS boolean
	AS 'MODULE_PATHNAME', 'funnel_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_funnel_ne(journey_funnel, journey_funnel) IS
'The operator <>.';

CREATE FUNCTION journey_funnel_hash(journey_funnel) RETURNS integer
	AS 'MODULE_PATHNAME', 'funnel_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_funnel_hash(journey_funnel) IS
'Hash function of the hash operator class.';

CREATE FUNCTION journey_funnel_hash_extended(journey_funnel, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'funnel_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_funnel_hash_extended(journey_funnel, bigint) IS
'Hash function with a seed of the hash operator class.';

CREATE FUNCTION journey_funnel_plus(journey_funnel, journey_funnel) RETURNS journey_funnel
	AS 'MODULE_PATHNAME', 'funnel_plus' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_funnel_plus(journey_funnel, journey_funnel) IS
'The operator +. Error 22023 for another path or another longest time, 22003 past 9223372036854775807 customers.';

CREATE OPERATOR = (
	LEFTARG = journey_funnel, RIGHTARG = journey_funnel,
	FUNCTION = journey_funnel_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES
);
COMMENT ON OPERATOR = (journey_funnel, journey_funnel) IS
'Same path and longest time, same customers at each step, and same sums and buckets of their times.';

CREATE OPERATOR <> (
	LEFTARG = journey_funnel, RIGHTARG = journey_funnel,
	FUNCTION = journey_funnel_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey_funnel, journey_funnel) IS
'Another path or longest time, other customers or times.';

CREATE OPERATOR + (
	LEFTARG = journey_funnel, RIGHTARG = journey_funnel,
	FUNCTION = journey_funnel_plus,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (journey_funnel, journey_funnel) IS
'The funnel of the customers of both, which must be different ones. Error 22023 for another path or another longest time.';

CREATE OPERATOR CLASS journey_funnel_ops
	DEFAULT FOR TYPE journey_funnel USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 journey_funnel_hash(journey_funnel),
		FUNCTION 2 journey_funnel_hash_extended(journey_funnel, bigint);
COMMENT ON OPERATOR CLASS journey_funnel_ops USING hash IS
'Hash joins, grouping and indexes of journey_funnel.';
COMMENT ON OPERATOR FAMILY journey_funnel_ops USING hash IS
'Hash joins, grouping and indexes of journey_funnel.';

CREATE FUNCTION journey_funnel_accum(journey_funnel, journey, journey_path, interval) RETURNS journey_funnel
	AS 'MODULE_PATHNAME', 'funnel_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION journey_funnel_accum(journey_funnel, journey, journey_path, interval) IS
'State function of funnel_agg(journey, path, within). Error 0A000 outside an aggregate.';

CREATE FUNCTION journey_funnel_combine(journey_funnel, journey_funnel) RETURNS journey_funnel
	AS 'MODULE_PATHNAME', 'funnel_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_funnel_combine(journey_funnel, journey_funnel) IS
'State and combine function of funnel_agg. Error 0A000 outside an aggregate.';

CREATE FUNCTION journey_funnel_final(journey_funnel) RETURNS journey_funnel
	AS 'MODULE_PATHNAME', 'funnel_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_funnel_final(journey_funnel) IS
'Final function of funnel_agg: packs the state; NULL without any customer.';

CREATE AGGREGATE funnel_agg(journey journey, path journey_path, within interval) (
	SFUNC = journey_funnel_accum, STYPE = journey_funnel, SSPACE = 2048,
	FINALFUNC = journey_funnel_final, COMBINEFUNC = journey_funnel_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_agg(journey, journey_path, interval) IS
'The funnel of a path: each journey is one customer, who counts once, with the chain of visits that gets furthest over all possible starts (see funnel_depth) and within the given time, bounds included, from its first visit to its last; NULL is no limit. Of the deepest chains the one counts that fills most optional items, then starts earliest, then visits earliest. Journeys that never start count as customers; NULL journeys are left out; NULL without any journey. Days are 24 hours. Error 22004 for a NULL path, 22023 when path or within differ between rows, for months and for an interval below 0.';

CREATE AGGREGATE funnel_agg(funnel journey_funnel) (
	SFUNC = journey_funnel_combine, STYPE = journey_funnel, SSPACE = 2048,
	FINALFUNC = journey_funnel_final, COMBINEFUNC = journey_funnel_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_agg(journey_funnel) IS
'Funnels of different customers added up, the same in any order. NULLs are left out; NULL without any customer. Error 22023 when paths or longest times differ, 22003 past 9223372036854775807 customers.';

CREATE FUNCTION funnel_steps(funnel journey_funnel, OUT step integer, OUT stage text, OUT optional boolean, OUT reached bigint, OUT from_previous numeric, OUT from_start numeric, OUT dropped bigint, OUT mean_time interval, OUT p50_time interval, OUT p90_time interval, OUT p95_time interval)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'funnel_steps' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 5;
COMMENT ON FUNCTION funnel_steps(journey_funnel) IS
'One row for each item of the path, in its order: its labels; whether it is optional; how many customers reached it; the conversion (percent, 0 to 100) from the last mandatory step before it and from the first mandatory step; how many of those who reached the last mandatory step before it did not reach this one; and the time from there, as mean, to the microsecond, and as percentiles, within 0.8 percent, in days of 24 hours. NULL: from_previous, dropped and times of the first mandatory step and of optional ones before it, dropped of every optional step, a conversion from a step that nobody reached, times of a step that nobody reached. For a path in any order (&) the rows are "any k of" its mandatory items, k = 1, 2, and so on, with the times between visits k - 1 and k to them; then its optional items, with reached and from_start only.';

CREATE FUNCTION customers(funnel journey_funnel) RETURNS bigint
	AS 'MODULE_PATHNAME', 'funnel_customers' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION customers(journey_funnel) IS
'How many customers a funnel was built from, those who never started included. 0 or more; NULL for NULL.';
