/*
 * map_svg_score.c
 *		What the whole journey scores, as tiles below the title, and what each stage
 *		scores, below its arrow; each with its answers, its goal and the change since the
 *		period before, whose arrow and sign say the direction without any colour.
 */
#include "postgres.h"

#include "map/map_svg.h"

#define TILE_WIDTH 232
#define TILE_HEIGHT 60
#define TILE_GOAL_HEIGHT 20
#define TILE_GAP 12
#define TILE_NAME 50			/* room for the name of a metric */
#define SCORE_HEIGHT 19
#define COUNT_HEIGHT 15			/* of the answers, where the change stands beside the value */

static const TextStyle heading_style = {13, true, INK};
static const TextStyle metric_style = {11, false, SOFT};
static const TextStyle value_style = {13, true, INK};
static const TextStyle thin_style = {13, false, SOFT};
static const TextStyle tile_name_style = {14, true, SOFT};
static const TextStyle tile_value_style = {20, true, INK};
static const TextStyle tile_thin_style = {20, false, SOFT};
static const TextStyle sure_style = {13, true, INK};
static const TextStyle unsure_style = {13, false, SOFT};
static const TextStyle short_style = {11, true, INK};

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
char *
change_text(const SvgLanguage *language, const char *change)
{
	if (is_zero(change))
		return psprintf("= %s", svg_number(language, change[0] == '-' ? change + 1 : change));
	if (change[0] == '-')
		return psprintf("\u25BC %s", svg_number(language, change));
	return psprintf("\u25B2 +%s", svg_number(language, change));
}

void
draw_change(Picture *p, int x, int y, Anchor anchor, const char *change, bool sure)
{
	draw_text(&p->svg, x, y, anchor, sure ? &sure_style : &unsure_style,
			  change_text(p->language, change));
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
	return !has_scores(p) ? 0 : TILE_HEIGHT + (p->map->has_whole_target ? TILE_GOAL_HEIGHT : 0);
}

/* How far a goal is, on the left of x. */
static void
draw_gap(Picture *p, const char *gap, bool enough, int x, int y)
{
	bool		is_short = gap[0] == '-';

	draw_text(&p->svg, x, y, ANCHOR_END, is_short && enough ? &short_style : &metric_style,
			  is_short ? psprintf("%s %s", p->words->short_of, svg_number(p->language, gap + 1)) :
			  p->words->reached);
}

/* Below a metric: its goal, a mark that says whether it is reached, and how far it is. */
void
draw_goal(Picture *p, const char *target, const char *gap, bool enough, int x, int y)
{
	if (target == NULL || gap == NULL)
		return;
	draw_text(&p->svg, x, y, ANCHOR_START, &metric_style, p->words->goal);
	draw_text(&p->svg, x + VALUE_RIGHT, y, ANCHOR_END, &metric_style,
			  svg_number(p->language, target));
	draw_goal_mark(p, x + VALUE_RIGHT + 12, y - 4, gap[0] != '-');
	draw_gap(p, gap, enough, numbers_right(p, x), y);
}

static void
draw_tile_goal(Picture *p, const MapScore *score, int x, int y)
{
	if (score->target == NULL || score->gap == NULL)
		return;
	draw_goal_mark(p, x + 6, y - 4, score->gap[0] != '-');
	draw_text(&p->svg, x + 18, y, ANCHOR_START, &metric_style,
			  psprintf("%s %s", p->words->goal, svg_number(p->language, score->target)));
	draw_gap(p, score->gap, score->enough, x + TILE_WIDTH - 2 * CARD_PADDING, y);
}

/* The name, the value and its change; below them the interval and the answers. */
static void
draw_tile(Picture *p, int metric, int left, int top)
{
	const MapScore *score = &p->map->whole.scores[metric];
	const TextStyle *style = score->enough ? &tile_value_style : &tile_thin_style;
	int			x = left + CARD_PADDING;
	char	   *value = score->value == NULL ? "\u2013" : svg_number(p->language, score->value);
	char	   *count = psprintf("n = %s", svg_count(p->language, score->responses));

	appendStringInfoString(&p->svg, "<g data-part=\"headline\">\n");
	draw_rect(&p->svg, left, top, TILE_WIDTH, headline_height(p), 8, "fill=\"" PANEL "\"");
	draw_text(&p->svg, x, top + 29, ANCHOR_START, &tile_name_style, map_metric_names[metric]);
	draw_text(&p->svg, x + TILE_NAME, top + 30, ANCHOR_START, style, value);
	if (score->change != NULL)
		draw_change(p, left + TILE_WIDTH - CARD_PADDING, top + 29, ANCHOR_END, score->change,
					score->sure);
	if (score->low != NULL && score->high != NULL)
		count = psprintf("%s %s %s   \u00B7   %s", svg_number(p->language, score->low),
						 p->language->to,
						 svg_number(p->language, score->high), count);
	draw_text(&p->svg, x, top + 49, ANCHOR_START, &metric_style, count);
	draw_tile_goal(p, score, x, top + 69);
	appendStringInfoString(&p->svg, "</g>\n");
}

