/*
 * flow_svg.c
 *		A picture of a flow: a Sankey diagram of the columns of flow_columns.h.  Nodes and the
 *		bands between them are as high as there are transitions, each band ends in an arrow,
 *		and its number stands there.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "miscadmin.h"

#include "flow/flow_sankey.h"

#define MOST_LIMIT	50
static const TextStyle number_style = {12, false, INK};
static const TextStyle name_style = {13, true, INK};

typedef struct FlowWords
{
	const char *title;
	const char *transitions;
	const char *percent;
	const char *visits;
	const char *from;
	const char *to;
	const char *start;
	const char *end;
	const char *other[2];		/* in wide and in narrow columns */
	const char *position;
	const char *cut;
	const char *thin;
	const char *none;
} FlowWords;

static const FlowWords words[] = {
	{
		.title = "Where customers go next",
		.transitions = "transitions",
		.percent = "in brackets percent of those that left the stage",
		.visits = "numbers are customers' visits",
		.from = "From",
		.to = "To the next stage",
		.start = "(start)",
		.end = "(end)",
		.other = {"other (%u stages)", "other (%u)"},
		.position = "Columns are positions",
		.cut = "only the positions from %s to %s are drawn",
		.thin = "Bands without a number are fewer than %s.",
		.none = "Nobody went anywhere yet."
	},
	{
		.title = "Dok\u0105d id\u0105 klienci",
		.transitions = "przej\u015Bcia",
		.percent = "w nawiasach odsetek tych, kt\u00F3re opu\u015Bci\u0142y etap",
		.visits = "liczby to wizyty klient\u00F3w",
		.from = "Sk\u0105d",
		.to = "Dok\u0105d dalej",
		.start = "(pocz\u0105tek)",
		.end = "(koniec)",
		.other = {"inne (etapy: %u)", "inne (%u)"},
		.position = "Kolumny to pozycje",
		.cut = "narysowano tylko pozycje od %s do %s",
		.thin = "Pasma bez liczby to mniej ni\u017C %s.",
		.none = "Nikt jeszcze nigdzie nie poszed\u0142."
	}
};

static const FlowWords *
words_of(const Chart *chart)
{
	return &words[chart->language->polish ? 1 : 0];
}

static char *
node_name(const Sankey *s, const FlowNode *node)
{
	const FlowWords *w = words_of(s->chart);

	switch (node->kind)
	{
		case NODE_START:
			return pstrdup(w->start);
		case NODE_END:
			return pstrdup(w->end);
		case NODE_OTHER:
			return psprintf(w->other[sankey_is_narrow(s) ? 1 : 0], node->stages);
		default:
			return svg_label_of(node->label.text, node->label.length);
	}
}

/* The share of a band in what leaves its stage is written where the columns are far apart. */
static char *
link_number(const Sankey *s, const FlowLink *link)
{
	char	   *count = svg_count(s->chart->language, link->transitions);

	if (sankey_is_narrow(s))
		return count;
	return psprintf("%s (%s%%)", count,
					chart_double(s->chart, 100 * (double) link->transitions /
								 (double) s->c.node[link->from].total, 0));
}

static void
draw_ribbon(Sankey *s, double x0, double y0, double x1, double y1, double height)
{
	double		middle = (x0 + x1) / 2;

	appendStringInfo(&s->chart->out,
					 "<path d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1fV%.1f"
					 "C%.1f %.1f %.1f %.1f %.1f %.1fz\" fill=\"%s\" fill-opacity=\"0.75\" "
					 "stroke=\"%s\" stroke-width=\"0.5\">",
					 x0, y0, middle, y0, middle, y1, x1, y1, y1 + height,
					 middle, y1 + height, middle, y0 + height, x0, y0 + height, CHART_BAND,
					 CHART_BAND_EDGE);
}

