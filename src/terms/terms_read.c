/*
 * terms_read.c
 *		What a summary says: its terms, and how they differ from another one's.
 *
 * A word that hardly anybody wrote may be a name.  So no row here has a term of fewer
 * comments than the caller says, by default five, though all terms enter the sums.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/numeric.h"
#include "utils/tuplestore.h"

#include "shared/percent.h"
#include "terms/terms_contrast.h"
#include "terms/terms_datum.h"

#define DEFAULT_MINIMUM	5

/* A whole number of 1 or more, or what NULL means; 22023. */
static int32
positive_arg(FunctionCallInfo fcinfo, int argno, const char *name, int32 null_means)
{
	int32		value = PG_ARGISNULL(argno) ? null_means : PG_GETARG_INT32(argno);

	if (value < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("\"%s\" is %d, and must be 1 or more", name, value),
				 strcmp(name, "most") == 0 ? errhint("Leave it out for all terms.") :
				 errhint("It is the number of comments that a term must stand in, 5 by default; "
						 "1 shows every term.")));
	return value;
}

/* For qsort(): most comments first, then the order of the bytes. */
static int
compare_frequent(const void *a, const void *b)
{
	const Term *x = a;
	const Term *y = b;

	CHECK_FOR_INTERRUPTS();
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return term_compare(x, y);
}

/* terms(summary [, most [, minimum]]) -> (term, comments, share) */
PG_FUNCTION_INFO_V1(terms_list);
Datum
terms_list(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	int32		most;
	int32		minimum;
	Terms		terms;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	most = positive_arg(fcinfo, 1, "most", PG_INT32_MAX);
	minimum = positive_arg(fcinfo, 2, "minimum", DEFAULT_MINIMUM);
	terms_open(PG_GETARG_TERMS(0), &terms);
	qsort(terms.terms, terms.count, sizeof(Term), compare_frequent);
	for (uint32 i = 0; i < Min(terms.count, (uint32) most); i++)
	{
		const Term *term = &terms.terms[i];
		bool		nulls[3] = {false, false, false};
		Datum		values[3];

		if (term->count < minimum)
			break;
		values[0] = PointerGetDatum(cstring_to_text_with_len(term->text, (int) term->length));
		values[1] = Int64GetDatum(term->count);
		values[2] = NumericGetDatum(percent_of(term->count, terms.comments));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		CHECK_FOR_INTERRUPTS();
	}
	return (Datum) 0;
}

/* For qsort(): most typical of a first, those of b last; NaN is the only one. */
static int
compare_typical(const void *a, const void *b)
{
	const TermContrast *x = a;
	const TermContrast *y = b;

	CHECK_FOR_INTERRUPTS();
	if (x->z != y->z)
		return x->z > y->z ? -1 : 1;
	return term_compare(&x->term, &y->term);
}

static void
put_contrast(ReturnSetInfo *rsinfo, const TermContrast *c, const Terms *a, const Terms *b)
{
	bool		none = isnan(c->z);
	bool		nulls[8] = {false, false, false, a->comments == 0, b->comments == 0,
	none, none, none};
	Datum		values[8] = {0};

	values[0] = PointerGetDatum(cstring_to_text_with_len(c->term.text, (int) c->term.length));
	values[1] = Int64GetDatum(c->a);
	values[2] = Int64GetDatum(c->b);
	if (!nulls[3])
		values[3] = NumericGetDatum(percent_of(c->a, a->comments));
	if (!nulls[4])
		values[4] = NumericGetDatum(percent_of(c->b, b->comments));
	values[5] = Float8GetDatum(c->log_odds);
	values[6] = Float8GetDatum(c->z);
	values[7] = Float8GetDatum(c->p_value);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/* All terms of two summaries and how many; one place more, as the end is looked for in it */
static TermContrast *
contrast_of(const Terms *a, const Terms *b, uint32 *n)
{
	TermContrast *contrast = MemoryContextAllocHuge(CurrentMemoryContext,
													((Size) a->count + b->count + 1) *
													sizeof(TermContrast));

	*n = terms_contrast(a, b, contrast);
	return contrast;
}

/*
 * term_contrast(a, b [, minimum]) ->
 * (term, comments_a, comments_b, share_a, share_b, log_odds, z, p_value)
 */
PG_FUNCTION_INFO_V1(terms_compare);
Datum
terms_compare(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	TermContrast *contrast;
	int32		minimum;
	uint32		n;
	Terms		a;
	Terms		b;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	minimum = positive_arg(fcinfo, 2, "minimum", DEFAULT_MINIMUM);
	terms_open(PG_GETARG_TERMS(0), &a);
	terms_open(PG_GETARG_TERMS(1), &b);
	contrast = contrast_of(&a, &b, &n);
	qsort(contrast, n, sizeof(TermContrast), compare_typical);
	for (uint32 i = 0; i < n; i++)
	{
		/* without a sum, which might overflow */
		if (contrast[i].a >= minimum || contrast[i].b >= minimum - contrast[i].a)
			put_contrast(rsinfo, &contrast[i], &a, &b);
		CHECK_FOR_INTERRUPTS();
	}
	return (Datum) 0;
}

/*
 * terms_typical(a, b, most, minimum): those rows of term_contrast that are typical of a, in
 * at least so many comments of a itself, and not more than wanted.  A journey map asks this
 * of each place; to write and sort all terms for each would take most of its time.
 */
PG_FUNCTION_INFO_V1(terms_typical);
Datum
terms_typical(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	TermContrast *contrast;
	uint32		kept = 0;
	uint32		most;
	int32		minimum;
	uint32		n;
	Terms		a;
	Terms		b;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	most = (uint32) positive_arg(fcinfo, 2, "most", PG_INT32_MAX);
	minimum = positive_arg(fcinfo, 3, "minimum", DEFAULT_MINIMUM);
	terms_open(PG_GETARG_TERMS(0), &a);
	terms_open(PG_GETARG_TERMS(1), &b);
	contrast = contrast_of(&a, &b, &n);
	for (uint32 i = 0; i < n; i++)
		if (contrast[i].a >= minimum && contrast[i].z > 0)
			contrast[kept++] = contrast[i];
	qsort(contrast, kept, sizeof(TermContrast), compare_typical);
	for (uint32 i = 0; i < Min(kept, most); i++)
	{
		put_contrast(rsinfo, &contrast[i], &a, &b);
		CHECK_FOR_INTERRUPTS();
	}
	return (Datum) 0;
}
