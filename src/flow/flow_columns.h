/*
 * flow_columns.h
 *		A flow in columns, for a picture: nodes in each, largest first, and links from one
 *		column to the next.
 *
 * Where all stages have a position before their name ("-1 search", "0 basket") and all
 * transitions lead from one position to the next, the columns are the positions, at most
 * COLUMNS_MOST of them around 0; who began at a stage comes from a node (start) of the
 * column before, and who ended there goes to a node (end) of the next one.  Any other flow,
 * with its circles, has two columns: each transition leads from the stage that was left, on
 * the left, to the one that came next, on the right.
 *
 * Of each column the largest stages are nodes of their own, and the rest is one node.
 */
#ifndef FLOW_COLUMNS_H
#define FLOW_COLUMNS_H

#include "flow/flow_datum.h"

#define COLUMNS_MOST	7

typedef enum FlowNodeKind
{
	NODE_STAGE,
	NODE_OTHER,					/* several stages */
	NODE_START,
	NODE_END
} FlowNodeKind;

typedef struct FlowNode
{
	FlowNodeKind kind;
	int			column;
	JourneyLabel label;			/* of a stage, without its position */
	uint32		stages;			/* of the rest */
	int64		total;
} FlowNode;

typedef struct FlowLink
{
	int			from;
	int			to;
	int64		transitions;
} FlowLink;

typedef struct FlowColumns
{
	bool		by_position;
	bool		is_cut;			/* there are more positions than columns */
	int64		first;			/* position of the first column */
	int			columns;
	int			nodes;
	int			links;
	FlowNode   *node;			/* column by column, from the top */
	FlowLink   *link;			/* by from, then to */
} FlowColumns;

#pragma GCC visibility push(hidden)

extern void flow_columns(const Flow *flow, int most, FlowColumns *c);

#pragma GCC visibility pop

#endif							/* FLOW_COLUMNS_H */
