/*
 * journey_fuzz.c
 *		journey: text, packed bytes, states, visits of two together.
 */
#include "fuzz_journey.h"
#include "fuzz_type.h"

#include "journey/journey_state.h"
#include "journey/journey_text.h"

typedef struct Visits
{
	uint32_t	n;
	uint32_t	label_count;
	JourneyVisit *visits;
	JourneyLabel *labels;
	int64_t    *values;
} Visits;

static Visits
new_visits(uint32_t n, uint32_t label_count)
{
	Visits		v = {n, label_count, fuzz_new(n * sizeof(JourneyVisit)),
		fuzz_new(label_count * sizeof(JourneyLabel)), fuzz_new(n * sizeof(int64_t))};

	return v;
}

static FuzzValue
packed(Visits *v)
{
	FuzzValue	value;

	value.bytes = fuzz_pack_journey(v->visits, v->values, v->n, v->labels, v->label_count,
									&value.size);
	return value;
}

/* Both ways of reading see the same, visits in order. */
static bool
opened(FuzzValue value, Visits *v)
{
	JourneyReader reader;

	if (value.size <= sizeof(JourneyHeader) ||
		journey_read(value.bytes, value.size, &reader) != JOURNEY_OK)
		return false;
	*v = new_visits(reader.visits, reader.labels);
	MUST(journey_read_labels(&reader, v->labels) == JOURNEY_OK);
	if (!journey_read_values(&reader, v->values))
		return false;
	for (uint32_t i = 0; i < v->n; i++)
	{
		if (!journey_next(&reader, &v->visits[i]))
		{
			MUST(reader.left > 0);
			return false;
		}
		MUST(v->visits[i].label < v->label_count);
	}
	MUST(journey_is_sorted(v->visits, NULL, v->n));
	return true;
}

/* One more visit in a state that may have to grow. */
static JourneyStatus
add(FuzzValue *state, const JourneyLabel *label, const JourneyVisit *visit, int64_t value)
{
	JourneyState *s = (JourneyState *) state->bytes;
	JourneyStatus status = journey_state_add(s, state->size, label, visit->at, visit->seq,
											 value);
	FuzzValue	larger;

	if (status != JOURNEY_NO_ROOM)
		return status;
	larger.size = journey_state_grown(s, label->length + JOURNEY_STATE_VALUE);
	larger.bytes = fuzz_new(larger.size);
	journey_state_move((JourneyState *) larger.bytes, larger.size, s, state->size);
	*state = larger;
	return journey_state_add((JourneyState *) larger.bytes, larger.size, label, visit->at,
							 visit->seq, value);
}

static FuzzValue
new_state(void)
{
	FuzzValue	state = {fuzz_new(JOURNEY_STATE_SMALLEST), JOURNEY_STATE_SMALLEST};

	journey_state_init((JourneyState *) state.bytes, state.size);
	return state;
}

static FuzzValue
type_state(const char *text, size_t length)
{
	FuzzValue	state = new_state();
	JourneyTextReader reader;
	TextItem	item;

	journey_text_begin(&reader, text, length, true);
	while ((item = journey_text_next(&reader)) == TEXT_ITEM)
	{
		JourneyLabel label = text_label(&reader.label);

		MUST(add(&state, &label, &reader.visit, reader.value) == JOURNEY_OK);
	}
	if (item != TEXT_END)
		return fuzz_none;
	/* fuzz_packed() takes what is not valid for refused: of a text, nothing is */
	MUST(type_valid(type_pack(state)));
	return state;
}

static FuzzValue
type_pack(FuzzValue state)
{
	const JourneyState *s = (const JourneyState *) state.bytes;
	Visits		v;

	if (state.size < sizeof(JourneyHeader) || journey_state_check(s, state.size) != JOURNEY_OK)
		return fuzz_none;
	v = new_visits(s->visits, s->labels);
	if (journey_state_labels(s, state.size, v.labels) != JOURNEY_OK ||
		journey_state_visits(s, v.visits, v.values) != JOURNEY_OK)
		return fuzz_none;
	return packed(&v);
}

static FuzzValue
type_repack(FuzzValue value)
{
	Visits		v;

	return opened(value, &v) ? packed(&v) : fuzz_none;
}

/* Input packs labels in order, and none that no visit has. */
static bool
type_valid(FuzzValue value)
{
	Visits		v;
	bool	   *used;

	if (!opened(value, &v))
		return false;
	used = fuzz_new(v.label_count);
	for (uint32_t i = 0; i < v.n; i++)
		used[v.visits[i].label] = true;
	for (uint32_t i = 0; i < v.label_count; i++)
		if (!used[i] || journey_label_check(v.labels[i].text, v.labels[i].length, true, NULL) !=
			JOURNEY_LABEL_OK ||
			(i > 0 && journey_label_compare(v.labels[i - 1].text, v.labels[i - 1].length,
											v.labels[i].text, v.labels[i].length) >= 0))
			return false;
	return true;
}

static char *
type_print(FuzzValue value)
{
	Visits		v;
	char	   *text;
	char	   *out;

	MUST(opened(value, &v));
	out = text = fuzz_new(v.n * (size_t) JOURNEY_VISIT_CHARS + 3);
	*out++ = '{';
	for (uint32_t i = 0; i < v.n; i++)
	{
		char	   *item = fuzz_new(JOURNEY_VISIT_CHARS);
		size_t		length = (size_t) (journey_print_visit(item, &v.visits[i], v.values[i], v.labels,
														   i == 0) - item);

		memcpy(out, item, length);
		out += length;
	}
	*out++ = '}';
	return fuzz_text((uint8_t *) text, (size_t) (out - text));
}

/* Behind a short header it stands at an odd address. */
static void
type_read(FuzzValue value, bool valid)
{
	size_t		size = value.size - JOURNEY_CONTENT_AT;
	uint8_t    *odd = (uint8_t *) fuzz_new(size + 1) + 1;
	JourneyReader reader;
	JourneyLabel label;
	JourneyVisit visit;

	(void) valid;
	memcpy(odd, value.bytes + JOURNEY_CONTENT_AT, size);
	MUST(journey_read_begin(&reader, odd, size));
	for (uint32_t i = 0; i < reader.labels; i++)
		MUST(journey_read_label(&reader, &label));
	MUST(journey_read_first(&reader));
	while (reader.left > 0)
		MUST(journey_read_visit(&reader, &visit));
}

static FuzzValue
type_merge(FuzzValue a, FuzzValue b)
{
	FuzzValue	state = new_state();
	const FuzzValue values[] = {a, b};

	for (int k = 0; k < 2; k++)
	{
		Visits		v;

		MUST(opened(values[k], &v));
		for (uint32_t i = 0; i < v.n; i++)
			MUST(add(&state, &v.labels[v.visits[i].label], &v.visits[i], v.values[i]) ==
				 JOURNEY_OK);
	}
	return type_pack(state);
}

/* There is no such thing. */
static FuzzValue
type_subtract(FuzzValue a, FuzzValue b)
{
	(void) a;
	(void) b;
	return fuzz_none;
}
