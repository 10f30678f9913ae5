/*
 * duration_datum.c
 *		What the SQL-callable files about duration_summary share; see
 *		duration_datum.h.
 */
#include "postgres.h"

#include "fmgr.h"

#include "duration/duration_datum.h"

/* An empty summary with room for all buckets. */
DurationSummary
duration_summary_new(void)
{
	DurationSummary d = {0};

	d.buckets = palloc(DURATION_BUCKETS * sizeof(DurationBucket));
	return d;
}

/* Unpack a summary, or a state. */
DurationSummary
duration_open(const DurationHeader *header)
{
	DurationSummary d = duration_summary_new();

	if (VARSIZE(header) <= sizeof(DurationHeader))
		duration_reject_stored();
	if (!duration_is_growing(header))
	{
		if (!duration_summary_read(header, VARSIZE(header), &d))
			duration_reject_stored();
		return d;
	}
	if (!duration_state_check((DurationState *) header, VARSIZE(header)))
		duration_reject_stored();
	duration_state_read((DurationState *) header, &d);
	if (!duration_summary_check(&d))
		duration_reject_stored();
	return d;
}

/* Unpack argument n, which may be behind a short header, compressed, or out of line. */
DurationSummary
duration_summary_arg(FunctionCallInfo fcinfo, int n)
{
	DurationHeader *header = (DurationHeader *) PG_GETARG_VARLENA_P(n);
	DurationSummary d = duration_open(header);

	PG_FREE_IF_COPY(header, n);
	return d;
}

/* Pack a summary whose buckets are in order. */
Datum
duration_packed(const DurationSummary *d)
{
	DurationHeader *header = palloc(duration_summary_bound(d));

	SET_VARSIZE(header, duration_summary_pack(header, d));
	return PointerGetDatum(header);
}
