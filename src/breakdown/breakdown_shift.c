/*
 * breakdown_shift.c
 *		What moved a metric: nps_shift, csat_shift and ces_shift.
 *
 * A metric of all answers is the mean of the metrics r of the labels, by their shares
 * w.  What it changed by is split for each label, with 0 before and 1 after, as
 *
 *		rate = (r1 - r0) (w0 + w1) / 2
 *		mix  = (w1 - w0) ((r0 + r1) / 2 - (R0 + R1) / 2)
 *
 * (E. M. Kitagawa, Journal of the American Statistical Association 50:1168, 1955),
 * centred: the shares of both sides sum to 1, so taking the mean of the whole out of
 * the mix changes no sum, but a label that grew counts for more only if it is better
 * than the whole.  The sum of all is R1 - R0 without a rest.
 *
 * With r = a / n and w = n / N all of it are fractions of whole numbers, which are
 * rounded once, to 16 decimals (breakdown_numeric.c); what rounding leaves of the
 * change of the metric goes to the label with the largest total.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/tuplestore.h"

#include "breakdown/breakdown_shift.h"
#include "shared/units_numeric.h"

#define SHIFT_LEVEL		0.95
#define SHIFT_DECIMALS	16

/* The same as numeric. */
typedef struct Fraction
{
	Numeric		a;
	Numeric		n;
} Fraction;

static Numeric
metric_value(const ShiftMetric *m, const RatingSummary *s)
{
	return rating_metric_value(m->kind, s, m->satisfied_from);
}

/* Scores count from the low end of the scale, which changes no difference. */
static ShiftSide
side_of(const ShiftMetric *m, const RatingSummary *s)
{
	ShiftSide		side = {.summary = s,.n = rating_mass(s, s->low, rating_high(s))};
	Uint128 moment = 0;

	if (m->kind == METRIC_NPS)
		side.a = (Int128) rating_mass(s, NPS_PROMOTER, rating_high(s)) -
			(Int128) rating_mass(s, s->low, NPS_PASSIVE - 1);
	else if (m->kind == METRIC_CSAT)
		side.a = (Int128) rating_mass(s, m->satisfied_from, rating_high(s));
	else
	{
		if (rating_moment(s, 1, &moment) != RATING_OK)
			rating_overflow_error();
		side.a = (Int128) moment;
	}
	return side;
}

/* All labels of a side put together. */
static ShiftSide
whole_of(const ShiftMetric *m, const Breakdown *b)
{
	RatingSummary *whole;

	if (b->count == 0)
		return (ShiftSide) {0};
	whole = rating_new((RatingScale) {b->low, b->points}, b->weighted);
	for (uint32 i = 0; i < b->count; i++)
		if (rating_merge(whole, b->parts[i].summary) != RATING_OK)
			rating_overflow_error();
	return side_of(m, whole);
}

/* The labels of both sides, in order. */
static void
match_labels(Shift *shift)
{
	const Breakdown *before = &shift->side[0];
	const Breakdown *after = &shift->side[1];
	Size		most = (Size) before->count + after->count;
	uint32		i = 0;
	uint32		k = 0;

	shift->count = 0;
	shift->rows = MemoryContextAllocHuge(CurrentMemoryContext, most * sizeof(ShiftRow));
	while (i < before->count || k < after->count)
	{
		ShiftRow   *row = &shift->rows[shift->count++];
		int			order = i == before->count ? 1 : k == after->count ? -1 :
			breakdown_part_compare(&before->parts[i], &after->parts[k]);

		memset(row, 0, sizeof(*row));
		row->label = order <= 0 ? before->parts[i].label : after->parts[k].label;
		if (order <= 0)
			row->side[0] = side_of(&shift->metric, before->parts[i++].summary);
		if (order >= 0)
			row->side[1] = side_of(&shift->metric, after->parts[k++].summary);
	}
}

static Fraction
fraction_of(const ShiftSide *side)
{
	return (Fraction) {units_numeric(side->a, 0), units_numeric((Int128) side->n, 0)};
}

/* a.a * b.n + b.a * a.n, or the difference */
static Numeric
cross(Fraction a, Fraction b, bool plus)
{
	Numeric		x = exact_mul(a.a, b.n);
	Numeric		y = exact_mul(b.a, a.n);

	return plus ? exact_add(x, y) : exact_sub(x, y);
}

/*
 * Mix and rate of a label, both over 2 n0 n1 N0 N1, mix once more over N0 N1.  On the
 * side where it has no answers, w is 0 and r is that of the other side.
 */
