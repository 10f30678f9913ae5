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
