/*
 * path_print.c
 *		Writing the text form of a path: the same path always gives the same
 *		text, free of any setting, and the text reads back to the same path.
 *
 *			^visit|search > cart? >[2 days 12:00:00, !return] purchase$
 *
 * An arrow's shortest time, written >= 01:00:00, comes before its longest one, and that
 * before what it excludes.
 */
#include "path/path.h"

#include <string.h>

#include "base/fixed_interval.h"
#include "base/label.h"

/* " >>[>= , , !] ?" and more */
#define ITEM_CHARS	20

/* Enough bytes for journey_path_print(), the final zero included. */
size_t
journey_path_text_bound(const JourneyPath *path)
{
	const uint16_t *uses = journey_path_uses(path);
	size_t		bound = sizeof("^$");
	size_t		length;

	for (int i = 0; i < path->uses; i++)
	{
		journey_path_label(path, uses[i], &length);
		bound += JOURNEY_LABEL_TEXT_BOUND(length) + 1;
	}
	return bound + (size_t) path->items * (ITEM_CHARS + 2 * JOURNEY_DURATION_TEXT_BOUND);
}

static char *
print_string(char *to, const char *string)
{
	size_t		length = strlen(string);

	memcpy(to, string, length);
	return to + length;
}

static char *
print_labels(char *to, const JourneyPath *path, const uint16_t *labels, int n)
{
	for (int i = 0; i < n; i++)
	{
		size_t		length;
		const char *label = journey_path_label(path, labels[i], &length);

		if (i > 0)
			*to++ = '|';
		to += journey_label_print(label, length, to);
	}
	return to;
}

/* What an arrow or '&' asks for, each behind the sign that comes before it. */
static char *
print_limits(char *to, const JourneyPath *path, int i)
{
	const JourneyPathItem *item = &path->item[i];
	const char *sign = "[";

	if (journey_path_minimum(path, i) > 0)
	{
		to = print_string(print_string(to, sign), ">= ");
		to += journey_duration_print(journey_path_minimum(path, i), to);
		sign = ", ";
	}
	if (item->limit != JOURNEY_NO_LIMIT)
	{
		to = print_string(to, sign);
		to += journey_duration_print(item->limit, to);
		sign = ", ";
	}
	if (item->excluded > 0)
	{
		to = print_string(print_string(to, sign), "!");
		sign = ", ";
		to = print_labels(to, path, journey_path_excluded(path, i), item->excluded);
	}
	if (*sign != '[')
		*to++ = ']';
	return to;
}

/* What joins an item to the one before it. */
static char *
print_arrow(char *to, const JourneyPath *path, int i)
{
	if (i == 0)
		return to;
	if (journey_path_any_order(path))
		to = print_string(to, " &");
	else
		to = print_string(to, (path->item[i].flags & JOURNEY_ITEM_NEXT) != 0 ? " >>" : " >");
	to = print_limits(to, path, i);
	*to++ = ' ';
	return to;
}

/* Print the labels of one item, without its arrow or '?', and a final zero. */
size_t
journey_path_print_item(const JourneyPath *path, int item, char *text)
{
	char	   *to = print_labels(text, path, journey_path_labels(path, item),
								  path->item[item].labels);

	*to = '\0';
	return (size_t) (to - text);
}

/* Print a path and a final zero; returns the bytes before the zero. */
size_t
journey_path_print(const JourneyPath *path, char *text)
{
	char	   *to = text;

	if ((path->flags & JOURNEY_PATH_FROM_FIRST) != 0)
		*to++ = '^';
	for (int i = 0; i < path->items; i++)
	{
		to = print_arrow(to, path, i);
		to += journey_path_print_item(path, i, to);
		if (journey_path_optional(path, i))
			*to++ = '?';
	}
	if ((path->flags & JOURNEY_PATH_TO_LAST) != 0)
		*to++ = '$';
	*to = '\0';
	return (size_t) (to - text);
}
