/*
 * path_op.c
 *		A journey and a path: the operator ~ and furthest().
 *
 * The path of a query is nearly always the same for every row, so the matcher
 * that was prepared for it is kept with the function call.  It is only a cache:
 * another path, or a call without a memory, prepares a new one.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "path/match.h"
#include "path/path_datum.h"
#include "journey/journey_datum.h"

typedef struct MatchCache
{
	JourneyMatcher matcher;
	JourneyPath *path;			/* a copy; the matcher points to it */
} MatchCache;

static void
check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

static JourneyMatcher *
prepared_matcher(FunctionCallInfo fcinfo, const JourneyPath *path)
{
	MatchCache *cache = fcinfo->flinfo->fn_extra;
	JourneyPath *copy;

	if (cache == NULL)
		cache = fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(MatchCache));
	if (cache->path != NULL && VARSIZE(cache->path) == VARSIZE(path) &&
		memcmp(cache->path, path, VARSIZE(path)) == 0)
		return &cache->matcher;
	copy = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, VARSIZE(path));
	memcpy(copy, path, VARSIZE(path));
	if (cache->path != NULL)
		pfree(cache->path);
	cache->path = copy;
	journey_matcher_init(&cache->matcher, cache->path);
	cache->matcher.interrupt = check_interrupts;
	return &cache->matcher;
}

/* The numbers that the labels of a path have in a journey's dictionary. */
static uint32 *
label_ids(const JourneyPath *path, const Visits *v)
{
	uint32	   *ids = palloc(path->labels * sizeof(uint32));

	for (int i = 0; i < path->labels; i++)
	{
		size_t		length;
		const char *label = journey_path_label(path, i, &length);

		ids[i] = journey_find_in(v->labels, v->label_count, label, length);
	}
	return ids;
}

/* journey ~ journey_path: does the journey take the path? */
PG_FUNCTION_INFO_V1(journey_matches);
Datum
journey_matches(PG_FUNCTION_ARGS)
{
	Journey    *journey = PG_GETARG_JOURNEY(0);
	JourneyPath *path = PG_GETARG_JOURNEY_PATH(1);
	JourneyMatcher *matcher = prepared_matcher(fcinfo, path);
	JourneyLabelUse *uses;
	bool		matches;
	Visits		v;

	journey_open_visits(journey, &v);
	uses = palloc(Max(v.label_count, 1) * sizeof(JourneyLabelUse));
	journey_match_uses(path, label_ids(path, &v), uses, v.label_count);
	if (journey_match_needs_history(matcher))
		matcher->history = palloc(Max(v.n, 1) * sizeof(JourneyItems));
	matches = journey_match(matcher, uses, v.visits, v.n);
	if (journey_match_needs_history(matcher))
		pfree(matcher->history);
	pfree(v.visits);
	PG_FREE_IF_COPY(journey, 0);
	PG_RETURN_BOOL(matches);
}

/* furthest(journey, journey_path): the stage latest in path order that was visited */
PG_FUNCTION_INFO_V1(journey_furthest_stage);
Datum
journey_furthest_stage(PG_FUNCTION_ARGS)
{
	JourneyPath *path = PG_GETARG_JOURNEY_PATH(1);
	int			label;
	const char *text;
	size_t		length;
	Visits		v;

	journey_open_labels(PG_GETARG_JOURNEY(0), &v);
	if (journey_furthest(path, label_ids(path, &v), &label) < 0)
		PG_RETURN_NULL();
	text = journey_path_label(path, label, &length);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(text, (int) length));
}
