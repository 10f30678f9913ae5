/*
 * chain_best.h
 *		The search for the chain that wins in a funnel, as its files share it: see
 *		chain_best.c, chain_suffix.c and chain_stretch.c.
 */
#ifndef CHAIN_BEST_H
#define CHAIN_BEST_H

#include "chain/chain_internal.h"

/* The suffix of a chain: where it begins and when it ends. */
typedef struct FunnelSuffix
{
	size_t		group;			/* the first visit of the group, or NONE */
	int64_t		at;
	int64_t		end;
} FunnelSuffix;

/* The suffixes with one first item and one number of optional items. */
typedef struct FunnelKind
{
	int			n;
	FunnelSuffix nested[JOURNEY_FUNNEL_NESTED];	/* the top begins earliest and ends latest */
	FunnelSuffix head;			/* begins at the very first visit of its group */
} FunnelKind;

/* Items that a chain fills from one group of simultaneous visits. */
typedef struct FunnelStretch
{
	JourneyItems items;
	int			first;
	int			last;
	int			optional;		/* how many of them are optional */
	bool		head;			/* the first one is filled by the group's first visit */
	bool		tail;			/* the last one by its last */
} FunnelStretch;

/*
 * The suffixes of a kind whose first item is behind a shortest time: all of them, from the
 * one that begins last on, since it takes a while until one can be joined; see
 * chain_best_wait.c.
 */
typedef struct FunnelWait
{
	size_t		n;
	size_t		ripe;			/* so many of them begin long enough behind this group */
} FunnelWait;

typedef struct FunnelSearch
{
	JourneyFunnel *f;
	const JourneyPlan *plan;
	const JourneyLabelUse *uses;
	const JourneyVisit *visits;
	size_t		n;
	int			depth;
	JourneyItems allowed;		/* a chain of that depth may fill them */
	int			kinds;			/* of each item: the number of optional items + 1 */
	FunnelKind *kind;
	uint64_t	nested[JOURNEY_PATH_MAX_ITEMS]; /* of each item: the kinds with a suffix, */
	uint64_t	heads[JOURNEY_PATH_MAX_ITEMS];	/* and those with a head */
	uint64_t	waits[JOURNEY_PATH_MAX_ITEMS];	/* those that anything waits in */
	bool		linked;			/* the window is fixed, and chains are kept */
	char	   *links;			/* two for each kind, then the best, then scratch */
	size_t		stride;
	size_t		from;			/* the group that chains start in, or ANY_START */
	size_t		group;			/* the group that is looked at, its end, */
	size_t		group_end;
	size_t		group_behind;	/* and the group behind it */
	bool		overflow;
	int			best_optional;	/* what was found; -1: nothing */
	size_t		best_group;
	size_t		excluded_group[JOURNEY_PATH_MAX_ITEMS];
	JourneyPlan stretch_plan;
	JourneyWindow window;
} FunnelSearch;

/* How many kinds of suffixes an item has: by the number of optional items. */
static inline int
funnel_kinds(const JourneyPath *path)
{
	int			kinds = 1;

	for (int i = 0; i < path->items; i++)
		kinds += journey_path_optional(path, i);
	return kinds;
}

/* The bytes of a chain: its items, and the group of each item of the path. */
static inline size_t
funnel_links_size(const JourneyPath *path)
{
	return sizeof(JourneyItems) + path->items * sizeof(size_t);
}

static inline FunnelKind *
funnel_kind(const FunnelSearch *s, int item, int optional)
{
	return &s->kind[item * s->kinds + optional];
}

/* Does the arrow to an item that is filled as a suffix begins hold from this group? */
static inline bool
funnel_arrow_holds(const FunnelSearch *s, int item, const FunnelSuffix *suffix)
{
	int64_t		at = s->visits[s->group].at;

	return journey_funnel_within(at, suffix->at, s->f->path->item[item].limit) &&
		((s->plan->waiting & JOURNEY_ITEM_BIT(item)) == 0 ||
		 journey_time_between(at, suffix->at) >=
		 (uint64_t) journey_path_minimum(s->f->path, item)) &&
		((s->plan->excluding & JOURNEY_ITEM_BIT(item)) == 0 ||
		 s->excluded_group[item] == (size_t) -1 || s->excluded_group[item] >= suffix->group);
}

#pragma GCC visibility push(hidden)

/* chain_best_wait.c */
extern void journey_funnel_wait_begin(FunnelSearch *search);
extern void journey_funnel_wait_add(FunnelSearch *search, int item, int optional,
									const void *links);
extern const void *journey_funnel_wait_find(FunnelSearch *search, int item, int optional);

/* chain_best.c */
extern void journey_funnel_follow(FunnelSearch *search, const FunnelStretch *stretch);

/* chain_suffix.c */
extern bool journey_funnel_no_better(const FunnelSearch *search, int item, int optional,
									 int64_t end);
extern void journey_funnel_push(FunnelSearch *search, int item, int optional,
								const FunnelSuffix *suffix);

/* chain_stretch.c */
extern void journey_funnel_load(FunnelSearch *search);
extern void journey_funnel_fill_from(FunnelSearch *search, JourneyItems items, int first);

#pragma GCC visibility pop

#endif							/* CHAIN_BEST_H */
