/*
 * event_log_each.c
 *		Raw events, sorted and handed out customer by customer; see event_log.h.
 *
 * While batches are in memory, a quarter of the limit is left for the part that is
 * sorted.  Where one needs more, batches go to the file first, and three quarters are
 * left.  Parts that need even more come last, one after the other: each is scattered anew
 * into a log of its own, which may need a file, too.  The largest of them is the last, and
 * the file that it was in is closed first, so that no event of a customer who has most of
 * them lies in more than two files at a time.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "events/event_state.h"

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
	event_log_reserve_scratch(log);
	event_sort_each(&runs, log->entries, log->scratch, log->n, shift);
}

/* Add a frame to the entries in memory, for which there is room. */
static void
load_frame(void *arg, const EventFrame *frame, const char *rows)
{
	EventLog   *log = arg;
	uint64	   *entries = log->entries + log->n * log->words;
	bool		texts = log->customers == EVENT_TEXTS;

	if (!event_log_read_rows(frame, rows, texts,
							 frame->source > 0 ? &log->sources[frame->source] : NULL, entries))
		event_state_reject();
	if (texts)
	{
		memcpy(log->texts + log->text_used,
			   rows + frame->n * event_frame_row(frame) + EVENT_FRAME_SLACK, frame->text_bytes);
		for (size_t i = 0; i < frame->n; i++)
			entries[i * EVENT_WIDE + 1] += log->text_used;
		log->text_used += frame->text_bytes;
	}
	log->n += frame->n;
}

static void
each_part(EventLog *log, int part, const uint32 *ranks, Handover *h)
{
	CHECK_FOR_INTERRUPTS();
	event_log_read_frames(log, part, load_frame, log);
	if (ranks != NULL)
		number_stages(log, ranks);
	each_in_memory(log, h, log->shift + log->part_bits);
	log->n = 0;
	log->text_used = 0;
}

/* Does a part need more than so many bytes, and can be parted once more? */
static bool
is_large(const EventLog *log, int part, Size limit)
{
	const EventPart *p = &log->parts[part];

	return p->mixed && log->shift + log->part_bits < 64 &&
		p->n * 2 * log->words * sizeof(uint64) + p->text_bytes > limit;
}

/* The largest of the parts that are, or -1. */
static int
largest_part(const EventLog *log, Size limit)
{
	int			largest = -1;

	for (int i = 0; i < 1 << log->part_bits; i++)
		if (is_large(log, i, limit) && (largest < 0 || log->parts[i].n > log->parts[largest].n))
			largest = i;
	return largest;
}

/* A part that is larger than the memory is scattered once more; for the last one the log goes. */
static void
each_deeper(EventLog *log, int part, bool last, const uint32 *ranks, Handover *h)
{
	EventLog	deeper = event_log_deeper(log);

	event_log_read_part(log, part, event_log_take, &deeper);
	if (last)
		event_log_free(log);
	else
		event_log_release(log);
	event_log_each(&deeper, ranks, h->visitor, h->arg);
	event_log_free(&deeper);
}

/* Memory for the largest of the parts that are not large. */
static void
reserve_part(EventLog *log, Size limit)
{
	uint64		n = 0;
	uint64		text_bytes = 0;

	for (int i = 0; i < 1 << log->part_bits; i++)
		if (!is_large(log, i, limit))
		{
			n = Max(n, log->parts[i].n);
			text_bytes = Max(text_bytes, log->parts[i].text_bytes);
		}
	event_log_reserve(log, n, text_bytes);
}

static void
each_batched(EventLog *log, const uint32 *ranks, Handover *h)
{
	Size		limit = log->limit / 4;
	int			last;

	if (log->n > 0)
		event_log_scatter(log);
	if (log->held == 0 || largest_part(log, limit) >= 0)
	{
		if (log->held > 0)
			event_log_to_file(log);
		limit = log->limit - log->limit / 4;
	}
	event_log_order(log);
	last = largest_part(log, limit);
	reserve_part(log, limit);
	for (int i = 0; i < 1 << log->part_bits; i++)
		if (log->parts[i].n > 0 && !is_large(log, i, limit))
			each_part(log, i, ranks, h);
	if (last < 0)
		return;
	event_log_release(log);
	for (int i = 0; i < 1 << log->part_bits; i++)
		if (i != last && is_large(log, i, limit))
			each_deeper(log, i, false, ranks, h);
	each_deeper(log, last, true, ranks, h);
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
		each_batched(log, ranks, &h);
	else if (log->n > 0)
	{
		if (ranks != NULL)
			number_stages(log, ranks);
		each_in_memory(log, &h, log->shift);
	}
	if (h.visits != NULL)
		pfree(h.visits);
}
