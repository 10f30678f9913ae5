/*
 * funnel_pack.c
 *		Writing, reading and checking the packed form of a funnel; see
 *		funnel.h.
 */
#include <string.h>

#include "funnel/funnel.h"
#include "base/varint.h"
#include "journey/journey_value.h"

/* At least as many bytes as funnel_pack() writes. */
size_t
funnel_pack_bound(const Funnel *funnel)
{
	return sizeof(FunnelHeader) + funnel->path_bytes + 3 * VARINT_MAX +
		((size_t) funnel->path->items + 1) * (VARINT_MAX + 2 * VARINT_MAX_WIDE) +
		(size_t) funnel->bucket_count * DURATION_PAIR_MAX;
}

static uint8_t *
put_times(uint8_t *out, const Funnel *funnel, const FunnelStep *step)
{
	out = varint_put(out, step->buckets);
	if (step->buckets == 0)
		return out;
	out = varint_put_wide(out, funnel_step_sum(step));
	return duration_sketch_put(out, funnel->buckets + step->first, step->buckets);
}

static uint8_t *
put_step(uint8_t *out, const Funnel *funnel, int i)
{
	const FunnelStep *step = &funnel->steps[i];

	if (funnel_step_from(funnel->path, i) == FUNNEL_NO_STEP)
		return varint_put(out, (uint64_t) step->reached);
	return put_times(out, funnel, step);
}

/* The sums of values, of the steps that have one. */
static uint8_t *
put_values(uint8_t *out, const Funnel *funnel)
{
	out = varint_put(out, funnel->valued);
	for (uint64_t rest = funnel->valued; rest != 0; rest &= rest - 1)
	{
		const FunnelStep *step = &funnel->steps[journey_first_item(rest)];

		out = varint_put_wide(out, varint_fold_wide(funnel_step_value(step)));
	}
	return out;
}

/* Pack a funnel that is sorted and checked; vl_len stays.  Returns the bytes written. */
size_t
funnel_pack(void *packed, const Funnel *funnel)
{
	const FunnelStep *total = funnel_total(funnel);
	FunnelHeader *header = packed;
	uint8_t    *out = (uint8_t *) (header + 1);

	header->version = FUNNEL_VERSION;
	header->flags = (uint8_t) ((total->buckets > 0 ? FUNNEL_HAS_TOTAL : 0) |
							   (funnel->valued != 0 ? FUNNEL_HAS_VALUES : 0));
	header->reserved = 0;
	header->within = funnel->within;
	header->path_bytes = funnel->path_bytes;
	header->reserved2 = 0;
	memcpy(out, funnel->path, funnel->path_bytes);
	out = varint_put(out + funnel->path_bytes, funnel_items(funnel->path) & ~funnel->seen);
	out = varint_put(out, funnel->bucket_count);
	for (int i = 0; i < funnel->path->items; i++)
		out = put_step(out, funnel, i);
	if (total->buckets > 0)
		out = put_times(out, funnel, total);
	if (funnel->valued != 0)
		out = put_values(out, funnel);
	return (size_t) (out - (uint8_t *) packed);
}

/* The header and what follows the path; false if that is no funnel. */
static bool
get_head(const void *packed, size_t bytes, const uint8_t **at, Funnel *funnel)
{
	const FunnelHeader *header = packed;
	const uint8_t *end = (const uint8_t *) packed + bytes;
	uint64_t	unseen;
	uint64_t	buckets;

	if (bytes < sizeof(FunnelHeader) || header->version != FUNNEL_VERSION ||
		(header->flags & ~(FUNNEL_HAS_TOTAL | FUNNEL_HAS_VALUES)) != 0 || header->reserved != 0 ||
		header->reserved2 != 0 || header->within < JOURNEY_NO_LIMIT ||
		header->path_bytes > bytes - sizeof(FunnelHeader))
		return false;
	funnel->path = (const JourneyPath *) (header + 1);
	funnel->path_bytes = header->path_bytes;
	funnel->within = header->within;
	if (!journey_path_valid(funnel->path, funnel->path_bytes))
		return false;
	*at = (const uint8_t *) funnel->path + funnel->path_bytes;
	if (!varint_get(at, end, &unseen) || (unseen & ~funnel_items(funnel->path)) != 0 ||
		!varint_get(at, end, &buckets) || buckets > (uint64_t) (end - *at) / 2)
		return false;
	funnel->seen = funnel_items(funnel->path) & ~unseen;
	funnel->bucket_count = (uint32_t) buckets;
	return true;
}

