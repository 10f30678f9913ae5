/*
 * chain_share.h
 *		Sharing out the visits of the winning chain of a path in any order.
 */
#ifndef CHAIN_SHARE_H
#define CHAIN_SHARE_H

#include "chain/chain_internal.h"

/* Visits to one label in one group that may be shared out, and the items that have them. */
typedef struct JourneyShareCell
{
	JourneyItems items;
	uint32_t	count;
} JourneyShareCell;

/* Sharing out the visits of a winning chain among items, group by group. */
typedef struct JourneyShare
{
	JourneyFunnel *f;
	int			groups;			/* groups that the chain has visits in */
	size_t		group[JOURNEY_PATH_MAX_ITEMS];
	int			quota[JOURNEY_PATH_MAX_ITEMS];	/* how many visits of each, */
	int			taken[JOURNEY_PATH_MAX_ITEMS];	/* and how many have an item */
	bool		group_seen[JOURNEY_PATH_MAX_ITEMS];
	int			fixed[JOURNEY_PATH_MAX_ITEMS];	/* the group of an item, or -1 */
	JourneyItems fixed_items;
	JourneyShareCell *cell;		/* by group and label of the path */
	bool	   *cell_seen;
} JourneyShare;

#pragma GCC visibility push(hidden)

/* chain_share.c */
extern void journey_share_out(JourneyShare *share, int mandatory, int total);

#pragma GCC visibility pop

#endif							/* CHAIN_SHARE_H */
