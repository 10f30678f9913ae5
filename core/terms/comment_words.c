/*
 * comment_words.c
 *		Taking a comment apart into words; see comment_words.h.
 */
#include <string.h>

#include "base/fold.h"
#include "base/interrupt.h"
#include "terms/comment_letters.h"
#include "terms/comment_words.h"

#define POLISH_LETTERS	6
#define SHORTEST_PLURAL	4

/* 'pl', 'en' or 'simple', in any letter case; false for anything else. */
bool
comment_language(const char *name, size_t length, CommentLanguage *language)
{
	if (fold_same(name, length, "pl"))
		*language = COMMENT_POLISH;
	else if (fold_same(name, length, "en"))
		*language = COMMENT_ENGLISH;
	else if (fold_same(name, length, "simple"))
		*language = COMMENT_SIMPLE;
	else
		return false;
	return true;
}

/* Begin to read; out has room for COMMENT_WORDS_BOUND(length) bytes. */
void
comment_words_begin(CommentWords *w, const char *comment, size_t length,
					CommentLanguage language, char *out)
{
	w->at = (const uint8_t *) comment;
	w->end = w->at + length;
	w->out = (uint8_t *) out;
	w->language = language;
}

/* The bytes of the first letters. */
static size_t
cut_letters(const uint8_t *word, size_t length, int most)
{
	size_t		i = 0;

	for (; i < length; i++)
		if ((word[i] & 0xC0) != 0x80 && most-- == 0)
			break;
	return i;
}

static bool
ends_with(const uint8_t *word, size_t length, const char *ending)
{
	size_t		bytes = strlen(ending);

	return length >= bytes && memcmp(word + length - bytes, ending, bytes) == 0;
}

/*
 * The S stemmer has one more rule, which makes e of es, but not of aes, ees and oes; what
 * it leaves, the last rule does alike.
 */
static size_t
cut_plural(uint8_t *word, size_t length)
{
	if (length < SHORTEST_PLURAL || word[length - 1] != 's')
		return length;
	if (ends_with(word, length, "ies") && !ends_with(word, length, "eies") &&
		!ends_with(word, length, "aies"))
	{
		word[length - 3] = 'y';
		return length - 2;
	}
	if (ends_with(word, length, "us") || ends_with(word, length, "ss"))
		return length;
	return length - 1;
}

static size_t
cut_ending(const CommentWords *w, uint8_t *word, size_t length)
{
	switch (w->language)
	{
		case COMMENT_POLISH:
			return cut_letters(word, length, POLISH_LETTERS);
		case COMMENT_ENGLISH:
			return cut_plural(word, length);
		case COMMENT_SIMPLE:
			break;
	}
	return length;
}

/* Does a letter follow the character that ends at `at`? */
static bool
letter_follows(const CommentWords *w, const uint8_t *at)
{
	uint32_t	c;

	if (at >= w->end)
		return false;
	(void) character_decode(at, w->end, &c);
	return character_kind(c) == CHARACTER_LETTER;
}

/* The rest of a word whose next character is a letter; returns the folded length. */
static size_t
read_letters(CommentWords *w)
{
	uint8_t    *out = w->out;

	for (size_t i = 0; w->at < w->end; i++)
	{
		uint32_t	c;
		size_t		length = character_decode(w->at, w->end, &c);
		CharacterKind kind = character_kind(c);

		interrupt_in_step(i);
		if (kind == CHARACTER_LETTER)
			out += letter_fold(w->at, length, c, out);
		else if (kind != CHARACTER_MARK &&
				 (kind != CHARACTER_APOSTROPHE || !letter_follows(w, w->at + length)))
			break;
		w->at += length;
	}
	return (size_t) (out - w->out);
}

/* Pass over what is between words; false at the end.  *neighbour: nothing that parts them. */
static bool
skip_between(CommentWords *w, CharacterKind *kind, bool *neighbour)
{
	*neighbour = true;
	for (size_t i = 0; w->at < w->end; i++)
	{
		uint32_t	c;
		size_t		length = character_decode(w->at, w->end, &c);

		interrupt_in_step(i);
		*kind = character_kind(c);
		if (*kind == CHARACTER_LETTER || *kind == CHARACTER_PICTOGRAPH)
			return true;
		if (*kind == CHARACTER_BREAK)
			*neighbour = false;
		w->at += length;
	}
	return false;
}

/* The next word; false when there is none any more. */
bool
comment_words_next(CommentWords *w, CommentWord *word)
{
	CharacterKind kind;
	size_t		length;

	if (!skip_between(w, &kind, &word->neighbour))
		return false;
	if (kind == CHARACTER_LETTER)
		length = cut_ending(w, w->out, read_letters(w));
	else
	{
		uint32_t	c;

		length = character_decode(w->at, w->end, &c);
		memcpy(w->out, w->at, length);
		w->at += length;
	}
	word->text = (const char *) w->out;
	word->length = length;
	w->out += length;
	*w->out++ = ' ';
	return true;
}
