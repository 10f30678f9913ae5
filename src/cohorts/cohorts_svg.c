/*
 * cohorts_svg.c
 *		cohort_svg: a picture of who came back, a row of cells for each cohort and one for all
 *		of them, a column for each period.
 *
 * A cell has what cohort_table() calls share, and is the darker the higher that is.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

#include "cohorts/cohorts_calendar.h"
#include "cohorts/cohorts_datum.h"
#include "shared/percent.h"
#include "svg/chart.h"

#define LABEL_WIDTH		90
#define HOUR_WIDTH		180			/* of the label of an hour */
#define COUNT_WIDTH		90
#define WIDEST_CELL		72
#define NARROWEST_CELL	38
#define CELL_HEIGHT		26
#define MOST_COHORTS	30
#define MOST_ON_SLIDE	15

typedef struct CohortWords
{
	const char *title;
	const char *subtitle;
	const char *periods[COHORTS_UNITS];
	const char *began;
	const char *customers;
	const char *all;
	const char *incomplete;
	const char *newest;
	const char *first;
	const char *none;
} CohortWords;

static const CohortWords words[] = {
	{
		.title = "Who came back to \u201C%s\u201D",
		.subtitle = "By when they began with \u201C%s\u201D; percent of the customers of each row",
		.periods = {"Hours later", "Days later", "Weeks later", "Months later", "Quarters later",
			"Years later"},
		.began = "Began",
		.customers = "Customers",
		.all = "All",
		.incomplete = "not yet over for some of them, who do not count",
		.newest = "Only the newest %s of %s cohorts are drawn.",
		.first = "Only the first %s of %s periods are drawn.",
		.none = "Nobody began yet."
	},
	{
		.title = "Kto wr\u00F3ci\u0142 do \u201E%s\u201D",
		.subtitle = "Wed\u0142ug pocz\u0105tku, od \u201E%s\u201D; "
			"odsetek klient\u00F3w ka\u017Cdego wiersza",
		.periods = {"Po tylu godzinach", "Po tylu dniach", "Po tylu tygodniach",
			"Po tylu miesi\u0105cach", "Po tylu kwarta\u0142ach", "Po tylu latach"},
		.began = "Pocz\u0105tek",
		.customers = "Klienci",
		.all = "Wszyscy",
		.incomplete = "jeszcze trwa dla niekt\u00F3rych, kt\u00F3rych si\u0119 nie liczy",
		.newest = "Narysowano tylko najnowsze kohorty: %s z %s.",
		.first = "Narysowano tylko pierwsze okresy: %s z %s.",
		.none = "Nikt jeszcze nie zacz\u0105\u0142."
	}
};

/* A row: of each period those who had the time, and those of them who came back. */
typedef struct CohortRow
{
	char	   *label;
	int64		customers;
	int64	   *ended;
	int64	   *returned;
} CohortRow;

typedef struct CohortGrid
{
	Chart	   *chart;
	CohortsQuestion question;
	int32		periods;		/* that are drawn */
	int			cohorts;		/* that there are */
	int			rows;			/* the newest of them, at the end of what follows */
	CohortRow	row[MOST_COHORTS];
	CohortRow	all;
	double		step;			/* percent, from shade to shade */
	int			left;			/* of the cells */
	int			cell_width;
	bool		has_incomplete;
} CohortGrid;

static const CohortWords *
words_of(const Chart *chart)
{
	return &words[chart->language->polish ? 1 : 0];
}

/* An hour as the clocks of its zone show it, with their offset: some come twice. */
static char *
hour_label(const CohortsQuestion *q, int64 key)
{
	struct pg_tm tm;
	fsec_t		fraction;
	int			offset;
	pg_tz	   *zone = calendar_zone(pnstrdup(q->zone.text, q->zone.length));

	if (timestamp2tm(key, &offset, &tm, &fraction, NULL, zone) != 0)
		cohorts_reject_stored();
	return psprintf("%04d-%02d-%02d %02d:%02d%+03d:%02d", tm.tm_year, tm.tm_mon, tm.tm_mday,
					tm.tm_hour, tm.tm_min, -offset / SECS_PER_HOUR,
					abs(offset) / SECS_PER_MINUTE % MINS_PER_HOUR);
}

