/*
 * breakdown_state.c
 *		Counting answers by label in place.
 *
 * The state is one block without pointers, so that PostgreSQL can copy it:
 *
 *		header | summaries | entries | table | text of the labels
 *
 * A summary has a fixed size, so adding one is adding counts; a hash table with open
 * addressing finds it by its label.  When there is no room, the caller takes a larger
 * piece of memory and moves the state into it.  Labels that have no answers any more,
 * because a moving frame has left them, are not moved along, so a state is never much
 * larger than what was in it at once.
 *
 * A state without answers may have no scale yet (points 0); it has room for nothing.
 */
#include <string.h>

#include "base/interrupt.h"
#include "base/label.h"
#include "base/label_key.h"
#include "base/sort.h"
#include "base/state_room.h"
#include "breakdown/breakdown.h"

#define SMALLEST_SLOTS	16
#define SMALLEST_TEXT	128

typedef struct Entry
{
	uint32_t	offset;			/* of its label, in the text */
	uint32_t	length;
	int64_t		responses;
} Entry;

static size_t
stride_of(const BreakdownState *s)
{
	return s->header.points == 0 ? 0 : rating_size(s->header.points, breakdown_is_weighted(s));
}

static RatingSummary *
summary_of(const BreakdownState *s, uint32_t number)
{
	return (RatingSummary *) ((char *) s->data + number * stride_of(s));
}

static Entry *
entries_of(const BreakdownState *s)
{
	return (Entry *) summary_of(s, s->slots / 2);
}

/* It holds the number of an entry, plus 1; 0: free. */
static uint32_t *
table_of(const BreakdownState *s)
{
	return (uint32_t *) (entries_of(s) + s->slots / 2);
}

static char *
text_of(const BreakdownState *s)
{
	return (char *) (table_of(s) + s->slots);
}

static size_t
size_of(const BreakdownState *s)
{
	return offsetof(BreakdownState, data) + s->slots / 2 * (stride_of(s) + sizeof(Entry)) +
		s->slots * sizeof(uint32_t) + s->text_room;
}

static void
set_smallest(BreakdownState *s, int points, bool weighted)
{
	s->header.flags = BREAKDOWN_GROWING | (weighted ? BREAKDOWN_WEIGHTED : 0);
	s->header.points = (uint16_t) points;
	s->slots = points == 0 ? 0 : SMALLEST_SLOTS;
	s->text_room = points == 0 ? 0 : SMALLEST_TEXT;
}

/* Bytes of a new state; points 0: without a scale. */
size_t
breakdown_state_smallest(int points, bool weighted)
{
	BreakdownState s;

	set_smallest(&s, points, weighted);
	return size_of(&s);
}

/* An empty state in that many bytes; vl_len stays. */
void
breakdown_state_init(BreakdownState *s, int32_t low, int points, bool weighted)
{
	uint32_t	vl_len = s->header.vl_len;

	memset(s, 0, breakdown_state_smallest(points, weighted));
	s->header.vl_len = vl_len;
	s->header.version = BREAKDOWN_VERSION;
	s->header.low = low;
	set_smallest(s, points, weighted);
}

/* Is a state that comes from elsewhere within its bytes? */
bool
breakdown_state_check(const BreakdownState *s, size_t bytes)
{
	if (bytes < sizeof(BreakdownState) || s->header.version != BREAKDOWN_VERSION ||
		(s->header.flags & ~BREAKDOWN_WEIGHTED) != BREAKDOWN_GROWING ||
		s->slots > LARGEST_STATE / sizeof(uint32_t) || (s->slots & (s->slots - 1)) != 0 ||
		s->header.labels > s->slots / 2 || s->text_used > s->text_room)
		return false;
	if (s->header.points == 0)
		return s->slots == 0 && s->text_room == 0 && bytes == sizeof(BreakdownState);
	return s->slots >= SMALLEST_SLOTS && s->header.points <= RATING_MAX_POINTS &&
		size_of(s) == bytes;
}

/* Is there room for one more label of so many bytes? */
bool
breakdown_state_has_room(const BreakdownState *s, uint32_t text)
{
	return s->header.labels < s->slots / 2 && s->text_room - s->text_used >= text;
}

/* A quarter more than what has answers and one more label of so many bytes, or up to twice that. */
static bool
set_room(BreakdownState *larger, const BreakdownState *s, uint32_t text)
{
	uint64_t	labels = 1;
	uint64_t	bytes = text;

	for (uint32_t i = 0; i < s->header.labels; i++)
		if (entries_of(s)[i].responses > 0)
		{
			labels++;
			bytes += entries_of(s)[i].length;
		}
	larger->slots = state_room_doubled(SMALLEST_SLOTS, 2 * labels + labels / 2);
	larger->text_room = state_room_doubled(SMALLEST_TEXT, bytes + bytes / 4);
	return larger->slots != 0 && larger->text_room != 0;
}

/* Bytes of a state with room for that, or 0: more than PostgreSQL allows for a value. */
size_t
breakdown_state_grown(const BreakdownState *s, uint32_t text)
{
	BreakdownState larger = *s;

	if (!set_room(&larger, s, text) || size_of(&larger) > LARGEST_STATE)
		return 0;
	return size_of(&larger);
}

static JourneyLabel
label_of(const void *state, uint32_t number)
{
	const Entry *entry = &entries_of(state)[number];

	return (JourneyLabel) {text_of(state) + entry->offset, entry->length};
}

