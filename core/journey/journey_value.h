/*
 * journey_value.h
 *		The values of visits: what an order was worth, say.
 *
 * A value is a whole number of ten-thousandths, below 10^13 on either side of 0; a
 * visit may have none, JOURNEY_NO_VALUE.  Those of a journey (journey.h) stand together
 * behind its visits, so that who asks only for visits does not meet them:
 *
 *	1 byte		bits 0-3: the exponent e, the highest of which all values are whole
 *				multiples of 10^e ten-thousandths, 0 to 8; bit 4: some are below 0; the
 *				others are 0
 *	varints		for each visit its value / 10^e, signed (varint.h) if some are below 0,
 *				plus 1;
 *				for visits in a row without one: 0, and how many they are
 *
 * Prices such as 19.99 have e = 2 and take two bytes up to 163.82, three up to 20971.50.
 */
#ifndef JOURNEY_VALUE_H
#define JOURNEY_VALUE_H

#include "base/decimal_units.h"
#include "base/text_scan.h"
#include "base/varint.h"
#include "journey/journey.h"

#define JOURNEY_VALUE_DECIMALS	4
#define JOURNEY_MAX_VALUE		INT64_C(99999999999999999)
#define JOURNEY_VALUE_CHARS		(DECIMAL_UNITS_CHARS + 1)	/* as text, with the sign */

#define JOURNEY_VALUE_EXPONENTS	9
#define JOURNEY_VALUE_EXPONENT	0x0f	/* bits of the first byte */
#define JOURNEY_VALUE_SIGNED	0x10

/* Reads the values of a packed journey from the first visit to the last. */
typedef struct JourneyValues
{
	const uint8_t *at;
	const uint8_t *end;
	uint64_t	none;			/* so many visits to come have no value */
	int64_t		unit;			/* 10^e */
	bool		is_signed;
} JourneyValues;

#pragma GCC visibility push(hidden)

extern bool journey_values_begin(JourneyValues *v, const JourneyReader *reader);
extern bool journey_read_values(const JourneyReader *reader, int64_t *values);
extern bool journey_any_value(const int64_t *values, uint32_t n);
extern size_t journey_values_bound(uint32_t n);
extern uint8_t *journey_put_values(uint8_t *out, const int64_t *values, uint32_t n);
extern char *journey_print_value(char *out, int64_t value);
extern bool journey_scan_value(TextScan *scan, int64_t *value);

#pragma GCC visibility pop

/* The value of the next visit; false where the bytes are damaged. */
static inline bool
journey_values_next(JourneyValues *v, int64_t *value)
{
	uint64_t	number;

	*value = JOURNEY_NO_VALUE;
	if (v->none == 0)
	{
		if (!varint_get(&v->at, v->end, &number))
			return false;
		if (number > 0)
		{
			int64_t		multiple = v->is_signed ? varint_unfold(number - 1) :
				(int64_t) (number - 1);

			return !__builtin_mul_overflow(multiple, v->unit, value) &&
				*value <= JOURNEY_MAX_VALUE && *value >= (v->is_signed ? -JOURNEY_MAX_VALUE : 0);
		}
		if (!varint_get(&v->at, v->end, &v->none) || v->none == 0)
			return false;
	}
	v->none--;
	return true;
}

#endif							/* JOURNEY_VALUE_H */
