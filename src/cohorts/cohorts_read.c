/*
 * cohorts_read.c
 *		What cohorts and lifecycles say: cohort_table and lifecycle_table.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/numeric.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "cohorts/cohorts_calendar.h"
#include "cohorts/cohorts_datum.h"
#include "shared/percent.h"

/* Columns of cohort_table() */
enum
{
	COHORT, PERIOD, CUSTOMERS, RETURNED, RETURNED_OR_LATER, STREAK, ENDED, SHARE, COMPLETE,
	COHORT_HOUR, COHORT_COLUMNS
};

static void
put(Datum *values, bool *nulls, int column, Datum value)
{
	values[column] = value;
	nulls[column] = false;
}

/* What there is only where it is known until when: a share is over those who had the time. */
static void
put_ended(const CohortsRow *row, int32 period, Datum *values, bool *nulls)
{
	int64		ended = row->counts[COHORTS_ENDED][period];

	put(values, nulls, ENDED, Int64GetDatum(ended));
	put(values, nulls, COMPLETE, BoolGetDatum(ended == row->counts[COHORTS_STREAK][0]));
	if (ended > 0)
		put(values, nulls, SHARE,
			NumericGetDatum(percent_of(row->counts[COHORTS_ENDED_RETURNED][period], ended)));
}

static void
put_cohort(const CohortsQuestion *q, int64 key, Datum *values, bool *nulls)
{
	if (q->zone.length == 0)
		return;
	if (q->unit == COHORTS_HOUR)
		put(values, nulls, COHORT_HOUR, TimestampTzGetDatum(key));
	else
		put(values, nulls, COHORT, DateADTGetDatum((DateADT) key));
}

static void
put_period(ReturnSetInfo *rsinfo, const CohortsQuestion *q, const CohortsRow *row, int32 period)
{
	int64		customers = row->counts[COHORTS_STREAK][0];
	int64		returned = row->counts[COHORTS_RETURNED][period];
	Datum		values[COHORT_COLUMNS] = {0};
	bool		nulls[COHORT_COLUMNS];

	memset(nulls, true, sizeof(nulls));
	put_cohort(q, row->key, values, nulls);
	put(values, nulls, PERIOD, Int32GetDatum(period));
	put(values, nulls, CUSTOMERS, Int64GetDatum(customers));
	put(values, nulls, RETURNED, Int64GetDatum(returned));
	put(values, nulls, RETURNED_OR_LATER, Int64GetDatum(row->counts[COHORTS_LAST][period]));
	put(values, nulls, STREAK, Int64GetDatum(row->counts[COHORTS_STREAK][period]));
	if ((q->flags & COHORTS_UNTIL) != 0)
		put_ended(row, period, values, nulls);
	else
		put(values, nulls, SHARE, NumericGetDatum(percent_of(returned, customers)));
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
}

/* cohort_table(journey_cohorts) -> a row for each cohort and period */
PG_FUNCTION_INFO_V1(cohort_table);
Datum
cohort_table(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	CohortsReader reader = cohorts_open(PG_GETARG_COHORTS(0));
	CohortsRow	row;

	InitMaterializedSRF(fcinfo, 0);
	cohorts_new_row(&reader.question, &row);
	while (reader.left > 0)
	{
		if (!cohorts_read_row(&reader, &row) || !cohorts_cumulate(&reader.question, &row) ||
			row.counts[COHORTS_STREAK][0] == 0)
			cohorts_reject_stored();
		for (int32 period = 0; period <= reader.question.periods; period++)
		{
			put_period(rsinfo, &reader.question, &row, period);
			CHECK_FOR_INTERRUPTS();
		}
	}
	return (Datum) 0;
}

/* A period of the calendar; row is NULL where nobody was there and nobody stayed away. */
static void
put_lifecycle(ReturnSetInfo *rsinfo, const CohortsQuestion *q, int64 key, const CohortsRow *row)
{
	bool		over = key < q->open_from;
	Datum		values[6];
	bool		nulls[6] = {false, false, false, false, !over, false};

	values[0] = DateADTGetDatum((DateADT) key);
	for (int kind = 0; kind <= LIFECYCLE_DORMANT; kind++)
		values[1 + kind] = Int64GetDatum(row == NULL ? 0 : row->counts[kind][0]);
	values[5] = BoolGetDatum(over);
	tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, values, nulls);
	CHECK_FOR_INTERRUPTS();
}

/* lifecycle_table(journey_lifecycle) -> a row for each period, up to the one not over */
PG_FUNCTION_INFO_V1(lifecycle_table);
Datum
lifecycle_table(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *rsinfo = (ReturnSetInfo *) fcinfo->resultinfo;
	CohortsReader reader = cohorts_open(PG_GETARG_COHORTS(0));
	CohortsQuestion *q = &reader.question;
	CohortsRow	row;
	int64		key = 0;
	bool		any = false;

	InitMaterializedSRF(fcinfo, 0);
	cohorts_new_row(q, &row);
	while (reader.left > 0)
	{
		if (!cohorts_read_row(&reader, &row))
			cohorts_reject_stored();
		for (; any && key < row.key; key = calendar_key_after((CohortsUnit) q->unit, key))
			put_lifecycle(rsinfo, q, key, NULL);
		put_lifecycle(rsinfo, q, row.key, &row);
		key = calendar_key_after((CohortsUnit) q->unit, row.key);
		any = true;
	}
	for (; any && key <= q->open_from; key = calendar_key_after((CohortsUnit) q->unit, key))
		put_lifecycle(rsinfo, q, key, NULL);
	return (Datum) 0;
}
