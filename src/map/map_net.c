/*
 * map_net.c
 *		What a journey map has counted: answers that were added, without those that were removed.
 */
#include "postgres.h"

#include "fmgr.h"

#include "rating/rating_datum.h"

/*
 * That of a map alone says how a map is repaired; - of two summaries knows nothing of maps.
 * 22003
 */
static void
reject_removed(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("more answers were removed than the journey map has counted"),
			 errhint("Something was written unseen: check_journey_map says what, "
					 "rebuild_journey_map repairs it.")));
}

/* added - removed; removed may be what added points to, which stays as it is. */
static Datum
net_of(const RatingSummary *added, const RatingSummary *removed)
{
	RatingSummary *result = rating_copy(added);
	RatingStatus status = rating_subtract(result, removed);

	if (status == RATING_BELOW_ZERO)
		reject_removed();
	if (status != RATING_OK)
		rating_merge_error(status, added, removed);
	return PointerGetDatum(result);
}

/* journey_map_net(added rating_summary, removed rating_summary) -> NULL is no answers. */
PG_FUNCTION_INFO_V1(journey_map_net);
Datum
journey_map_net(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	if (PG_ARGISNULL(0))
		reject_removed();
	if (rating_compare(PG_GETARG_RATING(0), PG_GETARG_RATING(1)) == 0)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(net_of(PG_GETARG_RATING(0), PG_GETARG_RATING(1)));
}
