/*
 * drivers.h
 *		What an outcome and its drivers have to do with each other: the sums and
 *		products behind the SQL type driver_summary, and their arithmetic.
 *
 * Part of the pure core: no PostgreSQL, no errors raised, no memory allocated.
 *
 * The idea: means, correlations, least squares and the importance of drivers all
 * follow from the sums of the variables and of their products by twos (drivers_fit.h).
 * Those are kept exactly, as whole numbers, so they can be added and subtracted, and
 * no order of rows, merges or moving frames can change a byte of them.
 *
 * A value is kept as a whole number of 10^-4, and is at most 10^7 in size; a weight
 * as a whole number of 10^-9, 0 to 10^6.  A product of two values then has 74 bits,
 * with a weight 123, and 2^53 of them fit into a sum of 128 bits, or of 192 with
 * weights: it is the number of answers that overflows first.
 *
 * Layout, in the machine's byte order, aligned to 8 bytes:
 *
 *	offset	bytes	content
 *	0		4		length word of a PostgreSQL varlena
 *	4		1		version of the format, 1
 *	5		1		flags; bit 0: weighted; the others are reserved, 0
 *	6		2		drivers: 1 to 64; 0 as long as there is no answer
 *	8		8		responses: answers that count, up to 2^53
 *	16		8		left out: answers that something was missing of
 *	24				if there are answers, sums of two words, with weights of three,
 *					lowest word first:
 *					with weights, sum w and sum w^2
 *					sum x_i of the variables, w x_i with weights; the outcome is the
 *					first variable, then come the drivers
 *					sum x_i x_j for i <= j: (0,0), (0,1), (1,1), (0,2), (1,2), ...
 *
 * With 64 drivers it has 34 kB, weighted 51.  There is one form of each content.
 */
#ifndef DRIVERS_H
#define DRIVERS_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text_scan.h"
#include "base/uint128.h"
#include "drivers/wide_sum.h"

#define DRIVERS_VERSION		1
#define DRIVERS_WEIGHTED	0x01	/* flag: with weights */
#define DRIVERS_MAX			64

#define DRIVERS_DECIMALS		4	/* of a value */
#define DRIVERS_UNITS			10000
#define DRIVERS_LARGEST			INT64_C(10000000)
#define DRIVERS_WEIGHT_DECIMALS 9
#define DRIVERS_WEIGHT_UNITS	INT64_C(1000000000)
#define DRIVERS_LARGEST_WEIGHT	INT64_C(1000000)
#define DRIVERS_MOST_RESPONSES	(INT64_C(1) << 53)

typedef struct DriverSummary
{
	uint32_t	vl_len;			/* PostgreSQL's; only src/ touches it */
	uint8_t		version;
	uint8_t		flags;
	uint16_t	drivers;
	int64_t		responses;
	int64_t		left_out;
	uint64_t	words[];
} DriverSummary;

typedef enum DriverStatus
{
	DRIVERS_OK,
	DRIVERS_OVERFLOW,			/* more answers than it can hold */
	DRIVERS_BELOW_ZERO,			/* what is taken away was not there */
	DRIVERS_OTHER_NUMBER,		/* of drivers */
	DRIVERS_OTHER_KIND,			/* weighted and unweighted */
	DRIVERS_BAD_VERSION,		/* what validation finds, from here on */
	DRIVERS_BAD_FLAGS,
	DRIVERS_BAD_SIZE,
	DRIVERS_BAD_COUNT,
	DRIVERS_BAD_SUMS
} DriverStatus;

static inline bool
drivers_weighted(const DriverSummary *s)
{
	return (s->flags & DRIVERS_WEIGHTED) != 0;
}

/* Words of a sum. */
static inline int
drivers_width(const DriverSummary *s)
{
	return drivers_weighted(s) ? 3 : 2;
}

/* How many sums of products there are before those of variable i. */
static inline int
drivers_triangle(int i)
{
	return i * (i + 1) / 2;
}

