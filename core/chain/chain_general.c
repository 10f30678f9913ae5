/*
 * chain_general.c
 *		The depth of a customer in a funnel.  Exact, in one pass over the visits.
 *
 * The pass is that of match.c: for each item the latest group of
 * simultaneous visits in which it can be the last one filled.  Here the latest
 * time at which such a chain can start is kept as well, and a chain goes on only
 * while that is within the window.  Within a group the items that may be filled
 * first are let in by their starts, the latest first.
 *
 * For each item one group and one start are kept, the latest of each.  Why that is
 * enough, for arrows '>':
 *
 *		time	---------------------------------------------->
 *		C				s --------- r --------- i
 *		C'		  s' --------- p --------- q --------- i
 *		found			s --------- r ---> q --------- i
 *
 * Two chains fill item i last: C, which starts later, and C', which ends in a later
 * group.  To show: some chain starts as late as C and ends in the group of C'.
 *
 * 1. An item that a chain may start with can stand at the front: if C' fills such an
 *	  item no earlier than C starts, then C' from that item on is the chain.  From here
 *	  on, C' fills each of them before C starts.  (Where paths begin with ^, all chains
 *	  start in the first group, and none starts later than another.)
 * 2. Let q be the first item of C' whose group is later than that of r, the last item
 *	  that C fills before q in the path.  There is such a q: i itself is one, unless C
 *	  is i alone, and then step 1 applies.
 * 3. Let p be the item of C' before q.  There is one: a chain may start with the first
 *	  item of C', so by step 1 that lies before the start of C and is not q.
 * 4. The group of p is not later than that of r.  If C fills an item before p, then p
 *	  is not later than the last such one, as q is the first that is, and r is not
 *	  earlier than that one.  If C fills none of them, all items before p are optional,
 *	  so a chain may start with p, and by step 1 p lies before the start of C.
 * 5. So the arrow to q, which holds from p, holds from r as well: the time is not
 *	  longer, and no more visits lie strictly within.  The items between r and q are
 *	  optional, as C skips them.
 * 6. So C up to r, then C' from q on, is a chain.  The group of r is earlier than that
 *	  of q: the two parts share no group and so no visit.
 *
 * With a shortest time across an arrow, steps 5 and 6 fail: a later source may be too
 * near.  Where the window is limited, chains from each start are tried by themselves.
 *
 * With '>>', step 5 can fail: p and r may be different visits of one group of
 * simultaneous ones, and only the last visit of the group is followed by q.
 *
 *		group	{ r  p } { q }		p >> q holds, r >> q does not
 *
 * That needs a '>>' that leads out of such a group.  Where one was met and the window
 * is limited, the depth that was found is only a lower bound.  Then chains from each
 * start are tried by themselves, until one is as deep as without a window.  No start
 * has to be kept for that, and it is exact for the reasons in match.c.  It takes
 * visits * visits in a window at worst.
 */
#include "chain/chain_pass.h"

#define NONE ((size_t) -1)
#define ANY_START NONE

/* Let an item in, if its chain is within the window and starts later than known. */
static inline void
let_in(const JourneyFunnel *f, Entries *entries, JourneyItems *where, int item,
	   int64_t start, int64_t at)
{
	JourneyItems bit = JOURNEY_ITEM_BIT(item);

	if (!journey_funnel_within(start, at, f->within))
		return;
	if (((entries->anywhere | entries->at_first) & bit) == 0 || start > entries->start[item])
		entries->start[item] = start;
	*where |= bit;
}

/* Entries by '>' from earlier groups. */
static void
enter_later(const JourneyFunnel *f, Entries *entries, int item, int64_t at)
{
	const JourneyMatcher *m = &f->matcher;
	int64_t		limit = f->path->item[item].limit;
	size_t		excluded = NONE;

	if ((m->plan.excluding & JOURNEY_ITEM_BIT(item)) != 0)
		excluded = m->excluded_group[item];
	for (JourneyItems rest = m->plan.sources[item] & m->reached; rest != 0; rest &= rest - 1)
	{
		int			source = journey_first_item(rest);

		/* what is excluded lies strictly within if it is later than the source */
		if (journey_funnel_within(m->reached_at[source], at, limit) &&
			(excluded == NONE || excluded <= m->reached_group[source]))
			let_in(f, entries, &entries->anywhere, item, f->start[source], at);
	}
}

/* Entries by '>>' from the very last visit before this group. */
static void
enter_next(const JourneyFunnel *f, Entries *entries, int item, int64_t at)
{
	const JourneyMatcher *m = &f->matcher;
	JourneyItems sources = m->plan.sources[item] & m->tail;

	/* before the first group there is no last visit, and no time of it */
	if (sources == 0 ||
		!journey_funnel_within(m->tail_at, at, f->path->item[item].limit) ||
		((m->plan.waiting & JOURNEY_ITEM_BIT(item)) != 0 &&
		 journey_time_between(m->tail_at, at) < (uint64_t) journey_path_minimum(f->path, item)))
		return;
	for (; sources != 0; sources &= sources - 1)
		let_in(f, entries, &entries->at_first, item, f->tail_start[journey_first_item(sources)],
			   at);
}

