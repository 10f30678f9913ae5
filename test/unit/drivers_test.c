/* covers: core/drivers/drivers.c core/drivers/drivers_fit.c */
/* covers: core/drivers/drivers_importance.c core/drivers/drivers_text.c */
/* covers: core/drivers/wide_sum.c */

/*
 * drivers_test.c
 *		The pure core of drivers: wide sums against 128-bit numbers; values rounded as
 *		their shortest decimal form says, against printing it; answers added, removed,
 *		merged and subtracted in any order; text there and back; damaged texts and
 *		summaries; what R says about its data set swiss; LMG against going through all
 *		orders.
 */
#include <math.h>

#include "drivers/drivers_fit.h"
#include "drivers_reference.h"
#include "unit.h"

static int64_t
random_value(int64_t most)
{
	return (int64_t) (random_bits() % (uint64_t) (2 * most + 1)) - most;
}

static Int128
random_wide(int bits)
{
	Uint128 value = (Uint128) random_bits() << 64 | random_bits();

	return (Int128) (value >> (128 - bits)) - ((Int128) 1 << (bits - 1));
}

/* ---- sums ---- */

static void
widen(uint64_t *sum, Int128 value)
{
	uint128_store(sum, (Uint128) value);
	sum[2] = value < 0 ? UINT64_MAX : 0;
}

static void
check_text_of(Int128 value)
{
	uint64_t	sum[3];
	uint64_t	back[3];
	char		text[WIDE_SUM_CHARS];
	const char *at = text;

	widen(sum, value);
	check(wide_print(text, sum, 3, 8) == strlen(text), "length of a sum");
	check(wide_parse(&at, back, 3, 8) && *at == '\0' && memcmp(sum, back, sizeof(sum)) == 0,
		  "a sum reads back");
}

static void
test_sums(void)
{
	for (int i = 0; i < 20000; i++)
	{
		Int128		a = random_wide(1 + (int) (random_bits() % 120));
		Int128		b = random_wide(1 + (int) (random_bits() % 60));
		Int128		c = random_wide(1 + (int) (random_bits() % 60));
		uint64_t	x[3];
		uint64_t	y[3];
		uint64_t	z[3];
		uint64_t	product[6];

		widen(x, a);
		widen(y, b);
		widen(z, a + b);
		wide_add_3(x, b);
		check(memcmp(x, z, sizeof(x)) == 0, "adding 128 bits to 192");
		widen(x, a);
		wide_add(x, y, 3);
		check(memcmp(x, z, sizeof(x)) == 0, "adding");
		wide_subtract(x, y, 3);
		widen(z, a);
		check(memcmp(x, z, sizeof(x)) == 0, "subtracting");
		check(wide_sign(x, 3) == (a > 0) - (a < 0), "sign");
		check(fabs(wide_double(x, 3) - (double) a) <= fabs((double) a) * 2e-16, "as a double");
		widen(x, b);
		widen(y, c);
		widen(z, b * c);
		wide_multiply(product, x, y, 3);
		check(memcmp(product, z, sizeof(z)) == 0, "multiplying");
		check_text_of(a);
	}
}

static void
check_print(const char *text, int words, int decimals, const char *want)
{
	uint64_t	sum[3];
	char		got[WIDE_SUM_CHARS];
	const char *at = text;

	if (want == NULL)
	{
		check(!wide_parse(&at, sum, words, decimals) || *at != '\0', "%s", text);
		return;
	}
	check(wide_parse(&at, sum, words, decimals), "%s", text);
	wide_print(got, sum, words, decimals);
	check(strcmp(got, want) == 0, "%s", want);
}

static void
test_sums_as_text(void)
{
	check_print("0", 2, 4, "0");
	check_print("-0.0000", 2, 4, "0");
	check_print("1000", 2, 4, "1000");
	check_print("-12.50", 2, 4, "-12.5");
	check_print("0.0001", 2, 4, "0.0001");
	check_print("12.34500000000000", 2, 4, "12.345");
	check_print("0.00001", 2, 4, NULL);
	check_print("", 2, 4, NULL);
	check_print("-", 2, 4, NULL);
	check_print(".5", 2, 4, NULL);
	check_print("1.", 2, 4, NULL);
	check_print("17014118346046923173168730371588410.5727", 2, 4,
				"17014118346046923173168730371588410.5727");
	check_print("17014118346046923173168730371588410.5728", 2, 4, NULL);
	check_print("-31385508676933403819178947116038332080511.77722017571446620",
				3, 17, "-31385508676933403819178947116038332080511.7772201757144662");
	check_print("313855086769334038191789471160383320805117", 3, 17, NULL);
}

