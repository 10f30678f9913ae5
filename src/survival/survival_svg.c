/*
 * survival_svg.c
 *		A picture of waits: the share that has arrived by each time, with its limits, and
 *		below it how many are still on their way.
 *
 * Numbers are those of survival_curve() and survival_at_risk().
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "miscadmin.h"

#include "rating/distributions.h"
#include "survival/survival_curve.h"
#include "survival/survival_datum.h"
#include "svg/chart_plot.h"

#define LEVEL		0.95
#define HEIGHT		280
#define END_ROOM	66			/* for the last share, right of the curve */
#define MOST_TICKS	8

typedef struct SurvivalWords
{
	const char *titles[3];		/* of waits, between stages, of gaps */
	const char *waits;
	const char *arrived;
	const char *not_yet;
	const char *curve;
	const char *within;
	const char *time_in;
	const char *on_their_way;
	const char *none;
} SurvivalWords;

static const SurvivalWords words[] = {
	{
		.titles = {"How long it takes", "How long it takes from \u201C%s\u201D to \u201C%s\u201D",
			"How long it takes from one \u201C%s\u201D to the next"},
		.waits = "waits",
		.arrived = "arrived",
		.not_yet = "not yet",
		.curve = "percent that has arrived by then (Kaplan\u2013Meier)",
		.within = "within",
		.time_in = "Time in",
		.on_their_way = "Still on their way after that time",
		.none = "There are no waits yet."
	},
	{
		.titles = {"Ile to trwa", "Ile trwa od \u201E%s\u201D do \u201E%s\u201D",
			"Ile trwa od jednego \u201E%s\u201D do nast\u0119pnego"},
		.waits = "oczekiwania",
		.arrived = "dotar\u0142o",
		.not_yet = "jeszcze nie",
		.curve = "odsetek, kt\u00F3ry do tego czasu dotar\u0142 (Kaplan\u2013Meier)",
		.within = "w ci\u0105gu",
		.time_in = "Czas w",
		.on_their_way = "Po tym czasie nadal w drodze",
		.none = "Nie ma jeszcze oczekiwa\u0144."
	}
};

static const SurvivalWords *
words_of(const Chart *chart)
{
	return &words[chart->language->polish ? 1 : 0];
}

static char *
label_text(const JourneyLabel *label)
{
	return svg_label_of(label->text, label->length);
}

static char *
usual_title(const Chart *chart, const SurvivalSubject *subject)
{
	const SurvivalWords *w = words_of(chart);

	if (subject->kind == SURVIVAL_WAITS)
		return pstrdup(w->titles[0]);
	if (subject->kind == SURVIVAL_GAPS)
		return psprintf(w->titles[2], label_text(&subject->from));
	return psprintf(w->titles[1], label_text(&subject->from), label_text(&subject->to));
}

/* How many waits, how many of them arrived. */
static char *
subtitle(const Chart *chart, const Survival *s)
{
	const SurvivalWords *w = words_of(chart);
	int64		reached = 0;

	for (uint32 i = 0; i < s->n; i++)
		reached += s->counts[i].reached;
	return psprintf("%s: %s \u00B7 %s: %s \u00B7 %s: %s", w->waits,
					svg_count(chart->language, s->total), w->arrived,
					svg_count(chart->language, reached), w->not_yet,
					svg_count(chart->language, s->total - reached));
}

/*
 * The curve as a line that goes right and then up: two points for each bucket but the last.
 * Before the first nobody had arrived.
 */
static ChartPoint *
curve_points(const Survival *s, double unit, int *n)
{
	ChartPoint *points = MemoryContextAllocHuge(CurrentMemoryContext,
												(2 * (Size) s->n + 1) * sizeof(ChartPoint));
	ChartPoint	level = {0, 0, NAN, NAN};
	SurvivalWalk walk = survival_begin(s);
	SurvivalPoint point;

	*n = 0;
	points[(*n)++] = level;
	while (survival_step(&walk, &point))
	{
		CHECK_FOR_INTERRUPTS();
		survival_limits(&walk, normal_critical(LEVEL), &point);
		level.x = (double) point.time / unit;
		points[(*n)++] = level;
		if (point.reached > 0)
		{
			level.y = 100 * (1 - point.share);
			level.low = 100 * (1 - point.high);
			level.high = 100 * (1 - point.low);
			points[(*n)++] = level;
		}
	}
	return points;
}

static double
highest_of(const ChartPoint *points, int n)
{
	double		highest = 0;

	for (int i = 0; i < n; i++)
		highest = Max(highest, isnan(points[i].high) ? points[i].y : points[i].high);
	return highest == 0 ? 100 : highest;
}

/* By when a quarter, half, three quarters have arrived, as far as they have. */
static char *
quarters(const Chart *chart, const Survival *s)
{
	StringInfoData text;
	uint64		time;

	initStringInfo(&text);
	for (int q = 1; q <= 3; q++)
		if (survival_time_by(s, q / 4.0, &time))
			appendStringInfo(&text, "%s%d%% %s %s", q == 1 ? "" : " \u00B7 ", 25 * q,
							 words_of(chart)->within, chart_duration(chart, time));
	return text.data;
}

