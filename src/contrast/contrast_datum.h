/*
 * contrast_datum.h
 *		What the SQL-callable files about contrasts share: unpacking them from arguments,
 *		counting, packing the result, and the errors.
 */
#ifndef CONTRAST_DATUM_H
#define CONTRAST_DATUM_H

#include "postgres.h"

#include "fmgr.h"

#include "contrast/contrast.h"
#include "shared/compat.h"
#include "shared/value_error.h"
#include "shared/value_json.h"

/*
 * A state that is being filled.  It may move to the current memory context when it
 * grows; the one it began with, if it is given, stays the caller's to free.
 */
typedef struct ContrastBuilder
{
	ContrastState *state;
	const ContrastState *given;
} ContrastBuilder;

#pragma GCC visibility push(hidden)

/* contrast_json.c */
extern const ValueJson contrast_json;

/* contrast_datum.c */
extern void contrast_open(struct varlena *value, Contrast *contrast);
extern void contrast_arg(FunctionCallInfo fcinfo, int n, Contrast *contrast);
extern ContrastHeader *contrast_packed(const Contrast *contrast);
extern ContrastState *contrast_state_new(const ContrastQuestion *question);
extern ContrastState *contrast_state_of(struct varlena *value);
extern void contrast_sort_unchecked(const ContrastState *state, Contrast *contrast);
extern void contrast_sort(const ContrastState *state, Contrast *contrast);
extern void contrast_collect_counts(ContrastBuilder *b, const ContrastCounts *counts);
extern void contrast_collect_stage(ContrastBuilder *b, const ContrastStage *stage);
extern void contrast_collect_all(ContrastBuilder *b, const Contrast *other);
extern void contrast_require_same(const ContrastQuestion *a, const ContrastQuestion *b);

#pragma GCC visibility pop

/* A stored value that this library cannot read; XX001. */
#define contrast_reject_stored()	value_reject_stored("journey_contrast")

#endif							/* CONTRAST_DATUM_H */
