/*
 * map_svg_persona.c
 *		Who the picture is about, below the title: the persona, what it wants and what it
 *		says, in the order in which that was noted.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "map/map_svg.h"

#define MOST_NOTES 9			/* the rest is counted */
#define MOST_NOTE_LINES 4
#define NAME_ROOM 176			/* for the portrait and the name */
#define PORTRAIT_ROOM 54
#define LEAST_NOTE_WIDTH 240
#define MOST_NOTE_WIDTH 420
#define NOTE_GAP 10
#define COLUMN_SPACE 24
#define BAR_ROOM 12				/* the bar in front of a note */

static const TextStyle heading_style = {13, true, INK};
static const TextStyle name_style = {16, true, INK};
static const TextStyle note_style = {13, false, INK};
static const TextStyle quote_style = {13, false, ACCENT};
static const TextStyle more_style = {13, false, SOFT};

/* Notes stand in columns of one width, row by row. */
typedef struct Grid
{
	int			left;
	int			columns;
	int			width;
} Grid;

static int
count_notes(const MapNote *note)
{
	int			count = 0;

	for (; note != NULL; note = note->next)
		count++;
	return count;
}

static Grid
note_grid(const Picture *p)
{
	Grid		grid;
	int			room;

	grid.left = column_x(p, 0) + CARD_PADDING + NAME_ROOM;
	room = p->width - MARGIN - CARD_PADDING - grid.left;
	grid.columns = (room + COLUMN_SPACE) / (LEAST_NOTE_WIDTH + COLUMN_SPACE);
	grid.columns = Max(1, Min(grid.columns, count_notes(p->map->persona.first)));
	grid.width = Min(MOST_NOTE_WIDTH, (room - (grid.columns - 1) * COLUMN_SPACE) / grid.columns);
	return grid;
}

static TextBlock
note_block(const MapNote *note, const Grid *grid)
{
	TextBlock	block = {note->note, note->is_quoted ? &quote_style : &note_style,
						 grid->width - BAR_ROOM, MOST_NOTE_LINES};

	return block;
}

static TextBlock
name_block(const Picture *p)
{
	TextBlock	block = {p->map->segment == NULL ? p->words->customer :
						 label_or_none(p, p->map->segment), &name_style,
						 NAME_ROOM - PORTRAIT_ROOM - CARD_PADDING, 4};

	return block;
}

static void
draw_note(Picture *p, const MapNote *note, const Grid *grid, int x, int y)
{
	TextBlock	block = note_block(note, grid);

	draw_rect(&p->svg, x, y, 3, block_height(&block), 1,
			  note->is_quoted ? "fill=\"#7a5ea8\"" : "fill=\"" ACCENT "\"");
	appendStringInfoString(&p->svg, note->is_quoted ? "<g font-style=\"italic\">\n" : "<g>\n");
	draw_block(&p->svg, x + BAR_ROOM, y, ANCHOR_START, &block);
	appendStringInfoString(&p->svg, "</g>\n");
}

/* Place the notes; draw them too, or only see how high they are. */
static int
notes(Picture *p, int top, bool draw)
{
	Grid		grid = note_grid(p);
	const MapNote *note = p->map->persona.first;
	int			y = top;
	int			height = 0;

	for (int i = 0; note != NULL && i < MOST_NOTES; i++, note = note->next)
	{
		TextBlock	block = note_block(note, &grid);
		int			column = i % grid.columns;

		CHECK_FOR_INTERRUPTS();
		if (i > 0 && column == 0)
		{
			y += height + NOTE_GAP;
			height = 0;
		}
		if (draw)
			draw_note(p, note, &grid, grid.left + column * (grid.width + COLUMN_SPACE), y);
		height = Max(height, block_height(&block));
	}
	y += height;
	if (note == NULL)
		return y - top;
	y += NOTE_GAP;
	if (draw)
		draw_text(&p->svg, grid.left + BAR_ROOM, y + more_style.size, ANCHOR_START, &more_style,
				  psprintf("+%d %s", count_notes(note), p->words->more));
	return y + line_height(&more_style) - top;
}

/* A head and shoulders in a circle, 40 wide. */
static void
draw_portrait(Picture *p, int x, int y)
{
	appendStringInfo(&p->svg,
					 "<g transform=\"translate(%d %d)\"><circle r=\"20\" fill=\"%s\"/>"
					 "<circle cy=\"-5\" r=\"6.5\" fill=\"#ffffff\"/>"
					 "<path d=\"M-11.5 12a11.5 10 0 0 1 23 0z\" fill=\"#ffffff\"/></g>\n",
					 x + 20, y + 20, ACCENT);
}

/* 0 without such notes. */
int
persona_height(Picture *p)
{
	TextBlock	name = name_block(p);

	if (p->map->persona.first == NULL)
		return 0;
	return Max(Max(40, block_height(&name)), notes(p, 0, false)) + 2 * CARD_PADDING;
}

void
draw_persona(Picture *p, int y)
{
	TextBlock	label = {p->words->persona, &heading_style, GUTTER - 16, 3};
	TextBlock	name = name_block(p);
	int			x = column_x(p, 0);

	draw_block(&p->svg, MARGIN, y + CARD_PADDING, ANCHOR_START, &label);
	appendStringInfoString(&p->svg, "<g data-part=\"persona\">\n");
	draw_rect(&p->svg, x, y, p->width - MARGIN - x, persona_height(p), 8, "fill=\"" PANEL "\"");
	draw_portrait(p, x + CARD_PADDING, y + CARD_PADDING);
	draw_block(&p->svg, x + CARD_PADDING + PORTRAIT_ROOM,
			   y + CARD_PADDING + Max(0, (40 - block_height(&name)) / 2), ANCHOR_START, &name);
	(void) notes(p, y + CARD_PADDING, true);
	appendStringInfoString(&p->svg, "</g>\n");
}
