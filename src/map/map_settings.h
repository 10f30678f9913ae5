/*
 * map_settings.h
 *		By which settings of whoever writes the value of an expression of a journey map could
 *		become another one.
 */
#ifndef MAP_SETTINGS_H
#define MAP_SETTINGS_H

#include "postgres.h"

#include "nodes/nodes.h"

#pragma GCC visibility push(hidden)

extern bool map_depends_on_settings(Node *expression, Node *planned);
extern bool map_reads_dates(Node *expression);
extern bool map_reads_zones(Node *expression);

#pragma GCC visibility pop

#endif							/* MAP_SETTINGS_H */
