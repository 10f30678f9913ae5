/*
 * map_trust.h
 *		Whose code the expressions of a journey map run.
 */
#ifndef MAP_TRUST_H
#define MAP_TRUST_H

#include "postgres.h"

#include "nodes/nodes.h"

extern void require_trusted_code(Node *expression);

#endif							/* MAP_TRUST_H */
