/*
 * text_scan.c
 *		Reading the text forms of values; see text_scan.h.
 */
#include "base/text_scan.h"

#include <string.h>

#include "base/label.h"

/* Begin to read. */
void
text_scan_begin(TextScan *scan, const char *text, size_t length)
{
	scan->text = scan->at = text;
	scan->end = text + length;
	scan->expected = scan->problem = NULL;
}

/* Pass over white space. */
void
text_scan_space(TextScan *scan)
{
	while (journey_space_byte((unsigned char) *scan->at))
		scan->at++;
}

/* Does the sign come next?  Pass over it, if it does. */
bool
text_scan_accept(TextScan *scan, const char *sign)
{
	size_t		length = strlen(sign);

	text_scan_space(scan);
	if (strncmp(scan->at, sign, length) != 0)
		return false;
	scan->at += length;
	return true;
}

/* Something else should stand here; always false. */
bool
text_scan_fail(TextScan *scan, const char *expected)
{
	scan->expected = expected;
	return false;
}

/* The sign must come next. */
bool
text_scan_expect(TextScan *scan, const char *sign, const char *expected)
{
	return text_scan_accept(scan, sign) || text_scan_fail(scan, expected);
}

/* A number of at most 128 bits, without a sign. */
bool
text_scan_wide(TextScan *scan, Uint128 *value, const char *expected)
{
	const char *at;
	bool		ok;

	text_scan_space(scan);
	*value = 0;
	ok = *scan->at >= '0' && *scan->at <= '9';
	for (at = scan->at; ok && *at >= '0' && *at <= '9'; at++)
		ok = !__builtin_mul_overflow(*value, (Uint128) 10, value) &&
			!__builtin_add_overflow(*value, (Uint128) (*at - '0'), value);
	if (!ok)
		return text_scan_fail(scan, expected);
	scan->at = at;
	return true;
}

/* A number from least, which is 0 or more, to most. */
bool
text_scan_number(TextScan *scan, int64_t least, int64_t most, int64_t *value,
				 const char *expected)
{
	Uint128 wide;
	const char *at;

	text_scan_space(scan);
	at = scan->at;
	if (!text_scan_wide(scan, &wide, expected))
		return false;
	if (wide < (Uint128) least || wide > (Uint128) most)
	{
		scan->at = at;
		return text_scan_fail(scan, expected);
	}
	*value = (int64_t) wide;
	return true;
}

/* Nothing may come any more. */
bool
text_scan_end(TextScan *scan)
{
	text_scan_space(scan);
	return scan->at == scan->end || text_scan_fail(scan, "the end");
}

/* Print a number in at most UINT128_CHARS digits; returns where it ends. */
char *
text_print_wide(char *out, Uint128 value)
{
	char		digits[UINT128_CHARS];
	int			n = 0;

	do
		digits[n++] = (char) ('0' + (int) (value % 10));
	while ((value /= 10) > 0);
	while (n > 0)
		*out++ = digits[--n];
	return out;
}
