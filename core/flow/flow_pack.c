/*
 * flow_pack.c
 *		Writing, reading and checking the packed form of a flow; see flow.h.
 */
#include <string.h>

#include "base/interrupt.h"
#include "flow/flow.h"
#include "base/label.h"
#include "base/varint.h"

/* For sort_entries(): by (from, to); 0 is the last target, because it is (end). */
int
flow_edge_compare(const void *a, const void *b)
{
	const FlowEdge *x = a;
	const FlowEdge *y = b;
	uint32_t	x_to = x->to - 1;
	uint32_t	y_to = y->to - 1;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x_to > y_to) - (x_to < y_to);
}

/* At least as many bytes as flow_pack() writes. */
size_t
flow_pack_bound(const Flow *flow)
{
	size_t		bytes = sizeof(FlowHeader) + 3 * VARINT_MAX;

	for (uint32_t i = 0; i < flow->label_count; i++)
		bytes += VARINT_MAX + flow->labels[i].length;
	bytes += (size_t) flow->edge_count * (3 * VARINT_MAX + VARINT_MAX_WIDE);
	return bytes + (size_t) flow->bucket_count * DURATION_PAIR_MAX;
}

static uint8_t *
put_edge(uint8_t *out, const Flow *flow, const FlowEdge *edge, uint32_t before)
{
	out = varint_put(out, edge->from - before);
	out = varint_put(out, edge->to);
	if (!flow_edge_is_timed(edge))
		return varint_put(out, (uint64_t) edge->transitions);
	out = varint_put_wide(out, flow_edge_sum(edge));
	out = varint_put(out, edge->buckets);
	return duration_sketch_put(out, flow->buckets + edge->first, edge->buckets);
}

/* Pack a sorted flow; vl_len stays.  Returns the bytes written. */
size_t
flow_pack(void *packed, const Flow *flow)
{
	FlowHeader *header = packed;
	uint8_t    *out = (uint8_t *) (header + 1);

	header->version = FLOW_VERSION;
	header->flags = 0;
	header->reserved = 0;
	out = varint_put(out, flow->label_count);
	out = varint_put(out, flow->edge_count);
	out = varint_put(out, flow->bucket_count);
	for (uint32_t i = 0; i < flow->label_count; i++)
	{
		out = varint_put(out, flow->labels[i].length);
		memcpy(out, flow->labels[i].text, flow->labels[i].length);
		out += flow->labels[i].length;
	}
	for (uint32_t i = 0; i < flow->edge_count; i++)
	{
		interrupt_in_step(i);
		out = put_edge(out, flow, &flow->edges[i], i > 0 ? flow->edges[i - 1].from : 0);
	}
	return (size_t) (out - (uint8_t *) packed);
}

/* A count of things that take at least so many bytes each. */
static bool
get_count(const uint8_t **at, const uint8_t *end, size_t each, uint32_t *count)
{
	uint64_t	value;

	if (!varint_get(at, end, &value) || value > (uint64_t) (end - *at) / each)
		return false;
	*count = (uint32_t) value;
	return true;
}

static bool
get_counts(const uint8_t **at, const uint8_t *end, Flow *flow)
{
	return get_count(at, end, 2, &flow->label_count) &&
		get_count(at, end, 3, &flow->edge_count) &&
		get_count(at, end, 2, &flow->bucket_count);
}

/* The three counts of a packed flow, none larger than its bytes can hold. */
FlowStatus
flow_read_counts(const void *packed, size_t bytes, Flow *flow)
{
	const FlowHeader *header = packed;
	const uint8_t *at = (const uint8_t *) (header + 1);

	if (bytes <= sizeof(FlowHeader) || header->version != FLOW_VERSION || header->flags != 0 ||
		!get_counts(&at, (const uint8_t *) packed + bytes, flow))
		return FLOW_CORRUPT;
	return FLOW_OK;
}

static bool
get_label(const uint8_t **at, const uint8_t *end, JourneyLabel *label, const JourneyLabel *before)
{
	uint64_t	length;

	if (!varint_get(at, end, &length) || length == 0 || length > JOURNEY_MAX_LABEL ||
		length > (uint64_t) (end - *at))
		return false;
	label->text = (const char *) *at;
	label->length = (uint32_t) length;
	*at += length;
	return before == NULL ||
		journey_label_compare(before->text, before->length, label->text, label->length) < 0;
}

