/*
 * rating_numeric.c
 *		Exact quotients as numeric, digit for digit what SQL's own division
 *		gives.
 *
 * A moving frame divides once a row, and numeric's general division costs more
 * than everything else there.  But numerator and denominator are whole numbers,
 * and nearly always numeric would choose 16 decimals for the quotient.  Then
 * one division of 128-bit integers gives the same digits: numeric rounds half
 * away from zero, and so do we.  Everything else goes through numeric_div().
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "rating/rating_datum.h"
#include "shared/units_numeric.h"

#define NBASE			10000	/* of numeric's digits */
#define DECIMALS		16
#define TEN_TO_16		INT64CONST(10000000000000000)

/* How many digits to the base 10000, less one, and the first of them. */
static int
leading_digit(uint64 value, uint64 *digit)
{
	int			weight = 0;

	for (; value >= NBASE; value /= NBASE)
		weight++;
	*digit = value;
	return weight;
}

/*
 * Does numeric give the quotient 16 decimals?  It wants 16 significant digits
 * and estimates the size of the quotient from the leading digits of both sides,
 * in steps of four decimals; see select_div_scale() in numeric.c.
 */
static bool
has_16_decimals(uint64 numerator, uint64 denominator)
{
	uint64		first1;
	uint64		first2;
	int			weight = leading_digit(numerator, &first1) - leading_digit(denominator, &first2);

	return weight - (first1 <= first2) == 0;
}

/* numerator / denominator * 10^16, rounded half away from zero; may not fit */
static bool
divide_fast(Int128 numerator, Uint128 denominator, int64 *quotient)
{
	Uint128 scaled;
	Uint128 result;
	bool		negative = numerator < 0;
	Uint128 size = negative ? -(Uint128) numerator : (Uint128) numerator;

	if (size == 0 || size > PG_UINT64_MAX || denominator > (Uint128) PG_INT64_MAX ||
		!has_16_decimals((uint64) size, (uint64) denominator))
		return false;
	scaled = size * (Uint128) TEN_TO_16;
	result = scaled / denominator;
	if (2 * (scaled - result * denominator) >= denominator)
		result++;
	if (result > (Uint128) PG_INT64_MAX)
		return false;
	*quotient = negative ? -(int64) result : (int64) result;
	return true;
}

static Numeric
divide(Int128 numerator, Uint128 denominator, int decimals)
{
	int64		quotient;
	Numeric		dividend;
	Numeric		divisor;

	if (decimals == 0 && divide_fast(numerator, denominator, &quotient))
		return int64_div_fast_to_numeric(quotient, DECIMALS);
	dividend = units_numeric(numerator, decimals);
	divisor = units_numeric((Int128) denominator, decimals);
	return DatumGetNumeric(DirectFunctionCall2(numeric_div, NumericGetDatum(dividend),
											   NumericGetDatum(divisor)));
}

/*
 * Frames of 30 answers have some hundred quotients, and they come again and again.  To
 * look for them here first takes a third of making each, which was a tenth of a frame.
 */
#define KEPT_BITS	8

typedef struct KeptQuotient
{
	int64		numerator;
	int64		denominator;	/* 0: there is none yet */
	int32		value[6];		/* a numeric of 16 decimals, with its length word */
} KeptQuotient;

static KeptQuotient *
quotient_place(int64 numerator, int64 denominator)
{
	static KeptQuotient kept[1 << KEPT_BITS];
	uint64		hash = ((uint64) numerator * 31 + (uint64) denominator) *
		UINT64CONST(0x9e3779b97f4a7c15);

	return &kept[hash >> (64 - KEPT_BITS)];
}

static Numeric
divide_or_copy(int64 numerator, int64 denominator)
{
	KeptQuotient *place = quotient_place(numerator, denominator);
	Numeric		value;

	if (place->denominator == denominator && place->numerator == numerator)
	{
		value = (Numeric) palloc(VARSIZE(place->value));
		memcpy(value, place->value, VARSIZE(place->value));
		return value;
	}
	value = divide(numerator, (Uint128) denominator, 0);
	if (VARSIZE(value) <= sizeof(place->value))
	{
		memcpy(place->value, value, VARSIZE(value));
		place->numerator = numerator;
		place->denominator = denominator;
	}
	return value;
}

/*
 * numerator / denominator, both in the units of the summary's mass.  The
 * denominator is not 0.
 */
Numeric
rating_quotient(const RatingSummary *s, Int128 numerator, Uint128 denominator)
{
	if (rating_is_weighted(s))
		return divide(numerator, denominator, RATING_WEIGHT_DECIMALS);
	if (numerator < PG_INT32_MIN || numerator > PG_INT32_MAX || denominator > PG_INT32_MAX)
		return divide(numerator, denominator, 0);
	return divide_or_copy((int64) numerator, (int64) denominator);
}

/* A mass as the numeric that SQL would have: answers, or a sum of weights. */
Numeric
rating_mass_numeric(const RatingSummary *s, Uint128 mass)
{
	return units_numeric((Int128) mass, rating_is_weighted(s) ? RATING_WEIGHT_DECIMALS : 0);
}

/* The sum of the squared weights as numeric; without weights the answers. */
Numeric
rating_squares_numeric(const RatingSummary *s)
{
	Uint128 squares = 0;

	if (!rating_is_weighted(s))
		return int64_to_numeric(rating_total(s));
	if (rating_square_sum(s, &squares) != RATING_OK)
		rating_overflow_error();
	return units_numeric_unsigned(squares, 2 * RATING_WEIGHT_DECIMALS);
}
