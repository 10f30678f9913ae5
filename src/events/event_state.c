/*
 * event_state.c
 *		The state of funnel_agg and flow_agg over raw events; see event_state.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/primnodes.h"
#include "utils/memutils.h"

#include "events/event_state.h"
#include "shared/aggregate.h"

/* The aggregate's memory is about to go: close what is not memory. */
static void
forget(Datum state)
{
	event_log_free(&((EventState *) DatumGetPointer(state))->log);
}

/* 0A000 unless a state is wanted by an aggregate over a whole group. */
static MemoryContext
require_group(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (AggCheckCallContext(fcinfo, &context) != AGG_CONTEXT_AGGREGATE)
		aggregate_reject_outside("funnel_agg or flow_agg");
	return context;
}

/* 22023 for a state, or a packed one, that is not what the function takes */
void
event_state_reject(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("state is of another aggregate, or damaged"),
			 errhint("Use funnel_agg or flow_agg, which make their states themselves.")));
}

/* The state in argument 0, which is not NULL, be it of a funnel or of a flow. */
EventState *
event_state_arg(FunctionCallInfo fcinfo)
{
	EventState *state = (EventState *) PG_GETARG_POINTER(0);

	if (state->mark < EVENT_STATE_MARK(EVENT_NUMBERS, false) ||
		state->mark > EVENT_STATE_MARK(EVENT_TEXTS, true))
		event_state_reject();
	return state;
}

/* Is the state to go to another process, or part of the plan, as bytes? */
static bool
is_handed_over(FunctionCallInfo fcinfo)
{
	Aggref	   *aggref = AggGetAggref(fcinfo);

	return aggref != NULL && DO_AGGSPLIT_SERIALIZE(aggref->aggsplit);
}

/* An empty state in the aggregate's memory; for a flow the path is NULL. */
EventState *
event_state_new(FunctionCallInfo fcinfo, EventCustomers customers, const JourneyPath *path,
				int64 within)
{
	MemoryContext context = require_group(fcinfo);
	MemoryContext caller = MemoryContextSwitchTo(context);
	EventState *state = palloc0(sizeof(EventState));

	state->mark = EVENT_STATE_MARK(customers, path != NULL);
	event_log_init(&state->log, customers, (Size) work_mem * 1024);
	state->log.in_memory = is_handed_over(fcinfo);
	event_stages_init(&state->stages, path != NULL);
	if (path != NULL)
		state->funnel = funnel_state_new(path, within);
	if (path != NULL && event_stages_suffice(path))
		event_stages_close(&state->stages, path);
	AggRegisterCallback(fcinfo, forget, PointerGetDatum(state));
	MemoryContextSwitchTo(caller);
	return state;
}

static uint64
label_bytes(const EventStages *stages)
{
	uint64		bytes = 0;

	for (uint32 i = 0; i < stages->count; i++)
		bytes += 1 + stages->labels[i].length;
	return bytes;
}

/* Make the state ready to be packed: bytes that event_state_pack() writes. */
Size
event_state_packed_size(EventState *state)
{
	Size		path = state->funnel == NULL ? 0 : state->funnel->header.path_bytes;

	return sizeof(EventStatePacked) + path + label_bytes(&state->stages) +
		event_log_packed_size(&state->log);
}

static char *
pack_labels(const EventStages *stages, char *to)
{
	for (uint32 i = 0; i < stages->count; i++)
	{
		const JourneyLabel *label = &stages->labels[i];

		*to++ = (char) label->length;
		memcpy(to, label->text, label->length);
		to += label->length;
	}
	return to;
}

/* The state as a value, whose memory goes with the state. */
struct varlena *
event_state_pack(EventState *state)
{
	EventStatePacked header = {0};
	Size		head = VARHDRSZ + sizeof(header);
	Size		log_bytes = event_log_packed_size(&state->log);
	char	   *packed;
	char	   *to;

	header.mark = state->mark;
	header.stages = state->stages.count;
	header.label_bytes = label_bytes(&state->stages);
	if (state->funnel != NULL)
	{
		header.path_bytes = state->funnel->header.path_bytes;
		header.within = state->funnel->header.within;
	}
	packed = event_log_pack(&state->log, head, header.path_bytes + header.label_bytes);
	memcpy(packed + VARHDRSZ, &header, sizeof(header));
	to = packed + head + log_bytes;
	if (state->funnel != NULL)
		memcpy(to, funnel_state_path(state->funnel), header.path_bytes);
	to = pack_labels(&state->stages, to + header.path_bytes);
	SET_VARSIZE(packed, to - packed);
	return (struct varlena *) packed;
}

