/*
 * percent.c
 *		A part of a whole; see percent.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/fmgrprotos.h"

#include "shared/percent.h"

/* 100 * part / whole, digit for digit what SQL's division of numeric gives; whole is not 0. */
Numeric
percent_of(int64 part, int64 whole)
{
	Datum		scaled = DirectFunctionCall2(numeric_mul, NumericGetDatum(int64_to_numeric(100)),
											 NumericGetDatum(int64_to_numeric(part)));

	return DatumGetNumeric(DirectFunctionCall2(numeric_div, scaled,
											   NumericGetDatum(int64_to_numeric(whole))));
}
