/*-------------------------------------------------------------------------
 *
 * rating_stats.c
 *	  Intervals and tests for NPS, CSAT and CES.
 *
 * The textbook formulas of these methods subtract nearly equal numbers as
 * soon as there are many answers or almost all of them agree.  Here they are
 * rearranged so that every sum has terms of one sign, or the difference is
 * taken exactly (difference_of_products); that keeps the results right to
 * better than 1e-9 from one answer to 2^53.
 *
 * Every interval contains its own point estimate and stays on its scale.
 *
 * Sources:
 *	  B. Rocks, Interval Estimation for the "Net Promoter Score", The American
 *	  Statistician 70 (2016), arXiv 1601.07235: adjusted Wald.
 *	  E. B. Wilson, JASA 22 (1927): score interval for a proportion.
 *	  E. S. Pearson, Biometrika 34 (1947), and I. Campbell, Statistics in
 *	  Medicine 26 (2007): N-1 test of two proportions.
 *	  R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10:
 *	  hybrid score interval for a difference of proportions.
 *	  B. L. Welch, Biometrika 34 (1947), with the Welch-Satterthwaite degrees
 *	  of freedom: difference of two means with unequal variances.
 *	  L. Kish, Survey Sampling (1965): effective sample size.
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "rating/rating_stats.h"
#include "rating/distributions.h"

/* Answers that adjusted Wald adds to each group of an NPS. */
#define EXTRA_DETRACTORS	0.75
#define EXTRA_PASSIVES		1.5
#define EXTRA_PROMOTERS		0.75

/*
 * Fewest answers that have a variance.  An effective sample size is a rounded
 * quotient, so that two equally weighted answers may come out just below 2.
 */
#define FEWEST_FOR_VARIANCE	(2.0 - 1e-9)


/* ----------
 * Helpers
 * ----------
 */

static bool
level_is_valid(double level)
{
	return level > 0.0 && level < 1.0;
}

static bool
count_is_valid(double count)
{
	return count >= 0.0 && isfinite(count);
}

/*
 * a b - c d, right to about two roundings even where the products are nearly
 * equal, and exactly 0 where they are equal (Kahan's algorithm; Jeannerod,
 * Louvet and Muller, Mathematics of Computation 82, 2013).
 */
static double
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
static ConfidenceInterval
interval_around(double low, double high, double estimate,
				double lowest, double highest)
{
	ConfidenceInterval interval;

	interval.low = fmin(fmax(low, lowest), estimate);
	interval.high = fmax(fmin(high, highest), estimate);
	return interval;
}


/* ----------
 * Net Promoter Score
 * ----------
 */

static double
nps_answers(const NpsCounts *counts)
{
	return counts->detractors + counts->passives + counts->promoters;
}

static bool
nps_counts_are_valid(const NpsCounts *counts)
{
	return count_is_valid(counts->detractors) &&
		count_is_valid(counts->passives) &&
		count_is_valid(counts->promoters) &&
		nps_answers(counts) > 0.0;
}

NpsCounts
nps_adjusted(const NpsCounts *counts)
{
	NpsCounts	adjusted;

	adjusted.detractors = counts->detractors + EXTRA_DETRACTORS;
	adjusted.passives = counts->passives + EXTRA_PASSIVES;
	adjusted.promoters = counts->promoters + EXTRA_PROMOTERS;
	return adjusted;
}

/* Variance of the mean score, on the scale -1..1. */
static double
nps_mean_variance(const NpsCounts *counts)
{
	return nps_variance(counts) / nps_answers(counts);
}

double
nps_score(const NpsCounts *counts)
{
	if (!nps_counts_are_valid(counts))
		return NAN;
	return 100.0 * ((counts->promoters - counts->detractors) / nps_answers(counts));
}

/*
 * With shares p, q, d that add up to 1, (p + d) - (p - d)^2 is
 * q (p + d) + 4 p d, which has no difference to lose digits in.
 */
double
nps_variance(const NpsCounts *counts)
{
	double		n = nps_answers(counts);
	double		d;
	double		p;
	double		q;

	if (!nps_counts_are_valid(counts))
		return NAN;
	d = counts->detractors / n;
	q = counts->passives / n;
	p = counts->promoters / n;
	return q * (p + d) + 4.0 * p * d;
}

double
nps_stderr(const NpsCounts *counts)
{
	return 100.0 * sqrt(nps_mean_variance(counts));
}

/*
 * Adjusted Wald: a Wald interval after adding three answers.  The additions
 * pull it towards 0, so with few answers the observed NPS can lie outside: it
 * is then taken in.
 */
