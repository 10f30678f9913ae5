/*
 * map_sql.c
 *		Fills the named places of the SQL that a journey map writes.
 *
 * This is the only place where that SQL is quoted.  A place says what comes into it:
 *
 *		{totals_table}		SQL: an expression that was checked, a query or a quoted name
 *		{trigger:name}		a text, quoted as an identifier
 *		{timezone:literal}	a text, quoted as a string
 *
 * A list fills a place with all that it holds, and commas in between.  What is filled in
 * is never looked at again, so that braces in it mean nothing.  A place without a value
 * is an error, and so is one that would take for SQL what somebody gave as a plain text.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include "shared/compat.h"

#define PLACE_CHARACTERS "abcdefghijklmnopqrstuvwxyz0123456789_"

typedef enum
{
	AS_SQL, AS_NAME, AS_LITERAL
} PlaceKind;

typedef struct
{
	const char *name;
	int			length;
	PlaceKind	kind;
} Place;

/* Those arguments of create_journey_map that are no expressions, and so no SQL. */
static const char *const plain_texts[] = {"name", "schema", "bucket", "timezone", "language"};

pg_noreturn static void
reject_place(const char *text, const char *why)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the SQL of a journey map has a place %s", why),
			 errdetail("It begins here: %s", text)));
}

static bool
is_plain_text(const Place *place)
{
	for (int i = 0; i < (int) lengthof(plain_texts); i++)
		if ((int) strlen(plain_texts[i]) == place->length &&
			memcmp(plain_texts[i], place->name, place->length) == 0)
			return true;
	return false;
}

/* Reads a place, whose brace is at text, and returns what follows it. */
static const char *
read_place(const char *text, Place *place)
{
	const char *end;

	place->name = text + 1;
	place->length = (int) strspn(place->name, PLACE_CHARACTERS);
	end = place->name + place->length;
	if (strncmp(end, ":name}", 6) == 0)
		place->kind = AS_NAME;
	else if (strncmp(end, ":literal}", 9) == 0)
		place->kind = AS_LITERAL;
	else
		place->kind = AS_SQL;
	if (place->length == 0 || (place->kind == AS_SQL && *end != '}'))
		reject_place(text, "of an unknown kind");
	if (place->kind == AS_SQL && is_plain_text(place))
		reject_place(text, "that takes a plain text for SQL");
	return strchr(end, '}') + 1;
}

static char *
value_text(const JsonbValue *value)
{
	switch (value->type)
	{
		case jbvString:
			return pnstrdup(value->val.string.val, value->val.string.len);
		case jbvNumeric:
			return DatumGetCString(DirectFunctionCall1(numeric_out,
													   NumericGetDatum(value->val.numeric)));
		case jbvBool:
			return pstrdup(value->val.boolean ? "true" : "false");
		default:
			return NULL;
	}
}

static bool
append_value(StringInfo sql, const JsonbValue *value, PlaceKind kind)
{
	char	   *text = value_text(value);

	if (text == NULL)
		return false;
	if (kind == AS_NAME)
		appendStringInfoString(sql, quote_identifier(text));
	else if (kind == AS_LITERAL)
		appendStringInfoString(sql, quote_literal_cstr(text));
	else
		appendStringInfoString(sql, text);
	return true;
}

/* False for a list in which something is neither a text, a number nor a truth value. */
static bool
append_list(StringInfo sql, JsonbContainer *list, PlaceKind kind)
{
	uint32		count = JsonContainerSize(list);

	for (uint32 i = 0; i < count; i++)
	{
		if (i > 0)
			appendStringInfoString(sql, ", ");
		if (!append_value(sql, getIthJsonbValueFromContainer(list, i), kind))
			return false;
	}
	return count > 0;
}

static bool
append_place(StringInfo sql, Jsonb *places, const Place *place)
{
	JsonbValue *value = getKeyJsonValueFromContainer(&places->root, place->name, place->length,
													 NULL);

	if (value == NULL)
		return false;
	if (value->type == jbvBinary && JsonContainerIsArray(value->val.binary.data))
		return append_list(sql, value->val.binary.data, place->kind);
	return append_value(sql, value, place->kind);
}

/*
 * journey_map_sql(template text, places jsonb) RETURNS text; error 22023 for a place that
 * is of no known kind, has no value in the object of places, or takes a plain text for SQL.
 */
PG_FUNCTION_INFO_V1(journey_map_sql);
Datum
journey_map_sql(PG_FUNCTION_ARGS)
{
	char	   *template = text_to_cstring(PG_GETARG_TEXT_PP(0));
	Jsonb	   *places = PG_GETARG_JSONB_P(1);
	StringInfoData sql;
	const char *rest = template;

	if (!JB_ROOT_IS_OBJECT(places))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the places of the SQL of a journey map must be an object")));
	initStringInfo(&sql);
	while (*rest != '\0')
	{
		const char *brace = rest + strcspn(rest, "{");
		Place		place;

		appendBinaryStringInfo(&sql, rest, (int) (brace - rest));
		if (*brace == '\0')
			break;
		rest = read_place(brace, &place);
		if (!append_place(&sql, places, &place))
			reject_place(brace, "without a value");
	}
	PG_RETURN_TEXT_P(cstring_to_text_with_len(sql.data, sql.len));
}
