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
 *
 * Whoever drops a table holds its lock until the end of the transaction.  A statement that was
 * parsed waits for it, and is then parsed anew: the name could be that of another table by
 * then.  So a table is locked, as by its readers, before anything is said of it.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/inval.h"
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
	if (name[0] == '\0')
		return;
	if (!is_extension_schema(name))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("the extension cxjourney is no longer in schema %s, "
						"where a %s calls its functions", quote_identifier(name), map_kind()),
				 errhint("Give its schema that name again.")));
	if (!map_schema_owner_trusted(get_namespace_oid(name, false)))
		map_guard_calls();
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

/*
 * The relation of this name, quoted and with its schema, which nobody drops any more, nor puts
 * another one in its place when it belongs to a role with the rights of this one.
 */
static Oid
hold(Datum name, Oid owner, bool *guarded)
{
	RangeVar   *range = makeRangeVarFromNameList(textToQualifiedNameList(DatumGetTextPP(name)));
	Oid			relation = RangeVarGetRelid(range, NoLock, true);

	if (OidIsValid(relation) && map_may_use(relation))
		relation = RangeVarGetRelid(range, AccessShareLock, true);
	if (OidIsValid(relation) &&
		map_guard(relation, has_privs_of_role(map_relation_owner(relation), owner)))
		*guarded = true;
	return relation;
}

/* Whether these are names of tables of the owner of the map, and which; 0 is that of none. */
static bool
find_own_tables(ArrayType *array, Oid **tables, int *count, bool *guarded)
{
	Datum	   *names;
	bool	   *nulls;
	bool		own = true;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls, count);
	*tables = palloc0(Max(*count, 1) * sizeof(Oid));
	for (int i = 0; i < *count && own; i++)
	{
		if (!nulls[i])
			(*tables)[i] = hold(names[i], GetUserId(), guarded);
		own = is_own_table((*tables)[i]);
	}
	return own;
}

static void
require_trusted_columns(Oid relation, ArrayType *columns)
{
	Relation	source;
	Datum	   *names;
	bool	   *nulls;
	int			count;

	deconstruct_array(columns, TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls, &count);
	if (count == 0)
		return;
	source = map_open_relation(relation);
	for (int i = 0; i < count; i++)
		if (!nulls[i])
			require_trusted_column(source, TextDatumGetCString(names[i]));
	table_close(source, AccessShareLock);
}

/*
 * What was found ready last.  A session mostly writes to one map, and to look again is an
 * eighth of what the map costs for a single row.  PostgreSQL tells of every change, also by
 * this transaction, of what the answer was read from: relations (columns of the source, names
 * and owners of tables), schemas, types, roles, their members, the owner of the database.  It
 * does not tell what belongs to an extension, so that is looked at for each statement.
 */
typedef struct Found
{
	MemoryContext context;		/* of the arrays */
	ArrayType  *columns;
	ArrayType  *tables;			/* NULL: nothing was found ready */
	Oid		   *held;			/* the tables */
	int			held_count;
	bool		guarded;		/* in each transaction */
	Oid			user;
	Oid			source;
	bool		unchanged;		/* since somebody began to look */
} Found;

static Found found;

static void
note_relation(Datum arg, Oid relation)
{
	found.unchanged = false;
}

static void
note_row(Datum arg, SysCacheNumber cache, uint32 hash)
{
	found.unchanged = false;
}

/* Once in a session. */
static void
prepare_found(void)
{
	static const SysCacheNumber caches[] =
	{NAMESPACEOID, TYPEOID, AUTHOID, AUTHMEMROLEMEM, DATABASEOID};

	if (found.context != NULL)
		return;
	CacheRegisterRelcacheCallback(note_relation, (Datum) 0);
	for (size_t i = 0; i < lengthof(caches); i++)
		CacheRegisterSyscacheCallback(caches[i], note_row, (Datum) 0);
	found.context = AllocSetContextCreate(TopMemoryContext, "tables of a journey map",
										  ALLOCSET_SMALL_SIZES);
}

static bool
same_array(const ArrayType *a, const ArrayType *b)
{
	return VARSIZE(a) == VARSIZE(b) && memcmp(a, b, VARSIZE(a)) == 0;
}

static bool
is_found(Oid source, const ArrayType *columns, const ArrayType *tables)
{
	return found.tables != NULL && found.unchanged && found.user == GetUserId() &&
		found.source == source && same_array(found.columns, columns) &&
		same_array(found.tables, tables);
}

/* Whoever waits for a lock is told what changed meanwhile. */
static bool
was_found(Oid source, const ArrayType *columns, const ArrayType *tables)
{
	AcceptInvalidationMessages();
	if (!is_found(source, columns, tables))
		return false;
	for (int i = 0; i < found.held_count; i++)
		LockRelationOid(found.held[i], AccessShareLock);
	for (int i = 0; found.unchanged && found.guarded && i < found.held_count; i++)
		(void) map_guard(found.held[i], true);
	return found.unchanged;
}

static void *
keep(const void *what, Size size)
{
	return memcpy(MemoryContextAlloc(found.context, Max(size, 1)), what, size);
}

static void
remember(Oid source, const ArrayType *columns, const Oid *held, int count)
{
	MemoryContextReset(found.context);
	found.user = GetUserId();
	found.source = source;
	found.columns = keep(columns, VARSIZE(columns));
	found.held = keep(held, count * sizeof(Oid));
	found.held_count = count;
}

/* What changes while it looks, or after an error, is not taken for the answer of before. */
static bool
find(Oid source, ArrayType *columns, ArrayType *tables)
{
	Oid		   *held;
	int			count;

	prepare_found();
	found.tables = NULL;
	found.unchanged = true;
	found.guarded = false;
	require_trusted_columns(source, columns);
	if (!find_own_tables(tables, &held, &count, &found.guarded))
		return false;
	remember(source, columns, held, count);
	found.tables = keep(tables, VARSIZE(tables));
	return true;
}

/*
 * journey_map_ready(kind text, source oid, columns text[], schema text, tables text[]):
 * whether these are names of tables of the current user, which nobody drops until the end of
 * the transaction; error 42703 for a column of the source that is gone, 42501 and 0A000 for
 * one of a type that could run other code than it did when the map was made, 55000 unless the
 * extension is in the schema.
 */
PG_FUNCTION_INFO_V1(journey_map_ready);
Datum
journey_map_ready(PG_FUNCTION_ARGS)
{
	Oid			source = PG_GETARG_OID(1);
	ArrayType  *columns = PG_GETARG_ARRAYTYPE_P(2);
	ArrayType  *tables = PG_GETARG_ARRAYTYPE_P(4);
	bool		ready;

	map_use_kind(PG_GETARG_TEXT_PP(0));
	ready = was_found(source, columns, tables) || find(source, columns, tables);
	require_extension_schema(text_to_cstring(PG_GETARG_TEXT_PP(3)));
	PG_RETURN_BOOL(ready);
}

/*
 * journey_map_hold(relations text[], owner oid): nobody drops what there is of these names, nor
 * puts another one in the place of what belongs to a role with the rights of this one.
 */
PG_FUNCTION_INFO_V1(journey_map_hold);
Datum
journey_map_hold(PG_FUNCTION_ARGS)
{
	Datum	   *names;
	bool	   *nulls;
	bool		guarded;
	int			count;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls,
					  &count);
	for (int i = 0; i < count; i++)
		if (!nulls[i])
			(void) hold(names[i], PG_GETARG_OID(1), &guarded);
	PG_RETURN_VOID();
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
