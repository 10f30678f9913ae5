/*
 * funnel_state.c
 *		Counting customers in place.
 *
 * The state is one block without pointers, so that PostgreSQL can copy it:
 *
 *		FunnelState | path | steps, and the whole way | counts by (step, bucket)
 *
 * The whole way is a step behind the others that has times only; how many they are of
 * is told by its buckets.  The counts of all sketches are one table
 * (duration_counts.h), so that a group with few customers stays small.  When it is half
 * full, the caller takes a larger piece of memory and moves the state into it; the
 * table doubles, so each entry moves a constant number of times.
 */
#include <string.h>

#include "base/sort.h"
#include "duration/duration_counts.h"
#include "funnel/funnel.h"

#define SMALLEST_SLOTS	16
/* twice as many as there can be different (step, bucket), and a power of two */
#define LARGEST_SLOTS	(1 << 19)

/* The path is followed by what must be aligned. */
static size_t
path_room(const FunnelState *s)
{
	return ((size_t) s->header.path_bytes + 7) / 8 * 8;
}

static FunnelStep *
steps_of(const FunnelState *s)
{
	return (FunnelStep *) ((char *) s->data + path_room(s));
}

static DurationCount *
counts_of(const FunnelState *s)
{
	return (DurationCount *) (steps_of(s) + s->steps + 1);
}

static size_t
size_of(const FunnelState *s)
{
	return offsetof(FunnelState, data) + path_room(s) + (s->steps + 1) * sizeof(FunnelStep) +
		s->slots * sizeof(DurationCount);
}

static void
set_smallest(FunnelState *s, const JourneyPath *path, size_t path_bytes)
{
	s->header.path_bytes = (uint32_t) path_bytes;
	s->steps = path->items;
	s->slots = SMALLEST_SLOTS;
	s->first_step = (uint32_t) funnel_first_step(path);
}

/* Bytes of a new state. */
size_t
funnel_state_smallest(const JourneyPath *path, size_t path_bytes)
{
	FunnelState s;

	set_smallest(&s, path, path_bytes);
	return size_of(&s);
}

/* An empty state in that many bytes; vl_len stays. */
void
funnel_state_init(FunnelState *s, const JourneyPath *path, size_t path_bytes, int64_t within)
{
	uint32_t	vl_len = s->header.vl_len;

	memset(s, 0, funnel_state_smallest(path, path_bytes));
	s->header.vl_len = vl_len;
	s->header.version = FUNNEL_VERSION;
	s->header.flags = FUNNEL_GROWING;
	s->header.within = within;
	set_smallest(s, path, path_bytes);
	for (int i = 0; i < path->items; i++)
		if (!journey_path_optional(path, i))
			s->mandatory |= JOURNEY_ITEM_BIT(i);
	memcpy(s->data, path, path_bytes);
}

const JourneyPath *
funnel_state_path(const FunnelState *s)
{
	return (const JourneyPath *) s->data;
}

/* One for each item of the path, and one for the whole way. */
FunnelStep *
funnel_state_steps(const FunnelState *s)
{
	return steps_of(s);
}

/*
 * Is a state that comes from elsewhere within its bytes?  This comes once a
 * customer; the path is checked in all its parts when the state is read.
 */
bool
funnel_state_check(const FunnelState *s, size_t bytes)
{
	return bytes >= sizeof(FunnelState) && s->header.version == FUNNEL_VERSION &&
		s->header.flags == FUNNEL_GROWING &&
		s->header.path_bytes >= sizeof(JourneyPath) && s->header.path_bytes <= bytes &&
		s->steps >= 1 && s->steps <= JOURNEY_PATH_MAX_ITEMS && s->first_step < s->steps &&
		s->mandatory != 0 && s->total_missing <= 1 &&
		s->slots >= SMALLEST_SLOTS && s->slots <= LARGEST_SLOTS &&
		(s->slots & (s->slots - 1)) == 0 && s->buckets <= s->slots / 2 &&
		((s->mandatory | s->seen | s->valued) & ~(~UINT64_C(0) >> (64 - s->steps))) == 0 &&
		size_of(s) == bytes && funnel_state_path(s)->items == s->steps;
}

/* Is there room for so many new buckets? */
bool
funnel_state_has_room(const FunnelState *s, uint32_t buckets)
{
	return s->slots / 2 - s->buckets >= buckets;
}

