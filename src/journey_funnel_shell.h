/*
 * journey_funnel_shell.h
 *		What SQL-callable functions need to look for the chains of a funnel: the
 *		path of a query, prepared, and their arguments.
 */
#ifndef JOURNEY_FUNNEL_SHELL_H
#define JOURNEY_FUNNEL_SHELL_H

#include "postgres.h"

#include "fmgr.h"

#include "journey_funnel_core.h"
#include "journey_shell.h"

/* Finds chains of one path in journeys. */
typedef struct FunnelSearcher FunnelSearcher;

#pragma GCC visibility push(hidden)

/* journey_funnel_shell.c */
extern FunnelSearcher *funnel_searcher(FunctionCallInfo fcinfo, int argno);
extern const JourneyPath *funnel_searcher_path(const FunnelSearcher *searcher);
extern void funnel_search(FunnelSearcher *searcher, struct varlena *journey, int64 within,
						  JourneyFunnelChain *chain);
extern int	funnel_search_depth(FunnelSearcher *searcher, struct varlena *journey, int64 within);
extern void funnel_require_path(FunctionCallInfo fcinfo, int argno);
extern int64 funnel_within_arg(FunctionCallInfo fcinfo, int argno);

#pragma GCC visibility pop

#endif							/* JOURNEY_FUNNEL_SHELL_H */
