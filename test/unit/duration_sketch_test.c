/* covers: core/duration/duration_sketch.c core/duration/duration_sketch_text.c */

/*
 * duration_sketch_test.c
 *		The pure core of duration sketches: buckets without gaps over all 64 bits,
 *		the bound of the error, percentiles against sorting, merging, packing, the
 *		text form, and random bytes and texts that must do no harm.
 */
#include "unit.h"

#include "duration/duration_sketch.h"
#include "duration/duration_sketch_text.h"

static uint64_t
distance(uint64_t a, uint64_t b)
{
	return a > b ? a - b : b - a;
}

/* Off by at most 1/128; 128 * distance in 128 bits, so nothing is rounded. */
static bool
is_near(uint64_t exact, uint64_t estimate)
{
	return (Uint128) distance(exact, estimate) * 128 <= exact;
}

static void
check_value(uint64_t value)
{
	uint32_t	bucket = duration_bucket(value);

	check(bucket < DURATION_BUCKETS, "a bucket there is");
	check(duration_bucket_low(bucket) <= value && value <= duration_bucket_high(bucket),
		  "a value lies in its bucket");
	check(is_near(value, duration_bucket_middle(bucket)), "the middle is within 1/128");
	if (value < 128)
		check(duration_bucket_middle(bucket) == value, "small values are exact");
}

static void
test_buckets(void)
{
	check(DURATION_BUCKETS == 3776, "how many buckets there are");
	check(duration_bucket_low(0) == 0, "the first bucket begins at 0");
	check(duration_bucket_high(DURATION_BUCKETS - 1) == UINT64_MAX, "the last one ends at 2^64 - 1");
	for (uint32_t b = 0; b < DURATION_BUCKETS; b++)
	{
		check(duration_bucket(duration_bucket_low(b)) == b, "the least value of a bucket");
		check(duration_bucket(duration_bucket_high(b)) == b, "the greatest value of a bucket");
		check(b == 0 || duration_bucket_low(b) == duration_bucket_high(b - 1) + 1, "no gap");
		check_value(duration_bucket_low(b));
		check_value(duration_bucket_high(b));
	}
	for (int bit = 0; bit < 64; bit++)
	{
		check_value(UINT64_C(1) << bit);
		check_value((UINT64_C(1) << bit) - 1);
		check_value((UINT64_C(1) << bit) + 1);
	}
	check_value(INT64_MAX);
	check_value((uint64_t) INT64_MAX + 1);
	for (int i = 0; i < 200000; i++)
		check_value(random_bits() >> (random_bits() & 63));
}

static int
compare_values(const void *a, const void *b)
{
	uint64_t	x = *(const uint64_t *) a;
	uint64_t	y = *(const uint64_t *) b;

	return (x > y) - (x < y);
}

/* The sketch of sorted values. */
static uint32_t
sketch_of(const uint64_t *values, int n, DurationBucket *sketch)
{
	uint32_t	used = 0;

	for (int i = 0; i < n; i++)
	{
		uint32_t	bucket = duration_bucket(values[i]);

		if (used == 0 || sketch[used - 1].bucket != bucket)
		{
			sketch[used].bucket = bucket;
			sketch[used++].count = 0;
		}
		sketch[used - 1].count++;
	}
	return used;
}

/* Is it percentile_cont(k / 1000), within 1/parts and the half microsecond of rounding? */
static bool
is_percentile(const uint64_t *values, int n, int k, uint64_t estimate, int parts)
{
	int			before = (n - 1) * k / 1000;
	Uint128 low = values[before];
	Uint128 high = values[before < n - 1 ? before + 1 : before];
	Uint128 exact = low * 1000 + (high - low) * (unsigned) ((n - 1) * k % 1000);
	Uint128 found = (Uint128) estimate * 1000;
	Uint128 off = found > exact ? found - exact : exact - found;

	/* doubles have 53 bits, so the largest values are a little off besides */
	return off * (unsigned) parts <= exact + exact / 1000000 + (unsigned) parts * 500;
}

static void
check_percentiles(const uint64_t *values, int n, Uint128 sum, const DurationBucket *sketch,
				  uint32_t used)
{
	static const int parts[] = {0, 125, 250, 500, 750, 875, 1000};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
	{
		uint64_t	found = duration_sketch_percentile(sketch, used, sum, parts[i] / 1000.0);

		check(is_percentile(values, n, parts[i], found, used > 1 || parts[i] == 500 ? 128 : 64),
			  "a percentile is as near as it is said to be");
		if (used == 1)
			check(found == duration_mean(sum, n), "in one bucket it is the mean");
		if (n == 1)
			check(found == values[0], "of one duration it is this");
	}
}