static void
grow_table(FunnelState *s, uint32_t buckets)
{
	while (!funnel_state_has_room(s, buckets) && s->slots < LARGEST_SLOTS)
		s->slots *= 2;
}

/* Bytes of a state with room for so many buckets, or for all there can be. */
size_t
funnel_state_grown(const FunnelState *s, uint32_t buckets)
{
	FunnelState larger = *s;

	grow_table(&larger, buckets);
	return size_of(&larger);
}

/* Move a state to funnel_state_grown() bytes, building the table anew. */
void
funnel_state_move(FunnelState *to, const FunnelState *from, uint32_t buckets)
{
	uint32_t	vl_len = to->header.vl_len;
	size_t		fixed = (size_t) ((const char *) counts_of(from) - (const char *) from);

	memcpy(to, from, fixed);
	to->header.vl_len = vl_len;
	grow_table(to, buckets);
	memset(counts_of(to), 0, to->slots * sizeof(DurationCount));
	duration_counts_move(counts_of(to), to->slots, counts_of(from), from->slots);
}

static inline void
add_bucket(FunnelState *s, uint32_t step, uint32_t bucket, int64_t count)
{
	if (duration_counts_add(counts_of(s), s->slots, step, bucket, count))
	{
		s->buckets++;
		steps_of(s)[step].buckets++;
	}
}

/*
 * Count times of a step, or with the number of steps for one those of the whole way;
 * there must be room for a new bucket.  Only text can claim more than an int64 of the
 * whole way: there are -1 then, which no validator accepts.
 */
void
funnel_state_add_bucket(FunnelState *s, uint32_t step, uint32_t bucket, int64_t count)
{
	int64_t    *reached = &steps_of(s)[step].reached;

	add_bucket(s, step, bucket, count);
	if (step == s->steps && (*reached < 0 || __builtin_add_overflow(*reached, count, reached)))
		*reached = -1;
}

/*
 * Add what another funnel counted of a step.  False, with nothing changed, past an
 * int64 of customers, or a sum past 128 bits, which times below 2^64 us cannot have.
 */
bool
funnel_state_add_step(FunnelState *s, uint32_t step, int64_t reached, Uint128 sum)
{
	FunnelStep *counted = &steps_of(s)[step];

	if (__builtin_add_overflow(counted->reached, reached, &reached) ||
		__builtin_add_overflow(funnel_step_sum(counted), sum, &sum))
		return false;
	counted->reached = reached;
	funnel_step_set_sum(counted, sum);
	return true;
}

/* Another funnel is added: is the time of the whole way known of its customers? */
void
funnel_state_note_total(FunnelState *s, const Funnel *added)
{
	if (funnel_keeps_total(added->path) && funnel_total(added)->buckets == 0 &&
		added->steps[funnel_last_step(added->path)].reached > 0)
		s->total_missing = 1;
}

/* Times are unsigned, because they can be longer than 2^63 microseconds. */
static inline void
add_time(FunnelState *s, uint32_t step, int64_t from, int64_t to)
{
	uint64_t	time = (uint64_t) to - (uint64_t) from;
	FunnelStep *counted = &steps_of(s)[step];

	counted->sum[1] += __builtin_add_overflow(counted->sum[0], time, &counted->sum[0]);
	add_bucket(s, step, duration_bucket(time), 1);
}

/* The whole way of a customer who reached the last step, unless the path keeps none. */
static inline void
add_total(FunnelState *s, int64_t from, int64_t to)
{
	JourneyItems behind_first = s->mandatory & (s->mandatory - 1);

	if ((behind_first & (behind_first - 1)) == 0)
		return;
	steps_of(s)[s->steps].reached++;
	add_time(s, s->steps, from, to);
}

static void
add_ordered(FunnelState *s, const JourneyFunnelChain *chain)
{
	FunnelStep *steps = steps_of(s);
	int			before = -1;

	for (JourneyItems rest = chain->filled; rest != 0; rest &= rest - 1)
	{
		int			item = journey_first_item(rest);

		steps[item].reached++;
		if (before >= 0)
			add_time(s, (uint32_t) item, chain->at[before], chain->at[item]);
		if ((s->mandatory & JOURNEY_ITEM_BIT(item)) != 0)
			before = item;
	}
	if ((s->mandatory & ~chain->filled) == 0)
		add_total(s, chain->at[s->first_step], chain->at[before]);
}