/* A band with its arrow; names and number for those who point at it. */
static void
draw_link(Sankey *s, const FlowLink *link)
{
	StringInfo	out = &s->chart->out;
	NodePlace  *from = &s->place[link->from];
	NodePlace  *to = &s->place[link->to];
	double		height = (double) link->transitions * s->scale;
	double		y0 = from->y + from->used_right;
	double		y1 = to->y + to->used_left;
	double		half = Min(Max(height / 2, 3), 8);

	draw_ribbon(s, from->x + NODE_WIDTH, y0, to->x - ARROW, y1, Max(height, 0.5));
	draw_title(out, psprintf("%s \u2192 %s: %s", node_name(s, &s->c.node[link->from]),
							 node_name(s, &s->c.node[link->to]), link_number(s, link)));
	appendStringInfo(out, "</path>\n<path d=\"M%.1f %.1fl%d %.1fl-%d %.1fz\" fill=\"%s\"/>\n",
					 to->x - ARROW, y1 + height / 2 - half, ARROW, half, ARROW, half, SOFT);
	from->used_right += height;
	to->used_left += height;
}

static void
draw_number(Sankey *s, const FlowLink *link, double y)
{
	const char *text = link_number(s, link);

	draw_text(&s->chart->out, (int) (s->place[link->to].x - ARROW - 5), (int) (y + 4.5),
			  ANCHOR_END, &number_style, text);
	s->number[s->numbers++] = (Number)
	{
		s->c.node[link->to].column, y, chart_text_width(&number_style, text)
	};
}

/*
 * Before a node, the numbers of its bands: each at its band, or moved away from the others;
 * where not all have room, those of the largest.
 */
static void
draw_numbers(Sankey *s, int node)
{
	const FlowLink **links = palloc((Size) s->c.nodes * sizeof(FlowLink *));
	double	   *middle = palloc((Size) s->c.nodes * sizeof(double));
	double		room = Max(s->place[node].height, s->node_room);
	double		lowest = s->place[node].y + room - NUMBER_ROOM / 2.0;
	double		y = s->place[node].y - NUMBER_ROOM / 2.0;
	int			n = sankey_links_to(s, node, links, middle);
	int64		least = sankey_least_with_number(links, n, Max(1, (int) (room / NUMBER_ROOM)));
	int			left = 0;

	for (int i = 0; i < n; i++)
		left += links[i]->transitions >= least;
	for (int i = 0; i < n; i++)
	{
		if (links[i]->transitions < least)
			continue;
		left--;
		y = Max(middle[i], y + NUMBER_ROOM);
		y = Min(y, lowest - left * NUMBER_ROOM);
		draw_number(s, links[i], y);
	}
	if (least > 1)
		s->thin = Max(s->thin, least);
}

/* How wide the totals of a column are. */
static int
column_width(const Sankey *s, int column)
{
	int			widest = 0;

	for (int i = 0; i < s->c.nodes; i++)
		if (s->c.node[i].column == column)
			widest = Max(widest, chart_text_width(&number_style,
												  svg_count(s->chart->language,
															s->c.node[i].total)));
	return widest;
}

/* The bar, and beside it the name and the number. */
static void
draw_node(Sankey *s, int i)
{
	const FlowNode *node = &s->c.node[i];
	const NodePlace *place = &s->place[i];
	StringInfo	out = &s->chart->out;
	bool		is_last = node->column == Max(s->c.columns, 2) - 1;
	double		top = sankey_text_top(s, i);
	int			room = is_last ? s->last_room : (int) s->pitch - NODE_WIDTH - ARROW - 8 -
		sankey_number_beside(s, node->column, top);
	char	   *count = svg_count(s->chart->language, node->total);
	TextBlock	name = {node_name(s, node), &name_style, room - 6, 1};
	int			x = (int) place->x + NODE_WIDTH + 6;

	chart_bar(s->chart, (int) place->x, (int) rint(place->y), NODE_WIDTH,
			  Max(1, (int) rint(place->height)), node->kind == NODE_STAGE ? ACCENT : SOFT);
	if (sankey_is_narrow(s))
		draw_text(out, x, (int) top + LINE_ROOM + 13, ANCHOR_START, &number_style, count);
	else
	{
		int			width = column_width(s, node->column);

		draw_text(out, x + width, (int) top + 13, ANCHOR_END, &number_style, count);
		x += width + 8;
		name.width -= width + 8;
	}
	draw_block(out, x, (int) top, ANCHOR_START, &name);
}

static char *
position_text(const Chart *chart, int64 position)
{
	return chart_signed(chart, (double) position, 0);
}

