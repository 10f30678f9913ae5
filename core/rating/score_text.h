/*
 * score_text.h
 *		A score out of the text of an answer, as survey tools export it:
 *		"10 - Extremely likely", "5 – Bardzo zadowolony", " 7 ".
 */
#ifndef SCORE_TEXT_H
#define SCORE_TEXT_H

#include <stddef.h>
#include <stdint.h>

typedef enum ScoreText
{
	SCORE_FOUND,
	SCORE_BLANK,				/* nothing but white space */
	SCORE_MISSING,				/* does not start with a whole number */
	SCORE_UNCLEAR,				/* not the only number: 7.5, 1,000, 5-7, 9/10 */
	SCORE_TOO_LARGE				/* more than 32 bits */
} ScoreText;

#pragma GCC visibility push(hidden)

/* The text is UTF-8, or in an encoding that has ASCII as it is. */
extern ScoreText score_text_read(const char *text, size_t length, int32_t *score);

#pragma GCC visibility pop

#endif							/* SCORE_TEXT_H */
