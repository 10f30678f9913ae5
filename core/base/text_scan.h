/*
 * text_scan.h
 *		Reading the text forms of values: signs, numbers, and the place of an error.
 *
 * White space may stand before each part.  Nothing is read from the end on, but for
 * numbers with decimals: for these a zero byte must stand there.  A function that
 * returns false says why: `at` is the place, and `expected` what should stand there,
 * or `problem` what is wrong.
 *
 * This is part of the pure core: no PostgreSQL, no errors raised, no memory
 * allocated.
 */
#ifndef TEXT_SCAN_H
#define TEXT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/label.h"
#include "base/uint128.h"

#define INT64_CHARS		20
#define UINT128_CHARS	39

typedef struct TextScan
{
	const char *text;
	const char *at;
	const char *end;			/* where the text ends */
	const char *expected;		/* "Expected ... at character 5." */
	const char *problem;		/* the beginning of a sentence: "... at character 5." */
	const char *label_end;		/* of the label read last, or NULL */
	bool		limit;			/* the problem: right syntax, but more than a value can hold */
} TextScan;

/* A label that was read. */
typedef struct TextLabel
{
	size_t		length;
	char		text[JOURNEY_MAX_LABEL];
} TextLabel;

/* What comes next in a list. */
typedef enum TextItem
{
	TEXT_ITEM,
	TEXT_END,
	TEXT_ERROR
} TextItem;

static inline JourneyLabel
text_label(const TextLabel *read)
{
	JourneyLabel label = {read->text, (uint32_t) read->length};

	return label;
}

#pragma GCC visibility push(hidden)

extern void text_scan_begin(TextScan *scan, const char *text, size_t length);
extern void text_scan_space(TextScan *scan);
extern bool text_scan_accept(TextScan *scan, const char *sign);
extern bool text_scan_fail(TextScan *scan, const char *expected);
extern bool text_scan_problem(TextScan *scan, const char *problem);
extern bool text_scan_expect(TextScan *scan, const char *sign, const char *expected);
extern bool text_scan_wide(TextScan *scan, Uint128 *value, const char *expected);
extern bool text_scan_number(TextScan *scan, int64_t least, int64_t most, int64_t *value,
							 const char *expected);
extern bool text_scan_signed(TextScan *scan, int64_t *value, const char *expected);
extern bool text_scan_decimal(TextScan *scan, int decimals, Uint128 *units, const char *expected);
extern bool text_scan_label(TextScan *scan, bool utf8, TextLabel *label, const char *expected);
extern bool text_scan_blank(const TextScan *scan);
extern TextItem text_scan_item(TextScan *scan, bool *begun, const char *brackets);
extern bool text_scan_end(TextScan *scan);
extern char *text_print_wide(char *out, Uint128 value);

#pragma GCC visibility pop

#endif							/* TEXT_SCAN_H */
