/*
 * map_svg.c
 *		A journey map as an SVG picture.
 *
 * From top to bottom: the title, the persona, what the whole journey scores, the stages as
 * arrows, what they score, the emotion curve, the touchpoints as cards, the notes, the
 * legend.  Stages are columns of one width.  The picture needs nothing from outside, and
 * has a description for those who cannot see it.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"

#include "shared/compat.h"
#include "map/map_svg.h"
#include "svg/svg_text.h"

#define LEAST_COLUMN 216
#define LEAST_COLUMNS_WIDTH 720
#define LEAST_STAGE_HEIGHT 48
#define ARROW 14				/* how far the tip of a stage reaches out */
#define SCORES_GAP 8

static const TextStyle title_style = {28, true, INK};
static const TextStyle subtitle_style = {14, false, SOFT};
static const TextStyle stage_styles[] = {{15, true, "#ffffff"}, {13, true, "#ffffff"},
										 {11, true, "#ffffff"}};
static const TextStyle empty_style = {16, false, SOFT};

static TextBlock
title_block(const Picture *p)
{
	TextBlock	block = {label_or_none(p, p->map->title), &title_style, p->width - 2 * MARGIN, 2};

	return block;
}

/* Segment, number of answers and days, as far as they are known. */
char *
map_subtitle(const Picture *p)
{
	StringInfoData text;

	initStringInfo(&text);
	if (p->map->segment != NULL)
		appendStringInfo(&text, "%s: %s   \u00B7   ", p->words->segment,
						 label_or_none(p, p->map->segment));
	appendStringInfo(&text, "%s: %s", p->words->answers, svg_count(p->language, p->map->responses));
	if (p->map->from_day != NULL && p->map->to_day != NULL)
		appendStringInfo(&text, "   \u00B7   %s \u2013 %s", p->map->from_day, p->map->to_day);
	return text.data;
}

static TextBlock
subtitle_block(const Picture *p)
{
	TextBlock	block = {map_subtitle(p), &subtitle_style, p->width - 2 * MARGIN, 2};

	return block;
}

static void
set_widths(Picture *p)
{
	int			columns = Max(p->map->stage_count, 1);

	p->column_width =
		Max(LEAST_COLUMN, (LEAST_COLUMNS_WIDTH - (columns - 1) * COLUMN_GAP) / columns);
	p->width = column_x(p, columns) - COLUMN_GAP + MARGIN;
}

/* One more of the barriers, behind the colon or the one before. */
static void
append_barrier(Picture *p, const char **before, const MapStage *stage, const MapCell *cell)
{
	append_xml(&p->svg, *before);
	append_xml(&p->svg, label_or_none(p, stage->label));
	if (cell != NULL)
		append_xml(&p->svg, psprintf(" / %s", touchpoint_label(p, cell)));
	*before = "; ";
}

static void
append_barriers(Picture *p)
{
	const char *before = "";

	append_xml(&p->svg, psprintf(" %s: ", p->words->barriers));
	for (const MapStage *stage = p->map->stages; stage != NULL; stage = stage->next)
	{
		if (stage->impact.metric != NULL)
			append_barrier(p, &before, stage, NULL);
		for (const MapCell *cell = stage->cells; cell != NULL; cell = cell->next)
			if (cell->barrier || cell->overall.metric != NULL)
				append_barrier(p, &before, stage, cell);
	}
	appendStringInfoChar(&p->svg, '.');
}

/* What the whole journey scores, and its goals. */
static void
append_scores(Picture *p)
{
	for (int i = 0; i < MAP_METRICS; i++)
	{
		const MapScore *score = &p->map->whole.scores[i];

		if (score->value == NULL)
			continue;
		append_xml(&p->svg, psprintf(" %s: %s (n = %s)", map_metric_names[i],
									 svg_number(p->language, score->value),
									 svg_count(p->language, score->responses)));
		if (score->target != NULL)
			append_xml(&p->svg, psprintf(", %s %s", p->words->goal,
										svg_number(p->language, score->target)));
		appendStringInfoChar(&p->svg, '.');
	}
}

static void
append_persona(Picture *p)
{
	for (const MapNote *note = p->map->persona.first; note != NULL; note = note->next)
		append_xml(&p->svg, psprintf("%s%s", note == p->map->persona.first ?
									 psprintf(" %s: ", p->words->persona) : " / ", note->note));
	if (p->map->persona.first != NULL)
		appendStringInfoChar(&p->svg, '.');
}

static void
append_description(Picture *p)
{
	const char *before = "";

	draw_title(&p->svg, psprintf("%s: %s", p->words->picture, label_or_none(p, p->map->title)));
	appendStringInfoString(&p->svg, "<desc>");
	append_xml(&p->svg,
			   p->map->stage_count == 0 ? p->words->empty : psprintf("%s: ", p->words->stages));
	for (const MapStage *stage = p->map->stages; stage != NULL; stage = stage->next)
	{
		append_xml(&p->svg, before);
		append_xml(&p->svg, label_or_none(p, stage->label));
		before = ", ";
	}
	if (p->map->stage_count > 0)
		append_xml(&p->svg, psprintf(". %s: %d.", p->words->touchpoints, p->map->cell_count));
	append_persona(p);
	append_scores(p);
	if (p->map->has_barrier)
		append_barriers(p);
	appendStringInfoString(&p->svg, "</desc>\n");
}

