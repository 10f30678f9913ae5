/*
 * attribution_state.c
 *		Collecting paths, in place; see attribution.h.
 *
 * The caller makes room before he adds (attribution_state_fits), by moving the
 * state to a larger piece of memory.  Sizes double, so each byte moves a constant
 * number of times.
 */
#include <string.h>

#include "attribution/attribution_state.h"
#include "base/label_key.h"
#include "base/state_room.h"

static size_t
aligned(size_t bytes)
{
	return (bytes + 7) & ~(size_t) 7;
}

/* Bytes of a state with that room, or 0 if no state can have it. */
size_t
attribution_state_bytes(const AttributionRoom *room, const AttributionRules *rules, bool money)
{
	size_t		sums = attribution_state_width(rules->half_life, rules->direct.length, money) *
		sizeof(Int128);

	if (room->rows == 0 || (room->rows & (room->rows - 1)) != 0 ||
		room->rows > 2 * ATTRIBUTION_MAX_TOUCHPOINTS ||
		room->steps == 0 || (room->steps & (room->steps - 1)) != 0 ||
		room->steps > 2 * ATTRIBUTION_MAX_STEPS)
		return 0;
	return sizeof(AttributionState) +
		room->rows * (sizeof(AttributionTouchpoint) + sums + 2 * sizeof(uint32_t)) +
		room->steps * 2 * sizeof(AttributionStep) + aligned(room->text);
}

/* An empty state; vl_len stays.  The room has at least that for the goal and for direct. */
void
attribution_state_init(AttributionState *s, const AttributionRoom *room,
					   const AttributionRules *rules, bool money)
{
	uint32_t	vl_len = s->header.vl_len;

	memset(s, 0, attribution_state_bytes(room, rules, money));
	s->header.vl_len = vl_len;
	s->header.version = ATTRIBUTION_VERSION;
	s->header.flags = ATTRIBUTION_GROWING | (money ? ATTRIBUTION_MONEY : 0);
	s->half_life = rules->half_life;
	s->lookback = rules->lookback;
	s->goal_length = (uint16_t) rules->goal.length;
	s->direct_length = (uint16_t) rules->direct.length;
	s->room = *room;
	s->width = attribution_state_width(rules->half_life, rules->direct.length, money);
	memcpy(attribution_text(s), rules->goal.text, rules->goal.length);
	if (rules->direct.length > 0)
		memcpy(attribution_text(s) + rules->goal.length, rules->direct.text, rules->direct.length);
	s->text = rules->goal.length + rules->direct.length;
}

/* Is there room for so many more? */
bool
attribution_state_fits(const AttributionState *s, uint32_t rows, uint32_t steps, uint32_t text)
{
	return s->room.rows - s->rows >= rows && s->room.steps - s->steps >= steps &&
		s->room.text - s->text >= text;
}

/* The room for so many more; attribution_state_bytes() tells whether there can be. */
AttributionRoom
attribution_state_grown(const AttributionState *s, uint32_t rows, uint32_t steps, uint32_t text)
{
	AttributionRoom room;

	room.rows = state_room_doubled(s->room.rows, (uint64_t) s->rows + rows);
	room.steps = state_room_doubled(s->room.steps, (uint64_t) s->steps + steps);
	room.text = state_room_doubled(s->room.text, (uint64_t) s->text + text);
	return room;
}

static inline JourneyLabel
label_of(const void *state, uint32_t row)
{
	return attribution_label(state, row);
}

/* The slot of a touchpoint: its own, or the free one where it belongs. */
static uint32_t *
row_slot(const AttributionState *s, const JourneyLabel *label)
{
	return journey_label_slot(attribution_table(s), 2 * s->room.rows, label, label_of, s);
}

/* Likewise of a step; the multiplier is 2^64 over the golden ratio. */
static AttributionStep *
step_slot(const AttributionState *s, uint32_t from, uint32_t to)
{
	AttributionStep *table = attribution_steps(s);
	uint32_t	mask = 2 * s->room.steps - 1;
	uint64_t	key = (uint64_t) from << 32 | to;
	uint32_t	i = (uint32_t) (key * UINT64_C(0x9E3779B97F4A7C15) >> 32) & mask;

	while (table[i].count != 0 && (table[i].from != from || table[i].to != to))
		i = (i + 1) & mask;
	return &table[i];
}

