/*
 * terms_contrast.h
 *		What is typical of one group's comments against another's, and on whose side a
 *		comment is.  Pure core.
 */
#ifndef TERMS_CONTRAST_H
#define TERMS_CONTRAST_H

#include "terms/terms.h"

/* A term of either side; log_odds above 0: typical of a. */
typedef struct TermContrast
{
	Term		term;			/* text and length; of counts there are two: */
	int64_t		a;
	int64_t		b;
	double		log_odds;
	double		z;
	double		p_value;		/* two-sided */
} TermContrast;

/* What sentiment needs to know of all terms of two summaries. */
typedef struct TermWeight
{
	Term		term;			/* text and length */
	double		weight;			/* ln(p(term | good) / p(term | bad)) */
} TermWeight;

#pragma GCC visibility push(hidden)

extern uint32_t terms_contrast(const Terms *a, const Terms *b, TermContrast *contrast);
extern uint32_t terms_weigh(const Terms *good, const Terms *bad, TermWeight *weights);
extern const TermWeight *terms_weight_of(const TermWeight *weights, uint32_t count,
										 const char *text, uint32_t length);

#pragma GCC visibility pop

#endif							/* TERMS_CONTRAST_H */
