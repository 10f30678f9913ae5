/*
 * wide_sum.h
 *		Sums with a sign that are wider than a machine word: of two words (128 bits)
 *		or three (192), two's complement, the lowest word first, as they are stored.
 *
 * This is part of the pure core: no PostgreSQL, no errors raised, no memory
 * allocated.  A sum that leaves its width wraps around; who adds knows the bound.
 */
#ifndef WIDE_SUM_H
#define WIDE_SUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uint128.h"

#define WIDE_SUM_MAX	3		/* words of a sum */
#define WIDE_PRODUCT	(2 * WIDE_SUM_MAX)

/* The characters of any sum with decimals, the sign, the point and the final '\0' included. */
#define WIDE_SUM_CHARS	64

/* sum[2] += value */
static inline void
wide_add_2(uint64_t *sum, Int128 value)
{
	uint128_store(sum, uint128_load(sum) + (Uint128) value);
}

/* sum[3] += value */
static inline void
wide_add_3(uint64_t *sum, Int128 value)
{
	Uint128 low = uint128_load(sum) + (Uint128) value;

	sum[2] += (low < (Uint128) value) - (uint64_t) (value < 0);
	uint128_store(sum, low);
}

#pragma GCC visibility push(hidden)

extern void wide_add(uint64_t *sum, const uint64_t *value, int words);
extern void wide_subtract(uint64_t *sum, const uint64_t *value, int words);
extern int	wide_sign(const uint64_t *sum, int words);
extern void wide_multiply(uint64_t *product, const uint64_t *a, const uint64_t *b, int words);
extern double wide_double(const uint64_t *sum, int words);
extern size_t wide_print(char *text, const uint64_t *sum, int words, int decimals);
extern bool wide_parse(const char **text, uint64_t *sum, int words, int decimals);

#pragma GCC visibility pop

#endif							/* WIDE_SUM_H */
