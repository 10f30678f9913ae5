/*
 * event_log.h
 *		Raw events in the order they come: kept compactly in memory, in a temporary
 *		file beyond that, and handed out again customer by customer.
 *
 * Events are appended as entries (event_sort.h) to a run, which fits the processor's
 * cache however much memory there is: it is filled again and again.  A full run is
 * scattered by the leading bits of keys, each part is written as a frame
 * (event_frame.h), and the frames of a run are a batch.  Batches stay in memory up to
 * half of the limit; then those in memory are written to the end of a file, part by
 * part.  In the end each part is read from all batches, sorted by itself in the cache,
 * and handed out.  A part that is larger than the memory becomes a log of its own and is
 * scattered by the next bits.  Only the events of a single customer must fit into memory
 * whatever the limit.
 *
 * Why runs are small and events are packed, and why there is one file: a page of memory
 * that is touched for the first time, or of a file, costs about as much as what there is
 * to do for the events in it, and memory that is used again costs nothing.  So
 * what grows with the number of events is written once, in few bytes.  A process hands
 * its batches over as they are, and another one takes them as they are.
 *
 * A customer is a number, a uuid, or a text.  A number is the key of its
 * entries, and half of a uuid is, the other half being `more`.  Of a text the key
 * is a hash, and `more` is where the text stands in the run's memory, or behind the
 * rows of a frame: a length of 4 bytes, then the bytes.  An event that
 * directly follows one of the same customer shares its text.
 *
 * Events of another process have stages by its numbers: their frames name a source, which
 * has this process's numbers.
 *
 * The file is PostgreSQL's (BufFile), and goes away at the end of the query by
 * itself should the owner fail; else event_log_free() must be called.
 */
#ifndef EVENT_LOG_H
#define EVENT_LOG_H

#include "postgres.h"

#include "storage/buffile.h"

#include "events/event_frame.h"
#include "journey/visit.h"

/*
 * Bytes before the batches in memory.  What stands there when they are handed over is
 * written into them, and after them: a copy of the batches would cost more than anything else.
 */
#define EVENT_LOG_HEAD	64

/* The fewest entries that there is memory for. */
#define EVENT_LOG_SMALLEST	64

/* Where the text of the last event stands if there is none. */
#define EVENT_NO_TEXT		SIZE_MAX

typedef enum EventCustomers
{
	EVENT_NUMBERS,
	EVENT_UUIDS,
	EVENT_TEXTS
} EventCustomers;

/* The customer of an event: key and more as in an entry; a text also as it is. */
typedef struct EventCustomer
{
	uint64		key;
	uint64		more;
	const char *text;
	uint32		length;
} EventCustomer;

/* The events whose keys have the same leading bits. */
typedef struct EventPart
{
	uint64		n;
	uint64		text_bytes;
	uint64		key;			/* of its first frame */
	bool		mixed;			/* there are others */
} EventPart;

/*
 * The frames of a run, or of several: those of part i are start[i] .. start[i + 1] - 1.  In
 * memory, and in a packed log, the starts stand before them, and both are aligned.
 */
typedef struct EventBatch
{
	uint64		at;				/* where the frames begin, in memory or the file */
	uint64	   *start;			/* NULL: in memory */
	int64		earliest;		/* time of its first frame */
} EventBatch;

/* This log's numbers of stages for frames of another. */
typedef struct EventSource
{
	uint32	   *numbers;
	uint64		count;
} EventSource;

typedef struct EventLog
{
	MemoryContext context;
	EventCustomers customers;
	int			words;			/* of an entry */
	int			shift;			/* leading bits that all keys have in common */
	Size		limit;			/* bytes of memory */
	bool		in_memory;		/* batches stay there: they are to be handed over from it */
	size_t		most;			/* entries of a run */
	size_t		text_most;		/* bytes of text of a run */
	/* the run */
	size_t		room;			/* entries allocated */
	size_t		n;				/* entries used */
	uint64	   *entries;
	size_t		scratch_room;
	uint64	   *scratch;		/* as many, once needed */
	size_t		text_room;
	size_t		text_used;
	char	   *texts;
	size_t		last_text;		/* where the text of the last event stands */
	/* batches */
	int			part_bits;
	EventPart  *parts;			/* NULL: there is but the run */
	EventBatch *batches;
	int			batch_count;
	int			batch_room;
	char	   *memory;			/* EVENT_LOG_HEAD bytes, then batches */
	Size		memory_room;
	Size		held;			/* bytes of batches in it */
	Size		buffer_room;
	char	   *buffer;			/* for what is on its way to or from a batch */
	BufFile    *file;
	uint64		file_bytes;
	EventSource *sources;		/* 1 .. source_count; 0 is this log itself */
	int			source_count;
} EventLog;

