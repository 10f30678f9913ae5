/*
 * journey_pack.c
 *		Writing the packed form of a journey, described in journey.h, from sorted
 *		visits.
 */
#include <stdlib.h>
#include <string.h>

#include "journey/journey.h"
#include "journey/journey_reader.h"
#include "journey/journey_value.h"
#include "base/interrupt.h"
#include "base/varint.h"

#define SECOND	INT64_C(1000000)

static inline int
compare_visits(const JourneyVisit *x, const JourneyVisit *y)
{
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->seq != y->seq)
		return x->seq < y->seq ? -1 : 1;
	return (x->label > y->label) - (x->label < y->label);
}

/* For sort_entries(); labels must be numbered in the order of their bytes. */
int
journey_visit_compare(const void *a, const void *b)
{
	return compare_visits(a, b);
}

static inline int
compare_values(int64_t x, int64_t y)
{
	return (x > y) - (x < y);
}

/* The same for a JourneyValued. */
int
journey_valued_compare(const void *a, const void *b)
{
	const JourneyValued *x = a;
	const JourneyValued *y = b;
	int			order = compare_visits(&x->visit, &y->visit);

	return order != 0 ? order : compare_values(x->value, y->value);
}

bool
journey_is_sorted(const JourneyVisit *visits, const int64_t *values, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++)
	{
		int			order = compare_visits(&visits[i - 1], &visits[i]);

		if (order > 0 ||
			(order == 0 && values != NULL && compare_values(values[i - 1], values[i]) > 0))
			return false;
	}
	return true;
}

/* The most bytes that a step of time together with a label can take. */
static size_t
step_bound(const JourneyVisit *visits, uint32_t n, int bits)
{
	uint64_t	widest = 0;
	size_t		bytes = 1;

	/* for a few visits it is not worth looking */
	if (n <= 64)
		return VARINT_MAX_WIDE;
	for (uint32_t i = 1; i < n; i++)
		widest |= (uint64_t) visits[i].at - (uint64_t) visits[i - 1].at;
	for (Uint128 most = ((Uint128) widest + 1) << bits; most >= 0x80; most >>= 7)
		bytes++;
	return bytes;
}

/* Enough bytes for journey_pack(), the header included. */
size_t
journey_pack_bound(const JourneyVisit *visits, const int64_t *values, uint32_t n,
				   const JourneyLabel *labels, uint32_t label_count)
{
	size_t		size = sizeof(JourneyHeader) + 3 * VARINT_MAX;
	size_t		each = step_bound(visits, n, journey_label_bits(label_count)) + VARINT_MAX;

	for (uint32_t i = 0; i < label_count; i++)
		size += VARINT_MAX + labels[i].length;
	if (values != NULL)
		size += journey_values_bound(n);
	return size + (size_t) n * each;
}

/* With a constant unit the compiler divides by multiplying. */
static inline bool
all_multiples(const JourneyVisit *visits, uint32_t n, int64_t unit)
{
	for (uint32_t i = 0; i < n; i++)
		if (visits[i].at % unit != 0)
			return false;
	return true;
}

/* The coarsest unit of which every time is a whole multiple; coarse ones fail early. */
static uint8_t
coarsest_unit(const JourneyVisit *visits, uint32_t n)
{
	if (all_multiples(visits, n, 86400 * SECOND))
		return 5;
	if (all_multiples(visits, n, 3600 * SECOND))
		return 4;
	if (all_multiples(visits, n, 60 * SECOND))
		return 3;
	if (all_multiples(visits, n, SECOND))
		return 2;
	return all_multiples(visits, n, 1000) ? 1 : 0;
}

static bool
any_seq(const JourneyVisit *visits, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (visits[i].seq != 0)
			return true;
	return false;
}

static uint8_t *
put_labels(uint8_t *out, const JourneyLabel *labels, uint32_t count)
{
	out = varint_put(out, count);
	for (uint32_t i = 0; i < count; i++)
	{
		out = varint_put(out, labels[i].length);
		memcpy(out, labels[i].text, labels[i].length);
		out += labels[i].length;
	}
	return out;
}

static inline uint8_t *
put_visits_in(uint8_t *out, const JourneyVisit *visits, uint32_t n, int bits, bool has_seq,
			  int64_t unit)
{
	int64_t		time = visits[0].at / unit;
	int64_t		seq = 0;

	out = varint_put(out, varint_fold(time));
	for (uint32_t i = 0; i < n; i++)
	{
		int64_t		now = visits[i].at / unit;
		uint64_t	step = (uint64_t) now - (uint64_t) time;

		interrupt_in_step(i);
		out = varint_put_wide(out, (Uint128) step << bits | visits[i].label);
		if (has_seq)
			out =
				varint_put(out, varint_fold((int64_t) ((uint64_t) visits[i].seq - (uint64_t) seq)));
		time = now;
		seq = visits[i].seq;
	}
	return out;
}

/* Seconds are by far the commonest unit, so they get a loop of their own. */
static uint8_t *
put_visits(uint8_t *out, const JourneyVisit *visits, uint32_t n, int bits, bool has_seq,
		   int64_t unit)
{
	if (unit == SECOND)
		return put_visits_in(out, visits, n, bits, has_seq, SECOND);
	return put_visits_in(out, visits, n, bits, has_seq, unit);
}

/*
 * Write the packed form; returns its bytes.  The visits are sorted, values beside them
 * where there are any, the labels
 * sorted by their bytes, different, and each of them is in use: then the result
 * is canonical.  vl_len stays as it is.
 */
size_t
journey_pack(void *packed, const JourneyVisit *visits, const int64_t *values, uint32_t n,
			 const JourneyLabel *labels, uint32_t label_count)
{
	JourneyHeader *header = packed;
	uint8_t    *out = (uint8_t *) packed + sizeof(JourneyHeader);
	bool		has_seq = any_seq(visits, n);
	bool		has_values = values != NULL && journey_any_value(values, n);

	header->version = JOURNEY_VERSION;
	header->flags = (uint8_t) ((has_seq ? JOURNEY_HAS_SEQ : 0) |
							   (has_values ? JOURNEY_HAS_VALUES : 0));
	header->unit = n > 0 ? coarsest_unit(visits, n) : 0;
	header->reserved = 0;
	out = varint_put(out, n);
	if (n > 0)
	{
		out = put_labels(out, labels, label_count);
		out = put_visits(out, visits, n, journey_label_bits(label_count), has_seq,
						 journey_units[header->unit]);
	}
	if (has_values)
		out = journey_put_values(out, values, n);
	return (size_t) (out - (uint8_t *) packed);
}
