/*
 * chain_best.c
 *		The chain that wins in a funnel: which items it fills, and when.
 *
 * The depth is known (chain_general.c).  Of the chains of that depth this
 * finds the one that wins, by going over the visits from the last to the first.
 * A suffix of a chain that begins with an item can be put behind whatever comes
 * before it, so for each item, and each number of optional items that the suffix
 * fills, the suffix is kept that begins in the earliest group of simultaneous
 * visits: arrows to it hold if they hold to a later one, as it is nearer.  For
 * '>>' the suffixes that begin at the first visit of the group just seen are kept
 * as well.  All this is match.c in a mirror, and so are the reasons.
 *
 * In a window that slides, when a suffix ends matters too, so several are kept of a
 * kind: chain_suffix.c.
 *
 * So one pass finds how many optional items can be filled and the earliest start
 * with which they can.  From then on the window is fixed.  A second pass over it
 * keeps the chains themselves: for each suffix that begins in a group the best
 * one, by the groups of its items, then by its items.  All that fill the same
 * number of items are of one length, and a suffix is best if what follows its
 * first group is, so each is made from the best ones behind it.
 *
 * Where an arrow has a shortest time, see chain_best_wait.c.
 */
#include "chain/chain_best.h"

#include <string.h>

#define NONE ((size_t) -1)
#define ANY_START NONE

/* Which items a suffix fills, in which groups. */
typedef struct Links
{
	JourneyItems items;
	size_t		group[];		/* by item */
} Links;

/* The bytes of room that journey_funnel_general_best() needs. */
size_t
journey_funnel_general_room(const JourneyPath *path)
{
	size_t		kinds = (size_t) path->items * (size_t) funnel_kinds(path);

	return sizeof(FunnelSearch) + kinds * sizeof(FunnelKind) +
		(2 * kinds + 2) * funnel_links_size(path);
}

/* The chain of the suffix of a kind, either the earliest or the head. */
static inline Links *
links_of(const FunnelSearch *s, const FunnelKind *kind, bool head)
{
	return (Links *) (s->links + (size_t) (2 * (kind - s->kind) + head) * s->stride);
}

static inline Links *
best_links(const FunnelSearch *s)
{
	return links_of(s, s->kind + s->f->path->items * s->kinds, false);
}

static inline Links *
scratch_links(const FunnelSearch *s)
{
	return links_of(s, s->kind + s->f->path->items * s->kinds, true);
}

/* Of two chains of one length: is a better than b? */
static bool
links_better(const Links *a, const Links *b)
{
	JourneyItems differ = a->items ^ b->items;
	JourneyItems y = b->items;

	for (JourneyItems x = a->items; x != 0 && y != 0; x &= x - 1, y &= y - 1)
	{
		size_t		group_a = a->group[journey_first_item(x)];
		size_t		group_b = b->group[journey_first_item(y)];

		if (group_a != group_b)
			return group_a < group_b;
	}
	return (a->items & differ & -differ) != 0;
}

/* Put a stretch before a chain, or before nothing, into the scratch. */
static void
link_stretch(const FunnelSearch *s, JourneyItems stretch, const Links *behind)
{
	Links	   *links = scratch_links(s);

	links->items = stretch;
	if (behind != NULL)
	{
		links->items |= behind->items;
		for (JourneyItems rest = behind->items; rest != 0; rest &= rest - 1)
			links->group[journey_first_item(rest)] = behind->group[journey_first_item(rest)];
	}
	for (; stretch != 0; stretch &= stretch - 1)
		links->group[journey_first_item(stretch)] = s->group;
}

/* Take the scratch for a kind, unless the one of this group there is better. */
static void
take_links(const FunnelSearch *s, Links *links, bool same_group)
{
	if (!same_group || links_better(scratch_links(s), links))
		memcpy(links, scratch_links(s), s->stride);
}

/* The number of optional items that the last of these kinds stands for. */
static inline int
last_kind(uint64_t kinds)
{
	return 63 - __builtin_clzll(kinds);
}

/* Keep a stretch with what follows it: a chain that ends at a time. */
static void
keep(FunnelSearch *s, const FunnelStretch *stretch, int optional, int64_t end, const Links *behind)
{
	int			filled = stretch->optional + optional;
	FunnelKind *kind = funnel_kind(s, stretch->first, filled);
	FunnelSuffix suffix = {s->group, s->visits[s->group].at, s->linked ? 0 : end};

	if (!s->linked && !journey_funnel_within(suffix.at, end, s->f->within))
		return;
	if (!stretch->head && journey_funnel_no_better(s, stretch->first, filled, suffix.end))
		return;
	if (s->linked)
		link_stretch(s, stretch->items, behind);
	if (s->linked && !stretch->head)
		take_links(s, links_of(s, kind, false),
				   kind->n > 0 && kind->nested[kind->n - 1].group == s->group);
	if (s->linked && stretch->head)
		take_links(s, links_of(s, kind, true), kind->head.group == s->group);
	if (!stretch->head)
		journey_funnel_push(s, stretch->first, filled, &suffix);
	else if (kind->head.group != s->group || suffix.end < kind->head.end)
	{
		kind->head = suffix;
		s->heads[stretch->first] |= UINT64_C(1) << filled;
	}
}

