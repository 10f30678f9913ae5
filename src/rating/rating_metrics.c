/*
 * rating_metrics.c
 *		NPS, CSAT and CES of a rating_summary, its counts and shares, and the
 *		verdict on one answer.
 *
 * Every number is what exact SQL over the rows would give, digit for digit:
 * numerators and denominators are whole, and numeric's own division ends it.
 * A share of nothing is NULL, never 0.
 *
 *	NPS		100 * (promoters - detractors) / answers, on 0..10
 *			(F. Reichheld, "The One Number You Need to Grow", HBR, Dec. 2003)
 *	CSAT	100 * satisfied / answers, satisfied = top 2 points of 4-7
 *	CES		mean score, on 1..7 with high = easy (CEB's CES 2.0, 2013)
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/rangetypes.h"

#include "rating/rating_score.h"

static Uint128
whole_mass(const RatingSummary *s)
{
	return rating_mass(s, s->low, rating_high(s));
}

/*
 * 100 * part / whole.  A hundred times a mass fits: a mass is below 2^113, as
 * no more than 2^63 answers weigh at most 10^15 units each.
 */
static Numeric
percent(const RatingSummary *s, Int128 part, Uint128 whole)
{
	return rating_quotient(s, 100 * part, whole);
}

/* The share of the scores from..to in percent, or NULL without answers. */
Numeric
rating_share_value(const RatingSummary *s, int64 from, int64 to)
{
	if (rating_total(s) == 0)
		return NULL;
	return percent(s, (Int128) rating_mass(s, from, to), whole_mass(s));
}

/*
 * The metrics as numeric, or NULL without answers.  NPS needs the scale 0..10
 * (22023); CSAT the lowest satisfied score, which the caller has checked.
 */
Numeric
rating_nps_value(const RatingSummary *s)
{
	Uint128 detractors;
	Uint128 promoters;
	Uint128 whole;

	rating_require_nps_scale(s, "NPS", NPS_OTHERS);
	if (rating_nps_masses(s, &detractors, &promoters, &whole) != RATING_OK)
		rating_overflow_error();
	if (whole == 0)
		return NULL;
	return percent(s, (Int128) promoters - (Int128) detractors, whole);
}

Numeric
rating_csat_value(const RatingSummary *s, int32 satisfied_from)
{
	return rating_share_value(s, satisfied_from, rating_high(s));
}

/* (low * mass + moment) / mass, as avg(score) */
Numeric
rating_mean_value(const RatingSummary *s)
{
	Uint128 mass;
	Uint128 moment = 0;
	Int128 sum = 0;

	if (rating_total(s) == 0)
		return NULL;
	mass = whole_mass(s);
	if (rating_moment(s, 1, &moment) != RATING_OK ||
		__builtin_mul_overflow((Int128) s->low, (Int128) mass, &sum) ||
		__builtin_add_overflow(sum, (Int128) moment, &sum))
		rating_overflow_error();
	return rating_quotient(s, sum, mass);
}

/* The metric with this name, or NULL without answers; satisfied_from is of the CSAT only. */
Numeric
rating_metric_value(RatingMetric metric, const RatingSummary *s, int32 satisfied_from)
{
	switch (metric)
	{
		case METRIC_NPS:
			return rating_nps_value(s);
		case METRIC_CSAT:
			return rating_csat_value(s, satisfied_from);
		default:
			return rating_mean_value(s);
	}
}

#define RETURN_VALUE(call) \
	do { \
		Numeric		value = call; \
 \
		if (value == NULL) \
			PG_RETURN_NULL(); \
		PG_RETURN_NUMERIC(value); \
	} while (0)

/* nps(rating_summary), and the final function of nps_agg */
PG_FUNCTION_INFO_V1(rating_nps);
Datum
rating_nps(PG_FUNCTION_ARGS)
{
	RETURN_VALUE(rating_nps_value(PG_GETARG_RATING(0)));
}

/* csat(rating_summary), and the final function of csat_agg */
PG_FUNCTION_INFO_V1(rating_csat);
Datum
rating_csat(PG_FUNCTION_ARGS)
{
	RatingSummary *s = PG_GETARG_RATING(0);
	RatingScale scale = {s->low, s->points};

	RETURN_VALUE(rating_csat_value(s, rating_default_satisfied_from(scale, NULL)));
}

/* csat(rating_summary, satisfied_from integer); NULL is the default rule */
PG_FUNCTION_INFO_V1(rating_csat_from);
Datum
rating_csat_from(PG_FUNCTION_ARGS)
{
	RatingSummary *s;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	s = PG_GETARG_RATING(0);
	RETURN_VALUE(rating_csat_value(s, rating_satisfied_from_arg(fcinfo, 1, s, NULL)));
}

/* mean(rating_summary), ces(rating_summary), and the final function of ces_agg */
PG_FUNCTION_INFO_V1(rating_mean);
Datum
rating_mean(PG_FUNCTION_ARGS)
{
	RETURN_VALUE(rating_mean_value(PG_GETARG_RATING(0)));
}

