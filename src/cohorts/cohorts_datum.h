/*
 * cohorts_datum.h
 *		What the SQL-callable files about cohorts and lifecycles share.
 */
#ifndef COHORTS_DATUM_H
#define COHORTS_DATUM_H

#include "postgres.h"

#include "fmgr.h"

#include "cohorts/cohorts.h"
#include "journey/journey_datum.h"
#include "shared/value_error.h"
#include "shared/value_json.h"

/* A packed value. */
typedef CohortsHeader Cohorts;

#pragma GCC visibility push(hidden)

/* cohorts_json.c */
extern const ValueJson cohorts_json;
extern const ValueJson lifecycle_json;

/* cohorts_datum.c */
extern Cohorts *cohorts_detoast(struct varlena *datum);
extern CohortsState *cohorts_state_new(const CohortsQuestion *question);
extern CohortsState *cohorts_state_of(struct varlena *datum);
extern CohortsState *cohorts_counting_state(FunctionCallInfo fcinfo,
											const CohortsQuestion *question);
extern CohortsState *cohorts_reserve(CohortsState *state, uint32 cells);
extern CohortsState *cohorts_collect_row(CohortsState *state, const CohortsRow *row);
extern CohortsState *cohorts_collect_all(CohortsState *state, struct varlena *datum);
extern void cohorts_require_same(const CohortsState *state, const CohortsQuestion *question);
extern Cohorts *cohorts_packed(const CohortsState *state);
extern CohortsReader cohorts_open(const Cohorts *value);
extern void cohorts_new_row(const CohortsQuestion *question, CohortsRow *row);
pg_noreturn extern void cohorts_reject_overflow(void);

#pragma GCC visibility pop

/* A stored value that this library cannot read; XX001. */
#define cohorts_reject_stored()	value_reject_stored("journey_cohorts or journey_lifecycle")

#define PG_GETARG_COHORTS(n) \
	cohorts_detoast((struct varlena *) PG_GETARG_POINTER(n))

#endif							/* COHORTS_DATUM_H */
