/*
 * cohorts_state.c
 *		Counting customers in place; see cohorts.h.
 *
 * The caller makes room before he adds (cohorts_state_fits), by moving the state to a
 * larger piece of memory.  The table doubles, so each cell moves a constant number of
 * times.
 */
#include <string.h>

#include "base/label_key.h"
#include "base/state_room.h"
#include "cohorts/cohorts.h"

const char *const cohorts_unit_names[COHORTS_UNITS] = {
	"hour", "day", "week", "month", "quarter", "year"
};

static CohortsCell *
table_of(const CohortsState *s)
{
	return (CohortsCell *) (s + 1);
}

/* Slots of a table with room for so many cells. */
static uint32_t
slots_of(const CohortsState *s)
{
	return 2 * s->room;
}

static char *
text_of(const CohortsState *s)
{
	return (char *) (table_of(s) + slots_of(s));
}

static size_t
bytes_of(uint32_t room, uint32_t text)
{
	if (room == 0 || (room & (room - 1)) != 0 || room > COHORTS_MAX_CELLS)
		return 0;
	return sizeof(CohortsState) + 2 * (size_t) room * sizeof(CohortsCell) +
		((text + 7) & ~(size_t) 7);
}

/* Bytes of a state with that room, or 0 if no state can have it. */
size_t
cohorts_state_bytes(const CohortsQuestion *q, uint32_t room)
{
	return bytes_of(room, q->start.length + q->returning.length + q->zone.length);
}

static char *
put_label(char *out, const JourneyLabel *label)
{
	if (label->length > 0)
		memcpy(out, label->text, label->length);
	return out + label->length;
}

/* An empty state; vl_len stays. */
void
cohorts_state_init(CohortsState *s, const CohortsQuestion *q, uint32_t room)
{
	uint32_t	vl_len = s->header.vl_len;
	char	   *text;

	memset(s, 0, cohorts_state_bytes(q, room));
	s->header.vl_len = vl_len;
	s->header.version = COHORTS_VERSION;
	s->header.flags = q->flags | COHORTS_GROWING;
	s->header.unit = q->unit;
	s->periods = q->periods;
	s->open_from = q->open_from;
	s->room = room;
	s->start_length = (uint16_t) q->start.length;
	s->returning_length = (uint16_t) q->returning.length;
	s->zone_length = (uint16_t) q->zone.length;
	text = put_label(text_of(s), &q->start);
	text = put_label(text, &q->returning);
	(void) put_label(text, &q->zone);
}

/* What the state is an answer to; the labels go on pointing into it. */
CohortsQuestion
cohorts_state_question(const CohortsState *s)
{
	const char *text = text_of(s);
	CohortsQuestion q;

	q.flags = s->header.flags & (uint8_t) ~COHORTS_GROWING;
	q.unit = s->header.unit;
	q.periods = s->periods;
	q.open_from = s->open_from;
	q.start = (JourneyLabel) {text, s->start_length};
	q.returning = (JourneyLabel) {text + s->start_length, s->returning_length};
	q.zone = (JourneyLabel) {text + s->start_length + s->returning_length, s->zone_length};
	return q;
}

/* Is a state that comes from elsewhere within its bytes? */
bool
cohorts_state_check(const CohortsState *s, size_t bytes)
{
	return bytes >= sizeof(CohortsState) && s->header.version == COHORTS_VERSION &&
		(s->header.flags & ~(COHORTS_LIFECYCLE | COHORTS_UNTIL)) == COHORTS_GROWING &&
		s->start_length <= JOURNEY_MAX_LABEL && s->returning_length <= JOURNEY_MAX_LABEL &&
		s->zone_length <= JOURNEY_MAX_LABEL && s->cells <= s->room &&
		bytes_of(s->room, (uint32_t) s->start_length + s->returning_length +
				 s->zone_length) == bytes;
}

/* The slot of a cell, or the free one where it belongs. */
static CohortsCell *
slot_of(const CohortsState *s, int64_t key, uint32_t period)
{
	CohortsCell *table = table_of(s);
	uint32_t	mask = slots_of(s) - 1;
	uint64_t	hash = ((uint64_t) key * UINT64_C(0xd6e8feb86659fd93) + period) *
		UINT64_C(0x9e3779b97f4a7c15);
	uint32_t	i = (uint32_t) (hash >> 32) & mask;

	while (table[i].place != 0 && (table[i].key != key || table[i].place != period + 1))
		i = (i + 1) & mask;
	return &table[i];
}

/* Can a state have this cell, where it is looked for?  One that is there twice is not. */
static bool
cell_is_possible(const CohortsState *s, const CohortsQuestion *q, const CohortsCell *cell)
{
	if (cell->place > (uint32_t) s->periods + 1 || !cohorts_key_possible(q, cell->key) ||
		slot_of(s, cell->key, cell->place - 1) != cell)
		return false;
	for (int kind = 0; kind < COHORTS_COUNTS; kind++)
		if (cell->counts[kind] < 0)
			return false;
	return true;
}

