/*
 * decimal_units.h
 *		A number kept as whole units of 10^-decimals, as text: exact, without
 *		trailing zeros.
 */
#ifndef DECIMAL_UNITS_H
#define DECIMAL_UNITS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/uint128.h"

/* The characters of any such number, without a sign and a final '\0'. */
#define DECIMAL_UNITS_CHARS 40

#pragma GCC visibility push(hidden)

/* Print value * 10^-decimals with a final '\0'; returns the length. */
extern size_t decimal_units_print(char *text, Uint128 value, int decimals);

/* The same with a minus before it if it is below 0. */
extern size_t decimal_units_print_signed(char *text, Int128 value, int decimals);

/*
 * Read such a number, which has no sign, and go on behind it.  False, and nothing changed,
 * if there is none, if it has more decimals, or if it is past 2^128 - 1 units.
 */
extern bool decimal_units_parse(const char **text, int decimals, Uint128 *value);

#pragma GCC visibility pop

#endif							/* DECIMAL_UNITS_H */
