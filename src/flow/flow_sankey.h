/*
 * flow_sankey.h
 *		Where the columns of a flow (flow_columns.h) are in a picture: nodes, the bands between
 *		them, and room for what is written.
 *
 * A node is a piece of its column, at least as high as its text, so what is left for a
 * transition follows from the column that is fullest.
 */
#ifndef FLOW_SANKEY_H
#define FLOW_SANKEY_H

#include "flow/flow_columns.h"
#include "svg/chart.h"

#define NODE_WIDTH	12
#define LINE_ROOM	17			/* of a line of text; names of narrow columns have two */
#define ARROW		9
#define NUMBER_ROOM	14			/* of the number of a band */

/* Where a node is drawn, and how much of it the bands on either side have used. */
typedef struct NodePlace
{
	double		x;
	double		y;
	double		height;
	double		used_left;
	double		used_right;
} NodePlace;

/* A number before a node, right-aligned. */
typedef struct Number
{
	int			column;			/* of the node */
	double		y;				/* its middle */
	int			width;
} Number;

typedef struct Sankey
{
	Chart	   *chart;
	FlowColumns c;
	NodePlace  *place;
	double		scale;			/* pixels a transition */
	double		pitch;			/* from column to column */
	int			node_room;		/* at least, for a node */
	int			last_room;
	int			height;
	int64		thin;			/* bands of fewer have no number */
	Number	   *number;
	int			numbers;
} Sankey;

#pragma GCC visibility push(hidden)

extern bool sankey_is_narrow(const Sankey *s);
extern void sankey_measure(Sankey *s);
extern void sankey_place(Sankey *s);
extern double sankey_height(const Sankey *s);
extern int	sankey_links_to(const Sankey *s, int node, const FlowLink **links, double *middle);
extern int64 sankey_least_with_number(const FlowLink *const *links, int n, int room);
extern int	sankey_number_beside(const Sankey *s, int column, double top);
extern double sankey_text_top(const Sankey *s, int i);

#pragma GCC visibility pop

#endif							/* FLOW_SANKEY_H */
