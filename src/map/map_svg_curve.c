/*
 * map_svg_curve.c
 *		The emotion curve: a point per stage between very unhappy and very happy.
 *
 * The emotion of a stage is the mean of its touchpoints weighted by their answers.
 * Touchpoints with too few answers count in it, and get no dot of their own; a stage
 * that has only such ones has a hollow point.
 */
#include "postgres.h"

#include <math.h>

#include "map/map_svg.h"

#define LEVELS 5
#define LEVEL_GAP 31
#define ABOVE 30
#define BELOW 24

typedef struct StagePoint
{
	bool		known;
	bool		enough;
	double		emotion;
	int			x;
	int			y;
} StagePoint;

static const TextStyle label_style = {12, false, SOFT};
static const TextStyle heading_style = {13, true, INK};

static int
level_y(int top, double emotion)
{
	return top + ABOVE + (int) floor((2 - emotion) * LEVEL_GAP + 0.5);
}

int
curve_height(const Picture *p)
{
	return ABOVE + (LEVELS - 1) * LEVEL_GAP + BELOW;
}

static StagePoint
stage_point(const Picture *p, const MapStage *stage, int column, int top)
{
	StagePoint	point = {0};
	double		sum = 0;
	double		weights = 0;

	for (const MapCell *cell = stage->cells; cell != NULL; cell = cell->next)
	{
		double		weight = (double) Max(cell->responses, 1);

		if (!cell->has_emotion)
			continue;
		sum += weight * cell->emotion;
		weights += weight;
		point.enough |= cell->enough;
	}
	if (weights > 0)
	{
		point.known = true;
		point.emotion = Max(-2.0, Min(2.0, sum / weights));
		point.x = column_x(p, column) + p->column_width / 2;
		point.y = level_y(top, point.emotion);
	}
	return point;
}

static void
draw_levels(Picture *p, int top)
{
	int			left = column_x(p, 0);
	int			right = p->width - MARGIN;

	draw_rect(&p->svg, left, top, right - left, curve_height(p), 8, "fill=\"" PANEL "\"");
	for (int level = -2; level <= 2; level++)
	{
		int			y = level_y(top, level);

		draw_face(p, MARGIN + 9, y, 9, level);
		draw_text(&p->svg, MARGIN + 26, y + 4, ANCHOR_START, &label_style,
				  p->words->levels[level + 2]);
		appendStringInfo(&p->svg, "<path d=\"M%d %dH%d\" stroke=\"%s\"%s/>\n", left, y, right,
						 level == 0 ? "#8a96a4" : LINE,
						 level == 0 ? "" : " stroke-dasharray=\"2 4\"");
	}
}

/* Every touchpoint with enough answers, beside each other around the middle of the column. */
static void
draw_dots(Picture *p, const MapStage *stage, int column, int top)
{
	int			step = Min(14, (p->column_width - 40) / Max(stage->cell_count, 1));
	int			x = column_x(p, column) + p->column_width / 2 - step * (stage->cell_count - 1) / 2;

	for (const MapCell *cell = stage->cells; cell != NULL; cell = cell->next, x += step)
	{
		if (!cell->has_emotion || !cell->enough)
			continue;
		appendStringInfo(&p->svg,
						 "<circle cx=\"%d\" cy=\"%d\" r=\"3\" fill=\"%s\" "
						 "fill-opacity=\"0.8\"><title>", x, level_y(top, cell->emotion),
						 emotion_color(cell->emotion));
		append_xml(&p->svg, touchpoint_label(p, cell));
		appendStringInfoString(&p->svg, "</title></circle>\n");
	}
}

static void
draw_point(Picture *p, const StagePoint *point)
{
	TextStyle	style = {13, true, emotion_color(point->emotion)};
	bool		zero = fabs(point->emotion) < 0.05;
	char	   *number = svg_number(p->language, zero ? "0.0" : psprintf("%+.1f", point->emotion));

	appendStringInfo(&p->svg,
					 "<circle cx=\"%d\" cy=\"%d\" r=\"6\" fill=\"%s\" stroke=\"%s\" "
					 "stroke-width=\"2\"%s/>\n", point->x, point->y,
					 point->enough ? style.color : "#ffffff",
					 point->enough ? "#ffffff" : style.color,
					 point->enough ? "" : " stroke-dasharray=\"2 2\"");
	/* the panel's colour around it keeps dots and curve off the number */
	appendStringInfoString(&p->svg,
						   "<g stroke=\"" PANEL "\" stroke-width=\"5\""
						   " stroke-linejoin=\"round\" paint-order=\"stroke\">\n");
	draw_text(&p->svg, point->x, point->y - 13, ANCHOR_MIDDLE, &style, number);
	appendStringInfoString(&p->svg, "</g>\n");
}

/* Level at every point, so that the curve never swings past one. */
static void
append_curve(Picture *p, const StagePoint *points)
{
	appendStringInfo(&p->svg,
					 "<path fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\" "
					 "stroke-linecap=\"round\" d=\"", ACCENT);
	for (int i = 0; i < p->map->stage_count; i++)
	{
		const StagePoint *point = &points[i];
		int			middle;

		if (!point->known)
			continue;
		if (i == 0 || !points[i - 1].known)
		{
			appendStringInfo(&p->svg, "M%d %d", point->x, point->y);
			continue;
		}
		middle = (points[i - 1].x + point->x) / 2;
		appendStringInfo(&p->svg, "C%d %d %d %d %d %d", middle, points[i - 1].y, middle, point->y,
						 point->x, point->y);
	}
	appendStringInfoString(&p->svg, "\"/>\n");
}

void
draw_curve(Picture *p, int y)
{
	StagePoint *points = palloc0((p->map->stage_count + 1) * sizeof(StagePoint));
	int			column = 0;

	draw_text(&p->svg, MARGIN, y + 9, ANCHOR_START, &heading_style, p->words->emotion);
	draw_levels(p, y);
	for (const MapStage *stage = p->map->stages; stage != NULL; stage = stage->next, column++)
	{
		points[column] = stage_point(p, stage, column, y);
		draw_dots(p, stage, column, y);
	}
	append_curve(p, points);
	for (column = 0; column < p->map->stage_count; column++)
		if (points[column].known)
			draw_point(p, &points[column]);
}
