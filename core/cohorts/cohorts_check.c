/*
 * cohorts_check.c
 *		What the counts of a cohort mean, from a period on, and whether customers can
 *		have left them; see cohorts.h.
 */
#include "base/time_text.h"
#include "cohorts/cohorts.h"

#define DAY	(INT64_C(86400) * 1000000)

/* Does a calendar period begin with this day?  2000-01-03 was a Monday. */
static bool
begins_period(const CohortsQuestion *q, int64_t day)
{
	int			month;
	int			day_of_month;

	if (q->unit == COHORTS_DAY)
		return true;
	if (q->unit == COHORTS_WEEK)
		return (day - 2) % 7 == 0;
	journey_civil_day(day, &month, &day_of_month);
	return day_of_month == 1 && (q->unit == COHORTS_MONTH || month == 1 ||
								 (q->unit == COHORTS_QUARTER && month % 3 == 1));
}

/* Can a period of this question have this key? */
bool
cohorts_key_possible(const CohortsQuestion *q, int64_t key)
{
	if (q->zone.length == 0)
		return key == COHORTS_NO_KEY;
	if (q->unit == COHORTS_HOUR)
		return key >= JOURNEY_MIN_TIME && key < JOURNEY_END_TIME;
	return key >= JOURNEY_MIN_TIME / DAY && key < JOURNEY_END_TIME / DAY && begins_period(q, key);
}

/* Can there be such a question?  A zone is needed by all but fixed periods. */
CohortsStatus
cohorts_check_question(const CohortsQuestion *q)
{
	if (q->unit >= COHORTS_UNITS || q->start.length == 0)
		return COHORTS_BAD_UNIT;
	if (cohorts_is_lifecycle(q))
		return q->unit != COHORTS_HOUR && q->zone.length > 0 && q->returning.length == 0 &&
			q->periods == 0 && (q->flags & COHORTS_UNTIL) == 0 &&
			cohorts_key_possible(q, q->open_from) ?
			COHORTS_OK : COHORTS_BAD_UNIT;
	return q->returning.length > 0 && q->periods >= 1 && q->periods <= COHORTS_MAX_PERIODS &&
		q->open_from == 0 && (q->unit <= COHORTS_WEEK || q->zone.length > 0) ?
		COHORTS_OK : COHORTS_BAD_UNIT;
}

/* Counts of those whose last one is this period, of those for whom it is this or a later one. */
static bool
sum_from_here(int64_t *counts, int32_t periods)
{
	for (int32_t i = periods; i > 0; i--)
		if (__builtin_add_overflow(counts[i - 1], counts[i], &counts[i - 1]))
			return false;
	return true;
}

/* And back; false if they are more of a later one. */
static bool
differences(int64_t *counts, int32_t periods)
{
	for (int32_t i = 0; i < periods; i++)
	{
		if (counts[i] < counts[i + 1])
			return false;
		counts[i] -= counts[i + 1];
	}
	return true;
}

/*
 * Make of the counts of a row what readers want: the customers who were back in each
 * of 1 .. period (all of them for 0), in it or later, and for whom it has ended.  False
 * past 2^63 - 1, which only damaged bytes can say.
 */
bool
cohorts_cumulate(const CohortsQuestion *q, CohortsRow *row)
{
	if (cohorts_is_lifecycle(q))
		return true;
	return sum_from_here(row->counts[COHORTS_STREAK], q->periods) &&
		sum_from_here(row->counts[COHORTS_LAST], q->periods) &&
		((q->flags & COHORTS_UNTIL) == 0 ||
		 sum_from_here(row->counts[COHORTS_ENDED], q->periods));
}

/* Can customers have left the counts of this period?  As cohorts_cumulate() gives them. */
static bool
period_possible(const CohortsQuestion *q, const CohortsRow *row, int32_t i)
{
	int64_t		customers = row->counts[COHORTS_STREAK][0];
	int64_t		returned = row->counts[COHORTS_RETURNED][i];
	int64_t		later = row->counts[COHORTS_LAST][i];
	int64_t		ended;
	int64_t		ended_returned;

	if (returned > later || later > customers ||
		(i > 0 && row->counts[COHORTS_STREAK][i] > returned) ||
		(i < q->periods && later - row->counts[COHORTS_LAST][i + 1] > returned))
		return false;
	if ((q->flags & COHORTS_UNTIL) == 0)
		return true;
	ended = row->counts[COHORTS_ENDED][i];
	ended_returned = row->counts[COHORTS_ENDED_RETURNED][i];
	return ended <= customers && ended_returned <= ended && ended_returned <= returned &&
		returned - ended_returned <= customers - ended;
}

/*
 * A period that has no customers is not there, and none is behind the one that was not
 * over, of which it is not known who is dormant.
 */
static CohortsStatus
check_lifecycle(const CohortsQuestion *q, const CohortsRow *row)
{
	int64_t		sum = 0;

	if (row->key > q->open_from ||
		(row->key == q->open_from && row->counts[LIFECYCLE_DORMANT][0] > 0))
		return COHORTS_TOO_MANY;
	for (int kind = 0; kind <= LIFECYCLE_DORMANT; kind++)
		if (__builtin_add_overflow(sum, row->counts[kind][0], &sum))
			return COHORTS_OVERFLOW;
	return sum > 0 ? COHORTS_OK : COHORTS_NO_CUSTOMERS;
}

/* The reverse of cohorts_cumulate() for a row from elsewhere, which is looked at. */
CohortsStatus
cohorts_decumulate(const CohortsQuestion *q, CohortsRow *row)
{
	if (!cohorts_key_possible(q, row->key))
		return COHORTS_BAD_KEY;
	if (cohorts_is_lifecycle(q))
		return check_lifecycle(q, row);
	if (row->counts[COHORTS_STREAK][0] == 0)
		return COHORTS_NO_CUSTOMERS;
	for (int32_t i = 0; i <= q->periods; i++)
		if (!period_possible(q, row, i))
			return COHORTS_TOO_MANY;
	if (!differences(row->counts[COHORTS_STREAK], q->periods) ||
		!differences(row->counts[COHORTS_LAST], q->periods) ||
		((q->flags & COHORTS_UNTIL) != 0 &&
		 !differences(row->counts[COHORTS_ENDED], q->periods)))
		return COHORTS_ASCENDING;
	return COHORTS_OK;
}
