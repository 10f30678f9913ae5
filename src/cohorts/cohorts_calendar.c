/*
 * cohorts_calendar.c
 *		Periods of the calendar of a time zone; see cohorts_calendar.h.
 *
 * Zones and dates are PostgreSQL's own.  What its library says of an instant is kept as
 * the span in which it holds, up to the next change of the clocks, so that most instants
 * cost a comparison and a division.
 */
#include "postgres.h"

#include "datatype/timestamp.h"
#include "utils/datetime.h"

#include "base/label.h"
#include "cohorts/cohorts_calendar.h"

#define EPOCH_SECONDS \
	((int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * SECS_PER_DAY)

static int64
floor_divide(int64 a, int64 b)
{
	return a / b - (a % b < 0);
}

/* 22023 for a name that is none */
pg_tz *
calendar_zone(const char *name)
{
	pg_tz	   *zone = pg_tzset(name);

	/* a rule of POSIX may hold any bytes; the name is written as a label is */
	if (zone == NULL || !pg_tz_acceptable(zone) ||
		journey_label_check(name, strlen(name), false, NULL) != JOURNEY_LABEL_OK)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("time zone \"%s\" not recognized", name),
				 errhint("Give it as in pg_timezone_names, such as 'Europe/Warsaw'.")));
	return zone;
}

void
calendar_init(Calendar *c, pg_tz *zone, CohortsUnit unit)
{
	c->zone = zone;
	c->unit = unit;
	c->spans = 0;
	c->last = 0;
	c->first_day = c->end_day = 0;
}

/* Ask the library: the offset at an instant, and until when it stays. */
static CalendarSpan
ask(const Calendar *c, TimestampTz at)
{
	pg_time_t	seconds = floor_divide(at, USECS_PER_SEC) + EPOCH_SECONDS;
	pg_time_t	boundary;
	long int	before;
	long int	after;
	int			before_isdst;
	int			after_isdst;
	int			found = pg_next_dst_boundary(&seconds, &before, &before_isdst, &boundary,
											 &after, &after_isdst, c->zone);
	CalendarSpan span = {at, END_TIMESTAMP, 0};

	if (found < 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("timestamp out of range"),
				 errhint("Is the journey's time a mistake?")));
	span.offset = (int64) before * USECS_PER_SEC;
	if (found > 0 && boundary - EPOCH_SECONDS < END_TIMESTAMP / USECS_PER_SEC)
		span.until = (boundary - EPOCH_SECONDS) * USECS_PER_SEC;
	return span;
}

/* Put a span where it belongs, or let the one that ends with it begin earlier. */
static void
remember(Calendar *c, const CalendarSpan *span, int place)
{
	if (place < c->spans && c->span[place].until == span->until)
	{
		c->span[place].from = span->from;
		c->last = place;
		return;
	}
	if (c->spans == CALENDAR_SPANS)
		c->spans = place = 0;
	memmove(&c->span[place + 1], &c->span[place], (c->spans - place) * sizeof(CalendarSpan));
	c->span[place] = *span;
	c->spans++;
	c->last = place;
}

static inline bool
lies_in(const CalendarSpan *span, TimestampTz at)
{
	return at >= span->from && at < span->until;
}

/* The offset where it is not that of the last instant. */
static pg_noinline int64
find_offset(Calendar *c, TimestampTz at)
{
	int			low = 0;
	int			high = c->spans;
	CalendarSpan span;

	/* the first span that ends later */
	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (c->span[middle].until > at)
			high = middle;
		else
			low = middle + 1;
	}
	if (low < c->spans && lies_in(&c->span[low], at))
	{
		c->last = low;
		return c->span[low].offset;
	}
	span = ask(c, at);
	remember(c, &span, low);
	return span.offset;
}

static int64
offset_at(Calendar *c, TimestampTz at)
{
	if (likely(c->spans > 0 && lies_in(&c->span[c->last], at)))
		return c->span[c->last].offset;
	return find_offset(c, at);
}

/* A day before the first one of the calendar, or behind the last; 22008 */
static void
check_day(int64 julian)
{
	if (julian < 0 || julian >= END_TIMESTAMP / USECS_PER_DAY + POSTGRES_EPOCH_JDATE)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("period out of range"),
				 errhint("The first day of a period lies between 4714-11-24 BC and "
						 "294276-12-31.")));
}

/* The month of a day, as 12 * year + month - 1 with the years of Julian days. */
static int32
month_of(Calendar *c, int32 julian)
{
	int			year;
	int			month;
	int			day;

	if (julian >= c->first_day && julian < c->end_day)
		return c->month;
	j2date(julian, &year, &month, &day);
	c->month = 12 * year + month - 1;
	c->first_day = date2j(year, month, 1);
	c->end_day = date2j(year + month / 12, month % 12 + 1, 1);
	return c->month;
}

static const int32 months_of_unit[COHORTS_UNITS] = {
	[COHORTS_MONTH] = 1, [COHORTS_QUARTER] = 3, [COHORTS_YEAR] = 12
};

/* The first day of a month by its number, from 2000-01-01. */
static int64
first_day_of(int64 month)
{
	int			julian = date2j((int) floor_divide(month, 12),
								(int) (month - floor_divide(month, 12) * 12) + 1, 1);

	check_day(julian);
	return julian - POSTGRES_EPOCH_JDATE;
}

static CalendarPeriod
period_of_day(Calendar *c, int64 julian)
{
	int64		weekday = julian % 7;	/* 0: Monday */
	int64		months = months_of_unit[c->unit];
	CalendarPeriod period;

	check_day(julian);
	if (c->unit == COHORTS_DAY)
		return (CalendarPeriod) {julian, julian - POSTGRES_EPOCH_JDATE};
	if (c->unit == COHORTS_WEEK)
	{
		check_day(julian - weekday);
		return (CalendarPeriod) {julian / 7, julian - weekday - POSTGRES_EPOCH_JDATE};
	}
	period.number = floor_divide(month_of(c, (int32) julian), months);
	if (months > 1)
		period.key = first_day_of(period.number * months);
	else
	{
		check_day(c->first_day);
		period.key = c->first_day - POSTGRES_EPOCH_JDATE;
	}
	return period;
}

/* The period of an instant that a journey may have. */
CalendarPeriod
calendar_period(Calendar *c, TimestampTz at)
{
	int64		offset = offset_at(c, at);
	int64		part;
	CalendarPeriod period;

	if (c->unit != COHORTS_HOUR)
		return period_of_day(c, floor_divide(at + offset, USECS_PER_DAY) + POSTGRES_EPOCH_JDATE);
	/* hours begin where the clocks show them, which may be within an hour of UTC */
	part = offset - floor_divide(offset, USECS_PER_HOUR) * USECS_PER_HOUR;
	period.number = floor_divide(at + part, USECS_PER_HOUR);
	period.key = period.number * USECS_PER_HOUR - part;
	if (period.key < MIN_TIMESTAMP)
		check_day(-1);
	return period;
}

/* The key of the next period; a day or longer. */
int64
calendar_key_after(CohortsUnit unit, int64 key)
{
	int			year;
	int			month;
	int			day;

	if (unit <= COHORTS_WEEK)
		return key + (unit == COHORTS_WEEK ? 7 : 1);
	j2date((int) (key + POSTGRES_EPOCH_JDATE), &year, &month, &day);
	return first_day_of(12 * (int64) year + month - 1 + months_of_unit[unit]);
}
