/*
 * map_trend.c
 *		What the trend of a journey map compares with: the last bucket before that has answers.
 */
#include "postgres.h"

#include "fmgr.h"

/*
 * journey_map_later(rating_summary, rating_summary) -> the second one.  STRICT, so that an
 * aggregate over it holds the last summary that there is.
 */
PG_FUNCTION_INFO_V1(journey_map_later);
Datum
journey_map_later(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(PG_GETARG_DATUM(1));
}
