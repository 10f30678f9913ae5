/*
 * contrast_state.c
 *		Counting customers in place.
 *
 * The state is one block without pointers, so that PostgreSQL can copy it:
 *
 *		ContrastState | path | stages, in the order of arrival | hash table | text
 *
 * Path and text are filled up to 8 bytes.  When there is no room, the caller takes a
 * larger piece of memory and moves the state into it; it doubles, so each stage moves a
 * constant number of times.
 */
#include <stdlib.h>
#include <string.h>

#include "base/label_key.h"
#include "base/state_room.h"
#include "contrast/contrast.h"

#define SMALLEST_SLOTS	32
#define SMALLEST_TEXT	256

typedef struct Entry
{
	int64_t		reached;
	int64_t		missed;
	uint32_t	offset;			/* in the text */
	uint32_t	length;
} Entry;

static size_t
path_room(const ContrastState *s)
{
	return ((size_t) s->header.path_bytes + 7) / 8 * 8;
}

static Entry *
entries_of(const ContrastState *s)
{
	return (Entry *) ((char *) s->data + path_room(s));
}

static uint32_t *
slots_of(const ContrastState *s)
{
	return (uint32_t *) (entries_of(s) + s->slots / 2);
}

static char *
text_of(const ContrastState *s)
{
	return (char *) (slots_of(s) + s->slots);
}

static size_t
size_of(const ContrastState *s)
{
	return offsetof(ContrastState, data) + path_room(s) + s->slots / 2 * sizeof(Entry) +
		s->slots * sizeof(uint32_t) + s->text_room;
}

static void
set_smallest(ContrastState *s, const ContrastQuestion *question)
{
	s->header.path_bytes = question->path_bytes;
	s->slots = SMALLEST_SLOTS;
	s->text_room = SMALLEST_TEXT;
}

/* Bytes of a new state. */
size_t
contrast_state_smallest(const ContrastQuestion *question)
{
	ContrastState s;

	set_smallest(&s, question);
	return size_of(&s);
}

/* An empty state in that many bytes; vl_len stays. */
void
contrast_state_init(ContrastState *s, const ContrastQuestion *question)
{
	uint32_t	vl_len = s->header.vl_len;

	memset(s, 0, contrast_state_smallest(question));
	s->header.vl_len = vl_len;
	s->header.version = CONTRAST_VERSION;
	s->header.flags = CONTRAST_GROWING;
	s->header.within = question->within;
	s->header.landmark = question->landmark;
	set_smallest(s, question);
	memcpy(s->data, question->path, question->path_bytes);
}

/*
 * Is a state that comes from elsewhere within its bytes?  This comes once a customer;
 * the path is checked in all its parts when the state is read.
 */
bool
contrast_state_check(const ContrastState *s, size_t bytes)
{
	return bytes >= sizeof(ContrastState) && s->header.version == CONTRAST_VERSION &&
		s->header.flags == CONTRAST_GROWING &&
		s->header.path_bytes >= sizeof(JourneyPath) && s->header.path_bytes <= bytes &&
		s->slots >= SMALLEST_SLOTS && s->slots <= LARGEST_STATE / sizeof(uint32_t) &&
		(s->slots & (s->slots - 1)) == 0 && s->stages <= s->slots / 2 &&
		s->text_used <= s->text_room && size_of(s) == bytes;
}

/* What the customers of a state are asked; the path points into it. */
ContrastQuestion
contrast_state_question(const ContrastState *s)
{
	ContrastQuestion question = {(const JourneyPath *) s->data, s->header.path_bytes,
		s->header.within, s->header.landmark};

	return question;
}

/* Is there room for one more stage, with a label of so many bytes? */
bool
contrast_state_has_room(const ContrastState *s, size_t text)
{
	return s->stages < s->slots / 2 && s->text_room - s->text_used >= text;
}

static bool
grow(ContrastState *s, size_t text)
{
	s->slots = state_room_doubled(s->slots, 2 * ((uint64_t) s->stages + 1));
	s->text_room = state_room_doubled(s->text_room, (uint64_t) s->text_used + text);
	return s->slots != 0 && s->text_room != 0;
}

/* Bytes of a state with room for that, or 0: more than PostgreSQL allows for a value. */
size_t
contrast_state_grown(const ContrastState *s, size_t text)
{
	ContrastState larger = *s;

	if (!grow(&larger, text) || size_of(&larger) > LARGEST_STATE)
		return 0;
	return size_of(&larger);
}

