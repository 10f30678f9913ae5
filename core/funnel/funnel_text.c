/*
 * funnel_text.c
 *		Printing and reading the text form of a funnel; see funnel_text.h.
 */
#include "funnel/funnel_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/fixed_interval.h"
#include "base/label.h"

#define INT64_CHARS		20
#define UINT128_CHARS	39
#define BUCKET_CHARS	(4 + 1 + INT64_CHARS + 2)	/* number:count and a comma */
#define STEP_CHARS		(sizeof(",  in us []") + INT64_CHARS + UINT128_CHARS)

/* Enough bytes for funnel_text_print(), the final zero included. */
size_t
funnel_text_bound(const Funnel *funnel)
{
	return sizeof("{; within ; }") + journey_path_text_bound(funnel->path) +
		JOURNEY_DURATION_TEXT_BOUND + funnel->path->items * STEP_CHARS +
		(size_t) funnel->bucket_count * BUCKET_CHARS;
}

static char *
print_wide(char *out, JourneyUint128 value)
{
	char		digits[UINT128_CHARS];
	int			n = 0;

	do
		digits[n++] = (char) ('0' + (int) (value % 10));
	while ((value /= 10) > 0);
	while (n > 0)
		*out++ = digits[--n];
	return out;
}

static char *
print_step(char *out, const Funnel *funnel, const FunnelStep *step)
{
	out += sprintf(out, "%" PRId64, step->reached);
	if (step->buckets == 0)
		return out;
	out += sprintf(out, " in ");
	out = print_wide(out, funnel_step_sum(step));
	out += sprintf(out, "us [");
	for (uint32_t i = 0; i < step->buckets; i++)
	{
		const DurationBucket *b = &funnel->buckets[step->first + i];

		out += sprintf(out, "%s%" PRIu32 ":%" PRId64, i > 0 ? ", " : "", b->bucket, b->count);
	}
	*out++ = ']';
	return out;
}

/* Print the text form; returns its length.  See funnel_text_bound(). */
size_t
funnel_text_print(const Funnel *funnel, char *text)
{
	char	   *out = text;

	*out++ = '{';
	out += journey_path_print(funnel->path, out);
	if (funnel->within != JOURNEY_NO_LIMIT)
	{
		out += sprintf(out, "; within ");
		out += journey_duration_print(funnel->within, out);
	}
	for (int i = 0; i < funnel->path->items; i++)
	{
		out += sprintf(out, i > 0 ? ", " : "; ");
		out = print_step(out, funnel, &funnel->steps[i]);
	}
	*out++ = '}';
	*out = '\0';
	return (size_t) (out - text);
}

static void
skip_space(FunnelTextReader *r)
{
	while (journey_space_byte((unsigned char) *r->at))
		r->at++;
}

static bool
accept(FunnelTextReader *r, const char *sign)
{
	size_t		length = strlen(sign);

	skip_space(r);
	if (strncmp(r->at, sign, length) != 0)
		return false;
	r->at += length;
	return true;
}

static bool
fail(FunnelTextReader *r, const char *expected)
{
	r->expected = expected;
	return false;
}

static bool
expect(FunnelTextReader *r, const char *sign, const char *expected)
{
	return accept(r, sign) || fail(r, expected);
}

static bool
parse_number(FunnelTextReader *r, JourneyUint128 most, JourneyUint128 *value, const char *expected)
{
	JourneyUint128 result = 0;

	skip_space(r);
	if (*r->at < '0' || *r->at > '9')
		return fail(r, expected);
	for (; *r->at >= '0' && *r->at <= '9'; r->at++)
		if (__builtin_mul_overflow(result, (JourneyUint128) 10, &result) ||
			__builtin_add_overflow(result, (JourneyUint128) (*r->at - '0'), &result) ||
			result > most)
			return fail(r, expected);
	*value = result;
	return true;
}