/* What the columns are. */
static void
draw_headings(Sankey *s)
{
	Chart	   *chart = s->chart;

	for (int i = 0; i < s->c.columns; i++)
		draw_text(&chart->out, (int) (CHART_MARGIN + s->pitch * i), chart->y + 12, ANCHOR_START,
				  &chart_soft, s->c.by_position ? position_text(chart, s->c.first + i) :
				  i == 0 ? words_of(chart)->from : words_of(chart)->to);
	chart->y += 22;
}

static void
draw_sankey(Sankey *s)
{
	s->number = palloc((Size) Max(s->c.links, 1) * sizeof(Number));
	draw_headings(s);
	sankey_place(s);
	/* all bands first, since what is written stands on them */
	for (int i = 0; i < s->c.links; i++)
	{
		draw_link(s, &s->c.link[i]);
		CHECK_FOR_INTERRUPTS();
	}
	for (int i = 0; i < s->c.nodes; i++)
		draw_numbers(s, i);
	for (int i = 0; i < s->c.nodes; i++)
		draw_node(s, i);
	s->chart->y += (int) ceil(sankey_height(s)) + 6;
	if (s->thin == 0)
		return;
	s->chart->y += 20;
	draw_text(&s->chart->out, CHART_MARGIN, s->chart->y, ANCHOR_START, &chart_soft,
			  psprintf(words_of(s->chart)->thin, svg_count(s->chart->language, s->thin)));
}

static char *
subtitle(const Sankey *s, const Flow *flow)
{
	const FlowWords *w = words_of(s->chart);
	int64		transitions = 0;

	if (s->c.is_cut)
		return psprintf("%s; %s; %s", w->position, w->visits,
						psprintf(w->cut, position_text(s->chart, s->c.first),
								 position_text(s->chart, s->c.first + s->c.columns - 1)));
	if (s->c.by_position)
		return psprintf("%s; %s%s%s", w->position, w->visits, sankey_is_narrow(s) ? "" : "; ",
						sankey_is_narrow(s) ? "" : w->percent);
	for (uint32 i = 0; i < flow->edge_count; i++)
		transitions += flow->edges[i].transitions;
	return psprintf("%s: %s; %s", w->transitions, svg_count(s->chart->language, transitions),
					w->percent);
}

/* The same in words. */
static char *
description(const Sankey *s)
{
	StringInfoData text;

	initStringInfo(&text);
	for (int i = 0; i < s->c.links; i++)
	{
		const FlowLink *link = &s->c.link[i];

		appendStringInfo(&text, "%s%s \u2192 %s: %s", i == 0 ? "" : "; ",
						 node_name(s, &s->c.node[link->from]),
						 node_name(s, &s->c.node[link->to]),
						 svg_count(s->chart->language, link->transitions));
	}
	return text.data;
}

/* 22023 */
static int
most_arg(FunctionCallInfo fcinfo, int argno)
{
	int32		most = PG_GETARG_INT32(argno);

	if (most < 1 || most > MOST_LIMIT)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of stages in a column must be between 1 and %d, not %d",
						MOST_LIMIT, most),
				 errhint("8 are usual; the smaller ones are put together.")));
	return most;
}

/* flow_svg(flow, language, title, slide, most) */
PG_FUNCTION_INFO_V1(flow_svg);
Datum
flow_svg(PG_FUNCTION_ARGS)
{
	Chart		chart;
	Sankey		s = {.chart = &chart};
	Flow		flow;

	if (PG_ARGISNULL(4) || !chart_begin(fcinfo, 1, &chart))
		PG_RETURN_NULL();
	flow_open(PG_GETARG_FLOW(0), &flow);
	flow_columns(&flow, most_arg(fcinfo, 4), &s.c);
	sankey_measure(&s);
	chart_header(&chart, words_of(&chart)->title, subtitle(&s, &flow),
				 s.c.links == 0 ? words_of(&chart)->none : description(&s));
	if (s.c.nodes == 0)
		chart_empty(&chart, words_of(&chart)->none);
	else
		draw_sankey(&s);
	PG_RETURN_TEXT_P(chart_end(&chart));
}
