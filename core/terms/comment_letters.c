/*
 * comment_letters.c
 *		Kinds of characters and folded letters; see comment_letters.h.
 *
 * Folded is what base/fold.h lower-cases, and then the letters with diacritics of
 * Latin, modern Greek and Cyrillic, after the decompositions in the Unicode Character
 * Database; a stroke through a letter, which Unicode does not decompose, counts as a
 * diacritic.  In Cyrillic only the accents and the dots of the yo go: a short i is a
 * letter of its own.  Everything else stays as it is.
 *
 * Terms are stored: a change of these tables would make new comments unlike old ones.
 */
#include <string.h>

#include "base/fold.h"
#include "terms/comment_letters.h"

/* Without diacritics, U+00C0 to U+024F; a dot: stays. */
static const char latin[] =
"aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.lllllll"
"lllnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"
"................................oo.............uu....zz........."
".............aaiioouuuuuuuuuu.aaaa..ggggkkoooo..j...gg..nnaa..oo"
"aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............"
"................";

/* U+1E00 to U+1EFF, which also has the letters of Vietnamese */
static const char latin_additional[] =
"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm"
"mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv"
"wwwwwwwwwwxxxxyyzzzzzzhtwy.s....aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee"
"eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

typedef struct FoldedLetter
{
	uint16_t	letter;			/* a small one */
	char		folded[3];
} FoldedLetter;

/* What is more than one letter, and what is not Latin. */
static const FoldedLetter others[] = {
	{0x00DF, "ss"}, {0x00E6, "ae"}, {0x00FE, "th"}, {0x0133, "ij"}, {0x0153, "oe"},
	{0x01E3, "ae"}, {0x01FD, "ae"},
	{0x0390, "ι"}, {0x03AC, "α"}, {0x03AD, "ε"}, {0x03AE, "η"}, {0x03AF, "ι"}, {0x03B0, "υ"},
	{0x03C2, "σ"}, {0x03CA, "ι"}, {0x03CB, "υ"}, {0x03CC, "ο"}, {0x03CD, "υ"}, {0x03CE, "ω"},
	{0x0450, "е"}, {0x0451, "е"}, {0x045D, "и"},
	{0x1E9E, "ss"}
};

#define OTHERS	(sizeof(others) / sizeof(others[0]))

typedef struct CharacterRange
{
	uint32_t	first;
	uint32_t	last;
	CharacterKind kind;
} CharacterRange;

/* Beyond ASCII, in order; what is in none of them is a letter. */
static const CharacterRange ranges[] = {
	{0x0080, 0x009F, CHARACTER_BREAK},
	{0x00A0, 0x00A0, CHARACTER_BLANK},	/* no-break space */
	{0x00A1, 0x00A9, CHARACTER_BREAK},
	{0x00AB, 0x00AB, CHARACTER_BLANK},	/* a quotation mark */
	{0x00AC, 0x00AC, CHARACTER_BREAK},
	{0x00AD, 0x00AD, CHARACTER_MARK},	/* soft hyphen */
	{0x00AE, 0x00B4, CHARACTER_BREAK},
	{0x00B6, 0x00B9, CHARACTER_BREAK},
	{0x00BB, 0x00BB, CHARACTER_BLANK},
	{0x00BC, 0x00BF, CHARACTER_BREAK},
	{0x00D7, 0x00D7, CHARACTER_BREAK},
	{0x00F7, 0x00F7, CHARACTER_BREAK},
	{0x02BC, 0x02BC, CHARACTER_APOSTROPHE},
	{0x0300, 0x036F, CHARACTER_MARK},
	{0x037E, 0x037E, CHARACTER_BREAK},	/* Greek, Armenian, Arabic, Indic punctuation */
	{0x0387, 0x0387, CHARACTER_BREAK},
	{0x055A, 0x055F, CHARACTER_BREAK},
	{0x0589, 0x0589, CHARACTER_BREAK},
	{0x060C, 0x060C, CHARACTER_BREAK},
	{0x061B, 0x061B, CHARACTER_BREAK},
	{0x061F, 0x061F, CHARACTER_BREAK},
	{0x06D4, 0x06D4, CHARACTER_BREAK},
	{0x0964, 0x0965, CHARACTER_BREAK},
	{0x2000, 0x200B, CHARACTER_BLANK},	/* spaces */
	{0x200C, 0x200F, CHARACTER_MARK},	/* joiners */
	{0x2010, 0x2011, CHARACTER_BLANK},	/* hyphens */
	{0x2012, 0x2017, CHARACTER_BREAK},
	{0x2018, 0x2018, CHARACTER_BLANK},
	{0x2019, 0x2019, CHARACTER_APOSTROPHE},
	{0x201A, 0x201F, CHARACTER_BLANK},
	{0x2020, 0x2027, CHARACTER_BREAK},
	{0x2028, 0x202F, CHARACTER_BLANK},
	{0x2030, 0x205E, CHARACTER_BREAK},
	{0x205F, 0x205F, CHARACTER_BLANK},
	{0x2060, 0x2064, CHARACTER_MARK},
	{0x2065, 0x25FF, CHARACTER_BREAK},
	{0x2600, 0x27BF, CHARACTER_PICTOGRAPH},
	{0x27C0, 0x2BFF, CHARACTER_BREAK},
	{0x2E00, 0x2E7F, CHARACTER_BREAK},
	{0x3000, 0x3000, CHARACTER_BLANK},
	{0x3001, 0x3004, CHARACTER_BREAK},
	{0x3008, 0x3020, CHARACTER_BREAK},
	{0x3030, 0x3030, CHARACTER_BREAK},
	{0xE000, 0xF8FF, CHARACTER_BREAK},	/* private use */
	{0xFE00, 0xFE0F, CHARACTER_MARK},	/* which way an emoji is drawn */
	{0xFE10, 0xFE1F, CHARACTER_BREAK},
	{0xFE30, 0xFE6F, CHARACTER_BREAK},
	{0xFEFF, 0xFEFF, CHARACTER_MARK},
	{0xFF00, 0xFF0F, CHARACTER_BREAK},
	{0xFF1A, 0xFF20, CHARACTER_BREAK},
	{0xFF3B, 0xFF40, CHARACTER_BREAK},
	{0xFF5B, 0xFF65, CHARACTER_BREAK},
	{0xFFF0, 0xFFFF, CHARACTER_BREAK},
	{0x1F000, 0x1F2FF, CHARACTER_BREAK},
	{0x1F300, 0x1F3FA, CHARACTER_PICTOGRAPH},
	{0x1F3FB, 0x1F3FF, CHARACTER_MARK}, /* colours of skin */
	{0x1F400, 0x1FAFF, CHARACTER_PICTOGRAPH},
	{0xE0000, 0x10FFFF, CHARACTER_BREAK},
};

