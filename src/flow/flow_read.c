/*
 * flow_read.c
 *		What a flow says: its edges, what comes next, and the chance to reach a
 *		goal.
 *
 * Results name the outside (start) and (end); a stage whose label is one of these
 * is shown, and asked for, in double quotes.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/numeric.h"
#include "utils/tuplestore.h"

#include "base/label.h"
#include "flow/flow_reach.h"
#include "flow/flow_datum.h"
#include "journey/label_slip.h"
#include "shared/interval_arg.h"
#include "shared/percent.h"

/* Transitions that leave each number. */
static int64 *
leaving_of(const Flow *flow)
{
	int64	   *leaving = palloc0(((Size) flow->label_count + 1) * sizeof(int64));

	for (uint32 i = 0; i < flow->edge_count; i++)
		leaving[flow->edges[i].from] += flow->edges[i].transitions;
	return leaving;
}

static void
put_times(const Flow *flow, const FlowEdge *edge, Datum *mean, Datum *median)
{
	uint64		mean_us = duration_mean(flow_edge_sum(edge), edge->transitions);
	uint64		median_us = duration_sketch_percentile(flow->buckets + edge->first,
													   edge->buckets, flow_edge_sum(edge), 0.5);

	*mean = IntervalPGetDatum(interval_from_microseconds(mean_us));
	*median = IntervalPGetDatum(interval_from_microseconds(median_us));
}

/* flow_edges(flow) -> (from_stage, to_stage, transitions, share, mean_time, median_time) */
PG_FUNCTION_INFO_V1(flow_edges);
Datum
flow_edges(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	int64	   *leaving;
	Flow		flow;

	InitMaterializedSRF(fcinfo, 0);
	flow_open(PG_GETARG_FLOW(0), &flow);
	leaving = leaving_of(&flow);
	for (uint32 i = 0; i < flow.edge_count; i++)
	{
		const FlowEdge *edge = &flow.edges[i];
		bool		timed = flow_edge_is_timed(edge);
		bool		nulls[6] = {false, false, false, false, !timed, !timed};
		Datum		values[6] = {0};

		values[0] = PointerGetDatum(flow_stage_text(&flow, edge->from, false));
		values[1] = PointerGetDatum(flow_stage_text(&flow, edge->to, true));
		values[2] = Int64GetDatum(edge->transitions);
		values[3] = NumericGetDatum(percent_of(edge->transitions, leaving[edge->from]));
		if (timed)
			put_times(&flow, edge, &values[4], &values[5]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		CHECK_FOR_INTERRUPTS();
	}
	return (Datum) 0;
}

/* A row of a stage and what is said of it. */
static void
put_stage(FunctionCallInfo fcinfo, text *stage, Datum value)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	bool		nulls[2] = {false, false};
	Datum		values[2] = {PointerGetDatum(stage), value};

	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/*
 * The stage in argument 1.  One that nobody visited is no error, since one group
 * without an order must not end a report; but it may be a slip of the pen.
 */
static uint32
stage_arg(FunctionCallInfo fcinfo, const Flow *flow)
{
	JourneyLabel label = journey_label_arg(fcinfo, 1);
	uint32		stage = flow_stage_named(flow, PG_GETARG_TEXT_PP(1));
	uint32		nearest;

	if (stage != FLOW_NO_STAGE || flow->edge_count == 0 || label_said_before(fcinfo, &label))
		return stage;
	nearest = label_most_like(&label, flow->labels, flow->label_count);
	ereport(NOTICE,
			(errmsg("nobody visited \"%.*s\" in this flow",
					pg_mbcliplen(label.text, (int) label.length, JOURNEY_MAX_LABEL), label.text),
			 nearest == flow->label_count ?
			 errhint("A label is at most %d bytes long.", JOURNEY_MAX_LABEL) :
			 errhint("The stage with the label most like it is \"%s\".",
					 text_to_cstring(flow_stage_text(flow, nearest + 1, false)))));
	return stage;
}

/* For qsort(): most transitions first, then the order of the edges. */
static int
compare_likely(const void *a, const void *b)
{
	const FlowEdge *x = a;
	const FlowEdge *y = b;

	if (x->transitions != y->transitions)
		return x->transitions > y->transitions ? -1 : 1;
	return flow_edge_compare(x, y);
}

/* flow_next(flow, stage) -> (stage, share), largest share first */
PG_FUNCTION_INFO_V1(flow_next);
Datum
flow_next(PG_FUNCTION_ARGS)
{
	Flow		flow;
	uint32		stage;
	FlowEdge   *edges;
	uint32		n = 0;
	int64		leaving = 0;

	InitMaterializedSRF(fcinfo, 0);
	flow_open(PG_GETARG_FLOW(0), &flow);
	stage = stage_arg(fcinfo, &flow);
	edges = palloc(Max(flow.edge_count, 1) * sizeof(FlowEdge));
	for (uint32 i = 0; i < flow.edge_count; i++)
	{
		if (flow.edges[i].from != stage)
			continue;
		edges[n++] = flow.edges[i];
		leaving += flow.edges[i].transitions;
	}
	qsort(edges, n, sizeof(FlowEdge), compare_likely);
	for (uint32 i = 0; i < n; i++)
		put_stage(fcinfo, flow_stage_text(&flow, edges[i].to, true),
				  NumericGetDatum(percent_of(edges[i].transitions, leaving)));
	return (Datum) 0;
}

static double *
allocate_zero(Size count)
{
	Size		bytes = Max(count, 1) * sizeof(double);

	return memset(MemoryContextAllocHuge(CurrentMemoryContext, bytes), 0, bytes);
}

/* 54000 */
static void
check_chain(uint32 stages)
{
	if (stages > FLOW_CHAIN_MOST)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%u stages lead to the goal, and flow_reach takes at most %d",
						stages, FLOW_CHAIN_MOST),
				 errhint("Count coarser stages, such as page groups instead of pages.")));
}

