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
#include "base/label.h"

typedef struct Parser
{
	const char *at;
	const char *end;
	bool		utf8;
	JourneyPathDraft *draft;
	const char *label_end;		/* where the last label ended */
	const char *problem;
	bool		limit;			/* the problem is one of size */
} Parser;

static bool
fail(Parser *p, const char *problem)
{
	p->problem = problem;
	return false;
}

static bool
fail_limit(Parser *p, const char *place, const char *problem)
{
	p->at = place;
	p->limit = true;
	return fail(p, problem);
}

static void
skip_space(Parser *p)
{
	while (p->at < p->end && journey_space_byte((unsigned char) *p->at))
		p->at++;
}

/* Is this the next character, after white space? */
static bool
next_is(Parser *p, char c)
{
	skip_space(p);
	return p->at < p->end && *p->at == c;
}

static bool
accept(Parser *p, char c)
{
	if (!next_is(p, c))
		return false;
	p->at++;
	return true;
}

/*
 * A label may end with a hyphen, but where nothing is between it and ">", the
 * arrow of another language was meant: a label nobody has would find nothing.
 */
static bool
reject_thin_arrow(Parser *p, const char *start)
{
	if (*start == '"' || p->at[-1] != '-' || p->at == p->end || *p->at != '>')
		return true;
	p->at--;
	return fail(p, "Expected the arrow \">\" instead of \"->\"");
}

/* label { '|' label }, each given to the draft by add */
static bool
parse_labels(Parser *p, bool (*add) (JourneyPathDraft *, const char *, size_t))
{
	char		label[JOURNEY_MAX_LABEL];
	size_t		length;

	do
	{
		const char *start;
		JourneyLabelStatus status;

		skip_space(p);
		start = p->at;
		status = journey_label_read(&p->at, p->end, p->utf8, label, &length);
		if (status == JOURNEY_LABEL_TOO_LONG)
			return fail_limit(p, start, journey_label_problem(status));
		if (status != JOURNEY_LABEL_OK)
			return fail(p, journey_label_problem(status));
		if (!add(p->draft, label, length))
			return fail_limit(p, start, "More than 1024 labels");
		if (!reject_thin_arrow(p, start))
			return false;
		p->label_end = p->at;
	} while (accept(p, '|'));
	return true;
}

static bool
parse_time_limit(Parser *p, JourneyPathItem *item)
{
	const char *start = p->at;
	const char *problem;

	if (start == p->end || !(*start == 'P' || *start == '-' || (*start >= '0' && *start <= '9')))
		return fail(p, "Expected a time limit such as 7 days, or \"!\" and a label,");
	if (item->limit != JOURNEY_NO_LIMIT)
		return fail(p, "Second time limit of one arrow");
	problem = journey_duration_read(&p->at, p->end, &item->limit);
	return problem == NULL || fail(p, problem);
}

/* '[' limit { ',' limit } ']' */
static bool
parse_limits(Parser *p, JourneyPathItem *item)
{
	if (!accept(p, '['))
		return true;
	do
	{
		if (accept(p, '!'))
		{
			if (!parse_labels(p, journey_path_add_excluded))
				return false;
		}
		else if (!parse_time_limit(p, item))
			return false;
	} while (accept(p, ','));
	return accept(p, ']') || fail(p, "Expected \",\" or \"]\"");
}

/* label { '|' label } ['?'] */
static bool
parse_item(Parser *p, JourneyPathItem *item)
{
	if (!parse_labels(p, journey_path_add_label))
		return false;
	if (accept(p, '?'))
		item->flags |= JOURNEY_ITEM_OPTIONAL;
	return true;
}

static JourneyPathItem *
new_item(Parser *p)
{
	JourneyPathItem *item = journey_path_add_item(p->draft);

	if (item == NULL)
		fail_limit(p, p->at, "More than 64 items");
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
		p->at++;
		if (p->at < p->end && *p->at == '>')
		{
			p->at++;
			item->flags |= JOURNEY_ITEM_NEXT;
		}
		if (!parse_limits(p, item) || !parse_item(p, item))
			return false;
	}
	return true;
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
		p->at++;
		if (!parse_item(p, item))
			return false;
	}
	return true;
}

/* Nothing but white space may be left. */
static bool
parse_end(Parser *p)
{
	const JourneyPathDraft *draft = p->draft;

	skip_space(p);
	if (p->at == p->end)
		return true;
	if ((draft->flags & JOURNEY_PATH_TO_LAST) != 0)
		return fail(p, "Expected the end, after \"$\",");
	if ((draft->flags & JOURNEY_PATH_ANY_ORDER) != 0)
		return fail(p,
					"Expected \"&\" or the end, as arrows, \"^\" and \"$\" do not mix with \"&\",");
	if (*p->at == '&')
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
	if (accept(p, '^'))
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
		if (accept(p, '$'))
			p->draft->flags |= JOURNEY_PATH_TO_LAST;
	}
	return parse_end(p) && check_mandatory(p);
}

/*
 * Read a path into draft, whose bytes have room for length bytes.  Invalid
 * UTF-8 in a label is noticed if utf8 says that the text should be UTF-8.
 */
bool
journey_path_parse(const char *text, size_t length, bool utf8,
				   JourneyPathDraft *draft, JourneyPathError *error)
{
	Parser		p = {.at = text,.end = text + length,.utf8 = utf8,.draft = draft,
		.label_end = text + length
	};

	journey_path_begin(draft, draft->bytes);
	if (parse_path(&p))
		return true;
	error->problem = p.problem;
	error->offset = (size_t) (p.at - text);
	error->limit = p.limit;
	error->blank = journey_label_goes_on(p.label_end, p.at, p.end);
	return false;
}
