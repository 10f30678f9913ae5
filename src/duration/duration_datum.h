/*
 * duration_datum.h
 *		What the SQL-callable files about duration_summary share: unpacking it from
 *		arguments, packing the result, and the error for a damaged value.
 */
#ifndef DURATION_DATUM_H
#define DURATION_DATUM_H

#include "postgres.h"

#include "fmgr.h"

#include "duration/duration.h"
#include "shared/compat.h"
#include "shared/value_error.h"
#include "shared/value_json.h"

#pragma GCC visibility push(hidden)

/* duration_json.c */
extern const ValueJson duration_json;

/* duration_datum.c */
extern DurationSummary duration_summary_new(void);
extern DurationSummary duration_open(const DurationHeader *header);
extern DurationSummary duration_summary_arg(FunctionCallInfo fcinfo, int n);
extern Datum duration_packed(const DurationSummary *d);

#pragma GCC visibility pop

/* A stored value that this library cannot read; XX001. */
#define duration_reject_stored()	value_reject_stored("duration_summary")

#endif							/* DURATION_DATUM_H */
