/*
 * chart_plot.h
 *		What has axes in a chart: a rectangle with a scale beside it and one below, the grid,
 *		and what is drawn in it: lines, bands, points.
 *
 * Values grow to the right and upwards.  One that is NaN is not known: a line and a band
 * have a gap there.
 */
#ifndef CHART_PLOT_H
#define CHART_PLOT_H

#include "svg/chart.h"

#define CHART_AXIS_LEFT	(CHART_MARGIN + 56) /* room for the numbers of the scale */

typedef struct ChartScale
{
	double		low;
	double		high;
	double		step;			/* between two lines of the grid */
} ChartScale;

typedef struct ChartPlot
{
	Chart	   *chart;
	int			left;
	int			right;
	int			top;
	int			bottom;
	ChartScale	x;
	ChartScale	y;
} ChartPlot;

typedef struct ChartPoint
{
	double		x;
	double		y;
	double		low;			/* limits of y */
	double		high;
} ChartPoint;

#pragma GCC visibility push(hidden)

extern ChartPlot chart_plot(Chart *chart, int height);
extern ChartScale chart_scale(double low, double high, int most_steps);
extern ChartScale chart_places_scale(int places);
extern double chart_x(const ChartPlot *plot, double value);
extern double chart_y(const ChartPlot *plot, double value);
extern void chart_grid(ChartPlot *plot, const char *unit);
extern double chart_tick(const ChartPlot *plot, int i);
extern int	chart_ticks(ChartPlot *plot);
extern void chart_places(ChartPlot *plot, char *const *labels, int n);
extern void chart_curve(ChartPlot *plot, const ChartPoint *points, int n, const char *attributes);
extern void chart_interval(ChartPlot *plot, double low, double high, double y, int reach,
						   const char *attributes);
extern void chart_band(ChartPlot *plot, const ChartPoint *points, int n);

#pragma GCC visibility pop

#endif							/* CHART_PLOT_H */
