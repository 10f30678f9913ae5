/*
 * event_frame.c
 *		Some events, written in few bytes; see event_frame.h.
 */
#include "events/event_frame.h"

#include <string.h>

#define ALWAYS_INLINE inline __attribute__((always_inline))

/* Bytes that a value needs. */
static int
bytes_of(uint64_t value)
{
	return value == 0 ? 0 : (64 - __builtin_clzll(value) + 7) / 8;
}

static uint64_t
mask_of(int bytes)
{
	return bytes == 0 ? 0 : ~UINT64_C(0) >> (64 - 8 * bytes);
}

static ALWAYS_INLINE void
put(char *to, uint64_t value)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	value = __builtin_bswap64(value);
#endif
	memcpy(to, &value, sizeof(value));
}

static ALWAYS_INLINE uint64_t
get(const char *from)
{
	uint64_t	value;

	memcpy(&value, from, sizeof(value));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	value = __builtin_bswap64(value);
#endif
	return value;
}

/* The bases and widths of small entries, whose keys become numbers. */
static void
measure_small(uint64_t *entries, size_t n, EventFrame *frame)
{
	uint64_t	low = UINT64_MAX;
	uint64_t	high = 0;
	int64_t		first = INT64_MAX;
	int64_t		last = INT64_MIN;
	uint64_t	stages = 0;

	for (size_t i = 0; i < n; i++)
	{
		uint64_t	number = event_unmix(entries[2 * i]);
		int64_t		at = event_at(entries + 2 * i, EVENT_SMALL);

		entries[2 * i] = number;
		low = number < low ? number : low;
		high = number > high ? number : high;
		first = at < first ? at : first;
		last = at > last ? at : last;
		stages |= event_stage(entries + 2 * i, EVENT_SMALL);
	}
	frame->stage_bits = stages == 0 ? 0 : (uint8_t) (64 - __builtin_clzll(stages));
	frame->base[0] = low;
	frame->base[1] = (uint64_t) first;
	frame->width[0] = (uint8_t) bytes_of(high - low);
	/* both lie within 52 bits, and a stage within 12 */
	frame->width[1] = (uint8_t) bytes_of(((uint64_t) last - (uint64_t) first) << frame->stage_bits |
										 stages);
}

static void
measure_wide(const uint64_t *entries, size_t n, EventFrame *frame)
{
	for (int column = 0; column < EVENT_WIDE; column++)
	{
		/* a time counts from the earliest, which the others do not know as a number below 0 */
		uint64_t	sign = column == 2 ? UINT64_C(1) << 63 : 0;
		uint64_t	low = UINT64_MAX;
		uint64_t	high = 0;

		for (size_t i = 0; i < n; i++)
		{
			uint64_t	value = entries[i * EVENT_WIDE + column] ^ sign;

			low = value < low ? value : low;
			high = value > high ? value : high;
		}
		frame->base[column] = low ^ sign;
		frame->width[column] = (uint8_t) bytes_of(high - low);
	}
}

/* Write n entries, one or more, which are changed; returns how many bytes were written. */
size_t
event_frame_write(int words, uint64_t *entries, size_t n, char *to)
{
	EventFrame	frame;
	char	   *row = to + sizeof(frame);

	memset(&frame, 0, sizeof(frame));
	frame.n = (uint32_t) n;
	frame.words = (uint8_t) words;
	if (words == EVENT_SMALL)
	{
		measure_small(entries, n, &frame);
		for (size_t i = 0; i < n; i++)
		{
			uint64_t	at = (uint64_t) event_at(entries + 2 * i, EVENT_SMALL) - frame.base[1];

			put(row, entries[2 * i] - frame.base[0]);
			row += frame.width[0];
			put(row, at << frame.stage_bits | event_stage(entries + 2 * i, EVENT_SMALL));
			row += frame.width[1];
		}
	}
	else
	{
		measure_wide(entries, n, &frame);
		for (size_t i = 0; i < n * EVENT_WIDE; i++)
		{
			put(row, entries[i] - frame.base[i % EVENT_WIDE]);
			row += frame.width[i % EVENT_WIDE];
		}
	}
	memset(row, 0, EVENT_FRAME_SLACK);
	memcpy(to, &frame, sizeof(frame));
	return (size_t) (row + EVENT_FRAME_SLACK - to);
}

/* The frame at the beginning of so many bytes; false if they do not hold one. */
bool
event_frame_check(const char *bytes, size_t size, int words, EventFrame *frame)
{
	if (size < sizeof(EventFrame) + EVENT_FRAME_SLACK)
		return false;
	memcpy(frame, bytes, sizeof(EventFrame));
	if (frame->words != words || frame->n == 0 || frame->stage_bits > EVENT_STAGE_BITS)
		return false;
	for (int column = 0; column < EVENT_WIDE; column++)
		if (frame->width[column] > (column < words ? sizeof(uint64_t) : 0))
			return false;
	return event_frame_bytes(frame) <= size;
}

/* The entries of a frame, of which the rows are given. */
void
event_frame_read(const EventFrame *frame, const char *row, uint64_t *entries)
{
	uint64_t	mask[EVENT_WIDE];

	for (int column = 0; column < EVENT_WIDE; column++)
		mask[column] = mask_of(frame->width[column]);
	if (frame->words == EVENT_SMALL)
	{
		uint64_t	stages = (UINT64_C(1) << frame->stage_bits) - 1;

		for (size_t i = 0; i < frame->n; i++)
		{
			uint64_t	number = (get(row) & mask[0]) + frame->base[0];
			uint64_t	visit = get(row + frame->width[0]) & mask[1];
			uint64_t	at = (visit >> frame->stage_bits) + frame->base[1];

			entries[2 * i] = event_mix(number);
			entries[2 * i + 1] = event_small_visit((int64_t) at, (uint32_t) (visit & stages));
			row += frame->width[0] + frame->width[1];
		}
		return;
	}
	for (size_t i = 0; i < (size_t) frame->n * EVENT_WIDE; i++)
	{
		entries[i] = (get(row) & mask[i % EVENT_WIDE]) + frame->base[i % EVENT_WIDE];
		row += frame->width[i % EVENT_WIDE];
	}
}