#define RANGES	(sizeof(ranges) / sizeof(ranges[0]))

/*
 * The bytes of the character at `at`, which is before the end.  One byte and
 * CHARACTER_NONE where there is no UTF-8: not where a form is overlong, a surrogate or
 * past U+10FFFF.
 */
size_t
character_decode(const uint8_t *at, const uint8_t *end, uint32_t *character)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t		length = at[0] < 0x80 ? 1 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
	uint32_t	c = at[0];

	*character = CHARACTER_NONE;
	if (length == 1)
	{
		*character = c;
		return 1;
	}
	if (at[0] < 0xC2 || at[0] > 0xF4 || (size_t) (end - at) < length)
		return 1;
	c &= 0x7Fu >> length;
	for (size_t i = 1; i < length; i++)
	{
		if ((at[i] & 0xC0) != 0x80)
			return 1;
		c = c << 6 | (at[i] & 0x3F);
	}
	if (c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return 1;
	*character = c;
	return length;
}

static CharacterKind
ascii_kind(uint32_t c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
		return CHARACTER_LETTER;
	if (c == '\'')
		return CHARACTER_APOSTROPHE;
	if (c == ' ' || (c >= '\t' && c <= '\r') || c == '-' || c == '"')
		return CHARACTER_BLANK;
	return CHARACTER_BREAK;
}

/* What a character is; CHARACTER_NONE is a letter. */
CharacterKind
character_kind(uint32_t c)
{
	size_t		low = 0;
	size_t		high = RANGES;

	if (c < 0x80)
		return ascii_kind(c);
	while (low < high)
	{
		size_t		middle = (low + high) / 2;

		if (ranges[middle].last < c)
			low = middle + 1;
		else
			high = middle;
	}
	return low < RANGES && ranges[low].first <= c ? ranges[low].kind : CHARACTER_LETTER;
}

static size_t
fold_other(uint32_t c, uint8_t *out)
{
	for (size_t i = 0; i < OTHERS; i++)
		if (others[i].letter == c)
		{
			size_t		length = strlen(others[i].folded);

			memcpy(out, others[i].folded, length);
			return length;
		}
	return 0;
}

/* Without its diacritics; 0 if it has none. */
static size_t
fold_diacritics(uint32_t c, uint8_t *out)
{
	char		base = '.';

	if (c >= 0x00C0 && c <= 0x024F)
		base = latin[c - 0x00C0];
	else if (c >= 0x1E00 && c <= 0x1EFF)
		base = latin_additional[c - 0x1E00];
	if (base == '.')
		return fold_other(c, out);
	*out = (uint8_t) base;
	return 1;
}

/*
 * Write the folded form of a letter, which is no longer than the letter, to out; returns
 * its length.
 */
size_t
letter_fold(const uint8_t *letter, size_t length, uint32_t character, uint8_t *out)
{
	size_t		folded;

	memcpy(out, letter, length);
	if (length > 1 && character >= 0x1E00)
	{
		folded = fold_diacritics(character, out);
		return folded > 0 ? folded : length;
	}
	fold_lower((char *) out, length, true);
	if (length == 2)
	{
		(void) character_decode(out, out + 2, &character);
		folded = fold_diacritics(character, out);
		return folded > 0 ? folded : length;
	}
	return length;
}
