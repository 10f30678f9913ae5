/*
 * rating_score.c
 *		One answer and its weight, and the errors for what cannot be one.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/lsyscache.h"

#include "rating/rating_score.h"
#include "shared/compat.h"

/*
 * A numeric is a score when it survives the way to integer and back: the
 * conversion rounds, so 8.5 comes back as 9.
 */
bool
rating_score_numeric(Datum value, int32 *score)
{
	Numeric		wide = DatumGetNumeric(value);

	if (!numeric_to_int32(wide, score))
		return false;
	return DatumGetBool(DirectFunctionCall2(numeric_eq, NumericGetDatum(wide),
											NumericGetDatum(int64_to_numeric(*score))));
}

/*
 * A weight in units of 10^-9, false when it leaves the answer out (0).  Weights
 * up to 10^6 with 9 decimals are 15 digits, which a double keeps apart, so the
 * rounding gives back exactly the decimal that was written.
 */
bool
rating_weight_units(double weight, int64 *units)
{
	if (!(weight >= 0 && weight <= RATING_MAX_WEIGHT))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("weight %s is outside the range 0..%d",
						float8out_internal(weight), (int) RATING_MAX_WEIGHT),
				 errhint("A weight says how many answers one answer stands for; "
						 "use NULL or 0 to leave an answer out, and scale larger weights down.")));
	*units = (int64) rint(weight * RATING_WEIGHT_UNITS);
	return *units > 0;
}

/* Is it a number with a fraction?  Infinities and NaN have none. */
static bool
has_fraction(Oid type, Datum value)
{
	if (type == FLOAT8OID)
	{
		double		number = DatumGetFloat8(value);

		return isfinite(number) && number != trunc(number);
	}
	if (type == NUMERICOID)
	{
		Numeric		number = DatumGetNumeric(value);

		if (numeric_is_nan(number) || numeric_is_inf(number))
			return false;
		return !DatumGetBool(DirectFunctionCall2(numeric_eq, NumericGetDatum(number),
												 DirectFunctionCall2(numeric_trunc,
																	 NumericGetDatum(number),
																	 Int32GetDatum(0))));
	}
	return false;
}

/*
 * What to do about a score that the scale does not have.  Most such values are
 * codes for "no answer", which a clause leaves out: FILTER of an aggregate,
 * WHERE.  One that questionnaires do ask for, 0 to 10, may belong to another
 * scale: the default one is not theirs, or a range was written without its end.
 */
static const char *
outside_hint(RatingScale scale, const char *text, bool in_aggregate)
{
	int32		high = scale.low + scale.points - 1;
	size_t		digits = strspn(text, "0123456789");
	int			score = atoi(text);
	const char *clause = psprintf("%s score BETWEEN %d AND %d%s",
								  in_aggregate ? "FILTER (WHERE" : "WHERE",
								  scale.low, high, in_aggregate ? ")" : "");

	if (digits < 1 || digits > 2 || score > 10 ||
		text[digits + strspn(text + digits, ".0")] != '\0' ||
		scale.low < -90 || high > 100)
		return psprintf("If it is a code for \"no answer\", leave it out: %s.", clause);
	return psprintf("If the answers are on another scale, give it with both ends, "
					"such as '[%d,%d]'. If it is a code for \"no answer\", leave it out: %s.",
					Min(scale.low, score), Max(high, score), clause);
}

/*
 * Raise the error for a score that is not on the scale: 22023 for a fraction,
 * 22003 for everything else.
 */
void
rating_reject_score(RatingScale scale, Oid type, Datum value, bool in_aggregate)
{
	int32		high = scale.low + scale.points - 1;
	Oid			output;
	bool		is_varlena;
	char	   *text;

	getTypeOutputInfo(type, &output, &is_varlena);
	text = OidOutputFunctionCall(output, value);
	if (has_fraction(type, value))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("score %s is not a whole number on the scale %d..%d",
						text, scale.low, high),
				 errhint("Answers are whole numbers. Aggregate the single answers rather than "
						 "their averages, or convert them explicitly, "
						 "for example with round(score).")));
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("score %s is outside the scale %d..%d", text, scale.low, high),
			 errhint("%s", outside_hint(scale, text, in_aggregate))));
}
