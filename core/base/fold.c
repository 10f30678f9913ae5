/*
 * fold.c
 *		Letter case and white space of names; see fold.h.
 *
 * Lower-cased are the letters A to Z and, in UTF-8, the capital letters of
 * Latin-1, Latin Extended-A, Romanian, modern Greek and Cyrillic, one letter
 * for one letter.  Everything else stays as it is.  All of these take two bytes
 * in UTF-8 before and after, so that folding never changes a length.
 *
 * Folded text is stored and indexed: adding a row to the table would make
 * stored values unequal to new ones.
 */
#include <stdint.h>
#include <string.h>

#include "base/fold.h"

typedef struct CapitalRange
{
	uint16_t	first;
	uint16_t	last;
	uint16_t	step;			/* 2: capital and small letters alternate */
	int16_t		to_small;
} CapitalRange;

/* Capital I with a dot (U+0130) is missing: its small letter has one byte. */
static const CapitalRange capitals[] = {
	{0x00C0, 0x00D6, 1, 32},
	{0x00D8, 0x00DE, 1, 32},
	{0x0100, 0x012E, 2, 1},
	{0x0132, 0x0136, 2, 1},
	{0x0139, 0x0147, 2, 1},
	{0x014A, 0x0176, 2, 1},
	{0x0178, 0x0178, 1, -121},
	{0x0179, 0x017D, 2, 1},
	{0x0218, 0x021A, 2, 1},
	{0x0386, 0x0386, 1, 38},
	{0x0388, 0x038A, 1, 37},
	{0x038C, 0x038C, 1, 64},
	{0x038E, 0x038F, 1, 63},
	{0x0391, 0x03A1, 1, 32},
	{0x03A3, 0x03AB, 1, 32},
	{0x0400, 0x040F, 1, 80},
	{0x0410, 0x042F, 1, 32},
	{0x0460, 0x0480, 2, 1},
	{0x048A, 0x04BE, 2, 1},
	{0x04C0, 0x04C0, 1, 15},
	{0x04C1, 0x04CD, 2, 1},
	{0x04D0, 0x052E, 2, 1},
};

#define RANGES (sizeof(capitals) / sizeof(capitals[0]))

static bool
is_space(char ch)
{
	return ch == ' ' || (ch >= '\t' && ch <= '\r');
}

/* Step over white space (ASCII) at both ends; returns the length that is left. */
size_t
fold_trim(const char **text, size_t length)
{
	while (length > 0 && is_space(**text))
	{
		(*text)++;
		length--;
	}
	while (length > 0 && is_space((*text)[length - 1]))
		length--;
	return length;
}

static unsigned
small_letter(unsigned letter)
{
	for (size_t i = 0; i < RANGES; i++)
		if (letter >= capitals[i].first && letter <= capitals[i].last)
		{
			if ((letter - capitals[i].first) % capitals[i].step == 0)
				letter = (unsigned) ((int) letter + capitals[i].to_small);
			break;
		}
	return letter;
}

/* Lower-case text where it stands. */
void
fold_lower(char *text, size_t length, bool utf8)
{
	unsigned char *at = (unsigned char *) text;
	unsigned char *end = at + length;

	for (; at < end; at++)
	{
		if (*at >= 'A' && *at <= 'Z')
			*at += 'a' - 'A';
		else if (utf8 && (*at & 0xE0) == 0xC0 && at + 1 < end && (at[1] & 0xC0) == 0x80)
		{
			unsigned	small = small_letter((*at & 0x1Fu) << 6 | (at[1] & 0x3Fu));

			*at++ = (unsigned char) (0xC0 | small >> 6);
			*at = (unsigned char) (0x80 | (small & 0x3F));
		}
	}
}

/*
 * Is the text this name, in any letter case and with white space around it?
 * The name is in lower case and, like the text, in UTF-8.
 */
bool
fold_same(const char *text, size_t length, const char *name)
{
	char		folded[64];

	length = fold_trim(&text, length);
	if (length != strlen(name) || length > sizeof(folded))
		return false;
	memcpy(folded, text, length);
	fold_lower(folded, length, true);
	return memcmp(folded, name, length) == 0;
}
