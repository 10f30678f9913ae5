/*
 * rating.c
 *		Building, validating, merging and comparing packed rating summaries.
 *		The layout is described in rating.h.
 *
 * Invariants that every stored summary satisfies, that rating_validate()
 * enforces on what comes from outside, and that adding two summaries keeps:
 *
 *	- no count is negative, and their total fits 63 bits;
 *	- a score without answers has no weight; each answer weighs between one unit
 *	  and RATING_MAX_WEIGHT_UNITS, which bounds both sums from below and above;
 *	- the squared weights of all scores together fit 128 bits.
 *
 * Functions that change a summary may leave it half changed when they return
 * anything but RATING_OK: the caller raises an error and throws it away.
 */
#include <string.h>

#include "rating/rating.h"

/*
 * Is low..high a scale?  It must have 2 to 101 points, and room above the
 * highest score, so that the scale can be written as an int4range.
 */
bool
rating_scale_ok(int64_t low, int64_t high)
{
	if (low < INT32_MIN || high >= INT32_MAX || high <= low)
		return false;
	return high - low < RATING_MAX_POINTS;
}

/* Make s, which has rating_size() bytes, an empty summary; vl_len stays. */
void
rating_init(RatingSummary *s, int32_t low, int points, bool weighted)
{
	memset((char *) s + sizeof(s->vl_len), 0,
		   rating_size(points, weighted) - sizeof(s->vl_len));
	s->version = RATING_VERSION;
	s->flags = weighted ? RATING_WEIGHTED : 0;
	s->points = (uint16_t) points;
	s->low = low;
}

/* Can this many answers weigh this much?  See the invariants above. */
static bool
weights_possible(int64_t count, const RatingWeights *w)
{
	const Uint128 heaviest = (Uint128) RATING_MAX_WEIGHT_UNITS;
	Uint128 sum = uint128_load(w->sum);
	Uint128 squares = uint128_load(w->squares);

	if (sum < (Uint128) count || sum > (Uint128) count * heaviest)
		return false;
	/* squares <= sum * heaviest, written so that nothing can overflow */
	return squares >= sum && squares / heaviest + (squares % heaviest != 0) <= sum;
}

static RatingStatus
validate_weights(const RatingSummary *s)
{
	const RatingWeights *w = rating_weights(s);
	Uint128 total;

	for (int i = 0; i < s->points; i++)
		if (!weights_possible(s->counts[i], &w[i]))
			return RATING_BAD_WEIGHTS;
	return rating_square_sum(s, &total);
}

/* Everything but the cut-off. */
static RatingStatus
validate_answers(const RatingSummary *s, size_t bytes)
{
	int64_t		total;

	if (bytes < offsetof(RatingSummary, counts))
		return RATING_BAD_SIZE;
	if (s->version != RATING_VERSION)
		return RATING_BAD_VERSION;
	if ((s->flags & ~RATING_WEIGHTED) != 0)
		return RATING_BAD_FLAGS;
	if (!rating_scale_ok(s->low, s->low + (int64_t) s->points - 1))
		return RATING_BAD_SCALE;
	if (bytes != rating_size(s->points, rating_is_weighted(s)))
		return RATING_BAD_SIZE;
	for (int i = 0; i < s->points; i++)
		if (s->counts[i] < 0)
			return RATING_BAD_COUNT;
	if (rating_responses(s, &total) != RATING_OK)
		return RATING_OVERFLOW;
	return rating_is_weighted(s) ? validate_weights(s) : RATING_OK;
}

/*
 * Check every byte of a summary of that many bytes, vl_len apart.  Both the
 * text and the binary input go through here; so does whatever is read from
 * disk, where a newer version may have written it.
 */
RatingStatus
rating_validate(const RatingSummary *s, size_t bytes)
{
	RatingStatus status = validate_answers(s, bytes);

	if (status == RATING_OK && s->cutoff != 0)
		return RATING_BAD_CUTOFF;
	return status;
}

/* The same for a state with a cut-off; only one without answers may lack it. */
RatingStatus
rating_validate_state(const RatingSummary *s, size_t bytes)
{
	RatingStatus status = validate_answers(s, bytes);
	int64_t		total = 0;

	if (status != RATING_OK)
		return status;
	(void) rating_responses(s, &total);
	if (s->cutoff > s->points || (s->cutoff == 0 && total > 0))
		return RATING_BAD_CUTOFF;
	return RATING_OK;
}

/* sum += value, false on overflow */
static bool
add128(uint64_t sum[2], Uint128 value)
{
	Uint128 result;

	if (__builtin_add_overflow(uint128_load(sum), value, &result))
		return false;
	uint128_store(sum, result);
	return true;
}

/* sum -= value, false if it would go below zero */
static bool
subtract128(uint64_t sum[2], Uint128 value)
{
	Uint128 old = uint128_load(sum);

	if (old < value)
		return false;
	uint128_store(sum, old - value);
	return true;
}

/*
 * Count one answer of a weight in units, 1..RATING_MAX_WEIGHT_UNITS, in a
 * weighted summary.  The square of a weight takes at most 100 bits.  All scores are
 * looked at only where squares of one reach 2^121: below that, those of 101 are below
 * 2^128.
 */
