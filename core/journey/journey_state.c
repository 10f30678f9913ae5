/*
 * journey_state.c
 *		Collecting visits in any order, in place.
 *
 * There may be a million states at once, one for each customer, so a state is
 * small: a log of variable-length integers in the order of arrival, some six
 * bytes a visit.  Sorting waits until the end.
 *
 *		header | log ->      free      <- labels | hash table
 *
 * The log is described in journey_log.h.  Labels are numbered in
 * the order of arrival and kept newest first, each as length and bytes; while
 * they are few they are searched from end to end.  From
 * MANY_LABELS on, a hash table (open addressing) finds them: each slot has the
 * number of a label, plus one, and where it is, in bytes before the table.
 *
 * When there is no room, the caller takes a larger piece of memory and moves the
 * state into it.  Sizes double, so each byte moves a constant number of times.
 */
#include <string.h>

#include "base/label_key.h"
#include "journey/journey_log.h"
#include "journey/journey_state.h"
#include "base/varint.h"

#define MANY_LABELS 16

typedef struct Slot
{
	uint32_t	number;			/* of the label, plus 1; 0: free */
	uint32_t	distance;		/* from the label to the end of the labels */
} Slot;

static size_t
capacity(size_t bytes)
{
	return bytes - offsetof(JourneyState, data);
}

static uint8_t *
labels_end(const JourneyState *s, size_t bytes)
{
	return (uint8_t *) s + bytes - s->slots * sizeof(Slot);
}

/* An empty state in that many bytes; vl_len stays. */
void
journey_state_init(JourneyState *s, size_t bytes)
{
	uint32_t	vl_len = s->header.vl_len;

	memset(s, 0, bytes);
	s->header.vl_len = vl_len;
	s->header.version = JOURNEY_VERSION;
	s->header.flags = JOURNEY_GROWING;
}

/* The label that begins at *at, which moves past it. */
static inline JourneyLabel
label_at(const uint8_t **at, const uint8_t *end)
{
	JourneyLabel label = {NULL, 0};
	uint64_t	length;

	if (varint_get(at, end, &length) && length <= (uint64_t) (end - *at))
	{
		label.text = (const char *) *at;
		label.length = (uint32_t) length;
		*at += length;
	}
	return label;
}

/*
 * Once a row, so the length is read by hand: it has one byte or, from 128 on,
 * two.
 */
static bool
find_in_list(const JourneyState *s, size_t bytes, const JourneyLabel *wanted, uint32_t *number)
{
	const uint8_t *end = labels_end(s, bytes);
	const uint8_t *at = end - s->label_used;

	for (uint32_t i = s->labels; i > 0 && end - at > 1; i--)
	{
		JourneyLabel label;

		label.length = *at++;
		if (label.length >= 0x80)
			label.length = (label.length & 0x7f) | (uint32_t) *at++ << 7;
		if (label.length > (uint32_t) (end - at))
			return false;
		label.text = (const char *) at;
		if (journey_same_label(&label, wanted))
		{
			*number = i - 1;
			return true;
		}
		at += label.length;
	}
	return false;
}

/*
 * The slot where a label is, or where it belongs.  A table that came from
 * elsewhere may be damaged: it is never left, and never searched for ever; NULL
 * when it is full.
 */
static Slot *
find_slot(const JourneyState *s, size_t bytes, const JourneyLabel *wanted)
{
	const uint8_t *end = labels_end(s, bytes);
	Slot	   *table = (Slot *) end;
	uint32_t	i = journey_label_hash(wanted) & (s->slots - 1);

	for (uint32_t probes = 0; probes < s->slots; probes++, i = (i + 1) & (s->slots - 1))
	{
		const uint8_t *at = end - table[i].distance;
		JourneyLabel label;

		if (table[i].number == 0)
			return &table[i];
		if (table[i].distance > s->label_used)
			continue;
		label = label_at(&at, end);
		if (journey_same_label(&label, wanted))
			return &table[i];
	}
	return NULL;
}

static void
fill_slot(JourneyState *s, size_t bytes, const JourneyLabel *label, uint32_t number,
		  uint32_t distance)
{
	Slot	   *slot = find_slot(s, bytes, label);

	if (slot == NULL)
		return;
	slot->number = number;
	slot->distance = distance;
}

