/*
 * value_wire.c
 *		What the binary forms of several types have in common; see value_wire.h.
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "shared/value_error.h"
#include "shared/value_wire.h"

/* The version of the format, one byte. */
void
value_receive_version(StringInfo buf, const char *type, int known)
{
	int			version = pq_getmsgbyte(buf);

	if (version != known)
		value_reject_version(type, version, known);
}

/* A byte of flags, of which only these are known. */
int
value_receive_flags(StringInfo buf, const char *type, int known)
{
	int			flags = pq_getmsgbyte(buf);

	if ((flags & ~known) != 0)
		value_reject_binary(type, "Reserved flags are set.");
	return flags;
}

/* A count (4 bytes) up to most that the rest of the message can hold, at so many bytes each. */
uint32
value_receive_count(StringInfo buf, const char *type, uint32 most, int each)
{
	uint32		count = (uint32) pq_getmsgint(buf, 4);

	if (count > most || count > (uint32) (buf->len - buf->cursor) / (uint32) each)
		value_reject_binary(type, "A count does not fit the message.");
	return count;
}

/* A number of 128 bits (16), the high half first; a signed one as it is in memory. */
Uint128
value_receive_wide(StringInfo buf)
{
	Uint128 high = (uint64) pq_getmsgint64(buf);

	return high << 64 | (uint64) pq_getmsgint64(buf);
}

void
value_send_wide(StringInfo buf, Uint128 value)
{
	pq_sendint64(buf, (uint64) (value >> 64));
	pq_sendint64(buf, (uint64) value);
}

/* The length of a text that follows (4 bytes), for pq_getmsgtext(). */
int
value_receive_length(StringInfo buf, const char *type)
{
	int			length = (int) pq_getmsgint(buf, 4);

	if (length < 0 || length > buf->len - buf->cursor)
		value_reject_binary(type, "A text does not fit the message.");
	return length;
}

/* A label that value_send_label() wrote. */
JourneyLabel
value_receive_label(StringInfo buf, const char *type)
{
	int			length;
	const char *text = pq_getmsgtext(buf, value_receive_length(buf, type), &length);
	JourneyLabel label = {text, (uint32) length};
	JourneyLabelStatus status = journey_label_check(text, label.length, false, NULL);

	if (status != JOURNEY_LABEL_OK)
		value_reject_binary(type, psprintf("%s.", journey_label_problem(status)));
	return label;
}

/* The length of a text and the text, both in the client's encoding. */
void
value_send_label(StringInfo buf, const JourneyLabel *label)
{
#if PG_VERSION_NUM >= 170000
	pq_sendcountedtext(buf, label->text, (int) label->length);
#else
	pq_sendcountedtext(buf, label->text, (int) label->length, false);
#endif
}
