/*
 * journey_text.h
 *		The text form of a journey.
 */
#ifndef JOURNEY_TEXT_H
#define JOURNEY_TEXT_H

#include "journey/journey.h"
#include "base/label.h"
#include "base/time_text.h"

/* Room for one visit: comma and space, label, @, time, #, seq, final zero. */
#define JOURNEY_VISIT_CHARS \
	(JOURNEY_LABEL_TEXT_BOUND(JOURNEY_MAX_LABEL) + JOURNEY_TIME_CHARS + 32)

/* Reads one visit after the other. */
typedef struct JourneyTextReader
{
	const char *text;
	const char *at;
	const char *end;
	bool		utf8;
	bool		begun;
	char		label[JOURNEY_MAX_LABEL];
	size_t		label_length;
	JourneyVisit visit;			/* its label is in label[] */
	const char *expected;		/* after an error: what should stand at at, */
	const char *problem;		/* or what is wrong with the label there; */
	bool		blank;			/* perhaps it is a label with blanks, without its quotes */
} JourneyTextReader;

typedef enum JourneyTextStatus
{
	JOURNEY_TEXT_VISIT,			/* a visit was read */
	JOURNEY_TEXT_END,
	JOURNEY_TEXT_ERROR
} JourneyTextStatus;

#pragma GCC visibility push(hidden)

extern void journey_text_begin(JourneyTextReader *reader, const char *text, size_t length,
							   bool utf8);
extern JourneyTextStatus journey_text_next(JourneyTextReader *reader);
extern char *journey_print_visit(char *out, const JourneyVisit *visit,
								 const JourneyLabel *labels, bool first);

#pragma GCC visibility pop

#endif							/* JOURNEY_TEXT_H */
