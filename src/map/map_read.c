/*
 * map_read.c
 *		What the pictures of a journey map show, read from the map with the rights
 *		of the reader.
 *
 * The numbers come from journey_map_cells(name, segment, period), those of stages and of
 * the whole from journey_map_scores(name, segment, period), touchpoints that are barriers
 * at all of their stages from journey_map_barriers(name, segment, period); the notes from
 * the table name_notes, and the days from the view name_summaries.  A stage that only notes
 * speak of is a stage of the picture too.
 */
#include "postgres.h"

#include <limits.h>

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "shared/compat.h"
#include "map/map_label.h"
#include "map/map_read.h"
#include "svg/svg_text.h"

const char *const map_metric_names[MAP_METRICS] = {"NPS", "CSAT", "CES"};

static const char *const note_kinds[MAP_NOTE_KINDS] = {"does", "thinks", "feels", "barrier", "idea",
													   "change"};

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

enum
{
	NOTE_SEGMENT = 1,
	NOTE_STAGE,
	NOTE_POSITION,
	NOTE_TOUCHPOINT,
	NOTE_KIND,
	NOTE_TEXT,
	NOTE_DAY
};

enum
{
	SCORE_STAGE = 1,
	SCORE_POSITION,
	SCORE_METRIC,
	SCORE_RESPONSES,
	SCORE_VALUE,
	SCORE_LOW,
	SCORE_HIGH,
	SCORE_ENOUGH,
	SCORE_CHANGE,
	SCORE_SURE,
	SCORE_TARGET,
	SCORE_GAP,
	SCORE_IMPACT
};

enum
{
	BARRIER_TOUCHPOINT = 1,
	BARRIER_METRIC,
	BARRIER_IMPACT
};

/* One row of what SPI returned. */
typedef struct Row
{
	HeapTuple	tuple;
	TupleDesc	desc;
} Row;

/* A column as text in the encoding of the database; NULL for NULL. */
static char *
row_key(const Row *row, int column)
{
	return SPI_getvalue(row->tuple, row->desc, column);
}

static char *
row_text(const Row *row, int column)
{
	return map_label(row_key(row, column));
}

static bool
row_bool(const Row *row, int column)
{
	bool		isnull;
	Datum		value = SPI_getbinval(row->tuple, row->desc, column, &isnull);

	return !isnull && DatumGetBool(value);
}

/* The place of a stage; one without any comes last. */
static int
row_position(const Row *row, int column)
{
	bool		isnull;
	Datum		value = SPI_getbinval(row->tuple, row->desc, column, &isnull);

	return isnull ? INT_MAX : DatumGetInt32(value);
}

static void
fill_cell(MapCell *cell, const Row *row)
{
	bool		isnull;
	Datum		value;

	cell->touchpoint = row_text(row, CELL_TOUCHPOINT);
	value = SPI_getbinval(row->tuple, row->desc, CELL_RESPONSES, &isnull);
	cell->responses = isnull ? 0 : DatumGetInt64(value);
	for (int i = 0; i < MAP_METRICS; i++)
	{
		cell->metrics[i].value = row_text(row, CELL_METRICS + 3 * i);
		cell->metrics[i].low = row_text(row, CELL_METRICS + 3 * i + 1);
		cell->metrics[i].high = row_text(row, CELL_METRICS + 3 * i + 2);
		cell->metrics[i].target = row_text(row, CELL_TARGETS + 2 * i);
		cell->metrics[i].gap = row_text(row, CELL_TARGETS + 2 * i + 1);
	}
	value = SPI_getbinval(row->tuple, row->desc, CELL_EMOTION, &isnull);
	cell->has_emotion = !isnull;
	cell->emotion = isnull ? 0 : Max(-2.0, Min(2.0, DatumGetFloat8(value)));
	cell->enough = row_bool(row, CELL_ENOUGH);
	cell->barrier = row_bool(row, CELL_BARRIER);
	cell->impact.metric = row_text(row, CELL_BARRIER_METRIC);
	cell->impact.points = row_text(row, CELL_IMPACT);
}

