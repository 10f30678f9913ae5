/* covers: core/rating/holm.c */

/*
 * holm_test.c
 *		Adjusted p-values by hand, and of random ones by their definition.
 */
#include "unit.h"

#include <math.h>

#include "rating/holm.h"

static void
test_known(void)
{
	HolmTest	tests[] = {{0.04, 0}, {NAN, 0}, {0.01, 0}, {0.03, 0}, {0.9, 0}, {0.01, 0}};
	static const double expected[] = {0.09, NAN, 0.05, 0.09, 0.9, 0.05};
	HolmTest   *room[LENGTH(tests)];

	holm_adjust(tests, LENGTH(tests), room);
	for (int i = 0; i < LENGTH(tests); i++)
		check(isnan(expected[i]) ? isnan(tests[i].adjusted) :
			  fabs(tests[i].adjusted - expected[i]) < 1e-15, "p-value %d: %g", i,
			  tests[i].adjusted);
	holm_adjust(tests, 0, room);
	holm_adjust(&tests[1], 1, room);
	check(isnan(tests[1].adjusted), "no test at all");
}

/* The greatest of (m - j) * p over all that are no larger, j of which are smaller or before it. */
static void
test_random(void)
{
	for (int turn = 0; turn < 500; turn++)
	{
		HolmTest	tests[20];
		HolmTest   *room[20];
		int			n = 1 + below(20);

		for (int i = 0; i < n; i++)
			tests[i].p_value = below(50) / (turn % 2 == 0 ? 50.0 : 1000.0);
		holm_adjust(tests, (uint32_t) n, room);
		for (int i = 0; i < n; i++)
		{
			double		expected = 0;

			for (int k = 0; k < n; k++)
			{
				int			smaller = 0;

				for (int j = 0; j < n; j++)
					smaller += tests[j].p_value < tests[k].p_value;
				if (tests[k].p_value <= tests[i].p_value)
					expected = fmax(expected, fmin(1, (n - smaller) * tests[k].p_value));
			}
			check(fabs(tests[i].adjusted - expected) < 1e-12, "%g, not %g", tests[i].adjusted,
				  expected);
		}
	}
}

int
main(void)
{
	test_known();
	test_random();
	return unit_end();
}
