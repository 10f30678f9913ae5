/*
 * match.c
 *		Does a journey take a path?  Exact, in one pass over the visits.
 *
 * A path is taken by filling each mandatory item, and any optional ones, with a
 * visit of its own, so that each filled item's arrow holds between it and the
 * filled item before it.  The visits come in groups of simultaneous ones; a
 * single visit is a group of one.  Arrows never lead back in time, so the items
 * filled from one group are a stretch of the filled items, one after the other.
 *
 * For each item the matcher keeps the latest group in which it can be the last
 * item filled so far, everything before it being in order.  That is enough:
 *
 * - Whether the arrow '>' to a later group holds depends on the item before it
 *   only through that item's group, and if it holds from some group it holds
 *   from any later one: the time across it is shorter, and what lies strictly
 *   within is less.  So of all ways to fill a path up to an item, one that ends
 *   in the latest group can be continued into a later group whenever any can.
 * - Visits of different groups are different visits, so the ways to fill what
 *   comes in a later group do not depend on which visits were used before.
 * - '>>' leads to the very next visit, so it leaves a group only from its last
 *   visit, and only into the first visit of the next group.  For that, the
 *   items that can be the last one filled at the very last visit seen so far
 *   are kept as well.
 *
 * Where the arrow to an item has a shortest time, see match_wait.c; for a path in any
 * order, match_set.c.
 *
 * What remains is exact within one group, where visits have to be shared out
 * and '>>' counts positions: match_group.c.  Groups of one visit, most
 * of them, need neither and are done here.
 *
 * An item that is skipped takes its arrow with it, so the arrow to an item may
 * come from each item before it up to the nearest mandatory one: its sources.
 * With mandatory items only that is one, and a visit costs a few steps for each
 * item that its label can fill; in the worst case items * items.
 */
#include "path/match.h"

#include <string.h>

#define NONE ((size_t) -1)

/* Which items may be filled directly before and behind each other. */
static void
plan_neighbours(JourneyPlan *plan)
{
	JourneyItems before = 0;

	memset(plan->targets, 0, sizeof(plan->targets));
	for (int i = 0; i < plan->items; i++)
	{
		JourneyItems bit = JOURNEY_ITEM_BIT(i);

		plan->sources[i] = before;
		for (JourneyItems rest = before; rest != 0; rest &= rest - 1)
		{
			plan->targets[journey_first_item(rest)] |= bit;
			if ((plan->next & bit) != 0)
				plan->leads |= rest & -rest;
		}
		before = (plan->optional & bit) != 0 ? before | bit : bit;
	}
	/* what is left lies behind the last mandatory item, or is that item */
	plan->ends = before;
}

void
journey_matcher_init(JourneyMatcher *matcher, const JourneyPath *path)
{
	JourneyPlan *plan = &matcher->plan;
	bool		start = true;

	matcher->path = path;
	matcher->interrupt = NULL;
	matcher->history = NULL;
	memset(plan, 0, offsetof(JourneyPlan, sources));
	plan->items = path->items;
	for (int i = 0; i < path->items; i++)
	{
		const JourneyPathItem *item = &path->item[i];
		JourneyItems bit = JOURNEY_ITEM_BIT(i);

		if ((item->flags & JOURNEY_ITEM_OPTIONAL) != 0)
			plan->optional |= bit;
		if ((item->flags & JOURNEY_ITEM_NEXT) != 0)
			plan->next |= bit;
		if (item->excluded > 0)
			plan->excluding |= bit;
		if (journey_path_minimum(path, i) > 0)
			plan->waiting |= bit;
		if (item->excluded > 0 || item->limit != JOURNEY_NO_LIMIT)
			plan->limited |= bit;
		if (start)
			plan->starts |= bit;
		start = start && (plan->optional & bit) != 0;
	}
	plan_neighbours(plan);
}

/*
 * Turn the path's labels around: what is each label of the journey's dictionary
 * in the path?  Ids has the number in the dictionary of each label of the path,
 * and labels is the size of the dictionary.
 */
