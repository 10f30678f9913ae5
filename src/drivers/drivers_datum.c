/*
 * drivers_datum.c
 *		What the SQL-callable files about driver_summary share; see drivers_datum.h.
 */
#include "postgres.h"

#include "fmgr.h"

#include "drivers/drivers_datum.h"

/* A summary without answers, with room for so many drivers. */
DriverSummary *
drivers_new(int drivers, bool weighted)
{
	Size		size = drivers_size(drivers, weighted);
	DriverSummary *s = palloc(size);

	SET_VARSIZE(s, size);
	drivers_init(s, drivers, weighted);
	return s;
}

DriverSummary *
drivers_copy(const DriverSummary *s)
{
	DriverSummary *copy = palloc(VARSIZE(s));

	memcpy(copy, s, VARSIZE(s));
	return copy;
}

/* The error for summaries that cannot be put together or subtracted. */
void
drivers_reject(DriverStatus status, int drivers, int other)
{
	if (status == DRIVERS_OTHER_NUMBER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("answers with %d and %d drivers cannot be put together",
						drivers, other),
				 errhint("Give the same drivers, in the same order, for all answers of a group.")));
	if (status == DRIVERS_OTHER_KIND)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("weighted and unweighted answers cannot be put together"),
				 errhint("Give the answers without weights the weight 1: "
						 "driver_agg(outcome, drivers, 1).")));
	if (status == DRIVERS_BELOW_ZERO)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("cannot take away answers that are not in the driver_summary"),
				 errhint("Subtract only a summary of answers that were counted in the "
						 "first one.")));
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("driver_summary out of range"),
			 errdetail("A summary holds up to 2^53 answers."),
			 errhint("Keep the parts in summaries of their own.")));
	pg_unreachable();
}

/* s with the answers of other: s itself, which is changed, unless it needs more room. */
DriverSummary *
drivers_added(DriverSummary *s, const DriverSummary *other)
{
	DriverStatus status = drivers_mergeable(s, other);

	if (status == DRIVERS_OK && s->drivers == 0 && other->drivers > 0)
	{
		int64		left_out = s->left_out;

		s = drivers_copy(other);
		status = drivers_add_left_out(s, left_out);
	}
	else if (status == DRIVERS_OK)
		status = drivers_merge(s, other);
	if (status != DRIVERS_OK)
		drivers_reject(status, s->drivers, other->drivers);
	return s;
}

/* Take the answers of other out of s. */
void
drivers_taken(DriverSummary *s, const DriverSummary *other)
{
	DriverStatus status = drivers_subtract(s, other);

	if (status != DRIVERS_OK)
		drivers_reject(status, s->drivers, other->drivers);
	SET_VARSIZE(s, drivers_bytes(s));
}
