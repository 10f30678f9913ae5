/*
 * flow_datum.c
 *		What the SQL-callable files about flows share; see flow_datum.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "base/label.h"
#include "flow/flow_datum.h"
#include "shared/aggregate.h"

/* 54000 */
pg_noreturn static void
reject_size(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("a journey_flow is at most one gigabyte large"),
			 errhint("Its size grows with the number of different stages: "
					 "is a label made of numbers or names?")));
}

/* 22003 */
pg_noreturn static void
reject_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("more than 9223372036854775807 transitions in a journey_flow"),
			 errhint("Are flows added more than once?")));
}

/* Errors are for the current memory context; pointers are huge only where needed. */
static void *
allocate(Size count, Size each)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(count, 1) * each);
}

static void
allocate_flow(Flow *flow, uint32 labels, uint32 edges, uint32 buckets)
{
	flow->labels = allocate(labels, sizeof(JourneyLabel));
	flow->edges = allocate(edges, sizeof(FlowEdge));
	flow->buckets = allocate(buckets, sizeof(DurationBucket));
}

/* What a state has counted, in order; labels go on pointing into it. */
void
flow_sort(const FlowState *state, Flow *flow)
{
	void	   *scratch;

	if (!flow_state_check(state, VARSIZE(state)))
		flow_reject_stored();
	allocate_flow(flow, state->labels, state->edges, state->buckets);
	scratch = allocate(flow_state_scratch(state), 1);
	if (!flow_state_sort(state, flow, scratch))
		flow_reject_stored();
	pfree(scratch);
}

/* Unpack a flow, or a state; labels go on pointing into it. */
void
flow_open(const FlowHeader *header, Flow *flow)
{
	if (flow_is_growing(header))
	{
		flow_sort((const FlowState *) header, flow);
		return;
	}
	if (flow_read_counts(header, VARSIZE(header), flow) != FLOW_OK)
		flow_reject_stored();
	allocate_flow(flow, flow->label_count, flow->edge_count, flow->bucket_count);
	if (flow_read(header, VARSIZE(header), flow) != FLOW_OK)
		flow_reject_stored();
}

/* Pack a flow whose arrays are sorted. */
FlowHeader *
flow_packed(const Flow *flow)
{
	FlowHeader *header = allocate(flow_pack_bound(flow), 1);
	Size		size = flow_pack(header, flow);

	if (!AllocSizeIsValid(size))
		reject_size();
	SET_VARSIZE(header, size);
	return header;
}

/*
 * A packed flow from a datum that may be compressed, out of line, or behind a
 * short header.  A state that was never finished is packed now.
 */
FlowHeader *
flow_detoast(struct varlena *datum)
{
	FlowHeader *header = (FlowHeader *) PG_DETOAST_DATUM(PointerGetDatum(datum));
	Flow		flow;

	if (VARSIZE(header) <= sizeof(FlowHeader))
		flow_reject_stored();
	if (!flow_is_growing(header))
		return header;
	flow_sort((FlowState *) header, &flow);
	return flow_packed(&flow);
}

/* An empty state, in the current memory context. */
FlowState *
flow_state_new(void)
{
	FlowState  *state = palloc(flow_state_smallest());

	SET_VARSIZE(state, flow_state_smallest());
	flow_state_init(state);
	state->mark = aggregate_mark();
	return state;
}

/* The state to count in: the value itself, or a new one with what another value holds. */
FlowState *
flow_state_of(struct varlena *value)
{
	FlowBuilder b;
	Flow		flow;

	if (VARSIZE(value) <= sizeof(FlowHeader))
		flow_reject_stored();
	if (flow_is_growing(value) && VARSIZE(value) >= sizeof(FlowState) &&
		((FlowState *) value)->mark == aggregate_mark())
	{
		if (!flow_state_check((FlowState *) value, VARSIZE(value)))
			flow_reject_stored();
		return (FlowState *) value;
	}
	b.given = NULL;
	b.state = flow_state_new();
	flow_open((FlowHeader *) value, &flow);
	flow_collect_all(&b, &flow);
	return b.state;
}

/* Move the state to a larger place. */
static pg_noinline void
grow(FlowBuilder *b, const FlowNeed *need)
{
	Size		bytes = flow_state_grown(b->state, need);
	FlowState  *larger;

	if (bytes == 0)
		reject_size();
	larger = palloc(bytes);
	SET_VARSIZE(larger, bytes);
	flow_state_move(larger, b->state, need);
	if (b->state != b->given)
		pfree(b->state);
	b->state = larger;
}

static inline void
make_room(FlowBuilder *b, const FlowNeed *need)
{
	if (unlikely(!flow_state_has_room(b->state, need)))
		grow(b, need);
}

/* The number of a stage, which may be new. */
uint32
flow_collect_label(FlowBuilder *b, const JourneyLabel *label)
{
	uint32		number = flow_state_find_label(b->state, label);
	FlowNeed	need = {.labels = 1,.text = label->length};

	if (number != 0)
		return number;
	make_room(b, &need);
	return flow_state_add_label(b->state, label);
}

/* Add transitions between two numbers; returns the edge for its buckets. */
uint32
flow_collect_edge(FlowBuilder *b, uint32 from, uint32 to, int64 transitions, Uint128 sum)
{
	static const FlowNeed need = {.edges = 1};
	uint32		edge;

	make_room(b, &need);
	if (!flow_state_add_edge(b->state, from, to, transitions, sum, &edge))
		reject_overflow();
	return edge;
}

/* One transition between stages and its time. */
static inline void
collect_transition(FlowBuilder *b, uint32 from, uint32 to, uint64 time)
{
	static const FlowNeed need = {.edges = 1,.buckets = 1};

	if (unlikely(!flow_state_has_room_for_transition(b->state)))
		grow(b, &need);
	if (unlikely(!flow_state_add_transition(b->state, from, to, time)))
		reject_overflow();
}

