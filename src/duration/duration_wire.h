/*
 * duration_wire.h
 *		The sum and the sketch of times in the binary form of a value, in network
 *		byte order: number of buckets (4 bytes); if that is not 0, the sum in
 *		microseconds (16), and for each bucket, in their order, its number (4) and its
 *		count (8).
 */
#ifndef DURATION_WIRE_H
#define DURATION_WIRE_H

#include "postgres.h"

#include "lib/stringinfo.h"

#include "duration/duration_sketch.h"

#pragma GCC visibility push(hidden)

extern void duration_send_sketch(StringInfo buf, Uint128 sum,
								 const DurationBucket *sketch, uint32 n);
extern void duration_receive_sketch(StringInfo buf, const char *type, Uint128 *sum,
									DurationBucket **sketch, uint32 *n);

#pragma GCC visibility pop

#endif							/* DURATION_WIRE_H */
