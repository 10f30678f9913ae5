/*
 * percent.h
 *		A part of a whole, as SQL's own arithmetic has it.
 */
#ifndef PERCENT_H
#define PERCENT_H

#include "postgres.h"

#include "utils/numeric.h"

#pragma GCC visibility push(hidden)

extern Numeric percent_of(int64 part, int64 whole);

#pragma GCC visibility pop

#endif							/* PERCENT_H */
