/*
 * journey_reader.h
 *		Reading a packed journey (journey.h) in place, step by step:
 *
 *			journey_read_begin()	the header, and how many visits and labels
 *			journey_read_label()	each label of the dictionary
 *			journey_read_first()	the time of the first visit, if there is one
 *			journey_read_visit()	each visit
 *
 * The values stand behind the visits and are read beside them, see journey_value.h.
 *
 * Each gives false where the bytes are damaged, and none reads past the end; that
 * the form is the canonical one is the business of input.  They are inline because
 * a query takes them through millions of journeys.
 */
#ifndef JOURNEY_READER_H
#define JOURNEY_READER_H

#include "journey/journey.h"
#include "base/label.h"
#include "base/time_text.h"
#include "base/varint.h"

/* What a journey is but for PostgreSQL's length word. */
#define JOURNEY_CONTENT_AT	offsetof(JourneyHeader, version)

/* A byte of the header, by its place in the content. */
#define JOURNEY_HEADER_BYTE(content, field) \
	((content)[offsetof(JourneyHeader, field) - JOURNEY_CONTENT_AT])

/* Bits that hold the numbers 0 .. count - 1. */
static inline int
journey_label_bits(uint32_t count)
{
	return count <= 1 ? 0 : 32 - __builtin_clz(count - 1);
}

/*
 * Begin with the content, which is all behind the length word: a short one leaves
 * it at an odd address.
 */
static inline bool
journey_read_begin(JourneyReader *r, const uint8_t *content, size_t bytes)
{
	uint64_t	visits;
	uint64_t	labels = 0;

	if (bytes <= sizeof(JourneyHeader) - JOURNEY_CONTENT_AT ||
		JOURNEY_HEADER_BYTE(content, version) != JOURNEY_VERSION ||
		(JOURNEY_HEADER_BYTE(content, flags) & ~(JOURNEY_HAS_SEQ | JOURNEY_HAS_VALUES)) != 0 ||
		JOURNEY_HEADER_BYTE(content, unit) >= JOURNEY_UNITS ||
		JOURNEY_HEADER_BYTE(content, reserved) != 0)
		return false;
	r->has_seq = (JOURNEY_HEADER_BYTE(content, flags) & JOURNEY_HAS_SEQ) != 0;
	r->has_values = (JOURNEY_HEADER_BYTE(content, flags) & JOURNEY_HAS_VALUES) != 0;
	r->unit = journey_units[JOURNEY_HEADER_BYTE(content, unit)];
	r->at = content + sizeof(JourneyHeader) - JOURNEY_CONTENT_AT;
	r->end = content + bytes;
	if (!varint_get_small(&r->at, r->end, &visits) || visits > JOURNEY_MAX_VISITS ||
		visits > (uint64_t) (r->end - r->at))
		return false;
	if (visits > 0 && (!varint_get_small(&r->at, r->end, &labels) || labels == 0 ||
					   labels > JOURNEY_MAX_LABELS || labels > visits))
		return false;
	r->visits = r->left = (uint32_t) visits;
	r->labels = (uint32_t) labels;
	r->bits = journey_label_bits(r->labels);
	r->dictionary = r->at;
	return true;
}

/*
 * The next label of the dictionary, in the order of their bytes; r->labels of them.
 * Its length has one byte or, from 128 on, two, and is read by hand: a number by the
 * address of the reader would keep that out of registers.
 */
static inline bool
journey_read_label(JourneyReader *r, JourneyLabel *label)
{
	const uint8_t *at = r->at;
	uint32_t	length;

	if (at >= r->end)
		return false;
	length = *at++;
	if (length >= 0x80)
	{
		if (at >= r->end || *at++ != JOURNEY_MAX_LABEL >> 7)
			return false;
		/* the upper bit of the first byte now is that of the second one */
	}
	if (length == 0 || length > (size_t) (r->end - at))
		return false;
	label->text = (const char *) at;
	label->length = length;
	r->at = at + length;
	return true;
}

/* What stands between the dictionary and the visits, if there are any. */
static inline bool
journey_read_first(JourneyReader *r)
{
	uint64_t	first = 0;

	if (r->visits > 0 && !varint_get(&r->at, r->end, &first))
		return false;
	r->time = varint_unfold(first);
	r->seq = 0;
	r->label = 0;
	return true;
}

/*
 * One number that holds a label in its lowest bits and a step of time above them.
 * There are at least eight bytes before the end of a journey that has visits.
 */
static inline bool
journey_read_step(JourneyReader *r, uint32_t *label, uint64_t *step)
{
	uint64_t	both;

	if (varint_get_behind(&r->at, r->end, &both))
	{
		*label = (uint32_t) (both & ((UINT64_C(1) << r->bits) - 1));
		*step = both >> r->bits;
	}
	else
	{
		JourneyStep wide;

		/* not by the address of the reader, which then could not be kept in registers */
		if (!journey_read_wide_step(r->at, r->end, r->bits, &wide))
			return false;
		r->at = wide.end;
		*label = wide.label;
		*step = wide.step;
	}
	return *label < r->labels;
}

/* The next visit, of which there must be one left; leaves r->left above 0 if false. */
static inline bool
journey_read_visit(JourneyReader *r, JourneyVisit *visit)
{
	uint64_t	step;
	uint64_t	seq_step = 0;
	int64_t		seq_before = r->seq;

	if (!journey_read_step(r, &visit->label, &step) ||
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

#endif							/* JOURNEY_READER_H */
