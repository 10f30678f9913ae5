/*
 * event_log_batch.c
 *		Batches of raw events: from the run to memory, from memory to the file; see
 *		event_log.h.
 *
 * The file has batches behind each other.  One that is written holds what was in memory
 * of each part in one piece, so that a part is read in pieces that are as long as
 * memory allows: a page of a piece is about a page to be read.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/memutils.h"

#include "events/event_log.h"

/* The bits that tell parts apart: so many parts that pieces of the file are a page or more. */
int
event_log_part_bits(const EventLog *log)
{
	Size		parts = Max(log->limit / 2 / BLCKSZ, 4);

	return Min(Min(pg_leftmost_one_pos64(parts), EVENT_PART_BITS), 64 - log->shift);
}

void
event_log_make_parts(EventLog *log, int bits)
{
	log->part_bits = bits;
	log->parts = MemoryContextAllocZero(log->context, sizeof(EventPart) << bits);
}

/* The part has got one more frame. */
void
event_log_count_frame(EventPart *part, const EventFrame *frame)
{
	uint64		key = frame->words == EVENT_SMALL ? event_mix(frame->base[0]) : frame->base[0];

	if (part->n == 0)
		part->key = key;
	part->mixed |= part->key != key || !event_frame_is_one_key(frame);
	part->n += frame->n;
	part->text_bytes += frame->text_bytes;
}

static EventBatch *
new_batch(EventLog *log, uint64 at)
{
	EventBatch *batch;

	if (log->batch_count == log->batch_room)
	{
		log->batch_room = Max(2 * log->batch_room, 16);
		log->batches = log->batches == NULL ?
			MemoryContextAllocHuge(log->context, log->batch_room * sizeof(EventBatch)) :
			repalloc_huge(log->batches, log->batch_room * sizeof(EventBatch));
	}
	batch = &log->batches[log->batch_count++];
	memset(batch, 0, sizeof(EventBatch));
	batch->at = at;
	return batch;
}

/* Room for so many bytes behind the batches in memory, aligned. */
char *
event_log_batch_room(EventLog *log, Size bytes)
{
	Size		used = EVENT_LOG_HEAD + log->held;

	if (used + bytes > log->memory_room)
	{
		log->memory_room = Max(2 * log->memory_room, used + bytes);
		log->memory = log->memory == NULL ?
			MemoryContextAllocHuge(log->context, log->memory_room) :
			repalloc_huge(log->memory, log->memory_room);
	}
	log->held += bytes;
	return log->memory + used;
}

/* Keep a copy of a batch, whose frames the caller counts. */
EventBatch *
event_log_add_batch(EventLog *log, const uint64 *start, const char *frames)
{
	Size		size = start[(Size) 1 << log->part_bits];
	Size		starts = event_log_starts_bytes(log);
	EventFrame	frame;
	EventBatch *batch;
	char	   *to;

	if (!log->in_memory && log->held > 0 && log->held + starts + size > log->limit / 2)
		event_log_to_file(log);
	to = event_log_batch_room(log, starts + MAXALIGN(size));
	memcpy(to, start, starts);
	memcpy(to + starts, frames, size);
	memset(to + starts + size, 0, MAXALIGN(size) - size);
	batch = new_batch(log, (uint64) (to + starts - log->memory));
	if (size >= sizeof(frame))
	{
		memcpy(&frame, frames, sizeof(frame));
		batch->earliest = event_frame_earliest(&frame);
	}
	return batch;
}

/* The texts of entries, behind each other; returns how many bytes they are. */
static Size
write_texts(const EventLog *log, uint64 *entries, size_t n, char *to)
{
	uint64		before = 0;
	Size		written = 0;
	Size		used = 0;

	for (size_t i = 0; i < n; i++)
	{
		uint64	   *more = &entries[i * EVENT_WIDE + 1];
		uint32		length;

		if (i == 0 || *more != before)
		{
			before = *more;
			written = used;
			memcpy(&length, log->texts + before, sizeof(length));
			memcpy(to + used, log->texts + before, sizeof(length) + length);
			used += sizeof(length) + length;
		}
		*more = written;
	}
	return used;
}

