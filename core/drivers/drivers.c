/*
 * drivers.c
 *		Counting answers in a driver_summary, adding and subtracting; what is in it,
 *		and whether answers can have given that.  The layout is in drivers.h.
 *
 * Functions that change a summary may leave it half changed when they return
 * anything but DRIVERS_OK: the caller raises an error and throws it away.
 */
#include <string.h>

#include "drivers/drivers.h"

/* Make s, which has drivers_size() bytes, one without answers but with room; vl_len stays. */
void
drivers_init(DriverSummary *s, int drivers, bool weighted)
{
	memset((char *) s + sizeof(s->vl_len), 0, drivers_size(drivers, weighted) - sizeof(s->vl_len));
	s->version = DRIVERS_VERSION;
	s->flags = weighted ? DRIVERS_WEIGHTED : 0;
	s->drivers = (uint16_t) drivers;
}

/* Sum w and, behind it, sum w^2; only a summary with weights has them. */
static uint64_t *
weight_sums(const DriverSummary *s)
{
	return (uint64_t *) s->words;
}

/* Sum x_i; those of all variables lie behind each other. */
uint64_t *
drivers_sum(const DriverSummary *s, int i)
{
	int			before = i + (drivers_weighted(s) ? 2 : 0);

	return (uint64_t *) s->words + before * drivers_width(s);
}

/* Sum x_i x_j */
uint64_t *
drivers_product(const DriverSummary *s, int i, int j)
{
	int			before = i <= j ? drivers_triangle(j) + i : drivers_triangle(i) + j;

	return drivers_sum(s, s->drivers + 1 + before);
}

/* Sum w, or the number of answers, in drivers_width() words. */
void
drivers_weight(const DriverSummary *s, uint64_t *sum)
{
	if (drivers_weighted(s) && s->drivers > 0)
	{
		memcpy(sum, weight_sums(s), 3 * sizeof(uint64_t));
		return;
	}
	memset(sum, 0, (size_t) drivers_width(s) * sizeof(uint64_t));
	sum[0] = (uint64_t) s->responses;
}

/* Kish's effective number of answers, (sum w)^2 / sum w^2; without weights their number. */
double
drivers_effective(const DriverSummary *s)
{
	double		weight;
	double		squares;

	if (!drivers_weighted(s) || s->drivers == 0)
		return (double) s->responses;
	weight = wide_double(weight_sums(s), 3);
	squares = wide_double(weight_sums(s) + 3, 3);
	return squares > 0 ? weight * weight / squares : 0;
}

/* sum w * sum w x_i x_j - sum w x_i * sum w x_j, exact until it is made a double */
double
drivers_centred(const DriverSummary *s, int i, int j)
{
	int			width = drivers_width(s);
	uint64_t	weight[WIDE_SUM_MAX];
	uint64_t	whole[WIDE_PRODUCT];
	uint64_t	part[WIDE_PRODUCT];

	drivers_weight(s, weight);
	wide_multiply(whole, weight, drivers_product(s, i, j), width);
	wide_multiply(part, drivers_sum(s, i), drivers_sum(s, j), width);
	wide_subtract(whole, part, 2 * width);
	return wide_double(whole, 2 * width);
}

/* Are sum w and sum w^2 those of so many weights? */
static bool
weights_possible(const DriverSummary *s)
{
	const double heaviest = (double) DRIVERS_LARGEST_WEIGHT * (double) DRIVERS_WEIGHT_UNITS;
	const uint64_t *sums = weight_sums(s);
	double		weight;
	double		squares;

	if (!drivers_weighted(s))
		return true;
	if (wide_sign(sums, 3) < 0 || wide_sign(sums + 3, 3) < 0)
		return false;
	weight = wide_double(sums, 3);
	squares = wide_double(sums + 3, 3);
	return weight <= (double) s->responses * heaviest * (1 + 1e-9) &&
		squares <= weight * fmin(weight, heaviest) * (1 + 1e-9) &&
		weight * weight <= squares * (double) s->responses * (1 + 1e-9);
}

/*
 * Can variable i have these sums, of itself and with those before it?  The squares
 * are bounded by the largest value, the variance is not negative, and a covariance is
 * not above the standard deviations.
 */
