/*
 * survival_text.c
 *		Printing and reading the text form of waits; see survival_text.h.
 */
#include "survival/survival_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define COUNT_CHARS \
	(sizeof(", 10578:  +  in us") + 2 * INT64_CHARS + UINT128_CHARS)

/* Enough bytes for survival_text_print(), the final zero included. */
size_t
survival_text_bound(const Survival *survival)
{
	return sizeof("{from  to  []}") + 2 * JOURNEY_LABEL_TEXT_BOUND(JOURNEY_MAX_LABEL) +
		survival->n * COUNT_CHARS;
}

static char *
print_label(char *out, const char *before, const JourneyLabel *label)
{
	out = stpcpy(out, before);
	return out + journey_label_print(label->text, label->length, out);
}

static char *
print_subject(char *out, const SurvivalSubject *subject)
{
	if (subject->kind == SURVIVAL_WAITS)
		return out;
	out = print_label(out, subject->kind == SURVIVAL_GAPS ? "gaps of " : "from ", &subject->from);
	if (subject->kind == SURVIVAL_STAGES)
		out = print_label(out, " to ", &subject->to);
	*out++ = ' ';
	return out;
}

/* Print the text form; returns its length.  See survival_text_bound(). */
size_t
survival_text_print(const Survival *survival, char *text)
{
	char	   *out = text;

	*out++ = '{';
	out = print_subject(out, &survival->subject);
	*out++ = '[';
	for (uint32_t i = 0; i < survival->n; i++)
	{
		const SurvivalCount *count = &survival->counts[i];

		out += sprintf(out, "%s%" PRIu32 ": %" PRId64 " + %" PRId64 " in ", i > 0 ? ", " : "",
					   count->bucket, count->reached, count->censored);
		out = text_print_wide(out, uint128_load(count->sum));
		out = stpcpy(out, "us");
	}
	out = stpcpy(out, "]}");
	return (size_t) (out - text);
}

static bool
read_subject(SurvivalTextReader *r, bool utf8)
{
	TextScan   *scan = &r->scan;

	if (text_scan_accept(scan, "gaps of"))
	{
		r->subject.kind = SURVIVAL_GAPS;
		return text_scan_label(scan, utf8, &r->from, "the label of a stage");
	}
	if (!text_scan_accept(scan, "from"))
		return true;
	r->subject.kind = SURVIVAL_STAGES;
	return text_scan_label(scan, utf8, &r->from, "the label of a stage") &&
		text_scan_expect(scan, "to", "\"to\" and the label of a stage") &&
		text_scan_label(scan, utf8, &r->to, "the label of a stage");
}

/* Begin to read: what the waits are for.  If false, the scan explains why. */
bool
survival_text_begin(SurvivalTextReader *r, const char *text, size_t length, bool utf8)
{
	memset(r, 0, sizeof(*r));
	text_scan_begin(&r->scan, text, length);
	if (!text_scan_expect(&r->scan, "{", "\"{\"") || !read_subject(r, utf8))
		return false;
	r->subject.from = text_label(&r->from);
	r->subject.to = text_label(&r->to);
	return true;
}

static bool
read_bucket(SurvivalTextReader *r)
{
	const char *at;
	int64_t		bucket;

	text_scan_space(&r->scan);
	at = r->scan.at;
	if (!text_scan_number(&r->scan, 0, SURVIVAL_BUCKETS - 1, &bucket,
						  "the number of a bucket, 0 to 10578"))
		return false;
	if (bucket < r->next)
	{
		r->scan.at = at;
		return text_scan_fail(&r->scan, "the number of a bucket, greater than the one before");
	}
	r->count.bucket = (uint32_t) bucket;
	r->next = bucket + 1;
	return true;
}

static bool
read_count(SurvivalTextReader *r)
{
	static const char number[] = "a number up to 9223372036854775807";
	Uint128 sum;

	if (!read_bucket(r) ||
		!text_scan_expect(&r->scan, ":", "\":\" and how many reached") ||
		!text_scan_number(&r->scan, 0, INT64_MAX, &r->count.reached, number) ||
		!text_scan_expect(&r->scan, "+", "\"+\" and how many are censored") ||
		!text_scan_number(&r->scan, 0, INT64_MAX, &r->count.censored, number) ||
		!text_scan_expect(&r->scan, "in", "\"in\" and the sum of the waits") ||
		!text_scan_wide(&r->scan, &sum, "the sum of the waits in microseconds") ||
		!text_scan_expect(&r->scan, "us", "\"us\""))
		return false;
	uint128_store(r->count.sum, sum);
	return true;
}

/* The next bucket, r->count, behind all before it, to the end of the text. */
TextItem
survival_text_next(SurvivalTextReader *r)
{
	TextItem	item = text_scan_item(&r->scan, &r->begun, "[]");

	if (item == TEXT_ITEM)
		return read_count(r) ? TEXT_ITEM : TEXT_ERROR;
	if (item == TEXT_END &&
		(!text_scan_expect(&r->scan, "}", "\"}\"") || !text_scan_end(&r->scan)))
		return TEXT_ERROR;
	return item;
}