/* How many had not arrived and were not out of sight, below each tick that has room for it. */
static void
draw_on_their_way(ChartPlot *plot, const Survival *s, double unit, int ticks)
{
	Chart	   *chart = plot->chart;

	draw_text(&chart->out, CHART_MARGIN, plot->bottom + 66, ANCHOR_START, &chart_soft,
			  words_of(chart)->on_their_way);
	for (int i = 0; i < ticks; i++)
	{
		uint64		time = (uint64) (chart_tick(plot, i) * unit);

		draw_text(&chart->out, (int) rint(chart_x(plot, chart_tick(plot, i))), plot->bottom + 86,
				  ANCHOR_MIDDLE, &chart_text,
				  svg_count(chart->language, survival_beyond(s, time)));
	}
	chart->y = plot->bottom + 92;
}

/* The widest of the numbers below is how many there are at the beginning, or the last tick. */
static int
most_ticks(const ChartPlot *plot, const Survival *s)
{
	int			width = chart_text_width(&chart_text, svg_count(plot->chart->language, s->total));
	int			room = (plot->right - plot->left) / (width + 24);

	return Max(1, Min(room, MOST_TICKS));
}

static void
draw_curve(Chart *chart, const Survival *s, ChartUnit unit, const ChartPoint *points, int n)
{
	ChartPlot	plot = chart_plot(chart, HEIGHT);
	const ChartPoint *end = &points[n - 1];
	int			ticks;

	plot.right -= END_ROOM;
	plot.x = chart_scale(0, Max(end->x, 1), most_ticks(&plot, s));
	plot.x.high = Max(end->x, 1);
	plot.y = chart_scale(0, highest_of(points, n), 5);
	chart_band(&plot, points, n);
	chart_grid(&plot, "%");
	chart_curve(&plot, points, n, "stroke=\"" ACCENT "\" stroke-width=\"2.5\"");
	chart_mark(chart, CHART_KEY_DOT, chart_x(&plot, end->x), chart_y(&plot, end->y), ACCENT);
	draw_text(&chart->out, (int) chart_x(&plot, end->x) + 8, (int) chart_y(&plot, end->y) + 5,
			  ANCHOR_START, &chart_strong, psprintf("%s%%", chart_double(chart, end->y, 1)));
	ticks = chart_ticks(&plot);
	draw_text(&chart->out, plot.right, plot.bottom + 40, ANCHOR_END, &chart_soft,
			  psprintf("%s %s", words_of(chart)->time_in, unit.in));
	draw_on_their_way(&plot, s, (double) unit.microseconds, ticks);
}

/* What the curve comes to, in words: the last share, and the times of the quarters. */
static char *
description(const Chart *chart, const Survival *s, const ChartPoint *end, double unit)
{
	const char *times = quarters(chart, s);

	return psprintf("%s %s%% %s %s%s%s", words_of(chart)->arrived,
					chart_double(chart, end->y, 1), words_of(chart)->within,
					chart_duration(chart, (uint64) (end->x * unit)), times[0] == '\0' ? "" : "; ",
					times);
}

static void
draw_waits(Chart *chart, const Survival *s)
{
	uint64		longest = duration_mean(uint128_load(s->counts[s->n - 1].sum),
										survival_count_waits(&s->counts[s->n - 1]));
	ChartUnit	unit = chart_unit(chart, longest);
	int			n;
	ChartPoint *points = curve_points(s, (double) unit.microseconds, &n);
	const char *times = quarters(chart, s);
	const ChartKey keys[] = {
		{CHART_KEY_LINE, ACCENT, words_of(chart)->curve},
		{CHART_KEY_BAND, CHART_BAND, chart->language->interval}
	};

	chart_header(chart, usual_title(chart, &s->subject), subtitle(chart, s),
				 description(chart, s, &points[n - 1], (double) unit.microseconds));
	if (times[0] != '\0')
	{
		draw_text(&chart->out, CHART_MARGIN, chart->y + 14, ANCHOR_START, &chart_strong, times);
		chart->y += 32;
	}
	chart_keys(chart, keys, 2);
	draw_curve(chart, s, unit, points, n);
}

/* survival_svg(survival, language, title, slide) */
PG_FUNCTION_INFO_V1(survival_svg);
Datum
survival_svg(PG_FUNCTION_ARGS)
{
	Chart		chart;
	Survival	s;

	if (!chart_begin(fcinfo, 1, &chart))
		PG_RETURN_NULL();
	survival_arg(fcinfo, 0, &s);
	if (s.n > 0)
		draw_waits(&chart, &s);
	else
	{
		chart_header(&chart, usual_title(&chart, &s.subject), subtitle(&chart, &s),
					 words_of(&chart)->none);
		chart_empty(&chart, words_of(&chart)->none);
	}
	PG_RETURN_TEXT_P(chart_end(&chart));
}
