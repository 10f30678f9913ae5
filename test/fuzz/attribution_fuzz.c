/*
 * attribution_fuzz.c
 *		journey_attribution: text, packed bytes, states, removal effects, sums of two.
 */
#include "fuzz_type.h"

#include <math.h>

#include "attribution/attribution_state.h"
#include "attribution/attribution_text.h"
#include "base/label_key.h"

#define MOST_SOLVED	32

/* Room for so many more, and for money; false where a value can have no more. */
static bool
reserve(FuzzValue *state, uint32_t rows, uint32_t steps, uint32_t text, bool money)
{
	AttributionState *s = (AttributionState *) state->bytes;
	AttributionRules rules = attribution_rules(s);
	AttributionRoom room;
	size_t		bytes;

	money = money || attribution_has_money(s);

	if (s->rows + (uint64_t) rows > ATTRIBUTION_MAX_TOUCHPOINTS)
		return false;
	if (attribution_state_fits(s, rows, steps, text) && money == attribution_has_money(s))
		return true;
	room = attribution_state_grown(s, rows, steps, text);
	bytes = attribution_state_bytes(&room, &rules, money);
	if (bytes == 0)
		return false;
	state->bytes = fuzz_new(bytes);
	state->size = bytes;
	attribution_state_init((AttributionState *) state->bytes, &room, &rules, money);
	attribution_state_move((AttributionState *) state->bytes, s);
	MUST(attribution_state_check((AttributionState *) state->bytes, bytes));
	return true;
}

static FuzzValue
new_state(const AttributionRules *rules, const AttributionMoney *money)
{
	AttributionRoom room = {2, 2, 512};
	bool		with_money = money->with_value > 0;
	FuzzValue	state = {NULL, attribution_state_bytes(&room, rules, with_money)};

	state.bytes = fuzz_new(state.size);
	attribution_state_init((AttributionState *) state.bytes, &room, rules, with_money);
	return attribution_state_add_money((AttributionState *) state.bytes, money) == ATTRIBUTION_OK ?
		state : fuzz_none;
}

static bool
count_rows(FuzzValue *state, AttributionTextReader *r)
{
	TextItem	item;

	while ((item = attribution_text_row(r)) == TEXT_ITEM)
	{
		JourneyLabel label = text_label(&r->name);
		uint32_t	before = ((AttributionState *) state->bytes)->rows;

		if (!reserve(state, 1, 0, label.length, false) ||
			!attribution_state_take_form((AttributionState *) state->bytes, r->basic) ||
			attribution_state_row((AttributionState *) state->bytes, &label) != before ||
			attribution_state_add((AttributionState *) state->bytes, before, &r->row) != ATTRIBUTION_OK)
			return false;
	}
	return item == TEXT_END;
}

static bool
known(const AttributionState *s, const TextLabel *name, uint32_t *row)
{
	JourneyLabel label = text_label(name);

	return attribution_state_find(s, &label, row);
}

static bool
count_steps(FuzzValue *state, AttributionTextReader *r)
{
	TextItem	item;

	while ((item = attribution_text_step(r)) == TEXT_ITEM)
	{
		AttributionStep step = r->step;
		AttributionState *s;
		uint32_t	row;
		uint32_t	before;

		MUST(reserve(state, 0, 1, 0, false));
		s = (AttributionState *) state->bytes;
		if ((step.from != FROM_START && !known(s, &r->name, &row)))
			return false;
		step.from = step.from == FROM_START ? FROM_START : row + FROM_TOUCH;
		if (step.to == TO_TOUCH && !known(s, &r->other, &row))
			return false;
		step.to = step.to == TO_TOUCH ? row + TO_TOUCH : step.to;
		before = s->steps;
		if (attribution_state_step(s, step.from, step.to, step.count) != ATTRIBUTION_OK ||
			s->steps == before)
			return false;
	}
	return item == TEXT_END;
}

static FuzzValue
type_state(const char *text, size_t length)
{
	AttributionTextReader r;
	AttributionRules rules;
	FuzzValue	state;

	if (!attribution_text_begin(&r, text, length, true))
		return fuzz_none;
	rules = attribution_text_rules(&r);
	state = new_state(&rules, &r.money);
	return state.bytes != NULL && count_rows(&state, &r) && count_steps(&state, &r) ? state : fuzz_none;
}

