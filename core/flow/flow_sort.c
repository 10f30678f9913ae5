/*
 * flow_sort.c
 *		What a growing flow has counted, in the order of the packed form: labels by
 *		their bytes, edges by the new numbers of their stages, buckets by size.
 *
 * A state may come from elsewhere, so nothing in it is believed: labels that are not one
 * behind the other in the text, a label, edge or bucket that is there twice, an edge
 * between stages that are not there or buckets of another edge end it.
 */

#include "base/label_key.h"
#include "base/sort.h"
#include "flow/flow_internal.h"

typedef struct NumberedLabel
{
	JourneyLabel label;
	uint32_t	number;			/* in the order of arrival, from 1 on */
} NumberedLabel;

static int
compare_labels(const void *a, const void *b)
{
	const JourneyLabel *x = &((const NumberedLabel *) a)->label;
	const JourneyLabel *y = &((const NumberedLabel *) b)->label;

	return journey_label_compare(x->text, x->length, y->text, y->length);
}

/* Bytes that flow_state_sort() needs besides the flow. */
size_t
flow_state_scratch(const FlowState *s)
{
	size_t		entries = s->labels > s->edges ? s->labels : s->edges;

	return s->labels * sizeof(NumberedLabel) + (entries + 1) * sizeof(uint32_t);
}

/* The labels by number; false unless they are the text, one behind the other. */
static bool
number_labels(const FlowState *s, NumberedLabel *numbered)
{
	uint32_t	used = 0;

	for (uint32_t i = 0; i < s->labels; i++)
	{
		const Label *label = &labels_of(s)[i];

		if (label->length == 0 || label->length > JOURNEY_MAX_LABEL ||
			label->offset != used || label->length > s->text_used - used)
			return false;
		used += label->length;
		numbered[i].label.text = text_of(s) + label->offset;
		numbered[i].label.length = label->length;
		numbered[i].number = i + 1;
	}
	return used == s->text_used;
}

/* False for labels that overlap, and for one that is there twice. */
static bool
sort_labels(const FlowState *s, Flow *flow, NumberedLabel *sorted, uint32_t *rank)
{
	if (!number_labels(s, sorted))
		return false;
	sort_entries(sorted, s->labels, sizeof(NumberedLabel), compare_labels);
	rank[FLOW_OUTSIDE] = FLOW_OUTSIDE;
	for (uint32_t i = 0; i < s->labels; i++)
	{
		if (i > 0 && compare_labels(&sorted[i - 1], &sorted[i]) == 0)
			return false;
		flow->labels[i] = sorted[i].label;
		rank[sorted[i].number] = i + 1;
	}
	return true;
}

/* False for an edge between stages that are not there, and for one that is there twice. */
static bool
sort_edges(const FlowState *s, Flow *flow, const uint32_t *rank)
{
	for (uint32_t i = 0; i < s->edges; i++)
	{
		flow->edges[i] = edges_of(s)[i];
		if (flow->edges[i].from > s->labels || flow->edges[i].to > s->labels)
			return false;
		flow->edges[i].from = rank[flow->edges[i].from];
		flow->edges[i].to = rank[flow->edges[i].to];
		flow->edges[i].first = i;	/* its old number, for the buckets */
	}
	sort_entries(flow->edges, s->edges, sizeof(FlowEdge), flow_edge_compare);
	for (uint32_t i = 1; i < s->edges; i++)
		if (flow_edge_compare(&flow->edges[i - 1], &flow->edges[i]) == 0)
			return false;
	return true;
}

/* Does the table have as many buckets of each edge as the edge says?  n[] is room for that. */
static bool
buckets_match(const FlowState *s, uint32_t *n)
{
	uint64_t	all = 0;

	if (!duration_counts_owned(counts_of(s), s->bucket_slots, s->edges, n))
		return false;
	for (uint32_t i = 0; i < s->edges; i++)
	{
		if (n[i] != edges_of(s)[i].buckets)
			return false;
		all += n[i];
	}
	return all == s->buckets;
}

/*
 * place[] leads from the old number of an edge to where its next bucket goes.  False for a
 * bucket that is there twice.
 */
static bool
sort_buckets(const FlowState *s, Flow *flow, uint32_t *place)
{
	uint32_t	used = 0;

	for (uint32_t i = 0; i < s->edges; i++)
	{
		place[flow->edges[i].first] = used;
		flow->edges[i].first = used;
		used += flow->edges[i].buckets;
	}
	duration_counts_place(counts_of(s), s->bucket_slots, place, flow->buckets);
	for (uint32_t i = 0; i < s->edges; i++)
	{
		const FlowEdge *edge = &flow->edges[i];
		DurationBucket *sketch = flow->buckets + edge->first;

		sort_entries(sketch, edge->buckets, sizeof(DurationBucket), duration_bucket_compare);
		if (!duration_sketch_is_sorted(sketch, edge->buckets))
			return false;
	}
	return true;
}

/*
 * What was counted, sorted; flow has room for as many stages, edges and buckets
 * as the state has.  Labels go on pointing into the state.  False if it is damaged.
 */
bool
flow_state_sort(const FlowState *s, Flow *flow, void *scratch)
{
	NumberedLabel *sorted = scratch;
	uint32_t   *numbers = (uint32_t *) (sorted + s->labels);

	flow->label_count = s->labels;
	flow->edge_count = s->edges;
	flow->bucket_count = s->buckets;
	if (!sort_labels(s, flow, sorted, numbers) || !sort_edges(s, flow, numbers) ||
		!buckets_match(s, numbers))
		return false;
	return sort_buckets(s, flow, numbers);
}