/* As much of its first day as a period needs. */
static char *
cohort_label(const Chart *chart, const CohortsQuestion *q, int64 key)
{
	int			year;
	int			month;
	int			day;

	if (q->zone.length == 0)
		return pstrdup(words_of(chart)->all);
	if (q->unit == COHORTS_HOUR)
		return hour_label(q, key);
	j2date((int) key + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	if (q->unit == COHORTS_YEAR)
		return psprintf("%04d", year);
	if (q->unit == COHORTS_QUARTER)
		return psprintf("%04d Q%d", year, (month + 2) / 3);
	if (q->unit == COHORTS_MONTH)
		return psprintf("%04d-%02d", year, month);
	return psprintf("%04d-%02d-%02d", year, month, day);
}

static void
make_row(CohortRow *row, int32 periods)
{
	row->customers = 0;
	row->ended = palloc0((Size) periods * sizeof(int64));
	row->returned = palloc0((Size) periods * sizeof(int64));
}

/* Without an "until" all customers count, whether or not they had the time. */
static void
fill_row(CohortGrid *g, CohortRow *to, const CohortsRow *from)
{
	bool		until = (g->question.flags & COHORTS_UNTIL) != 0;

	to->customers += from->counts[COHORTS_STREAK][0];
	for (int32 i = 0; i < g->periods; i++)
	{
		to->ended[i] += from->counts[until ? COHORTS_ENDED : COHORTS_STREAK][until ? i : 0];
		to->returned[i] += from->counts[until ? COHORTS_ENDED_RETURNED : COHORTS_RETURNED][i];
	}
}

/* All cohorts go into the row of all, and the newest ones into rows of their own. */
static void
read_cohorts(CohortGrid *g, CohortsReader *reader, int most)
{
	CohortsRow	from;

	cohorts_new_row(&reader->question, &from);
	make_row(&g->all, g->periods);
	g->all.label = pstrdup(words_of(g->chart)->all);
	for (; reader->left > 0; g->cohorts++)
	{
		CohortRow  *row = &g->row[g->cohorts % most];

		CHECK_FOR_INTERRUPTS();
		if (!cohorts_read_row(reader, &from) || !cohorts_cumulate(&g->question, &from))
			cohorts_reject_stored();
		fill_row(g, &g->all, &from);
		make_row(row, g->periods);
		fill_row(g, row, &from);
		row->label = cohort_label(g->chart, &g->question, from.key);
	}
	g->rows = Min(g->cohorts, most);
}

/* The rows from the oldest on. */
static CohortRow *
row_at(CohortGrid *g, int i)
{
	return &g->row[(g->cohorts - g->rows + i) % Max(g->rows, 1)];
}

static double
share_of(const CohortRow *row, int32 period)
{
	return row->ended[period] == 0 ? 0 :
		100 * (double) row->returned[period] / (double) row->ended[period];
}

static void
find_step(CohortGrid *g)
{
	double		highest = 0;

	for (int i = 0; i < g->rows; i++)
		for (int32 k = 0; k < g->periods; k++)
		{
			const CohortRow *row = row_at(g, i);

			highest = Max(highest, share_of(row, k));
			g->has_incomplete |= row->ended[k] > 0 && row->ended[k] < g->all.customers &&
				(row->ended[k] < row->customers || g->all.ended[k] < g->all.customers);
		}
	g->step = chart_shade_step(highest);
}

static void
draw_row(CohortGrid *g, const CohortRow *row, const TextStyle *style)
{
	Chart	   *chart = g->chart;

	draw_text(&chart->out, CHART_MARGIN, chart->y + 17, ANCHOR_START, style, row->label);
	draw_text(&chart->out, g->left - 10, chart->y + 17, ANCHOR_END,
			  style, svg_count(chart->language, row->customers));
	for (int32 i = 0; i < g->periods; i++)
	{
		ChartCell	cell = {
			.x = g->left + i * g->cell_width,
			.y = chart->y,
			.width = g->cell_width - 2,
			.height = CELL_HEIGHT - 2,
			.is_partial = row->ended[i] < row->customers
		};

		if (row->ended[i] == 0)
			continue;
		chart_cell(chart, &cell, chart_shade(share_of(row, i), g->step),
				   psprintf("%s%%", chart_numeric(chart, percent_of(row->returned[i],
																	row->ended[i]), 0)));
	}
	chart->y += CELL_HEIGHT;
}

static void
draw_heads(CohortGrid *g)
{
	Chart	   *chart = g->chart;

	draw_text(&chart->out, g->left, chart->y + 12, ANCHOR_START, &chart_soft,
			  words_of(chart)->periods[g->question.unit]);
	chart->y += 20;
	draw_text(&chart->out, CHART_MARGIN, chart->y + 12, ANCHOR_START, &chart_soft,
			  words_of(chart)->began);
	draw_text(&chart->out, g->left - 10, chart->y + 12, ANCHOR_END,
			  &chart_soft, words_of(chart)->customers);
	for (int32 i = 0; i < g->periods; i++)
		draw_text(&chart->out, g->left + i * g->cell_width + g->cell_width / 2, chart->y + 12,
				  ANCHOR_MIDDLE, &chart_soft, psprintf("%d", i));
	chart->y += 20;
}

/* What is left out, if anything is. */
static void
draw_notes(CohortGrid *g)
{
	Chart	   *chart = g->chart;
	const SvgLanguage *language = chart->language;
	const char *notes[2] = {NULL, NULL};

	if (g->rows < g->cohorts)
		notes[0] = psprintf(words_of(chart)->newest, svg_count(language, g->rows),
							svg_count(language, g->cohorts));
	if (g->periods < g->question.periods + 1)
		notes[1] = psprintf(words_of(chart)->first, svg_count(language, g->periods),
							svg_count(language, g->question.periods + 1));
	for (int i = 0; i < 2; i++)
		if (notes[i] != NULL)
		{
			chart->y += 22;
			draw_text(&chart->out, CHART_MARGIN, chart->y, ANCHOR_START, &chart_soft, notes[i]);
		}
}

static void
draw_grid(CohortGrid *g)
{
	chart_shade_keys(g->chart, g->step,
					 g->has_incomplete ? words_of(g->chart)->incomplete : NULL);
	g->cell_width = Min(WIDEST_CELL, (CHART_RIGHT - g->left) / g->periods);
	draw_heads(g);
	for (int i = 0; i < g->rows; i++)
		draw_row(g, row_at(g, i), &chart_text);
	if (g->cohorts > 1)
	{
		g->chart->y += 6;
		draw_row(g, &g->all, &chart_strong);
	}
	draw_notes(g);
}

/* The shares of all cohorts together, in words. */
static char *
description(const CohortGrid *g)
{
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfo(&text, "%s: %s", words_of(g->chart)->customers,
					 svg_count(g->chart->language, g->all.customers));
	for (int32 i = 0; i < g->periods; i++)
		if (g->all.ended[i] > 0)
			appendStringInfo(&text, "; %d: %s%%", i,
							 chart_double(g->chart, share_of(&g->all, i), 1));
	return text.data;
}

static char *
label_of(const JourneyLabel *label)
{
	return svg_label_of(label->text, label->length);
}

/* cohort_svg(cohorts, language, title, slide) */
PG_FUNCTION_INFO_V1(cohort_svg);
Datum
cohort_svg(PG_FUNCTION_ARGS)
{
	Chart		chart;
	CohortGrid *g;
	CohortsReader reader;

	if (!chart_begin(fcinfo, 1, &chart))
		PG_RETURN_NULL();
	reader = cohorts_open(PG_GETARG_COHORTS(0));
	g = palloc0(sizeof(CohortGrid));
	g->chart = &chart;
	g->question = reader.question;
	g->left = CHART_MARGIN + COUNT_WIDTH + 10 +
		(reader.question.unit == COHORTS_HOUR ? HOUR_WIDTH : LABEL_WIDTH);
	g->periods = Min(reader.question.periods + 1, (CHART_RIGHT - g->left) / NARROWEST_CELL);
	read_cohorts(g, &reader, chart.slide ? MOST_ON_SLIDE : MOST_COHORTS);
	find_step(g);
	chart_header(&chart, psprintf(words_of(&chart)->title, label_of(&g->question.returning)),
				 psprintf(words_of(&chart)->subtitle, label_of(&g->question.start)),
				 description(g));
	if (g->cohorts == 0)
		chart_empty(&chart, words_of(&chart)->none);
	else
		draw_grid(g);
	PG_RETURN_TEXT_P(chart_end(&chart));
}
