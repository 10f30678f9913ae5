/*
 * contrast_text.h
 *		The text form of a contrast, exact and free of every setting:
 *
 *			{search > payment; within 30 days; landmark 7 days;
 *			 too recent 3, early 5, reached 120, missed 880; [chat = 30 + 50, help = 10 + 20]}
 *
 * in one line.  Each stage has how many of those who reached and of those who missed had
 * seen it.  Labels are quoted as in base/label.h.
 *
 * When read, white space may stand between the parts, and stages may come in any order.
 */
#ifndef CONTRAST_TEXT_H
#define CONTRAST_TEXT_H

#include "base/text_scan.h"
#include "contrast/contrast.h"

/* A text that is read: what was asked and the counts, then one stage after the other. */
typedef struct ContrastTextReader
{
	TextScan	scan;
	bool		utf8;
	bool		begun;
	JourneyPathDraft path;
	int64_t		within;
	int64_t		landmark;
	ContrastCounts counts;
	TextLabel	label;
	ContrastStage stage;		/* its label points to that */
} ContrastTextReader;

#pragma GCC visibility push(hidden)

extern size_t contrast_text_bound(const Contrast *contrast);
extern size_t contrast_text_print(const Contrast *contrast, char *text);
extern bool contrast_text_begin(ContrastTextReader *r, const char *text, size_t length, bool utf8,
								char *labels);
extern TextItem contrast_text_next(ContrastTextReader *r);

#pragma GCC visibility pop

#endif							/* CONTRAST_TEXT_H */
