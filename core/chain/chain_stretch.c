/*
 * chain_stretch.c
 *		What a winning chain fills from one group of simultaneous visits.
 *
 * The items that a chain fills from one group are a stretch of the path.  Given
 * its first and last item, it fills as many optional ones between as it can:
 * with fewer, the chain would not be one that fills most.  Without '>>' that is a
 * matching of items to labels; all mandatory ones, then each optional one, in
 * path order, that can be added: such sets form a matroid, so this finds the
 * most, and of these the first in path order.  With '>>' in it, all optional
 * items in between are tried, then every set of them, with the search of
 * match_group.c.  That is slower: exponential in the optional items of
 * the stretch, only where visits are simultaneous, and if they cannot all be
 * filled.  The interrupt hook can stop it.
 */
#include "chain/chain_best.h"

#include <string.h>

/* The items after one and before another. */
static inline JourneyItems
items_between(int first, int last)
{
	return last > first ? (JOURNEY_ITEM_BIT(last) - 1) & ~(2 * JOURNEY_ITEM_BIT(first) - 1) : 0;
}

/* Fill a stretch without '>>' from simultaneous visits. */
static void
fill_stretch(FunnelSearch *s, FunnelStretch *stretch, JourneyItems needed, JourneyItems optional)
{
	s->window.settled = 0;
	memset(s->window.items, 0, s->f->path->labels * sizeof(s->window.items[0]));
	journey_window_settle(&s->window, needed);
	if (s->window.settled != needed)
		return;
	journey_window_settle(&s->window, optional);
	stretch->items = s->window.settled;
	stretch->optional = __builtin_popcountll(stretch->items & s->plan->optional);
	journey_funnel_follow(s, stretch);
}

/* The plan of a path that has just these items, all mandatory. */
static void
plan_stretch(FunnelSearch *s, JourneyItems items, int last)
{
	JourneyPlan *plan = &s->stretch_plan;
	int			item;

	plan->items = s->plan->items;
	plan->optional = 0;
	plan->next = s->plan->next;
	plan->leads = s->plan->leads & JOURNEY_ITEM_BIT(last);
	for (; items != 0; items &= items - 1)
	{
		item = journey_first_item(items);
		plan->targets[item] = (items & (items - 1)) & -(items & (items - 1));
		if ((plan->targets[item] & plan->next) != 0)
			plan->leads |= JOURNEY_ITEM_BIT(item);
	}
}

/* Can these items be filled from the group, as the stretch says about its ends? */
static bool
can_fill(FunnelSearch *s, const FunnelStretch *stretch, JourneyItems items)
{
	JourneyGroup *group = &s->f->matcher.group;
	JourneyItems first = JOURNEY_ITEM_BIT(stretch->first);

	journey_funnel_count(s->f, 1);
	plan_stretch(s, items, stretch->last);
	group->plan = &s->stretch_plan;
	group->relevant = items;
	group->filled = 0;
	group->tail = 0;
	journey_group_enter(group, stretch->head ? 0 : first, stretch->head ? first : 0);
	group->plan = s->plan;
	return ((stretch->tail ? group->tail : group->filled) & JOURNEY_ITEM_BIT(stretch->last)) != 0;
}

/* Fill a stretch with '>>' from simultaneous visits: try every set of optional items. */
static void
fill_blocks(FunnelSearch *s, FunnelStretch *stretch, JourneyItems needed, JourneyItems optional)
{
	JourneyItems best = 0;
	JourneyItems set = optional;

	for (;;)
	{
		JourneyItems items = needed | set;
		JourneyItems differ = items ^ best;
		int			more = __builtin_popcountll(items) - __builtin_popcountll(best);

		if ((more > 0 || (more == 0 && (items & differ & -differ) != 0)) &&
			can_fill(s, stretch, items))
			best = items;
		if (set == 0 || best == (needed | optional))
			break;
		set = (set - 1) & optional;
	}
	if (best == 0)
		return;
	stretch->items = best;
	stretch->optional = __builtin_popcountll(best & s->plan->optional);
	journey_funnel_follow(s, stretch);
}

/* All stretches from one item to another. */
static void
fill_between(FunnelSearch *s, JourneyItems items, int first, int last)
{
	JourneyItems between = items_between(first, last);
	JourneyItems needed = (between & ~s->plan->optional) | JOURNEY_ITEM_BIT(first) |
		JOURNEY_ITEM_BIT(last);
	bool		heads = (s->plan->next & JOURNEY_ITEM_BIT(first)) != 0;
	bool		tails = (s->plan->leads & JOURNEY_ITEM_BIT(last)) != 0;
	bool		blocks = (s->plan->next & (needed | between) & items & ~JOURNEY_ITEM_BIT(first)) != 0;
	FunnelStretch stretch = {0, first, last, 0, false, false};

	between &= items & s->plan->optional;
	for (int head = 0; head <= heads; head++)
		for (int tail = 0; tail <= tails; tail++)
		{
			stretch.head = head;
			stretch.tail = tail;
			if (head || tail || blocks)
				fill_blocks(s, &stretch, needed, between);
			else
				fill_stretch(s, &stretch, needed, between);
		}
}

/* All stretches that begin with an item. */
void
journey_funnel_fill_from(FunnelSearch *s, JourneyItems items, int first)
{
	FunnelStretch stretch = {JOURNEY_ITEM_BIT(first), first, first,
						   (s->plan->optional & JOURNEY_ITEM_BIT(first)) != 0, false, true};

	if (s->group_end - s->group == 1)
	{
		journey_funnel_follow(s, &stretch);
		stretch.head = true;
		if ((s->plan->next & JOURNEY_ITEM_BIT(first)) != 0)
			journey_funnel_follow(s, &stretch);
		return;
	}
	for (int last = first; last < s->f->path->items; last++)
	{
		JourneyItems bit = JOURNEY_ITEM_BIT(last);

		if ((items & bit) != 0)
			fill_between(s, items, first, last);
		else if ((s->plan->optional & bit) == 0)
			break;
	}
}

/* Make the visits of the group ready to be shared out. */
void
journey_funnel_load(FunnelSearch *s)
{
	if (s->plan->next != 0)
		journey_group_load(&s->f->matcher.group, s->uses, s->visits + s->group,
						   s->group_end - s->group);
	journey_window_init(&s->window, s->f->path);
	for (size_t i = s->group; i < s->group_end; i++)
		if (s->uses[s->visits[i].label].items != 0)
			s->window.count[s->uses[s->visits[i].label].label]++;
}
