/*
 * journey_deviation.c
 *		journey_deviation(j, plan): what a customer missed of a plan, and did besides.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "journey/journey_datum.h"
#include "path/path_datum.h"
#include "path/plan.h"

/* 22023 */
static void
require_plan(const JourneyPath *path)
{
	if (!journey_plan_is_one(path))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a plan has single stages with plain arrows between them"),
				 errhint("Write it like \"search > basket > payment\"; the operator ~ asks whether "
						 "a journey takes any path.")));
}

/* What each label of the journey is in the plan. */
static JourneyLabelUse *
uses_of(const JourneyPath *plan, const Visits *v)
{
	JourneyLabelUse *uses = palloc(Max(v->label_count, 1) * sizeof(JourneyLabelUse));
	uint32	   *ids = palloc(plan->labels * sizeof(uint32));

	for (int i = 0; i < plan->labels; i++)
	{
		size_t		length;
		const char *label = journey_path_label(plan, i, &length);

		ids[i] = journey_find_in(v->labels, v->label_count, label, length);
	}
	journey_match_uses(plan, ids, uses, v->label_count);
	return uses;
}

/* journey_deviation(journey, plan) -> (missed, extra, fitness) */
PG_FUNCTION_INFO_V1(journey_deviation);
Datum
journey_deviation(PG_FUNCTION_ARGS)
{
	JourneyPath *plan = PG_GETARG_JOURNEY_PATH(1);
	Datum		values[3];
	bool		nulls[3] = {0};
	TupleDesc	desc;
	Visits		v;
	int			common;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	require_plan(plan);
	journey_open_visits(PG_GETARG_JOURNEY(0), &v);
	common = journey_plan_common(plan, uses_of(plan, &v), v.visits, v.n);
	values[0] = Int32GetDatum(plan->items - common);
	values[1] = Int32GetDatum((int32) v.n - common);
	values[2] = Float8GetDatum(2.0 * common / ((double) plan->items + v.n));
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls)));
}
