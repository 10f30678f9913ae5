/*
 * rating_svg.c
 *		A picture of the answers to one question: what they come to, on 0..10 who are
 *		detractors, passives and promoters, and how many gave each score.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"

#include "rating/rating_inference.h"
#include "svg/chart_plot.h"

#define LEVEL		0.95
#define COLUMNS_TOP 24						/* room for those above the columns */
#define COLUMNS_HEIGHT 200
#define WIDEST_COLUMN 56
#define LABEL_ROOM	44			/* for the number of a score, or its percentage */

typedef struct RatingWords
{
	const char *title;
	const char *weighted;
	const char *mean;
	const char *groups[3];		/* detractors, passives, promoters */
	const char *scores;			/* what the columns are */
	const char *none;
} RatingWords;

static const RatingWords words[] = {
	{
		.title = "Answers",
		.weighted = "weighted",
		.mean = "Mean",
		.groups = {"Detractors (0\u20136)", "Passives (7\u20138)", "Promoters (9\u201310)"},
		.scores = "Percent of the answers with each score",
		.none = "There are no answers yet."
	},
	{
		.title = "Odpowiedzi",
		.weighted = "wa\u017Cone",
		.mean = "\u015Arednia",
		.groups = {"Krytycy (0\u20136)", "Neutralni (7\u20138)", "Promotorzy (9\u201310)"},
		.scores = "Odsetek odpowiedzi z ka\u017Cd\u0105 ocen\u0105",
		.none = "Nie ma jeszcze odpowiedzi."
	}
};

static const RatingWords *
words_of(const Chart *chart)
{
	return &words[chart->language->polish ? 1 : 0];
}

static bool
has_groups(const RatingSummary *s)
{
	return s->low == NPS_LOW && s->points == NPS_POINTS;
}

/* Percent of the answers between two scores. */
static char *
share_text(const Chart *chart, const RatingSummary *s, int64 from, int64 to)
{
	return psprintf("%s%%", chart_numeric(chart, rating_share_value(s, from, to), 1));
}

/* The same as a number. */
static double
share_of(const RatingSummary *s, int64 from, int64 to)
{
	return 100 * (double) rating_mass(s, from, to) /
		(double) rating_mass(s, s->low, rating_high(s));
}

/* "NPS 31.0", or "Mean 4.12": the metric of the scale. */
static char *
headline(const Chart *chart, const RatingSummary *s)
{
	if (has_groups(s))
		return psprintf("NPS %s", chart_numeric(chart, rating_nps_value(s), 1));
	return psprintf("%s %s", words_of(chart)->mean, chart_numeric(chart, rating_mean_value(s), 2));
}

/* The interval of that metric; NULL where there is nothing to say. */
static char *
headline_interval(const Chart *chart, const RatingSummary *s)
{
	ConfidenceInterval interval;
	int			decimals = has_groups(s) ? 1 : 2;

	if (!rating_metric_interval(has_groups(s) ? METRIC_NPS : METRIC_CES, s, 0, LEVEL, &interval))
		return NULL;
	return psprintf("%s %s %s %s", chart->language->interval,
					chart_double(chart, interval.low, decimals), chart->language->to,
					chart_double(chart, interval.high, decimals));
}

static void
draw_headline(Chart *chart, const RatingSummary *s)
{
	char	   *interval = headline_interval(chart, s);

	draw_text(&chart->out, CHART_MARGIN, chart->y + 30, ANCHOR_START, &chart_large,
			  headline(chart, s));
	if (interval != NULL)
		draw_text(&chart->out, CHART_MARGIN + CHART_INNER, chart->y + 28, ANCHOR_END, &chart_text,
				  interval);
	chart->y += 52;
}

/* One bar of three parts, as long as all answers are, and under it what they are. */
static void
draw_groups(Chart *chart, const RatingSummary *s)
{
	static const int32 ends[] = {NPS_LOW, NPS_PASSIVE, NPS_PROMOTER, NPS_LOW + NPS_POINTS};
	static const char *const colors[] = {CHART_BAD, CHART_NEUTRAL, CHART_GOOD};
	int			x = CHART_MARGIN;

	for (int i = 0; i < 3; i++)
	{
		double		until = share_of(s, NPS_LOW, ends[i + 1] - 1);
		int			end = CHART_MARGIN + (int) (CHART_INNER * until / 100 + 0.5);

		chart_bar(chart, x, chart->y, end - x, 28, colors[i]);
		chart_legend(chart, CHART_MARGIN + i * CHART_INNER / 3, chart->y + 42, colors[i],
					 words_of(chart)->groups[i], share_text(chart, s, ends[i], ends[i + 1] - 1));
		x = end;
	}
	chart->y += 104;
}

