/*
 * value_json.c
 *		Printing the JSON form of values; see value_json.h.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/json.h"

#include "base/label.h"
#include "shared/value_error.h"
#include "shared/value_json.h"

const ValueJsonPart value_json_sketch[] = {
	VJ_NUMBER("microseconds"), VJ_LITERAL("us ["), VJ_WORD("sketch", "]"), VJ_LITERAL("]"), VJ_END
};

/* The end of the JSON string that begins here, or NULL. */
static const char *
string_end(const char *at)
{
	for (at++; *at != '\0'; at++)
	{
		if (*at == '"')
			return at + 1;
		if (*at == '\\' && *++at == '\0')
			return NULL;
	}
	return NULL;
}

static const char *
skip_space(const char *at)
{
	return at + strspn(at, " \t\n\r");
}

/* Is it JSON?  No text form begins with a brace, a quoted label and a colon. */
bool
value_is_json(const char *text)
{
	text = skip_space(text);
	if (*text != '{')
		return false;
	text = skip_space(text + 1);
	if (*text != '"' || (text = string_end(text)) == NULL)
		return false;
	return *skip_space(text) == ':';
}

/* How far the text form is printed, and to where. */
typedef struct Printer
{
	const char *at;
	const char *end;
	const ValueJson *schema;
	StringInfoData json;
} Printer;

static bool print_parts(Printer *p, const ValueJsonPart *parts, bool first);

/* XX001: no intact value has another text form; a zero byte in a label would end it early. */
static void
unexpected(const Printer *p)
{
	value_reject_stored(p->schema->type);
}

static bool
accept(Printer *p, const char *text)
{
	size_t		length = strlen(text);

	if (strncmp(p->at, text, length) != 0)
		return false;
	p->at += length;
	return true;
}

static void
expect(Printer *p, const char *text)
{
	if (!accept(p, text))
		unexpected(p);
}

static void
print_string(Printer *p, const char *text, size_t length)
{
	escape_json(&p->json, pnstrdup(text, length));
}

static void
print_number(Printer *p)
{
	size_t		length = strspn(p->at, "-0123456789.");

	if (length == 0)
		unexpected(p);
	appendBinaryStringInfo(&p->json, p->at, (int) length);
	p->at += length;
}

static void
print_numbers(Printer *p)
{
	appendStringInfoChar(&p->json, '[');
	print_number(p);
	while (accept(p, ", "))
	{
		appendStringInfoString(&p->json, ", ");
		print_number(p);
	}
	appendStringInfoChar(&p->json, ']');
}

static void
print_label(Printer *p, const ValueJsonPart *part)
{
	char		label[JOURNEY_MAX_LABEL];
	size_t		length;

	for (const ValueJsonSymbol *s = part->symbols; s != NULL && s->text != NULL; s++)
		if (accept(p, s->text))
		{
			appendStringInfoString(&p->json, s->json);
			return;
		}
	if (journey_label_read(&p->at, p->end, GetDatabaseEncoding() == PG_UTF8, label, &length) !=
		JOURNEY_LABEL_OK)
		unexpected(p);
	print_string(p, label, length);
}

/* Behind what is written like a label. */
static const char *
quoted_end(const char *at)
{
	if (*at != '"')
	{
		while (journey_label_bare_byte((unsigned char) *at))
			at++;
		return at;
	}
	do
		at = strchr(at + 1, '"');
	while (at != NULL && *++at == '"');
	return at;
}

static void
print_quoted(Printer *p)
{
	const char *end = quoted_end(p->at);
	char	   *text;
	size_t		length = 0;

	if (end == NULL || end == p->at)
		unexpected(p);
	text = palloc((size_t) (end - p->at));
	if (*p->at != '"')
	{
		length = (size_t) (end - p->at);
		memcpy(text, p->at, length);
	}
	else
		for (const char *c = p->at + 1; c < end - 1; c++)
		{
			text[length++] = *c;
			if (*c == '"')
				c++;
		}
	print_string(p, text, length);
	pfree(text);
	p->at = end;
}

static void
print_word(Printer *p, const ValueJsonPart *part)
{
	const char *end = p->at;
	bool		quoted = false;

	for (; end < p->end && (quoted || strchr(part->text, *end) == NULL); end++)
		if (*end == '"')
			quoted = !quoted;
	print_string(p, p->at, (size_t) (end - p->at));
	p->at = end;
}

/* Lists have commas, and so have arrays. */
static void
print_list(Printer *p, const ValueJsonPart *part)
{
	bool		first = true;

	appendStringInfoChar(&p->json, '[');
	while (!accept(p, part->text))
	{
		if (!first)
		{
			expect(p, ", ");
			appendStringInfoString(&p->json, ", ");
		}
		first = false;
		appendStringInfoChar(&p->json, '{');
		print_parts(p, part->parts, true);
		appendStringInfoChar(&p->json, '}');
		CHECK_FOR_INTERRUPTS();
	}
	appendStringInfoChar(&p->json, ']');
}

/* Print a part; would the next member of the object be the first one? */
static bool
print_part(Printer *p, const ValueJsonPart *part, bool first)
{
	switch (part->kind)
	{
		case VALUE_JSON_NUMBER:
			print_number(p);
			break;
		case VALUE_JSON_NUMBERS:
			print_numbers(p);
			break;
		case VALUE_JSON_LABEL:
			print_label(p, part);
			break;
		case VALUE_JSON_QUOTED:
			print_quoted(p);
			break;
		case VALUE_JSON_WORD:
			print_word(p, part);
			break;
		case VALUE_JSON_LIST:
			print_list(p, part);
			break;
		case VALUE_JSON_LITERAL:
			expect(p, part->text);
			break;
		case VALUE_JSON_OPTION:
			if (part->text[0] == '\0' ? *p->at != '}' : accept(p, part->text))
				return print_parts(p, part->parts, first);
			break;
		case VALUE_JSON_END:
			break;
	}
	return first;
}

/* The members of an object; would the next one be the first? */
static bool
print_parts(Printer *p, const ValueJsonPart *parts, bool first)
{
	for (; parts->kind != VALUE_JSON_END; parts++)
	{
		if (parts->key != NULL)
		{
			appendStringInfo(&p->json, "%s\"%s\": ", first ? "" : ", ", parts->key);
			first = false;
		}
		first = print_part(p, parts, first);
	}
	return first;
}

/* The JSON form of a value whose text form is that. */
char *
value_to_json(const char *text, const ValueJson *schema)
{
	Printer		p = {.at = text, .end = text + strlen(text), .schema = schema};

	initStringInfo(&p.json);
	appendStringInfoChar(&p.json, '{');
	print_parts(&p, schema->parts, true);
	appendStringInfoChar(&p.json, '}');
	if (p.at != p.end)
		unexpected(&p);
	return p.json.data;
}
