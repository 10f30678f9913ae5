/*
 * interval_arg.c
 *		Arguments and results that are a fixed length of time; days have 24 hours.
 */
#include "postgres.h"

#include "common/int.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "shared/interval_arg.h"

static char *
interval_text(Interval *length)
{
	return DatumGetCString(DirectFunctionCall1(interval_out, IntervalPGetDatum(length)));
}

/* Microseconds of a length without months; false past 64 bits. */
static bool
fixed_microseconds(const Interval *length, int64 *microseconds)
{
	return !pg_mul_s64_overflow(length->day, USECS_PER_DAY, microseconds) &&
		!pg_add_s64_overflow(*microseconds, length->time, microseconds);
}

/* 22023 for months and years, whose length is not fixed, and for infinity */
static void
require_fixed(const char *what, Interval *length, const char *hint)
{
	if (length->month != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %s has no fixed length", what, interval_text(length)),
				 errhint("%s", hint)));
}

/* A length above 0 in microseconds; 22023 for any other. */
int64
interval_arg_fixed(const char *what, Interval *length, const char *example)
{
	int64		microseconds;

	require_fixed(what, length, INTERVAL_FIXED_HINT);
	if (!fixed_microseconds(length, &microseconds))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %s is too long", what, interval_text(length)),
				 errhint("Give a length such as '%s'.", example)));
	if (microseconds <= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %s is not above 0", what, interval_text(length)),
				 errhint("Give a length such as '%s'.", example)));
	return microseconds;
}

/* A length of 0 or more in microseconds; 22023, with the caller's hints, for months and below 0. */
int64
interval_arg_span(const char *what, Interval *length, const char *fixed_hint,
				  const char *negative_hint)
{
	int64		microseconds;

	require_fixed("interval", length, fixed_hint);
	if (!fixed_microseconds(length, &microseconds))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %s is too long", what, interval_text(length)),
				 errhint("The longest one is 106751991 days of 24 hours.")));
	if (microseconds < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %s is negative", what, interval_text(length)),
				 errhint("%s", negative_hint)));
	return microseconds;
}

/* Microseconds as an interval of days of 24 hours and a rest. */
Interval *
interval_from_microseconds(uint64 microseconds)
{
	Interval   *interval = palloc0(sizeof(Interval));

	interval->day = (int32) (microseconds / USECS_PER_DAY);
	interval->time = (int64) (microseconds % USECS_PER_DAY);
	return interval;
}
