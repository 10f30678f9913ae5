/*
 * duration_io.c
 *		The SQL type duration_summary: input and output, duration_agg and what
 *		reads it.
 *
 * The binary form, in network byte order: version (1 byte), reserved 0 (1), sum
 * of the durations in microseconds (16), number of buckets (4), for each of them
 * its number (4) and its count (8).
 */
#include "postgres.h"

#include <math.h>

#include "common/hashfn.h"
#include "fmgr.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "duration/duration.h"
#include "shared/interval_arg.h"
#include "flow/flow_datum.h"

/* XX001 */
pg_noreturn static void
reject_stored(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("stored duration_summary is damaged or of an unknown format"),
			 errhint("If a newer version of cxjourney wrote it, install that version's library.")));
}

static DurationSummary
new_summary(void)
{
	DurationSummary d = {0};

	d.buckets = palloc(DURATION_BUCKETS * sizeof(DurationBucket));
	return d;
}

/* Unpack argument n, packed or a state, with a short header, compressed, or neither. */
static DurationSummary
summary_arg(FunctionCallInfo fcinfo, int n)
{
	DurationHeader *header = (DurationHeader *) PG_GETARG_VARLENA_P(n);
	DurationSummary d = new_summary();

	if (VARSIZE(header) <= sizeof(DurationHeader))
		reject_stored();
	if (!duration_is_counting(header))
	{
		if (!duration_summary_read(header, VARSIZE(header), &d))
			reject_stored();
		return d;
	}
	if (!duration_state_check((DurationState *) header, VARSIZE(header)))
		reject_stored();
	duration_state_read((DurationState *) header, &d);
	return d;
}

static Datum
pack(const DurationSummary *d)
{
	DurationHeader *header = palloc(duration_summary_bound(d));

	SET_VARSIZE(header, duration_summary_pack(header, d));
	return PointerGetDatum(header);
}

PG_FUNCTION_INFO_V1(duration_summary_in);
Datum
duration_summary_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	DurationSummary d = new_summary();
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
	PG_RETURN_DATUM(pack(&d));
}

PG_FUNCTION_INFO_V1(duration_summary_out);
Datum
duration_summary_out(PG_FUNCTION_ARGS)
{
	DurationSummary d = summary_arg(fcinfo, 0);
	char	   *text = palloc(duration_text_bound(&d));

	duration_text_print(&d, text);
	PG_RETURN_CSTRING(text);
}

PG_FUNCTION_INFO_V1(duration_summary_send);
Datum
duration_summary_send(PG_FUNCTION_ARGS)
{
	DurationSummary d = summary_arg(fcinfo, 0);
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
	DurationSummary d = new_summary();
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
	PG_RETURN_DATUM(pack(&d));
}

/* There is one packed form of a summary. */
PG_FUNCTION_INFO_V1(duration_summary_eq);
Datum
duration_summary_eq(PG_FUNCTION_ARGS)
{
	DurationSummary a = summary_arg(fcinfo, 0);
	DurationSummary b = summary_arg(fcinfo, 1);
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
	DurationSummary d = summary_arg(fcinfo, 0);
	char	   *packed = DatumGetPointer(pack(&d));

	PG_RETURN_DATUM(hash_any((unsigned char *) packed + CONTENT_AT,
							 (int) (VARSIZE(packed) - CONTENT_AT)));
}

PG_FUNCTION_INFO_V1(duration_summary_hash_extended);
Datum
duration_summary_hash_extended(PG_FUNCTION_ARGS)
{
	DurationSummary d = summary_arg(fcinfo, 0);
	char	   *packed = DatumGetPointer(pack(&d));

	PG_RETURN_DATUM(hash_any_extended((unsigned char *) packed + CONTENT_AT,
									  (int) (VARSIZE(packed) - CONTENT_AT),
									  PG_GETARG_INT64(1)));
}

/* Microseconds of a duration, with days of 24 hours; 22023 for months and below 0 */
static uint64
microseconds_arg(FunctionCallInfo fcinfo, int argno)
{
	return (uint64)
		interval_arg_span("duration", PG_GETARG_INTERVAL_P(argno),
						  "Subtract the times themselves: until - at has days and smaller units only.",
						  "Leave such durations out: FILTER (WHERE d >= '0').");
}

static void
require_aggregate(FunctionCallInfo fcinfo)
{
	if (!AggCheckCallContext(fcinfo, NULL))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("state function called outside an aggregate"),
				 errhint("Use duration_agg.")));
}

