/*
 * map_report_tables.c
 *		The tables of the report of a journey map: its touchpoints, where the picture has no
 *		room; its barriers; the words of customers.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "nodes/pg_list.h"

#include "map/map_report.h"

#define MOST_BARRIERS 15

static void
begin_table(Report *r, const char *style)
{
	appendStringInfo(&r->html, "<table class=\"%s\">\n<thead><tr>\n", style);
}

static void
begin_rows(Report *r)
{
	appendStringInfoString(&r->html, "</tr></thead>\n<tbody>\n");
}

static void
end_table(Report *r)
{
	appendStringInfoString(&r->html, "</tbody>\n</table>\n");
}

/* A number with its interval below it; barrier: by this metric the touchpoint is one. */
static void
write_metric(Report *r, const MapMetric *metric)
{
	appendStringInfoString(&r->html, "<td class=\"number\">");
	html_element(r, "span", "value", report_number(r, metric->value));
	if (metric->value != NULL && metric->low != NULL && metric->high != NULL)
	{
		appendStringInfoString(&r->html, "<br/>");
		html_element(r, "span", "soft",
					 psprintf("%s %s %s", report_number(r, metric->low), r->picture.language->to,
							  report_number(r, metric->high)));
	}
	appendStringInfoString(&r->html, "</td>\n");
}

/* That the touchpoint is a barrier, and what the whole would gain without it. */
static void
write_barrier(Report *r, const char *text, const MapImpact *impact)
{
	html_element(r, "div", "barrier",
				 psprintf("\u26A0 %s %s%s %s", text,
						  impact->points == NULL || impact->points[0] == '-' ? "" : "+",
						  report_number(r, impact->points),
						  impact->metric == NULL ? "" : impact->metric));
}

/* Rounded to a decimal, as the picture has it. */
static char *
emotion_text(const Report *r, const MapCell *cell)
{
	if (!cell->has_emotion)
		return report_number(r, NULL);
	return report_number(r, fabs(cell->emotion) < 0.05 ? "0.0" :
						 psprintf("%+.1f", cell->emotion));
}

/* Its name over all columns, and below it the numbers, for which a phone has just the width. */
static void
write_touchpoint(Report *r, const MapCell *cell, int columns)
{
	appendStringInfo(&r->html, "<tr class=\"name\"><th colspan=\"%d\" scope=\"row\">", columns);
	html_text(r, touchpoint_label(&r->picture, cell));
	if (cell->barrier)
		write_barrier(r, r->picture.words->barrier, &cell->impact);
	else if (cell->overall.metric != NULL)
		write_barrier(r, r->picture.words->overall, &cell->overall);
	if (!cell->enough)
		html_element(r, "div", "soft", r->words->few);
	appendStringInfo(&r->html, "</th></tr>\n<tr%s>\n", cell->enough ? "" : " class=\"few\"");
	for (int i = 0; i < MAP_METRICS; i++)
		if (r->picture.map->has_metric[i])
			write_metric(r, &cell->metrics[i]);
	html_element(r, "td", "number", emotion_text(r, cell));
	html_element(r, "td", "number", svg_count(r->picture.language, cell->responses));
	appendStringInfoString(&r->html, "</tr>\n");
}

/* The heads of the columns, and how many they are. */
static int
begin_touchpoints(Report *r)
{
	int			columns = 2;

	begin_table(r, "list");
	for (int i = 0; i < MAP_METRICS; i++)
		if (r->picture.map->has_metric[i])
		{
			html_element(r, "th", "number", map_metric_names[i]);
			columns++;
		}
	html_element(r, "th", "number", r->words->emotion);
	html_element(r, "th", "number", "n");
	begin_rows(r);
	return columns;
}

/* What the picture of the map has on its cards, for screens that it is too wide for. */
void
report_touchpoints(Report *r)
{
	int			columns = begin_touchpoints(r);

	for (const MapStage *stage = r->picture.map->stages; stage != NULL; stage = stage->next)
	{
		appendStringInfo(&r->html, "<tr class=\"stage\"><th colspan=\"%d\" scope=\"rowgroup\">",
						 columns);
		html_text(r, label_or_none(&r->picture, stage->label));
		appendStringInfoString(&r->html, "</th></tr>\n");
		for (const MapCell *cell = stage->cells; cell != NULL; cell = cell->next)
		{
			CHECK_FOR_INTERRUPTS();
			write_touchpoint(r, cell, columns);
		}
	}
	end_table(r);
}

