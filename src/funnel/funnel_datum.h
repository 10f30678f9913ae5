/*
 * funnel_datum.h
 *		What the SQL-callable files about stored funnels share: unpacking them from
 *		arguments, counting customers, packing the result, and the errors.
 *
 * To count customers, from any source:
 *
 *		b.state = funnel_state_new(path, within), b.given = NULL
 *		for each customer: journey_funnel_best(..., &chain),
 *			funnel_collect_customer(&b, seen, &chain, values)
 *		funnel_sort(b.state, &funnel), funnel_packed(&funnel)
 *
 * Customers who reach nothing are not counted; only without any journey, or any row,
 * is there no state and the aggregates give NULL.
 */
#ifndef FUNNEL_DATUM_H
#define FUNNEL_DATUM_H

#include "postgres.h"

#include "fmgr.h"

#include "shared/compat.h"
#include "funnel/funnel.h"
#include "shared/value_error.h"
#include "shared/value_json.h"

/*
 * A state that is being filled.  It may move to the current memory context when
 * it grows; the one it began with, if it is given, stays the caller's to free.
 */
typedef struct FunnelBuilder
{
	FunnelState *state;
	const FunnelState *given;
} FunnelBuilder;

#pragma GCC visibility push(hidden)

/* funnel_json.c */
extern const ValueJson funnel_json;

/* funnel_datum.c */
extern FunnelHeader *funnel_detoast(struct varlena *datum);
extern void funnel_open(const FunnelHeader *header, Funnel *funnel);
extern FunnelHeader *funnel_packed(const Funnel *funnel);
extern FunnelState *funnel_state_new(const JourneyPath *path, int64 within);
extern FunnelState *funnel_state_of(struct varlena *value);
extern void funnel_sort(const FunnelState *state, Funnel *funnel);
extern void funnel_collect_customer(FunnelBuilder *b, JourneyItems seen,
									const JourneyFunnelChain *chain, const int64 *values);
extern void funnel_collect_all(FunnelBuilder *b, const Funnel *other);
extern void funnel_collect_step(FunnelBuilder *b, uint32 step, int64 reached,
								Uint128 sum);
extern void funnel_collect_value(FunnelBuilder *b, uint32 step, Int128 value);
extern void funnel_collect_bucket(FunnelBuilder *b, uint32 step, uint32 bucket, int64 count);
extern void funnel_require_same(const FunnelState *state, const JourneyPath *path, int64 within);
extern char *funnel_path_text(const JourneyPath *path);

#pragma GCC visibility pop

/* A stored value that this library cannot read; XX001. */
#define funnel_reject_stored()	value_reject_stored("journey_funnel")

#define PG_GETARG_FUNNEL(n) \
	funnel_detoast((struct varlena *) PG_GETARG_POINTER(n))

#endif							/* FUNNEL_DATUM_H */
