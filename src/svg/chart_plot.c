/*
 * chart_plot.c
 *		What has axes in a chart; see chart_plot.h.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"

#include "shared/compat.h"
#include "svg/chart_plot.h"

#define LABEL_GAP	14			/* between two labels below */
#define WIDEST_LABEL 150

/* As wide as the chart, from where it is now; the scales are the caller's. */
ChartPlot
chart_plot(Chart *chart, int height)
{
	ChartPlot	plot = {
		.chart = chart,
		.left = CHART_AXIS_LEFT,
		.right = CHART_RIGHT,
		.top = chart->y,
		.bottom = chart->y + height
	};

	return plot;
}

/*
 * Round numbers around both values, with at most so many steps between them: 1, 2 or 5 times
 * a power of ten.
 */
ChartScale
chart_scale(double low, double high, int most_steps)
{
	double		least = (high > low ? high - low : 1) / most_steps;
	double		power = pow(10, floor(log10(least)));
	double		times = least / power;
	ChartScale	scale;

	scale.step = power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
	scale.low = scale.step * floor(low / scale.step + 1e-9);
	scale.high = scale.step * ceil(high / scale.step - 1e-9);
	if (scale.high <= scale.low)
		scale.high = scale.low + scale.step;
	return scale;
}

/* Places of equal width, side by side; the middle of the first is 0.5. */
ChartScale
chart_places_scale(int places)
{
	return (ChartScale) {0, Max(places, 1), 1};
}

double
chart_x(const ChartPlot *plot, double value)
{
	return plot->left + (plot->right - plot->left) * (value - plot->x.low) /
		(plot->x.high - plot->x.low);
}

double
chart_y(const ChartPlot *plot, double value)
{
	return plot->bottom - (plot->bottom - plot->top) * (value - plot->y.low) /
		(plot->y.high - plot->y.low);
}

/* So many decimals tell the lines of the grid apart. */
static int
decimals_of(const ChartScale *scale)
{
	return scale->step >= 1 ? 0 : (int) ceil(-log10(scale->step) - 1e-9);
}

static char *
number_on(const Chart *chart, const ChartScale *scale, double value)
{
	if (scale->step >= 1 && fabs(value) < 1e18)
		return psprintf("%s%s", value < -0.5 ? "\u2212" : "",
						svg_count(chart->language, (int64) rint(fabs(value))));
	return chart_double(chart, value, decimals_of(scale));
}

/* The lines of the scale beside it, with their values left of them. */
void
chart_grid(ChartPlot *plot, const char *unit)
{
	const ChartScale *scale = &plot->y;
	int			lines = (int) floor((scale->high - scale->low) / scale->step + 1e-6);

	for (int i = 0; i <= lines; i++)
	{
		double		value = scale->low + i * scale->step;
		double		y = rint(chart_y(plot, value));
		bool		is_base = i == 0 || fabs(value) < scale->step / 2;

		chart_line(plot->chart, plot->left, y, plot->right, y,
				   psprintf("stroke=\"%s\"", is_base ? SOFT : LINE));
		draw_text(&plot->chart->out, plot->left - 8, (int) y + 4, ANCHOR_END, &chart_soft,
				  psprintf("%s%s", number_on(plot->chart, scale, value), unit));
	}
}

/* The value of a tick below. */
double
chart_tick(const ChartPlot *plot, int i)
{
	return plot->x.low + i * plot->x.step;
}

/* Every first, second, fifth, tenth, ... of some places has room for a text of its own. */
static int
every(double place, int widest)
{
	int			each = 1;

	while (each < INT_MAX / 2 && each * place < widest + LABEL_GAP)
		each = each % 5 == 0 || each == 1 ? each * 2 : each / 2 * 5;
	return each;
}

/* The widest number below. */
static int
widest_tick(const ChartPlot *plot, int ticks)
{
	int			widest = 0;

	for (int i = 0; i < ticks; i++)
		widest = Max(widest, chart_text_width(&chart_soft, number_on(plot->chart, &plot->x,
																	 chart_tick(plot, i))));
	return widest;
}

/* Ticks below, how many they are, and their numbers, as many as there is room for. */
int
chart_ticks(ChartPlot *plot)
{
	int			ticks = (int) floor((plot->x.high - plot->x.low) / plot->x.step + 1e-6) + 1;
	int			each = every(chart_x(plot, chart_tick(plot, 1)) - plot->left,
							 widest_tick(plot, ticks));

	for (int i = 0; i < ticks; i++)
	{
		double		x = rint(chart_x(plot, chart_tick(plot, i)));

		chart_line(plot->chart, x, plot->bottom, x, plot->bottom + 5,
				   psprintf("stroke=\"%s\"", SOFT));
		if ((int64) rint(chart_tick(plot, i) / plot->x.step) % each == 0)
			draw_text(&plot->chart->out, (int) x, plot->bottom + 20, ANCHOR_MIDDLE, &chart_soft,
					  number_on(plot->chart, &plot->x, chart_tick(plot, i)));
	}
	return ticks;
}

