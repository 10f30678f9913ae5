/*
 * rating_inference.c
 *		Confidence intervals, significance tests and sample sizes for NPS, CSAT
 *		and CES.  The methods and their sources are in rating_stats.c.
 *
 * Weighted answers enter as effective counts: their weighted shares times
 * Kish's effective sample size.  Without weights these are the counts.
 *
 * The statistics are computed in double precision and their ends turned into
 * numeric, but the metric itself is exact.  An interval is therefore widened by
 * the last digit where it would miss its own metric.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/rangetypes.h"
#include "utils/typcache.h"

#include "rating/rating_datum.h"
#include "rating/rating_stats.h"

/* A confidence level in an argument that is not NULL; 22023 outside (0, 1). */
static double
level_arg(FunctionCallInfo fcinfo, int argno)
{
	double		level = PG_GETARG_FLOAT8(argno);

	if (!(level > 0 && level < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("confidence level %s is not between 0 and 1",
						float8out_internal(level)),
				 errhint("Write 0.95 for 95 percent.")));
	return level;
}

/*
 * The answers with a score from..to as an effective count: their weight times
 * sum w / sum w^2, so that all of them together count effective_responses().
 */
static double
effective_count(const RatingSummary *s, int32 from, int32 to)
{
	Uint128 mass = rating_mass(s, from, to);

	if (!rating_is_weighted(s))
		return (double) mass;
	return rating_weight(mass) * rating_effective_factor(s);
}

static NpsCounts
nps_counts(const RatingSummary *s)
{
	NpsCounts	counts;

	rating_require_nps_scale(s, "NPS");
	(void) rating_total(s);
	counts.detractors = effective_count(s, s->low, NPS_PASSIVE - 1);
	counts.passives = effective_count(s, NPS_PASSIVE, NPS_PROMOTER - 1);
	counts.promoters = effective_count(s, NPS_PROMOTER, rating_high(s));
	return counts;
}

static CsatCounts
csat_counts(const RatingSummary *s, int32 satisfied_from)
{
	CsatCounts	counts = {0, 0};

	(void) rating_total(s);
	counts.satisfied = effective_count(s, satisfied_from, rating_high(s));
	if (satisfied_from > s->low)
		counts.others = effective_count(s, s->low, satisfied_from - 1);
	return counts;
}

/* The scores as a sample of numbers; false without answers. */
static bool
ces_sample(const RatingSummary *s, ScoreSample *sample)
{
	double		frequencies[RATING_MAX_POINTS];

	if (rating_total(s) == 0)
		return false;
	for (int i = 0; i < s->points; i++)
		frequencies[i] = effective_count(s, s->low + i, s->low + i);
	return score_sample(frequencies, s->points, s->low, rating_effective_responses(s), sample);
}

static bool
less(Numeric a, Numeric b)
{
	return DatumGetBool(DirectFunctionCall2(numeric_lt, NumericGetDatum(a), NumericGetDatum(b)));
}

static Numeric
numeric_from_double(double value)
{
	return DatumGetNumeric(DirectFunctionCall1(float8_numeric, Float8GetDatum(value)));
}

/* low..high as a numrange with both ends, widened to contain the point. */
static Datum
range_around(double low, double high, Numeric point)
{
	TypeCacheEntry *typcache = lookup_type_cache(NUMRANGEOID, TYPECACHE_RANGE_INFO);
	Numeric		lowest = numeric_from_double(low);
	Numeric		highest = numeric_from_double(high);
	RangeBound	lower = {0, false, true, true};
	RangeBound	upper = {0, false, true, false};

	lower.val = NumericGetDatum(less(point, lowest) ? point : lowest);
	upper.val = NumericGetDatum(less(highest, point) ? point : highest);
	return range_datum(typcache, &lower, &upper);
}

/* nps_interval(rating_summary, level) */
PG_FUNCTION_INFO_V1(rating_nps_interval);
Datum
rating_nps_interval(PG_FUNCTION_ARGS)
{
	RatingSummary *s = PG_GETARG_RATING(0);
	double		level = level_arg(fcinfo, 1);
	NpsCounts	counts = nps_counts(s);
	ConfidenceInterval interval;

	if (!nps_interval(&counts, level, &interval))
		PG_RETURN_NULL();
	return range_around(interval.low, interval.high, rating_nps_value(s));
}

/* csat_interval(rating_summary, satisfied_from, level); only the cut-off may be NULL */
PG_FUNCTION_INFO_V1(rating_csat_interval);
Datum
rating_csat_interval(PG_FUNCTION_ARGS)
{
	RatingSummary *s;
	double		level;
	int32		from;
	CsatCounts	counts;
	ConfidenceInterval interval;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	s = PG_GETARG_RATING(0);
	from = rating_satisfied_from_arg(fcinfo, 1, s);
	level = level_arg(fcinfo, 2);
	counts = csat_counts(s, from);
	if (!csat_interval(&counts, level, &interval))
		PG_RETURN_NULL();
	return range_around(interval.low, interval.high, rating_csat_value(s, from));
}

/* ces_interval(rating_summary, level) */
PG_FUNCTION_INFO_V1(rating_ces_interval);
Datum
rating_ces_interval(PG_FUNCTION_ARGS)
{
	RatingSummary *s = PG_GETARG_RATING(0);
	double		level = level_arg(fcinfo, 1);
	ScoreSample sample;
	ConfidenceInterval interval;

	if (!ces_sample(s, &sample) ||
		!ces_interval(&sample, s->low, rating_high(s), level, &interval))
		PG_RETURN_NULL();
	return range_around(interval.low, interval.high, rating_mean_value(s));
}

