/*
 * survival_agg.c
 *		State functions of survival_agg and gap_agg, and +.
 *
 * The state is a value that is still growing (survival_state.c): it grows inside its
 * own value, so that a customer costs no copy, and the final function packs it.  What is
 * new is left in the memory of this row: PostgreSQL copies it into the aggregate's
 * memory and frees the state before.
 */
#include "postgres.h"

#include "fmgr.h"

#include "journey/journey_datum.h"
#include "shared/aggregate.h"
#include "shared/interval_arg.h"
#include "survival/survival_datum.h"
#include "survival/survival_wait.h"

#define AGGREGATES "survival_agg or gap_agg"

/* Argument 0 to count in, or a new state. */
static SurvivalBuilder
begin(FunctionCallInfo fcinfo, const SurvivalSubject *subject)
{
	SurvivalBuilder b;
	SurvivalSubject own;

	if (PG_ARGISNULL(0))
		b.state = survival_state_new(subject);
	else
	{
		b.state = survival_state_of(aggregate_state(fcinfo));
		own = survival_state_subject(b.state);
		survival_require_same(&own, subject);
	}
	b.given = b.state;
	return b;
}

/* A stage that all rows have; 22004, 22023 */
static JourneyLabel
stage_arg(FunctionCallInfo fcinfo, int argno, const char *what)
{
	aggregate_require_argument(fcinfo, argno, what, "Give the same stage with every row.");
	return journey_goal_arg(fcinfo, argno, what);
}

/* Up to when visits are known; 22004, 22008 */
static TimestampTz
until_arg(FunctionCallInfo fcinfo, int argno)
{
	TimestampTz until;

	aggregate_require_argument(fcinfo, argno, "\"until\"",
							   "It is up to when the journey is known, for example now() or the "
							   "time of the last load; leave rows without one out with FILTER.");
	until = PG_GETARG_TIMESTAMPTZ(argno);
	if (TIMESTAMP_NOT_FINITE(until))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("\"until\" is %s", TIMESTAMP_IS_NOBEGIN(until) ? "-infinity" : "infinity"),
				 errhint("Give the time up to which the journeys are known, such as now(): who "
						 "has not come by then is still waiting.")));
	return until;
}

/* Count the waits of the journey in argument 1. */
static Datum
accumulate(FunctionCallInfo fcinfo, const SurvivalSubject *subject, TimestampTz until)
{
	JourneyContent content = journey_content((struct varlena *) PG_GETARG_POINTER(1));
	SurvivalBuilder b = begin(fcinfo, subject);
	SurvivalWaits waits;
	SurvivalWait wait;

	survival_waits_begin(&waits, content.bytes, content.size, subject, until);
	while (survival_waits_next(&waits, &wait))
		survival_collect_wait(&b, wait.time, wait.reached);
	if (waits.damaged)
		journey_reject_stored();
	PG_RETURN_POINTER(b.state);
}

/* survival_accum(journey_survival, journey, from_stage, to_stage, until) */
PG_FUNCTION_INFO_V1(survival_accum);
Datum
survival_accum(PG_FUNCTION_ARGS)
{
	SurvivalSubject subject = {SURVIVAL_STAGES, {NULL, 0}, {NULL, 0}};

	(void) aggregate_require(fcinfo, AGGREGATES);
	if (PG_ARGISNULL(1))
		return aggregate_unchanged(fcinfo);
	subject.from = stage_arg(fcinfo, 2, "\"from_stage\"");
	subject.to = stage_arg(fcinfo, 3, "\"to_stage\"");
	return accumulate(fcinfo, &subject, until_arg(fcinfo, 4));
}

/* survival_accum_gaps(journey_survival, journey, stage, until) */
PG_FUNCTION_INFO_V1(survival_accum_gaps);
Datum
survival_accum_gaps(PG_FUNCTION_ARGS)
{
	SurvivalSubject subject = {SURVIVAL_GAPS, {NULL, 0}, {NULL, 0}};

	(void) aggregate_require(fcinfo, AGGREGATES);
	if (PG_ARGISNULL(1))
		return aggregate_unchanged(fcinfo);
	subject.from = stage_arg(fcinfo, 2, "\"stage\"");
	return accumulate(fcinfo, &subject, until_arg(fcinfo, 3));
}

/* survival_accum_wait(journey_survival, waited, reached) */
PG_FUNCTION_INFO_V1(survival_accum_wait);
Datum
survival_accum_wait(PG_FUNCTION_ARGS)
{
	static const SurvivalSubject subject = {SURVIVAL_WAITS, {NULL, 0}, {NULL, 0}};
	SurvivalBuilder b;
	int64		waited;

	(void) aggregate_require(fcinfo, AGGREGATES);
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return aggregate_unchanged(fcinfo);
	waited = interval_arg_span("wait", PG_GETARG_INTERVAL_P(1),
							   "Subtract the times themselves: until - at has days and smaller "
							   "units only.",
							   "Leave such waits out, and count them beside it: "
							   "survival_agg(w, r) FILTER (WHERE w >= '0'), "
							   "count(*) FILTER (WHERE w < '0').");
	b = begin(fcinfo, &subject);
	survival_collect_wait(&b, (uint64) waited, PG_GETARG_BOOL(2));
	PG_RETURN_POINTER(b.state);
}

/* survival_combine(journey_survival, journey_survival): strict */
PG_FUNCTION_INFO_V1(survival_combine);
Datum
survival_combine(PG_FUNCTION_ARGS)
{
	SurvivalBuilder b;
	Survival	other;

	(void) aggregate_require(fcinfo, AGGREGATES);
	survival_arg(fcinfo, 1, &other);
	b = begin(fcinfo, &other.subject);
	survival_collect_all(&b, &other);
	PG_RETURN_POINTER(b.state);
}

/* survival_final(journey_survival): packed; strict, so NULL without a state, which stays */
PG_FUNCTION_INFO_V1(survival_final);
Datum
survival_final(PG_FUNCTION_ARGS)
{
	Survival	survival;

	survival_arg(fcinfo, 0, &survival);
	PG_RETURN_POINTER(survival_packed(&survival));
}

/* journey_survival + journey_survival */
PG_FUNCTION_INFO_V1(survival_plus);
Datum
survival_plus(PG_FUNCTION_ARGS)
{
	SurvivalBuilder b = {NULL, NULL};
	Survival	survival;

	survival_arg(fcinfo, 0, &survival);
	b.state = survival_state_new(&survival.subject);
	survival_collect_all(&b, &survival);
	survival_arg(fcinfo, 1, &survival);
	survival_collect_all(&b, &survival);
	survival_sort(b.state, &survival);
	PG_RETURN_POINTER(survival_packed(&survival));
}
