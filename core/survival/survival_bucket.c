/*
 * survival_bucket.c
 *		Buckets of waiting times; see survival_bucket.h.
 */
#include "survival/survival_bucket.h"

/* The bucket of a wait, 0 to SURVIVAL_BUCKETS - 1. */
uint32_t
survival_bucket(uint64_t microseconds)
{
	if (microseconds < SURVIVAL_FEW_DAYS * SURVIVAL_DAY)
		return duration_bucket(microseconds);
	if (microseconds < SURVIVAL_MANY_DAYS * SURVIVAL_DAY)
		return SURVIVAL_FIRST_DAY + (uint32_t) (microseconds / SURVIVAL_DAY) - SURVIVAL_FEW_DAYS;
	return SURVIVAL_FIRST_LONG + duration_bucket(microseconds) - SURVIVAL_LONG_DURATION;
}

/* The shortest wait of a bucket; of SURVIVAL_BUCKETS it would be 2^64, and is 0. */
uint64_t
survival_bucket_low(uint32_t bucket)
{
	if (bucket < SURVIVAL_FIRST_DAY)
		return duration_bucket_low(bucket);
	if (bucket <= SURVIVAL_FIRST_LONG)
		return (bucket - SURVIVAL_FIRST_DAY + SURVIVAL_FEW_DAYS) * SURVIVAL_DAY;
	if (bucket >= SURVIVAL_BUCKETS)
		return 0;
	return duration_bucket_low(bucket - SURVIVAL_FIRST_LONG + SURVIVAL_LONG_DURATION);
}

/* The longest wait of a bucket. */
uint64_t
survival_bucket_high(uint32_t bucket)
{
	return survival_bucket_low(bucket + 1) - 1;
}
