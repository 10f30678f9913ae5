/*
 * terms_contrast.c
 *		Log odds of terms and the weights behind sentiment; see terms_contrast.h.
 *
 * The log-odds ratio with a prior, and its z: B. Monroe, M. Colaresi, K. Quinn, Fightin'
 * words, Political Analysis 16 (2008) 372-403.  With the counts a and b of a term, its
 * prior alpha = a + b, the sums nA and nB of the counts of all terms, and alpha0 = nA + nB:
 *
 *		ln((a + alpha) / (nA + alpha0 - a - alpha)) -
 *			ln((b + alpha) / (nB + alpha0 - b - alpha))
 *
 * of variance 1 / (a + alpha) + 1 / (b + alpha).  Where there is one term only, nothing is
 * left to compare it with.
 *
 * Sentiment is naive Bayes with Laplace's correction and even odds before the comment:
 * p(term | group) = (count + 1) / (sum of the counts of the group + terms of both groups).
 */
#include <math.h>

#include "base/uint128.h"
#include "rating/distributions.h"
#include "terms/terms_contrast.h"

/* The next term of either side, in order; false at the end. */
static bool
next_term(const Terms *a, uint32_t *i, const Terms *b, uint32_t *k, TermContrast *next)
{
	int			order;

	if (*i == a->count && *k == b->count)
		return false;
	order = terms_next_from(a, *i, b, *k);
	next->term = order <= 0 ? a->terms[*i] : b->terms[*k];
	next->a = order <= 0 ? a->terms[(*i)++].count : 0;
	next->b = order >= 0 ? b->terms[(*k)++].count : 0;
	return true;
}

/* Whole numbers until the very end, since their differences may be small. */
static void
compare(const Terms *a, const Terms *b, TermContrast *c)
{
	Uint128 prior = (Uint128) c->a + (Uint128) c->b;
	Uint128 all = (Uint128) a->total + (Uint128) b->total;
	Uint128 in_a = (Uint128) c->a + prior;
	Uint128 in_b = (Uint128) c->b + prior;
	double		rest_of_a = (double) ((Uint128) a->total + all - in_a);
	double		rest_of_b = (double) ((Uint128) b->total + all - in_b);

	if (rest_of_a == 0 || rest_of_b == 0)
	{
		c->log_odds = c->z = c->p_value = NAN;
		return;
	}
	c->log_odds = log((double) in_a / rest_of_a) - log((double) in_b / rest_of_b);
	c->z = c->log_odds / sqrt(1 / (double) in_a + 1 / (double) in_b);
	c->p_value = normal_two_sided_p(c->z);
}

/*
 * Compare all terms of both sides, in the order of their bytes; contrast has room for as
 * many as there are in both together.  Returns how many there are.  NaN where there is
 * nothing to compare with.
 */
uint32_t
terms_contrast(const Terms *a, const Terms *b, TermContrast *contrast)
{
	uint32_t	n = 0;
	uint32_t	i = 0;
	uint32_t	k = 0;

	while (next_term(a, &i, b, &k, &contrast[n]))
		compare(a, b, &contrast[n++]);
	return n;
}

/* The weights of all terms of both sides, likewise. */
uint32_t
terms_weigh(const Terms *good, const Terms *bad, TermWeight *weights)
{
	TermContrast next;
	uint32_t	n = 0;
	uint32_t	i = 0;
	uint32_t	k = 0;
	double		odds;

	while (next_term(good, &i, bad, &k, &next))
	{
		weights[n].term = next.term;
		weights[n++].weight = log(((double) next.a + 1) / ((double) next.b + 1));
	}
	odds = log(((double) bad->total + n) / ((double) good->total + n));
	for (i = 0; i < n; i++)
		weights[i].weight += odds;
	return n;
}

/* NULL for a term that neither side knows. */
const TermWeight *
terms_weight_of(const TermWeight *weights, uint32_t count, const char *text, uint32_t length)
{
	Term		wanted = {text, length, 0};
	uint32_t	low = 0;
	uint32_t	high = count;

	while (low < high)
	{
		uint32_t	middle = low + (high - low) / 2;
		int			order = term_compare(&wanted, &weights[middle].term);

		if (order == 0)
			return &weights[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
