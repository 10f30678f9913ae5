/*
 * event_log_scan.c
 *		Reading raw events in no particular order, from memory and the file; see
 *		event_log.h.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "events/event_state.h"

/* Read so many bytes of the file. */
void
event_log_read_file(EventLog *log, uint64 at, char *to, Size bytes)
{
	if (BufFileSeek(log->file, 0, (off_t) at, SEEK_SET) != 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not seek in a temporary file")));
#if PG_VERSION_NUM >= 160000
	BufFileReadExact(log->file, to, bytes);
#else
	if (BufFileRead(log->file, to, bytes) != bytes)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not read from a temporary file")));
#endif
}

/* Hand out the frames of a part. */
void
event_log_read_frames(EventLog *log, int part, EventFrameTaker take, void *arg)
{
	for (int b = 0; b < log->batch_count; b++)
	{
		const EventBatch *batch = &log->batches[b];
		const uint64 *start = event_log_starts(log, batch);
		Size		left = start[part + 1] - start[part];
		const char *at;

		if (left == 0)
			continue;
		if (batch->start == NULL)
			at = event_log_frames(log, batch) + start[part];
		else
		{
			CHECK_FOR_INTERRUPTS();
			at = event_log_buffer(log, left);
			event_log_read_file(log, batch->at + start[part], (char *) at, left);
		}
		while (left > 0)
		{
			EventFrame	frame;

			if (!event_frame_check(at, left, log->words, &frame) ||
				frame.source > (uint32) log->source_count)
				event_state_reject();
			take(arg, &frame, at + sizeof(EventFrame));
			at += event_frame_bytes(&frame);
			left -= event_frame_bytes(&frame);
		}
	}
}

/* Does the text of a customer lie within the texts? */
static inline bool
text_is_inside(const uint64 *entry, const char *texts, uint64 text_bytes)
{
	uint32		length;

	if (text_bytes < sizeof(length) || entry[1] > text_bytes - sizeof(length))
		return false;
	memcpy(&length, texts + entry[1], sizeof(length));
	return length <= text_bytes - sizeof(length) - entry[1];
}

/*
 * The entries of a frame, with stages by this log's numbers if it has a source.
 * False if what is in them, with a source or texts, cannot be.
 */
bool
event_log_read_rows(const EventFrame *frame, const char *rows, bool texts,
					const EventSource *source, uint64 *entries)
{
	const char *text = rows + frame->n * event_frame_row(frame) + EVENT_FRAME_SLACK;

	event_frame_read(frame, rows, entries);
	for (size_t i = 0; source != NULL && i < frame->n; i++)
	{
		uint64	   *entry = entries + i * frame->words;
		uint32		stage = event_stage(entry, frame->words);

		if (stage >= source->count)
			return false;
		event_set_stage(entry, frame->words, source->numbers[stage]);
	}
	for (size_t i = 0; texts && i < frame->n; i++)
		if (!text_is_inside(entries + i * EVENT_WIDE, text, frame->text_bytes))
			return false;
	return true;
}

/* Hand out entries; texts are NULL unless customers are texts. */
void
event_log_take_entries(const uint64 *entries, size_t n, int words, const char *texts,
					   EventTaker take, void *arg)
{
	for (size_t i = 0; i < n; i++)
	{
		const uint64 *entry = entries + i * words;
		EventCustomer customer = {.key = entry[0]};

		if (words == EVENT_WIDE)
			customer.more = entry[1];
		if (texts != NULL)
		{
			memcpy(&customer.length, texts + entry[1], sizeof(uint32));
			customer.text = texts + entry[1] + sizeof(uint32);
		}
		take(arg, &customer, event_at(entry, words), event_stage(entry, words));
	}
}

typedef struct Taking
{
	EventLog   *log;
	EventTaker	take;
	void	   *arg;
	uint64	   *entries;
	size_t		room;
} Taking;

static void
take_frame(void *arg, const EventFrame *frame, const char *rows)
{
	Taking	   *t = arg;
	bool		texts = t->log->customers == EVENT_TEXTS;

	if (frame->n > t->room)
	{
		if (t->entries != NULL)
			pfree(t->entries);
		t->room = frame->n;
		t->entries = MemoryContextAllocHuge(CurrentMemoryContext,
											t->room * frame->words * sizeof(uint64));
	}
	if (!event_log_read_rows(frame, rows, texts,
							 frame->source > 0 ? &t->log->sources[frame->source] : NULL,
							 t->entries))
		event_state_reject();
	event_log_take_entries(t->entries, frame->n, frame->words,
						   texts ? rows + frame->n * event_frame_row(frame) + EVENT_FRAME_SLACK :
						   NULL, t->take, t->arg);
}

/* All events of a part, but those of the run. */
void
event_log_read_part(EventLog *log, int part, EventTaker take, void *arg)
{
	Taking		t = {.log = log,.take = take,.arg = arg};

	event_log_read_frames(log, part, take_frame, &t);
	if (t.entries != NULL)
		pfree(t.entries);
}

/* All events, in no particular order. */
void
event_log_read(EventLog *log, EventTaker take, void *arg)
{
	for (int i = 0; log->parts != NULL && i < 1 << log->part_bits; i++)
		event_log_read_part(log, i, take, arg);
	event_log_take_entries(log->entries, log->n, log->words,
						   log->customers == EVENT_TEXTS ? log->texts : NULL, take, arg);
}
