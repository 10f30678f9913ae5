/*
 * svg_text.h
 *		Text for a picture: cleaned, measured and cut into lines.  UTF-8 in, no
 *		knowledge of PostgreSQL.
 */
#ifndef SVG_TEXT_H
#define SVG_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

extern uint32_t svg_next(const char **text, const char *end);
extern size_t svg_clean(char *text, size_t length);
extern double svg_width(const char *text, size_t length, bool bold);
extern bool svg_is_quoted(const char *text, size_t length);
extern double svg_widest_part(const char *text, size_t length, bool bold);
extern size_t svg_line(const char *text, size_t length, double room, bool bold);

#pragma GCC visibility pop

#endif							/* SVG_TEXT_H */
