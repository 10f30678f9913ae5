/*
 * drivers_read.c
 *		What a driver_summary says: drivers() and driver_fit().
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/numeric.h"
#include "utils/float.h"
#include "utils/fmgroids.h"
#include "utils/rangetypes.h"
#include "utils/tuplestore.h"
#include "utils/typcache.h"

#include "drivers/drivers_report.h"
#include "rating/distributions.h"
#include "rating/rating_inference.h"

#define COLUMNS 11

/* 22023; the range as text */
static void
reject_scale(const DriverReport *r, int i, Datum range)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("range %s is not the scale of driver \"%s\"",
					OidOutputFunctionCall(F_RANGE_OUT, range),
					text_to_cstring(r->names[i])),
			 errhint("A scale is a range of whole numbers with both ends, such as '[1,5]', "
					 "and no answer lies outside of it.")));
}

static double
mean_of(const DriverSummary *s, int variable)
{
	uint64_t	weight[WIDE_SUM_MAX];

	drivers_weight(s, weight);
	return wide_double(drivers_sum(s, variable), drivers_width(s)) /
		wide_double(weight, drivers_width(s)) / DRIVERS_UNITS;
}

static DriverScale
scale_of(const DriverReport *r, int i, Datum datum)
{
	RangeType  *range = DatumGetRangeTypeP(datum);
	TypeCacheEntry *typcache = lookup_type_cache(RangeTypeGetOid(range), TYPECACHE_RANGE_INFO);
	RangeBound	lower;
	RangeBound	upper;
	bool		empty;
	DriverScale scale;
	double		mean = mean_of(r->s, i + 1);

	range_deserialize(typcache, range, &lower, &upper, &empty);
	if (empty || lower.infinite || upper.infinite)
		reject_scale(r, i, datum);
	/* an int4range is always kept as [low, high + 1) */
	scale.low = DatumGetInt32(lower.val);
	scale.high = DatumGetInt32(upper.val) - 1.0;
	if (scale.low >= scale.high || mean < scale.low || mean > scale.high)
		reject_scale(r, i, datum);
	return scale;
}

static void
read_scales(FunctionCallInfo fcinfo, DriverReport *r)
{
	Datum	   *values = NULL;
	bool	   *nulls = NULL;

	if (!PG_ARGISNULL(4))
		drivers_elements_arg(fcinfo, 4, r->s, "scales", &values, &nulls);
	for (int i = 0; i < r->s->drivers; i++)
	{
		if (values == NULL || nulls[i])
			r->scales[i].high = get_float8_nan();
		else
			r->scales[i] = scale_of(r, i, values[i]);
	}
}

/* A number; NULL unless it is finite. */
static void
put(Datum *values, bool *nulls, int column, double value)
{
	values[column] = Float8GetDatum(value);
	nulls[column] = !isfinite(value);
}

static Datum
numeric_of(const uint64_t *sum, int width, int decimals)
{
	char		text[WIDE_SUM_CHARS];

	wide_print(text, sum, width, decimals);
	return DirectFunctionCall3(numeric_in, CStringGetDatum(text), ObjectIdGetDatum(InvalidOid),
							   Int32GetDatum(-1));
}

/* The mean of a driver, exact; there are answers.  False if none weighs anything. */
static bool
exact_mean(const DriverSummary *s, int variable, Datum *mean)
{
	int			width = drivers_width(s);
	int			decimals = drivers_weighted(s) ? DRIVERS_WEIGHT_DECIMALS : 0;
	uint64_t	weight[WIDE_SUM_MAX];

	drivers_weight(s, weight);
	if (wide_sign(weight, width) == 0)
		return false;
	*mean = DirectFunctionCall2(numeric_div,
								numeric_of(drivers_sum(s, variable), width,
										   decimals + DRIVERS_DECIMALS),
								numeric_of(weight, width, decimals));
	return true;
}

/* What is gained by moving the driver to its better end, as far as it can still go. */
static double
priority_of(const DriverReport *r, int i)
{
	const DriverScale *scale = &r->scales[i];
	double		mean = mean_of(r->s, i + 1);
	double		room = r->moments.correlation[0][i + 1] >= 0 ? scale->high - mean :
		mean - scale->low;

	if (isnan(r->moments.correlation[0][i + 1]))
		return r->moments.correlation[0][i + 1];
	return r->importance[i] / r->fit.r_squared * room / (scale->high - scale->low);
}

static void
put_estimates(const DriverReport *r, int i, Datum *values, bool *nulls)
{
	double		coefficient = r->fit.coefficient[i];
	double		std_error = r->fit.std_errors[i];

	put(values, nulls, 4, coefficient);
	put(values, nulls, 5, std_error);
	put(values, nulls, 6, coefficient - r->critical * std_error);
	put(values, nulls, 7, coefficient + r->critical * std_error);
	put(values, nulls, 8, student_t_two_sided_p(coefficient / std_error, r->fit.freedom));
	put(values, nulls, 9, r->importance[i]);
	put(values, nulls, 10, priority_of(r, i));
}

static void
put_row(ReturnSetInfo *rsinfo, const DriverReport *r, int i)
{
	Datum		values[COLUMNS] = {0};
	bool		nulls[COLUMNS];

	memset(nulls, true, sizeof(nulls));
	values[0] = PointerGetDatum(r->names[i]);
	values[1] = Int64GetDatum(r->s->responses);
	nulls[0] = nulls[1] = false;
	nulls[2] = !exact_mean(r->s, i + 1, &values[2]);
	put(values, nulls, 3, r->moments.correlation[0][i + 1]);
	if (r->fit.known)
		put_estimates(r, i, values, nulls);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/* drivers(driver_summary, names, method, level, scales): only names and scales may be NULL */
PG_FUNCTION_INFO_V1(driver_summary_drivers);
Datum
driver_summary_drivers(PG_FUNCTION_ARGS)
{
	DriverReport *r;
	double		level;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return (Datum) 0;
	level = rating_level_arg(fcinfo, 3);
	r = palloc0(sizeof(DriverReport));
	r->s = PG_GETARG_DRIVERS(0);
	if (r->s->drivers == 0)
	{
		(void) drivers_johnson_arg(fcinfo);
		return (Datum) 0;
	}
	drivers_report_names(fcinfo, r);
	read_scales(fcinfo, r);
	drivers_report_fit(fcinfo, r, level);
	for (int i = 0; i < r->s->drivers; i++)
		put_row((ReturnSetInfo *) fcinfo->resultinfo, r, i);
	return (Datum) 0;
}

/* driver_fit(driver_summary) -> (responses, left_out, r_squared, adjusted_r_squared, std_error) */
PG_FUNCTION_INFO_V1(driver_summary_fit);
Datum
driver_summary_fit(PG_FUNCTION_ARGS)
{
	DriverReport *r = palloc0(sizeof(DriverReport));
	Datum		values[5] = {0};
	bool		nulls[5] = {false, false, true, true, true};
	TupleDesc	tupdesc;

	if (get_call_result_type(fcinfo, NULL, &tupdesc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	r->s = PG_GETARG_DRIVERS(0);
	drivers_moments(r->s, &r->moments);
	drivers_fit(&r->moments, &r->fit, &r->work);
	values[0] = Int64GetDatum(r->s->responses);
	values[1] = Int64GetDatum(r->s->left_out);
	if (r->fit.known)
	{
		put(values, nulls, 2, r->fit.r_squared);
		put(values, nulls, 3, r->fit.adjusted_r_squared);
		put(values, nulls, 4, r->fit.std_error);
	}
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(tupdesc), values, nulls)));
}
