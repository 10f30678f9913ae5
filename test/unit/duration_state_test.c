/* covers: core/duration/duration_state.c */

/*
 * duration_state_test.c
 *		The state of durations while it grows, against a plain array of all buckets; what
 *		was counted packed, read and packed again; its bytes, as the format says; damaged
 *		states and bytes, which must do no harm.
 */
#include "unit.h"

#include "duration/duration.h"

static int64_t expected[DURATION_BUCKETS];
static DurationBucket room[DURATION_BUCKETS];

/* As src/ makes it before the first duration. */
static DurationState *
new_state(void)
{
	DurationState *s = exact(sizeof(DurationState));

	s->header.version = DURATION_VERSION;
	s->header.flags = DURATION_GROWING;
	return s;
}

static DurationState *
add(DurationState *s, uint32_t bucket, int64_t count, Uint128 sum)
{
	if (!duration_state_has(s, bucket))
	{
		size_t		bytes = duration_state_grown(s, bucket);
		DurationState *larger = exact(bytes);

		larger->header.vl_len = 77;
		duration_state_move(larger, s, bucket);
		check(larger->header.vl_len == 77 && duration_state_check(larger, bytes) &&
			  duration_state_has(larger, bucket), "a state that has grown");
		free(s);
		s = larger;
	}
	check(duration_state_add(s, bucket, count, sum), "a duration is counted");
	return s;
}

/* Whole powers of two, and no others than lie between what was counted. */
static void
check_slots(const DurationState *s)
{
	uint32_t	first = DURATION_BUCKETS;
	uint32_t	last = 0;

	for (uint32_t b = 0; b < DURATION_BUCKETS; b++)
		if (expected[b] > 0)
		{
			first = first < b ? first : b;
			last = b;
		}
	if (first == DURATION_BUCKETS)
		check(s->slots == 0, "an empty state has no slots");
	else
		check(s->first == first / 64 * 64 && s->first + s->slots == (last / 64 + 1) * 64,
			  "slots %u to %u for buckets %u to %u", s->first, s->first + s->slots - 1, first,
			  last);
}

static void
check_summary(const DurationSummary *d, int64_t total, Uint128 sum, const char *what)
{
	uint32_t	n = 0;

	check(d->total == total && d->sum == sum, "%s: the number and the sum", what);
	for (uint32_t b = 0; b < DURATION_BUCKETS; b++)
		if (expected[b] > 0)
		{
			check(n < d->n && d->buckets[n].bucket == b && d->buckets[n].count == expected[b],
				  "%s: bucket %u", what, b);
			n++;
		}
	check(n == d->n, "%s: %u buckets, not %u", what, d->n, n);
}

/* Packed, read, packed again; cut off and changed. */
static void
check_packed(const DurationSummary *d)
{
	size_t		bound = duration_summary_bound(d);
	uint8_t    *packed = exact(bound);
	uint8_t    *again = exact(bound);
	size_t		bytes = duration_summary_pack(packed, d);
	DurationSummary back = {.buckets = room};

	check(bytes <= bound, "the bound of the packed size");
	check(duration_summary_read(packed, bytes, &back), "packed durations are read");
	check_summary(&back, d->total, d->sum, "read");
	check(duration_summary_pack(again, &back) == bytes && memcmp(packed, again, bytes) == 0,
		  "packed again it has the same bytes");
	for (size_t cut = 0; cut < bytes; cut += 1 + cut / 20)
	{
		uint8_t    *part = exact_copy(packed, cut);

		check(!duration_summary_read(part, cut, &back), "durations that are cut off");
		free(part);
	}
	free(again);
	again = memcpy(exact(bytes + 1), packed, bytes);
	check(!duration_summary_read(again, bytes + 1, &back), "a byte too many");
	for (int i = 0; i < 200; i++)
	{
		uint8_t    *copy = exact_copy(packed, bytes);

		copy[4 + below((int) bytes - 4)] = (uint8_t) below(256);
		if (duration_summary_read(copy, bytes, &back))
			(void) duration_summary_check(&back);
		free(copy);
	}
	free(packed);
	free(again);
}

