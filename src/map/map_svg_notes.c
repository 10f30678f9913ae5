/*
 * map_svg_notes.c
 *		What people wrote down about the journey: a row per kind of note with the
 *		stages as columns, and below it the notes about the journey as a whole.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "map/map_svg.h"

#define MOST_NOTES 8			/* in one place; the rest is counted */
#define MOST_NOTE_LINES 6
#define NOTE_GAP 9
#define ROW_GAP 10
#define BAR_ROOM 12				/* the coloured bar in front of a note */

static const TextStyle note_style = {12, false, INK};
static const TextStyle more_style = {12, false, SOFT};
static const TextStyle heading_style = {13, true, INK};

static const char *const colors[MAP_NOTE_KINDS] = {"#4f6d8f", "#7a5ea8", "#b8860b", "#b42318",
												   "#2f7d4f", "#0f7b8a"};

static TextBlock
note_block(const MapNote *note, int width)
{
	TextBlock	block = {note->note, &note_style, width - BAR_ROOM, MOST_NOTE_LINES};

	return block;
}

/* The height of some notes below each other; 0 for none. */
static int
list_height(const MapNote *note, int width)
{
	int			height = 0;

	for (int i = 0; note != NULL && i <= MOST_NOTES; i++, note = note->next)
	{
		TextBlock	block = note_block(note, width);

		height += (i > 0 ? NOTE_GAP : 0) +
			(i == MOST_NOTES ? line_height(&more_style) : block_height(&block));
	}
	return height;
}

static void
draw_rest(Picture *p, const MapNote *note, int x, int y)
{
	int			rest = 0;

	for (; note != NULL; note = note->next)
		rest++;
	draw_text(&p->svg, x + BAR_ROOM, y + more_style.size, ANCHOR_START, &more_style,
			  psprintf("+%d %s", rest, p->words->more));
}

static void
draw_list(Picture *p, const MapNote *note, int x, int y, int width)
{
	for (int i = 0; note != NULL; i++, note = note->next)
	{
		TextBlock	block = note_block(note, width);
		int			height = block_height(&block);

		if (i == MOST_NOTES)
		{
			draw_rest(p, note, x, y);
			return;
		}
		draw_rect(&p->svg, x, y, 3, height, 1, psprintf("fill=\"%s\"", colors[note->kind]));
		draw_block(&p->svg, x + BAR_ROOM, y, ANCHOR_START, &block);
		y += height + NOTE_GAP;
	}
}

static int
note_width(const Picture *p)
{
	return p->column_width - 2 * CARD_PADDING;
}

/* The height of the row of a kind; 0 if there are no such notes. */
static int
row_height(const Picture *p, MapNoteKind kind)
{
	int			height = 0;

	for (const MapStage *stage = p->map->stages; stage != NULL; stage = stage->next)
		height = Max(height, list_height(stage->notes[kind].first, note_width(p)));
	return height > 0 ? height + 2 * CARD_PADDING : 0;
}

static int
whole_width(const Picture *p)
{
	return p->width - MARGIN - column_x(p, 0) - 2 * CARD_PADDING;
}

/*
 * The notes about the whole journey stand one kind below the other, each with the name of
 * its kind.
 */
static int
whole_height(const Picture *p)
{
	int			height = 0;

	for (int kind = 0; kind < MAP_NOTE_KINDS; kind++)
		if (p->map->whole.notes[kind].first != NULL)
			height += (height > 0 ? NOTE_GAP : 0) +
				list_height(p->map->whole.notes[kind].first, whole_width(p) - GUTTER);
	return height > 0 ? height + 2 * CARD_PADDING : 0;
}

int
notes_height(const Picture *p)
{
	int			height = 0;

	for (int kind = 0; kind <= MAP_NOTE_KINDS; kind++)
	{
		int			one = kind < MAP_NOTE_KINDS ? row_height(p, kind) : whole_height(p);

		height += one + (one > 0 && height > 0 ? ROW_GAP : 0);
	}
	return height;
}

static void
draw_panel(Picture *p, const char *heading, int y, int height)
{
	TextBlock	label = {heading, &heading_style, GUTTER - 16, 3};

	draw_block(&p->svg, MARGIN, y + CARD_PADDING, ANCHOR_START, &label);
	draw_rect(&p->svg, column_x(p, 0), y, p->width - MARGIN - column_x(p, 0), height, 8,
			  "fill=\"" PANEL "\"");
}

static void
draw_whole(Picture *p, int y)
{
	int			x = column_x(p, 0) + CARD_PADDING;

	draw_panel(p, p->words->whole, y, whole_height(p));
	y += CARD_PADDING;
	for (int kind = 0; kind < MAP_NOTE_KINDS; kind++)
	{
		const MapNote *notes = p->map->whole.notes[kind].first;

		if (notes == NULL)
			continue;
		draw_text(&p->svg, x, y + more_style.size, ANCHOR_START, &more_style,
				  p->words->notes[kind]);
		draw_list(p, notes, x + GUTTER, y, whole_width(p) - GUTTER);
		y += list_height(notes, whole_width(p) - GUTTER) + NOTE_GAP;
	}
}

void
draw_notes(Picture *p, int y)
{
	for (int kind = 0; kind < MAP_NOTE_KINDS; kind++)
	{
		int			height = row_height(p, kind);
		int			column = 0;

		if (height == 0)
			continue;
		CHECK_FOR_INTERRUPTS();
		draw_panel(p, p->words->notes[kind], y, height);
		for (const MapStage *stage = p->map->stages; stage != NULL; stage = stage->next)
			draw_list(p, stage->notes[kind].first, column_x(p, column++) + CARD_PADDING,
					  y + CARD_PADDING, note_width(p));
		y += height + ROW_GAP;
	}
	if (whole_height(p) > 0)
		draw_whole(p, y);
}
