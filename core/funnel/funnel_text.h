/*
 * funnel_text.h
 *		The text form of a funnel, exact and free of every setting:
 *
 *			{search > basket? > payment; within 7 days;
 *			 4, 3 in 7200000000us [1715+2.A31], 0}
 *
 * First the path, which ends at the first semicolon outside of quotes; then the
 * longest time from the first visit to the last, left out if there is no limit;
 * then, if there are any, the numbers of the items to which no visit was seen, as in
 * "unseen 2, 5;"; then, where it is kept, the time of the whole way, as in
 * "total 9000000000us [1738+2];"; and for each step how many reached it.  A step that is
 * timed, if somebody reached it, also has the sum of the times in microseconds and their
 * sketch (duration_sketch_text.h).  Before that stands, as in "4 worth 59.97", what the
 * visits were worth, if any had a value.
 *
 * When read, white space may stand between the parts.
 */
#ifndef FUNNEL_TEXT_H
#define FUNNEL_TEXT_H

#include "base/text_scan.h"
#include "duration/duration_sketch_text.h"
#include "funnel/funnel.h"

typedef struct FunnelTextReader
{
	TextScan	scan;
	bool		total;			/* the time of the whole way was read */
	int			steps;			/* that have been read */
	uint32_t	step;			/* the one read last, from 0 on; the whole way is behind all */
	JourneyPathDraft path;
	int64_t		within;
	JourneyItems seen;
	int64_t		reached;		/* of the step, 0 for the whole way, and */
	bool		valued;			/* whether there are values, and */
	Int128 value;			/* their sum, */
	Uint128 sum;			/* its times, */
	DurationSketchScan sketch;	/* whose buckets duration_sketch_next() gives */
} FunnelTextReader;

#pragma GCC visibility push(hidden)

extern size_t funnel_text_bound(const Funnel *funnel);
extern size_t funnel_text_print(const Funnel *funnel, char *text);
extern bool funnel_text_begin(FunnelTextReader *r, const char *text, size_t length, bool utf8,
							  char *labels);
extern TextItem funnel_text_step(FunnelTextReader *r);

#pragma GCC visibility pop

#endif							/* FUNNEL_TEXT_H */
