/*
 * flow_agg.c
 *		State functions of flow_agg, and +.
 *
 * The state is a flow that is still growing (flow_state.c).  It grows inside its
 * own value, so that a journey costs no copy, and the final function packs it.
 * What is new is left in the memory of this row: PostgreSQL copies it into the
 * aggregate's memory and frees the state before.
 */
#include "postgres.h"

#include "fmgr.h"

#include "flow/flow_datum.h"
#include "shared/aggregate.h"

/* Argument 0 to count in, or a new state. */
static FlowBuilder
begin(FunctionCallInfo fcinfo)
{
	FlowBuilder b;

	b.state = PG_ARGISNULL(0) ? flow_state_new() :
		flow_state_of(aggregate_state(fcinfo));
	b.given = b.state;
	return b;
}

/* flow_accum(journey_flow, journey): a journey without visits adds nothing */
PG_FUNCTION_INFO_V1(flow_accum);
Datum
flow_accum(PG_FUNCTION_ARGS)
{
	JourneyRoom room;
	FlowBuilder b;
	Visits		v;

	(void) aggregate_require(fcinfo, "flow_agg");
	if (!PG_ARGISNULL(1))
	{
		journey_open_datum((struct varlena *) PG_GETARG_POINTER(1), &room, &v);
		if (v.n > 0)
		{
			b = begin(fcinfo);
			flow_collect_journey(&b, &v);
			PG_RETURN_POINTER(b.state);
		}
	}
	return aggregate_unchanged(fcinfo);
}

/* flow_combine(journey_flow, journey_flow): strict, so the first one is taken as it is */
PG_FUNCTION_INFO_V1(flow_combine);
Datum
flow_combine(PG_FUNCTION_ARGS)
{
	FlowBuilder b;
	Flow		other;

	(void) aggregate_require(fcinfo, "flow_agg");
	b = begin(fcinfo);
	flow_open((FlowHeader *) PG_DETOAST_DATUM(PG_GETARG_DATUM(1)), &other);
	flow_collect_all(&b, &other);
	PG_RETURN_POINTER(b.state);
}

/* flow_final(journey_flow): sorted and packed, NULL without any visit; the state stays */
PG_FUNCTION_INFO_V1(flow_final);
Datum
flow_final(PG_FUNCTION_ARGS)
{
	Flow		flow;

	flow_open((FlowHeader *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0)), &flow);
	if (flow.edge_count == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(flow_packed(&flow));
}

/* journey_flow + journey_flow */
PG_FUNCTION_INFO_V1(flow_plus);
Datum
flow_plus(PG_FUNCTION_ARGS)
{
	FlowBuilder b = {flow_state_new(), NULL};
	Flow		flow;

	for (int i = 0; i < 2; i++)
	{
		flow_open(PG_GETARG_FLOW(i), &flow);
		flow_collect_all(&b, &flow);
	}
	flow_sort(b.state, &flow);
	PG_RETURN_POINTER(flow_packed(&flow));
}