/* Which of these items can be the first one filled from the group at start? */
static void
find_entries(JourneyFunnel *f, const Pass *pass, JourneyItems items, size_t start,
			 Entries *entries)
{
	const JourneyPlan *plan = &f->matcher.plan;
	int64_t		at = pass->visits[start].at;
	JourneyItems starts = 0;

	entries->anywhere = 0;
	entries->at_first = 0;
	if ((pass->from == ANY_START || pass->from == start) &&
		(start == 0 || (f->path->flags & JOURNEY_PATH_FROM_FIRST) == 0))
		starts = items & plan->starts;
	for (JourneyItems rest = items; rest != 0; rest &= rest - 1)
	{
		int			item = journey_first_item(rest);

		/* no chain starts later than one that starts here */
		if ((starts & JOURNEY_ITEM_BIT(item)) != 0)
			let_in(f, entries, &entries->anywhere, item, at, at);
		else if ((plan->next & JOURNEY_ITEM_BIT(item)) != 0)
			enter_next(f, entries, item, at);
		else if ((plan->waiting & JOURNEY_ITEM_BIT(item)) != 0)
		{
			/* where starts matter, all chains of a pass have the same one */
			if (journey_match_waited(&f->matcher, item, pass->visits, start))
				let_in(f, entries, &entries->anywhere, item, at, at);
		}
		else
			enter_later(f, entries, item, at);
	}
}

/* Keep what was newly filled in a group by chains that start at a time. */
static void
keep_starts(JourneyItems items, int64_t *starts, int64_t start)
{
	for (; items != 0; items &= items - 1)
		starts[journey_first_item(items)] = start;
}

/* The latest start among entries. */
static int64_t
latest_start(const Entries *entries, JourneyItems items)
{
	int64_t		latest = entries->start[journey_first_item(items)];

	for (; items != 0; items &= items - 1)
		if (entries->start[journey_first_item(items)] > latest)
			latest = entries->start[journey_first_item(items)];
	return latest;
}

/* Of several simultaneous visits: let the entries in, the latest start first. */
static void
fill_several(JourneyFunnel *f, const Entries *entries)
{
	JourneyGroup *group = &f->matcher.group;
	JourneyItems rest = entries->anywhere | entries->at_first;

	while (rest != 0)
	{
		JourneyItems filled = group->filled;
		JourneyItems tail = group->tail;
		int64_t		start = latest_start(entries, rest);
		JourneyItems now = 0;

		for (JourneyItems i = rest; i != 0; i &= i - 1)
			if (entries->start[journey_first_item(i)] == start)
				now |= i & -i;
		journey_group_enter(group, entries->anywhere & now, entries->at_first & now);
		keep_starts(group->filled & ~filled, f->start, start);
		keep_starts(group->tail & ~tail, f->tail_start, start);
		rest &= ~now;
	}
}

/* Fill items from the group of visits start .. end - 1; returns those filled last. */
static JourneyItems
fill_group(JourneyFunnel *f, const Pass *pass, JourneyItems items, size_t start, size_t end)
{
	JourneyMatcher *m = &f->matcher;
	JourneyGroup *group = &m->group;
	Entries		entries;

	group->filled = 0;
	group->tail = 0;
	find_entries(f, pass, items, start, &entries);
	journey_funnel_count(f, (size_t) __builtin_popcountll(items) * (size_t) f->path->items);
	if ((entries.anywhere | entries.at_first) == 0)
		return 0;
	if (end - start == 1)
	{
		group->filled = group->tail = entries.anywhere | entries.at_first;
		for (JourneyItems rest = group->filled; rest != 0; rest &= rest - 1)
			f->start[journey_first_item(rest)] = f->tail_start[journey_first_item(rest)] =
				entries.start[journey_first_item(rest)];
		return group->filled;
	}
	journey_group_load(group, pass->uses, pass->visits + start, end - start);
	fill_several(f, &entries);
	f->tied = f->tied || m->plan.next != 0;
	return group->filled;
}

/* Keep where items were filled or excluded. */
static void
keep_group(JourneyMatcher *m, JourneyItems filled, JourneyItems excluded, int64_t at,
		   size_t start)
{
	m->tail = m->group.tail;
	m->tail_at = at;
	if (m->plan.waiting != 0)
		m->history[start] = filled;
	m->reached |= filled;
	for (; filled != 0; filled &= filled - 1)
	{
		m->reached_at[journey_first_item(filled)] = at;
		m->reached_group[journey_first_item(filled)] = start;
	}
	for (excluded &= m->plan.excluding; excluded != 0; excluded &= excluded - 1)
		m->excluded_group[journey_first_item(excluded)] = start;
}

/* The deepest of chains that may end in a group. */
static int
deepest(const JourneyFunnel *f, JourneyItems filled, bool last_group)
{
	if ((f->path->flags & JOURNEY_PATH_TO_LAST) != 0 && !last_group)
		filled &= ~f->matcher.plan.ends;
	return filled == 0 ? 0 : f->depth[journey_last_item(filled)];
}

