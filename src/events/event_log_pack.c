/*
 * event_log_pack.c
 *		Raw events on their way to another process; see event_log.h.
 *
 * Batches go as they are, without a copy, and are taken as they are: neither side looks at
 * single events.  Only where the other side parts keys in another way, as it has
 * another work_mem, or where it has so few events that it has no parts, they are
 * appended one by one.
 *
 * Workers do not sort: to write sorted events once more, and to read and merge them,
 * costs more than to sort a part in the cache, which the leader does.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "events/event_state.h"

/* Write all events anew, with no source but the log itself. */
static void
forget_sources(EventLog *log)
{
	EventLog	before = *log;

	*log = event_log_deeper(&before);
	log->shift = before.shift;
	event_log_read(&before, event_log_take, log);
	event_log_free(&before);
}

/* Bytes of a batch with its starts. */
static Size
batch_bytes(const EventLog *log, const EventBatch *batch)
{
	return event_log_starts_bytes(log) +
		MAXALIGN(event_log_starts(log, batch)[(Size) 1 << log->part_bits]);
}

/* Make the log ready to be packed: bytes that event_log_pack() writes. */
Size
event_log_packed_size(EventLog *log)
{
	Size		size = sizeof(EventPacked);

	if (log->source_count > 0)
		forget_sources(log);
	if (log->parts == NULL)
		event_log_make_parts(log, 0);
	if (log->n > 0)
		event_log_scatter(log);
	for (int b = 0; b < log->batch_count; b++)
		if (log->batches[b].start != NULL)
			size += batch_bytes(log, &log->batches[b]);
	return size + log->held;
}

/* A batch of the file moves to memory, behind those that are there. */
static void
load_batch(EventLog *log, const EventBatch *batch)
{
	Size		starts = event_log_starts_bytes(log);
	Size		bytes = batch_bytes(log, batch);
	Size		frames = batch->start[(Size) 1 << log->part_bits];
	char	   *to = event_log_batch_room(log, bytes);

	CHECK_FOR_INTERRUPTS();
	memcpy(to, batch->start, starts);
	event_log_read_file(log, batch->at, to + starts, frames);
	memset(to + starts + frames, 0, bytes - starts - frames);
}

/*
 * All events packed, in memory that is no longer the log's and cannot be freed by itself:
 * there are `head` bytes before and `tail` bytes behind them that the caller may write.
 */
char *
event_log_pack(EventLog *log, Size head, Size tail)
{
	EventPacked header = {log->customers, log->words, log->part_bits, log->batch_count};
	char	   *memory;

	Assert(head + sizeof(header) <= EVENT_LOG_HEAD);
	for (int b = 0; b < log->batch_count; b++)
		if (log->batches[b].start != NULL)
			load_batch(log, &log->batches[b]);
	(void) event_log_batch_room(log, tail);
	memory = log->memory + EVENT_LOG_HEAD - sizeof(header);
	memcpy(memory, &header, sizeof(header));
	log->memory = NULL;
	log->memory_room = log->held = 0;
	return memory - head;
}

/* What the customers of packed events are.  False if these bytes are not packed events. */
bool
event_log_packed_customers(const char *packed, Size size, EventCustomers *customers)
{
	EventPacked header;

	if (size < sizeof(header))
		return false;
	memcpy(&header, packed, sizeof(header));
	if (header.customers > EVENT_TEXTS || header.part_bits > EVENT_PART_BITS ||
		(header.words != EVENT_WIDE &&
		 (header.words != EVENT_SMALL || header.customers != EVENT_NUMBERS)))
		return false;
	*customers = (EventCustomers) header.customers;
	return true;
}

/* Can batches be taken as they are? */
static bool
can_adopt(const EventLog *log, const EventPacked *header, const EventSource *source)
{
	if (header->part_bits == 0 || header->words != (uint32) log->words || log->shift != 0 ||
		header->part_bits !=
		(uint32) (log->parts != NULL ? log->part_bits : event_log_part_bits(log)))
		return false;
	for (uint64 i = 0; log->words == EVENT_SMALL && i < source->count; i++)
		if (source->numbers[i] >= EVENT_SMALL_STAGES)
			return false;
	return true;
}

/* The number of a new source. */
static uint32
add_source(EventLog *log, const EventSource *source)
{
	Size		bytes = Max(source->count, 1) * sizeof(uint32);
	Size		sources = (log->source_count + 2) * sizeof(EventSource);
	uint32	   *numbers = MemoryContextAllocHuge(log->context, bytes);

	memcpy(numbers, source->numbers, source->count * sizeof(uint32));
	log->sources = log->sources == NULL ? MemoryContextAlloc(log->context, sources) :
		repalloc(log->sources, sources);
	log->source_count++;
	log->sources[log->source_count].numbers = numbers;
	log->sources[log->source_count].count = source->count;
	return log->source_count;
}

