/*
 * map_refuse.h
 *		What an expression of a journey map may not have.
 */
#ifndef MAP_REFUSE_H
#define MAP_REFUSE_H

#include "postgres.h"

#include "nodes/nodes.h"
#include "parser/parse_node.h"
#include "utils/rel.h"

#pragma GCC visibility push(hidden)

/* 0A000: a journey map cannot use that. */
extern void map_refuse(const char *what);
extern void map_refuse_more_than_a_row(const ParseState *pstate);

/* System columns, whole rows, and generated columns that triggers may see empty. */
extern void map_refuse_columns(Node *expression, Relation source);

/* The time, the user and the settings of the session. */
extern void map_refuse_clock(Node *expression);

#pragma GCC visibility pop

#endif							/* MAP_REFUSE_H */
