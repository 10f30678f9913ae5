/*
 * fixed_interval.h
 *		Lengths of time that are the same on every day of the year: the limits
 *		of a path, as whole microseconds.
 *
 * A day is 24 hours and a week 7 days; months and years have no fixed length
 * and are errors.  Three ways to write one, which PostgreSQL's interval reads
 * with the same meaning:
 *
 *		7 days				numbers with units, each unit once: weeks, days,
 *		1d 12h				hours, minutes, seconds, milliseconds, microseconds,
 *		2 hours 30 minutes	and their short forms; decimals such as 1.5 hours
 *		1 day 12:30:00		the last part as hours:minutes[:seconds]
 *		P1DT12H30M			ISO 8601
 *
 * They print as days and hours:minutes:seconds, each only when it is needed.
 * Like label.h this is part of the pure core.
 */
#ifndef FIXED_INTERVAL_H
#define FIXED_INTERVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text_scan.h"

/* "106751991 days 04:00:54.775807" and the final zero fit. */
#define JOURNEY_DURATION_TEXT_BOUND 40

#pragma GCC visibility push(hidden)

extern bool journey_duration_read(TextScan *scan, int64_t *microseconds);
extern size_t journey_duration_print(int64_t microseconds, char *text);

#pragma GCC visibility pop

#endif							/* FIXED_INTERVAL_H */