/* Are its question and its cells possible? */
bool
cohorts_state_is_whole(const CohortsState *s)
{
	CohortsQuestion q = cohorts_state_question(s);
	const CohortsCell *table = table_of(s);
	uint32_t	used = 0;

	if (cohorts_check_question(&q) != COHORTS_OK)
		return false;
	for (uint32_t i = 0; i < slots_of(s); i++)
	{
		if (table[i].place == 0)
			continue;
		if (!cell_is_possible(s, &q, &table[i]))
			return false;
		used++;
	}
	return used == s->cells;
}

/* Is there room for so many more cells? */
bool
cohorts_state_fits(const CohortsState *s, uint32_t cells)
{
	return s->room - s->cells >= cells;
}

/* The room for so many more; cohorts_state_bytes() tells whether there can be. */
uint32_t
cohorts_state_grown(const CohortsState *s, uint32_t cells)
{
	return state_room_doubled(s->room, (uint64_t) s->cells + cells);
}

/* Move everything to an empty state of the same question with more room. */
void
cohorts_state_move(CohortsState *to, const CohortsState *from)
{
	const CohortsCell *table = table_of(from);

	for (uint32_t i = 0; i < slots_of(from); i++)
		if (table[i].place != 0)
			*slot_of(to, table[i].key, table[i].place - 1) = table[i];
	to->cells = from->cells;
	to->total = from->total;
}

/* Count so many more of a kind; there must be room.  False past 2^63 - 1. */
bool
cohorts_state_add(CohortsState *s, int64_t key, uint32_t period, int kind, int64_t count)
{
	CohortsCell *cell = slot_of(s, key, period);

	if (cell->place == 0)
	{
		cell->key = key;
		cell->place = period + 1;
		s->cells++;
	}
	return !__builtin_add_overflow(cell->counts[kind], count, &cell->counts[kind]);
}

static bool
count_total(CohortsState *s, int64_t count)
{
	return !__builtin_add_overflow(s->total, count, &s->total);
}

/* Count one customer more of a kind in a lifecycle; there must be room.  False past 2^63 - 1. */
bool
cohorts_state_event(CohortsState *s, int64_t key, int kind)
{
	return count_total(s, 1) && cohorts_state_add(s, key, 0, kind, 1);
}

/* Add all of a row; there must be room for as many cells as it has periods. */
bool
cohorts_state_add_row(CohortsState *s, const CohortsRow *row)
{
	CohortsQuestion q = cohorts_state_question(s);

	for (int kind = 0; kind < cohorts_kinds(&q); kind++)
		for (int32_t period = 0; period <= s->periods; period++)
		{
			int64_t		count = row->counts[kind][period];

			if (count == 0)
				continue;
			if (!cohorts_state_add(s, row->key, (uint32_t) period, kind, count) ||
				((cohorts_is_lifecycle(&q) || kind == COHORTS_STREAK) && !count_total(s, count)))
				return false;
		}
	return true;
}

/* How many periods from 1 on a customer was back in without a gap. */
static uint32_t
streak_of(const CohortsCustomer *c)
{
	uint32_t	i = c->n > 0 && c->back[0] == 0 ? 1 : 0;
	uint32_t	streak = 0;

	while (i < c->n && c->back[i] == (int32_t) streak + 1)
	{
		streak++;
		i++;
	}
	return streak;
}

/* Count a customer; there must be room for c->n + 3 cells.  False past 2^63 - 1 customers. */
bool
cohorts_state_customer(CohortsState *s, const CohortsCustomer *c)
{
	bool		until = (s->header.flags & COHORTS_UNTIL) != 0;

	if (!count_total(s, 1))
		return false;
	/* that the customers are not too many makes all counts fit */
	(void) cohorts_state_add(s, c->key, streak_of(c), COHORTS_STREAK, 1);
	for (uint32_t i = 0; i < c->n; i++)
	{
		(void) cohorts_state_add(s, c->key, (uint32_t) c->back[i], COHORTS_RETURNED, 1);
		if (until && c->back[i] < c->ended)
			(void) cohorts_state_add(s, c->key, (uint32_t) c->back[i], COHORTS_ENDED_RETURNED, 1);
	}
	if (c->back_later)
		(void) cohorts_state_add(s, c->key, (uint32_t) s->periods, COHORTS_LAST, 1);
	else if (c->n > 0)
		(void) cohorts_state_add(s, c->key, (uint32_t) c->back[c->n - 1], COHORTS_LAST, 1);
	if (until && c->ended > 0)
		(void) cohorts_state_add(s, c->key, (uint32_t) c->ended - 1, COHORTS_ENDED, 1);
	return true;
}

bool
cohorts_same_question(const CohortsQuestion *a, const CohortsQuestion *b)
{
	return a->flags == b->flags && a->unit == b->unit && a->periods == b->periods &&
		a->open_from == b->open_from && journey_same_label(&a->start, &b->start) &&
		journey_same_label(&a->returning, &b->returning) &&
		journey_same_label(&a->zone, &b->zone);
}
