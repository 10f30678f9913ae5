/*
 * rating_shell.h
 *		What the SQL-callable files about ratings share: fetching summaries from
 *		arguments, and turning what the core reports into errors with hints.
 */
#ifndef RATING_SHELL_H
#define RATING_SHELL_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/numeric.h"

#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

#include "rating_core.h"

/* A scale as an argument says it: low, low + 1, ... with so many points. */
typedef struct RatingScale
{
	int32		low;
	int			points;
} RatingScale;

/* rating_shell.c */
extern RatingSummary *rating_new(RatingScale scale, bool weighted);
extern RatingSummary *rating_detoast(struct varlena *datum);
extern RatingSummary *rating_copy(const RatingSummary *s);
extern RatingScale rating_scale_arg(FunctionCallInfo fcinfo, int argno);
extern Datum rating_scale_datum(FunctionCallInfo fcinfo, const RatingSummary *s);
extern int64 rating_total(const RatingSummary *s);
extern RatingUint128 rating_mass(const RatingSummary *s, int64 from, int64 to);
extern Numeric rating_mass_numeric(const RatingSummary *s, RatingUint128 mass);
extern void rating_require_nps_scale(const RatingSummary *s, const char *what);
extern int32 rating_default_satisfied_from(RatingScale scale);
extern int32 rating_satisfied_from_arg(FunctionCallInfo fcinfo, int argno,
									   const RatingSummary *s);
extern void rating_merge_error(RatingStatus status, const RatingSummary *s,
							   const RatingSummary *other) pg_attribute_noreturn();

#define PG_GETARG_RATING(n) \
	rating_detoast((struct varlena *) PG_GETARG_POINTER(n))

#endif							/* RATING_SHELL_H */
