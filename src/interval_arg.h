/*
 * interval_arg.h
 *		Arguments that are a fixed length of time above 0.
 */
#ifndef INTERVAL_ARG_H
#define INTERVAL_ARG_H

#include "postgres.h"

#include "utils/timestamp.h"

#pragma GCC visibility push(hidden)

extern int64 interval_arg_fixed(const char *what, Interval *length, const char *example);

#pragma GCC visibility pop

#endif							/* INTERVAL_ARG_H */
