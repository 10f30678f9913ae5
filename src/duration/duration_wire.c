/*
 * duration_wire.c
 *		Sketches in the binary forms of values; see duration_wire.h.
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "duration/duration_wire.h"
#include "shared/value_error.h"
#include "shared/value_wire.h"

#define BUCKET_BYTES	12

void
duration_send_sketch(StringInfo buf, Uint128 sum, const DurationBucket *sketch, uint32 n)
{
	pq_sendint32(buf, n);
	if (n == 0)
		return;
	value_send_wide(buf, sum);
	for (uint32 i = 0; i < n; i++)
	{
		pq_sendint32(buf, sketch[i].bucket);
		pq_sendint64(buf, (uint64) sketch[i].count);
	}
}

/* One bucket, behind the one before, which is NULL for the first. */
static bool
receive_bucket(StringInfo buf, DurationBucket *bucket, const DurationBucket *before)
{
	bucket->bucket = (uint32) pq_getmsgint(buf, 4);
	bucket->count = pq_getmsgint64(buf);
	return bucket->bucket < DURATION_BUCKETS && bucket->count > 0 &&
		(before == NULL || before->bucket < bucket->bucket);
}

/*
 * Read what duration_send_sketch() wrote, into new memory; the sum is not compared
 * with the buckets.  22P03
 */
void
duration_receive_sketch(StringInfo buf, const char *type, Uint128 *sum, DurationBucket **sketch,
						uint32 *n)
{
	*n = value_receive_count(buf, type, DURATION_BUCKETS, BUCKET_BYTES);
	*sum = 0;
	*sketch = NULL;
	if (*n == 0)
		return;
	*sum = value_receive_wide(buf);
	*sketch = palloc(*n * sizeof(DurationBucket));
	for (uint32 i = 0; i < *n; i++)
		if (!receive_bucket(buf, &(*sketch)[i], i > 0 ? &(*sketch)[i - 1] : NULL))
			value_reject_binary(type, "The buckets of times must ascend, and each have a count "
								"of 1 or more.");
}