/* ---- values ---- */

/* Half away from zero, from the shortest decimal form as text. */
static int64_t
units_by_text(double value)
{
	char		text[64];
	char		figures[64];
	int			exponent;
	int			n = 0;
	int			digits = 0;
	int64_t		units = 0;

	do
		snprintf(text, sizeof(text), "%.*e", digits++, fabs(value));
	while (strtod(text, NULL) != fabs(value));
	exponent = atoi(strchr(text, 'e') + 1);
	for (const char *p = text; *p != 'e'; p++)
		if (*p != '.')
			figures[n++] = *p;
	/* the first figure counts 10^exponent, a unit 10^-4 */
	for (int i = 0; i <= exponent + 4; i++)
		units = units * 10 + (i < n ? figures[i] - '0' : 0);
	if (exponent + 5 >= 0 && exponent + 5 < n && figures[exponent + 5] >= '5')
		units++;
	return value < 0 ? -units : units;
}

static void
check_units(double value, int64_t want)
{
	int64_t		got = 0;

	check(drivers_units(value, &got) && got == want, "%.17g is %lld units, not %lld", value,
		  (long long) got, (long long) want);
}

static void
test_units(void)
{
	int64_t		units;

	check_units(0.00015, 2);
	check_units(-0.00015, -2);
	check_units(0.00005, 1);
	check_units(0.000049999999999999996, 0);
	check_units(0.1 + 0.2, 3000);
	check_units(2.00005, 20001);
	check_units(nextafter(2.00005, 0), 20000);
	check_units(9999999.99995, INT64_C(100000000000));
	check_units(nextafter(9999999.99995, 0), INT64_C(99999999999));
	check_units(-1e7, -INT64_C(100000000000));
	check_units(-0.0, 0);
	check_units(5e-324, 0);
	check(!drivers_units(nextafter(1e7, INFINITY), &units), "too large");
	check(!drivers_units(NAN, &units) && !drivers_units(-INFINITY, &units), "no number");
	for (int i = 0; i < 200000; i++)
	{
		int64_t		k = random_value(i % 2 == 0 ? 99999999999 : 1000000);
		double		middle = (double) (2 * k + 1) / 20000;
		double		value = k / 10000.0;

		check_units(value, k);
		check_units(middle, k >= 0 ? k + 1 : k);
		check_units(nextafter(middle, INFINITY), units_by_text(nextafter(middle, INFINITY)));
		check_units(nextafter(middle, -INFINITY), units_by_text(nextafter(middle, -INFINITY)));
		if (i < 20000)
			check_units(value / 3, units_by_text(value / 3));
	}
	check(drivers_weight_units(1e6, &units) && units == INT64_C(1000000000000000) &&
		  drivers_weight_units(0, &units) && units == 0 && !drivers_weight_units(-1, &units) &&
		  !drivers_weight_units(1000001, &units) && !drivers_weight_units(NAN, &units), "weights");
}

/* ---- summaries ---- */

static DriverSummary *
new_summary(int drivers, bool weighted)
{
	DriverSummary *s = malloc(drivers_size(drivers, weighted));

	s->vl_len = 0;
	drivers_init(s, drivers, weighted);
	return s;
}

static bool
same(const DriverSummary *a, const DriverSummary *b)
{
	return a->drivers == b->drivers && a->flags == b->flags &&
		memcmp(a, b, drivers_size(a->drivers, drivers_weighted(a))) == 0;
}

static void
count_answer(DriverSummary *s, const int64_t *values, int64_t weight)
{
	check((drivers_weighted(s) ? drivers_add_weighted(s, values, weight) : drivers_add(s, values))
		  == DRIVERS_OK, "an answer");
}