static bool
same_key(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The stage of that name; a new one is added at its place.  NULL is a stage too. */
static MapStage *
find_stage(JourneyMap *map, const char *key, int position)
{
	MapStage  **at = &map->stages;
	MapStage   *stage;

	for (stage = map->stages; stage != NULL; stage = stage->next)
		if (same_key(stage->key, key))
			return stage;
	while (*at != NULL && (*at)->position <= position)
		at = &(*at)->next;
	stage = palloc0(sizeof(MapStage));
	stage->key = key == NULL ? NULL : pstrdup(key);
	stage->label = map_stage_label(key, map->polish);
	stage->position = position;
	stage->next = *at;
	*at = stage;
	map->stage_count++;
	return stage;
}

static void
add_cell(JourneyMap *map, const Row *row)
{
	MapStage   *stage = find_stage(map, row_key(row, CELL_STAGE), row_position(row, CELL_POSITION));
	MapCell    *cell = palloc0(sizeof(MapCell));

	fill_cell(cell, row);
	if (stage->cells == NULL)
		stage->cells = cell;
	else
		stage->last_cell->next = cell;
	stage->last_cell = cell;
	stage->cell_count++;
	map->cell_count++;
	map->barrier_count += cell->barrier;
	map->responses += cell->responses;
	for (int i = 0; i < MAP_METRICS; i++)
	{
		map->has_metric[i] |= cell->metrics[i].value != NULL;
		map->has_target[i] |= cell->metrics[i].value != NULL && cell->metrics[i].target != NULL;
	}
}

/* What a note is about, in front of it; the persona behind it where the picture shows them all. */
static char *
note_text(const JourneyMap *map, const Row *row, MapNoteKind kind)
{
	char	   *note = row_text(row, NOTE_TEXT);
	char	   *touchpoint = row_text(row, NOTE_TOUCHPOINT);
	char	   *segment = row_text(row, NOTE_SEGMENT);
	StringInfoData text;

	initStringInfo(&text);
	if (kind == MAP_CHANGE && row_key(row, NOTE_DAY) != NULL)
		appendStringInfo(&text, "%s: ", row_key(row, NOTE_DAY));
	if (touchpoint != NULL && touchpoint[0] != '\0')
		appendStringInfo(&text, "%s: ", touchpoint);
	appendStringInfoString(&text, note == NULL ? "" : note);
	if (kind < MAP_NOTE_KINDS && map->segment == NULL && segment != NULL && segment[0] != '\0')
		appendStringInfo(&text, " (%s)", segment);
	return text.data;
}

/* The kind of that name; MAP_NOTE_KINDS for one that pictures do not know. */
static int
note_kind(const char *name)
{
	int			kind = 0;

	while (kind < MAP_NOTE_KINDS && (name == NULL || strcmp(name, note_kinds[kind]) != 0))
		kind++;
	return kind;
}

/* Where a note of a stage, or of the whole, belongs. */
static MapNotes *
find_notes(JourneyMap *map, const Row *row, int kind)
{
	const char *key = row_key(row, NOTE_STAGE);
	MapStage   *stage = key == NULL ? &map->whole :
		find_stage(map, key, row_position(row, NOTE_POSITION));

	return &stage->notes[kind];
}

/* Notes about other personas are left out; those of the persona itself are of just this one. */
static void
add_note(JourneyMap *map, const Row *row, const char *segment)
{
	const char *name = row_key(row, NOTE_KIND);
	const char *about = row_key(row, NOTE_SEGMENT);
	int			kind = note_kind(name);
	bool		of_persona = name != NULL && strcmp(name, "persona") == 0;
	MapNotes   *notes;
	MapNote    *note;

	if (of_persona ? !same_key(segment, about) :
		kind == MAP_NOTE_KINDS || (segment != NULL && about != NULL && strcmp(segment, about) != 0))
		return;
	notes = of_persona ? &map->persona : find_notes(map, row, kind);
	note = palloc0(sizeof(MapNote));
	note->kind = kind;
	note->note = note_text(map, row, kind);
	note->is_quoted = svg_is_quoted(note->note, strlen(note->note));
	if (notes->first == NULL)
		notes->first = note;
	else
		notes->last->next = note;
	notes->last = note;
}

/*
 * Run a query of the map; its rows are read outside of SPI's memory.  It runs under the
 * search_path of the caller, by which the map is found, so that functions, operators and
 * types have their schema in it.
 */
static void
run(const char *query, int nargs, const Datum *args, const char *nulls)
{
	Oid			types[3] = {TEXTOID, TEXTOID, DATERANGEOID};

	if (SPI_execute_with_args(query, nargs, types, unconstify(Datum *, args), nulls, true, 0) !=
		SPI_OK_SELECT)
		elog(ERROR, "a query of the journey map failed: %s", query);
}

static void
read_cells(JourneyMap *map, const Datum *args, const char *nulls, MemoryContext result)
{
	run("SELECT stage, stage_position, touchpoint, responses,"
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
		3, args, nulls);
	MemoryContextSwitchTo(result);
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		Row			row = {SPI_tuptable->vals[i], SPI_tuptable->tupdesc};

		CHECK_FOR_INTERRUPTS();
		add_cell(map, &row);
	}
}