void
journey_match_uses(const JourneyPath *path, const uint32_t *ids,
				   JourneyLabelUse *uses, uint32_t labels)
{
	memset(uses, 0, labels * sizeof(JourneyLabelUse));
	for (int i = 0; i < path->items; i++)
	{
		const uint16_t *use = journey_path_excluded(path, i);
		int			n = path->item[i].excluded + path->item[i].labels;

		for (int k = 0; k < n; k++)
		{
			uint32_t	id = ids[use[k]];

			if (id >= labels)
				continue;
			uses[id].label = use[k];
			if (k < path->item[i].excluded)
				uses[id].excluded |= JOURNEY_ITEM_BIT(i);
			else
				uses[id].items |= JOURNEY_ITEM_BIT(i);
		}
	}
}

/*
 * Does an item's arrow hold from one source, which was filled at a time in a
 * group?  The group of the item itself has not been counted as seen yet, so
 * what it excludes lies strictly within if it is later than the source's group.
 */
static bool
limits_hold(const JourneyMatcher *m, int item, int source, int64_t at)
{
	int64_t		limit = m->path->item[item].limit;

	/* unsigned, because times may lie more than 2^63 microseconds apart */
	if (limit != JOURNEY_NO_LIMIT &&
		journey_time_between(m->reached_at[source], at) > (uint64_t) limit)
		return false;
	return (m->plan.excluding & JOURNEY_ITEM_BIT(item)) == 0 ||
		m->excluded_group[item] == NONE ||
		m->excluded_group[item] <= m->reached_group[source];
}

/* Can an item be filled at that time by '>' from an earlier group? */
static bool
arrow_holds(const JourneyMatcher *m, int item, int64_t at)
{
	JourneyItems sources = m->plan.sources[item] & m->reached;

	if ((m->plan.limited & JOURNEY_ITEM_BIT(item)) == 0)
		return sources != 0;
	for (; sources != 0; sources &= sources - 1)
		if (limits_hold(m, item, journey_first_item(sources), at))
			return true;
	return false;
}

/* Can an item be filled by '>>' from the very last visit before this group? */
static bool
next_holds(const JourneyMatcher *m, int item, int64_t at)
{
	int64_t		limit = m->path->item[item].limit;

	return (m->plan.sources[item] & m->tail) != 0 &&
		journey_time_between(m->tail_at, at) >= (uint64_t) journey_path_minimum(m->path, item) &&
		(limit == JOURNEY_NO_LIMIT ||
		 journey_time_between(m->tail_at, at) <= (uint64_t) limit);
}

/*
 * Which of these items can be the first one filled from the group that begins with a
 * visit?  Those in *at_first only with its first visit.
 */
static JourneyItems
entries(JourneyMatcher *m, JourneyItems items, const JourneyVisit *visits, size_t start,
		JourneyItems *at_first)
{
	int64_t		at = visits[start].at;
	JourneyItems anywhere = 0;
	JourneyItems rest;

	if (start == 0 || (m->path->flags & JOURNEY_PATH_FROM_FIRST) == 0)
		anywhere = items & m->plan.starts;
	*at_first = 0;
	for (rest = items & ~anywhere; rest != 0; rest &= rest - 1)
	{
		int			item = journey_first_item(rest);
		JourneyItems bit = JOURNEY_ITEM_BIT(item);

		if ((m->plan.waiting & ~m->plan.next & bit) != 0)
			anywhere |= journey_match_waited(m, item, visits, start) ? bit : 0;
		else if ((m->plan.next & bit) == 0)
			anywhere |= arrow_holds(m, item, at) ? bit : 0;
		else
			*at_first |= next_holds(m, item, at) ? bit : 0;
	}
	return anywhere;
}

/* Keep what was found in the group at a time, the visits from start on. */
static void
keep(JourneyMatcher *m, JourneyItems filled, JourneyItems excluded, int64_t at, size_t start)
{
	if (m->plan.waiting != 0)
		m->history[start] = filled;
	m->reached |= filled;
	for (; filled != 0; filled &= filled - 1)
	{
		m->reached_at[journey_first_item(filled)] = at;
		m->reached_group[journey_first_item(filled)] = start;
	}
	for (; excluded != 0; excluded &= excluded - 1)
		m->excluded_group[journey_first_item(excluded)] = start;
}