/* Put a stretch before the suffix of a kind that ends earliest, if there is one. */
static void
join(FunnelSearch *s, const FunnelStretch *stretch, int item, int optional)
{
	const FunnelKind *kind = funnel_kind(s, item, optional);

	if ((s->plan->next & JOURNEY_ITEM_BIT(item)) != 0)
	{
		if (stretch->tail && kind->head.group != NONE && kind->head.group == s->group_behind &&
			funnel_arrow_holds(s, item, &kind->head))
			keep(s, stretch, optional, kind->head.end, links_of(s, kind, true));
		return;
	}
	if ((s->plan->waiting & JOURNEY_ITEM_BIT(item)) != 0)
	{
		const Links *links = journey_funnel_wait_find(s, item, optional);

		if (links != NULL)
			keep(s, stretch, optional, 0, links);
		return;
	}
	for (int k = 0; k < kind->n; k++)
		if (funnel_arrow_holds(s, item, &kind->nested[k]))
		{
			keep(s, stretch, optional, kind->nested[k].end, links_of(s, kind, false));
			return;
		}
}

/* All chains that begin with a stretch. */
void
journey_funnel_follow(FunnelSearch *s, const FunnelStretch *stretch)
{
	const JourneyFunnel *f = s->f;
	JourneyItems targets = s->plan->targets[stretch->last] & s->allowed;
	size_t		joins = 0;

	if (f->depth[stretch->last] == s->depth &&
		(s->depth < f->mandatory || (f->path->flags & JOURNEY_PATH_TO_LAST) == 0 ||
		 s->group_end == s->n))
		keep(s, stretch, 0, s->visits[s->group].at, NULL);
	for (; targets != 0; targets &= targets - 1)
	{
		int			item = journey_first_item(targets);
		JourneyItems bit = targets & -targets;
		uint64_t	kinds = (s->plan->next & bit) != 0 ? s->heads[item] :
			(s->plan->waiting & bit) != 0 ? s->waits[item] : s->nested[item];

		/* those that fill most come first, since they make the others needless */
		for (; kinds != 0; kinds &= ~(UINT64_C(1) << last_kind(kinds)), joins++)
			join(s, stretch, item, last_kind(kinds));
	}
	journey_funnel_count(s->f, joins);
}

/* Chains that begin in this group with an item: is one the best of all so far? */
static void
find_best(FunnelSearch *s, int item)
{
	int			optional = s->kinds - 1;
	const FunnelKind *kind;

	if ((s->plan->starts & JOURNEY_ITEM_BIT(item)) == 0 ||
		(s->from != ANY_START && s->from != s->group) ||
		(s->group != 0 && (s->f->path->flags & JOURNEY_PATH_FROM_FIRST) != 0))
		return;
	for (; optional >= 0; optional--)
	{
		kind = funnel_kind(s, item, optional);
		if (kind->n > 0 && kind->nested[kind->n - 1].group == s->group)
			break;
	}
	if (optional < 0 || optional < s->best_optional)
		return;
	if (s->linked && (optional > s->best_optional || s->group != s->best_group ||
					  links_better(links_of(s, kind, false), best_links(s))))
		memcpy(best_links(s), links_of(s, kind, false), s->stride);
	s->best_optional = optional;
	s->best_group = s->group;
}

/* What begins in this group with an item behind a shortest time. */
static void
let_wait(FunnelSearch *s, int item)
{
	for (uint64_t rest = s->nested[item]; rest != 0; rest &= rest - 1)
	{
		FunnelKind *kind = funnel_kind(s, item, journey_first_item(rest));

		if (kind->nested[kind->n - 1].group == s->group)
			journey_funnel_wait_add(s, item, journey_first_item(rest), links_of(s, kind, false));
	}
}

/*
 * Chains that begin in the group.  What was kept for an item is read only for
 * the items before it, so it may be overwritten item by item.
 */
