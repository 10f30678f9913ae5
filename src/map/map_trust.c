/*
 * map_trust.c
 *		Whose code the expressions of a journey map run.
 *
 * The trigger of a map computes its expressions with the rights of the map's owner,
 * whoever writes, and its text is parsed anew in each session.  So nobody may decide
 * what an expression does who could not act as that owner anyway, neither when the
 * map is created nor later.  A role can be trusted when it has the rights of the
 * current user, who is the owner of the map: the owner itself, its members, and
 * superusers; and so can the owner of the database, to whom schema public belongs,
 * unless the owner of the map is a superuser.
 *
 * What a role that is not trusted could do:
 * - change a function, an operator's function or the checks of a domain that belongs
 *   to it, or add a cast to a type of its own: such code and types are refused;
 * - add a function or operator that fits the arguments better, in a schema where it
 *   may create: functions and operators of such schemas are refused;
 * - as the owner of the source, give a column a type with casts of its own: before
 *   each use the trigger looks whether the types of its columns can be trusted.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "access/transam.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_database.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/regproc.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "shared/compat.h"
#include "map/map_trust.h"

/* One dimension, no nulls; ACL_DAT draws a warning. */
#define ACL_ITEMS(acl) ((const AclItem *) ((const char *) (acl) + ARR_OVERHEAD_NONULLS(1)))

static Oid
database_owner(void)
{
	HeapTuple	tuple = SearchSysCache1(DATABASEOID, ObjectIdGetDatum(MyDatabaseId));
	Oid			owner;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for database %u", MyDatabaseId);
	owner = ((Form_pg_database) GETSTRUCT(tuple))->datdba;
	ReleaseSysCache(tuple);
	return owner;
}

static bool
is_trusted(Oid role)
{
	if (role == ROLE_PG_DATABASE_OWNER)
		role = database_owner();
	return has_privs_of_role(role, GetUserId()) || (!superuser() && role == database_owner());
}

/* 42501 */
static void
refuse_other_owner(const char *what, const char *name, Oid owner)
{
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("a journey map cannot use %s %s, which belongs to %s", what, name, GetUserNameFromId(owner, true)),
			 errdetail("Its owner could change it, and it would run with the rights of the owner of the map."),
			 errhint("Create the map as %s, or let the %s belong to the owner of the map or to a superuser.", GetUserNameFromId(owner, true), what)));
}

static Oid
function_owner(Oid function)
{
	HeapTuple	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
	Oid			owner;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for function %u", function);
	owner = ((Form_pg_proc) GETSTRUCT(tuple))->proowner;
	ReleaseSysCache(tuple);
	return owner;
}

static Oid
type_owner(Oid type)
{
	HeapTuple	tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
	Oid			owner;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for type %u", type);
	owner = ((Form_pg_type) GETSTRUCT(tuple))->typowner;
	ReleaseSysCache(tuple);
	return owner;
}

static bool
refuse_function(Oid function, void *context)
{
	if (function >= FirstNormalObjectId && !is_trusted(function_owner(function)))
		refuse_other_owner("function", format_procedure(function), function_owner(function));
	return false;
}

static void
refuse_type(Oid type)
{
	if (type >= FirstNormalObjectId && !is_trusted(type_owner(type)))
		refuse_other_owner("type", format_type_be(type), type_owner(type));
}

/* Whether somebody who is not trusted may create in the schema. */
static bool
is_open(Oid schema)
{
	HeapTuple	tuple = SearchSysCache1(NAMESPACEOID, ObjectIdGetDatum(schema));
	bool		open;
	bool		isnull;
	Datum		rights;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for schema %u", schema);
	open = !is_trusted(((Form_pg_namespace) GETSTRUCT(tuple))->nspowner);
	rights = SysCacheGetAttr(NAMESPACEOID, tuple, Anum_pg_namespace_nspacl, &isnull);
	if (!isnull)
	{
		const Acl  *acl = DatumGetAclP(rights);

		for (int i = 0; i < ACL_NUM(acl); i++)
		{
			const AclItem *item = &ACL_ITEMS(acl)[i];

			if (ACLITEM_GET_PRIVS(*item) & ACL_CREATE)
				open |= item->ai_grantee == ACL_ID_PUBLIC || !is_trusted(item->ai_grantee);
		}
	}
	ReleaseSysCache(tuple);
	return open;
}

/* 42501 */
static void
refuse_open_schema(const char *what, const char *name, Oid schema)
{
	if (!is_open(schema))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("a journey map cannot use %s %s", what, name),
			 errdetail("Others may create in schema %s, and could add one that takes its place.", quote_identifier(get_namespace_name(schema))),
			 errhint("Revoke the right to create in that schema, or use one of a schema where only trusted roles have it.")));
}

/* Casts are looked for by their types, not by the names of their functions. */
static void
refuse_function_of_open_schema(const FuncExpr *call)
{
	if (call->funcid >= FirstNormalObjectId && call->funcformat != COERCE_IMPLICIT_CAST && call->funcformat != COERCE_EXPLICIT_CAST)
		refuse_open_schema("function", format_procedure(call->funcid), get_func_namespace(call->funcid));
}

static void
refuse_operator_of_open_schema(Oid operator)
{
	HeapTuple	tuple;
	Oid			schema;

	if (operator < FirstNormalObjectId)
		return;
	tuple = SearchSysCache1(OPEROID, ObjectIdGetDatum(operator));
	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for operator %u", operator);
	schema = ((Form_pg_operator) GETSTRUCT(tuple))->oprnamespace;
	ReleaseSysCache(tuple);
	refuse_open_schema("operator", format_operator(operator), schema);
}

static bool
refuse_untrusted(Node *node, void *context)
{
	if (node == NULL)
		return false;
	(void) check_functions_in_node(node, refuse_function, context);
	if (IsA(node, FuncExpr))
		refuse_function_of_open_schema((const FuncExpr *) node);
	else if (IsA(node, OpExpr))
		refuse_operator_of_open_schema(((const OpExpr *) node)->opno);
	else if (IsA(node, ScalarArrayOpExpr))
		refuse_operator_of_open_schema(((const ScalarArrayOpExpr *) node)->opno);
	/* lists and branches of CASE have no type */
	if (!IsA(node, List) && !IsA(node, CaseWhen))
		refuse_type(exprType(node));
	return expression_tree_walker(node, refuse_untrusted, context);
}

/* Error 42501 for code that others could change. */
void
require_trusted_code(Node *expression)
{
	(void) refuse_untrusted(expression, NULL);
}

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

	if (column == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("a journey map of \"%s\" reads column \"%s\", which is gone", RelationGetRelationName(source), name),
				 errhint("The owner of the map can write the new name into its definition and run rebuild_journey_map, or drop_journey_map.")));
	refuse_type(column->atttypid);
}

/*
 * journey_map_trusts(source oid, columns text[]): true; error 42703 for a column that is gone, 42501 for one of a type
 * that could run other code than it did when the map was made.
 */
PG_FUNCTION_INFO_V1(journey_map_trusts);
Datum
journey_map_trusts(PG_FUNCTION_ARGS)
{
	Relation	source = table_open(PG_GETARG_OID(0), AccessShareLock);
	Datum	   *names;
	bool	   *nulls;
	int			count;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls, &count);
	for (int i = 0; i < count; i++)
		if (!nulls[i])
			require_trusted_column(source, TextDatumGetCString(names[i]));
	table_close(source, AccessShareLock);
	PG_RETURN_BOOL(true);
}
