/*
 * journey_gin.c
 *		GIN operator class: which stages a journey went to.
 *
 * The keys are the bytes of the labels, kept as bytea, so that their order
 * depends on no collation.  @> and && are answered by the index alone.  A path
 * with ~ needs some visit for each of its items that is not optional; that is
 * what the index can tell, and the order of visits is checked on the journey.
 *
 * SQL declares the query of the support functions as a journey, which is what
 * PostgreSQL's own check of operator classes wants to see; by the strategy it is
 * an array of text or a path.
 */
#include "postgres.h"

#include "access/gin.h"
#include "access/stratnum.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "path/path_datum.h"
#include "journey/journey_datum.h"

#define CONTAINS_STRATEGY	1	/* journey @> text[] */
#define OVERLAPS_STRATEGY	2	/* journey && text[] */
#define MATCHES_STRATEGY	3	/* journey ~ journey_path */

static Datum
key_of_label(const char *label, size_t length)
{
	return PointerGetDatum(cstring_to_text_with_len(label, (int) length));
}

PG_FUNCTION_INFO_V1(journey_gin_extract_value);
Datum
journey_gin_extract_value(PG_FUNCTION_ARGS)
{
	int32	   *nkeys = (int32 *) PG_GETARG_POINTER(1);
	Datum	   *keys;
	Visits		v;

	journey_open_labels(PG_GETARG_JOURNEY(0), &v);
	keys = palloc(Max(v.label_count, 1) * sizeof(Datum));
	for (uint32 i = 0; i < v.label_count; i++)
		keys[i] = key_of_label(v.labels[i].text, v.labels[i].length);
	*nkeys = (int32) v.label_count;
	PG_RETURN_POINTER(keys);
}

/*
 * Number the labels of the items that are not optional: key[label] is where a
 * label of the path stands among the keys of the query, or -1.
 */
static int
number_keys(const JourneyPath *path, int *key)
{
	int			nkeys = 0;

	for (int i = 0; i < path->labels; i++)
		key[i] = -1;
	for (int i = 0; i < path->items; i++)
		for (int k = 0; !journey_path_optional(path, i) && k < path->item[i].labels; k++)
		{
			int			label = journey_path_labels(path, i)[k];

			if (key[label] < 0)
				key[label] = nkeys++;
		}
	return nkeys;
}

static Datum *
keys_of_path(const JourneyPath *path, int32 *nkeys, int32 *mode)
{
	int			key[JOURNEY_PATH_MAX_USES];
	Datum	   *keys = palloc(path->labels * sizeof(Datum));

	*nkeys = number_keys(path, key);
	if (*nkeys == 0)
		*mode = GIN_SEARCH_MODE_ALL;
	for (int i = 0; i < path->labels; i++)
	{
		size_t		length;
		const char *label = journey_path_label(path, i, &length);

		if (key[i] >= 0)
			keys[key[i]] = key_of_label(label, length);
	}
	return keys;
}

static Datum *
keys_of_array(ArrayType *array, bool contains, int32 *nkeys, int32 *mode)
{
	Datum	   *values;
	bool	   *nulls;
	int			n;
	int			kept = 0;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, &n);
	for (int i = 0; i < n; i++)
		if (!nulls[i])
			values[kept++] = PointerGetDatum(PG_DETOAST_DATUM(values[i]));
	*nkeys = kept;
	/* a NULL is contained nowhere; nothing at all is contained everywhere */
	if (contains && kept < n)
		*nkeys = 0;
	else if (contains && n == 0)
		*mode = GIN_SEARCH_MODE_ALL;
	return values;
}

PG_FUNCTION_INFO_V1(journey_gin_extract_query);
Datum
journey_gin_extract_query(PG_FUNCTION_ARGS)
{
	int32	   *nkeys = (int32 *) PG_GETARG_POINTER(1);
	StrategyNumber strategy = PG_GETARG_UINT16(2);
	int32	   *mode = (int32 *) PG_GETARG_POINTER(6);

	if (strategy == MATCHES_STRATEGY)
		PG_RETURN_POINTER(keys_of_path(PG_GETARG_JOURNEY_PATH(0), nkeys, mode));
	PG_RETURN_POINTER(keys_of_array(PG_GETARG_ARRAYTYPE_P(0), strategy == CONTAINS_STRATEGY,
									nkeys, mode));
}

/* Does every item that is not optional have one of its labels? */
static GinTernaryValue
path_consistent(const JourneyPath *path, const GinTernaryValue *check)
{
	int			key[JOURNEY_PATH_MAX_USES];

	(void) number_keys(path, key);
	for (int i = 0; i < path->items; i++)
	{
		GinTernaryValue found = GIN_FALSE;

		if (journey_path_optional(path, i))
			continue;
		for (int k = 0; k < path->item[i].labels && found == GIN_FALSE; k++)
			found = check[key[journey_path_labels(path, i)[k]]];
		if (found == GIN_FALSE)
			return GIN_FALSE;
	}
	return GIN_MAYBE;
}

static GinTernaryValue
array_consistent(const GinTernaryValue *check, int32 nkeys, bool contains)
{
	GinTernaryValue result = contains ? GIN_TRUE : GIN_FALSE;

	for (int i = 0; i < nkeys; i++)
	{
		if (contains && check[i] == GIN_FALSE)
			return GIN_FALSE;
		if (!contains && check[i] == GIN_TRUE)
			return GIN_TRUE;
		if (check[i] == GIN_MAYBE)
			result = GIN_MAYBE;
	}
	return result;
}

static GinTernaryValue
consistent(FunctionCallInfo fcinfo, const GinTernaryValue *check)
{
	StrategyNumber strategy = PG_GETARG_UINT16(1);
	int32		nkeys = PG_GETARG_INT32(3);

	if (strategy == MATCHES_STRATEGY)
		return path_consistent(PG_GETARG_JOURNEY_PATH(2), check);
	return array_consistent(check, nkeys, strategy == CONTAINS_STRATEGY);
}

/* Without GIN_MAYBE among the keys, false and true are ternary values, too. */
PG_FUNCTION_INFO_V1(journey_gin_consistent);
Datum
journey_gin_consistent(PG_FUNCTION_ARGS)
{
	bool	   *recheck = (bool *) PG_GETARG_POINTER(5);
	GinTernaryValue result = consistent(fcinfo, (GinTernaryValue *) PG_GETARG_POINTER(0));

	*recheck = result == GIN_MAYBE;
	PG_RETURN_BOOL(result != GIN_FALSE);
}

PG_FUNCTION_INFO_V1(journey_gin_triconsistent);
Datum
journey_gin_triconsistent(PG_FUNCTION_ARGS)
{
	PG_RETURN_GIN_TERNARY_VALUE(consistent(fcinfo, (GinTernaryValue *) PG_GETARG_POINTER(0)));
}
