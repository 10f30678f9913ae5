/* covers: core/events/event_frame.c */

/*
 * event_frame_test.c
 *		Frames of events: what is written is read again, for both layouts, any range of
 *		each column, and any number of entries; sizes by hand; damaged frames are refused.
 */
#include "unit.h"

#include "events/event_frame.h"

#define MOST 300

static uint64_t entries[MOST * EVENT_WIDE];
static uint64_t copy[MOST * EVENT_WIDE];
static uint64_t found[MOST * EVENT_WIDE];

/* A random value below 2^bits. */
static uint64_t
some_bits(int bits)
{
	return bits == 0 ? 0 : random_bits() >> (64 - bits);
}

static void
fill(int words, size_t n, int bits, int time_bits, int stage_bits)
{
	uint64_t	number = some_bits(64) << bits;
	int64_t		from = (INT64_C(1) << 51) - 1;

	for (size_t i = 0; i < n; i++)
	{
		uint64_t   *entry = entries + i * words;

		if (words == EVENT_SMALL)
		{
			entry[0] = event_mix(number + some_bits(bits));
			entry[1] = event_small_visit(from - (int64_t) some_bits(time_bits),
										 (uint32_t) some_bits(stage_bits));
			continue;
		}
		entry[0] = some_bits(bits);
		entry[1] = some_bits(64 - bits);
		entry[2] = some_bits(64) << time_bits % 64;
		entry[3] = some_bits(2 * stage_bits);
	}
}

/* In memory of exactly its size, so that the sanitizer sees what lies beyond. */
static size_t
check_round_trip(int words, size_t n, size_t text_bytes)
{
	char	   *room = malloc(event_frame_most(words, n) + text_bytes);
	char	   *bytes;
	EventFrame	frame;
	size_t		size;

	memcpy(copy, entries, n * words * sizeof(uint64_t));
	size = event_frame_write(words, copy, n, room);
	check(size <= event_frame_most(words, n), "size of %zu", n);
	memcpy(&frame, room, sizeof(frame));
	check(size == event_frame_bytes(&frame), "bytes of %zu", n);
	frame.text_bytes = (uint32_t) text_bytes;
	memcpy(room, &frame, sizeof(frame));
	bytes = malloc(size + text_bytes);
	memcpy(bytes, room, size);
	memset(bytes + size, 'x', text_bytes);
	check(event_frame_check(bytes, size + text_bytes, words, &frame), "frame of %zu", n);
	check(!event_frame_check(bytes, size + text_bytes - 1, words, &frame), "cut frame of %zu", n);
	check(!event_frame_check(bytes, size + text_bytes, 6 - words, &frame), "layout of %zu", n);
	check(frame.n == n && frame.text_bytes == text_bytes, "header of %zu", n);
	event_frame_read(&frame, bytes + sizeof(frame), found);
	check(memcmp(found, entries, n * words * sizeof(uint64_t)) == 0, "entries of %zu", n);
	free(room);
	free(bytes);
	return size;
}

static void
check_any(void)
{
	for (int round = 0; round < 4000; round++)
	{
		int			words = round % 2 == 0 ? EVENT_SMALL : EVENT_WIDE;
		size_t		n = 1 + (size_t) below(round % 5 == 0 ? MOST : 5);

		fill(words, n, below(65) % 64, below(53), below(13));
		check_round_trip(words, n, (size_t) below(3) * 7);
	}
}

/* Edges of the small layout: all of the time that it reaches, and its last stage. */
static void
check_edges(void)
{
	int64_t		edge = INT64_C(1) << 51;

	entries[0] = event_mix(0);
	entries[1] = event_small_visit(-edge, 0);
	entries[2] = event_mix(UINT64_MAX);
	entries[3] = event_small_visit(edge - 1, EVENT_SMALL_STAGES - 1);
	check(check_round_trip(EVENT_SMALL, 2, 0) == event_frame_most(EVENT_SMALL, 2), "all bits");
	for (int i = 0; i < EVENT_WIDE; i++)
	{
		entries[i] = 0;
		entries[EVENT_WIDE + i] = UINT64_MAX;
	}
	entries[2] = UINT64_C(1) << 63;
	entries[EVENT_WIDE + 2] = ~entries[2];
	check(check_round_trip(EVENT_WIDE, 2, 0) == event_frame_most(EVENT_WIDE, 2), "all bits");
}

