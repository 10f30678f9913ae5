/*
 * drivers_numeric.h
 *		Values of type numeric as the whole numbers of 10^-4 that driver_agg counts.
 */
#ifndef DRIVERS_NUMERIC_H
#define DRIVERS_NUMERIC_H

#include "postgres.h"

#include "utils/array.h"

#pragma GCC visibility push(hidden)

extern bool drivers_numeric_units(Datum numeric, int64 *units);
extern int	drivers_numeric_array_units(ArrayType *array, int64 *units);
extern char *drivers_numeric_text(Datum numeric);

#pragma GCC visibility pop

#endif							/* DRIVERS_NUMERIC_H */
