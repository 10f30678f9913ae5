/*
 * attribution_datum.h
 *		What the SQL-callable files about attribution share.
 */
#ifndef ATTRIBUTION_DATUM_H
#define ATTRIBUTION_DATUM_H

#include "postgres.h"

#include "fmgr.h"

#include "attribution/attribution_state.h"
#include "journey/journey_datum.h"
#include "shared/value_error.h"
#include "shared/value_json.h"

/* A packed value. */
typedef AttributionHeader Attribution;

#pragma GCC visibility push(hidden)

/* attribution_json.c */
extern const ValueJson attribution_json;

/* attribution_datum.c */
extern Attribution *attribution_detoast(struct varlena *datum);
extern AttributionState *attribution_state_new(const AttributionRules *rules, bool money);
extern AttributionState *attribution_reserve(AttributionState *state, uint32 rows, uint32 steps,
											 Size text, bool money);
extern AttributionState *attribution_state_of(struct varlena *datum);
extern AttributionState *attribution_collect_all(AttributionState *state, struct varlena *datum);
extern Attribution *attribution_packed(const AttributionState *state);
extern AttributionReader attribution_open(const Attribution *value);
extern void attribution_require_same(const AttributionState *state, const AttributionRules *rules);
extern void attribution_require_form(AttributionState *state, bool basic);
extern void attribution_require_ok(AttributionStatus status);
extern AttributionStatus attribution_status(const AttributionState *state);
extern const char *attribution_status_detail(AttributionStatus status);

#pragma GCC visibility pop

/* A stored value that this library cannot read; XX001. */
#define attribution_reject_stored()	value_reject_stored("journey_attribution")

#define PG_GETARG_ATTRIBUTION(n) \
	attribution_detoast((struct varlena *) PG_GETARG_POINTER(n))

#endif							/* ATTRIBUTION_DATUM_H */