/* The place of a label in the table: its number, plus 1, or 0. */
static uint32_t *
slot_of(const BreakdownState *s, JourneyLabel wanted)
{
	return journey_label_slot(table_of(s), s->slots, &wanted, label_of, s);
}

/* The number of a label, or BREAKDOWN_NO_LABEL. */
uint32_t
breakdown_state_find(const BreakdownState *s, JourneyLabel label)
{
	uint32_t	found = s->slots == 0 ? 0 : *slot_of(s, label);

	return found == 0 ? BREAKDOWN_NO_LABEL : found - 1;
}

/* The number of a label that is new, without answers; there must be room. */
uint32_t
breakdown_state_add_label(BreakdownState *s, JourneyLabel label)
{
	uint32_t	number = s->header.labels;
	Entry	   *entry = &entries_of(s)[number];
	uint32_t   *slot = slot_of(s, label);

	rating_init(summary_of(s, number), s->header.low, s->header.points,
				breakdown_is_weighted(s));
	entry->offset = s->text_used;
	entry->length = label.length;
	entry->responses = 0;
	if (label.length > 0)
		memcpy(text_of(s) + s->text_used, label.text, label.length);
	s->text_used += label.length;
	s->header.labels++;
	*slot = number + 1;
	return number;
}

/* Move a state to breakdown_state_grown() bytes, without labels that have no answers. */
void
breakdown_state_move(BreakdownState *to, const BreakdownState *from, uint32_t text)
{
	uint32_t	vl_len = to->header.vl_len;

	memcpy(to, from, offsetof(BreakdownState, data));
	(void) set_room(to, from, text);
	to->header.vl_len = vl_len;
	to->header.labels = 0;
	to->text_used = 0;
	memset(to->data, 0, size_of(to) - offsetof(BreakdownState, data));
	for (uint32_t i = 0; i < from->header.labels; i++)
	{
		const Entry *entry = &entries_of(from)[i];
		uint32_t	number;

		if (entry->responses == 0)
			continue;
		number = breakdown_state_add_label(to, label_of(from, i));
		memcpy(summary_of(to, number), summary_of(from, i), stride_of(from));
		entries_of(to)[number].responses = entry->responses;
	}
}

/*
 * Add the answers of a summary to those of a label.  Anything but RATING_OK may leave
 * the state half changed: the caller raises an error and throws it away.
 */
RatingStatus
breakdown_state_merge(BreakdownState *s, uint32_t number, const RatingSummary *summary)
{
	Entry	   *entry = &entries_of(s)[number];
	RatingStatus status = rating_merge(summary_of(s, number), summary);
	int64_t		responses = 0;

	if (status != RATING_OK)
		return status;
	(void) rating_responses(summary, &responses);
	if (__builtin_add_overflow(s->responses, responses, &s->responses))
		return RATING_OVERFLOW;
	entry->responses += responses;
	return RATING_OK;
}

/* Take answers of a label away, which must have been among them. */
RatingStatus
breakdown_state_subtract(BreakdownState *s, uint32_t number, const RatingSummary *summary)
{
	Entry	   *entry = &entries_of(s)[number];
	RatingStatus status = rating_subtract(summary_of(s, number), summary);
	int64_t		responses = 0;

	if (status != RATING_OK)
		return status;
	(void) rating_responses(summary, &responses);
	entry->responses -= responses;
	s->responses -= responses;
	return RATING_OK;
}

/*
 * One entry, if it is what this file makes; a state of another process may be damaged.
 * Its label begins where the one before ends.
 */
static bool
read_entry(const BreakdownState *s, uint32_t number, uint32_t *text, BreakdownPart *part)
{
	const Entry *entry = &entries_of(s)[number];
	size_t		bytes = stride_of(s);

	part->label = label_of(s, number);
	part->summary = summary_of(s, number);
	part->responses = entry->responses;
	if (entry->length > JOURNEY_MAX_LABEL || entry->offset != *text ||
		entry->length > s->text_used - *text)
		return false;
	*text += entry->length;
	return part->summary->low == s->header.low && part->summary->points == s->header.points &&
		rating_is_weighted(part->summary) == breakdown_is_weighted(s) &&
		rating_validate(part->summary, bytes) == RATING_OK &&
		rating_responses(part->summary, &part->responses) == RATING_OK &&
		part->responses == entry->responses;
}

static bool
labels_differ(const Breakdown *b)
{
	for (uint32_t i = 1; i < b->count; i++)
		if (breakdown_part_compare(&b->parts[i - 1], &b->parts[i]) == 0)
			return false;
	return true;
}

/*
 * What was counted, in order; b->parts has room for as many labels as the state has.
 * Labels and summaries go on pointing into the state.  False if it is damaged.
 */
bool
breakdown_state_read(const BreakdownState *s, Breakdown *b)
{
	uint32_t	text = 0;

	b->count = 0;
	b->responses = 0;
	for (uint32_t i = 0; i < s->header.labels; i++)
	{
		BreakdownPart *part = &b->parts[b->count];

		interrupt_in_step(i);
		if (!read_entry(s, i, &text, part) ||
			__builtin_add_overflow(b->responses, part->responses, &b->responses))
			return false;
		b->count += part->responses > 0;
	}
	b->low = b->count == 0 ? 0 : s->header.low;
	b->points = b->count == 0 ? 0 : s->header.points;
	b->weighted = b->count > 0 && breakdown_is_weighted(s);
	if (b->count > 0)
		sort_entries(b->parts, b->count, sizeof(BreakdownPart), breakdown_part_compare);
	return text == s->text_used && b->responses == s->responses && labels_differ(b);
}
