/*
 * rating_stats_internal.h
 *		What nps_stats.c, csat_stats.c and ces_stats.c share.
 *
 * The textbook formulas of these methods subtract nearly equal numbers as soon as
 * there are many answers or almost all of them agree.  There they are rearranged so
 * that every sum has terms of one sign, or the difference is taken exactly
 * (difference_of_products); that keeps the results right to better than 1e-9 from
 * one answer to 2^53.
 *
 * Every interval contains its own point estimate and stays on its scale.
 *
 * Source of the effective number of answers: L. Kish, Survey Sampling (1965).
 */
#ifndef RATING_STATS_INTERNAL_H
#define RATING_STATS_INTERNAL_H

#include <math.h>

#include "rating/distributions.h"
#include "rating/rating_stats.h"

static inline bool
level_is_valid(double level)
{
	return level > 0.0 && level < 1.0;
}

static inline bool
count_is_valid(double count)
{
	return count >= 0.0 && isfinite(count);
}

/*
 * a b - c d, right to about two roundings even where the products are nearly
 * equal, and exactly 0 where they are equal (Kahan's algorithm; Jeannerod,
 * Louvet and Muller, Mathematics of Computation 82, 2013).
 */
static inline double
difference_of_products(double a, double b, double c, double d)
{
	double		cd = c * d;
	double		error = fma(-c, d, cd);

	return fma(a, b, -cd) + error;
}

/*
 * Cut the interval to lowest..highest, then widen it to contain the estimate,
 * which lies in that range.
 */
static inline ConfidenceInterval
interval_around(double low, double high, double estimate,
				double lowest, double highest)
{
	ConfidenceInterval interval;

	interval.low = fmin(fmax(low, lowest), estimate);
	interval.high = fmax(fmin(high, highest), estimate);
	return interval;
}

#endif							/* RATING_STATS_INTERNAL_H */
