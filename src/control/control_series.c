/*
 * control_series.c
 *		One control chart while it is drawn; see control_series.h.  The formulas are in
 *		core/control/control.h.
 *
 * The first 20 summaries with answers are put together into a baseline, unless one is given.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "control/control_series.h"

/* The metric in an argument that is not NULL; 22023 for another one. */
ControlMetric
control_metric_arg(FunctionCallInfo fcinfo, int argno)
{
	static const char *const names[] = {"nps", "csat", "ces"};
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(argno));

	for (int i = 0; i < (int) lengthof(names); i++)
		if (strcmp(name, names[i]) == 0)
			return (ControlMetric) i;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("there is no metric \"%s\"", name),
			 errhint("The metrics are nps, csat and ces.")));
}

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
	series->rule.lowest = series->metric == CONTROL_NPS ? -100 : 0;
	series->rule.highest = 100;
	if (series->metric == CONTROL_NPS)
		rating_require_nps_scale(s, "NPS");
	else if (series->metric == CONTROL_CSAT)
		series->satisfied_from = rating_satisfied_from_arg(fcinfo, satisfied_from, s);
	else
	{
		series->rule.lowest = s->low;
		series->rule.highest = rating_high(s);
	}
}

/* The metric and the variance of what is in the baseline; false without answers. */
static bool
measure_baseline(ControlSeries *series)
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

/* A given baseline, which is none if it has no answers. */
void
control_series_baseline(ControlSeries *series, RatingSummary *s)
{
	series->whole = s;
	series->frozen = measure_baseline(series);
	if (!series->frozen)
		series->whole = NULL;
}

/* Put a bucket into the baseline, which it may complete. */
static void
grow_baseline(ControlSeries *series, const RatingSummary *s, const ControlBucket *bucket)
{
	if (series->whole == NULL)
		series->whole = rating_copy(s);
	else
	{
		RatingStatus status = rating_merge(series->whole, s);

		if (status != RATING_OK)
			rating_merge_error(status, series->whole, s);
	}
	(void) measure_baseline(series);
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
	ControlMeasure measure;
	ControlBucket bucket;

	point->responses = rating_total(s);
	if (!control_measure(s, series->metric, series->satisfied_from, &measure))
		return false;
	bucket.value = measure.value;
	bucket.n = measure.n;
	if (!series->frozen)
		grow_baseline(series, s, &bucket);
	control_add(&series->state, &series->rule, &bucket);
	point->value = bucket.value;
	point->row = control_read(&series->state, &series->rule, &series->baseline, &bucket);
	return true;
}

/* NULL without a signal, and while the baseline is not complete. */
const char *
control_signal_name(const ControlSeries *series, const ControlPoint *point)
{
	static const char *const names[] = {
		NULL, "above", "below", "rising", "falling", "run"
	};

	return series->frozen ? names[point->row.signal] : NULL;
}
