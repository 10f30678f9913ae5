/*
 * flow_text.h
 *		The text form of a flow, exact and free of every setting:
 *
 *			{(start) > a = 2, a > b = 2 in 259200000000us [2000:1, 2064:1], b > (end) = 2}
 *
 * Each edge has its transitions, after =, because a colon may be part of a label.
 * One between stages also has the sum of the times in microseconds and its sketch,
 * as bucket:count (duration_sketch.h).  Labels are quoted where they need it (label.h), which a label with parentheses
 * does: "(start)" in quotes is a stage, (start) is where journeys begin.
 *
 * When read, edges and buckets may come in any order, those that come twice are
 * added up, and white space may stand between the parts.
 */
#ifndef FLOW_TEXT_H
#define FLOW_TEXT_H

#include "flow/flow.h"
#include "base/label.h"

typedef enum FlowTextStatus
{
	FLOW_TEXT_EDGE,				/* an edge, whose buckets flow_text_bucket() reads */
	FLOW_TEXT_BUCKET,
	FLOW_TEXT_END,				/* of the buckets, or of the flow */
	FLOW_TEXT_ERROR
} FlowTextStatus;

/* One side of an edge; length 0: outside. */
typedef struct FlowTextStage
{
	size_t		length;
	char		label[JOURNEY_MAX_LABEL];
} FlowTextStage;

typedef struct FlowTextReader
{
	const char *text;
	const char *at;
	const char *end;
	bool		utf8;
	bool		begun;
	bool		in_sketch;
	const char *expected;		/* what should stand at the place, or */
	const char *problem;		/* what is wrong there */
	FlowTextStage from;
	FlowTextStage to;
	int64_t		transitions;
	JourneyUint128 sum;
	DurationBucket bucket;
} FlowTextReader;

#pragma GCC visibility push(hidden)

extern size_t flow_text_bound(const Flow *flow);
extern size_t flow_text_print(const Flow *flow, char *text);
extern void flow_text_begin(FlowTextReader *r, const char *text, size_t length, bool utf8);
extern FlowTextStatus flow_text_edge(FlowTextReader *r);
extern FlowTextStatus flow_text_bucket(FlowTextReader *r);

#pragma GCC visibility pop

#endif							/* FLOW_TEXT_H */
