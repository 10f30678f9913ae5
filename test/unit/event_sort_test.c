/* covers: core/events/event_sort.c */

/*
 * event_sort_test.c
 *		The pure core that brings the events of a customer together, against qsort():
 *		both layouts, few and many entries, keys that are equal in many leading bits
 *		or in all of them, times in order and not.
 */
#include "unit.h"

#include "events/event_sort.h"

#define MOST 150000

/* In a wide entry of a text, `more` is where the text stands: any of these name customer more % 7. */
#define NAMES 7

static uint64_t entries[MOST * EVENT_WIDE];
static uint64_t scratch[MOST * EVENT_WIDE];
static uint64_t expected[MOST * EVENT_WIDE];
static uint64_t found[MOST * EVENT_WIDE];

typedef struct Found
{
	int			words;
	bool		texts;
	size_t		n;
	size_t		customers;
} Found;

static bool
same_text(void *arg, uint64_t more, uint64_t other)
{
	(void) arg;
	return more % NAMES == other % NAMES;
}

/* Gather what is handed out, texts by what they name. */
static void
take_customer(void *arg, const uint64_t *customer, size_t n)
{
	Found	   *f = arg;

	memcpy(found + f->n * f->words, customer, n * f->words * sizeof(uint64_t));
	if (f->texts)
		for (size_t i = f->n; i < f->n + n; i++)
			found[i * f->words + 1] %= NAMES;
	f->n += n;
	f->customers++;
}

static int
compare(const uint64_t *a, const uint64_t *b)
{
	return (*a > *b) - (*a < *b);
}

static int
compare_signed(const uint64_t *a, const uint64_t *b)
{
	return ((int64_t) *a > (int64_t) *b) - ((int64_t) *a < (int64_t) *b);
}

static int
compare_small(const void *a, const void *b)
{
	const uint64_t *x = a;
	const uint64_t *y = b;
	int			order = compare(x, y);

	return order != 0 ? order : compare_signed(x + 1, y + 1);
}

static int
compare_wide(const void *a, const void *b)
{
	const uint64_t *x = a;
	const uint64_t *y = b;
	int			order = compare(x, y);

	if (order == 0)
		order = compare(x + 1, y + 1);
	if (order == 0)
		order = compare_signed(x + 2, y + 2);
	return order != 0 ? order : compare(x + 3, y + 3);
}

/* A customer's key: of few customers or many, random, or equal but for its last bits. */
static uint64_t
random_key(int kind, int customers)
{
	uint64_t	number = (uint64_t) below(customers);

	switch (kind)
	{
		case 0:
			return event_mix(number);
		case 1:
			return number;
		case 2:
			return number << 40;
		default:
			return 42;
	}
}

static void
fill(const Found *f, size_t n, int kind, int customers, bool ordered)
{
	for (size_t i = 0; i < n; i++)
	{
		uint64_t   *entry = entries + i * f->words;
		int64_t		at = ordered ? (int64_t) i : below(50) - 25;
		uint32_t	stage = below(5);

		entry[0] = random_key(kind, customers);
		if (f->words == EVENT_SMALL)
			entry[1] = event_small_visit(at, stage);
		else
		{
			entry[1] = below(3 * NAMES);
			entry[2] = (uint64_t) at;
			entry[3] = stage;
		}
	}
}

/* How many customers sorted entries have. */
static size_t
count_customers(const Found *f, const uint64_t *sorted, size_t n)
{
	size_t		customers = n > 0;

	for (size_t i = 1; i < n; i++)
	{
		const uint64_t *entry = sorted + i * f->words;
		const uint64_t *before = entry - f->words;

		customers += entry[0] != before[0] ||
			(f->words == EVENT_WIDE && entry[1] != before[1]);
	}
	return customers;
}

/* Customers come whole and sorted; that they come in any order is undone here. */
static void
check_sort(Found f, size_t n, int kind, int customers, bool ordered, int shift)
{
	EventRuns	runs = {.words = f.words,.customer = take_customer,.arg = &f};
	size_t		bytes = f.words * sizeof(uint64_t);
	int			(*order) (const void *, const void *) =
		f.words == EVENT_SMALL ? compare_small : compare_wide;

	runs.same = f.texts ? same_text : NULL;
	fill(&f, n, kind, customers, ordered);
	for (size_t i = 0; i < n; i++)
		entries[i * f.words] >>= shift;
	memcpy(expected, entries, n * bytes);
	for (size_t i = 0; f.texts && i < n; i++)
		expected[i * f.words + 1] %= NAMES;
	qsort(expected, n, bytes, order);
	event_sort_each(&runs, entries, scratch, n, shift);
	check(f.n == n, "number of entries, of %zu", n);
	check(f.customers == count_customers(&f, expected, n), "number of customers, of %zu", n);
	check(count_customers(&f, found, n) == f.customers, "customers in one piece, of %zu", n);
	for (size_t i = 1; i < n; i++)
		if (count_customers(&f, found + (i - 1) * f.words, 2) == 1)
			check(order(found + (i - 1) * f.words, found + i * f.words) <= 0, "order, of %zu", n);
	qsort(found, n, bytes, order);
	check(memcmp(found, expected, n * bytes) == 0, "entries, of %zu", n);
}

static void
check_all_kinds(size_t n)
{
	for (int kind = 0; kind < 4; kind++)
		for (int round = 0; round < 12; round++)
		{
			Found		f = {.words = round % 3 == 0 ? EVENT_SMALL : EVENT_WIDE,.texts = round % 3 == 2};
			int			customers = round < 6 ? 5 : 1 + (int) n / 10;

			check_sort(f, n, kind, customers, round % 2 == 0, round % 4 == 3 ? 9 : 0);
		}
}

static void
check_limits(void)
{
	int64_t		edge = INT64_C(1) << 51;

	check(event_is_small(edge - 1, 4095) && event_is_small(-edge, 0), "small entries");
	check(!event_is_small(edge, 0) && !event_is_small(-edge - 1, 0) && !event_is_small(0, 4096),
		  "wide entries");
	for (int64_t at = -edge; at < edge; at += edge / 8)
	{
		uint64_t	small[2] = {0, event_small_visit(at, 4095)};
		uint64_t	wide[4] = {0, 0, (uint64_t) at, 70000};

		check(event_at(small, EVENT_SMALL) == at && event_stage(small, EVENT_SMALL) == 4095,
			  "small entry as it was");
		event_set_stage(small, EVENT_SMALL, 7);
		check(event_at(small, EVENT_SMALL) == at && event_stage(small, EVENT_SMALL) == 7,
			  "stage of a small entry");
		check(event_at(wide, EVENT_WIDE) == at && event_stage(wide, EVENT_WIDE) == 70000,
			  "wide entry as it was");
	}
}

int
main(void)
{
	static const size_t sizes[] = {0, 1, 2, 3, 15, 16, 17, 33, 200, 3000};

	check_limits();
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		check_all_kinds(sizes[i]);
	for (int round = 0; round < 3; round++)
	{
		Found		f = {.words = round == 0 ? EVENT_SMALL : EVENT_WIDE,.texts = round == 2};

		check_sort(f, MOST, 0, 20000, true, 0);
		check_sort(f, MOST, 0, 20000, false, 0);
		check_sort(f, MOST, 3, 1, false, 0);
	}
	return unit_end();
}
