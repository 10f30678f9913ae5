/*
 * chain.c
 *		The search for a customer's chain: which one a path needs.  See chain.h.
 */
#include "chain/chain_internal.h"

#include <string.h>

/* Prepare for a path, which must stay where it is; NULL is the interrupt hook. */
void
journey_funnel_init(JourneyFunnel *funnel, const JourneyPath *path)
{
	memset(funnel, 0, offsetof(JourneyFunnel, matcher));
	funnel->path = path;
	funnel->nested = JOURNEY_FUNNEL_NESTED;
	journey_funnel_simple_init(&funnel->simple, path);
	journey_matcher_init(&funnel->matcher, path);
	for (int i = 0; i < path->items; i++)
	{
		if (!journey_path_optional(path, i))
		{
			if (funnel->mandatory++ == 0 || journey_path_any_order(path))
				funnel->opening |= JOURNEY_ITEM_BIT(i);
		}
		funnel->depth[i] = (uint8_t) funnel->mandatory;
	}
}

/*
 * The depth of a journey.  The visits are sorted, and uses tells for each label
 * in them what it is in the path.  Within is in microseconds, 0 or more, or
 * JOURNEY_NO_LIMIT.
 */
int
journey_funnel_depth(JourneyFunnel *funnel, const JourneyLabelUse *uses,
					 const JourneyVisit *visits, size_t n, int64_t within)
{
	int			depth;

	if (funnel->simple.on &&
		journey_funnel_simple_depth(funnel, uses, visits, n, within, &depth))
		return depth;
	return journey_funnel_general_depth(funnel, uses, visits, n, within);
}

/* Where the group ends in which a chain with all mandatory items first does, or 0. */
static size_t
first_end(JourneyFunnel *f, const JourneyLabelUse *uses, const JourneyVisit *visits, size_t n,
		  int64_t within)
{
	size_t		end;

	if (f->simple.on && journey_funnel_simple_end(f, uses, visits, n, within, &end))
		return end;
	return journey_funnel_general_end(f, uses, visits, n, within);
}

/*
 * How many matches of the whole path there are, each behind the end of the one before.
 * The arguments are those of journey_funnel_depth().  It goes over the visits once; where
 * a '>>' leads from one of several simultaneous visits, and there is a window, once for
 * each visit that a match may start with.
 */
size_t
journey_funnel_matches(JourneyFunnel *funnel, const JourneyLabelUse *uses,
					   const JourneyVisit *visits, size_t n, int64_t within)
{
	bool		once = (funnel->path->flags & JOURNEY_PATH_FROM_FIRST) != 0;
	size_t		matches = 0;
	size_t		end;

	for (size_t from = 0; from < n && !(once && matches > 0); from += end)
	{
		end = first_end(funnel, uses, visits + from, n - from, within);
		if (end == 0)
			break;
		matches++;
	}
	return matches;
}

/* The bytes of room that journey_funnel_best() needs. */
size_t
journey_funnel_room(const JourneyPath *path)
{
	if (journey_path_any_order(path))
		return journey_funnel_set_room(path);
	return journey_funnel_general_room(path);
}

/*
 * The chain that wins.  The arguments are those of journey_funnel_depth();
 * room has journey_funnel_room() bytes.
 */
void
journey_funnel_best(JourneyFunnel *funnel, const JourneyLabelUse *uses,
					const JourneyVisit *visits, size_t n, int64_t within, void *room,
					JourneyFunnelChain *chain)
{
	if (funnel->simple.on &&
		journey_funnel_simple_best(funnel, uses, visits, n, within, room, chain))
		return;
	chain->depth = journey_funnel_general_depth(funnel, uses, visits, n, within);
	chain->filled = 0;
	if (chain->depth == 0)
		return;
	if (journey_path_any_order(funnel->path))
		journey_funnel_set_best(funnel, uses, visits, n, room, chain);
	else
		journey_funnel_general_best(funnel, uses, visits, n, within, room, chain);
}
