/*
 * event_agg.c
 *		State functions of funnel_agg and flow_agg over raw events: one pass over
 *		rows in any order, without GROUP BY customer.
 *
 * A row is appended to the state's log (event_log.h), and nothing else happens
 * to it until the final functions, in event_funnel.c and event_flow.c.  An event
 * without customer, stage or time does not count; one at a stage that the path of a funnel
 * does not ask for need not be kept (event_stages.h).
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "fmgr.h"
#include "nodes/primnodes.h"
#include "utils/memutils.h"
#include "utils/uuid.h"

#include "events/event_state.h"
#include "funnel/chain_search.h"
#include "path/path_datum.h"
#include "shared/aggregate.h"

#define AGGREGATES "funnel_agg or flow_agg"

/* The state in argument 0, which is of the kind that the mark says; NULL for none. */
static inline EventState *
state_arg(FunctionCallInfo fcinfo, uint64 mark)
{
	EventState *state = (EventState *) PG_GETARG_POINTER(0);

	if (PG_ARGISNULL(0))
		return NULL;
	if (unlikely(state->mark != mark))
		event_state_reject();
	return state;
}

/* The first half of a uuid makes the key different from the second one's. */
static inline EventCustomer
uuid_customer(const pg_uuid_t *uuid)
{
	EventCustomer customer = {0};
	uint64		half;

	memcpy(&half, uuid->data, sizeof(half));
	memcpy(&customer.more, uuid->data + sizeof(half), sizeof(customer.more));
	customer.key = event_mix(half ^ event_mix(customer.more));
	return customer;
}

static inline EventCustomer
text_customer(const text *name)
{
	EventCustomer customer = {.text = VARDATA_ANY(name),.length = (uint32) VARSIZE_ANY_EXHDR(name)};

	customer.key = DatumGetUInt64(hash_any_extended((const unsigned char *) customer.text,
													(int) customer.length, 0));
	return customer;
}

/* Append the row's event, whose stage matters. */
static inline void
append(FunctionCallInfo fcinfo, EventState *state, EventCustomers customers, uint32 stage)
{
	int64		at = PG_GETARG_TIMESTAMPTZ(3);
	EventCustomer customer;

	if (customers == EVENT_NUMBERS)
	{
		event_log_append_number(&state->log, (uint64) PG_GETARG_INT64(1), at, stage);
		return;
	}
	customer = customers == EVENT_UUIDS ? uuid_customer(PG_GETARG_UUID_P(1)) :
		text_customer(PG_GETARG_TEXT_PP(1));
	event_log_append(&state->log, &customer, at, stage);
}

static inline bool
is_event(FunctionCallInfo fcinfo)
{
	return !PG_ARGISNULL(1) && !PG_ARGISNULL(2) && !PG_ARGISNULL(3);
}

static inline Datum
accumulate(FunctionCallInfo fcinfo, EventState *state, EventCustomers customers)
{
	JourneyLabel label = journey_label_arg(fcinfo, 2);
	uint32		stage;

	journey_check_time(PG_GETARG_TIMESTAMPTZ(3));
	stage = event_stages_number(&state->stages, &label);
	if (stage != EVENT_NO_STAGE)
		append(fcinfo, state, customers, stage);
	PG_RETURN_POINTER(state);
}

/* Is an argument of the aggregate the same for every row? */
static bool
is_constant(FunctionCallInfo fcinfo, int argno)
{
	Aggref	   *aggref = AggGetAggref(fcinfo);
	Expr	   *expr;

	if (aggref == NULL || list_length(aggref->args) < argno)
		return false;
	expr = list_nth_node(TargetEntry, aggref->args, argno - 1)->expr;
	return IsA(expr, Const) ||
		(IsA(expr, Param) && ((Param *) expr)->paramkind == PARAM_EXTERN);
}

/* Is there a window, which is argument 5 where the function has one? */
static inline bool
is_limited(FunctionCallInfo fcinfo)
{
	return PG_NARGS() > 5 && !PG_ARGISNULL(5);
}

/* Are path and window those of the state, byte by byte? */
static inline bool
same_funnel(FunctionCallInfo fcinfo, const EventState *state)
{
	const struct varlena *path = (const struct varlena *) PG_GETARG_POINTER(4);
	const FunnelState *funnel = state->funnel;

	if (state->constant)
		return true;
	return VARATT_IS_4B_U(path) && VARSIZE(path) == funnel->header.path_bytes &&
		memcmp(path, funnel_state_path(funnel), funnel->header.path_bytes) == 0 &&
		is_limited(fcinfo) != state->unlimited &&
		(state->unlimited ||
		 memcmp(&state->within, PG_GETARG_INTERVAL_P(5), sizeof(Interval)) == 0);
}