/* By hand, among them those of few values, which must be as by percentile_cont. */
static void
test_percentiles(void)
{
	DurationBucket two[2] = {{1, 1}, {3, 1}};
	DurationBucket many[3] = {{0, 1}, {10, 3}, {100, 1}};
	DurationBucket ends[2] = {{0, 1}, {DURATION_BUCKETS - 1, 1}};
	DurationBucket one[1] = {{duration_bucket(3600000000), 3}};
	uint64_t	last = duration_bucket_middle(DURATION_BUCKETS - 1);

	check(duration_sketch_percentile(two, 2, 4, 0.5) == 2, "the median of two is between them");
	check(duration_sketch_percentile(two, 2, 4, 0) == 1, "the least");
	check(duration_sketch_percentile(two, 2, 4, 1) == 3, "the greatest");
	check(duration_sketch_percentile(two, 2, 4, 0.24) == 1, "rounded down");
	check(duration_sketch_percentile(two, 2, 4, 0.25) == 1, "half of one, as rint() has it");
	check(duration_sketch_percentile(two, 2, 4, 0.75) == 3, "one and a half");
	check(duration_sketch_percentile(many, 3, 130, 0.5) == 10, "the median of five");
	check(duration_sketch_percentile(many, 3, 130, 0.125) == 5, "between the first two of five");
	check(duration_sketch_percentile(many, 3, 130, 0.9) == 64, "between the last two of five");
	check(duration_sketch_percentile(ends, 2, last, 0) == 0, "the least of all");
	check(duration_sketch_percentile(ends, 2, last, 1) == last, "the greatest of all");
	check(duration_sketch_percentile(ends, 2, last, 1 - 0x1p-53) <= last, "never past the greatest");
	check(duration_sketch_percentile(one, 1, UINT64_C(10800000003), 0.9) == 3600000001,
		  "the mean of a bucket");
}

static void
check_packing(const DurationBucket *sketch, uint32_t used)
{
	size_t		bound = used * DURATION_PAIR_MAX + 1;
	uint8_t    *packed = malloc(bound);
	DurationBucket *back = malloc((used + 1) * sizeof(DurationBucket));
	uint8_t    *end = duration_sketch_put(packed, sketch, used);
	const uint8_t *at = packed;

	check((size_t) (end - packed) < bound, "the bound of the packed size");
	check(duration_sketch_get(&at, end, used, back) && at == end, "packed bytes are read");
	for (uint32_t i = 0; i < used; i++)
		check(back[i].bucket == sketch[i].bucket && back[i].count == sketch[i].count,
			  "packing loses nothing");
	if (used > 0)
	{
		at = packed;
		check(!duration_sketch_get(&at, end - 1, used, back), "a sketch that is cut off");
	}
	free(back);
	free(packed);
}

/* Read a text; where it is in error, from 0 on, or -1. */
static long
scan_sketch(const char *text, DurationBucket *sketch, uint32_t *n)
{
	DurationSketchScan state;
	DurationSketchStatus status = DURATION_SKETCH_ERROR;
	DurationBucket bucket;
	TextScan	scan;

	*n = 0;
	text_scan_begin(&scan, text, strlen(text));
	if (duration_sketch_begin(&scan, &state))
		while ((status = duration_sketch_next(&scan, &state, &bucket)) == DURATION_SKETCH_BUCKET)
		{
			check(bucket.bucket < DURATION_BUCKETS && bucket.count > 0 &&
				  (*n == 0 || sketch[*n - 1].bucket < bucket.bucket), "only sketches are read");
			sketch[(*n)++] = bucket;
		}
	if (status == DURATION_SKETCH_END && text_scan_end(&scan))
		return -1;
	check(scan.expected != NULL && scan.at >= text && scan.at <= text + strlen(text),
		  "an error is explained, at a place in the text");
	return scan.at - text;
}

static DurationBucket room[DURATION_BUCKETS];

static void
check_text(const DurationBucket *sketch, uint32_t n)
{
	size_t		bound = duration_sketch_text_bound(n);
	char	   *text = malloc(bound);
	char	   *end = duration_sketch_print(text, sketch, n);
	size_t		length = (size_t) (end - text);
	uint32_t	back;

	check(length < bound, "the bound of the text");
	*end = '\0';
	check(scan_sketch(text, room, &back) == -1 && back == n, "the text is read");
	for (uint32_t i = 0; i < n; i++)
		check(room[i].bucket == sketch[i].bucket && room[i].count == sketch[i].count,
			  "the text loses nothing");
	for (int i = 0; i < 100; i++)
	{
		size_t		at = (size_t) (random_bits() % length);
		char		was = text[at];

		text[at] = "[],:+.0129azAZ x"[random_bits() % 16];
		(void) scan_sketch(text, room, &back);
		text[at] = was;
	}
	free(text);
}

