/*
 * contrast_stats.h
 *		How conversion goes with a stage: four counts, and what they say.
 *
 *						reached		missed
 *		saw the stage		a			b
 *		did not				c			d
 *
 * The odds ratio is ad / bc, with the limits of B. Woolf (Annals of Human Genetics 19,
 * 1955) for 95 percent: the normal distribution of its logarithm, whose variance is
 * 1/a + 1/b + 1/c + 1/d.  Where one of the four is 0, 1/2 is added to each of them, for
 * the ratio as well (J. B. S. Haldane, Annals of Human Genetics 20, 1956).  Phi is the
 * correlation of the two, -1 to 1.  The p-value is that of the N-1 test of two
 * proportions (rating_stats.h), which is phi * sqrt(N - 1) as a normal deviate.
 */
#ifndef CONTRAST_STATS_H
#define CONTRAST_STATS_H

#include "contrast/contrast.h"

/* What is NaN is not known: a margin is 0. */
typedef struct ContrastStats
{
	double		odds_ratio;
	double		low;
	double		high;
	double		phi;
	double		p_value;
} ContrastStats;

#pragma GCC visibility push(hidden)

extern ContrastStats contrast_stats(const ContrastCounts *counts, const ContrastStage *stage);

#pragma GCC visibility pop

#endif							/* CONTRAST_STATS_H */
