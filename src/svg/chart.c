/*
 * chart.c
 *		What all charts are made of; see chart.h.
 */
#include "postgres.h"

#include <math.h>

#include "datatype/timestamp.h"
#include "utils/builtins.h"

#include "shared/compat.h"
#include "svg/chart.h"

#define SLIDE_WIDTH		1280
#define SLIDE_HEIGHT	720
#define GRID_LINES		5		/* at most, above 0 */

const TextStyle chart_text = {14, false, INK};
const TextStyle chart_soft = {13, false, SOFT};
const TextStyle chart_strong = {14, true, INK};
const TextStyle chart_large = {30, true, INK};

static const TextStyle title_style = {22, true, INK};
static const TextStyle subtitle_style = {14, false, SOFT};

/* The arguments (value, language, title, slide): false when one without a default is NULL. */
bool
chart_begin(FunctionCallInfo fcinfo, Chart *chart)
{
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3))
		return false;
	chart->language = svg_language(PG_GETARG_TEXT_PP(1));
	chart->slide = PG_GETARG_BOOL(3);
	chart->y = CHART_MARGIN;
	initStringInfo(&chart->out);
	return true;
}

/* The title that was given, made one line, or the usual one. */
const char *
chart_title(FunctionCallInfo fcinfo, const char *otherwise)
{
	const char *given;

	if (PG_ARGISNULL(2))
		return otherwise;
	given = svg_label(text_to_cstring(PG_GETARG_TEXT_PP(2)));
	return given[0] == '\0' ? otherwise : given;
}

/* Title, what it counts, and for those who cannot see it the same in words. */
void
chart_header(Chart *chart, const char *title, const char *subtitle, const char *description)
{
	TextBlock	head = {title, &title_style, CHART_INNER, 2};
	TextBlock	below = {subtitle, &subtitle_style, CHART_INNER, 2};

	draw_title(&chart->out, title);
	appendStringInfoString(&chart->out, "<desc>");
	append_xml(&chart->out, description);
	appendStringInfoString(&chart->out, "</desc>\n");
	draw_block(&chart->out, CHART_MARGIN, chart->y, ANCHOR_START, &head);
	chart->y += block_height(&head) + 4;
	draw_block(&chart->out, CHART_MARGIN, chart->y, ANCHOR_START, &below);
	chart->y += block_height(&below) + 20;
}

void
chart_bar(Chart *chart, int x, int y, int width, int height, const char *color)
{
	char	   *fill = psprintf("fill=\"%s\"", color);

	if (width > 0 && height > 0)
		draw_rect(&chart->out, x, y, width, height, 0, fill);
}

/* A square of the colour, what it stands for, and below that how much it is; 36 high. */
void
chart_legend(Chart *chart, int x, int y, const char *color, const char *name, const char *value)
{
	chart_bar(chart, x, y + 2, 12, 12, color);
	draw_text(&chart->out, x + 20, y + 13, ANCHOR_START, &chart_text, name);
	draw_text(&chart->out, x + 20, y + 32, ANCHOR_START, &chart_strong, value);
}

/* From 0 to a round number that is not below the highest value: 1, 2 or 5 times a power of ten. */
ChartAxis
chart_axis(double highest, int top, int bottom)
{
	ChartAxis	axis = {.top = top, .bottom = bottom};
	double		least = Max(highest, 1e-6) / GRID_LINES;
	double		power = pow(10, floor(log10(least)));
	double		times = least / power;

	axis.step = power * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
	axis.high = axis.step * ceil(highest / axis.step - 1e-9);
	if (axis.high <= 0)
		axis.high = axis.step;
	return axis;
}

int
chart_axis_y(const ChartAxis *axis, double value)
{
	return (int) lround(axis->bottom - (axis->bottom - axis->top) * value / axis->high);
}

/* The lines of the axis between two edges, with their values left of it. */
void
chart_grid(Chart *chart, const ChartAxis *axis, int left, int right, const char *unit)
{
	int			decimals = axis->step >= 1 ? 0 : 1;
	int			lines = (int) lround(axis->high / axis->step);

	for (int i = 0; i <= lines; i++)
	{
		int			y = chart_axis_y(axis, i * axis->step);

		appendStringInfo(&chart->out, "<path d=\"M%d %dH%d\" stroke=\"%s\"/>\n", left, y, right,
						 i == 0 ? SOFT : LINE);
		draw_text(&chart->out, left - 8, y + 4, ANCHOR_END, &chart_soft,
				  psprintf("%s%s", chart_double(chart, i * axis->step, decimals), unit));
	}
}

/* Rounded as round() does. */
char *
chart_numeric(const Chart *chart, Numeric value, int decimals)
{
	Datum		rounded = DirectFunctionCall2(numeric_round, NumericGetDatum(value),
											  Int32GetDatum(decimals));

	return svg_number(chart->language, DatumGetCString(DirectFunctionCall1(numeric_out, rounded)));
}

char *
chart_double(const Chart *chart, double value, int decimals)
{
	return svg_number(chart->language, psprintf("%.*f", decimals, value));
}

/* In the largest unit that there are two of, days of 24 hours at most, to the nearest one. */
char *
chart_duration(const Chart *chart, uint64 microseconds)
{
	static const uint64 units[] = {USECS_PER_DAY, USECS_PER_HOUR, USECS_PER_MINUTE, USECS_PER_SEC};
	static const char *const names[][2] = {{"days", "dni"}, {"h", "h"}, {"min", "min"}, {"s", "s"}};
	int			i = 0;

	while (i < 3 && microseconds < 2 * units[i])
		i++;
	return psprintf("%s %s",
					svg_count(chart->language, (int64) ((microseconds + units[i] / 2) / units[i])),
					names[i][chart->language->polish ? 1 : 0]);
}

/* The page, or the slide with the chart in its middle. */
text *
chart_end(Chart *chart)
{
	StringInfoData page;
	int			height = chart->y + CHART_MARGIN;
	double		scale = Min((double) SLIDE_WIDTH / CHART_WIDTH, (double) SLIDE_HEIGHT / height);

	initStringInfo(&page);
	appendStringInfoString(&page, "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
	if (chart->slide)
		appendStringInfo(&page, "<g transform=\"translate(%.1f %.1f) scale(%.4f)\">\n",
						 (SLIDE_WIDTH - CHART_WIDTH * scale) / 2,
						 (SLIDE_HEIGHT - height * scale) / 2, scale);
	appendBinaryStringInfo(&page, chart->out.data, chart->out.len);
	if (!chart->slide)
		return svg_page(&page, CHART_WIDTH, height, chart->language);
	appendStringInfoString(&page, "</g>\n");
	return svg_page(&page, SLIDE_WIDTH, SLIDE_HEIGHT, chart->language);
}
