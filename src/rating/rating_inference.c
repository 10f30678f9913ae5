/*
 * rating_inference.c
 *		Confidence intervals and significance tests for NPS, CSAT and CES.  Margins
 *		and sample sizes are in rating_margin.c.  The methods and their sources are in
 *		nps_stats.c, csat_stats.c and ces_stats.c.
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

#include "rating/rating_inference.h"
#include "shared/units_numeric.h"

/* A confidence level in an argument that is not NULL; 22023 outside (0, 1). */
double
rating_level_arg(FunctionCallInfo fcinfo, int argno)
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

NpsCounts
rating_nps_counts(const RatingSummary *s)
{
	NpsCounts	counts;

	rating_require_nps_scale(s, "NPS", NPS_OTHERS);
	(void) rating_total(s);
	counts.detractors = effective_count(s, s->low, NPS_PASSIVE - 1);
	counts.passives = effective_count(s, NPS_PASSIVE, NPS_PROMOTER - 1);
	counts.promoters = effective_count(s, NPS_PROMOTER, rating_high(s));
	return counts;
}

CsatCounts
rating_csat_counts(const RatingSummary *s, int32 satisfied_from)
{
	CsatCounts	counts = {0, 0};

	(void) rating_total(s);
	counts.satisfied = effective_count(s, satisfied_from, rating_high(s));
	if (satisfied_from > s->low)
		counts.others = effective_count(s, s->low, satisfied_from - 1);
	return counts;
}

/* The scores as a sample of numbers; false without answers. */
bool
rating_ces_sample(const RatingSummary *s, ScoreSample *sample)
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

/* low..high, widened to contain the point. */
NumericEnds
rating_ends_around(double low, double high, Numeric point)
{
	NumericEnds ends = {double_numeric(low), double_numeric(high)};

	if (less(point, ends.low))
		ends.low = point;
	if (less(ends.high, point))
		ends.high = point;
	return ends;
}

static Datum
range_of(const NumericEnds *ends)
{
	TypeCacheEntry *typcache = lookup_type_cache(NUMRANGEOID, TYPECACHE_RANGE_INFO);
	RangeBound	lower = {NumericGetDatum(ends->low), false, true, true};
	RangeBound	upper = {NumericGetDatum(ends->high), false, true, false};

	return range_datum(typcache, &lower, &upper);
}

/*
 * The interval of the metric with this name, as numbers; false without enough answers.
 * satisfied_from is of the CSAT only, and checked.  NPS needs the scale 0..10 (22023).
 */
bool
rating_metric_interval(RatingMetric metric, const RatingSummary *s, int32 satisfied_from,
					   double level, ConfidenceInterval *interval)
{
	NpsCounts	nps;
	CsatCounts	csat;
	ScoreSample sample;

	switch (metric)
	{
		case METRIC_NPS:
			nps = rating_nps_counts(s);
			return nps_interval(&nps, level, interval);
		case METRIC_CSAT:
			csat = rating_csat_counts(s, satisfied_from);
			return csat_interval(&csat, level, interval);
		default:
			return rating_ces_sample(s, &sample) &&
				ces_interval(&sample, s->low, rating_high(s), level, interval);
	}
}

/*
 * The interval that intervals and margins are about, of the arguments (rating_summary,
 * level), or (rating_summary, satisfied_from, level) for CSAT; false for NULL.
 */
bool
rating_nps_ends(FunctionCallInfo fcinfo, NumericEnds *ends)
{
	RatingSummary *s = PG_GETARG_RATING(0);
	double		level = rating_level_arg(fcinfo, 1);
	ConfidenceInterval interval;

	if (!rating_metric_interval(METRIC_NPS, s, 0, level, &interval))
		return false;
	*ends = rating_ends_around(interval.low, interval.high, rating_nps_value(s));
	return true;
}

/* Only the cut-off may be NULL; call as in rating_satisfied_from_arg. */
bool
rating_csat_ends(FunctionCallInfo fcinfo, const char *call, NumericEnds *ends)
{
	RatingSummary *s;
	int32		from;
	double		level;
	ConfidenceInterval interval;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2))
		return false;
	s = PG_GETARG_RATING(0);
	from = rating_satisfied_from_arg(fcinfo, 1, s, call);
	level = rating_level_arg(fcinfo, 2);
	if (!rating_metric_interval(METRIC_CSAT, s, from, level, &interval))
		return false;
	*ends = rating_ends_around(interval.low, interval.high, rating_csat_value(s, from));
	return true;
}

