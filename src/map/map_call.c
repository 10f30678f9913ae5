/*
 * map_call.c
 *		The functions of a journey map that people call, without the inner workings
 *		in their errors.
 *
 * What such a function does is written in a function of the same arguments in the
 * schema cxjourney_internal, whose name ends in _steps.  An error in there would carry a
 * line of CONTEXT for every call on the way, with the SQL that the map wrote for itself,
 * which says nothing to whoever misspelt a column.  Only the lines that are meant for
 * people are kept, and what stood around the call.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "nodes/execnodes.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

#include "map/map_call.h"

#define STEPS "_steps"
#define CITUS_SENDS "citus.enable_ddl_propagation"

static const char *kind_in_use = "journey map";
static int	calls = 0;

bool
map_is_called(void)
{
	return calls > 0;
}

void
map_use_kind(const text *kind)
{
	const char *name = text_to_cstring(kind);

	kind_in_use = strcmp(name, "journey table") == 0 ? "journey table" : "journey map";
}

const char *
map_kind(void)
{
	return kind_in_use;
}

const char *
map_word(void)
{
	return strcmp(kind_in_use, "journey table") == 0 ? "journey table" : "map";
}

/* The function of the same arguments that does the work. */
static Oid
find_steps(Oid function)
{
	HeapTuple	tuple = SearchSysCache1(PROCOID, ObjectIdGetDatum(function));
	Form_pg_proc form;
	Oid			steps;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for function %u", function);
	form = (Form_pg_proc) GETSTRUCT(tuple);
	steps = GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid,
							CStringGetDatum(psprintf("%s" STEPS, NameStr(form->proname))),
							PointerGetDatum(&form->proargtypes),
							ObjectIdGetDatum(get_namespace_oid("cxjourney_internal", false)));
	if (!OidIsValid(steps))
		elog(ERROR, "function %s" STEPS " is missing", NameStr(form->proname));
	ReleaseSysCache(tuple);
	return steps;
}

/* The lines of a context that were written for people, or NULL. */
static char *
lines_for_people(const char *context)
{
	StringInfoData kept;

	initStringInfo(&kept);
	while (context != NULL && *context != '\0')
	{
		size_t		length = strcspn(context, "\n");

		if (strncmp(context, MAP_CONTEXT, strlen(MAP_CONTEXT)) == 0)
			appendStringInfo(&kept, "%s%.*s", kept.len > 0 ? "\n" : "", (int) length, context);
		context += length;
		context += *context == '\n';
	}
	return kept.len > 0 ? kept.data : NULL;
}

/* Rows that are computed one by one would be computed, and fail, after the call. */
static void
return_all_rows(FunctionCallInfo fcinfo)
{
	ReturnSetInfo *rows = (ReturnSetInfo *) fcinfo->resultinfo;

	if (rows != NULL && IsA(rows, ReturnSetInfo) && (rows->allowedModes & SFRM_Materialize))
		rows->allowedModes |= SFRM_Materialize_Preferred;
}

void
map_use_setting(const char *name, const char *value)
{
	(void) set_config_option(name, value, PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0,
							 false);
}

/*
 * Citus sends what is done to functions to its other nodes, where the tables of a map
 * are not, and knows no ALTER FUNCTION … DEPENDS ON EXTENSION.
 */
static void
keep_from_citus(void)
{
	const char *sent = GetConfigOption(CITUS_SENDS, true, false);

	if (sent != NULL && strcmp(sent, "off") != 0)
		map_use_setting(CITUS_SENDS, "off");
}

/*
 * What a map writes is compared with what it wrote before.  Taken back by AtEOXact_GUC, or
 * by the end of a transaction that fails.
 */
static int
use_own_settings(void)
{
	int			level = NewGUCNestLevel();

	if (quote_all_identifiers)
		map_use_setting("quote_all_identifiers", "off");
	keep_from_citus();
	return level;
}

/* journey_map_call(…), declared under the name and with the arguments of each of them */
PG_FUNCTION_INFO_V1(journey_map_call);
Datum
journey_map_call(PG_FUNCTION_ARGS)
{
	FmgrInfo   *own = fcinfo->flinfo;
	MemoryContext caller = CurrentMemoryContext;
	ErrorContextCallback *around = error_context_stack;
	FmgrInfo   *steps = own->fn_extra;
	volatile Datum result = (Datum) 0;
	int			level;

	/* it keeps what it returns where it was looked up */
	if (steps == NULL)
	{
		steps = MemoryContextAllocZero(own->fn_mcxt, sizeof(FmgrInfo));
		fmgr_info_cxt(find_steps(own->fn_oid), steps, own->fn_mcxt);
		own->fn_extra = steps;
	}
	return_all_rows(fcinfo);
	fcinfo->flinfo = steps;
	level = use_own_settings();
	calls++;
	PG_TRY();
	{
		error_context_stack = NULL;
		result = FunctionCallInvoke(fcinfo);
		error_context_stack = around;
	}
	PG_CATCH();
	{
		ErrorData  *error;

		calls--;
		MemoryContextSwitchTo(caller);
		error = CopyErrorData();
		FlushErrorState();
		error->context = lines_for_people(error->context);
		fcinfo->flinfo = own;
		ThrowErrorData(error);
	}
	PG_END_TRY();
	calls--;
	AtEOXact_GUC(true, level);
	fcinfo->flinfo = own;
	/* a function in SQL that returns nothing returns NULL for it */
	if (get_func_rettype(own->fn_oid) == VOIDOID)
		fcinfo->isnull = false;
	return result;
}