static void
test_random(void)
{
	static const int sizes[] = {0, 1, 2, 10, 1000};

	for (int turn = 0; turn < 100; turn++)
	{
		DurationState *s = new_state();
		DurationSummary d = {.buckets = exact(DURATION_BUCKETS * sizeof(DurationBucket))};
		int64_t		total = 0;
		Uint128 sum = 0;

		memset(expected, 0, sizeof(expected));
		for (int i = sizes[turn % 5]; i > 0; i--)
		{
			uint64_t	time = random_bits() >> (turn % 3 == 0 ? below(64) : turn % 60);

			s = add(s, duration_bucket(time), 1, time);
			expected[duration_bucket(time)]++;
			total++;
			sum += time;
		}
		check_slots(s);
		duration_state_read(s, &d);
		check_summary(&d, total, sum, "counted");
		check(duration_summary_check(&d) && d.total == total, "durations are durations");
		check_packed(&d);
		free(d.buckets);
		free(s);
	}
}

/* The packed form by hand: 2 durations of 5 us and one of 6 us. */
static void
test_bytes(void)
{
	static const uint8_t bytes[] = {9, 9, 9, 9, 1, 0, 0, 0, 2, 16, 5, 2, 1, 1};
	DurationBucket buckets[] = {{5, 2}, {6, 1}};
	DurationSummary d = {16, 3, 2, buckets};
	uint8_t		packed[64] = {9, 9, 9, 9};

	check(duration_summary_pack(packed, &d) == sizeof(bytes) &&
		  memcmp(packed, bytes, sizeof(bytes)) == 0, "the packed form");
}

/* What no durations can have given. */
static void
test_impossible(void)
{
	DurationBucket buckets[] = {{5, 2}, {6, 1}};
	DurationSummary d = {16, 0, 2, buckets};

	check(duration_summary_check(&d) && d.total == 3, "two buckets");
	d.sum = 15;
	check(!duration_summary_check(&d), "a sum that is too small");
	d.sum = 17;
	check(!duration_summary_check(&d), "a sum that is too large");
	d.sum = 16;
	buckets[1].bucket = 5;
	check(!duration_summary_check(&d), "a bucket twice");
	buckets[1].bucket = DURATION_BUCKETS;
	check(!duration_summary_check(&d), "a bucket that there is not");
	buckets[1] = (DurationBucket) {6, 0};
	check(!duration_summary_check(&d), "a count of 0");
	buckets[1].count = INT64_MAX;
	check(!duration_summary_check(&d), "more than an int64 has");
	d.n = 0;
	check(!duration_summary_check(&d), "a sum of nothing");
}

/* More durations than an int64 has change nothing. */
static void
test_overflow(void)
{
	DurationState *s = add(add(new_state(), 7, INT64_MAX - 1, 0), 8, 1, 8);

	check(!duration_state_add(s, 7, 1, 7), "one too many");
	check(s->total == INT64_MAX && uint128_load(s->sum) == 8 && s->counts[7] == INT64_MAX - 1 &&
		  s->counts[8] == 1, "nothing has changed");
	free(s);
}

/* A state from elsewhere has to be within its bytes. */
static void
test_foreign(void)
{
	DurationState *s = add(new_state(), DURATION_BUCKETS - 1, 1, 1);
	size_t		bytes = duration_state_size(s->slots);

	check(duration_state_check(s, bytes), "the last slots");
	check(!duration_state_check(s, bytes - 1) && !duration_state_check(s, bytes + 1) &&
		  !duration_state_check(s, 8), "a state of another size");
	s->first++;
	check(!duration_state_check(s, bytes), "slots past the last bucket");
	s->first = UINT32_MAX;
	check(!duration_state_check(s, bytes), "slots far past the last bucket");
	s->first = 0;
	check(duration_state_check(s, bytes), "the first slots");
	s->slots = UINT32_MAX;
	check(!duration_state_check(s, bytes), "more slots than there are buckets");
	s->slots = 64;
	s->header.flags = 0;
	check(!duration_state_check(s, bytes), "a packed value");
	s->header.flags = DURATION_GROWING;
	s->header.version++;
	check(!duration_state_check(s, bytes), "another version");
	free(s);
}

int
main(void)
{
	test_random();
	test_bytes();
	test_impossible();
	test_overflow();
	test_foreign();
	return unit_end();
}
