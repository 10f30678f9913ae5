/*
 * units_numeric.h
 *		Numbers kept as whole units of a power of ten, and those of floating point, as numeric.
 */
#ifndef UNITS_NUMERIC_H
#define UNITS_NUMERIC_H

#include "postgres.h"

#include "utils/numeric.h"

#include "base/uint128.h"

#pragma GCC visibility push(hidden)

extern Numeric units_numeric(Int128 units, int decimals);
extern Numeric units_numeric_unsigned(Uint128 units, int decimals);
extern Numeric double_numeric(double value);

#pragma GCC visibility pop

#endif							/* UNITS_NUMERIC_H */