/* What is still to be read of a packed state. */
typedef struct Unread
{
	const char *at;
	Size		left;
} Unread;

/* The next bytes, so many of them. */
static const char *
take(Unread *unread, uint64 bytes)
{
	const char *at = unread->at;

	if (bytes > unread->left)
		event_state_reject();
	unread->at += bytes;
	unread->left -= bytes;
	return at;
}

/* This state's numbers of packed labels, of which each has a byte or more. */
static uint32 *
take_labels(EventStages *stages, uint64 n, Unread labels)
{
	uint32	   *numbers;

	if (n > labels.left)
		event_state_reject();
	numbers = MemoryContextAllocHuge(CurrentMemoryContext, Max(n, 1) * sizeof(uint32));
	for (uint64 i = 0; i < n; i++)
	{
		JourneyLabel label = {.length = (uint8) *take(&labels, 1)};

		label.text = take(&labels, label.length);
		numbers[i] = event_stages_number(stages, &label);
	}
	return numbers;
}

/* The path of a packed state, which is not aligned there; NULL for a flow. */
static JourneyPath *
take_path(const EventStatePacked *header, Unread *unread)
{
	JourneyPath *path = NULL;

	if (header->path_bytes > 0)
	{
		const char *bytes = take(unread, header->path_bytes);

		path = palloc(header->path_bytes);
		memcpy(path, bytes, header->path_bytes);
		if (!journey_path_valid(path, header->path_bytes) || VARSIZE(path) != header->path_bytes)
			event_state_reject();
	}
	return path;
}

/* The state to add a packed one to, which is of the same kind: a new one for NULL. */
static EventState *
merging_state(FunctionCallInfo fcinfo, EventState *state, const EventStatePacked *header,
			  const JourneyPath *path, EventCustomers customers)
{
	if (header->mark != EVENT_STATE_MARK(customers, path != NULL) ||
		(state != NULL && state->mark != header->mark))
		event_state_reject();
	if (state == NULL)
		return event_state_new(fcinfo, customers, path, header->within);
	if (path != NULL)
		funnel_require_same(state->funnel, path, header->within);
	return state;
}

/*
 * Add the events of a packed state to a state, or to a new one for NULL.  Each
 * process has only seen that its own rows are of one path and window.
 */
EventState *
event_state_merge(FunctionCallInfo fcinfo, EventState *state, const EventReceived *received)
{
	Unread		log = {received->packed, received->size};
	Unread		rest;
	uint64		behind;
	EventStatePacked header;
	EventCustomers customers;
	JourneyPath *path;
	EventSource source;

	memcpy(&header, take(&log, sizeof(header)), sizeof(header));
	behind = header.path_bytes + header.label_bytes;
	if (behind < header.label_bytes || behind > log.left)
		event_state_reject();
	log.left -= behind;
	rest.at = log.at + log.left;
	rest.left = behind;
	path = take_path(&header, &rest);
	if (!event_log_packed_customers(log.at, log.left, &customers))
		event_state_reject();
	state = merging_state(fcinfo, state, &header, path, customers);
	source.numbers = take_labels(&state->stages, header.stages, rest);
	source.count = header.stages;
	if (state->stages.count > EVENT_SMALL_STAGES && state->log.words == EVENT_SMALL)
		event_log_widen(&state->log);
	event_log_unpack(&state->log, log.at, log.left, &source);
	pfree(source.numbers);
	return state;
}

/*
 * Keep what a final function made of the events, which are gone.  PostgreSQL calls it
 * once more when a hash table of groups is scanned again, whatever FINALFUNC_MODIFY
 * says; it then gives this.
 */
struct varlena *
event_state_keep(EventState *state, struct varlena *result)
{
	state->result = MemoryContextAlloc(state->log.context, VARSIZE(result));
	memcpy(state->result, result, VARSIZE(result));
	return state->result;
}
