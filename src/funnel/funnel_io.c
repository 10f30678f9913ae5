/*
 * funnel_io.c
 *		Text and binary input and output of funnels, order and hashing.
 *
 * The binary form, in network byte order: version (1 byte), flags (1); if the flag
 * FUNNEL_WIRE_LIMITED is set, the longest time from the first visit to the last (8);
 * length of the path's text (4) and that text in the client's encoding; the items to
 * which a visit was seen, bit 0 for the first (8); if the flag FUNNEL_WIRE_TOTAL is set,
 * the sum and the sketch of the times of the whole way (duration_wire.h); for each step
 * how many reached it (8), and the sum and the sketch of its times; if the flag
 * FUNNEL_WIRE_VALUES is set, the steps of which a visit had a value, bit 0 for the first
 * (8), and for each of these the sum in ten-thousandths (16).
 *
 * Whatever comes in is counted like customers and packed like the result of the
 * aggregate, so nothing but a canonical funnel can come out; funnel_check() sees
 * to it that customers can have made it.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "duration/duration_wire.h"
#include "funnel/funnel_datum.h"
#include "funnel/funnel_text.h"
#include "path/path_datum.h"
#include "journey/journey_datum.h"
#include "shared/value_ops.h"
#include "shared/value_wire.h"

#define FUNNEL_WIRE_LIMITED	0x01
#define FUNNEL_WIRE_TOTAL	0x02
#define FUNNEL_WIRE_VALUES	0x04
#define FUNNEL_WIRE_FLAGS	(FUNNEL_WIRE_LIMITED | FUNNEL_WIRE_TOTAL | FUNNEL_WIRE_VALUES)

#define TYPE_NAME "journey_funnel"

#define TEXT_HINT \
	"Write what journey_funnel wrote: {a > b; within 7 days; 2, 1 in 1000000us [954+1]}."

/* What funnel_check() found, for DETAIL. */
static const char *
status_detail(FunnelStatus status)
{
	switch (status)
	{
		case FUNNEL_BAD_WITHIN:
			return "The longest time from the first to the last step is negative.";
		case FUNNEL_BAD_REACHED:
			return "More customers reached a step than the one before it, "
				"or a negative number of them.";
		case FUNNEL_BAD_SEEN:
			return "Customers reached a step to which no visit was seen.";
		case FUNNEL_BAD_TOTAL:
			return "The times of the whole way do not fit the customers of the last step, "
				"the times of the steps, their sum or the longest time.";
		case FUNNEL_BAD_VALUE:
			return "So many customers cannot have visits of that value at a step.";
		default:
			return "The times of a step do not fit its customers, their sum or the longest time.";
	}
}

/* An empty state of the path and the window of a text. */
static FunnelState *
state_of_text(const FunnelTextReader *reader)
{
	Size		size = journey_path_size(&reader->path);
	JourneyPath *path = palloc0(size);

	SET_VARSIZE(path, size);
	journey_path_pack(&reader->path, path);
	return funnel_state_new(path, reader->within);
}

/* Count the times of a step of a text. */
static bool
collect_sketch(FunnelBuilder *b, FunnelTextReader *reader, uint32 step)
{
	DurationSketchStatus status;
	DurationBucket bucket;

	while ((status = duration_sketch_next(&reader->scan, &reader->sketch, &bucket)) ==
		   DURATION_SKETCH_BUCKET)
		funnel_collect_bucket(b, step, bucket.bucket, bucket.count);
	return status == DURATION_SKETCH_END;
}

/* Count all steps of a text; false for an error. */
static bool
collect_text(FunnelBuilder *b, FunnelTextReader *reader)
{
	TextItem	item;

	while ((item = funnel_text_step(reader)) == TEXT_ITEM)
	{
		funnel_collect_step(b, reader->step, reader->reached, reader->sum);
		if (reader->valued)
			funnel_collect_value(b, reader->step, reader->value);
		if (!collect_sketch(b, reader, reader->step))
			return false;
		CHECK_FOR_INTERRUPTS();
	}
	return item == TEXT_END;
}

