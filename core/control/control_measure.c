/*
 * control_measure.c
 *		What a control chart needs of a summary: the metric, how many answers it is worth,
 *		and the variance of one answer.
 *
 * Every metric here is the mean of what the answers count: for the NPS -100, 0 or 100, for
 * the CSAT 0 or 100, for the CES the score.
 *
 * Answers that are all alike have no variance, and limits without a width would call any
 * other answer news.  As adjusted Wald does for the NPS (see nps_stats.c), some answers
 * are then added: 3/4 detractors, 3/2 passives and 3/4 promoters; for the CSAT 2 satisfied
 * and 2 others (A. Agresti and B. A. Coull, The American Statistician 52 (1998) 119); for
 * the CES one at each end of the scale.
 */
#include "control/control.h"
#include "rating/rating_stats.h"

/* The answers by score, as numbers. */
typedef struct Answers
{
	const RatingSummary *s;
	RatingMetric metric;
	int32_t		satisfied_from;
	double		mass[RATING_MAX_POINTS];
	double		whole;
} Answers;

/* What an answer counts, less origin() */
static double
answer_value(const Answers *a, int i)
{
	int64_t		score = a->s->low + (int64_t) i;

	switch (a->metric)
	{
		case METRIC_NPS:
			return score >= NPS_PROMOTER ? 100 : score >= NPS_PASSIVE ? 0 : -100;
		case METRIC_CSAT:
			return score >= a->satisfied_from ? 100 : 0;
		default:
			return i;
	}
}

static double
origin(const Answers *a)
{
	return a->metric == METRIC_CES ? a->s->low : 0;
}

/* False when there are none, or they weigh nothing. */
static bool
load_answers(Answers *a)
{
	bool		weighted = rating_is_weighted(a->s);

	a->whole = 0;
	for (int i = 0; i < a->s->points; i++)
	{
		a->mass[i] = weighted ? (double) uint128_load(rating_weights(a->s)[i].sum) :
			(double) a->s->counts[i];
		a->whole += a->mass[i];
	}
	return a->whole > 0;
}

/* Sums of whole numbers: equal shares of unweighted answers give equal means. */
static double
mean_value(const Answers *a)
{
	double		sum = 0;

	for (int i = 0; i < a->s->points; i++)
		sum += a->mass[i] * answer_value(a, i);
	return sum / a->whole;
}

/* Do all answers count the same? */
static bool
all_alike(const Answers *a)
{
	double		first = 0;
	bool		found = false;

	for (int i = 0; i < a->s->points; i++)
	{
		if (a->mass[i] == 0)
			continue;
		if (found && answer_value(a, i) != first)
			return false;
		first = answer_value(a, i);
		found = true;
	}
	return true;
}

static void
add_answers(Answers *a, int i, double answers)
{
	a->mass[i] += answers;
	a->whole += answers;
}

/* n answers that are all alike, and those that are added to them. */
static void
adjust(Answers *a, double n)
{
	int			last = a->s->points - 1;

	for (int i = 0; i <= last; i++)
		a->mass[i] *= n / a->whole;
	a->whole = n;
	if (a->metric == METRIC_NPS)
	{
		NpsCounts	added = nps_adjusted(&(NpsCounts) {0, 0, 0});

		add_answers(a, 0, added.detractors);
		add_answers(a, NPS_PASSIVE - NPS_LOW, added.passives);
		add_answers(a, last, added.promoters);
	}
	else
	{
		add_answers(a, 0, a->metric == METRIC_CSAT ? 2 : 1);
		add_answers(a, last, a->metric == METRIC_CSAT ? 2 : 1);
	}
}

static double
variance_of(const Answers *a)
{
	double		mean = mean_value(a);
	double		sum = 0;

	for (int i = 0; i < a->s->points; i++)
		sum += a->mass[i] * (answer_value(a, i) - mean) * (answer_value(a, i) - mean);
	return sum / a->whole;
}

/* The scale is 0..10 for the NPS; satisfied_from, on the scale, is of the CSAT. */
bool
control_bucket(const RatingSummary *s, RatingMetric metric, int32_t satisfied_from,
			   ControlBucket *bucket)
{
	Answers		a;

	a.s = s;
	a.metric = metric;
	a.satisfied_from = satisfied_from;
	if (!load_answers(&a))
		return false;
	bucket->value = origin(&a) + mean_value(&a);
	bucket->n = rating_is_weighted(s) ? rating_effective_responses(s) : a.whole;
	return true;
}

bool
control_measure(const RatingSummary *s, RatingMetric metric, int32_t satisfied_from,
				ControlMeasure *measure)
{
	Answers		a = {.s = s, .metric = metric, .satisfied_from = satisfied_from};

	if (!load_answers(&a))
		return false;
	measure->value = origin(&a) + mean_value(&a);
	measure->n = rating_effective_responses(s);
	if (all_alike(&a))
		adjust(&a, measure->n);
	measure->variance = variance_of(&a);
	return true;
}
