/*
 * attribution_row.c
 *		The sums of a touchpoint: in a growing state, and packed.
 *
 * Packed they are, one after the other, as variable-length integers:
 *
 *		first, last, linear, position and, with a half-life, time_decay;
 *		with ATTRIBUTION_FURTHER also shapley and, with direct, last_non_direct, then
 *		in how many paths it took part, and its pairs (signed);
 *		with ATTRIBUTION_MONEY the money of these models, shapley always, signed; that of
 *		the paths; that of the pairs, signed; what it earned, what was refunded
 *
 * Without ATTRIBUTION_FURTHER the units stand as they are.  All other sums end in many
 * zeros more often than not, since conversions are whole and prices short: these are cut
 * off, at most 15, and how many is in the lowest four bits.
 */
#include "attribution/attribution_state.h"
#include "base/varint.h"

/* No sum is larger: more steps than an int64 has, times units; the gross, times units. */
#define LARGEST_SUM		((Int128) ATTRIBUTION_MAX_GROSS * (Int128) ATTRIBUTION_UNITS)

#define ZERO_BITS		4
#define MOST_ZEROS		15

/* What a touchpoint of a state has; sums that the state does not have are 0. */
AttributionRow
attribution_state_sums(const AttributionState *s, uint32_t row)
{
	AttributionRules rules = attribution_rules(s);
	const AttributionTouchpoint *t = &attribution_touchpoints(s)[row];
	const Int128 *sums = attribution_sums(s, row);
	uint32_t	models = attribution_state_models(s->half_life, s->direct_length);
	AttributionRow sum = {.paths = t->paths,.pairs = t->pairs};

	for (int m = 0; m < SHARED_MODELS; m++)
		if (attribution_has(&rules, m))
		{
			uint32_t	column = attribution_column(s, (AttributionShared) m);

			sum.units[m] = sums[column];
			if (attribution_has_money(s))
				sum.money[m] = sums[models + column];
		}
	for (int w = 0; w < WORTHS && attribution_has_money(s); w++)
		sum.worth[w] = sums[2 * models + (uint32_t) w];
	return sum;
}

static bool
add_count(int64_t *sum, int64_t more)
{
	return !__builtin_add_overflow(*sum, more, sum);
}

static bool
add_sum(Int128 *sum, Int128 more)
{
	return !__builtin_add_overflow(*sum, more, sum);
}

static bool
add_gross(AttributionState *s, Uint128 earned, Uint128 refunded)
{
	if (earned > ATTRIBUTION_MAX_GROSS || refunded > ATTRIBUTION_MAX_GROSS)
		return false;
	s->gross += earned + refunded;
	return s->gross <= ATTRIBUTION_MAX_GROSS;
}

static bool
add_money(AttributionState *s, Int128 *sums, const AttributionRow *more)
{
	AttributionRules rules = attribution_rules(s);
	uint32_t	models = attribution_state_models(s->half_life, s->direct_length);

	for (int m = 0; m < SHARED_MODELS; m++)
		if (attribution_has(&rules, m) &&
			!add_sum(&sums[models + attribution_column(s, (AttributionShared) m)], more->money[m]))
			return false;
	for (int w = 0; w < WORTHS; w++)
		if (!add_sum(&sums[2 * models + (uint32_t) w], more->worth[w]))
			return false;
	return add_gross(s, (Uint128) more->worth[WORTH_EARNED], (Uint128) more->worth[WORTH_REFUNDED]);
}

/* Add to a touchpoint what another value has for it; the state has room for money if that has. */
AttributionStatus
attribution_state_add(AttributionState *s, uint32_t row, const AttributionRow *more)
{
	AttributionRules rules = attribution_rules(s);
	AttributionTouchpoint *t = &attribution_touchpoints(s)[row];
	Int128	   *sums = attribution_sums(s, row);

	if (!add_count(&t->paths, more->paths) || !add_count(&t->pairs, more->pairs))
		return ATTRIBUTION_OVERFLOW;
	for (int m = 0; m < SHARED_MODELS; m++)
		if (attribution_has(&rules, m) &&
			!add_sum(&sums[attribution_column(s, (AttributionShared) m)], more->units[m]))
			return ATTRIBUTION_OVERFLOW;
	return !attribution_has_money(s) || add_money(s, sums, more) ? ATTRIBUTION_OK :
		ATTRIBUTION_TOO_MUCH;
}

/* Likewise of the conversions. */
AttributionStatus
attribution_state_add_money(AttributionState *s, const AttributionMoney *more)
{
	if (!add_count(&s->money.with_value, more->with_value))
		return ATTRIBUTION_OVERFLOW;
	if (!add_gross(s, more->earned, more->refunded))
		return ATTRIBUTION_TOO_MUCH;
	s->money.earned += more->earned;
	s->money.refunded += more->refunded;
	return ATTRIBUTION_OK;
}

/* Take the zeros at the end off, at most so many as there are bits to say; how many. */
static unsigned
cut_zeros(Uint128 *size)
{
	unsigned	zeros = 0;

	for (; *size != 0 && zeros < MOST_ZEROS && *size % 10 == 0; zeros++)
		*size /= 10;
	return zeros;
}

/* Put them back; false past the largest sum. */
static bool
put_zeros_back(Uint128 *size, unsigned zeros)
{
	for (; zeros > 0 && *size <= (Uint128) LARGEST_SUM; zeros--)
		*size *= 10;
	return *size <= (Uint128) LARGEST_SUM;
}

