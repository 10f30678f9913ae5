/*
 * rating_datum.c
 *		What the SQL-callable files about ratings share; see rating_datum.h.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/rangetypes.h"
#include "utils/typcache.h"

#include "rating/rating_datum.h"

/* An empty summary, in the current memory context. */
RatingSummary *
rating_new(RatingScale scale, bool weighted)
{
	Size		size = rating_size(scale.points, weighted);
	RatingSummary *s = palloc(size);

	SET_VARSIZE(s, size);
	rating_init(s, scale.low, scale.points, weighted);
	return s;
}

RatingSummary *
rating_copy(const RatingSummary *s)
{
	RatingSummary *copy = palloc(VARSIZE(s));

	memcpy(copy, s, VARSIZE(s));
	return copy;
}

/* The error for a range that is no scale; 22023. */
static void
reject_scale(Datum range)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("range %s is not a rating scale",
					OidOutputFunctionCall(F_RANGE_OUT, range)),
			 errhint("A scale is a range of %d to %d whole numbers with both ends, "
					 "such as '[0,10]'.",
					 RATING_MIN_POINTS, RATING_MAX_POINTS)));
}

static RatingScale
scale_of_range(Datum datum)
{
	RangeType  *range = DatumGetRangeTypeP(datum);
	TypeCacheEntry *typcache = lookup_type_cache(RangeTypeGetOid(range), TYPECACHE_RANGE_INFO);
	RangeBound	lower;
	RangeBound	upper;
	bool		empty;
	RatingScale scale;
	int64		low;
	int64		high;

	range_deserialize(typcache, range, &lower, &upper, &empty);
	if (empty || lower.infinite || upper.infinite)
		reject_scale(datum);
	/* an int4range is always kept as [low, high + 1) */
	low = DatumGetInt32(lower.val);
	high = (int64) DatumGetInt32(upper.val) - 1;
	if (!rating_scale_ok(low, high))
		reject_scale(datum);
	scale.low = (int32) low;
	scale.points = (int) (high - low + 1);
	return scale;
}

/*
 * The scale in an int4range argument, which the caller knows not to be NULL.  The
 * function must not use fn_extra for anything else.
 */
RatingScale
rating_scale_arg(FunctionCallInfo fcinfo, int argno)
{
	struct varlena *range = (struct varlena *) PG_GETARG_POINTER(argno);
	Size		size = VARSIZE_ANY(range);
	ScaleCache *cache = fcinfo->flinfo->fn_extra;

	if (rating_scale_known(fcinfo, argno) != NULL)
		return cache->scale;
	if (cache == NULL)
		cache = fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(ScaleCache));
	cache->size = 0;
	cache->scale = scale_of_range(PointerGetDatum(range));
	if (size <= sizeof(cache->range) && !VARATT_IS_EXTERNAL(range))
	{
		memcpy(cache->range, range, size);
		cache->size = size;
	}
	return cache->scale;
}

/* The scale of a summary as an int4range. */
Datum
rating_scale_datum(FunctionCallInfo fcinfo, const RatingSummary *s)
{
	TypeCacheEntry *typcache = range_get_typcache(fcinfo, INT4RANGEOID);
	RangeBound	lower = {Int32GetDatum(s->low), false, true, true};
	RangeBound	upper = {Int32GetDatum(rating_high(s) + 1), false, false, false};

	return range_datum(typcache, &lower, &upper);
}

void
rating_overflow_error(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("rating_summary out of range"),
			 errdetail("A summary holds up to 2^63 - 1 answers, "
					   "and sums of weights and of their squares below 2^128 units."),
			 errhint("Keep the parts in summaries of their own.")));
}

/* How many answers; 22003 past 63 bits. */
int64
rating_total(const RatingSummary *s)
{
	int64		total = 0;

	if (rating_responses(s, &total) != RATING_OK)
		rating_overflow_error();
	return total;
}

/* The mass of the scores from..to; 22003 past 128 bits. */
Uint128
rating_mass(const RatingSummary *s, int64 from, int64 to)
{
	Uint128 mass = 0;

	if (rating_mass_between(s, from, to, &mass) != RATING_OK)
		rating_overflow_error();
	return mass;
}

/* Raise the error for a summary that has no NPS, naming the others that it has; 22023. */
void
rating_reject_nps_scale(const RatingSummary *s, const char *what, const char *others)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s needs answers on the scale 0..10, not %d..%d",
					what, s->low, rating_high(s)),
			 errhint("On other scales use %s.", others)));
}

/*
 * From which score on an answer is satisfied; 22023 where there is no rule.  The hint says
 * how the function is called with one: call is that as far as the cut-off, or NULL for
 * csat_agg() and csat(), which most callers are.
 */
int32
rating_default_satisfied_from(RatingScale scale, const char *call)
{
	int32		high = scale.low + scale.points - 1;
	int32		from;

	if (!rating_satisfied_from(scale.low, scale.points, &from))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the scale %d..%d has no common rule for who is satisfied",
						scale.low, high),
				 call != NULL ?
				 errhint("Say from which score on: %s%d).", call, high - 1) :
				 errhint("Say from which score on: csat_agg(score, '[%d,%d]', %d), "
						 "csat(summary, %d); for one answer compare the score.",
						 scale.low, high, high - 1, high - 1)));
	return from;
}

/*
 * Raise the error for a cut-off that the scale does not have; 22023.  In an
 * aggregate it is most often a weight, which stood there in other tools.
 */
void
rating_reject_cutoff(const RatingSummary *s, int32 from, bool in_aggregate)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("satisfied_from %d is outside the scale %d..%d",
					from, s->low, rating_high(s)),
			 errhint(in_aggregate ?
					 "Give the lowest score that counts as satisfied, for example %d. "
					 "Weights go into the summary: csat(rating_agg(score, scale, weight))." :
					 "Give the lowest score that counts as satisfied, for example %d.",
					 rating_high(s) - 1)));
}

/* The cut-off in an argument: on the scale, or NULL for the default rule; call as above. */
int32
rating_satisfied_from_arg(FunctionCallInfo fcinfo, int argno, const RatingSummary *s,
						  const char *call)
{
	RatingScale scale = {s->low, s->points};
	int32		from;

	if (PG_ARGISNULL(argno))
		return rating_default_satisfied_from(scale, call);
	from = PG_GETARG_INT32(argno);
	if (from < s->low || from > rating_high(s))
		rating_reject_cutoff(s, from, AggCheckCallContext(fcinfo, NULL) != 0);
	return from;
}

/* Raise the error for two summaries that cannot be merged or subtracted. */
void
rating_merge_error(RatingStatus status, const RatingSummary *s, const RatingSummary *other)
{
	if (status == RATING_OTHER_SCALE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("answers on the scales %d..%d and %d..%d cannot be put together",
						s->low, rating_high(s), other->low, rating_high(other)),
				 errhint("Keep one scale in each group, for example with GROUP BY "
						 "scale(summary).")));
	if (status == RATING_OTHER_KIND)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weighted and unweighted answers cannot be put together"),
				 errhint("Give the answers without weights the weight 1: "
						 "rating_agg(score, scale, 1).")));
	if (status == RATING_OTHER_CUTOFF)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("satisfied_from is one number for all answers of a group, not %d and %d",
						rating_cutoff_score(s), rating_cutoff_score(other)),
				 errhint("If it is a weight, write csat(rating_agg(score, scale, weight)).")));
	if (status == RATING_BELOW_ZERO)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("cannot take away answers that are not in the rating_summary"),
				 errhint("Subtract only a summary of answers that were counted in the "
						 "first one.")));
	rating_overflow_error();
	pg_unreachable();
}
