/*
 * map_call.h
 *		How the errors of a journey map speak to people.
 */
#ifndef MAP_CALL_H
#define MAP_CALL_H

#include "postgres.h"

/* A line of CONTEXT that begins so is kept; all others are inner workings. */
#define MAP_CONTEXT "argument \""

#pragma GCC visibility push(hidden)

/* What messages are about, "journey map" or "journey table", and in a word; each entry says it. */
extern void map_use_kind(const text *kind);
extern const char *map_kind(void);
extern const char *map_word(void);

/* Whether what runs now runs in such a function. */
extern bool map_is_called(void);

/* Holds until AtEOXact_GUC. */
extern void map_use_setting(const char *name, const char *value);

#pragma GCC visibility pop

#endif							/* MAP_CALL_H */
