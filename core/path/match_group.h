/*
 * match_group.h
 *		Sets of a path's items, and how far the visits of one group of simultaneous
 *		visits lead: see match_group.c.  What matches whole journeys is match.h.
 */
#ifndef MATCH_GROUP_H
#define MATCH_GROUP_H

#include "path/path.h"
#include "journey/visit.h"

/* A set of items, one bit for each. */
typedef uint64_t JourneyItems;

#define JOURNEY_ITEM_BIT(i) (UINT64_C(1) << (i))

/* Of a set that is not empty, as the next. */
static inline int
journey_first_item(JourneyItems items)
{
	return __builtin_ctzll(items);
}

static inline int
journey_last_item(JourneyItems items)
{
	return 63 - __builtin_clzll(items);
}

/* What a label of a journey's dictionary is in a path. */
typedef struct JourneyLabelUse
{
	JourneyItems items;			/* the items that may be filled with it */
	JourneyItems excluded;		/* the items whose arrow or '&' excludes it */
	uint32_t	label;			/* its number in the path, if either has a bit */
} JourneyLabelUse;

/* What an arrow is, by the item it leads to, in sets for quick tests. */
typedef struct JourneyPlan
{
	int			items;
	JourneyItems optional;
	JourneyItems next;			/* the arrow is '>>' */
	JourneyItems limited;		/* the arrow has a time limit or excludes labels */
	JourneyItems excluding;		/* the arrow excludes labels */
	JourneyItems waiting;		/* the arrow has a shortest time, so no group holds both ends */
	JourneyItems starts;		/* may be the first filled item: all before are optional */
	JourneyItems ends;			/* may be the last filled item: all behind are optional */
	JourneyItems leads;			/* a '>>' may lead on from this item */
	JourneyItems sources[JOURNEY_PATH_MAX_ITEMS];	/* what may be filled directly before */
	JourneyItems targets[JOURNEY_PATH_MAX_ITEMS];	/* what may be filled directly behind */
} JourneyPlan;

/* Visits to one label within a group of simultaneous ones. */
typedef struct JourneyRun
{
	JourneyItems items;			/* what may be filled with its visits */
	JourneyItems settled;		/* items that have a visit of it, whichever */
	uint32_t	count;			/* visits */
	uint32_t	used;			/* visits taken by blocks */
	uint32_t	seen;			/* the search that last came here */
	bool		crossed;		/* a block reaches in from the run before */
} JourneyRun;

/* Every label of the path, and a gap before, between and behind them. */
#define JOURNEY_MAX_RUNS (2 * JOURNEY_PATH_MAX_USES + 1)

typedef struct JourneyGroup
{
	const JourneyPlan *plan;
	void		(*interrupt) (void);
	JourneyItems relevant;		/* items that some visit of the group can fill */
	JourneyItems filled;		/* items that can be the last one filled so far */
	JourneyItems tail;			/* the same, at the very last visit of the group */
	int			runs;
	uint32_t	search;
	uint32_t	steps;
	uint16_t	place[JOURNEY_PATH_MAX_ITEMS];	/* the run of a settled item */
	JourneyRun	run[JOURNEY_MAX_RUNS];
} JourneyGroup;

#pragma GCC visibility push(hidden)

extern void journey_group_load(JourneyGroup *group, const JourneyLabelUse *uses,
							   const JourneyVisit *visits, size_t n);
extern void journey_group_enter(JourneyGroup *group, JourneyItems anywhere,
								JourneyItems at_first);
extern bool journey_group_settle_all(JourneyGroup *group, JourneyItems items);

#pragma GCC visibility pop

#endif							/* MATCH_GROUP_H */
