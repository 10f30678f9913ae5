/*
 * control_series.h
 *		One control chart while it is drawn: summaries go in, in the order of time, and points
 *		come out.
 */
#ifndef CONTROL_SERIES_H
#define CONTROL_SERIES_H

#include "nodes/execnodes.h"

#include "control/control.h"
#include "rating/rating_datum.h"

typedef struct ControlSeries
{
	RatingMetric metric;
	int32		satisfied_from;
	ControlRule rule;
	double		dispersion;		/* as it was given; 0: to be found */
	const RatingSummary *like;	/* all buckets have its scale and kind; NULL: none seen */
	RatingSummary *whole;		/* of the baseline; NULL: no answers */
	ControlBaseline baseline;
	ControlBucket first[CONTROL_BASELINE];	/* those of the baseline, while it grows */
	int			n_first;
	bool		frozen;			/* the baseline is complete */
	ControlState state;
} ControlSeries;

#define CONTROL_COLUMNS	11		/* of a row: its bucket, responses and so on */

typedef struct ControlPoint
{
	int64		responses;
	double		value;
	ControlRow	row;
} ControlPoint;

#pragma GCC visibility push(hidden)

extern void control_series_start(ControlSeries *series);
extern void control_series_scale(FunctionCallInfo fcinfo, int satisfied_from,
								 ControlSeries *series, const RatingSummary *s);
extern void control_series_baseline(ControlSeries *series, RatingSummary *s);
extern void control_series_merge(ControlSeries *series, const RatingSummary *s);
extern bool control_series_measure(ControlSeries *series);
extern bool control_series_add(ControlSeries *series, const RatingSummary *s,
							   ControlPoint *point);
extern Numeric control_numeric(double value, int decimals);
extern void control_series_put(ReturnSetInfo *rsinfo, const ControlSeries *series,
							   const ControlPoint *point, Datum bucket, Numeric value,
							   Numeric centre, int decimals);

#pragma GCC visibility pop

#endif							/* CONTROL_SERIES_H */
