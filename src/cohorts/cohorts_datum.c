/*
 * cohorts_datum.c
 *		What the SQL-callable files about cohorts and lifecycles share: room to count,
 *		unpacking, merging and packing, and the errors.
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "base/label_key.h"
#include "cohorts/cohorts_datum.h"
#include "cohorts/cohorts_text.h"
#include "shared/aggregate.h"

#define FIRST_ROOM	16

static CohortsState *
allocate(const CohortsQuestion *question, uint32 room)
{
	Size		bytes = room == 0 ? 0 : cohorts_state_bytes(question, room);
	CohortsState *state;

	if (bytes == 0 || !AllocSizeIsValid(bytes))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("cohorts take at most %d different periods in all", COHORTS_MAX_CELLS),
				 errhint("Take a longer unit or fewer periods.")));
	state = palloc(bytes);
	cohorts_state_init(state, question, room);
	state->mark = aggregate_mark();
	SET_VARSIZE(state, bytes);
	return state;
}

/* An empty state, in the current memory context. */
CohortsState *
cohorts_state_new(const CohortsQuestion *question)
{
	return allocate(question, FIRST_ROOM);
}

/* Make room for so many more cells; the state may have moved to the current memory context. */
CohortsState *
cohorts_reserve(CohortsState *state, uint32 cells)
{
	CohortsQuestion question;
	CohortsState *larger;

	if (likely(cohorts_state_fits(state, cells)))
		return state;
	question = cohorts_state_question(state);
	larger = allocate(&question, cohorts_state_grown(state, cells));
	cohorts_state_move(larger, state);
	return larger;
}

/* 22003 */
void
cohorts_reject_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("more than " INT64_FORMAT " customers", PG_INT64_MAX),
			 errhint("Was a value merged with itself over and over?")));
}

/* Begin to read a packed value; an error if it is damaged. */
CohortsReader
cohorts_open(const Cohorts *value)
{
	CohortsReader reader;

	if (!cohorts_read(value, VARSIZE(value), &reader))
		cohorts_reject_stored();
	return reader;
}

/* Room for a row of this question. */
void
cohorts_new_row(const CohortsQuestion *question, CohortsRow *row)
{
	row->key = 0;
	cohorts_row_in(row, question,
				   palloc0(COHORTS_COUNTS * ((Size) question->periods + 1) * sizeof(int64)));
}

/* Add the counts of a key. */
CohortsState *
cohorts_collect_row(CohortsState *state, const CohortsRow *row)
{
	state = cohorts_reserve(state, (uint32) state->periods + 1);
	if (!cohorts_state_add_row(state, row))
		cohorts_reject_overflow();
	return state;
}

static CohortsState *
collect_rows(CohortsState *state, CohortsReader *reader)
{
	CohortsRow	row;

	cohorts_new_row(&reader->question, &row);
	while (reader->left > 0)
	{
		if (!cohorts_read_row(reader, &row))
			cohorts_reject_stored();
		state = cohorts_collect_row(state, &row);
		CHECK_FOR_INTERRUPTS();
	}
	pfree(row.counts[0]);
	return state;
}

/* A state with the content of a value in any form, in the current memory context. */
CohortsState *
cohorts_state_of(struct varlena *datum)
{
	CohortsReader reader = cohorts_open(cohorts_detoast(datum));

	return collect_rows(cohorts_state_new(&reader.question), &reader);
}

/*
 * The state of an aggregate to count in: argument 0, or a new one with what that holds.
 * The question, if there is one, is that of this row, and the first makes the state.
 */
CohortsState *
cohorts_counting_state(FunctionCallInfo fcinfo, const CohortsQuestion *question)
{
	struct varlena *value;
	CohortsState *state;

	if (PG_ARGISNULL(0))
		return cohorts_state_new(question);
	value = aggregate_state(fcinfo);
	state = (CohortsState *) value;
	if (VARSIZE(value) < sizeof(CohortsState) || !cohorts_is_growing(value) ||
		state->mark != aggregate_mark())
		state = cohorts_state_of(value);
	else if (!cohorts_state_check(state, VARSIZE(value)))
		cohorts_reject_stored();
	if (question != NULL)
		cohorts_require_same(state, question);
	return state;
}

static const char *
question_text(const CohortsQuestion *question)
{
	char	   *text = palloc(cohorts_text_row_bound(question));

	cohorts_print_head(text, question);
	return text;
}

/* 22023 unless the question is that of the state */
void
cohorts_require_same(const CohortsState *state, const CohortsQuestion *question)
{
	CohortsQuestion own = cohorts_state_question(state);

	if (cohorts_same_question(&own, question))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot put together answers to different questions"),
			 errdetail("One is of %s, another of %s.", question_text(&own),
					   question_text(question)),
			 errhint("Use the same arguments for all journeys of a group, or add GROUP BY the "
					 "arguments.")));
}

/* Add a value in any form to a state; an error unless it answers the same question. */
CohortsState *
cohorts_collect_all(CohortsState *state, struct varlena *datum)
{
	CohortsReader reader = cohorts_open(cohorts_detoast(datum));

	cohorts_require_same(state, &reader.question);
	return collect_rows(state, &reader);
}

/* Pack what a state has counted; the state stays as it is. */
Cohorts *
cohorts_packed(const CohortsState *state)
{
	CohortsCell *sorted = MemoryContextAllocHuge(CurrentMemoryContext,
												 Max(state->cells, 1) * sizeof(CohortsCell));
	Cohorts    *value = MemoryContextAllocHuge(CurrentMemoryContext,
											   cohorts_pack_begin(state, sorted));
	Size		bytes = cohorts_pack(state, sorted, value);

	if (!AllocSizeIsValid(bytes))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("cohorts are at most one gigabyte large"),
				 errhint("Take a longer unit or fewer periods.")));
	SET_VARSIZE(value, bytes);
	pfree(sorted);
	return value;
}

/*
 * A packed value from a datum that may be compressed, out of line, or behind a short
 * header.  A state that was never finished is packed now.
 */
Cohorts *
cohorts_detoast(struct varlena *datum)
{
	Cohorts    *value = (Cohorts *) PG_DETOAST_DATUM(PointerGetDatum(datum));

	if (VARSIZE(value) < sizeof(Cohorts))
		cohorts_reject_stored();
	if (!cohorts_is_growing(value))
		return value;
	if (!cohorts_state_check((CohortsState *) value, VARSIZE(value)) ||
		!cohorts_state_is_whole((CohortsState *) value))
		cohorts_reject_stored();
	return cohorts_packed((CohortsState *) value);
}
