/*
 * terms_contrast.h
 *		What is typical of one group's comments against another's, and on whose side a
 *		comment is.
 *
 * The terms that are said most often are said by everybody; what sets two groups apart are
 * those whose odds differ between them.  The logarithm of the ratio of the odds is the
 * same in both directions but for its sign, and a prior keeps terms that were seen a few
 * times from leading the list by chance (Monroe, Colaresi and Quinn 2008).
 *
 * The same counts tell of a new comment who is likely to have written it: each of its words
 * that either side knows speaks for one side with the logarithm of how much more often
 * that side says it, and the sum decides (naive Bayes).  So no lexicon is needed: the
 * scores that came with the comments are the labels.
 *
 * Formulas and sources are in terms_contrast.c.  Both sides list their terms in the order of
 * their bytes, so one pass over the two finds all.
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
