/*
 * cohorts_fuzz.c
 *		journey_cohorts and journey_lifecycle: text, packed bytes, states, sums of two.
 */
#include "fuzz_type.h"

#include "cohorts/cohorts_text.h"

static FuzzValue
new_state(const CohortsQuestion *q, uint32_t room)
{
	FuzzValue	state = {NULL, cohorts_state_bytes(q, room)};

	state.bytes = fuzz_new(state.size);
	cohorts_state_init((CohortsState *) state.bytes, q, room);
	return state;
}

/* Add a row; false where a value can have no more. */
static bool
add_row(FuzzValue *state, const CohortsRow *row)
{
	CohortsState *s = (CohortsState *) state->bytes;
	uint32_t	cells = (uint32_t) s->periods + 1;

	if (!cohorts_state_fits(s, cells))
	{
		CohortsQuestion q = cohorts_state_question(s);
		uint32_t	room = cohorts_state_grown(s, cells);

		if (room == 0 || cohorts_state_bytes(&q, room) == 0)
			return false;
		*state = new_state(&q, room);
		cohorts_state_move((CohortsState *) state->bytes, s);
		MUST(cohorts_state_check((CohortsState *) state->bytes, state->size));
	}
	return cohorts_state_add_row((CohortsState *) state->bytes, row);
}

static CohortsRow
new_row(const CohortsQuestion *q)
{
	CohortsRow	row = {0};

	cohorts_row_in(&row, q, fuzz_new(COHORTS_COUNTS * ((size_t) q->periods + 1) * sizeof(int64_t)));
	return row;
}

static FuzzValue
type_state(const char *text, size_t length)
{
	CohortsTextReader r;
	CohortsRow	row;
	FuzzValue	state;
	TextItem	item;

	if (!cohorts_text_begin(&r, text, length, true, false) &&
		!cohorts_text_begin(&r, text, length, true, true))
		return fuzz_none;
	state = new_state(&r.question, 1);
	row = new_row(&r.question);
	while ((item = cohorts_text_row(&r, &row)) == TEXT_ITEM)
		if (cohorts_decumulate(&r.question, &row) != COHORTS_OK || !add_row(&state, &row))
			return fuzz_none;
	return item == TEXT_END ? state : fuzz_none;
}

static FuzzValue
packed(const CohortsState *s)
{
	CohortsCell *sorted = fuzz_new(s->cells * sizeof(CohortsCell));
	size_t		bound = cohorts_pack_begin(s, sorted);
	uint8_t    *bytes = fuzz_new(bound);
	size_t		size = cohorts_pack(s, sorted, bytes);

	MUST(size <= bound);
	return fuzz_value(bytes, size);
}

static FuzzValue
type_pack(FuzzValue state)
{
	const CohortsState *s = (const CohortsState *) state.bytes;

	if (state.size < 8 || !cohorts_is_growing(s) || !cohorts_state_check(s, state.size) ||
		!cohorts_state_is_whole(s))
		return fuzz_none;
	return packed(s);
}

/* Count all of a packed value; false if it is damaged. */
static bool
count_all(FuzzValue *state, CohortsReader *r)
{
	CohortsRow	row = new_row(&r->question);

	while (r->left > 0)
		if (!cohorts_read_row(r, &row) || !add_row(state, &row))
			return false;
	return true;
}

static FuzzValue
state_of(FuzzValue value)
{
	CohortsReader r;
	FuzzValue	state;

	if (!cohorts_read(value.bytes, value.size, &r))
		return fuzz_none;
	state = new_state(&r.question, 1);
	return count_all(&state, &r) ? state : fuzz_none;
}

static FuzzValue
type_repack(FuzzValue value)
{
	FuzzValue	state = state_of(value);

	return state.bytes == NULL ? fuzz_none : packed((CohortsState *) state.bytes);
}

static bool
is_label(JourneyLabel label, bool optional)
{
	return (optional && label.length == 0) ||
		journey_label_check(label.text, label.length, true, NULL) == JOURNEY_LABEL_OK;
}

static bool
type_valid(FuzzValue value)
{
	CohortsReader r;
	CohortsRow	row;

	if (state_of(value).bytes == NULL || !cohorts_read(value.bytes, value.size, &r) ||
		!is_label(r.question.start, false) || !is_label(r.question.returning, true) ||
		!is_label(r.question.zone, true))
		return false;
	row = new_row(&r.question);
	while (r.left > 0)
		if (!cohorts_read_row(&r, &row) || !cohorts_cumulate(&r.question, &row) ||
			cohorts_decumulate(&r.question, &row) != COHORTS_OK)
			return false;
	return true;
}

static char *
type_print(FuzzValue value)
{
	CohortsReader r;
	CohortsRow	row;
	char	   *text;
	char	   *out;

	MUST(cohorts_read(value.bytes, value.size, &r));
	row = new_row(&r.question);
	out = text = fuzz_new(((size_t) r.keys + 1) * (cohorts_text_row_bound(&r.question) + 4));
	out = stpcpy(cohorts_print_head(out, &r.question), " {");
	while (r.left > 0)
	{
		bool		first = r.left == r.keys;

		/* of damaged bytes what can be read is printed */
		if (!cohorts_read_row(&r, &row) || !cohorts_cumulate(&r.question, &row))
			break;
		out = cohorts_print_row(first ? out : stpcpy(out, ", "), &r.question, &row);
	}
	*out++ = '}';
	return fuzz_text((uint8_t *) text, (size_t) (out - text));
}

static void
type_read(FuzzValue value, bool valid)
{
	CohortsReader r;
	CohortsRow	row;

	MUST(cohorts_read(value.bytes, value.size, &r));
	row = new_row(&r.question);
	while (r.left > 0)
	{
		MUST(cohorts_read_row(&r, &row));
		MUST(cohorts_cumulate(&r.question, &row) || !valid);
	}
}

static FuzzValue
type_merge(FuzzValue a, FuzzValue b)
{
	FuzzValue	state = state_of(a);
	CohortsQuestion q;
	CohortsReader r;

	MUST(state.bytes != NULL && cohorts_read(b.bytes, b.size, &r));
	q = cohorts_state_question((CohortsState *) state.bytes);
	if (!cohorts_same_question(&q, &r.question) || !count_all(&state, &r))
		return fuzz_none;
	return packed((CohortsState *) state.bytes);
}

/* There is no such thing. */
static FuzzValue
type_subtract(FuzzValue a, FuzzValue b)
{
	(void) a;
	(void) b;
	return fuzz_none;
}
