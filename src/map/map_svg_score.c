/*
 * map_svg_score.c
 *		What the whole journey scores, as tiles below the title, and what each stage
 *		scores, below its arrow; each with its answers and the change since the period
 *		before, whose arrow and sign say the direction without any colour.
 */
#include "postgres.h"

#include "map/map_svg.h"

#define TILE_WIDTH 232
#define TILE_HEIGHT 60
#define TILE_GAP 12
#define TILE_NAME 50			/* room for the name of a metric */
#define SCORE_HEIGHT 19
#define CHANGE_HEIGHT 16
#define VALUE_RIGHT 88			/* as in cards, so that numbers stand below each other */
#define SCORE_WIDTH 210

static const TextStyle heading_style = {13, true, INK};
static const TextStyle metric_style = {11, false, SOFT};
static const TextStyle value_style = {13, true, INK};
static const TextStyle thin_style = {13, false, SOFT};
static const TextStyle tile_name_style = {14, true, SOFT};
static const TextStyle tile_value_style = {20, true, INK};
static const TextStyle tile_thin_style = {20, false, SOFT};
static const TextStyle sure_style = {13, true, INK};
static const TextStyle unsure_style = {13, false, SOFT};

static bool
has_score(const Picture *p, int metric)
{
	bool		has = p->map->whole.scores[metric].value != NULL;

	for (const MapStage *stage = p->map->stages; stage != NULL && !has; stage = stage->next)
		has = stage->scores[metric].value != NULL;
	return has;
}

static bool
is_zero(const char *number)
{
	return number[strspn(number, "-0.")] == '\0';
}

/* Such as an arrow upwards and +4.2. */
void
draw_change(Picture *p, int x, int y, Anchor anchor, const char *change, bool sure)
{
	const char *text;

	if (is_zero(change))
		text = psprintf("= %s", map_number(p, change[0] == '-' ? change + 1 : change));
	else if (change[0] == '-')
		text = psprintf("\u25BC %s", map_number(p, change));
	else
		text = psprintf("\u25B2 +%s", map_number(p, change));
	draw_text(p, x, y, anchor, sure ? &sure_style : &unsure_style, text);
}

static bool
has_scores(const Picture *p)
{
	bool		has = false;

	for (int i = 0; i < MAP_METRICS; i++)
		has |= has_score(p, i);
	return has;
}

int
headline_height(const Picture *p)
{
	return has_scores(p) ? TILE_HEIGHT : 0;
}

/* The name, the value and its change; below them the interval and the answers. */
static void
draw_tile(Picture *p, int metric, int left, int top)
{
	const MapScore *score = &p->map->whole.scores[metric];
	const TextStyle *style = score->enough ? &tile_value_style : &tile_thin_style;
	int			x = left + CARD_PADDING;
	char	   *value = score->value == NULL ? "\u2013" : map_number(p, score->value);
	char	   *count = psprintf("n = %s", map_count(p, score->responses));

	appendStringInfoString(&p->svg, "<g data-part=\"headline\">\n");
	draw_rect(p, left, top, TILE_WIDTH, TILE_HEIGHT, 8, "fill=\"" PANEL "\"");
	draw_text(p, x, top + 29, ANCHOR_START, &tile_name_style, map_metric_names[metric]);
	draw_text(p, x + TILE_NAME, top + 30, ANCHOR_START, style, value);
	if (score->change != NULL)
		draw_change(p, left + TILE_WIDTH - CARD_PADDING, top + 29, ANCHOR_END, score->change,
					score->sure);
	if (score->low != NULL && score->high != NULL)
		count = psprintf("%s %s %s   \u00B7   %s", map_number(p, score->low), p->words->to,
						 map_number(p, score->high), count);
	draw_text(p, x, top + 49, ANCHOR_START, &metric_style, count);
	appendStringInfoString(&p->svg, "</g>\n");
}

void
draw_headline(Picture *p, int y)
{
	TextBlock	label = {p->words->whole, &heading_style, GUTTER - 16, 3};
	int			x = column_x(p, 0);

	draw_block(p, MARGIN, y + CARD_PADDING, ANCHOR_START, &label);
	for (int i = 0; i < MAP_METRICS; i++)
		if (has_score(p, i))
		{
			draw_tile(p, i, x, y);
			x += TILE_WIDTH + TILE_GAP;
		}
}

int
scores_height(const Picture *p)
{
	int			height = 0;

	for (int i = 0; i < MAP_METRICS; i++)
		if (has_score(p, i))
			height += SCORE_HEIGHT + (p->map->has_change ? CHANGE_HEIGHT : 0);
	for (const MapStage *stage = p->map->stages; stage != NULL; stage = stage->next)
		if (map_stage_barrier(stage) >= 0)
			return height + CARD_PADDING + BARRIER_HEIGHT;
	return height == 0 ? 0 : height + CARD_PADDING;
}

static void
draw_score(Picture *p, const MapScore *score, int metric, int x, int y)
{
	draw_text(p, x, y, ANCHOR_START, &metric_style, map_metric_names[metric]);
	if (score->value == NULL)
	{
		draw_text(p, x + VALUE_RIGHT, y, ANCHOR_END, &thin_style, "\u2013");
		return;
	}
	draw_text(p, x + VALUE_RIGHT, y, ANCHOR_END, score->enough ? &value_style : &thin_style,
			  map_number(p, score->value));
	draw_text(p, x + Min(p->column_width - 2 * CARD_PADDING, SCORE_WIDTH), y, ANCHOR_END,
			  &metric_style, psprintf("n = %s", map_count(p, score->responses)));
	if (score->change != NULL)
		draw_change(p, x + VALUE_RIGHT, y + CHANGE_HEIGHT, ANCHOR_END, score->change, score->sure);
}

static void
draw_stage_scores(Picture *p, const MapStage *stage, int left, int top)
{
	int			y = top + CARD_PADDING / 2;
	int			barrier = map_stage_barrier(stage);

	appendStringInfoString(&p->svg, "<g data-part=\"score\">\n");
	draw_rect(p, left, top, p->column_width, scores_height(p), 8, barrier < 0 ?
			  "fill=\"" PANEL "\"" : "fill=\"" PANEL "\" stroke=\"" ALARM "\" stroke-width=\"1.5\"");
	for (int i = 0; i < MAP_METRICS; i++)
	{
		if (!has_score(p, i))
			continue;
		y += SCORE_HEIGHT;
		draw_score(p, &stage->scores[i], i, left + CARD_PADDING, y - 5);
		y += p->map->has_change ? CHANGE_HEIGHT : 0;
	}
	if (barrier >= 0)
		draw_barrier(p, stage->scores[barrier].impact, map_metric_names[barrier],
					 left + CARD_PADDING, top + scores_height(p));
	appendStringInfoString(&p->svg, "</g>\n");
}

void
draw_scores(Picture *p, int y)
{
	TextBlock	label = {p->words->whole_stage, &heading_style, GUTTER - 16, 3};
	int			column = 0;

	draw_block(p, MARGIN, y + CARD_PADDING / 2, ANCHOR_START, &label);
	for (const MapStage *stage = p->map->stages; stage != NULL; stage = stage->next)
		draw_stage_scores(p, stage, column_x(p, column++), y);
}