static void
write_barrier_row(Report *r, const ReportBarrier *barrier)
{
	appendStringInfoString(&r->html, "<tr>");
	html_element(r, "td", NULL, report_place(r, barrier->stage, barrier->touchpoint));
	html_element(r, "td", "metric", barrier->metric);
	html_element(r, "td", "number", report_number(r, barrier->value));
	html_element(r, "td", "number", report_number(r, barrier->rest));
	html_element(r, "td", "number sure", report_number(r, barrier->impact));
	html_element(r, "td", "number wide", svg_count(r->picture.language, barrier->responses));
	html_element(r, "td", "number wide", report_number(r, barrier->p_value));
	appendStringInfoString(&r->html, "</tr>\n");
}

static void
write_barriers(Report *r)
{
	int			n = 0;
	ListCell   *lc;

	begin_table(r, "barriers");
	html_element(r, "th", NULL, r->words->place);
	html_element(r, "th", "metric", r->words->metric);
	html_element(r, "th", "number", r->words->here);
	html_element(r, "th", "number", r->words->elsewhere);
	html_element(r, "th", "number", r->words->gain);
	html_element(r, "th", "number wide", r->picture.words->answers);
	html_element(r, "th", "number wide", r->words->chance);
	begin_rows(r);
	foreach(lc, r->barriers)
		if (n++ < MOST_BARRIERS)
			write_barrier_row(r, lfirst(lc));
	end_table(r);
	if (n > MOST_BARRIERS)
		html_element(r, "p", "soft", psprintf(r->words->more, n - MOST_BARRIERS));
}

/* Without answers to a metric there is nothing to compare. */
void
report_barriers(Report *r)
{
	const bool *has_metric = r->picture.map->has_metric;

	if (!has_metric[0] && !has_metric[1] && !has_metric[2])
		return;
	html_section(r, "hurts", r->words->barriers, r->words->barriers_lead);
	if (r->barriers == NIL)
		html_element(r, "p", NULL, r->words->nothing_hurts);
	else
		write_barriers(r);
	html_section_end(r);
}

/* NULL for what is no cell of the map, but a whole stage or a touchpoint at all of its stages. */
static const MapStage *
stage_of_cell(const Report *r, const ReportTerms *terms)
{
	for (const MapStage *stage = r->picture.map->stages; stage != NULL; stage = stage->next)
		if (map_same_key(stage->key, terms->stage))
			for (const MapCell *cell = stage->cells; cell != NULL; cell = cell->next)
				if (map_same_key(cell->touchpoint, terms->touchpoint))
					return stage;
	return NULL;
}

static void
write_terms(Report *r)
{
	ListCell   *lc;

	begin_table(r, "terms");
	html_element(r, "th", NULL, r->words->place);
	html_element(r, "th", NULL, r->words->typical);
	begin_rows(r);
	foreach(lc, r->terms)
	{
		const ReportTerms *terms = lfirst(lc);
		const MapStage *stage = stage_of_cell(r, terms);
		bool		is_whole = map_same_key(terms->touchpoint, "(all)");

		CHECK_FOR_INTERRUPTS();
		if (stage == NULL)
			continue;
		appendStringInfoString(&r->html, "<tr>");
		html_element(r, "td", NULL,
					 report_place(r, stage->label, is_whole ? NULL : terms->touchpoint));
		html_element(r, "td", NULL, terms->words.data);
		appendStringInfoString(&r->html, "</tr>\n");
	}
	end_table(r);
}

/* refused: there are comments, and whoever asks may not read them. */
void
report_terms(Report *r, bool refused)
{
	if (r->picture.map->cell_count == 0)
		return;
	html_section(r, "words", r->words->words, refused ? r->words->words_refused :
				 r->words->words_lead);
	if (!refused && r->terms == NIL)
		html_element(r, "p", NULL, r->words->words_none);
	else if (!refused)
		write_terms(r);
	html_section_end(r);
}
