/*
 * path_parse.c
 *		Reading the text form of a path; the grammar is in path.h.
 *
 * One function for each rule of the grammar, which has no recursion.  Each
 * leaves the parser behind what it read, or returns false with the parser at
 * the place that is wrong.  White space may stand between any two parts, but
 * not within '>>'.
 */
#include "path/path.h"

#include "base/fixed_interval.h"

typedef struct Parser
{
	TextScan   *scan;
	bool		utf8;
	JourneyPathDraft *draft;
} Parser;

static bool
fail(Parser *p, const char *problem)
{
	return text_scan_problem(p->scan, problem);
}

/* More than a path can hold: what begins at this place. */
static bool
fail_limit(Parser *p, const char *place, const char *problem)
{
	p->scan->at = place;
	p->scan->limit = true;
	return fail(p, problem);
}

static bool
accept(Parser *p, const char *sign)
{
	return text_scan_accept(p->scan, sign);
}

/* Is this the next character, after white space? */
static bool
next_is(Parser *p, char c)
{
	text_scan_space(p->scan);
	return p->scan->at < p->scan->end && *p->scan->at == c;
}

/*
 * A label may end with a hyphen, but where nothing is between it and ">", the
 * arrow of another language was meant: a label nobody has would find nothing.
 */
static bool
reject_thin_arrow(Parser *p, const char *start)
{
	TextScan   *scan = p->scan;

	if (*start == '"' || scan->at[-1] != '-' || scan->at == scan->end || *scan->at != '>')
		return true;
	scan->at--;
	return fail(p, "Expected the arrow \">\" instead of \"->\"");
}

/* label { '|' label }, each given to the draft by add */
static bool
parse_labels(Parser *p, bool (*add) (JourneyPathDraft *, const char *, size_t))
{
	TextLabel	label;

	do
	{
		const char *start;

		text_scan_space(p->scan);
		start = p->scan->at;
		if (!text_scan_label(p->scan, p->utf8, &label, "a label"))
			return false;
		if (!add(p->draft, label.text, label.length))
			return fail_limit(p, start, "More than 1024 labels");
		if (!reject_thin_arrow(p, start))
			return false;
	} while (accept(p, "|"));
	return true;
}

static bool
parse_time_limit(Parser *p, JourneyPathItem *item)
{
	const char *at = p->scan->at;

	if (at == p->scan->end || !(*at == 'P' || *at == '-' || (*at >= '0' && *at <= '9')))
		return fail(p, "Expected a time limit such as 7 days or >= 1 day, or \"!\" and a label,");
	if (item->limit != JOURNEY_NO_LIMIT)
		return fail(p, "Second time limit of one arrow");
	return journey_duration_read(p->scan, &item->limit);
}

/* What follows '>='; a shortest time of 0 asks for nothing and is left out. */
static bool
parse_minimum(Parser *p, const char *place)
{
	int64_t    *minimum = &p->draft->minimum[p->draft->items - 1];

	if (*minimum != 0)
	{
		p->scan->at = place;
		return fail(p, "Second shortest time of one arrow");
	}
	if (!journey_duration_read(p->scan, minimum))
		return false;
	if (*minimum > 0)
		p->draft->flags |= JOURNEY_PATH_MINIMUMS;
	return true;
}

static bool
parse_limit(Parser *p, JourneyPathItem *item)
{
	const char *place;

	text_scan_space(p->scan);
	place = p->scan->at;
	if (accept(p, "!"))
		return parse_labels(p, journey_path_add_excluded);
	if (accept(p, ">="))
		return parse_minimum(p, place);
	return parse_time_limit(p, item);
}

/* '[' limit { ',' limit } ']' */
static bool
parse_limits(Parser *p, JourneyPathItem *item)
{
	const char *place;

	if (!accept(p, "["))
		return true;
	place = p->scan->at;
	do
	{
		if (!parse_limit(p, item))
			return false;
	} while (accept(p, ","));
	if (item->limit != JOURNEY_NO_LIMIT && p->draft->minimum[p->draft->items - 1] > item->limit)
	{
		p->scan->at = place;
		return fail(p, "Shortest time longer than the longest time of one arrow");
	}
	return accept(p, "]") || fail(p, "Expected \",\" or \"]\"");
}

/* label { '|' label } ['?'] */
static bool
parse_item(Parser *p, JourneyPathItem *item)
{
	if (!parse_labels(p, journey_path_add_label))
		return false;
	if (accept(p, "?"))
		item->flags |= JOURNEY_ITEM_OPTIONAL;
	return true;
}

