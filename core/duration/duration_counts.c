/*
 * duration_counts.c
 *		Moving a table of counts, and taking the sketches of its owners from it; see
 *		duration_counts.h.
 */
#include "duration/duration_counts.h"

#include <string.h>

/* Move all counts to a table that is empty. */
void
duration_counts_move(DurationCount *to, uint32_t to_slots,
					 const DurationCount *from, uint32_t from_slots)
{
	for (uint32_t i = 0; i < from_slots; i++)
		if (from[i].key != 0)
			*duration_counts_find(to, to_slots, from[i].key) = from[i];
}

/*
 * How many buckets each owner has.  A table from elsewhere may be damaged: false for
 * an owner or a bucket that does not exist.
 */
bool
duration_counts_owned(const DurationCount *table, uint32_t slots, uint32_t owners,
					  uint32_t *buckets)
{
	memset(buckets, 0, owners * sizeof(uint32_t));
	for (uint32_t i = 0; i < slots; i++)
	{
		if (table[i].key == 0)
			continue;
		if (duration_count_owner(&table[i]) >= owners ||
			duration_count_bucket(&table[i]) >= DURATION_BUCKETS)
			return false;
		buckets[duration_count_owner(&table[i])]++;
	}
	return true;
}

/*
 * Put the buckets of each owner, in any order, from its place on, which moves behind
 * them; duration_counts_owned() has told how many they are.
 */
void
duration_counts_place(const DurationCount *table, uint32_t slots, uint32_t *place,
					  DurationBucket *buckets)
{
	for (uint32_t i = 0; i < slots; i++)
	{
		DurationBucket *to;

		if (table[i].key == 0)
			continue;
		to = &buckets[place[duration_count_owner(&table[i])]++];
		to->bucket = duration_count_bucket(&table[i]);
		to->count = table[i].count;
	}
}