/* Of several metrics the first one counts, and NPS comes before CSAT before CES. */
static void
set_impact(MapImpact *impact, const char *metric, char *points)
{
	if (impact->metric != NULL || points == NULL)
		return;
	impact->metric = metric;
	impact->points = points;
}

/* Position 0 is the whole journey. */
static void
add_score(JourneyMap *map, const Row *row)
{
	const char *metric = row_text(row, SCORE_METRIC);
	int			position = row_position(row, SCORE_POSITION);
	MapStage   *stage = position == 0 ? &map->whole :
		find_stage(map, row_key(row, SCORE_STAGE), position);
	MapScore   *score;
	bool		isnull;
	Datum		responses = SPI_getbinval(row->tuple, row->desc, SCORE_RESPONSES, &isnull);
	int			i = 0;

	while (i < MAP_METRICS && (metric == NULL || strcmp(metric, map_metric_names[i]) != 0))
		i++;
	if (i == MAP_METRICS)
		return;
	score = &stage->scores[i];
	score->responses = isnull ? 0 : DatumGetInt64(responses);
	score->value = row_text(row, SCORE_VALUE);
	score->low = row_text(row, SCORE_LOW);
	score->high = row_text(row, SCORE_HIGH);
	score->enough = row_bool(row, SCORE_ENOUGH);
	score->change = row_text(row, SCORE_CHANGE);
	score->sure = row_bool(row, SCORE_SURE);
	score->target = row_text(row, SCORE_TARGET);
	score->gap = row_text(row, SCORE_GAP);
	/* where it is all of the stage, the card of the touchpoint says it */
	if (stage->cell_count > 1)
		set_impact(&stage->impact, map_metric_names[i], row_text(row, SCORE_IMPACT));
	map->barrier_count += stage->impact.metric != NULL;
	map->has_change |= score->change != NULL;
	if (position == 0)
		map->has_whole_target |= score->target != NULL;
	else
		map->has_stage_target[i] |= score->target != NULL;
}

static void
read_scores(JourneyMap *map, const Datum *args, const char *nulls, MemoryContext result)
{
	run("SELECT stage, stage_position, pg_catalog.upper(metric), responses,"
		" pg_catalog.round(value, d.decimals), pg_catalog.round(low, d.decimals),"
		" pg_catalog.round(high, d.decimals), enough, pg_catalog.round(change, d.decimals),"
		" change_p_value OPERATOR(pg_catalog.<) 0.05::double precision,"
		" pg_catalog.trim_scale(pg_catalog.round(target, d.decimals)),"
		" pg_catalog.round(gap, d.decimals), pg_catalog.round(impact, d.decimals)"
		" FROM cxjourney_internal.journey_map_scores_steps($1, $2, $3),"
		" LATERAL (SELECT CASE WHEN metric OPERATOR(pg_catalog.=) 'ces' THEN 2 ELSE 1 END)"
		" AS d(decimals)",
		3, args, nulls);
	MemoryContextSwitchTo(result);
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		Row			row = {SPI_tuptable->vals[i], SPI_tuptable->tupdesc};

		CHECK_FOR_INTERRUPTS();
		add_score(map, &row);
	}
}

/* A touchpoint at all of its stages. */
static void
add_barrier(JourneyMap *map, const Row *row)
{
	const char *touchpoint = row_text(row, BARRIER_TOUCHPOINT);

	for (MapStage *stage = map->stages; stage != NULL; stage = stage->next)
		for (MapCell *cell = stage->cells; cell != NULL; cell = cell->next)
			if (same_key(cell->touchpoint, touchpoint))
				set_impact(&cell->overall, row_text(row, BARRIER_METRIC),
						   row_text(row, BARRIER_IMPACT));
	map->has_overall = true;
	map->barrier_count++;
}

