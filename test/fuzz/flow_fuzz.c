/*
 * flow_fuzz.c
 *		journey_flow: text, packed bytes, states, times, the chance to reach a goal, sums
 *		of two.
 */
#include "fuzz_type.h"

#include <math.h>

#include "flow/flow_reach.h"
#include "flow/flow_text.h"

#define MOST_SOLVED	64

static void
allocate(Flow *flow)
{
	flow->labels = fuzz_new(flow->label_count * sizeof(JourneyLabel));
	flow->edges = fuzz_new(flow->edge_count * sizeof(FlowEdge));
	flow->buckets = fuzz_new(flow->bucket_count * sizeof(DurationBucket));
}

static FuzzValue
packed(const Flow *flow)
{
	void	   *bytes = fuzz_new(flow_pack_bound(flow));
	size_t		size = flow_pack(bytes, flow);

	MUST(size <= flow_pack_bound(flow));
	return fuzz_value(bytes, size);
}

static bool
opened(FuzzValue value, Flow *flow)
{
	if (flow_read_counts(value.bytes, value.size, flow) != FLOW_OK)
		return false;
	allocate(flow);
	return flow_read(value.bytes, value.size, flow) == FLOW_OK;
}

static FlowState *
with_room(FuzzValue *state, FlowNeed need)
{
	FlowState  *s = (FlowState *) state->bytes;

	if (flow_state_has_room(s, &need))
		return s;
	state->size = flow_state_grown(s, &need);
	state->bytes = fuzz_new(state->size);
	flow_state_move((FlowState *) state->bytes, s, &need);
	s = (FlowState *) state->bytes;
	MUST(flow_state_check(s, state->size) && flow_state_has_room(s, &need));
	return s;
}

static uint32_t
stage(FuzzValue *state, JourneyLabel label)
{
	FlowState  *s = (FlowState *) state->bytes;
	uint32_t	number = flow_state_find_label(s, &label);

	if (number != 0)
		return number;
	s = with_room(state, (FlowNeed) {.labels = 1,.text = label.length});
	return flow_state_add_label(s, &label);
}

static void
add_bucket(FuzzValue *state, uint32_t edge, const DurationBucket *bucket)
{
	FlowState  *s = with_room(state, (FlowNeed) {.buckets = 1});

	flow_state_add_bucket(s, edge, bucket->bucket, bucket->count);
}

static FuzzValue
new_state(void)
{
	FuzzValue	state = {fuzz_new(flow_state_smallest()), flow_state_smallest()};

	flow_state_init((FlowState *) state.bytes);
	return state;
}

/* An edge of a text with its times; false for an error. */
static bool
count_edge(FuzzValue *state, FlowTextReader *reader)
{
	uint32_t	from = reader->from.length == 0 ? 0 : stage(state, text_label(&reader->from));
	uint32_t	to = reader->to.length == 0 ? 0 : stage(state, text_label(&reader->to));
	FlowState  *s = with_room(state, (FlowNeed) {.edges = 1});
	DurationSketchStatus status;
	DurationBucket bucket;
	uint32_t	edge;

	if (!flow_state_add_edge(s, from, to, reader->transitions, reader->sum, &edge))
		return false;
	while ((status = duration_sketch_next(&reader->scan, &reader->sketch, &bucket)) ==
		   DURATION_SKETCH_BUCKET)
		add_bucket(state, edge, &bucket);
	return status == DURATION_SKETCH_END;
}

static FuzzValue
type_state(const char *text, size_t length)
{
	FuzzValue	state = new_state();
	FlowTextReader reader;
	TextItem	item;

	flow_text_begin(&reader, text, length, true);
	while ((item = flow_text_edge(&reader)) == TEXT_ITEM)
		if (!count_edge(&state, &reader))
			return fuzz_none;
	return item == TEXT_END ? state : fuzz_none;
}

static FuzzValue
type_pack(FuzzValue state)
{
	const FlowState *s = (const FlowState *) state.bytes;
	Flow		flow;

	if (!flow_state_check(s, state.size))
		return fuzz_none;
	flow = (Flow) {.label_count = s->labels,.edge_count = s->edges,.bucket_count = s->buckets};
	allocate(&flow);
	return flow_state_sort(s, &flow, fuzz_new(flow_state_scratch(s))) ? packed(&flow) : fuzz_none;
}

