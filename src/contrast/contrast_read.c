/*
 * contrast_read.c
 *		What a contrast says: the stages that go with conversion, and how many customers
 *		it is about.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "contrast/contrast_datum.h"
#include "contrast/contrast_stats.h"
#include "rating/holm.h"
#include "shared/percent.h"

/* Columns of contrast_stages() */
enum
{
	STAGE, REACHED_WITH, MISSED_WITH, REACHED_WITHOUT, MISSED_WITHOUT, SHARE_WITH, SHARE_WITHOUT,
	ODDS_RATIO, LOW, HIGH, PHI, P_VALUE, P_ADJUSTED, COLUMNS
};

/* Of nobody it is NULL. */
static void
put_percent(Datum *values, bool *nulls, int column, int64 part, int64 whole)
{
	nulls[column] = whole == 0;
	if (whole != 0)
		values[column] = NumericGetDatum(percent_of(part, whole));
}

/* What is not known is NULL. */
static void
put_double(Datum *values, bool *nulls, int column, double value)
{
	nulls[column] = isnan(value);
	values[column] = Float8GetDatum(value);
}

static void
put_counts(const ContrastCounts *all, const ContrastStage *stage, Datum *values, bool *nulls)
{
	int64		reached = all->reached - stage->reached;
	int64		missed = all->missed - stage->missed;

	values[STAGE] = PointerGetDatum(cstring_to_text_with_len(stage->label.text,
															 (int) stage->label.length));
	values[REACHED_WITH] = Int64GetDatum(stage->reached);
	values[MISSED_WITH] = Int64GetDatum(stage->missed);
	values[REACHED_WITHOUT] = Int64GetDatum(reached);
	values[MISSED_WITHOUT] = Int64GetDatum(missed);
	put_percent(values, nulls, SHARE_WITH, stage->reached, stage->reached + stage->missed);
	put_percent(values, nulls, SHARE_WITHOUT, reached, reached + missed);
}

static void
put_stats(const ContrastStats *stats, double adjusted, Datum *values, bool *nulls)
{
	put_double(values, nulls, ODDS_RATIO, stats->odds_ratio);
	put_double(values, nulls, LOW, stats->low);
	put_double(values, nulls, HIGH, stats->high);
	put_double(values, nulls, PHI, stats->phi);
	put_double(values, nulls, P_VALUE, stats->p_value);
	put_double(values, nulls, P_ADJUSTED, adjusted);
}

/* The statistics of all stages, and their p-values adjusted together. */
static ContrastStats *
compute(const Contrast *contrast, HolmTest *tests)
{
	ContrastStats *stats = MemoryContextAllocHuge(CurrentMemoryContext,
												  Max(contrast->n, 1) * sizeof(ContrastStats));
	HolmTest  **room = MemoryContextAllocHuge(CurrentMemoryContext,
											  Max(contrast->n, 1) * sizeof(HolmTest *));

	for (uint32 i = 0; i < contrast->n; i++)
	{
		stats[i] = contrast_stats(&contrast->counts, &contrast->stages[i]);
		tests[i].p_value = stats[i].p_value;
	}
	holm_adjust(tests, contrast->n, room);
	pfree(room);
	return stats;
}

/*
 * contrast_stages(contrast) -> (stage, reached_with, missed_with, reached_without,
 * missed_without, share_with, share_without, odds_ratio, low, high, phi, p_value,
 * p_adjusted)
 */
PG_FUNCTION_INFO_V1(contrast_stages);
Datum
contrast_stages(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Contrast	contrast;
	ContrastStats *stats;
	HolmTest   *tests;

	InitMaterializedSRF(fcinfo, 0);
	contrast_arg(fcinfo, 0, &contrast);
	tests = MemoryContextAllocHuge(CurrentMemoryContext, Max(contrast.n, 1) * sizeof(HolmTest));
	stats = compute(&contrast, tests);
	for (uint32 i = 0; i < contrast.n; i++)
	{
		Datum		values[COLUMNS] = {0};
		bool		nulls[COLUMNS] = {0};

		put_counts(&contrast.counts, &contrast.stages[i], values, nulls);
		put_stats(&stats[i], tests[i].adjusted, values, nulls);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		CHECK_FOR_INTERRUPTS();
	}
	return (Datum) 0;
}

/* contrast_counts(contrast) -> (customers, too_recent, converted_early, reached, missed) */
PG_FUNCTION_INFO_V1(contrast_counts);
Datum
contrast_counts(PG_FUNCTION_ARGS)
{
	Datum		values[5];
	bool		nulls[5] = {0};
	Contrast	contrast;
	const ContrastCounts *counts = &contrast.counts;
	TupleDesc	desc;

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	contrast_arg(fcinfo, 0, &contrast);
	values[0] = Int64GetDatum(counts->too_recent + counts->early + counts->reached +
							  counts->missed);
	values[1] = Int64GetDatum(counts->too_recent);
	values[2] = Int64GetDatum(counts->early);
	values[3] = Int64GetDatum(counts->reached);
	values[4] = Int64GetDatum(counts->missed);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls)));
}
