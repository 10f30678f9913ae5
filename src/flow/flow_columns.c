/*
 * flow_columns.c
 *		A flow in columns; see flow_columns.h.
 *
 * Each place where a stage may stand is a slot: of two columns, each stage and the outside
 * have one in either; by position, each stage has its own, and each column has one for
 * (start) and one for (end).  Slots are then put into nodes.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "flow/flow_columns.h"

#define FARTHEST		1000000 /* position; what has more digits is a name */
#define NOT_DRAWN		(-1)

typedef struct Slot
{
	int			column;			/* NOT_DRAWN: none */
	uint32		stage;			/* FLOW_OUTSIDE: (start) or (end) */
	bool		is_end;
	int			node;
	int64		total;
} Slot;

typedef struct Builder
{
	const Flow *flow;
	FlowColumns *c;
	int			most;
	int64	   *position;		/* by stage, from 1 on */
	uint32	   *name_at;		/* where its name begins */
	uint32		slots;
	Slot	   *slot;
} Builder;

/* "-1 search": a position, and where the name begins; false for any other label. */
static bool
read_position(const JourneyLabel *label, int64 *position, uint32 *name_at)
{
	uint32		i = 0;
	int64		value = 0;
	bool		is_minus = label->length > 0 && label->text[0] == '-';

	if (is_minus || (label->length > 0 && label->text[0] == '+'))
		i++;
	*name_at = i;
	for (; i < label->length && label->text[i] >= '0' && label->text[i] <= '9'; i++)
	{
		value = 10 * value + (label->text[i] - '0');
		if (value > FARTHEST)
			return false;
	}
	if (i == *name_at || i + 1 >= label->length || label->text[i] != ' ')
		return false;
	*position = is_minus ? -value : value;
	*name_at = i + 1;
	return true;
}

/* Do all stages have a position, and all transitions go to the next one? */
static bool
is_by_position(Builder *b)
{
	const Flow *flow = b->flow;

	for (uint32 i = 0; i < flow->label_count; i++)
		if (!read_position(&flow->labels[i], &b->position[i + 1], &b->name_at[i + 1]))
			return false;
	for (uint32 i = 0; i < flow->edge_count; i++)
	{
		const FlowEdge *edge = &flow->edges[i];

		if (flow_edge_is_timed(edge) && b->position[edge->to] != b->position[edge->from] + 1)
			return false;
	}
	return true;
}

/* Which positions have columns. */
static void
choose_positions(Builder *b)
{
	int64		low = FARTHEST;
	int64		high = -FARTHEST;

	for (uint32 i = 1; i <= b->flow->label_count; i++)
	{
		low = Min(low, b->position[i]);
		high = Max(high, b->position[i]);
	}
	b->c->is_cut = high - low >= COLUMNS_MOST;
	b->c->first = low;
	if (b->c->is_cut)
		b->c->first = Min(Max(-(COLUMNS_MOST / 2), low), high - COLUMNS_MOST + 1);
	b->c->columns = (int) Min(high - low + 1, COLUMNS_MOST);
}

static int
column_at(const FlowColumns *c, int64 position)
{
	int64		column = position - c->first;

	return column < 0 || column >= c->columns ? NOT_DRAWN : (int) column;
}

/* Where a transition begins; slot 0 is not drawn. */
static uint32
from_slot(const Builder *b, const FlowEdge *edge)
{
	int			column;

	if (!b->c->by_position)
		return 1 + edge->from;
	if (edge->from != FLOW_OUTSIDE)
		return edge->from;
	column = column_at(b->c, b->position[edge->to] - 1);
	return column == NOT_DRAWN ? 0 : b->flow->label_count + 1 + 2 * (uint32) column;
}

static uint32
to_slot(const Builder *b, const FlowEdge *edge)
{
	int			column;

	if (!b->c->by_position)
		return 2 + b->flow->label_count + edge->to;
	if (edge->to != FLOW_OUTSIDE)
		return edge->to;
	column = column_at(b->c, b->position[edge->from] + 1);
	return column == NOT_DRAWN ? 0 : b->flow->label_count + 2 + 2 * (uint32) column;
}

static void
set_slot(Builder *b, uint32 i, int column, uint32 stage, bool is_end)
{
	b->slot[i] = (Slot) {column, stage, is_end, NOT_DRAWN, 0};
}

static void
make_slots(Builder *b)
{
	uint32		labels = b->flow->label_count;

	b->slots = b->c->by_position ? 1 + labels + 2 * (uint32) b->c->columns : 1 + 2 * (labels + 1);
	b->slot = MemoryContextAllocHuge(CurrentMemoryContext, b->slots * sizeof(Slot));
	set_slot(b, 0, NOT_DRAWN, FLOW_OUTSIDE, false);
	for (uint32 i = 0; i <= labels && !b->c->by_position; i++)
	{
		set_slot(b, 1 + i, 0, i, false);
		set_slot(b, 2 + labels + i, 1, i, i == FLOW_OUTSIDE);
	}
	if (!b->c->by_position)
		return;
	for (uint32 i = 1; i <= labels; i++)
		set_slot(b, i, column_at(b->c, b->position[i]), i, false);
	for (int i = 0; i < b->c->columns; i++)
	{
		set_slot(b, labels + 1 + 2 * (uint32) i, i, FLOW_OUTSIDE, false);
		set_slot(b, labels + 2 + 2 * (uint32) i, i, FLOW_OUTSIDE, true);
	}
}

