/*
 * chain_packed.h
 *		Funnels over packed journeys.
 *
 * Use: journey_read_begin(), journey_path_labels_read(); if journey_funnel_can_begin()
 * then journey_funnel_read_visits() and a function of chain.h, else the
 * depth is 0.
 *
 * This is part of the pure core: no PostgreSQL, no errors raised, no memory
 * allocated.
 */
#ifndef CHAIN_PACKED_H
#define CHAIN_PACKED_H

#include "chain/chain.h"
#include "path/path_labels.h"

#pragma GCC visibility push(hidden)

extern bool journey_funnel_can_begin(const JourneyFunnel *funnel, JourneyItems items);
extern bool journey_funnel_read_visits(const JourneyFunnel *funnel, JourneyReader *reader,
									   const JourneyLabelUse *uses, JourneyItems items,
									   JourneyVisit *visits, size_t *n);

#pragma GCC visibility pop

#endif							/* CHAIN_PACKED_H */
