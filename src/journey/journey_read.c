/*
 * journey_read.c
 *		What a journey says: its visits, stages, times and stays.
 *
 * Most readers go through the packed visits once and unpack nothing.  The stay
 * of a visit lasts until the next visit that is not simultaneous with it, so that
 * the alphabet does not decide who stays; visits of the last moment have none.
 * Of visits that are repeated exactly only the last one stays.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/rangetypes.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "base/label.h"
#include "journey/journey_datum.h"
#include "journey/journey_value.h"
#include "journey/visit_value.h"
#include "shared/interval_arg.h"

/* The visits to one stage, in passing. */
typedef struct StageTotals
{
	int64		visits;
	TimestampTz first;
	TimestampTz last;
	uint64		stay;			/* in microseconds */
} StageTotals;

/* The next visit; false at the end, an error where the value is damaged. */
static bool
next_visit(JourneyReader *reader, JourneyVisit *visit)
{
	if (journey_next(reader, visit))
		return true;
	if (reader->left > 0)
		journey_reject_stored();
	return false;
}

static StageTotals
stage_totals(const Journey *journey, uint32 label)
{
	JourneyReader reader = journey_open(journey);
	StageTotals totals = {0};
	JourneyVisit visit;
	JourneyVisit inside;
	bool		is_inside = false;

	while (label != JOURNEY_NO_LABEL && next_visit(&reader, &visit))
	{
		if (is_inside && !journey_simultaneous(&inside, &visit))
		{
			totals.stay += journey_time_between(inside.at, visit.at);
			is_inside = false;
		}
		if (visit.label != label)
			continue;
		inside = visit;
		is_inside = true;
		if (totals.visits++ == 0)
			totals.first = visit.at;
		totals.last = visit.at;
	}
	return totals;
}

static StageTotals
stage_totals_of_args(FunctionCallInfo fcinfo)
{
	Journey    *journey = PG_GETARG_JOURNEY(0);
	text	   *stage = PG_GETARG_TEXT_PP(1);

	return stage_totals(journey, journey_find_label(journey, VARDATA_ANY(stage),
													VARSIZE_ANY_EXHDR(stage)));
}

/* visits(journey) */
PG_FUNCTION_INFO_V1(journey_visits);
Datum
journey_visits(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) journey_open(PG_GETARG_JOURNEY(0)).visits);
}

/* visits(journey, stage) */
PG_FUNCTION_INFO_V1(journey_visits_to);
Datum
journey_visits_to(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) stage_totals_of_args(fcinfo).visits);
}

/* first_visit(journey, stage) */
PG_FUNCTION_INFO_V1(journey_first_visit);
Datum
journey_first_visit(PG_FUNCTION_ARGS)
{
	StageTotals totals = stage_totals_of_args(fcinfo);

	if (totals.visits == 0)
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(totals.first);
}

/* last_visit(journey, stage) */
PG_FUNCTION_INFO_V1(journey_last_visit);
Datum
journey_last_visit(PG_FUNCTION_ARGS)
{
	StageTotals totals = stage_totals_of_args(fcinfo);

	if (totals.visits == 0)
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(totals.last);
}

/* time_in(journey, stage): the stays there, put together */
PG_FUNCTION_INFO_V1(journey_time_in);
Datum
journey_time_in(PG_FUNCTION_ARGS)
{
	StageTotals totals = stage_totals_of_args(fcinfo);

	if (totals.visits == 0)
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(interval_from_microseconds(totals.stay));
}

/* The first and the last visit; false when there is none. */
static bool
journey_ends(const Journey *journey, JourneyReader *reader, JourneyVisit *first, JourneyVisit *last)
{
	*reader = journey_open(journey);
	if (!next_visit(reader, first))
		return false;
	*last = *first;
	while (next_visit(reader, last))
		 /* go on */ ;
	return true;
}

