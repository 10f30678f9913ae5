/* covers: core/base/text_scan.c core/base/decimal_units.c */

/*
 * text_scan_test.c
 *		Signs, numbers, labels and lists in texts, and the places of errors; numbers
 *		written.  Texts without decimals stand in memory of exactly their size, with no
 *		zero byte behind them.
 */
#include "unit.h"

#include "base/decimal_units.h"
#include "base/text_scan.h"

static char *copy = NULL;		/* of the text that is scanned */

static TextScan
begin(const char *text)
{
	TextScan	scan;

	free(copy);
	copy = exact_copy(text, strlen(text));
	text_scan_begin(&scan, copy, strlen(text));
	return scan;
}

/* With a zero byte behind it. */
static TextScan
begin_decimal(const char *text)
{
	TextScan	scan;

	free(copy);
	copy = exact_copy(text, strlen(text) + 1);
	text_scan_begin(&scan, copy, strlen(text));
	return scan;
}

/* The scan is at this place, and explains why if that is an error. */
static void
check_scan(const TextScan *scan, bool ok, bool wanted, size_t place, const char *what)
{
	check(ok == wanted && (size_t) (scan->at - scan->text) == place &&
		  (scan->expected != NULL || scan->problem != NULL) == !ok,
		  "%s: %s at %zu, not at %zu", what, ok ? "ok" : "an error",
		  (size_t) (scan->at - scan->text), place);
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
	scan = begin("in");
	check(!text_scan_accept(&scan, "int") && text_scan_accept(&scan, "in"), "a sign that is cut off");
}

