/*
 * duration.h
 *		The packed format behind the SQL type duration_summary: how many durations
 *		there were, their exact sum, and a sketch of them (duration_sketch.h).
 *
 * Part of the pure core.  A value comes in two forms, told apart by a flag.
 *
 * Packed, one form for each content, so that equal summaries have equal bytes:
 *
 *	offset	bytes	content
 *	0		4		length word of a PostgreSQL varlena
 *	4		1		version of the format, 1
 *	5		1		flags; bit 0: growing (0 here); the others are reserved, 0
 *	6		2		reserved, 0
 *	8				variable-length integers (varint.h): number of buckets,
 *					sum of the durations in microseconds, the sketch
 *
 * The text form is {3 in 121us [40+21]}: the number of durations, their sum, the
 * sketch (duration_sketch_text.h); {} for none.
 *
 * Growing: the state of duration_agg, an array of counts for the buckets from
 * first on, which grows at either end by whole powers of two of a duration.  All
 * buckets together take 30 kB.
 */
#ifndef DURATION_H
#define DURATION_H

#include "base/text_scan.h"
#include "duration/duration_sketch.h"

#define DURATION_VERSION	1
#define DURATION_GROWING	0x01

typedef struct DurationHeader
{
	uint32_t	vl_len;			/* PostgreSQL's; only src/ touches it */
	uint8_t		version;
	uint8_t		flags;
	uint16_t	reserved;
} DurationHeader;

typedef struct DurationState
{
	DurationHeader header;
	uint32_t	first;			/* bucket of counts[0], a multiple of DURATION_STEPS */
	uint32_t	slots;			/* likewise */
	uint32_t	mark;			/* of whoever made it; only src/ reads it */
	uint32_t	reserved;
	uint64_t	sum[2];			/* 128 bits, low half first */
	int64_t		total;
	int64_t		counts[];
} DurationState;

/* A summary as arrays; room for DURATION_BUCKETS buckets is always enough. */
typedef struct DurationSummary
{
	Uint128 sum;
	int64_t		total;
	uint32_t	n;
	DurationBucket *buckets;
} DurationSummary;

#pragma GCC visibility push(hidden)

extern size_t duration_state_size(uint32_t slots);
extern bool duration_state_check(const DurationState *s, size_t bytes);
extern bool duration_state_has(const DurationState *s, uint32_t bucket);
extern size_t duration_state_grown(const DurationState *s, uint32_t bucket);
extern void duration_state_move(DurationState *to, const DurationState *from, uint32_t bucket);
extern bool duration_state_add(DurationState *s, uint32_t bucket, int64_t count,
							   Uint128 sum);
extern void duration_state_read(const DurationState *s, DurationSummary *d);

extern bool duration_summary_check(DurationSummary *d);
extern bool duration_summary_read(const void *packed, size_t bytes, DurationSummary *d);
extern size_t duration_summary_bound(const DurationSummary *d);
extern size_t duration_summary_pack(void *packed, const DurationSummary *d);
extern size_t duration_text_bound(const DurationSummary *d);
extern size_t duration_text_print(const DurationSummary *d, char *text);
extern bool duration_text_parse(const char *text, DurationSummary *d, TextScan *scan);

#pragma GCC visibility pop

static inline bool
duration_is_growing(const void *summary)
{
	return (((const DurationHeader *) summary)->flags & DURATION_GROWING) != 0;
}

#endif							/* DURATION_H */
