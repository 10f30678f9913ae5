/*
 * map_label.h
 *		Texts of a journey map as its pictures show them.
 */
#ifndef MAP_LABEL_H
#define MAP_LABEL_H

#include "postgres.h"

#pragma GCC visibility push(hidden)

extern char *map_title(const char *name);
extern char *map_stage_label(const char *key, bool polish);

#pragma GCC visibility pop

#endif							/* MAP_LABEL_H */
