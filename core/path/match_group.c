/*
 * match_group.c
 *		How far along a path the visits of one group of simultaneous visits lead.
 *
 * Within a group '>' asks for nothing but a visit of its own: no time passes,
 * and nothing lies strictly between.  So a stretch of items joined by '>' can
 * be filled if visits can be shared out among them, which visit does not
 * matter beyond its label: a bipartite matching of items to labels, each label
 * with room for as many items as it has visits.  The matching grows by one item
 * at a time, along an augmenting path; taking an item out of it again leaves a
 * matching.  A thousand simultaneous visits of a few labels thus cost no more
 * than a few.  Of the optional items of such a stretch only the first and the
 * last one matter: filling another takes a visit and gains nothing.
 *
 * '>>' asks for the next position.  The group is sorted by label, so its visits
 * form runs of equal labels, and items joined by '>>' (a block) stay in a run
 * or step from the last visit of one run to the first visit of the next.  A
 * block's place needs no exact position: whatever uses visits of a run fits
 * into it side by side if it is not more than the run has, since
 *
 * - the block that comes in from the run before takes the first visits,
 * - the block that goes on to the next run takes the last ones (a block that
 *   does both takes all), and at most one block crosses each border,
 * - blocks within the run lie between these, one after the other,
 * - single items take what is left, wherever it is.
 *
 * So what has to be tried for each block is only its run, and for each further
 * visit whether it stays or crosses.  That is a search with a step back, and
 * single items are matched as above meanwhile.  It is exact.  It takes one way
 * only where labels do not overlap; several blocks with overlapping labels in
 * one group can take exponentially many steps in the number of blocks (packing
 * them into runs is bin packing), never in the number of visits, and the
 * interrupt hook can stop it.
 */
#include "path/match_group.h"

#include <string.h>

/* How many steps of a search to take between two calls of the interrupt hook. */
#define INTERRUPT_STEPS 0x1000

static void begin(JourneyGroup *group, int item, bool entry);
static void in_block(JourneyGroup *group, JourneyItems items, int r, uint32_t own,
					 bool entered);

/* Every loop over a group's search calls this, so that it can be stopped. */
static inline void
count_step(JourneyGroup *group)
{
	if (group->interrupt != NULL && ++group->steps % INTERRUPT_STEPS == 0)
		group->interrupt();
}

static JourneyRun *
add_run(JourneyGroup *group, JourneyItems items)
{
	JourneyRun *run = &group->run[group->runs++];

	memset(run, 0, sizeof(*run));
	run->items = items;
	return run;
}

/*
 * Sort the visits of a group into runs.  Visits that fill no item only keep
 * others apart: any number of them in a row is one run, a gap.
 */
void
journey_group_load(JourneyGroup *group, const JourneyLabelUse *uses,
				   const JourneyVisit *visits, size_t n)
{
	JourneyRun *run = NULL;
	uint32_t	label = 0;

	group->runs = 0;
	group->search = 0;
	group->steps = 0;
	group->relevant = 0;
	for (size_t i = 0; i < n; i++)
	{
		JourneyItems items = uses[visits[i].label].items;

		if (run == NULL || (visits[i].label != label && (items | run->items) != 0))
			run = add_run(group, items);
		label = visits[i].label;
		group->relevant |= items;
		if (run->count < UINT32_MAX)
			run->count++;
	}
}

/* Visits of a run that neither a block nor a settled item has. */
static inline bool
has_room(const JourneyRun *run)
{
	return run->used + (uint32_t) __builtin_popcountll(run->settled) < run->count;
}

static void
put(JourneyGroup *group, int item, int r)
{
	group->run[r].settled |= JOURNEY_ITEM_BIT(item);
	group->place[item] = (uint16_t) r;
}

/* Take a settled item's visit away; what remains is still a matching. */
static void
unsettle(JourneyGroup *group, int item)
{
	group->run[group->place[item]].settled &= ~JOURNEY_ITEM_BIT(item);
}

/* Look for an augmenting path.  A run needs to be tried only once a search. */
static bool
augment(JourneyGroup *group, int item)
{
	for (int r = 0; r < group->runs; r++)
	{
		JourneyRun *run = &group->run[r];

		if ((run->items & JOURNEY_ITEM_BIT(item)) == 0 || run->seen == group->search)
			continue;
		run->seen = group->search;
		if (has_room(run))
		{
			put(group, item, r);
			return true;
		}
		for (JourneyItems rest = run->settled; rest != 0; rest &= rest - 1)
		{
			int			other = journey_first_item(rest);

			if (augment(group, other))
			{
				run->settled &= ~JOURNEY_ITEM_BIT(other);
				put(group, item, r);
				return true;
			}
		}
	}
	return false;
}

