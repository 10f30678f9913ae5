/*
 * journey_text.c
 *		The text form of a journey, exact and free of every setting:
 *
 *			{awareness@2026-01-05T10:00:00Z, purchase@2026-01-07T09:30:00.5Z#12=19.99}
 *
 * Labels are quoted where they need it (label.h), times are UTC
 * (time_text.c), a seq other than 0 stands after a #, and a value after a =.  When
 * read, visits may come in any order, times may have another offset, and white space
 * may stand between the parts.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "journey/journey_text.h"

/*
 * Print a visit, with a comma unless it is the first; returns where it ends.
 * Takes up to JOURNEY_VISIT_CHARS bytes.
 */
char *
journey_print_visit(char *out, const JourneyVisit *visit, int64_t value,
					const JourneyLabel *labels, bool first)
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
	if (value != JOURNEY_NO_VALUE)
	{
		*out++ = '=';
		out = journey_print_value(out, value);
	}
	return out;
}

/* Begin to read; the text must end with a zero byte. */
void
journey_text_begin(JourneyTextReader *r, const char *text, size_t length, bool utf8)
{
	memset(r, 0, sizeof(*r));
	text_scan_begin(&r->scan, text, length);
	r->utf8 = utf8;
}

static bool
read_visit(JourneyTextReader *r)
{
	TextScan   *scan = &r->scan;

	if (!text_scan_label(scan, r->utf8, &r->label, "the label of a stage") ||
		!text_scan_expect(scan, "@", "\"@\" and the time of the visit"))
		return false;
	text_scan_space(scan);
	if (!journey_parse_time(&scan->at, &r->visit.at))
		return text_scan_fail(scan, "a time such as 2026-01-05T10:00:00Z");
	r->visit.seq = 0;
	r->value = JOURNEY_NO_VALUE;
	return (!text_scan_accept(scan, "#") ||
			text_scan_signed(scan, &r->visit.seq, "a whole number of 64 bits")) &&
		(!text_scan_accept(scan, "=") || journey_scan_value(scan, &r->value));
}

/* The next visit; the scan explains an error. */
TextItem
journey_text_next(JourneyTextReader *r)
{
	TextItem	item = text_scan_item(&r->scan, &r->begun, "{}");

	if (item == TEXT_ITEM && !read_visit(r))
		return TEXT_ERROR;
	return item == TEXT_END && !text_scan_end(&r->scan) ? TEXT_ERROR : item;
}
