/*
 * chain_any_order.c
 *		Funnels of paths in any order ('&'): how many items have a visit of their
 *		own within some window.
 *
 * The window slides: it begins at each visit in turn and reaches as far as it
 * may.  Only how often each label was visited in it matters, so the items are
 * matched to labels, each with room for as many items as it has visits.  A
 * matching is kept while the window moves: a visit more lets one more item in,
 * along an augmenting path, if at all; a visit less takes one out, which may then
 * find another place.  Visits beyond the number of items that a label can fill
 * change nothing, so a visit mostly costs a few steps.
 *
 * A window also must not reach over a group with a visit that '&' excludes, though it may
 * begin or end with one.  That cuts windows shorter, and still each that begins later
 * ends no earlier, so they slide as before.
 *
 * The chain that wins is found in the first window with most items: its visits
 * first, then which item has which (chain_share.c).
 */
#include "chain/chain_internal.h"
#include "chain/chain_share.h"

#include <string.h>

/* No visits yet. */
void
journey_window_init(JourneyWindow *w, const JourneyPath *path)
{
	w->path = path;
	w->settled = 0;
	w->work = 0;
	memset(w->items, 0, path->labels * sizeof(w->items[0]));
	memset(w->count, 0, path->labels * sizeof(w->count[0]));
}

static bool
augment(JourneyWindow *w, int item)
{
	const uint16_t *labels = journey_path_labels(w->path, item);

	for (int k = 0; k < w->path->item[item].labels; k++)
	{
		int			label = labels[k];
		uint64_t	bit = UINT64_C(1) << (label % 64);
		JourneyItems rest = w->items[label];

		w->work++;
		if (w->count[label] == 0 || (w->seen[label / 64] & bit) != 0)
			continue;
		w->seen[label / 64] |= bit;
		if ((size_t) __builtin_popcountll(rest) < w->count[label])
		{
			w->items[label] |= JOURNEY_ITEM_BIT(item);
			return true;
		}
		for (; rest != 0; rest &= rest - 1)
			if (augment(w, journey_first_item(rest)))
			{
				w->items[label] ^= (rest & -rest) | JOURNEY_ITEM_BIT(item);
				return true;
			}
	}
	return false;
}

/* Give a visit to as many more of these items as possible. */
void
journey_window_settle(JourneyWindow *w, JourneyItems items)
{
	for (items &= ~w->settled; items != 0; items &= items - 1)
	{
		memset(w->seen, 0, ((size_t) w->path->labels + 63) / 64 * sizeof(w->seen[0]));
		if (augment(w, journey_first_item(items)))
			w->settled |= items & -items;
	}
}

/* Tell what was done in a window, besides looking at so many visits. */
static void
count_work(JourneyFunnel *f, JourneyWindow *w, size_t visits)
{
	journey_funnel_count(f, visits + w->work);
	w->work = 0;
}

/* A visit comes in. */
static void
add_visit(JourneyWindow *w, const JourneyLabelUse *use, JourneyItems items)
{
	if (use->items == 0)
		return;
	if (w->count[use->label]++ < (size_t) __builtin_popcountll(use->items))
		journey_window_settle(w, items);
}

/* A visit goes out. */
static void
remove_visit(JourneyWindow *w, const JourneyLabelUse *use, JourneyItems items)
{
	JourneyItems settled;

	if (use->items == 0)
		return;
	w->count[use->label]--;
	settled = w->items[use->label];
	if ((size_t) __builtin_popcountll(settled) <= w->count[use->label])
		return;
	w->items[use->label] &= settled - 1;
	w->settled &= ~(settled & -settled);
	journey_window_settle(w, items);
}

/* Where visits to excluded labels are, among those looked at so far. */
typedef struct Excluded
{
	size_t		looked;			/* at so many visits */
	size_t		group;			/* where the group of the last one begins, */
	size_t		before;			/* where the last group before it with such a visit does, */
	size_t		latest;			/* and the same if its own group counts; 0 for none */
} Excluded;

/* Where a window may begin, at the earliest, to reach up to a visit: the next one, or the last. */
static size_t
earliest_begin(Excluded *x, const JourneyLabelUse *uses, const JourneyVisit *visits, size_t i)
{
	if (i < x->looked)
		return x->before;
	if (i > 0 && !journey_simultaneous(&visits[i - 1], &visits[i]))
	{
		x->group = i;
		x->before = x->latest;
	}
	if (uses[visits[i].label].excluded != 0)
		x->latest = x->group;
	x->looked = i + 1;
	return x->before;
}

/*
 * The depth of a journey on a path in any order; if all mandatory items are filled, *end is
 * where the group ends in which they first are.
 */
int
journey_funnel_set_depth(JourneyFunnel *funnel, const JourneyLabelUse *uses,
						 const JourneyVisit *visits, size_t n, size_t *end)
{
	JourneyItems items = journey_funnel_mandatory_items(funnel);
	size_t		begin = 0;
	size_t		i = 0;
	int			depth = 0;
	Excluded	excluded = {0};
	JourneyWindow w;

	journey_window_init(&w, funnel->path);
	for (; i < n && depth < funnel->mandatory; i++)
	{
		size_t		earliest = earliest_begin(&excluded, uses, visits, i);

		while (begin < earliest ||
			   !journey_funnel_within(visits[begin].at, visits[i].at, funnel->within))
			remove_visit(&w, &uses[visits[begin++].label], items);
		add_visit(&w, &uses[visits[i].label], items);
		if (__builtin_popcountll(w.settled) > depth)
			depth = __builtin_popcountll(w.settled);
		count_work(funnel, &w, 1);
	}
	if (depth == funnel->mandatory)
		*end = journey_group_end(visits, i - 1, n);
	return depth;
}

