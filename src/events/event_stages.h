/*
 * event_stages.h
 *		The stages that raw events name, numbered.
 *
 * A stage gets its number when it first comes.  Where only some labels matter,
 * as in most funnels, the dictionary is closed: it has these and no other, in the
 * order of their bytes, and an event at any other stage need not be kept.
 *
 * A text that cannot be a label (empty, too long, with control characters) is an
 * error for a flow, which would show it.  No path can ask for it, so for a funnel it
 * is a stage like any other that the path does not ask for: where the very next visit
 * counts, one visit that is no step.  All such texts are then one stage, whose label
 * is empty.
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
	bool		any_text;		/* what cannot be a label is no error */
} EventStages;

#pragma GCC visibility push(hidden)

extern void event_stages_init(EventStages *stages, bool any_text);
extern void event_stages_close(EventStages *stages, const JourneyPath *path);
extern bool event_stages_suffice(const JourneyPath *path);
extern uint32 event_stages_number(EventStages *stages, const JourneyLabel *label);
extern uint32 event_stages_find(const EventStages *stages, const JourneyLabel *label);
extern uint32 *event_stages_ranks(const EventStages *stages);

#pragma GCC visibility pop

#endif							/* EVENT_STAGES_H */
