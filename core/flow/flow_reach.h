/*
 * flow_reach.h
 *		The chance to ever reach a goal from each stage of a flow.
 *
 * The flow is read as a first-order Markov chain: from a stage, the next one is
 * chosen with the shares of the transitions that leave it, whatever came before.
 * With the goal and (end) absorbing, the chances x solve
 *
 *		leaving_i * x_i = sum over j of transitions_ij * x_j,	x_goal = 1
 *
 * over the stages from which the goal can be reached at all; for all others the
 * chance is 0, so that a circle without a way out makes nothing singular.
 *
 * The system is solved directly, by the elimination of Grassmann, Taksar and
 * Heyman (Operations Research 33, 1985): stages are taken out of the chain one
 * by one, what entered them being sent on where they lead.  The pivot is the sum of
 * what leaves a stage, not a difference from 1, so that there is no subtraction
 * anywhere and no cancellation; each chance is right to nearly all digits of a double
 * (O'Cinneide, Numerische Mathematik 65, 1993), even where a stage is left once
 * in 10^18 times.  No pivoting is needed.
 *
 * This is part of the pure core.  Nodes are numbered 0, (start); 1 to n, the
 * stages; n + 1, (end).
 */
#ifndef FLOW_REACH_H
#define FLOW_REACH_H

#include "flow/flow.h"

/* The dense matrix then has 128 MB. */
#define FLOW_CHAIN_MOST		4000

#define FLOW_CHAIN_NONE		UINT32_MAX

typedef struct FlowChain
{
	uint32_t	n;				/* stages whose chance is not known beforehand */
	double	   *matrix;			/* n x n: what goes from one to another */
	double	   *goal;			/* n: what goes to the goal */
	double	   *lost;			/* n: what goes where the goal is out of reach */
	double	   *leaving;		/* n: pivots */
	double	   *chance;			/* n: the result */
} FlowChain;

#pragma GCC visibility push(hidden)

extern uint32_t flow_chain_rows(const Flow *flow, uint32_t goal, uint32_t *row,
								uint32_t *scratch);
extern void flow_chain_fill(FlowChain *chain, const Flow *flow, uint32_t goal,
							const uint32_t *row);
extern void flow_chain_eliminate(FlowChain *chain, uint32_t k);
extern void flow_chain_solve(FlowChain *chain);

#pragma GCC visibility pop

#endif							/* FLOW_REACH_H */
