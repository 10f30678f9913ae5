/*
 * aggregate.h
 *		What the state functions of all aggregates share: being called by an
 *		aggregate, and the state in argument 0.
 *
 * Whoever may create a function, be it in pg_temp, can make an aggregate of state
 * functions from here and of his own.  The state is then any value of its type
 * that one of his returned: behind a short header, compressed, out of line, packed
 * or still growing, on another scale, of another path.  PostgreSQL copies it into
 * the aggregate's memory byte by byte and hands it on.  So a function here trusts
 * its state as little as a value from a table: it unwraps it, and looks at its
 * format, its length and its parameters, before it reads or changes anything else.
 *
 * What PostgreSQL hands to a function within an aggregate is the aggregate's own,
 * so a state without a wrapping may be changed where it stands.  Outside of one it
 * may be a row of a table, hence aggregate_require().
 *
 * A state that grows in place has hash tables and lengths in it, and to look at all
 * of them at every row would cost more than the row.  So such a state carries the
 * mark of the process that made it, a number that is random and new for each: with
 * this mark it has come from here unchanged, because SQL cannot write the bytes of a
 * value.  One with another mark, from a table or another process, is read in all its
 * parts, as any stored value is, and counting goes on in a new state.
 *
 * Values of the pseudo-type internal come from elsewhere as well, but only a
 * superuser can make an aggregate whose state is one (DefineAggregate() in
 * PostgreSQL), and no function hands one out unless an aggregate calls it.  What is
 * kept of them begins with a mark all the same, see events/event_state.h.
 */
#ifndef AGGREGATE_H
#define AGGREGATE_H

#include "postgres.h"

#include "fmgr.h"

#include "shared/compat.h"

#pragma GCC visibility push(hidden)

pg_noreturn extern void aggregate_reject_outside(const char *aggregates);
pg_noreturn extern void aggregate_reject_no_state(const char *aggregates);
pg_noreturn extern void aggregate_reject_null(const char *what, const char *hint);
extern struct varlena *aggregate_unwrap(struct varlena *state);
extern uint32 aggregate_mark_of_process;
extern void aggregate_make_mark(void);

#pragma GCC visibility pop

/* 0A000 unless an aggregate calls; returns AGG_CONTEXT_AGGREGATE or AGG_CONTEXT_WINDOW. */
static inline int
aggregate_require(FunctionCallInfo fcinfo, const char *aggregates)
{
	int			context = AggCheckCallContext(fcinfo, NULL);

	if (unlikely(context == 0))
		aggregate_reject_outside(aggregates);
	return context;
}

/* 22004 where an argument that all rows have is NULL */
static inline void
aggregate_require_argument(FunctionCallInfo fcinfo, int argno, const char *what, const char *hint)
{
	if (unlikely(PG_ARGISNULL(argno)))
		aggregate_reject_null(what, hint);
}

/*
 * The state in argument 0, which is not NULL, behind a header of four bytes and
 * aligned.  What it says is still to be looked at.
 */
static inline struct varlena *
aggregate_state(FunctionCallInfo fcinfo)
{
	struct varlena *state = (struct varlena *) PG_GETARG_POINTER(0);

#ifndef __SANITIZE_ADDRESS__
	if (likely(VARATT_IS_4B_U(state)))
		return state;
#endif
	return aggregate_unwrap(state);
}

/* The mark of the states that this process makes; not 0. */
static inline uint32
aggregate_mark(void)
{
	if (unlikely(aggregate_mark_of_process == 0))
		aggregate_make_mark();
	return aggregate_mark_of_process;
}

/*
 * Is that a value of so many bytes, behind a header of four?  One comparison, once a
 * row, with the length word that SET_VARSIZE() would write.
 */
static inline bool
aggregate_has_size(const void *state, uint32 size)
{
#ifndef WORDS_BIGENDIAN
	size <<= 2;
#endif
	return ((const varattrib_4b *) state)->va_4byte.va_header == size;
}

/* What a row that does not count leaves behind. */
static inline Datum
aggregate_unchanged(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

#endif							/* AGGREGATE_H */
