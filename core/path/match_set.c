/*
 * match_set.c
 *		Does a journey take a path in any order ('&')?
 *
 * Each mandatory item needs a visit of its own, and the order of visits does not matter.
 * So they are one group, in which only counts how often each label was visited, and items
 * are matched to labels (match_group.c).
 *
 * Where '&' excludes labels, no visit to one may lie strictly between the first and the
 * last of those that fill the items.  So these come from one stretch, with excluded visits
 * in its first and its last group at most; each stretch from one such group to the next is
 * tried by itself, which takes each visit twice at most.
 */
#include "path/match.h"

#include <string.h>

/* Has each mandatory item a visit of its own among these? */
static bool
match_stretch(JourneyMatcher *m, const JourneyLabelUse *uses, const JourneyVisit *visits,
			  size_t n, JourneyItems mandatory)
{
	JourneyGroup *group = &m->group;

	group->search = 0;
	group->steps = 0;
	group->runs = m->path->labels;
	memset(group->run, 0, (size_t) group->runs * sizeof(JourneyRun));
	for (size_t i = 0; i < n; i++)
	{
		const JourneyLabelUse *use = &uses[visits[i].label];

		if (use->items != 0)
		{
			JourneyRun *run = &group->run[use->label];

			run->items = use->items;
			/* no more can be needed, and so it cannot overflow */
			if (run->count < JOURNEY_PATH_MAX_ITEMS)
				run->count++;
		}
		if (m->interrupt != NULL && (i + 1) % JOURNEY_MATCH_INTERRUPT_VISITS == 0)
			m->interrupt();
	}
	return journey_group_settle_all(group, mandatory);
}

/*
 * The stretch of visits that begins with a group and ends with the next one that has an
 * excluded visit, or with the last one: *next is where that group begins, or n.  Returns
 * how many of the visits can fill an item.
 */
static size_t
find_stretch(const JourneyLabelUse *uses, const JourneyVisit *visits, size_t start, size_t n,
			 size_t *end, size_t *next)
{
	size_t		fillable = 0;
	bool		excluded = false;

	*end = start;
	*next = n;
	for (size_t at = start; at < n && !excluded; at = *end)
	{
		*end = journey_group_end(visits, at, n);
		for (size_t i = at; i < *end; i++)
		{
			fillable += uses[visits[i].label].items != 0;
			excluded = excluded || (at > start && uses[visits[i].label].excluded != 0);
		}
		if (excluded)
			*next = at;
	}
	return fillable;
}

/* Does the journey take a path in any order?  The arguments are those of journey_match(). */
bool
journey_match_set(JourneyMatcher *m, const JourneyLabelUse *uses, const JourneyVisit *visits,
				  size_t n)
{
	JourneyItems mandatory = ~m->plan.optional & (~UINT64_C(0) >> (64 - m->plan.items));
	size_t		work = 0;
	size_t		end;
	size_t		next;

	if (m->plan.excluding == 0)
		return match_stretch(m, uses, visits, n, mandatory);
	for (size_t start = 0; start < n; start = next)
	{
		size_t		fillable = find_stretch(uses, visits, start, n, &end, &next);

		work += end - start;
		if (fillable >= (size_t) __builtin_popcountll(mandatory))
		{
			if (match_stretch(m, uses, visits + start, end - start, mandatory))
				return true;
			work += m->path->labels;
		}
		if (m->interrupt != NULL && work >= JOURNEY_MATCH_INTERRUPT_VISITS)
		{
			m->interrupt();
			work = 0;
		}
	}
	return false;
}
