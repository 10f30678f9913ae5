/*
 * units_numeric.c
 *		Numbers as numeric; see units_numeric.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "base/decimal_units.h"
#include "base/double_digits.h"
#include "shared/units_numeric.h"

/* A number of units by its decimal digits. */
static Numeric
numeric_of_digits(bool negative, Uint128 units, int decimals)
{
	char		text[64];

	text[0] = '-';
	decimal_units_print(text + 1, units, decimals);
	return DatumGetNumeric(DirectFunctionCall3(numeric_in,
											   CStringGetDatum(negative ? text : text + 1),
											   ObjectIdGetDatum(InvalidOid),
											   Int32GetDatum(-1)));
}

/* A whole number of units of 10^-decimals as numeric; its own functions take 64 bits only. */
Numeric
units_numeric(Int128 units, int decimals)
{
	if (units >= PG_INT64_MIN && units <= PG_INT64_MAX)
		return int64_div_fast_to_numeric((int64) units, decimals);
	return numeric_of_digits(units < 0, units < 0 ? -(Uint128) units : (Uint128) units, decimals);
}

/* The same up to 2^128. */
Numeric
units_numeric_unsigned(Uint128 units, int decimals)
{
	return numeric_of_digits(false, units, decimals);
}

/*
 * What a cast to numeric gives, 15 significant digits, byte for byte.  The cast prints the
 * number and reads the text, which was two thirds of what an interval of NPS or CSAT executes.
 */
Numeric
double_numeric(double value)
{
	int64_t		digits;
	int			decimals;

	if (double_digits(value, &digits, &decimals))
		return int64_div_fast_to_numeric(digits, decimals);
	return DatumGetNumeric(DirectFunctionCall1(float8_numeric, Float8GetDatum(value)));
}
