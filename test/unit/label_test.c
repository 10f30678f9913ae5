/* covers: core/base/label.c */

/*
 * label_test.c
 *		Labels: what may be one, against a decoder of UTF-8 that looks at code points;
 *		how they are written and read; keys, hashes and tables that find them.
 */
#include "unit.h"

#include "base/label.h"
#include "base/label_key.h"

/* The bytes that a first byte announces, or 0. */
static int
announced(uint8_t first)
{
	return first < 0x80 ? 1 : (first & 0xE0) == 0xC0 ? 2 : (first & 0xF0) == 0xE0 ? 3 :
		(first & 0xF8) == 0xF0 ? 4 : 0;
}

/* The character at the beginning, or -1; by the code point that its bits make. */
static int
decode(const uint8_t *p, size_t left, int *length)
{
	static const int least[] = {0, 0, 0x80, 0x800, 0x10000};
	int			point;

	*length = announced(p[0]);
	if (*length == 0 || (size_t) *length > left)
		return -1;
	point = *length == 1 ? p[0] : p[0] & (0x7F >> *length);
	for (int i = 1; i < *length; i++)
	{
		if ((p[i] & 0xC0) != 0x80)
			return -1;
		point = point << 6 | (p[i] & 0x3F);
	}
	return point < least[*length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF) ?
		-1 : point;
}

/* What journey_label_check() should say, and where. */
static JourneyLabelStatus
oracle_check(const uint8_t *bytes, size_t length, bool utf8, size_t *offset)
{
	int			step;

	*offset = 0;
	if (length == 0 || length > 255)
		return length == 0 ? JOURNEY_LABEL_EMPTY : JOURNEY_LABEL_TOO_LONG;
	for (size_t i = 0; i < length; i += (size_t) step)
	{
		int			point = utf8 ? decode(bytes + i, length - i, &step) : bytes[i];

		*offset = i;
		if (!utf8)
			step = 1;
		if (point < 0)
			return JOURNEY_LABEL_ENCODING;
		if (point == 31 && i > 0 && i + 1 < length && bytes[i - 1] != 31)
			continue;
		if (point < 32 || point == 127)
			return JOURNEY_LABEL_CONTROL;
	}
	return JOURNEY_LABEL_OK;
}

static void
compare_check(const uint8_t *bytes, size_t length, bool utf8)
{
	uint8_t    *copy = exact_copy(bytes, length);
	size_t		wanted;
	size_t		offset = 0;
	JourneyLabelStatus status = oracle_check(bytes, length, utf8, &wanted);
	JourneyLabelStatus found = journey_label_check((char *) copy, length, utf8, &offset);

	check(found == status && (status == JOURNEY_LABEL_OK || offset == wanted),
		  "%zu bytes, %02x %02x: %d at %zu, not %d at %zu", length, bytes[0],
		  length > 1 ? bytes[1] : 0, found, offset, status, wanted);
	free(copy);
}

static void
test_check(void)
{
	uint8_t		bytes[300];

	memset(bytes, 'a', sizeof(bytes));
	for (size_t length = 0; length <= 300; length++)
		compare_check(bytes, length, true);
	/* all that two bytes and their followers can be, with a letter behind */
	for (int first = 0; first < 256; first++)
		for (int second = 0; second < 256; second++)
			for (int rest = 0; rest < 8; rest++)
			{
				bytes[0] = (uint8_t) first;
				bytes[1] = (uint8_t) second;
				bytes[2] = (rest & 1) != 0 ? 0x80 : 'a';
				bytes[3] = (rest & 2) != 0 ? 0xBF : 0xC0;
				compare_check(bytes, 1 + (size_t) (rest & 3), true);
				compare_check(bytes, 4 + (size_t) (rest & 1), true);
				compare_check(bytes, 2, false);
			}
	for (int i = 0; i < 200000; i++)
	{
		size_t		length = (size_t) below(12);

		for (size_t k = 0; k < length; k++)
			bytes[k] = (uint8_t) "a\x7F\x1F\x80\x8F\x90\x9F\xA0\xBF\xC2\xE0\xED\xEF\xF0\xF4\xF5"[below(16)];
		compare_check(bytes, length, true);
	}
}

/* A label of such bytes as need care. */
static size_t
random_label(char *label, int most)
{
	size_t		length = (size_t) (1 + below(most));

	for (size_t i = 0; i < length; i++)
		label[i] = "ab.-_:/09\" ,>{@\xC5"[below(16)];
	return length;
}