void
draw_headline(Picture *p, int y)
{
	TextBlock	label = {p->words->whole, &heading_style, GUTTER - 16, 3};
	int			x = column_x(p, 0);

	draw_block(&p->svg, MARGIN, y + CARD_PADDING, ANCHOR_START, &label);
	for (int i = 0; i < MAP_METRICS; i++)
		if (has_score(p, i))
		{
			draw_tile(p, i, x, y);
			x += TILE_WIDTH + TILE_GAP;
		}
}

static int
score_height(const Picture *p, int metric)
{
	return SCORE_HEIGHT + (p->map->has_change ? COUNT_HEIGHT + 2 : 0) +
		(p->map->has_stage_target[metric] ? GOAL_HEIGHT : 0);
}

static bool
has_stage_barrier(const Picture *p)
{
	bool		has = false;

	for (const MapStage *stage = p->map->stages; stage != NULL && !has; stage = stage->next)
		has = stage->impact.metric != NULL;
	return has;
}

int
scores_height(const Picture *p)
{
	int			height = 0;

	for (int i = 0; i < MAP_METRICS; i++)
		if (has_score(p, i))
			height += score_height(p, i);
	return height == 0 ? 0 : height + CARD_PADDING + (has_stage_barrier(p) ? BARRIER_HEIGHT : 0);
}

static void
draw_score(Picture *p, const MapScore *score, int metric, int x, int y)
{
	const char *count = psprintf("n = %s", svg_count(p->language, score->responses));

	draw_text(&p->svg, x, y, ANCHOR_START, &metric_style, map_metric_names[metric]);
	if (score->value == NULL)
	{
		draw_text(&p->svg, x + VALUE_RIGHT, y, ANCHOR_END, &thin_style, "\u2013");
		return;
	}
	draw_text(&p->svg, x + VALUE_RIGHT, y, ANCHOR_END, score->enough ? &value_style : &thin_style,
			  svg_number(p->language, score->value));
	if (score->change != NULL)
		draw_change(p, numbers_right(p, x), y, ANCHOR_END, score->change, score->sure);
	if (p->map->has_change)
		draw_text(&p->svg, x, y += COUNT_HEIGHT, ANCHOR_START, &metric_style, count);
	else
		draw_text(&p->svg, numbers_right(p, x), y, ANCHOR_END, &metric_style, count);
	draw_goal(p, score->target, score->gap, score->enough, x, y + GOAL_HEIGHT);
}

static void
draw_stage_scores(Picture *p, const MapStage *stage, int left, int top)
{
	int			y = top + CARD_PADDING / 2;

	appendStringInfoString(&p->svg, "<g data-part=\"score\">\n");
	draw_rect(&p->svg, left, top, p->column_width, scores_height(p), 8,
			  stage->impact.metric == NULL ?
			  "fill=\"" PANEL "\"" :
			  "fill=\"" PANEL "\" stroke=\"" ALARM "\" stroke-width=\"1.5\"");
	for (int i = 0; i < MAP_METRICS; i++)
	{
		if (!has_score(p, i))
			continue;
		draw_score(p, &stage->scores[i], i, left + CARD_PADDING, y + SCORE_HEIGHT - 5);
		y += score_height(p, i);
	}
	if (stage->impact.metric != NULL)
		draw_barrier(p, p->words->barrier, &stage->impact, left, top + scores_height(p));
	appendStringInfoString(&p->svg, "</g>\n");
}

void
draw_scores(Picture *p, int y)
{
	TextBlock	label = {p->words->whole_stage, &heading_style, GUTTER - 16, 3};
	int			column = 0;

	draw_block(&p->svg, MARGIN, y + CARD_PADDING / 2, ANCHOR_START, &label);
	for (const MapStage *stage = p->map->stages; stage != NULL; stage = stage->next)
		draw_stage_scores(p, stage, column_x(p, column++), y);
}
