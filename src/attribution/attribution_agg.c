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

/* The goal and what else is given of half-life, lookback and direct; NULL is without. */
static AttributionRules
rules_arg(FunctionCallInfo fcinfo, int args)
{
	AttributionRules rules = {.half_life = 0};

	aggregate_require_argument(fcinfo, 2, "goal of an attribution",
							   "Give the label of the stage that is the goal.");
	rules.goal = journey_goal_arg(fcinfo, 2, "goal");
	if (args > 3 && !PG_ARGISNULL(3))
		rules.half_life = interval_arg_fixed("half-life", PG_GETARG_INTERVAL_P(3), "7 days");
	if (args > 4 && !PG_ARGISNULL(4))
		rules.lookback = interval_arg_fixed("lookback", PG_GETARG_INTERVAL_P(4), "30 days");
	if (args > 5 && !PG_ARGISNULL(5))
		rules.direct = journey_goal_arg(fcinfo, 5, "direct touchpoint");
	return rules;
}

/* The state for this row: argument 0, which has the same rules, or a new one. */
static AttributionState *
row_state(FunctionCallInfo fcinfo, int args)
{
	AttributionRules rules = rules_arg(fcinfo, args);
	AttributionState *state;

	if (PG_ARGISNULL(0))
		return attribution_state_new(&rules, false);
	state = collecting_state(fcinfo);
	attribution_require_same(state, &rules);
	return state;
}

/* The journey of a row, its goals last of what is simultaneous, and cut at the lookback. */
typedef struct Row
{
	Visits		v;
	uint32		goal;			/* its label, or JOURNEY_NO_LABEL, as the next */
	uint32		direct;
	bool	   *used;			/* labels that are left; NULL if all are */
	bool		money;			/* a conversion has a value */
} Row;

static void
find_used(Row *row)
{
	row->used = palloc0(Max(row->v.label_count, 1) * sizeof(bool));
	for (uint32 i = 0; i < row->v.n; i++)
		row->used[row->v.visits[i].label] = true;
}

static bool
has_money(const Row *row)
{
	if (row->v.values == NULL || row->goal == JOURNEY_NO_LABEL)
		return false;
	for (uint32 i = 0; i < row->v.n; i++)
		if (row->v.visits[i].label == row->goal && row->v.values[i] != JOURNEY_NO_VALUE)
			return true;
	return false;
}

static void
open_row(Row *row, JourneyRoom *room, struct varlena *journey, const AttributionState *state)
{
	AttributionRules rules = attribution_rules(state);
	Visits	   *v = &row->v;

	journey_open_valued(journey, room, v);
	row->goal = journey_find_in(v->labels, v->label_count, rules.goal.text, rules.goal.length);
	row->direct = rules.direct.length == 0 ? JOURNEY_NO_LABEL :
		journey_find_in(v->labels, v->label_count, rules.direct.text, rules.direct.length);
	row->used = NULL;
	if (row->goal != JOURNEY_NO_LABEL)
		attribution_goals_last(v->visits, v->values, v->n, row->goal);
	if (row->goal != JOURNEY_NO_LABEL && rules.lookback > 0)
	{
		v->n = attribution_look_back(v->visits, v->values, v->n, row->goal, rules.lookback);
		find_used(row);
	}
	row->money = has_money(row);
}

static bool
is_touchpoint(const Row *row, uint32 label)
{
	return label != row->goal && (row->used == NULL || row->used[label]);
}

#define NEW_ROW PG_UINT32_MAX

/* Find the journey's touchpoints; returns how many are new, and their bytes. */
static uint32
find_rows(const AttributionState *state, const Row *row, uint32 *rows, Size *text)
{
	uint32		labels = 0;

	*text = 0;
	for (uint32 i = 0; i < row->v.label_count; i++)
	{
		if (!is_touchpoint(row, i) || attribution_state_find(state, &row->v.labels[i], &rows[i]))
			continue;
		rows[i] = NEW_ROW;
		labels++;
		*text += row->v.labels[i].length;
	}
	return labels;
}

/* Make room for all paths of a journey, and find or add its touchpoints. */
static AttributionState *
prepare(AttributionState *state, const Row *row, uint32 *rows)
{
	const Visits *v = &row->v;
	Size		text;
	uint32		labels = find_rows(state, row, rows, &text);
	uint64		pairs = ((uint64) v->label_count + 1) * ((uint64) v->label_count + 2);

	state = attribution_reserve(state, labels, (uint32) Min(pairs, (uint64) v->n + 1), text,
								row->money);
	attribution_require_form(state, false);
	for (uint32 i = 0; i < v->label_count && labels > 0; i++)
		if (rows[i] == NEW_ROW)
			rows[i] = attribution_state_row(state, &v->labels[i]);
	return state;
}

/* Cut a journey into paths and add them. */
static AttributionState *
add_journey(AttributionState *state, struct varlena *journey)
{
	JourneyRoom room;
	Row			row;
	uint32		begin = 0;
	uint32	   *numbers;
	AttributionPaths paths;

	open_row(&row, &room, journey, state);
	numbers = palloc0(3 * (Size) Max(row.v.label_count, 1) * sizeof(uint32));
	paths = (AttributionPaths) {numbers, numbers + row.v.label_count,
		numbers + 2 * (Size) row.v.label_count, row.direct, 0};
	state = prepare(state, &row, numbers);
	for (uint32 i = 0; i < row.v.n; i++)
	{
		AttributionEnd end = {true, journey_value_of(&row.v, i)};

		if (row.v.visits[i].label != row.goal)
			continue;
		attribution_require_ok(attribution_state_path(state, &paths, row.v.visits + begin,
													  i - begin, end));
		begin = i + 1;
		CHECK_FOR_INTERRUPTS();
	}
	attribution_require_ok(attribution_state_path(state, &paths, row.v.visits + begin,
												  row.v.n - begin, (AttributionEnd) {false, 0}));
	return state;
}

/* A row of attribution_agg with so many arguments, that of the state included. */
static Datum
accumulate(FunctionCallInfo fcinfo, int args)
{
	(void) aggregate_require(fcinfo, "attribution_agg");
	if (PG_ARGISNULL(1))
		return aggregate_unchanged(fcinfo);
	PG_RETURN_POINTER(add_journey(row_state(fcinfo, args),
								  (struct varlena *) PG_GETARG_POINTER(1)));
}

/* attribution_accum(journey_attribution, journey, goal text) */
PG_FUNCTION_INFO_V1(attribution_accum);
Datum
attribution_accum(PG_FUNCTION_ARGS)
{
	return accumulate(fcinfo, 3);
}

/* attribution_accum(journey_attribution, journey, goal text, half_life interval) */
PG_FUNCTION_INFO_V1(attribution_accum_half_life);
Datum
attribution_accum_half_life(PG_FUNCTION_ARGS)
{
	return accumulate(fcinfo, 4);
}

/* attribution_accum(journey_attribution, journey, goal, half_life, lookback interval) */
PG_FUNCTION_INFO_V1(attribution_accum_lookback);
Datum
attribution_accum_lookback(PG_FUNCTION_ARGS)
{
	return accumulate(fcinfo, 5);
}

/* attribution_accum(journey_attribution, journey, goal, half_life, lookback, direct text) */
PG_FUNCTION_INFO_V1(attribution_accum_direct);
Datum
attribution_accum_direct(PG_FUNCTION_ARGS)
{
	return accumulate(fcinfo, 6);
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
