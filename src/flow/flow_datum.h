/*
 * flow_datum.h
 *		What the SQL-callable files about flows share: unpacking them from
 *		arguments, counting transitions, packing the result, and the errors.
 */
#ifndef FLOW_DATUM_H
#define FLOW_DATUM_H

#include "journey/journey_datum.h"

#include "flow/flow.h"
#include "shared/value_error.h"
#include "shared/value_json.h"

/* What flow_stage_named() says of a stage that is not there. */
#define FLOW_NO_STAGE	PG_UINT32_MAX

/*
 * A state that is being filled.  It may move to the current memory context when
 * it grows; the one it began with stays the caller's to free.
 */
typedef struct FlowBuilder
{
	FlowState  *state;
	const FlowState *given;
} FlowBuilder;

#pragma GCC visibility push(hidden)

/* flow_json.c */
extern const ValueJson flow_json;

/* flow_datum.c */
extern FlowHeader *flow_detoast(struct varlena *datum);
extern void flow_open(const FlowHeader *header, Flow *flow);
extern FlowHeader *flow_packed(const Flow *flow);
extern FlowState *flow_state_new(void);
extern FlowState *flow_state_of(struct varlena *value);
extern void flow_sort(const FlowState *state, Flow *flow);
extern uint32 flow_collect_label(FlowBuilder *b, const JourneyLabel *label);
extern uint32 flow_collect_edge(FlowBuilder *b, uint32 from, uint32 to, int64 transitions,
								Uint128 sum);
extern void flow_collect_bucket(FlowBuilder *b, uint32 edge, uint32 bucket, int64 count);
extern void flow_collect_visits(FlowBuilder *b, const uint32 *numbers,
								const JourneyVisit *visits, Size n);
extern void flow_collect_journey(FlowBuilder *b, const Visits *v);
extern void flow_collect_all(FlowBuilder *b, const Flow *flow);
extern text *flow_label_text(const JourneyLabel *label);
extern text *flow_stage_text(const Flow *flow, uint32 stage, bool target);
extern uint32 flow_stage_named(const Flow *flow, const text *name);

#pragma GCC visibility pop

/* A stored value that this library cannot read; XX001. */
#define flow_reject_stored()	value_reject_stored("journey_flow")

#define PG_GETARG_FLOW(n) \
	flow_detoast((struct varlena *) PG_GETARG_POINTER(n))

#endif							/* FLOW_DATUM_H */
