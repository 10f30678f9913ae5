/*
 * survival_datum.h
 *		What the SQL-callable files about waits share: unpacking them from arguments,
 *		counting, packing the result, and the errors.
 */
#ifndef SURVIVAL_DATUM_H
#define SURVIVAL_DATUM_H

#include "postgres.h"

#include "fmgr.h"

#include "shared/compat.h"
#include "shared/value_error.h"
#include "shared/value_json.h"
#include "survival/survival.h"

/*
 * A state that is being filled.  It may move to the current memory context when it
 * grows; the one it began with, if it is given, stays the caller's to free.
 */
typedef struct SurvivalBuilder
{
	SurvivalState *state;
	const SurvivalState *given;
} SurvivalBuilder;

#pragma GCC visibility push(hidden)

/* survival_json.c */
extern const ValueJson survival_json;

/* survival_datum.c */
extern void survival_open(struct varlena *value, Survival *survival);
extern void survival_arg(FunctionCallInfo fcinfo, int n, Survival *survival);
extern SurvivalHeader *survival_packed(const Survival *survival);
extern SurvivalState *survival_state_new(const SurvivalSubject *subject);
extern SurvivalState *survival_state_of(struct varlena *value);
extern void survival_sort(const SurvivalState *state, Survival *survival);
extern void survival_collect(SurvivalBuilder *b, const SurvivalCount *count);
extern void survival_collect_wait(SurvivalBuilder *b, uint64 time, bool reached);
extern void survival_collect_all(SurvivalBuilder *b, const Survival *other);
extern void survival_require_same(const SurvivalSubject *a, const SurvivalSubject *b);

#pragma GCC visibility pop

/* A stored value that this library cannot read; XX001. */
#define survival_reject_stored()	value_reject_stored("journey_survival")

#endif							/* SURVIVAL_DATUM_H */