/* The depth of the chains that a pass is about. */
static int
pass_depth(JourneyFunnel *f, Pass *pass)
{
	JourneyMatcher *m = &f->matcher;
	size_t		first = pass->from == ANY_START ? 0 : pass->from;
	int			depth = 0;
	size_t		end;

	m->reached = 0;
	m->tail = 0;
	for (JourneyItems rest = m->plan.excluding; rest != 0; rest &= rest - 1)
		m->excluded_group[journey_first_item(rest)] = NONE;
	if (m->plan.waiting != 0)
		journey_match_wait_begin(m, first);
	for (size_t start = first; start < pass->n && depth < pass->enough; start = end)
	{
		JourneyItems items = 0;
		JourneyItems excluded = 0;
		JourneyItems filled = 0;
		int			here;

		if (pass->from != ANY_START &&
			!journey_funnel_within(pass->visits[first].at, pass->visits[start].at, f->within))
			break;
		end = journey_group_end(pass->visits, start, pass->n);
		for (size_t i = start; i < end; i++)
		{
			items |= pass->uses[pass->visits[i].label].items;
			excluded |= pass->uses[pass->visits[i].label].excluded;
		}
		m->group.tail = 0;
		if (items != 0)
			filled = fill_group(f, pass, items, start, end);
		keep_group(m, filled, excluded, pass->visits[start].at, start);
		here = deepest(f, filled, end == pass->n);
		if (here > depth)
		{
			depth = here;
			pass->deepest = end;
		}
		journey_funnel_count(f, end - start);
	}
	return depth;
}

/* Chains from each start by themselves; depth is known to be reached, most is not exceeded. */
static int
depth_by_start(JourneyFunnel *f, Pass *pass, int depth, int most)
{
	size_t		end;

	pass->enough = most;
	for (size_t start = 0; start < pass->n && depth < most; start = end)
	{
		JourneyItems items = 0;
		int			here;

		end = journey_group_end(pass->visits, start, pass->n);
		for (size_t i = start; i < end; i++)
			items |= pass->uses[pass->visits[i].label].items;
		journey_funnel_count(f, end - start);
		if ((items & f->matcher.plan.starts) == 0)
			continue;
		pass->from = start;
		here = pass_depth(f, pass);
		depth = here > depth ? here : depth;
	}
	return depth;
}

static void
begin(JourneyFunnel *f, int64_t within)
{
	JourneyMatcher *m = &f->matcher;

	m->group.plan = &m->plan;
	m->group.interrupt = f->interrupt;
	f->within = within;
	f->tied = must_try_each_start(f);
}

/* The depth of a journey on any path. */
int
journey_funnel_general_depth(JourneyFunnel *funnel, const JourneyLabelUse *uses,
							 const JourneyVisit *visits, size_t n, int64_t within)
{
	Pass		pass = {uses, visits, n, ANY_START, funnel->mandatory, 0};
	size_t		end;
	int			depth;
	int			most;

	begin(funnel, within);
	if (journey_path_any_order(funnel->path))
		return journey_funnel_set_depth(funnel, uses, visits, n, &end);
	if (must_try_each_start(funnel))
		depth = 0;
	else
		depth = pass_depth(funnel, &pass);
	if (!funnel->tied || within == JOURNEY_NO_LIMIT || depth == funnel->mandatory)
		return depth;
	funnel->within = JOURNEY_NO_LIMIT;
	most = pass_depth(funnel, &pass);
	funnel->within = within;
	return depth_by_start(funnel, &pass, depth, most);
}

/* Where chains from each start by themselves first end, if that is before a known end. */
static size_t
end_by_start(JourneyFunnel *f, Pass *pass, size_t known)
{
	size_t		bound = known > 0 ? known : pass->n;
	size_t		next;

	for (size_t start = 0; start < bound; start = next)
	{
		next = journey_group_end(pass->visits, start, pass->n);
		journey_funnel_count(f, next - start);
		pass->from = start;
		if (pass_depth(f, pass) == f->mandatory && (known == 0 || pass->deepest < known))
			known = bound = pass->deepest;
	}
	return known;
}

/*
 * Where the group ends in which a chain with all mandatory items first does, on any path;
 * 0 if none does.
 */
size_t
journey_funnel_general_end(JourneyFunnel *funnel, const JourneyLabelUse *uses,
						   const JourneyVisit *visits, size_t n, int64_t within)
{
	Pass		pass = {uses, visits, n, ANY_START, funnel->mandatory, 0};
	size_t		end = 0;

	begin(funnel, within);
	if (journey_path_any_order(funnel->path))
		return journey_funnel_set_depth(funnel, uses, visits, n, &end) == funnel->mandatory ?
			end : 0;
	if (!must_try_each_start(funnel) && pass_depth(funnel, &pass) == funnel->mandatory)
		end = pass.deepest;
	if (!funnel->tied || within == JOURNEY_NO_LIMIT)
		return end;
	return end_by_start(funnel, &pass, end);
}
