/*
 * value_json_read.c
 *		Reading the JSON form of values: into their text form, which their own
 *		parser reads then; see value_json.h.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "base/label.h"
#include "shared/compat.h"
#include "shared/value_error.h"
#include "shared/value_json.h"

typedef struct Reader
{
	const ValueJson *schema;
	StringInfoData text;
	char	   *problem;		/* the first one */
} Reader;

static bool read_parts(Reader *r, JsonbContainer *object, const ValueJsonPart *parts, int *used);

static bool
fail(Reader *r, char *problem)
{
	if (r->problem == NULL)
		r->problem = problem;
	return false;
}

/* 22P02; always false, for the case that the context takes the error. */
bool
value_reject_json(const ValueJson *schema, const char *json, const char *problem, Node *escontext)
{
	return value_reject_form(schema->type, json, problem,
							 psprintf("Write what the cast to json gives: %s.", schema->example),
							 escontext);
}

/* NULL only when the context takes the error. */
Jsonb *
value_read_jsonb(const char *json, Node *escontext)
{
#if PG_VERSION_NUM >= 160000
	Datum		result;

	if (!DirectInputFunctionCallSafe(jsonb_in, unconstify(char *, json), InvalidOid, -1,
									 escontext, &result))
		return NULL;
	return DatumGetJsonbP(result);
#else
	return DatumGetJsonbP(DirectFunctionCall1(jsonb_in, CStringGetDatum(json)));
#endif
}

static JsonbValue *
find(JsonbContainer *object, const char *key, JsonbValue *value)
{
	return getKeyJsonValueFromContainer(object, key, (int) strlen(key), value);
}

static bool
read_number(Reader *r, const ValueJsonPart *part, const JsonbValue *value)
{
	Datum		number;

	if (value->type != jbvNumeric)
		return fail(r, psprintf("\"%s\" is not a number.", part->key));
	number = DirectFunctionCall1(numeric_out, NumericGetDatum(value->val.numeric));
	appendStringInfoString(&r->text, DatumGetCString(number));
	return true;
}

static bool
read_numbers(Reader *r, const ValueJsonPart *part, JsonbContainer *array)
{
	for (uint32 i = 0; i < JsonContainerSize(array); i++)
	{
		if (i > 0)
			appendStringInfoString(&r->text, ", ");
		if (!read_number(r, part, getIthJsonbValueFromContainer(array, i)))
			return false;
	}
	return true;
}

/* null, true or false in place of a label */
static bool
read_symbol(Reader *r, const ValueJsonPart *part, const JsonbValue *value)
{
	const char *json = value->type == jbvNull ? "null" :
		value->type != jbvBool ? "" : value->val.boolean ? "true" : "false";

	for (const ValueJsonSymbol *s = part->symbols; s != NULL && s->text != NULL; s++)
		if (strcmp(s->json, json) == 0)
		{
			appendStringInfoString(&r->text, s->text);
			return true;
		}
	return fail(r, psprintf("\"%s\" is not a label.", part->key));
}

/*
 * Labels that are too long are left to the parser, which says so.  A string of jsonb
 * has less than 2^28 bytes.
 */
static bool
read_label(Reader *r, const ValueJsonPart *part, const JsonbValue *value)
{
	size_t		bound;

	if (value->type != jbvString)
		return read_symbol(r, part, value);
	bound = JOURNEY_LABEL_TEXT_BOUND(value->val.string.len);
	enlargeStringInfo(&r->text, (int) bound + 1);
	r->text.len += (int) journey_label_print(value->val.string.val, (size_t) value->val.string.len,
											 r->text.data + r->text.len);
	r->text.data[r->text.len] = '\0';
	return true;
}

static bool
read_quoted(Reader *r, const ValueJsonPart *part, const JsonbValue *value)
{
	if (value->type != jbvString)
		return fail(r, psprintf("\"%s\" is not a string.", part->key));
	return read_label(r, part, value);
}

