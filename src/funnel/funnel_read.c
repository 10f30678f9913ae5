/*
 * funnel_read.c
 *		What a funnel says, its steps and the time of the whole way; and how far one
 *		customer got along a path.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/numeric.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "duration/duration_datum.h"
#include "funnel/chain_search.h"
#include "funnel/funnel_datum.h"
#include "journey/visit_value.h"
#include "path/path_datum.h"
#include "shared/interval_arg.h"
#include "shared/percent.h"

/* Columns of funnel_steps() */
enum
{
	STEP, STAGE, OPTIONAL, REACHED, FROM_PREVIOUS, FROM_START, DROPPED,
	MEAN_TIME, P50_TIME, P90_TIME, P95_TIME, SEEN, VALUE, COLUMNS
};

/* Of nobody it is NULL. */
static void
put_percent(Datum *values, bool *nulls, int column, int64 part, int64 whole)
{
	nulls[column] = whole == 0;
	if (whole != 0)
		values[column] = NumericGetDatum(percent_of(part, whole));
}

static void
put_interval(Datum *values, bool *nulls, int column, uint64 microseconds)
{
	values[column] = IntervalPGetDatum(interval_from_microseconds(microseconds));
	nulls[column] = false;
}

static void
put_times(const Funnel *funnel, const FunnelStep *step, Datum *values, bool *nulls)
{
	static const double fractions[] = {0.5, 0.9, 0.95};

	if (step->buckets == 0)
		return;
	put_interval(values, nulls, MEAN_TIME, duration_mean(funnel_step_sum(step), step->reached));
	for (int i = 0; i < 3; i++)
		put_interval(values, nulls, P50_TIME + i,
					 funnel_step_percentile(funnel, step, fractions[i]));
}

static void
put_step(const Funnel *funnel, int i, Datum *values, bool *nulls)
{
	const FunnelStep *step = &funnel->steps[i];
	const JourneyPath *path = funnel->path;
	bool		optional = funnel_step_optional(path, i);
	int			from = funnel_step_from(path, i);
	char	   *stage = palloc(FUNNEL_STEP_TEXT_BOUND(path));
	size_t		length = funnel_step_print(path, i, stage);

	memset(nulls, true, COLUMNS * sizeof(bool));
	memset(nulls, false, FROM_PREVIOUS * sizeof(bool));
	values[STEP] = Int32GetDatum(i + 1);
	values[STAGE] = PointerGetDatum(cstring_to_text_with_len(stage, (int) length));
	values[OPTIONAL] = BoolGetDatum(optional);
	values[REACHED] = Int64GetDatum(step->reached);
	values[SEEN] = BoolGetDatum(funnel_step_seen(path, i, funnel->seen));
	nulls[SEEN] = false;
	nulls[VALUE] = (funnel->valued & JOURNEY_ITEM_BIT(i)) == 0;
	if (!nulls[VALUE])
		values[VALUE] = visit_value_datum(funnel_step_value(step));
	put_percent(values, nulls, FROM_START, step->reached,
				funnel->steps[funnel_first_step(path)].reached);
	if (from == FUNNEL_NO_STEP)
		return;
	put_percent(values, nulls, FROM_PREVIOUS, step->reached, funnel->steps[from].reached);
	values[DROPPED] = Int64GetDatum(funnel->steps[from].reached - step->reached);
	nulls[DROPPED] = optional;
	put_times(funnel, step, values, nulls);
}

/*
 * funnel_steps(funnel) -> (step, stage, optional, reached, from_previous, from_start,
 * dropped, mean_time, p50_time, p90_time, p95_time, seen, value)
 */
PG_FUNCTION_INFO_V1(funnel_steps);
Datum
funnel_steps(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Funnel		funnel;

	InitMaterializedSRF(fcinfo, 0);
	funnel_open(PG_GETARG_FUNNEL(0), &funnel);
	for (int i = 0; i < funnel.path->items; i++)
	{
		Datum		values[COLUMNS] = {0};
		bool		nulls[COLUMNS];

		put_step(&funnel, i, values, nulls);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* funnel_time(funnel): the time of the whole way; NULL where it is not known of anybody */
PG_FUNCTION_INFO_V1(funnel_time);
Datum
funnel_time(PG_FUNCTION_ARGS)
{
	const FunnelStep *step;
	DurationSummary d = {0};
	Funnel		funnel;

	funnel_open(PG_GETARG_FUNNEL(0), &funnel);
	step = funnel_whole_way(&funnel);
	if (step == NULL)
		PG_RETURN_NULL();
	d.sum = funnel_step_sum(step);
	d.total = step->reached;
	d.n = step->buckets;
	d.buckets = funnel.buckets + step->first;
	PG_RETURN_DATUM(duration_packed(&d));
}

/* funnel_depth(journey, path, within): mandatory items filled by the deepest chain */
PG_FUNCTION_INFO_V1(journey_funnel_depth_of);
Datum
journey_funnel_depth_of(PG_FUNCTION_ARGS)
{
	FunnelSearcher *searcher;
	int64		within;

	/* not strict: no window is no limit */
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	within = funnel_within_arg(fcinfo, 2);
	searcher = funnel_searcher(fcinfo, 1);
	PG_RETURN_INT32(funnel_search_depth(searcher, (struct varlena *) PG_GETARG_POINTER(0), within));
}
