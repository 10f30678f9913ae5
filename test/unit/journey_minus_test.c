/* covers: core/journey/journey_minus.c */

/*
 * journey_minus_test.c
 *		Visits taken away from random journeys, of which many are equal and whose
 *		dictionaries differ, against counting each possible visit.
 */
#include "unit.h"

#include "journey/journey_minus.h"

#define TIMES	4
#define SEQS	2
#define NAMES	3
#define MOST	40

static const char *const names[NAMES] = {"a", "ab", "b"};

/* Times, seqs and names that occur, each so often. */
typedef uint32_t Counts[TIMES][SEQS][NAMES];

typedef struct Random
{
	JourneyVisit visits[MOST];
	JourneyLabel labels[NAMES];
	int			name[NAMES];	/* of each label */
	uint32_t	count;
	Counts		counts;
} Random;

/* A journey whose dictionary lacks one of the names, or none. */
static void
draw(Random *r)
{
	uint32_t	lacks = (uint32_t) below(NAMES + 1);
	uint32_t	labels = 0;

	memset(r, 0, sizeof(*r));
	for (int k = 0; k < NAMES; k++)
		if ((uint32_t) k != lacks)
		{
			r->name[labels] = k;
			r->labels[labels++] = (JourneyLabel) {names[k], (uint32_t) strlen(names[k])};
		}
	r->count = (uint32_t) below(MOST + 1);
	for (uint32_t i = 0; i < r->count; i++)
	{
		JourneyVisit *v = &r->visits[i];

		v->at = below(TIMES);
		v->seq = below(SEQS);
		v->label = (uint32_t) below((int) labels);
		r->counts[v->at][v->seq][r->name[v->label]]++;
	}
	qsort(r->visits, r->count, sizeof(JourneyVisit), journey_visit_compare);
}

static void
count_kept(const Random *r, const bool *keep, Counts counts)
{
	memset(counts, 0, sizeof(Counts));
	for (uint32_t i = 0; i < r->count; i++)
		if (keep[i])
			counts[r->visits[i].at][r->visits[i].seq][r->name[r->visits[i].label]]++;
}

static void
test_counts(void)
{
	for (int round = 0; round < 20000; round++)
	{
		Random		a;
		Random		b;
		bool		keep[MOST];
		Counts		kept;
		uint32_t	left = 0;

		uint32_t	said;

		draw(&a);
		draw(&b);
		said = journey_minus(&(JourneyVisits) {a.visits, a.count, a.labels, NULL},
							 &(JourneyVisits) {b.visits, b.count, b.labels, NULL}, keep);
		count_kept(&a, keep, kept);
		for (int t = 0; t < TIMES; t++)
			for (int s = 0; s < SEQS; s++)
				for (int k = 0; k < NAMES; k++)
				{
					uint32_t	had = a.counts[t][s][k];
					uint32_t	gone = b.counts[t][s][k];

					check(kept[t][s][k] == (had > gone ? had - gone : 0), "as many are left");
					left += kept[t][s][k];
				}
		check(said == left, "it says how many are left");
	}
}

int
main(void)
{
	test_counts();
	return unit_end();
}
