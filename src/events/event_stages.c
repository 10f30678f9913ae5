/*
 * event_stages.c
 *		The stages that raw events name, numbered; see event_stages.h.
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "events/event_stages.h"
#include "base/label_key.h"
#include "journey/journey_datum.h"

/* Stages that do not matter are remembered up to so many, the others looked at anew. */
#define REMEMBERED 10000

typedef struct EventStage
{
	JourneyLabel label;
	uint32		hash;
	uint32		number;
	char		status;
} EventStage;

#define SH_PREFIX		stages
#define SH_ELEMENT_TYPE EventStage
#define SH_KEY_TYPE		JourneyLabel
#define SH_KEY			label
#define SH_HASH_KEY(table, key)	journey_label_hash(&(key))
#define SH_EQUAL(table, a, b)	journey_same_label(&(a), &(b))
#define SH_STORE_HASH
#define SH_GET_HASH(table, stage)	((stage)->hash)
#define SH_SCOPE		static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

/* An empty dictionary in the current memory context; any_text as in event_stages.h. */
void
event_stages_init(EventStages *stages, bool any_text)
{
	memset(stages, 0, sizeof(EventStages));
	stages->any_text = any_text;
	stages->context = CurrentMemoryContext;
	stages->table = stages_create(CurrentMemoryContext, 16, NULL);
}

/* Put a new label into the table, which gets a copy of its own. */
static JourneyLabel
remember(EventStages *stages, const JourneyLabel *label, uint32 number)
{
	JourneyLabel copy = {NULL, label->length};
	char	   *bytes = MemoryContextAlloc(stages->context, label->length);
	bool		found;

	memcpy(bytes, label->text, label->length);
	copy.text = bytes;
	stages_insert(stages->table, copy, &found)->number = number;
	return copy;
}

static uint32
add(EventStages *stages, const JourneyLabel *label)
{
	JourneyLabel copy = remember(stages, label, stages->count);
	Size		bytes;

	if (stages->count == stages->room)
	{
		stages->room = Max(2 * stages->room, 64);
		bytes = stages->room * sizeof(JourneyLabel);
		stages->labels = stages->labels == NULL ?
			MemoryContextAllocHuge(stages->context, bytes) :
			repalloc_huge(stages->labels, bytes);
	}
	stages->labels[stages->count] = copy;
	return stages->count++;
}

static int
compare_labels(const void *a, const void *b)
{
	const JourneyLabel *x = a;
	const JourneyLabel *y = b;

	return journey_label_compare(x->text, x->length, y->text, y->length);
}

/*
 * Do the labels of a path tell all there is to know for it?  Not where the very
 * next visit counts, or the very first or last.
 */
bool
event_stages_suffice(const JourneyPath *path)
{
	for (int i = 0; i < path->items; i++)
		if ((path->item[i].flags & JOURNEY_ITEM_NEXT) != 0)
			return false;
	return (path->flags & (JOURNEY_PATH_FROM_FIRST | JOURNEY_PATH_TO_LAST)) == 0;
}

/* Fill an empty dictionary with the labels of a path and close it. */
void
event_stages_close(EventStages *stages, const JourneyPath *path)
{
	JourneyLabel *labels = palloc(path->labels * sizeof(JourneyLabel));

	for (int i = 0; i < path->labels; i++)
	{
		size_t		length;

		labels[i].text = journey_path_label(path, i, &length);
		labels[i].length = (uint32) length;
	}
	qsort(labels, path->labels, sizeof(JourneyLabel), compare_labels);
	for (int i = 0; i < path->labels; i++)
		(void) add(stages, &labels[i]);
	stages->closed = true;
	pfree(labels);
}

/* The number of a text that cannot be a label; 22023 if it must be one. */
static uint32
number_invalid(EventStages *stages, const JourneyLabel *text)
{
	static const JourneyLabel empty = {"", 0};
	const EventStage *stage;

	if (!stages->any_text)
		journey_reject_label(text->text, text->length);
	if (stages->closed)
		return EVENT_NO_STAGE;
	stage = stages_lookup(stages->table, empty);
	return stage != NULL ? stage->number : add(stages, &empty);
}

/* A label that comes for the first time. */
static pg_noinline uint32
number_new(EventStages *stages, const JourneyLabel *label)
{
	if (journey_label_check(label->text, label->length, false, NULL) != JOURNEY_LABEL_OK)
		return number_invalid(stages, label);
	if (!stages->closed)
		return add(stages, label);
	if (stages->table->members < REMEMBERED)
		(void) remember(stages, label, EVENT_NO_STAGE);
	return EVENT_NO_STAGE;
}

/* The number of a stage, which may be new; EVENT_NO_STAGE if it does not matter. */
uint32
event_stages_number(EventStages *stages, const JourneyLabel *label)
{
	const EventStage *stage = stages_lookup(stages->table, *label);

	return likely(stage != NULL) ? stage->number : number_new(stages, label);
}

/* The number of a stage that came, or EVENT_NO_STAGE. */
uint32
event_stages_find(const EventStages *stages, const JourneyLabel *label)
{
	const EventStage *stage = stages_lookup(stages->table, *label);

	return stage == NULL ? EVENT_NO_STAGE : stage->number;
}

typedef struct Ranked
{
	JourneyLabel label;			/* first, for compare_labels() */
	uint32		number;
} Ranked;

/* The place of each number in the order of labels; NULL where they are in order. */
uint32 *
event_stages_ranks(const EventStages *stages)
{
	Ranked	   *ranked;
	uint32	   *ranks;
	uint32		i = 1;

	while (i < stages->count && compare_labels(&stages->labels[i - 1], &stages->labels[i]) < 0)
		i++;
	if (i >= stages->count)
		return NULL;
	ranked = MemoryContextAllocHuge(CurrentMemoryContext, stages->count * sizeof(Ranked));
	ranks = MemoryContextAllocHuge(CurrentMemoryContext, stages->count * sizeof(uint32));
	for (i = 0; i < stages->count; i++)
	{
		ranked[i].label = stages->labels[i];
		ranked[i].number = i;
	}
	qsort(ranked, stages->count, sizeof(Ranked), compare_labels);
	for (i = 0; i < stages->count; i++)
		ranks[ranked[i].number] = i;
	pfree(ranked);
	return ranks;
}
