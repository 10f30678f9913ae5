/*
 * chain_share.c
 *		Which item of a path in any order has which visit of the chain that wins.
 *
 * The visits are known by their groups, each with a quota: how many of its visits the
 * chain has.  An item gets a visit along an augmenting path, through cells, the visits
 * to one label in one group, and through groups that are not used up.  Items are fixed
 * in the order of groups and of the path, each where all others can still be shared
 * out.
 */
#include "chain/chain_share.h"

#include <string.h>

static bool reach(JourneyShare *s, int item);

/* Take an item's visit of a cell away if the item can have another one. */
static bool
displace(JourneyShare *s, JourneyShareCell *cell)
{
	for (JourneyItems rest = cell->items; rest != 0; rest &= rest - 1)
		if (reach(s, journey_first_item(rest)))
		{
			cell->items &= ~(rest & -rest);
			return true;
		}
	return false;
}

/* Is there, or can there be made, room for one more item in a group? */
static bool
reach_group(JourneyShare *s, int group)
{
	int			labels = s->f->path->labels;

	if (s->group_seen[group])
		return false;
	s->group_seen[group] = true;
	if (s->taken[group] < s->quota[group])
	{
		s->taken[group]++;
		return true;
	}
	for (int k = group * labels; k < (group + 1) * labels; k++)
	{
		if (s->cell[k].items == 0 || s->cell_seen[k])
			continue;
		s->cell_seen[k] = true;
		if (displace(s, &s->cell[k]))
			return true;
	}
	return false;
}

/* Look for an augmenting path from an item. */
static bool
reach(JourneyShare *s, int item)
{
	const JourneyPath *path = s->f->path;
	const uint16_t *labels = journey_path_labels(path, item);

	for (int group = 0; group < s->groups; group++)
	{
		if (s->fixed[item] >= 0 && s->fixed[item] != group)
			continue;
		for (int l = 0; l < path->item[item].labels; l++)
		{
			int			k = group * path->labels + labels[l];
			JourneyShareCell *cell = &s->cell[k];

			if (cell->count == 0 || s->cell_seen[k])
				continue;
			s->cell_seen[k] = true;
			if (((uint32_t) __builtin_popcountll(cell->items) < cell->count &&
				 reach_group(s, group)) ||
				displace(s, cell))
			{
				cell->items |= JOURNEY_ITEM_BIT(item);
				return true;
			}
		}
	}
	return false;
}

/* Give a visit to as many of these items as possible; how many. */
static int
share_among(JourneyShare *s, JourneyItems items)
{
	int			shared = 0;

	for (; items != 0; items &= items - 1)
	{
		/* each cell is tried once for an item, if at all */
		journey_funnel_count(s->f, (size_t) s->groups * s->f->path->labels);
		memset(s->group_seen, 0, sizeof(s->group_seen));
		memset(s->cell_seen, 0, (size_t) s->groups * s->f->path->labels * sizeof(bool));
		shared += reach(s, journey_first_item(items));
	}
	return shared;
}

/* Can the items be filled with the fixed ones where they are? */
static bool
can_share(JourneyShare *s, int mandatory, int total)
{
	JourneyItems items = journey_funnel_mandatory_items(s->f);
	int			fixed = __builtin_popcountll(s->fixed_items);
	int			shared;

	memset(s->taken, 0, sizeof(s->taken));
	for (int k = 0; k < s->groups * s->f->path->labels; k++)
		s->cell[k].items = 0;
	if (share_among(s, s->fixed_items) < fixed)
		return false;
	shared = share_among(s, items & ~s->fixed_items);
	if (shared + __builtin_popcountll(s->fixed_items & items) < mandatory)
		return false;
	shared += share_among(s, s->f->matcher.plan.optional & ~s->fixed_items);
	return fixed + shared == total;
}

/* Fix, group by group, the first items in path order with which all goes well. */
void
journey_share_out(JourneyShare *s, int mandatory, int total)
{
	memset(s->fixed, -1, sizeof(s->fixed));
	s->fixed_items = 0;
	for (int group = 0; group < s->groups; group++)
	{
		int			item = -1;

		for (int k = 0; k < s->quota[group]; k++)
			for (item++; item < s->f->path->items; item++)
			{
				if ((s->fixed_items & JOURNEY_ITEM_BIT(item)) != 0)
					continue;
				s->fixed[item] = group;
				s->fixed_items |= JOURNEY_ITEM_BIT(item);
				if (can_share(s, mandatory, total))
					break;
				s->fixed[item] = -1;
				s->fixed_items &= ~JOURNEY_ITEM_BIT(item);
			}
	}
}
