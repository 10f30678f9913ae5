/*
 * journey_table.c
 *		What a table of journeys that keeps itself up to date (sql/parts, journey_table)
 *		asks of journeys and labels.
 *
 * What is stored of a customer, what was added and what was removed are up to five
 * journeys, each sorted, and so are their labels.  They are merged in one pass, without
 * the state of journey_agg: a query pays for this once for each customer of whom
 * something is pending.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "base/label.h"
#include "journey/journey_datum.h"
#include "journey/journey_minus.h"

/* The dictionaries of both put together, and which number each label of theirs gets. */
static void
merge_labels(const Visits *a, const Visits *b, Visits *both, uint32 *from_a, uint32 *from_b)
{
	uint32		i = 0;
	uint32		j = 0;
	uint32		n = 0;

	while (i < a->label_count || j < b->label_count)
	{
		int			order = i == a->label_count ? 1 : j == b->label_count ? -1 :
			journey_compare_labels(&a->labels[i], &b->labels[j]);

		both->labels[n] = order <= 0 ? a->labels[i] : b->labels[j];
		if (order <= 0)
			from_a[i++] = n;
		if (order >= 0)
			from_b[j++] = n;
		n++;
	}
	both->label_count = n;
}

static JourneyValued
renumbered(const Visits *v, uint32 i, const uint32 *numbers)
{
	JourneyValued result = {v->visits[i], journey_value_of(v, i)};

	result.visit.label = numbers[result.visit.label];
	return result;
}

static void
put_visit(Visits *v, uint32 i, const JourneyValued *visit)
{
	v->visits[i] = visit->visit;
	if (v->values != NULL)
		v->values[i] = visit->value;
}

static void
merge_visits(const Visits *a, const Visits *b, Visits *both, const uint32 *from_a,
			 const uint32 *from_b)
{
	uint32		i = 0;
	uint32		j = 0;

	for (uint32 n = 0; n < both->n; n++)
	{
		JourneyValued x;
		JourneyValued y;

		if (i < a->n)
			x = renumbered(a, i, from_a);
		if (j < b->n)
			y = renumbered(b, j, from_b);
		if (j == b->n || (i < a->n && journey_valued_compare(&x, &y) <= 0))
		{
			put_visit(both, n, &x);
			i++;
		}
		else
		{
			put_visit(both, n, &y);
			j++;
		}
	}
}

/*
 * The visits of both, sorted, with all their labels.  They may be more than a journey can
 * have, as long as what is gone has not been taken away.
 */
static Visits
merged(const Visits *a, const Visits *b)
{
	uint32	   *from_a = palloc(Max(a->label_count, 1) * sizeof(uint32));
	uint32	   *from_b = palloc(Max(b->label_count, 1) * sizeof(uint32));
	Visits		both;

	both.n = a->n + b->n;
	both.visits = MemoryContextAllocHuge(CurrentMemoryContext,
										 (Size) Max(both.n, 1) * sizeof(JourneyVisit));
	both.labels = palloc(Max(a->label_count + b->label_count, 1) * sizeof(JourneyLabel));
	both.values = a->values == NULL && b->values == NULL ? NULL :
		MemoryContextAllocHuge(CurrentMemoryContext, (Size) Max(both.n, 1) * sizeof(int64));
	merge_labels(a, b, &both, from_a, from_b);
	merge_visits(a, b, &both, from_a, from_b);
	return both;
}

/* The visits of these arguments, of which NULL has none; there is a room for each. */
static Visits
visits_of_args(FunctionCallInfo fcinfo, int first, int last, JourneyRoom *rooms)
{
	Visits		sum = {0};

	for (int i = first; i <= last; i++)
	{
		Visits		more;

		if (PG_ARGISNULL(i))
			continue;
		journey_open_valued((struct varlena *) PG_GETARG_POINTER(i), &rooms[i - first], &more);
		sum = sum.n == 0 ? more : merged(&sum, &more);
		CHECK_FOR_INTERRUPTS();
	}
	return sum;
}