static bool
oracle_is_bare(const char *label, size_t length)
{
	static const char bare[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:/";
	bool		dots = true;

	for (size_t i = 0; i < length; i++)
	{
		if ((unsigned char) label[i] < 128 && strchr(bare, label[i]) == NULL)
			return false;
		dots = dots && label[i] == '.';
	}
	return !dots;
}

/* It is written in quotes where it must be, and reads back. */
static void
check_written(const char *label, size_t length)
{
	char	   *text = exact(JOURNEY_LABEL_TEXT_BOUND(length));
	size_t		written = journey_label_print(label, length, text);
	char	   *copy = exact_copy(text, written);
	const char *at = copy;
	char		read[JOURNEY_MAX_LABEL];
	size_t		read_length;
	bool		bare = oracle_is_bare(label, length);

	check((text[0] != '"') == bare && journey_label_is_bare(label, length) == bare &&
		  (!bare || written == length), "quotes of %.*s", (int) length, label);
	check(journey_label_read(&at, copy + written, false, read, &read_length) == JOURNEY_LABEL_OK &&
		  at == copy + written && read_length == length && memcmp(read, label, length) == 0,
		  "%.*s is not read back", (int) length, label);
	free(copy);
	free(text);
}

static void
expect_read(const char *text, JourneyLabelStatus status, size_t place, const char *label)
{
	char	   *copy = exact_copy(text, strlen(text));
	const char *at = copy;
	char		read[JOURNEY_MAX_LABEL];
	size_t		length;
	JourneyLabelStatus found = journey_label_read(&at, copy + strlen(text), true, read, &length);

	check(found == status && at == copy + place, "%s: %d at %zu", text, found, (size_t) (at - copy));
	if (status == JOURNEY_LABEL_OK)
		check(length == strlen(label) && memcmp(read, label, length) == 0, "label of %s", text);
	free(copy);
}

static void
test_text(void)
{
	char		long_text[300];
	char		label[JOURNEY_MAX_LABEL];

	for (int i = 0; i < 100000; i++)
		check_written(label, random_label(label, one_in(50) ? JOURNEY_MAX_LABEL : 6));
	expect_read("", JOURNEY_LABEL_MISSING, 0, NULL);
	expect_read(">a", JOURNEY_LABEL_MISSING, 0, NULL);
	expect_read("a b", JOURNEY_LABEL_OK, 1, "a");
	expect_read("świadomość>", JOURNEY_LABEL_OK, 13, "świadomość");
	expect_read("\"a \"\"b\"\"\"c", JOURNEY_LABEL_OK, 9, "a \"b\"");
	expect_read("\"\"", JOURNEY_LABEL_EMPTY, 0, NULL);
	expect_read("\"a", JOURNEY_LABEL_UNCLOSED, 0, NULL);
	expect_read("\"a\"\"", JOURNEY_LABEL_UNCLOSED, 0, NULL);
	expect_read("\"a\"\"b\tc\"", JOURNEY_LABEL_CONTROL, 5, NULL);
	expect_read("a\xC5 ", JOURNEY_LABEL_ENCODING, 1, NULL);
	memset(long_text, 'a', 256);
	long_text[256] = '\0';
	expect_read(long_text, JOURNEY_LABEL_TOO_LONG, 0, NULL);
	expect_read(long_text + 1, JOURNEY_LABEL_OK, 255, long_text + 1);
	long_text[0] = long_text[255] = '"';
	expect_read(long_text, JOURNEY_LABEL_OK, 256, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
				"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
				"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
				"aaaaaaaaaaaa");
}

static void
test_problems(void)
{
	for (int status = JOURNEY_LABEL_OK; status <= JOURNEY_LABEL_ENCODING; status++)
		check((journey_label_problem(status)[0] == '\0') == (status == JOURNEY_LABEL_OK),
			  "problem %d", status);
}

static void
expect_goes_on(const char *text, size_t label_end, size_t at, bool wanted)
{
	check(journey_label_goes_on(text + label_end, text + at, text + strlen(text)) == wanted,
		  "%s goes on", text);
}

static void
test_goes_on(void)
{
	expect_goes_on("add to", 3, 4, true);
	expect_goes_on("add \"to\"", 3, 4, true);
	expect_goes_on("add > to", 3, 6, false);
	expect_goes_on("add >", 3, 4, false);
	expect_goes_on("add ", 3, 4, false);
	expect_goes_on("add", 3, 3, false);
}

/* A label and another one of the same length, which differs in one byte or in none. */
static void
compare_pair(const char *a, char *b, size_t length, bool same)
{
	JourneyLabel x = {a, (uint32_t) length};
	JourneyLabel y = {b, (uint32_t) length};
	JourneyLabelKey x_key = journey_label_key(a, (uint32_t) length);
	JourneyLabelKey y_key = journey_label_key(b, (uint32_t) length);
	int			order = journey_label_compare(a, length, b, length);

	check(journey_same_label(&x, &y) == same, "same labels of %zu bytes", length);
	check(journey_same_key(&x_key, &y_key) == same || (!same && length > JOURNEY_KEY_WHOLE),
		  "same keys of %zu bytes", length);
	check((journey_label_hash(&x) == journey_label_hash(&y)) == same, "hashes of %zu", length);
	check((order == 0) == same && (memcmp(a, b, length) < 0) == (order < 0), "order of %zu", length);
}

static void
test_same(void)
{
	for (size_t length = 0; length <= JOURNEY_MAX_LABEL; length++)
	{
		char	   *a = exact(length);
		char	   *b;

		for (size_t i = 0; i < length; i++)
			a[i] = (char) random_bits();
		b = exact_copy(a, length);
		compare_pair(a, b, length, true);
		for (size_t i = 0; i < length; i++)
		{
			b[i] ^= (char) (1 << below(8));
			compare_pair(a, b, length, false);
			b[i] = a[i];
		}
		check(journey_label_compare(a, length, b, length / 2) == (length > 0), "a prefix is less");
		check(journey_label_compare(a, length / 2, b, length) == -(length > 0), "a prefix is less");
		free(a);
		free(b);
	}
}

#define MANY	4096

static char many[MANY][64];

static JourneyLabel
many_label(const void *owner, uint32_t number)
{
	JourneyLabel label = {((const char (*)[64]) owner)[number], 0};

	label.length = (uint32_t) strlen(label.text);
	return label;
}

/* All labels are found, and with about one slot looked at for each. */
static void
fill_table(const char *format)
{
	static uint32_t table[2 * MANY];
	uint64_t	distance = 0;

	memset(table, 0, sizeof(table));
	for (uint32_t i = 0; i < MANY; i++)
	{
		JourneyLabel label;
		uint32_t   *slot;

		snprintf(many[i], sizeof(many[i]), format, i);
		label = many_label(many, i);
		slot = journey_label_slot(table, LENGTH(table), &label, many_label, many);
		check(*slot == 0, "%s is new", many[i]);
		*slot = i + 1;
		distance += ((uint32_t) (slot - table) - journey_label_hash(&label)) % LENGTH(table);
	}
	for (uint32_t i = 0; i < MANY; i++)
	{
		JourneyLabel label = many_label(many, i);

		check(*journey_label_slot(table, LENGTH(table), &label, many_label, many) == i + 1,
			  "%s is found", many[i]);
	}
	check(distance < MANY, "%llu slots passed over for labels like %s",
		  (unsigned long long) distance, many[0]);
}

/* A word, whatever quotes stand around it, and nothing else. */
static void
test_within_quotes(void)
{
	static const char *const yes[] = {"(none)", "\"(none)\"", "\"\"(none)", "(none)\"\"\""};
	static const char *const no[] = {
		"", "\"", "\"\"\"", "none", "(none", "(none))", "(none) ", "\" (none)\"", "'(none)'"
	};

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		check(journey_label_within_quotes(yes[i], strlen(yes[i]), "(none)"), "not %s", yes[i]);
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		check(!journey_label_within_quotes(no[i], strlen(no[i]), "(none)"), "is %s", no[i]);
	check(journey_label_within_quotes("(none)x", 6, "(none)"), "read behind its end");
}

int
main(void)
{
	test_check();
	test_text();
	test_problems();
	test_goes_on();
	test_same();
	test_within_quotes();
	fill_table("%d");
	fill_table("stage%d");
	fill_table("search:page %04d");
	fill_table("https://shop.example/%04d/checkout");
	fill_table("https://shop.example/products/%04d/reviews");
	return unit_end();
}