static void
read_barriers(JourneyMap *map, const Datum *args, const char *nulls, MemoryContext result)
{
	run("SELECT touchpoint, pg_catalog.upper(metric),"
		" pg_catalog.round(impact, CASE WHEN metric OPERATOR(pg_catalog.=) 'ces' THEN 2 ELSE 1 END)"
		" FROM cxjourney_internal.journey_map_barriers_steps($1, $2, $3)"
		" WHERE stage OPERATOR(pg_catalog.=) '(all)'",
		3, args, nulls);
	MemoryContextSwitchTo(result);
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		Row			row = {SPI_tuptable->vals[i], SPI_tuptable->tupdesc};

		CHECK_FOR_INTERRUPTS();
		add_barrier(map, &row);
	}
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

static void
read_notes(JourneyMap *map, const char *schema, const char *name, const char *segment,
		   MemoryContext result)
{
	run(psprintf("SELECT n.segment, n.stage, pg_catalog.array_position(d.stages, n.stage), "
				 "n.touchpoint, n.kind, n.note,"
				 " pg_catalog.to_char(n.noted_at AT TIME ZONE d.timezone, 'YYYY-MM-DD')"
				 " FROM %s AS n CROSS JOIN %s AS d ORDER BY n.id",
				 quote_qualified_identifier(schema, psprintf("%s_notes", name)),
				 quote_qualified_identifier(schema, psprintf("%s_definition", name))),
		0, NULL, NULL);
	MemoryContextSwitchTo(result);
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		Row			row = {SPI_tuptable->vals[i], SPI_tuptable->tupdesc};

		CHECK_FOR_INTERRUPTS();
		add_note(map, &row, segment);
	}
}

/* The days of the first answer and of the last one. */
static void
read_days(JourneyMap *map, const char *schema, const char *name, const Datum *args,
		  const char *nulls, MemoryContext result)
{
	Row			row;

	run(psprintf("SELECT pg_catalog.to_char(pg_catalog.min(s.first_at) AT TIME ZONE d.timezone, "
				 "'YYYY-MM-DD'),"
				 " pg_catalog.to_char(pg_catalog.max(s.last_at) AT TIME ZONE d.timezone,"
				 " 'YYYY-MM-DD')"
				 " FROM %s AS s CROSS JOIN %s AS d WHERE $1 IS NOT NULL AND ($2 IS NULL OR"
				 " s.segment OPERATOR(pg_catalog.=) $2)"
				 " AND ($3 IS NULL OR (s.bucket AT TIME ZONE d.timezone)::pg_catalog.date"
				 " OPERATOR(pg_catalog.<@) $3) GROUP BY d.timezone",
				 quote_qualified_identifier(schema, psprintf("%s_summaries", name)),
				 quote_qualified_identifier(schema, psprintf("%s_definition", name))),
		3, args, nulls);
	if (SPI_processed == 0)
		return;
	MemoryContextSwitchTo(result);
	row.tuple = SPI_tuptable->vals[0];
	row.desc = SPI_tuptable->tupdesc;
	map->from_day = row_text(&row, 1);
	map->to_day = row_text(&row, 2);
}

static void
read_map(JourneyMap *map, const MapRequest *request, MemoryContext result)
{
	const char	nulls[4] = {' ', request->segment == NULL ? 'n' : ' ',
							request->all_time ? 'n' : ' ', '\0'};
	Datum		args[3] = {CStringGetTextDatum(request->name), (Datum) 0, request->period};
	const char *schema;

	if (request->segment != NULL)
		args[1] = CStringGetTextDatum(request->segment);
	read_cells(map, args, nulls, result);
	read_scores(map, args, nulls, result);
	read_barriers(map, args, nulls, result);
	schema = map_schema(request->name);
	if (schema == NULL)
		return;
	read_notes(map, schema, request->name, request->segment, result);
	read_days(map, schema, request->name, args, nulls, result);
}

/* Everything that a picture of the map shows. */
JourneyMap *
journey_map_read(const MapRequest *request)
{
	MemoryContext result = CurrentMemoryContext;
	JourneyMap *map = palloc0(sizeof(JourneyMap));

	map->polish = request->polish;
	map->title = request->title != NULL ? map_label(request->title) : map_title(request->name);
	map->segment = map_label(request->segment);
	if (SPI_connect() != SPI_OK_CONNECT)
		elog(ERROR, "SPI_connect failed");
	read_map(map, request, result);
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

/*
 * Whether the encoding of the database may lack a character, so that it is to be written as
 * a number.
 */
bool
map_needs_ascii(void)
{
	return GetDatabaseEncoding() != PG_UTF8;
}

text *
map_text_result(StringInfo utf8)
{
	return cstring_to_text_with_len(utf8->data, utf8->len);
}
