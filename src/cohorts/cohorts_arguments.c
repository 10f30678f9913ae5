/*
 * cohorts_arguments.c
 *		Arguments of cohort_agg and lifecycle_agg; see cohorts_arguments.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/memutils.h"

#include "cohorts/cohorts_arguments.h"
#include "cohorts/cohorts_datum.h"

/* What is kept of this call. */
CohortsMemory *
cohorts_memory(FunctionCallInfo fcinfo)
{
	if (fcinfo->flinfo->fn_extra == NULL)
		fcinfo->flinfo->fn_extra =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(CohortsMemory));
	return fcinfo->flinfo->fn_extra;
}

/* 22004 */
void
cohorts_arguments_reject_null(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			 errmsg("%s of a cohort must not be null", what),
			 errhint("Give every argument; only timezone and until of cohort_agg may be NULL.")));
}

/* The unit; 22023 for a word that is none */
void
cohorts_arguments_unit(FunctionCallInfo fcinfo, int argno, CohortsMemory *memory)
{
	JourneyLabel given;

	if (PG_ARGISNULL(argno))
		cohorts_arguments_reject_null("unit");
	given = journey_label_arg(fcinfo, argno);
	for (int unit = 0; unit < COHORTS_UNITS; unit++)
		if (given.length == strlen(cohorts_unit_names[unit]) &&
			memcmp(given.text, cohorts_unit_names[unit], given.length) == 0)
		{
			memory->unit = (CohortsUnit) unit;
			return;
		}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("\"%.*s\" is not the unit of a period",
					pg_mbcliplen(given.text, (int) given.length, JOURNEY_MAX_LABEL), given.text),
			 errhint("The units are hour, day, week, month, quarter and year.")));
}

static bool
same_zone(const CohortsMemory *memory, const JourneyLabel *given)
{
	return memory->has_zone && strlen(memory->zone_given) == given->length &&
		memcmp(memory->zone_given, given->text, given->length) == 0;
}

/* The time zone, if there is one; its calendar is that of the unit, which is known already. */
void
cohorts_arguments_zone(FunctionCallInfo fcinfo, int argno, CohortsMemory *memory)
{
	JourneyLabel given;
	pg_tz	   *zone = memory->calendar.zone;

	if (PG_ARGISNULL(argno))
	{
		memory->has_zone = false;
		return;
	}
	given = journey_label_arg(fcinfo, argno);
	if (same_zone(memory, &given) && memory->calendar.unit == memory->unit)
		return;
	if (!same_zone(memory, &given))
	{
		zone = calendar_zone(pnstrdup(given.text, given.length));
		snprintf(memory->zone_given, sizeof(memory->zone_given), "%.*s", (int) given.length,
				 given.text);
		strlcpy(memory->zone_name, pg_get_timezone_name(zone), sizeof(memory->zone_name));
		memory->has_zone = true;
	}
	calendar_init(&memory->calendar, zone, memory->unit);
}

/* A stage; 22004, 22023 */
JourneyLabel
cohorts_arguments_stage(FunctionCallInfo fcinfo, int argno, const char *what)
{
	if (PG_ARGISNULL(argno))
		cohorts_arguments_reject_null(what);
	return journey_goal_arg(fcinfo, argno, what);
}

/* Until when journeys are known, which is finite; 22008 */
TimestampTz
cohorts_arguments_until(FunctionCallInfo fcinfo, int argno)
{
	TimestampTz until = PG_GETARG_TIMESTAMPTZ(argno);

	if (TIMESTAMP_NOT_FINITE(until))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("the time until which journeys are known is %s",
						TIMESTAMP_IS_NOBEGIN(until) ? "-infinity" : "infinity"),
				 errhint("Give the time of the last event that was loaded, or now().")));
	return until;
}
