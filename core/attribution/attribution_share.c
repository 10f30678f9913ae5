/*
 * attribution_share.c
 *		How one conversion, 10^12 units, is shared among its touches.
 *
 * Whole numbers only, so the shares are the same on every machine.  All round
 * down, and what is left goes to the last touch:
 *
 *	first, last all to the first touch, to the last one
 *	linear		10^12 / n each
 *	position	40 % to the first touch, 40 % to the last, 20 % among those between;
 *				two touches halve it, and one takes all
 *	time_decay	in proportion to 2^(-age / half-life)
 *	shapley		the same to each different touchpoint, which is the Shapley value of the
 *				game in which a set of touchpoints wins the conversions of the paths that
 *				lie within it (Shapley 1953): each such path is a unanimity game, and what
 *				it wins is shared alike by those it needs
 *	last_non_direct		all to the last touch that is not direct, if there is one
 *
 * j_curve (20 % to the first touch, 60 % to the last, 20 % between; of two 25 % and 75 %)
 * needs no sum of its own: it is position with a fifth moved from the first touch to the
 * last and, where there are two, another twentieth:
 *
 *	j_curve = position + (last - first) / 5 + pairs / 20
 *
 * where pairs are the paths of two touches that a touchpoint ended less those it began.
 * inverse_j is position less the same.
 *
 * Which of several simultaneous touches is the first or the last one is not known.
 * Each gets the mean of its shares over all their orders, so that their names play
 * no part: at the first moment, with m touches of n > m, that is 1/m for first, and
 * (40 % + (m - 1) * 20 % / (n - 2)) / m for position.
 *
 * A weight is a fixed-point number with 62 binary places.  The age in half-lives
 * is split into a whole part, which is a shift, and a fraction of 44 binary
 * places; for each place that is set the weight is multiplied with
 * 2^-(1/2), 2^-(1/4), 2^-(1/8), ...  The fraction is rounded down, so a weight is
 * at most 5 * 10^-14 of itself too large, before it is rounded down to 62 places.
 */
#include "attribution/attribution.h"

#define FRACTION_BITS	44
#define WEIGHT_BITS		62
#define ROOT_BITS		63

/* 2^-(2^-b) for b from 1 on, times 2^63, rounded */
static const uint64_t roots[FRACTION_BITS] = {
	UINT64_C(0x5A827999FCEF3242), UINT64_C(0x6BA27E656B4EB57A), UINT64_C(0x75606373EE921C97),
	UINT64_C(0x7A92BE8A92436616), UINT64_C(0x7D41D96DB915019D), UINT64_C(0x7E9F06067A4360BA),
	UINT64_C(0x7F4F08AE3DC7C426), UINT64_C(0x7FA765ACA88F6453), UINT64_C(0x7FD3AB290E46D769),
	UINT64_C(0x7FE9D3A8E07BF086), UINT64_C(0x7FF4E9597BED93AB), UINT64_C(0x7FFA748DFF8DC61F),
	UINT64_C(0x7FFD3A3F50020332), UINT64_C(0x7FFE9D1DBC0A75AA), UINT64_C(0x7FFF4E8E6306ED59),
	UINT64_C(0x7FFFA74712C3CDFD), UINT64_C(0x7FFFD3A381B1FA29), UINT64_C(0x7FFFE9D1BEED018A),
	UINT64_C(0x7FFFF4E8DEFB81D7), UINT64_C(0x7FFFFA746F5F012F), UINT64_C(0x7FFFFD3A37A7D0A8),
	UINT64_C(0x7FFFFE9D1BD1FC58), UINT64_C(0x7FFFFF4E8DE8832D), UINT64_C(0x7FFFFFA746F422D7),
	UINT64_C(0x7FFFFFD3A37A09BB), UINT64_C(0x7FFFFFE9D1BD02F2), UINT64_C(0x7FFFFFF4E8DE80FE),
	UINT64_C(0x7FFFFFFA746F4060), UINT64_C(0x7FFFFFFD3A37A028), UINT64_C(0x7FFFFFFE9D1BD012),
	UINT64_C(0x7FFFFFFF4E8DE809), UINT64_C(0x7FFFFFFFA746F404), UINT64_C(0x7FFFFFFFD3A37A02),
	UINT64_C(0x7FFFFFFFE9D1BD01), UINT64_C(0x7FFFFFFFF4E8DE81), UINT64_C(0x7FFFFFFFFA746F40),
	UINT64_C(0x7FFFFFFFFD3A37A0), UINT64_C(0x7FFFFFFFFE9D1BD0), UINT64_C(0x7FFFFFFFFF4E8DE8),
	UINT64_C(0x7FFFFFFFFFA746F4), UINT64_C(0x7FFFFFFFFFD3A37A), UINT64_C(0x7FFFFFFFFFE9D1BD),
	UINT64_C(0x7FFFFFFFFFF4E8DF), UINT64_C(0x7FFFFFFFFFFA746F)
};

