/*
 * visit.h
 *		One visit of a customer to a stage, unpacked.
 *
 * The visits of a journey are sorted by time, then seq, then the bytes of the
 * label.  Visits at an equal time with an equal seq are simultaneous: what the
 * label's bytes do to their order is only there to make the order unique.
 */
#ifndef VISIT_H
#define VISIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * In place of the value of a visit that has none.  Values are no part of a
 * JourneyVisit: most journeys have none, and those that have keep them in an array
 * beside the visits, so that who asks for none goes through no more memory.
 */
#define JOURNEY_NO_VALUE	INT64_MIN

typedef struct JourneyVisit
{
	int64_t		at;				/* microseconds */
	int64_t		seq;			/* the order among equal times; 0 if none was given */
	uint32_t	label;			/* its number in the journey's dictionary */
} JourneyVisit;

static inline bool
journey_simultaneous(const JourneyVisit *a, const JourneyVisit *b)
{
	return a->at == b->at && a->seq == b->seq;
}

/* Microseconds from a visit to a later one: up to 299,000 years, past an int64. */
static inline uint64_t
journey_time_between(int64_t from, int64_t to)
{
	return (uint64_t) to - (uint64_t) from;
}

/* The end of the group of simultaneous visits that begins at start. */
static inline size_t
journey_group_end(const JourneyVisit *visits, size_t start, size_t n)
{
	size_t		end = start + 1;

	while (end < n && journey_simultaneous(&visits[start], &visits[end]))
		end++;
	return end;
}

#endif							/* VISIT_H */
