/*
 * map_svg_draw.c
 *		What all parts of the map draw: labels, faces, signs.
 */
#include "postgres.h"

#include <math.h>

#include "map/map_svg.h"

/* The map writes (none) for NULL. */
const char *
label_or_none(const Picture *p, const char *label)
{
	return label == NULL || label[0] == '\0' || strcmp(label, "(none)") == 0 ?
		p->language->none : label;
}

/* A map without touchpoints has one of them, (all), at each stage. */
const char *
touchpoint_label(const Picture *p, const MapCell *cell)
{
	return cell->touchpoint != NULL && strcmp(cell->touchpoint, "(all)") == 0 ?
		p->words->all : label_or_none(p, cell->touchpoint);
}

int
column_x(const Picture *p, int column)
{
	return MARGIN + GUTTER + column * (p->column_width + COLUMN_GAP);
}

/* The nearest of the five levels, as 0 .. 4. */
static int
level_of(double emotion)
{
	return (int) floor(emotion + 2.5);
}

const char *
emotion_color(double emotion)
{
	static const char *const colors[] = {"#b42318", "#a85208", "#5d6978", "#2f7a4c", "#0f5c35"};

	return colors[level_of(emotion)];
}

/* A face whose mouth says how good it is; the colour only says it again. */
void
draw_face(Picture *p, int x, int y, int radius, double emotion)
{
	static const int bends[] = {-8, -4, 0, 4, 8};
	const char *color = emotion_color(emotion);
	double		r = radius;
	double		mouth = y + r * (emotion < -0.5 ? 0.45 : 0.25);

	appendStringInfo(&p->svg,
					 "<g fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" stroke-linecap=\"round\">"
					 "<circle cx=\"%d\" cy=\"%d\" r=\"%d\" fill=\"#ffffff\"/>", color, x, y,
					 radius);
	appendStringInfo(&p->svg, "<path d=\"M%.1f %.1fh.01M%.1f %.1fh.01\" stroke-width=\"2\"/>",
					 x - r * 0.36, y - r * 0.25, x + r * 0.36, y - r * 0.25);
	appendStringInfo(&p->svg, "<path d=\"M%.1f %.1fq%.1f %.1f %.1f 0\"/></g>\n",
					 x - r * 0.45, mouth, r * 0.45, r * bends[level_of(emotion)] / 10.0, r * 0.9);
}

/* A triangle with an exclamation mark, 16 wide and 14 high. */
void
draw_warning(Picture *p, int x, int y)
{
	appendStringInfo(&p->svg,
					 "<path d=\"M%d %dl7 13h-14z\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.5\" "
					 "stroke-linejoin=\"round\"/>"
					 "<path d=\"M%d %dv4m0 2.6v.01\" stroke=\"#ffffff\" stroke-width=\"1.8\" "
					 "stroke-linecap=\"round\"/>\n",
					 x + 8, y, ALARM, ALARM, x + 8, y + 5);
}

/* 12 wide around its middle: a full disc with a tick, or a ring that something is missing in. */
void
draw_goal_mark(Picture *p, int x, int y, bool reached)
{
	appendStringInfo(&p->svg,
					 "<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\" stroke=\"%s\" "
					 "stroke-width=\"1.5\"/>"
					 "<path d=\"%s\" transform=\"translate(%d %d)\" fill=\"none\" stroke=\"%s\" "
					 "stroke-width=\"1.5\" stroke-linecap=\"round\"/>\n",
					 x, y, reached ? GOOD : "#ffffff", reached ? GOOD : INK,
					 reached ? "M-2.4 0.2l1.7 1.8l3 -3.6" : "M-2.2 0h4.4", x, y,
					 reached ? "#ffffff" : INK);
}
