/*
 * flow_state.c
 *		Counting transitions in place.
 *
 * The state is one block without pointers, so that PostgreSQL can copy it:
 *
 *		header | counts by (edge, bucket) | edges | labels | tables | text
 *
 * Three hash tables with open addressing find an entry: labels by their text,
 * edges by (from, to), and the counts of the sketches (duration_counts.h), which
 * are entries of their table themselves.  A state grows with the number of
 * different edges and times, not with that of journeys.
 *
 * Stages are numbered from 1 on in the order of arrival; in the end
 * flow_sort.c numbers them anew.  When there is no room, the caller takes a
 * larger piece of memory and moves the state into it; tables double, so each
 * entry moves a constant number of times.
 */
#include <string.h>

#include "base/label_key.h"
#include "base/state_room.h"
#include "flow/flow_internal.h"

#define SMALLEST_SLOTS	16
#define SMALLEST_TEXT	128

static size_t
size_of(const FlowState *s)
{
	return offsetof(FlowState, data) + s->bucket_slots * sizeof(DurationCount) +
		s->edge_slots / 2 * sizeof(FlowEdge) + s->label_slots / 2 * sizeof(Label) +
		((size_t) s->edge_slots + s->label_slots) * sizeof(uint32_t) + s->text_room;
}

static void
set_smallest(FlowState *s)
{
	s->label_slots = SMALLEST_SLOTS;
	s->edge_slots = SMALLEST_SLOTS;
	s->bucket_slots = SMALLEST_SLOTS;
	s->text_room = SMALLEST_TEXT;
}

/* Bytes of a new state. */
size_t
flow_state_smallest(void)
{
	FlowState	s;

	set_smallest(&s);
	return size_of(&s);
}

/* An empty state in that many bytes; vl_len stays. */
void
flow_state_init(FlowState *s)
{
	uint32_t	vl_len = s->header.vl_len;

	memset(s, 0, flow_state_smallest());
	s->header.vl_len = vl_len;
	s->header.version = FLOW_VERSION;
	s->header.flags = FLOW_GROWING;
	set_smallest(s);
}

static bool
slots_ok(uint32_t slots, uint32_t used)
{
	return slots >= SMALLEST_SLOTS && slots <= LARGEST_STATE / sizeof(uint32_t) &&
		(slots & (slots - 1)) == 0 && used <= slots / 2;
}

/* Is a state that comes from elsewhere within its bytes? */
bool
flow_state_check(const FlowState *s, size_t bytes)
{
	return bytes >= sizeof(FlowState) && s->header.version == FLOW_VERSION &&
		s->header.flags == FLOW_GROWING &&
		slots_ok(s->label_slots, s->labels) && slots_ok(s->edge_slots, s->edges) &&
		slots_ok(s->bucket_slots, s->buckets) && s->text_used <= s->text_room &&
		size_of(s) == bytes;
}

bool
flow_state_has_room(const FlowState *s, const FlowNeed *need)
{
	return s->label_slots / 2 - s->labels >= need->labels &&
		s->edge_slots / 2 - s->edges >= need->edges &&
		s->bucket_slots / 2 - s->buckets >= need->buckets &&
		s->text_room - s->text_used >= need->text;
}

static bool
grow_tables(FlowState *s, const FlowNeed *need)
{
	s->label_slots = state_room_doubled(s->label_slots, 2 * ((uint64_t) s->labels + need->labels));
	s->edge_slots = state_room_doubled(s->edge_slots, 2 * ((uint64_t) s->edges + need->edges));
	s->bucket_slots = state_room_doubled(s->bucket_slots,
										 2 * ((uint64_t) s->buckets + need->buckets));
	s->text_room = state_room_doubled(s->text_room, (uint64_t) s->text_used + need->text);
	return s->label_slots != 0 && s->edge_slots != 0 && s->bucket_slots != 0 &&
		s->text_room != 0;
}

/* Bytes of a state with room for that, or 0: more than PostgreSQL allows for a value. */
size_t
flow_state_grown(const FlowState *s, const FlowNeed *need)
{
	FlowState	larger = *s;

	if (!grow_tables(&larger, need) || size_of(&larger) > LARGEST_STATE)
		return 0;
	return size_of(&larger);
}

/* Two numbers in one; the upper half of the product has seen all bits of both. */
static inline uint32_t
hash_pair(uint32_t a, uint32_t b)
{
	uint64_t	hash = ((uint64_t) a << 32 | b) * UINT64_C(0x9e3779b97f4a7c15);

	return (uint32_t) (hash >> 32) ^ (uint32_t) (hash >> 52);
}

static inline JourneyLabel
label_of(const void *state, uint32_t number)
{
	const Label *label = &labels_of(state)[number];
	JourneyLabel result = {text_of(state) + label->offset, label->length};

	return result;
}