/* 54000 for more than a journey can have. */
static void
check_size(const Visits *v)
{
	uint32		labels = 0;
	bool	   *used;

	if (v->n > JOURNEY_MAX_VISITS)
		journey_reject_size(JOURNEY_TOO_MANY_VISITS);
	if (v->label_count <= JOURNEY_MAX_LABELS)
		return;
	used = palloc0(v->label_count * sizeof(bool));
	for (uint32 i = 0; i < v->n; i++)
		used[v->visits[i].label] = true;
	for (uint32 i = 0; i < v->label_count; i++)
		labels += used[i];
	if (labels > JOURNEY_MAX_LABELS)
		journey_reject_size(JOURNEY_TOO_MANY_LABELS);
}

/* What is left of the visits without those that are gone; NULL without any. */
static Journey *
pack_without(Visits *v, const Visits *gone)
{
	JourneyVisits from = {v->visits, v->n, v->labels, v->values};
	JourneyVisits taken = {gone->visits, gone->n, gone->labels, gone->values};
	bool	   *keep = MemoryContextAllocHuge(CurrentMemoryContext, Max(v->n, 1) * sizeof(bool));
	uint32		kept = 0;

	(void) journey_minus(&from, &taken, keep);
	for (uint32 i = 0; i < v->n; i++)
		if (keep[i])
		{
			if (v->values != NULL)
				v->values[kept] = v->values[i];
			v->visits[kept++] = v->visits[i];
		}
	v->n = kept;
	check_size(v);
	return kept > 0 ? journey_packed(v) : NULL;
}

/* Of journey_table_left(stored, added, more, removed, gone): the first three without the others. */
static Journey *
left(FunctionCallInfo fcinfo)
{
	JourneyRoom rooms[5];
	Visits		there = visits_of_args(fcinfo, 0, 2, rooms);
	Visits		gone = visits_of_args(fcinfo, 3, 4, rooms + 3);

	return pack_without(&there, &gone);
}

PG_FUNCTION_INFO_V1(journey_table_left);
Datum
journey_table_left(PG_FUNCTION_ARGS)
{
	Journey    *journey = left(fcinfo);

	if (journey == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(journey);
}

/*
 * journey_table_fold(stored, added, more, removed, gone) RETURNS SETOF journey: the same,
 * but no row when no visit is left: a condition on the result of a function would compute
 * it twice.
 */
PG_FUNCTION_INFO_V1(journey_table_fold);
Datum
journey_table_fold(PG_FUNCTION_ARGS)
{
	FuncCallContext *context;
	Journey    *journey;

	if (SRF_IS_FIRSTCALL())
	{
		(void) SRF_FIRSTCALL_INIT();
		journey = left(fcinfo);
		context = SRF_PERCALL_SETUP();
		if (journey != NULL)
			SRF_RETURN_NEXT(context, PointerGetDatum(journey));
	}
	context = SRF_PERCALL_SETUP();
	SRF_RETURN_DONE(context);
}

/*
 * journey_table_missing(stored, added, more, removed, gone): what was removed and is not
 * there; NULL when nothing is missing.
 */
PG_FUNCTION_INFO_V1(journey_table_missing);
Datum
journey_table_missing(PG_FUNCTION_ARGS)
{
	JourneyRoom rooms[5];
	Visits		gone = visits_of_args(fcinfo, 3, 4, rooms);
	Visits		there;
	Journey    *missing;

	if (gone.n == 0)
		PG_RETURN_NULL();
	there = visits_of_args(fcinfo, 0, 2, rooms + 2);
	missing = pack_without(&gone, &there);
	if (missing == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(missing);
}

/*
 * journey_table_without(journey, gone journey): the visits that are not among those that
 * are gone, of equal ones as many as are left; NULL without any, and NULL is no visits.
 */
PG_FUNCTION_INFO_V1(journey_table_without);
Datum
journey_table_without(PG_FUNCTION_ARGS)
{
	JourneyRoom rooms[2];
	Visits		from = visits_of_args(fcinfo, 0, 0, rooms);
	Visits		gone = visits_of_args(fcinfo, 1, 1, rooms + 1);
	Journey    *journey = pack_without(&from, &gone);

	if (journey == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(journey);
}

/* journey_table_is_label(text): whether a text can be the label of a stage */
PG_FUNCTION_INFO_V1(journey_table_is_label);
Datum
journey_table_is_label(PG_FUNCTION_ARGS)
{
	JourneyLabel label = journey_label_arg(fcinfo, 0);

	PG_RETURN_BOOL(journey_label_check(label.text, label.length, false, NULL) ==
				   JOURNEY_LABEL_OK);
}
