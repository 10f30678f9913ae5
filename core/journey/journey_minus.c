/*
 * journey_minus.c
 *		The visits of one journey without those of another one: a difference of
 *		multisets, in one pass over both, which are sorted.
 *
 * Visits are equal when time, seq, the bytes of the label and value are, and equal ones stand
 * for each other: of three equal visits less one, two are left.  A visit that is not
 * there to be taken away takes away nothing; the same function the other way round
 * tells which those are.
 */
#include "journey/journey_minus.h"

static int64_t
value_of(const JourneyVisits *v, uint32_t i)
{
	return v->values == NULL ? JOURNEY_NO_VALUE : v->values[i];
}

static int
compare_across(const JourneyVisits *a, uint32_t i, const JourneyVisits *b, uint32_t j)
{
	const JourneyVisit *x = &a->visits[i];
	const JourneyVisit *y = &b->visits[j];
	const JourneyLabel *k = &a->labels[x->label];
	const JourneyLabel *l = &b->labels[y->label];
	int64_t		v;
	int64_t		w;
	int			order;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->seq != y->seq)
		return x->seq < y->seq ? -1 : 1;
	order = journey_label_compare(k->text, k->length, l->text, l->length);
	if (order != 0)
		return order;
	v = value_of(a, i);
	w = value_of(b, j);
	return (v > w) - (v < w);
}

/* Sets for each visit of the first journey whether it is left; returns how many are. */
uint32_t
journey_minus(const JourneyVisits *from, const JourneyVisits *gone, bool *keep)
{
	uint32_t	left = 0;
	uint32_t	j = 0;

	for (uint32_t i = 0; i < from->count; i++)
	{
		int			order = 1;

		while (j < gone->count && (order = compare_across(from, i, gone, j)) > 0)
			j++;
		keep[i] = j == gone->count || order != 0;
		if (keep[i])
			left++;
		else
			j++;
	}
	return left;
}
