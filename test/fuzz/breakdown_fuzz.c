/*
 * breakdown_fuzz.c
 *		rating_breakdown: text, packed bytes, states, sums of two and differences.
 */
#include "fuzz_type.h"

#include "breakdown/breakdown_text.h"

static FuzzValue
packed(const Breakdown *b)
{
	void	   *bytes = fuzz_new(breakdown_pack_bound(b));
	size_t		size = breakdown_pack(bytes, b);

	MUST(size <= breakdown_pack_bound(b));
	return fuzz_value(bytes, size);
}

static bool
opened(FuzzValue value, Breakdown *b)
{
	if (!breakdown_read_head(value.bytes, value.size, b))
		return false;
	b->parts = fuzz_new(b->count * sizeof(BreakdownPart));
	return breakdown_read(value.bytes, value.size, b, fuzz_new(breakdown_room(b)));
}

static FuzzValue
new_state(int32_t low, int points, bool weighted)
{
	FuzzValue	state = {NULL, breakdown_state_smallest(points, weighted)};

	state.bytes = fuzz_new(state.size);
	breakdown_state_init((BreakdownState *) state.bytes, low, points, weighted);
	return state;
}

/* Another scale is fine as long as there are no answers. */
static bool
fits_scale(FuzzValue *state, const RatingSummary *summary)
{
	const BreakdownState *s = (const BreakdownState *) state->bytes;

	if (s->header.low == summary->low && s->header.points == summary->points &&
		breakdown_is_weighted(s) == rating_is_weighted(summary))
		return true;
	if (s->responses > 0)
		return false;
	*state = new_state(summary->low, summary->points, rating_is_weighted(summary));
	return true;
}

static bool
count(FuzzValue *state, JourneyLabel label, const RatingSummary *summary)
{
	BreakdownState *s;
	int64_t		responses;
	uint32_t	number;

	if (rating_responses(summary, &responses) != RATING_OK)
		return false;
	if (responses == 0)
		return true;
	if (!fits_scale(state, summary))
		return false;
	s = (BreakdownState *) state->bytes;
	number = breakdown_state_find(s, label);
	if (number == BREAKDOWN_NO_LABEL && !breakdown_state_has_room(s, label.length))
	{
		state->size = breakdown_state_grown(s, label.length);
		state->bytes = fuzz_new(state->size);
		breakdown_state_move((BreakdownState *) state->bytes, s, label.length);
		s = (BreakdownState *) state->bytes;
		MUST(breakdown_state_check(s, state->size));
	}
	if (number == BREAKDOWN_NO_LABEL)
		number = breakdown_state_add_label(s, label);
	return breakdown_state_merge(s, number, summary) == RATING_OK;
}

/* All labels of a packed breakdown in a new state; none of them is refused. */
static FuzzValue
counted(FuzzValue value)
{
	FuzzValue	state = new_state(0, 0, false);
	Breakdown	b;

	MUST(opened(value, &b));
	for (uint32_t i = 0; i < b.count; i++)
		MUST(count(&state, b.parts[i].label, b.parts[i].summary));
	return state;
}

static FuzzValue
packed_state(FuzzValue state, int32_t low)
{
	const BreakdownState *s = (const BreakdownState *) state.bytes;
	Breakdown	b;

	if (!breakdown_state_check(s, state.size))
		return fuzz_none;
	b.parts = fuzz_new(s->header.labels * sizeof(BreakdownPart));
	if (!breakdown_state_read(s, &b))
		return fuzz_none;
	b.low = b.count == 0 ? 0 : low;
	return packed(&b);
}

/* The scale stands behind the labels, so what was counted on one from 0 is counted anew. */
static FuzzValue
type_state(const char *text, size_t length)
{
	FuzzValue	state = new_state(0, 0, false);
	BreakdownTextReader reader;
	TextItem	item;

	breakdown_text_begin(&reader, text, length, true, fuzz_new(RATING_MAX_SIZE));
	while ((item = breakdown_text_next(&reader)) == TEXT_ITEM)
		if (!count(&state, text_label(&reader.label), reader.summary))
			return fuzz_none;
	if (item == TEXT_ERROR)
		return fuzz_none;
	state = packed_state(state, reader.low);
	MUST(state.bytes != NULL);
	return counted(state);
}

static FuzzValue
type_pack(FuzzValue state)
{
	if (state.size < sizeof(BreakdownHeader))
		return fuzz_none;
	return packed_state(state, ((const BreakdownHeader *) state.bytes)->low);
}

static FuzzValue
type_repack(FuzzValue value)
{
	Breakdown	b;

	return opened(value, &b) ? packed(&b) : fuzz_none;
}

static bool
type_valid(FuzzValue value)
{
	Breakdown	b;

	if (!opened(value, &b))
		return false;
	for (uint32_t i = 0; i < b.count; i++)
		if (b.parts[i].label.length > 0 &&
			journey_label_check(b.parts[i].label.text, b.parts[i].label.length, true, NULL) !=
			JOURNEY_LABEL_OK)
			return false;
	return true;
}

static char *
type_print(FuzzValue value)
{
	Breakdown	b;
	char	   *text;
	size_t		length;

	MUST(opened(value, &b));
	text = fuzz_new(breakdown_text_bound(&b));
	length = breakdown_text_print(&b, text);
	MUST(length < breakdown_text_bound(&b));
	return fuzz_text((uint8_t *) text, length);
}

static void
type_read(FuzzValue value, bool valid)
{
	Breakdown	b;

	(void) valid;
	MUST(opened(value, &b));
	for (uint32_t i = 0; i < b.count; i++)
	{
		const BreakdownPart *part = &b.parts[i];
		Uint128 mass;

		MUST(part->responses > 0 && rating_quantile(part->summary, fuzz_share()) >= b.low);
		MUST(rating_mass_between(part->summary, INT64_MIN, INT64_MAX, &mass) == RATING_OK);
	}
}

static FuzzValue
type_merge(FuzzValue a, FuzzValue b)
{
	FuzzValue	state = counted(a);
	Breakdown	y;

	MUST(opened(b, &y));
	for (uint32_t i = 0; i < y.count; i++)
		if (!count(&state, y.parts[i].label, y.parts[i].summary))
			return fuzz_none;
	return type_pack(state);
}

static FuzzValue
type_subtract(FuzzValue a, FuzzValue b)
{
	FuzzValue	state = counted(a);
	BreakdownState *s = (BreakdownState *) state.bytes;
	Breakdown	y;

	MUST(opened(b, &y));
	for (uint32_t i = 0; i < y.count; i++)
	{
		uint32_t	number = breakdown_state_find(s, y.parts[i].label);

		if (y.low != s->header.low || y.points != s->header.points ||
			y.weighted != breakdown_is_weighted(s) || number == BREAKDOWN_NO_LABEL ||
			breakdown_state_subtract(s, number, y.parts[i].summary) != RATING_OK)
			return fuzz_none;
	}
	return type_pack(state);
}
