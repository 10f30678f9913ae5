/*
 * event_frame.h
 *		Some events, written in few bytes.
 *
 * Entries (event_sort.h) that lie behind each other are alike: the numbers of
 * customers are small against 64 bits, times are near each other, stages are few.
 * A frame holds the smallest value of each column and, of each entry, what it has
 * more than that, in as many whole bytes as the largest needs:
 *
 *		EventFrame | n rows | EVENT_FRAME_SLACK bytes | text_bytes of the caller's
 *
 * The columns of a row are, of the two layouts of entries,
 *
 *	small	the customer's number, which is the key before mixing; (time << stage_bits) + stage
 *	wide	key, more, time, stage
 *
 * least significant byte first, whatever the machine's order is.  Events in the order
 * of time take 6 to 9 bytes where their entries take 16, for a nanosecond or two: less
 * than fresh memory, or a file, costs for what is saved.
 *
 * The sizes in a frame from elsewhere are checked by event_frame_check(); then reading
 * it is safe, whatever its rows are.
 *
 * This is the pure core: no PostgreSQL, no errors raised, no memory allocated.
 */
#ifndef EVENT_FRAME_H
#define EVENT_FRAME_H

#include "events/event_sort.h"

/* A row is read and written by eight bytes at a time, of which some lie behind it. */
#define EVENT_FRAME_SLACK	8

typedef struct EventFrame
{
	uint32_t	n;
	uint32_t	text_bytes;		/* behind the rows; the caller's */
	uint32_t	source;			/* the caller's */
	uint8_t		words;			/* of an entry */
	uint8_t		stage_bits;		/* small: bits of a visit that are the stage */
	uint8_t		width[EVENT_WIDE];	/* bytes of each column, 0 to 8 */
	uint64_t	base[EVENT_WIDE];	/* smallest value of each column; small: number, time */
} EventFrame;

static inline size_t
event_frame_row(const EventFrame *frame)
{
	return (size_t) frame->width[0] + frame->width[1] + frame->width[2] + frame->width[3];
}

/* Bytes of a frame and what belongs to it. */
static inline size_t
event_frame_bytes(const EventFrame *frame)
{
	return sizeof(EventFrame) + frame->n * event_frame_row(frame) + EVENT_FRAME_SLACK +
		frame->text_bytes;
}

/* Bytes of a frame without texts at most. */
static inline size_t
event_frame_most(int words, size_t n)
{
	return sizeof(EventFrame) + n * words * sizeof(uint64_t) + EVENT_FRAME_SLACK;
}

/* The earliest time in it. */
static inline int64_t
event_frame_earliest(const EventFrame *frame)
{
	return (int64_t) frame->base[frame->words == EVENT_SMALL ? 1 : 2];
}

/* Have all its events the same key? */
static inline bool
event_frame_is_one_key(const EventFrame *frame)
{
	return frame->width[0] == 0;
}

#pragma GCC visibility push(hidden)

extern size_t event_frame_write(int words, uint64_t *entries, size_t n, char *to);
extern bool event_frame_check(const char *bytes, size_t size, int words, EventFrame *frame);
extern void event_frame_read(const EventFrame *frame, const char *rows, uint64_t *entries);

#pragma GCC visibility pop

#endif							/* EVENT_FRAME_H */
