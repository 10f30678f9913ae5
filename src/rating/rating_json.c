/*
 * rating_json.c
 *		Casts between rating_summary and jsonb.
 *
 *		{"scale": [1, 5], "counts": [0, 2, 5, 9, 4]}
 *
 * A weighted summary also has "weights" and "squared_weights", the sums for
 * each score.  Reading goes by way of the text form, so that there is one
 * parser and one validator.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "base/decimal_units.h"
#include "rating/rating_datum.h"

/* Append "name": [...] of one 128-bit sum for each score. */
static void
append_sums(StringInfo json, const RatingSummary *s, const char *name, bool squares)
{
	char		text[64];

	appendStringInfo(json, ", \"%s\": [", name);
	for (int i = 0; i < s->points; i++)
	{
		const RatingWeights *w = &rating_weights(s)[i];

		decimal_units_print(text, uint128_load(squares ? w->squares : w->sum),
						   squares ? 2 * RATING_WEIGHT_DECIMALS : RATING_WEIGHT_DECIMALS);
		appendStringInfo(json, "%s%s", i > 0 ? ", " : "", text);
	}
	appendStringInfoChar(json, ']');
}

PG_FUNCTION_INFO_V1(rating_summary_to_jsonb);
Datum
rating_summary_to_jsonb(PG_FUNCTION_ARGS)
{
	RatingSummary *s = PG_GETARG_RATING(0);
	StringInfoData json;

	initStringInfo(&json);
	appendStringInfo(&json, "{\"scale\": [%d, %d], \"counts\": [", s->low, rating_high(s));
	for (int i = 0; i < s->points; i++)
		appendStringInfo(&json, "%s" INT64_FORMAT, i > 0 ? ", " : "", s->counts[i]);
	appendStringInfoChar(&json, ']');
	if (rating_is_weighted(s))
	{
		append_sums(&json, s, "weights", false);
		append_sums(&json, s, "squared_weights", true);
	}
	appendStringInfoChar(&json, '}');
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(json.data));
}

static void
reject_json(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot cast jsonb to type %s", "rating_summary"),
			 errdetail("%s", what),
			 errhint("Write the scale and the count of each score, lowest first: {\"scale\": [1, 5], \"counts\": [0, 2, 5, 9, 4]}.")));
}

/* The array under a key, or NULL when there is no such key. */
static JsonbContainer *
find_array(Jsonb *json, const char *key)
{
	JsonbValue	value;

	if (getKeyJsonValueFromContainer(&json->root, key, (int) strlen(key), &value) == NULL)
		return NULL;
	if (value.type != jbvBinary || !JsonContainerIsArray(value.val.binary.data))
		reject_json(psprintf("\"%s\" is not an array.", key));
	return value.val.binary.data;
}

/* An array with one number for each score. */
static JsonbContainer *
find_sums(Jsonb *json, const char *key, JsonbContainer *counts)
{
	JsonbContainer *sums = find_array(json, key);

	if (JsonContainerSize(sums) != JsonContainerSize(counts))
		reject_json(psprintf("\"%s\" and \"counts\" differ in length.", key));
	return sums;
}

/* A number of an array as text. */
static char *
array_number(JsonbContainer *array, uint32 i)
{
	JsonbValue *value = getIthJsonbValueFromContainer(array, i);

	if (value == NULL || value->type != jbvNumeric)
		reject_json("An element of an array is not a number.");
	return DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value->val.numeric)));
}

/* 22023 for keys that say something we would lose */
static void
check_keys(Jsonb *json, bool weighted)
{
	if (!JB_ROOT_IS_OBJECT(json))
		reject_json("It is not an object.");
	if (find_array(json, "scale") == NULL || find_array(json, "counts") == NULL)
		reject_json("The keys \"scale\" and \"counts\" are needed.");
	if (weighted != (find_array(json, "squared_weights") != NULL))
		reject_json("The keys \"weights\" and \"squared_weights\" belong together.");
	if (JB_ROOT_COUNT(json) != (weighted ? 4 : 2))
		reject_json("There are other keys than \"scale\", \"counts\", \"weights\" and \"squared_weights\".");
}

PG_FUNCTION_INFO_V1(rating_summary_from_jsonb);
Datum
rating_summary_from_jsonb(PG_FUNCTION_ARGS)
{
	Jsonb	   *json = PG_GETARG_JSONB_P(0);
	bool		weighted = JB_ROOT_IS_OBJECT(json) && find_array(json, "weights") != NULL;
	JsonbContainer *scale;
	JsonbContainer *counts;
	JsonbContainer *weights = NULL;
	JsonbContainer *squares = NULL;
	StringInfoData text;

	check_keys(json, weighted);
	scale = find_array(json, "scale");
	counts = find_array(json, "counts");
	if (JsonContainerSize(scale) != 2)
		reject_json("\"scale\" is not the lowest and the highest score.");
	if (weighted)
	{
		weights = find_sums(json, "weights", counts);
		squares = find_sums(json, "squared_weights", counts);
	}
	initStringInfo(&text);
	appendStringInfo(&text, "[%s,%s]{", array_number(scale, 0), array_number(scale, 1));
	for (uint32 i = 0; i < JsonContainerSize(counts); i++)
	{
		appendStringInfo(&text, "%s%s", i > 0 ? "," : "", array_number(counts, i));
		if (weighted)
			appendStringInfo(&text, ":%s:%s", array_number(weights, i), array_number(squares, i));
	}
	appendStringInfoChar(&text, '}');
	return rating_summary_from_text(text.data);
}
