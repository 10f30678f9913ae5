/*
 * retention.c
 *		retention_agg(journey, start, returning, period, periods): of the customers
 *		who had start, how many had returning in each later period.
 *
 * The state is a bigint[], a type that parallel query and Citus can move.  It
 * remembers the arguments, so that states of other arguments are never added up:
 *
 *		period in microseconds, bytes of start, bytes of returning,
 *		the bytes of both labels, eight to an element, the first one highest,
 *		customers with start, customers back in period 1, 2, ...
 *
 * It never grows, so it is changed in place; the final function returns the counts.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/int.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "shared/aggregate.h"
#include "shared/interval_arg.h"
#include "base/label.h"
#include "journey/journey_datum.h"

#define MOST_PERIODS	10000

#define AT_PERIOD		0
#define AT_START		1
#define AT_RETURNING	2
#define AT_LABELS		3

/* The arguments of a call, checked. */
typedef struct Arguments
{
	JourneyLabel start;
	JourneyLabel returning;
	int64		period;
	int			periods;
} Arguments;

/* The elements of a state, and how many; 0 unless it is a list without NULLs. */
static int64 *
state_values(ArrayType *state, int *n)
{
	*n = ARR_NDIM(state) == 1 && !ARR_HASNULL(state) ? ARR_DIMS(state)[0] : 0;
	return (int64 *) ((char *) state + ARR_OVERHEAD_NONULLS(1));
}

static int
label_words(int64 start_length, int64 returning_length)
{
	return (int) ((start_length + returning_length + 7) / 8);
}

/* How many elements stand before the counts; 0 for what is no state. */
static int
head_length(ArrayType *state)
{
	int			n;
	int64	   *values = state_values(state, &n);
	int			head;

	if (n < AT_LABELS || ARR_ELEMTYPE(state) != INT8OID ||
		values[AT_START] < 1 || values[AT_START] > JOURNEY_MAX_LABEL ||
		values[AT_RETURNING] < 1 || values[AT_RETURNING] > JOURNEY_MAX_LABEL)
		return 0;
	head = AT_LABELS + label_words(values[AT_START], values[AT_RETURNING]);
	return n >= head + 2 ? head : 0;
}

static int
checked_head(ArrayType *state)
{
	int			head = head_length(state);

	if (head == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("array is no state of retention_agg"),
				 errhint("Use retention_agg, which makes its states itself.")));
	return head;
}

/* The head of a state with these arguments; returns its length. */
static int
write_head(const Arguments *a, int64 *values)
{
	int			words = label_words(a->start.length, a->returning.length);

	values[AT_PERIOD] = a->period;
	values[AT_START] = a->start.length;
	values[AT_RETURNING] = a->returning.length;
	memset(values + AT_LABELS, 0, words * sizeof(int64));
	for (uint32 i = 0; i < a->start.length + a->returning.length; i++)
	{
		char		byte = i < a->start.length ? a->start.text[i] :
			a->returning.text[i - a->start.length];
		int64	   *word = &values[AT_LABELS + i / 8];

		*word = (int64) ((uint64) *word | (uint64) (uint8) byte << (56 - i % 8 * 8));
	}
	return AT_LABELS + words;
}

static Arguments
read_arguments(FunctionCallInfo fcinfo)
{
	static const char *const names[] = {"start", "returning", "period", "periods"};
	Arguments	a;

	for (int i = 0; i < 4; i++)
		if (PG_ARGISNULL(i + 2))
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("%s of retention_agg must not be null", names[i]),
					 errhint("Give all of start, returning, period and periods.")));
	a.start = journey_goal_arg(fcinfo, 2, names[0]);
	a.returning = journey_goal_arg(fcinfo, 3, names[1]);
	a.period = interval_arg_fixed("period", PG_GETARG_INTERVAL_P(4), "7 days");
	a.periods = PG_GETARG_INT32(5);
	if (a.periods < 1 || a.periods > MOST_PERIODS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of periods must be 1 to %d, not %d", MOST_PERIODS, a.periods),
				 errhint("Give how many periods after the start are counted, for example 8.")));
	return a;
}

static ArrayType *
new_array(int n)
{
	Size		bytes = ARR_OVERHEAD_NONULLS(1) + (Size) n * sizeof(int64);
	ArrayType  *array = palloc0(bytes);

	SET_VARSIZE(array, bytes);
	array->ndim = 1;
	array->elemtype = INT8OID;
	ARR_DIMS(array)[0] = n;
	ARR_LBOUND(array)[0] = 1;
	return array;
}

