/*
 * flow_io.c
 *		Text and binary input and output of flows, order and hashing.
 *
 * The binary form, in network byte order: version (1 byte), reserved 0 (1),
 * number of stages (4), for each its length (4) and its text in the client's
 * encoding; number of edges (4), for each the numbers of the stages it leads from
 * and to (4, 4; 0 is outside) and its transitions (8); if it is between stages,
 * the sum and the sketch of its times (duration_wire.h).
 *
 * Whatever comes in is counted like journeys and packed like the result of the
 * aggregate, so nothing but a canonical flow can come out; flow_check() sees to it
 * that journeys can have made it.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "duration/duration_wire.h"
#include "flow/flow_datum.h"
#include "flow/flow_text.h"
#include "shared/value_ops.h"
#include "shared/value_wire.h"

#define TYPE_NAME "journey_flow"

#define TEXT_HINT \
	"Write what journey_flow wrote: {(start) > a = 1, a > b = 1 in 1000000us [954+1], b > " \
	"(end) = 1}."

/* What flow_check() found, for DETAIL. */
static const char *
status_detail(FlowStatus status)
{
	switch (status)
	{
		case FLOW_BAD_EDGE:
			return "An edge has at least one transition, and a stage on at least one side.";
		case FLOW_BAD_TIMES:
			return "The times of an edge do not fit its transitions or their sum.";
		case FLOW_UNBALANCED:
			return "What enters a stage is not what leaves it.";
		default:
			return "The bytes are no flow.";
	}
}

static FlowStatus
check(const Flow *flow)
{
	Size		bytes = ((Size) flow->label_count + 1) * sizeof(int64);
	int64	   *sums = MemoryContextAllocHuge(CurrentMemoryContext, 2 * bytes);
	FlowStatus	status = flow_check(flow, sums, sums + flow->label_count + 1);

	pfree(sums);
	return status;
}

static uint32
collect_stage(FlowBuilder *b, const TextLabel *stage)
{
	JourneyLabel label = text_label(stage);

	return label.length == 0 ? FLOW_OUTSIDE : flow_collect_label(b, &label);
}

/* Count the times of an edge of a text. */
static bool
collect_sketch(FlowBuilder *b, FlowTextReader *reader, uint32 edge)
{
	DurationSketchStatus status;
	DurationBucket bucket;

	while ((status = duration_sketch_next(&reader->scan, &reader->sketch, &bucket)) ==
		   DURATION_SKETCH_BUCKET)
		flow_collect_bucket(b, edge, bucket.bucket, bucket.count);
	return status == DURATION_SKETCH_END;
}

/* Count all edges of a text; false for an error. */
static bool
collect_text(FlowBuilder *b, FlowTextReader *reader)
{
	TextItem	item;

	while ((item = flow_text_edge(reader)) == TEXT_ITEM)
	{
		uint32		from = collect_stage(b, &reader->from);
		uint32		to = collect_stage(b, &reader->to);
		uint32		edge = flow_collect_edge(b, from, to, reader->transitions, reader->sum);

		if (!collect_sketch(b, reader, edge))
			return false;
		CHECK_FOR_INTERRUPTS();
	}
	return item == TEXT_END;
}

PG_FUNCTION_INFO_V1(flow_in);
Datum
flow_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	FlowBuilder b = {flow_state_new(), NULL};
	FlowTextReader reader;
	FlowStatus	status;
	Flow		flow;

	if (value_is_json(text) && (text = value_from_json(text, &flow_json, fcinfo->context)) == NULL)
		PG_RETURN_NULL();
	flow_text_begin(&reader, text, strlen(text), GetDatabaseEncoding() == PG_UTF8);
	if (!collect_text(&b, &reader))
	{
		(void) value_reject_text(TYPE_NAME, &reader.scan, TEXT_HINT, fcinfo->context);
		PG_RETURN_NULL();
	}
	flow_sort(b.state, &flow);
	status = check(&flow);
	if (status != FLOW_OK)
	{
		(void) value_reject_content(TYPE_NAME, text, status_detail(status), TEXT_HINT,
									fcinfo->context);
		PG_RETURN_NULL();
	}
	PG_RETURN_POINTER(flow_packed(&flow));
}

PG_FUNCTION_INFO_V1(flow_out);
Datum
flow_out(PG_FUNCTION_ARGS)
{
	Flow		flow;
	char	   *text;

	flow_open(PG_GETARG_FLOW(0), &flow);
	text = palloc(flow_text_bound(&flow));
	flow_text_print(&flow, text);
	PG_RETURN_CSTRING(text);
}

