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

#pragma GCC visibility push(hidden)

/* journey_funnel_shell.c */
extern JourneyFunnel *funnel_prepared(FunctionCallInfo fcinfo, const JourneyPath *path);
extern void *funnel_prepared_room(FunctionCallInfo fcinfo);
extern JourneyLabelUse *funnel_label_uses(const JourneyPath *path, const Visits *v);
extern void funnel_require_path(FunctionCallInfo fcinfo, int argno);
extern int64 funnel_within_arg(FunctionCallInfo fcinfo, int argno);

#pragma GCC visibility pop

#endif							/* JOURNEY_FUNNEL_SHELL_H */
