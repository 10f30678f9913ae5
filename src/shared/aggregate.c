/*
 * aggregate.c
 *		What the state functions of all aggregates share; see aggregate.h.
 */
#include "postgres.h"

#include "fmgr.h"

#include "shared/aggregate.h"

/* 0A000; the aggregates are those to use instead. */
void
aggregate_reject_outside(const char *aggregates)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("state function called outside an aggregate"),
			 errhint("Use %s.", aggregates)));
}

/* 0A000: in an aggregate of somebody else's, an inverse function takes away from nothing. */
void
aggregate_reject_no_state(const char *aggregates)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("inverse state function called without a state"),
			 errhint("Use %s.", aggregates)));
}

/* 22004 */
void
aggregate_reject_null(const char *what, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			 errmsg("%s must not be null", what),
			 errhint("%s", hint)));
}

uint32		aggregate_mark_of_process = 0;

/* Not at the start of the library, which may be that of the process all others come from. */
void
aggregate_make_mark(void)
{
	do
	{
		if (!pg_strong_random(&aggregate_mark_of_process, sizeof(uint32)))
			ereport(ERROR,
					(errcode(ERRCODE_INTERNAL_ERROR),
					 errmsg("could not generate a random number")));
	} while (aggregate_mark_of_process == 0);
}

#ifdef __SANITIZE_ADDRESS__

static void
free_exact(void *state)
{
	free(state);
}

/* A larger piece of memory is one of malloc()'s own. */
#define LARGEST_CHUNK 8192

/*
 * A build with AddressSanitizer gets every state in memory of exactly its size, for
 * this row: so one byte past it is found, which in a chunk of PostgreSQL's own
 * would not be.
 */
static struct varlena *
exact(struct varlena *state)
{
	MemoryContextCallback *callback;
	struct varlena *copy;

	if (VARSIZE(state) > LARGEST_CHUNK)
		return state;
	callback = palloc0(sizeof(MemoryContextCallback));
	copy = malloc(VARSIZE(state));
	if (copy == NULL)
		elog(ERROR, "out of memory");
	memcpy(copy, state, VARSIZE(state));
	callback->func = free_exact;
	callback->arg = copy;
	MemoryContextRegisterResetCallback(CurrentMemoryContext, callback);
	return copy;
}

#else

static struct varlena *
exact(struct varlena *state)
{
	return state;
}

#endif

/* A state that is wrapped in some way; the copy is in the memory of this row. */
struct varlena *
aggregate_unwrap(struct varlena *state)
{
	return exact(pg_detoast_datum(state));
}
