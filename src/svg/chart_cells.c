/*
 * chart_cells.c
 *		Cells with a number, the darker the higher it is; see chart.h.
 *
 * There are few shades, each with a letter colour that stands out by 4.5 to 1, and each is
 * a range of round numbers, so that they can be told apart in print as well.
 */
#include "postgres.h"

#include "shared/compat.h"
#include "svg/chart.h"
#include "svg/chart_plot.h"

#define SHADES 6

static const char *const shades[SHADES] = {
	"#f1f5f9", "#d3deea", "#b1c6da", "#8dabc7", "#3f6a94", "#23415f"
};
static const TextStyle dark_text = {13, false, INK};
static const TextStyle light_text = {13, false, "#ffffff"};

/* From shade to shade, so that the highest value has one. */
double
chart_shade_step(double highest)
{
	ChartScale	scale = chart_scale(0, highest > 0 ? highest : 1, SHADES);

	return scale.high / scale.step > SHADES + 0.5 ? 2 * scale.step : scale.step;
}

/* Each shade is from its lower end to below the next one, but the last has 100 as well. */
int
chart_shade(double percent, double step)
{
	int			shade = (int) (percent / step);

	return shade > 0 && shade * step >= 100 ? shade - 1 : shade;
}

/* A number in a cell; with a dashed edge where it is not the whole truth. */
void
chart_cell(Chart *chart, const ChartCell *cell, int shade, const char *text)
{
	int			i = Max(0, Min(shade, SHADES - 1));

	draw_rect(&chart->out, cell->x, cell->y, cell->width, cell->height, 0,
			  psprintf("fill=\"%s\" stroke=\"%s\"%s", shades[i],
					   cell->is_partial ? INK : shades[i],
					   cell->is_partial ? " stroke-dasharray=\"3 3\"" : ""));
	draw_text(&chart->out, cell->x + cell->width / 2, cell->y + cell->height / 2 + 5,
			  ANCHOR_MIDDLE, i < SHADES - 2 ? &dark_text : &light_text, text);
}

/* What the shades mean, and if it is given what a dashed edge does. */
void
chart_shade_keys(Chart *chart, double step, const char *partial)
{
	ChartKey	keys[SHADES + 1];
	int			decimals = step >= 1 ? 0 : 1;
	int			n = 0;

	for (; n < SHADES && n * step < 100; n++)
		keys[n] = (ChartKey)
	{
		CHART_KEY_SHADE, shades[n],
			psprintf("%s\u2013%s%%", chart_double(chart, n * step, decimals),
					 chart_double(chart, (n + 1) * step, decimals))
	};
	if (partial != NULL)
		keys[n++] = (ChartKey) {CHART_KEY_PARTIAL, SOFT, partial};
	chart_keys(chart, keys, n);
}
