/* covers: core/duration/duration_counts.c core/duration/duration_counts.h */

/*
 * duration_counts_test.c
 *		The table of counts of many owners, against a plain array of all owners and all
 *		buckets: counted at random, moved to larger tables, taken from it owner by owner.
 *		Damaged entries are refused.
 */
#include "unit.h"

#include "duration/duration_counts.h"

#define OWNERS	7

static int64_t expected[OWNERS][DURATION_BUCKETS];

/* Twice as many slots. */
static DurationCount *
grow(DurationCount *table, uint32_t slots)
{
	DurationCount *larger = exact(2 * slots * sizeof(DurationCount));

	duration_counts_move(larger, 2 * slots, table, slots);
	free(table);
	return larger;
}

/* Count so many times, mostly of few owners and buckets. */
static DurationCount *
count_random(int times, int buckets, uint32_t *slots, uint32_t *used)
{
	DurationCount *table = exact(2 * sizeof(DurationCount));

	memset(expected, 0, sizeof(expected));
	*slots = 2;
	*used = 0;
	for (int i = 0; i < times; i++)
	{
		/* the last owner has none */
		int			owner = below(OWNERS - 1);
		int			bucket = one_in(9) ? DURATION_BUCKETS - 1 : below(buckets);
		int64_t		count = one_in(50) ? INT64_C(1) << 40 : 1 + below(3);
		bool		is_new = expected[owner][bucket] == 0;

		if (2 * (*used + 1) > *slots)
		{
			table = grow(table, *slots);
			*slots *= 2;
		}
		check(duration_counts_add(table, *slots, (uint32_t) owner, (uint32_t) bucket,
								  count) == is_new, "whether a bucket is new to its owner");
		*used += is_new;
		expected[owner][bucket] += count;
	}
	return table;
}

/* What is taken from the table is what was counted, owner after owner. */
static void
check_owners(const DurationCount *table, uint32_t slots, uint32_t used)
{
	uint32_t	number[OWNERS];
	uint32_t	place[OWNERS];
	uint32_t	begin = 0;
	DurationBucket *buckets = exact(used * sizeof(DurationBucket));

	check(duration_counts_owned(table, slots, OWNERS, number), "the owners of a table");
	for (int owner = 0; owner < OWNERS; owner++)
	{
		place[owner] = begin;
		begin += number[owner];
	}
	check(begin == used, "%u buckets of %u", begin, used);
	duration_counts_place(table, slots, place, buckets);
	begin = 0;
	for (int owner = 0; owner < OWNERS; owner++)
	{
		uint32_t	kinds = 0;

		for (int bucket = 0; bucket < DURATION_BUCKETS; bucket++)
			kinds += expected[owner][bucket] > 0;
		check(number[owner] == kinds, "owner %d has %u buckets, not %u", owner, number[owner],
			  kinds);
		check(place[owner] == begin + kinds, "the place of owner %d moves behind its buckets",
			  owner);
		for (uint32_t i = begin; i < place[owner]; i++)
			check(expected[owner][buckets[i].bucket] == buckets[i].count,
				  "bucket %u of owner %d", buckets[i].bucket, owner);
		begin = place[owner];
	}
	free(buckets);
}

static void
test_random(void)
{
	static const int buckets[] = {1, 2, 30, DURATION_BUCKETS};

	for (int turn = 0; turn < 80; turn++)
	{
		uint32_t	slots;
		uint32_t	used;
		DurationCount *table = count_random(turn * turn, buckets[turn % 4], &slots, &used);

		check_owners(table, slots, used);
		free(table);
	}
}

/* The first and the last owner and bucket that there can be. */
static void
test_keys(void)
{
	static const uint32_t owners[] = {0, 1, UINT32_MAX - 1};

	for (int i = 0; i < LENGTH(owners); i++)
		for (uint32_t bucket = 0; bucket < DURATION_BUCKETS; bucket += DURATION_BUCKETS - 1)
		{
			DurationCount table[2] = {{0, 0}, {0, 0}};
			const DurationCount *entry;

			check(duration_counts_add(table, 2, owners[i], bucket, 5), "the first bucket");
			entry = table[0].key != 0 ? &table[0] : &table[1];
			check(duration_count_owner(entry) == owners[i] &&
				  duration_count_bucket(entry) == bucket && entry->count == 5,
				  "bucket %u of owner %u", bucket, owners[i]);
		}
}

/* More than an int64 has is -1, and stays so. */
static void
test_overflow(void)
{
	DurationCount table[2] = {{0, 0}, {0, 0}};
	uint64_t	key = UINT64_C(4) << 32 | 9;

	check(duration_counts_add(table, 2, 3, 9, INT64_MAX), "the most of a bucket");
	check(!duration_counts_add(table, 2, 3, 9, 0), "nothing more");
	check(duration_counts_find(table, 2, key)->count == INT64_MAX, "the most");
	check(!duration_counts_add(table, 2, 3, 9, 1), "one more");
	check(duration_counts_find(table, 2, key)->count == -1, "too many");
	check(!duration_counts_add(table, 2, 3, 9, 1), "and one more");
	check(duration_counts_find(table, 2, key)->count == -1, "still too many");
}

/* Owners and buckets that there are not. */
static void
test_damaged(void)
{
	uint32_t	number[3];

	for (uint32_t slot = 0; slot < 4; slot++)
	{
		DurationCount *table = exact(4 * sizeof(DurationCount));

		table[slot] = (DurationCount) {UINT64_C(3) << 32 | (DURATION_BUCKETS - 1), 1};
		check(duration_counts_owned(table, 4, 3, number) && number[0] == 0 && number[2] == 1,
			  "the last bucket of the last owner");
		check(!duration_counts_owned(table, 4, 2, number), "an owner that there is not");
		table[slot].key++;
		check(!duration_counts_owned(table, 4, 3, number), "a bucket that there is not");
		table[slot].key = 5;
		check(!duration_counts_owned(table, 4, 3, number), "no owner");
		free(table);
	}
}

int
main(void)
{
	test_random();
	test_keys();
	test_overflow();
	test_damaged();
	return unit_end();
}
