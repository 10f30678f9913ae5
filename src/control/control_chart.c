/*
 * control_chart.c
 *		control_chart(rating_summary[], metric, baseline, ...): a row for each bucket that
 *		has answers.
 *
 * The formulas are in core/control/control.h.  Here the summaries are unwrapped, the first
 * 20 of them put together into a baseline unless one is given, and the rows wrapped: the
 * value and the centre exactly as nps(), csat() and ces() give them.
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

#include "control/control.h"
#include "rating/rating_datum.h"

/* The arguments; position, responses and so on are the columns of a row. */
enum
{
	ARG_BUCKETS,
	ARG_METRIC,
	ARG_BASELINE,
	ARG_LAMBDA,
	ARG_WIDTH,
	ARG_DISPERSION,
	ARG_SATISFIED_FROM,
	COLUMNS = 11
};

typedef struct Chart
{
	ControlMetric metric;
	int32		satisfied_from;
	ControlRule rule;
	double		dispersion;		/* as an argument; 0: to be found */
	const RatingSummary *like;	/* all buckets have its scale and kind; NULL: none seen */
	RatingSummary *whole;		/* of the baseline; NULL: no answers */
	ControlBaseline baseline;
	Numeric		centre;
	ControlBucket first[CONTROL_BASELINE];	/* those of the baseline, while it grows */
	int			n_first;
	bool		frozen;			/* the baseline is complete */
	ControlState state;
	MemoryContext row_context;	/* for what one row needs */
} Chart;

static ControlMetric
metric_arg(FunctionCallInfo fcinfo)
{
	static const char *const names[] = {"nps", "csat", "ces"};
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(ARG_METRIC));

	for (int i = 0; i < (int) lengthof(names); i++)
		if (strcmp(name, names[i]) == 0)
			return (ControlMetric) i;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("there is no metric \"%s\"", name),
			 errhint("The metrics are nps, csat and ces.")));
}

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
load_arguments(FunctionCallInfo fcinfo, Chart *chart)
{
	chart->metric = metric_arg(fcinfo);
	chart->rule.lambda = positive_arg(fcinfo, ARG_LAMBDA, "lambda",
									  "It is the weight of the newest value, above 0 and up to 1; "
									  "0.2 is usual.");
	if (chart->rule.lambda > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("lambda %s of a control chart is above 1",
						float8out_internal(chart->rule.lambda)),
				 errhint("It is the weight of the newest value; 0.2 is usual.")));
	chart->rule.width = positive_arg(fcinfo, ARG_WIDTH, "width",
									 "It is the distance of the limits in standard errors; "
									 "3 is usual.");
	if (!PG_ARGISNULL(ARG_DISPERSION))
		chart->dispersion = positive_arg(fcinfo, ARG_DISPERSION, "dispersion",
										 "1 is what answers alone explain; "
										 "leave it out to have it measured.");
}

/* What the scale of the answers says: the cut-off, and the ends of the metric. */
static void
load_scale(FunctionCallInfo fcinfo, Chart *chart, const RatingSummary *s)
{
	chart->like = s;
	chart->rule.lowest = chart->metric == CONTROL_NPS ? -100 : 0;
	chart->rule.highest = 100;
	if (chart->metric == CONTROL_NPS)
		rating_require_nps_scale(s, "NPS");
	else if (chart->metric == CONTROL_CSAT)
		chart->satisfied_from = rating_satisfied_from_arg(fcinfo, ARG_SATISFIED_FROM, s);
	else
	{
		chart->rule.lowest = s->low;
		chart->rule.highest = rating_high(s);
	}
}

static Numeric
exact_value(const Chart *chart, const RatingSummary *s)
{
	switch (chart->metric)
	{
		case CONTROL_NPS:
			return rating_nps_value(s);
		case CONTROL_CSAT:
			return rating_csat_value(s, chart->satisfied_from);
		default:
			return rating_mean_value(s);
	}
}

/* Limits and means to 10 decimals, which is several times as fast as to 15 digits. */
static Datum
numeric_of(double value)
{
	if (fabs(value) > 1e8)
		return DirectFunctionCall1(float8_numeric, Float8GetDatum(value));
	return NumericGetDatum(int64_div_fast_to_numeric((int64) llround(value * 1e10), 10));
}

/* The centre and the variance of a baseline; false without answers. */
static bool
measure_baseline(Chart *chart, const RatingSummary *s)
{
	ControlMeasure measure;

	(void) rating_total(s);
	if (!control_measure(s, chart->metric, chart->satisfied_from, &measure))
		return false;
	chart->baseline.centre = measure.value;
	chart->baseline.variance = measure.variance;
	chart->baseline.dispersion = chart->dispersion > 0 ? chart->dispersion : 1;
	chart->centre = exact_value(chart, s);
	return true;
}