/* The old notation and the new one of the same sketch. */
static void
expect_text(const char *numbered, const char *text)
{
	char		printed[256];
	uint32_t	n;

	check(scan_sketch(numbered, room, &n) == -1, "%s", numbered);
	*duration_sketch_print(printed, room, n) = '\0';
	check(strcmp(printed, text) == 0, "%s", text);
}

static void
expect_error(const char *text, long place)
{
	uint32_t	n;

	check(scan_sketch(text, room, &n) == place, "%s", text);
}

static void
test_text(void)
{
	expect_text("[954:1]", "[954+1]");
	expect_text("[40:2, 41:1]", "[40+21]");
	expect_text("[1715:2,1716:1 , 1728:3]", "[1715+21.b3]");
	expect_text("[0:35, 1:36, 2:971, 3:972, 4:25307, 5:25308]", "[0+zA0ZzAA0ZZzAAA0]");
	expect_text("[0:1, 37:1, 74:2]", "[0+1.A01.A02]");
	expect_text("[0:1, 3775:1]", "[0+1.CZu1]");
	expect_text("[3775:9223372036854775807]", "[3775+BQTWMIEIZHXRZ7]");
	expect_text("[40+ 2 1 . b 3, 60:4, 61+5 6]", "[40+21.b3.6456]");
	expect_error("", 0);
	expect_error("[", 1);
	expect_error("[]", 1);
	expect_error("[5", 2);
	expect_error("[5]", 2);
	expect_error("[5:]", 3);
	expect_error("[5:0]", 3);
	expect_error("[5:1", 4);
	expect_error("[5:1,]", 5);
	expect_error("[5:9223372036854775808]", 3);
	expect_error("[3776:1]", 1);
	expect_error("[40:1, 40:1]", 7);
	expect_error("[41:1, 40:1]", 7);
	expect_error("[40+1, 40:1]", 7);
	expect_error("[40+12, 41+1]", 8);
	expect_error("[40+]", 4);
	expect_error("[40+0]", 4);
	expect_error("[40+A]", 4);
	expect_error("[40+1.]", 6);
	expect_error("[40+1.01]", 6);
	expect_error("[40+1.5]", 7);
	expect_error("[3774+111]", 8);
	expect_error("[3774+1.11]", 8);
	expect_error("[3775+BQTWMIEIZHXRZ8]", 6);
	expect_error("[3775+ZZZZZZZZZZZZZZZZZZZZZZZ8]", 6);
}

/* 100,000 durations around an hour, over four powers of ten, as a step of a funnel has. */
static void
test_text_length(void)
{
	static DurationBucket sketch[DURATION_BUCKETS];
	static char text[100000];
	uint32_t	n = 0;
	size_t		length;

	memset(sketch, 0, sizeof(sketch));
	for (int i = 0; i < 100000; i++)
	{
		uint64_t	powers = random_bits() % 14 + random_bits() % 14 + random_bits() % 14;

		sketch[duration_bucket((random_bits() | UINT64_C(1) << 63) >> (46 - powers / 3))].count++;
	}
	for (uint32_t b = 0; b < DURATION_BUCKETS; b++)
		if (sketch[b].count > 0)
		{
			sketch[n].bucket = b;
			sketch[n++].count = sketch[b].count;
		}
	length = (size_t) (duration_sketch_print(text, sketch, n) - text);
	check(n > 500, "many buckets");
	check(length <= 3 * n, "at most three characters a bucket");
	check_text(sketch, n);
}

/* Two parts merged are the whole, either way round. */
static void
check_merge(uint64_t *values, int n, const DurationBucket *whole, uint32_t used)
{
	int			cut = (int) (random_bits() % (uint64_t) (n + 1));
	uint64_t   *copy = malloc((size_t) n * sizeof(uint64_t));
	DurationBucket *parts = malloc((size_t) (3 * n + 3) * sizeof(DurationBucket));
	DurationBucket *second = parts + n;
	DurationBucket *merged = second + n;
	uint32_t	a;
	uint32_t	b;
	uint32_t	both;

	for (int i = 0; i < n; i++)
		copy[i] = values[(i * 7919L) % n];
	qsort(copy, (size_t) cut, sizeof(uint64_t), compare_values);
	qsort(copy + cut, (size_t) (n - cut), sizeof(uint64_t), compare_values);
	a = sketch_of(copy, cut, parts);
	b = sketch_of(copy + cut, n - cut, second);
	for (int turn = 0; turn < 2; turn++)
	{
		check(turn == 0 ? duration_sketch_merge(parts, a, second, b, merged, &both) :
			  duration_sketch_merge(second, b, parts, a, merged, &both), "parts merge");
		check(both == used, "as many buckets as the whole");
		for (uint32_t i = 0; i < used && i < both; i++)
			check(merged[i].bucket == whole[i].bucket && merged[i].count == whole[i].count,
				  "merged is the whole");
	}
	free(parts);
	free(copy);
}

