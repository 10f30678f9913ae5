/*
 * flow.h
 *		How often customers went from each stage to each other, and how long it
 *		took: the packed format behind the SQL type journey_flow, and the state
 *		that counts transitions before that.
 *
 * This is the pure core: it knows nothing of PostgreSQL, raises no error and
 * allocates nothing.
 *
 * Stages are numbered from 1 on, in the order of their bytes.  Number 0 is
 * outside: as the origin of an edge it is (start), as its target (end).  So a
 * stage that a company calls "(start)" is a stage like any other, and what
 * enters every number, 0 included, is what leaves it.
 *
 * An edge has its transitions.  One between stages also has the exact sum of the
 * times between the two visits, in microseconds, and a sketch of these times
 * (duration_sketch.h); at the start and at the end no time passes.
 *
 * A value comes in two forms, told apart by a flag.
 *
 * Packed: what is stored.  There is exactly one packed form of a flow, so equal
 * flows have equal bytes.
 *
 *	offset	bytes	content
 *	0		4		length word of a PostgreSQL varlena
 *	4		1		version of the format, 1
 *	5		1		flags; bit 0: growing (0 here); the others are reserved, 0
 *	6		2		reserved, 0
 *	8				variable-length integers (see varint.h):
 *					numbers of stages, of edges, of buckets in all;
 *					for each stage, in the order of their bytes: length, bytes;
 *					for each edge, in the order of (from, to), (end) last:
 *					  from less that of the edge before, to;
 *					  with 0 on either side: transitions;
 *					  else: sum of the times, number of buckets, the sketch, whose
 *					  counts add up to the transitions
 *
 * Growing: the state of flow_agg, with room to grow inside the value; see
 * flow_state.c.
 */
#ifndef FLOW_H
#define FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "duration/duration_sketch.h"
#include "journey/journey.h"

#define FLOW_VERSION	1
#define FLOW_GROWING	0x01

#define FLOW_OUTSIDE	0		/* (start) as an origin, (end) as a target */

typedef struct FlowHeader
{
	uint32_t	vl_len;			/* PostgreSQL's; only src/ touches it */
	uint8_t		version;
	uint8_t		flags;
	uint16_t	reserved;
} FlowHeader;

typedef struct FlowEdge
{
	uint32_t	from;
	uint32_t	to;
	int64_t		transitions;
	uint64_t	sum[2];			/* of the times, 128 bits, low half first */
	uint32_t	first;			/* its buckets among those of the flow */
	uint32_t	buckets;
} FlowEdge;

/* A flow as arrays, which the caller allocates once the three counts are known. */
typedef struct Flow
{
	uint32_t	label_count;
	uint32_t	edge_count;
	uint32_t	bucket_count;
	JourneyLabel *labels;		/* labels[i] is that of stage i + 1 */
	FlowEdge   *edges;
	DurationBucket *buckets;
} Flow;

/* The state; what follows is laid out by flow_internal.h. */
typedef struct FlowState
{
	FlowHeader	header;
	uint32_t	labels;
	uint32_t	edges;
	uint32_t	buckets;
	uint32_t	text_used;		/* bytes of labels */
	uint32_t	label_slots;	/* powers of two; at most half of them are used */
	uint32_t	edge_slots;
	uint32_t	bucket_slots;
	uint32_t	text_room;
	uint32_t	mark;			/* of whoever made it; only src/ reads it */
	uint32_t	reserved;
	int64_t		total;			/* transitions of all edges */
	uint64_t	data[];
} FlowState;

/* How much is about to be added. */
typedef struct FlowNeed
{
	uint32_t	labels;
	uint32_t	text;
	uint32_t	edges;
	uint32_t	buckets;
} FlowNeed;

typedef enum FlowStatus
{
	FLOW_OK,
	FLOW_OVERFLOW,				/* transitions past an int64 */
	FLOW_CORRUPT,				/* bytes that are no flow */
	FLOW_BAD_EDGE,				/* what validation finds, from here on */
	FLOW_BAD_TIMES,
	FLOW_UNBALANCED
} FlowStatus;

static inline bool
flow_is_growing(const void *flow)
{
	return (((const FlowHeader *) flow)->flags & FLOW_GROWING) != 0;
}

/* Does time pass along an edge? */
static inline bool
flow_edge_is_timed(const FlowEdge *edge)
{
	return edge->from != FLOW_OUTSIDE && edge->to != FLOW_OUTSIDE;
}

static inline Uint128
flow_edge_sum(const FlowEdge *edge)
{
	return uint128_load(edge->sum);
}

static inline void
flow_edge_set_sum(FlowEdge *edge, Uint128 sum)
{
	uint128_store(edge->sum, sum);
}

/* Is there room for a new edge and a new bucket? */
static inline bool
flow_state_has_room_for_transition(const FlowState *s)
{
	return s->edges < s->edge_slots / 2 && s->buckets < s->bucket_slots / 2;
}

#pragma GCC visibility push(hidden)

/* Growing (flow_state.c) */
extern size_t flow_state_smallest(void);
extern void flow_state_init(FlowState *s);
extern bool flow_state_check(const FlowState *s, size_t bytes);
extern bool flow_state_has_room(const FlowState *s, const FlowNeed *need);
extern size_t flow_state_grown(const FlowState *s, const FlowNeed *need);
extern void flow_state_move(FlowState *to, const FlowState *from, const FlowNeed *need);
extern uint32_t flow_state_find_label(const FlowState *s, const JourneyLabel *label);
extern uint32_t flow_state_add_label(FlowState *s, const JourneyLabel *label);
extern bool flow_state_add_edge(FlowState *s, uint32_t from, uint32_t to, int64_t transitions,
								Uint128 sum, uint32_t *edge);
extern void flow_state_add_bucket(FlowState *s, uint32_t edge, uint32_t bucket, int64_t count);
extern bool flow_state_add_transition(FlowState *s, uint32_t from, uint32_t to, uint64_t time);

/* Sorting what has grown (flow_sort.c) */
extern size_t flow_state_scratch(const FlowState *s);
extern bool flow_state_sort(const FlowState *s, Flow *flow, void *scratch);

/* The packed form (flow_pack.c) */
extern int	flow_edge_compare(const void *a, const void *b);
extern FlowStatus flow_read_counts(const void *packed, size_t bytes, Flow *flow);
extern FlowStatus flow_read(const void *packed, size_t bytes, Flow *flow);
extern size_t flow_pack_bound(const Flow *flow);
extern size_t flow_pack(void *packed, const Flow *flow);
extern FlowStatus flow_check(const Flow *flow, int64_t *entering, int64_t *leaving);

#pragma GCC visibility pop

#endif							/* FLOW_H */
