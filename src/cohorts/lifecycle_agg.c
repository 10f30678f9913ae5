/*
 * lifecycle_agg.c
 *		State function of lifecycle_agg: in each period of the calendar, who is new, who
 *		is there again after the period before, who after a longer while, and who has
 *		stayed away.
 */
#include "postgres.h"

#include "fmgr.h"

#include "cohorts/cohorts_arguments.h"
#include "cohorts/cohorts_datum.h"
#include "cohorts/cohorts_visits.h"
#include "shared/aggregate.h"

/* A customer while his visits are read. */
typedef struct Walk
{
	CohortsState *state;
	CohortsUnit unit;
	bool		any;
	CalendarPeriod before;		/* the last one with a visit */
} Walk;

/* The arguments from 2 to 5; the number of the period in which `until` lies. */
static int64
read_question(FunctionCallInfo fcinfo, CohortsMemory *memory, CohortsQuestion *q)
{
	CalendarPeriod open;

	memset(q, 0, sizeof(*q));
	q->flags = COHORTS_LIFECYCLE;
	q->start = cohorts_arguments_stage(fcinfo, 2, "stage");
	cohorts_arguments_unit(fcinfo, 3, memory);
	if (memory->unit == COHORTS_HOUR)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a lifecycle by hour is not possible"),
				 errhint("The units are day, week, month, quarter and year.")));
	if (PG_ARGISNULL(4))
		cohorts_arguments_reject_null("time zone");
	if (PG_ARGISNULL(5))
		cohorts_arguments_reject_null("until");
	cohorts_arguments_zone(fcinfo, 4, memory);
	open = calendar_period(&memory->calendar, cohorts_arguments_until(fcinfo, 5));
	q->unit = (uint8) memory->unit;
	q->open_from = open.key;
	q->zone = (JourneyLabel) {memory->zone_name, (uint32) strlen(memory->zone_name)};
	return open.number;
}

static void
count(Walk *w, int64 key, int kind)
{
	w->state = cohorts_reserve(w->state, 1);
	if (!cohorts_state_event(w->state, key, kind))
		cohorts_reject_overflow();
}

/* The customer was not there in the period after that of the visit before. */
static void
count_dormant(Walk *w)
{
	count(w, calendar_key_after(w->unit, w->before.key), LIFECYCLE_DORMANT);
}

/* The next period in which the customer was there. */
static void
count_period(Walk *w, CalendarPeriod period)
{
	/* clocks that are put back over midnight would take a visit to the day before */
	if (w->any && period.number <= w->before.number)
		return;
	if (!w->any)
		count(w, period.key, LIFECYCLE_NEW);
	else if (period.number == w->before.number + 1)
		count(w, period.key, LIFECYCLE_RETURNING);
	else
	{
		count_dormant(w);
		count(w, period.key, LIFECYCLE_RESURRECTED);
	}
	w->any = true;
	w->before = period;
}

/* lifecycle_accum(journey_lifecycle, journey, stage, unit, timezone, until) */
PG_FUNCTION_INFO_V1(lifecycle_accum);
Datum
lifecycle_accum(PG_FUNCTION_ARGS)
{
	CohortsMemory *memory;
	CohortsQuestion question;
	int64		open;
	TimestampTz until;
	StageVisits v;
	JourneyVisit visit;
	Walk		w = {0};

	(void) aggregate_require(fcinfo, "lifecycle_agg");
	if (PG_ARGISNULL(1))
		return aggregate_unchanged(fcinfo);
	memory = cohorts_memory(fcinfo);
	open = read_question(fcinfo, memory, &question);
	until = PG_GETARG_TIMESTAMPTZ(5);
	w.state = cohorts_counting_state(fcinfo, &question);
	w.unit = memory->unit;
	stage_visits_begin(&v, (struct varlena *) PG_GETARG_POINTER(1), &question.start,
					   &question.returning);
	if (v.stage[0] != JOURNEY_NO_LABEL)
		while (stage_visits_next(&v, &visit) && visit.at <= until)
			count_period(&w, calendar_period(&memory->calendar, visit.at));
	if (w.any && w.before.number + 1 < open)
		count_dormant(&w);
	PG_RETURN_POINTER(w.state);
}
