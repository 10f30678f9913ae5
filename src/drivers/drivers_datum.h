/*
 * drivers_datum.h
 *		What the SQL-callable files about driver_summary share: fetching it from
 *		arguments, and turning what the core reports into errors with hints.
 */
#ifndef DRIVERS_DATUM_H
#define DRIVERS_DATUM_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/array.h"

#include "drivers/drivers.h"
#include "shared/compat.h"
#include "shared/value_error.h"
#include "shared/value_json.h"

#pragma GCC visibility push(hidden)

/* drivers_json.c */
extern const ValueJson drivers_json;

/* drivers_datum.c */
extern DriverSummary *drivers_new(int drivers, bool weighted);
extern DriverSummary *drivers_copy(const DriverSummary *s);
extern DriverSummary *drivers_added(DriverSummary *s, const DriverSummary *other);
extern void drivers_taken(DriverSummary *s, const DriverSummary *other);
pg_noreturn extern void drivers_reject(DriverStatus status, int drivers, int other);

#pragma GCC visibility pop

static inline Size
drivers_bytes(const DriverSummary *s)
{
	return drivers_size(s->drivers, drivers_weighted(s));
}

/*
 * A summary from a datum that may be compressed, out of line, or behind a short
 * header.  Only the shape is checked: input has validated the content, but a newer
 * version of the extension may have written another format.
 */
static inline DriverSummary *
drivers_detoast(struct varlena *datum)
{
	DriverSummary *s = (DriverSummary *) datum;

	if (!VARATT_IS_4B_U(datum))
		s = (DriverSummary *) pg_detoast_datum(datum);
	if (!drivers_has_shape(s, VARSIZE(s)))
		value_reject_stored("driver_summary");
	return s;
}

/* The first element of an array of one dimension; ARR_DATA_PTR mixes signed and unsigned. */
static inline char *
drivers_elements(ArrayType *array)
{
	return (char *) array +
		(ARR_HASNULL(array) ? (Size) array->dataoffset : ARR_OVERHEAD_NONULLS(1));
}

#define PG_GETARG_DRIVERS(n) drivers_detoast((struct varlena *) PG_GETARG_POINTER(n))

#endif							/* DRIVERS_DATUM_H */
