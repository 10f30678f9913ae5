/*
 * duration_sketch.c
 *		Percentiles of durations from counts that can be added; see
 *		duration_sketch.h for the idea and the bound of the error.
 */
#include "duration/duration_sketch.h"

#include <math.h>

/* How far a bucket's values are shifted to tell them from their neighbours. */
static int
bucket_shift(uint32_t bucket)
{
	return bucket < DURATION_STEPS ? 0 : (int) (bucket / DURATION_STEPS) - 1;
}

/* The least duration of a bucket. */
uint64_t
duration_bucket_low(uint32_t bucket)
{
	int			shift = bucket_shift(bucket);

	return (uint64_t) (bucket - (uint32_t) shift * DURATION_STEPS) << shift;
}

/* The greatest duration of a bucket. */
uint64_t
duration_bucket_high(uint32_t bucket)
{
	return duration_bucket_low(bucket) + ((UINT64_C(1) << bucket_shift(bucket)) - 1);
}

/* The duration that stands for a bucket. */
uint64_t
duration_bucket_middle(uint32_t bucket)
{
	uint64_t	low = duration_bucket_low(bucket);

	return low + (duration_bucket_high(bucket) - low) / 2;
}

/* Are the buckets in order, and each there once? */
bool
duration_sketch_is_sorted(const DurationBucket *sketch, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++)
		if (sketch[i].bucket <= sketch[i - 1].bucket)
			return false;
	return true;
}

/* How many durations there are; false when that is past an int64, or a count is below 1. */
bool
duration_sketch_total(const DurationBucket *sketch, uint32_t n, int64_t *total)
{
	*total = 0;
	for (uint32_t i = 0; i < n; i++)
		if (sketch[i].count <= 0 || __builtin_add_overflow(*total, sketch[i].count, total))
			return false;
	return true;
}

/*
 * Can durations in these buckets have that sum?  The total must be an int64;
 * then the greatest sum is below 2^127.
 */
bool
duration_sketch_holds(const DurationBucket *sketch, uint32_t n, Uint128 sum)
{
	Uint128 least = 0;
	Uint128 most = 0;

	for (uint32_t i = 0; i < n; i++)
	{
		Uint128 count = (Uint128) sketch[i].count;

		least += count * duration_bucket_low(sketch[i].bucket);
		most += count * duration_bucket_high(sketch[i].bucket);
	}
	return sum >= least && sum <= most;
}

/* The mean in whole microseconds, half of one rounded up; count is not 0. */
uint64_t
duration_mean(Uint128 sum, int64_t count)
{
	Uint128 divisor = (Uint128) count;

	return (uint64_t) (sum / divisor + (2 * (sum % divisor) >= divisor));
}

/* What stands for the duration that has so many others before it, in order. */
static uint64_t
duration_at(const DurationBucket *sketch, uint32_t n, int64_t before)
{
	uint32_t	i = 0;

	for (; i + 1 < n && before >= sketch[i].count; i++)
		before -= sketch[i].count;
	return duration_bucket_middle(sketch[i].bucket);
}

/* The point at a fraction of the way, to the microsecond, half of one to the even one. */
static uint64_t
between(uint64_t low, uint64_t high, double fraction)
{
	uint64_t	width = high - low;
	double		step = rint(fraction * (double) width);

	return low + (step < (double) width ? (uint64_t) step : width);
}

/*
 * The percentile at the fraction q, from 0 to 1, of one duration or more, as
 * percentile_cont(q): see duration_sketch.h for how near it comes.
 */
uint64_t
duration_sketch_percentile(const DurationBucket *sketch, uint32_t n, Uint128 sum, double q)
{
	int64_t		total;
	int64_t		before;
	double		place;

	(void) duration_sketch_total(sketch, n, &total);
	if (n == 1)
		return duration_mean(sum, total);
	place = q * (double) (total - 1);
	before = place < (double) (total - 1) ? (int64_t) place : total - 1;
	return between(duration_at(sketch, n, before),
				   duration_at(sketch, n, before < total - 1 ? before + 1 : before),
				   place - (double) before);
}

/*
 * Add two sketches into a third with room for both.  False when a count is past
 * an int64.
 */
bool
duration_sketch_merge(const DurationBucket *a, uint32_t a_count,
					  const DurationBucket *b, uint32_t b_count,
					  DurationBucket *merged, uint32_t *merged_count)
{
	const DurationBucket *a_end = a + a_count;
	const DurationBucket *b_end = b + b_count;
	DurationBucket *out = merged;

	while (a < a_end || b < b_end)
	{
		if (b == b_end || (a < a_end && a->bucket < b->bucket))
			*out++ = *a++;
		else if (a == a_end || b->bucket < a->bucket)
			*out++ = *b++;
		else
		{
			out->bucket = a->bucket;
			if (__builtin_add_overflow(a++->count, b++->count, &out->count))
				return false;
			out++;
		}
	}
	*merged_count = (uint32_t) (out - merged);
	return true;
}

/* For sort_entries(): by bucket. */
int
duration_bucket_compare(const void *a, const void *b)
{
	uint32_t	x = ((const DurationBucket *) a)->bucket;
	uint32_t	y = ((const DurationBucket *) b)->bucket;

	return (x > y) - (x < y);
}

/* Pack a sketch; takes up to n * DURATION_PAIR_MAX bytes, returns where it ends. */
uint8_t *
duration_sketch_put(uint8_t *out, const DurationBucket *sketch, uint32_t n)
{
	uint32_t	before = 0;

	for (uint32_t i = 0; i < n; i++)
	{
		out = varint_put(out, sketch[i].bucket - before);
		out = varint_put(out, (uint64_t) sketch[i].count);
		before = sketch[i].bucket;
	}
	return out;
}

/*
 * Unpack n pairs and move *at past them.  False unless they are a sketch: all
 * buckets there are, ascending, each with a count of 1 or more.
 */
bool
duration_sketch_get(const uint8_t **at, const uint8_t *end, uint32_t n, DurationBucket *sketch)
{
	uint64_t	bucket = 0;

	for (uint32_t i = 0; i < n; i++)
	{
		uint64_t	step;
		uint64_t	count;

		if (!varint_get(at, end, &step) || !varint_get(at, end, &count) ||
			step >= DURATION_BUCKETS || (i > 0 && step == 0))
			return false;
		bucket += step;
		if (bucket >= DURATION_BUCKETS || count == 0 || count > INT64_MAX)
			return false;
		sketch[i].bucket = (uint32_t) bucket;
		sketch[i].count = (int64_t) count;
	}
	return true;
}
