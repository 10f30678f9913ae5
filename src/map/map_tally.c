/*
 * map_tally.c
 *		journey_map_tally: what the answers of a cell of a journey map come to, counted in
 *		one pass.
 *
 * Whoever writes many answers waits for this.  An aggregate for each of its results would
 * be nine calls for a row, each behind a condition.
 *
 * The state, and the result, is a bigint[]:
 *
 *		responses | invalid | first | last | low, points of each scale | counts of all scales
 *
 * where responses are rows with a valid answer, invalid are answers that are not, first and
 * last are the times of responses, and a metric without points is not mapped.  It is
 * changed in place, as PostgreSQL's own aggregates do with such a state, but not in a
 * window, where it is the result of the row before, too.  Whoever makes an aggregate of his
 * own may hand over any array.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/int.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/timestamp.h"

#include "rating/rating_datum.h"
#include "shared/aggregate.h"

#define AGGREGATES	"journey_map_tally"

/* nps, csat and ces */
#define METRICS		3

/* Arguments of the state function: each metric is one. */
#define AT_ARG		1
#define METRIC_ARG(i) (2 + (i))
#define EMOTION_ARG	(2 + METRICS)
#define SCALES_ARG	(3 + METRICS)

typedef struct Tally
{
	int64		responses;
	int64		invalid;
	TimestampTz first;			/* later than last when there are none */
	TimestampTz last;
	struct
	{
		int64		low;
		int64		points;
	}			scales[METRICS];
	int64		counts[];
} Tally;

/* One dimension, no nulls; ARR_DATA_PTR draws a warning. */
#define NUMBERS(array) ((char *) (array) + ARR_OVERHEAD_NONULLS(1))

#define HEAD		((int) (offsetof(Tally, counts) / sizeof(int64)))

/* How many numbers a tally of these scales has, or 0 for what are no scales. */
static inline int
tally_length(const Tally *t)
{
	uint64		points = 0;

	for (int i = 0; i < METRICS; i++)
	{
		if (unlikely((uint64) t->scales[i].points > RATING_MAX_POINTS))
			return 0;
		points += (uint64) t->scales[i].points;
	}
	return HEAD + (int) points;
}

static pg_noinline void
reject_tally(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("an array is not what journey_map_tally counts in")));
}

/* What an array counts in. */
static inline Tally *
tally_of(ArrayType *array)
{
	Tally	   *t = (Tally *) NUMBERS(array);

	if (unlikely(ARR_NDIM(array) != 1 || ARR_HASNULL(array) || ARR_DIMS(array)[0] < HEAD ||
				 ARR_DIMS(array)[0] != tally_length(t)))
		reject_tally();
	return t;
}

/* Low and points of each scale, from an integer[]. */
static void
read_scales(ArrayType *array, Tally *head)
{
	const int32 *numbers = (const int32 *) NUMBERS(array);

	if (ARR_NDIM(array) != 1 || ARR_HASNULL(array) || ARR_DIMS(array)[0] != 2 * METRICS)
		reject_tally();
	for (int i = 0; i < METRICS; i++)
	{
		head->scales[i].low = numbers[2 * i];
		head->scales[i].points = numbers[2 * i + 1];
	}
}

static ArrayType *
tally_new(FunctionCallInfo fcinfo)
{
	Tally		head = {.first = DT_NOEND,.last = DT_NOBEGIN};
	int			length;
	Size		size;
	ArrayType  *array;

	if (PG_ARGISNULL(SCALES_ARG))
		reject_tally();
	read_scales(PG_GETARG_ARRAYTYPE_P(SCALES_ARG), &head);
	length = tally_length(&head);
	if (length == 0)
		reject_tally();
	size = ARR_OVERHEAD_NONULLS(1) + (Size) length * sizeof(int64);
	array = palloc0(size);
	SET_VARSIZE(array, size);
	array->ndim = 1;
	array->elemtype = INT8OID;
	ARR_DIMS(array)[0] = length;
	ARR_LBOUND(array)[0] = 1;
	memcpy(NUMBERS(array), &head, sizeof(head));
	return array;
}

/* Counts the answers of the row; whether one is valid. */
static inline bool
count_answers(FunctionCallInfo fcinfo, Tally *t)
{
	int64	   *counts = t->counts;
	bool		valid = false;

	for (int i = 0; i < METRICS; i++)
	{
		if (!PG_ARGISNULL(METRIC_ARG(i)))
		{
			uint64		place = (uint64) PG_GETARG_INT64(METRIC_ARG(i)) - (uint64) t->scales[i].low;

			if (place < (uint64) t->scales[i].points)
			{
				counts[place]++;
				valid = true;
			}
			else
				t->invalid++;
		}
		counts += t->scales[i].points;
	}
	return valid;
}

