/*
 * event_state.c
 *		The state of funnel_agg and flow_agg over raw events; see event_state.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "events/event_state.h"

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
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("state function called outside an aggregate"),
				 errhint("Use funnel_agg or flow_agg.")));
	return context;
}

/* An empty state in the aggregate's memory; for a flow the path is NULL. */
EventState *
event_state_new(FunctionCallInfo fcinfo, EventCustomers customers, const JourneyPath *path,
				int64 within)
{
	MemoryContext context = require_group(fcinfo);
	MemoryContext caller = MemoryContextSwitchTo(context);
	EventState *state = palloc0(sizeof(EventState));

	event_log_init(&state->log, customers, (Size) work_mem * 1024);
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

/* Bytes that event_state_pack() writes at most. */
Size
event_state_packed_size(const EventState *state)
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

/* Write the state; returns how many bytes were written. */
Size
event_state_pack(const EventState *state, char *packed)
{
	EventStatePacked header = {0};
	char	   *to = packed + sizeof(header);

	header.stages = state->stages.count;
	header.label_bytes = label_bytes(&state->stages);
	if (state->funnel != NULL)
	{
		header.path_bytes = state->funnel->header.path_bytes;
		header.within = state->funnel->header.within;
		memcpy(to, funnel_state_path(state->funnel), header.path_bytes);
	}
	memcpy(packed, &header, sizeof(header));
	to = pack_labels(&state->stages, to + header.path_bytes);
	return to + event_log_pack(&state->log, to) - packed;
}

typedef struct Merging
{
	EventLog   *log;
	const uint32 *numbers;		/* this state's numbers of the other's stages */
} Merging;

static void
append_event(void *arg, const EventCustomer *customer, int64 at, uint32 stage)
{
	Merging    *merging = arg;

	event_log_append(merging->log, customer, at, merging->numbers[stage]);
}

/* This state's numbers of packed labels. */
static uint32 *
take_labels(EventStages *stages, uint64 n, const char *at)
{
	uint32	   *numbers = MemoryContextAllocHuge(CurrentMemoryContext,
												 Max(n, 1) * sizeof(uint32));

	for (uint64 i = 0; i < n; i++)
	{
		JourneyLabel label = {at + 1, (uint8) *at};

		numbers[i] = event_stages_number(stages, &label);
		at += 1 + label.length;
	}
	return numbers;
}

/* The path of a packed state, which is not aligned there; NULL for a flow. */
static JourneyPath *
take_path(const EventStatePacked *header, const char *path)
{
	JourneyPath *aligned = NULL;

	if (header->path_bytes > 0)
	{
		aligned = palloc(header->path_bytes);
		memcpy(aligned, path, header->path_bytes);
	}
	return aligned;
}

/*
 * Add the events of a packed state to a state, or to a new one for NULL.  Each
 * process has only seen that its own rows are of one path and window.
 */
EventState *
event_state_merge(FunctionCallInfo fcinfo, EventState *state, const char *packed)
{
	EventStatePacked header;
	const char *labels;
	JourneyPath *path;
	Merging		merging;

	memcpy(&header, packed, sizeof(header));
	path = take_path(&header, packed + sizeof(header));
	labels = packed + sizeof(header) + header.path_bytes;
	if (state == NULL)
		state = event_state_new(fcinfo, event_log_packed_customers(labels + header.label_bytes),
								path, header.within);
	else if (path != NULL)
		funnel_require_same(state->funnel, path, header.within);
	merging.log = &state->log;
	merging.numbers = take_labels(&state->stages, header.stages, labels);
	event_log_unpack(labels + header.label_bytes, append_event, &merging);
	pfree((void *) merging.numbers);
	return state;
}
