/*
 * csat_agg.c
 *		csat_agg with a cut-off of its own, satisfied_from.
 *
 * The final function must know the cut-off, and on a Citus coordinator it gets
 * NULL for every argument but the state.  So the cut-off is in the state, whose
 * type csat_state is a rating_summary with a cut-off: no stored summary has one.
 * The state functions over answers are in rating_agg.c, with their kin.
 */
#include "postgres.h"

#include "fmgr.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "rating/rating_datum.h"
#include "shared/aggregate.h"

#define TYPE_NAME "csat_state"

PG_FUNCTION_INFO_V1(csat_state_in);
Datum
csat_state_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	RatingSummary *s = palloc0(RATING_MAX_SIZE);
	RatingParseError error = {RATING_OK, 0, NULL};

	if (rating_parse_state(text, s, &error))
		error.status = rating_validate_state(s, rating_size(s->points, rating_is_weighted(s)));
	if (error.expected != NULL || error.status != RATING_OK)
	{
		(void) rating_report_text(TYPE_NAME, ">=4", text, &error, fcinfo->context);
		PG_RETURN_NULL();
	}
	SET_VARSIZE(s, rating_size(s->points, rating_is_weighted(s)));
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(csat_state_out);
Datum
csat_state_out(PG_FUNCTION_ARGS)
{
	RatingSummary *s = PG_GETARG_CSAT_STATE(0);
	char	   *text = palloc(rating_text_bound(s));

	rating_print_state(s, text);
	PG_RETURN_CSTRING(text);
}

/* The cut-off, then the answers as in a rating_summary. */
PG_FUNCTION_INFO_V1(csat_state_recv);
Datum
csat_state_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	uint32		cutoff = pq_getmsgint(buf, 4);
	RatingSummary *s = rating_receive(buf, TYPE_NAME);
	RatingStatus status;

	s->cutoff = cutoff;
	status = rating_validate_state(s, VARSIZE(s));
	if (status != RATING_OK)
		rating_reject_binary(TYPE_NAME, status);
	PG_RETURN_POINTER(s);
}

PG_FUNCTION_INFO_V1(csat_state_send);
Datum
csat_state_send(PG_FUNCTION_ARGS)
{
	RatingSummary *s = PG_GETARG_CSAT_STATE(0);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendint32(&buf, s->cutoff);
	rating_send(&buf, s);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* The state in argument 0, or NULL; whoever made it. */
static RatingSummary *
state_arg(FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(0))
		return NULL;
	return rating_detoast(aggregate_state(fcinfo), RATING_MAX_POINTS);
}

/* Put the answers of other into a state, or take them out. */
static void
change_state(RatingSummary *state, const RatingSummary *other, bool remove)
{
	RatingStatus status;

	if (state->low != other->low || state->points != other->points)
		status = RATING_OTHER_SCALE;
	else if (state->cutoff != other->cutoff)
		status = RATING_OTHER_CUTOFF;
	else
		status = remove ? rating_subtract(state, other) : rating_merge(state, other);
	if (status != RATING_OK)
		rating_merge_error(status, state, other);
}

/*
 * A summary without answers says nothing, not even where the cut-off is; and a
 * state that has none left begins anew, as a frame that has moved on does.
 */
static Datum
count_summary(FunctionCallInfo fcinfo, bool remove)
{
	int			context = aggregate_require(fcinfo, "csat_agg");
	RatingSummary *state;
	RatingSummary *other = PG_ARGISNULL(1) ? NULL : rating_copy(PG_GETARG_RATING(1));

	if (other == NULL || rating_total(other) == 0)
	{
		if (!PG_ARGISNULL(0) || context == AGG_CONTEXT_AGGREGATE)
			return aggregate_unchanged(fcinfo);
		PG_RETURN_POINTER(rating_new((RatingScale) {CSAT_LOW, CSAT_POINTS}, false));
	}
	state = state_arg(fcinfo);
	other->cutoff = (uint32) rating_satisfied_from_arg(fcinfo, 2, other, NULL) -
		(uint32) other->low + 1;
	if (!remove && (state == NULL || rating_total(state) == 0))
		PG_RETURN_POINTER(other);
	if (state == NULL)
		aggregate_reject_no_state("csat_agg");
	change_state(state, other, remove);
	PG_RETURN_POINTER(state);
}

/* csat_accum(csat_state, rating_summary, satisfied_from), and its inverse */
PG_FUNCTION_INFO_V1(csat_accum_summary);
Datum
csat_accum_summary(PG_FUNCTION_ARGS)
{
	return count_summary(fcinfo, false);
}

PG_FUNCTION_INFO_V1(csat_accum_inv_summary);
Datum
csat_accum_inv_summary(PG_FUNCTION_ARGS)
{
	return count_summary(fcinfo, true);
}

/* csat_combine(csat_state, csat_state); strict */
PG_FUNCTION_INFO_V1(csat_combine);
Datum
csat_combine(PG_FUNCTION_ARGS)
{
	RatingSummary *state;
	RatingSummary *other = PG_GETARG_CSAT_STATE(1);

	(void) aggregate_require(fcinfo, "csat_agg");
	state = state_arg(fcinfo);
	if (rating_total(other) == 0)
		PG_RETURN_POINTER(state);
	if (rating_total(state) == 0)
		PG_RETURN_POINTER(rating_copy(other));
	change_state(state, other, false);
	PG_RETURN_POINTER(state);
}

/* csat_final(csat_state): percent satisfied, NULL without answers */
PG_FUNCTION_INFO_V1(csat_final);
Datum
csat_final(PG_FUNCTION_ARGS)
{
	RatingSummary *s = PG_GETARG_CSAT_STATE(0);
	Numeric		value = s->cutoff == 0 ? NULL : rating_csat_value(s, rating_cutoff_score(s));

	if (value == NULL)
		PG_RETURN_NULL();
	PG_RETURN_NUMERIC(value);
}
