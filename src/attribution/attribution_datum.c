/*
 * attribution_datum.c
 *		What the SQL-callable files about attribution share: room to collect,
 *		unpacking, merging and packing, and the errors.
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "attribution/attribution_datum.h"
#include "attribution/attribution_text.h"
#include "base/fixed_interval.h"
#include "base/label_key.h"
#include "shared/aggregate.h"

#define FIRST_ROWS	8
#define FIRST_STEPS 32
#define FIRST_TEXT	112

static AttributionState *
allocate(const AttributionRoom *room, const AttributionRules *rules, bool money)
{
	Size		bytes = attribution_state_bytes(room, rules, money);
	AttributionState *state;

	if (bytes == 0 || !AllocSizeIsValid(bytes))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("attribution is at most one gigabyte large"),
				 errhint("Group what is alike into fewer touchpoints.")));
	state = palloc(bytes);
	attribution_state_init(state, room, rules, money);
	state->mark = aggregate_mark();
	SET_VARSIZE(state, bytes);
	return state;
}

/* An empty state, in the current memory context. */
AttributionState *
attribution_state_new(const AttributionRules *rules, bool money)
{
	AttributionRoom room = {FIRST_ROWS, FIRST_STEPS, FIRST_TEXT};

	while (room.text < rules->goal.length + rules->direct.length)
		room.text *= 2;
	return allocate(&room, rules, money);
}

/* 54000; checked after the fact, because how many steps will be new is not known before */
static void
check_steps(const AttributionState *state)
{
	if (state->steps > ATTRIBUTION_MAX_STEPS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("attribution takes at most %d different steps between touchpoints",
						ATTRIBUTION_MAX_STEPS),
				 errhint("Group what is alike into fewer touchpoints.")));
}

/*
 * Make room for so many more touchpoints, steps and bytes of labels, and for money if
 * there is some.  Returns the state, which may have moved to the current memory context.
 */
AttributionState *
attribution_reserve(AttributionState *state, uint32 rows, uint32 steps, Size text, bool money)
{
	bool		has_money = attribution_has_money(state);
	AttributionRoom room;
	AttributionRules rules;
	AttributionState *larger;

	if (state->rows + (uint64) rows > ATTRIBUTION_MAX_TOUCHPOINTS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("attribution takes at most %d different touchpoints",
						ATTRIBUTION_MAX_TOUCHPOINTS),
				 errhint("Group what is alike into fewer touchpoints.")));
	check_steps(state);
	if (attribution_state_fits(state, rows, steps, (uint32) text) && (has_money || !money))
		return state;
	room = attribution_state_grown(state, rows, steps, (uint32) text);
	rules = attribution_rules(state);
	larger = allocate(&room, &rules, has_money || money);
	attribution_state_move(larger, state);
	return larger;
}

/* 22003 where a sum is too large */
void
attribution_require_ok(AttributionStatus status)
{
	if (status == ATTRIBUTION_OK)
		return;
	if (status == ATTRIBUTION_TOO_MUCH)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("attribution of values of more than 10^20, without their sign"),
				 errhint("Give the values of visits in thousands.")));
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("attribution of more than " INT64_FORMAT " steps", PG_INT64_MAX),
			 errhint("Was a value merged with itself over and over?")));
}

/* Is it what paths can leave behind? */
AttributionStatus
attribution_status(const AttributionState *state)
{
	int64		(*ends)[2] = palloc(Max(state->rows, 1) * sizeof(*ends));
	AttributionStatus status = attribution_state_validate(state, ends);

	pfree(ends);
	return status;
}

/* What it is not, for the detail of an error. */
const char *
attribution_status_detail(AttributionStatus status)
{
	switch (status)
	{
		case ATTRIBUTION_OVERFLOW:
			return "The steps are more than 9223372036854775807.";
		case ATTRIBUTION_GOAL_TOUCHED:
			return "The goal is among the touchpoints.";
		case ATTRIBUTION_UNBALANCED:
			return "Every touchpoint has as many steps to it as from it, and at least one.";
		case ATTRIBUTION_BAD_UNITS:
			return "The conversions of a model must sum to the conversions that have a touch.";
		case ATTRIBUTION_TOO_MUCH:
			return "The values are more than 10^20, without their sign.";
		case ATTRIBUTION_BAD_PATHS:
			return "A touchpoint takes part in as many paths as there are conversions at most, and "
				"each pair that one ended another one began.";
		case ATTRIBUTION_BAD_MONEY:
			return "The money of each model must be that of the conversions that have a touch, "
				"and no more conversions have a value than there are.";
		case ATTRIBUTION_OK:
		case ATTRIBUTION_CORRUPT:
			break;
	}
	return "The bytes are no attribution.";
}

/* Begin to read a packed value; an error if it is damaged. */
AttributionReader
attribution_open(const Attribution *value)
{
	AttributionReader reader;

	if (!attribution_read(value, VARSIZE(value), &reader))
		attribution_reject_stored();
	return reader;
}

/* 22023: two times of a rule */
pg_noreturn static void
reject_times(int64 own, int64 other, const char *times, const char *time)
{
	char		texts[2][JOURNEY_DURATION_TEXT_BOUND] = {"none", "none"};

	if (own > 0)
		journey_duration_print(own, texts[0]);
	if (other > 0)
		journey_duration_print(other, texts[1]);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot put together attributions of different %s", times),
			 errdetail("One has %s, another %s.", texts[0], texts[1]),
			 errhint("Use one %s for all, or add GROUP BY the %s.", time, time)));
}

