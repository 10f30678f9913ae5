/*
 * map_capture.c
 *		That a statement of a journey map calls the extension's functions by their names.
 *
 * An expression of a map may name the schema of the extension.  Whoever owns that can
 * rename it, and give its name to a schema of his own, after the trigger looked at it
 * (map_ready.c) and before the statement is parsed.  So in what was parsed (map_guard.c)
 * no function, operator or type of a stranger may be called like one of the extension.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/transam.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "utils/catcache.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "shared/compat.h"
#include "map/map_call.h"
#include "map/map_trust.h"

/* Whether one of the objects of this name in a catalog, which all begin with their OID, is. */
static bool
is_member_name(SysCacheNumber cache, Oid class, const char *name)
{
	CatCList   *list = SearchSysCacheList1(cache, CStringGetDatum(name));
	bool		found = false;

	for (int i = 0; i < list->n_members && !found; i++)
	{
		Oid			object;

		memcpy(&object, GETSTRUCT(&list->members[i]->tuple), sizeof(object));
		found = map_member(class, object);
	}
	ReleaseCatCacheList(list);
	return found;
}

/* 42501 */
static void
refuse(const char *what, const char *name, SysCacheNumber cache, Oid class, Oid owner)
{
	if (map_trusts_role(owner) || !is_member_name(cache, class, name))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("%s %s of %s is in the place of one of the extension cxjourney, "
					"which a %s calls", what, name, GetUserNameFromId(owner, true), map_kind()),
			 errdetail("A schema was renamed meanwhile, and another one got its name."),
			 errhint("Give the schemas their names again.")));
}

static bool
refuse_function(Oid function, void *context)
{
	HeapTuple	tuple = function < FirstNormalObjectId ? NULL :
		SearchSysCache1(PROCOID, ObjectIdGetDatum(function));

	if (HeapTupleIsValid(tuple))
	{
		FormData_pg_proc form = *(Form_pg_proc) GETSTRUCT(tuple);

		ReleaseSysCache(tuple);
		refuse("function", NameStr(form.proname), PROCNAMEARGSNSP, ProcedureRelationId,
			   form.proowner);
	}
	return false;
}

static void
refuse_operator(Oid operator)
{
	HeapTuple	tuple = operator < FirstNormalObjectId ? NULL :
		SearchSysCache1(OPEROID, ObjectIdGetDatum(operator));

	if (HeapTupleIsValid(tuple))
	{
		FormData_pg_operator form = *(Form_pg_operator) GETSTRUCT(tuple);

		ReleaseSysCache(tuple);
		refuse("operator", NameStr(form.oprname), OPERNAMENSP, OperatorRelationId, form.oprowner);
	}
}

static void
refuse_type(Oid type)
{
	Oid			element = type < FirstNormalObjectId ? type : get_element_type(type);
	HeapTuple	tuple;

	if (OidIsValid(element))
		type = element;
	tuple = type < FirstNormalObjectId ? NULL : SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
	if (HeapTupleIsValid(tuple))
	{
		FormData_pg_type form = *(Form_pg_type) GETSTRUCT(tuple);

		ReleaseSysCache(tuple);
		refuse("type", NameStr(form.typname), TYPENAMENSP, TypeRelationId, form.typowner);
	}
}

/* Of one node of what was parsed. */
void
map_refuse_captured(Node *node)
{
	switch (nodeTag(node))
	{
		case T_OpExpr:
		case T_DistinctExpr:
		case T_NullIfExpr:
			refuse_operator(((OpExpr *) node)->opno);
			break;
		case T_ScalarArrayOpExpr:
			refuse_operator(((ScalarArrayOpExpr *) node)->opno);
			break;
		case T_Aggref:
		case T_WindowFunc:
		case T_FuncExpr:
		case T_Const:
		case T_RelabelType:
		case T_CoerceViaIO:
		case T_ArrayCoerceExpr:
		case T_CoerceToDomain:
		case T_ConvertRowtypeExpr:
			refuse_type(exprType(node));
			break;
		default:
			return;
	}
	(void) check_functions_in_node(node, refuse_function, NULL);
}
