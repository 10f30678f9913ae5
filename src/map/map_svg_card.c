/*
 * map_svg_card.c
 *		The touchpoints: a card each, in the column of its stage.  The cards of a
 *		row have one height, and their numbers one baseline.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "map/map_svg.h"

#define CARD_GAP 12
#define METRIC_HEIGHT 19
#define COUNT_HEIGHT 20
#define FACE_ROOM 26

static const TextStyle name_styles[] = {{14, true, INK}, {12, true, INK}, {11, true, INK}};
static const TextStyle heading_style = {13, true, INK};
static const TextStyle metric_style = {11, false, SOFT};
static const TextStyle value_style = {13, true, INK};
static const TextStyle thin_style = {13, false, SOFT};
static const TextStyle alarm_style = {13, true, ALARM};

static TextBlock
card_name(const Picture *p, const MapCell *cell)
{
	TextBlock	name = {touchpoint_label(p, cell), NULL,
						p->column_width - 2 * CARD_PADDING - FACE_ROOM, 3};

	name.style = fitting_style(name_styles, lengthof(name_styles), name.text, name.width);
	return name;
}

static int
metrics_height(const Picture *p)
{
	int			height = 0;

	for (int i = 0; i < MAP_METRICS; i++)
		height += (p->map->has_metric[i] ? METRIC_HEIGHT : 0) +
			(p->map->has_target[i] ? GOAL_HEIGHT : 0);
	return height;
}

/* It is a barrier here, or at all of its stages together. */
static bool
is_marked(const MapCell *cell)
{
	return cell->barrier || cell->overall.metric != NULL;
}

/* What the cards beside each other have in common. */
typedef struct CardRow
{
	int			name_height;
	int			height;
	int			top;			/* below the first one's */
} CardRow;

static CardRow *
card_rows(const Picture *p)
{
	int			count = p->map->row_count;
	CardRow    *rows = palloc0((count + 1) * sizeof(CardRow));

	for (const MapStage *stage = p->map->stages; stage != NULL; stage = stage->next)
	{
		for (const MapCell *cell = stage->cells; cell != NULL; cell = cell->next)
		{
			TextBlock	name = card_name(p, cell);
			CardRow    *row = &rows[cell->row];

			CHECK_FOR_INTERRUPTS();
			row->name_height = Max(row->name_height, block_height(&name));
			row->height = Max(row->height, is_marked(cell) ? BARRIER_HEIGHT : 0);
		}
	}
	for (int i = 0; i < count; i++)
		rows[i].height += CARD_PADDING + rows[i].name_height + 6 + metrics_height(p) +
			COUNT_HEIGHT + 8;
	for (int i = 1; i < count; i++)
		rows[i].top = rows[i - 1].top + rows[i - 1].height + CARD_GAP;
	return rows;
}

int
cards_height(const Picture *p)
{
	const CardRow *rows = card_rows(p);
	int			count = p->map->row_count;

	return count == 0 ? 0 : rows[count - 1].top + rows[count - 1].height;
}

/* The right edge of intervals and the like: in a wide card not too far from what they belong to. */
int
numbers_right(const Picture *p, int x)
{
	return x + Min(p->column_width - 2 * CARD_PADDING, NUMBERS_WIDTH);
}

static bool
is_barrier_in(const MapCell *cell, int metric)
{
	return cell->barrier && cell->impact.metric != NULL &&
		strcmp(cell->impact.metric, map_metric_names[metric]) == 0;
}

static void
draw_metric(Picture *p, const MapCell *cell, int metric, int x, int y)
{
	const MapMetric *m = &cell->metrics[metric];
	const TextStyle *style = !cell->enough ? &thin_style :
		is_barrier_in(cell, metric) ? &alarm_style : &value_style;

	draw_text(&p->svg, x, y, ANCHOR_START, &metric_style, map_metric_names[metric]);
	if (m->value == NULL)
	{
		draw_text(&p->svg, x + VALUE_RIGHT, y, ANCHOR_END, &thin_style, "\u2013");
		return;
	}
	draw_text(&p->svg, x + VALUE_RIGHT, y, ANCHOR_END, style, svg_number(p->language, m->value));
	if (m->low != NULL && m->high != NULL)
		draw_text(&p->svg, numbers_right(p, x), y, ANCHOR_END, &metric_style,
				  psprintf("%s %s %s", svg_number(p->language, m->low), p->language->to,
						   svg_number(p->language, m->high)));
}

