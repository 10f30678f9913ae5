/*
 * funnel_depth.c
 *		funnel_depth(): how far one customer got along a path.
 */
#include "postgres.h"

#include "fmgr.h"

#include "funnel/chain_search.h"
#include "path/path_datum.h"

/* funnel_depth(journey, path, within): mandatory items filled by the deepest chain */
PG_FUNCTION_INFO_V1(journey_funnel_depth_of);
Datum
journey_funnel_depth_of(PG_FUNCTION_ARGS)
{
	FunnelSearcher *searcher;
	int64		within;

	/* not strict: no window is no limit */
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	within = funnel_within_arg(fcinfo, 2);
	searcher = funnel_searcher(fcinfo, 1);
	PG_RETURN_INT32(funnel_search_depth(searcher, (struct varlena *) PG_GETARG_POINTER(0), within));
}
