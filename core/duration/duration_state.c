/*
 * duration_state.c
 *		Counting and packing summaries of durations; see duration.h.
 */
#include "duration/duration.h"

#include <string.h>

/* Bytes of a state with so many slots. */
size_t
duration_state_size(uint32_t slots)
{
	return offsetof(DurationState, counts) + slots * sizeof(int64_t);
}

/* Is a state that comes from elsewhere within its bytes? */
bool
duration_state_check(const DurationState *s, size_t bytes)
{
	return bytes >= sizeof(DurationState) && s->header.version == DURATION_VERSION &&
		s->header.flags == DURATION_GROWING && s->slots <= DURATION_BUCKETS &&
		s->first <= DURATION_BUCKETS - s->slots && bytes == duration_state_size(s->slots);
}

bool
duration_state_has(const DurationState *s, uint32_t bucket)
{
	return bucket - s->first < s->slots;
}

/* The range of buckets that includes one more. */
static void
widen(const DurationState *s, uint32_t bucket, uint32_t *first, uint32_t *end)
{
	*first = bucket / DURATION_STEPS * DURATION_STEPS;
	*end = *first + DURATION_STEPS;
	if (s->slots > 0 && s->first < *first)
		*first = s->first;
	if (s->slots > 0 && s->first + s->slots > *end)
		*end = s->first + s->slots;
}

/* Bytes of a state that has room for the bucket, too. */
size_t
duration_state_grown(const DurationState *s, uint32_t bucket)
{
	uint32_t	first;
	uint32_t	end;

	widen(s, bucket, &first, &end);
	return duration_state_size(end - first);
}

/* Move a state to duration_state_grown() bytes; vl_len stays. */
void
duration_state_move(DurationState *to, const DurationState *from, uint32_t bucket)
{
	uint32_t	vl_len = to->header.vl_len;
	uint32_t	end;

	memcpy(to, from, offsetof(DurationState, counts));
	to->header.vl_len = vl_len;
	widen(from, bucket, &to->first, &end);
	to->slots = end - to->first;
	memset(to->counts, 0, to->slots * sizeof(int64_t));
	if (from->slots > 0)
		memcpy(to->counts + (from->first - to->first), from->counts,
			   from->slots * sizeof(int64_t));
}

/* Add durations of one bucket; false, with nothing changed, past an int64 of them or 128 bits. */
bool
duration_state_add(DurationState *s, uint32_t bucket, int64_t count, Uint128 sum)
{
	int64_t		total;

	if (__builtin_add_overflow(s->total, count, &total) ||
		__builtin_add_overflow(uint128_load(s->sum), sum, &sum))
		return false;
	s->total = total;
	s->counts[bucket - s->first] += count;
	uint128_store(s->sum, sum);
	return true;
}

/* What was counted; d->buckets has room for as many buckets as there are slots. */
void
duration_state_read(const DurationState *s, DurationSummary *d)
{
	d->sum = uint128_load(s->sum);
	d->total = s->total;
	d->n = 0;
	for (uint32_t i = 0; i < s->slots; i++)
		if (s->counts[i] != 0)
		{
			d->buckets[d->n].bucket = s->first + i;
			d->buckets[d->n++].count = s->counts[i];
		}
}

/*
 * Sets the total.  Is this what durations can have given?  The one validator of
 * all that comes from outside.
 */
bool
duration_summary_check(DurationSummary *d)
{
	for (uint32_t i = 0; i < d->n; i++)
		if (d->buckets[i].bucket >= DURATION_BUCKETS)
			return false;
	return duration_sketch_is_sorted(d->buckets, d->n) &&
		duration_sketch_total(d->buckets, d->n, &d->total) &&
		duration_sketch_holds(d->buckets, d->n, d->sum);
}

/* Unpack; d->buckets has room for DURATION_BUCKETS.  False for what is no summary. */
bool
duration_summary_read(const void *packed, size_t bytes, DurationSummary *d)
{
	const DurationHeader *header = packed;
	const uint8_t *at = (const uint8_t *) (header + 1);
	const uint8_t *end = (const uint8_t *) packed + bytes;
	uint64_t	n;

	if (bytes <= sizeof(DurationHeader) || header->version != DURATION_VERSION ||
		header->flags != 0 || !varint_get(&at, end, &n) || n > DURATION_BUCKETS ||
		!varint_get_wide(&at, end, &d->sum) ||
		!duration_sketch_get(&at, end, (uint32_t) n, d->buckets) || at != end)
		return false;
	d->n = (uint32_t) n;
	return duration_sketch_total(d->buckets, d->n, &d->total) &&
		duration_sum_possible(d->sum, d->total);
}

/* At least as many bytes as duration_summary_pack() writes. */
size_t
duration_summary_bound(const DurationSummary *d)
{
	return sizeof(DurationHeader) + VARINT_MAX + VARINT_MAX_WIDE + d->n * DURATION_PAIR_MAX;
}

/* Pack; vl_len stays.  Returns the bytes written. */
size_t
duration_summary_pack(void *packed, const DurationSummary *d)
{
	DurationHeader *header = packed;
	uint8_t    *out = (uint8_t *) (header + 1);

	header->version = DURATION_VERSION;
	header->flags = 0;
	header->reserved = 0;
	out = varint_put(out, d->n);
	out = varint_put_wide(out, d->sum);
	out = duration_sketch_put(out, d->buckets, d->n);
	return (size_t) (out - (uint8_t *) packed);
}
