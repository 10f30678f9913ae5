/*
 * journey_log.h
 *		The visits of a growing journey in the order of arrival (journey_state.c), as
 *		variable-length integers.
 *
 * For each visit: (time less that of the visit before, signed) << 2 | flags, where the
 * time is in whole seconds with flag 1, else in microseconds; with flag 2 the seq, signed;
 * the number of the label.  A visit with a value has flag 2, a seq of 0, which none has
 * without a value, and then its seq and its value, both signed: so visits without one take
 * no more.
 */
#ifndef JOURNEY_LOG_H
#define JOURNEY_LOG_H

#include "base/varint.h"
#include "journey/journey_value.h"

#define JOURNEY_LOG_SECONDS		1	/* flags of a visit */
#define JOURNEY_LOG_HAS_SEQ		2
#define JOURNEY_LOG_FLAG_BITS	2

/* A visit without a value takes at most this many bytes. */
#define JOURNEY_LOG_MAX (VARINT_MAX_WIDE + 2 * VARINT_MAX)

#define JOURNEY_LOG_SECOND	INT64_C(1000000)

static inline uint8_t *
journey_log_put_step(uint8_t *out, int64_t time_before, int64_t at, unsigned flags)
{
	int64_t		step = (int64_t) ((uint64_t) at - (uint64_t) time_before);

	if (step % JOURNEY_LOG_SECOND == 0)
	{
		step /= JOURNEY_LOG_SECOND;
		flags |= JOURNEY_LOG_SECONDS;
	}
	return varint_put_wide(out, (Uint128) varint_fold(step) << JOURNEY_LOG_FLAG_BITS | flags);
}

/* Write a visit without a value; returns where it ends. */
static inline uint8_t *
journey_log_put(uint8_t *out, int64_t time_before, int64_t at, int64_t seq, uint32_t label)
{
	out = journey_log_put_step(out, time_before, at, seq != 0 ? JOURNEY_LOG_HAS_SEQ : 0);
	if (seq != 0)
		out = varint_put(out, varint_fold(seq));
	return varint_put(out, label);
}

/* The same with a value. */
static inline uint8_t *
journey_log_put_value(uint8_t *out, int64_t time_before, int64_t at, int64_t seq, int64_t value,
					  uint32_t label)
{
	out = journey_log_put_step(out, time_before, at, JOURNEY_LOG_HAS_SEQ);
	out = varint_put(varint_put(out, 0), varint_fold(seq));
	return varint_put(varint_put(out, varint_fold(value)), label);
}

/* The seq and the value of a visit that has one of both; false if damaged. */
static inline bool
journey_log_get_seq(const uint8_t **at, const uint8_t *end, uint64_t *seq, int64_t *value)
{
	uint64_t	folded;

	if (!varint_get(at, end, seq))
		return false;
	if (*seq != 0)
		return true;
	if (!varint_get(at, end, seq) || !varint_get(at, end, &folded))
		return false;
	*value = varint_unfold(folded);
	return *value >= -JOURNEY_MAX_VALUE && *value <= JOURNEY_MAX_VALUE;
}

/* Read a visit; the time before is in visit->at.  False if it is damaged. */
static inline bool
journey_log_get(const uint8_t **at, const uint8_t *end, JourneyVisit *visit, int64_t *value)
{
	Uint128 wide;
	uint64_t	seq = 0;
	uint64_t	label;
	int64_t		step;

	*value = JOURNEY_NO_VALUE;
	if (!varint_get_wide(at, end, &wide) || wide >> JOURNEY_LOG_FLAG_BITS > UINT64_MAX ||
		(((unsigned) wide & JOURNEY_LOG_HAS_SEQ) != 0 &&
		 !journey_log_get_seq(at, end, &seq, value)) ||
		!varint_get(at, end, &label) || label > UINT32_MAX)
		return false;
	step = varint_unfold((uint64_t) (wide >> JOURNEY_LOG_FLAG_BITS));
	if (((unsigned) wide & JOURNEY_LOG_SECONDS) != 0)
		step = (int64_t) ((uint64_t) step * (uint64_t) JOURNEY_LOG_SECOND);
	/* unsigned, because damaged bytes may lead anywhere */
	visit->at = (int64_t) ((uint64_t) visit->at + (uint64_t) step);
	visit->seq = varint_unfold(seq);
	visit->label = (uint32_t) label;
	return true;
}

#endif							/* JOURNEY_LOG_H */
