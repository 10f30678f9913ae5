/*
 * score_text.c
 *		A score out of the text of an answer; see score_text.h.
 *
 * A wrong score is worse than an error.  So the number is the only one that the
 * text has, in digits of whatever script: 7.5 is no 7, 1,000 no 1, and whether
 * 3/1/2026, 0 to 6, 7 & 8 and 9/10 mean their first number is not for us to say.
 * What else follows is a label, but for a plus or minus: 5+ is a range.
 */
#include "rating/score_text.h"

#include <stdbool.h>

#include "base/interrupt.h"

typedef struct Cursor
{
	const unsigned char *at;
	const unsigned char *end;
} Cursor;

/* The character at the cursor and its bytes; broken UTF-8 is single bytes. */
static uint32_t
next_char(const Cursor *c, int *bytes)
{
	const unsigned char *p = c->at;
	ptrdiff_t	left = c->end - p;

	*bytes = 1;
	if (p[0] >= 0xC2 && p[0] < 0xE0 && left >= 2 && (p[1] & 0xC0) == 0x80)
	{
		*bytes = 2;
		return (uint32_t) (p[0] & 0x1F) << 6 | (p[1] & 0x3F);
	}
	if (p[0] >= 0xE0 && p[0] < 0xF0 && left >= 3 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80)
	{
		*bytes = 3;
		return (uint32_t) (p[0] & 0x0F) << 12 | (uint32_t) (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
	}
	if (p[0] >= 0xF0 && p[0] < 0xF5 && left >= 4 && (p[1] & 0xC0) == 0x80 &&
		(p[2] & 0xC0) == 0x80 && (p[3] & 0xC0) == 0x80)
	{
		*bytes = 4;
		return (uint32_t) (p[0] & 0x07) << 18 | (uint32_t) (p[1] & 0x3F) << 12 |
			(uint32_t) (p[2] & 0x3F) << 6 | (p[3] & 0x3F);
	}
	return p[0];
}

/* White space, and the marks that nobody sees: byte order, joiners, direction. */
static bool
is_blank(uint32_t ch)
{
	return ch == ' ' || (ch >= 0x09 && ch <= 0x0D) || ch == 0x85 || ch == 0xA0 ||
		ch == 0x1680 || (ch >= 0x2000 && ch <= 0x200F) || ch == 0x2028 || ch == 0x2029 ||
		ch == 0x202F || ch == 0x205F || ch == 0x2060 || ch == 0x3000 || ch == 0xFEFF;
}

static void
skip_blanks(Cursor *c)
{
	int			bytes;

	for (size_t i = 0; c->at < c->end && is_blank(next_char(c, &bytes)); i++)
	{
		interrupt_in_step(i);
		c->at += bytes;
	}
}

static bool
at_digit(const Cursor *c)
{
	return c->at < c->end && *c->at >= '0' && *c->at <= '9';
}

typedef struct CharRange
{
	uint32_t	first;
	uint32_t	last;
} CharRange;

/* Digits, fractions, powers and numbers in circles: Unicode's Nd and No of the scripts in use. */
static const CharRange number_chars[] = {
	{'0', '9'}, {0xB2, 0xB3}, {0xB9, 0xB9}, {0xBC, 0xBE}, {0x0660, 0x0669}, {0x06F0, 0x06F9},
	{0x07C0, 0x07C9}, {0x0966, 0x096F}, {0x09E6, 0x09EF}, {0x0A66, 0x0A6F}, {0x0AE6, 0x0AEF},
	{0x0B66, 0x0B6F}, {0x0BE6, 0x0BF2}, {0x0C66, 0x0C6F}, {0x0CE6, 0x0CEF}, {0x0D66, 0x0D6F},
	{0x0DE6, 0x0DEF}, {0x0E50, 0x0E59}, {0x0ED0, 0x0ED9}, {0x0F20, 0x0F33}, {0x1040, 0x1049},
	{0x1090, 0x1099}, {0x17E0, 0x17E9}, {0x1810, 0x1819}, {0x2070, 0x2070}, {0x2074, 0x2079},
	{0x2080, 0x2089}, {0x2150, 0x2189}, {0x2460, 0x249B}, {0x24EA, 0x24FF}, {0x2776, 0x2793},
	{0xFF10, 0xFF19}, {0x1D7CE, 0x1D7FF}
};

static bool
is_number_char(uint32_t ch)
{
	for (size_t i = 0; i < sizeof(number_chars) / sizeof(number_chars[0]); i++)
	{
		if (ch <= number_chars[i].last)
			return ch >= number_chars[i].first;
	}
	return false;
}

/* Is what follows the number a label, or nothing? */
static bool
is_label(Cursor c)
{
	int			bytes;
	uint32_t	ch;

	skip_blanks(&c);
	if (c.at == c.end)
		return true;
	ch = next_char(&c, &bytes);
	if (ch == '+' || ch == 0xB1)
		return false;
	for (size_t i = 0; c.at < c.end; i++)
	{
		interrupt_in_step(i);
		if (is_number_char(next_char(&c, &bytes)))
			return false;
		c.at += bytes;
	}
	return true;
}

static bool
read_digits(Cursor *c, bool negative, int32_t *score)
{
	int64_t		value = 0;

	for (; at_digit(c); c->at++)
	{
		value = value * 10 + (*c->at - '0');
		if (value > (int64_t) INT32_MAX + 1)
			return false;
	}
	if (negative)
		value = -value;
	*score = (int32_t) value;
	return *score == value;
}

ScoreText
score_text_read(const char *text, size_t length, int32_t *score)
{
	Cursor		c = {(const unsigned char *) text, (const unsigned char *) text + length};
	bool		negative = false;
	int			bytes;
	uint32_t	first;

	skip_blanks(&c);
	if (c.at == c.end)
		return SCORE_BLANK;
	first = next_char(&c, &bytes);
	if (first == '-' || first == '+' || first == 0x2212)
	{
		negative = first != '+';
		c.at += bytes;
	}
	if (!at_digit(&c))
		return SCORE_MISSING;
	if (!read_digits(&c, negative, score))
		return SCORE_TOO_LARGE;
	return is_label(c) ? SCORE_FOUND : SCORE_UNCLEAR;
}