/* Words behind the header. */
static inline size_t
drivers_words(int drivers, bool weighted)
{
	int			variables = drivers + 1;

	if (drivers == 0)
		return 0;
	return (size_t) (variables + drivers_triangle(variables) + (weighted ? 2 : 0)) *
		(weighted ? 3 : 2);
}

/* Bytes of a summary, its length word included. */
static inline size_t
drivers_size(int drivers, bool weighted)
{
	return offsetof(DriverSummary, words) + drivers_words(drivers, weighted) * sizeof(uint64_t);
}

/*
 * A value as units of 10^-4, rounded half away from zero from the shortest decimal
 * number that means this double: 0.00015 is 2.  False for NaN and for what is too
 * large.
 *
 * No decimal number is printed for that.  The shortest one differs from the double by
 * less than 2^-15 units, so only near the middle between two units is there a doubt.
 * The middle is a number of at most 12 digits; a double that is nearest to it has no
 * shorter form than it, and one above or below has a shortest form above or below.
 */
static inline bool
drivers_units(double value, int64_t *units)
{
	double		size = fabs(value);
	double		scaled = size * DRIVERS_UNITS;
	int64_t		nearest;
	double		off;

	if (!(size <= DRIVERS_LARGEST))
		return false;
	nearest = (int64_t) (scaled + 0.5);
	off = scaled - (double) nearest;
	if (fabs(off) > 0.4999)
	{
		const double half = 2 * DRIVERS_UNITS;

		if (size >= (double) (2 * nearest + 1) / half)
			nearest++;
		else if (size < (double) (2 * nearest - 1) / half)
			nearest--;
	}
	*units = value < 0 ? -nearest : nearest;
	return true;
}

/*
 * A weight as units of 10^-9; false outside of 0..10^6.
 */
static inline bool
drivers_weight_units(double weight, int64_t *units)
{
	if (!(weight >= 0 && weight <= DRIVERS_LARGEST_WEIGHT))
		return false;
	*units = (int64_t) rint(weight * DRIVERS_WEIGHT_UNITS);
	return true;
}

#pragma GCC visibility push(hidden)

/* drivers.c */
extern void drivers_init(DriverSummary *s, int drivers, bool weighted);
extern bool drivers_has_shape(const DriverSummary *s, size_t bytes);
extern DriverStatus drivers_validate(const DriverSummary *s, size_t bytes);
extern DriverStatus drivers_add(DriverSummary *s, const int64_t *values);
extern DriverStatus drivers_remove(DriverSummary *s, const int64_t *values);
extern DriverStatus drivers_add_weighted(DriverSummary *s, const int64_t *values, int64_t weight);
extern DriverStatus drivers_remove_weighted(DriverSummary *s, const int64_t *values,
											int64_t weight);
extern DriverStatus drivers_add_left_out(DriverSummary *s, int64_t left_out);
extern DriverStatus drivers_mergeable(const DriverSummary *a, const DriverSummary *b);
extern DriverStatus drivers_merge(DriverSummary *s, const DriverSummary *other);
extern DriverStatus drivers_subtract(DriverSummary *s, const DriverSummary *other);
extern uint64_t *drivers_sum(const DriverSummary *s, int i);
extern uint64_t *drivers_product(const DriverSummary *s, int i, int j);
extern void drivers_weight(const DriverSummary *s, uint64_t *sum);
extern double drivers_centred(const DriverSummary *s, int i, int j);
extern double drivers_effective(const DriverSummary *s);

/* drivers_text.c */
#define DRIVERS_MAX_SIZE \
	(offsetof(DriverSummary, words) + \
	 (2 + DRIVERS_MAX + 1 + (DRIVERS_MAX + 1) * (DRIVERS_MAX + 2) / 2) * 3 * sizeof(uint64_t))

extern size_t drivers_text_bound(const DriverSummary *s);
extern size_t drivers_print(const DriverSummary *s, char *text);
extern bool drivers_parse(const char *text, DriverSummary *s, TextScan *scan);

#pragma GCC visibility pop

#endif							/* DRIVERS_H */
