/*
 * map_column.c
 *		The columns of a source, and what a name that is not among them may have
 *		meant: a column that is written a little differently, or a text that is the same
 *		in all rows.
 */
#include "postgres.h"

#include <limits.h>

#include "catalog/heap.h"
#include "mb/pg_wchar.h"
#include "nodes/makefuncs.h"
#include "nodes/parsenodes.h"
#include "utils/builtins.h"
#include "utils/varlena.h"

#include "base/fold.h"
#include "map/map_column.h"

#define MOST_NAMES 20			/* of the columns that are listed */

static const char *
column_name(const MapArgument *argument, int i)
{
	Form_pg_attribute column = TupleDescAttr(RelationGetDescr(argument->source), i);

	return column->attisdropped ? NULL : NameStr(column->attname);
}

static int
column_count(const MapArgument *argument)
{
	return RelationGetDescr(argument->source)->natts;
}

/* The number of the column of exactly this name, counted from 0, or -1. */
static int
find_column(const MapArgument *argument, const char *name)
{
	for (int i = 0; i < column_count(argument); i++)
		if (column_name(argument, i) != NULL && strcmp(column_name(argument, i), name) == 0)
			return i;
	return -1;
}

/* The column that the argument is the name of, as it is, or NULL. */
Node *
exact_column(const MapArgument *argument)
{
	int			i = find_column(argument, argument->text);
	Form_pg_attribute column;

	if (i < 0)
		return NULL;
	column = TupleDescAttr(RelationGetDescr(argument->source), i);
	return (Node *) makeVar(1, column->attnum, column->atttypid, column->atttypmod,
							column->attcollation, 0);
}

/* A name without what is easily mistaken: letter case, blanks, underscores, quotes. */
static char *
bare_name(const char *name)
{
	char	   *bare = pstrdup(name);
	char	   *end = bare;

	fold_lower(bare, strlen(bare), GetDatabaseEncoding() == PG_UTF8);
	for (const char *c = bare; *c != '\0'; c++)
		if (strchr(" \t\r\n_-\"", *c) == NULL)
			*end++ = *c;
	*end = '\0';
	return bare;
}

/*
 * The number of letters that are to be changed to make one of the other; INT_MAX for more
 * than a few.
 */
static int
distance(const char *a, const char *b)
{
	int			most = Min((int) Min(strlen(a), strlen(b)) / 3, 3);
	int			letters;

	if (strlen(a) > NAMEDATALEN || strlen(b) > NAMEDATALEN)
		return INT_MAX;
	letters =
		varstr_levenshtein_less_equal(a, (int) strlen(a), b, (int) strlen(b), 1, 1, 1, most, true);
	return letters <= most ? letters : INT_MAX;
}

/* The column whose name is nearest to the argument, or NULL if none is near. */
static const char *
near_column(const MapArgument *argument)
{
	const char *bare = bare_name(argument->text);
	const char *nearest = NULL;
	int			best = INT_MAX;

	for (int i = 0; i < column_count(argument) && bare[0] != '\0'; i++)
	{
		const char *name = column_name(argument, i);
		int			letters = name == NULL ? INT_MAX : distance(bare, bare_name(name));

		if (letters < best)
		{
			best = letters;
			nearest = name;
		}
	}
	return nearest;
}

/* Whether it could be a text that was meant as it is: words and nothing else. */
static bool
is_words(const char *text)
{
	bool		some = false;

	for (; *text != '\0'; text++)
	{
		unsigned char c = (unsigned char) *text;

		if (!IS_HIGHBIT_SET(c) && !isalnum(c) && strchr(" _-&/.,", c) == NULL)
			return false;
		some |= IS_HIGHBIT_SET(c) || isalpha(c);
	}
	return some;
}

static bool
is_label(const char *argument)
{
	return strcmp(argument, "stage") == 0 || strcmp(argument, "touchpoint") == 0 ||
		strcmp(argument, "segment") == 0;
}

/* A hint: the column or the constant that may have been meant, or NULL. */
const char *
meant_instead(const MapArgument *argument)
{
	const char *column = near_column(argument);
	StringInfoData hint;

	initStringInfo(&hint);
	if (column != NULL)
		appendStringInfo(&hint, "There is a column %s: give its name as it is, %s => %s.",
						 quote_identifier(column), argument->label,
						 quote_literal_cstr(column));
	if (is_label(argument->label) && is_words(argument->text))
		appendStringInfo(&hint, "%sThe same %s in all rows is a constant, %s => $$%s$$.",
						 hint.len > 0 ? " " : "", argument->label,
						 argument->label, quote_literal_cstr(argument->text));
	return hint.len > 0 ? hint.data : NULL;
}

static char *
list_columns(const MapArgument *argument)
{
	StringInfoData list;
	int			named = 0;

	initStringInfo(&list);
	for (int i = 0; i < column_count(argument); i++)
	{
		const char *name = column_name(argument, i);

		if (name == NULL || named++ > MOST_NAMES)
			continue;
		appendStringInfo(&list, "%s%s", named == 1 ? "" : ", ",
						 named > MOST_NAMES ? "\u2026" : quote_identifier(name));
	}
	return list.data;
}

/* 42703 for a name that stands alone and is nothing that a row has; the hint names the argument. */
void
require_column(const MapArgument *argument, const Node *parsed)
{
	const char *name;
	const char *hint;

	if (!IsA(parsed, ColumnRef) || list_length(((const ColumnRef *) parsed)->fields) != 1 ||
		!IsA(linitial(((const ColumnRef *) parsed)->fields), String))
		return;
	name = strVal(linitial(((const ColumnRef *) parsed)->fields));
	if (find_column(argument, name) >= 0 || SystemAttributeByName(name) != NULL ||
		strcmp(name, RelationGetRelationName(argument->source)) == 0)
		return;
	hint = meant_instead(argument);
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_COLUMN),
			 errmsg("the source %s has no column \"%s\"",
					quote_identifier(RelationGetRelationName(argument->source)), name),
			 errdetail("Its columns are %s.", list_columns(argument)),
			 hint != NULL ? errhint("%s", hint) :
			 errhint("Give a column, or an expression over columns, for %s.", argument->label)));
}
