/*
 * duration_counts.h
 *		The sketches of many owners while they grow: one hash table of counts by
 *		(owner, bucket), part of a state that grows inside its value.
 *
 * An owner is a step of a funnel or an edge of a flow, by its number.  As its sketch
 * is a few entries here, a state grows with the number of different times and not
 * with that of owners or customers.  The table has open addressing, and slots that
 * are a power of two, of which at most half are used; the state that has it keeps
 * both numbers, and moves it to a larger one before it is fuller.
 *
 * This is part of the pure core: no PostgreSQL, no errors raised, no memory
 * allocated.
 */
#ifndef DURATION_COUNTS_H
#define DURATION_COUNTS_H

#include "duration/duration_sketch.h"

typedef struct DurationCount
{
	uint64_t	key;			/* the owner's number plus 1, then the bucket; 0: free */
	int64_t		count;
} DurationCount;

static inline uint32_t
duration_count_owner(const DurationCount *entry)
{
	return (uint32_t) (entry->key >> 32) - 1;
}

static inline uint32_t
duration_count_bucket(const DurationCount *entry)
{
	return (uint32_t) entry->key;
}

/* The entry with this key, or the free one where it belongs. */
static inline DurationCount *
duration_counts_find(DurationCount *table, uint32_t slots, uint64_t key)
{
	/* multiplying spreads neighbours, and the upper half has seen all bits of the key */
	uint64_t	hash = key * UINT64_C(0x9e3779b97f4a7c15);
	uint32_t	i = ((uint32_t) (hash >> 32) ^ (uint32_t) (hash >> 52)) & (slots - 1);

	while (table[i].key != 0 && table[i].key != key)
		i = (i + 1) & (slots - 1);
	return &table[i];
}

/*
 * Count times of an owner; is their bucket new to it?  Only text can claim more times
 * than an int64 has: the count is -1 then, which no validator accepts.
 */
static inline bool
duration_counts_add(DurationCount *table, uint32_t slots, uint32_t owner, uint32_t bucket,
					int64_t count)
{
	uint64_t	key = (uint64_t) (owner + 1) << 32 | bucket;
	DurationCount *entry = duration_counts_find(table, slots, key);
	bool		is_new = entry->key == 0;

	entry->key = key;
	if (entry->count < 0 || __builtin_add_overflow(entry->count, count, &entry->count))
		entry->count = -1;
	return is_new;
}

#pragma GCC visibility push(hidden)

extern void duration_counts_move(DurationCount *to, uint32_t to_slots,
								 const DurationCount *from, uint32_t from_slots);
extern bool duration_counts_owned(const DurationCount *table, uint32_t slots, uint32_t owners,
								  uint32_t *buckets);
extern void duration_counts_place(const DurationCount *table, uint32_t slots, uint32_t *place,
								  DurationBucket *buckets);

#pragma GCC visibility pop

#endif							/* DURATION_COUNTS_H */
