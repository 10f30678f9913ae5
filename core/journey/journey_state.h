/*
 * journey_state.h
 *		The state of journey_agg: a journey that is still growing visits.
 */
#ifndef JOURNEY_STATE_H
#define JOURNEY_STATE_H

#include "base/varint.h"
#include "journey/journey.h"

typedef struct JourneyState
{
	JourneyHeader header;
	uint32_t	visits;
	uint32_t	labels;
	uint32_t	log_used;		/* bytes of data[] from its beginning */
	uint32_t	label_used;		/* bytes of labels before the table */
	uint32_t	slots;			/* of the hash table at the very end; 0: none */
	uint32_t	mark;			/* of whoever made it; only src/ reads it */
	int64_t		last_at;
	uint8_t		data[];
} JourneyState;

#define JOURNEY_STATE_SMALLEST	256
#define JOURNEY_STATE_VALUE		(1 + VARINT_MAX)	/* what a value takes at most */
#define JOURNEY_STATE_LARGEST	((size_t) 0x3ffffff8)

/* Has any of its visits a value? */
static inline bool
journey_state_has_values(const JourneyState *state)
{
	return (state->header.flags & JOURNEY_HAS_VALUES) != 0;
}

#pragma GCC visibility push(hidden)

extern void journey_state_init(JourneyState *state, size_t bytes);
extern JourneyStatus journey_state_add(JourneyState *state, size_t bytes,
									   const JourneyLabel *label, int64_t at, int64_t seq,
									   int64_t value);
extern size_t journey_state_grown(const JourneyState *state, uint32_t length);
extern void journey_state_move(JourneyState *to, size_t to_bytes,
							   const JourneyState *from, size_t from_bytes);
extern JourneyStatus journey_state_check(const JourneyState *state, size_t bytes);
extern JourneyStatus journey_state_labels(const JourneyState *state, size_t bytes,
										  JourneyLabel *labels);
extern JourneyStatus journey_state_visits(const JourneyState *state, JourneyVisit *visits,
										  int64_t *values);

#pragma GCC visibility pop

#endif							/* JOURNEY_STATE_H */
