/*
 * chain_simple.c
 *		Funnels of simple paths, the common ones, in a few steps a visit.
 *
 * A path is simple if all its items are mandatory and all its arrows are '>'
 * that exclude nothing; arrows may have time limits, and a label may stand in
 * several items.  The answers are those of chain_general.c and
 * chain_best.c.
 *
 * The depth, in one pass:
 *
 * 1. For each number k of items the latest start of a chain that fills the first k is
 *	  kept, and when it fills the last of them.
 * 2. A visit that can fill item k (from 0) puts itself behind the chain of k items.  Of
 *	  the items that one visit can fill the last goes first, or a chain could use the
 *	  visit twice.
 * 3. Simultaneous visits that can fill one item each are one group: a chain may use one
 *	  of them for each item, in any order, so their first item goes first.
 * 4. Simultaneous visits of which one can fill several items would have to be shared
 *	  out.  That is left to the general search.
 *
 * The chain that wins: W, which of all chains of the full depth fills its items
 * earliest, compared item by item.  Let E be the first moment at which a chain of that
 * depth ends, and C that chain.
 *
 * 5. W does not start later than C, or C would be the better one.
 * 6. W ends at E.  Say that it ends later.  Then there is a first item q, behind the
 *	  first one of the path, from which on W fills no item earlier than C.  The item
 *	  before q it fills no later than C: by the choice of q, or by step 5.
 *
 *			time	------------------------------------>
 *			C		   0 ------ 1 ----- 2 ------ 3			ends at E
 *			W		 0 ----- 1 ----------- 2 ------ 3		q is 2
 *			better	 0 ----- 1 -------- 2 ------ 3
 *
 *	  So W up to the item before q, then C from q on, is a chain as well.  The arrow to q
 *	  is no longer than that of W, and the whole is within the window, as it starts with
 *	  W and ends before it.  No visit is in it twice: where simultaneous visits count,
 *	  each fills one item.  And it is better than W, which cannot be.
 * 7. Let S be the first visit from which E is within the window.  By step 6 the visits
 *	  of W lie between S and E, where every chain is within the window.  So W is the best
 *	  chain through these visits, and the window plays no part any more.
 * 8. If no arrow has a limit, each item takes the first visit that it can.  Any other
 *	  chain fills no item earlier, so what comes next in it can come next here as well.
 * 9. If arrows have limits, that visit may be too far from what comes next.  Then the
 *	  visits are gone over from the last to the first.  For each item the chain from it
 *	  to the last item is kept that begins earliest: what can come before another such
 *	  chain can come before this one, so each is made of the best one behind it.
 *
 * All chains of a depth fill the same items, so nothing else has to be decided.
 */
#include "chain/chain_internal.h"

#include <string.h>

/* The depth cannot be told here. */
#define UNCLEAR (-1)

/*
 * A visit that can fill no item is taken to fill this one, which no chain comes
 * to.  So it needs no test of its own.
 */
#define NO_ITEM (JOURNEY_PATH_MAX_ITEMS - 2)

/* What does not hold is kept here: the highest number, all bits set. */
#define NOWHERE (JOURNEY_PATH_MAX_ITEMS - 1)

/* Where a pass over the visits is. */
typedef struct Place
{
	size_t		begin;			/* visits begin .. end - 1 are simultaneous */
	size_t		end;
	JourneyItems items;			/* that they can fill */
	bool		together;		/* by several visits, each of which can fill one */
} Place;

void
journey_funnel_simple_init(JourneyFunnelSimple *simple, const JourneyPath *path)
{
	memset(simple, 0, sizeof(*simple));
	simple->on = path->flags == 0 && path->items < NO_ITEM;
	for (int i = 0; i < JOURNEY_PATH_MAX_ITEMS; i++)
		simple->limit[i] = JOURNEY_NO_LIMIT;
	for (int i = 0; i < path->items; i++)
	{
		const JourneyPathItem *item = &path->item[i];

		if (item->flags != 0 || item->excluded != 0)
			simple->on = false;
		if (item->limit != JOURNEY_NO_LIMIT)
			simple->limited = true;
		simple->limit[i] = item->limit;
	}
}

static inline bool
several(JourneyItems items)
{
	return (items & (items - 1)) != 0;
}

/* What simultaneous visits can fill; false if they have to be shared out. */
static bool
look_at_group(const JourneyLabelUse *uses, const JourneyVisit *visits, Place *place)
{
	size_t		relevant = 0;
	bool		choice = false;

	place->items = 0;
	for (size_t i = place->begin; i < place->end; i++)
	{
		JourneyItems items = uses[visits[i].label].items;

		place->items |= items;
		relevant += items != 0;
		choice = choice || several(items);
	}
	place->together = relevant > 1;
	return !(choice && place->together);
}

