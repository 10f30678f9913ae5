/*
 * ces_stats.c
 *		Mean and variance of scores, interval and test for CES.
 *
 * Source: B. L. Welch, Biometrika 34 (1947), with the Welch-Satterthwaite degrees of
 * freedom: difference of two means with unequal variances.
 */
#include "rating/rating_stats_internal.h"

/*
 * Fewest answers that have a variance.  An effective sample size is a rounded
 * quotient, so that two equally weighted answers may come out just below 2.
 */
#define FEWEST_FOR_VARIANCE	(2.0 - 1e-9)

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