/* Write a part of the run as a frame; returns how many bytes were written. */
static Size
write_part(EventLog *log, EventPart *part, uint64 *entries, size_t n, char *to)
{
	char	   *texts = NULL;
	Size		text_bytes = 0;
	EventFrame	frame;
	Size		bytes;

	if (log->customers == EVENT_TEXTS)
	{
		/* beyond where rows can reach; moved to where they end */
		texts = to + event_frame_most(log->words, n);
		text_bytes = write_texts(log, entries, n, texts);
	}
	bytes = event_frame_write(log->words, entries, n, to);
	memcpy(&frame, to, sizeof(frame));
	frame.text_bytes = (uint32) text_bytes;
	memcpy(to, &frame, sizeof(frame));
	if (text_bytes > 0)
		memmove(to + bytes, texts, text_bytes);
	event_log_count_frame(part, &frame);
	return bytes + text_bytes;
}

/* The entries of the run in parts; afterwards they are the scratch. */
static void
scatter(EventLog *log, size_t *start)
{
	event_log_reserve_scratch(log);
	if (log->part_bits > 0)
	{
		event_scatter(log->words, log->entries, log->scratch, log->n, log->shift,
					  log->part_bits, start);
		return;
	}
	memcpy(log->scratch, log->entries, log->n * log->words * sizeof(uint64));
	start[0] = 0;
	start[1] = log->n;
}

/* The run becomes a batch; without parts it has them from now on. */
void
event_log_scatter(EventLog *log)
{
	size_t		start[EVENT_PARTS + 1];
	uint64		written[EVENT_PARTS + 1];
	Size		used = 0;
	char	   *buffer;
	int			parts;

	if (log->parts == NULL)
		event_log_make_parts(log, event_log_part_bits(log));
	parts = 1 << log->part_bits;
	scatter(log, start);
	buffer = event_log_buffer(log, parts * event_frame_most(log->words, 0) +
							  log->n * log->words * sizeof(uint64) + log->text_used);
	for (int i = 0; i < parts; i++)
	{
		written[i] = used;
		if (start[i + 1] > start[i])
			used += write_part(log, &log->parts[i], log->scratch + start[i] * log->words,
							   start[i + 1] - start[i], buffer + used);
	}
	written[parts] = used;
	CHECK_FOR_INTERRUPTS();
	event_log_add_batch(log, written, buffer);
	log->n = 0;
	log->text_used = 0;
	log->last_text = EVENT_NO_TEXT;
}

static int
compare_batches(const void *a, const void *b)
{
	const EventBatch *x = a;
	const EventBatch *y = b;

	if ((x->start == NULL) != (y->start == NULL))
		return x->start == NULL ? 1 : -1;
	return (x->earliest > y->earliest) - (x->earliest < y->earliest);
}

/*
 * Put batches that came from several processes into about the order of time, which is the
 * order in which events mostly come, and which makes them fast to sort.
 */
void
event_log_order(EventLog *log)
{
	if (log->source_count > 1)
		qsort(log->batches, log->batch_count, sizeof(EventBatch), compare_batches);
}

/* The batches in memory become one in the file. */
void
event_log_to_file(EventLog *log)
{
	MemoryContext caller = MemoryContextSwitchTo(log->context);
	uint64		start[EVENT_PARTS + 1];
	int			parts = 1 << log->part_bits;
	uint64	   *starts;
	int			first = 0;
	uint64		used = 0;

	event_log_order(log);
	while (first < log->batch_count && log->batches[first].start != NULL)
		first++;
	if (log->file == NULL)
		log->file = BufFileCreateTemp(false);
	else if (BufFileSeek(log->file, 0, (off_t) log->file_bytes, SEEK_SET) != 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not seek in a temporary file")));
	for (int i = 0; i < parts; i++)
	{
		CHECK_FOR_INTERRUPTS();
		start[i] = used;
		for (int b = first; b < log->batch_count; b++)
		{
			const EventBatch *batch = &log->batches[b];
			const uint64 *from = event_log_starts(log, batch);
			Size		bytes = from[i + 1] - from[i];

			if (bytes > 0)
				BufFileWrite(log->file, event_log_frames(log, batch) + from[i], bytes);
			used += bytes;
		}
	}
	start[parts] = used;
	log->batch_count = first;
	starts = palloc(event_log_starts_bytes(log));
	memcpy(starts, start, event_log_starts_bytes(log));
	new_batch(log, log->file_bytes)->start = starts;
	log->file_bytes += used;
	log->held = 0;
	MemoryContextSwitchTo(caller);
}