static FuzzValue
packed(const AttributionState *s)
{
	size_t		bound = attribution_pack_bound(s);
	void	   *bytes = fuzz_new(bound);
	size_t		size = attribution_pack(s, fuzz_new(s->rows * sizeof(AttributionName)),
										fuzz_new(s->rows * sizeof(uint32_t)),
										fuzz_new(s->steps * sizeof(AttributionStep)), bytes);

	MUST(size <= bound);
	return fuzz_value(bytes, size);
}

static FuzzValue
type_pack(FuzzValue state)
{
	const AttributionState *s = (const AttributionState *) state.bytes;

	if (!attribution_state_check(s, state.size) || !attribution_state_is_whole(s))
		return fuzz_none;
	return packed(s);
}

/* All that a packed value holds is added to a state; false if it is damaged, or too much. */
static bool
count_all(FuzzValue *state, AttributionReader *reader)
{
	uint32_t   *rows = fuzz_new(reader->rows * sizeof(uint32_t));

	for (uint32_t i = 0; i < reader->rows; i++)
	{
		JourneyLabel label;
		AttributionRow row;

		if (!attribution_read_row(reader, &label, &row) ||
			!reserve(state, 1, 0, label.length, false) ||
			!attribution_state_take_form((AttributionState *) state->bytes,
										 (reader->flags & ATTRIBUTION_FURTHER) == 0))
			return false;
		rows[i] = attribution_state_row((AttributionState *) state->bytes, &label);
		if (attribution_state_add((AttributionState *) state->bytes, rows[i], &row) != ATTRIBUTION_OK)
			return false;
	}
	for (uint32_t i = 0; i < reader->steps; i++)
	{
		AttributionStep step;

		if (!attribution_read_step(reader, &step))
			return false;
		if (step.from >= FROM_TOUCH)
			step.from = rows[step.from - FROM_TOUCH] + FROM_TOUCH;
		if (step.to >= TO_TOUCH)
			step.to = rows[step.to - TO_TOUCH] + TO_TOUCH;
		MUST(reserve(state, 0, 1, 0, false));
		if (attribution_state_step((AttributionState *) state->bytes, step.from, step.to,
								   step.count) != ATTRIBUTION_OK)
			return false;
	}
	return reader->at == reader->end;
}

static FuzzValue
state_of(FuzzValue value)
{
	AttributionReader reader;
	FuzzValue	state;

	if (!attribution_read(value.bytes, value.size, &reader))
		return fuzz_none;
	state = new_state(&reader.rules, &reader.money);
	return state.bytes != NULL && count_all(&state, &reader) ? state : fuzz_none;
}

static FuzzValue
type_repack(FuzzValue value)
{
	FuzzValue	state = state_of(value);

	return state.bytes == NULL ? fuzz_none : packed((AttributionState *) state.bytes);
}

static bool
is_label(JourneyLabel label)
{
	return journey_label_check(label.text, label.length, true, NULL) == JOURNEY_LABEL_OK;
}

static bool
type_valid(FuzzValue value)
{
	FuzzValue	state = state_of(value);
	const AttributionState *s = (const AttributionState *) state.bytes;
	AttributionRules rules;

	if (state.bytes == NULL ||
		attribution_state_validate(s, fuzz_new(s->rows * sizeof(int64_t[2]))) != ATTRIBUTION_OK)
		return false;
	rules = attribution_rules(s);
	if (!is_label(rules.goal) || (rules.direct.length > 0 && !is_label(rules.direct)))
		return false;
	for (uint32_t i = 0; i < s->rows; i++)
		if (!is_label(attribution_label(s, i)))
			return false;
	return true;
}

static char *
type_print(FuzzValue value)
{
	AttributionReader r;
	AttributionRow row;
	AttributionStep step;
	JourneyLabel *labels;
	char	   *text;
	char	   *out;

	MUST(attribution_read(value.bytes, value.size, &r));
	labels = fuzz_new(r.rows * sizeof(JourneyLabel));
	out = text = fuzz_new(((size_t) r.rows + r.steps + 2) * ATTRIBUTION_ITEM_CHARS);
	out = stpcpy(attribution_print_head(out, &r), " {");
	for (uint32_t i = 0; i < r.rows; i++)
	{
		char	   *item = fuzz_new(ATTRIBUTION_ITEM_CHARS);

		MUST(attribution_read_row(&r, &labels[i], &row));
		*attribution_print_row(item, &labels[i], &row, &r) = '\0';
		out = stpcpy(stpcpy(out, i > 0 ? ", " : ""), item);
	}
	out = stpcpy(out, "} [");
	for (uint32_t i = 0; i < r.steps; i++)
	{
		char	   *item = fuzz_new(ATTRIBUTION_ITEM_CHARS);

		MUST(attribution_read_step(&r, &step));
		*attribution_print_step(item, &step, labels) = '\0';
		out = stpcpy(stpcpy(out, i > 0 ? ", " : ""), item);
	}
	*out++ = ']';
	return fuzz_text((uint8_t *) text, (size_t) (out - text));
}

