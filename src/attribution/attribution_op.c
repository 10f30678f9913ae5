/*
 * attribution_op.c
 *		Operators of journey_attribution.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "fmgr.h"

#include "attribution/attribution_datum.h"

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

/* There is one packed form of a content, so equal values have equal bytes. */
static bool
same(FunctionCallInfo fcinfo)
{
	Attribution *a = PG_GETARG_ATTRIBUTION(0);
	Attribution *b = PG_GETARG_ATTRIBUTION(1);
	bool		result = VARSIZE(a) == VARSIZE(b) &&
		memcmp(CONTENT(a), CONTENT(b), CONTENT_SIZE(a)) == 0;

	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return result;
}

PG_FUNCTION_INFO_V1(attribution_eq);
Datum
attribution_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(same(fcinfo));
}

PG_FUNCTION_INFO_V1(attribution_ne);
Datum
attribution_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!same(fcinfo));
}

HASHES(attribution_hash, Attribution, PG_GETARG_ATTRIBUTION);
