/*
 * control_svg.c
 *		A picture of a control chart: values, centre, limits, moving average, and what is a
 *		signal as a diamond with its name.
 *
 * Numbers and signals are those of control_chart() without settings of its own.  From a change
 * on they are those of a chart that begins there.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "miscadmin.h"

#include "control/control_picture.h"

#define ARG_BASELINE	3
#define ARG_SATISFIED_FROM 4
#define ARG_LANGUAGE	5
#define ARG_CHANGES		8			/* of control_svg_at() */
#define LAMBDA			0.2
#define WIDTH			3
#define SIGNALS			6

typedef struct ControlWords
{
	const char *titles[3];		/* by metric */
	const char *value[3];
	const char *limits;
	const char *centre;
	const char *average;
	const char *signal;
	const char *change;
	const char *changed;
	const char *signals[SIGNALS];	/* by ControlSignal */
	const char *provisional;
	const char *quiet;
	const char *none;
} ControlWords;

static const ControlWords words[] = {
	{
		.titles = {"NPS: news or noise?", "CSAT: news or noise?", "CES: news or noise?"},
		.value = {"NPS, \u2212100 to 100", "CSAT, percent satisfied", "CES, mean of the scores"},
		.limits = "limits, within which chance stays",
		.centre = "centre",
		.average = "moving average",
		.signal = "signal",
		.change = "change, after which limits are new",
		.changed = "new limits from %s on",
		.signals = {"", "above", "below", "rising", "falling", "run of 8"},
		.provisional = "Limits are provisional and there are no signals before 20 values.",
		.quiet = "no signals",
		.none = "There are no answers yet."
	},
	{
		.titles = {"NPS: zmiana czy przypadek?", "CSAT: zmiana czy przypadek?",
			"CES: zmiana czy przypadek?"},
		.value = {"NPS, od \u2212100 do 100", "CSAT, odsetek zadowolonych",
			"CES, \u015Brednia ocen"},
		.limits = "granice, w kt\u00F3rych mie\u015Bci si\u0119 przypadek",
		.centre = "\u015Brodek",
		.average = "\u015Brednia krocz\u0105ca",
		.signal = "sygna\u0142",
		.change = "zmiana, po kt\u00F3rej granice s\u0105 nowe",
		.changed = "nowe granice od %s",
		.signals = {"", "powy\u017Cej", "poni\u017Cej", "ro\u015Bnie", "spada", "seria 8"},
		.provisional = "Do 20 warto\u015Bci granice s\u0105 tymczasowe "
			"i nie ma sygna\u0142\u00F3w.",
		.quiet = "bez sygna\u0142\u00F3w",
		.none = "Nie ma jeszcze odpowiedzi."
	}
};

typedef struct ControlDrawing
{
	ControlBuckets b;
	ChartPoint *centre;
	ChartPoint *average;
	ControlSignal *signal;
	int			signals;
	int			changes;
	bool		known;			/* is there any value? */
	bool		frozen;			/* is the baseline complete? */
} ControlDrawing;

static const ControlWords *
words_of(const Chart *chart)
{
	return &words[chart->language->polish ? 1 : 0];
}

static void
add_point(ControlDrawing *d, const ControlSeries *series, const ControlPoint *point, int i)
{
	d->known = true;
	d->b.point[i].y = point->value;
	d->b.point[i].low = point->row.low;
	d->b.point[i].high = point->row.high;
	d->centre[i].y = series->baseline.centre;
	d->average[i].y = point->row.ewma;
	if (series->frozen)
		d->signal[i] = point->row.signal;
	d->signals += d->signal[i] != CONTROL_NONE;
}

/* At a change; one before all values changes nothing. */
static void
begin_anew(ControlDrawing *d, ControlSeries *series, int i)
{
	d->b.change[i] &= d->known;
	if (d->b.change[i])
		control_series_start(series);
	d->changes += d->b.change[i];
}

