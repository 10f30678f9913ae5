/*
 * rake.c
 *		Raking; see rake.h.
 */
#include <math.h>
#include <string.h>

#include "breakdown/rake.h"

static void
add(RakeSum *s, double value)
{
	double		sum = s->sum + value;

	s->lost += fabs(s->sum) >= fabs(value) ? (s->sum - sum) + value : (value - sum) + s->sum;
	s->sum = sum;
}

static double
total(const RakeSum *s)
{
	return s->sum + s->lost;
}

static double
answers_of(const Rake *r)
{
	RakeSum		sum = {0, 0};

	for (uint32_t i = 0; i < r->cells; i++)
		add(&sum, r->responses[i]);
	return total(&sum);
}

/* What the answers of each category weigh. */
static void
sum_categories(Rake *r, RakeMargin *m)
{
	memset(m->sums, 0, m->categories * sizeof(RakeSum));
	for (uint32_t i = 0; i < r->cells; i++)
		add(&m->sums[m->category[i]], r->responses[i] * r->weight[i]);
}

/* The factor that a category lacks; 1 where no factor can help. */
static double
lacking(const RakeMargin *m, uint32_t category, double answers)
{
	double		factor = m->target[category] * answers / total(&m->sums[category]);

	return isfinite(factor) ? factor : 1;
}

static void
fit_margin(Rake *r, RakeMargin *m, double answers)
{
	sum_categories(r, m);
	for (uint32_t i = 0; i < r->cells; i++)
		r->weight[i] *= lacking(m, m->category[i], answers);
}

static void
find_worst(Rake *r, uint32_t margin, double answers, RakeWorst *worst)
{
	RakeMargin *m = &r->margin[margin];

	sum_categories(r, m);
	for (uint32_t k = 0; k < m->categories; k++)
	{
		double		share = total(&m->sums[k]) / answers;
		double		distance = fabs(share - m->target[k]);

		if (distance > worst->distance)
			*worst = (RakeWorst) {margin, k, share, distance};
	}
}

/* Cells without answers get the weight 0: they have a part in nothing. */
void
rake_begin(Rake *r)
{
	for (uint32_t i = 0; i < r->cells; i++)
		r->weight[i] = r->responses[i] > 0 ? 1 : 0;
}

/*
 * One round over all margins; it is done when the worst distance is below
 * RAKE_TOLERANCE.  Behind the last margin the mean of the weights is 1.  Shares are of
 * all answers, so what the limit cuts off is missing from them and shows as a distance.
 */
RakeWorst
rake_round(Rake *r)
{
	double		answers = answers_of(r);
	RakeWorst	worst = {0, 0, 0, -1};

	for (uint32_t k = 0; k < r->margins; k++)
		fit_margin(r, &r->margin[k], answers);
	for (uint32_t i = 0; i < r->cells; i++)
		r->weight[i] = fmin(r->weight[i], r->most);
	for (uint32_t k = 0; k < r->margins; k++)
		find_worst(r, k, answers, &worst);
	return worst;
}
