/*
 * chart.h
 *		What all charts are made of: the head of a page, an axis with its grid, bars,
 *		lines of a legend.  No chart draws its own.
 *
 * A chart is CHART_WIDTH wide and as high as its parts, which are drawn from the top;
 * y is where the next one begins.  For a slide it is put, as large as it fits, in the
 * middle of one of 1280 by 720.  Colours differ in lightness too, and the two that
 * say good and bad are blue and orange, which colour-blind eyes tell apart.
 */
#ifndef CHART_H
#define CHART_H

#include "svg/svg_draw.h"

#include "fmgr.h"
#include "utils/numeric.h"

#define CHART_WIDTH		960
#define CHART_MARGIN	40
#define CHART_INNER		(CHART_WIDTH - 2 * CHART_MARGIN)
#define CHART_GOOD		ACCENT
#define CHART_NEUTRAL	"#9aa5b1"
#define CHART_BAD		"#a85208"
#define CHART_TRACK		"#e9edf1"

typedef struct Chart
{
	StringInfoData out;
	const SvgLanguage *language;
	bool		slide;
	int			y;
} Chart;

/* Values from 0 up, drawn upwards from the line at bottom. */
typedef struct ChartAxis
{
	double		high;			/* the value at top */
	double		step;			/* between two lines of the grid */
	int			top;
	int			bottom;
} ChartAxis;

#pragma GCC visibility push(hidden)

extern const TextStyle chart_text;
extern const TextStyle chart_soft;
extern const TextStyle chart_strong;
extern const TextStyle chart_large;

extern bool chart_begin(FunctionCallInfo fcinfo, Chart *chart);
extern void chart_header(Chart *chart, const char *title, const char *subtitle,
						 const char *description);
extern const char *chart_title(FunctionCallInfo fcinfo, const char *otherwise);
extern void chart_bar(Chart *chart, int x, int y, int width, int height, const char *color);
extern void chart_legend(Chart *chart, int x, int y, const char *color, const char *name,
						 const char *value);
extern ChartAxis chart_axis(double highest, int top, int bottom);
extern int	chart_axis_y(const ChartAxis *axis, double value);
extern void chart_grid(Chart *chart, const ChartAxis *axis, int left, int right,
					   const char *unit);
extern char *chart_numeric(const Chart *chart, Numeric value, int decimals);
extern char *chart_double(const Chart *chart, double value, int decimals);
extern char *chart_duration(const Chart *chart, uint64 microseconds);
extern text *chart_end(Chart *chart);

#pragma GCC visibility pop

#endif							/* CHART_H */