/* The label of this number; of nothing outside of the text, if a state is damaged. */
static JourneyLabel
label_of(const void *owner, uint32_t number)
{
	const ContrastState *s = owner;
	JourneyLabel label = {text_of(s), 0};

	if (number < s->stages)
	{
		const Entry *entry = &entries_of(s)[number];

		if (entry->length <= s->text_used && entry->offset <= s->text_used - entry->length)
			label = (JourneyLabel) {text_of(s) + entry->offset, entry->length};
	}
	return label;
}

static uint32_t *
slot_of(const ContrastState *s, const JourneyLabel *label)
{
	return journey_label_slot(slots_of(s), s->slots, label, label_of, s);
}

/* Move a state to contrast_state_grown() bytes, building the table anew; vl_len stays. */
void
contrast_state_move(ContrastState *to, const ContrastState *from, size_t text)
{
	uint32_t	vl_len = to->header.vl_len;

	memcpy(to, from, (size_t) ((const char *) entries_of(from) - (const char *) from));
	to->header.vl_len = vl_len;
	(void) grow(to, text);
	memset(entries_of(to), 0, size_of(to) - (size_t) ((char *) entries_of(to) - (char *) to));
	memcpy(entries_of(to), entries_of(from), from->stages * sizeof(Entry));
	memcpy(text_of(to), text_of(from), from->text_used);
	for (uint32_t i = 0; i < to->stages; i++)
	{
		JourneyLabel label = label_of(to, i);

		*slot_of(to, &label) = i + 1;
	}
}

/* How many customers there are, if that is an int64. */
static bool
count_all(const ContrastCounts *counts, int64_t *all)
{
	return !__builtin_add_overflow(counts->too_recent, counts->early, all) &&
		!__builtin_add_overflow(*all, counts->reached, all) &&
		!__builtin_add_overflow(*all, counts->missed, all);
}

/* Add customers, each number 0 or more; false, with nothing changed, past an int64 in all. */
bool
contrast_state_add_counts(ContrastState *s, const ContrastCounts *counts)
{
	ContrastCounts sum;
	int64_t		all;

	if (__builtin_add_overflow(s->counts.too_recent, counts->too_recent, &sum.too_recent) ||
		__builtin_add_overflow(s->counts.early, counts->early, &sum.early) ||
		__builtin_add_overflow(s->counts.reached, counts->reached, &sum.reached) ||
		__builtin_add_overflow(s->counts.missed, counts->missed, &sum.missed) ||
		!count_all(&sum, &all))
		return false;
	s->counts = sum;
	return true;
}

static Entry *
insert(ContrastState *s, const JourneyLabel *label, uint32_t *slot)
{
	Entry	   *entry = &entries_of(s)[s->stages];

	*entry = (Entry) {0, 0, s->text_used, label->length};
	memcpy(text_of(s) + s->text_used, label->text, label->length);
	s->text_used += label->length;
	*slot = ++s->stages;
	return entry;
}

/*
 * Add customers who saw a stage; there must be room for a new one.  False past an
 * int64, or if the state is damaged.
 */
bool
contrast_state_add(ContrastState *s, const ContrastStage *stage)
{
	uint32_t   *slot = slot_of(s, &stage->label);
	Entry	   *entry;

	if (*slot > s->stages)
		return false;
	entry = *slot == 0 ? insert(s, &stage->label, slot) : &entries_of(s)[*slot - 1];
	return !__builtin_add_overflow(entry->reached, stage->reached, &entry->reached) &&
		!__builtin_add_overflow(entry->missed, stage->missed, &entry->missed);
}

static int
compare(const void *a, const void *b)
{
	const ContrastStage *x = a;
	const ContrastStage *y = b;

	return journey_label_compare(x->label.text, x->label.length, y->label.text, y->label.length);
}

/*
 * What was counted, in order; contrast->stages has room for as many as the state has.
 * Path and labels go on pointing into the state.  False if it is damaged.
 */
bool
contrast_state_sort(const ContrastState *s, Contrast *contrast)
{
	contrast->question = contrast_state_question(s);
	contrast->counts = s->counts;
	contrast->n = s->stages;
	if (!journey_path_valid(contrast->question.path, contrast->question.path_bytes))
		return false;
	for (uint32_t i = 0; i < s->stages; i++)
	{
		const Entry *entry = &entries_of(s)[i];

		contrast->stages[i] = (ContrastStage) {label_of(s, i), entry->reached, entry->missed};
	}
	qsort(contrast->stages, contrast->n, sizeof(ContrastStage), compare);
	return true;
}