/* Give an item a visit of its own, moving others if need be; false if impossible. */
static bool
settle(JourneyGroup *group, int item)
{
	count_step(group);
	group->search++;
	return augment(group, item);
}

/*
 * Let a block use a visit of a run, moving a settled item away if need be;
 * false, with nothing changed, if that leaves some settled item without a
 * visit.  Any settled item of the run will do: if the others can be matched
 * with one visit less, an augmenting path leads on from the one that lost its.
 */
static bool
occupy(JourneyGroup *group, JourneyRun *run)
{
	int			item;

	if (has_room(run))
	{
		run->used++;
		return true;
	}
	if (run->settled == 0)
		return false;
	item = journey_first_item(run->settled);
	unsettle(group, item);
	run->used++;
	if (settle(group, item))
		return true;
	run->used--;
	put(group, item, (int) (run - group->run));
	return false;
}

/* What may be filled directly behind one of these items, in the same group. */
static JourneyItems
targets_of(const JourneyGroup *group, JourneyItems items)
{
	JourneyItems targets = 0;

	for (; items != 0; items &= items - 1)
		targets |= group->plan->targets[journey_first_item(items)];
	return targets & group->relevant & ~group->plan->waiting;
}

/* Begin new stretches with '>' at these items. */
static void
begin_each(JourneyGroup *group, JourneyItems items)
{
	for (items &= ~group->plan->next; items != 0; items &= items - 1)
		begin(group, journey_first_item(items), false);
}

/*
 * Let a block go on with one more visit, of run r, of which it has then taken
 * own visits.  Which item it fills decides what may follow, but not what is
 * left for others, so all items that it may fill are followed at once.
 */
static void
place(JourneyGroup *group, JourneyItems items, int r, uint32_t own, bool entered)
{
	JourneyRun *run = &group->run[r];

	items &= run->items;
	if (items == 0)
		return;
	count_step(group);
	if (!occupy(group, run))
		return;
	in_block(group, items, r, own, entered);
	run->used--;
}

/*
 * One of these items has been filled with the last visit so far of a block.  A
 * block that entered its run from the one before can leave it only when it has
 * taken all of it.
 */
static void
in_block(JourneyGroup *group, JourneyItems items, int r, uint32_t own, bool entered)
{
	JourneyRun *after = r + 1 < group->runs ? &group->run[r + 1] : NULL;
	bool		at_end = !entered || own == group->run[r].count;
	JourneyItems targets = targets_of(group, items);
	JourneyItems next = targets & group->plan->next;

	group->filled |= items;
	if (after == NULL && at_end)
		group->tail |= items;
	place(group, next, r, own + 1, entered);
	if (after != NULL && at_end && !after->crossed)
	{
		after->crossed = true;
		place(group, next, r + 1, 1, true);
		after->crossed = false;
	}
	/* a block of one visit is a single item, unless it is the first visit's */
	if (own > 1 || entered)
		begin_each(group, targets);
}

/*
 * Fill an item as a single one, and then as the first one of a block.
 *
 * If the item cannot even be filled with some visit or other, it can begin no
 * block.  An optional item is passed over rather than filled in the middle of
 * a stretch, unless the stretch begins with it.
 */
static void
begin(JourneyGroup *group, int item, bool entry)
{
	JourneyItems bit = JOURNEY_ITEM_BIT(item);

	if (!settle(group, item))
		return;
	group->filled |= bit;
	if (entry || (group->plan->optional & bit) == 0)
		begin_each(group, targets_of(group, bit));
	unsettle(group, item);
	if ((group->plan->leads & bit) != 0)
		for (int r = 0; r < group->runs; r++)
			place(group, bit, r, 1, false);
}

/*
 * Find which items can be the last one filled from the group, given which can
 * be the first one: with any of its visits, or with its first visit only.
 */
void
journey_group_enter(JourneyGroup *group, JourneyItems anywhere, JourneyItems at_first)
{
	bool		blocks = (group->plan->leads & group->relevant) != 0;

	/* alone, each of them can be filled; often there is no more to find */
	group->filled |= anywhere;
	for (; anywhere != 0; anywhere &= anywhere - 1)
		if (blocks || group->filled != group->relevant)
			begin(group, journey_first_item(anywhere), true);
	/* as if a block came in from a run before the first */
	place(group, at_first, 0, 1, true);
}

/* Can all of these items have a visit each? */
bool
journey_group_settle_all(JourneyGroup *group, JourneyItems items)
{
	for (; items != 0; items &= items - 1)
		if (!settle(group, journey_first_item(items)))
			return false;
	return true;
}
