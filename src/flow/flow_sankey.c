/*
 * flow_sankey.c
 *		Where the columns of a flow are in a picture; see flow_sankey.h.
 */
#include "postgres.h"

#include <math.h>

#include "flow/flow_sankey.h"

#define HEIGHT		400			/* of the columns, if they fit */
#define NODE_GAP	10
#define LAST_ROOM	230			/* for the names of the last column */
#define NARROW_LAST_ROOM 110
#define NARROW		240			/* columns that are no farther apart */

bool
sankey_is_narrow(const Sankey *s)
{
	return s->pitch < NARROW;
}

/* How far apart the columns are. */
void
sankey_measure(Sankey *s)
{
	s->last_room = s->c.columns > 3 ? NARROW_LAST_ROOM : LAST_ROOM;
	s->pitch = (double) (CHART_INNER - s->last_room - NODE_WIDTH) / (Max(s->c.columns, 2) - 1);
	s->node_room = sankey_is_narrow(s) ? 2 * LINE_ROOM : LINE_ROOM;
}

/* How high the fullest column is at some scale. */
static double
fullest(const Sankey *s, double scale)
{
	double		highest = 0;
	double		height = 0;

	for (int i = 0; i < s->c.nodes; i++)
	{
		if (i == 0 || s->c.node[i].column != s->c.node[i - 1].column)
			height = -NODE_GAP;
		height += Max((double) s->c.node[i].total * scale, s->node_room) + NODE_GAP;
		highest = Max(highest, height);
	}
	return highest;
}

/* The largest scale at which all columns fit; they are higher where their texts need it. */
static void
find_scale(Sankey *s)
{
	double		low = 0;
	double		high = 1;

	s->height = Max(HEIGHT, (int) ceil(1.3 * fullest(s, 0)));
	for (int i = 0; i < s->c.nodes; i++)
		high = Max(high, (double) s->height / (double) s->c.node[i].total);
	for (int i = 0; i < 60; i++)
	{
		double		middle = (low + high) / 2;

		if (fullest(s, middle) <= s->height)
			low = middle;
		else
			high = middle;
	}
	s->scale = low;
}

/* Nodes below each other, from where the chart is now. */
void
sankey_place(Sankey *s)
{
	double		y = 0;

	find_scale(s);
	s->place = palloc0((Size) Max(s->c.nodes, 1) * sizeof(NodePlace));
	for (int i = 0; i < s->c.nodes; i++)
	{
		NodePlace  *place = &s->place[i];

		if (i == 0 || s->c.node[i].column != s->c.node[i - 1].column)
			y = s->chart->y;
		place->x = CHART_MARGIN + s->pitch * s->c.node[i].column;
		place->y = y;
		place->height = Max((double) s->c.node[i].total * s->scale, 1);
		y += Max(place->height, s->node_room) + NODE_GAP;
	}
}

/* The bands that lead to a node, in order, and the middle of each; how many they are. */
int
sankey_links_to(const Sankey *s, int node, const FlowLink **links, double *middle)
{
	double		y = s->place[node].y;
	int			n = 0;

	for (int i = 0; i < s->c.links; i++)
	{
		double		height = (double) s->c.link[i].transitions * s->scale;

		if (s->c.link[i].to != node)
			continue;
		links[n] = &s->c.link[i];
		middle[n++] = y + height / 2;
		y += height;
	}
	return n;
}

/* How many transitions a band must have for its number to be among the so many largest. */
int64
sankey_least_with_number(const FlowLink *const *links, int n, int room)
{
	int64		least = 1;
	int			larger;

	for (int i = 0; i < n; i++)
	{
		larger = 0;
		for (int k = 0; k < n; k++)
			larger += links[k]->transitions >= links[i]->transitions;
		if (larger > room)
			least = Max(least, links[i]->transitions + 1);
	}
	return least;
}

/* The widest of the numbers of the next column at the height of a text. */
int
sankey_number_beside(const Sankey *s, int column, double top)
{
	double		bottom = top + s->node_room;
	int			widest = 0;

	for (int i = 0; i < s->numbers; i++)
		if (s->number[i].column == column + 1 && s->number[i].y + NUMBER_ROOM / 2.0 > top &&
			s->number[i].y - NUMBER_ROOM / 2.0 < bottom)
			widest = Max(widest, s->number[i].width + 8);
	return widest;
}

/* Where its text begins: in the middle, at the top or at the bottom, best beside no number. */
double
sankey_text_top(const Sankey *s, int i)
{
	const NodePlace *place = &s->place[i];
	double		rest = Max(place->height - s->node_room, 0);
	const double tops[] = {place->y + rest / 2, place->y, place->y + rest};

	for (int k = 0; k < 3; k++)
		if (sankey_number_beside(s, s->c.node[i].column, tops[k]) == 0)
			return tops[k];
	return tops[0];
}

double
sankey_height(const Sankey *s)
{
	return fullest(s, s->scale);
}
