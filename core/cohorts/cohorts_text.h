/*
 * cohorts_text.h
 *		The text forms of journey_cohorts and journey_lifecycle, exact and free of any
 *		setting:
 *
 *			order > order by month for 2 periods in Europe/Warsaw until known
 *				{2026-01-01 streak [9, 3] returned [1, 3, 2] later [5, 4, 2]
 *				ended [9, 9] ended_returned [1, 3]}
 *
 *			order by month in Europe/Warsaw open from 2026-03-01
 *				{2026-01-01 new 9 returning 0 resurrected 0 dormant 0, ...}
 *
 * Each list has the counts of the periods 0, 1, ... up to the last one that is not 0,
 * and one at least; streak [customers, back in 1, in 1 and 2, ...], later: back in this
 * period or a later one.  A zone and a cohort that there is not are (none), and so is
 * what was not known ("until unknown": then ended and ended_returned are missing).
 * Labels are written as label.h says; white space may stand between the parts.
 */
#ifndef COHORTS_TEXT_H
#define COHORTS_TEXT_H

#include "base/text_scan.h"
#include "cohorts/cohorts.h"

/* Room for the head, and for a row besides its numbers. */
#define COHORTS_ITEM_CHARS	(3 * JOURNEY_LABEL_TEXT_BOUND(JOURNEY_MAX_LABEL) + 256)

typedef struct CohortsTextReader
{
	TextScan	scan;
	bool		utf8;
	bool		begun;			/* the list */
	bool		any;			/* key is that of a row before */
	int64_t		key;
	CohortsQuestion question;
	TextLabel	start;			/* what the question points to, as the next two */
	TextLabel	returning;
	TextLabel	zone;
} CohortsTextReader;

#pragma GCC visibility push(hidden)

extern size_t cohorts_text_row_bound(const CohortsQuestion *q);
extern char *cohorts_print_head(char *out, const CohortsQuestion *q);
extern char *cohorts_print_row(char *out, const CohortsQuestion *q, const CohortsRow *row);
extern bool cohorts_text_begin(CohortsTextReader *r, const char *text, size_t length, bool utf8,
							   bool lifecycle);
extern TextItem cohorts_text_row(CohortsTextReader *r, CohortsRow *row);

#pragma GCC visibility pop

#endif							/* COHORTS_TEXT_H */
