/*
 * double_digits.c
 *		The digits of a floating-point number; see double_digits.h.
 */
#include <math.h>

#include "base/double_digits.h"
#include "base/uint128.h"

#define BITS		53			/* of the significand of a double */
#define LEAST		INT64_C(100000000000000)	/* with 15 digits */

/* scaled / 2^shift to the nearest whole number, half to even; shift is 1 or more. */
static int64_t
divide_rounded(Uint128 scaled, int shift)
{
	int64_t		whole = (int64_t) (scaled >> shift);
	Uint128 rest = scaled - ((Uint128) whole << shift);
	Uint128 half = (Uint128) 1 << (shift - 1);

	return whole + (rest > half || (rest == half && whole % 2 == 1));
}

/*
 * The shift is 3 to 69 for these sizes, and scaled stays below 10^15 * 2^69 < 2^119.  What is
 * rounded up to a digit more ends in zeros, which go.
 */
bool
double_digits(double value, int64_t *digits, int *decimals)
{
	double		size = fabs(value);
	int			exponent;
	Uint128 scaled;
	int			shift;

	*digits = 0;
	*decimals = 0;
	if (!((size >= 1e-5 && size < 1e15) || size == 0))
		return false;
	if (size == 0)
		return true;
	scaled = (Uint128) ldexp(frexp(size, &exponent), BITS);
	for (shift = BITS - exponent; (scaled >> shift) < (Uint128) LEAST; scaled *= 10)
		++*decimals;
	*digits = divide_rounded(scaled, shift);
	for (; *decimals > 0 && *digits % 10 == 0; *digits /= 10)
		--*decimals;
	if (value < 0)
		*digits = -*digits;
	return true;
}