/* Of so many equal shares number i, from 0; the last one takes what is left. */
static uint64_t
equal_share(uint32_t i, uint32_t shares)
{
	uint64_t	each = ATTRIBUTION_UNITS / shares;

	return i == shares - 1 ? ATTRIBUTION_UNITS - each * (shares - 1) : each;
}

/* The share of touch number i, from 0; likewise the others. */
uint64_t
attribution_first(uint32_t i, const AttributionTouches *t)
{
	return i < t->first ? equal_share(i, t->first) : 0;
}

uint64_t
attribution_last(uint32_t i, const AttributionTouches *t)
{
	uint32_t	before = t->n - t->last;

	return i >= before ? equal_share(i - before, t->last) : 0;
}

uint64_t
attribution_linear(uint32_t i, const AttributionTouches *t)
{
	return equal_share(i, t->n);
}

/* One of several touches that have one outer place and inner ones among them. */
static uint64_t
outer_share(uint64_t inner, uint32_t touches)
{
	return (ATTRIBUTION_UNITS / 5 * 2 + inner * (touches - 1)) / touches;
}

uint64_t
attribution_position(uint32_t i, const AttributionTouches *t)
{
	uint64_t	inner;
	uint64_t	first;
	uint64_t	last;

	if (t->n <= 2 || t->first == t->n)
		return equal_share(i, t->n);
	inner = ATTRIBUTION_UNITS / 5 / (t->n - 2);
	first = outer_share(inner, t->first);
	last = outer_share(inner, t->last);
	if (i < t->first)
		return first;
	if (i < t->n - t->last)
		return inner;
	if (i < t->n - 1)
		return last;
	return ATTRIBUTION_UNITS - first * t->first - inner * (t->n - t->first - t->last) -
		last * (t->last - 1);
}

/* 2^62 * 2^(-age / half_life) */
uint64_t
attribution_weight(uint64_t age, int64_t half_life)
{
	uint64_t	halvings = age / (uint64_t) half_life;
	Uint128 rest = age % (uint64_t) half_life;
	uint64_t	fraction = (uint64_t) ((rest << FRACTION_BITS) / (uint64_t) half_life);
	uint64_t	weight = UINT64_C(1) << WEIGHT_BITS;

	if (halvings > WEIGHT_BITS)
		return 0;
	for (int b = 0; b < FRACTION_BITS; b++)
		if ((fraction >> (FRACTION_BITS - 1 - b) & 1) != 0)
			weight = (uint64_t) ((Uint128) weight * roots[b] >> ROOT_BITS);
	return weight >> halvings;
}

/*
 * j_curve or inverse_j in hundredths of a unit, exactly, of the sums of a touchpoint: of
 * units, or of money with pairs in its units.
 */
Int128
attribution_curve(const Int128 *sums, Int128 pairs, bool inverse)
{
	Int128		moved = 20 * (sums[SHARED_LAST] - sums[SHARED_FIRST]) + 5 * pairs;

	return 100 * sums[SHARED_POSITION] + (inverse ? -moved : moved);
}
