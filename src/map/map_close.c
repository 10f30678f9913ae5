/*
 * map_close.c
 *		How a journey map keeps all others from what it replaces or drops.
 *
 * PostgreSQL locks what a statement names, then what views among it read, and a
 * transaction keeps what its statements locked.  So whoever reads and whoever writes
 * views anew could each wait for the other, until one of them is ended.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "access/transam.h"
#include "catalog/namespace.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_trigger.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/rel.h"
#include "utils/syscache.h"
#include "utils/varlena.h"

#include "shared/compat.h"
#include "map/map_trust.h"

/* The relations of these names that there are and that the current user owns. */
static Oid *
find_owned(ArrayType *array, int *count)
{
	Datum	   *names;
	bool	   *nulls;
	int			all;
	Oid		   *owned;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &names, &nulls, &all);
	owned = palloc0(Max(all, 1) * sizeof(Oid));
	*count = 0;
	for (int i = 0; i < all; i++)
	{
		List	   *parts = nulls[i] ? NIL : textToQualifiedNameList(DatumGetTextPP(names[i]));
		Oid			relation = parts == NIL ? InvalidOid :
			RangeVarGetRelid(makeRangeVarFromNameList(parts), NoLock, true);
		Oid			owner = map_relation_owner(relation);

		if (OidIsValid(owner) && has_privs_of_role(GetUserId(), owner))
			owned[(*count)++] = relation;
	}
	return owned;
}

/* The first of these that cannot be had at once, when none is kept, or -1 when all are. */
static int
close_at_once(const Oid *relations, int count, int but)
{
	for (int i = 0; i < count; i++)
	{
		if (i == but || ConditionalLockRelationOid(relations[i], AccessExclusiveLock))
			continue;
		for (int j = 0; j < i; j++)
			if (j != but)
				UnlockRelationOid(relations[j], AccessExclusiveLock);
		return i;
	}
	return -1;
}

/*
 * journey_map_close(relations text[]): nobody else reads or writes them until the end of the
 * transaction.  While it waits for one it holds none of the others, so whoever reads several,
 * in whatever order, does not wait for it to wait for him; but not for ever.
 */
PG_FUNCTION_INFO_V1(journey_map_close);
Datum
journey_map_close(PG_FUNCTION_ARGS)
{
	int			count;
	Oid		   *relations = find_owned(PG_GETARG_ARRAYTYPE_P(0), &count);
	int			busy = close_at_once(relations, count, -1);

	for (int times = 0; busy >= 0 && times < 100; times++)
	{
		int			waited = busy;

		LockRelationOid(relations[waited], AccessExclusiveLock);
		busy = close_at_once(relations, count, waited);
		if (busy >= 0)
			UnlockRelationOid(relations[waited], AccessExclusiveLock);
	}
	for (int i = 0; busy >= 0 && i < count; i++)
		LockRelationOid(relations[i], AccessExclusiveLock);
	PG_RETURN_VOID();
}

static bool
owns_function(Oid function)
{
	HeapTuple	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
	bool		owns;

	if (!HeapTupleIsValid(tuple))
		return false;
	owns = has_privs_of_role(GetUserId(), ((Form_pg_proc) GETSTRUCT(tuple))->proowner);
	ReleaseSysCache(tuple);
	return owns;
}

static bool
has_trigger_of(Oid relation, Oid function)
{
	Relation	triggers = table_open(TriggerRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	bool		has = false;

	ScanKeyInit(&key, Anum_pg_trigger_tgrelid, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(relation));
	scan = systable_beginscan(triggers, TriggerRelidNameIndexId, true, NULL, 1, &key);
	while (!has && HeapTupleIsValid(tuple = systable_getnext(scan)))
		has = ((Form_pg_trigger) GETSTRUCT(tuple))->tgfoid == function;
	systable_endscan(scan);
	table_close(triggers, AccessShareLock);
	return has;
}

/*
 * journey_map_close_triggers(function oid, relations oid[]): nobody else uses those of these
 * relations that have a trigger of this function of the current user, which is going to be
 * dropped with all of them.  PostgreSQL would lock them in any order; who writes to a table
 * holds it before its partitions.
 */
PG_FUNCTION_INFO_V1(journey_map_close_triggers);
Datum
journey_map_close_triggers(PG_FUNCTION_ARGS)
{
	Oid			function = PG_GETARG_OID(0);
	Datum	   *relations;
	int			count;

	if (function < FirstNormalObjectId || !owns_function(function))
		PG_RETURN_VOID();
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), OIDOID, sizeof(Oid), true, TYPALIGN_INT, &relations,
					  NULL, &count);
	for (int i = 0; i < count; i++)
		if (has_trigger_of(DatumGetObjectId(relations[i]), function))
			LockRelationOid(DatumGetObjectId(relations[i]), AccessExclusiveLock);
	PG_RETURN_VOID();
}
