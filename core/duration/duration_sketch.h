/*
 * duration_sketch.h
 *		Percentiles of durations from counts that can be added.
 *
 * A duration is a whole number of microseconds, 0 to 2^64 - 1.  It falls into
 * one of 3776 buckets: below 64 each number has a bucket of its own; above, each
 * power of two is cut into 64 buckets of equal width (a floating-point number
 * with 6 bits after the leading one, the "log-linear" buckets of HdrHistogram
 * and DDSketch).  Only shifts and a count of leading zeros decide, so the bucket
 * is the same on every machine.
 *
 *		v < 64:				bucket = v
 *		2^e <= v < 2^(e+1):	bucket = (e - 6) * 64 + (v >> (e - 6))
 *
 * What stands for a bucket is its middle.  A bucket from 2^e on is 2^(e-6) wide
 * and its least value is at least 2^e, so that the middle is off by at most
 * 2^(e-7) / 2^e = 1/128 = 0.78 %; below 128 microseconds a bucket holds a single
 * value and nothing is off.
 *
 * A sketch is how many durations fell into each bucket: pairs (bucket, count)
 * in the order of the buckets, no count 0.  Sketches merge by adding counts, so
 * that any order of merging gives the same sketch.
 *
 * The percentile at q is taken as percentile_cont takes it: of n durations in
 * order, the one that (n - 1) * q others come before; between two of them, if that
 * is no whole number, in proportion.  Both are off by at most 1/128, so what lies
 * between them is, too.  The sum, which is exact, is kept beside a sketch.  Where
 * all durations lie in one bucket, every percentile is their mean: a single
 * duration, or equal ones, come out exactly.  The bound holds there for the median,
 * which is as near to the mean as half the width of the bucket: at least half of
 * the durations are no less than the median and the others no less than the
 * bucket's least value, so that mean - low >= (median - low) / 2, and likewise from
 * above.  Percentiles far from the median can be off by the whole width, 1/64.
 *
 * Packed, for each pair: bucket less the one before (less 0 for the first one),
 * then count, as variable-length integers (varint.h).
 *
 * This is part of the pure core: no PostgreSQL, no errors raised, no memory
 * allocated.
 */
#ifndef DURATION_SKETCH_H
#define DURATION_SKETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/varint.h"

#define DURATION_BITS		6
#define DURATION_STEPS		(1 << DURATION_BITS)	/* buckets of a power of two */
#define DURATION_BUCKETS	((64 - DURATION_BITS + 1) * DURATION_STEPS)

typedef struct DurationBucket
{
	uint32_t	bucket;
	int64_t		count;
} DurationBucket;

/* A packed pair has at most this many bytes: 2 for a bucket below 2^14, 9 for a count. */
#define DURATION_PAIR_MAX	11

/* The bucket of a duration; inline, because it comes once a row. */
static inline uint32_t
duration_bucket(uint64_t microseconds)
{
	int			exponent;

	if (microseconds < DURATION_STEPS)
		return (uint32_t) microseconds;
	exponent = 63 - __builtin_clzll(microseconds);
	return (uint32_t) ((exponent - DURATION_BITS) * DURATION_STEPS) +
		(uint32_t) (microseconds >> (exponent - DURATION_BITS));
}

/* Can so many durations, each below 2^64 microseconds, have that sum?  Then its sums fit, too. */
static inline bool
duration_sum_possible(Uint128 sum, int64_t count)
{
	return sum <= (Uint128) (uint64_t) count * UINT64_MAX;
}

#pragma GCC visibility push(hidden)

extern uint64_t duration_bucket_low(uint32_t bucket);
extern uint64_t duration_bucket_high(uint32_t bucket);
extern uint64_t duration_bucket_middle(uint32_t bucket);

extern bool duration_sketch_is_sorted(const DurationBucket *sketch, uint32_t n);
extern bool duration_sketch_total(const DurationBucket *sketch, uint32_t n, int64_t *total);
extern bool duration_sketch_holds(const DurationBucket *sketch, uint32_t n, Uint128 sum);
extern uint64_t duration_sketch_percentile(const DurationBucket *sketch, uint32_t n,
										   Uint128 sum, double q);
extern uint64_t duration_mean(Uint128 sum, int64_t count);
extern bool duration_sketch_merge(const DurationBucket *a, uint32_t a_count,
								  const DurationBucket *b, uint32_t b_count,
								  DurationBucket *merged, uint32_t *merged_count);
extern int	duration_bucket_compare(const void *a, const void *b);
extern uint8_t *duration_sketch_put(uint8_t *out, const DurationBucket *sketch, uint32_t n);
extern bool duration_sketch_get(const uint8_t **at, const uint8_t *end, uint32_t n,
								DurationBucket *sketch);

#pragma GCC visibility pop

#endif							/* DURATION_SKETCH_H */