static void
tick(void)
{
}

/* j_curve and inverse_j sum to what there was, of conversions and of money. */
static void
read_curves(FuzzValue value, bool valid)
{
	AttributionReader r;
	JourneyLabel label;
	AttributionRow row;
	Int128		left[2][2] = {{0, 0}, {0, 0}};

	MUST(attribution_read(value.bytes, value.size, &r));
	for (uint32_t i = 0; i < r.rows; i++)
	{
		MUST(attribution_read_row(&r, &label, &row));
		for (int inverse = 0; inverse <= 1 && valid; inverse++)
		{
			Int128		credit = attribution_curve(row.units, row.pairs * (Int128) ATTRIBUTION_UNITS,
												   inverse == 1);
			Int128		money = attribution_curve(row.money, row.worth[WORTH_PAIRS] *
												  (Int128) ATTRIBUTION_UNITS, inverse == 1);

			left[0][inverse] += credit - 100 * row.units[SHARED_LAST];
			left[1][inverse] += money - 100 * row.money[SHARED_LAST];
		}
	}
	MUST(left[0][0] == 0 && left[0][1] == 0 && left[1][0] == 0 && left[1][1] == 0);
}

static void
type_read(FuzzValue value, bool valid)
{
	AttributionReader r;
	JourneyLabel label;
	AttributionRow row;
	AttributionStep step;
	double	   *matrix;
	double	   *absorbed;
	double	   *converted;
	double	   *effects;
	uint32_t	n;

	MUST(attribution_read(value.bytes, value.size, &r));
	n = r.rows;
	read_curves(value, valid);
	if (n > MOST_SOLVED)
		return;
	matrix = fuzz_new((size_t) n * n * sizeof(double));
	absorbed = fuzz_new(n * sizeof(double));
	converted = fuzz_new(n * sizeof(double));
	effects = fuzz_new(n * sizeof(double));
	for (uint32_t i = 0; i < n; i++)
		MUST(attribution_read_row(&r, &label, &row));
	for (uint32_t i = 0; i < r.steps; i++)
	{
		MUST(attribution_read_step(&r, &step));
		if (step.from == FROM_START)
			continue;
		if (step.to >= TO_TOUCH)
			matrix[(size_t) n * (step.from - FROM_TOUCH) + step.to - TO_TOUCH] =
				(double) step.count;
		else
			absorbed[step.from - FROM_TOUCH] += (double) step.count;
		if (step.to == TO_CONVERSION)
			converted[step.from - FROM_TOUCH] = (double) step.count;
	}
	if (!attribution_removal(matrix, absorbed, converted, 1, fuzz_new(n * sizeof(double)), n,
							 effects, tick))
		return;
	for (uint32_t i = 0; i < n; i++)
		MUST(!valid || effects[i] >= 0);
}

static FuzzValue
type_merge(FuzzValue a, FuzzValue b)
{
	FuzzValue	state = state_of(a);
	AttributionReader reader;
	AttributionRules own;

	MUST(state.bytes != NULL && attribution_read(b.bytes, b.size, &reader));
	own = attribution_rules((AttributionState *) state.bytes);
	if (!journey_same_label(&own.goal, &reader.rules.goal) ||
		!journey_same_label(&own.direct, &reader.rules.direct) ||
		own.half_life != reader.rules.half_life || own.lookback != reader.rules.lookback)
		return fuzz_none;
	if (!reserve(&state, 0, 0, 0, reader.money.with_value > 0) ||
		attribution_state_add_money((AttributionState *) state.bytes, &reader.money) !=
		ATTRIBUTION_OK || !count_all(&state, &reader))
		return fuzz_none;
	return packed((AttributionState *) state.bytes);
}

/* There is no such thing. */
static FuzzValue
type_subtract(FuzzValue a, FuzzValue b)
{
	(void) a;
	(void) b;
	return fuzz_none;
}