/* The times of the items in order; how many. */
static int
sorted_times(const JourneyFunnelChain *chain, JourneyItems items, int64_t *times)
{
	int			n = 0;

	for (; items != 0; items &= items - 1)
	{
		int64_t		at = chain->at[journey_first_item(items)];
		int			i = n++;

		for (; i > 0 && times[i - 1] > at; i--)
			times[i] = times[i - 1];
		times[i] = at;
	}
	return n;
}

static void
add_any_order(FunnelState *s, const JourneyFunnelChain *chain)
{
	FunnelStep *steps = steps_of(s);
	JourneyItems optional = ~s->mandatory;
	int			first_optional = __builtin_popcountll(s->mandatory);
	int64_t		times[JOURNEY_PATH_MAX_ITEMS];
	int			n = sorted_times(chain, chain->filled & s->mandatory, times);

	for (int k = 0; k < n; k++)
	{
		steps[k].reached++;
		if (k > 0)
			add_time(s, (uint32_t) k, times[k - 1], times[k]);
	}
	if ((s->mandatory & ~chain->filled) == 0)
		add_total(s, times[0], times[n - 1]);
	for (JourneyItems rest = chain->filled & optional; rest != 0; rest &= rest - 1)
	{
		JourneyItems before = (rest & -rest) - 1;

		steps[first_optional + __builtin_popcountll(optional & before)].reached++;
	}
}

/*
 * Count one customer, whose chain is of the path; a depth of 0 counts nothing.
 * There must be room for as many buckets as there are steps.  False, with nothing
 * changed, past an int64 of customers at the first step, which has the most.
 */
bool
funnel_state_add_chain(FunnelState *s, const JourneyFunnelChain *chain)
{
	if (chain->depth == 0)
		return true;
	if (steps_of(s)[s->first_step].reached == INT64_MAX)
		return false;
	s->seen |= chain->filled;
	if (journey_path_any_order(funnel_state_path(s)))
		add_any_order(s, chain);
	else
		add_ordered(s, chain);
	return true;
}

/*
 * Where the buckets of each step go.  place[] has how many the table has of it, and
 * gets where they begin; false if the steps have others.
 */
static bool
place_buckets(const FunnelState *s, Funnel *funnel, uint32_t *place)
{
	uint32_t	used = 0;

	for (uint32_t i = 0; i <= s->steps; i++)
	{
		if (place[i] != funnel->steps[i].buckets)
			return false;
		funnel->steps[i].first = place[i] = used;
		used += funnel->steps[i].buckets;
	}
	return used == s->buckets;
}

/* The time of the whole way, of which the buckets are the last ones, is not known. */
static void
drop_total(Funnel *funnel)
{
	FunnelStep *total = &funnel->steps[funnel->path->items];

	funnel->bucket_count -= total->buckets;
	memset(total, 0, sizeof(*total));
}

/*
 * What was counted, sorted; funnel->buckets has room for as many as the state
 * has.  The path goes on pointing into the state.  False if it is damaged.
 */
bool
funnel_state_sort(const FunnelState *s, Funnel *funnel)
{
	uint32_t	place[JOURNEY_PATH_MAX_ITEMS + 1];

	funnel->path = funnel_state_path(s);
	funnel->path_bytes = s->header.path_bytes;
	funnel->within = s->header.within;
	funnel->seen = s->seen;
	funnel->valued = s->valued;
	funnel->bucket_count = s->buckets;
	memcpy(funnel->steps, steps_of(s), (s->steps + 1) * sizeof(FunnelStep));
	if (!journey_path_valid(funnel->path, funnel->path_bytes) ||
		!duration_counts_owned(counts_of(s), s->slots, s->steps + 1, place) ||
		!place_buckets(s, funnel, place))
		return false;
	duration_counts_place(counts_of(s), s->slots, place, funnel->buckets);
	for (uint32_t i = 0; i <= s->steps; i++)
	{
		const FunnelStep *step = &funnel->steps[i];
		DurationBucket *sketch = funnel->buckets + step->first;

		sort_entries(sketch, step->buckets, sizeof(DurationBucket), duration_bucket_compare);
		if (!duration_sketch_is_sorted(sketch, step->buckets))
			return false;
	}
	if (s->total_missing)
		drop_total(funnel);
	return true;
}
