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
#define FIRST_TEXT	256

static AttributionState *
allocate(const AttributionRoom *room, const JourneyLabel *goal, int64 half_life)
{
	Size		bytes = attribution_state_bytes(room);
	AttributionState *state;

	if (bytes == 0 || !AllocSizeIsValid(bytes))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("attribution is at most one gigabyte large"),
				 errhint("Group what is alike into fewer touchpoints.")));
	state = palloc(bytes);
	attribution_state_init(state, room, goal, half_life);
	state->mark = aggregate_mark();
	SET_VARSIZE(state, bytes);
	return state;
}

/* An empty state, in the current memory context. */
AttributionState *
attribution_state_new(const JourneyLabel *goal, int64 half_life)
{
	AttributionRoom room = {FIRST_ROWS, FIRST_STEPS, FIRST_TEXT};

	return allocate(&room, goal, half_life);
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
 * Make room for so many more touchpoints, steps and bytes of labels.  Returns the
 * state, which may have moved to the current memory context.
 */
AttributionState *
attribution_reserve(AttributionState *state, uint32 rows, uint32 steps, Size text)
{
	AttributionRoom room;
	JourneyLabel goal = attribution_goal(state);
	AttributionState *larger;

	if (state->rows + (uint64) rows > ATTRIBUTION_MAX_TOUCHPOINTS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("attribution takes at most %d different touchpoints",
						ATTRIBUTION_MAX_TOUCHPOINTS),
				 errhint("Group what is alike into fewer touchpoints.")));
	check_steps(state);
	if (attribution_state_fits(state, rows, steps, (uint32) text))
		return state;
	room = attribution_state_grown(state, rows, steps, (uint32) text);
	larger = allocate(&room, &goal, state->half_life);
	attribution_state_move(larger, state);
	return larger;
}

/* 22003 */
static void
reject_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("attribution of more than " INT64_FORMAT " steps", PG_INT64_MAX),
			 errhint("Was a value merged with itself over and over?")));
}

/* The units of a touchpoint, which fit as long as the steps do, unless they are damaged. */
void
attribution_add_row(AttributionState *state, uint32 number, const AttributionRow *row)
{
	AttributionRow *to = &attribution_rows(state)[number];

	for (int m = 0; m < SHARED_MODELS; m++)
	{
		Uint128 sum;

		if (__builtin_add_overflow(uint128_load(to->units[m]), uint128_load(row->units[m]), &sum))
			reject_overflow();
		uint128_store(to->units[m], sum);
	}
}

void
attribution_add_step(AttributionState *state, const AttributionStep *step)
{
	if (attribution_state_step(state, step->from, step->to, step->count) != ATTRIBUTION_OK)
		reject_overflow();
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

static const char *
half_life_text(int64 half_life)
{
	char	   *text = palloc(JOURNEY_DURATION_TEXT_BOUND);

	if (half_life == 0)
		return "none";
	journey_duration_print(half_life, text);
	return text;
}

/* 22023 unless goal and half-life are those of the state */
void
attribution_require_same(const AttributionState *state, const JourneyLabel *goal, int64 half_life)
{
	JourneyLabel own = attribution_goal(state);

	if (!journey_same_label(&own, goal))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot put together attributions of different goals"),
				 errdetail("One is of \"%.*s\", another of \"%.*s\".",
						   (int) own.length, own.text,
						   pg_mbcliplen(goal->text, (int) goal->length, JOURNEY_MAX_LABEL),
						   goal->text),
				 errhint("Add GROUP BY the goal.")));
	if (state->half_life != half_life)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("cannot put together attributions of different half-lives"),
				 errdetail("One has %s, another %s.", half_life_text(state->half_life),
						   half_life_text(half_life)),
				 errhint("Use one half-life for all, or add GROUP BY the half-life.")));
}

/* Add what a packed value holds. */
static AttributionState *
merge_packed(AttributionState *state, AttributionReader *reader)
{
	JourneyLabel *labels = palloc(Max(reader->rows, 1) * sizeof(JourneyLabel));
	AttributionRow *given = palloc(Max(reader->rows, 1) * sizeof(AttributionRow));
	uint32	   *rows = palloc(Max(reader->rows, 1) * sizeof(uint32));

	for (uint32 i = 0; i < reader->rows; i++)
	{
		if (!attribution_read_row(reader, &labels[i], &given[i]))
			attribution_reject_stored();
		state = attribution_reserve(state, 1, 0, labels[i].length);
		rows[i] = attribution_state_row(state, &labels[i]);
		attribution_add_row(state, rows[i], &given[i]);
	}
	for (uint32 i = 0; i < reader->steps; i++)
	{
		AttributionStep step;

		if (!attribution_read_step(reader, &step))
			attribution_reject_stored();
		if (step.from >= FROM_TOUCH)
			step.from = rows[step.from - FROM_TOUCH] + FROM_TOUCH;
		if (step.to >= TO_TOUCH)
			step.to = rows[step.to - TO_TOUCH] + TO_TOUCH;
		state = attribution_reserve(state, 0, 1, 0);
		attribution_add_step(state, &step);
		if (i % 65536 == 65535)
			CHECK_FOR_INTERRUPTS();
	}
	pfree(labels);
	pfree(given);
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

	return merge_packed(attribution_state_new(&reader.goal, reader.half_life), &reader);
}

/* Add a value in any form to a state; errors unless goal and half-life are the same. */
AttributionState *
attribution_collect_all(AttributionState *state, struct varlena *datum)
{
	AttributionReader reader = attribution_open(attribution_detoast(datum));

	attribution_require_same(state, &reader.goal, reader.half_life);
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