/* A word must not hold what would end it in the text form. */
static bool
read_word(Reader *r, const ValueJsonPart *part, const JsonbValue *value)
{
	bool		quoted = false;

	if (value->type != jbvString)
		return fail(r, psprintf("\"%s\" is not a string.", part->key));
	for (int i = 0; i < value->val.string.len; i++)
	{
		char		c = value->val.string.val[i];

		if (c == '"')
			quoted = !quoted;
		else if (!quoted && strchr(part->text, c) != NULL)
			return fail(r, psprintf("\"%s\" holds the character \"%c\".", part->key, c));
	}
	if (quoted)
		return fail(r, psprintf("\"%s\" holds a quote without its end.", part->key));
	appendBinaryStringInfo(&r->text, value->val.string.val, value->val.string.len);
	return true;
}

/* All members of an object, and no others. */
static bool
read_object(Reader *r, JsonbContainer *object, const ValueJsonPart *parts)
{
	int			used = 0;

	if (!read_parts(r, object, parts, &used))
		return false;
	if (used != (int) JsonContainerSize(object))
		return fail(r, "There is a key that the form does not have.");
	return true;
}

static bool
read_list(Reader *r, JsonbContainer *array, const ValueJsonPart *part)
{
	for (uint32 i = 0; i < JsonContainerSize(array); i++)
	{
		JsonbValue *item = getIthJsonbValueFromContainer(array, i);

		if (item->type != jbvBinary || !JsonContainerIsObject(item->val.binary.data))
			return fail(r, "An element of an array is not an object with keys.");
		if (i > 0)
			appendStringInfoString(&r->text, ", ");
		if (!read_object(r, item->val.binary.data, part->parts))
			return false;
		CHECK_FOR_INTERRUPTS();
	}
	appendStringInfoString(&r->text, part->text);
	return true;
}

static bool
read_member(Reader *r, const ValueJsonPart *part, JsonbValue *value)
{
	if (part->kind == VALUE_JSON_NUMBER)
		return read_number(r, part, value);
	if (part->kind == VALUE_JSON_LABEL)
		return read_label(r, part, value);
	if (part->kind == VALUE_JSON_QUOTED)
		return read_quoted(r, part, value);
	if (part->kind == VALUE_JSON_WORD)
		return read_word(r, part, value);
	if (value->type == jbvBinary && JsonContainerIsArray(value->val.binary.data))
		return part->kind == VALUE_JSON_NUMBERS ?
			read_numbers(r, part, value->val.binary.data) :
			read_list(r, value->val.binary.data, part);
	return fail(r, psprintf("\"%s\" is not an array.", part->key));
}

/* An option is there when its first member is. */
static bool
has_option(JsonbContainer *object, const ValueJsonPart *parts)
{
	JsonbValue	value;

	while (parts->key == NULL)
		parts++;
	return find(object, parts->key, &value) != NULL;
}

static bool
read_parts(Reader *r, JsonbContainer *object, const ValueJsonPart *parts, int *used)
{
	for (; parts->kind != VALUE_JSON_END; parts++)
	{
		JsonbValue	value;
		bool		named = parts->key != NULL;
		bool		ok = true;

		if (parts->kind == VALUE_JSON_LITERAL)
			appendStringInfoString(&r->text, parts->text);
		else if (parts->kind == VALUE_JSON_OPTION && has_option(object, parts->parts))
		{
			appendStringInfoString(&r->text, parts->text);
			ok = read_parts(r, object, parts->parts, used);
		}
		else if (named && find(object, parts->key, &value) == NULL)
			ok = fail(r, psprintf("The key \"%s\" is missing.", parts->key));
		else if (named)
			ok = read_member(r, parts, &value);
		if (!ok)
			return false;
		*used += named ? 1 : 0;
	}
	return true;
}

/* The text form of a JSON form; NULL when the context takes an error. */
char *
value_from_json(const char *json, const ValueJson *schema, Node *escontext)
{
	Jsonb	   *value = value_read_jsonb(json, escontext);
	Reader		r = {.schema = schema};
	bool		ok;

	if (value == NULL)
		return NULL;
	initStringInfo(&r.text);
	ok = JB_ROOT_IS_OBJECT(value) ? read_object(&r, &value->root, schema->parts) :
		fail(&r, "It is not an object.");
	if (ok)
		return r.text.data;
	(void) value_reject_json(schema, json, r.problem, escontext);
	return NULL;
}