static bool
variable_possible(const DriverSummary *s, int i, double weight, double *deviation)
{
	const double largest = (double) DRIVERS_LARGEST * DRIVERS_UNITS;
	double		variance = drivers_centred(s, i, i);

	if (wide_sign(drivers_product(s, i, i), drivers_width(s)) < 0 || variance < 0 ||
		wide_double(drivers_product(s, i, i), drivers_width(s)) >
		weight * largest * largest * (1 + 1e-9))
		return false;
	deviation[i] = sqrt(variance);
	for (int j = 0; j < i; j++)
		if (fabs(drivers_centred(s, i, j)) > deviation[i] * deviation[j] * (1 + 1e-9))
			return false;
	return true;
}

static bool
all_zero(const DriverSummary *s)
{
	size_t		words = drivers_words(s->drivers, drivers_weighted(s));

	for (size_t i = 0; i < words; i++)
		if (s->words[i] != 0)
			return false;
	return true;
}

static bool
sums_possible(const DriverSummary *s)
{
	double		deviation[DRIVERS_MAX + 1];
	uint64_t	sum[WIDE_SUM_MAX];
	double		weight;

	drivers_weight(s, sum);
	weight = wide_double(sum, drivers_width(s));
	if (weight == 0)
		return all_zero(s);
	if (!weights_possible(s))
		return false;
	for (int i = 0; i <= s->drivers; i++)
		if (!variable_possible(s, i, weight, deviation))
			return false;
	return true;
}

/* Is it a summary, as far as can be seen at once?  Then no access leaves its bytes. */
bool
drivers_has_shape(const DriverSummary *s, size_t bytes)
{
	return bytes >= sizeof(DriverSummary) && s->version == DRIVERS_VERSION &&
		(s->flags & ~DRIVERS_WEIGHTED) == 0 && s->drivers <= DRIVERS_MAX &&
		s->responses >= 0 && s->left_out >= 0 && (s->drivers > 0) == (s->responses > 0) &&
		bytes == drivers_size(s->drivers, drivers_weighted(s));
}

/* Check all of a summary of that many bytes, vl_len apart: the one validator. */
DriverStatus
drivers_validate(const DriverSummary *s, size_t bytes)
{
	if (bytes < sizeof(DriverSummary))
		return DRIVERS_BAD_SIZE;
	if (s->version != DRIVERS_VERSION)
		return DRIVERS_BAD_VERSION;
	if ((s->flags & ~DRIVERS_WEIGHTED) != 0)
		return DRIVERS_BAD_FLAGS;
	if (s->responses < 0 || s->responses > DRIVERS_MOST_RESPONSES || s->left_out < 0 ||
		(s->drivers > 0) != (s->responses > 0))
		return DRIVERS_BAD_COUNT;
	if (!drivers_has_shape(s, bytes))
		return DRIVERS_BAD_SIZE;
	return s->drivers == 0 || sums_possible(s) ? DRIVERS_OK : DRIVERS_BAD_SUMS;
}

/* Add or, with a sign of -1, take away the sums of one answer; vectors of 1 + drivers values. */
static inline void
accumulate(DriverSummary *s, const int64_t *values, int64_t sign)
{
	uint64_t   *sum = s->words;
	uint64_t   *product = s->words + 2 * (s->drivers + 1);

	for (int j = 0; j <= s->drivers; j++, sum += 2)
	{
		int64_t		value = sign * values[j];

		wide_add_2(sum, value);
		for (int i = 0; i <= j; i++, product += 2)
			wide_add_2(product, (Int128) value * values[i]);
	}
}

static inline void
accumulate_weighted(DriverSummary *s, const int64_t *values, int64_t weight)
{
	Int128		size = weight < 0 ? -(Int128) weight : weight;
	uint64_t   *sum = drivers_sum(s, 0);
	uint64_t   *product = drivers_product(s, 0, 0);

	wide_add_3(s->words, weight);
	wide_add_3(s->words + 3, size * weight);
	for (int j = 0; j <= s->drivers; j++, sum += 3)
	{
		Int128		value = (Int128) weight * values[j];

		wide_add_3(sum, value);
		for (int i = 0; i <= j; i++, product += 3)
			wide_add_3(product, value * values[i]);
	}
}

static inline DriverStatus
count(DriverSummary *s)
{
	if (s->responses >= DRIVERS_MOST_RESPONSES)
		return DRIVERS_OVERFLOW;
	s->responses++;
	return DRIVERS_OK;
}

