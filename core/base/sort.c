/*
 * sort.c
 *		Quicksort in place; see sort.h.
 *
 * Three parts as in J. L. Bentley and M. D. McIlroy, Engineering a Sort Function (1993):
 * below the pivot, equal to it, above it, so that many equal entries do no harm.  The
 * pivot is the middle one of three at places that are as good as random: no order of what
 * comes can be made to take n^2 steps.  The larger part waits its turn in the loop, so
 * that calls are nested at most log2(n) deep.
 */
#include "base/sort.h"

#include <stdint.h>
#include <string.h>

#include "base/interrupt.h"

#define FEW 12					/* sorted by insertion */

typedef struct Sort
{
	size_t		size;
	SortCompare compare;
	uint64_t	random;
	size_t		steps;			/* for the interrupts */
} Sort;

static inline void
swap(char *a, char *b, size_t size)
{
	for (size_t i = 0; i < size; i += sizeof(uint32_t))
	{
		uint32_t	x;
		uint32_t	y;

		memcpy(&x, a + i, sizeof(x));
		memcpy(&y, b + i, sizeof(y));
		memcpy(a + i, &y, sizeof(y));
		memcpy(b + i, &x, sizeof(x));
	}
}

static inline int
compare(Sort *s, const char *a, const char *b)
{
	interrupt_in_step(s->steps++);
	return s->compare(a, b);
}

static void
insert(Sort *s, char *entries, size_t count)
{
	for (char *end = entries + s->size; end < entries + count * s->size; end += s->size)
		for (char *at = end; at > entries && compare(s, at - s->size, at) > 0; at -= s->size)
			swap(at - s->size, at, s->size);
}

/* Xorshift (G. Marsaglia, 2003) */
static char *
random_entry(Sort *s, char *entries, size_t count)
{
	s->random ^= s->random << 13;
	s->random ^= s->random >> 7;
	s->random ^= s->random << 17;
	return entries + s->random % count * s->size;
}

static char *
pivot_of(Sort *s, char *entries, size_t count)
{
	char	   *a = random_entry(s, entries, count);
	char	   *b = random_entry(s, entries, count);
	char	   *c = random_entry(s, entries, count);

	if (compare(s, a, b) > 0)
		return compare(s, a, c) <= 0 ? a : compare(s, b, c) > 0 ? b : c;
	return compare(s, b, c) <= 0 ? b : compare(s, a, c) > 0 ? a : c;
}

/* Put what is below the pivot first, what is above it last; where the equal ones begin and end. */
static void
part(Sort *s, char *entries, size_t count, char **equal, char **above)
{
	char	   *end = entries + count * s->size;

	swap(entries, pivot_of(s, entries, count), s->size);
	*equal = entries;
	*above = end;
	for (char *at = entries + s->size; at < *above;)
	{
		int			order = compare(s, at, *equal);

		if (order < 0)
		{
			swap(at, *equal, s->size);
			*equal += s->size;
			at += s->size;
		}
		else if (order > 0)
		{
			*above -= s->size;
			swap(at, *above, s->size);
		}
		else
			at += s->size;
	}
}

static void
sort(Sort *s, char *entries, size_t count)
{
	while (count > FEW)
	{
		char	   *equal;
		char	   *above;
		size_t		low;
		size_t		high;

		part(s, entries, count, &equal, &above);
		low = (size_t) (equal - entries) / s->size;
		high = count - (size_t) (above - entries) / s->size;
		if (low < high)
		{
			sort(s, entries, low);
			entries = above;
			count = high;
		}
		else
		{
			sort(s, above, high);
			count = low;
		}
	}
	insert(s, entries, count);
}

void
sort_entries(void *entries, size_t count, size_t size, SortCompare compare)
{
	Sort		s = {size, compare, UINT64_C(0x9e3779b97f4a7c15), 0};

	sort(&s, entries, count);
}
