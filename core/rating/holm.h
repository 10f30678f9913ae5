/*
 * holm.h
 *		Several tests at once: p-values that are still right together.
 *
 * Of m tests the k-th smallest p-value is multiplied by m - k + 1, is no less than the
 * one before, and at most 1 (S. Holm, Scandinavian Journal of Statistics 6, 1979).  Who
 * calls significant what is then below 0.05 is wrong anywhere at all in one case of 20.
 */
#ifndef HOLM_H
#define HOLM_H

#include <stdint.h>

typedef struct HolmTest
{
	double		p_value;		/* NaN: there was no test */
	double		adjusted;		/* the result; NaN likewise */
} HolmTest;

#pragma GCC visibility push(hidden)

extern void holm_adjust(HolmTest *tests, uint32_t n, HolmTest **room);

#pragma GCC visibility pop

#endif							/* HOLM_H */
