/*
 * svg_text.c
 *		Text for a picture: cleaned, measured and cut into lines; what is a quotation.
 *
 * Nobody knows which font a viewer has, so widths are estimates on the wide side:
 * for ASCII those of DejaVu Sans, which is wider than Arial, Helvetica, Roboto and
 * Segoe UI; for the rest one width per range of characters.  The unit is 1 em, the
 * size of the font.
 */
#include "svg/svg_text.h"

#include "base/interrupt.h"

#define MOST_MARKS 4			/* on one character; more climb into the line above */
#define ZERO_WIDTH_JOINER 0x200D
#define BOLD_FACTOR 1.13

typedef struct WidthRange
{
	uint32_t	first;
	uint32_t	last;
	int			width;			/* in 1/100 em */
} WidthRange;

/* From space to tilde, in 1/100 em. */
static const unsigned char ascii_width[95] = {
	32, 40, 46, 84, 64, 95, 78, 28, 39, 39, 50, 84, 32, 36, 32, 34,
	64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53,
	100, 69, 69, 70, 77, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79,
	61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 39, 34, 39, 84, 50,
	50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62,
	64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84
};

/* In order; what is in none of them is 1 em wide. */
static const WidthRange ranges[] = {
	{0x00A0, 0x00C5, 70}, {0x00C6, 0x00C6, 105}, {0x00C7, 0x00E5, 70}, {0x00E6, 0x00E6, 105},
	{0x00E7, 0x0151, 70}, {0x0152, 0x0153, 110}, {0x0154, 0x02FF, 70},
	{0x0300, 0x036F, 0},		/* combining marks */
	{0x0370, 0x0482, 80}, {0x0483, 0x0489, 0}, {0x048A, 0x052F, 85}, {0x0530, 0x0590, 80},
	{0x0591, 0x05BD, 0}, {0x05BE, 0x060F, 70}, {0x0610, 0x061A, 0}, {0x061B, 0x064A, 80},
	{0x064B, 0x065F, 0}, {0x0660, 0x08FF, 80}, {0x0900, 0x0DFF, 85},
	{0x0E00, 0x0E30, 70}, {0x0E31, 0x0E31, 0}, {0x0E32, 0x0E33, 70}, {0x0E34, 0x0E3A, 0},
	{0x0E3B, 0x0E46, 70}, {0x0E47, 0x0E4E, 0}, {0x0E4F, 0x0EFF, 70},
	{0x1AB0, 0x1AFF, 0}, {0x1DC0, 0x1DFF, 0}, {0x1E00, 0x1FFF, 80},
	{0x200B, 0x200F, 0}, {0x2010, 0x2013, 52}, {0x2014, 0x2015, 100}, {0x2016, 0x2025, 62},
	{0x202A, 0x202E, 0}, {0x2060, 0x206F, 0}, {0x20D0, 0x20FF, 0}, {0x2600, 0x27BF, 140},
	{0xFDFA, 0xFDFB, 400}, {0xFDFD, 0xFDFD, 1200},	/* whole Arabic phrases */
	{0xFE00, 0xFE0F, 0}, {0xFE20, 0xFE2F, 0}, {0xFEFF, 0xFEFF, 0},
	{0x12000, 0x1254F, 250},	/* cuneiform */
	{0x1F000, 0x1F3FA, 140}, {0x1F3FB, 0x1F3FF, 0}, {0x1F400, 0x1FAFF, 140},
	{0xE0000, 0xE0FFF, 0}
};

/* The character that *text points to, which moves on.  A broken one is U+FFFD. */
uint32_t
svg_next(const char **text, const char *end)
{
	const unsigned char *s = (const unsigned char *) *text;
	int			more = s[0] >= 0xF0 ? 3 : s[0] >= 0xE0 ? 2 : s[0] >= 0xC0 ? 1 : 0;
	uint32_t	ch = more == 3 ? s[0] & 0x07u : more == 2 ? s[0] & 0x0Fu :
		more == 1 ? s[0] & 0x1Fu : s[0];

	if (more >= end - *text || (more == 0 && s[0] >= 0x80))
	{
		(*text)++;
		return 0xFFFD;
	}
	for (int i = 1; i <= more; i++)
		ch = (ch << 6) | (s[i] & 0x3Fu);
	*text += more + 1;
	return ch;
}

static int
width_of(uint32_t ch)
{
	if (ch < 0x20)
		return 0;
	if (ch < 0x7F)
		return ascii_width[ch - 0x20];
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
	{
		if (ch < ranges[i].first)
			break;
		if (ch <= ranges[i].last)
			return ranges[i].width;
	}
	return 100;
}

/* White space of any alphabet, line breaks and separators too. */
static bool
is_space(uint32_t ch)
{
	return (ch >= 0x09 && ch <= 0x0D) || ch == 0x20 || ch == 0x85 || ch == 0xA0 || ch == 0x1680 ||
		(ch >= 0x2000 && ch <= 0x200A) || ch == 0x2028 || ch == 0x2029 || ch == 0x202F ||
		ch == 0x205F || ch == 0x3000;
}

/* What XML forbids, what no font shows, and what turns the direction of the text around it. */
static bool
is_unwanted(uint32_t ch)
{
	return ch < 0x20 || (ch >= 0x7F && ch <= 0x9F) || (ch >= 0x202A && ch <= 0x202E) ||
		(ch >= 0x2066 && ch <= 0x2069) || (ch >= 0xD800 && ch <= 0xDFFF) ||
		(ch >= 0xFDD0 && ch <= 0xFDEF) || ch == 0xFEFF || (ch & 0xFFFE) == 0xFFFE || ch > 0x10FFFF;
}

