/*
 * funnel_io.c
 *		Text and binary input and output of funnels, order and hashing.
 *
 * The binary form, in network byte order: version (1 byte), flags (1); if the flag
 * FUNNEL_WIRE_LIMITED is set, the longest time from the first visit to the last (8);
 * length of the path's text (4) and that text in the client's encoding; the items to
 * which a visit was seen, bit 0 for the first (8); for each step how many reached it
 * (8), and the sum and the sketch of its times (duration_wire.h).
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

#define FUNNEL_WIRE_LIMITED	0x01

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
			return "More customers reached a step than the step before it, or fewer than none.";
		case FUNNEL_BAD_SEEN:
			return "Customers reached a step to which no visit was seen.";
		default:
			return "The times of a step do not fit its customers, their sum or the longest time.";
	}
}

/* 22P02 with the place; 54000 for more than a path can hold */
static Datum
reject_text(const FunnelTextReader *reader, Node *escontext)
{
	const TextScan *scan = &reader->scan;
	int			place = pg_mbstrlen_with_len(scan->text, (int) (scan->at - scan->text)) + 1;

	soft_ereport(escontext, (Datum) 0,
				 (errcode(scan->limit ? ERRCODE_PROGRAM_LIMIT_EXCEEDED :
						  ERRCODE_INVALID_TEXT_REPRESENTATION),
				  errmsg("invalid input syntax for type %s: \"%.*s\"", "journey_funnel",
						 pg_mbcliplen(scan->text, (int) Min(scan->end - scan->text, 1000), 1000),
						 scan->text),
				  scan->problem != NULL ?
				  errdetail("%s at character %d.", scan->problem, place) :
				  errdetail("Expected %s at character %d.", scan->expected, place),
				  errhint(TEXT_HINT)));
#if PG_VERSION_NUM < 160000
	return (Datum) 0;
#endif
}

/* 22023 */
static Datum
reject_content(const char *text, FunnelStatus status, Node *escontext)
{
	soft_ereport(escontext, (Datum) 0,
				 (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				  errmsg("value \"%.*s\" is not possible for type %s",
						 pg_mbcliplen(text, (int) Min(strlen(text), 1000), 1000), text,
						 "journey_funnel"),
				  errdetail("%s", status_detail(status)),
				  errhint(TEXT_HINT)));
#if PG_VERSION_NUM < 160000
	return (Datum) 0;
#endif
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
		uint32		step = (uint32) reader->steps - 1;

		funnel_collect_step(b, step, reader->reached, reader->sum);
		if (!collect_sketch(b, reader, step))
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
						   palloc(length + 1)))
		return reject_text(&reader, fcinfo->context);
	b.state = state_of_text(&reader);
	funnel_state_add_seen(b.state, reader.seen);
	if (!collect_text(&b, &reader))
		return reject_text(&reader, fcinfo->context);
	funnel_sort(b.state, &funnel);
	status = funnel_check(&funnel);
	if (status != FUNNEL_OK)
		return reject_content(text, status, fcinfo->context);
	PG_RETURN_POINTER(funnel_encode(&funnel));
}

PG_FUNCTION_INFO_V1(funnel_out);
Datum
funnel_out(PG_FUNCTION_ARGS)
{
	Funnel		funnel;
	char	   *text;

	funnel_decode(PG_GETARG_FUNNEL(0), &funnel);
	text = palloc(funnel_text_bound(&funnel));
	funnel_text_print(&funnel, text);
	PG_RETURN_CSTRING(text);
}

static void
send_step(StringInfo buf, const Funnel *funnel, const FunnelStep *step)
{
	pq_sendint64(buf, (uint64) step->reached);
	duration_send_sketch(buf, funnel_step_sum(step), funnel->buckets + step->first,
						 step->buckets);
}