/* Called with one event. */
typedef void (*EventTaker) (void *arg, const EventCustomer *customer, int64 at, uint32 stage);

/* Called with all visits of one customer, sorted. */
typedef void (*EventVisitor) (void *arg, const JourneyVisit *visits, size_t n);

/* Called with a frame and what follows it. */
typedef void (*EventFrameTaker) (void *arg, const EventFrame *frame, const char *rows);

/*
 * The bytes that a log travels in between processes: this, then batches, each with its
 * 2^part_bits + 1 starts.  They have no source but the log itself.
 */
typedef struct EventPacked
{
	uint32		customers;
	uint32		words;
	uint32		part_bits;
	uint32		batches;
} EventPacked;

#pragma GCC visibility push(hidden)

/* event_log.c */
extern void event_log_init(EventLog *log, EventCustomers customers, Size limit);
extern void event_log_set_limits(EventLog *log);
extern EventLog event_log_deeper(const EventLog *log);
extern void event_log_reserve(EventLog *log, size_t entries, size_t text_bytes);
extern void event_log_reserve_scratch(EventLog *log);
extern char *event_log_buffer(EventLog *log, Size bytes);
extern void event_log_release(EventLog *log);
extern void event_log_free(EventLog *log);

/* event_log_batch.c */
extern void event_log_make_parts(EventLog *log, int bits);
extern int	event_log_part_bits(const EventLog *log);
extern void event_log_count_frame(EventPart *part, const EventFrame *frame);
extern char *event_log_batch_room(EventLog *log, Size bytes);
extern EventBatch *event_log_add_batch(EventLog *log, const uint64 *start, const char *frames);
extern void event_log_scatter(EventLog *log);
extern void event_log_order(EventLog *log);
extern void event_log_to_file(EventLog *log);

/* event_log_append.c */
extern void event_log_append(EventLog *log, const EventCustomer *customer, int64 at,
							 uint32 stage);
extern void event_log_take(void *log, const EventCustomer *customer, int64 at, uint32 stage);
extern void event_log_widen(EventLog *log);

/* event_log_scan.c */
extern void event_log_read_file(EventLog *log, uint64 at, char *to, Size bytes);
extern void event_log_read_frames(EventLog *log, int part, EventFrameTaker take, void *arg);
extern void event_log_read_part(EventLog *log, int part, EventTaker take, void *arg);
extern void event_log_read(EventLog *log, EventTaker take, void *arg);
extern bool event_log_read_rows(const EventFrame *frame, const char *rows, bool texts,
								const EventSource *source, uint64 *entries);
extern void event_log_take_entries(const uint64 *entries, size_t n, int words, const char *texts,
								   EventTaker take, void *arg);

/* event_log_pack.c */
extern Size event_log_packed_size(EventLog *log);
extern char *event_log_pack(EventLog *log, Size head, Size tail);
extern bool event_log_packed_customers(const char *packed, Size size, EventCustomers *customers);
extern void event_log_unpack(EventLog *log, const char *packed, Size size,
							 const EventSource *source);

/* event_log_each.c */
extern void event_log_each(EventLog *log, const uint32 *ranks, EventVisitor visitor,
						   void *arg);

#pragma GCC visibility pop

static inline Size
event_log_starts_bytes(const EventLog *log)
{
	return (((Size) 1 << log->part_bits) + 1) * sizeof(uint64);
}

/* The frames of a batch in memory. */
static inline char *
event_log_frames(const EventLog *log, const EventBatch *batch)
{
	return log->memory + batch->at;
}

static inline const uint64 *
event_log_starts(const EventLog *log, const EventBatch *batch)
{
	if (batch->start != NULL)
		return batch->start;
	return (const uint64 *) (log->memory + batch->at - event_log_starts_bytes(log));
}

/* Append an event of a customer who is a number, while that is a simple matter. */
static inline void
event_log_append_number(EventLog *log, uint64 number, int64 at, uint32 stage)
{
	EventCustomer customer = {.key = event_mix(number)};

	if (likely(log->words == EVENT_SMALL && log->n < log->room && event_is_small(at, stage)))
	{
		uint64	   *entry = log->entries + 2 * log->n++;

		entry[0] = customer.key;
		entry[1] = event_small_visit(at, stage);
		return;
	}
	event_log_append(log, &customer, at, stage);
}

#endif							/* EVENT_LOG_H */
