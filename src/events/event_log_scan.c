/*
 * event_log_scan.c
 *		Reading raw events in no particular order, from memory and files, and packing
 *		them for other processes; see event_log.h.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "events/event_log.h"

/* Entries that are read from a file at a time. */
#define READ_ENTRIES 128

/* Entries between two looks whether the query was cancelled. */
#define CHECK_ENTRIES 0x1000

/* Read exactly so many bytes. */
void
event_log_read_exact(BufFile *file, void *to, Size bytes)
{
#if PG_VERSION_NUM >= 160000
	BufFileReadExact(file, to, bytes);
#else
	if (BufFileRead(file, to, bytes) != bytes)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not read from a temporary file")));
#endif
}

/* Back to the first byte. */
void
event_log_rewind(BufFile *file)
{
	if (BufFileSeek(file, 0, 0, SEEK_SET) != 0)
		ereport(ERROR,
				(errcode_for_file_access(),
				 errmsg("could not seek in a temporary file")));
}

/* The customer of an entry that stands in memory. */
static inline EventCustomer
customer_of(const uint64 *entry, int words, const char *texts)
{
	EventCustomer customer = {.key = entry[0]};

	if (words == EVENT_WIDE)
		customer.more = entry[1];
	if (texts != NULL)
	{
		memcpy(&customer.length, texts + entry[1], sizeof(uint32));
		customer.text = texts + entry[1] + sizeof(uint32);
	}
	return customer;
}

/* The next text of a file, in memory that is used again for the one behind it. */
static void
read_text(EventPart *part, EventCustomer *customer, char **text, Size *room)
{
	event_log_read_exact(part->texts, &customer->length, sizeof(uint32));
	if (customer->length > *room || *text == NULL)
	{
		if (*text != NULL)
			pfree(*text);
		*room = Max(2 * (Size) customer->length, 64);
		*text = MemoryContextAllocHuge(CurrentMemoryContext, *room);
	}
	event_log_read_exact(part->texts, *text, customer->length);
	customer->text = *text;
}

/* Read a part from its first entry to its last, where files then stand. */
void
event_log_read_part(const EventLog *log, EventPart *part, EventTaker take, void *arg)
{
	uint64		entries[READ_ENTRIES * EVENT_WIDE];
	EventCustomer customer = {0};
	char	   *text = NULL;
	Size		room = 0;

	event_log_rewind(part->entries);
	if (part->texts != NULL)
		event_log_rewind(part->texts);
	for (uint64 i = 0; i < part->n; i++)
	{
		const uint64 *entry = entries + i % READ_ENTRIES * log->words;

		if (i % READ_ENTRIES == 0)
		{
			CHECK_FOR_INTERRUPTS();
			event_log_read_exact(part->entries, entries,
					   Min(part->n - i, READ_ENTRIES) * log->words * sizeof(uint64));
		}
		customer.key = entry[0];
		if (part->texts != NULL && (i == 0 || entry[1] != customer.more))
			read_text(part, &customer, &text, &room);
		customer.more = log->words == EVENT_WIDE ? entry[1] : 0;
		take(arg, &customer, event_at(entry, log->words), event_stage(entry, log->words));
	}
	if (text != NULL)
		pfree(text);
}

/* All events, in no particular order. */
void
event_log_read(const EventLog *log, EventTaker take, void *arg)
{
	const char *texts = log->customers == EVENT_TEXTS ? log->texts : NULL;

	for (int i = 0; log->parts != NULL && i < 1 << log->part_bits; i++)
		if (log->parts[i].n > 0)
			event_log_read_part(log, &log->parts[i], take, arg);
	for (size_t i = 0; i < log->n; i++)
	{
		const uint64 *entry = log->entries + i * log->words;
		EventCustomer customer = customer_of(entry, log->words, texts);

		take(arg, &customer, event_at(entry, log->words), event_stage(entry, log->words));
	}
}

