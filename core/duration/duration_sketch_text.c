/*
 * duration_sketch_text.c
 *		Printing and reading the text form of a sketch; see duration_sketch_text.h.
 */
#include "duration/duration_sketch_text.h"

#include <inttypes.h>
#include <stdio.h>

#define LAST_DIGITS		36		/* 0 to 9, a to z */
#define LEADING_DIGITS	26		/* A to Z, for 1 to 26 */
#define NUMBER_CHARS	14		/* of an int64 */
#define GAP_CHARS		3		/* of a number of buckets */

/* Enough bytes for duration_sketch_print() of n buckets; it ends with no zero. */
size_t
duration_sketch_text_bound(size_t n)
{
	return sizeof("[3775+]") + n * (sizeof(".") - 1 + GAP_CHARS + NUMBER_CHARS);
}

static char *
print_number(char *out, uint64_t value)
{
	char		leading[NUMBER_CHARS];
	int			n = 0;

	for (uint64_t rest = value / LAST_DIGITS; rest > 0; rest = (rest - 1) / LEADING_DIGITS)
		leading[n++] = (char) ('A' + (int) ((rest - 1) % LEADING_DIGITS));
	while (n > 0)
		*out++ = leading[--n];
	*out++ = "0123456789abcdefghijklmnopqrstuvwxyz"[value % LAST_DIGITS];
	return out;
}

/* Print a sketch of one bucket or more; returns where it ends. */
char *
duration_sketch_print(char *out, const DurationBucket *sketch, uint32_t n)
{
	out += sprintf(out, "[%" PRIu32 "+", sketch[0].bucket);
	for (uint32_t i = 0; i < n; i++)
	{
		uint32_t	empty = i == 0 ? 0 : sketch[i].bucket - sketch[i - 1].bucket - 1;

		if (empty > 0)
		{
			*out++ = '.';
			out = print_number(out, empty);
		}
		out = print_number(out, (uint64_t) sketch[i].count);
	}
	*out++ = ']';
	return out;
}

/* The value of the last digit of a number, or -1. */
static int
last_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'z' ? c - 'a' + 10 : -1;
}

static bool
is_leading_digit(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* A number from 1 to most, as print_number() writes it. */
static bool
read_number(TextScan *scan, int64_t most, int64_t *value, const char *expected)
{
	const char *at;
	int64_t		leading = 0;
	bool		ok = true;

	text_scan_space(scan);
	for (at = scan->at; ok && is_leading_digit(*at); at++)
		ok = !__builtin_mul_overflow(leading, LEADING_DIGITS, &leading) &&
			!__builtin_add_overflow(leading, *at - 'A' + 1, &leading);
	if (!ok || last_digit(*at) < 0 ||
		__builtin_mul_overflow(leading, LAST_DIGITS, value) ||
		__builtin_add_overflow(*value, last_digit(*at), value) ||
		*value < 1 || *value > most)
		return text_scan_fail(scan, expected);
	scan->at = at + 1;
	return true;
}

/* The opening bracket of a sketch, of which duration_sketch_next() gives the buckets. */
bool
duration_sketch_begin(TextScan *scan, DurationSketchScan *sketch)
{
	DurationSketchScan opened = {.open = true};

	*sketch = opened;
	return text_scan_expect(scan, "[", "\"[\" and the sketch of the times");
}

/* Does the count of a bucket that follows come, or a gap before it? */
static bool
goes_on(TextScan *scan)
{
	text_scan_space(scan);
	return *scan->at == '.' || is_leading_digit(*scan->at) || last_digit(*scan->at) >= 0;
}

/* The next count of a run, and the empty buckets before it. */
static bool
read_following(TextScan *scan, const DurationSketchScan *sketch, DurationBucket *bucket)
{
	int64_t		left = DURATION_BUCKETS - 1 - (int64_t) sketch->next;
	int64_t		empty = 0;

	if (left < 0)
		return text_scan_fail(scan, "\",\" or \"]\" after bucket 3775, the last one");
	if (text_scan_accept(scan, ".") &&
		!read_number(scan, left, &empty,
					 "the number of empty buckets, 1 or more, none of them past 3775"))
		return false;
	bucket->bucket = sketch->next + (uint32_t) empty;
	return read_number(scan, INT64_MAX, &bucket->count, "a count, such as 1, b or A0");
}

/* A bucket that is written with its number. */
static bool
read_numbered(TextScan *scan, DurationSketchScan *sketch, DurationBucket *bucket)
{
	const char *at;
	int64_t		number;

	text_scan_space(scan);
	at = scan->at;
	if (!text_scan_number(scan, 0, DURATION_BUCKETS - 1, &number,
						  "the number of a bucket, 0 to 3775"))
		return false;
	if (number < sketch->next)
	{
		scan->at = at;
		return text_scan_fail(scan, "the number of a bucket, greater than the one before");
	}
	bucket->bucket = (uint32_t) number;
	sketch->run = text_scan_accept(scan, "+");
	if (sketch->run)
		return read_number(scan, INT64_MAX, &bucket->count, "a count, such as 1, b or A0");
	return text_scan_expect(scan, ":", "\"+\" or \":\" and the count of the bucket") &&
		text_scan_number(scan, 1, INT64_MAX, &bucket->count,
						 "a count from 1 to 9223372036854775807");
}

/* The next bucket, behind all before it; until DURATION_SKETCH_END. */
DurationSketchStatus
duration_sketch_next(TextScan *scan, DurationSketchScan *sketch, DurationBucket *bucket)
{
	bool		ok;

	if (!sketch->open)
		return DURATION_SKETCH_END;
	if (sketch->run && goes_on(scan))
		ok = read_following(scan, sketch, bucket);
	else if (!sketch->begun || text_scan_accept(scan, ","))
		ok = read_numbered(scan, sketch, bucket);
	else
	{
		sketch->open = false;
		return text_scan_expect(scan, "]", "\",\" or \"]\"") ? DURATION_SKETCH_END :
			DURATION_SKETCH_ERROR;
	}
	if (!ok)
		return DURATION_SKETCH_ERROR;
	sketch->begun = true;
	sketch->next = bucket->bucket + 1;
	return DURATION_SKETCH_BUCKET;
}
