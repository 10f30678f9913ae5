/*
 * event_state.h
 *		The state of funnel_agg and flow_agg over raw events.
 *
 * Between processes a state travels as
 *
 *		EventStatePacked | path | labels, each as a length byte and bytes | log
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

typedef struct EventState
{
	EventLog	log;
	EventStages stages;
	FunnelState *funnel;		/* with the path and the window; NULL for a flow */
	bool		constant;		/* path and window cannot differ between rows, */
	bool		unlimited;		/* else: the window was NULL */
	Interval	within;			/* or this, as it was given last */
} EventState;

typedef struct EventStatePacked
{
	uint64		path_bytes;		/* 0: a flow */
	int64		within;
	uint64		stages;
	uint64		label_bytes;
} EventStatePacked;

#pragma GCC visibility push(hidden)

extern EventState *event_state_new(FunctionCallInfo fcinfo, EventCustomers customers,
								   const JourneyPath *path, int64 within);
extern Size event_state_packed_size(const EventState *state);
extern Size event_state_pack(const EventState *state, char *packed);
extern EventState *event_state_merge(FunctionCallInfo fcinfo, EventState *state,
									 const char *packed);

#pragma GCC visibility pop

#endif							/* EVENT_STATE_H */
