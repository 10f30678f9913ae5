/*
 * duration_text.c
 *		Printing and reading the text form of summaries of durations; see
 *		duration.h.
 */
#include "duration/duration.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "duration/duration_sketch_text.h"

/* Enough bytes for duration_text_print(), the final zero included. */
size_t
duration_text_bound(const DurationSummary *d)
{
	return sizeof("{ in us }") + INT64_CHARS + UINT128_CHARS + duration_sketch_text_bound(d->n);
}

/* Print the text form; returns its length. */
size_t
duration_text_print(const DurationSummary *d, char *text)
{
	char	   *out = text;

	*out++ = '{';
	if (d->n > 0)
	{
		out += sprintf(out, "%" PRId64 " in ", d->total);
		out = text_print_wide(out, d->sum);
		out += sprintf(out, "us ");
		out = duration_sketch_print(out, d->buckets, d->n);
	}
	*out++ = '}';
	*out = '\0';
	return (size_t) (out - text);
}

static bool
parse_sketch(TextScan *scan, DurationSummary *d)
{
	DurationSketchScan sketch;
	DurationSketchStatus status;
	DurationBucket bucket;

	if (!duration_sketch_begin(scan, &sketch))
		return false;
	/* they ascend, so that there are no more than DURATION_BUCKETS */
	while ((status = duration_sketch_next(scan, &sketch, &bucket)) == DURATION_SKETCH_BUCKET)
		d->buckets[d->n++] = bucket;
	return status == DURATION_SKETCH_END;
}

static bool
parse_content(TextScan *scan, DurationSummary *d, int64_t *total)
{
	return text_scan_number(scan, 0, INT64_MAX, total,
							"a number of durations up to 9223372036854775807") &&
		text_scan_expect(scan, "in", "\"in\" and the sum of the durations") &&
		text_scan_wide(scan, &d->sum, "the sum of the durations in microseconds") &&
		text_scan_expect(scan, "us", "\"us\"") && parse_sketch(scan, d) &&
		text_scan_expect(scan, "}", "\"}\"");
}

/*
 * Read and check the text form; d->buckets has room for DURATION_BUCKETS.  If
 * false, the scan explains why, unless it expects nothing: then the parts do not
 * fit together.
 */
bool
duration_text_parse(const char *text, DurationSummary *d, TextScan *scan)
{
	int64_t		total = 0;

	text_scan_begin(scan, text, strlen(text));
	d->sum = 0;
	d->n = 0;
	return text_scan_expect(scan, "{", "\"{\"") &&
		(text_scan_accept(scan, "}") || parse_content(scan, d, &total)) &&
		text_scan_end(scan) && duration_summary_check(d) && d->total == total;
}