static void
draw_count(Picture *p, const MapCell *cell, int x, int y)
{
	draw_text(&p->svg, x, y, ANCHOR_START, &metric_style,
			  psprintf("n = %s", svg_count(p->language, cell->responses)));
	if (!cell->enough)
		draw_text(&p->svg, numbers_right(p, x), y, ANCHOR_END, &metric_style,
				  p->words->few_answers);
}

/* Along the lower edge of a card: that it is a barrier, and what the whole would gain. */
void
draw_barrier(Picture *p, const char *text, const MapImpact *impact, int left, int bottom)
{
	int			x = left + CARD_PADDING;
	int			y = bottom - BARRIER_HEIGHT + 19;

	appendStringInfo(&p->svg,
					 "<path d=\"M%d %dv%da7 7 0 0 0 7 7h%da7 7 0 0 0 7 -7v%dz\" fill=\"%s\"/>\n",
					 left + 1, bottom - BARRIER_HEIGHT,
					 BARRIER_HEIGHT - 8, p->column_width - 16, 8 - BARRIER_HEIGHT, ALARM_PANEL);
	draw_warning(p, x, y - 11);
	draw_text(&p->svg, x + 22, y, ANCHOR_START, &alarm_style, text);
	if (impact->points != NULL)
		draw_text(&p->svg, numbers_right(p, x), y, ANCHOR_END, &alarm_style,
				  psprintf("%s%s %s", impact->points[0] == '-' ? "" : "+",
						   svg_number(p->language, impact->points),
						   impact->metric == NULL ? "" : impact->metric));
}

static const char *
card_attributes(const MapCell *cell)
{
	if (is_marked(cell))
		return "fill=\"#ffffff\" stroke=\"" ALARM "\" stroke-width=\"1.5\"";
	if (!cell->enough)
		return "fill=\"" PANEL "\" stroke=\"#8a96a4\" stroke-dasharray=\"4 3\"";
	return "fill=\"#ffffff\" stroke=\"" LINE "\"";
}

static void
draw_card(Picture *p, const MapCell *cell, int left, int top, const CardRow *row)
{
	TextBlock	name = card_name(p, cell);
	int			x = left + CARD_PADDING;
	int			y = top + CARD_PADDING;

	appendStringInfoString(&p->svg, "<g data-part=\"card\">\n");
	draw_title(&p->svg, name.text);
	draw_rect(&p->svg, left, top, p->column_width, row->height, 8, card_attributes(cell));
	draw_block(&p->svg, x, y, ANCHOR_START, &name);
	if (cell->has_emotion && cell->enough)
		draw_face(p, left + p->column_width - CARD_PADDING - 9, y + 8, 9, cell->emotion);
	y += row->name_height + 6;
	for (int i = 0; i < MAP_METRICS; i++)
	{
		if (!p->map->has_metric[i])
			continue;
		y += METRIC_HEIGHT;
		draw_metric(p, cell, i, x, y - 4);
		if (!p->map->has_target[i])
			continue;
		y += GOAL_HEIGHT;
		if (cell->metrics[i].value != NULL)
			draw_goal(p, cell->metrics[i].target, cell->metrics[i].gap, cell->enough, x, y - 4);
	}
	draw_count(p, cell, x, y + COUNT_HEIGHT - 5);
	if (cell->barrier)
		draw_barrier(p, p->words->barrier, &cell->impact, left, top + row->height);
	else if (cell->overall.metric != NULL)
		draw_barrier(p, p->words->overall, &cell->overall, left, top + row->height);
	appendStringInfoString(&p->svg, "</g>\n");
}

void
draw_cards(Picture *p, int y)
{
	int			column = 0;
	const CardRow *rows = card_rows(p);

	draw_text(&p->svg, MARGIN, y + 14, ANCHOR_START, &heading_style, p->words->touchpoints);
	for (const MapStage *stage = p->map->stages; stage != NULL; stage = stage->next, column++)
	{
		for (const MapCell *cell = stage->cells; cell != NULL; cell = cell->next)
			draw_card(p, cell, column_x(p, column), y + rows[cell->row].top, &rows[cell->row]);
	}
}
