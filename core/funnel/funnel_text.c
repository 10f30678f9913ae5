/*
 * funnel_text.c
 *		Printing and reading the text form of a funnel; see funnel_text.h.
 */
#include "funnel/funnel_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/fixed_interval.h"
#include "base/label.h"
#include "journey/journey_value.h"

/* A step, without the buckets of its sketch. */
#define STEP_CHARS \
	(sizeof(",  worth - in us ") + INT64_CHARS + DECIMAL_UNITS_CHARS + UINT128_CHARS + \
	 duration_sketch_text_bound(0))

/* Enough bytes for funnel_text_print(), the final zero included. */
size_t
funnel_text_bound(const Funnel *funnel)
{
	return sizeof("{; within ; unseen ; total ; }") + journey_path_text_bound(funnel->path) +
		JOURNEY_DURATION_TEXT_BOUND + STEP_CHARS +
		funnel->path->items * (STEP_CHARS + sizeof("64, ")) +
		duration_sketch_text_bound(funnel->bucket_count);
}

/* The sum and the sketch of times, if there are any, behind what introduces them. */
static char *
print_times(char *out, const char *sign, const Funnel *funnel, const FunnelStep *step)
{
	if (step->buckets == 0)
		return out;
	out += sprintf(out, "%s ", sign);
	out = text_print_wide(out, funnel_step_sum(step));
	out += sprintf(out, "us ");
	return duration_sketch_print(out, funnel->buckets + step->first, step->buckets);
}

static char *
print_step(char *out, const Funnel *funnel, int i)
{
	const FunnelStep *step = &funnel->steps[i];

	out += sprintf(out, "%" PRId64, step->reached);
	if ((funnel->valued & JOURNEY_ITEM_BIT(i)) != 0)
	{
		out += sprintf(out, " worth ");
		out += decimal_units_print_signed(out, funnel_step_value(step), JOURNEY_VALUE_DECIMALS);
	}
	return print_times(out, " in", funnel, step);
}

/* "; unseen 2, 5", or nothing */
static char *
print_unseen(char *out, const Funnel *funnel)
{
	const char *sign = "; unseen ";

	for (int i = 0; i < funnel->path->items; i++)
		if ((funnel->seen & JOURNEY_ITEM_BIT(i)) == 0)
		{
			out += sprintf(out, "%s%d", sign, i + 1);
			sign = ", ";
		}
	return out;
}

/* Print the text form; returns its length.  See funnel_text_bound(). */
size_t
funnel_text_print(const Funnel *funnel, char *text)
{
	char	   *out = text;

	*out++ = '{';
	out += journey_path_print(funnel->path, out);
	if (funnel->within != JOURNEY_NO_LIMIT)
	{
		out += sprintf(out, "; within ");
		out += journey_duration_print(funnel->within, out);
	}
	out = print_unseen(out, funnel);
	out = print_times(out, "; total", funnel, funnel_total(funnel));
	for (int i = 0; i < funnel->path->items; i++)
	{
		out += sprintf(out, i > 0 ? ", " : "; ");
		out = print_step(out, funnel, i);
	}
	*out++ = '}';
	*out = '\0';
	return (size_t) (out - text);
}

/* The path, up to the first semicolon outside of quotes. */
static bool
parse_path(FunnelTextReader *r, bool utf8)
{
	return journey_path_parse_before(&r->scan, utf8, &r->path, ';') &&
		text_scan_expect(&r->scan, ";", "\";\" and how many reached each step");
}

/* "within 7 days;", or nothing */
static bool
parse_within(FunnelTextReader *r)
{
	r->within = JOURNEY_NO_LIMIT;
	return !text_scan_accept(&r->scan, "within") ||
		(journey_duration_read(&r->scan, &r->within) &&
		 text_scan_expect(&r->scan, ";", "\";\" and how many reached each step"));
}

