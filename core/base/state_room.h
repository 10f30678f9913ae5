/*
 * state_room.h
 *		How large the parts of a growing state are, such as its table and its text: a power
 *		of two times the smallest, so that each byte moves a constant number of times.
 */
#ifndef STATE_ROOM_H
#define STATE_ROOM_H

#include <stddef.h>
#include <stdint.h>

#define LARGEST_STATE	((size_t) 0x3fffffff)	/* of a PostgreSQL value, in bytes */

/* The room doubled until it has what is wanted; 0 when that is more than a value can have. */
static inline uint32_t
state_room_doubled(uint32_t room, uint64_t wanted)
{
	while (room < wanted && room != 0)
		room = room > LARGEST_STATE ? 0 : room * 2;
	return room;
}

#endif							/* STATE_ROOM_H */
