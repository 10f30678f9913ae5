/*
 * chain_pass.h
 *		One pass over the visits in the search for the depth: see chain_general.c.
 */
#ifndef CHAIN_PASS_H
#define CHAIN_PASS_H

#include "chain/chain_internal.h"

/* What may be the first item filled from a group, and how late its chain starts. */
typedef struct Entries
{
	JourneyItems anywhere;		/* with any visit of the group */
	JourneyItems at_first;		/* with its first visit only */
	int64_t		start[JOURNEY_PATH_MAX_ITEMS];
} Entries;

/* One pass over the visits: which, and where chains may start. */
typedef struct Pass
{
	const JourneyLabelUse *uses;
	const JourneyVisit *visits;
	size_t		n;
	size_t		from;			/* the group that chains start in, or ANY_START */
	int			enough;			/* the depth at which to stop */
	size_t		deepest;		/* where the group ends in which the depth was first reached */
} Pass;

/*
 * Where an arrow has a shortest time, one start an item is not enough: then chains from
 * each start are tried by themselves from the beginning.
 */
static inline bool
must_try_each_start(const JourneyFunnel *f)
{
	return f->matcher.plan.waiting != 0 && f->within != JOURNEY_NO_LIMIT;
}

#endif							/* CHAIN_PASS_H */
