/*
 * value_json.h
 *		The JSON form of the values, for programs that do not know their types.
 *
 * Every type has one text form, which a parser of its own reads and checks.  The
 * JSON form says the same, with a name for each part.  So a type does not print
 * and read JSON: it only lists the parts of its text form, in their order, and
 * both directions go by way of the text.  A value read from JSON has then passed
 * the one parser and the one validator of its type.
 *
 * to_jsonb(row) uses the cast to json, and jsonb_populate_record() hands what it
 * made of it to the type's input function.  So that function reads JSON, too,
 * where value_is_json() says that it is.
 */
#ifndef VALUE_JSON_H
#define VALUE_JSON_H

#include "postgres.h"

#include "fmgr.h"
#include "nodes/nodes.h"
#include "utils/jsonb.h"

typedef enum ValueJsonKind
{
	VALUE_JSON_END = 0,
	VALUE_JSON_LITERAL,			/* this text, without a name */
	VALUE_JSON_NUMBER,
	VALUE_JSON_NUMBERS,			/* with commas between them: an array */
	VALUE_JSON_LABEL,			/* see core/base/label.h; or one of the symbols */
	VALUE_JSON_QUOTED,			/* written like a label, but of any length and characters */
	VALUE_JSON_WORD,			/* anything up to one of the characters in text */
	VALUE_JSON_OPTION,			/* the parts, where this text stands before them; the
								 * empty text: unless a brace closes here */
	VALUE_JSON_LIST				/* the parts, until this text: an array of objects */
} ValueJsonKind;

/* What stands in place of a label, and its JSON; a list ends with NULL. */
typedef struct ValueJsonSymbol
{
	const char *text;
	const char *json;			/* null, true or false */
} ValueJsonSymbol;

typedef struct ValueJsonPart
{
	ValueJsonKind kind;
	const char *key;
	const char *text;
	const struct ValueJsonPart *parts;
	const ValueJsonSymbol *symbols;
} ValueJsonPart;

/*
 * A value is an object, never an array: in an array of values PostgreSQL would take
 * it for another dimension.
 */
typedef struct ValueJson
{
	const char *type;
	const char *example;		/* for the hint */
	const ValueJsonPart *parts;
} ValueJson;

#define VJ_LITERAL(text)			{VALUE_JSON_LITERAL, NULL, text, NULL, NULL}
#define VJ_NUMBER(key)				{VALUE_JSON_NUMBER, key, NULL, NULL, NULL}
#define VJ_NUMBERS(key)				{VALUE_JSON_NUMBERS, key, NULL, NULL, NULL}
#define VJ_LABEL(key, symbols)		{VALUE_JSON_LABEL, key, NULL, NULL, symbols}
#define VJ_QUOTED(key)				{VALUE_JSON_QUOTED, key, NULL, NULL, NULL}
#define VJ_WORD(key, ends)			{VALUE_JSON_WORD, key, ends, NULL, NULL}
#define VJ_OPTION(text, parts)		{VALUE_JSON_OPTION, NULL, text, parts, NULL}
#define VJ_LIST(key, end, parts)	{VALUE_JSON_LIST, key, end, parts, NULL}
#define VJ_END						{VALUE_JSON_END, NULL, NULL, NULL, NULL}

#pragma GCC visibility push(hidden)

/* value_json.c */
extern bool value_is_json(const char *text);
extern char *value_to_json(const char *text, const ValueJson *schema);

/* value_json_read.c */
extern Jsonb *value_read_jsonb(const char *json, Node *escontext);
extern char *value_from_json(const char *json, const ValueJson *schema, Node *escontext);
extern bool value_reject_json(const ValueJson *schema, const char *json, const char *problem,
							  Node *escontext);

/* What every sketch of times is called, see core/duration/duration_sketch_text.h. */
extern const ValueJsonPart value_json_sketch[];

#pragma GCC visibility pop

/*
 * The casts of a type to json and to jsonb, NAME_to_json() and NAME_to_jsonb(), from
 * its output function.
 */
#define VALUE_JSON_CASTS(name, output, schema) \
	extern Datum output(PG_FUNCTION_ARGS); \
	PG_FUNCTION_INFO_V1(name##_to_json); \
	Datum \
	name##_to_json(PG_FUNCTION_ARGS) \
	{ \
		char	   *text = DatumGetCString(DirectFunctionCall1(output, PG_GETARG_DATUM(0))); \
 \
		PG_RETURN_TEXT_P(cstring_to_text(value_to_json(text, &schema))); \
	} \
	PG_FUNCTION_INFO_V1(name##_to_jsonb); \
	Datum \
	name##_to_jsonb(PG_FUNCTION_ARGS) \
	{ \
		char	   *text = DatumGetCString(DirectFunctionCall1(output, PG_GETARG_DATUM(0))); \
 \
		return DirectFunctionCall1(jsonb_in, CStringGetDatum(value_to_json(text, &schema))); \
	} \
	extern int no_such_variable

#endif							/* VALUE_JSON_H */
