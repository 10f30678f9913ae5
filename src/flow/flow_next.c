/*
 * flow_next.c
 *		flow_next(f, j): where a customer goes next, by the way he came.
 *
 * The stages of a flow may be contexts, the last stages that customers came by
 * (journey/journey_contexts.c).  Of these the one is looked for that is the whole end of
 * the journey, as long as contexts are; where nobody went on from it, all that end like a
 * shorter and shorter end of the journey are summed up.  A target counts by its last
 * stage, which is where one went.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "flow/flow_datum.h"
#include "journey/journey_datum.h"
#include "shared/percent.h"

/* Where customers went, and how often; of length 0: (end). */
typedef struct Target
{
	JourneyLabel stage;
	int64		transitions;
} Target;

typedef struct Next
{
	Flow		flow;
	Target	   *targets;
	uint32		n;
	int64		leaving;
} Next;

/* The stages of the longest context. */
static uint32
longest_context(const Flow *flow)
{
	uint32		longest = 1;

	for (uint32 i = 0; i < flow->label_count; i++)
	{
		uint32		stages = 1;

		for (uint32 at = 0; at < flow->labels[i].length; at++)
			stages += flow->labels[i].text[at] == JOURNEY_JOINER;
		longest = Max(longest, stages);
	}
	return longest;
}

/* The last stage of a context. */
static JourneyLabel
last_stage(const JourneyLabel *context)
{
	uint32		first = context->length;
	JourneyLabel stage;

	while (first > 0 && context->text[first - 1] != JOURNEY_JOINER)
		first--;
	stage.text = context->text + first;
	stage.length = context->length - first;
	return stage;
}

/* Does a context end with these stages, or is it just them? */
static bool
ends_with(const JourneyLabel *context, const char *stages, uint32 length, bool just)
{
	uint32		before = context->length - length;

	return context->length >= length && memcmp(context->text + before, stages, length) == 0 &&
		(before == 0 || (!just && context->text[before - 1] == JOURNEY_JOINER));
}

static void
add_target(Next *next, const FlowEdge *edge)
{
	Target	   *target = &next->targets[next->n++];

	target->stage.text = NULL;
	target->stage.length = 0;
	if (edge->to != FLOW_OUTSIDE)
		target->stage = last_stage(&next->flow.labels[edge->to - 1]);
	target->transitions = edge->transitions;
	next->leaving += edge->transitions;
}

/* Take all that leaves the contexts that end with the stages; was there any? */
static bool
take_ending(Next *next, const char *stages, uint32 length, bool just)
{
	for (uint32 i = 0; i < next->flow.edge_count; i++)
	{
		const FlowEdge *edge = &next->flow.edges[i];

		if (edge->from != FLOW_OUTSIDE &&
			ends_with(&next->flow.labels[edge->from - 1], stages, length, just))
			add_target(next, edge);
	}
	return next->n > 0;
}

static void
take_start(Next *next)
{
	for (uint32 i = 0; i < next->flow.edge_count; i++)
		if (next->flow.edges[i].from == FLOW_OUTSIDE)
			add_target(next, &next->flow.edges[i]);
}

/* Look for the longest end of the journey that others left; returns of how many visits. */
static uint32
look_up(Next *next, const Visits *v)
{
	uint32		k = Min(longest_context(&next->flow), v->n);
	StringInfoData stages;

	if (v->n == 0)
		take_start(next);
	initStringInfo(&stages);
	for (uint32 visits = k; visits > 0; visits--)
	{
		resetStringInfo(&stages);
		for (uint32 i = v->n - visits; i < v->n; i++)
		{
			const JourneyLabel *stage = &v->labels[v->visits[i].label];

			if (stages.len > 0)
				appendStringInfoChar(&stages, JOURNEY_JOINER);
			appendBinaryStringInfo(&stages, stage->text, (int) stage->length);
		}
		/* who began like that went on in his own way */
		if ((visits == k && take_ending(next, stages.data, (uint32) stages.len, true)) ||
			take_ending(next, stages.data, (uint32) stages.len, false))
			return visits;
		CHECK_FOR_INTERRUPTS();
	}
	return 0;
}

/* For qsort(): by stage, (end) last. */
static int
compare_stages(const void *a, const void *b)
{
	const JourneyLabel *x = &((const Target *) a)->stage;
	const JourneyLabel *y = &((const Target *) b)->stage;

	if (x->length == 0 || y->length == 0)
		return (x->length == 0) - (y->length == 0);
	return journey_compare_labels(x, y);
}

/* For qsort(): most transitions first. */
static int
compare_likely(const void *a, const void *b)
{
	int64		x = ((const Target *) a)->transitions;
	int64		y = ((const Target *) b)->transitions;

	return x != y ? (x < y) - (x > y) : compare_stages(a, b);
}

/* Each stage once. */
static void
sum_up(Next *next)
{
	uint32		n = 0;

	qsort(next->targets, next->n, sizeof(Target), compare_stages);
	for (uint32 i = 0; i < next->n; i++)
		if (n > 0 && compare_stages(&next->targets[n - 1], &next->targets[i]) == 0)
			next->targets[n - 1].transitions += next->targets[i].transitions;
		else
			next->targets[n++] = next->targets[i];
	next->n = n;
	qsort(next->targets, n, sizeof(Target), compare_likely);
}

/* flow_next(flow, journey) -> (stage, share, transitions, visits) */
PG_FUNCTION_INFO_V1(flow_next_of_journey);
Datum
flow_next_of_journey(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Next		next = {0};
	Visits		v;
	uint32		visits;

	InitMaterializedSRF(fcinfo, 0);
	flow_open(PG_GETARG_FLOW(0), &next.flow);
	journey_open_visits(PG_GETARG_JOURNEY(1), &v);
	next.targets = palloc(Max(next.flow.edge_count, 1) * sizeof(Target));
	visits = look_up(&next, &v);
	sum_up(&next);
	for (uint32 i = 0; i < next.n; i++)
	{
		const Target *target = &next.targets[i];
		bool		nulls[4] = {false, false, false, false};
		Datum		values[4];

		values[0] = PointerGetDatum(flow_label_text(&target->stage));
		values[1] = NumericGetDatum(percent_of(target->transitions, next.leaving));
		values[2] = Int64GetDatum(target->transitions);
		values[3] = Int32GetDatum((int32) visits);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
