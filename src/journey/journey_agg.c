/*
 * journey_agg.c
 *		State functions of journey_agg.
 *
 * The state is a journey that is still growing (journey_state.c): it grows
 * inside its own value, so that a row costs no copy, and the final function
 * sorts it once.  A packed journey, from a stored column or a worker, is taken
 * visit by visit into the same kind of state.
 *
 * What is new is left in the memory of this row: PostgreSQL copies it into the
 * aggregate's memory and frees the state before.
 */
#include "postgres.h"

#include "fmgr.h"

#include "base/label.h"
#include "journey/journey_datum.h"
#include "journey/visit_value.h"
#include "shared/aggregate.h"
#include "touchpoint/stage_type.h"
#include "touchpoint/touchpoint_type.h"

/* The state to append to: argument 0, a new one, or one with the visits of another value. */
static JourneyState *
collecting_state(FunctionCallInfo fcinfo)
{
	struct varlena *value;

	if (PG_ARGISNULL(0))
		return journey_state_new();
	value = aggregate_state(fcinfo);
	if (VARSIZE(value) <= sizeof(JourneyHeader))
		journey_reject_stored();
	if (!journey_is_growing(value) || VARSIZE(value) < sizeof(JourneyState) ||
		((JourneyState *) value)->mark != aggregate_mark())
		return journey_collect_all(journey_state_new(), journey_detoast(value));
	if (journey_state_check((JourneyState *) value, VARSIZE(value)) != JOURNEY_OK)
		journey_reject_stored();
	return (JourneyState *) value;
}

/* A row without a stage or a time is no visit. */
static Datum
accumulate(FunctionCallInfo fcinfo, const JourneyLabel *label, TimestampTz at, int64 seq,
		   int64 value)
{
	journey_check_time(at);
	PG_RETURN_POINTER(journey_collect(collecting_state(fcinfo), label, at, seq, value));
}

static JourneyLabel
label_of_stage(FunctionCallInfo fcinfo, int argno)
{
	const char *name = stage_label_of(PG_GETARG_STAGE(argno));
	JourneyLabel label = {name, (uint32) strlen(name)};

	return label;
}

static JourneyLabel
label_of_touchpoint(FunctionCallInfo fcinfo, int argno)
{
	size_t		length;
	const char *text = touchpoint_text(PG_GETARG_TOUCHPOINT(argno), &length);
	JourneyLabel label = {text, (uint32) length};

	return label;
}

/* A seq that is NULL is 0. */
static inline int64
seq_arg(FunctionCallInfo fcinfo, int argno)
{
	return PG_ARGISNULL(argno) ? 0 : PG_GETARG_INT64(argno);
}

/*
 * journey_accum(journey, stage, timestamptz), with a seq, and with a seq and a value;
 * for each type of stage.
 */
#define ACCUMULATORS(suffix, label_of) \
	PG_FUNCTION_INFO_V1(journey_accum_##suffix); \
	Datum \
	journey_accum_##suffix(PG_FUNCTION_ARGS) \
	{ \
		JourneyLabel label; \
 \
		(void) aggregate_require(fcinfo, "journey_agg"); \
		if (PG_ARGISNULL(1) || PG_ARGISNULL(2)) \
			return aggregate_unchanged(fcinfo); \
		label = label_of(fcinfo, 1); \
		return accumulate(fcinfo, &label, PG_GETARG_TIMESTAMPTZ(2), 0, JOURNEY_NO_VALUE); \
	} \
	PG_FUNCTION_INFO_V1(journey_accum_##suffix##_seq); \
	Datum \
	journey_accum_##suffix##_seq(PG_FUNCTION_ARGS) \
	{ \
		JourneyLabel label; \
 \
		(void) aggregate_require(fcinfo, "journey_agg"); \
		if (PG_ARGISNULL(1) || PG_ARGISNULL(2)) \
			return aggregate_unchanged(fcinfo); \
		label = label_of(fcinfo, 1); \
		return accumulate(fcinfo, &label, PG_GETARG_TIMESTAMPTZ(2), seq_arg(fcinfo, 3), \
						  JOURNEY_NO_VALUE); \
	} \
	PG_FUNCTION_INFO_V1(journey_accum_##suffix##_value); \
	Datum \
	journey_accum_##suffix##_value(PG_FUNCTION_ARGS) \
	{ \
		JourneyLabel label; \
 \
		(void) aggregate_require(fcinfo, "journey_agg"); \
		if (PG_ARGISNULL(1) || PG_ARGISNULL(2)) \
			return aggregate_unchanged(fcinfo); \
		label = label_of(fcinfo, 1); \
		return accumulate(fcinfo, &label, PG_GETARG_TIMESTAMPTZ(2), seq_arg(fcinfo, 3), \
						  visit_value_arg(fcinfo, 4)); \
	} \
	extern int no_such_variable

ACCUMULATORS(text, journey_label_arg);
ACCUMULATORS(stage, label_of_stage);
ACCUMULATORS(touchpoint, label_of_touchpoint);

/* journey_combine(journey, journey): strict, so the first one is taken as it is */
PG_FUNCTION_INFO_V1(journey_combine);
Datum
journey_combine(PG_FUNCTION_ARGS)
{
	(void) aggregate_require(fcinfo, "journey_agg");
	PG_RETURN_POINTER(journey_collect_all(collecting_state(fcinfo), PG_GETARG_JOURNEY(1)));
}

/* journey_final(journey): sorted and packed; the state stays as it is */
PG_FUNCTION_INFO_V1(journey_final);
Datum
journey_final(PG_FUNCTION_ARGS)
{
	Journey    *journey = PG_GETARG_JOURNEY(0);

	if ((Pointer) journey == PG_GETARG_POINTER(0))
	{
		Journey    *copy = palloc(VARSIZE(journey));

		memcpy(copy, journey, VARSIZE(journey));
		journey = copy;
	}
	PG_RETURN_POINTER(journey);
}
