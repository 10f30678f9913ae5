/*
 * contrast_customer.h
 *		What became of one customer, and which stages he saw, at equal exposure.
 *
 * Who converts early has had less time for anything.  So stages are looked at up to a
 * landmark, whose time is the same for all, and conversions behind it; who completed the
 * path by then is left out, as at the landmark nothing can be asked of him any more
 * (J. R. Anderson, K. C. Cain, R. D. Gelber, J. Clinical Oncology 1, 1983).
 *
 *		first visit				landmark							within
 *		to the first item		   |								   |
 *		   |<------ stages ------->|<----- the path completed? ------->|
 *
 * The start is the first visit to any label of the first item, in the order of time and
 * seq; it does not depend on what came of it, as the start of the chain that wins does.
 * Of simultaneous ones that is the one from which the path is completed, if any is.  A
 * customer who started at `until` or before counts, but only if all of his window is
 * known by then; of others it would be known only that they converted.
 *
 * A stage is seen when it is visited from the start to the landmark, both included, and
 * at the time and seq of the start.  Stages that the path names are left out.
 */
#ifndef CONTRAST_CUSTOMER_H
#define CONTRAST_CUSTOMER_H

#include "chain/chain.h"
#include "contrast/contrast.h"
#include "journey/journey.h"
#include "path/path_labels.h"

typedef enum ContrastFate
{
	CONTRAST_NO_START,			/* by `until` */
	CONTRAST_TOO_RECENT,
	CONTRAST_EARLY,
	CONTRAST_REACHED,
	CONTRAST_MISSED,
	CONTRAST_DAMAGED			/* bytes that are no journey */
} ContrastFate;

/* Room for one customer, whose reader has begun; it keeps nothing from one to the next. */
typedef struct ContrastRoom
{
	JourneyLabelUse *uses;		/* one more than the journey has labels */
	JourneyVisit *visits;		/* as many as the journey has */
	uint8_t    *marks;			/* as many as it has labels */
} ContrastRoom;

/* Was a label of the journey's dictionary seen?  If he reached or missed. */
static inline bool
contrast_saw(const ContrastRoom *room, uint32_t label)
{
	return room->marks[label] == 1;
}

#pragma GCC visibility push(hidden)

extern ContrastFate contrast_customer(JourneyFunnel *funnel, const JourneyPathLabels *labels,
									  const JourneyReader *reader, const ContrastQuestion *q,
									  int64_t until, ContrastRoom *room);

#pragma GCC visibility pop

#endif							/* CONTRAST_CUSTOMER_H */
