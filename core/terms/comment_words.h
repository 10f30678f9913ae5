/*
 * comment_words.h
 *		The words of a comment, as terms to count: in lower case, without diacritics,
 *		without most endings, by tables of their own.  So they are the same in every
 *		server encoding and locale, and no file of a dictionary is needed.
 *
 * A comment is UTF-8; a byte that is not, which only a database without an encoding
 * can have, is a letter by itself.  What makes a word:
 *
 * 1. Letters and digits in a row.  Combining marks and soft hyphens within it are
 *	  dropped, and so is an apostrophe between two letters: "don't" is dont.
 * 2. A pictograph, such as an emoji, is a word of its own.
 * 3. Everything else ends a word.
 *
 * Two words are neighbours if there is nothing but white space, hyphens and quotation
 * marks between them: those of "nie polecam" are, those of "Nie, polecam" are not.
 *
 * The endings, by language:
 *
 *	COMMENT_SIMPLE	stay.
 *	COMMENT_POLISH	The first six letters of a word are kept.  Over the forms of 4,000
 *					lemmas, that leaves 15 % of the pairs of forms of a word apart, and
 *					joins 84 of a million pairs of forms of different words.
 *	COMMENT_ENGLISH Plurals and the like lose their s, by the rules of the S stemmer:
 *					D. Harman, How effective is suffixing?, Journal of the American
 *					Society for Information Science 42 (1991) 7-15; for words of four
 *					letters or more.
 *
 * No word is left out for meaning little: "nie" and "not" mean a lot.
 *
 * This is part of the pure core: no PostgreSQL, no errors raised, no memory allocated.
 */
#ifndef COMMENT_WORDS_H
#define COMMENT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum CommentLanguage
{
	COMMENT_SIMPLE,
	COMMENT_POLISH,
	COMMENT_ENGLISH
} CommentLanguage;

/* Words are written into memory of this size, one after another with a blank between. */
#define COMMENT_WORDS_BOUND(length)	(2 * (size_t) (length) + 1)

typedef struct CommentWords
{
	const uint8_t *at;
	const uint8_t *end;
	uint8_t    *out;
	CommentLanguage language;
} CommentWords;

/* A pair of neighbours is the text from the beginning of the first to the end of the second. */
typedef struct CommentWord
{
	const char *text;
	size_t		length;
	bool		neighbour;		/* of the word before, if there is one */
} CommentWord;

#pragma GCC visibility push(hidden)

extern bool comment_language(const char *name, size_t length, CommentLanguage *language);
extern void comment_words_begin(CommentWords *w, const char *comment, size_t length,
								CommentLanguage language, char *out);
extern bool comment_words_next(CommentWords *w, CommentWord *word);

#pragma GCC visibility pop

#endif							/* COMMENT_WORDS_H */
