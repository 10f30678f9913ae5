/*
 * wide_sum.c
 *		Arithmetic and text of sums of several words; see wide_sum.h.
 */
#include <math.h>
#include <string.h>

#include "drivers/wide_sum.h"

#define TEN_TO_18	UINT64_C(1000000000000000000)
#define DIGITS		18

void
wide_add(uint64_t *sum, const uint64_t *value, int words)
{
	Uint128 carry = 0;

	for (int i = 0; i < words; i++)
	{
		carry += (Uint128) sum[i] + value[i];
		sum[i] = (uint64_t) carry;
		carry >>= 64;
	}
}

void
wide_subtract(uint64_t *sum, const uint64_t *value, int words)
{
	Uint128 carry = 1;

	for (int i = 0; i < words; i++)
	{
		carry += (Uint128) sum[i] + ~value[i];
		sum[i] = (uint64_t) carry;
		carry >>= 64;
	}
}

/* -1, 0 or 1 */
int
wide_sign(const uint64_t *sum, int words)
{
	if (sum[words - 1] >> 63)
		return -1;
	for (int i = 0; i < words; i++)
		if (sum[i] != 0)
			return 1;
	return 0;
}

static void
negate(uint64_t *sum, int words)
{
	uint64_t	value[WIDE_PRODUCT];

	memcpy(value, sum, (size_t) words * sizeof(uint64_t));
	memset(sum, 0, (size_t) words * sizeof(uint64_t));
	wide_subtract(sum, value, words);
}

/* The absolute value, which is read as a number without a sign; was it negative? */
static bool
absolute(uint64_t *to, const uint64_t *sum, int words)
{
	memcpy(to, sum, (size_t) words * sizeof(uint64_t));
	if (sum[words - 1] >> 63 == 0)
		return false;
	negate(to, words);
	return true;
}

/* product, of twice as many words, = a * b */
void
wide_multiply(uint64_t *product, const uint64_t *a, const uint64_t *b, int words)
{
	uint64_t	x[WIDE_SUM_MAX];
	uint64_t	y[WIDE_SUM_MAX];
	bool		negative = absolute(x, a, words) != absolute(y, b, words);

	memset(product, 0, 2 * (size_t) words * sizeof(uint64_t));
	for (int i = 0; i < words; i++)
	{
		Uint128 carry = 0;

		for (int j = 0; j < words; j++)
		{
			carry += (Uint128) x[i] * y[j] + product[i + j];
			product[i + j] = (uint64_t) carry;
			carry >>= 64;
		}
		product[i + words] = (uint64_t) carry;
	}
	if (negative)
		negate(product, 2 * words);
}

/* The nearest double but for its last bit: from the two highest words that are not 0. */
double
wide_double(const uint64_t *sum, int words)
{
	uint64_t	x[WIDE_PRODUCT];
	bool		negative = absolute(x, sum, words);
	int			top = words - 1;
	double		value;

	while (top > 1 && x[top] == 0)
		top--;
	value = ldexp((double) uint128_load(x + top - 1), 64 * (top - 1));
	return negative ? -value : value;
}

/* x /= 10^18; returns the rest */
static uint64_t
divide(uint64_t *x, int words)
{
	Uint128 rest = 0;

	for (int i = words - 1; i >= 0; i--)
	{
		rest = rest << 64 | x[i];
		x[i] = (uint64_t) (rest / TEN_TO_18);
		rest %= TEN_TO_18;
	}
	return (uint64_t) rest;
}

/* Digits of x, lowest first, at least so many; returns how many. */
static int
digits_of(uint64_t *x, int words, char *digits, int least)
{
	int			n = 0;

	while (n < least || wide_sign(x, words) != 0)
	{
		uint64_t	part = divide(x, words);

		for (int i = 0; i < DIGITS; i++, part /= 10)
			digits[n++] = (char) ('0' + (int) (part % 10));
	}
	while (n > least && digits[n - 1] == '0')
		n--;
	return n;
}

/*
 * Print sum * 10^-decimals, exact, without trailing zeros; returns the length.  The
 * sum is below 2^191 in size, the decimals below 20.
 */
size_t
wide_print(char *text, const uint64_t *sum, int words, int decimals)
{
	uint64_t	x[WIDE_SUM_MAX];
	char		digits[5 * DIGITS];
	char	   *out = text;
	int			skip = 0;
	int			n;

	if (absolute(x, sum, words))
		*out++ = '-';
	n = digits_of(x, words, digits, decimals + 1);
	while (skip < decimals && digits[skip] == '0')
		skip++;
	while (n > skip)
	{
		if (n == decimals)
			*out++ = '.';
		*out++ = digits[--n];
	}
	*out = '\0';
	return (size_t) (out - text);
}

/* x = x * 10 + digit; false past the largest positive sum */
static bool
append_digit(uint64_t *x, int words, int digit)
{
	Uint128 carry = (Uint128) digit;

	for (int i = 0; i < words; i++)
	{
		carry += (Uint128) x[i] * 10;
		x[i] = (uint64_t) carry;
		carry >>= 64;
	}
	return carry == 0 && x[words - 1] >> 63 == 0;
}

static bool
is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

/*
 * Read such a number and go on behind it.  False if there is none, if it has more
 * decimals that are not 0, or if it does not fit.
 */
bool
wide_parse(const char **text, uint64_t *sum, int words, int decimals)
{
	const char *at = *text;
	bool		negative = *at == '-';
	int			left = decimals;

	memset(sum, 0, (size_t) words * sizeof(uint64_t));
	at += negative ? 1 : 0;
	if (!is_digit(*at))
		return false;
	for (; is_digit(*at); at++)
		if (!append_digit(sum, words, *at - '0'))
			return false;
	if (*at == '.' && is_digit(at[1]))
		for (at++; is_digit(*at); at++)
		{
			if (left == 0 && *at != '0')
				return false;
			if (left > 0 && !append_digit(sum, words, *at - '0'))
				return false;
			left -= left > 0 ? 1 : 0;
		}
	while (left-- > 0)
		if (!append_digit(sum, words, 0))
			return false;
	if (negative)
		negate(sum, words);
	*text = at;
	return true;
}
