/*
 * map_report_read.c
 *		What the report of a journey map shows besides what a picture does: all barriers, from
 *		journey_map_barriers, and the words of touchpoints, from journey_map_words.
 */
#include "postgres.h"

#include "nodes/pg_list.h"

#include "map/map_label.h"
#include "map/map_report.h"

enum
{
	BARRIER_STAGE = 1,
	BARRIER_TOUCHPOINT,
	BARRIER_METRIC,
	BARRIER_RESPONSES,
	BARRIER_VALUE,
	BARRIER_REST,
	BARRIER_IMPACT,
	BARRIER_P_VALUE
};

enum
{
	TERM_STAGE = 1,
	TERM_TOUCHPOINT,
	TERM_WORD,
	TERM_COMMENTS
};

static void
add_barrier(const MapQuery *query, const MapRow *row)
{
	Report	   *r = query->report;
	ReportBarrier *barrier = palloc0(sizeof(ReportBarrier));
	char	   *stage = map_row_key(row, BARRIER_STAGE);
	char	   *touchpoint = map_row_text(row, BARRIER_TOUCHPOINT);

	if (!map_same_key(stage, "(all)"))
		barrier->stage = map_stage_label(stage, query->map->polish);
	if (!map_same_key(touchpoint, "(all)"))
		barrier->touchpoint = touchpoint;
	barrier->metric = map_row_text(row, BARRIER_METRIC);
	barrier->responses = map_row_count(row, BARRIER_RESPONSES);
	barrier->value = map_row_text(row, BARRIER_VALUE);
	barrier->rest = map_row_text(row, BARRIER_REST);
	barrier->impact = map_row_text(row, BARRIER_IMPACT);
	barrier->p_value = map_row_text(row, BARRIER_P_VALUE);
	r->barriers = lappend(r->barriers, barrier);
}

/* Each trouble once: no place whose stage or touchpoint is a barrier as a whole. */
static void
read_barriers(const MapQuery *query)
{
	map_each_row(query,
				 "SELECT stage, touchpoint, pg_catalog.upper(metric), responses,"
				 " pg_catalog.round(value, d.decimals), pg_catalog.round(rest, d.decimals),"
				 " pg_catalog.round(impact, d.decimals),"
				 " CASE WHEN p_value OPERATOR(pg_catalog.<) 0.001::pg_catalog.float8 THEN '< 0.001'"
				 " ELSE pg_catalog.round(p_value::pg_catalog.numeric, 3)::pg_catalog.text END"
				 " FROM cxjourney_internal.journey_map_barriers_steps($1, $2, $3) WITH ORDINALITY,"
				 " LATERAL (SELECT CASE WHEN metric OPERATOR(pg_catalog.=) 'ces' THEN 2 ELSE 1 END)"
				 " AS d(decimals) WHERE part_of IS NULL ORDER BY ordinality",
				 add_barrier);
}

/* A word of a touchpoint; those of one touchpoint come one after another. */
static void
add_term(const MapQuery *query, const MapRow *row)
{
	Report	   *r = query->report;
	char	   *stage = map_row_key(row, TERM_STAGE);
	char	   *touchpoint = map_row_text(row, TERM_TOUCHPOINT);
	ReportTerms *terms = r->terms == NIL ? NULL : llast(r->terms);

	if (terms == NULL || !map_same_key(terms->stage, stage) ||
		!map_same_key(terms->touchpoint, touchpoint))
	{
		terms = palloc0(sizeof(ReportTerms));
		terms->stage = pstrdup(stage);
		terms->touchpoint = touchpoint;
		initStringInfo(&terms->words);
		r->terms = lappend(r->terms, terms);
	}
	appendStringInfo(&terms->words, "%s%s (%s)", terms->words.len == 0 ? "" : ", ",
					 map_row_text(row, TERM_WORD),
					 svg_count(r->picture.language, map_row_count(row, TERM_COMMENTS)));
}

static void
read_terms(const MapQuery *query)
{
	map_each_row(query,
				 "SELECT stage, touchpoint, term, comments"
				 " FROM cxjourney_internal.journey_map_words_steps($1, $2, $3,"
				 " 6::pg_catalog.int4) WITH ORDINALITY"
				 " WHERE p_value OPERATOR(pg_catalog.<) 0.01::pg_catalog.float8"
				 " ORDER BY ordinality",
				 add_term);
}

/* Into the lists of the report; the words only where there are comments to be read. */
void
report_read(Report *r, const MapRequest *request, bool comments)
{
	MemoryContext result = CurrentMemoryContext;
	JourneyMap	map = {.polish = request->polish};
	MapQuery	query = {.map = &map, .request = request, .result = result, .report = r};

	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	read_barriers(&query);
	if (comments)
		read_terms(&query);
	SPI_finish();
	MemoryContextSwitchTo(result);
}
