/*
 * attribution_text.c
 *		Printing and reading the text form; see attribution_text.h.
 */
#include "attribution/attribution_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal_units.h"
#include "base/fixed_interval.h"

static char *
print_label(char *out, const JourneyLabel *label)
{
	return out + journey_label_print(label->text, label->length, out);
}

/* The goal and the half-life; all printers return where they end, and terminate. */
char *
attribution_print_head(char *out, const AttributionReader *reader)
{
	out = print_label(out, &reader->goal);
	if (reader->half_life > 0)
	{
		out = stpcpy(out, " (");
		out += journey_duration_print(reader->half_life, out);
		*out++ = ')';
	}
	*out = '\0';
	return out;
}

char *
attribution_print_row(char *out, const JourneyLabel *label, const AttributionRow *row,
					  int64_t half_life)
{
	out = print_label(out, label);
	for (int m = 0; m < attribution_models(half_life); m++)
	{
		*out++ = ' ';
		out += decimal_units_print(out, uint128_load(row->units[m]), ATTRIBUTION_DECIMALS);
	}
	return out;
}

char *
attribution_print_step(char *out, const AttributionStep *step, const JourneyLabel *labels)
{
	if (step->from == FROM_START)
		*out++ = '^';
	else
		out = print_label(out, &labels[step->from - FROM_TOUCH]);
	out = stpcpy(out, " > ");
	if (step->to == TO_CONVERSION)
		*out++ = '$';
	else if (step->to == TO_NULL)
		*out++ = '!';
	else
		out = print_label(out, &labels[step->to - TO_TOUCH]);
	out += sprintf(out, " %" PRId64, step->count);
	return out;
}

static bool
read_half_life(AttributionTextReader *r)
{
	if (!journey_duration_read(&r->scan, &r->half_life))
		return false;
	if (r->half_life <= 0)
		return text_scan_fail(&r->scan, "a half-life above 0 before this");
	return text_scan_expect(&r->scan, ")", "\")\" after the half-life");
}

/* Begin to read: the goal, which is in r->name then, and the half-life. */
bool
attribution_text_begin(AttributionTextReader *r, const char *text, size_t length, bool utf8)
{
	memset(r, 0, sizeof(*r));
	text_scan_begin(&r->scan, text, length);
	r->utf8 = utf8;
	return text_scan_label(&r->scan, utf8, &r->name, "the label of the goal") &&
		(!text_scan_accept(&r->scan, "(") || read_half_life(r));
}

static bool
read_row(AttributionTextReader *r)
{
	Uint128 units;

	memset(&r->row, 0, sizeof(r->row));
	if (!text_scan_label(&r->scan, r->utf8, &r->name, "the label of a touchpoint"))
		return false;
	for (int m = 0; m < attribution_models(r->half_life); m++)
	{
		if (!text_scan_decimal(&r->scan, ATTRIBUTION_DECIMALS, &units,
							   "conversions with at most 12 decimals"))
			return false;
		uint128_store(r->row.units[m], units);
	}
	return true;
}

static bool
read_ends(AttributionTextReader *r)
{
	r->step.from = text_scan_accept(&r->scan, "^") ? FROM_START : FROM_TOUCH;
	if (r->step.from == FROM_TOUCH && !text_scan_label(&r->scan, r->utf8, &r->name,
													   "\"^\" or the label of a touchpoint"))
		return false;
	if (!text_scan_expect(&r->scan, ">", "\">\""))
		return false;
	r->step.to = text_scan_accept(&r->scan, "$") ? TO_CONVERSION :
		text_scan_accept(&r->scan, "!") ? TO_NULL : TO_TOUCH;
	return r->step.to != TO_TOUCH || text_scan_label(&r->scan, r->utf8, &r->other,
													 "\"$\", \"!\" or the label of a touchpoint");
}

static bool
read_step(AttributionTextReader *r)
{
	if (!read_ends(r))
		return false;
	if (r->step.from == FROM_START && r->step.to == TO_NULL)
		return text_scan_fail(&r->scan, "a touch between \"^\" and \"!\" before this");
	return text_scan_number(&r->scan, 1, INT64_MAX, &r->step.count,
							"how often the step was taken");
}

/* The next touchpoint: r->name and r->row. */
TextItem
attribution_text_row(AttributionTextReader *r)
{
	TextItem	item = text_scan_item(&r->scan, &r->begun, "{}");

	return item == TEXT_ITEM && !read_row(r) ? TEXT_ERROR : item;
}

/* The next step, to the end of the text. */
TextItem
attribution_text_step(AttributionTextReader *r)
{
	TextItem	item = text_scan_item(&r->scan, &r->begun, "[]");

	if (item == TEXT_ITEM && !read_step(r))
		return TEXT_ERROR;
	return item == TEXT_END && !text_scan_end(&r->scan) ? TEXT_ERROR : item;
}
