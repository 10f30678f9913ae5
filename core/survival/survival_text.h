/*
 * survival_text.h
 *		The text form of waits, exact and free of every setting:
 *
 *			{from basket to payment [2340: 2 + 1 in 10368000000000us, ...]}
 *
 * Each bucket has its number (survival_bucket.h), how many reached and how many are
 * censored, and the sum of them all.  Gaps begin with "gaps of basket", and waits that
 * were given one by one with the bracket.  Labels are quoted as in base/label.h.
 *
 * When read, white space may stand between the parts.
 */
#ifndef SURVIVAL_TEXT_H
#define SURVIVAL_TEXT_H

#include "base/text_scan.h"
#include "survival/survival.h"

/* A text that is read: what the waits are for, then one bucket after the other. */
typedef struct SurvivalTextReader
{
	TextScan	scan;
	SurvivalSubject subject;	/* labels point into from and to */
	TextLabel	from;
	TextLabel	to;
	bool		begun;
	int64_t		next;			/* the least bucket that may come */
	SurvivalCount count;
} SurvivalTextReader;

#pragma GCC visibility push(hidden)

extern size_t survival_text_bound(const Survival *survival);
extern size_t survival_text_print(const Survival *survival, char *text);
extern bool survival_text_begin(SurvivalTextReader *r, const char *text, size_t length,
								bool utf8);
extern TextItem survival_text_next(SurvivalTextReader *r);

#pragma GCC visibility pop

#endif							/* SURVIVAL_TEXT_H */