static bool
get_ends(const uint8_t **at, const uint8_t *end, const Flow *flow, FlowEdge *edge,
		 const FlowEdge *before)
{
	uint64_t	step;
	uint64_t	to;
	uint64_t	from = before == NULL ? 0 : before->from;

	if (!varint_get(at, end, &step) || !varint_get(at, end, &to) ||
		step > flow->label_count || from + step > flow->label_count || to > flow->label_count)
		return false;
	edge->from = (uint32_t) (from + step);
	edge->to = (uint32_t) to;
	if (edge->from == FLOW_OUTSIDE && edge->to == FLOW_OUTSIDE)
		return false;
	return before == NULL || flow_edge_compare(before, edge) < 0;
}

static bool
get_times(const uint8_t **at, const uint8_t *end, const Flow *flow, FlowEdge *edge)
{
	Uint128 sum;
	uint64_t	buckets;

	if (!varint_get_wide(at, end, &sum) || !varint_get(at, end, &buckets) ||
		buckets == 0 || buckets > flow->bucket_count - edge->first ||
		!duration_sketch_get(at, end, (uint32_t) buckets, flow->buckets + edge->first))
		return false;
	flow_edge_set_sum(edge, sum);
	edge->buckets = (uint32_t) buckets;
	return duration_sketch_total(flow->buckets + edge->first, edge->buckets, &edge->transitions) &&
		duration_sum_possible(sum, edge->transitions);
}

static bool
get_edge(const uint8_t **at, const uint8_t *end, const Flow *flow, FlowEdge *edge,
		 const FlowEdge *before)
{
	uint64_t	transitions;

	memset(edge, 0, sizeof(*edge));
	edge->first = before == NULL ? 0 : before->first + before->buckets;
	if (!get_ends(at, end, flow, edge, before))
		return false;
	if (flow_edge_is_timed(edge))
		return get_times(at, end, flow, edge);
	if (!varint_get(at, end, &transitions) || transitions == 0 || transitions > INT64_MAX)
		return false;
	edge->transitions = (int64_t) transitions;
	return true;
}

/* Unpack a flow into arrays of the sizes that flow_read_counts() gave. */
FlowStatus
flow_read(const void *packed, size_t bytes, Flow *flow)
{
	const uint8_t *at = (const uint8_t *) packed + sizeof(FlowHeader);
	const uint8_t *end = (const uint8_t *) packed + bytes;
	uint32_t	buckets = 0;
	int64_t		total = 0;

	if (!get_counts(&at, end, flow))
		return FLOW_CORRUPT;
	for (uint32_t i = 0; i < flow->label_count; i++)
		if (!get_label(&at, end, &flow->labels[i], i > 0 ? &flow->labels[i - 1] : NULL))
			return FLOW_CORRUPT;
	for (uint32_t i = 0; i < flow->edge_count; i++)
	{
		FlowEdge   *edge = &flow->edges[i];

		interrupt_in_step(i);
		if (!get_edge(&at, end, flow, edge, i > 0 ? edge - 1 : NULL) ||
			__builtin_add_overflow(total, edge->transitions, &total))
			return FLOW_CORRUPT;
		buckets += edge->buckets;
	}
	return at == end && buckets == flow->bucket_count ? FLOW_OK : FLOW_CORRUPT;
}

/*
 * Is this a flow that journeys can have made?  The one validator of all that
 * comes from outside.  The arrays have room for label_count + 1 numbers.
 */
FlowStatus
flow_check(const Flow *flow, int64_t *entering, int64_t *leaving)
{
	int64_t		times;

	memset(entering, 0, (flow->label_count + 1) * sizeof(int64_t));
	memset(leaving, 0, (flow->label_count + 1) * sizeof(int64_t));
	for (uint32_t i = 0; i < flow->edge_count; i++)
	{
		const FlowEdge *edge = &flow->edges[i];
		const DurationBucket *sketch = flow->buckets + edge->first;

		if (edge->transitions <= 0 || (edge->from == FLOW_OUTSIDE && edge->to == FLOW_OUTSIDE))
			return FLOW_BAD_EDGE;
		if (!duration_sketch_total(sketch, edge->buckets, &times) ||
			times != (flow_edge_is_timed(edge) ? edge->transitions : 0) ||
			!duration_sketch_holds(sketch, edge->buckets, flow_edge_sum(edge)))
			return FLOW_BAD_TIMES;
		/* no overflow: the state has refused more than an int64 in all */
		leaving[edge->from] += edge->transitions;
		entering[edge->to] += edge->transitions;
	}
	for (uint32_t i = 0; i <= flow->label_count; i++)
		if (entering[i] != leaving[i] || (i > 0 && entering[i] == 0))
			return FLOW_UNBALANCED;
	return FLOW_OK;
}
