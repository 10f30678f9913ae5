/*
 * event_log.c
 *		The memory of raw events; see event_log.h.
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "events/event_log.h"

/*
 * The most memory for the entries of a run, and for its texts: with as much scratch and
 * what is written of them they fit the cache.
 */
#define RUN_BYTES	((Size) 512 * 1024)

/*
 * A quarter of the memory is for the run: entries, and, to scatter or sort them, as many
 * again; of a log with texts they have half of that.  Batches may take half of the
 * memory (event_log_batch.c), and the last quarter is for what is on its way there.
 */
void
event_log_set_limits(EventLog *log)
{
	Size		left = Min(log->limit / 8, RUN_BYTES);

	if (log->customers == EVENT_TEXTS)
		log->text_most = left /= 2;
	log->most = Max(left / (log->words * sizeof(uint64)), EVENT_LOG_SMALLEST);
}

/* An empty log in the current memory context that is to keep to so many bytes. */
void
event_log_init(EventLog *log, EventCustomers customers, Size limit)
{
	memset(log, 0, sizeof(EventLog));
	log->context = CurrentMemoryContext;
	log->customers = customers;
	log->words = customers == EVENT_NUMBERS ? EVENT_SMALL : EVENT_WIDE;
	log->limit = limit;
	log->last_text = EVENT_NO_TEXT;
	event_log_set_limits(log);
}

/* An empty log for one of the parts of another. */
EventLog
event_log_deeper(const EventLog *log)
{
	EventLog	deeper;

	event_log_init(&deeper, log->customers, log->limit);
	deeper.context = log->context;
	deeper.words = log->words;
	deeper.shift = log->shift + log->part_bits;
	event_log_set_limits(&deeper);
	return deeper;
}

static void
forget(void *memory)
{
	if (memory != NULL)
		pfree(memory);
}

/* Give the memory of the run back, and that of batches while none are in it. */
void
event_log_release(EventLog *log)
{
	forget(log->entries);
	forget(log->scratch);
	forget(log->texts);
	forget(log->buffer);
	log->entries = log->scratch = NULL;
	log->texts = log->buffer = NULL;
	log->n = log->room = log->scratch_room = 0;
	log->text_used = log->text_room = 0;
	log->buffer_room = 0;
	log->last_text = EVENT_NO_TEXT;
	if (log->held == 0)
	{
		forget(log->memory);
		log->memory = NULL;
		log->memory_room = 0;
	}
}

/* Close the file and give all memory back; what is left can be freed once more. */
void
event_log_free(EventLog *log)
{
	for (int i = 0; i < log->batch_count; i++)
		forget(log->batches[i].start);
	forget(log->batches);
	forget(log->memory);
	forget(log->parts);
	if (log->file != NULL)
		BufFileClose(log->file);
	for (int i = 1; i <= log->source_count; i++)
		pfree(log->sources[i].numbers);
	forget(log->sources);
	log->batches = NULL;
	log->memory = NULL;
	log->parts = NULL;
	log->file = NULL;
	log->sources = NULL;
	log->batch_count = log->batch_room = log->source_count = 0;
	log->held = log->memory_room = 0;
	event_log_release(log);
}

static void *
enlarge(const EventLog *log, void *memory, Size bytes)
{
	if (memory == NULL)
		return MemoryContextAllocHuge(log->context, bytes);
	return repalloc_huge(memory, bytes);
}

/* Make room for so many entries, and bytes of text, in all. */
void
event_log_reserve(EventLog *log, size_t entries, size_t text_bytes)
{
	if (entries > log->room)
	{
		log->entries = enlarge(log, log->entries, entries * log->words * sizeof(uint64));
		log->room = entries;
	}
	if (text_bytes > log->text_room)
	{
		log->texts = enlarge(log, log->texts, text_bytes);
		log->text_room = text_bytes;
	}
}

/* As many entries of scratch, with nothing in them. */
void
event_log_reserve_scratch(EventLog *log)
{
	if (log->scratch_room >= log->room && log->scratch != NULL)
		return;
	forget(log->scratch);
	log->scratch = NULL;
	log->scratch = enlarge(log, NULL, Max(log->room, 1) * log->words * sizeof(uint64));
	log->scratch_room = log->room;
}

/* Memory for so many bytes, with nothing in them, until the next call. */
char *
event_log_buffer(EventLog *log, Size bytes)
{
	if (bytes > log->buffer_room)
	{
		forget(log->buffer);
		log->buffer = NULL;
		log->buffer = enlarge(log, NULL, bytes);
		log->buffer_room = bytes;
	}
	return log->buffer;
}