/* The chance of each row of the system. */
static double *
solve(const Flow *flow, uint32 goal, const uint32 *row, uint32 stages)
{
	FlowChain	chain = {.n = stages};

	chain.matrix = allocate_zero((Size) stages * stages);
	chain.goal = allocate_zero(stages);
	chain.lost = allocate_zero(stages);
	chain.leaving = allocate_zero(stages);
	chain.chance = allocate_zero(stages);
	flow_chain_fill(&chain, flow, goal, row);
	for (uint32 k = stages; k > 0; k--)
	{
		CHECK_FOR_INTERRUPTS();
		flow_chain_eliminate(&chain, k - 1);
	}
	flow_chain_solve(&chain);
	pfree(chain.matrix);
	return chain.chance;
}

/*
 * flow_reach(flow, goal) -> (stage, probability), (start) first.  A goal that
 * nobody ever visited is reached from nowhere.
 */
PG_FUNCTION_INFO_V1(flow_reach);
Datum
flow_reach(PG_FUNCTION_ARGS)
{
	Flow		flow;
	uint32		goal;
	uint32	   *row = NULL;
	uint32	   *scratch;
	double	   *chance = NULL;

	InitMaterializedSRF(fcinfo, 0);
	flow_open(PG_GETARG_FLOW(0), &flow);
	goal = stage_arg(fcinfo, &flow);
	if (goal != FLOW_NO_STAGE)
	{
		uint32		stages;

		row = palloc(((Size) flow.label_count + 2) * sizeof(uint32));
		scratch = palloc((2 * ((Size) flow.label_count + 3) + flow.edge_count) * sizeof(uint32));
		stages = flow_chain_rows(&flow, goal, row, scratch);
		check_chain(stages);
		chance = solve(&flow, goal, row, stages);
	}
	for (uint32 i = 0; i <= flow.label_count && flow.edge_count > 0; i++)
	{
		double		probability = 0;

		if (i == goal)
			probability = 1;
		else if (goal != FLOW_NO_STAGE && row[i] != FLOW_CHAIN_NONE)
			probability = chance[row[i]];
		put_stage(fcinfo, flow_stage_text(&flow, i, false), Float8GetDatum(probability));
	}
	return (Datum) 0;
}
