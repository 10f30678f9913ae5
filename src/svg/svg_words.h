/*
 * svg_words.h
 *		The languages of pictures: how numbers are written, and the words that all share.
 */
#ifndef SVG_WORDS_H
#define SVG_WORDS_H

#include "postgres.h"

typedef struct SvgLanguage
{
	const char *code;			/* as xml:lang has it */
	bool		polish;
	const char *decimal_point;
	const char *thousands;
	const char *to;				/* between the ends of an interval */
	const char *none;			/* a label that is empty */
	const char *answers;		/* before how many there are */
	const char *interval;		/* the one of 95 percent */
} SvgLanguage;

#pragma GCC visibility push(hidden)

extern const SvgLanguage *svg_language(text *name);
extern char *svg_number(const SvgLanguage *language, const char *number);
extern char *svg_count(const SvgLanguage *language, int64 count);

#pragma GCC visibility pop

#endif							/* SVG_WORDS_H */
