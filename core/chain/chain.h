/*
 * chain.h
 *		How far does a customer get along a path, and when?  Funnels.
 *
 * A chain fills a prefix of the mandatory items of a path, and any optional
 * ones among them and up to the next mandatory one, each with a visit of its
 * own, so that each filled item's arrow holds between it and the filled item
 * before it.  It starts at its first visit and its last one is at most `within`
 * later.  '^' binds every chain, '$' only one that fills the last mandatory
 * item.  Of a path in any order ('&') a chain fills any of the items, all within
 * `within`, and no visit that an '&' excludes lies strictly between its first and its
 * last one.  A chain's depth is the number of mandatory items it fills, and must
 * be 1 or more; a customer's depth is that of the deepest chain, or 0.
 *
 * Of the deepest chains the one wins that fills most optional items, then the
 * one that starts earliest, then the one whose second visit is earliest, and so
 * on.  Earlier is by time, then seq, as visits of a journey are ordered.  Chains
 * that are equal in all of that have the same times; of these, the one wins that
 * fills the items that stand first in the path.
 *
 * How often does a customer go all of a path?  The first match is the one of the chains
 * with all mandatory items that ends earliest, the next one is that of the chains behind
 * its end, and so on: so no two have a visit, or a moment, in common, and there can be no
 * more of that kind.
 *
 * Use, once a path:	journey_funnel_init(funnel, path)
 * then, once a journey: journey_match_uses() as for matching, and
 *		journey_funnel_depth(funnel, uses, visits, n, within), or
 *		journey_funnel_matches(), or
 *		journey_funnel_best(), with room of journey_funnel_room(path) bytes,
 *		aligned to 8, which keeps nothing from one journey to the next; then, where
 *		more than times is asked for, journey_funnel_visits().  Where an arrow has a
 *		shortest time, all of them need matcher.history, with room for n of them, and
 *		journey_funnel_best() also wait, with journey_funnel_wait_room() bytes.  With a
 *		window each start is then tried by itself: visits * visits in a window.
 *
 * This is the pure core: no PostgreSQL, no errors raised, no memory allocated.
 * Nothing must be freed, so that the interrupt hook may leave it by longjmp.
 */
#ifndef CHAIN_H
#define CHAIN_H

#include "path/match.h"

/* A path that chain_simple.c can do, and what it found in the visits so far. */
typedef struct JourneyFunnelSimple
{
	bool		on;				/* the path is simple; tests switch it off */
	bool		limited;		/* some arrow has a time limit */
	int64_t		limit[JOURNEY_PATH_MAX_ITEMS];
	int64_t		start[JOURNEY_PATH_MAX_ITEMS];	/* of the chain with so many items */
	int64_t		last[JOURNEY_PATH_MAX_ITEMS];	/* when it fills the last of them */
} JourneyFunnelSimple;

typedef struct JourneyFunnel
{
	const JourneyPath *path;
	void		(*interrupt) (void);	/* called now and then; NULL for none */
	int			nested;			/* suffixes kept of a kind; tests make it smaller */
	int			mandatory;		/* mandatory items of the path */
	JourneyItems opening;		/* items of which every chain fills one */
	uint8_t		depth[JOURNEY_PATH_MAX_ITEMS];	/* mandatory items up to this one */
	int64_t		within;
	size_t		work;			/* steps taken since the last interrupt */
	bool		tied;			/* a '>>' met visits that are simultaneous */
	bool		each_visit;		/* which visits it is matters, not only when */
	void	   *wait;			/* room that journey_funnel_best() needs for shortest times */
	/* what was found in the visits so far, see chain_general.c */
	int64_t		start[JOURNEY_PATH_MAX_ITEMS];
	int64_t		tail_start[JOURNEY_PATH_MAX_ITEMS];
	JourneyFunnelSimple simple;
	JourneyMatcher matcher;
} JourneyFunnel;

/*
 * The chain that wins: of each item that is filled the time, and the first visit of the
 * simultaneous ones that it is filled from.
 */
typedef struct JourneyFunnelChain
{
	int			depth;
	JourneyItems filled;
	int64_t		at[JOURNEY_PATH_MAX_ITEMS];
	size_t		group[JOURNEY_PATH_MAX_ITEMS];
} JourneyFunnelChain;

#pragma GCC visibility push(hidden)

/* chain.c */
extern void journey_funnel_init(JourneyFunnel *funnel, const JourneyPath *path);
extern int	journey_funnel_depth(JourneyFunnel *funnel, const JourneyLabelUse *uses,
								 const JourneyVisit *visits, size_t n, int64_t within);
extern size_t journey_funnel_matches(JourneyFunnel *funnel, const JourneyLabelUse *uses,
									 const JourneyVisit *visits, size_t n, int64_t within);
extern size_t journey_funnel_room(const JourneyPath *path);
extern void journey_funnel_best(JourneyFunnel *funnel, const JourneyLabelUse *uses,
								const JourneyVisit *visits, size_t n, int64_t within,
								void *room, JourneyFunnelChain *chain);

/* chain_best_wait.c */
extern size_t journey_funnel_wait_room(const JourneyPath *path, size_t n);

/* chain_visits.c */
extern void journey_funnel_visits(JourneyFunnel *funnel, const JourneyLabelUse *uses,
								  const JourneyVisit *visits, size_t n,
								  const JourneyFunnelChain *chain, size_t *visit);

#pragma GCC visibility pop

#endif							/* CHAIN_H */