/* share(rating_summary, scores int4range): percent of the answers in the range */
PG_FUNCTION_INFO_V1(rating_share);
Datum
rating_share(PG_FUNCTION_ARGS)
{
	RatingSummary *s = PG_GETARG_RATING(0);
	RangeType  *range = PG_GETARG_RANGE_P(1);
	RangeBound	lower;
	RangeBound	upper;
	bool		empty;
	int64		from = PG_INT64_MIN;
	int64		to = PG_INT64_MAX;

	range_deserialize(range_get_typcache(fcinfo, RangeTypeGetOid(range)), range,
					  &lower, &upper, &empty);
	/* an int4range is always kept as [from, to + 1) */
	if (!lower.infinite)
		from = DatumGetInt32(lower.val);
	if (!upper.infinite)
		to = (int64) DatumGetInt32(upper.val) - 1;
	RETURN_VALUE(empty ? rating_share_value(s, 1, 0) : rating_share_value(s, from, to));
}

/* responses(rating_summary): how many answers, unweighted */
PG_FUNCTION_INFO_V1(rating_summary_responses);
Datum
rating_summary_responses(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(rating_total(PG_GETARG_RATING(0)));
}

static int64
nps_group_count(FunctionCallInfo fcinfo, const char *what, int32 from, int32 to)
{
	RatingSummary *s = PG_GETARG_RATING(0);

	rating_require_nps_scale(s, what, NPS_OTHERS);
	(void) rating_total(s);
	return rating_count_between(s, from, to);
}

PG_FUNCTION_INFO_V1(rating_promoters);
Datum
rating_promoters(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(nps_group_count(fcinfo, "promoters()", NPS_PROMOTER, NPS_LOW + NPS_POINTS - 1));
}

PG_FUNCTION_INFO_V1(rating_passives);
Datum
rating_passives(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(nps_group_count(fcinfo, "passives()", NPS_PASSIVE, NPS_PROMOTER - 1));
}

PG_FUNCTION_INFO_V1(rating_detractors);
Datum
rating_detractors(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(nps_group_count(fcinfo, "detractors()", NPS_LOW, NPS_PASSIVE - 1));
}

/* scale(rating_summary) -> int4range */
PG_FUNCTION_INFO_V1(rating_scale);
Datum
rating_scale(PG_FUNCTION_ARGS)
{
	return rating_scale_datum(fcinfo, PG_GETARG_RATING(0));
}

/* The one answer in argument 0; an error when it is not on the scale. */
static int32
score_on_scale(FunctionCallInfo fcinfo, bool (*read_score) (Datum, int32 *), Oid type,
			   RatingScale scale)
{
	int32		score = 0;

	if (!read_score(PG_GETARG_DATUM(0), &score) ||
		score < scale.low || score - (int64) scale.low >= scale.points)
		rating_reject_score(scale, type, PG_GETARG_DATUM(0), false);
	return score;
}

static const char *
nps_group_name(int32 score)
{
	if (score >= NPS_PROMOTER)
		return "promoter";
	return score >= NPS_PASSIVE ? "passive" : "detractor";
}

/* nps_group(score) and csat_satisfied(score, scale) for one type of score */
#define ONE_ANSWER(suffix, oid) \
	PG_FUNCTION_INFO_V1(nps_group_##suffix); \
	Datum \
	nps_group_##suffix(PG_FUNCTION_ARGS) \
	{ \
		RatingScale scale = {NPS_LOW, NPS_POINTS}; \
		int32		score = score_on_scale(fcinfo, rating_score_##suffix, oid, scale); \
		PG_RETURN_TEXT_P(cstring_to_text(nps_group_name(score))); \
	} \
	PG_FUNCTION_INFO_V1(csat_satisfied_##suffix); \
	Datum \
	csat_satisfied_##suffix(PG_FUNCTION_ARGS) \
	{ \
		RatingScale scale = rating_scale_arg(fcinfo, 1); \
		int32		score = score_on_scale(fcinfo, rating_score_##suffix, oid, scale); \
		PG_RETURN_BOOL(score >= rating_default_satisfied_from(scale, NULL)); \
	} \
	extern int no_such_variable

ONE_ANSWER(int2, INT2OID);
ONE_ANSWER(int4, INT4OID);
ONE_ANSWER(int8, INT8OID);
ONE_ANSWER(numeric, NUMERICOID);
ONE_ANSWER(float8, FLOAT8OID);

/* The metric in an argument that is not NULL; 22023 for another one. */
RatingMetric
rating_metric_arg(FunctionCallInfo fcinfo, int argno)
{
	static const char *const names[] = {"nps", "csat", "ces"};
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(argno));

	for (int i = 0; i < (int) lengthof(names); i++)
		if (strcmp(name, names[i]) == 0)
			return (RatingMetric) i;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("there is no metric \"%s\"", value_shown(name, strlen(name))),
			 errhint("The metrics are nps, csat and ces.")));
}
