/*
 * journey_pack.c
 *		The packed form of a journey, described in journey_core.h: reading it
 *		visit by visit, and writing it from sorted visits.
 */
#include <stdlib.h>
#include <string.h>

#include "journey_core.h"
#include "journey_label.h"
#include "journey_time.h"
#include "journey_varint.h"

#define SECOND	INT64_C(1000000)

const int64_t journey_units[JOURNEY_UNITS] = {
	1, 1000, SECOND, 60 * SECOND, 3600 * SECOND, 86400 * SECOND
};

/* Bits that hold the numbers 0 .. count - 1. */
static int
label_bits(uint32_t count)
{
	int			bits = 0;

	while (((uint64_t) 1 << bits) < count)
		bits++;
	return bits;
}

static bool
skip_labels(JourneyReader *r)
{
	for (uint32_t i = 0; i < r->labels; i++)
	{
		uint64_t	length;

		if (!varint_get(&r->at, r->end, &length) || length == 0 ||
			length > JOURNEY_MAX_LABEL || length > (uint64_t) (r->end - r->at))
			return false;
		r->at += length;
	}
	return true;
}

static bool
read_counts(JourneyReader *r)
{
	uint64_t	visits;
	uint64_t	labels = 0;

	if (!varint_get(&r->at, r->end, &visits) || visits > JOURNEY_MAX_VISITS ||
		visits > (uint64_t) (r->end - r->at))
		return false;
	if (visits > 0 && (!varint_get(&r->at, r->end, &labels) || labels == 0 ||
					   labels > JOURNEY_MAX_LABELS || labels > visits))
		return false;
	r->visits = r->left = (uint32_t) visits;
	r->labels = (uint32_t) labels;
	r->bits = label_bits(r->labels);
	return true;
}

/*
 * Begin to read a packed journey of that many bytes.  It checks what it needs
 * so as never to read past the end; that the form is the canonical one is the
 * business of input.
 */
JourneyStatus
journey_read(const void *packed, size_t bytes, JourneyReader *r)
{
	const JourneyHeader *header = packed;
	uint64_t	first = 0;

	if (bytes <= sizeof(JourneyHeader) || header->version != JOURNEY_VERSION ||
		(header->flags & ~JOURNEY_HAS_SEQ) != 0 || header->unit >= JOURNEY_UNITS ||
		header->reserved != 0)
		return JOURNEY_CORRUPT;
	r->at = (const uint8_t *) packed + sizeof(JourneyHeader);
	r->end = (const uint8_t *) packed + bytes;
	r->has_seq = (header->flags & JOURNEY_HAS_SEQ) != 0;
	r->unit = journey_units[header->unit];
	r->seq = 0;
	if (!read_counts(r))
		return JOURNEY_CORRUPT;
	r->dictionary = r->at;
	if (!skip_labels(r) || (r->visits > 0 && !varint_get(&r->at, r->end, &first)))
		return JOURNEY_CORRUPT;
	r->time = varint_unfold(first);
	r->label = 0;
	return JOURNEY_OK;
}

/* The labels of a journey, in the order of their bytes; reader->labels of them. */
JourneyStatus
journey_read_labels(const JourneyReader *reader, JourneyLabel *labels)
{
	const uint8_t *at = reader->dictionary;

	for (uint32_t i = 0; i < reader->labels; i++)
	{
		uint64_t	length;

		if (!varint_get(&at, reader->end, &length))
			return JOURNEY_CORRUPT;
		labels[i].text = (const char *) at;
		labels[i].length = (uint32_t) length;
		at += length;
	}
	return JOURNEY_OK;
}

/* One number that holds a label in its lowest bits and a step of time above them. */
static inline bool
read_step(JourneyReader *r, uint32_t *label, uint64_t *step)
{
	JourneyUint128 wide;

	if (!varint_get_wide(&r->at, r->end, &wide) || wide >> r->bits > UINT64_MAX)
		return false;
	*label = (uint32_t) ((uint64_t) wide & (((uint64_t) 1 << r->bits) - 1));
	*step = (uint64_t) (wide >> r->bits);
	return *label < r->labels;
}

