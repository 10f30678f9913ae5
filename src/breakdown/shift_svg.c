/*
 * shift_svg.c
 *		A picture of what moved a metric: for each label a bar of what its own metric did, with
 *		its interval, and one of what its share of the answers did.
 *
 * Numbers are those of nps_shift(), csat_shift() and ces_shift(), the largest total first.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "utils/builtins.h"

#include "breakdown/breakdown_shift.h"
#include "svg/chart_plot.h"

#define NAME_WIDTH	170
#define BARS_LEFT	(CHART_MARGIN + NAME_WIDTH + 20)
#define BARS_RIGHT	(BARS_LEFT + 330)
#define NUMBERS		(BARS_RIGHT + 24)
#define ROW_HEIGHT	44
#define BAR_HEIGHT	13
#define MOST_ROWS	12

enum
{
	ARG_METRIC = 2, ARG_SATISFIED_FROM, ARG_LANGUAGE
};

typedef struct ShiftWords
{
	const char *titles[3];		/* by metric */
	const char *points[3];
	const char *rate;
	const char *mix;
	const char *share;
	const char *other;
	const char *none;
} ShiftWords;

static const ShiftWords words[] = {
	{
		.titles = {"What moved the NPS", "What moved the CSAT", "What moved the CES"},
		.points = {"points of NPS", "points of CSAT", "points of CES"},
		.rate = "its own score changed",
		.mix = "its share of the answers changed",
		.share = "share",
		.other = "other (%d)",
		.none = "There are no answers on one of the sides."
	},
	{
		.titles = {"Co zmieni\u0142o NPS", "Co zmieni\u0142o CSAT", "Co zmieni\u0142o CES"},
		.points = {"punkty NPS", "punkty CSAT", "punkty CES"},
		.rate = "zmiana w\u0142asnej oceny",
		.mix = "zmiana udzia\u0142u w odpowiedziach",
		.share = "udzia\u0142",
		.other = "inne (%d)",
		.none = "Po jednej ze stron nie ma odpowiedzi."
	}
};

static const char *const metrics[] = {"NPS", "CSAT", "CES"};

/* What is drawn of a label, or of the smaller ones together, which have no row. */
typedef struct ShiftBar
{
	const ShiftRow *row;
	char	   *name;
	double		rate;
	double		mix;
	double		low;			/* of the rate; NaN: not known */
	double		high;
} ShiftBar;

typedef struct ShiftPicture
{
	Chart	   *chart;
	Shift		shift;
	int			n;
	ShiftBar	bar[MOST_ROWS + 1];
	ChartPlot	plot;
} ShiftPicture;

static const ShiftWords *
words_of(const Chart *chart)
{
	return &words[chart->language->polish ? 1 : 0];
}

static double
number_of(Numeric value)
{
	return DatumGetFloat8(DirectFunctionCall1(numeric_float8, NumericGetDatum(value)));
}

static int
decimals_of(const ShiftPicture *p)
{
	return p->shift.metric.kind == METRIC_CES ? 2 : 1;
}

/* For qsort(): the largest change first, then the order of labels. */
static int
compare_rows(const void *a, const void *b)
{
	const ShiftRow *x = *(const ShiftRow *const *) a;
	const ShiftRow *y = *(const ShiftRow *const *) b;
	double		difference = fabs(number_of(y->total)) - fabs(number_of(x->total));

	if (difference != 0)
		return difference > 0 ? 1 : -1;
	return (x > y) - (x < y);
}

static ShiftBar
bar_of(const ShiftPicture *p, const ShiftRow *row)
{
	ShiftBar	bar = {
		.row = row,
		.name = svg_label_of(row->label.text, row->label.length),
		.rate = number_of(row->rate),
		.mix = number_of(row->mix),
		.low = NAN,
		.high = NAN
	};
	NumericEnds ends;
	double		p_value;

	if (row->label.length == 0)
		bar.name = pstrdup(p->chart->language->none);
	if (breakdown_shift_test(&p->shift, row, &ends, &p_value))
	{
		bar.low = number_of(ends.low);
		bar.high = number_of(ends.high);
	}
	return bar;
}

