/*
 * duration_io.c
 *		Text and binary input and output of duration_summary, equality and hashing.
 *
 * The binary form: version (1 byte), reserved 0 (1), and the sum and the sketch of
 * the durations (duration_wire.h).
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "fmgr.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"

#include "duration/duration_datum.h"
#include "duration/duration_wire.h"

PG_FUNCTION_INFO_V1(duration_summary_in);
Datum
duration_summary_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	DurationSummary d = duration_summary_new();
	TextScan	scan;

	if (!duration_text_parse(text, &d, &scan))
		soft_ereport(fcinfo->context, (Datum) 0,
					 (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					  errmsg("invalid input syntax for type %s: \"%.*s\"", "duration_summary",
							 pg_mbcliplen(text, (int) strlen(text), 1000), text),
					  scan.expected != NULL ?
					  errdetail("Expected %s at character %d.", scan.expected,
								pg_mbstrlen_with_len(text, (int) (scan.at - text)) + 1) :
					  errdetail("The count, the sum and the buckets do not fit together."),
					  errhint("Write what duration_summary wrote: {3 in 121us [40+21]}.")));
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
	duration_send_sketch(&buf, d.sum, d.buckets, d.n);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

pg_noreturn static void
reject_binary(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value for type %s", "duration_summary"),
			 errdetail("%s", what),
			 errhint("Send only what duration_summary_send wrote, whole and unchanged.")));
}

PG_FUNCTION_INFO_V1(duration_summary_recv);
Datum
duration_summary_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buf);
	int			reserved = pq_getmsgbyte(buf);
	DurationSummary d = {0};
	const char *problem;

	if (version != DURATION_VERSION)
		reject_binary("The version of the format is unknown.");
	if (reserved != 0)
		reject_binary("Reserved flags are set.");
	problem = duration_receive_sketch(buf, &d.sum, &d.buckets, &d.n);
	if (problem != NULL)
		reject_binary(problem);
	if (!duration_summary_check(&d))
		reject_binary("The sum of the durations does not fit their buckets.");
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