static TextBlock
stage_block(const Picture *p, const MapStage *stage)
{
	TextBlock	block = {label_or_none(p, stage->label), NULL, p->column_width - 2 * ARROW - 16, 3};

	block.style = fitting_style(stage_styles, lengthof(stage_styles), block.text, block.width);
	return block;
}

static int
stages_height(const Picture *p)
{
	int			height = LEAST_STAGE_HEIGHT;

	for (const MapStage *stage = p->map->stages; stage != NULL; stage = stage->next)
	{
		TextBlock	name = stage_block(p, stage);

		height = Max(height, block_height(&name) + 14);
	}
	return height;
}

/* A stage is an arrow that the next one fits into. */
static void
draw_stage(Picture *p, const MapStage *stage, int column, int y, int height)
{
	TextBlock	name = stage_block(p, stage);
	int			left = column_x(p, column);
	int			right = left + p->column_width - (stage->next == NULL ? 0 : 3);
	int			tip = right + (stage->next == NULL ? 0 : ARROW);
	int			notch = left + (column == 0 ? 0 : ARROW);

	appendStringInfoString(&p->svg, "<g data-part=\"stage\">\n");
	appendStringInfo(&p->svg, "<path d=\"M%d %dH%dL%d %dL%d %dH%dL%d %dz\" fill=\"%s\"/>\n", left,
					 y, right, tip, y + height / 2,
					 right, y + height, left, notch, y + height / 2, ACCENT);
	draw_block(&p->svg, (notch + right) / 2, y + (height - block_height(&name)) / 2 + 1,
			   ANCHOR_MIDDLE, &name);
	appendStringInfoString(&p->svg, "</g>\n");
}

static int
draw_header(Picture *p)
{
	TextBlock	title = title_block(p);
	TextBlock	subtitle = subtitle_block(p);
	int			y = MARGIN;
	int			column = 0;

	draw_block(&p->svg, MARGIN, y, ANCHOR_START, &title);
	y += block_height(&title) + 6;
	draw_block(&p->svg, MARGIN, y, ANCHOR_START, &subtitle);
	y += block_height(&subtitle) + SECTION_GAP;
	if (persona_height(p) > 0)
	{
		draw_persona(p, y);
		y += persona_height(p) + SECTION_GAP;
	}
	if (headline_height(p) > 0)
	{
		draw_headline(p, y);
		y += headline_height(p) + SECTION_GAP;
	}
	for (const MapStage *stage = p->map->stages; stage != NULL; stage = stage->next)
		draw_stage(p, stage, column++, y, stages_height(p));
	if (p->map->stages == NULL)
		return y;
	y += stages_height(p);
	if (scores_height(p) > 0)
	{
		draw_scores(p, y + SCORES_GAP);
		y += SCORES_GAP + scores_height(p);
	}
	return y + SECTION_GAP;
}

/* Everything below the header; returns where it ends. */
static int
draw_body(Picture *p, int y)
{
	int			notes = notes_height(p);

	if (p->map->cell_count == 0)
	{
		draw_text(&p->svg, MARGIN, y + 30, ANCHOR_START, &empty_style, p->words->empty);
		y += 60;
	}
	else
	{
		draw_curve(p, y);
		y += curve_height(p) + SECTION_GAP;
		draw_cards(p, y);
		y += cards_height(p) + SECTION_GAP;
	}
	if (notes > 0)
	{
		draw_notes(p, y);
		y += notes + SECTION_GAP;
	}
	if (p->map->cell_count > 0)
	{
		draw_legend(p, y);
		y += legend_height(p);
	}
	return y;
}

/* The picture of what was read, and how wide it is. */
text *
map_picture(const JourneyMap *map, const SvgLanguage *language, int *width)
{
	Picture		p = {.language = language, .words = map_words(language), .map = map};
	int			height;

	set_widths(&p);
	initStringInfo(&p.svg);
	append_description(&p);
	appendStringInfoString(&p.svg, "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
	height = draw_body(&p, draw_header(&p)) + MARGIN - 12;
	*width = p.width;
	return svg_page(&p.svg, p.width, height, language);
}

/* journey_map_svg(name, segment, period, language, title) */
PG_FUNCTION_INFO_V1(journey_map_svg);
Datum
journey_map_svg(PG_FUNCTION_ARGS)
{
	const SvgLanguage *language;
	MapRequest	request;
	int			width;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	language = svg_language(PG_GETARG_TEXT_PP(3));
	request = map_request(fcinfo, language->polish);
	PG_RETURN_TEXT_P(map_picture(journey_map_read(&request), language, &width));
}
