/*
 * map_svg_draw.c
 *		What all parts of the picture draw with: texts in lines, boxes, faces, signs.
 *
 * Only attributes, no style sheet and no ids: several pictures can stand in one
 * page, and programs that know only half of SVG show them too.  Every line of text
 * is an element of its own with unicode-bidi "plaintext", so that its own letters
 * decide its direction, and nothing else's.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"

#include "map/map_svg.h"
#include "svg/svg_text.h"

#define ELLIPSIS "\u2026"

static const char *const anchors[] = {"start", "middle", "end"};

/* Text for an element or an attribute. */
static void
append_xml_part(StringInfo out, const char *text, size_t length)
{
	const char *end = text + length;
	bool		ascii = map_needs_ascii();

	while (text < end)
	{
		const char *start = text;
		uint32_t	ch = svg_next(&text, end);

		if (strchr("<>&\"'", ch < 0x80 ? (int) ch : ' ') != NULL || (ch >= 0x80 && ascii))
			appendStringInfo(out, "&#%u;", ch);
		else
			appendBinaryStringInfo(out, start, (int) (text - start));
	}
}

void
append_xml(StringInfo out, const char *text)
{
	append_xml_part(out, text, strlen(text));
}

/* The map writes (none) for NULL. */
const char *
label_or_none(const Picture *p, const char *label)
{
	return label == NULL || label[0] == '\0' || strcmp(label, "(none)") == 0 ?
		p->words->none : label;
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

static void
draw_text_part(Picture *p, int x, int y, Anchor anchor, const TextStyle *style, const char *text,
			   size_t length, bool cut)
{
	appendStringInfo(&p->svg,
					 "<text x=\"%d\" y=\"%d\" font-size=\"%d\" fill=\"%s\" "
					 "unicode-bidi=\"plaintext\"",
					 x, y, style->size, style->color);
	if (style->bold)
		appendStringInfoString(&p->svg, " font-weight=\"600\"");
	if (anchor != ANCHOR_START)
		appendStringInfo(&p->svg, " text-anchor=\"%s\"", anchors[anchor]);
	appendStringInfoChar(&p->svg, '>');
	append_xml_part(&p->svg, text, length);
	if (cut)
		append_xml(&p->svg, ELLIPSIS);
	appendStringInfoString(&p->svg, "</text>\n");
}

void
draw_text(Picture *p, int x, int y, Anchor anchor, const TextStyle *style, const char *text)
{
	draw_text_part(p, x, y, anchor, style, text, strlen(text), false);
}

int
line_height(const TextStyle *style)
{
	return (style->size * 13 + 9) / 10;
}

/* The bytes of the next line, and whether the text is cut off in it. */
static size_t
next_line(const TextBlock *block, const char *text, int line, bool *cut)
{
	size_t		length = strlen(text);
	double		room = (double) block->width / block->style->size;
	size_t		bytes = svg_line(text, length, room, block->style->bold);

	*cut = bytes < length && line == block->most_lines - 1;
	if (*cut)
	{
		room -= svg_width(ELLIPSIS, strlen(ELLIPSIS), block->style->bold);
		bytes = svg_line(text, length, room, block->style->bold);
	}
	return bytes;
}

/* The first of some styles, which get smaller, in which no word is cut in two; or else the last. */
const TextStyle *
fitting_style(const TextStyle *styles, int count, const char *text, int width)
{
	int			i = 0;

	while (i < count - 1 &&
		   svg_widest_part(text, strlen(text), styles[i].bold) * styles[i].size > width)
		i++;
	return &styles[i];
}

int
block_lines(const TextBlock *block)
{
	const char *text = block->text;
	int			lines = 0;
	bool		cut = false;

	while (*text != '\0' && !cut)
		text += next_line(block, text, lines++, &cut);
	return lines;
}

int
block_height(const TextBlock *block)
{
	return block_lines(block) * line_height(block->style);
}

/* y is the upper edge of the first line.  What is cut off can be read by pointing at it. */
void
draw_block(Picture *p, int x, int y, Anchor anchor, const TextBlock *block)
{
	const char *text = block->text;
	size_t		start = (size_t) p->svg.len;
	bool		cut = false;

	appendStringInfoString(&p->svg, "<g>\n");
	y += block->style->size;
	for (int line = 0; *text != '\0' && !cut; line++)
	{
		size_t		bytes = next_line(block, text, line, &cut);
		size_t		shown = bytes;

		while (shown > 0 && text[shown - 1] == ' ')
			shown--;
		draw_text_part(p, x, y, anchor, block->style, text, shown, cut);
		text += bytes;
		y += line_height(block->style);
	}
	if (cut)
		draw_title(p, block->text);
	appendStringInfoString(&p->svg, "</g>\n");
	if (block->text[0] == '\0')
	{
		p->svg.len = (int) start;
		p->svg.data[start] = '\0';
	}
}

void
draw_title(Picture *p, const char *text)
{
	appendStringInfoString(&p->svg, "<title>");
	append_xml(&p->svg, text);
	appendStringInfoString(&p->svg, "</title>\n");
}

void
draw_rect(Picture *p, int x, int y, int width, int height, int radius, const char *attributes)
{
	appendStringInfo(&p->svg, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\" %s/>\n",
					 x, y, width, height, radius, attributes);
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
