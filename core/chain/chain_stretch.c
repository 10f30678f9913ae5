/*
 * chain_stretch.c
 *		What a winning chain fills from one group of simultaneous visits.
 *
 * The items that a chain fills from one group are a stretch of the path.  Given
 * its first and last item, it fills as many optional ones between as it can:
 * with fewer, the chain would not be one that fills most.  Without '>>' that is a
 * matching of items to labels; all mandatory ones, then each optional one, in
 * path order, that can be added: such sets form a matroid, so this finds the
 * most, and of these the first in path order.  With '>>' in it, that matching
 * tells how many can be filled at most; sets of so many optional items are tried
 * with the search of match_group.c, then smaller ones.  That is slower:
 * exponential in the optional items of the stretch where many visits are
 * simultaneous and '>>' cannot hold.  The interrupt hook can stop it.
 */
#include "chain/chain_best.h"

#include <string.h>

/* The items after one and before another. */
static inline JourneyItems
items_between(int first, int last)
{
	return last > first ? (JOURNEY_ITEM_BIT(last) - 1) & ~(2 * JOURNEY_ITEM_BIT(first) - 1) : 0;
}

/* Can these items be filled, whatever the arrows?  If so, with as many others as can be. */
static bool
settle(FunnelSearch *s, JourneyItems needed, JourneyItems optional)
{
	size_t		visits = s->group_end - s->group;

	if ((size_t) __builtin_popcountll(needed) > visits)
		return false;
	s->window.settled = 0;
	memset(s->window.items, 0, s->f->path->labels * sizeof(s->window.items[0]));
	journey_window_settle(&s->window, needed);
	if (s->window.settled == needed && (size_t) __builtin_popcountll(needed) < visits)
		journey_window_settle(&s->window, optional);
	journey_funnel_count(s->f, 1 + s->window.work);
	s->window.work = 0;
	return (s->window.settled & needed) == needed;
}

/* Fill a stretch without '>>' from simultaneous visits. */
static void
fill_stretch(FunnelSearch *s, FunnelStretch *stretch, JourneyItems needed, JourneyItems optional)
{
	if (!settle(s, needed, optional))
		return;
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
	plan->waiting = 0;
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

/* The first in path order of the sets with so many optional items that can be filled, or 0. */
static JourneyItems
first_set(FunnelSearch *s, const FunnelStretch *stretch, JourneyItems items,
		  JourneyItems optional, int more)
{
	if (more == 0)
		return can_fill(s, stretch, items) ? items : 0;
	for (; __builtin_popcountll(optional) >= more; optional &= optional - 1)
	{
		JourneyItems set = first_set(s, stretch, items | (optional & -optional),
									 optional & (optional - 1), more - 1);

		if (set != 0)
			return set;
	}
	return 0;
}

/* Fill a stretch with '>>' from simultaneous visits: try sets of optional items. */
static void
fill_blocks(FunnelSearch *s, FunnelStretch *stretch, JourneyItems needed, JourneyItems optional)
{
	JourneyItems best = 0;

	/* no more than could be filled if '>>' were '>' */
	if (!settle(s, needed, optional))
		return;
	for (int more = __builtin_popcountll(s->window.settled & ~needed); more >= 0 && best == 0;
		 more--)
		best = first_set(s, stretch, needed, optional, more);
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
	bool		blocks =
		(s->plan->next & (needed | between) & items & ~JOURNEY_ITEM_BIT(first)) != 0;
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
	/* no time passes within the group */
	items &= ~s->plan->waiting | JOURNEY_ITEM_BIT(first);
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
