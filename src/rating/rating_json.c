/*
 * rating_json.c
 *		A rating_summary as JSON:
 *
 *		{"scale": [1, 5], "counts": [0, 2, 5, 9, 4]}
 *
 * A weighted summary also has "weights" and "squared_weights", the sums for
 * each score.  Since these stand apart there and together in the text form, it is
 * not one of the forms that value_json.c knows; but reading goes by way of the text
 * as well, so that there is one parser and one validator.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "base/decimal_units.h"
#include "rating/rating_datum.h"
#include "shared/value_json.h"

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

static char *
summary_to_json(const RatingSummary *s)
{
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
	return json.data;
}

PG_FUNCTION_INFO_V1(rating_summary_to_json);
Datum
rating_summary_to_json(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(summary_to_json(PG_GETARG_RATING(0))));
}

PG_FUNCTION_INFO_V1(rating_summary_to_jsonb);
Datum
rating_summary_to_jsonb(PG_FUNCTION_ARGS)
{
	return DirectFunctionCall1(jsonb_in, CStringGetDatum(summary_to_json(PG_GETARG_RATING(0))));
}

/* What an object holds; the first problem sticks. */
typedef struct SummaryParts
{
	JsonbContainer *scale;
	JsonbContainer *counts;
	JsonbContainer *weights;	/* NULL: unweighted; so is the next then */
	JsonbContainer *squares;
	char	   *problem;
} SummaryParts;

/* The array under a key, or NULL when there is no such key. */
static JsonbContainer *
find_array(SummaryParts *parts, Jsonb *json, const char *key)
{
	JsonbValue	value;

	if (getKeyJsonValueFromContainer(&json->root, key, (int) strlen(key), &value) == NULL)
		return NULL;
	if (value.type == jbvBinary && JsonContainerIsArray(value.val.binary.data))
		return value.val.binary.data;
	if (parts->problem == NULL)
		parts->problem = psprintf("\"%s\" is not an array.", key);
	return NULL;
}

/* An array with one number for each score? */
static bool
same_length(SummaryParts *parts, const char *key, const JsonbContainer *sums)
{
	if (sums == NULL || JsonContainerSize(sums) == JsonContainerSize(parts->counts))
		return true;
	parts->problem = psprintf("\"%s\" and \"counts\" differ in length.", key);
	return false;
}

/* Whatever the object says and the summary would lose is a problem. */
static bool
find_parts(SummaryParts *parts, Jsonb *json)
{
	parts->scale = find_array(parts, json, "scale");
	parts->counts = find_array(parts, json, "counts");
	parts->weights = find_array(parts, json, "weights");
	parts->squares = find_array(parts, json, "squared_weights");
	if (parts->problem != NULL)
		return false;
	if (parts->scale == NULL || parts->counts == NULL)
		parts->problem = "The keys \"scale\" and \"counts\" are needed.";
	else if ((parts->weights == NULL) != (parts->squares == NULL))
		parts->problem = "The keys \"weights\" and \"squared_weights\" belong together.";
	else if (JB_ROOT_COUNT(json) != (parts->weights != NULL ? 4 : 2))
		parts->problem =
			"There are other keys than \"scale\", \"counts\", \"weights\" and \"squared_weights\".";
	else if (JsonContainerSize(parts->scale) != 2)
		parts->problem = "\"scale\" is not the lowest and the highest score.";
	return parts->problem == NULL && same_length(parts, "weights", parts->weights) &&
		same_length(parts, "squared_weights", parts->squares);
}

/* Append a sign and a number of an array. */
static bool
append_number(SummaryParts *parts, StringInfo text, const char *sign, JsonbContainer *array,
			  uint32 i)
{
	JsonbValue *value = getIthJsonbValueFromContainer(array, i);

	if (value == NULL || value->type != jbvNumeric)
	{
		parts->problem = "An element of an array is not a number.";
		return false;
	}
	appendStringInfo(text, "%s%s", sign,
					 DatumGetCString(DirectFunctionCall1(numeric_out,
														 NumericGetDatum(value->val.numeric))));
	return true;
}

static bool
append_score(SummaryParts *parts, StringInfo text, uint32 i)
{
	if (!append_number(parts, text, i > 0 ? "," : "", parts->counts, i))
		return false;
	return parts->weights == NULL ||
		(append_number(parts, text, ":", parts->weights, i) &&
		 append_number(parts, text, ":", parts->squares, i));
}

static bool
append_summary(SummaryParts *parts, StringInfo text)
{
	if (!append_number(parts, text, "[", parts->scale, 0) ||
		!append_number(parts, text, ",", parts->scale, 1))
		return false;
	appendStringInfoString(text, "]{");
	for (uint32 i = 0; i < JsonContainerSize(parts->counts); i++)
		if (!append_score(parts, text, i))
			return false;
	appendStringInfoChar(text, '}');
	return true;
}

/* The text form of a JSON form; NULL when the context takes an error. */
char *
rating_text_from_json(const char *json, Node *escontext)
{
	static const ValueJson schema = {
		"rating_summary", "{\"scale\": [1, 5], \"counts\": [0, 2, 5, 9, 4]}", NULL
	};
	Jsonb	   *value = value_read_jsonb(json, escontext);
	SummaryParts parts = {0};
	StringInfoData text;

	if (value == NULL)
		return NULL;
	initStringInfo(&text);
	if (!JB_ROOT_IS_OBJECT(value))
		parts.problem = "It is not an object.";
	else if (find_parts(&parts, value) && append_summary(&parts, &text))
		return text.data;
	(void) value_reject_json(&schema, json, parts.problem, escontext);
	return NULL;
}