/* Move everything to an empty state of the same rules with more room, or with money. */
void
attribution_state_move(AttributionState *to, const AttributionState *from)
{
	const AttributionStep *steps = attribution_steps(from);

	memcpy(attribution_touchpoints(to), attribution_touchpoints(from),
		   from->rows * sizeof(AttributionTouchpoint));
	for (uint32_t i = 0; i < from->rows; i++)
		memcpy(attribution_sums(to, i), attribution_sums(from, i),
			   from->width * sizeof(Int128));
	memcpy(attribution_text(to), attribution_text(from), from->text);
	to->header.flags |= from->header.flags;
	to->total = from->total;
	to->money = from->money;
	to->gross = from->gross;
	to->rows = from->rows;
	to->steps = from->steps;
	to->text = from->text;
	for (uint32_t i = 0; i < from->rows; i++)
	{
		JourneyLabel label = attribution_label(to, i);

		*row_slot(to, &label) = i + 1;
	}
	for (size_t i = 0; i < 2 * (size_t) from->room.steps; i++)
		if (steps[i].count != 0)
			*step_slot(to, steps[i].from, steps[i].to) = steps[i];
}

/* Is a state that comes from elsewhere within its bytes? */
bool
attribution_state_check(const AttributionState *s, size_t bytes)
{
	AttributionRules rules;
	bool		money;

	if (bytes < sizeof(AttributionState) || s->header.version != ATTRIBUTION_VERSION ||
		(s->header.flags & ~(ATTRIBUTION_MONEY | ATTRIBUTION_BASIC)) != ATTRIBUTION_GROWING)
		return false;
	money = attribution_has_money(s);
	rules = (AttributionRules) {
		.half_life = s->half_life,.direct.length = s->direct_length
	};
	return attribution_state_bytes(&s->room, &rules, money) == bytes &&
		s->width == attribution_state_width(s->half_life, s->direct_length, money) &&
		s->rows <= s->room.rows && s->steps <= s->room.steps && s->text <= s->room.text &&
		(uint32_t) s->goal_length + s->direct_length <= s->text &&
		s->half_life >= 0 && s->lookback >= 0;
}

/* Is the text goal, direct and then label after label, so that none overlaps another one? */
static bool
labels_fill_text(const AttributionState *s)
{
	const AttributionTouchpoint *rows = attribution_touchpoints(s);
	uint32_t	used = (uint32_t) s->goal_length + s->direct_length;

	if (s->goal_length == 0 || s->goal_length > JOURNEY_MAX_LABEL ||
		s->direct_length > JOURNEY_MAX_LABEL)
		return false;
	for (uint32_t i = 0; i < s->rows; i++)
	{
		if (rows[i].length == 0 || rows[i].length > JOURNEY_MAX_LABEL || rows[i].text != used ||
			rows[i].length > s->text - used)
			return false;
		used += rows[i].length;
	}
	return used == s->text;
}

/*
 * Do the labels fill the text, and all steps lead between touchpoints that are there?  That
 * no label or step is there twice is seen when what it is packed to is read.
 */
bool
attribution_state_is_whole(const AttributionState *s)
{
	const AttributionStep *steps = attribution_steps(s);
	uint32_t	used = 0;

	if (!labels_fill_text(s))
		return false;
	for (size_t i = 0; i < 2 * (size_t) s->room.steps; i++)
	{
		if (steps[i].count == 0)
			continue;
		if (steps[i].from >= s->rows + FROM_TOUCH || steps[i].to >= s->rows + TO_TOUCH)
			return false;
		used++;
	}
	return used == s->steps;
}

/*
 * Before touchpoints are added: do they have the same sums of credits as those that are
 * there?  The first ones decide.
 */
bool
attribution_state_take_form(AttributionState *s, bool basic)
{
	if (s->rows > 0)
		return ((s->header.flags & ATTRIBUTION_BASIC) != 0) == basic;
	s->header.flags = (uint8_t) ((s->header.flags & ~ATTRIBUTION_BASIC) |
								 (basic ? ATTRIBUTION_BASIC : 0));
	return true;
}

/* The number of a touchpoint that may be there. */
bool
attribution_state_find(const AttributionState *s, const JourneyLabel *label, uint32_t *row)
{
	uint32_t	number = *row_slot(s, label);

	*row = number - 1;
	return number != 0;
}

/* The number of a touchpoint, which is added if it is new.  There must be room. */
uint32_t
attribution_state_row(AttributionState *s, const JourneyLabel *label)
{
	uint32_t   *slot = row_slot(s, label);
	AttributionTouchpoint *row;

	if (*slot != 0)
		return *slot - 1;
	row = &attribution_touchpoints(s)[s->rows];
	memset(row, 0, sizeof(*row));
	row->text = s->text;
	row->length = label->length;
	memcpy(attribution_text(s) + s->text, label->text, label->length);
	s->text += label->length;
	*slot = ++s->rows;
	return s->rows - 1;
}

/* Count a step so many more times.  There must be room. */
AttributionStatus
attribution_state_step(AttributionState *s, uint32_t from, uint32_t to, int64_t count)
{
	AttributionStep *step;

	if (__builtin_add_overflow(s->total, count, &s->total))
		return ATTRIBUTION_OVERFLOW;
	step = step_slot(s, from, to);
	if (step->count == 0)
	{
		step->from = from;
		step->to = to;
		s->steps++;
	}
	step->count += count;
	return ATTRIBUTION_OK;
}