/* Every so many places there is room for a label below. */
static int
label_every(const ChartPlot *plot, char *const *labels, int n)
{
	int			widest = 0;

	for (int i = 0; i < n; i++)
		widest = Max(widest, chart_text_width(&chart_soft, labels[i]));
	return every((double) (plot->right - plot->left) / n, Min(widest, WIDEST_LABEL));
}

/* The labels of the places below, as many as there is room for. */
void
chart_places(ChartPlot *plot, char *const *labels, int n)
{
	int			each = n == 0 ? 1 : label_every(plot, labels, n);

	for (int i = 0; i < n; i += each)
	{
		TextBlock	label = {labels[i], &chart_soft, WIDEST_LABEL, 1};
		int			half = Min(chart_text_width(&chart_soft, labels[i]), WIDEST_LABEL) / 2;
		int			x = (int) rint(chart_x(plot, i + 0.5));

		x = Max(CHART_MARGIN / 2 + half, Min(CHART_WIDTH - CHART_MARGIN / 2 - half, x));
		draw_block(&plot->chart->out, x, plot->bottom + 7, ANCHOR_MIDDLE, &label);
	}
}

/* A line from point to point. */
void
chart_curve(ChartPlot *plot, const ChartPoint *points, int n, const char *attributes)
{
	StringInfo	out = &plot->chart->out;
	bool		drawing = false;

	appendStringInfoString(out, "<path d=\"");
	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!isnan(points[i].y))
			appendStringInfo(out, "%s%.1f %.1f", drawing ? "L" : "M",
							 chart_x(plot, points[i].x), chart_y(plot, points[i].y));
		drawing = !isnan(points[i].y);
	}
	appendStringInfo(out, "\" fill=\"none\" stroke-linejoin=\"round\" %s/>\n", attributes);
}

/*
 * What lies between the limits of points from first to last, without a gap; of one alone a
 * bar around it.
 */
static void
draw_band(ChartPlot *plot, const ChartPoint *points, int first, int last)
{
	StringInfo	out = &plot->chart->out;
	double		half = first == last ? 4 : 0;

	appendStringInfoString(out, "<path d=\"");
	for (int i = first; i <= last; i++)
		appendStringInfo(out, "%s%.1f %.1f", i == first ? "M" : "L",
						 chart_x(plot, points[i].x) - half, chart_y(plot, points[i].high));
	if (first == last)
		appendStringInfo(out, "h%.1f", 2 * half);
	for (int i = last; i >= first; i--)
		appendStringInfo(out, "L%.1f %.1f", chart_x(plot, points[i].x) + half,
						 chart_y(plot, points[i].low));
	if (first == last)
		appendStringInfo(out, "h-%.1f", 2 * half);
	appendStringInfo(out, "z\" fill=\"%s\" stroke=\"%s\"/>\n", CHART_BAND, CHART_BAND_EDGE);
}

/* What lies between the limits of all points; of one alone it is a short bar. */
void
chart_band(ChartPlot *plot, const ChartPoint *points, int n)
{
	for (int i = 0; i < n; i++)
	{
		int			first = i;

		CHECK_FOR_INTERRUPTS();
		if (isnan(points[i].low))
			continue;
		while (i + 1 < n && !isnan(points[i + 1].low))
			i++;
		draw_band(plot, points, first, i);
	}
}

static void
draw_interval(Chart *chart, double left, double right, double y, int reach,
			  const char *attributes)
{
	chart_line(chart, left, y, right, y, attributes);
	chart_line(chart, left, y - reach, left, y + reach, attributes);
	chart_line(chart, right, y - reach, right, y + reach, attributes);
}

/*
 * From low to high at a height of the page, with ends that reach above and below it; with a
 * white edge, which makes it stand out from a bar.
 */
void
chart_interval(ChartPlot *plot, double low, double high, double y, int reach,
			   const char *attributes)
{
	double		left = chart_x(plot, low);
	double		right = chart_x(plot, high);

	draw_interval(plot->chart, left, right, y, reach + 1, "stroke=\"#ffffff\" stroke-width=\"4\"");
	draw_interval(plot->chart, left, right, y, reach, attributes);
}
