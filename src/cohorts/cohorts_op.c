/*
 * cohorts_op.c
 *		Putting together and finishing what cohort_agg and lifecycle_agg counted; the
 *		operators of both types.
 *
 * Both types have the same bytes, so each function stands here twice, once for each.
 */
#include "postgres.h"

#include "fmgr.h"

#include "cohorts/cohorts_datum.h"
#include "shared/aggregate.h"
#include "shared/value_ops.h"

/* Both types: strict, so the first one is taken as it is. */
static Datum
combine(FunctionCallInfo fcinfo, const char *aggregate)
{
	(void) aggregate_require(fcinfo, aggregate);
	PG_RETURN_POINTER(cohorts_collect_all(cohorts_counting_state(fcinfo, NULL),
										  (struct varlena *) PG_GETARG_POINTER(1)));
}

/* Packed; the state stays as it is. */
static Datum
finish(FunctionCallInfo fcinfo)
{
	Cohorts    *value = PG_GETARG_COHORTS(0);

	if ((Pointer) value == PG_GETARG_POINTER(0))
	{
		Cohorts    *copy = palloc(VARSIZE(value));

		memcpy(copy, value, VARSIZE(value));
		value = copy;
	}
	PG_RETURN_POINTER(value);
}

static Datum
add(FunctionCallInfo fcinfo)
{
	CohortsState *state = cohorts_state_of((struct varlena *) PG_GETARG_POINTER(0));

	state = cohorts_collect_all(state, (struct varlena *) PG_GETARG_POINTER(1));
	PG_RETURN_POINTER(cohorts_packed(state));
}

/* cohorts_combine(journey_cohorts, journey_cohorts) */
PG_FUNCTION_INFO_V1(cohorts_combine);
Datum
cohorts_combine(PG_FUNCTION_ARGS)
{
	return combine(fcinfo, "cohort_agg");
}

/* lifecycle_combine(journey_lifecycle, journey_lifecycle) */
PG_FUNCTION_INFO_V1(lifecycle_combine);
Datum
lifecycle_combine(PG_FUNCTION_ARGS)
{
	return combine(fcinfo, "lifecycle_agg");
}

/* cohorts_final(journey_cohorts) */
PG_FUNCTION_INFO_V1(cohorts_final);
Datum
cohorts_final(PG_FUNCTION_ARGS)
{
	return finish(fcinfo);
}

/* lifecycle_final(journey_lifecycle) */
PG_FUNCTION_INFO_V1(lifecycle_final);
Datum
lifecycle_final(PG_FUNCTION_ARGS)
{
	return finish(fcinfo);
}

/* journey_cohorts + journey_cohorts */
PG_FUNCTION_INFO_V1(cohorts_add);
Datum
cohorts_add(PG_FUNCTION_ARGS)
{
	return add(fcinfo);
}

/* journey_lifecycle + journey_lifecycle */
PG_FUNCTION_INFO_V1(lifecycle_add);
Datum
lifecycle_add(PG_FUNCTION_ARGS)
{
	return add(fcinfo);
}

/* The bytes of a packed value that say what it is: all after the version. */
#define CONTENT(c) ((const unsigned char *) &(c)->flags)
#define CONTENT_SIZE(c) (VARSIZE(c) - offsetof(Cohorts, flags))

/* cohorts_eq, ... cohorts_cmp, cohorts_hash, cohorts_hash_extended; lifecycle_eq, ... likewise */
CONTENT_COMPARISON(compare_args, Cohorts, PG_GETARG_COHORTS);
COMPARISONS(cohorts, compare_args);
HASHES(cohorts_hash, Cohorts, PG_GETARG_COHORTS);
COMPARISONS(lifecycle, compare_args);
HASHES(lifecycle_hash, Cohorts, PG_GETARG_COHORTS);
