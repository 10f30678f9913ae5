/*
 * terms_datum.h
 *		What the SQL-callable files about terms share: unpacking summaries from
 *		arguments, counting, packing the result, and the errors.
 */
#ifndef TERMS_DATUM_H
#define TERMS_DATUM_H

#include "postgres.h"

#include "fmgr.h"

#include "shared/compat.h"
#include "shared/value_error.h"
#include "shared/value_json.h"
#include "terms/terms.h"

/*
 * A state that is being filled.  It may move to the current memory context when
 * it grows; the one it began with stays the caller's to free.
 */
typedef struct TermsBuilder
{
	TermsState *state;
	const TermsState *given;
} TermsBuilder;

#pragma GCC visibility push(hidden)

/* terms_json.c */
extern const ValueJson terms_json;

/* terms_datum.c */
extern TermsHeader *terms_detoast(struct varlena *datum);
extern void terms_open(const TermsHeader *header, Terms *terms);
extern TermsHeader *terms_packed(const Terms *terms);
extern Term *terms_allocate(Size count);
extern TermsState *terms_state_new(void);
extern TermsState *terms_state_of(struct varlena *value);
extern void terms_sort(const TermsState *state, Terms *terms);
extern void terms_collect_term(TermsBuilder *b, const char *text, uint32 length, int64 count);
extern void terms_collect_comments(TermsBuilder *b, int64 comments);
extern void terms_collect_all(TermsBuilder *b, const Terms *terms);
pg_noreturn extern void terms_reject_overflow(void);

#pragma GCC visibility pop

/* A stored value that this library cannot read; XX001. */
#define terms_reject_stored()	value_reject_stored("term_summary")

#define PG_GETARG_TERMS(n) \
	terms_detoast((struct varlena *) PG_GETARG_POINTER(n))

#endif							/* TERMS_DATUM_H */