PG_FUNCTION_INFO_V1(funnel_in);
Datum
funnel_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	size_t		length;
	FunnelBuilder b = {NULL, NULL};
	FunnelTextReader reader;
	FunnelStatus status;
	Funnel		funnel;

	if (value_is_json(text) &&
		(text = value_from_json(text, &funnel_json, fcinfo->context)) == NULL)
		PG_RETURN_NULL();
	length = strlen(text);
	if (!funnel_text_begin(&reader, text, length, GetDatabaseEncoding() == PG_UTF8,
						   palloc(length + 1)) &&
		!value_reject_text(TYPE_NAME, &reader.scan, TEXT_HINT, fcinfo->context))
		PG_RETURN_NULL();
	b.state = state_of_text(&reader);
	funnel_state_add_seen(b.state, reader.seen);
	if (!collect_text(&b, &reader) &&
		!value_reject_text(TYPE_NAME, &reader.scan, TEXT_HINT, fcinfo->context))
		PG_RETURN_NULL();
	funnel_sort(b.state, &funnel);
	status = funnel_check(&funnel);
	if (status != FUNNEL_OK && !value_reject_content(TYPE_NAME, text, status_detail(status),
													 TEXT_HINT, fcinfo->context))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(funnel_packed(&funnel));
}

PG_FUNCTION_INFO_V1(funnel_out);
Datum
funnel_out(PG_FUNCTION_ARGS)
{
	Funnel		funnel;
	char	   *text;

	funnel_open(PG_GETARG_FUNNEL(0), &funnel);
	text = palloc(funnel_text_bound(&funnel));
	funnel_text_print(&funnel, text);
	PG_RETURN_CSTRING(text);
}

static void
send_times(StringInfo buf, const Funnel *funnel, const FunnelStep *step)
{
	duration_send_sketch(buf, funnel_step_sum(step), funnel->buckets + step->first,
						 step->buckets);
}

static void
send_step(StringInfo buf, const Funnel *funnel, const FunnelStep *step)
{
	pq_sendint64(buf, (uint64) step->reached);
	send_times(buf, funnel, step);
}

static void
send_values(StringInfo buf, const Funnel *funnel)
{
	pq_sendint64(buf, funnel->valued);
	for (uint64_t rest = funnel->valued; rest != 0; rest &= rest - 1)
		value_send_wide(buf, (Uint128)
						funnel_step_value(&funnel->steps[journey_first_item(rest)]));
}