/* The state for another path or window than the row before had, if it may be. */
static pg_noinline EventState *
check_funnel(FunctionCallInfo fcinfo, EventState *state, EventCustomers customers)
{
	int64		within = is_limited(fcinfo) ? funnel_within_arg(fcinfo, 5) : JOURNEY_NO_LIMIT;
	JourneyPath *path = PG_GETARG_JOURNEY_PATH(4);

	if (state == NULL)
	{
		state = event_state_new(fcinfo, customers, path, within);
		state->constant = is_constant(fcinfo, 4) && (PG_NARGS() <= 5 || is_constant(fcinfo, 5));
	}
	funnel_require_same(state->funnel, path, within);
	state->unlimited = !is_limited(fcinfo);
	if (!state->unlimited)
		state->within = *PG_GETARG_INTERVAL_P(5);
	return state;
}

static inline Datum
funnel_accumulate(FunctionCallInfo fcinfo, EventCustomers customers)
{
	EventState *state = state_arg(fcinfo, EVENT_STATE_MARK(customers, true));

	if (!is_event(fcinfo))
		return aggregate_unchanged(fcinfo);
	funnel_require_path(fcinfo, 4);
	if (state == NULL || !same_funnel(fcinfo, state))
		state = check_funnel(fcinfo, state, customers);
	return accumulate(fcinfo, state, customers);
}

static inline Datum
flow_accumulate(FunctionCallInfo fcinfo, EventCustomers customers)
{
	EventState *state = state_arg(fcinfo, EVENT_STATE_MARK(customers, false));

	if (!is_event(fcinfo))
		return aggregate_unchanged(fcinfo);
	if (state == NULL)
		state = event_state_new(fcinfo, customers, NULL, 0);
	return accumulate(fcinfo, state, customers);
}

/*
 * funnel_events_accum(internal, customer, stage, at, path, within),
 * funnel_events_accum_unlimited(internal, customer, stage, at, path) and
 * flow_events_accum(internal, customer, stage, at), for each type of customer.
 */
#define ACCUMULATORS(suffix, customers) \
	PG_FUNCTION_INFO_V1(funnel_events_accum_##suffix); \
	Datum \
	funnel_events_accum_##suffix(PG_FUNCTION_ARGS) \
	{ \
		return funnel_accumulate(fcinfo, customers); \
	} \
	PG_FUNCTION_INFO_V1(funnel_events_accum_unlimited_##suffix); \
	Datum \
	funnel_events_accum_unlimited_##suffix(PG_FUNCTION_ARGS) \
	{ \
		return funnel_accumulate(fcinfo, customers); \
	} \
	PG_FUNCTION_INFO_V1(flow_events_accum_##suffix); \
	Datum \
	flow_events_accum_##suffix(PG_FUNCTION_ARGS) \
	{ \
		return flow_accumulate(fcinfo, customers); \
	} \
	extern int no_such_variable

ACCUMULATORS(bigint, EVENT_NUMBERS);
ACCUMULATORS(uuid, EVENT_UUIDS);
ACCUMULATORS(text, EVENT_TEXTS);

/* events_serialize(internal): kept for when it is called again; 54000 past the largest value */
PG_FUNCTION_INFO_V1(events_serialize);
Datum
events_serialize(PG_FUNCTION_ARGS)
{
	EventState *state;
	Size		size;

	(void) aggregate_require(fcinfo, AGGREGATES);
	state = event_state_arg(fcinfo);
	if (state->result != NULL)
		PG_RETURN_POINTER(state->result);
	size = VARHDRSZ + event_state_packed_size(state);
	if (size > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a part of the query has %zu bytes of events, "
						"more than the %zu it can hand over",
						size, (Size) MaxAllocSize),
				 errhint("SET max_parallel_workers_per_gather = 0 and "
						 "enable_partitionwise_aggregate = off for this query: "
						 "in one part events go to temporary files.")));
	state->result = event_state_pack(state);
	event_log_free(&state->log);
	PG_RETURN_POINTER(state->result);
}

/* events_deserialize(bytea, internal): a look at the bytes, for the combine function at once */
PG_FUNCTION_INFO_V1(events_deserialize);
Datum
events_deserialize(PG_FUNCTION_ARGS)
{
	EventReceived *received;
	bytea	   *bytes;

	(void) aggregate_require(fcinfo, AGGREGATES);
	bytes = PG_GETARG_BYTEA_P(0);
	received = palloc(sizeof(EventReceived));
	received->mark = EVENT_PACKED_MARK;
	received->packed = VARDATA(bytes);
	received->size = VARSIZE(bytes) - VARHDRSZ;
	PG_RETURN_POINTER(received);
}

/* events_combine(internal, internal): the second one always comes deserialized */
PG_FUNCTION_INFO_V1(events_combine);
Datum
events_combine(PG_FUNCTION_ARGS)
{
	const EventReceived *received = (EventReceived *) PG_GETARG_POINTER(1);

	(void) aggregate_require(fcinfo, AGGREGATES);
	if (PG_ARGISNULL(1))
		return aggregate_unchanged(fcinfo);
	if (received->mark != EVENT_PACKED_MARK)
		event_state_reject();
	PG_RETURN_POINTER(event_state_merge(fcinfo, PG_ARGISNULL(0) ? NULL : event_state_arg(fcinfo),
										received));
}
