/*
 * funnel_value.c
 *		Counting what visits were worth, in place: see funnel.h.  The state it is counted
 *		in is that of funnel_state.c, with a sum for each step.
 */
#include "funnel/funnel.h"
#include "journey/visit.h"

static void
add_value(FunnelState *s, int step, int64_t value)
{
	FunnelStep *counted = &funnel_state_steps(s)[step];

	if (value == JOURNEY_NO_VALUE)
		return;
	funnel_step_set_value(counted, funnel_step_value(counted) + value);
	s->valued |= JOURNEY_ITEM_BIT(step);
}

/* The step of each visit to a mandatory item, in their order, and of each optional item. */
static void
add_values_any_order(FunnelState *s, const JourneyFunnelChain *chain, const int64_t *values)
{
	JourneyItems optional = ~s->mandatory;
	int			first_optional = __builtin_popcountll(s->mandatory);

	for (JourneyItems rest = chain->filled; rest != 0; rest &= rest - 1)
	{
		int			item = journey_first_item(rest);
		JourneyItems before = JOURNEY_ITEM_BIT(item) - 1;
		int			step = 0;

		if ((optional & JOURNEY_ITEM_BIT(item)) != 0)
			step = first_optional + __builtin_popcountll(optional & before);
		else
			for (JourneyItems other = chain->filled & s->mandatory; other != 0; other &= other - 1)
			{
				size_t		group = chain->group[journey_first_item(other)];

				step += group < chain->group[item] ||
					(group == chain->group[item] && (other & -other) <= before);
			}
		add_value(s, step, values[item]);
	}
}

/*
 * Count what the visits of a customer were worth who was counted with this chain, by
 * item; JOURNEY_NO_VALUE for none.
 */
void
funnel_state_add_values(FunnelState *s, const JourneyFunnelChain *chain, const int64_t *values)
{
	if (journey_path_any_order(funnel_state_path(s)))
		add_values_any_order(s, chain, values);
	else
		for (JourneyItems rest = chain->filled; rest != 0; rest &= rest - 1)
			add_value(s, journey_first_item(rest), values[journey_first_item(rest)]);
}

/* Add the values of a step of another funnel; false, with nothing changed, past 128 bits. */
bool
funnel_state_add_value(FunnelState *s, uint32_t step, Int128 value)
{
	FunnelStep *counted = &funnel_state_steps(s)[step];

	if (__builtin_add_overflow(funnel_step_value(counted), value, &value))
		return false;
	funnel_step_set_value(counted, value);
	s->valued |= JOURNEY_ITEM_BIT(step);
	return true;
}