/* The visits from begin on; false if they have to be shared out. */
static inline bool
look_ahead(const JourneyLabelUse *uses, const JourneyVisit *visits, size_t n, Place *place)
{
	place->end = place->begin + 1;
	place->items = uses[visits[place->begin].label].items;
	place->together = false;
	if (place->end == n || !journey_simultaneous(&visits[place->begin], &visits[place->end]))
		return true;
	place->end = journey_group_end(visits, place->begin, n);
	return look_at_group(uses, visits, place);
}

/* The same from end - 1 back, no further than to a visit that is the first of its group. */
static inline void
look_back(const JourneyLabelUse *uses, const JourneyVisit *visits, size_t from, Place *place)
{
	place->begin = place->end - 1;
	while (place->begin > from &&
		   journey_simultaneous(&visits[place->begin - 1], &visits[place->end - 1]))
		place->begin--;
	(void) look_at_group(uses, visits, place);
}

/* ---- the depth ---- */

/*
 * An item is filled at a time behind the chain of the items before it, if there
 * is one in time.  Reached has a bit for each number of items that a chain can
 * fill; returns it with what is new.  There are no branches here, because which
 * way they go cannot be foreseen.
 */
static inline JourneyItems
fill(JourneyFunnelSimple *simple, JourneyItems reached, int item, int64_t at, int64_t within,
	 bool limited)
{
	int64_t		start = simple->start[item];
	/* no limit is the greatest number, if it has no sign */
	unsigned	holds = (reached >> item & 1) &
		(journey_time_between(start, at) <= (uint64_t) within);
	unsigned	slot;

	if (limited)
		holds &= journey_time_between(simple->last[item], at) <= (uint64_t) simple->limit[item];
	slot = ((unsigned) item + 1) | ((holds - 1) & NOWHERE);
	simple->start[slot] = start;
	if (limited)
		simple->last[slot] = at;
	return reached | (JourneyItems) holds << (item + 1);
}

/* Several items are filled at a time: by one visit or by one each. */
static JourneyItems
fill_several(JourneyFunnelSimple *simple, JourneyItems reached, const Place *place, int64_t at,
			 int64_t within)
{
	JourneyItems items = place->items;

	if (place->together)
		for (; items != 0; items &= items - 1)
			reached = fill(simple, reached, journey_first_item(items), at, within, true);
	else
		while (items != 0)
		{
			int			item = journey_last_item(items);

			reached = fill(simple, reached, item, at, within, true);
			items ^= JOURNEY_ITEM_BIT(item);
		}
	return reached;
}

/* Visits begin .. end - 1 fill items by a group; what is reached then, 0 if it is unclear. */
static JourneyItems
fill_group(JourneyFunnelSimple *simple, JourneyItems reached, const JourneyLabelUse *uses,
		   const JourneyVisit *visits, size_t begin, size_t end, int64_t within)
{
	Place		place = {begin, end, 0, false};

	if (!look_at_group(uses, visits, &place))
		return 0;
	return fill_several(simple, reached, &place, visits[begin].at, within);
}

/* The depth, or UNCLEAR, and how many visits there are until a chain of that depth ends. */
static inline __attribute__((always_inline)) int
pass_over(JourneyFunnel *f, const JourneyLabelUse *uses, const JourneyVisit *visits, size_t n,
		  int64_t within, bool limited, size_t *end)
{
	JourneyFunnelSimple *simple = &f->simple;
	JourneyItems reached = 1;	/* nothing, which can always be gone on from */
	JourneyItems all = JOURNEY_ITEM_BIT(f->path->items);
	size_t		deepest = 0;
	size_t		next;

	for (size_t i = 0; i < n && (reached & all) == 0; i = next)
	{
		JourneyItems before = reached;
		JourneyItems items = uses[visits[i].label].items;
		int64_t		at = visits[i].at;

		next = i + 1;
		simple->start[0] = simple->last[0] = at;
		if (several(items) || (next < n && journey_simultaneous(&visits[i], &visits[next])))
		{
			next = journey_group_end(visits, i, n);
			reached = fill_group(simple, reached, uses, visits, i, next, within);
			if (reached == 0)
				return UNCLEAR;
		}
		else
			reached = fill(simple, reached, journey_first_item(items | JOURNEY_ITEM_BIT(NO_ITEM)),
						   at, within, limited);
		deepest = reached != before ? next : deepest;
	}
	*end = deepest;
	/* the first items of a chain are one, too: the bits have no gaps */
	return journey_first_item(~reached) - 1;
}

static int
find_depth(JourneyFunnel *f, const JourneyLabelUse *uses, const JourneyVisit *visits, size_t n,
		   int64_t within, size_t *end)
{
	journey_funnel_count(f, n);
	if (f->simple.limited)
		return pass_over(f, uses, visits, n, within, true, end);
	return pass_over(f, uses, visits, n, within, false, end);
}