/* Put a bucket into the baseline, which it may complete. */
static void
grow_baseline(Chart *chart, const RatingSummary *s, const ControlBucket *bucket)
{
	if (chart->whole == NULL)
		chart->whole = rating_copy(s);
	else
	{
		RatingStatus status = rating_merge(chart->whole, s);

		if (status != RATING_OK)
			rating_merge_error(status, chart->whole, s);
	}
	(void) measure_baseline(chart, chart->whole);
	chart->first[chart->n_first++] = *bucket;
	if (chart->n_first < CONTROL_BASELINE)
		return;
	chart->frozen = true;
	if (chart->dispersion == 0)
		chart->baseline.dispersion = control_dispersion(chart->first, chart->n_first,
														&chart->baseline);
}

static const char *
signal_name(ControlSignal signal)
{
	static const char *const names[] = {
		NULL, "above", "below", "rising", "falling", "run"
	};

	return names[signal];
}

static void
put_row(FunctionCallInfo fcinfo, const Chart *chart, int position, const RatingSummary *s,
		const ControlRow *row)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	MemoryContext caller = MemoryContextSwitchTo(chart->row_context);
	const char *signal = chart->frozen ? signal_name(row->signal) : NULL;
	Datum		values[COLUMNS] = {
		Int32GetDatum(position), Int64GetDatum(rating_total(s)),
		NumericGetDatum(exact_value(chart, s)), NumericGetDatum(chart->centre),
		numeric_of(row->low), numeric_of(row->high), numeric_of(row->ewma),
		numeric_of(row->ewma_low), numeric_of(row->ewma_high),
		signal == NULL ? (Datum) 0 : CStringGetTextDatum(signal), BoolGetDatum(!chart->frozen)
	};
	bool		nulls[COLUMNS] = {false};

	nulls[COLUMNS - 2] = signal == NULL;
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	MemoryContextSwitchTo(caller);
	MemoryContextReset(chart->row_context);
}

/* The next bucket, which has a row if it has answers. */
static void
chart_bucket(FunctionCallInfo fcinfo, Chart *chart, int position, const RatingSummary *s)
{
	ControlMeasure measure;
	ControlBucket bucket;
	ControlRow	row;

	(void) rating_total(s);
	if (!control_measure(s, chart->metric, chart->satisfied_from, &measure))
		return;
	bucket.value = measure.value;
	bucket.n = measure.n;
	if (!chart->frozen)
		grow_baseline(chart, s, &bucket);
	control_add(&chart->state, &chart->rule, &bucket);
	row = control_read(&chart->state, &chart->rule, &chart->baseline, &bucket);
	put_row(fcinfo, chart, position, s, &row);
}

static void
require_alike(const RatingSummary *a, const RatingSummary *b)
{
	if (a->low != b->low || a->points != b->points)
		rating_merge_error(RATING_OTHER_SCALE, a, b);
	if (rating_is_weighted(a) != rating_is_weighted(b))
		rating_merge_error(RATING_OTHER_KIND, a, b);
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
				 errhint("Collect them in the order of time: array_agg(summary ORDER BY bucket).")));
	iterator = array_create_iterator(array, 0, NULL);
	while (array_iterate(iterator, &value, &isnull))
	{
		RatingSummary *s;

		CHECK_FOR_INTERRUPTS();
		position++;
		if (isnull)
			continue;
		s = rating_detoast((struct varlena *) DatumGetPointer(value), 0);
		if (chart->like == NULL)
			load_scale(fcinfo, chart, s);
		else
			require_alike(chart->like, s);
		chart_bucket(fcinfo, chart, position, s);
	}
	array_free_iterator(iterator);
}

/*
 * control_chart(buckets, metric, baseline, lambda, width, dispersion, satisfied_from).
 * NULL for buckets, metric, lambda or width gives no rows; an empty baseline is none.
 */
PG_FUNCTION_INFO_V1(control_chart);
Datum
control_chart(PG_FUNCTION_ARGS)
{
	Chart		chart = {0};

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(ARG_METRIC) || PG_ARGISNULL(ARG_LAMBDA) || PG_ARGISNULL(ARG_WIDTH))
		return (Datum) 0;
	load_arguments(fcinfo, &chart);
	if (PG_ARGISNULL(ARG_BUCKETS))
		return (Datum) 0;
	control_start(&chart.state);
	chart.row_context = AllocSetContextCreate(CurrentMemoryContext, "row of a control chart",
											  ALLOCSET_SMALL_SIZES);
	if (!PG_ARGISNULL(ARG_BASELINE))
	{
		RatingSummary *baseline = PG_GETARG_RATING(ARG_BASELINE);

		load_scale(fcinfo, &chart, baseline);
		chart.frozen = measure_baseline(&chart, baseline);
	}
	chart_array(fcinfo, &chart, PG_GETARG_ARRAYTYPE_P(ARG_BUCKETS));
	return (Datum) 0;
}
