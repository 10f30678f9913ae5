/*
 * cohorts_io.c
 *		Text and binary input and output of journey_cohorts and journey_lifecycle.
 *
 * The binary form, in network byte order: version (1 byte), flags (1; bit 2: until when
 * the journeys are known was given), unit (1), number of periods (4; 0 of a lifecycle),
 * the period that was not over (8; 0 of cohorts), start, returning (not of a lifecycle)
 * and time zone (length 0: none), each as length (4) and text in the client's encoding;
 * number of keys (4); for each key the key (8) and of each kind of count how many
 * periods have one (4) and these (8 each), as in the text form.
 *
 * Whatever comes in is looked at by cohorts_decumulate(), counted and packed like the
 * result of an aggregate, so nothing but a canonical value can come out.
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"

#include "cohorts/cohorts_datum.h"
#include "cohorts/cohorts_text.h"
#include "shared/value_wire.h"

/* A key and the number of its counts, of each kind, in a message. */
#define ROW_BYTES	(8 + 3 * 4)

typedef struct Kind
{
	const char *type;
	const ValueJson *json;
	bool		lifecycle;
	const char *hint;
} Kind;

static const Kind cohorts_kind = {
	"journey_cohorts", &cohorts_json, false,
	"Write start, returning, unit, periods, zone and cohorts: order > order by week for 2 periods "
	"in (none) until unknown {(none) streak [9, 3] returned [2, 3] later [5, 3]}."
};

static const Kind lifecycle_kind = {
	"journey_lifecycle", &lifecycle_json, true,
	"Write stage, unit, zone and periods: order by month in UTC open from 2026-03-01 "
	"{2026-01-01 new 9 returning 0 resurrected 0 dormant 0}."
};

static const char *
status_text(CohortsStatus status)
{
	switch (status)
	{
		case COHORTS_BAD_KEY:
			return "Not the first day of a period of this unit";
		case COHORTS_NO_CUSTOMERS:
			return "No customers";
		case COHORTS_ASCENDING:
			return "More customers in a later period than in an earlier one";
		case COHORTS_TOO_MANY:
			return "More customers than there can be";
		case COHORTS_OK:
		case COHORTS_OVERFLOW:
		case COHORTS_BAD_UNIT:
			break;
	}
	return "More than 9223372036854775807 customers";
}

/* Count all rows of a text; the scan explains an error. */
static bool
collect_text(CohortsTextReader *r, CohortsState **state)
{
	CohortsRow	row;
	TextItem	item;

	cohorts_new_row(&r->question, &row);
	while ((item = cohorts_text_row(r, &row)) == TEXT_ITEM)
	{
		CohortsStatus status = cohorts_decumulate(&r->question, &row);

		*state = cohorts_reserve(*state, (uint32) r->question.periods + 1);
		if (status == COHORTS_OK && !cohorts_state_add_row(*state, &row))
			status = COHORTS_OVERFLOW;
		if (status != COHORTS_OK)
			return text_scan_problem(&r->scan, psprintf("%s before this", status_text(status)));
		CHECK_FOR_INTERRUPTS();
	}
	return item == TEXT_END;
}

static Datum
input(FunctionCallInfo fcinfo, const Kind *kind)
{
	char	   *text = PG_GETARG_CSTRING(0);
	CohortsState *state;
	CohortsTextReader r;

	if (value_is_json(text) &&
		(text = value_from_json(text, kind->json, fcinfo->context)) == NULL)
		PG_RETURN_NULL();
	if (!cohorts_text_begin(&r, text, strlen(text), GetDatabaseEncoding() == PG_UTF8,
							kind->lifecycle) &&
		!value_reject_text(kind->type, &r.scan, kind->hint, fcinfo->context))
		PG_RETURN_NULL();
	state = cohorts_state_new(&r.question);
	if (!collect_text(&r, &state) &&
		!value_reject_text(kind->type, &r.scan, kind->hint, fcinfo->context))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(cohorts_packed(state));
}

static Datum
output(FunctionCallInfo fcinfo)
{
	CohortsReader reader = cohorts_open(PG_GETARG_COHORTS(0));
	CohortsQuestion *q = &reader.question;
	char	   *item = palloc(cohorts_text_row_bound(q));
	CohortsRow	row;
	StringInfoData text;

	initStringInfo(&text);
	cohorts_new_row(q, &row);
	cohorts_print_head(item, q);
	appendStringInfo(&text, "%s {", item);
	while (reader.left > 0)
	{
		bool		first = reader.left == reader.keys;

		if (!cohorts_read_row(&reader, &row) || !cohorts_cumulate(q, &row))
			cohorts_reject_stored();
		cohorts_print_row(item, q, &row);
		appendStringInfo(&text, "%s%s", first ? "" : ", ", item);
		CHECK_FOR_INTERRUPTS();
	}
	appendStringInfoChar(&text, '}');
	PG_RETURN_CSTRING(text.data);
}

/* A label, of which there may be none. */
static void
send_label(StringInfo buf, const JourneyLabel *label)
{
	if (label->length == 0)
		pq_sendint32(buf, 0);
	else
		value_send_label(buf, label);
}

static void
send_counts(StringInfo buf, const int64 *counts, int32 periods)
{
	int32		n = periods + 1;

	while (n > 0 && counts[n - 1] == 0)
		n--;
	pq_sendint32(buf, (uint32) n);
	for (int32 i = 0; i < n; i++)
		pq_sendint64(buf, (uint64) counts[i]);
}

