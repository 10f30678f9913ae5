/*
 * breakdown_shift.h
 *		What moved a metric, by label; see breakdown_shift.c.
 */
#ifndef BREAKDOWN_SHIFT_H
#define BREAKDOWN_SHIFT_H

#include "breakdown/breakdown_datum.h"
#include "rating/rating_inference.h"

typedef struct ShiftMetric
{
	RatingMetric kind;
	int32		satisfied_from;
	int			factor;			/* of the fraction a / n */
} ShiftMetric;

/* A label on one side, or all of a side; without answers there is no summary. */
typedef struct ShiftSide
{
	const RatingSummary *summary;
	Int128		a;				/* promoters less detractors, satisfied, or the sum of scores */
	Uint128 n;
} ShiftSide;

typedef struct ShiftRow
{
	JourneyLabel label;
	ShiftSide	side[2];
	Numeric		mix;
	Numeric		rate;
	Numeric		total;
} ShiftRow;

typedef struct Shift
{
	ShiftMetric metric;
	Breakdown	side[2];
	ShiftSide	whole[2];
	uint32		count;
	ShiftRow   *rows;
} Shift;

#pragma GCC visibility push(hidden)

extern bool breakdown_shift(FunctionCallInfo fcinfo, RatingMetric kind, int satisfied_from,
							const char *call, Shift *shift);
extern bool breakdown_shift_test(const Shift *shift, const ShiftRow *row, NumericEnds *ends,
								 double *p_value);

#pragma GCC visibility pop

#endif							/* BREAKDOWN_SHIFT_H */
