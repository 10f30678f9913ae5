/*
 * attribution_text.h
 *		The text form of a journey_attribution, exact and free of any setting:
 *
 *			purchase (7 days) lookback (30 days) direct web values (2, 0, 0)
 *				{mail 1 2 1.5 1.5 1.8; 1.5 2 1 direct 2: 10 60 ..., ...}
 *				[^ > ads 1, ^ > mail 1, ads > ! 1, ads > mail 2, mail > $ 2]
 *
 * The goal; the half-life, the lookback and the direct touchpoint, if there are; with
 * money how many conversions had a value, and what those without a touch were worth,
 * above 0 and below it.
 *
 * Each touchpoint with its conversions by first, last, linear, position and, with a
 * half-life, time_decay, of 12 decimals at most; behind a semicolon by shapley, in how
 * many paths it took part, its pairs and, with a direct touchpoint, last_non_direct:
 * only values of the first form lack these.  With money, behind a colon, that of first,
 * last, linear, position and shapley, of 16 decimals at most; of the paths and the pairs,
 * what it earned and what was refunded, of 4; and that of time_decay and last_non_direct
 * behind the words decay and direct.
 *
 * Each step with how often it was taken, where ^ is the start, $ conversion and ! null.
 * Labels are written as label.h says, and white space may stand between the parts.
 */
#ifndef ATTRIBUTION_TEXT_H
#define ATTRIBUTION_TEXT_H

#include "attribution/attribution.h"
#include "base/text_scan.h"

/* Room for one touchpoint with its numbers, or for one step, or for the head. */
#define ATTRIBUTION_ITEM_CHARS \
	(2 * JOURNEY_LABEL_TEXT_BOUND(JOURNEY_MAX_LABEL) + (2 * SHARED_MODELS + WORTHS + 4) * 42 + 128)

typedef struct AttributionTextReader
{
	TextScan	scan;
	bool		utf8;
	bool		begun;			/* the list that is being read */
	bool		basic;			/* the touchpoints lack what came later; known with the first */
	uint32_t	rows;			/* touchpoints that were read */
	int64_t		half_life;
	int64_t		lookback;
	AttributionMoney money;		/* with_value is 0 where there is none */
	TextLabel	goal;
	TextLabel	direct;
	TextLabel	name;			/* a touchpoint, or where a step begins */
	TextLabel	other;			/* where a step ends */
	AttributionRow row;			/* its sums */
	AttributionStep step;		/* FROM_TOUCH, TO_TOUCH: the names tell which */
} AttributionTextReader;

#pragma GCC visibility push(hidden)

extern bool attribution_text_begin(AttributionTextReader *r, const char *text, size_t length,
								   bool utf8);
extern AttributionRules attribution_text_rules(const AttributionTextReader *r);
extern TextItem attribution_text_row(AttributionTextReader *r);
extern TextItem attribution_text_step(AttributionTextReader *r);
extern char *attribution_print_head(char *out, const AttributionReader *reader);
extern char *attribution_print_row(char *out, const JourneyLabel *label, const AttributionRow *row,
								   const AttributionReader *reader);
extern char *attribution_print_step(char *out, const AttributionStep *step,
									const JourneyLabel *labels);

#pragma GCC visibility pop

#endif							/* ATTRIBUTION_TEXT_H */
