/*
 * map_report_numbers.c
 *		The report of a journey map: what is to be said in a few sentences, and what the whole
 *		journey scores, a card for each metric.
 *
 * The direction of a change is said by an arrow and a sign, and in words whether it is more
 * than chance.
 */
#include "postgres.h"

#include "nodes/pg_list.h"

#include "map/map_report.h"

/* "31.3 to 35.4" */
static char *
interval_text(const Report *r, const MapScore *score)
{
	return psprintf("%s %s %s", report_number(r, score->low), r->picture.language->to,
					report_number(r, score->high));
}

static bool
has_interval(const MapScore *score)
{
	return score->low != NULL && score->high != NULL;
}

/* The first metric that has answers, or MAP_METRICS. */
static int
first_metric(const Report *r)
{
	int			i = 0;

	while (i < MAP_METRICS && r->picture.map->whole.scores[i].value == NULL)
		i++;
	return i;
}

/* The score, with how it changed if that is known. */
static void
say_score(Report *r, int metric)
{
	const MapScore *score = &r->picture.map->whole.scores[metric];
	const char *name = map_metric_names[metric];
	char	   *value = report_number(r, score->value);

	if (score->change != NULL)
		html_element(r, "li", NULL,
					 psprintf(r->words->changed, name, value,
							  change_text(r->picture.language, score->change),
							  score->sure ? r->words->surely : r->words->perhaps));
	else if (has_interval(score))
		html_element(r, "li", NULL,
					 psprintf(r->words->unchanged, name, value, interval_text(r, score),
							  svg_count(r->picture.language, score->responses)));
}

/* Barriers come with the greatest of the first metric in front. */
static void
say_barrier(Report *r)
{
	const ReportBarrier *barrier;

	if (r->barriers == NIL)
	{
		html_element(r, "li", NULL, r->words->nothing_hurts);
		return;
	}
	barrier = linitial(r->barriers);
	html_element(r, "li", NULL,
				 psprintf(r->words->hurts,
						  report_place(r, barrier->stage, barrier->touchpoint), barrier->metric,
						  report_number(r, barrier->value), report_number(r, barrier->rest),
						  report_number(r, barrier->impact)));
}

/* The stages whose change since the period before is more than chance, each tested by itself. */
static void
say_stages(Report *r, int metric)
{
	StringInfoData changes;

	initStringInfo(&changes);
	for (const MapStage *stage = r->picture.map->stages; stage != NULL; stage = stage->next)
	{
		const MapScore *score = &stage->scores[metric];

		if (score->change != NULL && score->sure)
			appendStringInfo(&changes, "%s%s %s", changes.len == 0 ? "" : ", ",
							 label_or_none(&r->picture, stage->label),
							 change_text(r->picture.language, score->change));
	}
	if (changes.len > 0)
		html_element(r, "li", NULL, psprintf(r->words->stages, map_metric_names[metric],
											 changes.data));
}

/* What whoever reads no further should know. */
void
report_brief(Report *r)
{
	int			metric = first_metric(r);

	if (metric == MAP_METRICS)
		return;
	html_section(r, "brief", r->words->brief, NULL);
	appendStringInfoString(&r->html, "<ul>\n");
	say_score(r, metric);
	say_barrier(r);
	say_stages(r, metric);
	appendStringInfoString(&r->html, "</ul>\n");
	html_section_end(r);
}

static void
write_change(Report *r, const MapScore *score)
{
	html_element(r, "p", score->sure ? "sure" : "soft",
				 psprintf("%s %s", change_text(r->picture.language, score->change),
						  r->words->since));
	html_element(r, "p", "soft", score->sure ? r->words->surely : r->words->perhaps);
}

/* "Goal 35: short by 1.6" */
static void
write_goal(Report *r, const MapScore *score)
{
	const MapWords *words = r->picture.words;
	const char *gap = score->gap[0] == '-' ?
		psprintf("%s %s", words->short_of, report_number(r, score->gap + 1)) : words->reached;

	html_element(r, "p", "soft",
				 psprintf("%s %s: %s", words->goal, report_number(r, score->target), gap));
}

static void
write_card(Report *r, int metric)
{
	const MapScore *score = &r->picture.map->whole.scores[metric];

	appendStringInfoString(&r->html, "<div class=\"card\">\n");
	html_element(r, "p", "name", map_metric_names[metric]);
	html_element(r, "p", score->enough ? "value" : "value thin", report_number(r, score->value));
	if (score->change != NULL)
		write_change(r, score);
	if (has_interval(score))
		html_element(r, "p", "soft", psprintf("%s: %s", r->picture.language->interval,
											  interval_text(r, score)));
	html_element(r, "p", "soft",
				 psprintf("%s: %s%s%s", r->picture.words->answers,
						  svg_count(r->picture.language, score->responses),
						  score->enough ? "" : ", ", score->enough ? "" : r->words->few));
	if (score->target != NULL && score->gap != NULL)
		write_goal(r, score);
	appendStringInfoString(&r->html, "</div>\n");
}

void
report_numbers(Report *r)
{
	if (first_metric(r) == MAP_METRICS)
		return;
	html_section(r, "numbers", r->words->numbers, NULL);
	appendStringInfoString(&r->html, "<div class=\"cards\">\n");
	for (int i = 0; i < MAP_METRICS; i++)
		if (r->picture.map->whole.scores[i].value != NULL)
			write_card(r, i);
	appendStringInfoString(&r->html, "</div>\n");
	html_section_end(r);
}
