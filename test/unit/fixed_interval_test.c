/* covers: core/base/fixed_interval.c */

/*
 * fixed_interval_test.c
 *		Lengths of time: parts and units put together at random, against their sum; what
 *		is written reads back; what is wrong, and where.
 */
#include "unit.h"

#include "base/fixed_interval.h"

#define SECOND INT64_C(1000000)

static const struct
{
	const char *names[5];
	int64_t		length;
}			units[] = {
	{{"w", "week", "weeks", "WEEKS", "Week"}, 604800 * SECOND},
	{{"d", "day", "days", "D", "Days"}, 86400 * SECOND},
	{{"h", "hr", "hrs", "hour", "hours"}, 3600 * SECOND},
	{{"m", "min", "mins", "minute", "minutes"}, 60 * SECOND},
	{{"s", "sec", "secs", "second", "seconds"}, SECOND},
	{{"ms", "msec", "msecs", "millisecond", "milliseconds"}, 1000},
	{{"us", "usec", "usecs", "microsecond", "microseconds"}, 1},
};

/* Reads a length from memory of exactly its size; where it ends. */
static bool
read_length(const char *text, int64_t *length, size_t *place, const char **problem)
{
	char	   *copy = exact_copy(text, strlen(text));
	TextScan	scan;
	bool		ok;

	text_scan_begin(&scan, copy, strlen(text));
	ok = journey_duration_read(&scan, length);
	*place = (size_t) (scan.at - copy);
	*problem = scan.problem;
	free(copy);
	return ok;
}

static void
expect_length(const char *text, int64_t wanted, size_t place)
{
	int64_t		length = -1;
	size_t		found;
	const char *problem;
	bool		ok = read_length(text, &length, &found, &problem);

	check(ok && length == wanted && found == place,
		  "%s is %lld up to %zu, not %lld", text, (long long) length, found, (long long) wanted);
}

static void
expect_problem(const char *text, size_t place, const char *begins)
{
	int64_t		length;
	size_t		found;
	const char *problem;
	bool		ok = read_length(text, &length, &found, &problem);

	check(!ok && found == place && strncmp(problem, begins, strlen(begins)) == 0,
		  "%s: at %zu", text, found);
}

/* Some units in any order, each once. */
static void
test_random(void)
{
	char		text[256] = "";
	int64_t		sum = 0;
	int			given = 0;

	do
	{
		int			unit = below(LENGTH(units));
		int64_t		number = below(1000);
		bool		half = units[unit].length % 2 == 0 && one_in(3);

		if ((given & 1 << unit) != 0)
			continue;
		given |= 1 << unit;
		sprintf(text + strlen(text), "%s%d%s%s%s", given == 1 << unit || one_in(2) ? "" : " ",
				(int) number, half ? ".5" : "", one_in(2) ? " " : "", units[unit].names[below(5)]);
		sum += number * units[unit].length + (half ? units[unit].length / 2 : 0);
	} while (given == 0 || one_in(2));
	expect_length(text, sum, strlen(text));
}

static void
check_written(int64_t length)
{
	char		text[JOURNEY_DURATION_TEXT_BOUND];
	size_t		written = journey_duration_print(length, text);

	check(written == strlen(text), "the length of %s", text);
	expect_length(text, length, written);
}

static void
expect_written(int64_t length, const char *wanted)
{
	char		text[JOURNEY_DURATION_TEXT_BOUND];

	journey_duration_print(length, text);
	check(strcmp(text, wanted) == 0, "%s, not %s", text, wanted);
}

static void
test_written(void)
{
	expect_written(0, "00:00:00");
	expect_written(1, "00:00:00.000001");
	expect_written(86400 * SECOND, "1 day");
	expect_written(7 * 86400 * SECOND, "7 days");
	expect_written(2 * 86400 * SECOND + 90 * SECOND + 500000, "2 days 00:01:30.5");
	expect_written(INT64_MAX, "106751991 days 04:00:54.775807");
	for (int i = 0; i < 20000; i++)
		check_written((int64_t) (random_bits() >> (1 + below(63))));
}

static void
test_forms(void)
{
	expect_length("1 day 12:30:00", 131400 * SECOND, 14);
	expect_length("12:30", 45000 * SECOND, 5);
	expect_length("100:00:00.000001", 360000 * SECOND + 1, 16);
	expect_length("P1W", 604800 * SECOND, 3);
	expect_length("P1DT12H30M1.5S", 131401 * SECOND + 500000, 14);
	expect_length(" 7 days, ", 604800 * SECOND, 7);
	expect_length("1 day ]", 86400 * SECOND, 5);
	expect_problem("", 0, "Expected a time limit");
	expect_problem("-1 day", 0, "Negative");
	expect_problem("1", 1, "Expected a unit");
	expect_problem("1 fortnight", 2, "Expected a unit");
	expect_problem("1 month", 2, "Months");
	expect_problem("P1M", 2, "Months");
	expect_problem("1 day 2 d", 8, "Unit of time given twice");
	expect_problem("1 h 12:00", 6, "Unit of time given twice");
	expect_problem("1:60", 2, "Expected minutes");
	expect_problem("0.5 us", 0, "Time limit that is no whole");
	expect_problem("106751992 days", 0, "Time limit of 2^63");
	expect_problem("99999999999999999999 s", 0, "Time limit of 2^63");
}

int
main(void)
{
	test_forms();
	test_written();
	for (int i = 0; i < 50000; i++)
		test_random();
	return unit_end();
}
