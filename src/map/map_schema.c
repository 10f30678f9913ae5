/*
 * map_schema.c
 *		Who could add functions and operators where a journey map looks for them.
 *
 * The expressions of a map are parsed anew in each session, by names with schemas.
 * Where a role that is not trusted (map_trust.c) may create, it could add a function
 * that fits the arguments better; whoever owns the schema can also drop what is in
 * it, or rename the schema and make another one of that name.  So what lives in such
 * a schema is refused.  Members of this extension are not, since nobody can drop or
 * replace them alone, when all arguments are given with exactly the types that are
 * declared: then nothing fits better.
 *
 * A type is named when something is cast to it.  Who may create in its schema cannot
 * take its place, only whoever owns the schema can.
 *
 * The same holds for what the extension itself calls; test/lib/check-calls looks at
 * that.  Yet nobody but its owner should create in the extension's schema.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/table.h"
#include "access/transam.h"
#include "catalog/dependency.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "commands/extension.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "nodes/primnodes.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/regproc.h"
#include "utils/syscache.h"

#include "shared/compat.h"
#include "map/map_call.h"
#include "map/map_trust.h"

/* One dimension, no nulls; ACL_DAT draws a warning. */
#define ACL_ITEMS(acl) ((const AclItem *) ((const char *) (acl) + ARR_OVERHEAD_NONULLS(1)))

/*
 * A role, or ACL_ID_PUBLIC, that is not trusted but was granted the right to create in the
 * schema; *found is false without one.
 */
static Oid
grantee_of_create(HeapTuple schema, bool *found)
{
	Oid			owner = ((Form_pg_namespace) GETSTRUCT(schema))->nspowner;
	bool		isnull;
	Datum		rights = SysCacheGetAttr(NAMESPACEOID, schema, Anum_pg_namespace_nspacl, &isnull);
	const Acl  *acl = isnull ? NULL : DatumGetAclP(rights);

	*found = true;
	for (int i = 0; acl != NULL && i < ACL_NUM(acl); i++)
	{
		const AclItem *item = &ACL_ITEMS(acl)[i];

		if ((ACLITEM_GET_PRIVS(*item) & ACL_CREATE) == 0 || item->ai_grantee == owner)
			continue;
		if (item->ai_grantee == ACL_ID_PUBLIC || !map_trusts_role(item->ai_grantee))
			return item->ai_grantee;
	}
	*found = false;
	return InvalidOid;
}

/* The table, locked for readers; 42P01 without one, as where somebody dropped it meanwhile. */
Relation
map_open_relation(Oid id)
{
	Relation	relation = try_table_open(id, AccessShareLock);

	if (relation == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("there is no relation with OID %u", id),
				 errhint("It may have been dropped meanwhile.")));
	return relation;
}

static HeapTuple
schema_tuple(Oid schema)
{
	HeapTuple	tuple = SearchSysCache1(NAMESPACEOID, ObjectIdGetDatum(schema));

	if (!HeapTupleIsValid(tuple))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_SCHEMA),
				 errmsg("there is no schema with OID %u", schema),
				 errhint("It may have been dropped meanwhile.")));
	return tuple;
}

bool
map_schema_owner_trusted(Oid schema)
{
	HeapTuple	tuple = schema_tuple(schema);
	bool		trusted = map_trusts_role(((Form_pg_namespace) GETSTRUCT(tuple))->nspowner);

	ReleaseSysCache(tuple);
	return trusted;
}

/* Whether somebody who is not trusted may create in the schema. */
static bool
is_open(Oid schema)
{
	HeapTuple	tuple = schema_tuple(schema);
	bool		open;

	(void) grantee_of_create(tuple, &open);
	ReleaseSysCache(tuple);
	return open || !map_schema_owner_trusted(schema);
}

/* A cast that the parser put in, and that is not written out. */
static bool
is_silent_cast(const Node *node)
{
	switch (nodeTag(node))
	{
		case T_FuncExpr:
			return ((const FuncExpr *) node)->funcformat == COERCE_IMPLICIT_CAST;
		case T_RelabelType:
			return ((const RelabelType *) node)->relabelformat == COERCE_IMPLICIT_CAST;
		case T_CoerceViaIO:
			return ((const CoerceViaIO *) node)->coerceformat == COERCE_IMPLICIT_CAST;
		case T_ArrayCoerceExpr:
			return ((const ArrayCoerceExpr *) node)->coerceformat == COERCE_IMPLICIT_CAST;
		case T_ConvertRowtypeExpr:
			return ((const ConvertRowtypeExpr *) node)->convertformat == COERCE_IMPLICIT_CAST;
		case T_CoerceToDomain:
			return ((const CoerceToDomain *) node)->coercionformat == COERCE_IMPLICIT_CAST;
		default:
			return false;
	}
}

