/*
 * label_key.h
 *		Finding labels: keys that are a few numbers, the hash, and the table.
 *
 * A key has the first and the last 8 bytes of a label: those with different keys are
 * different, and of the others only long ones have to be looked at again.  It takes
 * a few loads and no loop.  The hash of a label of up to 16 bytes is that of its key;
 * of a longer one it has seen all bytes, because web addresses begin and end alike.
 *
 * The table has open addressing, and slots that are a power of two, at most half of
 * them used.  A slot has the number of a label plus 1, or 0 when it is free; where
 * the labels themselves are, its owner knows.  Neither keys nor hashes are ever stored.
 */
#ifndef LABEL_KEY_H
#define LABEL_KEY_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/label.h"
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

/*
 * The upper half has seen all bits.  The halves are put together before the last
 * multiplication, which carries upwards only: of numbers at the end of a label the
 * lower half knows nothing.
 */
static inline uint64_t
journey_key_mix(const JourneyLabelKey *key)
{
	uint64_t	hash = (key->head ^ key->length) * UINT64_C(0x9e3779b97f4a7c15) + key->tail;

	return (hash ^ hash >> 32) * UINT64_C(0xd6e8feb86659fd93);
}

static inline uint32_t
journey_key_hash(const JourneyLabelKey *key)
{
	return (uint32_t) (journey_key_mix(key) >> 32);
}

static inline uint32_t
journey_label_hash(const JourneyLabel *label)
{
	JourneyLabelKey key = journey_label_key(label->text, label->length);
	uint64_t	hash = journey_key_mix(&key);

	/* what the key has not seen, and perhaps some of its tail once more */
	for (uint32_t at = 8; at + 8 < label->length; at += 8)
	{
		hash ^= varint_load((const uint8_t *) label->text + at);
		hash = (hash ^ hash >> 32) * UINT64_C(0x9e3779b97f4a7c15);
	}
	return (uint32_t) (hash >> 32);
}

static inline bool
journey_same_label(const JourneyLabel *a, const JourneyLabel *b)
{
	const uint8_t *x = (const uint8_t *) a->text;
	const uint8_t *y = (const uint8_t *) b->text;
	uint32_t	left = a->length;

	if (left != b->length)
		return false;
	if (left < 8)
		return journey_key_word(x, left) == journey_key_word(y, left);
	/* the last word overlaps the one before; numbered labels differ in it */
	for (left -= 8; varint_load(x + left) == varint_load(y + left); left -= left < 8 ? left : 8)
		if (left == 0)
			return true;
	return false;
}

/* The label of this number. */
typedef JourneyLabel (*JourneyLabelOf) (const void *owner, uint32_t number);

/* The slot of a label, or the free one where it belongs. */
static inline __attribute__((always_inline)) uint32_t *
journey_label_slot(uint32_t *table, uint32_t slots, const JourneyLabel *wanted,
				   JourneyLabelOf label_of, const void *owner)
{
	uint32_t	i = journey_label_hash(wanted) & (slots - 1);

	for (; table[i] != 0; i = (i + 1) & (slots - 1))
	{
		JourneyLabel label = label_of(owner, table[i] - 1);

		if (journey_same_label(&label, wanted))
			break;
	}
	return &table[i];
}

#endif							/* LABEL_KEY_H */