RatingStatus
rating_add_weighted(RatingSummary *s, int32_t score, int64_t weight)
{
	RatingStatus status = rating_add(s, score);
	RatingWeights *w = rating_weights(s);
	uint32_t	i = rating_index(s, score);
	Uint128 whole;

	if (status != RATING_OK)
		return status;
	if (!add128(w[i].sum, (Uint128) weight) ||
		!add128(w[i].squares, (Uint128) weight * (Uint128) weight))
		return RATING_OVERFLOW;
	return w[i].squares[1] >> (121 - 64) == 0 ? RATING_OK : rating_square_sum(s, &whole);
}

/* Take back one answer that rating_add_weighted() counted. */
RatingStatus
rating_remove_weighted(RatingSummary *s, int32_t score, int64_t weight)
{
	RatingStatus status = rating_remove(s, score);
	RatingWeights *w = rating_weights(s);
	uint32_t	i = rating_index(s, score);

	if (status != RATING_OK)
		return status;
	if (!subtract128(w[i].sum, (Uint128) weight) ||
		!subtract128(w[i].squares, (Uint128) weight * (Uint128) weight))
		return RATING_BELOW_ZERO;
	return RATING_OK;
}

/* Only summaries of one scale and one kind can be added or subtracted. */
static RatingStatus
check_mergeable(const RatingSummary *a, const RatingSummary *b)
{
	if (a->low != b->low || a->points != b->points)
		return RATING_OTHER_SCALE;
	if (rating_is_weighted(a) != rating_is_weighted(b))
		return RATING_OTHER_KIND;
	return RATING_OK;
}

/* Add the answers of other to s. */
RatingStatus
rating_merge(RatingSummary *s, const RatingSummary *other)
{
	RatingStatus status = check_mergeable(s, other);
	RatingWeights *w = rating_weights(s);
	const RatingWeights *add = rating_weights(other);
	int64_t		total;
	Uint128 squares;

	if (status != RATING_OK)
		return status;
	for (int i = 0; i < s->points; i++)
		if (__builtin_add_overflow(s->counts[i], other->counts[i], &s->counts[i]))
			return RATING_OVERFLOW;
	for (int i = 0; rating_is_weighted(s) && i < s->points; i++)
		if (!add128(w[i].sum, uint128_load(add[i].sum)) ||
			!add128(w[i].squares, uint128_load(add[i].squares)))
			return RATING_OVERFLOW;
	if (rating_is_weighted(s) && rating_square_sum(s, &squares) != RATING_OK)
		return RATING_OVERFLOW;
	return rating_responses(s, &total);
}

/*
 * Take the answers of other out of s.  They must have been among them: a count
 * that would go below zero, or a weight left without answers, says they were
 * not.
 */
RatingStatus
rating_subtract(RatingSummary *s, const RatingSummary *other)
{
	RatingStatus status = check_mergeable(s, other);
	RatingWeights *w = rating_weights(s);
	const RatingWeights *sub = rating_weights(other);

	if (status != RATING_OK)
		return status;
	for (int i = 0; i < s->points; i++)
	{
		if (s->counts[i] < other->counts[i])
			return RATING_BELOW_ZERO;
		s->counts[i] -= other->counts[i];
	}
	for (int i = 0; rating_is_weighted(s) && i < s->points; i++)
		if (!subtract128(w[i].sum, uint128_load(sub[i].sum)) ||
			!subtract128(w[i].squares, uint128_load(sub[i].squares)) ||
			!weights_possible(s->counts[i], &w[i]))
			return RATING_BELOW_ZERO;
	return RATING_OK;
}

/*
 * Give every answer of s, which is unweighted, the weight of so many units, 0 to
 * RATING_MAX_WEIGHT_UNITS; to is empty, weighted and on the same scale.  A weight of 0
 * leaves them out, as it does in rating_agg().
 */
RatingStatus
rating_weigh(RatingSummary *to, const RatingSummary *s, int64_t units)
{
	RatingWeights *w = rating_weights(to);
	Uint128 whole;

	for (int i = 0; units > 0 && i < s->points; i++)
	{
		Uint128 sum = (Uint128) s->counts[i] * (Uint128) units;
		Uint128 squares;

		if (__builtin_mul_overflow(sum, (Uint128) units, &squares))
			return RATING_OVERFLOW;
		to->counts[i] = s->counts[i];
		uint128_store(w[i].sum, sum);
		uint128_store(w[i].squares, squares);
	}
	return rating_square_sum(to, &whole);
}

static int
compare_weights(const RatingWeights *a, const RatingWeights *b)
{
	Uint128 x = uint128_load(a->sum);
	Uint128 y = uint128_load(b->sum);

	if (x == y)
	{
		x = uint128_load(a->squares);
		y = uint128_load(b->squares);
	}
	return (x > y) - (x < y);
}

/*
 * Total order by content: the scale, unweighted before weighted, the counts,
 * the weights.  It means nothing to a reader; it makes GROUP BY, DISTINCT and
 * merge joins work.  The version of the format is left out, so that equal
 * content stays equal when the format changes.
 */
int
rating_compare(const RatingSummary *a, const RatingSummary *b)
{
	int			order = 0;

	if (a->low != b->low)
		return a->low < b->low ? -1 : 1;
	if (a->points != b->points)
		return a->points < b->points ? -1 : 1;
	if (rating_is_weighted(a) != rating_is_weighted(b))
		return rating_is_weighted(a) ? 1 : -1;
	for (int i = 0; order == 0 && i < a->points; i++)
		order = (a->counts[i] > b->counts[i]) - (a->counts[i] < b->counts[i]);
	for (int i = 0; rating_is_weighted(a) && order == 0 && i < a->points; i++)
		order = compare_weights(&rating_weights(a)[i], &rating_weights(b)[i]);
	return order;
}
