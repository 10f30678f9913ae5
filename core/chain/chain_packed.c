/*
 * chain_packed.c
 *		Unpacking of a journey what matters to a funnel.
 *
 * What labels there are is known before any visit is read, and with it the items
 * that can be filled.  A journey that can fill none of those that a chain must have
 * reaches nothing, whatever the path.
 *
 * On a simple path (chain_simple.c) no visit matters but those that fill an
 * item, and no item behind the first one that cannot be filled.  So all others are
 * left out while the visits are read; and if only the first item can be filled, the
 * first visit that does is all that matters, unless it matters which of simultaneous ones
 * it is: where they have values, or each_visit of the funnel says so.
 */
#include "chain/chain_packed.h"

#include "journey/journey_reader.h"

/* Can a journey whose labels can fill these items reach anything? */
bool
journey_funnel_can_begin(const JourneyFunnel *funnel, JourneyItems items)
{
	return (items & funnel->opening) != 0;
}

/* Those that can fill one of the items, or all; it may do with the first so many. */
static inline bool
read_visits(const JourneyReader *reader, const JourneyLabelUse *uses, JourneyItems items, bool all,
			size_t enough, JourneyVisit *visits, size_t *n)
{
	JourneyReader r = *reader;
	size_t		kept = 0;

	if (!journey_read_first(&r))
		return false;
	while (r.left > 0 && kept < enough)
	{
		/* if it does not matter, the next one is written over it */
		if (!journey_read_visit(&r, &visits[kept]))
			return false;
		kept += all || (uses[visits[kept].label].items & items) != 0;
	}
	*n = kept;
	return true;
}

static inline bool
first_is_enough(const JourneyFunnel *funnel, const JourneyReader *reader, JourneyItems in_reach)
{
	return in_reach == JOURNEY_ITEM_BIT(0) && !reader->has_values && !funnel->each_visit;
}

/*
 * The visits that matter; false if the journey is damaged.  The reader is behind the
 * dictionary, items are those that its labels can fill, and there is room for all
 * visits.
 */
bool
journey_funnel_read_visits(const JourneyFunnel *funnel, JourneyReader *reader,
						   const JourneyLabelUse *uses, JourneyItems items,
						   JourneyVisit *visits, size_t *n)
{
	JourneyItems in_reach = journey_funnel_in_reach(items);

	if (!funnel->simple.on)
		return read_visits(reader, uses, 0, true, reader->visits, visits, n);
	return read_visits(reader, uses, in_reach, false, first_is_enough(funnel, reader, in_reach) ?
					   1 : reader->visits, visits, n);
}
