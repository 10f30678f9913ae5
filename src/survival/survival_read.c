/*
 * survival_read.c
 *		What waits say: the curve, shares, percentiles, chances, and whether two groups
 *		differ.
 *
 * Results are shares of those who have arrived, in percent, which is what people ask
 * for; the curve of survival analysis is 100 less that.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/numeric.h"
#include "utils/tuplestore.h"

#include "rating/distributions.h"
#include "rating/rating_inference.h"
#include "shared/interval_arg.h"
#include "shared/units_numeric.h"
#include "survival/survival_curve.h"
#include "survival/survival_datum.h"

/* Of a share that is still on its way, the percentage that is not, to 15 digits. */
static Datum
arrived(double share)
{
	return NumericGetDatum(double_numeric(100 * (1 - share)));
}

/* survival_curve(survival, level) -> (time, at_risk, reached, censored, share, low, high) */
PG_FUNCTION_INFO_V1(survival_curve);
Datum
survival_curve(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	double		z = normal_critical(rating_level_arg(fcinfo, 1));
	Survival	survival;
	SurvivalWalk walk;
	SurvivalPoint point;

	InitMaterializedSRF(fcinfo, 0);
	survival_arg(fcinfo, 0, &survival);
	walk = survival_begin(&survival);
	while (survival_step(&walk, &point))
	{
		Datum		values[7] = {0};
		bool		nulls[7] = {0};

		survival_limits(&walk, z, &point);
		values[0] = IntervalPGetDatum(interval_from_microseconds(point.time));
		values[1] = Int64GetDatum(point.at_risk);
		values[2] = Int64GetDatum(point.reached);
		values[3] = Int64GetDatum(point.censored);
		values[4] = arrived(point.share);
		nulls[5] = nulls[6] = isnan(point.low);
		if (!nulls[5])
		{
			values[5] = arrived(point.high);
			values[6] = arrived(point.low);
		}
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		CHECK_FOR_INTERRUPTS();
	}
	return (Datum) 0;
}

/* A time that was waited, in microseconds; 22023 */
static uint64
time_arg(FunctionCallInfo fcinfo, int argno)
{
	return (uint64) interval_arg_span("time", PG_GETARG_INTERVAL_P(argno), INTERVAL_FIXED_HINT,
									  "Give a time of 0 or more, such as '30 days'.");
}

/* survival_share(survival, time) */
PG_FUNCTION_INFO_V1(survival_share);
Datum
survival_share(PG_FUNCTION_ARGS)
{
	Survival	survival;
	double		share;

	survival_arg(fcinfo, 0, &survival);
	if (!survival_share_at(&survival, time_arg(fcinfo, 1), &share))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(arrived(share));
}

/* survival_at_risk(survival, waited) */
PG_FUNCTION_INFO_V1(survival_at_risk);
Datum
survival_at_risk(PG_FUNCTION_ARGS)
{
	Survival	survival;

	survival_arg(fcinfo, 0, &survival);
	PG_RETURN_INT64(survival_beyond(&survival, time_arg(fcinfo, 1)));
}

/* survival_chance(survival, waited, ahead) */
PG_FUNCTION_INFO_V1(survival_chance);
Datum
survival_chance(PG_FUNCTION_ARGS)
{
	Survival	survival;
	double		chance;

	survival_arg(fcinfo, 0, &survival);
	if (!survival_chance_at(&survival, time_arg(fcinfo, 1), time_arg(fcinfo, 2), &chance))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(chance);
}

/* survival_percentile(survival, q) */
PG_FUNCTION_INFO_V1(survival_percentile);
Datum
survival_percentile(PG_FUNCTION_ARGS)
{
	double		q = PG_GETARG_FLOAT8(1);
	Survival	survival;
	uint64		time;

	if (isnan(q) || q < 0 || q > 1)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("fraction %g is not between 0 and 1", q),
				 errhint("Use 0.5 for the time by which half of all have arrived.")));
	survival_arg(fcinfo, 0, &survival);
	if (!survival_time_by(&survival, q, &time))
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(interval_from_microseconds(time));
}

/* survival_test(a, b) -> (statistic, p_value) */
PG_FUNCTION_INFO_V1(survival_test);
Datum
survival_test(PG_FUNCTION_ARGS)
{
	TupleDesc	desc;
	Survival	a;
	Survival	b;
	SurvivalTest test;
	Datum		values[2] = {0};
	bool		nulls[2] = {true, true};

	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	survival_arg(fcinfo, 0, &a);
	survival_arg(fcinfo, 1, &b);
	survival_require_same(&a.subject, &b.subject);
	if (survival_log_rank(&a, &b, &test))
	{
		values[0] = Float8GetDatum(test.statistic);
		values[1] = Float8GetDatum(test.p_value);
		nulls[0] = nulls[1] = false;
	}
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls)));
}
