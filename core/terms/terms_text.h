/*
 * terms_text.h
 *		The text form of terms, exact and free of every setting:
 *
 *			{nie = 2, "nie poleca" = 1, poleca = 2} in 3 comments
 *			 |     |                                 |
 *			 |     |                                 3. the comments that have a term
 *			 |     2. those of them that have this term
 *			 1. a term
 *
 * A term is written as a label is (label.h): as it is if it has letters, digits and
 * _ - . : / only, otherwise in double quotes, with each quote inside it doubled.  When
 * read, terms may come in any order, those that come twice are added up, and white space
 * may stand between the parts.
 */
#ifndef TERMS_TEXT_H
#define TERMS_TEXT_H

#include "base/text_scan.h"
#include "terms/terms.h"

typedef struct TermsTextReader
{
	TextScan	scan;
	bool		begun;
	int64_t		count;			/* of the term */
	int64_t		comments;		/* at the end */
	uint32_t	length;
	char		term[TERM_MOST_BYTES];
} TermsTextReader;

#pragma GCC visibility push(hidden)

extern size_t terms_text_bound(const Terms *terms);
extern size_t terms_text_print(const Terms *terms, char *text);
extern void terms_text_begin(TermsTextReader *r, const char *text, size_t length);
extern TextItem terms_text_next(TermsTextReader *r);

#pragma GCC visibility pop

#endif							/* TERMS_TEXT_H */
