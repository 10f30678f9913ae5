/*
 * duration_state.c
 *		Counting, packing, printing and reading summaries of durations; see
 *		duration.h.
 */
#include "duration/duration.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define WIDE_CHARS		39
#define BUCKET_CHARS	(4 + 1 + 20 + 2)	/* number:count and a comma */

/* Bytes of a state with so many slots. */
size_t
duration_state_size(uint32_t slots)
{
	return offsetof(DurationState, counts) + slots * sizeof(int64_t);
}

/* Is a state that comes from elsewhere within its bytes? */
bool
duration_state_check(const DurationState *s, size_t bytes)
{
	return bytes >= sizeof(DurationState) && s->header.version == DURATION_VERSION &&
		s->header.flags == DURATION_COUNTING && s->slots <= DURATION_BUCKETS &&
		s->first <= DURATION_BUCKETS - s->slots && bytes == duration_state_size(s->slots);
}

bool
duration_state_has(const DurationState *s, uint32_t bucket)
{
	return bucket - s->first < s->slots;
}

/* The range of buckets that includes one more. */
static void
widen(const DurationState *s, uint32_t bucket, uint32_t *first, uint32_t *end)
{
	*first = bucket / DURATION_STEPS * DURATION_STEPS;
	*end = *first + DURATION_STEPS;
	if (s->slots > 0 && s->first < *first)
		*first = s->first;
	if (s->slots > 0 && s->first + s->slots > *end)
		*end = s->first + s->slots;
}

/* Bytes of a state that has room for the bucket, too. */
size_t
duration_state_grown(const DurationState *s, uint32_t bucket)
{
	uint32_t	first;
	uint32_t	end;

	widen(s, bucket, &first, &end);
	return duration_state_size(end - first);
}

/* Move a state to duration_state_grown() bytes; vl_len stays. */
void
duration_state_move(DurationState *to, const DurationState *from, uint32_t bucket)
{
	uint32_t	vl_len = to->header.vl_len;
	uint32_t	end;

	memcpy(to, from, offsetof(DurationState, counts));
	to->header.vl_len = vl_len;
	widen(from, bucket, &to->first, &end);
	to->slots = end - to->first;
	memset(to->counts, 0, to->slots * sizeof(int64_t));
	if (from->slots > 0)
		memcpy(to->counts + (from->first - to->first), from->counts,
			   from->slots * sizeof(int64_t));
}

/* Add durations of one bucket; false, with nothing changed, past an int64 of them. */
bool
duration_state_add(DurationState *s, uint32_t bucket, int64_t count, JourneyUint128 sum)
{
	int64_t		total;

	if (__builtin_add_overflow(s->total, count, &total))
		return false;
	s->total = total;
	s->counts[bucket - s->first] += count;
	sum += ((JourneyUint128) s->sum[1] << 64) | s->sum[0];
	s->sum[0] = (uint64_t) sum;
	s->sum[1] = (uint64_t) (sum >> 64);
	return true;
}

/* What was counted; d->buckets has room for as many buckets as there are slots. */
void
duration_state_read(const DurationState *s, DurationSummary *d)
{
	d->sum = ((JourneyUint128) s->sum[1] << 64) | s->sum[0];
	d->total = s->total;
	d->n = 0;
	for (uint32_t i = 0; i < s->slots; i++)
		if (s->counts[i] != 0)
		{
			d->buckets[d->n].bucket = s->first + i;
			d->buckets[d->n++].count = s->counts[i];
		}
}

/*
 * Sets the total.  Is this what durations can have given?  The one validator of
 * all that comes from outside.
 */
bool
duration_summary_check(DurationSummary *d)
{
	for (uint32_t i = 0; i < d->n; i++)
		if (d->buckets[i].bucket >= DURATION_BUCKETS ||
			(i > 0 && d->buckets[i].bucket <= d->buckets[i - 1].bucket))
			return false;
	return duration_sketch_total(d->buckets, d->n, &d->total) &&
		duration_sketch_holds(d->buckets, d->n, d->sum);
}

/* Unpack; d->buckets has room for DURATION_BUCKETS.  False for what is no summary. */
bool
duration_summary_read(const void *packed, size_t bytes, DurationSummary *d)
{
	const DurationHeader *header = packed;
	const uint8_t *at = (const uint8_t *) (header + 1);
	const uint8_t *end = (const uint8_t *) packed + bytes;
	uint64_t	n;

	if (bytes <= sizeof(DurationHeader) || header->version != DURATION_VERSION ||
		header->flags != 0 || !varint_get(&at, end, &n) || n > DURATION_BUCKETS ||
		!varint_get_wide(&at, end, &d->sum) ||
		!duration_sketch_get(&at, end, (uint32_t) n, d->buckets) || at != end)
		return false;
	d->n = (uint32_t) n;
	return duration_sketch_total(d->buckets, d->n, &d->total);
}

/* At least as many bytes as duration_summary_pack() writes. */
size_t
duration_summary_bound(const DurationSummary *d)
{
	return sizeof(DurationHeader) + VARINT_MAX + VARINT_MAX_WIDE + d->n * DURATION_PAIR_MAX;
}

/* Pack; vl_len stays.  Returns the bytes written. */
size_t
duration_summary_pack(void *packed, const DurationSummary *d)
{
	DurationHeader *header = packed;
	uint8_t    *out = (uint8_t *) (header + 1);

	header->version = DURATION_VERSION;
	header->flags = 0;
	header->reserved = 0;
	out = varint_put(out, d->n);
	out = varint_put_wide(out, d->sum);
	out = duration_sketch_put(out, d->buckets, d->n);
	return (size_t) (out - (uint8_t *) packed);
}

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
