/*
 * survival_bucket.h
 *		Buckets of waiting times, fine enough that logs in whole days are exact.
 *
 * A wait is a whole number of microseconds, 0 to 2^64 - 1.  Up to 64 days it falls into
 * the bucket of a duration (duration/duration_sketch.h), which is narrower than a day
 * there, at most 1/64 of what it holds; from 64 days to 20 years of 365.25 days into a
 * bucket of a whole day of 24 hours; and above into that of a duration again, the first
 * of which begins with 20 years.  So two waits of a whole number of days, up to 20
 * years, never share a bucket unless they are equal.
 *
 *		v < 64 days:				bucket = duration_bucket(v)
 *		64 days <= v < 7305 days:	bucket = SURVIVAL_FIRST_DAY + v / day - 64
 *		7305 days <= v:				bucket = SURVIVAL_FIRST_LONG + duration_bucket(v)
 *											 - duration_bucket(7305 days)
 *
 * This is part of the pure core: no PostgreSQL, no errors raised, no memory allocated.
 */
#ifndef SURVIVAL_BUCKET_H
#define SURVIVAL_BUCKET_H

#include <stdint.h>

#include "duration/duration_sketch.h"

#define SURVIVAL_DAY		UINT64_C(86400000000)	/* microseconds */
#define SURVIVAL_FEW_DAYS	64
#define SURVIVAL_MANY_DAYS	7305	/* 20 years */

/* duration_bucket() of a microsecond less than 64 days, and of 7305 days */
#define SURVIVAL_LAST_SHORT		2384
#define SURVIVAL_LONG_DURATION	2823

#define SURVIVAL_FIRST_DAY	(SURVIVAL_LAST_SHORT + 1)
#define SURVIVAL_FIRST_LONG (SURVIVAL_FIRST_DAY + SURVIVAL_MANY_DAYS - SURVIVAL_FEW_DAYS)
#define SURVIVAL_BUCKETS	(SURVIVAL_FIRST_LONG + DURATION_BUCKETS - SURVIVAL_LONG_DURATION)

#pragma GCC visibility push(hidden)

extern uint32_t survival_bucket(uint64_t microseconds);
extern uint64_t survival_bucket_low(uint32_t bucket);
extern uint64_t survival_bucket_high(uint32_t bucket);

#pragma GCC visibility pop

#endif							/* SURVIVAL_BUCKET_H */
