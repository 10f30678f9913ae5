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
	JourneyReader *r = &v->reader;

	v->stage[0] = v->stage[1] = JOURNEY_NO_LABEL;
	if (!journey_read_begin(r, content.bytes, content.size))
		journey_reject_stored();
	for (uint32 i = 0; i < r->labels; i++)
	{
		JourneyLabel label;

		if (!journey_read_label(r, &label))
			journey_reject_stored();
		if (label.length == first->length && memcmp(label.text, first->text, label.length) == 0)
			v->stage[0] = i;
		if (label.length == second->length && memcmp(label.text, second->text, label.length) == 0)
			v->stage[1] = i;
	}
	if (!journey_read_first(r))
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
