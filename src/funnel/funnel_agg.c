/*
 * funnel_agg.c
 *		State functions of funnel_agg, and +.
 *
 * The state is a funnel that is still growing (funnel_state.c).  It grows inside
 * its own value, so that a customer costs no copy, and the final function packs
 * it.  What is new is left in the memory of this row: PostgreSQL copies it into the
 * aggregate's memory and frees the state before.
 */
#include "postgres.h"

#include "fmgr.h"

#include "funnel/funnel_datum.h"
#include "funnel/chain_search.h"
#include "shared/aggregate.h"

/* Argument 0 to count in, or a new state. */
static FunnelBuilder
begin(FunctionCallInfo fcinfo, const JourneyPath *path, int64 within)
{
	FunnelBuilder b;

	if (PG_ARGISNULL(0))
		b.state = funnel_state_new(path, within);
	else
	{
		b.state = funnel_state_of(aggregate_state(fcinfo));
		funnel_require_same(b.state, path, within);
	}
	b.given = b.state;
	return b;
}

/* A journey, which is argument 1, is one customer; the path is argument 2, a limit 3. */
static inline Datum
accumulate(FunctionCallInfo fcinfo, bool limited)
{
	FunnelSearcher *searcher;
	JourneyFunnelChain chain;
	const int64 *values;
	JourneyItems seen;
	FunnelBuilder b;
	int64		within;

	(void) aggregate_require(fcinfo, "funnel_agg");
	if (PG_ARGISNULL(1))
		return aggregate_unchanged(fcinfo);
	funnel_require_path(fcinfo, 2);
	searcher = funnel_searcher(fcinfo, 2);
	within = limited ? funnel_within_arg(fcinfo, 3) : JOURNEY_NO_LIMIT;
	b = begin(fcinfo, funnel_searcher_path(searcher), within);
	seen = funnel_search(searcher, (struct varlena *) PG_GETARG_POINTER(1), within, &chain,
						 &values);
	funnel_collect_customer(&b, seen, &chain, values);
	PG_RETURN_POINTER(b.state);
}

/* funnel_accum(journey_funnel, journey, path, within) */
PG_FUNCTION_INFO_V1(funnel_accum);
Datum
funnel_accum(PG_FUNCTION_ARGS)
{
	return accumulate(fcinfo, true);
}

/* funnel_accum_unlimited(journey_funnel, journey, path) */
PG_FUNCTION_INFO_V1(funnel_accum_unlimited);
Datum
funnel_accum_unlimited(PG_FUNCTION_ARGS)
{
	return accumulate(fcinfo, false);
}

/* funnel_combine(journey_funnel, journey_funnel): strict, so the first one is taken as it is */
PG_FUNCTION_INFO_V1(funnel_combine);
Datum
funnel_combine(PG_FUNCTION_ARGS)
{
	FunnelBuilder b;
	Funnel		other;

	(void) aggregate_require(fcinfo, "funnel_agg");
	funnel_open((FunnelHeader *) PG_DETOAST_DATUM(PG_GETARG_DATUM(1)), &other);
	b = begin(fcinfo, other.path, other.within);
	funnel_collect_all(&b, &other);
	PG_RETURN_POINTER(b.state);
}

/* funnel_final(journey_funnel): packed; strict, so NULL without a state, which stays */
PG_FUNCTION_INFO_V1(funnel_final);
Datum
funnel_final(PG_FUNCTION_ARGS)
{
	Funnel		funnel;

	funnel_open((FunnelHeader *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0)), &funnel);
	PG_RETURN_POINTER(funnel_packed(&funnel));
}

/* journey_funnel + journey_funnel */
PG_FUNCTION_INFO_V1(funnel_plus);
Datum
funnel_plus(PG_FUNCTION_ARGS)
{
	FunnelBuilder b = {NULL, NULL};
	Funnel		funnel;

	funnel_open(PG_GETARG_FUNNEL(0), &funnel);
	b.state = funnel_state_new(funnel.path, funnel.within);
	funnel_collect_all(&b, &funnel);
	funnel_open(PG_GETARG_FUNNEL(1), &funnel);
	funnel_collect_all(&b, &funnel);
	funnel_sort(b.state, &funnel);
	PG_RETURN_POINTER(funnel_packed(&funnel));
}
