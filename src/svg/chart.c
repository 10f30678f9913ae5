/*
 * chart.c
 *		What all charts are made of; see chart.h.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "shared/compat.h"
#include "svg/chart.h"

#define SLIDE_WIDTH		1280
#define SLIDE_HEIGHT	720
#define KEY_WIDTH		28		/* what is drawn, before its name */
#define KEY_GAP			24
#define KEY_HEIGHT		24

const TextStyle chart_text = {14, false, INK};
const TextStyle chart_soft = {13, false, SOFT};
const TextStyle chart_strong = {14, true, INK};
const TextStyle chart_large = {30, true, INK};

static const TextStyle title_style = {22, true, INK};
static const TextStyle subtitle_style = {14, false, SOFT};

/*
 * The value in argument 0, and from language_arg on (language, title, slide): false when one
 * without a default is NULL.
 */
bool
chart_begin(FunctionCallInfo fcinfo, int language_arg, Chart *chart)
{
	if (PG_ARGISNULL(0) || PG_ARGISNULL(language_arg) || PG_ARGISNULL(language_arg + 2))
		return false;
	chart->language = svg_language(PG_GETARG_TEXT_PP(language_arg));
	chart->title = NULL;
	if (!PG_ARGISNULL(language_arg + 1))
		chart->title = svg_label(text_to_cstring(PG_GETARG_TEXT_PP(language_arg + 1)));
	chart->slide = PG_GETARG_BOOL(language_arg + 2);
	chart->y = CHART_MARGIN;
	initStringInfo(&chart->head);
	initStringInfo(&chart->out);
	return true;
}

/*
 * Title, what it counts, and for those who cannot see it the same in words.  A title that
 * is blank is none.
 */
void
chart_header(Chart *chart, const char *usual_title, const char *subtitle,
			 const char *description)
{
	bool		blank = chart->title == NULL || chart->title[0] == '\0';
	TextBlock	title = {blank ? usual_title : chart->title, &title_style, CHART_INNER, 2};
	TextBlock	below = {subtitle, &subtitle_style, CHART_INNER, 2};

	draw_title(&chart->head, title.text);
	appendStringInfoString(&chart->head, "<desc>");
	append_xml(&chart->head, description);
	appendStringInfoString(&chart->head, "</desc>\n");
	draw_block(&chart->out, CHART_MARGIN, chart->y, ANCHOR_START, &title);
	chart->y += block_height(&title) + 4;
	draw_block(&chart->out, CHART_MARGIN, chart->y, ANCHOR_START, &below);
	chart->y += block_height(&below) + 20;
}

/* In place of a chart: why there is none. */
void
chart_empty(Chart *chart, const char *text)
{
	draw_text(&chart->out, CHART_MARGIN, chart->y + 14, ANCHOR_START, &chart_text, text);
	chart->y += 20;
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
	appendStringInfoString(&chart->out, "<g data-key=\"bar\">\n");
	chart_bar(chart, x, y + 2, 12, 12, color);
	appendStringInfoString(&chart->out, "</g>\n");
	draw_text(&chart->out, x + 20, y + 13, ANCHOR_START, &chart_text, name);
	draw_text(&chart->out, x + 20, y + 32, ANCHOR_START, &chart_strong, value);
}

void
chart_line(Chart *chart, double x1, double y1, double x2, double y2, const char *attributes)
{
	appendStringInfo(&chart->out, "<path d=\"M%.1f %.1fL%.1f %.1f\" fill=\"none\" %s/>\n", x1, y1,
					 x2, y2, attributes);
}

/* A dot, or what stands out from dots by its shape: a diamond with an edge. */
void
chart_mark(Chart *chart, ChartKeyKind kind, double x, double y, const char *color)
{
	if (kind == CHART_KEY_DOT)
		appendStringInfo(&chart->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>\n",
						 x, y, color);
	else
		appendStringInfo(&chart->out, "<path d=\"M%.1f %.1fl8 8l-8 8l-8 -8z\" fill=\"%s\" "
						 "stroke=\"#ffffff\" stroke-width=\"1.5\"/>\n", x, y - 8, color);
}

/* What stands for something in the chart; a test of its colours finds it by data-key. */
static void
draw_sample(Chart *chart, const ChartKey *key, int x, int y)
{
	static const char *const names[] = {
		"bar", "shade", "band", "line", "dashes", "dot", "alarm", "partial", "change"
	};

	appendStringInfo(&chart->out, "<g data-key=\"%s\">\n", names[key->kind]);
	if (key->kind == CHART_KEY_PARTIAL)
		draw_rect(&chart->out, x + 4, y + 2, 16, 14, 0,
				  "fill=\"none\" stroke=\"" INK "\" stroke-dasharray=\"3 3\"");
	else if (key->kind == CHART_KEY_BAND)
		draw_rect(&chart->out, x + 6, y + 2, 14, 14, 0,
				  psprintf("fill=\"%s\" stroke=\"%s\"", key->color, CHART_BAND_EDGE));
	else if (key->kind == CHART_KEY_BAR || key->kind == CHART_KEY_SHADE)
		chart_bar(chart, x + 6, y + 2, 14, 14, key->color);
	else if (key->kind == CHART_KEY_CHANGE)
		chart_line(chart, x + 10, y, x + 10, y + 18, psprintf("stroke=\"%s\"", key->color));
	else if (key->kind == CHART_KEY_LINE || key->kind == CHART_KEY_DASHES)
		chart_line(chart, x, y + 9, x + 20, y + 9,
				   psprintf("stroke=\"%s\" stroke-width=\"2.5\"%s", key->color,
							key->kind == CHART_KEY_DASHES ? " stroke-dasharray=\"6 4\"" : ""));
	else
		chart_mark(chart, key->kind, x + 10, y + 9, key->color);
	appendStringInfoString(&chart->out, "</g>\n");
}

static void
draw_key(Chart *chart, const ChartKey *key, int x, int y)
{
	draw_sample(chart, key, x, y);
	draw_text(&chart->out, x + KEY_WIDTH, y + 14, ANCHOR_START, &chart_soft, key->name);
}

/* What is what, side by side in as many rows as it takes. */
void
chart_keys(Chart *chart, const ChartKey *keys, int n)
{
	int			x = CHART_MARGIN;

	for (int i = 0; i < n; i++)
	{
		int			width = KEY_WIDTH + chart_text_width(&chart_soft, keys[i].name) + KEY_GAP;

		if (x > CHART_MARGIN && x + width - KEY_GAP > CHART_RIGHT)
		{
			x = CHART_MARGIN;
			chart->y += KEY_HEIGHT;
		}
		draw_key(chart, &keys[i], x, chart->y);
		x += width;
	}
	chart->y += KEY_HEIGHT + 12;
}

/* The page, or the slide with the chart in its middle. */
text *
chart_end(Chart *chart)
{
	StringInfoData page;
	int			height = chart->y + CHART_MARGIN;
	double		scale = Min((double) SLIDE_WIDTH / CHART_WIDTH, (double) SLIDE_HEIGHT / height);

	initStringInfo(&page);
	appendBinaryStringInfo(&page, chart->head.data, chart->head.len);
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
