--
-- Confidence intervals, tests and sample sizes
--

CREATE FUNCTION nps_interval(s rating_summary, level double precision DEFAULT 0.95) RETURNS numrange
	AS 'MODULE_PATHNAME', 'rating_nps_interval' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_interval(rating_summary, double precision) IS
'Confidence interval of the NPS, within -100..100: adjusted Wald with 3/4, 3/2 and 3/4 added to detractors, '
'passives and promoters (Rocks 2016). NULL without answers. Both ends belong to the interval; it contains the '
'metric. Level strictly between 0 and 1, else error 22023. Weighted answers count with their effective number.';

CREATE FUNCTION csat_interval(s rating_summary, satisfied_from integer DEFAULT NULL,
	level double precision DEFAULT 0.95)
	RETURNS numrange
	AS 'MODULE_PATHNAME', 'rating_csat_interval' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_interval(rating_summary, integer, double precision) IS
'Confidence interval of the CSAT, within 0..100: Wilson score without continuity correction. NULL without answers; '
'satisfied_from NULL is the rule of csat(rating_summary). Both ends belong to the interval; it contains the metric. '
'Level strictly between 0 and 1 and satisfied_from on the scale, else error 22023. Weighted answers count with '
'their effective number.';

CREATE FUNCTION ces_interval(s rating_summary, level double precision DEFAULT 0.95) RETURNS numrange
	AS 'MODULE_PATHNAME', 'rating_ces_interval' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ces_interval(rating_summary, double precision) IS
'Confidence interval of the CES, within the scale: Student t with n - 1 degrees of freedom. NULL with fewer than 2 '
'answers. Both ends belong to the interval; it contains the metric. Level strictly between 0 and 1, else error '
'22023. Weighted answers count with their effective number.';

CREATE FUNCTION nps_margin(s rating_summary, level double precision DEFAULT 0.95) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_nps_margin' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_margin(rating_summary, double precision) IS
'Margin of error of the NPS in points: half the width of nps_interval, which is cut at -100 and 100. NULL without '
'answers. Error 22023 on any scale but 0..10 and for a level outside (0, 1).';

CREATE FUNCTION csat_margin(s rating_summary, satisfied_from integer DEFAULT NULL, level double precision DEFAULT 0.95)
	RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_csat_margin' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_margin(rating_summary, integer, double precision) IS
'Margin of error of the CSAT in points: half the width of csat_interval, which reaches further towards 50 than away '
'from it. NULL without answers; satisfied_from NULL is the rule of csat(rating_summary). Error 22023 for a '
'satisfied_from outside the scale and for a level outside (0, 1).';

CREATE FUNCTION ces_margin(s rating_summary, level double precision DEFAULT 0.95) RETURNS numeric
	AS 'MODULE_PATHNAME', 'rating_ces_margin' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ces_margin(rating_summary, double precision) IS
'Margin of error of the CES, in units of the scale: half the width of ces_interval, which is cut at the ends of the '
'scale. NULL with fewer than 2 answers. Error 22023 for a level outside (0, 1).';

CREATE FUNCTION nps_test(before rating_summary, after rating_summary, level double precision DEFAULT 0.95,
	OUT difference numeric, OUT std_error double precision,
	OUT statistic double precision, OUT p_value double precision, OUT difference_interval numrange)
	AS 'MODULE_PATHNAME', 'rating_nps_test' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_test(rating_summary, rating_summary, double precision) IS
'Has the NPS changed? z test on counts adjusted as in nps_interval, in points. difference is after minus before, '
'exact; statistic has its sign; p_value is two-sided. NULL when a side has no answers. Error 22023 on any scale but '
'0..10 and for a level outside (0, 1).';

CREATE FUNCTION csat_test(before rating_summary, after rating_summary, satisfied_from integer DEFAULT NULL,
	level double precision DEFAULT 0.95,
	OUT difference numeric, OUT std_error double precision,
	OUT statistic double precision, OUT p_value double precision, OUT difference_interval numrange)
	AS 'MODULE_PATHNAME', 'rating_csat_test' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_test(rating_summary, rating_summary, integer, double precision) IS
