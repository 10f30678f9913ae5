/*
 * funnel_svg.c
 *		A picture of a funnel: a bar for each step, as long as the part of the first one
 *		that came so far, with the numbers beside it.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"

#include "funnel/funnel_datum.h"
#include "shared/percent.h"
#include "svg/chart.h"

#define NAME_WIDTH	190
#define BARS		(CHART_MARGIN + NAME_WIDTH + 14)
#define BARS_WIDTH	320
#define NUMBERS		(BARS + BARS_WIDTH + 16)
#define BAR_HEIGHT	38
#define ROW_HEIGHT	52

typedef struct FunnelWords
{
	const char *title;
	const char *within;
	const char *no_limit;
	const char *optional;
	const char *any;			/* a number, and the items */
	const char *of_first;
	const char *of_before;
	const char *half_within;
	const char *nobody_seen;
} FunnelWords;

static const FunnelWords words[] = {
	{
		.title = "Funnel",
		.within = "Customers who got to each step within",
		.no_limit = "Customers who got to each step",
		.optional = "optional",
		.any = "any %d of: %s",
		.of_first = "% of the first step",
		.of_before = "% of the step before",
		.half_within = ", half within",
		.nobody_seen = "nobody ever came here"
	},
	{
		.title = "Lejek",
		.within = "Klienci, kt\u00F3rzy dotarli do kroku w ci\u0105gu",
		.no_limit = "Klienci, kt\u00F3rzy dotarli do kroku",
		.optional = "opcjonalny",
		.any = "co najmniej %d z: %s",
		.of_first = "% pierwszego kroku",
		.of_before = "% poprzedniego kroku",
		.half_within = ", po\u0142owa w ci\u0105gu",
		.nobody_seen = "nikt tu nigdy nie dotar\u0142"
	}
};

static const FunnelWords *
words_of(const Chart *chart)
{
	return &words[chart->language->polish ? 1 : 0];
}

static int64
first_reached(const Funnel *funnel)
{
	return funnel->steps[funnel_first_step(funnel->path)].reached;
}

/* Its own part of the path, and whether it may be left out. */
static char *
step_name(const Chart *chart, const Funnel *funnel, int i)
{
	char	   *name = palloc(FUNNEL_STEP_TEXT_BOUND(funnel->path) + 1);
	int			any = funnel_step_any(funnel->path, i);

	if (any > 0)
	{
		name[funnel_step_print_items(funnel->path, name)] = '\0';
		return psprintf(words_of(chart)->any, any, svg_label(name));
	}
	name[funnel_step_print(funnel->path, i, name)] = '\0';
	name = svg_label(name);
	if (!funnel_step_optional(funnel->path, i))
		return name;
	return psprintf("%s (%s)", name, words_of(chart)->optional);
}

/* How many, and how much of the first step that is. */
static char *
reached_text(const Chart *chart, const Funnel *funnel, int i)
{
	char	   *reached = svg_count(chart->language, funnel->steps[i].reached);
	int64		first = first_reached(funnel);

	if (i == funnel_first_step(funnel->path) || first == 0)
		return reached;
	return psprintf("%s \u00B7 %s%s", reached,
					chart_numeric(chart, percent_of(funnel->steps[i].reached, first), 1),
					words_of(chart)->of_first);
}

/* How much of the step that it is measured from, and how long half of those took; or NULL. */
static char *
before_text(const Chart *chart, const Funnel *funnel, int i)
{
	const FunnelStep *step = &funnel->steps[i];
	int			from = funnel_step_from(funnel->path, i);
	char	   *percent;

	if (!funnel_step_seen(funnel->path, i, funnel->seen))
		return pstrdup(words_of(chart)->nobody_seen);
	if (from == FUNNEL_NO_STEP || funnel->steps[from].reached == 0)
		return NULL;
	percent = psprintf("%s%s",
					   chart_numeric(chart,
									 percent_of(step->reached, funnel->steps[from].reached), 1),
					   words_of(chart)->of_before);
	if (step->buckets == 0)
		return percent;
	return psprintf("%s%s %s", percent, words_of(chart)->half_within,
					chart_duration(chart, funnel_step_percentile(funnel, step, 0.5)));
}

static void
draw_step(Chart *chart, const Funnel *funnel, int i)
{
	TextBlock	name = {step_name(chart, funnel, i), &chart_strong, NAME_WIDTH, 2};
	char	   *before = before_text(chart, funnel, i);
	int64		first = first_reached(funnel);
	double		part = first == 0 ? 0 : (double) funnel->steps[i].reached / (double) first;

	draw_block(&chart->out, CHART_MARGIN + NAME_WIDTH,
			   chart->y + (BAR_HEIGHT - block_height(&name)) / 2, ANCHOR_END, &name);
	chart_bar(chart, BARS, chart->y, BARS_WIDTH, BAR_HEIGHT, CHART_TRACK);
	chart_bar(chart, BARS, chart->y, (int) (BARS_WIDTH * part + 0.5), BAR_HEIGHT, ACCENT);
	draw_text(&chart->out, NUMBERS, chart->y + (before == NULL ? 24 : 16), ANCHOR_START,
			  &chart_strong, reached_text(chart, funnel, i));
	if (before != NULL)
		draw_text(&chart->out, NUMBERS, chart->y + 34, ANCHOR_START, &chart_soft, before);
	chart->y += ROW_HEIGHT;
}

static char *
subtitle(const Chart *chart, const Funnel *funnel)
{
	if (funnel->within == JOURNEY_NO_LIMIT)
		return pstrdup(words_of(chart)->no_limit);
	return psprintf("%s %s", words_of(chart)->within,
					chart_duration(chart, (uint64) funnel->within));
}

/* The same in words: each step and how many reached it. */
static char *
description(const Chart *chart, const Funnel *funnel)
{
	StringInfoData text;

	initStringInfo(&text);
	for (int i = 0; i < funnel->path->items; i++)
		appendStringInfo(&text, "%s%s: %s", i == 0 ? "" : "; ", step_name(chart, funnel, i),
						 reached_text(chart, funnel, i));
	return text.data;
}

/* funnel_svg(funnel, language, title, slide) */
PG_FUNCTION_INFO_V1(funnel_svg);
Datum
funnel_svg(PG_FUNCTION_ARGS)
{
	Chart		chart;
	Funnel		funnel;

	if (!chart_begin(fcinfo, 1, &chart))
		PG_RETURN_NULL();
	funnel_open(PG_GETARG_FUNNEL(0), &funnel);
	chart_header(&chart, words_of(&chart)->title, subtitle(&chart, &funnel),
				 description(&chart, &funnel));
	for (int i = 0; i < funnel.path->items; i++)
		draw_step(&chart, &funnel, i);
	chart.y -= ROW_HEIGHT - BAR_HEIGHT;
	PG_RETURN_TEXT_P(chart_end(&chart));
}