void
flow_collect_bucket(FlowBuilder *b, uint32 edge, uint32 bucket, int64 count)
{
	static const FlowNeed need = {.buckets = 1};

	make_room(b, &need);
	flow_state_add_bucket(b->state, edge, bucket, count);
}

/*
 * Count what a customer went through, of 1 visit or more; numbers[] has the state's
 * number for each label of a visit.
 */
void
flow_collect_visits(FlowBuilder *b, const uint32 *numbers, const JourneyVisit *visits, Size n)
{
	uint32		before = numbers[visits[0].label];

	(void) flow_collect_edge(b, FLOW_OUTSIDE, before, 1, 0);
	for (Size i = 1; i < n; i++)
	{
		uint32		stage = numbers[visits[i].label];

		collect_transition(b, before, stage,
						   (uint64) visits[i].at - (uint64) visits[i - 1].at);
		before = stage;
		if (i % 65536 == 65535)
			CHECK_FOR_INTERRUPTS();
	}
	(void) flow_collect_edge(b, before, FLOW_OUTSIDE, 1, 0);
}

/* Count what a journey, which has visits, went through. */
void
flow_collect_journey(FlowBuilder *b, const Visits *v)
{
	uint32		few[64];
	uint32	   *numbers = few;

	if (v->label_count > lengthof(few))
		numbers = palloc(v->label_count * sizeof(uint32));
	for (uint32 i = 0; i < v->label_count; i++)
		numbers[i] = flow_collect_label(b, &v->labels[i]);
	flow_collect_visits(b, numbers, v->visits, v->n);
	if (numbers != few)
		pfree(numbers);
}

/* Add all of another flow. */
void
flow_collect_all(FlowBuilder *b, const Flow *flow)
{
	uint32	   *numbers = palloc(((Size) flow->label_count + 1) * sizeof(uint32));

	numbers[FLOW_OUTSIDE] = FLOW_OUTSIDE;
	for (uint32 i = 0; i < flow->label_count; i++)
		numbers[i + 1] = flow_collect_label(b, &flow->labels[i]);
	for (uint32 i = 0; i < flow->edge_count; i++)
	{
		const FlowEdge *from = &flow->edges[i];
		uint32		edge = flow_collect_edge(b, numbers[from->from], numbers[from->to],
											 from->transitions, flow_edge_sum(from));

		for (uint32 k = 0; k < from->buckets; k++)
		{
			const DurationBucket *bucket = &flow->buckets[from->first + k];

			flow_collect_bucket(b, edge, bucket->bucket, bucket->count);
		}
		CHECK_FOR_INTERRUPTS();
	}
	pfree(numbers);
}

/* Could this be taken for (start) or (end), but for quotes around it? */
static bool
looks_outside(const char *label, Size length)
{
	return journey_label_within_quotes(label, length, "(start)") ||
		journey_label_within_quotes(label, length, "(end)");
}

/* A label with " > " in place of what joins the stages of a context. */
static text *
shown(const char *label, Size length)
{
	StringInfoData text;

	if (memchr(label, JOURNEY_JOINER, length) == NULL)
		return cstring_to_text_with_len(label, (int) length);
	initStringInfo(&text);
	for (Size i = 0; i < length; i++)
		if (label[i] == JOURNEY_JOINER)
			appendStringInfoString(&text, " > ");
		else
			appendStringInfoChar(&text, label[i]);
	return cstring_to_text_with_len(text.data, text.len);
}

/* A label as results show it; of length 0 it is (end). */
text *
flow_label_text(const JourneyLabel *label)
{
	if (label->length == 0)
		return cstring_to_text("(end)");
	if (looks_outside(label->text, label->length))
		return cstring_to_text(psprintf("\"%.*s\"", (int) label->length, label->text));
	return shown(label->text, label->length);
}

/* A stage as results show it; 0 is (start), or (end) as a target. */
text *
flow_stage_text(const Flow *flow, uint32 stage, bool target)
{
	if (stage == FLOW_OUTSIDE)
		return cstring_to_text(target ? "(end)" : "(start)");
	return flow_label_text(&flow->labels[stage - 1]);
}

/* The context that is shown so, as a label: each " > " becomes what joins its stages. */
static char *
joined(const char *label, Size length, Size *joined_length)
{
	char	   *text = palloc(length + 1);
	Size		n = 0;

	for (Size i = 0; i < length; i++)
		if (length - i >= 3 && memcmp(label + i, " > ", 3) == 0)
		{
			text[n++] = JOURNEY_JOINER;
			i += 2;
		}
		else
			text[n++] = label[i];
	*joined_length = n;
	return text;
}

/*
 * The node of flow_reach.h that results show so: 0 is (start), label_count + 1 is
 * (end).
 */
uint32
flow_stage_named(const Flow *flow, const text *name)
{
	const char *label = VARDATA_ANY(name);
	Size		length = VARSIZE_ANY_EXHDR(name);
	uint32		found;

	if (looks_outside(label, length))
	{
		if (label[0] != '"' && label[length - 1] != '"')
			return length == 7 ? FLOW_OUTSIDE : flow->label_count + 1;
		if (label[0] != '"' || label[length - 1] != '"')
			return FLOW_NO_STAGE;
		label++;
		length -= 2;
	}
	found = journey_find_in(flow->labels, flow->label_count, label, length);
	if (found == JOURNEY_NO_LABEL)
	{
		label = joined(label, length, &length);
		found = journey_find_in(flow->labels, flow->label_count, label, length);
	}
	return found == JOURNEY_NO_LABEL ? FLOW_NO_STAGE : found + 1;
}
