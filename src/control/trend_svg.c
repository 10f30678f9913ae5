/*
 * trend_svg.c
 *		A picture of a metric over time: a line, and a band of the 95 percent intervals.
 *
 * Values are those of nps(), csat() and mean(), intervals those of nps_interval(),
 * csat_interval() and ces_interval().
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "miscadmin.h"

#include "control/control_picture.h"
#include "rating/rating_inference.h"

#define LEVEL			0.95
#define ARG_SATISFIED_FROM 3
#define ARG_LANGUAGE	4

typedef struct TrendWords
{
	const char *titles[3];		/* by metric */
	const char *value[3];
	const char *none;
} TrendWords;

static const TrendWords words[] = {
	{
		.titles = {"NPS over time", "CSAT over time", "CES over time"},
		.value = {"NPS, \u2212100 to 100", "CSAT, percent satisfied", "CES, mean of the scores"},
		.none = "There are no answers yet."
	},
	{
		.titles = {"NPS w czasie", "CSAT w czasie", "CES w czasie"},
		.value = {"NPS, od \u2212100 do 100", "CSAT, odsetek zadowolonych",
			"CES, \u015Brednia ocen"},
		.none = "Nie ma jeszcze odpowiedzi."
	}
};

static const TrendWords *
words_of(const Chart *chart)
{
	return &words[chart->language->polish ? 1 : 0];
}

/* All summaries must have one scale; those without answers have no point. */
static void
measure(FunctionCallInfo fcinfo, ControlBuckets *b)
{
	ControlSeries *series = palloc0(sizeof(ControlSeries));

	series->metric = b->metric;
	for (int i = 0; i < b->n; i++)
	{
		ControlBucket bucket;
		ConfidenceInterval interval;

		CHECK_FOR_INTERRUPTS();
		if (b->summary[i] == NULL)
			continue;
		control_series_scale(fcinfo, ARG_SATISFIED_FROM, series, b->summary[i]);
		if (!control_bucket(b->summary[i], b->metric, series->satisfied_from, &bucket))
			continue;
		b->point[i].y = bucket.value;
		if (rating_metric_interval(b->metric, b->summary[i], series->satisfied_from, LEVEL,
								   &interval))
		{
			b->point[i].low = interval.low;
			b->point[i].high = interval.high;
		}
	}
	b->lowest = series->rule.lowest;
	b->highest = series->rule.highest;
}

/* Each value, in words; NULL if there is none. */
static char *
description(const Chart *chart, const ControlBuckets *b)
{
	StringInfoData text;

	initStringInfo(&text);
	for (int i = 0; i < b->n; i++)
		if (!isnan(b->point[i].y))
			appendStringInfo(&text, "%s%s: %s", text.len == 0 ? "" : "; ", b->label[i],
							 control_metric_text(chart, b, b->point[i].y));
	return text.len == 0 ? NULL : text.data;
}

static void
draw_trend(Chart *chart, const ControlBuckets *b)
{
	const ChartKey keys[] = {
		{CHART_KEY_LINE, ACCENT, words_of(chart)->value[b->metric]},
		{CHART_KEY_BAND, CHART_BAND, chart->language->interval}
	};
	ChartPlot	plot;

	chart_keys(chart, keys, 2);
	plot = control_plot(chart, b);
	chart_band(&plot, b->point, b->n);
	chart_grid(&plot, b->metric == METRIC_CSAT ? "%" : "");
	control_draw_values(&plot, b);
}

/* trend_svg(buckets, labels, metric, satisfied_from, language, title, slide) */
PG_FUNCTION_INFO_V1(trend_svg);
Datum
trend_svg(PG_FUNCTION_ARGS)
{
	Chart		chart;
	ControlBuckets b;
	char	   *said;

	if (PG_ARGISNULL(PICTURE_METRIC) || !chart_begin(fcinfo, ARG_LANGUAGE, &chart))
		PG_RETURN_NULL();
	control_buckets_args(fcinfo, &b);
	measure(fcinfo, &b);
	said = description(&chart, &b);
	chart_header(&chart, words_of(&chart)->titles[b.metric], control_answers_text(&chart, &b),
				 said == NULL ? words_of(&chart)->none : said);
	if (said == NULL)
		chart_empty(&chart, words_of(&chart)->none);
	else
		draw_trend(&chart, &b);
	PG_RETURN_TEXT_P(chart_end(&chart));
}
