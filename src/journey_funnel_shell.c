/*
 * journey_funnel_shell.c
 *		What SQL-callable functions need to look for the chains of a funnel.
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

#include "interval_arg.h"
#include "journey_funnel_shell.h"

typedef struct FunnelCache
{
	JourneyFunnel funnel;
	JourneyPath *path;			/* a copy; the funnel points to it */
	void	   *room;			/* for journey_funnel_best(); NULL until it is wanted */
} FunnelCache;

static void
check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* Forget the path that the cache was for. */
static void
reset(FunnelCache *cache)
{
	if (cache->path != NULL)
		pfree(cache->path);
	if (cache->room != NULL)
		pfree(cache->room);
	cache->path = NULL;
	cache->room = NULL;
}

/* The path, prepared; there is room to find chains once funnel_prepared_room() is called. */
JourneyFunnel *
funnel_prepared(FunctionCallInfo fcinfo, const JourneyPath *path)
{
	FunnelCache *cache = fcinfo->flinfo->fn_extra;

	if (cache == NULL)
		cache = fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(FunnelCache));
	if (cache->path != NULL && VARSIZE(cache->path) == VARSIZE(path) &&
		memcmp(cache->path, path, VARSIZE(path)) == 0)
		return &cache->funnel;
	reset(cache);
	cache->path = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, VARSIZE(path));
	memcpy(cache->path, path, VARSIZE(path));
	journey_funnel_init(&cache->funnel, cache->path);
	cache->funnel.interrupt = check_interrupts;
	return &cache->funnel;
}

/* Room for journey_funnel_best() with the path that was prepared last. */
void *
funnel_prepared_room(FunctionCallInfo fcinfo)
{
	FunnelCache *cache = fcinfo->flinfo->fn_extra;

	if (cache->room == NULL)
		cache->room = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt,
										 journey_funnel_room(cache->path));
	return cache->room;
}

/* What the labels of a journey are in a path. */
JourneyLabelUse *
funnel_label_uses(const JourneyPath *path, const Visits *v)
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

/*
 * A window in microseconds, no limit for NULL; days of 24 hours, 22023 for months
 * and below 0.
 */
int64
funnel_within_arg(FunctionCallInfo fcinfo, int argno)
{
	if (PG_ARGISNULL(argno))
		return JOURNEY_NO_LIMIT;
	return interval_arg_span("interval", PG_GETARG_INTERVAL_P(argno),
							 INTERVAL_FIXED_HINT " NULL is no limit.",
							 "Give the longest time from the first to the last step, for example '7 days'. NULL is no limit.");
}

/* 22004 */
void
funnel_require_path(FunctionCallInfo fcinfo, int argno)
{
	if (PG_ARGISNULL(argno))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("the path of a funnel must not be null"),
				 errhint("Give the same path with every row, for example 'search > basket > payment', or leave rows without one out with FILTER.")));
}
