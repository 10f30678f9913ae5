/*
 * drivers_svg.c
 *		driver_svg: a picture of what drives a score: for each driver a bar of its importance,
 *		and its coefficient with its interval.
 *
 * Numbers are those of drivers(), the most important driver first.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "drivers/drivers_report.h"
#include "svg/chart_plot.h"

#define LEVEL		0.95
#define SAME		1e-9		/* importances that differ by less are equal */
#define NO_PERCENT	0.05		/* percent of less is printed as 0.0 */
#define NAME_WIDTH	170
#define BARS		(CHART_MARGIN + NAME_WIDTH + 14)
#define BARS_WIDTH	150
#define EFFECTS		(BARS + BARS_WIDTH + 90)
#define EFFECTS_WIDTH 220
#define NUMBERS		(EFFECTS + EFFECTS_WIDTH + 20)
#define ROW_HEIGHT	36
#define BAR_HEIGHT	20

typedef struct DriverWords
{
	const char *title;
	const char *explained;
	const char *driver;
	const char *importance;
	const char *effect;
	const char *constant;
	const char *collinear;
	const char *none;
} DriverWords;

static const DriverWords words[] = {
	{
		.title = "What drives the score",
		.explained = "%s%% of the differences between scores are explained",
		.driver = "driver %d",
		.importance = "Importance: percent explained",
		.effect = "Score for one point more",
		.constant = "always the same answer",
		.collinear = "follows from others",
		.none = "There are not enough answers yet."
	},
	{
		.title = "Co decyduje o ocenie",
		.explained = "wyja\u015Bnione %s%% r\u00F3\u017Cnic mi\u0119dzy ocenami",
		.driver = "czynnik %d",
		.importance = "Waga: wyja\u015Bniony odsetek",
		.effect = "Ocena za ka\u017Cdy punkt wi\u0119cej",
		.constant = "zawsze ta sama odpowied\u017A",
		.collinear = "wynika z innych",
		.none = "Nie ma jeszcze dosy\u0107 odpowiedzi."
	}
};

/* The report, in the order of importance, and what all rows share. */
typedef struct DriverPicture
{
	Chart	   *chart;
	const DriverReport *r;
	bool		named;
	int			order[DRIVERS_MAX];
	ChartScale	scale;			/* of coefficients */
	ChartPlot	effects;		/* x: coefficients */
	double		highest;		/* importance, percent */
	int			decimals;		/* of coefficients */
} DriverPicture;

static const DriverWords *
words_of(const Chart *chart)
{
	return &words[chart->language->polish ? 1 : 0];
}

static char *
name_of(const DriverPicture *p, int i)
{
	if (!p->named)
		return psprintf(words_of(p->chart)->driver, i + 1);
	return svg_label(text_to_cstring(p->r->names[i]));
}

static double
reach_of(const DriverReport *r, int i)
{
	return r->critical * r->fit.std_errors[i];
}

/* The most important first; of equal ones the first. */
static void
sort_drivers(DriverPicture *p)
{
	for (int i = 0; i < p->r->s->drivers; i++)
	{
		int			at = i;

		for (; at > 0 && p->r->importance[p->order[at - 1]] < p->r->importance[i] - SAME; at--)
			p->order[at] = p->order[at - 1];
		p->order[at] = i;
		p->highest = Max(p->highest, 100 * p->r->importance[i]);
	}
}

/* A scale on which all intervals and 0 are, and decimals for three digits of the longest. */
static void
scale_effects(DriverPicture *p)
{
	double		low = 0;
	double		high = 0;

	for (int i = 0; i < p->r->s->drivers; i++)
		if (isfinite(p->r->fit.coefficient[i]))
		{
			low = Min(low, p->r->fit.coefficient[i] - reach_of(p->r, i));
			high = Max(high, p->r->fit.coefficient[i] + reach_of(p->r, i));
		}
	p->scale = chart_scale(low, high, 4);
	p->decimals = high == low ? 0 :
		Max(0, Min(6, 2 - (int) floor(log10(Max(high, -low)))));
}

static void
place_effects(DriverPicture *p)
{
	p->effects = chart_plot(p->chart, p->r->s->drivers * ROW_HEIGHT);
	p->effects.left = EFFECTS;
	p->effects.right = EFFECTS + EFFECTS_WIDTH;
	p->effects.x = p->scale;
}

static char *
effect_text(const DriverPicture *p, int i)
{
	const Chart *chart = p->chart;
	double		coefficient = p->r->fit.coefficient[i];
	double		reach = reach_of(p->r, i);

	if (p->r->fit.constant[i])
		return pstrdup(words_of(chart)->constant);
	if (!isfinite(coefficient))
		return pstrdup(words_of(chart)->collinear);
	return psprintf("%s (%s %s %s)", chart_signed(chart, coefficient, p->decimals),
					chart_double(chart, coefficient - reach, p->decimals), chart->language->to,
					chart_double(chart, coefficient + reach, p->decimals));
}

static char *
importance_text(const DriverPicture *p, int i)
{
	return psprintf("%s%%", chart_double(p->chart, 100 * p->r->importance[i], 1));
}

/*
 * Bars are as long as importances stand to the highest one, but whatever stands beside 0.0%
 * is a mark, also where it is the highest: of what explains nothing no bar is long.
 */
