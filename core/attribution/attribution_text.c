/*
 * attribution_text.c
 *		Printing and reading the text form; see attribution_text.h.
 *
 * The text that is read must end with a zero byte.
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

static void
skip_space(AttributionTextReader *r)
{
	while (r->at < r->end && journey_space_byte((unsigned char) *r->at))
		r->at++;
}

static bool
accept(AttributionTextReader *r, char sign)
{
	skip_space(r);
	if (*r->at != sign)
		return false;
	r->at++;
	return true;
}

static bool
fail(AttributionTextReader *r, const char *expected)
{
	r->expected = expected;
	return false;
}

static bool
expect(AttributionTextReader *r, char sign, const char *expected)
{
	return accept(r, sign) || fail(r, expected);
}

static bool
read_label(AttributionTextReader *r, AttributionTextLabel *label, const char *expected)
{
	JourneyLabelStatus status;

	skip_space(r);
	status = journey_label_read(&r->at, r->end, r->utf8, label->text, &label->length);
	if (status == JOURNEY_LABEL_OK)
		return true;
	if (status == JOURNEY_LABEL_MISSING)
		return fail(r, expected);
	r->problem = journey_label_problem(status);
	return false;
}

static bool
read_count(AttributionTextReader *r, int64_t least, int64_t *count, const char *expected)
{
	Uint128 value;

	skip_space(r);
	if (!decimal_units_parse(&r->at, 0, &value) || value > INT64_MAX || value < (uint64_t) least)
		return fail(r, expected);
	*count = (int64_t) value;
	return true;
}

static bool
read_half_life(AttributionTextReader *r)
{
	skip_space(r);
	r->problem = journey_duration_read(&r->at, r->end, &r->half_life);
	if (r->problem != NULL)
		return false;
	if (r->half_life <= 0)
		return fail(r, "a half-life above 0 before this");
	return expect(r, ')', "\")\" after the half-life");
}

/* Begin to read: the goal, which is in r->name then, and the half-life. */
bool
attribution_text_begin(AttributionTextReader *r, const char *text, size_t length, bool utf8)
{
	memset(r, 0, sizeof(*r));
	r->text = r->at = text;
	r->end = text + length;
	r->utf8 = utf8;
	if (!read_label(r, &r->name, "the label of the goal"))
		return false;
	return !accept(r, '(') || read_half_life(r);
}

static bool
read_row(AttributionTextReader *r)
{
	Uint128 units;

	memset(&r->row, 0, sizeof(r->row));
	if (!read_label(r, &r->name, "the label of a touchpoint"))
		return false;
	for (int m = 0; m < attribution_models(r->half_life); m++)
	{
		skip_space(r);
		if (!decimal_units_parse(&r->at, ATTRIBUTION_DECIMALS, &units))
			return fail(r, "conversions with at most 12 decimals");
		uint128_store(r->row.units[m], units);
	}
	return true;
}

static bool
read_step(AttributionTextReader *r)
{
	r->step.from = FROM_START;
	if (!accept(r, '^'))
	{
		r->step.from = FROM_TOUCH;
		if (!read_label(r, &r->name, "\"^\" or the label of a touchpoint"))
			return false;
	}
	if (!expect(r, '>', "\">\""))
		return false;
	if (accept(r, '$'))
		r->step.to = TO_CONVERSION;
	else if (accept(r, '!'))
		r->step.to = TO_NULL;
	else
	{
		r->step.to = TO_TOUCH;
		if (!read_label(r, &r->other, "\"$\", \"!\" or the label of a touchpoint"))
			return false;
	}
	if (r->step.from == FROM_START && r->step.to == TO_NULL)
		return fail(r, "a touch between \"^\" and \"!\" before this");
	return read_count(r, 1, &r->step.count, "how often the step was taken");
}

/* The next item of a list in these brackets. */
static AttributionTextStatus
next_item(AttributionTextReader *r, const char *brackets, bool (*read) (AttributionTextReader *))
{
	bool		done;

	if (!r->begun)
	{
		if (!expect(r, brackets[0], brackets[0] == '{' ? "\"{\"" : "\"[\""))
			return ATTRIBUTION_TEXT_ERROR;
		r->begun = true;
		done = accept(r, brackets[1]);
	}
	else
	{
		done = accept(r, brackets[1]);
		if (!done && !expect(r, ',', brackets[0] == '{' ? "\",\" or \"}\"" : "\",\" or \"]\""))
			return ATTRIBUTION_TEXT_ERROR;
	}
	if (done)
	{
		r->begun = false;
		return ATTRIBUTION_TEXT_END;
	}
	return read(r) ? ATTRIBUTION_TEXT_ITEM : ATTRIBUTION_TEXT_ERROR;
}

/* The next touchpoint: r->name and r->row. */
AttributionTextStatus
attribution_text_row(AttributionTextReader *r)
{
	return next_item(r, "{}", read_row);
}

/* The next step, to the end of the text. */
AttributionTextStatus
attribution_text_step(AttributionTextReader *r)
{
	AttributionTextStatus status = next_item(r, "[]", read_step);

	if (status != ATTRIBUTION_TEXT_END)
		return status;
	skip_space(r);
	if (r->at == r->end)
		return ATTRIBUTION_TEXT_END;
	fail(r, "the end");
	return ATTRIBUTION_TEXT_ERROR;
}
