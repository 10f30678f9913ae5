/*
 * attribution_agg.c
 *		State functions of attribution_agg, and the operators of its values.
 *
 * The state is a journey_attribution that is still growing: it grows inside its
 * own value, so that a row costs no copy, and the final function packs it once.  A
 * packed value, from a stored column or a worker, is added to the same kind of
 * state.
 *
 * What is new is left in the memory of this row: PostgreSQL copies it into the
 * aggregate's memory and frees the state before.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"

#include "attribution/attribution_datum.h"
#include "shared/aggregate.h"
#include "shared/interval_arg.h"
#include "shared/value_ops.h"

/* Argument 0, which is not NULL, to collect in: itself, or a new state with what it holds. */
static AttributionState *
collecting_state(FunctionCallInfo fcinfo)
{
	struct varlena *value = aggregate_state(fcinfo);

	if (VARSIZE(value) < sizeof(AttributionState) || !attribution_is_growing(value) ||
		((AttributionState *) value)->mark != aggregate_mark())
		return attribution_state_of(value);
	if (!attribution_state_check((AttributionState *) value, VARSIZE(value)))
		attribution_reject_stored();
	return (AttributionState *) value;
}

/* The state for this row: argument 0, which has the same goal and half-life, or a new one. */
static AttributionState *
row_state(FunctionCallInfo fcinfo, int64 half_life)
{
	JourneyLabel goal;
	AttributionState *state;

	aggregate_require_argument(fcinfo, 2, "goal of an attribution",
							   "Give the label of the stage that is the goal.");
	goal = journey_goal_arg(fcinfo, 2, "goal");
	if (PG_ARGISNULL(0))
		return attribution_state_new(&goal, half_life);
	state = collecting_state(fcinfo);
	attribution_require_same(state, &goal, half_life);
	return state;
}

/* How many of the journey's labels, the goal not counted, are new, and their bytes. */
static uint32
new_labels(const AttributionState *state, const Visits *v, uint32 goal, Size *text)
{
	uint32		labels = 0;
	uint32		row;

	*text = 0;
	for (uint32 i = 0; i < v->label_count; i++)
	{
		if (i == goal || attribution_state_find(state, &v->labels[i], &row))
			continue;
		labels++;
		*text += v->labels[i].length;
	}
	return labels;
}

/* Make room for all paths of a journey, and find or add its touchpoints. */
static AttributionState *
prepare(AttributionState *state, const Visits *v, uint32 goal, uint32 *rows)
{
	Size		text;
	uint32		labels = new_labels(state, v, goal, &text);
	uint64		pairs = ((uint64) v->label_count + 1) * ((uint64) v->label_count + 2);

	state = attribution_reserve(state, labels, (uint32) Min(pairs, (uint64) v->n + 1), text);
	for (uint32 i = 0; i < v->label_count; i++)
		if (i != goal)
			rows[i] = attribution_state_row(state, &v->labels[i]);
	return state;
}

static void
add_path(AttributionState *state, const Visits *v, const uint32 *rows, uint32 begin, uint32 end,
		 bool converted)
{
	if (attribution_state_path(state, v->visits + begin, end - begin, rows,
							   converted ? v->visits + end : NULL) != ATTRIBUTION_OK)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("attribution of more than " INT64_FORMAT " steps", PG_INT64_MAX),
				 errhint("Was a value merged with itself over and over?")));
}

/* Cut a journey into paths and add them. */
static AttributionState *
add_journey(AttributionState *state, const Journey *journey)
{
	JourneyLabel goal_label = attribution_goal(state);
	uint32		begin = 0;
	uint32		goal;
	uint32	   *rows;
	Visits		v;

	journey_open_visits(journey, &v);
	goal = journey_find_in(v.labels, v.label_count, goal_label.text, goal_label.length);
	if (goal != JOURNEY_NO_LABEL)
		attribution_goals_last(v.visits, v.n, goal);
	rows = palloc(Max(v.label_count, 1) * sizeof(uint32));
	state = prepare(state, &v, goal, rows);
	for (uint32 i = 0; i < v.n; i++)
	{
		if (v.visits[i].label != goal)
			continue;
		add_path(state, &v, rows, begin, i, true);
		begin = i + 1;
		CHECK_FOR_INTERRUPTS();
	}
	add_path(state, &v, rows, begin, v.n, false);
	return state;
}

/* attribution_accum(journey_attribution, journey, goal text) */
PG_FUNCTION_INFO_V1(attribution_accum);
Datum
attribution_accum(PG_FUNCTION_ARGS)
{
	(void) aggregate_require(fcinfo, "attribution_agg");
	if (PG_ARGISNULL(1))
		return aggregate_unchanged(fcinfo);
	PG_RETURN_POINTER(add_journey(row_state(fcinfo, 0), PG_GETARG_JOURNEY(1)));
}

/* attribution_accum(journey_attribution, journey, goal text, half_life interval) */
PG_FUNCTION_INFO_V1(attribution_accum_half_life);
Datum
attribution_accum_half_life(PG_FUNCTION_ARGS)
{
	int64		half_life;

	(void) aggregate_require(fcinfo, "attribution_agg");
	if (PG_ARGISNULL(1))
		return aggregate_unchanged(fcinfo);
	aggregate_require_argument(fcinfo, 3, "half-life of an attribution",
							   "Leave the argument out for no half-life.");
	half_life = interval_arg_fixed("half-life", PG_GETARG_INTERVAL_P(3), "7 days");
	PG_RETURN_POINTER(add_journey(row_state(fcinfo, half_life), PG_GETARG_JOURNEY(1)));
}

/* attribution_combine(a, b): strict, so the first one is taken as it is */
PG_FUNCTION_INFO_V1(attribution_combine);
Datum
attribution_combine(PG_FUNCTION_ARGS)
{
	(void) aggregate_require(fcinfo, "attribution_agg");
	PG_RETURN_POINTER(attribution_collect_all(collecting_state(fcinfo),
										(struct varlena *) PG_GETARG_POINTER(1)));
}

/* attribution_final(journey_attribution): packed; the state stays as it is */
PG_FUNCTION_INFO_V1(attribution_final);
Datum
attribution_final(PG_FUNCTION_ARGS)
{
	Attribution *value = PG_GETARG_ATTRIBUTION(0);

	if ((Pointer) value == PG_GETARG_POINTER(0))
	{
		Attribution *copy = palloc(VARSIZE(value));

		memcpy(copy, value, VARSIZE(value));
		value = copy;
	}
	PG_RETURN_POINTER(value);
}

/* journey_attribution + journey_attribution */
PG_FUNCTION_INFO_V1(attribution_add);
Datum
attribution_add(PG_FUNCTION_ARGS)
{
	AttributionState *state = attribution_state_of((struct varlena *) PG_GETARG_POINTER(0));

	state = attribution_collect_all(state, (struct varlena *) PG_GETARG_POINTER(1));
	PG_RETURN_POINTER(attribution_packed(state));
}

/* The bytes of a packed value that say what it is: all after the version. */
#define CONTENT(a) ((const unsigned char *) &(a)->flags)
#define CONTENT_SIZE(a) (VARSIZE(a) - offsetof(Attribution, flags))

CONTENT_COMPARISON(compare_args, Attribution, PG_GETARG_ATTRIBUTION);
COMPARISONS(attribution, compare_args);
HASHES(attribution_hash, Attribution, PG_GETARG_ATTRIBUTION);
