/*
 * rating_op.c
 *		Operators of rating_summary: +, - and *, and what the btree and hash
 *		operator classes need.  The order is by content and means nothing by
 *		itself; it lets GROUP BY, DISTINCT, UNION and joins work.
 */
#include "postgres.h"

#include "fmgr.h"

#include "rating/rating_score.h"
#include "shared/value_ops.h"

PG_FUNCTION_INFO_V1(rating_summary_add);
Datum
rating_summary_add(PG_FUNCTION_ARGS)
{
	RatingSummary *result = rating_copy(PG_GETARG_RATING(0));
	RatingSummary *other = PG_GETARG_RATING(1);
	RatingStatus status = rating_merge(result, other);

	if (status != RATING_OK)
		rating_merge_error(status, result, other);
	PG_RETURN_POINTER(result);
}

PG_FUNCTION_INFO_V1(rating_summary_sub);
Datum
rating_summary_sub(PG_FUNCTION_ARGS)
{
	RatingSummary *result = rating_copy(PG_GETARG_RATING(0));
	RatingSummary *other = PG_GETARG_RATING(1);
	RatingStatus status = rating_subtract(result, other);

	if (status != RATING_OK)
		rating_merge_error(status, result, other);
	PG_RETURN_POINTER(result);
}

static Datum
weigh(const RatingSummary *s, double weight)
{
	RatingSummary *result;
	int64		units;

	if (rating_is_weighted(s))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("answers that have weights already cannot be given another one"),
				 errhint("Multiply summaries without weights; or give the product to "
						 "rating_agg(score, scale, weight).")));
	(void) rating_weight_units(weight, &units);
	result = rating_new((RatingScale) {s->low, s->points}, true);
	if (rating_weigh(result, s, units) != RATING_OK)
		rating_overflow_error();
	return PointerGetDatum(result);
}

/* rating_summary * double precision: each answer with this weight */
PG_FUNCTION_INFO_V1(rating_summary_mul);
Datum
rating_summary_mul(PG_FUNCTION_ARGS)
{
	return weigh(PG_GETARG_RATING(0), PG_GETARG_FLOAT8(1));
}

/* double precision * rating_summary */
PG_FUNCTION_INFO_V1(rating_summary_mul_left);
Datum
rating_summary_mul_left(PG_FUNCTION_ARGS)
{
	return weigh(PG_GETARG_RATING(1), PG_GETARG_FLOAT8(0));
}

/* Sorts and index builds call this often, so detoasted copies are freed. */
static int
compare_args(FunctionCallInfo fcinfo)
{
	RatingSummary *a = PG_GETARG_RATING(0);
	RatingSummary *b = PG_GETARG_RATING(1);
	int			order = rating_compare(a, b);

	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return order;
}

COMPARISONS(rating_summary, compare_args);

/*
 * Hash the content from the flags on: neither the length word nor the version,
 * so that equal summaries hash alike in every version of the format.
 */
#define CONTENT(s) ((const unsigned char *) &(s)->flags)
#define CONTENT_SIZE(s) ((int) (VARSIZE(s) - offsetof(RatingSummary, flags)))

HASHES(rating_summary_hash, RatingSummary, PG_GETARG_RATING);
