/*
 * path_read.c
 *		One customer and a path: by which visits he went it, what came next, and how often
 *		he went it.
 *
 * The chain is the one that a funnel counts (core/chain/chain.h), so what is said here of
 * each customer adds up to what a funnel says of all.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "funnel/chain_search.h"

/* Columns of path_visits() */
enum
{
	ITEM, STAGE, AT, COLUMNS
};

/* The journey, the path and the longest time, which are arguments 0 to 2; false for NULL. */
static bool
search(FunctionCallInfo fcinfo, FunnelVisits *found, FunnelSearcher **searcher)
{
	int64		within;

	/* not strict: no window is no limit */
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return false;
	within = funnel_within_arg(fcinfo, 2);
	*searcher = funnel_searcher(fcinfo, 1);
	funnel_search_visits(*searcher, (struct varlena *) PG_GETARG_POINTER(0), within, found);
	return true;
}

/* path_visits(journey, path, within) -> (item, stage, at) */
PG_FUNCTION_INFO_V1(path_visits);
Datum
path_visits(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	FunnelSearcher *searcher;
	FunnelVisits found;

	InitMaterializedSRF(fcinfo, 0);
	if (!search(fcinfo, &found, &searcher) || found.chain.depth == 0)
		return (Datum) 0;
	for (JourneyItems rest = found.chain.filled; rest != 0; rest &= rest - 1)
	{
		int			item = journey_first_item(rest);
		bool		nulls[COLUMNS] = {false};
		Datum		values[COLUMNS];
		size_t		length;
		const char *label = journey_path_label(funnel_searcher_path(searcher),
											   (int) found.label[item], &length);

		values[ITEM] = Int32GetDatum(item + 1);
		values[STAGE] = PointerGetDatum(cstring_to_text_with_len(label, (int) length));
		values[AT] = TimestampTzGetDatum(found.visit[item].at);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* Is a visit of a later moment than another one? */
static bool
is_later(const JourneyVisit *visit, const JourneyVisit *than)
{
	return visit->at > than->at || (visit->at == than->at && visit->seq > than->seq);
}

/* A label of the dictionary that a reader has read. */
static Datum
dictionary_label(const JourneyReader *reader, uint32 number)
{
	JourneyReader r = *reader;
	JourneyLabel label;

	r.at = r.dictionary;
	for (uint32 i = 0; i <= number; i++)
		if (!journey_read_label(&r, &label))
			journey_reject_stored();
	return PointerGetDatum(cstring_to_text_with_len(label.text, (int) label.length));
}

/* next_after(journey, path, within): the stage visited right behind the chain */
PG_FUNCTION_INFO_V1(next_after);
Datum
next_after(PG_FUNCTION_ARGS)
{
	FunnelSearcher *searcher;
	FunnelVisits found;
	JourneyReader reader;
	JourneyVisit visit;

	if (!search(fcinfo, &found, &searcher) || !found.complete)
		PG_RETURN_NULL();
	reader = found.reader;
	if (!journey_read_first(&reader))
		journey_reject_stored();
	while (reader.left > 0)
	{
		if (!journey_read_visit(&reader, &visit))
			journey_reject_stored();
		if (is_later(&visit, &found.last))
			PG_RETURN_DATUM(dictionary_label(&found.reader, visit.label));
	}
	PG_RETURN_NULL();
}

/* path_count(journey, path, within): matches, each behind the end of the one before */
PG_FUNCTION_INFO_V1(path_count);
Datum
path_count(PG_FUNCTION_ARGS)
{
	int64		within;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	within = funnel_within_arg(fcinfo, 2);
	PG_RETURN_INT32((int32) funnel_search_matches(funnel_searcher(fcinfo, 1),
												  (struct varlena *) PG_GETARG_POINTER(0),
												  within));
}
