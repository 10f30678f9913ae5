/*
 * map_column.h
 *		The columns of a source, and what a name that is not among them may have meant.
 */
#ifndef MAP_COLUMN_H
#define MAP_COLUMN_H

#include "postgres.h"

#include "nodes/nodes.h"
#include "utils/rel.h"

/* An argument of create_journey_map that reads from a row of the source. */
typedef struct MapArgument
{
	const char *label;			/* which argument it is */
	const char *text;			/* what the caller wrote */
	Relation	source;
} MapArgument;

#pragma GCC visibility push(hidden)

extern Node *exact_column(const MapArgument *argument);
extern void require_column(const MapArgument *argument, const Node *parsed);
extern const char *meant_instead(const MapArgument *argument);

#pragma GCC visibility pop

#endif							/* MAP_COLUMN_H */
