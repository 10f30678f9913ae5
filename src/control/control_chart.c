/*
 * control_chart.c
 *		control_chart(rating_summary[], metric, baseline, ...): a row for each bucket that
 *		has answers.
 *
 * Value and centre are exactly what nps(), csat() and ces() give; limits and moving
 * averages are of floating point.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "control/control_series.h"

#define DECIMALS	10			/* of limits and moving averages */

enum
{
	ARG_BUCKETS,
	ARG_METRIC,
	ARG_BASELINE,
	ARG_LAMBDA,
	ARG_WIDTH,
	ARG_DISPERSION,
	ARG_SATISFIED_FROM
};

typedef struct Chart
{
	ControlSeries series;
	Numeric		centre;			/* exact; NULL until the baseline is complete */
	MemoryContext context;
	MemoryContext row_context;	/* for what one row needs */
} Chart;

/* A number that is finite and above 0; 22023. */
static double
positive_arg(FunctionCallInfo fcinfo, int argno, const char *name, const char *hint)
{
	double		value = PG_GETARG_FLOAT8(argno);

	if (!(value > 0) || isinf(value))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %s of a control chart is not a finite number above 0", name,
						float8out_internal(value)),
				 errhint("%s", hint)));
	return value;
}

static void
load_arguments(FunctionCallInfo fcinfo, ControlSeries *series)
{
	series->metric = rating_metric_arg(fcinfo, ARG_METRIC);
	series->rule.lambda = positive_arg(fcinfo, ARG_LAMBDA, "lambda",
									   "It is the weight of the newest value, above 0 and up to 1; "
									   "0.2 is usual.");
	if (series->rule.lambda > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("lambda %s of a control chart is above 1",
						float8out_internal(series->rule.lambda)),
				 errhint("It is the weight of the newest value; 0.2 is usual.")));
	series->rule.width = positive_arg(fcinfo, ARG_WIDTH, "width",
									  "It is the distance of the limits in standard errors; "
									  "3 is usual.");
	if (!PG_ARGISNULL(ARG_DISPERSION))
		series->dispersion = positive_arg(fcinfo, ARG_DISPERSION, "dispersion",
										  "1 is what answers alone explain; "
										  "leave it out to have it measured.");
}

static Numeric
exact_value(const ControlSeries *series, const RatingSummary *s)
{
	return rating_metric_value(series->metric, s, series->satisfied_from);
}

/* The metric of the baseline, which stays once that is complete; called for a row. */
static Numeric
exact_centre(Chart *chart)
{
	if (!chart->series.frozen)
		return exact_value(&chart->series, chart->series.whole);
	if (chart->centre == NULL)
	{
		MemoryContextSwitchTo(chart->context);
		chart->centre = exact_value(&chart->series, chart->series.whole);
		MemoryContextSwitchTo(chart->row_context);
	}
	return chart->centre;
}

static void
put_row(FunctionCallInfo fcinfo, Chart *chart, int position, const RatingSummary *s,
		const ControlPoint *point)
{
	MemoryContext caller = MemoryContextSwitchTo(chart->row_context);

	control_series_put((ReturnSetInfo *) fcinfo->resultinfo, &chart->series, point,
					   Int32GetDatum(position), exact_value(&chart->series, s),
					   exact_centre(chart), DECIMALS);
	MemoryContextSwitchTo(caller);
	MemoryContextReset(chart->row_context);
}

/* All buckets of the array, in its order; those that are NULL have no answers. */
static void
chart_array(FunctionCallInfo fcinfo, Chart *chart, ArrayType *array)
{
	ArrayIterator iterator;
	Datum		value;
	bool		isnull;
	int			position = 0;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("buckets of a control chart must be a one-dimensional array"),
				 errhint("Collect them in the order of time: "
						 "array_agg(summary ORDER BY bucket).")));
	iterator = array_create_iterator(array, 0, NULL);
	while (array_iterate(iterator, &value, &isnull))
	{
		RatingSummary *s;
		ControlPoint point;

		CHECK_FOR_INTERRUPTS();
		position++;
		if (isnull)
			continue;
		s = rating_detoast((struct varlena *) DatumGetPointer(value), 0);
		control_series_scale(fcinfo, ARG_SATISFIED_FROM, &chart->series, s);
		if (control_series_add(&chart->series, s, &point))
			put_row(fcinfo, chart, position, s, &point);
	}
	array_free_iterator(iterator);
}

/*
 * control_chart(buckets, metric, baseline, lambda, width, dispersion, satisfied_from).
 * NULL for buckets, metric, lambda or width gives no rows; an empty baseline is as if not given.
 */
PG_FUNCTION_INFO_V1(control_chart);
Datum
control_chart(PG_FUNCTION_ARGS)
{
	Chart		chart = {0};

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(ARG_METRIC) || PG_ARGISNULL(ARG_LAMBDA) || PG_ARGISNULL(ARG_WIDTH))
		return (Datum) 0;
	load_arguments(fcinfo, &chart.series);
	if (PG_ARGISNULL(ARG_BUCKETS))
		return (Datum) 0;
	control_series_start(&chart.series);
	chart.context = CurrentMemoryContext;
	chart.row_context = AllocSetContextCreate(CurrentMemoryContext, "row of a control chart",
											  ALLOCSET_SMALL_SIZES);
	if (!PG_ARGISNULL(ARG_BASELINE))
	{
		RatingSummary *baseline = PG_GETARG_RATING(ARG_BASELINE);

		control_series_scale(fcinfo, ARG_SATISFIED_FROM, &chart.series, baseline);
		control_series_baseline(&chart.series, baseline);
	}
	chart_array(fcinfo, &chart, PG_GETARG_ARRAYTYPE_P(ARG_BUCKETS));
	return (Datum) 0;
}
