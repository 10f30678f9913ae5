/*
 * event_funnel.c
 *		The funnel of raw events: the final function of funnel_agg(customer, stage,
 *		at, path, within).
 *
 * The visits of each customer come sorted as those of a journey do, so the same
 * core finds the chain that wins and the same state counts it.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"

#include "events/event_state.h"
#include "funnel/chain_search.h"
#include "shared/aggregate.h"

typedef struct Counting
{
	JourneyFunnel funnel;
	JourneyItems all;			/* of the path */
	JourneyLabelUse *uses;		/* by the number that visits have */
	void	   *room;
	FunnelBuilder builder;
} Counting;

static void
check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* What each stage is in the path, by its rank if there are ranks. */
static JourneyLabelUse *
stage_uses(const JourneyPath *path, const EventStages *stages, const uint32 *ranks)
{
	uint32	   *ids = palloc(path->labels * sizeof(uint32));
	JourneyLabelUse *uses = MemoryContextAllocHuge(CurrentMemoryContext,
												   Max(stages->count, 1) * sizeof(JourneyLabelUse));

	for (int i = 0; i < path->labels; i++)
	{
		size_t		length;
		JourneyLabel label = {journey_path_label(path, i, &length), 0};

		label.length = (uint32) length;
		ids[i] = event_stages_find(stages, &label);
		if (ids[i] == EVENT_NO_STAGE)
			ids[i] = JOURNEY_NO_ID;
		else if (ranks != NULL)
			ids[i] = ranks[ids[i]];
	}
	journey_match_uses(path, ids, uses, stages->count);
	pfree(ids);
	return uses;
}

/* The items that the visits can fill; none when all have been seen before. */
static JourneyItems
items_seen(const Counting *c, const JourneyVisit *visits, size_t n)
{
	JourneyItems seen = 0;

	if (c->builder.state->seen == c->all)
		return 0;
	for (size_t i = 0; i < n; i++)
		seen |= c->uses[visits[i].label].items;
	return seen;
}

static void
count_customer(void *arg, const JourneyVisit *visits, size_t n)
{
	Counting   *c = arg;
	JourneyFunnelChain chain;

	funnel_make_waiting_room(&c->funnel, n, true);
	journey_funnel_best(&c->funnel, c->uses, visits, n, c->builder.state->header.within,
						c->room, &chain);
	funnel_free_waiting_room(&c->funnel);
	funnel_collect_customer(&c->builder, items_seen(c, visits, n), &chain, NULL);
}

/* funnel_events_final(internal): NULL without any event */
PG_FUNCTION_INFO_V1(funnel_events_final);
Datum
funnel_events_final(PG_FUNCTION_ARGS)
{
	EventState *state;
	JourneyPath *path;
	Counting	c;
	Funnel		funnel;
	uint32	   *ranks;

	(void) aggregate_require(fcinfo, "funnel_agg");
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = event_state_arg(fcinfo);
	if (state->funnel == NULL)
		event_state_reject();
	if (state->result != NULL)
		PG_RETURN_POINTER(state->result);
	path = palloc(state->funnel->header.path_bytes);
	memcpy(path, funnel_state_path(state->funnel), state->funnel->header.path_bytes);
	ranks = event_stages_ranks(&state->stages);
	journey_funnel_init(&c.funnel, path);
	c.funnel.interrupt = check_interrupts;
	c.all = funnel_items(path);
	c.uses = stage_uses(path, &state->stages, ranks);
	c.room = palloc(journey_funnel_room(path));
	c.builder.state = state->funnel;
	c.builder.given = state->funnel;
	event_log_each(&state->log, ranks, count_customer, &c);
	event_log_free(&state->log);
	funnel_sort(c.builder.state, &funnel);
	PG_RETURN_POINTER(event_state_keep(state, (struct varlena *) funnel_packed(&funnel)));
}
