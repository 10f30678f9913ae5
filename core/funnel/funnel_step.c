/*
 * funnel_step.c
 *		What the steps of a path are, and what each is measured from; see
 *		funnel.h.
 */
#include "funnel/funnel.h"

#include <stdio.h>
#include <string.h>

/* How many items are mandatory; in any order, the first steps are so many. */
int
funnel_mandatory_steps(const JourneyPath *path)
{
	int			mandatory = 0;

	for (int i = 0; i < path->items; i++)
		mandatory += !journey_path_optional(path, i);
	return mandatory;
}

/* The item that is the n-th optional one, from 0 on; there must be one. */
static int
optional_item(const JourneyPath *path, int n)
{
	int			item = 0;

	while (!journey_path_optional(path, item) || n-- > 0)
		item++;
	return item;
}

bool
funnel_step_optional(const JourneyPath *path, int step)
{
	if (journey_path_any_order(path))
		return step >= funnel_mandatory_steps(path);
	return journey_path_optional(path, step);
}

/* The step that conversion and times of a step are measured from, or FUNNEL_NO_STEP. */
int
funnel_step_from(const JourneyPath *path, int step)
{
	int			from = step - 1;

	if (journey_path_any_order(path))
		return step < funnel_mandatory_steps(path) ? from : FUNNEL_NO_STEP;
	while (from >= 0 && journey_path_optional(path, from))
		from--;
	return from;
}

/* The first mandatory step: whoever reached any has reached it. */
int
funnel_first_step(const JourneyPath *path)
{
	int			step = 0;

	while (!journey_path_any_order(path) && journey_path_optional(path, step))
		step++;
	return step;
}

/* The last mandatory step: whoever reached it has gone the whole way. */
int
funnel_last_step(const JourneyPath *path)
{
	int			step = journey_path_any_order(path) ? funnel_mandatory_steps(path) : path->items;

	do
		step--;
	while (funnel_step_optional(path, step));
	return step;
}

/* Is the time of the whole way more than that of one step?  Then a funnel keeps it. */
bool
funnel_keeps_total(const JourneyPath *path)
{
	return funnel_mandatory_steps(path) > 2;
}

/*
 * Was any visit to the step seen, if there were visits to these items?  In any
 * order "any k of" the mandatory items takes visits to k of them.
 */
bool
funnel_step_seen(const JourneyPath *path, int step, JourneyItems seen)
{
	int			mandatory_steps = funnel_mandatory_steps(path);
	int			mandatory = 0;

	if (!journey_path_any_order(path))
		return (seen & JOURNEY_ITEM_BIT(step)) != 0;
	if (step >= mandatory_steps)
		return (seen & JOURNEY_ITEM_BIT(optional_item(path, step - mandatory_steps))) != 0;
	for (int i = 0; i < path->items; i++)
		mandatory += !journey_path_optional(path, i) && (seen & JOURNEY_ITEM_BIT(i)) != 0;
	return mandatory > step;
}

/* The labels of an item; a single one as it is, without quotes. */
static size_t
print_item(const JourneyPath *path, int item, char *text)
{
	size_t		length;
	const char *label;

	if (path->item[item].labels > 1)
		return journey_path_print_item(path, item, text);
	label = journey_path_label(path, journey_path_labels(path, item)[0], &length);
	memcpy(text, label, length);
	text[length] = '\0';
	return length;
}

/* How many of the mandatory items such a step takes, in any order; 0 where it is an item. */
int
funnel_step_any(const JourneyPath *path, int step)
{
	return journey_path_any_order(path) && step < funnel_mandatory_steps(path) ? step + 1 : 0;
}

/* The items that it takes them of: "search & basket & payment". */
size_t
funnel_step_print_items(const JourneyPath *path, char *text)
{
	char	   *to = text;
	const char *sign = "";

	for (int i = 0; i < path->items; i++)
		if (!journey_path_optional(path, i))
		{
			to += sprintf(to, "%s", sign);
			to += journey_path_print_item(path, i, to);
			sign = " & ";
		}
	return (size_t) (to - text);
}

/*
 * What stands for a step in results, and a final zero; returns the bytes before
 * it.  As many bytes as FUNNEL_STEP_TEXT_BOUND() are enough.
 */
size_t
funnel_step_print(const JourneyPath *path, int step, char *text)
{
	int			any = funnel_step_any(path, step);
	size_t		length;

	if (!journey_path_any_order(path))
		return print_item(path, step, text);
	if (any == 0)
		return print_item(path, optional_item(path, step - funnel_mandatory_steps(path)), text);
	length = (size_t) sprintf(text, "any %d of: ", any);
	return length + funnel_step_print_items(path, text + length);
}
