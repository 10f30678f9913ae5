/*
 * map_trust.c
 *		Whose code the expressions of a journey map run.
 *
 * The trigger of a map computes its expressions with the rights of the map's owner,
 * whoever writes, and its text is parsed anew in each session.  So nobody may decide
 * what an expression does who could not act as that owner anyway, neither when the
 * map is created nor later.  A role can be trusted when it has the rights of the
 * current user, who is the owner of the map: the owner itself, its members, and
 * superusers.  The owner of the database is a role like others.
 *
 * What a role that is not trusted could do:
 * - change a function, an operator's function or the checks of a domain that belongs
 *   to it, or add a cast to a type of its own: such code and types are refused;
 * - add a function or operator that fits the arguments better, or one of the same
 *   name and types in another schema that it calls like this one, where it may
 *   create: see map_schema.c;
 * - as the owner of the source, give a column a type with casts of its own, or as the
 *   owner of the schema put another table in the place of one of the map: before each
 *   use the trigger looks at both, see map_ready.c, and once more when the statement
 *   that names the table is parsed: map_guard.c;
 * - have the planner call a function of its own for a table that is read: map_planned.c;
 * - have something of the same name in a temporary schema of its own: whatever lives
 *   in such a schema is refused, since each session has another one.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/transam.h"
#include "catalog/namespace.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_class.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_database.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/regproc.h"
#include "utils/syscache.h"

#include "shared/compat.h"
#include "map/map_call.h"
#include "map/map_trust.h"

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

bool
map_trusts_role(Oid role)
{
	if (role == ROLE_PG_DATABASE_OWNER)
		role = database_owner();
	return has_privs_of_role(role, GetUserId());
}

/* InvalidOid when it is gone. */
Oid
map_relation_owner(Oid relation)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relation));
	Oid			owner = InvalidOid;

	if (HeapTupleIsValid(tuple))
	{
		owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;
		ReleaseSysCache(tuple);
	}
	return owner;
}

/*
 * Whether the current user has any right on it.  Whoever has none must not keep others from
 * altering it by a lock, and none of his statements takes anything from it.
 */
bool
map_may_use(Oid relation)
{
	return pg_class_aclmask(relation, GetUserId(), ACL_ALL_RIGHTS_RELATION, ACLMASK_ANY) != 0;
}

/* 42501 */
static void
refuse_other_owner(const char *what, const char *name, Oid owner)
{
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("a %s cannot use %s %s, which belongs to %s", map_kind(), what, name,
					GetUserNameFromId(owner, true)),
			 errdetail("Its owner could change it, and it would run with the rights of the owner "
					   "of the %s.", map_word()),
			 errhint("Create the %s as %s, or let the %s belong to the owner of the %s or to a "
					 "superuser.", map_word(), GetUserNameFromId(owner, true), what, map_word())));
}

/* 0A000 */
void
refuse_temporary(const char *what, const char *name, Oid schema)
{
	if (isAnyTempNamespace(schema))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("a %s cannot use %s %s, which is temporary", map_kind(), what, name),
				 errdetail("In other sessions that name would be something else, "
						   "and run with the rights of the owner of the %s, or nothing.",
						   map_word()),
				 errhint("Create the %s in another schema.", what)));
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

bool
map_trusts_function(Oid function)
{
	return function < FirstNormalObjectId || map_trusts_role(function_owner(function));
}

static bool
refuse_function(Oid function, void *context)
{
	if (function < FirstNormalObjectId)
		return false;
	refuse_temporary("function", get_func_name(function), get_func_namespace(function));
	if (!map_trusts_function(function))
		refuse_other_owner("function", format_procedure(function), function_owner(function));
	return false;
}

/* What the type is made of, or InvalidOid: casts are looked for by that type, too. */
static Oid
refuse_this_type(Oid type)
{
	HeapTuple	tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
	Form_pg_type form;
	Oid			of;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for type %u", type);
	form = (Form_pg_type) GETSTRUCT(tuple);
	of = form->typtype == TYPTYPE_DOMAIN ? form->typbasetype : form->typelem;
	refuse_temporary("type", format_type_be(type), form->typnamespace);
	if (!map_trusts_role(form->typowner))
		refuse_other_owner("type", format_type_be(type), form->typowner);
	ReleaseSysCache(tuple);
	return of;
}

/* Error 42501 for a type of others, 0A000 for a temporary one. */
void
require_trusted_type(Oid type)
{
	while (type >= FirstNormalObjectId)
		type = refuse_this_type(type);
}

static Oid
type_schema(Oid type)
{
	HeapTuple	tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
	Oid			schema;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for type %u", type);
	schema = ((Form_pg_type) GETSTRUCT(tuple))->typnamespace;
	ReleaseSysCache(tuple);
	return schema;
}

/* A type that a cast could name; a column is of its type without a name. */
static void
require_closed_type(Node *node)
{
	Oid			type = exprType(node);
	Oid			schema = type < FirstNormalObjectId || IsA(node, Var) ?
		InvalidOid : type_schema(type);

	if (OidIsValid(schema) && !map_schema_owner_trusted(schema) &&
		!map_member(TypeRelationId,
					OidIsValid(get_element_type(type)) ? get_element_type(type) : type))
		refuse_open_schema("type", format_type_be(type), schema, false);
}

static void
refuse_collation(Oid collation)
{
	HeapTuple	tuple;

	if (collation < FirstNormalObjectId)
		return;
	tuple = SearchSysCache1(COLLOID, ObjectIdGetDatum(collation));
	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for collation %u", collation);
	refuse_temporary("collation", NameStr(((Form_pg_collation) GETSTRUCT(tuple))->collname),
					 ((Form_pg_collation) GETSTRUCT(tuple))->collnamespace);
	ReleaseSysCache(tuple);
}

static bool
refuse_untrusted(Node *node, void *context)
{
	if (node == NULL)
		return false;
	(void) check_functions_in_node(node, refuse_function, context);
	require_closed_schema(node);
	/* lists and branches of CASE have no type */
	if (!IsA(node, List) && !IsA(node, CaseWhen))
	{
		require_trusted_type(exprType(node));
		require_closed_type(node);
		refuse_collation(exprCollation(node));
		refuse_collation(exprInputCollation(node));
	}
	return expression_tree_walker(node, refuse_untrusted, context);
}

/* Error 42501 for code that others could change, 0A000 for what is temporary. */
void
require_trusted_code(Node *expression)
{
	(void) refuse_untrusted(expression, NULL);
}
