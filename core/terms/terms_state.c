/*
 * terms_state.c
 *		Counting terms in place.
 *
 * The state is one block without pointers, so that PostgreSQL can copy it:
 *
 *		header | terms, in the order of arrival | hash table | text
 *
 * The table has open addressing.  A slot has the number of a term and its hash, so that
 * nearly no other term is looked at, and a table that grows reads no text.  When there is
 * no room, the caller takes a larger piece of memory and moves the state into it; it
 * doubles, so each term moves a constant number of times.
 */
#include <string.h>

#include "base/interrupt.h"
#include "base/label_key.h"
#include "base/sort.h"
#include "base/state_room.h"
#include "terms/terms.h"

#define SMALLEST_SLOTS	128
#define SMALLEST_TEXT	512

typedef struct Entry
{
	int64_t		count;
	uint32_t	offset;			/* in the text */
	uint32_t	length;
} Entry;

typedef struct Slot
{
	uint32_t	number;			/* of the term, plus 1; 0: free */
	uint32_t	hash;
} Slot;

static Entry *
entries_of(const TermsState *s)
{
	return (Entry *) s->data;
}

static Slot *
slots_of(const TermsState *s)
{
	return (Slot *) (entries_of(s) + s->slots / 2);
}

static char *
text_of(const TermsState *s)
{
	return (char *) (slots_of(s) + s->slots);
}

static size_t
size_of(const TermsState *s)
{
	return offsetof(TermsState, data) + s->slots / 2 * sizeof(Entry) +
		s->slots * sizeof(Slot) + s->text_room;
}

/* Bytes of a new state. */
size_t
terms_state_smallest(void)
{
	TermsState	s = {.slots = SMALLEST_SLOTS,.text_room = SMALLEST_TEXT};

	return size_of(&s);
}

/* An empty state in that many bytes; vl_len stays. */
void
terms_state_init(TermsState *s)
{
	uint32_t	vl_len = s->header.vl_len;

	memset(s, 0, terms_state_smallest());
	s->header.vl_len = vl_len;
	s->header.version = TERMS_VERSION;
	s->header.flags = TERMS_GROWING;
	s->slots = SMALLEST_SLOTS;
	s->text_room = SMALLEST_TEXT;
}

/* Is a state that comes from elsewhere within its bytes? */
bool
terms_state_check(const TermsState *s, size_t bytes)
{
	return bytes >= sizeof(TermsState) && s->header.version == TERMS_VERSION &&
		s->header.flags == TERMS_GROWING &&
		s->slots >= SMALLEST_SLOTS && s->slots <= LARGEST_STATE / sizeof(Slot) &&
		(s->slots & (s->slots - 1)) == 0 && s->terms <= s->slots / 2 &&
		s->text_used <= s->text_room && size_of(s) == bytes;
}

static bool
grow(TermsState *s, uint32_t terms, size_t text)
{
	s->slots = state_room_doubled(s->slots, 2 * ((uint64_t) s->terms + terms));
	s->text_room = state_room_doubled(s->text_room, (uint64_t) s->text_used + text);
	return s->slots != 0 && s->text_room != 0;
}

/* Bytes of a state with room for that, or 0: more than PostgreSQL allows for a value. */
size_t
terms_state_grown(const TermsState *s, uint32_t terms, size_t text)
{
	TermsState	larger = *s;

	if (!grow(&larger, terms, text) || size_of(&larger) > LARGEST_STATE)
		return 0;
	return size_of(&larger);
}

static Slot *
free_slot(const TermsState *s, uint32_t hash)
{
	Slot	   *slots = slots_of(s);
	uint32_t	i = hash & (s->slots - 1);

	while (slots[i].number != 0)
		i = (i + 1) & (s->slots - 1);
	return &slots[i];
}

/* Move a state to terms_state_grown() bytes, building the table anew. */
void
terms_state_move(TermsState *to, const TermsState *from, uint32_t terms, size_t text)
{
	uint32_t	vl_len = to->header.vl_len;

	memcpy(to, from, offsetof(TermsState, data));
	to->header.vl_len = vl_len;
	(void) grow(to, terms, text);
	memset(to->data, 0, size_of(to) - offsetof(TermsState, data));
	memcpy(entries_of(to), entries_of(from), from->terms * sizeof(Entry));
	memcpy(text_of(to), text_of(from), from->text_used);
	for (uint32_t i = 0; i < from->slots; i++)
	{
		Slot	   *slot = &slots_of(from)[i];

		if (slot->number != 0)
			*free_slot(to, slot->hash) = *slot;
	}
}

/* The number of the term, plus 1, or 0 if it is new. */
static uint32_t
find(const TermsState *s, const char *text, uint32_t length, uint32_t hash)
{
	const Slot *slots = slots_of(s);

	for (uint32_t i = hash & (s->slots - 1); slots[i].number != 0; i = (i + 1) & (s->slots - 1))
	{
		const Entry *entry = &entries_of(s)[slots[i].number - 1];

		if (slots[i].hash == hash && entry->length == length &&
			memcmp(text_of(s) + entry->offset, text, length) == 0)
			return slots[i].number;
	}
	return 0;
}

static uint32_t
insert(TermsState *s, const char *text, uint32_t length, uint32_t hash)
{
	Entry	   *entry = &entries_of(s)[s->terms];

	entry->count = 0;
	entry->offset = s->text_used;
	entry->length = length;
	memcpy(text_of(s) + s->text_used, text, length);
	s->text_used += length;
	*free_slot(s, hash) = (Slot) {++s->terms, hash};
	return s->terms;
}

/*
 * Count a term, in that many comments; there must be room for a new one.  False, with
 * nothing changed, when all counts are past an int64.
 */
bool
terms_state_add(TermsState *s, const char *text, uint32_t length, int64_t count)
{
	JourneyLabel label = {text, length};
	uint32_t	hash = journey_label_hash(&label);
	uint32_t	number = find(s, text, length, hash);
	int64_t		total;

	if (__builtin_add_overflow(s->total, count, &total))
		return false;
	s->total = total;
	if (number == 0)
		number = insert(s, text, length, hash);
	entries_of(s)[number - 1].count += count;
	return true;
}

/* Count comments; false, with nothing changed, past an int64. */
bool
terms_state_add_comments(TermsState *s, int64_t comments)
{
	int64_t		sum;

	if (__builtin_add_overflow(s->comments, comments, &sum))
		return false;
	s->comments = sum;
	return true;
}

static int
compare(const void *a, const void *b)
{
	return term_compare(a, b);
}

/*
 * What was counted, in order; terms->terms has room for as many as the state has.  They
 * go on pointing into the state.  False if it is damaged: also where terms are not one
 * behind the other in the text, and for one that is there twice.
 */
bool
terms_state_sort(const TermsState *s, Terms *terms)
{
	uint32_t	used = 0;

	terms->comments = s->comments;
	terms->total = s->total;
	terms->count = s->terms;
	for (uint32_t i = 0; i < s->terms; i++)
	{
		const Entry *entry = &entries_of(s)[i];

		interrupt_in_step(i);
		if (entry->offset != used || entry->length > s->text_used - used)
			return false;
		used += entry->length;
		terms->terms[i] = (Term) {text_of(s) + entry->offset, entry->length, entry->count};
	}
	sort_entries(terms->terms, terms->count, sizeof(Term), compare);
	for (uint32_t i = 1; i < terms->count; i++)
		if (term_compare(&terms->terms[i - 1], &terms->terms[i]) == 0)
			return false;
	return used == s->text_used;
}