/* Write a sum without the zeros at its end; returns where it ends. */
uint8_t *
attribution_put_sum(uint8_t *out, Uint128 sum)
{
	unsigned	zeros = cut_zeros(&sum);

	return varint_put_wide(out, sum << ZERO_BITS | zeros);
}

bool
attribution_get_sum(AttributionReader *r, Uint128 *sum)
{
	unsigned	zeros;

	if (!varint_get_wide(&r->at, r->end, sum))
		return false;
	zeros = (unsigned) *sum & MOST_ZEROS;
	*sum >>= ZERO_BITS;
	return put_zeros_back(sum, zeros);
}

/* The sign is put behind the zeros that remain: at the lowest place of the digits. */
static uint8_t *
put_signed(uint8_t *out, Int128 sum)
{
	Uint128 size = sum < 0 ? -(Uint128) sum : (Uint128) sum;
	unsigned	zeros = cut_zeros(&size);

	return varint_put_wide(out, (size << 1 | (sum < 0)) << ZERO_BITS | zeros);
}

static bool
get_signed(AttributionReader *r, Int128 *sum)
{
	Uint128 size;
	unsigned	zeros;
	bool		negative;

	if (!varint_get_wide(&r->at, r->end, &size))
		return false;
	zeros = (unsigned) size & MOST_ZEROS;
	negative = (size >> ZERO_BITS & 1) != 0;
	size >>= ZERO_BITS + 1;
	if (!put_zeros_back(&size, zeros))
		return false;
	*sum = negative ? -(Int128) size : (Int128) size;
	return true;
}

/* A sum that is not below 0. */
static bool
get_unsigned(AttributionReader *r, Int128 *sum)
{
	Uint128 size;

	if (!attribution_get_sum(r, &size))
		return false;
	*sum = (Int128) size;
	return true;
}

static bool
get_plain(AttributionReader *r, Int128 *sum)
{
	Uint128 size;

	if (!varint_get_wide(&r->at, r->end, &size) || size > (Uint128) LARGEST_SUM)
		return false;
	*sum = (Int128) size;
	return true;
}

static uint8_t *
put_money(uint8_t *out, const AttributionRow *row, const AttributionRules *rules)
{
	for (int m = 0; m < SHARED_MODELS; m++)
		if (attribution_has(rules, m))
			out = put_signed(out, row->money[m]);
	out = put_signed(out, row->worth[WORTH_PATHS]);
	out = put_signed(out, row->worth[WORTH_PAIRS]);
	out = attribution_put_sum(out, (Uint128) row->worth[WORTH_EARNED]);
	return attribution_put_sum(out, (Uint128) row->worth[WORTH_REFUNDED]);
}

/* Write the sums of a touchpoint in the form of a value; returns where they end. */
uint8_t *
attribution_put_row(uint8_t *out, const AttributionRow *row, const AttributionReader *form)
{
	bool		further = (form->flags & ATTRIBUTION_FURTHER) != 0;

	for (int m = 0; m < SHARED_MODELS; m++)
		if (attribution_has(&form->rules, m) && further)
			out = attribution_put_sum(out, (Uint128) row->units[m]);
		else if (attribution_has(&form->rules, m) && m < SHARED_SHAPLEY)
			out = varint_put_wide(out, (Uint128) row->units[m]);
	if (further)
		out = varint_put(varint_put(out, (uint64_t) row->paths), varint_fold(row->pairs));
	return (form->flags & ATTRIBUTION_MONEY) != 0 ? put_money(out, row, &form->rules) : out;
}

static bool
get_money(AttributionReader *r, AttributionRow *row)
{
	for (int m = 0; m < SHARED_MODELS; m++)
		if (attribution_has(&r->rules, m) && !get_signed(r, &row->money[m]))
			return false;
	if (!get_signed(r, &row->worth[WORTH_PATHS]) || !get_signed(r, &row->worth[WORTH_PAIRS]) ||
		!get_unsigned(r, &row->worth[WORTH_EARNED]) ||
		!get_unsigned(r, &row->worth[WORTH_REFUNDED]))
		return false;
	for (int w = 0; w < WORTHS; w++)
		if (row->worth[w] > (Int128) ATTRIBUTION_MAX_GROSS ||
			row->worth[w] < -(Int128) ATTRIBUTION_MAX_GROSS)
			return false;
	return true;
}

static bool
get_counts(AttributionReader *r, AttributionRow *row)
{
	uint64_t	paths;
	uint64_t	pairs;

	if (!varint_get(&r->at, r->end, &paths) || paths > INT64_MAX ||
		!varint_get(&r->at, r->end, &pairs))
		return false;
	row->paths = (int64_t) paths;
	row->pairs = varint_unfold(pairs);
	return true;
}

/* Read them, into a row that is all 0; false where the bytes are damaged. */
bool
attribution_get_row(AttributionReader *r, AttributionRow *row)
{
	bool		further = (r->flags & ATTRIBUTION_FURTHER) != 0;

	for (int m = 0; m < SHARED_MODELS; m++)
		if (attribution_has(&r->rules, m) && (further || m < SHARED_SHAPLEY) &&
			!(further ? get_unsigned(r, &row->units[m]) : get_plain(r, &row->units[m])))
			return false;
	return (!further || get_counts(r, row)) &&
		((r->flags & ATTRIBUTION_MONEY) == 0 || get_money(r, row));
}
