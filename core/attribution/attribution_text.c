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
#include "journey/journey_value.h"

static char *
print_label(char *out, const JourneyLabel *label)
{
	return out + journey_label_print(label->text, label->length, out);
}

static char *
print_time(char *out, const char *before, int64_t time)
{
	out = stpcpy(out, before);
	out += journey_duration_print(time, out);
	return stpcpy(out, ")");
}

static char *
print_decimal(char *out, Int128 units, int decimals)
{
	return out + decimal_units_print_signed(out, units, decimals);
}

/* What stands before the touchpoints; all printers return where they end, and terminate. */
char *
attribution_print_head(char *out, const AttributionReader *reader)
{
	out = print_label(out, &reader->rules.goal);
	if (reader->rules.half_life > 0)
		out = print_time(out, " (", reader->rules.half_life);
	if (reader->rules.lookback > 0)
		out = print_time(out, " lookback (", reader->rules.lookback);
	if (reader->rules.direct.length > 0)
		out = print_label(stpcpy(out, " direct "), &reader->rules.direct);
	if ((reader->flags & ATTRIBUTION_MONEY) != 0)
	{
		out += sprintf(out, " values (%" PRId64 ", ", reader->money.with_value);
		out = print_decimal(out, (Int128) reader->money.earned, JOURNEY_VALUE_DECIMALS);
		out = print_decimal(stpcpy(out, ", "), (Int128) reader->money.refunded,
							JOURNEY_VALUE_DECIMALS);
		*out++ = ')';
	}
	*out = '\0';
	return out;
}

static char *
print_money(char *out, const AttributionRow *row, const AttributionRules *rules)
{
	for (int m = 0; m < SHARED_MODELS; m++)
		if (m != SHARED_TIME_DECAY && m != SHARED_LAST_NON_DIRECT)
			out = print_decimal(stpcpy(out, m == 0 ? ": " : " "), row->money[m],
								ATTRIBUTION_MONEY_DECIMALS);
	for (int w = 0; w < WORTHS; w++)
		out = print_decimal(stpcpy(out, " "), row->worth[w], JOURNEY_VALUE_DECIMALS);
	if (attribution_has(rules, SHARED_TIME_DECAY))
		out = print_decimal(stpcpy(out, " decay "), row->money[SHARED_TIME_DECAY],
							ATTRIBUTION_MONEY_DECIMALS);
	if (attribution_has(rules, SHARED_LAST_NON_DIRECT))
		out = print_decimal(stpcpy(out, " direct "), row->money[SHARED_LAST_NON_DIRECT],
							ATTRIBUTION_MONEY_DECIMALS);
	return out;
}