static int
bar_width(const DriverPicture *p, int i)
{
	double		percent = 100 * p->r->importance[i];

	if (percent < 100 * SAME)
		return 0;
	return percent < NO_PERCENT ? 1 : Max(1, (int) (BARS_WIDTH * percent / p->highest + 0.5));
}

/* The interval with its ends, and a dot at the coefficient. */
static void
draw_effect(DriverPicture *p, int i, int y)
{
	double		coefficient = p->r->fit.coefficient[i];
	double		reach = reach_of(p->r, i);

	if (!isfinite(coefficient))
		return;
	chart_interval(&p->effects, coefficient - reach, coefficient + reach, y, 5,
				   "stroke=\"" ACCENT "\" stroke-width=\"2\"");
	chart_mark(p->chart, CHART_KEY_DOT, chart_x(&p->effects, coefficient), y, ACCENT);
}

static void
draw_driver(DriverPicture *p, int i)
{
	Chart	   *chart = p->chart;
	TextBlock	name = {name_of(p, i), &chart_strong, NAME_WIDTH, 2};
	TextBlock	effect = {effect_text(p, i), &chart_soft, CHART_RIGHT - NUMBERS, 2};
	int			middle = chart->y + ROW_HEIGHT / 2;
	int			width = bar_width(p, i);

	draw_block(&chart->out, CHART_MARGIN + NAME_WIDTH, middle - block_height(&name) / 2,
			   ANCHOR_END, &name);
	chart_bar(chart, BARS, middle - BAR_HEIGHT / 2, width, BAR_HEIGHT, ACCENT);
	draw_text(&chart->out, BARS + width + 8, middle + 5, ANCHOR_START, &chart_text,
			  importance_text(p, i));
	draw_effect(p, i, middle);
	draw_block(&chart->out, NUMBERS, middle - block_height(&effect) / 2, ANCHOR_START, &effect);
	chart->y += ROW_HEIGHT;
}

static void
draw_heads(Chart *chart)
{
	TextBlock	importance = {words_of(chart)->importance, &chart_soft, EFFECTS - BARS - 10, 2};
	TextBlock	effect = {words_of(chart)->effect, &chart_soft, NUMBERS - EFFECTS - 8, 2};

	draw_block(&chart->out, BARS, chart->y, ANCHOR_START, &importance);
	draw_block(&chart->out, EFFECTS, chart->y, ANCHOR_START, &effect);
	draw_text(&chart->out, NUMBERS, chart->y + 13, ANCHOR_START, &chart_soft,
			  chart->language->interval);
	chart->y += 42;
}

static void
draw_drivers(DriverPicture *p)
{
	double		zero;

	draw_heads(p->chart);
	place_effects(p);
	zero = rint(chart_x(&p->effects, 0));
	chart_line(p->chart, p->effects.left, p->effects.bottom, p->effects.right, p->effects.bottom,
			   "stroke=\"" SOFT "\"");
	chart_line(p->chart, zero, p->effects.top, zero, p->effects.bottom,
			   "stroke=\"" SOFT "\" stroke-dasharray=\"4 3\"");
	for (int i = 0; i < p->r->s->drivers; i++)
		draw_driver(p, p->order[i]);
	(void) chart_ticks(&p->effects);
	p->chart->y += 24;
}

static char *
subtitle(const DriverPicture *p)
{
	const DriverWords *w = words_of(p->chart);
	char	   *answers = psprintf("%s: %s", p->chart->language->answers,
								   svg_count(p->chart->language, p->r->s->responses));

	if (!p->r->fit.known)
		return answers;
	return psprintf("%s; %s", answers,
					psprintf(w->explained, chart_double(p->chart, 100 * p->r->fit.r_squared, 1)));
}

/* The importance of each, in words. */
static char *
description(const DriverPicture *p)
{
	StringInfoData text;

	initStringInfo(&text);
	for (int i = 0; i < p->r->s->drivers; i++)
		appendStringInfo(&text, "%s%s: %s, %s", i == 0 ? "" : "; ", name_of(p, p->order[i]),
						 importance_text(p, p->order[i]), effect_text(p, p->order[i]));
	return text.data;
}

/* driver_svg(summary, names, method, language, title, slide) */
PG_FUNCTION_INFO_V1(driver_svg);
Datum
driver_svg(PG_FUNCTION_ARGS)
{
	Chart		chart;
	DriverReport *r = palloc0(sizeof(DriverReport));
	DriverPicture picture = {.chart = &chart,.r = r};
	bool		known;

	if (PG_ARGISNULL(2) || !chart_begin(fcinfo, 3, &chart))
		PG_RETURN_NULL();
	r->s = PG_GETARG_DRIVERS(0);
	picture.named = !PG_ARGISNULL(1);
	(void) drivers_johnson_arg(fcinfo);
	if (r->s->drivers > 0)
	{
		drivers_report_names(fcinfo, r);
		drivers_report_fit(fcinfo, r, LEVEL);
		sort_drivers(&picture);
	}
	known = r->s->drivers > 0 && r->fit.known;
	if (known)
		scale_effects(&picture);
	chart_header(&chart, words_of(&chart)->title, subtitle(&picture),
				 known ? description(&picture) : words_of(&chart)->none);
	if (known)
		draw_drivers(&picture);
	else
		chart_empty(&chart, words_of(&chart)->none);
	PG_RETURN_TEXT_P(chart_end(&chart));
}
