/*
 * chain_values.c
 *		What the visits are worth that a funnel reads from a packed journey.
 *
 * They stand behind all visits, one for each, so those of the visits that
 * chain_packed.c leaves out are passed over.  It is a second way through the journey, for
 * those with values only, and in a file of its own: chain_packed.c is faster where the
 * compiler finds one loop that reads visits.
 */
#include "chain/chain_packed.h"

#include "journey/journey_reader.h"
#include "journey/journey_value.h"

/*
 * The values of the visits that journey_funnel_read_visits() gives, and of more behind
 * them; the arguments are the same, and there is room for the value of each visit of the
 * journey.  False if it is damaged.
 */
bool
journey_funnel_read_values(const JourneyFunnel *funnel, const JourneyReader *reader,
						   const JourneyLabelUse *uses, JourneyItems items, int64_t *values)
{
	JourneyItems in_reach = journey_funnel_in_reach(items);
	JourneyReader r = *reader;
	JourneyValues v;
	JourneyVisit visit;

	if (!journey_read_first(&r) || !journey_values_begin(&v, &r))
		return false;
	while (r.left > 0)
	{
		/* if it does not matter, the next one is written over it */
		if (!journey_read_visit(&r, &visit) || !journey_values_next(&v, values))
			return false;
		values += !funnel->simple.on || (uses[visit.label].items & in_reach) != 0;
	}
	return true;
}