static void
split(const Shift *shift, ShiftRow *row, Numeric *mix, Numeric *rate)
{
	Fraction	whole[2] = {fraction_of(&shift->whole[0]), fraction_of(&shift->whole[1])};
	Fraction	label[2] = {fraction_of(&row->side[0]), fraction_of(&row->side[1])};
	Fraction	share[2] = {{label[0].n, whole[0].n}, {label[1].n, whole[1].n}};
	Numeric		factor = int64_to_numeric(shift->metric.factor);
	Numeric		both = exact_mul(whole[0].n, whole[1].n);
	Numeric		below;
	Numeric		above;

	for (int i = 0; i < 2; i++)
		if (row->side[i].summary == NULL)
			label[i] = label[1 - i];
	below = exact_mul(label[0].n, label[1].n);
	above = exact_sub(exact_mul(cross(label[0], label[1], true), both),
					  exact_mul(cross(whole[0], whole[1], true), below));
	above = exact_mul(exact_mul(factor, above), cross(share[1], share[0], false));
	below = exact_mul(int64_to_numeric(2), exact_mul(below, both));
	*mix = exact_quotient(above, exact_mul(below, both), SHIFT_DECIMALS);
	above = exact_mul(exact_mul(factor, cross(label[1], label[0], false)),
					  cross(share[0], share[1], true));
	*rate = exact_quotient(above, below, SHIFT_DECIMALS);
}

static Numeric
copy_numeric(Numeric value)
{
	return DatumGetNumericCopy(NumericGetDatum(value));
}

/* What the rows do not sum up to yet goes to the larger part of the largest total. */
static void
spread_rest(Shift *shift, Numeric change)
{
	ShiftRow   *largest = &shift->rows[0];
	Numeric		rest = change;

	for (uint32 i = 0; i < shift->count; i++)
	{
		ShiftRow   *row = &shift->rows[i];

		rest = exact_sub(rest, row->total);
		if (exact_less(exact_abs(largest->total), exact_abs(row->total)))
			largest = row;
	}
	if (exact_less(exact_abs(largest->rate), exact_abs(largest->mix)))
		largest->mix = exact_add(largest->mix, rest);
	else
		largest->rate = exact_add(largest->rate, rest);
	largest->total = exact_add(largest->mix, largest->rate);
}

/* Mix, rate and total of all rows, where both sides have answers. */
static void
split_all(Shift *shift)
{
	MemoryContext scratch = AllocSetContextCreate(CurrentMemoryContext, "shift",
												  ALLOCSET_DEFAULT_SIZES);

	for (uint32 i = 0; i < shift->count; i++)
	{
		ShiftRow   *row = &shift->rows[i];
		MemoryContext caller = MemoryContextSwitchTo(scratch);
		Numeric		mix;
		Numeric		rate;

		split(shift, row, &mix, &rate);
		MemoryContextSwitchTo(caller);
		row->mix = copy_numeric(mix);
		row->rate = copy_numeric(rate);
		row->total = exact_add(row->mix, row->rate);
		MemoryContextReset(scratch);
		CHECK_FOR_INTERRUPTS();
	}
	MemoryContextDelete(scratch);
	spread_rest(shift, exact_sub(metric_value(&shift->metric, shift->whole[1].summary),
								 metric_value(&shift->metric, shift->whole[0].summary)));
}

/* The metric's own test on a label; false without enough answers. */
static bool
test_label(const ShiftMetric *m, const RatingSummary *before, const RatingSummary *after,
		   TestResult *result)
{
	if (m->kind == METRIC_NPS)
	{
		NpsCounts	counts[2] = {rating_nps_counts(before), rating_nps_counts(after)};

		return nps_test(&counts[0], &counts[1], SHIFT_LEVEL, result);
	}
	if (m->kind == METRIC_CSAT)
	{
		CsatCounts	counts[2] = {rating_csat_counts(before, m->satisfied_from),
			rating_csat_counts(after, m->satisfied_from)};

		return csat_test(&counts[0], &counts[1], SHIFT_LEVEL, result);
	}
	else
	{
		ScoreSample sample[2];

		return rating_ces_sample(before, &sample[0]) && rating_ces_sample(after, &sample[1]) &&
			ces_test(&sample[0], &sample[1], before->points - 1, SHIFT_LEVEL, result);
	}
}

static void
put(Datum *values, bool *nulls, int column, Numeric value)
{
	nulls[column] = value == NULL;
	values[column] = NumericGetDatum(value);
}

/* Share and metric of a label before or after, in columns 1 to 4. */
static void
put_side(const Shift *shift, const ShiftRow *row, int i, Datum *values, bool *nulls)
{
	const ShiftSide *whole = &shift->whole[i];
	const ShiftSide *side = &row->side[i];

	put(values, nulls, 1 + i, whole->summary == NULL ? NULL :
		rating_quotient(whole->summary, (Int128) (100 * side->n), whole->n));
	put(values, nulls, 3 + i, side->summary == NULL ? NULL :
		metric_value(&shift->metric, side->summary));
}

