/*
 * attribution_share.c
 *		How one conversion, 10^12 units, is shared among its touches.
 *
 * Whole numbers only, so the shares are the same on every machine.  All round
 * down, and what is left goes to the last touch:
 *
 *	linear		10^12 / n each
 *	position	40 % to the first touch, 40 % to the last, 20 % among those between;
 *				two touches halve it, and one takes all
 *	time_decay	in proportion to 2^(-age / half-life)
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
	UINT64_C(0x5A827999FCEF3242), UINT64_C(0x6BA27E656B4EB57A), UINT64_C(0x75606373EE921C97), UINT64_C(0x7A92BE8A92436616),
	UINT64_C(0x7D41D96DB915019D), UINT64_C(0x7E9F06067A4360BA), UINT64_C(0x7F4F08AE3DC7C426), UINT64_C(0x7FA765ACA88F6453),
	UINT64_C(0x7FD3AB290E46D769), UINT64_C(0x7FE9D3A8E07BF086), UINT64_C(0x7FF4E9597BED93AB), UINT64_C(0x7FFA748DFF8DC61F),
	UINT64_C(0x7FFD3A3F50020332), UINT64_C(0x7FFE9D1DBC0A75AA), UINT64_C(0x7FFF4E8E6306ED59), UINT64_C(0x7FFFA74712C3CDFD),
	UINT64_C(0x7FFFD3A381B1FA29), UINT64_C(0x7FFFE9D1BEED018A), UINT64_C(0x7FFFF4E8DEFB81D7), UINT64_C(0x7FFFFA746F5F012F),
	UINT64_C(0x7FFFFD3A37A7D0A8), UINT64_C(0x7FFFFE9D1BD1FC58), UINT64_C(0x7FFFFF4E8DE8832D), UINT64_C(0x7FFFFFA746F422D7),
	UINT64_C(0x7FFFFFD3A37A09BB), UINT64_C(0x7FFFFFE9D1BD02F2), UINT64_C(0x7FFFFFF4E8DE80FE), UINT64_C(0x7FFFFFFA746F4060),
	UINT64_C(0x7FFFFFFD3A37A028), UINT64_C(0x7FFFFFFE9D1BD012), UINT64_C(0x7FFFFFFF4E8DE809), UINT64_C(0x7FFFFFFFA746F404),
	UINT64_C(0x7FFFFFFFD3A37A02), UINT64_C(0x7FFFFFFFE9D1BD01), UINT64_C(0x7FFFFFFFF4E8DE81), UINT64_C(0x7FFFFFFFFA746F40),
	UINT64_C(0x7FFFFFFFFD3A37A0), UINT64_C(0x7FFFFFFFFE9D1BD0), UINT64_C(0x7FFFFFFFFF4E8DE8), UINT64_C(0x7FFFFFFFFFA746F4),
	UINT64_C(0x7FFFFFFFFFD3A37A), UINT64_C(0x7FFFFFFFFFE9D1BD), UINT64_C(0x7FFFFFFFFFF4E8DF), UINT64_C(0x7FFFFFFFFFFA746F)
};

/* Of n touches the share of number i, from 0. */
uint64_t
attribution_linear(uint32_t i, uint32_t n)
{
	uint64_t	each = ATTRIBUTION_UNITS / n;

	return i == n - 1 ? ATTRIBUTION_UNITS - each * (n - 1) : each;
}

uint64_t
attribution_position(uint32_t i, uint32_t n)
{
	uint64_t	outer = ATTRIBUTION_UNITS / 5 * 2;
	uint64_t	inner;

	if (n <= 2)
		return ATTRIBUTION_UNITS / n;
	inner = (ATTRIBUTION_UNITS - 2 * outer) / (n - 2);
	if (i == 0)
		return outer;
	return i == n - 1 ? ATTRIBUTION_UNITS - outer - inner * (n - 2) : inner;
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