/* Without answers there are no drivers; then no sum may be left, either. */
static DriverStatus
forget_drivers(DriverSummary *s)
{
	if (s->responses > 0)
		return DRIVERS_OK;
	if (!all_zero(s))
		return DRIVERS_BELOW_ZERO;
	s->drivers = 0;
	return DRIVERS_OK;
}

/* Count an answer: the outcome and s->drivers drivers, in units, which drivers_units() has seen. */
DriverStatus
drivers_add(DriverSummary *s, const int64_t *values)
{
	DriverStatus status = count(s);

	if (status == DRIVERS_OK)
		accumulate(s, values, 1);
	return status;
}

/* Take back one that drivers_add() counted; after the last one s has no drivers. */
DriverStatus
drivers_remove(DriverSummary *s, const int64_t *values)
{
	if (s->responses <= 0)
		return DRIVERS_BELOW_ZERO;
	s->responses--;
	accumulate(s, values, -1);
	return forget_drivers(s);
}

/* The same with weights in units. */
DriverStatus
drivers_add_weighted(DriverSummary *s, const int64_t *values, int64_t weight)
{
	DriverStatus status = count(s);

	if (status == DRIVERS_OK)
		accumulate_weighted(s, values, weight);
	return status;
}

DriverStatus
drivers_remove_weighted(DriverSummary *s, const int64_t *values, int64_t weight)
{
	if (s->responses <= 0)
		return DRIVERS_BELOW_ZERO;
	s->responses--;
	accumulate_weighted(s, values, -weight);
	return forget_drivers(s);
}

/* Count answers that are left out, or with a number below 0 take them back. */
DriverStatus
drivers_add_left_out(DriverSummary *s, int64_t left_out)
{
	int64_t		sum;

	if (__builtin_add_overflow(s->left_out, left_out, &sum))
		return DRIVERS_OVERFLOW;
	if (sum < 0)
		return DRIVERS_BELOW_ZERO;
	s->left_out = sum;
	return DRIVERS_OK;
}

/* Can two summaries be put together?  One without answers has any number of drivers. */
DriverStatus
drivers_mergeable(const DriverSummary *a, const DriverSummary *b)
{
	if (drivers_weighted(a) != drivers_weighted(b))
		return DRIVERS_OTHER_KIND;
	if (a->drivers != b->drivers && a->drivers > 0 && b->drivers > 0)
		return DRIVERS_OTHER_NUMBER;
	return DRIVERS_OK;
}

/* Add the answers of other, which are none or of as many drivers as s has. */
DriverStatus
drivers_merge(DriverSummary *s, const DriverSummary *other)
{
	DriverStatus status = drivers_mergeable(s, other);
	int			width = drivers_width(s);
	size_t		words = drivers_words(other->drivers, drivers_weighted(other));

	if (status == DRIVERS_OK)
		status = drivers_add_left_out(s, other->left_out);
	if (status != DRIVERS_OK || other->drivers == 0)
		return status;
	if (s->drivers != other->drivers)
		return DRIVERS_OTHER_NUMBER;
	if (other->responses > DRIVERS_MOST_RESPONSES - s->responses)
		return DRIVERS_OVERFLOW;
	s->responses += other->responses;
	for (size_t i = 0; i < words; i += (size_t) width)
		wide_add(s->words + i, other->words + i, width);
	return DRIVERS_OK;
}

/* Take the answers of other out of s.  They must have been among them. */
DriverStatus
drivers_subtract(DriverSummary *s, const DriverSummary *other)
{
	DriverStatus status = drivers_mergeable(s, other);
	int			width = drivers_width(s);
	size_t		words = drivers_words(other->drivers, drivers_weighted(other));

	if (status == DRIVERS_OK)
		status = drivers_add_left_out(s, -other->left_out);
	if (status != DRIVERS_OK || other->drivers == 0)
		return status;
	if (s->responses < other->responses)
		return DRIVERS_BELOW_ZERO;
	s->responses -= other->responses;
	for (size_t i = 0; i < words; i += (size_t) width)
		wide_subtract(s->words + i, other->words + i, width);
	if (s->responses == 0)
		return forget_drivers(s);
	return sums_possible(s) ? DRIVERS_OK : DRIVERS_BELOW_ZERO;
}
