/*
 * journey_io.c
 *		Text and binary input and output of journeys.
 *
 * The binary form, in network byte order: version (1 byte), flags (1 byte; bit
 * 1: visits have a seq, bit 2: they have a value), number of labels (4), for each label
 * its length (4) and its text in the client's encoding, number of visits (4), for each
 * visit its time (8, microseconds since 2000-01-01 UTC), with bit 1 its seq (8), with
 * bit 2 its value (8, in ten-thousandths; -2^63: none), and the number of its label (4).
 *
 * Whatever comes in is collected visit by visit and packed like the result of an
 * aggregate, so nothing but a canonical journey can come out.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "journey/journey_datum.h"
#include "journey/journey_text.h"
#include "base/time_text.h"
#include "shared/value_wire.h"

#define TEXT_HINT \
	"Write visits as label@time: {awareness@2026-01-05T10:00:00Z, " \
	"purchase@2026-01-07T09:30:00Z#12=19.99}."

#define BLANK_HINT \
	"Put labels with blanks in double quotes, such as: {\"add to cart\"@2026-01-05T10:00:00Z}."

/* Append a visit, freeing the state when it has moved. */
static JourneyState *
collect(JourneyState *state, const JourneyLabel *label, const JourneyVisit *visit, int64 value)
{
	JourneyState *moved = journey_collect(state, label, visit->at, visit->seq, value);

	if (moved != state)
		pfree(state);
	return moved;
}

PG_FUNCTION_INFO_V1(journey_in);
Datum
journey_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	JourneyState *state = journey_state_new();
	JourneyTextReader reader;
	TextItem	item;

	if (value_is_json(text) &&
		(text = value_from_json(text, &journey_json, fcinfo->context)) == NULL)
		PG_RETURN_NULL();
	journey_text_begin(&reader, text, strlen(text), GetDatabaseEncoding() == PG_UTF8);
	while ((item = journey_text_next(&reader)) == TEXT_ITEM)
	{
		JourneyLabel label = text_label(&reader.label);

		state = collect(state, &label, &reader.visit, reader.value);
		CHECK_FOR_INTERRUPTS();
	}
	if (item == TEXT_ERROR &&
		!value_reject_text("journey", &reader.scan,
						   text_scan_blank(&reader.scan) ? BLANK_HINT : TEXT_HINT,
						   fcinfo->context))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(journey_state_packed(state));
}

PG_FUNCTION_INFO_V1(journey_out);
Datum
journey_out(PG_FUNCTION_ARGS)
{
	Journey    *journey = PG_GETARG_JOURNEY(0);
	JourneyReader reader = journey_open(journey);
	JourneyLabel *labels = palloc(Max(reader.labels, 1) * sizeof(JourneyLabel));
	JourneyValues values;
	JourneyVisit visit;
	int64		value;
	StringInfoData text;
	char		buffer[JOURNEY_VISIT_CHARS];

	if (journey_read_labels(&reader, labels) != JOURNEY_OK ||
		!journey_values_begin(&values, &reader))
		journey_reject_stored();
	initStringInfo(&text);
	appendStringInfoChar(&text, '{');
	for (bool first = true; journey_next(&reader, &visit); first = false)
	{
		if (!journey_values_next(&values, &value))
			journey_reject_stored();
		appendBinaryStringInfo(&text, buffer,
							   (int) (journey_print_visit(buffer, &visit, value, labels, first) -
									  buffer));
		CHECK_FOR_INTERRUPTS();
	}
	if (reader.left > 0)
		journey_reject_stored();
	appendStringInfoChar(&text, '}');
	PG_RETURN_CSTRING(text.data);
}

