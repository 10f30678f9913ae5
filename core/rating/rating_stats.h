/*-------------------------------------------------------------------------
 *
 * rating_stats.h
 *	  Intervals and tests for NPS, CSAT and CES.
 *
 * Plain C without PostgreSQL headers.  Everything is a function of a few
 * counts.  For unweighted answers these are the counts themselves; for
 * weighted answers they are effective counts, the weighted shares times
 * Kish's effective sample size (sum w)^2 / (sum w^2), so they need not be
 * whole numbers.  Counts may reach 2^53 before they are rounded.
 *
 * Units: NPS and CSAT in points, -100..100 and 0..100; CES in points of its
 * scale; variances and p-values plain numbers.  A difference is always after
 * minus before.  Levels lie strictly between 0 and 1.
 *
 * The functions that return bool return false, and leave the result alone,
 * where there is nothing to say: no answers, fewer than two answers for
 * anything that needs a variance, counts that are negative or not finite, a
 * level outside its domain.
 *
 *-------------------------------------------------------------------------
 */
#ifndef RATING_STATS_H
#define RATING_STATS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct NpsCounts
{
	double		detractors;
	double		passives;
	double		promoters;
} NpsCounts;

typedef struct CsatCounts
{
	double		satisfied;
	double		others;
} CsatCounts;

/* Scores seen as a sample of n numbers. */
typedef struct ScoreSample
{
	double		n;				/* number of answers, or effective number */
	double		mean;
	double		variance;		/* sample variance: divided by n - 1 */
} ScoreSample;

/* Both ends belong to the interval. */
typedef struct ConfidenceInterval
{
	double		low;
	double		high;
} ConfidenceInterval;

typedef struct TestResult
{
	double		difference;		/* after minus before, as observed */
	double		std_error;		/* what the statistic was divided by */
	double		statistic;		/* z, or Welch's t */
	double		p_value;		/* two-sided */
	double		low;			/* interval for the difference */
	double		high;
} TestResult;

#pragma GCC visibility push(hidden)

/* Net Promoter Score in points; NaN without answers. */
extern double nps_score(const NpsCounts *counts);

/*
 * Population variance of the scores -1, 0, +1 (detractor, passive, promoter),
 * 0..1; NaN without answers.
 */
extern double nps_variance(const NpsCounts *counts);

/* Standard error of the NPS in points, 0..100; NaN without answers. */
extern double nps_stderr(const NpsCounts *counts);

/* Adjusted Wald interval, within -100..100 and around the NPS. */
extern bool nps_interval(const NpsCounts *counts, double level,
						 ConfidenceInterval *interval);

/* Wilson score interval, within 0..100 and around the percentage. */
extern bool csat_interval(const CsatCounts *counts, double level,
						  ConfidenceInterval *interval);

/*
 * Student t interval, within the scale lowest..highest (which may be
 * infinite) and around the mean.
 */
extern bool ces_interval(const ScoreSample *sample, double lowest, double highest,
						 double level, ConfidenceInterval *interval);

/* z test on adjusted counts; the interval lies within -200..200. */
extern bool nps_test(const NpsCounts *before, const NpsCounts *after,
					 double level, TestResult *result);

/* N-1 two-proportion z test with Newcombe's interval, within -100..100. */
extern bool csat_test(const CsatCounts *before, const CsatCounts *after,
					  double level, TestResult *result);

/*
 * Welch's t test; the interval lies within -span..span, where span (which may
 * be infinite) is the length of the scale.
 */
extern bool ces_test(const ScoreSample *before, const ScoreSample *after,
					 double span, double level, TestResult *result);

/* The counts with the three answers that adjusted Wald adds. */
extern NpsCounts nps_adjusted(const NpsCounts *counts);

/*
 * The fewest answers with which a metric is known to within +-margin points, if
 * they turn out distributed as expected (NULL: as badly as possible).  False also
 * when that takes more than 2^53 answers.  See sample_size.c.
 */
extern bool nps_sample_size(double margin, double level, const NpsCounts *expected,
							int64_t *answers);
extern bool csat_sample_size(double margin, double level, const CsatCounts *expected,
							 int64_t *answers);

/* For the mean of answers with this variance, divided by n; 2 answers at least. */
extern bool ces_sample_size(double margin, double level, double variance,
							int64_t *answers);

/*
 * Mean and sample variance from how often, or with what weight, each score of
 * a scale was given: frequencies[i] belongs to the score lowest + i.  n is
 * the number of answers the sample is worth.  The variance is NaN for n <= 1.
 */
extern bool score_sample(const double *frequencies, int points, double lowest,
						 double n, ScoreSample *sample);

#pragma GCC visibility pop

#endif							/* RATING_STATS_H */
