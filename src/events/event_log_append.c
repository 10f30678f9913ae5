/*
 * event_log_append.c
 *		Appending raw events; see event_log.h.
 */
#include "postgres.h"

#include "events/event_log.h"

#define SMALLEST_TEXT	1024

/* Write all entries anew in the wide layout. */
void
event_log_widen(EventLog *log)
{
	EventLog	small = *log;

	*log = event_log_deeper(&small);
	log->shift = small.shift;
	log->words = EVENT_WIDE;
	event_log_set_limits(log);
	event_log_read(&small, event_log_take, log);
	event_log_free(&small);
}

/* Does an event share the text of the one before it? */
static inline bool
repeats_text(const EventLog *log, const EventCustomer *customer)
{
	const char *last;

	if (log->last_text == EVENT_NO_TEXT)
		return false;
	last = log->texts + log->last_text;
	return memcmp(last, &customer->length, sizeof(uint32)) == 0 &&
		memcmp(last + sizeof(uint32), customer->text, customer->length) == 0;
}

/* How much room an event needs among the texts. */
static inline size_t
text_need(const EventLog *log, const EventCustomer *customer)
{
	if (log->customers != EVENT_TEXTS || repeats_text(log, customer))
		return 0;
	return sizeof(uint32) + (size_t) customer->length;
}

/* Where the text of a customer stands; there is room for it, if it is a new one. */
static size_t
put_text(EventLog *log, const EventCustomer *customer)
{
	char	   *to = log->texts + log->text_used;

	memcpy(to, &customer->length, sizeof(uint32));
	memcpy(to + sizeof(uint32), customer->text, customer->length);
	log->last_text = log->text_used;
	log->text_used += sizeof(uint32) + customer->length;
	return log->last_text;
}

/* Room for one more entry and its text: by a larger piece of memory, or by a batch. */
static pg_noinline void
make_room(EventLog *log, size_t text)
{
	size_t		entries = Min(Max(2 * log->room, EVENT_LOG_SMALLEST), log->most);
	size_t		bytes = Min(Max(2 * log->text_room, SMALLEST_TEXT), log->text_most);
	bool		full = log->n >= log->most || (text > 0 && log->text_used + text > log->text_most);

	if (full && log->n > 0)
		event_log_scatter(log);
	if (log->n == log->room)
		event_log_reserve(log, entries, 0);
	if (log->text_used + text > log->text_room)
		event_log_reserve(log, 0, Max(bytes, log->text_used + text));
}

/* Append an event; the order of events does not matter. */
void
event_log_append(EventLog *log, const EventCustomer *customer, int64 at, uint32 stage)
{
	size_t		text = text_need(log, customer);
	uint64	   *entry;

	if (log->words == EVENT_SMALL && !event_is_small(at, stage))
		event_log_widen(log);
	if (log->n == log->room || log->text_used + text > log->text_room)
	{
		make_room(log, text);
		/* where the run went to a batch, a text that was shared has to be put once more */
		text = text_need(log, customer);
	}
	entry = log->entries + log->n++ * log->words;
	entry[0] = customer->key;
	if (log->words == EVENT_SMALL)
	{
		entry[1] = event_small_visit(at, stage);
		return;
	}
	if (log->customers != EVENT_TEXTS)
		entry[1] = customer->more;
	else
		entry[1] = text > 0 ? put_text(log, customer) : log->last_text;
	entry[2] = (uint64) at;
	entry[3] = stage;
}

/* The same as an EventTaker: append what is read from another log. */
void
event_log_take(void *log, const EventCustomer *customer, int64 at, uint32 stage)
{
	event_log_append(log, customer, at, stage);
}
