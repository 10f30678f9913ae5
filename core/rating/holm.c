/*
 * holm.c
 *		Several tests at once; see holm.h.
 */
#include "rating/holm.h"

#include <math.h>
#include <stdlib.h>

/* For qsort(): by p-value. */
static int
compare_tests(const void *a, const void *b)
{
	double		x = (*(HolmTest *const *) a)->p_value;
	double		y = (*(HolmTest *const *) b)->p_value;

	return (x > y) - (x < y);
}

/* Adjust the p-values of n tests, in any order; room is for n pointers. */
void
holm_adjust(HolmTest *tests, uint32_t n, HolmTest **room)
{
	uint32_t	m = 0;
	double		before = 0;

	for (uint32_t i = 0; i < n; i++)
	{
		tests[i].adjusted = NAN;
		if (!isnan(tests[i].p_value))
			room[m++] = &tests[i];
	}
	if (m > 0)
		qsort(room, m, sizeof(HolmTest *), compare_tests);
	for (uint32_t k = 0; k < m; k++)
	{
		before = fmax(before, fmin(1, (double) (m - k) * room[k]->p_value));
		room[k]->adjusted = before;
	}
}
