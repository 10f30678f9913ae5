/*
 * varint.h
 *		Integers in as few bytes as they need: seven bits a byte, lowest first,
 *		the top bit set on all bytes but the last (LEB128).  Signed numbers are
 *		folded first so that small ones of either sign are short (0, -1, 1, -2
 *		become 0, 1, 2, 3).
 */
#ifndef VARINT_H
#define VARINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/uint128.h"

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

static inline Uint128
varint_fold_wide(Int128 value)
{
	return value < 0 ? ~((Uint128) value << 1) : (Uint128) value << 1;
}

static inline Int128
varint_unfold_wide(Uint128 value)
{
	return (Int128) ((value & 1) != 0 ? ~(value >> 1) : value >> 1);
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
varint_put_wide(uint8_t *out, Uint128 value)
{
	while (value > UINT64_MAX)
	{
		*out++ = (uint8_t) ((uint8_t) value | 0x80);
		value >>= 7;
	}
	return varint_put(out, (uint64_t) value);
}

/* Eight bytes as a number, the first one lowest. */
static inline uint64_t
varint_load(const uint8_t *p)
{
	uint64_t	word;

	memcpy(&word, p, sizeof(word));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/* Eight bytes of seven bits each without the gaps: 8 x 7, 4 x 14, 2 x 28, 56 bits. */
static inline uint64_t
varint_squeeze(uint64_t word)
{
	word = (word & UINT64_C(0x007f007f007f007f)) | (word & UINT64_C(0x7f007f007f007f00)) >> 1;
	word = (word & UINT64_C(0x00003fff00003fff)) | (word & UINT64_C(0x3fff00003fff0000)) >> 2;
	return (word & UINT64_C(0x0fffffff)) | (word & UINT64_C(0x0fffffff00000000)) >> 4;
}

/* Byte by byte, see varint_get(). */
static inline bool
varint_get_bytes(const uint8_t **at, const uint8_t *end, uint64_t *value)
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

/*
 * Read a number and move *at past it; false when the bytes end within it or it
 * has more than 64 bits.  Numbers of up to eight bytes are read at once, if there
 * are so many bytes: how long a number is cannot be foreseen, so a loop costs more
 * than its steps.
 */
static inline bool
varint_get(const uint8_t **at, const uint8_t *end, uint64_t *value)
{
	if (end - *at >= 8)
	{
		uint64_t	word = varint_load(*at);
		uint64_t	stops = ~word & UINT64_C(0x8080808080808080);

		if (stops != 0)
		{
			*at += __builtin_ctzll(stops) / 8 + 1;
			*value = varint_squeeze(word & (stops ^ (stops - 1)));
			return true;
		}
	}
	return varint_get_bytes(at, end, value);
}

/* The same for a number that nearly always has one byte. */
static inline bool
varint_get_small(const uint8_t **at, const uint8_t *end, uint64_t *value)
{
	if (*at >= end || **at >= 0x80)
		return varint_get(at, end, value);
	*value = *(*at)++;
	return true;
}

/*
 * The same where at least eight bytes before the end may be read, for numbers of up
 * to eight bytes only: then the last ones need no loop either.
 */
static inline bool
varint_get_behind(const uint8_t **at, const uint8_t *end, uint64_t *value)
{
	size_t		left = (size_t) (end - *at);
	uint64_t	word;
	uint64_t	stops;
	size_t		bytes;

	if (left >= 8)
		word = varint_load(*at);
	else if (left > 0)
		word = varint_load(end - 8) >> (64 - 8 * left);
	else
		return false;
	stops = ~word & UINT64_C(0x8080808080808080);
	if (stops == 0)
		return false;
	bytes = (size_t) __builtin_ctzll(stops) / 8 + 1;
	if (bytes > left)
		return false;
	*at += bytes;
	*value = varint_squeeze(word & (stops ^ (stops - 1)));
	return true;
}

/* The same for up to 128 bits. */
static inline bool
varint_get_wide(const uint8_t **at, const uint8_t *end, Uint128 *value)
{
	const uint8_t *p = *at;
	Uint128 result = 0;
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
		result |= (Uint128) (byte & 0x7f) << shift;
		if (byte < 0x80)
		{
			*at = p;
			*value = result;
			return true;
		}
	}
	return false;
}

#endif							/* VARINT_H */
