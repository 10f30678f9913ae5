/*
 * svg_draw.c
 *		What all pictures draw with: texts in lines, boxes, titles.
 *
 * Only attributes, no style sheet and no ids: several pictures can stand in one
 * page, and programs that know only half of SVG show them too.  Every line of text
 * is an element of its own with unicode-bidi "plaintext", so that its own letters
 * decide its direction, and nothing else's.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "base/interrupt.h"
#include "svg/svg_draw.h"
#include "svg/svg_text.h"

#define ELLIPSIS "\u2026"
#define FONTS \
	"system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif"

static const char *const anchors[] = {"start", "middle", "end"};

/*
 * Whether the encoding of the database may lack a character, so that it is to be written as
 * a number.
 */
bool
svg_needs_ascii(void)
{
	return GetDatabaseEncoding() != PG_UTF8;
}

/* A text in UTF-8, one line, free of what cannot be drawn; NULL for NULL. */
char *
svg_label(const char *text)
{
	char	   *copy;

	if (text == NULL)
		return NULL;
	copy = pg_server_to_any(text, (int) strlen(text), PG_UTF8);
	if (copy == text)
		copy = pstrdup(text);
	copy[svg_clean(copy, strlen(copy))] = '\0';
	return copy;
}

/* The same of a text that does not end in a zero byte. */
char *
svg_label_of(const char *text, Size length)
{
	return svg_label(pnstrdup(text, length));
}

/* What was drawn, as text; what is not ASCII was written as numbers where it must be. */
text *
svg_result(StringInfo utf8)
{
	return cstring_to_text_with_len(utf8->data, utf8->len);
}

/* The picture as a whole, on white: its height is known last, and stands first. */
text *
svg_page(StringInfo drawn, int width, int height, const SvgLanguage *language)
{
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfo(&out,
					 "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
					 "height=\"%d\" role=\"img\""
					 " xml:lang=\"%s\" font-family=\"%s\">\n",
					 width, height, width, height, language->code, FONTS);
	appendBinaryStringInfo(&out, drawn->data, drawn->len);
	appendStringInfoString(&out, "</svg>\n");
	return svg_result(&out);
}

/* Text for an element or an attribute. */
static void
append_xml_part(StringInfo out, const char *text, size_t length)
{
	const char *end = text + length;
	const char *plain = text;
	bool		ascii = svg_needs_ascii();

	for (size_t i = 0; text < end; i++)
	{
		const char *start = text;
		uint32_t	ch = svg_next(&text, end);

		interrupt_in_step(i);
		if (strchr("<>&\"'", ch < 0x80 ? (int) ch : ' ') == NULL && (ch < 0x80 || !ascii))
			continue;
		appendBinaryStringInfo(out, plain, (int) (start - plain));
		appendStringInfo(out, "&#%u;", ch);
		plain = text;
	}
	appendBinaryStringInfo(out, plain, (int) (end - plain));
}

void
append_xml(StringInfo out, const char *text)
{
	append_xml_part(out, text, strlen(text));
}

static void
draw_text_part(StringInfo out, int x, int y, Anchor anchor, const TextStyle *style,
			   const char *text, size_t length, bool cut)
{
	appendStringInfo(out,
					 "<text x=\"%d\" y=\"%d\" font-size=\"%d\" fill=\"%s\" "
					 "unicode-bidi=\"plaintext\"",
					 x, y, style->size, style->color);
	if (style->bold)
		appendStringInfoString(out, " font-weight=\"600\"");
	if (anchor != ANCHOR_START)
		appendStringInfo(out, " text-anchor=\"%s\"", anchors[anchor]);
	appendStringInfoChar(out, '>');
	append_xml_part(out, text, length);
	if (cut)
		append_xml(out, ELLIPSIS);
	appendStringInfoString(out, "</text>\n");
}

void
draw_text(StringInfo out, int x, int y, Anchor anchor, const TextStyle *style, const char *text)
{
	draw_text_part(out, x, y, anchor, style, text, strlen(text), false);
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
draw_block(StringInfo out, int x, int y, Anchor anchor, const TextBlock *block)
{
	const char *text = block->text;
	size_t		start = (size_t) out->len;
	bool		cut = false;

	appendStringInfoString(out, "<g>\n");
	y += block->style->size;
	for (int line = 0; *text != '\0' && !cut; line++)
	{
		size_t		bytes = next_line(block, text, line, &cut);
		size_t		shown = bytes;

		while (shown > 0 && text[shown - 1] == ' ')
			shown--;
		draw_text_part(out, x, y, anchor, block->style, text, shown, cut);
		text += bytes;
		y += line_height(block->style);
	}
	if (cut)
		draw_title(out, block->text);
	appendStringInfoString(out, "</g>\n");
	if (block->text[0] == '\0')
	{
		out->len = (int) start;
		out->data[start] = '\0';
	}
}

void
draw_title(StringInfo out, const char *text)
{
	appendStringInfoString(out, "<title>");
	append_xml(out, text);
	appendStringInfoString(out, "</title>\n");
}

void
draw_rect(StringInfo out, int x, int y, int width, int height, int radius, const char *attributes)
{
	appendStringInfo(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\" %s/>\n",
					 x, y, width, height, radius, attributes);
}