static void
measure(FunctionCallInfo fcinfo, ControlDrawing *d)
{
	ControlSeries *series = palloc0(sizeof(ControlSeries));
	Size		n = (Size) Max(d->b.n, 1);

	d->signal = palloc0(n * sizeof(ControlSignal));
	d->centre = memcpy(palloc(n * sizeof(ChartPoint)), d->b.point, n * sizeof(ChartPoint));
	d->average = memcpy(palloc(n * sizeof(ChartPoint)), d->b.point, n * sizeof(ChartPoint));
	series->metric = d->b.metric;
	series->rule.lambda = LAMBDA;
	series->rule.width = WIDTH;
	control_series_start(series);
	if (!PG_ARGISNULL(ARG_BASELINE))
	{
		RatingSummary *baseline = PG_GETARG_RATING(ARG_BASELINE);

		control_series_scale(fcinfo, ARG_SATISFIED_FROM, series, baseline);
		control_series_baseline(series, baseline);
	}
	for (int i = 0; i < d->b.n; i++)
	{
		ControlPoint point;

		CHECK_FOR_INTERRUPTS();
		begin_anew(d, series, i);
		if (d->b.summary[i] == NULL)
			continue;
		control_series_scale(fcinfo, ARG_SATISFIED_FROM, series, d->b.summary[i]);
		if (control_series_add(series, d->b.summary[i], &point))
			add_point(d, series, &point, i);
	}
	d->frozen = series->frozen;
	d->b.lowest = series->rule.lowest;
	d->b.highest = series->rule.highest;
}

/* Does a text of twice that width, with its middle there, stand on no other signal or change? */
static bool
is_free(const ChartPlot *plot, const ControlDrawing *d, int i, int middle, int half, int y)
{
	double		place = chart_x(plot, 1) - chart_x(plot, 0);
	int			around = (int) ((2 * half + 8) / place) + 1;

	for (int k = Max(i - around, 0); k <= Min(i + around, d->b.n - 1); k++)
	{
		if (d->b.change[k] && fabs(chart_x(plot, k) - middle) < half + 4)
			return false;
		if (k != i && d->signal[k] != CONTROL_NONE &&
			fabs(chart_x(plot, d->b.point[k].x) - middle) < half + 8 &&
			fabs(chart_y(plot, d->b.point[k].y) - (y - 5)) < 15)
			return false;
	}
	return true;
}

/* Over or under a signal its name, where there is room; end: of the last name there. */
static void
draw_name(ChartPlot *plot, const ControlDrawing *d, int i, int *end)
{
	const char *name = words_of(plot->chart)->signals[d->signal[i]];
	bool		under = d->b.point[i].y < d->centre[i].y;
	int			half = chart_text_width(&chart_strong, name) / 2;
	int			x = (int) chart_x(plot, d->b.point[i].x);
	int			y = (int) chart_y(plot, d->b.point[i].y) + (under ? 22 : -12);
	int			middle = Max(plot->left + half, Min(plot->right - half, x));

	if (middle - half < *end + 6 || y + 2 > plot->bottom || !is_free(plot, d, i, middle, half, y))
		return;
	draw_text(&plot->chart->out, middle, y, ANCHOR_MIDDLE, &chart_strong, name);
	*end = middle + half;
}

/* A diamond for each signal, and the names of those that have room for it. */
static void
draw_signals(ChartPlot *plot, const ControlDrawing *d)
{
	int			end = INT_MIN / 2;

	for (int i = 0; i < d->b.n; i++)
		if (d->signal[i] != CONTROL_NONE)
			chart_mark(plot->chart, CHART_KEY_ALARM, (int) chart_x(plot, d->b.point[i].x),
					   (int) chart_y(plot, d->b.point[i].y), CHART_BAD);
	for (int i = 0; i < d->b.n; i++)
		if (d->signal[i] != CONTROL_NONE)
			draw_name(plot, d, i, &end);
}

/* Which buckets are signals, in words; or that there are none. */
static void
describe_signals(const Chart *chart, const ControlDrawing *d, StringInfo text)
{
	if (d->signals == 0)
		appendStringInfoString(text, d->frozen ? words_of(chart)->quiet :
							   words_of(chart)->provisional);
	for (int i = 0; i < d->b.n; i++)
		if (d->signal[i] != CONTROL_NONE)
			appendStringInfo(text, "%s%s: %s, %s", text->len == 0 ? "" : "; ", d->b.label[i],
							 words_of(chart)->signals[d->signal[i]],
							 control_metric_text(chart, &d->b, d->b.point[i].y));
}

