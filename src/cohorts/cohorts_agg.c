/*
 * cohorts_agg.c
 *		State functions of cohort_agg.
 *
 * The state is a journey_cohorts that is still growing (cohorts_state.c), in which a
 * customer is counted in place.  In which periods he came back is found here, with the
 * calendar of the time zone; what of them is counted is the core's business.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/memutils.h"

#include "cohorts/cohorts_arguments.h"
#include "cohorts/cohorts_datum.h"
#include "cohorts/cohorts_visits.h"
#include "shared/aggregate.h"

/* A call, with all arguments but the state and the journey. */
typedef struct Call
{
	CohortsMemory *memory;
	CohortsQuestion question;
	TimestampTz until;			/* the last instant there is without one */
} Call;

static int32
periods_arg(FunctionCallInfo fcinfo, int argno)
{
	int32		periods;

	if (PG_ARGISNULL(argno))
		cohorts_arguments_reject_null("number of periods");
	periods = PG_GETARG_INT32(argno);
	if (periods < 1 || periods > COHORTS_MAX_PERIODS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of periods must be 1 to %d, not %d", COHORTS_MAX_PERIODS, periods),
				 errhint("Give how many periods after that of the start are counted, for "
						 "example 8.")));
	return periods;
}

/* 22023 for a calendar period without a calendar */
static void
check_zone(const CohortsMemory *memory)
{
	if (!memory->has_zone && memory->unit > COHORTS_WEEK)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a %s has no fixed length", cohorts_unit_names[memory->unit]),
				 errhint("Give a time zone, whose calendar has such periods: "
						 "cohort_agg(journey, start, returning, '%s', periods, 'Europe/Warsaw').",
						 cohorts_unit_names[memory->unit])));
}

/* Room for the periods of a customer, which lasts as long as the memory. */
static void
provide_room(FunctionCallInfo fcinfo, CohortsMemory *memory, int32 periods)
{
	if (memory->back != NULL && memory->periods == periods)
		return;
	if (memory->back != NULL)
		pfree(memory->back);
	memory->back = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt,
									  ((Size) periods + 1) * sizeof(int32));
	memory->periods = periods;
}

/* The arguments from 2 on; of zone and until those that the function has. */
static void
read_call(FunctionCallInfo fcinfo, Call *call)
{
	CohortsMemory *memory = cohorts_memory(fcinfo);
	CohortsQuestion *q = &call->question;
	bool		until = PG_NARGS() > 7 && !PG_ARGISNULL(7);

	memset(q, 0, sizeof(*q));
	call->memory = memory;
	q->start = cohorts_arguments_stage(fcinfo, 2, "start");
	q->returning = cohorts_arguments_stage(fcinfo, 3, "returning");
	cohorts_arguments_unit(fcinfo, 4, memory);
	q->periods = periods_arg(fcinfo, 5);
	if (PG_NARGS() > 6)
		cohorts_arguments_zone(fcinfo, 6, memory);
	check_zone(memory);
	q->unit = (uint8) memory->unit;
	q->flags = until ? COHORTS_UNTIL : 0;
	if (memory->has_zone)
		q->zone = (JourneyLabel) {memory->zone_name, (uint32) strlen(memory->zone_name)};
	call->until = until ? cohorts_arguments_until(fcinfo, 7) : END_TIMESTAMP - 1;
	provide_room(fcinfo, memory, q->periods);
}

/*
 * The first visit to the start.  Visits to the other stage at its time and seq count as
 * after it, whichever label comes first: `together` says whether there was one.
 */
static bool
find_start(StageVisits *v, JourneyVisit *start, bool *together)
{
	JourneyVisit before = {0};
	bool		any = false;

	while (stage_visits_next(v, start))
	{
		if (start->label == v->stage[0])
		{
			*together = any && journey_simultaneous(&before, start);
			return true;
		}
		before = *start;
		any = true;
	}
	return false;
}

static const int64 fixed_lengths[] = {USECS_PER_HOUR, USECS_PER_DAY, 7 * USECS_PER_DAY};