static const char *
score_color(const RatingSummary *s, int32 score)
{
	if (!has_groups(s))
		return ACCENT;
	return score < NPS_PASSIVE ? CHART_BAD : score < NPS_PROMOTER ? CHART_NEUTRAL : CHART_GOOD;
}

static double
highest_share(const RatingSummary *s)
{
	double		highest = 0;

	for (int i = 0; i < s->points; i++)
		highest = Max(highest, share_of(s, s->low + i, s->low + i));
	return highest;
}

/* Every first, second, fifth, ... score is written below its column, as there is room. */
static int
label_every(double place)
{
	static const int steps[] = {1, 2, 5, 10};
	int			i = 0;

	while (i < 3 && steps[i] * place < LABEL_ROOM)
		i++;
	return steps[i];
}

/* One column; its score is below it, and its percentage above it where the columns are wide. */
static void
draw_column(const ChartPlot *plot, const RatingSummary *s, int i)
{
	Chart	   *chart = plot->chart;
	double		place = (double) (plot->right - plot->left) / s->points;
	int			width = Max(1, (int) Min(place * 0.8, WIDEST_COLUMN));
	int			middle = (int) chart_x(plot, i + 0.5);
	int32		score = s->low + i;
	int			top = (int) rint(chart_y(plot, share_of(s, score, score)));
	int			each = label_every(place);

	chart_bar(chart, middle - width / 2, top, width, plot->bottom - top, score_color(s, score));
	if (each == 1)
		draw_text(&chart->out, middle, top - 6, ANCHOR_MIDDLE, &chart_soft,
				  share_text(chart, s, score, score));
	if (score % each == 0)
		draw_text(&chart->out, middle, plot->bottom + 18, ANCHOR_MIDDLE, &chart_text,
				  svg_number(chart->language, psprintf("%d", score)));
}

static void
draw_columns(Chart *chart, const RatingSummary *s)
{
	ChartPlot	plot;

	draw_text(&chart->out, CHART_MARGIN, chart->y + 14, ANCHOR_START, &chart_strong,
			  words_of(chart)->scores);
	chart->y += 28 + COLUMNS_TOP;
	plot = chart_plot(chart, COLUMNS_HEIGHT);
	plot.x = chart_places_scale(s->points);
	plot.y = chart_scale(0, highest_share(s), 5);
	chart_grid(&plot, "%");
	for (int i = 0; i < s->points; i++)
		draw_column(&plot, s, i);
	chart->y = plot.bottom + 24;
}

static char *
subtitle(const Chart *chart, const RatingSummary *s)
{
	return psprintf("%s: %s%s%s", chart->language->answers,
					svg_count(chart->language, rating_total(s)),
					rating_is_weighted(s) ? ", " : "",
					rating_is_weighted(s) ? words_of(chart)->weighted : "");
}

/* rating_svg(summary, language, title, slide) */
PG_FUNCTION_INFO_V1(rating_svg);
Datum
rating_svg(PG_FUNCTION_ARGS)
{
	Chart		chart;
	RatingSummary *s;
	bool		empty;

	if (!chart_begin(fcinfo, 1, &chart))
		PG_RETURN_NULL();
	s = PG_GETARG_RATING(0);
	empty = rating_total(s) == 0 || rating_mass(s, s->low, rating_high(s)) == 0;
	chart_header(&chart, words_of(&chart)->title, subtitle(&chart, s),
				 empty ? words_of(&chart)->none : headline(&chart, s));
	if (empty)
		chart_empty(&chart, words_of(&chart)->none);
	else
	{
		draw_headline(&chart, s);
		if (has_groups(s))
			draw_groups(&chart, s);
		draw_columns(&chart, s);
	}
	PG_RETURN_TEXT_P(chart_end(&chart));
}
