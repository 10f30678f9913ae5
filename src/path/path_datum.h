/*
 * path_datum.h
 *		What the SQL-callable files about paths share: paths from arguments, from
 *		text and from drafts, and the errors.
 */
#ifndef PATH_DATUM_H
#define PATH_DATUM_H

#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"

#include "shared/compat.h"
#include "path/path.h"
#include "shared/value_error.h"

#pragma GCC visibility push(hidden)

/* path_datum.c */
extern JourneyPath *journey_path_from_draft(const JourneyPathDraft *draft);
extern JourneyPath *journey_path_from_text(const char *text, Node *escontext);
extern JourneyPath *journey_path_receive(StringInfo buf, int bytes, const char *type);

#pragma GCC visibility pop

/* A stored value that this library cannot read; XX001. */
#define journey_path_reject_stored()	value_reject_stored("journey_path")

/* May labels have what is a character in UTF-8 alone? */
static inline bool
journey_path_is_utf8(void)
{
	return GetDatabaseEncoding() == PG_UTF8;
}

/*
 * A path from a datum that may be compressed, out of line, or behind a short
 * header.  A path is small, so all of its structure is checked each time.
 */
static inline JourneyPath *
journey_path_detoast(struct varlena *datum)
{
	JourneyPath *path = (JourneyPath *) datum;

	if (!VARATT_IS_4B_U(datum))
		path = (JourneyPath *) pg_detoast_datum(datum);
	if (!journey_path_valid(path, VARSIZE(path)))
		journey_path_reject_stored();
	return path;
}

#define PG_GETARG_JOURNEY_PATH(n) \
	journey_path_detoast((struct varlena *) PG_GETARG_POINTER(n))

#endif							/* PATH_DATUM_H */