/* Whether each of these types is given, by an argument that is of that type without help. */
static bool
are_exact(List *args, const Oid *types, int count)
{
	if (list_length(args) != count)
		return false;
	for (int i = 0; i < count; i++)
	{
		Node	   *arg = list_nth(args, i);

		if (IsA(arg, NamedArgExpr) || is_silent_cast(arg) || exprType(arg) != types[i])
			return false;
	}
	return true;
}

bool
map_member(Oid class, Oid object)
{
	Oid			extension = getExtensionOfObject(class, object);

	return OidIsValid(extension) && extension == get_extension_oid("cxjourney", true);
}

/* 42501 */
void
refuse_open_schema(const char *what, const char *name, Oid schema, bool member)
{
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("a %s cannot use %s %s", map_kind(), what, name),
			 errdetail("Others may create in schema %s, and could add one that takes its place.",
					   quote_identifier(get_namespace_name(schema))),
			 member ? errhint("Give all its arguments, each cast to exactly the type that "
							  "is declared.") :
			 errhint("Revoke the right to create in that schema, "
					 "or use one of a schema where only trusted roles have it.")));
}

/* Casts are looked for by their types, not by the names of their functions. */
static void
require_closed_function(const FuncExpr *call)
{
	Oid		   *types;
	int			count;
	bool		member;

	if (call->funcid < FirstNormalObjectId || call->funcformat == COERCE_IMPLICIT_CAST ||
		call->funcformat == COERCE_EXPLICIT_CAST || !is_open(get_func_namespace(call->funcid)))
		return;
	(void) get_func_signature(call->funcid, &types, &count);
	member = map_member(ProcedureRelationId, call->funcid);
	if (!member || call->funcvariadic || !are_exact(call->args, types, count))
		refuse_open_schema("function", format_procedure(call->funcid),
						   get_func_namespace(call->funcid), member);
}

static void
require_closed_operator(Oid operator, List *args)
{
	HeapTuple	tuple;
	FormData_pg_operator form;
	Oid			types[2];
	bool		member;

	if (operator < FirstNormalObjectId)
		return;
	tuple = SearchSysCache1(OPEROID, ObjectIdGetDatum(operator));
	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for operator %u", operator);
	form = *(Form_pg_operator) GETSTRUCT(tuple);
	ReleaseSysCache(tuple);
	refuse_temporary("operator", NameStr(form.oprname), form.oprnamespace);
	if (!is_open(form.oprnamespace))
		return;
	types[0] = OidIsValid(form.oprleft) ? form.oprleft : form.oprright;
	types[1] = form.oprright;
	/* the owner of an extension may add an operator of his own to it */
	member = map_trusts_role(form.oprowner) && map_member(OperatorRelationId, operator);
	if (!member || !are_exact(args, types, OidIsValid(form.oprleft) ? 2 : 1))
		refuse_open_schema("operator", format_operator(operator), form.oprnamespace, member);
}

/*
 * Error 42501 for a call or an operator that others could take the place of, 0A000 for a
 * temporary operator.
 */
void
require_closed_schema(Node *node)
{
	ListCell   *cell;

	switch (nodeTag(node))
	{
		case T_FuncExpr:
			require_closed_function((const FuncExpr *) node);
			break;
		case T_OpExpr:
		case T_DistinctExpr:
		case T_NullIfExpr:
			require_closed_operator(((const OpExpr *) node)->opno, ((const OpExpr *) node)->args);
			break;
		case T_ScalarArrayOpExpr:
			/* an array is of no type that an operator on its elements declares: never exact */
			require_closed_operator(((const ScalarArrayOpExpr *) node)->opno,
									((const ScalarArrayOpExpr *) node)->args);
			break;
		case T_RowCompareExpr:
			foreach(cell, ((const RowCompareExpr *) node)->opnos)
				require_closed_operator(lfirst_oid(cell), NIL);
			break;
		default:
			break;
	}
}

/*
 * journey_map_opened_to(schema oid): the role that may create in the schema beside
 * superusers, the current user and the owner of the schema, quoted, or PUBLIC; NULL when
 * there is none.
 */
PG_FUNCTION_INFO_V1(journey_map_opened_to);
Datum
journey_map_opened_to(PG_FUNCTION_ARGS)
{
	HeapTuple	tuple = schema_tuple(PG_GETARG_OID(0));
	bool		found;
	Oid			role = grantee_of_create(tuple, &found);

	ReleaseSysCache(tuple);
	if (!found)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(role == ACL_ID_PUBLIC ? "PUBLIC" :
									 quote_identifier(GetUserNameFromId(role, false))));
}
