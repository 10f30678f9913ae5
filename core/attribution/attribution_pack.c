/*
 * attribution_pack.c
 *		Packing what was collected, and reading it; see attribution.h.
 */
#include <string.h>

#include "attribution/attribution_state.h"
#include "base/label_key.h"
#include "base/sort.h"
#include "base/varint.h"

/* A value takes at most this many bytes packed. */
size_t
attribution_pack_bound(const AttributionState *s)
{
	return sizeof(AttributionHeader) + 9 * VARINT_MAX + 2 * VARINT_MAX_WIDE + s->text +
		(size_t) s->rows * (3 * VARINT_MAX + (2 * SHARED_MODELS + WORTHS) * VARINT_MAX_WIDE) +
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

/* What stands before the touchpoints tells the form they have. */
static AttributionReader
form_of(const AttributionState *s)
{
	AttributionReader form = {.rules = attribution_rules(s),.money = s->money,.rows = s->rows,
	.steps = s->steps};

	if (s->rows > 0 && (s->header.flags & ATTRIBUTION_BASIC) == 0)
		form.flags |= ATTRIBUTION_FURTHER;
	if (attribution_has_money(s))
		form.flags |= ATTRIBUTION_MONEY;
	if (s->lookback > 0)
		form.flags |= ATTRIBUTION_LOOKBACK;
	if (s->direct_length > 0)
		form.flags |= ATTRIBUTION_DIRECT;
	return form;
}

static uint8_t *
put_form(uint8_t *out, const AttributionReader *form)
{
	out = varint_put(out, (uint64_t) form->rules.half_life);
	if ((form->flags & ATTRIBUTION_LOOKBACK) != 0)
		out = varint_put(out, (uint64_t) form->rules.lookback);
	out = put_label(out, &form->rules.goal);
	if ((form->flags & ATTRIBUTION_DIRECT) != 0)
		out = put_label(out, &form->rules.direct);
	out = varint_put(varint_put(out, form->rows), form->steps);
	if ((form->flags & ATTRIBUTION_MONEY) == 0)
		return out;
	out = varint_put(out, (uint64_t) form->money.with_value);
	return attribution_put_sum(attribution_put_sum(out, form->money.earned), form->money.refunded);
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

/* A step behind the one before, in the form of the value; returns where it ends. */
static uint8_t *
put_step(uint8_t *out, const AttributionStep *step, uint32_t from_before,
		 const AttributionReader *form)
{
	if ((form->flags & ATTRIBUTION_FURTHER) == 0)
		out = varint_put(varint_put(out, step->from), step->to);
	else
		out = varint_put(out, (uint64_t) (step->from - from_before) *
						 (form->rows + TO_TOUCH) + step->to);
	return varint_put(out, (uint64_t) step->count);
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
	AttributionReader form = form_of(s);

	memset(header, 0, sizeof(*header));
	header->version = ATTRIBUTION_VERSION;
	header->flags = form.flags;
	for (uint32_t i = 0; i < s->rows; i++)
	{
		names[i].label = attribution_label(s, i);
		names[i].row = i;
	}
	sort_entries(names, s->rows, sizeof(AttributionName), compare_names);
	for (uint32_t i = 0; i < s->rows; i++)
		rank[names[i].row] = i;
	sort_steps(s, rank, steps);
	out = put_form(out, &form);
	for (uint32_t i = 0; i < s->rows; i++)
	{
		AttributionRow row = attribution_state_sums(s, names[i].row);

		out = attribution_put_row(put_label(out, &names[i].label), &row, &form);
	}
	for (uint32_t i = 0; i < s->steps; i++)
		out = put_step(out, &steps[i], i > 0 ? steps[i - 1].from : FROM_START, &form);
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

static bool
get_time(AttributionReader *r, int64_t *time)
{
	uint64_t	microseconds;

	if (!get_count(r, INT64_MAX, &microseconds))
		return false;
	*time = (int64_t) microseconds;
	return true;
}

/* Goal, direct and times; what the flags say is there is not 0. */
static bool
get_rules(AttributionReader *r)
{
	bool		looks_back = (r->flags & ATTRIBUTION_LOOKBACK) != 0;

	return get_time(r, &r->rules.half_life) &&
		(!looks_back || (get_time(r, &r->rules.lookback) && r->rules.lookback > 0)) &&
		get_label(r, &r->rules.goal) &&
		((r->flags & ATTRIBUTION_DIRECT) == 0 || get_label(r, &r->rules.direct));
}

static bool
get_money(AttributionReader *r)
{
	uint64_t	with_value;

	if (!get_count(r, INT64_MAX, &with_value) || with_value == 0 ||
		!attribution_get_sum(r, &r->money.earned) || !attribution_get_sum(r, &r->money.refunded))
		return false;
	r->money.with_value = (int64_t) with_value;
	return r->money.earned <= ATTRIBUTION_MAX_GROSS && r->money.refunded <= ATTRIBUTION_MAX_GROSS;
}

/* Begin to read a packed value: rows follow, then steps.  False if it is damaged. */
bool
attribution_read(const void *packed, size_t bytes, AttributionReader *r)
{
	const AttributionHeader *header = packed;
	uint64_t	rows;
	uint64_t	steps;

	if (bytes < sizeof(*header) || header->version != ATTRIBUTION_VERSION ||
		(header->flags & ~(ATTRIBUTION_FURTHER | ATTRIBUTION_MONEY | ATTRIBUTION_LOOKBACK |
						   ATTRIBUTION_DIRECT)) != 0 || header->reserved != 0)
		return false;
	memset(r, 0, sizeof(*r));
	r->flags = header->flags;
	r->at = (const uint8_t *) (header + 1);
	r->end = (const uint8_t *) packed + bytes;
	/* a row takes six bytes or more, a step two: no count exceeds its bytes */
	if (!get_rules(r) ||
		!get_count(r, ATTRIBUTION_MAX_TOUCHPOINTS, &rows) ||
		!get_count(r, ATTRIBUTION_MAX_STEPS, &steps) ||
		((r->flags & ATTRIBUTION_MONEY) != 0 && !get_money(r)) ||
		6 * rows + 2 * steps > (uint64_t) (r->end - r->at))
		return false;
	r->rows = (uint32_t) rows;
	r->steps = (uint32_t) steps;
	return attribution_form_fits(r);
}

/* A touchpoint comes behind the one before, and is not the goal. */
static bool
get_touchpoint(AttributionReader *r, JourneyLabel *label)
{
	if (!get_label(r, label) || journey_same_label(label, &r->rules.goal) ||
		(r->label.length > 0 && journey_label_compare(r->label.text, r->label.length,
													  label->text, label->length) >= 0))
		return false;
	r->label = *label;
	return true;
}

/* The next touchpoint, with its sums. */
bool
attribution_read_row(AttributionReader *r, JourneyLabel *label, AttributionRow *row)
{
	memset(row, 0, sizeof(*row));
	return get_touchpoint(r, label) && attribution_get_row(r, row);
}

/* From where to where a step leads; see put_step. */
static bool
get_ends(AttributionReader *r, uint64_t *from, uint64_t *to)
{
	uint64_t	both;

	if ((r->flags & ATTRIBUTION_FURTHER) == 0)
		return get_count(r, (uint64_t) r->rows, from) && get_count(r, (uint64_t) r->rows + 1, to);
	if (!varint_get(&r->at, r->end, &both))
		return false;
	*from = r->from + both / (r->rows + TO_TOUCH);
	*to = both % (r->rows + TO_TOUCH);
	return *from <= (uint64_t) r->rows;
}

bool
attribution_read_step(AttributionReader *r, AttributionStep *step)
{
	uint64_t	from;
	uint64_t	to;
	uint64_t	count;

	if (!get_ends(r, &from, &to) || !get_count(r, INT64_MAX, &count) || count == 0 ||
		(from == FROM_START && to == TO_NULL))
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
