/*
 * flow_text.c
 *		Printing and reading the text form of a flow; see flow_text.h.
 */
#include "flow/flow_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define INT64_CHARS		20
#define UINT128_CHARS	39
#define BUCKET_CHARS	(4 + 1 + INT64_CHARS + 2)	/* number:count and a comma */

/* Enough bytes for flow_text_print(), the final zero included. */
size_t
flow_text_bound(const Flow *flow)
{
	size_t		bytes = sizeof("{}") + (size_t) flow->bucket_count * BUCKET_CHARS;

	for (uint32_t i = 0; i < flow->edge_count; i++)
	{
		const FlowEdge *edge = &flow->edges[i];

		bytes += sizeof(", (start) > (end) =  in us []") + INT64_CHARS + UINT128_CHARS;
		if (edge->from != FLOW_OUTSIDE)
			bytes += JOURNEY_LABEL_TEXT_BOUND(flow->labels[edge->from - 1].length);
		if (edge->to != FLOW_OUTSIDE)
			bytes += JOURNEY_LABEL_TEXT_BOUND(flow->labels[edge->to - 1].length);
	}
	return bytes;
}

static char *
print_text(char *out, const char *text)
{
	size_t		length = strlen(text);

	memcpy(out, text, length);
	return out + length;
}

static char *
print_stage(char *out, const Flow *flow, uint32_t stage, const char *outside)
{
	if (stage == FLOW_OUTSIDE)
		return print_text(out, outside);
	return out + journey_label_print(flow->labels[stage - 1].text,
									 flow->labels[stage - 1].length, out);
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
print_edge(char *out, const Flow *flow, const FlowEdge *edge)
{
	out = print_stage(out, flow, edge->from, "(start)");
	out = print_text(out, " > ");
	out = print_stage(out, flow, edge->to, "(end)");
	out += sprintf(out, " = %" PRId64, edge->transitions);
	if (!flow_edge_is_timed(edge))
		return out;
	out = print_text(out, " in ");
	out = print_wide(out, flow_edge_sum(edge));
	out = print_text(out, "us [");
	for (uint32_t i = 0; i < edge->buckets; i++)
	{
		const DurationBucket *b = &flow->buckets[edge->first + i];

		out += sprintf(out, "%s%" PRIu32 ":%" PRId64, i > 0 ? ", " : "", b->bucket, b->count);
	}
	*out++ = ']';
	return out;
}

/* Print the text form; returns its length.  See flow_text_bound(). */
size_t
flow_text_print(const Flow *flow, char *text)
{
	char	   *out = text;

	*out++ = '{';
	for (uint32_t i = 0; i < flow->edge_count; i++)
	{
		if (i > 0)
			out = print_text(out, ", ");
		out = print_edge(out, flow, &flow->edges[i]);
	}
	*out++ = '}';
	*out = '\0';
	return (size_t) (out - text);
}

/* Begin to read; the text must end with a zero byte. */
void
flow_text_begin(FlowTextReader *r, const char *text, size_t length, bool utf8)
{
	memset(r, 0, sizeof(*r));
	r->text = r->at = text;
	r->end = text + length;
	r->utf8 = utf8;
}

static void
skip_space(FlowTextReader *r)
{
	while (journey_space_byte((unsigned char) *r->at))
		r->at++;
}

static bool
accept(FlowTextReader *r, const char *sign)
{
	size_t		length = strlen(sign);

	skip_space(r);
	if (strncmp(r->at, sign, length) != 0)
		return false;
	r->at += length;
	return true;
}

static bool
fail(FlowTextReader *r, const char *expected)
{
	r->expected = expected;
	return false;
}

static bool
expect(FlowTextReader *r, const char *sign, const char *expected)
{
	return accept(r, sign) || fail(r, expected);
}

static bool
parse_number(FlowTextReader *r, JourneyUint128 most, JourneyUint128 *value, const char *expected)
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
parse_count(FlowTextReader *r, int64_t *count)
{
	static const char expected[] = "a number from 1 to 9223372036854775807";
	JourneyUint128 value;

	if (!parse_number(r, INT64_MAX, &value, expected))
		return false;
	*count = (int64_t) value;
	return value > 0 || fail(r, expected);
}

static bool
parse_stage(FlowTextReader *r, FlowTextStage *stage, const char *outside, const char *expected)
{
	JourneyLabelStatus status;

	stage->length = 0;
	if (accept(r, outside))
		return true;
	status = journey_label_read(&r->at, r->end, r->utf8, stage->label, &stage->length);
	if (status == JOURNEY_LABEL_OK)
		return true;
	if (status == JOURNEY_LABEL_MISSING)
		return fail(r, expected);
	r->problem = journey_label_problem(status);
	return false;
}

static bool
parse_edge(FlowTextReader *r)
{
	r->sum = 0;
	r->in_sketch = false;
	if (!parse_stage(r, &r->from, "(start)", "the label of a stage or (start)") ||
		!expect(r, ">", "\">\"") ||
		!parse_stage(r, &r->to, "(end)", "the label of a stage or (end)") ||
		!expect(r, "=", "\"=\" and the number of transitions") ||
		!parse_count(r, &r->transitions))
		return false;
	if (r->from.length == 0 || r->to.length == 0)
		return true;
	r->in_sketch = true;
	return expect(r, "in", "\"in\" and the sum of the times") &&
		parse_number(r, ~(JourneyUint128) 0, &r->sum, "the sum of the times in microseconds") &&
		expect(r, "us", "\"us\"") &&
		expect(r, "[", "\"[\" and the sketch of the times");
}

static FlowTextStatus
read_edge(FlowTextReader *r)
{
	return parse_edge(r) ? FLOW_TEXT_EDGE : FLOW_TEXT_ERROR;
}

/* The next edge; r->at, and r->expected or r->problem, explain an error. */
FlowTextStatus
flow_text_edge(FlowTextReader *r)
{
	if (!r->begun)
	{
		if (!expect(r, "{", "\"{\""))
			return FLOW_TEXT_ERROR;
		r->begun = true;
		if (!accept(r, "}"))
			return read_edge(r);
	}
	else if (accept(r, ","))
		return read_edge(r);
	else if (!expect(r, "}", "\",\" or \"}\""))
		return FLOW_TEXT_ERROR;
	skip_space(r);
	if (r->at == r->end)
		return FLOW_TEXT_END;
	r->expected = "the end";
	return FLOW_TEXT_ERROR;
}

/* The next bucket of the edge; until FLOW_TEXT_END, which is at once without times. */
FlowTextStatus
flow_text_bucket(FlowTextReader *r)
{
	JourneyUint128 bucket;

	if (!r->in_sketch)
		return FLOW_TEXT_END;
	if (!parse_number(r, DURATION_BUCKETS - 1, &bucket, "the number of a bucket, 0 to 3775") ||
		!expect(r, ":", "\":\" and the count of the bucket") ||
		!parse_count(r, &r->bucket.count))
		return FLOW_TEXT_ERROR;
	r->bucket.bucket = (uint32_t) bucket;
	if (!accept(r, ","))
	{
		r->in_sketch = false;
		if (!expect(r, "]", "\",\" or \"]\""))
			return FLOW_TEXT_ERROR;
	}
	return FLOW_TEXT_BUCKET;
}
