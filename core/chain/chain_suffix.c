/*
 * chain_suffix.c
 *		The suffixes that are kept in the search for the chain that wins; see
 *		chain_best.c.
 *
 * A suffix is kept by its first item and by how many optional items it fills.  In a
 * window that slides, when it ends matters too: one that begins later and ends
 * earlier may be of use.  These are nested, each begins earlier and ends later than
 * the one below it on a stack.  The stack's height does not depend on the number of
 * visits: where the outer one of two passes the inner one, its beginning can go on
 * with the inner one's end, as the arrow between is shorter; that would be better
 * than both, so the outer one must fill fewer optional items up to there.  Without
 * optional items (and '>>' among simultaneous visits) the height is 1.  A stack has
 * room for a few.  Should it ever run over, each start is tried by itself.
 *
 * Of two suffixes with one first item, one that fills fewer optional items is of use
 * only if it begins earlier or ends earlier: a chain with it could have the other one
 * instead and would fill more.  What is of no use is dropped, so that mostly a single
 * suffix of an item is left, however many optional items the path has.
 */
#include "chain/chain_best.h"

/* Does what was kept for an item in this group fill as many optional items, as early? */
bool
journey_funnel_no_better(const FunnelSearch *s, int item, int optional, int64_t end)
{
	for (uint64_t rest = s->nested[item] >> optional << optional; rest != 0; rest &= rest - 1)
	{
		const FunnelKind *kind = funnel_kind(s, item, journey_first_item(rest));
		const FunnelSuffix *top = &kind->nested[kind->n - 1];

		/* of equal ones in a fixed window the chains are compared */
		if (top->group == s->group && top->end <= end &&
			!(s->linked && journey_first_item(rest) == optional))
			return true;
	}
	return false;
}

/*
 * Take from a stack what a suffix that begins in this group is better than, as it
 * begins earlier: what ends no earlier, if it also fills no more optional items;
 * and what has left the window.
 */
static void
drop_worse(const FunnelSearch *s, FunnelKind *kind, const FunnelSuffix *suffix, bool fills_more)
{
	while (kind->n > 0)
	{
		int64_t		end = kind->nested[kind->n - 1].end;

		if ((fills_more || end < suffix->end) &&
			(s->linked || journey_funnel_within(suffix->at, end, s->f->within)))
			break;
		kind->n--;
	}
}

/* Put a suffix that begins in this group on the stack of an item. */
void
journey_funnel_push(FunnelSearch *s, int item, int optional, const FunnelSuffix *suffix)
{
	FunnelKind *kind = funnel_kind(s, item, optional);

	for (uint64_t rest = s->nested[item]; rest != 0; rest &= rest - 1)
	{
		int			other = journey_first_item(rest);

		drop_worse(s, funnel_kind(s, item, other), suffix, other > optional);
		if (funnel_kind(s, item, other)->n == 0)
			s->nested[item] &= ~(rest & -rest);
	}
	if (kind->n == s->f->nested)
	{
		s->overflow = true;
		kind->n--;
	}
	kind->nested[kind->n++] = *suffix;
	s->nested[item] |= UINT64_C(1) << optional;
}
