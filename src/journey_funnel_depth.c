/*
 * journey_funnel_depth.c
 *		funnel_depth(): how far one customer got along a path.
 *
 * The path of a query is nearly always the same for every row, so the funnel
 * that was prepared for it is kept with the function call.  It is only a cache:
 * another path prepares a new one.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "journey_funnel_core.h"
#include "journey_path_shell.h"
#include "interval_arg.h"
#include "journey_shell.h"

typedef struct FunnelCache
{
	JourneyFunnel funnel;
	JourneyPath *path;			/* a copy; the funnel points to it */
} FunnelCache;

static void
check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

static JourneyFunnel *
prepared_funnel(FunctionCallInfo fcinfo, const JourneyPath *path)
{
	FunnelCache *cache = fcinfo->flinfo->fn_extra;

	if (cache == NULL)
		cache = fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(FunnelCache));
	if (cache->path != NULL && VARSIZE(cache->path) == VARSIZE(path) &&
		memcmp(cache->path, path, VARSIZE(path)) == 0)
		return &cache->funnel;
	if (cache->path != NULL)
		pfree(cache->path);
	cache->path = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, VARSIZE(path));
	memcpy(cache->path, path, VARSIZE(path));
	journey_funnel_init(&cache->funnel, cache->path);
	cache->funnel.interrupt = check_interrupts;
	return &cache->funnel;
}

/* What the labels of a journey are in a path. */
static JourneyLabelUse *
label_uses(const JourneyPath *path, const Visits *v)
{
	uint32	   *ids = palloc(path->labels * sizeof(uint32));
	JourneyLabelUse *uses = palloc(Max(v->label_count, 1) * sizeof(JourneyLabelUse));

	for (int i = 0; i < path->labels; i++)
	{
		size_t		length;
		const char *label = journey_path_label(path, i, &length);

		ids[i] = journey_find_in(v->labels, v->label_count, label, length);
	}
	journey_match_uses(path, ids, uses, v->label_count);
	pfree(ids);
	return uses;
}

/* A window in microseconds; days of 24 hours, 22023 for months and below 0 */
static int64
within_arg(FunctionCallInfo fcinfo, int argno)
{
	return interval_arg_span("interval", PG_GETARG_INTERVAL_P(argno),
							 INTERVAL_FIXED_HINT " NULL is no limit.",
							 "Give the longest time from the first to the last step, for example '7 days'. NULL is no limit.");
}

/* funnel_depth(journey, path, within): mandatory items filled by the deepest chain */
PG_FUNCTION_INFO_V1(journey_funnel_depth_of);
Datum
journey_funnel_depth_of(PG_FUNCTION_ARGS)
{
	int64		within = JOURNEY_NO_LIMIT;
	Journey    *journey;
	JourneyPath *path;
	JourneyLabelUse *uses;
	int			depth;
	Visits		v;

	/* not strict: no window is no limit */
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	if (!PG_ARGISNULL(2))
		within = within_arg(fcinfo, 2);
	journey = PG_GETARG_JOURNEY(0);
	path = PG_GETARG_JOURNEY_PATH(1);
	journey_decode(journey, &v);
	uses = label_uses(path, &v);
	depth = journey_funnel_depth(prepared_funnel(fcinfo, path), uses, v.visits, v.n, within);
	pfree(uses);
	pfree(v.visits);
	PG_FREE_IF_COPY(journey, 0);
	PG_RETURN_INT32(depth);
}