/*
 * The next visit; false at the end, or where the bytes are damaged: then
 * reader->left is not 0.
 */
bool
journey_next(JourneyReader *r, JourneyVisit *visit)
{
	uint64_t	step;
	uint64_t	seq_step = 0;
	int64_t		seq_before = r->seq;

	if (r->left == 0 || !read_step(r, &visit->label, &step) ||
		(r->has_seq && !varint_get(&r->at, r->end, &seq_step)))
		return false;
	/* unsigned, because damaged bytes may lead anywhere */
	r->time = (int64_t) ((uint64_t) r->time + step);
	r->seq = (int64_t) ((uint64_t) r->seq + (uint64_t) varint_unfold(seq_step));
	if (__builtin_mul_overflow(r->time, r->unit, &visit->at) ||
		visit->at < JOURNEY_MIN_TIME || visit->at >= JOURNEY_END_TIME)
		return false;
	/* what follows relies on the order of visits */
	if (step == 0 && r->left < r->visits &&
		(r->seq < seq_before || (r->seq == seq_before && visit->label < r->label)))
		return false;
	visit->seq = r->seq;
	r->label = visit->label;
	r->left--;
	return true;
}

static inline int
compare_visits(const JourneyVisit *x, const JourneyVisit *y)
{
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->seq != y->seq)
		return x->seq < y->seq ? -1 : 1;
	return (x->label > y->label) - (x->label < y->label);
}

/* For qsort(); labels must be numbered in the order of their bytes. */
int
journey_visit_compare(const void *a, const void *b)
{
	return compare_visits(a, b);
}

bool
journey_is_sorted(const JourneyVisit *visits, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++)
		if (compare_visits(&visits[i - 1], &visits[i]) > 0)
			return false;
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
	for (JourneyUint128 most = ((JourneyUint128) widest + 1) << bits; most >= 0x80; most >>= 7)
		bytes++;
	return bytes;
}

/* Enough bytes for journey_pack(), the header included. */
size_t
journey_pack_bound(const JourneyVisit *visits, uint32_t n,
				   const JourneyLabel *labels, uint32_t label_count)
{
	size_t		size = sizeof(JourneyHeader) + 3 * VARINT_MAX;
	size_t		each = step_bound(visits, n, label_bits(label_count)) + VARINT_MAX;

	for (uint32_t i = 0; i < label_count; i++)
		size += VARINT_MAX + labels[i].length;
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

		out = varint_put_wide(out, (JourneyUint128) step << bits | visits[i].label);
		if (has_seq)
			out = varint_put(out, varint_fold((int64_t) ((uint64_t) visits[i].seq - (uint64_t) seq)));
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
 * Write the packed form; returns its bytes.  The visits are sorted, the labels
 * sorted by their bytes, different, and each of them is in use: then the result
 * is canonical.  vl_len stays as it is.
 */
size_t
journey_pack(void *packed, const JourneyVisit *visits, uint32_t n,
			 const JourneyLabel *labels, uint32_t label_count)
{
	JourneyHeader *header = packed;
	uint8_t    *out = (uint8_t *) packed + sizeof(JourneyHeader);
	bool		has_seq = any_seq(visits, n);

	header->version = JOURNEY_VERSION;
	header->flags = has_seq ? JOURNEY_HAS_SEQ : 0;
	header->unit = n > 0 ? coarsest_unit(visits, n) : 0;
	header->reserved = 0;
	out = varint_put(out, n);
	if (n > 0)
	{
		out = put_labels(out, labels, label_count);
		out = put_visits(out, visits, n, label_bits(label_count), has_seq,
						 journey_units[header->unit]);
	}
	return (size_t) (out - (uint8_t *) packed);
}
