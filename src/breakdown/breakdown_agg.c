/*
 * breakdown_agg.c
 *		State functions of breakdown_agg, + and -.
 *
 * The state is a breakdown that is still growing (breakdown_state.c).  A summary is
 * added where it stands; what is new is left in the memory of this row, and PostgreSQL
 * copies it into the aggregate's.
 *
 * The forward functions serve plain and moving aggregates alike.  A moving aggregate
 * must never get back NULL, so there a row without a summary still makes a state.
 */
#include "postgres.h"

#include "fmgr.h"

#include "breakdown/breakdown_datum.h"
#include "shared/aggregate.h"

/* Argument 0 to count in, or a new state. */
static BreakdownBuilder
begin(FunctionCallInfo fcinfo)
{
	BreakdownBuilder b;

	b.state = PG_ARGISNULL(0) ? breakdown_state_new() :
		breakdown_state_of(aggregate_state(fcinfo));
	b.given = b.state;
	return b;
}

/* breakdown_accum(rating_breakdown, text, rating_summary): a label may be NULL */
PG_FUNCTION_INFO_V1(breakdown_accum);
Datum
breakdown_accum(PG_FUNCTION_ARGS)
{
	int			context = aggregate_require(fcinfo, "breakdown_agg");
	BreakdownBuilder b;

	if (PG_ARGISNULL(2) && (!PG_ARGISNULL(0) || context == AGG_CONTEXT_AGGREGATE))
		return aggregate_unchanged(fcinfo);
	b = begin(fcinfo);
	if (!PG_ARGISNULL(2))
		breakdown_collect(&b, breakdown_label_arg(fcinfo, 1), PG_GETARG_RATING(2));
	PG_RETURN_POINTER(b.state);
}

/* The inverse, in moving frames */
PG_FUNCTION_INFO_V1(breakdown_accum_inv);
Datum
breakdown_accum_inv(PG_FUNCTION_ARGS)
{
	BreakdownBuilder b;

	(void) aggregate_require(fcinfo, "breakdown_agg");
	if (PG_ARGISNULL(2))
		return aggregate_unchanged(fcinfo);
	b = begin(fcinfo);
	breakdown_remove(&b, breakdown_label_arg(fcinfo, 1), PG_GETARG_RATING(2));
	PG_RETURN_POINTER(b.state);
}

/* breakdown_combine(rating_breakdown, rating_breakdown): strict, the first one is taken as it is */
PG_FUNCTION_INFO_V1(breakdown_combine);
Datum
breakdown_combine(PG_FUNCTION_ARGS)
{
	BreakdownBuilder b;
	Breakdown	other;

	(void) aggregate_require(fcinfo, "breakdown_agg");
	b = begin(fcinfo);
	breakdown_arg(fcinfo, 1, &other);
	breakdown_collect_all(&b, &other);
	PG_RETURN_POINTER(b.state);
}

PG_FUNCTION_INFO_V1(breakdown_combine_inv);
Datum
breakdown_combine_inv(PG_FUNCTION_ARGS)
{
	BreakdownBuilder b;
	Breakdown	other;

	(void) aggregate_require(fcinfo, "breakdown_agg");
	b = begin(fcinfo);
	breakdown_arg(fcinfo, 1, &other);
	breakdown_remove_all(&b, &other);
	PG_RETURN_POINTER(b.state);
}

/* breakdown_final(rating_breakdown): sorted and packed, NULL without answers; the state stays */
PG_FUNCTION_INFO_V1(breakdown_final);
Datum
breakdown_final(PG_FUNCTION_ARGS)
{
	Breakdown	b;

	breakdown_arg(fcinfo, 0, &b);
	if (b.count == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(breakdown_packed(&b));
}

static Datum
finish(BreakdownState *state)
{
	Breakdown	result;

	breakdown_open((struct varlena *) state, &result);
	return PointerGetDatum(breakdown_packed(&result));
}

/* The first of two breakdowns, to count in, and the second. */
static BreakdownBuilder
operands(FunctionCallInfo fcinfo, Breakdown *other)
{
	BreakdownBuilder b = {breakdown_state_new(), NULL};

	breakdown_arg(fcinfo, 0, other);
	breakdown_collect_all(&b, other);
	breakdown_arg(fcinfo, 1, other);
	return b;
}

/* rating_breakdown + rating_breakdown */
PG_FUNCTION_INFO_V1(breakdown_plus);
Datum
breakdown_plus(PG_FUNCTION_ARGS)
{
	Breakdown	other;
	BreakdownBuilder b = operands(fcinfo, &other);

	breakdown_collect_all(&b, &other);
	return finish(b.state);
}

/* rating_breakdown - rating_breakdown */
PG_FUNCTION_INFO_V1(breakdown_minus);
Datum
breakdown_minus(PG_FUNCTION_ARGS)
{
	Breakdown	other;
	BreakdownBuilder b = operands(fcinfo, &other);

	breakdown_remove_all(&b, &other);
	return finish(b.state);
}