/* The next frame of a part, which ends behind so many bytes. */
static EventFrame
next_frame(const char *at, Size left, int words)
{
	EventFrame	frame;

	if (!event_frame_check(at, left, words, &frame) || frame.source != 0)
		event_state_reject();
	return frame;
}

/* A batch that was added has frames of a source: look at them and count them. */
static void
adopt_frames(EventLog *log, const EventBatch *batch, uint32 source)
{
	const uint64 *start = event_log_starts(log, batch);
	char	   *frames = event_log_frames(log, batch);

	for (int i = 0; i < 1 << log->part_bits; i++)
		for (uint64 at = start[i]; at < start[i + 1];)
		{
			EventFrame	frame = next_frame(frames + at, start[i + 1] - at, log->words);

			frame.source = source;
			memcpy(frames + at, &frame, sizeof(frame));
			event_log_count_frame(&log->parts[i], &frame);
			at += event_frame_bytes(&frame);
		}
}

typedef struct Appending
{
	EventLog   *log;
	const EventSource *source;
} Appending;

/* Here the stage gets this log's number, for which a small entry may have no room. */
static void
append_event(void *arg, const EventCustomer *customer, int64 at, uint32 stage)
{
	Appending  *appending = arg;

	if (stage >= appending->source->count)
		event_state_reject();
	event_log_append(appending->log, customer, at, appending->source->numbers[stage]);
}

/* Append the events of a batch one by one. */
static void
append_frames(EventLog *log, int words, const char *at, Size left, const EventSource *source)
{
	Appending	appending = {log, source};

	while (left > 0)
	{
		EventFrame	frame = next_frame(at, left, words);
		bool		texts = log->customers == EVENT_TEXTS;
		const char *rows = at + sizeof(frame);
		const char *text = rows + frame.n * event_frame_row(&frame) + EVENT_FRAME_SLACK;
		uint64	   *entries;

		CHECK_FOR_INTERRUPTS();
		entries = MemoryContextAllocHuge(CurrentMemoryContext,
										 (Size) frame.n * words * sizeof(uint64));
		if (!event_log_read_rows(&frame, rows, texts, NULL, entries))
			event_state_reject();
		event_log_take_entries(entries, frame.n, words, texts ? text : NULL, append_event,
							   &appending);
		pfree(entries);
		at += event_frame_bytes(&frame);
		left -= event_frame_bytes(&frame);
	}
}

/* The starts of a packed batch, which is of so many parts; moves on to its bytes. */
static uint64 *
take_starts(const char **at, Size *left, int parts)
{
	Size		bytes = (parts + 1) * sizeof(uint64);
	uint64	   *start = palloc(bytes);

	if (bytes > *left)
		event_state_reject();
	memcpy(start, *at, bytes);
	*at += bytes;
	*left -= bytes;
	for (int i = 0; i < parts; i++)
		if (start[i] > start[i + 1])
			event_state_reject();
	if (start[0] != 0 || start[parts] > *left || MAXALIGN(start[parts]) > *left)
		event_state_reject();
	return start;
}

/*
 * Add what event_log_pack() wrote and event_log_packed_customers() has seen; stages become
 * this log's numbers.  22023 if it is damaged.
 */
void
event_log_unpack(EventLog *log, const char *packed, Size size, const EventSource *source)
{
	const char *at = packed + sizeof(EventPacked);
	Size		left = size - sizeof(EventPacked);
	EventPacked header;
	bool		adopt;
	uint32		number = 0;

	memcpy(&header, packed, sizeof(header));
	adopt = can_adopt(log, &header, source);
	if (adopt && header.batches > 0)
		number = add_source(log, source);
	if (adopt && log->parts == NULL)
		event_log_make_parts(log, (int) header.part_bits);
	for (uint32 b = 0; b < header.batches; b++)
	{
		int			parts = 1 << header.part_bits;
		uint64	   *start = take_starts(&at, &left, parts);

		if (adopt)
			adopt_frames(log, event_log_add_batch(log, start, at), number);
		else
			append_frames(log, (int) header.words, at, start[parts], source);
		at += MAXALIGN(start[parts]);
		left -= MAXALIGN(start[parts]);
		pfree(start);
	}
	if (left != 0)
		event_state_reject();
}
