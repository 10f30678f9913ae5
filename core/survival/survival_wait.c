/*
 * survival_wait.c
 *		The waits of one customer; see survival_wait.h.
 */
#include "survival/survival_wait.h"

#include <string.h>

/* Begin with the content of a journey, see journey_read_begin(). */
void
survival_waits_begin(SurvivalWaits *w, const uint8_t *content, size_t bytes,
					 const SurvivalSubject *subject, int64_t until)
{
	bool		again = subject->kind == SURVIVAL_GAPS;
	const JourneyLabel wanted[2] = {subject->from, again ? subject->from : subject->to};
	uint32_t	numbers[2];

	memset(w, 0, sizeof(*w));
	w->again = again;
	w->until = until;
	w->damaged = !journey_read_begin(&w->reader, content, bytes) ||
		!journey_read_numbers(&w->reader, wanted, 2, numbers) ||
		!journey_read_first(&w->reader);
	w->done = w->damaged || numbers[0] == JOURNEY_NO_LABEL;
	if (w->done)
		return;
	w->from = numbers[0];
	w->to = numbers[1];
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
	wait->time = journey_time_between(w->since, visit->at);
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
	while (w->reader.left > 0 && !(w->waiting && w->to == JOURNEY_NO_LABEL))
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
