/*
 * control_picture.c
 *		What the pictures of a metric over time share; see control_picture.h.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "common/int.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "control/control_picture.h"

#define HEIGHT		260
#define ABOVE		16			/* for a word over the highest point */
#define END_ROOM	66			/* for the last value, right of the line */
#define MOST_DOTS	60

/* The elements of an array argument of one dimension; 2202E for another. */
static int
elements_arg(FunctionCallInfo fcinfo, int argno, const char *what, Datum **values, bool **nulls)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argno);
	int16		length;
	bool		by_value;
	char		align;
	int			n;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("%s of a picture must be a one-dimensional array", what),
				 errhint("Collect them in the order of time: "
						 "array_agg(summary ORDER BY bucket).")));
	get_typlenbyvalalign(ARR_ELEMTYPE(array), &length, &by_value, &align);
	deconstruct_array(array, ARR_ELEMTYPE(array), length, by_value, align, values, nulls, &n);
	return n;
}

/* Those that are given, one for each bucket (22023), or numbers from 1 on. */
static void
read_labels(FunctionCallInfo fcinfo, ControlBuckets *b)
{
	Datum	   *values = NULL;
	bool	   *nulls = NULL;
	int			n = b->n;

	b->label = palloc((Size) Max(b->n, 1) * sizeof(char *));
	if (!PG_ARGISNULL(PICTURE_LABELS))
		n = elements_arg(fcinfo, PICTURE_LABELS, "labels", &values, &nulls);
	if (n != b->n)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the number of labels is %d, that of buckets %d", n, b->n),
				 errhint("Collect both in the same order: array_agg(summary ORDER BY bucket), "
						 "array_agg(bucket::text ORDER BY bucket).")));
	for (int i = 0; i < b->n; i++)
	{
		if (values == NULL)
			b->label[i] = psprintf("%d", i + 1);
		else
			b->label[i] = nulls[i] ? pstrdup("") : svg_label(TextDatumGetCString(values[i]));
	}
}

/* Arguments 0 to 2, of which the labels alone may be NULL. */
void
control_buckets_args(FunctionCallInfo fcinfo, ControlBuckets *b)
{
	Datum	   *values;
	bool	   *nulls;

	b->metric = rating_metric_arg(fcinfo, PICTURE_METRIC);
	b->n = elements_arg(fcinfo, PICTURE_BUCKETS, "buckets", &values, &nulls);
	b->summary = palloc0((Size) Max(b->n, 1) * sizeof(RatingSummary *));
	b->point = palloc((Size) Max(b->n, 1) * sizeof(ChartPoint));
	b->change = palloc0((Size) Max(b->n, 1) * sizeof(bool));
	b->responses = 0;
	for (int i = 0; i < b->n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		b->point[i] = (ChartPoint) {i + 0.5, NAN, NAN, NAN};
		if (nulls[i])
			continue;
		b->summary[i] = rating_detoast((struct varlena *) DatumGetPointer(values[i]), 0);
		if (pg_add_s64_overflow(b->responses, rating_total(b->summary[i]), &b->responses))
			rating_overflow_error();
	}
	read_labels(fcinfo, b);
}

/* Which buckets a change comes before, one flag for each (22023); NULL: none. */
void
control_changes_arg(FunctionCallInfo fcinfo, int argno, ControlBuckets *b)
{
	Datum	   *values;
	bool	   *nulls;
	int			n;

	if (PG_ARGISNULL(argno))
		return;
	n = elements_arg(fcinfo, argno, "changes", &values, &nulls);
	if (n != b->n)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the number of changes is %d, that of buckets %d", n, b->n)));
	for (int i = 0; i < n; i++)
		b->change[i] = !nulls[i] && DatumGetBool(values[i]);
}

/* With its unit, in one decimal; a mean of scores in two. */
char *
control_metric_text(const Chart *chart, const ControlBuckets *b, double value)
{
	return psprintf("%s%s", chart_double(chart, value, b->metric == METRIC_CES ? 2 : 1),
					b->metric == METRIC_CSAT ? "%" : "");
}

char *
control_answers_text(const Chart *chart, const ControlBuckets *b)
{
	return psprintf("%s: %s", chart->language->answers,
					svg_count(chart->language, b->responses));
}

/* The frame, on a scale that has all values and limits, within the ends of the metric. */
ChartPlot
control_plot(Chart *chart, const ControlBuckets *b)
{
	ChartPlot	plot;
	double		low = INFINITY;
	double		high = -INFINITY;

	chart->y += ABOVE;
	plot = chart_plot(chart, HEIGHT);
	for (int i = 0; i < b->n; i++)
		if (!isnan(b->point[i].y))
		{
			low = Min(low, isnan(b->point[i].low) ? b->point[i].y :
					  Min(b->point[i].low, b->point[i].y));
			high = Max(high, isnan(b->point[i].high) ? b->point[i].y :
					   Max(b->point[i].high, b->point[i].y));
		}
	if (high - low < 1e-6)
	{
		low = Max(low - 1, b->lowest);
		high = Min(high + 1, b->highest);
	}
	plot.right -= END_ROOM;
	plot.x = chart_places_scale(b->n);
	plot.y = chart_scale(low, high, 5);
	chart->y = plot.bottom + 26;
	return plot;
}

static bool
is_known(const ControlBuckets *b, int i)
{
	return i >= 0 && i < b->n && !isnan(b->point[i].y);
}

/* The line of the values, dots where they are few or alone, labels, and the last value. */
void
control_draw_values(ChartPlot *plot, const ControlBuckets *b)
{
	StringInfo	out = &plot->chart->out;
	int			last = -1;

	chart_curve(plot, b->point, b->n, "stroke=\"" ACCENT "\" stroke-width=\"2\"");
	for (int i = 0; i < b->n; i++)
	{
		if (!is_known(b, i))
			continue;
		last = i;
		if (b->n <= MOST_DOTS || (!is_known(b, i - 1) && !is_known(b, i + 1)))
			chart_mark(plot->chart, CHART_KEY_DOT, chart_x(plot, b->point[i].x),
					   chart_y(plot, b->point[i].y), ACCENT);
	}
	chart_places(plot, b->label, b->n);
	if (last >= 0)
		draw_text(out, plot->right + 8, (int) chart_y(plot, b->point[last].y) + 5, ANCHOR_START,
				  &chart_strong, control_metric_text(plot->chart, b, b->point[last].y));
}
