/* covers: core/rating/score_text.c */

/*
 * score_text_test.c
 *	  Scores out of text: no byte past the end is looked at, whatever the bytes
 *	  are, and what is found is what the text starts with.  The cases that people
 *	  write are in test/sql/rating_readers.sql.
 */
#include "unit.h"

#include "rating/score_text.h"

static void
expect(const char *text, ScoreText status, int32_t score)
{
	int32_t		found = 0;
	ScoreText	got = score_text_read(text, strlen(text), &found);

	check(got == status && (status != SCORE_FOUND || found == score), "\"%s\": %d, %d", text,
		  (int) got, (int) found);
}

/* Blanks, a number, a label: each kind from a list, so that the answer is known. */
static void
known_answers(void)
{
	static const char *const blanks[] = {"", " ", "\t", "\xC2\xA0", "\xE2\x80\xAF",
	"\xEF\xBB\xBF", "\xE3\x80\x80"};
	static const char *const labels[] = {"", ".", " - likely", "\xE2\x80\x93x", "/ten",
	"\xC2\xA0pkt", "!", "\xFF", "\xC2", "\xE2\x80"};
	static const char *const more[] = {".5", ",000", "-7", " 000",
	"\xC2\xA0" "000", "\xE2\x80\x93" "9", " \xE2\x88\x92 9", "e3", ":30", "\xE2\x80\x99" "000",
	"/10", " or 8", "\xC2\xBD", " \xEF\xBC\x98", "+"};

	for (int i = 0; i < 20000; i++)
	{
		char		text[64];
		int32_t		score = (int32_t) below(2001) - 1000;
		const char *blank = blanks[below(7)];

		snprintf(text, sizeof(text), "%s%d%s%s", blank, score, labels[below(10)], blank);
		expect(text, SCORE_FOUND, score);
		snprintf(text, sizeof(text), "%s%d%s", blank, score, more[below(15)]);
		expect(text, SCORE_UNCLEAR, 0);
		snprintf(text, sizeof(text), "%s%s", blank, blank);
		expect(text, SCORE_BLANK, 0);
	}
}

/* Bytes that mean something, in memory that ends where they do. */
static void
random_bytes(void)
{
	static const unsigned char bytes[] = {'0', '9', '-', ' ', '.', 0x00, 0x80,
	0xA0, 0xC2, 0xE2, 0x88, 0x92, 0xEF, 0xBB, 0xBF, 0xF0, 0xFF};

	for (int i = 0; i < 200000; i++)
	{
		size_t		length = below(9);
		char	   *text = exact(length);
		int32_t		score = 0;

		for (size_t k = 0; k < length; k++)
			text[k] = (char) bytes[below(sizeof(bytes))];
		check(score_text_read(text, length, &score) != SCORE_FOUND ||
			  memchr(text, '0', length) != NULL || memchr(text, '9', length) != NULL,
			  "a score without a digit");
		free(text);
	}
}

int
main(void)
{
	known_answers();
	random_bytes();
	expect("2147483647", SCORE_FOUND, INT32_MAX);
	expect("-2147483648", SCORE_FOUND, INT32_MIN);
	expect("2147483648", SCORE_TOO_LARGE, 0);
	expect("-99999999999999999999999999", SCORE_TOO_LARGE, 0);
	return unit_end();
}