/* The interval of the rate, and its p-value; false without both sides and enough answers. */
bool
breakdown_shift_test(const Shift *shift, const ShiftRow *row, NumericEnds *ends, double *p_value)
{
	double		share = 0;
	TestResult	result;

	if (row->rate == NULL || row->side[0].summary == NULL || row->side[1].summary == NULL ||
		!test_label(&shift->metric, row->side[0].summary, row->side[1].summary, &result))
		return false;
	for (int i = 0; i < 2; i++)
		share += (double) row->side[i].n / (double) shift->whole[i].n / 2;
	*ends = rating_ends_around(result.low * share, result.high * share, row->rate);
	*p_value = result.p_value;
	return true;
}

/* The same in columns 8 to 10. */
static void
put_test(const Shift *shift, const ShiftRow *row, Datum *values, bool *nulls)
{
	NumericEnds ends;
	double		p_value;

	nulls[8] = nulls[9] = nulls[10] = true;
	if (!breakdown_shift_test(shift, row, &ends, &p_value))
		return;
	put(values, nulls, 8, ends.low);
	put(values, nulls, 9, ends.high);
	nulls[10] = false;
	values[10] = Float8GetDatum(p_value);
}

static void
put_rows(FunctionCallInfo fcinfo, const Shift *shift)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;

	for (uint32 i = 0; i < shift->count; i++)
	{
		const ShiftRow *row = &shift->rows[i];
		Datum		values[11];
		bool		nulls[11];

		nulls[0] = row->label.length == 0;
		values[0] = breakdown_label_datum(row->label);
		put_side(shift, row, 0, values, nulls);
		put_side(shift, row, 1, values, nulls);
		put(values, nulls, 5, row->mix);
		put(values, nulls, 6, row->rate);
		put(values, nulls, 7, row->total);
		put_test(shift, row, values, nulls);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		CHECK_FOR_INTERRUPTS();
	}
}

/* The scale of both sides as an empty summary; NULL if neither has answers. */
static const RatingSummary *
common_scale(const Shift *shift)
{
	const Breakdown *before = &shift->side[0];
	const Breakdown *after = &shift->side[1];

	if (before->count == 0 && after->count == 0)
		return NULL;
	if (before->count > 0 && after->count > 0 &&
		(before->low != after->low || before->points != after->points))
		rating_reject_comparison(before->parts[0].summary, after->parts[0].summary);
	return before->count > 0 ? before->parts[0].summary : after->parts[0].summary;
}

/*
 * What moved the metric from the breakdown in argument 0 to that in 1, which are not NULL;
 * satisfied_from is an argument of the call.  False when neither has answers.
 */
bool
breakdown_shift(FunctionCallInfo fcinfo, RatingMetric kind, int satisfied_from, const char *call,
				Shift *shift)
{
	const RatingSummary *scale;

	memset(shift, 0, sizeof(Shift));
	shift->metric.kind = kind;
	shift->metric.factor = kind == METRIC_CES ? 1 : 100;
	breakdown_arg(fcinfo, 0, &shift->side[0]);
	breakdown_arg(fcinfo, 1, &shift->side[1]);
	scale = common_scale(shift);
	if (scale == NULL)
		return false;
	if (kind == METRIC_NPS)
		rating_require_nps_scale(scale, "nps_shift()", "csat_shift() or ces_shift()");
	if (kind == METRIC_CSAT)
		shift->metric.satisfied_from = rating_satisfied_from_arg(fcinfo, satisfied_from, scale,
																 call);
	for (int i = 0; i < 2; i++)
		shift->whole[i] = whole_of(&shift->metric, &shift->side[i]);
	match_labels(shift);
	if (shift->side[0].count > 0 && shift->side[1].count > 0)
		split_all(shift);
	return true;
}

static Datum
shift_rows(FunctionCallInfo fcinfo, RatingMetric kind)
{
	Shift		shift;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	if (breakdown_shift(fcinfo, kind, 2, "csat_shift(before, after, ", &shift))
		put_rows(fcinfo, &shift);
	return (Datum) 0;
}

/* nps_shift(before, after) */
PG_FUNCTION_INFO_V1(breakdown_nps_shift);
Datum
breakdown_nps_shift(PG_FUNCTION_ARGS)
{
	return shift_rows(fcinfo, METRIC_NPS);
}

/* csat_shift(before, after, satisfied_from) */
PG_FUNCTION_INFO_V1(breakdown_csat_shift);
Datum
breakdown_csat_shift(PG_FUNCTION_ARGS)
{
	return shift_rows(fcinfo, METRIC_CSAT);
}

/* ces_shift(before, after) */
PG_FUNCTION_INFO_V1(breakdown_ces_shift);
Datum
breakdown_ces_shift(PG_FUNCTION_ARGS)
{
	return shift_rows(fcinfo, METRIC_CES);
}