PG_FUNCTION_INFO_V1(journey_send);
Datum
journey_send(PG_FUNCTION_ARGS)
{
	Journey    *journey = PG_GETARG_JOURNEY(0);
	JourneyReader reader = journey_open(journey);
	JourneyLabel *labels = palloc(Max(reader.labels, 1) * sizeof(JourneyLabel));
	JourneyValues values;
	JourneyVisit visit;
	int64		value;
	StringInfoData buf;

	if (journey_read_labels(&reader, labels) != JOURNEY_OK ||
		!journey_values_begin(&values, &reader))
		journey_reject_stored();
	pq_begintypsend(&buf);
	pq_sendint8(&buf, JOURNEY_VERSION);
	pq_sendint8(&buf, (uint8) ((reader.has_seq ? JOURNEY_HAS_SEQ : 0) |
							   (reader.has_values ? JOURNEY_HAS_VALUES : 0)));
	pq_sendint32(&buf, reader.labels);
	for (uint32 i = 0; i < reader.labels; i++)
		value_send_label(&buf, &labels[i]);
	pq_sendint32(&buf, reader.visits);
	while (journey_next(&reader, &visit))
	{
		pq_sendint64(&buf, (uint64) visit.at);
		if (reader.has_seq)
			pq_sendint64(&buf, (uint64) visit.seq);
		if (!journey_values_next(&values, &value))
			journey_reject_stored();
		if (reader.has_values)
			pq_sendint64(&buf, (uint64) value);
		pq_sendint32(&buf, visit.label);
		CHECK_FOR_INTERRUPTS();
	}
	if (reader.left > 0)
		journey_reject_stored();
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static JourneyLabel *
receive_labels(StringInfo buf, uint32 *count)
{
	JourneyLabel *labels;

	*count = value_receive_count(buf, "journey", JOURNEY_MAX_LABELS, 5);
	labels = palloc(Max(*count, 1) * sizeof(JourneyLabel));
	for (uint32 i = 0; i < *count; i++)
		labels[i] = value_receive_label(buf, "journey");
	return labels;
}

static JourneyVisit
receive_visit(StringInfo buf, int flags, uint32 label_count, int64 *value)
{
	JourneyVisit visit;

	visit.at = pq_getmsgint64(buf);
	visit.seq = (flags & JOURNEY_HAS_SEQ) != 0 ? pq_getmsgint64(buf) : 0;
	*value = (flags & JOURNEY_HAS_VALUES) != 0 ? pq_getmsgint64(buf) : JOURNEY_NO_VALUE;
	visit.label = (uint32) pq_getmsgint(buf, 4);
	if (visit.at < JOURNEY_MIN_TIME || visit.at >= JOURNEY_END_TIME)
		value_reject_binary("journey", "A time is out of range.");
	if (visit.label >= label_count)
		value_reject_binary("journey", "A visit refers to a label that does not exist.");
	if (*value != JOURNEY_NO_VALUE && (*value < -JOURNEY_MAX_VALUE || *value > JOURNEY_MAX_VALUE))
		value_reject_binary("journey", "A value is out of range.");
	return visit;
}

PG_FUNCTION_INFO_V1(journey_recv);
Datum
journey_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	JourneyState *state = journey_state_new();
	JourneyLabel *labels;
	uint32		label_count;
	uint32		visits;
	int			flags;

	value_receive_version(buf, "journey", JOURNEY_VERSION);
	flags = value_receive_flags(buf, "journey", JOURNEY_HAS_SEQ | JOURNEY_HAS_VALUES);
	labels = receive_labels(buf, &label_count);
	visits = value_receive_count(buf, "journey", JOURNEY_MAX_VISITS,
								 12 + ((flags & JOURNEY_HAS_SEQ) != 0 ? 8 : 0) +
								 ((flags & JOURNEY_HAS_VALUES) != 0 ? 8 : 0));
	for (uint32 i = 0; i < visits; i++)
	{
		int64		value;
		JourneyVisit visit = receive_visit(buf, flags, label_count, &value);

		state = collect(state, &labels[visit.label], &visit, value);
		CHECK_FOR_INTERRUPTS();
	}
	PG_RETURN_POINTER(journey_state_packed(state));
}