static char *
label_shown(const JourneyLabel *label)
{
	return label->length == 0 ? pstrdup("none") :
		psprintf("\"%.*s\"", pg_mbcliplen(label->text, (int) label->length, JOURNEY_MAX_LABEL),
				 label->text);
}

/* 22023 unless the rules are those of the state */
void
attribution_require_same(const AttributionState *state, const AttributionRules *rules)
{
	AttributionRules own = attribution_rules(state);

	if (!journey_same_label(&own.goal, &rules->goal))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot put together attributions of different goals"),
				 errdetail("One is of %s, another of %s.", label_shown(&own.goal),
						   label_shown(&rules->goal)),
				 errhint("Add GROUP BY the goal.")));
	if (own.half_life != rules->half_life)
		reject_times(own.half_life, rules->half_life, "half-lives", "half-life");
	if (own.lookback != rules->lookback)
		reject_times(own.lookback, rules->lookback, "lookbacks", "lookback");
	if (!journey_same_label(&own.direct, &rules->direct))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot put together attributions of different direct touchpoints"),
				 errdetail("One has %s, another %s.", label_shown(&own.direct),
						   label_shown(&rules->direct)),
				 errhint("Use one for all, or add GROUP BY the direct touchpoint.")));
}

/* 22023 unless touchpoints of this form can be added */
void
attribution_require_form(AttributionState *state, bool basic)
{
	if (!attribution_state_take_form(state, basic))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot put together attributions with and without the sums of all models"),
				 errdetail("One knows only first, last, linear, position, time_decay and markov."),
				 errhint("Collect it again from its journeys.")));
}

static void
add_step(AttributionState *state, const AttributionStep *step, const uint32 *rows)
{
	uint32		from = step->from;
	uint32		to = step->to;

	if (from >= FROM_TOUCH)
		from = rows[from - FROM_TOUCH] + FROM_TOUCH;
	if (to >= TO_TOUCH)
		to = rows[to - TO_TOUCH] + TO_TOUCH;
	attribution_require_ok(attribution_state_step(state, from, to, step->count));
}

/* Add what a packed value holds. */
static AttributionState *
merge_packed(AttributionState *state, AttributionReader *reader)
{
	uint32	   *rows = palloc(Max(reader->rows, 1) * sizeof(uint32));
	AttributionRow row;
	AttributionStep step;
	JourneyLabel label;

	state = attribution_reserve(state, 0, 0, 0, reader->money.with_value > 0);
	attribution_require_ok(attribution_state_add_money(state, &reader->money));
	if (reader->rows > 0)
		attribution_require_form(state, (reader->flags & ATTRIBUTION_FURTHER) == 0);
	for (uint32 i = 0; i < reader->rows; i++)
	{
		if (!attribution_read_row(reader, &label, &row))
			attribution_reject_stored();
		state = attribution_reserve(state, 1, 0, label.length, false);
		rows[i] = attribution_state_row(state, &label);
		attribution_require_ok(attribution_state_add(state, rows[i], &row));
	}
	for (uint32 i = 0; i < reader->steps; i++)
	{
		if (!attribution_read_step(reader, &step))
			attribution_reject_stored();
		state = attribution_reserve(state, 0, 1, 0, false);
		add_step(state, &step, rows);
		if (i % 65536 == 65535)
			CHECK_FOR_INTERRUPTS();
	}
	pfree(rows);
	if (reader->at != reader->end)
		attribution_reject_stored();
	return state;
}

/* A state with the content of a value in any form, in the current memory context. */
AttributionState *
attribution_state_of(struct varlena *datum)
{
	AttributionReader reader = attribution_open(attribution_detoast(datum));

	return merge_packed(attribution_state_new(&reader.rules, reader.money.with_value > 0), &reader);
}

/* Add a value in any form to a state; errors unless goal and the other rules are the same. */
AttributionState *
attribution_collect_all(AttributionState *state, struct varlena *datum)
{
	AttributionReader reader = attribution_open(attribution_detoast(datum));

	attribution_require_same(state, &reader.rules);
	return merge_packed(state, &reader);
}

/* Pack what a state has collected; the state stays as it is. */
Attribution *
attribution_packed(const AttributionState *state)
{
	AttributionName *names = palloc(Max(state->rows, 1) * sizeof(AttributionName));
	uint32	   *rank = palloc(Max(state->rows, 1) * sizeof(uint32));
	AttributionStep *steps = palloc(Max(state->steps, 1) * sizeof(AttributionStep));
	Attribution *value = MemoryContextAllocHuge(CurrentMemoryContext,
												attribution_pack_bound(state));

	check_steps(state);
	SET_VARSIZE(value, attribution_pack(state, names, rank, steps, value));
	pfree(names);
	pfree(rank);
	pfree(steps);
	return value;
}

/*
 * A packed value from a datum that may be compressed, out of line, or behind a
 * short header.  A state that was never finished is packed now.
 */
Attribution *
attribution_detoast(struct varlena *datum)
{
	Attribution *value = (Attribution *) PG_DETOAST_DATUM(PointerGetDatum(datum));

	if (VARSIZE(value) < sizeof(Attribution))
		attribution_reject_stored();
	if (!attribution_is_growing(value))
		return value;
	if (!attribution_state_check((AttributionState *) value, VARSIZE(value)) ||
		!attribution_state_is_whole((AttributionState *) value))
		attribution_reject_stored();
	return attribution_packed((AttributionState *) value);
}
