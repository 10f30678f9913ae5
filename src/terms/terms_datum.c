/*
 * terms_datum.c
 *		What the SQL-callable files about terms share; see terms_datum.h.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "shared/aggregate.h"
#include "terms/terms_datum.h"

/* 54000 */
pg_noreturn static void
reject_size(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("a term_summary is at most one gigabyte large"),
			 errhint("Its size grows with the number of different terms: "
					 "are there numbers or addresses among them?")));
}

/* 22003 */
void
terms_reject_overflow(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("more than 9223372036854775807 terms in the comments of a term_summary"),
			 errhint("Are summaries added more than once?")));
}

/* Room for so many terms, in the current memory context. */
Term *
terms_allocate(Size count)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(count, 1) * sizeof(Term));
}

/* What a state has counted, in order; terms go on pointing into it. */
void
terms_sort(const TermsState *state, Terms *terms)
{
	if (!terms_state_check(state, VARSIZE(state)))
		terms_reject_stored();
	terms->terms = terms_allocate(state->terms);
	if (!terms_state_sort(state, terms))
		terms_reject_stored();
}

/* Unpack a summary, or a state; terms go on pointing into it. */
void
terms_open(const TermsHeader *header, Terms *terms)
{
	if (VARSIZE(header) <= sizeof(TermsHeader))
		terms_reject_stored();
	if (terms_is_growing(header))
	{
		terms_sort((const TermsState *) header, terms);
		return;
	}
	if (terms_read_count(header, VARSIZE(header), terms) != TERMS_OK)
		terms_reject_stored();
	terms->terms = terms_allocate(terms->count);
	if (terms_read(header, VARSIZE(header), terms) != TERMS_OK)
		terms_reject_stored();
}

/* Pack terms that are sorted. */
TermsHeader *
terms_packed(const Terms *terms)
{
	TermsHeader *header = MemoryContextAllocHuge(CurrentMemoryContext, terms_pack_bound(terms));
	Size		size = terms_pack(header, terms);

	if (!AllocSizeIsValid(size))
		reject_size();
	SET_VARSIZE(header, size);
	return header;
}

/*
 * A packed summary from a datum that may be compressed, out of line, or behind a
 * short header.  A state that was never finished is packed now.
 */
TermsHeader *
terms_detoast(struct varlena *datum)
{
	TermsHeader *header = (TermsHeader *) PG_DETOAST_DATUM(PointerGetDatum(datum));
	Terms		terms;

	if (VARSIZE(header) <= sizeof(TermsHeader))
		terms_reject_stored();
	if (!terms_is_growing(header))
		return header;
	terms_sort((TermsState *) header, &terms);
	return terms_packed(&terms);
}

/* An empty state, in the current memory context. */
TermsState *
terms_state_new(void)
{
	TermsState *state = palloc(terms_state_smallest());

	SET_VARSIZE(state, terms_state_smallest());
	terms_state_init(state);
	state->mark = aggregate_mark();
	return state;
}

/* The state to count in: the value itself, or a new one with what another value holds. */
TermsState *
terms_state_of(struct varlena *value)
{
	TermsBuilder b;
	Terms		terms;

	if (VARSIZE(value) <= sizeof(TermsHeader))
		terms_reject_stored();
	if (terms_is_growing(value) && VARSIZE(value) >= sizeof(TermsState) &&
		((TermsState *) value)->mark == aggregate_mark())
	{
		if (!terms_state_check((TermsState *) value, VARSIZE(value)))
			terms_reject_stored();
		return (TermsState *) value;
	}
	b.given = NULL;
	b.state = terms_state_new();
	terms_open((TermsHeader *) value, &terms);
	terms_collect_all(&b, &terms);
	return b.state;
}

/* Move the state to a larger place. */
static pg_noinline void
grow(TermsBuilder *b, uint32 text)
{
	Size		bytes = terms_state_grown(b->state, 1, text);
	TermsState *larger;

	if (bytes == 0)
		reject_size();
	larger = palloc(bytes);
	SET_VARSIZE(larger, bytes);
	terms_state_move(larger, b->state, 1, text);
	if (b->state != b->given)
		pfree(b->state);
	b->state = larger;
}

/* Count a term, in so many comments. */
void
terms_collect_term(TermsBuilder *b, const char *text, uint32 length, int64 count)
{
	if (unlikely(!terms_state_has_room(b->state, 1, length)))
		grow(b, length);
	if (unlikely(!terms_state_add(b->state, text, length, count)))
		terms_reject_overflow();
}

void
terms_collect_comments(TermsBuilder *b, int64 comments)
{
	if (unlikely(!terms_state_add_comments(b->state, comments)))
		terms_reject_overflow();
}

/* Add all of another summary. */
void
terms_collect_all(TermsBuilder *b, const Terms *terms)
{
	terms_collect_comments(b, terms->comments);
	for (uint32 i = 0; i < terms->count; i++)
	{
		const Term *term = &terms->terms[i];

		terms_collect_term(b, term->text, term->length, term->count);
		if (i % 65536 == 65535)
			CHECK_FOR_INTERRUPTS();
	}
}
