/*
 * breakdown_text.h
 *		The text form of a breakdown, exact and free of every setting:
 *
 *			{app = [0, 2, 5], "in store" = [1, 0, 0], (null) = [0, 0, 4]} on [1, 3]
 *
 * Each label has the number of answers of each score, lowest first; at the end stands
 * the scale.  Weighted, a label has three lists:
 *
 *			app = [3, 1] weights [2.5, 0.25] squares [2.125, 0.0625]
 *
 * Labels are quoted as in label.h.  One with parentheses is always quoted, so "(null)"
 * is a label, and (null) stands for answers without a label.  Without labels it is {}.
 *
 * When read, labels may come in any order, those that come twice are added up, and
 * white space may stand between the parts.
 */
#ifndef BREAKDOWN_TEXT_H
#define BREAKDOWN_TEXT_H

#include "base/label.h"
#include "base/text_scan.h"
#include "breakdown/breakdown.h"

typedef struct BreakdownTextReader
{
	TextScan	scan;
	bool		utf8;
	bool		begun;
	TextLabel	label;			/* of length 0: (null) */
	RatingSummary *summary;		/* room for RATING_MAX_SIZE bytes, on a scale from 0 */
	int			points;			/* of the labels so far; 0: there was none */
	bool		weighted;
	int32_t		low;			/* known at the end */
} BreakdownTextReader;

#pragma GCC visibility push(hidden)

extern size_t breakdown_text_bound(const Breakdown *b);
extern size_t breakdown_text_print(const Breakdown *b, char *text);
extern void breakdown_text_begin(BreakdownTextReader *r, const char *text, size_t length,
								 bool utf8, RatingSummary *room);
extern TextItem breakdown_text_next(BreakdownTextReader *r);

#pragma GCC visibility pop

#endif							/* BREAKDOWN_TEXT_H */
