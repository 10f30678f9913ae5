/*
 * journey_map_trust.h
 *		Whose code the expressions of a journey map run.
 */
#ifndef JOURNEY_MAP_TRUST_H
#define JOURNEY_MAP_TRUST_H

#include "postgres.h"

#include "nodes/nodes.h"

extern void require_trusted_code(Node *expression);

#endif							/* JOURNEY_MAP_TRUST_H */
