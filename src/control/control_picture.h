/*
 * control_picture.h
 *		What the pictures of a metric over time share: buckets with their labels, the frame,
 *		and how the metric is written.
 */
#ifndef CONTROL_PICTURE_H
#define CONTROL_PICTURE_H

#include "control/control_series.h"
#include "svg/chart_plot.h"

/* Arguments of both, after the buckets in 0. */
enum
{
	PICTURE_BUCKETS, PICTURE_LABELS, PICTURE_METRIC
};

typedef struct ControlBuckets
{
	RatingMetric metric;
	int			n;
	RatingSummary **summary;	/* NULL: none */
	char	  **label;
	int64		responses;		/* of all */
	ChartPoint *point;			/* what is drawn of each; NaN: nothing */
	double		lowest;			/* ends of the metric */
	double		highest;
	bool	   *change;			/* of each: does what holds from it on begin anew? */
} ControlBuckets;

#pragma GCC visibility push(hidden)

extern void control_buckets_args(FunctionCallInfo fcinfo, ControlBuckets *b);
extern void control_changes_arg(FunctionCallInfo fcinfo, int argno, ControlBuckets *b);
extern char *control_metric_text(const Chart *chart, const ControlBuckets *b, double value);
extern char *control_answers_text(const Chart *chart, const ControlBuckets *b);
extern ChartPlot control_plot(Chart *chart, const ControlBuckets *b);
extern void control_draw_values(ChartPlot *plot, const ControlBuckets *b);

#pragma GCC visibility pop

#endif							/* CONTROL_PICTURE_H */