static bool
find_label(const JourneyState *s, size_t bytes, const JourneyLabel *wanted, uint32_t *number)
{
	Slot	   *slot;

	if (s->slots == 0)
		return find_in_list(s, bytes, wanted, number);
	slot = find_slot(s, bytes, wanted);
	if (slot == NULL || slot->number == 0)
		return false;
	*number = slot->number - 1;
	return true;
}

/* Does the table, if one is due, have room for one more label? */
static bool
table_is_full(const JourneyState *s)
{
	return s->labels >= MANY_LABELS && s->labels >= s->slots / 2;
}

static void
append_label(JourneyState *s, size_t bytes, const JourneyLabel *label)
{
	uint8_t		length[VARINT_MAX];
	size_t		prefix = (size_t) (varint_put(length, label->length) - length);
	uint8_t    *at = labels_end(s, bytes) - s->label_used - prefix - label->length;

	memcpy(at, length, prefix);
	memcpy(at + prefix, label->text, label->length);
	s->label_used += (uint32_t) (prefix + label->length);
	if (s->slots > 0)
		fill_slot(s, bytes, label, s->labels + 1, s->label_used);
	s->labels++;
}

static void
append_visit(JourneyState *s, uint32_t number, int64_t at, int64_t seq, int64_t value)
{
	uint8_t    *out = s->data + s->log_used;

	if (value == JOURNEY_NO_VALUE)
		out = journey_log_put(out, s->last_at, at, seq, number);
	else
	{
		out = journey_log_put_value(out, s->last_at, at, seq, value, number);
		s->header.flags |= JOURNEY_HAS_VALUES;
	}
	s->log_used = (uint32_t) (out - s->data);
	s->last_at = at;
	s->visits++;
}

static bool
has_room(const JourneyState *s, size_t bytes, size_t wanted)
{
	size_t		used = (size_t) s->log_used + s->label_used + s->slots * sizeof(Slot);

	return capacity(bytes) - used >= wanted;
}

/*
 * Append a visit to a state of that many bytes.  JOURNEY_NO_ROOM, with nothing
 * changed, asks the caller to move it to a larger place and to try again.
 */
JourneyStatus
journey_state_add(JourneyState *s, size_t bytes, const JourneyLabel *label, int64_t at,
				  int64_t seq, int64_t value)
{
	uint32_t	number;
	bool		known = find_label(s, bytes, label, &number);
	size_t		wanted = JOURNEY_LOG_MAX + (known ? 0 : VARINT_MAX + label->length) +
		(value != JOURNEY_NO_VALUE ? JOURNEY_STATE_VALUE : 0);

	if (s->visits >= JOURNEY_MAX_VISITS)
		return JOURNEY_TOO_MANY_VISITS;
	/* a known label was checked when it was new */
	if (!known && journey_label_check(label->text, label->length, false, NULL) != JOURNEY_LABEL_OK)
		return JOURNEY_BAD_LABEL;
	if (!known && s->labels >= JOURNEY_MAX_LABELS)
		return JOURNEY_TOO_MANY_LABELS;
	if (!has_room(s, bytes, wanted) || (!known && table_is_full(s)))
		return JOURNEY_NO_ROOM;
	if (!known)
	{
		number = s->labels;
		append_label(s, bytes, label);
	}
	append_visit(s, number, at, seq, value);
	return JOURNEY_OK;
}

/* Slots for the labels there are and one more, or 0 while they are few. */
static uint32_t
slots_for(uint32_t labels)
{
	uint32_t	slots = 4 * MANY_LABELS;

	if (labels < MANY_LABELS)
		return 0;
	while (slots <= 2 * (labels + 1))
		slots *= 2;
	return slots;
}

/*
 * How many bytes a state should have that must take one more visit, with a label
 * of that length, and JOURNEY_STATE_VALUE more for a value: twice what is in use.  While
 * it is small it is a power of two, because that is what PostgreSQL's allocator would hand
 * out anyway.  0: more than PostgreSQL allows for a value.
 */
