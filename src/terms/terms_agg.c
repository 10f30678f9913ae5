/*
 * terms_agg.c
 *		State functions of term_agg; a summary of one comment; + and -.
 *
 * The state is a summary that is still growing (terms_state.c).  It grows inside its
 * own value, so that a comment costs no copy, and the final function packs it.  What is
 * new is left in the memory of this row: PostgreSQL copies it into the aggregate's memory
 * and frees the state before.
 */
#include "postgres.h"

#include "fmgr.h"
#include "tsearch/ts_type.h"

#include "shared/aggregate.h"
#include "terms/terms_datum.h"

/* Argument 0 to count in, or a new state. */
static TermsBuilder
begin(FunctionCallInfo fcinfo)
{
	TermsBuilder b;

	b.state = PG_ARGISNULL(0) ? terms_state_new() :
		terms_state_of(aggregate_state(fcinfo));
	b.given = b.state;
	return b;
}

/*
 * Is this a word to count?  Equal lexemes are neighbours, as a tsvector is sorted; its
 * binary form can bring along equal and empty ones.
 */
static inline bool
counts(const WordEntry *entries, int i, const char *text)
{
	const WordEntry *word = &entries[i];
	const WordEntry *before = word - 1;

	if (word->len == 0)
		return false;
	return i == 0 || before->len != word->len ||
		memcmp(text + before->pos, text + word->pos, word->len) != 0;
}

/* Count a comment; one without a lexeme does not count. */
static void
collect_comment(TermsBuilder *b, TSVector comment)
{
	const WordEntry *entries = ARRPTR(comment);
	const char *text = STRPTR(comment);
	bool		any = false;

	for (int i = 0; i < comment->size; i++)
		if (counts(entries, i, text))
		{
			terms_collect_term(b, text + entries[i].pos, entries[i].len, 1);
			any = true;
		}
	if (any)
		terms_collect_comments(b, 1);
}

/* terms_accum(term_summary, tsvector): NULL and a comment without a word add nothing */
PG_FUNCTION_INFO_V1(terms_accum);
Datum
terms_accum(PG_FUNCTION_ARGS)
{
	(void) aggregate_require(fcinfo, "term_agg");
	if (!PG_ARGISNULL(1))
	{
		TSVector	comment = PG_GETARG_TSVECTOR(1);

		if (comment->size > 0)
		{
			TermsBuilder b = begin(fcinfo);

			collect_comment(&b, comment);
			PG_RETURN_POINTER(b.state);
		}
	}
	return aggregate_unchanged(fcinfo);
}

/* terms_combine(term_summary, term_summary): strict, so the first one is taken as it is */
PG_FUNCTION_INFO_V1(terms_combine);
Datum
terms_combine(PG_FUNCTION_ARGS)
{
	TermsBuilder b;
	Terms		other;

	(void) aggregate_require(fcinfo, "term_agg");
	b = begin(fcinfo);
	terms_open((TermsHeader *) PG_DETOAST_DATUM(PG_GETARG_DATUM(1)), &other);
	terms_collect_all(&b, &other);
	PG_RETURN_POINTER(b.state);
}

/* terms_final(term_summary): sorted and packed, NULL without any comment; the state stays */
PG_FUNCTION_INFO_V1(terms_final);
Datum
terms_final(PG_FUNCTION_ARGS)
{
	Terms		terms;

	terms_open((TermsHeader *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0)), &terms);
	if (terms.comments == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(terms_packed(&terms));
}

/* term_summary(tsvector): that of one comment */
PG_FUNCTION_INFO_V1(terms_of_comment);
Datum
terms_of_comment(PG_FUNCTION_ARGS)
{
	TermsBuilder b = {terms_state_new(), NULL};
	Terms		terms;

	collect_comment(&b, PG_GETARG_TSVECTOR(0));
	terms_sort(b.state, &terms);
	PG_RETURN_POINTER(terms_packed(&terms));
}

/* term_summary + term_summary */
PG_FUNCTION_INFO_V1(terms_plus);
Datum
terms_plus(PG_FUNCTION_ARGS)
{
	Terms		a;
	Terms		b;
	Terms		sum;

	terms_open(PG_GETARG_TERMS(0), &a);
	terms_open(PG_GETARG_TERMS(1), &b);
	sum.terms = terms_allocate((Size) a.count + b.count);
	if (terms_add(&a, &b, &sum) != TERMS_OK)
		terms_reject_overflow();
	PG_RETURN_POINTER(terms_packed(&sum));
}

/* term_summary - term_summary; 22003 when the right one is no part of the left one */
PG_FUNCTION_INFO_V1(terms_minus);
Datum
terms_minus(PG_FUNCTION_ARGS)
{
	Terms		a;
	Terms		b;
	Terms		difference;

	terms_open(PG_GETARG_TERMS(0), &a);
	terms_open(PG_GETARG_TERMS(1), &b);
	difference.terms = terms_allocate(a.count);
	if (terms_subtract(&a, &b, &difference) != TERMS_OK)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("cannot subtract comments that are not in the term_summary"),
				 errhint("Subtract only what was added before, with terms of the same language "
						 "and kind.")));
	PG_RETURN_POINTER(terms_packed(&difference));
}
