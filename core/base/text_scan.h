/*
 * text_scan.h
 *		Reading the text forms of values: signs, numbers, and the place of an error.
 *
 * White space may stand before each part.  The text must end with a zero byte.  A
 * function that returns false says why: `at` is the place, and `expected` what
 * should stand there, or `problem` what is wrong.
 *
 * This is part of the pure core: no PostgreSQL, no errors raised, no memory
 * allocated.
 */
#ifndef TEXT_SCAN_H
#define TEXT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uint128.h"

#define INT64_CHARS		20
#define UINT128_CHARS	39

typedef struct TextScan
{
	const char *text;
	const char *at;
	const char *end;			/* where the zero byte is */
	const char *expected;
	const char *problem;
} TextScan;

#pragma GCC visibility push(hidden)

extern void text_scan_begin(TextScan *scan, const char *text, size_t length);
extern void text_scan_space(TextScan *scan);
extern bool text_scan_accept(TextScan *scan, const char *sign);
extern bool text_scan_fail(TextScan *scan, const char *expected);
extern bool text_scan_expect(TextScan *scan, const char *sign, const char *expected);
extern bool text_scan_wide(TextScan *scan, Uint128 *value, const char *expected);
extern bool text_scan_number(TextScan *scan, int64_t least, int64_t most, int64_t *value,
							 const char *expected);
extern bool text_scan_end(TextScan *scan);
extern char *text_print_wide(char *out, Uint128 value);

#pragma GCC visibility pop

#endif							/* TEXT_SCAN_H */
