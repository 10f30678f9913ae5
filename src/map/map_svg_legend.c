/*
 * map_svg_legend.c
 *		The legend: what the signs of the picture mean, as many beside each other as
 *		there is room for.
 */
#include "postgres.h"

#include "map/map_svg.h"
#include "svg/svg_text.h"

#define ENTRY_HEIGHT 24
#define ENTRY_GAP 32
#define SIGN_ROOM 26
#define NUMBERS_ROOM 130			/* for a value and its interval */
#define CHANGE_ROOM 54
#define GOAL_ROOM 40

static const TextStyle legend_style = {12, false, SOFT};
static const TextStyle value_style = {13, true, INK};
static const TextStyle interval_style = {11, false, SOFT};
static const TextStyle alarm_style = {13, true, ALARM};

typedef enum Sign
{
	SIGN_CURVE,
	SIGN_BARRIER,
	SIGN_FEW,
	SIGN_OVERALL,
	SIGN_GOAL,
	SIGN_NUMBERS,
	SIGN_CHANGE,
	SIGN_METRICS,
	SIGNS						/* how many there are */
} Sign;

static const char *
entry_text(const Picture *p, Sign sign)
{
	switch (sign)
	{
		case SIGN_CURVE:
			return p->words->legend_curve;
		case SIGN_BARRIER:
			return p->words->legend_barrier;
		case SIGN_OVERALL:
			return p->words->legend_overall;
		case SIGN_FEW:
			return p->words->legend_few;
		case SIGN_GOAL:
			return p->words->legend_goal;
		case SIGN_NUMBERS:
			return p->words->legend_numbers;
		case SIGN_CHANGE:
			return p->words->legend_change;
		default:
			return p->words->legend_metrics;
	}
}

static int
sign_room(const Picture *p, Sign sign)
{
	switch (sign)
	{
		case SIGN_OVERALL:
			return SIGN_ROOM + 8 +
				(int) (svg_width(p->words->overall, strlen(p->words->overall), true) *
					   alarm_style.size);
		case SIGN_GOAL:
			return GOAL_ROOM;
		case SIGN_NUMBERS:
			return NUMBERS_ROOM;
		case SIGN_CHANGE:
			return CHANGE_ROOM;
		case SIGN_METRICS:
			return 0;
		default:
			return SIGN_ROOM;
	}
}

static void
draw_numbers(Picture *p, int x, int y)
{
	draw_text(&p->svg, x, y, ANCHOR_START, &value_style, svg_number(p->language, "34.2"));
	draw_text(&p->svg, x + 44, y, ANCHOR_START, &interval_style,
			  psprintf("%s %s %s", svg_number(p->language, "31.0"),
					   p->language->to, svg_number(p->language, "37.4")));
}

static void
draw_sign(Picture *p, Sign sign, int x, int y)
{
	switch (sign)
	{
		case SIGN_CURVE:
			appendStringInfo(&p->svg,
							 "<path d=\"M%d %dh18\" stroke=\"%s\" stroke-width=\"2.5\" "
							 "stroke-linecap=\"round\"/>"
							 "<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\" stroke=\"#ffffff\" "
							 "stroke-width=\"2\"/>\n",
							 x, y, ACCENT, x + 9, y, ACCENT);
			break;
		case SIGN_BARRIER:
			draw_warning(p, x + 1, y - 7);
			break;
		case SIGN_FEW:
			draw_rect(&p->svg, x, y - 6, 18, 12, 3,
					  "fill=\"" PANEL "\" stroke=\"#8a96a4\" stroke-dasharray=\"4 3\"");
			break;
		case SIGN_OVERALL:
			draw_warning(p, x + 1, y - 7);
			draw_text(&p->svg, x + SIGN_ROOM - 2, y + 4, ANCHOR_START, &alarm_style,
					  p->words->overall);
			break;
		case SIGN_GOAL:
			draw_goal_mark(p, x + 6, y, true);
			draw_goal_mark(p, x + 24, y, false);
			break;
		case SIGN_NUMBERS:
			draw_numbers(p, x, y + 4);
			break;
		case SIGN_CHANGE:
			draw_change(p, x, y + 4, ANCHOR_START, "4.2", true);
			break;
		default:
			break;
	}
}

static bool
has_goal(const Picture *p)
{
	bool		has = p->map->has_whole_target;

	for (int i = 0; i < MAP_METRICS; i++)
		has |= p->map->has_target[i] || p->map->has_stage_target[i];
	return has;
}

static bool
is_used(const Picture *p, Sign sign)
{
	return sign == SIGN_CHANGE ? p->map->has_change : sign == SIGN_GOAL ? has_goal(p) :
		sign == SIGN_OVERALL ? p->map->has_overall : true;
}

/* Place the entries; draw them too, or only see how high they are. */
static int
legend(Picture *p, int top, bool draw)
{
	int			x = MARGIN;
	int			y = top;

	for (Sign sign = 0; sign < SIGNS; sign++)
	{
		TextBlock	block = {entry_text(p, sign), &legend_style,
							 p->width - 2 * MARGIN - sign_room(p, sign), 4};
		int			width = sign_room(p, sign) +
			(int) (svg_width(block.text, strlen(block.text), false) * legend_style.size) + 1;

		if (!is_used(p, sign))
			continue;
		if (x > MARGIN && x + width > p->width - MARGIN)
		{
			x = MARGIN;
			y += ENTRY_HEIGHT;
		}
		if (draw)
		{
			draw_sign(p, sign, x, y + 8);
			draw_block(&p->svg, x + sign_room(p, sign), y, ANCHOR_START, &block);
		}
		y += block_height(&block) - line_height(&legend_style);
		x += width + ENTRY_GAP;
	}
	return y + ENTRY_HEIGHT - top;
}

int
legend_height(Picture *p)
{
	return legend(p, 0, false);
}

void
draw_legend(Picture *p, int y)
{
	(void) legend(p, y, true);
}
