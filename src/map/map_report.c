/*
 * map_report.c
 *		The report of a journey map: one page of HTML for screen, phone and paper, which needs
 *		nothing from outside and no script.
 *
 * From top to bottom: what it is of, the sentences that matter most, the scores of the whole,
 * the map, the control charts, the barriers, what moved the score, what drives it, the words
 * of customers, the funnel and the flow, and how to read all that.  A part of which nothing is
 * known is left out.  Charts come drawn, as arguments; the rest is read here, with the rights
 * of the reader.  The policy in its head lets no script run, wherever the page is put.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "map/map_report.h"
#include "svg/chart.h"

#define LEAST_SCALE 0.8			/* of a picture: below it letters are too small to read */
#define PAPER_WIDTH 1500		/* of a picture whose letters can be read on a page of A4 */

enum
{
	ARG_LANGUAGE = 3, ARG_MADE_AT = 5, ARG_COMMENTS, ARG_TREND, ARG_SHIFT, ARG_DRIVERS, ARG_FUNNEL,
	ARG_FLOW
};

/* Title and style. */
static void
write_head(Report *r, const char *title)
{
	appendStringInfo(&r->html,
					 "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"%s\">\n"
					 "<head>\n<meta charset=\"utf-8\"/>\n"
					 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
					 "<meta http-equiv=\"Content-Security-Policy\" "
					 "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n",
					 r->picture.language->code);
	html_element(r, "title", NULL, title);
	appendStringInfo(&r->html, "<style>\n%s</style>\n</head>\n<body>\n", map_report_style);
}

/* What it is of, and of when. */
static void
write_header(Report *r, const char *title, const char *made_at)
{
	appendStringInfoString(&r->html, "<header><div>\n");
	html_element(r, "h1", NULL, title);
	html_element(r, "p", NULL, map_subtitle(&r->picture));
	html_element(r, "p", NULL, psprintf(r->words->made, made_at));
	appendStringInfoString(&r->html, "</div></header>\n<main>\n");
}

/* The picture, and the list for narrow screens and, where the picture is too wide for it, paper. */
static void
write_map(Report *r)
{
	const JourneyMap *map = r->picture.map;
	int			width;
	text	   *picture = map_picture(map, r->picture.language, &width);

	html_section(r, width > PAPER_WIDTH ? "map large" : "map", r->words->map, NULL);
	html_pictures(r, picture, (int) (width * LEAST_SCALE));
	if (map->cell_count == 0)
		html_element(r, "p", "list", r->picture.words->empty);
	else
		report_touchpoints(r);
	html_section_end(r);
}

/* A section of charts, unless the argument is NULL; note is one more sentence, or NULL. */
static void
write_charts(FunctionCallInfo fcinfo, Report *r, int argno, const char *heading, const char *lead,
			 const char *note)
{
	if (PG_ARGISNULL(argno))
		return;
	html_section(r, "charts", heading, lead);
	if (note != NULL)
		html_element(r, "p", "lead", note);
	html_pictures(r, PG_GETARG_TEXT_PP(argno), (int) (CHART_WIDTH * LEAST_SCALE));
	/* of a flow they would be too many words to say anything */
	if (argno != ARG_FLOW)
		html_descriptions(r, PG_GETARG_TEXT_PP(argno));
	html_section_end(r);
}

static void
write_sections(FunctionCallInfo fcinfo, Report *r)
{
	const ReportWords *words = r->words;
	const char *note = r->picture.map->segment == NULL ? NULL : words->all_customers;

	report_brief(r);
	report_numbers(r);
	write_map(r);
	write_charts(fcinfo, r, ARG_TREND, words->trend, words->trend_lead, NULL);
	report_barriers(r);
	write_charts(fcinfo, r, ARG_SHIFT, words->shift, words->shift_lead, NULL);
	write_charts(fcinfo, r, ARG_DRIVERS, words->drivers, words->drivers_lead, NULL);
	if (!PG_ARGISNULL(ARG_COMMENTS))
		report_terms(r, !PG_GETARG_BOOL(ARG_COMMENTS));
	write_charts(fcinfo, r, ARG_FUNNEL, words->funnel, words->funnel_lead, note);
	write_charts(fcinfo, r, ARG_FLOW, words->flow, words->flow_lead, note);
}

/* How to read it, and the end of the page. */
static void
write_footer(Report *r)
{
	appendStringInfoString(&r->html, "</main>\n<footer>\n");
	html_element(r, "h2", NULL, r->words->reading);
	appendStringInfoString(&r->html, "<ul>\n");
	for (int i = 0; i < (int) lengthof(r->words->readings); i++)
		html_element(r, "li", NULL, r->words->readings[i]);
	appendStringInfoString(&r->html, "</ul>\n</footer>\n</body>\n</html>\n");
}

/*
 * journey_map_page(name, segment, period, language, title, made_at, comments, trend, shift,
 * drivers, funnel, flow)
 */
PG_FUNCTION_INFO_V1(journey_map_page);
Datum
journey_map_page(PG_FUNCTION_ARGS)
{
	Report		r = {0};
	MapRequest	request;
	const char *title;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(ARG_LANGUAGE) || PG_ARGISNULL(ARG_MADE_AT))
		PG_RETURN_NULL();
	r.picture.language = svg_language(PG_GETARG_TEXT_PP(ARG_LANGUAGE));
	r.picture.words = map_words(r.picture.language);
	r.words = report_words(r.picture.language);
	request = map_request(fcinfo, r.picture.language->polish);
	r.picture.map = journey_map_read(&request);
	report_read(&r, &request, !PG_ARGISNULL(ARG_COMMENTS) && PG_GETARG_BOOL(ARG_COMMENTS));
	title = label_or_none(&r.picture, r.picture.map->title);
	initStringInfo(&r.html);
	write_head(&r, title);
	write_header(&r, title, svg_label(text_to_cstring(PG_GETARG_TEXT_PP(ARG_MADE_AT))));
	write_sections(fcinfo, &r);
	write_footer(&r);
	PG_RETURN_TEXT_P(svg_result(&r.html));
}