/* The largest changes; when more than one is left over, they are put together. */
static void
make_bars(ShiftPicture *p)
{
	Shift	   *shift = &p->shift;
	const ShiftRow **rows = palloc(shift->count * sizeof(ShiftRow *));
	int			most = shift->count > MOST_ROWS + 1 ? MOST_ROWS : (int) shift->count;

	for (uint32 i = 0; i < shift->count; i++)
		rows[i] = &shift->rows[i];
	qsort(rows, shift->count, sizeof(ShiftRow *), compare_rows);
	for (p->n = 0; p->n < most; p->n++)
		p->bar[p->n] = bar_of(p, rows[p->n]);
	if ((uint32) most == shift->count)
		return;
	p->bar[p->n] = (ShiftBar) {NULL, psprintf(words_of(p->chart)->other,
											  (int) shift->count - most), 0, 0, NAN, NAN};
	for (uint32 i = (uint32) most; i < shift->count; i++)
	{
		p->bar[p->n].rate += number_of(rows[i]->rate);
		p->bar[p->n].mix += number_of(rows[i]->mix);
	}
	p->n++;
}

/* A scale that has all bars and intervals, and 0. */
static void
make_plot(ShiftPicture *p)
{
	double		low = 0;
	double		high = 0;

	for (int i = 0; i < p->n; i++)
	{
		const ShiftBar *bar = &p->bar[i];

		low = Min(low, Min(Min(bar->rate, bar->mix), isnan(bar->low) ? 0 : bar->low));
		high = Max(high, Max(Max(bar->rate, bar->mix), isnan(bar->high) ? 0 : bar->high));
	}
	p->plot = chart_plot(p->chart, p->n * ROW_HEIGHT);
	p->plot.left = BARS_LEFT;
	p->plot.right = BARS_RIGHT;
	p->plot.x = chart_scale(low, high, 5);
}

/* From 0 to the value. */
static void
draw_bar(ShiftPicture *p, double value, int y, const char *color)
{
	double		zero = chart_x(&p->plot, 0);
	double		end = chart_x(&p->plot, value);
	int			left = (int) rint(Min(zero, end));

	chart_bar(p->chart, left, y, (int) rint(Max(zero, end)) - left, BAR_HEIGHT, color);
}

static void
draw_interval(ShiftPicture *p, const ShiftBar *bar, double y)
{
	if (!isnan(bar->low))
		chart_interval(&p->plot, bar->low, bar->high, y, 4,
					   "stroke=\"" CHART_BAD "\" stroke-width=\"1.5\"");
}

/* The metric of a side, as nps() and so on have it; a dash where there is none. */
static char *
metric_text(const ShiftPicture *p, const ShiftSide *side)
{
	const ShiftMetric *m = &p->shift.metric;

	if (side->summary == NULL)
		return pstrdup("\u2013");
	return chart_numeric(p->chart, rating_metric_value(m->kind, side->summary, m->satisfied_from),
						 decimals_of(p));
}

static char *
share_text(const ShiftPicture *p, const ShiftRow *row, int i)
{
	return chart_double(p->chart, 100 * (double) row->side[i].n /
						(double) p->shift.whole[i].n, 1);
}

/* "NPS 20.1 -> 25.3, share 12.0 -> 14.0%"; nothing of several labels together. */
static char *
sides_text(const ShiftPicture *p, const ShiftRow *row)
{
	if (row == NULL)
		return pstrdup("");
	return psprintf("%s %s \u2192 %s, %s %s \u2192 %s%%", metrics[p->shift.metric.kind],
					metric_text(p, &row->side[0]), metric_text(p, &row->side[1]),
					words_of(p->chart)->share, share_text(p, row, 0), share_text(p, row, 1));
}

static char *
total_text(const ShiftPicture *p, const ShiftBar *bar)
{
	return chart_signed(p->chart, bar->rate + bar->mix, decimals_of(p));
}