/*
 * Makes one line of a text, in place: runs of white space become one space, those
 * at the ends go, and so does what cannot be drawn.  Returns the new length, which
 * is never longer.
 */
size_t
svg_clean(char *text, size_t length)
{
	const char *from = text;
	const char *end = text + length;
	char	   *to = text;
	bool		space = false;
	int			marks = 0;

	for (size_t i = 0; from < end; i++)
	{
		const char *start = from;
		uint32_t	ch = svg_next(&from, end);

		interrupt_in_step(i);
		if (is_space(ch))
		{
			space = to > text;
			continue;
		}
		marks = width_of(ch) == 0 ? marks + 1 : 0;
		if (is_unwanted(ch) || marks > MOST_MARKS)
			continue;
		if (space)
			*to++ = ' ';
		space = false;
		while (start < from)
			*to++ = *start++;
	}
	return (size_t) (to - text);
}

/* How wide the text is about, in em. */
double
svg_width(const char *text, size_t length, bool bold)
{
	const char *end = text + length;
	double		width = 0;

	for (size_t i = 0; text < end; i++)
	{
		interrupt_in_step(i);
		width += width_of(svg_next(&text, end));
	}
	return width / 100 * (bold ? BOLD_FACTOR : 1);
}

/* The mark that a quotation begins with, and those that may end it. */
static const uint32_t quotation_marks[][3] = {
	{'"', '"', '"'}, {0x201C, 0x201D, 0x201D}, {0x201E, 0x201D, 0x201C}, {0x00AB, 0x00BB, 0x00BB},
	{0x00BB, 0x00AB, 0x00AB}, {0x300C, 0x300D, 0x300D}, {0x300E, 0x300F, 0x300F},
	{0xFF02, 0xFF02, 0xFF02}
};

/* The marks that belong to the first one; NULL for what begins no quotation. */
static const uint32_t *
find_marks(uint32_t first)
{
	for (size_t i = 0; i < sizeof(quotation_marks) / sizeof(quotation_marks[0]); i++)
		if (quotation_marks[i][0] == first)
			return quotation_marks[i];
	return NULL;
}

/* What may stand behind a quotation. */
static bool
ends_sentence(uint32_t ch)
{
	return ch == '.' || ch == '!' || ch == '?' || ch == 0x2026 || ch == 0x3002;
}

/*
 * Whether a text is one quotation from its first character to its last one, but for the
 * end of a sentence: with marks that belong together around it, and none of them within.
 */
bool
svg_is_quoted(const char *text, size_t length)
{
	const char *end = text + length;
	const uint32_t *marks = length == 0 ? NULL : find_marks(svg_next(&text, end));
	size_t		between = 0;
	bool		closed = false;

	while (marks != NULL && text < end)
	{
		uint32_t	ch = svg_next(&text, end);

		if (closed ? !ends_sentence(ch) : ch == marks[0] && ch != marks[1])
			return false;
		closed |= ch == marks[1] || ch == marks[2];
		between += !closed;
	}
	return closed && between > 0;
}

/* Chinese, Japanese and Korean break between any two characters. */
static bool
is_ideograph(uint32_t ch)
{
	return (ch >= 0x2E80 && ch <= 0xA4CF) || (ch >= 0xAC00 && ch <= 0xD7A3) ||
		(ch >= 0xF900 && ch <= 0xFAFF) ||
		(ch >= 0xFF00 && ch <= 0xFFEF) || (ch >= 0x20000 && ch <= 0x3FFFD);
}

/* After a space, and within long words: not after the one letter of "e-mail". */
static bool
may_break_between(uint32_t before, uint32_t after, int word)
{
	if (before == ' ')
		return true;
	if (after == ' ')
		return false;
	if (is_ideograph(before) || is_ideograph(after))
		return true;
	return word > 2 && (before == '-' || before == '/' || before == '_' || before == ':');
}

/* How wide the widest part is that no line breaks at a good place, in em. */
double
svg_widest_part(const char *text, size_t length, bool bold)
{
	const char *end = text + length;
	uint32_t	before = ' ';
	int			word = 0;
	double		width = 0;
	double		widest = 0;

	for (size_t i = 0; text < end; i++)
	{
		uint32_t	ch = svg_next(&text, end);

		interrupt_in_step(i);
		if (width_of(ch) > 0 && may_break_between(before, ch, word))
			width = 0;
		width += width_of(ch) / 100.0 * (bold ? BOLD_FACTOR : 1);
		if (ch != ' ' && width > widest)
			widest = width;
		word = ch == ' ' ? 0 : word + 1;
		before = ch;
	}
	return widest;
}

/*
 * How many bytes of a cleaned text fill a line with room for so many em: up to a
 * space or another good place, or as many characters as there is room for.  At
 * least one character, and never one without its marks.
 */
size_t
svg_line(const char *text, size_t length, double room, bool bold)
{
	const char *end = text + length;
	const char *next = text;
	size_t		good = 0;		/* the last good place to break */
	size_t		possible = 0;	/* the last place that divides no character */
	double		width = 0;
	uint32_t	before = 0;
	int			word = 0;		/* characters since the last space */

	while (next < end)
	{
		size_t		here = (size_t) (next - text);
		uint32_t	ch = svg_next(&next, end);

		if (here > 0 && width_of(ch) > 0 && before != ZERO_WIDTH_JOINER)
		{
			possible = here;
			if (may_break_between(before, ch, word))
				good = here;
		}
		width += width_of(ch) / 100.0 * (bold ? BOLD_FACTOR : 1);
		/* a space at the end of a line takes no room */
		if (width > room && ch != ' ' && possible > 0)
			return good > 0 ? good : possible;
		word = ch == ' ' ? 0 : word + 1;
		before = ch;
	}
	return length;
}