/* The result row of a test; the difference is exact. */
static Datum
test_row(FunctionCallInfo fcinfo, const TestResult *result, Numeric before, Numeric after)
{
	TupleDesc	tupdesc;
	Datum		values[5];
	bool		nulls[5] = {false};
	Numeric		difference;

	if (get_call_result_type(fcinfo, NULL, &tupdesc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	difference = DatumGetNumeric(DirectFunctionCall2(numeric_sub, NumericGetDatum(after),
													 NumericGetDatum(before)));
	values[0] = NumericGetDatum(difference);
	values[1] = Float8GetDatum(result->std_error);
	values[2] = Float8GetDatum(result->statistic);
	values[3] = Float8GetDatum(result->p_value);
	values[4] = range_around(result->low, result->high, difference);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(tupdesc), values, nulls));
}

/* 22023 for points of different scales */
static void
require_same_scale(const RatingSummary *a, const RatingSummary *b)
{
	if (a->low != b->low || a->points != b->points)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("answers on the scales %d..%d and %d..%d cannot be compared",
						a->low, rating_high(a), b->low, rating_high(b)),
				 errhint("Test before against after on one scale; look at other scales side by side.")));
}

/* nps_test(before, after, level) */
PG_FUNCTION_INFO_V1(rating_nps_test);
Datum
rating_nps_test(PG_FUNCTION_ARGS)
{
	RatingSummary *before = PG_GETARG_RATING(0);
	RatingSummary *after = PG_GETARG_RATING(1);
	NpsCounts	counts_before = nps_counts(before);
	NpsCounts	counts_after = nps_counts(after);
	TestResult	result;

	if (!nps_test(&counts_before, &counts_after, level_arg(fcinfo, 2), &result))
		PG_RETURN_NULL();
	return test_row(fcinfo, &result, rating_nps_value(before), rating_nps_value(after));
}

/* csat_test(before, after, satisfied_from, level); only satisfied_from may be NULL */
PG_FUNCTION_INFO_V1(rating_csat_test);
Datum
rating_csat_test(PG_FUNCTION_ARGS)
{
	RatingSummary *before;
	RatingSummary *after;
	int32		from;
	CsatCounts	counts_before;
	CsatCounts	counts_after;
	TestResult	result;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	before = PG_GETARG_RATING(0);
	after = PG_GETARG_RATING(1);
	require_same_scale(before, after);
	from = rating_satisfied_from_arg(fcinfo, 2, before);
	counts_before = csat_counts(before, from);
	counts_after = csat_counts(after, from);
	if (!csat_test(&counts_before, &counts_after, level_arg(fcinfo, 3), &result))
		PG_RETURN_NULL();
	return test_row(fcinfo, &result, rating_csat_value(before, from),
					rating_csat_value(after, from));
}

/* ces_test(before, after, level) */
PG_FUNCTION_INFO_V1(rating_ces_test);
Datum
rating_ces_test(PG_FUNCTION_ARGS)
{
	RatingSummary *before = PG_GETARG_RATING(0);
	RatingSummary *after = PG_GETARG_RATING(1);
	double		level = level_arg(fcinfo, 2);
	ScoreSample sample_before;
	ScoreSample sample_after;
	TestResult	result;

	require_same_scale(before, after);
	if (!ces_sample(before, &sample_before) || !ces_sample(after, &sample_after) ||
		!ces_test(&sample_before, &sample_after, before->points - 1, level, &result))
		PG_RETURN_NULL();
	return test_row(fcinfo, &result, rating_mean_value(before), rating_mean_value(after));
}

/* nps_variance(rating_summary): of the scores -1, 0, +1; 0..1 */
PG_FUNCTION_INFO_V1(rating_nps_variance);
Datum
rating_nps_variance(PG_FUNCTION_ARGS)
{
	NpsCounts	counts = nps_counts(PG_GETARG_RATING(0));
	double		variance = nps_variance(&counts);

	if (isnan(variance))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(variance);
}

/* nps_stderr(rating_summary): in points, 0..100 */
PG_FUNCTION_INFO_V1(rating_nps_stderr);
Datum
rating_nps_stderr(PG_FUNCTION_ARGS)
{
	NpsCounts	counts = nps_counts(PG_GETARG_RATING(0));
	double		error = nps_stderr(&counts);

	if (isnan(error))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(error);
}

static double
margin_arg(FunctionCallInfo fcinfo, int argno)
{
	double		margin = PG_GETARG_FLOAT8(argno);

	if (!(margin > 0) || isinf(margin))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("margin of error %s is not above 0", float8out_internal(margin)),
				 errhint("Give half the width of the interval in NPS points, for example 5.")));
	return margin;
}

/*
 * nps_sample_size(margin, level, expected); without an expected distribution,
 * or with one that has no answers, the worst one is assumed.
 */
PG_FUNCTION_INFO_V1(rating_nps_sample_size);
Datum
rating_nps_sample_size(PG_FUNCTION_ARGS)
{
	NpsCounts	expected = {0, 0, 0};
	int64		answers;
	bool		known;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(2))
		expected = nps_counts(PG_GETARG_RATING(2));
	known = expected.detractors + expected.passives + expected.promoters > 0;
	if (!nps_sample_size(margin_arg(fcinfo, 0), level_arg(fcinfo, 1),
						 known ? &expected : NULL, &answers))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a margin of error of %s points needs more than 2^53 answers",
						float8out_internal(PG_GETARG_FLOAT8(0))),
				 errhint("Ask for a wider margin.")));
	PG_RETURN_INT64(answers);
}
