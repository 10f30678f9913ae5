/*
 * map_trust.h
 *		Whose code the expressions of a journey map run.
 */
#ifndef MAP_TRUST_H
#define MAP_TRUST_H

#include "postgres.h"

#include "nodes/nodes.h"
#include "utils/relcache.h"

#pragma GCC visibility push(hidden)

/* map_trust.c */
extern bool map_trusts_role(Oid role);
extern Oid map_relation_owner(Oid relation);
extern bool map_may_use(Oid relation);
extern bool map_trusts_function(Oid function);
extern void refuse_temporary(const char *what, const char *name, Oid schema);
extern void require_trusted_type(Oid type);
extern void require_trusted_code(Node *expression);

/* map_schema.c */
extern bool map_member(Oid class, Oid object);
extern Relation map_open_relation(Oid id);
extern bool map_schema_owner_trusted(Oid schema);
extern void refuse_open_schema(const char *what, const char *name, Oid schema, bool member);
extern void require_closed_schema(Node *node);

/* map_guard.c */
extern bool map_guard(Oid relation, bool right);
extern void map_guard_calls(void);

/* map_capture.c */
extern void map_refuse_captured(Node *node);

#pragma GCC visibility pop

#endif							/* MAP_TRUST_H */
