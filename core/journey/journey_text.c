/*
 * journey_text.c
 *		The text form of a journey, exact and free of every setting:
 *
 *			{awareness@2026-01-05T10:00:00Z, purchase@2026-01-07T09:30:00.5Z#12}
 *
 * Labels are quoted where they need it (label.h), times are UTC
 * (time_text.c), and a seq other than 0 stands after a #.  When read, visits
 * may come in any order, times may have another offset, and white space may
 * stand between the parts.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "journey/journey_text.h"
#include "base/time_text.h"

/*
 * Print a visit, with a comma unless it is the first; returns where it ends.
 * Takes up to JOURNEY_VISIT_CHARS bytes.
 */
char *
journey_print_visit(char *out, const JourneyVisit *visit, const JourneyLabel *labels, bool first)
{
	const JourneyLabel *label = &labels[visit->label];

	if (!first)
	{
		*out++ = ',';
		*out++ = ' ';
	}
	out += journey_label_print(label->text, label->length, out);
	*out++ = '@';
	out = journey_print_time(out, visit->at);
	if (visit->seq != 0)
		out += sprintf(out, "#%" PRId64, visit->seq);
	return out;
}

/* Begin to read; the text must end with a zero byte. */
void
journey_text_begin(JourneyTextReader *r, const char *text, size_t length, bool utf8)
{
	memset(r, 0, sizeof(*r));
	r->text = r->at = text;
	r->end = text + length;
	r->utf8 = utf8;
}

static void
skip_space(JourneyTextReader *r)
{
	while (*r->at != '\0' && strchr(" \t\n\r\f\v", *r->at) != NULL)
		r->at++;
}

static bool
accept(JourneyTextReader *r, char sign)
{
	skip_space(r);
	if (*r->at != sign)
		return false;
	r->at++;
	return true;
}

static JourneyTextStatus
fail(JourneyTextReader *r, const char *expected)
{
	r->expected = expected;
	return JOURNEY_TEXT_ERROR;
}

/* An int64 after #; a sign may stand before it. */
static bool
parse_seq(JourneyTextReader *r, int64_t *seq)
{
	bool		negative;
	int64_t		value = 0;

	skip_space(r);
	negative = *r->at == '-';
	r->at += negative;
	if (*r->at < '0' || *r->at > '9')
		return false;
	/* digits are subtracted, because negative numbers reach one further */
	for (; *r->at >= '0' && *r->at <= '9'; r->at++)
		if (__builtin_mul_overflow(value, 10, &value) ||
			__builtin_sub_overflow(value, *r->at - '0', &value))
			return false;
	if (!negative && __builtin_sub_overflow(0, value, &value))
		return false;
	*seq = value;
	return true;
}

static JourneyTextStatus
read_visit(JourneyTextReader *r)
{
	const char *label_end;
	JourneyLabelStatus status;

	skip_space(r);
	status = journey_label_read(&r->at, r->end, r->utf8, r->label, &r->label_length);
	if (status == JOURNEY_LABEL_MISSING)
		return fail(r, "the label of a stage");
	if (status != JOURNEY_LABEL_OK)
	{
		r->problem = journey_label_problem(status);
		return JOURNEY_TEXT_ERROR;
	}
	label_end = r->at;
	if (!accept(r, '@'))
	{
		r->blank = journey_label_goes_on(label_end, r->at, r->end);
		return fail(r, "\"@\" and the time of the visit");
	}
	skip_space(r);
	if (!journey_parse_time(&r->at, &r->visit.at))
		return fail(r, "a time such as 2026-01-05T10:00:00Z");
	r->visit.seq = 0;
	if (accept(r, '#') && !parse_seq(r, &r->visit.seq))
		return fail(r, "a whole number of 64 bits");
	return JOURNEY_TEXT_VISIT;
}

/* The next visit; r->at, and r->expected or r->problem, explain an error. */
JourneyTextStatus
journey_text_next(JourneyTextReader *r)
{
	if (!r->begun)
	{
		if (!accept(r, '{'))
			return fail(r, "\"{\"");
		r->begun = true;
		if (!accept(r, '}'))
			return read_visit(r);
	}
	else if (accept(r, ','))
		return read_visit(r);
	else if (!accept(r, '}'))
		return fail(r, "\",\" or \"}\"");
	skip_space(r);
	return r->at == r->end ? JOURNEY_TEXT_END : fail(r, "the end");
}
