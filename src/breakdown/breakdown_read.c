/*
 * breakdown_read.c
 *		What a breakdown says of each label, and the summary it would be if the labels
 *		had other shares.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/tuplestore.h"

#include "breakdown/breakdown_datum.h"
#include "shared/value_error.h"

/* breakdown(rating_breakdown) -> (label, responses, share, summary) */
PG_FUNCTION_INFO_V1(breakdown_rows);
Datum
breakdown_rows(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Uint128 whole = 0;
	Breakdown	b;

	InitMaterializedSRF(fcinfo, 0);
	breakdown_arg(fcinfo, 0, &b);
	/* 2^63 answers that weigh 10^15 units each are below 2^113 */
	for (uint32 i = 0; i < b.count; i++)
		whole += rating_mass(b.parts[i].summary, b.low, rating_high(b.parts[i].summary));
	for (uint32 i = 0; i < b.count; i++)
	{
		RatingSummary *s = b.parts[i].summary;
		Uint128 mass = rating_mass(s, b.low, rating_high(s));
		bool		nulls[4] = {b.parts[i].label.length == 0, false, false, false};
		Datum		values[4];

		SET_VARSIZE(s, rating_size(b.points, b.weighted));
		values[0] = breakdown_label_datum(b.parts[i].label);
		values[1] = Int64GetDatum(b.parts[i].responses);
		values[2] = NumericGetDatum(rating_quotient(s, (Int128) (100 * mass), whole));
		values[3] = PointerGetDatum(s);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		CHECK_FOR_INTERRUPTS();
	}
	return (Datum) 0;
}

#define SHARES_HINT "Write the share of each label: {\"app\": 0.4, \"store\": 0.6}."

/* 22023 */
pg_noreturn static void
reject_share(const char *label, const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("share of label \"%s\" %s", value_shown(label, strlen(label)), what),
			 errhint(SHARES_HINT)));
}

/* A label of the breakdown that has the name of a key of the shares. */
static bool
has_label(const Breakdown *b, const JsonbValue *key)
{
	BreakdownPart wanted = {.label = {key->val.string.val, (uint32) key->val.string.len}};

	return wanted.label.length > 0 && b->count > 0 &&
		bsearch(&wanted, b->parts, b->count, sizeof(BreakdownPart), breakdown_part_compare) != NULL;
}

/* The sum of all shares; an error for one that is no share, or whose label has no answers. */
static Numeric
sum_shares(const Breakdown *b, Jsonb *shares)
{
	Numeric		zero = int64_to_numeric(0);
	Numeric		sum = zero;
	JsonbIterator *it = JsonbIteratorInit(&shares->root);
	JsonbValue	value;
	JsonbIteratorToken token;
	char	   *label = NULL;

	while ((token = JsonbIteratorNext(&it, &value, true)) != WJB_DONE)
	{
		CHECK_FOR_INTERRUPTS();
		if (token == WJB_KEY)
		{
			label = pnstrdup(value.val.string.val, value.val.string.len);
			if (!has_label(b, &value))
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("label \"%s\" has a share but no answers",
								value_shown(label, strlen(label))),
						 errhint("Give its share to a label that is like it, or leave it out of "
								 "the shares: then the others stand for all.")));
		}
		else if (token == WJB_VALUE)
		{
			if (value.type != jbvNumeric)
				reject_share(label, "is not a number");
			if (exact_less(value.val.numeric, zero))
				reject_share(label, "is negative");
			sum = exact_add(sum, value.val.numeric);
		}
	}
	return sum;
}

/* The share of a label, which has answers. */
static Numeric
share_of(JourneyLabel label, Jsonb *shares)
{
	JsonbValue	value;

	if (label.length == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("answers whose label is NULL cannot have a share"),
				 errhint("Leave them out: breakdown_agg(label, summary) FILTER (WHERE label IS "
						 "NOT NULL); or give them a label, as coalesce(label, 'unknown') does.")));
	if (getKeyJsonValueFromContainer(&shares->root, label.text, (int) label.length,
									 &value) == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("label %s has answers but no share", breakdown_label_name(label)),
				 errhint("Give it one; the share 0 leaves its answers out.")));
	return value.val.numeric;
}

/*
 * The weight of a label's answers in units, share / all shares * answers / its answers.
 * All of them together then weigh as much as there are answers.
 */
static int64
weight_of(const Breakdown *b, const BreakdownPart *part, Numeric share, Numeric all)
{
	Numeric		above = exact_mul(share, int64_to_numeric(b->responses));
	Numeric		below = exact_mul(all, int64_to_numeric(part->responses));
	int64		units;

	if (exact_less(exact_mul(below, int64_to_numeric(RATING_MAX_WEIGHT)), above))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("an answer with the label %s would weigh more than %d",
						breakdown_label_name(part->label), (int) RATING_MAX_WEIGHT),
				 errhint("So few answers cannot stand for so many customers: join this label "
						 "with another one.")));
	units = exact_units(above, below, RATING_WEIGHT_DECIMALS);
	/* answers of weight 0 do not count: the label would be missing, though it has a share */
	if (units == 0 && exact_less(int64_to_numeric(0), share))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the weight of an answer with the label %s would be rounded to 0",
						breakdown_label_name(part->label)),
				 errdetail("Weights have %d decimals.", RATING_WEIGHT_DECIMALS),
				 errhint("Give the label the share 0, which leaves its answers out, or join it "
						 "with another one.")));
	return units;
}

static RatingSummary *
standardized(const Breakdown *b, Jsonb *shares, Numeric all)
{
	RatingScale scale = {b->low, b->points};
	RatingSummary *result = rating_new(scale, true);

	for (uint32 i = 0; i < b->count; i++)
	{
		const BreakdownPart *part = &b->parts[i];
		RatingSummary *weighted = rating_new(scale, true);
		int64		units = weight_of(b, part, share_of(part->label, shares), all);

		if (rating_weigh(weighted, part->summary, units) != RATING_OK ||
			rating_merge(result, weighted) != RATING_OK)
			rating_overflow_error();
		pfree(weighted);
	}
	return result;
}

/* standardize(rating_breakdown, shares jsonb) -> rating_summary */
PG_FUNCTION_INFO_V1(breakdown_standardize);
Datum
breakdown_standardize(PG_FUNCTION_ARGS)
{
	Jsonb	   *shares = PG_GETARG_JSONB_P(1);
	Breakdown	b;
	Numeric		all;

	breakdown_arg(fcinfo, 0, &b);
	if (!JB_ROOT_IS_OBJECT(shares))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("shares are not a JSON object"), errhint(SHARES_HINT)));
	if (b.weighted)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("answers that have weights already cannot be standardized"),
				 errhint("Make the breakdown of summaries without weights.")));
	all = sum_shares(&b, shares);
	for (uint32 i = 0; i < b.count; i++)
		(void) share_of(b.parts[i].label, shares);
	if (b.count == 0)
		PG_RETURN_NULL();
	if (!exact_less(int64_to_numeric(0), all))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("all shares are 0"), errhint(SHARES_HINT)));
	PG_RETURN_POINTER(standardized(&b, shares, all));
}
