/*
 * rating_score.h
 *		One answer as SQL gives it: a smallint, integer, bigint, numeric or
 *		double precision.
 *
 * Each rating_score_TYPE() says whether the value is a whole number that an
 * int32 holds, and which.  They are inline because they run once a row; what
 * is wrong with another value is found out by rating_reject_score().
 */
#ifndef RATING_SCORE_H
#define RATING_SCORE_H

#include "catalog/pg_type.h"

#include "rating/rating_datum.h"

static inline bool
rating_score_int2(Datum value, int32 *score)
{
	*score = DatumGetInt16(value);
	return true;
}

static inline bool
rating_score_int4(Datum value, int32 *score)
{
	*score = DatumGetInt32(value);
	return true;
}

static inline bool
rating_score_int8(Datum value, int32 *score)
{
	int64		wide = DatumGetInt64(value);

	*score = (int32) wide;
	return *score == wide;
}

static inline bool
rating_score_float8(Datum value, int32 *score)
{
	double		wide = DatumGetFloat8(value);

	/* written so that NaN fails */
	if (!(wide >= PG_INT32_MIN && wide <= PG_INT32_MAX))
		return false;
	*score = (int32) wide;
	return *score == wide;
}

static inline bool
rating_score_bool(Datum value, int32 *score)
{
	*score = DatumGetBool(value) ? 1 : 0;
	return true;
}

#pragma GCC visibility push(hidden)

/* rating_score.c */
extern bool rating_score_numeric(Datum value, int32 *score);
extern bool rating_weight_units(double weight, int64 *units);
pg_noreturn extern void rating_reject_score(RatingScale scale, Oid type, Datum value,
								bool in_aggregate);

#pragma GCC visibility pop

#endif							/* RATING_SCORE_H */