bool
nps_interval(const NpsCounts *counts, double level, ConfidenceInterval *interval)
{
	NpsCounts	adjusted = nps_adjusted(counts);
	double		centre = nps_score(&adjusted);
	double		half;

	if (!nps_counts_are_valid(counts) || !level_is_valid(level))
		return false;
	half = normal_critical(level) * nps_stderr(&adjusted);
	*interval = interval_around(centre - half, centre + half, nps_score(counts),
								-100.0, 100.0);
	return true;
}

/*
 * The score difference in points.  Over a common denominator, so that close
 * scores of many answers lose no digits.
 */
static double
nps_difference(const NpsCounts *before, const NpsCounts *after)
{
	double		n_before = nps_answers(before);
	double		n_after = nps_answers(after);

	return 100.0 *
		(difference_of_products(after->promoters - after->detractors, n_before,
								before->promoters - before->detractors, n_after) /
		 (n_before * n_after));
}

/*
 * The test that belongs to the interval: both groups get the added answers,
 * and the adjusted difference is divided by its standard error.  What is
 * reported as the difference is the observed one, so that it equals the
 * difference of the two scores people see; with few answers it is therefore
 * larger than statistic * std_error.
 */
bool
nps_test(const NpsCounts *before, const NpsCounts *after, double level,
		 TestResult *result)
{
	NpsCounts	adjusted_before = nps_adjusted(before);
	NpsCounts	adjusted_after = nps_adjusted(after);
	double		centre = nps_difference(&adjusted_before, &adjusted_after);
	double		half;
	ConfidenceInterval interval;

	if (!nps_counts_are_valid(before) || !nps_counts_are_valid(after) ||
		!level_is_valid(level))
		return false;

	result->difference = nps_difference(before, after);
	result->std_error = 100.0 * sqrt(nps_mean_variance(&adjusted_before) +
									 nps_mean_variance(&adjusted_after));
	result->statistic = centre / result->std_error;
	result->p_value = normal_two_sided_p(result->statistic);

	half = normal_critical(level) * result->std_error;
	interval = interval_around(centre - half, centre + half, result->difference,
							   -200.0, 200.0);
	result->low = interval.low;
	result->high = interval.high;
	return true;
}


/* ----------
 * CSAT
 * ----------
 */

static double
csat_answers(const CsatCounts *counts)
{
	return counts->satisfied + counts->others;
}

static bool
csat_counts_are_valid(const CsatCounts *counts)
{
	return count_is_valid(counts->satisfied) && count_is_valid(counts->others) &&
		csat_answers(counts) > 0.0;
}

/*
 * Where the lower Wilson limit cuts the share of the hits, 0..1: at
 * share * hits / (hits + w), for this w.
 *
 * The limits are the roots of a quadratic; the lower one is the product of
 * both divided by the upper one, so that nothing cancels.
 */
static double
wilson_weight(double hits, double misses, double z)
{
	return z * (0.5 * z + sqrt(hits * (misses / (hits + misses)) + 0.25 * z * z));
}

/* Lower Wilson limit for the share of the hits, in points; 0 for no hits. */
static double
wilson_low(double hits, double misses, double z)
{
	double		w = wilson_weight(hits, misses, z);

	if (hits == 0.0)
		return 0.0;
	return 100.0 * (hits / (hits + misses) * (hits / (hits + w)));
}

/* How far that limit lies below the share, in points. */
static double
wilson_reach(double hits, double misses, double z)
{
	double		w = wilson_weight(hits, misses, z);

	if (hits == 0.0)
		return 0.0;
	return 100.0 * (hits / (hits + misses) * (w / (hits + w)));
}

/* Both limits are built up from 0, so that small ones keep their digits. */
bool
csat_interval(const CsatCounts *counts, double level, ConfidenceInterval *interval)
{
	double		z = normal_critical(level);
	double		estimate = 100.0 * (counts->satisfied / csat_answers(counts));
	double		low;
	double		high;

	if (!csat_counts_are_valid(counts) || !level_is_valid(level))
		return false;
	low = wilson_low(counts->satisfied, counts->others, z);
	high = estimate + wilson_reach(counts->others, counts->satisfied, z);
	*interval = interval_around(low, high, estimate, 0.0, 100.0);
	return true;
}

/*
 * The difference is least where the share after is at its lower limit and the
 * share before at its upper one; both distances add up like standard errors.
 * An upper distance of the satisfied is a lower one of the others.
 */
static ConfidenceInterval
newcombe_interval(const CsatCounts *before, const CsatCounts *after,
				  double difference, double z)
{
	double		below = hypot(wilson_reach(after->satisfied, after->others, z),
							  wilson_reach(before->others, before->satisfied, z));
	double		above = hypot(wilson_reach(after->others, after->satisfied, z),
							  wilson_reach(before->satisfied, before->others, z));

	return interval_around(difference - below, difference + above, difference,
						   -100.0, 100.0);
}

