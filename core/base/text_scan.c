/*
 * text_scan.c
 *		Reading the text forms of values; see text_scan.h.
 */
#include "base/text_scan.h"

#include <string.h>

#include "base/decimal_units.h"

/* Begin to read. */
void
text_scan_begin(TextScan *scan, const char *text, size_t length)
{
	TextScan	begun = {.text = text,.at = text,.end = text + length};

	*scan = begun;
}

/* Pass over white space. */
void
text_scan_space(TextScan *scan)
{
	while (scan->at < scan->end && journey_space_byte((unsigned char) *scan->at))
		scan->at++;
}

/* Does the sign come next?  Pass over it, if it does. */
bool
text_scan_accept(TextScan *scan, const char *sign)
{
	size_t		length = strlen(sign);

	text_scan_space(scan);
	if ((size_t) (scan->end - scan->at) < length || memcmp(scan->at, sign, length) != 0)
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

/* What stands here is wrong; always false. */
bool
text_scan_problem(TextScan *scan, const char *problem)
{
	scan->problem = problem;
	return false;
}

/* The sign must come next. */
bool
text_scan_expect(TextScan *scan, const char *sign, const char *expected)
{
	return text_scan_accept(scan, sign) || text_scan_fail(scan, expected);
}

static bool
is_digit(const TextScan *scan, const char *at)
{
	return at < scan->end && *at >= '0' && *at <= '9';
}

/* A number of at most 128 bits, without a sign. */
bool
text_scan_wide(TextScan *scan, Uint128 *value, const char *expected)
{
	const char *at;
	bool		ok;

	text_scan_space(scan);
	*value = 0;
	ok = is_digit(scan, scan->at);
	for (at = scan->at; ok && is_digit(scan, at); at++)
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

/* A number of 64 bits, with a minus before it or without; an error is at its first digit. */
bool
text_scan_signed(TextScan *scan, int64_t *value, const char *expected)
{
	bool		negative = text_scan_accept(scan, "-");
	const char *at = scan->at;
	int64_t		result = 0;
	bool		ok = is_digit(scan, at);

	/* digits are subtracted, because negative numbers reach one further */
	for (; ok && is_digit(scan, at); at++)
		ok = !__builtin_mul_overflow(result, 10, &result) &&
			!__builtin_sub_overflow(result, *at - '0', &result);
	if (!ok || (!negative && __builtin_sub_overflow(0, result, &result)))
		return text_scan_fail(scan, expected);
	scan->at = at;
	*value = result;
	return true;
}

/* A number with at most so many decimals, as units of 10^-decimals. */
bool
text_scan_decimal(TextScan *scan, int decimals, Uint128 *units, const char *expected)
{
	text_scan_space(scan);
	return decimal_units_parse(&scan->at, decimals, units) || text_scan_fail(scan, expected);
}

/* A label, bare or in quotes. */
bool
text_scan_label(TextScan *scan, bool utf8, TextLabel *label, const char *expected)
{
	JourneyLabelStatus status;

	text_scan_space(scan);
	status = journey_label_read(&scan->at, scan->end, utf8, label->text, &label->length);
	if (status == JOURNEY_LABEL_MISSING)
		return text_scan_fail(scan, expected);
	scan->limit = status == JOURNEY_LABEL_TOO_LONG;
	if (status != JOURNEY_LABEL_OK)
		return text_scan_problem(scan, journey_label_problem(status));
	scan->label_end = scan->at;
	return true;
}

/* Is what is wrong perhaps a label with blanks, without its quotes? */
bool
text_scan_blank(const TextScan *scan)
{
	return scan->label_end != NULL && journey_label_goes_on(scan->label_end, scan->at, scan->end);
}

/*
 * Does another item of a list come, between "{}" or "[]" and with commas between
 * them?  begun tells, and is told, whether the list is open.
 */
TextItem
text_scan_item(TextScan *scan, bool *begun, const char *brackets)
{
	char		close[2] = {brackets[1], '\0'};
	bool		braces = brackets[0] == '{';
	bool		first = !*begun;

	if (first && !text_scan_expect(scan, braces ? "{" : "[", braces ? "\"{\"" : "\"[\""))
		return TEXT_ERROR;
	*begun = !text_scan_accept(scan, close);
	if (!*begun)
		return TEXT_END;
	if (!first && !text_scan_expect(scan, ",", braces ? "\",\" or \"}\"" : "\",\" or \"]\""))
		return TEXT_ERROR;
	return TEXT_ITEM;
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
