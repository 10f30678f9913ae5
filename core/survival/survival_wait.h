/*
 * survival_wait.h
 *		The waits of one customer, from a packed journey.
 *
 * Of stages: from the first visit to one to the next visit to the other, in the order
 * of visits; a simultaneous visit to another stage counts, with 0, whatever the
 * alphabet says of their order.  Of gaps: from each visit to a stage to the next one.
 * A wait whose end has not come is censored at `until`; visits after it do not count,
 * and no wait begins after it.
 *
 *		survival_waits_begin(), then survival_waits_next() until it is false, and
 *		then waits->damaged says whether that was the end.
 */
#ifndef SURVIVAL_WAIT_H
#define SURVIVAL_WAIT_H

#include "journey/journey_reader.h"
#include "survival/survival.h"

typedef struct SurvivalWait
{
	uint64_t	time;			/* microseconds */
	bool		reached;
} SurvivalWait;

typedef struct SurvivalWaits
{
	JourneyReader reader;
	bool		damaged;
	bool		again;			/* each end begins the next wait */
	bool		waiting;
	bool		done;
	bool		has_ended;		/* there was a visit to `to` */
	uint32_t	from;			/* numbers in the journey's dictionary */
	uint32_t	to;
	int64_t		until;
	int64_t		since;			/* when the wait began */
	JourneyVisit end;			/* the last visit to `to` */
} SurvivalWaits;

#pragma GCC visibility push(hidden)

extern void survival_waits_begin(SurvivalWaits *w, const uint8_t *content, size_t bytes,
								 const SurvivalSubject *subject, int64_t until);
extern bool survival_waits_next(SurvivalWaits *w, SurvivalWait *wait);

#pragma GCC visibility pop

#endif							/* SURVIVAL_WAIT_H */
