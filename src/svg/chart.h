/*
 * chart.h
 *		What all charts are made of: the head of a page, bars, lines of a legend.  What has
 *		axes is in chart_plot.h.  No chart draws its own.
 *
 * A chart is CHART_WIDTH wide and as high as its parts, which are drawn from the top;
 * y is where the next one begins.  For a slide it is put, as large as it fits, in the
 * middle of one of 1280 by 720.  Colours differ in lightness too, and the two that
 * say good and bad are blue and orange, which colour-blind eyes tell apart.  What says
 * something has a contrast of 3 or more with what is below it, and a letter 4.5:
 * test/browser/contrast.mjs measures both, and what a legend names.
 */
#ifndef CHART_H
#define CHART_H

#include "svg/svg_draw.h"

#include "fmgr.h"
#include "utils/numeric.h"

#define CHART_WIDTH		960
#define CHART_MARGIN	40
#define CHART_INNER		(CHART_WIDTH - 2 * CHART_MARGIN)
#define CHART_RIGHT		(CHART_WIDTH - CHART_MARGIN)
#define CHART_GOOD		ACCENT
#define CHART_NEUTRAL	"#7f8d9c"
#define CHART_SECOND	"#7a5ea8"	/* a second line, also upon a band */
#define CHART_BAD		"#a85208"
#define CHART_TRACK		"#e9edf1"
#define CHART_BAND		"#d3deea"
#define CHART_BAND_EDGE "#64809b"

typedef struct Chart
{
	StringInfoData head;		/* of the whole picture, for those who cannot see it */
	StringInfoData out;
	const SvgLanguage *language;
	const char *title;			/* as it was given; NULL: the usual one */
	bool		slide;
	int			y;
} Chart;

/* How something looks in the chart, for its legend. */
typedef enum ChartKeyKind
{
	CHART_KEY_BAR,
	CHART_KEY_SHADE,			/* of cells that have a number each */
	CHART_KEY_BAND,
	CHART_KEY_LINE,
	CHART_KEY_DASHES,
	CHART_KEY_DOT,
	CHART_KEY_ALARM,
	CHART_KEY_PARTIAL,			/* a cell with a dashed edge */
	CHART_KEY_CHANGE			/* a line from the top to the bottom */
} ChartKeyKind;

typedef struct ChartKey
{
	ChartKeyKind kind;
	const char *color;
	const char *name;
} ChartKey;

typedef struct ChartCell
{
	int			x;
	int			y;
	int			width;
	int			height;
	bool		is_partial;
} ChartCell;

/* A unit that a length of time is told in. */
typedef struct ChartUnit
{
	uint64		microseconds;
	const char *name;			/* after a number */
	const char *in;				/* after "Time in" */
} ChartUnit;

#pragma GCC visibility push(hidden)

extern const TextStyle chart_text;
extern const TextStyle chart_soft;
extern const TextStyle chart_strong;
extern const TextStyle chart_large;

/* The page (chart.c) */
extern bool chart_begin(FunctionCallInfo fcinfo, int language_arg, Chart *chart);
extern void chart_header(Chart *chart, const char *usual_title, const char *subtitle,
						 const char *description);
extern void chart_empty(Chart *chart, const char *text);
extern void chart_bar(Chart *chart, int x, int y, int width, int height, const char *color);
extern void chart_legend(Chart *chart, int x, int y, const char *color, const char *name,
						 const char *value);
extern void chart_keys(Chart *chart, const ChartKey *keys, int n);
extern void chart_line(Chart *chart, double x1, double y1, double x2, double y2,
					   const char *attributes);
extern void chart_mark(Chart *chart, ChartKeyKind kind, double x, double y, const char *color);
extern text *chart_end(Chart *chart);

/* Cells (chart_cells.c) */
extern double chart_shade_step(double highest);
extern int	chart_shade(double percent, double step);
extern void chart_cell(Chart *chart, const ChartCell *cell, int shade, const char *text);
extern void chart_shade_keys(Chart *chart, double step, const char *partial);

/* How numbers are written (chart_number.c) */
extern char *chart_numeric(const Chart *chart, Numeric value, int decimals);
extern char *chart_double(const Chart *chart, double value, int decimals);
extern char *chart_signed(const Chart *chart, double value, int decimals);
extern ChartUnit chart_unit(const Chart *chart, uint64 microseconds);
extern char *chart_duration(const Chart *chart, uint64 microseconds);
extern int	chart_text_width(const TextStyle *style, const char *text);

#pragma GCC visibility pop

#endif							/* CHART_H */
