/*
 * map_planned.c
 *		Whose code runs when the source of a journey map is read.
 *
 * What PostgreSQL plans with it computes first as far as it is constant: the checks of a
 * table when constraint_exclusion says so, predicates and expressions of its indexes and
 * statistics, the keys of what it is a partition of.  A function in them that is said to be
 * immutable then runs with the rights of whoever reads, and the owner of the table decides
 * when: TRUNCATE of a partition reads it with the rights of the map's owner.  So a table that
 * belongs to somebody without these rights is read only when no function is in them that
 * such roles could change (map_trust.c).  Until the end of the transaction nobody can add one
 * either: what was looked at is what is planned with.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/xlog.h"
#include "catalog/partition.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_index.h"
#include "catalog/pg_partitioned_table.h"
#include "catalog/pg_statistic_ext.h"
#include "fmgr.h"
#include "nodes/nodeFuncs.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/regproc.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "map/map_call.h"
#include "map/map_trust.h"

static bool
refuse_planned(Oid function, void *relation)
{
	if (map_trusts_function(function))
		return false;
	ereport(ERROR,
			(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
			 errmsg("a %s cannot read %s, where a constraint, an index, statistics or a key has "
					"function %s of somebody else", map_kind(),
					RelationGetRelationName((Relation) relation), format_procedure(function)),
			 errdetail("PostgreSQL may run it to plan what is read, and it would run with the "
					   "rights of the owner of the %s.", map_word()),
			 errhint("Let the function or the table belong to the owner of the %s, or the function "
					 "to a superuser.", map_word())));
}

static bool
refuse_calls(Node *node, void *relation)
{
	if (node == NULL)
		return false;
	(void) check_functions_in_node(node, refuse_planned, relation);
	return expression_tree_walker(node, refuse_calls, relation);
}

static void
check_checks(Relation relation)
{
	TupleConstr *constraints = RelationGetDescr(relation)->constr;

	for (int i = 0; constraints != NULL && i < constraints->num_check; i++)
		(void) refuse_calls(stringToNode(constraints->check[i].ccbin), relation);
}

/* Expressions as a catalog holds them, which nothing has computed yet. */
static void
check_column(int cache, Oid object, AttrNumber column, Relation relation)
{
	HeapTuple	tuple = SearchSysCache1(cache, ObjectIdGetDatum(object));
	bool		is_null;
	Datum		expressions;

	if (!HeapTupleIsValid(tuple))
		return;
	expressions = SysCacheGetAttr(cache, tuple, column, &is_null);
	if (!is_null)
		(void) refuse_calls(stringToNode(TextDatumGetCString(expressions)), relation);
	ReleaseSysCache(tuple);
}

static void
check_indexes(Relation relation)
{
	List	   *indexes = RelationGetIndexList(relation);
	ListCell   *cell;

	foreach(cell, indexes)
	{
		check_column(INDEXRELID, lfirst_oid(cell), Anum_pg_index_indexprs, relation);
		check_column(INDEXRELID, lfirst_oid(cell), Anum_pg_index_indpred, relation);
	}
}

static void
check_statistics(Relation relation)
{
	List	   *statistics = RelationGetStatExtList(relation);
	ListCell   *cell;

	foreach(cell, statistics)
		check_column(STATEXTOID, lfirst_oid(cell), Anum_pg_statistic_ext_stxexprs, relation);
}

/* Whether the table, which stays locked for readers, is of somebody without the rights. */
static bool
check_relation(Oid id)
{
	Relation	relation = map_open_relation(id);
	bool		theirs = !map_trusts_role(relation->rd_rel->relowner);

	if (theirs)
	{
		check_checks(relation);
		check_indexes(relation);
		check_statistics(relation);
		check_column(PARTRELID, id, Anum_pg_partitioned_table_partexprs, relation);
	}
	table_close(relation, NoLock);
	return theirs;
}

/*
 * No lock of a reader keeps out those who add an index, statistics or a partition, and none
 * that does can be had on a standby, where nobody adds any.
 */
static void
check_tree(Oid id)
{
	List	   *children;
	ListCell   *cell;

	if (check_relation(id) && !RecoveryInProgress())
	{
		LockRelationOid(id, ShareUpdateExclusiveLock);
		(void) check_relation(id);
	}
	children = find_inheritance_children(id, AccessShareLock);
	foreach(cell, children)
		check_tree(lfirst_oid(cell));
}

/* 42501 without any right on the table or one that it is a partition of */
static void
require_use(Oid source, List *ancestors)
{
	bool		use = get_rel_name(source) == NULL || map_may_use(source);
	ListCell   *cell;

	foreach(cell, ancestors)
		use = use || map_may_use(lfirst_oid(cell));
	if (!use)
		aclcheck_error(ACLCHECK_NO_PRIV, OBJECT_TABLE, get_rel_name(source));
}

/*
 * journey_map_require_plain(kind text, source oid): error 42501 when reading this table, or a
 * partition of it, could run code of somebody without the rights of the current user; else
 * it cannot until the end of the transaction.  The same for whoever has no right on it.
 */
PG_FUNCTION_INFO_V1(journey_map_require_plain);
Datum
journey_map_require_plain(PG_FUNCTION_ARGS)
{
	Oid			source = PG_GETARG_OID(1);
	List	   *ancestors = NIL;
	ListCell   *cell;

	map_use_kind(PG_GETARG_TEXT_PP(0));
	/* whose checks and indexes are not those of a partition, and whose keys nobody changes */
	if (get_rel_relispartition(source))
		ancestors = get_partition_ancestors(source);
	require_use(source, ancestors);
	foreach(cell, ancestors)
		(void) check_relation(lfirst_oid(cell));
	check_tree(source);
	(void) map_guard(source, true);
	PG_RETURN_VOID();
}