static void
send_edge(StringInfo buf, const Flow *flow, const FlowEdge *edge)
{
	pq_sendint32(buf, edge->from);
	pq_sendint32(buf, edge->to);
	pq_sendint64(buf, (uint64) edge->transitions);
	if (!flow_edge_is_timed(edge))
		return;
	duration_send_sketch(buf, flow_edge_sum(edge), flow->buckets + edge->first, edge->buckets);
}

PG_FUNCTION_INFO_V1(flow_send);
Datum
flow_send(PG_FUNCTION_ARGS)
{
	Flow		flow;
	StringInfoData buf;

	flow_open(PG_GETARG_FLOW(0), &flow);
	pq_begintypsend(&buf);
	pq_sendint8(&buf, FLOW_VERSION);
	pq_sendint8(&buf, 0);
	pq_sendint32(&buf, flow.label_count);
	for (uint32 i = 0; i < flow.label_count; i++)
		value_send_label(&buf, &flow.labels[i]);
	pq_sendint32(&buf, flow.edge_count);
	for (uint32 i = 0; i < flow.edge_count; i++)
		send_edge(&buf, &flow, &flow.edges[i]);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* The numbers of the stages, by their place in the message, from 1 on. */
static uint32 *
receive_stages(StringInfo buf, FlowBuilder *b, uint32 *count)
{
	uint32	   *numbers;

	*count = value_receive_count(buf, TYPE_NAME, UINT32_MAX, 5);
	numbers = palloc(((Size) *count + 1) * sizeof(uint32));
	numbers[FLOW_OUTSIDE] = FLOW_OUTSIDE;
	for (uint32 i = 0; i < *count; i++)
	{
		JourneyLabel label = value_receive_label(buf, TYPE_NAME);

		numbers[i + 1] = flow_collect_label(b, &label);
	}
	return numbers;
}

static void
receive_edge(StringInfo buf, FlowBuilder *b, const uint32 *numbers, uint32 stages)
{
	uint32		from = (uint32) pq_getmsgint(buf, 4);
	uint32		to = (uint32) pq_getmsgint(buf, 4);
	int64		transitions = pq_getmsgint64(buf);
	Uint128 sum = 0;
	DurationBucket *sketch = NULL;
	uint32		buckets = 0;
	uint32		edge;

	if (from > stages || to > stages)
		value_reject_binary(TYPE_NAME, "An edge refers to a stage that does not exist.");
	if (transitions <= 0)
		value_reject_binary(TYPE_NAME, status_detail(FLOW_BAD_EDGE));
	if (from != FLOW_OUTSIDE && to != FLOW_OUTSIDE)
		duration_receive_sketch(buf, TYPE_NAME, &sum, &sketch, &buckets);
	edge = flow_collect_edge(b, numbers[from], numbers[to], transitions, sum);
	for (uint32 i = 0; i < buckets; i++)
		flow_collect_bucket(b, edge, sketch[i].bucket, sketch[i].count);
	if (sketch != NULL)
		pfree(sketch);
}

PG_FUNCTION_INFO_V1(flow_recv);
Datum
flow_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	FlowBuilder b = {flow_state_new(), NULL};
	uint32	   *numbers;
	uint32		stages;
	uint32		edges;
	FlowStatus	status;
	Flow		flow;

	value_receive_version(buf, TYPE_NAME, FLOW_VERSION);
	(void) value_receive_flags(buf, TYPE_NAME, 0);
	numbers = receive_stages(buf, &b, &stages);
	edges = value_receive_count(buf, TYPE_NAME, UINT32_MAX, 16);
	for (uint32 i = 0; i < edges; i++)
	{
		receive_edge(buf, &b, numbers, stages);
		CHECK_FOR_INTERRUPTS();
	}
	flow_sort(b.state, &flow);
	status = check(&flow);
	if (status != FLOW_OK)
		value_reject_binary(TYPE_NAME, status_detail(status));
	PG_RETURN_POINTER(flow_packed(&flow));
}

/* The bytes of a packed flow that say what it is: all after the version. */
#define CONTENT(f) ((const unsigned char *) &(f)->flags)
#define CONTENT_SIZE(f) (VARSIZE(f) - offsetof(FlowHeader, flags))

/* There is one packed form of a flow. */
CONTENT_COMPARISON(compare_args, FlowHeader, PG_GETARG_FLOW);
COMPARISONS(flow, compare_args);
HASHES(flow_hash, FlowHeader, PG_GETARG_FLOW);
