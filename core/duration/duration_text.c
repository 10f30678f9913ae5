/*
 * duration_text.c
 *		Printing and reading the text form of summaries of durations; see
 *		duration.h.
 */
#include "duration/duration.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define WIDE_CHARS		39
#define BUCKET_CHARS	(4 + 1 + 20 + 2)	/* number:count and a comma */

/* Enough bytes for duration_text_print(), the final zero included. */
size_t
duration_text_bound(const DurationSummary *d)
{
	return sizeof("{ in us []}") + 20 + WIDE_CHARS + d->n * BUCKET_CHARS;
}

static char *
print_wide(char *out, JourneyUint128 value)
{
	char		digits[WIDE_CHARS];
	int			n = 0;

	do
		digits[n++] = (char) ('0' + (int) (value % 10));
	while ((value /= 10) > 0);
	while (n > 0)
		*out++ = digits[--n];
	return out;
}

/* Print the text form; returns its length. */
size_t
duration_text_print(const DurationSummary *d, char *text)
{
	char	   *out = text;

	*out++ = '{';
	if (d->n > 0)
	{
		out += sprintf(out, "%" PRId64 " in ", d->total);
		out = print_wide(out, d->sum);
		out += sprintf(out, "us [");
		for (uint32_t i = 0; i < d->n; i++)
			out += sprintf(out, "%s%" PRIu32 ":%" PRId64, i > 0 ? ", " : "",
						   d->buckets[i].bucket, d->buckets[i].count);
		*out++ = ']';
	}
	*out++ = '}';
	*out = '\0';
	return (size_t) (out - text);
}

typedef struct Cursor
{
	const char *at;
	const char *expected;		/* NULL: no error so far */
} Cursor;

static void
skip_space(Cursor *c)
{
	while (*c->at == ' ' || (*c->at >= '\t' && *c->at <= '\r'))
		c->at++;
}

static bool
fail(Cursor *c, const char *expected)
{
	c->expected = expected;
	return false;
}

static bool
accept(Cursor *c, const char *sign)
{
	skip_space(c);
	if (strncmp(c->at, sign, strlen(sign)) != 0)
		return false;
	c->at += strlen(sign);
	return true;
}

static bool
expect(Cursor *c, const char *sign, const char *expected)
{
	return accept(c, sign) || fail(c, expected);
}

static bool
parse_number(Cursor *c, JourneyUint128 most, JourneyUint128 *value, const char *expected)
{
	*value = 0;
	skip_space(c);
	if (*c->at < '0' || *c->at > '9')
		return fail(c, expected);
	for (; *c->at >= '0' && *c->at <= '9'; c->at++)
		if (__builtin_mul_overflow(*value, (JourneyUint128) 10, value) ||
			__builtin_add_overflow(*value, (JourneyUint128) (*c->at - '0'), value) ||
			*value > most)
			return fail(c, expected);
	return true;
}

static bool
parse_count(Cursor *c, int64_t *count)
{
	JourneyUint128 value;

	if (!parse_number(c, INT64_MAX, &value, "a number of durations up to 9223372036854775807"))
		return false;
	*count = (int64_t) value;
	return true;
}

static bool
parse_bucket(Cursor *c, DurationSummary *d)
{
	JourneyUint128 bucket;

	if (d->n == DURATION_BUCKETS)
		return fail(c, "\"]\"");
	if (!parse_number(c, DURATION_BUCKETS - 1, &bucket, "the number of a bucket, 0 to 3775") ||
		!expect(c, ":", "\":\" and the count of the bucket") ||
		!parse_count(c, &d->buckets[d->n].count))
		return false;
	d->buckets[d->n++].bucket = (uint32_t) bucket;
	return true;
}

static bool
parse_content(Cursor *c, DurationSummary *d, int64_t *total)
{
	if (!parse_count(c, total) || !expect(c, "in", "\"in\" and the sum of the durations") ||
		!parse_number(c, ~(JourneyUint128) 0, &d->sum, "the sum of the durations in microseconds") ||
		!expect(c, "us", "\"us\"") || !expect(c, "[", "\"[\" and the sketch of the durations"))
		return false;
	do
		if (!parse_bucket(c, d))
			return false;
	while (accept(c, ","));
	return expect(c, "]", "\",\" or \"]\"") && expect(c, "}", "\"}\"");
}

/*
 * Read and check the text form; d->buckets has room for DURATION_BUCKETS.  White
 * space may stand between the parts; buckets are in their order.
 */
bool
duration_text_parse(const char *text, DurationSummary *d, DurationTextError *error)
{
	Cursor		c = {text, NULL};
	int64_t		total = 0;
	bool		ok;

	d->sum = 0;
	d->n = 0;
	ok = expect(&c, "{", "\"{\"") && (accept(&c, "}") || parse_content(&c, d, &total));
	skip_space(&c);
	if (ok && *c.at != '\0')
		ok = fail(&c, "the end");
	error->offset = (size_t) (c.at - text);
	error->expected = c.expected;
	return ok && duration_summary_check(d) && d->total == total;
}
