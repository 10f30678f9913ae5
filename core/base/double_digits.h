/*
 * double_digits.h
 *		The 15 significant digits of a floating-point number, as printf("%.15g") has them.
 *
 * They are what PostgreSQL makes a numeric of, by printing the number and reading the text.
 * Here they are found in whole numbers: a double is m / 2^shift, so that with enough decimals
 * m * 10^decimals / 2^shift has 15 digits before the point, and what the division leaves says
 * how to round.
 */
#ifndef DOUBLE_DIGITS_H
#define DOUBLE_DIGITS_H

#include <stdbool.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

/*
 * The value is digits * 10^-decimals, rounded half to even, without zeros at the end of the
 * decimals.  False for infinities, NaN and sizes outside 10^-5 to 10^15, 0 apart: there numbers
 * of 128 bits would not do.
 */
extern bool double_digits(double value, int64_t *digits, int *decimals);

#pragma GCC visibility pop

#endif							/* DOUBLE_DIGITS_H */
