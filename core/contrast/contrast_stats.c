/*
 * contrast_stats.c
 *		How conversion goes with a stage; see contrast_stats.h.
 */
#include "contrast/contrast_stats.h"

#include <math.h>

#include "rating/distributions.h"
#include "rating/rating_stats.h"

#define LEVEL	0.95

static void
set_odds(ContrastStats *stats, double a, double b, double c, double d)
{
	double		half = a == 0 || b == 0 || c == 0 || d == 0 ? 0.5 : 0;
	double		logarithm;
	double		reach;

	a += half;
	b += half;
	c += half;
	d += half;
	logarithm = log(a) + log(d) - log(b) - log(c);
	reach = normal_critical(LEVEL) * sqrt(1 / a + 1 / b + 1 / c + 1 / d);
	stats->odds_ratio = a / b * (d / c);
	stats->low = exp(logarithm - reach);
	stats->high = exp(logarithm + reach);
}

/* What the counts say of a stage, which somebody saw. */
ContrastStats
contrast_stats(const ContrastCounts *counts, const ContrastStage *stage)
{
	CsatCounts	with = {(double) stage->reached, (double) stage->missed};
	CsatCounts	without = {(double) (counts->reached - stage->reached),
	(double) (counts->missed - stage->missed)};
	ContrastStats stats = {.phi = NAN,.p_value = NAN};
	TestResult	test;

	set_odds(&stats, with.satisfied, with.others, without.satisfied, without.others);
	/* that everybody or nobody reached, or saw it, leaves nothing to compare */
	if (counts->reached == 0 || counts->missed == 0 || !csat_test(&without, &with, LEVEL, &test))
		return stats;
	stats.p_value = test.p_value;
	stats.phi = test.statistic /
		sqrt((double) counts->reached + (double) counts->missed - 1);
	return stats;
}
