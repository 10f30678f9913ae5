/*
 * chain_packed.h
 *		Funnels over packed journeys.
 *
 * Use: journey_read_begin(), journey_path_labels_read(); if journey_funnel_can_begin()
 * then journey_funnel_read_visits() and a function of chain.h, else the
 * depth is 0.  What the visits were worth is read by journey_funnel_read_values(), where
 * the reader has values.
 *
 * This is part of the pure core: no PostgreSQL, no errors raised, no memory
 * allocated.
 */
#ifndef CHAIN_PACKED_H
#define CHAIN_PACKED_H

#include "chain/chain.h"
#include "path/path_labels.h"

/* On a simple path: of the items that labels can fill, the first ones without a gap. */
static inline JourneyItems
journey_funnel_in_reach(JourneyItems items)
{
	return items & ~(items + 1);
}

#pragma GCC visibility push(hidden)

/* chain_packed.c */
extern bool journey_funnel_can_begin(const JourneyFunnel *funnel, JourneyItems items);
extern bool journey_funnel_read_visits(const JourneyFunnel *funnel, JourneyReader *reader,
									   const JourneyLabelUse *uses, JourneyItems items,
									   JourneyVisit *visits, size_t *n);

/* chain_values.c */
extern bool journey_funnel_read_values(const JourneyFunnel *funnel, const JourneyReader *reader,
									   const JourneyLabelUse *uses, JourneyItems items,
									   int64_t *values);

#pragma GCC visibility pop

#endif							/* CHAIN_PACKED_H */
