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
#define VALUES	3				/* none, -1 and 0 */
#define MOST	40

static const char *const names[NAMES] = {"a", "ab", "b"};

static const int64_t values[VALUES] = {JOURNEY_NO_VALUE, -1, 0};

/* Times, seqs, names and values that occur, each so often. */
typedef uint32_t Counts[TIMES][SEQS][NAMES][VALUES];

typedef struct Random
{
	JourneyVisit visits[MOST];
	int64_t		values[MOST];
	bool		valued;
	JourneyLabel labels[NAMES];
	int			name[NAMES];	/* of each label */
	uint32_t	count;
	Counts		counts;
} Random;

/* The count of the like of visit i with a value. */
static uint32_t *
count_of(const Random *r, Counts counts, uint32_t i, int64_t value)
{
	const JourneyVisit *v = &r->visits[i];
	int			k = 0;

	while (values[k] != value)
		k++;
	return &counts[v->at][v->seq][r->name[v->label]][k];
}

/* A journey whose dictionary lacks one of the names, or none; half of them have values. */
static void
draw(Random *r)
{
	uint32_t	lacks = (uint32_t) below(NAMES + 1);
	uint32_t	labels = 0;
	JourneyValued both[MOST];

	memset(r, 0, sizeof(*r));
	for (int k = 0; k < NAMES; k++)
		if ((uint32_t) k != lacks)
		{
			r->name[labels] = k;
			r->labels[labels++] = (JourneyLabel) {names[k], (uint32_t) strlen(names[k])};
		}
	r->count = (uint32_t) below(MOST + 1);
	r->valued = one_in(2);
	for (uint32_t i = 0; i < r->count; i++)
	{
		JourneyVisit *v = &r->visits[i];

		v->at = below(TIMES);
		v->seq = below(SEQS);
		v->label = (uint32_t) below((int) labels);
		both[i] = (JourneyValued) {*v, values[r->valued ? below(VALUES) : 0]};
		(*count_of(r, r->counts, i, both[i].value))++;
	}
	qsort(both, r->count, sizeof(JourneyValued), journey_valued_compare);
	for (uint32_t i = 0; i < r->count; i++)
	{
		r->visits[i] = both[i].visit;
		r->values[i] = both[i].value;
	}
}

static void
count_kept(const Random *r, const bool *keep, Counts counts)
{
	memset(counts, 0, sizeof(Counts));
	for (uint32_t i = 0; i < r->count; i++)
		if (keep[i])
			(*count_of(r, counts, i, r->values[i]))++;
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
		said = journey_minus(&(JourneyVisits) {a.visits, a.count, a.labels,
											   a.valued ? a.values : NULL},
							 &(JourneyVisits) {b.visits, b.count, b.labels,
											   b.valued ? b.values : NULL}, keep);
		count_kept(&a, keep, kept);
		for (int t = 0; t < TIMES; t++)
			for (int s = 0; s < SEQS; s++)
				for (int k = 0; k < NAMES * VALUES; k++)
				{
					uint32_t	had = a.counts[t][s][k / VALUES][k % VALUES];
					uint32_t	gone = b.counts[t][s][k / VALUES][k % VALUES];
					uint32_t	kept_of = kept[t][s][k / VALUES][k % VALUES];

					check(kept_of == (had > gone ? had - gone : 0), "as many are left");
					left += kept_of;
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