static char *
description(const Chart *chart, const ControlDrawing *d)
{
	StringInfoData text;

	if (!d->known)
		return pstrdup(words_of(chart)->none);
	initStringInfo(&text);
	describe_signals(chart, d, &text);
	for (int i = 0; i < d->b.n; i++)
		if (d->b.change[i])
		{
			appendStringInfoString(&text, "; ");
			appendStringInfo(&text, words_of(chart)->changed, d->b.label[i]);
		}
	return text.data;
}

static void
draw_keys(Chart *chart, const ControlDrawing *d)
{
	const ControlWords *w = words_of(chart);
	ChartKey	keys[] = {
		{CHART_KEY_LINE, ACCENT, w->value[d->b.metric]},
		{CHART_KEY_BAND, CHART_BAND, w->limits},
		{CHART_KEY_DASHES, SOFT, w->centre},
		{CHART_KEY_LINE, CHART_SECOND, w->average},
		{CHART_KEY_ALARM, CHART_BAD, w->signal},
		{CHART_KEY_CHANGE, INK, w->change}
	};
	int			n = 4;

	if (d->signals > 0)
		n++;
	if (d->changes > 0)
		keys[n++] = keys[5];
	chart_keys(chart, keys, n);
}

/* Where what holds from the bucket at i on ends: before the next change. */
static int
phase_end(const ControlDrawing *d, int i)
{
	do
		i++;
	while (i < d->b.n && !d->b.change[i]);
	return i;
}

/* Nothing goes on across a change but the values. */
static void
draw_bands(ChartPlot *plot, const ControlDrawing *d)
{
	int			end;

	for (int i = 0; i < d->b.n; i = end)
	{
		end = phase_end(d, i);
		chart_band(plot, d->b.point + i, end - i);
	}
}

static void
draw_averages(ChartPlot *plot, const ControlDrawing *d)
{
	int			end;

	for (int i = 0; i < d->b.n; i = end)
	{
		double		x = chart_x(plot, i);

		end = phase_end(d, i);
		if (d->b.change[i])
			chart_line(plot->chart, x, plot->top, x, plot->bottom, "stroke=\"" INK "\"");
		chart_curve(plot, d->centre + i, end - i,
					"stroke=\"" SOFT "\" stroke-width=\"1.5\" stroke-dasharray=\"6 4\"");
		chart_curve(plot, d->average + i, end - i,
					"stroke=\"" CHART_SECOND "\" stroke-width=\"3\"");
	}
}

static void
draw_chart(Chart *chart, const ControlDrawing *d)
{
	ChartPlot	plot;

	draw_keys(chart, d);
	plot = control_plot(chart, &d->b);
	draw_bands(&plot, d);
	chart_grid(&plot, d->b.metric == METRIC_CSAT ? "%" : "");
	draw_averages(&plot, d);
	control_draw_values(&plot, &d->b);
	draw_signals(&plot, d);
	if (d->frozen)
		return;
	chart->y += 20;
	draw_text(&chart->out, CHART_MARGIN, chart->y, ANCHOR_START, &chart_soft,
			  words_of(chart)->provisional);
}

static Datum
draw_control(FunctionCallInfo fcinfo, bool with_changes)
{
	Chart		chart;
	ControlDrawing d = {0};

	if (PG_ARGISNULL(PICTURE_METRIC) || !chart_begin(fcinfo, ARG_LANGUAGE, &chart))
		PG_RETURN_NULL();
	control_buckets_args(fcinfo, &d.b);
	if (with_changes)
		control_changes_arg(fcinfo, ARG_CHANGES, &d.b);
	measure(fcinfo, &d);
	chart_header(&chart, words_of(&chart)->titles[d.b.metric],
				 control_answers_text(&chart, &d.b), description(&chart, &d));
	if (d.known)
		draw_chart(&chart, &d);
	else
		chart_empty(&chart, words_of(&chart)->none);
	PG_RETURN_TEXT_P(chart_end(&chart));
}

/* control_svg(buckets, labels, metric, baseline, satisfied_from, language, title, slide) */
PG_FUNCTION_INFO_V1(control_svg);
Datum
control_svg(PG_FUNCTION_ARGS)
{
	return draw_control(fcinfo, false);
}

/* control_svg_at(the same, changes) */
PG_FUNCTION_INFO_V1(control_svg_at);
Datum
control_svg_at(PG_FUNCTION_ARGS)
{
	return draw_control(fcinfo, true);
}
