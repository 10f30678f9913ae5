/*
 * journey_text.h
 *		The text form of a journey.
 */
#ifndef JOURNEY_TEXT_H
#define JOURNEY_TEXT_H

#include "base/text_scan.h"
#include "base/time_text.h"
#include "journey/journey.h"
#include "journey/journey_value.h"

/* Room for one visit: comma and space, label, @, time, #, seq, =, value, final zero. */
#define JOURNEY_VISIT_CHARS \
	(JOURNEY_LABEL_TEXT_BOUND(JOURNEY_MAX_LABEL) + JOURNEY_TIME_CHARS + 32 + JOURNEY_VALUE_CHARS)

/* Reads one visit after the other. */
typedef struct JourneyTextReader
{
	TextScan	scan;
	bool		utf8;
	bool		begun;
	TextLabel	label;
	JourneyVisit visit;			/* its label is in label */
	int64_t		value;			/* or JOURNEY_NO_VALUE */
} JourneyTextReader;

#pragma GCC visibility push(hidden)

extern void journey_text_begin(JourneyTextReader *reader, const char *text, size_t length,
							   bool utf8);
extern TextItem journey_text_next(JourneyTextReader *reader);
extern char *journey_print_visit(char *out, const JourneyVisit *visit, int64_t value,
								 const JourneyLabel *labels, bool first);

#pragma GCC visibility pop

#endif							/* JOURNEY_TEXT_H */