/*
 * With N answers in all, the pooled z statistic times sqrt((N - 1) / N): the
 * standard error is the pooled one, divided by that root.  When everybody or
 * nobody is satisfied there is no difference: statistic 0, p-value 1.
 */
bool
csat_test(const CsatCounts *before, const CsatCounts *after, double level,
		  TestResult *result)
{
	double		n_before = csat_answers(before);
	double		n_after = csat_answers(after);
	double		satisfied = before->satisfied + after->satisfied;
	double		others = before->others + after->others;
	ConfidenceInterval interval;

	if (!csat_counts_are_valid(before) || !csat_counts_are_valid(after) ||
		!(n_before + n_after > 1.0) || !level_is_valid(level))
		return false;

	result->difference = 100.0 *
		(difference_of_products(after->satisfied, before->others,
								before->satisfied, after->others) /
		 (n_before * n_after));
	result->std_error = 100.0 *
		sqrt(satisfied * others / (n_before * n_after) / (n_before + n_after - 1.0));
	result->statistic =
		result->difference == 0.0 ? 0.0 : result->difference / result->std_error;
	result->p_value = normal_two_sided_p(result->statistic);

	interval = newcombe_interval(before, after, result->difference,
								 normal_critical(level));
	result->low = interval.low;
	result->high = interval.high;
	return true;
}


/* ----------
 * CES, and means in general
 * ----------
 */

/*
 * The mean first, then the squares around it: no digits cancel.  If only one
 * score occurs, it is the mean, whatever rounding the weights bring.
 */
bool
score_sample(const double *frequencies, int points, double lowest, double n,
			 ScoreSample *sample)
{
	double		total = 0.0;
	double		sum = 0.0;
	double		squares = 0.0;
	double		mean = 0.0;

	for (int i = 0; i < points; i++)
	{
		if (!count_is_valid(frequencies[i]))
			return false;
		total += frequencies[i];
		sum += frequencies[i] * i;
		if (frequencies[i] > 0.0)
			mean = frequencies[i] == total ? i : sum / total;
	}
	if (!(total > 0.0) || !count_is_valid(n))
		return false;

	for (int i = 0; i < points; i++)
		squares += frequencies[i] * (i - mean) * (i - mean);
	sample->n = n;
	sample->mean = lowest + mean;
	sample->variance = n > 1.0 ? squares / total * (n / (n - 1.0)) : NAN;
	return true;
}

static bool
sample_is_valid(const ScoreSample *sample)
{
	return sample->n >= FEWEST_FOR_VARIANCE && isfinite(sample->n) &&
		isfinite(sample->mean) &&
		sample->variance >= 0.0 && isfinite(sample->variance);
}

/* If all answers are the same, the interval is that one point. */
bool
ces_interval(const ScoreSample *sample, double lowest, double highest,
			 double level, ConfidenceInterval *interval)
{
	double		half;

	if (!sample_is_valid(sample) || !level_is_valid(level))
		return false;
	half = student_t_critical(level, sample->n - 1.0) *
		sqrt(sample->variance / sample->n);
	*interval = interval_around(sample->mean - half, sample->mean + half,
								sample->mean, lowest, highest);
	return true;
}

/* Welch-Satterthwaite, from the two variances of the mean; not both are 0. */
static double
welch_df(const ScoreSample *before, const ScoreSample *after)
{
	double		v_before = before->variance / before->n;
	double		v_after = after->variance / after->n;
	double		share_before = v_before / (v_before + v_after);
	double		share_after = v_after / (v_before + v_after);

	return 1.0 / (share_before * share_before / (before->n - 1.0) +
				  share_after * share_after / (after->n - 1.0));
}

/*
 * Two groups of which each is all the same say nothing about how scores
 * scatter.  If the means are equal too, that is no difference (p-value 1);
 * if not, the statistic is undefined and there is no result.
 */
static bool
constant_samples_test(double difference, TestResult *result)
{
	const TestResult no_difference = {.p_value = 1.0};

	if (difference != 0.0)
		return false;
	*result = no_difference;
	return true;
}

bool
ces_test(const ScoreSample *before, const ScoreSample *after, double span,
		 double level, TestResult *result)
{
	double		difference = after->mean - before->mean;
	double		df;
	double		half;
	ConfidenceInterval interval;

	if (!sample_is_valid(before) || !sample_is_valid(after) || !level_is_valid(level))
		return false;
	if (before->variance + after->variance == 0.0)
		return constant_samples_test(difference, result);

	df = welch_df(before, after);
	result->difference = difference;
	result->std_error = sqrt(before->variance / before->n + after->variance / after->n);
	result->statistic = difference / result->std_error;
	result->p_value = student_t_two_sided_p(result->statistic, df);

	half = student_t_critical(level, df) * result->std_error;
	interval = interval_around(difference - half, difference + half, difference,
							   -span, span);
	result->low = interval.low;
	result->high = interval.high;
	return true;
}