/*
 * By hand: numbers 1000 to 1255 differ by a byte, and times by 99 seconds, which are
 * 99,000,000 microseconds or 27 bits, with 3 for 8 stages 30: 4 bytes.
 */
static void
check_size(void)
{
	EventFrame	frame;
	char		bytes[sizeof(EventFrame) + 256 * 16 + EVENT_FRAME_SLACK];

	for (int i = 0; i < 256; i++)
	{
		entries[2 * i] = event_mix((uint64_t) 1000 + i);
		entries[2 * i + 1] = event_small_visit(INT64_C(800000000000000) + i % 100 * 1000000, i % 8);
	}
	check(event_frame_write(EVENT_SMALL, entries, 256, bytes) ==
		  sizeof(EventFrame) + 256 * 5 + EVENT_FRAME_SLACK, "five bytes an event");
	memcpy(&frame, bytes, sizeof(frame));
	check(event_frame_earliest(&frame) == INT64_C(800000000000000), "earliest");
	check(!event_frame_is_one_key(&frame), "many keys");
	entries[0] = entries[2] = event_mix(7);
	entries[1] = entries[3] = event_small_visit(-5, 0);
	check(event_frame_write(EVENT_SMALL, entries, 2, bytes) ==
		  sizeof(EventFrame) + EVENT_FRAME_SLACK, "the same twice: no byte");
	memcpy(&frame, bytes, sizeof(frame));
	check(event_frame_is_one_key(&frame) && event_frame_earliest(&frame) == -5, "one key");
}

/* A frame with another width, stage or number of events than there can be. */
static void
check_damaged(void)
{
	char		bytes[sizeof(EventFrame) + 16 * 16 + EVENT_FRAME_SLACK];
	EventFrame	good;
	EventFrame	bad;
	EventFrame	frame;
	size_t		size;

	fill(EVENT_SMALL, 16, 20, 30, 3);
	size = event_frame_write(EVENT_SMALL, entries, 16, bytes);
	memcpy(&good, bytes, sizeof(good));
	for (int kind = 0; kind < 7; kind++)
	{
		bad = good;
		bad.n = kind == 0 ? 0 : kind == 1 ? 17 : kind == 2 ? UINT32_MAX : bad.n;
		bad.width[1] = kind == 3 ? 9 : bad.width[1];
		bad.width[2] = kind == 4 ? 1 : 0;
		bad.stage_bits = kind == 5 ? 13 : bad.stage_bits;
		bad.text_bytes = kind == 6 ? 1 : 0;
		memcpy(bytes, &bad, sizeof(bad));
		check(!event_frame_check(bytes, size, EVENT_SMALL, &frame), "damaged, %d", kind);
	}
	memcpy(bytes, &good, sizeof(good));
	check(event_frame_check(bytes, size, EVENT_SMALL, &frame), "not damaged");
	for (size_t cut = 0; cut < sizeof(EventFrame) + EVENT_FRAME_SLACK; cut++)
		check(!event_frame_check(bytes, cut, EVENT_SMALL, &frame), "cut to %zu", cut);
}

static void
check_mix(void)
{
	for (int i = 0; i < 10000; i++)
	{
		uint64_t	number = some_bits(below(65));

		check(event_unmix(event_mix(number)) == number, "number of a key");
	}
}

int
main(void)
{
	check_any();
	check_edges();
	check_size();
	check_damaged();
	check_mix();
	return unit_end();
}
