/*
 * journey_varint.h
 *		Integers in as few bytes as they need: seven bits a byte, lowest first,
 *		the top bit set on all bytes but the last (LEB128).  Signed numbers are
 *		folded first so that small ones of either sign are short (0, -1, 1, -2
 *		become 0, 1, 2, 3).
 */
#ifndef JOURNEY_VARINT_H
#define JOURNEY_VARINT_H

#include <stdbool.h>
#include <stdint.h>

__extension__ typedef unsigned __int128 JourneyUint128;

#define VARINT_MAX		10		/* bytes of a 64-bit number */
#define VARINT_MAX_WIDE 19		/* bytes of a 128-bit number */

static inline uint64_t
varint_fold(int64_t value)
{
	return ((uint64_t) value << 1) ^ (uint64_t) -(int64_t) ((uint64_t) value >> 63);
}

static inline int64_t
varint_unfold(uint64_t value)
{
	return (int64_t) ((value >> 1) ^ (uint64_t) -(int64_t) (value & 1));
}

static inline uint8_t *
varint_put(uint8_t *out, uint64_t value)
{
	while (value >= 0x80)
	{
		*out++ = (uint8_t) (value | 0x80);
		value >>= 7;
	}
	*out++ = (uint8_t) value;
	return out;
}

static inline uint8_t *
varint_put_wide(uint8_t *out, JourneyUint128 value)
{
	while (value > UINT64_MAX)
	{
		*out++ = (uint8_t) ((uint8_t) value | 0x80);
		value >>= 7;
	}
	return varint_put(out, (uint64_t) value);
}

/*
 * Read a number and move *at past it; false when the bytes end within it or it
 * has more than 64 bits.
 */
static inline bool
varint_get(const uint8_t **at, const uint8_t *end, uint64_t *value)
{
	const uint8_t *p = *at;
	uint64_t	result = 0;

	for (int shift = 0; p < end && shift < 64; shift += 7)
	{
		uint8_t		byte = *p++;

		if (shift == 63 && byte > 1)
			return false;
		result |= (uint64_t) (byte & 0x7f) << shift;
		if (byte < 0x80)
		{
			*at = p;
			*value = result;
			return true;
		}
	}
	return false;
}

/* The same for up to 128 bits. */
static inline bool
varint_get_wide(const uint8_t **at, const uint8_t *end, JourneyUint128 *value)
{
	const uint8_t *p = *at;
	JourneyUint128 result = 0;
	uint64_t	narrow;

	/* nearly always 64 bits are enough, and those are quick */
	if (varint_get(at, end, &narrow))
	{
		*value = narrow;
		return true;
	}

	for (int shift = 0; p < end && shift < 128; shift += 7)
	{
		uint8_t		byte = *p++;

		if (shift == 126 && byte > 3)
			return false;
		result |= (JourneyUint128) (byte & 0x7f) << shift;
		if (byte < 0x80)
		{
			*at = p;
			*value = result;
			return true;
		}
	}
	return false;
}

#endif							/* JOURNEY_VARINT_H */
