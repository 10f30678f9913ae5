/*
 * event_stages.h
 *		The stages that raw events name, numbered.
 *
 * A stage gets its number when it first comes.  Where only some labels matter,
 * as in most funnels, the dictionary is closed: it has these and no other, in the
 * order of their bytes, and an event at any other stage need not be kept.
 */
#ifndef EVENT_STAGES_H
#define EVENT_STAGES_H

#include "postgres.h"

#include "journey/journey.h"
#include "path/path.h"

/* The number of a stage that does not matter. */
#define EVENT_NO_STAGE	PG_UINT32_MAX

typedef struct EventStages
{
	MemoryContext context;
	struct stages_hash *table;	/* labels, and those known not to matter */
	JourneyLabel *labels;		/* by number */
	uint32		count;
	uint32		room;
	bool		closed;
} EventStages;

#pragma GCC visibility push(hidden)

extern void event_stages_init(EventStages *stages);
extern void event_stages_close(EventStages *stages, const JourneyPath *path);
extern bool event_stages_suffice(const JourneyPath *path);
extern uint32 event_stages_number(EventStages *stages, const JourneyLabel *label);
extern uint32 event_stages_find(const EventStages *stages, const JourneyLabel *label);
extern uint32 *event_stages_ranks(const EventStages *stages);

#pragma GCC visibility pop

#endif							/* EVENT_STAGES_H */
