/*
 * rating_distribution.c
 *		How the answers of a rating_summary are spread, and what they weigh.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/tuplestore.h"

#include "rating/rating_datum.h"

/* quantile(rating_summary, q): the score that percentile_disc(q) gives */
PG_FUNCTION_INFO_V1(rating_summary_quantile);
Datum
rating_summary_quantile(PG_FUNCTION_ARGS)
{
	RatingSummary *s = PG_GETARG_RATING(0);
	double		q = PG_GETARG_FLOAT8(1);

	if (!(q >= 0 && q <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("quantile %s is not between 0 and 1", float8out_internal(q)),
				 errhint("Write 0.5 for the median.")));
	if (rating_total(s) == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(rating_quantile(s, q));
}

/* weight_total(rating_summary): the sum of the weights; without weights, answers */
PG_FUNCTION_INFO_V1(rating_weight_total);
Datum
rating_weight_total(PG_FUNCTION_ARGS)
{
	RatingSummary *s = PG_GETARG_RATING(0);

	(void) rating_total(s);
	PG_RETURN_NUMERIC(rating_mass_numeric(s, rating_mass(s, s->low, rating_high(s))));
}

/* effective_responses(rating_summary): Kish's effective sample size */
PG_FUNCTION_INFO_V1(rating_summary_effective_responses);
Datum
rating_summary_effective_responses(PG_FUNCTION_ARGS)
{
	RatingSummary *s = PG_GETARG_RATING(0);

	(void) rating_total(s);
	PG_RETURN_FLOAT8(rating_effective_responses(s));
}

static Datum
numeric_call(PGFunction function, Numeric a, Numeric b)
{
	return DirectFunctionCall2(function, NumericGetDatum(a), NumericGetDatum(b));
}

/* a * b - c * d */
static Numeric
product_difference(Numeric a, Numeric b, Numeric c, Numeric d)
{
	return DatumGetNumeric(numeric_call(numeric_sub,
										DatumGetNumeric(numeric_call(numeric_mul, a, b)),
										DatumGetNumeric(numeric_call(numeric_mul, c, d))));
}

/*
 * standard_deviation(rating_summary): that of a sample, digit for digit what
 * stddev(score) gives, which is the square root of
 *
 *		(n sum x^2 - (sum x)^2) / (n^2 - n)
 *
 * With weights n is sum w, and its n on the right is sum w^2: the same as the
 * variance around the weighted mean, times k / (k - 1) for Kish's effective k.
 * Scores count from the low end of the scale, which changes no difference.
 */
PG_FUNCTION_INFO_V1(rating_standard_deviation);
Datum
rating_standard_deviation(PG_FUNCTION_ARGS)
{
	RatingSummary *s = PG_GETARG_RATING(0);
	Numeric		zero = int64_to_numeric(0);
	Numeric		one = int64_to_numeric(1);
	Numeric		n;
	Numeric		above;
	Numeric		below;
	Numeric		sum;
	Numeric		sum_squares;
	Uint128 moments[2] = {0, 0};

	if (rating_total(s) < 2)
		PG_RETURN_NULL();
	if (rating_moment(s, 1, &moments[0]) != RATING_OK ||
		rating_moment(s, 2, &moments[1]) != RATING_OK)
		rating_overflow_error();
	n = rating_mass_numeric(s, rating_mass(s, s->low, rating_high(s)));
	sum = rating_mass_numeric(s, moments[0]);
	sum_squares = rating_mass_numeric(s, moments[1]);
	above = product_difference(n, sum_squares, sum, sum);
	below = product_difference(n, n, rating_squares_numeric(s), one);
	if (!DatumGetBool(numeric_call(numeric_gt, above, zero)))
		PG_RETURN_NUMERIC(zero);
	return DirectFunctionCall1(numeric_sqrt, numeric_call(numeric_div, above, below));
}

/*
 * ces_easy_share(rating_summary, low_is_easy): percent of the answers on the
 * easy side of the middle of the scale: 5-7 of 1..7, 4-5 of 1..5.
 */
PG_FUNCTION_INFO_V1(rating_ces_easy_share);
Datum
rating_ces_easy_share(PG_FUNCTION_ARGS)
{
	RatingSummary *s = PG_GETARG_RATING(0);
	bool		low_is_easy = PG_GETARG_BOOL(1);
	int			half = s->points / 2;
	Numeric		share;

	if (low_is_easy)
		share = rating_share_value(s, s->low, s->low + half - 1);
	else
		share = rating_share_value(s, rating_high(s) - half + 1, rating_high(s));
	if (share == NULL)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(share);
}

/* histogram(rating_summary) -> (score, responses, share), a row for each score */
PG_FUNCTION_INFO_V1(rating_histogram);
Datum
rating_histogram(PG_FUNCTION_ARGS)
{
	RatingSummary *s = PG_GETARG_RATING(0);
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < s->points; i++)
	{
		int32		score = s->low + i;
		Numeric		share = rating_share_value(s, score, score);
		Datum		values[3];
		bool		nulls[3] = {false, false, share == NULL};

		values[0] = Int32GetDatum(score);
		values[1] = Int64GetDatum(s->counts[i]);
		values[2] = share == NULL ? (Datum) 0 : NumericGetDatum(share);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
