/*
 * duration_read.c
 *		What a summary of durations says: their number, mean and percentiles.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"

#include "duration/duration_datum.h"
#include "shared/interval_arg.h"

/* duration_count(duration_summary) */
PG_FUNCTION_INFO_V1(duration_summary_count);
Datum
duration_summary_count(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(duration_summary_arg(fcinfo, 0).total);
}

/* duration_mean(duration_summary) */
PG_FUNCTION_INFO_V1(duration_summary_mean);
Datum
duration_summary_mean(PG_FUNCTION_ARGS)
{
	DurationSummary d = duration_summary_arg(fcinfo, 0);

	if (d.total == 0)
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(interval_from_microseconds(duration_mean(d.sum, d.total)));
}

/* duration_percentile(duration_summary, q) */
PG_FUNCTION_INFO_V1(duration_summary_percentile);
Datum
duration_summary_percentile(PG_FUNCTION_ARGS)
{
	DurationSummary d = duration_summary_arg(fcinfo, 0);
	double		q = PG_GETARG_FLOAT8(1);
	uint64		found;

	if (isnan(q) || q < 0 || q > 1)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("fraction %g is not between 0 and 1", q),
				 errhint("Use 0.5 for the median, 0.9 for the time that 9 of 10 did not exceed.")));
	if (d.total == 0)
		PG_RETURN_NULL();
	found = duration_sketch_percentile(d.buckets, d.n, d.sum, q);
	PG_RETURN_INTERVAL_P(interval_from_microseconds(found));
}
