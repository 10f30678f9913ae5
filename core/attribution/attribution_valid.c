/*
 * attribution_valid.c
 *		Is the content of a value what paths can leave behind?  See attribution.h.
 *
 * As many steps lead to a touchpoint as from it, and at least one; the units of a
 * model sum to the conversions that have a touch, and no touchpoint has more of them
 * than the paths in which it took part; what one ended of the pairs another one began.
 * Likewise the money, of which no touchpoint has more than all values without their
 * sign.  A ring of touchpoints that no path enters passes: it earns nothing.
 */
#include <string.h>

#include "attribution/attribution_state.h"
#include "base/label_key.h"

/* What the sums of all touchpoints come to. */
typedef struct Totals
{
	AttributionRow sum;
	Int128		touched;		/* conversions that have a touch, in units */
	Int128		conversions;	/* all of them */
} Totals;

/* Steps to each touchpoint, ends[][0], and from it, ends[][1]; they sum to s->total at most. */
static void
count_ends(const AttributionState *s, int64_t (*ends)[2], Totals *t)
{
	const AttributionStep *steps = attribution_steps(s);

	memset(ends, 0, s->rows * sizeof(*ends));
	for (size_t i = 0; i < 2 * (size_t) s->room.steps; i++)
	{
		const AttributionStep *step = &steps[i];

		if (step->count == 0)
			continue;
		if (step->to >= TO_TOUCH)
			ends[step->to - TO_TOUCH][0] += step->count;
		if (step->from >= FROM_TOUCH)
			ends[step->from - FROM_TOUCH][1] += step->count;
		if (step->to == TO_CONVERSION)
			t->conversions += step->count;
		if (step->to == TO_CONVERSION && step->from >= FROM_TOUCH)
			t->touched += (Int128) step->count * (Int128) ATTRIBUTION_UNITS;
	}
}

/* Add to a sum, which stays below most on either side of 0; false if it cannot. */
static bool
add_within(Int128 *sum, Int128 more, Int128 most)
{
	if (more > most || more < -most)
		return false;
	return !__builtin_add_overflow(*sum, more, sum);
}

static AttributionStatus
add_credits(const AttributionState *s, const AttributionRow *row, Totals *t)
{
	bool		basic = (s->header.flags & ATTRIBUTION_BASIC) != 0;
	Int128		most = basic ? t->touched : (Int128) row->paths * (Int128) ATTRIBUTION_UNITS;

	if (row->paths < 0 || (!basic && most > t->touched) || row->pairs > row->paths ||
		row->pairs < -row->paths ||
		__builtin_add_overflow(t->sum.pairs, row->pairs, &t->sum.pairs))
		return ATTRIBUTION_BAD_PATHS;
	for (int m = 0; m < SHARED_MODELS; m++)
		if (row->units[m] < 0 || !add_within(&t->sum.units[m], row->units[m], most))
			return ATTRIBUTION_BAD_UNITS;
	return ATTRIBUTION_OK;
}

static AttributionStatus
add_money(const AttributionState *s, const AttributionRow *row, Totals *t)
{
	Int128		gross = (Int128) s->gross;

	if (row->worth[WORTH_EARNED] < 0 || row->worth[WORTH_REFUNDED] < 0)
		return ATTRIBUTION_BAD_MONEY;
	for (int w = 0; w < WORTHS; w++)
		if (!add_within(&t->sum.worth[w], row->worth[w], gross))
			return ATTRIBUTION_BAD_MONEY;
	for (int m = 0; m < SHARED_MODELS; m++)
		if (!add_within(&t->sum.money[m], row->money[m], gross * (Int128) ATTRIBUTION_UNITS))
			return ATTRIBUTION_BAD_MONEY;
	return ATTRIBUTION_OK;
}

static AttributionStatus
check_money(const AttributionState *s, const AttributionRules *rules, const Totals *t)
{
	Int128		net = t->sum.worth[WORTH_EARNED] - t->sum.worth[WORTH_REFUNDED];

	if (attribution_has_money(s) ? s->money.with_value < 1 : s->money.with_value != 0)
		return ATTRIBUTION_BAD_MONEY;
	if (s->money.with_value > t->conversions || t->sum.worth[WORTH_PAIRS] != 0)
		return ATTRIBUTION_BAD_MONEY;
	for (int m = 0; m < SHARED_MODELS; m++)
		if (attribution_has(rules, m) && attribution_has_money(s) &&
			t->sum.money[m] != net * (Int128) ATTRIBUTION_UNITS)
			return ATTRIBUTION_BAD_MONEY;
	return ATTRIBUTION_OK;
}

static AttributionStatus
check_totals(const AttributionState *s, const AttributionRules *rules, const Totals *t)
{
	bool		basic = (s->header.flags & ATTRIBUTION_BASIC) != 0;

	for (int m = 0; m < SHARED_MODELS; m++)
		if (attribution_has(rules, m) && !(basic && m >= SHARED_SHAPLEY) &&
			t->sum.units[m] != t->touched)
			return ATTRIBUTION_BAD_UNITS;
	return t->sum.pairs != 0 ? ATTRIBUTION_BAD_PATHS : check_money(s, rules, t);
}

/* ends has room for all touchpoints; the state is whole. */
AttributionStatus
attribution_state_validate(const AttributionState *s, int64_t (*ends)[2])
{
	AttributionRules rules = attribution_rules(s);
	AttributionStatus status = ATTRIBUTION_OK;
	Totals		t;

	memset(&t, 0, sizeof(t));
	count_ends(s, ends, &t);
	for (uint32_t i = 0; i < s->rows && status == ATTRIBUTION_OK; i++)
	{
		JourneyLabel label = attribution_label(s, i);
		AttributionRow row = attribution_state_sums(s, i);

		if (journey_same_label(&label, &rules.goal))
			return ATTRIBUTION_GOAL_TOUCHED;
		if (ends[i][0] != ends[i][1] || ends[i][0] <= 0)
			return ATTRIBUTION_UNBALANCED;
		status = add_credits(s, &row, &t);
		if (status == ATTRIBUTION_OK)
			status = add_money(s, &row, &t);
	}
	return status == ATTRIBUTION_OK ? check_totals(s, &rules, &t) : status;
}
