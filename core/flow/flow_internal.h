/*
 * flow_internal.h
 *		Where the parts of a growing flow lie; flow_state.c says what they are.
 */
#ifndef FLOW_INTERNAL_H
#define FLOW_INTERNAL_H

#include "duration/duration_counts.h"
#include "flow/flow.h"

typedef struct Label
{
	uint32_t	offset;			/* in the text */
	uint32_t	length;
} Label;

static inline DurationCount *
counts_of(const FlowState *s)
{
	return (DurationCount *) s->data;
}

static inline FlowEdge *
edges_of(const FlowState *s)
{
	return (FlowEdge *) (counts_of(s) + s->bucket_slots);
}

static inline Label *
labels_of(const FlowState *s)
{
	return (Label *) (edges_of(s) + s->edge_slots / 2);
}

/* Tables hold the number of an entry, plus 1; 0: free. */
static inline uint32_t *
edge_table(const FlowState *s)
{
	return (uint32_t *) (labels_of(s) + s->label_slots / 2);
}

static inline uint32_t *
label_table(const FlowState *s)
{
	return edge_table(s) + s->edge_slots;
}

static inline char *
text_of(const FlowState *s)
{
	return (char *) (label_table(s) + s->label_slots);
}

#endif							/* FLOW_INTERNAL_H */
