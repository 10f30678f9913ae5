/*
 * touchpoint_type.h
 *		What the SQL-callable files that take a journey_touchpoint share.
 */
#ifndef TOUCHPOINT_TYPE_H
#define TOUCHPOINT_TYPE_H

#include "postgres.h"

#include "fmgr.h"

#include "shared/compat.h"
#include "touchpoint/touchpoint.h"
#include "shared/value_error.h"

#pragma GCC visibility push(hidden)

extern Datum touchpoint_from_text(const char *text);

#pragma GCC visibility pop

/* A stored value that this library cannot read; XX001. */
#define touchpoint_reject_stored()	value_reject_stored("journey_touchpoint")

/* A touchpoint that may still have a short header; never compressed or out of line. */
#define PG_GETARG_TOUCHPOINT(n) \
	((struct varlena *) PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(n)))

/*
 * The text form within a touchpoint; it is also its label in a journey.  Only
 * the shape is checked: input has validated the content, but a newer version of
 * the extension may have written another format.
 */
static inline const char *
touchpoint_text(const struct varlena *t, size_t *length)
{
	const char *bytes = VARDATA_ANY(t);
	size_t		size = VARSIZE_ANY_EXHDR(t);

	if (size <= TOUCHPOINT_HEADER || bytes[0] != TOUCHPOINT_VERSION || bytes[1] != 0)
		touchpoint_reject_stored();
	*length = size - TOUCHPOINT_HEADER;
	return bytes + TOUCHPOINT_HEADER;
}

#endif							/* TOUCHPOINT_TYPE_H */