/* A group of one visit; returns the items that can be the last one filled by it. */
static JourneyItems
match_one(JourneyMatcher *m, const JourneyLabelUse *uses, const JourneyVisit *visits,
		  size_t start)
{
	const JourneyLabelUse *use = &uses[visits[start].label];
	int64_t		at = visits[start].at;
	JourneyItems at_first;
	JourneyItems filled = 0;

	if (use->items != 0)
	{
		filled = entries(m, use->items, visits, start, &at_first);
		filled |= at_first;
	}
	m->tail = filled;
	m->tail_at = at;
	keep(m, filled, use->excluded, at, start);
	return filled;
}

/* The same for a group of several visits. */
static JourneyItems
match_several(JourneyMatcher *m, const JourneyLabelUse *uses, const JourneyVisit *visits,
			  size_t start, size_t end)
{
	JourneyGroup *group = &m->group;
	JourneyItems items = 0;
	JourneyItems excluded = 0;
	JourneyItems anywhere = 0;
	JourneyItems at_first = 0;
	int64_t		at = visits[start].at;

	for (size_t i = start; i < end; i++)
	{
		items |= uses[visits[i].label].items;
		excluded |= uses[visits[i].label].excluded;
	}
	group->filled = 0;
	group->tail = 0;
	if (items != 0)
		anywhere = entries(m, items, visits, start, &at_first);
	if ((anywhere | at_first) != 0)
	{
		journey_group_load(group, uses, visits + start, end - start);
		journey_group_enter(group, anywhere, at_first);
	}
	m->tail = group->tail;
	m->tail_at = at;
	keep(m, group->filled, excluded, at, start);
	return group->filled;
}

static bool
match_ordered(JourneyMatcher *m, const JourneyLabelUse *uses, const JourneyVisit *visits,
			  size_t n)
{
	bool		to_last = (m->path->flags & JOURNEY_PATH_TO_LAST) != 0;
	size_t		checked = 0;
	size_t		end;

	m->reached = 0;
	m->tail = 0;
	for (JourneyItems rest = m->plan.excluding; rest != 0; rest &= rest - 1)
		m->excluded_group[journey_first_item(rest)] = NONE;
	if (m->plan.waiting != 0)
		journey_match_wait_begin(m, 0);
	for (size_t start = 0; start < n; start = end)
	{
		JourneyItems filled;

		end = journey_group_end(visits, start, n);
		filled = end - start == 1 ? match_one(m, uses, visits, start) :
			match_several(m, uses, visits, start, end);
		if ((filled & m->plan.ends) != 0 && (!to_last || end == n))
			return true;
		if (m->interrupt != NULL && end - checked >= JOURNEY_MATCH_INTERRUPT_VISITS)
		{
			m->interrupt();
			checked = end;
		}
	}
	return false;
}

/*
 * Does the journey take the path?  The visits are sorted, and uses tells for
 * each label in them what it is in the path (journey_match_uses).
 */
bool
journey_match(JourneyMatcher *matcher, const JourneyLabelUse *uses,
			  const JourneyVisit *visits, size_t n)
{
	matcher->group.plan = &matcher->plan;
	matcher->group.interrupt = matcher->interrupt;
	if (journey_path_any_order(matcher->path))
		return journey_match_set(matcher, uses, visits, n);
	return match_ordered(matcher, uses, visits, n);
}

/*
 * The last item of a path that the journey has a visit for, whatever was before
 * it, or -1.  *label is then the first of its labels, as they are written, that
 * was visited.
 */
int
journey_furthest(const JourneyPath *path, const uint32_t *ids, int *label)
{
	for (int i = path->items - 1; i >= 0; i--)
	{
		const uint16_t *labels = journey_path_labels(path, i);

		for (int k = 0; k < path->item[i].labels; k++)
		{
			if (ids[labels[k]] != JOURNEY_NO_ID)
			{
				*label = labels[k];
				return i;
			}
		}
	}
	return -1;
}