static uint32_t *
label_slot(const FlowState *s, const JourneyLabel *wanted)
{
	return journey_label_slot(label_table(s), s->label_slots, wanted, label_of, s);
}

static inline uint32_t *
edge_slot(const FlowState *s, uint32_t from, uint32_t to)
{
	uint32_t   *table = edge_table(s);
	const FlowEdge *edges = edges_of(s);
	uint32_t	i = hash_pair(from, to) & (s->edge_slots - 1);

	while (table[i] != 0 && (edges[table[i] - 1].from != from || edges[table[i] - 1].to != to))
		i = (i + 1) & (s->edge_slots - 1);
	return &table[i];
}

/* The number of a stage, or 0 if there is none. */
uint32_t
flow_state_find_label(const FlowState *s, const JourneyLabel *label)
{
	return *label_slot(s, label);
}

/* The number of a stage that is new; there must be room. */
uint32_t
flow_state_add_label(FlowState *s, const JourneyLabel *label)
{
	Label	   *entry = &labels_of(s)[s->labels];

	entry->offset = s->text_used;
	entry->length = label->length;
	memcpy(text_of(s) + s->text_used, label->text, label->length);
	*label_slot(s, label) = ++s->labels;
	s->text_used += label->length;
	return s->labels;
}

static inline __attribute__((always_inline)) bool
add_edge(FlowState *s, uint32_t from, uint32_t to, int64_t transitions, Uint128 sum,
		 uint32_t *number)
{
	uint32_t   *slot = edge_slot(s, from, to);
	FlowEdge   *edge;
	int64_t		total;

	if (__builtin_add_overflow(s->total, transitions, &total))
		return false;
	if (*slot != 0 && __builtin_add_overflow(flow_edge_sum(&edges_of(s)[*slot - 1]), sum, &sum))
		return false;
	s->total = total;
	if (*slot == 0)
	{
		memset(&edges_of(s)[s->edges], 0, sizeof(FlowEdge));
		edges_of(s)[s->edges].from = from;
		edges_of(s)[s->edges].to = to;
		*slot = ++s->edges;
	}
	*number = *slot - 1;
	edge = &edges_of(s)[*number];
	edge->transitions += transitions;
	flow_edge_set_sum(edge, sum);
	return true;
}

/*
 * Add transitions, and the sum of their times.  There must be room for a new
 * edge.  False, with nothing changed, when all transitions are past an int64, or the
 * sum past 128 bits, which times below 2^64 us cannot have.
 */
bool
flow_state_add_edge(FlowState *s, uint32_t from, uint32_t to, int64_t transitions,
					Uint128 sum, uint32_t *number)
{
	return add_edge(s, from, to, transitions, sum, number);
}

static inline void
add_bucket(FlowState *s, uint32_t edge, uint32_t bucket, int64_t count)
{
	if (duration_counts_add(counts_of(s), s->bucket_slots, edge, bucket, count))
	{
		s->buckets++;
		edges_of(s)[edge].buckets++;
	}
}

/* Count times of an edge; there must be room for a new bucket. */
void
flow_state_add_bucket(FlowState *s, uint32_t edge, uint32_t bucket, int64_t count)
{
	add_bucket(s, edge, bucket, count);
}

/*
 * Count one transition between stages and its time; there must be room for a new
 * edge and a new bucket.  False as of flow_state_add_edge().
 */
bool
flow_state_add_transition(FlowState *s, uint32_t from, uint32_t to, uint64_t time)
{
	uint32_t	edge;

	if (!add_edge(s, from, to, 1, time, &edge))
		return false;
	add_bucket(s, edge, duration_bucket(time), 1);
	return true;
}

/* Move a state to flow_state_grown() bytes, building the tables anew. */
void
flow_state_move(FlowState *to, const FlowState *from, const FlowNeed *need)
{
	uint32_t	vl_len = to->header.vl_len;

	memcpy(to, from, offsetof(FlowState, data));
	to->header.vl_len = vl_len;
	(void) grow_tables(to, need);
	memset(to->data, 0, size_of(to) - offsetof(FlowState, data));
	memcpy(edges_of(to), edges_of(from), from->edges * sizeof(FlowEdge));
	memcpy(labels_of(to), labels_of(from), from->labels * sizeof(Label));
	memcpy(text_of(to), text_of(from), from->text_used);
	for (uint32_t i = 0; i < from->edges; i++)
		*edge_slot(to, edges_of(to)[i].from, edges_of(to)[i].to) = i + 1;
	for (uint32_t i = 0; i < from->labels; i++)
	{
		JourneyLabel label = label_of(to, i);

		*label_slot(to, &label) = i + 1;
	}
	duration_counts_move(counts_of(to), to->bucket_slots, counts_of(from), from->bucket_slots);
}