/*
 * journey_map_tally_add(bigint[], at timestamptz, nps bigint, csat bigint, ces bigint,
 * emotion boolean, scales integer[]); emotion says whether there is a valid one
 */
PG_FUNCTION_INFO_V1(journey_map_tally_add);
Datum
journey_map_tally_add(PG_FUNCTION_ARGS)
{
	int			context = aggregate_require(fcinfo, AGGREGATES);
	ArrayType  *array;
	Tally	   *t;
	bool		valid;

	if (PG_ARGISNULL(0))
		array = tally_new(fcinfo);
	else if (context == AGG_CONTEXT_AGGREGATE)
		array = PG_GETARG_ARRAYTYPE_P(0);
	else
		array = PG_GETARG_ARRAYTYPE_P_COPY(0);
	t = tally_of(array);
	valid = count_answers(fcinfo, t);
	if (!PG_ARGISNULL(EMOTION_ARG))
	{
		valid = valid || PG_GETARG_BOOL(EMOTION_ARG);
		t->invalid += PG_GETARG_BOOL(EMOTION_ARG) ? 0 : 1;
	}
	if (valid)
		t->responses++;
	if (valid && !PG_ARGISNULL(AT_ARG))
	{
		t->first = Min(t->first, PG_GETARG_TIMESTAMPTZ(AT_ARG));
		t->last = Max(t->last, PG_GETARG_TIMESTAMPTZ(AT_ARG));
	}
	PG_RETURN_POINTER(array);
}

/* Sums that do not fit come from arrays that were not counted. */
static inline int64
add(int64 a, int64 b)
{
	int64		sum;

	if (unlikely(pg_add_s64_overflow(a, b, &sum)))
		reject_tally();
	return sum;
}

/* journey_map_tally_combine(bigint[], bigint[]) */
PG_FUNCTION_INFO_V1(journey_map_tally_combine);
Datum
journey_map_tally_combine(PG_FUNCTION_ARGS)
{
	bool		in_place = aggregate_require(fcinfo, AGGREGATES) == AGG_CONTEXT_AGGREGATE;
	ArrayType  *array = in_place ? PG_GETARG_ARRAYTYPE_P(0) : PG_GETARG_ARRAYTYPE_P_COPY(0);
	Tally	   *t = tally_of(array);
	const Tally *other = tally_of(PG_GETARG_ARRAYTYPE_P(1));

	if (memcmp(t->scales, other->scales, sizeof(t->scales)) != 0)
		reject_tally();
	t->responses = add(t->responses, other->responses);
	t->invalid = add(t->invalid, other->invalid);
	t->first = Min(t->first, other->first);
	t->last = Max(t->last, other->last);
	for (int i = 0; i < tally_length(t) - HEAD; i++)
		t->counts[i] = add(t->counts[i], other->counts[i]);
	PG_RETURN_POINTER(array);
}

/*
 * journey_map_tally_summary(tally bigint[], metric integer): the answers of the first, second
 * or third metric; NULL without any
 */
PG_FUNCTION_INFO_V1(journey_map_tally_summary);
Datum
journey_map_tally_summary(PG_FUNCTION_ARGS)
{
	const Tally *t = tally_of(PG_GETARG_ARRAYTYPE_P(0));
	int32		metric = PG_GETARG_INT32(1) - 1;
	const int64 *counts = t->counts;
	RatingSummary *s;

	if (metric < 0 || metric >= METRICS || t->scales[metric].points == 0)
		PG_RETURN_NULL();
	for (int i = 0; i < metric; i++)
		counts += t->scales[i].points;
	s = rating_new((RatingScale) {(int32) t->scales[metric].low, (int) t->scales[metric].points},
				   false);
	memcpy(s->counts, counts, (Size) s->points * sizeof(int64));
	if (s->low != t->scales[metric].low || rating_validate(s, VARSIZE(s)) != RATING_OK)
		reject_tally();
	if (rating_total(s) == 0)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(s);
}

/* journey_map_tally_time(tally bigint[], last boolean): of the first or last response */
PG_FUNCTION_INFO_V1(journey_map_tally_time);
Datum
journey_map_tally_time(PG_FUNCTION_ARGS)
{
	const Tally *t = tally_of(PG_GETARG_ARRAYTYPE_P(0));

	if (t->first > t->last)
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(PG_GETARG_BOOL(1) ? t->last : t->first);
}
