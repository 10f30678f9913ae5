/*
 * map_read.c
 *		What the pictures of a journey map show, read from the map with the rights
 *		of the reader.
 *
 * The numbers come from journey_map_cells(name, segment, period), those of stages and of
 * the whole from journey_map_scores(name, segment, period), touchpoints that are barriers
 * at all of their stages from journey_map_barriers(name, segment, period); the notes from
 * the table name_notes, and the days from the view name_summaries.  A stage that only
 * notes speak of is a stage of the picture too.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "shared/compat.h"
#include "map/map_label.h"
#include "svg/svg_draw.h"
#include "map/map_query.h"
#include "map/map_read.h"

/* Columns of the query of cells, from 1 on. */
enum
{
	CELL_STAGE = 1,
	CELL_POSITION,
	CELL_TOUCHPOINT,
	CELL_RESPONSES,
	CELL_METRICS,				/* nine columns */
	CELL_EMOTION = CELL_METRICS + 3 * MAP_METRICS,
	CELL_ENOUGH,
	CELL_BARRIER,
	CELL_BARRIER_METRIC,
	CELL_IMPACT,
	CELL_TARGETS				/* the target and the gap of each metric */
};

static void
fill_cell(MapCell *cell, const MapRow *row)
{
	bool		isnull;
	Datum		emotion = SPI_getbinval(row->tuple, row->desc, CELL_EMOTION, &isnull);

	cell->touchpoint = map_row_text(row, CELL_TOUCHPOINT);
	cell->responses = map_row_count(row, CELL_RESPONSES);
	for (int i = 0; i < MAP_METRICS; i++)
	{
		cell->metrics[i].value = map_row_text(row, CELL_METRICS + 3 * i);
		cell->metrics[i].low = map_row_text(row, CELL_METRICS + 3 * i + 1);
		cell->metrics[i].high = map_row_text(row, CELL_METRICS + 3 * i + 2);
		cell->metrics[i].target = map_row_text(row, CELL_TARGETS + 2 * i);
		cell->metrics[i].gap = map_row_text(row, CELL_TARGETS + 2 * i + 1);
	}
	cell->has_emotion = !isnull;
	cell->emotion = isnull ? 0 : Max(-2.0, Min(2.0, DatumGetFloat8(emotion)));
	cell->enough = map_row_bool(row, CELL_ENOUGH);
	cell->barrier = map_row_bool(row, CELL_BARRIER);
	cell->impact.metric = map_row_text(row, CELL_BARRIER_METRIC);
	cell->impact.points = map_row_text(row, CELL_IMPACT);
}

static void
add_cell(const MapQuery *query, const MapRow *row)
{
	JourneyMap *map = query->map;
	MapStage   *stage = map_find_stage(map, map_row_key(row, CELL_STAGE),
									   map_row_position(row, CELL_POSITION));
	MapCell    *cell = palloc0(sizeof(MapCell));

	fill_cell(cell, row);
	if (stage->cells == NULL)
		stage->cells = cell;
	else
		stage->last_cell->next = cell;
	stage->last_cell = cell;
	stage->cell_count++;
	map->cell_count++;
	map->has_barrier |= cell->barrier;
	map->responses += cell->responses;
	for (int i = 0; i < MAP_METRICS; i++)
	{
		map->has_metric[i] |= cell->metrics[i].value != NULL;
		map->has_target[i] |= cell->metrics[i].value != NULL && cell->metrics[i].target != NULL;
	}
}