static void
check_text(const DriverSummary *s)
{
	char	   *text = malloc(drivers_text_bound(s));
	DriverSummary *back = malloc(DRIVERS_MAX_SIZE);
	TextScan	scan;
	size_t		length = drivers_print(s, text);

	back->vl_len = 0;
	check(length == strlen(text) && length < drivers_text_bound(s), "length of a text");
	check(drivers_parse(text, back, &scan) && same(s, back), "%s", text);
	for (size_t i = 0; i < length; i += 1 + length / 100)
	{
		char		kept = text[i];

		text[i] = "0-x,]"[random_bits() % 5];
		if (drivers_parse(text, back, &scan))
			check(drivers_validate(back, drivers_size(back->drivers, drivers_weighted(back))) ==
				  DRIVERS_OK, "what a damaged text gave");
		text[i] = '\0';
		check(!drivers_parse(text, back, &scan) && scan.expected != NULL, "a text cut off");
		text[i] = kept;
	}
	free(back);
	free(text);
}

/* Answers in two parts, and in one; then all of them taken away again. */
static void
test_answers(int drivers, bool weighted, int answers)
{
	int64_t		(*values)[DRIVERS_MAX + 1] = malloc((size_t) answers * sizeof(*values));
	int64_t    *weight = malloc((size_t) answers * sizeof(int64_t));
	DriverSummary *all = new_summary(drivers, weighted);
	DriverSummary *part[2] = {new_summary(drivers, weighted), new_summary(drivers, weighted)};
	size_t		bytes = drivers_size(drivers, weighted);

	for (int i = 0; i < answers; i++)
	{
		for (int j = 0; j <= drivers; j++)
			values[i][j] = random_value(i % 3 == 0 ? 100000000000 : 50000);
		weight[i] = i % 4 == 0 ? 0 : llabs(random_value(1000000000000000));
		count_answer(all, values[i], weight[i]);
		count_answer(part[i % 2], values[i], weight[i]);
	}
	check(drivers_add_left_out(all, 3) == DRIVERS_OK &&
		  drivers_add_left_out(part[0], 3) == DRIVERS_OK, "left out");
	check(drivers_validate(all, bytes) == DRIVERS_OK, "what was counted is valid");
	check_text(all);
	check(drivers_merge(part[1], part[0]) == DRIVERS_OK && same(all, part[1]), "merged");
	check(drivers_subtract(all, part[0]) == DRIVERS_OK, "subtracted");
	check(all->left_out == 0 &&
		  drivers_validate(all, drivers_size(all->drivers, weighted)) == DRIVERS_OK,
		  "what is left");
	for (int i = answers; i-- > 0;)
		check((weighted ? drivers_remove_weighted(part[1], values[i], weight[i]) :
			   drivers_remove(part[1], values[i])) == DRIVERS_OK, "removed");
	check(part[1]->responses == 0 && part[1]->drivers == 0 && part[1]->left_out == 3, "none left");
	check(drivers_subtract(part[0], all) != DRIVERS_OK || answers < 2, "others taken away");
	free(values);
	free(weight);
	free(all);
	free(part[0]);
	free(part[1]);
}

static void
test_refused(void)
{
	DriverSummary *s = new_summary(2, false);
	DriverSummary *other = new_summary(2, true);
	DriverSummary *three = new_summary(3, false);
	int64_t		values[4] = {1, 2, 3, 4};
	size_t		bytes = drivers_size(2, false);

	check(drivers_validate(s, bytes) == DRIVERS_BAD_COUNT, "drivers without answers");
	count_answer(s, values, 1);
	count_answer(other, values, 1);
	count_answer(three, values, 1);
	check(drivers_merge(s, other) == DRIVERS_OTHER_KIND, "other kind");
	check(drivers_merge(s, three) == DRIVERS_OTHER_NUMBER, "other number");
	check(drivers_validate(s, bytes - 1) == DRIVERS_BAD_SIZE &&
		  drivers_validate(s, 3) == DRIVERS_BAD_SIZE, "other size");
	/* larger squares may be those of another answer, but for the highest word */
	for (size_t i = 0; i < drivers_words(2, false); i++)
	{
		bool		square = s->words + i == drivers_product(s, 0, 0) ||
			s->words + i == drivers_product(s, 1, 1) || s->words + i == drivers_product(s, 2, 2);

		s->words[i] += 1000;
		check(drivers_validate(s, bytes) == (square ? DRIVERS_OK : DRIVERS_BAD_SUMS),
			  "a damaged sum");
		s->words[i] -= 1000;
	}
	s->flags = 2;
	check(drivers_validate(s, bytes) == DRIVERS_BAD_FLAGS, "flags");
	s->flags = 0;
	s->responses = DRIVERS_MOST_RESPONSES;
	check(drivers_add(s, values) == DRIVERS_OVERFLOW, "too many answers");
	s->responses = 1;
	values[0] = 7;
	check(drivers_remove(s, values) == DRIVERS_BELOW_ZERO, "one that is not there");
	free(s);
	free(other);
	free(three);
}

