/*
 * event_log.c
 *		The memory and the files of raw events; see event_log.h.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/memutils.h"

#include "events/event_log.h"

/*
 * A quarter of the memory is for the buffers of files; the rest holds entries
 * and, to scatter or sort them, as many again.  Of a log with texts they have
 * half of that.
 */
void
event_log_set_limits(EventLog *log)
{
	Size		left = log->limit - log->limit / 4;

	if (log->customers == EVENT_TEXTS)
		log->text_most = left /= 2;
	log->most = Max(left / 2 / (log->words * sizeof(uint64)), EVENT_LOG_SMALLEST);
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

/* Give the memory of entries and texts back. */
void
event_log_release(EventLog *log)
{
	if (log->entries != NULL)
		pfree(log->entries);
	if (log->scratch != NULL)
		pfree(log->scratch);
	if (log->texts != NULL)
		pfree(log->texts);
	log->entries = log->scratch = NULL;
	log->texts = NULL;
	log->n = log->room = 0;
	log->text_used = log->text_room = 0;
	log->last_text = EVENT_NO_TEXT;
}

/* Remove the files of a part. */
void
event_log_close_part(EventPart *part)
{
	if (part->entries != NULL)
		BufFileClose(part->entries);
	if (part->texts != NULL)
		BufFileClose(part->texts);
	memset(part, 0, sizeof(EventPart));
}

/* Close files and give all memory back; what is left can be freed once more. */
void
event_log_free(EventLog *log)
{
	for (int i = 0; log->parts != NULL && i < 1 << log->part_bits; i++)
		event_log_close_part(&log->parts[i]);
	if (log->parts != NULL)
		pfree(log->parts);
	log->parts = NULL;
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
		if (log->scratch != NULL)
			pfree(log->scratch);
		log->scratch = NULL;
	}
	if (text_bytes > log->text_room)
	{
		log->texts = enlarge(log, log->texts, text_bytes);
		log->text_room = text_bytes;
	}
}

/* As many parts as there is memory for the buffers of their files. */
static void
make_parts(EventLog *log)
{
	int			files = log->customers == EVENT_TEXTS ? 2 : 1;
	Size		parts = Max(log->limit / 4 / ((Size) files * BLCKSZ), 4);

	log->part_bits = Min(pg_leftmost_one_pos64(parts), EVENT_PART_BITS);
	log->part_bits = Min(log->part_bits, 64 - log->shift);
	log->parts = MemoryContextAllocZero(log->context, sizeof(EventPart) << log->part_bits);
}

/* The texts of entries as they follow each other in a file. */
static void
write_texts(EventLog *log, EventPart *part, uint64 *entries, size_t n)
{
	uint64		before = 0;
	uint64		written = 0;

	for (size_t i = 0; i < n; i++)
	{
		uint64	   *more = &entries[i * EVENT_WIDE + 1];
		uint32		length;

		if (i == 0 || *more != before)
		{
			before = *more;
			written = part->text_bytes;
			memcpy(&length, log->texts + before, sizeof(length));
			BufFileWrite(part->texts, log->texts + before, sizeof(length) + length);
			part->text_bytes += sizeof(length) + length;
			log->written_text += sizeof(length) + length;
		}
		*more = written;
	}
}

static void
write_part(EventLog *log, EventPart *part, uint64 *entries, size_t n)
{
	if (part->entries == NULL)
	{
		part->key = entries[0];
		part->entries = BufFileCreateTemp(false);
		if (log->customers == EVENT_TEXTS)
			part->texts = BufFileCreateTemp(false);
	}
	for (size_t i = 0; i < n && !part->mixed; i++)
		part->mixed = entries[i * log->words] != part->key;
	if (log->customers == EVENT_TEXTS)
		write_texts(log, part, entries, n);
	BufFileWrite(part->entries, entries, n * log->words * sizeof(uint64));
	part->n += n;
	log->written += n;
}

/* Move all entries in memory to files. */
void
event_log_spill(EventLog *log)
{
	MemoryContext caller = MemoryContextSwitchTo(log->context);
	size_t		start[EVENT_PARTS + 1];

	if (log->parts == NULL)
		make_parts(log);
	if (log->scratch == NULL)
		log->scratch = enlarge(log, NULL, log->room * log->words * sizeof(uint64));
	event_scatter(log->words, log->entries, log->scratch, log->n, log->shift, log->part_bits,
				  start);
	for (int i = 0; i < 1 << log->part_bits; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (start[i + 1] > start[i])
			write_part(log, &log->parts[i], log->scratch + start[i] * log->words,
					   start[i + 1] - start[i]);
	}
	log->n = 0;
	log->text_used = 0;
	log->last_text = EVENT_NO_TEXT;
	MemoryContextSwitchTo(caller);
}