'Has the CSAT changed? N-1 two-proportion z test with the interval of Newcombe (method 10), in points. difference '
'is after minus before, exact; statistic has its sign; p_value is two-sided. NULL when a side has no answers; '
'satisfied_from NULL is the rule of csat(rating_summary). Error 22023 for different scales and for a level outside '
'(0, 1).';

CREATE FUNCTION ces_test(before rating_summary, after rating_summary, level double precision DEFAULT 0.95,
	OUT difference numeric, OUT std_error double precision,
	OUT statistic double precision, OUT p_value double precision, OUT difference_interval numrange)
	AS 'MODULE_PATHNAME', 'rating_ces_test' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ces_test(rating_summary, rating_summary, double precision) IS
'Has the CES changed? t test of Welch, in units of the scale. difference is after minus before, exact; statistic '
'has its sign; p_value is two-sided. NULL when a side has fewer than 2 answers, or when both have no variance but '
'differ. Error 22023 for different scales and for a level outside (0, 1).';

CREATE FUNCTION nps_variance(s rating_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rating_nps_variance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_variance(rating_summary) IS
'Population variance of the answers as -1 (detractor), 0 and +1 (promoter), 0 to 1. NULL without answers.';

CREATE FUNCTION nps_stderr(s rating_summary) RETURNS double precision
	AS 'MODULE_PATHNAME', 'rating_nps_stderr' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_stderr(rating_summary) IS
'Standard error of the NPS in points, 0 to 100: 100 * sqrt(nps_variance / effective_responses). NULL without answers.';

CREATE FUNCTION nps_sample_size(margin double precision, level double precision DEFAULT 0.95,
	expected rating_summary DEFAULT NULL)
	RETURNS bigint
	AS 'MODULE_PATHNAME', 'rating_nps_sample_size' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_sample_size(double precision, double precision, rating_summary) IS
'Fewest answers with which the interval of the NPS is at most margin points to either side, if they are spread as '
'expected; without that, as badly as possible. NULL if margin or level is NULL. Error 22023 for a margin of 0 or '
'less and for a level outside (0, 1), 22003 past 2^53 answers.';

CREATE FUNCTION csat_sample_size(margin double precision, level double precision DEFAULT 0.95,
	expected rating_summary DEFAULT NULL, satisfied_from integer DEFAULT NULL)
	RETURNS bigint
	AS 'MODULE_PATHNAME', 'rating_csat_sample_size' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_sample_size(double precision, double precision, rating_summary, integer) IS
'Fewest answers with which the CSAT is known to within margin points, if they are spread as expected; without that, '
'if half of them are satisfied, the worst case. Both half widths are at most margin: the textbook one, n = z^2 p (1 '
'- p) / margin^2 (Cochran 1977), and that of csat_interval (Wilson; Piegorsch 2004). satisfied_from NULL is the '
'rule of csat(rating_summary). NULL if margin or level is NULL. Error 22023 for a margin of 0 or less, for a level '
'outside (0, 1) and for a satisfied_from outside the scale, 22003 past 2^53 answers.';

CREATE FUNCTION ces_sample_size(margin double precision, level double precision DEFAULT 0.95,
	expected rating_summary DEFAULT NULL)
	RETURNS bigint
	AS 'MODULE_PATHNAME', 'rating_ces_sample_size' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_sample_size(double precision, double precision, rating_summary) IS
'Fewest answers, at least 2, with which the half width of ces_interval is at most margin, in units of the scale, if '
'they are spread as expected: t * sqrt(v / (n - 1)) with Student''s t of n - 1 degrees of freedom and v the '
'variance divided by n (Cochran 1977, with t for z). Without that, on 1..7 with half of the answers at each end, '
'the worst case; an expected summary without answers says another scale. NULL if margin or level is NULL. Error '
'22023 for a margin of 0 or less and for a level outside (0, 1), 22003 past 2^53 answers.';


