/*
 * rating_margin.c
 *		Margins of error, and how many answers a margin needs.
 *
 * A margin is half the width of the interval.  The formulas of the sample sizes
 * and their sources are in core/rating/sample_size.c.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "rating/rating_inference.h"

static Datum
half_width(const NumericEnds *ends)
{
	Datum		width = DirectFunctionCall2(numeric_sub, NumericGetDatum(ends->high),
											NumericGetDatum(ends->low));

	return DirectFunctionCall2(numeric_mul, width,
							   NumericGetDatum(int64_div_fast_to_numeric(5, 1)));
}

/* nps_margin(rating_summary, level) */
PG_FUNCTION_INFO_V1(rating_nps_margin);
Datum
rating_nps_margin(PG_FUNCTION_ARGS)
{
	NumericEnds ends;

	if (!rating_nps_ends(fcinfo, &ends))
		PG_RETURN_NULL();
	return half_width(&ends);
}

/* csat_margin(rating_summary, satisfied_from, level) */
PG_FUNCTION_INFO_V1(rating_csat_margin);
Datum
rating_csat_margin(PG_FUNCTION_ARGS)
{
	NumericEnds ends;

	if (!rating_csat_ends(fcinfo, "csat_margin(summary, ", &ends))
		PG_RETURN_NULL();
	return half_width(&ends);
}

/* ces_margin(rating_summary, level) */
PG_FUNCTION_INFO_V1(rating_ces_margin);
Datum
rating_ces_margin(PG_FUNCTION_ARGS)
{
	NumericEnds ends;

	if (!rating_ces_ends(fcinfo, &ends))
		PG_RETURN_NULL();
	return half_width(&ends);
}

static double
margin_arg(FunctionCallInfo fcinfo, int argno)
{
	double		margin = PG_GETARG_FLOAT8(argno);

	if (!(margin > 0) || isinf(margin))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("margin of error %s is not above 0", float8out_internal(margin)),
				 errhint("Give half the width of the interval in points of the metric, "
						 "for example 5 for NPS and CSAT.")));
	return margin;
}

/* What a sample size function returns, unless it takes too many answers. */
static Datum
answers_needed(FunctionCallInfo fcinfo, bool found, int64 answers)
{
	if (!found)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a margin of error of %s points needs more than 2^53 answers",
						float8out_internal(PG_GETARG_FLOAT8(0))),
				 errhint("Ask for a wider margin.")));
	PG_RETURN_INT64(answers);
}

/*
 * nps_sample_size(margin, level, expected).  Here and below: without an expected
 * distribution, or with one that has no answers, the worst one is assumed.
 */
PG_FUNCTION_INFO_V1(rating_nps_sample_size);
Datum
rating_nps_sample_size(PG_FUNCTION_ARGS)
{
	NpsCounts	expected = {0, 0, 0};
	int64		answers = 0;
	bool		found;
	bool		known;
	double		margin;
	double		level;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(2))
		expected = rating_nps_counts(PG_GETARG_RATING(2));
	known = expected.detractors + expected.passives + expected.promoters > 0;
	margin = margin_arg(fcinfo, 0);
	level = rating_level_arg(fcinfo, 1);
	found = nps_sample_size(margin, level, known ? &expected : NULL, &answers);
	return answers_needed(fcinfo, found, answers);
}

/* csat_sample_size(margin, level, expected, satisfied_from) */
PG_FUNCTION_INFO_V1(rating_csat_sample_size);
Datum
rating_csat_sample_size(PG_FUNCTION_ARGS)
{
	CsatCounts	expected = {0, 0};
	int64		answers = 0;
	bool		found;
	bool		known;
	double		margin;
	double		level;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(2))
	{
		RatingSummary *s = PG_GETARG_RATING(2);

		expected = rating_csat_counts(s, rating_satisfied_from_arg(
			fcinfo, 3, s, "csat_sample_size(margin, level, expected, "));
	}
	known = expected.satisfied + expected.others > 0;
	margin = margin_arg(fcinfo, 0);
	level = rating_level_arg(fcinfo, 1);
	found = csat_sample_size(margin, level, known ? &expected : NULL, &answers);
	return answers_needed(fcinfo, found, answers);
}

/* The variance, divided by n, of the expected answers, or the greatest of a scale. */
static double
expected_variance(const RatingSummary *s)
{
	double		reach = s == NULL ? CES_POINTS - 1 : s->points - 1;
	ScoreSample sample;

	if (s == NULL || !rating_ces_sample(s, &sample))
		return reach * reach / 4;
	/* of a single answer there is no variance to expect */
	return isnan(sample.variance) ? 0 : sample.variance * ((sample.n - 1) / sample.n);
}

/* ces_sample_size(margin, level, expected) */
PG_FUNCTION_INFO_V1(rating_ces_sample_size);
Datum
rating_ces_sample_size(PG_FUNCTION_ARGS)
{
	int64		answers = 0;
	bool		found;
	double		variance;
	double		margin;
	double		level;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	variance = expected_variance(PG_ARGISNULL(2) ? NULL : PG_GETARG_RATING(2));
	margin = margin_arg(fcinfo, 0);
	level = rating_level_arg(fcinfo, 1);
	found = ces_sample_size(margin, level, variance, &answers);
	return answers_needed(fcinfo, found, answers);
}
