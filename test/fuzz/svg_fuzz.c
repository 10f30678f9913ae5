/*
 * svg_fuzz.c
 *		Any text for a picture, cleaned, measured and cut into lines.
 */
#include "fuzz.h"

#include "svg/svg_text.h"

/* The server hands on nothing else; other bytes may only do no harm. */
static bool
is_utf8(const char *text, size_t length)
{
	const unsigned char *at = (const unsigned char *) text;
	const unsigned char *end = at + length;

	while (at < end)
	{
		int			more = *at < 0x80 ? 0 : *at >= 0xC2 && *at < 0xE0 ? 1 :
			*at >= 0xE1 && *at < 0xF0 ? 2 : *at >= 0xF1 && *at < 0xF4 ? 3 : 4;

		if (more >= end - at)
			return false;
		for (at++; more > 0; more--, at++)
			if (*at < 0x80 || *at > 0xBF)
				return false;
	}
	return true;
}

static void
cut(const char *text, size_t length, double room)
{
	while (length > 0)
	{
		size_t		line = svg_line(text, length, room, false);

		MUST(line > 0 && line <= length);
		text += line;
		length -= line;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	char	   *text;
	char	   *cleaned;
	size_t		length;

	fuzz_begin(input, size);
	text = fuzz_copy(input, size);
	length = svg_clean(text, size);
	MUST(length <= size);
	cleaned = fuzz_copy(text, length);
	if (is_utf8(text, length))
		MUST(svg_clean(cleaned, length) == length && memcmp(cleaned, text, length) == 0);
	MUST(svg_width(cleaned, length, true) >= svg_width(cleaned, length, false));
	MUST(svg_widest_part(cleaned, length, true) <= svg_width(cleaned, length, true) + 1e-9);
	(void) svg_is_quoted(cleaned, length);
	cut(cleaned, length, fuzz_share() * 40);
	/* and as it came */
	text = fuzz_copy(input, size);
	cut(text, size, 1);
	(void) svg_is_quoted(text, size);
	fuzz_forget();
	return 0;
}
