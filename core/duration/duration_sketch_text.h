/*
 * duration_sketch_text.h
 *		The text form of a sketch (duration_sketch.h), which the text forms of all
 *		values that have one share.
 *
 * As it is printed: in brackets the number of the first bucket, a plus sign, and
 * the counts of the buckets from there on, without signs between them.  A dot and
 * a number say how many buckets are empty before the next count:
 *
 *		[1715+21.b3]	2 in bucket 1715, 1 in 1716, 3 in 1728, 11 buckets being empty
 *
 * Numbers after the plus sign are written so that each shows where it ends, and in
 * few characters: 0 to 9 and a to z are the last digit, of 36, and A to Z, which
 * stand for 1 to 26, the digits before it, of 26.  So there is one way to write
 * each number:
 *
 *		0 to 9, a to z		0 to 35
 *		A0 to Zz			36 to 971
 *		AA0 to ZZz			972 to 25307
 *
 * A group that has filled most buckets of its range takes one to three characters
 * for each.
 *
 * When read, a bucket may also be written by its number and its count, both in
 * decimal digits: [1715:2, 1716:1, 1728:3].  Both ways may follow each other,
 * separated by commas, as long as the buckets ascend.
 */
#ifndef DURATION_SKETCH_TEXT_H
#define DURATION_SKETCH_TEXT_H

#include "base/text_scan.h"
#include "duration/duration_sketch.h"

/* How far a sketch is read. */
typedef struct DurationSketchScan
{
	bool		open;			/* the closing bracket has not come */
	bool		begun;			/* the first bucket has */
	bool		run;			/* counts of the buckets that follow may come */
	uint32_t	next;			/* the least bucket that may come */
} DurationSketchScan;

typedef enum DurationSketchStatus
{
	DURATION_SKETCH_BUCKET,
	DURATION_SKETCH_END,
	DURATION_SKETCH_ERROR
} DurationSketchStatus;

#pragma GCC visibility push(hidden)

extern size_t duration_sketch_text_bound(size_t n);
extern char *duration_sketch_print(char *out, const DurationBucket *sketch, uint32_t n);
extern bool duration_sketch_begin(TextScan *scan, DurationSketchScan *sketch);
extern DurationSketchStatus duration_sketch_next(TextScan *scan, DurationSketchScan *sketch,
												 DurationBucket *bucket);

#pragma GCC visibility pop

#endif							/* DURATION_SKETCH_TEXT_H */
