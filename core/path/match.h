/*
 * match.h
 *		Does a journey take a path?  What every use of a path over visits needs.
 *
 * Use, once a path:	journey_matcher_init(matcher, path)
 * then, once a journey:
 *		1. look each label of the path up in the journey's dictionary, into
 *		   ids[path->labels], JOURNEY_NO_ID where the journey does not have it;
 *		2. journey_match_uses(path, ids, uses, labels), with room for one
 *		   JourneyLabelUse for each label of the journey's dictionary;
 *		3. journey_match(matcher, uses, visits, n), with matcher->history set to room
 *		   for n of them if journey_match_needs_history().
 *
 * This is the pure core: no PostgreSQL, no errors raised, no memory allocated.
 * A matcher keeps nothing from one journey to the next and holds nothing that
 * must be freed, so that its interrupt hook may leave it by longjmp.
 */
#ifndef MATCH_H
#define MATCH_H

#include "path/match_group.h"
#include "path/path.h"
#include "journey/visit.h"

#define JOURNEY_NO_ID UINT32_MAX

/* How many visits to look at between two calls of the interrupt hook. */
#define JOURNEY_MATCH_INTERRUPT_VISITS 0x10000

typedef struct JourneyMatcher
{
	const JourneyPath *path;
	void		(*interrupt) (void);	/* called now and then; NULL for none */
	JourneyPlan plan;
	/* what was found in the visits so far, see match.c */
	JourneyItems reached;
	JourneyItems tail;
	int64_t		tail_at;
	int64_t		reached_at[JOURNEY_PATH_MAX_ITEMS];
	size_t		reached_group[JOURNEY_PATH_MAX_ITEMS];
	size_t		excluded_group[JOURNEY_PATH_MAX_ITEMS];
	/* for shortest times: what was filled in each group, by its first visit, and */
	JourneyItems *history;
	size_t		seen[JOURNEY_PATH_MAX_ITEMS];	/* of each arrow that has one, how far it looked */
	size_t		source[JOURNEY_PATH_MAX_ITEMS];	/* the latest group there it may come from */
	JourneyGroup group;
} JourneyMatcher;

static inline bool
journey_match_needs_history(const JourneyMatcher *matcher)
{
	return matcher->plan.waiting != 0;
}

#pragma GCC visibility push(hidden)

/* match_wait.c */
extern void journey_match_wait_begin(JourneyMatcher *matcher, size_t start);
extern bool journey_match_waited(JourneyMatcher *matcher, int item, const JourneyVisit *visits,
								 size_t start);

/* match_set.c */
extern bool journey_match_set(JourneyMatcher *matcher, const JourneyLabelUse *uses,
							  const JourneyVisit *visits, size_t n);

/* match.c */
extern void journey_matcher_init(JourneyMatcher *matcher, const JourneyPath *path);
extern void journey_match_uses(const JourneyPath *path, const uint32_t *ids,
							   JourneyLabelUse *uses, uint32_t labels);
extern bool journey_match(JourneyMatcher *matcher, const JourneyLabelUse *uses,
						  const JourneyVisit *visits, size_t n);
extern int	journey_furthest(const JourneyPath *path, const uint32_t *ids, int *label);

#pragma GCC visibility pop

#endif							/* MATCH_H */