static void
test_sketches(void)
{
	for (int turn = 0; turn < 200; turn++)
	{
		static const int primes[] = {1, 2, 3, 5, 101, 1009, 2003};
		int			n = primes[turn % 7];
		int			shift = turn % 64;
		uint64_t   *values = malloc((size_t) n * sizeof(uint64_t));
		DurationBucket *sketch = malloc((size_t) n * sizeof(DurationBucket));
		Uint128 sum = 0;
		int64_t		total;
		uint32_t	used;

		for (int i = 0; i < n; i++)
			sum += values[i] = random_bits() >> (turn % 2 == 0 ? shift : (int) (random_bits() & 63));
		qsort(values, (size_t) n, sizeof(uint64_t), compare_values);
		used = sketch_of(values, n, sketch);
		check(duration_sketch_total(sketch, used, &total) && total == n, "the total");
		check(duration_sketch_holds(sketch, used, sum), "the sum fits the buckets");
		check(!duration_sketch_holds(sketch, used, (Uint128) values[n - 1] * 2 * (unsigned) n + 2),
			  "a sum that is too large");
		check_percentiles(values, n, sum, sketch, used);
		check_packing(sketch, used);
		check_text(sketch, used);
		check_merge(values, n, sketch, used);
		free(sketch);
		free(values);
	}
}

static void
test_limits(void)
{
	DurationBucket most = {3775, INT64_MAX};
	DurationBucket pair[2] = {{10, INT64_MAX}, {11, 1}};
	DurationBucket merged[2];
	Uint128 sum = (Uint128) INT64_MAX * UINT64_MAX;
	uint32_t	n;
	int64_t		total;

	check(!duration_sketch_total(pair, 2, &total), "a total past an int64");
	pair[1].count = 0;
	check(!duration_sketch_total(pair, 2, &total), "a count of 0");
	pair[1].count = -1;
	check(!duration_sketch_total(pair, 2, &total), "a count below 0");
	check(!duration_sketch_merge(&most, 1, &most, 1, merged, &n), "a count past an int64");
	check(duration_sketch_holds(&most, 1, sum), "the largest sum");
	check(duration_mean(sum, INT64_MAX) == UINT64_MAX, "the largest mean");
	check(duration_mean(3, 2) == 2 && duration_mean(5, 4) == 1 && duration_mean(0, 9) == 0,
		  "means are rounded half up");
	check(duration_sketch_percentile(&most, 1, sum, 0.5) == UINT64_MAX,
		  "a percentile of the most there can be");
	pair[1].count = INT64_MAX - 1;
	pair[0].count = 1;
	check(duration_sketch_percentile(pair, 2, 0, 1) == 11, "the last of an int64 of them");
	check_packing(&most, 1);
	check_text(&most, 1);
	check_packing(NULL, 0);
}

/* Bytes from anywhere give a sketch or nothing. */
static void
test_random_bytes(void)
{
	DurationBucket sketch[8];
	int64_t		total;
	int			accepted = 0;

	for (int turn = 0; turn < 200000; turn++)
	{
		size_t		length = (size_t) (random_bits() % 24);
		uint8_t    *bytes = malloc(length + 1);
		const uint8_t *at = bytes + 1;
		uint32_t	n = (uint32_t) (random_bits() % 8) + 1;

		for (size_t i = 0; i <= length; i++)
			bytes[i] = (uint8_t) (random_bits() >> (random_bits() & 7));
		if (duration_sketch_get(&at, bytes + 1 + length, n, sketch))
		{
			accepted++;
			for (uint32_t i = 0; i < n; i++)
				check(sketch[i].bucket < DURATION_BUCKETS && sketch[i].count > 0 &&
					  (i == 0 || sketch[i].bucket > sketch[i - 1].bucket), "only sketches");
			(void) duration_sketch_total(sketch, n, &total);
		}
		free(bytes);
	}
	check(accepted > 1000, "some random bytes are sketches");
}

int
main(void)
{
	test_buckets();
	test_percentiles();
	test_sketches();
	test_text();
	test_text_length();
	test_limits();
	test_random_bytes();
	return unit_end();
}
