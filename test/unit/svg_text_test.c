/* covers: core/svg/svg_text.c */

/*
 * svg_text_test.c
 *		Cleaning, measuring and cutting of texts.  What is right was decided by hand.
 */
#include "unit.h"

#include <math.h>

#include "svg/svg_text.h"

static void
check_clean(const char *text, const char *wanted)
{
	/* of exact size, so that a byte read past the end is found */
	char	   *copy = malloc(strlen(text) + 1);
	size_t		length;

	strcpy(copy, text);
	length = svg_clean(copy, strlen(copy));
	copy[length] = '\0';
	check(strcmp(copy, wanted) == 0, "\"%s\" is \"%s\"", wanted, copy);
	free(copy);
}

static void
test_clean(void)
{
	check_clean("", "");
	check_clean("  \t\n ", "");
	check_clean(" one\r\n two\xC2\xA0\xE3\x80\x80three ", "one two three");
	check_clean("a\x01\x0B\x1F\x7F\xC2\x85" "b", "a b");	/* 0x0B and U+0085 are space */
	check_clean("\xEF\xBF\xBEx\xEF\xBF\xBF\xF0\x9F\xBF\xBF", "x");
	check_clean("\xE2\x80\xAEturned\xE2\x81\xA6", "turned");
	check_clean("z\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81w", "z\xCC\x81\xCC\x81\xCC\x81\xCC\x81w");
	check_clean("<&>\"'\xC5\xBC\xE5\xAE\xA2", "<&>\"'\xC5\xBC\xE5\xAE\xA2");
	/* broken UTF-8 ends nothing and reads nothing past the end */
	check_clean("a\xC5", "a\xC5");
	check_clean("\xF0\x9F\xBF", "\xF0\x9F\xBF");
}

static void
check_quoted(const char *text, bool wanted)
{
	char	   *copy = malloc(strlen(text) + 1);

	memcpy(copy, text, strlen(text));
	check(svg_is_quoted(copy, strlen(text)) == wanted, "%s is %sa quotation", text, wanted ? "" : "no ");
	free(copy);
}

static void
test_quotations(void)
{
	check_quoted("\"I give up\"", true);
	check_quoted("\"I give up.\"", true);
	check_quoted("\"Why?\".", true);
	check_quoted("\u201CI give up\u201D", true);
	check_quoted("\u201EPoddaj\u0119 si\u0119\u201D.", true);
	check_quoted("\u201EIch gebe auf\u201C", true);
	check_quoted("\u00ABJ'abandonne\u00BB\u2026", true);
	check_quoted("\u00BBIch gebe auf\u00AB!", true);
	check_quoted("\u300C\u5BA2\u300D\u3002", true);
	check_quoted("\uFF02x\uFF02", true);
	check_quoted("", false);
	check_quoted("\"", false);
	check_quoted("\"\"", false);
	check_quoted("\"\".", false);
	check_quoted("\"I give up", false);
	check_quoted("I give up\"", false);
	check_quoted("I say \"no\"", false);
	check_quoted("\"No\" is what she says", false);
	check_quoted("\"Fast\" means \"today\"", false);
	check_quoted("\u201Cno\u201D and \u201Cyes\u201D", false);
	check_quoted("\u201Ca \u201Cb\u201D", false);
	check_quoted("\u201Ca\"", false);
	check_quoted("'I give up'", false);
	check_quoted("\xE2\x80", false);
	check_quoted("\"\xE2\x80", false);
}

static void
check_lines(const char *text, double room, bool bold, const char *wanted)
{
	char		got[1000] = "";
	size_t		length = strlen(text);

	while (length > 0)
	{
		size_t		bytes = svg_line(text, length, room, bold);

		if (bytes == 0 || bytes > length)
		{
			check(false, "a line of no size: \"%s\"", text);
			return;
		}
		strncat(got, text, bytes);
		strcat(got, "|");
		text += bytes;
		length -= bytes;
	}
	check(strcmp(got, wanted) == 0, "\"%s\" is \"%s\"", wanted, got);
}

static void
test_lines(void)
{
	check_lines("one two three", 100, false, "one two three|");
	check_lines("one two three", 4.5, false, "one two |three|");
	/* the space at the end of a line needs no room: o n e is 1.88 em */
	check_lines("one two", 1.9, false, "one |two|");
	check_lines("one two", 1.9, true, "on|e |tw|o|");
	check_lines("e-mail self-service", 3.2, false, "e-mail |self-|servic|e|");
	check_lines("mobile_app/checkout", 4.5, false, "mobile_|app/|checkou|t|");
	check_lines("wwww", 0.1, false, "w|w|w|w|");
	/* a mark stays with its letter, and a joined emoji in one piece */
	check_lines("z\xCC\x81z\xCC\x81", 0.6, false, "z\xCC\x81|z\xCC\x81|");
	check_lines("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80", 0.5, false, "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80|");
	check_lines("\xE5\xAE\xA2\xE6\x88\xB7\xE6\x97\x85", 2, false, "\xE5\xAE\xA2\xE6\x88\xB7|\xE6\x97\x85|");
}

static void
check_widest(const char *text, bool bold, double wanted)
{
	double		got = svg_widest_part(text, strlen(text), bold);

	check(fabs(got - wanted) < 1e-9, "the widest part of %s is %g, not %g", text, wanted, got);
}

static void
test_widest(void)
{
	check_widest("", false, 0);
	check_widest("   ", false, 0);
	/* o and n are 0.62 and 0.64 em, and e 0.62; w is 0.82, t 0.40 */
	check_widest("one", false, 1.88);
	check_widest("one", true, 1.88 * 1.13);
	check_widest("one two", false, 1.88);
	check_widest("two one ", false, 1.88);
	/* a part ends behind its hyphen, which is 0.36; not after the one letter of e-mail */
	check_widest("one-two", false, 1.88 + 0.36);
	check_widest("e-e", false, 0.62 + 0.36 + 0.62);
	/* between any two ideographs, each 1 em */
	check_widest("\u5BA2\u6237\u65C5", false, 1);
	check_widest("one\u5BA2", false, 1.88);
	check_widest("z\u0301\u0302z", false, 0.53 * 2);
}

static void
test_width(void)
{
	char		got[100];

	snprintf(got, sizeof(got), "%.2f %.2f %.2f %.2f", svg_width("Abc", 3, false), svg_width("\xE5\xAE\xA2", 3, false),
			 svg_width("z\xCC\x81", 3, false), svg_width("", 0, true));
	check(strcmp(got, "1.88 1.00 0.53 0.00") == 0, "widths: \"%s\"", got);
}

int
main(void)
{
	test_clean();
	test_quotations();
	test_lines();
	test_widest();
	test_width();
	return unit_end();
}