/* "unseen 2, 5;", or nothing */
static bool
parse_unseen(FunnelTextReader *r)
{
	static const char expected[] = "the number of an item of the path, greater than the one before";
	int64_t		item = 0;

	r->seen = ~UINT64_C(0) >> (JOURNEY_PATH_MAX_ITEMS - r->path.items);
	if (!text_scan_accept(&r->scan, "unseen"))
		return true;
	do
	{
		if (!text_scan_number(&r->scan, item + 1, r->path.items, &item, expected))
			return false;
		r->seen &= ~JOURNEY_ITEM_BIT(item - 1);
	} while (text_scan_accept(&r->scan, ","));
	return text_scan_expect(&r->scan, ";", "\",\", or \";\" and how many reached each step");
}

/*
 * Read all that comes before the steps.  The text must end with a zero byte; labels
 * has room for as many bytes.  If false, the scan explains why.
 */
bool
funnel_text_begin(FunnelTextReader *r, const char *text, size_t length, bool utf8, char *labels)
{
	memset(r, 0, sizeof(*r));
	text_scan_begin(&r->scan, text, length);
	r->path.bytes = labels;
	return text_scan_expect(&r->scan, "{", "\"{\"") && parse_path(r, utf8) && parse_within(r) &&
		parse_unseen(r);
}

/* The sum of times; their sketch is to be read. */
static bool
parse_times(FunnelTextReader *r)
{
	return text_scan_wide(&r->scan, &r->sum, "the sum of the times in microseconds") &&
		text_scan_expect(&r->scan, "us", "\"us\"") &&
		duration_sketch_begin(&r->scan, &r->sketch);
}

/* "worth 19.99", or nothing; below 2^127, of which no sum of values comes near */
static bool
parse_value(FunnelTextReader *r)
{
	static const char expected[] = "a number with at most 4 decimals";
	const char *begin;
	bool		negative;
	Uint128 units;

	r->valued = text_scan_accept(&r->scan, "worth");
	if (!r->valued)
		return true;
	text_scan_space(&r->scan);
	begin = r->scan.at;
	negative = text_scan_accept(&r->scan, "-");
	if (!text_scan_decimal(&r->scan, JOURNEY_VALUE_DECIMALS, &units, expected))
		return false;
	if (units >> 127 != 0)
	{
		r->scan.at = begin;
		return text_scan_fail(&r->scan, expected);
	}
	r->value = negative ? -(Int128) units : (Int128) units;
	return true;
}

static bool
parse_step(FunnelTextReader *r)
{
	DurationSketchScan none = {0};

	r->sum = 0;
	r->sketch = none;
	if (r->total && r->steps == 0 &&
		!text_scan_expect(&r->scan, ";", "\";\" and how many reached each step"))
		return false;
	if (r->steps > 0 && !text_scan_expect(&r->scan, ",", "\",\" and the next step"))
		return false;
	if (!text_scan_number(&r->scan, 0, INT64_MAX, &r->reached,
						  "a number up to 9223372036854775807"))
		return false;
	return parse_value(r) && (!text_scan_accept(&r->scan, "in") || parse_times(r));
}

/*
 * The whole way if it is kept, then the next step, each with a sketch that is to be
 * read; the scan explains an error.
 */
TextItem
funnel_text_step(FunnelTextReader *r)
{
	if (r->steps == 0 && !r->total && text_scan_accept(&r->scan, "total"))
	{
		r->total = true;
		r->step = (uint32_t) r->path.items;
		return parse_times(r) ? TEXT_ITEM : TEXT_ERROR;
	}
	if (r->steps < r->path.items)
	{
		if (!parse_step(r))
			return TEXT_ERROR;
		r->step = (uint32_t) r->steps++;
		return TEXT_ITEM;
	}
	return text_scan_expect(&r->scan, "}", "\"}\" after the last step") &&
		text_scan_end(&r->scan) ? TEXT_END : TEXT_ERROR;
}
