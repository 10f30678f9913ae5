/*
 * breakdown_text.c
 *		Printing and reading the text form of a breakdown; see breakdown_text.h.
 */
#include "breakdown/breakdown_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal_units.h"
#include "base/interrupt.h"

#define UNKNOWN				"(null)"
#define SUM_DECIMALS		RATING_WEIGHT_DECIMALS
#define SQUARES_DECIMALS	(2 * RATING_WEIGHT_DECIMALS)

/* Enough bytes for breakdown_text_print(), the final zero included. */
size_t
breakdown_text_bound(const Breakdown *b)
{
	size_t		score = INT64_CHARS + 2;
	size_t		bytes = sizeof("{} on [, ]") + 2 * INT64_CHARS;

	if (b->weighted)
		score += 2 * (DECIMAL_UNITS_CHARS + 2);
	for (uint32_t i = 0; i < b->count; i++)
		bytes += sizeof(", (null) = [] weights [] squares []") +
			JOURNEY_LABEL_TEXT_BOUND(b->parts[i].label.length) + (size_t) b->points * score;
	return bytes;
}

static char *
print_label(char *out, JourneyLabel label)
{
	if (label.length == 0)
		return out + sprintf(out, UNKNOWN);
	return out + journey_label_print(label.text, label.length, out);
}

static char *
print_sums(char *out, const RatingSummary *s, const char *name, bool squares)
{
	out += sprintf(out, " %s [", name);
	for (int i = 0; i < s->points; i++)
	{
		const RatingWeights *w = &rating_weights(s)[i];

		if (i > 0)
			out += sprintf(out, ", ");
		out += decimal_units_print(out, uint128_load(squares ? w->squares : w->sum),
								   squares ? SQUARES_DECIMALS : SUM_DECIMALS);
	}
	*out++ = ']';
	return out;
}

static char *
print_part(char *out, const BreakdownPart *part)
{
	out = print_label(out, part->label);
	out += sprintf(out, " = [");
	for (int i = 0; i < part->summary->points; i++)
		out += sprintf(out, "%s%" PRId64, i > 0 ? ", " : "", part->summary->counts[i]);
	*out++ = ']';
	if (!rating_is_weighted(part->summary))
		return out;
	out = print_sums(out, part->summary, "weights", false);
	return print_sums(out, part->summary, "squares", true);
}

/* Print the text form; returns its length.  See breakdown_text_bound(). */
size_t
breakdown_text_print(const Breakdown *b, char *text)
{
	char	   *out = text;

	*out++ = '{';
	for (uint32_t i = 0; i < b->count; i++)
	{
		interrupt_in_step(i);
		if (i > 0)
			out += sprintf(out, ", ");
		out = print_part(out, &b->parts[i]);
	}
	*out++ = '}';
	if (b->count > 0)
		out += sprintf(out, " on [%" PRId32 ", %" PRId32 "]", b->low,
					   (int32_t) (b->low + (int64_t) b->points - 1));
	*out = '\0';
	return (size_t) (out - text);
}

/* Begin to read; the text must end with a zero byte. */
void
breakdown_text_begin(BreakdownTextReader *r, const char *text, size_t length, bool utf8,
					 RatingSummary *room)
{
	memset(r, 0, sizeof(*r));
	text_scan_begin(&r->scan, text, length);
	r->utf8 = utf8;
	r->summary = room;
}

static bool
parse_label(BreakdownTextReader *r)
{
	r->label.length = 0;
	return text_scan_accept(&r->scan, UNKNOWN) ||
		text_scan_label(&r->scan, r->utf8, &r->label, "a label or (null)");
}

/* The counts of a label, which say how many points the scale has. */
static bool
parse_counts(BreakdownTextReader *r, int64_t *counts, int *points)
{
	*points = 0;
	if (!text_scan_expect(&r->scan, "=", "\"=\"") ||
		!text_scan_expect(&r->scan, "[", "\"[\" and the answers of each score"))
		return false;
	do
	{
		if (*points == RATING_MAX_POINTS)
			return text_scan_problem(&r->scan, "More scores than a scale has");
		if (!text_scan_number(&r->scan, 0, INT64_MAX, &counts[*points], "a count of answers"))
			return false;
		++*points;
	} while (text_scan_accept(&r->scan, ","));
	return text_scan_expect(&r->scan, "]", "\",\" or \"]\"");
}

