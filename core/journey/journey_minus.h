/*
 * journey_minus.h
 *		The visits of one journey without those of another one.
 */
#ifndef JOURNEY_MINUS_H
#define JOURNEY_MINUS_H

#include "journey/journey.h"

/* The visits of a journey, in their order, with its labels. */
typedef struct JourneyVisits
{
	const JourneyVisit *visits;
	uint32_t	count;
	const JourneyLabel *labels;
	const int64_t *values;		/* or NULL where none has one */
} JourneyVisits;

#pragma GCC visibility push(hidden)

extern uint32_t journey_minus(const JourneyVisits *from, const JourneyVisits *gone, bool *keep);

#pragma GCC visibility pop

#endif							/* JOURNEY_MINUS_H */