/* ---- the chain that wins ---- */

size_t
journey_funnel_set_room(const JourneyPath *path)
{
	return sizeof(JourneyShare) +
		(size_t) path->items * path->labels * (sizeof(JourneyShareCell) + sizeof(bool));
}

/*
 * The groups of the winning chain in its window: each visit, in order, that lets
 * one item more have a visit of its own.
 */
static void
choose_groups(JourneyShare *s, const JourneyLabelUse *uses, const JourneyVisit *visits,
			  size_t begin, size_t end, int total)
{
	JourneyItems all = ~UINT64_C(0) >> (64 - s->f->path->items);
	int			labels = s->f->path->labels;
	JourneyWindow w;
	size_t		group_end;

	journey_window_init(&w, s->f->path);
	s->groups = 0;
	for (size_t start = begin; start < end; start = group_end)
	{
		int			before = __builtin_popcountll(w.settled);

		if (before == total)
			break;
		group_end = journey_group_end(visits, start, end);
		memset(&s->cell[s->groups * labels], 0, (size_t) labels * sizeof(JourneyShareCell));
		for (size_t i = start; i < group_end; i++)
		{
			const JourneyLabelUse *use = &uses[visits[i].label];

			add_visit(&w, use, all);
			if (use->items != 0 &&
				s->cell[s->groups * labels + use->label].count < JOURNEY_PATH_MAX_ITEMS)
				s->cell[s->groups * labels + use->label].count++;
		}
		count_work(s->f, &w, group_end - start);
		if (__builtin_popcountll(w.settled) == before)
			continue;
		s->group[s->groups] = start;
		s->quota[s->groups++] = __builtin_popcountll(w.settled) - before;
	}
}

/* How many items can be filled in a window in which that many mandatory ones are. */
static int
window_total(JourneyFunnel *f, const JourneyWindow *window)
{
	JourneyWindow w;

	if (f->matcher.plan.optional == 0)
		return __builtin_popcountll(window->settled);
	journey_window_init(&w, f->path);
	w.settled = window->settled;
	memcpy(w.items, window->items, f->path->labels * sizeof(w.items[0]));
	memcpy(w.count, window->count, f->path->labels * sizeof(w.count[0]));
	journey_window_settle(&w, f->matcher.plan.optional);
	count_work(f, &w, (size_t) f->path->labels);
	return __builtin_popcountll(w.settled);
}

/* The first window in which the chain can win; returns how many items it fills. */
static int
find_window(JourneyFunnel *f, const JourneyLabelUse *uses, const JourneyVisit *visits, size_t n,
			int depth, size_t *best_begin, size_t *best_end)
{
	JourneyItems items = journey_funnel_mandatory_items(f);
	size_t		end = 0;
	int			best = 0;
	Excluded	excluded = {0};
	JourneyWindow w;

	journey_window_init(&w, f->path);
	for (size_t begin = 0; begin < n && best < f->path->items; begin++)
	{
		bool		same = begin > 0 && journey_simultaneous(&visits[begin - 1], &visits[begin]);
		int			total;

		for (; end < n && earliest_begin(&excluded, uses, visits, end) <= begin &&
			 journey_funnel_within(visits[begin].at, visits[end].at, f->within); end++)
			add_visit(&w, &uses[visits[end].label], items);
		count_work(f, &w, 1);
		if (!same && __builtin_popcountll(w.settled) == depth &&
			(total = window_total(f, &w)) > best)
		{
			best = total;
			*best_begin = begin;
			*best_end = end;
		}
		/* without a window, and without optional items, the first one is the best */
		if (best > 0 && (end == n && f->within == JOURNEY_NO_LIMIT))
			break;
		if (best > 0 && f->matcher.plan.optional == 0)
			break;
		remove_visit(&w, &uses[visits[begin].label], items);
	}
	return best;
}

/*
 * The chain that wins on a path in any order; its depth is known.
 *
 * In the first window with most items, a set of visits can be taken by that many
 * items if it can be taken at all, and whichever items that takes, there are
 * enough mandatory ones among some that can take the same visits (Mendelsohn and
 * Dulmage).  So the earliest visits are found one by one, and the items after
 * that, by sharing out visits with a quota for each group.
 */
void
journey_funnel_set_best(JourneyFunnel *funnel, const JourneyLabelUse *uses,
						const JourneyVisit *visits, size_t n, void *room,
						JourneyFunnelChain *chain)
{
	JourneyShare *s = room;
	size_t		begin = 0;
	size_t		end = 0;
	int			total = find_window(funnel, uses, visits, n, chain->depth, &begin, &end);

	s->f = funnel;
	s->cell = (JourneyShareCell *) (s + 1);
	s->cell_seen = (bool *) (s->cell + (size_t) funnel->path->items * funnel->path->labels);
	choose_groups(s, uses, visits, begin, end, total);
	journey_share_out(s, chain->depth, total);
	chain->filled = s->fixed_items;
	for (JourneyItems rest = s->fixed_items; rest != 0; rest &= rest - 1)
	{
		int			item = journey_first_item(rest);

		chain->group[item] = s->group[s->fixed[item]];
		chain->at[item] = visits[chain->group[item]].at;
	}
}