PG_FUNCTION_INFO_V1(funnel_send);
Datum
funnel_send(PG_FUNCTION_ARGS)
{
	Funnel		funnel;
	StringInfoData buf;
	JourneyLabel path;
	bool		limited;
	bool		total;

	funnel_open(PG_GETARG_FUNNEL(0), &funnel);
	limited = funnel.within != JOURNEY_NO_LIMIT;
	total = funnel_total(&funnel)->buckets > 0;
	path.text = funnel_path_text(funnel.path);
	path.length = (uint32) strlen(path.text);
	pq_begintypsend(&buf);
	pq_sendint8(&buf, FUNNEL_VERSION);
	pq_sendint8(&buf, (limited ? FUNNEL_WIRE_LIMITED : 0) | (total ? FUNNEL_WIRE_TOTAL : 0) |
				(funnel.valued != 0 ? FUNNEL_WIRE_VALUES : 0));
	if (limited)
		pq_sendint64(&buf, (uint64) funnel.within);
	value_send_label(&buf, &path);
	pq_sendint64(&buf, funnel.seen);
	if (total)
		send_times(&buf, &funnel, funnel_total(&funnel));
	for (int i = 0; i < funnel.path->items; i++)
		send_step(&buf, &funnel, &funnel.steps[i]);
	if (funnel.valued != 0)
		send_values(&buf, &funnel);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* The times of a step, of which some are told by their buckets alone. */
static void
receive_times(StringInfo buf, FunnelBuilder *b, uint32 step, int64 reached)
{
	DurationBucket *sketch;
	Uint128 sum;
	uint32		buckets;

	duration_receive_sketch(buf, TYPE_NAME, &sum, &sketch, &buckets);
	funnel_collect_step(b, step, reached, sum);
	for (uint32 i = 0; i < buckets; i++)
		funnel_collect_bucket(b, step, sketch[i].bucket, sketch[i].count);
}

static void
receive_step(StringInfo buf, FunnelBuilder *b, uint32 step)
{
	int64		reached = pq_getmsgint64(buf);

	if (reached < 0)
		value_reject_binary(TYPE_NAME, status_detail(FUNNEL_BAD_REACHED));
	receive_times(buf, b, step, reached);
}

static void
receive_values(StringInfo buf, FunnelBuilder *b)
{
	uint64		valued = (uint64) pq_getmsgint64(buf);

	if ((valued & ~funnel_items(funnel_state_path(b->state))) != 0)
		value_reject_binary(TYPE_NAME, "A step has a value that the path does not have.");
	for (; valued != 0; valued &= valued - 1)
		funnel_collect_value(b, (uint32) journey_first_item(valued),
							 (Int128) value_receive_wide(buf));
}

/* Of the path and the window of a message: what was seen, and the whole way; its flags. */
static uint8
receive_head(StringInfo buf, FunnelBuilder *b)
{
	int64		within = JOURNEY_NO_LIMIT;
	JourneyPath *path;
	JourneyItems seen;
	uint8		flags;

	value_receive_version(buf, TYPE_NAME, FUNNEL_VERSION);
	flags = (uint8) value_receive_flags(buf, TYPE_NAME, FUNNEL_WIRE_FLAGS);
	if ((flags & FUNNEL_WIRE_LIMITED) != 0 &&
		(within = pq_getmsgint64(buf)) < 0)
		value_reject_binary(TYPE_NAME, status_detail(FUNNEL_BAD_WITHIN));
	path = journey_path_receive(buf, value_receive_length(buf, TYPE_NAME), TYPE_NAME);
	seen = (JourneyItems) pq_getmsgint64(buf);
	if ((seen & ~funnel_items(path)) != 0)
		value_reject_binary(TYPE_NAME, "Visits were seen to an item that the path does not have.");
	b->state = funnel_state_new(path, within);
	funnel_state_add_seen(b->state, seen);
	if ((flags & FUNNEL_WIRE_TOTAL) != 0)
		receive_times(buf, b, b->state->steps, 0);
	return flags;
}

PG_FUNCTION_INFO_V1(funnel_recv);
Datum
funnel_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	FunnelBuilder b = {NULL, NULL};
	FunnelStatus status;
	Funnel		funnel;
	uint8		flags = receive_head(buf, &b);

	for (uint32 i = 0; i < b.state->steps; i++)
		receive_step(buf, &b, i);
	if ((flags & FUNNEL_WIRE_VALUES) != 0)
		receive_values(buf, &b);
	funnel_sort(b.state, &funnel);
	status = funnel_check(&funnel);
	if (status != FUNNEL_OK)
		value_reject_binary(TYPE_NAME, status_detail(status));
	PG_RETURN_POINTER(funnel_packed(&funnel));
}

/* The bytes of a packed funnel that say what it is: all after the version. */
#define CONTENT(f) ((const unsigned char *) &(f)->flags)
#define CONTENT_SIZE(f) (VARSIZE(f) - offsetof(FunnelHeader, flags))

/* There is one packed form of a funnel. */
CONTENT_COMPARISON(compare_args, FunnelHeader, PG_GETARG_FUNNEL);
COMPARISONS(funnel, compare_args);
HASHES(funnel_hash, FunnelHeader, PG_GETARG_FUNNEL);
