/*
 * fuzz_journey.h
 *		Journeys packed from visits in any order, as src/journey/ does it.
 */
#ifndef FUZZ_JOURNEY_H
#define FUZZ_JOURNEY_H

#include "fuzz.h"

#include "journey/journey_reader.h"

typedef struct FuzzName
{
	JourneyLabel label;
	uint32_t	number;
} FuzzName;

static inline int
fuzz_compare_names(const void *a, const void *b)
{
	const FuzzName *x = a;
	const FuzzName *y = b;

	return journey_label_compare(x->label.text, x->label.length, y->label.text, y->label.length);
}

/* The labels that are in use, in the order of their bytes; visits are numbered anew. */
static inline uint32_t
fuzz_rank_labels(JourneyVisit *visits, uint32_t n, const JourneyLabel *labels, uint32_t count,
				 JourneyLabel *sorted)
{
	FuzzName   *names = fuzz_new(count * sizeof(FuzzName));
	uint32_t   *rank = fuzz_new(count * sizeof(uint32_t));
	bool	   *used = fuzz_new(count);
	uint32_t	found = 0;

	for (uint32_t i = 0; i < n; i++)
		used[visits[i].label] = true;
	for (uint32_t i = 0; i < count; i++)
		if (used[i])
			names[found++] = (FuzzName) {labels[i], i};
	if (found > 1)
		qsort(names, found, sizeof(FuzzName), fuzz_compare_names);
	for (uint32_t i = 0; i < found; i++)
	{
		sorted[i] = names[i].label;
		rank[names[i].number] = i;
	}
	for (uint32_t i = 0; i < n; i++)
		visits[i].label = rank[visits[i].label];
	return found;
}

/* Visits in order, with their values if they have any. */
static inline void
fuzz_sort_visits(JourneyVisit *visits, int64_t *values, uint32_t n)
{
	JourneyValued *both = fuzz_new(n * sizeof(JourneyValued));

	if (journey_is_sorted(visits, values, n))
		return;
	for (uint32_t i = 0; i < n; i++)
		both[i] = (JourneyValued) {visits[i], values == NULL ? 0 : values[i]};
	qsort(both, n, sizeof(JourneyValued), journey_valued_compare);
	for (uint32_t i = 0; i < n; i++)
	{
		visits[i] = both[i].visit;
		if (values != NULL)
			values[i] = both[i].value;
	}
}

/* The packed journey, in memory of exactly its size. */
static inline void *
fuzz_pack_journey(JourneyVisit *visits, int64_t *values, uint32_t n, const JourneyLabel *labels,
				  uint32_t count, size_t *size)
{
	JourneyLabel *sorted = fuzz_new(count * sizeof(JourneyLabel));
	size_t		bound;
	void	   *bytes;

	count = fuzz_rank_labels(visits, n, labels, count, sorted);
	fuzz_sort_visits(visits, values, n);
	MUST(journey_is_sorted(visits, values, n));
	bound = journey_pack_bound(visits, values, n, sorted, count);
	bytes = fuzz_new(bound);
	*size = journey_pack(bytes, visits, values, n, sorted, count);
	MUST(*size <= bound);
	return fuzz_copy(bytes, *size);
}

#endif							/* FUZZ_JOURNEY_H */
