--
-- The type rating_summary: how often each score was given
--

CREATE TYPE rating_summary;

CREATE FUNCTION cxjourney_internal.rating_summary_in(cstring) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_summary_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_in(cstring) IS
'Reads the text form of a rating_summary, such as [1,5]{0,2,5,9,4}: the scale, then the count of each score, lowest '
'first; weighted, each count is followed by :sum of weights:sum of squared weights. Errors 22P02 and 22003.';

CREATE FUNCTION cxjourney_internal.rating_summary_out(rating_summary) RETURNS cstring
	AS 'MODULE_PATHNAME', 'rating_summary_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_out(rating_summary) IS
'Writes the text form of a rating_summary: exact, and independent of every setting.';

CREATE FUNCTION cxjourney_internal.rating_summary_recv(internal) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_summary_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_recv(internal) IS
'Reads the binary form of a rating_summary; every byte is checked. Error 22P03.';

CREATE FUNCTION cxjourney_internal.rating_summary_send(rating_summary) RETURNS bytea
	AS 'MODULE_PATHNAME', 'rating_summary_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_send(rating_summary) IS
'Writes the binary form of a rating_summary.';

CREATE TYPE rating_summary (
	INPUT = cxjourney_internal.rating_summary_in,
	OUTPUT = cxjourney_internal.rating_summary_out,
	RECEIVE = cxjourney_internal.rating_summary_recv,
	SEND = cxjourney_internal.rating_summary_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE rating_summary IS
'How often each score was given on a scale of 2 to 101 whole numbers, optionally weighted. Built by '
'rating_agg(score, scale), merged by rating_agg(rating_summary) and +, read by nps(), csat(), ces(), responses(), '
'share() and others.';

CREATE FUNCTION rating_summary(scale int4range, counts bigint[]) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_summary_from_counts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary(int4range, bigint[]) IS
'The summary with these counts of answers, one for each score of the scale, lowest first: for history that survives '
'only as counts. Error 22023 when the number of counts does not fit the scale, 22003 for a negative count or a '
'total past 2^63 - 1. NULL if an argument is NULL; a NULL count is error 22004.';

CREATE FUNCTION nps_summary(promoters bigint, passives bigint, detractors bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_nps_summary' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_summary(bigint, bigint, bigint) IS
'A summary on 0..10 for history that survives only as the three groups of the NPS. Each answer has the lowest score '
'of its group: promoters 9, passives 7, detractors 0. So nps, its groups, interval and test are right; mean, '
'quantile and single scores are not known. NULL if a count is NULL; error 22003 for a negative count or a total '
'past 2^63 - 1.';


--
-- Reading a summary
--

CREATE FUNCTION nps(s rating_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_nps' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps(rating_summary) IS
'Net Promoter Score, -100 to 100: percent of promoters (9-10) minus percent of detractors (0-6). Exact. NULL '
'without answers; error 22023 on any scale but 0..10.';

CREATE FUNCTION csat(s rating_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_csat' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION csat(rating_summary) IS
'Customer satisfaction, 0 to 100: percent of satisfied answers, the top 2 points of a scale of 4 to 7, the top '
'point of 2 or 3. Exact. NULL without answers; error 22023 on longer scales, which need satisfied_from.';

CREATE FUNCTION csat(s rating_summary, satisfied_from integer) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_csat_from' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat(rating_summary, integer) IS
'Customer satisfaction, 0 to 100: percent of answers with the score satisfied_from or higher. NULL without answers; '
'satisfied_from NULL is the rule of csat(rating_summary); error 22023 for a cut-off outside the scale.';

CREATE FUNCTION ces(s rating_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ces(rating_summary) IS
'Customer effort score: the mean score, in units of the scale (1..7 with high = easy for CES 2.0). Exact. NULL '
'without answers.';

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
'Percent of the answers with a score in the range, 0 to 100; the range may reach beyond the scale. NULL without '
'answers.';

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
'Kish effective sample size, (sum of weights)^2 / sum of squared weights: how many equally weighted answers would '
'know as much. Without weights the number of answers.';

CREATE FUNCTION quantile(s rating_summary, q double precision) RETURNS integer
	AS 'MODULE_PATHNAME', 'rating_summary_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quantile(rating_summary, double precision) IS
'The score below or at which lies the share q (0 to 1) of the answers, or of their weight; as percentile_disc(q). '
'NULL without answers; error 22003 for q outside 0..1.';

CREATE FUNCTION standard_deviation(s rating_summary) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_standard_deviation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION standard_deviation(rating_summary) IS
'Standard deviation of the scores as a sample, in units of the scale, digit for digit stddev(score). Weighted: that '
'around the weighted mean, with effective_responses for n. NULL with fewer than 2 answers.';

CREATE FUNCTION ces_easy_share(s rating_summary, low_is_easy boolean DEFAULT false) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_ces_easy_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ces_easy_share(rating_summary, boolean) IS
'Percent of easy answers, 0 to 100: those above the middle of the scale (5-7 of 1..7, 4-5 of 1..5), or below it '
'when low_is_easy. NULL without answers.';

CREATE FUNCTION histogram(s rating_summary, OUT score integer, OUT responses bigint, OUT share numeric)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'rating_histogram' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 11;
COMMENT ON FUNCTION histogram(rating_summary) IS
'One row for each score of the scale, lowest first: number of answers, and their share (or that of their weight) in '
'percent, NULL without any answers.';


