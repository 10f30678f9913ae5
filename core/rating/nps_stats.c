/*
 * nps_stats.c
 *		The Net Promoter Score, its standard error, interval and test.
 *
 * Source: B. Rocks, Interval Estimation for the "Net Promoter Score", The American
 * Statistician 70 (2016), arXiv 1601.07235: adjusted Wald.
 */
#include "rating/rating_stats_internal.h"

/* Answers that adjusted Wald adds to each group of an NPS. */
#define EXTRA_DETRACTORS	0.75
#define EXTRA_PASSIVES		1.5
#define EXTRA_PROMOTERS		0.75

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
