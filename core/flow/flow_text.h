/*
 * flow_text.h
 *		The text form of a flow, exact and free of every setting:
 *
 *			{(start) > a = 2, a > b = 2 in 259200000000us [2000+1.Ar1], b > (end) = 2}
 *
 * An edge:
 *
 *			a > b = 2 in 259200000000us [2000+1.Ar1]
 *			|   |   |    |              |
 *			|   |   |    |              5. the sketch of the times (duration_sketch_text.h)
 *			|   |   |    4. the sum of the times, in microseconds
 *			|   |   3. the number of transitions
 *			|   2. the stage to which it leads, or (end)
 *			1. the stage from which it comes, or (start)
 *
 * Parts 4 and 5 are written for edges between two stages only.  The number stands after
 * = because a colon may be part of a label.  Labels are quoted as in label.h.  A label
 * with parentheses is always quoted, so "(start)" is a stage and (start) is where
 * journeys begin.
 *
 * When read, edges may come in any order, those that come twice are added up, and
 * white space may stand between the parts.
 */
#ifndef FLOW_TEXT_H
#define FLOW_TEXT_H

#include "base/text_scan.h"
#include "duration/duration_sketch_text.h"
#include "flow/flow.h"

typedef struct FlowTextReader
{
	TextScan	scan;
	bool		utf8;
	bool		begun;
	TextLabel	from;			/* of length 0: outside, as the next */
	TextLabel	to;
	int64_t		transitions;
	Uint128 sum;			/* of the times, */
	DurationSketchScan sketch;	/* whose buckets duration_sketch_next() gives */
} FlowTextReader;

#pragma GCC visibility push(hidden)

extern size_t flow_text_bound(const Flow *flow);
extern size_t flow_text_print(const Flow *flow, char *text);
extern void flow_text_begin(FlowTextReader *r, const char *text, size_t length, bool utf8);
extern TextItem flow_text_edge(FlowTextReader *r);

#pragma GCC visibility pop

#endif							/* FLOW_TEXT_H */
