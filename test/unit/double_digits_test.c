/* covers: core/base/double_digits.c */

/*
 * double_digits_test.c
 *		The 15 digits of floating-point numbers, against printf().
 */
#include "unit.h"

#include <math.h>

#include "base/double_digits.h"

/* The digits and the exponent that printf() writes. */
static void
oracle(double value, int64_t *digits, int *decimals)
{
	char		text[40];
	char	   *at;

	snprintf(text, sizeof(text), "%.14e", value);
	at = strchr(text, 'e');
	*decimals = 14 - atoi(at + 1);
	*at = '\0';
	at = strchr(text, '.');
	memmove(at, at + 1, strlen(at));
	*digits = strtoll(text, NULL, 10);
	for (; *decimals < 0; ++*decimals)
		*digits *= 10;
	for (; *decimals > 0 && *digits % 10 == 0; --*decimals)
		*digits /= 10;
}

static void
check_one(double value)
{
	int64_t		digits;
	int64_t		wanted;
	int			decimals;
	int			wanted_decimals;

	if (!check(double_digits(value, &digits, &decimals), "%.17g has no digits", value))
		return;
	oracle(value, &wanted, &wanted_decimals);
	if (value == 0)
		wanted_decimals = 0;
	check(digits == wanted && decimals == wanted_decimals, "%.17g: %lld / 10^%d, not %lld / 10^%d",
		  value, (long long) digits, decimals, (long long) wanted, wanted_decimals);
}

static void
check_none(double value)
{
	int64_t		digits;
	int			decimals;

	check(!double_digits(value, &digits, &decimals), "%.17g has digits", value);
}

static void
check_around(double value)
{
	check_one(value);
	check_one(-value);
	check_one(nextafter(value, 1));
	check_one(nextafter(value, 1e14));
}

/* Ends, powers of ten and their neighbours, halves that round to even, digits that carry. */
static void
test_known(void)
{
	static const double numbers[] = {
		1e-5, 1e-4, 0.1, 1.0 / 3, 0.5, 2.5, 45.6, 99.9999999999999, 99.99999999999999,
		123456789012345, 12345678901234.5, 100000000000000.5, 100000000000001.5,
		999999999999999, 999999999999999.5, 999999999999999.25, 4503599627370495.5 / 8
	};

	for (int i = 0; i < LENGTH(numbers); i++)
		check_around(numbers[i]);
	for (double power = 1e-4; power < 1e15; power *= 10)
		check_around(power);
	check_one(0);
	check_one(-0.0);
	check_one(nextafter(1e15, 0));
	check_none(1e15);
	check_none(nextafter(1e-5, 0));
	check_none(5e-324);
	check_none(-1e300);
	check_none(INFINITY);
	check_none(-INFINITY);
	check_none(NAN);
}

/* All sizes alike, whole numbers over powers of two for exact halves, and few decimals. */
static void
test_random(void)
{
	for (int i = 0; i < 300000; i++)
	{
		double		size = pow(10, -5 + 20 * ((double) (random_bits() >> 11) / 0x1p53));

		if (size >= 1e-5 && size < 1e15)
			check_one(one_in(2) ? size : -size);
		check_one((double) (random_bits() >> (11 + below(10))) / (double) (1 << (4 + below(20))));
		check_one(round(100 * size / 1e9) / 1e4);
	}
}

int
main(void)
{
	test_known();
	test_random();
	return unit_end();
}
