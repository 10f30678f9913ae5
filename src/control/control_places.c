/*
 * control_places.c
 *		control_chart_at(buckets, removed, summaries, ...): control charts of one place of a
 *		journey map; control_dispersion_at(buckets, removed, summaries, ...): how much more
 *		its buckets differ than their answers explain.
 *
 * What a map holds comes in parts, in any order: answers of a bucket that were added, or that
 * were removed.  To sort them here and put them together costs a tenth of what it costs the
 * server to do so row by row.  Each change that was noted begins a chart of its own, with a
 * baseline of its own.  Numbers have 6 decimals, as in all views of a map.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "control/control_series.h"

#define DECIMALS	6			/* of all numbers of a map */

enum
{
	ARG_BUCKETS,
	ARG_REMOVED,
	ARG_SUMMARIES,
	ARG_CHANGES,
	ARG_METRIC,
	ARG_SATISFIED_FROM,
	ARG_ONLY
};

typedef struct Part
{
	TimestampTz bucket;
	bool		removed;
	const RatingSummary *s;
} Part;

typedef struct Place
{
	Part	   *parts;			/* those that have a summary, in the order of time */
	int			n_parts;
	TimestampTz *changes;		/* in the order of time */
	int			n_changes;
	bool		one_row;		/* only that of one bucket */
	TimestampTz only;
} Place;

static int
compare_times(const void *a, const void *b)
{
	TimestampTz x = *(const TimestampTz *) a;
	TimestampTz y = *(const TimestampTz *) b;

	return (x > y) - (x < y);
}

/* Within a bucket what was added comes first, so that no sum is ever below zero. */
static int
compare_parts(const void *a, const void *b)
{
	int			order = compare_times(&((const Part *) a)->bucket, &((const Part *) b)->bucket);

	return order != 0 ? order : ((const Part *) a)->removed - ((const Part *) b)->removed;
}

typedef struct Elements
{
	Datum	   *values;
	bool	   *nulls;
	int			n;
} Elements;

/* Elements of an array argument; 2202E for several dimensions. */
static Elements
elements_arg(FunctionCallInfo fcinfo, int argno, int16 length, char align)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argno);
	Elements	e;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("buckets and changes of a control chart are one-dimensional arrays")));
	deconstruct_array(array, ARR_ELEMTYPE(array), length, length > 0, align,
					  &e.values, &e.nulls, &e.n);
	return e;
}

static void
load_parts(FunctionCallInfo fcinfo, Place *place)
{
	Elements	buckets = elements_arg(fcinfo, ARG_BUCKETS, sizeof(TimestampTz), TYPALIGN_DOUBLE);
	Elements	removed = elements_arg(fcinfo, ARG_REMOVED, sizeof(bool), TYPALIGN_CHAR);
	Elements	summaries = elements_arg(fcinfo, ARG_SUMMARIES, -1, TYPALIGN_DOUBLE);

	if (removed.n != buckets.n || summaries.n != buckets.n)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("a control chart needs one summary for each bucket")));
	place->parts = palloc(Max(buckets.n, 1) * sizeof(Part));
	for (int i = 0; i < buckets.n; i++)
	{
		Part	   *part = &place->parts[place->n_parts];

		if (buckets.nulls[i] || removed.nulls[i] || summaries.nulls[i])
			continue;
		part->bucket = DatumGetTimestampTz(buckets.values[i]);
		part->removed = DatumGetBool(removed.values[i]);
		part->s = rating_detoast((struct varlena *) DatumGetPointer(summaries.values[i]), 0);
		place->n_parts++;
	}
	qsort(place->parts, place->n_parts, sizeof(Part), compare_parts);
}

static void
load_changes(FunctionCallInfo fcinfo, Place *place)
{
	Elements	times;

	if (PG_ARGISNULL(ARG_CHANGES))
		return;
	times = elements_arg(fcinfo, ARG_CHANGES, sizeof(TimestampTz), TYPALIGN_DOUBLE);
	place->changes = palloc(Max(times.n, 1) * sizeof(TimestampTz));
	for (int i = 0; i < times.n; i++)
		if (!times.nulls[i])
			place->changes[place->n_changes++] = DatumGetTimestampTz(times.values[i]);
	qsort(place->changes, place->n_changes, sizeof(TimestampTz), compare_times);
}

/* Raise the error for parts of a bucket that cannot be put together. */
static void
reject_parts(RatingStatus status, const RatingSummary *sum, const RatingSummary *part)
{
	if (status == RATING_BELOW_ZERO)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("more answers were removed from a bucket than the journey map has "
						"counted"),
				 errhint("Something was written unseen: check_journey_map says what, "
						 "rebuild_journey_map repairs it.")));
	rating_merge_error(status, sum, part);
}

