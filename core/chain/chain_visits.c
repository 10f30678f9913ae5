/*
 * chain_visits.c
 *		Which visit each item of the chain that wins has.
 *
 * The search tells from which group of simultaneous visits an item is filled, and mostly
 * that is a single visit.  Which one of several it is makes no difference to the chain,
 * so it is decided here by a rule in which the alphabet plays no part: item by item, in
 * the order of the path, an item has a visit to the first of its labels, as they are
 * written, with which all others of the group can still be filled; and of the visits to
 * one label the first that is left, which is the one of the least value.
 *
 * Where '>>' counts positions, visits are not free.  Items joined by '>>' (a block) have
 * visits side by side, what comes by '>>' from an earlier group has the group's first
 * visit, and what leads by '>>' to a later one has its last.  Blocks are placed before all
 * other items, the first one first, with a step back where the others find no place.  That
 * there is a way is known from the search.  It takes one way only where labels do not
 * overlap; several blocks with overlapping labels can take exponentially many steps, as
 * in match_group.c, and the interrupt hook can stop it.
 */
#include "chain/chain_internal.h"

#include <string.h>

/*
 * Blocks within the visits to a label can be packed from the first of those on, behind
 * one that comes in; one that goes on to other visits has the last of them.
 */
#define NEAR_ENDS	JOURNEY_PATH_MAX_ITEMS

/* The group that is looked at, and what is placed in it. */
typedef struct Placing
{
	JourneyFunnel *f;
	const JourneyLabelUse *uses;
	const JourneyVisit *visits;
	JourneyItems filled;		/* by the chain, */
	JourneyItems items;			/* those from this group, */
	JourneyItems singles;		/* those of them in no block, */
	JourneyItems placed;		/* and those that have a visit */
	size_t		begin;
	size_t		end;
	size_t	   *visit;			/* of each item */
	size_t		first[JOURNEY_PATH_MAX_USES];	/* visit to each label of the path, if any, */
	size_t		total[JOURNEY_PATH_MAX_USES];	/* and how many */
	JourneyWindow window;		/* how many are left */
} Placing;

static bool place_blocks(Placing *p, JourneyItems rest);

/* The visits of the group by label. */
static void
load(Placing *p)
{
	journey_window_init(&p->window, p->f->path);
	for (size_t i = p->begin; i < p->end; i++)
	{
		const JourneyLabelUse *use = &p->uses[p->visits[i].label];

		if (use->items != 0 && p->window.count[use->label]++ == 0)
			p->first[use->label] = i;
	}
	memcpy(p->total, p->window.count, p->f->path->labels * sizeof(size_t));
	journey_funnel_count(p->f, p->end - p->begin);
}

/* Can these items have visits of what is left? */
static bool
can_settle(Placing *p, JourneyItems items)
{
	p->window.settled = 0;
	memset(p->window.items, 0, p->f->path->labels * sizeof(p->window.items[0]));
	journey_window_settle(&p->window, items);
	journey_funnel_count(p->f, 1 + p->window.work);
	p->window.work = 0;
	return p->window.settled == items;
}

static bool
is_taken(const Placing *p, size_t visit)
{
	for (JourneyItems rest = p->placed; rest != 0; rest &= rest - 1)
		if (p->visit[journey_first_item(rest)] == visit)
			return true;
	return false;
}

static void
take(Placing *p, int item, size_t visit)
{
	p->visit[item] = visit;
	p->placed |= JOURNEY_ITEM_BIT(item);
	p->window.count[p->uses[p->visits[visit].label].label]--;
}

static void
give_back(Placing *p, int item)
{
	p->placed &= ~JOURNEY_ITEM_BIT(item);
	p->window.count[p->uses[p->visits[p->visit[item]].label].label]++;
}

/* The first visit to a label that no item has; there is one. */
static size_t
first_left(const Placing *p, int label)
{
	size_t		visit = p->first[label];

	while (is_taken(p, visit))
		visit++;
	return visit;
}

/* Does a '>>' lead to an item from the one that is filled before it? */
static bool
joined(const Placing *p, int item)
{
	JourneyItems bit = JOURNEY_ITEM_BIT(item);

	return (p->f->matcher.plan.next & bit) != 0 && (p->filled & (bit - 1)) != 0;
}

/* The item that is filled behind one, or -1. */
static int
item_behind(const Placing *p, int item)
{
	JourneyItems rest = p->filled & ~(2 * JOURNEY_ITEM_BIT(item) - 1);

	return rest == 0 ? -1 : journey_first_item(rest);
}

/* The items from one on that '>>' joins within the group. */
static JourneyItems
block_from(const Placing *p, int item)
{
	JourneyItems block = 0;

	do
	{
		block |= JOURNEY_ITEM_BIT(item);
		item = item_behind(p, item);
	} while (item >= 0 && (p->items & JOURNEY_ITEM_BIT(item)) != 0 && joined(p, item));
	return block;
}

