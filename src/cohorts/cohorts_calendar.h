/*
 * cohorts_calendar.h
 *		In which period of the calendar of a time zone an instant lies.
 *
 * A period has a number, so that neighbours differ by one, and a key, by which it is
 * shown: its first day, or its instant where it is an hour.  The day is that of the
 * clocks in the zone at that very instant, as date_trunc(unit, instant, zone) has it.
 * Hours count what passes, not what clocks show: the hour that comes twice at the end
 * of summer time is two.
 */
#ifndef COHORTS_CALENDAR_H
#define COHORTS_CALENDAR_H

#include "postgres.h"

#include "pgtime.h"
#include "utils/timestamp.h"

#include "cohorts/cohorts.h"

#define CALENDAR_SPANS	64

/* From one instant to another the clocks have the same offset from UTC. */
typedef struct CalendarSpan
{
	TimestampTz from;
	TimestampTz until;
	int64		offset;			/* in microseconds, to be added */
} CalendarSpan;

typedef struct CalendarPeriod
{
	int64		number;
	int64		key;			/* days since 2000-01-01; an hour: microseconds */
} CalendarPeriod;

/* What is known of a zone so far; a call asks about thousands of neighbouring instants. */
typedef struct Calendar
{
	pg_tz	   *zone;
	CohortsUnit unit;
	int			spans;
	int			last;			/* the span that was asked for last */
	CalendarSpan span[CALENDAR_SPANS];
	int32		first_day;		/* of the month that was asked for last, as Julian days */
	int32		end_day;
	int32		month;			/* 12 * year + month - 1 */
} Calendar;

#pragma GCC visibility push(hidden)

extern pg_tz *calendar_zone(const char *name);
extern void calendar_init(Calendar *c, pg_tz *zone, CohortsUnit unit);
extern CalendarPeriod calendar_period(Calendar *c, TimestampTz at);
extern int64 calendar_key_after(CohortsUnit unit, int64 key);

#pragma GCC visibility pop

#endif							/* COHORTS_CALENDAR_H */
