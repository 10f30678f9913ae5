/*
 * comment_letters.h
 *		What a character is in a comment, and a letter without case and diacritics.
 *
 * "Łódź", "ŁÓDŹ" and "lodz" are to be one term, on every server and for good.  So nothing
 * asks the operating system: what is folded, and to what, stands in tables of Latin, Greek
 * and Cyrillic, and a letter of any other script stays as it is.  The many categories of
 * Unicode come down to six kinds, which say where a word ends and which words are
 * neighbours.
 *
 * Characters are UTF-8.  A folded letter is no longer than the letter, in bytes.
 */
#ifndef COMMENT_LETTERS_H
#define COMMENT_LETTERS_H

#include <stddef.h>
#include <stdint.h>

typedef enum CharacterKind
{
	CHARACTER_LETTER,			/* or a digit */
	CHARACTER_MARK,				/* belongs to the letter before and is dropped */
	CHARACTER_APOSTROPHE,
	CHARACTER_PICTOGRAPH,		/* a word of its own */
	CHARACTER_BLANK,			/* ends a word, and neighbours may be around it */
	CHARACTER_BREAK				/* ends a word */
} CharacterKind;

#define CHARACTER_NONE	UINT32_MAX	/* for a byte that is no UTF-8 */

#pragma GCC visibility push(hidden)

extern size_t character_decode(const uint8_t *at, const uint8_t *end, uint32_t *character);
extern CharacterKind character_kind(uint32_t character);
extern size_t letter_fold(const uint8_t *letter, size_t length, uint32_t character,
						  uint8_t *out);

#pragma GCC visibility pop

#endif							/* COMMENT_LETTERS_H */