char *
attribution_print_row(char *out, const JourneyLabel *label, const AttributionRow *row,
					  const AttributionReader *reader)
{
	const AttributionRules *rules = &reader->rules;

	out = print_label(out, label);
	for (int m = 0; m < SHARED_SHAPLEY; m++)
		if (attribution_has(rules, m))
			out = print_decimal(stpcpy(out, " "), row->units[m], ATTRIBUTION_DECIMALS);
	if ((reader->flags & ATTRIBUTION_FURTHER) != 0)
	{
		out = print_decimal(stpcpy(out, "; "), row->units[SHARED_SHAPLEY], ATTRIBUTION_DECIMALS);
		out += sprintf(out, " %" PRId64 " %" PRId64, row->paths, row->pairs);
		if (attribution_has(rules, SHARED_LAST_NON_DIRECT))
			out = print_decimal(stpcpy(out, " direct "), row->units[SHARED_LAST_NON_DIRECT],
								ATTRIBUTION_DECIMALS);
	}
	return (reader->flags & ATTRIBUTION_MONEY) != 0 ? print_money(out, row, rules) : out;
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

/* A number, perhaps with a minus before it, as units; no value has as many as 10^36. */
static bool
read_signed(AttributionTextReader *r, int decimals, Int128 *units, const char *expected)
{
	bool		negative = text_scan_accept(&r->scan, "-");
	const char *at;
	Uint128 size;

	text_scan_space(&r->scan);
	at = r->scan.at;
	if (!text_scan_decimal(&r->scan, decimals, &size, expected))
		return false;
	if (size > ATTRIBUTION_MAX_GROSS * ATTRIBUTION_UNITS)
	{
		r->scan.at = at;
		return text_scan_fail(&r->scan, expected);
	}
	*units = negative ? -(Int128) size : (Int128) size;
	return true;
}

static bool
read_conversions(AttributionTextReader *r, AttributionShared model)
{
	Uint128 units;

	if (!text_scan_decimal(&r->scan, ATTRIBUTION_DECIMALS, &units,
						   "conversions with at most 12 decimals"))
		return false;
	if (units > ATTRIBUTION_MAX_GROSS * ATTRIBUTION_UNITS)
		return text_scan_problem(&r->scan, "More conversions than there can be before this");
	r->row.units[model] = (Int128) units;
	return true;
}

static bool
read_shares(AttributionTextReader *r, AttributionShared model)
{
	return read_signed(r, ATTRIBUTION_MONEY_DECIMALS, &r->row.money[model],
					   "money with at most 16 decimals");
}

static bool
read_worth(AttributionTextReader *r, Int128 *worth)
{
	if (!read_signed(r, JOURNEY_VALUE_DECIMALS, worth, "money with at most 4 decimals"))
		return false;
	return (*worth <= (Int128) ATTRIBUTION_MAX_GROSS &&
			*worth >= -(Int128) ATTRIBUTION_MAX_GROSS) ||
		text_scan_problem(&r->scan, "More money than there can be before this");
}

/* A time of a rule, which ends with a bracket. */
static bool
read_time(AttributionTextReader *r, int64_t *time, const char *above, const char *expected)
{
	if (!journey_duration_read(&r->scan, time))
		return false;
	if (*time <= 0)
		return text_scan_fail(&r->scan, above);
	return text_scan_expect(&r->scan, ")", expected);
}

/* How many conversions have a value, and what those without a touch were worth. */
static bool
read_values(AttributionTextReader *r)
{
	Int128		earned;
	Int128		refunded;

	if (!text_scan_expect(&r->scan, "(", "\"(\" and how many conversions have a value") ||
		!text_scan_number(&r->scan, 1, INT64_MAX, &r->money.with_value,
						  "how many conversions have a value") ||
		!text_scan_expect(&r->scan, ",", "\",\"") || !read_worth(r, &earned) ||
		!text_scan_expect(&r->scan, ",", "\",\"") || !read_worth(r, &refunded))
		return false;
	if (earned < 0 || refunded < 0)
		return text_scan_problem(&r->scan, "Money below 0 before this");
	r->money.earned = (Uint128) earned;
	r->money.refunded = (Uint128) refunded;
	return text_scan_expect(&r->scan, ")", "\")\"");
}

static bool
read_rules(AttributionTextReader *r)
{
	TextScan   *scan = &r->scan;

	if (text_scan_accept(scan, "(") &&
		!read_time(r, &r->half_life, "a half-life above 0 before this",
				   "\")\" after the half-life"))
		return false;
	if (text_scan_accept(scan, "lookback") &&
		(!text_scan_expect(scan, "(", "\"(\" and the lookback") ||
		 !read_time(r, &r->lookback, "a lookback above 0 before this",
					"\")\" after the lookback")))
		return false;
	if (text_scan_accept(scan, "direct") &&
		!text_scan_label(scan, r->utf8, &r->direct, "the label of the direct touchpoint"))
		return false;
	return !text_scan_accept(scan, "values") || read_values(r);
}

/* Begin to read: all that stands before the touchpoints. */
bool
attribution_text_begin(AttributionTextReader *r, const char *text, size_t length, bool utf8)
{
	memset(r, 0, sizeof(*r));
	text_scan_begin(&r->scan, text, length);
	r->utf8 = utf8;
	return text_scan_label(&r->scan, utf8, &r->goal, "the label of the goal") && read_rules(r);
}

/* The rules, with labels that are in the reader. */
AttributionRules
attribution_text_rules(const AttributionTextReader *r)
{
	return (AttributionRules) {
		text_label(&r->goal), text_label(&r->direct), r->half_life, r->lookback
	};
}

/* All touchpoints have these sums, or none has. */
static bool
read_further(AttributionTextReader *r)
{
	bool		direct = r->direct.length > 0;

	if (r->rows == 0)
		r->basic = !direct && !text_scan_accept(&r->scan, ";");
	if (r->basic)
		return true;
	if ((r->rows > 0 || direct) &&
		!text_scan_expect(&r->scan, ";", "\";\" and the conversions by shapley"))
		return false;
	return read_conversions(r, SHARED_SHAPLEY) &&
		text_scan_number(&r->scan, 0, INT64_MAX, &r->row.paths,
						 "in how many paths it took part") &&
		text_scan_signed(&r->scan, &r->row.pairs, "the pairs that it ended less those it began") &&
		(!direct || (text_scan_expect(&r->scan, "direct", "\"direct\"") &&
					 read_conversions(r, SHARED_LAST_NON_DIRECT)));
}

static bool
read_money(AttributionTextReader *r)
{
	if (r->money.with_value == 0)
		return true;
	if (!text_scan_expect(&r->scan, ":", "\":\" and the money of the models"))
		return false;
	for (int m = 0; m < SHARED_MODELS; m++)
		if (m != SHARED_TIME_DECAY && m != SHARED_LAST_NON_DIRECT &&
			!read_shares(r, (AttributionShared) m))
			return false;
	for (int w = 0; w < WORTHS; w++)
		if (!read_worth(r, &r->row.worth[w]))
			return false;
	if (r->row.worth[WORTH_EARNED] < 0 || r->row.worth[WORTH_REFUNDED] < 0)
		return text_scan_problem(&r->scan, "Money below 0 before this");
	return (r->half_life <= 0 || (text_scan_expect(&r->scan, "decay", "\"decay\"") &&
								  read_shares(r, SHARED_TIME_DECAY))) &&
		(r->direct.length == 0 || (text_scan_expect(&r->scan, "direct", "\"direct\"") &&
								   read_shares(r, SHARED_LAST_NON_DIRECT)));
}

static bool
read_row(AttributionTextReader *r)
{
	AttributionRules rules = attribution_text_rules(r);

	memset(&r->row, 0, sizeof(r->row));
	if (!text_scan_label(&r->scan, r->utf8, &r->name, "the label of a touchpoint"))
		return false;
	for (int m = 0; m < SHARED_SHAPLEY; m++)
		if (attribution_has(&rules, m) && !read_conversions(r, (AttributionShared) m))
			return false;
	if (!read_further(r) || !read_money(r))
		return false;
	r->rows++;
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
