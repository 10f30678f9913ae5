/*
 * journey_funnel_depth.c
 *		funnel_depth(): how far one customer got along a path.
 */
#include "postgres.h"

#include "fmgr.h"

#include "journey_funnel_shell.h"
#include "journey_path_shell.h"

/* funnel_depth(journey, path, within): mandatory items filled by the deepest chain */
PG_FUNCTION_INFO_V1(journey_funnel_depth_of);
Datum
journey_funnel_depth_of(PG_FUNCTION_ARGS)
{
	int64		within;
	Journey    *journey;
	JourneyPath *path;
	JourneyLabelUse *uses;
	int			depth;
	Visits		v;

	/* not strict: no window is no limit */
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	within = funnel_within_arg(fcinfo, 2);
	journey = PG_GETARG_JOURNEY(0);
	path = PG_GETARG_JOURNEY_PATH(1);
	journey_decode(journey, &v);
	uses = funnel_label_uses(path, &v);
	depth = journey_funnel_depth(funnel_prepared(fcinfo, path), uses, v.visits, v.n, within);
	pfree(uses);
	pfree(v.visits);
	PG_FREE_IF_COPY(journey, 0);
	PG_RETURN_INT32(depth);
}
