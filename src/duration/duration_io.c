/*
 * duration_io.c
 *		Text and binary input and output of duration_summary, equality and hashing.
 *
 * The binary form: version (1 byte), reserved 0 (1), and the sum and the sketch of
 * the durations (duration_wire.h).
 */
#include "postgres.h"

#include "fmgr.h"
#include "libpq/pqformat.h"

#include "duration/duration_datum.h"
#include "duration/duration_wire.h"
#include "shared/value_ops.h"
#include "shared/value_wire.h"

#define TYPE_NAME "duration_summary"

#define TEXT_HINT \
	"Write what duration_summary wrote: {3 in 121us [40+21]}."

PG_FUNCTION_INFO_V1(duration_summary_in);
Datum
duration_summary_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	DurationSummary d = duration_summary_new();
	TextScan	scan;

	if (value_is_json(text) &&
		(text = value_from_json(text, &duration_json, fcinfo->context)) == NULL)
		PG_RETURN_NULL();
	if (!duration_text_parse(text, &d, &scan) &&
		!value_reject_scan(TYPE_NAME, &scan,
						   "The count, the sum and the buckets do not fit together.",
						   TEXT_HINT, fcinfo->context))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(duration_packed(&d));
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

PG_FUNCTION_INFO_V1(duration_summary_recv);
Datum
duration_summary_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	DurationSummary d = {0};

	value_receive_version(buf, TYPE_NAME, DURATION_VERSION);
	(void) value_receive_flags(buf, TYPE_NAME, 0);
	duration_receive_sketch(buf, TYPE_NAME, &d.sum, &d.buckets, &d.n);
	if (!duration_summary_check(&d))
		value_reject_binary(TYPE_NAME, "The sum of the durations does not fit their buckets.");
	PG_RETURN_DATUM(duration_packed(&d));
}

/* Argument n packed. */
static DurationHeader *
packed_arg(FunctionCallInfo fcinfo, int n)
{
	DurationSummary d = duration_summary_arg(fcinfo, n);
	DurationHeader *header = (DurationHeader *) DatumGetPointer(duration_packed(&d));

	pfree(d.buckets);
	return header;
}

#define GETARG_PACKED(n) packed_arg(fcinfo, n)
#define CONTENT_AT offsetof(DurationHeader, flags)
#define CONTENT(d) ((const unsigned char *) (d) + CONTENT_AT)
#define CONTENT_SIZE(d) (VARSIZE(d) - CONTENT_AT)

/* There is one packed form of a summary. */
CONTENT_COMPARISON(compare_args, DurationHeader, GETARG_PACKED);
COMPARISONS(duration_summary, compare_args);
HASHES(duration_summary_hash, DurationHeader, GETARG_PACKED);
