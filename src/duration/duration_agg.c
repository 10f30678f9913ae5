/*
 * duration_agg.c
 *		State functions of duration_agg, and +.
 *
 * The state is a summary that is still growing (duration_state.c), in which a
 * duration is counted in place.
 */
#include "postgres.h"

#include "fmgr.h"

#include "duration/duration_datum.h"
#include "shared/aggregate.h"
#include "shared/interval_arg.h"

/* Microseconds of a duration, with days of 24 hours; 22023 for months and below 0 */
static uint64
microseconds_arg(FunctionCallInfo fcinfo, int argno)
{
	return (uint64)
		interval_arg_span("duration", PG_GETARG_INTERVAL_P(argno),
						  "Subtract the times themselves: until - at has days and smaller "
						  "units only.",
						  "Leave such durations out, and count them beside it: "
						  "duration_agg(d) FILTER (WHERE d >= '0'), "
						  "count(*) FILTER (WHERE d < '0').");
}

/* Add durations of a bucket; the state may move, freeing the one before unless it was given. */
static DurationState *
add(DurationState *state, const DurationState *given, uint32 bucket, int64 count,
	Uint128 sum)
{
	if (!duration_state_has(state, bucket))
	{
		Size		bytes = duration_state_grown(state, bucket);
		DurationState *larger = palloc(bytes);

		SET_VARSIZE(larger, bytes);
		duration_state_move(larger, state, bucket);
		if (state != given)
			pfree(state);
		state = larger;
	}
	if (!duration_state_add(state, bucket, count, sum))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("more than 9223372036854775807 durations in a duration_summary"),
				 errhint("Are summaries added more than once?")));
	return state;
}

static DurationState *
new_state(void)
{
	DurationState *state = palloc0(duration_state_size(0));

	SET_VARSIZE(state, duration_state_size(0));
	state->header.version = DURATION_VERSION;
	state->header.flags = DURATION_GROWING;
	state->mark = aggregate_mark();
	return state;
}

/* Add all of a summary; its sum comes with the first bucket. */
static DurationState *
add_all(DurationState *state, const DurationState *given, const DurationSummary *d)
{
	for (uint32 i = 0; i < d->n; i++)
		state = add(state, given, d->buckets[i].bucket, d->buckets[i].count, i == 0 ? d->sum : 0);
	return state;
}

/* Argument 0 to count in, or a new state with what it holds. */
static DurationState *
state_arg(FunctionCallInfo fcinfo)
{
	struct varlena *value;
	DurationSummary d;

	if (PG_ARGISNULL(0))
		return new_state();
	value = aggregate_state(fcinfo);
	if (VARSIZE(value) >= sizeof(DurationState) && duration_is_growing(value) &&
		((DurationState *) value)->mark == aggregate_mark())
	{
		if (!duration_state_check((DurationState *) value, VARSIZE(value)))
			duration_reject_stored();
		return (DurationState *) value;
	}
	d = duration_open((DurationHeader *) value);
	return add_all(new_state(), NULL, &d);
}

/* duration_summary_accum(duration_summary, interval) */
PG_FUNCTION_INFO_V1(duration_summary_accum);
Datum
duration_summary_accum(PG_FUNCTION_ARGS)
{
	DurationState *state;
	uint64		microseconds;

	(void) aggregate_require(fcinfo, "duration_agg");
	if (PG_ARGISNULL(1))
		return aggregate_unchanged(fcinfo);
	microseconds = microseconds_arg(fcinfo, 1);
	state = state_arg(fcinfo);
	PG_RETURN_POINTER(add(state, state, duration_bucket(microseconds), 1, microseconds));
}

/* duration_summary_combine(duration_summary, duration_summary): strict */
PG_FUNCTION_INFO_V1(duration_summary_combine);
Datum
duration_summary_combine(PG_FUNCTION_ARGS)
{
	DurationState *state;
	DurationSummary other;

	(void) aggregate_require(fcinfo, "duration_agg");
	state = state_arg(fcinfo);
	other = duration_summary_arg(fcinfo, 1);
	PG_RETURN_POINTER(add_all(state, state, &other));
}

/* duration_summary_final(duration_summary): packed, NULL without any; the state stays */
PG_FUNCTION_INFO_V1(duration_summary_final);
Datum
duration_summary_final(PG_FUNCTION_ARGS)
{
	DurationSummary d = duration_summary_arg(fcinfo, 0);

	if (d.n == 0)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(duration_packed(&d));
}

/* duration_summary + duration_summary */
PG_FUNCTION_INFO_V1(duration_summary_plus);
Datum
duration_summary_plus(PG_FUNCTION_ARGS)
{
	DurationState *state = new_state();
	DurationSummary d = duration_summary_arg(fcinfo, 0);

	state = add_all(state, NULL, &d);
	d = duration_summary_arg(fcinfo, 1);
	state = add_all(state, NULL, &d);
	duration_state_read(state, &d);
	PG_RETURN_DATUM(duration_packed(&d));
}
