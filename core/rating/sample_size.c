/*
 * sample_size.c
 *		How many answers make NPS, CSAT and CES known to within a margin.
 *
 * For NPS and CSAT two half widths must be within the margin: the textbook one of
 * a mean, z sqrt(v / n), and the one that the interval will show.  They differ by
 * a few answers, except when almost everybody is expected to agree: the textbook
 * formula then asks for hardly any answers.
 *
 *	NPS		v = (P + D) - (P - D)^2; the interval is adjusted Wald (Rocks 2016)
 *	CSAT	v = p (1 - p), n = z^2 v / margin^2 (W. G. Cochran, Sampling Techniques,
 *			3rd ed. 1977, section 4.4); the interval is Wilson's, half as wide as
 *			z sqrt(v n + z^2 / 4) / (n + z^2) (W. W. Piegorsch, Computational
 *			Statistics & Data Analysis 46, 2004, 309-316)
 *	CES		Student's t with n - 1 degrees of freedom, t sqrt(v / (n - 1)), where v
 *			is the variance divided by n: what ces_interval shows of n answers
 *			that are spread as expected (Cochran, section 4.6, with t for z)
 *
 * Every half width shrinks as n grows, so that the smallest n is found by
 * bisection.  The adjusted one as a function of u = 1 / (n + 3): its derivative is
 * a concave parabola that is not negative at u = 0 and u = 1/3.  Wilson's: the
 * derivative of its logarithm is negative where v z^2 < v n + z^2 / 2, and v is at
 * most 1/4.  Student's: t and 1 / (n - 1) both shrink.
 */
#include <math.h>
#include <stddef.h>

#include "rating/distributions.h"
#include "rating/rating_stats.h"

/* Whole numbers up to here are exact. */
#define MAX_SAMPLE_SIZE		(INT64_C(1) << 53)

/* What the answers are to be like; allowed is the greatest half width. */
typedef struct SampleGoal
{
	double		allowed;
	double		level;
	double		z;
	NpsCounts	nps;			/* shares that add up to 1 */
	double		variance;		/* of CSAT, 0..1/4, or of CES */
} SampleGoal;

typedef bool (*SampleSuffices) (const SampleGoal *goal, double n);

static bool
goal_is_valid(double margin, double level)
{
	return margin > 0.0 && isfinite(margin) && level > 0.0 && level < 1.0;
}

/* The smallest n from low on that suffices; false if 2^53 does not. */
static bool
smallest_sample(SampleSuffices suffices, const SampleGoal *goal, int64_t low, int64_t *answers)
{
	int64_t		high = MAX_SAMPLE_SIZE;

	if (!suffices(goal, (double) high))
		return false;
	while (low < high)
	{
		int64_t		middle = low + (high - low) / 2;

		if (suffices(goal, (double) middle))
			high = middle;
		else
			low = middle + 1;
	}
	*answers = low;
	return true;
}

/* In squares, so that nothing is rounded twice. */
static bool
nps_suffices(const SampleGoal *goal, double n)
{
	double		width = goal->allowed / (100.0 * goal->z);
	NpsCounts	counts;
	NpsCounts	adjusted;

	counts.detractors = goal->nps.detractors * n;
	counts.passives = goal->nps.passives * n;
	counts.promoters = goal->nps.promoters * n;
	adjusted = nps_adjusted(&counts);
	return nps_variance(&goal->nps) / n <= width * width &&
		nps_variance(&adjusted) / (n + 3.0) <= width * width;
}

bool
nps_sample_size(double margin, double level, const NpsCounts *expected,
				int64_t *answers)
{
	SampleGoal	goal = {margin, level, 0.0, {0.5, 0.0, 0.5}, 0.0};

	if (!goal_is_valid(margin, level))
		return false;
	goal.z = normal_critical(level);
	if (expected != NULL)
	{
		double		n = expected->detractors + expected->passives + expected->promoters;

		if (isnan(nps_score(expected)))
			return false;
		goal.nps.detractors = expected->detractors / n;
		goal.nps.passives = expected->passives / n;
		goal.nps.promoters = expected->promoters / n;
	}
	return smallest_sample(nps_suffices, &goal, 1, answers);
}

static bool
csat_suffices(const SampleGoal *goal, double n)
{
	double		width = goal->allowed / (100.0 * goal->z);
	double		z2 = goal->z * goal->z;
	double		wilson = sqrt(goal->variance * n + 0.25 * z2) / (n + z2);

	return goal->variance / n <= width * width && wilson <= width;
}

bool
csat_sample_size(double margin, double level, const CsatCounts *expected,
				 int64_t *answers)
{
	SampleGoal	goal = {margin, level, 0.0, {0.0, 0.0, 0.0}, 0.25};

	if (!goal_is_valid(margin, level))
		return false;
	goal.z = normal_critical(level);
	if (expected != NULL)
	{
		double		n = expected->satisfied + expected->others;

		if (!(expected->satisfied >= 0.0 && expected->others >= 0.0 && n > 0.0) || !isfinite(n))
			return false;
		goal.variance = expected->satisfied / n * (expected->others / n);
	}
	return smallest_sample(csat_suffices, &goal, 1, answers);
}

/* Small samples tie, as t of 1 degree of freedom at 0.5 is 1: not in the last digit. */
static bool
ces_suffices(const SampleGoal *goal, double n)
{
	return student_t_critical(goal->level, n - 1.0) * sqrt(goal->variance / (n - 1.0)) <=
		goal->allowed * (1.0 + 1e-12);
}

bool
ces_sample_size(double margin, double level, double variance, int64_t *answers)
{
	SampleGoal	goal = {margin, level, 0.0, {0.0, 0.0, 0.0}, variance};

	if (!goal_is_valid(margin, level) || !(variance >= 0.0) || !isfinite(variance))
		return false;
	return smallest_sample(ces_suffices, &goal, 2, answers);
}
