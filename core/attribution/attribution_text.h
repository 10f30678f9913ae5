/*
 * attribution_text.h
 *		The text form of a journey_attribution, exact and free of any setting:
 *
 *			purchase (7 days) {ads 1 0 0.5 0.5 0.2, mail 1 2 1.5 1.5 1.8}
 *				[^ > ads 1, ^ > mail 1, ads > ! 1, ads > mail 2, mail > $ 2]
 *
 * The goal and, if there is one, the half-life; each touchpoint with its
 * conversions by first, last, linear, position and, with a half-life, time_decay,
 * of 12 decimals at most; each step with how often it was taken,
 * where ^ is the start, $ conversion and ! null.  Labels are written as
 * label.h says, and white space may stand between the parts.
 */
#ifndef ATTRIBUTION_TEXT_H
#define ATTRIBUTION_TEXT_H

#include "attribution/attribution.h"
#include "base/text_scan.h"

/* Room for one touchpoint with its numbers, or for one step, or for the head. */
#define ATTRIBUTION_ITEM_CHARS \
	(2 * JOURNEY_LABEL_TEXT_BOUND(JOURNEY_MAX_LABEL) + SHARED_MODELS * 42 + 64)

typedef struct AttributionTextReader
{
	TextScan	scan;
	bool		utf8;
	bool		begun;			/* the list that is being read */
	int64_t		half_life;
	TextLabel	name;			/* the goal, a touchpoint, where a step begins */
	TextLabel	other;			/* where a step ends */
	AttributionRow row;			/* its units */
	AttributionStep step;		/* FROM_TOUCH, TO_TOUCH: the names tell which */
} AttributionTextReader;

#pragma GCC visibility push(hidden)

extern bool attribution_text_begin(AttributionTextReader *r, const char *text, size_t length,
								   bool utf8);
extern TextItem attribution_text_row(AttributionTextReader *r);
extern TextItem attribution_text_step(AttributionTextReader *r);
extern char *attribution_print_head(char *out, const AttributionReader *reader);
extern char *attribution_print_row(char *out, const JourneyLabel *label, const AttributionRow *row,
								   int64_t half_life);
extern char *attribution_print_step(char *out, const AttributionStep *step,
									const JourneyLabel *labels);

#pragma GCC visibility pop

#endif							/* ATTRIBUTION_TEXT_H */