/* Where reading a number from least to most ends; its value if there is one. */
static void
expect_number(const char *text, int64_t least, int64_t most, int64_t value, size_t place)
{
	TextScan	scan = begin(text);
	int64_t		found = -1;
	bool		ok = text_scan_number(&scan, least, most, &found, "a number");

	check(found == value, "%s is %lld", text, (long long) found);
	check_scan(&scan, ok, value >= 0, place, text);
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

/* A number that may be negative; 1 is the value of an error. */
static void
expect_signed(const char *text, int64_t value, size_t place)
{
	TextScan	scan = begin(text);
	int64_t		found = 1;
	bool		ok = text_scan_signed(&scan, &found, "a number");

	check(found == value, "%s is %lld", text, (long long) found);
	check_scan(&scan, ok, value != 1, place, text);
}

static void
test_signed(void)
{
	char		text[32];

	expect_signed("0", 0, 1);
	expect_signed(" -0x", 0, 3);
	expect_signed("-", 1, 1);
	expect_signed("+1", 1, 0);
	expect_signed("9223372036854775807", INT64_MAX, 19);
	expect_signed("-9223372036854775808", INT64_MIN, 20);
	expect_signed(" 9223372036854775808", 1, 1);
	expect_signed(" -9223372036854775809", 1, 2);
	expect_signed("99999999999999999999", 1, 0);
	for (int i = 0; i < 10000; i++)
	{
		int64_t		value = (int64_t) random_bits() >> below(64);

		if (value != 1)
			expect_signed(text, value, (size_t) sprintf(text, "%lld", (long long) value));
	}
}

/* The number reads, and is written as it is without zeros before it. */
static void
expect_wide(const char *text, bool wanted)
{
	TextScan	scan = begin(text);
	char		printed[UINT128_CHARS + 1];
	Uint128 value;
	bool		ok = text_scan_wide(&scan, &value, "a number");

	check_scan(&scan, ok, wanted, ok ? strlen(text) : 0, text);
	if (!ok)
		return;
	*text_print_wide(printed, value) = '\0';
	check(strcmp(printed, text) == 0, "%s is written as %s", text, printed);
}

static void
test_wide(void)
{
	expect_wide("0", true);
	expect_wide("18446744073709551616", true);
	expect_wide("340282366920938463463374607431768211455", true);
	expect_wide("340282366920938463463374607431768211456", false);
	expect_wide("3402823669209384634633746074317682114550", false);
	expect_wide("us", false);
}

/* A number with decimals: its units as a text, or NULL, and how it is written. */
static void
expect_decimal(const char *text, int decimals, const char *units, size_t place, const char *written)
{
	TextScan	scan = begin_decimal(text);
	char		printed[DECIMAL_UNITS_CHARS + 1];
	Uint128 value;
	bool		ok = text_scan_decimal(&scan, decimals, &value, "a number");

	check_scan(&scan, ok, units != NULL, place, text);
	if (!ok)
		return;
	*text_print_wide(printed, value) = '\0';
	check(strcmp(printed, units) == 0, "%s is %s units, not %s", text, printed, units);
	check(decimal_units_print(printed, value, decimals) == strlen(written) &&
		  strcmp(printed, written) == 0, "%s is written as %s, not %s", text, printed, written);
}

static void
test_decimals(void)
{
	expect_decimal("0", 0, "0", 1, "0");
	expect_decimal("0", 9, "0", 1, "0");
	expect_decimal(" 2.50x", 2, "250", 5, "2.5");
	expect_decimal("0.000000001", 9, "1", 11, "0.000000001");
	expect_decimal("10", 9, "10000000000", 2, "10");
	expect_decimal("1.", 9, "1000000000", 1, "1");
	expect_decimal("0.0000000001", 9, NULL, 0, NULL);
	expect_decimal("1.5", 0, NULL, 0, NULL);
	expect_decimal(" .5", 9, NULL, 1, NULL);
	expect_decimal("-1", 9, NULL, 0, NULL);
	expect_decimal("", 9, NULL, 0, NULL);
	expect_decimal("340282366920938463463.374607431768211455", 18,
				   "340282366920938463463374607431768211455", 40,
				   "340282366920938463463.374607431768211455");
	expect_decimal("340282366920938463463.374607431768211456", 18, NULL, 0, NULL);
	expect_decimal("3402823669209384634634", 18, NULL, 0, NULL);
}

static void
expect_label(const char *text, bool wanted, size_t place, const char *expected, const char *problem)
{
	TextScan	scan = begin(text);
	TextLabel	label;
	bool		ok = text_scan_label(&scan, true, &label, "a label");

	check_scan(&scan, ok, wanted, place, text);
	check((scan.expected == NULL) == (expected == NULL) &&
		  (scan.problem == NULL) == (problem == NULL) &&
		  (problem == NULL || strcmp(scan.problem, problem) == 0), "why not %s", text);
	check(!scan.limit, "no limit");
}

/* What follows a label where something else should. */
static void
expect_blank(const char *text, bool wanted)
{
	TextScan	scan = begin(text);
	TextLabel	label;

	check(!text_scan_blank(&scan), "no label before the first one");
	check(text_scan_label(&scan, true, &label, "a label") &&
		  !text_scan_expect(&scan, "@", "\"@\"") && text_scan_blank(&scan) == wanted,
		  "%s is perhaps one label", text);
}

static void
test_labels(void)
{
	char		long_label[JOURNEY_MAX_LABEL + 2] = "";
	TextScan	scan = begin(" \"add to\" cart");
	TextLabel	label;

	check(text_scan_label(&scan, true, &label, "a label") && text_label(&label).length == 6 &&
		  memcmp(text_label(&label).text, "add to", 6) == 0, "a label in quotes");
	check(text_scan_label(&scan, true, &label, "a label") && label.length == 4 &&
		  text_scan_end(&scan), "a bare label");
	expect_label(" >", false, 1, "a label", NULL);
	expect_label("", false, 0, "a label", NULL);
	expect_label(" \"\"", false, 1, NULL, "Empty label");
	expect_label("\"a", false, 0, NULL, "Quote without its end");
	memset(long_label, 'a', JOURNEY_MAX_LABEL + 1);
	scan = begin(long_label);
	check(!text_scan_label(&scan, true, &label, "a label") && scan.limit && scan.at == scan.text,
		  "a label that is too long");
	expect_blank("add to", true);
	expect_blank("add\t\"to\"", true);
	expect_blank("add , to", false);
	expect_blank("add", false);
}

/* The items of a list: as many labels as it has, or -1. */
static int
count_items(const char *text, const char *brackets)
{
	TextScan	scan = begin(text);
	TextLabel	label;
	TextItem	item;
	bool		begun = false;
	int			n = 0;

	for (; (item = text_scan_item(&scan, &begun, brackets)) == TEXT_ITEM; n++)
		if (!text_scan_label(&scan, true, &label, "a label"))
			return -1;
	check((item == TEXT_ERROR) == (scan.expected != NULL), "an error of %s is explained", text);
	check(item == TEXT_ERROR || !begun, "the list is closed");
	return item == TEXT_END ? n : -1;
}

static void
test_lists(void)
{
	check(count_items(" { } ", "{}") == 0, "an empty list");
	check(count_items("[a,b , \"c,d\"]", "[]") == 3, "three items");
	check(count_items("[a,]", "[]") == -1, "nothing behind a comma");
	check(count_items("{,a}", "{}") == -1, "nothing before a comma");
	check(count_items("{a b}", "{}") == -1, "no comma");
	check(count_items("{a", "{}") == -1, "a list without its end");
	check(count_items("a}", "{}") == -1, "and without its beginning");
	check(count_items("{a]", "{}") == -1, "brackets of two kinds");
}

int
main(void)
{
	test_signs();
	test_numbers();
	test_signed();
	test_wide();
	test_decimals();
	test_labels();
	test_lists();
	free(copy);
	return unit_end();
}