static JourneyPathItem *
new_item(Parser *p)
{
	JourneyPathItem *item = journey_path_add_item(p->draft);

	if (item == NULL)
		fail_limit(p, p->scan->at, "More than 64 items");
	return item;
}

/* { arrow item } behind the first item; the parser is at the first '>' */
static bool
parse_arrows(Parser *p)
{
	while (next_is(p, '>'))
	{
		JourneyPathItem *item = new_item(p);

		if (item == NULL)
			return false;
		p->scan->at++;
		if (p->scan->at < p->scan->end && *p->scan->at == '>')
		{
			p->scan->at++;
			item->flags |= JOURNEY_ITEM_NEXT;
		}
		if (!parse_limits(p, item) || !parse_item(p, item))
			return false;
	}
	return true;
}

/* '[' '!' label { '|' label } ']' behind '&', as often as one likes within the brackets */
static bool
parse_exclusions(Parser *p)
{
	if (!accept(p, "["))
		return true;
	do
	{
		if (!accept(p, "!"))
			return fail(p, "Expected \"!\" and a label, as \"&\" takes no limit of time,");
		if (!parse_labels(p, journey_path_add_excluded))
			return false;
	} while (accept(p, ","));
	return accept(p, "]") || fail(p, "Expected \",\" or \"]\"");
}

/* { '&' item } behind the first item; the parser is at the first '&' */
static bool
parse_set(Parser *p)
{
	p->draft->flags |= JOURNEY_PATH_ANY_ORDER;
	while (next_is(p, '&'))
	{
		JourneyPathItem *item = new_item(p);

		if (item == NULL)
			return false;
		p->scan->at++;
		if (!parse_exclusions(p) || !parse_item(p, item))
			return false;
	}
	return true;
}

/* Nothing but white space may be left. */
static bool
parse_end(Parser *p)
{
	const JourneyPathDraft *draft = p->draft;

	text_scan_space(p->scan);
	if (p->scan->at == p->scan->end)
		return true;
	if ((draft->flags & JOURNEY_PATH_TO_LAST) != 0)
		return fail(p, "Expected the end, after \"$\",");
	if ((draft->flags & JOURNEY_PATH_ANY_ORDER) != 0)
		return fail(p,
					"Expected \"&\" or the end, as arrows, \"^\" and \"$\" do not mix with \"&\",");
	if (*p->scan->at == '&')
		return fail(p,
					"Expected an arrow or the end, as \"&\" does not mix with arrows, "
					"\"^\" and \"$\",");
	return fail(p, "Expected an arrow (\">\" or \">>\"), \"$\" or the end");
}

/* A path that asks for nothing would be found in every journey. */
static bool
check_mandatory(Parser *p)
{
	for (int i = 0; i < p->draft->items; i++)
		if ((p->draft->item[i].flags & JOURNEY_ITEM_OPTIONAL) == 0)
			return true;
	return fail(p, "Expected an item without \"?\" before the end");
}

static bool
parse_path(Parser *p)
{
	if (accept(p, "^"))
		p->draft->flags |= JOURNEY_PATH_FROM_FIRST;
	if (!parse_item(p, new_item(p)))
		return false;
	if (p->draft->flags == 0 && next_is(p, '&'))
	{
		if (!parse_set(p))
			return false;
	}
	else
	{
		if (!parse_arrows(p))
			return false;
		if (accept(p, "$"))
			p->draft->flags |= JOURNEY_PATH_TO_LAST;
	}
	return parse_end(p) && check_mandatory(p);
}

/*
 * Read all that is left into draft, whose bytes have room for as many.  Invalid UTF-8
 * in a label is noticed if utf8 says that the text should be UTF-8.
 */
bool
journey_path_parse(TextScan *scan, bool utf8, JourneyPathDraft *draft)
{
	Parser		p = {scan, utf8, draft};

	journey_path_begin(draft, draft->bytes);
	return parse_path(&p);
}

/*
 * The same up to a sign that stands outside of quotes, or to the end; the scan is left
 * there.
 */
bool
journey_path_parse_before(TextScan *scan, bool utf8, JourneyPathDraft *draft, char sign)
{
	const char *end = scan->end;
	bool		quoted = false;
	bool		ok;

	for (scan->end = scan->at; scan->end < end && (quoted || *scan->end != sign); scan->end++)
		if (*scan->end == '"')
			quoted = !quoted;
	ok = journey_path_parse(scan, utf8, draft);
	scan->end = end;
	return ok;
}
