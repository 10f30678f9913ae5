/*
 * attribution_state.c
 *		Collecting paths, in place; see attribution.h.
 *
 * The caller makes room before he adds (attribution_state_fits), by moving the
 * state to a larger piece of memory.  Sizes double, so each byte moves a constant
 * number of times.
 */
#include <string.h>

#include "attribution/attribution.h"
#include "base/label_key.h"
#include "base/state_room.h"

static size_t
aligned(size_t bytes)
{
	return (bytes + 7) & ~(size_t) 7;
}

/* Bytes of a state with that room, or 0 if no state can have it. */
size_t
attribution_state_bytes(const AttributionRoom *room)
{
	if (room->rows == 0 || (room->rows & (room->rows - 1)) != 0 ||
		room->rows > 2 * ATTRIBUTION_MAX_TOUCHPOINTS ||
		room->steps == 0 || (room->steps & (room->steps - 1)) != 0 ||
		room->steps > 2 * ATTRIBUTION_MAX_STEPS)
		return 0;
	return sizeof(AttributionState) +
		room->rows * (sizeof(AttributionRow) + 2 * sizeof(uint32_t)) +
		room->steps * 2 * sizeof(AttributionStep) + aligned(room->text);
}

/* An empty state; vl_len stays.  The room has at least that for the goal. */
void
attribution_state_init(AttributionState *s, const AttributionRoom *room, const JourneyLabel *goal,
					   int64_t half_life)
{
	uint32_t	vl_len = s->header.vl_len;

	memset(s, 0, attribution_state_bytes(room));
	s->header.vl_len = vl_len;
	s->header.version = ATTRIBUTION_VERSION;
	s->header.flags = ATTRIBUTION_GROWING;
	s->half_life = half_life;
	s->room = *room;
	memcpy(attribution_text(s), goal->text, goal->length);
	s->goal_length = goal->length;
	s->text = goal->length;
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

/* Move everything to an empty state with more room. */
void
attribution_state_move(AttributionState *to, const AttributionState *from)
{
	const AttributionStep *steps = attribution_steps(from);

	memcpy(attribution_rows(to), attribution_rows(from), from->rows * sizeof(AttributionRow));
	memcpy(attribution_text(to), attribution_text(from), from->text);
	to->total = from->total;
	to->direct = from->direct;
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
	return bytes >= sizeof(AttributionState) && s->header.version == ATTRIBUTION_VERSION &&
		s->header.flags == ATTRIBUTION_GROWING &&
		attribution_state_bytes(&s->room) == bytes &&
		s->rows <= s->room.rows && s->steps <= s->room.steps && s->text <= s->room.text &&
		s->goal_length <= s->text;
}

/* Is the text the goal and then label after label, so that none overlaps another one? */
static bool
labels_fill_text(const AttributionState *s)
{
	const AttributionRow *rows = attribution_rows(s);
	uint32_t	used = s->goal_length;

	if (used == 0 || used > JOURNEY_MAX_LABEL)
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
	AttributionRow *row;

	if (*slot != 0)
		return *slot - 1;
	row = &attribution_rows(s)[s->rows];
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
	AttributionRow *rows = attribution_rows(s);
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
	if (to >= TO_TOUCH)
		rows[to - TO_TOUCH].in += count;
	if (from >= FROM_TOUCH)
		rows[from - FROM_TOUCH].out += count;
	if (to == TO_CONVERSION && from == FROM_START)
		s->direct += count;
	else if (to == TO_CONVERSION)
		rows[from - FROM_TOUCH].last += count;
	return ATTRIBUTION_OK;
}

static void
add_units(AttributionRow *row, AttributionShared model, uint64_t units)
{
	uint128_store(row->units[model], uint128_load(row->units[model]) + units);
}

/*
 * Share one conversion by time: a touch weighs 2^(-age / half-life).  Only the
 * ratios matter, so ages count from the last touch, which never underflows.
 */
static void
share_by_time(AttributionState *s, const JourneyVisit *visits, uint32_t n, const uint32_t *rows)
{
	uint64_t	last = (uint64_t) visits[n - 1].at;
	uint64_t	left = ATTRIBUTION_UNITS;
	Uint128 whole = 0;

	for (uint32_t i = 0; i < n; i++)
		whole += attribution_weight(last - (uint64_t) visits[i].at, s->half_life);
	for (uint32_t i = 0; i < n; i++)
	{
		Uint128 weight = attribution_weight(last - (uint64_t) visits[i].at, s->half_life);
		uint64_t	units = (uint64_t) (weight * ATTRIBUTION_UNITS / whole);

		if (i == n - 1)
			units = left;
		left -= units;
		add_units(&attribution_rows(s)[rows[visits[i].label]], SHARED_TIME_DECAY, units);
	}
}

/* Where the visits simultaneous with the first one end. */
static uint32_t
simultaneous_until(const JourneyVisit *visits, uint32_t n)
{
	uint32_t	end = 1;

	while (end < n && journey_simultaneous(&visits[0], &visits[end]))
		end++;
	return end;
}

static AttributionTouches
touches_of(const JourneyVisit *visits, uint32_t n)
{
	AttributionTouches t = {n, simultaneous_until(visits, n), 1};

	while (t.last < n && journey_simultaneous(&visits[n - 1 - t.last], &visits[n - 1]))
		t.last++;
	return t;
}

static void
share(AttributionState *s, const JourneyVisit *visits, uint32_t n, const uint32_t *rows)
{
	AttributionTouches t = touches_of(visits, n);

	for (uint32_t i = 0; i < n; i++)
	{
		AttributionRow *row = &attribution_rows(s)[rows[visits[i].label]];

		add_units(row, SHARED_FIRST, attribution_first(i, &t));
		add_units(row, SHARED_LAST, attribution_last(i, &t));
		add_units(row, SHARED_LINEAR, attribution_linear(i, &t));
		add_units(row, SHARED_POSITION, attribution_position(i, &t));
	}
	if (s->half_life > 0)
		share_by_time(s, visits, n, rows);
}

/*
 * Put the visits to the goal behind those simultaneous with them: nothing tells
 * which came first, and a touch on the day of the order is taken to have led to it.
 * The order of the journey would let the alphabet decide.
 */
void
attribution_goals_last(JourneyVisit *visits, uint32_t n, uint32_t goal)
{
	for (uint32_t begin = 0; begin < n;)
	{
		uint32_t	end = begin + simultaneous_until(visits + begin, n - begin);
		uint32_t	touches = begin;
		JourneyVisit last = visits[begin];

		for (uint32_t i = begin; i < end; i++)
		{
			if (visits[i].label == goal)
				last = visits[i];
			else
				visits[touches++] = visits[i];
		}
		/* visits to one stage at one time are all alike */
		while (touches < end)
			visits[touches++] = last;
		begin = end;
	}
}

/*
 * Add one path of n touches, ended by a visit to the goal or, with NULL, by
 * nothing.  rows[] has the row of each label of the journey.  There must be room.
 */
AttributionStatus
attribution_state_path(AttributionState *s, const JourneyVisit *visits, uint32_t n,
					   const uint32_t *rows, const JourneyVisit *goal)
{
	uint32_t	from = FROM_START;

	if (n == 0 && goal == NULL)
		return ATTRIBUTION_OK;
	for (uint32_t i = 0; i < n; i++)
	{
		uint32_t	row = rows[visits[i].label];

		if (attribution_state_step(s, from, row + TO_TOUCH, 1) != ATTRIBUTION_OK)
			return ATTRIBUTION_OVERFLOW;
		from = row + FROM_TOUCH;
	}
	if (goal != NULL && n > 0)
		share(s, visits, n, rows);
	return attribution_state_step(s, from, goal != NULL ? TO_CONVERSION : TO_NULL, 1);
}

/* Do the units of a model sum to the conversions that have a touch? */
static bool
units_match(const AttributionState *s, int model, Uint128 wanted)
{
	const AttributionRow *rows = attribution_rows(s);
	Uint128 sum = 0;

	for (uint32_t i = 0; i < s->rows; i++)
		if (__builtin_add_overflow(sum, uint128_load(rows[i].units[model]), &sum))
			return false;
	return sum == wanted;
}

/*
 * Is the content what paths can leave behind?  As many steps lead to a touchpoint
 * as from it, and at least one; units sum to the conversions that have a touch.
 * A ring of touchpoints that no path enters passes: it earns nothing.
 */
AttributionStatus
attribution_state_validate(const AttributionState *s)
{
	const AttributionRow *rows = attribution_rows(s);
	JourneyLabel goal = attribution_goal(s);
	Uint128 last = 0;

	for (uint32_t i = 0; i < s->rows; i++)
	{
		JourneyLabel label = attribution_label(s, i);

		if (journey_same_label(&label, &goal))
			return ATTRIBUTION_GOAL_TOUCHED;
		if (rows[i].in != rows[i].out || rows[i].in <= 0)
			return ATTRIBUTION_UNBALANCED;
		last += (uint64_t) rows[i].last;
	}
	for (int m = 0; m < attribution_models(s->half_life); m++)
		if (!units_match(s, m, last * ATTRIBUTION_UNITS))
			return ATTRIBUTION_BAD_UNITS;
	return ATTRIBUTION_OK;
}