/* As many of the largest products as there may be answers, doubled up. */
static void
test_largest(bool weighted)
{
	DriverSummary *s = new_summary(1, weighted);
	DriverSummary *twice = new_summary(1, weighted);
	int64_t		values[2] = {-DRIVERS_LARGEST * DRIVERS_UNITS, DRIVERS_LARGEST * DRIVERS_UNITS};

	count_answer(s, values, DRIVERS_LARGEST_WEIGHT * DRIVERS_WEIGHT_UNITS);
	while (s->responses < DRIVERS_MOST_RESPONSES)
	{
		memcpy(twice, s, drivers_size(1, weighted));
		check(drivers_merge(s, twice) == DRIVERS_OK, "doubled");
	}
	check(wide_sign(drivers_product(s, 0, 0), drivers_width(s)) > 0 &&
		  wide_sign(drivers_product(s, 0, 1), drivers_width(s)) < 0, "signs of the largest sums");
	check(drivers_centred(s, 0, 1) == 0 && drivers_effective(s) == 0x1p53, "all alike");
	check(drivers_validate(s, drivers_size(1, weighted)) == DRIVERS_OK, "the largest sums");
	check_text(s);
	check(drivers_merge(s, twice) == DRIVERS_OVERFLOW, "past the largest");
	free(s);
	free(twice);
}

/* ---- what they say ---- */

static bool
close_to(double got, double want)
{
	return fabs(got - want) <= 1e-9 * fmax(fabs(want), 1e-3);
}

static void
test_swiss(bool weighted)
{
	DriverSummary *s = new_summary(5, weighted);
	DriverMoments *m = malloc(sizeof(DriverMoments));
	DriverFit  *fit = malloc(sizeof(DriverFit));
	DriverWork *work = malloc(sizeof(DriverWork));
	double		lmg[5];
	double		johnson[5];
	double		subsets[32];

	for (int i = 0; i < 47; i++)
	{
		int64_t		values[6];

		for (int j = 0; j < 6; j++)
			check(drivers_units(swiss[i][j], &values[j]), "a value");
		count_answer(s, values, 2 * DRIVERS_WEIGHT_UNITS);
	}
	drivers_moments(s, m);
	drivers_fit(m, fit, work);
	drivers_lmg(m, lmg, subsets);
	drivers_johnson(m, johnson, work);
	check(close_to(fit->r_squared, .706735001593) && fit->terms == 5, "R squared of swiss");
	for (int j = 0; j < 5; j++)
	{
		const double *want = swiss_drivers[j];

		check(close_to(m->correlation[0][j + 1], want[1]), "correlation");
		check(close_to(fit->coefficient[j], want[2]), "coefficient");
		check(close_to(fit->std_errors[j], want[3]), "standard error");
		check(close_to(lmg[j], want[7]), "LMG");
		check(close_to(johnson[j], want[8]), "Johnson");
	}
	free(s);
	free(m);
	free(fit);
	free(work);
}

/* What driver j adds to R^2 behind those in the set: by the core itself, of fewer drivers. */
static double
r_squared_of(const DriverMoments *all, const int *set, int n, DriverWork *work)
{
	DriverMoments *m = malloc(sizeof(DriverMoments));
	DriverFit  *fit = malloc(sizeof(DriverFit));
	double		r_squared;

	*m = *all;
	m->drivers = n;
	for (int i = 0; i <= n; i++)
	{
		int			from = i == 0 ? 0 : set[i - 1] + 1;

		m->deviation[i] = all->deviation[from];
		for (int j = 0; j <= n; j++)
			m->correlation[i][j] = all->correlation[from][j == 0 ? 0 : set[j - 1] + 1];
	}
	drivers_fit(m, fit, work);
	r_squared = fit->r_squared;
	free(m);
	free(fit);
	return r_squared;
}

