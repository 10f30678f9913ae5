/*
 * map_report.h
 *		The parts of the report of a journey map, a page of HTML.
 *
 * A part writes itself at the end of the page.  Texts are UTF-8; what comes from the
 * database or is said in words goes through html_text() and html_element(), which escape it,
 * and pictures are SVG that is escaped already.
 */
#ifndef MAP_REPORT_H
#define MAP_REPORT_H

#include "map/map_query.h"
#include "map/map_svg.h"

/* The fixed texts.  Those with a %s say what comes in its place. */
typedef struct ReportWords
{
	const char *made;			/* when */
	const char *brief;
	const char *changed;		/* metric, value, change, surely or not */
	const char *unchanged;		/* metric, value, interval, answers */
	const char *surely;
	const char *perhaps;
	const char *hurts;			/* place, metric, value, rest, impact */
	const char *nothing_hurts;
	const char *stages;			/* metric, those that changed */
	const char *numbers;
	const char *since;			/* behind a change */
	const char *map;
	const char *emotion;
	const char *few;
	const char *trend;
	const char *trend_lead;
	const char *barriers;
	const char *barriers_lead;
	const char *place;
	const char *metric;
	const char *here;
	const char *elsewhere;
	const char *gain;
	const char *chance;
	const char *everywhere;		/* a touchpoint at all of its stages */
	const char *whole_stage;
	const char *more;			/* how many barriers are not listed */
	const char *shift;
	const char *shift_lead;
	const char *drivers;
	const char *drivers_lead;
	const char *words;
	const char *words_lead;
	const char *words_none;
	const char *words_refused;
	const char *typical;
	const char *funnel;
	const char *funnel_lead;
	const char *flow;
	const char *flow_lead;
	const char *all_customers;	/* of a report of one segment */
	const char *reading;
	const char *readings[4];
} ReportWords;

/* A row of journey_map_barriers; numbers as the database rounded them. */
typedef struct ReportBarrier
{
	char	   *stage;			/* as a label; NULL: a touchpoint at all of its stages */
	char	   *touchpoint;		/* NULL: the whole stage */
	char	   *metric;
	char	   *value;
	char	   *rest;
	char	   *impact;
	char	   *p_value;
	int64		responses;
} ReportBarrier;

/* The words of one touchpoint, in a line. */
typedef struct ReportTerms
{
	char	   *stage;			/* as the database has it */
	char	   *touchpoint;
	StringInfoData words;
} ReportTerms;

typedef struct Report
{
	StringInfoData html;
	Picture		picture;		/* its language, words and map are those of the page */
	const ReportWords *words;
	List	   *barriers;		/* the greatest of each metric first */
	List	   *terms;			/* in the order of the journey */
} Report;

#pragma GCC visibility push(hidden)

/* map_report_style.c */
extern const char map_report_style[];

/* map_report_words.c */
extern const ReportWords *report_words(const SvgLanguage *language);

/* map_report_read.c */
extern void report_read(Report *r, const MapRequest *request, bool comments);

/* map_report_html.c */
extern void html_text(Report *r, const char *text);
extern void html_element(Report *r, const char *name, const char *style, const char *text);
extern void html_section(Report *r, const char *style, const char *heading, const char *lead);
extern void html_section_end(Report *r);
extern void html_pictures(Report *r, const text *svg, int least_width);
extern void html_descriptions(Report *r, text *svg);
extern char *report_number(const Report *r, const char *number);
extern char *report_place(const Report *r, const char *stage, const char *touchpoint);

/* map_report_numbers.c */
extern void report_brief(Report *r);
extern void report_numbers(Report *r);

/* map_report_tables.c */
extern void report_touchpoints(Report *r);
extern void report_barriers(Report *r);
extern void report_terms(Report *r, bool refused);

#pragma GCC visibility pop

#endif							/* MAP_REPORT_H */