/* Bytes that event_log_pack() writes at most. */
Size
event_log_packed_size(const EventLog *log)
{
	return sizeof(EventPacked) + (log->written + log->n) * log->words * sizeof(uint64) +
		log->written_text + log->text_used;
}

typedef struct Packing
{
	int			words;
	char	   *entry;			/* where the next one goes */
	char	   *texts;
	Size		text_used;
	Size		last_text;		/* where the text of the last entry stands */
	bool		any;
} Packing;

static Size
pack_text(Packing *p, const EventCustomer *customer)
{
	const char *last = p->texts + p->last_text;

	if (p->any && memcmp(last, &customer->length, sizeof(uint32)) == 0 &&
		memcmp(last + sizeof(uint32), customer->text, customer->length) == 0)
		return p->last_text;
	p->any = true;
	p->last_text = p->text_used;
	memcpy(p->texts + p->text_used, &customer->length, sizeof(uint32));
	memcpy(p->texts + p->text_used + sizeof(uint32), customer->text, customer->length);
	p->text_used += sizeof(uint32) + customer->length;
	return p->last_text;
}

static void
pack_event(void *arg, const EventCustomer *customer, int64 at, uint32 stage)
{
	Packing    *p = arg;
	uint64		entry[EVENT_WIDE] = {customer->key};

	if (p->words == EVENT_SMALL)
		entry[1] = event_small_visit(at, stage);
	else
	{
		entry[1] = customer->text != NULL ? pack_text(p, customer) : customer->more;
		entry[2] = (uint64) at;
		entry[3] = stage;
	}
	memcpy(p->entry, entry, p->words * sizeof(uint64));
	p->entry += p->words * sizeof(uint64);
}

/* Write all events; returns how many bytes were written. */
Size
event_log_pack(const EventLog *log, char *packed)
{
	EventPacked header = {log->customers, log->words, log->written + log->n, 0};
	Packing		p = {.words = log->words,.entry = packed + sizeof(header)};

	p.texts = p.entry + header.n * header.words * sizeof(uint64);
	event_log_read(log, pack_event, &p);
	header.text_bytes = p.text_used;
	memcpy(packed, &header, sizeof(header));
	return p.texts + p.text_used - packed;
}

/*
 * What the customers of packed events are.  False if these bytes are not packed events: what
 * event_log_unpack() does not look at once more is looked at here.
 */
bool
event_log_packed_customers(const char *packed, Size size, EventCustomers *customers)
{
	EventPacked header;
	Size		entry;

	if (size < sizeof(header))
		return false;
	memcpy(&header, packed, sizeof(header));
	if (header.customers > EVENT_TEXTS ||
		(header.words != EVENT_WIDE &&
		 (header.words != EVENT_SMALL || header.customers != EVENT_NUMBERS)))
		return false;
	entry = header.words * sizeof(uint64);
	size -= sizeof(header);
	if (header.n > size / entry || header.text_bytes != size - header.n * entry)
		return false;
	*customers = (EventCustomers) header.customers;
	return true;
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
 * Read what event_log_pack() wrote and event_log_packed_customers() has seen; texts
 * then point into it.  False if it is damaged.
 */
bool
event_log_unpack(const char *packed, EventTaker take, void *arg)
{
	EventPacked header;
	const char *at = packed + sizeof(header);
	const char *texts = NULL;

	memcpy(&header, packed, sizeof(header));
	if (header.customers == EVENT_TEXTS)
		texts = at + header.n * header.words * sizeof(uint64);
	for (uint64 i = 0; i < header.n; i++)
	{
		uint64		entry[EVENT_WIDE];
		EventCustomer customer;

		if (i % CHECK_ENTRIES == 0)
			CHECK_FOR_INTERRUPTS();

		memcpy(entry, at, header.words * sizeof(uint64));
		at += header.words * sizeof(uint64);
		if (texts != NULL && !text_is_inside(entry, texts, header.text_bytes))
			return false;
		customer = customer_of(entry, (int) header.words, texts);
		take(arg, &customer, event_at(entry, (int) header.words),
			 event_stage(entry, (int) header.words));
	}
	return true;
}