/*
 * The path and the number of buckets, which is no larger than the bytes can hold;
 * false if that is no funnel.  The path goes on pointing into the value.
 */
bool
funnel_read_counts(const void *packed, size_t bytes, Funnel *funnel)
{
	const uint8_t *at;

	return get_head(packed, bytes, &at, funnel);
}

static bool
get_timed(const uint8_t **at, const uint8_t *end, const Funnel *funnel, FunnelStep *step)
{
	DurationBucket *sketch = funnel->buckets + step->first;
	uint64_t	buckets;
	Uint128 sum;

	if (!varint_get(at, end, &buckets) || buckets > funnel->bucket_count - step->first)
		return false;
	if (buckets == 0)
		return true;
	if (!varint_get_wide(at, end, &sum) ||
		!duration_sketch_get(at, end, (uint32_t) buckets, sketch))
		return false;
	funnel_step_set_sum(step, sum);
	step->buckets = (uint32_t) buckets;
	return duration_sketch_total(sketch, step->buckets, &step->reached) &&
		duration_sum_possible(sum, step->reached);
}

static bool
get_untimed(const uint8_t **at, const uint8_t *end, FunnelStep *step)
{
	uint64_t	reached;

	if (!varint_get(at, end, &reached) || reached > INT64_MAX)
		return false;
	step->reached = (int64_t) reached;
	return true;
}

/* The whole way, in a funnel that keeps it. */
static bool
get_total(const uint8_t **at, const uint8_t *end, Funnel *funnel, uint32_t first)
{
	FunnelStep *total = &funnel->steps[funnel->path->items];

	total->first = first;
	return get_timed(at, end, funnel, total) && total->buckets > 0;
}

static bool
get_values(const uint8_t **at, const uint8_t *end, Funnel *funnel)
{
	Uint128 folded;

	if (!varint_get(at, end, &funnel->valued) || funnel->valued == 0 ||
		(funnel->valued & ~funnel_items(funnel->path)) != 0)
		return false;
	for (uint64_t rest = funnel->valued; rest != 0; rest &= rest - 1)
	{
		if (!varint_get_wide(at, end, &folded))
			return false;
		funnel_step_set_value(&funnel->steps[journey_first_item(rest)], varint_unfold_wide(folded));
	}
	return true;
}

/* No step has more customers than the one it is measured from, or the first one. */
static bool
reached_possible(const Funnel *funnel)
{
	int			first = funnel_first_step(funnel->path);

	for (int i = 0; i < funnel->path->items; i++)
	{
		int			from = funnel_step_from(funnel->path, i);

		if (funnel->steps[i].reached < 0 ||
			funnel->steps[i].reached > funnel->steps[from == FUNNEL_NO_STEP ? first : from].reached)
			return false;
	}
	return true;
}

/*
 * The whole way is of those who reached the last step, or not known.  It took them as
 * long as the steps did, which others may have reached as well.
 */
static bool
total_possible(const Funnel *funnel)
{
	const FunnelStep *total = funnel_total(funnel);
	int			last = funnel_last_step(funnel->path);
	Uint128 sum = 0;

	if (total->buckets == 0)
		return total->reached == 0 && funnel_step_sum(total) == 0;
	for (int i = 0; i <= last; i++)
		if (!funnel_step_optional(funnel->path, i) &&
			__builtin_add_overflow(sum, funnel_step_sum(&funnel->steps[i]), &sum))
			sum = ~(Uint128) 0;
	return funnel_keeps_total(funnel->path) && total->reached == funnel->steps[last].reached &&
		funnel_step_sum(total) <= sum;
}