/* Add durations of a bucket; the state may move, freeing the one before unless it was given. */
static DurationState *
add(DurationState *state, const DurationState *given, uint32 bucket, int64 count,
	JourneyUint128 sum)
{
	if (!duration_state_has(state, bucket))
	{
		Size		bytes = duration_state_grown(state, bucket);
		DurationState *larger = palloc(bytes);

		SET_VARSIZE(larger, bytes);
		duration_state_move(larger, state, bucket);
		if (state != given)
			pfree(state);
		state = larger;
	}
	if (!duration_state_add(state, bucket, count, sum))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("more than 9223372036854775807 durations in a duration_summary"),
				 errhint("Are summaries added more than once?")));
	return state;
}

static DurationState *
new_state(void)
{
	DurationState *state = palloc0(duration_state_size(0));

	SET_VARSIZE(state, duration_state_size(0));
	state->header.version = DURATION_VERSION;
	state->header.flags = DURATION_COUNTING;
	return state;
}

/* Add all of a summary; its sum comes with the first bucket. */
static DurationState *
add_all(DurationState *state, const DurationState *given, const DurationSummary *d)
{
	for (uint32 i = 0; i < d->n; i++)
		state = add(state, given, d->buckets[i].bucket, d->buckets[i].count, i == 0 ? d->sum : 0);
	return state;
}

/* Argument 0 to count in, or a new state with what it holds. */
static DurationState *
state_arg(FunctionCallInfo fcinfo)
{
	struct varlena *datum;
	DurationSummary d;

	if (PG_ARGISNULL(0))
		return new_state();
	datum = (struct varlena *) PG_GETARG_POINTER(0);
	if (VARATT_IS_4B_U(datum) && VARSIZE(datum) > sizeof(DurationHeader) &&
		duration_is_counting(datum))
	{
		if (!duration_state_check((DurationState *) datum, VARSIZE(datum)))
			reject_stored();
		return (DurationState *) datum;
	}
	d = summary_arg(fcinfo, 0);
	return add_all(new_state(), NULL, &d);
}

/* duration_summary_accum(duration_summary, interval) */
PG_FUNCTION_INFO_V1(duration_summary_accum);
Datum
duration_summary_accum(PG_FUNCTION_ARGS)
{
	DurationState *state;
	uint64		microseconds;

	require_aggregate(fcinfo);
	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	microseconds = microseconds_arg(fcinfo, 1);
	state = state_arg(fcinfo);
	PG_RETURN_POINTER(add(state, state, duration_bucket(microseconds), 1, microseconds));
}

/* duration_summary_combine(duration_summary, duration_summary): strict */
PG_FUNCTION_INFO_V1(duration_summary_combine);
Datum
duration_summary_combine(PG_FUNCTION_ARGS)
{
	DurationState *state;
	DurationSummary other;

	require_aggregate(fcinfo);
	state = state_arg(fcinfo);
	other = summary_arg(fcinfo, 1);
	PG_RETURN_POINTER(add_all(state, state, &other));
}

/* duration_summary_final(duration_summary): packed, NULL without any; the state stays */
PG_FUNCTION_INFO_V1(duration_summary_final);
Datum
duration_summary_final(PG_FUNCTION_ARGS)
{
	DurationSummary d = summary_arg(fcinfo, 0);

	if (d.n == 0)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(pack(&d));
}

/* duration_summary + duration_summary */
PG_FUNCTION_INFO_V1(duration_summary_plus);
Datum
duration_summary_plus(PG_FUNCTION_ARGS)
{
	DurationState *state = new_state();
	DurationSummary d = summary_arg(fcinfo, 0);

	state = add_all(state, NULL, &d);
	d = summary_arg(fcinfo, 1);
	state = add_all(state, NULL, &d);
	duration_state_read(state, &d);
	PG_RETURN_DATUM(pack(&d));
}

/* durations(duration_summary): how many */
PG_FUNCTION_INFO_V1(duration_summary_count);
Datum
duration_summary_count(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(summary_arg(fcinfo, 0).total);
}

/* duration_mean(duration_summary) */
PG_FUNCTION_INFO_V1(duration_summary_mean);
Datum
duration_summary_mean(PG_FUNCTION_ARGS)
{
	DurationSummary d = summary_arg(fcinfo, 0);

	if (d.total == 0)
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(flow_interval(duration_mean(d.sum, d.total)));
}

/* duration_percentile(duration_summary, q) */
PG_FUNCTION_INFO_V1(duration_summary_percentile);
Datum
duration_summary_percentile(PG_FUNCTION_ARGS)
{
	DurationSummary d = summary_arg(fcinfo, 0);
	double		q = PG_GETARG_FLOAT8(1);

	if (isnan(q) || q < 0 || q > 1)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("fraction %g is not between 0 and 1", q),
				 errhint("Use 0.5 for the median, 0.9 for the time that 9 of 10 did not exceed.")));
	if (d.total == 0)
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(flow_interval(duration_sketch_percentile(d.buckets, d.n, q)));
}
