/*
 * flow_text.c
 *		Printing and reading the text form of a flow; see flow_text.h.
 */
#include "base/interrupt.h"
#include "flow/flow_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Enough bytes for flow_text_print(), the final zero included. */
size_t
flow_text_bound(const Flow *flow)
{
	size_t		bytes = sizeof("{}") + duration_sketch_text_bound(flow->bucket_count);

	for (uint32_t i = 0; i < flow->edge_count; i++)
	{
		const FlowEdge *edge = &flow->edges[i];

		bytes += sizeof(", (start) > (end) =  in us ") + INT64_CHARS + UINT128_CHARS +
			duration_sketch_text_bound(0);
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
print_edge(char *out, const Flow *flow, const FlowEdge *edge)
{
	out = print_stage(out, flow, edge->from, "(start)");
	out = print_text(out, " > ");
	out = print_stage(out, flow, edge->to, "(end)");
	out += sprintf(out, " = %" PRId64, edge->transitions);
	if (!flow_edge_is_timed(edge))
		return out;
	out = print_text(out, " in ");
	out = text_print_wide(out, flow_edge_sum(edge));
	out = print_text(out, "us ");
	return duration_sketch_print(out, flow->buckets + edge->first, edge->buckets);
}

/* Print the text form; returns its length.  See flow_text_bound(). */
size_t
flow_text_print(const Flow *flow, char *text)
{
	char	   *out = text;

	*out++ = '{';
	for (uint32_t i = 0; i < flow->edge_count; i++)
	{
		interrupt_in_step(i);
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
	text_scan_begin(&r->scan, text, length);
	r->utf8 = utf8;
}

static bool
parse_stage(FlowTextReader *r, TextLabel *stage, const char *outside, const char *expected)
{
	stage->length = 0;
	return text_scan_accept(&r->scan, outside) ||
		text_scan_label(&r->scan, r->utf8, stage, expected);
}

static bool
parse_edge(FlowTextReader *r)
{
	DurationSketchScan none = {0};

	r->sum = 0;
	r->sketch = none;
	if (!parse_stage(r, &r->from, "(start)", "the label of a stage or (start)") ||
		!text_scan_expect(&r->scan, ">", "\">\"") ||
		!parse_stage(r, &r->to, "(end)", "the label of a stage or (end)") ||
		!text_scan_expect(&r->scan, "=", "\"=\" and the number of transitions") ||
		!text_scan_number(&r->scan, 1, INT64_MAX, &r->transitions,
						  "a number from 1 to 9223372036854775807"))
		return false;
	if (r->from.length == 0 || r->to.length == 0)
		return true;
	return text_scan_expect(&r->scan, "in", "\"in\" and the sum of the times") &&
		text_scan_wide(&r->scan, &r->sum, "the sum of the times in microseconds") &&
		text_scan_expect(&r->scan, "us", "\"us\"") &&
		duration_sketch_begin(&r->scan, &r->sketch);
}

/* The next edge, whose sketch is to be read; the scan explains an error. */
TextItem
flow_text_edge(FlowTextReader *r)
{
	TextItem	item = text_scan_item(&r->scan, &r->begun, "{}");

	if (item == TEXT_ITEM && !parse_edge(r))
		return TEXT_ERROR;
	return item == TEXT_END && !text_scan_end(&r->scan) ? TEXT_ERROR : item;
}
