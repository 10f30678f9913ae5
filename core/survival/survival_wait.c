/*
 * survival_wait.c
 *		The waits of one customer; see survival_wait.h.
 */
#include "survival/survival_wait.h"

#include <string.h>

#include "base/label_key.h"

#define NO_LABEL	UINT32_MAX

/* The numbers of the two stages; false if the dictionary is damaged. */
static bool
find_labels(SurvivalWaits *w, const SurvivalSubject *subject)
{
	const JourneyLabel *to = w->again ? &subject->from : &subject->to;

	w->from = w->to = NO_LABEL;
	for (uint32_t i = 0; i < w->reader.labels; i++)
	{
		JourneyLabel label;

		if (!journey_read_label(&w->reader, &label))
			return false;
		if (journey_same_label(&label, &subject->from))
			w->from = i;
		if (journey_same_label(&label, to))
			w->to = i;
	}
	return true;
}

/* Begin with the content of a journey, see journey_read_begin(). */
void
survival_waits_begin(SurvivalWaits *w, const uint8_t *content, size_t bytes,
					 const SurvivalSubject *subject, int64_t until)
{
	memset(w, 0, sizeof(*w));
	w->again = subject->kind == SURVIVAL_GAPS;
	w->until = until;
	w->damaged = !journey_read_begin(&w->reader, content, bytes) || !find_labels(w, subject) ||
		!journey_read_first(&w->reader);
	w->done = w->damaged || w->from == NO_LABEL;
}

/* A visit, at or before `until`; does it end a wait? */
static bool
take_visit(SurvivalWaits *w, const JourneyVisit *visit, SurvivalWait *wait)
{
	bool		ends = false;

	if (w->waiting && visit->label == w->to)
		ends = true;
	else if (!w->waiting && visit->label == w->from)
	{
		w->waiting = true;
		w->since = visit->at;
		ends = w->has_ended && w->from != w->to && journey_simultaneous(&w->end, visit);
	}
	if (visit->label == w->to)
	{
		w->has_ended = true;
		w->end = *visit;
	}
	if (!ends)
		return false;
	wait->time = (uint64_t) visit->at - (uint64_t) w->since;
	wait->reached = true;
	w->done = !w->again;
	w->since = visit->at;
	return true;
}

/* The next wait; false when there is none, or the journey is damaged. */
bool
survival_waits_next(SurvivalWaits *w, SurvivalWait *wait)
{
	JourneyVisit visit;

	if (w->done)
		return false;
	while (w->reader.left > 0 && !(w->waiting && w->to == NO_LABEL))
	{
		if (!journey_read_visit(&w->reader, &visit))
		{
			w->damaged = w->done = true;
			return false;
		}
		if (visit.at > w->until)
			break;
		if (take_visit(w, &visit, wait))
			return true;
	}
	w->done = true;
	if (!w->waiting)
		return false;
	wait->time = (uint64_t) w->until - (uint64_t) w->since;
	wait->reached = false;
	return true;
}
