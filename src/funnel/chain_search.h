/*
 * chain_search.h
 *		What SQL-callable functions need to look for the chains of a funnel: the
 *		path of a query, prepared, and their arguments.
 */
#ifndef CHAIN_SEARCH_H
#define CHAIN_SEARCH_H

#include "postgres.h"

#include "fmgr.h"

#include "chain/chain.h"
#include "journey/journey_datum.h"
#include "journey/journey_reader.h"
#include "path/path_labels.h"

/* Finds chains of one path in journeys. */
typedef struct FunnelSearcher FunnelSearcher;

/* The chain that wins in a journey, with its visits. */
typedef struct FunnelVisits
{
	JourneyFunnelChain chain;
	JourneyVisit visit[JOURNEY_PATH_MAX_ITEMS];	/* of each item that is filled, and */
	uint32		label[JOURNEY_PATH_MAX_ITEMS];	/* its label by the number in the path */
	JourneyVisit last;			/* that of the latest moment */
	bool		complete;		/* all mandatory items are filled */
	JourneyReader reader;		/* before the visits of the journey, behind the dictionary */
} FunnelVisits;

#pragma GCC visibility push(hidden)

/* chain_search.c */
extern FunnelSearcher *funnel_searcher(FunctionCallInfo fcinfo, int argno);
extern const JourneyPath *funnel_searcher_path(const FunnelSearcher *searcher);
extern JourneyFunnel *funnel_searcher_funnel(FunnelSearcher *searcher);
extern const JourneyPathLabels *funnel_searcher_labels(const FunnelSearcher *searcher);
extern JourneyItems funnel_search(FunnelSearcher *searcher, struct varlena *journey,
								  int64 within, JourneyFunnelChain *chain, const int64 **values);
extern void funnel_search_visits(FunnelSearcher *searcher, struct varlena *journey, int64 within,
								 FunnelVisits *found);
extern size_t funnel_search_matches(FunnelSearcher *searcher, struct varlena *journey,
									int64 within);
extern int	funnel_search_depth(FunnelSearcher *searcher, struct varlena *journey, int64 within);
extern void funnel_make_waiting_room(JourneyFunnel *funnel, size_t n, bool best);
extern void funnel_free_waiting_room(JourneyFunnel *funnel);
extern void funnel_require_path(FunctionCallInfo fcinfo, int argno);
extern int64 funnel_within_arg(FunctionCallInfo fcinfo, int argno);

#pragma GCC visibility pop

#endif							/* CHAIN_SEARCH_H */
