/*
 * plan.h
 *		How far a journey is from a plan: what of the plan it has in order.
 *
 * A plan is a path of single stages with plain arrows.  What both have in common is the
 * longest sequence of stages that stands in both in order; what else is in the plan was
 * missed, and what else is in the journey is extra.  Simultaneous visits count in the order
 * that suits the plan best.
 *
 * This is part of the pure core: no PostgreSQL, no errors raised, no memory allocated.
 */
#ifndef PLAN_H
#define PLAN_H

#include "path/match.h"

#pragma GCC visibility push(hidden)

extern bool journey_plan_is_one(const JourneyPath *path);
extern int	journey_plan_common(const JourneyPath *plan, const JourneyLabelUse *uses,
								const JourneyVisit *visits, size_t n);

#pragma GCC visibility pop

#endif							/* PLAN_H */
