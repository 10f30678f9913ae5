/*
 * survival_curve.c
 *		The curve of those who are still on their way, and what can be read from it; see
 *		survival_curve.h.
 */
#include <math.h>

#include "rating/distributions.h"
#include "survival/survival_curve.h"

/* Shares that differ by less are the same; as in quantile() of R's survival curves. */
#define SAME_SHARE	1.4901161193847656e-8

/* Go to the next bucket, and say what is there but for the limits; false at the end. */
bool
survival_step(SurvivalWalk *walk, SurvivalPoint *point)
{
	const SurvivalCount *count = &walk->survival->counts[walk->next];
	double		at_risk = (double) walk->left;
	double		rest;

	if (walk->next == walk->survival->n)
		return false;
	rest = (double) (walk->left - count->reached);
	walk->share *= rest / at_risk;
	if (count->reached > 0)
		walk->variance += (double) count->reached / (at_risk * rest);
	point->time = duration_mean(uint128_load(count->sum), survival_count_waits(count));
	point->at_risk = walk->left;
	point->reached = count->reached;
	point->censored = count->censored;
	point->share = walk->share;
	point->low = point->high = NAN;
	walk->left -= survival_count_waits(count);
	walk->next++;
	return true;
}

/* The limits of the share at the bucket that was stepped to, z standard errors away. */
void
survival_limits(const SurvivalWalk *walk, double z, SurvivalPoint *point)
{
	double		logarithm = log(walk->share);
	double		reach = z * sqrt(walk->variance) / -logarithm;

	if (walk->next == 0 || walk->variance == 0 || walk->share <= 0)
		return;
	point->low = exp(logarithm * exp(reach));
	point->high = exp(logarithm * exp(-reach));
}

/* How many waits are in later buckets than the time is. */
int64_t
survival_beyond(const Survival *survival, uint64_t time)
{
	uint32_t	bucket = survival_bucket(time);
	int64_t		beyond = 0;

	for (uint32_t i = survival->n; i > 0 && survival->counts[i - 1].bucket > bucket; i--)
		beyond += survival_count_waits(&survival->counts[i - 1]);
	return beyond;
}

/*
 * Of those who are in later buckets than that of the first time, what share is still on
 * its way at the end of the bucket of the second?  False when nobody was there, or
 * nobody was seen for so long and some had not arrived.
 */
static bool
share_between(const Survival *survival, int64_t left, uint32_t first, uint32_t second,
			  double *share)
{
	uint32_t	last = 0;

	*share = 1;
	for (uint32_t i = 0; i < survival->n; i++)
	{
		const SurvivalCount *count = &survival->counts[i];

		last = count->bucket;
		if (last < first)
			continue;
		if (last > second)
			break;
		*share *= (double) (left - count->reached) / (double) left;
		left -= survival_count_waits(count);
	}
	return last >= second || *share == 0;
}

/* The share that is still on its way at a time, 0 to 1; false where that is not known. */
bool
survival_share_at(const Survival *survival, uint64_t time, double *share)
{
	return survival->total > 0 &&
		share_between(survival, survival->total, 0, survival_bucket(time), share);
}

/*
 * The chance, 0 to 1, that who has waited so long will have arrived so much later; false
 * where that is not known.  Together they are less than 2^64.
 */
bool
survival_chance_at(const Survival *survival, uint64_t waited, uint64_t ahead, double *chance)
{
	int64_t		left = survival_beyond(survival, waited);
	double		share;

	if (left == 0 || !share_between(survival, left, survival_bucket(waited) + 1,
									survival_bucket(waited + ahead), &share))
		return false;
	*chance = 1 - share;
	return true;
}

/*
 * The time by which the fraction q, 0 to 1, has arrived; false when that never came.
 * Where the curve stays at exactly that for a while, the middle of it; 0 for q = 0, if
 * anybody has arrived.
 */
bool
survival_time_by(const Survival *survival, double q, uint64_t *time)
{
	SurvivalWalk walk = survival_begin(survival);
	SurvivalPoint point;
	bool		flat = false;

	*time = 0;
	while (survival_step(&walk, &point))
	{
		bool		passed = 1 - point.share > q + SAME_SHARE;

		if (q <= 0 && point.reached > 0)
			return true;
		if (q > 0 && !flat && 1 - point.share >= q - SAME_SHARE)
		{
			*time = point.time;
			if (passed)
				return true;
			flat = true;
		}
		if (flat && (passed || walk.next == survival->n))
		{
			*time += (point.time - *time) / 2;
			return true;
		}
	}
	return false;
}

/*
 * Do two groups take the same time?  The log-rank test (N. Mantel, Cancer Chemotherapy
 * Reports 50, 1966) with the variance of the hypergeometric distribution.  False where
 * that is 0.
 */
bool
survival_log_rank(const Survival *a, const Survival *b, SurvivalTest *test)
{
	uint32_t	i = 0;
	uint32_t	k = 0;
	double		in_a = (double) a->total;
	double		in_b = (double) b->total;
	double		excess = 0;		/* those of a who reached, less as many as expected */
	double		variance = 0;

	while (i < a->n && k < b->n)
	{
		uint32_t	from_a = a->counts[i].bucket;
		uint32_t	from_b = b->counts[k].bucket;
		const SurvivalCount none = {0};
		const SurvivalCount *x = from_a <= from_b ? &a->counts[i++] : &none;
		const SurvivalCount *y = from_b <= from_a ? &b->counts[k++] : &none;
		double		reached = (double) x->reached + (double) y->reached;
		double		n = in_a + in_b;

		excess += (double) x->reached - reached * in_a / n;
		if (n > 1)
			variance += reached * (in_a / n) * (in_b / n) * ((n - reached) / (n - 1));
		in_a -= (double) survival_count_waits(x);
		in_b -= (double) survival_count_waits(y);
	}
	/* from here on one group is alone, and what it does is what is expected */
	if (!(variance > 0))
		return false;
	test->statistic = excess * excess / variance;
	test->p_value = normal_two_sided_p(sqrt(test->statistic));
	return true;
}
