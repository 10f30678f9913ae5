/*
 * contrast_customer.c
 *		What became of one customer; see contrast_customer.h.
 *
 * Whether he completed the path is the depth of a funnel (chain.h) whose chains can only
 * begin with the visit that starts.  So that visit has a label number of its own, which
 * fills the first item alone, and no other visit fills it.
 */
#include "contrast/contrast_customer.h"

#include <string.h>

#include "journey/journey_reader.h"

#define SEEN		1			/* see contrast_saw() */
#define MAY_START	2

#define FIRST_ITEM	JOURNEY_ITEM_BIT(0)

/* Visits from the start's group on, and where they end. */
typedef struct Exposure
{
	int64_t		start;
	size_t		n;				/* up to the end of the window */
	size_t		together;		/* simultaneous with the start */
	size_t		by_landmark;
} Exposure;

/* Unsigned, because times may lie more than 2^63 microseconds apart. */
static inline bool
within_time(int64_t from, int64_t to, int64_t limit)
{
	return journey_time_between(from, to) <= (uint64_t) limit;
}

/* Read the visits that matter; false if the journey is damaged. */
static bool
read_visits(JourneyReader *r, const ContrastRoom *room, const ContrastQuestion *q,
			Exposure *e, bool *started)
{
	JourneyVisit *visits = room->visits;
	size_t		n = 0;

	*started = false;
	memset(e, 0, sizeof(*e));
	while (r->left > 0)
	{
		JourneyVisit visit;

		if (!journey_read_visit(r, &visit))
			return false;
		if (*started && !within_time(e->start, visit.at, q->within))
			break;
		/* before there is a start, only the visits that may be simultaneous with it */
		if (!*started && n > 0 && !journey_simultaneous(&visits[0], &visit))
			n = 0;
		visits[n++] = visit;
		if (!*started && (room->uses[visit.label].items & FIRST_ITEM) != 0)
		{
			*started = true;
			e->start = visit.at;
		}
	}
	e->n = n;
	return true;
}

/* Where the visits that are simultaneous with the start end, and those by the landmark. */
static void
find_ends(Exposure *e, const JourneyVisit *visits, int64_t landmark)
{
	while (e->together < e->n && journey_simultaneous(&visits[0], &visits[e->together]))
		e->together++;
	e->by_landmark = e->together;
	while (e->by_landmark < e->n && within_time(e->start, visits[e->by_landmark].at, landmark))
		e->by_landmark++;
}

/* Mark the stages that were seen, and take the first item away from all visits. */
static void
mark_labels(const ContrastRoom *room, const Exposure *e, uint32_t labels)
{
	memset(room->marks, 0, labels);
	for (size_t i = 0; i < e->by_landmark; i++)
	{
		const JourneyLabelUse *use = &room->uses[room->visits[i].label];

		if (use->items == 0 && use->excluded == 0)
			room->marks[room->visits[i].label] = SEEN;
	}
	for (uint32_t i = 0; i < labels; i++)
		if ((room->uses[i].items & FIRST_ITEM) != 0)
		{
			room->marks[i] = MAY_START;
			room->uses[i].items &= ~FIRST_ITEM;
		}
}

/* Is the path completed by one of the first n visits, when this one starts? */
static bool
completes_from(JourneyFunnel *funnel, const ContrastRoom *room, size_t start, size_t n,
			   uint32_t labels, int64_t within)
{
	JourneyVisit *visit = &room->visits[start];
	uint32_t	label = visit->label;
	bool		completed;

	room->uses[labels] = room->uses[label];
	room->uses[labels].items = FIRST_ITEM;
	visit->label = labels;
	completed = journey_funnel_depth(funnel, room->uses, room->visits, n, within) ==
		funnel->mandatory;
	visit->label = label;
	return completed;
}

/*
 * The same, whichever visit starts of those that may.  Equal visits are the same to a
 * path, but for '>>', to which the last of them is followed by another one.
 */
static bool
completes(JourneyFunnel *funnel, const ContrastRoom *room, const Exposure *e, size_t n,
		  uint32_t labels, int64_t within)
{
	const JourneyVisit *visits = room->visits;

	for (size_t i = 0; i < e->together; i++)
	{
		if (room->marks[visits[i].label] != MAY_START ||
			(funnel->matcher.plan.next == 0 && i > 0 && visits[i - 1].label == visits[i].label))
			continue;
		if (completes_from(funnel, room, i, n, labels, within))
			return true;
	}
	return false;
}

/*
 * One customer, whose reader has begun.  The funnel and the labels are prepared for the
 * path of the question, which contrast_check_path() finds right.
 */
ContrastFate
contrast_customer(JourneyFunnel *funnel, const JourneyPathLabels *labels,
				  const JourneyReader *reader, const ContrastQuestion *q, int64_t until,
				  ContrastRoom *room)
{
	JourneyReader r = *reader;
	JourneyItems items;
	Exposure	e;
	bool		started;

	if (!journey_path_labels_read(labels, &r, room->uses, &items) || !journey_read_first(&r))
		return CONTRAST_DAMAGED;
	if ((items & FIRST_ITEM) == 0)
		return CONTRAST_NO_START;
	if (!read_visits(&r, room, q, &e, &started))
		return CONTRAST_DAMAGED;
	if (!started || e.start > until)
		return CONTRAST_NO_START;
	if ((uint64_t) until - (uint64_t) e.start < (uint64_t) q->within)
		return CONTRAST_TOO_RECENT;
	find_ends(&e, room->visits, q->landmark);
	mark_labels(room, &e, r.labels);
	if (completes(funnel, room, &e, e.by_landmark, r.labels, q->landmark))
		return CONTRAST_EARLY;
	return completes(funnel, room, &e, e.n, r.labels, q->within) ? CONTRAST_REACHED :
		CONTRAST_MISSED;
}
