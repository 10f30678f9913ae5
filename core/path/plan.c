/*
 * plan.c
 *		How far a journey is from a plan; see plan.h.
 *
 * For each number of the plan's first items the most of them is kept that the visits so
 * far have in order.  A visit alone adds one behind what was kept before each item of its
 * stage.  Of simultaneous visits any that fit a stretch of items can be taken for it, each
 * once: so from each place of the plan a stretch is followed, and counted what of it the
 * stages of the group can fill.
 */
#include "path/plan.h"

#include <string.h>

#include "base/interrupt.h"

/* The most in common with the first so many items. */
typedef int Common[JOURNEY_PATH_MAX_ITEMS + 1];

/* Single stages, of which none is left out, and arrows that ask for nothing but the order? */
bool
journey_plan_is_one(const JourneyPath *path)
{
	for (int i = 0; i < path->items; i++)
	{
		const JourneyPathItem *item = &path->item[i];

		if (item->labels != 1 || item->excluded != 0 || item->flags != 0 ||
			item->limit != JOURNEY_NO_LIMIT)
			return false;
	}
	return path->flags == 0;
}

static inline int
stage_of(const JourneyPath *plan, int item)
{
	return journey_path_labels(plan, item)[0];
}

static void
add_visit(const JourneyPath *plan, JourneyItems items, Common common)
{
	int			before = 0;		/* what common[i - 1] was */

	for (int i = 1; i <= plan->items; i++)
	{
		int			here = common[i];

		if ((items & JOURNEY_ITEM_BIT(i - 1)) != 0 && before + 1 > common[i])
			common[i] = before + 1;
		if (common[i - 1] > common[i])
			common[i] = common[i - 1];
		before = here;
	}
}

/* Simultaneous visits; left[] is 0 for all stages of the plan, before and behind. */
static void
add_group(const JourneyPath *plan, const JourneyLabelUse *uses, const JourneyVisit *visits,
		  size_t n, uint32_t *left, Common common)
{
	Common		old;

	memcpy(old, common, sizeof(old));
	for (int from = 0; from < plan->items; from++)
	{
		int			taken = old[from];

		for (size_t k = 0; k < n; k++)
			if (uses[visits[k].label].items != 0)
				left[uses[visits[k].label].label]++;
		for (int i = from; i < plan->items; i++)
		{
			if (left[stage_of(plan, i)] > 0)
			{
				left[stage_of(plan, i)]--;
				taken++;
			}
			if (taken > common[i + 1])
				common[i + 1] = taken;
		}
		for (int i = 0; i < plan->items; i++)
			left[stage_of(plan, i)] = 0;
	}
}

/* How many items of the plan the visits have in order. */
int
journey_plan_common(const JourneyPath *plan, const JourneyLabelUse *uses,
					const JourneyVisit *visits, size_t n)
{
	uint32_t	left[JOURNEY_PATH_MAX_ITEMS] = {0};
	Common		common = {0};
	size_t		end;

	for (size_t start = 0; start < n; start = end)
	{
		end = journey_group_end(visits, start, n);
		if (end - start == 1)
			add_visit(plan, uses[visits[start].label].items, common);
		else
			add_group(plan, uses, visits + start, end - start, left, common);
		if (interrupt_hook != NULL && (end - start > 1 || start % INTERRUPT_STEPS == 0))
			interrupt_hook();
	}
	return common[plan->items];
}
