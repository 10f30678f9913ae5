/*
 * event_log_each.c
 *		Raw events, sorted and handed out customer by customer; see event_log.h.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "events/event_log.h"

/* Entries between two looks whether the query was cancelled. */
#define CHECK_ENTRIES 0x1000

static void
check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* Hands a customer's entries on as visits. */
typedef struct Handover
{
	const EventLog *log;
	EventVisitor visitor;
	void	   *arg;
	JourneyVisit *visits;
	size_t		room;
	size_t		since_check;
} Handover;

static void
hand_over(void *arg, const uint64_t *entries, size_t n)
{
	Handover   *h = arg;
	int			words = h->log->words;

	if (n > h->room)
	{
		if (h->visits != NULL)
			pfree(h->visits);
		h->room = 2 * n;
		h->visits = MemoryContextAllocHuge(CurrentMemoryContext, h->room * sizeof(JourneyVisit));
	}
	for (size_t i = 0; i < n; i++)
	{
		h->visits[i].at = event_at(entries + i * words, words);
		h->visits[i].seq = 0;
		h->visits[i].label = event_stage(entries + i * words, words);
	}
	h->since_check += n;
	if (h->since_check >= CHECK_ENTRIES)
	{
		CHECK_FOR_INTERRUPTS();
		h->since_check = 0;
	}
	h->visitor(h->arg, h->visits, n);
}

static bool
same_text(void *arg, uint64_t more, uint64_t other)
{
	const char *a = ((Handover *) arg)->log->texts + more;
	const char *b = ((Handover *) arg)->log->texts + other;
	uint32		length;

	memcpy(&length, a, sizeof(length));
	return memcmp(a, b, sizeof(length)) == 0 &&
		memcmp(a + sizeof(length), b + sizeof(length), length) == 0;
}

static void
number_stages(EventLog *log, const uint32 *numbers)
{
	for (size_t i = 0; i < log->n; i++)
	{
		uint64	   *entry = log->entries + i * log->words;

		event_set_stage(entry, log->words, numbers[event_stage(entry, log->words)]);
	}
}

/* Hand out what is in memory, of which so many leading bits of keys are equal. */
static void
each_in_memory(EventLog *log, Handover *h, int shift)
{
	EventRuns	runs = {
		.words = log->words,.customer = hand_over,.interrupt = check_interrupts,.arg = h
	};

	if (log->customers == EVENT_TEXTS)
		runs.same = same_text;
	if (log->scratch == NULL)
		log->scratch = MemoryContextAllocHuge(log->context,
											  Max(log->room, 1) * log->words * sizeof(uint64));
	event_sort_each(&runs, log->entries, log->scratch, log->n, shift);
}

static void
load_part(EventLog *log, EventPart *part)
{
	event_log_reserve(log, part->n, part->text_bytes);
	event_log_rewind(part->entries);
	event_log_read_exact(part->entries, log->entries, part->n * log->words * sizeof(uint64));
	log->n = part->n;
	if (part->texts != NULL)
	{
		event_log_rewind(part->texts);
		event_log_read_exact(part->texts, log->texts, part->text_bytes);
	}
}

/* A part that is larger than the memory: scatter it once more. */
static void
each_deeper(EventLog *log, EventPart *part, const uint32 *ranks, Handover *h)
{
	EventLog	deeper = event_log_deeper(log);

	event_log_release(log);
	event_log_read_part(log, part, event_log_take, &deeper);
	event_log_close_part(part);
	event_log_each(&deeper, ranks, h->visitor, h->arg);
	event_log_free(&deeper);
}

static void
each_part(EventLog *log, const uint32 *ranks, Handover *h)
{
	int			shift = log->shift + log->part_bits;

	if (log->n > 0)
		event_log_spill(log);
	for (int i = 0; i < 1 << log->part_bits; i++)
	{
		EventPart  *part = &log->parts[i];
		bool		large = part->n > log->most || part->text_bytes > log->text_most;

		if (part->n == 0)
			continue;
		if (large && part->mixed && shift < 64)
		{
			each_deeper(log, part, ranks, h);
			continue;
		}
		load_part(log, part);
		event_log_close_part(part);
		if (ranks != NULL)
			number_stages(log, ranks);
		each_in_memory(log, h, shift);
		log->n = 0;
	}
}

/*
 * Hand out the visits of each customer, sorted by time, then the rank of their
 * stage.  With ranks, one for each stage, visits have ranks as labels; without,
 * stages are in order already.  Afterwards the log can only be freed.
 */
void
event_log_each(EventLog *log, const uint32 *ranks, EventVisitor visitor, void *arg)
{
	Handover	h = {.log = log,.visitor = visitor,.arg = arg};

	if (log->parts != NULL)
		each_part(log, ranks, &h);
	else if (log->n > 0)
	{
		if (ranks != NULL)
			number_stages(log, ranks);
		each_in_memory(log, &h, log->shift);
	}
	if (h.visits != NULL)
		pfree(h.visits);
}
