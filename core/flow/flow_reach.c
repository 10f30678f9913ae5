/*
 * flow_reach.c
 *		The chance to ever reach a goal; see flow_reach.h for the method.
 */
#include "flow/flow_reach.h"

#include <string.h>

/* The node that an edge leads to: (end) is the last one. */
static uint32_t
target(const Flow *flow, const FlowEdge *edge)
{
	return edge->to == FLOW_OUTSIDE ? flow->label_count + 1 : edge->to;
}

/*
 * Edges by where they lead: those into node i are edges[first[i]] to
 * edges[first[i + 1] - 1].  A counting sort.
 */
static void
sort_by_target(const Flow *flow, uint32_t *first, uint32_t *edges)
{
	uint32_t	nodes = flow->label_count + 2;

	memset(first, 0, (nodes + 1) * sizeof(uint32_t));
	for (uint32_t i = 0; i < flow->edge_count; i++)
		first[target(flow, &flow->edges[i]) + 1]++;
	for (uint32_t i = 0; i < nodes; i++)
		first[i + 1] += first[i];
	for (uint32_t i = flow->edge_count; i > 0; i--)
		edges[--first[target(flow, &flow->edges[i - 1]) + 1]] = i - 1;
	/* each now stands one place too far back */
	memmove(first, first + 1, nodes * sizeof(uint32_t));
	first[nodes] = flow->edge_count;
}

/*
 * Give each node from which the goal can be reached, but the goal, a row of the
 * system, FLOW_CHAIN_NONE to the others; returns how many rows there are.  There
 * are label_count + 2 nodes; scratch has room for 2 * (nodes + 1) + edge_count
 * numbers.
 */
uint32_t
flow_chain_rows(const Flow *flow, uint32_t goal, uint32_t *row, uint32_t *scratch)
{
	uint32_t	nodes = flow->label_count + 2;
	uint32_t   *first = scratch;
	uint32_t   *queue = first + nodes + 1;
	uint32_t   *edges = queue + nodes + 1;
	uint32_t	tail = 0;

	sort_by_target(flow, first, edges);
	memset(row, 0xff, nodes * sizeof(uint32_t));
	queue[tail++] = goal;
	for (uint32_t head = 0; head < tail; head++)
		for (uint32_t i = first[queue[head]]; i < first[queue[head] + 1]; i++)
		{
			uint32_t	from = flow->edges[edges[i]].from;

			if (from == goal || row[from] != FLOW_CHAIN_NONE)
				continue;
			queue[tail] = from;
			row[from] = tail++ - 1;
		}
	return tail - 1;
}

/* Fill the system, whose arrays are all zero; returning to the same stage is no leaving. */
void
flow_chain_fill(FlowChain *chain, const Flow *flow, uint32_t goal, const uint32_t *row)
{
	for (uint32_t i = 0; i < flow->edge_count; i++)
	{
		const FlowEdge *edge = &flow->edges[i];
		uint32_t	from = row[edge->from];
		uint32_t	node = target(flow, edge);
		double		transitions = (double) edge->transitions;

		if (from == FLOW_CHAIN_NONE || edge->from == node)
			continue;
		if (node == goal)
			chain->goal[from] += transitions;
		else if (row[node] == FLOW_CHAIN_NONE)
			chain->lost[from] += transitions;
		else
			chain->matrix[(size_t) from * chain->n + row[node]] += transitions;
	}
}

/*
 * Take stage k out, the last one that is left; from n - 1 down to 0.  What goes
 * from a stage to k goes on to where k leads, in k's shares.
 */
void
flow_chain_eliminate(FlowChain *chain, uint32_t k)
{
	const double *out = chain->matrix + (size_t) k * chain->n;
	double		leaving = chain->goal[k] + chain->lost[k];

	for (uint32_t j = 0; j < k; j++)
		leaving += out[j];
	chain->leaving[k] = leaving;
	if (leaving <= 0)
		return;
	for (uint32_t i = 0; i < k; i++)
	{
		double	   *in = chain->matrix + (size_t) i * chain->n;
		double		share = in[k] / leaving;

		if (in[k] <= 0)
			continue;
		/* in[i] gathers returns to i, which nothing reads */
		for (uint32_t j = 0; j < k; j++)
			in[j] += share * out[j];
		in[i] = 0;
		chain->goal[i] += share * chain->goal[k];
		chain->lost[i] += share * chain->lost[k];
	}
}

/* The chances, once all are eliminated: each from those before it. */
void
flow_chain_solve(FlowChain *chain)
{
	for (uint32_t k = 0; k < chain->n; k++)
	{
		const double *out = chain->matrix + (size_t) k * chain->n;
		double		reached = chain->goal[k];

		for (uint32_t j = 0; j < k; j++)
			reached += out[j] * chain->chance[j];
		chain->chance[k] = chain->leaving[k] > 0 ? reached / chain->leaving[k] : 0;
		if (chain->chance[k] > 1)
			chain->chance[k] = 1;
	}
}
