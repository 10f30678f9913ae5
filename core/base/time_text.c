/*
 * time_text.c
 *		Times of visits as text, such as 2026-01-07T09:30:00.5Z.
 *
 * PostgreSQL's own input and output of timestamps depend on DateStyle and
 * TimeZone; the text of a journey must not.  A time here is microseconds since
 * 2000-01-01 00:00 UTC.  The calendar is the proleptic Gregorian one with
 * astronomical years (0 is 1 BC, -1 is 2 BC), as in ISO 8601.
 *
 * Days are counted in years that begin in March, so that the leap day is the
 * last one; 400 years have 146097 days.
 */
#include <stddef.h>
#include <stdio.h>

#include "base/time_text.h"

#define MICROSECONDS	INT64_C(1000000)
#define DAY				(INT64_C(86400) * MICROSECONDS)
#define ERA_DAYS		146097	/* of 400 years */
#define DAYS_TO_2000	730425	/* from 0000-03-01 to 2000-01-01 */

typedef struct Civil
{
	int64_t		year;
	int			month;
	int			day;
} Civil;

/* Days of the months before this one, in a year that begins in March. */
static int
days_before_month(int month)
{
	return (153 * ((month + 9) % 12) + 2) / 5;
}

static int64_t
floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Days since 2000-01-01. */
static int64_t
days_of_civil(Civil c)
{
	int64_t		year = c.month <= 2 ? c.year - 1 : c.year;
	int64_t		era = floor_divide(year, 400);
	int64_t		year_of_era = year - era * 400;

	return era * ERA_DAYS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
		days_before_month(c.month) + c.day - 1 - DAYS_TO_2000;
}

static Civil
civil_of_days(int64_t days)
{
	int64_t		era = floor_divide(days + DAYS_TO_2000, ERA_DAYS);
	int64_t		day = days + DAYS_TO_2000 - era * ERA_DAYS;
	int64_t		year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	int			day_of_year = (int) (day - (365 * year + year / 4 - year / 100));
	int			month = (5 * day_of_year + 2) / 153;
	Civil		c;

	c.month = month < 10 ? month + 3 : month - 9;
	c.day = day_of_year - (153 * month + 2) / 5 + 1;
	c.year = year + era * 400 + (c.month <= 2);
	return c;
}

/* Month and day of a day, in days since 2000-01-01. */
void
journey_civil_day(int64_t days, int *month, int *day)
{
	Civil		c = civil_of_days(days);

	*month = c.month;
	*day = c.day;
}

/* Print a time; returns where it ends.  Takes up to JOURNEY_TIME_CHARS bytes. */
char *
journey_print_time(char *out, int64_t at)
{
	int64_t		days = floor_divide(at, DAY);
	int64_t		rest = at - days * DAY;
	int			seconds = (int) (rest / MICROSECONDS);
	int			fraction = (int) (rest % MICROSECONDS);
	Civil		c = civil_of_days(days);

	out += sprintf(out,
				   c.year < 0 ?
				   "-%04lld-%02d-%02dT%02d:%02d:%02d" : "%04lld-%02d-%02dT%02d:%02d:%02d",
				   (long long) (c.year < 0 ? -c.year : c.year), c.month, c.day,
				   seconds / 3600, seconds / 60 % 60, seconds % 60);
	if (fraction != 0)
	{
		out += sprintf(out, ".%06d", fraction);
		while (out[-1] == '0')
			out--;
	}
	*out++ = 'Z';
	*out = '\0';
	return out;
}

/* A number of least to most digits; -1 when no such number stands there. */
static int
parse_digits(const char **at, int least, int most)
{
	const char *p = *at;
	int			value = 0;

	while (p - *at < most && *p >= '0' && *p <= '9')
		value = value * 10 + (*p++ - '0');
	if (p - *at < least)
		return -1;
	*at = p;
	return value;
}