/* How many periods a later instant is behind the start; never below 0. */
static inline uint64
periods_between(const Call *call, const JourneyVisit *start, int64 number, TimestampTz at)
{
	int64		later;

	if (!call->memory->has_zone)
		return journey_time_between(start->at, at) /
			(uint64) fixed_lengths[call->memory->unit];
	/* clocks that are put back over midnight would take a visit to the day before */
	later = calendar_period(&call->memory->calendar, at).number;
	return later > number ? (uint64) (later - number) : 0;
}

/* One period in which a customer was back, behind those before it. */
static inline void
note_back(const Call *call, CohortsCustomer *c, uint64 period)
{
	if (period > (uint64) call->question.periods)
		c->back_later = true;
	else if (c->n == 0 || (uint64) c->back[c->n - 1] < period)
		call->memory->back[c->n++] = (int32) period;
}

/* Where the visits that are returns begin, and in which periods they lie. */
static void
find_returns(const Call *call, StageVisits *v, const JourneyVisit *start, int64 number,
			 CohortsCustomer *c)
{
	JourneyVisit visit;

	while (!c->back_later && stage_visits_next(v, &visit))
	{
		if (visit.at > call->until)
			return;
		if (visit.label == v->stage[1] &&
			(v->stage[0] != v->stage[1] || !journey_simultaneous(&visit, start)))
			note_back(call, c, periods_between(call, start, number, visit.at));
	}
}

/* What a customer was, if he ever came to the start. */
static bool
read_customer(const Call *call, struct varlena *journey, CohortsCustomer *c)
{
	CohortsMemory *memory = call->memory;
	CalendarPeriod period = {0, COHORTS_NO_KEY};
	JourneyVisit start;
	StageVisits v;
	bool		together;

	stage_visits_begin(&v, journey, &call->question.start, &call->question.returning);
	if (v.stage[0] == JOURNEY_NO_LABEL || !find_start(&v, &start, &together) ||
		start.at > call->until)
		return false;
	if (memory->has_zone)
		period = calendar_period(&memory->calendar, start.at);
	*c = (CohortsCustomer) {.key = period.key,.back = memory->back};
	if (together)
		note_back(call, c, 0);
	if (v.stage[1] != JOURNEY_NO_LABEL)
		find_returns(call, &v, &start, period.number, c);
	if ((call->question.flags & COHORTS_UNTIL) != 0)
		c->ended = (int32) Min(periods_between(call, &start, period.number, call->until),
							   (uint64) call->question.periods + 1);
	return true;
}

static Datum
accumulate(FunctionCallInfo fcinfo)
{
	CohortsState *state;
	CohortsCustomer customer;
	Call		call;

	(void) aggregate_require(fcinfo, "cohort_agg");
	if (PG_ARGISNULL(1))
		return aggregate_unchanged(fcinfo);
	read_call(fcinfo, &call);
	state = cohorts_counting_state(fcinfo, &call.question);
	if (read_customer(&call, (struct varlena *) PG_GETARG_POINTER(1), &customer))
	{
		state = cohorts_reserve(state, customer.n + 3);
		if (!cohorts_state_customer(state, &customer))
			cohorts_reject_overflow();
	}
	PG_RETURN_POINTER(state);
}

/* cohort_accum(journey_cohorts, journey, start, returning, unit, periods) */
PG_FUNCTION_INFO_V1(cohort_accum);
Datum
cohort_accum(PG_FUNCTION_ARGS)
{
	return accumulate(fcinfo);
}

/* cohort_accum(journey_cohorts, journey, start, returning, unit, periods, timezone) */
PG_FUNCTION_INFO_V1(cohort_accum_zone);
Datum
cohort_accum_zone(PG_FUNCTION_ARGS)
{
	return accumulate(fcinfo);
}

/* cohort_accum(journey_cohorts, journey, start, returning, unit, periods, timezone, until) */
PG_FUNCTION_INFO_V1(cohort_accum_until);
Datum
cohort_accum_until(PG_FUNCTION_ARGS)
{
	return accumulate(fcinfo);
}
