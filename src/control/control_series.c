/*
 * control_series.c
 *		One control chart while it is drawn; see control_series.h.  The formulas are in
 *		core/control/control.h.
 *
 * The first 20 summaries with answers are put together into a baseline, unless one is given.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "control/control_series.h"
#include "shared/units_numeric.h"

/* Begin anew; metric, scale, rule and dispersion stay. */
void
control_series_start(ControlSeries *series)
{
	series->whole = NULL;
	series->n_first = 0;
	series->frozen = false;
	control_start(&series->state);
}

/*
 * The first summary says the scale: the cut-off, which is an argument, and the ends of the
 * metric.  Any other must be like it; 22023.
 */
void
control_series_scale(FunctionCallInfo fcinfo, int satisfied_from, ControlSeries *series,
					 const RatingSummary *s)
{
	const RatingSummary *like = series->like;

	if (like != NULL && (like->low != s->low || like->points != s->points))
		rating_merge_error(RATING_OTHER_SCALE, like, s);
	if (like != NULL && rating_is_weighted(like) != rating_is_weighted(s))
		rating_merge_error(RATING_OTHER_KIND, like, s);
	if (like != NULL)
		return;
	series->like = s;
	series->rule.lowest = series->metric == METRIC_NPS ? -100 : 0;
	series->rule.highest = 100;
	if (series->metric == METRIC_NPS)
		rating_require_nps_scale(s, "NPS", "the metric csat or ces");
	else if (series->metric == METRIC_CSAT)
		series->satisfied_from =
			rating_satisfied_from_arg(fcinfo, satisfied_from, s,
									  "control_chart(buckets, 'csat', satisfied_from => ");
	else
	{
		series->rule.lowest = s->low;
		series->rule.highest = rating_high(s);
	}
}

/* The metric and the variance of what is in the baseline; false without answers. */
bool
control_series_measure(ControlSeries *series)
{
	ControlMeasure measure;

	(void) rating_total(series->whole);
	if (!control_measure(series->whole, series->metric, series->satisfied_from, &measure))
		return false;
	series->baseline.centre = measure.value;
	series->baseline.variance = measure.variance;
	series->baseline.dispersion = series->dispersion > 0 ? series->dispersion : 1;
	return true;
}

/* A given baseline; without answers it is as if not given. */
void
control_series_baseline(ControlSeries *series, RatingSummary *s)
{
	series->whole = s;
	series->frozen = control_series_measure(series);
	if (!series->frozen)
		series->whole = NULL;
}

/* Put a bucket to the others, without looking at what they make together. */
void
control_series_merge(ControlSeries *series, const RatingSummary *s)
{
	RatingStatus status;

	if (series->whole == NULL)
	{
		series->whole = rating_copy(s);
		return;
	}
	status = rating_merge(series->whole, s);
	if (status != RATING_OK)
		rating_merge_error(status, series->whole, s);
}

/* Put a bucket into the baseline, which it may complete. */
static void
grow_baseline(ControlSeries *series, const RatingSummary *s, const ControlBucket *bucket)
{
	control_series_merge(series, s);
	(void) control_series_measure(series);
	series->first[series->n_first++] = *bucket;
	if (series->n_first < CONTROL_BASELINE)
		return;
	series->frozen = true;
	if (series->dispersion == 0)
		series->baseline.dispersion = control_dispersion(series->first, series->n_first,
														 &series->baseline);
}

/* The next bucket; false if it has no answers, and so no point. */
bool
control_series_add(ControlSeries *series, const RatingSummary *s, ControlPoint *point)
{
	ControlBucket bucket;

	point->responses = rating_total(s);
	if (!control_bucket(s, series->metric, series->satisfied_from, &bucket))
		return false;
	if (!series->frozen)
		grow_baseline(series, s, &bucket);
	control_add(&series->state, &series->rule, &bucket);
	point->value = bucket.value;
	point->row = control_read(&series->state, &series->rule, &series->baseline, &bucket);
	return true;
}

/* NULL without a signal, and while the baseline is not complete. */
static const char *
signal_name(const ControlSeries *series, const ControlPoint *point)
{
	static const char *const names[] = {
		NULL, "above", "below", "rising", "falling", "run"
	};

	return series->frozen ? names[point->row.signal] : NULL;
}

/* So many decimals, 0 to 18, which is several times as fast as the 15 digits of a large number. */
Numeric
control_numeric(double value, int decimals)
{
	double		power = 1;

	for (int i = 0; i < decimals; i++)
		power *= 10;
	if (fabs(value) > 1e18 / power)
		return double_numeric(value);
	return int64_div_fast_to_numeric((int64) llround(value * power), decimals);
}

/* The row of a point; bucket is what tells it from the others, value and centre are the metric. */
void
control_series_put(ReturnSetInfo *rsinfo, const ControlSeries *series, const ControlPoint *point,
				   Datum bucket, Numeric value, Numeric centre, int decimals)
{
	const ControlRow *row = &point->row;
	const double numbers[] = {
		row->low, row->high, row->ewma, row->ewma_low, row->ewma_high
	};
	const char *signal = signal_name(series, point);
	Datum		values[CONTROL_COLUMNS] = {
		bucket, Int64GetDatum(point->responses), NumericGetDatum(value), NumericGetDatum(centre)
	};
	bool		nulls[CONTROL_COLUMNS] = {false};

	for (int i = 0; i < (int) lengthof(numbers); i++)
		values[4 + i] = NumericGetDatum(control_numeric(numbers[i], decimals));
	nulls[9] = signal == NULL;
	if (signal != NULL)
		values[9] = CStringGetTextDatum(signal);
	values[10] = BoolGetDatum(!series->frozen);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}
