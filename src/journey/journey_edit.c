/*
 * journey_edit.c
 *		Journeys made of journeys: put together, cut, cleaned.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/rangetypes.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"
#include "utils/typcache.h"

#include "shared/interval_arg.h"
#include "journey/journey_datum.h"
#include "journey/journey_minus.h"
#include "journey/journey_text.h"
#include "journey/visit_value.h"

/* journey || journey: the visits of both, duplicates kept */
PG_FUNCTION_INFO_V1(journey_concat);
Datum
journey_concat(PG_FUNCTION_ARGS)
{
	JourneyState *state = journey_collect_all(journey_state_new(), PG_GETARG_JOURNEY(0));

	state = journey_collect_all(state, PG_GETARG_JOURNEY(1));
	PG_RETURN_POINTER(journey_state_packed(state));
}

/* Keep the visits for which keep[] says so, and pack them. */
static Journey *
encode_kept(Visits *v, const bool *keep)
{
	uint32		kept = 0;

	for (uint32 i = 0; i < v->n; i++)
		if (keep[i])
		{
			if (v->values != NULL)
				v->values[kept] = v->values[i];
			v->visits[kept++] = v->visits[i];
		}
	v->n = kept;
	return journey_packed(v);
}

/* 22023: visit i is taken away, but not there */
pg_noreturn static void
reject_missing(const Visits *v, uint32 i)
{
	char		text[JOURNEY_VISIT_CHARS];
	char	   *end = journey_print_visit(text, &v->visits[i], journey_value_of(v, i), v->labels,
										  true);

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("cannot take the visit %.*s from a journey that does not have it",
					(int) (end - text), text),
			 errhint("Only visits that are there as often, with the same time, seq, stage and "
					 "value, can be taken away.")));
}

/* Which visits of a are left without those of b; how many that are. */
static uint32
left_without(const Visits *a, const Visits *b, bool *keep)
{
	JourneyVisits from = {a->visits, a->n, a->labels, a->values};
	JourneyVisits gone = {b->visits, b->n, b->labels, b->values};

	return journey_minus(&from, &gone, keep);
}

/* journey - journey: the visits of the first one without those of the second one */
PG_FUNCTION_INFO_V1(journey_subtract);
Datum
journey_subtract(PG_FUNCTION_ARGS)
{
	Visits		a;
	Visits		b;
	bool	   *keep;

	journey_open_visits(PG_GETARG_JOURNEY(0), &a);
	journey_open_visits(PG_GETARG_JOURNEY(1), &b);
	keep = palloc(Max(Max(a.n, b.n), 1));
	if (left_without(&b, &a, keep) > 0)
		for (uint32 i = 0; i < b.n; i++)
			if (keep[i])
				reject_missing(&b, i);
	(void) left_without(&a, &b, keep);
	PG_RETURN_POINTER(encode_kept(&a, keep));
}

/* dedupe(journey): drops visits that are repeated exactly */
PG_FUNCTION_INFO_V1(journey_dedupe);
Datum
journey_dedupe(PG_FUNCTION_ARGS)
{
	Visits		v;
	bool	   *keep;

	journey_open_visits(PG_GETARG_JOURNEY(0), &v);
	keep = palloc(Max(v.n, 1));
	for (uint32 i = 0; i < v.n; i++)
		keep[i] = i == 0 || journey_visit_compare(&v.visits[i - 1], &v.visits[i]) != 0 ||
			journey_value_of(&v, i - 1) != journey_value_of(&v, i);
	PG_RETURN_POINTER(encode_kept(&v, keep));
}

/* The first visit of each row of visits that is kept gets the values of all of them. */
static void
sum_rows(Visits *v, const bool *keep)
{
	uint32		end;

	for (uint32 begin = 0; begin < v->n; begin = end)
	{
		Int128		sum = 0;
		bool		any = false;

		for (end = begin; end < v->n && (end == begin || !keep[end]); end++)
			if (v->values[end] != JOURNEY_NO_VALUE)
			{
				sum += v->values[end];
				any = true;
			}
		v->values[begin] = any ? visit_value_checked(sum) : JOURNEY_NO_VALUE;
	}
}

/* collapse(journey): of consecutive visits to one stage the first, with the values of all */
PG_FUNCTION_INFO_V1(journey_collapse);
Datum
journey_collapse(PG_FUNCTION_ARGS)
{
	Visits		v;
	bool	   *keep;

	journey_open_visits(PG_GETARG_JOURNEY(0), &v);
	keep = palloc(Max(v.n, 1));
	for (uint32 i = 0; i < v.n; i++)
		keep[i] = i == 0 || v.visits[i - 1].label != v.visits[i].label;
	if (v.values != NULL)
		sum_rows(&v, keep);
	PG_RETURN_POINTER(encode_kept(&v, keep));
}

/* Is a time within a range? */
static bool
in_range(TimestampTz at, const RangeBound *lower, const RangeBound *upper)
{
	if (!lower->infinite)
	{
		TimestampTz low = DatumGetTimestampTz(lower->val);

		if (at < low || (at == low && !lower->inclusive))
			return false;
	}
	if (!upper->infinite)
	{
		TimestampTz high = DatumGetTimestampTz(upper->val);

		if (at > high || (at == high && !upper->inclusive))
			return false;
	}
	return true;
}

/* slice(journey, tstzrange): the visits within the range */
PG_FUNCTION_INFO_V1(journey_slice);
Datum
journey_slice(PG_FUNCTION_ARGS)
{
	RangeType  *range = PG_GETARG_RANGE_P(1);
	RangeBound	lower;
	RangeBound	upper;
	bool		empty;
	bool	   *keep;
	Visits		v;

	range_deserialize(range_get_typcache(fcinfo, RangeTypeGetOid(range)), range,
					  &lower, &upper, &empty);
	journey_open_visits(PG_GETARG_JOURNEY(0), &v);
	keep = palloc(Max(v.n, 1));
	for (uint32 i = 0; i < v.n; i++)
		keep[i] = !empty && in_range(v.visits[i].at, &lower, &upper);
	PG_RETURN_POINTER(encode_kept(&v, keep));
}

/* A gap in microseconds; days of 24 hours, 22023 for months and below 0 */
static int64
gap_arg(FunctionCallInfo fcinfo, int argno)
{
	return interval_arg_span("interval", PG_GETARG_INTERVAL_P(argno), INTERVAL_FIXED_HINT,
							 "Give the longest pause within a session, for example '30 minutes'.");
}

/* sessions(journey, gap): cut wherever a pause is longer than the gap */
PG_FUNCTION_INFO_V1(journey_sessions);
Datum
journey_sessions(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	int64		gap = gap_arg(fcinfo, 1);
	uint32		begin = 0;
	Visits		v;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	journey_open_visits(PG_GETARG_JOURNEY(0), &v);
	for (uint32 i = 0; i < v.n; i++)
	{
		Visits		session;
		Datum		value;
		bool		null = false;

		/* unsigned: visits may lie further apart than an int64 can say */
		if (i + 1 < v.n &&
			(uint64) v.visits[i + 1].at - (uint64) v.visits[i].at <= (uint64) gap)
			continue;
		session.n = i + 1 - begin;
		session.visits = &v.visits[begin];
		session.label_count = v.label_count;
		session.labels = v.labels;
		session.values = v.values == NULL ? NULL : &v.values[begin];
		value = PointerGetDatum(journey_packed(&session));
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, &value, &null);
		pfree(session.labels);
		pfree(DatumGetPointer(value));
		begin = i + 1;
		CHECK_FOR_INTERRUPTS();
	}
	return (Datum) 0;
}