/*
 * A stage has as many visits as transitions leave it, which is as many as enter; (start)
 * and (end) beside a position have those of its stages, if these are drawn.
 */
static void
count_slots(Builder *b)
{
	for (uint32 i = 0; i < b->flow->edge_count; i++)
	{
		const FlowEdge *edge = &b->flow->edges[i];
		Slot	   *from = &b->slot[from_slot(b, edge)];
		Slot	   *to = &b->slot[to_slot(b, edge)];

		if (!b->c->by_position || edge->from != FLOW_OUTSIDE || to->column != NOT_DRAWN)
			from->total += edge->transitions;
		if (!b->c->by_position || (edge->to == FLOW_OUTSIDE && from->column != NOT_DRAWN))
			to->total += edge->transitions;
	}
}

/* For qsort_arg(): columns from the left, the outside last, then the largest first. */
static int
compare_slots(const void *a, const void *b, void *slots)
{
	uint32		i = *(const uint32 *) a;
	uint32		k = *(const uint32 *) b;
	const Slot *x = (const Slot *) slots + i;
	const Slot *y = (const Slot *) slots + k;

	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	if ((x->stage == FLOW_OUTSIDE) != (y->stage == FLOW_OUTSIDE))
		return x->stage == FLOW_OUTSIDE ? 1 : -1;
	if (x->total != y->total)
		return x->total > y->total ? -1 : 1;
	return (i > k) - (i < k);
}

static FlowNode
node_of(const Builder *b, const Slot *slot)
{
	FlowNode	node = {NODE_STAGE, slot->column, {0}, 1, 0};

	if (slot->stage == FLOW_OUTSIDE)
		node.kind = slot->is_end ? NODE_END : NODE_START;
	else
	{
		uint32		at = b->c->by_position ? b->name_at[slot->stage] : 0;

		node.label = b->flow->labels[slot->stage - 1];
		node.label.text += at;
		node.label.length -= at;
	}
	return node;
}

/* Put a slot into a node: the last one of its column, or a new one. */
static void
place_slot(Builder *b, uint32 i, bool with_others)
{
	FlowColumns *c = b->c;
	Slot	   *slot = &b->slot[i];
	FlowNode   *last = c->nodes == 0 ? NULL : &c->node[c->nodes - 1];

	if (with_others && last->kind == NODE_OTHER && last->column == slot->column)
		last->stages++;
	else
	{
		c->node[c->nodes] = node_of(b, slot);
		if (with_others)
			c->node[c->nodes].kind = NODE_OTHER;
		c->nodes++;
	}
	slot->node = c->nodes - 1;
	c->node[slot->node].total += slot->total;
}

/* The largest of each column are nodes; when only one is left over, it is one as well. */
static void
make_nodes(Builder *b)
{
	uint32	   *order = MemoryContextAllocHuge(CurrentMemoryContext, b->slots * sizeof(uint32));
	uint32		n = 0;

	for (uint32 i = 0; i < b->slots; i++)
		if (b->slot[i].column != NOT_DRAWN && b->slot[i].total > 0)
			order[n++] = i;
	qsort_arg(order, n, sizeof(uint32), compare_slots, b->slot);
	b->c->node = palloc((Size) b->c->columns * ((Size) b->most + 3) * sizeof(FlowNode));
	for (uint32 first = 0; first < n;)
	{
		int			column = b->slot[order[first]].column;
		uint32		end = first;
		uint32		stages = 0;

		for (; end < n && b->slot[order[end]].column == column; end++)
			stages += b->slot[order[end]].stage != FLOW_OUTSIDE;
		for (uint32 i = first; i < end; i++)
			place_slot(b, order[i], stages > (uint32) b->most + 1 && i - first < stages &&
					   i - first >= (uint32) b->most);
		first = end;
		CHECK_FOR_INTERRUPTS();
	}
}

static void
make_links(Builder *b)
{
	FlowColumns *c = b->c;
	Size		n = (Size) Max(c->nodes, 1);
	int64	   *between = palloc0(n * n * sizeof(int64));

	for (uint32 i = 0; i < b->flow->edge_count; i++)
	{
		int			from = b->slot[from_slot(b, &b->flow->edges[i])].node;
		int			to = b->slot[to_slot(b, &b->flow->edges[i])].node;

		if (from != NOT_DRAWN && to != NOT_DRAWN)
			between[(Size) from * n + (Size) to] += b->flow->edges[i].transitions;
	}
	c->link = palloc(n * n * sizeof(FlowLink));
	for (int from = 0; from < c->nodes; from++)
		for (int to = 0; to < c->nodes; to++)
			if (between[(Size) from * n + (Size) to] > 0)
				c->link[c->links++] =
					(FlowLink) {from, to, between[(Size) from * n + (Size) to]};
}

/* At most so many stages of a column are nodes of their own. */
void
flow_columns(const Flow *flow, int most, FlowColumns *c)
{
	Builder		b = {.flow = flow,.c = c,.most = most};
	Size		numbers = (Size) flow->label_count + 1;

	memset(c, 0, sizeof(FlowColumns));
	b.position = MemoryContextAllocHuge(CurrentMemoryContext, numbers * sizeof(int64));
	b.name_at = MemoryContextAllocHuge(CurrentMemoryContext, numbers * sizeof(uint32));
	c->by_position = flow->label_count > 0 && is_by_position(&b);
	c->columns = 2;
	if (c->by_position)
		choose_positions(&b);
	make_slots(&b);
	count_slots(&b);
	make_nodes(&b);
	make_links(&b);
}
