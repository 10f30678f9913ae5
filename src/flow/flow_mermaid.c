/*
 * flow_mermaid.c
 *		A flow as a Mermaid flowchart.
 *
 * With a limit, the edges with most transitions are drawn as they are, and what
 * remains goes through a node "other": a transition from a to b that has no edge
 * of its own is drawn as one from a to other and one from other to b.  Stages
 * that no drawn edge touches are within other.  So what enters each node still is
 * what leaves it, and no count of a drawn stage changes.
 *
 * Labels stand in double quotes.  Every ASCII character in them that is no letter,
 * digit, space or one of _ , / ( ) is written as an entity, #34; for a quote,
 * because Mermaid reads HTML, Markdown, entities and keywords within quotes too.
 * What turns the direction of the text around it, as pictures leave it out, is left out.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "flow/flow_datum.h"
#include "svg/svg_draw.h"

typedef struct Chart
{
	Flow		flow;
	bool	   *drawn_edge;
	bool	   *drawn_stage;	/* by number; 0, outside, always is */
	int64	   *into_other;		/* by number: from it to other */
	int64	   *from_other;
	StringInfoData text;
} Chart;

/* For qsort_arg(): numbers of edges, most transitions first. */
static int
compare_size(const void *a, const void *b, void *edges)
{
	uint32		x = *(const uint32 *) a;
	uint32		y = *(const uint32 *) b;
	int64		x_size = ((const FlowEdge *) edges)[x].transitions;
	int64		y_size = ((const FlowEdge *) edges)[y].transitions;

	if (x_size != y_size)
		return x_size > y_size ? -1 : 1;
	return (x > y) - (x < y);
}

/* Choose the edges to draw, and with them the stages. */
static void
choose(Chart *c, uint32 most)
{
	uint32		n = c->flow.edge_count;
	uint32	   *order = palloc(Max(n, 1) * sizeof(uint32));

	for (uint32 i = 0; i < n; i++)
		order[i] = i;
	qsort_arg(order, n, sizeof(uint32), compare_size, c->flow.edges);
	c->drawn_stage[FLOW_OUTSIDE] = true;
	for (uint32 i = 0; i < n && i < most; i++)
	{
		const FlowEdge *edge = &c->flow.edges[order[i]];

		c->drawn_edge[order[i]] = true;
		c->drawn_stage[edge->from] = true;
		c->drawn_stage[edge->to] = true;
	}
	pfree(order);
}

/* Send what is not drawn through other. */
static void
gather_other(Chart *c)
{
	for (uint32 i = 0; i < c->flow.edge_count; i++)
	{
		const FlowEdge *edge = &c->flow.edges[i];

		if (c->drawn_edge[i])
			continue;
		if (c->drawn_stage[edge->from])
			c->into_other[edge->from] += edge->transitions;
		if (c->drawn_stage[edge->to])
			c->from_other[edge->to] += edge->transitions;
	}
}

/* Mermaid has no empty text: a label of which nothing can be seen is a space. */
static void
append_label(StringInfo text, const char *label, Size length)
{
	if (!svg_needs_ascii())
	{
		label = svg_label_of(label, length);
		length = strlen(label);
	}
	if (length == 0)
		appendStringInfoString(text, "#32;");
	for (Size i = 0; i < length; i++)
	{
		unsigned char ch = (unsigned char) label[i];

		if (ch >= 0x80 || (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') ||
			(ch >= 'a' && ch <= 'z') || strchr(" _,/()", ch) != NULL)
			appendStringInfoChar(text, (char) ch);
		else
			appendStringInfo(text, "#%d;", ch);
	}
}

/* Node 0 is (start), then the stages, (end) and other. */
static uint32
end_node(const Chart *c)
{
	return c->flow.label_count + 1;
}

static uint32
other_node(const Chart *c)
{
	return c->flow.label_count + 2;
}

static uint32
target_node(const Chart *c, uint32 to)
{
	return to == FLOW_OUTSIDE ? end_node(c) : to;
}

static void
append_edge(Chart *c, uint32 from, uint32 to, int64 transitions)
{
	if (transitions > 0)
		appendStringInfo(&c->text, "    n%u -->|" INT64_FORMAT "| n%u\n", from, transitions, to);
}

static void
append_nodes(Chart *c)
{
	appendStringInfoString(&c->text, "    n0([\"(start)\"])\n");
	for (uint32 i = 1; i <= c->flow.label_count; i++)
	{
		text	   *name;

		if (!c->drawn_stage[i])
			continue;
		name = flow_stage_text(&c->flow, i, false);
		appendStringInfo(&c->text, "    n%u[\"", i);
		append_label(&c->text, VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name));
		appendStringInfoString(&c->text, "\"]\n");
		pfree(name);
	}
	appendStringInfo(&c->text, "    n%u([\"(end)\"])\n", end_node(c));
}

static void
append_edges(Chart *c)
{
	for (uint32 i = 0; i < c->flow.edge_count; i++)
	{
		const FlowEdge *edge = &c->flow.edges[i];

		if (c->drawn_edge[i])
			append_edge(c, edge->from, target_node(c, edge->to), edge->transitions);
		CHECK_FOR_INTERRUPTS();
	}
	for (uint32 i = 0; i <= c->flow.label_count; i++)
		append_edge(c, i, other_node(c), c->into_other[i]);
	/* (end) comes last */
	for (uint32 i = 1; i <= c->flow.label_count; i++)
		append_edge(c, other_node(c), i, c->from_other[i]);
	append_edge(c, other_node(c), end_node(c), c->from_other[FLOW_OUTSIDE]);
}

static bool
needs_other(const Chart *c)
{
	for (uint32 i = 0; i <= c->flow.label_count; i++)
		if (c->into_other[i] > 0)
			return true;
	return false;
}

static uint32
most_arg(FunctionCallInfo fcinfo, int argno)
{
	int32		most;

	if (PG_ARGISNULL(argno))
		return PG_UINT32_MAX;
	most = PG_GETARG_INT32(argno);
	if (most < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of edges must be at least 1, not %d", most),
				 errhint("Leave it out for all edges.")));
	return (uint32) most;
}

/* flow_mermaid(flow, most) */
PG_FUNCTION_INFO_V1(flow_mermaid);
Datum
flow_mermaid(PG_FUNCTION_ARGS)
{
	uint32		most = most_arg(fcinfo, 1);
	Chart		c;
	Size		numbers;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	flow_open(PG_GETARG_FLOW(0), &c.flow);
	numbers = (Size) c.flow.label_count + 1;
	c.drawn_edge = palloc0(Max(c.flow.edge_count, 1));
	c.drawn_stage = palloc0(numbers);
	c.into_other = palloc0(numbers * sizeof(int64));
	c.from_other = palloc0(numbers * sizeof(int64));
	choose(&c, most);
	gather_other(&c);
	initStringInfo(&c.text);
	appendStringInfoString(&c.text, "flowchart LR\n");
	if (c.flow.edge_count > 0)
		append_nodes(&c);
	if (needs_other(&c))
		appendStringInfo(&c.text, "    n%u((\"other\"))\n", other_node(&c));
	append_edges(&c);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(c.text.data, c.text.len));
}