static void
draw_row(ShiftPicture *p, const ShiftBar *bar)
{
	Chart	   *chart = p->chart;
	TextBlock	name = {bar->name, &chart_strong, NAME_WIDTH, 2};
	TextBlock	sides = {sides_text(p, bar->row), &chart_soft, CHART_RIGHT - NUMBERS, 1};
	int			top = chart->y + (ROW_HEIGHT - 2 * BAR_HEIGHT) / 2;

	draw_block(&chart->out, CHART_MARGIN + NAME_WIDTH,
			   chart->y + (ROW_HEIGHT - block_height(&name)) / 2, ANCHOR_END, &name);
	draw_bar(p, bar->rate, top, CHART_GOOD);
	draw_bar(p, bar->mix, top + BAR_HEIGHT, CHART_NEUTRAL);
	draw_interval(p, bar, top + BAR_HEIGHT / 2.0);
	draw_text(&chart->out, NUMBERS, top + 10, ANCHOR_START, &chart_strong, total_text(p, bar));
	draw_block(&chart->out, NUMBERS, top + 14, ANCHOR_START, &sides);
	chart->y += ROW_HEIGHT;
}

static void
draw_shift(ShiftPicture *p)
{
	const ShiftWords *w = words_of(p->chart);
	const ChartKey keys[] = {
		{CHART_KEY_BAR, CHART_GOOD, w->rate},
		{CHART_KEY_LINE, CHART_BAD, p->chart->language->interval},
		{CHART_KEY_BAR, CHART_NEUTRAL, w->mix}
	};
	double		zero;

	chart_keys(p->chart, keys, 3);
	make_plot(p);
	zero = rint(chart_x(&p->plot, 0));
	chart_line(p->chart, zero, p->plot.top, zero, p->plot.bottom, "stroke=\"" SOFT "\"");
	for (int i = 0; i < p->n; i++)
		draw_row(p, &p->bar[i]);
	chart_line(p->chart, p->plot.left, p->plot.bottom, p->plot.right, p->plot.bottom,
			   "stroke=\"" SOFT "\"");
	(void) chart_ticks(&p->plot);
	draw_text(&p->chart->out, p->plot.right, p->plot.bottom + 40, ANCHOR_END, &chart_soft,
			  w->points[p->shift.metric.kind]);
	p->chart->y += 46;
}

/* "NPS 29.1 -> 31.0: +1.9; answers: 1,000 -> 1,200" */
static char *
subtitle(const ShiftPicture *p)
{
	const ShiftSide *whole = p->shift.whole;
	double		change = 0;

	for (int i = 0; i < p->n; i++)
		change += p->bar[i].rate + p->bar[i].mix;
	return psprintf("%s %s \u2192 %s: %s; %s: %s \u2192 %s", metrics[p->shift.metric.kind],
					metric_text(p, &whole[0]), metric_text(p, &whole[1]),
					chart_signed(p->chart, change, decimals_of(p)), p->chart->language->answers,
					svg_count(p->chart->language, p->shift.side[0].responses),
					svg_count(p->chart->language, p->shift.side[1].responses));
}

/* The change by each label, in words. */
static char *
description(const ShiftPicture *p)
{
	StringInfoData text;

	initStringInfo(&text);
	for (int i = 0; i < p->n; i++)
		appendStringInfo(&text, "%s%s: %s", i == 0 ? "" : "; ", p->bar[i].name,
						 total_text(p, &p->bar[i]));
	return text.data;
}

/* shift_svg(before, after, metric, satisfied_from, language, title, slide) */
PG_FUNCTION_INFO_V1(shift_svg);
Datum
shift_svg(PG_FUNCTION_ARGS)
{
	Chart		chart;
	ShiftPicture *p = palloc0(sizeof(ShiftPicture));
	RatingMetric kind;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(ARG_METRIC) || !chart_begin(fcinfo, ARG_LANGUAGE, &chart))
		PG_RETURN_NULL();
	p->chart = &chart;
	kind = rating_metric_arg(fcinfo, ARG_METRIC);
	if (breakdown_shift(fcinfo, kind, ARG_SATISFIED_FROM, "shift_svg(before, after, 'csat', ",
						&p->shift) &&
		p->shift.side[0].count > 0 && p->shift.side[1].count > 0)
	{
		make_bars(p);
		chart_header(&chart, words_of(&chart)->titles[kind], subtitle(p), description(p));
		draw_shift(p);
	}
	else
	{
		chart_header(&chart, words_of(&chart)->titles[kind], "", words_of(&chart)->none);
		chart_empty(&chart, words_of(&chart)->none);
	}
	PG_RETURN_TEXT_P(chart_end(&chart));
}
