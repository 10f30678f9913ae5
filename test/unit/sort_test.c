/* covers: core/base/interrupt.c core/base/sort.c */

/*
 * sort_test.c
 *		Sorting, against qsort(): random numbers of few and of many kinds, rising, falling
 *		and like organ pipes, in entries of several sizes; and that the hook for interrupts
 *		is called, and may leave by longjmp().
 */
#include "unit.h"

#include <math.h>
#include <setjmp.h>

#include "base/interrupt.h"
#include "base/sort.h"

#define MOST 20000

typedef struct Entry
{
	uint32_t	key;
	uint32_t	rest[4];		/* made of the key */
} Entry;

static uint64_t compared = 0;

static int
compare(const void *a, const void *b)
{
	uint32_t	x = *(const uint32_t *) a;
	uint32_t	y = *(const uint32_t *) b;

	compared++;
	return (x > y) - (x < y);
}

static uint32_t
key_of(int kind, int i, int n)
{
	switch (kind)
	{
		case 0:
			return (uint32_t) random_bits();
		case 1:
			return (uint32_t) below(5);
		case 2:
			return (uint32_t) i;
		case 3:
			return (uint32_t) (n - i);
		default:
			return (uint32_t) (i < n / 2 ? i : n - i);
	}
}

static void
test_kind(int kind, int n)
{
	Entry	   *entries = exact((size_t) n * sizeof(Entry));
	Entry	   *wanted;
	uint32_t   *keys = exact((size_t) n * sizeof(uint32_t));
	bool		same = true;

	for (int i = 0; i < n; i++)
	{
		keys[i] = entries[i].key = key_of(kind, i, n);
		for (int k = 0; k < 4; k++)
			entries[i].rest[k] = entries[i].key * (uint32_t) (k + 2);
	}
	wanted = exact_copy(entries, (size_t) n * sizeof(Entry));
	compared = 0;
	sort_entries(entries, (size_t) n, sizeof(Entry), compare);
	check((double) compared <= 3.0 * n * log2(n + 2.0) + 100, "kind %d: %d entries took %.0f comparisons",
		  kind, n, (double) compared);
	sort_entries(keys, (size_t) n, sizeof(uint32_t), compare);
	if (n > 0)
		qsort(wanted, (size_t) n, sizeof(Entry), compare);
	for (int i = 0; i < n; i++)
		same = same && keys[i] == wanted[i].key && memcmp(&entries[i], &wanted[i], sizeof(Entry)) == 0;
	check(same, "kind %d: %d entries", kind, n);
	free(entries);
	free(wanted);
	free(keys);
}

static jmp_buf away;
static int	asked = 0;

static void
count_to_three(void)
{
	if (++asked == 3)
		longjmp(away, 1);
}

static void
test_interrupt(void)
{
	static uint32_t keys[MOST];

	for (int i = 0; i < MOST; i++)
		keys[i] = (uint32_t) random_bits();
	interrupt_hook = count_to_three;
	if (setjmp(away) == 0)
	{
		sort_entries(keys, MOST, sizeof(keys[0]), compare);
		check(false, "sorting was not left");
	}
	interrupt_hook = NULL;
	check(asked == 3, "asked %d times", asked);
}

int
main(void)
{
	static const int sizes[] = {0, 1, 2, 3, 12, 13, 14, 100, 1000, MOST};

	for (int kind = 0; kind < 5; kind++)
		for (int i = 0; i < LENGTH(sizes); i++)
			test_kind(kind, sizes[i]);
	for (int i = 0; i < 300; i++)
		test_kind(below(5), below(200));
	test_interrupt();
	return unit_end();
}