size_t
journey_state_grown(const JourneyState *s, uint32_t length)
{
	size_t		needed = (size_t) s->log_used + s->label_used + length + JOURNEY_LOG_MAX +
		VARINT_MAX;
	size_t		table = slots_for(s->labels) * sizeof(Slot);
	size_t		grown = 2 * JOURNEY_STATE_SMALLEST;

	needed += offsetof(JourneyState, data) + table;
	if (needed > JOURNEY_STATE_LARGEST)
		return 0;
	while (grown < needed + needed / 4)
		grown *= 2;
	return grown > JOURNEY_STATE_LARGEST ? JOURNEY_STATE_LARGEST : grown;
}

/*
 * Move a state to a larger place of to_bytes, building the hash table anew.  What is free
 * is 0: anybody may store a state, and it would take along what stood in memory before.
 */
void
journey_state_move(JourneyState *to, size_t to_bytes, const JourneyState *from, size_t from_bytes)
{
	uint32_t	vl_len = to->header.vl_len;
	const uint8_t *old_end = labels_end(from, from_bytes);
	const uint8_t *at;

	memcpy(to, from, offsetof(JourneyState, data) + from->log_used);
	to->header.vl_len = vl_len;
	to->slots = slots_for(from->labels);
	at = labels_end(to, to_bytes) - to->label_used;
	memset(to->data + to->log_used, 0, at - (to->data + to->log_used));
	memcpy((uint8_t *) at, old_end - from->label_used, from->label_used);
	memset(labels_end(to, to_bytes), 0, to->slots * sizeof(Slot));
	for (uint32_t i = to->labels; to->slots > 0 && i > 0; i--)
	{
		uint32_t	distance = (uint32_t) (labels_end(to, to_bytes) - at);
		JourneyLabel label = label_at(&at, labels_end(to, to_bytes));

		fill_slot(to, to_bytes, &label, i, distance);
	}
}

/* Is a state that comes from elsewhere within its bytes? */
JourneyStatus
journey_state_check(const JourneyState *s, size_t bytes)
{
	if (bytes < sizeof(JourneyState) || s->header.version != JOURNEY_VERSION ||
		(s->header.flags & ~JOURNEY_HAS_VALUES) != JOURNEY_GROWING ||
		s->visits > JOURNEY_MAX_VISITS ||
		s->visits > s->log_used ||
		s->labels > JOURNEY_MAX_LABELS || s->slots > 4 * JOURNEY_MAX_LABELS ||
		(s->slots & (s->slots - 1)) != 0 || (s->slots > 0 && s->labels >= s->slots) ||
		(size_t) s->log_used + s->label_used + s->slots * sizeof(Slot) > capacity(bytes))
		return JOURNEY_CORRUPT;
	return JOURNEY_OK;
}

/* The labels by their numbers; state->labels of them, which are all there is in their bytes. */
JourneyStatus
journey_state_labels(const JourneyState *s, size_t bytes, JourneyLabel *labels)
{
	const uint8_t *end = labels_end(s, bytes);
	const uint8_t *at = end - s->label_used;

	for (uint32_t i = s->labels; i > 0; i--)
	{
		labels[i - 1] = label_at(&at, end);
		if (labels[i - 1].length == 0 || labels[i - 1].length > JOURNEY_MAX_LABEL)
			return JOURNEY_CORRUPT;
	}
	return at == end ? JOURNEY_OK : JOURNEY_CORRUPT;
}

/*
 * The visits in the order of arrival; state->visits of them.  Their values go to
 * values, which may be NULL where no visit has one.
 */
JourneyStatus
journey_state_visits(const JourneyState *s, JourneyVisit *visits, int64_t *values)
{
	const uint8_t *at = s->data;
	const uint8_t *end = s->data + s->log_used;
	JourneyVisit visit = {0, 0, 0};
	int64_t		value;

	for (uint32_t i = 0; i < s->visits; i++)
	{
		if (!journey_log_get(&at, end, &visit, &value) || visit.label >= s->labels)
			return JOURNEY_CORRUPT;
		visits[i] = visit;
		if (values != NULL)
			values[i] = value;
		else if (value != JOURNEY_NO_VALUE)
			return JOURNEY_CORRUPT;
	}
	return at == end ? JOURNEY_OK : JOURNEY_CORRUPT;
}