static bool
parse_sums(BreakdownTextReader *r, bool squares)
{
	const char *expected = squares ? "\"squares [\"" : "\"weights [\"";
	const char *number = squares ? "a sum of squared weights with at most 18 decimals" :
		"a sum of weights with at most 9 decimals";

	if (!text_scan_expect(&r->scan, squares ? "squares" : "weights", expected) ||
		!text_scan_expect(&r->scan, "[", expected))
		return false;
	for (int i = 0; i < r->points; i++)
	{
		RatingWeights *w = &rating_weights(r->summary)[i];
		Uint128 value;

		if (i > 0 && !text_scan_expect(&r->scan, ",", "\",\" and the sum of the next score"))
			return false;
		if (!text_scan_decimal(&r->scan, squares ? SQUARES_DECIMALS : SUM_DECIMALS, &value, number))
			return false;
		uint128_store(squares ? w->squares : w->sum, value);
	}
	return text_scan_expect(&r->scan, "]", "\"]\"");
}

/* Has this label as many scores as those before, and weights as they have? */
static bool
fits_before(BreakdownTextReader *r, int points, bool weighted)
{
	if (points < RATING_MIN_POINTS)
		return text_scan_problem(&r->scan, "Fewer scores than a scale has");
	if (r->points != 0 && r->points != points)
		return text_scan_problem(&r->scan, "Another number of scores than the label before");
	if (r->points != 0 && r->weighted != weighted)
		return text_scan_problem(&r->scan, "Weighted and unweighted answers");
	r->points = points;
	r->weighted = weighted;
	return true;
}

static bool
parse_part(BreakdownTextReader *r)
{
	int64_t		counts[RATING_MAX_POINTS];
	int			points;
	bool		weighted;

	if (!parse_label(r) || !parse_counts(r, counts, &points))
		return false;
	text_scan_space(&r->scan);
	weighted = *r->scan.at == 'w';
	if (!fits_before(r, points, weighted))
		return false;
	rating_init(r->summary, 0, points, weighted);
	memcpy(r->summary->counts, counts, (size_t) points * sizeof(int64_t));
	if (weighted && (!parse_sums(r, false) || !parse_sums(r, true)))
		return false;
	return rating_validate(r->summary, rating_size(points, weighted)) == RATING_OK ||
		text_scan_problem(&r->scan, "Counts or weights that are not possible");
}

static bool
parse_bound(BreakdownTextReader *r, int64_t *value)
{
	bool		negative = text_scan_accept(&r->scan, "-");

	if (!text_scan_number(&r->scan, 0, (int64_t) INT32_MAX + 1, value, "an end of the scale"))
		return false;
	*value = negative ? -*value : *value;
	return true;
}

/* The scale behind the labels, if there are any. */
static bool
parse_scale(BreakdownTextReader *r)
{
	int64_t		low;
	int64_t		high;

	if (r->points == 0)
		return text_scan_end(&r->scan);
	if (!text_scan_expect(&r->scan, "on", "\"on\" and the scale") ||
		!text_scan_expect(&r->scan, "[", "\"[\" and the lowest score") ||
		!parse_bound(r, &low) || !text_scan_expect(&r->scan, ",", "\",\"") ||
		!parse_bound(r, &high) || !text_scan_expect(&r->scan, "]", "\"]\""))
		return false;
	if (!rating_scale_ok(low, high))
		return text_scan_problem(&r->scan, "Not a scale");
	if (high - low + 1 != r->points)
		return text_scan_problem(&r->scan, "Another number of scores than the labels have");
	r->low = (int32_t) low;
	return text_scan_end(&r->scan);
}

/* The next label with its summary, which is valid, or the end; the scan explains an error. */
TextItem
breakdown_text_next(BreakdownTextReader *r)
{
	TextItem	item = text_scan_item(&r->scan, &r->begun, "{}");

	if ((item == TEXT_ITEM && !parse_part(r)) || (item == TEXT_END && !parse_scale(r)))
		return TEXT_ERROR;
	return item;
}
