/*
 * visit_value.h
 *		The value of a visit, or the sum of several, from numeric and as numeric.
 */
#ifndef VISIT_VALUE_H
#define VISIT_VALUE_H

#include "postgres.h"

#include "fmgr.h"

#include "base/uint128.h"

#pragma GCC visibility push(hidden)

extern int64 visit_value_arg(FunctionCallInfo fcinfo, int argno);
extern Datum visit_value_datum(Int128 sum);
extern int64 visit_value_checked(Int128 sum);

#pragma GCC visibility pop

#endif							/* VISIT_VALUE_H */