static void
send_head(StringInfo buf, const CohortsReader *reader, bool lifecycle)
{
	const CohortsQuestion *q = &reader->question;

	pq_sendint8(buf, COHORTS_VERSION);
	pq_sendint8(buf, q->flags & COHORTS_UNTIL);
	pq_sendint8(buf, q->unit);
	pq_sendint32(buf, (uint32) q->periods);
	pq_sendint64(buf, (uint64) q->open_from);
	value_send_label(buf, &q->start);
	if (!lifecycle)
		value_send_label(buf, &q->returning);
	send_label(buf, &q->zone);
	pq_sendint32(buf, reader->keys);
}

static Datum
send(FunctionCallInfo fcinfo, const Kind *kind)
{
	CohortsReader reader = cohorts_open(PG_GETARG_COHORTS(0));
	CohortsRow	row;
	StringInfoData buf;

	pq_begintypsend(&buf);
	send_head(&buf, &reader, kind->lifecycle);
	cohorts_new_row(&reader.question, &row);
	while (reader.left > 0)
	{
		if (!cohorts_read_row(&reader, &row) || !cohorts_cumulate(&reader.question, &row))
			cohorts_reject_stored();
		pq_sendint64(&buf, (uint64) row.key);
		for (int i = 0; i < cohorts_kinds(&reader.question); i++)
			send_counts(&buf, row.counts[i], reader.question.periods);
		CHECK_FOR_INTERRUPTS();
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static JourneyLabel
receive_label_or_none(StringInfo buf, const Kind *kind)
{
	JourneyLabel none = {NULL, 0};
	int			start = buf->cursor;

	if (pq_getmsgint(buf, 4) == 0)
		return none;
	buf->cursor = start;
	return value_receive_label(buf, kind->type);
}

static CohortsQuestion
receive_head(StringInfo buf, const Kind *kind)
{
	CohortsQuestion q = {0};

	value_receive_version(buf, kind->type, COHORTS_VERSION);
	q.flags = (uint8) value_receive_flags(buf, kind->type, COHORTS_UNTIL);
	if (kind->lifecycle)
		q.flags |= COHORTS_LIFECYCLE;
	q.unit = (uint8) pq_getmsgbyte(buf);
	q.periods = (int32) pq_getmsgint(buf, 4);
	q.open_from = pq_getmsgint64(buf);
	q.start = value_receive_label(buf, kind->type);
	if (!kind->lifecycle)
		q.returning = value_receive_label(buf, kind->type);
	q.zone = receive_label_or_none(buf, kind);
	if (cohorts_check_question(&q) != COHORTS_OK)
		value_reject_binary(kind->type, "Unit, periods and time zone do not fit together.");
	return q;
}

static void
receive_counts(StringInfo buf, const Kind *kind, int64 *counts, int32 periods)
{
	uint32		n = value_receive_count(buf, kind->type, (uint32) periods + 1, 8);

	memset(counts, 0, ((Size) periods + 1) * sizeof(int64));
	for (uint32 i = 0; i < n; i++)
	{
		counts[i] = pq_getmsgint64(buf);
		if (counts[i] < 0)
			value_reject_binary(kind->type, "A number of customers is below 0.");
	}
}

static CohortsState *
receive_row(StringInfo buf, const Kind *kind, CohortsState *state, CohortsRow *row)
{
	CohortsQuestion q = cohorts_state_question(state);
	CohortsStatus status;

	row->key = pq_getmsgint64(buf);
	for (int i = 0; i < cohorts_kinds(&q); i++)
		receive_counts(buf, kind, row->counts[i], q.periods);
	status = cohorts_decumulate(&q, row);
	state = cohorts_reserve(state, (uint32) q.periods + 1);
	if (status == COHORTS_OK && !cohorts_state_add_row(state, row))
		status = COHORTS_OVERFLOW;
	if (status != COHORTS_OK)
		value_reject_binary(kind->type, psprintf("%s.", status_text(status)));
	return state;
}

static Datum
receive(FunctionCallInfo fcinfo, const Kind *kind)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	CohortsQuestion q = receive_head(buf, kind);
	uint32		keys = value_receive_count(buf, kind->type, COHORTS_MAX_CELLS, ROW_BYTES);
	CohortsState *state = cohorts_state_new(&q);
	int64		before = 0;
	CohortsRow	row;

	cohorts_new_row(&q, &row);
	for (uint32 i = 0; i < keys; i++)
	{
		state = receive_row(buf, kind, state, &row);
		if (i > 0 && row.key <= before)
			value_reject_binary(kind->type, "Periods do not ascend.");
		before = row.key;
		CHECK_FOR_INTERRUPTS();
	}
	PG_RETURN_POINTER(cohorts_packed(state));
}

/* NAME_in, NAME_out, NAME_recv and NAME_send of journey_cohorts and journey_lifecycle */
#define INPUT_OUTPUT(name, kind) \
	PG_FUNCTION_INFO_V1(name##_in); \
	Datum \
	name##_in(PG_FUNCTION_ARGS) \
	{ \
		return input(fcinfo, &kind); \
	} \
	PG_FUNCTION_INFO_V1(name##_out); \
	Datum \
	name##_out(PG_FUNCTION_ARGS) \
	{ \
		return output(fcinfo); \
	} \
	PG_FUNCTION_INFO_V1(name##_recv); \
	Datum \
	name##_recv(PG_FUNCTION_ARGS) \
	{ \
		return receive(fcinfo, &kind); \
	} \
	PG_FUNCTION_INFO_V1(name##_send); \
	Datum \
	name##_send(PG_FUNCTION_ARGS) \
	{ \
		return send(fcinfo, &kind); \
	} \
	extern int no_such_variable

INPUT_OUTPUT(journey_cohorts, cohorts_kind);
INPUT_OUTPUT(journey_lifecycle, lifecycle_kind);