bool
rating_ces_ends(FunctionCallInfo fcinfo, NumericEnds *ends)
{
	RatingSummary *s = PG_GETARG_RATING(0);
	double		level = rating_level_arg(fcinfo, 1);
	ConfidenceInterval interval;

	if (!rating_metric_interval(METRIC_CES, s, 0, level, &interval))
		return false;
	*ends = rating_ends_around(interval.low, interval.high, rating_mean_value(s));
	return true;
}

/* nps_interval(rating_summary, level) */
PG_FUNCTION_INFO_V1(rating_nps_interval);
Datum
rating_nps_interval(PG_FUNCTION_ARGS)
{
	NumericEnds ends;

	if (!rating_nps_ends(fcinfo, &ends))
		PG_RETURN_NULL();
	return range_of(&ends);
}

/* csat_interval(rating_summary, satisfied_from, level) */
PG_FUNCTION_INFO_V1(rating_csat_interval);
Datum
rating_csat_interval(PG_FUNCTION_ARGS)
{
	NumericEnds ends;

	if (!rating_csat_ends(fcinfo, "csat_interval(summary, ", &ends))
		PG_RETURN_NULL();
	return range_of(&ends);
}

/* ces_interval(rating_summary, level) */
PG_FUNCTION_INFO_V1(rating_ces_interval);
Datum
rating_ces_interval(PG_FUNCTION_ARGS)
{
	NumericEnds ends;

	if (!rating_ces_ends(fcinfo, &ends))
		PG_RETURN_NULL();
	return range_of(&ends);
}

/* The result row of a test; the difference is exact. */
static Datum
test_row(FunctionCallInfo fcinfo, const TestResult *result, Numeric before, Numeric after)
{
	TupleDesc	tupdesc;
	Datum		values[5];
	bool		nulls[5] = {false};
	Numeric		difference;
	NumericEnds ends;

	if (get_call_result_type(fcinfo, NULL, &tupdesc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	difference = DatumGetNumeric(DirectFunctionCall2(numeric_sub, NumericGetDatum(after),
													 NumericGetDatum(before)));
	values[0] = NumericGetDatum(difference);
	values[1] = Float8GetDatum(result->std_error);
	values[2] = Float8GetDatum(result->statistic);
	values[3] = Float8GetDatum(result->p_value);
	ends = rating_ends_around(result->low, result->high, difference);
	values[4] = range_of(&ends);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(tupdesc), values, nulls));
}

/* 22023 for points of different scales */
void
rating_reject_comparison(const RatingSummary *a, const RatingSummary *b)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("answers on the scales %d..%d and %d..%d cannot be compared",
					a->low, rating_high(a), b->low, rating_high(b)),
			 errhint("Test before against after on one scale; "
					 "look at other scales side by side.")));
}

static void
require_same_scale(const RatingSummary *a, const RatingSummary *b)
{
	if (a->low != b->low || a->points != b->points)
		rating_reject_comparison(a, b);
}

/* nps_test(before, after, level) */
PG_FUNCTION_INFO_V1(rating_nps_test);
Datum
rating_nps_test(PG_FUNCTION_ARGS)
{
	RatingSummary *before = PG_GETARG_RATING(0);
	RatingSummary *after = PG_GETARG_RATING(1);
	NpsCounts	counts_before = rating_nps_counts(before);
	NpsCounts	counts_after = rating_nps_counts(after);
	TestResult	result;

	if (!nps_test(&counts_before, &counts_after, rating_level_arg(fcinfo, 2), &result))
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
	from = rating_satisfied_from_arg(fcinfo, 2, before, "csat_test(before, after, ");
	counts_before = rating_csat_counts(before, from);
	counts_after = rating_csat_counts(after, from);
	if (!csat_test(&counts_before, &counts_after, rating_level_arg(fcinfo, 3), &result))
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
	double		level = rating_level_arg(fcinfo, 2);
	ScoreSample sample_before;
	ScoreSample sample_after;
	TestResult	result;

	require_same_scale(before, after);
	if (!rating_ces_sample(before, &sample_before) || !rating_ces_sample(after, &sample_after) ||
		!ces_test(&sample_before, &sample_after, before->points - 1, level, &result))
		PG_RETURN_NULL();
	return test_row(fcinfo, &result, rating_mean_value(before), rating_mean_value(after));
}

/* nps_variance(rating_summary): of the scores -1, 0, +1; 0..1 */
PG_FUNCTION_INFO_V1(rating_nps_variance);
Datum
rating_nps_variance(PG_FUNCTION_ARGS)
{
	NpsCounts	counts = rating_nps_counts(PG_GETARG_RATING(0));
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
	NpsCounts	counts = rating_nps_counts(PG_GETARG_RATING(0));
	double		error = nps_stderr(&counts);

	if (isnan(error))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(error);
}
