/* covers: core/duration/duration_text.c */

/*
 * duration_text_test.c
 *		The text form of durations by hand; that of random ones against a simple printer
 *		of the notation with numbers of buckets, and read back; where errors are, and
 *		damaged texts.
 */
#include "unit.h"

#include "duration/duration.h"

static DurationBucket room[DURATION_BUCKETS];

/* The durations of a text; place is where it is in error, from 0 on, or -1. */
static DurationSummary
parse(const char *text, long *place)
{
	DurationSummary d = {.buckets = room};
	TextScan	scan;

	if (duration_text_parse(text, &d, &scan))
		*place = -1;
	else
		*place = scan.at - text;
	check(*place <= (long) strlen(text), "the place of an error is in the text");
	return d;
}

static bool
is(const DurationSummary *d, const DurationSummary *expected)
{
	if (d->sum != expected->sum || d->total != expected->total || d->n != expected->n)
		return false;
	for (uint32_t i = 0; i < d->n; i++)
		if (d->buckets[i].bucket != expected->buckets[i].bucket ||
			d->buckets[i].count != expected->buckets[i].count)
			return false;
	return true;
}

/* Digits, with no help from what is tested. */
static char *
plain_number(char *out, Uint128 value)
{
	if (value >= 10)
		out = plain_number(out, value / 10);
	*out++ = (char) ('0' + (int) (value % 10));
	return out;
}

/* The text with each bucket by its number and its count. */
static void
plain_print(char *out, const DurationSummary *d)
{
	*out++ = '{';
	if (d->n > 0)
	{
		out = plain_number(out, (Uint128) d->total);
		out = stpcpy(out, " in ");
		out = plain_number(out, d->sum);
		out = stpcpy(out, "us ");
	}
	for (uint32_t i = 0; i < d->n; i++)
		out += sprintf(out, "%s%u:%lld", i == 0 ? "[" : ", ", d->buckets[i].bucket,
					   (long long) d->buckets[i].count);
	strcpy(out, d->n > 0 ? "]}" : "}");
}

static void
check_text(const DurationSummary *d)
{
	size_t		bound = duration_text_bound(d);
	char	   *text = exact(bound);
	char	   *plain = exact(100 + 32 * (size_t) d->n);
	size_t		length = duration_text_print(d, text);
	long		place;
	DurationSummary back;

	check(length < bound && strlen(text) == length, "the bound of the text");
	back = parse(text, &place);
	check(place == -1 && is(&back, d), "read back: %.80s", text);
	plain_print(plain, d);
	back = parse(plain, &place);
	check(place == -1 && is(&back, d), "with numbers of buckets: %.80s", plain);
	for (int i = 0; i < 100; i++)
	{
		char	   *copy = exact_copy(text, length + 1);

		copy[below((int) length)] = "{}[]+:,. 019azAZinus"[below(20)];
		(void) parse(copy, &place);
		free(copy);
	}
	free(plain);
	free(text);
}

static void
test_random(void)
{
	static int64_t counts[DURATION_BUCKETS];

	for (int turn = 0; turn < 100; turn++)
	{
		DurationSummary d = {.buckets = exact(DURATION_BUCKETS * sizeof(DurationBucket))};

		memset(counts, 0, sizeof(counts));
		for (int i = turn * turn / 10; i > 0; i--)
		{
			uint64_t	time = random_bits() >> (turn % 2 == 0 ? below(64) : turn % 60);

			counts[duration_bucket(time)]++;
			d.total++;
			d.sum += time;
		}
		for (uint32_t b = 0; b < DURATION_BUCKETS; b++)
			if (counts[b] > 0)
				d.buckets[d.n++] = (DurationBucket) {b, counts[b]};
		check_text(&d);
		free(d.buckets);
	}
}

/* The most of the longest durations: (2^63 - 1) * (2^64 - 1) us. */
static void
test_largest(void)
{
	DurationBucket most = {DURATION_BUCKETS - 1, INT64_MAX};
	DurationSummary d = {(Uint128) INT64_MAX * UINT64_MAX, INT64_MAX, 1, &most};
	char		text[200];

	duration_text_print(&d, text);
	check(strcmp(text, "{9223372036854775807 in 170141183460469231704017187605319778305us "
				 "[3775+BQTWMIEIZHXRZ7]}") == 0, "the most durations: %s", text);
	check_text(&d);
}

static void
expect(const char *text, const char *printed)
{
	long		place;
	DurationSummary d = parse(text, &place);
	char		found[200];

	check(place == -1, "%s", text);
	if (place != -1)
		return;
	duration_text_print(&d, found);
	check(strcmp(found, printed) == 0, "%s is %s", text, found);
}

/* Where it is in error, and whether that is said, or the parts do not fit together. */
static void
expect_error(const char *text, long at, bool explained)
{
	DurationSummary d = {.buckets = room};
	TextScan	scan;

	check(!duration_text_parse(text, &d, &scan), "%s is wrong", text);
	check((scan.expected != NULL || scan.problem != NULL) == explained,
		  "whether it is said what is wrong with %s", text);
	check(!explained || scan.at - text == at, "%s: at %ld, not %ld", text,
		  (long) (scan.at - text), at);
}

static void
test_known(void)
{
	expect("{}", "{}");
	expect(" { } ", "{}");
	expect("{3 in 121us [40+21]}", "{3 in 121us [40+21]}");
	expect("{3 in 121 us[40:2,41:1]}", "{3 in 121us [40+21]}");
	expect_error("", 0, true);
	expect_error("{", 1, true);
	expect_error("{} x", 3, true);
	expect_error("{-1 in 5us [5+1]}", 1, true);
	expect_error("{1 on 5us [5+1]}", 3, true);
	expect_error("{1 in us [5+1]}", 6, true);
	expect_error("{1 in 5ms [5+1]}", 7, true);
	expect_error("{1 in 5us}", 9, true);
	expect_error("{1 in 5us [5+1]", 15, true);
	expect_error("{9223372036854775808 in 5us [5+1]}", 1, true);
	expect_error("{2 in 5us [5+1]}", 0, false);
	expect_error("{1 in 6us [5+1]}", 0, false);
	expect_error("{1 in 4us [5+1]}", 0, false);
}

int
main(void)
{
	test_known();
	test_random();
	test_largest();
	return unit_end();
}