PG_FUNCTION_INFO_V1(funnel_send);
Datum
funnel_send(PG_FUNCTION_ARGS)
{
	Funnel		funnel;
	StringInfoData buf;
	JourneyLabel path;
	bool		limited;

	funnel_decode(PG_GETARG_FUNNEL(0), &funnel);
	limited = funnel.within != JOURNEY_NO_LIMIT;
	path.text = funnel_path_text(funnel.path);
	path.length = (uint32) strlen(path.text);
	pq_begintypsend(&buf);
	pq_sendint8(&buf, FUNNEL_VERSION);
	pq_sendint8(&buf, limited ? FUNNEL_WIRE_LIMITED : 0);
	if (limited)
		pq_sendint64(&buf, (uint64) funnel.within);
	journey_send_label(&buf, &path);
	pq_sendint64(&buf, funnel.seen);
	for (int i = 0; i < funnel.path->items; i++)
		send_step(&buf, &funnel, &funnel.steps[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

pg_noreturn static void
reject_binary(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value for type %s", "journey_funnel"),
			 errdetail("%s", what),
			 errhint("Send only what journey_funnel_send wrote, whole and unchanged.")));
}

/* The path, whose text has errors of its own. */
static JourneyPath *
receive_path(StringInfo buf)
{
	int			wire = (int) pq_getmsgint(buf, 4);
	int			length;

	if (wire < 0 || wire > buf->len - buf->cursor)
		reject_binary("The path does not fit the message.");
	return journey_path_from_text(pq_getmsgtext(buf, wire, &length), NULL);
}

static void
receive_step(StringInfo buf, FunnelBuilder *b, uint32 step)
{
	int64		reached = pq_getmsgint64(buf);
	const char *problem;
	DurationBucket *sketch;
	Uint128 sum;
	uint32		buckets;

	if (reached < 0)
		reject_binary(status_detail(FUNNEL_BAD_REACHED));
	problem = duration_receive_sketch(buf, &sum, &sketch, &buckets);
	if (problem != NULL)
		reject_binary(problem);
	funnel_collect_step(b, step, reached, sum);
	for (uint32 i = 0; i < buckets; i++)
		funnel_collect_bucket(b, step, sketch[i].bucket, sketch[i].count);
}

/* An empty state of the path and the window of a message, with what was seen. */
static FunnelState *
receive_head(StringInfo buf)
{
	int			version = pq_getmsgbyte(buf);
	int			flags = pq_getmsgbyte(buf);
	int64		within = JOURNEY_NO_LIMIT;
	FunnelState *state;
	JourneyPath *path;
	JourneyItems seen;

	if (version != FUNNEL_VERSION)
		reject_binary("The version of the format is unknown.");
	if ((flags & ~FUNNEL_WIRE_LIMITED) != 0)
		reject_binary("Reserved flags are set.");
	if (flags != 0 && (within = pq_getmsgint64(buf)) < 0)
		reject_binary(status_detail(FUNNEL_BAD_WITHIN));
	path = receive_path(buf);
	seen = (JourneyItems) pq_getmsgint64(buf);
	if ((seen & ~funnel_items(path)) != 0)
		reject_binary("Visits were seen to an item that the path does not have.");
	state = funnel_state_new(path, within);
	funnel_state_add_seen(state, seen);
	return state;
}

PG_FUNCTION_INFO_V1(funnel_recv);
Datum
funnel_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	FunnelBuilder b = {NULL, NULL};
	FunnelStatus status;
	Funnel		funnel;

	b.state = receive_head(buf);
	for (uint32 i = 0; i < b.state->steps; i++)
		receive_step(buf, &b, i);
	funnel_sort(b.state, &funnel);
	status = funnel_check(&funnel);
	if (status != FUNNEL_OK)
		reject_binary(status_detail(status));
	PG_RETURN_POINTER(funnel_encode(&funnel));
}

/* The bytes of a packed funnel that say what it is: all after the version. */
#define CONTENT(f) ((const unsigned char *) &(f)->flags)
#define CONTENT_SIZE(f) (VARSIZE(f) - offsetof(FunnelHeader, flags))

/* There is one packed form of a funnel. */
CONTENT_COMPARISON(compare_args, FunnelHeader, PG_GETARG_FUNNEL);
COMPARISONS(funnel, compare_args);
HASHES(funnel_hash, FunnelHeader, PG_GETARG_FUNNEL);
