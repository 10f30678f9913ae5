/*
 * event_state.h
 *		The state of funnel_agg and flow_agg over raw events.
 *
 * Its SQL type is internal, so that a superuser can make an aggregate that hands a
 * function here the state of another one, be it core's: it begins with a mark that
 * says of what it is.
 *
 * Between processes a state travels as
 *
 *		EventStatePacked | log | path | labels, each as a length byte and bytes
 *
 * in the machine's byte order, the log as event_log_pack() writes it.
 */
#ifndef EVENT_STATE_H
#define EVENT_STATE_H

#include "postgres.h"

#include "events/event_log.h"
#include "events/event_stages.h"
#include "funnel/funnel_datum.h"
#include "journey/journey_datum.h"

/* The mark of a state: what its customers are, and whether it is of a funnel. */
#define EVENT_STATE_MARK(customers, funnel) \
	(UINT64CONST(0x6a5d3c1fe7b90400) + 2 * (uint64) (customers) + ((funnel) ? 1 : 0))

#define EVENT_PACKED_MARK	UINT64CONST(0x6a5d3c1fe7b90480)

typedef struct EventState
{
	uint64		mark;
	EventLog	log;
	EventStages stages;
	FunnelState *funnel;		/* with the path and the window; NULL for a flow */
	bool		constant;		/* path and window cannot differ between rows, */
	bool		unlimited;		/* else: the window was NULL */
	Interval	within;			/* or this, as it was given last */
	struct varlena *result;		/* what came of it, once the events are gone */
} EventState;

/* What the deserialize function hands to the combine function. */
typedef struct EventReceived
{
	uint64		mark;			/* EVENT_PACKED_MARK */
	const char *packed;
	Size		size;
} EventReceived;

typedef struct EventStatePacked
{
	uint64		mark;			/* as of the state */
	uint64		path_bytes;		/* 0: a flow */
	int64		within;
	uint64		stages;
	uint64		label_bytes;
} EventStatePacked;

#pragma GCC visibility push(hidden)

extern EventState *event_state_new(FunctionCallInfo fcinfo, EventCustomers customers,
								   const JourneyPath *path, int64 within);
extern EventState *event_state_arg(FunctionCallInfo fcinfo);
extern Size event_state_packed_size(EventState *state);
extern struct varlena *event_state_pack(EventState *state);
extern EventState *event_state_merge(FunctionCallInfo fcinfo, EventState *state,
									 const EventReceived *received);
extern struct varlena *event_state_keep(EventState *state, struct varlena *result);
pg_noreturn extern void event_state_reject(void);

#pragma GCC visibility pop

#endif							/* EVENT_STATE_H */
