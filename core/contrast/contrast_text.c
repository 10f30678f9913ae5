/*
 * contrast_text.c
 *		Printing and reading the text form of a contrast; see contrast_text.h.
 */
#include "contrast/contrast_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/fixed_interval.h"

/* All but the path and the stages. */
#define HEAD_CHARS \
	(sizeof("{; within ; landmark ; too recent , early , reached , missed ; []}") + \
	 2 * JOURNEY_DURATION_TEXT_BOUND + 4 * INT64_CHARS)

/* Enough bytes for contrast_text_print(), the final zero included. */
size_t
contrast_text_bound(const Contrast *contrast)
{
	size_t		bytes = HEAD_CHARS + journey_path_text_bound(contrast->question.path);

	for (uint32_t i = 0; i < contrast->n; i++)
		bytes += sizeof(",  =  + ") + 2 * INT64_CHARS +
			JOURNEY_LABEL_TEXT_BOUND(contrast->stages[i].label.length);
	return bytes;
}

static char *
print_time(char *out, const char *before, int64_t time)
{
	out = stpcpy(out, before);
	return out + journey_duration_print(time, out);
}

/* Print the text form; returns its length.  See contrast_text_bound(). */
size_t
contrast_text_print(const Contrast *contrast, char *text)
{
	const ContrastCounts *counts = &contrast->counts;
	char	   *out = text;

	*out++ = '{';
	out += journey_path_print(contrast->question.path, out);
	out = print_time(out, "; within ", contrast->question.within);
	out = print_time(out, "; landmark ", contrast->question.landmark);
	out += sprintf(out, "; too recent %" PRId64 ", early %" PRId64 ", reached %" PRId64
				   ", missed %" PRId64 "; [",
				   counts->too_recent, counts->early, counts->reached, counts->missed);
	for (uint32_t i = 0; i < contrast->n; i++)
	{
		const ContrastStage *stage = &contrast->stages[i];

		out = stpcpy(out, i > 0 ? ", " : "");
		out += journey_label_print(stage->label.text, stage->label.length, out);
		out += sprintf(out, " = %" PRId64 " + %" PRId64, stage->reached, stage->missed);
	}
	out = stpcpy(out, "]}");
	return (size_t) (out - text);
}

/* "; within 30 days", behind the word that is given */
static bool
read_time(ContrastTextReader *r, const char *word, const char *expected, int64_t *time)
{
	return text_scan_expect(&r->scan, word, expected) && journey_duration_read(&r->scan, time) &&
		text_scan_expect(&r->scan, ";", "\";\"");
}

static bool
read_count(ContrastTextReader *r, const char *sign, const char *expected, int64_t *count)
{
	return text_scan_expect(&r->scan, sign, expected) &&
		text_scan_number(&r->scan, 0, INT64_MAX, count, "a number up to 9223372036854775807");
}

static bool
read_counts(ContrastTextReader *r)
{
	ContrastCounts *counts = &r->counts;

	return text_scan_expect(&r->scan, "too", "\"too recent\" and how many were") &&
		read_count(r, "recent", "\"too recent\" and how many were", &counts->too_recent) &&
		text_scan_expect(&r->scan, ",", "\",\"") &&
		read_count(r, "early", "\"early\" and how many were", &counts->early) &&
		text_scan_expect(&r->scan, ",", "\",\"") &&
		read_count(r, "reached", "\"reached\" and how many did", &counts->reached) &&
		text_scan_expect(&r->scan, ",", "\",\"") &&
		read_count(r, "missed", "\"missed\" and how many did", &counts->missed) &&
		text_scan_expect(&r->scan, ";", "\";\" and the stages");
}

/*
 * Read all that comes before the stages.  The text must end with a zero byte; labels has
 * room for as many bytes.  If false, the scan explains why.
 */
bool
contrast_text_begin(ContrastTextReader *r, const char *text, size_t length, bool utf8,
					char *labels)
{
	memset(r, 0, sizeof(*r));
	r->utf8 = utf8;
	r->path.bytes = labels;
	text_scan_begin(&r->scan, text, length);
	return text_scan_expect(&r->scan, "{", "\"{\"") &&
		journey_path_parse_before(&r->scan, utf8, &r->path, ';') &&
		text_scan_expect(&r->scan, ";", "\";\" and \"within\"") &&
		read_time(r, "within", "\"within\" and a length of time", &r->within) &&
		read_time(r, "landmark", "\"landmark\" and a length of time", &r->landmark) &&
		read_counts(r);
}

static bool
read_stage(ContrastTextReader *r)
{
	if (!text_scan_label(&r->scan, r->utf8, &r->label, "the label of a stage") ||
		!read_count(r, "=", "\"=\" and how many who reached saw it", &r->stage.reached) ||
		!read_count(r, "+", "\"+\" and how many who missed saw it", &r->stage.missed))
		return false;
	r->stage.label = text_label(&r->label);
	return true;
}

/* The next stage, to the end of the text; the scan explains an error. */
TextItem
contrast_text_next(ContrastTextReader *r)
{
	TextItem	item = text_scan_item(&r->scan, &r->begun, "[]");

	if (item == TEXT_ITEM)
		return read_stage(r) ? TEXT_ITEM : TEXT_ERROR;
	if (item == TEXT_END &&
		(!text_scan_expect(&r->scan, "}", "\"}\"") || !text_scan_end(&r->scan)))
		return TEXT_ERROR;
	return item;
}
