/*
 * journey_op.c
 *		Operators of journeys: comparison, hashing, and which stages were visited.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "base/label.h"
#include "journey/journey_datum.h"
#include "journey/journey_value.h"
#include "shared/value_ops.h"

/* The bytes of a packed journey that say what it is: all after the version. */
#define CONTENT(j) ((const unsigned char *) &(j)->flags)
#define CONTENT_SIZE(j) (VARSIZE(j) - offsetof(Journey, flags))

static int
compare_visits(const JourneyVisit *x, const JourneyLabel *x_labels,
			   const JourneyVisit *y, const JourneyLabel *y_labels)
{
	const JourneyLabel *a = &x_labels[x->label];
	const JourneyLabel *b = &y_labels[y->label];

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->seq != y->seq)
		return x->seq < y->seq ? -1 : 1;
	return journey_label_compare(a->text, a->length, b->text, b->length);
}

static JourneyLabel *
labels_of(const JourneyReader *reader)
{
	JourneyLabel *labels = palloc(Max(reader->labels, 1) * sizeof(JourneyLabel));

	if (journey_read_labels(reader, labels) != JOURNEY_OK)
		journey_reject_stored();
	return labels;
}

/* The values of two visits, of which none is less than any; an error where they are damaged. */
static int
compare_values(JourneyValues *x, JourneyValues *y)
{
	int64		a;
	int64		b;

	if (!journey_values_next(x, &a) || !journey_values_next(y, &b))
		journey_reject_stored();
	return (a > b) - (a < b);
}

/*
 * Visit by visit up to the first difference; a journey that goes on after the
 * other's end is greater.  Sorts compare a lot and free nothing meanwhile, so
 * nothing is unpacked but the places of the labels, and those are freed.
 */
static int
compare_by_visits(const Journey *a, const Journey *b)
{
	JourneyReader x = journey_open(a);
	JourneyReader y = journey_open(b);
	JourneyLabel *x_labels = labels_of(&x);
	JourneyLabel *y_labels = labels_of(&y);
	JourneyValues x_values;
	JourneyValues y_values;
	bool		valued = x.has_values || y.has_values;
	JourneyVisit v;
	JourneyVisit w;
	int			order = (x.visits > y.visits) - (x.visits < y.visits);
	int			first = 0;

	if (valued && (!journey_values_begin(&x_values, &x) || !journey_values_begin(&y_values, &y)))
		journey_reject_stored();
	while (first == 0 && journey_next(&x, &v) && journey_next(&y, &w))
	{
		first = compare_visits(&v, x_labels, &w, y_labels);
		if (first == 0 && valued)
			first = compare_values(&x_values, &y_values);
	}
	pfree(x_labels);
	pfree(y_labels);
	return first != 0 ? first : order;
}

/* There is one packed form of a journey, so equal ones are found by their bytes. */
static int
compare(const Journey *a, const Journey *b)
{
	if (VARSIZE(a) == VARSIZE(b) && memcmp(CONTENT(a), CONTENT(b), CONTENT_SIZE(a)) == 0)
		return 0;
	return compare_by_visits(a, b);
}

/* Sorts and index builds call this often, so detoasted copies are freed. */
static int
compare_args(FunctionCallInfo fcinfo)
{
	Journey    *a = PG_GETARG_JOURNEY(0);
	Journey    *b = PG_GETARG_JOURNEY(1);
	int			order = compare(a, b);

	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return order;
}

COMPARISONS(journey, compare_args);

HASHES(journey_hash, Journey, PG_GETARG_JOURNEY);

/* How many of the array's elements are stages of the journey; NULL is no stage. */
static int
count_visited(FunctionCallInfo fcinfo, int *elements)
{
	Datum	   *values;
	bool	   *nulls;
	int			visited = 0;
	Visits		v;

	journey_open_labels(PG_GETARG_JOURNEY(0), &v);
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT,
					  &values, &nulls, elements);
	for (int i = 0; i < *elements; i++)
	{
		text	   *stage;

		if (nulls[i])
			continue;
		stage = DatumGetTextPP(values[i]);
		visited += journey_find_in(v.labels, v.label_count, VARDATA_ANY(stage),
								   VARSIZE_ANY_EXHDR(stage)) != JOURNEY_NO_LABEL;
	}
	return visited;
}

/* journey @> text[]: went to all of these */
PG_FUNCTION_INFO_V1(journey_contains);
Datum
journey_contains(PG_FUNCTION_ARGS)
{
	int			elements;
	int			visited = count_visited(fcinfo, &elements);

	PG_RETURN_BOOL(visited == elements);
}

/* journey && text[]: went to any of these */
PG_FUNCTION_INFO_V1(journey_overlaps);
Datum
journey_overlaps(PG_FUNCTION_ARGS)
{
	int			elements;

	PG_RETURN_BOOL(count_visited(fcinfo, &elements) > 0);
}