static Datum
label_text(const JourneyReader *reader, uint32 label)
{
	JourneyLabel *labels = palloc(reader->labels * sizeof(JourneyLabel));

	if (journey_read_labels(reader, labels) != JOURNEY_OK)
		journey_reject_stored();
	return PointerGetDatum(cstring_to_text_with_len(labels[label].text,
													(int) labels[label].length));
}

#define ENDS_OR_NULL(first, last) \
	JourneyReader reader; \
	JourneyVisit first; \
	JourneyVisit last; \
 \
	if (!journey_ends(PG_GETARG_JOURNEY(0), &reader, &first, &last)) \
		PG_RETURN_NULL()

PG_FUNCTION_INFO_V1(journey_first_stage);
Datum
journey_first_stage(PG_FUNCTION_ARGS)
{
	JourneyReader reader = journey_open(PG_GETARG_JOURNEY(0));
	JourneyVisit first;

	if (!next_visit(&reader, &first))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(label_text(&reader, first.label));
}

PG_FUNCTION_INFO_V1(journey_last_stage);
Datum
journey_last_stage(PG_FUNCTION_ARGS)
{
	ENDS_OR_NULL(first, last);
	PG_RETURN_DATUM(label_text(&reader, last.label));
}

PG_FUNCTION_INFO_V1(journey_started_at);
Datum
journey_started_at(PG_FUNCTION_ARGS)
{
	JourneyReader reader = journey_open(PG_GETARG_JOURNEY(0));
	JourneyVisit first;

	if (!next_visit(&reader, &first))
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(first.at);
}

PG_FUNCTION_INFO_V1(journey_ended_at);
Datum
journey_ended_at(PG_FUNCTION_ARGS)
{
	ENDS_OR_NULL(first, last);
	PG_RETURN_TIMESTAMPTZ(last.at);
}

/* duration(journey): from the first visit to the last */
PG_FUNCTION_INFO_V1(journey_duration);
Datum
journey_duration(PG_FUNCTION_ARGS)
{
	ENDS_OR_NULL(first, last);
	PG_RETURN_INTERVAL_P(interval_from_microseconds(journey_time_between(first.at, last.at)));
}

static Datum *
label_datums(const Visits *v)
{
	Datum	   *texts = palloc(Max(v->label_count, 1) * sizeof(Datum));

	for (uint32 i = 0; i < v->label_count; i++)
		texts[i] = PointerGetDatum(cstring_to_text_with_len(v->labels[i].text,
															(int) v->labels[i].length));
	return texts;
}

/*
 * The visit at which the stay of visit i ends, or v->n: the next one that is not
 * simultaneous, or its own exact repeat.  *moment is where the visits simultaneous
 * with the one before i end, and is kept for the next call.
 */
static uint32
stay_ends(const Visits *v, uint32 i, uint32 *moment)
{
	if (i >= *moment)
		for (*moment = i + 1; *moment < v->n; (*moment)++)
			if (!journey_simultaneous(&v->visits[i], &v->visits[*moment]))
				break;
	if (i + 1 < *moment && v->visits[i + 1].label == v->visits[i].label)
		return i + 1;
	return *moment;
}

/* steps(journey) -> (step, stage, at, until, stay, value) */
PG_FUNCTION_INFO_V1(journey_steps);
Datum
journey_steps(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	Visits		v;
	Datum	   *texts;
	uint32		moment = 0;

	InitMaterializedSRF(fcinfo, 0);
	journey_open_visits(PG_GETARG_JOURNEY(0), &v);
	texts = label_datums(&v);
	for (uint32 i = 0; i < v.n; i++)
	{
		uint32		end = stay_ends(&v, i, &moment);
		bool		last = end == v.n;
		int64		value = journey_value_of(&v, i);
		bool		nulls[6] = {false, false, false, last, last, value == JOURNEY_NO_VALUE};
		Datum		values[6] = {Int32GetDatum((int32) i + 1), texts[v.visits[i].label],
		TimestampTzGetDatum(v.visits[i].at)};

		if (!last)
		{
			uint64		stay = journey_time_between(v.visits[i].at, v.visits[end].at);

			values[3] = TimestampTzGetDatum(v.visits[end].at);
			values[4] = IntervalPGetDatum(interval_from_microseconds(stay));
		}
		if (value != JOURNEY_NO_VALUE)
			values[5] = visit_value_datum(value);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
		if (!last)
			pfree(DatumGetPointer(values[4]));
		if (value != JOURNEY_NO_VALUE)
			pfree(DatumGetPointer(values[5]));
		CHECK_FOR_INTERRUPTS();
	}
	return (Datum) 0;
}

