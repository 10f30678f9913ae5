/*
 * event_flow.c
 *		The flow of raw events: the final function of flow_agg(customer, stage, at).
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/memutils.h"

#include "events/event_state.h"
#include "flow/flow_datum.h"
#include "shared/aggregate.h"

typedef struct Counting
{
	const uint32 *numbers;		/* the flow's, of stages by what visits have as labels */
	FlowBuilder builder;
} Counting;

static void
count_customer(void *arg, const JourneyVisit *visits, size_t n)
{
	Counting   *c = arg;

	flow_collect_visits(&c->builder, c->numbers, visits, n);
}

/* The flow's numbers of all stages, by rank if there are ranks. */
static uint32 *
collect_stages(FlowBuilder *b, const EventStages *stages, const uint32 *ranks)
{
	uint32	   *numbers = MemoryContextAllocHuge(CurrentMemoryContext,
												 Max(stages->count, 1) * sizeof(uint32));

	for (uint32 i = 0; i < stages->count; i++)
		numbers[ranks == NULL ? i : ranks[i]] = flow_collect_label(b, &stages->labels[i]);
	return numbers;
}

/* flow_events_final(internal): NULL without any event */
PG_FUNCTION_INFO_V1(flow_events_final);
Datum
flow_events_final(PG_FUNCTION_ARGS)
{
	EventState *state;
	Counting	c = {0};
	Flow		flow;
	uint32	   *ranks;

	(void) aggregate_require(fcinfo, "flow_agg");
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = event_state_arg(fcinfo);
	if (state->funnel != NULL)
		event_state_reject();
	if (state->result != NULL)
		PG_RETURN_POINTER(state->result);
	ranks = event_stages_ranks(&state->stages);
	c.builder.state = flow_state_new();
	c.numbers = collect_stages(&c.builder, &state->stages, ranks);
	event_log_each(&state->log, ranks, count_customer, &c);
	event_log_free(&state->log);
	flow_sort(c.builder.state, &flow);
	PG_RETURN_POINTER(event_state_keep(state, (struct varlena *) flow_packed(&flow)));
}