/* The depth on a simple path; false if the general search has to find it. */
bool
journey_funnel_simple_depth(JourneyFunnel *funnel, const JourneyLabelUse *uses,
							const JourneyVisit *visits, size_t n, int64_t within, int *depth)
{
	size_t		end;

	*depth = find_depth(funnel, uses, visits, n, within, &end);
	return *depth != UNCLEAR;
}

/*
 * Where the group ends in which a chain of the whole path first does, 0 if none does;
 * false if the general search has to find it.
 */
bool
journey_funnel_simple_end(JourneyFunnel *funnel, const JourneyLabelUse *uses,
						  const JourneyVisit *visits, size_t n, int64_t within, size_t *end)
{
	int			depth = find_depth(funnel, uses, visits, n, within, end);

	if (depth < funnel->mandatory)
		*end = 0;
	return depth != UNCLEAR;
}

/* ---- the chain that wins ---- */

/* Without limits: each item as early as it can be, of the visits from .. n - 1. */
static void
take_earliest(const JourneyLabelUse *uses, const JourneyVisit *visits, size_t from, size_t n,
			  JourneyFunnelChain *chain)
{
	int			item = 0;
	Place		place = {from, from, 0, false};

	for (; item < chain->depth; place.begin = place.end)
	{
		int64_t		at = visits[place.begin].at;

		/* the first pass was here, so they need not be shared out */
		(void) look_ahead(uses, visits, n, &place);
		/* it is written over if it was not filled */
		chain->at[item] = at;
		chain->group[item] = place.begin;
		item += place.items >> item & 1;
		while (place.together && item < chain->depth && (place.items >> item & 1) != 0)
		{
			chain->at[item] = at;
			chain->group[item++] = place.begin;
		}
	}
}

/* The best chains behind each item, while the visits are gone over backwards. */
typedef struct Suffixes
{
	const JourneyFunnelSimple *simple;
	const JourneyVisit *visits;
	int			depth;
	JourneyItems found;			/* items that there is one for */
	size_t	   *group;			/* depth groups for each, used are those from its own on */
} Suffixes;

/* An item is filled from a group before the chain of the items behind it. */
static void
fill_before(Suffixes *s, int item, size_t group)
{
	size_t	   *suffix = s->group + (size_t) item * s->depth;
	const size_t *behind = suffix + s->depth;
	int			next = item + 1;

	if (next < s->depth)
	{
		if ((s->found >> next & 1) == 0 ||
			!journey_funnel_within(s->visits[group].at, s->visits[behind[next]].at,
								   s->simple->limit[next]))
			return;
		memcpy(suffix + next, behind + next, (size_t) (s->depth - next) * sizeof(size_t));
	}
	suffix[item] = group;
	s->found |= JOURNEY_ITEM_BIT(item);
}

/* With limits: the best chain behind each item, from the last visit to the first. */
static void
take_backwards(const JourneyFunnelSimple *simple, const JourneyLabelUse *uses,
			   const JourneyVisit *visits, size_t from, size_t n, void *room,
			   JourneyFunnelChain *chain)
{
	Suffixes	s = {simple, visits, chain->depth, 0, room};
	JourneyItems allowed = JOURNEY_ITEM_BIT(chain->depth) - 1;
	Place		place = {from, n, 0, false};

	for (; place.end > from; place.end = place.begin)
	{
		JourneyItems items;

		look_back(uses, visits, from, &place);
		items = place.items & allowed;
		while (items != 0)
		{
			/* the other way round than when going forwards */
			int			item = place.together ?
				journey_last_item(items) : journey_first_item(items);

			fill_before(&s, item, place.begin);
			items ^= JOURNEY_ITEM_BIT(item);
		}
	}
	memcpy(chain->group, s.group, (size_t) chain->depth * sizeof(size_t));
	for (int i = 0; i < chain->depth; i++)
		chain->at[i] = visits[chain->group[i]].at;
}

/*
 * The chain that wins on a simple path; false if the general search has to find
 * it.  Room is that of journey_funnel_room(), of which items * items numbers are
 * needed.
 */
bool
journey_funnel_simple_best(JourneyFunnel *funnel, const JourneyLabelUse *uses,
						   const JourneyVisit *visits, size_t n, int64_t within, void *room,
						   JourneyFunnelChain *chain)
{
	size_t		begin = 0;
	size_t		end;
	int			depth = find_depth(funnel, uses, visits, n, within, &end);

	if (depth == UNCLEAR)
		return false;
	chain->depth = depth;
	chain->filled = JOURNEY_ITEM_BIT(depth) - 1;
	if (depth == 0)
		return true;
	while (!journey_funnel_within(visits[begin].at, visits[end - 1].at, within))
		begin++;
	if (funnel->simple.limited)
		take_backwards(&funnel->simple, uses, visits, begin, end, room, chain);
	else
		take_earliest(uses, visits, begin, end, chain);
	return true;
}