/* Does a '>>' lead from the group to the item behind a block? */
static bool
leads_out(const Placing *p, JourneyItems block)
{
	int			behind = item_behind(p, journey_last_item(block));

	return behind >= 0 && (p->items & JOURNEY_ITEM_BIT(behind)) == 0 && joined(p, behind);
}

/* Put a block at a place, then the rest; false, with nothing changed, if that fails. */
static bool
place_block(Placing *p, JourneyItems block, size_t visit, JourneyItems rest)
{
	bool		ok = visit + (size_t) __builtin_popcountll(block) <= p->end;
	JourneyItems had = p->placed;

	for (JourneyItems left = block; left != 0 && ok; left &= left - 1, visit++)
	{
		ok = (p->uses[p->visits[visit].label].items & left & -left) != 0 && !is_taken(p, visit);
		if (ok)
			take(p, journey_first_item(left), visit);
	}
	if (ok && can_settle(p, p->singles) && place_blocks(p, rest))
		return true;
	for (JourneyItems undo = p->placed & ~had; undo != 0; undo &= undo - 1)
		give_back(p, journey_first_item(undo));
	return false;
}

/* A block anywhere, by the labels of its first item. */
static bool
place_anywhere(Placing *p, JourneyItems block, JourneyItems rest)
{
	const JourneyPath *path = p->f->path;
	int			item = journey_first_item(block);
	const uint16_t *labels = journey_path_labels(path, item);

	for (int k = 0; k < path->item[item].labels; k++)
		for (size_t i = 0; i < p->total[labels[k]]; i++)
		{
			if (i == NEAR_ENDS && p->total[labels[k]] > 2 * NEAR_ENDS)
				i = p->total[labels[k]] - NEAR_ENDS;
			if (place_block(p, block, p->first[labels[k]] + i, rest))
				return true;
		}
	return false;
}

/* Place the blocks of the rest, so that the single items can have what is left. */
static bool
place_blocks(Placing *p, JourneyItems rest)
{
	JourneyItems block;
	size_t		length;

	if (rest == 0)
		return true;
	block = block_from(p, journey_first_item(rest));
	length = (size_t) __builtin_popcountll(block);
	rest &= ~block;
	if (joined(p, journey_first_item(block)))
		return (!leads_out(p, block) || p->begin + length == p->end) &&
			place_block(p, block, p->begin, rest);
	if (leads_out(p, block))
		return length <= p->end - p->begin && place_block(p, block, p->end - length, rest);
	return place_anywhere(p, block, rest);
}

/* The items of the group that are in a block of several, or held at an end of the group. */
static JourneyItems
find_blocks(const Placing *p)
{
	JourneyItems blocks = 0;

	for (JourneyItems rest = p->items; rest != 0;)
	{
		int			item = journey_first_item(rest);
		JourneyItems block = block_from(p, item);

		if ((block & (block - 1)) != 0 || joined(p, item) || leads_out(p, block))
			blocks |= block;
		rest &= ~block;
	}
	return blocks;
}

/* A single item: the first label with which the others can still have visits. */
static void
place_single(Placing *p, int item, JourneyItems others)
{
	const uint16_t *labels = journey_path_labels(p->f->path, item);

	for (int k = 0; k < p->f->path->item[item].labels; k++)
	{
		if (p->window.count[labels[k]] == 0)
			continue;
		take(p, item, first_left(p, labels[k]));
		if (can_settle(p, others))
			return;
		give_back(p, item);
	}
}

static void
place_group(Placing *p)
{
	JourneyItems blocks = find_blocks(p);

	p->placed = 0;
	p->singles = p->items & ~blocks;
	load(p);
	(void) place_blocks(p, blocks);
	for (JourneyItems rest = p->singles; rest != 0; rest &= rest - 1)
		place_single(p, journey_first_item(rest), rest & (rest - 1));
}

/*
 * The visit that each item of a chain has, into visit[], by item.  The chain is what
 * journey_funnel_best() gave for these visits.
 */
void
journey_funnel_visits(JourneyFunnel *funnel, const JourneyLabelUse *uses,
					  const JourneyVisit *visits, size_t n, const JourneyFunnelChain *chain,
					  size_t *visit)
{
	Placing		p;

	p.f = funnel;
	p.uses = uses;
	p.visits = visits;
	p.filled = chain->filled;
	p.visit = visit;
	for (JourneyItems rest = chain->filled; rest != 0; rest &= ~p.items)
	{
		p.begin = chain->group[journey_first_item(rest)];
		p.end = journey_group_end(visits, p.begin, n);
		p.items = 0;
		for (JourneyItems i = rest; i != 0; i &= i - 1)
			if (chain->group[journey_first_item(i)] == p.begin)
			{
				/* some visit there is, whatever a path says that is damaged */
				visit[journey_first_item(i)] = p.begin;
				p.items |= i & -i;
			}
		if (p.end - p.begin > 1)
			place_group(&p);
	}
}
