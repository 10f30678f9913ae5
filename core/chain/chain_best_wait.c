/*
 * chain_best_wait.c
 *		Suffixes behind an arrow with a shortest time, in the search for the chain that wins;
 *		see chain_best.c.
 *
 * Behind other arrows the suffix that begins earliest is the one to join.  Behind such an
 * arrow it is the earliest of those that begin long enough after the group that is looked
 * at.  As the visits are gone over from the last to the first, suffixes become that one
 * after the other, each is earlier than those before it, and whichever did last is the one.
 * So all of a kind are kept, with their chains, in the order in which they were found.
 *
 * The room is the caller's (journey_funnel_wait_room), since it depends on the number of
 * visits.  Where starts matter, each is tried by itself, in a window that is fixed.
 */
#include "chain/chain_best.h"

#include <string.h>

/* One suffix; its chain, as chain_best.c has it, is behind it. */
typedef struct Waiting
{
	size_t		group;
} Waiting;

/* How many kinds of suffixes there are behind such arrows. */
static size_t
waiting_kinds(const JourneyPath *path)
{
	size_t		items = 0;

	for (int i = 0; i < path->items; i++)
		items += journey_path_minimum(path, i) > 0;
	return items * (size_t) funnel_kinds(path);
}

/* The bytes that funnel->wait needs for so many visits, aligned to 8; 0 without such arrows. */
size_t
journey_funnel_wait_room(const JourneyPath *path, size_t n)
{
	return waiting_kinds(path) *
		(sizeof(FunnelWait) + n * (sizeof(Waiting) + funnel_links_size(path)));
}

/* The same of a search. */
static size_t
searched_kinds(const FunnelSearch *s)
{
	return (size_t) __builtin_popcountll(s->plan->waiting) * (size_t) s->kinds;
}

/* The number of a kind among those that wait. */
static size_t
kind_number(const FunnelSearch *s, int item, int optional)
{
	JourneyItems before = s->plan->waiting & (JOURNEY_ITEM_BIT(item) - 1);

	return (size_t) __builtin_popcountll(before) * (size_t) s->kinds + (size_t) optional;
}

static FunnelWait *
wait_of(const FunnelSearch *s, int item, int optional)
{
	return (FunnelWait *) s->f->wait + kind_number(s, item, optional);
}

static Waiting *
waiting_at(const FunnelSearch *s, int item, int optional, size_t i)
{
	size_t		stride = sizeof(Waiting) + s->stride;
	char	   *all = (char *) ((FunnelWait *) s->f->wait + searched_kinds(s));

	return (Waiting *) (all + (kind_number(s, item, optional) * s->n + i) * stride);
}

/* Nothing waits before the last visit. */
void
journey_funnel_wait_begin(FunnelSearch *s)
{
	memset(s->f->wait, 0, searched_kinds(s) * sizeof(FunnelWait));
	memset(s->waits, 0, sizeof(s->waits));
}

/* A suffix that begins in this group, with its chain. */
void
journey_funnel_wait_add(FunnelSearch *s, int item, int optional, const void *links)
{
	Waiting    *waiting = waiting_at(s, item, optional, wait_of(s, item, optional)->n++);

	waiting->group = s->group;
	memcpy(waiting + 1, links, s->stride);
	s->waits[item] |= UINT64_C(1) << optional;
}

/* The chain of the suffix to join, or NULL where there is none to which the arrow holds. */
const void *
journey_funnel_wait_find(FunnelSearch *s, int item, int optional)
{
	FunnelWait *wait = wait_of(s, item, optional);
	uint64_t	minimum = (uint64_t) journey_path_minimum(s->f->path, item);
	int64_t		at = s->visits[s->group].at;
	FunnelSuffix suffix;
	Waiting    *found;

	while (wait->ripe < wait->n)
	{
		size_t		group = waiting_at(s, item, optional, wait->ripe)->group;

		if (journey_time_between(at, s->visits[group].at) < minimum)
			break;
		wait->ripe++;
		journey_funnel_count(s->f, 1);
	}
	if (wait->ripe == 0)
		return NULL;
	found = waiting_at(s, item, optional, wait->ripe - 1);
	suffix.group = found->group;
	suffix.at = s->visits[found->group].at;
	return funnel_arrow_holds(s, item, &suffix) ? found + 1 : NULL;
}
