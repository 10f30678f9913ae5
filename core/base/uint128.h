/*
 * uint128.h
 *		Whole numbers of 128 bits, for sums that must not overflow, and how they are
 *		stored: two halves, the lower one first, since stored values are only
 *		aligned to 8 bytes.
 */
#ifndef UINT128_H
#define UINT128_H

#include <stdint.h>

/* Memory of PostgreSQL is aligned to 8 bytes, not to 16. */
__extension__ typedef unsigned __int128 Uint128 __attribute__((aligned(8)));
__extension__ typedef __int128 Int128 __attribute__((aligned(8)));

static inline Uint128
uint128_load(const uint64_t half[2])
{
	return ((Uint128) half[1] << 64) | half[0];
}

static inline void
uint128_store(uint64_t half[2], Uint128 value)
{
	half[0] = (uint64_t) value;
	half[1] = (uint64_t) (value >> 64);
}

#endif							/* UINT128_H */
