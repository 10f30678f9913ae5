/*
 * score_text.c
 *		A score out of the text of an answer; see score_text.h.
 *
 * A wrong score is worse than an error.  So the number ends where its digits end,
 * and if more digits follow behind nothing but blanks and one sign that numbers
 * and ranges are written with, it could have gone on: 7.5 is no 7, and 1,000 no 1.
 */
#include "rating/score_text.h"

#include <stdbool.h>
#include <string.h>

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

/* Hyphens, dashes and the minus sign */
static bool
is_dash(uint32_t ch)
{
	return ch == '-' || (ch >= 0x2010 && ch <= 0x2015) || ch == 0x2212;
}

/* What numbers, ranges and times go on with: marks of decimals and thousands, and so on. */
static bool
joins_digits(uint32_t ch)
{
	return is_dash(ch) || (ch < 0x80 && ch != 0 && strchr(".,'_+:eExX", (int) ch) != NULL) ||
		ch == 0x2019 || ch == 0x066B || ch == 0x066C;
}

/* Could the number that ends here go on? */
static bool
goes_on(Cursor c)
{
	int			bytes;

	skip_blanks(&c);
	if (c.at < c.end && joins_digits(next_char(&c, &bytes)))
		c.at += bytes;
	skip_blanks(&c);
	return at_digit(&c);
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
	return goes_on(c) ? SCORE_UNCLEAR : SCORE_FOUND;
}