/* 22023 */
static void
reject_other_arguments(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("arguments of retention_agg differ within a group"),
			 errdetail("start, returning, period and periods are the same for all customers "
					   "of a group."),
			 errhint("Use constants, or add GROUP BY the arguments.")));
}

/* The state for this row, and where its counts begin: argument 0, or a new one. */
static ArrayType *
row_state(FunctionCallInfo fcinfo, const Arguments *a, int64 **counts)
{
	int64		wanted[AT_LABELS + (2 * JOURNEY_MAX_LABEL + 7) / 8];
	int			head = write_head(a, wanted);
	ArrayType  *state;
	int64	   *values;
	int			n;

	if (PG_ARGISNULL(0))
	{
		state = new_array(head + a->periods + 1);
		values = state_values(state, &n);
		memcpy(values, wanted, head * sizeof(int64));
	}
	else
	{
		state = (ArrayType *) aggregate_state(fcinfo);
		checked_head(state);
		values = state_values(state, &n);
		if (n != head + a->periods + 1 || memcmp(values, wanted, head * sizeof(int64)) != 0)
			reject_other_arguments();
	}
	*counts = values + head;
	return state;
}

/*
 * Count one customer.  Period k, from 1, begins k - 1 periods after the first visit
 * to start; a visit simultaneous with that one is not yet a return.
 */
static void
count_customer(const Arguments *a, const Visits *v, int64 *counts)
{
	uint32		start = journey_find_in(v->labels, v->label_count, a->start.text, a->start.length);
	uint32		returning = journey_find_in(v->labels, v->label_count, a->returning.text,
											a->returning.length);
	uint32		first = 0;
	uint64		counted = 0;

	if (start == JOURNEY_NO_LABEL)
		return;
	while (v->visits[first].label != start)
		first++;
	counts[0]++;
	for (uint32 i = first + 1; returning != JOURNEY_NO_LABEL && i < v->n; i++)
	{
		uint64		k;

		if (v->visits[i].label != returning ||
			journey_simultaneous(&v->visits[i], &v->visits[first]))
			continue;
		k = ((uint64) v->visits[i].at - (uint64) v->visits[first].at) / (uint64) a->period + 1;
		if (k > (uint64) a->periods)
			break;
		if (k != counted)
			counts[k]++;
		counted = k;
	}
}

/* retention_accum(bigint[], journey, start, returning, period, periods) */
PG_FUNCTION_INFO_V1(retention_accum);
Datum
retention_accum(PG_FUNCTION_ARGS)
{
	Arguments	arguments;
	ArrayType  *state;
	int64	   *counts;
	Visits		v;

	(void) aggregate_require(fcinfo, "retention_agg");
	if (PG_ARGISNULL(1))
		return aggregate_unchanged(fcinfo);
	arguments = read_arguments(fcinfo);
	state = row_state(fcinfo, &arguments, &counts);
	journey_open_visits(PG_GETARG_JOURNEY(1), &v);
	count_customer(&arguments, &v, counts);
	PG_RETURN_POINTER(state);
}

/* retention_combine(bigint[], bigint[]): strict */
PG_FUNCTION_INFO_V1(retention_combine);
Datum
retention_combine(PG_FUNCTION_ARGS)
{
	ArrayType  *state;
	ArrayType  *other;
	int64	   *a;
	int64	   *b;
	int			n;
	int			m;
	int			head;

	(void) aggregate_require(fcinfo, "retention_agg");
	state = (ArrayType *) aggregate_state(fcinfo);
	other = PG_GETARG_ARRAYTYPE_P(1);
	head = checked_head(state);
	checked_head(other);
	a = state_values(state, &n);
	b = state_values(other, &m);
	if (n != m || memcmp(a, b, head * sizeof(int64)) != 0)
		reject_other_arguments();
	for (int i = head; i < n; i++)
		if (pg_add_s64_overflow(a[i], b[i], &a[i]))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("count of customers is past " INT64_FORMAT, PG_INT64_MAX),
					 errhint("Each journey counts as one customer.")));
	PG_RETURN_POINTER(state);
}

/* retention_final(bigint[]): the counts alone; the state stays as it is */
PG_FUNCTION_INFO_V1(retention_final);
Datum
retention_final(PG_FUNCTION_ARGS)
{
	ArrayType  *state = PG_GETARG_ARRAYTYPE_P(0);
	int			head = checked_head(state);
	int			n;
	int			size;
	int64	   *values = state_values(state, &n);
	ArrayType  *counts = new_array(n - head);

	memcpy(state_values(counts, &size), values + head, (n - head) * sizeof(int64));
	PG_RETURN_POINTER(counts);
}
