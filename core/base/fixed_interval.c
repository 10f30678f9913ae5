/*
 * fixed_interval.c
 *		Reading and printing fixed lengths of time; see fixed_interval.h.
 *
 * Reading is exact: a length that is no whole number of microseconds, or more
 * than 63 bits of them, is an error and never rounded.
 */
#include "base/fixed_interval.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/uint128.h"

#define SECOND		INT64_C(1000000)
#define MINUTE		(60 * SECOND)
#define HOUR		(60 * MINUTE)
#define DAY			(24 * HOUR)
#define WEEK		(7 * DAY)
#define MAX_DECIMALS 18			/* 10^18 weeks in microseconds fit in 128 bits */
#define UNIT_CHARS	16

/* The problems, as beginnings of sentences: "... at character 5." */
static const char *const EXPECTED = "Expected a time limit such as 7 days";
static const char *const EXPECTED_UNIT = "Expected a unit of time, such as days, hours or minutes,";
static const char *const NO_FIXED_LENGTH =
	"Months and years have no fixed length, unlike days and weeks,";
static const char *const NEGATIVE = "Negative time limit";
static const char *const TOO_LONG = "Time limit of 2^63 microseconds or more";
static const char *const TOO_FINE = "Time limit that is no whole number of microseconds";
static const char *const TWICE = "Unit of time given twice";
static const char *const NOT_SIXTY = "Expected minutes or seconds below 60";

/* Units that differ only in name share a bit, to notice one given twice. */
typedef struct Unit
{
	const char *name;
	int64_t		length;			/* 0: it has no fixed length */
	int			bit;
} Unit;

#define BIT_CLOCK	0x1F		/* a time of day gives all from hours down */

static const Unit units[] = {
	{"us", 1, 0x01}, {"usec", 1, 0x01}, {"usecs", 1, 0x01},
	{"microsecond", 1, 0x01}, {"microseconds", 1, 0x01},
	{"ms", 1000, 0x02}, {"msec", 1000, 0x02}, {"msecs", 1000, 0x02},
	{"millisecond", 1000, 0x02}, {"milliseconds", 1000, 0x02},
	{"s", SECOND, 0x04}, {"sec", SECOND, 0x04}, {"secs", SECOND, 0x04},
	{"second", SECOND, 0x04}, {"seconds", SECOND, 0x04},
	{"m", MINUTE, 0x08}, {"min", MINUTE, 0x08}, {"mins", MINUTE, 0x08},
	{"minute", MINUTE, 0x08}, {"minutes", MINUTE, 0x08},
	{"h", HOUR, 0x10}, {"hr", HOUR, 0x10}, {"hrs", HOUR, 0x10},
	{"hour", HOUR, 0x10}, {"hours", HOUR, 0x10},
	{"d", DAY, 0x20}, {"day", DAY, 0x20}, {"days", DAY, 0x20},
	{"w", WEEK, 0x40}, {"week", WEEK, 0x40}, {"weeks", WEEK, 0x40},
	{"mon", 0, 0}, {"mons", 0, 0}, {"month", 0, 0}, {"months", 0, 0},
	{"quarter", 0, 0}, {"quarters", 0, 0},
	{"y", 0, 0}, {"yr", 0, 0}, {"yrs", 0, 0}, {"year", 0, 0}, {"years", 0, 0}
};

/* A decimal number: whole + fraction / 10^decimals */
typedef struct Number
{
	uint64_t	whole;
	uint64_t	fraction;
	int			decimals;
} Number;

typedef struct Reader
{
	TextScan   *scan;
	uint64_t	total;			/* microseconds so far */
	int			given;			/* the bits of the units so far */
} Reader;

static bool
is_digit(const Reader *r)
{
	return r->scan->at < r->scan->end && *r->scan->at >= '0' && *r->scan->at <= '9';
}

static bool
next_is(const Reader *r, char c)
{
	return r->scan->at < r->scan->end && *r->scan->at == c;
}

static const char *
read_number(Reader *r, Number *number)
{
	*number = (Number) {0, 0, 0};
	if (!is_digit(r))
		return EXPECTED;
	for (; is_digit(r); r->scan->at++)
		if (__builtin_mul_overflow(number->whole, UINT64_C(10), &number->whole) ||
			__builtin_add_overflow(number->whole, (uint64_t) (*r->scan->at - '0'), &number->whole))
			return TOO_LONG;
	if (!next_is(r, '.'))
		return NULL;
	for (r->scan->at++; is_digit(r); r->scan->at++)
	{
		if (++number->decimals > MAX_DECIMALS)
			return TOO_FINE;
		number->fraction = number->fraction * 10 + (uint64_t) (*r->scan->at - '0');
	}
	return number->decimals == 0 ? EXPECTED : NULL;
}

/* Add number * length microseconds. */
static const char *
add(Reader *r, const Number *number, int64_t length)
{
	Uint128 fraction = (Uint128) number->fraction * (uint64_t) length;
	Uint128 total = (Uint128) number->whole * (uint64_t) length + r->total;

	for (int i = 0; i < number->decimals; i++)
	{
		if (fraction % 10 != 0)
			return TOO_FINE;
		fraction /= 10;
	}
	total += fraction;
	if (total > INT64_MAX)
		return TOO_LONG;
	r->total = (uint64_t) total;
	return NULL;
}

static const char *
add_unit(Reader *r, const Number *number, const Unit *unit)
{
	if (unit->length == 0)
		return NO_FIXED_LENGTH;
	if ((r->given & unit->bit) != 0)
		return TWICE;
	r->given |= unit->bit;
	return add(r, number, unit->length);
}

