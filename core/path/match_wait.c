/*
 * match_wait.c
 *		Matching where an arrow has a shortest time.
 *
 * A shortest time across the arrow to an item turns around what match.c does: not the
 * latest group leads on to it, but the latest one that is long enough ago, for the same
 * reasons: of the groups that are, it is the nearest, so the longest time holds if it holds
 * from any, and least lies strictly within.  As time goes on, groups become long enough
 * ago one after the other.  So what was filled in each is kept (history), and each such
 * arrow looks through that once, at some distance behind.  Other arrows go on from the
 * latest group as ever.  Within a group no such arrow holds, as no time passes.
 *
 * That takes eight bytes a visit, and a step a visit for each such arrow.
 */
#include "path/match.h"

#define NONE ((size_t) -1)

/* Before the first visit that is looked at. */
void
journey_match_wait_begin(JourneyMatcher *m, size_t start)
{
	for (JourneyItems rest = m->plan.waiting; rest != 0; rest &= rest - 1)
	{
		m->seen[journey_first_item(rest)] = start;
		m->source[journey_first_item(rest)] = NONE;
	}
}

/*
 * Can an item, whose arrow '>' has a shortest time, be filled in the group that begins
 * with visit start, from an earlier group?  This group is not in the history yet, and what
 * it excludes has not been counted, so that it lies strictly within if it is later than
 * the source.
 */
bool
journey_match_waited(JourneyMatcher *m, int item, const JourneyVisit *visits, size_t start)
{
	uint64_t	minimum = (uint64_t) journey_path_minimum(m->path, item);
	int64_t		limit = m->path->item[item].limit;
	size_t		seen = m->seen[item];

	while (seen < start && journey_time_between(visits[seen].at, visits[start].at) >= minimum)
	{
		size_t		group = seen;

		if ((m->history[group] & m->plan.sources[item]) != 0)
			m->source[item] = group;
		do
			seen++;
		while (seen < start && journey_simultaneous(&visits[group], &visits[seen]));
	}
	m->seen[item] = seen;
	if (m->source[item] == NONE ||
		(limit != JOURNEY_NO_LIMIT &&
		 journey_time_between(visits[m->source[item]].at, visits[start].at) > (uint64_t) limit))
		return false;
	return (m->plan.excluding & JOURNEY_ITEM_BIT(item)) == 0 ||
		m->excluded_group[item] == NONE || m->excluded_group[item] <= m->source[item];
}
