/*
 * map_ready.c
 *		What the trigger of a journey map looks at before it writes.
 *
 * Its body names the columns of the source and the tables of the map as they were
 * when it was written.  Since then a column may have got a type with somebody else's
 * casts; and under the name of a table there may be none, or another one, since the
 * owner of a schema may rename it and drop what is in it.  A table of others could
 * have triggers, which would run with the rights of the map's owner; and so would
 * functions in a schema that was put in the place of the extension's.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "nodes/makefuncs.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/varlena.h"

#include "shared/compat.h"
#include "map/map_call.h"
#include "map/map_trust.h"

/* The column of a name, or NULL. */
static Form_pg_attribute
find_column(TupleDesc columns, const char *name)
{
	for (int i = 0; i < columns->natts; i++)
	{
		Form_pg_attribute column = TupleDescAttr(columns, i);

		if (!column->attisdropped && strcmp(NameStr(column->attname), name) == 0)
			return column;
	}
	return NULL;
}

static void
require_trusted_column(Relation source, const char *name)
{
	Form_pg_attribute column = find_column(RelationGetDescr(source), name);
	bool		is_table = strcmp(map_kind(), "journey table") == 0;

	if (column == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("a %s of \"%s\" reads column \"%s\", which is gone", map_kind(),
						RelationGetRelationName(source), name),
				 errhint("The owner of the %s can write the new name into its definition, such as "
						 "UPDATE NAME_definition SET %s = 'column', and run rebuild_%s, "
						 "or drop_%s.", map_word(), is_table ? "customer" : "nps",
						 is_table ? "journey_table" : "journey_map",
						 is_table ? "journey_table" : "journey_map")));
	require_trusted_type(column->atttypid);
}

/*
 * Whether the schema of this name has the type of the extension, and not one that the owner
 * of the extension added to it.
 */
static bool
is_extension_schema(const char *name)
{
	Oid			schema = get_namespace_oid(name, true);
	HeapTuple	tuple =
		SearchSysCache2(TYPENAMENSP, CStringGetDatum("rating_summary"), ObjectIdGetDatum(schema));
	bool		found;

	if (!HeapTupleIsValid(tuple))
		return false;
	found = map_trusts_role(((Form_pg_type) GETSTRUCT(tuple))->typowner) &&
		map_member(TypeRelationId, ((Form_pg_type) GETSTRUCT(tuple))->oid);
	ReleaseSysCache(tuple);
	return found;
}

/* 55000; an empty name is that of no schema. */
static void
require_extension_schema(const char *name)
{
	if (name[0] != '\0' && !is_extension_schema(name))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the extension cxjourney is no longer in schema %s, "
						"where a %s calls its functions", quote_identifier(name), map_kind()),
				 errhint("Give its schema that name again.")));
}

/* Whether this is a table of the owner of the map. */
static bool
is_own_table(Oid relation)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relation));
	bool		own;

	if (!HeapTupleIsValid(tuple))
		return false;
	own = ((Form_pg_class) GETSTRUCT(tuple))->relkind == RELKIND_RELATION &&
		map_trusts_role(((Form_pg_class) GETSTRUCT(tuple))->relowner);
	ReleaseSysCache(tuple);
	return own;
}

/* The tables of the map that was written to last, and the array of their names. */
typedef struct TableNames
{
	MemoryContext context;		/* of the rest */
	ArrayType  *array;			/* NULL: there is none yet */
	RangeVar  **tables;			/* NULL for a name that is NULL */
	int			count;
} TableNames;

/* Forget the last names and take these apart, each quoted and with its schema. */
static void
read_names(TableNames *names, ArrayType *array)
{
	MemoryContext caller;
	Datum	   *texts;
	bool	   *nulls;

	if (names->context == NULL)
		names->context = AllocSetContextCreate(TopMemoryContext, "tables of a journey map",
											   ALLOCSET_SMALL_SIZES);
	names->array = NULL;
	MemoryContextReset(names->context);
	caller = MemoryContextSwitchTo(names->context);
	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &texts, &nulls, &names->count);
	names->tables = palloc0(Max(names->count, 1) * sizeof(RangeVar *));
	for (int i = 0; i < names->count; i++)
		if (!nulls[i])
			names->tables[i] =
				makeRangeVarFromNameList(textToQualifiedNameList(DatumGetTextPP(texts[i])));
	names->array = (ArrayType *) palloc(VARSIZE(array));
	memcpy(names->array, array, VARSIZE(array));
	MemoryContextSwitchTo(caller);
}

/*
 * Whether these are all names of tables of the owner of the map.  A session mostly writes to
 * one map, and to take its names apart is 40 % of what there is to do for a statement.
 */
static bool
name_own_tables(ArrayType *array)
{
	static TableNames names = {NULL, NULL, NULL, 0};

	if (names.array == NULL || VARSIZE(names.array) != VARSIZE(array) ||
		memcmp(names.array, array, VARSIZE(array)) != 0)
		read_names(&names, array);
	for (int i = 0; i < names.count; i++)
		if (names.tables[i] == NULL ||
			!is_own_table(RangeVarGetRelid(names.tables[i], NoLock, true)))
			return false;
	return true;
}

static void
require_trusted_columns(Oid relation, ArrayType *columns)
{
	Relation	source = table_open(relation, AccessShareLock);
	Datum	   *names;
	bool	   *nulls;
	int			count;

	deconstruct_array(columns, TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls, &count);
	for (int i = 0; i < count; i++)
		if (!nulls[i])
			require_trusted_column(source, TextDatumGetCString(names[i]));
	table_close(source, AccessShareLock);
}

/*
 * journey_map_ready(kind text, source oid, columns text[], schema text, tables text[]):
 * whether these are names of tables of the current user; error 42703 for a column of the
 * source that is gone, 42501 and 0A000 for one of a type that could run other code than it
 * did when the map was made, 55000 unless the extension is in the schema.
 */
PG_FUNCTION_INFO_V1(journey_map_ready);
Datum
journey_map_ready(PG_FUNCTION_ARGS)
{
	map_use_kind(PG_GETARG_TEXT_PP(0));
	require_trusted_columns(PG_GETARG_OID(1), PG_GETARG_ARRAYTYPE_P(2));
	require_extension_schema(text_to_cstring(PG_GETARG_TEXT_PP(3)));
	PG_RETURN_BOOL(name_own_tables(PG_GETARG_ARRAYTYPE_P(4)));
}

/*
 * journey_map_require_schema(kind text, schema text): error 55000 unless the extension is in the
 * schema of this name.
 */
PG_FUNCTION_INFO_V1(journey_map_require_schema);
Datum
journey_map_require_schema(PG_FUNCTION_ARGS)
{
	map_use_kind(PG_GETARG_TEXT_PP(0));
	require_extension_schema(text_to_cstring(PG_GETARG_TEXT_PP(1)));
	PG_RETURN_VOID();
}
