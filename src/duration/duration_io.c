/*
 * duration_io.c
 *		Text and binary input and output of duration_summary, equality and hashing.
 *
 * The binary form, in network byte order: version (1 byte), reserved 0 (1), sum
 * of the durations in microseconds (16), number of buckets (4), for each of them
 * its number (4) and its count (8).
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "fmgr.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"

#include "duration/duration_datum.h"

PG_FUNCTION_INFO_V1(duration_summary_in);
Datum
duration_summary_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	DurationSummary d = duration_summary_new();
	DurationTextError error;

	if (!duration_text_parse(text, &d, &error))
		soft_ereport(fcinfo->context, (Datum) 0,
					 (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					  errmsg("invalid input syntax for type %s: \"%.*s\"", "duration_summary",
							 pg_mbcliplen(text, (int) strlen(text), 1000), text),
					  error.expected != NULL ?
					  errdetail("Expected %s at character %d.", error.expected,
								pg_mbstrlen_with_len(text, (int) error.offset) + 1) :
					  errdetail("The count, the sum and the buckets do not fit together."),
					  errhint("Write what duration_summary wrote: {3 in 121us [40:2, 41:1]}.")));
	PG_RETURN_DATUM(duration_encode(&d));
}

PG_FUNCTION_INFO_V1(duration_summary_out);
Datum
duration_summary_out(PG_FUNCTION_ARGS)
{
	DurationSummary d = duration_summary_arg(fcinfo, 0);
	char	   *text = palloc(duration_text_bound(&d));

	duration_text_print(&d, text);
	PG_RETURN_CSTRING(text);
}

PG_FUNCTION_INFO_V1(duration_summary_send);
Datum
duration_summary_send(PG_FUNCTION_ARGS)
{
	DurationSummary d = duration_summary_arg(fcinfo, 0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint8(&buf, DURATION_VERSION);
	pq_sendint8(&buf, 0);
	pq_sendint64(&buf, (uint64) (d.sum >> 64));
	pq_sendint64(&buf, (uint64) d.sum);
	pq_sendint32(&buf, d.n);
	for (uint32 i = 0; i < d.n; i++)
	{
		pq_sendint32(&buf, d.buckets[i].bucket);
		pq_sendint64(&buf, (uint64) d.buckets[i].count);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

PG_FUNCTION_INFO_V1(duration_summary_recv);
Datum
duration_summary_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buf);
	int			reserved = pq_getmsgbyte(buf);
	DurationSummary d = duration_summary_new();
	bool		ok;

	d.sum = (JourneyUint128) (uint64) pq_getmsgint64(buf) << 64;
	d.sum |= (uint64) pq_getmsgint64(buf);
	d.n = (uint32) pq_getmsgint(buf, 4);
	ok = version == DURATION_VERSION && reserved == 0 && d.n <= DURATION_BUCKETS;
	for (uint32 i = 0; ok && i < d.n; i++)
	{
		d.buckets[i].bucket = (uint32) pq_getmsgint(buf, 4);
		d.buckets[i].count = pq_getmsgint64(buf);
	}
	if (!ok || !duration_summary_check(&d))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary value for type %s", "duration_summary"),
				 errhint("Send only what duration_summary_send wrote, whole and unchanged.")));
	PG_RETURN_DATUM(duration_encode(&d));
}

/* There is one packed form of a summary. */
PG_FUNCTION_INFO_V1(duration_summary_eq);
Datum
duration_summary_eq(PG_FUNCTION_ARGS)
{
	DurationSummary a = duration_summary_arg(fcinfo, 0);
	DurationSummary b = duration_summary_arg(fcinfo, 1);
	bool		equal = a.n == b.n && a.sum == b.sum;

	for (uint32 i = 0; equal && i < a.n; i++)
		equal = a.buckets[i].bucket == b.buckets[i].bucket &&
			a.buckets[i].count == b.buckets[i].count;
	pfree(a.buckets);
	pfree(b.buckets);
	PG_RETURN_BOOL(equal);
}

PG_FUNCTION_INFO_V1(duration_summary_ne);
Datum
duration_summary_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!DatumGetBool(duration_summary_eq(fcinfo)));
}

#define CONTENT_AT offsetof(DurationHeader, flags)

PG_FUNCTION_INFO_V1(duration_summary_hash);
Datum
duration_summary_hash(PG_FUNCTION_ARGS)
{
	DurationSummary d = duration_summary_arg(fcinfo, 0);
	char	   *packed = DatumGetPointer(duration_encode(&d));

	PG_RETURN_DATUM(hash_any((unsigned char *) packed + CONTENT_AT,
							 (int) (VARSIZE(packed) - CONTENT_AT)));
}

PG_FUNCTION_INFO_V1(duration_summary_hash_extended);
Datum
duration_summary_hash_extended(PG_FUNCTION_ARGS)
{
	DurationSummary d = duration_summary_arg(fcinfo, 0);
	char	   *packed = DatumGetPointer(duration_encode(&d));

	PG_RETURN_DATUM(hash_any_extended((unsigned char *) packed + CONTENT_AT,
									  (int) (VARSIZE(packed) - CONTENT_AT),
									  PG_GETARG_INT64(1)));
}