/* What all parts of a bucket make together, from the part at i on; sets i behind them. */
static const RatingSummary *
next_bucket(const Place *place, int *i)
{
	const Part *first = &place->parts[(*i)++];
	RatingSummary *sum = NULL;

	if (first->removed)
		reject_parts(RATING_BELOW_ZERO, first->s, first->s);
	for (; *i < place->n_parts && place->parts[*i].bucket == first->bucket; (*i)++)
	{
		const Part *part = &place->parts[*i];
		RatingStatus status;

		if (sum == NULL)
			sum = rating_copy(first->s);
		status = part->removed ? rating_subtract(sum, part->s) : rating_merge(sum, part->s);
		if (status != RATING_OK)
			reject_parts(status, sum, part->s);
	}
	return sum != NULL ? sum : first->s;
}

static void
chart_place(FunctionCallInfo fcinfo, const Place *place, ControlSeries *series)
{
	MemoryContext row_context = AllocSetContextCreate(CurrentMemoryContext,
													  "row of a control chart",
													  ALLOCSET_SMALL_SIZES);
	int			change = 0;
	int			i = 0;

	control_series_start(series);
	while (i < place->n_parts)
	{
		TimestampTz bucket = place->parts[i].bucket;
		const RatingSummary *s = next_bucket(place, &i);
		ControlPoint point;
		MemoryContext caller;

		CHECK_FOR_INTERRUPTS();
		for (; change < place->n_changes && place->changes[change] <= bucket; change++)
			control_series_start(series);
		control_series_scale(fcinfo, ARG_SATISFIED_FROM, series, s);
		if (!control_series_add(series, s, &point) || (place->one_row && bucket != place->only))
			continue;
		caller = MemoryContextSwitchTo(row_context);
		control_series_put((ReturnSetInfo *) fcinfo->resultinfo, series, &point,
						   TimestampTzGetDatum(bucket), control_numeric(point.value, DECIMALS),
						   control_numeric(series->baseline.centre, DECIMALS), DECIMALS);
		MemoryContextSwitchTo(caller);
		MemoryContextReset(row_context);
	}
}

/*
 * control_chart_at(buckets, removed, summaries, changes, metric, satisfied_from, only).  NULL
 * for one of the first three or the metric gives no rows.
 */
PG_FUNCTION_INFO_V1(control_chart_at);
Datum
control_chart_at(PG_FUNCTION_ARGS)
{
	Place		place = {0};
	ControlSeries series = {.rule = {.lambda = 0.2, .width = 3}};

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(ARG_BUCKETS) || PG_ARGISNULL(ARG_REMOVED) || PG_ARGISNULL(ARG_SUMMARIES) ||
		PG_ARGISNULL(ARG_METRIC))
		return (Datum) 0;
	series.metric = rating_metric_arg(fcinfo, ARG_METRIC);
	load_parts(fcinfo, &place);
	load_changes(fcinfo, &place);
	place.one_row = !PG_ARGISNULL(ARG_ONLY);
	if (place.one_row)
		place.only = PG_GETARG_TIMESTAMPTZ(ARG_ONLY);
	chart_place(fcinfo, &place, &series);
	return (Datum) 0;
}

#define LEAST_DISPERSION	1.1 /* that is worth telling */

enum
{
	ARG_SPREAD_METRIC = ARG_SUMMARIES + 1,
	ARG_SPREAD_SATISFIED_FROM
};

/* Of all buckets against what they make together; 1 for too few of them. */
static double
place_dispersion(FunctionCallInfo fcinfo, const Place *place, ControlSeries *series)
{
	ControlBucket *buckets = palloc(Max(place->n_parts, 1) * sizeof(ControlBucket));
	int			n = 0;
	int			i = 0;

	control_series_start(series);
	while (i < place->n_parts)
	{
		const RatingSummary *s = next_bucket(place, &i);

		CHECK_FOR_INTERRUPTS();
		control_series_scale(fcinfo, ARG_SPREAD_SATISFIED_FROM, series, s);
		if (!control_bucket(s, series->metric, series->satisfied_from, &buckets[n]))
			continue;
		control_series_merge(series, s);
		n++;
	}
	if (n < CONTROL_BASELINE || !control_series_measure(series))
		return 1;
	return control_dispersion(buckets, n, &series->baseline);
}

/*
 * control_dispersion_at(buckets, removed, summaries, metric, satisfied_from).  NULL for one of
 * the first four, for fewer than 20 buckets with answers and for a factor up to 1.1.
 */
PG_FUNCTION_INFO_V1(control_dispersion_at);
Datum
control_dispersion_at(PG_FUNCTION_ARGS)
{
	Place		place = {0};
	ControlSeries series = {0};
	double		dispersion;

	for (int i = 0; i <= ARG_SPREAD_METRIC; i++)
		if (PG_ARGISNULL(i))
			PG_RETURN_NULL();
	series.metric = rating_metric_arg(fcinfo, ARG_SPREAD_METRIC);
	load_parts(fcinfo, &place);
	dispersion = place_dispersion(fcinfo, &place, &series);
	if (dispersion <= LEAST_DISPERSION)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(control_numeric(dispersion, DECIMALS));
}
