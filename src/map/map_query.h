/*
 * map_query.h
 *		The queries by which the pictures of a journey map read it, with the rights of the
 *		reader.
 */
#ifndef MAP_QUERY_H
#define MAP_QUERY_H

#include "postgres.h"

#include "executor/spi.h"

#include "map/map_read.h"

/* What the queries are for; they have the name, the segment and the period as parameters. */
typedef struct MapQuery
{
	JourneyMap *map;
	const MapRequest *request;
	const char *schema;			/* of the tables and views of the map */
	MemoryContext result;		/* where what is read is kept */
	struct Report *report;		/* what is read for it, where it is no part of the map */
} MapQuery;

/* One row of what SPI returned. */
typedef struct MapRow
{
	HeapTuple	tuple;
	TupleDesc	desc;
} MapRow;

typedef void (*MapRowUse) (const MapQuery *query, const MapRow *row);

#pragma GCC visibility push(hidden)

extern void map_each_row(const MapQuery *query, const char *sql, MapRowUse use);
extern const char *map_relation(const MapQuery *query, const char *ending);
extern char *map_row_key(const MapRow *row, int column);
extern char *map_row_text(const MapRow *row, int column);
extern bool map_row_bool(const MapRow *row, int column);
extern int64 map_row_count(const MapRow *row, int column);
extern int	map_row_position(const MapRow *row, int column);
extern int	map_find_name(const char *const *names, int count, const char *name);
extern bool map_same_key(const char *a, const char *b);
extern MapStage *map_find_stage(JourneyMap *map, const char *key, int position);

/* map_read_scores.c */
extern void map_read_scores(const MapQuery *query);
extern void map_read_barriers(const MapQuery *query);

/* map_read_notes.c */
extern void map_read_notes(const MapQuery *query);

#pragma GCC visibility pop

#endif							/* MAP_QUERY_H */