static bool
accept(const char **at, char sign)
{
	if (**at != sign)
		return false;
	(*at)++;
	return true;
}

static int
days_in_month(int64_t year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool		leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

static bool
parse_date(const char **at, int64_t *days)
{
	Civil		c;
	bool		negative = accept(at, '-');
	int			year = parse_digits(at, 4, 6);

	if (year < 0 || !accept(at, '-'))
		return false;
	c.year = negative ? -year : year;
	c.month = parse_digits(at, 2, 2);
	if (c.month < 1 || c.month > 12 || !accept(at, '-'))
		return false;
	c.day = parse_digits(at, 2, 2);
	if (c.day < 1 || c.day > days_in_month(c.year, c.month))
		return false;
	*days = days_of_civil(c);
	return true;
}

/* .5 is 500000 microseconds; more than six decimals are an error. */
static bool
parse_fraction(const char **at, int64_t *fraction)
{
	const char *begin = *at;
	int			value = parse_digits(at, 1, 6);

	if (value < 0 || (**at >= '0' && **at <= '9'))
		return false;
	*fraction = value;
	for (ptrdiff_t digits = *at - begin; digits < 6; digits++)
		*fraction *= 10;
	return true;
}

/* hh:mm[:ss[.f]] in microseconds */
static bool
parse_clock(const char **at, int64_t *clock)
{
	int			hours = parse_digits(at, 2, 2);
	int			minutes;
	int			seconds = 0;
	int64_t		fraction = 0;

	if (hours < 0 || hours > 23 || !accept(at, ':'))
		return false;
	minutes = parse_digits(at, 2, 2);
	if (minutes < 0 || minutes > 59)
		return false;
	if (accept(at, ':'))
	{
		seconds = parse_digits(at, 2, 2);
		if (seconds < 0 || seconds > 59 || (accept(at, '.') && !parse_fraction(at, &fraction)))
			return false;
	}
	*clock = ((hours * 60 + minutes) * INT64_C(60) + seconds) * MICROSECONDS + fraction;
	return true;
}

/* Z, or +hh[:mm]; nothing is UTC, too */
static bool
parse_zone(const char **at, int64_t *offset)
{
	bool		east = **at == '+';
	int			hours;
	int			minutes = 0;

	*offset = 0;
	if (accept(at, 'Z') || accept(at, 'z') || (**at != '+' && **at != '-'))
		return true;
	(*at)++;
	hours = parse_digits(at, 2, 2);
	if (hours < 0 || hours > 15)
		return false;
	if (accept(at, ':'))
		minutes = parse_digits(at, 2, 2);
	else if (**at >= '0' && **at <= '9')
		minutes = parse_digits(at, 2, 2);
	if (minutes < 0 || minutes > 59)
		return false;
	*offset = (hours * 60 + minutes) * INT64_C(60) * MICROSECONDS;
	if (!east)
		*offset = -*offset;
	return true;
}

/*
 * Read a time and move *text past it: a date, and perhaps T or a space, a clock
 * and an offset from UTC.  False for what is no time, and for a time that a
 * timestamptz cannot hold.
 */
bool
journey_parse_time(const char **text, int64_t *at)
{
	const char *p = *text;
	int64_t		days;
	int64_t		clock = 0;
	int64_t		offset = 0;
	bool		has_clock;

	if (!parse_date(&p, &days))
		return false;
	has_clock = *p == 'T' || *p == 't' || (*p == ' ' && p[1] >= '0' && p[1] <= '9');
	if (has_clock)
	{
		p++;
		if (!parse_clock(&p, &clock) || !parse_zone(&p, &offset))
			return false;
	}
	/* years have at most six digits, so only the multiplication can overflow */
	if (__builtin_mul_overflow(days, DAY, at) ||
		__builtin_add_overflow(*at, clock - offset, at) ||
		*at < JOURNEY_MIN_TIME || *at >= JOURNEY_END_TIME)
		return false;
	*text = p;
	return true;
}
