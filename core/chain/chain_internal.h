/*
 * chain_internal.h
 *		What the files of this room share and nobody else needs: counting steps,
 *		times and groups of visits, and the searches that chain.c chooses from.
 *
 *		chain_simple.c		paths of a kind that most are, in one pass
 *		chain_general.c		how deep, on any path in order
 *		chain_best.c		which of the deepest chains, on any path in order
 *		chain_any_order.c	both, of a path in any order
 *		chain_share.c		which item of it is filled from which group
 *		chain_visits.c		and by which visit, of all paths
 */
#ifndef CHAIN_INTERNAL_H
#define CHAIN_INTERNAL_H

#include "chain/chain.h"

/* How many suffixes of chains are kept of a kind; see chain_suffix.c. */
#define JOURNEY_FUNNEL_NESTED 8

/* Visits among which order does not matter, by label, and the items matched to them. */
typedef struct JourneyWindow
{
	const JourneyPath *path;
	JourneyItems settled;		/* items that have a visit */
	uint64_t	seen[JOURNEY_PATH_MAX_USES / 64];	/* labels an augmentation came to */
	JourneyItems items[JOURNEY_PATH_MAX_USES];	/* that have a visit of a label */
	size_t		count[JOURNEY_PATH_MAX_USES];
	size_t		work;			/* steps taken, for journey_funnel_count() */
} JourneyWindow;

/* How many steps to take between two calls of the interrupt hook. */
#define JOURNEY_FUNNEL_INTERRUPT_STEPS 0x10000

/*
 * Every loop tells how many steps it took, so that it can be stopped: a step is a
 * visit looked at, or a suffix, a label or a cell that was tried for one.
 */
static inline void
journey_funnel_count(JourneyFunnel *funnel, size_t steps)
{
	funnel->work += steps;
	if (funnel->interrupt != NULL && funnel->work >= JOURNEY_FUNNEL_INTERRUPT_STEPS)
	{
		funnel->work = 0;
		funnel->interrupt();
	}
}

static inline JourneyItems
journey_funnel_mandatory_items(const JourneyFunnel *f)
{
	return ~f->matcher.plan.optional & (~UINT64_C(0) >> (64 - f->path->items));
}

static inline bool
journey_funnel_within(int64_t from, int64_t to, int64_t limit)
{
	return limit == JOURNEY_NO_LIMIT || journey_time_between(from, to) <= (uint64_t) limit;
}

#pragma GCC visibility push(hidden)

/* chain_general.c */
extern int	journey_funnel_general_depth(JourneyFunnel *funnel, const JourneyLabelUse *uses,
										 const JourneyVisit *visits, size_t n, int64_t within);

extern size_t journey_funnel_general_end(JourneyFunnel *funnel, const JourneyLabelUse *uses,
										 const JourneyVisit *visits, size_t n, int64_t within);

/* chain_simple.c */
extern void journey_funnel_simple_init(JourneyFunnelSimple *simple, const JourneyPath *path);
extern bool journey_funnel_simple_depth(JourneyFunnel *funnel, const JourneyLabelUse *uses,
										const JourneyVisit *visits, size_t n, int64_t within,
										int *depth);
extern bool journey_funnel_simple_end(JourneyFunnel *funnel, const JourneyLabelUse *uses,
									  const JourneyVisit *visits, size_t n, int64_t within,
									  size_t *end);
extern bool journey_funnel_simple_best(JourneyFunnel *funnel, const JourneyLabelUse *uses,
									   const JourneyVisit *visits, size_t n, int64_t within,
									   void *room, JourneyFunnelChain *chain);

/* chain_any_order.c */
extern void journey_window_init(JourneyWindow *window, const JourneyPath *path);
extern void journey_window_settle(JourneyWindow *window, JourneyItems items);
extern int	journey_funnel_set_depth(JourneyFunnel *funnel, const JourneyLabelUse *uses,
									 const JourneyVisit *visits, size_t n, size_t *end);
extern void journey_funnel_set_best(JourneyFunnel *funnel, const JourneyLabelUse *uses,
									const JourneyVisit *visits, size_t n, void *room,
									JourneyFunnelChain *chain);
extern size_t journey_funnel_set_room(const JourneyPath *path);

/* chain_best.c */
extern size_t journey_funnel_general_room(const JourneyPath *path);
extern void journey_funnel_general_best(JourneyFunnel *funnel, const JourneyLabelUse *uses,
										const JourneyVisit *visits, size_t n, int64_t within,
										void *room, JourneyFunnelChain *chain);

#pragma GCC visibility pop

#endif							/* CHAIN_INTERNAL_H */
