/*
 * cohorts_visits.h
 *		The visits of a journey to one or two stages, read where it stands: most visits
 *		are to others, so nothing is unpacked.
 */
#ifndef COHORTS_VISITS_H
#define COHORTS_VISITS_H

#include "postgres.h"

#include "cohorts/cohorts_datum.h"
#include "journey/journey_reader.h"

/* A journey whose dictionary has been read. */
typedef struct StageVisits
{
	JourneyReader reader;
	uint32		stage[2];		/* numbers in the dictionary, or JOURNEY_NO_LABEL */
} StageVisits;

/* Begin with a journey; the second label may be of 0 bytes. */
static inline void
stage_visits_begin(StageVisits *v, struct varlena *datum, const JourneyLabel *first,
				   const JourneyLabel *second)
{
	JourneyContent content = journey_content(datum);
	const JourneyLabel wanted[2] = {*first, *second};

	if (!journey_read_begin(&v->reader, content.bytes, content.size) ||
		!journey_read_numbers(&v->reader, wanted, 2, v->stage) ||
		!journey_read_first(&v->reader))
		journey_reject_stored();
}

/* The next visit to one of the two stages; false at the end. */
static inline bool
stage_visits_next(StageVisits *v, JourneyVisit *visit)
{
	while (v->reader.left > 0)
	{
		if (!journey_read_visit(&v->reader, visit))
			journey_reject_stored();
		if (visit->label == v->stage[0] || visit->label == v->stage[1])
			return true;
	}
	return false;
}

#endif							/* COHORTS_VISITS_H */
