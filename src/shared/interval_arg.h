/*
 * interval_arg.h
 *		Arguments and results that are a fixed length of time.
 */
#ifndef INTERVAL_ARG_H
#define INTERVAL_ARG_H

#include "postgres.h"

#include "utils/timestamp.h"

#define INTERVAL_FIXED_HINT "Use days, hours or smaller units; a day has 24 hours."

#pragma GCC visibility push(hidden)

extern int64 interval_arg_fixed(const char *what, Interval *length, const char *example);
extern int64 interval_arg_span(const char *what, Interval *length, const char *fixed_hint,
							   const char *negative_hint);
extern Interval *interval_from_microseconds(uint64 microseconds);

#pragma GCC visibility pop

#endif							/* INTERVAL_ARG_H */
