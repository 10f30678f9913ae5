/*
 * rating_sums.c
 *		What a packed rating summary says: counts, weights, moments, quantiles.
 *
 * "Mass" is what a share is a share of: the number of answers, or in a weighted
 * summary the sum of their weights in units of 10^-9.
 */
#include <math.h>

#include "rating/rating.h"

/* How many answers there are, at any score. */
RatingStatus
rating_responses(const RatingSummary *s, int64_t *responses)
{
	int64_t		total = 0;

	for (int i = 0; i < s->points; i++)
		if (__builtin_add_overflow(total, s->counts[i], &total))
			return RATING_OVERFLOW;
	*responses = total;
	return RATING_OK;
}

/* The part of from..to that the scale has, as indexes; first > last: none. */
static void
clip_to_scale(const RatingSummary *s, int64_t from, int64_t to, int *first, int *last)
{
	int64_t		high = rating_high(s);

	if (from < s->low)
		from = s->low;
	if (to > high)
		to = high;
	*first = 0;
	*last = -1;
	if (from <= to)
	{
		*first = (int) (from - s->low);
		*last = (int) (to - s->low);
	}
}

/*
 * How many answers have a score from..to.  The caller has seen the total fit
 * (rating_responses), so no part of it can overflow.
 */
int64_t
rating_count_between(const RatingSummary *s, int64_t from, int64_t to)
{
	int64_t		count = 0;
	int			first;
	int			last;

	clip_to_scale(s, from, to, &first, &last);
	for (int i = first; i <= last; i++)
		count += s->counts[i];
	return count;
}

/* The mass of the answers with a score from..to; see rating_count_between(). */
RatingStatus
rating_mass_between(const RatingSummary *s, int64_t from, int64_t to, Uint128 *mass)
{
	Uint128 total = 0;
	int			first;
	int			last;

	if (!rating_is_weighted(s))
	{
		*mass = (Uint128) rating_count_between(s, from, to);
		return RATING_OK;
	}
	clip_to_scale(s, from, to, &first, &last);
	for (int i = first; i <= last; i++)
		if (__builtin_add_overflow(total, uint128_load(rating_weights(s)[i].sum), &total))
			return RATING_OVERFLOW;
	*mass = total;
	return RATING_OK;
}

/*
 * The masses that make the NPS, of a summary on 0..10.  It is what a moving
 * frame asks once a row, so the unweighted case goes through the counts once;
 * sums of 128 bits need no check on the way.
 */
RatingStatus
rating_nps_masses(const RatingSummary *s, Uint128 *detractors,
				  Uint128 *promoters, Uint128 *whole)
{
	Uint128 passives = 0;

	if (rating_is_weighted(s))
	{
		if (rating_mass_between(s, NPS_LOW, NPS_PASSIVE - 1, detractors) != RATING_OK ||
			rating_mass_between(s, NPS_PROMOTER, rating_high(s), promoters) != RATING_OK)
			return RATING_OVERFLOW;
		return rating_mass_between(s, NPS_LOW, rating_high(s), whole);
	}
	*detractors = *promoters = 0;
	for (int i = 0; i < NPS_PASSIVE; i++)
		*detractors += (uint64_t) s->counts[i];
	for (int i = NPS_PASSIVE; i < NPS_PROMOTER; i++)
		passives += (uint64_t) s->counts[i];
	for (int i = NPS_PROMOTER; i < NPS_POINTS; i++)
		*promoters += (uint64_t) s->counts[i];
	*whole = *detractors + passives + *promoters;
	return *whole > INT64_MAX ? RATING_OVERFLOW : RATING_OK;
}

/*
 * The first or second moment, the sum of mass times (score - low) or its square.
 * Counted from the low end it cannot overflow while the masses sum up to less than
 * 2^113, times 100 squared.
 */
RatingStatus
rating_moment(const RatingSummary *s, int power, Uint128 *moment)
{
	Uint128 total = 0;

	for (int i = 0; i < s->points; i++)
	{
		Uint128 mass;
		Uint128 part;
		int64_t		score = s->low + (int64_t) i;

		if (rating_mass_between(s, score, score, &mass) != RATING_OK ||
			__builtin_mul_overflow(mass, (Uint128) (power == 2 ? i * i : i), &part) ||
			__builtin_add_overflow(total, part, &total))
			return RATING_OVERFLOW;
	}
	*moment = total;
	return RATING_OK;
}

/* The sum of the squared weights, in units of 10^-18; of a weighted summary. */
RatingStatus
rating_square_sum(const RatingSummary *s, Uint128 *squares)
{
	Uint128 total = 0;

	for (int i = 0; i < s->points; i++)
		if (__builtin_add_overflow(total,
								   uint128_load(rating_weights(s)[i].squares),
								   &total))
			return RATING_OVERFLOW;
	*squares = total;
	return RATING_OK;
}

/* A mass of a weighted summary in whole weights instead of units. */
double
rating_weight(Uint128 mass)
{
	return (double) mass / (double) RATING_WEIGHT_UNITS;
}

/*
 * How many answers one unit of weight is worth: sum w / sum w^2, 1 when all
 * weights are 1.  Without weights, of nothing, or past 128 bits, it is 1.
 */
double
rating_effective_factor(const RatingSummary *s)
{
	const double square_units = (double) RATING_WEIGHT_UNITS * (double) RATING_WEIGHT_UNITS;
	Uint128 mass;
	Uint128 squares;

	if (!rating_is_weighted(s) ||
		rating_mass_between(s, s->low, rating_high(s), &mass) != RATING_OK ||
		rating_square_sum(s, &squares) != RATING_OK || squares == 0)
		return 1;
	return rating_weight(mass) / ((double) squares / square_units);
}

/*
 * Kish's effective sample size, (sum w)^2 / sum w^2: how many equally weighted
 * answers would know as much (L. Kish, Survey Sampling, 1965).  Without weights
 * it is the number of answers.
 */
double
rating_effective_responses(const RatingSummary *s)
{
	Uint128 mass;

	if (rating_mass_between(s, s->low, rating_high(s), &mass) != RATING_OK)
		return 0;
	if (!rating_is_weighted(s))
		return (double) mass;
	return rating_weight(mass) * rating_effective_factor(s);
}

/*
 * The smallest score at or below which lies at least the share q, 0..1, of the
 * mass: what percentile_disc() gives.  The summary must not be empty.
 *
 * percentile_disc() takes answer number ceil(q * n) in double precision; the
 * same formula on the mass keeps us equal to it.
 */
int32_t
rating_quantile(const RatingSummary *s, double q)
{
	Uint128 mass = 0;
	Uint128 below = 0;
	double		wanted;
	int32_t		highest = s->low;	/* the highest score that was given */

	(void) rating_mass_between(s, s->low, rating_high(s), &mass);
	wanted = ceil(q * (double) mass);
	for (int i = 0; i < s->points; i++)
	{
		Uint128 part = 0;
		int64_t		score = s->low + (int64_t) i;

		(void) rating_mass_between(s, score, score, &part);
		below += part;
		if (part == 0)
			continue;
		highest = (int32_t) score;
		if ((double) below >= wanted)
			break;
	}
	return highest;
}

/*
 * From which score on an answer counts as satisfied: the top 2 points of a
 * scale of 4 to 7, the top point of 2 or 3.  Longer scales have no common rule
 * (the field uses 8, 9 or the top box of 1..10), so there is no default.
 */
bool
rating_satisfied_from(int32_t low, int points, int32_t *from)
{
	if (points < RATING_MIN_POINTS || points > 7)
		return false;
	*from = low + points - (points <= 3 ? 1 : 2);
	return true;
}
