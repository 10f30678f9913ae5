/*
 * survival_io.c
 *		Text and binary input and output of waits, order and hashing.
 *
 * The binary form, in network byte order: version (1 byte), flags, of which there are
 * none (1); what the waits are for (1), and the labels it has, each its length (4) and
 * its text in the client's encoding; number of buckets (4), and for each, in their
 * order: its number (4), reached (8), censored (8), the sum in microseconds (16).
 */
#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"

#include "shared/value_ops.h"
#include "shared/value_wire.h"
#include "survival/survival_datum.h"
#include "survival/survival_text.h"

#define TYPE_NAME "journey_survival"

#define TEXT_HINT \
	"Write what journey_survival wrote: {from a to b [2340: 2 + 1 in 10368000000000us]}."

/* What survival_check() found, for DETAIL. */
#define CONTENT_DETAIL \
	"The buckets do not ascend, or the waits of one do not fit their sum or are none."

#define BUCKET_BYTES	36

/* Read all buckets of a text; false for an error. */
static bool
read_buckets(SurvivalTextReader *reader, Survival *survival)
{
	uint32		room = 16;
	TextItem	item;

	survival->counts = palloc(room * sizeof(SurvivalCount));
	while ((item = survival_text_next(reader)) == TEXT_ITEM)
	{
		if (survival->n == room)
		{
			room *= 2;
			survival->counts = repalloc(survival->counts, room * sizeof(SurvivalCount));
		}
		survival->counts[survival->n++] = reader->count;
	}
	return item == TEXT_END;
}

PG_FUNCTION_INFO_V1(survival_in);
Datum
survival_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	SurvivalTextReader reader;
	Survival	survival = {0};

	if (value_is_json(text) &&
		(text = value_from_json(text, &survival_json, fcinfo->context)) == NULL)
		PG_RETURN_NULL();
	if (!(survival_text_begin(&reader, text, strlen(text), GetDatabaseEncoding() == PG_UTF8) &&
		  read_buckets(&reader, &survival)) &&
		!value_reject_text(TYPE_NAME, &reader.scan, TEXT_HINT, fcinfo->context))
		PG_RETURN_NULL();
	survival.subject = reader.subject;
	if (!survival_check(&survival) &&
		!value_reject_content(TYPE_NAME, text, CONTENT_DETAIL, TEXT_HINT, fcinfo->context))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(survival_packed(&survival));
}

PG_FUNCTION_INFO_V1(survival_out);
Datum
survival_out(PG_FUNCTION_ARGS)
{
	Survival	survival;
	char	   *text;

	survival_arg(fcinfo, 0, &survival);
	text = palloc(survival_text_bound(&survival));
	survival_text_print(&survival, text);
	PG_RETURN_CSTRING(text);
}

PG_FUNCTION_INFO_V1(survival_send);
Datum
survival_send(PG_FUNCTION_ARGS)
{
	Survival	survival;
	StringInfoData buf;

	survival_arg(fcinfo, 0, &survival);
	pq_begintypsend(&buf);
	pq_sendint8(&buf, SURVIVAL_VERSION);
	pq_sendint8(&buf, 0);
	pq_sendint8(&buf, survival.subject.kind);
	if (survival.subject.kind != SURVIVAL_WAITS)
		value_send_label(&buf, &survival.subject.from);
	if (survival.subject.kind == SURVIVAL_STAGES)
		value_send_label(&buf, &survival.subject.to);
	pq_sendint32(&buf, survival.n);
	for (uint32 i = 0; i < survival.n; i++)
	{
		pq_sendint32(&buf, survival.counts[i].bucket);
		pq_sendint64(&buf, (uint64) survival.counts[i].reached);
		pq_sendint64(&buf, (uint64) survival.counts[i].censored);
		value_send_wide(&buf, uint128_load(survival.counts[i].sum));
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

static SurvivalCount
receive_count(StringInfo buf)
{
	SurvivalCount count = {0};

	count.bucket = (uint32) pq_getmsgint(buf, 4);
	count.reached = pq_getmsgint64(buf);
	count.censored = pq_getmsgint64(buf);
	uint128_store(count.sum, value_receive_wide(buf));
	return count;
}

PG_FUNCTION_INFO_V1(survival_recv);
Datum
survival_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	Survival	survival = {0};

	value_receive_version(buf, TYPE_NAME, SURVIVAL_VERSION);
	(void) value_receive_flags(buf, TYPE_NAME, 0);
	survival.subject.kind = (SurvivalKind) pq_getmsgbyte(buf);
	if (survival.subject.kind > SURVIVAL_GAPS)
		value_reject_binary(TYPE_NAME, "It is not known what the waits are for.");
	if (survival.subject.kind != SURVIVAL_WAITS)
		survival.subject.from = value_receive_label(buf, TYPE_NAME);
	if (survival.subject.kind == SURVIVAL_STAGES)
		survival.subject.to = value_receive_label(buf, TYPE_NAME);
	survival.n = value_receive_count(buf, TYPE_NAME, SURVIVAL_BUCKETS, BUCKET_BYTES);
	survival.counts = palloc(Max(survival.n, 1) * sizeof(SurvivalCount));
	for (uint32 i = 0; i < survival.n; i++)
		survival.counts[i] = receive_count(buf);
	if (!survival_check(&survival))
		value_reject_binary(TYPE_NAME, CONTENT_DETAIL);
	PG_RETURN_POINTER(survival_packed(&survival));
}

/* Argument n packed. */
static SurvivalHeader *
packed_arg(FunctionCallInfo fcinfo, int n)
{
	Survival	survival;
	SurvivalHeader *header;

	survival_arg(fcinfo, n, &survival);
	header = survival_packed(&survival);
	pfree(survival.counts);
	return header;
}

#define GETARG_PACKED(n) packed_arg(fcinfo, n)
#define CONTENT_AT offsetof(SurvivalHeader, flags)
#define CONTENT(s) ((const unsigned char *) (s) + CONTENT_AT)
#define CONTENT_SIZE(s) (VARSIZE(s) - CONTENT_AT)

/* There is one packed form of a content. */
CONTENT_COMPARISON(compare_args, SurvivalHeader, GETARG_PACKED);
COMPARISONS(survival, compare_args);
HASHES(survival_hash, SurvivalHeader, GETARG_PACKED);
