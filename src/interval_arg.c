/*
 * interval_arg.c
 *		Arguments that are a fixed length of time above 0; days have 24 hours.
 */
#include "postgres.h"

#include "common/int.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "interval_arg.h"

static char *
interval_text(Interval *length)
{
	return DatumGetCString(DirectFunctionCall1(interval_out, IntervalPGetDatum(length)));
}

/*
 * The length in microseconds.  22023 for months and years, whose length is not
 * fixed, for infinity, and for 0 and less.
 */
int64
interval_arg_fixed(const char *what, Interval *length, const char *example)
{
	int64		microseconds;

	if (length->month != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %s has no fixed length", what, interval_text(length)),
				 errhint("Use days, hours or smaller units; a day has 24 hours.")));
	if (pg_mul_s64_overflow(length->day, USECS_PER_DAY, &microseconds) ||
		pg_add_s64_overflow(microseconds, length->time, &microseconds))
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
