/*
 * svg_draw.h
 *		What all pictures draw with: texts in lines, boxes, titles, the page itself.
 *
 * Positions and sizes are whole pixels; y grows downwards, and the y of a text is
 * its baseline.  Strings are UTF-8.
 */
#ifndef SVG_DRAW_H
#define SVG_DRAW_H

#include "postgres.h"

#include "lib/stringinfo.h"

#include "svg/svg_words.h"

#define INK "#1b2430"			/* text; these pairs have a contrast of 4.5 or more on white */
#define SOFT "#526070"			/* text beside it */
#define LINE "#d5dbe3"
#define PANEL "#f6f8fa"
#define ACCENT "#23415f"
#define ALARM "#b42318"
#define ALARM_PANEL "#fdf1f0"
#define GOOD "#2f7a4c"

typedef struct TextStyle
{
	int			size;
	bool		bold;
	const char *color;
} TextStyle;

typedef enum Anchor
{
	ANCHOR_START,
	ANCHOR_MIDDLE,
	ANCHOR_END
} Anchor;

/* A text in lines of some width, the last of which ends in an ellipsis where not all fits. */
typedef struct TextBlock
{
	const char *text;
	const TextStyle *style;
	int			width;
	int			most_lines;
} TextBlock;

#pragma GCC visibility push(hidden)

extern bool svg_needs_ascii(void);
extern char *svg_label(const char *text);
extern char *svg_label_of(const char *text, Size length);
extern text *svg_result(StringInfo utf8);
extern text *svg_page(StringInfo drawn, int width, int height, const SvgLanguage *language);
extern void append_xml(StringInfo out, const char *text);
extern void draw_text(StringInfo out, int x, int y, Anchor anchor, const TextStyle *style,
					  const char *text);
extern const TextStyle *fitting_style(const TextStyle *styles, int count, const char *text,
									  int width);
extern int	block_lines(const TextBlock *block);
extern int	block_height(const TextBlock *block);
extern int	line_height(const TextStyle *style);
extern void draw_block(StringInfo out, int x, int y, Anchor anchor, const TextBlock *block);
extern void draw_rect(StringInfo out, int x, int y, int width, int height, int radius,
					  const char *attributes);
extern void draw_title(StringInfo out, const char *text);

#pragma GCC visibility pop

#endif							/* SVG_DRAW_H */
