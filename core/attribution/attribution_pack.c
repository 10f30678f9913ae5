/*
 * attribution_pack.c
 *		Packing what was collected, and reading it; see attribution.h.
 */
#include <string.h>

#include "attribution/attribution.h"
#include "base/label_key.h"
#include "base/sort.h"
#include "base/varint.h"

/* A value takes at most this many bytes packed. */
size_t
attribution_pack_bound(const AttributionState *s)
{
	return sizeof(AttributionHeader) + 4 * VARINT_MAX + s->text +
		(size_t) s->rows * (VARINT_MAX + SHARED_MODELS * VARINT_MAX_WIDE) +
		(size_t) s->steps * 3 * VARINT_MAX;
}

static int
compare_names(const void *a, const void *b)
{
	const JourneyLabel *x = &((const AttributionName *) a)->label;
	const JourneyLabel *y = &((const AttributionName *) b)->label;

	return journey_label_compare(x->text, x->length, y->text, y->length);
}

static int
compare_steps(const void *a, const void *b)
{
	const AttributionStep *x = a;
	const AttributionStep *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->to > y->to) - (x->to < y->to);
}

static uint8_t *
put_label(uint8_t *out, const JourneyLabel *label)
{
	out = varint_put(out, label->length);
	memcpy(out, label->text, label->length);
	return out + label->length;
}

static uint8_t *
put_row(uint8_t *out, const JourneyLabel *label, const AttributionRow *row, int models)
{
	out = put_label(out, label);
	for (int m = 0; m < models; m++)
		out = varint_put_wide(out, uint128_load(row->units[m]));
	return out;
}

/* The steps in order, with touchpoints numbered by their rank. */
static void
sort_steps(const AttributionState *s, const uint32_t *rank, AttributionStep *steps)
{
	const AttributionStep *table = attribution_steps(s);
	uint32_t	n = 0;

	for (size_t i = 0; i < 2 * (size_t) s->room.steps; i++)
	{
		AttributionStep step = table[i];

		if (step.count == 0 || n == s->steps)
			continue;
		if (step.from >= FROM_TOUCH)
			step.from = rank[step.from - FROM_TOUCH] + FROM_TOUCH;
		if (step.to >= TO_TOUCH)
			step.to = rank[step.to - TO_TOUCH] + TO_TOUCH;
		steps[n++] = step;
	}
	sort_entries(steps, n, sizeof(AttributionStep), compare_steps);
}

/*
 * Write the packed form and return its bytes; the length word is the caller's.
 * names, rank and steps are room for as many as the state has.
 */
size_t
attribution_pack(const AttributionState *s, AttributionName *names, uint32_t *rank,
				 AttributionStep *steps, void *packed)
{
	AttributionHeader *header = packed;
	uint8_t    *out = (uint8_t *) (header + 1);
	JourneyLabel goal = attribution_goal(s);

	memset(header, 0, sizeof(*header));
	header->version = ATTRIBUTION_VERSION;
	for (uint32_t i = 0; i < s->rows; i++)
	{
		names[i].label = attribution_label(s, i);
		names[i].row = i;
	}
	sort_entries(names, s->rows, sizeof(AttributionName), compare_names);
	for (uint32_t i = 0; i < s->rows; i++)
		rank[names[i].row] = i;
	sort_steps(s, rank, steps);
	out = varint_put(out, (uint64_t) s->half_life);
	out = put_label(out, &goal);
	out = varint_put(out, s->rows);
	out = varint_put(out, s->steps);
	for (uint32_t i = 0; i < s->rows; i++)
		out = put_row(out, &names[i].label, &attribution_rows(s)[names[i].row],
					  attribution_models(s->half_life));
	for (uint32_t i = 0; i < s->steps; i++)
	{
		out = varint_put(out, steps[i].from);
		out = varint_put(out, steps[i].to);
		out = varint_put(out, (uint64_t) steps[i].count);
	}
	return (size_t) (out - (uint8_t *) packed);
}

static bool
get_label(AttributionReader *r, JourneyLabel *label)
{
	uint64_t	length;

	if (!varint_get(&r->at, r->end, &length) || length == 0 || length > JOURNEY_MAX_LABEL ||
		length > (uint64_t) (r->end - r->at))
		return false;
	label->text = (const char *) r->at;
	label->length = (uint32_t) length;
	r->at += length;
	return true;
}

static bool
get_count(AttributionReader *r, uint64_t most, uint64_t *count)
{
	return varint_get(&r->at, r->end, count) && *count <= most;
}

/* Begin to read a packed value: rows follow, then steps.  False if it is damaged. */
bool
attribution_read(const void *packed, size_t bytes, AttributionReader *r)
{
	const AttributionHeader *header = packed;
	uint64_t	half_life;
	uint64_t	rows;
	uint64_t	steps;

	if (bytes < sizeof(*header) || header->version != ATTRIBUTION_VERSION ||
		header->flags != 0 || header->reserved != 0)
		return false;
	r->at = (const uint8_t *) (header + 1);
	r->end = (const uint8_t *) packed + bytes;
	/* a row takes six bytes or more, a step three: no count exceeds its bytes */
	if (!get_count(r, INT64_MAX, &half_life) || !get_label(r, &r->goal) ||
		!get_count(r, ATTRIBUTION_MAX_TOUCHPOINTS, &rows) ||
		!get_count(r, ATTRIBUTION_MAX_STEPS, &steps) ||
		6 * rows + 3 * steps > (uint64_t) (r->end - r->at))
		return false;
	r->half_life = (int64_t) half_life;
	r->rows = (uint32_t) rows;
	r->steps = (uint32_t) steps;
	r->label = (JourneyLabel) {NULL, 0};
	r->from = FROM_START;
	r->next_to = 0;
	return true;
}

/* A touchpoint comes behind the one before, and is not the goal. */
static bool
get_touchpoint(AttributionReader *r, JourneyLabel *label)
{
	if (!get_label(r, label) || journey_same_label(label, &r->goal) ||
		(r->label.length > 0 && journey_label_compare(r->label.text, r->label.length,
													  label->text, label->length) >= 0))
		return false;
	r->label = *label;
	return true;
}

/* Only the units of the row are set. */
bool
attribution_read_row(AttributionReader *r, JourneyLabel *label, AttributionRow *row)
{
	Uint128 units;

	memset(row, 0, sizeof(*row));
	if (!get_touchpoint(r, label))
		return false;
	for (int m = 0; m < attribution_models(r->half_life); m++)
	{
		if (!varint_get_wide(&r->at, r->end, &units))
			return false;
		uint128_store(row->units[m], units);
	}
	return true;
}

bool
attribution_read_step(AttributionReader *r, AttributionStep *step)
{
	uint64_t	from;
	uint64_t	to;
	uint64_t	count;

	if (!get_count(r, (uint64_t) r->rows, &from) || !get_count(r, (uint64_t) r->rows + 1, &to) ||
		!get_count(r, INT64_MAX, &count) || count == 0 || (from == FROM_START && to == TO_NULL))
		return false;
	/* in the order of (from, to); next_to is 0 before the first one of all */
	if (from < r->from || (from == r->from && to < r->next_to))
		return false;
	r->from = (uint32_t) from;
	r->next_to = (uint32_t) to + 1;
	step->from = (uint32_t) from;
	step->to = (uint32_t) to;
	step->count = (int64_t) count;
	return true;
}