static FuzzValue
type_repack(FuzzValue value)
{
	Flow		flow;

	return opened(value, &flow) ? packed(&flow) : fuzz_none;
}

static bool
type_valid(FuzzValue value)
{
	Flow		flow;
	int64_t    *sums;

	if (!opened(value, &flow))
		return false;
	for (uint32_t i = 0; i < flow.label_count; i++)
		if (journey_label_check(flow.labels[i].text, flow.labels[i].length, true, NULL) !=
			JOURNEY_LABEL_OK)
			return false;
	sums = fuzz_new(2 * (flow.label_count + 1) * sizeof(int64_t));
	return flow_check(&flow, sums, sums + flow.label_count + 1) == FLOW_OK;
}

static char *
type_print(FuzzValue value)
{
	Flow		flow;
	char	   *text;
	size_t		length;

	MUST(opened(value, &flow));
	text = fuzz_new(flow_text_bound(&flow));
	length = flow_text_print(&flow, text);
	MUST(length < flow_text_bound(&flow));
	return fuzz_text((uint8_t *) text, length);
}

/* Chances lie between 0 and 1. */
static void
read_reach(const Flow *flow)
{
	uint32_t	goal = fuzz_below(flow->label_count + 2);
	uint32_t   *row = fuzz_new((flow->label_count + 2) * sizeof(uint32_t));
	uint32_t   *scratch = fuzz_new((2 * (flow->label_count + 3) + flow->edge_count) *
								   sizeof(uint32_t));
	FlowChain	chain = {.n = flow_chain_rows(flow, goal, row, scratch)};

	MUST(chain.n <= flow->label_count + 1);
	if (chain.n > MOST_SOLVED)
		return;
	chain.matrix = fuzz_new((size_t) chain.n * chain.n * sizeof(double));
	chain.goal = fuzz_new(chain.n * sizeof(double));
	chain.lost = fuzz_new(chain.n * sizeof(double));
	chain.leaving = fuzz_new(chain.n * sizeof(double));
	chain.chance = fuzz_new(chain.n * sizeof(double));
	flow_chain_fill(&chain, flow, goal, row);
	for (uint32_t k = chain.n; k > 0; k--)
		flow_chain_eliminate(&chain, k - 1);
	flow_chain_solve(&chain);
	for (uint32_t i = 0; i < chain.n; i++)
		MUST(chain.chance[i] >= 0 && chain.chance[i] <= 1 + 1e-9);
}

static void
type_read(FuzzValue value, bool valid)
{
	Flow		flow;

	(void) valid;
	MUST(opened(value, &flow));
	for (uint32_t i = 0; i < flow.edge_count; i++)
	{
		const FlowEdge *edge = &flow.edges[i];

		if (!flow_edge_is_timed(edge))
			continue;
		(void) duration_mean(flow_edge_sum(edge), edge->transitions);
		(void) duration_sketch_percentile(flow.buckets + edge->first, edge->buckets,
										  flow_edge_sum(edge), fuzz_share());
	}
	read_reach(&flow);
}

/* All of another flow; false past an int64 of transitions. */
static bool
count_all(FuzzValue *state, const Flow *flow)
{
	uint32_t   *numbers = fuzz_new((flow->label_count + 1) * sizeof(uint32_t));

	for (uint32_t i = 0; i < flow->label_count; i++)
		numbers[i + 1] = stage(state, flow->labels[i]);
	for (uint32_t i = 0; i < flow->edge_count; i++)
	{
		const FlowEdge *from = &flow->edges[i];
		FlowState  *s = with_room(state, (FlowNeed) {.edges = 1});
		uint32_t	edge;

		if (!flow_state_add_edge(s, numbers[from->from], numbers[from->to], from->transitions,
								 flow_edge_sum(from), &edge))
			return false;
		for (uint32_t k = 0; k < from->buckets; k++)
			add_bucket(state, edge, &flow->buckets[from->first + k]);
	}
	return true;
}

static FuzzValue
type_merge(FuzzValue a, FuzzValue b)
{
	FuzzValue	state = new_state();
	Flow		x;
	Flow		y;

	MUST(opened(a, &x) && opened(b, &y));
	return count_all(&state, &x) && count_all(&state, &y) ? type_pack(state) : fuzz_none;
}

/* There is no such thing. */
static FuzzValue
type_subtract(FuzzValue a, FuzzValue b)
{
	(void) a;
	(void) b;
	return fuzz_none;
}
