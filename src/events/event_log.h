/*
 * event_log.h
 *		Raw events in the order they come: kept compactly in memory, in temporary
 *		files beyond that, and handed out again customer by customer.
 *
 * Events are appended as entries (event_sort.h).  When those in memory reach the
 * limit, they are scattered over files by the leading bits of their keys, so that
 * all events of a customer are in one of them.  In the end each file is read and
 * sorted by itself; one that is larger than the memory becomes a log of its own
 * and is scattered by the next bits.  Only the events of a single customer must
 * fit into memory whatever the limit.
 *
 * A customer is a number, a uuid, or a text.  A number is the key of its
 * entries, and half of a uuid is, the other half being `more`.  Of a text the key
 * is a hash, and `more` is where the text stands in the log's memory, or in the
 * file that belongs to a part: a length of 4 bytes, then the bytes.  An event that
 * directly follows one of the same customer shares its text.
 *
 * The files are PostgreSQL's (BufFile), and go away at the end of the query by
 * themselves should the owner fail; else event_log_free() must be called.
 */
#ifndef EVENT_LOG_H
#define EVENT_LOG_H

#include "postgres.h"

#include "storage/buffile.h"

#include "events/event_sort.h"
#include "journey/visit.h"

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

/* A file of entries whose keys have the same leading bits. */
typedef struct EventPart
{
	BufFile    *entries;
	BufFile    *texts;
	uint64		n;
	uint64		text_bytes;
	uint64		key;			/* of its first entry */
	bool		mixed;			/* there are others */
} EventPart;

typedef struct EventLog
{
	MemoryContext context;
	EventCustomers customers;
	int			words;			/* of an entry */
	int			shift;			/* leading bits that all keys have in common */
	Size		limit;			/* bytes of memory */
	size_t		most;			/* entries in memory, following from it */
	size_t		text_most;		/* bytes of text in memory */
	size_t		room;			/* entries allocated */
	size_t		n;				/* entries used */
	uint64	   *entries;
	uint64	   *scratch;		/* as many, once needed */
	size_t		text_room;
	size_t		text_used;
	char	   *texts;
	size_t		last_text;		/* where the text of the last event stands */
	int			part_bits;		/* 0: nothing was written to files */
	EventPart  *parts;
	uint64		written;		/* entries in files */
	uint64		written_text;	/* bytes of text in files */
} EventLog;

/* Called with one event. */
typedef void (*EventTaker) (void *arg, const EventCustomer *customer, int64 at, uint32 stage);

/* Called with all visits of one customer, sorted. */
typedef void (*EventVisitor) (void *arg, const JourneyVisit *visits, size_t n);

/* The bytes that a log travels in between processes: this, entries, texts. */
typedef struct EventPacked
{
	uint32		customers;
	uint32		words;
	uint64		n;
	uint64		text_bytes;
} EventPacked;

#pragma GCC visibility push(hidden)

/* event_log.c */
extern void event_log_init(EventLog *log, EventCustomers customers, Size limit);
extern void event_log_set_limits(EventLog *log);
extern EventLog event_log_deeper(const EventLog *log);
extern void event_log_reserve(EventLog *log, size_t entries, size_t text_bytes);
extern void event_log_spill(EventLog *log);
extern void event_log_release(EventLog *log);
extern void event_log_close_part(EventPart *part);
extern void event_log_free(EventLog *log);

/* event_log_append.c */
extern void event_log_append(EventLog *log, const EventCustomer *customer, int64 at,
							 uint32 stage);
extern void event_log_take(void *log, const EventCustomer *customer, int64 at, uint32 stage);

/* event_log_scan.c */
extern void event_log_read_exact(BufFile *file, void *to, Size bytes);
extern void event_log_rewind(BufFile *file);
extern void event_log_read_part(const EventLog *log, EventPart *part, EventTaker take, void *arg);
extern void event_log_read(const EventLog *log, EventTaker take, void *arg);
extern Size event_log_packed_size(const EventLog *log);
extern Size event_log_pack(const EventLog *log, char *packed);
extern bool event_log_packed_customers(const char *packed, Size size, EventCustomers *customers);
extern bool event_log_unpack(const char *packed, EventTaker take, void *arg);

/* event_log_each.c */
extern void event_log_each(EventLog *log, const uint32 *ranks, EventVisitor visitor,
						   void *arg);

#pragma GCC visibility pop

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
