/*
 * breakdown_datum.h
 *		What the SQL-callable files about breakdowns share: unpacking them from
 *		arguments, counting by label, packing the result, and the errors.
 */
#ifndef BREAKDOWN_DATUM_H
#define BREAKDOWN_DATUM_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/numeric.h"

#include "breakdown/breakdown.h"
#include "rating/rating_datum.h"
#include "shared/compat.h"
#include "shared/value_error.h"
#include "shared/value_json.h"

/*
 * A state that is being filled.  It may move to the current memory context when it
 * grows; the one it began with stays the caller's to free.
 */
typedef struct BreakdownBuilder
{
	BreakdownState *state;
	const BreakdownState *given;
} BreakdownBuilder;

#pragma GCC visibility push(hidden)

/* breakdown_json.c */
extern const ValueJson breakdown_json;

/* breakdown_datum.c */
extern void breakdown_open(struct varlena *value, Breakdown *b);
extern void breakdown_arg(FunctionCallInfo fcinfo, int n, Breakdown *b);
extern BreakdownHeader *breakdown_packed(const Breakdown *b);
extern BreakdownState *breakdown_state_new(void);
extern BreakdownState *breakdown_state_of(struct varlena *value);
extern void breakdown_collect(BreakdownBuilder *b, JourneyLabel label,
							  const RatingSummary *summary);
extern void breakdown_collect_all(BreakdownBuilder *b, const Breakdown *from);
extern void breakdown_remove(BreakdownBuilder *b, JourneyLabel label,
							 const RatingSummary *summary);
extern void breakdown_remove_all(BreakdownBuilder *b, const Breakdown *from);
extern JourneyLabel breakdown_label_arg(FunctionCallInfo fcinfo, int n);
extern Datum breakdown_label_datum(JourneyLabel label);
extern char *breakdown_label_name(JourneyLabel label);
pg_noreturn extern void breakdown_reject_label(JourneyLabel label);

/* breakdown_numeric.c */
extern Numeric exact_add(Numeric a, Numeric b);
extern Numeric exact_sub(Numeric a, Numeric b);
extern Numeric exact_mul(Numeric a, Numeric b);
extern bool exact_less(Numeric a, Numeric b);
extern Numeric exact_abs(Numeric a);
extern Numeric exact_quotient(Numeric numerator, Numeric denominator, int decimals);
extern int64 exact_units(Numeric numerator, Numeric denominator, int decimals);

#pragma GCC visibility pop

/* A stored value that this library cannot read; XX001. */
#define breakdown_reject_stored()	value_reject_stored("rating_breakdown")

#endif							/* BREAKDOWN_DATUM_H */