/* All 24 orders of four drivers: the n-th has the digits of n in the factorial system. */
static void
lmg_by_orders(const DriverMoments *m, double *importance, DriverWork *work)
{
	for (int order = 0; order < 24; order++)
	{
		int			set[4];
		int			left[4] = {0, 1, 2, 3};
		double		before = 0;

		for (int n = 0, rest = order; n < 4; n++)
		{
			int			pick = rest % (4 - n);
			double		after;

			rest /= 4 - n;
			set[n] = left[pick];
			memmove(left + pick, left + pick + 1, (size_t) (3 - pick) * sizeof(int));
			after = r_squared_of(m, set, n + 1, work);
			importance[set[n]] += (after - before) / 24;
			before = after;
		}
	}
}

/* Random answers in which the second driver may be twice the first, the third constant. */
static void
test_importance(bool collinear, bool constant)
{
	DriverSummary *s = new_summary(4, false);
	DriverMoments *m = malloc(sizeof(DriverMoments));
	DriverFit  *fit = malloc(sizeof(DriverFit));
	DriverWork *work = malloc(sizeof(DriverWork));
	double		lmg[4];
	double		johnson[4];
	double		orders[4] = {0};
	double		subsets[16];
	double		sum = 0;
	double		sum_johnson = 0;

	for (int i = 0; i < 50; i++)
	{
		int64_t		values[5];

		for (int j = 1; j < 5; j++)
			values[j] = random_value(100);
		values[2] = collinear ? 2 * values[1] : values[2] + values[1];
		values[3] = constant ? 7 : values[3];
		values[0] = 3 * values[1] - values[4] + random_value(200);
		count_answer(s, values, 1);
	}
	drivers_moments(s, m);
	drivers_fit(m, fit, work);
	drivers_lmg(m, lmg, subsets);
	drivers_johnson(m, johnson, work);
	lmg_by_orders(m, orders, work);
	for (int j = 0; j < 4; j++)
	{
		check(close_to(lmg[j], orders[j]), "LMG of all orders");
		check(isnan(fit->coefficient[j]) == ((collinear && j == 1) || (constant && j == 2)),
			  "who has a coefficient");
		check(fit->collinear[j] == (collinear && j == 1) &&
			  fit->constant[j] == (constant && j == 2),
			  "who is collinear or constant");
		sum += lmg[j];
		sum_johnson += johnson[j];
	}
	check(close_to(sum, fit->r_squared) && close_to(sum_johnson, fit->r_squared), "parts of R^2");
	check(!constant || (lmg[2] == 0 && johnson[2] == 0), "a constant driver");
	check(!collinear || close_to(lmg[0], lmg[1]), "two of a kind");
	free(s);
	free(m);
	free(fit);
	free(work);
}

/* Sums that no answers gave: whatever comes out, it comes, and in bounds. */
static void
test_nonsense(void)
{
	DriverSummary *s = new_summary(15, true);
	DriverMoments *m = malloc(sizeof(DriverMoments));
	DriverFit  *fit = malloc(sizeof(DriverFit));
	DriverWork *work = malloc(sizeof(DriverWork));
	double	   *subsets = malloc(drivers_lmg_room(15) * sizeof(double));
	double		importance[DRIVERS_MAX];

	for (int round = 0; round < 20; round++)
	{
		s->responses = 1 + (int64_t) (random_bits() % 100);
		for (size_t i = 0; i < drivers_words(15, true); i++)
			s->words[i] = random_bits() >> random_bits() % 64;
		drivers_moments(s, m);
		drivers_fit(m, fit, work);
		drivers_lmg(m, importance, subsets);
		drivers_johnson(m, importance, work);
		check(!(fit->r_squared > 1), "R^2 of nonsense");
	}
	free(s);
	free(m);
	free(fit);
	free(work);
	free(subsets);
}

int
main(void)
{
	test_sums();
	test_sums_as_text();
	test_units();
	for (int weighted = 0; weighted < 2; weighted++)
	{
		test_answers(1, weighted, 1);
		test_answers(3, weighted, 40);
		test_answers(DRIVERS_MAX, weighted, 100);
		test_largest(weighted);
		test_swiss(weighted);
	}
	test_refused();
	for (int kind = 0; kind < 4; kind++)
		test_importance(kind & 1, kind & 2);
	test_nonsense();
	return unit_end();
}
