/*
 * funnel_compare.c
 *		funnel_test(before, after): which steps convert better or worse than before.
 *
 * Each step is a test of two proportions, of those who went on to it among those who
 * reached the mandatory step before (rating/csat_stats.c), and the p-values are adjusted
 * for there being several steps (rating/holm.c).
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/numeric.h"
#include "utils/tuplestore.h"

#include "funnel/funnel_datum.h"
#include "rating/holm.h"
#include "rating/rating_stats.h"
#include "shared/units_numeric.h"

#define LEVEL	0.95

/* Columns */
enum
{
	STEP, STAGE, BEFORE, AFTER, DIFFERENCE, LOW, HIGH, STATISTIC, P_VALUE, P_ADJUSTED, COLUMNS
};

/* 22023 unless both are of one path and one longest time */
static void
require_comparable(const Funnel *before, const Funnel *after)
{
	if (before->path_bytes != after->path_bytes || before->within != after->within ||
		memcmp(before->path, after->path, before->path_bytes) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("funnels of another path or another longest time cannot be compared"),
				 errdetail("The paths are \"%s\" and \"%s\".", funnel_path_text(before->path),
						   funnel_path_text(after->path)),
				 errhint("Give funnel_agg the same path and the same time on both sides.")));
}

/* Those who went on to a step, and the others; false where it is measured from nothing. */
static bool
step_counts(const Funnel *funnel, int step, CsatCounts *counts)
{
	int			from = funnel_step_from(funnel->path, step);

	if (from == FUNNEL_NO_STEP)
		return false;
	counts->satisfied = (double) funnel->steps[step].reached;
	counts->others = (double) (funnel->steps[from].reached - funnel->steps[step].reached);
	return counts->satisfied + counts->others > 0;
}

static bool
test_step(const Funnel *before, const Funnel *after, int step, TestResult *result)
{
	CsatCounts	b;
	CsatCounts	a;

	return step_counts(before, step, &b) && step_counts(after, step, &a) &&
		csat_test(&b, &a, LEVEL, result);
}

static Datum
rounded(double value)
{
	return NumericGetDatum(double_numeric(value));
}

static void
put_share(const Funnel *funnel, int step, Datum *value, bool *null)
{
	CsatCounts	counts;

	*null = !step_counts(funnel, step, &counts);
	if (!*null)
		*value = rounded(100 * counts.satisfied / (counts.satisfied + counts.others));
}

static void
put_result(const TestResult *result, double adjusted, Datum *values, bool *nulls)
{
	values[DIFFERENCE] = rounded(result->difference);
	values[LOW] = rounded(result->low);
	values[HIGH] = rounded(result->high);
	values[STATISTIC] = Float8GetDatum(result->statistic);
	values[P_VALUE] = Float8GetDatum(result->p_value);
	values[P_ADJUSTED] = Float8GetDatum(adjusted);
	memset(nulls + DIFFERENCE, false, (COLUMNS - DIFFERENCE) * sizeof(bool));
}

/*
 * funnel_test(before, after) ->
 * (step, stage, before, after, difference, low, high, statistic, p_value, p_adjusted)
 */
PG_FUNCTION_INFO_V1(funnel_test);
Datum
funnel_test(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	TestResult	results[JOURNEY_PATH_MAX_ITEMS];
	HolmTest	tests[JOURNEY_PATH_MAX_ITEMS];
	HolmTest   *room[JOURNEY_PATH_MAX_ITEMS];
	Funnel		before;
	Funnel		after;
	char	   *stage;

	InitMaterializedSRF(fcinfo, 0);
	funnel_open(PG_GETARG_FUNNEL(0), &before);
	funnel_open(PG_GETARG_FUNNEL(1), &after);
	require_comparable(&before, &after);
	for (int i = 0; i < before.path->items; i++)
		tests[i].p_value = test_step(&before, &after, i, &results[i]) ? results[i].p_value : NAN;
	holm_adjust(tests, (uint32) before.path->items, room);
	stage = palloc(FUNNEL_STEP_TEXT_BOUND(before.path));
	for (int i = 0; i < before.path->items; i++)
	{
		Size		length = funnel_step_print(before.path, i, stage);
		Datum		values[COLUMNS] = {0};
		bool		nulls[COLUMNS];

		memset(nulls, true, sizeof(nulls));
		nulls[STEP] = nulls[STAGE] = false;
		values[STEP] = Int32GetDatum(i + 1);
		values[STAGE] = PointerGetDatum(cstring_to_text_with_len(stage, (int) length));
		put_share(&before, i, &values[BEFORE], &nulls[BEFORE]);
		put_share(&after, i, &values[AFTER], &nulls[AFTER]);
		if (!isnan(tests[i].p_value))
			put_result(&results[i], tests[i].adjusted, values, nulls);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}
