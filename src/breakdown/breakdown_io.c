/*
 * breakdown_io.c
 *		Text and binary input and output of breakdowns, order and hashing.
 *
 * The binary form, in network byte order: version (1 byte), reserved 0 (1), number of
 * labels (4); for each its length (4), -1 for the unknown one, its text in the client's
 * encoding, and the binary form of its rating_summary (src/rating/rating_io.c).
 *
 * Whatever comes in is counted like answers and packed like the result of the
 * aggregate, so nothing but a canonical breakdown can come out.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "breakdown/breakdown_datum.h"
#include "breakdown/breakdown_text.h"
#include "shared/value_ops.h"
#include "shared/value_wire.h"

#define TYPE_NAME "rating_breakdown"

#define TEXT_HINT \
	"Write what rating_breakdown wrote: {app = [0, 2, 5], (null) = [0, 0, 4]} on [1, 3]."

/* A length word, a label of one byte, and a summary of two points */
#define SMALLEST_LABEL	(4 + 8 + 2 * 8)

/* Count all labels of a text, on a scale that begins with 0; false for an error. */
static bool
collect_text(BreakdownBuilder *b, BreakdownTextReader *reader)
{
	TextItem	item;

	while ((item = breakdown_text_next(reader)) == TEXT_ITEM)
	{
		breakdown_collect(b, text_label(&reader->label), reader->summary);
		CHECK_FOR_INTERRUPTS();
	}
	return item == TEXT_END;
}

PG_FUNCTION_INFO_V1(rating_breakdown_in);
Datum
rating_breakdown_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	BreakdownBuilder b = {breakdown_state_new(), NULL};
	BreakdownTextReader reader;
	Breakdown	result;

	if (value_is_json(text) &&
		(text = value_from_json(text, &breakdown_json, fcinfo->context)) == NULL)
		PG_RETURN_NULL();
	breakdown_text_begin(&reader, text, strlen(text), GetDatabaseEncoding() == PG_UTF8,
						 palloc(RATING_MAX_SIZE));
	if (!collect_text(&b, &reader) &&
		!value_reject_text(TYPE_NAME, &reader.scan, TEXT_HINT, fcinfo->context))
		PG_RETURN_NULL();
	breakdown_open((struct varlena *) b.state, &result);
	/* the scale stands behind the labels; packed, only the head has it */
	result.low = result.count == 0 ? 0 : reader.low;
	PG_RETURN_POINTER(breakdown_packed(&result));
}

PG_FUNCTION_INFO_V1(rating_breakdown_out);
Datum
rating_breakdown_out(PG_FUNCTION_ARGS)
{
	Breakdown	b;
	char	   *text;

	breakdown_arg(fcinfo, 0, &b);
	text = MemoryContextAllocHuge(CurrentMemoryContext, breakdown_text_bound(&b));
	breakdown_text_print(&b, text);
	PG_RETURN_CSTRING(text);
}

static void
send_label(StringInfo buf, JourneyLabel label)
{
	if (label.length == 0)
		pq_sendint32(buf, PG_UINT32_MAX);
	else
		value_send_label(buf, &label);
}

PG_FUNCTION_INFO_V1(rating_breakdown_send);
Datum
rating_breakdown_send(PG_FUNCTION_ARGS)
{
	Breakdown	b;
	StringInfoData buf;

	breakdown_arg(fcinfo, 0, &b);
	pq_begintypsend(&buf);
	pq_sendint8(&buf, BREAKDOWN_VERSION);
	pq_sendint8(&buf, 0);
	pq_sendint32(&buf, b.count);
	for (uint32 i = 0; i < b.count; i++)
	{
		send_label(&buf, b.parts[i].label);
		rating_send(&buf, b.parts[i].summary);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* What send_label() wrote. */
static JourneyLabel
receive_label(StringInfo buf)
{
	JourneyLabel unknown = {NULL, 0};
	int			start = buf->cursor;

	if (pq_getmsgint(buf, 4) == PG_UINT32_MAX)
		return unknown;
	buf->cursor = start;
	return value_receive_label(buf, TYPE_NAME);
}

static void
receive_part(StringInfo buf, BreakdownBuilder *b)
{
	JourneyLabel label = receive_label(buf);
	RatingSummary *summary = rating_receive(buf, TYPE_NAME);
	RatingStatus status = rating_validate(summary, VARSIZE(summary));

	if (status != RATING_OK)
		rating_reject_binary(TYPE_NAME, status);
	if (rating_total(summary) == 0)
		value_reject_binary(TYPE_NAME, "A label has no answers.");
	if (breakdown_state_find(b->state, label) != BREAKDOWN_NO_LABEL)
		value_reject_binary(TYPE_NAME, "A label comes twice.");
	breakdown_collect(b, label, summary);
	pfree(summary);
}

PG_FUNCTION_INFO_V1(rating_breakdown_recv);
Datum
rating_breakdown_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	BreakdownBuilder b = {breakdown_state_new(), NULL};
	Breakdown	result;
	uint32		count;

	value_receive_version(buf, TYPE_NAME, BREAKDOWN_VERSION);
	(void) value_receive_flags(buf, TYPE_NAME, 0);
	count = value_receive_count(buf, TYPE_NAME, PG_UINT32_MAX, SMALLEST_LABEL);
	for (uint32 i = 0; i < count; i++)
	{
		receive_part(buf, &b);
		CHECK_FOR_INTERRUPTS();
	}
	breakdown_open((struct varlena *) b.state, &result);
	PG_RETURN_POINTER(breakdown_packed(&result));
}

/* Argument n packed, since a state that was never finished is not. */
static BreakdownHeader *
packed_arg(FunctionCallInfo fcinfo, int n)
{
	struct varlena *value = PG_DETOAST_DATUM(PG_GETARG_DATUM(n));
	Breakdown	b;

	if (VARSIZE(value) < sizeof(BreakdownHeader))
		breakdown_reject_stored();
	if (!breakdown_is_growing(value))
		return (BreakdownHeader *) value;
	breakdown_open(value, &b);
	return breakdown_packed(&b);
}

#define GETARG_PACKED(n) packed_arg(fcinfo, n)

/* The bytes of a packed breakdown that say what it is: all after the version. */
#define CONTENT(b) ((const unsigned char *) &(b)->flags)
#define CONTENT_SIZE(b) (VARSIZE(b) - offsetof(BreakdownHeader, flags))

/* There is one packed form of a breakdown. */
CONTENT_COMPARISON(compare_args, BreakdownHeader, GETARG_PACKED);
COMPARISONS(rating_breakdown, compare_args);
HASHES(rating_breakdown_hash, BreakdownHeader, GETARG_PACKED);
