/*
 * journey_value.c
 *		Writing the values of a journey's visits, finding them behind the visits, and
 *		their text form; see journey_value.h.
 */
#include "journey/journey_value.h"

#include "journey/journey_reader.h"

static const int64_t exponents[JOURNEY_VALUE_EXPONENTS] = {
	1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000
};

bool
journey_any_value(const int64_t *values, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (values[i] != JOURNEY_NO_VALUE)
			return true;
	return false;
}

/* Enough bytes for the values of n visits; even where every other one has none. */
size_t
journey_values_bound(uint32_t n)
{
	return 1 + (size_t) n * VARINT_MAX;
}

/* The highest exponent up to the one given of which a value is a multiple. */
static int
exponent_of(int64_t value, int most)
{
	while (value % exponents[most] != 0)
		most--;
	return most;
}

/* Write the values of n visits, at least one of which has one; returns where they end. */
uint8_t *
journey_put_values(uint8_t *out, const int64_t *values, uint32_t n)
{
	int			exponent = JOURNEY_VALUE_EXPONENTS - 1;
	bool		is_signed = false;

	for (uint32_t i = 0; i < n; i++)
		if (values[i] != JOURNEY_NO_VALUE)
		{
			exponent = exponent_of(values[i], exponent);
			is_signed = is_signed || values[i] < 0;
		}
	*out++ = (uint8_t) (exponent | (is_signed ? JOURNEY_VALUE_SIGNED : 0));
	for (uint32_t i = 0; i < n;)
	{
		uint32_t	begin = i;
		int64_t		multiple = values[i] / exponents[exponent];

		while (i < n && values[i] == JOURNEY_NO_VALUE)
			i++;
		if (i > begin)
			out = varint_put(varint_put(out, 0), i - begin);
		else
		{
			out = varint_put(out, (is_signed ? varint_fold(multiple) : (uint64_t) multiple) + 1);
			i++;
		}
	}
	return out;
}

/* Behind so many numbers, or NULL where the bytes end before. */
static const uint8_t *
skip_numbers(const uint8_t *at, const uint8_t *end, uint64_t count)
{
	/* each number has one byte without the top bit, its last */
	while (count >= 8 && end - at >= 8)
	{
		uint64_t	stops = (~varint_load(at) & UINT64_C(0x8080808080808080)) >> 7;

		count -= stops * UINT64_C(0x0101010101010101) >> 56;
		at += 8;
	}
	for (; count > 0 && at < end; at++)
		count -= *at < 0x80;
	return count == 0 ? at : NULL;
}

/*
 * Begin to read the values, from the first visit on; the reader may be at any visit or
 * behind them.  Visits of a journey without values have none.  False if the bytes are
 * damaged.
 */
bool
journey_values_begin(JourneyValues *v, const JourneyReader *reader)
{
	uint8_t		first;

	*v = (JourneyValues) {.end = reader->end, .none = UINT64_MAX};
	if (!reader->has_values)
		return true;
	v->at = skip_numbers(reader->at, reader->end,
						 reader->left * (reader->has_seq ? UINT64_C(2) : UINT64_C(1)));
	if (v->at == NULL || v->at == v->end)
		return false;
	first = *v->at++;
	if ((first & ~(JOURNEY_VALUE_EXPONENT | JOURNEY_VALUE_SIGNED)) != 0 ||
		(first & JOURNEY_VALUE_EXPONENT) >= JOURNEY_VALUE_EXPONENTS)
		return false;
	v->none = 0;
	v->unit = exponents[first & JOURNEY_VALUE_EXPONENT];
	v->is_signed = (first & JOURNEY_VALUE_SIGNED) != 0;
	return true;
}

/* The values of all visits, up to the end; for the reader see above.  False if damaged. */
bool
journey_read_values(const JourneyReader *reader, int64_t *values)
{
	JourneyValues v;

	if (!journey_values_begin(&v, reader))
		return false;
	for (uint32_t i = 0; i < reader->visits; i++)
		if (!journey_values_next(&v, &values[i]))
			return false;
	return !reader->has_values || (v.none == 0 && v.at == v.end);
}

/* Print a value in at most JOURNEY_VALUE_CHARS characters; returns where it ends. */
char *
journey_print_value(char *out, int64_t value)
{
	return out + decimal_units_print_signed(out, value, JOURNEY_VALUE_DECIMALS);
}

bool
journey_scan_value(TextScan *scan, int64_t *value)
{
	static const char expected[] = "a number below 10^13 with at most 4 decimals";
	const char *begin;
	bool		negative;
	Uint128 units;

	text_scan_space(scan);
	begin = scan->at;
	negative = text_scan_accept(scan, "-");
	if (!text_scan_decimal(scan, JOURNEY_VALUE_DECIMALS, &units, expected))
		return false;
	if (units > (Uint128) JOURNEY_MAX_VALUE)
	{
		scan->at = begin;
		return text_scan_fail(scan, expected);
	}
	*value = negative ? -(int64_t) units : (int64_t) units;
	return true;
}