static void
search_group(FunnelSearch *s)
{
	JourneyItems items = 0;
	JourneyItems excluded = 0;

	for (size_t i = s->group; i < s->group_end; i++)
	{
		items |= s->uses[s->visits[i].label].items;
		excluded |= s->uses[s->visits[i].label].excluded;
	}
	items &= s->allowed;
	if (items != 0 && s->group_end - s->group > 1)
		journey_funnel_load(s);
	for (JourneyItems rest = items; rest != 0; rest &= rest - 1)
	{
		journey_funnel_fill_from(s, items, journey_first_item(rest));
		find_best(s, journey_first_item(rest));
	}
	for (JourneyItems rest = items & s->plan->waiting; rest != 0; rest &= rest - 1)
		let_wait(s, journey_first_item(rest));
	for (excluded &= s->plan->excluding; excluded != 0; excluded &= excluded - 1)
		s->excluded_group[journey_first_item(excluded)] = s->group;
	journey_funnel_count(s->f, s->group_end - s->group);
}

/* Go over the visits from .. end - 1, whole groups, from the last to the first. */
static void
search(FunnelSearch *s, size_t from, size_t end)
{
	int			kinds = s->f->path->items * s->kinds;

	for (int k = 0; k < kinds; k++)
	{
		s->kind[k].n = 0;
		s->kind[k].head.group = NONE;
	}
	memset(s->nested, 0, sizeof(s->nested));
	memset(s->heads, 0, sizeof(s->heads));
	if (s->plan->waiting != 0)
		journey_funnel_wait_begin(s);
	for (JourneyItems rest = s->plan->excluding; rest != 0; rest &= rest - 1)
		s->excluded_group[journey_first_item(rest)] = NONE;
	s->overflow = false;
	s->best_optional = -1;
	s->group_behind = NONE;
	while (end > from)
	{
		s->group_end = end;
		s->group = end - 1;
		while (s->group > from &&
			   journey_simultaneous(&s->visits[s->group - 1], &s->visits[end - 1]))
			s->group--;
		search_group(s);
		s->group_behind = s->group;
		end = s->group;
	}
}

/* The same for chains that start in one group, in their window. */
static void
search_from(FunnelSearch *s, size_t group)
{
	size_t		end = group + 1;

	while (end < s->n &&
		   journey_funnel_within(s->visits[group].at, s->visits[end].at, s->f->within))
		end++;
	s->linked = true;
	s->from = group;
	search(s, group, end);
}

/* Find the best start when stacks ran over: try each one. */
static void
find_start_one_by_one(FunnelSearch *s)
{
	int			most = -1;
	size_t		best = 0;
	size_t		end;

	for (size_t start = 0; start < s->n; start = end)
	{
		end = journey_group_end(s->visits, start, s->n);
		search_from(s, start);
		if (s->best_optional > most)
		{
			most = s->best_optional;
			best = start;
		}
	}
	s->best_optional = most;
	s->best_group = best;
}

static void
search_init(FunnelSearch *s, JourneyFunnel *f, int depth)
{
	const JourneyPath *path = f->path;

	s->f = f;
	s->plan = &f->matcher.plan;
	s->depth = depth;
	s->allowed = 0;
	for (int i = 0; i < path->items; i++)
		if (f->depth[i] <= depth)
			s->allowed |= JOURNEY_ITEM_BIT(i);
	s->kinds = funnel_kinds(path);
	s->kind = (FunnelKind *) (s + 1);
	s->links = (char *) (s->kind + path->items * s->kinds);
	s->stride = funnel_links_size(path);
}

/*
 * The chain that wins on a path in order, of the chains of a depth that is known and
 * not 0: chain->depth.  Room has journey_funnel_general_room() bytes.
 */
void
journey_funnel_general_best(JourneyFunnel *funnel, const JourneyLabelUse *uses,
							const JourneyVisit *visits, size_t n, int64_t within, void *room,
							JourneyFunnelChain *chain)
{
	FunnelSearch *s = room;
	const Links *links;

	search_init(s, funnel, chain->depth);
	s->uses = uses;
	s->visits = visits;
	s->n = n;
	s->linked = within == JOURNEY_NO_LIMIT;
	s->from = ANY_START;
	s->overflow = !s->linked && s->plan->waiting != 0;
	if (!s->overflow)
		search(s, 0, n);
	if (s->overflow)
		find_start_one_by_one(s);
	if (within != JOURNEY_NO_LIMIT && s->best_optional >= 0)
		search_from(s, s->best_group);
	if (s->best_optional < 0)
		return;
	links = best_links(s);
	chain->filled = links->items;
	for (JourneyItems rest = links->items; rest != 0; rest &= rest - 1)
	{
		int			item = journey_first_item(rest);

		chain->group[item] = links->group[item];
		chain->at[item] = visits[links->group[item]].at;
	}
}