static void
read_cells(const MapQuery *query)
{
	map_each_row(query,
				 "SELECT stage, stage_position, touchpoint, responses,"
				 " pg_catalog.round(nps, 1), pg_catalog.round(nps_low, 1),"
				 " pg_catalog.round(nps_high, 1),"
				 " pg_catalog.round(csat, 1), pg_catalog.round(csat_low, 1),"
				 " pg_catalog.round(csat_high, 1),"
				 " pg_catalog.round(ces, 2), pg_catalog.round(ces_low, 2),"
				 " pg_catalog.round(ces_high, 2),"
				 " emotion::double precision, enough, barrier, pg_catalog.upper(barrier_metric),"
				 " pg_catalog.round(impact, CASE WHEN pg_catalog.lower(barrier_metric)"
				 " OPERATOR(pg_catalog.=) 'ces' THEN 2 ELSE 1 END),"
				 " pg_catalog.trim_scale(pg_catalog.round(nps_target, 1)),"
				 " pg_catalog.round(nps_gap, 1),"
				 " pg_catalog.trim_scale(pg_catalog.round(csat_target, 1)),"
				 " pg_catalog.round(csat_gap, 1),"
				 " pg_catalog.trim_scale(pg_catalog.round(ces_target, 2)),"
				 " pg_catalog.round(ces_gap, 2)"
				 " FROM cxjourney_internal.journey_map_cells_steps($1, $2, $3) WITH ORDINALITY"
				 " ORDER BY stage_position, ordinality",
				 add_cell);
}

/*
 * Names of the map's own tables and views stand in the schema of its definition,
 * which the search_path finds.  NULL without a definition.
 */
static const char *
map_schema(const char *name)
{
	Oid			definition = RelnameGetRelid(psprintf("%s_definition", name));

	return OidIsValid(definition) ? get_namespace_name(get_rel_namespace(definition)) : NULL;
}

/* The days of the first answer and of the last one. */
static void
set_days(const MapQuery *query, const MapRow *row)
{
	query->map->from_day = map_row_text(row, 1);
	query->map->to_day = map_row_text(row, 2);
}

static void
read_days(const MapQuery *query)
{
	map_each_row(query,
				 psprintf("SELECT pg_catalog.to_char(pg_catalog.min(s.first_at) AT TIME ZONE "
						  "d.timezone, 'YYYY-MM-DD'),"
						  " pg_catalog.to_char(pg_catalog.max(s.last_at) AT TIME ZONE d.timezone,"
						  " 'YYYY-MM-DD')"
						  " FROM %s AS s CROSS JOIN %s AS d WHERE ($2 IS NULL OR"
						  " s.segment OPERATOR(pg_catalog.=) $2)"
						  " AND ($3 IS NULL OR (s.bucket AT TIME ZONE d.timezone)::pg_catalog.date"
						  " OPERATOR(pg_catalog.<@) $3) GROUP BY d.timezone",
						  map_relation(query, "summaries"), map_relation(query, "definition")),
				 set_days);
}

/* Everything that a picture of the map shows. */
JourneyMap *
journey_map_read(const MapRequest *request)
{
	MemoryContext result = CurrentMemoryContext;
	JourneyMap *map = palloc0(sizeof(JourneyMap));
	MapQuery	query = {.map = map, .request = request, .result = result};

	map->polish = request->polish;
	map->title = request->title != NULL ? svg_label(request->title) : map_title(request->name);
	map->segment = svg_label(request->segment);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	read_cells(&query);
	map_read_scores(&query);
	map_read_barriers(&query);
	query.schema = map_schema(request->name);
	if (query.schema != NULL)
	{
		map_read_notes(&query);
		read_days(&query);
	}
	SPI_finish();
	MemoryContextSwitchTo(result);
	map_place_rows(map);
	return map;
}

/* The arguments of a function that draws a map: name, segment, period, language, title. */
MapRequest
map_request(FunctionCallInfo fcinfo, bool polish)
{
	MapRequest	request = {0};

	request.name = text_to_cstring(PG_GETARG_TEXT_PP(0));
	request.segment = PG_ARGISNULL(1) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(1));
	request.all_time = PG_ARGISNULL(2);
	request.period = PG_ARGISNULL(2) ? (Datum) 0 : PG_GETARG_DATUM(2);
	request.title = PG_ARGISNULL(4) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(4));
	request.polish = polish;
	return request;
}
