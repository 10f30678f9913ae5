/*
 * label_key.h
 *		Labels as a few numbers, to find them in hash tables.
 *
 * A key has the first and the last 8 bytes of a label: those with different keys are
 * different, and of the others only long ones have to be looked at again.  It takes
 * a few loads and no loop.  Keys are never stored.
 */
#ifndef LABEL_KEY_H
#define LABEL_KEY_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/varint.h"

#define JOURNEY_KEY_WHOLE	16

typedef struct JourneyLabelKey
{
	uint64_t	head;
	uint64_t	tail;
	uint32_t	length;
} JourneyLabelKey;

static inline uint64_t
journey_key_half(const uint8_t *bytes)
{
	uint32_t	half;

	memcpy(&half, bytes, sizeof(half));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	half = __builtin_bswap32(half);
#endif
	return half;
}

/* Up to eight bytes as a number, the first one lowest, and none outside of them. */
static inline uint64_t
journey_key_word(const uint8_t *text, uint32_t length)
{
	/* pieces that overlap have the same bits where they do */
	if (length >= 8)
		return varint_load(text);
	if (length >= 4)
		return journey_key_half(text) | journey_key_half(text + length - 4) << 8 * (length - 4);
	if (length == 0)
		return 0;
	return text[0] | (uint64_t) text[length / 2] << length / 2 * 8 |
		(uint64_t) text[length - 1] << (length - 1) * 8;
}

static inline JourneyLabelKey
journey_label_key(const char *text, uint32_t length)
{
	const uint8_t *bytes = (const uint8_t *) text;
	JourneyLabelKey key = {journey_key_word(bytes, length), 0, length};

	if (length > 8)
		key.tail = varint_load(bytes + length - 8);
	return key;
}

/* Of labels with the same key, only these may still be different. */
static inline bool
journey_key_is_whole(const JourneyLabelKey *key)
{
	return key->length <= JOURNEY_KEY_WHOLE;
}

static inline bool
journey_same_key(const JourneyLabelKey *a, const JourneyLabelKey *b)
{
	/* no branches: which of them differs cannot be foreseen */
	return ((a->head ^ b->head) | (a->tail ^ b->tail) | (a->length ^ b->length)) == 0;
}

/* A hash, best in its upper bits but good in all. */
static inline uint32_t
journey_key_hash(const JourneyLabelKey *key)
{
	uint64_t	hash = (key->head ^ key->length) * UINT64_C(0x9e3779b97f4a7c15);

	hash = ((hash ^ hash >> 32) + key->tail) * UINT64_C(0xd6e8feb86659fd93);
	return (uint32_t) (hash >> 32);
}

#endif							/* LABEL_KEY_H */
