/*
 * csat_stats.c
 *		Interval and test for CSAT, the share of those who are satisfied.
 *
 * Sources:
 *		E. B. Wilson, JASA 22 (1927): score interval for a proportion.
 *		E. S. Pearson, Biometrika 34 (1947), and I. Campbell, Statistics in Medicine 26
 *		(2007): N-1 test of two proportions.
 *		R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10: hybrid
 *		score interval for a difference of proportions.
 */
#include "rating/rating_stats_internal.h"

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
