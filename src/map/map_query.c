/*
 * map_query.c
 *		The queries by which the pictures of a journey map read it.
 *
 * A query runs under the search_path of the caller, by which the map is found, so that
 * functions, operators and types have their schema in it.  Its rows are read outside of
 * SPI's memory.
 */
#include "postgres.h"

#include <limits.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "map/map_label.h"
#include "svg/svg_draw.h"
#include "map/map_query.h"

void
map_each_row(const MapQuery *query, const char *sql, MapRowUse use)
{
	const MapRequest *request = query->request;
	Oid			types[3] = {TEXTOID, TEXTOID, DATERANGEOID};
	Datum		args[3] = {CStringGetTextDatum(request->name), (Datum) 0, request->period};
	const char	nulls[4] = {' ', request->segment == NULL ? 'n' : ' ',
							request->all_time ? 'n' : ' ', '\0'};

	if (request->segment != NULL)
		args[1] = CStringGetTextDatum(request->segment);
	if (SPI_execute_with_args(sql, 3, types, args, nulls, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "a query of the journey map failed: %s", sql);
	MemoryContextSwitchTo(query->result);
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		MapRow		row = {SPI_tuptable->vals[i], SPI_tuptable->tupdesc};

		CHECK_FOR_INTERRUPTS();
		use(query, &row);
	}
}

/* A table or view of the map, by the ending of its name. */
const char *
map_relation(const MapQuery *query, const char *ending)
{
	return quote_qualified_identifier(query->schema,
									  psprintf("%s_%s", query->request->name, ending));
}

/* A column as text in the encoding of the database; NULL for NULL. */
char *
map_row_key(const MapRow *row, int column)
{
	return SPI_getvalue(row->tuple, row->desc, column);
}

char *
map_row_text(const MapRow *row, int column)
{
	return svg_label(map_row_key(row, column));
}

bool
map_row_bool(const MapRow *row, int column)
{
	bool		isnull;
	Datum		value = SPI_getbinval(row->tuple, row->desc, column, &isnull);

	return !isnull && DatumGetBool(value);
}

/* The place of a stage; one without any comes last. */
int
map_row_position(const MapRow *row, int column)
{
	bool		isnull;
	Datum		value = SPI_getbinval(row->tuple, row->desc, column, &isnull);

	return isnull ? INT_MAX : DatumGetInt32(value);
}

/* 0 for NULL. */
int64
map_row_count(const MapRow *row, int column)
{
	bool		isnull;
	Datum		value = SPI_getbinval(row->tuple, row->desc, column, &isnull);

	return isnull ? 0 : DatumGetInt64(value);
}

/* The place of a name in a list, which is its length for one that is not in it. */
int
map_find_name(const char *const *names, int count, const char *name)
{
	int			i = 0;

	while (i < count && (name == NULL || strcmp(name, names[i]) != 0))
		i++;
	return i;
}

bool
map_same_key(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The stage of that name; a new one is added at its place.  NULL is a stage too. */
MapStage *
map_find_stage(JourneyMap *map, const char *key, int position)
{
	MapStage  **at = &map->stages;
	MapStage   *stage;

	for (stage = map->stages; stage != NULL; stage = stage->next)
		if (map_same_key(stage->key, key))
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
