/*
 * visit_value.c
 *		The value of a visit, or the sum of several, from numeric and as numeric; see
 *		visit_value.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "journey/journey_value.h"
#include "journey/visit_value.h"
#include "shared/compat.h"
#include "shared/units_numeric.h"

#define UNITS			10000	/* of one */
#define END_OF_VALUES	INT64CONST(10000000000000)

/* 22003 */
pg_noreturn static void
reject_value(Numeric value)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("value %s of a visit is out of range",
					DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value)))),
			 errdetail("Values are below 10^13 on either side of 0, kept to %d decimals.",
					   JOURNEY_VALUE_DECIMALS),
			 errhint("Give NULL where there is no value, and larger ones in thousands.")));
}

/*
 * The value of a visit from numeric, rounded half away from zero; JOURNEY_NO_VALUE for
 * NULL.  Numeric's order has NaN at the end, where it is rejected with infinity.
 */
int64
visit_value_arg(FunctionCallInfo fcinfo, int argno)
{
	Numeric		value;
	Datum		size;
	Datum		product;
	int64		units;

	if (PG_ARGISNULL(argno))
		return JOURNEY_NO_VALUE;
	value = PG_GETARG_NUMERIC(argno);
	size = DirectFunctionCall1(numeric_abs, NumericGetDatum(value));
	if (DatumGetBool(DirectFunctionCall2(numeric_ge, size,
										 NumericGetDatum(int64_to_numeric(END_OF_VALUES)))))
		reject_value(value);
	product = DirectFunctionCall2(numeric_mul, NumericGetDatum(value),
								  NumericGetDatum(int64_to_numeric(UNITS)));
	units = DatumGetInt64(DirectFunctionCall1(numeric_int8, product));
	if (units < -JOURNEY_MAX_VALUE || units > JOURNEY_MAX_VALUE)
		reject_value(value);
	return units;
}

/* A sum of values as numeric, without zeros at its end. */
Datum
visit_value_datum(Int128 sum)
{
	return DirectFunctionCall1(numeric_trim_scale,
							   NumericGetDatum(units_numeric(sum, JOURNEY_VALUE_DECIMALS)));
}

/* A sum of values that becomes the value of a visit. */
int64
visit_value_checked(Int128 sum)
{
	if (sum < -JOURNEY_MAX_VALUE || sum > JOURNEY_MAX_VALUE)
		reject_value(DatumGetNumeric(visit_value_datum(sum)));
	return (int64) sum;
}