/*
 * The values of the visits to one stage, or to all where all is true, put together;
 * false where none has one.
 */
static bool
sum_values(const Journey *journey, bool all, uint32 label, Int128 *sum)
{
	JourneyReader reader = journey_open(journey);
	JourneyValues values;
	JourneyVisit visit;
	int64		value;
	bool		any = false;

	*sum = 0;
	if (!journey_values_begin(&values, &reader))
		journey_reject_stored();
	while (reader.has_values && next_visit(&reader, &visit))
	{
		if (!journey_values_next(&values, &value))
			journey_reject_stored();
		if (value == JOURNEY_NO_VALUE || (!all && visit.label != label))
			continue;
		*sum += value;
		any = true;
	}
	return any;
}

/* value_in(journey) */
PG_FUNCTION_INFO_V1(journey_value_in);
Datum
journey_value_in(PG_FUNCTION_ARGS)
{
	Int128		sum;

	if (!sum_values(PG_GETARG_JOURNEY(0), true, JOURNEY_NO_LABEL, &sum))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(visit_value_datum(sum));
}

/* value_in(journey, stage) */
PG_FUNCTION_INFO_V1(journey_value_in_stage);
Datum
journey_value_in_stage(PG_FUNCTION_ARGS)
{
	Journey    *journey = PG_GETARG_JOURNEY(0);
	text	   *stage = PG_GETARG_TEXT_PP(1);
	uint32		label = journey_find_label(journey, VARDATA_ANY(stage), VARSIZE_ANY_EXHDR(stage));
	Int128		sum;

	if (!sum_values(journey, false, label, &sum))
		PG_RETURN_NULL();
	PG_RETURN_DATUM(visit_value_datum(sum));
}

/*
 * stage_path(journey, most): a > b > c for GROUP BY, labels quoted as in a
 * journey_path; of longer journeys the first most stages and "> ...".
 */
PG_FUNCTION_INFO_V1(journey_stage_path);
Datum
journey_stage_path(PG_FUNCTION_ARGS)
{
	Journey    *journey;
	JourneyReader reader;
	JourneyLabel *labels;
	JourneyVisit visit;
	StringInfoData path;
	int32		most = PG_INT32_MAX;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	journey = PG_GETARG_JOURNEY(0);
	if (!PG_ARGISNULL(1))
		most = PG_GETARG_INT32(1);
	if (most < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("number of stages must be at least 1, not %d", most),
				 errhint("Leave it out for all stages.")));
	reader = journey_open(journey);
	labels = palloc(Max(reader.labels, 1) * sizeof(JourneyLabel));
	if (journey_read_labels(&reader, labels) != JOURNEY_OK)
		journey_reject_stored();
	initStringInfo(&path);
	for (int32 i = 0; i < most && next_visit(&reader, &visit); i++)
	{
		char		label[JOURNEY_LABEL_TEXT_BOUND(JOURNEY_MAX_LABEL) + 1];
		size_t		length = journey_label_print(labels[visit.label].text,
												 labels[visit.label].length, label);

		if (i > 0)
			appendStringInfoString(&path, " > ");
		appendBinaryStringInfo(&path, label, (int) length);
		CHECK_FOR_INTERRUPTS();
	}
	if (reader.left > 0)
		appendStringInfoString(&path, " > ...");
	PG_RETURN_TEXT_P(cstring_to_text_with_len(path.data, path.len));
}
