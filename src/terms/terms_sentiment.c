/*
 * terms_sentiment.c
 *		On whose side a comment is: sentiment(good, bad, comment).
 *
 * The summaries of a query are nearly always the same for every row, so the weights of
 * their terms are kept with the function call.  They are only a cache: other summaries,
 * or a call without a memory, are weighed anew.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "miscadmin.h"
#include "tsearch/ts_type.h"
#include "utils/memutils.h"

#include "terms/terms_contrast.h"
#include "terms/terms_datum.h"

typedef struct SentimentModel
{
	MemoryContext context;		/* of all else; is reset when the model changes */
	struct varlena *key[2];		/* copies of the summaries as they were given */
	TermWeight *weights;
	uint32		count;
} SentimentModel;

/*
 * A summary to look up: what is stored out of line is named by its address, which stands
 * for the same value as long as the query runs.
 */
static struct varlena *
key_arg(FunctionCallInfo fcinfo, int argno)
{
	struct varlena *given = (struct varlena *) PG_GETARG_POINTER(argno);

	if (VARATT_IS_EXTERNAL(given) && !VARATT_IS_EXTERNAL_ONDISK(given))
		return pg_detoast_datum(given);
	return given;
}

static bool
is_key(const struct varlena *key, const struct varlena *given)
{
	return key != NULL && VARSIZE_ANY(key) == VARSIZE_ANY(given) &&
		memcmp(key, given, VARSIZE_ANY(key)) == 0;
}

static struct varlena *
copy_key(const struct varlena *given)
{
	return memcpy(palloc(VARSIZE_ANY(given)), given, VARSIZE_ANY(given));
}

/* Errors may leave a model half made, so its keys are set last. */
static void
prepare(SentimentModel *model, struct varlena *const given[2])
{
	MemoryContext before = MemoryContextSwitchTo(model->context);
	struct varlena *copies[2];
	Terms		sides[2];

	model->key[0] = model->key[1] = NULL;
	MemoryContextReset(model->context);
	for (int i = 0; i < 2; i++)
	{
		copies[i] = copy_key(given[i]);
		terms_open(terms_detoast(copies[i]), &sides[i]);
	}
	/* one more, as the end is looked for in place */
	model->weights = MemoryContextAllocHuge(model->context,
											((Size) sides[0].count + sides[1].count + 1) *
											sizeof(TermWeight));
	model->count = terms_weigh(&sides[0], &sides[1], model->weights);
	model->key[0] = copies[0];
	model->key[1] = copies[1];
	MemoryContextSwitchTo(before);
}

static SentimentModel *
prepared_model(FunctionCallInfo fcinfo)
{
	SentimentModel *model = fcinfo->flinfo->fn_extra;
	struct varlena *given[2] = {key_arg(fcinfo, 0), key_arg(fcinfo, 1)};

	if (model == NULL)
	{
		model = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(SentimentModel));
		model->context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "cxjourney sentiment",
											   ALLOCSET_DEFAULT_SIZES);
		fcinfo->flinfo->fn_extra = model;
	}
	if (!is_key(model->key[0], given[0]) || !is_key(model->key[1], given[1]))
		prepare(model, given);
	return model;
}

/* sentiment(good, bad, comment): -1 to 1, NULL when neither side knows a word of it */
PG_FUNCTION_INFO_V1(terms_sentiment);
Datum
terms_sentiment(PG_FUNCTION_ARGS)
{
	const SentimentModel *model = prepared_model(fcinfo);
	TSVector	comment = PG_GETARG_TSVECTOR(2);
	const WordEntry *entries = ARRPTR(comment);
	const TermWeight *before = NULL;
	double		odds = 0;

	for (int i = 0; i < comment->size; i++)
	{
		const TermWeight *known = terms_weight_of(model->weights, model->count,
												  STRPTR(comment) + entries[i].pos,
												  entries[i].len);

		/* a tsvector from elsewhere may have a word twice, side by side */
		if (known == NULL || known == before)
			continue;
		odds += known->weight;
		before = known;
	}
	if (before == NULL)
		PG_RETURN_NULL();
	/* 2 / (1 + exp(-odds)) - 1 */
	PG_RETURN_FLOAT8(tanh(odds / 2));
}
