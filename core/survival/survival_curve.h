/*
 * survival_curve.h
 *		What waits say: how many have arrived by when, and whether two groups differ.
 *
 * The share that is still on its way is the product, over the buckets up to a time, of
 * one less those who reached by those at risk (E. L. Kaplan and P. Meier, J. American
 * Statistical Association 53, 1958).  Within a bucket those who reached did so before
 * any were censored, as is usual for equal times.  Its variance is Greenwood's (1926),
 * and the limits are those of log(-log) (J. D. Kalbfleisch and R. L. Prentice, The
 * Statistical Analysis of Failure Time Data, 1980), which stay within 0 and 1.
 *
 * What the buckets cost.  At the end of a bucket the estimate of the single times lies
 * between the products of 1 - d / (n - c) and of 1 - d / n, where d reached and c are
 * censored in a bucket with n at risk, as those who reached come last of it or first;
 * here it is the latter.  So where no bucket has both, and always for waits in whole
 * days up to 20 years, nothing is lost; a time that is asked for is taken as the end
 * of its bucket.
 */
#ifndef SURVIVAL_CURVE_H
#define SURVIVAL_CURVE_H

#include "survival/survival.h"

/* The curve after a bucket; shares are of those still on their way, 0 to 1. */
typedef struct SurvivalPoint
{
	uint64_t	time;			/* the mean of the bucket, microseconds */
	int64_t		at_risk;
	int64_t		reached;
	int64_t		censored;
	double		share;
	double		low;			/* NaN where the share is 0 or 1 */
	double		high;
} SurvivalPoint;

/* Walks along the buckets; begin with survival_begin(). */
typedef struct SurvivalWalk
{
	const Survival *survival;
	uint32_t	next;
	int64_t		left;			/* waits in this and later buckets */
	double		share;
	double		variance;		/* of the logarithm of the share */
} SurvivalWalk;

typedef struct SurvivalTest
{
	double		statistic;		/* chi-squared with one degree of freedom */
	double		p_value;
} SurvivalTest;

static inline SurvivalWalk
survival_begin(const Survival *survival)
{
	SurvivalWalk walk = {survival, 0, survival->total, 1, 0};

	return walk;
}

#pragma GCC visibility push(hidden)

extern bool survival_step(SurvivalWalk *walk, SurvivalPoint *point);
extern void survival_limits(const SurvivalWalk *walk, double z, SurvivalPoint *point);
extern bool survival_share_at(const Survival *survival, uint64_t time, double *share);
extern int64_t survival_beyond(const Survival *survival, uint64_t time);
extern bool survival_chance_at(const Survival *survival, uint64_t waited, uint64_t ahead,
							double *chance);
extern bool survival_time_by(const Survival *survival, double q, uint64_t *time);
extern bool survival_log_rank(const Survival *a, const Survival *b, SurvivalTest *test);

#pragma GCC visibility pop

#endif							/* SURVIVAL_CURVE_H */