static bool
parse_count(FunnelTextReader *r, int64_t *count)
{
	JourneyUint128 value;

	if (!parse_number(r, INT64_MAX, &value, "a number up to 9223372036854775807"))
		return false;
	*count = (int64_t) value;
	return true;
}

/* The path, up to the first semicolon outside of quotes. */
static bool
parse_path(FunnelTextReader *r, bool utf8)
{
	const char *end = r->at;
	bool		quoted = false;
	JourneyPathError error;

	for (; end < r->end && (quoted || *end != ';'); end++)
		if (*end == '"')
			quoted = !quoted;
	if (!journey_path_parse(r->at, (size_t) (end - r->at), utf8, &r->path, &error))
	{
		r->problem = error.problem;
		r->limit = error.limit;
		r->at += error.offset;
		return false;
	}
	r->at = end;
	return expect(r, ";", "\";\" and how many reached each step");
}

/* "within 7 days;", or nothing */
static bool
parse_within(FunnelTextReader *r)
{
	r->within = JOURNEY_NO_LIMIT;
	if (!accept(r, "within"))
		return true;
	skip_space(r);
	r->problem = journey_duration_read(&r->at, r->end, &r->within);
	return r->problem == NULL && expect(r, ";", "\";\" and how many reached each step");
}

/*
 * Read all that comes before the steps.  The text must end with a zero byte; labels
 * has room for as many bytes.  If false, r->at, and r->expected or r->problem,
 * explain why.
 */
bool
funnel_text_begin(FunnelTextReader *r, const char *text, size_t length, bool utf8, char *labels)
{
	memset(r, 0, sizeof(*r));
	r->text = r->at = text;
	r->end = text + length;
	r->path.bytes = labels;
	return expect(r, "{", "\"{\"") && parse_path(r, utf8) && parse_within(r);
}

static bool
parse_step(FunnelTextReader *r)
{
	r->sum = 0;
	if (r->steps > 0 && !expect(r, ",", "\",\" and the next step"))
		return false;
	if (!parse_count(r, &r->reached))
		return false;
	r->in_sketch = accept(r, "in");
	return !r->in_sketch ||
		(parse_number(r, ~(JourneyUint128) 0, &r->sum, "the sum of the times in microseconds") &&
		 expect(r, "us", "\"us\"") &&
		 expect(r, "[", "\"[\" and the sketch of the times"));
}

/* The next step; r->at, and r->expected or r->problem, explain an error. */
FunnelTextStatus
funnel_text_step(FunnelTextReader *r)
{
	if (r->steps < r->path.items)
	{
		if (!parse_step(r))
			return FUNNEL_TEXT_ERROR;
		r->steps++;
		return FUNNEL_TEXT_STEP;
	}
	if (!expect(r, "}", "\"}\" after the last step"))
		return FUNNEL_TEXT_ERROR;
	skip_space(r);
	if (r->at == r->end)
		return FUNNEL_TEXT_END;
	r->expected = "the end";
	return FUNNEL_TEXT_ERROR;
}

static bool
parse_bucket(FunnelTextReader *r)
{
	JourneyUint128 bucket;

	if (!parse_number(r, DURATION_BUCKETS - 1, &bucket, "the number of a bucket, 0 to 3775") ||
		!expect(r, ":", "\":\" and the count of the bucket") ||
		!parse_count(r, &r->bucket.count))
		return false;
	r->bucket.bucket = (uint32_t) bucket;
	r->in_sketch = accept(r, ",");
	return r->in_sketch || expect(r, "]", "\",\" or \"]\"");
}

/* The next bucket of the step; until FUNNEL_TEXT_END, which is at once without times. */
FunnelTextStatus
funnel_text_bucket(FunnelTextReader *r)
{
	if (!r->in_sketch)
		return FUNNEL_TEXT_END;
	return parse_bucket(r) ? FUNNEL_TEXT_BUCKET : FUNNEL_TEXT_ERROR;
}
