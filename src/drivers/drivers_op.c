/*
 * drivers_op.c
 *		Operators of driver_summary: + and -, and what the btree and hash operator
 *		classes need.  The order is by content and means nothing by itself.
 */
#include "postgres.h"

#include "fmgr.h"

#include "drivers/drivers_datum.h"
#include "shared/value_ops.h"

PG_FUNCTION_INFO_V1(driver_summary_plus);
Datum
driver_summary_plus(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(drivers_added(drivers_copy(PG_GETARG_DRIVERS(0)), PG_GETARG_DRIVERS(1)));
}

PG_FUNCTION_INFO_V1(driver_summary_minus);
Datum
driver_summary_minus(PG_FUNCTION_ARGS)
{
	DriverSummary *result = drivers_copy(PG_GETARG_DRIVERS(0));

	drivers_taken(result, PG_GETARG_DRIVERS(1));
	PG_RETURN_POINTER(result);
}

/* From the flags on: neither the length word nor the version. */
#define CONTENT(s) ((const unsigned char *) &(s)->flags)
#define CONTENT_SIZE(s) (VARSIZE(s) - offsetof(DriverSummary, flags))

/* There is one form of each content. */
CONTENT_COMPARISON(compare_args, DriverSummary, PG_GETARG_DRIVERS);
COMPARISONS(driver_summary, compare_args);
HASHES(driver_summary_hash, DriverSummary, PG_GETARG_DRIVERS);
