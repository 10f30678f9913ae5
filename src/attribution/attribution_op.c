/*
 * attribution_op.c
 *		Operators of journey_attribution.
 */
#include "postgres.h"

#include "fmgr.h"

#include "attribution/attribution_datum.h"
#include "shared/value_ops.h"

/* The bytes of a packed value that say what it is: all after the version. */
#define CONTENT(a) ((const unsigned char *) &(a)->flags)
#define CONTENT_SIZE(a) (VARSIZE(a) - offsetof(Attribution, flags))

/* journey_attribution + journey_attribution */
PG_FUNCTION_INFO_V1(attribution_add);
Datum
attribution_add(PG_FUNCTION_ARGS)
{
	AttributionState *state = attribution_unpack((struct varlena *) PG_GETARG_POINTER(0));

	state = attribution_merge(state, (struct varlena *) PG_GETARG_POINTER(1));
	PG_RETURN_POINTER(attribution_finish(state));
}

CONTENT_COMPARISON(compare_args, Attribution, PG_GETARG_ATTRIBUTION);
COMPARISONS(attribution, compare_args);
HASHES(attribution_hash, Attribution, PG_GETARG_ATTRIBUTION);
