/*
 * decimal_units.c
 *		Printing and reading numbers that are kept as whole units of a power of ten;
 *		see decimal_units.h.
 */
#include "base/decimal_units.h"

size_t
decimal_units_print(char *text, Uint128 value, int decimals)
{
	char		digits[DECIMAL_UNITS_CHARS + 1];
	int			n = 0;
	int			skip = 0;
	char	   *out = text;

	while (value > 0 || n <= decimals)
	{
		digits[n++] = (char) ('0' + (int) (value % 10));
		value /= 10;
	}
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

size_t
decimal_units_print_signed(char *text, Int128 value, int decimals)
{
	if (value >= 0)
		return decimal_units_print(text, (Uint128) value, decimals);
	*text = '-';
	return 1 + decimal_units_print(text + 1, -(Uint128) value, decimals);
}

static bool
is_digit(char ch)
{
	return ch >= '0' && ch <= '9';
}

/* value = value * 10 + digit, false on overflow */
static bool
append_digit(Uint128 *value, int digit)
{
	return !__builtin_mul_overflow(*value, (Uint128) 10, value) &&
		!__builtin_add_overflow(*value, (Uint128) digit, value);
}

bool
decimal_units_parse(const char **text, int decimals, Uint128 *value)
{
	const char *at = *text;
	Uint128 result = 0;
	int			left = decimals;

	if (!is_digit(*at))
		return false;
	for (; is_digit(*at); at++)
		if (!append_digit(&result, *at - '0'))
			return false;
	if (*at == '.' && is_digit(at[1]))
		for (at++; is_digit(*at) && left > 0; at++, left--)
			if (!append_digit(&result, *at - '0'))
				return false;
	while (left-- > 0)
		if (!append_digit(&result, 0))
			return false;
	if (is_digit(*at))
		return false;
	*text = at;
	*value = result;
	return true;
}