/* At most one visit for each customer, of up to JOURNEY_MAX_VALUE on either side of 0. */
static bool
values_possible(const Funnel *funnel)
{
	for (int i = 0; i < funnel->path->items; i++)
	{
		bool		valued = (funnel->valued & JOURNEY_ITEM_BIT(i)) != 0;
		Int128 most = (Int128) (valued ? funnel->steps[i].reached : 0) * JOURNEY_MAX_VALUE;
		Int128 value = funnel_step_value(&funnel->steps[i]);

		if (value > most || value < -most || (valued && most == 0))
			return false;
	}
	return true;
}

/*
 * Unpack a funnel, with as many buckets as funnel_read_counts() gave; false for bytes
 * that are no funnel.
 */
bool
funnel_read(const void *packed, size_t bytes, Funnel *funnel)
{
	const uint8_t *end = (const uint8_t *) packed + bytes;
	const uint8_t *at;
	uint32_t	used = 0;

	if (!get_head(packed, bytes, &at, funnel))
		return false;
	for (int i = 0; i < funnel->path->items; i++)
	{
		FunnelStep *step = &funnel->steps[i];
		bool		timed = funnel_step_from(funnel->path, i) != FUNNEL_NO_STEP;

		memset(step, 0, sizeof(*step));
		step->first = used;
		if (!(timed ? get_timed(&at, end, funnel, step) : get_untimed(&at, end, step)))
			return false;
		used += step->buckets;
	}
	memset(&funnel->steps[funnel->path->items], 0, sizeof(FunnelStep));
	if ((((const FunnelHeader *) packed)->flags & FUNNEL_HAS_TOTAL) != 0 &&
		!get_total(&at, end, funnel, used))
		return false;
	used += funnel_total(funnel)->buckets;
	funnel->valued = 0;
	if ((((const FunnelHeader *) packed)->flags & FUNNEL_HAS_VALUES) != 0 &&
		!get_values(&at, end, funnel))
		return false;
	return at == end && used == funnel->bucket_count && reached_possible(funnel) &&
		total_possible(funnel) && values_possible(funnel);
}

/* Are these the times of so many customers? */
static bool
times_possible(const Funnel *funnel, const FunnelStep *step, int64_t customers)
{
	const DurationBucket *sketch = funnel->buckets + step->first;
	int64_t		times;

	if (!duration_sketch_total(sketch, step->buckets, &times) || times != customers ||
		!duration_sketch_holds(sketch, step->buckets, funnel_step_sum(step)))
		return false;
	return step->buckets == 0 || funnel->within == JOURNEY_NO_LIMIT ||
		duration_bucket_low(sketch[step->buckets - 1].bucket) <= (uint64_t) funnel->within;
}

static bool
step_times_possible(const Funnel *funnel, int i)
{
	const FunnelStep *step = &funnel->steps[i];
	bool		timed = funnel_step_from(funnel->path, i) != FUNNEL_NO_STEP;

	return times_possible(funnel, step, timed ? step->reached : 0);
}

/*
 * Is this a funnel that customers can have made?  The one validator of all that
 * comes from outside.
 */
FunnelStatus
funnel_check(const Funnel *funnel)
{
	if (funnel->within < JOURNEY_NO_LIMIT)
		return FUNNEL_BAD_WITHIN;
	if (!reached_possible(funnel))
		return FUNNEL_BAD_REACHED;
	for (int i = 0; i < funnel->path->items; i++)
		if (funnel->steps[i].reached > 0 && !funnel_step_seen(funnel->path, i, funnel->seen))
			return FUNNEL_BAD_SEEN;
	for (int i = 0; i < funnel->path->items; i++)
		if (!step_times_possible(funnel, i))
			return FUNNEL_BAD_TIMES;
	if (!total_possible(funnel) ||
		!times_possible(funnel, funnel_total(funnel), funnel_total(funnel)->reached))
		return FUNNEL_BAD_TOTAL;
	return values_possible(funnel) ? FUNNEL_OK : FUNNEL_BAD_VALUE;
}

/*
 * The times of the whole way, from the first mandatory step to the last, of those who
 * reached that one; NULL where nobody did, the path has one mandatory step, or they are
 * not known.
 */
const FunnelStep *
funnel_whole_way(const Funnel *funnel)
{
	const FunnelStep *step = funnel_keeps_total(funnel->path) ?
		funnel_total(funnel) : &funnel->steps[funnel_last_step(funnel->path)];

	return step->buckets > 0 ? step : NULL;
}
