/* sources: core/base/text_scan.c */

/*
 * text_scan_test.c
 *		Signs, numbers and the places of errors in texts; numbers of 128 bits written.
 */
#include <stdio.h>
#include <string.h>

#include "base/text_scan.h"

static int	failures = 0;

static void
check(bool ok, const char *what)
{
	if (!ok)
	{
		printf("wrong: %s\n", what);
		failures++;
	}
}

static TextScan
begin(const char *text)
{
	TextScan	scan;

	text_scan_begin(&scan, text, strlen(text));
	return scan;
}

static void
test_signs(void)
{
	TextScan	scan = begin(" \t\n\v\f\r{ in us}");

	check(text_scan_accept(&scan, "{") && scan.at == scan.text + 7, "white space before a sign");
	check(!text_scan_accept(&scan, "us") && scan.at == scan.text + 8, "another sign");
	check(text_scan_expect(&scan, "in", "in") && scan.expected == NULL, "a sign that must come");
	check(!text_scan_expect(&scan, "ms", "\"ms\"") && strcmp(scan.expected, "\"ms\"") == 0 &&
		  scan.at == scan.text + 11, "one that does not");
	scan = begin("a  ");
	check(!text_scan_end(&scan) && scan.at == scan.text, "not the end");
	check(text_scan_accept(&scan, "a") && text_scan_end(&scan), "the end behind white space");
	check(!text_scan_accept(&scan, "a") && !text_scan_expect(&scan, "long", "long"), "no sign there");
}

/* Where reading a number from least to most ends; its value if there is one. */
static void
expect_number(const char *text, int64_t least, int64_t most, int64_t value, size_t place)
{
	TextScan	scan = begin(text);
	int64_t		found = -1;
	bool		ok = text_scan_number(&scan, least, most, &found, "a number");

	check(ok == (value >= 0) && found == value && scan.at == text + place &&
		  (scan.expected == NULL) == ok, text);
}

static void
test_numbers(void)
{
	expect_number("0", 0, INT64_MAX, 0, 1);
	expect_number(" 007x", 0, 7, 7, 4);
	expect_number(" 8", 0, 7, -1, 1);
	expect_number("0", 1, 7, -1, 0);
	expect_number("", 0, 7, -1, 0);
	expect_number("  -1", 0, 7, -1, 2);
	expect_number("9223372036854775807", 0, INT64_MAX, INT64_MAX, 19);
	expect_number("9223372036854775808", 0, INT64_MAX, -1, 0);
	expect_number(" 999999999999999999999999999999999999999999", 0, INT64_MAX, -1, 1);
}

/* The number reads, and is written as it is without zeros before it. */
static void
expect_wide(const char *text, bool ok)
{
	TextScan	scan = begin(text);
	char		printed[UINT128_CHARS + 1];
	Uint128 value;

	check(text_scan_wide(&scan, &value, "a number") == ok, text);
	if (!ok)
		return;
	*text_print_wide(printed, value) = '\0';
	check(strcmp(printed, text) == 0, text);
}

int
main(void)
{
	test_signs();
	test_numbers();
	expect_wide("0", true);
	expect_wide("18446744073709551616", true);
	expect_wide("340282366920938463463374607431768211455", true);
	expect_wide("340282366920938463463374607431768211456", false);
	expect_wide("3402823669209384634633746074317682114550", false);
	expect_wide("us", false);
	return failures > 0;
}
