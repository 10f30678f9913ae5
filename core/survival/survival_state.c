/*
 * survival_state.c
 *		Counting waits in place.
 *
 * The state is one block without pointers, so that PostgreSQL can copy it:
 *
 *		SurvivalState | labels, filled up to 8 bytes | counts by bucket
 *
 * The counts are a hash table with open addressing, so that a group of few waits stays
 * small; a slot without waits is free.  When it is half full, the caller takes a larger
 * piece of memory and moves the state into it; the table doubles, so each count moves a
 * constant number of times.
 */
#include <string.h>

#include "base/sort.h"
#include "survival/survival.h"

#define SMALLEST_SLOTS	16
/* twice as many as there are buckets, and a power of two */
#define LARGEST_SLOTS	(1 << 15)

static size_t
label_room(const SurvivalState *s)
{
	return ((size_t) s->from_length + s->to_length + 7) / 8 * 8;
}

static SurvivalCount *
counts_of(const SurvivalState *s)
{
	return (SurvivalCount *) ((char *) s->data + label_room(s));
}

static size_t
size_of(const SurvivalState *s)
{
	return offsetof(SurvivalState, data) + label_room(s) + s->slots * sizeof(SurvivalCount);
}

static void
set_smallest(SurvivalState *s, const SurvivalSubject *subject)
{
	s->from_length = subject->from.length;
	s->to_length = subject->to.length;
	s->slots = SMALLEST_SLOTS;
}

/* Bytes of a new state. */
size_t
survival_state_smallest(const SurvivalSubject *subject)
{
	SurvivalState s;

	set_smallest(&s, subject);
	return size_of(&s);
}

static void
put_label(char *to, const JourneyLabel *label)
{
	if (label->length > 0)
		memcpy(to, label->text, label->length);
}

/* An empty state in that many bytes; vl_len stays. */
void
survival_state_init(SurvivalState *s, const SurvivalSubject *subject)
{
	uint32_t	vl_len = s->header.vl_len;

	memset(s, 0, survival_state_smallest(subject));
	s->header.vl_len = vl_len;
	s->header.version = SURVIVAL_VERSION;
	s->header.flags = SURVIVAL_GROWING;
	s->header.kind = (uint8_t) subject->kind;
	set_smallest(s, subject);
	put_label((char *) s->data, &subject->from);
	put_label((char *) s->data + s->from_length, &subject->to);
}

/* Does a kind have labels of these lengths? */
static bool
lengths_ok(int kind, uint32_t from, uint32_t to)
{
	return kind <= SURVIVAL_GAPS && from <= JOURNEY_MAX_LABEL && to <= JOURNEY_MAX_LABEL &&
		(from > 0) == (kind != SURVIVAL_WAITS) && (to > 0) == (kind == SURVIVAL_STAGES);
}

/* Is a state that comes from elsewhere within its bytes?  This comes once a wait. */
bool
survival_state_check(const SurvivalState *s, size_t bytes)
{
	return bytes >= sizeof(SurvivalState) && s->header.version == SURVIVAL_VERSION &&
		s->header.flags == SURVIVAL_GROWING &&
		lengths_ok(s->header.kind, s->from_length, s->to_length) &&
		s->slots >= SMALLEST_SLOTS && s->slots <= LARGEST_SLOTS &&
		(s->slots & (s->slots - 1)) == 0 && s->used <= s->slots / 2 && size_of(s) == bytes;
}

/* What the waits of a state are for; labels point into it. */
SurvivalSubject
survival_state_subject(const SurvivalState *s)
{
	const char *labels = (const char *) s->data;
	SurvivalSubject subject = {(SurvivalKind) s->header.kind, {labels, s->from_length},
		{labels + s->from_length, s->to_length}};

	return subject;
}

/* Is there room for one more bucket? */
bool
survival_state_has_room(const SurvivalState *s)
{
	return s->used < s->slots / 2;
}

/* Bytes of a state that is as large again. */
size_t
survival_state_grown(const SurvivalState *s)
{
	SurvivalState larger = *s;

	larger.slots *= 2;
	return size_of(&larger);
}

/* The count of a bucket, or the free slot where it belongs. */
static SurvivalCount *
find(SurvivalCount *table, uint32_t slots, uint32_t bucket)
{
	uint32_t	i = (bucket * UINT32_C(0x9e3779b9) >> 16) & (slots - 1);

	while (survival_count_waits(&table[i]) != 0 && table[i].bucket != bucket)
		i = (i + 1) & (slots - 1);
	return &table[i];
}

/* Move a state to survival_state_grown() bytes, building the table anew; vl_len stays. */
void
survival_state_move(SurvivalState *to, const SurvivalState *from)
{
	uint32_t	vl_len = to->header.vl_len;
	const SurvivalCount *counts = counts_of(from);

	memcpy(to, from, (size_t) ((const char *) counts - (const char *) from));
	to->header.vl_len = vl_len;
	to->slots = from->slots * 2;
	memset(counts_of(to), 0, to->slots * sizeof(SurvivalCount));
	for (uint32_t i = 0; i < from->slots; i++)
		if (survival_count_waits(&counts[i]) != 0)
			*find(counts_of(to), to->slots, counts[i].bucket) = counts[i];
}

/*
 * Add waits of one bucket, 1 or more; there must be room for it.  False, with nothing
 * changed, past an int64 of them, or a sum past 128 bits, which waits cannot have.
 */
bool
survival_state_add(SurvivalState *s, const SurvivalCount *count)
{
	SurvivalCount *counted = find(counts_of(s), s->slots, count->bucket);
	int64_t		total;
	Uint128 sum;

	if (__builtin_add_overflow(s->total, survival_count_waits(count), &total) ||
		__builtin_add_overflow(uint128_load(counted->sum), uint128_load(count->sum), &sum))
		return false;
	s->total = total;
	s->used += survival_count_waits(counted) == 0;
	counted->bucket = count->bucket;
	counted->reached += count->reached;
	counted->censored += count->censored;
	uint128_store(counted->sum, sum);
	return true;
}

/*
 * What was counted, in order; survival->counts has room for as many as are used.  Labels
 * point into the state.  False if it is damaged.
 */
bool
survival_state_sort(const SurvivalState *s, Survival *survival)
{
	const SurvivalCount *counts = counts_of(s);

	survival->subject = survival_state_subject(s);
	survival->n = 0;
	for (uint32_t i = 0; i < s->slots; i++)
	{
		if (counts[i].reached == 0 && counts[i].censored == 0)
			continue;
		if (survival->n == s->used)
			return false;
		survival->counts[survival->n++] = counts[i];
	}
	sort_entries(survival->counts, survival->n, sizeof(SurvivalCount), survival_count_compare);
	return survival->n == s->used && survival_check(survival) && survival->total == s->total;
}