/* The letters at the reader's place in lower case, zero-ended; moves past them. */
static void
read_word(Reader *r, char word[UNIT_CHARS])
{
	int			n = 0;

	memset(word, 0, UNIT_CHARS);
	for (; r->scan->at < r->scan->end; r->scan->at++)
	{
		char		c = *r->scan->at;

		if (c >= 'A' && c <= 'Z')
			c = (char) (c + ('a' - 'A'));
		if (c < 'a' || c > 'z')
			break;
		if (n < UNIT_CHARS - 1)
			word[n++] = c;
	}
}

/* The unit behind a number.  An error leaves the reader at its first letter. */
static const char *
read_unit(Reader *r, const Number *number)
{
	const char *start;
	const char *problem = EXPECTED_UNIT;
	char		word[UNIT_CHARS];

	text_scan_space(r->scan);
	start = r->scan->at;
	read_word(r, word);
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strcmp(word, units[i].name) == 0)
			problem = add_unit(r, number, &units[i]);
	if (problem != NULL)
		r->scan->at = start;
	return problem;
}

/* minutes[:seconds] behind "hours:" */
static const char *
read_clock(Reader *r, const Number *hours)
{
	Number		number;
	const char *problem;

	if (hours->decimals > 0)
		return EXPECTED_UNIT;
	if ((r->given & BIT_CLOCK) != 0)
		return TWICE;
	r->given |= BIT_CLOCK;
	problem = add(r, hours, HOUR);
	for (int64_t length = MINUTE; problem == NULL && length >= SECOND && next_is(r, ':');
		 length /= 60)
	{
		const char *start = ++r->scan->at;

		problem = read_number(r, &number);
		if (problem != NULL)
			break;
		if (number.whole >= 60 || (length == MINUTE && number.decimals > 0))
			problem = NOT_SIXTY;
		else
			problem = add(r, &number, length);
		if (problem != NULL)
			r->scan->at = start;
	}
	return problem;
}

/* Numbers with units, perhaps a clock time among them. */
static const char *
read_parts(Reader *r)
{
	const char *problem;

	do
	{
		const char *start = r->scan->at;
		Number		number;

		problem = read_number(r, &number);
		if (problem == NULL && next_is(r, ':'))
			problem = read_clock(r, &number);
		else if (problem == NULL)
			problem = read_unit(r, &number);
		if (problem == TOO_LONG || problem == TOO_FINE)
			r->scan->at = start;
		if (problem != NULL)
			return problem;
		start = r->scan->at;
		text_scan_space(r->scan);
		/* what follows is not ours unless it is another number */
		if (!is_digit(r))
			r->scan->at = start;
	} while (is_digit(r));
	return NULL;
}

/* The unit that an ISO 8601 letter stands for; M is minutes behind a T only. */
static const char *
read_iso_unit(Reader *r, const Number *number, bool time)
{
	static const Unit date_units[] = {{"W", WEEK, 0x40}, {"D", DAY, 0x20}, {"M", 0, 0},
									  {"Y", 0, 0}};
	static const Unit time_units[] = {{"H", HOUR, 0x10}, {"M", MINUTE, 0x08}, {"S", SECOND, 0x04}};
	const Unit *unit = time ? time_units : date_units;
	int			n = time ? 3 : 4;
	const char *problem = EXPECTED_UNIT;

	for (int i = 0; i < n; i++)
		if (next_is(r, unit[i].name[0]))
			problem = add_unit(r, number, &unit[i]);
	if (problem == NULL)
		r->scan->at++;
	return problem;
}

/* ISO 8601: P[nW][nD][T[nH][nM][nS]] with at least one number. */
static const char *
read_iso(Reader *r)
{
	bool		time = false;
	const char *problem = NULL;

	r->scan->at++;
	do
	{
		Number		number;

		if (!time && next_is(r, 'T'))
		{
			time = true;
			r->scan->at++;
		}
		problem = read_number(r, &number);
		if (problem == NULL)
			problem = read_iso_unit(r, &number, time);
	} while (problem == NULL && (is_digit(r) || (!time && next_is(r, 'T'))));
	return problem;
}

/* Read a length of time; if false, the scan says what is wrong. */
bool
journey_duration_read(TextScan *scan, int64_t *microseconds)
{
	Reader		r = {scan, 0, 0};

	text_scan_space(scan);
	if (next_is(&r, '-'))
		return text_scan_problem(scan, NEGATIVE);
	scan->problem = next_is(&r, 'P') ? read_iso(&r) : read_parts(&r);
	*microseconds = (int64_t) r.total;
	return scan->problem == NULL;
}

/* Print the text form and a final zero; returns the bytes before the zero. */
size_t
journey_duration_print(int64_t microseconds, char *text)
{
	int64_t		days = microseconds / DAY;
	int64_t		rest = microseconds % DAY;
	char	   *to = text;

	if (days > 0)
		to += sprintf(to, "%" PRId64 " %s", days, days == 1 ? "day" : "days");
	if (days > 0 && rest > 0)
		*to++ = ' ';
	if (days == 0 || rest > 0)
		to += sprintf(to, "%02d:%02d:%02d", (int) (rest / HOUR),
					  (int) (rest / MINUTE % 60), (int) (rest / SECOND % 60));
	if (rest % SECOND > 0)
	{
		to += sprintf(to, ".%06d", (int) (rest % SECOND));
		while (to[-1] == '0')
			to--;
	}
	*to = '\0';
	return (size_t) (to - text);
}
