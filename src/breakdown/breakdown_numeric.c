/*
 * breakdown_numeric.c
 *		Exact fractions of whole numbers, rounded once, at the very end.
 *
 * The denominator of a term of a shift is the product of four sums of weights, each
 * of up to 113 bits, so neither a double nor the widest integer of C has room for it.
 * PostgreSQL's numeric multiplies and adds without rounding, and div() truncates an
 * exact quotient; rounding half away from zero is truncating (2 a + b) / (2 b).
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "breakdown/breakdown_datum.h"

static Numeric
call2(PGFunction function, Numeric a, Numeric b)
{
	return DatumGetNumeric(DirectFunctionCall2(function, NumericGetDatum(a), NumericGetDatum(b)));
}

Numeric
exact_add(Numeric a, Numeric b)
{
	return call2(numeric_add, a, b);
}

Numeric
exact_sub(Numeric a, Numeric b)
{
	return call2(numeric_sub, a, b);
}

Numeric
exact_mul(Numeric a, Numeric b)
{
	return call2(numeric_mul, a, b);
}

bool
exact_less(Numeric a, Numeric b)
{
	return DatumGetBool(DirectFunctionCall2(numeric_lt, NumericGetDatum(a), NumericGetDatum(b)));
}

Numeric
exact_abs(Numeric a)
{
	return DatumGetNumeric(DirectFunctionCall1(numeric_abs, NumericGetDatum(a)));
}

/* numerator / denominator in units of 10^-decimals, rounded half away from zero */
static Numeric
rounded_units(Numeric numerator, Numeric denominator, int decimals)
{
	Numeric		two = int64_to_numeric(2);
	Numeric		size = exact_abs(numerator);
	int64		power = 1;
	Numeric		units;

	for (int i = 0; i < decimals; i++)
		power *= 10;
	size = exact_mul(exact_mul(size, two), int64_to_numeric(power));
	units = call2(numeric_div_trunc, exact_add(size, denominator), exact_mul(two, denominator));
	if (exact_less(numerator, int64_to_numeric(0)))
		units = DatumGetNumeric(DirectFunctionCall1(numeric_uminus, NumericGetDatum(units)));
	return units;
}

/* numerator / denominator with so many decimals, at most 18; the denominator is above 0. */
Numeric
exact_quotient(Numeric numerator, Numeric denominator, int decimals)
{
	return exact_mul(rounded_units(numerator, denominator, decimals),
					 int64_div_fast_to_numeric(1, decimals));
}

/* The same as a number of units of 10^-decimals; 22003 past 63 bits. */
int64
exact_units(Numeric numerator, Numeric denominator, int decimals)
{
	Numeric		units = rounded_units(numerator, denominator, decimals);

	return DatumGetInt64(DirectFunctionCall1(numeric_int8, NumericGetDatum(units)));
}
